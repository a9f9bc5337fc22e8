// Backends for the elements: objects with the operations of the contract (src/element/sspr-host.js). Nothing leaves the page.

/** Longer than anybody looks at a screen, in seconds. */
const LONG = 86_400;

/** The code that is always wrong. Every other is right. */
export const WRONG = "000000";

/** An answer that does not come. */
export const never = () => new Promise(() => {});

/** A network that is not there, as `fetch` tells it. */
export const offline = () => {
  throw new TypeError("no network");
};

const POLICY = {
  min_length: 8, max_length: 256, classes: { at_least: 3, of: ["lower", "upper", "digit", "symbol"] }, allowed: "any",
  banned_terms: ["harbor"], personal_terms: ["alex", "winter"], server_rules: [{ rule: "in-history", number: 5 }],
};

const QUESTIONS = [
  { id: "school", text: "What was the name of your first school?" },
  { id: "street", text: "In which street did you live first?" },
  { id: "teacher", text: "Who was your favourite teacher?" },
];

/** What a policy offers before the first proof, and the same person's own methods after it. */
const METHODS = [
  [
    { id: "email", kind: "email" },
    { id: "sms", kind: "sms" },
    { id: "totp", kind: "totp" },
    { id: "recovery_code", kind: "recovery_code" },
  ],
  [
    { id: "sms", kind: "sms", masked: "+81 •••••• 78" },
    { id: "voice", kind: "voice", masked: "+81 •••••• 78" },
    { id: "totp", kind: "totp" },
    { id: "questions", kind: "questions" },
  ],
];

/**
 * The backend of a person who cannot sign in.
 *
 * @param {object} own operations in place of these
 * @param {{gates?: number, unlock?: boolean, resend?: number, lives?: number, number?: boolean, work?: boolean}} how proofs to
 *   ask for, whether unlocking is offered, seconds: until a code may be sent again, and that the flow lives; whether the whole number
 *   is asked for before a text, and work of the browser before a start
 */
export function recovery(own = {}, { gates = 2, unlock = true, resend = 0, lives = LONG, number = false, work = false } = {}) {
  let intent = "reset";
  let gate = 1;
  const flow = (state, more) => ({ intent, gate, gates, expires_in: lives, methods: methods(), state, ...more });
  const methods = () => METHODS[gate - 1].map((it) => (number && it.kind === "sms" ? { ...it, number } : it));
  return {
    describe: () => ({
      version: 1, features: { reset: true, unlock, end_other_sessions: true, more_time: true }, identifiers: ["email", "username"],
      recovery_methods: ["email", "sms", "totp", "recovery_code"], gates, code: { length: 6 }, policy: POLICY,
      links: { helpdesk: "mailto:helpdesk@harbor-vale.example" }, locales: ["en"],
      ...(work && { captcha: { provider: "proof-of-work", site_key: "" } }),
    }),
    startRecovery(body) {
      intent = body.intent;
      gate = 1;
      return flow("choose", { flow: "1" });
    },
    sendChallenge({ method }) {
      const { kind, masked } = METHODS[gate - 1].find(({ id }) => id === method);
      const asks = kind === "questions" ? { questions: QUESTIONS.slice(0, 2) } : { code: { length: 6 } };
      const challenge = { id: "c", method, kind, masked, resend_in: resend, expires_in: 600, attempts_left: 5, ...asks };
      return flow("challenge", { challenge });
    },
    verifyChallenge({ code }) {
      if (code === WRONG) throw { code: "code-incorrect", attempts_left: 4 };
      if (gate < gates) {
        gate++;
        return flow("choose", { flow: "2" });
      }
      const last = intent === "unlock" ? "unlock" : "set_password";
      return flow(last, { flow: "3", methods: [], policy: POLICY, identifier: "alex.winter@harbor-vale.example" });
    },
    lookAtLink: () => ({ intent: "reset", expires_in: 1740 }),
    openLink: () => flow("choose", { flow: "1" }),
    setPassword: () => ({ state: "done", intent, identifier: "alex.winter", sign_in: "/" }),
    unlock: () => ({ state: "done", intent, identifier: "alex.winter", sign_in: "/" }),
    extend: () => flow("choose"),
    cancel() {},
    ...own,
  };
}

const KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** One registered method. */
const method = (id, kind, more) =>
  ({ id, kind, verified: true, primary: false, created_at: "2026-09-01T09:00:00Z", removable: true, ...more });

/** What somebody has who has set up everything. */
export const REGISTERED = [
  method("m1", "totp", { label: "Work phone", primary: true, last_used_at: "2026-11-20T09:00:00Z", removable: false }),
  method("m2", "email", { masked: "a•••@example.net", last_used_at: "2026-10-02T09:00:00Z" }),
  method("m3", "phone", { masked: "+81 •••••• 78", verified: false }),
  method("m4", "recovery_codes", { left: 7 }),
];

/**
 * The backend of a person who is signed in.
 *
 * @param {object} own operations in place of these
 * @param {object} list what the list of methods says besides: who is asked to register or to confirm, and what they have
 */
export function account(own = {}, list = {}) {
  let methods = list.methods ?? REGISTERED;
  const listed = () => {
    const registered = new Set(methods.filter((it) => it.verified).map((it) => it.kind)).size;
    return {
      required: 2, registration_due: false, confirm_due: false, code: { length: 6 },
      questions: { register: 3, min_answer: 3, max_answer: 40, questions: [...QUESTIONS, { id: "job", text: "Where was your first job?" }] },
      offers: ["totp", "phone", "email", "recovery_codes", "questions"].map((kind) => ({ kind, voice: kind === "phone" })),
      ...list, registered, methods,
    };
  };
  return {
    session: () => ({ signed_in: true, identifier: "alex.winter", fresh_for: 600 }),
    reauthenticate: () => ({ signed_in: true, fresh_for: 600 }),
    methods: listed,
    addMethod({ kind, label }) {
      const proved = kind === "recovery_codes" || kind === "questions";
      const masked = { email: "a•••@example.net", phone: "+81 •••••• 78" }[kind];
      const added = method(`a${methods.length}`, kind, { label, masked, verified: proved });
      methods = [...methods, added];
      return {
        method: added,
        sent: masked && { resend_in: 0, expires_in: 600 },
        totp: kind === "totp" ? { secret: KEY, uri: `otpauth://totp/Harbor:alex.winter?secret=${KEY}&issuer=Harbor` } : undefined,
        recovery_codes: kind === "recovery_codes" ? CODES : [],
      };
    },
    verifyMethod({ code }, { id }) {
      if (code === WRONG) throw { code: "code-incorrect" };
      methods = methods.map((it) => (it.id === id ? { ...it, verified: true } : it));
      return listed();
    },
    resendCode: (_, { id }) => ({ method: methods.find((it) => it.id === id), sent: { resend_in: 30, expires_in: 600 } }),
    updateMethod({ label, primary }, { id }) {
      methods = methods.map((it) => ({
        ...it, label: it.id === id ? label ?? it.label : it.label, primary: primary ? it.id === id : it.primary,
      }));
      return listed();
    },
    removeMethod(_, { id }) {
      methods = methods.filter((it) => it.id !== id);
      return listed();
    },
    confirmContacts() {
      list = { ...list, confirm_due: false };
      return listed();
    },
    skipRegistration() {
      list = { ...list, registration_due: false };
      return listed();
    },
    passwordPolicy: () => POLICY,
    changePassword: () => ({ signed_in: true, ended_sessions: 2 }),
    ...own,
  };
}

const CODES = ["bcdf-ghjk", "lmnp-qrst", "vwxz-2345", "6789-bcdf", "ghjk-lmnp", "qrst-vwxz", "2345-6789", "bdgh-kmpr", "cfjl-nqsv", "wxz2-4683"];
