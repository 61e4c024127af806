//! Pictures of every tab, to look at; and what a picture would show: nothing hangs over the edge.

use crate::estate::{PRICED, ROWS, drop_files};
use crate::visit::{TABS, Visit, variable};
use dr_tests::estate::invented;
use std::ops::Add;

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn every_tab_fits_its_window() {
    let folder = variable("DR_PICTURES");
    std::fs::create_dir_all(&folder).unwrap();
    let visit = Visit::new();
    let mut wide = Vec::new();
    for (width, height) in [(1440, 900), (1024, 768), (360, 740)] {
        for scheme in ["light", "dark"] {
            visit.page.look(width, height, scheme).unwrap();
            visit.open("");
            let all = (width == 1440) == (scheme == "light") && width != 1024;
            let firsts = || TABS.map(str::to_ascii_lowercase).to_vec();
            for tab in if all { visit.views() } else { firsts() } {
                if all {
                    visit.look(&tab);
                } else {
                    visit.show(&tab[..1].to_ascii_uppercase().add(&tab[1..]));
                }
                let file = folder.join(format!("{}-{width}-{scheme}.png", tab.replace('/', "-")));
                std::fs::write(file, visit.page.picture(true).unwrap()).unwrap();
                let needs = visit.page.eval("return document.documentElement.scrollWidth").unwrap();
                if needs.as_u64() > Some(u64::from(width)) {
                    wide.push(format!("{tab} at {width} in {scheme} needs {needs}"));
                }
            }
        }
    }
    assert!(wide.is_empty(), "wider than the window:\n{}", wide.join("\n"));
}

/// Written only by `cargo xtask screenshot`, so that a test run leaves the checkout clean.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask screenshot"]
fn the_readme_shows_the_page_as_it_is() {
    let visit = Visit::new();
    visit.page.look(1440, 960, "light").unwrap();
    visit.open("");
    visit.show("Outage");
    let picture = visit.page.picture(false).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    if let Some(file) = std::env::var_os("DR_README_PICTURE") {
        std::fs::write(file, picture).unwrap();
    }
}

/// The table of two hundred invented caches, one deployment unfolded; written as the one above.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask screenshot"]
fn the_readme_shows_the_estate_as_it_is() {
    let visit = Visit::new();
    visit.page.look(1440, 960, "light").unwrap();
    drop_files(&visit, &invented());
    visit.page.wait(&format!("{ROWS} === 200 && {PRICED}")).unwrap();
    visit.page.eval("document.querySelector('[data-notice] button')?.click()").unwrap();
    visit.page.eval("document.querySelector('[data-deployment] [aria-expanded]').click()").unwrap();
    visit.page.wait("document.querySelector('[data-deployment] .findings')").unwrap();
    visit.page.eval("document.querySelector('[data-section=estate-caches]').scrollIntoView()").unwrap();
    let picture = visit.page.picture(false).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    if let Some(file) = std::env::var_os("DR_README_ESTATE") {
        std::fs::write(file, picture).unwrap();
    }
}
