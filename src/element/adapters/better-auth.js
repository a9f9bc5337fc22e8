// better-auth (version 1.7) with its plugins email-otp and phone-number, by its base address `…/api/auth`.
//
// It says nowhere which plugins it has: `backend-kind="better-auth email sms"` names them. Codes of the phone cannot be checked
// alone: they are kept in our flow's token, and a wrong one comes out when the password is set.
import { client, refuse } from "../sspr-system.js";

/** Codes live five minutes, and three may be wrong. */
const LIFE = 300;
const TRIES = 3;
const CODE = { length: 6 };
/** Its own limits; other rules are its plugins' and checked there. */
const POLICY = { min_length: 8, max_length: 128, banned_terms: [], personal_terms: [], server_rules: [] };

/** The operations of our contract, carried out by better-auth. */
export function adapter({ families = [], ...options }) {
  const ask = client(options);
  const kinds = families.length ? families : ["email"];
  let wrong = 0;

  const post = async (path, body, signal) => {
    const { status, json } = await ask("POST", path, { body, signal });
    if (status < 400) return json;
    if (status === 401) refuse("session-required", { status });
    switch (json.code) {
      case "INVALID_OTP":
        return refuse("code-incorrect", { attempts_left: Math.max(TRIES - ++wrong, 0) });
      case "OTP_EXPIRED": case "TOO_MANY_ATTEMPTS": case "INVALID_TOKEN": case "OTP_NOT_FOUND":
        return refuse("flow-gone", { status: 410 });
      case "PASSWORD_TOO_SHORT":
        // Less than ours is refused here already: it asks for more.
        return refuse("password-rejected", { violations: [{ rule: "policy", number: 0 }] });
      case "PASSWORD_TOO_LONG":
        return refuse("password-rejected", { violations: [{ rule: "max-length", number: POLICY.max_length }] });
      case "PASSWORD_COMPROMISED":
        return refuse("password-rejected", { violations: [{ rule: "breached", number: 0 }] });
      case "INVALID_PASSWORD":
        return refuse("current-password-incorrect");
      default:
        return refuse(json.code?.startsWith("INVALID_") ? "value-rejected" : "internal", { status: 422 });
    }
  };
  const methods = kinds.map((kind) => ({ id: kind, kind }));
  const view = (state, flow, more) => ({ flow: JSON.stringify(flow), intent: "reset", state, expires_in: LIFE, gate: 1, gates: 1, methods, ...more });
  const sendTo = async (kind, who, signal) => {
    wrong = 0;
    if (kind === "sms") await post("/phone-number/request-password-reset", { phoneNumber: who }, signal);
    else await post("/email-otp/request-password-reset", { email: who }, signal);
    const challenge = { id: kind, kind, method: kind, code: CODE, resend_in: 30, expires_in: LIFE, attempts_left: TRIES };
    return view("challenge", { who, kind }, { challenge });
  };

  return {
    describe: () => ({
      version: 1, features: { reset: true, change: true, end_other_sessions: true }, identifiers: ["email"], recovery_methods: kinds, gates: 1,
      code: CODE, policy: POLICY, links: {}, locales: [],
    }),
    startRecovery: ({ identifier }, { signal }) => (kinds.length > 1 ? view("choose", { who: identifier }) : sendTo(kinds[0], identifier, signal)),
    sendChallenge: ({ method }, { flow, signal }) => sendTo(method, JSON.parse(flow).who, signal),
    async verifyChallenge({ code }, { flow, signal }) {
      const { who, kind } = JSON.parse(flow);
      const otp = code.replace(/\D/g, "");
      if (kind === "email") await post("/email-otp/check-verification-otp", { email: who, type: "forget-password", otp }, signal);
      return view("set_password", { who, kind, otp }, { policy: POLICY, identifier: who });
    },
    // A mailed link's token is not spent by looking, and cannot be looked at.
    lookAtLink: () => ({ intent: "reset", expires_in: LIFE }),
    openLink: ({ link_token }) => view("set_password", { token: link_token }, { policy: POLICY }),
    async setPassword({ new_password }, { flow, signal }) {
      const { who, kind, otp, token } = JSON.parse(flow);
      if (token) await post("/reset-password", { token, newPassword: new_password }, signal);
      else if (kind === "sms") await post("/phone-number/reset-password", { phoneNumber: who, otp, newPassword: new_password }, signal);
      else await post("/email-otp/reset-password", { email: who, otp, password: new_password }, signal);
      return { state: "done", intent: "reset", identifier: who ?? "" };
    },
    cancel() {},

    async session(_, { signal }) {
      const { json } = await ask("GET", "/get-session", { signal });
      return json.user ? { signed_in: true, display_name: json.user.name, identifier: json.user.email, fresh_for: 0 } : { signed_in: false, fresh_for: 0 };
    },
    passwordPolicy: () => POLICY,
    async changePassword({ current_password, new_password, end_other_sessions }, { signal }) {
      await post("/change-password", { currentPassword: current_password, newPassword: new_password, revokeOtherSessions: end_other_sessions }, signal);
      return { signed_in: true, ended_sessions: 0 };
    },
  };
}
