use super::super::NONE;
use super::*;
use crate::catalog::Catalog;
use crate::jobs::Reply;
use crate::portfolio::{Portfolio, Rows, read, tag_keys};
use crate::report::document::is_one_sentence;
use crate::report::estate::{ImportOptions, Imported, import};
use crate::report::tags::tag_name;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/estate");

fn files() -> Vec<(String, Vec<u8>)> {
    let all = std::fs::read_dir(FOLDER).unwrap().map(|it| it.unwrap().path());
    all.map(|it| (it.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&it).unwrap())).collect()
}

fn imported(files: Vec<(String, Vec<u8>)>) -> (Listing, Portfolio) {
    let mut replies = Vec::new();
    let late = ("late.json".to_owned(), Err("late.json: It could not be read.".to_owned()));
    let given = files.into_iter().map(|(name, bytes)| (name, Ok(bytes))).chain([late]).collect();
    import(given, &ImportOptions::default(), &mut |reply| replies.push(reply));
    let Some(Reply::Found(text)) = replies.pop() else { panic!("an answer") };
    assert!(replies.iter().all(|it| matches!(it, Reply::Progress(it) if it.done < it.trials)));
    let (listing, text) = Imported::from_text(&text).unwrap().estate.unwrap();
    (listing, read(&text).unwrap())
}

#[test]
fn an_import_opens_with_one_sentence_and_a_chart_by_any_tag() {
    let (catalog, (listing, portfolio)) = (Catalog::bundled().unwrap(), imported(files()));
    let rows = Rows::all(&portfolio, &catalog).rows;
    for key in tag_keys(&portfolio.entries).keys {
        let section = listing.opening(&rows, &key, &catalog);
        assert!(is_one_sentence(&section.says), "{}", section.says.words());
        assert!(matches!(&section.blocks[..], [Block::Figure(chart)] if chart.title.contains(tag_name(&key))));
    }
    let opening = listing.opening(&rows, "azure-region", &catalog);
    let says = opening.says.words();
    let unheld = listing.deployments.iter().filter(|it| it.unheld.is_some()).count();
    assert!(
        unheld > 0 && says.contains(&format!(" of nodes alone for {unheld} deployments that no plan holds")),
        "{says}"
    );
    let Some(Block::Figure(chart)) = opening.blocks.first() else { panic!("a chart") };
    let labels = chart.table.rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>().join("; ");
    assert!(labels.contains("North Europe and West Europe") && !labels.contains("northeurope"), "{labels}");
    let before = listing.opening(&[], "azure-region", &catalog);
    assert!(is_one_sentence(&before.says) && before.blocks.is_empty());
    assert!(listing.left_out().is_some_and(|it| format!("{it:?}").contains("late.json")));
}

#[test]
fn every_cache_has_a_row_with_the_month_of_its_plan_and_counted_findings() {
    let (catalog, (listing, portfolio)) = (Catalog::bundled().unwrap(), imported(files()));
    let rows = Rows::all(&portfolio, &catalog).rows;
    assert_eq!(listing.deployments.len(), rows.len());
    for (at, it) in listing.deployments.iter().enumerate() {
        assert_eq!(it.name, rows[it.entry.unwrap()].entry.plan.name);
        let cells = listing.rows(at, Some(&rows[at]), catalog.currency());
        assert_eq!((cells.len(), cells[0].cells.len()), (it.caches.len(), Listing::columns().len()));
        let of = |head: &str| cells[0].cells[column(head).unwrap()].words();
        assert_eq!(of("Findings") == NONE, it.findings.is_empty());
        let month = of("A month");
        assert!(month.contains('$') && month.ends_with(" today") == it.unheld.is_some(), "{month}");
        let links: BTreeSet<String> = cells.iter().map(|row| row.cells[column("Link").unwrap()].words()).collect();
        assert_eq!(links.contains(NONE), it.caches.len() == 1, "{links:?}");
        assert_eq!(
            listing.details(at).is_empty(),
            it.findings.len() + it.evidence.len() + it.unknown.len() == 0 && it.unheld.is_none()
        );
    }
    let all: Vec<usize> = (0..rows.len()).collect();
    let csv = listing.document(&all, &rows, catalog.currency()).csv();
    assert!(csv.contains("pair-weu") && csv.contains("EST-"), "{csv}");
}

#[test]
fn filters_fit_one_cache_of_a_deployment() {
    let (listing, _) = imported(files());
    let none = EstateQuery::default();
    assert_eq!(listing.fitting(&none).len(), listing.deployments.len());
    for region in listing.regions() {
        let found = listing.fitting(&EstateQuery { region: Some(region.to_owned()), ..none.clone() });
        assert!(!found.is_empty() && found.len() <= listing.deployments.len(), "{region}");
        assert!(found.iter().all(|at| listing.deployments[*at].places.iter().any(|it| it[1] == region)));
    }
    for subscription in listing.subscriptions() {
        let query = EstateQuery { subscription: Some(subscription.to_owned()), ..none.clone() };
        assert!(!listing.fitting(&query).is_empty());
    }
    let tag = Some(("no".to_owned(), "such".to_owned()));
    assert_eq!(listing.fitting(&EstateQuery { tag, ..none }), Vec::<usize>::new());
}

#[test]
fn the_commands_open_with_one_sentence() {
    assert!(is_one_sentence(&crate::report::estate::commands().says));
}

#[test]
fn without_an_estate_files_keep_their_places_and_sentences() {
    let mut replies = Vec::new();
    let given = vec![("a".to_owned(), Err("a: No.".to_owned())), ("b".to_owned(), Ok(br#"{"v":1}"#.to_vec()))];
    import(given, &ImportOptions::default(), &mut |reply| replies.push(reply));
    let Some(Reply::Found(text)) = replies.pop() else { panic!("an answer") };
    let expected = Imported { others: vec![1], refused: vec!["a: No.".to_owned()], ..Imported::default() };
    assert_eq!(Imported::from_text(&text), Some(expected));
}
