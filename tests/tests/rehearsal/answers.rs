//! What Azure answers, and what the shell makes of it: who is primary, which files are imported, which networks reach a cache.

use super::losses::{asked, names, run, script, with};
use super::stage::Stage;
use super::{book, private, said, value};
use dr_core::model::Topology;

/// The far side of an unlink may list the link for a while, and one side may list what the other does not: neither says who is primary, and
/// the shell keeps what it has.
#[test]
fn a_link_on_one_side_names_no_primary() {
    let plan = private();
    let (book, names) = (book(Topology::Passive, &plan), names(&plan));
    let before = [asked(&book), script(&book, &["Before you start"], |_| true)].concat();
    let stage = Stage::new("one-sided");
    let (east, west) = (names[0].as_str(), names[1].as_str());
    for answers in [
        &[(east, "Deleting\tSecondary")][..],
        &[(east, "Succeeded\tSecondary")],
        &[(west, "Succeeded\tSecondary")],
        &[(east, "Deleting\tSecondary"), (west, "Deleting\tPrimary")],
    ] {
        stage.says(answers);
        for shell in ["sh", "bash"] {
            let output = stage.run(shell, &format!("{before}find_primary"));
            assert!(!output.status.success() && said(&output).contains("Azure does not say"), "{}", said(&output));
            let kept = format!("{before}set_primary {west}\nfind_primary || echo \"kept $PRIMARY\"");
            let output = stage.run(shell, &kept);
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(told.trim_end().ends_with(&format!("kept {west}")), "{told}");
        }
    }
    stage.says(&[(west, "Succeeded\tPrimary"), (east, "Succeeded\tPrimary")]);
    let output = stage.run("sh", &format!("{before}find_primary"));
    assert!(!output.status.success() && said(&output).contains("do not agree"), "{}", said(&output));
    // One side is down: its neighbour's link says it, unless that is in Deleting.
    stage.down(&[east]);
    stage.says(&[(west, "Deleting\tPrimary")]);
    let output = stage.run("sh", &format!("{before}find_primary"));
    assert!(!output.status.success() && said(&output).contains("Azure does not say"), "{}", said(&output));
}

/// In a new shell after an unlink no link says who is primary: it shows the writes of both caches and where the record leads, and asks.
#[test]
fn a_person_names_the_primary_by_what_is_shown() {
    let plan = private();
    let (book, names) = (book(Topology::Passive, &plan), names(&plan));
    let before = [asked(&book), script(&book, &["Before you start"], |_| true)].concat();
    let stage = Stage::new("shown");
    for (down, linked) in [(&[][..], false), (&[names[0].as_str()], false), (&[], true)] {
        stage.down(down);
        if linked {
            stage.link(&names[0]);
        }
        let output = stage.run("sh", &format!("{before}find_primary"));
        assert_eq!(output.status.success(), linked, "{}", said(&output));
        let (calls, told) = (stage.calls(), String::from_utf8_lossy(&output.stdout).into_owned());
        let shown = usize::from(!linked);
        for name in &names {
            let of = |call: &&Vec<String>| {
                value(call, "--resource").is_some_and(|id| id.ends_with(&format!("/Redis/{name}")))
            };
            assert_eq!(
                with(&calls, &["metrics", "list", "setcommands"]).into_iter().filter(of).count(),
                shown,
                "{name}"
            );
            assert_eq!(told.matches(&format!("Writes of each minute to {name}:")).count(), shown, "{told}");
        }
        assert_eq!(with(&calls, &["cname", "show"]).len(), 2 * shown);
    }
}

/// Nobody answers, as with an expired sign-in: that is no answer of Azure, whatever the shell knows.
#[test]
fn no_answer_names_no_primary() {
    let plan = private();
    let (book, names) = (book(Topology::Passive, &plan), names(&plan));
    let before = [asked(&book), script(&book, &["Before you start"], |_| true)].concat();
    let stage = Stage::new("silent");
    stage.link(&names[0]);
    stage.down(&[names[0].as_str(), names[1].as_str()]);
    for known in ["", &format!("set_primary {}\n", names[1])] {
        let output = stage.run("sh", &format!("{before}{known}find_primary"));
        assert!(!output.status.success() && said(&output).contains("Neither cache answered"), "{}", said(&output));
    }
}

/// A shell that is new after a failover finds the new primary; the step that took it over does not turn it round once more.
#[test]
fn a_new_shell_does_not_turn_the_pair_round() {
    let plan = private();
    let (book, names) = (book(Topology::Passive, &plan), names(&plan));
    let before = [asked(&book), script(&book, &["Before you start"], |_| true)].concat();
    let stage = Stage::new("new-shell");
    let last = |then: &str| {
        let output = stage.run_on("sh", &["-u"], &format!("{before}{then}\necho \"$PRIMARY\""));
        String::from_utf8_lossy(&output.stdout).trim_end().rsplit('\n').next().unwrap_or_default().to_owned()
    };
    stage.link(&names[1]);
    assert_eq!(last("find_primary\ntake_over"), names[1], "the link says who is primary");
    std::fs::remove_file(stage.0.join("link")).unwrap();
    assert_eq!(last(&format!("set_primary {}\nfind_primary\n( take_over )", names[1])), names[1], "no link, no next");
}

/// A clustered cache exports a file for each shard: an import is given all of them.
#[test]
fn an_import_takes_every_file_of_an_export() {
    let mut plan = private();
    plan.passive.shards = Some(3);
    for topology in Topology::ALL {
        let book = book(topology, &plan);
        let stage = Stage::new(&format!("import-{}", topology.slug()));
        stage.link(&names(&plan)[0]);
        // A group asks which member is lost, in every shell.
        let member = format!("MEMBER={}\n", plan.regions[0].region.as_str());
        let day = [member, asked(&book), script(&book, &["Before you start", "Recovery point"], |_| true)];
        let calls = run(&stage, &day.concat());
        let imports = with(&calls, &["import"]);
        assert_eq!(imports.len(), 1);
        let files: Vec<&str> =
            imports[0].iter().map(String::as_str).filter(|word| word.contains("asked EXPORT_CONTAINER/")).collect();
        let file = |name: &str| format!("asked EXPORT_CONTAINER/{name}?asked EXPORT_TOKEN");
        assert_eq!(files, [file("asked"), file("IMPORT_FILES")], "each word of IMPORT_FILES is a file");
    }
}

/// Clients of every region reach the cache of a rebuild: in the outage the region that lives, afterwards the other, at home both.
#[test]
fn every_region_reaches_the_cache_of_a_rebuild() {
    let plan = private();
    let (book, names) = (book(Topology::Rebuild, &plan), names(&plan));
    for (titles, expected) in [
        (&["Unplanned failover"][..], vec![(1, 1)]),
        (&["Afterwards"], vec![(1, 0)]),
        (&["Failback"], vec![(0, 0), (0, 1)]),
    ] {
        let stage = Stage::new("rebuild-networks");
        let calls = run(&stage, &[asked(&book), script(&book, titles, |_| true)].concat());
        let made: Vec<_> = with(&calls, &["private-endpoint", "create", "--group-id"])
            .into_iter()
            .map(|call| {
                (value(call, "--name").unwrap().to_owned(), value(call, "--resource-group").unwrap().to_owned())
            })
            .collect();
        let endpoint =
            |(cache, network): &(usize, usize)| (format!("{}-pe", names[*cache]), format!("rg-{}", names[*network]));
        assert_eq!(made, expected.iter().map(endpoint).collect::<Vec<_>>(), "{titles:?}");
    }
}

/// The tool refuses private endpoints: every one that an old cache has goes, whatever it is called and wherever it stands.
#[test]
fn every_endpoint_of_an_old_cache_goes() {
    let book = super::moves::book_with("privateEndpointConnections");
    let stage = Stage::new("old-endpoints");
    let step =
        book.iter().flat_map(|it| &it.steps).find(|it| it.commands.contains("private-endpoint delete --ids")).unwrap();
    let functions = &book[0].steps[0].commands;
    let names: Vec<&str> =
        step.commands.split("${").skip(1).filter_map(|it| it.split_once(":?")).map(|(name, _)| name).collect();
    let set: String = names.iter().flat_map(|name| [name, "='old ", name, "'\n"]).collect();
    let word = super::confirmation(&step.commands).unwrap();
    let output = stage.run("sh", &format!("{functions}\n{set}CONFIRM={word}\n{}", step.commands));
    assert!(output.status.success(), "{}", said(&output));
    let gone: Vec<usize> = with(&stage.calls(), &["private-endpoint", "delete"])
        .iter()
        .map(|call| call.iter().filter(|word| word.starts_with("/subscriptions/")).count())
        .collect();
    assert_eq!(gone, [1, 1, 1, 1], "both endpoints of both caches");
}
