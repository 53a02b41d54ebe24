//! Pairs of drafts made by chance with a known truth: what became of each provision is recorded as it is done.

use std::fmt::Write as _;

/// A small generator of numbers that looks like chance and is the same everywhere (SplitMix64).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    pub(crate) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

const WORDS: &str = "the of and to in shall each Party Parties Agreement this for by under with may not any as is be \
    at its border water customs ceasefire prisoners exchange withdrawal line contact monitoring mission guarantee \
    security assurance force forces zone corridor transit fisheries energy grid pipeline reconstruction fund frozen \
    assets sanctions election constitution minority language school church heritage refugee return property \
    compensation court arbitration committee depositary protocol annex entry termination amendment review report \
    verification inspection weapon artillery range depth kilometre day month year notice consent observer envoy";

const SYLLABLES: [&str; 16] = [
    "ka", "ro", "mi", "ten", "sul", "ver", "dor", "pla", "nis", "gor", "tau", "lem", "bri", "och",
    "fen", "zar",
];

/// A provision on its way from one draft to the next.
#[derive(Clone)]
struct Part {
    words: Vec<String>,
    item: bool,
    /// The provisions of the old draft that it continues, by their number in it.
    from: Vec<usize>,
}

#[derive(Clone)]
struct Article {
    title: Part,
    parts: Vec<Part>,
}

/// Two drafts, and for each provision of the new one the provisions of the old one that it continues.
pub(crate) struct Pair {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) from: Vec<Vec<usize>>,
    pub(crate) gone: Vec<usize>,
    /// New provisions whose words are those of the old one.
    pub(crate) same_words: Vec<usize>,
}

fn words(chance: &mut Chance, count: usize) -> Vec<String> {
    let common: Vec<&str> = WORDS.split_whitespace().collect();
    (0..count)
        .map(|_| {
            if chance.one_in(3) {
                (0..chance.between(2, 4))
                    .map(|_| SYLLABLES[chance.below(SYLLABLES.len())])
                    .collect()
            } else {
                // Low numbers are much more frequent, as small words are.
                let limit = chance.between(1, common.len());
                common[chance.below(limit)].to_owned()
            }
        })
        .collect()
}

fn part(chance: &mut Chance, low: usize, high: usize, item: bool) -> Part {
    let count = chance.between(low, high);
    Part {
        words: words(chance, count),
        item,
        from: Vec::new(),
    }
}

fn text_of(articles: &[Article]) -> String {
    let mut text = String::new();
    for (number, article) in articles.iter().enumerate() {
        let _ = write!(
            text,
            "Article {} - {}\n\n",
            number + 1,
            article.title.words.join(" ")
        );
        let (mut paragraph, mut letter) = (0, 0);
        for part in &article.parts {
            let words = part.words.join(" ");
            if part.item {
                let _ = write!(
                    text,
                    "    ({}) {words};\n\n",
                    char::from(b'a' + letter % 26)
                );
                letter += 1;
            } else {
                (paragraph, letter) = (paragraph + 1, 0);
                let _ = write!(text, "{paragraph}. {words}.\n\n");
            }
        }
    }
    text
}

fn first_draft(chance: &mut Chance, articles: usize) -> Vec<Article> {
    let mut number = 0;
    let mut numbered = |mut part: Part| {
        part.from = vec![number];
        number += 1;
        part
    };
    (0..articles)
        .map(|_| {
            let title = numbered(part(chance, 2, 5, false));
            let mut parts = Vec::new();
            for _ in 0..chance.between(2, 5) {
                parts.push(numbered(part(chance, 15, 60, false)));
                if chance.one_in(4) {
                    parts.extend(
                        (0..chance.between(2, 4)).map(|_| numbered(part(chance, 6, 20, true))),
                    );
                }
            }
            Article { title, parts }
        })
        .collect()
}

/// Redrafts: words changed in two of five provisions, some deleted, inserted, moved, split, merged; a new article.
pub(crate) fn pair(seed: u64, articles: usize) -> Pair {
    let mut chance = Chance::new(seed);
    let old = first_draft(&mut chance, articles);
    let mut new = old.clone();
    let count = old.iter().map(|article| 1 + article.parts.len()).sum();
    let mut same = vec![true; count];
    let chance = &mut chance;
    for article in &mut new {
        edit(chance, article, &mut same);
        delete(chance, article);
        split(chance, article, &mut same);
        merge(chance, article, &mut same);
        insert(chance, article);
    }
    relocate(chance, &mut new);
    let title = part(chance, 3, 3, false);
    let parts = (0..3).map(|_| part(chance, 18, 50, false)).collect();
    new.insert(articles / 5, Article { title, parts });

    let provisions = || {
        new.iter()
            .flat_map(|article| std::iter::once(&article.title).chain(&article.parts))
    };
    let from: Vec<Vec<usize>> = provisions().map(|part| part.from.clone()).collect();
    let gone = (0..count)
        .filter(|index| !from.iter().flatten().any(|kept| kept == index))
        .collect();
    let is_same = |from: &Vec<usize>| matches!(from.as_slice(), [only] if same[*only]);
    let same_words = from
        .iter()
        .enumerate()
        .filter(|(_, from)| is_same(from))
        .map(|(index, _)| index)
        .collect();
    Pair {
        old: text_of(&old),
        new: text_of(&new),
        from,
        gone,
        same_words,
    }
}

fn edit(chance: &mut Chance, article: &mut Article, same: &mut [bool]) {
    for part in &mut article.parts {
        if chance.below(5) < 2 {
            let changes = 1 + part.words.len() / 16;
            for _ in 0..changes {
                let at = chance.below(part.words.len());
                let fresh = words(chance, 1);
                if part.words[at] != fresh[0] {
                    same[part.from[0]] = false;
                }
                part.words.splice(at..=at, fresh);
            }
        }
    }
}

fn is_paragraph(article: &Article, at: usize) -> bool {
    at > 0 && !article.parts[at].item && article.parts.get(at + 1).is_none_or(|next| !next.item)
}

fn delete(chance: &mut Chance, article: &mut Article) {
    let at = chance.below(article.parts.len());
    if chance.one_in(15) && is_paragraph(article, at) {
        article.parts.remove(at);
    }
}

fn split(chance: &mut Chance, article: &mut Article, same: &mut [bool]) {
    let at = chance.below(article.parts.len());
    if chance.one_in(20) && is_paragraph(article, at) && article.parts[at].words.len() > 36 {
        let half = article.parts[at].words.len() / 2;
        let words = article.parts[at].words.split_off(half);
        let from = article.parts[at].from.clone();
        same[from[0]] = false;
        article.parts.insert(
            at + 1,
            Part {
                words,
                item: false,
                from,
            },
        );
    }
}

fn merge(chance: &mut Chance, article: &mut Article, same: &mut [bool]) {
    let at = chance.below(article.parts.len());
    let next_too =
        at + 1 < article.parts.len() && is_paragraph(article, at) && is_paragraph(article, at + 1);
    if chance.one_in(20) && next_too && article.parts[at].from != article.parts[at + 1].from {
        let next = article.parts.remove(at + 1);
        article.parts[at].words.extend(next.words);
        article.parts[at].from.extend(next.from);
        article.parts[at]
            .from
            .iter()
            .for_each(|from| same[*from] = false);
    }
}

fn insert(chance: &mut Chance, article: &mut Article) {
    if chance.one_in(15) {
        article.parts.push(part(chance, 18, 50, false));
    }
}

fn relocate(chance: &mut Chance, articles: &mut [Article]) {
    for _ in 0..articles.len() / 10 {
        let (here, there) = (chance.below(articles.len()), chance.below(articles.len()));
        let at = chance.below(articles[here].parts.len());
        if is_paragraph(&articles[here], at) {
            let moved = articles[here].parts.remove(at);
            articles[there].parts.push(moved);
        }
    }
}
