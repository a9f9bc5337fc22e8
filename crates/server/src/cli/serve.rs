//! `sspr-server serve`.

use super::{Trouble, output};
use crate::{
    config::Config,
    core_dump, logging,
    serve::{Server, stop_signal},
};

pub(super) async fn run(config: Config) -> Result<(), Trouble> {
    logging::start(&config.log).map_err(|error| Trouble::usage(format_args!("log.filter: {error}")))?;
    core_dump::forbid();
    let stop = stop_signal()?;
    let server = Server::open(config).await?;
    if let Some(address) = server.metrics_address() {
        output::line(&format!("metrics at http://{address}/metrics"))?;
    }
    output::line(&format!("ready at http://{}", server.address()))?;
    server.run(stop).await;
    Ok(())
}
