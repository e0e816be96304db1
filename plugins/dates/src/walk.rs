//! Goes through a document along its phrases: what stands in quotation marks, which day somebody spoke on.

use jiff::civil::Date;
use khabar_core::{TokenClass, TokenFlags};

use crate::lexicon::Class;
use crate::text::Text;

/// Where a walk over the tokens stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Walk {
    at: usize,
    /// Quotation marks that are open.
    depth: u32,
    /// The sentence reports what somebody said.
    reports: bool,
    /// The day that the sentence names outside of quotations.
    named: Option<Date>,
    /// The day on which what follows was said.
    pub(crate) said_on: Option<Date>,
}

impl Walk {
    /// Goes on to a token.
    pub(crate) fn advance(&mut self, text: &Text<'_>, to: usize) {
        let mut from = self.at;
        while let Some(at) = text.turn(from).filter(|at| *at < to) {
            from = at + 1;
            let token = text.doc.tokens[at];
            if token.has(TokenFlags::LINE_START) {
                self.depth = 0;
            }
            if token.has(TokenFlags::SENTENCE_START) && self.depth == 0 {
                (self.reports, self.named) = (false, None);
            }
            match token.class() {
                TokenClass::QuoteOpen => self.depth += 1,
                TokenClass::QuoteClose => self.depth = self.depth.saturating_sub(1),
                TokenClass::Arabic if self.depth == 0 => match text.reports(at) {
                    // A new report is of the day that its sentence names, or of the document's.
                    Some(Class::Said) => (self.reports, self.said_on) = (true, self.named),
                    Some(Class::SaidOn) => self.reports = true,
                    _ => {}
                },
                _ => {}
            }
        }
        self.at = self.at.max(to);
    }

    /// Whether the walk stands inside of a quotation.
    pub(crate) fn quoted(&self) -> bool {
        self.depth != 0
    }

    /// Takes note of a day that the text names.
    pub(crate) fn names(&mut self, day: Date) {
        if self.depth == 0 {
            self.named = Some(day);
            if self.reports {
                self.said_on = Some(day);
            }
        }
    }
}
