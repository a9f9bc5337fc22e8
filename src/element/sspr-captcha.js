// The work that the start of a recovery may ask of the browser (docs/captcha.md). Loaded where the backend's description says so.

const WORK = new URL("sspr-work.js", import.meta.url).href;

/** Milliseconds at a time where the page has to work itself, so that typing stays smooth. */
const SLICE = 10;

/** Milliseconds until challenges and workers must have come. */
const PATIENCE = 30_000;

/** A part of a challenge's life after which it is not sent any more: it has to arrive in time. */
const GOOD = 0.8;

/** What ends listening to an element, for the next time that it begins. */
const listening = new WeakMap();

let policy;

/** The address of the worker's script as pages with Trusted Types want it, where they allow the policy `sspr`. */
function script() {
  try {
    policy ??= globalThis.trustedTypes?.createPolicy("sspr", { createScriptURL: (address) => address });
  } catch {
    // It is tried as a text, and then without a worker.
  }
  return policy?.createScriptURL(WORK) ?? WORK;
}

/** Solves a challenge in a worker; fails where the page's policy, its origin or the browser refuses one. */
function inWorker(challenge) {
  return new Promise((solved, failed) => {
    const worker = new Worker(script(), { type: "module" });
    const end = (settle) => (event) => {
      worker.terminate();
      settle(event.data);
    };
    worker.onmessage = end(solved);
    worker.onerror = worker.onmessageerror = end(failed);
    worker.postMessage(challenge);
  });
}

/** Solves a challenge on the page, a little at a time. */
async function onPage(challenge) {
  const { solve } = await import(WORK);
  const work = solve(challenge, SLICE);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await new Promise((next) => setTimeout(next));
  }
}

/**
 * Begins to work when somebody turns to the form of an element, so that nobody waits. Gives a function that waits for the
 * proof, which is good for one start; it is `undefined` where there is none to be had.
 */
export function worker(element, { backend, fetch = (...all) => globalThis.fetch(...all), headers }) {
  let working;

  async function work() {
    const asked = performance.now();
    const init = { method: "GET", headers: new Headers({ ...headers, accept: "application/json" }), credentials: "omit", signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch(`${backend.replace(/\/+$/, "")}/captcha`, init);
    if (!answer.ok) throw answer.status;
    const challenge = await answer.json();
    const proof = await inWorker(challenge).catch(() => onPage(challenge));
    return { proof, until: asked + challenge.expires_in * 1000 * GOOD };
  }

  function begin() {
    working ??= work();
    working.catch(() => (working = undefined));
    return working;
  }

  listening.get(element)?.abort();
  const over = new AbortController();
  listening.set(element, over);
  const heard = (event) => event.composedPath()[0].name === "identifier" && begin().catch(() => {});
  for (const type of ["focusin", "input"]) element.addEventListener(type, heard, { signal: over.signal });
  const field = (element.shadowRoot ?? element).querySelector("[name=identifier]");
  if (field && (field.matches(":focus") || field.value !== field.defaultValue)) begin().catch(() => {});

  return async () => {
    // What was begun long ago may be over; what is begun now is not, unless this browser needs longer than a challenge lives.
    for (let tries = 0; tries < 2; tries++) {
      try {
        const { proof, until } = await begin();
        working = undefined;
        if (performance.now() < until) return proof;
      } catch {
        return undefined;
      }
    }
    return undefined;
  };
}
