//! The sign-in form, which is plain HTML: what happens on submit, and how the reset form hands over to it.

use super::element;
use crate::{
    backend::{self, Backend, Trouble},
    texts::Language,
};
use gloo_events::{EventListener, EventListenerOptions};
use sspr_core::{Secret, wire::SessionView};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlInputElement, window};
use yew::UseStateSetter;

fn input(id: &str) -> Option<HtmlInputElement> {
    element(id)?.dyn_into().ok()
}

/// Whether the page was opened by a mailed link. The element may have removed it already, and then stands open.
pub(super) fn link_waits() -> bool {
    element("forgot").is_some_and(|forgot| forgot.has_attribute("open"))
}

/// Shows or hides the form. Where it goes, the reset form under it closes and begins anew.
pub(super) fn show(visible: bool) {
    if let Some(section) = element("sign-in").and_then(|section| section.dyn_into::<HtmlElement>().ok()) {
        section.set_hidden(!visible);
    }
    say("");
    if !visible && let Some(forgot) = element("forgot") {
        let _ = forgot.remove_attribute("open");
        renew_reset(&forgot);
    }
}

/// Puts a fresh reset form in place of the one that somebody is done with.
fn renew_reset(forgot: &Element) {
    let Ok(Some(old)) = forgot.query_selector("sspr-reset") else { return };
    let Ok(new) = old.clone_node_with_deep(true) else { return };
    let fetch = js_sys::Reflect::get(&old, &"fetch".into()).unwrap_or_default();
    // An element takes every property.
    let _ = js_sys::Reflect::set(&new, &"fetch".into(), &fetch);
    let _ = old.replace_with_with_node_1(&new);
}

/// Puts an identifier (and perhaps a password to try) into the form, and the person to the field that is left.
pub(super) fn fill(identifier: &str, password: Option<&str>) {
    let (Some(name), Some(secret)) = (input("identifier"), input("password")) else { return };
    name.set_value(identifier);
    secret.set_value(password.unwrap_or_default());
    let _ = secret.focus();
}

fn say(text: &str) {
    if let Some(problem) = element("sign-in-problem") {
        problem.set_text_content(Some(text));
    }
}

/// Signs in on submit.
pub(super) fn watch(
    backend: Backend,
    language: Language,
    session: UseStateSetter<SessionView>,
) -> impl FnOnce() {
    let listener = element("sign-in-form").map(|form| {
        EventListener::new_with_options(
            &form,
            "submit",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                event.prevent_default();
                let (Some(name), Some(password)) = (input("identifier"), input("password")) else { return };
                let (identifier, secret) = (name.value(), Secret::from(password.value()));
                let (backend, session) = (backend.clone(), session.clone());
                say("");
                spawn_local(async move {
                    match backend::sign_in(&backend, identifier, secret).await {
                        Ok(view) => {
                            password.set_value("");
                            session.set(view);
                            if let Some(window) = window() {
                                window.scroll_to_with_x_and_y(0.0, 0.0);
                            }
                        }
                        Err(trouble) => {
                            say(language.text(match trouble {
                                Trouble::Refused => "sign-in.refused",
                                Trouble::Unreachable => "sign-in.unreachable",
                            }));
                            let _ = password.focus();
                            password.select();
                        }
                    }
                });
            },
        )
    });
    move || drop(listener)
}
