/**
 * How easily a password is guessed, for any page: nothing of the widget is needed. Nothing that is typed leaves the page.
 *
 *   import { load, estimate } from ".../sspr-strength.js";
 *   await load({ words: "small", lang: document.documentElement.lang });
 *   estimate(password, [userName, mail]).score;   // 0 to 4
 *
 * The page's Content-Security-Policy needs this file's origin in script-src and connect-src, and 'wasm-unsafe-eval'.
 * From another origin, the files have to be served with Access-Control-Allow-Origin.
 */
import init, { Estimator } from "./sspr-estimator.js";

/** The word files by name; packaging puts the names with their digests here. */
const FILES = {
  small: "words/small.words",
  full: "words/full.words",
  de: "words/de.words",
  es: "words/es.words",
  fr: "words/fr.words",
  it: "words/it.words",
  ja: "words/ja.words",
  nl: "words/nl.words",
  pl: "words/pl.words",
  pt: "words/pt.words",
};

const LANGUAGE = /^[a-z]{2}$/;

let estimator;
let program;
/** Of the general words, the later file takes the place of the earlier, never the other way round. */
let general = -1;
const arriving = new Map();

/** The program, asked for once; a failure may be tried again. */
function start() {
  program ??= init().then(
    () => (estimator = new Estimator(new Date().getFullYear())),
    (reason) => {
      program = undefined;
      throw reason;
    },
  );
  return program;
}

async function fetchWords(url) {
  const answer = await fetch(url, { mode: "cors", credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Hands words to the program. Whether they were such. */
function take(name, bytes) {
  if (LANGUAGE.test(name)) return estimator.addWords(bytes);
  const rank = ["small", "full"].indexOf(name) + 1 || 3;
  if (rank < general) return true;
  general = rank;
  return estimator.setWords(bytes);
}

/** Fetches one file's words, once. Whether they are there now. */
function add(name) {
  const url = new URL(Object.hasOwn(FILES, name) ? FILES[name] : name, import.meta.url).href;
  if (!arriving.has(url)) {
    const words = Promise.all([fetchWords(url), start()])
      .then(([bytes]) => take(name, bytes))
      .catch(() => false);
    arriving.set(url, words);
    words.then((there) => there || arriving.delete(url));
  }
  return arriving.get(url);
}

export async function load({ words = "small", lang = "" } = {}) {
  await start();
  const names = words ? [String(words)] : [];
  const language = lang.toLowerCase().split("-")[0];
  if (LANGUAGE.test(language) && Object.hasOwn(FILES, language)) names.push(language);
  return (await Promise.all(names.map(add))).every(Boolean);
}

let known = "";

export function estimate(password, inputs = []) {
  if (!estimator) throw new Error("sspr-strength: await load() before estimate()");
  // The person's words are made into a trie once, not at every key.
  const own = inputs.join("\n");
  if (own !== known) estimator.setInputs((known = own));
  const guessesLog10 = estimator.estimate(String(password));
  const [warning, ...suggestions] = estimator.advice().split(" ");
  return { score: estimator.score(), guessesLog10, warning: warning || undefined, suggestions, basic: estimator.basic() };
}
