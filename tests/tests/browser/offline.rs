//! After one visit the page opens without its server; every deployment keeps its own copy, whole or not at all.

use crate::builds::{copies, next_build, open, same_build, shown, version, visit};
use crate::visit::variable;
use std::fs;
use xtask::page::Page;
use xtask::site::Site;

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_page_opens_again_when_its_server_is_gone() {
    let site = Site::start(&variable("DR_DIST"), "/dr", 0).unwrap();
    let (page, url) = (Page::open().unwrap(), site.url());
    visit(&page, &url);
    let before = page.eval("return document.querySelector('[data-verdict]').textContent").unwrap();
    drop(site);
    for address in [url.clone(), format!("{url}index.html"), format!("{url}?from=mail")] {
        open(&page, &address);
        assert_eq!(page.eval("return document.querySelector('[data-verdict]').textContent").unwrap(), before);
    }
}

/// Copies that others on this origin have, or had before the path stood in the name, are not this deployment's to delete.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn two_builds_on_one_origin_keep_their_own_copies() {
    let (a, b) = (variable("DR_DIST"), next_build("two-builds"));
    let site = Site::start_all(&[("/a", &a), ("/b", &b)], 0).unwrap();
    let (page, origin) = (Page::open().unwrap(), site.origin());
    page.goto(&format!("{origin}/a/manifest.webmanifest")).unwrap();
    let before = "Promise.all([['redis-dr-planner-00000000000000aa', '/a/'], ['redis-dr-planner-00000000000000bb', '/b/'],\
        ['redis-dr-planner-00000000000000cc', '/c/'], ['redis-dr-planner:/a/:0000000000000000', '/a/'],\
        ['redis-dr-planner:/a/x/:0000000000000000', '/a/x/'], ['of-another-page', '/a/']].map(([name, page]) =>\
        caches.open(name).then(copy => copy.put(page, new Response('old'))))).then(() => done(1))";
    page.eval_later(before).unwrap();
    let expected = |ours: &[(&str, String)]| {
        let mut names: Vec<_> = ours.iter().map(|(path, build)| format!("redis-dr-planner:{path}:{build}")).collect();
        names.extend(
            ["redis-dr-planner-00000000000000cc", "redis-dr-planner:/a/x/:0000000000000000"].map(str::to_owned),
        );
        names.push("of-another-page".to_owned());
        names
    };
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    visit(&page, &format!("{origin}/a/"));
    let mut first = expected(&[("/a/", version(&a))]);
    first.push("redis-dr-planner-00000000000000bb".to_owned());
    assert_eq!(copies(&page), sorted(first));
    visit(&page, &format!("{origin}/b/"));
    assert_eq!(copies(&page), sorted(expected(&[("/a/", version(&a)), ("/b/", version(&b))])));
    drop(site);
    for (path, folder) in [("a", &a), ("b", &b), ("a", &a)] {
        open(&page, &format!("{origin}/{path}/"));
        assert_eq!(shown(&page), version(folder), "/{path}/");
    }
}

/// A cache in between still has the page of the build before: its files are not in the new copy, so the old one stays.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_stale_page_leaves_the_copy_before_until_the_new_one_is_whole() {
    let (old, new) = (same_build("stale"), next_build("stale-next"));
    let (was, is) = (version(&old), version(&new));
    let site = Site::start(&old, "", 0).unwrap();
    let (page, url) = (Page::open().unwrap(), site.url());
    visit(&page, &url);
    let html = fs::read(new.join("index.html")).unwrap();
    fs::copy(old.join("index.html"), new.join("index.html")).unwrap();
    let port = site.origin().rsplit_once(':').unwrap().1.parse().unwrap();
    drop(site);
    let site = again(&new, port);
    update(&page);
    assert_eq!(copies(&page), [format!("redis-dr-planner:/:{was}")]);
    drop(site);
    open(&page, &url);
    assert_eq!(shown(&page), was, "the old copy is whole");

    fs::write(new.join("index.html"), html).unwrap();
    let site = again(&new, port);
    // While an answer of the old copy is under way the new one waits: then a later visit has it.
    for _ in 0..3 {
        open(&page, &url);
        update(&page);
        if copies(&page) == [format!("redis-dr-planner:/:{is}")] {
            break;
        }
    }
    assert_eq!(copies(&page), [format!("redis-dr-planner:/:{is}")]);
    drop(site);
    open(&page, &url);
    assert_eq!(shown(&page), is);
}

/// The port is free again when the last connection to it is gone.
fn again(folder: &std::path::Path, port: u16) -> Site {
    for _ in 0..100 {
        if let Ok(site) = Site::start(folder, "", port) {
            return site;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("port {port} does not come free");
}

/// Looks for a new build, and waits until its copy is whole or given up, 10 s at most.
fn update(page: &Page) {
    let script = "navigator.serviceWorker.getRegistration().then(async (found) => {\
        const end = performance.now() + 10000;\
        await Promise.race([found.update().catch(() => {}), new Promise(late => setTimeout(late, 10000))]);\
        const busy = () => found.installing || found.waiting || found.active?.state === 'activating';\
        const look = () => busy() && performance.now() < end ? setTimeout(look, 50) : done(1);\
        look();\
    })";
    page.eval_later(script).unwrap();
}
