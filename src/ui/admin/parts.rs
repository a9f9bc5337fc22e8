//! Small parts of the panel: names of words, and bars in a table.

use super::texts;
use crate::{
    i18n::{Message, Texts},
    ui::enroll::kind_name,
};
use sspr_core::wire::{ChallengeKind, MethodKind};
use yew::prelude::*;

/// A way to prove oneself.
pub(super) fn way_name(t: &Texts, kind: ChallengeKind) -> AttrValue {
    t.get(match kind {
        ChallengeKind::Sms => &texts::SMS,
        ChallengeKind::Voice => &texts::VOICE,
        other => kind_name(other.method()),
    })
}

/// Kinds of methods, one after the other.
pub(super) fn kind_names(t: &Texts, kinds: &[MethodKind]) -> String {
    let names: Vec<AttrValue> = kinds.iter().map(|kind| t.get(kind_name(*kind))).collect();
    names.join(" · ")
}

/// The methods that the audit log joins by `+`; a word that is none of ours stays as it is.
pub(super) fn joined_kinds(t: &Texts, word: &str) -> AttrValue {
    let kinds: Option<Vec<MethodKind>> = word.split('+').map(MethodKind::from_word).collect();
    kinds.map_or_else(|| AttrValue::from(word.to_owned()), |kinds| kind_names(t, &kinds).into())
}

/// A reason of the audit log.
pub(super) fn reason(t: &Texts, word: &str) -> AttrValue {
    let message: &Message = match word {
        "unknown_account" => &texts::R_UNKNOWN,
        "account_disabled" => &texts::R_DISABLED,
        "not_in_scope" => &texts::R_SCOPE,
        "insufficient_methods" => &texts::R_METHODS,
        "blocked" | "failed_proofs" | "tries" => &texts::R_BLOCKED,
        "password_policy" => &texts::R_POLICY,
        "directory_refused" | "directory_unavailable" => &texts::R_DIRECTORY,
        _ => return word.to_owned().into(),
    };
    t.get(message)
}

/// A table in which each row has a bar beside its number. The bar is for eyes alone.
pub(super) fn bars(title: AttrValue, rows: &[(AttrValue, u32)], empty: AttrValue) -> Html {
    if rows.is_empty() {
        return html! { <div class="chart"><h3>{ title }</h3><p class="hint">{ empty }</p></div> };
    }
    let most = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
    let row = |(name, count): &(AttrValue, u32)| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                <td class="bar" aria-hidden="true">{ bar(*count, most) }</td>
                <td class="number">{ *count }</td>
            </tr>
        }
    };
    html! {
        <table class="chart">
            <caption>{ title }</caption>
            <tbody>{ for rows.iter().map(row) }</tbody>
        </table>
    }
}

/// Attributes and not styles: a strict policy of the page forbids those.
fn bar(count: u32, most: u32) -> Html {
    let width = f64::from(count) * 100.0 / f64::from(most);
    html! {
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false">
            <rect width={format!("{width:.1}")} height="10" />
        </svg>
    }
}
