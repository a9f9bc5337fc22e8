// Supabase Auth (GoTrue 2.196), by its base address `…/auth/v1`; the project's public key is a header:
// `element.headers = { apikey }`, and for who is signed in `authorization` besides.
//
// A reset by a code in a mail, or by a link: `<page>#sspr={{ .TokenHash }}`, or its own with link-param="access_token". What it
// says nowhere, words do: `backend-kind="supabase link"` where the mail has a link and no code, `captcha` where it asks for one.
import { client, refuse } from "../sspr-system.js";

/** Seconds that a code lives on its platform, and between two mails to the same person. */
const LIFE = 3600;
const RESEND = 60;
/** It counts no wrong codes of a flow: this many end ours. */
const TRIES = 5;
const CODE = { length: 6 };
/** It tells nobody its rules. Six characters are its least, and bcrypt takes 72 bytes. */
const POLICY = { min_length: 6, max_length: 72, max_bytes: 72, server_rules: [{ rule: "same-as-current", number: 0 }, { rule: "policy", number: 0 }] };

/** Second factors that can be asked for here. */
const KINDS = { totp: "totp", phone: "sms" };

/** Which class of characters a set of required ones is. */
const class_of = (set) => (/[a-z]/.test(set) ? (/[A-Z]/.test(set) ? "letter" : "lower") : /[A-Z]/.test(set) ? "upper" : /\d/.test(set) ? "digit" : "symbol");

/** What of a password it does not take. */
function broken({ reasons = [] }, sentence = "", password) {
  const least = Number(/at least (\d+) character/.exec(sentence)?.[1] ?? 0);
  const sets = /of each: (.+?)\.(?= Password is|$)/.exec(sentence)?.[1].split(", ") ?? [];
  const missing = sets.filter((set) => ![...set].some((character) => password.includes(character)));
  const known = {
    length: [{ rule: least ? "min-length" : "policy", number: least }],
    characters: missing.map((set) => ({ rule: "class-min", class: class_of(set), number: 1 })),
    pwned: [{ rule: "breached", number: 0 }],
  };
  const violations = reasons.flatMap((reason) => known[reason] ?? []);
  return violations.length ? violations : [{ rule: "policy", number: 0 }];
}

/** The operations of our contract, carried out by Supabase Auth. */
export function adapter({ families = [], headers, fetch = globalThis.fetch.bind(globalThis), ...options }) {
  const own = Object.fromEntries(new Headers(headers));
  const [byLink, asksCaptcha] = ["link", "captcha"].map((word) => families.includes(word));
  let wrong = 0;

  /** Its answers are for every origin, which browsers take for requests without cookies alone. Who asked for a mail a moment ago
   * has one: saying that it is too soon would tell which accounts exist. */
  const level = async (address, init) => {
    const answer = await fetch(address, { ...init, credentials: "omit" });
    const said = answer.status === 429 ? await answer.clone().json().catch(() => ({})) : {};
    const seconds = Number(/after (\d+) second/.exec(said.message ?? said.msg)?.[1]);
    return seconds >= 0 ? Response.json({ seconds: Math.max(seconds, 1) }) : answer;
  };
  const ask = client({ ...options, fetch: level, headers: { ...own, "x-supabase-api-version": "2024-01-01" } });
  const bearer = (token) => ({ authorization: `Bearer ${token}` });

  const why = (json) => json.error_code ?? json.code;
  const fail = ({ json }, password) => {
    switch (why(json)) {
      // Wrong, expired and nobody's are one. That an account is banned is nothing to tell.
      case "otp_expired": case "user_banned": case "mfa_verification_failed": case "mfa_challenge_expired":
        return ++wrong < TRIES ? refuse("code-incorrect", { attempts_left: TRIES - wrong }) : refuse("flow-gone", { status: 410 });
      case "weak_password":
        return refuse("password-rejected", { violations: broken(json.weak_password ?? {}, json.message ?? json.msg, password) });
      case "same_password":
        return refuse("password-rejected", { violations: [{ rule: "same-as-current", number: 0 }] });
      case "invalid_credentials": case "current_password_required": case "current_password_mismatch":
        return refuse("current-password-incorrect");
      case "captcha_failed": return refuse("captcha-required", { status: 403 });
      case "email_provider_disabled": case "user_sso_managed": case "insufficient_aal": case "mfa_verification_rejected":
        return refuse("not-allowed", { status: 403 });
      case "bad_jwt": case "no_authorization": case "session_expired": case "session_not_found": case "user_not_found":
        return refuse("flow-gone", { status: 410 });
      case "validation_failed":
        return refuse("value-rejected");
      default:
        return refuse("internal", { status: 502 });
    }
  };
  const good = (answer, password) => (answer.status < 400 ? answer.json : fail(answer, password));
  const view = (state, flow, more) => ({ flow: JSON.stringify(flow), intent: "reset", state, expires_in: LIFE, gate: 1, gates: 1, ...more });
  const challenge = (id, kind, more) => ({ challenge: { id, kind, method: id, code: CODE, resend_in: 0, expires_in: LIFE, attempts_left: TRIES, ...more } });
  /** Sends a mail. `too_soon` is what to do where the last one is too young. */
  const mail = async (email, signal, { page, captcha, too_soon = () => {} } = {}) => {
    const body = { email, ...(captcha && { gotrue_meta_security: { captcha_token: captcha } }) };
    const { seconds } = good(await ask("POST", page ? `/recover?redirect_to=${encodeURIComponent(page)}` : "/recover", { body, signal }));
    if (seconds) too_soon(seconds);
    wrong = 0;
    return view("challenge", { email, page }, {
      methods: [{ id: "email", kind: "email" }],
      ...challenge("email", "email", { code: byLink ? undefined : CODE, resend_in: seconds ?? RESEND }),
    });
  };
  const signOut = (token, signal) => ask("POST", "/logout?scope=local", { signal, ...bearer(token) }).catch(() => {});
  /** A proof is a whole session of its. It is kept for the new password alone, and a second factor is asked for where there is one. */
  const proved = async (email, token, user, signal) => {
    wrong = 0;
    const flow = { email, token };
    const factors = (user?.factors ?? []).filter((factor) => factor.status === "verified");
    if (!factors.length) return view("set_password", flow, { policy: POLICY, identifier: email });
    const methods = factors.filter(({ factor_type }) => KINDS[factor_type]).map(({ id, factor_type }) => ({ id, kind: KINDS[factor_type] }));
    if (methods.length === 1) return factor({ ...flow, methods }, methods[0], signal);
    if (methods.length) return view("choose", { ...flow, methods }, { methods, gate: 2, gates: 2 });
    await signOut(token, signal);
    return refuse("not-allowed", { status: 403 });
  };
  const begin = async (id, token, signal) => good(await ask("POST", `/factors/${id}/challenge`, { body: {}, signal, ...bearer(token) }));
  const factor = async (flow, { id, kind }, signal) => {
    const sent = kind === "sms" ? await begin(id, flow.token, signal) : {};
    if (sent.seconds) refuse("rate-limited", { status: 429, retry_after: sent.seconds });
    const more = kind === "sms" ? { resend_in: RESEND, expires_in: 300 } : {};
    return view("challenge", { ...flow, factor: id, sent: sent.id }, { methods: flow.methods, gate: 2, gates: 2, ...challenge(id, kind, more) });
  };
  const verify = async (body, signal) => {
    const json = good(await ask("POST", "/verify", { body: { type: "recovery", ...body }, signal }));
    return proved(json.user?.email ?? body.email, json.access_token, json.user, signal);
  };
  const me = (token, signal) => ask("GET", "/user", { signal, ...(token && bearer(token)) });
  /** Its own links bring a session, ours the hash of the code. */
  const isSession = (link) => link.split(".").length === 3;
  const linkGone = (problem) => Promise.reject(problem.code === "code-incorrect" ? { code: "flow-gone", status: 410 } : problem);

  return {
    async describe(_, { signal }) {
      const { external } = good(await ask("GET", "/settings", { signal }));
      const reset = external?.email !== false;
      return {
        version: 1, features: { reset, change: reset && !asksCaptcha }, identifiers: ["email"], recovery_methods: ["email"], gates: 1, code: CODE, policy: POLICY,
        ...(asksCaptcha && { captcha: { provider: "supabase", site_key: "" } }), links: {}, locales: [],
      };
    },
    startRecovery: ({ identifier, page, captcha }, { signal }) => mail(identifier, signal, { page, captcha }),
    sendChallenge({ method }, { flow, signal }) {
      const { email, page, token, methods } = JSON.parse(flow);
      // A proof of being human is good for one mail.
      if (!token && asksCaptcha) refuse("flow-gone", { status: 410 });
      const too_soon = (seconds) => refuse("rate-limited", { status: 429, retry_after: seconds });
      if (!token) return mail(email, signal, { page, too_soon });
      return factor({ email, token, methods }, methods.find((it) => it.id === method), signal);
    },
    async verifyChallenge({ code }, { flow, signal }) {
      const { email, token, factor: id, sent } = JSON.parse(flow);
      const digits = code.replace(/\D/g, "");
      if (!id) return verify({ email, token: digits }, signal);
      const challenge_id = sent ?? (await begin(id, token, signal)).id;
      const json = good(await ask("POST", `/factors/${id}/verify`, { body: { challenge_id, code: digits }, signal, ...bearer(token) }));
      return proved(email, json.access_token, undefined, signal);
    },
    // A hash cannot be looked at without being spent.
    async lookAtLink({ link_token }, { signal }) {
      if (isSession(link_token) && (await me(link_token, signal)).status >= 400) refuse("flow-gone", { status: 410 });
      return { intent: "reset", expires_in: LIFE };
    },
    async openLink({ link_token }, { signal }) {
      if (!isSession(link_token)) return verify({ token_hash: link_token }, signal).catch(linkGone);
      const user = good(await me(link_token, signal));
      return proved(user.email, link_token, user, signal);
    },
    async setPassword({ new_password }, { flow, signal }) {
      const { email, token } = JSON.parse(flow);
      good(await ask("PUT", "/user", { body: { password: new_password }, signal, ...bearer(token) }), new_password);
      // It has ended the other sessions; a reset is no way to sign in.
      await signOut(token, signal);
      return { state: "done", intent: "reset", identifier: email };
    },
    async cancel(_, { flow, signal }) {
      const { token } = JSON.parse(flow);
      if (token) await signOut(token, signal);
    },

    async session(_, { signal }) {
      const { status, json } = own.authorization ? await me(undefined, signal) : { status: 401 };
      return status === 200 ? { signed_in: true, identifier: json.email || json.phone, fresh_for: 0 } : { signed_in: false, fresh_for: 0 };
    },
    // Signing in would need a proof of being human, which this element has no place for.
    passwordPolicy: () => (asksCaptcha ? refuse("not-allowed", { status: 403 }) : POLICY),
    // Unless told to, it takes a new password from any session, or asks an older one for a code by mail. Signing in anew proves
    // the current password in any case, and is what it asks for in place of that code.
    async changePassword({ current_password, new_password }, { signal }) {
      const { status, json: user } = await me(undefined, signal);
      if (status !== 200) refuse("session-required", { status: 401 });
      const body = { ...(user.email ? { email: user.email } : { phone: user.phone }), password: current_password };
      const fresh = good(await ask("POST", "/token?grant_type=password", { body, signal }));
      const set = (more) => ask("PUT", "/user", { body: { password: new_password, current_password }, signal, ...more });
      let answer = await set();
      const signed_in = why(answer.json) !== "reauthentication_needed";
      if (!signed_in) answer = await set(bearer(fresh.access_token));
      if (answer.status >= 400 || !signed_in) await signOut(fresh.access_token, signal);
      good(answer, new_password);
      return { signed_in, ended_sessions: 0 };
    },
  };
}
