// A backend in the page: one person, whose state outlives a reload.
const person = JSON.parse(sessionStorage.person ?? '{"password":"Old-Harbor-Light-1","wrong":0,"sent":[]}');
const keep = () => (sessionStorage.person = JSON.stringify(person));

const policy = { min_length: 12, max_length: 128, banned_terms: [], personal_terms: [], server_rules: [] };
const code = { length: 6 };
const flow = { gate: 1, gates: 1, expires_in: 600 };
const refuse = (code, more) => {
  throw { code, ...more };
};
const judge = (password) => [...password].length < 12 && refuse("password-rejected", { violations: [{ rule: "min-length", number: 12 }] });

let begun = {};

const operations = {
  describe: () => ({
    version: 1, features: { reset: true, unlock: true, change: true }, identifiers: ["email"], recovery_methods: ["email"], gates: 1, code, policy, links: {}, locales: ["en"],
  }),
  startRecovery({ identifier, intent }) {
    begun = { intent, known: identifier === "alex@example.org", code: String(100000 + Math.floor(Math.random() * 900000)), left: 3 };
    if (begun.known) person.sent.push(begun.code);
    const challenge = { id: "1", kind: "email", method: "email", code, resend_in: 30, expires_in: 600, attempts_left: 3 };
    return { ...flow, intent, flow: "token", state: "challenge", methods: [{ id: "email", kind: "email" }], challenge };
  },
  verifyChallenge({ code }) {
    if (!begun.known || code !== begun.code) refuse("code-incorrect", { attempts_left: --begun.left });
    return { ...flow, intent: begun.intent, state: begun.intent === "unlock" ? "unlock" : "set_password", policy, identifier: "alex@example.org" };
  },
  setPassword({ new_password }) {
    judge(new_password);
    Object.assign(person, { password: new_password, wrong: 0 });
    return { state: "done", intent: "reset", identifier: "alex@example.org" };
  },
  unlock() {
    person.wrong = 0;
    return { state: "done", intent: "unlock", identifier: "alex@example.org" };
  },
  cancel() {},
  session: () => ({ signed_in: Boolean(person.signedIn), identifier: "alex@example.org", fresh_for: 0 }),
  passwordPolicy: () => policy,
  changePassword({ current_password, new_password }) {
    if (current_password !== person.password) refuse("current-password-incorrect");
    judge(new_password);
    person.password = new_password;
    return { signed_in: true, ended_sessions: 0 };
  },
};

const host = {
  offline: false,
  sent: person.sent,
  signsIn(password) {
    const right = person.wrong < 3 && password === person.password;
    person.wrong = right ? 0 : person.wrong + 1;
    if (right) person.signedIn = true;
    keep();
    return right;
  },
};
for (const [name, operation] of Object.entries(operations))
  host[name] = async (body) => {
    if (host.offline) throw new TypeError("no network");
    try {
      return operation(body ?? {});
    } finally {
      keep();
    }
  };
window.host = host;
for (const element of document.querySelectorAll("sspr-reset, sspr-change, sspr-enroll")) element.backend = host;
