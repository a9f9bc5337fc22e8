//! The paths of a recovery, told one by one.

use super::*;
use crate::backend::RecoveryCall;
use sspr_core::wire::*;

/// A backend's answers, made short.
pub(super) fn description(unlock: bool) -> Description {
    Description {
        version: 1,
        features: Features { reset: true, unlock, ..Features::default() },
        identifiers: vec![IdentifierKind::Email],
        recovery_methods: vec![ChallengeKind::Email, ChallengeKind::Totp],
        gates: 2,
        code: CodeFormat::digits(6),
        policy: PasswordPolicy::composition(),
        captcha: None,
        links: Links::default(),
        locales: vec!["en".into()],
    }
}

pub(super) fn view(state: FlowState, gate: u8) -> FlowView {
    let challenge = Challenge {
        id: "c".into(),
        kind: ChallengeKind::Email,
        method: "email".into(),
        masked: None,
        code: Some(CodeFormat::digits(6)),
        resend_in: 30,
        expires_in: 600,
        attempts_left: 5,
        questions: Vec::new(),
    };
    let option = |id: &str, kind| MethodOption { id: id.into(), kind, masked: None, number: false };
    FlowView {
        flow: Some(format!("token {gate} {}", state.word()).into()),
        intent: Intent::Reset,
        state,
        expires_in: 900,
        gate,
        gates: 2,
        methods: vec![option("email", ChallengeKind::Email), option("totp", ChallengeKind::Totp)],
        challenge: (state == FlowState::Challenge).then_some(challenge),
        policy: (state == FlowState::SetPassword).then(PasswordPolicy::composition),
        identifier: (state == FlowState::SetPassword).then(|| "alex".into()),
    }
}

struct Told {
    flow: Reset,
    effects: Vec<Effect>,
}

impl Told {
    fn open() -> Self {
        let mut told = Self { flow: Reset::new("", None, None, None), effects: Vec::new() };
        told.send(Event::Open);
        told
    }

    fn send(&mut self, event: Event) -> &mut Self {
        let (flow, effects) = self.flow.clone().step(event);
        self.flow = flow;
        self.effects = effects;
        self
    }

    fn request(&self) -> Request {
        match self.effects.as_slice() {
            [Effect::Call(request)] => request.clone(),
            other => panic!("no call: {other:?}"),
        }
    }

    fn answer(&mut self, result: Result<RecoveryAnswer, Failure>) -> &mut Self {
        let turn = self.request().turn;
        self.send(Event::Answered { turn, result })
    }

    fn flows(&mut self, state: FlowState, gate: u8) -> &mut Self {
        self.answer(Ok(RecoveryAnswer::Flow(view(state, gate).into())))
    }

    fn described(unlock: bool) -> Self {
        let mut told = Self::open();
        told.answer(Ok(RecoveryAnswer::Description(description(unlock).into())));
        told
    }

    /// The reason is chosen and the page asked for its proof of being human, with this turn.
    fn at_captcha() -> (Self, u32) {
        let mut told = Self::open();
        let mut wanting = description(true);
        wanting.captcha = Some(Captcha { provider: "altcha".into(), site_key: "k".into() });
        told.answer(Ok(RecoveryAnswer::Description(wanting.into())));
        told.send(Event::Identify("alex".into())).send(Event::Reason(Intent::Reset));
        let [Effect::Captcha(turn)] = told.effects[..] else { panic!("no captcha: {:?}", told.effects) };
        (told, turn)
    }

    fn at_code() -> Self {
        let mut told = Self::described(false);
        told.send(Event::Identify("alex".into())).flows(FlowState::Choose, 1);
        told.send(Event::Pick("email".into())).flows(FlowState::Challenge, 1);
        told
    }
}

#[test]
fn two_gates_and_a_new_password_lead_to_done() {
    let mut told = Told::at_code();
    told.send(Event::Code("123456".into())).flows(FlowState::Choose, 2);
    assert_eq!(told.flow.step_name(), "choose-second");
    told.send(Event::Pick("totp".into())).flows(FlowState::Challenge, 2);
    told.send(Event::Code("123456".into())).flows(FlowState::SetPassword, 2);
    told.send(Event::Password("Harbor-Light-77".into(), true));
    let done = RecoveryDone {
        state: FlowState::Done,
        intent: Intent::Reset,
        identifier: "alex".into(),
        sign_in: None,
    };
    told.answer(Ok(RecoveryAnswer::Done(done)));
    assert_eq!(told.effects, [Effect::Done("reset", "alex".into())]);
    assert_eq!(told.flow.step_name(), "done");
}

#[test]
fn the_reason_is_asked_only_where_unlocking_is_offered() {
    let mut told = Told::described(true);
    told.send(Event::Identify(" alex ".into()));
    assert_eq!((told.flow.screen.clone(), told.flow.identifier.as_str()), (Screen::Reason, "alex"));
    told.send(Event::Reason(Intent::Unlock));
    assert!(matches!(told.request().call, RecoveryCall::Start(start) if start.intent == Intent::Unlock));
}

#[test]
fn an_identifier_typed_before_the_description_came_is_not_lost() {
    let mut told = Told::open();
    let describe = told.request().turn;
    told.send(Event::Identify("alex".into()));
    assert!(told.flow.is_busy());
    let result = Ok(RecoveryAnswer::Description(description(false).into()));
    told.send(Event::Answered { turn: describe, result });
    assert!(matches!(told.request().call, RecoveryCall::Start(_)));
}

#[test]
fn a_description_that_does_not_come_is_asked_for_again_on_submit() {
    let mut told = Told::open();
    told.answer(Err(Failure::lost()));
    assert_eq!(told.flow.notice, None);
    told.send(Event::Identify("alex".into())).answer(Err(Failure::lost()));
    assert_eq!(told.flow.notice, Some(Notice::Failure(Failure::lost())));
    assert_eq!(told.flow.identifier, "alex");
}

#[test]
fn pressing_twice_does_nothing() {
    let mut told = Told::at_code();
    told.send(Event::Code("123456".into()));
    told.send(Event::Code("123456".into()));
    assert_eq!(told.effects, []);
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    let mut told = Told::at_code();
    let first = told.send(Event::Code("123456".into())).request().operation;
    told.answer(Err(Failure::lost()));
    assert_eq!(told.flow.step_name(), "code");
    assert_eq!(told.send(Event::Code("123456".into())).request().operation, first);
    told.answer(Err(Failure::lost()));
    assert_ne!(told.send(Event::Code("654321".into())).request().operation, first);
}

#[test]
fn a_wrong_code_says_how_many_tries_are_left_and_the_screen_stays() {
    let mut told = Told::at_code();
    let mut failure = Failure::of_code(ProblemCode::CodeIncorrect);
    if let Failure::Problem(problem) = &mut failure {
        problem.attempts_left = Some(3);
    }
    told.send(Event::Code("1".into())).answer(Err(failure));
    assert_eq!((told.flow.step_name(), &told.flow.notice), ("code", &Some(Notice::Incorrect(3))));
}

#[test]
fn a_flow_that_is_gone_starts_again_with_what_was_typed() {
    let mut told = Told::at_code();
    told.send(Event::Code("1".into())).answer(Err(Failure::of_code(ProblemCode::FlowGone)));
    assert_eq!(told.flow.screen, Screen::Gone);
    told.send(Event::Restart);
    assert_eq!((told.flow.screen.clone(), told.flow.identifier.as_str()), (Screen::Identify, "alex"));
}

#[test]
fn a_password_that_breaks_the_policy_is_not_sent() {
    let mut told = Told::at_code();
    told.send(Event::Code("1".into())).flows(FlowState::SetPassword, 2);
    told.send(Event::Password("short".into(), false));
    assert_eq!(told.effects, []);
    assert!(matches!(told.flow.notice, Some(Notice::Rejected(_))));
}

#[test]
fn an_answer_that_nobody_waits_for_is_dropped() {
    let mut told = Told::at_code();
    let turn = told.send(Event::Code("1".into())).request().turn;
    told.send(Event::Back);
    let late = Ok(RecoveryAnswer::Flow(view(FlowState::SetPassword, 2).into()));
    told.send(Event::Answered { turn, result: late });
    assert_eq!(told.flow.screen, Screen::Choose);
}

#[test]
fn cancelling_tells_the_backend_and_the_page() {
    let mut told = Told::at_code();
    told.send(Event::Cancel);
    assert!(matches!(told.effects.as_slice(), [Effect::Forget(request), Effect::Cancelled]
        if matches!(request.call, RecoveryCall::Cancel(_))));
    assert_eq!(told.flow.screen, Screen::Identify);
}

#[test]
fn a_mailed_link_is_looked_at_and_only_opened_by_the_person() {
    let mut told = Told { flow: Reset::new("", Some("l".into()), None, None), effects: Vec::new() };
    told.send(Event::Open);
    assert!(matches!(told.request().call, RecoveryCall::LookAtLink(_)));
    told.answer(Ok(RecoveryAnswer::Link(LinkView { intent: Intent::Reset, expires_in: 60 })));
    assert_eq!((told.flow.step_name(), told.request().call), ("link", RecoveryCall::Describe));
    told.send(Event::OpenLink);
    assert!(matches!(told.request().call, RecoveryCall::OpenLink(_)));
    told.flows(FlowState::Choose, 2);
    assert_eq!(told.flow.step_name(), "choose-second");
}

#[test]
fn a_dead_link_is_said_at_once() {
    let mut told = Told { flow: Reset::new("", Some("l".into()), None, None), effects: Vec::new() };
    told.send(Event::Open).answer(Err(Failure::of_code(ProblemCode::FlowGone)));
    assert_eq!(told.flow.screen, Screen::LinkGone);
    told.send(Event::Restart);
    assert_eq!(told.flow.screen, Screen::Identify);
}

#[test]
fn a_captcha_is_asked_of_the_page_where_the_backend_wants_one() {
    let (mut told, turn) = Told::at_captcha();
    assert!(told.flow.is_busy());
    told.send(Event::Captcha { turn, proof: Some("proof".into()) });
    assert!(
        matches!(told.request().call, RecoveryCall::Start(start) if start.captcha.as_deref() == Some("proof"))
    );
}

#[test]
fn work_is_prepared_as_soon_as_it_is_known_and_asked_for_with_the_start() {
    let mut told = Told::open();
    let mut wanting = description(false);
    wanting.captcha = Some(Captcha { provider: Captcha::WORK.into(), site_key: String::new() });
    told.answer(Ok(RecoveryAnswer::Description(wanting.into())));
    assert_eq!(told.effects, [Effect::PrepareWork]);
    assert!(!told.flow.is_busy(), "nobody waits for it yet");
    told.send(Event::Identify("alex".into()));
    assert!(matches!(told.effects[..], [Effect::Captcha(_)]));
}

#[test]
fn a_captcha_is_asked_for_once_however_often_the_button_is_pressed() {
    let (mut told, _) = Told::at_captcha();
    told.send(Event::Reason(Intent::Reset));
    assert!(told.effects.is_empty());
}

#[test]
fn a_captcha_solved_after_going_back_or_cancelling_starts_nothing() {
    for leave in [Event::Back, Event::Cancel] {
        let (mut told, turn) = Told::at_captcha();
        told.send(leave);
        assert!(!told.flow.is_busy());
        told.send(Event::Captcha { turn, proof: Some("late".into()) });
        assert_eq!((told.flow.screen.clone(), told.effects.as_slice()), (Screen::Identify, &[][..]));
    }
}

#[test]
fn a_captcha_that_failed_is_said_and_asked_for_again() {
    let (mut told, turn) = Told::at_captcha();
    told.send(Event::Captcha { turn, proof: None });
    assert_eq!(told.flow.notice, Some(Notice::CaptchaMissing));
    told.send(Event::Reason(Intent::Reset));
    assert_eq!(told.effects, [Effect::Captcha(turn + 1)]);
}

#[test]
fn a_proof_is_good_for_one_request() {
    let (mut told, turn) = Told::at_captcha();
    told.send(Event::Captcha { turn, proof: Some("proof".into()) });
    told.answer(Err(Failure::lost()));
    told.send(Event::Reason(Intent::Reset));
    assert!(matches!(told.effects.as_slice(), [Effect::Captcha(_)]));
}

#[test]
fn time_that_is_over_ends_the_flow_but_not_a_call_on_its_way() {
    let mut told = Told::at_code();
    let turn = told.send(Event::Code("1".into())).request().turn;
    told.send(Event::Expired);
    assert_eq!(told.flow.step_name(), "code");
    told.send(Event::Answered { turn, result: Err(Failure::lost()) });
    told.send(Event::Expired);
    assert_eq!(told.flow.screen, Screen::Gone);
}

#[test]
fn more_time_moves_the_clock_and_nothing_else() {
    let mut told = Told::at_code();
    let (before, heard) = (told.flow.screen.clone(), told.flow.heard);
    told.send(Event::MoreTime);
    assert!(matches!(told.request().call, RecoveryCall::Extend(_)));
    let mut longer = view(FlowState::Choose, 1);
    longer.expires_in = 777;
    told.answer(Ok(RecoveryAnswer::Flow(longer.into())));
    assert_eq!((told.flow.screen.clone(), told.flow.expires_in), (before, Some(777)));
    assert_ne!(told.flow.heard, heard, "the countdown starts anew");
}

#[test]
fn without_a_flow_there_is_no_time_to_ask_for() {
    let mut told = Told::described(false);
    told.send(Event::MoreTime);
    assert_eq!(told.effects, []);
}

#[test]
fn a_code_that_turns_out_wrong_with_the_password_is_asked_for_again() {
    let mut told = Told::at_code();
    told.send(Event::Code("1".into())).flows(FlowState::SetPassword, 1);
    told.send(Event::Password("Harbor-Light-77".into(), true));
    told.answer(Err(Failure::of_code(ProblemCode::CodeIncorrect)));
    assert_eq!(told.flow.step_name(), "code");
    assert!(matches!(told.flow.notice, Some(Notice::Incorrect(_))));
}
