//! A backend of one's own: a company's API with one way to recover, by a mailed code.

use gloo_net::http::Request;
use serde_json::{Value, from_value, json};
use sspr_core::wire::ProblemCode;
use sspr_widget::backend::{
    Answering, BreachedRanges, Failure, RecoveryAnswer as Answer, RecoveryBackend, RecoveryCall as Call,
};

/// The API below `/our/api`.
pub(crate) struct OurApi;

impl BreachedRanges for OurApi {}

impl RecoveryBackend for OurApi {
    fn call(&self, _key: &str, call: Call) -> Answering<Answer> {
        Box::pin(async move { answer(call).await?.ok_or(Failure::Unreadable) })
    }
}

async fn answer(call: Call) -> Result<Option<Answer>, Failure> {
    let policy = json!({ "min_length": 12, "max_length": 128, "allowed": "any", "banned_terms": [], "personal_terms": [], "server_rules": [] });
    let flow = json!({ "intent": "reset", "expires_in": 600, "gate": 1, "gates": 1 });
    let features = json!({ "reset": true, "unlock": false, "change": false, "enroll": false, "confirm_contacts": false, "end_other_sessions": false });
    Ok(match call {
        Call::Describe => from_value(json!({
            "version": 1, "features": features, "identifiers": ["email"], "recovery_methods": ["email"],
            "gates": 1, "code": { "length": 6 }, "policy": policy, "links": {}, "locales": [],
        }))
        .map(Answer::Description)
        .ok(),
        Call::Start(start) => {
            let started = ask("start", json!({ "identifier": start.identifier })).await?;
            let challenge = json!({ "id": "1", "kind": "email", "method": "email", "code": { "length": 6 }, "resend_in": 30, "expires_in": 600, "attempts_left": 3 });
            let methods = json!([{ "id": "email", "kind": "email" }]);
            view(
                flow,
                json!({ "flow": started["token"], "state": "challenge", "methods": methods, "challenge": challenge }),
            )
        }
        Call::Verify(token, verify) => {
            let proved = ask("check", json!({ "token": token, "code": verify.code })).await?;
            view(
                flow,
                json!({ "state": "set_password", "policy": policy, "identifier": proved["identifier"] }),
            )
        }
        Call::SetPassword(token, set) => {
            let done = ask("password", json!({ "token": token, "new_password": set.new_password })).await?;
            from_value(json!({ "state": "done", "intent": "reset", "identifier": done["identifier"] }))
                .map(Answer::Done)
                .ok()
        }
        Call::Cancel(_) => Some(Answer::Cancelled),
        _ => return Err(Failure::of_code(ProblemCode::NotAllowed)),
    })
}

fn view(mut flow: Value, more: Value) -> Option<Answer> {
    flow.as_object_mut()?.extend(more.as_object()?.clone());
    from_value(flow).map(Answer::Flow).ok()
}

/// Asks, and reads a refusal: a problem of the contract (RFC 9457).
async fn ask(path: &str, body: Value) -> Result<Value, Failure> {
    let request = Request::post(&format!("/our/api/{path}")).json(&body).map_err(|_| Failure::Unreadable)?;
    let answer = request.send().await.map_err(|_| Failure::Lost)?;
    let said: Value = answer.json().await.map_err(|_| Failure::Unreadable)?;
    if answer.ok() { Ok(said) } else { Err(from_value(said).map_or(Failure::Unreadable, Failure::Problem)) }
}
