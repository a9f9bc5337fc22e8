//! Screens on which nothing is to be typed: a link being looked at or opened, an account being unlocked.

use super::{View, frame::form, texts};
use crate::flow::reset::Event;
use yew::prelude::*;

/// The account is being unlocked; nothing is to be done unless that fails.
pub(super) fn unlock(view: &View) -> Html {
    form(view, &texts::UNLOCK_TITLE, &texts::TRY_AGAIN, |_| Event::Unlock, Html::default())
}

/// A mailed link is being looked at.
pub(super) fn checking_link(view: &View) -> Html {
    form(view, &texts::LINK_CHECKING, &texts::TRY_AGAIN, |_| Event::OpenLink, Html::default())
}

/// The link is good. Only the person spends it: programs that open links in mails do not press buttons.
pub(super) fn link(view: &View) -> Html {
    let text = html! { <p>{ view.t.get(&texts::LINK_TEXT) }</p> };
    form(view, &texts::LINK_TITLE, &texts::LINK_SUBMIT, |_| Event::OpenLink, text)
}
