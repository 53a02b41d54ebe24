//! From a news report to proposed acts: who said what, who met whom, and how sure that is.
//!
//! [`read`] takes a text and the [`Rules`] of its language and gives a [`Report`]: quotations and reported speech with
//! their speakers, the attribution, the medium, the time, the claims; meetings with their states. It proposes; what enters
//! a record, a person decides. Nothing here knows a name: words and patterns are data, one file for a language.
//!
//! Every pass is linear in the length of the text.

mod accounts;
mod answers;
mod beside;
mod claims;
mod concern;
mod cues;
mod detail;
mod html;
mod marks;
mod meetings;
mod missions;
mod nouns;
mod offsets;
mod page;
mod phrases;
mod places;
mod record;
mod report;
mod rules;
mod speech;
mod stems;
mod terms;
mod texts;
mod time;
mod who;
mod work;

pub use accounts::{Account, Accounts, Compared, Conflict, Rendering, Sketch};
pub use beside::{Beside, Seated};
pub use claims::Claim;
pub use concern::Concern;
pub use html::{day_in, is_html, text as html_text};
pub use meetings::Meeting;
pub use missions::Mission;
pub use places::Place;
pub use record::{Drafting, format_of};
pub use report::{Passage, Report, Span, Statement, read};
pub use rules::{Rules, RulesError};
pub use texts::{InRecord, Mentioned};
pub use time::{Day, Moment};
