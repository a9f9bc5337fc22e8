//! Where the page's own calls go: signing in and out, and reading what was sent.

pub(crate) mod inside;
mod messages;
mod session;

pub(crate) use messages::{Channel, Message, new_messages};
pub(crate) use session::{Trouble, session, sign_in, sign_out};

use gloo_net::http::{Request, Response};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The way to the service.
#[derive(Clone, PartialEq)]
pub(crate) enum Backend {
    /// Inside the page, through this function of the shape of `fetch`.
    Inside(js_sys::Function),
    /// A server on the page's own origin.
    Server,
}

impl Backend {
    /// Sends a request either way.
    async fn send(&self, request: Request) -> Result<Response, gloo_net::Error> {
        match self {
            Self::Server => request.send().await,
            Self::Inside(fetch) => {
                let request: web_sys::Request = request.into();
                let failed = |error: JsValue| {
                    let text = error.as_string().unwrap_or_else(|| "no answer".to_owned());
                    gloo_net::Error::GlooError(text)
                };
                let promise = fetch.call1(&JsValue::UNDEFINED, &request).map_err(failed)?;
                let response = JsFuture::from(js_sys::Promise::from(promise)).await.map_err(failed)?;
                let response: web_sys::Response = response.dyn_into().map_err(failed)?;
                Ok(response.into())
            }
        }
    }
}
