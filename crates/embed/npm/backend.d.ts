// A backend in the page's own JavaScript: an object with the contract's operations, as the elements' property `backend`.
// Types only. The messages are those of the contract over HTTP, version 1.

/** What an operation gives: its answer, or a promise of it. It throws a `ThrownProblem` where it refuses. */
export type Answer<T> = T | Promise<T>;

/** What comes with every call. */
export interface Call {
  /** A UUID: the same for a call that is made again after a lost answer. Absent where nothing changes. */
  readonly key?: string;
  /** The language of the person (BCP 47). */
  readonly lang?: string;
  /** The flow's token, in calls of a recovery that was started. Not for URLs, storage or logs. */
  readonly flow?: string;
  /** The method that the call is about, or the five digits of `breachedRange`. */
  readonly id?: string;
  /** Aborted when the element waits no longer. */
  readonly signal: AbortSignal;
}

/** A call in a recovery. */
export interface FlowCall extends Call {
  readonly flow: string;
}

/** A call about one method, or one range. */
export interface IdCall extends Call {
  readonly id: string;
}

/** A body without members. */
export type Empty = Record<string, never>;

/** What a call throws in place of an answer: the code decides; `status` is 422 unless said. */
export type ThrownProblem = Pick<Problem, "code"> & Partial<Problem>;

/** What `<sspr-reset>` needs. */
export interface RecoveryOperations {
  describe(body: undefined, call: Call): Answer<Description>;
  /** Puzzles to work on, where the description's captcha is `proof-of-work`. */
  captcha?(body: undefined, call: Call): Answer<CaptchaChallenge>;
  startRecovery(body: StartRecovery, call: Call): Answer<FlowView>;
  sendChallenge(body: SendChallenge, call: FlowCall): Answer<FlowView>;
  verifyChallenge(body: VerifyChallenge, call: FlowCall): Answer<FlowView>;
  /** Looks at a mailed link without spending it. */
  lookAtLink(body: LinkToken, call: Call): Answer<LinkView>;
  openLink(body: LinkToken, call: Call): Answer<FlowView>;
  setPassword(body: SetPassword, call: FlowCall): Answer<RecoveryDone>;
  unlock(body: Empty, call: FlowCall): Answer<RecoveryDone>;
  /** More time for a person who asks for it. */
  extend(body: Empty, call: FlowCall): Answer<FlowView>;
  cancel(body: undefined, call: FlowCall): Answer<void>;
}

/** What `<sspr-enroll>` and `<sspr-change>` need. */
export interface AccountOperations {
  session(body: undefined, call: Call): Answer<SessionView>;
  reauthenticate(body: Reauthenticate, call: Call): Answer<SessionView>;
  methods(body: undefined, call: Call): Answer<MethodList>;
  addMethod(body: AddMethod, call: Call): Answer<AddedMethod>;
  verifyMethod(body: VerifyMethod, call: IdCall): Answer<MethodList>;
  resendCode(body: ResendCode, call: IdCall): Answer<AddedMethod>;
  updateMethod(body: UpdateMethod, call: IdCall): Answer<MethodList>;
  removeMethod(body: undefined, call: IdCall): Answer<MethodList>;
  /** Everything is still right. */
  confirmContacts(body: Empty, call: Call): Answer<MethodList>;
  /** Not now. */
  skipRegistration(body: Empty, call: Call): Answer<MethodList>;
  /** The policy with the person's own terms. */
  passwordPolicy(body: undefined, call: Call): Answer<PasswordPolicy>;
  changePassword(body: ChangePassword, call: Call): Answer<PasswordChanged>;
}

/** What all elements need, where a policy's `breached_range` is `/passwords/range/`. */
export interface RangeOperations {
  /** Lines of `REST:COUNT` for the leaked passwords whose SHA-1 begins with the five digits in `id`. */
  breachedRange(body: undefined, call: IdCall): Answer<string>;
}

/**
 * The object. An operation that it lacks fails for the person who comes upon it, so say what it is for:
 * `{ … } satisfies RecoveryOperations`.
 */
export type SsprBackend = Partial<RecoveryOperations & AccountOperations & RangeOperations>;

/** A class of characters. The first five part all characters among them. */
export type CharacterClass = "lower" | "upper" | "digit" | "symbol" | "other_letter" | "letter" | "non_letter";

/** Which characters may appear at all. */
export type AllowedCharacters = "any" | "printable_ascii";

/** How a forbidden term is looked for. */
export type Matching = "whole" | "substring" | "fuzzy";

/** Differences that do not count when terms are compared. */
export type Fold = "case" | "marks" | "width" | "look_alikes" | "l33t";

/** How the person's terms are made and compared. */
export type PersonalMatch = "folded" | "active_directory";

/** A rule, by the name under which its violation travels. */
export type Rule =
  | "min-length"
  | "max-length"
  | "max-utf16"
  | "max-bytes"
  | "character-classes"
  | "class-min"
  | "class-max"
  | "forbidden-characters"
  | "character-list"
  | "first-character"
  | "last-character"
  | "distinct"
  | "too-often"
  | "repeated"
  | "sequence"
  | "keyboard-walk"
  | "too-similar"
  | "forbidden-word"
  | "pattern"
  | "banned-word"
  | "too-like-current"
  | "too-guessable"
  | "same-as-current"
  | "in-history"
  | "too-young"
  | "breached"
  | "policy";

/** What a password must be. Each rule that is absent is not asked for. */
export interface PasswordPolicy {
  /** Fewest characters. */
  min_length: number;
  /** Most characters. */
  max_length: number;
  /** Most UTF-16 code units, where the store counts those. */
  max_utf16?: number;
  /** Most bytes of UTF-8, where the store counts those. */
  max_bytes?: number;
  /** How many classes must be present. */
  classes?: ClassRule;
  /** How many characters of single classes there must and may be. */
  class_counts?: ClassCount[];
  /** The characters that count as symbols, where not all do. */
  symbols?: string;
  /** Which characters may appear. */
  allowed: AllowedCharacters;
  /** The only characters of those that may appear. */
  allowed_characters?: string;
  /** Characters that may not appear. */
  forbidden_characters?: string;
  /** Classes that the first character may not be of. */
  not_first?: CharacterClass[];
  /** Classes that the last character may not be of. */
  not_last?: CharacterClass[];
  /** Fewest different characters. */
  min_distinct?: number;
  /** Most times that one character may stand anywhere. */
  max_occurrences?: number;
  /** Most times that one character may stand in a row. */
  max_repeats?: number;
  /** Longest run of neighbouring characters, up or down. */
  max_sequence?: number;
  /** Longest run of keys side by side. */
  max_keyboard_walk?: number;
  /** Terms that a password may not be or contain, list by list. */
  forbidden_terms?: TermList[];
  /** Patterns that a password must or must not have. */
  patterns?: PatternRule[];
  /** The organisation's banned words, by Microsoft's algorithm, where it lets the browser know them. */
  banned_terms?: string[];
  /** The person's own terms; only sent to who has proved to be that person. */
  personal_terms?: string[];
  /** How those are compared; `folded` where absent. */
  personal_match?: PersonalMatch;
  /** Fewest characters to replace, add or leave out between the current password and a new one. */
  min_changed?: number;
  /** Least strength, 0 to 4; absent where strength is advice. */
  min_strength?: number;
  /**
   * Where the browser asks for leaked passwords in the range format: an address to whose end it puts five digits. A
   * path is below the backend's base. Absent where it does not ask.
   */
  breached_range?: string;
  /** Rules that only the server can decide, to be listed as such. */
  server_rules?: ServerRule[];
}

/** How many classes must be present. */
export interface ClassRule {
  /** How many of `of`. */
  at_least: number;
  /** The classes that count. */
  of: CharacterClass[];
}

/** How many characters of one class there must and may be. */
export interface ClassCount {
  /** The class. */
  class: CharacterClass;
  /** Fewest. */
  min?: number;
  /** Most. */
  max?: number;
}

/** Forbidden terms and how they are looked for. */
export interface TermList {
  /** The terms. */
  terms: string[];
  /** How a term is looked for. */
  matching: Matching;
  /** Fewest characters of a term that counts; shorter ones are passed over. */
  min_term?: number;
  /** Differences that do not count; all where absent. */
  folds?: Fold[];
}

/** A pattern that a password must or must not have. */
export interface PatternRule {
  /** The pattern. */
  pattern: string;
  /** Whether a password must have it; else it must not. */
  must: boolean;
  /** What to tell people, in their language or for all of them. */
  text?: string;
}

/** A rule that only the server can decide. */
export interface ServerRule {
  /** Which. */
  rule: Rule;
  /** Its number: passwords remembered for `in-history`, hours for `too-young`, else 0. */
  number: number;
}

/** A rule that a password breaks. */
export interface Violation {
  /** Which. */
  rule: Rule;
  /**
   * The rule's number: fewest or most characters, classes, repeats, run, passwords remembered, hours left, which
   * pattern (from 1); else 0.
   */
  number?: number;
  /** The class of characters that the rule is about, where it is about one. */
  class?: CharacterClass;
}

/** What a person may type to say who they are. */
export type IdentifierKind = "email" | "username";

/** A kind of contact method as a person registers it. */
export type MethodKind = "email" | "phone" | "totp" | "recovery_codes" | "questions";

/** A way to prove oneself in a recovery: a method kind and how it is used. */
export type ChallengeKind = "email" | "sms" | "voice" | "totp" | "recovery_code" | "questions";

/** What `describe` answers: the same for everybody. */
export interface Description {
  /** Version of the contract: 1. */
  version: number;
  /** Operations that are switched on. */
  features: Features;
  /** What the identifier may be. */
  identifiers: IdentifierKind[];
  /** How a person may prove themselves, in the order to offer. */
  recovery_methods: ChallengeKind[];
  /** How many proofs a reset asks of an ordinary person: 1 or 2. */
  gates: number;
  /** What a sent code looks like. */
  code: CodeFormat;
  /** The password policy, without anybody's personal terms. */
  policy: PasswordPolicy;
  /** A proof of being human that `startRecovery` asks for; the page supplies the answer. */
  captcha?: Captcha;
  /** Where to go next and whom to ask. */
  links: Links;
  /** Languages that mails and server texts exist in (BCP 47). */
  locales: string[];
}

/** Operations that are switched on. */
export interface Features {
  /** A forgotten password can be replaced. */
  reset: boolean;
  /** A locked account can be unlocked with the password kept. */
  unlock: boolean;
  /** A known password can be changed. */
  change: boolean;
  /** Contact methods can be registered. */
  enroll: boolean;
  /** People are asked now and then whether their methods are still right. */
  confirm_contacts: boolean;
  /** Other sessions can be ended when the password changes. */
  end_other_sessions: boolean;
  /** A recovery whose time runs out can be given more: there is an operation `extend`. */
  more_time?: boolean;
}

/** What a sent code looks like. */
export interface CodeFormat {
  /** Number of digits, 4 to 10. */
  length: number;
  /** Whether there are letters among them. */
  letters?: boolean;
}

/** A proof of being human, or of work. For `proof-of-work` the elements ask for a challenge and work on it; any other is for
 * the page to answer. */
export interface Captcha {
  /** `proof-of-work`, or a name that the page knows, such as `altcha`. */
  provider: string;
  /** The provider's public key for this site; empty for `proof-of-work`. */
  site_key: string;
}

/** Puzzles to work on. The seed is the SHA-256 of `challenge`; puzzle `i`, from 0, is solved by a number `n` where the
 * SHA-256 of seed, `i` and `n` (four bytes each, the most significant first) begins with `bits` zero bits. The answer is
 * `challenge`, a point, and the numbers in order (four bytes each) in Base64 of URLs without padding. */
export interface CaptchaChallenge {
  /** Opaque; good for one start. */
  challenge: string;
  /** How many puzzles. */
  puzzles: number;
  /** Zero bits of each. */
  bits: number;
  /** Seconds until it is over. */
  expires_in: number;
}

/** Where to go next and whom to ask. */
export interface Links {
  /** The sign-in page. */
  sign_in?: string;
  /** The helpdesk: an `https:` or `mailto:` address. */
  helpdesk?: string;
}

/** Why a person starts a recovery. */
export type Intent = "reset" | "unlock";

/** What a flow waits for. */
export type FlowState = "choose" | "challenge" | "set_password" | "unlock" | "done";

/** The body of `startRecovery`. */
export interface StartRecovery {
  /** What the person typed, up to 320 characters. */
  identifier: string;
  /** Forgotten or locked. */
  intent: Intent;
  /** Language of the messages to send (BCP 47); without it the context's `lang` decides. */
  locale?: string;
  /** The page that a mailed link should open; must be on the server's list of pages, else its first is used. */
  page?: string;
  /** Answer to `Description.captcha`. */
  captcha?: string;
}

/** A flow as its person sees it: the answer of whatever moves it on. */
export interface FlowView {
  /** The flow token, where a new one replaces the old. */
  flow?: string;
  /** Forgotten or locked. */
  intent: Intent;
  /** What the flow waits for. */
  state: FlowState;
  /** Seconds until the flow ends if nothing happens. */
  expires_in: number;
  /** The gate to pass now, from 1. */
  gate: number;
  /** How many gates there are. */
  gates: number;
  /** Ways to pass this gate. Before the first proof the policy's, for whoever asks; after it the person's own. */
  methods?: MethodOption[];
  /** The challenge to answer, in state `challenge`. */
  challenge?: Challenge;
  /** The policy with the person's own terms, in state `set_password`. */
  policy?: PasswordPolicy;
  /** Whose account it is, once every gate is passed. */
  identifier?: string;
}

/** One way to pass the gate. */
export interface MethodOption {
  /** Opaque; goes into `SendChallenge.method`. */
  id: string;
  /** How it is proved. */
  kind: ChallengeKind;
  /** The address or number with most of it hidden, where that may be shown. */
  masked?: string;
  /** Whether the person has to type the whole number first (`SendChallenge.number`). */
  number?: boolean;
}

/** A challenge that waits for its answer. */
export interface Challenge {
  /** Goes into `VerifyChallenge.challenge`. */
  id: string;
  /** How it is proved. */
  kind: ChallengeKind;
  /** The id of the method it was drawn from; sending to it again is the resend. */
  method: string;
  /** Where the code went, where that may be shown. */
  masked?: string;
  /** What the code looks like, where one is to be typed. */
  code?: CodeFormat;
  /** Seconds until it may be sent again; 0 where nothing is sent or it may be sent now. */
  resend_in: number;
  /** Seconds until the answer is no longer taken. */
  expires_in: number;
  /** Wrong answers that the flow still survives. */
  attempts_left: number;
  /** The questions to answer. */
  questions?: Question[];
}

/** A security question. */
export interface Question {
  /** Stable name of the question. */
  id: string;
  /** Its text in the person's language. */
  text: string;
}

/** The answer to one question. */
export interface QuestionAnswer {
  /** `Question.id`. */
  question: string;
  /** What the person typed. */
  answer: string;
}

/** The body of `sendChallenge`: choose a method, or send again. */
export interface SendChallenge {
  /** `MethodOption.id`. */
  method: string;
  /** The whole number of the phone, where the option asks for it; not again when it is sent again. Spaces and other signs are
   * ignored. The answer is the same whether or not it is right; only to the right one is something sent. */
  number?: string;
}

/** The body of `verifyChallenge`. */
export interface VerifyChallenge {
  /** `Challenge.id`. */
  challenge: string;
  /** A code; spaces and hyphens are ignored. */
  code?: string;
  /** Answers to the questions. */
  answers?: QuestionAnswer[];
}

/**
 * The body of `lookAtLink`, which spends nothing, and of `openLink`, which spends the token, passes the gate, and
 * moves the flow to the browser that asks.
 */
export interface LinkToken {
  /** The token from the link's fragment. */
  link_token: string;
}

/** What a mailed link is good for. Mail scanners may ask as often as they like. */
export interface LinkView {
  /** Forgotten or locked. */
  intent: Intent;
  /** Seconds until the link is dead. */
  expires_in: number;
}

/** The body of `setPassword`. */
export interface SetPassword {
  /** The new password, in Unicode NFC. */
  new_password: string;
  /** Whether to end the person's other sessions. */
  end_other_sessions: boolean;
}

/** The answer of `setPassword` and `unlock`. */
export interface RecoveryDone {
  /** Always `done`. */
  state: FlowState;
  /** What was done. */
  intent: Intent;
  /** The identifier to sign in with. */
  identifier: string;
  /** Where to sign in. */
  sign_in?: string;
}

/** How a phone gets its code. */
export type PhoneChannel = "sms" | "voice";

/** Why a kind is not offered now. */
export type OfferRefusal = "policy" | "limit";

/** The answer of `methods`, and of everything that changes the list as a whole. */
export interface MethodList {
  /** The registered methods, strongest first. */
  methods: MethodView[];
  /** Every kind that exists here and whether one may be added, strongest first. */
  offers: Offer[];
  /** How many different verified kinds the policy needs of this person: 1 or 2. */
  required: number;
  /** How many different verified kinds they have. */
  registered: number;
  /** The person must be asked to register now. */
  registration_due: boolean;
  /** Days for which registering may still be put off; absent where it may not, or need not. */
  skip_days_left?: number;
  /** The person must be asked "is this still right?". */
  confirm_due: boolean;
  /** What to know before registering questions, where they are allowed. */
  questions?: QuestionPool;
  /** What a code that is sent looks like. */
  code: CodeFormat;
}

/** A registered method. */
export interface MethodView {
  /** Opaque. */
  id: string;
  /** What it is. */
  kind: MethodKind;
  /** The address or number with most of it hidden. */
  masked?: string;
  /** The person's own name for it. */
  label?: string;
  /** Whether it was proved. Only then does it count. */
  verified: boolean;
  /** Whether it is the default of all methods. */
  primary: boolean;
  /** RFC 3339, UTC. */
  created_at: string;
  /** RFC 3339, UTC. */
  last_used_at?: string;
  /** Whether it may be removed: not when the policy's number would no longer be reached. */
  removable: boolean;
  /** Recovery codes that are left. */
  left?: number;
}

/** Whether a kind may be added. */
export interface Offer {
  /** What would be added. */
  kind: MethodKind;
  /** Absent when it may be added now. */
  refused?: OfferRefusal;
  /** Whether it can be sent as a call besides a text (phones). */
  voice: boolean;
}

/** The questions to choose from. */
export interface QuestionPool {
  /** How many to register. */
  register: number;
  /** Fewest characters of an answer. */
  min_answer: number;
  /** Most characters of an answer. */
  max_answer: number;
  /** Every question. */
  questions: Question[];
}

/** The body of `addMethod`. */
export interface AddMethod {
  /** What to add. */
  kind: MethodKind;
  /** The address, or the number as `+` and digits. */
  value?: string;
  /** How a phone gets its code; a text unless said. */
  channel?: PhoneChannel;
  /** The person's own name for it, up to 40 characters. */
  label?: string;
  /** The answers, for questions. */
  answers?: QuestionAnswer[];
}

/** The answer of adding and of sending again: what the person has to do next. */
export interface AddedMethod {
  /** The method, still unverified where something is to be proved. */
  method: MethodView;
  /** A code went to the address or number and is to be typed. */
  sent?: SentCode;
  /** The authenticator app's secret, shown once; a code from the app is to be typed. */
  totp?: TotpSecret;
  /** Recovery codes, shown once. */
  recovery_codes?: string[];
}

/** A code on its way. */
export interface SentCode {
  /** Seconds until it may be sent again. */
  resend_in: number;
  /** Seconds until the code is no longer taken. */
  expires_in: number;
}

/** What an authenticator app needs. */
export interface TotpSecret {
  /** The key in base32, to type. */
  secret: string;
  /** The `otpauth:` address for the QR code. */
  uri: string;
}

/** The body of `verifyMethod`. */
export interface VerifyMethod {
  /** The code from the message or the app; spaces and hyphens are ignored. */
  code: string;
}

/** The body of `resendCode`. */
export interface ResendCode {
  /** How a phone gets it this time. */
  channel?: PhoneChannel;
}

/** The body of `updateMethod`: members that are absent stay as they are. */
export interface UpdateMethod {
  /** The person's own name for it, up to 40 characters. */
  label?: string;
  /** `true` makes it the default. */
  primary?: boolean;
}

/** The answer of `session` and `reauthenticate`. */
export interface SessionView {
  /** Whether somebody is signed in. */
  signed_in: boolean;
  /** A name to greet. */
  display_name?: string;
  /** The identifier of the account. */
  identifier?: string;
  /** For the contract over HTTP; an object needs none. */
  csrf?: string;
  /** Seconds for which sensitive changes need no new proof; 0 means that they ask for one. */
  fresh_for: number;
}

/** The body of `reauthenticate`: prove again who is sitting there. */
export interface Reauthenticate {
  /** The current password. */
  password: string;
}

/** The body of `changePassword`. */
export interface ChangePassword {
  /** The password to replace. */
  current_password: string;
  /** The new one, in Unicode NFC. */
  new_password: string;
  /** Whether to end the person's other sessions. */
  end_other_sessions: boolean;
}

/** The answer of `changePassword`. */
export interface PasswordChanged {
  /** Whether this session goes on. */
  signed_in: boolean;
  /** How many other sessions were ended. */
  ended_sessions: number;
}

/** Everything that can go wrong, by the name that never changes. */
export type ProblemCode =
  | "malformed"
  | "session-required"
  | "reauthentication-required"
  | "sign-in-failed"
  | "not-allowed"
  | "csrf"
  | "captcha-required"
  | "policy-forbids"
  | "not-found"
  | "method-not-found"
  | "wrong-state"
  | "in-progress"
  | "last-method"
  | "version-conflict"
  | "flow-gone"
  | "too-large"
  | "unsupported-media-type"
  | "code-incorrect"
  | "password-rejected"
  | "current-password-incorrect"
  | "value-rejected"
  | "value-taken"
  | "idempotency-key-reused"
  | "rate-limited"
  | "internal"
  | "directory-unavailable"
  | "breached-list-unavailable"
  | "delivery-unavailable"
  | "overloaded";

/** A problem, with the extensions that its code calls for. */
export interface Problem {
  /** A URI that ends in the code. */
  type: string;
  /** The code as a short English sentence. */
  title: string;
  /** The HTTP status again. */
  status: number;
  /** One sentence in the person's language, safe to show. */
  detail?: string;
  /** What decides behaviour. */
  code: ProblemCode;
  /** Seconds to wait: the same as the header `Retry-After`. */
  retry_after?: number;
  /** Wrong answers that the flow still survives. */
  attempts_left?: number;
  /** What the policy refused, with `password-rejected`. */
  violations?: Violation[];
  /** A flow token that replaces the old one. */
  flow?: string;
  /** What the flow waits for, with `wrong-state`. */
  state?: FlowState;
  /** Where in the body the mistake is (JSON pointer), with `malformed` and `value-rejected`. */
  pointer?: string;
  /** Names this request in the server's log. */
  request_id?: string;
}

/** For whom self-service is switched on. */
export type PolicyScope = "none" | "selected" | "everyone";

/** Why somebody cannot reset their password now. */
export type LookupReason = "unknown_account" | "switched_off" | "account_disabled" | "not_in_scope" | "insufficient_methods" | "blocked";

/** The settings that an administrator may change at run time. */
export interface PolicyValues {
  /** Who may recover. */
  enabled: PolicyScope;
  /** Groups of `selected`. */
  groups: string[];
  /** Ways to prove oneself, in the order to offer. */
  recovery_methods: ChallengeKind[];
  /** Proofs of different kinds: 1 or 2. */
  gates: number;
  /** Days until people are asked whether their methods are still right; 0 is never. */
  reconfirm_days: number;
  /** Words that no password may be made of. */
  banned_terms: string[];
  /** The helpdesk, an `https:`, `mailto:` or `tel:` address. */
  helpdesk?: string;
}

/** `GET /admin/policy`, and the answer of `PUT /admin/policy`. */
export interface AdminPolicy {
  /** Grows with each change; goes into `ChangePolicy::version`. 0 where nobody has changed anything yet. */
  version: number;
  /** What is in force. */
  values: PolicyValues;
  /** Ways that can be delivered here. */
  available_methods: ChallengeKind[];
  /** When it was last changed (RFC 3339). */
  changed_at?: string;
  /** The user name of who changed it; absent where that was the command line, or the account is gone. */
  changed_by?: string;
}

/** `PUT /admin/policy`. */
export interface ChangePolicy {
  /** The version that the change is based on. */
  version: number;
  /** What is to be in force. */
  values: PolicyValues;
}

/** A word of the audit log and how often it came. */
export interface WordCount {
  /** The word. */
  word: string;
  /** How often. */
  count: number;
}

/** One day (UTC) of a report. */
export interface ReportDay {
  /** Such as `2026-11-23`. */
  date: string;
  /** Recoveries begun by somebody who could. */
  started: number;
  /** Passwords set. */
  resets: number;
  /** Accounts unlocked. */
  unlocks: number;
  /** Recoveries refused, cancelled, abandoned or blocked. */
  failed: number;
}

/** `GET /admin/reports`. */
export interface AdminReport {
  /** Days, today's included. */
  days: number;
  /** Accounts that were looked at. Disabled ones are not. */
  people: number;
  /** Whether that is everybody: no, where the directory lists nobody, or there are more than are looked at. */
  everybody: boolean;
  /** People with as many kinds of methods as a reset takes. */
  registered: number;
  /** People whom the policy covers. */
  enabled: number;
  /** Both. */
  capable: number;
  /** Recoveries begun by somebody who could. */
  started: number;
  /** Passwords set. */
  resets: number;
  /** Accounts unlocked with the password kept. */
  unlocks: number;
  /** Methods registered. */
  registrations: number;
  /** Enabled people who hold each kind of method. */
  held: WordCount[];
  /** Resets and unlocks by the methods that proved the person, most first. */
  by_method: WordCount[];
  /** Why recoveries were refused, or the password was not set, most first. */
  failures: WordCount[];
  /** Each day, oldest first. */
  by_day: ReportDay[];
}

/** `POST /admin/lookup`. */
export interface LookUp {
  /** User name or e-mail address, up to 320 characters. */
  identifier: string;
}

/** One line of the audit log about the person. */
export interface LookupEvent {
  /** When (RFC 3339). */
  at: string;
  /** What was done; a word of the audit log. */
  activity: string;
  /** How it ended; a word of the audit log. */
  result: string;
  /** More; a word of the audit log. */
  detail?: string;
  /** Names the request in the server's log; what the person saw as the support code. */
  request_id?: string;
}

/** The answer of `POST /admin/lookup`: why a person could not reset. */
export interface LookedUp {
  /** The user name; absent where no account has the name that was asked for. */
  identifier?: string;
  /** Full name. */
  display_name?: string;
  /** Whether the administrators' own rules hold: two gates, no questions. */
  admin: boolean;
  /** Everything that stands in the way of a reset; nothing where it is possible now. */
  reasons: LookupReason[];
  /** Kinds that a reset takes. */
  required: number;
  /** Kinds that are proved and allowed. */
  usable: MethodKind[];
  /** Kinds that are registered and not proved. */
  unproved: MethodKind[];
  /** Kinds that are proved and not allowed by the policy. */
  not_allowed: MethodKind[];
  /** Seconds until a reset may be tried again; 0 where that is now. */
  blocked_for: number;
  /** Whether wrong passwords have locked the sign-in. That does not stand in the way of a reset. */
  locked: boolean;
  /** What happened last, newest first. */
  events: LookupEvent[];
}
