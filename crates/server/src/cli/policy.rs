//! `sspr-server policy show` and `policy reset`.

use super::{Trouble, output};
use crate::{backend::Backend, config::Config};
use sspr_service::Caller;

/// What is in force: the file, and what administrators changed over it.
pub(super) async fn show(config: Config, file: bool) -> Result<(), Trouble> {
    let config = config.deliverable();
    if file {
        return output::line(&serde_json::to_string_pretty(&config.settings)?);
    }
    let backend = Backend::open(&config).await?;
    let text = serde_json::to_string_pretty(backend.service.settings());
    backend.store.close().await;
    output::line(&text?)
}

/// Forgets what administrators changed.
pub(super) async fn reset(config: Config) -> Result<(), Trouble> {
    let backend = Backend::open(&config.deliverable()).await?;
    let caller = Caller { request_id: "command-line".into(), ..Caller::default() };
    let done = backend.service.reset_policy(&caller).await;
    backend.store.close().await;
    output::line(match done? {
        true => "the configuration file's policy is in force again, on every node within seconds",
        false => "no administrator has changed the policy; the configuration file's is in force",
    })
}
