//! The program as a person runs it.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

fn folder(config: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sspr-server.toml"), config).unwrap();
    folder
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sspr-server"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// Adds Mai with a password on the standard input.
fn add(folder: &Path, password: &str) -> Output {
    let mut command = program(folder, &["user", "add", "Mai", "--email", "mai@example.org"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

fn is_usage_error(output: &Output, words: &[&str]) {
    let told = said(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    for word in words {
        assert!(told.contains(word), "{word} is not in: {told}");
    }
}

#[test]
fn a_correct_configuration_is_called_correct() {
    let folder = folder("[gateway]\nurl = \"https://gateway.example\"\n");
    let output = run(folder.path(), &["config", "check"]);
    assert!(output.status.success());
    assert_eq!(said(&output.stdout), "the configuration is correct\n");
}

#[test]
fn a_method_that_nothing_delivers_is_warned_of_and_not_offered() {
    let folder = folder("");
    let output = run(folder.path(), &["config", "check"]);
    assert!(output.status.success());
    let warning = "warning: policy.recovery_methods: sms and voice cannot be delivered without gateway.url";
    assert!(said(&output.stdout).starts_with(warning), "{}", said(&output.stdout));
    let shown: serde_json::Value =
        serde_json::from_slice(&run(folder.path(), &["policy", "show"]).stdout).unwrap();
    assert_eq!(shown["policy"]["recovery_methods"], serde_json::json!(["totp", "email", "recovery_code"]));
}

#[test]
fn methods_that_nothing_delivers_do_not_count_for_the_gates() {
    let folder = folder("[policy]\nrecovery_methods = [\"email\", \"sms\"]\n");
    let words =
        ["sspr-server.toml:2: policy.recovery_methods", "as many different methods as there are gates"];
    is_usage_error(&run(folder.path(), &["config", "check"]), &words);
}

#[test]
fn a_wrong_configuration_is_told_by_lines() {
    let folder = folder("[policy]\ngates = 7\n[smtp]\nport = \"x\"\n");
    is_usage_error(&run(folder.path(), &["config", "check"]), &["sspr-server.toml:4: smtp.port"]);
}

#[test]
fn a_database_address_is_checked_and_its_password_never_repeated() {
    let url = "postgres://sspr:hunter2@127.0.0.1:9/reset";
    let wrong = url.replace("/reset", "");
    let correct =
        folder(&format!("[database]\nurl = \"{url}\"\n[gateway]\nurl = \"https://gateway.example\"\n"));
    assert_eq!(said(&run(correct.path(), &["config", "check"]).stdout), "the configuration is correct\n");
    let incorrect = folder(&format!("[database]\nurl = \"{wrong}\"\n"));
    let nowhere = run(correct.path(), &["audit"]);
    assert_eq!(nowhere.status.code(), Some(1));
    let checked = run(incorrect.path(), &["config", "check"]);
    is_usage_error(&checked, &["sspr-server.toml:2: database.url: names no database"]);
    let typed = run(correct.path(), &["--database", &wrong, "config", "check"]);
    is_usage_error(&typed, &["names no database"]);
    let help = program(correct.path(), &["--help"]).env("SSPR_DATABASE", url).output().unwrap();
    for output in [nowhere, checked, typed, help] {
        let told = said(&output.stdout) + &said(&output.stderr);
        assert!(!told.is_empty() && !told.contains("hunter2"), "{told}");
    }
}

#[test]
fn the_databases_password_may_come_from_a_file_of_its_own() {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let config = "[database]\nurl = \"postgres://sspr@127.0.0.1:9/reset\"\npassword_file = \"pw\"\n";
    let folder = folder(config);
    let told = |word: &str| {
        let output = run(folder.path(), &["audit"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output.stderr).contains(word), "{}", said(&output.stderr));
    };
    told("database.password_file: cannot read or create");
    let pw = folder.path().join("pw");
    std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&pw).unwrap();
    told("cannot reach the database reset at 127.0.0.1:9");
    std::fs::set_permissions(&pw, std::fs::Permissions::from_mode(0o644)).unwrap();
    told("may be read by other users");
}

#[test]
fn a_node_with_another_key_is_refused() {
    let folder = folder("");
    assert!(add(folder.path(), "Old-Harbor-42").status.success());
    let output = run(folder.path(), &["--secret-key-file", "other", "serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).contains("the database is sealed with another key"));
}

#[test]
fn a_missing_configuration_says_where_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    is_usage_error(&run(folder.path(), &["serve"]), &["sspr-server.example.toml", "--config"]);
}

#[test]
fn the_policy_is_shown_with_its_defaults() {
    let folder = folder("[policy]\ngates = 1\n");
    let output = run(folder.path(), &["policy", "show"]);
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(shown["policy"]["gates"], 1);
    assert_eq!(shown["limits"]["tries"], 5);
}

#[test]
fn a_taken_port_is_one_sentence() {
    let folder = folder("");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(folder.path(), &["serve", "--listen", &address]);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output.stderr);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains(&address) && told.contains("another program uses this port"), "{told}");
}

struct Running(Child, String);

impl Running {
    fn start(folder: &Path) -> Self {
        let mut child = program(folder, &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut ready).unwrap();
        let address = ready.trim().strip_prefix("ready at http://").unwrap_or_else(|| panic!("{ready}"));
        Self(child, address.to_owned())
    }

    fn terminate(&mut self) -> String {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let until = Instant::now() + Duration::from_secs(10);
        while self.0.try_wait().unwrap().is_none() {
            assert!(Instant::now() < until, "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut log = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn sigterm_ends_the_server_in_order() {
    let folder = folder("");
    let mut running = Running::start(folder.path());
    let mut stream = TcpStream::connect(&running.1).unwrap();
    stream
        .write_all(b"GET /.well-known/change-password HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let log = running.terminate();
    assert_eq!(running.0.wait().unwrap().code(), Some(0));
    assert!(log.contains("stopped"), "{log}");
    assert!(TcpStream::connect(&running.1).is_err());
}

#[test]
fn slow_headers_are_cut_off() {
    let folder = folder("[server]\nheader_timeout_seconds = 1\n");
    let running = Running::start(folder.path());
    let mut stream = TcpStream::connect(&running.1).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost:").unwrap();
    let begun = Instant::now();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn an_empty_audit_log_is_no_error_and_an_unknown_account_is() {
    let folder = folder("");
    assert!(run(folder.path(), &["audit", "--json"]).status.success());
    is_usage_error(&run(folder.path(), &["audit", "--account", "nobody"]), &["no account `nobody`"]);
}

#[test]
fn the_audit_log_is_verified_exported_shortened_and_reported() {
    let folder = folder("");
    assert!(add(folder.path(), "Old-Harbor-42").status.success());
    let verified = run(folder.path(), &["audit", "verify"]);
    assert!(
        said(&verified.stdout).ends_with("the audit log is as it was written\n"),
        "{}",
        said(&verified.stderr)
    );
    let head = format!("1:{}", "00".repeat(32));
    let cut = run(folder.path(), &["audit", "verify", "--head", &head]);
    assert_eq!(cut.status.code(), Some(1));
    assert!(said(&cut.stdout).contains("is not the line that was kept as the head"), "{}", said(&cut.stdout));
    is_usage_error(&run(folder.path(), &["audit", "verify", "--head", "nonsense"]), &["NUMBER:LINK"]);
    let csv = run(folder.path(), &["audit", "export", "--format", "csv", "--since", "2026-11-01"]);
    assert_eq!(said(&csv.stdout), "id,seq,at,activity,result,account,detail,address,request_id\r\n");
    is_usage_error(&run(folder.path(), &["audit", "export", "--until", "soon"]), &["a day such as"]);
    let pruned = run(folder.path(), &["audit", "prune", "--keep-days", "30"]);
    assert!(said(&pruned.stdout).starts_with("0 lines are forgotten"), "{}", said(&pruned.stderr));
    is_usage_error(&run(folder.path(), &["audit", "prune", "--keep-days", "1"]), &["30"]);
    let report = run(folder.path(), &["report", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["people"]["people"], 1);
    assert_eq!(report["activity"]["by_day"].as_array().unwrap().len(), 30);
}

#[test]
fn a_new_persons_password_is_measured_in_the_form_in_which_it_is_kept() {
    let folder = folder("[password]\nmode = \"nist\"\n");
    let decomposed = "a\u{308}".repeat(8);
    is_usage_error(&add(folder.path(), &decomposed), &["min-length"]);
    assert!(add(folder.path(), &"\u{e4}".repeat(15)).status.success());
}

#[test]
fn a_person_is_added_with_a_password_from_the_standard_input() {
    let folder = folder("");
    let add = |password: &str| add(folder.path(), password);
    is_usage_error(&add(""), &["no password"]);
    is_usage_error(&add("short"), &["min-length", "nothing was added"]);
    let added = add("Old-Harbor-42");
    assert_eq!(said(&added.stdout), "added Mai\n", "{}", said(&added.stderr));
    let again = add("Old-Harbor-42");
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again.stderr).contains("Mai or its e-mail address is there already"));
    assert!(run(folder.path(), &["audit", "--account", "MAI"]).status.success());
}

#[test]
fn the_outbox_is_listed_and_its_messages_are_named_by_their_ids() {
    let folder = folder("");
    let output = run(folder.path(), &["outbox", "list"]);
    assert!(output.status.success(), "{}", said(&output.stderr));
    assert_eq!(said(&output.stdout), "");
    is_usage_error(&run(folder.path(), &["outbox", "retry", "nothing"]), &["no message `nothing`"]);
    is_usage_error(&run(folder.path(), &["outbox", "drop", "nothing"]), &["no message `nothing`"]);
}
