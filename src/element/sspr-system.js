// What the adapters have in common: requests to another system, and what its refusals mean to us.

/** Seconds to wait where a system does not say: doubled each time, five minutes at most. */
const WAIT = { first: 30, most: 300 };

/** Where systems say how long to wait, most trusted first. */
const WAITS = ["retry-after", "x-retry-after", "x-rate-limit-reset", "ratelimit-reset"];

/**
 * A function that asks a system at a base address: JSON in, status and JSON out. What says nothing about the request itself is
 * thrown as a problem; a network that fails throws what `fetch` throws.
 */
export function client({ base, fetch = globalThis.fetch.bind(globalThis), headers = {} }) {
  let wait = WAIT.first;
  return async (method, path, { body, signal, ...more } = {}) => {
    const sent = { accept: "application/json", ...(body && { "content-type": "application/json" }), ...headers, ...more };
    const answer = await fetch(base + path, { method, headers: sent, body: body && JSON.stringify(body), credentials: "include", signal });
    if (answer.status === 429) {
      const said = WAITS.map((name) => Number.parseInt(answer.headers.get(name), 10)).find((seconds) => seconds > 0);
      // Some say when, and not for how long.
      const left = said > 1e9 ? Math.ceil(said - Date.now() / 1000) : said;
      const retry_after = Math.min(left || wait, 3600);
      wait = Math.min(wait * 2, WAIT.most);
      throw { code: "rate-limited", status: 429, retry_after };
    }
    wait = WAIT.first;
    if (answer.status >= 500) throw { code: "internal", status: answer.status };
    const json = await answer.json().catch(() => ({}));
    return { status: answer.status, json: json ?? {} };
  };
}

/** Fails with a problem. */
export function refuse(code, more) {
  throw { code, ...more };
}

/** The start of an address and its domain: what somebody recognises their own by. */
export const masked = (value) => (value.includes("@") ? value.replace(/^(.).*@/, "$1•••@") : value.replace(/.(?=..)/g, (digit, at) => (at < 3 ? digit : "•")));
