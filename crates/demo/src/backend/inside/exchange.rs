//! Between the browser's requests and answers and the router's.

use super::cookies::Jar;
use axum::{Router, body::Body, http};
use std::cell::RefCell;
use tower::ServiceExt;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, Response, ResponseInit, window};

/// Answers more than this are no answers of the contract.
const MOST_BYTES: usize = 1 << 20;

/// Lets the router answer a request as a server on the page's own origin would, cookies included.
pub(super) async fn exchange(
    router: Router,
    jar: &RefCell<Jar>,
    request: Request,
) -> Result<Response, JsValue> {
    let cookies = jar.borrow().header();
    let request = read(request, &cookies).await?;
    let response = router.oneshot(request).await.map_err(failed)?;
    jar.borrow_mut().remember(response.headers());
    write(response).await
}

/// A reason to reject as `fetch` does.
fn failed(error: impl std::fmt::Display) -> JsValue {
    js_sys::TypeError::new(&error.to_string()).into()
}

async fn read(request: Request, cookies: &str) -> Result<http::Request<Body>, JsValue> {
    let mut built = http::Request::builder().method(request.method().as_str());
    // The router knows paths, as behind any server.
    let address = web_sys::Url::new(&request.url())?;
    built = built.uri(format!("{}{}", address.pathname(), address.search()));
    for entry in request.headers().entries().into_iter() {
        let [name, value] = js_sys::Array::from(&entry?).to_vec().try_into().unwrap_or_default();
        if let (Some(name), Some(value)) = (JsValue::as_string(&name), JsValue::as_string(&value)) {
            built = built.header(name, value);
        }
    }
    // What the browser adds on the way to a server.
    built = built.header(http::header::HOST, address.host()).header("sec-fetch-site", "same-origin");
    if let Some(origin) = window().and_then(|window| window.location().origin().ok()) {
        built = built.header(http::header::ORIGIN, origin);
    }
    let languages = window().and_then(|window| window.navigator().language());
    if let (false, Some(language)) = (request.headers().has("accept-language")?, languages) {
        built = built.header(http::header::ACCEPT_LANGUAGE, language);
    }
    if !cookies.is_empty() {
        built = built.header(http::header::COOKIE, cookies);
    }
    let body = JsFuture::from(request.array_buffer()?).await?;
    let body = js_sys::Uint8Array::new(&body).to_vec();
    if !body.is_empty() {
        built = built.header(http::header::CONTENT_LENGTH, body.len());
    }
    built.body(Body::from(body)).map_err(failed)
}

async fn write(response: http::Response<Body>) -> Result<Response, JsValue> {
    let (parts, body) = response.into_parts();
    let headers = Headers::new()?;
    for (name, value) in &parts.headers {
        if let Ok(value) = value.to_str() {
            headers.append(name.as_str(), value)?;
        }
    }
    let body = axum::body::to_bytes(body, MOST_BYTES).await.map_err(failed)?;
    let init = ResponseInit::new();
    init.set_status(parts.status.as_u16());
    init.set_headers(&headers);
    // These statuses must come without a body, even an empty one.
    let empty = matches!(parts.status.as_u16(), 204 | 205 | 304);
    let text = (!empty).then(|| js_sys::Uint8Array::from(body.as_ref()));
    Response::new_with_opt_js_u8_array_and_init(text.as_ref(), &init)
}
