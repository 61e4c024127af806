//! What the functions of “Before you start” do: the transcript has what was printed, secrets are in no file, no wait is for ever.

use super::{book, private, said, stage::Stage};
use dr_core::import::drill_log::read_drill_log;
use dr_core::model::Topology;

/// The first step of a runbook, which defines them.
fn functions() -> String {
    book(Topology::Passive, &private()).sections[0].steps[0].commands.clone()
}

fn transcript(stage: &Stage) -> String {
    stage.transcripts().concat()
}

/// Each call has its time, what it printed and how it ended; what it printed reaches the terminal and a variable as before, and a call that
/// fails is one.
#[test]
fn the_transcript_has_what_was_printed() {
    for shell in ["sh", "bash"] {
        let stage = Stage::new(&format!("printed-{shell}"));
        let script = format!(
            "{}\naz redis show --name a --resource-group g --output json\nID=\"$(az redis show --name b --resource-group g --query id --output tsv)\"\n\
             echo \"has $ID\"\nif az redis shw --name a; then echo never; fi\n",
            functions()
        );
        let output = stage.run(shell, &script);
        assert!(output.status.success(), "{}", said(&output));
        let (told, kept) = (String::from_utf8_lossy(&output.stdout).into_owned(), transcript(&stage));
        assert!(told.contains("\"name\":\"stub\"") && told.contains("has /subscriptions/"), "{told}");
        assert!(said(&output).contains("is no command") && !told.contains("never"), "{}", said(&output));
        let lines: Vec<&str> = kept.lines().collect();
        let at =
            |text: &str| lines.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}\n{kept}"));
        assert!(at("Z az redis show --name a") < at("\"name\":\"stub\""));
        assert!(at("\"name\":\"stub\"") < at("Z ended with 0"));
        assert!(kept.contains("is no command") && kept.contains("Z ended with 2"), "{kept}");
    }
}

/// Keys, tokens and signatures are in no line of it.
#[test]
fn secrets_are_not_kept() {
    let stage = Stage::new("secrets");
    let script = format!(
        "{}\nKEY=\"$(az redis list-keys --name a --resource-group g --query primaryKey --output tsv)\"\n\
         TOKEN=\"$(az account get-access-token --resource https://redis.azure.com --query accessToken --output tsv)\"\n\
         az redis export --name a --resource-group g --prefix p --container 'https://x/y?sv=1&sig=ABC%3D&se=2'\n\
         printf '{{\"primaryKey\": \"SECRET1\", \"a\": \"AccountKey=SECRET2;b\"}}' | hide\necho \"got $KEY $TOKEN\"\n",
        functions()
    );
    let output = stage.run("sh", &script);
    assert!(output.status.success(), "{}", said(&output));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("got c3R1Yg== token") && !told.contains("SECRET"), "{told}");
    let kept = transcript(&stage);
    for secret in ["c3R1Yg==", "\ntoken", "ABC%3D"] {
        assert!(!kept.contains(secret), "{secret} in\n{kept}");
    }
}

/// Two shells in one folder, one that waits for az and one that asks for a key meanwhile: each ends as its own call did, and the key is in no
/// file, not even for a moment.
#[test]
fn two_shells_keep_apart() {
    let stage = Stage::new("two-shells");
    let slow = format!("{}\naz redis show --name a --resource-group g --query id --output tsv", functions());
    std::fs::write(stage.0.join("slow.sh"), format!("{slow} | {{ cat; ls -A \"$EVIDENCE\"; }}\n")).unwrap();
    let script = format!(
        "sh slow.sh > told & \n{}\nKEY=\"$(az redis list-keys --name a --resource-group g --query primaryKey --output tsv)\"\n\
         if az redis shw --name a; then :; fi\nwait\ncat told\ngrep -r c3R1Yg== \"$EVIDENCE\" && echo LEAKED; echo done\n",
        functions()
    );
    let output = stage.run("sh", &script);
    assert!(output.status.success(), "{}", said(&output));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("/subscriptions/") && !told.contains("LEAKED") && told.contains("done"), "{told}");
    let kept = stage.transcripts();
    assert_eq!(kept.len(), 2, "a file for each shell");
    for text in kept {
        let own = text.contains("Z az redis shw");
        assert_eq!(
            (text.contains("/subscriptions/"), text.contains("ended with 0"), text.contains("ended with 2")),
            if own { (false, true, true) } else { (true, true, false) },
            "{text}"
        );
        assert!(text.lines().next().unwrap().contains("Z shell "), "{text}");
    }
    assert!(!said(&output).contains("No such file"), "{}", said(&output));
}

/// A wait ends on Failed and on Canceled, and where nothing changes after its limit; it goes on while something does.
#[test]
fn a_wait_ends() {
    for (answer, tries, ends_well) in
        [("Failed", 1, false), ("Canceled", 1, false), ("Updating", 5, false), ("Succeeded", 1, true)]
    {
        let stage = Stage::new(&format!("wait-{answer}"));
        let script = format!("{}\nasked() {{ echo one >> asked; echo {answer}; }}\nsettled 2 asked", functions());
        let output = stage.run("sh", &script);
        assert_eq!(output.status.success(), ends_well, "{answer}");
        let asked = std::fs::read_to_string(stage.0.join("asked")).unwrap().lines().count();
        assert_eq!(asked, tries, "{answer}");
        assert_eq!(said(&output).contains(&format!("It is {answer}, not Succeeded")), !ends_well, "{}", said(&output));
    }
}

/// What the runbook writes, the log of a drill reads.
#[test]
fn a_drill_reads_the_transcript() {
    let stage = Stage::new("drill");
    let script = format!(
        "{}\naz redis server-link delete --name a --resource-group g --linked-server-name b\n\
         az redis server-link list --name a --resource-group g --output table\n",
        functions()
    );
    let output = stage.run("sh", &script);
    assert!(output.status.success(), "{}", said(&output));
    let steps: Vec<String> = read_drill_log(&transcript(&stage)).unwrap().into_iter().map(|it| it.0).collect();
    assert_eq!(steps, ["unlink"]);
}
