
// The second part of the program: it comes after the first paint, or at once when something needs it before that.
const laterPart = new URL("later-file", import.meta.url);
let laterJoined = false;
let laterFirst;

function laterJoins(module) {
    if (!laterJoined) {
        laterJoined = true;
        new WebAssembly.Instance(module, { "": laterFirst });
    }
}

async function laterSoon() {
    if (globalThis.document?.visibilityState === "visible") await new Promise(requestAnimationFrame);
    await new Promise((painted) => setTimeout(painted));
    await laterComes();
}

async function laterComes() {
    if (laterJoined) return;
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

// One stand-in for every slot of the table whose function comes later: it asks for the second part and calls what is in
// the slot by then. The letters of a type are its parameters and results; those of the slots, from "0", its type.
const laterTypes = [/* types */];
const laterSlots = "/* slots */";

async function laterStandsIn(first) {
    laterFirst = first;
    const letters = Array.from({ length: 79 }, (_, at) => String.fromCharCode(48 + at)).filter((letter) => letter !== "\\");
    const kinds = { i: 0x7f, l: 0x7e, f: 0x7d, d: 0x7c, e: 0x6f };
    const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)]);
    const block = (bytes) => [...number(bytes.length), ...bytes];
    const section = (id, entries) => [id, ...block([...number(entries.length), ...entries.flat()])];
    const shapes = laterTypes.map((type) => type.split(" ").map((side) => [...side].map((kind) => kinds[kind])));
    const slot = (at) => [0x41, (at & 127) | 128, ((at >> 7) & 127) | 128, at >> 14];
    const stands = [...laterSlots].flatMap((letter, at) => (letter === "." ? [] : [[at, letters.indexOf(letter)]]));
    const code = ([at, type]) => {
        const parameters = shapes[type][0].flatMap((_, parameter) => [0x20, parameter]);
        return block([0, 0x10, 0, ...parameters, ...slot(at), 0x11, type + 1, 0, 0x0b]);
    };
    const bytes = [
        ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        ...section(1, [[0x60, 0, 0], ...shapes.map(([from, to]) => [0x60, ...block(from), ...block(to)])]),
        ...section(2, [[0, 1, 0x6e, 0, 0], [0, 1, 0x74, 1, 0x70, 0, 0]]),
        ...section(3, stands.map(([, type]) => [type + 1])),
        ...section(9, stands.map(([at], index) => [0, ...slot(at), 0x0b, 1, ...number(index + 1)])),
        ...section(10, stands.map(code)),
    ];
    await WebAssembly.instantiate(new Uint8Array(bytes), { "": { n: laterNow, t: first.$t0 } });
    // Where a service worker keeps both parts there is nothing to wait for; it answers no request that blocks the page. A
    // worker without a page paints nothing and needs both.
    if (!globalThis.document || navigator.serviceWorker?.controller) await laterComes().catch(console.warn);
}
