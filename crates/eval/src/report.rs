//! The result of a comparison.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value as Json;

/// How gold and output compare.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Documents of gold.
    pub documents: usize,
    /// Ids of gold documents that the output lacks; all their annotations count as missed.
    pub missing: Vec<String>,
    /// One row per kind, by name; after a layer with several kinds its total, after several layers the overall total.
    pub rows: Vec<Row>,
    /// All differences: by document, then wrong values, missed and extra annotations.
    pub differences: Vec<Difference>,
}

/// The figures of a kind, a layer, or of all.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// `number.cardinal`, `number (all)` or `(all)`.
    pub name: String,
    /// Whether it is the sum of other rows.
    pub total: bool,
    /// The figures.
    pub counts: Counts,
}

/// How many annotations were found, missed and extra.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Gold annotations whose span was found.
    pub hits: usize,
    /// Annotations found that gold does not have.
    pub extra: usize,
    /// Gold annotations that were not found.
    pub missed: usize,
    /// Of the hits, those whose gold has a value.
    pub values: usize,
    /// Of those, the ones whose value agrees.
    pub right_values: usize,
}

impl Counts {
    /// Annotations of gold.
    pub fn gold(&self) -> usize {
        self.hits + self.missed
    }

    /// Share of the annotations found that are in gold, 0 to 1; 0 if nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.hits, self.hits + self.extra)
    }

    /// Share of gold that was found, 0 to 1; 0 without gold.
    pub fn recall(&self) -> f64 {
        share(self.hits, self.gold())
    }

    /// Harmonic mean of precision and recall, 0 to 1.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }

    /// Share of the hits whose value agrees, 0 to 1, among those whose gold has a value; `None` if there is none.
    pub fn value_accuracy(&self) -> Option<f64> {
        if self.values == 0 { None } else { Some(share(self.right_values, self.values)) }
    }

    /// Share of gold that was found with the right value (or with any, where gold has none), 0 to 1.
    pub fn right(&self) -> f64 {
        share(self.hits - (self.values - self.right_values), self.gold())
    }

    fn add(mut self, other: &Self) -> Self {
        self.hits += other.hits;
        self.extra += other.extra;
        self.missed += other.missed;
        self.values += other.values;
        self.right_values += other.right_values;
        self
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of annotations are far below 2^53")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// What is wrong.
    pub fault: Fault,
    /// The document's id.
    pub document: String,
    /// The kind, after renaming.
    pub kind: String,
    /// First character of the gold span, or of the extra one.
    pub start: usize,
    /// First character after it.
    pub end: usize,
    /// The text there.
    pub text: String,
    /// Gold's value, `null` if there is none.
    pub gold: Json,
    /// The value found, `null` if there is none.
    pub found: Json,
}

/// What is wrong with an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The span is right, the value is wrong.
    Value,
    /// Gold has it, the output does not.
    Missed,
    /// The output has it, gold does not.
    Extra,
}

impl Report {
    pub(crate) fn new(
        documents: usize,
        missing: Vec<String>,
        kinds: BTreeMap<String, Counts>,
        differences: Vec<Difference>,
    ) -> Self {
        let sum = |counts: &[&Counts]| counts.iter().fold(Counts::default(), |sum, counts| sum.add(counts));
        let mut layers: BTreeMap<&str, Vec<(&String, &Counts)>> = BTreeMap::new();
        for (kind, counts) in &kinds {
            layers.entry(kind.split('.').next().unwrap_or(kind)).or_default().push((kind, counts));
        }
        let mut rows = Vec::new();
        for (layer, kinds) in &layers {
            rows.extend(kinds.iter().map(|(kind, counts)| Row::new(kind, false, **counts)));
            if let [_, _, ..] = kinds[..] {
                let counts: Vec<&Counts> = kinds.iter().map(|(_, counts)| *counts).collect();
                rows.push(Row::new(&format!("{layer} (all)"), true, sum(&counts)));
            }
        }
        if 1 < layers.len() {
            rows.push(Row::new("(all)", true, sum(&kinds.values().collect::<Vec<_>>())));
        }
        Self { documents, missing, rows, differences }
    }

    /// The row of this name: a kind, `number (all)` or `(all)`.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// The figures of a layer with one or several kinds; zeroes if neither gold nor output has any of it.
    pub fn layer(&self, layer: &str) -> Counts {
        let of_layer = |row: &&Row| !row.total && row.name.split('.').next() == Some(layer);
        self.rows.iter().filter(of_layer).fold(Counts::default(), |sum, row| sum.add(&row.counts))
    }
}

impl Row {
    fn new(name: &str, total: bool, counts: Counts) -> Self {
        Self { name: name.to_owned(), total, counts }
    }
}

/// One line per row, in per cent.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.missing.is_empty() {
            writeln!(f, "{} of {} gold documents have no output", self.missing.len(), self.documents)?;
        }
        for row in &self.rows {
            writeln!(f, "{row}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, counts, .. } = self;
        let percent = |share: f64| format!("{:6.2}", 100.0 * share);
        let (precision, recall, f1) = (percent(counts.precision()), percent(counts.recall()), percent(counts.f1()));
        // A kind in a gold file may have line breaks.
        let name = name.escape_debug().to_string();
        write!(f, "{name:20} P {precision}  R {recall}  F1 {f1}  n {:5}", counts.gold())?;
        if let Some(accuracy) = counts.value_accuracy() {
            write!(f, "  value {}  right {}", percent(accuracy), percent(counts.right()))?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, kind, start, end, text, gold, found, .. } = self;
        match self.fault {
            Fault::Value => write!(f, "value  {document} {kind} {start}..{end} {text:?} gold {gold} found {found}"),
            Fault::Missed => write!(f, "missed {document} {kind} {start}..{end} {text:?} {gold}"),
            Fault::Extra => write!(f, "extra  {document} {kind} {start}..{end} {text:?} {found}"),
        }
    }
}
