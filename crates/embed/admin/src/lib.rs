//! The module behind `<sspr-admin>`: what the class in `sspr-administration.js` calls.

use sspr_widget::{element, flow::admin::Admin};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Node};

/// Two kilobytes smaller than the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Puts the panel on the page and returns its number.
///
/// # Errors
/// What the document says when it takes no element.
#[wasm_bindgen]
pub fn mount(_form: &str, host: HtmlElement, into: &Node, config: &JsValue) -> Result<u32, JsValue> {
    element::mount::<Admin>(host, into, config)
}

/// Follows changed attributes.
#[wasm_bindgen]
pub fn update(number: u32, host: HtmlElement, config: &JsValue) {
    element::update::<Admin>(number, host, config);
}

/// Takes the panel off the page.
#[wasm_bindgen]
pub fn unmount(number: u32) {
    element::unmount::<Admin>(number);
}

/// The panel estimates no strength.
#[wasm_bindgen]
pub fn strength(_load: js_sys::Function) {}

/// Tells the class when the program ends in a panic.
#[wasm_bindgen]
pub fn on_panic(call: js_sys::Function) {
    yew::set_custom_panic_hook(Box::new(move |_| drop(call.call0(&JsValue::UNDEFINED))));
}
