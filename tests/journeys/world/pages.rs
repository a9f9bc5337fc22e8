//! The packaged page on a server of files alone: what `trunk serve` does after its build.

use anyhow::{Context, Result, ensure};
use axum::Router;
use std::path::PathBuf;
use tokio::{net::TcpListener, task::AbortHandle};
use tower_http::services::ServeDir;

/// A server of the page's files.
pub(super) struct Pages {
    /// Where it answers.
    pub(super) origin: String,
    task: AbortHandle,
}

impl Pages {
    pub(super) async fn serve() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        // `localhost` is a secure context to the browser, as an address of 127.0.0.0/8 is.
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let router = Router::new().fallback_service(ServeDir::new(packaged()?));
        let task = tokio::spawn(async move {
            // It only returns with its listener, at the end of the journey.
            axum::serve(listener, router).await.ok();
        });
        Ok(Self { origin, task: task.abort_handle() })
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The folder that `trunk build` filled: `SSPR_DIST`, or `dist` in the repository.
pub(super) fn packaged() -> Result<PathBuf> {
    let folder = std::env::var_os("SSPR_DIST")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    ensure!(folder.join("index.html").is_file(), "no page in {}: run `cargo xtask test`", folder.display());
    folder.canonicalize().context("the packaged page cannot be read")
}
