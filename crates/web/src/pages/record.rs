//! What the forms of these pages have in common: what was given, who speaks, in which room, on which day, and why something was
//! not recorded. What was typed is never lost.

use axum::http::StatusCode;
use maud::{Markup, html};
use onetext_desk::ActRefused;
use onetext_talks::Status;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::affairs::{is_of, name};
use super::language::TYPED;
use super::rooms::Rooms;
use crate::fault::is_of_host;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench};

/// What a form or an address gives, in its order.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Given(Vec<(String, String)>);

impl Given {
    /// The first value of a field, without blanks at its ends; empty where there is none.
    pub(crate) fn get(&self, field: &str) -> &str {
        let mut fields = self.0.iter().filter(|(own, _)| own == field);
        fields.next().map_or("", |(_, value)| value.trim())
    }

    /// Every value, in the order of the form.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, value)| value.as_str())
    }

    /// Whether a field was given at all.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.0.iter().any(|(own, _)| own == field)
    }

    /// Every value of a field that says something.
    pub(crate) fn all<'g>(&'g self, field: &'g str) -> impl Iterator<Item = &'g str> {
        let values = self.0.iter().filter(move |(own, _)| own == field);
        values
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// What was given to the form of this name; nothing where it was another.
    pub(crate) fn of(&self, form: &str) -> Given {
        match self.get("form") == form {
            true => self.clone(),
            false => Given::default(),
        }
    }
}

/// The fields of an act, as a dossier has them; what is empty is left out.
#[derive(Debug, Default)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// An act of a kind by who speaks, in a room and on a day, written down by the visitor's seat.
    pub(crate) fn of(kind: &str, given: &Given, visitor: &Visitor) -> Fields {
        let mut fields = Fields::default();
        fields.0.insert("kind".to_owned(), json!(kind));
        fields
            .0
            .insert("recorded_by".to_owned(), json!(visitor.seat()));
        for name in ["by", "room", "on"] {
            fields.words(name, given.get(name));
        }
        fields
    }

    pub(crate) fn words(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            self.0.insert(name.to_owned(), json!(words));
        }
    }

    pub(crate) fn list<'g>(&mut self, name: &str, values: impl Iterator<Item = &'g str>) {
        let values: Vec<&str> = values.collect();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), json!(values));
        }
    }

    pub(crate) fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Puts the act on record. Nobody speaks for another seat here.
    pub(crate) fn record(
        self,
        bench: &Workbench,
        visitor: &Visitor,
        view: &View,
    ) -> Result<(), Refused> {
        let by = self.0.get("by").and_then(Value::as_str).unwrap_or_default();
        if !is_of(&view.play.status, by, visitor.seat()) {
            let w = visitor.words();
            return Err(Refused {
                why: w.say("record-not-yours"),
                hint: w.say("record-not-yours-hint"),
                own: true,
                status: StatusCode::UNPROCESSABLE_ENTITY,
            });
        }
        match bench.office.act(visitor, self.0, bench.now()) {
            Ok(_) => Ok(()),
            Err(error) => Err(Refused::told(&error, visitor.words())),
        }
    }
}

/// Why something was not recorded, and what to do.
#[derive(Debug)]
pub(crate) struct Refused {
    why: String,
    hint: String,
    /// In the words of the interface; else in those of the record.
    own: bool,
    status: StatusCode,
}

/// The status of a page that shows why an act was refused.
pub(crate) fn status_of(error: &ActRefused) -> StatusCode {
    match error {
        ActRefused::Workspace(error) if is_of_host(error) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl Refused {
    /// Of an act that was refused.
    pub(crate) fn told(error: &ActRefused, w: Words) -> Refused {
        let hint = match error {
            // Who may not act does not come this far: somebody chose a language.
            ActRefused::OnlyReads => return Refused::own(w.say("record-language"), w),
            ActRefused::NotInOrder(errors) => errors.first().and_then(|error| error.hint.clone()),
            ActRefused::Workspace(own) if is_of_host(own) => {
                return Refused {
                    hint: w.say("record-host-hint"),
                    status: status_of(error),
                    ..Refused::own(w.say("record-host"), w)
                };
            }
            ActRefused::Workspace(error) => error.hint(),
            _ => None,
        };
        Refused {
            why: error.to_string(),
            hint: hint.unwrap_or_else(|| w.say("record-still-there")),
            own: false,
            status: status_of(error),
        }
    }

    /// In the words of the interface.
    pub(crate) fn own(why: String, w: Words) -> Refused {
        Refused {
            why,
            hint: w.say("record-still-there"),
            own: true,
            status: StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// The status of a page that shows it.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// In the words of the record.
    pub(crate) fn core(why: String, w: Words) -> Refused {
        Refused {
            own: false,
            ..Refused::own(why, w)
        }
    }

    /// For the top of the page.
    pub(crate) fn shown(&self, w: Words) -> Markup {
        let lang = (!self.own).then_some("en");
        html! {
            div class="refused" role="alert" tabindex="-1" {
                p { strong { (w.say("record-refused")) } " " span lang=[lang] dir="auto" { (self.why) } }
                p { span lang=[lang] dir="auto" { (self.hint) } }
            }
        }
    }
}

/// Who may speak here, as the lines of a list: the delegation and each of its persons, or the one person that the visitor speaks as.
pub(crate) fn speakers(visitor: &Visitor, status: &Status, chosen: &str) -> Markup {
    let w = visitor.words();
    let own = status
        .persons
        .iter()
        .filter(|person| person.seat.as_str() == visitor.seat())
        .filter(|person| {
            let one = visitor.speaks_as();
            one.is_none_or(|own| own == person.id.as_str())
        });
    html! {
        @if visitor.speaks_as().is_none() { option value=(visitor.seat()) { (w.say_with("record-delegation", &[("seat", name(status, visitor.seat()).into())])) } }
        @for person in own { option value=(person.id) selected[chosen == person.id.as_str()] { (person.name) @if let Some(level) = &person.level { " (" (level) ")" } } }
    }
}

/// Who speaks, in which room and on which day: the end of every form that puts something on record.
pub(crate) struct Signature<'a> {
    pub(crate) view: &'a View,
    pub(crate) visitor: &'a Visitor,
    pub(crate) given: &'a Given,
    pub(crate) now: i64,
    /// The room that is offered first; where it is none of the seat's, the first of the list.
    pub(crate) room: &'a str,
    /// Whether a room must be chosen: none is offered first but that.
    pub(crate) ask: bool,
}

impl Signature<'_> {
    /// The frame of a form that puts something on record: where it goes, what it says of itself, its own fields, who signs it, and
    /// the button. What was typed into it and refused is what the switch of language takes along.
    pub(crate) fn form(&self, to: &str, own: &[(&str, &str)], fields: Markup) -> Markup {
        let w = self.visitor.words();
        html! {
            form method="post" action=(to) id=[(!self.given.0.is_empty()).then_some(TYPED)] {
                @for (name, value) in own { input type="hidden" name=(name) value=(value); }
                (fields)
                (self.fields())
                button class="main" type="submit" { (w.say("record-put")) }
            }
        }
    }

    /// The three fields.
    fn fields(&self) -> Markup {
        html! { div class="signature" { (self.who()) (self.rooms()) (self.day()) } }
    }

    fn who(&self) -> Markup {
        let (w, status) = (self.visitor.words(), &self.view.play.status);
        html! {
            label class="field" { span { (w.say("record-speaking")) } select name="by" { (speakers(self.visitor, status, self.given.get("by"))) } }
        }
    }

    /// The room, with who sits in it.
    fn rooms(&self) -> Markup {
        let (w, status) = (self.visitor.words(), &self.view.play.status);
        let chosen = match self.given.get("room") {
            "" => self.room,
            given => given,
        };
        let ask = self.ask.then_some(w);
        html! {
            label class="field" { span { (w.say("record-room")) } small { (w.say("record-room-hint")) } select name="room" required[self.ask] {
                (Rooms::of(self.view).options(status, chosen, ask))
            } }
        }
    }

    fn day(&self) -> Markup {
        let w = self.visitor.words();
        let day = match self.given.get("on") {
            "" => last_day(&self.view.play.status, self.now),
            given => given.to_owned(),
        };
        html! {
            label class="field" { span { (w.say("record-day")) } small { (w.say("record-day-hint")) }
                input name="on" value=(day) required maxlength="60" pattern="[0-9][\\-0-9T:Z\\/]*" dir="ltr"; }
        }
    }
}

/// The days of which the state of play tells, for the day that a form offers. One that lies ahead of the clock is offered where
/// the seat itself wrote it: what others write must not become everybody's next day. A process that begins after the clock is a
/// sample, though, or written ahead: there the last day of all is offered.
pub(crate) struct Days {
    clock: String,
    own: String,
    last: String,
    /// Whether anything is told of by the clock's day.
    begun: bool,
}

impl Days {
    /// None but that of the clock, in microseconds since 1970.
    pub(crate) fn by(now: i64) -> Days {
        let clock = jiff::Timestamp::from_microsecond(now).map(|time| time.to_string());
        let clock = clock.unwrap_or_default();
        let clock = clock.get(..10).unwrap_or_default().to_owned();
        Days {
            own: clock.clone(),
            last: clock.clone(),
            clock,
            begun: false,
        }
    }

    /// One more, and whether the seat itself wrote it.
    pub(crate) fn add(&mut self, day: &str, own: bool) {
        let Some(day) = day.get(..10) else {
            return;
        };
        self.begun |= day <= self.clock.as_str();
        if day > self.last.as_str() {
            day.clone_into(&mut self.last);
        }
        if own && day > self.own.as_str() {
            day.clone_into(&mut self.own);
        }
    }

    /// The day that is offered.
    pub(crate) fn offered(self) -> String {
        if self.begun { self.own } else { self.last }
    }
}

/// The day that a form offers: that of the clock, or the last of which the state of play tells, whichever is later, as far as
/// [`Days`] go.
pub(crate) fn last_day(status: &Status, now: i64) -> String {
    let mut days = Days::by(now);
    let mut add = |on: &onetext_talks::When, own: bool| {
        let day = on.end().to_string();
        days.add(day.rsplit('/').next().unwrap_or_default(), own);
    };
    for text in &status.texts {
        let own = text.issuer == status.viewer;
        let given = text.exposure.values().flatten().map(|one| &one.on);
        let issued = text.drafts.iter().filter_map(|draft| draft.on.as_ref());
        given.chain(issued).for_each(|on| add(on, own));
    }
    let said = status.statements.iter().map(|statement| &statement.on);
    let met = status
        .sessions
        .iter()
        .filter(|session| session.state == onetext_talks::SessionState::Held)
        .filter_map(|session| session.on.as_ref());
    // Who wrote them down is not told here.
    said.chain(met).for_each(|on| add(on, false));
    days.offered()
}
