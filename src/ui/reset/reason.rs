//! Forgotten, or known but locked out?

use super::{
    View,
    frame::{choice, choices},
    texts,
};
use crate::flow::reset::Event;
use sspr_core::wire::Intent;
use yew::prelude::*;

/// Asks for the reason.
pub(super) fn reason(view: &View) -> Html {
    let choose = |intent: Intent, title, text| {
        let onclick = view.send.reform(move |_| Event::Reason(intent));
        choice(view, intent.word().to_owned(), onclick, view.t.get(title), Some(text))
    };
    choices(
        view,
        &texts::REASON_TITLE,
        html! {
            <ul class="choices">
                { choose(Intent::Reset, &texts::REASON_RESET, &texts::REASON_RESET_TEXT) }
                { choose(Intent::Unlock, &texts::REASON_UNLOCK, &texts::REASON_UNLOCK_TEXT) }
            </ul>
        },
    )
}
