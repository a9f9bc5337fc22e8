//! The field for a new password in a browser: what is said of its strength, and when the estimator is asked for.

#![cfg(target_arch = "wasm32")]

use js_sys::{Function, JSON, Promise, Reflect};
use sspr_core::policy::{PasswordPolicy, PatternRule, Rule, ServerRule};
use sspr_widget::{
    backend::{Answering, BreachedRanges, Failure, Shared},
    i18n::Texts,
    strength,
    ui::parts::NewPassword,
};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, InputEvent};
use yew::{platform::time::sleep, prelude::*};

wasm_bindgen_test_configure!(run_in_browser);

/// A password and the person's words.
type Question = (String, Vec<String>);

/// What a page provides: how often it was asked for, and with which password and inputs.
#[derive(Clone, Default)]
struct Provided {
    loads: Rc<RefCell<Vec<String>>>,
    asked: Rc<RefCell<Vec<Question>>>,
}

impl Provided {
    /// An estimator that always says this, or one that does not come.
    fn new(says: Option<&'static str>) -> Self {
        let provided = Self::default();
        let asked = provided.asked.clone();
        let estimate = Closure::<dyn Fn(String, Vec<String>) -> JsValue>::new(move |password, inputs| {
            asked.borrow_mut().push((password, inputs));
            JSON::parse(says.unwrap_or("null")).expect("an estimate")
        });
        let estimate = estimate.into_js_value();
        let loads = provided.loads.clone();
        let load = Closure::<dyn Fn(String) -> Promise>::new(move |lang| {
            loads.borrow_mut().push(lang);
            if says.is_some() { Promise::resolve(&estimate) } else { Promise::reject(&"offline".into()) }
        });
        strength::provide(load.into_js_value().unchecked_into::<Function>());
        provided
    }
}

/// What the list of leaked passwords answers, and what it was asked.
#[derive(Default)]
struct List {
    answer: RefCell<Option<&'static str>>,
    asked: RefCell<Vec<String>>,
}

impl BreachedRanges for List {
    fn range(&self, address: &str) -> Answering<String> {
        self.asked.borrow_mut().push(address.to_owned());
        let answer = self.answer.borrow().map(str::to_owned).ok_or(Failure::Lost);
        Box::pin(async move { answer })
    }
}

#[derive(PartialEq, Properties)]
struct HostProps {
    list: Shared<List>,
}

#[component]
fn Host(props: &HostProps) -> Html {
    let rule = |rule| ServerRule { rule, number: 0 };
    let pattern = |pattern: &str, must, text: Option<&str>| PatternRule {
        pattern: pattern.into(),
        must,
        text: text.map(Into::into),
    };
    let policy = Rc::new(PasswordPolicy {
        personal_terms: vec!["adele".into()],
        patterns: vec![
            pattern("^[a-z]", true, Some("Begins with a small letter")),
            pattern("corp", false, None),
        ],
        breached_range: Some("/range/".into()),
        server_rules: vec![rule(Rule::SameAsCurrent), rule(Rule::Breached)],
        ..PasswordPolicy::nist()
    });
    let ranges = Shared::<dyn BreachedRanges>(props.list.0.clone());
    html! {
        <form>
            <input id="current" name="current" />
            <NewPassword t={Texts::english()} name="new" label="New password" {policy} {ranges} current="current" />
        </form>
    }
}

struct Page(Element, Rc<List>);

impl Page {
    async fn open() -> Self {
        let document = web_sys::window().expect("a window").document().expect("a document");
        let root = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&root).expect("appended");
        let list = Rc::new(List::default());
        let props = HostProps { list: Shared(list.clone()) };
        yew::Renderer::<Host>::with_root_and_props(root.clone(), props).render();
        let page = Self(root, list);
        page.settle().await;
        page
    }

    async fn settle(&self) {
        for _ in 0..4 {
            sleep(Duration::from_millis(4)).await;
            yew::scheduler::flush().await;
        }
    }

    fn input(&self) -> HtmlInputElement {
        self.0.query_selector("#sspr-new").expect("valid").expect("the field").unchecked_into()
    }

    async fn focus(&self) {
        let input: HtmlElement = self.input().unchecked_into();
        input.blur().expect("blurred");
        input.focus().expect("focused");
        self.settle().await;
    }

    async fn type_text(&self, text: &str) {
        self.input().set_value(text);
        let init = web_sys::InputEventInit::new();
        Reflect::set(&init, &"bubbles".into(), &true.into()).expect("set");
        let event = InputEvent::new_with_event_init_dict("input", &init).expect("an event");
        self.input().dispatch_event(&event).expect("dispatched");
        self.settle().await;
    }

    async fn leave(&self) {
        self.input().unchecked_into::<HtmlElement>().blur().expect("blurred");
        // The browser's SHA-1 takes its time.
        sleep(Duration::from_millis(50)).await;
        self.settle().await;
    }

    /// How the rule stands that begins like this.
    fn rule(&self, text: &str) -> String {
        let rules = self.0.query_selector_all(".rules li").expect("valid");
        let rules = (0..rules.length()).filter_map(|at| rules.item(at)?.dyn_into::<Element>().ok());
        let mut found = rules.filter(|it| it.text_content().unwrap_or_default().starts_with(text));
        found.next().and_then(|it| it.get_attribute("data-state")).expect("the rule")
    }

    fn says(&self, text: &str) -> bool {
        self.0.text_content().unwrap_or_default().contains(text)
    }

    fn said(&self) -> String {
        let said = self.0.query_selector(".strength").expect("valid").expect("the meter");
        said.text_content().unwrap_or_default().trim().to_owned()
    }
}

const WEAK: &str =
    r#"{"score": 1, "warning": "common-password", "suggestions": ["add-word", "later"], "basic": false}"#;

#[wasm_bindgen_test]
async fn the_estimator_comes_with_the_focus_and_not_before() {
    let provided = Provided::new(Some(WEAK));
    let page = Page::open().await;
    assert!(provided.loads.borrow().is_empty());
    page.focus().await;
    assert_eq!(*provided.loads.borrow(), ["en"]);
    assert!(provided.asked.borrow().is_empty(), "there is nothing to estimate yet");
}

#[wasm_bindgen_test]
async fn a_weak_password_is_told_with_its_reason_and_what_to_do() {
    let provided = Provided::new(Some(WEAK));
    let page = Page::open().await;
    page.focus().await;
    page.type_text("passwo\u{308}rd").await;
    assert_eq!(
        page.said(),
        "Strength: weak Many people use this password. Add another word or two, uncommon ones."
    );
    let asked = provided.asked.borrow();
    assert_eq!(asked.last(), Some(&("passw\u{f6}rd".to_owned(), vec!["adele".to_owned()])), "in NFC");
}

#[wasm_bindgen_test]
async fn what_was_typed_before_the_estimator_came_is_estimated_then() {
    let _provided = Provided::new(Some(r#"{"score": 4, "suggestions": [], "basic": true}"#));
    let page = Page::open().await;
    page.input().set_value("typed early");
    page.focus().await;
    assert_eq!(page.said(), "Strength: strong Only a basic check: the list of common words did not load.");
}

#[wasm_bindgen_test]
async fn an_estimator_that_does_not_come_says_nothing_and_is_asked_for_again() {
    let provided = Provided::new(None);
    let page = Page::open().await;
    page.focus().await;
    page.type_text("password").await;
    assert_eq!(page.said(), "");
    page.focus().await;
    assert_eq!(provided.loads.borrow().len(), 2);
}

#[wasm_bindgen_test]
async fn what_is_no_estimate_says_nothing() {
    let _provided = Provided::new(Some(r#"{"score": "high"}"#));
    let page = Page::open().await;
    page.focus().await;
    page.type_text("password").await;
    assert_eq!(page.said(), "");
}

const LEAKED: &str = "correct horse battery staple";
const LEAKED_PREFIX: &str = "/range/ABF7A";
const LEAKED_ANSWER: &str =
    "0000000000000000000000000000000000A:0\r\nAD6438836DBE526AA231ABDE2D0EEF74D42:12\r\n";

#[wasm_bindgen_test]
async fn a_leaked_password_is_told_when_the_field_is_left_and_not_before() {
    let page = Page::open().await;
    page.1.answer.replace(Some(LEAKED_ANSWER));
    page.focus().await;
    page.type_text(LEAKED).await;
    assert_eq!(page.rule("Not on a list of leaked"), "server");
    assert!(page.1.asked.borrow().is_empty(), "nobody is asked while somebody types");
    page.leave().await;
    assert_eq!(*page.1.asked.borrow(), [LEAKED_PREFIX]);
    assert_eq!(page.rule("Not on a list of leaked"), "unmet");
    page.type_text("correct horse battery staples").await;
    assert_eq!(page.rule("Not on a list of leaked"), "server", "another password, another question");
    page.leave().await;
    assert_eq!(page.rule("Not on a list of leaked"), "server", "the field had no focus to lose");
    page.focus().await;
    page.leave().await;
    assert_eq!(page.rule("Not on a list of leaked"), "met");
}

#[wasm_bindgen_test]
async fn what_breaks_another_rule_is_not_asked_for() {
    let page = Page::open().await;
    page.focus().await;
    page.type_text("short").await;
    page.leave().await;
    assert!(page.1.asked.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_list_that_does_not_answer_is_told_of_and_holds_nobody_up() {
    for answer in [None, Some("<html>not a list</html>")] {
        let page = Page::open().await;
        page.1.answer.replace(answer);
        page.focus().await;
        page.type_text(LEAKED).await;
        page.leave().await;
        assert!(page.says("The list of leaked passwords does not answer just now. You can go on."));
        assert_eq!(page.rule("Not on a list of leaked"), "server");
    }
}

#[wasm_bindgen_test]
async fn a_suggestion_is_shown_meets_the_policy_and_another_one_is_different() {
    let page = Page::open().await;
    let buttons = page.0.query_selector_all("button").expect("valid");
    let button: HtmlElement = buttons.item(1).expect("the second button").unchecked_into();
    assert_eq!(button.text_content().as_deref(), Some("Suggest a password"));
    button.click();
    page.settle().await;
    let first = page.input().value();
    assert_eq!((page.input().type_().as_str(), first.chars().count()), ("text", 16));
    assert_eq!(page.rule("At least 15 characters"), "met");
    assert!(page.says("Save it in your password manager"));
    button.click();
    page.settle().await;
    assert_ne!(page.input().value(), first);
    page.type_text("something of my own").await;
    assert!(!page.says("Save it in your password manager"));
}

#[wasm_bindgen_test]
async fn the_password_in_use_is_recognised_where_the_form_asks_for_it() {
    let page = Page::open().await;
    let current = page.0.query_selector("#current").expect("valid").expect("the field");
    let current: HtmlInputElement = current.unchecked_into();
    page.type_text("the one and the same").await;
    assert_eq!(page.rule("Different from your current"), "server");
    current.set_value("the one and the same");
    page.type_text("the one and the same").await;
    assert_eq!(page.rule("Different from your current"), "unmet");
}

#[wasm_bindgen_test]
async fn a_pattern_is_told_in_the_organisations_words_or_else_in_ours() {
    let page = Page::open().await;
    let stand = || [page.rule("Begins with a small letter"), page.rule("In the form that your organisation")];
    page.type_text("7 corporals in a row").await;
    assert_eq!(stand(), ["unmet", "unmet"]);
    page.type_text("seven sergeants in a row").await;
    assert_eq!(stand(), ["met", "met"]);
}
