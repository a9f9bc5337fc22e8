//! What the page says: the element's attributes and properties, as the class in `sspr-define.js` hands them over.

use crate::{
    backend::{Http, HttpOptions},
    i18n::Texts,
};
use js_sys::{Function, Reflect};
use sspr_core::Secret;
use wasm_bindgen::{JsCast, JsValue};

/// The settings of one element.
#[derive(Clone)]
pub struct Config {
    /// The backend that the attributes describe.
    pub http: Http,
    /// Texts in the element's language.
    pub texts: Texts,
    /// Fills the first field.
    pub identifier: String,
    /// The token of the mailed link that opened the page.
    pub link: Option<Secret>,
    /// The page's own address, for links in mails.
    pub page: Option<String>,
    /// Asks the page for a proof of being human.
    pub captcha: Option<Function>,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Config")
    }
}

impl Config {
    /// Reads the object that the class makes. What is missing or of the wrong type is as if it were not set.
    pub fn read(value: &JsValue) -> Self {
        let member = |name: &str| Reflect::get(value, &name.into()).unwrap_or_default();
        let text = |name: &str| member(name).as_string().unwrap_or_default();
        let function = |name: &str| member(name).dyn_into::<Function>().ok();
        let lang = text("lang");
        let http = Http::new(HttpOptions {
            base: text("backend").trim_end_matches('/').to_owned(),
            fetch: function("fetch"),
            headers: member("headers"),
            lang: lang.clone(),
        });
        Self {
            http,
            texts: Texts::new(&lang, member("messages")),
            identifier: text("identifier"),
            link: member("link").as_string().map(Secret::new),
            page: member("page").as_string(),
            captcha: function("captcha"),
        }
    }
}
