//! The module behind `sspr-strength.js`: the estimator of `sspr-core` for pages without the widget.

use js_sys::{Array, Object, Reflect};
use sspr_core::strength;
use wasm_bindgen::prelude::*;

/// An estimator with its words.
#[wasm_bindgen]
pub struct Estimator(strength::Estimator);

#[wasm_bindgen]
impl Estimator {
    /// Knows the words inside the module alone. Years near to `year` are guessed first.
    #[wasm_bindgen(constructor)]
    pub fn new(year: u16) -> Estimator {
        Estimator(strength::Estimator::new(year))
    }

    /// Takes a word file in place of the general words. Whether it was one; else nothing changes.
    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&mut self, file: &[u8]) -> bool {
        strength::Words::read(file).map(|words| self.0.set_words(words)).is_ok()
    }

    /// Takes a word file besides the others: that of a language. Whether it was one; else nothing changes.
    #[wasm_bindgen(js_name = addWords)]
    pub fn add_words(&mut self, file: &[u8]) -> bool {
        strength::Words::read(file).map(|words| self.0.add_words(words)).is_ok()
    }

    /// Takes the person's and the organisation's words in place of those before, likeliest first.
    #[wasm_bindgen(js_name = setInputs)]
    pub fn set_inputs(&mut self, inputs: Vec<String>) {
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        self.0.set_inputs(&inputs);
    }

    /// How hard a password is to guess: the object that `sspr-strength.d.ts` calls `Strength`.
    pub fn estimate(&self, password: &str) -> JsValue {
        let strength = self.0.estimate(password);
        let answer = Object::new();
        // Writing to an object that was made here cannot fail.
        let set = |name: &str, value: JsValue| Reflect::set(&answer, &name.into(), &value).is_ok();
        set("score", strength.score.into());
        set("guessesLog10", strength.log10_guesses.into());
        if let Some(warning) = strength.warning {
            set("warning", warning.word().into());
        }
        let suggestions = Array::new();
        for suggestion in strength.suggestions.iter() {
            suggestions.push(&suggestion.word().into());
        }
        set("suggestions", suggestions.into());
        set("basic", strength.basic.into());
        answer.into()
    }
}
