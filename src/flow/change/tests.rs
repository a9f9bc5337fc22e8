use super::*;
use proptest::prelude::*;
use sspr_core::{policy::Rule, wire::SessionView};

fn send(flow: &mut Change, event: Event) -> Option<Request> {
    let (next, effects) = std::mem::take(flow).step(event);
    *flow = next;
    effects.into_iter().find_map(|effect| match effect {
        Effect::Call(request) => Some(request),
        _ => None,
    })
}

fn answer(flow: &mut Change, request: &Request, answer: AccountAnswer) -> Option<Request> {
    send(flow, Event::Answered { turn: request.turn, result: Ok(answer) })
}

fn fail(flow: &mut Change, request: &Request, failure: Failure) {
    assert_eq!(send(flow, Event::Answered { turn: request.turn, result: Err(failure) }), None);
}

fn policy() -> PasswordPolicy {
    PasswordPolicy { max_length: 64, ..PasswordPolicy::nist_with_mfa() }
}

fn session(signed_in: bool) -> AccountAnswer {
    AccountAnswer::Session(SessionView {
        signed_in,
        identifier: Some("ada@example.org".into()),
        ..SessionView::default()
    })
}

fn opened() -> Change {
    let mut flow = Change::default();
    let who = send(&mut flow, Event::Open).expect("asks who is signed in");
    let what = answer(&mut flow, &who, session(true)).expect("asks for the policy");
    answer(&mut flow, &what, AccountAnswer::Policy(policy()));
    assert_eq!(flow.screen, Screen::Form);
    flow
}

fn form(current: &str, new: &str) -> Event {
    Event::Submit(ChangePassword {
        current_password: current.into(),
        new_password: new.into(),
        end_other_sessions: true,
    })
}

#[test]
fn a_password_is_changed_and_the_page_is_told_whose() {
    let mut flow = opened();
    let change = send(&mut flow, form("old password", "Kx7#plover-mast")).expect("changes");
    let changed = PasswordChanged { signed_in: true, ended_sessions: 2 };
    let (flow, effects) =
        flow.step(Event::Answered { turn: change.turn, result: Ok(AccountAnswer::Changed(changed.clone())) });
    assert_eq!(flow.screen, Screen::Done(changed));
    assert_eq!(
        effects,
        [Effect::Done { outcome: Outcome::Changed, identifier: Some("ada@example.org".into()) }]
    );
}

#[test]
fn what_the_browser_can_decide_is_not_sent() {
    let mut flow = opened();
    assert_eq!(send(&mut flow, form("", "Kx7#plover-mast")), None);
    assert_eq!(flow.notice, Some(Notice::CurrentMissing));
    assert_eq!(send(&mut flow, form("old password", "short")), None);
    assert_eq!(flow.notice, Some(Notice::Rejected(vec![Violation::new(Rule::MinLength, 8)])));
    assert_eq!(send(&mut flow, form("Kx7#plover-mast", "Kx7#plover-mast")), None);
    assert_eq!(flow.notice, Some(Notice::Rejected(vec![Violation::new(Rule::SameAsCurrent, 0)])));
}

#[test]
fn a_password_too_near_the_current_one_is_not_sent() {
    let mut flow = opened();
    flow.policy = Some(PasswordPolicy { min_changed: Some(3), ..policy() }.into());
    assert_eq!(send(&mut flow, form("Kx7#plover-mast", "Kx7#plover-mast2")), None);
    assert_eq!(flow.notice, Some(Notice::Rejected(vec![Violation::new(Rule::TooLikeCurrent, 3)])));
    assert!(send(&mut flow, form("Kx7#plover-mast", "Kx7#plover-reef")).is_some());
}

#[test]
fn a_wrong_current_password_stays_on_the_form() {
    let mut flow = opened();
    let change = send(&mut flow, form("wrong", "Kx7#plover-mast")).expect("changes");
    assert_eq!(send(&mut flow, form("wrong", "Kx7#plover-mast")), None, "pressed twice, sent once");
    fail(&mut flow, &change, Failure::of_code(ProblemCode::CurrentPasswordIncorrect));
    assert_eq!((&flow.screen, &flow.notice), (&Screen::Form, &Some(Notice::CurrentIncorrect)));
}

#[test]
fn a_refusal_of_the_server_is_shown_rule_by_rule() {
    let mut flow = opened();
    let change = send(&mut flow, form("old password", "Kx7#plover-mast")).expect("changes");
    let broken = vec![Violation::new(Rule::InHistory, 24)];
    fail(&mut flow, &change, Failure::rejected(broken.clone()));
    assert_eq!(flow.notice, Some(Notice::Rejected(broken)));
}

#[test]
fn nobody_signed_in_is_said_and_can_be_asked_again() {
    let mut flow = Change::default();
    let who = send(&mut flow, Event::Open).expect("asks");
    let (mut flow, effects) = flow.step(Event::Answered { turn: who.turn, result: Ok(session(false)) });
    assert_eq!((&flow.screen, effects), (&Screen::SignedOut, vec![Effect::Error("session-required")]));
    assert!(send(&mut flow, Event::Open).is_some());
}

fn an_event() -> impl Strategy<Value = Event> {
    let result = prop_oneof![
        any::<bool>().prop_map(|signed_in| Ok(session(signed_in))),
        Just(Ok(AccountAnswer::Policy(policy()))),
        Just(Ok(AccountAnswer::Changed(PasswordChanged { signed_in: true, ended_sessions: 0 }))),
        prop::sample::select(ProblemCode::ALL).prop_map(|code| Err(Failure::of_code(code))),
        Just(Err(Failure::of_code(ProblemCode::ReauthenticationRequired))),
        Just(Err(Failure::lost())),
    ];
    prop_oneof![
        4 => (0..20_u32, result).prop_map(|(turn, result)| Event::Answered { turn, result }),
        2 => ("\\PC{0,12}", "\\PC{0,20}").prop_map(|(current, new)| form(&current, &new)),
        1 => "\\PC{0,5}".prop_map(|text| Event::Password(text.into())),
        1 => Just(Event::Open),
        1 => Just(Event::Back),
    ]
}

proptest! {
    #[test]
    fn no_order_of_events_panics_or_ends_where_nothing_helps(events in prop::collection::vec(an_event(), 0..40)) {
        let mut flow = Change::default();
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
        }
        for _ in 0..12 {
            let event = match running.take() {
                Some(Request { turn, call, .. }) => {
                    let answer = match call {
                        AccountCall::Session | AccountCall::Reauthenticate(_) => session(true),
                        AccountCall::PasswordPolicy => AccountAnswer::Policy(policy()),
                        _ => AccountAnswer::Changed(PasswordChanged { signed_in: true, ended_sessions: 0 }),
                    };
                    Event::Answered { turn, result: Ok(answer) }
                }
                None if flow.needs_proof() => Event::Back,
                None => match flow.screen {
                    Screen::Form => form("old password", "Kx7#plover-mast"),
                    Screen::Done(_) => break,
                    _ => Event::Open,
                },
            };
            running = send(&mut flow, event);
        }
        prop_assert!(matches!(flow.screen, Screen::Done(_)));
    }
}
