//! `sspr-server outbox`: messages that wait, or that were given up. Neither where they go nor what they say is shown.

use super::{Trouble, output};
use crate::{
    clock::SystemClock,
    config::Config,
    store::{SqlStore, Waiting},
};
use jiff::Timestamp;
use sspr_service::Clock;

pub(super) async fn list(config: Config, limit: u32, json: bool) -> Result<(), Trouble> {
    let store = SqlStore::open(&config.database).await?;
    for message in store.waiting_messages(SystemClock.now(), limit).await? {
        output::line(&if json { serde_json::to_string(&message)? } else { text(&message) })?;
    }
    store.close().await;
    Ok(())
}

pub(super) async fn retry(config: Config, id: &str) -> Result<(), Trouble> {
    let store = SqlStore::open(&config.database).await?;
    let done = store.retry_message(id, SystemClock.now()).await?;
    store.close().await;
    if done {
        return output::line("it is sent again by the next node that looks");
    }
    Err(Trouble::usage(format_args!(
        "no message `{id}` can be tried again: it arrived, its time is over, or a node has it in hand"
    )))
}

pub(super) async fn drop(config: Config, id: &str) -> Result<(), Trouble> {
    let store = SqlStore::open(&config.database).await?;
    let done = store.drop_message(id).await?;
    store.close().await;
    if done {
        output::line("it is gone")
    } else {
        Err(Trouble::usage(format_args!("there is no message `{id}`")))
    }
}

/// Id, what becomes of it, tries, and its end, in columns.
fn text(message: &Waiting) -> String {
    let Waiting { id, due_at, attempts, expires_at, in_hand_until, given_up } = message;
    let state = match (given_up, in_hand_until) {
        (Some(why), _) => format!("given up: {why}"),
        (None, Some(until)) => format!("in hand until {}", second(*until)),
        (None, None) => format!("waits until {}", second(*due_at)),
    };
    format!("{id}  tries={attempts}  ends={}  {state}", second(*expires_at))
}

fn second(at: Timestamp) -> String {
    format!("{at:.0}")
}
