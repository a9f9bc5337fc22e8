//! The forms for an e-mail address and for a telephone.

use super::{Form, View, parts::progress, problem, texts};
use crate::{
    flow::enroll::{Event, Mistake},
    ui::account::{Field, Heading, value},
};
use sspr_core::wire::PhoneChannel;
use yew::prelude::*;

/// Asks for an address; a code goes there.
#[component]
pub(super) fn EmailForm(view: &View) -> Html {
    let t = &view.t;
    let input = use_node_ref();
    let submit = {
        let (send, input) = (view.send.clone(), input.clone());
        Callback::from(move |()| send.emit(Event::Email(value(&input))))
    };
    html! {
        <Form view={view.clone()} {submit} label={t.get(&texts::EMAIL_SUBMIT)}>
            { progress(view) }
            <Heading text={t.get(&texts::EMAIL_TITLE)} />
            <Field name="email" label={t.get(&texts::EMAIL_LABEL)} hint={t.get(&texts::EMAIL_HINT)}
                error={problem::of_value(view, |mistake| match mistake {
                    Mistake::Empty => Some(&texts::EMAIL_EMPTY),
                    Mistake::Email => Some(&texts::EMAIL_WRONG),
                    _ => None,
                })}
                kind="email" autocomplete="email" {input} />
        </Form>
    }
}

/// Asks for a number and, where both are possible, whether to text or to call it.
#[component]
pub(super) fn PhoneForm(view: &View) -> Html {
    let t = &view.t;
    let (input, voice) = (use_node_ref(), use_node_ref());
    let submit = {
        let (send, input, voice) = (view.send.clone(), input.clone(), voice.clone());
        Callback::from(move |()| {
            let call = voice.cast::<web_sys::HtmlInputElement>().is_some_and(|radio| radio.checked());
            let channel = if call { PhoneChannel::Voice } else { PhoneChannel::Sms };
            send.emit(Event::Phone(value(&input), channel));
        })
    };
    html! {
        <Form view={view.clone()} {submit} label={t.get(&texts::EMAIL_SUBMIT)}>
            { progress(view) }
            <Heading text={t.get(&texts::PHONE_TITLE)} />
            <Field name="phone" label={t.get(&texts::PHONE_LABEL)} hint={t.get(&texts::PHONE_HINT)}
                error={problem::of_value(view, |mistake| match mistake {
                    Mistake::Empty => Some(&texts::PHONE_EMPTY),
                    Mistake::CountryCode => Some(&texts::PHONE_COUNTRY),
                    Mistake::Phone => Some(&texts::PHONE_WRONG),
                    _ => None,
                })}
                kind="tel" autocomplete="tel" {input} />
            if view.flow.may_call() {
                <fieldset class="radios">
                    <legend>{ t.get(&texts::PHONE_CHANNEL) }</legend>
                    <label><input type="radio" name="channel" value="sms" ~defaultChecked={true} /> <span>{ t.get(&texts::PHONE_SMS) }</span></label>
                    <label><input type="radio" name="channel" value="voice" ref={voice} /> <span>{ t.get(&texts::PHONE_VOICE) }</span></label>
                </fieldset>
            }
        </Form>
    }
}
