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
    html! {
        <Frame view={view.clone()} title={t.get(&texts::REASON_TITLE)}>
            <ul class="choices">
                { choice(view, Event::Reason(Intent::Reset), t.get(&texts::REASON_RESET), Some(&texts::REASON_RESET_TEXT)) }
                { choice(view, Event::Reason(Intent::Unlock), t.get(&texts::REASON_UNLOCK), Some(&texts::REASON_UNLOCK_TEXT)) }
            </ul>
        </Frame>
    }
}
