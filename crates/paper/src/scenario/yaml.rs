//! YAML as a tree, with bounds: how deep, how many nodes, and how much repeated by reference.
//!
//! A node that is referred to (`*name`) is shared, not copied; as what follows walks the tree, the nodes that it would walk
//! are counted as if they had been copied, so that a few lines cannot stand for a billion.

use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::ScenarioError;

/// How deep nodes may stand in each other.
const DEEPEST: usize = 64;

/// How many nodes a file may hold, those that are repeated by reference counted each time.
const MOST: usize = 4_000_000;

/// A node, and the line it begins on.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
    /// How many nodes it stands for, itself included.
    count: usize,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Value {
    /// A word or a number, as written; whether it stood in quotes.
    Words(String, bool),
    /// A list.
    List(Vec<Rc<Node>>),
    /// Keys and values, in order.
    Map(Vec<(Rc<Node>, Rc<Node>)>),
}

impl Node {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Rc<Node>> {
        let Value::Map(entries) = &self.value else {
            return None;
        };
        let mut found = entries.iter().filter(|(own, _)| own.words() == Some(key));
        found.next().map(|(_, value)| value)
    }

    /// The word or the number.
    pub(super) fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Words(words, _) => Some(words),
            _ => None,
        }
    }

    /// The items of a list.
    pub(super) fn list(&self) -> Option<&[Rc<Node>]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Whether it says that there is nothing: `null`, `~`, or empty.
    pub(super) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Words(words, false) if ["", "~", "null", "Null", "NULL"].contains(&words.as_str()))
    }
}

/// What is being put together.
enum Open {
    List(usize, usize, Vec<Rc<Node>>),
    Map(usize, usize, Vec<(Rc<Node>, Rc<Node>)>, Option<Rc<Node>>),
}

/// Reads the one document of a file.
pub(super) fn read(file: &str, text: &str) -> Result<Rc<Node>, ScenarioError> {
    let mut tree = Tree {
        file,
        open: Vec::new(),
        named: Vec::new(),
        whole: None,
        count: 0,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            ScenarioError::new(
                file,
                Some(error.marker().line()),
                format!("this is no YAML: {}", error.info()),
                "mend this line",
            )
        })?;
        tree.take(event, span)?;
    }
    let nothing = || tree.wrong(1, "this file says nothing", "get a whole copy of it");
    tree.whole.clone().ok_or_else(nothing)
}

struct Tree<'f> {
    file: &'f str,
    open: Vec<Open>,
    /// The nodes that can be referred to.
    named: Vec<(usize, Rc<Node>)>,
    whole: Option<Rc<Node>>,
    count: usize,
}

impl Tree<'_> {
    fn wrong(&self, line: usize, text: &str, hint: &str) -> ScenarioError {
        ScenarioError::new(self.file, Some(line.max(1)), text, hint)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), ScenarioError> {
        let line = span.start.line();
        match event {
            Event::Scalar(words, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let value = Value::Words(words.into_owned(), !plain);
                self.put(line, anchor, value)
            }
            Event::SequenceStart(anchor, _) => {
                self.deepen(line)?;
                self.open.push(Open::List(line, anchor, Vec::new()));
                Ok(())
            }
            Event::MappingStart(anchor, _) => {
                self.deepen(line)?;
                self.open.push(Open::Map(line, anchor, Vec::new(), None));
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(line, anchor, items)) => self.put(line, anchor, Value::List(items)),
                Some(Open::Map(line, anchor, entries, _)) => {
                    self.put(line, anchor, Value::Map(entries))
                }
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let known = self.named.iter().rev().find(|(own, _)| *own == anchor);
                match known.map(|(_, node)| Rc::clone(node)) {
                    Some(node) => {
                        self.counted(line, node.count)?;
                        self.add(line, node)
                    }
                    None => Err(self.wrong(
                        line,
                        "this refers to what is not there yet, or to itself",
                        "write out what is meant",
                    )),
                }
            }
            Event::DocumentStart(_) if self.whole.is_some() => Err(self.wrong(
                line,
                "a second document begins here",
                "keep one document a file",
            )),
            _ => Ok(()),
        }
    }

    fn deepen(&self, line: usize) -> Result<(), ScenarioError> {
        match self.open.len() < DEEPEST {
            true => Ok(()),
            false => Err(self.wrong(
                line,
                "lists and tables stand too deep in each other",
                "a scenario of NegMAS is at most 10 deep",
            )),
        }
    }

    fn counted(&mut self, line: usize, more: usize) -> Result<(), ScenarioError> {
        self.count = self.count.saturating_add(more);
        match self.count <= MOST {
            true => Ok(()),
            false => Err(self.wrong(
                line,
                "this file stands for more than any scenario, what it repeats by reference counted each time",
                "check that this is the right file",
            )),
        }
    }

    fn put(&mut self, line: usize, anchor: usize, value: Value) -> Result<(), ScenarioError> {
        self.counted(line, 1)?;
        let below: usize = match &value {
            Value::Words(..) => 0,
            Value::List(items) => items
                .iter()
                .fold(0, |sum, item| sum.saturating_add(item.count)),
            Value::Map(entries) => entries.iter().fold(0, |sum: usize, (key, value)| {
                sum.saturating_add(key.count).saturating_add(value.count)
            }),
        };
        let node = Rc::new(Node {
            line,
            value,
            count: below.saturating_add(1),
        });
        if anchor > 0 {
            self.named.push((anchor, Rc::clone(&node)));
        }
        self.add(line, node)
    }

    fn add(&mut self, line: usize, node: Rc<Node>) -> Result<(), ScenarioError> {
        match self.open.last_mut() {
            None => self.whole = Some(node),
            Some(Open::List(_, _, items)) => items.push(node),
            Some(Open::Map(_, _, entries, waiting)) => match waiting.take() {
                None => *waiting = Some(node),
                Some(key) => {
                    if key.words().is_some_and(|own| {
                        // Only what is asked for by name is looked for twice.
                        entries.len() < 64
                            && entries.iter().any(|(other, _)| other.words() == Some(own))
                    }) {
                        return Err(self.wrong(
                            line,
                            "this key stands here twice",
                            "keep one of them",
                        ));
                    }
                    entries.push((key, node));
                }
            },
        }
        Ok(())
    }
}
