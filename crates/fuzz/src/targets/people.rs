//! The file of `user import`: whoever was added is found by their name, has one default at most, and is not added again.

use crate::world::{CHEAP, block_on};
use sspr_server::SystemClock;
use sspr_service::{
    ImportedAccount, MasterKey, Settings, Store, fuzzing::identifier, import_accounts, store::Memory,
};

/// Most accounts and things to hash of an input, so that an input stays short work.
const MOST: usize = 12;

pub(crate) fn run(data: &[u8]) {
    let Ok(people) = serde_json::from_slice::<Vec<ImportedAccount>>(data) else { return };
    let hashed = people.iter().flat_map(|it| &it.methods).map(|it| it.answers.len()).sum::<usize>();
    if people.len() > MOST || hashed > MOST {
        return;
    }
    let mut settings = Settings::default();
    settings.password.hashing = CHEAP;
    let (store, key) = (Memory::default(), MasterKey::new([7; 32]));
    block_on(async {
        let report = import_accounts(&store, &settings, &key, &SystemClock, &people).await;
        assert_eq!(report.added.len() + report.taken.len() + report.failed.len(), people.len());
        for name in &report.added {
            let found = store.account_by_identifier(&identifier(name)).await.expect("memory answers");
            let found = found.expect("whoever was added is found by their name");
            let methods = store.methods(&found.id).await.expect("memory answers");
            let defaults = methods.iter().filter(|it| it.primary).count();
            assert_eq!(defaults, usize::from(!methods.is_empty()), "the default methods of {name:?}");
        }
        let again = import_accounts(&store, &settings, &key, &SystemClock, &people).await;
        assert_eq!(again.added, Vec::<String>::new(), "nobody is added twice");
    });
}
