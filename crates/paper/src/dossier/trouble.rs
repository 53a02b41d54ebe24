//! Something wrong in a block that was read: its place is found again in the source.
//!
//! Places of 200,000 acts are not kept: the few that are wanted are found by parsing their piece a second time.

use onetext_talks::{BlockKind, Place, Refusal};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Fault;
use super::files::Unread;
use super::source::Piece;

/// How many blocks of each kind stand before a piece.
pub(super) type Tally = [usize; 7];

/// Something wrong in a block.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) block: BlockKind,
    pub(super) index: usize,
    pub(super) place: Option<Place>,
    pub(super) fault: Fault,
}

impl Trouble {
    pub(super) fn new(block: BlockKind, index: usize, place: Place, fault: Fault) -> Self {
        Trouble {
            block,
            index,
            place: Some(place),
            fault,
        }
    }

    pub(super) fn with_file(
        block: BlockKind,
        index: usize,
        field: &'static str,
        unread: Unread,
    ) -> Self {
        let fault = Fault {
            code: unread.code,
            at: 0,
            message: unread.message,
            expected: Some(unread.expected),
            hint: unread.hint,
        };
        Trouble::new(block, index, Place::field(field), fault)
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        let fault = Fault {
            code: refusal.rule.code(),
            at: 0,
            message: refusal.message,
            expected: refusal.expected,
            hint: refusal.hint,
        };
        Trouble {
            block: refusal.block,
            index: refusal.index,
            place: refusal.place,
            fault,
        }
    }
}

/// Where a block's kind stands in a tally.
pub(super) fn slot(block: BlockKind) -> usize {
    match block {
        BlockKind::Process => 0,
        BlockKind::Seat => 1,
        BlockKind::Person => 2,
        BlockKind::Room => 3,
        BlockKind::Text => 4,
        BlockKind::Draft => 5,
        BlockKind::Act => 6,
    }
}

/// Finds the places of the first `limit` troubles, in the order of the file.
pub(super) fn locate(
    source: &str,
    pieces: &[Piece],
    tallies: &[Tally],
    troubles: Vec<Trouble>,
    limit: usize,
) -> Vec<Fault> {
    let mut by_piece: Vec<Vec<Trouble>> = Vec::new();
    by_piece.resize_with(pieces.len(), Vec::new);
    for trouble in troubles {
        let before = |tally: &Tally| {
            tally
                .get(slot(trouble.block))
                .is_some_and(|&before| before <= trouble.index)
        };
        let piece = match trouble.block {
            BlockKind::Process => process_piece(tallies),
            _ => tallies.partition_point(before).saturating_sub(1),
        };
        if let Some(list) = by_piece.get_mut(piece) {
            list.push(trouble);
        }
    }
    let mut faults = Vec::new();
    for ((piece, tally), troubles) in pieces.iter().zip(tallies).zip(by_piece) {
        if faults.len() >= limit {
            break;
        }
        if troubles.is_empty() {
            continue;
        }
        let parsed = piece.parse(source).unwrap_or_default();
        for trouble in troubles {
            let at = piece.range.start + within(&parsed, tally, &trouble);
            faults.push(Fault {
                at,
                ..trouble.fault
            });
        }
    }
    faults
}

/// The last piece before which there is no process.
fn process_piece(tallies: &[Tally]) -> usize {
    tallies
        .partition_point(|tally| tally[0] == 0)
        .saturating_sub(1)
}

/// Where in the piece the trouble is: its field, or for something missing the header of its block.
fn within(piece: &DeTable<'_>, tally: &Tally, trouble: &Trouble) -> usize {
    let Some(block) = piece.get(trouble.block.name()) else {
        return 0;
    };
    let block = match block.get_ref() {
        DeValue::Array(list) => {
            let before = tally.get(slot(trouble.block)).copied().unwrap_or_default();
            list.get(trouble.index.saturating_sub(before))
                .unwrap_or(block)
        }
        _ => block,
    };
    let header = block.span().start;
    let Some(place) = trouble.place else {
        return header;
    };
    let Some(field) = block
        .get_ref()
        .as_table()
        .and_then(|table| table.get(place.field))
    else {
        return header;
    };
    let field = item_of(field, place.item);
    let field = match place.inner {
        Some((name, item)) => {
            let inner = field
                .get_ref()
                .as_table()
                .and_then(|table| table.get(name))
                .unwrap_or(field);
            item_of(inner, item)
        }
        None => field,
    };
    field.span().start
}

/// The item of a list; of a list of one that is written without brackets, the one.
fn item_of<'t, 's>(
    value: &'t Spanned<DeValue<'s>>,
    item: Option<usize>,
) -> &'t Spanned<DeValue<'s>> {
    let list = value.get_ref().as_array();
    item.zip(list)
        .and_then(|(item, list)| list.get(item))
        .unwrap_or(value)
}
