//! `docs/format.md` shows what is so: its worked example is made here again, and verified.

use onetext_seal::{
    Actor, Body, Commitment, ContentDigest, Envelope, PLENARY, ProcessId, RecordWriter, Recorder,
    SignedAct, SiteKey, canonical, verify_record,
};
use serde_json::{Value, json};

const PAGE: &str = include_str!("../../../../docs/format.md");

fn process() -> ProcessId {
    ProcessId(std::array::from_fn(|index| (index * 0x11) as u8))
}

fn act(body: &Value, salt: u8, parents: &[&SignedAct], person: bool) -> SignedAct {
    let (site, own) = (SiteKey::from_secret([1; 32]), SiteKey::from_secret([2; 32]));
    let depth = parents.len() as u64 * u64::from(salt - 0xa1);
    let seat = || "mediator".to_owned();
    let envelope = Envelope {
        actor: Actor {
            key: person.then(|| own.site()),
            person: person.then(|| "mara".to_owned()),
            seat: seat(),
        },
        algorithm: Envelope::algorithm(),
        body: Commitment([0; 32]),
        depth,
        format: 1,
        on: "2031-03-06".to_owned(),
        parents: parents.iter().map(|parent| parent.id()).collect(),
        process: process(),
        recorded: format!("2031-03-06T14:30:0{depth}.000000Z"),
        recorder: Recorder {
            person: None,
            seat: seat(),
            site: site.site(),
        },
        room: PLENARY.to_owned(),
        sequence: depth,
    };
    let body = Body {
        salt: [salt; 32],
        bytes: canonical(body).unwrap(),
    };
    let act = SignedAct::sign(envelope, body, &site).unwrap();
    match person {
        true => act.signed_by_person(&own),
        false => act,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The worked example as the page shows it.
fn example() -> String {
    let wording = "The ferry at the Lower Ford runs daily.\nПаром — каждый день.";
    let content = ContentDigest::of(wording.as_bytes());
    let key = SiteKey::from_secret([1; 32]).site();
    let founding = act(
        &json!({"kind": "process", "title": "Talks on the Lower Ford"}),
        0xa1,
        &[],
        false,
    );
    let binding = act(
        &json!({"kind": "site", "seat": "mediator", "key": key}),
        0xa2,
        &[&founding],
        false,
    );
    let issue = act(
        &json!({"kind": "issue", "draft": "v1", "contents": [content]}),
        0xa3,
        &[&binding],
        true,
    );
    let mut writer = RecordWriter::new(Vec::new(), process()).unwrap();
    let mut shown = String::new();
    for (what, act) in [
        ("The founding act", &founding),
        ("The act that binds the founding site", &binding),
        ("An act with a content and a person's signature", &issue),
    ] {
        let body = act.body.as_ref().unwrap();
        let hex = |bytes: &[u8]| {
            bytes
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        };
        shown += &format!(
            "{what}: its body, the commitment to it, its envelope, its name, the site's signature.\n\n```\n{}\n{}\n{}\n{}\n{}\n```\n\n",
            text(&body.bytes),
            hex(&body.commitment()),
            text(&act.envelope),
            act.id(),
            act.signature,
        );
        writer.act(act).unwrap();
    }
    writer.content(content, Some(wording.as_bytes())).unwrap();
    let record = writer.finish().unwrap();
    let report = verify_record(&record[..], None).unwrap();
    assert_eq!((report.exit_status(), report.good), (0, 3), "{report}");
    shown + &format!("The three as a record:\n\n```json\n{}```\n", text(&record))
}

#[test]
fn the_worked_example_is_what_is_written() {
    let example = example();
    let shown = PAGE.split("Nobody may use these keys.\n\n").nth(1).unwrap();
    assert!(
        shown == example,
        "docs/format.md should end with:\n{example}"
    );
}
