//! The pages around the list: the wizard's first and last, and the periodic "is this still right?".

use super::{View, parts::method_list, texts};
use crate::{
    flow::enroll::Event,
    ui::account::{Heading, action},
};
use yew::prelude::*;

/// The wizard's first page: what is asked for, why, and until when it may wait.
#[component]
pub(super) fn Welcome(view: &View) -> Html {
    let t = &view.t;
    let Some(list) = &view.flow.list else { return Html::default() };
    let missing = u32::from(list.required.saturating_sub(list.registered)).max(1);
    html! {
        <section class="page">
            <Heading text={t.get(&texts::WELCOME_TITLE)} />
            <p>{ t.count(&texts::WELCOME_TEXT, missing) }</p>
            if !list.methods.is_empty() { { method_list(view) } }
            if let Some(days) = list.skip_days_left {
                <p class="hint">
                    { if days == 0 { t.get(&texts::WELCOME_LAST_DAY) } else { t.count(&texts::WELCOME_DAYS, days) } }
                </p>
            }
            <div class="actions">
                { action(t.get(&texts::WELCOME_BEGIN), "main", view.flow.is_busy(), view.on(Event::Begin)) }
                if view.flow.may_skip() {
                    { action(t.get(&texts::WELCOME_SKIP), "", view.flow.is_busy(), view.on(Event::Skip)) }
                }
            </div>
        </section>
    }
}

/// "Is this still right?"
#[component]
pub(super) fn StillRight(view: &View) -> Html {
    let t = &view.t;
    html! {
        <section class="page">
            <Heading text={t.get(&texts::CONFIRM_TITLE)} />
            <p>{ t.get(&texts::CONFIRM_TEXT) }</p>
            { method_list(view) }
            <div class="actions">
                { action(t.get(&texts::CONFIRM_GOOD), "main", view.flow.is_busy(), view.on(Event::LooksGood)) }
                { action(t.get(&texts::CONFIRM_EDIT), "", view.flow.is_busy(), view.on(Event::Edit)) }
            </div>
        </section>
    }
}

/// The wizard's last page: everything that was set up.
#[component]
pub(super) fn Finished(view: &View) -> Html {
    let t = &view.t;
    html! {
        <section class="page">
            <Heading text={t.get(&texts::FINISHED_TITLE)} />
            <p>{ t.get(&texts::FINISHED_TEXT) }</p>
            { method_list(view) }
            <div class="actions">
                { action(t.get(&texts::FINISHED_DONE), "main", false, view.on(Event::Finish)) }
            </div>
        </section>
    }
}
