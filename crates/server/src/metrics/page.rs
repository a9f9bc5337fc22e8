//! `GET /metrics`, on an address of its own: what was counted, and how the store, the outbox and the directory are now.

use super::Metrics;
use crate::{backend::Backend, clock::SystemClock, serve::safe_headers};
use axum::{
    Router,
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::text::encode,
    metrics::gauge::Gauge,
    registry::{Registry, Unit},
};
use sspr_service::{Clock, Store};
use std::{
    future::Future,
    sync::{Arc, atomic::AtomicU64},
    time::{Duration, Instant},
};

/// How long the store or the directory may take to answer; one that takes longer counts as down.
const PATIENCE: Duration = Duration::from_secs(2);

/// The text format's media type.
const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Number = Gauge<f64, AtomicU64>;

/// What is looked at when somebody asks.
#[derive(Clone, Default)]
struct Now {
    store_up: Gauge,
    store_latency: Number,
    directory_up: Gauge,
    directory_latency: Number,
    open: Gauge,
    idle: Gauge,
    waiting: Gauge,
    dead: Gauge,
    oldest: Number,
}

/// The page.
pub(crate) fn page(metrics: &Metrics, backend: Backend) -> Router {
    let now = Now::default();
    let mut registry = Registry::with_prefix("sspr");
    metrics.register(&mut registry);
    now.register(&mut registry);
    let registry = Arc::new(registry);
    let show = move || {
        let (registry, now, backend) = (registry.clone(), now.clone(), backend.clone());
        async move {
            now.look(&backend).await;
            written(&registry)
        }
    };
    Router::new().route("/metrics", get(show)).layer(from_fn_with_state(false, safe_headers::add))
}

fn written(registry: &Registry) -> Response {
    let mut text = String::new();
    match encode(&mut text, registry) {
        Ok(()) => ([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Now {
    fn register(&self, registry: &mut Registry) {
        let up = "1 where it answers, 0 where not";
        let latency = "Time of its last answer";
        registry.register("store_up", up, self.store_up.clone());
        registry.register_with_unit("store_latency", latency, Unit::Seconds, self.store_latency.clone());
        registry.register("directory_up", up, self.directory_up.clone());
        registry.register_with_unit(
            "directory_latency",
            latency,
            Unit::Seconds,
            self.directory_latency.clone(),
        );
        registry.register("store_connections_open", "Connections to the database", self.open.clone());
        registry.register("store_connections_idle", "Those that nobody uses", self.idle.clone());
        registry.register(
            "outbox_waiting",
            "Messages of all nodes that wait or are on their way",
            self.waiting.clone(),
        );
        registry.register("outbox_dead", "Messages of all nodes that were given up", self.dead.clone());
        registry.register_with_unit(
            "outbox_oldest_due",
            "How long the message of all nodes has been due that waits longest",
            Unit::Seconds,
            self.oldest.clone(),
        );
    }

    async fn look(&self, backend: &Backend) {
        let (store, directory) = tokio::join!(timed(backend.store.ping()), timed(backend.directory.ping()));
        for (up, latency, answered) in [
            (&self.store_up, &self.store_latency, store),
            (&self.directory_up, &self.directory_latency, directory),
        ] {
            up.set(answered.is_some().into());
            latency.set(answered.map_or(f64::NAN, |took| took.as_secs_f64()));
        }
        let (open, idle) = backend.store.connections();
        self.open.set(open.into());
        self.idle.set(i64::try_from(idle).unwrap_or(i64::MAX));
        let fill = tokio::time::timeout(PATIENCE, backend.store.outbox_fill()).await;
        if let Ok(Ok(fill)) = fill {
            self.waiting.set(fill.waiting);
            self.dead.set(fill.dead);
            let waits = fill.due_since.map(|since| SystemClock.now().duration_since(since).as_secs_f64());
            self.oldest.set(waits.unwrap_or(0.0).max(0.0));
        }
    }
}

/// How long an answer took; `None` where there was none.
async fn timed<T, E>(answer: impl Future<Output = Result<T, E>>) -> Option<Duration> {
    let began = Instant::now();
    let answered = tokio::time::timeout(PATIENCE, answer).await;
    matches!(answered, Ok(Ok(_))).then(|| began.elapsed())
}
