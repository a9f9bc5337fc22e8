//! Sheds what would only wait: with so many requests under way, the next one is told at once to come again, before
//! anything is looked up or hashed for it. Health stays outside, so that a busy server is not taken for a dead one.

use crate::{
    extract::{Refused, most_bytes, read_body},
    problem::Refusal,
    state::AppState,
};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
};
use sspr_core::wire::{BASE_PATH, ProblemCode};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// How many requests are under way.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    taken: Arc<AtomicUsize>,
    most: usize,
}

/// One of them; over when dropped.
struct Place(Arc<AtomicUsize>);

impl Places {
    pub(crate) fn new(most: usize) -> Self {
        Self { taken: Arc::default(), most }
    }

    fn take(&self) -> Option<Place> {
        // Relaxed: it only counts.
        let free = |taken: usize| (taken < self.most).then_some(taken + 1);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, free).ok()?;
        Some(Place(self.taken.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Refuses with `overloaded` where too many are under way. A body is awaited first: who sends one byte by byte must not
/// take a place meanwhile.
pub(crate) async fn shed(State(state): State<AppState>, request: Request, next: Next) -> Refused {
    if !request.uri().path().starts_with(BASE_PATH) {
        return Ok(next.run(request).await);
    }
    let (parts, body) = request.into_parts();
    let body = read_body(body, most_bytes(parts.uri.path())).await?;
    let Some(_place) = state.places.take() else { return Err(Refusal::new(ProblemCode::Overloaded)) };
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_so_many_places_and_each_is_given_back() {
        let places = Places::new(2);
        let first = places.take();
        let second = places.take();
        assert!(first.is_some() && second.is_some() && places.take().is_none());
        drop(first);
        assert!(places.take().is_some());
    }
}
