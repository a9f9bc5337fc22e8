//! Who are you? The class in `sspr-define.js` paints the same form before this program is there.

use super::{View, frame::form, texts};
use crate::{flow::reset::Event, ui::parts::TextField};
use yew::prelude::*;

/// Asks for the identifier.
pub(super) fn identify(view: &View) -> Html {
    let t = &view.t;
    let field = TextField {
        name: "identifier".into(),
        label: t.get(&texts::IDENTIFY_LABEL),
        error: view.field_error(),
        autocomplete: "username",
        value: view.flow.identifier.clone().into(),
        ..TextField::default()
    };
    let read = |sent: crate::ui::parts::Sent| Event::Identify(sent.text("identifier"));
    form(
        view,
        &texts::IDENTIFY_TITLE,
        &texts::IDENTIFY_SUBMIT,
        read,
        html! {
            <>
                <p>{ t.get(&texts::IDENTIFY_TEXT) }</p>
                { field.show() }
            </>
        },
    )
}
