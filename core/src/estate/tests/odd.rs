//! Ids that are none of a cache or no line of text, and files that disagree, imported twice.

use super::doubts::{GROUP, LINKS, LIST, text, with};
use super::newest::{REDIS, kept};
use super::*;
use crate::portfolio;

/// An id of 600 characters, and one with a line break: the portfolio opens again with every plan, and with the settings of the others;
/// also the file of a release that wrote such ids.
#[test]
fn an_odd_id_costs_no_other_plan() {
    for odd in ["x".repeat(600), "a\\nb".to_owned(), "a\\u202eb".to_owned()] {
        let list = text(LIST).replace("/Redis/small\"", &format!("/Redis/{odd}\""));
        assert_ne!(list, text(LIST));
        let (read, estate) = with(&[LINKS[0], LINKS[1]], &[list]);
        let again = kept(&estate);
        assert_eq!((again.entries.len(), again.broken.len()), (estate.planned.len(), 0));
        let own = |name: &str| again.settings.keys().filter(|it| it.ends_with(name)).count();
        assert_eq!((again.settings.len(), own("/pair-weu"), own("/pair-neu")), (2, 1, 1));
        let key = read.facts.caches.keys().find(|it| !it.contains("/pair-")).unwrap();
        let mut older = estate.portfolio();
        older.settings.insert(key.clone(), older.settings.values().next().unwrap().clone());
        let opened = portfolio::read(&portfolio::write(&older)).unwrap();
        assert_eq!((opened.entries.len(), &opened.settings), (estate.planned.len(), &again.settings));
        let found = drift(&again, &estate, &read.facts, &Catalog::bundled().unwrap());
        assert_eq!((found.changed.len(), found.added.len(), found.removed.len()), (0, 0, 0), "{odd}: {found:#?}");
    }
}

/// Files that disagree on the state of a link, and on TLS of one member of a group: the same files once more have not changed.
#[test]
fn files_that_disagree_have_not_changed_since() {
    let catalog = Catalog::bundled().unwrap();
    let link = text(LINKS[0]).replace("\"Succeeded\"", "\"Syncing\"");
    let member = text(GROUP).replacen("\"minimumTlsVersion\": \"1.2\"", "\"minimumTlsVersion\": \"1.0\"", 1);
    assert!(link != text(LINKS[0]) && member != text(GROUP));
    for (names, other) in [(&[LIST, LINKS[0], LINKS[1]][..], link), (&[GROUP][..], member)] {
        let (read, estate) = with(names, &[other]);
        let found = drift(&kept(&estate), &estate, &read.facts, &catalog);
        assert_eq!((found.changed.len(), found.added.len(), found.removed.len()), (0, 0, 0), "{found:#?}");
    }
}

/// A file whose only caches have an id of none: no estate is in it, so that no empty portfolio is written.
#[test]
fn a_file_of_odd_ids_alone_is_not_read() {
    let of = |id: &str| serde_json::json!([{"id": id, "type": "Microsoft.Cache/Redis", "sku": {"name": "Standard", "family": "C", "capacity": 1}}]);
    for id in [format!("{REDIS}/Redis/a/../b"), "providers/Microsoft.Cache/Redis/a".to_owned()] {
        let (read, _) = with(&[], &[of(&id).to_string()]);
        assert_eq!((read.taken, read.unread.len(), read.facts.caches.len()), (0, 1, 0), "{:?}", read.unread);
        assert!(read.remarks.iter().any(|it| it.contains("its id is none of a cache")), "{:?}", read.remarks);
    }
}

/// One field of one cache stands twice: that cache is left out, and the one behind it is read. An id below a cache names none.
#[test]
fn an_entry_that_contradicts_itself_costs_no_other() {
    let list = text(LIST).replacen("\"location\":", "\"location\": \"East US\", \"location\":", 1);
    let (read, _) = with(&[], &[list]);
    assert!(
        read.unread[0].ends_with("take one of them out. Every other entry of the list is read."),
        "{:?}",
        read.unread
    );
    assert_eq!(read.facts.caches.len(), 2);
    let odd = text(LIST).replace("/Redis/small\"", "/Redis/a/small\"");
    let (read, _) = with(&[], &[odd]);
    assert_eq!(read.facts.caches.len(), 2);
    assert!(read.remarks.iter().any(|it| it.contains("its id is none of a cache")), "{:?}", read.remarks);
}

/// Anything may stand where Azure has a word: a portfolio keeps known words and figures alone.
#[test]
fn a_portfolio_keeps_known_words_alone() {
    let odd = |own: &str| text(LIST).replace(own, "hunter2 horse");
    for own in ["\"6.0\"", "\"Succeeded\"", "\"1.2\"", "\"volatile-lru\""].map(|it| it.trim_matches('"')) {
        assert_ne!(odd(own), text(LIST), "{own}");
        let (_, estate) = with(&LINKS, &[odd(own)]);
        let kept = portfolio::write(&estate.portfolio());
        assert!(!kept.contains("hunter2") && kept.contains("enableNonSslPort"), "{own}: {kept}");
    }
}
