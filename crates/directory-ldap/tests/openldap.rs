//! Every operation against a real slapd with the password policy overlay.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "support/slapd.rs"]
mod slapd;
mod support;

use slapd::{BASE, OLD, SERVICE, SERVICE_PASSWORD, Slapd};
use sspr_core::{
    policy::{Rule, Violation},
    wire::MethodKind,
};
use sspr_directory_ldap::{Attributes, Groups, LdapDirectory, Settings};
use sspr_service::{
    Directory,
    directory::{Contact, DirectoryError, DirectoryRules},
};
use std::time::{Duration, Instant};
use support::{accepted, person, refusal, saying, tls, told};

const NEW: &str = "Marked-Harbour-77";

fn settings(url: String) -> Settings {
    Settings {
        url,
        starttls: false,
        tls: tls(None),
        bind_dn: SERVICE.into(),
        bind_password: SERVICE_PASSWORD.into(),
        base: format!("ou=people,{BASE}"),
        filter: Attributes::OPENLDAP_FILTER.into(),
        attributes: Attributes {
            contact_phones: vec!["MOBILE".into(), "homePhone".into()],
            disabled: Some("employeeType".into()),
            ..Attributes::openldap()
        },
        groups: Some(Groups {
            base: format!("ou=groups,{BASE}"),
            member: "member".into(),
            admins: vec!["admins".into()],
        }),
        default_policy: Some(format!("cn=default,ou=policies,{BASE}")),
        connections: 2,
        connect_timeout: Duration::from_secs(2),
        timeout: Duration::from_secs(2),
    }
}

fn over(slapd: &Slapd) -> LdapDirectory {
    LdapDirectory::openldap(settings(slapd.url()))
}

#[tokio::test]
async fn a_person_is_found_by_name_and_address_in_any_case() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    let alice = person(&directory, "alice").await;
    assert_eq!(alice.email.as_deref(), Some("alice@example.test"));
    assert_eq!(alice.display_name.as_deref(), Some("Alice Moor"));
    assert_eq!(alice.locale.as_deref(), Some("de"));
    assert!(!alice.disabled && !alice.locked);
    assert_eq!(person(&directory, " ALICE@Example.test").await, alice);
    assert_eq!(directory.account(&alice.id).await.unwrap(), Some(alice));
    assert!(person(&directory, "off").await.disabled);
}

#[tokio::test]
async fn groups_in_groups_count_even_in_a_ring() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    let alice = person(&directory, "alice").await;
    assert_eq!(alice.groups, ["admins", "harbor"]);
    assert!(alice.admin);
    assert!(!person(&directory, "young").await.admin);
    assert_eq!(told(&directory).await, ["alice", "bob"]);
}

#[tokio::test]
async fn nothing_typed_changes_the_question() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    for typed in [
        "*)(uid=*))(|(uid=*",
        "*",
        "alice*",
        "alice\0",
        "\0",
        "",
        "älice",
        "a)(uid=alice",
        "\\61lice",
        "twins@example.test",
    ] {
        assert_eq!(directory.find(typed).await.unwrap(), None, "{typed:?}");
        assert!(!accepted(&directory, typed, OLD).await, "{typed:?}");
    }
    assert_eq!(directory.account("*").await.unwrap(), None);
}

#[tokio::test]
async fn a_password_is_checked_by_a_bind_and_no_password_is_a_wrong_one() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    assert!(accepted(&directory, "alice", OLD).await);
    assert!(!accepted(&directory, "alice", "wrong").await);
    assert!(!accepted(&directory, "alice", "").await);
    assert!(!accepted(&directory, "nobody", OLD).await);
    assert!(!accepted(&directory, "off", OLD).await);
    let id = person(&directory, "alice").await.id;
    assert!(directory.verify_password(&id, &OLD.into()).await.unwrap());
    assert!(!directory.verify_password(&id, &"".into()).await.unwrap());
}

#[tokio::test]
async fn a_reset_replaces_the_password_and_ends_a_lock() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    for _ in 0..3 {
        assert!(!accepted(&directory, "alice", "wrong").await);
    }
    let alice = person(&directory, "alice").await;
    assert!(alice.locked && !accepted(&directory, "alice", OLD).await);
    directory.set_password(&alice.id, &NEW.into()).await.unwrap();
    assert!(slapd.opens("alice", NEW) && !slapd.opens("alice", OLD));
    let alice = person(&directory, "alice").await;
    assert!(!alice.locked && alice.password_changed_at.is_some());
    assert!(!slapd.look("alice", "userPassword").contains(NEW));
}

#[tokio::test]
async fn an_unlock_keeps_the_password() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    for _ in 0..3 {
        accepted(&directory, "bob", "wrong").await;
    }
    let bob = person(&directory, "bob").await;
    assert!(bob.locked);
    directory.unlock(&bob.id).await.unwrap();
    directory.unlock(&bob.id).await.unwrap();
    assert!(!person(&directory, "bob").await.locked && slapd.opens("bob", OLD));
}

#[tokio::test]
async fn an_administrators_lock_outlives_reset_and_unlock() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    let account = person(&directory, "locked").await;
    assert!(account.disabled && !account.locked);
    let reset = directory.set_password(&account.id, &NEW.into()).await;
    assert!(matches!(reset, Err(DirectoryError::NoSuchAccount)));
    assert!(directory.unlock(&account.id).await.is_err());
    assert!(slapd.look("locked", "pwdAccountLockedTime").contains("000001010000Z"));
}

#[tokio::test]
async fn each_objection_of_the_policy_becomes_the_rule_that_people_know() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    assert_eq!(refusal(&directory, "alice", "short").await, [Violation::new(Rule::MinLength, 12)]);
    assert_eq!(refusal(&directory, "alice", &"x".repeat(65)).await, [Violation::new(Rule::MaxBytes, 64)]);
    assert_eq!(refusal(&directory, "young", NEW).await, [Violation::new(Rule::TooYoung, 2)]);
    assert_eq!(refusal(&directory, "frozen", NEW).await, [Violation::new(Rule::Policy, 0)]);
    let id = person(&directory, "bob").await.id;
    directory.set_password(&id, &NEW.into()).await.unwrap();
    for used in [OLD, NEW] {
        assert_eq!(refusal(&directory, "bob", used).await, [Violation::new(Rule::InHistory, 3)]);
    }
    assert!(slapd.opens("alice", OLD) && slapd.opens("young", OLD) && slapd.opens("bob", NEW));
    let safe = person(&directory, "safe").await.id;
    let impossible = directory.set_password(&safe, &NEW.into()).await;
    assert!(
        matches!(&impossible, Err(DirectoryError::Unavailable(why)) if why.contains("pwdSafeModify")),
        "{impossible:?}"
    );
}

#[tokio::test]
async fn the_policy_of_a_person_is_known_before_they_type() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    let default = DirectoryRules {
        min_length: Some(12),
        max_bytes: Some(64),
        history: 3,
        quality: true,
        ..DirectoryRules::default()
    };
    assert_eq!(person(&directory, "alice").await.rules, default);
    let young = DirectoryRules { max_bytes: None, history: 0, min_age_hours: 2, ..default };
    assert_eq!(person(&directory, "young").await.rules, young);
    assert_eq!(person(&directory, "frozen").await.rules, DirectoryRules::default());
}

#[tokio::test]
async fn both_ways_of_tls_want_a_certificate_that_is_trusted() {
    let slapd = Slapd::start();
    for (url, starttls) in [(slapd.url(), true), (slapd.tls_url(), false)] {
        let trusting = Settings { tls: tls(Some(&slapd.ca_file())), starttls, ..settings(url.clone()) };
        assert!(accepted(&LdapDirectory::openldap(trusting), "alice", OLD).await, "{url}");
        let strange = LdapDirectory::openldap(Settings { starttls, ..settings(url.clone()) });
        assert!(matches!(strange.find("alice").await, Err(DirectoryError::Unavailable(_))), "{url}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_questions_share_few_connections() {
    let slapd = Slapd::start();
    let directory = over(&slapd);
    let asked: Vec<_> = (0..60)
        .map(|_| {
            let directory = directory.clone();
            tokio::spawn(async move { directory.find("alice").await.unwrap().is_some() })
        })
        .collect();
    for answer in asked {
        assert!(answer.await.unwrap());
    }
    let standing = slapd.connections();
    assert!((1..=2).contains(&standing), "{standing}");
}

#[tokio::test]
async fn a_restart_of_the_directory_costs_no_answer_afterwards() {
    let mut slapd = Slapd::start();
    let directory = over(&slapd);
    let id = person(&directory, "alice").await.id;
    slapd.stop();
    let begun = Instant::now();
    assert!(matches!(directory.find("alice").await, Err(DirectoryError::Unavailable(_))));
    assert!(matches!(directory.set_password(&id, &NEW.into()).await, Err(DirectoryError::Unavailable(_))));
    assert!(directory.ping().await.is_err());
    assert!(begun.elapsed() < Duration::from_secs(1), "a refused connection is known at once");
    slapd.go_on();
    directory.ping().await.unwrap();
    assert!(slapd.opens("alice", OLD));
    directory.set_password(&id, &NEW.into()).await.unwrap();
    slapd.stop();
    slapd.go_on();
    assert!(accepted(&directory, "alice", NEW).await);
    directory.unlock(&id).await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_of_the_service_account_says_so_without_telling_it() {
    let slapd = Slapd::start();
    let directory = LdapDirectory::openldap(Settings {
        bind_password: "Not-the-passphrase".into(),
        ..settings(slapd.url())
    });
    let Err(DirectoryError::Unavailable(why)) = directory.find("alice").await else { panic!("it answered") };
    assert!(why.contains("service account") && !why.contains("Not-the-passphrase"), "{why}");
}

/// A directory that says this and then does nothing or hangs up.
async fn that_says(answer: &'static [u8], hangs_up: bool) -> LdapDirectory {
    let short = Duration::from_millis(300);
    let settings = settings(saying(answer, hangs_up).await);
    LdapDirectory::openldap(Settings { connect_timeout: short, timeout: short, ..settings })
}

#[tokio::test]
async fn a_directory_that_is_silent_cut_off_or_mad_is_unavailable_in_bounded_time() {
    // A bind that succeeds; then nothing comes any more.
    const BOUND: &[u8] = &[0x30, 12, 2, 1, 1, 0x61, 7, 10, 1, 0, 4, 0, 4, 0];
    for (answer, hangs_up) in [
        (&b""[..], false),
        (b"", true),
        (BOUND, false),
        (BOUND, true),
        (&BOUND[..6], true),
        (&BOUND[..6], false),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", true),
        (&[0x30, 0], false),
        (&[0x30, 5, 2, 1, 1, 0x61, 0], false),
        (&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], false),
    ] {
        let directory = that_says(answer, hangs_up).await;
        let begun = Instant::now();
        let found = directory.find("alice").await;
        assert!(matches!(found, Err(DirectoryError::Unavailable(_))), "{answer:?}: {found:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{answer:?}: {:?}", begun.elapsed());
        assert!(directory.set_password("x", &NEW.into()).await.is_err());
    }
}

#[tokio::test]
async fn who_waits_for_a_connection_waits_no_longer_than_for_the_directory() {
    let directory = that_says(b"", false).await;
    let begun = Instant::now();
    let asked: Vec<_> = (0..20)
        .map(|_| {
            let directory = directory.clone();
            tokio::spawn(async move { directory.find("alice").await.is_err() })
        })
        .collect();
    for answer in asked {
        assert!(answer.await.unwrap());
    }
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn numbers_to_recover_by_come_as_the_entry_spells_them() {
    let slapd = Slapd::start();
    let contacts = person(&over(&slapd), "carol").await.contacts;
    let number = |value: &str| Contact { kind: MethodKind::Phone, value: value.into() };
    assert_eq!(contacts, [number("+81 90-1234-5678"), number("extension 12")]);
    assert_eq!(person(&over(&slapd), "alice").await.contacts, []);
}
