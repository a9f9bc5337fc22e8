//! The demonstration: a company's sign-in page and intranet that embed the widget as any page would.
//!
//! Without `?server` in its address the page contains the real service over a store in memory ([`backend::inside`]);
//! with it, the page talks to a real server on its own origin. `start.js` loads this program and calls [`start`].

// The tests of texts and people run natively; everything else needs a browser.
#[cfg(target_arch = "wasm32")]
mod backend;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod people;
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod texts;

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "scripts reach what is exported to them")]
mod exports {
    use crate::{backend, page};
    use wasm_bindgen::prelude::*;

    /// Takes the page over. `fetch` is the function that leads into the service inside the page; without it the
    /// service is a server's.
    #[wasm_bindgen]
    pub fn start(fetch: Option<js_sys::Function>) {
        page::start(fetch);
    }

    /// Answers a request of the page or its elements by the service inside the page.
    ///
    /// # Errors
    /// Rejects as `fetch` does: only when there is no answer at all.
    #[wasm_bindgen]
    pub async fn answer(request: web_sys::Request) -> Result<web_sys::Response, JsValue> {
        backend::inside::answer(request).await
    }
}

fn main() {}
