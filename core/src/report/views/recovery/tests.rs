use super::*;
use crate::catalog::{Catalog, SkuId};
use crate::evaluate::evaluate;
use crate::plan::Plan;
use crate::report::document::plain;
use crate::units::{Bytes, BytesPerSec, OpsPerSec};
use insta::assert_snapshot;

fn said(change: impl Fn(&mut Plan), section: fn(Subject) -> Section) -> Section {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = Plan::default();
    change(&mut plan);
    let evaluation = evaluate(&plan, &catalog);
    section(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation })
}

fn words(section: &Section) -> String {
    plain("", std::slice::from_ref(section))
}

/// Every view of the tab for a new plan, as a terminal prints it.
#[test]
fn the_tab_of_a_new_plan() {
    let catalog = Catalog::bundled().unwrap();
    let plan = Plan::default();
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let tab = crate::report::views::VIEWS.iter().filter(|view| view.tab == "Recovery");
    assert_snapshot!(tab.map(|view| plain(view.name, &(view.sections)(subject))).collect::<Vec<_>>().join("\n"));
}

/// A pair that loops is fixed by shards, writes or a buffer; a group that never ends by a size that can be bought.
#[test]
fn what_does_not_end_names_the_smallest_change() {
    let pair = said(|plan| plan.assumptions.replica_buffer = Bytes::mb(10.0), full_sync).says.words();
    assert!(
        pair.contains(
            "It ends with any one of these: 5 shards, at most 1,840/s of writes, or a replica buffer of 27.2\u{a0}MB."
        ),
        "{pair}"
    );
    let group = |plan: &mut Plan| {
        plan.workload.writes = OpsPerSec::per_s(1.2e6);
        plan.active.sku = Some(SkuId::new("Balanced_B20"));
    };
    let group = said(group, full_sync).says.words();
    assert!(group.contains("Active group: it never ends.") && group.contains("the size X50"), "{group}");
}

#[test]
fn the_copy_rate_names_its_source() {
    assert!(words(&said(|_| {}, full_sync)).contains("published 5–10 minutes for 53 GB"));
    let own = |plan: &mut Plan| plan.assumptions.sync_rate.high = BytesPerSec::mb_per_s(200.0);
    let own = words(&said(own, full_sync));
    assert!(own.contains("At your full-sync rate of 88 MB/s to 200 MB/s") && !own.contains("5–10 minutes"), "{own}");
}
