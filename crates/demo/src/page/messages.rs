//! The panel of everything that was sent: mails, texts and calls.

use crate::{
    backend::{Backend, Message, Channel, new_messages},
    texts::Language,
};
use gloo_timers::callback::Interval;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Milliseconds between two looks for new messages.
const LOOK_EVERY: u32 = 400;

#[derive(PartialEq, Properties)]
pub(super) struct MessagesProps {
    pub(super) language: Language,
    pub(super) backend: Backend,
}

/// The panel.
#[component]
pub(super) fn Messages(props: &MessagesProps) -> Html {
    let messages = use_state_eq(|| Rc::<[Message]>::from([]));
    use_effect_with(props.backend.clone(), {
        let messages = messages.clone();
        move |backend| {
            let (backend, busy) = (backend.clone(), Rc::new(Cell::new(false)));
            let known = Rc::new(std::cell::RefCell::new(Vec::new()));
            let timer = Interval::new(LOOK_EVERY, move || {
                if busy.replace(true) {
                    return;
                }
                let (backend, busy, known, set) =
                    (backend.clone(), busy.clone(), known.clone(), messages.setter());
                spawn_local(async move {
                    let before = known.borrow().clone();
                    if let Some(now) = new_messages(&backend, &before).await
                        && now != before
                    {
                        known.replace(now.clone());
                        set.set(now.into());
                    }
                    busy.set(false);
                });
            });
            move || drop(timer)
        }
    });

    let text = |key| props.language.text(key);
    let language = props.language;
    html! {
        <section class="card" id="messages" aria-labelledby="messages-title">
            <h2 id="messages-title">{ text("messages.title") }</h2>
            <p class="quiet">{ text("messages.note") }</p>
            <div aria-live="polite">
                if messages.is_empty() {
                    <p>{ text("messages.none") }</p>
                }
                <ol class="messages">
                    for (at, message) in messages.iter().enumerate() {
                        <li key={message.id.clone()} data-channel={word(message.channel)} data-to={message.to.clone()}>
                            <details open={at == 0}>
                                <summary>
                                    <span class="kind">{ text(channel_key(message.channel)) }</span>
                                    <strong>{ message.subject.clone() }</strong>
                                    <span class="to">{ format!("{} {}", language.text("messages.to"), message.to) }</span>
                                </summary>
                                <pre>{ for pieces(&message.text).into_iter().map(piece) }</pre>
                            </details>
                        </li>
                    }
                </ol>
            </div>
        </section>
    }
}

fn word(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
        Channel::Voice => "voice",
    }
}

fn channel_key(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "messages.email",
        Channel::Sms => "messages.sms",
        Channel::Voice => "messages.voice",
    }
}

/// A message's text cut before and after each address.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("http://").or_else(|| rest.find("https://")) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        pieces.extend([before, address]);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// An address becomes a link. In this page it only changes the fragment, so the service inside lives on.
fn piece(piece: &str) -> Html {
    if piece.starts_with("http") {
        html! { <a href={piece.to_owned()}>{ piece }</a> }
    } else {
        html! { { piece } }
    }
}
