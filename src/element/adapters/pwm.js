// PWM's public REST service (version 2.0), by its base address `…/pwm/public/rest`.
//
// Each answer carries the whole state, sealed, so that no cookie is needed and an older state may be gone back to. It speaks of a
// stage, and of the form that leads to the next one. Unlocking is a stage of which the service only tells that it is there.
import { client, refuse } from "../sspr-system.js";

/** A state lives as long as a session may be idle, and who failed too often waits this long, unless configured otherwise. */
const LIFE = 300;
const LOCKED = 1800;
const RESEND = 30;
/** It counts wrong answers for the account, and not for a flow: this many end ours. */
const TRIES = 5;
const CODE = { length: 8, letters: true };
const DIGITS = { length: 6 };
/** It tells its rules in sentences only. */
const POLICY = { min_length: 1, max_length: 256, server_rules: [{ rule: "policy", number: 0 }] };

/** Its methods that can be asked for here. */
const KINDS = { OTP: "totp", CHALLENGE_RESPONSES: "questions", ATTRIBUTES: "questions" };

/** Failed too often: the user, the address, the session, what was searched for, the directory's account, the destination. */
const INTRUDER = [5023, 5024, 5025, 5067, 5069, 5073];
const WRONG = [5002, 5037, 5041, 5088];
const UNKNOWN = [5006, 5016];
const CLOSED = [5019, 5027, 5081];

const CLASSES = { digit: /\d/gu, letter: /\p{L}/gu, lower: /\p{Ll}/gu, upper: /\p{Lu}/gu, symbol: /[^\p{L}\p{N}]/gu, non_letter: /\P{L}/gu };

/** Its rules by their codes; of a class too few, or too many. */
const TOO_FEW = { 4009: "digit", 4010: "letter", 4011: "symbol", 4012: "lower", 4013: "upper", 4037: "non_letter" };
const TOO_MANY = { 4016: "digit", 4017: "letter", 4018: "lower", 4019: "upper", 4024: "symbol", 4036: "non_letter" };
const ENDS = { 4020: ["first", "digit"], 4021: ["last", "digit"], 4022: ["first", "symbol"], 4023: ["last", "symbol"] };
const RULES = { 4025: "character-list", 4027: "banned-word", 4028: "same-as-current", 4029: "too-similar", 4034: "forbidden-word", 4035: "too-guessable" };

/** What a password breaks. It says which rule and not its number: one more than there is, then, or one less. */
function broken(code, password, { messageDetail = "" } = {}) {
  const length = [...password].length;
  const count = (name) => password.match(CLASSES[name])?.length ?? 0;
  // The least length is the first number among its sentences, in every language.
  if (code === 4007) return { rule: "min-length", number: Number(/\d+/.exec(messageDetail)?.[0] ?? length + 1) };
  if (code === 4008) return { rule: "max-length", number: length - 1 };
  if (code === 4014) return { rule: "distinct", number: new Set(password).size + 1 };
  if (TOO_FEW[code]) return { rule: "class-min", class: TOO_FEW[code], number: count(TOO_FEW[code]) + 1 };
  if (TOO_MANY[code]) return { rule: "class-max", class: TOO_MANY[code], number: count(TOO_MANY[code]) - 1 };
  if (ENDS[code]) return { rule: `${ENDS[code][0]}-character`, class: ENDS[code][1], number: 0 };
  return { rule: RULES[code] ?? "policy", number: 0 };
}

/** The operations of our contract, carried out by PWM. */
export function adapter(options) {
  const ask = client(options);
  let wrong = 0;

  /** Failures come with status 200 and a code. The language must stay: another one starts over. */
  const post = async (body, { lang, signal }) => {
    const { json } = await ask("POST", "/forgottenpassword", { body, signal, ...(lang && { "accept-language": lang }) });
    const { error, errorCode, data } = json;
    if (INTRUDER.includes(errorCode)) refuse("rate-limited", { status: 429, retry_after: LOCKED });
    if (CLOSED.includes(errorCode)) refuse("not-allowed", { status: 403 });
    if (errorCode === 5017) refuse("directory-unavailable", { status: 502 });
    if (!error && !data) refuse("internal", { status: 502 });
    return { ...data, failure: error ? errorCode : 0 };
  };
  const incorrect = () => (++wrong < TRIES ? refuse("code-incorrect", { attempts_left: TRIES - wrong }) : refuse("flow-gone", { status: 410 }));

  /** Where codes can go to: the last part of each sentence is the hidden address. */
  const destinations = ({ form, state }) =>
    Object.entries(form.formRows[0].selectOptions).map(([token, sentence]) => {
      const to = sentence.split(/ {2,}/).at(-1);
      return { id: `TOKEN:${token}`, kind: to.includes("@") ? "email" : "sms", masked: to, way: { state, form: { token } } };
    });
  /** The ways to pass a gate. Asking for destinations sends nothing. */
  const ways = async (now, call) => {
    if (now.stage === "TOKEN_CHOICE") return destinations(now);
    const offered = Object.keys(now.form.formRows[0].selectOptions).map(async (methodChoice) => {
      const way = { state: now.state, form: { methodChoice } };
      if (KINDS[methodChoice]) return [{ id: methodChoice, kind: KINDS[methodChoice], way }];
      const next = methodChoice === "TOKEN" ? await post(way, call) : {};
      return next.stage === "TOKEN_CHOICE" ? destinations(next) : [];
    });
    return (await Promise.all(offered)).flat();
  };

  /** What a stage waits for. */
  const view = async (now, flow, call) => {
    const gate = flow.gate ?? 1;
    const kept = { ...flow, gate };
    const shown = (state, more) => ({ flow: JSON.stringify(kept), intent: "reset", state, expires_in: LIFE, gate, gates: gate, ...more });
    switch (now.stage) {
      case "METHOD_CHOICE": case "TOKEN_CHOICE": {
        kept.ways = await ways(now, call);
        if (!kept.ways.length) return refuse("not-allowed", { status: 403 });
        return kept.ways.length === 1 ? go(kept.ways[0], kept, call) : shown("choose", { methods: kept.ways });
      }
      case "VERIFICATION": {
        const rows = now.form?.formRows ?? [];
        const way = kept.ways?.find(({ id }) => id === kept.way);
        const kind = KINDS[now.method] ?? way?.kind ?? "email";
        Object.assign(kept, { state: now.state, method: now.method, rows: rows.map(({ name }) => name) });
        const asks = kind === "questions" ? { questions: rows.map(({ name, label }) => ({ id: name, text: label })) } : { code: kind === "totp" ? DIGITS : CODE };
        const id = way?.id ?? now.method;
        const sent = kind === "email" || kind === "sms";
        return shown("challenge", {
          methods: kept.ways ?? [{ id, kind }],
          challenge: { id, kind, method: id, masked: way?.masked, resend_in: sent ? RESEND : 0, expires_in: LIFE, attempts_left: TRIES, ...asks },
        });
      }
      case "NEW_PASSWORD":
        kept.state = now.state;
        return shown("set_password", { policy: POLICY, identifier: kept.who });
      case "IDENTIFICATION":
        // A state that is too old begins anew.
        return refuse("flow-gone", { status: 410 });
      default:
        // Unlocking and sending a password are its own pages' doing.
        return now.stage ? refuse("not-allowed", { status: 403 }) : refuse("internal", { status: 502 });
    }
  };
  const go = async ({ id, way }, flow, call) => {
    wrong = 0;
    return view(await post(way, call), { ...flow, way: id }, call);
  };
  /** The field for who somebody is; what else it asks can only be chosen where there is one choice. */
  const identify = (rows, who) => {
    const texts = rows.filter(({ type }) => type !== "select" && type !== "hidden");
    if (texts.filter(({ required }) => required).length > 1 || !texts.length) refuse("not-allowed", { status: 403 });
    const field = texts.find(({ required }) => required) ?? texts[0];
    const first = (row) => Object.keys(row.selectOptions ?? {})[0] ?? "";
    return Object.fromEntries(rows.map((row) => [row.name, row === field ? who : first(row)]));
  };
  /** Where it says that somebody is unknown, we do not. */
  const decoy = (who, lang) => ({
    flow: JSON.stringify({ who, lang, decoy: true }), intent: "reset", state: "challenge", expires_in: LIFE, gate: 1, gates: 1, methods: [{ id: "TOKEN", kind: "email" }],
    challenge: { id: "TOKEN", kind: "email", method: "TOKEN", code: CODE, resend_in: RESEND, expires_in: LIFE, attempts_left: TRIES },
  });

  return {
    async describe(_, call) {
      const { form } = await post({}, call).catch((problem) => (problem.code === "not-allowed" ? {} : Promise.reject(problem)));
      const identifiers = form?.formRows.some(({ type }) => type === "email") ? ["email"] : ["username"];
      return {
        version: 1, features: { reset: Boolean(form) }, identifiers, recovery_methods: ["email", "sms", "totp", "questions"], gates: 1,
        code: CODE, policy: POLICY, links: {}, locales: [],
      };
    },
    async startRecovery({ identifier }, call) {
      wrong = 0;
      const { state, form } = await post({}, call);
      const now = await post({ state, form: identify(form.formRows, identifier) }, call);
      if (UNKNOWN.includes(now.failure)) return decoy(identifier, call.lang);
      if (now.failure) refuse(now.failure < 5200 && now.failure >= 5100 ? "value-rejected" : "internal", { status: 422 });
      return view(now, { who: identifier, lang: call.lang }, call);
    },
    async sendChallenge({ method }, { flow, signal }) {
      const kept = JSON.parse(flow);
      if (kept.decoy) return decoy(kept.who, kept.lang);
      const way = kept.ways?.find(({ id }) => id === method) ?? refuse("method-not-found", { status: 404 });
      return go(way, kept, { lang: kept.lang, signal });
    },
    async verifyChallenge({ code, answers }, { flow, signal }) {
      const { decoy, state, method, rows, ...kept } = JSON.parse(flow);
      if (decoy) incorrect();
      const given = answers ? answers.map(({ question, answer }) => [question, answer]) : [[rows[0], method === "OTP" ? code.replace(/\D/g, "") : code.trim()]];
      const call = { lang: kept.lang, signal };
      const now = await post({ state, form: Object.fromEntries(given) }, call);
      // Of wrong personal data it says nothing: it asks again.
      if (WRONG.includes(now.failure) || (now.stage === "VERIFICATION" && now.method === method)) incorrect();
      if (now.failure) refuse("internal", { status: 502 });
      return view(now, { who: kept.who, lang: kept.lang, gate: kept.gate + 1 }, call);
    },
    async setPassword({ new_password }, { flow, signal }) {
      const { who, lang, state } = JSON.parse(flow);
      const now = await post({ state, form: { password1: new_password, password2: new_password } }, { lang, signal });
      if (now.failure >= 4000 && now.failure < 5000) refuse("password-rejected", { violations: [broken(now.failure, new_password, now.form)] });
      if (now.stage === "COMPLETE" && !now.failure) return { state: "done", intent: "reset", identifier: who };
      return refuse(...(now.stage === "IDENTIFICATION" ? ["flow-gone", { status: 410 }] : ["internal", { status: 502 }]));
    },
    cancel() {},
  };
}
