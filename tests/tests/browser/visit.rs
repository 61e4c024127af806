//! A server and a window on its page, and what every test asks of them.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use xtask::page::Page;
use xtask::site::Site;

pub(crate) const TABS: [&str; 7] = ["Overview", "Cost", "Recovery", "Outage", "Rules", "Runbook", "Migrate"];
pub(crate) const VERDICT: &str = "document.querySelector('[data-verdict]')?.textContent.trim()";

/// Both ends; the window closes before the server does.
pub(crate) struct Visit {
    pub(crate) page: Page,
    pub(crate) site: Site,
}

impl Visit {
    /// A fresh browser on the page below a prefix, its first answer shown.
    pub(crate) fn below(prefix: &str) -> Self {
        let site = Site::start(&variable("DR_DIST"), prefix, 0).expect("a free port");
        let visit = Self { page: Page::open().expect("a browser"), site };
        visit.page.look(1440, 1000, "light").unwrap();
        visit.open("");
        visit
    }

    pub(crate) fn new() -> Self {
        Self::below("")
    }

    /// Loads the page anew with a fragment, and waits for its answer.
    pub(crate) fn open(&self, fragment: &str) {
        // From one fragment to another a browser does not load again.
        self.page.goto("about:blank").unwrap();
        self.page.goto(&format!("{}{fragment}", self.site.url())).unwrap();
        self.page.wait(VERDICT).unwrap();
    }

    pub(crate) fn show(&self, tab: &str) {
        self.page.click(&format!("[data-tab={tab:?}]")).unwrap();
        self.page
            .wait(&format!("document.querySelector('[data-tab={tab:?}]').getAttribute('aria-selected') === 'true'"))
            .unwrap();
    }

    /// Every view of every tab by its path, as the page's own buttons name them.
    pub(crate) fn views(&self) -> Vec<String> {
        let here = "return [...document.querySelectorAll('[data-to]')].map(button => button.dataset.to)";
        let views = TABS.iter().flat_map(|tab| {
            self.show(tab);
            let views = self.page.eval(here).unwrap();
            let views: Vec<String> =
                views.as_array().into_iter().flatten().filter_map(|path| path.as_str().map(str::to_owned)).collect();
            if views.is_empty() { vec![tab.to_ascii_lowercase()] } else { views }
        });
        views.collect()
    }

    /// Goes to a view by its tab and its button, and waits until it is drawn.
    pub(crate) fn look(&self, path: &str) {
        let tab = path.split('/').next().and_then(|tab| TABS.iter().find(|it| it.eq_ignore_ascii_case(tab))).unwrap();
        self.show(tab);
        // A tab of one view has no buttons.
        self.page.eval(&format!("document.querySelector('[data-to={path:?}]')?.click()")).unwrap();
        let drawn = format!(
            "document.querySelector('.view[data-view={path:?}]')?.childElementCount && !document.querySelector('.view > p.on-screen')"
        );
        self.page.wait(&drawn).unwrap();
    }

    /// Opens every fold of the view.
    pub(crate) fn unfold(&self) {
        let closed = "document.querySelectorAll('.view details:not([open])')";
        let empty = "[...document.querySelectorAll('.view .panel.fold')].filter(fold => !fold.open || fold.childElementCount < 2)";
        for _ in 0..3 {
            self.page.eval(&format!("{closed}.forEach(fold => fold.open = true)")).unwrap();
            if self.page.wait(&format!("!{empty}.length")).is_err() {
                let which = self.page.eval(&format!("return {empty}.map(fold => fold.outerHTML.slice(0, 300))"));
                panic!("folds stay shut or empty: {which:?}");
            }
        }
    }

    /// Saves what an entry of the menu Export makes.
    pub(crate) fn export(&self, entry: &str) {
        let item = format!(
            "Array.from(document.querySelectorAll('button, a, [role=menuitem]')).find(one => one.textContent.includes({entry:?}))"
        );
        let hidden = self.page.eval(&format!("const item = {item}; return !item?.checkVisibility()")).unwrap();
        if hidden == Value::Bool(true) {
            let menu = "Array.from(document.querySelectorAll('button, summary')).find(one => one.textContent.trim().startsWith('Export'))";
            self.page.eval(&format!("{menu}.click()")).unwrap();
        }
        self.page.wait(&format!("{item}?.checkVisibility()")).unwrap();
        self.page.eval(&format!("{item}.click()")).unwrap();
    }

    /// Trimmed text of the first element of a selector.
    pub(crate) fn text(&self, selector: &str) -> String {
        let found = self.page.eval(&format!("return document.querySelector({selector:?})?.textContent.trim() ?? null"));
        found.unwrap().as_str().unwrap_or_else(|| panic!("no element {selector}")).to_owned()
    }

    /// What the console complained about since the last call: exceptions, missing files, broken policy.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let entries = self.page.log("browser").unwrap();
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Addresses asked for since the last call that are not on the page's own server.
    pub(crate) fn foreign_requests(&self) -> Vec<String> {
        let home = format!("{}/", self.site.origin());
        // `chrome:` and `chrome-untrusted:` are the browser's own first tab, before it is sent to the page.
        let starts = [home.as_str(), "data:", "blob:", "about:", "chrome:", "chrome-untrusted:"];
        let own = |url: &String| starts.iter().any(|start| url.starts_with(start));
        self.requests().into_iter().filter(|url| !own(url)).collect()
    }

    /// Every address asked for since the last call.
    pub(crate) fn requests(&self) -> Vec<String> {
        let events = self.page.log("performance").unwrap();
        events.iter().filter_map(requested).collect()
    }
}

fn requested(event: &Value) -> Option<String> {
    let message: Value = serde_json::from_str(event["message"].as_str()?).ok()?;
    let message = &message["message"];
    let sent = message["method"] == "Network.requestWillBeSent";
    sent.then(|| message["params"]["request"]["url"].as_str().map(str::to_owned)).flatten()
}

/// A path that `cargo xtask test browser` hands over.
pub(crate) fn variable(name: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set: cargo xtask test browser")))
}

/// An empty folder of this test's own.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The text of the one file with this ending in a folder, once Chromium has given it its name.
pub(crate) fn downloaded(folder: &Path, ending: &str) -> String {
    let files = || std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let found = || files().filter(|file| file.extension().is_some_and(|it| it == ending)).last();
    awaited(&format!("a file .{ending} in {}", folder.display()), found)
}

/// The text of a file, once Chromium has given it this name.
pub(crate) fn saved(file: &Path) -> String {
    awaited(&file.display().to_string(), || file.exists().then(|| file.to_path_buf()))
}

fn awaited(what: &str, found: impl Fn() -> Option<PathBuf>) -> String {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        // A browser makes the file before it fills it.
        let text = found().map(|file| std::fs::read_to_string(file).unwrap());
        if let Some(text) = text.filter(|it| !it.is_empty()) {
            return text;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("waited 20 s in vain for {what}");
}

/// What the terminal prints of a plan: subcommand, the plan's file, then these words.
pub(crate) fn terminal(subcommand: &str, plan: &str, words: &[&str]) -> String {
    let file = scratch(&format!("terminal-{subcommand}")).join("plan.json");
    std::fs::write(&file, plan).unwrap();
    let output = Command::new(variable("DR_CLI")).arg(subcommand).arg(&file).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
