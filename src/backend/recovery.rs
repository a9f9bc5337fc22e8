//! What `<sspr-reset>` asks of a backend: `/describe` and `/recovery`.

use super::{
    Answering, Failure, Http, RecoveryBackend,
    http::Request,
    json::{self, Object},
};
use sspr_core::{
    Secret,
    wire::{
        Description, FlowView, LinkToken, LinkView, RecoveryDone, SendChallenge, SetPassword, StartRecovery,
        VerifyChallenge,
    },
};
use wasm_bindgen::JsValue;

/// One call. Those of a flow carry its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryCall {
    /// `GET /describe`.
    Describe,
    /// `POST /recovery`.
    Start(StartRecovery),
    /// `POST /recovery/challenge`.
    Send(Secret, SendChallenge),
    /// `POST /recovery/verify`.
    Verify(Secret, VerifyChallenge),
    /// `POST /recovery/link`: spends nothing.
    LookAtLink(LinkToken),
    /// `POST /recovery/link/open`: spends the link.
    OpenLink(LinkToken),
    /// `POST /recovery/password`.
    SetPassword(Secret, SetPassword),
    /// `POST /recovery/unlock`.
    Unlock(Secret),
    /// `POST /recovery/extend`.
    Extend(Secret),
    /// `DELETE /recovery`.
    Cancel(Secret),
}

/// What a call brings back, by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryAnswer {
    /// Of [`RecoveryCall::Describe`].
    Description(Box<Description>),
    /// Of start, send, verify, extend and opening a link.
    Flow(Box<FlowView>),
    /// Of [`RecoveryCall::LookAtLink`].
    Link(LinkView),
    /// Of setting the password and unlocking.
    Done(RecoveryDone),
    /// Of [`RecoveryCall::Cancel`].
    Cancelled,
}

impl RecoveryBackend for Http {
    fn call(&self, key: &str, call: RecoveryCall) -> Answering<RecoveryAnswer> {
        let read = reader(&call);
        let mut request = request(&call, key);
        if call == RecoveryCall::Describe {
            // Who asks again got nothing that could be read.
            request = request.fresh(self.described.replace(true));
        }
        let answer = self.send(request);
        Box::pin(async move { read(&answer.await?).ok_or_else(Failure::unreadable) })
    }
}

/// Where a call goes and what it carries.
fn request(call: &RecoveryCall, key: &str) -> Request {
    use RecoveryCall as C;
    let request = match call {
        C::Describe => return Request::new("GET", "/describe"),
        C::Start(start) => Request::new("POST", "/recovery").body(
            Object::new()
                .text("identifier", &start.identifier)
                .text("intent", start.intent.word())
                .optional("locale", start.locale.as_deref())
                .optional("page", start.page.as_deref())
                .optional("captcha", start.captcha.as_deref()),
        ),
        C::Send(flow, send) => Request::new("POST", "/recovery/challenge").flow(flow).body(
            Object::new()
                .text("method", &send.method)
                .optional("number", send.number.as_ref().map(Secret::expose)),
        ),
        C::Verify(flow, verify) => {
            let body = Object::new().text("challenge", &verify.challenge);
            let body = body.optional("code", verify.code.as_ref().map(Secret::expose));
            Request::new("POST", "/recovery/verify").flow(flow).body(body.answers(&verify.answers))
        }
        // Looking changes nothing, so it needs no key.
        C::LookAtLink(link) => return Request::new("POST", "/recovery/link").body(link_body(link)),
        C::OpenLink(link) => Request::new("POST", "/recovery/link/open").body(link_body(link)),
        C::SetPassword(flow, set) => Request::new("POST", "/recovery/password").flow(flow).body(
            Object::new()
                .text("new_password", set.new_password.expose())
                .flag("end_other_sessions", set.end_other_sessions),
        ),
        C::Unlock(flow) => Request::new("POST", "/recovery/unlock").flow(flow).body(Object::new()),
        C::Extend(flow) => Request::new("POST", "/recovery/extend").flow(flow).body(Object::new()),
        C::Cancel(flow) => Request::new("DELETE", "/recovery").flow(flow),
    };
    request.key(key)
}

fn link_body(link: &LinkToken) -> Object {
    Object::new().text("link_token", link.link_token.expose())
}

/// How the answer to a call is read.
fn reader(call: &RecoveryCall) -> fn(&JsValue) -> Option<RecoveryAnswer> {
    use RecoveryCall as C;
    match call {
        C::Describe => |value| Some(RecoveryAnswer::Description(json::read::description(value)?.into())),
        C::Start(_) | C::Send(..) | C::Verify(..) | C::OpenLink(_) | C::Extend(_) => {
            |value| Some(RecoveryAnswer::Flow(json::read::flow_view(value)?.into()))
        }
        C::LookAtLink(_) => |value| Some(RecoveryAnswer::Link(json::read::link_view(value)?)),
        C::SetPassword(..) | C::Unlock(_) => |value| Some(RecoveryAnswer::Done(json::read::done(value)?)),
        C::Cancel(_) => |_| Some(RecoveryAnswer::Cancelled),
    }
}
