//! By what annotations came to be: the extractor, its reason, the words, and the lines of its lexicons that know them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use khabar_arabic::{Analysis, Cursor, Unit, fold};
use khabar_core::{Span, Split, TokenClass};
use khabar_extractor::{Doc, Evidence, InputLayer, LexiconFile, Reason};

use crate::builtin::{Builtin, builtins};
use crate::plan::Origin;
use crate::spans::spans;
use crate::writer::jsonl;
use crate::{Annotated, Annotation, Plan};

/// Words in a row that are looked up together: what is longer has no line of its own.
const LONGEST: usize = 8;

/// One annotation, explained.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// The annotation.
    pub annotation: Annotation<'a>,
    /// Its value in JSON as an output has it, offsets in characters.
    pub value: String,
    /// By what its extractor found it, the one that decided first: rules with what they state, entries of lexicons, models.
    pub reasons: Vec<(Evidence, &'static str)>,
    /// The words that it stands in, whole.
    pub words: Vec<Word>,
    /// The lines of its extractor's lexicons that know it: the longest stretches of its words that have any. Of a value
    /// with spans it is these that count: who says something, and with which verb.
    pub known: Vec<Known>,
}

/// A word of a text as extractors see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it stands in the text.
    pub surface: String,
    /// The form that is looked up.
    pub folded: String,
    /// What sort of thing it is.
    pub class: TokenClass,
    /// Where it is surely two words that lost their space: the parts. Empty as a rule.
    pub parts: Vec<String>,
}

/// A line of a lexicon, and which words it knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The words, or the id, that were looked up.
    pub what: String,
    /// The file.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// What it says.
    pub text: &'static str,
}

/// The lexicons of the extractors that are built in, by word.
pub struct Lexicons {
    lines: Vec<(&'static str, usize, &'static str)>,
    /// Of each extractor's name the lines that have a name by itself, and those that have it among others.
    items: [HashMap<(String, String), Vec<usize>>; 2],
}

impl Lexicons {
    /// Those of a plan.
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

    /// The lines of an extractor that know a word or several, spelt in any way: by itself, or else among others.
    fn known(&self, extractor: &str, words: &str) -> Vec<Known> {
        let key = (extractor.to_owned(), key(words));
        let found = self.items.iter().find_map(|items| items.get(&key));
        found.into_iter().flatten().map(|number| self.line(*number, words)).collect()
    }

    /// The lines that an entity's id goes back to: those of the id as it stands, or else of its parts, which may be names
    /// and other ids (`title:وزير.Q58217`).
    pub fn of_id(&self, id: &str) -> Vec<Known> {
        let mut extractors: Vec<&String> = self.items[0].keys().map(|(extractor, _)| extractor).collect();
        extractors.sort();
        extractors.dedup();
        let all = |words: &str| extractors.iter().flat_map(|e| self.known(e, words)).collect::<Vec<_>>();
        let name = id.split_once(':').map_or(id, |(_, name)| name);
        for whole in [id, &name.replace('.', " ")] {
            let known = all(whole);
            if !known.is_empty() {
                return known;
            }
        }
        let is_kind = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_lowercase());
        id.split([':', '.']).filter(is_kind).flat_map(all).collect()
    }
}

/// The names of a line of a lexicon, which stand between its separators.
fn names(line: &str) -> impl Iterator<Item = String> {
    let separators = |c: char| matches!(c, '|' | ';' | ',' | '"' | '[' | ']' | '{' | '}' | '=' | ':');
    line.split(separators).map(key).filter(|name| !name.is_empty())
}

/// The words of a name.
fn parts(name: String) -> Vec<String> {
    name.split(' ').map(str::to_owned).collect()
}

/// The form by which lines are found: folded, one space between words, in which lexicons may have a `_`.
fn key(words: &str) -> String {
    let folded = fold(words).replace('_', " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Explains the annotations of a document that `wanted` chooses.
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

/// What a rule states; nothing of other evidence.
fn stated(builtins: &[Builtin], extractor: &str, evidence: &Evidence) -> &'static str {
    let rules =
        builtins.iter().filter(|builtin| builtin.offer.info.name == extractor).flat_map(|builtin| builtin.rules);
    let mut rules = rules.filter(|rule| *evidence == Evidence::Rule(rule.name));
    rules.next().map_or("", |rule| rule.description)
}

/// Where the words of an annotation stand: in its value's spans, or else in its own.
fn places(annotation: &Annotation<'_>) -> Vec<Span> {
    let spans: Vec<Span> = if annotation.has_spans { spans(annotation.value).collect() } else { Vec::new() };
    if spans.is_empty() { vec![annotation.span] } else { spans }
}

/// The words that a place of a text stands in.
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

/// Looks up the longest stretches of words first; a word that a longer one has is not looked up again.
fn stretches(lexicons: &Lexicons, extractor: &str, doc: &Doc<'_>, span: Span) -> Vec<Known> {
    let tokens = &doc.tokens[tokens(doc, span)];
    let mut known = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let longest = (at + 1..=tokens.len().min(at + LONGEST)).rev().find_map(|end| {
            // Proclitics stay outside of the span.
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
        assert_eq!(of("entity.person").reasons, [(Evidence::Lexicon("a name".into()), "")]);
        assert_eq!(files("entity.person"), [("بوتين", "plugins/entities/data/people.txt")]);
        assert_eq!(of("entity.title").reasons.len(), 1);
        assert_eq!(of("entity.title").words[0].surface, "والرئيس", "a word is shown with its proclitics");
        let words = "plugins/numbers/data/words.toml";
        assert_eq!(files("number.cardinal"), [("خمسين", words), ("ألفا", words)]);
        assert!(files("quote.indirect").contains(&("قال", "plugins/quotes/data/verbs.toml")), "the verb counts");
        let known = |id: &str| lexicons.of_id(id).into_iter().map(|known| known.what).collect::<Vec<_>>();
        assert_eq!(known("Q7747"), ["Q7747"]);
        assert_eq!(known("title:وزير.Q58217").first().map(String::as_str), Some("وزير"));
        assert_eq!(known("Q00"), [""; 0]);
    }
}
