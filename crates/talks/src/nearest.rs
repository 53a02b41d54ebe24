//! The nearest valid name, for whoever mistyped one.

/// Of these names the one most like what was given, and whether it is so near that it was probably meant.
///
/// ```
/// let names = ["us-ua", "us-ru", "plenary"];
/// assert_eq!(onetext_talks::nearest("us_ua", names), Some(("us-ua".to_owned(), true)));
/// assert_eq!(onetext_talks::nearest("kitchen", names).map(|(_, near)| near), Some(false));
/// assert_eq!(onetext_talks::nearest("x", []), None);
/// ```
#[must_use]
pub fn nearest<'a>(
    given: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<(String, bool)> {
    // Handles are short: of a longer one its beginning decides, and work stays in bounds.
    const ENOUGH: usize = 100;
    let given: String = given
        .chars()
        .take(ENOUGH)
        .collect::<String>()
        .to_lowercase();
    names
        .into_iter()
        .map(|name| {
            let start: String = name.chars().take(ENOUGH).collect::<String>().to_lowercase();
            let distance = strsim::damerau_levenshtein(&given, &start);
            (
                distance,
                std::cmp::Reverse(common_start(&given, &start)),
                name,
                start.chars().count(),
            )
        })
        .min()
        .map(|(distance, _, name, length)| {
            let longer = length.max(given.chars().count());
            (name.to_owned(), distance * 5 <= longer * 2)
        })
}

/// The hint that gives the nearest valid name, where there is any.
#[must_use]
pub fn nearest_hint<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(given, names).map(|(name, near)| {
        if near {
            format!("did you mean {name:?}?")
        } else {
            format!("the nearest is {name:?}")
        }
    })
}

fn common_start(one: &str, other: &str) -> usize {
    one.chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count()
}
