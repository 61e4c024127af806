//! The import as the page asks for it: what changed since, what was paid and measured, dates, sheets, and what is kept.

use super::*;
use crate::estate::DateOrder;
use crate::import::dates::asks_for_order;
use crate::jobs::Reply;
use crate::portfolio::{Rows, read};
use crate::report::estate::{ImportOptions, Imported, import};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures");

fn file(name: &str) -> (String, Vec<u8>) {
    (name.to_owned(), std::fs::read(format!("{FOLDER}/{name}")).unwrap())
}

fn estate_files() -> Vec<(String, Vec<u8>)> {
    let all = std::fs::read_dir(format!("{FOLDER}/estate")).unwrap();
    all.map(|it| file(&format!("estate/{}", it.unwrap().file_name().to_string_lossy()))).collect()
}

fn imported(files: &[(String, Vec<u8>)], options: &ImportOptions) -> Imported {
    let options = ImportOptions::from_text(&options.to_text());
    let mut replies = Vec::new();
    import(files.iter().cloned().map(|(name, bytes)| (name, Ok(bytes))).collect(), &options, &mut |it| {
        replies.push(it);
    });
    let Some(Reply::Found(text)) = replies.pop() else { panic!("an answer") };
    Imported::from_text(&text).unwrap()
}

fn listing(files: &[(String, Vec<u8>)], options: &ImportOptions) -> (Listing, String) {
    imported(files, options).estate.unwrap()
}

#[test]
fn an_import_again_shows_what_changed_cause_by_cause() {
    let files = estate_files();
    let (first, portfolio) = listing(&files, &ImportOptions::default());
    assert_eq!(first.changes(), None, "nothing was open before");
    let again = ImportOptions { before: Some(portfolio), ..ImportOptions::default() };
    let same = listing(&files, &again).0.changes().unwrap();
    assert!(same.says.words().starts_with("0 of ") && same.blocks.is_empty(), "{same:?}");
    let mut grown = files.clone();
    let list = grown.iter_mut().find(|(name, _)| name.ends_with("az-redis-list.json")).unwrap();
    let text = String::from_utf8(list.1.clone()).unwrap();
    let mut caches: serde_json::Value = serde_json::from_str(&text).unwrap();
    for cache in
        caches.as_array_mut().unwrap().iter_mut().filter(|it| it["name"].as_str().unwrap().starts_with("pair-"))
    {
        cache["sku"]["capacity"] = 3.into();
    }
    list.1 = caches.to_string().into_bytes();
    let changes = listing(&grown, &again).0.changes().unwrap();
    let words = format!("{changes:?}");
    assert!(
        changes.says.words().starts_with("1 of ") && words.contains("Size") && words.contains("Premium_P3"),
        "{words}"
    );
    // The portfolio of other caches is compared with nothing.
    let other =
        r#"{"portfolio":1,"plans":[{"tags":{"azure-cache":"far"},"plan":{"name":"far"}},{"plan":{"name":"own"}}]}"#;
    let other = ImportOptions { before: Some(other.to_owned()), ..ImportOptions::default() };
    assert_eq!(listing(&files, &other).0.changes(), None);
}

/// The page has the sections of the terminal's document, word by word.
#[test]
fn what_was_paid_and_measured_is_told_as_in_the_terminal() {
    let mut files = estate_files();
    files.extend(["costs/focus-november.csv", "metrics/full-sync-pair.json"].map(file));
    let (listing, _) = listing(&files, &ImportOptions::default());
    let catalog = Catalog::bundled().unwrap();
    let read = crate::estate::read(files);
    let mut estate = crate::estate::Estate::of(&read.facts, &catalog);
    crate::calibrate::calibrate_estate(&mut estate, &read.facts, &catalog);
    let rows = Rows::all(&estate.portfolio(), &catalog);
    let document = Answer::new(&read, &estate, &rows, &catalog).document(false);
    let ours = listing.measured_and_paid();
    let ids: Vec<&str> = ours.iter().map(|it| it.id).collect();
    assert_eq!(ids[..2], ["estate-costs", "estate-calibration"]);
    for section in &ours {
        let theirs = document.sections.iter().find(|it| it.id == section.id).unwrap();
        assert_eq!(section, theirs);
    }
}

#[test]
fn dates_that_no_file_settles_are_read_as_the_person_says() {
    let mut files = estate_files();
    files.push(file("files/cost-details-mca.csv"));
    let asks = |dates| {
        let (listing, _) = listing(&files, &ImportOptions { dates, ..ImportOptions::default() });
        listing.not_read.iter().any(|it| asks_for_order(it))
    };
    assert_eq!([None, Some(DateOrder::MonthFirst), Some(DateOrder::DayFirst)].map(asks), [true, false, false]);
}

/// Sheets are read where the estate is, whatever lies beside them, and their prices are those of what was paid.
#[test]
fn a_price_sheet_among_the_files_is_read_with_them() {
    let page = r#"{"Items":[{"currencyCode":"EUR","retailPrice":0.4,"armRegionName":"eastus","effectiveStartDate":"2026-10-01T00:00:00Z","meterName":"P1 Cache Instance","productName":"Azure Redis Cache Premium","skuName":"P1","unitOfMeasure":"1 Hour","type":"Consumption"}],"NextPageLink":null}"#;
    let sheet = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let mut files = estate_files();
    files.insert(0, sheet("east.json", page));
    files.push(sheet("plan.json", r#"{"v":1}"#));
    let found = imported(&files, &ImportOptions::default());
    let read = found.sheet.unwrap();
    assert_eq!(
        (read.name.as_str(), &found.others[..], found.estate.is_some()),
        ("east.json", &[files.len() - 1][..], true)
    );
    let bundled = Catalog::bundled().unwrap();
    let sheet_of = |text: &str| crate::import::retail::read_persisted(text, &bundled).unwrap();
    assert_eq!(sheet_of(&read.prices).currency().code(), "EUR");
    // Alone, and broken.
    let alone = imported(&files[..1], &ImportOptions::default());
    assert_eq!(
        (alone.sheet.is_some(), alone.estate, alone.others, alone.refused),
        (true, None, Vec::new(), Vec::new())
    );
    let broken = imported(&[sheet("east.json", r#"{"Items": [{"retailPri"#)], &ImportOptions::default());
    assert!(broken.sheet.is_none() && broken.refused[0].starts_with("east.json: This is no price sheet"), "{broken:?}");
}

#[test]
fn a_kept_listing_is_the_listing_with_the_plans_that_are_open() {
    let (listing, text) = listing(&estate_files(), &ImportOptions::default());
    let mut portfolio = read(&text).unwrap();
    let kept = listing.to_text();
    assert!(Listing::is_kept(&kept));
    assert_eq!(Listing::from_text(&kept, &portfolio).as_ref(), Ok(&listing));
    // A plan that was taken out since.
    portfolio.entries.remove(0);
    let places: Vec<Option<usize>> =
        Listing::from_text(&kept, &portfolio).unwrap().deployments.iter().map(|it| it.entry).collect();
    assert_eq!((places[0], places[1]), (None, Some(0)));
    for damaged in ["", "{}", &kept[..kept.len() - 2], &kept.replace("\"estate\":1", "\"estate\":2")] {
        assert!(Listing::from_text(damaged, &portfolio).is_err_and(|why| why.contains("open its files again")));
    }
}

const PAIR: [&str; 2] = [
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.Cache/Redis/pair-weu",
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-neu/providers/Microsoft.Cache/Redis/pair-neu",
];

/// Links, metrics, clusters and costs that are opened later are more of the estate that is open; its own list again is a later import of it.
#[test]
fn files_that_are_opened_later_add_to_the_estate() {
    let list = [file("estate/az-redis-list.json")];
    let (_, portfolio) = listing(&list, &ImportOptions::default());
    let beside = |names: &[&str], options: ImportOptions| {
        let files: Vec<_> = names.iter().map(|it| file(it)).collect();
        imported(&files, &ImportOptions { before: Some(portfolio.clone()), ..options })
    };
    for more in [
        &["estate/server-link-weu.json"][..],
        &["estate/metrics-pair-weu.json"],
        &["estate/metrics-pair-weu.json", "estate/metrics-pair-neu.json"],
        &["estate/az-redisenterprise-list.json"],
        &["estate/private-endpoints.json"],
        &["costs/focus-november.csv"],
    ] {
        let found = beside(more, ImportOptions::default());
        assert_eq!(found, Imported { adds: true, ..Imported::default() }, "{more:?}");
    }
    // A whole list of the clusters alone, where the estate has caches of both kinds: what it does not hold stays.
    let both = [file("estate/az-redis-list.json"), file("estate/az-redisenterprise-list.json")];
    let before = Some(listing(&both, &ImportOptions::default()).1);
    let clusters = imported(&both[1..], &ImportOptions { before, ..ImportOptions::default() });
    assert_eq!(clusters, Imported { adds: true, renews: true, ..Imported::default() });
    let again = beside(&["estate/az-redis-list.json"], ImportOptions::default());
    assert!(!again.adds && again.estate.unwrap().0.since.is_some());
    let alone = beside(&["estate/server-link-weu.json"], ImportOptions { alone: true, ..ImportOptions::default() });
    assert!(!alone.adds && alone.estate.is_some());
    // The links first: nothing of them describes a cache, and the list adds to them where they are at hand.
    let (told, links) = listing(&[file("estate/server-link-weu.json")], &ImportOptions::default());
    assert!(told.told(false).starts_with("Opened 1 pair by its links alone."), "{}", told.told(false));
    for is_at_hand in [true, false] {
        let options = ImportOptions { before: Some(links.clone()), is_at_hand, ..ImportOptions::default() };
        assert_eq!(imported(&list, &options).adds, is_at_hand);
    }
    // Metrics of an estate without a cache have no plan at all.
    let at_hand = ImportOptions { is_at_hand: true, ..ImportOptions::default() };
    assert!(imported(&list, &at_hand).adds);
}

/// Metrics of one cache become the writes of its own plan, or part of its estate; never the writes of another plan.
#[test]
fn metrics_of_another_cache_are_no_writes_of_the_plan() {
    let metrics = [file("estate/metrics-pair-weu.json")];
    let of = |own: &[&str], before: Option<String>, is_plan_in_view: bool| {
        let own = own.iter().map(|it| (*it).to_owned()).collect();
        imported(
            &metrics,
            &ImportOptions { own, before, is_plan_in_view, plan: "shop".to_owned(), ..ImportOptions::default() },
        )
    };
    let opens = Imported { others: vec![0], ..Imported::default() };
    assert_eq!(of(&PAIR, None, true), opens);
    assert_eq!(of(&[], None, true), opens, "a plan without ids may be of any cache");
    let other = PAIR[0].replace("pair-weu", "shop-weu");
    let refused = of(&[&other], None, true);
    assert_eq!((refused.others.len(), refused.estate.is_none()), (0, true));
    assert_eq!(
        refused.refused,
        [
            "estate/metrics-pair-weu.json: These are metrics of pair-weu, which is no cache of the plan “shop”. Open them with the list of their caches, or with their own plan in view."
        ]
    );
    let (_, portfolio) = listing(&estate_files(), &ImportOptions::default());
    assert_eq!(of(&PAIR, Some(portfolio.clone()), true), opens);
    assert!(of(&PAIR, Some(portfolio.clone()), false).adds && of(&[&other], Some(portfolio), true).adds);
}

/// Opened with everything, then a later list of the same subscription in which `small` has another size and one cache is gone: the later list
/// takes the place of the older one, and what changed is drift. Without that the two contradict each other.
#[test]
fn a_later_whole_list_takes_the_place_of_the_older_one() {
    let all = estate_files();
    let (_, portfolio) = listing(&all, &ImportOptions::default());
    let mut caches: Vec<serde_json::Value> = serde_json::from_slice(&file("estate/az-redis-list.json").1).unwrap();
    let mut small = caches.iter().position(|it| it["name"] == "small").map(|at| caches.remove(at)).unwrap();
    small["sku"]["capacity"] = 2.into();
    let text = |list: &[serde_json::Value]| ("later.json".to_owned(), serde_json::to_vec(list).unwrap());
    let later = [text(&[caches.clone(), vec![small]].concat()), text(&caches)];
    for (later, expected) in later.into_iter().zip(["Standard_C2", "not in the files"]) {
        let options = ImportOptions { before: Some(portfolio.clone()), is_at_hand: true, ..ImportOptions::default() };
        let first = imported(std::slice::from_ref(&later), &options);
        assert!(first.adds && first.renews, "{first:?}");
        let both = [all.clone(), vec![later]].concat();
        let options = ImportOptions { alone: true, earlier: all.len(), ..options };
        let found = imported(&both, &options);
        let at = all.iter().position(|it| it.0.ends_with("az-redis-list.json")).unwrap();
        assert_eq!(found.renewed, [at]);
        let listing = found.estate.unwrap().0;
        assert!(
            listing
                .findings
                .iter()
                .chain(listing.deployments.iter().flat_map(|it| &it.findings))
                .all(|it| it.id != "EST-FILES")
        );
        let changes = format!("{:?}", listing.changes().unwrap());
        assert!(changes.contains(expected) && changes.contains("small"), "{changes}");
    }
    // More of another kind takes no place.
    let links = [all.clone(), vec![file("estate/server-link-weu.json")]].concat();
    let options = ImportOptions { alone: true, earlier: all.len(), ..ImportOptions::default() };
    assert_eq!(imported(&links, &options).renewed, Vec::<usize>::new());
}
