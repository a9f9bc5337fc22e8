//! What the page hears. Nothing secret is ever part of it.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// An event for the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageEvent {
    /// The form is live.
    Ready,
    /// Another step is shown.
    Step(&'static str),
    /// It is finished, with this outcome, for this identifier where it is known.
    Done(&'static str, Option<String>),
    /// The person gave up.
    Cancel,
    /// It cannot go on: a stable code.
    Error(&'static str),
}

impl PageEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Ready => "sspr-ready",
            Self::Step(_) => "sspr-step",
            Self::Done(..) => "sspr-done",
            Self::Cancel => "sspr-cancel",
            Self::Error(_) => "sspr-error",
        }
    }

    fn detail(&self) -> JsValue {
        let detail = Object::new();
        // A plain object takes every property.
        let set = |name: &str, value: &str| drop(Reflect::set(&detail, &name.into(), &value.into()));
        match self {
            Self::Ready | Self::Cancel => {}
            Self::Step(step) => set("step", step),
            Self::Done(outcome, identifier) => {
                set("outcome", outcome);
                set("identifier", identifier.as_deref().unwrap_or_default());
            }
            Self::Error(code) => set("code", code),
        }
        detail.into()
    }

    /// Lets the element dispatch it: bubbling, and across shadow roots.
    pub fn dispatch(&self, host: &HtmlElement) {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&self.detail());
        if let Ok(event) = CustomEvent::new_with_event_init_dict(self.name(), &init) {
            // Only a cancelable event has an answer.
            let _ = host.dispatch_event(&event);
        }
    }
}
