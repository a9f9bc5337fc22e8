//! Before an authenticator app is set up: get one, give it a name.

use super::{Form, View, parts::progress, problem, texts};
use crate::{
    flow::enroll::Event,
    ui::account::{Field, Heading, texts as shared, value},
};
use yew::prelude::*;

/// Asks for nothing that is needed.
#[component]
pub(super) fn TotpForm(view: &View) -> Html {
    let t = &view.t;
    let input = use_node_ref();
    let submit = {
        let (send, input) = (view.send.clone(), input.clone());
        Callback::from(move |()| send.emit(Event::Totp(value(&input))))
    };
    html! {
        <Form view={view.clone()} {submit} label={t.get(&shared::CONTINUE)}>
            { progress(view) }
            <Heading text={t.get(&texts::TOTP_TITLE)} />
            <p>{ t.get(&texts::TOTP_TEXT) }</p>
            <Field name="name" label={t.get(&texts::TOTP_NAME)} hint={t.get(&texts::TOTP_NAME_HINT)}
                error={problem::of_label(view)} kind="text" autocomplete="off" {input} />
        </Form>
    }
}
