// Okta's Authentication API (classic, version 1), by its base address `https://….okta.com/api/v1/authn`.
//
// Okta says to nobody which factors there are and whether locked accounts may be unlocked: `backend-kind="okta email sms voice
// unlock"` names them. A mail has a link and no code; its template has to open the page as `<page>#sspr=${recoveryToken}`. Each
// answer names what comes next, and its transaction stands in our flow's token.
import { client, refuse } from "../sspr-system.js";

/** A transaction says when it ends; this where its clock and ours are too far apart. */
const LIFE = 3600;
/** How many answers may be wrong, it does not say: so many are shown, and it decides. */
const TRIES = 5;
const CODE = { length: 6 };
const FACTORS = { email: "EMAIL", sms: "SMS", voice: "CALL" };
/** Until somebody is known: their policy comes with the state that asks for the password. */
const POLICY = { min_length: 8, max_length: 256, banned_terms: [], personal_terms: [], server_rules: [{ rule: "policy", number: 0 }] };

/** Its errors: a wrong code or answer, a password refused, and accounts that may not do what everybody is said to do. */
const WRONG = ["E0000068", "E0000082", "E0000083", "E0000087"];
const REJECTED = ["E0000014", "E0000017", "E0000080"];
const NOT_THIS_ONE = ["E0000032", "E0000034", "E0000095", "E0000119"];
const GONE = ["E0000011", "E0000069", "E0000079", "E0000105", "E0000110"];

/** The operations of our contract, carried out by Okta. */
export function adapter({ families = [], ...options }) {
  const ask = client(options);
  const named = Object.keys(FACTORS).filter((kind) => families.includes(kind));
  const kinds = named.length ? named : ["email"];
  /** A call unlocks nothing. */
  const unlocking = families.includes("unlock") ? kinds.filter((kind) => kind !== "voice") : [];
  const choices = (intent) => (intent === "unlock" ? unlocking : kinds).map((kind) => ({ id: kind, kind }));
  let wrong = 0;
  const tries = () => Math.max(TRIES - wrong, 0);
  const incorrect = () => {
    wrong++;
    refuse("code-incorrect", { attempts_left: tries() });
  };

  const post = async (path, body, signal) => {
    const { status, json } = await ask("POST", path, { body, signal });
    if (status < 400) return json;
    const is = (codes) => codes.includes(json.errorCode);
    if (is(WRONG)) incorrect();
    // Why, it says in a sentence.
    if (is(REJECTED)) refuse("password-rejected", { violations: [{ rule: "policy", number: 0 }] });
    if (is(GONE) || status === 401) refuse("flow-gone", { status: 410 });
    if (json.errorCode === "E0000001") refuse("value-rejected");
    return refuse("not-allowed", { status: 403, account: is(NOT_THIS_ONE) });
  };
  /** A link's path below our base: a transaction's token goes nowhere else. */
  const below = (link) => link?.href?.split("/api/v1/authn")[1];
  const step = (flow, name, body, signal) => {
    const path = flow.links[name] ?? refuse("flow-gone", { status: 410 });
    return post(path, { stateToken: flow.token, ...body }, signal);
  };

  const view = (state, flow, more) => {
    const { intent, left, gate = 1 } = flow;
    return { flow: JSON.stringify(flow), intent, state, expires_in: left, gate, gates: gate, ...more };
  };
  const asked = (flow, kind, more) => ({ id: kind, kind, method: kind, resend_in: 0, expires_in: flow.left, attempts_left: tries(), ...more });

  /** A policy of theirs as one of ours. What it counts is shown as it is typed; it decides the rest. */
  const policy = ({ complexity = {}, age = {} } = {}) => {
    const { minLength, minLowerCase, minUpperCase, minNumber, minSymbol, excludeUsername } = complexity;
    const least = { lower: minLowerCase, upper: minUpperCase, digit: minNumber, symbol: minSymbol };
    const young = Math.ceil((age.minAgeMinutes ?? 0) / 60);
    const rules = { "too-similar": String(excludeUsername) === "true" ? 1 : 0, "in-history": age.historyCount, "too-young": young };
    const asks = (numbers) => Object.entries(numbers).filter(([, number]) => number > 0);
    return {
      ...POLICY,
      min_length: minLength ?? POLICY.min_length,
      class_counts: asks(least).map(([name, min]) => ({ class: name, min })),
      server_rules: [...asks(rules).map(([rule, number]) => ({ rule, number })), ...POLICY.server_rules],
    };
  };
  /** What a transaction waits for now. */
  const follow = (before, json, signal) => {
    const left = Math.round((Date.parse(json.expiresAt) - Date.now()) / 1000);
    const links = Object.fromEntries(["next", "resend", "cancel"].map((name) => [name, below(json._links?.[name])]));
    const intent = { UNLOCK: "unlock", PASSWORD: "reset" }[json.recoveryType] ?? before.intent;
    const flow = { ...before, intent, token: json.stateToken, links, left: left > 0 && left < 86400 ? left : LIFE };
    const { user, policy: theirs } = json._embedded ?? {};
    const who = user?.profile?.login ?? before.who;
    switch (json.status) {
      case "RECOVERY_CHALLENGE": {
        const sent = asked(flow, flow.kind, { code: flow.kind === "email" ? undefined : CODE, resend_in: 30 });
        return view("challenge", flow, { methods: choices(intent), challenge: sent });
      }
      case "RECOVERY": {
        wrong = 0;
        const question = { id: "recovery_question", text: user?.recovery_question?.question ?? refuse("not-allowed", { status: 403 }) };
        const second = { methods: [{ id: "questions", kind: "questions" }], challenge: asked(flow, "questions", { questions: [question] }) };
        return view("challenge", { ...flow, who, gate: 2 }, second);
      }
      case "PASSWORD_RESET":
        return view("set_password", { ...flow, intent: "reset", who }, { policy: policy(theirs), identifier: who });
      case "LOCKED_OUT":
        return begin({ who, intent: "unlock", kind: unlocking.find((kind) => kind === before.kind) ?? unlocking[0] }, signal);
      case "SUCCESS":
        // A token comes with it that would sign in: it is left.
        return view("unlock", { ...flow, intent: "unlock", who });
      default:
        return refuse("policy-forbids", { status: 403 });
    }
  };
  const begin = async ({ who, intent, kind }, signal) => {
    if (!kind) refuse("policy-forbids", { status: 403 });
    wrong = 0;
    const flow = { who, intent, kind };
    const path = intent === "unlock" ? "/recovery/unlock" : "/recovery/password";
    try {
      return follow(flow, await post(path, { username: who, factorType: FACTORS[kind] }, signal), signal);
    } catch (error) {
      // It tells of some accounts that they may not. They look like any other, and no code is right.
      if (!error.account) throw error;
      return follow(flow, { status: "RECOVERY_CHALLENGE" }, signal);
    }
  };

  return {
    describe: () => ({
      version: 1, features: { reset: true, unlock: unlocking.length > 0, end_other_sessions: true }, identifiers: ["username", "email"], recovery_methods: kinds,
      gates: 1, code: CODE, policy: POLICY, links: {}, locales: [],
    }),
    startRecovery({ identifier, intent }, { signal }) {
      const methods = choices(intent);
      const flow = { who: identifier, intent, left: LIFE };
      return methods.length > 1 ? view("choose", flow, { methods }) : begin({ ...flow, kind: methods[0]?.id }, signal);
    },
    async sendChallenge({ method }, { flow, signal }) {
      const its = JSON.parse(flow);
      const again = method === its.kind && its.links?.resend;
      return again ? follow(its, await step(its, "resend", {}, signal), signal) : begin({ ...its, kind: method }, signal);
    },
    async verifyChallenge({ code, answers }, { flow, signal }) {
      const its = JSON.parse(flow);
      if (!its.token) {
        // One that was made up.
        if (tries() === 0) refuse("flow-gone", { status: 410 });
        incorrect();
      }
      const body = answers?.length ? { answer: answers[0].answer } : { passCode: code.replace(/[\s-]/g, "") };
      return follow(its, await step(its, "next", body, signal), signal);
    },
    // A mailed link's token is spent by looking.
    lookAtLink: () => ({ intent: "reset", expires_in: LIFE }),
    openLink: async ({ link_token }, { signal }) => follow({ intent: "reset" }, await post("/recovery/token", { recoveryToken: link_token }, signal), signal),
    async setPassword({ new_password, end_other_sessions }, { flow, signal }) {
      const its = JSON.parse(flow);
      const json = await step(its, "next", { newPassword: new_password, revokeSessions: end_other_sessions }, signal);
      // Where it would go on to sign in, it ends: the password is set, whatever comes now.
      if (json.stateToken) await post("/cancel", { stateToken: json.stateToken }, signal).catch(() => {});
      return { state: "done", intent: "reset", identifier: its.who };
    },
    unlock: (_, { flow }) => ({ state: "done", intent: "unlock", identifier: JSON.parse(flow).who ?? "" }),
    async cancel(_, { flow, signal }) {
      const its = JSON.parse(flow);
      if (its.token && its.links?.cancel) await step(its, "cancel", {}, signal);
    },
  };
}
