//! A labelled field with its hint and its error, tied to it for screen readers.

use crate::ui::parts::id_of;
use yew::prelude::*;

/// What a field takes.
#[derive(Clone, PartialEq, Properties)]
pub struct FieldProps {
    /// Its name; its id is [`id_of`] it.
    pub name: AttrValue,
    /// What to type.
    pub label: AttrValue,
    /// How to type it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with what was typed.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// The `type` of the input.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// The `autocomplete` token.
    pub autocomplete: AttrValue,
    /// Which keyboard a phone shows.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// What is in it at first.
    #[prop_or_default]
    pub value: AttrValue,
    /// Reads the input when the form is sent.
    pub input: NodeRef,
}

/// A field. Its value stays in the input element: read it with [`value`].
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let id = &id_of(&props.name);
    let hint = props.hint.as_ref().map(|_| format!("{id}-hint"));
    let error = props.error.as_ref().map(|_| format!("{id}-error"));
    let described = [error.clone(), hint.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        <div class="field">
            <label for={id.clone()} part="label">{ &props.label }</label>
            if let Some(text) = &props.hint { <p id={hint} class="hint">{ text }</p> }
            <input {id} part="input" name={props.name.clone()} ref={props.input.clone()} type={props.kind.clone()} autocomplete={props.autocomplete.clone()}
                inputmode={props.inputmode.clone()} autocapitalize="none" spellcheck="false" ~defaultValue={props.value.to_string()}
                aria-invalid={error.is_some().then_some("true")}
                aria-describedby={(!described.is_empty()).then_some(described)} />
            if let Some(text) = &props.error { <p id={error} class="error" part="error">{ text }</p> }
        </div>
    }
}

/// What is typed in an input; nothing while it is not on the page.
pub fn value(input: &NodeRef) -> String {
    input.cast::<web_sys::HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}
