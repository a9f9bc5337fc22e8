//! Takes so many connections and serves HTTP/1.1 on them, with time limits and a graceful end.

use super::{Peer, admission::Admission, patience::Patience};
use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Request, header},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{convert::Infallible, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long we wait while no socket can be had (too many open files).
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// Time limits of connections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For the headers of a request, and for the pause between two.
    pub(super) header: Duration,
    /// For the other end to take some more of an answer.
    pub(super) write: Duration,
    /// For running requests once we stop.
    pub(super) shutdown: Duration,
}

/// Serves until `stop`, then finishes what runs.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    limits: Limits,
    admission: Admission,
    stop: CancellationToken,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.header);
    let graceful = GracefulShutdown::new();
    loop {
        let taking = async { (admission.place().await, listener.accept().await) };
        let (place, accepted) = tokio::select! {
            taken = taking => taken,
            () = stop.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot take a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Some(admitted) = place.and_then(|place| admission.admit(place, peer.ip())) else {
            tracing::debug!("an address has too many connections");
            continue;
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection without TCP_NODELAY");
        }
        let app = app.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            let app = app.clone();
            // Where a proxy goes by `Content-Length` and we by this, what follows could be read as a request of somebody
            // else's (RFC 9112, section 6.3): nothing that follows is read.
            let last = request.headers().contains_key(header::TRANSFER_ENCODING);
            async move {
                let mut response = app.oneshot(request).await.unwrap_or_else(|never| match never {});
                if last {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(response)
            }
        });
        let stream = TokioIo::new(Patience::new(stream, limits.write));
        let connection = graceful.watch(http.serve_connection(stream, service));
        tokio::spawn(async move {
            let _admitted = admitted;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.shutdown, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}
