//! Recovery codes: making them, and the one time that they are shown.

use super::{Form, View, parts::progress, save, texts};
use crate::{
    flow::enroll::{Event, Mistake, Notice},
    ui::account::{Heading, action},
};
use sspr_core::Secret;
use yew::prelude::*;

/// Says what is going to happen.
#[component]
pub(super) fn CodesForm(view: &View) -> Html {
    let t = &view.t;
    let send = view.send.clone();
    html! {
        <Form view={view.clone()} submit={move |()| send.emit(Event::MakeCodes)} label={t.get(&texts::CODES_MAKE)}>
            { progress(view) }
            <Heading text={t.get(&texts::CODES_MAKE_TITLE)} />
            <p>{ t.get(&texts::CODES_MAKE_TEXT) }</p>
        </Form>
    }
}

/// The codes.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CodesProps {
    /// The flow.
    pub(super) view: View,
    /// What to keep safe.
    pub(super) codes: Vec<Secret>,
}

/// Shows the codes and asks to save them.
#[component]
pub(super) fn Codes(props: &CodesProps) -> Html {
    let CodesProps { view, codes } = props;
    let t = &view.t;
    let (page, saved) = (use_node_ref(), use_node_ref());
    let file = use_memo(codes.clone(), |codes| {
        let lines: Vec<_> = codes.iter().map(Secret::expose).collect();
        save::TextFile::new(&format!("{}\n\n{}\n", t.get(&texts::CODES_FILE_HEAD), lines.join("\n")))
    });
    let print = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(page) = page.get() {
                save::print_alone(&page);
            }
        })
    };
    let submit = {
        let (send, saved) = (view.send.clone(), saved.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let ticked = saved.cast::<web_sys::HtmlInputElement>().is_some_and(|tick| tick.checked());
            send.emit(Event::Saved(ticked));
        })
    };
    let unsaved = view.flow.notice == Some(Notice::Mistake(Mistake::NotSaved));
    html! {
        <form class="page" part="form" novalidate=true onsubmit={submit} ref={page}>
            <Heading text={t.get(&texts::CODES_TITLE)} />
            <p>{ t.get(&texts::CODES_TEXT) }</p>
            <ol class="codes printed" translate="no">
                { for codes.iter().map(|code| html! { <li key={code.expose()}><code>{ code.expose() }</code></li> }) }
            </ol>
            <div class="actions screen-only">
                if let Some(file) = file.as_ref() {
                    <a class="button" href={file.address().to_owned()} download={t.get(&texts::CODES_FILE)}>
                        { t.get(&texts::CODES_DOWNLOAD) }
                    </a>
                }
                { action(t.get(&texts::CODES_PRINT), "", false, print) }
            </div>
            <div class="field screen-only">
                <label class="tick">
                    <input id="sspr-saved" type="checkbox" ref={saved} aria-invalid={unsaved.then_some("true")}
                        aria-describedby={unsaved.then_some("sspr-saved-error")} />
                    <span>{ t.get(&texts::CODES_SAVED) }</span>
                </label>
                if unsaved { <p id="sspr-saved-error" class="error" part="error">{ t.get(&texts::CODES_NOT_SAVED) }</p> }
            </div>
            <div class="actions screen-only">
                <button class="main" part="button main" disabled={view.flow.is_busy()}>{ t.get(&texts::CODES_DONE) }</button>
            </div>
        </form>
    }
}
