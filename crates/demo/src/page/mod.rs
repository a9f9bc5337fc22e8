//! The page. The sign-in form is plain HTML that works before this program is there; the rest is Yew, rendered into
//! its places by portals.

mod account_list;
mod intranet;
mod messages;
mod preferences;
mod sign_in;
mod time;

use crate::backend::{self, Backend};
use gloo_events::EventListener;
use sspr_core::wire::SessionView;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, Document, Element, HashChangeEvent, window};
use yew::prelude::*;

/// Takes the page over.
pub(crate) fn start(fetch: Option<js_sys::Function>) {
    let backend = fetch.map_or(Backend::Server, Backend::Inside);
    if let Some(root) = element("program") {
        yew::Renderer::<Page>::with_root_and_props(root, PageProps { backend }).render();
    }
}

/// The document; this program runs nowhere else than in a window.
fn document() -> Option<Document> {
    window()?.document()
}

/// The element with this id.
fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

#[derive(PartialEq, Properties)]
struct PageProps {
    backend: Backend,
}

/// The whole page: who is signed in, and in which language.
#[component]
fn Page(props: &PageProps) -> Html {
    let language = use_state(preferences::language);
    let session = use_state(SessionView::default);
    let backend = props.backend.clone();

    use_effect_with(*language, |language| preferences::show_language(*language));
    use_effect_with(language.setter(), |set| preferences::watch(set.clone()));

    // A server may know us already. A mailed link asks for the sign-in page, whoever is signed in.
    use_effect_with((), {
        let (backend, session) = (backend.clone(), session.setter());
        move |()| {
            if !sign_in::link_waits() {
                refresh(backend, session);
            }
        }
    });
    use_effect_with((), {
        let session = session.setter();
        move |()| {
            let listener = window().map(|window| {
                EventListener::new(&window, "hashchange", move |event| {
                    let event = event.dyn_ref::<HashChangeEvent>();
                    if event.is_some_and(|event| event.new_url().contains("#sspr=")) {
                        session.set(SessionView::default());
                    }
                })
            });
            move || drop(listener)
        }
    });

    // What the elements report: a finished reset fills the sign-in form.
    use_effect_with((), |()| {
        let listener = document().map(|document| {
            EventListener::new(&document, "sspr-done", |event| {
                let Some(event) = event.dyn_ref::<CustomEvent>() else { return };
                let from_reset = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok())
                    .is_some_and(|target| target.tag_name() == "SSPR-RESET");
                if let Some(identifier) = text_of(&event.detail(), "identifier")
                    && from_reset
                {
                    sign_in::fill(&identifier, None);
                }
            })
        });
        move || drop(listener)
    });

    use_effect_with((backend.clone(), *language), {
        let session = session.setter();
        move |(backend, language)| sign_in::watch(backend.clone(), *language, session)
    });
    use_effect_with(session.signed_in, |signed_in| sign_in::show(!signed_in));

    // The session can end under an element, by time or from elsewhere.
    use_effect_with(backend.clone(), {
        let session = session.setter();
        move |backend| {
            let backend = backend.clone();
            let listener = document().map(|document| {
                EventListener::new(&document, "sspr-error", move |event| {
                    let detail = event.dyn_ref::<CustomEvent>().map(CustomEvent::detail).unwrap_or_default();
                    if text_of(&detail, "code").as_deref() == Some("session-required") {
                        refresh(backend.clone(), session.clone());
                    }
                })
            });
            move || drop(listener)
        }
    });

    let sign_out = {
        let (backend, view, session) = (backend.clone(), (*session).clone(), session.setter());
        Callback::from(move |()| {
            let (backend, view, session) = (backend.clone(), view.clone(), session.clone());
            spawn_local(async move {
                if backend::sign_out(&backend, &view).await.is_ok() {
                    session.set(SessionView::default());
                }
            });
        })
    };

    let language = *language;
    let intranet = session.signed_in.then(|| {
        html! { <intranet::Intranet {language} backend={backend.clone()} session={(*session).clone()} {sign_out} /> }
    });
    html! {
        <>
            { portal("intranet", intranet.unwrap_or_default()) }
            { portal("try-out", html! {
                <>
                    <messages::Messages {language} backend={backend.clone()} />
                    if matches!(backend, Backend::Inside(_)) {
                        <time::Time {language} />
                    }
                    <account_list::AccountList {language} backend={backend.clone()} />
                    <p class="quiet"><a href="gallery/gallery.html">{ language.text("gallery") }</a></p>
                </>
            }) }
        </>
    }
}

/// A text in an event's detail.
fn text_of(detail: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(detail, &name.into()).ok()?.as_string()
}

/// Renders into a place of the page's HTML.
fn portal(id: &str, content: Html) -> Html {
    element(id).map(|place| create_portal(content, place)).unwrap_or_default()
}

/// Asks who is signed in.
fn refresh(backend: Backend, session: UseStateSetter<SessionView>) {
    spawn_local(async move {
        if let Ok(view) = backend::session(&backend).await {
            session.set(view);
        }
    });
}
