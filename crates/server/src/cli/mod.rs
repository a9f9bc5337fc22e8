//! The command line. Each command is one file; all of them end in one sentence when something is wrong.

mod arguments;
mod audit;
mod doctor;
mod key;
mod outbox;
mod output;
mod policy;
mod report;
mod serve;
mod user;

use arguments::{Arguments, Command, ConfigCommand, KeyCommand, OutboxCommand, PolicyCommand, UserCommand};
use clap::Parser;
use std::process::ExitCode;

/// Something is wrong with the arguments or the configuration, as clap itself says it.
const USAGE: u8 = 2;

/// Why a command did not do it: what the person reads, and the exit code.
struct Trouble {
    sentence: String,
    code: u8,
}

impl Trouble {
    fn usage(sentence: impl ToString) -> Self {
        Self { sentence: sentence.to_string(), code: USAGE }
    }

    fn failed(sentence: impl ToString) -> Self {
        Self { sentence: sentence.to_string(), code: 1 }
    }
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self { sentence: error.to_string(), code: 1 }
    }
}

/// Runs the program: exit code 0 when it was done, 1 when it failed, 2 for wrong arguments or a wrong configuration.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return report(error.into()),
    };
    match runtime.block_on(run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => report(trouble),
    }
}

async fn run(arguments: Arguments) -> Result<(), Trouble> {
    let Arguments { command, config } = arguments;
    if let Command::Doctor(how) = command {
        return doctor::run(config.load(), how).await;
    }
    let config = config.load()?;
    match command {
        // Done above: it also looks at what cannot be loaded.
        Command::Doctor(_) => Ok(()),
        Command::Serve(overrides) => serve::run(overrides.apply(config)?).await,
        Command::Config(ConfigCommand::Check) => {
            for warning in config.warnings() {
                output::line(&format!("warning: {}: {}", warning.key, warning.message))?;
            }
            output::line("the configuration is correct")
        }
        Command::User(UserCommand::Add(person)) => user::add(config, person).await,
        Command::User(UserCommand::Import { file }) => user::import(config, &file).await,
        Command::Policy(PolicyCommand::Show { file }) => policy::show(config, file).await,
        Command::Policy(PolicyCommand::Reset) => policy::reset(config).await,
        Command::Outbox(OutboxCommand::List { limit, json }) => outbox::list(config, limit, json).await,
        Command::Outbox(OutboxCommand::Retry { id }) => outbox::retry(config, &id).await,
        Command::Outbox(OutboxCommand::Drop { id }) => outbox::drop(config, &id).await,
        Command::Key(KeyCommand::Show) => key::show(&config),
        Command::Key(KeyCommand::Prepare) => key::prepare(&config),
        Command::Key(KeyCommand::Use) => key::use_prepared(&config),
        Command::Key(KeyCommand::Reseal) => key::reseal(&config).await,
        Command::Key(KeyCommand::Rotate) => key::rotate(&config).await,
        Command::Audit(which) => audit::run(config, which).await,
        Command::Report(which) => report::show(config, which).await,
    }
}

fn report(trouble: Trouble) -> ExitCode {
    output::complain(&trouble.sentence);
    ExitCode::from(trouble.code)
}
