//! The backend of `examples/own-backend`, which is another crate's, under the reset form in a browser.

#![cfg(target_arch = "wasm32")]

#[path = "../examples/own-backend/src/backend.rs"]
mod backend;

use backend::OurApi;
use sspr_widget::{
    ResetForm,
    backend::{RecoveryBackend, Shared},
    element::{FormProps, PageEvent, reset::ResetSeed},
    i18n::Texts,
};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, InputEvent};
use yew::platform::time::sleep;

wasm_bindgen_test_configure!(run_in_browser);

/// The company's API, in place of the network.
const API: &str = "
const refused = (code, more) => Response.json({ type: code, title: code, status: 422, code, ...more }, { status: 422 });
const answers = {
  start: ({ identifier }) => Response.json({ token: `t-${identifier}` }),
  check: ({ token, code }) => (code === '123456' ? Response.json({ identifier: token.slice(2) }) : refused('code-incorrect', { attempts_left: 2 })),
  password: ({ token, new_password }) => Response.json({ state: 'done', intent: 'reset', identifier: `${token.slice(2)} ${new_password.length}` }),
};
window.fetch = async (request) => answers[new URL(request.url).pathname.split('/').pop()](await request.json());";

async fn wait_for(root: &Element, css: &str) -> Element {
    for _ in 0..400 {
        if let Some(found) = root.query_selector(css).expect("a selector") {
            return found;
        }
        sleep(Duration::from_millis(5)).await;
    }
    panic!("no {css} in {}", root.inner_html());
}

async fn answer(root: &Element, name: &str, text: &str) {
    let field: HtmlInputElement = wait_for(root, &format!("[name={name}]")).await.unchecked_into();
    field.set_value(text);
    field.dispatch_event(&InputEvent::new("input").expect("an event")).expect("dispatched");
    wait_for(root, "button.main").await.unchecked_into::<HtmlElement>().click();
}

#[wasm_bindgen_test]
async fn a_backend_of_another_crate_leads_to_a_new_password() {
    js_sys::eval(API).expect("a script");
    let document = web_sys::window().expect("a window").document().expect("a document");
    let root = document.create_element("div").expect("an element");
    document.body().expect("a body").append_child(&root).expect("appended");
    let heard: Rc<RefCell<Vec<PageEvent>>> = Rc::default();
    let hears = heard.clone();
    let props = FormProps {
        backend: Shared(Rc::new(OurApi) as Rc<dyn RecoveryBackend>),
        texts: Texts::english(),
        seed: ResetSeed::default(),
        on_event: yew::Callback::from(move |event| hears.borrow_mut().push(event)),
    };
    yew::Renderer::<ResetForm>::with_root_and_props(root.clone(), props).render();

    answer(&root, "identifier", "alex@example.org").await;
    answer(&root, "code", "000000").await;
    let refused = wait_for(&root, ".error").await;
    assert!(refused.text_content().unwrap_or_default().contains("2 more tries"), "{}", root.inner_html());
    answer(&root, "code", "123456").await;
    answer(&root, "new-password", "Quiet-Lagoon-97-Otter").await;
    for _ in 0..400 {
        if heard.borrow().iter().any(|event| matches!(event, PageEvent::Done(..))) {
            break;
        }
        sleep(Duration::from_millis(5)).await;
    }
    let done = PageEvent::Done("reset", Some("alex@example.org 21".into()));
    assert_eq!(heard.borrow().iter().find(|event| matches!(event, PageEvent::Done(..))), Some(&done));
}
