//! Plain `trunk serve`, as a developer starts it to try the widget out: the page contains the whole service.

use std::time::Duration;

use crate::paths;
use crate::process::{self, Run, Running};
use crate::reference;
use crate::tools::Tools;
use crate::trouble::Outcome;

/// How long Trunk may take to serve what is built already.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// A running `trunk serve`; it stops with this value.
pub(crate) struct TryOut {
    /// Keeps it running.
    _trunk: Running,
    /// Where the page is. `localhost` is a secure context to a browser, as 127.0.0.1 is.
    pub(crate) origin: String,
}

impl TryOut {
    /// Starts it on a free port, with files of its own, so that `dist` stays what was packaged.
    pub(crate) fn start() -> Outcome<TryOut> {
        let tools = Tools::for_building()?;
        let port = process::free_port()?;
        let dist = paths::target().join("try-out");
        let trunk = |what: &str| -> Outcome<std::process::Command> {
            let mut trunk = tools.trunk()?;
            trunk.arg(what).arg("--dist").arg(&dist);
            Ok(trunk)
        };
        // Trunk would serve a page that does not compile, too.
        Run {
            what: "build the page for trunk serve",
            awaits: "Trunk and cargo; the first time they compile some 200 crates",
            advice: "correct what the compiler says above",
        }
        .quietly(&mut trunk("build")?)?;
        let mut trunk = Running::start("trunk serve", trunk("serve")?.arg("--port").arg(port.to_string()))?;
        trunk.wait_until(PATIENCE, || reference::answers(&format!("http://127.0.0.1:{port}/")))?;
        Ok(TryOut { _trunk: trunk, origin: format!("http://localhost:{port}") })
    }
}
