//! What a person sees once signed in: the start page with the two elements for signed-in people, and the panel for
//! the administrator.

use crate::{backend::Backend, people::ADMINISTRATOR, texts::Language};
use sspr_core::wire::SessionView;
use wasm_bindgen::JsValue;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct IntranetProps {
    pub(super) language: Language,
    pub(super) backend: Backend,
    pub(super) session: SessionView,
    pub(super) sign_out: Callback<()>,
}

/// The start page. Both elements bring their own headings.
#[component]
pub(super) fn Intranet(props: &IntranetProps) -> Html {
    let text = |key| props.language.text(key);
    let sign_out = props.sign_out.reform(|_: MouseEvent| ());
    let name = props.session.display_name.as_deref().or(props.session.identifier.as_deref());
    let fetch = match &props.backend {
        Backend::Inside(fetch) => fetch.clone().into(),
        Backend::Server => JsValue::UNDEFINED,
    };
    let administers = props.session.identifier.as_deref() == Some(ADMINISTRATOR);
    use_effect_with(administers, |administers| {
        // start.js loads the panel's module then, which nobody else needs.
        if *administers
            && let (Some(window), Ok(event)) =
                (web_sys::window(), web_sys::CustomEvent::new("administration"))
        {
            // An event that cannot be cancelled has no answer.
            let _ = window.dispatch_event(&event);
        }
    });
    html! {
        <>
            <section class="card greeting">
                <div>
                    <p class="quiet">{ text("start.welcome") }</p>
                    <h1 id="person">{ name.unwrap_or_default() }</h1>
                </div>
                <button type="button" id="sign-out" onclick={sign_out}>{ text("start.sign-out") }</button>
            </section>
            if administers {
                <section class="card administration">
                    <sspr-admin lang={props.language.tag()} ~fetch={fetch.clone()}></sspr-admin>
                </section>
            }
            <section class="card">
                <sspr-enroll lang={props.language.tag()} ~fetch={fetch.clone()}></sspr-enroll>
            </section>
            <section class="card">
                <sspr-change lang={props.language.tag()} ~fetch={fetch} identifier={props.session.identifier.clone()}></sspr-change>
            </section>
            <section class="card">
                <h2>{ text("start.news") }</h2>
                <ul class="news">
                    <li>{ text("start.news.canteen") }</li>
                    <li>{ text("start.news.ferry") }</li>
                </ul>
            </section>
        </>
    }
}
