// Every screen of the three elements: how its backend answers, what a person does to get there, and what is seen then.
import { REGISTERED, WRONG, account, never, offline, recovery } from "./backend.js";

// What a person does.
const fill = (name, text) => ["fill", `[data-step] [name="${name}"]`, text];
const choose = (place, index) => ["choose", `.question:nth-of-type(${place}) select`, index];
const press = (selector) => ["press", selector];
const pick = (value) => press(`button[value="${value}"]`);
const send = ["send", "[data-step] form"];

const identify = [fill("identifier", "alex.winter"), send];
const forgot = [...identify, pick("reset")];
const code = [fill("code", "246810"), send];
const mailed = [...forgot, pick("email")];
const proved = [...mailed, ...code];
// With one proof, and nothing but a reset.
const BRIEF = { gates: 1, unlock: false };
const brief = [...identify, pick("email"), ...code];
const WEAK = "harbor1";
const STRONG = "Quiet-Lagoon-97-Otter";

/** What the elements' own step says. */
const at = (step, more = "") => `[data-step="${step}"] ${more}`;

/** Takes a mailed link as if it had been in the address. */
const followed = (element) => (element.takeLink = () => "from-a-mail");
/** Is asked to go on, and never does: what is painted first stays. */
const unprogrammed = (element) => Object.defineProperty(element, "isConnected", { value: false });
/** Ends the program behind the element, as a panic does. */
const crash = (element) => setTimeout(() => element.crashed());

/** Content of the page between the tags: `[slot, text]`. */
const HELPDESK = [["", "Call the helpdesk: extension 4711"]];
const AROUND = [["header", "Harbor & Vale"], ["help", "Call 4711, day and night."], ["footer", "Privacy · Imprint"]];

/**
 * A screen: `name` (with the element, its id), `title`, `backend`, `steps`, and `end`: a selector of what is seen then. Also
 * `patient` (requests have no time limit), `setup` (before it is on the page), `after` (when it is live), `children`,
 * `attributes`, and `still` (it does not follow a change of its language by itself).
 */
const RESET = [
  { name: "painted", title: "Before its program is there", setup: unprogrammed, end: "#sspr-first", still: true },
  { name: "identify", title: "Who are you?", end: at("identify", ".help") },
  { name: "identify-empty", title: "Nothing typed", steps: [send], end: at("identify", ".error") },
  { name: "slots", title: "With the page’s own header, help and footer", children: AROUND, end: at("identify", "slot[name=help]") },
  { name: "busy", title: "Waiting for the server", backend: () => recovery({ startRecovery: never }, BRIEF), patient: true, steps: identify, end: "[aria-busy]" },
  { name: "offline", title: "No network", backend: () => recovery({ startRecovery: offline }, BRIEF), steps: identify, end: at("identify", ".notice") },
  { name: "broken", title: "A fault of the server", backend: () => recovery({ startRecovery() { throw { code: "internal", status: 500, request_id: "01JDABC" }; } }, BRIEF), steps: identify, end: at("identify", ".notice") },
  { name: "too-often", title: "Tried too often", backend: () => recovery({ startRecovery() { throw { code: "rate-limited", status: 429, retry_after: 600 }; } }, BRIEF), steps: identify, end: at("identify", ".notice") },
  { name: "work-failed", title: "The browser’s work failed", backend: () => recovery({ captcha: offline }, { ...BRIEF, work: true }), steps: identify, end: at("identify", ".notice") },
  { name: "reason", title: "Forgotten or locked out?", steps: identify, end: at("reason", ".choice") },
  { name: "choose", title: "How to prove it", steps: forgot, end: at("choose", ".choice") },
  { name: "code", title: "The code from the mail", steps: mailed, end: at("code", ".link") },
  { name: "code-wrong", title: "A wrong code", steps: [...mailed, fill("code", WRONG), send], end: at("code", ".error") },
  { name: "resend-waits", title: "Too early to send again", backend: () => recovery({}, { resend: 599 }), steps: mailed, end: at("code", ".link[aria-disabled]") },
  { name: "resent", title: "Sent again", steps: [...mailed, press(at("code", ".aside .link"))], end: at("code", ".hint:not(:empty)") },
  { name: "time-left", title: "Little time left", backend: () => recovery({}, { lives: 119 }), steps: mailed, end: at("code", ".time") },
  { name: "recovery-code", title: "A recovery code", steps: [...forgot, pick("recovery_code")], end: at("code", "[autocomplete=off]") },
  { name: "choose-second", title: "The second proof", steps: proved, end: at("choose-second", ".choice") },
  { name: "code-second", title: "A text to the second proof’s phone", steps: [...proved, pick("sms")], end: at("code") },
  { name: "number", title: "The whole number of the phone", backend: () => recovery({}, { number: true }), steps: [...proved, pick("sms")], end: at("number") },
  { name: "number-empty", title: "No number", backend: () => recovery({}, { number: true }), steps: [...proved, pick("sms"), ["send", at("number", "form")]], end: at("number", ".error") },
  { name: "totp", title: "The authenticator app", steps: [...proved, pick("totp")], end: at("code") },
  { name: "questions", title: "Security questions", steps: [...proved, pick("questions")], end: at("questions") },
  { name: "password", title: "A new password", backend: () => recovery({}, BRIEF), steps: brief, end: at("new-password", ".rules") },
  { name: "password-weak", title: "Too weak", backend: () => recovery({}, BRIEF), steps: [...brief, fill("new-password", WEAK)], end: at("new-password", "[data-state=unmet]") },
  { name: "password-strong", title: "Strong", backend: () => recovery({}, BRIEF), steps: [...brief, fill("new-password", STRONG)], end: at("new-password", "[data-score='4']") },
  { name: "password-suggested", title: "Suggested", backend: () => recovery({}, BRIEF), steps: [...brief, press(at("new-password", ".field > button"))], end: at("new-password", "[aria-pressed=true]") },
  { name: "password-rejected", title: "Rejected by the server", backend: () => recovery({ setPassword() { throw { code: "password-rejected", violations: [{ rule: "in-history", number: 5 }, { rule: "policy", number: 0 }] }; } }, BRIEF), steps: [...brief, fill("new-password", STRONG), send], end: at("new-password", ".error") },
  { name: "done", title: "Done", backend: () => recovery({}, BRIEF), steps: [...brief, fill("new-password", STRONG), send], end: at("done") },
  { name: "unlocking", title: "Unlocking fails", backend: () => recovery({ unlock: offline }, { gates: 1 }), steps: [...identify, pick("unlock"), pick("email"), ...code], end: at("unlock", ".notice") },
  { name: "unlocked", title: "Unlocked", backend: () => recovery({}, { gates: 1 }), steps: [...identify, pick("unlock"), pick("email"), ...code], end: at("done") },
  { name: "gone", title: "Over", backend: () => recovery({ verifyChallenge() { throw { code: "flow-gone", status: 410 }; } }), steps: proved, end: at("gone") },
  { name: "link", title: "Through a mailed link", setup: followed, end: at("link") },
  { name: "link-gone", title: "Through a dead link", setup: followed, backend: () => recovery({ lookAtLink() { throw { code: "flow-gone", status: 410 }; } }), end: at("link-gone") },
  { name: "not-offered", title: "Switched off", backend: () => recovery({ startRecovery() { throw { code: "not-allowed", status: 403 }; } }, BRIEF), steps: identify, end: at("not-offered") },
  { name: "failed", title: "The program failed", after: crash, end: ".notice", still: true },
  { name: "failed-own", title: "The program failed: the page’s own text", children: HELPDESK, after: crash, end: "slot:not([name])", still: true },
  { name: "failed-posts", title: "The program failed: a form that posts", attributes: { fallback: "/forgot" }, after: crash, end: "#sspr-first", still: true },
];

const NEWCOMER = { methods: [], registration_due: true, skip_days_left: 7 };
const newcomer = () => account({}, NEWCOMER);
const begin = press(at("welcome", ".main"));
const other = press(at("totp", ".link"));
const add = press(at("methods", ".actions > .main"));
/** The kinds to add, in the order that the backend offers them. */
const kind = (place) => press(at("choose", `li:nth-child(${place}) .choice`));
/** A button of one of the methods, from its end. */
const act = (place, button) => press(at("methods", `.method:nth-child(${place}) .method-actions button:nth-last-child(${button})`));
const totp = [begin, fill("name", "Work phone"), send];
const email = [add, kind(3), fill("email", "alex@example.net"), send];
const codes = [add, kind(4), send];

const ENROLL = [
  { name: "loading", title: "Loading", backend: () => account({ session: never }), patient: true, end: ".loading" },
  { name: "unreachable", title: "No network", backend: () => account({ session: offline }), end: at("unreachable", "[role=alert]") },
  { name: "signed-out", title: "Nobody is signed in", backend: () => account({ session: () => ({ signed_in: false, fresh_for: 0 }) }), end: at("signed-out") },
  { name: "welcome", title: "Welcome", backend: newcomer, end: at("welcome") },
  { name: "totp-name", title: "An app: its name", backend: newcomer, steps: [begin], end: at("totp", "[name=name]") },
  { name: "totp", title: "An app: its key", backend: newcomer, steps: totp, end: at("verify", ".qr") },
  { name: "totp-wrong", title: "An app: a wrong code", backend: newcomer, steps: [...totp, fill("code", WRONG), send], end: at("verify", ".field .error") },
  { name: "choose-other", title: "Another method", backend: newcomer, steps: [begin, other], end: at("choose") },
  { name: "email", title: "An e-mail address", steps: email.slice(0, 2), end: at("email") },
  { name: "email-wrong", title: "No e-mail address", steps: [...email.slice(0, 2), fill("email", "alex"), send], end: at("email", ".field .error") },
  { name: "email-code", title: "The code from the mail", steps: email, end: at("verify", ".resend") },
  { name: "phone", title: "A phone", steps: [add, kind(2)], end: at("phone") },
  { name: "phone-code", title: "The code on the phone", steps: [add, kind(2), fill("phone", "+81 90 1234 5678"), send], end: at("verify", ".resend") },
  { name: "codes-make", title: "Recovery codes", steps: codes.slice(0, 2), end: at("recovery_codes") },
  { name: "codes", title: "Recovery codes, shown once", steps: codes, end: at("codes", ".codes") },
  { name: "codes-unsaved", title: "Not saved", steps: [...codes, ["send", at("codes", "form")]], end: at("codes", ".field .error") },
  { name: "questions", title: "Security questions", steps: [add, kind(5), choose(1, 1), fill("answer-0", "Elm Road")], end: at("questions") },
  { name: "questions-wrong", title: "A question is missing", steps: [add, kind(5), send], end: at("questions", ".field .error") },
  { name: "finished", title: "All set", backend: () => account({}, { ...NEWCOMER, methods: [REGISTERED[1]] }), steps: [...totp, ...code], end: at("finished") },
  { name: "methods", title: "One’s methods", end: at("methods") },
  { name: "methods-none", title: "None yet", backend: () => account({}, { methods: [] }), end: at("methods", ".empty") },
  { name: "added", title: "Added", steps: [...email, ...code], end: at("methods", ".main") },
  { name: "rename", title: "Another name", steps: [act(1, 2)], end: at("rename") },
  { name: "remove", title: "Remove?", steps: [act(2, 1)], end: at("remove", ".danger") },
  { name: "remove-last", title: "Needed", steps: [act(1, 1)], end: at("remove", ".main") },
  { name: "reauthenticate", title: "Is it still you?", backend: () => account({ removeMethod() { throw { code: "reauthentication-required", status: 401 }; } }), steps: [act(2, 1), press(at("remove", ".danger"))], end: at("reauthenticate", "[name=proof]") },
  { name: "confirm", title: "Is this still right?", backend: () => account({}, { confirm_due: true }), end: at("confirm") },
  { name: "confirm-due", title: "Still to be confirmed", backend: () => account({}, { confirm_due: true }), steps: [press(at("confirm", ".actions button:not(.main)"))], end: at("methods", ".banner") },
];

const both = (current, next) => [fill("current", current), fill("new", next)];

const CHANGE = [
  { name: "password", title: "Two passwords", end: at("password", ".rules") },
  { name: "typed", title: "A strong one", steps: both("Old-Harbor-1", STRONG), end: at("password", "[data-score='4']") },
  { name: "wrong", title: "Not the current one", backend: () => account({ changePassword() { throw { code: "current-password-incorrect" }; } }), steps: [...both("Old-Harbor-2", STRONG), send], end: at("password", ".field > .error") },
  { name: "rejected", title: "Too weak", steps: [...both("Old-Harbor-1", WEAK), send], end: at("password", ".field > .error") },
  { name: "done", title: "Done", steps: [...both("Old-Harbor-1", STRONG), send], end: at("done") },
];

/** The elements, what each is for, and its screens. */
export const ELEMENTS = [
  { element: "reset", title: "A forgotten password", backend: recovery, screens: RESET },
  { element: "enroll", title: "One’s methods", backend: account, screens: ENROLL },
  { element: "change", title: "A known password", backend: account, screens: CHANGE },
];
