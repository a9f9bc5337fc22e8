//! Problems in the OpenAPI document: which codes an operation can answer with.

use super::MEDIA_TYPE;
use sspr_core::wire::ProblemCode;
use std::collections::BTreeMap;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

/// What any request can end in.
pub(crate) const ANY: &[ProblemCode] = &[
    ProblemCode::RateLimited,
    ProblemCode::Internal,
    ProblemCode::DirectoryUnavailable,
    ProblemCode::Overloaded,
];

/// What an unsafe request can end in besides.
pub(crate) const UNSAFE: &[ProblemCode] = &[ProblemCode::Csrf];

/// What a request with a body can end in besides.
pub(crate) const BODY: &[ProblemCode] =
    &[ProblemCode::Malformed, ProblemCode::TooLarge, ProblemCode::UnsupportedMediaType];

/// What a request with an idempotency key can end in besides.
pub(crate) const KEYED: &[ProblemCode] = &[
    ProblemCode::Malformed,
    ProblemCode::TooLarge,
    ProblemCode::InProgress,
    ProblemCode::IdempotencyKeyReused,
];

/// What a request of a flow can end in besides.
pub(crate) const FLOW: &[ProblemCode] =
    &[ProblemCode::FlowGone, ProblemCode::WrongState, ProblemCode::NotAllowed];

/// What a request of a signed-in person can end in besides.
pub(crate) const PERSON: &[ProblemCode] = &[
    ProblemCode::SessionRequired,
    ProblemCode::ReauthenticationRequired,
    ProblemCode::NotAllowed,
    ProblemCode::PolicyForbids,
];

/// Declares a set of problems for `responses(…)` of an operation.
macro_rules! problems {
    ($($name:ident = [$($set:expr),* $(,)?] $(+ [$($code:ident),* $(,)?])?;)*) => {$(
        struct $name;
        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>> {
                let sets: &[&[sspr_core::wire::ProblemCode]] =
                    &[$($set,)* $(&[$(sspr_core::wire::ProblemCode::$code),*])?];
                $crate::problem::documented::responses(sets)
            }
        }
    )*};
}
pub(crate) use problems;

/// One response a status, which names its codes.
pub(crate) fn responses(sets: &[&[ProblemCode]]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for code in sets.iter().copied().flatten() {
        let words = by_status.entry(code.status()).or_default();
        if !words.contains(&code.word()) {
            words.push(code.word());
        }
    }
    by_status
        .into_iter()
        .map(|(status, words)| (status.to_string(), response(status, &words).into()))
        .collect()
}

fn response(status: u16, words: &[&str]) -> Response {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let response = ResponseBuilder::new()
        .description(quoted.join(", "))
        .content(MEDIA_TYPE, ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build());
    match status {
        409 | 429 | 503 => {
            response.header_ref("retry-after", Ref::new("#/components/headers/retry-after")).build()
        }
        _ => response.build(),
    }
}
