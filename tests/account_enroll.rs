//! `<sspr-enroll>`'s pages in a browser: what is read, pressed and typed there.

#![cfg(target_arch = "wasm32")]

mod account_support;

use account_support::{CODE, Person, method, page::Page};
use sspr_core::wire::{MethodKind, ProblemCode};
use sspr_widget::{
    backend::{AccountCall, Failure},
    flow::enroll::Enroll,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn enrolled() -> Person {
    Person::with(vec![method("a", MethodKind::Totp, true), method("b", MethodKind::Email, true)])
}

#[wasm_bindgen_test]
async fn the_list_shows_masks_marks_and_dates() {
    let page = Page::open::<Enroll>(&enrolled()).await;
    let text = page.text();
    assert_eq!(page.heading(), "Ways to prove it is you");
    for part in [
        "Authenticator app",
        "a••@example.org",
        "Verified",
        "Default",
        "Last used",
        "November 20, 2026",
        "Never used",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
}

#[wasm_bindgen_test]
async fn an_address_is_added_and_proved() {
    let person = enrolled();
    let page = Page::open::<Enroll>(&person).await;
    page.press("Add a method").await;
    let email = page.find(".choices li:nth-child(3) button").expect("the third choice");
    email.click();
    page.settle().await;
    page.press("Send code").await;
    assert_eq!(page.error_of("#sspr-email").as_deref(), Some("Enter an e-mail address."));
    page.fill("#sspr-email", "ada@example.net");
    page.press("Send code").await;
    assert_eq!(page.heading(), "Enter the code");
    page.fill("#sspr-code", "000000");
    page.press("Verify").await;
    assert!(page.error_of("#sspr-code").expect("an error").contains("not right"));
    page.fill("#sspr-code", CODE);
    page.press("Verify").await;
    assert!(page.text().contains("It is set up and ready to use."));
    assert_eq!(person.changes().len(), 3);
}

#[wasm_bindgen_test]
async fn an_app_is_set_up_with_a_picture_or_a_key() {
    let page = Page::open::<Enroll>(&Person::new_here()).await;
    page.press("Start").await;
    assert_eq!(page.heading(), "Set up an authenticator app");
    page.fill("#sspr-name", "Work phone");
    page.press("Continue").await;
    let picture = page.picture().expect("a picture");
    assert_eq!(picture.get_attribute("role").as_deref(), Some("img"));
    assert!(picture.get_attribute("aria-label").is_some_and(|label| !label.is_empty()));
    assert!(page.text().contains("JBSW Y3DP EHPK 3PXP"));
    page.fill("#sspr-code", "123 456");
    page.press("Verify").await;
    assert_eq!(page.heading(), "Set up a phone", "a code may be typed with a space");
}

#[wasm_bindgen_test]
async fn the_wizard_ends_with_what_was_set_up() {
    let page = Page::open::<Enroll>(&Person::new_here()).await;
    assert!(page.text().contains("7 more days"));
    page.press("Start").await;
    page.press("Continue").await;
    page.fill("#sspr-code", CODE);
    page.press("Verify").await;
    assert!(page.text().contains("Method 2 of 2"));
    page.press("Set up a different method").await;
    page.find(".choices li:nth-child(2) button").expect("e-mail").click();
    page.settle().await;
    page.fill("#sspr-email", "ada@example.net");
    page.press("Send code").await;
    page.fill("#sspr-code", CODE);
    page.press("Verify").await;
    assert_eq!(page.heading(), "You are all set");
    assert!(page.text().contains("Authenticator app") && page.text().contains("a••@example.org"));
    page.press("Done").await;
    assert_eq!(page.heading(), "Ways to prove it is you");
}

#[wasm_bindgen_test]
async fn a_password_is_asked_for_and_what_was_typed_is_still_there() {
    let person = enrolled();
    let page = Page::open::<Enroll>(&person).await;
    page.press("Add a method").await;
    page.find(".choices li:nth-child(2) button").expect("phone").click();
    page.settle().await;
    page.fill("#sspr-phone", "+81 90 1234 5678");
    person.fails_next(Failure::of_code(ProblemCode::ReauthenticationRequired));
    page.press("Send code").await;
    assert_eq!(page.heading(), "Confirm that it is you");
    page.press("Cancel").await;
    let typed = page.find("#sspr-phone").expect("the field");
    assert_eq!(
        wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlInputElement>(typed).value(),
        "+81 90 1234 5678"
    );

    person.fails_next(Failure::of_code(ProblemCode::ReauthenticationRequired));
    page.press("Send code").await;
    page.fill("#sspr-proof", "correct horse");
    page.press("Confirm").await;
    assert_eq!(page.heading(), "Enter the code");
    let calls = person.0.calls.borrow();
    let adds: Vec<_> = calls.iter().filter(|(_, call)| matches!(call, AccountCall::Add(_))).collect();
    assert_eq!(adds.len(), 3);
    assert_eq!(adds[1].0, adds[2].0, "the repetition carries the same key");
    assert_ne!(adds[0].0, adds[1].0);
}

#[wasm_bindgen_test]
async fn recovery_codes_can_be_saved_and_must_be() {
    let page = Page::open::<Enroll>(&enrolled()).await;
    page.press("Add a method").await;
    page.find(".choices li:nth-child(4) button").expect("codes").click();
    page.settle().await;
    page.press("Make codes").await;
    assert!(page.text().contains("BCDF-GHJ9"));
    let link = page.find("a[download]").expect("a file");
    assert!(link.get_attribute("href").is_some_and(|address| address.starts_with("blob:")));
    page.press("Done").await;
    assert!(page.error_of("#sspr-saved").is_some());
    page.tick("#sspr-saved");
    page.press("Done").await;
    assert_eq!(page.heading(), "Ways to prove it is you");
    assert!(page.text().contains("10 codes left"));
}

#[wasm_bindgen_test]
async fn a_question_cannot_be_chosen_twice() {
    let page = Page::open::<Enroll>(&enrolled()).await;
    page.press("Add a method").await;
    page.find(".choices li:nth-child(5) button").expect("questions").click();
    page.settle().await;
    page.select("#sspr-question-0", "pet").await;
    assert!(page.find("#sspr-question-1 option[value=pet]").expect("an option").has_attribute("disabled"));
    page.fill("#sspr-answer-0", "ab");
    page.press("Save").await;
    assert_eq!(page.error_of("#sspr-answer-0").as_deref(), Some("Use 3 to 40 characters."));
    page.fill("#sspr-answer-0", "Rex");
    page.press("Save").await;
    assert_eq!(page.error_of("#sspr-question-1").as_deref(), Some("Choose a question."));
}

#[wasm_bindgen_test]
async fn removing_asks_first_and_says_what_it_means() {
    let person = enrolled();
    let page = Page::open::<Enroll>(&person).await;
    page.press("Remove: a••@example.org").await;
    assert!(page.text().contains("This cannot be undone."));
    page.press("No, keep it").await;
    assert!(person.changes().is_empty());
    page.press("Remove: a••@example.org").await;
    page.press("Yes, remove it").await;
    assert!(page.text().contains("The method is removed.") && !page.text().contains("a••@example.org"));
}

#[wasm_bindgen_test]
async fn the_last_method_is_explained_instead_of_removed() {
    let mut kept = method("a", MethodKind::Totp, true);
    kept.removable = false;
    let page = Page::open::<Enroll>(&Person::with(vec![kept, method("b", MethodKind::Email, true)])).await;
    page.press("Remove: Authenticator app").await;
    assert!(page.text().contains("This method cannot be removed"));
    page.press("Back").await;
    assert_eq!(page.heading(), "Ways to prove it is you");
}

#[wasm_bindgen_test]
async fn looks_good_is_one_press() {
    let person = enrolled().asked_to_confirm();
    let page = Page::open::<Enroll>(&person).await;
    assert_eq!(page.heading(), "Is this still right?");
    page.press("Looks good").await;
    assert_eq!(person.changes(), [AccountCall::ConfirmContacts]);
    assert_eq!(page.heading(), "Ways to prove it is you");
}

#[wasm_bindgen_test]
async fn nobody_signed_in_is_told_so() {
    let person = enrolled();
    person.0.signed_out.set(true);
    let page = Page::open::<Enroll>(&person).await;
    assert_eq!(page.heading(), "Please sign in first");
    person.0.signed_out.set(false);
    page.press("I have signed in").await;
    assert_eq!(page.heading(), "Ways to prove it is you");
}

#[wasm_bindgen_test]
async fn nothing_needs_a_looser_content_security_policy() {
    let page = Page::open::<Enroll>(&enrolled()).await;
    for step in ["Add a method", ""] {
        if !step.is_empty() {
            page.press(step).await;
        }
        assert!(page.find("[style], style, script, [onclick]").is_none());
    }
}
