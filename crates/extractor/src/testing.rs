//! Runs extractors in tests: a [`Rig`] chains them as the runner does, a [`Suite`] holds cases of marked text.
//!
//! A suite is a TOML file. It runs on every face of a plugin (typed, static, over C):
//!
//! ```toml
//! scope = ["number"]                  # kinds or layers that the cases mark in full
//!
//! [[case]]
//! name = "a thousand in Arabic digits"
//! text = "بلغت ⟦number.cardinal=1250|١٢٥٠⟧ ريال"
//! date = "2025-08-06"                 # may be left out, like the rest
//! country = "SA"
//! scope = ["number.cardinal"]         # instead of the file's
//! config = { colloquial = true }      # of the plugin under test
//! ```
//!
//! A field with a span is written as its text (`speaker=الوزير`), one with several spans with ` > ` between them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU32;

use khabar_arabic::Analysis;
use khabar_core::{Country, DocDate, Layer, Span};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::marked::{Marked, field_text};
use crate::{Doc, ExtractError, Extractor, Info, InputLayer, Output, Plugin, Reason, Scratch};

/// Extractors in the order in which they run, each seeing the layers of all before it.
#[derive(Default)]
pub struct Rig {
    stages: Vec<Stage>,
    analysis: Analysis,
}

struct Stage {
    info: Info,
    extractor: Box<dyn Extractor>,
    layer: Layer,
    scratch: Scratch,
}

/// A document to run a rig on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample<'a> {
    /// The text.
    pub text: &'a str,
    /// Its date.
    pub date: Option<DocDate>,
    /// Its country.
    pub country: Option<Country>,
}

/// One annotation that a rig found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The kind.
    pub kind: String,
    /// Bytes of the text.
    pub span: Span,
    /// The value.
    pub value: Json,
    /// 0 to 1.
    pub confidence: f32,
}

impl Rig {
    /// Adds a plugin with its default configuration.
    ///
    /// # Panics
    /// When the plugin cannot be made from an empty configuration.
    #[must_use]
    pub fn with<P: Plugin>(self) -> Self {
        self.with_config::<P>(Json::Object(serde_json::Map::new()))
    }

    /// Adds a plugin with a configuration.
    ///
    /// # Panics
    /// If the plugin refuses it.
    #[must_use]
    pub fn with_config<P: Plugin>(self, config: Json) -> Self {
        let made = serde_json::from_value(config).map_err(|error| ExtractError::Config(error.to_string()));
        match made.and_then(P::create) {
            Ok(plugin) => self.with_extractor(Info::of::<P>(), Box::new(plugin)),
            Err(error) => panic!("{}: {error}", P::NAME),
        }
    }

    /// Adds any extractor.
    #[must_use]
    pub fn with_extractor(mut self, info: Info, extractor: Box<dyn Extractor>) -> Self {
        self.stages.push(Stage { info, extractor, layer: Layer::default(), scratch: Scratch::default() });
        self
    }

    /// Discards the scratch of every extractor, as after a panic.
    pub fn forget(&mut self) {
        for stage in &mut self.stages {
            stage.scratch = Scratch::default();
        }
    }

    /// Runs all extractors and returns the checked, sorted layer of each, the last added last.
    ///
    /// # Errors
    /// The first extractor that fails or breaks a promise.
    pub fn layers(&mut self, sample: &Sample<'_>) -> Result<Vec<&Layer>, ExtractError> {
        self.run_all(sample, None)
    }

    /// Runs all extractors, the last of them cancelled before it begins.
    ///
    /// # Errors
    /// The error of the first extractor that fails: [`ExtractError::Cancelled`] if the last one respects it.
    pub fn cancelled(&mut self, sample: &Sample<'_>) -> Result<(), ExtractError> {
        self.run_all(sample, Some(&AtomicU32::new(1))).map(|_| ())
    }

    /// Runs all extractors; the flag is for the last.
    fn run_all(&mut self, sample: &Sample<'_>, cancel: Option<&AtomicU32>) -> Result<Vec<&Layer>, ExtractError> {
        self.analysis.analyze(sample.text);
        let mut doc = Doc::new("test", sample.text, &self.analysis);
        (doc.date, doc.country) = (sample.date, sample.country);
        for at in 0..self.stages.len() {
            let (before, rest) = self.stages.split_at_mut(at);
            let Some((stage, behind)) = rest.split_first_mut() else { break };
            let kinds = kinds(before);
            let layers = layers(before, &kinds);
            let doc = Doc { layers: &layers, ..doc };
            stage.layer.clear();
            let mut output = Output::new(&mut stage.layer, &stage.info);
            if let Some(flag) = cancel.filter(|_| behind.is_empty()) {
                output = output.cancelled_by(flag);
            }
            stage.extractor.extract(&doc, &mut output, &mut stage.scratch)?;
            stage.layer.check(sample.text, stage.info.provides.len())?;
            stage.layer.check_values()?;
            stage.layer.sort();
        }
        Ok(self.stages.iter().map(|stage| &stage.layer).collect())
    }

    /// Runs all extractors and returns the reasons of the last one.
    ///
    /// # Errors
    /// The first extractor that fails or breaks a promise.
    pub fn reasons(&mut self, sample: &Sample<'_>) -> Result<Vec<Reason>, ExtractError> {
        self.run_all(sample, None)?;
        let Some((last, before)) = self.stages.split_last() else { return Ok(Vec::new()) };
        let kinds = kinds(before);
        let layers = layers(before, &kinds);
        let mut doc = Doc::new("test", sample.text, &self.analysis);
        (doc.date, doc.country, doc.layers) = (sample.date, sample.country, &layers);
        Ok(last.extractor.reasons(&doc))
    }

    /// Runs all extractors and returns what they found, sorted by start, longest first, then kind.
    ///
    /// # Errors
    /// The first extractor that fails or breaks a promise.
    pub fn run(&mut self, sample: &Sample<'_>) -> Result<Vec<Found>, ExtractError> {
        self.layers(sample)?;
        let mut found = Vec::new();
        for Stage { info, layer, .. } in &self.stages {
            for record in layer.records() {
                let kind = info.provides[record.kind as usize].clone();
                let value = serde_json::from_slice(layer.value(record))
                    .map_err(|error| ExtractError::Other(format!("{kind}: {error}")))?;
                found.push(Found { kind, span: record.span(), value, confidence: record.confidence });
            }
        }
        found.sort_by(|a, b| {
            let key = |f: &Found| (f.span.start, std::cmp::Reverse(f.span.end));
            (key(a), &a.kind).cmp(&(key(b), &b.kind))
        });
        Ok(found)
    }
}

/// The kinds that stages declare.
fn kinds(stages: &[Stage]) -> Vec<Vec<&str>> {
    stages.iter().map(|stage| stage.info.provides.iter().map(String::as_str).collect()).collect()
}

/// The layers of stages, as other stages read them.
fn layers<'a>(stages: &'a [Stage], kinds: &'a [Vec<&'a str>]) -> Vec<InputLayer<'a>> {
    let layer = |(s, kinds): (&'a Stage, &'a Vec<&'a str>)| InputLayer {
        kinds,
        records: s.layer.records(),
        heap: s.layer.heap(),
    };
    stages.iter().zip(kinds).map(layer).collect()
}

/// Cases of marked text from a TOML file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    /// Kinds or layers that the cases mark in full; all, if empty.
    #[serde(default)]
    pub scope: Vec<String>,
    /// The cases.
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
    /// Where it was read from.
    #[serde(skip)]
    pub path: PathBuf,
}

/// One case of a suite.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    #[serde(default)]
    pub name: String,
    /// The marked text.
    pub text: String,
    /// The document's date.
    pub date: Option<DocDate>,
    /// The document's country.
    pub country: Option<Country>,
    /// Kinds or layers that the text marks in full; the file's, if empty.
    #[serde(default)]
    pub scope: Vec<String>,
    /// Configuration of the plugin under test.
    #[serde(default)]
    pub config: toml::Table,
}

impl Suite {
    /// Reads a suite.
    ///
    /// # Panics
    /// If the file cannot be read or is not a suite: this is for tests.
    pub fn read(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let suite = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path: path.to_owned(), ..suite }
    }

    /// All suites of a folder, by name.
    ///
    /// # Panics
    /// If the folder cannot be read or has no suites: this is for tests.
    pub fn read_all(folder: impl AsRef<Path>) -> Vec<Self> {
        let folder = folder.as_ref();
        let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|e| e == "toml"));
        paths.sort();
        assert!(!paths.is_empty(), "{}: no suite", folder.display());
        paths.iter().map(Self::read).collect()
    }

    /// Runs every case on a rig made for its configuration, and panics with all differences at once.
    ///
    /// # Panics
    /// If a case fails, with the file, the case and the differences.
    pub fn run(&self, mut rig: impl FnMut(Json) -> Rig) {
        let mut failures = String::new();
        let mut plain: Option<Rig> = None;
        for (at, case) in self.cases.iter().enumerate() {
            let mut special = None;
            let rig = if case.config.is_empty() {
                plain.get_or_insert_with(|| rig(Json::Object(serde_json::Map::new())))
            } else {
                match serde_json::to_value(&case.config) {
                    Ok(config) => special.insert(rig(config)),
                    Err(error) => panic!("{}: case {}: {error}", self.path.display(), at + 1),
                }
            };
            let scope = if case.scope.is_empty() { &self.scope } else { &case.scope };
            let difference = check(rig, &case.text, case.date, case.country, scope);
            if let Err(difference) = difference {
                let _ = write!(failures, "\ncase {} {:?}: {}\n{difference}", at + 1, case.name, case.text);
            }
        }
        assert!(failures.is_empty(), "{}:{failures}", self.path.display());
    }
}

/// Checks that a rig gives exactly the annotations of a marked text, among the kinds or layers of `scope` (all, if empty).
///
/// # Errors
/// The differences, one per line.
pub fn check(
    rig: &mut Rig,
    marked: &str,
    date: Option<DocDate>,
    country: Option<Country>,
    scope: &[impl AsRef<str>],
) -> Result<(), String> {
    let marked = Marked::parse(marked).map_err(|error| error.to_string())?;
    let sample = Sample { text: &marked.text, date, country };
    let mut found = rig.run(&sample).map_err(|error| error.to_string())?;
    found.retain(|f| scope.is_empty() || scope.iter().any(|s| in_scope(&f.kind, s.as_ref())));
    let mut differences = String::new();
    for mark in &marked.marks {
        let shown = mark.span.of(&marked.text).unwrap_or_default();
        match found.iter().position(|f| f.kind == mark.kind && f.span == mark.span) {
            Some(at) => {
                let value = found.remove(at).value;
                for (key, wanted) in mark.fields.iter().filter(|(k, v)| field_shown(&value, k, &marked.text) != *v) {
                    let got = field_shown(&value, key, &marked.text);
                    let _ = writeln!(differences, "  {} {shown:?}: {key} is {got}, expected {wanted}", mark.kind);
                }
            }
            None => {
                let _ = writeln!(differences, "  missed {} {shown:?} at {:?}", mark.kind, mark.span);
            }
        }
    }
    for f in found {
        let shown = f.span.of(&marked.text).unwrap_or_default();
        let _ = writeln!(differences, "  extra {} {shown:?} at {:?}: {}", f.kind, f.span, f.value);
    }
    if differences.is_empty() { Ok(()) } else { Err(differences) }
}

/// A field of a value as a mark writes it: a span by its text, a list of spans by their texts with ` > ` between.
fn field_shown(value: &Json, key: &str, text: &str) -> String {
    let span = |json: &Json| serde_json::from_value::<Span>(json.clone()).ok().and_then(|span| span.of(text));
    match &value[key] {
        Json::Object(_) => span(&value[key]).map(str::to_owned),
        Json::Array(items) => items.iter().map(span).collect::<Option<Vec<_>>>().map(|texts| texts.join(" > ")),
        _ => None,
    }
    .unwrap_or_else(|| field_text(value, key))
}

fn in_scope(kind: &str, scope: &str) -> bool {
    kind.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
