//! Files and clipboard: what leaves the page and comes in.

use dr_core::report::format;
use dr_core::units::{Bytes, Date};
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

/// The text of a file that a person chose, at most `most` bytes of it; otherwise the sentence that says why not.
pub async fn text_of(file: &File, most: usize) -> Result<String, String> {
    let size = Bytes::bytes(file.size());
    let most = Bytes::bytes(most as f64);
    if size > most {
        let (size, most) = (format::bytes(size), format::bytes(most));
        return Err(format!("{} has {size} and was not read: at most {most} are.", file.name()));
    }
    let read = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    read.ok_or_else(|| format!("{} could not be read: the browser refused it.", file.name()))
}

/// Puts a text on the clipboard; without permission nothing happens.
pub fn copy(text: &str) {
    let _ = window().navigator().clipboard().write_text(text);
}

/// Today's date in UTC by the browser's clock.
#[must_use]
pub fn today() -> Option<Date> {
    js_sys::Date::new_0().to_iso_string().as_string()?.get(..10)?.parse().ok()
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
