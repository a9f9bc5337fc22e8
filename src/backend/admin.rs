//! What `<sspr-admin>` asks of a backend: `/session`, the proof of `/me`, and everything under `/admin`.

use super::{
    AdminBackend, Answering, Failure, Http,
    http::Request,
    json::{Object, read},
};
use crate::flow::calls::Ask;
use sspr_core::wire::{
    AdminPolicy, AdminReport, ChangePolicy, LookUp, LookedUp, PolicyValues, Reauthenticate, SessionView,
    header,
};
use wasm_bindgen::JsValue;

/// One call. The operation is the variant; its members are what the call carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminCall {
    /// `GET /session`: who is signed in. Also fetches the CSRF token that later calls need.
    Session,
    /// `POST /me/reauthenticate`: prove again who is sitting there.
    Reauthenticate(Reauthenticate),
    /// `GET /admin/policy`.
    Policy,
    /// `PUT /admin/policy`.
    ChangePolicy(ChangePolicy),
    /// `GET /admin/reports` of so many days.
    Report(u32),
    /// `POST /admin/lookup`.
    LookUp(LookUp),
}

/// What a call brings back, by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminAnswer {
    /// Of [`AdminCall::Session`] and [`AdminCall::Reauthenticate`].
    Session(SessionView),
    /// Of [`AdminCall::Policy`] and [`AdminCall::ChangePolicy`].
    Policy(AdminPolicy),
    /// Of [`AdminCall::Report`].
    Report(AdminReport),
    /// Of [`AdminCall::LookUp`].
    Found(LookedUp),
}

impl Ask for AdminCall {
    type Answer = AdminAnswer;

    fn is_read(&self) -> bool {
        matches!(self, Self::Session | Self::Policy | Self::Report(_))
    }

    fn is_proof(&self) -> bool {
        matches!(self, Self::Reauthenticate(_))
    }

    fn proof(proof: Reauthenticate) -> Self {
        Self::Reauthenticate(proof)
    }
}

impl AdminBackend for Http {
    fn call(&self, key: &str, call: AdminCall) -> Answering<AdminAnswer> {
        let (http, key) = (self.clone(), key.to_owned());
        Box::pin(async move {
            if !call.is_read() && http.csrf.borrow().is_none() {
                // A changed attribute of the element makes a new backend, which has not heard of the token yet.
                make(&http, &AdminCall::Session, &key).await?;
            }
            make(&http, &call, &key).await
        })
    }
}

/// Makes one call, and keeps the token that it brings.
async fn make(http: &Http, call: &AdminCall, key: &str) -> Result<AdminAnswer, Failure> {
    let mut request = request(call, key).with_cookies();
    if let (false, Some(csrf)) = (call.is_read(), &*http.csrf.borrow()) {
        request = request.header(header::CSRF, csrf);
    }
    let answer = reader(call)(&http.send(request).await?).ok_or_else(Failure::unreadable)?;
    if let AdminAnswer::Session(session) = &answer {
        http.csrf.replace(session.csrf.clone());
    }
    Ok(answer)
}

/// Where a call goes and what it carries.
fn request(call: &AdminCall, key: &str) -> Request {
    let request = match call {
        AdminCall::Session => return Request::new("GET", "/session"),
        AdminCall::Policy => return Request::new("GET", "/admin/policy"),
        AdminCall::Report(days) => return Request::new("GET", format!("/admin/reports?days={days}")),
        AdminCall::Reauthenticate(proof) => Request::new("POST", "/me/reauthenticate")
            .body(Object::new().text("password", proof.password.expose())),
        AdminCall::ChangePolicy(change) => Request::new("PUT", "/admin/policy")
            .body(Object::new().number("version", change.version).object("values", values(&change.values))),
        AdminCall::LookUp(who) => {
            Request::new("POST", "/admin/lookup").body(Object::new().text("identifier", &who.identifier))
        }
    };
    request.key(key)
}

fn values(values: &PolicyValues) -> Object {
    Object::new()
        .text("enabled", values.enabled.word())
        .texts("groups", values.groups.iter().map(String::as_str))
        .texts("recovery_methods", values.recovery_methods.iter().map(|kind| kind.word()))
        .number("gates", values.gates.into())
        .number("reconfirm_days", values.reconfirm_days)
        .texts("banned_terms", values.banned_terms.iter().map(String::as_str))
        .optional("helpdesk", values.helpdesk.as_deref())
}

/// How the answer to a call is read.
fn reader(call: &AdminCall) -> fn(&JsValue) -> Option<AdminAnswer> {
    match call {
        AdminCall::Session | AdminCall::Reauthenticate(_) => {
            |value| read::session_view(value).map(AdminAnswer::Session)
        }
        AdminCall::Policy | AdminCall::ChangePolicy(_) => {
            |value| read::admin_policy(value).map(AdminAnswer::Policy)
        }
        AdminCall::Report(_) => |value| read::admin_report(value).map(AdminAnswer::Report),
        AdminCall::LookUp(_) => |value| read::looked_up(value).map(AdminAnswer::Found),
    }
}
