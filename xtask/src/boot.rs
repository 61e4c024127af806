//! The script that starts the program stands in the page itself, in place of trunk's, which says nothing when a part does
//! not come and does not see to what came.

use crate::Outcome;

/// Stands in `app/index.html` where the script belongs: before the style sheet, which would hold it back.
const PLACE: &str = "/* boot */";
/// Stand in `app/boot.js` until trunk has named the files.
const NAMES: [&str; 4] = ["page-script", "script-digest", "page-program", "program-digest"];

/// The page with our script for trunk's, told which files it starts.
///
/// # Errors
/// The page is not as trunk leaves it, or the script has no place for a name.
pub fn install(html: &str, script: &str) -> Outcome<String> {
    let place = |there: bool, what: &str| if there { Ok(()) } else { Err(format!("index.html has no {what}")) };
    let (preload, html) = cut(html, "<link rel=\"preload\"", ">").ok_or("index.html names no program to load")?;
    let (_, html) = cut(&html, "<script type=\"module\">", "</script>").ok_or("index.html has no script of trunk's")?;
    let module = html.split_once("<link rel=\"modulepreload\"").map_or("", |(_, rest)| rest);
    let names = [module, preload].into_iter().flat_map(|tag| ["href", "integrity"].map(|name| attribute(tag, name)));
    let mut script: String =
        script.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    for (name, value) in NAMES.iter().zip(names) {
        let value = value.ok_or_else(|| format!("index.html does not say what {name} is"))?;
        place(script.matches(name).count() == 1, &format!("place for {name}: see app/boot.js"))?;
        script = script.replace(name, value);
    }
    place(html.matches(PLACE).count() == 1, PLACE)?;
    Ok(html.replace(PLACE, script.trim_end()))
}

/// What stands from a beginning to the next end, both with it, and the text without it.
fn cut<'a>(text: &'a str, from: &str, to: &str) -> Option<(&'a str, String)> {
    let start = text.find(from)?;
    let end = start + text[start..].find(to)? + to.len();
    Some((&text[start..end], format!("{}{}", &text[..start], &text[end..])))
}

/// The value of the first attribute of this name.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><script>/* boot */</script>\
        <script type=\"module\">import init from './p-1.js';</script>\
        <link rel=\"modulepreload\" href=\"./p-1.js\" crossorigin=\"anonymous\" integrity=\"sha384-a\">\
        <link rel=\"preload\" href=\"./p-1_bg.wasm\" crossorigin=\"anonymous\" integrity=\"sha384-b\" as=\"fetch\"></head>";

    #[test]
    fn our_script_stands_for_that_of_trunk_with_the_files_named() {
        let script = "// Why.\nstart(\"page-script\", \"script-digest\", \"page-program\", \"program-digest\");\n";
        assert_eq!(
            install(PAGE, script).unwrap(),
            "<head><script>start(\"./p-1.js\", \"sha384-a\", \"./p-1_bg.wasm\", \"sha384-b\");</script>\
             <link rel=\"modulepreload\" href=\"./p-1.js\" crossorigin=\"anonymous\" integrity=\"sha384-a\"></head>"
        );
    }

    #[test]
    fn a_page_or_a_script_without_a_place_is_refused() {
        assert!(install("<head></head>", "").is_err());
        assert!(install(PAGE, "start(\"page-script\")").unwrap_err().contains("script-digest"));
        assert!(
            install(
                &PAGE.replace(" integrity=\"sha384-b\"", ""),
                "page-script script-digest page-program program-digest"
            )
            .is_err()
        );
    }
}
