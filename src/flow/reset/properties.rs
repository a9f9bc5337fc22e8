//! What holds for every order of events.

use super::{
    tests::{description, view},
    *,
};
use crate::backend::RecoveryCall;
use proptest::prelude::*;
use sspr_core::wire::{Captcha, Description, FlowState, LinkView, ProblemCode};

fn person() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Open),
        "[ a-z]{0,3}".prop_map(Event::Identify),
        prop::sample::select(Intent::ALL).prop_map(Event::Reason),
        "email|totp|other".prop_map(Event::Pick),
        Just(Event::Resend),
        "[0-9 ]{0,6}".prop_map(|code| Event::Code(code.into())),
        Just(Event::Answers(Vec::new())),
        prop::sample::select(vec!["", "short", "Harbor-Light-77"])
            .prop_map(|it| Event::Password(it.into(), true)),
        Just(Event::OpenLink),
        Just(Event::Unlock),
        Just(Event::OtherMethod),
        Just(Event::Back),
        Just(Event::Cancel),
        Just(Event::MoreTime),
        Just(Event::Expired),
        Just(Event::Restart),
    ]
}

fn backend() -> impl Strategy<Value = Result<RecoveryAnswer, Failure>> {
    let state = prop::sample::select(FlowState::ALL);
    prop_oneof![
        (any::<bool>(), any::<bool>())
            .prop_map(|(unlock, captcha)| Ok(RecoveryAnswer::Description(described(unlock, captcha).into()))),
        (state, 1..=2u8).prop_map(|(state, gate)| Ok(RecoveryAnswer::Flow(view(state, gate).into()))),
        Just(Ok(RecoveryAnswer::Link(LinkView { intent: Intent::Reset, expires_in: 1 }))),
        Just(Ok(RecoveryAnswer::Cancelled)),
        prop::sample::select(ProblemCode::ALL).prop_map(|code| Err(Failure::of_code(code))),
        Just(Err(Failure::lost())),
        Just(Err(Failure::TimedOut)),
    ]
}

fn described(unlock: bool, captcha: bool) -> Description {
    let wanted = Captcha { provider: "altcha".into(), site_key: "k".into() };
    Description { captcha: captcha.then_some(wanted), ..description(unlock) }
}

/// What the page or the backend was asked last.
enum Asked {
    Backend(u32),
    Page(u32),
}

impl Asked {
    /// The answer to it; to something long forgotten, if it is late.
    fn answered(&self, late: bool, result: Result<RecoveryAnswer, Failure>) -> Event {
        let past = |turn: u32| turn.wrapping_sub(u32::from(late));
        match *self {
            Self::Backend(turn) => Event::Answered { turn: past(turn), result },
            Self::Page(turn) => {
                Event::Captcha { turn: past(turn), proof: result.is_ok().then(|| "proof".into()) }
            }
        }
    }
}

/// An event of the person, or an answer: to what was asked last, or to something long forgotten.
fn events() -> impl Strategy<Value = Vec<(Event, Option<bool>, Result<RecoveryAnswer, Failure>)>> {
    prop::collection::vec((person(), proptest::option::of(prop::bool::weighted(0.8)), backend()), 0..40)
}

proptest! {
    /// Whatever happens: no panic, a password is only ever sent from the screen that a server's answer opened, and
    /// every screen that is not busy has a way on that does something.
    #[test]
    fn no_order_of_events_skips_a_gate_or_ends_in_a_dead_end(events in events(), link in any::<bool>()) {
        let mut flow = Reset::new("", link.then(|| "l".into()), None, None);
        let mut last: Option<Asked> = None;
        for (event, answer, result) in events {
            let event = match (answer, &last) {
                (Some(in_time), Some(asked)) => asked.answered(!in_time, result),
                _ => event,
            };
            let granted = matches!(flow.screen, Screen::NewPassword(_));
            let busy = flow.calls.is_running() && !flow.calls.runs_describe();
            // An answer ends its call, and leaving gives it up; anything else must wait.
            let ends = matches!(
                event,
                Event::Answered { .. } | Event::Captcha { .. } | Event::Cancel | Event::Back
            );
            let (next, effects) = flow.step(event);
            for effect in effects {
                match effect {
                    Effect::Call(request) => {
                        prop_assert!(ends || !busy, "a call while another runs");
                        if matches!(request.call, RecoveryCall::SetPassword(..)) {
                            prop_assert!(granted, "a password before its gate");
                        }
                        if let RecoveryCall::Start(start) = &request.call {
                            let wanted = next.description.as_ref().is_some_and(|it| it.captcha.is_some());
                            prop_assert_eq!(wanted, start.captcha.is_some(), "a proof where one is wanted");
                        }
                        last = Some(Asked::Backend(request.turn));
                    }
                    Effect::Captcha(turn) => {
                        prop_assert!(ends || !busy, "asked while something else is awaited");
                        last = Some(Asked::Page(turn));
                    }
                    _ => {}
                }
            }
            flow = next;
            prop_assert!(has_way_out(&flow), "a dead end: {flow:?}");
        }
    }
}

fn has_way_out(flow: &Reset) -> bool {
    let ways = [Event::Cancel, Event::Restart];
    matches!(flow.screen, Screen::Identify | Screen::Done(_))
        || ways.into_iter().any(|way| flow.clone().step(way).0.screen == Screen::Identify)
}
