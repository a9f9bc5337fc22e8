// What a page may write in TypeScript, and what it may not: tsc fails where an expected error is none.
import "sspr-widget";
import type { SsprEventMap, SsprOutcome, SsprReset } from "sspr-widget";
import type {
  AccountOperations,
  Call,
  FlowView,
  RangeOperations,
  RecoveryOperations,
  SsprBackend,
  ThrownProblem,
} from "sspr-widget/backend";
import { type LoadOptions, type Strength, estimate, load } from "sspr-widget/strength";

// @ts-expect-error The entry exports types only; the classes come from "sspr-widget/define".
import { SsprReset as NoClass } from "sspr-widget";
// @ts-expect-error So there is nothing to make one of.
export const missing = new NoClass();
// @ts-expect-error There is no such module.
import type {} from "sspr-widget/nothing";

// Elements by their names.
const reset: SsprReset = document.createElement("sspr-reset");
const enroll = document.createElement("sspr-enroll");
const change = document.querySelector("sspr-change")!;
reset.backend = "/sspr/v1";
reset.identifier = "ada@example.org";
reset.linkParam = "reset";
const language: string = enroll.language;
reset.fetch = fetch;
reset.fetch = async (address, { method, headers, body, signal }) => {
  headers.set("x-page", address);
  return fetch(address, { method, headers, signal, ...(body === undefined ? {} : { body }) });
};
reset.fetch = undefined;
enroll.headers = { authorization: language };
enroll.messages = { "identify.title": "Hello", "code.attempts": { one: "One try", other: "{count} tries" } };
reset.captcha = () => "proof";
reset.captcha = async () => "proof";
const again: Promise<void> = change.retry();

// @ts-expect-error The language follows the page.
enroll.language = "de";
// @ts-expect-error An identifier is text.
reset.identifier = 1;
// @ts-expect-error A header is text.
enroll.headers = { "x-number": 1 };
// @ts-expect-error A function in place of fetch gives an answer.
reset.fetch = () => undefined;
// @ts-expect-error A proof is text.
reset.captcha = () => 1;
// @ts-expect-error The programs' own business is not offered.
reset.crashed();
// @ts-expect-error No element has this name.
reset.backendd = "/";

// Events, on the element and wherever they bubble to.
reset.addEventListener("sspr-ready", (event) => event.preventDefault());
reset.addEventListener("sspr-step", ({ detail }) => detail.step === "new-password");
change.addEventListener("sspr-submit", (event) => event.detail.step === "password" && event.preventDefault());
document.addEventListener("sspr-done", ({ detail: { outcome, identifier } }) => {
  const done: SsprOutcome = outcome;
  const who: string = identifier;
  return [done, who];
});
document.body.addEventListener("sspr-cancel", () => {});
reset.addEventListener("sspr-error", ({ detail }) => ["rate-limited", "network", "boot"].includes(detail.code));
const heard = (event: SsprEventMap["sspr-error"]) => event.detail.code === "crash";
document.addEventListener("sspr-error", heard);

// @ts-expect-error No step has this name.
reset.addEventListener("sspr-step", ({ detail }) => detail.step === "nowhere");
// @ts-expect-error No code has this name.
reset.addEventListener("sspr-error", ({ detail }) => detail.code === "nothing");
// @ts-expect-error No event carries a password.
document.addEventListener("sspr-done", ({ detail }) => detail.password);
// @ts-expect-error What happened cannot be changed.
document.addEventListener("sspr-done", ({ detail }) => (detail.identifier = ""));

// A backend in the page.
declare const flow: FlowView;
const refused = (code: ThrownProblem["code"]): ThrownProblem => ({ code, retry_after: 30 });
const recovery = {
  describe: () => ({
    version: 1,
    features: {
      reset: true,
      unlock: false,
      change: false,
      enroll: false,
      confirm_contacts: false,
      end_other_sessions: true,
    },
    identifiers: ["email"],
    recovery_methods: ["email"],
    gates: 1,
    code: { length: 6 },
    policy: { min_length: 15, max_length: 256, allowed: "any" },
    links: {},
    locales: ["en"],
  }),
  async startRecovery({ identifier, intent }, { key, lang, signal }) {
    if (!identifier || intent === "unlock") throw refused("not-allowed");
    const headers = { "idempotency-key": key ?? "", "accept-language": lang ?? "" };
    const answer = await fetch("/own", { method: "POST", headers, signal });
    return (await answer.json()) as FlowView;
  },
  sendChallenge: ({ method }, call) => ({ ...flow, flow: call.flow, methods: [{ id: method, kind: "email" }] }),
  async verifyChallenge({ code, answers }) {
    if (code !== undefined || answers?.[0]?.answer === "") throw refused("code-incorrect");
    return flow;
  },
  lookAtLink: ({ link_token }) => ({ intent: "reset", expires_in: link_token.length }),
  openLink: () => flow,
  setPassword({ new_password, end_other_sessions }) {
    if (new_password.length < 15 && end_other_sessions) {
      throw {
        code: "password-rejected",
        violations: [{ rule: "min-length", number: 15 }],
      } satisfies ThrownProblem;
    }
    return { state: "done", intent: "reset", identifier: "ada" };
  },
  unlock: () => ({ state: "done", intent: "unlock", identifier: "ada" }),
  extend: () => flow,
  cancel() {},
} satisfies RecoveryOperations;

declare const account: AccountOperations;
const ranges: RangeOperations = { breachedRange: (_, { id }) => `${id}:1` };
const backend: SsprBackend = { ...recovery, ...account, ...ranges };
reset.backend = recovery;
enroll.backend = backend;
change.backend = { session: () => ({ signed_in: false, fresh_for: 0 }) };
account.verifyMethod({ code: "123456" }, { id: "m_1", signal: AbortSignal.timeout(1) });

// @ts-expect-error A reset needs every operation of a recovery.
({ describe: recovery.describe }) satisfies RecoveryOperations;
// @ts-expect-error No operation has this name.
reset.backend = { descibe: recovery.describe };
// @ts-expect-error An answer lacks what it must have.
reset.backend = { lookAtLink: () => ({ intent: "reset" }) };
// @ts-expect-error No intent has this name.
reset.backend = { lookAtLink: () => ({ intent: "forget", expires_in: 1 }) };
// @ts-expect-error A start carries no password.
reset.backend = { startRecovery: ({ password }) => password };
// @ts-expect-error A call without a flow has none.
export const token = (call: Call): string => call.flow;
// @ts-expect-error No problem has this name.
refused("no-such-code");
// @ts-expect-error A call about a method names it.
account.removeMethod(undefined, { signal: AbortSignal.timeout(1) });

// The estimator.
const options: LoadOptions = { words: "full", lang: "de" };
const arrived: boolean = await load(options);
const strength: Strength = estimate("correct horse", ["ada"]);
const score: 0 | 1 | 2 | 3 | 4 = strength.score;
// @ts-expect-error It estimates text.
estimate(1);
// @ts-expect-error What it says is not to be changed.
strength.score = 4;

export const used = [again, arrived, score];
