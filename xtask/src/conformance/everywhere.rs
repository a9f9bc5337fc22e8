//! Checks of what holds for every operation: describe, bodies, repetition, other origins, and saying nothing of accounts.

use serde_json::{Value, json};

use super::client::Answer;
use super::kit::{Flow, Kit, Need, Verdict, must, refused, status};
use super::{Check, check};

pub(super) const CHECKS: &[Check] = &[
    check!(
        "describe",
        "describe says version 1, what is switched on, and the policy without anybody's own terms",
        [],
        describes
    ),
    check!("describe", "describe may be kept for a while and is asked for again by its ETag", [], etag),
    check!("bodies", "what is no JSON, or of another shape, is malformed", [], malformed),
    check!("bodies", "another content type is refused by 415", [], content_type),
    check!("bodies", "a body of more than 16 KiB is refused by 413", [], too_large),
    check!("bodies", "deep nesting is malformed and harms nothing", [], nested),
    check!("bodies", "an unknown path is not-found; a known one refuses another method", [], unknown_path),
    check!("bodies", "text of any kind as identifier, code and method is answered, not failed", [], any_text),
    check!("repetition", "the same request with the same key gets the same answer again", [], same_answer),
    check!("repetition", "the same key with another body is refused", [], other_body),
    check!("repetition", "a key that is no UUID is malformed", [], strange_key),
    check!(
        "repetition",
        "a right code sent twice with one key is told twice that it is right",
        [Need::Codes],
        right_twice
    ),
    check!("repetition", "a wrong code sent twice with one key costs one try", [Need::Codes], wrong_twice),
    check!(
        "origins",
        "an allowed origin may send what the contract needs, and read what it must",
        [Need::Origin],
        allowed
    ),
    check!("origins", "no other origin is allowed by a preflight, nor by its answers", [], foreign_preflight),
    check!("origins", "an unsafe request from another site is refused", [], foreign_request),
    check!(
        "accounts",
        "somebody known and somebody unknown are answered alike: status, headers, members, length",
        [Need::Codes],
        alike
    ),
];

fn describes(kit: &Kit) -> Verdict {
    let answer = kit.call("GET", "/describe").send()?;
    status(&answer, 200)?;
    let says = answer.json();
    must(says["version"] == 1, || format!("the version is {}", says["version"]))?;
    for name in ["features", "identifiers", "recovery_methods", "gates", "code", "policy", "links"] {
        must(!says[name].is_null(), || format!("{name} is missing"))?;
    }
    let own = says["policy"]["personal_terms"].as_array().is_some_and(|terms| !terms.is_empty());
    must(!own, || "the policy has personal terms".into())
}

fn etag(kit: &Kit) -> Verdict {
    let answer = kit.call("GET", "/describe").send()?;
    must(answer.header("cache-control").contains("max-age"), || "no max-age".into())?;
    let tag = answer.header("etag").to_owned();
    must(!tag.is_empty(), || "no ETag".into())?;
    status(&kit.call("GET", "/describe").header("if-none-match", &tag).send()?, 304)
}

fn malformed(kit: &Kit) -> Verdict {
    for body in [
        "",
        "{",
        "[]",
        "null",
        "{\"identifier\":1,\"intent\":\"reset\"}",
        "{\"intent\":\"reset\"}",
        "{\"identifier\":\"a\",\"intent\":\"fly\"}",
    ] {
        let answer =
            kit.call("POST", "/recovery").header("content-type", "application/json").bytes(body).send()?;
        refused(&answer, 400, "malformed").map_err(|error| format!("{body:?}: {error}"))?;
    }
    Ok(())
}

fn content_type(kit: &Kit) -> Verdict {
    let body = r#"{"identifier":"a","intent":"reset"}"#;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let answer = kit.call("POST", "/recovery").header("content-type", kind).bytes(body).send()?;
        refused(&answer, 415, "unsupported-media-type")?;
    }
    Ok(())
}

fn too_large(kit: &Kit) -> Verdict {
    let body = json!({ "identifier": "a".repeat(20_000), "intent": "reset" });
    refused(&kit.call("POST", "/recovery").json(&body).send()?, 413, "too-large")
}

fn nested(kit: &Kit) -> Verdict {
    let body = format!("{}{}", "[".repeat(8_000), "]".repeat(8_000));
    let call = || kit.call("POST", "/recovery").header("content-type", "application/json");
    refused(&call().bytes(body).send()?, 400, "malformed")?;
    let body = format!(
        "{{\"identifier\":\"a\",\"intent\":\"reset\",\"more\":{}{}}}",
        "[".repeat(7_000),
        "]".repeat(7_000)
    );
    let answer = call().bytes(body).send()?;
    let unworked = kit.asks_for_work() && answer.status == 403;
    must(unworked || [202, 400].contains(&answer.status), || answer.told())
}

fn unknown_path(kit: &Kit) -> Verdict {
    refused(&kit.call("GET", "/no-such-operation").send()?, 404, "not-found")?;
    let answer = kit.call("PUT", "/describe").json(&json!({})).send()?;
    must([404, 405].contains(&answer.status), || answer.told())
}

fn any_text(kit: &Kit) -> Verdict {
    for text in [
        "\u{0}",
        "' OR 1=1 --",
        "*)(uid=*",
        "\r\nBcc: a@example.org",
        "\u{202e}nitsuj",
        "ﬁ\u{301}",
        "💥".repeat(70).as_str(),
    ] {
        let started = kit.start_of(text)?;
        must([202, 422].contains(&started.status), || format!("{text:?}: {}", started.told()))?;
    }
    let flow = kit.start(&kit.nobody())?;
    let challenge = kit.choose(&flow)?;
    let answer = kit.verify(&flow, &challenge, "\u{0}💥 12\r\n")?;
    refused(&answer, 422, "code-incorrect")
}

/// A UUID that nobody used.
fn key() -> String {
    let now =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |it| it.as_nanos());
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        now >> 48 & 0xffff_ffff,
        now >> 32 & 0xffff,
        now >> 20 & 0xfff,
        now >> 8 & 0xfff,
        now & 0xffff_ffff_ffff
    )
}

fn start_for(kit: &Kit, identifier: &str) -> Result<Value, String> {
    kit.worked(json!({ "identifier": identifier, "intent": "reset" }))
}

fn start_with(kit: &Kit, key: &str, body: &Value) -> Result<Answer, String> {
    kit.call("POST", "/recovery").header("idempotency-key", key).json(body).send()
}

fn same_answer(kit: &Kit) -> Verdict {
    let key = key();
    let body = start_for(kit, &kit.nobody())?;
    let (first, second) = (start_with(kit, &key, &body)?, start_with(kit, &key, &body)?);
    status(&first, 202)?;
    must(first.text("/flow") == second.text("/flow"), || "there are two flows".into())
}

fn other_body(kit: &Kit) -> Verdict {
    let key = key();
    status(&start_with(kit, &key, &start_for(kit, &kit.nobody())?)?, 202)?;
    refused(&start_with(kit, &key, &start_for(kit, "somebody.else")?)?, 422, "idempotency-key-reused")
}

fn strange_key(kit: &Kit) -> Verdict {
    refused(&start_with(kit, "1", &start_for(kit, &kit.nobody())?)?, 400, "malformed")
}

fn verify_with(kit: &Kit, key: &str, token: &str, challenge: &Answer, code: &str) -> Result<Answer, String> {
    let body = json!({ "challenge": challenge.text("/challenge/id"), "code": code });
    kit.call("POST", "/recovery/verify").flow(token).header("idempotency-key", key).json(&body).send()
}

fn right_twice(kit: &Kit) -> Verdict {
    let (flow, challenge, code) = kit.sent()?;
    let key = key();
    let first = verify_with(kit, &key, &flow.token, &challenge, &code)?;
    let second = verify_with(kit, &key, &flow.token, &challenge, &code)?;
    status(&first, 200)?;
    status(&second, 200)?;
    must(first.text("/flow") == second.text("/flow"), || "the second has another token".into())
}

fn wrong_twice(kit: &Kit) -> Verdict {
    let (flow, challenge, code) = kit.sent()?;
    let (key, wrong) = (key(), Kit::wrong(&code));
    let first = verify_with(kit, &key, &flow.token, &challenge, &wrong)?;
    let second = verify_with(kit, &key, &flow.token, &challenge, &wrong)?;
    refused(&first, 422, "code-incorrect")?;
    must(first.number("/attempts_left") == second.number("/attempts_left"), || "it cost two tries".into())
}

const NEEDED: &str = "content-type,sspr-flow,idempotency-key,x-csrf-token";

fn preflight(kit: &Kit, origin: &str) -> Result<Answer, String> {
    kit.call("OPTIONS", "/recovery")
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", NEEDED)
        .send()
}

fn allowed(kit: &Kit) -> Verdict {
    let origin = kit.setup.origin.clone().unwrap_or_default();
    let answer = preflight(kit, &origin)?;
    must(answer.header("access-control-allow-origin") == origin, || "it does not name the origin".into())?;
    let headers = answer.header("access-control-allow-headers").to_lowercase();
    for name in NEEDED.split(',') {
        must(headers.contains(name), || format!("{name} may not be sent"))?;
    }
    let started =
        kit.call("POST", "/recovery").header("origin", &origin).header("sec-fetch-site", "cross-site");
    let started = started.json(&start_for(kit, &kit.nobody())?).send()?;
    status(&started, 202)?;
    must(started.header("vary").to_lowercase().contains("origin"), || "`Vary` has no Origin".into())?;
    let exposed = started.header("access-control-expose-headers").to_lowercase();
    must(exposed.contains("retry-after"), || "Retry-After may not be read".into())?;
    must(started.header("access-control-allow-credentials").is_empty(), || "it wants credentials".into())
}

const FOREIGN: &str = "https://evil.example";

fn foreign_preflight(kit: &Kit) -> Verdict {
    let answer = preflight(kit, FOREIGN)?;
    let told = answer.header("access-control-allow-origin");
    must(told != FOREIGN && told != "*", || format!("it allows {told}"))?;
    let read = kit.call("GET", "/describe").header("origin", FOREIGN).send()?;
    let told = read.header("access-control-allow-origin");
    must(told != FOREIGN, || format!("it allows {told}"))
}

fn foreign_request(kit: &Kit) -> Verdict {
    let body = json!({ "identifier": kit.nobody(), "intent": "reset" });
    let by_origin = kit.call("POST", "/recovery").header("origin", FOREIGN).json(&body).send()?;
    refused(&by_origin, 403, "csrf")?;
    let by_site = kit.call("POST", "/recovery").header("sec-fetch-site", "cross-site").json(&body).send()?;
    refused(&by_site, 403, "csrf")
}

/// What an onlooker can compare: everything but what is random for all.
fn shape(answer: &Answer) -> Value {
    let mut body = answer.json();
    for opaque in ["/flow", "/challenge/id", "/request_id"] {
        if let Some(value) = body.pointer_mut(opaque).filter(|value| !value.is_null()) {
            *value = json!(value.as_str().map(str::len));
        }
    }
    let known = |name: &&String| !["date", "sspr-request-id"].contains(&name.as_str());
    let headers: Vec<_> = answer.headers.iter().filter(|(name, _)| known(name)).collect();
    json!([answer.status, headers, body, answer.body.len()])
}

/// The answers from the start to two wrong codes.
fn shapes(kit: &Kit, started: Answer, challenge: Answer, code: &str) -> Result<Vec<Value>, String> {
    let flow = Flow { token: started.text("/flow"), view: started.json() };
    let wrong = Kit::wrong(code);
    let answers = [kit.verify(&flow, &challenge, &wrong)?, kit.verify(&flow, &challenge, &wrong)?];
    let looked = kit.call("GET", "/recovery").flow(&flow.token).send()?;
    Ok([started, challenge].iter().chain(&answers).chain([&looked]).map(shape).collect())
}

fn alike(kit: &Kit) -> Verdict {
    let (started, challenge, code) = kit.sent_as_seen()?;
    let known = shapes(kit, started, challenge, &code)?;
    let started = kit.start_of(&kit.nobody())?;
    let challenge = kit.choose(&Flow { token: started.text("/flow"), view: started.json() })?;
    let unknown = shapes(kit, started, challenge, &code)?;
    let steps = ["start", "challenge", "a wrong code", "another wrong code", "looking"];
    let differs = steps.iter().zip(known.iter().zip(&unknown)).find(|(_, (known, unknown))| known != unknown);
    must(differs.is_none(), || format!("they differ in {}", differs.map_or("", |(step, _)| step)))
}
