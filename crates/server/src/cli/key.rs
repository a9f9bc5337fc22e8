//! `sspr-server key`: replaces the key that seals, in three steps between which nodes may be restarted one by one.

use super::{Trouble, output};
use crate::{
    config::{Config, KeyFile},
    store::SqlStore,
};

pub(super) fn show(config: &Config) -> Result<(), Trouble> {
    let file = KeyFile::load(&config.server.secret_key_file)?;
    let count = file.count();
    let last = if file.is_prepared() { "is prepared and does not seal yet" } else { "seals" };
    output::line(&format!("keys: {count}; the last one {last}"))
}

pub(super) fn prepare(config: &Config) -> Result<(), Trouble> {
    let path = &config.server.secret_key_file;
    let mut file = KeyFile::load(path)?;
    file.prepare()?;
    file.replace(path)?;
    output::line(
        "a key is prepared; give the file to all nodes and restart them, then run `sspr-server key use`",
    )
}

pub(super) fn use_prepared(config: &Config) -> Result<(), Trouble> {
    let path = &config.server.secret_key_file;
    let mut file = KeyFile::load(path)?;
    file.use_prepared()?;
    file.replace(path)?;
    output::line("it seals; give the file to all nodes and restart them, then run `sspr-server key reseal`")
}

pub(super) async fn reseal(config: &Config) -> Result<(), Trouble> {
    let path = &config.server.secret_key_file;
    let mut file = KeyFile::load(path)?;
    let key = file.key();
    let store = SqlStore::open(&config.database).await?;
    store.check_key(&key).await?;
    let mut sealed = 0;
    // What was sealed while we were at it is found the next time; nodes that seal by the old key were to be restarted.
    loop {
        let round = store.reseal(&key).await?;
        sealed += round;
        if round == 0 {
            break;
        }
    }
    store.close().await;
    let forgotten = file.forget_others();
    file.replace(path)?;
    output::line(&format!("{sealed} sealed anew, {forgotten} keys forgotten; keep a copy of the file"))
}

pub(super) async fn rotate(config: &Config) -> Result<(), Trouble> {
    let path = &config.server.secret_key_file;
    let mut file = KeyFile::load(path)?;
    if !file.is_prepared() {
        file.prepare()?;
    }
    file.use_prepared()?;
    // Written before anything is sealed by it.
    file.replace(path)?;
    reseal(config).await
}
