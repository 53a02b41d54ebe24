//! What stands around the texts: conditions, replies, claims, meetings, missions, understandings, packages, alerts.

use super::super::words;
use super::Sheet;

impl Sheet<'_> {
    pub(super) fn gates(&mut self) {
        let status = self.status;
        if status.gates.is_empty() {
            return;
        }
        self.heading("CONDITIONS FOR MEETINGS AND STEPS");
        for gate in &status.gates {
            let who = if gate.participants.is_empty() {
                String::new()
            } else {
                format!(", for {}", words::list(&self.names.all(&gate.participants)))
            };
            self.verdict(
                words::holds(gate.holds),
                &format!("{}{who} ({})", gate.event, gate.id),
            );
            if let Some(said) = &gate.words {
                self.hang("    ", &format!("\"{said}\""));
            }
            for reason in &gate.reasons {
                self.hang("    - ", reason);
            }
            if let Some(why) = &gate.overridden {
                self.hang("    - ", &format!("Set aside by its author: {why}"));
            }
        }
    }

    pub(super) fn obligations(&mut self) {
        let status = self.status;
        if status.obligations.is_empty() {
            return;
        }
        self.heading("REPLIES AWAITED");
        for reply in &status.obligations {
            let (state, tone) = words::obligation(reply.state);
            let text = reply
                .text
                .as_ref()
                .map(|text| format!(" on {text}"))
                .unwrap_or_default();
            let due = reply.due.as_ref().map_or_else(
                || "no date set".to_owned(),
                |due| format!("due {}", words::when(due)),
            );
            let from = self.names.seat(&reply.from);
            self.verdict(
                ("·", state, tone),
                &format!("from {from}{text}, {due} ({})", reply.id),
            );
            if !reply.because.is_empty() {
                self.hang("    - ", &reply.because);
            }
        }
    }

    pub(super) fn claims(&mut self) {
        let status = self.status;
        let without = words::without_claims(status);
        if status.claims.is_empty() && without.is_empty() {
            return;
        }
        self.heading("SAID IN PUBLIC, BESIDE THE RECORD");
        for claim in &status.claims {
            let says = words::claim(claim.what, claim.value.as_deref());
            let by = words::list(&self.names.seats(&claim.asserted_by));
            let by = words::speaker(claim.speaker.as_deref(), &by);
            self.verdict(
                words::verdict(claim.verdict),
                &format!(
                    "\"{}\" ({by}, {}; {})",
                    claim.words,
                    words::when(&claim.on),
                    claim.id
                ),
            );
            let because = if claim.because.is_empty() {
                String::new()
            } else {
                format!(": {}", claim.because)
            };
            self.hang("    - ", &format!("Taken to say that {says}{because}"));
            if claim.verdict_then != claim.verdict {
                let (_, then, _) = words::verdict(claim.verdict_then);
                self.hang("    - ", &format!("When it was said: {then}"));
            }
            for (word, seats) in [
                ("Confirmed by", &claim.confirmed_by),
                ("Denied by", &claim.denied_by),
            ] {
                if !seats.is_empty() {
                    let seats = words::list(&self.names.seats(seats));
                    self.hang("    - ", &format!("{word} {seats}"));
                }
            }
        }
        for statement in without {
            let by = words::said_by(statement, self.names.seat(&statement.seat));
            self.verdict(
                ("·", "nothing in it to check", words::Tone::Quiet),
                &format!("\"{}\" ({by}; {})", statement.words, statement.id),
            );
        }
    }

    pub(super) fn sessions(&mut self) {
        let status = self.status;
        if status.sessions.is_empty() {
            return;
        }
        self.heading("MEETINGS");
        for session in &status.sessions {
            let (state, tone) = words::session(session.state);
            let mut about = words::format(session.format).to_owned();
            if let Some(place) = &session.place {
                about.push_str(&format!(", {place}"));
            }
            match &session.on {
                Some(on) => about.push_str(&format!(", {}", words::when(on))),
                None if session.state < onetext_talks::SessionState::Held => {
                    about.push_str(", no date set")
                }
                None => {}
            }
            if !session.participants.is_empty() {
                about.push_str(&format!(
                    "; {}",
                    words::list(&self.names.all(&session.participants))
                ));
            }
            about.push_str(&format!(" ({})", session.id));
            self.verdict(("·", state, tone), &about);
            let mut by = Vec::new();
            for (word, seats) in [
                ("proposed by", &session.proposed_by),
                ("discussed by", &session.discussed_by),
                ("confirmed by", &session.confirmed_by),
            ] {
                if !seats.is_empty() {
                    by.push(format!("{word} {}", words::list(&self.names.seats(seats))));
                }
            }
            if !by.is_empty() {
                if session.confirmed_by.is_empty() {
                    by.push(words::unconfirmed(status.basis).to_owned());
                }
                self.hang("    - ", &by.join("; "));
            }
        }
    }

    pub(super) fn missions(&mut self) {
        let status = self.status;
        if status.missions.is_empty() {
            return;
        }
        self.heading("MISSIONS");
        for mission in &status.missions {
            let mut about = format!(
                "{} to {}",
                self.names.person(&mission.envoy),
                self.names.name(&mission.counterpart)
            );
            if let Some(place) = &mission.place {
                about.push_str(&format!(", {place}"));
            }
            if let Some(base) = &mission.base {
                about.push_str(&format!(", with {base} in hand"));
            }
            about.push_str(&format!(" ({})", mission.id));
            self.verdict(
                ("·", words::mission(mission.state), words::Tone::Plain),
                &about,
            );
        }
    }

    pub(super) fn understandings(&mut self) {
        let status = self.status;
        if status.understandings.is_empty() {
            return;
        }
        self.heading("EARLIER UNDERSTANDINGS");
        for understanding in &status.understandings {
            let (sign, state, tone) = if understanding.assessed {
                ("✓", "assessed", words::Tone::Good)
            } else {
                ("?", "not assessed", words::Tone::Doubt)
            };
            let mut about = format!(
                "between {}",
                words::list(&self.names.seats(&understanding.between))
            );
            if !understanding.condition_for.is_empty() {
                about.push_str(&format!(
                    ", a condition for {}",
                    words::list(&self.names.seats(&understanding.condition_for))
                ));
            }
            about.push_str(&format!(" ({})", understanding.id));
            self.verdict((sign, state, tone), &about);
            for tenet in &understanding.tenets {
                self.hang(
                    "    - ",
                    &format!(
                        "{}: in letter {}, in spirit {}",
                        tenet.words,
                        words::tenet(tenet.letter, tenet.letter_earlier.as_ref()),
                        words::tenet(tenet.spirit, tenet.spirit_earlier.as_ref())
                    ),
                );
            }
        }
    }

    pub(super) fn packages(&mut self) {
        let status = self.status;
        if status.packages.is_empty() {
            return;
        }
        self.heading("PACKAGES");
        for package in &status.packages {
            self.hang(
                "  · ",
                &format!(
                    "{}: {} ({}, {} {}){}",
                    words::package(package.state),
                    package.points.join(", "),
                    package.id,
                    if package.offered { "offered by" } else { "of" },
                    self.names.seat(&package.by),
                    because(&package.because)
                ),
            );
        }
    }

    pub(super) fn accepted_on_condition(&mut self) {
        let status = self.status;
        if status.conditions.is_empty() {
            return;
        }
        self.heading("ACCEPTED ON A CONDITION");
        for condition in &status.conditions {
            let mut told = format!(
                "{}: {} accepts {} ({}){}",
                words::condition(condition.state),
                self.names.seat(&condition.seat),
                condition.accepts.join(", "),
                condition.act,
                because(&condition.because)
            );
            if !condition.together_with.is_empty() {
                told.push_str(&format!(
                    "; met together with {} or not at all",
                    words::list(&condition.together_with)
                ));
            }
            if let Some(contradiction) = &condition.contradiction {
                told.push_str(&format!(
                    "; it cannot be met as things stand: {contradiction}"
                ));
            }
            self.hang("  · ", &told);
        }
    }

    pub(super) fn alerts(&mut self) {
        let status = self.status;
        if status.alerts.is_empty() {
            return;
        }
        self.heading("WORTH A SECOND LOOK");
        for alert in &status.alerts {
            self.verdict(
                ("!", words::alert(alert.kind), words::Tone::Doubt),
                &words::alert_text(alert),
            );
            for act in &alert.told {
                self.hang("    - ", act);
            }
        }
    }
}

fn because(reasons: &[String]) -> String {
    if reasons.is_empty() {
        String::new()
    } else {
        format!(": {}", reasons.join("; "))
    }
}
