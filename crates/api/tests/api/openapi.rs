//! The OpenAPI document, held against the router.

use crate::support::{Call, Site};
use axum::http::Method;
use serde_json::{Value, json};
use sspr_core::wire::ProblemCode;
use std::{collections::BTreeSet, fs, path::Path};

/// Every route there is. A route that is not in the document, or not here, fails.
const ROUTES: [(&str, &str); 34] = [
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/sspr/v1/describe"),
    ("GET", "/sspr/v1/passwords/range/{prefix}"),
    ("GET", "/sspr/v1/openapi.json"),
    ("POST", "/sspr/v1/recovery"),
    ("GET", "/sspr/v1/recovery"),
    ("DELETE", "/sspr/v1/recovery"),
    ("POST", "/sspr/v1/recovery/challenge"),
    ("POST", "/sspr/v1/recovery/verify"),
    ("POST", "/sspr/v1/recovery/link"),
    ("POST", "/sspr/v1/recovery/link/open"),
    ("POST", "/sspr/v1/recovery/password"),
    ("POST", "/sspr/v1/recovery/unlock"),
    ("POST", "/sspr/v1/recovery/extend"),
    ("GET", "/sspr/v1/captcha"),
    ("GET", "/sspr/v1/session"),
    ("POST", "/sspr/v1/session"),
    ("DELETE", "/sspr/v1/session"),
    ("GET", "/sspr/v1/me/methods"),
    ("POST", "/sspr/v1/me/methods"),
    ("PATCH", "/sspr/v1/me/methods/{id}"),
    ("DELETE", "/sspr/v1/me/methods/{id}"),
    ("POST", "/sspr/v1/me/methods/{id}/verify"),
    ("POST", "/sspr/v1/me/methods/{id}/resend"),
    ("POST", "/sspr/v1/me/contacts/confirm"),
    ("POST", "/sspr/v1/me/registration/skip"),
    ("POST", "/sspr/v1/me/reauthenticate"),
    ("GET", "/sspr/v1/me/password"),
    ("PUT", "/sspr/v1/me/password"),
    ("GET", "/sspr/v1/admin/policy"),
    ("PUT", "/sspr/v1/admin/policy"),
    ("GET", "/sspr/v1/admin/reports"),
    ("POST", "/sspr/v1/admin/lookup"),
];

/// An operation as the document tells it.
pub(crate) struct Documented {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) statuses: BTreeSet<u16>,
    pub(crate) codes: BTreeSet<String>,
    summary: String,
}

/// Every operation of the served document.
pub(crate) async fn document(site: &Site) -> Vec<Documented> {
    let document = site.get("/openapi.json").await.ok().json();
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    let of_path = |(path, item): (String, Value)| {
        let operations = item.as_object().cloned().unwrap_or_default();
        operations.into_iter().map(move |(method, operation)| read(&method, path.clone(), &operation))
    };
    paths.into_iter().flat_map(of_path).collect()
}

fn read(method: &str, path: String, operation: &Value) -> Documented {
    let responses = operation["responses"].as_object().cloned().unwrap_or_default();
    let codes = responses.values().filter_map(|response| response["description"].as_str());
    Documented {
        method: method.to_uppercase().parse().expect("a method"),
        path,
        id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
        statuses: responses.keys().filter_map(|status| status.parse().ok()).collect(),
        codes: codes.flat_map(|text| text.split('`')).map(str::to_owned).collect(),
        summary: operation["summary"].as_str().unwrap_or_default().to_owned(),
    }
}

#[tokio::test]
async fn the_document_and_the_table_of_routes_agree() {
    let site = Site::new().await;
    let documented = document(&site).await;
    let documented: BTreeSet<_> =
        documented.iter().map(|op| (op.method.as_str(), op.path.as_str())).collect();
    assert_eq!(documented, BTreeSet::from(ROUTES));
}

#[tokio::test]
async fn every_documented_operation_is_routed_and_no_other_method_is() {
    let site = Site::new().await;
    let documented = document(&site).await;
    for path in documented.iter().map(|op| &op.path) {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let answer = Call::new(method, &path.replace("{id}", "some-id")).send(&site.router).await;
            let routed = documented.iter().any(|op| op.method == method && op.path == *path);
            assert_ne!(answer.text("code"), if routed { "not-found" } else { "" }, "{method} {path}");
            assert_eq!(answer.status == 405, !routed, "{method} {path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn every_operation_has_a_name_a_summary_and_its_refusals() {
    let mut ids = BTreeSet::new();
    for operation in document(&Site::new().await).await {
        assert!(!operation.summary.is_empty(), "{}", operation.path);
        assert!(ids.insert(operation.id.clone()), "{} stands twice", operation.id);
        let refusals = operation.statuses.iter().any(|status| *status >= 500);
        let harmless = ["live", "openapi"].contains(&operation.id.as_str());
        assert!(refusals || harmless, "{} {} documents no failure of ours", operation.method, operation.path);
    }
}

#[tokio::test]
async fn the_documents_words_are_those_on_the_wire() {
    let document = Site::new().await.get("/openapi.json").await.ok().json();
    let words: Vec<&str> = ProblemCode::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(document["components"]["schemas"]["ProblemCode"]["enum"], json!(words));
    assert!(document["components"]["schemas"]["Problem"]["properties"]["type"].is_object());
}

/// Refresh with `UPDATE_OPENAPI=1 cargo test -p sspr-api --test api openapi`.
#[tokio::test]
async fn the_checked_in_document_is_the_served_one() {
    let served = Site::new().await.get("/openapi.json").await.ok();
    let mut served = String::from_utf8(served.body).expect("UTF-8");
    served.push('\n');
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&file, &served).expect("a writable work tree");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == served,
        "crates/api/openapi.json is stale: UPDATE_OPENAPI=1 cargo test -p sspr-api --test api openapi"
    );
    assert!(served.contains("\"openapi\": \"3.1"));
}
