//! `sspr-mailbox`: the development mailbox as a program. See `--help`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use sspr_mailbox::Options;

const HELP: &str = "\
Takes mail by SMTP, and text messages and calls by HTTP, and shows them instead of delivering them.

sspr-mailbox [--smtp ADDRESS] [--http ADDRESS] [--certificate FILE]

  --smtp ADDRESS       where to take mail                            (127.0.0.1:1025)
  --http ADDRESS       where /mailbox/messages and /gateway answer   (127.0.0.1:8025)
  --certificate FILE   write the certificate for STARTTLS there, as PEM

Environment:
  SSPR_MAILBOX_CREDENTIALS     user:password that mail has to be sent with
  SSPR_MAILBOX_GATEWAY_TOKEN   bearer token that the gateway asks for
";

struct Arguments {
    options: Options,
    certificate: Option<PathBuf>,
}

fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut options = Options {
        smtp: SocketAddr::from(([127, 0, 0, 1], 1025)),
        http: SocketAddr::from(([127, 0, 0, 1], 8025)),
        ..Options::default()
    };
    let mut certificate = None;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("smtp") => options.smtp = parser.value()?.parse()?,
            Long("http") => options.http = parser.value()?.parse()?,
            Long("certificate") => certificate = Some(parser.value()?.into()),
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    if let Ok(credentials) = std::env::var("SSPR_MAILBOX_CREDENTIALS") {
        let (user, password) =
            credentials.split_once(':').ok_or("SSPR_MAILBOX_CREDENTIALS has to be user:password")?;
        options.credentials = Some((user.to_owned(), password.to_owned()));
    }
    options.gateway_token = std::env::var("SSPR_MAILBOX_GATEWAY_TOKEN").ok();
    Ok(Some(Arguments { options, certificate }))
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match arguments() {
        Ok(Some(arguments)) => run(arguments).await,
        Ok(None) => {
            print!("{HELP}");
            Ok(())
        }
        Err(mistake) => Err(format!("{mistake}. See sspr-mailbox --help.")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("sspr-mailbox: {sentence}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let mailbox = sspr_mailbox::start(arguments.options).await.map_err(|e| e.to_string())?;
    if let Some(file) = arguments.certificate {
        std::fs::write(&file, mailbox.certificate_pem())
            .map_err(|e| format!("cannot write {}: {e}", file.display()))?;
    }
    println!("mail: smtp://{}", mailbox.smtp_address());
    println!("messages: http://{0}/mailbox/messages, gateway: http://{0}/gateway", mailbox.http_address());
    tokio::signal::ctrl_c().await.map_err(|e| e.to_string())
}
