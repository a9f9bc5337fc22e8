//! Forgets what is over, now and then.

use crate::metrics::Metrics;
use sspr_service::Service;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Sweeps after every `pause` until `stop`.
pub(super) async fn run(service: Service, metrics: Metrics, pause: Duration, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        let swept = service.sweep().await;
        if let Err(error) = &swept {
            tracing::error!(%error, "cannot sweep the store");
        }
        metrics.sweep(swept.ok());
    }
}
