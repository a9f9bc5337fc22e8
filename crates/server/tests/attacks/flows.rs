//! Tokens that somebody else chose or used, requests sent again, and keys of repeated requests.

use crate::{
    person::{NEW, OLD, Person},
    site::{Setup, Site},
    table::Attack,
};
use serde_json::json;

const KEY: &str = "5e9f8d1c-6a57-4a44-9c1e-3f5a9b2d7e10";

#[tokio::test]
async fn a_token_of_ones_own_choice_opens_nothing() {
    let attack = Attack::new("tokens", "bring a flow token or a session cookie of one's own choice");
    let site = Site::new().await;
    for token in ["chosen-by-me", &"A".repeat(43), "", "' OR 1=1 --"] {
        let answer = site.choose(token, "email").await;
        assert!([400, 401, 410].contains(&answer.status.as_u16()), "{token}: {}", answer.status);
    }
    let start = json!({ "identifier": "blair", "intent": "reset" });
    let started = site.post("/recovery", &start, &[("sspr-flow", "A".repeat(43))]).await;
    assert_ne!(started.json()["flow"].as_str().unwrap(), "A".repeat(43));

    let body = json!({ "identifier": "alex", "password": OLD });
    let signed_in = site.post("/session", &body, &[("cookie", "sspr=chosen-by-me".into())]).await;
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap();
    assert!(!cookie.contains("chosen-by-me") && cookie.contains("HttpOnly") && cookie.contains("Strict"));
    attack.held("neither is taken over: the server draws its own at each start and sign-in");
}

#[tokio::test]
async fn whoever_started_a_flow_loses_it_to_whoever_proves_themselves() {
    let attack =
        Attack::new("tokens", "fixation: start a flow for somebody, wait until they open the mailed link");
    let site = Site::new().await;
    let attacker = site.flow("blair").await;
    site.challenge(&attacker, "email").await;
    let link = site.message_to("blair@home.example").await.link.unwrap();
    let token = link.split_once("#sspr=").unwrap().1;
    let opened = site.post("/recovery/link/open", &json!({ "link_token": token }), &[]).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    let owner = opened.json()["flow"].as_str().unwrap().to_owned();
    assert_eq!(site.set(&attacker, NEW).await.status, 410, "the attacker's token is dead");
    assert_eq!(site.set(&owner, NEW).await.status, 200);
    attack.held("the flow moves to the browser that opened the link; the starter's token is dead (410)");
}

#[tokio::test]
async fn each_proof_replaces_the_token() {
    let attack = Attack::new("tokens", "go on with a token from before a proof");
    let site = Site::new().await;
    let before = site.flow("blair").await;
    let challenge = site.challenge(&before, "email").await;
    let code = site.message_to("blair@home.example").await.code.unwrap();
    let after = site.verify(&before, &challenge, &code).await.json();
    assert_ne!(after["flow"], before.as_str());
    assert_eq!(site.set(&before, NEW).await.status, 410);
    attack.held("410: a token that was read earlier is worth nothing after the proof");
}

#[tokio::test]
async fn what_was_done_is_not_done_again() {
    let attack = Attack::new("replay", "send a proof, a link and a new password a second time");
    let site = Site::new().await;
    let flow = site.flow("blair").await;
    let challenge = site.challenge(&flow, "email").await;
    let message = site.message_to("blair@home.example").await;
    let code = message.code.unwrap();
    let passed = site.verify(&flow, &challenge, &code).await.json();
    assert_eq!(site.verify(&flow, &challenge, &code).await.status, 410, "the proof");
    let link = json!({ "link_token": message.link.unwrap().split_once("#sspr=").unwrap().1 });
    assert_eq!(site.post("/recovery/link/open", &link, &[]).await.status, 410, "the link of a passed gate");
    let last = passed["flow"].as_str().unwrap();
    assert_eq!(site.set(last, NEW).await.status, 200);
    assert_eq!(site.set(last, "Other-Harbour-78").await.status, 410, "the password");
    assert_eq!(site.sign_in("blair", NEW).await.status, 200);
    attack.held("410 for each; the first password stands");
}

#[tokio::test]
async fn a_reset_ends_sessions_that_somebody_else_had() {
    let attack = Attack::new("replay", "stay signed in with a stolen session over a reset");
    let site = Site::new().await;
    let thief = Person::sign_in(&site, "blair").await;
    assert_eq!(thief.get(&site, "/me/methods").await.status, 200);
    let flow = site.flow("blair").await;
    let challenge = site.challenge(&flow, "email").await;
    let code = site.message_to("blair@home.example").await.code.unwrap();
    let passed = site.verify(&flow, &challenge, &code).await.json();
    assert_eq!(site.set(passed["flow"].as_str().unwrap(), NEW).await.status, 200);
    assert_eq!(thief.get(&site, "/me/methods").await.status, 401);
    attack.held("401: the reset ended it");
}

#[tokio::test]
async fn a_repeated_requests_key_fetches_nobody_elses_answer() {
    let attack = Attack::new(
        "replay",
        "use an idempotency key in another flow, session, origin, or with another body",
    );
    let site = Site::with(Setup::default()).await;
    let key = ("idempotency-key", KEY.to_owned());
    let (one, other) = (site.flow("blair").await, site.flow("kit").await);
    let mut answers = Vec::new();
    for flow in [&one, &other] {
        let headers = [("sspr-flow", flow.clone()), key.clone()];
        answers.push(site.post("/recovery/challenge", &json!({ "method": "email" }), &headers).await);
    }
    assert_eq!([answers[0].status.as_u16(), answers[1].status.as_u16()], [202, 202]);
    assert_ne!(answers[0].json()["challenge"]["id"], answers[1].json()["challenge"]["id"], "another flow");
    let headers = [("sspr-flow", one.clone()), key.clone()];
    let reused = site.post("/recovery/challenge", &json!({ "method": "totp" }), &headers).await;
    assert_eq!(reused.status, 422, "another body");
    assert!(reused.text.contains("idempotency-key-reused"), "{}", reused.text);

    let start = json!({ "identifier": "blair", "intent": "reset" });
    let here = site.post("/recovery", &start, std::slice::from_ref(&key)).await.json();
    let origin = ("origin", format!("http://{}", site.address()));
    let there = site.post("/recovery", &start, &[key.clone(), origin]).await.json();
    assert_ne!(here["flow"], there["flow"], "another origin");
    let guessable = site.post("/recovery", &start, &[("idempotency-key", "1".into())]).await;
    assert_eq!(guessable.status, 400, "what can be guessed is no key");

    let (alex, drew) = (Person::sign_in(&site, "alex").await, Person::sign_in(&site, "drew").await);
    let add = json!({ "kind": "recovery_codes" });
    let mut codes = Vec::new();
    for person in [&alex, &drew] {
        let mut headers = person.headers().to_vec();
        headers.push(key.clone());
        let added = site.post("/me/methods", &add, &headers).await;
        assert_eq!(added.status, 201, "{}", added.text);
        codes.push(added.json()["recovery_codes"].clone());
    }
    assert_ne!(codes[0], codes[1], "another session");
    attack.held("each runs on its own; another body 422, a key that can be guessed 400");
}

#[tokio::test]
async fn nobody_touches_the_methods_of_others() {
    let attack =
        Attack::new("tokens", "name somebody else's method (read, verify, remove, make it the default)");
    let site = Site::new().await;
    let (alex, blair) = (Person::sign_in(&site, "alex").await, Person::sign_in(&site, "blair").await);
    let methods = blair.get(&site, "/me/methods").await.json();
    let ids: Vec<&str> =
        methods["methods"].as_array().unwrap().iter().filter_map(|it| it["id"].as_str()).collect();
    assert!(ids.len() >= 4);
    for id in ids {
        for (method, path, body) in [
            (reqwest::Method::PATCH, format!("/sspr/v1/me/methods/{id}"), json!({ "primary": true })),
            (reqwest::Method::DELETE, format!("/sspr/v1/me/methods/{id}"), json!({})),
            (reqwest::Method::POST, format!("/sspr/v1/me/methods/{id}/verify"), json!({ "code": "000000" })),
            (reqwest::Method::POST, format!("/sspr/v1/me/methods/{id}/resend"), json!({})),
        ] {
            let mut request = site.request(method.clone(), &path).json(&body);
            for (name, value) in alex.headers() {
                request = request.header(name, value);
            }
            let answer = crate::support::Running::answered(request).await;
            assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text);
        }
    }
    assert_eq!(blair.get(&site, "/me/methods").await.json(), methods);
    attack.held("404 for each, as for one that is not there; nothing changed");
}
