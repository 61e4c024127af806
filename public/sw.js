// The page without a network. The build writes its version and its files into the next two lines.
const CACHE = "redis-dr-planner-" + "build-id";
const FILES = [/* files of the build */];

// A name with a hash never changes what it holds; any other file may.
const HASHED = /-[0-9a-f]{16}(_bg)?\.(js|wasm|css)$/;

addEventListener("install", (event) => {
  const requests = FILES.map((file) => new Request(file, { cache: HASHED.test(file) ? "default" : "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("redis-dr-planner-") && name !== CACHE;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  event.respondWith(HASHED.test(url.pathname) ? fromCache(request) : fromNetwork(request));
});

async function fromCache(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

// The page itself is asked for first, so that a new release shows at the next visit.
async function fromNetwork(request) {
  try {
    return await fetch(request);
  } catch (offline) {
    const name = request.mode === "navigate" ? "./" : request;
    const kept = await caches.match(name, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw offline;
  }
}
