//! The headers of docs/hosting.md.

use std::path::Path;

/// Sent with every file.
pub const ALWAYS: [(&str, &str); 3] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
];
/// `Cache-Control` of a file whose name has a hash.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// `Cache-Control` of every other.
pub const REVALIDATED: &str = "no-cache";

/// How long a copy of a file holds.
#[must_use]
pub fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) { FOR_EVER } else { REVALIDATED }
}

/// True for names that end in a hash of what the file holds: `styles-0123456789abcdef.css`, `…_bg.wasm`.
#[must_use]
pub fn is_hashed(name: &str) -> bool {
    let Some((stem, "js" | "wasm" | "css")) = name.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The media type of a file by its ending.
#[must_use]
pub fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// True for types that get shorter by packing.
pub(super) fn packs(mime: &str) -> bool {
    !matches!(mime, "image/png" | "image/x-icon" | "application/octet-stream")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chromium compiles a module while it loads only under this type.
    #[test]
    fn wasm_has_its_own_type() {
        assert_eq!(mime(Path::new("a_bg.wasm")), "application/wasm");
    }

    #[test]
    fn only_a_hash_of_sixteen_digits_holds_for_ever() {
        for name in
            ["styles-0123456789abcdef.css", "redis-dr-planner-0123456789abcdef_bg.wasm", "p-0123456789abcdef.js"]
        {
            assert_eq!(cache_control(name), FOR_EVER, "{name}");
        }
        for name in
            ["index.html", "sw.js", "worker.js", "a-0123.js", "a-0123456789ABCDEF.js", "a-0123456789abcdef.json"]
        {
            assert_eq!(cache_control(name), REVALIDATED, "{name}");
        }
    }
}
