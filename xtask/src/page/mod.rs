//! A page in headless Chromium, over the `WebDriver` protocol: what the browser tests and the bench drive.

mod driver;
mod http;
mod session;

pub use session::Page;
