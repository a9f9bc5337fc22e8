//! A sign-in page in Yew, with the reset form as a component.

use sspr_widget::{
    ResetForm,
    backend::{Http, HttpOptions, RecoveryBackend, Shared},
    element::{PageEvent, reset::ResetSeed},
    i18n::Texts,
};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

#[component]
fn SignIn() -> Html {
    let username = use_state(String::new);
    let texts = use_memo((), |()| Texts::english());
    let backend = use_memo((), |()| {
        let (base, lang) = ("/sspr/v1".to_owned(), "en".to_owned());
        let http = Http::new(HttpOptions { base, lang, fetch: None, headers: JsValue::UNDEFINED });
        Shared(Rc::new(http) as Rc<dyn RecoveryBackend>)
    });
    let on_event = {
        let username = username.clone();
        Callback::from(move |event| {
            if let PageEvent::Done(_, Some(identifier)) = event {
                username.set(identifier);
            }
        })
    };
    html! {
        <main>
            <input aria-label="User name" value={(*username).clone()} />
            <ResetForm backend={(*backend).clone()} texts={(*texts).clone()} seed={ResetSeed::default()} {on_event} />
        </main>
    }
}

fn main() {
    yew::Renderer::<SignIn>::new().render();
}
