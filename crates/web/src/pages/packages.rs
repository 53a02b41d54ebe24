//! Packages: which combinations of what is open would leave nobody worse off, by the preferences that the seat's rooms hold, and
//! what stands on record as tied together.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Budget, Cut, DeskError, PackagesAsked, Weighing, Wish, package_study};
use onetext_talks::Status;
use package_study::Answer;

use super::affairs::{self, name, told};
use super::{Page, part};
use crate::fault::Fault;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// What a study may cost on a page: past it the frontier is thinned out, and says by how much.
const BUDGET: Budget = Budget::Combinations(20_000);
/// The most packages of the frontier on the page.
const LISTED: usize = 40;

fn number(number: f64) -> String {
    let words = format!("{number:.2}");
    let words = words.trim_end_matches('0').trim_end_matches('.');
    match words {
        "-0" | "" => "0".to_owned(),
        words => words.to_owned(),
    }
}

/// An option with its words, where it comes from the process.
fn option(answer: &Answer, issue: usize, place: usize) -> Markup {
    let name = answer
        .terms
        .issues
        .get(issue)
        .and_then(|issue| issue.options.get(place));
    let name = name.map_or("", String::as_str);
    let point = answer
        .process
        .as_ref()
        .and_then(|process| process.points.get(issue));
    let own = point.and_then(|point| point.options.iter().find(|own| own.name == name));
    html! { bdi { strong { (name) } } @if let Some(own) = own { span class="under" dir="auto" { (own.words.chars().take(120).collect::<String>()) @if own.words.chars().count() > 120 { "…" } } } }
}

/// One column a package that is a solution, one row a point and a party.
fn solutions(w: Words, status: &Status, answer: &Answer) -> Markup {
    let Some(found) = &answer.study.solutions else {
        return html! { p { (w.say("packages-no-solution")) } };
    };
    let named = [
        (w.say("packages-nash"), &found.nash),
        (w.say("packages-kalai"), &found.kalai_smorodinsky),
        (w.say("packages-egalitarian"), &found.egalitarian),
        (w.say("packages-welfare"), &found.welfare),
    ];
    let mut columns: Vec<(Vec<String>, &onetext_desk::Point)> = Vec::new();
    for (name, solution) in named {
        let package = &solution.point.package;
        match columns.iter_mut().find(|(_, own)| own.package == *package) {
            Some((names, _)) => names.push(name),
            None => columns.push((vec![name], &solution.point)),
        }
    }
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("packages-solutions")) { table class="study" {
            caption { (w.say("packages-solutions-caption")) }
            thead { tr { th scope="col" { (w.say("packages-point")) } @for (names, _) in &columns { th scope="col" { (names.join(w.comma())) } } } }
            tbody {
                @for (place, issue) in answer.terms.issues.iter().enumerate() {
                    tr { th scope="row" { (point(answer, place, &issue.id)) } @for (_, own) in &columns { td { @if let Some(chosen) = own.package.get(place) { (option(answer, place, *chosen)) } } } }
                }
                @for (place, party) in answer.terms.parties.iter().enumerate() {
                    tr class="gives" { th scope="row" { (w.say("packages-gives")) " " bdi { (name(status, &party.id)) } }
                        @for (_, own) in &columns { td { @if let Some(utility) = own.utilities.get(place) {
                            (number(utility.shown())) span class="under" { (w.say("packages-gain")) " " (number(utility.shown() - party.reservation.shown())) } } } } }
                }
            }
        } }
    }
}

/// A point as a row's head, linked to its page.
fn point(answer: &Answer, place: usize, id: &str) -> Markup {
    let own = answer
        .process
        .as_ref()
        .and_then(|process| process.points.get(place));
    html! { @match own {
        Some(own) => { a href=(format!("/point?subject={}", part(&format!("{}#{}", own.text, own.path)))) { bdi { (own.path) } } " " bdi class="small" { (own.draft) } },
        None => bdi { (id) },
    } }
}

fn frontier(w: Words, status: &Status, answer: &Answer) -> Markup {
    let all = &answer.study.frontier;
    html! {
        details { summary { (w.say_with("packages-frontier", &[("n", all.len().into())])) }
            div class="scroll" tabindex="0" role="region" aria-label=(w.say("packages-frontier-caption")) { table class="study" {
                caption { (w.say("packages-frontier-caption")) }
                thead { tr { @for party in &answer.terms.parties { th scope="col" dir="auto" { (name(status, &party.id)) } } @for (place, issue) in answer.terms.issues.iter().enumerate() { th scope="col" { (point(answer, place, &issue.id)) } } } }
                tbody { @for own in all.iter().take(LISTED) { tr { @for utility in &own.utilities { td { (number(utility.shown())) } } @for (place, chosen) in own.package.iter().enumerate() { td { bdi { (answer.terms.issues.get(place).and_then(|issue| issue.options.get(*chosen)).map_or("", String::as_str)) } } } } } }
            } }
            @if all.len() > LISTED { p class="small" { (w.say_with("meetings-more", &[("n", (all.len() - LISTED).into())])) } }
        }
    }
}

/// What is weighed, on whose word, and what is left out.
fn grounds(w: Words, status: &Status, answer: &Answer) -> Markup {
    let Some(process) = &answer.process else {
        return html! {};
    };
    html! {
        section { h2 { (w.say("packages-grounds")) }
            ul { @for own in &process.points { li { a href=(format!("/point?subject={}", part(&format!("{}#{}", own.text, own.path)))) { bdi { (own.path) } } " " bdi class="small" { (own.draft) } span class="under" { (told(&own.because.join("; "))) } } } }
            h3 { (w.say("packages-preferences")) }
            ul { @for own in &process.preferred { li { bdi { (name(status, own.party.as_str())) } ": "
                @if !own.own.is_empty() { (w.say("packages-own-word")) } @if !own.own.is_empty() && !own.estimated.is_empty() { (w.comma()) } @if !own.estimated.is_empty() { (w.say("packages-estimate")) } } } }
            p class="small" { (w.say("packages-numbers")) }
            @if !process.left_out.is_empty() { h3 { (w.say("packages-left-out")) } ul { @for left in &process.left_out { li { bdi { (left.about) } ": " (told(&left.because)) } } } }
        }
    }
}

fn study(w: Words, status: &Status, answer: &Answer) -> Markup {
    let gains = answer.given.as_ref();
    html! {
        @for remark in &answer.remarks { p class="small" { (told(remark)) } }
        p class="lead" { (w.say_with("packages-count", &[("points", answer.terms.issues.len().into()), ("parties", answer.terms.parties.len().into()), ("outcomes", answer.study.outcomes.as_str().into())])) " "
            @if answer.study.epsilon.is_none() { (w.say("packages-exact")) } @else { (w.say("packages-thinned")) } }
        @if let Some(given) = gains { p { strong { (w.say("packages-as-drafted")) } " " @match given.efficient { Some(true) => (w.say("packages-efficient")), Some(false) => (w.say("packages-not-efficient")), None => (w.say("packages-not-settled")) } } }
        section { h2 { (w.say("packages-solutions")) } (solutions(w, status, answer)) (frontier(w, status, answer)) }
        @if let Some(picture) = package_study::picture(answer) { section { h2 { (w.say("packages-picture")) } figure class="plot" lang="en" dir="ltr" { (PreEscaped(picture)) } } }
        (grounds(w, status, answer))
    }
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let (w, status) = (visitor.words(), &view.play.status);
        let asked = PackagesAsked {
            wish: Wish { budget: Some(BUDGET), ..Wish::default() },
            ..PackagesAsked::default()
        };
        let answer: Result<Answer, DeskError> = Weighing::of_process(&view.books, &view.viewer, &Cut::default())
            .and_then(|weighing| weighing.study(&asked));
        let title = w.say("packages-title");
        let body = html! {
            header { p class="kicker" { (w.say("packages-kicker")) } h1 { (title) } p class="lead" { (w.say("packages-lead")) } }
            main {
                @match &answer {
                    Ok(answer) => (study(w, status, answer)),
                    Err(error) => { section { h2 { (w.say("packages-nothing")) } p { (told(&error.to_string())) } @if let Some(hint) = error.hint() { p class="small" { (told(&hint)) } } } }
                }
                section { h2 { (w.say("packages-tied")) }
                    @if status.packages.is_empty() { p class="small" { (w.say("packages-none-tied")) } }
                    ul class="plain" { @for package in &status.packages { li { (affairs::package(w, package.state).label()) " " bdi { (package.points.join(", ")) } @if !package.because.is_empty() { span class="under" { (told(&package.because.join("; "))) } } } } }
                }
            }
        };
        let page = Page { title: &title, style: "affairs.css", here: "/packages", live: true };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}
