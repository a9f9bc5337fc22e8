//! The account is being unlocked; nothing is to be done unless that fails.

use super::{View, frame::Frame, texts};
use crate::flow::reset::Event;
use yew::prelude::*;

/// Waits, and offers to try again.
#[component]
pub fn Unlock(view: &View) -> Html {
    let t = &view.t;
    let on_submit = {
        let send = view.send.clone();
        Callback::from(move |()| send.emit(Event::Unlock))
    };
    html! {
        <Frame view={view.clone()} title={t.get(&texts::UNLOCK_TITLE)} submit={t.get(&texts::UNLOCK_AGAIN)} {on_submit} />
    }
}
