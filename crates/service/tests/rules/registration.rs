//! Being asked to register, putting it off, and being asked whether it is still right.

use crate::support::{World, run};
use sspr_service::Failure;

const DAY: i64 = 86_400;

#[test]
fn who_has_too_few_kinds_is_asked_and_may_put_it_off_for_seven_days() {
    run(async {
        let world = World::new().await;
        let come = async || {
            let person = world.person("bare").await;
            world.service.methods(&world.caller, &person).await.unwrap()
        };
        let list = come().await;
        assert_eq!((list.required, list.registered), (2, 0));
        assert!(list.registration_due);
        assert_eq!(list.skip_days_left, Some(7));
        let person = world.person("bare").await;
        let list = world.service.skip_registration(&world.caller, &person).await.unwrap();
        assert!(!list.registration_due);
        world.clock.forward(6 * DAY);
        let person = world.person("bare").await;
        let list = world.service.skip_registration(&world.caller, &person).await.unwrap();
        assert_eq!(list.skip_days_left, Some(1), "putting it off again does not start anew");
        world.clock.forward(DAY);
        let list = come().await;
        assert!(list.registration_due);
        assert_eq!(list.skip_days_left, None);
        let person = world.person("bare").await;
        let refused = world.service.skip_registration(&world.caller, &person).await;
        assert!(matches!(refused, Err(Failure::PolicyForbids)));
    });
}

#[test]
fn no_day_to_skip_means_at_once() {
    run(async {
        let world = World::with(|settings| settings.policy.skip_days = 0).await;
        let person = world.person("bare").await;
        let list = world.service.methods(&world.caller, &person).await.unwrap();
        assert!(list.registration_due);
        let refused = world.service.skip_registration(&world.caller, &person).await;
        assert!(matches!(refused, Err(Failure::PolicyForbids)));
    });
}

#[test]
fn who_has_enough_or_need_not_is_not_asked() {
    run(async {
        let world = World::new().await;
        let person = world.person("mia").await;
        assert!(!world.service.methods(&world.caller, &person).await.unwrap().registration_due);
        let world = World::with(|settings| settings.policy.registration_required = false).await;
        let person = world.person("bare").await;
        assert!(!world.service.methods(&world.caller, &person).await.unwrap().registration_due);
    });
}

#[test]
fn after_half_a_year_people_are_asked_whether_their_methods_are_right() {
    run(async {
        let world = World::new().await;
        world.clock.forward(180 * DAY - 1);
        let person = world.person("mia").await;
        assert!(!world.service.methods(&world.caller, &person).await.unwrap().confirm_due);
        world.clock.forward(1);
        assert!(world.service.methods(&world.caller, &person).await.unwrap().confirm_due);
        let list = world.service.confirm_contacts(&world.caller, &person).await.unwrap();
        assert!(!list.confirm_due);
        world.clock.forward(180 * DAY);
        assert!(world.service.methods(&world.caller, &person).await.unwrap().confirm_due);
    });
}

#[test]
fn nobody_is_asked_where_reconfirming_is_off() {
    run(async {
        let world = World::with(|settings| settings.policy.reconfirm_days = 0).await;
        world.clock.forward(9999 * DAY);
        let person = world.person("mia").await;
        assert!(!world.service.methods(&world.caller, &person).await.unwrap().confirm_due);
    });
}
