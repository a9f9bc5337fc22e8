//! The list of leaked passwords: what it refuses, what it learns, and what happens without it.

use crate::support::{NEW, World, run};
use async_trait::async_trait;
use sspr_core::{
    policy::{Rule, Violation},
    wire::{ChallengeKind as Kind, ChangePassword},
};
use sspr_service::{
    Failure, Store,
    breached::{BreachedList, ListUnavailable},
};
use std::sync::{Arc, Mutex};

/// Knows one leaked password, `Quilted-Lantern-77` ([`NEW`]), by its SHA-1.
const PREFIX: &str = "2245C";
const REST: &str = "90BDECD9D19E624A746EC44BF6406207451";

/// A list that works or does not, and hears what it is asked.
#[derive(Default)]
struct List {
    is_down: bool,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl BreachedList for List {
    async fn range(&self, prefix: &str) -> Result<String, ListUnavailable> {
        self.asked.lock().unwrap().push(prefix.to_owned());
        if self.is_down {
            return Err(ListUnavailable("it answered 503".into()));
        }
        let padding = format!("{}:0\r\n", "A".repeat(35));
        Ok(if prefix == PREFIX { format!("{padding}{REST}:7\r\n") } else { padding })
    }
}

async fn world(list: &Arc<List>) -> World {
    let mut world = World::with_one_gate().await;
    world.service = world.service.with_breached_list(list.clone(), None);
    world
}

fn is_breached<T>(result: Result<T, Failure>) -> bool {
    match result {
        Ok(_) => false,
        Err(Failure::PasswordRejected(broken)) => {
            assert_eq!(broken, [Violation::new(Rule::Breached, 0)]);
            true
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_leaked_password_is_refused_in_a_reset_and_in_a_change() {
    run(async {
        let world = world(&Arc::default()).await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        assert!(is_breached(flow.set(NEW).await));
        assert!(!is_breached(flow.set("Another-Lantern-78").await), "the flow goes on");
        let (_, person) = world.sign_in("mia", "Another-Lantern-78").await.unwrap();
        let change = ChangePassword {
            current_password: "Another-Lantern-78".into(),
            new_password: NEW.into(),
            end_other_sessions: false,
        };
        assert!(is_breached(world.service.change_password(&world.caller, &person, change).await));
    });
}

#[test]
fn the_list_learns_five_digits_and_nothing_of_what_is_refused_anyway() {
    run(async {
        let list = Arc::new(List::default());
        let world = world(&list).await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        assert!(flow.set("short").await.is_err());
        assert!(list.asked.lock().unwrap().is_empty());
        assert!(is_breached(flow.set(NEW).await));
        assert_eq!(*list.asked.lock().unwrap(), [PREFIX]);
    });
}

#[test]
fn a_list_that_does_not_answer_holds_nobody_up_and_the_audit_log_says_so() {
    run(async {
        let world = world(&Arc::new(List { is_down: true, ..List::default() })).await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        assert!(!is_breached(flow.set(NEW).await));
        let audit = world.store.audit(None, 100).await.unwrap();
        assert!(audit.iter().any(|row| row.activity == "breached_check" && row.result == "failure"));
    });
}

#[test]
fn the_policy_tells_the_browser_where_to_ask_and_only_where_there_is_a_list() {
    run(async {
        let plain = World::with_one_gate().await;
        let without = plain.service.describe(&plain.caller).policy;
        assert_eq!(without.breached_range, None);
        assert!(without.server_rules.iter().all(|it| it.rule != Rule::Breached));

        let world = world(&Arc::default()).await;
        let common = world.service.describe(&world.caller).policy;
        let own = world.service.password_policy(&world.person("mia").await);
        for policy in [common, own] {
            assert_eq!(policy.breached_range.as_deref(), Some("/passwords/range/"));
            assert!(policy.server_rules.iter().any(|it| it.rule == Rule::Breached));
        }
        let elsewhere = Some("https://list.example/range/".to_owned());
        let service = world.service.with_breached_list(Arc::new(List::default()), elsewhere.clone());
        assert_eq!(service.describe(&world.caller).policy.breached_range, elsewhere);
    });
}

#[test]
fn browsers_ask_through_us_so_often_and_for_nothing_but_five_digits() {
    run(async {
        let mut world = World::with(|settings| settings.limits.ranges_per_prefix = 2).await;
        let list = Arc::new(List::default());
        world.service = world.service.with_breached_list(list.clone(), None);
        world.caller.address = Some([192, 0, 2, 7].into());
        for wrong in ["", "2245", "2245C9", "../..", "ＦＣ８ＣＤ"] {
            let refused = world.service.breached_range(&world.caller, wrong).await;
            assert!(matches!(refused, Err(Failure::ValueRejected { .. })), "{wrong}");
        }
        assert!(world.service.breached_range(&world.caller, PREFIX).await.unwrap().contains(REST));
        assert!(world.service.breached_range(&world.caller, "00000").await.is_ok());
        let refused = world.service.breached_range(&world.caller, "00001").await;
        assert!(matches!(refused, Err(Failure::RateLimited { .. })));
        assert_eq!(*list.asked.lock().unwrap(), [PREFIX, "00000"]);
    });
}
