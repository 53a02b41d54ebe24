//! A package study as JSON.

use std::time::Duration;

use onetext_bargain::{Fraction, Given, Point, Solution};
use serde_json::{Map, Value, json};

use super::Answer;

/// The study as one object; `elapsed` is how long it took.
#[must_use]
pub fn json(answer: &Answer, elapsed: Duration) -> Value {
    let study = &answer.study;
    let mut object = json!({
        "scenario": answer.name,
        "parties": answer.terms.parties.iter().map(|party| &party.id).collect::<Vec<_>>(),
        "issues": answer.terms.issues.len(),
        "outcomes": study.outcomes,
        "exact": study.epsilon.is_none(),
        "frontier": answer.frontier(),
        "reservation": answer.terms.parties.iter().map(|party| party.reservation.shown()).collect::<Vec<_>>(),
        "why": answer.why(),
        "remarks": answer.remarks,
        "elapsed_ms": elapsed.as_secs_f64() * 1e3,
        "peak_states": study.peak_states,
    });
    let Some(fields) = object.as_object_mut() else {
        return object;
    };
    if let Some(epsilon) = &study.epsilon {
        fields.insert("epsilon".to_owned(), numbers(epsilon));
    }
    let ideals = study.ideals.as_deref().map_or(Value::Null, numbers);
    fields.insert("ideal".to_owned(), ideals);
    for key in [
        "nash",
        "kalai_smorodinsky",
        "kalai_smorodinsky_spread",
        "egalitarian",
        "welfare",
    ] {
        fields.insert(key.to_owned(), Value::Null);
    }
    for named in answer.named() {
        fields.insert(named.key.to_owned(), answer.solution(named.solution));
    }
    if let Some(given) = &answer.given {
        fields.insert("given".to_owned(), answer.given(given));
    }
    if let Some(robust) = &answer.robust {
        fields.insert("robust".to_owned(), answer.robust_json(robust));
    }
    if let Some(process) = &answer.process {
        fields.extend(process.fields(answer));
    }
    object
}

fn numbers(of: &[Fraction]) -> Value {
    of.iter().map(|number| number.shown()).collect()
}

impl Answer {
    /// The points of the frontier, with all of their packages where these were asked for.
    fn frontier(&self) -> Vec<Value> {
        let points = self.study.frontier.iter().enumerate();
        let told = points.map(|(place, point)| {
            let mut told = self.point(point);
            let same = self.same.as_ref().and_then(|same| same.get(place));
            if let Some(((packages, whole), fields)) = same.zip(told.as_object_mut()) {
                let all: Vec<Value> = packages.iter().map(|own| self.package(own)).collect();
                fields.insert("packages".to_owned(), all.into());
                fields.insert("all_packages".to_owned(), (*whole).into());
            }
            told
        });
        told.collect()
    }

    /// A package with what it gives.
    pub(super) fn point(&self, point: &Point) -> Value {
        let package: Map<String, Value> = self
            .terms
            .issues
            .iter()
            .enumerate()
            .map(|(place, issue)| (issue.id.clone(), self.option(point, place).into()))
            .collect();
        json!({ "utilities": numbers(&point.utilities), "package": package })
    }

    fn given(&self, given: &Given) -> Value {
        let mut told = self.point(&given.point);
        let gains = given
            .gains
            .iter()
            .map(|gain| gain.as_ref().map(|point| self.point(point)));
        let refused = given
            .refused_by
            .iter()
            .filter_map(|party| self.terms.parties.get(*party));
        let apart: Map<String, Value> = self
            .named()
            .iter()
            .map(|named| {
                (
                    named.key.to_owned(),
                    self.apart(&given.point, &named.solution.point).into(),
                )
            })
            .collect();
        if let Some(fields) = told.as_object_mut() {
            fields.insert("efficient".to_owned(), given.efficient.into());
            fields.insert(
                "barred_by".to_owned(),
                given.barred_by.iter().map(|rule| rule + 1).collect(),
            );
            fields.insert(
                "refused_by".to_owned(),
                refused.map(|party| party.id.clone()).collect(),
            );
            fields.insert(
                "gains".to_owned(),
                gains.map(|gain| gain.unwrap_or(Value::Null)).collect(),
            );
            fields.insert(
                "weights".to_owned(),
                given.weights.as_deref().map_or(Value::Null, numbers),
            );
            fields.insert("apart".to_owned(), apart.into());
        }
        told
    }

    fn solution(&self, solution: &Solution) -> Value {
        let mut told = self.point(&solution.point);
        if let Some(fields) = told.as_object_mut() {
            fields.insert("value".to_owned(), solution.value.into());
            if let Some(most) = solution.at_most {
                // A bound that is infinite is none: null.
                fields.insert("at_most".to_owned(), most.into());
            }
        }
        told
    }
}
