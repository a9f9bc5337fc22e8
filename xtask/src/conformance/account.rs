//! Checks of what somebody signed in may do: `/session`, `/me`.

use serde_json::{Value, json};

use super::kit::{Kit, Need, Session, Verdict, must, refused, status};
use super::{Check, check};

pub(super) const CHECKS: &[Check] = &[
    check!("session", "nobody signed in is an answer, not an error", [], nobody),
    check!(
        "session",
        "a wrong password and an unknown person are refused alike",
        [Need::Session],
        refused_alike
    ),
    check!("session", "what is somebody's own needs a session", [], needs_session),
    check!(
        "session",
        "an unsafe request of a session needs its token against forgery",
        [Need::Session],
        needs_token
    ),
    check!("session", "signing out ends the session", [Need::Session], signs_out),
    check!(
        "methods",
        "the list names the methods without showing them, and what may be added",
        [Need::Session, Need::Feature("enroll")],
        lists
    ),
    check!(
        "methods",
        "an app is added by its secret, a wrong code does not prove it, and it can be removed",
        [Need::Session, Need::Feature("enroll")],
        app
    ),
    check!(
        "methods",
        "a method that is not theirs is method-not-found",
        [Need::Session, Need::Feature("enroll")],
        not_theirs
    ),
    check!(
        "methods",
        "an address that is none is value-rejected",
        [Need::Session, Need::Feature("enroll")],
        no_address
    ),
    check!(
        "change",
        "a wrong current password is told",
        [Need::Session, Need::Feature("change")],
        wrong_current
    ),
    check!(
        "change",
        "a new password is held to the policy",
        [Need::Session, Need::Feature("change")],
        weak_change
    ),
    check!("change", "the changed password signs in", [Need::Session, Need::Feature("change")], changes),
];

fn nobody(kit: &Kit) -> Verdict {
    let answer = kit.call("GET", "/session").send()?;
    status(&answer, 200)?;
    must(answer.json()["signed_in"] == false, || "somebody is signed in".into())
}

fn refused_alike(kit: &Kit) -> Verdict {
    let known = kit.sign_in_by("Wrong-Harbor-Light-2")?;
    refused(&known, 401, "sign-in-failed")?;
    let body = json!({ "identifier": kit.nobody(), "password": "Wrong-Harbor-Light-2" });
    let unknown = kit.call("POST", "/session").json(&body).send()?;
    refused(&unknown, 401, "sign-in-failed")?;
    must(known.body.len() == unknown.body.len(), || "one answer is longer".into())
}

fn needs_session(kit: &Kit) -> Verdict {
    for path in ["/me/methods", "/me/password"] {
        refused(&kit.call("GET", path).send()?, 401, "session-required")?;
    }
    let body = json!({ "current_password": "a", "new_password": "b", "end_other_sessions": false });
    refused(&kit.call("PUT", "/me/password").json(&body).send()?, 401, "session-required")
}

fn needs_token(kit: &Kit) -> Verdict {
    let session = kit.sign_in()?;
    let body = json!({ "password": kit.known_password()? });
    let bare = kit.without_token(&session, "POST", "/me/reauthenticate").json(&body).send()?;
    refused(&bare, 403, "csrf")?;
    status(&kit.as_person(&session, "POST", "/me/reauthenticate").json(&body).send()?, 200)
}

fn signs_out(kit: &Kit) -> Verdict {
    let session = kit.sign_in()?;
    let out = kit.as_person(&session, "DELETE", "/session").send()?;
    must(out.status / 100 == 2, || out.told())?;
    refused(&kit.as_person(&session, "GET", "/me/methods").send()?, 401, "session-required")
}

fn list(kit: &Kit, session: &Session) -> Result<Value, String> {
    let answer = kit.as_person(session, "GET", "/me/methods").send()?;
    status(&answer, 200)?;
    Ok(answer.json())
}

fn lists(kit: &Kit) -> Verdict {
    let list = list(kit, &kit.sign_in()?)?;
    must(list["offers"].is_array() && list["required"].is_u64(), || "offers or required is missing".into())?;
    for method in list["methods"].as_array().into_iter().flatten() {
        let masked = method["masked"].as_str().unwrap_or("…");
        let hidden = masked.chars().any(|it| "…•*".contains(it));
        must(hidden, || format!("a method of kind {} is shown whole", method["kind"]))?;
    }
    Ok(())
}

fn app(kit: &Kit) -> Verdict {
    let session = kit.sign_in()?;
    let may = list(kit, &session)?["offers"].as_array().is_some_and(|offers| {
        offers.iter().any(|offer| offer["kind"] == "totp" && offer["refused"].is_null())
    });
    if !may {
        return Ok(());
    }
    let added = kit.as_person(&session, "POST", "/me/methods").json(&json!({ "kind": "totp" })).send()?;
    status(&added, 201)?;
    must(added.text("/totp/secret").len() >= 16, || "it shows no secret".into())?;
    let path = format!("/me/methods/{}", added.text("/method/id"));
    let wrong = json!({ "code": "000000" });
    let verified = kit.as_person(&session, "POST", &format!("{path}/verify")).json(&wrong).send()?;
    refused(&verified, 422, "code-incorrect")?;
    let removed = kit.as_person(&session, "DELETE", &path).send()?;
    must(removed.status / 100 == 2, || removed.told())?;
    refused(&kit.as_person(&session, "DELETE", &path).send()?, 404, "method-not-found")
}

fn not_theirs(kit: &Kit) -> Verdict {
    let session = kit.sign_in()?;
    let path = "/me/methods/00000000-0000-4000-8000-000000000000";
    refused(&kit.as_person(&session, "DELETE", path).send()?, 404, "method-not-found")
}

fn no_address(kit: &Kit) -> Verdict {
    let session = kit.sign_in()?;
    for value in ["", "nobody", "a@b@c", "a\r\nb@example.org"] {
        let body = json!({ "kind": "email", "value": value });
        let answer = kit.as_person(&session, "POST", "/me/methods").json(&body).send()?;
        must(["value-rejected", "policy-forbids"].contains(&&*answer.text("/code")), || {
            format!("{value:?}: {}", answer.told())
        })?;
    }
    Ok(())
}

fn change(kit: &Kit, session: &Session, current: &str, new: &str) -> Result<super::client::Answer, String> {
    let body = json!({ "current_password": current, "new_password": new, "end_other_sessions": false });
    kit.as_person(session, "PUT", "/me/password").json(&body).send()
}

fn wrong_current(kit: &Kit) -> Verdict {
    let session = kit.sign_in()?;
    refused(
        &change(kit, &session, "Wrong-Harbor-Light-2", &kit.new_password())?,
        422,
        "current-password-incorrect",
    )
}

fn weak_change(kit: &Kit) -> Verdict {
    let session = kit.sign_in()?;
    refused(&change(kit, &session, &kit.known_password()?, "a")?, 422, "password-rejected")
}

fn changes(kit: &Kit) -> Verdict {
    let (session, new) = (kit.sign_in()?, kit.new_password());
    let answer = change(kit, &session, &kit.known_password()?, &new)?;
    status(&answer, 200)?;
    *kit.password.borrow_mut() = Some(new.clone());
    status(&kit.sign_in_by(&new)?, 200)
}
