// What is left when the page's own program has stopped: a sentence, the plan as a file, and a way to start clean. It uses
// nothing of the program, and the names under which that keeps things (app/src/state/shelf.rs).
const folder = location.pathname.replace(/[^/]*$/, "");
const place = (key) => `redis-dr-planner:${folder}:${key}`;
let shown = false;

// A storage that is closed to the page holds nothing to save.
function stored(key) {
  try { return localStorage.getItem(place(key)); } catch { return null; }
}

// What this tab shows; localStorage may hold another tab's.
function own() {
  try { return sessionStorage.getItem(place("plan")); } catch { return null; }
}

function savePlan() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([own() ?? stored("plan")], { type: "application/json" }));
  link.download = "plan.json";
  link.click();
}

function setAside(key, text) {
  let number = 1;
  while (![null, text].includes(stored(`${key}.unread-${number}`))) number += 1;
  localStorage.setItem(place(`${key}.unread-${number}`), text);
}

// Sets everything aside, so that the next start has nothing to stumble over; the page offers it again.
function startClean() {
  const [mine, kept] = [own(), stored("plan")];
  // Theme, mode and tab are no work: they start anew.
  localStorage.removeItem(place("view"));
  for (const key of ["plan", "prices", "portfolio"]) {
    const text = stored(key);
    if (text === null) continue;
    localStorage.removeItem(place(key));
    try { setAside(key, text); } catch { localStorage.setItem(place(key), text); }
  }
  // Without room for it the page stays as it is: this tab's plan can still be saved.
  if (mine !== null && mine !== kept) {
    try { setAside("plan", mine); } catch { return savePlan(); }
  }
  location.replace(location.pathname + location.search);
}

function button(text, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = text;
  made.addEventListener("click", does);
  return made;
}

function tell() {
  if (shown) return;
  shown = true;
  const [mine, has] = [own() !== null, own() !== null || stored("plan") !== null];
  const whose = mine
    ? "The plan of this tab can be saved as a file; the change at which the page stopped may not be in it. "
    : "The plan that this browser kept last can be saved as a file; another tab may have written it. ";
  const said = document.createElement("p");
  said.textContent = "A fault of this page stopped it: what you see no longer follows your edits. "
    + (has ? whose : "")
    + (/^#p\d+\./.test(location.hash) ? "The address of this page holds the plan of the link. " : "")
    + "Load the page again; if it stops again, start clean: everything kept is set aside, and can be opened from there.";
  const buttons = document.createElement("span");
  buttons.className = "group";
  if (has) buttons.append(button("Download my plan", savePlan));
  buttons.append(button("Load again", () => location.reload()), button("Start clean", startClean));
  const line = document.createElement("div");
  line.className = "notice refused rescue";
  line.setAttribute("role", "alert");
  line.dataset.rescue = "";
  line.append(said, buttons);
  document.querySelector(".loading")?.remove();
  document.body.prepend(line);
}

// A panic ends in a trap of the program; the hook in app/src/main.rs tells of it before, wherever the trap goes.
const trapped = (what) => what instanceof WebAssembly.RuntimeError;
addEventListener("planner-panic", tell);
addEventListener("error", (event) => trapped(event.error) && tell());
addEventListener("unhandledrejection", (event) => trapped(event.reason) && tell());
