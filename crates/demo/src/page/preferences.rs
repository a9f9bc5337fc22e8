//! Language and colours: the two switches in the page's head. The browser remembers them; `start.js` reads them first.

use super::{document, element};
use crate::texts::Language;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement, Storage, window};
use yew::UseStateSetter;

const LANGUAGE: &str = "language";
const THEME: &str = "theme";

/// The storage of the browser, where it lets us.
fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

fn remembered(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage only means that the choice is asked again.
        let _ = storage.set_item(key, value);
    }
}

fn select(id: &str) -> Option<HtmlSelectElement> {
    element(id)?.dyn_into().ok()
}

/// The language that `start.js` put the page into: the one chosen before, else the browser's.
pub(super) fn language() -> Language {
    let root = document().and_then(|document| document.document_element());
    Language::from_tag(&root.and_then(|root| root.get_attribute("lang")).unwrap_or_default())
}

/// Puts the page into a language: `lang` for everything in it, and every text of the HTML.
pub(super) fn show_language(language: Language) {
    let Some(document) = document() else { return };
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
    if let Some(select) = select(LANGUAGE) {
        select.set_value(language.tag());
    }
    // Elements follow their own `lang`; that of the page is only looked at in the beginning.
    if let Ok(Some(reset)) = document.query_selector("sspr-reset") {
        let _ = reset.set_attribute("lang", language.tag());
    }
    let Ok(places) = document.query_selector_all("[data-text]") else { return };
    for place in (0..places.length()).filter_map(|at| places.item(at)) {
        let Ok(place) = place.dyn_into::<Element>() else { continue };
        let text = place.get_attribute("data-text").and_then(|key| language.find(&key));
        place.set_text_content(text);
    }
}

/// Follows both switches.
pub(super) fn watch(set_language: UseStateSetter<Language>) -> impl FnOnce() {
    show_theme(&remembered(THEME).unwrap_or_default());
    let language = select(LANGUAGE).map(|select| {
        EventListener::new(&select.clone(), "change", move |_| {
            let language = Language::from_tag(&select.value());
            remember(LANGUAGE, language.tag());
            set_language.set(language);
        })
    });
    let theme = select(THEME).map(|select| {
        EventListener::new(&select.clone(), "change", move |_| {
            remember(THEME, &select.value());
            show_theme(&select.value());
        })
    });
    move || drop((language, theme))
}

/// `light`, `dark`, or whatever the system has.
fn show_theme(theme: &str) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    let _ = match theme {
        "light" | "dark" => root.set_attribute("data-theme", theme),
        _ => root.remove_attribute("data-theme"),
    };
    if let Some(select) = select(THEME) {
        select.set_value(if theme.is_empty() { "system" } else { theme });
    }
}
