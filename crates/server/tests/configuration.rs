//! The configuration: the documented example is true, and every mistake is found on its line.
#![allow(clippy::unwrap_used, reason = "a test")]

use sspr_server::config::Config;
use std::{collections::BTreeSet, path::Path};

const EXAMPLE: &str = include_str!("../sspr-server.example.toml");
const JOURNEYS: &str = include_str!("../../../tests/journeys.toml");

fn parse(text: &str) -> Result<Config, Vec<String>> {
    Config::parse(text, Path::new("c.toml")).map_err(|mistakes| mistakes.lines().to_vec())
}

/// The example with its optional keys switched on.
fn complete_example() -> String {
    let switch_on = |line: &str| match line.strip_prefix('#') {
        Some(key) if !key.starts_with(' ') => key.to_owned(),
        _ => line.to_owned(),
    };
    EXAMPLE.lines().map(switch_on).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_says_the_defaults() {
    let example = parse(EXAMPLE).unwrap();
    assert_eq!(format!("{example:#?}"), format!("{:#?}", parse("").unwrap()));
}

#[test]
fn the_optional_keys_of_the_example_can_be_switched_on_together() {
    parse(&complete_example()).unwrap();
}

#[test]
fn the_journeys_configuration_is_correct() {
    parse(JOURNEYS).unwrap();
}

/// What serde would take in a section, learnt from its refusal of a key that cannot be.
fn keys_of(section: &str) -> BTreeSet<String> {
    let unknown =
        if section.is_empty() { "nonsense = 0".into() } else { format!("[{section}]\nnonsense = 0") };
    let mistakes = parse(&unknown).unwrap_err();
    let (_, expected) = mistakes[0].split_once("expected").unwrap_or_else(|| panic!("{mistakes:?}"));
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_example_names_every_key_there_is() {
    let example: toml::Table = toml::from_str(&complete_example()).unwrap();
    let mut sections = vec![(String::new(), example)];
    let mut seen = 0;
    while let Some((path, table)) = sections.pop() {
        let mut named: BTreeSet<String> = table.keys().cloned().collect();
        if path == "identity.token" {
            // The other of the two ways, named in the comment of the first.
            assert!(EXAMPLE.contains("`jwks_file`"));
            named.insert("jwks_file".into());
        }
        assert_eq!(named, keys_of(&path), "in [{path}]");
        seen += named.len();
        for (key, value) in table {
            if let toml::Value::Table(inner) = value {
                let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                sections.push((path, inner));
            }
        }
    }
    assert!(seen > 80, "only {seen} keys seen");
}

#[test]
fn every_key_of_the_example_is_explained() {
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    for pair in lines.windows(2) {
        let is_key = pair[1].trim_start_matches('#').split_once(" = ").is_some_and(|(key, _)| {
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        });
        assert!(!is_key || pair[0].starts_with("# "), "no explanation above: {}", pair[1]);
    }
}

#[test]
fn several_mistakes_are_told_at_once_each_with_its_line_and_what_is_allowed() {
    let text = "[server]\nlisten = \"nowhere\"\nhttps = 1\n\n[policy]\ngates = \"two\"\ngatez = 2\nenabled = \"all\"\n";
    let mistakes = parse(text).unwrap_err();
    let starts: Vec<&str> =
        mistakes.iter().map(|line| line.splitn(4, ": ").take(2).last().unwrap()).collect();
    assert_eq!(starts, ["server.listen", "server.https", "policy.gates", "policy.gatez", "policy.enabled"]);
    for (mistake, line) in mistakes.iter().zip([2, 3, 6, 7, 8]) {
        assert!(mistake.starts_with(&format!("c.toml:{line}: ")), "{mistake}");
    }
    assert!(mistakes[3].contains("`gates`"), "{}", mistakes[3]);
    assert!(mistakes[4].contains("`everyone`"), "{}", mistakes[4]);
}

#[test]
fn values_out_of_range_are_found_on_their_lines() {
    let text =
        "[smtp]\ntimeout_seconds = 0\nfrom = \"nobody\"\n[policy]\ngates = 3\n[limits]\ncode_length = 4\n";
    let mistakes = parse(text).unwrap_err();
    let starts = [
        "c.toml:2: smtp.timeout_seconds: ",
        "c.toml:3: smtp.from: ",
        "c.toml:5: policy.gates: ",
        "c.toml:7: ",
    ];
    assert_eq!(mistakes.len(), starts.len(), "{mistakes:#?}");
    for (mistake, start) in mistakes.iter().zip(starts) {
        assert!(mistake.starts_with(start), "{mistake}");
    }
}

#[test]
fn a_mistake_in_the_rules_of_passwords_is_found_on_its_line() {
    let text = "[password]\nmode = \"nist\"\nmfa = true\nmax_repeats = 0\nclasses = [\"lower\"]\nclasses_at_least = 2\n\
                class_counts = [{ class = \"digit\", min = 3, max = 2 }]\n";
    let mistakes = parse(text).unwrap_err();
    let starts = [
        "c.toml:4: password.max_repeats: ",
        "c.toml:2: password.mode: ",
        "c.toml:6: password.classes_at_least: ",
        "c.toml:7: password.class_counts: ",
    ];
    assert_eq!(mistakes.len(), starts.len(), "{mistakes:#?}");
    for start in starts {
        assert!(mistakes.iter().any(|mistake| mistake.starts_with(start)), "{start} in {mistakes:#?}");
    }
}

#[test]
fn a_list_of_forbidden_words_is_read_and_its_unknown_keys_are_refused() {
    let list = "[[password.forbidden_terms]]\nterms = [\"contoso\"]\nmatching = \"substring\"\nfolds = [\"case\", \"l33t\"]\n";
    let policy = parse(list).unwrap().settings.password.policy();
    assert_eq!(policy.forbidden_terms[0].terms, ["contoso"]);
    let mistakes = parse(&format!("{list}min_trem = 3\n")).unwrap_err();
    assert!(mistakes[0].contains("min_trem") && mistakes[0].contains("min_term"), "{mistakes:?}");
}

#[test]
fn an_unknown_section_is_one_mistake_and_the_known_ones_are_listed() {
    let mistakes = parse("[polcy]\ngates = 1\nskip_days = 2\n").unwrap_err();
    assert_eq!(mistakes.len(), 1, "{mistakes:#?}");
    assert!(mistakes[0].contains("`policy`") && mistakes[0].contains("`smtp`"), "{}", mistakes[0]);
}

#[test]
fn what_is_missing_in_a_section_is_told_at_the_section() {
    let mistakes = parse("\n[identity.header]\nname = \"x\"\n").unwrap_err();
    assert_eq!(mistakes, ["c.toml:2: identity.header: missing field `from`"]);
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let mistakes = parse("[server]\nlisten = \n").unwrap_err();
    assert!(mistakes[0].starts_with("c.toml:2: "), "{}", mistakes[0]);
}

#[test]
fn a_password_is_never_sent_in_clear() {
    let mistakes = parse("[smtp]\ntls = \"none\"\nusername = \"me\"\n").unwrap_err();
    assert!(mistakes[0].starts_with("c.toml:2: smtp.tls: would send the password in clear"), "{mistakes:?}");
}

#[test]
fn a_directory_is_named_whole_and_never_spoken_to_in_clear() {
    let ldap = |url: &str, more: &str| {
        let needed = "bind_dn = \"cn=sspr\"\nbase = \"dc=example\"";
        parse(&format!(
            "[directory]\nkind = \"openldap\"\n[directory.ldap]\nurl = \"{url}\"\n{needed}\n{more}"
        ))
    };
    for url in [
        "ldaps://ldap.example",
        "ldaps://ldap.example:636",
        "ldap://localhost",
        "ldap://127.0.0.1:389",
        "ldap://[::1]",
    ] {
        assert!(ldap(url, "").is_ok(), "{url}");
    }
    assert!(ldap("ldap://ldap.example", "starttls = true").is_ok());
    for (url, more, key) in [
        ("ldap://ldap.example", "", "url: would send passwords in clear"),
        ("ldap://localhost.example", "", "url: would send passwords in clear"),
        ("https://ldap.example", "", "url: must be like"),
        ("ldaps://ldap.example", "starttls = true", "starttls: is for ldap://"),
        ("ldaps://ldap.example", "filter = \"(uid=*)\"", "filter: must have `{identifier}`"),
        ("ldaps://ldap.example", "filter = \"(uid={identifier}\"", "filter: must begin with"),
        ("ldaps://ldap.example", "id_attribute = \"a)(b\"", "id_attribute: must be the name"),
        ("ldaps://ldap.example", "admin_groups = [\"a\"]", "admin_groups: has no effect"),
        ("ldaps://ldap.example", "connections = 0", "connections: must be from 1"),
        ("ldaps://ldap.example", "timeout_seconds = 20", "timeout_seconds: together with"),
    ] {
        let mistakes = ldap(url, more).unwrap_err();
        assert!(mistakes[0].contains(&format!("directory.ldap.{key}")), "{url} {more}: {mistakes:?}");
    }
    let mistakes = parse("[directory]\nkind = \"openldap\"").unwrap_err();
    assert!(mistakes[0].starts_with("c.toml:2: directory.kind: needs the section"), "{mistakes:?}");
}

#[test]
fn active_directory_is_spoken_to_by_tls_alone_and_told_only_what_it_does_not_know() {
    let ldap = |url: &str, more: &str| {
        parse(&format!(
            "[directory]\nkind = \"active-directory\"\n[directory.ldap]\nurl = \"{url}\"\nbind_dn = \"cn=sspr\"\n\
             base = \"dc=example\"\n{more}"
        ))
    };
    assert!(ldap("ldaps://dc1.example", "").is_ok());
    assert!(ldap("ldap://localhost", "starttls = true").is_ok());
    for (url, more, key) in [
        ("ldap://dc1.example", "", "url: would send passwords in clear"),
        ("ldap://localhost", "", "url: is without TLS"),
        ("ldaps://dc1.example", "id_attribute = \"cn\"", "id_attribute: is objectGUID"),
        (
            "ldaps://dc1.example",
            "disabled_attribute = \"off\"",
            "disabled_attribute: is not Active Directory's way",
        ),
        ("ldaps://dc1.example", "default_policy = \"cn=x\"", "default_policy: is not needed"),
    ] {
        let mistakes = ldap(url, more).unwrap_err();
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert!(mistakes[0].contains(&format!("directory.ldap.{key}")), "{url} {more}: {mistakes:?}");
    }
    let mistakes = parse("[directory]\nkind = \"active-directory\"").unwrap_err();
    assert!(mistakes[0].starts_with("c.toml:2: directory.kind: needs the section"), "{mistakes:?}");
}
