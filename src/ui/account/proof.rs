//! The password that a sensitive change asks for when the sign-in was some time ago.

use super::{Field, Heading, action, texts};
use crate::i18n::Texts;
use sspr_core::Secret;
use yew::prelude::*;

/// What the dialogue takes.
#[derive(Clone, PartialEq, Properties)]
pub struct ProofProps {
    /// The texts.
    pub t: Texts,
    /// What is wrong with what was typed.
    pub error: Option<AttrValue>,
    /// An answer is awaited.
    pub busy: bool,
    /// The password.
    pub submit: Callback<Secret>,
    /// Away from here, without the change.
    pub cancel: Callback<MouseEvent>,
}

/// Asks for the password; the page that needs it waits behind, as it was.
#[component]
pub fn Proof(props: &ProofProps) -> Html {
    let ProofProps { t, error, busy, submit, cancel } = props;
    let input = use_node_ref();
    let onsubmit = {
        let (submit, input) = (submit.clone(), input.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = input.cast::<web_sys::HtmlInputElement>() else { return };
            submit.emit(Secret::new(field.value()));
            field.set_value("");
        })
    };
    html! {
        <form class="page" part="form" novalidate=true {onsubmit}>
            <Heading text={t.get(&texts::PROOF_TITLE)} />
            <p>{ t.get(&texts::PROOF_TEXT) }</p>
            <Field name="proof" label={t.get(&texts::PROOF_PASSWORD)} error={error.clone()}
                kind="password" autocomplete="current-password" {input} />
            <div class="actions">
                <button class="main" part="button main" disabled={*busy}>{ t.get(&texts::PROOF_SUBMIT) }</button>
                { action(t.get(&texts::CANCEL), "", false, cancel.clone()) }
            </div>
        </form>
    }
}
