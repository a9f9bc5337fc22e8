//! A backend of one's own: a company's API with one way to recover, by a mailed code.

use gloo_net::http::Request;
use serde_json::{Value, from_str, from_value, json};
use sspr_core::wire::{Description, ProblemCode};
use sspr_widget::backend::{
    Answering, BreachedRanges, Failure, RecoveryAnswer, RecoveryBackend, RecoveryCall,
};

/// The API below `/our/api`.
pub(crate) struct OurApi;

impl BreachedRanges for OurApi {}

impl RecoveryBackend for OurApi {
    fn call(&self, _key: &str, call: RecoveryCall) -> Answering<RecoveryAnswer> {
        Box::pin(async move { answer(call).await?.ok_or(Failure::Unreadable) })
    }
}

async fn answer(call: RecoveryCall) -> Result<Option<RecoveryAnswer>, Failure> {
    let offered: Option<Box<Description>> = from_str(include_str!("description.json")).ok();
    let policy = offered.as_ref().map(|it| it.policy.clone());
    let flow = json!({ "intent": "reset", "expires_in": 600, "gate": 1, "gates": 1 });
    Ok(match call {
        RecoveryCall::Describe => offered.map(RecoveryAnswer::Description),
        RecoveryCall::Start(start) => {
            let token = ask("start", json!({ "identifier": start.identifier })).await?["token"].clone();
            let methods = json!([{ "id": "email", "kind": "email" }]);
            let challenge = json!({ "id": "1", "kind": "email", "method": "email", "code": { "length": 6 },
                "resend_in": 30, "expires_in": 600, "attempts_left": 3 });
            view(
                flow,
                json!({ "flow": token, "state": "challenge", "methods": methods, "challenge": challenge }),
            )
        }
        RecoveryCall::Verify(token, verify) => {
            let proved = ask("check", json!({ "token": token, "code": verify.code })).await?;
            view(
                flow,
                json!({ "state": "set_password", "policy": policy, "identifier": proved["identifier"] }),
            )
        }
        RecoveryCall::SetPassword(token, set) => {
            let body = json!({ "token": token, "new_password": set.new_password });
            from_value(ask("password", body).await?).map(RecoveryAnswer::Done).ok()
        }
        RecoveryCall::Cancel(_) => Some(RecoveryAnswer::Cancelled),
        _ => return Err(Failure::of_code(ProblemCode::NotAllowed)),
    })
}

fn view(mut flow: Value, more: Value) -> Option<RecoveryAnswer> {
    flow.as_object_mut()?.extend(more.as_object()?.clone());
    from_value(flow).map(RecoveryAnswer::Flow).ok()
}

/// Asks, and reads a refusal: a problem of the contract (RFC 9457).
async fn ask(path: &str, body: Value) -> Result<Value, Failure> {
    let request = Request::post(&format!("/our/api/{path}")).json(&body).map_err(|_| Failure::Unreadable)?;
    let answer = request.send().await.map_err(|_| Failure::Lost)?;
    let said: Value = answer.json().await.map_err(|_| Failure::Unreadable)?;
    let refused = from_value(said.clone()).map_or(Failure::Unreadable, Failure::Problem);
    answer.ok().then_some(said).ok_or(refused)
}
