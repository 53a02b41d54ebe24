//! What stands around the texts: conditions, replies, claims, meetings, missions, understandings, packages, alerts. Sentences that
//! the record makes of itself are in English so far, and marked so.

use maud::{Markup, PreEscaped, html};
use onetext_paper::state::words::{self, Tone};
use onetext_paper::state::{class, reasons};
use onetext_talks::{
    AlertKind, Assessed, Basis, ClaimKind, ClosingStatus, ConditionState, EarlierVerdict,
    Explanation, Format, MissionState, ObligationState, PackageState, ProcedureKind,
    ProcedureState, SeatId, SessionState, SessionStatus, Status, Verdict,
};

use crate::terms;
use crate::words::Words;

/// The most alerts that are listed: a page of all of a large process nobody reads.
const ALERTS: usize = 60;

/// All of it; what there is nothing of does not show.
pub(super) fn around(w: Words, status: &Status, why: &[Explanation]) -> Markup {
    let sheet = Sheet { w, status, why };
    html! {
        (sheet.gates()) (sheet.replies()) (sheet.claims()) (sheet.meetings()) (sheet.missions()) (sheet.understandings())
        (sheet.procedures()) (sheet.closing()) (sheet.packages()) (sheet.conditions()) (sheet.alerts())
    }
}

struct Sheet<'a> {
    w: Words,
    status: &'a Status,
    why: &'a [Explanation],
}

fn section(id: &str, title: &str, empty: bool, body: &Markup) -> Markup {
    html! { @if !empty { section id=(id) aria-labelledby=(format!("{id}-title")) { h2 id=(format!("{id}-title")) { (title) } (body) } } }
}

fn label(sign: &str, word: &str, tone: Tone) -> Markup {
    html! { span class=(format!("label {}", class(tone))) { @if !sign.is_empty() { span aria-hidden="true" { (sign) } " " } (word) } }
}

/// A sentence that a crate below made.
fn core(said: &str) -> Markup {
    html! { span lang="en" dir="auto" { (said) } }
}

impl<'a> Sheet<'a> {
    /// The name of a seat or of a person; else the handle.
    fn name(&self, handle: &'a str) -> &'a str {
        let seats = self.status.seats.iter();
        let persons = self.status.persons.iter();
        let names = seats
            .map(|seat| (seat.id.as_str(), seat.name.as_str()))
            .chain(persons.map(|person| (person.id.as_str(), person.name.as_str())));
        let mut named = names.filter(|(id, name)| *id == handle && !name.is_empty());
        named.next().map_or(handle, |(_, name)| name)
    }

    fn list<'n>(&self, names: impl Iterator<Item = &'n str>) -> String {
        let names: Vec<&str> = names.collect();
        match names.as_slice() {
            [] => self.w.say("around-nobody"),
            [one] => (*one).to_owned(),
            [most @ .., last] => {
                let most = most.join(self.w.comma());
                let names = [("names", most.into()), ("last", (*last).into())];
                self.w.say_with("around-and", &names)
            }
        }
    }

    fn seats(&self, seats: &'a [SeatId]) -> String {
        self.list(seats.iter().map(|seat| self.name(seat.as_str())))
    }

    fn all(&self, handles: &'a [String]) -> String {
        self.list(handles.iter().map(|handle| self.name(handle)))
    }

    fn gates(&self) -> Markup {
        let (w, gates) = (self.w, &self.status.gates);
        let holds = |holds: Option<bool>| {
            let (sign, _, tone) = words::holds(holds);
            let word = match holds {
                Some(true) => w.say("around-holds"),
                Some(false) => w.say("around-holds-not"),
                None => w.say("around-holds-unknown"),
            };
            label(sign, &word, tone)
        };
        let body = html! { @for gate in gates { article class="card" {
            h3 { (holds(gate.holds)) " " span dir="auto" { (gate.event) } }
            @if !gate.participants.is_empty() { p class="small" { (w.say_with("around-between", &[("names", self.all(&gate.participants).into())])) } }
            @if let Some(said) = &gate.words { blockquote dir="auto" { (said) } }
            ul { @for reason in &gate.reasons { li { (core(reason)) } } }
            @if let Some(why) = &gate.overridden { p { strong { (w.say("around-set-aside")) } " " bdi { (why) } } }
            @if let Some(why) = self.why.iter().find(|why| why.subject == gate.id.as_str()) {
                details { summary { (w.say("around-why")) } div lang="en" dir="ltr" { (PreEscaped(reasons(why))) } }
            }
        } } };
        section("gates", &w.say("around-gates"), gates.is_empty(), &body)
    }

    fn replies(&self) -> Markup {
        let (w, replies) = (self.w, &self.status.obligations);
        let state = |state: ObligationState| {
            let word = match state {
                ObligationState::NotDue => w.say("around-reply-not-due"),
                ObligationState::None => w.say("around-reply-awaited"),
                ObligationState::Given => w.say("around-reply-given"),
            };
            label("", &word, words::obligation(state).1)
        };
        let body = html! { ul class="plain" { @for reply in replies { li {
            (state(reply.state)) " " (w.say_with("around-reply-from", &[("seat", self.name(reply.from.as_str()).into())]))
            @if let Some(text) = &reply.text { " " (w.say_with("around-reply-on", &[("text", text.as_str().into())])) }
            " · " @match &reply.due { Some(due) => { (w.say_with("around-due", &[("on", terms::when(w, due).into())])) } None => { (w.say("around-no-date")) } }
            @if !reply.because.is_empty() { span class="under" { (core(&reply.because)) } }
        } } } };
        section(
            "replies",
            &w.say("around-replies"),
            replies.is_empty(),
            &body,
        )
    }

    fn claim(&self, what: ClaimKind, value: Option<&str>) -> String {
        let w = self.w;
        match (what, value) {
            (ClaimKind::OpenPoints, Some("few")) => w.say("around-claim-few"),
            (ClaimKind::OpenPoints, Some(count)) => {
                w.say_with("around-claim-count", &[("n", count.into())])
            }
            (ClaimKind::OpenPoints, None) => w.say("around-claim-open"),
            (ClaimKind::Phase, value) => {
                let phase = value.unwrap_or("…");
                w.say_with("around-claim-phase", &[("phase", phase.into())])
            }
            (ClaimKind::CommonUnderstanding, _) => w.say("around-claim-common"),
            (ClaimKind::Deadline, Some("none") | None) => w.say("around-claim-no-deadline"),
            (ClaimKind::Deadline, Some(date)) => {
                w.say_with("around-claim-deadline", &[("date", date.into())])
            }
            (ClaimKind::Received, _) => w.say("around-claim-received"),
            (ClaimKind::Accepted, _) => w.say("around-claim-accepted"),
        }
    }

    fn verdict(&self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Supported => self.w.say("around-supported"),
            Verdict::Contradicted => self.w.say("around-contradicted"),
            Verdict::Unsupported => self.w.say("around-unsupported"),
        }
    }

    fn claims(&self) -> Markup {
        let (w, claims) = (self.w, &self.status.claims);
        let without = words::without_claims(self.status);
        let names = |names: String| [("names", names.into())];
        let told = |verdict: Verdict| {
            let (sign, _, tone) = words::verdict(verdict);
            label(sign, &self.verdict(verdict), tone)
        };
        let body = html! {
            @if !claims.is_empty() { div class="scroll" tabindex="0" role="region" aria-label=(w.say("around-claims-table")) { table {
                caption { (w.say("around-claims-caption")) }
                thead { tr { th scope="col" class="wording" { (w.say("around-said")) } th scope="col" { (w.say("around-by")) } th scope="col" { (w.say("around-on")) } th scope="col" { (w.say("around-on-record")) } } }
                tbody { @for claim in claims { tr {
                    td class="wording" { q dir="auto" lang="" { (claim.words) }
                        span class="under" { (w.say_with("around-taken-as", &[("claim", self.claim(claim.what, claim.value.as_deref()).into())])) } }
                    td { bdi { (words::speaker(claim.speaker.as_deref(), &self.seats(&claim.asserted_by))) }
                        @if !claim.confirmed_by.is_empty() { span class="under" { (w.say_with("around-confirmed-by", &names(self.seats(&claim.confirmed_by)))) } }
                        @if !claim.denied_by.is_empty() { span class="under" { (w.say_with("around-denied-by", &names(self.seats(&claim.denied_by)))) } } }
                    td class="nowrap" { (terms::when(w, &claim.on)) }
                    td { (told(claim.verdict)) span class="under" { (core(&claim.because)) }
                        @if claim.verdict_then != claim.verdict { span class="under" { (w.say_with("around-then", &[("verdict", self.verdict(claim.verdict_then).into())])) } } }
                } } }
            } } }
            @if !without.is_empty() {
                p { (w.say("around-without")) }
                ul { @for statement in &without { li { q dir="auto" lang="" { (statement.words) } " " span class="small" lang="en" dir="auto" { (words::said_by(statement, self.name(statement.seat.as_str()))) } } } }
            }
        };
        section(
            "claims",
            &w.say("around-claims"),
            claims.is_empty() && without.is_empty(),
            &body,
        )
    }

    fn meetings(&self) -> Markup {
        let (w, sessions) = (self.w, &self.status.sessions);
        let body = html! { div class="scroll" tabindex="0" role="region" aria-label=(w.say("around-meetings")) { table {
            caption { (w.say("around-meetings-caption")) }
            thead { tr { th scope="col" { (w.say("around-when")) } th scope="col" class="wording" { (w.say("around-meeting")) } th scope="col" { (w.say("around-with")) } th scope="col" { (w.say("around-state")) } } }
            tbody { @for session in sessions { (self.meeting(session)) } }
        } } };
        section(
            "meetings",
            &w.say("around-meetings"),
            sessions.is_empty(),
            &body,
        )
    }

    fn meeting(&self, session: &'a SessionStatus) -> Markup {
        let w = self.w;
        let state = match session.state {
            SessionState::Proposed => w.say("around-session-proposed"),
            SessionState::Discussed => w.say("around-session-discussed"),
            SessionState::Confirmed => w.say("around-session-confirmed"),
            SessionState::Held => w.say("around-session-held"),
            SessionState::Cancelled => w.say("around-session-cancelled"),
            SessionState::DidNotTakePlace => w.say("around-session-not"),
        };
        let format = match session.format {
            Format::Bilateral => w.say("around-format-bilateral"),
            Format::Trilateral => w.say("around-format-trilateral"),
            Format::Plenary => w.say("around-format-plenary"),
            Format::Proximity => w.say("around-format-proximity"),
            Format::Shuttle => w.say("around-format-shuttle"),
            Format::Visit => w.say("around-format-visit"),
            Format::Summit => w.say("around-format-summit"),
        };
        let unconfirmed = match self.status.basis {
            Basis::Record => w.say("around-unconfirmed"),
            Basis::View => w.say("around-unconfirmed-here"),
        };
        let by = |seats: &'a [SeatId]| [("names", self.seats(seats).into())];
        html! { tr {
            td class="nowrap" { @match &session.on { Some(on) => { (terms::when(w, on)) } None => @if session.state < SessionState::Held { (w.say("around-no-date")) } } }
            td class="wording" { (format) @if let Some(place) = &session.place { " · " bdi { (place) } } }
            td { bdi { (self.all(&session.participants)) } }
            td { (label("", &state, words::session(session.state).1))
                @if session.confirmed_by.is_empty() && session.state < SessionState::Confirmed { span class="under" { (unconfirmed) } }
                @if !session.proposed_by.is_empty() { span class="under" { (w.say_with("around-proposed-by", &by(&session.proposed_by))) } }
                @if !session.discussed_by.is_empty() { span class="under" { (w.say_with("around-discussed-by", &by(&session.discussed_by))) } }
                @if !session.confirmed_by.is_empty() { span class="under" { (w.say_with("around-confirmed-by", &by(&session.confirmed_by))) } } }
        } }
    }

    fn missions(&self) -> Markup {
        let (w, missions) = (self.w, &self.status.missions);
        let state = |state: MissionState| match state {
            MissionState::Ordered => w.say("around-mission-ordered"),
            MissionState::Scheduled => w.say("around-mission-scheduled"),
            MissionState::Held => w.say("around-mission-held"),
            MissionState::Reported => w.say("around-mission-reported"),
            MissionState::Cancelled => w.say("around-mission-cancelled"),
        };
        let body = html! { ul class="plain" { @for mission in missions {
            @let who = [("envoy", self.name(mission.envoy.as_str()).into()), ("counterpart", self.name(&mission.counterpart).into())];
            li { (label("", &state(mission.state), Tone::Quiet)) " " (w.say_with("around-mission-to", &who))
                @if let Some(place) = &mission.place { " · " bdi { (place) } }
                @if let Some(base) = &mission.base { " · " (w.say_with("around-mission-with", &[("draft", base.to_string().into())])) } }
        } } };
        section(
            "missions",
            &w.say("around-missions"),
            missions.is_empty(),
            &body,
        )
    }

    fn assessed(&self, verdict: Option<Assessed>) -> String {
        match verdict {
            None => self.w.say("around-not-assessed"),
            Some(Assessed::Met) => self.w.say("around-met"),
            Some(Assessed::Partly) => self.w.say("around-met-partly"),
            Some(Assessed::NotMet) => self.w.say("around-met-not"),
        }
    }

    fn tenet(&self, verdict: Option<Assessed>, earlier: Option<&EarlierVerdict>) -> String {
        let now = self.assessed(verdict);
        let Some(earlier) = earlier else {
            return now;
        };
        let then = self.assessed(Some(earlier.verdict));
        let draft = earlier.draft.to_string().into();
        let told = [("now", now.into()), ("then", then.into()), ("draft", draft)];
        self.w.say_with("around-tenet-earlier", &told)
    }

    fn understandings(&self) -> Markup {
        let (w, understandings) = (self.w, &self.status.understandings);
        let names = |seats: &'a [SeatId]| [("names", self.seats(seats).into())];
        let body = html! { @for one in understandings { article class="card" {
            h3 {
                @if one.assessed { (label("✓", &w.say("around-assessed"), Tone::Good)) } @else { (label("?", &w.say("around-not-assessed"), Tone::Doubt)) }
                " " (w.say_with("around-between", &names(&one.between)))
            }
            @if !one.condition_for.is_empty() { p class="small" { (w.say_with("around-condition-for", &names(&one.condition_for))) } }
            table {
                caption { (w.say("around-tenets")) }
                thead { tr { th scope="col" class="wording" { (w.say("around-tenet")) } th scope="col" { (w.say("around-letter")) } th scope="col" { (w.say("around-spirit")) } } }
                tbody { @for tenet in &one.tenets { tr {
                    td class="wording" dir="auto" lang="" { (tenet.words) }
                    @for (verdict, earlier) in [(tenet.letter, &tenet.letter_earlier), (tenet.spirit, &tenet.spirit_earlier)] {
                        td class=(class(words::assessed(verdict).1)) { (self.tenet(verdict, earlier.as_ref())) }
                    }
                } } }
            }
        } } };
        section(
            "understandings",
            &w.say("around-understandings"),
            understandings.is_empty(),
            &body,
        )
    }

    fn procedures(&self) -> Markup {
        let (w, procedures) = (self.w, &self.status.procedures);
        let state = |state: ProcedureState| {
            let (sign, _, tone) = words::procedure_state(state);
            let word = match state {
                ProcedureState::Running => w.say("around-running"),
                ProcedureState::Ended => w.say("around-ended"),
                ProcedureState::Broken => w.say("around-broken"),
                ProcedureState::Withdrawn => w.say("around-withdrawn"),
                ProcedureState::WithoutEffect => w.say("around-no-effect"),
            };
            label(sign, &word, tone)
        };
        let kind = |kind: ProcedureKind| match kind {
            ProcedureKind::Silence => w.say("around-silence"),
            ProcedureKind::Editorial => w.say("around-editorial"),
            ProcedureKind::Correction => w.say("around-correction"),
        };
        let body = html! { ul class="plain" { @for one in procedures {
            @let told = [("kind", kind(one.kind).into()), ("points", one.points.join(" · ").into()), ("names", self.seats(&one.addressees).into())];
            li { (state(one.state)) " " (w.say_with("around-procedure", &told))
                @if let Some(expires) = &one.expires { " " (w.say_with("around-until", &[("on", terms::when(w, expires).into())])) }
                " " bdi { "(" (one.id) ")" }
                ul class="small" { @for reason in &one.because { li { (core(reason)) } } } }
        } } };
        section(
            "procedures",
            &w.say("around-procedures"),
            procedures.is_empty(),
            &body,
        )
    }

    fn closing(&self) -> Markup {
        let w = self.w;
        let near = words::near_their_end(self.status);
        let step = |closing: &ClosingStatus| {
            let (sign, _, tone) = words::closing_step(closing);
            let word = match closing {
                ClosingStatus { in_force: true, .. } => w.say("around-in-force"),
                ClosingStatus { signed: true, .. } => w.say("around-signed"),
                ClosingStatus {
                    closed: true,
                    initialled: true,
                    ..
                } => w.say("around-closed-initialled"),
                ClosingStatus { closed: true, .. } => w.say("around-closed"),
                ClosingStatus {
                    initialled: true, ..
                } => w.say("around-initialled"),
                _ => w.say("around-not-closed"),
            };
            label(sign, &word, tone)
        };
        let person = |id: &'a onetext_talks::PersonId| self.name(id.as_str()).to_owned();
        let body = html! { @for (text, closing) in &near { article class="card" {
            h3 { (step(closing)) " " bdi { (text.title) } " " bdi { "(" (closing.draft) ")" }
                @if let Some(since) = &closing.in_force_since { " " (w.say_with("around-since", &[("on", terms::when(w, since).into())])) } }
            ul {
                @for lack in &closing.lacks { li { (core(lack)) } }
                @for (seat, party) in &closing.parties { @for line in words::party_closing(party, &person) {
                    li { bdi { (self.name(seat.as_str())) } " " (core(&line)) }
                } }
            }
        } } };
        section("closing", &w.say("around-closing"), near.is_empty(), &body)
    }

    fn packages(&self) -> Markup {
        let (w, packages) = (self.w, &self.status.packages);
        let state = |state: PackageState| match state {
            PackageState::Open => w.say("around-package-open"),
            PackageState::Accepted => w.say("around-package-accepted"),
            PackageState::Partial => w.say("around-package-partial"),
            PackageState::Lapsed => w.say("around-package-lapsed"),
            PackageState::Withdrawn => w.say("around-package-withdrawn"),
        };
        let body = html! { ul { @for package in packages { li {
            (state(package.state)) ": " bdi { (package.points.join(" · ")) } " " bdi { "(" (package.id) ")" }
            @if !package.because.is_empty() { p class="small" { (core(&package.because.join("; "))) } }
        } } } };
        section(
            "packages",
            &w.say("around-packages"),
            packages.is_empty(),
            &body,
        )
    }

    fn conditions(&self) -> Markup {
        let (w, conditions) = (self.w, &self.status.conditions);
        let state = |state: ConditionState| match state {
            ConditionState::NotMet => w.say("around-condition-not"),
            ConditionState::MetAdReferendum => w.say("around-condition-ad-ref"),
            ConditionState::Met => w.say("around-condition-met"),
        };
        let body = html! { ul { @for condition in conditions {
            @let told = [("seat", self.name(condition.seat.as_str()).into()), ("points", condition.accepts.join(" · ").into())];
            li { (state(condition.state)) ": " (w.say_with("around-accepts", &told)) " " bdi { "(" (condition.act) ")" }
                p class="small" { (core(&condition.because.join("; "))) }
                @if let Some(contradiction) = &condition.contradiction { p class="small" { (core(contradiction)) } } }
        } } };
        section(
            "conditions",
            &w.say("around-conditions"),
            conditions.is_empty(),
            &body,
        )
    }

    fn alerts(&self) -> Markup {
        let (w, alerts) = (self.w, &self.status.alerts);
        let kind = |kind: AlertKind| match kind {
            AlertKind::Reintroduced => w.say("around-alert-reintroduced"),
            AlertKind::UnseenStance => w.say("around-alert-unseen"),
            AlertKind::Dropped => w.say("around-alert-dropped"),
            AlertKind::BracketRemoved => w.say("around-alert-bracket"),
            AlertKind::BeyondPowers => w.say("around-alert-powers"),
            AlertKind::BelowLevel => w.say("around-alert-level"),
            AlertKind::GateTension => w.say("around-alert-gate"),
            AlertKind::MandateDiffers => w.say("around-alert-mandate"),
            AlertKind::TermsDiffer => w.say("around-alert-terms"),
            AlertKind::AccountsConflict => w.say("around-alert-accounts"),
            AlertKind::ConflictingActs => w.say("around-alert-acts"),
            AlertKind::ConditionContradicted => w.say("around-alert-condition"),
            AlertKind::PackagePartial => w.say("around-alert-partial"),
            AlertKind::PackageLapsed => w.say("around-alert-lapsed"),
            AlertKind::Conduct => w.say("around-alert-conduct"),
        };
        let body = html! { ul class="plain alerts" { @for alert in alerts.iter().take(ALERTS) { li {
            (label("!", &kind(alert.kind), Tone::Doubt)) " " (core(&words::alert_text(alert)))
            @for act in &alert.told { span class="under" { (core(act)) } }
        } } }
        @if alerts.len() > ALERTS { p class="small" { (w.say_with("meetings-more", &[("n", (alerts.len() - ALERTS).into())])) } } };
        section("alerts", &w.say("around-alerts"), alerts.is_empty(), &body)
    }
}
