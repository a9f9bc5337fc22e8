// A backend in the page's own JavaScript: an object with the operations of the contract, in place of HTTP.
//
// Each operation takes the body of the contract's request and the context of the call, and gives the contract's answer, or
// throws a problem: an object with a `code`.

/** The operations by their requests; `*` is the context's `id`. */
const OPERATIONS = {
  "GET /describe": "describe",
  "GET /captcha": "captcha",
  "POST /recovery": "startRecovery",
  "POST /recovery/challenge": "sendChallenge",
  "POST /recovery/verify": "verifyChallenge",
  "POST /recovery/link": "lookAtLink",
  "POST /recovery/link/open": "openLink",
  "POST /recovery/password": "setPassword",
  "POST /recovery/unlock": "unlock",
  "POST /recovery/extend": "extend",
  "DELETE /recovery": "cancel",
  "GET /session": "session",
  "POST /me/reauthenticate": "reauthenticate",
  "GET /me/methods": "methods",
  "POST /me/methods": "addMethod",
  "POST /me/methods/*/verify": "verifyMethod",
  "POST /me/methods/*/resend": "resendCode",
  "PATCH /me/methods/*": "updateMethod",
  "DELETE /me/methods/*": "removeMethod",
  "POST /me/contacts/confirm": "confirmContacts",
  "POST /me/registration/skip": "skipRegistration",
  "GET /me/password": "passwordPolicy",
  "PUT /me/password": "changePassword",
  "GET /passwords/range/*": "breachedRange",
};

/** A function like `fetch` that asks an object. */
export function hostFetch(host) {
  return async (address, { method, body, headers, signal }) => {
    let id;
    const path = address.replace(/^(\/me\/methods|\/passwords\/range)\/([^/]+)/, (_, list, named) => ((id = named), `${list}/*`));
    const name = OPERATIONS[`${method} ${path}`];
    if (typeof host[name] !== "function") {
      // A person is told that it is not to be had here; whoever wrote the page, why.
      console.warn(`sspr-widget: the backend has no operation ${name ?? address}`);
      return Response.json({ code: "not-allowed", status: 403 }, { status: 403 });
    }
    const context = {
      key: headers.get("idempotency-key") ?? undefined,
      flow: headers.get("sspr-flow") ?? undefined,
      lang: headers.get("accept-language") ?? undefined,
      id: id && decodeURIComponent(id),
      signal,
    };
    const over = new AbortController();
    try {
      const answer = await Promise.race([host[name](body && JSON.parse(body), context), ended(signal, over)]);
      if (answer === undefined) return new Response(null, { status: 204 });
      return new Response(typeof answer === "string" ? answer : JSON.stringify(answer));
    } catch (error) {
      if (typeof error?.code === "string") {
        const status = error.status ?? 422;
        return Response.json({ ...error, code: error.code, status }, { status });
      }
      // What `fetch` throws means the same here.
      if (error instanceof TypeError || error instanceof DOMException) throw error;
      console.error("sspr-widget: the backend failed in", name);
      return new Response(null, { status: 500 });
    } finally {
      over.abort();
    }
  };
}

/** Fails when the time for an answer is over; listens until there is one. */
function ended(signal, over) {
  return new Promise((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason), { signal: over.signal }));
}
