// django-allauth's headless API (`HEADLESS_CLIENTS = ("browser",)`, version 65), by its base address `…/_allauth/browser/v1`.
//
// A reset by code, or by a link that opens the page as `<page>#sspr={key}` (HEADLESS_FRONTEND_URLS). What proves the recovery
// stands in our flow's token: no state is kept here, but how many wrong codes there were.
import { client, masked, refuse } from "../sspr-system.js";

/** Codes live three minutes, and three may be wrong (`PASSWORD_RESET_BY_CODE_TIMEOUT`, `…_MAX_ATTEMPTS`). */
const LIFE = 180;
const TRIES = 3;
/** allauth tells nobody its rules; it checks them. Eight is the least of Django's own validator. */
const POLICY = { min_length: 8, max_length: 256, banned_terms: [], personal_terms: [], server_rules: [{ rule: "policy", number: 0 }] };
const CODE = { length: 8, letters: true };

/** What its rules are called here. */
const RULES = { password_too_short: "min-length", password_too_similar: "too-similar", password_too_common: "banned-word" };

/** The operations of our contract, carried out by allauth. */
export function adapter(options) {
  const ask = client(options);
  let wrong = 0;

  /** Any GET sets the readable cookie. */
  const cookie = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const send = async (method, path, body, signal) => {
    if (!cookie()) await ask("GET", "/config", { signal });
    return ask(method, path, { body: body ?? {}, signal, "x-csrftoken": cookie() ?? "" });
  };
  const request = async (email, signal) => {
    // 401 with a pending flow is its success; 200 where it mails a link.
    const { status, json } = await send("POST", "/auth/password/request", { email }, signal);
    if (status === 400) refuse("value-rejected");
    if (json.meta?.is_authenticated) {
      // To somebody signed in it does not say whether a code or a link was sent; a reset ends their sessions anyway.
      await send("DELETE", "/auth/session", undefined, signal);
      return request(email, signal);
    }
    if (status !== 401 && status !== 200) refuse("internal", { status: 502 });
    wrong = 0;
    return status === 401 && json.data?.flows?.some((flow) => flow.is_pending);
  };
  const view = (state, flow, more) => ({ flow: JSON.stringify(flow), intent: "reset", state, expires_in: LIFE, gate: 1, gates: 1, ...more });
  const challenge = (by_code) => ({
    methods: [{ id: "email", kind: "email" }],
    challenge: { id: "email", kind: "email", method: "email", code: by_code ? CODE : undefined, resend_in: 30, expires_in: LIFE, attempts_left: TRIES },
  });
  /** Whose link it is; looking spends nothing. */
  const linked = async ({ link_token }, { signal }) => {
    const { status, json } = await ask("GET", "/auth/password/reset", { signal, "x-password-reset-key": link_token });
    return status === 200 ? json : refuse("flow-gone", { status: 410 });
  };
  const codes = (json) => json.errors?.map((error) => error.code) ?? [];
  /** A code that is wrong is 400; after the third the flow is gone. */
  const incorrect = () => refuse("code-incorrect", { attempts_left: Math.max(TRIES - ++wrong, 0) });
  const broken = (json) => {
    const violations = json.errors.map(({ code, message }) => ({ rule: RULES[code] ?? "policy", number: Number(/\d+/.exec(message)?.[0] ?? 0) }));
    refuse("password-rejected", { violations });
  };
  /** What answers for somebody signed in: 401 asks to prove it again, or to sign in. */
  const signedIn = async (answer) => {
    const { status, json } = await answer;
    if (status === 401) refuse(json.meta?.is_authenticated ? "reauthentication-required" : "session-required", { status });
    return { status, json };
  };

  const session = ({ status, json }) => {
    const user = status === 200 ? json.data?.user : undefined;
    return user ? { signed_in: true, display_name: user.display, identifier: user.email ?? user.username, fresh_for: 0 } : { signed_in: false, fresh_for: 0 };
  };
  /** What is registered, as three of its lists say. */
  const list = async (signal) => {
    const get = (path) => signedIn(ask("GET", path, { signal }));
    const { json: config } = await ask("GET", "/config", { signal });
    // It fails where it is asked for what its adapter has not.
    const byPhone = config.data?.account?.login_methods?.includes("phone");
    const [emails, authenticators, phones] = await Promise.all([get("/account/email"), get("/account/authenticators"), byPhone ? get("/account/phone") : { json: {} }]);
    const all = (answer) => (Array.isArray(answer.json.data) ? answer.json.data : []);
    const method = (id, kind, more) => ({ id, kind, verified: true, primary: false, removable: true, created_at: "", ...more });
    const day = (seconds) => (seconds ? new Date(seconds * 1000).toISOString() : "");
    const methods = [
      ...all(authenticators).filter(({ type }) => type === "totp").map((it) => method("totp", "totp", { created_at: day(it.created_at) })),
      ...all(phones).map((it) => method("phone", "phone", { masked: masked(it.phone), verified: it.verified, removable: false })),
      ...all(emails).map((it) => method(`email:${it.email}`, "email", { masked: masked(it.email), verified: it.verified, primary: it.primary, removable: !it.primary })),
      ...all(authenticators).filter(({ type }) => type === "recovery_codes").map((it) => method("recovery_codes", "recovery_codes", { left: it.unused_code_count, removable: false, created_at: day(it.created_at) })),
    ];
    const has = (kind) => methods.some((it) => it.kind === kind);
    const offer = (kind, refused) => ({ kind, voice: false, ...(refused && { refused }) });
    const offers = [offer("totp", has("totp") && "limit"), offer("email"), ...(byPhone ? [offer("phone")] : []), offer("recovery_codes", !has("totp") && "policy")];
    const registered = new Set(methods.filter((it) => it.verified).map((it) => it.kind)).size;
    return { methods, offers, required: 1, registered, registration_due: false, confirm_due: false, code: CODE };
  };
  const added = (method, more) => ({ method: { verified: false, primary: false, removable: true, created_at: "", ...method }, ...more });
  const sent = { sent: { resend_in: 30, expires_in: LIFE } };
  const address = (id) => id.slice("email:".length);
  /** Carries a change of the list out, and gives the list as it is then. */
  const change = async (method, path, body, signal) => {
    const { status, json } = await signedIn(send(method, path, body, signal));
    if (codes(json).includes("incorrect_code")) refuse("code-incorrect", { attempts_left: 1 });
    if (codes(json).includes("cannot_remove_primary_email")) refuse("last-method", { status: 409 });
    if (status >= 400) refuse("value-rejected");
    return list(signal);
  };

  return {
    async describe(_, { signal }) {
      await ask("GET", "/config", { signal });
      return {
        version: 1, features: { reset: true, change: true, enroll: true }, identifiers: ["email"], recovery_methods: ["email"], gates: 1,
        code: CODE, policy: POLICY, links: {}, locales: [],
      };
    },
    async startRecovery({ identifier }, { signal }) {
      return view("challenge", { email: identifier }, challenge(await request(identifier, signal)));
    },
    async sendChallenge(_, { flow, signal }) {
      const { email } = JSON.parse(flow);
      return view("challenge", { email }, challenge(await request(email, signal)));
    },
    async verifyChallenge({ code }, { flow, signal }) {
      // Without a password it says whether the code is right, alike for accounts that do not exist; by GET it does not.
      const key = code.trim();
      const { status, json } = await send("POST", "/auth/password/reset", { key }, signal);
      if (status === 409) refuse("flow-gone", { status: 410 });
      if (codes(json).includes("incorrect_code") || !codes(json).includes("required")) incorrect();
      return view("set_password", { ...JSON.parse(flow), key }, { policy: POLICY, identifier: JSON.parse(flow).email });
    },
    async lookAtLink(body, call) {
      await linked(body, call);
      return { intent: "reset", expires_in: LIFE };
    },
    async openLink(body, call) {
      // It answers the whole user; no more is shown than whose account it is.
      const email = (await linked(body, call)).data?.user?.email ?? "";
      return view("set_password", { email, key: body.link_token }, { policy: POLICY, identifier: email });
    },
    async setPassword({ new_password }, { flow, signal }) {
      const { email, key } = JSON.parse(flow);
      const { status, json } = await send("POST", "/auth/password/reset", { key, password: new_password }, signal);
      if (status === 409) refuse("flow-gone", { status: 410 });
      if (codes(json).some((code) => code === "incorrect_code" || code === "invalid_password_reset")) incorrect();
      if (status === 400) broken(json);
      // A reset is no way past a second factor: where it signs in (LOGIN_ON_PASSWORD_RESET), the session ends at once.
      if (status === 200) await send("DELETE", "/auth/session", undefined, signal);
      return { state: "done", intent: "reset", identifier: email };
    },
    cancel() {},

    session: async (_, { signal }) => session(await ask("GET", "/auth/session", { signal })),
    passwordPolicy: () => POLICY,
    async changePassword({ current_password, new_password }, { signal }) {
      const { status, json } = await signedIn(send("POST", "/account/password/change", { current_password, new_password }, signal));
      if (codes(json).includes("enter_current_password")) refuse("current-password-incorrect");
      if (status === 400) broken(json);
      return { signed_in: true, ended_sessions: 0 };
    },
    async reauthenticate({ password }, { signal }) {
      const answer = await send("POST", "/auth/reauthenticate", { password }, signal);
      if (answer.status === 400) refuse("current-password-incorrect");
      return { ...session(answer), fresh_for: 300 };
    },

    methods: (_, { signal }) => list(signal),
    async addMethod({ kind, value }, { signal }) {
      if (kind === "totp") {
        // 404 carries the secret.
        const { json } = await signedIn(ask("GET", "/account/authenticators/totp", { signal }));
        return added({ id: "totp", kind }, { totp: { secret: json.meta.secret, uri: json.meta.totp_url } });
      }
      if (kind === "recovery_codes") {
        const { json } = await signedIn(send("POST", "/account/authenticators/recovery-codes", {}, signal));
        return added({ id: kind, kind, verified: true }, { recovery_codes: json.data?.unused_codes ?? [] });
      }
      const [path, body] = kind === "email" ? ["/account/email", { email: value }] : ["/account/phone", { phone: value }];
      const { status, json } = await signedIn(send("POST", path, body, signal));
      if (status >= 400) refuse(codes(json).some((code) => code.endsWith("taken")) ? "value-taken" : "value-rejected");
      return added({ id: kind === "email" ? `email:${value}` : "phone", kind, masked: masked(value) }, sent);
    },
    async verifyMethod({ code }, { id, signal }) {
      if (id === "totp") return change("POST", "/account/authenticators/totp", { code }, signal);
      if (id === "phone") return change("POST", "/auth/phone/verify", { code }, signal);
      return change("POST", "/auth/email/verify", { key: code }, signal);
    },
    async resendCode(_, { id, signal }) {
      const answer = id === "phone" ? send("POST", "/auth/phone/verify/resend", {}, signal) : send("PUT", "/account/email", { email: address(id) }, signal);
      if ((await signedIn(answer)).status >= 400) refuse("rate-limited", { status: 429, retry_after: 60 });
      return added({ id, kind: id === "phone" ? "phone" : "email" }, sent);
    },
    updateMethod: ({ primary }, { id, signal }) => (primary && id.startsWith("email:") ? change("PATCH", "/account/email", { email: address(id), primary }, signal) : list(signal)),
    removeMethod: (_, { id, signal }) =>
      id === "totp" ? change("DELETE", "/account/authenticators/totp", {}, signal) : change("DELETE", "/account/email", { email: address(id) }, signal),
  };
}
