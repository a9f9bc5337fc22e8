//! How hard a new password is to guess: asked of a module of its own (`crates/embed/strength`), which comes with its
//! words only when a new password is about to be typed. Until then, and where it does not come, nothing is said.

use crate::backend::json::read;
use js_sys::{Array, Function, Promise};
use sspr_core::{
    Secret,
    strength::{Suggestion, Warning},
};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// Takes a language and returns a promise of the function below.
    static LOAD: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// Takes a password and a list of the person's words, and returns an estimate.
    static ESTIMATE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// What is said of a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// From 0, guessed at once, to 4, out of reach.
    pub score: u8,
    /// Why it is weak.
    pub warning: Option<Warning>,
    /// What would make it stronger, the most useful first.
    pub suggestions: Vec<Suggestion>,
    /// Only the commonest passwords were known: the words have not come.
    pub basic: bool,
}

/// Says how to get the estimator: a function that takes a language and returns a promise of `estimate(password,
/// inputs)`, as `sspr-strength.js` exports it. All forms of the page share it.
pub fn provide(load: Function) {
    LOAD.set(Some(load));
    ESTIMATE.set(None);
}

/// Gets the estimator with the words of a language; whether it came. May be called again after it failed.
pub async fn load(lang: &str) -> bool {
    let Some(load) = LOAD.with_borrow(Clone::clone) else { return false };
    let Ok(promise) = load.call1(&JsValue::UNDEFINED, &lang.into()) else { return false };
    let estimate = JsFuture::from(Promise::resolve(&promise)).await.ok();
    let estimate = estimate.and_then(|it| it.dyn_into::<Function>().ok());
    let came = estimate.is_some();
    if came {
        ESTIMATE.set(estimate);
    }
    came
}

/// The estimate of a password; `None` while the estimator is not there. `inputs` are the person's own words and the
/// organisation's.
pub fn estimate<'a>(password: &Secret, inputs: impl Iterator<Item = &'a str>) -> Option<Estimate> {
    let estimate = ESTIMATE.with_borrow(Clone::clone)?;
    let inputs: Array = inputs.map(JsValue::from).collect();
    let said = estimate.call2(&JsValue::UNDEFINED, &password.expose().into(), &inputs).ok()?;
    read::estimate(&said)
}
