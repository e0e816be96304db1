//! Reads documents one after another, without a pipeline.

use std::ops::ControlFlow;

use super::{Feed, Inputs, PathProblem, Stopped, document, read};
use crate::batch::Item;
use crate::{Document, Issue};

/// A document, or its id and why it cannot be read.
pub type Visited<'a> = Result<Document<'a>, (&'a str, &'a Issue)>;

/// Reads all inputs in order, on this thread, and passes each document to `visit` until it breaks. Returns the named paths
/// that cannot be read. No document is larger than `limit` bytes.
pub fn visit(inputs: &Inputs, limit: usize, visit: &mut dyn FnMut(Visited<'_>) -> ControlFlow<()>) -> Vec<PathProblem> {
    let mut visitor = Visitor { raw: Vec::new(), visit, problems: Vec::new() };
    // It ends early if `visit` breaks.
    let _ = read(inputs, limit, &mut visitor);
    visitor.problems
}

struct Visitor<'a> {
    raw: Vec<u8>,
    visit: &'a mut dyn FnMut(Visited<'_>) -> ControlFlow<()>,
    problems: Vec<PathProblem>,
}

impl Feed for Visitor<'_> {
    fn raw(&mut self) -> &mut Vec<u8> {
        &mut self.raw
    }

    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        let flow = match document::read(&item, self.raw.get(item.range.clone()).unwrap_or_default()) {
            Ok((read, _)) => (self.visit)(Ok(read.as_document())),
            Err((id, issue)) => (self.visit)(Err((&id, &issue))),
        };
        self.raw.clear();
        if flow.is_break() { Err(Stopped) } else { Ok(()) }
    }

    fn problem(&mut self, problem: PathProblem) -> Result<(), Stopped> {
        self.problems.push(problem);
        Ok(())
    }
}
