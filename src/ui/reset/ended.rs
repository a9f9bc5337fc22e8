//! Screens after which nothing follows but a new beginning.

use super::{View, frame::help, texts};
use crate::{flow::reset::Event, i18n::Message};
use sspr_core::wire::{Intent, RecoveryDone};
use yew::prelude::*;

pub(super) fn done(view: &View, done: &RecoveryDone) -> Html {
    let t = &view.t;
    let (title, text) = match done.intent {
        Intent::Reset => (&texts::DONE_RESET_TITLE, &texts::DONE_RESET_TEXT),
        Intent::Unlock => (&texts::DONE_UNLOCK_TITLE, &texts::DONE_UNLOCK_TEXT),
    };
    let sign_in = done.sign_in.clone().filter(|it| it.starts_with('/') || it.starts_with("http"));
    html! {
        <section class="page good">
            <h2 tabindex="-1" part="title">{ t.get(title) }</h2>
            <p role="status">{ t.get(text) }</p>
            if let Some(href) = sign_in { <p><a {href} part="link">{ t.get(&texts::DONE_SIGN_IN) }</a></p> }
        </section>
    }
}

pub(super) fn gone(view: &View, title: &Message, text: &Message) -> Html {
    let t = &view.t;
    html! {
        <section class="page">
            <h2 tabindex="-1" part="title">{ t.get(title) }</h2>
            <p role="status">{ t.get(text) }</p>
            <div class="actions">
                <button type="button" class="main" part="button main" onclick={view.on(|| Event::Restart)}>{ t.get(&texts::RESTART) }</button>
            </div>
            { help(view) }
        </section>
    }
}

pub(super) fn not_offered(view: &View) -> Html {
    let t = &view.t;
    html! {
        <section class="page">
            <h2 tabindex="-1" part="title">{ t.get(&texts::NOT_OFFERED_TITLE) }</h2>
            <p role="status">{ t.get(&texts::NOT_OFFERED_TEXT) }</p>
            <div class="actions">
                <button type="button" part="button" onclick={view.on(|| Event::Restart)}>{ t.get(&texts::BACK) }</button>
            </div>
            { help(view) }
        </section>
    }
}
