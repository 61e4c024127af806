
// The second part of the program: it comes after the first paint, or at once when something needs it before that.
const laterPart = new URL("later-file", import.meta.url);
let laterJoined = false;

function laterJoins(module) {
    if (!laterJoined) {
        laterJoined = true;
        new WebAssembly.Instance(module, { "": wasm });
    }
}

async function laterSoon() {
    if (document.visibilityState === "visible") await new Promise(requestAnimationFrame);
    await new Promise((painted) => setTimeout(painted));
    const answer = await fetch(laterPart);
    if (answer.ok) laterJoins(await WebAssembly.compile(await answer.arrayBuffer()));
}

function laterNow() {
    if (laterJoined) return;
    performance.mark("waited for the second part");
    const request = new XMLHttpRequest();
    request.open("GET", laterPart, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status !== 200) throw new Error(`${laterPart}: ${request.status} ${request.statusText}`);
    laterJoins(new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255)));
}
