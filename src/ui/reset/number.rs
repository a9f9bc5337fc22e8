//! The whole number of the phone that a text or a call would go to.

use super::{
    View,
    frame::{form, other_method},
    texts,
};
use crate::{
    flow::reset::Event,
    ui::parts::{Sent, TextField},
};
use sspr_core::wire::MethodOption;
use yew::prelude::*;

/// Asks for the number. Nobody is told whether it is the right one.
pub(super) fn number(view: &View, option: &MethodOption) -> Html {
    let t = &view.t;
    let field = TextField {
        name: "number".into(),
        label: t.get(&texts::NUMBER_LABEL),
        error: view.field_error(),
        autocomplete: "tel",
        inputmode: Some("tel"),
        ..TextField::default()
    };
    form(
        view,
        &texts::NUMBER_TITLE,
        &texts::IDENTIFY_SUBMIT,
        |sent: Sent| Event::Number(sent.secret("number")),
        html! {
            <>
                <p>{ t.get(&texts::NUMBER_TEXT) }{ " " }<bdi>{ option.masked.clone() }</bdi></p>
                { field.show() }
                <div class="aside">{ other_method(view) }</div>
            </>
        },
    )
}
