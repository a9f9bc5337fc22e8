//! Checks of `/recovery`.

use serde_json::json;

use super::kit::{Kit, Need, Verdict, must, refused, status};
use super::{Check, check};

pub(super) const CHECKS: &[Check] = &[
    check!(
        "start",
        "a recovery starts with 202, a token and the ways that describe names, for whoever asks",
        [],
        starts
    ),
    check!("start", "an empty identifier is refused", [], empty_identifier),
    check!("start", "members that the contract does not know are ignored", [], unknown_members),
    check!(
        "start",
        "where work is asked for, a start without it is captcha-required, and its solution starts one recovery",
        [Need::Work],
        work_once
    ),
    check!("start", "a flow can be looked at by its token, and gives no other token then", [], looks),
    check!("start", "no token and a made-up token are refused alike, as flow-gone", [], no_such_flow),
    check!("start", "a token in the query or a cookie is none", [], token_elsewhere),
    check!("start", "an unlock starts where it is offered, and is refused where not", [], unlock_intent),
    check!(
        "challenge",
        "choosing a method answers 202 with a challenge: its id, kind, seconds and tries",
        [],
        challenge
    ),
    check!("challenge", "sending again at once is refused with the seconds to wait", [], resend),
    check!("challenge", "a method that was not offered is method-not-found", [], strange_method),
    check!("verify", "an answer before a challenge is wrong-state, and says the state", [], answer_too_early),
    check!("verify", "a wrong code is code-incorrect and costs one try", [Need::Codes], wrong_code),
    check!(
        "verify",
        "wrong answers end the flow; the right code opens nothing then",
        [Need::Codes],
        tries_end
    ),
    check!(
        "verify",
        "an answer to another challenge is wrong, whatever the code",
        [Need::Codes],
        other_challenge
    ),
    check!(
        "verify",
        "the right code gives a new token, the policy and the identifier; the old token is dead",
        [Need::Codes],
        right_code
    ),
    check!("verify", "a code proves one flow and no other", [Need::Codes], code_of_another_flow),
    check!("password", "no password without a proof: wrong-state", [], unproved_password),
    check!(
        "password",
        "a password that breaks rules is refused rule by rule, and the flow goes on",
        [Need::Codes],
        weak_password
    ),
    check!("password", "a password is set once: the flow is over then", [Need::Codes], sets_once),
    check!("password", "the new password signs in, the one before does not", [Need::Session], signs_in),
    check!(
        "unlock",
        "a flow that was started for a reset unlocks nothing before its proof",
        [],
        unlock_too_early
    ),
    check!("cancel", "a cancelled flow is gone, and cancelling it again says nothing else", [], cancel),
    check!("extend", "more time is given where it is offered", [Need::Feature("more_time")], extend),
    check!("link", "a made-up link is flow-gone, looked at or opened", [], made_up_link),
];

fn starts(kit: &Kit) -> Verdict {
    let answer = kit.start_of(&kit.person())?;
    status(&answer, 202)?;
    let view = answer.json();
    must(answer.text("/flow").len() >= 22, || "the token has fewer than 128 bits".into())?;
    must(view["state"] == "choose" || view["state"] == "challenge", || {
        format!("the state is {}", view["state"])
    })?;
    must(view["expires_in"].as_u64() > Some(0) && view["gate"] == 1, || {
        "expires_in and gate are missing".into()
    })?;
    let kinds: Vec<_> =
        view["methods"].as_array().into_iter().flatten().map(|it| it["kind"].clone()).collect();
    must(json!(kinds) == kit.description["recovery_methods"], || format!("it offers {kinds:?}"))?;
    must(!answer.body.contains(&kit.person()), || "the answer repeats the identifier".into())
}

fn empty_identifier(kit: &Kit) -> Verdict {
    refused(&kit.start_of("")?, 422, "value-rejected")
}

fn unknown_members(kit: &Kit) -> Verdict {
    let body =
        json!({ "identifier": kit.nobody(), "intent": "reset", "colour": "blue", "deep": { "er": [1] } });
    status(&kit.call("POST", "/recovery").json(&kit.worked(body)?).send()?, 202)
}

fn work_once(kit: &Kit) -> Verdict {
    let body = json!({ "identifier": kit.nobody(), "intent": "reset" });
    refused(&kit.call("POST", "/recovery").json(&body).send()?, 403, "captcha-required")?;
    let worked = kit.worked(body)?;
    status(&kit.call("POST", "/recovery").json(&worked).send()?, 202)?;
    refused(&kit.call("POST", "/recovery").json(&worked).send()?, 403, "captcha-required")
}

fn looks(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.nobody())?;
    let seen = kit.call("GET", "/recovery").flow(&flow.token).send()?;
    status(&seen, 200)?;
    must(seen.text("/flow").is_empty() && seen.json()["state"] == flow.view["state"], || {
        "it is another flow".into()
    })
}

fn no_such_flow(kit: &Kit) -> Verdict {
    refused(&kit.call("GET", "/recovery").send()?, 410, "flow-gone")?;
    let made_up = "A".repeat(43);
    refused(&kit.call("GET", "/recovery").flow(&made_up).send()?, 410, "flow-gone")?;
    let answer = json!({ "challenge": "1", "code": "000000" });
    refused(&kit.call("POST", "/recovery/verify").flow(&made_up).json(&answer).send()?, 410, "flow-gone")
}

fn token_elsewhere(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.nobody())?;
    let query = format!("/recovery?flow={0}&sspr-flow={0}", flow.token);
    let mut answer = kit.call("GET", &query).send()?;
    answer.of = "GET /recovery with the token in its query".into();
    refused(&answer, 410, "flow-gone")?;
    let cookie = format!("sspr-flow={0}; flow={0}", flow.token);
    refused(&kit.call("GET", "/recovery").header("cookie", &cookie).send()?, 410, "flow-gone")
}

fn unlock_intent(kit: &Kit) -> Verdict {
    let body = kit.worked(json!({ "identifier": kit.nobody(), "intent": "unlock" }))?;
    let answer = kit.call("POST", "/recovery").json(&body).send()?;
    if kit.offers("unlock") { status(&answer, 202) } else { refused(&answer, 403, "not-allowed") }
}

fn challenge(kit: &Kit) -> Verdict {
    let answer = kit.choose(&kit.start(&kit.nobody())?)?;
    let challenge = answer.json()["challenge"].clone();
    let has = |name: &str| challenge[name].is_u64();
    must(!answer.text("/challenge/id").is_empty(), || "the challenge has no id".into())?;
    must(has("resend_in") && has("expires_in") && has("attempts_left"), || format!("it is {challenge}"))?;
    must(answer.json()["state"] == "challenge", || "the state is not “challenge”".into())
}

fn resend(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.nobody())?;
    let first = kit.choose(&flow)?;
    must(first.number("/challenge/resend_in") > Some(0), || "it may be sent again at once".into())?;
    let body = json!({ "method": first.json()["challenge"]["method"] });
    let again = kit.call("POST", "/recovery/challenge").flow(&flow.token).json(&body).send()?;
    refused(&again, 429, "rate-limited")
}

fn strange_method(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.nobody())?;
    let body = json!({ "method": "no-such-method" });
    refused(
        &kit.call("POST", "/recovery/challenge").flow(&flow.token).json(&body).send()?,
        404,
        "method-not-found",
    )
}

fn answer_too_early(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.nobody())?;
    let body = json!({ "challenge": "1", "code": "000000" });
    let answer = kit.call("POST", "/recovery/verify").flow(&flow.token).json(&body).send()?;
    refused(&answer, 409, "wrong-state")?;
    must(answer.json()["state"] == flow.view["state"], || "it does not say the state".into())
}

fn wrong_code(kit: &Kit) -> Verdict {
    let (flow, challenge, code) = kit.sent()?;
    let before = challenge.number("/challenge/attempts_left");
    let answer = kit.verify(&flow, &challenge, &Kit::wrong(&code))?;
    refused(&answer, 422, "code-incorrect")?;
    let left = answer.number("/attempts_left");
    must(left.map(|it| it + 1) == before, || format!("{before:?} tries became {left:?}"))?;
    status(&kit.verify(&flow, &challenge, &code)?, 200)
}

fn tries_end(kit: &Kit) -> Verdict {
    let (flow, challenge, code) = kit.sent()?;
    let tries = challenge.number("/challenge/attempts_left").unwrap_or(0);
    must((1..=10).contains(&tries), || format!("{tries} tries"))?;
    for _ in 1..tries {
        refused(&kit.verify(&flow, &challenge, &Kit::wrong(&code))?, 422, "code-incorrect")?;
    }
    refused(&kit.verify(&flow, &challenge, &Kit::wrong(&code))?, 410, "flow-gone")?;
    refused(&kit.verify(&flow, &challenge, &code)?, 410, "flow-gone")
}

fn other_challenge(kit: &Kit) -> Verdict {
    let (flow, _, code) = kit.sent()?;
    let body = json!({ "challenge": "another", "code": code });
    let answer = kit.call("POST", "/recovery/verify").flow(&flow.token).json(&body).send()?;
    refused(&answer, 422, "code-incorrect")
}

fn right_code(kit: &Kit) -> Verdict {
    let (flow, challenge, code) = kit.sent()?;
    let answer = kit.verify(&flow, &challenge, &code)?;
    status(&answer, 200)?;
    let (token, view) = (answer.text("/flow"), answer.json());
    must(token.len() >= 22 && token != flow.token, || "the token is the old one".into())?;
    must(view["state"] == "set_password", || format!("the state is {}", view["state"]))?;
    must(view["policy"].is_object() && view["identifier"].is_string(), || {
        "policy or identifier is missing".into()
    })?;
    refused(&kit.call("GET", "/recovery").flow(&flow.token).send()?, 410, "flow-gone")?;
    refused(&kit.verify(&flow, &challenge, &code)?, 410, "flow-gone")
}

fn code_of_another_flow(kit: &Kit) -> Verdict {
    let (_, _, code) = kit.sent()?;
    let (other, challenge, _) = kit.sent()?;
    let answer = kit.verify(&other, &challenge, &code)?;
    refused(&answer, 422, "code-incorrect")
}

fn unproved_password(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.person())?;
    refused(&kit.set(&flow, &kit.new_password())?, 409, "wrong-state")
}

fn weak_password(kit: &Kit) -> Verdict {
    let flow = kit.proved()?;
    let answer = kit.set(&flow, "a")?;
    refused(&answer, 422, "password-rejected")?;
    let rules = answer.json()["violations"].clone();
    let named =
        rules.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|it| it["rule"].is_string()));
    must(named, || format!("its violations are {rules}"))?;
    must(!answer.body.contains("\"a\""), || "the answer repeats the password".into())?;
    let seen = kit.call("GET", "/recovery").flow(&flow.token).send()?;
    must(seen.json()["state"] == "set_password", || "the flow did not survive it".into())
}

fn sets_once(kit: &Kit) -> Verdict {
    let (flow, password) = (kit.proved()?, kit.new_password());
    let done = kit.set(&flow, &password)?;
    status(&done, 200)?;
    *kit.password.borrow_mut() = Some(password);
    must(done.json()["state"] == "done", || "the state is not “done”".into())?;
    refused(&kit.set(&flow, &kit.new_password())?, 410, "flow-gone")
}

fn signs_in(kit: &Kit) -> Verdict {
    let (before, new) = (kit.known_password()?, kit.new_password());
    status(&kit.set(&kit.proved()?, &new)?, 200)?;
    *kit.password.borrow_mut() = Some(new.clone());
    refused(&kit.sign_in_by(&before)?, 401, "sign-in-failed")?;
    status(&kit.sign_in_by(&new)?, 200)
}

fn unlock_too_early(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.person())?;
    refused(
        &kit.call("POST", "/recovery/unlock").flow(&flow.token).json(&json!({})).send()?,
        409,
        "wrong-state",
    )
}

fn cancel(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.nobody())?;
    status(&kit.call("DELETE", "/recovery").flow(&flow.token).send()?, 204)?;
    refused(&kit.call("GET", "/recovery").flow(&flow.token).send()?, 410, "flow-gone")?;
    let again = kit.call("DELETE", "/recovery").flow(&flow.token).send()?;
    must([204, 410].contains(&again.status), || again.told())
}

fn extend(kit: &Kit) -> Verdict {
    let flow = kit.start(&kit.nobody())?;
    let answer = kit.call("POST", "/recovery/extend").flow(&flow.token).json(&json!({})).send()?;
    status(&answer, 200)?;
    must(answer.number("/expires_in") >= flow.view["expires_in"].as_u64(), || {
        "there is less time than before".into()
    })
}

fn made_up_link(kit: &Kit) -> Verdict {
    let body = json!({ "link_token": "A".repeat(43) });
    for path in ["/recovery/link", "/recovery/link/open"] {
        refused(&kit.call("POST", path).json(&body).send()?, 410, "flow-gone")?;
    }
    Ok(())
}
