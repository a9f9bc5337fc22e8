//! `/openapi.json`: the contract as an OpenAPI document, made from the handlers.

use crate::{extract::JSON, state::AppState};
use axum::{
    Extension,
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};
use sspr_core::wire::{
    Problem,
    header::{CSRF, FLOW, REQUEST_ID},
};
use utoipa::{
    OpenApi,
    openapi::{
        HeaderBuilder, ObjectBuilder, OpenApi as Document, PathItem, Ref, RefOr, Type,
        path::Operation,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// What no handler knows.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Self-service password reset",
        description = "How the elements of sspr-widget talk to a backend. Unknown members are ignored by both sides; \
                       lengths of time are whole seconds left. Every error is a problem (RFC 9457) whose `code` decides.",
    ),
    components(schemas(Problem)),
    tags(
        (name = "describe", description = "What is switched on."),
        (name = "recovery", description = "The flow of a person who cannot sign in. No cookies."),
        (name = "session", description = "Who is signed in."),
        (name = "methods", description = "What a signed-in person registers."),
        (name = "password", description = "Changing a known password."),
        (name = "admin", description = "What an administrator sees and changes."),
        (name = "health", description = "For whoever watches the server."),
        (name = "openapi", description = "This document."),
    ),
)]
struct Frame;

/// The document as it is served.
#[derive(Clone)]
pub(crate) struct Served(Bytes);

impl Served {
    /// Completes the document of the routes.
    pub(crate) fn new(routes: Document) -> Self {
        let mut document = Frame::openapi();
        document.merge(routes);
        add_security_schemes(&mut document);
        add_headers(&mut document);
        document.paths.paths.values_mut().flat_map(operations).for_each(add_request_id);
        // The document is plain data; were it ever not, an empty one would fail the tests.
        let text = serde_json::to_string_pretty(&document).unwrap_or_default();
        // The wire types' comments link to Rust items, which mean nothing to a reader of the document.
        Self(text.replace("[`", "`").replace("`]", "`").into())
    }
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(openapi))
}

/// Give this document
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "openapi",
    responses((status = 200, description = "An OpenAPI 3.1 document.", content_type = "application/json")),
)]
async fn openapi(Extension(Served(document)): Extension<Served>) -> Response {
    ([(header::CONTENT_TYPE, JSON)], document).into_response()
}

fn add_security_schemes(document: &mut Document) {
    let in_header = |name, description| ApiKey::Header(ApiKeyValue::with_description(name, description));
    let components = document.components.get_or_insert_default();
    let mut add = |name: &str, scheme| components.security_schemes.insert(name.to_owned(), RefOr::T(scheme));
    add("flow", SecurityScheme::ApiKey(in_header(FLOW, "The token of the flow.")));
    add(
        "csrf",
        SecurityScheme::ApiKey(in_header(CSRF, "The session's token, on unsafe requests by cookie.")),
    );
    let cookie =
        ApiKeyValue::with_description("__Host-sspr", "The own session; `sspr` where there is no HTTPS.");
    add("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token of another sign-in, or a trusted proxy's header."))
        .build();
    add("bearer", SecurityScheme::Http(bearer));
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut path.get, &mut path.put, &mut path.post, &mut path.delete, &mut path.patch]
        .into_iter()
        .filter_map(Option::as_mut)
}

/// Every answer names its request.
fn add_request_id(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            let named = Ref::new(format!("#/components/headers/{REQUEST_ID}"));
            response.headers.insert(REQUEST_ID.to_owned(), RefOr::Ref(named));
        }
    }
}

fn add_headers(document: &mut Document) {
    let headers = &mut document.components.get_or_insert_default().headers;
    let mut add = |name: &str, kind, description| {
        let header = HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(kind)))
            .description(Some(description));
        headers.insert(name.to_owned(), header.build().into());
    };
    add(REQUEST_ID, Type::String, "Names this request in the server's log.");
    add(header::RETRY_AFTER.as_str(), Type::Integer, "Seconds to wait before the next try.");
}
