//! The module behind `<sspr-reset>`: what the class in `sspr-define.js` calls.

use sspr_widget::{element, flow::reset::Reset};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Node};

/// Two kilobytes smaller than the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Puts the form on the page and returns its number.
///
/// # Errors
/// What the document says when it takes no element.
#[wasm_bindgen]
pub fn mount(_form: &str, host: HtmlElement, into: &Node, config: &JsValue) -> Result<u32, JsValue> {
    element::mount::<Reset>(host, into, config)
}

/// Follows changed attributes.
#[wasm_bindgen]
pub fn update(number: u32, host: HtmlElement, config: &JsValue) {
    element::update::<Reset>(number, host, config);
}

/// Takes the form off the page.
#[wasm_bindgen]
pub fn unmount(number: u32) {
    element::unmount::<Reset>(number);
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
