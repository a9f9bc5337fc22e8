//! Whether the list of leaked passwords answers, in its format, and knows the password that every such list begins with.

use super::{Code, Finding};
use crate::{breached::HttpList, config::Config};
use sspr_core::policy::breached::{Leaked, look_up};
use sspr_service::breached::BreachedList;

/// SHA-1 of `password`, as it is asked for.
const COMMONEST: (&str, &str) = ("5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8");

pub(super) async fn finding(config: &Config) -> Finding {
    let list = match HttpList::new(&config.breached) {
        Ok(Some(list)) => list,
        Ok(None) => {
            return Finding::new(
                Code::BreachedNone,
                "New passwords are held against no list of leaked ones.",
            );
        }
        Err(error) => return Finding::new(Code::BreachedConfig, error),
    };
    let (prefix, rest) = COMMONEST;
    let (code, found) = match list.range(prefix).await {
        Err(error) => (Code::BreachedUnreachable, format!("The list of leaked passwords: {}.", error.0)),
        Ok(answer) => match look_up(&answer, rest) {
            Leaked::Found(_) => (Code::BreachedOk, "The list of leaked passwords answers.".into()),
            Leaked::NotFound => (
                Code::BreachedOdd,
                "The list of leaked passwords answers, and does not know `password`.".into(),
            ),
            Leaked::Unreadable => {
                (Code::BreachedOdd, "What answers is no list of leaked passwords in the range format.".into())
            }
        },
    };
    Finding::new(code, found)
}
