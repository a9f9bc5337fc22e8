//! The link in a mail.

use crate::support::{Flow, NEW, World, run, text};
use sspr_core::wire::{ChallengeKind as Kind, FlowState, LinkToken};
use sspr_service::Failure;

/// The token in the newest waiting mail.
async fn link(world: &World) -> LinkToken {
    let messages = world.messages().await;
    let text = text(messages.last().expect("a mail")).to_owned();
    let (_, rest) = text.split_once("https://sso.example/sign-in#sspr=").expect("a link");
    LinkToken { link_token: rest.split_whitespace().next().expect("a token").into() }
}

#[test]
fn looking_at_a_link_spends_nothing_and_opening_it_passes_the_gate_once() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let link = link(&world).await;
        for _ in 0..3 {
            let seen = world.service.look_at_link(&world.caller, link.clone()).await.unwrap();
            assert_eq!(seen.expires_in, 600);
        }
        let view = world.service.open_link(&world.caller, link.clone()).await.unwrap();
        let opened = Flow::new(&world, view);
        assert_eq!(opened.view.state, FlowState::SetPassword);
        assert!(matches!(flow.look().await, Err(Failure::FlowGone)), "the first browser's token lives");
        assert!(matches!(world.service.open_link(&world.caller, link.clone()).await, Err(Failure::FlowGone)));
        assert!(matches!(world.service.look_at_link(&world.caller, link).await, Err(Failure::FlowGone)));
        opened.finish().await.unwrap();
        assert!(world.sign_in("mia", NEW).await.is_ok());
    });
}

#[test]
fn a_new_mail_kills_the_link_of_the_old_one() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let old = link(&world).await;
        world.clock.forward(30);
        flow.choose(Kind::Email).await.unwrap();
        assert!(matches!(world.service.look_at_link(&world.caller, old).await, Err(Failure::FlowGone)));
        let new = link(&world).await;
        assert!(world.service.open_link(&world.caller, new).await.is_ok());
    });
}

#[test]
fn a_link_dies_with_its_code_and_when_another_method_is_chosen() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let late = link(&world).await;
        world.clock.forward(600);
        assert!(matches!(world.service.open_link(&world.caller, late).await, Err(Failure::FlowGone)));
        flow.choose(Kind::Email).await.unwrap();
        let left = link(&world).await;
        flow.choose(Kind::Totp).await.unwrap();
        assert!(matches!(world.service.open_link(&world.caller, left).await, Err(Failure::FlowGone)));
    });
}

#[test]
fn the_link_of_the_second_gate_goes_on_where_the_flow_was() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Totp).await.unwrap();
        flow.choose(Kind::Email).await.unwrap();
        let link = link(&world).await;
        let view = world.service.open_link(&world.caller, link).await.unwrap();
        assert_eq!(view.state, FlowState::SetPassword);
    });
}
