// Elements under other names.
import { SsprChange, SsprElement, SsprEnroll, SsprReset, define } from "sspr-widget/define";
import type { SsprBackend } from "sspr-widget/backend";

define();
define("acme");
const made = document.createElement("acme-reset");
if (made instanceof SsprReset) made.backend = {};
export const common: SsprElement[] = [...document.querySelectorAll<SsprEnroll | SsprChange>("acme-enroll, acme-change")];
export const classes = [SsprEnroll, SsprChange];
export const own: SsprBackend | string | undefined = common[0]?.backend;
// From a served folder instead of the bundle.
const served: string = "/sspr-widget/sspr-define.js";
const loaded: typeof import("sspr-widget/define") = await import(served);
loaded.define("other");

// @ts-expect-error A prefix is text.
define(1);
// @ts-expect-error Nothing is known of an element under another name.
made.identifier = "ada";
