// What a page may write in React 19, and what it may not: tsc fails where an expected error is none.
import { useRef } from "react";
import type { SsprReset } from "sspr-widget";
import type { SsprBackend } from "sspr-widget/backend";
import type { SsprProps } from "sspr-widget/react";

declare const backend: SsprBackend;

export function SignIn({ onName }: { onName: (name: string) => void }) {
  const reset = useRef<SsprReset>(null);
  return (
    <>
      <sspr-reset
        ref={reset}
        key="reset"
        className="card"
        style={{ inlineSize: "30rem" }}
        lang="de"
        backend={backend}
        identifier="ada@example.org"
        link-param="reset"
        fallback="/reset"
        render="light"
        theme="dark"
        dense
        no-cancel
        headers={{ "x-page": "1" }}
        messages={{ "identify.title": "Hello" }}
        captcha={async () => "proof"}
        fetch={(address, request) => fetch(address, request)}
        onsspr-ready={() => reset.current?.retry()}
        onsspr-step={(event) => event.detail.step === "code"}
        onsspr-submit={(event) => event.preventDefault()}
        onsspr-done={(event) => onName(event.detail.identifier)}
        onsspr-cancel={() => onName("")}
        onsspr-error={(event) => event.detail.code === "network"}
      >
        <a slot="help" href="/help">Help</a>
      </sspr-reset>
      <sspr-enroll backend="/sspr/v1" />
      <sspr-change backend="/sspr/v1" linkParam="sspr" />
    </>
  );
}

export const props: SsprProps<SsprReset> = { theme: "light" };

export const wrong = [
  // @ts-expect-error No theme has this name.
  <sspr-reset theme="sepia" />,
  // @ts-expect-error No attribute has this name.
  <sspr-reset backand="/sspr/v1" />,
  // @ts-expect-error The detail carries no password.
  <sspr-reset onsspr-done={(event) => event.detail.password} />,
  // @ts-expect-error The page does not choose the step.
  <sspr-reset view="code" />,
  // @ts-expect-error It is there or not.
  <sspr-reset no-cancel="yes" />,
  // @ts-expect-error A backend in the page is an object of operations.
  <sspr-enroll backend={1} />,
  // @ts-expect-error There is no such element.
  <sspr-login />,
];
