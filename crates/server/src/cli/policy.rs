//! `sspr-server policy show`.

use super::{Trouble, output};
use sspr_service::Settings;

pub(super) fn show(settings: &Settings) -> Result<(), Trouble> {
    output::line(&serde_json::to_string_pretty(settings)?)
}
