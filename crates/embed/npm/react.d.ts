// The elements in JSX, for React 19. In one file of the project: import type {} from "sspr-widget/react";

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { SsprAdmin } from "./admin.js";
import type { SsprChange, SsprElement, SsprEnroll, SsprEventMap, SsprReset } from "./define.js";

/** React 19 listens for an event by its own name after `on`. */
type Listeners = {
  [Name in keyof SsprEventMap as `on${Name}`]?: (event: SsprEventMap[Name]) => void;
};

type Given = Pick<
  SsprElement,
  "backend" | "identifier" | "linkParam" | "fetch" | "headers" | "messages" | "captcha"
>;

/** The elements' attributes and properties. */
interface Settings extends Partial<Given> {
  /** Which system `backend` is the address of: `sspr` unless said, `allauth`, `authentik`, `kratos`, `pwm`, or `better-auth`, `okta` or `supabase` and what it has. */
  "backend-kind"?: string;
  /** The same as `linkParam`. */
  "link-param"?: string;
  /** Where the first form posts when the program cannot run. */
  fallback?: string;
  /** Among the page's own elements instead of in a shadow root. */
  render?: "light";
  /** As the page's `color-scheme` unless said. */
  theme?: "light" | "dark";
  /** Smaller, for narrow places. */
  dense?: boolean;
  /** Without the button “Cancel”. */
  "no-cancel"?: boolean;
}

/** The properties of `<sspr-reset>`, `<sspr-enroll>` and `<sspr-change>` in JSX. */
export type SsprProps<Element extends SsprElement> = DetailedHTMLProps<HTMLAttributes<Element>, Element> &
  Settings &
  Listeners;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "sspr-reset": SsprProps<SsprReset>;
      "sspr-enroll": SsprProps<SsprEnroll>;
      "sspr-change": SsprProps<SsprChange>;
      "sspr-admin": SsprProps<SsprAdmin>;
    }
  }
}
