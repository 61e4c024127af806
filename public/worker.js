// The page's own program without the page: it waits for one job. The worker's name is that of the program's script; an
// address with a question mark would lose it where the service worker answers.
const script = new URL(`./${name}`, location.href);
const { default: start } = await import(script);
await start({ module_or_path: new URL(script.href.replace(/\.js$/, "_bg.wasm")) });
