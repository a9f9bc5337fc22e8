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

    /// No identity provider is told.
    RevocationNone = "revocation-none", Ok, "";
    /// The identity provider that is told of resets answers.
    RevocationOk = "revocation-ok", Ok, "";
    /// What [revocation] says cannot be used.
    RevocationConfig = "revocation-config", Broken, "Correct the named key of [revocation] or its file.";
    /// The identity provider does not answer: its sessions live on after a reset.
    RevocationUnreachable = "revocation-unreachable", Broken, "Check revocation.url, revocation.ca_file, that the identity provider's receiver runs, and that no firewall is between.";
    /// The identity provider says that something is wrong with it.
    RevocationFailing = "revocation-failing", Warning, "Look at the log of the identity provider's receiver.";

    /// No list of leaked passwords is configured.
    BreachedNone = "breached-none", Ok, "";
    /// The list of leaked passwords answers.
    BreachedOk = "breached-ok", Ok, "";
    /// What [breached] says cannot be used.
    BreachedConfig = "breached-config", Broken, "Correct the named key of [breached] or its file.";
    /// The list does not answer: new passwords pass without it.
    BreachedUnreachable = "breached-unreachable", Warning, "Check breached.url, breached.ca_file, that the list runs, and that no firewall is between.";
    /// What answers is no such list, or one that holds next to nothing.
    BreachedOdd = "breached-odd", Warning, "Check that breached.url ends where five digits are put, such as in /range/, and that the list was filled.";

    /// No other service judges captchas.
    CaptchaOwn = "captcha-own", Ok, "";
    /// The captcha's service answers and refuses nonsense.
    CaptchaOk = "captcha-ok", Ok, "";
    /// What [captcha] says cannot be used.
    CaptchaConfig = "captcha-config", Broken, "Correct the named key of [captcha] or its file.";
    /// The captcha's service does not answer: nobody can start.
    CaptchaUnreachable = "captcha-unreachable", Broken, "Check captcha.verify_url, captcha.ca_file, that the service runs, and that no firewall is between; with kind = \"proof-of-work\" none is needed.";
    /// The captcha's service takes anything, as it does with keys for tests.
    CaptchaPasses = "captcha-passes", Warning, "Put real keys in the place of those for tests in captcha.site_key and captcha.secret_file.";

    /// Nobody signs in by tokens.
    IdentityNone = "identity-none", Ok, "";
    /// The keys of tokens can be read.
    IdentityOk = "identity-ok", Ok, "";
    /// What [identity.token] says cannot be used.
    IdentityConfig = "identity-config", Broken, "Correct the named key of [identity.token] or its file.";
    /// The keys of tokens cannot be read: nobody signed in by them gets in.
    IdentityKeys = "identity-keys", Broken, "Check identity.token's jwks_url or jwks_file, ca_file, that the identity provider runs, and that no firewall is between.";

    /// Our clock goes with the others.
    ClockOk = "clock-ok", Ok, "";
    /// Our clock is more than 5 seconds off.
    ClockDrifts = "clock-drifts", Warning, "Let both machines take the time from the same source (NTP).";
    /// Our clock is more than 30 seconds off: authenticator codes fail.
    ClockOff = "clock-off", Broken, "Let both machines take the time from the same source (NTP); codes of authenticator apps fail until then.";
    /// There is no other clock to compare with.
    ClockUnknown = "clock-unknown", Warning, "Compare the machine's time with another clock, or run NTP.";
}
