// The steps: on which screen each call is made, by what press, and when it is done. And the way through every screen.

import { ask, button, press, pause, root, says, screen, type, until } from "./hand.js";

const OLD = "Old-Harbor-42";
const NEW = "Quiet-Lagoon-97-Otter";

/** Signs a case's person in; with the new password where a call whose answer nobody saw has set it. */
export async function signIn(it) {
  for (it.password of [OLD, NEW])
    if ((await ask("sign-in", { case: it.id, person: it.person, password: it.password })) < 300) return;
  throw new Error("cannot sign in");
}

const code = async (it) => {
  if (it.code === undefined) it.code = (await ask("mail", { to: it.to, after: it.mails })).code;
  if (typeof it.code !== "string") throw new Error(`no code reached ${it.to}`);
  type(it.element, "code", it.code);
};
const expect = async (it, to) => {
  it.to = to;
  it.code = undefined;
  it.mails = await ask("mails", { to });
};
// Who begins again chooses another one: the server may have taken the first.
const next = (it) => (it.id === it.number ? NEW : `${NEW}-2`);
/** Whether the server carried a call of this case out; offline nobody can tell. */
const acted = async (it, end) => {
  const told = await ask("told", { case: it.id }).catch(() => ({ acted: [] }));
  return told.acted.some(([name]) => name.endsWith(end));
};
const main = (it) => press(it.element, ".main");
const resend = async (it) => {
  await until(() => button(it.element, "button:not([aria-disabled]):not([disabled])", /again$/), "a code can be sent again");
  await expect(it, it.to);
};
const again = (it) => press(it.element, "button", /^(Send again|Send the code again|Send a new code|.*again)$/);

/** What a person does on a screen: first what is typed or looked up, then the press. */
const SCREENS = {
  identify: [(it) => type(it.element, "identifier", it.person), main],
  reason: [, (it) => press(it.element, `.choice[value=${it.step.intent ?? "reset"}]`)],
  choose: [(it) => it.step.form === "reset" && expect(it, `${it.person}@home.example`),
    (it) => press(it.element, ".choice", it.step.kind ?? /^E-mail/)],
  "choose-second": [(it) => expect(it, it.phone), (it) => press(it.element, ".choice", /^Text/)],
  code: [code, main],
  "new-password": [(it) => type(it.element, "new-password", next(it)), main],
  unlock: [, main],
  link: [, main],
  "checking-link": [, main],
  gone: [, (it) => press(it.element, "button")],
  "link-gone": [, (it) => press(it.element, "button")],
  "not-offered": [, (it) => press(it.element, "button")],
  unreachable: [, main],
  "signed-out": [signIn, main],
  welcome: [, (it) => press(it.element, ".actions button:not(.main)")],
  confirm: [, main],
  methods: [(it) => it.to && button(it.element, "button", /^Verify$/) && expect(it, it.to), (it) => {
    const verify = button(it.element, "button", /^Verify$/);
    // Whoever began to set an address up goes on with it.
    if (verify && it.to) verify.click();
    else press(it.element, it.step.row ?? "button", it.step.entry ?? /^Add a method$/);
  }],
  email: [async (it) => { await expect(it, `${it.person}-${it.id}@work.example`); type(it.element, "email", it.to); }, main],
  verify: [code, main],
  recovery_codes: [, main],
  codes: [, (it) => { root(it.element).querySelector("[type=checkbox]").checked = true; main(it); }],
  rename: [(it) => type(it.element, "name", "Desk"), main],
  remove: [, (it) => press(it.element, ".danger")],
  reauthenticate: [(it) => type(it.element, "proof", it.password), main],
  panel: [, (it) => press(it.element, ".part", it.step.part)],
  password: [(it) => { type(it.element, "current", it.password); type(it.element, "new", next(it)); }, main],
};

export const fill = async (it) => SCREENS[screen(it.element)]?.[0]?.(it);
export const go = (it) => {
  const found = SCREENS[screen(it.element)];
  // Without its program an element has one button.
  if (!found) return press(it.element, "button");
  found[1](it);
};

const at = (name) => (it) => screen(it.element) === name;
const said = (pattern) => (it) => pattern.test(root(it.element).textContent);
const second = (it) => /2/.test(root(it.element).querySelector(".progress")?.textContent.match(/\d/)?.[0] ?? "1");

const reset = { form: "reset" };
const enroll = { form: "enroll", signedIn: true };
const change = { form: "change", signedIn: true };
const admin = { form: "admin", signedIn: true };

/** `early`: the call is made as soon as the element appears. `at`: the screen on which it is made. */
const STEPS = {
  "reset: describe": { ...reset, early: true, call: "GET /describe", at: at("identify"), done: at("reason") },
  "reset: start": { ...reset, call: "POST /recovery", at: at("reason"), done: at("choose") },
  "reset: send": { ...reset, call: "POST /recovery/challenge", at: at("choose"), done: at("code") },
  "reset: send again": { ...reset, call: "POST /recovery/challenge", at: at("code"), fill: resend, go: again, done: said(/We have sent a new code/), count: 2 },
  "reset: verify": { ...reset, call: "POST /recovery/verify", at: at("code"), done: at("choose-second") },
  "reset: send, second gate": { ...reset, call: "POST /recovery/challenge", at: at("choose-second"), done: (it) => screen(it.element) === "code" && second(it), count: 2 },
  "reset: verify, second gate": { ...reset, call: "POST /recovery/verify", at: (it) => screen(it.element) === "code" && second(it), done: at("new-password"), count: 2 },
  "reset: set password": { ...reset, call: "POST /recovery/password", at: at("new-password"), done: at("done") },
  "reset: unlock": { ...reset, intent: "unlock", call: "POST /recovery/unlock", at: (it) => screen(it.element) === "code" && second(it), done: at("done") },
  "reset: more time": { ...reset, call: "POST /recovery/extend", at: at("choose"), fill: () => {}, go: (it) => press(it.element, ".aside .link"),
    done: async (it) => (await acted(it, "/extend")) && !says(it.element) },
  "reset: cancel": { ...reset, call: "DELETE /recovery", at: at("choose"), go: (it) => press(it.element, ".quiet"), done: at("identify"), silent: true },
  "reset: look at link": { ...reset, early: true, link: true, call: "POST /recovery/link", at: (it) => screen(it.element), fill: () => {}, go: () => {}, done: at("link") },
  "reset: open link": { ...reset, link: true, call: "POST /recovery/link/open", at: at("link"), done: at("choose-second") },
  "enroll: session": { ...enroll, early: true, call: "GET /session", at: (it) => screen(it.element), fill: () => {}, go: () => {}, done: at("methods") },
  "enroll: list": { ...enroll, early: true, call: "GET /me/methods", at: (it) => screen(it.element), fill: () => {}, go: () => {}, done: at("methods") },
  "enroll: add": { ...enroll, call: "POST /me/methods", at: at("email"), done: at("verify") },
  "enroll: verify": { ...enroll, call: "POST /me/methods/*/verify", at: at("verify"), done: (it) => screen(it.element) === "methods" && said(/ready to use/)(it) },
  "enroll: send again": { ...enroll, call: "POST /me/methods/*/resend", at: at("verify"), fill: resend, go: again,
    done: async (it) => screen(it.element) === "verify" && !root(it.element).querySelector("[role=alert]")?.textContent.trim() && (await acted(it, "/resend")) },
  "enroll: rename": { ...enroll, entry: /^Rename$/, call: "PATCH /me/methods/*", at: at("rename"), done: said(/name is changed/) },
  "enroll: make default": { ...enroll, entry: /^Make default$/, call: "PATCH /me/methods/*", at: at("methods"), done: said(/default method is changed/) },
  "enroll: remove": { ...enroll, row: ".method:last-child button", entry: /^Remove$/, call: "DELETE /me/methods/*", at: at("remove"), done: said(/method is removed/) },
  "enroll: confirm": { ...enroll, who: "old", entry: /^Looks good$/, call: "POST /me/contacts/confirm", at: at("confirm"), done: (it) => said(/ask again some other time/)(it) || (it.id !== it.number && screen(it.element) === "methods") },
  "enroll: not now": { ...enroll, who: "new", call: "POST /me/registration/skip", at: at("welcome"), done: at("methods") },
  "enroll: recovery codes": { ...enroll, kind: /^Recovery codes/, call: "POST /me/methods", at: at("recovery_codes"), done: at("codes") },
  "enroll: prove it is you": { ...enroll, stale: "POST /me/methods", call: "POST /me/reauthenticate", at: at("reauthenticate"), done: at("verify") },
  "change: session": { ...change, early: true, call: "GET /session", at: (it) => screen(it.element), fill: () => {}, go: () => {}, done: at("password") },
  "change: policy": { ...change, early: true, call: "GET /me/password", at: (it) => screen(it.element), fill: () => {}, go: () => {}, done: at("password") },
  "change: change": { ...change, call: "PUT /me/password", at: at("password"), done: at("done") },
  "admin: session": { ...admin, early: true, call: "GET /session", at: (it) => screen(it.element), fill: () => {}, go: () => {}, done: at("panel") },
  "admin: policy": { ...admin, early: true, call: "GET /admin/policy", at: (it) => screen(it.element), fill: () => {}, go: () => {}, done: at("panel") },
  "admin: save": { ...admin, call: "PUT /admin/policy", at: at("panel"), fill: (it) => type(it.element, "banned", `term${it.id}`), go: main, done: said(/Saved\./) },
  "admin: report": { ...admin, call: "GET /admin/reports", part: /^Reports/, at: at("panel"), fill: () => {}, done: (it) => Boolean(root(it.element).querySelector(".charts")) },
  "admin: look up": { ...admin, call: "POST /admin/lookup", part: /^Look up/, at: (it) => at("panel")(it) && Boolean(root(it.element).querySelector("[name=who]")),
    fill: (it) => type(it.element, "who", it.person), go: (it) => press(it.element, ".look-up .main"), done: (it) => Boolean(root(it.element).querySelector(".found")) },
  "load: program": { ...reset, frame: true, early: true, call: "GET embed/sspr-reset.js", at: () => true, fill: () => {}, go: () => {}, done: at("identify") },
  "load: module": { ...reset, frame: true, early: true, call: "GET embed/sspr-reset_bg.wasm", at: () => true, fill: () => {}, go: () => {}, done: at("identify") },
  "load: texts": { ...reset, frame: true, early: true, optional: true, lang: "ja", call: "GET embed/locales/ja.json", at: () => true, fill: () => {}, go: () => {}, done: at("identify") },
  "load: styles": { ...reset, frame: true, early: true, optional: true, call: "GET embed/widget.css", at: () => true, fill: () => {}, go: () => {}, done: at("identify") },
  "load: strength": { ...reset, optional: true, frame: true, call: "GET embed/sspr-strength.js", at: at("new-password"), done: at("done") },
};

export function stepOf(name) {
  const step = STEPS[name];
  if (!step) throw new Error(`no step ${name}`);
  return { name, fill, go, ...step };
}
