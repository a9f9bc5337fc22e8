//! Our HTTP contract, spoken by the browser's `fetch`.

use super::{
    Failure,
    json::{Object, read},
};
use js_sys::{Function, JSON, Promise, Reflect};
use sspr_core::{
    Secret,
    wire::{ProblemCode, header},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, Response};

/// Milliseconds after which a call is given up. A directory's write may take its time; a person's patience ends later
/// than a proxy's.
const TIMEOUT: u32 = 30_000;

/// How to reach a backend. Not for logs: the page's headers may carry what signs a person in.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "secrets in headers")]
pub struct HttpOptions {
    /// Base address, relative or absolute, without a slash at the end.
    pub base: String,
    /// Used in place of the page's `fetch`.
    pub fetch: Option<Function>,
    /// Headers that the page adds to every request: an object of names and values.
    pub headers: JsValue,
    /// Sent as `Accept-Language`.
    pub lang: String,
}

/// A backend that speaks our contract. Cheap to clone.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "secrets in headers")]
pub struct Http {
    options: Rc<HttpOptions>,
    /// The token for unsafe requests of a cookie's session, as last heard.
    pub(super) csrf: Rc<RefCell<Option<String>>>,
    /// Whether the description was asked for before.
    pub(super) described: Rc<Cell<bool>>,
}

/// A request being put together; not for logs, since its headers carry the flow's token.
pub(super) struct Request {
    method: &'static str,
    path: String,
    body: Option<Object>,
    headers: Vec<(&'static str, String)>,
    /// With the host's cookies: for what a signed-in person does.
    cookies: bool,
    /// Past the browser's cache, which may keep an answer that was cut off.
    fresh: bool,
    /// To another site than the backend: `path` is the whole address, and nothing of the page's goes along.
    elsewhere: bool,
}

impl Request {
    pub(super) fn new(method: &'static str, path: impl Into<String>) -> Self {
        let path = path.into();
        Self { method, path, body: None, headers: Vec::new(), cookies: false, fresh: false, elsewhere: false }
    }

    pub(super) fn elsewhere(address: &str) -> Self {
        Self { elsewhere: true, ..Self::new("GET", address) }
    }

    pub(super) fn body(mut self, body: Object) -> Self {
        self.body = Some(body);
        self
    }

    pub(super) fn flow(self, token: &Secret) -> Self {
        self.header(header::FLOW, token.expose())
    }

    pub(super) fn key(self, key: &str) -> Self {
        self.header(header::IDEMPOTENCY_KEY, key)
    }

    pub(super) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(super) fn with_cookies(mut self) -> Self {
        self.cookies = true;
        self
    }

    pub(super) fn fresh(mut self, is_fresh: bool) -> Self {
        self.fresh = is_fresh;
        self
    }
}

impl Http {
    /// A backend at an address.
    pub fn new(options: HttpOptions) -> Self {
        Self { options: Rc::new(options), csrf: Rc::default(), described: Rc::default() }
    }

    /// Sends a request and reads its answer; an answer without a body is `undefined`.
    pub(super) fn send(&self, request: Request) -> impl Future<Output = Result<JsValue, Failure>> + use<> {
        let answer = answer(self.fetch(request));
        async move { answer.await?.into_json() }
    }

    /// Sends a request whose answer is text.
    pub(super) fn send_for_text(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<String, Failure>> + use<> {
        let answer = answer(self.fetch(request));
        async move {
            let answer = answer.await?;
            if answer.ok { Ok(answer.text) } else { Err(answer.into_failure()) }
        }
    }

    fn fetch(&self, request: Request) -> Result<Promise, JsValue> {
        let HttpOptions { base, fetch, headers: own, lang } = &*self.options;
        let headers = Headers::new()?;
        if !request.elsewhere {
            headers.set("accept", "application/json, application/problem+json")?;
        }
        if !request.elsewhere && !lang.is_empty() {
            headers.set("accept-language", lang)?;
        }
        if !request.elsewhere && own.is_object() {
            for entry in js_sys::Object::entries(own.unchecked_ref()).iter() {
                let name = Reflect::get_u32(&entry, 0)?.as_string();
                let value = Reflect::get_u32(&entry, 1)?.as_string();
                if let (Some(name), Some(value)) = (name, value) {
                    headers.set(&name, &value)?;
                }
            }
        }
        for (name, value) in &request.headers {
            headers.set(name, value)?;
        }
        let init = RequestInit::new();
        init.set_method(request.method);
        init.set_credentials(match request.cookies {
            true => RequestCredentials::Include,
            false => RequestCredentials::Omit,
        });
        // A proxy's refusal may be kept for ever (410): for the signed-in, nothing is taken from the cache.
        if request.fresh || request.cookies {
            init.set_cache(RequestCache::Reload);
        }
        if let Some(body) = request.body {
            headers.set("content-type", "application/json")?;
            init.set_body(&body.into_json());
        }
        init.set_headers(&headers);
        init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
        let base = if request.elsewhere { "" } else { base.as_str() };
        let address = [base, &request.path].concat();
        match fetch.as_ref().filter(|_| !request.elsewhere) {
            Some(fetch) => {
                let answer = fetch.call2(&JsValue::UNDEFINED, &address.into(), &init)?;
                // A page's function may answer at once.
                Ok(Promise::resolve(&answer))
            }
            None => {
                let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
                Ok(window.fetch_with_str_and_init(&address, &init))
            }
        }
    }
}

/// An error of `fetch`, told apart by its name.
fn failed(error: &JsValue) -> Failure {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("TimeoutError") => Failure::TimedOut,
        _ => Failure::Lost,
    }
}

/// What came, whatever it says.
struct Answer {
    ok: bool,
    status: u16,
    retry_after: Option<u32>,
    text: String,
}

async fn answer(response: Result<Promise, JsValue>) -> Result<Answer, Failure> {
    let response = match response {
        Ok(response) => JsFuture::from(response).await,
        Err(error) => Err(error),
    };
    let response: Response =
        response.map_err(|error| failed(&error))?.dyn_into().map_err(|_| Failure::Unreadable)?;
    let (ok, status) = (response.ok(), response.status());
    let retry_after = response.headers().get("retry-after").ok().flatten().and_then(|text| text.parse().ok());
    // The elements' own `fetch` (sspr-define.js) lets no more than a mebibyte through.
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.map_err(|error| failed(&error))?,
        Err(error) => return Err(failed(&error)),
    };
    Ok(Answer { ok, status, retry_after, text: text.as_string().unwrap_or_default() })
}

impl Answer {
    /// An answer without a body is `undefined`.
    fn into_json(self) -> Result<JsValue, Failure> {
        if !self.ok {
            return Err(self.into_failure());
        }
        if self.text.is_empty() {
            return Ok(JsValue::UNDEFINED);
        }
        JSON::parse(&self.text).ok().filter(JsValue::is_object).ok_or(Failure::Unreadable)
    }

    fn into_failure(self) -> Failure {
        let Self { status, retry_after, text, .. } = self;
        let mut failure = match JSON::parse(&text).ok().as_ref().and_then(read::problem) {
            Some(problem) => Failure::Problem(problem.into()),
            // What stands before a backend, such as a proxy, refuses without saying why: the status says enough.
            None => match status {
                401 => Failure::of_code(ProblemCode::SessionRequired),
                403 => Failure::of_code(ProblemCode::NotAllowed),
                429 => Failure::of_code(ProblemCode::RateLimited),
                500.. => return Failure::Broken { retry_after },
                _ => return Failure::Unreadable,
            },
        };
        if let Failure::Problem(problem) = &mut failure {
            problem.retry_after = problem.retry_after.or(retry_after);
        }
        failure
    }
}
