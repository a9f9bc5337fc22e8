//! A domain of our own with Samba as its controller: in a folder of its own, at an address of its own, ended with the
//! value; and should the test be ended before, when its end of the pipe closes.
#![allow(dead_code, clippy::unwrap_used, reason = "a test, and each uses its own part")]

use std::{
    fs,
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

pub(crate) const BASE: &str = "DC=example,DC=test";
pub(crate) const SERVICE: &str = "CN=sspr,OU=services,DC=example,DC=test";
pub(crate) const SERVICE_PASSWORD: &str = "Service-passphrase-1";
pub(crate) const OLD: &str = "Old-Harbor-42-old";

const ADMINISTRATOR: &str = "administrator@example.test";
const ADMINISTRATORS_PASSWORD: &str = "Admin-passphrase-1";

/// Debian's Python, which has Samba's library.
const PYTHON: &str = "/usr/bin/python3";

/// The controller with the people of `samba/domain.py`.
pub(crate) struct Samba {
    folder: PathBuf,
    address: String,
    process: Option<Child>,
    /// Removes the folder when its input ends.
    sweeper: Child,
}

/// An address of this machine at which nobody listens. Samba's ports are fixed, so domains differ by address.
fn free_address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed) << 16);
        let [_, high, middle, low] = number.to_be_bytes();
        let address = format!("127.{}.{}.{}", 1 + high % 200, middle, 1 + low % 250);
        match TcpListener::bind((address.as_str(), 389)) {
            Ok(_) => return address,
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                panic!(
                    "Samba listens at port 389: run the test as root, or allow everybody that port (sysctl)"
                )
            }
            Err(_) => {}
        }
    }
}

impl Samba {
    /// The one domain of a test program, for tests that leave each other's people alone.
    pub(crate) fn shared() -> &'static Self {
        static DOMAIN: OnceLock<Samba> = OnceLock::new();
        DOMAIN.get_or_init(Self::start)
    }

    /// Makes the domain and starts.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap().keep();
        let address = free_address();
        let sweeper = Command::new("sh")
            .args(["-c", r#"cat > /dev/null; rm -rf "$1""#, "sh"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .spawn();
        let mut samba = Self { folder, address, process: None, sweeper: sweeper.unwrap() };
        samba.configure();
        let made = Command::new(PYTHON)
            .arg(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../directory-ldap/tests/support/samba/domain.py"),
            )
            .arg(&samba.folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "no domain: `cargo xtask test` installs Samba\n{said}");
        samba.go_on();
        samba
    }

    fn configure(&self) {
        let at = |name: &str| self.folder.join(name);
        let key = rcgen::KeyPair::generate().unwrap();
        let names = vec![self.address.clone(), "dc1.example.test".to_owned()];
        let certificate = rcgen::CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
        fs::write(at("tls.crt"), certificate.pem()).unwrap();
        fs::write(at("tls.key"), key.serialize_pem()).unwrap();
        fs::set_permissions(at("tls.key"), fs::Permissions::from_mode(0o600)).unwrap();
        let text = include_str!("samba/smb.conf")
            .replace("@FOLDER@", self.folder.to_str().unwrap())
            .replace("@ADDRESS@", &self.address);
        fs::create_dir(at("etc")).unwrap();
        fs::write(at("etc/smb.conf"), text).unwrap();
    }

    /// Starts again at the same address, with what the database holds.
    pub(crate) fn go_on(&mut self) {
        // Interactive is what ends when the input does.
        let process = Command::new("/usr/sbin/samba")
            .args(["--interactive", "--model=single", "--configfile"])
            .arg(self.folder.join("etc/smb.conf"))
            .stdin(Stdio::piped())
            .stdout(fs::File::create(self.folder.join("said")).unwrap())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(process.expect("samba: `cargo xtask test` installs it"));
        let begun = Instant::now();
        while TcpStream::connect((self.address.as_str(), 636)).is_err() {
            let said = || fs::read_to_string(self.folder.join("said")).unwrap();
            assert!(begun.elapsed() < Duration::from_secs(30), "Samba does not start:\n{}", said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it, in order.
    pub(crate) fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            drop(process.stdin.take());
            let _ = process.wait();
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("ldap://{}", self.address)
    }

    pub(crate) fn tls_url(&self) -> String {
        format!("ldaps://{}", self.address)
    }

    pub(crate) fn ca_file(&self) -> PathBuf {
        self.folder.join("tls.crt")
    }

    /// Whether a password opens an account, asked by another program.
    pub(crate) fn opens(&self, name: &str, password: &str) -> bool {
        let mut search = self.ldapsearch(&format!("{name}@example.test"), password);
        search.args(["-s", "base", "-b", "", "dnsHostName"]).output().unwrap().status.success()
    }

    /// The value of an attribute of a person, as an administrator sees it.
    pub(crate) fn look(&self, name: &str, attribute: &str) -> String {
        let filter = format!("(sAMAccountName={name})");
        let mut search = self.ldapsearch(ADMINISTRATOR, ADMINISTRATORS_PASSWORD);
        let found = search.args(["-b", BASE, &filter, attribute]).output().unwrap();
        let text = String::from_utf8(found.stdout).unwrap();
        let value = text.lines().find_map(|line| line.strip_prefix(&format!("{attribute}: ")));
        value.unwrap_or_else(|| panic!("{name} has no {attribute}:\n{text}")).to_owned()
    }

    fn ldapsearch(&self, who: &str, password: &str) -> Command {
        let mut command = Command::new("ldapsearch");
        command.env("LDAPTLS_CACERT", self.ca_file());
        command.args(["-x", "-LLL", "-H", &self.tls_url(), "-D", who, "-w", password]);
        command
    }
}

impl Drop for Samba {
    fn drop(&mut self) {
        self.stop();
        drop(self.sweeper.stdin.take());
        let _ = self.sweeper.wait();
    }
}
