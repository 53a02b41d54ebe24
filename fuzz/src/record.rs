//! What must hold of the record for any bytes.

use std::sync::OnceLock;

use onetext_seal::testing::{self, Numbers, Site};
use onetext_seal::{
    Body, Envelope, Heads, PLENARY, RecordReader, SALT, canonical_value, verify_record,
};

/// Any bytes are read as an envelope or refused, and as a body; what was read is written again to the letter.
pub fn envelope(input: &[u8]) {
    if let Ok(envelope) = Envelope::read(input) {
        assert_eq!(envelope.bytes().as_deref(), Ok(input));
    }
    if let Ok(value) = canonical_value(input) {
        let again = onetext_seal::canonical(&value);
        assert_eq!(again.as_deref(), Ok(input));
        drop(onetext_seal::Says::of(&value));
        drop(onetext_seal::contents_of(&value));
    }
    let body = Body {
        salt: [0; SALT],
        bytes: input.to_vec(),
    };
    assert_eq!(body.value().is_ok(), canonical_value(input).is_ok());
}

/// A site with a small record, the same in every run.
fn site() -> &'static (Vec<Site>, Vec<u8>) {
    static SITE: OnceLock<(Vec<Site>, Vec<u8>)> = OnceLock::new();
    SITE.get_or_init(|| {
        let mut sites = testing::process();
        testing::talk(&mut sites, 4, &mut Numbers::new(1));
        let record = sites[0].record();
        (sites, record)
    })
}

/// Any bytes as a whole record, and in the place of a line of a good one: only the line that was there is good there.
pub fn act(input: &[u8]) {
    look(input);
    let (_, record) = site();
    let mut lines: Vec<&[u8]> = record.split_inclusive(|byte| *byte == b'\n').collect();
    let place = input.first().map_or(0, |byte| usize::from(*byte)) % lines.len();
    let line = [input.get(1..).unwrap_or_default(), b"\n"].concat();
    let there = lines[place] == line;
    lines[place] = &line;
    let status = look(&lines.concat());
    assert_eq!(status == 0, there);
    if let Ok(heads) = std::str::from_utf8(input)
        .unwrap_or_default()
        .parse::<Heads>()
    {
        assert_eq!(heads.to_string().parse(), Ok(heads));
    }
}

fn look(record: &[u8]) -> u8 {
    let lines = record.split(|byte| *byte == b'\n').count();
    assert!(RecordReader::new(record).count() <= lines + 1);
    let report = verify_record(record, None).expect("bytes in memory can be read");
    assert!(report.bad.len() <= lines && report.damages.len() <= 6 * lines + 6 * report.good);
    report.exit_status()
}

/// Any bytes as a pouch, and as what lies in one that a known site signed: what comes in is good.
pub fn pouch(input: &[u8]) {
    let (sites, _) = site();
    drop(sites[1].look(input));
    let plain = sites[0]
        .pack("sahrel", &sites[1].histories.heads())
        .expect("the sample can be packed");
    let first = plain
        .split_inclusive(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    // Either the first line is that of a good pouch, or it is the input's too.
    for start in [first, b""] {
        let mut signed = start.to_vec();
        signed.extend(input);
        signed.push(b'\n');
        let signature = sites[0].key.sign("onetext pouch 1", &signed);
        signed.extend(format!("{{\"signature\":\"{signature}\"}}\n").bytes());
        let mut receiver = sites[1].clone();
        if receiver.open(&signed).is_ok() {
            let plenary = receiver.histories.room(PLENARY).expect("it was there");
            assert!(!plenary.is_flawed());
            let report =
                verify_record(&receiver.record()[..], None).expect("bytes in memory can be read");
            assert_eq!(report.exit_status(), 0, "{report}");
        }
    }
}
