//! Goes through a document along its phrases: what stands in quotation marks, which day somebody spoke on.

use jiff::civil::Date;
use khabar_core::{TokenClass, TokenFlags};

use crate::text::Text;
use crate::token_bit_set::LastBefore;
use crate::word::WordClass;

/// Where a walk over the tokens stands. It goes no further than it has to: what stands in no quotation needs no walk.
pub(crate) struct QuoteTracker<'a> {
    text: Text<'a>,
    at: usize,
    /// Quotation marks that are open.
    depth: u32,
    /// The sentence reports what somebody said.
    reports: bool,
    /// The day that the sentence names outside of quotations.
    named: Option<Date>,
    /// The day on which what follows was said.
    said_on: Option<Date>,
    /// Days that the text names, with the tokens they are named at, where the walk did not come yet.
    ahead: &'a mut Vec<(usize, Date)>,
    /// Where the last quotation mark and the last line begin before what was asked for.
    quote: LastBefore,
    line: LastBefore,
}

impl<'a> QuoteTracker<'a> {
    /// A walk from the start of a text on; `ahead` is memory for it.
    pub(crate) fn new(text: Text<'a>, ahead: &'a mut Vec<(usize, Date)>) -> Self {
        ahead.clear();
        let (quote, line) = (LastBefore::default(), LastBefore::default());
        Self { text, at: 0, depth: 0, reports: false, named: None, said_on: None, ahead, quote, line }
    }

    /// Whether a quotation mark stands before a token and no line begins behind it: most tokens are in no quotation.
    #[inline]
    fn may_be_quoted(&mut self, at: usize) -> bool {
        let mark = self.text.quote_before(at, &mut self.quote);
        mark.is_some() && self.text.line_before(at, &mut self.line) <= mark
    }

    /// Whether a token stands inside of a quotation; no token before one that was asked for may be asked for.
    pub(crate) fn quotes(&mut self, at: usize) -> bool {
        if !self.may_be_quoted(at) {
            return false;
        }
        for named in 0..self.ahead.len() {
            let (at, day) = self.ahead[named];
            self.advance(at);
            self.name(day);
        }
        self.ahead.clear();
        self.advance(at);
        self.depth != 0
    }

    /// The day on which a quotation was said that a token stands inside of.
    pub(crate) fn said_on(&mut self, at: usize) -> Option<Date> {
        if self.quotes(at) { self.said_on } else { None }
    }

    /// Takes note of a day that the text names at a token.
    pub(crate) fn names(&mut self, at: usize, day: Date) {
        self.ahead.push((at, day));
    }

    /// Goes on to a token.
    fn advance(&mut self, to: usize) {
        let text = self.text;
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
                    Some(WordClass::Said | WordClass::Says) => (self.reports, self.said_on) = (true, self.named),
                    Some(WordClass::SaidOn) => self.reports = true,
                    _ => {}
                },
                _ => {}
            }
        }
        self.at = self.at.max(to);
    }

    fn name(&mut self, day: Date) {
        if self.depth == 0 {
            self.named = Some(day);
            if self.reports {
                self.said_on = Some(day);
            }
        }
    }
}
