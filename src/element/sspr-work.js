// Solves the puzzles that the start of a recovery may ask for (docs/captcha.md): as a worker's script to the end, or imported by
// the page in slices. The SHA-256 is our own: `crypto.subtle` is not there without TLS, and is asked for each hash.

const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number++) if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
/** FIPS 180-4, 4.2.2 and 5.3.3: fractions of the roots of the first primes. */
const fraction = (root) => ((root % 1) * 2 ** 32) | 0;
const K = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const FIRST = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const W = new Int32Array(64);

/** Puts the block that begins `W` into a state. */
function compress(state) {
  for (let t = 16; t < 64; t++) {
    const two = W[t - 2];
    const fifteen = W[t - 15];
    const s1 = ((two >>> 17) | (two << 15)) ^ ((two >>> 19) | (two << 13)) ^ (two >>> 10);
    const s0 = ((fifteen >>> 7) | (fifteen << 25)) ^ ((fifteen >>> 18) | (fifteen << 14)) ^ (fifteen >>> 3);
    W[t] = (s1 + W[t - 7] + s0 + W[t - 16]) | 0;
  }
  let [a, b, c, d, e, f, g, h] = [state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]];
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
  state[4] = (state[4] + e) | 0;
  state[5] = (state[5] + f) | 0;
  state[6] = (state[6] + g) | 0;
  state[7] = (state[7] + h) | 0;
}

/** The SHA-256 of a text, as eight words. */
export function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  const state = FIRST.slice();
  for (let at = 0; at < padded.byteLength; at += 64) {
    for (let word = 0; word < 16; word++) W[word] = padded.getInt32(at + word * 4);
    compress(state);
  }
  return state;
}

/** Tries between two looks at the clock. */
const TRIES = 512;

/** Solves a challenge, pausing whenever so many milliseconds are over; returns its answer. */
export function* solve({ challenge, puzzles, bits }, slice) {
  const seed = sha256(challenge);
  const state = new Int32Array(8);
  const numbers = new DataView(new ArrayBuffer(puzzles * 4));
  let pause = performance.now() + slice;
  for (let puzzle = 0; puzzle < puzzles; puzzle++) {
    let number = 0;
    for (let solved = false; !solved; ) {
      // Something else may have been hashed since the last pause.
      W.fill(0, 0, 16);
      W.set(seed);
      W[8] = puzzle;
      W[10] = 0x80000000;
      W[15] = 320;
      for (const until = number + TRIES; number < until && !solved; number++) {
        W[9] = number;
        state.set(FIRST);
        compress(state);
        solved = state[0] >>> (32 - bits) === 0;
      }
      if (performance.now() >= pause) {
        yield;
        pause = performance.now() + slice;
      }
    }
    numbers.setUint32(puzzle * 4, number - 1);
  }
  const text = btoa(String.fromCharCode(...new Uint8Array(numbers.buffer)));
  return `${challenge}.${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

if (typeof WorkerGlobalScope === "function" && globalThis instanceof WorkerGlobalScope) {
  addEventListener("message", ({ data }) => postMessage(solve(data, Infinity).next().value));
}
