//! Caches of one name in two subscriptions; halves of pairs; values that cannot be.

use super::*;
use crate::portfolio::{Rows, totals};
use crate::report::estate::Answer;

fn cache(subscription: &str, name: &str, more: &str) -> String {
    format!(
        r#"{{"id":"/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Cache/Redis/{name}","location":"West Europe",
        "sku":{{"name":"Premium","family":"P","capacity":1}}{more}}}"#
    )
}

fn of(texts: &[String]) -> (Read, Estate) {
    let files = texts.iter().enumerate().map(|(at, text)| (at.to_string(), text.clone().into_bytes()));
    let read = read(files.collect());
    let estate = Estate::of(&read.facts, &Catalog::bundled().unwrap());
    (read, estate)
}

#[test]
fn caches_of_one_name_are_told_apart_by_their_subscription() {
    let (read, estate) =
        of(&[format!("[{},{},{}]", cache("one", "shop", ""), cache("two", "shop", ""), cache("two", "other", ""))]);
    let names: Vec<&str> = estate.planned.iter().map(|it| it.draft.plan.name.as_str()).collect();
    assert_eq!(names, ["shop (one)", "other", "shop (two)"]);
    let catalog = Catalog::bundled().unwrap();
    let rows = Rows::all(&estate.portfolio(), &catalog);
    let text = Answer::new(&read, &estate, &rows, &catalog).document(false).csv();
    assert!(text.contains("shop (one),shop (one),alone") && text.contains("shop (two),shop (two),alone"), "{text}");
}

/// Ids of subscriptions are told by their first eight letters, where these differ.
#[test]
fn an_id_is_shown_as_far_as_it_tells() {
    let names = |ids: [&str; 2]| {
        let (_, estate) = of(&[format!("[{}]", ids.map(|it| cache(it, "shop", "")).join(","))]);
        let plans = estate.planned.iter().map(|it| it.draft.plan.name.clone()).collect::<Vec<_>>();
        let caches: Vec<String> = estate.planned.iter().map(|it| it.deployment.members[0].shown()).collect();
        assert_eq!(plans, caches);
        plans
    };
    let [one, two, near] = [
        "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa",
        "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb",
        "aaaaaaaa-1111-4111-8111-bbbbbbbbbbbb",
    ];
    assert_eq!(names([one, two]), ["shop (aaaaaaaa)", "shop (bbbbbbbb)"]);
    assert_eq!(names([one, near]), [one, near].map(|it| format!("shop ({it})")));
}

/// A link is within one subscription: the peer of a name is the one beside it, wherever else the name is.
#[test]
fn a_peer_is_looked_for_in_its_own_subscription() {
    let link = |subscription: &str, from: &str, to: &str| {
        let id = format!(
            "/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Cache/Redis/{from}/linkedServers/{to}"
        );
        cache(subscription, from, &format!(r#","linkedServers":[{{"id":"{id}"}}]"#))
    };
    let all = ["one", "two"].map(|it| format!("{},{}", link(it, "a", "b"), link(it, "b", "a"))).join(",");
    let (_, estate) = of(&[format!("[{all}]")]);
    let names: Vec<&str> = estate.planned.iter().map(|it| it.draft.plan.name.as_str()).collect();
    assert_eq!(names, ["a and b (one)", "a and b (two)"]);
    assert!(estate.planned.iter().all(|it| it.deployment.members.iter().all(|it| it.is_known)));
}

#[test]
fn groups_of_one_nickname_are_told_apart() {
    let group = |subscription: &str| {
        let id = |name: &str| {
            format!("/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Cache/redisEnterprise/{name}")
        };
        let member = |name: &str| {
            let linked =
                ["m", "n"].map(|it| format!(r#"{{"id":"{}/databases/default","state":"Linked"}}"#, id(it))).join(",");
            format!(
                r#"{{"id":"{0}","location":"West Europe","sku":{{"name":"Balanced_B10"}},"databases":[{{"id":"{0}/databases/default",
                "geoReplication":{{"groupNickname":"orders","linkedDatabases":[{linked}]}}}}]}}"#,
                id(name)
            )
        };
        format!("{},{}", member("m"), member("n"))
    };
    let (_, estate) = of(&[format!("[{},{}]", group("one"), group("two"))]);
    let names: Vec<&str> = estate.planned.iter().map(|it| it.draft.plan.name.as_str()).collect();
    assert_eq!(names, ["orders (one)", "orders (two)"]);
}

/// The command names the cache that is missing, or the subscription in which it stands; the links are asked for where no file has them.
#[test]
fn half_a_pair_asks_for_the_other_half_by_command() {
    let half = estate(&["files/arm-geo-pair.json"]);
    let next = |estate: &Estate, id: &str| {
        let all = estate.planned.iter().flat_map(|it| &it.findings);
        all.filter(|it| it.id == id).map(|it| it.do_next.clone()).collect::<Vec<_>>()
    };
    let said = next(&half, "EST-HALF");
    assert!(
        said[0].contains("az redis show --ids /subscriptions/")
            && said[0].contains("/my-geo-secondary -o json > redis-my-geo-secondary.json"),
        "{said:?}"
    );
    let link = r#","linkedServers":[{"id":"/subscriptions/one/resourceGroups/rg/providers/Microsoft.Cache/Redis/a/linkedServers/b"}]"#;
    let (_, listed) = of(&[format!("[{}]", cache("one", "a", link))]);
    assert!(next(&listed, "EST-HALF")[0].contains("az redis list --subscription one -o json > redis-one.json"));
    assert_eq!(
        next(&listed, "EST-PRIMARY"),
        [
            "Save the links and open them with the other files: az redis server-link list --name a --resource-group rg --subscription one -o json > links-a.json"
        ]
    );
}

/// In code a half that is in no file has the size of the other: the estate and the portfolio of it have one month.
#[test]
fn the_estate_and_its_portfolio_have_one_price_of_half_a_pair() {
    let catalog = Catalog::bundled().unwrap();
    let read = read(files(&["files/arm-geo-pair.json"]));
    let estate = Estate::of(&read.facts, &catalog);
    let rows = Rows::all(&estate.portfolio(), &catalog);
    let month = totals(&rows.rows).amount(catalog.currency());
    let text = Answer::new(&read, &estate, &rows, &catalog).document(false).csv();
    assert_eq!(estate.planned[0].draft.unheld, None);
    assert!(text.contains(&format!(",–,–,\"{month} with an assumed load\",")), "{month}: {text}");
    let why = &estate.planned[0].draft.unknown.iter().find(|it| it.field == "passive.secondary_sku").unwrap().why;
    assert_eq!(why, "The size of my-geo-secondary is not known: Premium_P2, that of my-geo-primary, is assumed.");
}

/// Values that Azure cannot have: each is a finding with field, value and what is allowed; the others of the file are taken.
#[test]
fn values_that_cannot_be_are_found_and_the_rest_is_taken() {
    let estate = estate(&["findings/EST-VALUE.json"]);
    let lone = &estate.planned[0];
    let says: Vec<&str> = lone.findings.iter().filter(|it| it.id == "EST-VALUE").map(|it| it.says.as_str()).collect();
    assert_eq!(
        says,
        [
            "location of a is “atlantis” in the files; allowed is a region as az account list-locations names it.",
            "replicasPerPrimary of a is a text of 3 letters in the files; allowed is a whole number from 0 to 3.",
            "shardCount of a is 1e300 in the files; allowed is a whole number from 0 to 30.",
            "sku.capacity of a is -2 in the files; allowed is a whole number from 1 to 5 for Premium.",
        ]
    );
    let fields: Vec<&str> = lone.draft.unknown.iter().map(|it| it.field).collect();
    assert!(fields.contains(&"today.caches") && fields.contains(&"rebuild.sku"), "{fields:?}");
    let facts = facts(&["findings/EST-VALUE.json"]);
    let cache = facts.caches.values().next().unwrap();
    assert_eq!((cache.version.as_deref(), cache.tls.as_deref(), cache.shards), (Some("6.0"), Some("1.2"), None));
    // A size of no tier is no cache, and is named all the same.
    let (_, none) = of(&[cache_of_no_tier()]);
    assert!(
        none.findings.iter().any(|it| it.id == "EST-VALUE" && it.says.starts_with("sku.name of c is “Premiumm”")),
        "{:?}",
        none.findings
    );
}

fn cache_of_no_tier() -> String {
    r#"[{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c","sku":{"name":"Premiumm","family":"P","capacity":1}}]"#.to_owned()
}

/// A pair that links alone name, and a cache of code of the name of one half: each is found again with those that it is with.
#[test]
fn a_half_that_links_name_is_not_the_cache_of_its_name() {
    let names = ["estate/server-link-weu.json", "files/terraform-show.json"];
    let (facts, estate) = (facts(&names), estate(&names));
    let found = drift(&estate.portfolio(), &estate, &facts, &Catalog::bundled().unwrap());
    assert_eq!((found.changed.len(), found.added.len(), found.removed.len()), (0, 0, 0), "{found:#?}");
}
