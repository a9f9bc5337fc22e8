//! The texts of one element: English, the language's file over it, the page's own over both.

use super::{Message, Plural, message::fill};
use js_sys::{Array, Date, Intl, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use yew::AttrValue;

/// Looks texts up. Cheap to clone and to compare.
#[derive(Clone)]
pub struct Texts(Rc<Inner>);

struct Inner {
    lang: String,
    /// Key to text, or to an object of plural forms; `undefined` for English alone.
    catalog: JsValue,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Texts").field(&self.0.lang).finish()
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Texts {
    /// The texts of a language (BCP 47), with a catalog as the element fetched it.
    pub fn new(lang: &str, catalog: JsValue) -> Self {
        Self(Rc::new(Inner { lang: lang.to_owned(), catalog }))
    }

    /// English, without a file.
    pub fn english() -> Self {
        Self::new("en", JsValue::UNDEFINED)
    }

    /// The language (BCP 47).
    pub fn lang(&self) -> &str {
        &self.0.lang
    }

    /// A text.
    pub fn get(&self, message: &Message) -> AttrValue {
        match self.entry(message.key).as_string() {
            Some(text) => text.into(),
            None => AttrValue::Static(message.en),
        }
    }

    /// A text with its placeholders filled.
    pub fn with(&self, message: &Message, values: &[(&str, &str)]) -> AttrValue {
        fill(&self.get(message), values).into()
    }

    /// A text in the form that its number asks for, as the language has it.
    pub fn count(&self, plural: &Plural, count: u32) -> AttrValue {
        let entry = self.entry(plural.key);
        let text = entry.as_string().or_else(|| {
            entry.is_object().then_some(())?;
            let form = |category: &JsValue| Reflect::get(&entry, category).ok()?.as_string();
            form(&self.category(count)).or_else(|| form(&"other".into()))
        });
        let english = if count == 1 { plural.one } else { plural.other };
        fill(text.as_deref().unwrap_or(english), &[("count", &count.to_string())]).into()
    }

    /// A day as people write it, from RFC 3339; `None` where it is none.
    pub fn date(&self, rfc3339: &str) -> Option<AttrValue> {
        let date = Date::new(&rfc3339.into());
        if date.get_time().is_nan() {
            return None;
        }
        let options = Object::new();
        // A plain object takes every property.
        let _ = Reflect::set(&options, &"dateStyle".into(), &"long".into());
        Some(String::from(date.to_locale_date_string(self.lang(), &options)).into())
    }

    /// Minutes and seconds on a clock, such as `4:05`.
    pub fn clock(&self, seconds: u32) -> AttrValue {
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let pad = if seconds < 10 { "0" } else { "" };
        [minutes.to_string().as_str(), ":", pad, seconds.to_string().as_str()].concat().into()
    }

    fn entry(&self, key: &str) -> JsValue {
        // A catalog that is no object has no entries.
        Reflect::get(&self.0.catalog, &key.into()).unwrap_or_default()
    }

    fn category(&self, count: u32) -> JsValue {
        let rules = Intl::PluralRules::new(&Array::of1(&self.lang().into()), &Object::new());
        rules.select(f64::from(count)).unchecked_into()
    }
}
