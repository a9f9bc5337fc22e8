//! Runs other programs: to their end with the output in a log, or beside us until Ctrl-C.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::paths;
use crate::progress::Step;
use crate::trouble::{Doing, Outcome, Trouble};

/// How long a child may take to stop on its own before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// A step that runs one program to its end.
pub(crate) struct Run<'a> {
    /// What is done, such as “build the server”.
    pub(crate) what: &'a str,
    /// What takes the time, such as “cargo”.
    pub(crate) awaits: &'a str,
    /// What to do when it fails.
    pub(crate) advice: &'a str,
}

impl Run<'_> {
    /// Runs the program with its output in a log, and shows the log's end when it fails.
    pub(crate) fn quietly(&self, command: &mut Command) -> Outcome {
        let (log, file) = log_file(self.what)?;
        let errors = file.try_clone().doing(|| format!("write {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let step = Step::begin(self.what, self.awaits);
        let status = wait(command)?;
        if status.success() {
            step.done();
            return Ok(());
        }
        drop(step);
        let output = fs::read_to_string(&log).unwrap_or_default();
        let lines: Vec<&str> = output.lines().collect();
        for line in lines.iter().skip(lines.len().saturating_sub(40)) {
            eprintln!("    | {line}");
        }
        Err(self.failed(command).log(log))
    }

    /// Runs the program with its output on the terminal.
    pub(crate) fn openly(&self, command: &mut Command) -> Outcome {
        let step = Step::begin(self.what, self.awaits);
        let status = wait(command)?;
        if !status.success() {
            return Err(self.failed(command));
        }
        step.done();
        Ok(())
    }

    fn failed(&self, command: &Command) -> Trouble {
        Trouble::new(format!("“{}” failed: {} ended with an error", self.what, name_of(command)))
            .advice(self.advice)
    }
}

/// The output of a short program, without the line's end; `None` when it is missing or failed.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

fn spawn(command: &mut Command) -> Outcome<Child> {
    command.spawn().doing(|| format!("start {}", name_of(command)))
}

/// Runs a program to its end, or to the person's Ctrl-C.
fn wait(command: &mut Command) -> Outcome<ExitStatus> {
    let mut child = spawn(command)?;
    loop {
        if let Some(status) = child.try_wait().doing(|| format!("wait for {}", name_of(command)))? {
            // The terminal's Ctrl-C reaches the child as well, which then ends with an error that is none.
            return if interrupted() { Err(Trouble::new("Interrupted")) } else { Ok(status) };
        }
        if interrupted() {
            stop(&mut child);
            return Err(Trouble::new("Interrupted"));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Asks a program to end, and ends it when it does not.
fn stop(child: &mut Child) {
    let ended = |child: &mut Child| !matches!(child.try_wait(), Ok(None));
    if ended(child) {
        return;
    }
    // The standard library can only kill; the shell's own `kill` asks first, so that the server ends its requests.
    let ask = format!("kill -TERM {}", child.id());
    if cfg!(unix) && Command::new("sh").args(["-c", &ask]).status().is_ok_and(|status| status.success()) {
        let began = Instant::now();
        while began.elapsed() < GRACE {
            if ended(child) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
    child.kill().ok();
    child.wait().ok();
}

fn log_file(what: &str) -> Outcome<(PathBuf, File)> {
    let folder = paths::logs();
    fs::create_dir_all(&folder).doing(|| format!("create {}", folder.display()))?;
    let name: String = what.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let log = folder.join(format!("{}.log", name.trim_matches('-').to_ascii_lowercase()));
    let file = File::create(&log).doing(|| format!("write {}", log.display()))?;
    Ok((log, file))
}

/// A program that runs beside us. It is stopped when this value goes.
pub(crate) struct Running {
    name: String,
    child: Child,
    log: Option<PathBuf>,
}

impl Running {
    /// Starts a program with its output in a log.
    pub(crate) fn start(name: &str, command: &mut Command) -> Outcome<Running> {
        let (log, file) = log_file(name)?;
        let errors = file.try_clone().doing(|| format!("write {}", log.display()))?;
        let child = spawn(command.stdin(Stdio::null()).stdout(file).stderr(errors))?;
        Ok(Running { name: name.to_owned(), child, log: Some(log) })
    }

    /// Starts a program that speaks on the terminal.
    pub(crate) fn start_openly(name: &str, command: &mut Command) -> Outcome<Running> {
        Ok(Running { name: name.to_owned(), child: spawn(command.stdin(Stdio::null()))?, log: None })
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// An error when the program has ended.
    pub(crate) fn check(&mut self) -> Outcome {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            _ => {
                let trouble = Trouble::new(format!("{} ended unexpectedly", self.name));
                Err(match &self.log {
                    Some(log) => trouble.log(log.clone()),
                    None => trouble.advice("read what it said above"),
                })
            }
        }
    }

    /// Waits until `ready` says so, the program ends, the person interrupts or `patience` runs out.
    pub(crate) fn wait_until(&mut self, patience: Duration, ready: impl Fn() -> bool) -> Outcome {
        let began = Instant::now();
        while !ready() {
            self.check()?;
            if interrupted() {
                return Err(Trouble::new("Interrupted"));
            }
            if began.elapsed() > patience {
                let sentence = format!("{} did not answer within {} s", self.name, patience.as_secs());
                let trouble = Trouble::new(sentence);
                return Err(match &self.log {
                    Some(log) => trouble.log(log.clone()),
                    None => trouble,
                });
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

static INTERRUPTED: OnceLock<&'static AtomicBool> = OnceLock::new();

/// From now on Ctrl-C, SIGTERM and a closed terminal only set [`interrupted`].
pub(crate) fn watch_for_interrupts() -> Outcome {
    static FLAG: AtomicBool = AtomicBool::new(false);
    if INTERRUPTED.set(&FLAG).is_err() {
        return Ok(());
    }
    ctrlc::set_handler(|| FLAG.store(true, Ordering::SeqCst)).doing(|| "listen for Ctrl-C".to_owned())
}

/// Whether the person asked to stop.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.get().is_some_and(|flag| flag.load(Ordering::SeqCst))
}

/// A loopback port that is free now.
pub(crate) fn free_port() -> Outcome<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .doing(|| "find a free port on 127.0.0.1".to_owned())
}

/// An error that names the port and the flag when something else listens there.
pub(crate) fn require_free(port: u16, flag: &str) -> Outcome {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map(drop).map_err(|error| {
        Trouble::new(format!("Port {port} on 127.0.0.1 cannot be used: {error}"))
            .advice(format!("stop the program that uses it, or choose another port with {flag}"))
    })
}
