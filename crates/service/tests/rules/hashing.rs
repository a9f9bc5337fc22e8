//! Answers to questions are hashed where the server says.

use crate::support::{World, run};
use async_trait::async_trait;
use sspr_core::wire::ChallengeKind as Kind;
use sspr_service::{Failure, Offload};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// A thread for each piece of work, up to so many.
struct Threads {
    left: AtomicU32,
}

#[async_trait]
impl Offload for Threads {
    async fn run(&self, work: Box<dyn FnOnce() + Send>) -> bool {
        let taken = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        taken.is_ok() && std::thread::spawn(work).join().is_ok()
    }
}

#[test]
fn the_threads_given_do_the_work_for_good_accounts_and_decoys_alike() {
    run(async {
        for name in ["mia", "nobody"] {
            let threads = Arc::new(Threads { left: AtomicU32::new(1) });
            let mut world = World::with_one_gate().await;
            world.service = world.service.with_offload(threads.clone());
            let mut flow = world.start(name).await;
            assert_eq!(flow.pass(Kind::Questions).await.is_ok(), name == "mia");
            assert_eq!(threads.left.load(Ordering::SeqCst), 0, "{name}");
        }
    });
}

#[test]
fn too_much_waiting_work_is_no_wrong_answer() {
    run(async {
        let mut world = World::with_one_gate().await;
        world.service = world.service.with_offload(Arc::new(Threads { left: AtomicU32::new(0) }));
        let refused = world.start("mia").await.pass(Kind::Questions).await;
        assert!(matches!(refused, Err(Failure::DirectoryUnavailable(_))));
    });
}
