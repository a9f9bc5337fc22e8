//! Answers to security questions.

use super::{View, frame::Frame, texts};
use crate::{
    flow::reset::Event,
    ui::account::{Field, value},
};
use sspr_core::{
    Secret,
    wire::{Challenge, QuestionAnswer},
};
use yew::prelude::*;

/// What to answer.
#[derive(Clone, PartialEq, Properties)]
pub struct QuestionsProps {
    /// The flow.
    pub view: View,
    /// The challenge.
    pub challenge: Challenge,
}

/// Asks every question of the challenge.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let QuestionsProps { view, challenge } = props;
    let t = &view.t;
    let inputs = use_memo(challenge.questions.len(), |count| {
        vec![(); *count].iter().map(|()| NodeRef::default()).collect::<Vec<_>>()
    });
    let on_submit = {
        let (send, inputs, questions) = (view.send.clone(), inputs.clone(), challenge.questions.clone());
        Callback::from(move |()| {
            let answers = questions.iter().zip(inputs.iter()).map(|(question, input)| QuestionAnswer {
                question: question.id.clone(),
                answer: Secret::new(value(input)),
            });
            send.emit(Event::Answers(answers.collect()));
        })
    };
    let error = view.field_error();
    html! {
        <Frame view={view.clone()} title={t.get(&texts::QUESTIONS_TITLE)} submit={t.get(&texts::CODE_SUBMIT)} {on_submit}>
            { for challenge.questions.iter().zip(inputs.iter()).enumerate().map(|(index, (question, input))| html! {
                <Field id={format!("answer-{index}")} label={question.text.clone()} autocomplete="off"
                    error={error.clone().filter(|_| index == 0)} input={input.clone()} />
            }) }
            if view.flow.has_other_method() {
                <button type="button" class="link" part="link" onclick={view.on(Event::OtherMethod)}>
                    { t.get(&texts::OTHER_METHOD) }
                </button>
            }
        </Frame>
    }
}
