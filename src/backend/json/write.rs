//! Request bodies.

use js_sys::{Array, Reflect};
use sspr_core::wire::QuestionAnswer;
use wasm_bindgen::JsValue;

/// A JSON object being put together.
#[derive(Clone, Debug)]
pub(crate) struct Object(js_sys::Object);

impl Object {
    pub(crate) fn new() -> Self {
        Self(js_sys::Object::new())
    }

    fn set(self, name: &str, value: &JsValue) -> Self {
        // A plain object takes every property.
        let _ = Reflect::set(&self.0, &name.into(), value);
        self
    }

    pub(crate) fn text(self, name: &str, value: &str) -> Self {
        self.set(name, &value.into())
    }

    pub(crate) fn flag(self, name: &str, value: bool) -> Self {
        self.set(name, &value.into())
    }

    pub(crate) fn number(self, name: &str, value: u32) -> Self {
        self.set(name, &value.into())
    }

    pub(crate) fn object(self, name: &str, value: Self) -> Self {
        self.set(name, &value.0)
    }

    pub(crate) fn texts<'a>(self, name: &str, values: impl Iterator<Item = &'a str>) -> Self {
        self.set(name, &values.map(JsValue::from).collect::<Array>())
    }

    /// Left out where there is none.
    pub(crate) fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// The member `answers`; left out where there are none.
    pub(crate) fn answers(self, answers: &[QuestionAnswer]) -> Self {
        if answers.is_empty() {
            return self;
        }
        let list = Array::new();
        for answer in answers {
            let one = Self::new().text("question", &answer.question).text("answer", answer.answer.expose());
            list.push(&one.0);
        }
        self.set("answers", &list)
    }

    /// The text of the body.
    pub(crate) fn into_json(self) -> JsValue {
        js_sys::JSON::stringify(&self.0).map(JsValue::from).unwrap_or_default()
    }
}
