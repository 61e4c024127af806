//! Files and clipboard: what leaves the page and comes in.

use dr_core::estate::too_large;
use dr_core::import::kind::Known;
use dr_core::import::open::{expect, too_many_bytes};
use dr_core::import::retail::{SIEVE_SHOWN, Sieve};
use dr_core::import::words::file_name;
use dr_core::report::estate::Given;
use dr_core::units::Date;
use gloo::utils::{document, window};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// Hands a file to the browser's downloads; a browser that refuses does nothing.
pub fn download(name: &str, mime: &str, bytes: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    download_blob(name, &blob);
}

/// Hands a blob to the browser's downloads.
pub fn download_blob(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    if let Some(anchor) =
        document().create_element("a").ok().and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok())
    {
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
    }
    // The download has begun by then; keeping the address longer would keep the bytes.
    gloo::timers::callback::Timeout::new(10_000, move || drop(Url::revoke_object_url(&address))).forget();
}

/// The bytes of a file that a person chose, for the core to make text of; otherwise the sentence that says why not.
pub async fn bytes_of(file: &File) -> Result<Vec<u8>, String> {
    let read = JsFuture::from(file.array_buffer()).await;
    read.map(|buffer| Uint8Array::new(&buffer).to_vec())
        .map_err(|_| format!("{} could not be read: the browser refused it.", file_name(&file.name())))
}

/// The lines of a table of prices that a plan may be billed on, whatever its size; `None` for any other file.
async fn sieved(file: &File) -> Option<Vec<u8>> {
    let mut sieve = Sieve::of(&part(file, 0.0, SIEVE_SHOWN as f64).await?)?;
    let (size, mut at) = (file.size(), 0.0);
    while at < size {
        let end = size.min(at + PART);
        sieve.add(&part(file, at, end).await?);
        at = end;
    }
    Some(sieve.finish())
}

/// So many bytes of a large file are in memory at once.
const PART: f64 = 4e6;

async fn part(file: &File, from: f64, to: f64) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(from, to).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Files as they are sorted; what is too large is not read, unless it is a table of prices.
pub async fn given(files: &[File]) -> Given {
    let mut given = Given::new();
    for file in files {
        let bytes = match too_large(&file.name(), size_of(file)) {
            Some(sentence) => sieved(file).await.ok_or(sentence),
            None => bytes_of(file).await,
        };
        given.push((file.name(), bytes));
    }
    given
}

/// The text of a file of one kind; otherwise the sentence that says what it is or why it was not read.
pub async fn text_of(file: &File, kind: Known) -> Result<String, String> {
    let size = size_of(file);
    // What is too large is refused by its size alone.
    let bytes = if too_many_bytes(size).is_some() { Vec::new() } else { bytes_of(file).await? };
    expect(kind, &bytes, size).map_err(|error| format!("{}: {error}", file_name(&file.name())))
}

/// A file's size in bytes; the browser gives it as a float.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are whole and not negative")]
pub fn size_of(file: &File) -> u64 {
    file.size() as u64
}

/// Puts a text on the clipboard and tells whether that was allowed.
pub fn copy_and_tell(text: &str, told: impl FnOnce(bool) + 'static) {
    let writing = wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(text));
    wasm_bindgen_futures::spawn_local(async move { told(writing.await.is_ok()) });
}

/// Puts a text on the clipboard; without permission nothing happens.
pub fn copy(text: &str) {
    let _ = window().navigator().clipboard().write_text(text);
}

/// What is said where [`today`] gives none.
pub const NO_DATE: &str = "The browser’s clock gives no date between 2000 and 2199.";

/// Today's date in UTC by the browser's clock.
#[must_use]
pub fn today() -> Option<Date> {
    js_sys::Date::new_0().to_iso_string().as_string()?.get(..10)?.parse().ok()
}

/// Day and time by the browser's clock, where the person is: "2026-11-28T18:02".
#[must_use]
pub fn now() -> String {
    written(&js_sys::Date::new_0())
}

/// Seconds since 1970 (UTC), by the browser's clock.
#[must_use]
pub fn seconds_now() -> f64 {
    js_sys::Date::now() / 1e3
}

/// Minutes that the browser's time of a moment, in seconds since 1970, is ahead of UTC.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a zone is less than a day from UTC")]
pub fn minutes_ahead(seconds: f64) -> i32 {
    -date_of(seconds).get_timezone_offset() as i32
}

/// A moment in seconds since 1970 as [`now`] writes it.
#[must_use]
pub fn local_time(seconds: f64) -> String {
    written(&date_of(seconds))
}

/// Seconds since 1970 of a text as [`now`] writes it; no number where it is none.
#[must_use]
pub fn seconds_of(text: &str) -> f64 {
    js_sys::Date::parse(text) / 1e3
}

fn date_of(seconds: f64) -> js_sys::Date {
    js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(seconds * 1e3))
}

fn written(now: &js_sys::Date) -> String {
    let two = |figure: u32| format!("{figure:02}");
    let day = [now.get_full_year().to_string(), two(now.get_month() + 1), two(now.get_date())].join("-");
    format!("{day}T{}:{}", two(now.get_hours()), two(now.get_minutes()))
}

/// A plan's name as a file name: letters, digits and dashes, never empty.
#[must_use]
pub fn file_stem(name: &str) -> String {
    let plain: String = name
        .to_ascii_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let stem: String = parts.join("-").chars().take(60).collect();
    if stem.is_empty() { "plan".to_owned() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn names_become_file_names() {
        let long = "a".repeat(70);
        let cases = [
            ("Marine logistics: position cache", "marine-logistics-position-cache"),
            ("  two -- dashes ", "two-dashes"),
            ("../..", "plan"),
            ("..\\..\\con<b>.exe", "con-b-exe"),
            ("Ü", "plan"),
            ("", "plan"),
            (long.as_str(), &long[..60]),
        ];
        for (name, stem) in cases {
            assert_eq!(file_stem(name), stem);
        }
    }
}
