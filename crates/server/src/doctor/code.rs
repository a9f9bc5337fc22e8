//! What a check can find. The words never change; scripts and `docs/troubleshooting.md` go by them.

use super::Grade;

/// Each finding with its word, how bad it is, and what mends it.
macro_rules! codes {
    ($($(#[$of:meta])* $variant:ident = $word:literal, $grade:ident, $mend:literal;)*) => {
        /// What a check found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$of])* $variant,)* }

        impl Code {
            /// Every code, in the order of the checks.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word that never changes.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// How bad it is.
            pub const fn grade(self) -> Grade {
                match self { $(Self::$variant => Grade::$grade),* }
            }
            /// How to mend it; empty where nothing is to be mended.
            pub const fn mend(self) -> &'static str {
                match self { $(Self::$variant => $mend),* }
            }
        }
    };
}

codes! {
    /// The configuration can be read and holds no mistake.
    ConfigOk = "config-ok", Ok, "";
    /// The configuration cannot be read or holds mistakes.
    ConfigWrong = "config-wrong", Broken, "Correct the named line; sspr-server.example.toml explains every key.";
    /// Something works otherwise than the file says.
    ConfigWarning = "config-warning", Warning, "Change the named key, or leave it: the server runs without what is missing.";

    /// The sealing key can be read.
    KeyOk = "key-ok", Ok, "";
    /// There is no key file yet.
    KeyNew = "key-new", Warning, "On a first start `sspr-server serve` makes it; keep a copy apart from the database's.";
    /// The key file is gone, or cannot be read or used, and the database needs it.
    KeyUnreadable = "key-unreadable", Broken, "Put back a copy of the file that server.secret_key_file names, readable by the server's user alone (chmod 600).";
    /// The key is the right one, and some rows do not open.
    KeyRows = "key-rows", Broken, "Give this node the newest key file; if no key opens them they were damaged: restore them from a copy, or let their owners register those methods again.";
    /// The database is sealed by another key.
    KeyOther = "key-other", Broken, "Put the key file of this database's first start in the place that server.secret_key_file names.";

    /// The database answers, is up to date and can be written to.
    DatabaseOk = "database-ok", Ok, "";
    /// There is no database file, or there are no tables yet.
    DatabaseNew = "database-new", Warning, "On a first start `sspr-server serve` makes it; else check database.url.";
    /// The database does not let us in.
    DatabaseUnreachable = "database-unreachable", Broken, "Start the database, and check database.url, its password and the rights of the file or user.";
    /// Its tables are older than this program.
    DatabaseOld = "database-old", Warning, "Make a copy of the database, then start `sspr-server serve`: it brings the tables up to date.";
    /// Its tables are newer than this program.
    DatabaseNewer = "database-newer", Broken, "Run the version of sspr-server that last worked with this database, or a newer one.";
    /// It can be read and not written to.
    DatabaseReadOnly = "database-read-only", Broken, "Give the server's user the right to write; check that the disk is not full and that it is no standby.";

    /// The mail server takes mail from us.
    MailOk = "mail-ok", Ok, "";
    /// What [smtp] says cannot be used.
    MailConfig = "mail-config", Broken, "Correct the named key of [smtp] or its file.";
    /// The mail server does not answer.
    MailUnreachable = "mail-unreachable", Broken, "Check smtp.host and smtp.port, that the mail server runs, and that no firewall is between.";
    /// No TLS with the mail server.
    MailTls = "mail-tls", Broken, "Check smtp.tls, that the certificate carries the name smtp.host, and name its authority in smtp.ca_file.";
    /// The mail server refuses user name and password.
    MailSignIn = "mail-sign-in", Broken, "Check smtp.username and the password of smtp.password_file or SSPR_SMTP_PASSWORD.";
    /// A test mail was taken.
    MailSent = "mail-sent", Ok, "";
    /// A test mail was not taken.
    MailNotSent = "mail-not-sent", Broken, "Check that the mail server lets smtp.from send, and to that address.";

    /// The gateway answers.
    GatewayOk = "gateway-ok", Ok, "";
    /// No gateway is configured.
    GatewayNone = "gateway-none", Ok, "";
    /// What [gateway] says cannot be used.
    GatewayConfig = "gateway-config", Broken, "Correct the named key of [gateway] or its file.";
    /// The gateway does not answer.
    GatewayUnreachable = "gateway-unreachable", Broken, "Check gateway.url, gateway.ca_file, that the gateway runs, and that no firewall is between.";
    /// The gateway refuses the token, as far as it can be asked without sending.
    GatewayToken = "gateway-token", Warning, "Check gateway.token_file or SSPR_GATEWAY_TOKEN; then send yourself a code by text message.";
    /// The gateway says that something is wrong with it.
    GatewayFailing = "gateway-failing", Warning, "Look at the gateway's own log.";

    /// Accounts live in our own database.
    DirectoryLocal = "directory-local", Ok, "";
    /// The directory lets the service account in and shows people.
    DirectoryOk = "directory-ok", Ok, "";
    /// What [directory.ldap] says cannot be used.
    DirectoryConfig = "directory-config", Broken, "Correct the named key of [directory.ldap] or its file.";
    /// The directory does not answer, or TLS fails.
    DirectoryUnreachable = "directory-unreachable", Broken, "Check directory.ldap.url, starttls and ca_file, that the directory runs, and that no firewall is between.";
    /// The directory refuses the service account.
    DirectorySignIn = "directory-sign-in", Broken, "Check directory.ldap.bind_dn and the password of bind_password_file or SSPR_LDAP_PASSWORD.";
    /// The directory fails at a search.
    DirectorySearch = "directory-search", Broken, "Check directory.ldap.filter and what the service account may read.";
    /// The base does not exist, or the service account may not see it.
    DirectoryBase = "directory-base", Broken, "Check directory.ldap.base, and that the service account may read it.";
    /// No person is found.
    DirectoryNobody = "directory-nobody", Warning, "Check directory.ldap.filter, and that the service account may read people's names and addresses.";
    /// Locks can be ended.
    DirectoryRightsOk = "directory-rights-ok", Ok, "";
    /// Locks cannot be ended.
    DirectoryRightsMissing = "directory-rights-missing", Broken, "Give the service account the right to reset passwords and to write lockoutTime below the base (docs/directories.md).";
    /// The directory cannot be asked.
    DirectoryRightsUnknown = "directory-rights-unknown", Warning, "Reset the password of a test person once; docs/directories.md has the access rules.";
    /// The password policy can be read.
    DirectoryPolicyOk = "directory-policy-ok", Ok, "";
    /// The password policy cannot be read.
    DirectoryPolicyUnreadable = "directory-policy-unreadable", Warning, "Check directory.ldap.default_policy, and let the service account read the policy; until then people learn its rules only by being refused.";

    /// Our clock goes with the others.
    ClockOk = "clock-ok", Ok, "";
    /// Our clock is more than 5 seconds off.
    ClockDrifts = "clock-drifts", Warning, "Let both machines take the time from the same source (NTP).";
    /// Our clock is more than 30 seconds off: authenticator codes fail.
    ClockOff = "clock-off", Broken, "Let both machines take the time from the same source (NTP); codes of authenticator apps fail until then.";
    /// There is no other clock to compare with.
    ClockUnknown = "clock-unknown", Warning, "Compare the machine's time with another clock, or run NTP.";
}
