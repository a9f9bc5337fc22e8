//! `<sspr-reset>`'s screens in a browser, against a backend that answers when the test lets it.

#![cfg(target_arch = "wasm32")]

use sspr_core::{Secret, policy::PasswordPolicy, wire::*};
use sspr_widget::{
    ResetForm,
    backend::{Answering, BreachedRanges, Failure, RecoveryAnswer, RecoveryBackend, RecoveryCall, Shared},
    element::{FormProps, PageEvent, reset::ResetSeed},
    i18n::Texts,
};
use std::{cell::RefCell, collections::VecDeque, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::platform::time::sleep;

wasm_bindgen_test_configure!(run_in_browser);

/// Hears every call and answers each with what the test says next.
#[derive(Default)]
struct Script {
    calls: RefCell<Vec<RecoveryCall>>,
    answers: RefCell<VecDeque<Result<RecoveryAnswer, Failure>>>,
}

struct Scripted(Rc<Script>);

impl BreachedRanges for Scripted {}

impl RecoveryBackend for Scripted {
    fn call(&self, _key: &str, call: RecoveryCall) -> Answering<RecoveryAnswer> {
        let script = self.0.clone();
        script.calls.borrow_mut().push(call);
        Box::pin(async move {
            loop {
                let next = script.answers.borrow_mut().pop_front();
                match next {
                    Some(answer) => return answer,
                    None => sleep(Duration::from_millis(2)).await,
                }
            }
        })
    }
}

struct Page {
    root: Element,
    script: Rc<Script>,
    heard: Rc<RefCell<Vec<PageEvent>>>,
}

impl Page {
    async fn open(texts: Texts) -> Self {
        let document = web_sys::window().expect("a window").document().expect("a document");
        // The last test's focus is not this one's: the element leaves a focus alone that is elsewhere on the page.
        if let Some(active) = document.active_element() {
            active.unchecked_into::<HtmlElement>().blur().expect("blurred");
        }
        let root = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&root).expect("appended");
        let (script, heard) = (Rc::new(Script::default()), Rc::new(RefCell::new(Vec::new())));
        let hears = heard.clone();
        let props = FormProps {
            backend: Shared(Rc::new(Scripted(script.clone())) as Rc<dyn RecoveryBackend>),
            texts,
            seed: ResetSeed::default(),
            on_event: yew::Callback::from(move |event| hears.borrow_mut().push(event)),
        };
        yew::Renderer::<ResetForm>::with_root_and_props(root.clone(), props).render();
        let page = Self { root, script, heard };
        page.settle().await;
        page
    }

    async fn settle(&self) {
        for _ in 0..4 {
            sleep(Duration::from_millis(4)).await;
            yew::scheduler::flush().await;
        }
    }

    async fn answers(&self, answer: Result<RecoveryAnswer, Failure>) {
        self.script.answers.borrow_mut().push_back(answer);
        self.settle().await;
    }

    async fn flows(&self, state: FlowState, gate: u8) {
        self.answers(Ok(RecoveryAnswer::Flow(view(state, gate).into()))).await;
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).expect("a selector");
        found.unwrap_or_else(|| panic!("no {selector} in: {}", self.text())).unchecked_into()
    }

    fn input(&self, selector: &str) -> HtmlInputElement {
        self.find(selector).unchecked_into()
    }

    fn text(&self) -> String {
        self.root.unchecked_ref::<HtmlElement>().inner_text()
    }

    async fn press(&self, selector: &str) {
        self.find(selector).click();
        self.settle().await;
    }

    fn focused(&self) -> String {
        let active = web_sys::window().and_then(|it| it.document()).and_then(|it| it.active_element());
        active.map(|it| if it.id().is_empty() { it.tag_name() } else { it.id() }).unwrap_or_default()
    }

    fn last_call(&self) -> RecoveryCall {
        self.script.calls.borrow().last().cloned().expect("a call")
    }

    async fn at_code() -> Self {
        Self::at_code_of(description()).await
    }

    async fn at_code_of(description: Description) -> Self {
        let page = Self::open(Texts::english()).await;
        page.answers(Ok(RecoveryAnswer::Description(description.into()))).await;
        page.input("#sspr-identifier").set_value("alex");
        page.press("button.main").await;
        page.flows(FlowState::Choose, 1).await;
        page.press("button[value=email]").await;
        page.flows(FlowState::Challenge, 1).await;
        page
    }
}

fn description() -> Description {
    Description {
        version: 1,
        features: Features { reset: true, end_other_sessions: true, more_time: true, ..Features::default() },
        identifiers: vec![IdentifierKind::Email],
        recovery_methods: vec![ChallengeKind::Email, ChallengeKind::Totp],
        gates: 2,
        code: CodeFormat::digits(6),
        policy: PasswordPolicy::composition(),
        captcha: None,
        links: Links { sign_in: None, helpdesk: Some("mailto:help@example.org".into()) },
        locales: vec!["en".into()],
    }
}

fn view(state: FlowState, gate: u8) -> FlowView {
    let option = |id: &str, kind| MethodOption { id: id.into(), kind, masked: None, number: false };
    FlowView {
        flow: Some("token".into()),
        intent: Intent::Reset,
        state,
        expires_in: 900,
        gate,
        gates: 2,
        methods: vec![option("email", ChallengeKind::Email), option("totp", ChallengeKind::Totp)],
        challenge: (state == FlowState::Challenge).then(|| Challenge {
            id: "c".into(),
            kind: ChallengeKind::Email,
            method: "email".into(),
            masked: None,
            code: Some(CodeFormat::digits(6)),
            resend_in: 30,
            expires_in: 600,
            attempts_left: 5,
            questions: Vec::new(),
        }),
        policy: (state == FlowState::SetPassword).then(PasswordPolicy::composition),
        identifier: (state == FlowState::SetPassword).then(|| "alex".into()),
    }
}

#[wasm_bindgen_test]
async fn what_is_typed_stays_when_the_description_comes_later_or_not_at_all() {
    let page = Page::open(Texts::english()).await;
    page.input("#sspr-identifier").set_value("alex");
    page.answers(Ok(RecoveryAnswer::Description(description().into()))).await;
    assert!(page.text().contains("Contact the helpdesk"), "the description was shown");
    assert_eq!(page.input("#sspr-identifier").value(), "alex");
    page.press("button.main").await;
    page.answers(Err(Failure::lost())).await;
    assert_eq!(page.input("#sspr-identifier").value(), "alex");
    assert!(page.find("[role=alert]").inner_text().contains("Check your connection"));
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_said_at_its_field_and_the_focus_goes_there() {
    let page = Page::at_code().await;
    page.input("#sspr-code").set_value("000000");
    page.press("button.main").await;
    let mut failure = Failure::of_code(ProblemCode::CodeIncorrect);
    if let Failure::Problem(problem) = &mut failure {
        problem.attempts_left = Some(4);
    }
    page.answers(Err(failure)).await;
    let error = page.find("#sspr-code-error");
    assert_eq!(error.get_attribute("role").as_deref(), Some("alert"));
    assert!(error.inner_text().contains("4 more tries"), "{}", error.inner_text());
    let code = page.find("#sspr-code");
    assert_eq!(code.get_attribute("aria-describedby").as_deref(), Some("sspr-code-error"));
    assert_eq!(code.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.focused(), "sspr-code");
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_field_or_to_the_heading_of_each_step() {
    let page = Page::open(Texts::english()).await;
    page.answers(Ok(RecoveryAnswer::Description(description().into()))).await;
    page.input("#sspr-identifier").set_value("alex");
    page.press("button.main").await;
    page.flows(FlowState::Choose, 1).await;
    assert_eq!(page.focused(), "H2");
    page.press("button[value=email]").await;
    page.flows(FlowState::Challenge, 1).await;
    assert_eq!(page.focused(), "sspr-code");
}

#[wasm_bindgen_test]
async fn a_code_is_sent_as_it_was_pasted() {
    let page = Page::at_code().await;
    let code = page.input("#sspr-code");
    assert_eq!(code.get_attribute("autocomplete").as_deref(), Some("one-time-code"));
    code.set_value("12 34-56");
    page.press("button.main").await;
    let RecoveryCall::Verify(_, verify) = page.last_call() else { panic!("{:?}", page.last_call()) };
    assert_eq!(verify.code, Some(Secret::from("12 34-56")));
}

#[wasm_bindgen_test]
async fn another_method_can_be_tried_and_resending_waits_for_the_server() {
    let page = Page::at_code().await;
    assert!(page.text().contains("Send again in 0:30") || page.text().contains("Send again in 0:29"));
    let calls = page.script.calls.borrow().len();
    page.press(".aside button.link").await;
    assert_eq!(page.script.calls.borrow().len(), calls, "it is too early to send again");
    page.press(".aside button.link:last-child").await;
    assert!(page.text().contains("Use my authenticator app"));
}

#[wasm_bindgen_test]
async fn the_policy_follows_what_is_typed_and_a_box_that_was_unticked_stays_so() {
    let page = Page::at_code().await;
    page.input("#sspr-code").set_value("123456");
    page.press("button.main").await;
    page.flows(FlowState::SetPassword, 2).await;
    let met = |page: &Page| page.root.query_selector_all("li[data-state=met]").expect("a selector").length();
    assert_eq!(met(&page), 0, "nothing is met or missing before anything is typed");
    page.input("[name=end-sessions]").click();
    let field = page.input("#sspr-new-password");
    field.set_value("Harbor-Light-77");
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    field
        .dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &init).expect("an event"))
        .expect("sent");
    page.settle().await;
    assert!(met(&page) >= 3, "{}", page.text());
    page.press("button.main").await;
    let RecoveryCall::SetPassword(_, set) = page.last_call() else { panic!("{:?}", page.last_call()) };
    assert!(set.new_password.expose() == "Harbor-Light-77" && !set.end_other_sessions);
    page.answers(Err(Failure::rejected(Vec::new()))).await;
    assert_eq!(page.input("#sspr-new-password").value(), "Harbor-Light-77", "what was typed is still there");
    assert!(!page.input("[name=end-sessions]").checked());
}

#[wasm_bindgen_test]
async fn the_page_hears_each_step_and_never_a_secret() {
    let page = Page::at_code().await;
    let heard = page.heard.borrow();
    let steps: Vec<_> = heard
        .iter()
        .filter_map(|it| if let PageEvent::Step(step) = it { Some(*step) } else { None })
        .collect();
    assert_eq!(steps, ["choose", "code"]);
    assert_eq!(heard.first(), Some(&PageEvent::Ready));
}

#[wasm_bindgen_test]
async fn near_the_end_more_time_can_be_had_and_what_is_typed_stays() {
    let page = Page::at_code().await;
    assert!(!page.text().contains("I need more time"), "not while there is plenty");
    page.input("#sspr-code").set_value("000000");
    page.press("button.main").await;
    let mut late = view(FlowState::Challenge, 1);
    late.expires_in = 90;
    page.answers(Ok(RecoveryAnswer::Flow(late.into()))).await;
    page.input("#sspr-code").set_value("12");
    assert!(page.text().contains("Time left: 1:"), "{}", page.text());
    page.press("p.time + button").await;
    assert!(matches!(page.last_call(), RecoveryCall::Extend(_)));
    page.flows(FlowState::Challenge, 1).await;
    assert!(!page.text().contains("Time left"), "{}", page.text());
    assert_eq!(page.input("#sspr-code").value(), "12");
}

#[wasm_bindgen_test]
async fn a_system_that_gives_no_more_time_is_not_asked_for_it() {
    let mut description = description();
    description.features.more_time = false;
    let page = Page::at_code_of(description).await;
    page.input("#sspr-code").set_value("000000");
    page.press("button.main").await;
    let mut late = view(FlowState::Challenge, 1);
    late.expires_in = 90;
    page.answers(Ok(RecoveryAnswer::Flow(late.into()))).await;
    assert!(page.text().contains("Time left: 1:"), "{}", page.text());
    assert!(!page.text().contains("I need more time"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn texts_come_from_the_language_that_the_element_has() {
    let catalog = js_sys::JSON::parse(include_str!("../locales/ja.json")).expect("JSON");
    let page = Page::open(Texts::new("ja", catalog)).await;
    assert!(page.text().contains("パスワードの再設定"));
    assert_eq!(page.find(".sspr").get_attribute("lang").as_deref(), Some("ja"));
    let own = js_sys::Object::new();
    js_sys::Reflect::set(&own, &"identify.title".into(), &JsValue::from_str("Unser Titel")).expect("set");
    let page = Page::open(Texts::new("de", own.into())).await;
    assert!(page.text().contains("Unser Titel") && page.text().contains("E-mail address"));
}
