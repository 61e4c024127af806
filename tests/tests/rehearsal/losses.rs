//! Either region of a pair, and any member of a group, may be the one that is lost; afterwards the clients go home.

use super::stage::Stage;
use super::{book, confirmation, preset, private, public, said, value};
use dr_core::model::Topology;
use dr_core::plan::{Confirmation, Plan, RegionShare, TrafficSwitch};
use dr_core::report::runbook::{Runbook, Step};

/// Names of the caches, as the runbook makes them of a plan without a site file, and asks for those of a pair that runs.
pub(super) fn names(plan: &Plan) -> Vec<String> {
    if plan.passive.exists.is_confirmed() {
        let asked = |share: &RegionShare| format!("asked CACHE_{}", share.region.as_str().to_ascii_uppercase());
        return plan.regions.iter().map(asked).collect();
    }
    let base = plan.name.to_ascii_lowercase().replace(' ', "-");
    plan.regions.iter().map(|share| format!("{base}-{}", share.region.as_str())).collect()
}

/// These sections in their order, each confirmation before its step; what a shell asks for is set first.
pub(super) fn script(book: &Runbook, titles: &[&str], taken: impl Fn(&Step) -> bool) -> String {
    let mut script = String::new();
    for title in titles {
        let section = book.sections.iter().find(|it| it.title == *title).unwrap();
        for step in section.steps.iter().filter(|step| taken(step)) {
            script.extend(confirmation(&step.commands).map(|word| format!("CONFIRM={word}\n")));
            script.extend([step.commands.as_str(), "\n", step.verify.as_str(), "\n"]);
        }
    }
    script
}

/// What the top of the runbook asks for.
pub(super) fn asked(book: &Runbook) -> String {
    let all: String = book.sections.iter().flat_map(|it| &it.steps).map(|step| step.commands.as_str()).collect();
    let names = all.split(": \"${").skip(1).filter_map(|rest| rest.split_once(":?")).map(|(name, _)| name);
    names.filter(|name| *name != "MEMBER").flat_map(|name| [name, "='asked ", name, "'\n"]).collect()
}

/// Runs as an interactive shell does, which goes on where a region does not answer; nothing was unknown to az or to the shell.
pub(super) fn run(stage: &Stage, script: &str) -> Vec<Vec<String>> {
    let output = stage.run_on("sh", &["-u"], script);
    let said = said(&output);
    assert!(!said.contains("az stub") && !said.contains("not found") && !said.contains("not set"), "{said}\n{script}");
    assert!(!said.contains("Nothing ran"), "{said}");
    stage.calls()
}

pub(super) fn with<'a>(calls: &'a [Vec<String>], words: &[&str]) -> Vec<&'a Vec<String>> {
    calls.iter().filter(|call| words.iter().all(|word| call.iter().any(|it| it == word))).collect()
}

pub(super) fn pairs() -> Vec<Plan> {
    let mut swapped = private();
    swapped.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    let switched = |switch| {
        let mut plan = public();
        plan.traffic.switch = switch;
        plan
    };
    let all = [
        TrafficSwitch::TrafficManager,
        TrafficSwitch::FrontDoor,
        TrafficSwitch::AppConfiguration,
        TrafficSwitch::DnsRecord,
    ];
    let mut plans = vec![preset("marine-logistics.json"), private(), swapped];
    plans.extend(all.map(switched));
    plans
}

/// The primary's region goes, whichever it is: the other cache is unlinked and written to, the clients of both regions are led there, the
/// pair is linked again from the survivor, and the failback ends where the night began.
#[test]
fn either_primary_may_be_lost() {
    for (at, plan) in pairs().into_iter().enumerate() {
        let (book, names) = (book(Topology::Passive, &plan), names(&plan));
        for primary in [0, 1] {
            let (lost, survivor) = (names[primary].as_str(), names[1 - primary].as_str());
            let stage = Stage::new(&format!("lost-primary-{at}-{primary}"));
            stage.link(lost);
            stage.down(&[lost]);
            let back_at_once = |step: &Step| !step.text.starts_with("Go back at once");
            let night = [
                asked(&book),
                script(&book, &["Before you start", "Unplanned failover"], back_at_once),
                ": >down\n".to_owned(),
                script(&book, &["Afterwards"], |step| !step.text.contains("lost for good")),
            ];
            let calls = run(&stage, &night.concat());
            let unlinks = with(&calls, &["server-link", "delete"]);
            assert!(unlinks.iter().all(|call| value(call, "--name") == Some(survivor)), "{unlinks:?}");
            assert_eq!(value(unlinks[0], "--linked-server-name"), Some(lost));
            for set in with(&calls, &["cname", "set-record"]) {
                assert_eq!(value(set, "--cname"), Some(format!("{survivor}.redis.cache.windows.net").as_str()));
            }
            if plan.traffic.switch == TrafficSwitch::DnsRecord || at == 1 {
                let groups: Vec<_> = with(&calls, &["cname", "set-record"])
                    .iter()
                    .filter_map(|it| value(it, "--resource-group"))
                    .collect();
                for region in &plan.regions {
                    let own = format!("asked DNS_GROUP_{}", region.region.as_str().to_ascii_uppercase());
                    assert!(groups.contains(&own.as_str()), "clients of both regions: {groups:?}");
                }
            }
            moved(&plan, &calls, lost, survivor);
            assert_eq!(stage.linked().as_deref(), Some(survivor), "the survivor is copied to the other");
            let home = [
                asked(&book),
                script(&book, &["Before you start"], |_| true),
                script(&book, &["Failback"], back_at_once),
            ];
            let calls = run(&stage, &home.concat());
            assert_eq!(stage.linked().as_deref(), Some(lost), "the failback ends where the night began");
            let counted = with(&calls, &["metrics", "list", "totalkeys"]);
            let turned = calls
                .iter()
                .position(|call| call.contains(&"server-link".to_owned()) && !call.contains(&"list".to_owned()));
            let looked = calls.iter().position(|call| call.contains(&"totalkeys".to_owned()));
            assert!(counted.len() >= 2 && looked < turned, "nobody goes back to an empty copy");
            for set in with(&calls, &["cname", "set-record"]) {
                assert_eq!(value(set, "--cname"), Some(format!("{lost}.redis.cache.windows.net").as_str()));
            }
            if let TrafficSwitch::TrafficManager | TrafficSwitch::FrontDoor = plan.traffic.switch {
                assert!(with(&calls, &["Disabled"]).is_empty() && with(&calls, &["update", "Enabled"]).len() == 2);
            }
        }
    }
}

/// The switch of the plan left the lost region and reached its service from the one that lives.
fn moved(plan: &Plan, calls: &[Vec<String>], lost: &str, survivor: &str) {
    let name = match plan.traffic.switch {
        TrafficSwitch::TrafficManager => "--name",
        TrafficSwitch::FrontDoor => "--origin-name",
        TrafficSwitch::AppConfiguration => {
            let set = with(calls, &["appconfig", "redis:target"]);
            assert_eq!(value(set[0], "--value"), Some(survivor));
            let first = survivor.ends_with(plan.regions[0].region.as_str());
            let region = plan.regions[1].region.as_str();
            let ends =
                if first { "asked TRAFFIC_NAME.azconfig.io".to_owned() } else { format!("-{region}.azconfig.io") };
            assert!(value(set[0], "--endpoint").unwrap().ends_with(&ends), "{set:?}");
            return;
        }
        _ => return,
    };
    let state =
        |state: &str| with(calls, &["update", state]).first().and_then(|call| value(call, name)).map(str::to_owned);
    assert_eq!((state("Disabled").as_deref(), state("Enabled").as_deref()), (Some(lost), Some(survivor)));
    assert!(
        with(calls, &["update", "Disabled"])
            .iter()
            .all(|call| value(call, "--resource-group") == Some("asked TRAFFIC_GROUP"))
    );
}

/// The secondary's region goes, whichever it is: nothing fails over, the primary is unlinked and keeps its clients, and a new copy is
/// made where the lost one was.
#[test]
fn either_secondary_may_be_lost() {
    for (at, plan) in pairs().into_iter().enumerate() {
        let (book, names) = (book(Topology::Passive, &plan), names(&plan));
        for primary in [0, 1] {
            let (lives, lost) = (names[primary].as_str(), names[1 - primary].as_str());
            let stage = Stage::new(&format!("lost-secondary-{at}-{primary}"));
            stage.link(lives);
            stage.down(&[lost]);
            let night = [
                asked(&book),
                script(&book, &["Before you start", "Loss of the secondary"], |_| true),
                ": >down\n".to_owned(),
                script(&book, &["Afterwards"], |step| !step.text.starts_with("If the other cache is there")),
            ];
            let calls = run(&stage, &night.concat());
            let unlinks = with(&calls, &["server-link", "delete"]);
            assert!(!unlinks.is_empty());
            assert!(
                unlinks
                    .iter()
                    .all(|call| value(call, "--name") == Some(lives)
                        && value(call, "--linked-server-name") == Some(lost))
            );
            let made: Vec<_> = with(&calls, &["redis", "create", "--sku"]);
            assert!(made.iter().all(|call| value(call, "--name") == Some(lost)) && made.len() == 1, "{made:?}");
            assert!(made[0].contains(&plan.regions[1 - primary].region.as_str().to_owned()), "{made:?}");
            assert_eq!(stage.linked().as_deref(), Some(lives));
            moved(&plan, &calls, lost, lives);
        }
    }
}

/// After a switch the sections of a quiet day hold in the other direction: size, recovery point, emptying, and the way home.
#[test]
fn quiet_days_follow_the_roles() {
    let plan = private();
    let (book, names) = (book(Topology::Passive, &plan), names(&plan));
    for primary in [0, 1] {
        let (primary, secondary) = (names[primary].as_str(), names[1 - primary].as_str());
        let stage = Stage::new(&format!("quiet-{primary}"));
        stage.link(primary);
        let day = [asked(&book), script(&book, &["Before you start", "Change", "Recovery point"], |_| true)];
        let calls = run(&stage, &day.concat());
        for (words, own) in [
            (&["redis", "flush"][..], primary),
            (&["redis", "import"], primary),
            (&["server-link", "create"], primary),
            (&["server-link", "delete"], secondary),
        ] {
            let found = with(&calls, words);
            assert!(
                !found.is_empty() && found.iter().all(|call| value(call, "--name") == Some(own)),
                "{words:?} {found:?}"
            );
        }
        let emptied = with(&calls, &["server-link", "create"]);
        assert!(value(emptied[0], "--server-to-link").unwrap().ends_with(&format!("/{secondary}")), "{emptied:?}");
        // Both may be exported: the primary, and the other before a relink empties it.
        let exports = with(&calls, &["redis", "export"]);
        let exported: Vec<_> = exports.iter().filter_map(|call| value(call, "--name")).collect();
        assert_eq!(exported, [primary, secondary]);
    }
}

/// Nobody guesses: without a link a new shell must be told, and two answers that do not agree stop it.
#[test]
fn an_unknown_primary_is_refused() {
    let plan = private();
    let (book, names) = (book(Topology::Passive, &plan), names(&plan));
    let before = [asked(&book), script(&book, &["Before you start"], |_| true)].concat();
    let stage = Stage::new("unknown-primary");
    let refused = |then: &str, why: &str| {
        let output = stage.run("sh", &format!("{before}{then}"));
        assert!(!output.status.success() && said(&output).contains(why), "{}", said(&output));
    };
    refused("find_primary", "Run set_primary with the name");
    refused("set_primary elsewhere", "It is one of: shop-eastus, shop-northeurope");
    refused("echo \"${PRIMARY:?}\"", "PRIMARY");
    let region = plan.regions[1].region.as_str();
    let output = stage
        .run("sh", &format!("{before}set_primary {region}\nfind_primary\necho \"$PRIMARY $SECONDARY ${{NEXT-none}}\""));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.trim_end().ends_with(&format!("{} {} none", names[1], names[0])), "{told} {}", said(&output));
    // The secondary's answer alone is enough, and so is the primary's.
    for down in &names {
        stage.link(&names[1]);
        stage.down(&[down]);
        let output = stage.run("sh", &format!("{before}find_primary\necho \"$PRIMARY\""));
        assert!(String::from_utf8_lossy(&output.stdout).trim_end().ends_with(&names[1]), "{}", said(&output));
    }
}

/// A group of three.
pub(super) fn group(switch: TrafficSwitch) -> Plan {
    let mut plan = private();
    plan.regions = ["eastus", "northeurope", "southeastasia"].map(|id| RegionShare::new(id, 0.33, 0.33)).to_vec();
    plan.traffic.switch = switch;
    plan
}

/// Any member may be lost and any other may give it up: its own clients alone are moved, it is made again where it was, and its clients
/// come home once it holds what the others hold.
#[test]
fn any_member_of_a_group_may_be_lost() {
    for switch in [
        TrafficSwitch::Unsaid,
        TrafficSwitch::TrafficManager,
        TrafficSwitch::FrontDoor,
        TrafficSwitch::AppConfiguration,
        TrafficSwitch::DnsRecord,
    ] {
        let plan = group(switch);
        let (book, names) = (book(Topology::Active, &plan), names(&plan));
        for (lost, region) in names.iter().zip(&plan.regions) {
            let others = if switch == TrafficSwitch::Unsaid { 2 } else { 1 };
            for living in names.iter().filter(|it| *it != lost).take(others) {
                let stage = Stage::new(&format!("member-{}", switch as u8));
                let member = region.region.as_str();
                let night = [
                    format!("MEMBER={member}\n"),
                    asked(&book),
                    script(&book, &["Before you start", "Unplanned failover"], |step| {
                        !step.commands.contains("force-unlink")
                    }),
                    format!("set_living {living}\n"),
                    script(&book, &["Unplanned failover"], |step| step.commands.contains("force-unlink --")),
                ];
                let calls = run(&stage, &night.concat());
                let unlinks = with(&calls, &["database", "force-unlink"]);
                assert_eq!(unlinks.len(), 1);
                assert_eq!(value(unlinks[0], "--cluster-name"), Some(living.as_str()));
                let id = format!(
                    "/resourceGroups/rg-{lost}/providers/Microsoft.Cache/redisEnterprise/{lost}/databases/default"
                );
                assert!(value(unlinks[0], "--unlink-ids").unwrap().ends_with(&id), "{unlinks:?}");
                assert!(
                    !with(&calls, &["database", "show"]).iter().any(|call| value(call, "--cluster-name") == Some(lost))
                );
                left(switch, &calls, lost, member);
                let home = [
                    format!("MEMBER={lost}\n"),
                    asked(&book),
                    script(&book, &["Before you start", "Afterwards", "Failback"], |_| true),
                ];
                let calls = run(&stage, &home.concat());
                let made = with(&calls, &["redisenterprise", "create", "--sku"]);
                assert!(
                    made.len() == 1
                        && value(made[0], "--cluster-name") == Some(lost)
                        && value(made[0], "--location") == Some(member)
                );
                assert!(with(&calls, &["totalkeys"]).len() == 2, "it is looked at before its clients come home");
                came_home(switch, &calls, lost, member);
            }
        }
    }
}

/// Traffic left the lost member and no other.
fn left(switch: TrafficSwitch, calls: &[Vec<String>], lost: &str, region: &str) {
    match switch {
        TrafficSwitch::TrafficManager | TrafficSwitch::FrontDoor => {
            let off = with(calls, &["update", "Disabled"]);
            assert!(off.len() == 1 && off[0].iter().any(|it| it == lost), "{off:?}");
        }
        TrafficSwitch::AppConfiguration => {
            let set = with(calls, &["appconfig", "redis:target"]);
            assert!(value(set[0], "--label") == Some(region) && value(set[0], "--value") != Some(lost), "{set:?}");
            assert!(!value(set[0], "--endpoint").unwrap().contains(region), "{set:?}");
        }
        TrafficSwitch::DnsRecord => {
            let set = with(calls, &["cname", "set-record"]);
            let group = format!("asked DNS_GROUP_{}", region.to_ascii_uppercase());
            assert!(set.len() == 1 && value(set[0], "--resource-group") == Some(group.as_str()), "{set:?}");
        }
        _ => {}
    }
}

/// And came back to it.
fn came_home(switch: TrafficSwitch, calls: &[Vec<String>], lost: &str, region: &str) {
    match switch {
        TrafficSwitch::TrafficManager | TrafficSwitch::FrontDoor => {
            assert!(with(calls, &["update", "Disabled"]).is_empty());
            assert!(with(calls, &["update", "Enabled"]).iter().any(|call| call.iter().any(|it| it == lost)));
        }
        TrafficSwitch::AppConfiguration => {
            let set = with(calls, &["appconfig", "redis:target"]);
            assert!(value(set[0], "--label") == Some(region) && value(set[0], "--value") == Some(lost), "{set:?}");
        }
        TrafficSwitch::DnsRecord => assert_eq!(with(calls, &["cname", "set-record"]).len(), 1),
        _ => {}
    }
}
