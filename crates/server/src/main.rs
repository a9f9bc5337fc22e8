//! The program `sspr-server`. What it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    sspr_server::cli::main()
}
