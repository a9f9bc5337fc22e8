//! A slapd of our own: in a folder of its own, on ports of its own, ended with the value.
#![allow(dead_code, clippy::unwrap_used, reason = "a test, and each uses its own part")]

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub(crate) const BASE: &str = "dc=example,dc=test";
pub(crate) const SERVICE: &str = "cn=sspr,ou=services,dc=example,dc=test";
pub(crate) const SERVICE_PASSWORD: &str = "Service-passphrase-1";
pub(crate) const OLD: &str = "Old-Harbor-42-old";

/// The server with the people of `seed.ldif`.
pub(crate) struct Slapd {
    folder: TempDir,
    port: u16,
    tls_port: u16,
    process: Option<Child>,
}

fn one_of(what: &str, candidates: &[&str]) -> String {
    let found = candidates.iter().find(|path| Path::new(path).exists());
    found.unwrap_or_else(|| panic!("no {what}: install slapd (`cargo xtask test` does)")).to_string()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Slapd {
    /// Makes the database and starts.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let key = rcgen::KeyPair::generate().unwrap();
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let certificate = rcgen::CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
        fs::write(at("tls.crt"), certificate.pem()).unwrap();
        fs::write(at("tls.key"), key.serialize_pem()).unwrap();
        for name in ["db", "slapd.d"] {
            fs::create_dir(at(name)).unwrap();
        }
        let schema = one_of("schema of slapd", &["/etc/ldap/schema", "/etc/openldap/schema"]);
        let modules = one_of("module of slapd", &["/usr/lib/ldap", "/usr/lib64/openldap"]);
        let now = utc_now();
        for (database, text) in [("0", include_str!("config.ldif")), ("1", include_str!("seed.ldif"))] {
            let text = text
                .replace("@FOLDER@", &folder.path().display().to_string())
                .replace("@SCHEMA@", &schema)
                .replace("@MODULES@", &modules)
                .replace("@NOW@", &now);
            let file = at(database).with_extension("ldif");
            fs::write(&file, text).unwrap();
            let added = Command::new("/usr/sbin/slapadd")
                .args(["-n", database, "-F"])
                .arg(at("slapd.d"))
                .arg("-l")
                .arg(&file)
                .output()
                .expect("slapadd: install slapd (`cargo xtask test` does)");
            assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        }
        let mut slapd = Self { folder, port: free_port(), tls_port: free_port(), process: None };
        slapd.go_on();
        slapd
    }

    /// Starts again on the same ports, with what the database holds.
    pub(crate) fn go_on(&mut self) {
        let addresses = format!("{} {}", self.url(), self.tls_url());
        let process = Command::new("/usr/sbin/slapd")
            .args(["-d", "0", "-h", &addresses, "-F"])
            .arg(self.folder.path().join("slapd.d"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(process.unwrap());
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.tls_port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "slapd does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it, in order.
    pub(crate) fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = Command::new("kill").arg(process.id().to_string()).status();
            let _ = process.wait();
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    pub(crate) fn tls_url(&self) -> String {
        format!("ldaps://127.0.0.1:{}", self.tls_port)
    }

    pub(crate) fn ca_file(&self) -> PathBuf {
        self.folder.path().join("tls.crt")
    }

    /// What the database says of a person, as an administrator sees it.
    pub(crate) fn look(&self, uid: &str, attribute: &str) -> String {
        let filter = format!("(uid={uid})");
        let found =
            self.client("ldapsearch").args(["-LLL", "-b", BASE, &filter, attribute]).output().unwrap();
        String::from_utf8(found.stdout).unwrap()
    }

    /// Whether a password opens the entry, asked by the directory's own tool.
    pub(crate) fn opens(&self, uid: &str, password: &str) -> bool {
        let dn = format!("uid={uid},ou=people,{BASE}");
        let mut who = Command::new("ldapwhoami");
        who.args(["-x", "-H", &self.url(), "-D", &dn, "-w", password]).output().unwrap().status.success()
    }

    /// Connections to it that stand now, as the kernel lists them.
    pub(crate) fn connections(&self) -> usize {
        let to = format!("0100007F:{:04X}", self.port);
        let stands = |line: &&str| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            columns.get(2) == Some(&to.as_str()) && columns.get(3) == Some(&"01")
        };
        fs::read_to_string("/proc/net/tcp").unwrap().lines().filter(stands).count()
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["-x", "-H", &self.url(), "-D", "cn=root,dc=example,dc=test", "-w", "root-secret"]);
        command
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        self.stop();
    }
}

fn utc_now() -> String {
    let date = Command::new("date").args(["-u", "+%Y%m%d%H%M%SZ"]).output().unwrap();
    String::from_utf8(date.stdout).unwrap().trim().to_owned()
}
