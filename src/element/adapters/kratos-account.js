// Ory Kratos for somebody signed in: its settings flow knows an app, recovery codes and the password. Addresses are traits of
// an identity schema of the operator's own: they are shown and verified, and not changed.
import { masked, refuse } from "../sspr-system.js";

const PASSWORD_WRONG = [4000006];
const MAIL_WRONG = 4070006;
const signedOut = () => refuse("session-required", { status: 401 });

/** The operations of `<sspr-enroll>` and `<sspr-change>`, by Kratos's forms. */
export function account({ ask, node, wrongs, form, says, ticket, begin, submit, setPassword, endOthers }, { CODE, PROOF_WRONG }) {
  const whoami = async (signal) => {
    const { status, json } = await ask("GET", "/sessions/whoami", { signal });
    return status === 200 ? json.identity : undefined;
  };
  /** What somebody is known by: the names of traits vary. */
  const name = ({ traits, recovery_addresses: [first] = [] }) => traits?.email ?? traits?.username ?? first?.value ?? "";
  const session = async (signal) => {
    const identity = await whoami(signal);
    return identity ? { signed_in: true, display_name: name(identity), identifier: name(identity), fresh_for: 0 } : { signed_in: false, fresh_for: 0 };
  };
  /** Signs in again, as whoever is signed in. */
  const prove = async (password, signal) => {
    const login = await begin("login", signal, "?refresh=true");
    const identifier = node(login, "identifier")?.value || signedOut();
    const answer = await submit("login", ticket(login), { method: "password", identifier, password }, signal);
    if (says(answer.json, PASSWORD_WRONG)) refuse("current-password-incorrect");
    if (answer.status !== 200 && wrongs(form(answer))) refuse("not-allowed", { status: 403 });
  };
  /** Carries a change out; a flow that has ended answers with another. */
  const send = async (kind, flow, body, signal) => {
    const json = form(await submit(kind, flow, body, signal));
    if (says(json, [...PROOF_WRONG, MAIL_WRONG]) || json.id !== flow.id) refuse("code-incorrect", { attempts_left: 1 });
    return wrongs(json).length ? refuse("value-rejected") : json;
  };
  const method = (id, kind, more) => ({ id, kind, verified: true, primary: false, removable: true, created_at: "", ...more });
  const list = async (signal) => {
    const flow = await begin("settings", signal);
    const identity = (await whoami(signal)) ?? signedOut();
    const [app, codes] = [node(flow, "totp_unlink"), node(flow, "lookup_secret_disable")];
    const verified = (value) => identity.verifiable_addresses?.find((it) => it.value === value)?.verified ?? true;
    const emails = identity.recovery_addresses?.filter(({ via }) => via === "email") ?? [];
    const methods = [
      ...(app ? [method("totp", "totp")] : []),
      ...emails.map(({ id, value }) => method(id, "email", { masked: masked(value), verified: verified(value), removable: false })),
      ...(codes ? [method("recovery_codes", "recovery_codes")] : []),
    ];
    const offer = (kind, refused) => ({ kind, voice: false, ...(refused && { refused }) });
    const offers = [
      ...(app || node(flow, "totp_code") ? [offer("totp", app && "limit")] : []),
      ...(codes || node(flow, "lookup_secret_regenerate") ? [offer("recovery_codes")] : []),
    ];
    const registered = new Set(methods.filter((it) => it.verified).map((it) => it.kind)).size;
    return { methods, offers, required: 1, registered, registration_due: false, confirm_due: false, code: CODE };
  };

  return {
    session: (_, { signal }) => session(signal),
    async changePassword({ current_password, new_password, end_other_sessions }, { signal }) {
      // It asks for a fresh session, and not for the current one.
      await prove(current_password, signal);
      await setPassword(ticket(await begin("settings", signal)), new_password, signal);
      return { signed_in: true, ended_sessions: end_other_sessions ? await endOthers(signal) : 0 };
    },
    async reauthenticate({ password }, { signal }) {
      await prove(password, signal);
      return { ...(await session(signal)), fresh_for: 300 };
    },

    methods: (_, { signal }) => list(signal),
    async addMethod({ kind }, { signal }) {
      const flow = await begin("settings", signal);
      if (kind === "totp") {
        const { secret } = node(flow, "totp_secret_key")?.text?.context ?? refuse("value-rejected");
        const site = encodeURIComponent(location.hostname);
        const owner = encodeURIComponent(name((await whoami(signal)) ?? signedOut()));
        // The secret belongs to this flow: it is proved there.
        const added = method(JSON.stringify(ticket(flow)), kind, { verified: false });
        return { method: added, totp: { secret, uri: `otpauth://totp/${site}:${owner}?secret=${secret}&issuer=${site}` } };
      }
      const shown = await send("settings", ticket(flow), { method: "lookup_secret", lookup_secret_regenerate: true }, signal);
      const secrets = node(shown, "lookup_secret_codes")?.text?.context?.secrets ?? refuse("internal", { status: 502 });
      await send("settings", ticket(shown), { method: "lookup_secret", lookup_secret_confirm: true }, signal);
      return { method: method(kind, kind), recovery_codes: secrets.map(({ context }) => context.secret) };
    },
    async verifyMethod({ code }, { id, signal }) {
      const flow = JSON.parse(id);
      const typed = code.replace(/\s/g, "");
      if (flow.email) await send("verification", flow, { method: "code", code: typed }, signal);
      else await send("settings", flow, { method: "totp", totp_code: typed }, signal);
      return list(signal);
    },
    async resendCode(_, { id, signal }) {
      const known = ((await whoami(signal)) ?? signedOut()).recovery_addresses?.find((it) => it.id === id);
      const begun = known ? { ...ticket(await begin("verification", signal)), email: known.value } : JSON.parse(id);
      const json = await send("verification", begun, { method: "code", email: begun.email }, signal);
      const added = method(JSON.stringify({ ...begun, csrf: ticket(json).csrf }), "email", { masked: masked(begun.email), verified: false });
      return { method: added, sent: { resend_in: 30, expires_in: Math.round((begun.until - Date.now()) / 1000) } };
    },
    updateMethod: () => refuse("not-allowed", { status: 403 }),
    async removeMethod(_, { id, signal }) {
      const body = id === "totp" ? { method: "totp", totp_unlink: true } : { method: "lookup_secret", lookup_secret_disable: true };
      await send("settings", ticket(await begin("settings", signal)), body, signal);
      return list(signal);
    },
  };
}
