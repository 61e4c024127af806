// How the second part of the program comes; the build puts this into the page's script, before the loader.
// A browser's cache may have it wrong: then it is asked for once more, past the cache.
function fetchPart(name, integrity) {
    const ask = (cache) => fetch(new URL(name, import.meta.url), { integrity, cache });
    return ask("default").catch(() => ask("reload"));
}

// Compiled while it comes, where the server names its type.
async function startPart(part, imports) {
    const answer = await part;
    const streams = answer.headers.get("Content-Type") === "application/wasm";
    return streams ? WebAssembly.instantiateStreaming(answer, imports) : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
