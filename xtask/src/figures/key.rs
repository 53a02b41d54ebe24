//! When two mentions of a speaker are one: by the last word of the name, titles and offices off.

/// Words of offices that stand before a name, without what they are of.
const OFFICES: [&str; 14] = [
    "secretary of state",
    "secretary of war",
    "secretary of defense",
    "secretary of the army",
    "secretary of the navy",
    "secretary of the air force",
    "secretary of the treasury",
    "secretary of the interior",
    "secretary of homeland security",
    "secretary of commerce",
    "secretary of labor",
    "secretary of energy",
    "chief of staff",
    "speaker of the house",
];
const TITLES: [&str; 26] = [
    "former",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sen",
    "rep",
    "gov",
    "president",
    "vice",
    "secretary",
    "prof",
    "judge",
    "justice",
    "jr",
    "sr",
    "ii",
    "iii",
    "sir",
    "gen",
    "col",
    "lt",
    "capt",
    "the",
    "a",
    "an",
];
/// Words that end the name: what stands behind them says more about it.
const CUTS: [&str; 15] = [
    "of", "from", "at", "who", "whose", "which", "in", "for", "on", "with", "and", "as", "about",
    "to", "-",
];

/// The word by which a speaker is compared.
pub(crate) fn key(mention: &str) -> String {
    let words = unowned(mention.trim());
    let bare = without_office(&words);
    let words = if tokens(&bare).iter().any(|t| capital(t)) {
        bare
    } else {
        words
    };
    let (head, rest, comma) = cut(&words);
    let mut name: Vec<String> = tokens(head).into_iter().filter(|t| !title(t)).collect();
    if comma && !name.iter().any(|t| capital(t)) {
        // `the spokesman, Ines Karr`
        let all = tokens(rest);
        let named = |t: &String| capital(t) && !title(t);
        let from = all.iter().position(named).unwrap_or(all.len());
        let run: Vec<String> = all[from..]
            .iter()
            .take_while(|t| named(t))
            .cloned()
            .collect();
        if !run.is_empty() {
            name = run;
        }
    }
    if name.is_empty() {
        name = tokens(&words);
    }
    let last = name.last().map_or("", String::as_str);
    last.to_lowercase().trim_matches('.').to_owned()
}

fn capital(token: &str) -> bool {
    token.starts_with(char::is_uppercase)
}

fn title(token: &str) -> bool {
    TITLES.contains(&token.to_lowercase().trim_matches('.'))
}

/// Without the endings of possessives.
fn unowned(words: &str) -> String {
    let parts: Vec<&str> = words
        .split(' ')
        .map(|word| {
            let comma = word.strip_suffix(',').unwrap_or(word);
            let bare = comma.strip_suffix("'s").or(comma.strip_suffix("’s"));
            bare.unwrap_or(word)
        })
        .collect();
    parts.join(" ")
}

fn without_office(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    for office in OFFICES {
        if let Some(at) = lower.find(office) {
            return format!("{} {}", &words[..at], &words[at + office.len()..]);
        }
    }
    words.to_owned()
}

/// The name, what says more about it, and whether a comma parts them.
fn cut(words: &str) -> (&str, &str, bool) {
    let mut at = 0;
    for word in words.split_inclusive(' ') {
        let bare = word.trim_end();
        let inside = bare.find([',', '(', ';', '—', '–']);
        if at > 0 && CUTS.contains(&bare) && word.ends_with(' ') {
            return (&words[..at], &words[at + word.len()..], false);
        }
        if let Some(inside) = inside {
            let comma = bare[inside..].starts_with(',');
            let length = bare[inside..].chars().next().map_or(1, char::len_utf8);
            return (&words[..at + inside], &words[at + inside + length..], comma);
        }
        at += word.len();
    }
    (words, "", false)
}

/// Words with the hyphens, full stops and apostrophes inside them.
fn tokens(words: &str) -> Vec<String> {
    let inside = |c: char| c.is_alphanumeric() || "-._'’".contains(c);
    words
        .split(|c: char| !inside(c))
        .map(|token| token.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))
        .filter(|token| token.starts_with(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn mentions_of_one_speaker() {
        for (mention, expected) in [
            ("Karr", "karr"),
            ("Ms. Ines Karr", "karr"),
            ("Secretary of State Ines Karr", "karr"),
            ("Ines Karr, who left", "karr"),
            ("the spokesman, Tomas Reyl", "reyl"),
            ("Karr’s", "karr"),
            ("a person with knowledge of it", "person"),
            ("the spokeswoman", "spokeswoman"),
            ("Tomas Reyl Jr.", "reyl"),
            ("he", "he"),
        ] {
            assert_eq!(key(mention), expected, "{mention}");
        }
    }
}
