//! The module behind `sspr-strength.js`: the estimator of `sspr-core` for pages without the widget.

use sspr_core::strength::{self, Strength};
use wasm_bindgen::prelude::*;

/// Two kilobytes smaller than the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// An estimator with its words.
#[wasm_bindgen]
pub struct Estimator {
    estimator: strength::Estimator,
    last: Option<Strength>,
}

#[wasm_bindgen]
impl Estimator {
    /// Knows the words inside the module alone. Years near to `year` are guessed first.
    #[wasm_bindgen(constructor)]
    pub fn new(year: u16) -> Estimator {
        Estimator { estimator: strength::Estimator::new(year), last: None }
    }

    /// Takes a word file in place of the general words. Whether it was one; else nothing changes.
    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&mut self, file: &[u8]) -> bool {
        strength::Words::read(file).map(|words| self.estimator.set_words(words)).is_ok()
    }

    /// Takes a word file besides the others: that of a language. Whether it was one; else nothing changes.
    #[wasm_bindgen(js_name = addWords)]
    pub fn add_words(&mut self, file: &[u8]) -> bool {
        strength::Words::read(file).map(|words| self.estimator.add_words(words)).is_ok()
    }

    /// Takes the person's and the organisation's words in place of those before, one a line, likeliest first.
    #[wasm_bindgen(js_name = setInputs)]
    pub fn set_inputs(&mut self, inputs: &str) {
        let inputs: Vec<&str> = inputs.split('\n').collect();
        self.estimator.set_inputs(&inputs);
    }

    /// Estimates a password and returns its guesses as log10. The rest of the answer is asked for afterwards: making
    /// an object of the browser's here would be a kilobyte more.
    pub fn estimate(&mut self, password: &str) -> f64 {
        let strength = self.estimator.estimate(password);
        self.last = Some(strength);
        strength.log10_guesses
    }

    /// The score of the last estimate, 0 to 4.
    pub fn score(&self) -> u8 {
        self.last.map_or(0, |last| last.score)
    }

    /// Whether the last estimate knew the words inside the module alone.
    pub fn basic(&self) -> bool {
        self.last.is_none_or(|last| last.basic)
    }

    /// The warning of the last estimate, or nothing, and its suggestions, with a space before each.
    pub fn advice(&self) -> String {
        let mut advice = String::new();
        if let Some(last) = self.last {
            advice.push_str(last.warning.map_or("", strength::Warning::word));
            for suggestion in last.suggestions.iter() {
                advice.push(' ');
                advice.push_str(suggestion.word());
            }
        }
        advice
    }
}
