//! The month of an estate is that of what runs: a team is charged what its caches cost today, whatever the plans are of.

use super::*;
use crate::jobs::Reply;
use crate::portfolio::{Rows, read};
use crate::report::document::is_one_sentence;
use crate::report::estate::{ImportOptions, Imported, import};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures");

pub(super) fn imported(files: Vec<(String, Vec<u8>)>) -> (Listing, Portfolio) {
    let mut last = None;
    let given = files.into_iter().map(|(name, bytes)| (name, Ok(bytes))).collect();
    import(given, &ImportOptions::default(), &mut |reply| last = Some(reply));
    let Some(Reply::Found(text)) = last else { panic!("an answer") };
    let (listing, text) = Imported::from_text(&text).unwrap().estate.unwrap();
    (listing, read(&text).unwrap())
}

fn cache(name: &str, team: &str, place: &str, sku: &str) -> String {
    format!(
        r#"{{"id":"/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/Redis/{name}","location":"{place}","name":"{name}","sku":{sku},"tags":{{"team":"{team}"}}}}"#
    )
}

fn sku(name: &str, family: &str, capacity: u32) -> String {
    format!(r#"{{"name":"{name}","family":"{family}","capacity":{capacity}}}"#)
}

/// Pay as you go for 730 h at the bundled prices: Basic C0 of one node in West Europe $16.06; Standard C1 and C2 and Premium P1 of two nodes.
fn lone() -> Vec<(String, Vec<u8>)> {
    let list = [
        cache("sess", "web", "West Europe", &sku("Standard", "C", 2)),
        cache("jobs", "web", "East US", &sku("Standard", "C", 1)),
        cache("dev", "dev", "West Europe", &sku("Basic", "C", 0)),
        cache("lone-p", "web", "West Europe", &sku("Premium", "P", 1)),
    ];
    vec![("list.json".to_owned(), format!("[{}]", list.join(",")).into_bytes())]
}

fn opening(listing: &Listing, portfolio: &Portfolio, key: &str) -> (String, Option<Vec<Vec<String>>>) {
    let catalog = Catalog::bundled().unwrap();
    let rows = Rows::all(portfolio, &catalog).rows;
    let section = listing.opening(&rows, key, &catalog);
    assert!(is_one_sentence(&section.says), "{}", section.says.words());
    let table = section.blocks.into_iter().find_map(|it| match it {
        Block::Figure(chart) => {
            assert!(chart.caption.contains("The month is of what runs, in it "), "{}", chart.caption);
            Some(chart.table.rows)
        }
        _ => None,
    });
    (section.says.words().replace('\u{a0}', " "), table)
}

#[test]
fn a_team_is_charged_what_its_caches_cost() {
    let (listing, portfolio) = imported(lone());
    let (says, table) = opening(&listing, &portfolio, "team");
    let expected =
        "4 caches, each alone, $686 a month, in it $686 of nodes alone for 4 deployments that no plan holds;";
    assert!(says.starts_with(expected), "{says}");
    let table = table.unwrap();
    let of = |team: &str| table.iter().find(|row| row[0] == team).unwrap()[1].clone();
    assert_eq!([of("web"), of("dev")].map(|it| it[..4].to_owned()), ["$670", "$16."]);
}

/// The portfolio is of the plans, and says that something else runs and for how much.
#[test]
fn a_portfolio_says_which_plans_do_not_run() {
    let (_, portfolio) = imported(lone());
    let catalog = Catalog::bundled().unwrap();
    let rows = Rows::all(&portfolio, &catalog).rows;
    let others = "for 4 plans of another design than what runs today; the nodes that run cost $686 a month.";
    let said = crate::report::portfolio::document(&portfolio, &rows, &catalog);
    for section in &said.sections[..2] {
        assert!(section.says.words().contains(others), "{}", section.says.words());
    }
    let keys = crate::portfolio::tag_keys(&portfolio.entries);
    let share = crate::report::views::portfolio::share(&rows, "team", &keys, &catalog).unwrap();
    assert!(share.caption.contains(others));
    let csv = crate::report::portfolio::csv(&rows, catalog.currency());
    assert!(csv.lines().any(|it| it.starts_with("dev,") && it.contains(",16.06,")), "{csv}");
}

/// Of every estate: the table's column adds up to the month above it, rounding of each row aside.
#[test]
fn the_column_of_months_adds_up_to_the_sum_above_it() {
    let files = std::fs::read_dir(format!("{FOLDER}/estate")).unwrap().map(|it| it.unwrap().path());
    let files = files.map(|it| (it.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&it).unwrap()));
    let (listing, portfolio) = imported(files.collect());
    let catalog = Catalog::bundled().unwrap();
    let rows = Rows::all(&portfolio, &catalog).rows;
    let dollars = |text: &str| -> i64 {
        let text = text.split('$').nth(1).unwrap();
        let digits: String = text.chars().take_while(|it| it.is_ascii_digit() || *it == ',').collect();
        digits.replace(',', "").parse().unwrap()
    };
    let month = |(at, row): (usize, &PlanRow)| {
        dollars(&listing.rows(at, Some(row), catalog.currency())[0].cells[column("A month").unwrap()].words())
    };
    let column: i64 = rows.iter().enumerate().map(month).sum();
    let (says, table) = opening(&listing, &portfolio, "azure-region");
    let above = dollars(&says);
    assert!((column - above).abs() <= 3, "{column} {says}");
    let parts: i64 = table.unwrap().iter().map(|row| dollars(&row[1])).sum();
    assert!((parts - above).abs() <= 3, "{parts} {says}");
}

/// Of a group of three whose list has one size, the month is the least; one of which nothing is known has none and no chart.
#[test]
fn a_size_that_no_file_has_leaves_the_month_open() {
    let id = |name: &str| {
        format!("/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/redisEnterprise/{name}/databases/default")
    };
    let linked: Vec<String> = ["a", "b", "c"].map(|it| format!(r#"{{"id":"{}","state":"Linked"}}"#, id(it))).into();
    let database = format!(
        r#"{{"id":"{}","type":"Microsoft.Cache/redisEnterprise/databases","properties":{{"geoReplication":{{"groupNickname":"orders","linkedDatabases":[{}]}}}}}}"#,
        id("a"),
        linked.join(",")
    );
    let cluster = r#"{"id":"/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/redisEnterprise/a","location":"West Europe","name":"a","sku":{"name":"Enterprise_E10","capacity":2}}"#;
    let (listing, portfolio) = imported(vec![
        ("cluster.json".to_owned(), format!("[{cluster}]").into_bytes()),
        ("database.json".to_owned(), format!("[{database}]").into_bytes()),
    ]);
    let catalog = Catalog::bundled().unwrap();
    let rows = Rows::all(&portfolio, &catalog).rows;
    let cells = listing.rows(0, Some(&rows[0]), catalog.currency());
    let month = cells[0].cells[column("A month").unwrap()].words();
    assert!(month.starts_with("at least $") && month.ends_with(" today"), "{month}");
    let (says, _) = opening(&listing, &portfolio, "azure-cache");
    assert!(says.contains("≥ $") && says.contains("of which a size or price is not known;"), "{says}");
    let own = crate::portfolio::totals(&rows).headline(catalog.currency()).replace('\u{a0}', " ");
    let today = month.trim_start_matches("at least ").trim_end_matches(" today");
    let expected = format!("1 plan without a month: the nodes that run cost ≥ {today} a month.");
    assert!(own.starts_with("1 plan has no month; ") && own.ends_with(&expected), "{expected} {own}");
    let part = &crate::portfolio::shares(&rows, "azure-cache")[0];
    let shown = part.amount(catalog.currency(), crate::units::format::money);
    assert_eq!((shown.as_str(), part.percent().as_str()), ("no month", "–"));
    let csv = crate::report::portfolio::csv(&rows, catalog.currency());
    assert!(!csv.contains(&today.trim_start_matches('$').replace(',', "")), "a part is no month of today: {csv}");
    let (listing, portfolio) = imported(vec![("database.json".to_owned(), format!("[{database}]").into_bytes())]);
    let (says, table) = opening(&listing, &portfolio, "azure-cache");
    assert!(says.starts_with("1 group by its links alone, no month: the size of a, b and c is not known;"), "{says}");
    assert_eq!(table, None);
}

/// Of a pair one half is in the files, with its link and without: 3 shards of P2 with a replica each are 6 nodes at $0.555 for 730 h,
/// $2,430.90; beside it C1, two nodes at $0.069, $100.74. Alone the half is the least as well.
#[test]
fn half_a_pair_is_the_least_of_what_runs() {
    let half = cache("a", "pay", "West Europe", &sku("Premium", "P", 2));
    let id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/Redis/a/linkedServers/b";
    let more = format!(r#","shardCount":3,"replicasPerPrimary":1,"linkedServers":[{{"id":"{id}"}}]}}"#);
    let half = format!("{}{more}", half.strip_suffix('}').unwrap());
    let other = cache("c", "pay", "West Europe", &sku("Standard", "C", 1));
    let link = format!(
        r#"[{{"id":"{id}","name":"b","linkedRedisCacheId":"{}","linkedRedisCacheLocation":"North Europe","serverRole":"Secondary","provisioningState":"Succeeded","type":"Microsoft.Cache/Redis/linkedServers"}}]"#,
        id.replace("/a/linkedServers/b", "/b")
    );
    for link in [None, Some(link)] {
        for (text, sum) in [(format!("[{half},{other}]"), "≥ $2,532 a month"), (half.clone(), "≥ $2,431 a month")] {
            let mut files = vec![("list.json".to_owned(), text.into_bytes())];
            files.extend(link.clone().map(|it| ("links.json".to_owned(), it.into_bytes())));
            let (listing, portfolio) = imported(files);
            let (says, _) = opening(&listing, &portfolio, "team");
            assert!(says.contains(sum), "{says}");
            let rows = Rows::all(&portfolio, &Catalog::bundled().unwrap()).rows;
            let at = listing.deployments.iter().position(|it| it.name.contains(" and ")).unwrap();
            let cells = listing.rows(at, Some(&rows[at]), Currency::USD);
            assert_eq!(cells[0].cells[column("A month").unwrap()].words(), "at least $2,431 today");
        }
    }
}

/// The lists and links of a pair without metrics: its plan has the traffic of a new plan's load, and cell and sum say so; with set commands
/// none does.
#[test]
fn a_month_with_a_load_that_nobody_measured_says_so() {
    let file = |name: &str| (name.to_owned(), std::fs::read(format!("{FOLDER}/estate/{name}")).unwrap());
    let lists = ["az-redis-list.json", "server-link-weu.json", "server-link-neu.json"];
    let metrics = [&lists[..], &["metrics-pair-weu.json", "metrics-pair-neu.json"]].concat();
    for (names, is_assumed) in [(&lists[..], true), (&metrics[..], false)] {
        let (listing, portfolio) = imported(names.iter().map(|name| file(name)).collect());
        let rows = Rows::all(&portfolio, &Catalog::bundled().unwrap()).rows;
        let held = listing.deployments.iter().position(|it| it.name == "pair-weu and pair-neu").unwrap();
        let cells = listing.rows(held, Some(&rows[held]), Currency::USD);
        let cell = cells[0].cells[column("A month").unwrap()].words();
        assert_eq!(cell.ends_with(" with an assumed load"), is_assumed, "{cell}");
        let says = listing.opening(&rows, "team", &Catalog::bundled().unwrap()).says.words();
        // Of a lone Standard cache the month is of its nodes.
        assert_eq!(says.contains(", in it an assumed load of 1 deployment and $"), is_assumed, "{says}");
    }
}

/// Sizes that are known and have no price are not called unknown.
#[test]
fn a_month_without_a_price_says_that_the_price_is_missing() {
    use crate::report::estate::priced::{Priced, Running};
    let (_, portfolio) = imported(lone());
    let catalog = Catalog::bundled().unwrap();
    let mut rows = Rows::all(&portfolio, &catalog).rows;
    for it in &mut rows {
        it.today = None;
    }
    let said = |is_least: bool| {
        let priced = rows.iter().map(|row| Priced { row, unheld: Some("no plan holds it"), is_least });
        Running::of(priced).words(catalog.currency())
    };
    assert_eq!(said(false), Err("no price of what runs is known".to_owned()));
    assert_eq!(said(true), Err("no size or price of what runs is known".to_owned()));
}

/// A sheet in euros without the size of a cache: its month is unknown because it has no price, and not because no plan holds it.
#[test]
fn a_size_that_the_sheet_lacks_is_unknown_for_that() {
    let page = r#"{"Items":[{"currencyCode":"EUR","retailPrice":0.1,"armRegionName":"westeurope","effectiveStartDate":"2026-10-01T00:00:00Z","meterName":"C2 Cache","productName":"Azure Redis Cache Standard","skuName":"C2","unitOfMeasure":"1 Hour","type":"Consumption"}],"NextPageLink":null}"#;
    let bundled = Catalog::bundled().unwrap();
    let start = crate::plan::Plan::default().horizon.start;
    let sheet = crate::import::retail::read_files(&[("a".to_owned(), page.to_owned())], &bundled, start).unwrap();
    let catalog = sheet.over(&bundled).0;
    let read = crate::estate::read(lone());
    let estate = crate::estate::Estate::of(&read.facts, &bundled);
    let rows = Rows::all(&estate.portfolio(), &catalog);
    let text = Answer::new(&read, &estate, &rows, &catalog).document(false).csv().replace('\u{a0}', " ");
    assert!(text.contains("€73 today: the plan holds no Standard_C2 that runs alone"), "{text}");
    assert!(text.contains("unknown: C1 in East US has no price,"), "{text}");
}

/// Metrics alone are no estate of 0 caches.
#[test]
fn metrics_without_a_cache_are_told_as_metrics() {
    let names = ["metrics-pair-neu.json", "metrics-pair-weu.json"];
    let files = names.map(|it| (it.to_owned(), std::fs::read(format!("{FOLDER}/estate/{it}")).unwrap()));
    let (listing, _) = imported(files.into());
    assert_eq!(listing.told(false), "The files have metrics of pair-neu and pair-weu, and no description.");
}
