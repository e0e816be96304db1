//! Explains how each annotation was found.

use std::io::{self, Write};
use std::ops::ControlFlow;

use khabar_arabic::{Analysis, Offsets, Unit};
use khabar_core::Span;
use khabar_extractor::{Doc, Evidence};
use khabar_runner::explain::{Explanation, Lexicons, Word, explain, words};
use khabar_runner::source::visit;
use khabar_runner::{Document, Inputs, Plan, Worker, shown};

use crate::exit::{Failure, Outcome, say};

/// Explains the annotations of a text.
pub(super) fn of_text(out: &mut impl Write, plan: &Plan, text: &str, at: Option<usize>) -> Outcome {
    let lexicons = Lexicons::of(plan);
    document(out, plan, &lexicons, Document { id: "text", text, ..Document::default() }, at)
}

/// Explains the annotations of documents, or of the one with an id.
pub(super) fn of_documents(
    out: &mut impl Write,
    plan: &Plan,
    inputs: &Inputs,
    id: Option<&str>,
    at: Option<usize>,
) -> Outcome {
    let lexicons = Lexicons::of(plan);
    let (mut outcome, mut any) = (Ok(()), false);
    let problems = visit(inputs, plan.settings().max_document, &mut |read| {
        let found = match &read {
            Ok(document) => document.id,
            Err((id, _)) => id,
        };
        if id.is_some_and(|id| id != found) {
            return ControlFlow::Continue(());
        }
        any = true;
        outcome = match read {
            Ok(read) => document(out, plan, &lexicons, read, at),
            Err((id, issue)) => {
                say(&format!("{id}: {issue}"));
                Err(Failure::Check)
            }
        };
        if id.is_some() || outcome.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if let Some(problem) = problems.first() {
        return Err(Failure::Usage(problem.to_string()));
    }
    match id {
        Some(id) if !any => Err(Failure::Usage(format!("unknown document: no input has the id {id}"))),
        _ => outcome,
    }
}

fn document(
    out: &mut impl Write,
    plan: &Plan,
    lexicons: &Lexicons,
    document: Document<'_>,
    at: Option<usize>,
) -> Outcome {
    let offsets = Offsets::new(document.text);
    let place = at.map(|at| offsets.byte(Unit::Char, at) as u32);
    if let (Some(at), Some(byte)) = (at, place)
        && document.text.len() <= byte as usize
    {
        return Err(Failure::Usage(format!("--at {at}: beyond the end of the text of {}", document.id)));
    }
    let mut worker = Worker::new(plan);
    let annotated = worker.annotate(document);
    let covers = |span: Span| place.is_none_or(|at| span.start <= at && at < span.end);
    let explained = explain(plan, lexicons, &annotated, |annotation| covers(annotation.span));
    for (number, explanation) in explained.iter().enumerate() {
        if number != 0 {
            writeln!(out)?;
        }
        one(out, plan, document.text, &offsets, explanation)?;
    }
    if explained.is_empty() {
        let mut analysis = Analysis::default();
        analysis.analyze(document.text);
        let doc = Doc::new(document.id, document.text, &analysis);
        let span = place.map_or(Span::new(0, document.text.len() as u32), |at| Span::new(at, at + 1));
        writeln!(out, "{}: no annotations here", shown(document.id))?;
        for word in words(&doc, span) {
            say_word(out, &word)?;
        }
    }
    Ok(())
}

fn one(
    out: &mut impl Write,
    plan: &Plan,
    text: &str,
    offsets: &Offsets<'_>,
    explanation: &Explanation<'_>,
) -> io::Result<()> {
    let annotation = &explanation.annotation;
    let char = |byte: u32| offsets.count(Unit::Char, byte as usize);
    let Span { start, end } = annotation.span;
    let covered: String = annotation.span.of(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "{covered}")?;
    writeln!(out, "  {:<10} {} at {}..{}", "is", annotation.kind, char(start), char(end))?;
    writeln!(out, "  {:<10} {}", "value", explanation.value)?;
    let origin = plan.stages().get(annotation.stage).map(|stage| stage.origin.to_string()).unwrap_or_default();
    let (source, confidence) = (annotation.source, annotation.confidence);
    writeln!(out, "  {:<10} {source} ({origin}), confidence {confidence}", "found by")?;
    for (evidence, stated) in &explanation.reasons {
        match evidence {
            Evidence::Rule(name) => writeln!(out, "  {:<10} {name}: {stated}", "rule")?,
            Evidence::Lexicon(entry) => writeln!(out, "  {:<10} {entry}", "lexicon")?,
            Evidence::Model(name) => writeln!(out, "  {:<10} {name}", "model")?,
            other => writeln!(out, "  {:<10} {other:?}", "reason")?,
        }
    }
    for word in explanation.words.iter().filter(|word| word.surface != word.folded || !word.parts.is_empty()) {
        say_word(out, word)?;
    }
    super::lines(out, &explanation.known)
}

/// Prints a word and the form by which it is looked up.
fn say_word(out: &mut impl Write, word: &Word) -> io::Result<()> {
    write!(out, "  {:<10} {} → {}", "word", word.surface, word.folded)?;
    if !word.parts.is_empty() {
        write!(out, ", two words with a missing space: {}", word.parts.join(" + "))?;
    }
    writeln!(out)
}
