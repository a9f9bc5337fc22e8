// Runs in the measured page. What is measured, and of which engine, is in the page's address; the answer is left in
// `window.answer`, a failure in `window.failure`.

const asked = new URL(location.href).searchParams;
const json = async (path) => (await fetch(path)).json();
const bytesOf = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());

function script(url) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = url;
    element.onload = done;
    element.onerror = () => failed(new Error(url));
    document.head.append(element);
  });
}

/** Every engine as one function from a password to its score and guesses. `files` are addresses of its files. */
const START = {
  async zxcvbn(files) {
    await script(files["zxcvbn.js"]);
    return (password) => {
      const said = window.zxcvbn(password);
      return [said.score, said.guesses_log10];
    };
  },
  async "zxcvbn-ts"(files) {
    await script(files["zxcvbn-ts.js"]);
    const factory = window.createZxcvbnTs();
    return (password) => {
      const said = factory.check(password);
      return [said.score, said.guessesLog10];
    };
  },
  async ours(files, words) {
    const began = performance.now();
    const glue = await import(files["sspr-estimator.js"]);
    const arrived = performance.now();
    const program = await glue.default({ module_or_path: files.wasm ?? files["sspr-estimator_bg.wasm"] });
    const compiled = performance.now();
    window.wasmMemory = program.memory;
    const estimator = new glue.Estimator(new Date().getFullYear());
    if (words && !estimator.setWords(words)) throw new Error("the words were refused");
    window.phases = { glue: arrived - began, program: compiled - arrived, words: performance.now() - compiled };
    window.estimator = estimator;
    return (password) => {
      const guesses = estimator.estimate(password);
      // The others make their advice at every call, too.
      estimator.advice();
      return [estimator.score(), guesses];
    };
  },
};
const ENGINES = Object.keys(START);
const FILES = Object.fromEntries(
  ["zxcvbn.js", "zxcvbn-ts.js", "sspr-estimator.js", "sspr-estimator_bg.wasm"].map((name) => [name, `/${name}`]),
);
const begin = async (engine) => START[engine](FILES, engine === "ours" && (await bytesOf("/words/full.words")));

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const MEASURE = {
  /** Every password through every engine, one after the other, several times over; the order of the engines changes. */
  async speed() {
    const passwords = await json("/sample.json");
    const engines = {};
    for (const name of ENGINES) engines[name] = await begin(name);
    const times = Object.fromEntries(ENGINES.map((name) => [name, passwords.map(() => [])]));
    const said = Object.fromEntries(ENGINES.map((name) => [name, []]));
    for (let pass = 0; pass < 3; pass++) {
      for (let at = 0; at < passwords.length; at++) {
        for (let turn = 0; turn < ENGINES.length; turn++) {
          const name = ENGINES[(at + turn + pass) % ENGINES.length];
          const began = performance.now();
          const answer = engines[name](passwords[at]);
          times[name][at].push(performance.now() - began);
          said[name][at] = answer;
        }
        if (at % 100 === 0) await new Promise((next) => setTimeout(next));
      }
    }
    for (const name of ENGINES) times[name] = times[name].map(median);
    return { times, said };
  },

  /** The guesses of every engine for the passwords of a list in the order of how often people chose them. */
  async order() {
    const lists = await json("/holdout.json");
    const small = await bytesOf("/words/small.words");
    const engines = {};
    for (const name of ENGINES) engines[name] = await begin(name);
    delete window.estimator;
    engines["ours, small"] = await START.ours(FILES, small);
    const answer = {};
    for (const [list, passwords] of Object.entries(lists)) {
      answer[list] = {};
      for (const [name, engine] of Object.entries(engines)) {
        answer[list][name] = passwords.map((password) => engine(password)[1]);
        await new Promise((next) => setTimeout(next));
      }
    }
    return answer;
  },

  /** From the moment when everything has arrived to the first answer. */
  async load(engine) {
    const words = engine === "ours" && (await bytesOf("/words/full.words"));
    const fresh = `\n//${performance.timeOrigin}${Math.random()}`;
    const files = {};
    for (const name of engine === "ours" ? ["sspr-estimator.js"] : [`${engine}.js`]) {
      const text = (await (await fetch(`/${name}`)).text()) + fresh;
      files[name] = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    }
    if (engine === "ours") {
      // A section that means nothing keeps the browser from finding the compiled module of the last round.
      const name = new TextEncoder().encode(fresh.slice(0, 60));
      const program = await bytesOf("/sspr-estimator_bg.wasm");
      files.wasm = new Uint8Array([...program, 0, name.length + 1, name.length, ...name]);
    }
    await new Promise((next) => setTimeout(next, 200));
    const began = performance.now();
    const start = await START[engine](files, words);
    const ready = performance.now();
    start("correcthorsebatterystaple");
    const ms = performance.now() - began;
    return { ms, start: ready - began, first: ms - (ready - began), ...window.phases };
  },

  /** What an engine keeps after use. The heap is read from outside, once this has ended. */
  async memory(engine) {
    const passwords = await json("/sample.json");
    if (engine === "none") return 0;
    window.engine = await begin(engine);
    for (const password of passwords) window.engine(password);
    return window.wasmMemory?.buffer.byteLength ?? 0;
  },

  /** Long strings in a worker, which is ended when it takes too long. */
  async hostile(engine) {
    const limit = Number(asked.get("limit"));
    const answer = [];
    let worker;
    const tell = (message) =>
      new Promise((done, failed) => {
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = (event) => failed(new Error(event.message));
        worker.postMessage(message);
        setTimeout(done, message.password === undefined ? 60_000 : limit, null);
      });
    for (const [kind, password] of await json(`/hostile-${asked.get("length")}.json`)) {
      if (!worker) {
        worker = new Worker("/worker.js");
        if (!(await tell({ engine }))) throw new Error(`${engine} does not start`);
      }
      const took = await tell({ password, repeats: engine === "ours" ? 3 : 1 });
      answer.push([kind, took?.ms ?? null]);
      if (took === null) {
        worker.terminate();
        worker = undefined;
      }
    }
    worker?.terminate();
    return answer;
  },

  /** Any Unicode into our module: how often it threw, and the longest call. */
  async fuzz() {
    const estimate = await begin("ours");
    let state = Number(asked.get("seed") ?? 20261123);
    const below = (end) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * end);
    };
    const planes = [[0x20, 0x7e], [0x20, 0x7e], [0, 0x24f], [0x300, 0x36f], [0x370, 0x5ff], [0x3040, 0x30ff], [0x4e00, 0x9fff],
      [0xac00, 0xd7a3], [0xd800, 0xdfff], [0xff00, 0xffef], [0x1f300, 0x1faff], [0, 0x10ffff]];
    const leet = "4@8({[<3691!|0$5+7%2";
    const failures = [];
    let longest = 0;
    const inputs = Number(asked.get("inputs"));
    for (let at = 0; at < inputs; at++) {
      const length = Math.floor(2 ** (below(1200) / 100));
      const kind = below(4);
      const plane = planes[below(planes.length)];
      let text = "";
      while (text.length < length) {
        const [from, to] = kind === 0 ? planes[below(planes.length)] : plane;
        text += kind === 1 ? leet[below(leet.length)] : String.fromCodePoint(from + below(to - from + 1));
        if (kind === 3 && text.length > 4 && below(8) === 0) text += text;
      }
      text = text.slice(0, 4096);
      const began = performance.now();
      try {
        const [score, guesses] = estimate(text);
        if (!(score >= 0 && score <= 4 && guesses >= 0 && guesses < Infinity)) throw new Error(`${score}, ${guesses}`);
      } catch (reason) {
        failures.push(`${reason}: ${JSON.stringify(text.slice(0, 100))}`);
        if (reason instanceof WebAssembly.RuntimeError) break;
      }
      longest = Math.max(longest, performance.now() - began);
      if (at % 500 === 0) await new Promise((next) => setTimeout(next));
    }
    return { inputs, longest, failures };
  },
};

MEASURE[asked.get("measure")](asked.get("engine")).then(
  (answer) => (window.answer = answer),
  (reason) => (window.failure = `${reason?.stack ?? reason}`),
);
