//! `<sspr-change>`'s pages in a browser.

#![cfg(target_arch = "wasm32")]

mod account_support;

use account_support::{Person, page::Page};
use sspr_core::{
    policy::{Rule, Violation},
    wire::ProblemCode,
};
use sspr_widget::{
    backend::{AccountCall, Failure},
    flow::change::Change,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const NEW: &str = "Kx7#plover-mast";

#[wasm_bindgen_test]
async fn a_password_is_changed_and_other_sessions_end() {
    let person = Person::default();
    let page = Page::open::<Change>(&person).await;
    page.fill("#sspr-current", "old password");
    page.fill("#sspr-new", NEW);
    page.press("Change password").await;
    assert_eq!(page.heading(), "Your password is changed");
    assert!(page.text().contains("2 other places"));
    let changes = person.changes();
    let [AccountCall::ChangePassword(change)] = changes.as_slice() else { panic!("{changes:?}") };
    assert!(change.end_other_sessions && change.new_password.expose() == NEW);
    assert!(page.find("input").is_none(), "no password stays on the page");
}

#[wasm_bindgen_test]
async fn a_wrong_current_password_is_said_at_its_field_and_the_new_one_stays() {
    let person = Person::default();
    let page = Page::open::<Change>(&person).await;
    page.fill("#sspr-current", "wrong");
    page.fill("#sspr-new", NEW);
    person.fails_next(Failure::of_code(ProblemCode::CurrentPasswordIncorrect));
    page.press("Change password").await;
    assert!(page.error_of("#sspr-current").is_some_and(|error| error.contains("not your current password")));
    let typed = page.find("#sspr-new").expect("the field").unchecked_into::<web_sys::HtmlInputElement>();
    assert_eq!(typed.value(), NEW);
}

#[wasm_bindgen_test]
async fn the_server_refuses_rule_by_rule() {
    let person = Person::default();
    let page = Page::open::<Change>(&person).await;
    page.fill("#sspr-current", "old password");
    page.fill("#sspr-new", NEW);
    person.fails_next(Failure::rejected(vec![Violation::new(Rule::InHistory, 24)]));
    page.press("Change password").await;
    assert!(page.error_of("#sspr-new").is_some());
    assert!(page.error_of("#sspr-new").is_some_and(|error| error.contains("24")));
}

#[wasm_bindgen_test]
async fn password_managers_find_whose_password_it_is() {
    let page = Page::open::<Change>(&Person::default()).await;
    let name =
        page.find("[autocomplete=username]").expect("a field").unchecked_into::<web_sys::HtmlInputElement>();
    assert_eq!(name.value(), "ada@example.org");
}
