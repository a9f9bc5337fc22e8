// Ory Kratos (version 26.2), by the base address of its public API.
//
// A recovery by mailed code. The right code signs in, so the password is set in a settings flow, and the session ends with it:
// before there was none, as Kratos begins for nobody signed in. What proves the recovery stands in our flow's token: no state is kept
// here, but how many wrong codes there were.
import { client, refuse } from "../sspr-system.js";
import { account } from "./kratos-account.js";

/** A flow lives an hour and survives five codes, unless configured (`lifespan`, `max_submissions`). */
const LIFE = 3600;
const TRIES = 5;
const CODE = { length: 6 };
/** Kratos tells nobody its rules; it checks them. Eight is the least unless configured. */
const POLICY = { min_length: 8, max_length: 256, banned_terms: [], personal_terms: [], server_rules: [{ rule: "policy", number: 0 }] };

/** What its forms say, by its numbers. */
const CODE_WRONG = [4060006];
const PROOF_WRONG = [4000008, 4000012, 4000016];
const RULES = { 4000031: "too-similar", 4000032: "min-length", 4000033: "max-length", 4000034: "breached", 4000039: "same-as-current" };

/** Its errors, by their ids. */
const ERRORS = {
  security_csrf_violation: ["csrf", 403],
  security_identity_mismatch: ["flow-gone", 410],
  session_inactive: ["session-required", 401],
  session_refresh_required: ["reauthentication-required", 401],
  session_aal2_required: ["policy-forbids", 403],
};

/** How a second factor is proved: its strategy, the node for what is typed, and how that looks. */
const SECOND = {
  totp: ["totp", "totp_code", CODE],
  recovery_code: ["lookup_secret", "lookup_secret", { length: 8, letters: true }],
};

/** Its flows are forms: what goes back is named by their nodes, the token against forgery among them. */
export function forms(options) {
  const ask = client(options);
  const node = (form, name) => form.ui?.nodes?.find(({ attributes: it }) => it.name === name || it.id === name)?.attributes;
  /** What is wrong with what was sent, as a whole and field by field. */
  const wrongs = (form) => [form.ui, ...(form.ui?.nodes ?? [])].flatMap((it) => it?.messages ?? []).filter(({ type }) => type === "error");
  /** A form, or a refusal: by its id, else by its status. */
  const form = ({ status, json }) => {
    if (json.ui) return json;
    const others = { 401: "session-required", 404: "flow-gone", 410: "flow-gone" };
    const [code, as] = ERRORS[json.error?.id] ?? [others[status] ?? "not-allowed", status];
    return refuse(code, { status: as });
  };
  const submit = (kind, { id, csrf }, body, signal) => ask("POST", `/self-service/${kind}?flow=${id}`, { body: { ...body, csrf_token: csrf }, signal });
  return {
    ask, node, wrongs, form, submit,
    begin: async (kind, signal, query = "") => form(await ask("GET", `/self-service/${kind}/browser${query}`, { signal })),
    says: (json, numbers) => wrongs(json).some(({ id }) => numbers.includes(id)),
    /** What it takes to go on with a form, and until when. */
    ticket(json) {
      const life = Date.parse(json.expires_at) - Date.parse(json.issued_at) || LIFE * 1000;
      return { id: json.id, csrf: node(json, "csrf_token")?.value, until: Date.now() + life };
    },
    /** Sets a password in a settings flow. */
    async setPassword(ticket, password, signal) {
      const json = form(await submit("settings", ticket, { method: "password", password }, signal));
      const violations = wrongs(json).map(({ id, context: its }) => ({ rule: RULES[id] ?? "policy", number: its?.min_length ?? its?.max_length ?? 0 }));
      if (violations.length) refuse("password-rejected", { violations });
    },
    endOthers: async (signal) => (await ask("DELETE", "/sessions", { signal })).json.count ?? 0,
  };
}

const gone = () => refuse("flow-gone", { status: 410 });
const digest = async (text) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))));

/** The operations of our contract, carried out by Kratos. */
export function adapter(options) {
  const kratos = forms(options);
  const { ask, node, wrongs, form, says, ticket, begin, submit } = kratos;
  let wrong = 0;

  const tries = () => Math.max(TRIES - wrong, 0);
  const left = ({ until }) => Math.max(Math.round((until - Date.now()) / 1000), 1);
  const view = (state, flow, more) => ({ flow: JSON.stringify(flow), intent: "reset", state, expires_in: left(flow), gate: 1, gates: 1, ...more });
  const challenge = (flow, id, more) => ({ id, kind: id, method: id, resend_in: 0, expires_in: left(flow), attempts_left: tries(), ...more });
  const incorrect = () => {
    wrong++;
    refuse("code-incorrect", { attempts_left: tries() });
  };
  const signOut = async (signal) => {
    const { json } = await ask("GET", "/self-service/logout/browser", { signal });
    if (json.logout_token) await ask("GET", `/self-service/logout?token=${encodeURIComponent(json.logout_token)}`, { signal });
  };
  /** It recovers nobody who is signed in, be it by a recovery whose page was closed: that session ends, as a reset ends it anyway. */
  const start = async (signal) => {
    const answer = await ask("GET", "/self-service/recovery/browser", { signal });
    if (answer.json.error?.id !== "session_already_available") return form(answer);
    await signOut(signal);
    return begin("recovery", signal);
  };
  /** Asks for a code, or for another one in the same flow, whose tries count on. */
  const request = async (flow, signal) => {
    const { who, by, second_version } = flow;
    const body = second_version ? { recovery_address: who, recovery_confirm_address: who } : { email: who };
    let json = form(await submit("recovery", flow, { method: by, ...body }, signal));
    // A list of addresses would tell that there is an account: it stays with what was typed.
    if (json.state === "recovery_awaiting_address_choice") {
      const choice = { method: by, recovery_address: who, recovery_select_address: await digest(who) };
      json = form(await submit("recovery", { ...flow, ...ticket(json) }, choice, signal));
    }
    // Where one has ended, Kratos answers with another.
    if (json.id !== flow.id) gone();
    if (wrongs(json).length) refuse("value-rejected");
    const sent = challenge(flow, "email", { code: by === "code" ? CODE : undefined, resend_in: 30 });
    const { csrf } = ticket(json);
    return view("challenge", { ...flow, csrf }, { methods: [{ id: "email", kind: "email" }], challenge: sent });
  };
  const second = (flow, kind) => {
    const methods = flow.kinds.map((id) => ({ id, kind: id }));
    return view("challenge", flow, { gate: 2, gates: 2, methods, challenge: challenge(flow, kind, { code: SECOND[kind][2] }) });
  };
  /** Signed in by the code: on to the password, or to the second factor where the account has one. */
  const passed = async (who, gate, signal) => {
    wrong = 0;
    const answer = await ask("GET", "/self-service/settings/browser", { signal });
    if (answer.json.error?.id !== "session_aal2_required")
      return view("set_password", { who, ...ticket(form(answer)) }, { gate, gates: gate, policy: POLICY, identifier: who });
    const login = await begin("login", signal, "?aal=aal2");
    const kinds = Object.keys(SECOND).filter((kind) => node(login, SECOND[kind][1]));
    if (kinds.length) return second({ who, kinds, ...ticket(login) }, kinds[0]);
    await signOut(signal);
    return refuse("policy-forbids", { status: 403 });
  };

  return {
    describe: () => ({
      version: 1, features: { reset: true, change: true, enroll: true, end_other_sessions: true }, identifiers: ["email"], recovery_methods: ["email"],
      gates: 1, code: CODE, policy: POLICY, links: {}, locales: [],
    }),
    async startRecovery({ identifier }, { signal }) {
      wrong = 0;
      const flow = await start(signal);
      // By code or by link, as configured; a link goes on in the pages of Kratos.
      const by = node(flow, "method")?.value;
      return request({ ...ticket(flow), who: identifier, by, second_version: Boolean(node(flow, "recovery_address")) }, signal);
    },
    sendChallenge({ method }, { flow, signal }) {
      const its = JSON.parse(flow);
      return its.kinds ? second(its, method) : request(its, signal);
    },
    async verifyChallenge({ challenge, code }, { flow, signal }) {
      const its = JSON.parse(flow);
      const typed = code.replace(/[\s-]/g, "").toLowerCase();
      if (its.kinds) {
        const [method, field] = SECOND[challenge];
        const { status, json } = await submit("login", its, { method, [field]: typed }, signal);
        if (says(json, PROOF_WRONG)) incorrect();
        return status === 200 ? passed(its.who, 2, signal) : gone();
      }
      const answer = await submit("recovery", its, { method: its.by, code: typed }, signal);
      const { json } = answer;
      if (json.id === its.id && says(json, CODE_WRONG)) incorrect();
      // As configured, it says so or asks for the page of its settings.
      if (json.state === "passed_challenge" || json.error?.id === "browser_location_change_required") return passed(its.who, 1, signal);
      return json.error?.id === "security_csrf_violation" ? form(answer) : gone();
    },
    async setPassword({ new_password, end_other_sessions }, { flow, signal }) {
      const its = JSON.parse(flow);
      await kratos.setPassword(its, new_password, signal).catch((error) => (error.status === 401 ? gone() : Promise.reject(error)));
      // The password is set, whatever comes now. A reset is no way past signing in.
      const end = async () => {
        if (end_other_sessions) await kratos.endOthers(signal);
        await signOut(signal);
      };
      await end().catch(() => console.error("sspr-widget: the session of the recovery did not end"));
      return { state: "done", intent: "reset", identifier: its.who };
    },
    // There is a session once the code was right.
    cancel: (_, { flow, signal }) => (JSON.parse(flow).by ? undefined : signOut(signal)),

    passwordPolicy: () => POLICY,
    ...account(kratos, { CODE, PROOF_WRONG }),
  };
}
