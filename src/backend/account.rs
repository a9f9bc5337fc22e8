//! What a signed-in person's elements ask of a backend: `/session` and everything under `/me`.

use super::{
    AccountBackend, Answering, Failure, Http,
    http::Request,
    json::{Object, read},
};
use sspr_core::{
    policy::PasswordPolicy,
    wire::{
        AddMethod, AddedMethod, ChangePassword, MethodList, PasswordChanged, PhoneChannel, ProblemCode,
        Reauthenticate, ResendCode, SessionView, UpdateMethod, VerifyMethod, header,
    },
};
use wasm_bindgen::JsValue;

/// One call. The operation is the variant; its members are what the call carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountCall {
    /// `GET /session`: who is signed in. Also fetches the CSRF token that later calls need.
    Session,
    /// `POST /me/reauthenticate`: prove again who is sitting there.
    Reauthenticate(Reauthenticate),
    /// `GET /me/methods`.
    Methods,
    /// `POST /me/methods`.
    Add(AddMethod),
    /// `POST /me/methods/{id}/verify`.
    Verify(String, VerifyMethod),
    /// `POST /me/methods/{id}/resend`.
    Resend(String, ResendCode),
    /// `PATCH /me/methods/{id}`.
    Update(String, UpdateMethod),
    /// `DELETE /me/methods/{id}`.
    Remove(String),
    /// `POST /me/contacts/confirm`: everything is still right.
    ConfirmContacts,
    /// `POST /me/registration/skip`: not now.
    SkipRegistration,
    /// `GET /me/password`: the policy with the person's own terms.
    PasswordPolicy,
    /// `PUT /me/password`.
    ChangePassword(ChangePassword),
}

/// What a call brings back, by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountAnswer {
    /// Of [`AccountCall::Session`] and [`AccountCall::Reauthenticate`].
    Session(SessionView),
    /// Of every call that reads or changes the list as a whole.
    Methods(MethodList),
    /// Of [`AccountCall::Add`] and [`AccountCall::Resend`].
    Added(AddedMethod),
    /// Of [`AccountCall::PasswordPolicy`].
    Policy(PasswordPolicy),
    /// Of [`AccountCall::ChangePassword`].
    Changed(PasswordChanged),
}

impl AccountCall {
    /// Whether it only reads, so that giving up on it leaves nothing behind.
    pub fn is_read(&self) -> bool {
        matches!(self, Self::Session | Self::Methods | Self::PasswordPolicy)
    }
}

impl AccountBackend for Http {
    fn call(&self, key: &str, call: AccountCall) -> Answering<AccountAnswer> {
        let read_answer = reader(&call);
        let (http, key) = (self.clone(), key.to_owned());
        Box::pin(async move {
            let mut answer = http.send(http.signed(&call, &key)).await;
            let refused = answer.as_ref().is_err_and(|failure| failure.code() == Some(ProblemCode::Csrf));
            // The session was renewed by another page: its new token is fetched, and the call is made once more.
            if refused && !call.is_read() {
                let session = http.send(http.signed(&AccountCall::Session, &key)).await?;
                http.keep_csrf(read::session_view(&session).as_ref());
                answer = http.send(http.signed(&call, &key)).await;
            }
            let answer = read_answer(&answer?).ok_or_else(Failure::unreadable)?;
            if let AccountAnswer::Session(session) = &answer {
                http.keep_csrf(Some(session));
            }
            Ok(answer)
        })
    }
}

impl Http {
    /// A call of a signed-in person, with their cookies and what shows that it comes from their page.
    fn signed(&self, call: &AccountCall, key: &str) -> Request {
        let request = request(call, key).with_cookies();
        match &*self.csrf.borrow() {
            Some(csrf) if !call.is_read() => request.header(header::CSRF, csrf),
            _ => request,
        }
    }

    fn keep_csrf(&self, session: Option<&SessionView>) {
        self.csrf.replace(session.and_then(|session| session.csrf.clone()));
    }
}

/// Where a call goes and what it carries.
fn request(call: &AccountCall, key: &str) -> Request {
    use AccountCall as C;
    let method = |id: &str, rest: &str| {
        ["/me/methods/", &String::from(js_sys::encode_uri_component(id)), rest].concat()
    };
    let request = match call {
        C::Session => return Request::new("GET", "/session"),
        C::Methods => return Request::new("GET", "/me/methods"),
        C::PasswordPolicy => return Request::new("GET", "/me/password"),
        C::Reauthenticate(proof) => Request::new("POST", "/me/reauthenticate")
            .body(Object::new().text("password", proof.password.expose())),
        C::Add(add) => Request::new("POST", "/me/methods").body(
            Object::new()
                .text("kind", add.kind.word())
                .optional("value", add.value.as_deref())
                .optional("channel", add.channel.map(PhoneChannel::word))
                .optional("label", add.label.as_deref())
                .answers(&add.answers),
        ),
        C::Verify(id, verify) => {
            Request::new("POST", method(id, "/verify")).body(Object::new().text("code", verify.code.expose()))
        }
        C::Resend(id, resend) => Request::new("POST", method(id, "/resend"))
            .body(Object::new().optional("channel", resend.channel.map(PhoneChannel::word))),
        C::Update(id, update) => {
            let body = Object::new().optional("label", update.label.as_deref());
            let body = match update.primary {
                Some(primary) => body.flag("primary", primary),
                None => body,
            };
            Request::new("PATCH", method(id, "")).body(body)
        }
        C::Remove(id) => Request::new("DELETE", method(id, "")),
        C::ConfirmContacts => Request::new("POST", "/me/contacts/confirm").body(Object::new()),
        C::SkipRegistration => Request::new("POST", "/me/registration/skip").body(Object::new()),
        C::ChangePassword(change) => Request::new("PUT", "/me/password").body(
            Object::new()
                .text("current_password", change.current_password.expose())
                .text("new_password", change.new_password.expose())
                .flag("end_other_sessions", change.end_other_sessions),
        ),
    };
    request.key(key)
}

/// How the answer to a call is read.
fn reader(call: &AccountCall) -> fn(&JsValue) -> Option<AccountAnswer> {
    use AccountCall as C;
    match call {
        C::Session | C::Reauthenticate(_) => |value| read::session_view(value).map(AccountAnswer::Session),
        C::Add(_) | C::Resend(..) => |value| read::added_method(value).map(AccountAnswer::Added),
        C::PasswordPolicy => |value| read::policy(value).map(AccountAnswer::Policy),
        C::ChangePassword(_) => |value| read::password_changed(value).map(AccountAnswer::Changed),
        _ => |value| read::method_list(value).map(AccountAnswer::Methods),
    }
}
