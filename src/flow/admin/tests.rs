use super::*;
use proptest::prelude::*;
use sspr_core::wire::{ChallengeKind, PolicyScope, SessionView};

fn values() -> PolicyValues {
    PolicyValues {
        enabled: PolicyScope::Everyone,
        groups: Vec::new(),
        recovery_methods: vec![ChallengeKind::Totp, ChallengeKind::Email],
        gates: 2,
        reconfirm_days: 180,
        banned_terms: Vec::new(),
        helpdesk: None,
    }
}

fn policy(version: u32) -> AdminPolicy {
    AdminPolicy {
        version,
        values: values(),
        available_methods: ChallengeKind::ALL.to_vec(),
        changed_at: None,
        changed_by: None,
    }
}

fn session(signed_in: bool) -> AdminAnswer {
    AdminAnswer::Session(SessionView { signed_in, ..SessionView::default() })
}

fn send(flow: &mut Admin, event: Event) -> Option<Request<AdminCall>> {
    let (next, effects) = std::mem::take(flow).step(event);
    *flow = next;
    effects.into_iter().find_map(|effect| match effect {
        Effect::Call(request) => Some(request),
        Effect::Error(_) => None,
    })
}

fn answer(flow: &mut Admin, request: &Request<AdminCall>, answer: AdminAnswer) -> Option<Request<AdminCall>> {
    send(flow, Event::Answered { turn: request.turn, result: Ok(answer) })
}

fn fail(flow: &mut Admin, request: &Request<AdminCall>, code: ProblemCode) -> Option<Request<AdminCall>> {
    send(flow, Event::Answered { turn: request.turn, result: Err(Failure::of_code(code)) })
}

fn opened() -> Admin {
    let mut flow = Admin::default();
    let who = send(&mut flow, Event::Open).expect("asks who is signed in");
    let what = answer(&mut flow, &who, session(true)).expect("asks for the policy");
    assert_eq!(answer(&mut flow, &what, AdminAnswer::Policy(policy(4))), None);
    assert_eq!(flow.screen, Screen::Panel);
    flow
}

fn edit(flow: &mut Admin, change: impl FnOnce(&mut PolicyValues)) {
    let mut values = flow.draft.as_deref().expect("a form").clone();
    change(&mut values);
    assert_eq!(send(flow, Event::Edit(values)), None);
}

#[test]
fn what_changed_is_named_and_saved_on_top_of_the_version_that_was_read() {
    let mut flow = opened();
    assert_eq!(send(&mut flow, Event::Save), None, "nothing has changed");
    edit(&mut flow, |values| values.gates = 1);
    assert_eq!(flow.changes(), [Field::Gates]);
    let saved = send(&mut flow, Event::Save).expect("saves");
    assert!(
        matches!(&saved.call, AdminCall::ChangePolicy(change) if change.version == 4 && change.values.gates == 1)
    );
    assert_eq!(send(&mut flow, Event::Save), None, "pressed twice, sent once");
    let mut now = policy(5);
    now.values.gates = 1;
    answer(&mut flow, &saved, AdminAnswer::Policy(now));
    assert_eq!((flow.notice.as_ref(), flow.changes()), (Some(&Notice::Saved), vec![]));
}

#[test]
fn undoing_gives_the_form_back_as_it_is_in_force() {
    let mut flow = opened();
    let before = flow.fillings;
    edit(&mut flow, |values| values.enabled = PolicyScope::None);
    send(&mut flow, Event::Undo);
    assert_eq!((flow.changes(), flow.fillings), (vec![], before + 1));
}

#[test]
fn what_would_lock_everybody_out_is_not_sent() {
    let mut flow = opened();
    edit(&mut flow, |values| {
        values.recovery_methods = vec![ChallengeKind::Sms, ChallengeKind::Voice];
        values.banned_terms = vec!["abc".into()];
        values.helpdesk = Some("javascript:alert(1)".into());
    });
    assert_eq!(send(&mut flow, Event::Save), None);
    assert_eq!(flow.wrong, [Field::Methods, Field::Banned, Field::Helpdesk], "a phone is one method");
    edit(&mut flow, |values| values.banned_terms.clear());
    assert_eq!(flow.wrong, [Field::Methods, Field::Helpdesk], "what is put right is no longer marked");
}

#[test]
fn what_somebody_else_saved_meanwhile_is_read_and_ones_own_changes_lie_over_it() {
    let mut flow = opened();
    edit(&mut flow, |values| values.gates = 1);
    let saved = send(&mut flow, Event::Save).expect("saves");
    let again = fail(&mut flow, &saved, ProblemCode::VersionConflict).expect("reads the policy again");
    let mut theirs = policy(5);
    theirs.values.reconfirm_days = 90;
    answer(&mut flow, &again, AdminAnswer::Policy(theirs));
    assert_eq!((flow.notice.as_ref(), flow.changes()), (Some(&Notice::Conflict), vec![Field::Gates]));
    assert_eq!(flow.draft.as_ref().map(|draft| draft.reconfirm_days), Some(90));
    let saved = send(&mut flow, Event::Save).expect("saves on top of theirs");
    assert!(matches!(saved.call, AdminCall::ChangePolicy(change) if change.version == 5));
}

#[test]
fn a_field_that_the_server_refuses_is_marked() {
    let mut flow = opened();
    edit(&mut flow, |values| values.reconfirm_days = 700);
    let saved = send(&mut flow, Event::Save).expect("saves");
    let mut failure = Failure::of_code(ProblemCode::ValueRejected);
    if let Failure::Problem(problem) = &mut failure {
        problem.pointer = Some("/values/reconfirm_days".into());
    }
    send(&mut flow, Event::Answered { turn: saved.turn, result: Err(failure) });
    assert_eq!(flow.wrong, [Field::Reconfirm]);
}

#[test]
fn a_change_waits_while_the_administrator_proves_who_they_are() {
    let mut flow = opened();
    edit(&mut flow, |values| values.gates = 1);
    let saved = send(&mut flow, Event::Save).expect("saves");
    assert_eq!(fail(&mut flow, &saved, ProblemCode::ReauthenticationRequired), None);
    assert!(flow.needs_proof());
    let proof = send(&mut flow, Event::Password("secret".into())).expect("proves");
    let again = answer(&mut flow, &proof, session(true)).expect("the held change again");
    assert_eq!((again.operation, &again.call), (saved.operation, &saved.call));
}

#[test]
fn who_is_no_administrator_sees_nothing() {
    let mut flow = Admin::default();
    let who = send(&mut flow, Event::Open).expect("asks");
    let what = answer(&mut flow, &who, session(true)).expect("asks");
    fail(&mut flow, &what, ProblemCode::PolicyForbids);
    assert_eq!((flow.screen, flow.policy.is_some()), (Screen::Forbidden, false));
}

#[test]
fn a_report_is_fetched_when_it_is_looked_at_and_anew_for_other_days() {
    let mut flow = opened();
    let report = send(&mut flow, Event::Show(Part::Reports)).expect("fetches");
    assert_eq!(report.call, AdminCall::Report(30));
    fail(&mut flow, &report, ProblemCode::Overloaded);
    let report = send(&mut flow, Event::Days(7)).expect("fetches");
    assert_eq!(report.call, AdminCall::Report(7));
}

#[test]
fn nobody_is_looked_up_without_a_name() {
    let mut flow = opened();
    send(&mut flow, Event::Show(Part::LookUp));
    assert_eq!(send(&mut flow, Event::LookUp("  ".into())), None);
    assert_eq!(flow.notice, Some(Notice::NobodyNamed));
    let asked = send(&mut flow, Event::LookUp(" mia ".into())).expect("asks");
    assert_eq!(asked.call, AdminCall::LookUp(LookUp { identifier: "mia".into() }));
}

#[test]
fn lines_are_entries() {
    assert_eq!(lines(" a \n\nb\r\na\n"), ["a", "b"]);
}

fn an_event() -> impl Strategy<Value = Event> {
    let result = prop_oneof![
        any::<bool>().prop_map(|signed_in| Ok(session(signed_in))),
        (0..9_u32).prop_map(|version| Ok(AdminAnswer::Policy(policy(version)))),
        prop::sample::select(ProblemCode::ALL).prop_map(|code| Err(Failure::of_code(code))),
        Just(Err(Failure::lost())),
    ];
    const PARTS: [Part; 3] = [Part::Policy, Part::Reports, Part::LookUp];
    prop_oneof![
        4 => (0..20_u32, result).prop_map(|(turn, result)| Event::Answered { turn, result }),
        1 => prop::sample::select(&PARTS[..]).prop_map(Event::Show),
        2 => (0..4_u8).prop_map(|gates| Event::Edit(PolicyValues { gates, ..values() })),
        2 => Just(Event::Save),
        1 => Just(Event::Undo),
        1 => (0..400_u32).prop_map(Event::Days),
        1 => "\\PC{0,6}".prop_map(Event::LookUp),
        1 => "\\PC{0,5}".prop_map(|text| Event::Password(text.into())),
        1 => Just(Event::Open),
        1 => Just(Event::Back),
    ]
}

proptest! {
    #[test]
    fn no_order_of_events_panics_or_shows_the_panel_without_a_policy(
        events in prop::collection::vec(an_event(), 0..40)
    ) {
        let mut flow = Admin::default();
        let mut running = send(&mut flow, Event::Open);
        for mut event in events {
            if let (Event::Answered { turn, .. }, Some(request)) = (&mut event, &running)
                && *turn % 4 != 0
            {
                *turn = request.turn;
            }
            let request = send(&mut flow, event);
            if request.is_some() || !flow.is_busy() {
                running = request;
            }
            prop_assert_eq!(flow.screen == Screen::Panel, flow.policy.is_some());
        }
    }
}
