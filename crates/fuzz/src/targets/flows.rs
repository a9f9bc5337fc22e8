//! The three flows as the browser runs them: any event of the person and any answer of a backend in any order. No panic, no
//! call while another runs, no password before its gate, and always a way out.

use crate::reader::Reader;
use sspr_core::{policy::PasswordPolicy, wire::*};
use sspr_widget::{
    backend::{AccountAnswer, Failure, RecoveryAnswer, RecoveryCall},
    flow::{calls, change, enroll, reset},
};

/// Most events of an input.
const MOST: usize = 200;

pub(crate) fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    match reader.byte() % 3 {
        0 => reset_in_any_order(&mut reader),
        1 => enroll_in_any_order(&mut reader),
        _ => change_in_any_order(&mut reader),
    }
}

fn failure(reader: &mut Reader<'_>) -> Failure {
    match reader.byte() % 6 {
        0 => Failure::lost(),
        1 => Failure::TimedOut,
        2 => Failure::unreadable(),
        3 => Failure::Broken { retry_after: reader.flag().then_some(u32::from(reader.byte())) },
        _ => Failure::of_code(reader.one(ProblemCode::ALL)),
    }
}

fn description(reader: &mut Reader<'_>) -> Description {
    let captcha = Captcha { provider: reader.text(), site_key: reader.text() };
    Description {
        version: reader.byte().into(),
        features: Features {
            reset: reader.flag(),
            unlock: reader.flag(),
            more_time: reader.flag(),
            ..Features::default()
        },
        identifiers: vec![reader.one(IdentifierKind::ALL)],
        recovery_methods: vec![reader.one(ChallengeKind::ALL)],
        gates: reader.byte(),
        code: CodeFormat::digits(reader.byte()),
        policy: PasswordPolicy::composition(),
        captcha: reader.flag().then_some(captcha),
        links: Links::default(),
        locales: vec![reader.text()],
    }
}

fn view(reader: &mut Reader<'_>) -> FlowView {
    let methods = (0..reader.byte() % 4)
        .map(|_| MethodOption {
            id: reader.text(),
            kind: reader.one(ChallengeKind::ALL),
            masked: None,
            number: reader.one(&[false, true]),
        })
        .collect();
    let questions =
        (0..reader.byte() % 3).map(|_| Question { id: reader.text(), text: String::new() }).collect();
    let challenge = Challenge {
        id: reader.text(),
        kind: reader.one(ChallengeKind::ALL),
        method: reader.text(),
        masked: None,
        code: reader.flag().then(|| CodeFormat::digits(6)),
        resend_in: reader.byte().into(),
        expires_in: reader.byte().into(),
        attempts_left: reader.byte(),
        questions,
    };
    FlowView {
        flow: reader.flag().then(|| reader.text().into()),
        intent: reader.one(Intent::ALL),
        state: reader.one(FlowState::ALL),
        expires_in: reader.byte().into(),
        gate: reader.byte(),
        gates: reader.byte(),
        methods,
        challenge: reader.flag().then_some(challenge),
        policy: reader.flag().then(PasswordPolicy::composition),
        identifier: reader.flag().then(|| reader.text()),
    }
}

fn recovery_answer(reader: &mut Reader<'_>) -> Result<RecoveryAnswer, Failure> {
    Ok(match reader.byte() % 8 {
        0 => RecoveryAnswer::Description(description(reader).into()),
        1..=3 => RecoveryAnswer::Flow(view(reader).into()),
        4 => RecoveryAnswer::Link(LinkView {
            intent: reader.one(Intent::ALL),
            expires_in: reader.byte().into(),
        }),
        5 => RecoveryAnswer::Done(RecoveryDone {
            state: FlowState::Done,
            intent: reader.one(Intent::ALL),
            identifier: reader.text(),
            sign_in: None,
        }),
        6 => RecoveryAnswer::Cancelled,
        _ => return Err(failure(reader)),
    })
}

fn answers(reader: &mut Reader<'_>) -> Vec<QuestionAnswer> {
    (0..reader.byte() % 4)
        .map(|_| QuestionAnswer { question: reader.text(), answer: reader.text().into() })
        .collect()
}

/// Whom the flow asked last, and the turn of it.
enum Asked {
    Backend(u32),
    Page(u32),
}

fn reset_event(reader: &mut Reader<'_>, asked: Option<&Asked>) -> reset::Event {
    use reset::Event;
    let operation = reader.byte() % 32;
    match (operation, asked) {
        (16.., Some(Asked::Backend(turn))) => Event::Answered {
            turn: turn.wrapping_sub((operation == 16).into()),
            result: recovery_answer(reader),
        },
        (16.., Some(Asked::Page(turn))) => Event::Captcha {
            turn: turn.wrapping_sub((operation == 16).into()),
            proof: reader.flag().then(|| reader.text()),
        },
        (0, _) => Event::Open,
        (1, _) => Event::Identify(reader.text()),
        (2, _) => Event::Reason(reader.one(Intent::ALL)),
        (3, _) => Event::Pick(reader.text()),
        (4, _) => Event::Resend,
        (5, _) => Event::Code(reader.text().into()),
        (6, _) => Event::Answers(answers(reader)),
        (7, _) => Event::Password(reader.text().into(), reader.flag()),
        (8, _) => Event::OpenLink,
        (9, _) => Event::Unlock,
        (10, _) => Event::OtherMethod,
        (11, _) => Event::Back,
        (12, _) => Event::Cancel,
        (13, _) => Event::MoreTime,
        (14, _) => Event::Expired,
        _ => Event::Restart,
    }
}

fn reset_in_any_order(reader: &mut Reader<'_>) {
    use reset::{Effect, Event, Reset, Screen};
    let link = reader.flag().then(|| reader.text().into());
    let mut flow = Reset::new(&reader.text(), link, None, None);
    let mut asked: Option<Asked> = None;
    for _ in 0..MOST {
        if reader.is_empty() {
            break;
        }
        let event = reset_event(reader, asked.as_ref());
        let granted = matches!(flow.screen, Screen::NewPassword(_));
        let busy = flow.is_busy();
        // An answer ends its call, and leaving gives it up; anything else must wait.
        let ends =
            matches!(event, Event::Answered { .. } | Event::Captcha { .. } | Event::Cancel | Event::Back);
        let (next, effects) = flow.step(event);
        for effect in effects {
            match effect {
                Effect::Call(request) => {
                    assert!(ends || !busy, "a call while another runs");
                    if matches!(request.call, RecoveryCall::SetPassword(..)) {
                        assert!(granted, "a password before its gate");
                    }
                    if let RecoveryCall::Start(start) = &request.call {
                        let wanted = next.description.as_ref().is_some_and(|it| it.captcha.is_some());
                        assert_eq!(wanted, start.captcha.is_some(), "a proof where one is wanted");
                    }
                    asked = Some(Asked::Backend(request.turn));
                }
                Effect::Captcha(turn) => asked = Some(Asked::Page(turn)),
                _ => {}
            }
        }
        assert!(!next.step_name().is_empty());
        flow = next;
        let out = [Event::Cancel, Event::Restart]
            .into_iter()
            .any(|way| flow.clone().step(way).0.screen == Screen::Identify);
        assert!(out || matches!(flow.screen, Screen::Identify | Screen::Done(_)), "a dead end: {flow:?}");
    }
}

fn method(reader: &mut Reader<'_>) -> MethodView {
    MethodView {
        id: reader.text(),
        kind: reader.one(MethodKind::ALL),
        masked: None,
        label: reader.flag().then(|| reader.text()),
        verified: reader.flag(),
        primary: reader.flag(),
        created_at: reader.text(),
        last_used_at: None,
        removable: reader.flag(),
        left: None,
    }
}

fn list(reader: &mut Reader<'_>) -> MethodList {
    MethodList {
        methods: (0..reader.byte() % 4).map(|_| method(reader)).collect(),
        offers: (0..reader.byte() % 6)
            .map(|_| Offer {
                kind: reader.one(MethodKind::ALL),
                refused: reader.flag().then(|| reader.one(OfferRefusal::ALL)),
                voice: reader.flag(),
            })
            .collect(),
        required: reader.byte(),
        registered: reader.byte(),
        registration_due: reader.flag(),
        skip_days_left: reader.flag().then(|| reader.byte().into()),
        confirm_due: reader.flag(),
        questions: reader.flag().then(|| QuestionPool {
            register: reader.byte(),
            min_answer: reader.byte(),
            max_answer: reader.byte(),
            questions: vec![Question { id: reader.text(), text: String::new() }],
        }),
        code: CodeFormat::digits(reader.byte()),
    }
}

fn session(reader: &mut Reader<'_>) -> SessionView {
    SessionView {
        signed_in: reader.flag(),
        identifier: reader.flag().then(|| reader.text()),
        ..SessionView::default()
    }
}

fn account_answer(reader: &mut Reader<'_>) -> Result<AccountAnswer, Failure> {
    Ok(match reader.byte() % 8 {
        0 | 1 => AccountAnswer::Session(session(reader)),
        2 | 3 => AccountAnswer::Methods(list(reader)),
        4 => AccountAnswer::Added(AddedMethod {
            method: method(reader),
            sent: reader.flag().then(|| SentCode { resend_in: reader.byte().into(), expires_in: 1 }),
            totp: reader
                .flag()
                .then(|| TotpSecret { secret: reader.text().into(), uri: reader.text().into() }),
            recovery_codes: (0..reader.byte() % 3).map(|_| reader.text().into()).collect(),
        }),
        5 => AccountAnswer::Policy(PasswordPolicy::composition()),
        6 => AccountAnswer::Changed(PasswordChanged {
            signed_in: reader.flag(),
            ended_sessions: reader.byte().into(),
        }),
        _ => return Err(failure(reader)),
    })
}

/// The call among some effects. A flow makes one at most.
fn call(effects: Vec<calls::Effect>) -> Option<calls::Request> {
    let mut calls = effects.into_iter().filter_map(|effect| match effect {
        calls::Effect::Call(request) => Some(request),
        _ => None,
    });
    let first = calls.next();
    assert!(calls.next().is_none(), "two calls at once");
    first
}

fn enroll_event(reader: &mut Reader<'_>) -> enroll::Event {
    use enroll::Event;
    match reader.byte() % 24 {
        0 => Event::Open,
        1 => Event::Begin,
        2 => Event::Skip,
        3 => Event::Finish,
        4 => Event::LooksGood,
        5 => Event::Edit,
        6 => Event::Choose,
        7 => Event::Pick(reader.one(MethodKind::ALL)),
        8 => Event::Email(reader.text()),
        9 => Event::Phone(reader.text(), reader.one(PhoneChannel::ALL)),
        10 => Event::Totp(reader.text()),
        11 => Event::MakeCodes,
        12 => Event::Saved(reader.flag()),
        13 => Event::Questions(answers(reader)),
        14 => Event::ProveLater(reader.text()),
        15 => Event::Code(reader.text().into()),
        16 => Event::Resend(reader.flag().then(|| reader.one(PhoneChannel::ALL))),
        17 => Event::MakeDefault(reader.text()),
        18 => Event::AskRename(reader.text()),
        19 => Event::Rename(reader.text()),
        20 => Event::AskRemove(reader.text()),
        21 => Event::Remove,
        22 => Event::Password(reader.text().into()),
        _ => Event::Back,
    }
}

fn enroll_in_any_order(reader: &mut Reader<'_>) {
    use enroll::{Enroll, Event};
    let (mut flow, effects) = Enroll::default().step(Event::Open);
    let mut running = call(effects);
    for _ in 0..MOST {
        if reader.is_empty() {
            break;
        }
        let event = match &running {
            Some(request) if reader.flag() => {
                let late = u32::from(reader.byte() == 255);
                Event::Answered { turn: request.turn.wrapping_sub(late), result: account_answer(reader) }
            }
            _ => enroll_event(reader),
        };
        let was_busy = flow.is_busy();
        let from_person = !matches!(event, Event::Answered { .. } | Event::Back);
        let (next, effects) = flow.step(event);
        let request = call(effects);
        assert!(!(was_busy && from_person && request.is_some()), "a second call while one runs");
        flow = next;
        assert!(!flow.step_name().is_empty());
        if request.is_some() || !flow.is_busy() {
            running = request;
        }
        assert_eq!(running.is_some(), flow.is_busy());
    }
}

fn change_in_any_order(reader: &mut Reader<'_>) {
    use change::{Change, Event};
    let (mut flow, effects) = Change::default().step(Event::Open);
    let mut running = call(effects);
    for _ in 0..MOST {
        if reader.is_empty() {
            break;
        }
        let event = match &running {
            Some(request) if reader.flag() => {
                let late = u32::from(reader.byte() == 255);
                Event::Answered { turn: request.turn.wrapping_sub(late), result: account_answer(reader) }
            }
            _ => match reader.byte() % 4 {
                0 => Event::Open,
                1 => Event::Submit(ChangePassword {
                    current_password: reader.text().into(),
                    new_password: reader.text().into(),
                    end_other_sessions: reader.flag(),
                }),
                2 => Event::Password(reader.text().into()),
                _ => Event::Back,
            },
        };
        let was_busy = flow.is_busy();
        let from_person = !matches!(event, Event::Answered { .. } | Event::Back);
        let (next, effects) = flow.step(event);
        let request = call(effects);
        assert!(!(was_busy && from_person && request.is_some()), "a second call while one runs");
        flow = next;
        assert!(!flow.step_name().is_empty());
        if request.is_some() || !flow.is_busy() {
            running = request;
        }
        assert_eq!(running.is_some(), flow.is_busy());
    }
}
