//! The reports: numbers with bars, in tables that a screen reader reads as well.

use super::{
    View,
    parts::{bars, joined_kinds, reason},
    texts,
};
use crate::{flow::admin::Event, i18n::Texts, ui::account::texts as shared, ui::parts::id_of};
use sspr_core::wire::{AdminReport, ReportDay};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// How far back a report can look.
const DAYS: [u32; 4] = [7, 30, 90, 365];

pub(super) fn show(view: &View) -> Html {
    let t = &view.t;
    let onchange = {
        let send = view.send.clone();
        Callback::from(move |event: yew::Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().and_then(|it| it.value().parse().ok());
            if let Some(days) = chosen {
                send.emit(Event::Days(days));
            }
        })
    };
    let option = |days: u32| {
        html! { <option value={days.to_string()} selected={days == view.flow.days}>{ days }</option> }
    };
    html! {
        <div class="reports">
            <div class="field days">
                <label for={id_of("days")} part="label">{ t.get(&texts::DAYS) }</label>
                <select id={id_of("days")} part="input" {onchange}>{ for DAYS.into_iter().map(option) }</select>
            </div>
            if let Some(text) = view.failure() { <p class="notice" part="error" role="alert">{ text }</p> }
            { match &view.flow.report {
                Some(report) => report_of(t, report),
                None if view.flow.is_busy() => html! { <p class="loading" role="status">{ t.get(&shared::LOADING) }</p> },
                None => Html::default(),
            } }
        </div>
    }
}

fn report_of(t: &Texts, report: &AdminReport) -> Html {
    let people = [
        (t.get(&texts::ALL), report.people),
        (t.get(&texts::COVERED), report.enabled),
        (t.get(&texts::REGISTERED), report.registered),
        (t.get(&texts::CAPABLE), report.capable),
    ];
    let methods: Vec<_> = report.by_method.iter().map(|it| (joined_kinds(t, &it.word), it.count)).collect();
    let mut failures: Vec<(AttrValue, u32)> = Vec::new();
    for it in &report.failures {
        let name = reason(t, &it.word);
        match failures.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count = count.saturating_add(it.count),
            None => failures.push((name, it.count)),
        }
    }
    let empty = t.get(&texts::EMPTY);
    html! {
        <>
            <dl class="figures">
                { figure(t.get(&texts::STARTED), report.started) }
                { figure(t.get(&texts::RESETS), report.resets) }
                { figure(t.get(&texts::UNLOCKS), report.unlocks) }
            </dl>
            <div class="charts">
                <div>
                    { bars(t.get(&texts::PEOPLE), &people, empty.clone()) }
                    if !report.everybody { <p class="hint">{ t.get(&texts::PARTIAL) }</p> }
                </div>
                { bars(t.get(&texts::BY_METHOD), &methods, empty.clone()) }
                { bars(t.get(&texts::FAILURES), &failures, empty) }
            </div>
            { days(t, &report.by_day) }
        </>
    }
}

fn figure(name: AttrValue, count: u32) -> Html {
    html! { <div><dt>{ name }</dt><dd>{ count }</dd></div> }
}

/// Columns for eyes, and the same as a table for everybody.
fn days(t: &Texts, days: &[ReportDay]) -> Html {
    let most = days.iter().map(|day| day.resets.saturating_add(day.unlocks).saturating_add(day.failed)).max();
    let most = f64::from(most.unwrap_or(0).max(1));
    let column = |(place, day): (usize, &ReportDay)| {
        let done = f64::from(day.resets.saturating_add(day.unlocks)) * 40.0 / most;
        let failed = f64::from(day.failed) * 40.0 / most;
        let x = format!("{}.1", place);
        html! {
            <>
                <rect class="done" x={x.clone()} y={format!("{:.2}", 40.0 - done)} width="0.8" height={format!("{done:.2}")} />
                <rect class="failed" {x} y={format!("{:.2}", 40.0 - done - failed)} width="0.8" height={format!("{failed:.2}")} />
            </>
        }
    };
    let row = |day: &ReportDay| {
        html! {
            <tr>
                <th scope="row">{ t.date(&day.date).unwrap_or_else(|| day.date.clone().into()) }</th>
                <td>{ day.started }</td><td>{ day.resets }</td><td>{ day.unlocks }</td><td>{ day.failed }</td>
            </tr>
        }
    };
    let head = |text: &'static crate::i18n::Message| html! { <th scope="col">{ t.get(text) }</th> };
    html! {
        <section class="days">
            <h3>{ t.get(&texts::BY_DAY) }</h3>
            <svg class="columns" viewBox={format!("0 0 {} 40", days.len().max(1))} preserveAspectRatio="none"
                aria-hidden="true" focusable="false">{ for days.iter().enumerate().map(column) }</svg>
            <p class="legend" aria-hidden="true">
                <span class="done">{ t.get(&texts::RESETS) }{ " + " }{ t.get(&texts::UNLOCKS) }</span>
                <span class="failed">{ t.get(&texts::FAILED) }</span>
            </p>
            <details>
                <summary>{ t.get(&texts::AS_TABLE) }</summary>
                <div class="wide" tabindex="0" role="region" aria-label={t.get(&texts::BY_DAY)}>
                    <table>
                        <thead><tr>
                            { head(&texts::DAY) }{ head(&texts::STARTED) }{ head(&texts::RESETS) }{ head(&texts::UNLOCKS) }{ head(&texts::FAILED) }
                        </tr></thead>
                        <tbody>{ for days.iter().rev().map(row) }</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}
