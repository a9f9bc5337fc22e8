//! The field for a new password in a browser: what is said of its strength, and when the estimator is asked for.

#![cfg(target_arch = "wasm32")]

use js_sys::{Function, JSON, Promise, Reflect};
use sspr_core::policy::PasswordPolicy;
use sspr_widget::{i18n::Texts, strength, ui::parts::NewPassword};
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

#[component]
fn Host() -> Html {
    let policy = PasswordPolicy { personal_terms: vec!["adele".into()], ..PasswordPolicy::nist() };
    html! { <NewPassword t={Texts::english()} id="new" label="New password" {policy} /> }
}

struct Page(Element);

impl Page {
    async fn open() -> Self {
        let document = web_sys::window().expect("a window").document().expect("a document");
        let root = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&root).expect("appended");
        yew::Renderer::<Host>::with_root(root.clone()).render();
        let page = Self(root);
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
        self.0.query_selector("input").expect("valid").expect("the field").unchecked_into()
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
