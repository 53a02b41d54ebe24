//! A page that leads to others.

use maud::{DOCTYPE, PreEscaped, html};

/// A page that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Under which heading.
    pub group: String,
    /// The file, in the same folder.
    pub file: String,
    /// Its title.
    pub title: String,
    /// What it holds, as a sentence.
    pub about: String,
}

/// A page that leads to others, group by group in the order given.
#[must_use]
pub fn index(title: &str, lead: &str, links: &[Link]) -> String {
    let mut groups: Vec<&str> = Vec::new();
    for link in links {
        if !groups.contains(&link.group.as_str()) {
            groups.push(&link.group);
        }
    }
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(super::GENERATOR);
                title { (title) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                a class="skip" href="#main" { "Skip to the list" }
                header {
                    p class="kicker" { "OneText" }
                    h1 dir="auto" { (title) }
                    p class="lead" dir="auto" { (lead) }
                }
                main id="main" {
                    @for group in groups {
                        section {
                            h2 { (group) }
                            ul class="plain" {
                                @for link in links.iter().filter(|link| link.group == group) {
                                    li {
                                        a href=(link.file) { span dir="auto" { (link.title) } }
                                        span class="under" dir="auto" { (link.about) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}
