//! What the elements of signed-in people share: how their flows' effects reach the backend and the page.

use super::{
    Config, PageEvent,
    driver::{Doing, Drive, FormProps, Later},
};
use crate::{
    backend::{AccountAnswer, AccountBackend, Failure, Shared},
    flow::calls::Effect,
};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::Callback;

/// Carries one effect out; `answered` is the flow's event for what a call brings.
pub(super) fn perform<F: Drive<Backend = dyn AccountBackend>>(
    effect: Effect,
    doing: &mut Doing<'_, F>,
    answered: fn(u32, Result<AccountAnswer, Failure>) -> F::Event,
) -> Option<Later<F::Event>> {
    match effect {
        Effect::Call(request) => {
            let answer = doing.backend.call(&doing.key(request.operation), request.call);
            let turn = request.turn;
            return Some(Box::pin(async move { Some(answered(turn, answer.await)) }));
        }
        Effect::Done { outcome, identifier } => doing.tell.emit(PageEvent::Done(outcome.word(), identifier)),
        Effect::Error(code) => doing.tell.emit(PageEvent::Error(code)),
    }
    None
}

/// The form's properties, from what the page says.
pub(super) fn props<F>(host: HtmlElement, config: Config) -> FormProps<F>
where
    F: Drive<Backend = dyn AccountBackend, Seed = ()>,
{
    FormProps {
        backend: Shared(Rc::new(config.http)),
        texts: config.texts,
        seed: (),
        on_event: Callback::from(move |event: PageEvent| event.dispatch(&host)),
    }
}
