// authentik (2026.8), by the executor of its recovery flow: `…/api/v3/flows/executor/default-recovery-flow`, on the page's own
// origin, for its session is a cookie.
//
// What the flow asks is its operator's business: an identifier, a mailed link, a second factor and a password are known here. The
// link opens the page as `<page>?flow_token=…`, which is link-param="flow_token".
import { client, refuse } from "../sspr-system.js";

/** A mailed link lives half an hour, and a mail may be sent again after a minute. */
const LIFE = 1800;
const RESEND = 60;
/** Its devices slow wrong codes down, and count none of a flow: this many end ours. */
const TRIES = 5;
const CODE = { length: 6 };
/** It tells nobody its rules. */
const POLICY = { min_length: 1, max_length: 256, server_rules: [{ rule: "policy", number: 0 }] };

/** Devices that can be asked for here. */
const KINDS = { email: "email", sms: "sms", totp: "totp", static: "recovery_code" };

const IDENTIFY = "ak-stage-identification";
const MAIL = "ak-stage-email";
const DEVICE = "ak-stage-authenticator-validate";
const PROMPT = "ak-stage-prompt";
const CONSENT = "ak-stage-consent";
const LOGIN = "ak-stage-user-login";
const DENIED = "ak-stage-access-denied";
const END = "xak-flow-redirect";

/** The operations of our contract, carried out by authentik. */
export function adapter({ base, fetch = globalThis.fetch.bind(globalThis), ...options }) {
  const ask = client({ ...options, fetch, base: base.replace(/\/$/, "") });
  let wrong = 0;

  const stage = ({ status, json }) => (status < 400 && json.component ? json : refuse("internal", { status: 502 }));
  const see = async (query, signal) => stage(await ask("GET", `/?query=${encodeURIComponent(query)}`, { signal }));
  /** The answer is the next stage, or the same one and what is wrong. */
  const solve = async (component, answer, signal) => {
    const csrf = /(?:^|; )authentik_csrf=([^;]+)/.exec(document.cookie)?.[1];
    return stage(await ask("POST", "/?query=", { body: { component, ...answer }, signal, ...(csrf && { "x-authentik-csrf": csrf }) }));
  };
  const go = (address, signal, redirect) => fetch(String(new URL(address, new URL(base, location.href))), { credentials: "include", redirect, signal });
  /** Drops the recovery from the session. */
  const leave = ({ cancel_url = "/flows/-/cancel/" }, signal) => go(cancel_url, signal, "manual").catch(() => {});
  /** A reset is no way to sign in: where its flow ends with that, the flow for signing out follows. */
  const signOut = async ({ cancel_url = "/flows/-/cancel/" }, signal) => {
    const { url } = await go(cancel_url.replace("cancel", "default/invalidation"), signal, "follow");
    const slug = /\/if\/flow\/([^/]+)\//.exec(url)?.[1];
    if (slug) await go(`${base.replace(/\/[^/]+\/?$/, "")}/${slug}/?query=`, signal, "follow");
  };
  /** What needs no person: the link was opened by one, and nobody is to be remembered. */
  const settle = async (now, signal) => {
    for (let left = 3; left; left--) {
      if (now.component === CONSENT) now = await solve(CONSENT, { token: now.token }, signal);
      else if (now.component === LOGIN) now = await solve(LOGIN, { remember_me: false }, signal);
    }
    return now;
  };
  const methods = (now) =>
    now.device_challenges.filter((it) => KINDS[it.device_class]).map((it) => ({ id: `${it.device_class}:${it.device_uid}`, kind: KINDS[it.device_class], masked: it.challenge?.email }));
  const challenge = (method, code, resend_in) => ({ ...method, method: method.id, code, resend_in, expires_in: LIFE, attempts_left: TRIES });

  /** What a stage waits for. */
  const view = async (now, flow, signal) => {
    const kept = { ...flow, cancel_url: now.flow_info?.cancel_url ?? flow.cancel_url };
    const shown = (state, more) => ({ flow: JSON.stringify(kept), intent: "reset", state, expires_in: LIFE, gate: 1, gates: 1, ...more });
    switch (now.component) {
      case MAIL: {
        const by_link = { id: "email", kind: "email" };
        return shown("challenge", { methods: [by_link], challenge: challenge(by_link, undefined, RESEND) });
      }
      case DEVICE: {
        const known = methods(now);
        if (!known.length) return refuse("not-allowed", { status: 403 });
        kept.devices = now.device_challenges;
        return known.length === 1 ? select(kept, known[0].id, known, signal) : shown("choose", { methods: known });
      }
      case PROMPT: {
        const unknown = ({ type, required, initial_value }) => type !== "password" && required && !initial_value;
        if (now.fields.some(unknown) || !now.fields.some((it) => it.type === "password")) return refuse("not-allowed", { status: 403 });
        kept.fields = now.fields.map(({ field_key, type, initial_value }) => [field_key, type === "password" ? null : initial_value]);
        return shown("set_password", { policy: POLICY, identifier: kept.who });
      }
      case DENIED:
        return refuse("not-allowed", { status: 403 });
      default:
        // A session that is over begins the flow anew.
        return now.component === IDENTIFY ? refuse("flow-gone", { status: 410 }) : refuse("internal", { status: 502 });
    }
  };
  /** Has a code sent, where the device is one that gets codes. */
  const select = async (flow, id, known, signal) => {
    wrong = 0;
    const method = known.find((it) => it.id === id);
    const sent = method.kind === "email" || method.kind === "sms";
    if (sent) {
      // It answers that a code is missing, which is so.
      const now = await solve(DEVICE, { selected_challenge: flow.devices.find((it) => `${it.device_class}:${it.device_uid}` === id) }, signal);
      if (now.component !== DEVICE) return view(now, flow, signal);
    }
    const code = method.kind === "recovery_code" ? { length: 10, letters: true } : CODE;
    return {
      flow: JSON.stringify(flow), intent: "reset", state: "challenge", expires_in: LIFE, gate: 1, gates: 1,
      methods: known, challenge: challenge(method, code, sent ? RESEND : 0),
    };
  };
  const linked = async ({ link_token }, signal) => {
    const now = await see(`flow_token=${encodeURIComponent(link_token)}`, signal);
    return [CONSENT, PROMPT, DEVICE].includes(now.component) ? now : refuse("flow-gone", { status: 410 });
  };

  return {
    async describe(_, { signal }) {
      const { component, user_fields, captcha_stage } = await see("", signal);
      const identifiers = user_fields?.map((field) => (field === "email" ? field : "username")) ?? ["username", "email"];
      return {
        version: 1, features: { reset: component !== DENIED }, identifiers, recovery_methods: ["email"], gates: 1, code: CODE, policy: POLICY,
        ...(captcha_stage && { captcha: { provider: captcha_stage.js_url, site_key: captcha_stage.site_key } }), links: {}, locales: [],
      };
    },
    async startRecovery({ identifier, captcha }, { signal }) {
      let now = await see("", signal);
      if (now.component !== IDENTIFY && now.component !== DENIED) {
        // An earlier recovery stands in the session still.
        await leave(now.flow_info ?? {}, signal);
        now = await see("", signal);
      }
      if (now.component !== IDENTIFY) return view(now, {}, signal);
      const next = await solve(IDENTIFY, { uid_field: identifier, ...(captcha && { captcha_token: captcha }) }, signal);
      if (next.component !== IDENTIFY) return view(next, { who: identifier }, signal);
      if (now.captcha_stage) refuse("captcha-required", { status: 403 });
      // Where it does not pretend that everybody exists, we do.
      return view({ ...next, component: MAIL }, { who: identifier, decoy: true }, signal);
    },
    async sendChallenge({ method }, { flow, signal }) {
      const kept = JSON.parse(flow);
      if (kept.devices) return select(kept, method, methods({ device_challenges: kept.devices }), signal);
      return view(kept.decoy ? { component: MAIL } : await solve(MAIL, {}, signal), kept, signal);
    },
    async verifyChallenge({ code }, { flow, signal }) {
      const kept = JSON.parse(flow);
      const now = await settle(await solve(DEVICE, { code: code.replace(/[\s-]/g, "") }, signal), signal);
      if (now.component !== DEVICE || !now.response_errors?.code) return view(now, kept, signal);
      return ++wrong < TRIES ? refuse("code-incorrect", { attempts_left: TRIES - wrong }) : refuse("flow-gone", { status: 410 });
    },
    // Its links ask for consent before they are spent, so that looking at one spends nothing.
    async lookAtLink(body, { signal }) {
      await linked(body, signal);
      return { intent: "reset", expires_in: LIFE };
    },
    async openLink(body, { signal }) {
      const now = await linked(body, signal);
      return view(await settle(now, signal), { who: now.pending_user }, signal);
    },
    async setPassword({ new_password }, { flow, signal }) {
      const kept = JSON.parse(flow);
      const values = Object.fromEntries(kept.fields.map(([key, value]) => [key, value ?? new_password]));
      const now = await settle(await solve(PROMPT, values, signal), signal);
      if (now.component === END) {
        await signOut(kept, signal).catch(() => {});
        return { state: "done", intent: "reset", identifier: kept.who ?? "" };
      }
      if (now.component !== PROMPT) await view(now, {}, signal);
      // It says what is wrong in its operator's words; one sentence is its own.
      const said = Object.values(now.response_errors ?? {}).flat().map((error) => error.string).join(" ");
      return refuse("password-rejected", { violations: [{ rule: /online lists/.test(said) ? "breached" : "policy", number: 0 }] });
    },
    async cancel(_, { flow, signal }) {
      await leave(JSON.parse(flow), signal);
    },
  };
}
