//! One browser window.

use super::driver::Driver;
use super::http::request;
use crate::Outcome;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a page may take to show something; generous, for a machine that builds at the same time.
const PATIENCE: Duration = Duration::from_mins(1);

/// A window of a fresh headless Chromium with a profile of its own; closed when dropped.
pub struct Page {
    driver: Driver,
    session: String,
    profile: PathBuf,
}

impl Page {
    /// Starts driver and browser.
    ///
    /// # Errors
    /// One of them does not start.
    pub fn open() -> Outcome<Self> {
        let driver = Driver::start()?;
        let profile = std::env::temp_dir().join(format!("dr-planner-{}-{}", std::process::id(), driver.port));
        let answer = request(driver.port, "POST", "/session", &capabilities(&profile))?;
        let session = answer["sessionId"].as_str().ok_or("the driver opened no session")?.to_owned();
        Ok(Self { driver, session, profile })
    }

    /// Opens an address and waits until it is loaded.
    ///
    /// # Errors
    /// The address does not answer.
    pub fn goto(&self, url: &str) -> Outcome {
        self.post("/url", &json!({ "url": url })).map(drop)
    }

    /// Runs the body of a function in the page and gives what it returns.
    ///
    /// # Errors
    /// The script throws.
    pub fn eval(&self, script: &str) -> Outcome<Value> {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs a function body that ends by calling `done(value)`.
    ///
    /// # Errors
    /// The script throws or never calls `done`.
    pub fn eval_later(&self, script: &str) -> Outcome<Value> {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Waits until an expression is true in the page.
    ///
    /// # Errors
    /// It is not within 20 seconds.
    pub fn wait(&self, expression: &str) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.eval(&format!("return !!({expression})"))? == Value::Bool(true) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("waited {} s in vain for {expression}", PATIENCE.as_secs()))
    }

    /// Clicks the first element of a CSS selector, scrolled into view, as a mouse does.
    ///
    /// # Errors
    /// There is none, or something covers it.
    pub fn click(&self, selector: &str) -> Outcome {
        let element = self.element(selector)?;
        // In the middle of the window: what floats at its edge covers nothing there.
        self.eval(&format!("document.querySelector({selector:?}).scrollIntoView({{block: 'center'}})"))?;
        self.post(&format!("/element/{element}/click"), &json!({})).map(drop)
    }

    /// Presses keys where the focus is; special keys as `WebDriver`'s code points.
    ///
    /// # Errors
    /// The driver refuses.
    pub fn press(&self, keys: &str) -> Outcome {
        let steps = keys.chars().flat_map(|key| {
            [json!({"type": "keyDown", "value": key.to_string()}), json!({"type": "keyUp", "value": key.to_string()})]
        });
        let steps: Vec<_> = steps.collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": steps}]})).map(drop)
    }

    /// Presses a key while another is held.
    ///
    /// # Errors
    /// The driver refuses.
    pub fn chord(&self, held: &str, key: &str) -> Outcome {
        let steps = json!([{"type": "keyDown", "value": held}, {"type": "keyDown", "value": key},
                           {"type": "keyUp", "value": key}, {"type": "keyUp", "value": held}]);
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": steps}]})).map(drop)
    }

    /// Replaces the text of a field: backspace over what is selected, the new text, Enter.
    ///
    /// # Errors
    /// There is no such field.
    pub fn fill(&self, selector: &str, text: &str) -> Outcome {
        let select = format!("const field = document.querySelector({selector:?}); field.focus(); field.select?.()");
        self.eval(&select)?;
        // The driver's own way to fill an element puts the caret behind the text first, and what was selected stays.
        self.press(&format!("\u{e003}{text}\u{e007}"))
    }

    /// A command of Chromium's own protocol.
    ///
    /// # Errors
    /// Chromium refuses it.
    #[allow(clippy::needless_pass_by_value)] // `json!` at every call
    pub fn cdp(&self, command: &str, params: Value) -> Outcome<Value> {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }

    /// Size of the window in CSS pixels, and the colour scheme of the system: `light` or `dark`.
    ///
    /// # Errors
    /// Chromium refuses it.
    pub fn look(&self, width: u32, height: u32, scheme: &str) -> Outcome {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.cdp("Emulation.setDeviceMetricsOverride", size)?;
        let features = json!([{"name": "prefers-color-scheme", "value": scheme},
                              {"name": "prefers-reduced-motion", "value": "reduce"}]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).map(drop)
    }

    /// The PNG of the whole page, or of the window only.
    ///
    /// # Errors
    /// Chromium refuses it.
    pub fn picture(&self, whole: bool) -> Outcome<Vec<u8>> {
        let answer = self.cdp("Page.captureScreenshot", json!({"format": "png", "captureBeyondViewport": whole}))?;
        STANDARD
            .decode(answer["data"].as_str().unwrap_or_default())
            .map_err(|error| format!("no picture came: {error}"))
    }

    /// What came in since the last call in the log `browser` (console) or `performance` (network events).
    ///
    /// # Errors
    /// The driver keeps no such log.
    pub fn log(&self, kind: &str) -> Outcome<Vec<Value>> {
        let entries = self.post("/se/log", &json!({ "type": kind }))?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }

    /// Saves downloads into a folder without asking.
    ///
    /// # Errors
    /// Chromium refuses it.
    pub fn download_to(&self, folder: &Path) -> Outcome {
        let params = json!({"behavior": "allow", "downloadPath": folder});
        self.cdp("Browser.setDownloadBehavior", params).map(drop)
    }

    fn element(&self, selector: &str) -> Outcome<String> {
        let found = self.post("/element", &json!({"using": "css selector", "value": selector}))?;
        let id = found.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        id.map(str::to_owned).ok_or_else(|| format!("no element {selector}"))
    }

    fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        request(self.driver.port, "POST", &format!("/session/{}{path}", self.session), body)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // Closes Chromium itself; ending only the driver would leave it behind.
        let _ = request(self.driver.port, "DELETE", &format!("/session/{}", self.session), &Value::Null);
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

fn capabilities(profile: &Path) -> Value {
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--lang=en-US",
        profile.as_str(),
    ];
    let mut options = json!({ "args": arguments });
    if let Ok(binary) = std::env::var("DR_CHROMIUM") {
        options["binary"] = json!(binary);
    }
    json!({"capabilities": {"alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        "timeouts": {"script": 60_000, "pageLoad": 60_000},
    }}})
}
