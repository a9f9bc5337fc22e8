//! Who are you? The class in `sspr-widget.js` paints the same form before this program is there.

use super::{View, frame::Frame, texts};
use crate::{
    flow::reset::Event,
    ui::account::{Field, value},
};
use yew::prelude::*;

/// Asks for the identifier.
#[component]
pub fn Identify(view: &View) -> Html {
    let t = &view.t;
    let input = use_node_ref();
    let on_submit = {
        let (send, input) = (view.send.clone(), input.clone());
        Callback::from(move |()| send.emit(Event::Identify(value(&input))))
    };
    html! {
        <Frame view={view.clone()} title={t.get(&texts::IDENTIFY_TITLE)} submit={t.get(&texts::IDENTIFY_SUBMIT)} {on_submit}>
            <p>{ t.get(&texts::IDENTIFY_TEXT) }</p>
            <Field id="identifier" label={t.get(&texts::IDENTIFY_LABEL)} error={view.field_error()}
                autocomplete="username" value={view.flow.identifier.clone()} {input} />
        </Frame>
    }
}
