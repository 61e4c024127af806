// The page without a network, or without a server that is well. The build writes its version and its files, each with
// its digest, into the next two lines.
const BUILD = "build-id";
const FILES = {/* files of the build */};

// A deployment below another path of this origin has copies of its own, and another build.
const SCOPE = new URL(registration.scope);
const OURS = `redis-dr-planner:${SCOPE.pathname}:`;
const COPY = OURS + BUILD;
// Milliseconds that the network has where there is a copy.
const PATIENCE = 4000;

// A name with a hash never changes what it holds; any other file may.
const HASHED = /-[0-9a-f]{16}(_bg)?\.(js|wasm|css)$/;
const PAGE = "./";

addEventListener("install", (event) => event.waitUntil(install().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));

// All files or none: where one is missing or of another build, the copy before stays, and the next visit tries again.
async function install() {
  const answers = await Promise.all([page(), ...Object.entries(FILES).map(file)]);
  const copy = await caches.open(COPY);
  await Promise.all(answers.map(([name, answer]) => copy.put(new URL(name, SCOPE), answer)));
}

// A server in between may still have the page of another build, which asks for files that this copy lacks.
async function page() {
  const answer = await fetch(PAGE, { cache: "no-cache" });
  const text = await answer.text();
  if (!answer.ok || !text.includes(`data-build="${BUILD}"`)) throw new Error(`the page is not that of build ${BUILD}`);
  // Made anew: what came by a redirect cannot be shown again.
  return [PAGE, new Response(text, { headers: answer.headers })];
}

async function file([name, integrity]) {
  const ask = async (cache) => {
    const answer = await fetch(name, { cache, integrity });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return [name, answer];
  };
  return HASHED.test(name) ? ask("default").catch(() => ask("reload")) : ask("no-cache");
}

// Copies of older builds of this deployment, and no other's.
async function tidy() {
  const names = await caches.keys();
  const old = await Promise.all(names.map(async (name) => name !== COPY && (isOurs(name) || (await wasOurs(name)))));
  await Promise.all(names.filter((_, at) => old[at]).map((name) => caches.delete(name)));
}

function isOurs(name) {
  return name.slice(0, name.lastIndexOf(":") + 1) === OURS;
}

// Earlier releases did not write the path into the name: the page in it tells whose it is.
async function wasOurs(name) {
  if (!/^redis-dr-planner-[0-9a-f]+$/.test(name)) return false;
  const kept = await (await caches.open(name)).keys();
  return kept.some(({ url }) => url === SCOPE.href);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const name = nameOf(url);
  // What is not of this build, files of another deployment below this path among it, is the browser's own business.
  if (request.method !== "GET" || name === undefined) return;
  const copyFirst = HASHED.test(name) || url.search === "?copy";
  event.respondWith(copyFirst ? fromCopy(request, name) : fromNetwork(request, name));
});

function nameOf({ origin, pathname }) {
  if (origin !== SCOPE.origin || !pathname.startsWith(SCOPE.pathname)) return undefined;
  const name = pathname.slice(SCOPE.pathname.length);
  if (name === "" || name === "index.html") return PAGE;
  return Object.hasOwn(FILES, name) ? name : undefined;
}

function kept(name) {
  return caches.match(new URL(name, SCOPE), { cacheName: COPY, ignoreVary: true });
}

async function fromCopy(request, name) {
  return (await kept(name)) ?? fetch(request);
}

// The network is asked first, so that a new release shows at the next visit.
async function fromNetwork(request, name) {
  const copy = await kept(name);
  if (!copy) return fetch(request);
  const late = new Promise((_, gone) => setTimeout(gone, PATIENCE));
  return Promise.race([whole(request), late]).catch(() => copy);
}

// An answer that came to its end, from a server that is well. A redirect or a refusal (signing in) is for the reader.
async function whole(request) {
  // A host that sets no headers lets the browser keep a page for minutes, and the files of that page may be gone.
  const answer = await fetch(request, { cache: "no-cache" });
  if (answer.status >= 500 || [404, 408, 429].includes(answer.status)) throw new Error(`${answer.status}`);
  await answer.clone().arrayBuffer();
  return answer;
}
