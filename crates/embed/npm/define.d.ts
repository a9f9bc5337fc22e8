// The elements' classes, without their names: `define` gives them some.

import type { ProblemCode, SsprBackend } from "./backend.js";

/** The step that an element shows, as its attribute `view` and the event `sspr-step` name it. */
export type SsprStep =
  // <sspr-reset>
  | "identify"
  | "reason"
  | "choose"
  | "choose-second"
  | "questions"
  | "number"
  | "code"
  | "new-password"
  | "unlock"
  | "checking-link"
  | "link"
  | "done"
  | "gone"
  | "link-gone"
  | "not-offered"
  // <sspr-enroll> and <sspr-change>
  | "loading"
  | "unreachable"
  | "signed-out"
  | "reauthenticate"
  | "welcome"
  | "confirm"
  | "methods"
  | "email"
  | "phone"
  | "totp"
  | "recovery_codes"
  | "verify"
  | "codes"
  | "rename"
  | "remove"
  | "finished"
  | "password";

/** How it ended: of a reset, of an enrollment, of a change. */
export type SsprOutcome = "reset" | "unlock" | "registered" | "skipped" | "confirmed" | "changed";

/**
 * Why it cannot go on: the backend's own code; no answer that could be read; or a program that did not start (`boot`) or
 * ended unexpectedly (`crash`).
 */
export type SsprErrorCode = ProblemCode | "network" | "timeout" | "unreadable" | "server" | "boot" | "crash";

/** The events, all of which bubble and cross shadow roots. None carries a password, code, answer or token. */
export interface SsprEventMap {
  /** The form is live. */
  "sspr-ready": CustomEvent<Record<string, never>>;
  /** Another step is shown. */
  "sspr-step": CustomEvent<{ readonly step: SsprStep }>;
  /** Something is about to be sent; `preventDefault()` keeps it from being sent. */
  "sspr-submit": CustomEvent<{ readonly step: SsprStep }>;
  /** It is finished; `identifier` is empty where it is not known. */
  "sspr-done": CustomEvent<{ readonly outcome: SsprOutcome; readonly identifier: string }>;
  /** The person gave up. */
  "sspr-cancel": CustomEvent<Record<string, never>>;
  /** It cannot go on. */
  "sspr-error": CustomEvent<{ readonly code: SsprErrorCode }>;
}

/** What `SsprElement.fetch` is called with. */
export interface SsprRequest extends RequestInit {
  method: string;
  headers: Headers;
  body?: string;
  signal: AbortSignal;
}

/** A function in place of the page's `fetch`. */
export type SsprFetch = (address: string, request: SsprRequest) => Response | Promise<Response>;

/** A text, or its plural forms by their names (`one`, `other`, …). */
export type SsprMessage = string | Readonly<Record<string, string>>;

/** What the three elements have in common. */
export class SsprElement extends HTMLElement {
  /** The base address of a backend, or an object that answers in its place. */
  get backend(): string | SsprBackend;
  set backend(value: string | SsprBackend);
  /** Fills the first field. */
  identifier: string;
  /** The name of the fragment parameter in mailed links. */
  linkParam: string;
  /** The language in use (BCP 47). */
  readonly language: string;
  /** Called in place of the page's own. */
  fetch: SsprFetch | undefined;
  /** Headers for every request to the backend. */
  headers: Readonly<Record<string, string>> | undefined;
  /** Texts by their keys; they go before every language. */
  messages: Readonly<Record<string, SsprMessage>> | undefined;
  /** Proves that a person is there, where the backend asks for it. */
  captcha: (() => string | Promise<string>) | undefined;
  /** Starts anew. */
  retry(): Promise<void>;
}

/** A forgotten password. */
export class SsprReset extends SsprElement {}

/** The methods that a reset depends on. */
export class SsprEnroll extends SsprElement {}

/** A known password. */
export class SsprChange extends SsprElement {}

/**
 * Defines the elements as `<prefix>-reset`, `<prefix>-enroll` and `<prefix>-change`. Names that are taken stay as they
 * are.
 *
 * @param prefix `sspr` unless said.
 */
export function define(prefix?: string): void;

declare global {
  // Everywhere, because the events cross shadow roots and bubble up to the document.
  interface GlobalEventHandlersEventMap extends SsprEventMap {}
}
