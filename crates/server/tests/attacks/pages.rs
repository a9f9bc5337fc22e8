//! What other sites make a browser do, and what a browser is told about our answers.

use crate::{
    person::Person,
    site::{Setup, Site},
    support::{Running, client},
    table::Attack,
};
use reqwest::Method;
use serde_json::json;

const EVIL: &str = "https://evil.example";

/// Every operation that changes something.
async fn operations(site: &Site) -> Vec<(Method, String)> {
    let document = Running::answered(site.request(Method::GET, "/sspr/v1/openapi.json")).await.json();
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if operations.get(method).is_some() {
                let path = path.replace("{id}", "00000000-0000-4000-8000-000000000000");
                let path = if path.contains('{') { path.split('{').next().unwrap().to_owned() } else { path };
                found.push((Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(), path));
            }
        }
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

#[tokio::test]
async fn another_sites_page_can_neither_act_nor_read() {
    let attack =
        Attack::new("other sites", "call every operation from another site's page, with the victim's cookie");
    let site = Site::new().await;
    let victim = Person::sign_in(&site, "alex").await;
    let foreign: [&[(&str, &str)]; 4] = [
        &[("origin", EVIL)],
        &[("origin", "null")],
        &[("origin", EVIL), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ];
    let mut refused = 0;
    for (method, path) in operations(&site).await.into_iter().filter(|(method, _)| *method != Method::GET) {
        for headers in foreign {
            let mut request = site.request(method.clone(), &path).json(&json!({}));
            for (name, value) in victim.headers() {
                request = request.header(name, value);
            }
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = Running::answered(request).await;
            assert_eq!(answer.status, 403, "{method} {path} {headers:?}: {}", answer.text);
            assert!(answer.text.contains("csrf"), "{}", answer.text);
            assert!(answer.headers.get("access-control-allow-origin").is_none());
            refused += 1;
        }
    }
    let read = site.request(Method::GET, "/sspr/v1/me/methods").header("origin", EVIL);
    let read = Running::answered(read.header("cookie", &victim.cookie)).await;
    assert!(read.headers.get("access-control-allow-origin").is_none(), "its page may not read the answer");
    let ask = site.request(Method::OPTIONS, "/sspr/v1/me/methods").header("origin", EVIL);
    let ask = Running::answered(ask.header("access-control-request-method", "POST")).await;
    assert!(ask.headers.get("access-control-allow-origin").is_none(), "nor be promised that it may");
    attack.held(format!("{refused} requests: 403 csrf each, and no leave to read anything"));
}

#[tokio::test]
async fn a_form_of_another_site_sends_nothing_that_we_take() {
    let attack = Attack::new(
        "other sites",
        "post a form (no preflight) that looks like JSON; a cookie without its token",
    );
    let site = Site::new().await;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        let mut request = site.request(Method::POST, "/sspr/v1/recovery");
        request = request.body(r#"{"identifier":"blair","intent":"reset"}"#);
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        assert_eq!(Running::answered(request).await.status, 415, "{kind}");
    }
    let person = Person::sign_in(&site, "alex").await;
    for token in [None, Some(""), Some("wrong")] {
        let mut headers = vec![("cookie", person.cookie.clone())];
        headers.extend(token.map(|token| ("x-csrf-token", token.to_owned())));
        let answer = site.post("/me/methods", &json!({ "kind": "recovery_codes" }), &headers).await;
        assert_eq!(answer.status, 403, "{token:?}: {}", answer.text);
    }
    attack.held("415 for anything but application/json; 403 for a cookie without its token");
}

#[tokio::test]
async fn everything_that_is_sent_carries_the_headers_that_protect_it() {
    let attack =
        Attack::new("other sites", "clickjacking and sniffing: look for an answer without its headers");
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("static")).unwrap();
    std::fs::write(folder.path().join("static/index.html"), "<!doctype html><title>a page</title>").unwrap();
    let server = "static_dir = \"static\"\nmetrics_listen = \"127.0.0.1:0\"\nrequest_timeout_seconds = 1";
    let site = Site::within(folder, Setup { server, ..Setup::default() }).await;
    let mut asked: Vec<(Method, String)> = operations(&site).await;
    for path in
        ["/", "/index.html", "/missing", "/sspr/v1/missing", "/.well-known/change-password", "/healthz"]
    {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::TRACE] {
            asked.push((method, path.to_owned()));
        }
    }
    let mut answers = Vec::new();
    for (method, path) in &asked {
        for body in ["", "{", "{}"] {
            let request = site.request(method.clone(), path).header("content-type", "application/json");
            let answer = Running::answered(request.body(body)).await;
            answers.push((format!("{method} {path} {body:?} {}", answer.status), answer.headers));
        }
    }
    let large = site.request(Method::POST, "/sspr/v1/recovery").header("content-type", "application/json");
    let large = Running::answered(large.body("x".repeat(20_000))).await;
    assert_eq!(large.status, 413);
    answers.push(("too large".into(), large.headers));
    answers.push(("metrics".into(), site.metrics_answer().await.headers));

    let mut statuses = std::collections::BTreeSet::new();
    for (what, headers) in &answers {
        statuses.insert(what.rsplit(' ').next().unwrap_or_default().to_owned());
        let value = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(value("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(value("x-frame-options"), "DENY", "{what}");
        assert_eq!(value("referrer-policy"), "no-referrer", "{what}");
        assert!(value("content-security-policy").contains("frame-ancestors 'none'"), "{what}");
        assert!(value("content-security-policy").contains("default-src 'none'"), "{what}");
        assert!(value("permissions-policy").contains("camera=()"), "{what}");
        assert!(!value("cache-control").is_empty(), "{what}");
        for telling in ["server", "x-powered-by", "via"] {
            assert!(headers.get(telling).is_none(), "{what} tells {telling}");
        }
    }
    attack.held(format!("{} answers, with {} statuses, all carry them", answers.len(), statuses.len()));
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let attack = Attack::new("other sites", "strip TLS: lure a browser to plain HTTP later");
    let site = Site::new().await;
    let plain = Running::answered(site.request(Method::GET, "/healthz")).await;
    assert!(plain.headers.get("strict-transport-security").is_none(), "https = false");
    let site = Site::with(Setup { https: true, ..Setup::default() }).await;
    let told = Running::answered(site.request(Method::GET, "/healthz")).await;
    assert_eq!(told.headers["strict-transport-security"], "max-age=31536000");
    let session = site.sign_in("alex", crate::person::OLD).await;
    let cookie = session.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-") && cookie.contains("Secure"), "{cookie}");
    attack.held("Strict-Transport-Security for a year; the cookie is Secure and __Host-");
}

#[tokio::test]
async fn nobody_is_led_elsewhere() {
    let attack = Attack::new(
        "other sites",
        "open redirect: by query, path, Host, X-Forwarded-Host, page of a mailed link",
    );
    let site = Site::new().await;
    let client = client(|builder| builder.redirect(reqwest::redirect::Policy::none()));
    for path in [
        "/.well-known/change-password?next=https://evil.example",
        "/.well-known/change-password?url=//evil.example",
        "//evil.example/.well-known/change-password",
        "/.well-known/change-password/..//evil.example",
    ] {
        let request = client.get(format!("http://{}{path}", site.address()));
        let request = request.header("host", "evil.example").header("x-forwarded-host", "evil.example");
        let answer = Running::answered(request).await;
        let location = answer.headers.get("location").map(|it| it.to_str().unwrap());
        assert!(location.is_none_or(|it| it == "/"), "{path}: {location:?}");
    }
    for page in
        ["https://evil.example/", "//evil.example", "http://localhost/reset@evil.example", "javascript:x"]
    {
        site.mailbox.clear();
        let body = json!({ "identifier": "blair", "intent": "reset", "page": page });
        let headers = [("x-forwarded-host", "evil.example".to_owned())];
        let flow = site.post("/recovery", &body, &headers).await.json()["flow"].as_str().unwrap().to_owned();
        site.challenge(&flow, "email").await;
        let message = site.message_to("blair@home.example").await;
        assert!(message.link.as_ref().unwrap().starts_with("http://localhost/reset#"), "{:?}", message.link);
        assert!(!message.text.contains("evil") && !message.html.unwrap_or_default().contains("evil"));
    }
    attack.held("redirects and links lead to configured addresses alone");
}
