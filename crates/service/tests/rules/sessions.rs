//! Signing in, how long it holds, and how fresh it is.

use crate::support::{NEW, OLD, World, run};
use jiff::SignedDuration;
use sspr_core::wire::{AddMethod, MethodKind, Reauthenticate};
use sspr_service::{Clock, Failure, Person};

/// A change that needs a fresh proof.
async fn touch(world: &World, person: &Person) -> Result<(), Failure> {
    let add = AddMethod {
        kind: MethodKind::RecoveryCodes,
        value: None,
        channel: None,
        label: None,
        answers: Vec::new(),
    };
    world.service.add_method(&world.caller, person, add).await.map(|_| ())
}

fn stale(result: Result<(), Failure>) -> bool {
    matches!(result, Err(Failure::ReauthenticationRequired))
}

#[test]
fn ten_wrong_passwords_lock_for_a_minute_and_each_further_one_doubles_it() {
    run(async {
        let world = World::new().await;
        for seconds in [60, 120, 240] {
            while world.sign_in("mia", "wrong").await.is_err() {
                let row =
                    sspr_service::Store::account_by_identifier(&*world.store, "mia").await.unwrap().unwrap();
                if row.locked_until.is_some_and(|until| until > world.clock.now()) {
                    break;
                }
            }
            world.clock.forward(seconds - 1);
            assert!(world.sign_in("mia", OLD).await.is_err(), "{seconds}");
            world.clock.forward(1);
        }
        assert!(world.sign_in("mia@example.org", OLD).await.is_ok());
        for _ in 0..9 {
            assert!(world.sign_in("mia", "wrong").await.is_err());
        }
        assert!(world.sign_in("mia", OLD).await.is_ok(), "a right one starts the count anew");
    });
}

#[test]
fn nobody_signs_in_to_an_unknown_or_disabled_account() {
    run(async {
        let world = World::new().await;
        for name in ["nobody", "disabled", ""] {
            assert!(matches!(world.sign_in(name, OLD).await, Err(Failure::SignInFailed)), "{name}");
        }
    });
}

#[test]
fn a_session_ends_by_time_and_by_signing_out() {
    run(async {
        let world = World::new().await;
        let (cookie, _) = world.sign_in("mia", OLD).await.unwrap();
        world.clock.forward(28_799);
        assert!(world.service.session(&cookie).await.unwrap().is_some());
        world.clock.forward(1);
        assert!(world.service.session(&cookie).await.unwrap().is_none());
        let (cookie, _) = world.sign_in("mia", OLD).await.unwrap();
        world.service.sign_out(&cookie).await.unwrap();
        assert!(world.service.session(&cookie).await.unwrap().is_none());
    });
}

#[test]
fn changes_ask_for_a_new_proof_after_ten_minutes() {
    run(async {
        let world = World::new().await;
        let (cookie, person) = world.sign_in("mia", OLD).await.unwrap();
        touch(&world, &person).await.unwrap();
        world.clock.forward(600);
        let person = world.service.session(&cookie).await.unwrap().unwrap();
        assert!(stale(touch(&world, &person).await));
        assert_eq!(world.service.session_view(Some(&person)).fresh_for, 0);
        let proof = Reauthenticate { password: "wrong".into() };
        let wrong = world.service.reauthenticate(&world.caller, &person, proof).await;
        assert!(matches!(wrong, Err(Failure::CurrentPasswordIncorrect)));
        let proof = Reauthenticate { password: OLD.into() };
        let view = world.service.reauthenticate(&world.caller, &person, proof).await.unwrap();
        assert_eq!(view.fresh_for, 600);
        let person = world.service.session(&cookie).await.unwrap().unwrap();
        touch(&world, &person).await.unwrap();
    });
}

#[test]
fn a_sign_in_elsewhere_that_tells_no_time_vouches_for_the_person() {
    run(async {
        let world = World::new().await;
        let person = world.service.person("mia", None).await.unwrap().unwrap();
        assert_eq!(world.service.session_view(Some(&person)).fresh_for, 600);
        touch(&world, &person).await.unwrap();
    });
}

#[test]
fn an_old_sign_in_elsewhere_is_fresh_again_after_the_password_for_ten_minutes() {
    run(async {
        let world = World::new().await;
        let old = Some(world.clock.now() - SignedDuration::from_secs(600));
        let come = async || world.service.person("mia", old).await.unwrap().unwrap();
        assert!(stale(touch(&world, &come().await).await));
        let proof = Reauthenticate { password: OLD.into() };
        world.service.reauthenticate(&world.caller, &come().await, proof).await.unwrap();
        touch(&world, &come().await).await.unwrap();
        world.clock.forward(500);
        assert_eq!(world.service.session_view(Some(&come().await)).fresh_for, 100);
        // A second proof starts the ten minutes anew.
        let proof = Reauthenticate { password: OLD.into() };
        world.service.reauthenticate(&world.caller, &come().await, proof).await.unwrap();
        world.clock.forward(599);
        touch(&world, &come().await).await.unwrap();
        world.clock.forward(1);
        assert!(stale(touch(&world, &come().await).await));
    });
}

#[test]
fn the_proof_of_one_sign_in_elsewhere_does_not_help_another() {
    run(async {
        let world = World::new().await;
        let at = |seconds| Some(world.clock.now() - SignedDuration::from_secs(seconds));
        let (one, other) = (at(1000), at(2000));
        let person = world.service.person("mia", one).await.unwrap().unwrap();
        let proof = Reauthenticate { password: OLD.into() };
        world.service.reauthenticate(&world.caller, &person, proof).await.unwrap();
        let person = world.service.person("mia", other).await.unwrap().unwrap();
        assert!(stale(touch(&world, &person).await));
    });
}

#[test]
fn a_clock_elsewhere_that_is_ahead_makes_nobody_fresh_for_longer() {
    run(async {
        let world = World::new().await;
        let ahead = Some(world.clock.now() + SignedDuration::from_secs(9000));
        let person = world.service.person("mia", ahead).await.unwrap().unwrap();
        assert_eq!(world.service.session_view(Some(&person)).fresh_for, 600);
        assert!(world.service.person("disabled", None).await.unwrap().is_none());
        assert!(world.service.person("nobody", None).await.unwrap().is_none());
        assert!(world.sign_in("mia", NEW).await.is_err());
    });
}
