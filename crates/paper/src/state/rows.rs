//! Which provisions get a row of their own: points always, sub-items only where they say something more.

use std::sync::Arc;

use onetext_talks::{CellStance, CellStatus, PointStatus, ProvisionStatus, Stances};

/// One row of the table of points.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// A heading above points.
    Section(&'a ProvisionStatus),
    /// A point.
    Point(&'a ProvisionStatus),
    /// A sub-item that differs from what stands above it, so many levels below its point; or a provision beside the
    /// points that matters (0).
    Item(&'a ProvisionStatus, usize),
    /// So many sub-items of the point above, on which every party holds what it holds on the point.
    Folded(u64),
}

/// The rows of a text, and how many provisions beside the points (title, preamble) are left out.
#[must_use]
pub fn rows(provisions: &[Arc<ProvisionStatus>]) -> (Vec<Row<'_>>, u64) {
    let mut rows = Vec::new();
    let mut left_out = 0;
    for provision in provisions {
        place(provision, &mut rows, &mut left_out);
    }
    (rows, left_out)
}

fn place<'a>(provision: &'a ProvisionStatus, rows: &mut Vec<Row<'a>>, left_out: &mut u64) {
    if provision.point {
        rows.push(Row::Point(provision));
        let mut folded = 0;
        items(provision, 1, rows, &mut folded);
        if folded > 0 {
            rows.push(Row::Folded(folded));
        }
    } else if has_points(provision) {
        rows.push(Row::Section(provision));
        for child in &provision.children {
            place(child, rows, left_out);
        }
    } else {
        if matters(provision) {
            rows.push(Row::Item(provision, 0));
        } else {
            *left_out += 1;
        }
        for child in &provision.children {
            place(child, rows, left_out);
        }
    }
}

fn items<'a>(above: &'a ProvisionStatus, depth: usize, rows: &mut Vec<Row<'a>>, folded: &mut u64) {
    for child in &above.children {
        if says_more(child, above) {
            rows.push(Row::Item(child, depth));
        } else {
            *folded += 1;
        }
        items(child, depth + 1, rows, folded);
    }
}

fn has_points(provision: &ProvisionStatus) -> bool {
    provision
        .children
        .iter()
        .any(|child| child.point || has_points(child))
}

/// A sub-item says more than what stands above it where positions differ or a bracket is open in it.
fn says_more(child: &ProvisionStatus, above: &ProvisionStatus) -> bool {
    child.brackets > 0
        || child.track != above.track
        || !same_cells(&child.stances, &above.stances)
        || (child.status == PointStatus::Disputed && !child.stances.values().any(disputes))
}

/// A provision beside the points matters where something is open or taken on it alone.
fn matters(provision: &ProvisionStatus) -> bool {
    provision.brackets > 0 || provision.stances.values().any(disputes)
}

fn disputes(cell: &CellStatus) -> bool {
    matches!(
        cell.stance,
        CellStance::Objected | CellStance::Proposed | CellStance::Reserved
    )
}

fn same_cells(a: &Stances, b: &Stances) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|((seat, x), (other, y))| {
            seat == other
                && x.stance == y.stance
                && x.red_line == y.red_line
                && x.kind == y.kind
                && x.incomplete == y.incomplete
                && x.denied == y.denied
        })
}
