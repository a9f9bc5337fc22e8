//! Forgets what is over, now and then.

use sspr_service::Service;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Sweeps after every `pause` until `stop`.
pub(super) async fn run(service: Service, pause: Duration, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        if let Err(error) = service.sweep().await {
            tracing::error!(%error, "cannot sweep the store");
        }
    }
}
