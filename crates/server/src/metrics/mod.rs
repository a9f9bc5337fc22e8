//! What this node counts, for Prometheus. No label names a person, an address or anything that somebody typed.

mod page;

pub(crate) use page::page;

use crate::delivery::PhoneChannel;
use prometheus_client::{
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use sspr_service::{OutgoingBody, store::AuditRow};
use std::{sync::Arc, time::Duration};

/// Words of ours: names of labels, and their values.
type Labels<const N: usize> = [(&'static str, String); N];

/// The counters; clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Counters>);

struct Counters {
    activities: Family<Labels<3>, Counter>,
    refusals: Family<Labels<1>, Counter>,
    requests: Family<Labels<3>, Histogram, fn() -> Histogram>,
    deliveries: Family<Labels<2>, Counter>,
    hashes: Histogram,
    sweeps: Family<Labels<1>, Counter>,
    swept: Counter,
}

/// From a millisecond to eight seconds.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 14))
}

impl Default for Metrics {
    fn default() -> Self {
        Self(Arc::new(Counters {
            activities: Family::default(),
            refusals: Family::default(),
            requests: Family::new_with_constructor(seconds),
            deliveries: Family::default(),
            hashes: seconds(),
            sweeps: Family::default(),
            swept: Counter::default(),
        }))
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    /// A line of the audit log was written: its words, and neither account nor address.
    pub(crate) fn activity(&self, line: &AuditRow) {
        let detail = line.detail.clone().unwrap_or_default();
        let labels =
            [("activity", line.activity.clone()), ("result", line.result.clone()), ("detail", detail)];
        self.0.activities.get_or_create(&labels).inc();
    }

    /// A request was answered; `route` is the template, `code` that of a refusal.
    pub(crate) fn request(&self, method: &str, route: &str, status: u16, code: Option<&str>, took: Duration) {
        let labels =
            [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
        self.0.requests.get_or_create(&labels).observe(took.as_secs_f64());
        if let Some(code) = code {
            self.0.refusals.get_or_create(&[("code", code.to_owned())]).inc();
        }
    }

    /// An attempt to deliver a message came to something.
    pub(crate) fn delivery(&self, body: &OutgoingBody, result: &str) {
        let channel = match body {
            OutgoingBody::Email { .. } => "email",
            OutgoingBody::Sms { .. } => PhoneChannel::Sms.word(),
            OutgoingBody::Voice { .. } => PhoneChannel::Voice.word(),
            OutgoingBody::Revocation(_) => "revocation",
        };
        let labels = [("channel", channel.to_owned()), ("result", result.to_owned())];
        self.0.deliveries.get_or_create(&labels).inc();
    }

    /// A password or an answer was hashed.
    pub(crate) fn hash(&self, took: Duration) {
        self.0.hashes.observe(took.as_secs_f64());
    }

    /// A sweep forgot so many rows; `None` where it failed.
    pub(crate) fn sweep(&self, gone: Option<u32>) {
        let result = if gone.is_some() { "success" } else { "failure" };
        self.0.sweeps.get_or_create(&[("result", result.to_owned())]).inc();
        self.0.swept.inc_by(gone.unwrap_or(0).into());
    }

    fn register(&self, registry: &mut Registry) {
        let own = &*self.0;
        registry.register(
            "activities",
            "Lines written to the audit log: start_recovery, send_challenge, verify_challenge, reset_password and so \
             on; the detail is the kind of method, or a reason",
            own.activities.clone(),
        );
        registry.register("refusals", "Requests refused, by the code of the problem", own.refusals.clone());
        registry.register_with_unit(
            "request_duration",
            "Time to answer a request",
            Unit::Seconds,
            own.requests.clone(),
        );
        registry.register(
            "deliveries",
            "Attempts to deliver a message: delivered, retried (tried again later) or dead (given up)",
            own.deliveries.clone(),
        );
        registry.register_with_unit(
            "password_hash",
            "Time for one check or hash of a password or of answers, without waiting for its turn",
            Unit::Seconds,
            own.hashes.clone(),
        );
        registry.register("sweeps", "Clean-ups of what is over", own.sweeps.clone());
        registry.register("swept_rows", "Rows that clean-ups forgot", own.swept.clone());
    }
}
