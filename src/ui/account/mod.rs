//! What the elements of a signed-in person share: the pages outside of their flows, the password dialogue, and small
//! parts of forms.

mod field;
mod outside;
mod proof;
pub mod texts;

pub use field::{Field, value};
pub use outside::{Loading, SignedOut, Unreachable};
pub use proof::Proof;

use yew::prelude::*;

/// A page's heading. The focus goes here when the page has no field; it is no stop of the Tab key.
#[component]
pub fn Heading(props: &HeadingProps) -> Html {
    html! { <h2 tabindex="-1" part="title">{ props.text.clone() }</h2> }
}

/// What a heading says.
#[derive(Clone, PartialEq, Properties)]
pub struct HeadingProps {
    /// Its text.
    pub text: AttrValue,
}

/// A button that does one thing.
pub fn action(text: AttrValue, class: &'static str, disabled: bool, press: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} {disabled} part={if class == "link" { "link" } else { "button" }} onclick={press}>{ text }</button> }
}
