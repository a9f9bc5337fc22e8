//! A plain Yew page with one form and one POST, as Yew's documentation would have one write it. It is the measure for what
//! the widget weighs beyond that (`cargo xtask size --plain`), and nothing else.

use gloo_net::http::Request;
use serde::{Deserialize, Serialize};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Serialize)]
struct Start {
    identifier: String,
}

#[derive(Deserialize)]
struct Started {
    message: String,
}

async fn send(start: Start) -> Result<Started, gloo_net::Error> {
    Request::post("/recovery").json(&start)?.send().await?.json().await
}

#[component]
fn Page() -> Html {
    let field = use_node_ref();
    let message = use_state(String::new);
    let onsubmit = {
        let (field, message) = (field.clone(), message.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            let (message, start) = (message.clone(), Start { identifier: input.value() });
            wasm_bindgen_futures::spawn_local(async move {
                message.set(match send(start).await {
                    Ok(started) => started.message,
                    Err(error) => error.to_string(),
                });
            });
        })
    };
    html! {
        <form {onsubmit}>
            <label for="identifier">{ "E-mail address or user name" }</label>
            <input id="identifier" ref={field} required=true />
            <button>{ "Continue" }</button>
            <p role="status">{ &*message }</p>
        </form>
    }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}
