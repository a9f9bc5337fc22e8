//! The frame of every page with a form: submit, and the way out.

use super::{View, texts};
use crate::{
    flow::enroll::{Event, Screen},
    ui::account::{action, texts as shared},
};
use yew::prelude::*;

/// What the frame takes.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FormProps {
    /// The flow.
    pub(super) view: View,
    /// The form was sent.
    pub(super) submit: Callback<()>,
    /// What the button says.
    pub(super) label: AttrValue,
    /// The fields.
    pub(super) children: Children,
}

/// A form whose fields are read when it is sent: password managers do not all fire `input`.
#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let FormProps { view, submit, label, children } = props;
    let onsubmit = {
        let submit = submit.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit.emit(());
        })
    };
    let other =
        view.flow.wizard && matches!(view.flow.screen, Screen::Form(_)) && view.flow.choices().len() > 1;
    html! {
        <form class="page" part="form" novalidate=true {onsubmit}>
            { children.clone() }
            <div class="actions">
                <button class="main" part="button main" disabled={view.flow.is_busy()}>{ label }</button>
                { action(view.t.get(&shared::BACK), "", false, view.on(Event::Back)) }
            </div>
            if other {
                <p>{ action(view.t.get(&texts::WIZARD_OTHER), "link", view.flow.is_busy(), view.on(Event::Choose)) }</p>
            }
        </form>
    }
}
