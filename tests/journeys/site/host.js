/** Whatever the elements told the page. */
const heard = [];
for (const type of ["sspr-ready", "sspr-step", "sspr-submit", "sspr-done", "sspr-cancel", "sspr-error"])
  document.addEventListener(type, (event) => heard.push({ type, ...event.detail }));

const flow = { intent: "reset", expires_in: 900, gate: 1, gates: 1 };
const methods = [{ id: "email", kind: "email" }, { id: "totp", kind: "totp" }];
const challenge = { id: "c", kind: "email", method: "email", code: { length: 6 }, resend_in: 30, expires_in: 600, attempts_left: 5 };
const policy = { min_length: 8, max_length: 256, banned_terms: [], personal_terms: [], server_rules: [] };

const operations = {
  describe: () => ({
    version: 1, features: { reset: true }, identifiers: ["email"], recovery_methods: ["email", "totp"], gates: 1,
    code: { length: 6 }, policy, links: { helpdesk: "mailto:desk@example.org" }, locales: ["en"],
  }),
  startRecovery: () => ({ ...flow, flow: "t1", state: "choose", methods }),
  sendChallenge: () => ({ ...flow, state: "challenge", challenge }),
  async verifyChallenge({ code }) {
    await new Promise((done) => setTimeout(done, 20));
    if (code !== "123456") throw { code: "code-incorrect", attempts_left: 4 };
    return { ...flow, flow: "t2", state: "set_password", policy, identifier: "alex" };
  },
  setPassword: () => ({ state: "done", intent: "reset", identifier: "alex" }),
  cancel() {},
};

const host = { calls: [] };
for (const [name, operation] of Object.entries(operations))
  host[name] = (body, context) => {
    host.calls.push({ name, body, flow: context.flow, key: context.key });
    return operation(body, context);
  };
Object.assign(window, { heard, host });
