//! JSON bodies, in and out.

use super::Refused;
use crate::problem::Refusal;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use http_body_util::LengthLimitError;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_path_to_error::{Path, Segment};
use sspr_core::wire::ProblemCode;
use std::error::Error;
use utoipa::ToSchema;

/// Most bytes of a body. The largest request, answers to ten questions, stays under 4 KiB.
const MAX_BODY: usize = 16 * 1024;

/// Most bytes of a policy: a thousand banned words of 16 characters, and two hundred groups.
const MAX_POLICY: usize = 256 * 1024;

/// The media type of everything but problems.
pub(crate) const JSON: &str = "application/json";

/// A JSON body. Bodies nested deeper than 127 levels are refused by the parser, so depth costs no stack.
pub(crate) struct Json<T>(pub(crate) T);

/// The body `{}` of calls that need to say nothing. It is demanded all the same: its content type makes browsers
/// ask first (CORS preflight).
#[derive(Deserialize, ToSchema)]
pub(crate) struct Empty {}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Refusal> {
        if !is_json(request.headers()) {
            return Err(Refusal::new(ProblemCode::UnsupportedMediaType));
        }
        let most = most_bytes(request.uri().path());
        parse(&read_body(request.into_body(), most).await?).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, JSON)], body).into_response(),
            Err(error) => Refusal::internal(error).into_response(),
        }
    }
}

/// Most bytes of a body at a path.
pub(crate) fn most_bytes(path: &str) -> usize {
    if path.ends_with("/admin/policy") { MAX_POLICY } else { MAX_BODY }
}

/// The whole body, if it has no more than so many bytes.
pub(crate) async fn read_body(body: Body, most: usize) -> Refused<Bytes> {
    to_bytes(body, most).await.map_err(|error| {
        let too_large = error.source().is_some_and(|cause| cause.is::<LengthLimitError>());
        Refusal::new(if too_large { ProblemCode::TooLarge } else { ProblemCode::Malformed })
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(Ok(value)) = headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) else { return false };
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(JSON)
}

/// Reads JSON. What is wrong is said as a pointer alone, since the parser's text may quote a password.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Refused<T> {
    let mut parser = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut parser)
        .map_err(|error| Refusal::malformed(pointer(error.path())))?;
    parser.end().map_err(|_| Refusal::malformed(String::new()))?;
    Ok(value)
}

/// A path as a JSON pointer (RFC 6901); empty for the whole body.
fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sspr_core::wire::VerifyChallenge;

    #[test]
    fn a_mistake_deep_in_the_body_is_pointed_at() {
        let body = br#"{"challenge":"c","answers":[{"question":"q","answer":1}]}"#;
        let refusal = parse::<VerifyChallenge>(body).expect_err("a number is no answer");
        assert_eq!(refusal.problem().pointer.as_deref(), Some("/answers/0/answer"));
    }

    #[test]
    fn unknown_members_are_passed_over_however_deep() {
        let body = format!(r#"{{"challenge":"c","more":{}{}}}"#, "[".repeat(6_000), "]".repeat(6_000));
        assert!(parse::<VerifyChallenge>(body.as_bytes()).is_ok());
    }

    #[test]
    fn text_after_the_body_is_refused() {
        assert!(parse::<Empty>(b"{} {}").is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse::<VerifyChallenge>(&body);
        }
    }
}
