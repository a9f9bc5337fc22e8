//! Wire types from parsed JSON. A reader gives `None` where a member is missing or of the wrong type; members and
//! list items of a kind that this version does not know are left out.

use crate::strength::Estimate;
use js_sys::{Array, Reflect};
use sspr_core::{
    Secret,
    policy::*,
    strength::{Suggestion, Warning},
    wire::*,
};
use wasm_bindgen::{JsCast, JsValue};

fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or_default()
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    member(value, name).as_string()
}

fn secret(value: &JsValue, name: &str) -> Option<Secret> {
    text(value, name).map(Secret::new)
}

/// Whole and not negative; anything larger than fits is the largest.
fn number(value: &JsValue, name: &str) -> Option<u32> {
    member(value, name).as_f64().filter(|number| *number >= 0.0).map(|number| number as u32)
}

fn small(value: &JsValue, name: &str) -> Option<u8> {
    number(value, name).map(|number| u8::try_from(number).unwrap_or(u8::MAX))
}

fn flag(value: &JsValue, name: &str) -> Option<bool> {
    member(value, name).as_bool()
}

/// A list that may be missing; items that cannot be read are left out.
fn list<T>(value: &JsValue, name: &str, read: impl Fn(&JsValue) -> Option<T>) -> Vec<T> {
    match member(value, name).dyn_into::<Array>() {
        Ok(items) => items.iter().filter_map(|item| read(&item)).collect(),
        Err(_) => Vec::new(),
    }
}

fn object<T>(value: &JsValue, name: &str, read: impl Fn(&JsValue) -> Option<T>) -> Option<T> {
    let value = member(value, name);
    value.is_object().then(|| read(&value)).flatten()
}

fn word<T>(value: &JsValue, name: &str, from: fn(&str) -> Option<T>) -> Option<T> {
    from(&text(value, name)?)
}

fn words<T>(value: &JsValue, name: &str, from: fn(&str) -> Option<T>) -> Vec<T> {
    list(value, name, |item| from(&item.as_string()?))
}

fn code_format(value: &JsValue) -> Option<CodeFormat> {
    Some(CodeFormat { length: small(value, "length")?, letters: flag(value, "letters").unwrap_or_default() })
}

/// `GET /describe`.
pub fn description(value: &JsValue) -> Option<Description> {
    Some(Description {
        version: number(value, "version")?,
        features: object(value, "features", features)?,
        identifiers: words(value, "identifiers", IdentifierKind::from_word),
        recovery_methods: words(value, "recovery_methods", ChallengeKind::from_word),
        gates: small(value, "gates")?,
        code: object(value, "code", code_format)?,
        policy: object(value, "policy", policy)?,
        captcha: object(value, "captcha", |it| {
            Some(Captcha { provider: text(it, "provider")?, site_key: text(it, "site_key")? })
        }),
        links: object(value, "links", |it| {
            Some(Links { sign_in: text(it, "sign_in"), helpdesk: text(it, "helpdesk") })
        })
        .unwrap_or_default(),
        locales: list(value, "locales", JsValue::as_string),
    })
}

fn features(value: &JsValue) -> Option<Features> {
    let on = |name| flag(value, name).unwrap_or_default();
    Some(Features {
        reset: on("reset"),
        unlock: on("unlock"),
        change: on("change"),
        enroll: on("enroll"),
        confirm_contacts: on("confirm_contacts"),
        end_other_sessions: on("end_other_sessions"),
        more_time: on("more_time"),
    })
}

fn classes(value: &JsValue, name: &str) -> Vec<CharacterClass> {
    words(value, name, CharacterClass::from_word)
}

/// The password policy.
pub fn policy(value: &JsValue) -> Option<PasswordPolicy> {
    Some(PasswordPolicy {
        min_length: number(value, "min_length")?,
        max_length: number(value, "max_length")?,
        max_utf16: number(value, "max_utf16"),
        max_bytes: number(value, "max_bytes"),
        classes: object(value, "classes", |it| {
            Some(ClassRule { at_least: small(it, "at_least")?, of: classes(it, "of") })
        }),
        class_counts: list(value, "class_counts", |it| {
            Some(ClassCount {
                class: word(it, "class", CharacterClass::from_word)?,
                min: number(it, "min"),
                max: number(it, "max"),
            })
        }),
        symbols: text(value, "symbols"),
        allowed: word(value, "allowed", AllowedCharacters::from_word).unwrap_or(AllowedCharacters::Any),
        allowed_characters: text(value, "allowed_characters"),
        forbidden_characters: text(value, "forbidden_characters"),
        not_first: classes(value, "not_first"),
        not_last: classes(value, "not_last"),
        min_distinct: number(value, "min_distinct"),
        max_occurrences: number(value, "max_occurrences"),
        max_repeats: number(value, "max_repeats"),
        max_sequence: number(value, "max_sequence"),
        max_keyboard_walk: number(value, "max_keyboard_walk"),
        forbidden_terms: list(value, "forbidden_terms", |it| {
            Some(TermList {
                terms: list(it, "terms", JsValue::as_string),
                matching: word(it, "matching", Matching::from_word)?,
                min_term: number(it, "min_term"),
                folds: member(it, "folds").is_object().then(|| words(it, "folds", Fold::from_word)),
            })
        }),
        patterns: list(value, "patterns", |it| {
            Some(PatternRule {
                pattern: text(it, "pattern")?,
                must: flag(it, "must")?,
                text: text(it, "text"),
            })
        }),
        banned_terms: list(value, "banned_terms", JsValue::as_string),
        personal_terms: list(value, "personal_terms", JsValue::as_string),
        personal_match: word(value, "personal_match", PersonalMatch::from_word),
        min_changed: number(value, "min_changed"),
        min_strength: small(value, "min_strength"),
        breached_range: text(value, "breached_range"),
        server_rules: list(value, "server_rules", |it| {
            Some(ServerRule {
                rule: word(it, "rule", Rule::from_word)?,
                number: number(it, "number").unwrap_or(0),
            })
        }),
    })
}

/// A recovery flow.
pub fn flow_view(value: &JsValue) -> Option<FlowView> {
    Some(FlowView {
        flow: secret(value, "flow"),
        intent: word(value, "intent", Intent::from_word)?,
        state: word(value, "state", FlowState::from_word)?,
        expires_in: number(value, "expires_in")?,
        gate: small(value, "gate")?,
        gates: small(value, "gates")?,
        methods: list(value, "methods", |it| {
            Some(MethodOption {
                id: text(it, "id")?,
                kind: word(it, "kind", ChallengeKind::from_word)?,
                masked: text(it, "masked"),
                number: flag(it, "number").unwrap_or_default(),
            })
        }),
        challenge: object(value, "challenge", challenge),
        policy: object(value, "policy", policy),
        identifier: text(value, "identifier"),
    })
}

fn challenge(value: &JsValue) -> Option<Challenge> {
    Some(Challenge {
        id: text(value, "id")?,
        kind: word(value, "kind", ChallengeKind::from_word)?,
        method: text(value, "method")?,
        masked: text(value, "masked"),
        code: object(value, "code", code_format),
        resend_in: number(value, "resend_in")?,
        expires_in: number(value, "expires_in")?,
        attempts_left: small(value, "attempts_left")?,
        questions: list(value, "questions", question),
    })
}

fn question(value: &JsValue) -> Option<Question> {
    Some(Question { id: text(value, "id")?, text: text(value, "text")? })
}

/// What a mailed link is good for.
pub fn link_view(value: &JsValue) -> Option<LinkView> {
    Some(LinkView {
        intent: word(value, "intent", Intent::from_word)?,
        expires_in: number(value, "expires_in")?,
    })
}

/// The end of a recovery.
pub fn done(value: &JsValue) -> Option<RecoveryDone> {
    Some(RecoveryDone {
        state: word(value, "state", FlowState::from_word)?,
        intent: word(value, "intent", Intent::from_word)?,
        identifier: text(value, "identifier")?,
        sign_in: text(value, "sign_in"),
    })
}

/// Who is signed in.
pub fn session_view(value: &JsValue) -> Option<SessionView> {
    Some(SessionView {
        signed_in: flag(value, "signed_in")?,
        display_name: text(value, "display_name"),
        identifier: text(value, "identifier"),
        csrf: text(value, "csrf"),
        fresh_for: number(value, "fresh_for")?,
    })
}

/// The end of a change.
pub fn password_changed(value: &JsValue) -> Option<PasswordChanged> {
    Some(PasswordChanged {
        signed_in: flag(value, "signed_in")?,
        ended_sessions: number(value, "ended_sessions")?,
    })
}

/// The registered methods.
pub fn method_list(value: &JsValue) -> Option<MethodList> {
    Some(MethodList {
        methods: list(value, "methods", method_view),
        offers: list(value, "offers", |it| {
            Some(Offer {
                kind: word(it, "kind", MethodKind::from_word)?,
                refused: word(it, "refused", OfferRefusal::from_word),
                voice: flag(it, "voice").unwrap_or_default(),
            })
        }),
        required: small(value, "required")?,
        registered: small(value, "registered")?,
        registration_due: flag(value, "registration_due")?,
        skip_days_left: number(value, "skip_days_left"),
        confirm_due: flag(value, "confirm_due")?,
        questions: object(value, "questions", |it| {
            Some(QuestionPool {
                register: small(it, "register")?,
                min_answer: small(it, "min_answer")?,
                max_answer: small(it, "max_answer")?,
                questions: list(it, "questions", question),
            })
        }),
        code: object(value, "code", code_format)?,
    })
}

fn method_view(value: &JsValue) -> Option<MethodView> {
    Some(MethodView {
        id: text(value, "id")?,
        kind: word(value, "kind", MethodKind::from_word)?,
        masked: text(value, "masked"),
        label: text(value, "label"),
        verified: flag(value, "verified")?,
        primary: flag(value, "primary")?,
        created_at: text(value, "created_at")?,
        last_used_at: text(value, "last_used_at"),
        removable: flag(value, "removable")?,
        left: number(value, "left"),
    })
}

/// A method being added.
pub fn added_method(value: &JsValue) -> Option<AddedMethod> {
    Some(AddedMethod {
        method: object(value, "method", method_view)?,
        sent: object(value, "sent", |it| {
            Some(SentCode { resend_in: number(it, "resend_in")?, expires_in: number(it, "expires_in")? })
        }),
        totp: object(value, "totp", |it| {
            Some(TotpSecret { secret: secret(it, "secret")?, uri: secret(it, "uri")? })
        }),
        recovery_codes: list(value, "recovery_codes", |it| it.as_string().map(Secret::new)),
    })
}

/// The policy as an administrator sees it.
pub fn admin_policy(value: &JsValue) -> Option<AdminPolicy> {
    Some(AdminPolicy {
        version: number(value, "version")?,
        values: object(value, "values", policy_values)?,
        available_methods: words(value, "available_methods", ChallengeKind::from_word),
        changed_at: text(value, "changed_at"),
        changed_by: text(value, "changed_by"),
    })
}

fn policy_values(value: &JsValue) -> Option<PolicyValues> {
    Some(PolicyValues {
        enabled: word(value, "enabled", PolicyScope::from_word)?,
        groups: list(value, "groups", JsValue::as_string),
        recovery_methods: words(value, "recovery_methods", ChallengeKind::from_word),
        gates: small(value, "gates")?,
        reconfirm_days: number(value, "reconfirm_days")?,
        banned_terms: list(value, "banned_terms", JsValue::as_string),
        helpdesk: text(value, "helpdesk"),
    })
}

/// An administrator's report.
pub fn admin_report(value: &JsValue) -> Option<AdminReport> {
    let counts = |name| {
        list(value, name, |it| Some(WordCount { word: text(it, "word")?, count: number(it, "count")? }))
    };
    Some(AdminReport {
        days: number(value, "days")?,
        people: number(value, "people")?,
        everybody: flag(value, "everybody")?,
        registered: number(value, "registered")?,
        enabled: number(value, "enabled")?,
        capable: number(value, "capable")?,
        started: number(value, "started")?,
        resets: number(value, "resets")?,
        unlocks: number(value, "unlocks")?,
        registrations: number(value, "registrations")?,
        held: counts("held"),
        by_method: counts("by_method"),
        failures: counts("failures"),
        by_day: list(value, "by_day", |it| {
            Some(ReportDay {
                date: text(it, "date")?,
                started: number(it, "started")?,
                resets: number(it, "resets")?,
                unlocks: number(it, "unlocks")?,
                failed: number(it, "failed")?,
            })
        }),
    })
}

/// Why somebody could not reset.
pub fn looked_up(value: &JsValue) -> Option<LookedUp> {
    let kinds = |name| words(value, name, MethodKind::from_word);
    Some(LookedUp {
        identifier: text(value, "identifier"),
        display_name: text(value, "display_name"),
        admin: flag(value, "admin")?,
        reasons: words(value, "reasons", LookupReason::from_word),
        required: small(value, "required")?,
        usable: kinds("usable"),
        unproved: kinds("unproved"),
        not_allowed: kinds("not_allowed"),
        blocked_for: number(value, "blocked_for")?,
        locked: flag(value, "locked")?,
        events: list(value, "events", |it| {
            Some(LookupEvent {
                at: text(it, "at")?,
                activity: text(it, "activity")?,
                result: text(it, "result")?,
                detail: text(it, "detail"),
                request_id: text(it, "request_id"),
            })
        }),
    })
}

/// A problem. One whose code this version does not know is `None`.
pub fn problem(value: &JsValue) -> Option<Problem> {
    Some(Problem {
        kind: text(value, "type").unwrap_or_default(),
        title: text(value, "title").unwrap_or_default(),
        status: number(value, "status").and_then(|status| u16::try_from(status).ok())?,
        detail: text(value, "detail"),
        code: word(value, "code", ProblemCode::from_word)?,
        retry_after: number(value, "retry_after"),
        attempts_left: small(value, "attempts_left"),
        violations: list(value, "violations", |it| {
            Some(Violation {
                rule: word(it, "rule", Rule::from_word)?,
                number: number(it, "number").unwrap_or(0),
                class: word(it, "class", CharacterClass::from_word),
            })
        }),
        flow: secret(value, "flow"),
        state: word(value, "state", FlowState::from_word),
        pointer: text(value, "pointer"),
        request_id: text(value, "request_id"),
    })
}

/// What `estimate` of `sspr-strength.js` returns.
pub fn estimate(value: &JsValue) -> Option<Estimate> {
    Some(Estimate {
        score: small(value, "score")?,
        warning: word(value, "warning", Warning::from_word),
        suggestions: words(value, "suggestions", Suggestion::from_word),
        basic: flag(value, "basic").unwrap_or_default(),
    })
}
