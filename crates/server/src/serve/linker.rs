//! Links the lines of the audit log, all the time.

use sspr_service::Service;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long a line may stand without its place in the chain, where nothing is wrong.
const PAUSE: Duration = Duration::from_secs(1);

/// Links what is new after every pause until `stop`.
pub(super) async fn run(service: Service, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        // A page at a time, so that on SQLite no write waits long for it.
        loop {
            match service.link_audit().await {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "cannot link the audit log");
                    break;
                }
            }
        }
    }
}
