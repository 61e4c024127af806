//! Files as people have them: the right value or the sentence, whatever their encoding and the order of their columns.
#![allow(clippy::unwrap_used)]

use dr_core::catalog::{Catalog, RegionId};
use dr_core::import::open::{Content, Opened, open};
use dr_core::import::retail::{SheetReport, read_files};
use dr_core::import::series::take_writes;
use dr_core::plan::Plan;
use dr_core::units::Date;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/files")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn all() -> Vec<(String, Vec<u8>)> {
    let mut names: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), file(&name))).collect()
}

fn start() -> Date {
    Plan::default().horizon.start
}

fn sheet(pages: &[(String, String)]) -> Result<SheetReport, String> {
    let catalog = Catalog::bundled().unwrap();
    let sheet = read_files(pages, &catalog, start()).map_err(|error| error.to_string())?;
    Ok(sheet.over(&catalog).1)
}

/// What becomes of files, for comparing: the sentence of what is taken, and those of what is refused.
fn outcome(opened: Opened) -> String {
    let refused = opened.refusals();
    let taken = match opened.taken {
        None => String::new(),
        Some((_, Content::Plan(plan))) => format!("plan {}", plan.name),
        Some((_, Content::Portfolio(mut begun))) => {
            begun.advance(usize::MAX);
            format!("portfolio {}", begun.finish().entries.len())
        }
        Some((_, Content::Series(series))) => match take_writes(&series, &Plan::default(), "file") {
            Ok((plan, said)) => format!("{:.0}/s {said}", plan.workload.writes.as_per_s()),
            Err(error) => error.to_string(),
        },
        Some((_, Content::Sheet(pages))) => match sheet(&pages) {
            Ok(report) => {
                format!("{} {:?} {}", report.headline(), report.rows_in(&[]), report.notes.join(" "))
            }
            Err(error) => error,
        },
    };
    [taken, refused].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" | ").replace('\u{a0}', " ")
}

fn opened(bytes: &[u8]) -> String {
    outcome(open(vec![("file".to_owned(), bytes.to_vec())]))
}

/// Every fixture with its value or its sentence: each is read when it changes. The writes: 2,913/s from a rate (Enterprise)
/// and from totals a minute (Redis), 17,324/s from a mean of 8.736 MB/s ÷ 504.3 B a write.
#[test]
fn every_file_gives_its_value_or_its_sentence() {
    let said: Vec<String> = all().iter().map(|(name, bytes)| format!("{name}\n  {}", opened(bytes))).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn set_commands_are_the_writes_of_either_service() {
    let both = file("monitor-amr-sets-per-second.json");
    let text = String::from_utf8(both.clone()).unwrap();
    let average = text.lines().filter(|line| !line.contains("\"total\"")).collect::<Vec<_>>().join("\n");
    let average = average.replace(".0,\n      }", ".0\n      }");
    let total = text.lines().filter(|line| !line.contains("\"average\"")).collect::<Vec<_>>().join("\n");
    // The same writes, counted by the minute: 174,774 in a minute are 2,912.9/s.
    let counted = String::from_utf8(both.clone()).unwrap().replace("redisEnterprise", "Redis");
    let counted = ["2932", "2906", "2969", "2894", "2863"].iter().fold(counted, |text, rate| {
        let rate: u32 = rate.parse().unwrap();
        text.replace(&format!("\"total\": {rate}.0"), &format!("\"total\": {}.0", rate * 60))
    });
    for (what, bytes) in [
        ("both", both),
        ("average", average.into_bytes()),
        ("total", total.into_bytes()),
        ("counted", counted.into_bytes()),
        ("records", file("monitor-diagnostic-records.json")),
    ] {
        let said = opened(&bytes);
        assert!(said.starts_with("2913/s The write rate follows 5 samples over 5 min"), "{what}: {said}");
    }
}

/// Case retail-prices-westus.csv: A1500 in West US 9.358 an hour; 53,284 for 1 year and 110,668 for 3, by the amounts alone.
#[test]
fn a_table_of_retail_prices_is_a_price_sheet() {
    let text = String::from_utf8(file("retail-prices-westus.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let alone = [&lines[..2], &lines[3..]].concat().join("\n");
    let paid = |text: &str| -> Vec<(String, String)> {
        let report = sheet(&[("prices.csv".to_owned(), text.to_owned())]).unwrap();
        report
            .rows_in(&[RegionId::new("westus")])
            .iter()
            .map(|row| (row.what.clone(), row.now.as_decimal().to_string()))
            .collect()
    };
    let expected = |name: &str, amount: &str| (format!("A1500 node {name}in West US"), amount.to_owned());
    let terms = [expected("reserved for 1 year ", "53284"), expected("reserved for 3 years ", "110668")];
    let mut whole = paid(&text);
    whole.sort();
    assert_eq!(whole, [&[expected("", "9.358")], &terms[..]].concat());
    let mut without = paid(&alone);
    without.sort();
    assert_eq!(without, terms);
    // One amount without an hourly price is of no known term.
    let single = [&lines[..1], &lines[3..4]].concat().join("\n");
    assert!(sheet(&[("prices.csv".to_owned(), single)]).is_err());
}

/// Pages of a sheet are taken among other files, and each of the others is named; without pages, one file that opens is
/// taken, and of two neither.
#[test]
fn of_files_dropped_together_nothing_is_lost() {
    let named = |names: &[&str]| open(names.iter().map(|name| ((*name).to_owned(), file(name))).collect());
    let mixed = named(&["bom-plan.json", "retail-prices-westus.csv", "az-redis-list.json", "latin1-plan.json"]);
    assert!(matches!(&mixed.taken, Some((_, Content::Sheet(pages))) if pages.len() == 1));
    let refused: Vec<&str> = mixed.refused.iter().map(|said| said.split(':').next().unwrap()).collect();
    assert_eq!(refused, ["az-redis-list.json", "latin1-plan.json", "bom-plan.json"]);
    let one = named(&["bom-plan.json", "arm-geo-pair.json"]);
    assert!(matches!(one.taken, Some((name, Content::Plan(_))) if name == "bom-plan.json"));
    assert_eq!(one.refused.len(), 1);
    let two = named(&["bom-plan.json", "log-analytics-us.csv"]);
    assert_eq!((two.taken.is_none(), two.refused.len()), (true, 2));
    let many = open((0..20).map(|at| (format!("{at}.png"), b"\x89PNG\r\n\x1a\n".to_vec())).collect());
    assert_eq!((many.refused.len(), many.refusals().matches("This is a picture").count()), (20, 5));
    assert!(many.refusals().ends_with("15 files more could not be opened."), "{}", many.refusals());
}

/// The text in UTF-16 of either order, with a mark or without, and in UTF-8 with one.
fn encodings(text: &str) -> Vec<Vec<u8>> {
    let wide = |mark: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
    };
    let [little, big] = [u16::to_le_bytes, u16::to_be_bytes];
    vec![
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        wide("\u{feff}", little),
        wide("\u{feff}", big),
        wide("", little),
        wide("", big),
        text.replace('\n', "\r\n").into_bytes(),
    ]
}

#[test]
fn every_encoding_of_a_file_gives_the_same() {
    for (name, bytes) in all() {
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        for encoded in encodings(&text) {
            assert_eq!(opened(&encoded), opened(&bytes), "{name}");
        }
    }
}

/// A table with its columns turned; cells are quoted, so that they may hold commas.
fn turned(text: &str, by: usize) -> String {
    let separator = if text.lines().next().unwrap().contains(';') { ';' } else { ',' };
    let lines = text.lines().map(|line| {
        let mut cells: Vec<String> = Vec::new();
        let mut quoted = false;
        let mut cell = String::new();
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                _ if letter == separator && !quoted => cells.push(std::mem::take(&mut cell)),
                _ => cell.push(letter),
            }
        }
        cells.push(cell);
        let by = by % cells.len();
        cells.rotate_left(by);
        cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_order_of_columns_is_no_matter() {
    for (name, bytes) in all().into_iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|it| it == "csv"))
    {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for by in 0..text.lines().next().unwrap().split([',', ';']).count() {
            assert_eq!(opened(turned(&text, by).as_bytes()), opened(&bytes), "{name} by {by}");
        }
    }
}

/// A file of separators alone, or of more lines than a series has, is no load for the memory of a page.
#[test]
fn cells_and_lines_without_end_are_refused() {
    assert!(opened(&vec![b','; 8_000_000]).contains("columns"));
    let lines = format!("time,writes/s\n{}", "1,1\n".repeat(150_000));
    assert!(opened(lines.as_bytes()).contains("more than 100,000 samples"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Nothing panics, and whatever is not taken gets a sentence.
    #[test]
    fn any_bytes_give_a_value_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!opened(&bytes).is_empty());
    }

    #[test]
    fn cut_and_damaged_files_of_every_kind_give_a_value_or_a_sentence(
        which in any::<prop::sample::Index>(), end in any::<prop::sample::Index>(), flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 0..4),
    ) {
        let files = all();
        let (_, mut bytes) = which.get(&files).clone();
        bytes.truncate(end.index(bytes.len()) + 1);
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        let said = opened(&bytes);
        prop_assert!(!said.is_empty() && said.len() < 4_000, "{}", said);
    }
}
