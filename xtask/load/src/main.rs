//! Complete resets, many at once: the driver of `cargo xtask bench load`.
//!
//! Its first line of output is the port of its mailbox, where every system under test sends its mail. Then it takes one
//! [`Job`] a line, as JSON, and answers each with one [`Report`] a line, until its input ends. It speaks to 127.0.0.1 only.
//!
//! With `rush PROGRAM PEOPLE SECONDS` it is all of `cargo xtask load`: see [`rush`].
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program")]

mod codes;
mod job;
mod own;
mod rush;
mod systems;

use std::io::{BufRead, Write};
use std::sync::Arc;

use anyhow::{Context, Result};

use codes::Codes;
use job::Job;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, program, people, seconds] = arguments.as_slice()
        && command == "rush"
    {
        return rush::run(program.as_ref(), people.parse()?, seconds.parse()?).await;
    }
    let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await?;
    let codes = Arc::new(Codes::default());
    tokio::spawn(codes.clone().deliver(mailbox.feed()));
    say(&mailbox.smtp_address().port().to_string())?;
    loop {
        let line =
            tokio::task::spawn_blocking(|| std::io::stdin().lock().lines().next().transpose()).await??;
        let Some(line) = line else { return Ok(()) };
        let job: Job = serde_json::from_str(&line).context("a job is one line of JSON")?;
        let report = job::run(job, codes.clone()).await?;
        mailbox.clear();
        say(&serde_json::to_string(&report)?)?;
    }
}

/// One line, at once.
fn say(line: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}")?;
    Ok(output.flush()?)
}
