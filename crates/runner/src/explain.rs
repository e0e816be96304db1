//! Explains how each annotation was found: the extractor, its reason, the words, and the lexicon lines that have them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use khabar_arabic::{Analysis, Cursor, Unit, fold};
use khabar_core::kinds::Entity;
use khabar_core::{Span, Split, TokenClass};
use khabar_extractor::{Doc, Evidence, InputLayer, LexiconFile, Reason};

use crate::builtin::{Builtin, builtins};
use crate::plan::Origin;
use crate::spans::spans;
use crate::writer::jsonl;
use crate::{Annotated, Annotation, Plan};

/// The most consecutive words that are looked up together.
const LONGEST: usize = 8;

/// One annotation, explained.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// The annotation.
    pub annotation: Annotation<'a>,
    /// Its value in JSON as in an output, with offsets in characters.
    pub value: String,
    /// The reasons of its extractor, the decisive one first, with the description of a rule.
    pub reasons: Vec<(Evidence, &'static str)>,
    /// The whole words that it covers.
    pub words: Vec<Word>,
    /// The lexicon lines of its extractor that have its words, for the longest runs of words found. If the value has spans,
    /// their words are looked up: who says something, and with which verb.
    pub known: Vec<Known>,
}

/// A word of a text as extractors see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it stands in the text.
    pub surface: String,
    /// The form that is looked up.
    pub folded: String,
    /// The code.
    pub class: TokenClass,
    /// Its parts if it certainly is two words that lost their space; otherwise empty.
    pub parts: Vec<String>,
}

/// A lexicon line and the words that were found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The words, or the id, that were looked up.
    pub what: String,
    /// The file.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// Its content.
    pub text: &'static str,
}

/// The lexicons of the built-in extractors, by word.
pub struct Lexicons {
    lines: Vec<(&'static str, usize, &'static str)>,
    /// For each extractor and word: the lines where it is a whole name, and those where it is part of a name.
    items: [HashMap<(String, String), Vec<usize>>; 2],
}

impl Lexicons {
    /// The lexicons of a plan.
    pub fn of(plan: &Plan) -> Self {
        let mut lexicons = Self { lines: Vec::new(), items: Default::default() };
        let all = builtins();
        for stage in plan.stages().iter().filter(|stage| stage.origin == Origin::Builtin) {
            let files = all.iter().find(|builtin| builtin.offer.info.name == stage.info.name);
            for file in files.map(|builtin| builtin.lexicons).unwrap_or_default() {
                lexicons.add(&stage.info.name, file);
            }
        }
        lexicons
    }

    fn add(&mut self, extractor: &str, file: &LexiconFile) {
        let lines = file.text.lines().map(str::trim).enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let number = self.lines.len();
            self.lines.push((file.file, at + 1, line));
            let of_line = [names(line).collect::<HashSet<_>>(), names(line).flat_map(parts).collect()];
            for (items, known) in self.items.iter_mut().zip(of_line) {
                for item in known {
                    items.entry((extractor.to_owned(), item)).or_default().push(number);
                }
            }
        }
    }

    fn line(&self, number: usize, what: &str) -> Known {
        let (file, line, text) = self.lines[number];
        Known { what: what.to_owned(), file, line, text }
    }

    /// The lexicon lines of an extractor that have these words in any spelling: as a whole name, or else as part of one.
    fn known(&self, extractor: &str, words: &str) -> Vec<Known> {
        let key = (extractor.to_owned(), key(words));
        let found = self.items.iter().find_map(|items| items.get(&key));
        found.into_iter().flatten().map(|number| self.line(*number, words)).collect()
    }

    /// The lexicon lines that an entity's id comes from: those of the whole id, or else of its parts, which may be names and
    /// other ids (`khabar:title/وزير.Q58217`).
    pub fn of_id(&self, id: &str) -> Vec<Known> {
        let mut extractors: Vec<&String> = self.items[0].keys().map(|(extractor, _)| extractor).collect();
        extractors.sort();
        extractors.dedup();
        let all = |words: &str| extractors.iter().flat_map(|e| self.known(e, words)).collect::<Vec<_>>();
        // Lower-case ASCII is a type (`title`) or a keyword of a lexicon file (`none`), never a name in a made id.
        let is_name = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_lowercase());
        let made = id.strip_prefix(Entity::KEY).unwrap_or(id);
        let name = made.split_once('/').map(|(_, name)| name).filter(is_name).unwrap_or(id);
        for whole in [id, &name.replace('.', " ")] {
            let known = all(whole);
            if !known.is_empty() {
                return known;
            }
        }
        made.split([':', '/', '.']).filter(is_name).flat_map(all).collect()
    }
}

/// The names of a lexicon line, between its separators.
fn names(line: &str) -> impl Iterator<Item = String> {
    let separators = |c: char| matches!(c, '|' | ';' | ',' | '"' | '[' | ']' | '{' | '}' | '=' | ':');
    line.split(separators).map(key).filter(|name| !name.is_empty())
}

/// The words of a name.
fn parts(name: String) -> Vec<String> {
    name.split(' ').map(str::to_owned).collect()
}

/// The form for look-up: folded, with single spaces; lexicons may have `_` for a space.
fn key(words: &str) -> String {
    let folded = fold(words).replace('_', " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Explains the annotations of a document that `wanted` selects.
pub fn explain<'a>(
    plan: &Plan,
    lexicons: &Lexicons,
    annotated: &Annotated<'a>,
    wanted: impl Fn(&Annotation<'_>) -> bool,
) -> Vec<Explanation<'a>> {
    let document = annotated.document;
    let mut analysis = Analysis::default();
    analysis.analyze(document.text);
    let mut doc = Doc::new(document.id, document.text, &analysis);
    (doc.date, doc.country) = (document.date, document.country);
    let kinds: Vec<Vec<&str>> =
        plan.stages().iter().map(|stage| stage.info.provides.iter().map(String::as_str).collect()).collect();
    let builtins = builtins();
    let reasons: Vec<Vec<Reason>> = plan
        .stages()
        .iter()
        .map(|stage| {
            let input = |at: &usize| {
                let layer = annotated.layers.get(*at)?;
                Some(InputLayer { kinds: kinds.get(*at)?, records: layer.records(), heap: layer.heap() })
            };
            let layers: Vec<InputLayer<'_>> = stage.inputs.iter().filter_map(input).collect();
            let mut doc = doc;
            doc.layers = &layers;
            stage.extractor.reasons(&doc)
        })
        .collect();
    let explained = annotated.annotations().filter(|annotation| wanted(annotation)).map(|annotation| {
        let of_it = |reason: &&Reason| reason.span == annotation.span && reason.kind == annotation.kind;
        let reasons = reasons.get(annotation.stage).into_iter().flatten().filter(of_it);
        let extractor = plan.stages().get(annotation.stage).map_or("", |stage| stage.info.name.as_str());
        let (mut value, mut cursor) = (Vec::new(), Cursor::new(document.text, Unit::Char));
        jsonl::value(&mut value, &annotation, document.text, &mut cursor);
        Explanation {
            annotation,
            value: String::from_utf8_lossy(&value).into_owned(),
            reasons: reasons
                .map(|reason| (reason.evidence.clone(), stated(&builtins, extractor, &reason.evidence)))
                .collect(),
            words: words(&doc, annotation.span),
            known: places(&annotation).iter().flat_map(|span| stretches(lexicons, extractor, &doc, *span)).collect(),
        }
    });
    explained.collect()
}

/// The description of a rule; empty for other evidence.
fn stated(builtins: &[Builtin], extractor: &str, evidence: &Evidence) -> &'static str {
    let rules =
        builtins.iter().filter(|builtin| builtin.offer.info.name == extractor).flat_map(|builtin| builtin.rules);
    let mut rules = rules.filter(|rule| *evidence == Evidence::Rule(rule.name));
    rules.next().map_or("", |rule| rule.description)
}

/// The spans of an annotation's words: those of its value, or else its own.
fn places(annotation: &Annotation<'_>) -> Vec<Span> {
    let spans: Vec<Span> = if annotation.has_spans { spans(annotation.value).collect() } else { Vec::new() };
    if spans.is_empty() { vec![annotation.span] } else { spans }
}

/// The whole words that a span covers.
pub fn words(doc: &Doc<'_>, span: Span) -> Vec<Word> {
    let word = |at: usize| {
        let token = doc.tokens[at];
        let mut parts = Vec::new();
        let mut from = token.start;
        let sure = doc.splits.iter().filter(|split| split.token as usize == at && Split::CERTAIN <= split.score);
        for split in sure.map(|split| split.at).chain([token.end]) {
            parts.extend(Span::new(from, split).of(doc.text).map(str::to_owned));
            from = split;
        }
        if parts.len() == 1 {
            parts.clear();
        }
        Word { surface: doc.surface(at).to_owned(), folded: doc.folded(at).to_owned(), class: token.class(), parts }
    };
    tokens(doc, span).map(word).collect()
}

fn tokens(doc: &Doc<'_>, span: Span) -> Range<usize> {
    let first = doc.tokens.partition_point(|token| token.end <= span.start);
    first..doc.tokens.partition_point(|token| token.start < span.end).max(first)
}

/// Looks up the longest runs of words first; a word is looked up in one run only.
fn stretches(lexicons: &Lexicons, extractor: &str, doc: &Doc<'_>, span: Span) -> Vec<Known> {
    let tokens = &doc.tokens[tokens(doc, span)];
    let mut known = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let longest = (at + 1..=tokens.len().min(at + LONGEST)).rev().find_map(|end| {
            // Proclitics stay outside the span.
            let (from, to) = (tokens[at].start.max(span.start), tokens[end - 1].end.min(span.end));
            let words = Span::new(from, to).of(doc.text).filter(|words| words.chars().any(char::is_alphabetic))?;
            let lines = lexicons.known(extractor, words);
            (!lines.is_empty()).then_some((end, lines))
        });
        match longest {
            Some((end, lines)) => {
                known.extend(lines);
                at = end;
            }
            None => at += 1,
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_knows() {
        let found = |line| names(line).collect::<Vec<_>>();
        assert_eq!(found("Q7747 | فلاديمير بوتين | بوتين="), ["Q7747", "فلاديمير بوتين", "بوتين"]);
        assert_eq!(
            found("{ class = \"month\", words = [\"كانون الثاني\"] },"),
            ["class", "month", "words", "كانون الثاني"]
        );
        assert_eq!(found("unit 3: ثلاث ~ثلاثة"), ["unit 3", "ثلاث ~ثلاثه"]);
        assert_eq!(key("بِمَا_يقارب"), key("بما يقارب"));
    }

    #[cfg(feature = "builtin")]
    #[test]
    fn what_is_found_is_traced_to_its_lines() {
        let plan = Plan::new(&crate::Config::default(), &[], &[]).expect("a plan");
        let lexicons = Lexicons::of(&plan);
        let mut worker = crate::Worker::new(&plan);
        let text = "قال بوتين، والرئيس الفرنسي في موسكو، إن خمسين ألفا وصلوا";
        let annotated = worker.annotate(crate::Document { id: "a", text, ..Default::default() });
        let explained = explain(&plan, &lexicons, &annotated, |_| true);
        let of = |kind: &str| explained.iter().find(|e| e.annotation.kind == kind).expect("is found");
        let files = |kind: &str| of(kind).known.iter().map(|k| (k.what.as_str(), k.file)).collect::<Vec<_>>();
        let people = "plugins/entities/data/people.toml";
        let (rule, entry) = (&of("entity.person").reasons[0], &of("entity.person").reasons[1]);
        assert!(rule.0 == Evidence::Rule("name.known") && !rule.1.is_empty(), "{rule:?}");
        assert!(matches!(&entry.0, Evidence::Lexicon(place) if place.starts_with(people)), "{entry:?}");
        assert_eq!(files("entity.person"), [("بوتين", people)]);
        assert!(explained.iter().all(|explanation| !explanation.reasons.is_empty()), "everything has a reason");
        assert_eq!(of("entity.title").words[0].surface, "والرئيس", "a word is shown with its proclitics");
        let words = "plugins/numbers/data/words.toml";
        assert!(["خمسين", "ألفا"].iter().all(|word| files("number.cardinal").contains(&(word, words))));
        assert!(files("quote.indirect").contains(&("قال", "crates/lexicon/data/saying.toml")), "the verb counts");
        let known = |id: &str| lexicons.of_id(id).into_iter().map(|known| known.what).collect::<Vec<_>>();
        assert_eq!(known("Q7747"), ["Q7747"]);
        assert_eq!(known("khabar:title/وزير.Q58217").first().map(String::as_str), Some("وزير"));
        assert_eq!((known("Q00"), known("khabar:person/none")), (vec![], vec![]));
    }
}
