//! A server that crashes leaves none of its memory behind.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
};

/// Starts a program in a folder, allowed a core dump as large as it likes.
fn start(folder: &Path, program: &str) -> Child {
    let allowed = format!("ulimit -c unlimited; exec {program}");
    let mut command = Command::new("sh");
    command.args(["-c", &allowed]).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped());
    command.spawn().unwrap()
}

fn crash(mut process: Child) -> ExitStatus {
    assert!(Command::new("kill").args(["-ABRT", &process.id().to_string()]).status().unwrap().success());
    process.wait().unwrap()
}

#[test]
fn a_server_that_crashes_leaves_no_memory_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("server.toml"), "").unwrap();
    let program = env!("CARGO_BIN_EXE_sspr-server");
    let mut server =
        start(folder.path(), &format!("'{program}' --config server.toml serve --listen 127.0.0.1:0"));
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("ready at "), "{line}");
    let ended = crash(server);
    assert_eq!(ended.signal(), Some(6), "{ended}");
    assert!(!ended.core_dumped(), "{ended}");
    let left: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("core"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
    // Where this machine writes none at all, the silence above would mean nothing; it is said.
    let other = start(folder.path(), "sleep 60");
    std::thread::sleep(std::time::Duration::from_millis(300));
    if !crash(other).core_dumped() {
        eprintln!("no program leaves a core dump on this machine");
    }
}
