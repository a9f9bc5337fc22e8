//! More time for whoever needs it (WCAG 2.2, 2.2.1).

use crate::support::{World, run};
use sspr_core::wire::{ChallengeKind as Kind, FlowState};
use sspr_service::Failure;

#[test]
fn time_can_be_asked_for_eleven_times_known_or_not_and_then_no_more() {
    run(async {
        for name in ["mia", "nobody"] {
            let world = World::new().await;
            let flow = world.start(name).await;
            let began = world.now();
            for _ in 0..11 {
                world.clock.forward(899);
                let view = world.service.extend_recovery(&world.caller, &flow.token).await.unwrap();
                assert_eq!(view.expires_in, 900, "{name}");
            }
            world.clock.forward(899);
            let view = world.service.extend_recovery(&world.caller, &flow.token).await.unwrap();
            assert_eq!(i64::from(view.expires_in), began + 10_800 - world.now(), "{name}");
            world.clock.forward(i64::from(view.expires_in));
            let over = world.service.extend_recovery(&world.caller, &flow.token).await;
            assert!(matches!(over, Err(Failure::FlowGone)), "{name}");
        }
    });
}

#[test]
fn more_time_changes_no_step_and_prolongs_no_code() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let code = world.code().await;
        world.clock.forward(599);
        let view = world.service.extend_recovery(&world.caller, &flow.token).await.unwrap();
        assert_eq!((view.state, view.flow), (FlowState::Challenge, None));
        assert_eq!(view.challenge.map(|it| it.expires_in), Some(1));
        world.clock.forward(1);
        assert!(matches!(flow.type_code(&code).await, Err(Failure::CodeIncorrect { .. })));
    });
}
