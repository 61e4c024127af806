// Starts the program, and says what is wrong when a part of it does not come. It stands in the page itself, so whoever
// has the page has it. The build fills in the names.
(() => {
  const SCRIPT = "page-script";
  const PROGRAM = "page-program";
  const SCRIPT_DIGEST = "script-digest";
  const PROGRAM_DIGEST = "program-digest";
  // Milliseconds: until the screen says that it is slow, and for the server to tell what is wrong.
  const SLOW = 6000;
  const ANSWER = 4000;
  const KEPT = "What you entered is kept in this browser.";

  // Compiled while it comes, where the server names its type.
  async function compiled() {
    if (typeof WebAssembly !== "object") throw { why: "this browser does not run WebAssembly" };
    const answer = await fetch(PROGRAM, { integrity: PROGRAM_DIGEST });
    const streams = answer.headers.get("Content-Type") === "application/wasm";
    return streams ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
  }

  // An import alone would take what comes, whatever its digest.
  async function imported() {
    await (await fetch(SCRIPT, { integrity: SCRIPT_DIGEST })).arrayBuffer();
    return import(SCRIPT);
  }

  const styled = new Promise((comes, fails) => {
    const sheet = (settle) => ({ target }) => target.rel === "stylesheet" && settle(target.href);
    document.addEventListener("load", sheet(comes), true);
    document.addEventListener("error", sheet((address) => fails({ address })), true);
  });

  // A page that stands already would not say so again.
  const stands = new Promise((done) => {
    document.readyState === "loading" ? addEventListener("DOMContentLoaded", done) : done();
  });

  const part = (name, address, comes) => comes.catch((error) => Promise.reject({ name, address, error, ...error }));

  async function start() {
    const [program, bindings] = await Promise.all([
      part("program", PROGRAM, compiled()),
      part("script", SCRIPT, imported()),
      part("style sheet", undefined, styled),
      stands,
    ]);
    if (location.search === "?copy") history.replaceState(null, "", location.pathname + location.hash);
    await bindings.default({ module_or_path: program });
    window.wasmBindings = bindings;
  }

  // Asking once more, past the browser's cache, tells why.
  async function reason({ address, error, why }) {
    if (why) return why;
    if (error instanceof WebAssembly.CompileError) return "this browser is too old for it";
    if (navigator.onLine === false) return "this device is offline";
    try {
      const answer = await fetch(address, { cache: "reload", signal: AbortSignal.timeout(ANSWER) });
      if (!answer.ok) return `the server answers ${answer.status} ${answer.statusText}`.trim();
      await answer.arrayBuffer();
      return "what the server sends under this name is another file, or a part of it";
    } catch (silence) {
      return silence.name === "TimeoutError" ? "the server does not answer" : "the connection to the server fails";
    }
  }

  async function failed(what) {
    clearTimeout(slow);
    if (!what.address) return say([`Redis DR Planner could not start: ${what.message ?? what}.`, KEPT], true);
    const why = await reason(what);
    const file = what.address.split("/").pop();
    const build = document.documentElement.dataset.build;
    say([
      `Redis DR Planner could not start. Its ${what.name} did not come: ${why}.`,
      `${KEPT} Try again in a minute. If it stays so, tell whoever runs this page: ${file} of build ${build}.`,
      "Without the page, the same evaluation runs in a terminal: dr-planner evaluate PLAN.json.",
    ], true, what.address);
  }

  // What the browser's cache has wrong of a part it would give again.
  async function again(address) {
    const fresh = { cache: "reload", signal: AbortSignal.timeout(ANSWER) };
    if (address) await fetch(address, fresh).then((answer) => answer.arrayBuffer()).catch(() => {});
    location.reload();
  }

  // Words and ways on, in place of the outline or above it.
  async function say(sentences, over, address) {
    await stands;
    const screen = document.querySelector(".loading");
    if (!screen) return;
    const make = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent }, more);
    const ways = make("p", "", { className: "loading-ways" });
    ways.append(make("button", "Try again", { type: "button", onclick: () => again(address) }));
    if (await hasCopy()) {
      ways.append(make("a", "Open the copy kept in this browser", { href: `?copy${location.hash}` }));
    }
    const words = make("div", "", { className: "loading-words" });
    words.append(...sentences.map((sentence) => make("p", sentence)), ways);
    screen.querySelectorAll(over ? "*" : "p, .loading-words").forEach((part) => part.remove());
    screen.prepend(words);
  }

  // Only the service worker answers from the copy; when the copy itself was asked for, it did not help.
  async function hasCopy() {
    if (!navigator.serviceWorker?.controller || location.search === "?copy") return false;
    return !!(await caches.match("./", { ignoreSearch: true }).catch(() => undefined));
  }

  const slow = setTimeout(() => {
    const stuck = [...document.querySelectorAll("link[rel=stylesheet]")].find(({ sheet }) => !sheet);
    if (!stuck) return say(["Redis DR Planner is still loading: the line is slow, or the server does not answer."], false);
    // While a sheet is awaited nothing is painted, words about it neither.
    stuck.remove();
    stop();
    failed({ name: "style sheet", address: stuck.href, why: "the server does not answer" });
  }, SLOW);

  start().then(() => clearTimeout(slow), failed);

  // The copy for the next visit. Without it (private window, http on a foreign host) the page works, only not offline.
  if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
    addEventListener("load", () => navigator.serviceWorker.register("sw.js").catch(() => {}));
  }
})();
