use super::*;
use crate::{backend::AccountCall, flow::calls::Request};
use sspr_core::wire::{AddedMethod, CodeFormat, Offer, Question, QuestionPool, SessionView};

/// Every kind, strongest first, as a server offers them.
pub(super) const STRONGEST_FIRST: [MethodKind; 5] = [
    MethodKind::Totp,
    MethodKind::Phone,
    MethodKind::Email,
    MethodKind::RecoveryCodes,
    MethodKind::Questions,
];

pub(super) fn method(id: &str, kind: MethodKind, verified: bool) -> MethodView {
    MethodView {
        id: id.to_owned(),
        kind,
        masked: None,
        label: None,
        verified,
        primary: false,
        created_at: "2026-11-01T09:00:00Z".to_owned(),
        last_used_at: None,
        removable: true,
        left: None,
    }
}

pub(super) fn list(methods: Vec<MethodView>) -> MethodList {
    let mut kinds: Vec<_> = methods.iter().filter(|m| m.verified).map(|m| m.kind).collect();
    kinds.sort();
    kinds.dedup();
    MethodList {
        offers: STRONGEST_FIRST.map(|kind| Offer { kind, refused: None, voice: true }).to_vec(),
        required: 2,
        registered: u8::try_from(kinds.len()).expect("five kinds"),
        registration_due: kinds.len() < 2,
        skip_days_left: Some(3),
        confirm_due: false,
        questions: Some(QuestionPool {
            register: 2,
            min_answer: 3,
            max_answer: 40,
            questions: ["pet", "school", "street"]
                .map(|id| Question { id: id.to_owned(), text: id.to_owned() })
                .to_vec(),
        }),
        code: CodeFormat::digits(6),
        methods,
    }
}

pub(super) fn two_methods() -> MethodList {
    list(vec![method("a", MethodKind::Totp, true), method("b", MethodKind::Email, true)])
}

/// Sends one event and expects at most one call.
pub(super) fn send(flow: &mut Enroll, event: Event) -> Option<Request> {
    let (next, effects) = std::mem::take(flow).step(event);
    *flow = next;
    effects.into_iter().find_map(|effect| match effect {
        Effect::Call(request) => Some(request),
        _ => None,
    })
}

pub(super) fn answer(flow: &mut Enroll, request: &Request, answer: AccountAnswer) -> Option<Request> {
    send(flow, Event::Answered { turn: request.turn, result: Ok(answer) })
}

fn fail(flow: &mut Enroll, request: &Request, code: sspr_core::wire::ProblemCode) -> Option<Request> {
    send(flow, Event::Answered { turn: request.turn, result: Err(Failure::of_code(code)) })
}

pub(super) fn signed_in() -> AccountAnswer {
    AccountAnswer::Session(SessionView {
        signed_in: true,
        identifier: Some("ada".into()),
        ..SessionView::default()
    })
}

/// A flow that has read this list.
pub(super) fn opened(list: MethodList) -> Enroll {
    let mut flow = Enroll::default();
    let session = send(&mut flow, Event::Open).expect("asks who is signed in");
    let methods = answer(&mut flow, &session, signed_in()).expect("asks for the methods");
    assert_eq!(answer(&mut flow, &methods, AccountAnswer::Methods(list)), None);
    flow
}

fn sent(method: MethodView) -> AccountAnswer {
    AccountAnswer::Added(AddedMethod {
        method,
        sent: Some(SentCode { resend_in: 30, expires_in: 600 }),
        totp: None,
        recovery_codes: Vec::new(),
    })
}

use sspr_core::wire::ProblemCode;

#[test]
fn an_enrolled_person_sees_their_methods() {
    assert_eq!(opened(two_methods()).screen, Screen::Methods);
}

#[test]
fn somebody_who_must_register_meets_the_wizard_and_may_put_it_off() {
    let mut flow = opened(list(Vec::new()));
    assert_eq!(flow.screen, Screen::Welcome);
    let skip = send(&mut flow, Event::Skip).expect("a call");
    assert_eq!(skip.call, AccountCall::SkipRegistration);
    let (flow, effects) =
        flow.step(Event::Answered { turn: skip.turn, result: Ok(AccountAnswer::Methods(list(Vec::new()))) });
    assert_eq!(flow.screen, Screen::Methods);
    assert_eq!(effects, [Effect::Done { outcome: Outcome::Skipped, identifier: Some("ada".into()) }]);
}

#[test]
fn registering_cannot_be_put_off_when_no_days_are_left() {
    let mut flow = opened(MethodList { skip_days_left: None, ..list(Vec::new()) });
    assert_eq!(send(&mut flow, Event::Skip), None);
    assert_eq!(flow.screen, Screen::Welcome);
}

#[test]
fn the_wizard_asks_for_the_strongest_kinds_until_there_are_enough() {
    let mut flow = opened(list(Vec::new()));
    send(&mut flow, Event::Begin);
    assert_eq!(flow.screen, Screen::Form(MethodKind::Totp));
    let add = send(&mut flow, Event::Totp(String::new())).expect("adds");
    let totp = TotpSecret { secret: "ABCD".into(), uri: "otpauth://totp/x".into() };
    let added = AddedMethod {
        method: method("a", MethodKind::Totp, false),
        sent: None,
        totp: Some(totp),
        recovery_codes: Vec::new(),
    };
    answer(&mut flow, &add, AccountAnswer::Added(added));
    let verify = send(&mut flow, Event::Code("123 456".into())).expect("verifies");
    answer(&mut flow, &verify, AccountAnswer::Methods(list(vec![method("a", MethodKind::Totp, true)])));
    assert_eq!(flow.screen, Screen::Form(MethodKind::Phone));
    assert_eq!(flow.success, Some(Success::Added));

    send(&mut flow, Event::Choose);
    assert_eq!(
        flow.choices(),
        [MethodKind::Phone, MethodKind::Email, MethodKind::RecoveryCodes, MethodKind::Questions]
    );
    send(&mut flow, Event::Pick(MethodKind::Email));
    let add = send(&mut flow, Event::Email("ada@example.org".into())).expect("adds");
    answer(&mut flow, &add, sent(method("b", MethodKind::Email, false)));
    let verify = send(&mut flow, Event::Code("123456".into())).expect("verifies");
    answer(&mut flow, &verify, AccountAnswer::Methods(two_methods()));
    assert_eq!(flow.screen, Screen::Finished);
    let (flow, effects) = flow.step(Event::Finish);
    assert_eq!(
        (flow.screen, effects),
        (
            Screen::Methods,
            vec![Effect::Done { outcome: Outcome::Registered, identifier: Some("ada".into()) }]
        )
    );
}

#[test]
fn the_periodic_question_is_answered_with_looks_good_or_leads_to_the_list() {
    let due = || MethodList { confirm_due: true, ..two_methods() };
    let mut flow = opened(due());
    assert_eq!(flow.screen, Screen::StillRight);
    let confirm = send(&mut flow, Event::LooksGood).expect("confirms");
    assert_eq!(confirm.call, AccountCall::ConfirmContacts);
    answer(&mut flow, &confirm, AccountAnswer::Methods(two_methods()));
    assert_eq!((&flow.screen, flow.success), (&Screen::Methods, Some(Success::Confirmed)));
    assert_eq!(send(&mut flow, Event::LooksGood), None, "nothing is due any more");

    let mut flow = opened(due());
    send(&mut flow, Event::Edit);
    assert_eq!(flow.screen, Screen::Methods);
    assert!(send(&mut flow, Event::LooksGood).is_some(), "it can still be said from the list");
}

#[test]
fn pressing_twice_sends_once() {
    let mut flow = opened(two_methods());
    send(&mut flow, Event::Pick(MethodKind::Email));
    assert!(send(&mut flow, Event::Email("ada@example.org".into())).is_some());
    assert_eq!(send(&mut flow, Event::Email("ada@example.org".into())), None);
}

#[test]
fn an_answer_that_nobody_waits_for_changes_nothing() {
    let mut flow = opened(two_methods());
    send(&mut flow, Event::Pick(MethodKind::Email));
    let add = send(&mut flow, Event::Email("ada@example.org".into())).expect("adds");
    let refresh = send(&mut flow, Event::Back).expect("looks what became of it");
    assert_eq!((&flow.screen, &refresh.call), (&Screen::Methods, &AccountCall::Methods));
    let before = flow.clone();
    answer(&mut flow, &add, sent(method("c", MethodKind::Email, false)));
    assert_eq!(flow, before);
}

#[test]
fn a_fresh_proof_is_asked_for_and_the_same_call_is_made_again() {
    let mut flow = opened(two_methods());
    send(&mut flow, Event::AskRemove("b".into()));
    let remove = send(&mut flow, Event::Remove).expect("removes");
    fail(&mut flow, &remove, ProblemCode::ReauthenticationRequired);
    assert!(flow.needs_proof() && flow.step_name() == "reauthenticate");
    send(&mut flow, Event::Password(Secret::default()));
    assert_eq!(flow.notice, Some(Notice::Mistake(Mistake::Empty)));

    let proof = send(&mut flow, Event::Password("wrong".into())).expect("sends it");
    fail(&mut flow, &proof, ProblemCode::CurrentPasswordIncorrect);
    assert!(flow.needs_proof() && flow.notice.is_some());
    let proof = send(&mut flow, Event::Password("right".into())).expect("sends it");
    let again = answer(&mut flow, &proof, signed_in()).expect("repeats");
    assert_eq!((&again.call, again.operation), (&remove.call, remove.operation));
    assert_ne!(again.turn, remove.turn);
    assert!(!flow.needs_proof());
}

#[test]
fn the_password_dialogue_can_be_left_and_the_form_is_still_there() {
    let mut flow = opened(two_methods());
    send(&mut flow, Event::Pick(MethodKind::Phone));
    let add = send(&mut flow, Event::Phone("+819012345678".into(), PhoneChannel::Voice)).expect("adds");
    fail(&mut flow, &add, ProblemCode::ReauthenticationRequired);
    assert_eq!(send(&mut flow, Event::Back), None);
    assert_eq!((&flow.screen, flow.needs_proof()), (&Screen::Form(MethodKind::Phone), false));
}

#[test]
fn the_same_form_after_a_lost_answer_carries_the_same_key() {
    let mut flow = opened(two_methods());
    send(&mut flow, Event::Pick(MethodKind::Email));
    let first = send(&mut flow, Event::Email("ada@example.org".into())).expect("adds");
    send(&mut flow, Event::Answered { turn: first.turn, result: Err(Failure::lost()) });
    let second = send(&mut flow, Event::Email("ada@example.org".into())).expect("adds");
    assert_eq!(second.operation, first.operation);
    send(&mut flow, Event::Answered { turn: second.turn, result: Err(Failure::lost()) });
    let other = send(&mut flow, Event::Email("ada@example.net".into())).expect("adds");
    assert_ne!(other.operation, first.operation);
}

#[test]
fn a_session_that_ended_drops_everything() {
    let mut flow = opened(two_methods());
    let change = send(&mut flow, Event::MakeDefault("b".into())).expect("changes");
    let (flow, effects) = flow.step(Event::Answered {
        turn: change.turn,
        result: Err(Failure::of_code(ProblemCode::SessionRequired)),
    });
    assert_eq!((&flow.screen, &flow.list), (&Screen::SignedOut, &None));
    assert_eq!(effects, [Effect::Error("session-required")]);
}

#[test]
fn recovery_codes_stay_until_they_are_saved() {
    let mut flow = opened(two_methods());
    send(&mut flow, Event::Pick(MethodKind::RecoveryCodes));
    let add = send(&mut flow, Event::MakeCodes).expect("makes them");
    let added = AddedMethod {
        method: method("c", MethodKind::RecoveryCodes, true),
        sent: None,
        totp: None,
        recovery_codes: vec!["AAAA-BBBB".into()],
    };
    answer(&mut flow, &add, AccountAnswer::Added(added));
    send(&mut flow, Event::Back);
    assert!(matches!(flow.screen, Screen::RecoveryCodes(_)));
    send(&mut flow, Event::Saved(false));
    assert_eq!(flow.notice, Some(Notice::Mistake(Mistake::NotSaved)));
    let refresh = send(&mut flow, Event::Saved(true)).expect("reads the list");
    answer(&mut flow, &refresh, AccountAnswer::Methods(two_methods()));
    assert_eq!((&flow.screen, flow.success), (&Screen::Methods, Some(Success::Added)));
}

#[test]
fn the_last_method_is_not_removed() {
    let mut kept = method("a", MethodKind::Totp, true);
    kept.removable = false;
    let mut flow = opened(MethodList { registration_due: false, ..list(vec![kept]) });
    send(&mut flow, Event::AskRemove("a".into()));
    assert_eq!(flow.screen, Screen::Remove("a".into()), "the page says why");
    assert_eq!(send(&mut flow, Event::Remove), None);
}

#[test]
fn a_method_that_is_gone_meanwhile_leads_to_the_list_read_anew() {
    let mut flow = opened(two_methods());
    send(&mut flow, Event::AskRename("b".into()));
    let rename = send(&mut flow, Event::Rename("Work".into())).expect("renames");
    let refresh = fail(&mut flow, &rename, ProblemCode::MethodNotFound).expect("reads the list");
    assert_eq!((&flow.screen, refresh.call), (&Screen::Methods, AccountCall::Methods));
    assert!(flow.notice.is_some());
}

#[test]
fn questions_are_checked_row_by_row_before_they_are_sent() {
    let given =
        |question: &str, answer: &str| QuestionAnswer { question: question.into(), answer: answer.into() };
    let mut flow = opened(two_methods());
    send(&mut flow, Event::Pick(MethodKind::Questions));
    for (answers, mistake) in [
        (vec![given("pet", "Rex"), given("", "x")], Mistake::QuestionMissing(1)),
        (vec![given("pet", "Rex"), given("pet", "Rex")], Mistake::QuestionTwice(1)),
        (vec![given("pet", "ab"), given("school", "Elm")], Mistake::AnswerLength(0)),
        (vec![given("pet", "Rex")], Mistake::QuestionMissing(1)),
    ] {
        assert_eq!(send(&mut flow, Event::Questions(answers)), None);
        assert_eq!(flow.notice, Some(Notice::Mistake(mistake)));
    }
    let add =
        send(&mut flow, Event::Questions(vec![given("pet", "Rex"), given("school", "Elm")])).expect("adds");
    let done = AddedMethod {
        method: method("q", MethodKind::Questions, true),
        sent: None,
        totp: None,
        recovery_codes: Vec::new(),
    };
    let refresh = answer(&mut flow, &add, AccountAnswer::Added(done)).expect("reads the list");
    answer(&mut flow, &refresh, AccountAnswer::Methods(two_methods()));
    assert_eq!(flow.screen, Screen::Methods);
}

#[test]
fn a_code_sent_again_is_said_and_starts_a_new_countdown() {
    let mut flow =
        opened(list(vec![method("a", MethodKind::Phone, false), method("b", MethodKind::Email, true)]));
    flow.wizard = false;
    flow.screen = Screen::Methods;
    let resend = send(&mut flow, Event::ProveLater("a".into())).expect("sends");
    answer(&mut flow, &resend, sent(method("a", MethodKind::Phone, false)));
    assert_eq!(flow.success, None);
    let resend = send(&mut flow, Event::Resend(Some(PhoneChannel::Voice))).expect("sends");
    answer(&mut flow, &resend, sent(method("a", MethodKind::Phone, false)));
    assert_eq!(flow.success, Some(Success::Resent));
    assert!(matches!(&flow.screen, Screen::Prove(proving) if proving.sends == 2));
}

#[test]
fn a_backend_that_cannot_be_reached_can_be_asked_again() {
    let mut flow = Enroll::default();
    let session = send(&mut flow, Event::Open).expect("asks");
    send(&mut flow, Event::Answered { turn: session.turn, result: Err(Failure::lost()) });
    assert_eq!(flow.screen, Screen::Unreachable);
    assert!(send(&mut flow, Event::Open).is_some());
    assert_eq!(flow.screen, Screen::Loading);
}
