//! What stands around the texts: conditions, replies, claims, meetings, missions, understandings, packages, alerts.

use maud::{Markup, html};
use onetext_talks::{SessionState, SessionStatus};

use super::super::words;
use super::{Sheet, class, label};

/// A section with its title, or nothing where there is nothing in it.
pub(super) fn section(id: &str, title: &str, empty: bool, body: &Markup) -> Markup {
    html! {
        @if !empty {
            section id=(id) aria-labelledby=(format!("{id}-title")) {
                h2 id=(format!("{id}-title")) { (title) }
                (body)
            }
        }
    }
}

impl Sheet<'_> {
    pub(super) fn gates(&self) -> Markup {
        let gates = &self.status.gates;
        let body = html! {
            @for gate in gates {
                article class="card" {
                    h3 {
                        (label(words::holds(gate.holds))) " "
                        span dir="auto" { (gate.event) }
                    }
                    @if !gate.participants.is_empty() {
                        p class="small" { "Between " (words::list(&self.names.all(&gate.participants))) }
                    }
                    @if let Some(said) = &gate.words { blockquote dir="auto" { (said) } }
                    ul { @for reason in &gate.reasons { li dir="auto" { (reason) } } }
                    @if let Some(why) = &gate.overridden { p { strong { "Set aside by its author: " } (why) } }
                    @if let Some(explanation) = self.because(&[gate.id.to_string()]) {
                        details { summary { "Why" } (self.reasons(explanation)) }
                    }
                }
            }
        };
        section(
            "gates",
            "Conditions for meetings and steps",
            gates.is_empty(),
            &body,
        )
    }

    pub(super) fn obligations(&self) -> Markup {
        let replies = &self.status.obligations;
        let body = html! {
            ul class="plain" {
                @for reply in replies {
                    @let (state, tone) = words::obligation(reply.state);
                    li {
                        span class=(format!("label {}", class(tone))) { (state) } " "
                        "from " span dir="auto" { (self.names.seat(&reply.from)) }
                        @if let Some(text) = &reply.text { " on " (text) }
                        ", " @match &reply.due { Some(due) => { "due " (words::when(due)) } None => "no date set" }
                        @if !reply.because.is_empty() { span class="under" { (reply.because) } }
                    }
                }
            }
        };
        section("replies", "Replies awaited", replies.is_empty(), &body)
    }

    pub(super) fn claims(&self) -> Markup {
        let claims = &self.status.claims;
        let without = words::without_claims(self.status);
        let body = html! {
          @if !claims.is_empty() {
            div class="scroll" tabindex="0" role="region" aria-label="Claims beside the record" {
                table {
                    caption { "What was said to be so, beside what the record bears out" }
                    thead { tr {
                        th scope="col" class="wording" { "Said" } th scope="col" { "By" } th scope="col" { "On" } th scope="col" { "On the record" }
                    } }
                    tbody {
                        @for claim in claims {
                            tr {
                                td class="wording" {
                                    q dir="auto" { (claim.words) }
                                    span class="under" { "taken to say that " (words::claim(claim.what, claim.value.as_deref())) }
                                }
                                td dir="auto" {
                                    (words::speaker(claim.speaker.as_deref(), &words::list(&self.names.seats(&claim.asserted_by))))
                                    @if !claim.confirmed_by.is_empty() { span class="under" { "confirmed by " (words::list(&self.names.seats(&claim.confirmed_by))) } }
                                    @if !claim.denied_by.is_empty() { span class="under" { "denied by " (words::list(&self.names.seats(&claim.denied_by))) } }
                                }
                                td class="nowrap" { (words::when(&claim.on)) }
                                td {
                                    (label(words::verdict(claim.verdict)))
                                    span class="under" { (claim.because) }
                                    @if claim.verdict_then != claim.verdict { span class="under" { "when it was said: " (words::verdict(claim.verdict_then).1) } }
                                }
                            }
                        }
                    }
                }
            }
          }
          @if !without.is_empty() {
            p { "Said without anything in it to check:" }
            ul {
                @for statement in &without {
                    li { q dir="auto" { (statement.words) } " " span class="small" dir="auto" { (words::said_by(statement, self.names.seat(&statement.seat))) } }
                }
            }
          }
        };
        section(
            "claims",
            "Said in public, beside the record",
            claims.is_empty() && without.is_empty(),
            &body,
        )
    }

    pub(super) fn sessions(&self) -> Markup {
        let sessions = &self.status.sessions;
        let body = html! {
            div class="scroll" tabindex="0" role="region" aria-label="Meetings" {
                table {
                    caption { "Meetings proposed, held and not held" }
                    thead { tr {
                        th scope="col" { "When" } th scope="col" class="wording" { "Meeting" } th scope="col" { "With" } th scope="col" { "State" }
                    } }
                    tbody { @for session in sessions { (self.session(session)) } }
                }
            }
        };
        section("meetings", "Meetings", sessions.is_empty(), &body)
    }

    fn session(&self, session: &SessionStatus) -> Markup {
        let (state, tone) = words::session(session.state);
        html! {
            tr {
                td class="nowrap" { @match &session.on {
                    Some(on) => (words::when(on)),
                    None => @if session.state < SessionState::Held { "no date set" },
                } }
                td class="wording" dir="auto" { (words::format(session.format)) @if let Some(place) = &session.place { ", " (place) } }
                td dir="auto" { (words::list(&self.names.all(&session.participants))) }
                td {
                    span class=(format!("label {}", class(tone))) { (state) }
                    @if session.confirmed_by.is_empty() && session.state < SessionState::Confirmed { span class="under" { (words::unconfirmed(self.status.basis)) } }
                    @for (word, seats) in [("proposed by", &session.proposed_by), ("discussed by", &session.discussed_by), ("confirmed by", &session.confirmed_by)] {
                        @if !seats.is_empty() { span class="under" { (word) " " (words::list(&self.names.seats(seats))) } }
                    }
                }
            }
        }
    }

    pub(super) fn missions(&self) -> Markup {
        let missions = &self.status.missions;
        let body = html! {
            ul class="plain" {
                @for mission in missions {
                    li dir="auto" {
                        span class="label quiet" { (words::mission(mission.state)) } " "
                        (self.names.person(&mission.envoy)) " to " (self.names.name(&mission.counterpart))
                        @if let Some(place) = &mission.place { ", " (place) }
                        @if let Some(base) = &mission.base { ", with " (base) " in hand" }
                    }
                }
            }
        };
        section("missions", "Missions", missions.is_empty(), &body)
    }

    pub(super) fn understandings(&self) -> Markup {
        let understandings = &self.status.understandings;
        let body = html! {
            @for understanding in understandings {
                article class="card" {
                    h3 {
                        @if understanding.assessed { (label(("✓", "assessed", words::Tone::Good))) }
                        @else { (label(("?", "not assessed", words::Tone::Doubt))) }
                        " between " (words::list(&self.names.seats(&understanding.between)))
                    }
                    @if !understanding.condition_for.is_empty() {
                        p class="small" { "A condition for " (words::list(&self.names.seats(&understanding.condition_for))) }
                    }
                    table {
                        caption { "Its tenets, checked against the latest draft" }
                        thead { tr { th scope="col" class="wording" { "Tenet" } th scope="col" { "In letter" } th scope="col" { "In spirit" } } }
                        tbody {
                            @for tenet in &understanding.tenets {
                                tr {
                                    td class="wording" dir="auto" { (tenet.words) }
                                    @for (verdict, earlier) in [(tenet.letter, &tenet.letter_earlier), (tenet.spirit, &tenet.spirit_earlier)] {
                                        td class=(class(words::assessed(verdict).1)) { (words::tenet(verdict, earlier.as_ref())) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        };
        section(
            "understandings",
            "Earlier understandings",
            understandings.is_empty(),
            &body,
        )
    }

    pub(super) fn packages(&self) -> Markup {
        let packages = &self.status.packages;
        let body = html! {
            ul { @for package in packages { li {
                (words::package(package.state)) ": " (package.points.join(", ")) " (" (package.id) ")"
                @if !package.because.is_empty() { p class="small" { (package.because.join("; ")) } }
            } } }
        };
        section("packages", "Packages", packages.is_empty(), &body)
    }

    pub(super) fn conditions(&self) -> Markup {
        let conditions = &self.status.conditions;
        let body = html! {
            ul { @for condition in conditions { li {
                (words::condition(condition.state)) ": " (self.names.seat(&condition.seat)) " accepts "
                (condition.accepts.join(", ")) " (" (condition.act) ")"
                p class="small" { (condition.because.join("; ")) }
                @if let Some(contradiction) = &condition.contradiction { p class="small" { (contradiction) } }
            } } }
        };
        section(
            "conditions",
            "Accepted on a condition",
            conditions.is_empty(),
            &body,
        )
    }

    pub(super) fn alerts(&self) -> Markup {
        let alerts = &self.status.alerts;
        let body = html! {
            ul class="plain alerts" {
                @for alert in alerts {
                    li dir="auto" { (label(("!", words::alert(alert.kind), words::Tone::Doubt))) " " (words::alert_text(alert))
                        @for act in &alert.told { span class="under" { (act) } }
                    }
                }
            }
        };
        section("alerts", "Worth a second look", alerts.is_empty(), &body)
    }
}
