//! Forms without components: fields are found by name when the form is sent, because password managers do not all
//! fire `input`, and because every Yew component costs about 3 kB (brotli) on the sign-in page's path.

use sspr_core::Secret;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

/// A form that was sent.
pub struct Sent(Element);

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sent")
    }
}

impl Sent {
    fn input(&self, name: &str) -> Option<HtmlInputElement> {
        let found = self.0.query_selector(&["[name='", name, "']"].concat()).ok()??;
        found.dyn_into().ok()
    }

    /// What is typed in the field of this name; nothing where there is none.
    pub fn text(&self, name: &str) -> String {
        self.input(name).map(|input| input.value()).unwrap_or_default()
    }

    /// [`Sent::text`] of a field that holds a secret.
    pub fn secret(&self, name: &str) -> Secret {
        Secret::new(self.text(name))
    }

    /// Whether the box of this name is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.input(name).is_some_and(|input| input.checked())
    }
}

/// Sends an event made of the form's fields, and keeps the browser from sending the form itself.
pub fn on_submit<E: 'static>(
    send: &Callback<E>,
    read: impl Fn(Sent) -> E + 'static,
) -> Callback<SubmitEvent> {
    let send = send.clone();
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = event.target_dyn_into::<Element>() {
            send.emit(read(Sent(form)));
        }
    })
}

/// The id of the field of a name. With the prefix, since among the page's own elements (`render="light"`) other fields may
/// have the name for an id.
pub fn id_of(name: &str) -> AttrValue {
    ["sspr-", name].concat().into()
}

/// A labelled field with its error, tied to it for screen readers.
#[derive(Debug, Default)]
pub struct TextField {
    /// Its name; its id is [`id_of`] it.
    pub name: AttrValue,
    /// What to type.
    pub label: AttrValue,
    /// What is wrong with what was typed.
    pub error: Option<AttrValue>,
    /// The `type` of the input; text unless said.
    pub kind: &'static str,
    /// The `autocomplete` token.
    pub autocomplete: &'static str,
    /// Which keyboard a phone shows.
    pub inputmode: Option<&'static str>,
    /// What is in it at first.
    pub value: AttrValue,
}

impl TextField {
    /// Renders it. `defaultValue` and not `value`: Yew would write the latter over what is typed with each rendering.
    pub fn show(self) -> Html {
        let Self { name, label, error, kind, autocomplete, inputmode, value } = self;
        let id = id_of(&name);
        let kind = if kind.is_empty() { "text" } else { kind };
        let problem = error.as_ref().map(|_| AttrValue::from(format!("{id}-error")));
        html! {
            <div class="field">
                <label for={id.clone()} part="label">{ label }</label>
                <input {id} {name} type={kind} part="input" {autocomplete} {inputmode} autocapitalize="none"
                    spellcheck="false" ~defaultValue={value.to_string()} aria-invalid={error.is_some().then_some("true")}
                    aria-describedby={problem.clone()} />
                { error_text(problem, error) }
            </div>
        }
    }
}

/// What is wrong with a field, announced once.
pub(super) fn error_text(id: Option<AttrValue>, text: Option<AttrValue>) -> Html {
    match text {
        Some(text) => html! { <p {id} class="error" part="error" role="alert">{ text }</p> },
        None => Html::default(),
    }
}
