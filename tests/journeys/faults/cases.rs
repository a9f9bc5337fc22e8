//! The steps, and which faults have a meaning for which.

use super::kinds::FAULTS;
use serde_json::{Value, json};

/// The rows: the step as `steps.js` knows it, and its call or file.
pub(super) const STEPS: &[(&str, &str)] = &[
    ("load: program", "sspr-reset.js"),
    ("load: module", "sspr-reset_bg.wasm"),
    ("load: texts", "locales/ja.json"),
    ("load: styles", "widget.css"),
    ("load: strength", "sspr-strength.js"),
    ("reset: describe", "GET /describe"),
    ("reset: start", "POST /recovery"),
    ("reset: send", "POST /recovery/challenge"),
    ("reset: send again", "POST /recovery/challenge"),
    ("reset: verify", "POST /recovery/verify"),
    ("reset: send, second gate", "POST /recovery/challenge"),
    ("reset: verify, second gate", "POST /recovery/verify"),
    ("reset: set password", "POST /recovery/password"),
    ("reset: unlock", "POST /recovery/unlock"),
    ("reset: more time", "POST /recovery/extend"),
    ("reset: cancel", "DELETE /recovery"),
    ("reset: look at link", "POST /recovery/link"),
    ("reset: open link", "POST /recovery/link/open"),
    ("enroll: session", "GET /session"),
    ("enroll: list", "GET /me/methods"),
    ("enroll: add", "POST /me/methods"),
    ("enroll: verify", "POST /me/methods/{id}/verify"),
    ("enroll: send again", "POST /me/methods/{id}/resend"),
    ("enroll: rename", "PATCH /me/methods/{id}"),
    ("enroll: make default", "PATCH /me/methods/{id}"),
    ("enroll: remove", "DELETE /me/methods/{id}"),
    ("enroll: confirm", "POST /me/contacts/confirm"),
    ("enroll: not now", "POST /me/registration/skip"),
    ("enroll: recovery codes", "POST /me/methods"),
    ("enroll: prove it is you", "POST /me/reauthenticate"),
    ("change: session", "GET /session"),
    ("change: policy", "GET /me/password"),
    ("change: change", "PUT /me/password"),
    ("admin: session", "GET /session"),
    ("admin: policy", "GET /admin/policy"),
    ("admin: save", "PUT /admin/policy"),
    ("admin: report", "GET /admin/reports"),
    ("admin: look up", "POST /admin/lookup"),
];

/// Steps that begin by themselves: there is nothing to press.
const BY_THEMSELVES: &[&str] = &[
    "reset: look at link",
    "enroll: session",
    "enroll: list",
    "change: session",
    "change: policy",
    "admin: session",
    "admin: policy",
];

/// Why some cells are empty.
pub(super) const WHY: &str = "a file has the page's own address, no JSON members and no version (dns, refused, huge, unknown, \
changed), and what loads by itself is not pressed (twice)";

/// Why a fault means nothing for a step.
pub(super) fn meaningless(step: &str, fault: &str) -> Option<&'static str> {
    let file =
        step.starts_with("load:") && matches!(fault, "dns" | "refused" | "huge" | "unknown" | "changed");
    let pressed = !step.starts_with("load:") && !BY_THEMSELVES.contains(&step);
    (file || fault == "twice" && !pressed).then_some(WHY)
}

/// One cell of the table.
pub(super) struct Case {
    pub(super) number: usize,
    pub(super) step: &'static str,
    pub(super) fault: &'static str,
}

/// Every case. `SSPR_FAULTS` names those to go through alone: parts of steps, a semicolon, and faults, such as
/// `enroll|change;lost|409`.
pub(super) fn all() -> Vec<Case> {
    let only = std::env::var("SSPR_FAULTS").unwrap_or_default();
    let (steps, faults) = only.split_once(';').unwrap_or((&only, ""));
    let is_wanted = |step: &str, fault: &str| {
        steps.split('|').any(|part| step.contains(part))
            && (faults.is_empty() || faults.split('|').any(|name| name == fault))
    };
    STEPS
        .iter()
        .flat_map(|(step, _)| FAULTS.iter().map(move |(fault, ..)| (*step, *fault)))
        .filter(|(step, fault)| meaningless(step, fault).is_none())
        .filter(|(step, fault)| is_wanted(step, fault))
        .enumerate()
        .map(|(number, (step, fault))| Case { number, step, fault })
        .collect()
}

impl Case {
    /// As the page's script takes it.
    pub(super) fn told(&self) -> Value {
        json!({ "number": self.number, "name": self.step, "fault": self.fault, "person": self.person(), "phone": self.phone() })
    }

    fn person(&self) -> String {
        format!("p{}", self.number)
    }

    fn phone(&self) -> String {
        format!("+8190{:08}", self.number)
    }

    /// Somebody of its own, who has what the step asks for.
    pub(super) fn account(&self) -> Value {
        let name = self.person();
        let since = (self.step == "enroll: confirm").then_some("2020-01-01T00:00:00Z");
        let mut methods = json!([
            { "kind": "email", "value": format!("{name}@home.example"), "primary": true },
            { "kind": "phone", "value": self.phone() },
            { "kind": "totp", "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" },
        ]);
        if let (Some(since), Some(methods)) = (since, methods.as_array_mut()) {
            methods.pop();
            methods.iter_mut().for_each(|method| method["confirmed_at"] = json!(since));
        }
        if let (true, Some(methods)) = (self.step == "enroll: remove", methods.as_array_mut()) {
            // Some more, for who removes again and again.
            methods.extend(
                ["second", "third", "fourth"]
                    .map(|home| json!({ "kind": "email", "value": format!("{name}@{home}.example") })),
            );
        }
        if self.step == "enroll: not now" {
            methods = json!([]);
        }
        json!({ "username": name, "email": format!("{name}@example.org"), "display_name": name,
            "password": crate::people::OLD_PASSWORD, "admin": self.step.starts_with("admin:"), "methods": methods })
    }
}
