//! Whatever happens in whatever order: no panic, no dead end, no call while another runs.

use super::{
    tests::{STRONGEST_FIRST, list, method, opened, send, signed_in, two_methods},
    *,
};
use crate::{backend::AccountCall, flow::calls::Request};
use proptest::prelude::*;
use sspr_core::wire::{AddedMethod, ProblemCode};

fn a_kind() -> impl Strategy<Value = MethodKind> {
    prop::sample::select(MethodKind::ALL)
}

fn an_id() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", ""]).prop_map(str::to_owned)
}

fn a_list() -> impl Strategy<Value = MethodList> {
    let methods = prop::collection::vec((an_id(), a_kind(), any::<bool>(), any::<bool>()), 0..4);
    (methods, any::<bool>(), any::<bool>(), 0..=5_usize, prop::option::of(0..9_u32)).prop_map(
        |(methods, due, confirm, offers, skip)| {
            let mut list = list(
                methods
                    .into_iter()
                    .map(|(id, kind, verified, removable)| MethodView {
                        removable,
                        ..method(&id, kind, verified)
                    })
                    .collect(),
            );
            list.offers.truncate(offers);
            list.registration_due = due;
            list.confirm_due = confirm;
            list.skip_days_left = skip;
            list
        },
    )
}

fn an_answer() -> impl Strategy<Value = AccountAnswer> {
    let added = (an_id(), a_kind(), 0..4_u8).prop_map(|(id, kind, what)| {
        AccountAnswer::Added(AddedMethod {
            method: method(&id, kind, false),
            sent: (what == 1).then_some(SentCode { resend_in: 30, expires_in: 600 }),
            totp: (what == 2).then(|| TotpSecret { secret: "ABCD".into(), uri: "otpauth://totp/x".into() }),
            recovery_codes: if what == 3 { vec!["AAAA".into()] } else { Vec::new() },
        })
    });
    prop_oneof![
        3 => a_list().prop_map(AccountAnswer::Methods),
        3 => added,
        2 => Just(signed_in()),
        1 => Just(AccountAnswer::Session(Default::default())),
    ]
}

fn a_result() -> impl Strategy<Value = Result<AccountAnswer, Failure>> {
    prop_oneof![
        4 => an_answer().prop_map(Ok),
        1 => prop::sample::select(ProblemCode::ALL).prop_map(|code| Err(Failure::of_code(code))),
        1 => Just(Err(Failure::of_code(ProblemCode::ReauthenticationRequired))),
        1 => Just(Err(Failure::lost())),
    ]
}

fn an_event() -> impl Strategy<Value = Event> {
    let text = || "\\PC{0,12}|a@b\\.cd|\\+819012345678|[0-9]{6}";
    prop_oneof![
        8 => (0..40_u32, a_result()).prop_map(|(turn, result)| Event::Answered { turn, result }),
        6 => prop::sample::select(vec![
            Event::Open, Event::Begin, Event::Skip, Event::Finish, Event::LooksGood, Event::Edit, Event::Choose,
            Event::MakeCodes, Event::Saved(true), Event::Saved(false), Event::Remove, Event::Back,
        ]),
        4 => a_kind().prop_map(Event::Pick),
        1 => text().prop_map(Event::Email),
        1 => (text(), prop::sample::select(PhoneChannel::ALL)).prop_map(|(text, channel)| Event::Phone(text, channel)),
        1 => text().prop_map(Event::Totp),
        1 => text().prop_map(Event::Rename),
        1 => text().prop_map(|text| Event::Code(text.into())),
        1 => text().prop_map(|text| Event::Password(text.into())),
        1 => prop::option::of(prop::sample::select(PhoneChannel::ALL)).prop_map(Event::Resend),
        1 => prop::collection::vec((an_id(), text()), 0..4).prop_map(|rows| Event::Questions(
            rows.into_iter().map(|(question, answer)| QuestionAnswer { question, answer: answer.into() }).collect()
        )),
        1 => an_id().prop_map(Event::ProveLater),
        1 => an_id().prop_map(Event::MakeDefault),
        1 => an_id().prop_map(Event::AskRename),
        1 => an_id().prop_map(Event::AskRemove),
    ]
}

/// Presses what a person would press to get on, against a backend that works, and expects to reach the list.
fn reaches_the_list(mut flow: Enroll, mut running: Option<Request>) -> bool {
    for _ in 0..12 {
        let event = match running.take() {
            Some(Request { turn, call, .. }) => {
                let answer = match call {
                    AccountCall::Session | AccountCall::Reauthenticate(_) => signed_in(),
                    _ => AccountAnswer::Methods(two_methods()),
                };
                Event::Answered { turn, result: Ok(answer) }
            }
            None if flow.needs_proof() => Event::Back,
            None => match &flow.screen {
                Screen::Methods => return true,
                Screen::Loading | Screen::Unreachable | Screen::SignedOut => Event::Open,
                Screen::Welcome if flow.may_skip() => Event::Skip,
                // The only page with no way round it: registering is required, so the way out is to register.
                Screen::Welcome => return !flow.choices().is_empty(),
                Screen::StillRight => Event::Edit,
                Screen::Finished => Event::Finish,
                Screen::RecoveryCodes(_) => Event::Saved(true),
                _ => Event::Back,
            },
        };
        running = send(&mut flow, event);
    }
    false
}

proptest! {
    #[test]
    fn no_order_of_events_panics_or_ends_where_nothing_helps(events in prop::collection::vec(an_event(), 0..60)) {
        let mut flow = Enroll::default();
        let mut running: Option<Request> = send(&mut flow, Event::Open);
        for mut event in events {
            // Most answers are of the call that runs, so that the walk gets somewhere.
            if let (Event::Answered { turn, .. }, Some(request)) = (&mut event, &running)
                && *turn % 4 != 0
            {
                *turn = request.turn;
            }
            let was_busy = flow.is_busy();
            let from_person = !matches!(event, Event::Answered { .. } | Event::Back);
            let request = send(&mut flow, event);
            prop_assert!(!(was_busy && from_person && request.is_some()), "a second call while one runs");
            if request.is_some() || !flow.is_busy() {
                running = request;
            }
            prop_assert_eq!(running.is_some(), flow.is_busy());
        }
        prop_assert!(reaches_the_list(flow, running));
    }

    #[test]
    fn a_stale_answer_never_shows(turn in any::<u32>(), result in a_result()) {
        let mut flow = opened(two_methods());
        let before = flow.clone();
        send(&mut flow, Event::Answered { turn, result });
        prop_assert_eq!(flow, before);
    }

    #[test]
    fn the_wizard_never_asks_for_a_kind_that_is_already_proved(list in a_list()) {
        let mut flow = opened(list);
        send(&mut flow, Event::Begin);
        if let Screen::Form(kind) = &flow.screen {
            prop_assert!(STRONGEST_FIRST.contains(kind));
            prop_assert!(flow.list.iter().flat_map(|list| &list.methods).all(|m| m.kind != *kind || !m.verified));
        }
    }
}
