//! A mailed link opened the page.

use super::{View, frame::Frame, texts};
use crate::flow::reset::Event;
use yew::prelude::*;

/// The link is being looked at.
#[component]
pub fn Checking(view: &View) -> Html {
    let t = &view.t;
    let on_submit = open(view);
    html! {
        <Frame view={view.clone()} title={t.get(&texts::LINK_CHECKING)} submit={t.get(&texts::UNLOCK_AGAIN)} {on_submit} />
    }
}

/// The link is good. Only the person spends it: programs that open links in mails do not press buttons.
#[component]
pub fn Link(view: &View) -> Html {
    let t = &view.t;
    let on_submit = open(view);
    html! {
        <Frame view={view.clone()} title={t.get(&texts::LINK_TITLE)} submit={t.get(&texts::LINK_SUBMIT)} {on_submit}>
            <p>{ t.get(&texts::LINK_TEXT) }</p>
        </Frame>
    }
}

fn open(view: &View) -> Callback<()> {
    let send = view.send.clone();
    Callback::from(move |()| send.emit(Event::OpenLink))
}
