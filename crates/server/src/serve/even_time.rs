//! Answers to who cannot sign in take an even time, so that it tells nothing about the account.
//!
//! The service does the same work for every identifier, but equal work still differs by what a processor or a disk
//! happens to find (OWASP Forgot Password Cheat Sheet: "ensure that responses return in a consistent amount of time").
//! An answer therefore leaves at the next multiple of a step after its request came: what is left of a difference is
//! rounded away. It does not hide that the server is overloaded.

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use sspr_core::wire::BASE_PATH;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Holds answers of the recovery and of the sign-in back until the next step; a step of zero holds nothing back.
pub(super) async fn hold(State(step): State<Duration>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let held = tells_of_accounts(request.method(), request.uri().path()) && !step.is_zero();
    let response = next.run(request).await;
    if held {
        sleep_until(began + rounded(began.elapsed(), step)).await;
    }
    response
}

/// Whether the answer depends on an account that the caller has yet to prove to be theirs.
fn tells_of_accounts(method: &Method, path: &str) -> bool {
    let Some(path) = path.strip_prefix(BASE_PATH) else { return false };
    let below = path.strip_prefix("/recovery");
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        || (method, path) == (&Method::POST, "/session")
}

/// The least multiple of a step, but no less than one, that a time fits into.
fn rounded(took: Duration, step: Duration) -> Duration {
    let steps = took.as_micros().div_ceil(step.as_micros().max(1)).max(1);
    step.saturating_mul(u32::try_from(steps).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, middleware, routing::any};
    use tower::ServiceExt;

    const STEP: Duration = Duration::from_millis(50);

    async fn time_of(path: &str, work: Duration, step: Duration) -> Duration {
        time_of_method(Method::GET, path, work, step).await
    }

    async fn time_of_method(method: Method, path: &str, work: Duration, step: Duration) -> Duration {
        let app = Router::new()
            .fallback(any(move || tokio::time::sleep(work)))
            .layer(middleware::from_fn_with_state(step, hold));
        let began = Instant::now();
        let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        app.oneshot(request).await.expect("an answer");
        began.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn quick_and_slower_work_take_the_same_time() {
        for work in [0, 1, 7, 49] {
            let took = time_of("/sspr/v1/recovery/verify", Duration::from_millis(work), STEP).await;
            assert_eq!(took.as_millis(), 50, "{work}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn work_beyond_a_step_takes_whole_steps() {
        let took = time_of("/sspr/v1/recovery", Duration::from_millis(60), STEP).await;
        assert_eq!(took.as_millis(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn signing_in_takes_an_even_time_and_looking_at_the_session_does_not() {
        let took = |method| time_of_method(method, "/sspr/v1/session", Duration::from_millis(3), STEP);
        assert_eq!(took(Method::POST).await.as_millis(), 50);
        assert_eq!(took(Method::GET).await.as_millis(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_else_is_held_back_and_nothing_with_a_step_of_zero() {
        for path in ["/sspr/v1/describe", "/sspr/v1/recoveryx", "/", "/sspr/v1/me/methods"] {
            assert_eq!(time_of(path, Duration::ZERO, STEP).await, Duration::ZERO, "{path}");
        }
        assert_eq!(time_of("/sspr/v1/recovery", Duration::ZERO, Duration::ZERO).await, Duration::ZERO);
    }
}
