//! Matches annotations with gold.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value as Json;

use crate::report::{Counts, Difference, Fault, Report};
use crate::value::FIELDS;
use crate::{Document, agrees};

/// What is scored, and how strictly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Kinds or layers to score; all, if empty.
    pub only: Vec<String>,
    /// Kinds to rename on both sides, after the `same` of the document; `-` drops a kind.
    pub map: BTreeMap<String, String>,
    /// Extend every span to whole words, separated by white space, first.
    pub tokens: bool,
    /// Count a span as found if it overlaps a gold span of its kind; each is used once.
    pub overlap: bool,
}

/// Kind, start, end, and how many equal annotations precede.
type Key = (String, usize, usize, usize);

struct Entry<'a> {
    value: &'a Json,
    optional: bool,
}

/// Scores what was found against gold, document by document, by id.
pub fn score(gold: &[Document], found: &[Document], options: &Options) -> Report {
    let found: HashMap<&str, &Document> = found.iter().map(|document| (document.id.as_str(), document)).collect();
    let nothing = Document::default();
    let mut missing = Vec::new();
    let mut differences = Vec::new();
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for document in gold {
        let other = found.get(document.id.as_str()).copied();
        if other.is_none() {
            missing.push(document.id.clone());
        }
        let text = Text::new(document.text.as_deref().unwrap_or_default());
        let wanted = entries(document, document, &text, options);
        let got = entries(other.unwrap_or(&nothing), document, &text, options);
        let mut note = |fault, key: &Key, gold: Option<&Entry<'_>>, found: Option<&Entry<'_>>| {
            let value = |entry: Option<&Entry<'_>>| entry.map_or(Json::Null, |entry| entry.value.clone());
            differences.push(Difference {
                fault,
                document: document.id.clone(),
                kind: key.0.clone(),
                start: key.1,
                end: key.2,
                text: text.slice(key.1, key.2).to_owned(),
                gold: value(gold),
                found: value(found),
            });
        };
        let pairs = pairs(&wanted, &got, options.overlap);
        for (a, b) in &pairs {
            let (gold, found) = (&wanted[*a], &got[*b]);
            if gold.optional {
                continue;
            }
            let counts = counts.entry(a.0.clone()).or_default();
            counts.hits += 1;
            let has_value = !gold.value.is_null() && !gold.value.is_object();
            if has_value || FIELDS.iter().any(|field| gold.value.get(field).is_some()) {
                counts.values += 1;
                if agrees(&a.0, gold.value, found.value) {
                    counts.right_values += 1;
                } else {
                    note(Fault::Value, a, Some(gold), Some(found));
                }
            }
        }
        let (hit, used): (HashSet<&Key>, HashSet<&Key>) = pairs.into_iter().unzip();
        for (key, entry) in wanted.iter().filter(|(key, entry)| !entry.optional && !hit.contains(key)) {
            counts.entry(key.0.clone()).or_default().missed += 1;
            note(Fault::Missed, key, Some(entry), None);
        }
        for (key, entry) in got.iter().filter(|(key, _)| !used.contains(key)) {
            counts.entry(key.0.clone()).or_default().extra += 1;
            note(Fault::Extra, key, None, Some(entry));
        }
    }
    Report::new(gold.len(), missing, counts, differences)
}

/// The scored annotations of a document, by key; `gold` decides which kinds are scored and renamed.
fn entries<'a>(
    document: &'a Document,
    gold: &Document,
    text: &Text<'_>,
    options: &Options,
) -> BTreeMap<Key, Entry<'a>> {
    let mut entries = BTreeMap::new();
    for annotation in &document.annotations {
        let within = |wanted: &[String]| wanted.is_empty() || wanted.iter().any(|w| in_scope(&annotation.kind, w));
        if !within(&options.only) || !within(&gold.scope) {
            continue;
        }
        let kind = gold.same.get(&annotation.kind).unwrap_or(&annotation.kind);
        let kind = options.map.get(kind).unwrap_or(kind);
        if kind == "-" {
            continue;
        }
        let (mut start, mut end) = (annotation.start, annotation.end);
        if options.tokens {
            let Some(words) = text.words_around(start, end) else { continue };
            (start, end) = words;
        }
        let mut key = (kind.clone(), start, end, 0);
        while !annotation.optional && entries.contains_key(&key) {
            key.3 += 1;
        }
        entries.entry(key).or_insert(Entry { value: &annotation.value, optional: annotation.optional });
    }
    entries
}

/// Whether a kind is `scope` or below it: `number.cardinal` is in `number`.
fn in_scope(kind: &str, scope: &str) -> bool {
    kind.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Pairs gold with found annotations: first exact matches, then, if requested, each remaining gold annotation with the first
/// remaining one of its kind that overlaps it.
fn pairs<'k>(
    gold: &'k BTreeMap<Key, Entry<'_>>,
    found: &'k BTreeMap<Key, Entry<'_>>,
    overlap: bool,
) -> Vec<(&'k Key, &'k Key)> {
    let exact = gold.keys().filter_map(|key| Some((key, found.get_key_value(key)?.0)));
    let mut pairs: Vec<_> = exact.collect();
    if overlap {
        let mut used: HashSet<&Key> = pairs.iter().map(|(_, b)| *b).collect();
        for a in gold.keys().filter(|a| !found.contains_key(*a)) {
            let touches = |b: &Key| b.0 == a.0 && b.1 < a.2 && a.1 < b.2;
            if let Some(b) = found.keys().find(|b| touches(b) && !used.contains(b)) {
                used.insert(b);
                pairs.push((a, b));
            }
        }
    }
    pairs
}

/// A text by characters.
struct Text<'a> {
    text: &'a str,
    /// Byte at which each character begins, and the end.
    at: Vec<usize>,
    /// Runs of characters other than white space.
    words: Vec<(usize, usize)>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        let mut words = Vec::new();
        let mut start = None;
        let mut at = Vec::with_capacity(text.len() / 2 + 1);
        for (number, (byte, c)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
            at.push(byte);
            // The tools that made khabar's gold data treat U+001C to U+001F as separators.
            if c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}') {
                words.extend(start.take().map(|start| (start, number)));
            } else if start.is_none() {
                start = Some(number);
            }
        }
        Self { text, at, words }
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        let byte = |at: usize| self.at.get(at).copied().unwrap_or(self.text.len());
        self.text.get(byte(start)..byte(end)).unwrap_or_default()
    }

    /// The span from the first to the last word that the characters overlap.
    fn words_around(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let first = self.words.partition_point(|word| word.1 <= start);
        let after = self.words.partition_point(|word| word.0 < end);
        let words = self.words.get(first..after)?;
        Some((words.first()?.0, words.last()?.1))
    }
}
