//! What the audit log says of each way that a recovery can go, and what reports make of it.

use crate::support::{NEW, World, run};
use sspr_core::wire::{ChallengeKind as Kind, FlowState, Intent};
use sspr_service::{
    Store,
    audit::{Activity, ActivityResult, Reason},
};

/// Activity, result and detail of every line, oldest first.
async fn log(world: &World) -> Vec<String> {
    let mut rows = world.store.audit(None, 1000).await.unwrap();
    rows.reverse();
    let line = |row: sspr_service::store::AuditRow| {
        format!("{} {} {}", row.activity, row.result, row.detail.unwrap_or_default()).trim().to_owned()
    };
    rows.into_iter().map(line).collect()
}

#[test]
fn a_reset_is_a_line_for_each_step() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.choose(Kind::Totp).await.unwrap();
        assert!(flow.type_code("000000").await.is_err());
        flow.verify(flow.right_answer().await).await.unwrap();
        assert!(flow.set("short").await.is_err());
        flow.finish().await.unwrap();
        assert_eq!(
            log(&world).await,
            [
                "start_recovery success",
                "send_challenge success email",
                "verify_challenge success email",
                "send_challenge success totp",
                "verify_challenge failure totp",
                "verify_challenge success totp",
                "reset_password failure password_policy",
                "reset_password success email+totp",
            ]
        );
    });
}

#[test]
fn why_somebody_could_not_begin_is_told_to_the_log_alone() {
    run(async {
        for (name, why) in [
            ("nobody", "unknown_account"),
            ("disabled", "account_disabled"),
            ("outsider", "not_in_scope"),
            ("bare", "insufficient_methods"),
        ] {
            let world = World::with(|settings| {
                settings.policy.enabled = sspr_service::settings::Enabled::Selected;
                settings.policy.groups = vec!["staff".into()];
            })
            .await;
            let flow = world.start(name).await;
            assert_eq!(flow.view.state, FlowState::Choose);
            let rows = world.store.audit(None, 9).await.unwrap();
            assert_eq!(log(&world).await, [format!("start_recovery failure {why}")]);
            assert_eq!(rows[0].account.is_some(), name != "nobody", "{name}");
        }
    });
}

#[test]
fn where_somebody_gave_up_or_left_it_lying_is_told() {
    run(async {
        let world = World::new().await;
        let stages: [(&[Kind], Option<Kind>, &str); 4] = [
            (&[], None, "before_choosing"),
            (&[], Some(Kind::Email), "during_email"),
            (&[Kind::Email], None, "after_email"),
            (&[Kind::Email, Kind::Totp], None, "before_new_password"),
        ];
        for (passed, begun, stage) in stages {
            for cancelled in [true, false] {
                world.clock.forward(3600);
                world.service.sweep().await.unwrap();
                let mut flow = world.start("mia").await;
                for &kind in passed {
                    flow.pass(kind).await.unwrap();
                }
                if let Some(kind) = begun {
                    flow.choose(kind).await.unwrap();
                }
                let line = if cancelled {
                    world.service.cancel_recovery(&world.caller, &flow.token).await.unwrap();
                    format!("cancel_recovery cancelled {stage}")
                } else {
                    world.clock.forward(900);
                    world.service.sweep().await.unwrap();
                    format!("abandon_recovery abandoned {stage}")
                };
                assert_eq!(log(&world).await.last().unwrap(), &line);
                let rows = world.store.audit(None, 1).await.unwrap();
                assert!(rows[0].account.is_some());
            }
        }
        let lines = log(&world).await.len();
        world.clock.forward(3600);
        world.service.sweep().await.unwrap();
        assert_eq!(log(&world).await.len(), lines, "each once");
    });
}

#[test]
fn a_finished_recovery_is_forgotten_without_a_word() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.finish().await.unwrap();
        let lines = log(&world).await;
        world.clock.forward(3600);
        world.service.sweep().await.unwrap();
        assert_eq!(log(&world).await, lines);
    });
}

#[test]
fn too_many_wrong_codes_end_a_recovery_and_too_many_of_a_day_block_the_account_each_with_a_line() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        while flow
            .type_code("0000")
            .await
            .is_err_and(|error| !matches!(error, sspr_service::Failure::FlowGone))
        {}
        let lines = log(&world).await;
        assert!(lines.contains(&"block_recovery blocked tries".to_owned()), "{lines:?}");
        assert!(lines.contains(&"block_recovery blocked failed_proofs".to_owned()), "{lines:?}");
    });
}

#[test]
fn a_password_that_a_dying_process_set_and_nobody_asked_about_is_told_when_its_recovery_is_over() {
    run(async {
        let mut found = 0;
        for point in 0..200 {
            let world = World::with_one_gate().await;
            // The old password is older.
            world.clock.forward(60);
            let mut flow = world.start("mia").await;
            flow.pass(Kind::Email).await.unwrap();
            world.messages().await;
            world.store.take_turns();
            {
                use futures::FutureExt;
                let mut request = Box::pin(flow.finish());
                if !(0..=point).all(|_| (&mut request).now_or_never().is_none()) {
                    assert!(found > 0, "there is a point between the password and its line");
                    return;
                }
            }
            world.clock.forward(3600);
            world.service.sweep().await.unwrap();
            let set = world.sign_in("mia", NEW).await.is_ok();
            let lines = log(&world).await;
            let told = lines.iter().filter(|line| *line == "reset_password success email").count();
            assert_eq!(told, usize::from(set), "died after {point} calls: {lines:?}");
            let left = lines.iter().filter(|line| line.starts_with("abandon_recovery")).count();
            assert_eq!(left, usize::from(!set), "died after {point} calls: {lines:?}");
            assert_eq!(!world.messages().await.is_empty(), set, "the person is told as well");
            found += usize::from(set);
        }
        panic!("it never comes to an end");
    });
}

#[test]
fn every_word_is_its_own_and_is_found_again() {
    for &activity in Activity::ALL {
        assert_eq!(Activity::from_word(activity.word()), Some(activity));
    }
    for &result in ActivityResult::ALL {
        assert_eq!(ActivityResult::from_word(result.word()), Some(result));
    }
    for &reason in Reason::ALL {
        assert_eq!(Reason::from_word(reason.word()), Some(reason));
    }
}

#[test]
fn the_documentation_names_every_word() {
    let text = include_str!("../../../../docs/audit.md");
    let activities = Activity::ALL.iter().map(|it| it.word());
    let results = ActivityResult::ALL.iter().map(|it| it.word());
    for word in activities.chain(results).chain(Reason::ALL.iter().map(|it| it.word())) {
        assert!(text.contains(&format!("`{word}`")), "{word}");
    }
}

#[test]
fn a_report_counts_people_by_the_rules_of_a_reset() {
    run(async {
        let world = World::with(|settings| {
            settings.policy.enabled = sspr_service::settings::Enabled::Selected;
            settings.policy.groups = vec!["staff".into()];
            settings.policy.gates = 1;
        })
        .await;
        let report = world.service.people_report(1000).await.unwrap();
        assert!(report.everybody && !report.cut_off);
        // Whoever is capable can begin; nobody else can.
        let (mut able, mut people) = (0, 0);
        for row in world.store.accounts("", 1000).await.unwrap() {
            people += u64::from(!row.disabled);
            world.clock.forward(7200);
            world.start_for(&row.username, Intent::Reset).await.unwrap();
            able += u64::from(log(&world).await.last().unwrap() == "start_recovery success");
        }
        assert_eq!((report.people, report.capable), (people, able));
        assert!(
            able > 0 && report.registered > report.capable && report.enabled > report.capable,
            "{report:?}"
        );
        assert!(world.service.people_report(2).await.unwrap().cut_off);
    });
}

#[test]
fn a_report_sums_the_log_by_day_method_and_reason() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.finish().await.unwrap();
        world.clock.forward(2 * 86_400);
        world.start("nobody").await;
        let mut flow = world.start_for("mia", Intent::Unlock).await.unwrap();
        flow.pass(Kind::Totp).await.unwrap();
        flow.unlock().await.unwrap();
        let report = world.service.activity_report(3).await.unwrap();
        assert_eq!((report.started, report.resets, report.unlocks), (2, 1, 1));
        let words = |counts: &[sspr_service::reports::Count]| -> Vec<(String, u64)> {
            counts.iter().map(|it| (it.word.clone(), it.count)).collect()
        };
        assert_eq!(words(&report.by_method), [("email".to_owned(), 1), ("totp".to_owned(), 1)]);
        assert_eq!(words(&report.failures), [("unknown_account".to_owned(), 1)]);
        let days: Vec<_> =
            report.by_day.iter().map(|day| (day.started, day.resets, day.unlocks, day.failed)).collect();
        assert_eq!(days, [(1, 1, 0, 0), (0, 0, 0, 0), (1, 0, 1, 1)]);
        assert_eq!(world.service.activity_report(1).await.unwrap().resets, 0);
    });
}
