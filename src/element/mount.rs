//! Putting the form of an element on a page: what the modules in `crates/embed` hand on to the classes.

use super::{
    Config, Pool,
    driver::{Drive, Form, FormProps},
};
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, Node};

/// A flow that has an element.
pub trait Mount: Drive {
    /// The form's properties, from what the page says.
    fn props(host: HtmlElement, config: Config) -> FormProps<Self>;
    /// Lends the roots of this kind of element.
    fn with_pool<R>(work: impl FnOnce(&Pool<Form<Self>>) -> R) -> R;
}

/// Puts the form of an element on the page; the number is for [`update`] and [`unmount`].
///
/// # Errors
/// What the document says when it takes no element.
pub fn mount<F: Mount>(host: HtmlElement, into: &Node, config: &JsValue) -> Result<u32, JsValue> {
    let props = F::props(host, Config::read(config));
    F::with_pool(|pool| pool.mount(into, props))
}

/// Follows changed attributes; the state is kept.
pub fn update<F: Mount>(number: u32, host: HtmlElement, config: &JsValue) {
    let props = F::props(host, Config::read(config));
    F::with_pool(|pool| pool.update(number, props));
}

/// Takes the form off the page and forgets its state.
pub fn unmount<F: Mount>(number: u32) {
    F::with_pool(|pool| pool.unmount(number));
}
