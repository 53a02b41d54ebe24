//! The points of a text as a bar: how many are disputed, unknown, nearly agreed and agreed. The words are beside it.

use maud::{Markup, html};
use onetext_talks::{PointCounts, PointStatus};

use super::super::words;

/// The bar, with patterns beside the colours and a sentence for those who do not see it.
pub(super) fn bar(
    points: &PointCounts,
    index: usize,
    sentence: &str,
    word: &dyn Fn(PointStatus) -> String,
) -> Markup {
    let parts = [
        (PointStatus::Disputed, points.disputed, "bad"),
        (PointStatus::Unknown, points.unknown, "doubt"),
        (PointStatus::AgreedAdRef, points.agreed_ad_ref, "nearly"),
        (PointStatus::Agreed, points.agreed, "good"),
    ];
    let total = points.total.max(1);
    let mut left = 0;
    let mut segments = Vec::new();
    for (status, count, class) in parts {
        if count > 0 {
            segments.push((
                status,
                count,
                class,
                left * 1000 / total,
                count * 1000 / total,
            ));
        }
        left += count;
    }
    let open = points.open.max * 1000 / total;
    html! {
        figure class="bar" {
            svg viewBox="0 0 1000 44" preserveAspectRatio="none" role="img" aria-label=(sentence) {
                defs {
                    pattern id=(format!("hatch-{index}")) width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        rect class="ink" width="3" height="9" {}
                    }
                    pattern id=(format!("dots-{index}")) width="10" height="10" patternUnits="userSpaceOnUse" {
                        rect class="ink" x="3" y="4" width="3" height="2" {}
                    }
                }
                @for (status, _, class, x, wide) in &segments {
                    rect class=(class) x=(x) y="0" width=(wide) height="30" {}
                    @if *status == PointStatus::Disputed {
                        rect fill=(format!("url(#hatch-{index})")) x=(x) y="0" width=(wide) height="30" {}
                    } @else if *status == PointStatus::Unknown {
                        rect fill=(format!("url(#dots-{index})")) x=(x) y="0" width=(wide) height="30" {}
                    }
                }
                @if open > 0 {
                    path class="span" d=(format!("M1 34 V42 H{} V34", open.saturating_sub(1))) fill="none" vector-effect="non-scaling-stroke" {}
                }
            }
            figcaption {
                strong { (sentence) }
                @for (status, count, class) in parts {
                    " " span class="key" {
                        span class=(format!("swatch {class}")) aria-hidden="true" { (words::status_sign(status)) }
                        (count) " " (word(status))
                    }
                }
            }
        }
    }
}

/// How many of a text's points are open, in a sentence.
pub(super) fn sentence(points: &PointCounts) -> String {
    format!(
        "{} of {} points open",
        words::interval(points.open),
        points.total
    )
}
