//! The pages before a flow begins: it loads, it cannot be reached, nobody is signed in.

use super::{Heading, action, texts};
use crate::i18n::Texts;
use yew::prelude::*;

/// What these pages take.
#[derive(Clone, PartialEq, Properties)]
pub struct OutsideProps {
    /// The texts.
    pub t: Texts,
    /// Why, where that is known.
    #[prop_or_default]
    pub reason: Option<AttrValue>,
    /// Asks again.
    #[prop_or_default]
    pub retry: Callback<MouseEvent>,
}

/// The first answer is awaited.
#[component]
pub fn Loading(props: &OutsideProps) -> Html {
    html! { <p class="loading" role="status">{ props.t.get(&texts::LOADING) }</p> }
}

/// The first answer did not come.
#[component]
pub fn Unreachable(props: &OutsideProps) -> Html {
    let t = &props.t;
    html! {
        <section class="page">
            <Heading text={t.get(&texts::UNREACHABLE_TITLE)} />
            if let Some(reason) = &props.reason { <p role="alert">{ reason }</p> }
            <div class="actions">{ action(t.get(&texts::UNREACHABLE_RETRY), "main", false, props.retry.clone()) }</div>
        </section>
    }
}

/// Nobody is signed in. How to sign in is the page's business: it hears `sspr-error` with `session-required`.
#[component]
pub fn SignedOut(props: &OutsideProps) -> Html {
    let t = &props.t;
    html! {
        <section class="page">
            <Heading text={t.get(&texts::SIGNED_OUT_TITLE)} />
            <p role="status">{ t.get(&texts::SIGNED_OUT_TEXT) }</p>
            <div class="actions">{ action(t.get(&texts::SIGNED_OUT_RETRY), "main", false, props.retry.clone()) }</div>
        </section>
    }
}
