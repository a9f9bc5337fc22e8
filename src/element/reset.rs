//! `<sspr-reset>`: from its settings to its flow, and from its flow's effects to the backend and the page.

use super::{
    Config, Mount, PageEvent, Pool,
    driver::{Doing, Drive, Form, FormProps, Later},
};
use crate::{
    backend::{BreachedRanges, Failure, RecoveryBackend, Shared},
    flow::reset::{Effect, Event, Notice, Reset},
    ui::reset,
};
use js_sys::Function;
use sspr_core::Secret;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The reset form as a Yew component.
pub type ResetForm = Form<Reset>;

/// What a recovery starts from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResetSeed {
    /// Fills the first field.
    pub identifier: String,
    /// The token of the mailed link that opened the page.
    pub link: Option<Secret>,
    /// Language of messages.
    pub locale: Option<String>,
    /// The page that mailed links shall open.
    pub page: Option<String>,
    /// Asks the page for a proof of being human; it may return a promise.
    pub captcha: Option<Function>,
}

impl Drive for Reset {
    type Event = Event;
    type Effect = Effect;
    type Backend = dyn RecoveryBackend;
    type Seed = ResetSeed;

    fn begin(seed: &ResetSeed) -> Self {
        Self::new(&seed.identifier, seed.link.clone(), seed.locale.clone(), seed.page.clone())
    }

    fn open() -> Event {
        Event::Open
    }

    fn next(self, event: Event) -> (Self, Vec<Effect>) {
        self.step(event)
    }

    fn step_name(&self) -> &'static str {
        Reset::step_name(self)
    }

    fn notices(&self) -> u32 {
        self.notices
    }

    fn failure(&self) -> Option<&Failure> {
        match &self.notice {
            Some(Notice::Failure(failure)) => Some(failure),
            _ => None,
        }
    }

    fn perform(effect: Effect, doing: &mut Doing<'_, Self>) -> Option<Later<Event>> {
        match effect {
            Effect::Call(request) => {
                let key = doing.key(request.operation);
                let answer = doing.backend.call(&key, request.call);
                let turn = request.turn;
                Some(Box::pin(async move { Some(Event::Answered { turn, result: answer.await }) }))
            }
            Effect::Forget(request) => {
                let key = doing.key(request.operation);
                let answer = doing.backend.call(&key, request.call);
                Some(Box::pin(async move {
                    // The person has left; whether the flow was cancelled or expires is all the same to them.
                    let _ = answer.await;
                    None
                }))
            }
            Effect::PrepareWork => {
                // Where nothing can be prepared, the proof is missing later.
                let _ = doing.seed.captcha.as_ref()?.call1(&JsValue::UNDEFINED, &true.into());
                None
            }
            Effect::Captcha(turn) => {
                let ask = doing.seed.captcha.clone();
                Some(Box::pin(async move { Some(Event::Captcha { turn, proof: captcha(ask).await }) }))
            }
            Effect::Done(outcome, identifier) => {
                doing.tell.emit(PageEvent::Done(outcome, Some(identifier)));
                None
            }
            Effect::Cancelled => {
                doing.tell.emit(PageEvent::Cancel);
                None
            }
            Effect::Error(code) => {
                doing.tell.emit(PageEvent::Error(code));
                None
            }
        }
    }

    fn view(flow: &Rc<Self>, send: &Callback<Event>, form: &FormProps<Self>) -> Html {
        let ranges = Shared::<dyn BreachedRanges>(form.backend.0.clone());
        reset::show(&reset::View { flow: flow.clone(), send: send.clone(), t: form.texts.clone(), ranges })
    }
}

async fn captcha(ask: Option<Function>) -> Option<String> {
    let answer = ask?.call0(&JsValue::UNDEFINED).ok()?;
    JsFuture::from(js_sys::Promise::resolve(&answer)).await.ok()?.as_string()
}

thread_local! {
    static POOL: Pool<ResetForm> = Pool::default();
}

impl Mount for Reset {
    fn props(host: HtmlElement, config: Config) -> FormProps<Self> {
        let locale = Some(config.texts.lang().to_owned()).filter(|lang| !lang.is_empty());
        FormProps {
            backend: Shared(Rc::new(config.http)),
            texts: config.texts,
            seed: ResetSeed {
                identifier: config.identifier,
                link: config.link,
                locale,
                page: config.page,
                captcha: config.captcha,
            },
            on_event: Callback::from(move |event: PageEvent| event.dispatch(&host)),
        }
    }

    fn with_pool<R>(work: impl FnOnce(&Pool<ResetForm>) -> R) -> R {
        POOL.with(work)
    }
}
