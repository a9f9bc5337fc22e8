//! Runs a flow: keeps its state, carries out its effects, and moves the focus when the step changes.

use crate::{
    backend::{AccountBackend, Shared},
    flow::calls::{AccountFlow, Effect, Outcome, Request},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// What the page is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Another step is shown.
    Step(&'static str),
    /// The person is through.
    Done {
        /// How it ended.
        outcome: Outcome,
        /// Whose account it is.
        identifier: Option<String>,
    },
    /// It cannot go on.
    Error(&'static str),
}

/// A flow that runs, for as long as its component is on the page.
struct Runner<F: AccountFlow> {
    state: RefCell<Rc<F>>,
    /// The operation of the last call and its idempotency key.
    key: RefCell<(u32, String)>,
    backend: Shared<dyn AccountBackend>,
    tell: Callback<Told>,
    render: UseForceUpdateHandle,
    gone: Cell<bool>,
}

impl<F: AccountFlow> Runner<F> {
    fn send(self: &Rc<Self>, event: F::Event) {
        if self.gone.get() {
            return;
        }
        let state = F::clone(&self.state.borrow());
        let (state, effects) = state.step(event);
        *self.state.borrow_mut() = Rc::new(state);
        self.render.force_update();
        for effect in effects {
            match effect {
                Effect::Call(request) => self.call(request),
                Effect::Done { outcome, identifier } => self.tell.emit(Told::Done { outcome, identifier }),
                Effect::Error(code) => self.tell.emit(Told::Error(code)),
            }
        }
    }

    fn call(self: &Rc<Self>, Request { turn, operation, call }: Request) {
        let mut key = self.key.borrow_mut();
        if key.0 != operation || key.1.is_empty() {
            *key = (operation, idempotency_key());
        }
        let (runner, answer) = (self.clone(), self.backend.0.call(&key.1, call));
        wasm_bindgen_futures::spawn_local(async move {
            let result = answer.await;
            runner.send(F::answered(turn, result));
        });
    }
}

/// Starts a flow with the component; afterwards its state, and where its events go. `root` is what the flow is shown
/// in: the focus moves within it.
#[hook]
pub fn use_account_flow<F: AccountFlow>(
    backend: Shared<dyn AccountBackend>,
    tell: Callback<Told>,
    root: NodeRef,
) -> (Rc<F>, Callback<F::Event>) {
    let render = use_force_update();
    let runner = use_memo((), |()| {
        Rc::new(Runner::<F> {
            state: RefCell::new(Rc::new(F::default())),
            key: RefCell::default(),
            backend,
            tell,
            render,
            gone: Cell::new(false),
        })
    });
    let runner = Rc::clone(&runner);
    {
        let runner = runner.clone();
        use_effect_with((), move |()| {
            runner.send(F::open());
            move || runner.gone.set(true)
        });
    }
    let state = runner.state.borrow().clone();
    let shown = use_mut_ref(|| false);
    {
        let runner = runner.clone();
        use_effect_with(state.step_name(), move |step| {
            runner.tell.emit(Told::Step(step));
            // The first page comes by itself, and must not take the focus from where the person is.
            if *step != "loading" && shown.replace(true) {
                focus_first(&root);
            }
        });
    }
    let send = use_callback((), {
        let runner = runner.clone();
        move |event, ()| runner.send(event)
    });
    (state, send)
}

/// Focuses the field of a page that has just one and nothing to read before it, else the heading.
fn focus_first(root: &NodeRef) {
    let Some(root) = root.cast::<web_sys::Element>() else { return };
    const SHOWN: &str = ":not([hidden] *)";
    let all = |what: &str| root.query_selector_all(&format!("{what}{SHOWN}")).ok();
    let one_field = all("input:not([type=hidden])").filter(|found| found.length() == 1);
    let to_read = all(".app-key, .codes").is_some_and(|found| found.length() > 0);
    let found = one_field.filter(|_| !to_read).or_else(|| all("h2")).and_then(|found| found.item(0));
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
