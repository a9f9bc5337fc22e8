//! Security questions: as many selects as are to be registered, none chosen twice, and their answers.

use super::{Form, View, parts::progress, problem, texts};
use crate::{
    flow::enroll::{Event as Flow, Mistake},
    ui::account::{Field, Heading, value},
};
use sspr_core::{
    Secret,
    wire::{QuestionAnswer, QuestionPool},
};
use yew::prelude::*;

/// Chooses and answers.
#[component]
pub(super) fn QuestionsForm(view: &View) -> Html {
    match view.flow.list.as_ref().and_then(|list| list.questions.clone()) {
        Some(pool) => html! { <Rows view={view.clone()} {pool} /> },
        None => Html::default(),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RowsProps {
    view: View,
    pool: QuestionPool,
}

#[component]
fn Rows(props: &RowsProps) -> Html {
    let RowsProps { view, pool } = props;
    let t = &view.t;
    let chosen = use_state(|| vec![String::new(); usize::from(pool.register)]);
    let inputs = use_memo(pool.register, |count| (0..*count).map(|_| NodeRef::default()).collect::<Vec<_>>());
    let submit = {
        let (send, chosen, inputs) = (view.send.clone(), chosen.clone(), inputs.clone());
        Callback::from(move |()| {
            let rows = chosen.iter().zip(inputs.iter());
            send.emit(Flow::Questions(
                rows.map(|(question, input)| QuestionAnswer {
                    question: question.clone(),
                    answer: Secret::new(value(input)),
                })
                .collect(),
            ));
        })
    };
    let row = |(row, input): (usize, &NodeRef)| {
        let number = (row + 1).to_string();
        let number = [("number", number.as_str())];
        let mine = chosen.get(row).cloned().unwrap_or_default();
        let wrong = question_error(view, row);
        let id = format!("sspr-question-{row}");
        let choose = {
            let chosen = chosen.clone();
            Callback::from(move |event: yew::Event| {
                let Some(select) = event.target_dyn_into::<web_sys::HtmlSelectElement>() else { return };
                let mut now = (*chosen).clone();
                if let Some(place) = now.get_mut(row) {
                    *place = select.value();
                }
                chosen.set(now);
            })
        };
        html! {
            <fieldset key={row} class="question">
                <legend>{ t.with(&texts::QUESTIONS_QUESTION, &number) }</legend>
                <div class="field">
                    <select id={id.clone()} part="input" aria-label={t.with(&texts::QUESTIONS_QUESTION, &number)} onchange={choose}
                        aria-invalid={wrong.is_some().then_some("true")}
                        aria-describedby={wrong.is_some().then(|| format!("{id}-error"))}>
                        <option value="" selected={mine.is_empty()}>{ t.get(&texts::QUESTIONS_CHOOSE) }</option>
                        { for pool.questions.iter().map(|question| html! {
                            <option key={question.id.clone()} value={question.id.clone()} selected={question.id == mine}
                                disabled={question.id != mine && chosen.contains(&question.id)}>
                                { question.text.clone() }
                            </option>
                        }) }
                    </select>
                    if let Some(wrong) = wrong { <p id={format!("{id}-error")} class="error" part="error">{ wrong }</p> }
                </div>
                <Field name={format!("answer-{row}")} label={t.with(&texts::QUESTIONS_ANSWER, &number)}
                    hint={limits(view, pool, &texts::QUESTIONS_HINT)} error={answer_error(view, pool, row)}
                    kind="text" autocomplete="off" input={input.clone()} />
            </fieldset>
        }
    };
    html! {
        <Form view={view.clone()} {submit} label={t.get(&texts::QUESTIONS_SAVE)}>
            { progress(view) }
            <Heading text={t.get(&texts::QUESTIONS_TITLE)} />
            <p>{ t.count(&texts::QUESTIONS_TEXT, u32::from(pool.register)) }</p>
            { for inputs.iter().enumerate().map(row) }
        </Form>
    }
}

fn question_error(view: &View, row: usize) -> Option<AttrValue> {
    match problem::mistake(view)? {
        Mistake::QuestionMissing(at) if *at == row => Some(view.t.get(&texts::QUESTIONS_MISSING)),
        Mistake::QuestionTwice(at) if *at == row => Some(view.t.get(&texts::QUESTIONS_TWICE)),
        _ => None,
    }
}

fn answer_error(view: &View, pool: &QuestionPool, row: usize) -> Option<AttrValue> {
    match problem::mistake(view)? {
        Mistake::AnswerLength(at) if *at == row => Some(limits(view, pool, &texts::QUESTIONS_LENGTH)),
        _ => None,
    }
}

fn limits(view: &View, pool: &QuestionPool, text: &crate::i18n::Message) -> AttrValue {
    let (min, max) = (pool.min_answer.to_string(), pool.max_answer.to_string());
    view.t.with(text, &[("min", min.as_str()), ("max", max.as_str())])
}
