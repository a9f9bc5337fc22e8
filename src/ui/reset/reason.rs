//! Forgotten, or known but locked out?

use super::{
    View,
    frame::{Frame, choice},
    texts,
};
use crate::flow::reset::Event;
use sspr_core::wire::Intent;
use yew::prelude::*;

/// Asks for the reason.
#[component]
pub fn Reason(view: &View) -> Html {
    let t = &view.t;
    let choose = |intent: Intent, title, text| {
        choice(view, intent.word().to_owned(), Event::Reason(intent), t.get(title), Some(text))
    };
    html! {
        <Frame view={view.clone()} title={t.get(&texts::REASON_TITLE)}>
            <ul class="choices">
                { choose(Intent::Reset, &texts::REASON_RESET, &texts::REASON_RESET_TEXT) }
                { choose(Intent::Unlock, &texts::REASON_UNLOCK, &texts::REASON_UNLOCK_TEXT) }
            </ul>
        </Frame>
    }
}
