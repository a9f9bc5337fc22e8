//! The module behind `<sspr-enroll>` and `<sspr-change>`: what the classes in `sspr-define.js` call.

use sspr_widget::{
    element,
    flow::{change::Change, enroll::Enroll},
};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Node};

/// The form that changes a password; the other one enrolls.
const CHANGE: &str = "change";

/// Two kilobytes smaller than the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Puts this form on the page and returns its number: even for enrolling, odd for changing.
///
/// # Errors
/// What the document says when it takes no element.
#[wasm_bindgen]
pub fn mount(form: &str, host: HtmlElement, into: &Node, config: &JsValue) -> Result<u32, JsValue> {
    match form {
        CHANGE => element::mount::<Change>(host, into, config).map(|number| number * 2 + 1),
        _ => element::mount::<Enroll>(host, into, config).map(|number| number * 2),
    }
}

/// Follows changed attributes.
#[wasm_bindgen]
pub fn update(number: u32, host: HtmlElement, config: &JsValue) {
    match number % 2 {
        1 => element::update::<Change>(number / 2, host, config),
        _ => element::update::<Enroll>(number / 2, host, config),
    }
}

/// Takes the form off the page.
#[wasm_bindgen]
pub fn unmount(number: u32) {
    match number % 2 {
        1 => element::unmount::<Change>(number / 2),
        _ => element::unmount::<Enroll>(number / 2),
    }
}

/// Takes the way to the estimator of strength; see [`sspr_widget::strength::provide`].
#[wasm_bindgen]
pub fn strength(load: js_sys::Function) {
    sspr_widget::strength::provide(load);
}

/// Tells the class when the program ends in a panic.
#[wasm_bindgen]
pub fn on_panic(call: js_sys::Function) {
    yew::set_custom_panic_hook(Box::new(move |_| drop(call.call0(&JsValue::UNDEFINED))));
}
