//! Mistakes: differences that belong together, and the confusion of kinds.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt;

use serde::Serialize;

use crate::{Difference, Fault, Report};

/// One mistake: a difference, or a pair of differences that belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mistake<'a> {
    /// The span and the kind are right, the value is wrong.
    Value(&'a Difference),
    /// The span is right, the kind is wrong.
    Kind {
        /// What gold has.
        gold: &'a Difference,
        /// What was found.
        found: &'a Difference,
    },
    /// The kind is right, the span only overlaps gold's.
    Span {
        /// What gold has.
        gold: &'a Difference,
        /// What was found.
        found: &'a Difference,
    },
    /// Gold has it, and nothing with its span or kind was found there.
    Missed(&'a Difference),
    /// It was found, and gold has nothing with its span or kind there.
    Spurious(&'a Difference),
}

impl<'a> Mistake<'a> {
    /// What gold has there.
    pub fn gold(&self) -> Option<&'a Difference> {
        match self {
            Self::Value(gold) | Self::Missed(gold) | Self::Kind { gold, .. } | Self::Span { gold, .. } => Some(gold),
            Self::Spurious(_) => None,
        }
    }

    /// What was found there.
    pub fn found(&self) -> Option<&'a Difference> {
        match self {
            Self::Value(found) | Self::Spurious(found) | Self::Kind { found, .. } | Self::Span { found, .. } => {
                Some(found)
            }
            Self::Missed(_) => None,
        }
    }
}

/// How often a gold kind was found as another kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Confused {
    /// The kind in gold; `None` for spurious annotations.
    pub gold: Option<String>,
    /// The kind found; `None` for missed annotations.
    pub found: Option<String>,
    /// Whether the spans are the same too.
    pub same_span: bool,
    /// How often.
    pub count: usize,
}

/// Which kinds were mistaken for which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Confusion(pub Vec<Confused>);

impl Report {
    /// The mistakes in the order of the differences: for each document wrong values, then other mistakes about gold
    /// annotations, then spurious annotations.
    pub fn mistakes(&self) -> Vec<Mistake<'_>> {
        self.differences.chunk_by(|a, b| a.document == b.document).flat_map(of_document).collect()
    }

    /// How often each gold kind was found as which kind, by gold kind, spurious ones last. Wrong values count as right here,
    /// since the kind is right.
    pub fn confusion(&self) -> Confusion {
        let mut counts: BTreeMap<(Option<String>, bool, Option<String>), usize> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !row.total && row.counts.hits != 0) {
            counts.insert((Some(row.name.clone()), false, Some(row.name.clone())), row.counts.hits);
        }
        for mistake in self.mistakes() {
            if !matches!(mistake, Mistake::Value(_)) {
                let kind = |side: Option<&'_ Difference>| side.map(|difference| difference.kind.clone());
                let other_span = matches!(mistake, Mistake::Span { .. });
                *counts.entry((kind(mistake.gold()), other_span, kind(mistake.found()))).or_default() += 1;
            }
        }
        let confused = counts.into_iter().map(|((gold, other_span, found), count)| Confused {
            same_span: gold.is_some() && found.is_some() && !other_span,
            gold,
            found,
            count,
        });
        let (spurious, rest): (Vec<_>, Vec<_>) = confused.partition(|confused| confused.gold.is_none());
        Confusion(rest.into_iter().chain(spurious).collect())
    }
}

/// One line per gold kind: how often it was found as which kind.
impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in self.0.chunk_by(|a, b| a.gold == b.gold) {
            // A kind in a gold file may have line breaks.
            let gold = row[0].gold.as_deref().unwrap_or("(nothing)").escape_debug().to_string();
            write!(f, "{gold:20}")?;
            for Confused { gold, found, same_span, count } in row {
                let found = match found.as_deref() {
                    Some(_) if gold == found && *same_span => "right",
                    Some(_) if gold == found => "other span",
                    Some(found) => found,
                    None => "missed",
                };
                write!(f, "  {} {count}", found.escape_debug())?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Pairs missed with extra annotations: first by the same span, then by the same kind where they overlap.
fn of_document(differences: &[Difference]) -> Vec<Mistake<'_>> {
    let of = |fault| differences.iter().enumerate().filter(move |(_, difference)| difference.fault == fault);
    let mut by_span: HashMap<(usize, usize), VecDeque<usize>> = HashMap::new();
    for (at, extra) in of(Fault::Extra) {
        by_span.entry((extra.start, extra.end)).or_default().push_back(at);
    }
    let mut pairs: HashMap<usize, Mistake<'_>> = HashMap::new();
    let mut used = vec![false; differences.len()];
    for (at, gold) in of(Fault::Missed) {
        if let Some(found) = by_span.get_mut(&(gold.start, gold.end)).and_then(VecDeque::pop_front) {
            pairs.insert(at, Mistake::Kind { gold, found: &differences[found] });
            used[found] = true;
        }
    }
    // Both sides are sorted by kind and start, so an annotation that ends before one ends before all later ones, except for
    // nested spans.
    let mut by_kind: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, extra) in of(Fault::Extra).filter(|(at, _)| !used[*at]) {
        by_kind.entry(&extra.kind).or_default().push_back(at);
    }
    for (at, gold) in of(Fault::Missed) {
        if pairs.contains_key(&at) {
            continue;
        }
        let Some(open) = by_kind.get_mut(gold.kind.as_str()) else { continue };
        while open.front().is_some_and(|found| differences[*found].end <= gold.start) {
            open.pop_front();
        }
        if let Some(found) = open.front().copied().filter(|found| differences[*found].start < gold.end) {
            open.pop_front();
            pairs.insert(at, Mistake::Span { gold, found: &differences[found] });
            used[found] = true;
        }
    }
    let mistake = |(at, difference): (usize, _)| match (differences[at].fault, pairs.remove(&at)) {
        (_, Some(pair)) => Some(pair),
        (Fault::Value, None) => Some(Mistake::Value(difference)),
        (Fault::Missed, None) => Some(Mistake::Missed(difference)),
        (Fault::Extra, None) => (!used[at]).then_some(Mistake::Spurious(difference)),
    };
    differences.iter().enumerate().filter_map(mistake).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, parse, score};

    /// `kind start..end=value …` as a document.
    fn document(annotations: &str) -> String {
        let annotations = annotations.split_whitespace().map(|annotation| {
            let (annotation, value) = annotation.split_once('=').unwrap_or((annotation, ""));
            let (kind, span) = annotation.split_once(':').expect("a kind and a span");
            let (start, end) = span.split_once("..").expect("two offsets");
            format!(r#"{{"kind":"{kind}","start":{start},"end":{end},"value":{{"value":"{value}"}}}}"#)
        });
        let annotations: Vec<String> = annotations.collect();
        format!("{{\"id\":\"d\",\"text\":\"abcdefghij\",\"annotations\":[{}]}}", annotations.join(","))
    }

    fn report(gold: &str, found: &str) -> Report {
        let read = |annotations| parse("f", &document(annotations)).expect("a document");
        score(&read(gold), &read(found), &Options::default())
    }

    #[test]
    fn differences_that_are_one_mistake() {
        let report =
            report("n.a:0..2=1 n.a:3..4 n.a:5..8 n.b:5..6 n.c:9..10", "n.a:0..2=2 n.b:3..4 n.a:6..9 n.b:4..6 t.x:0..1");
        let shown: Vec<String> = (report.mistakes().iter())
            .map(|mistake| {
                let side =
                    |d: Option<&Difference>| d.map_or("-".into(), |d| format!("{}:{}..{}", d.kind, d.start, d.end));
                let name = format!("{mistake:?}");
                let name = name.split(['(', ' ']).next().unwrap_or_default();
                format!("{name} {} {}", side(mistake.gold()), side(mistake.found()))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Value n.a:0..2 n.a:0..2",
                "Kind n.a:3..4 n.b:3..4",
                "Span n.a:5..8 n.a:6..9",
                "Span n.b:5..6 n.b:4..6",
                "Missed n.c:9..10 -",
                "Spurious - t.x:0..1",
            ]
        );
        assert_eq!(
            report.confusion().to_string(),
            "n.a                   right 1  n.b 1  other span 1\n\
             n.b                   other span 1\n\
             n.c                   missed 1\n\
             (nothing)             t.x 1\n"
        );
    }

    #[test]
    fn what_is_all_right_is_not_confused() {
        let report = report("n.a:0..2=1 n.b:0..2", "n.a:0..2=1 n.b:0..2");
        assert_eq!(report.mistakes(), []);
        let json = serde_json::to_value(report.confusion()).expect("is JSON");
        assert_eq!(json[1], serde_json::json!({"gold": "n.b", "found": "n.b", "same_span": true, "count": 1}));
    }
}
