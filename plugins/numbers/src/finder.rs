//! All numbers of a document, in the order of the steps that find them.

use khabar_arabic::Analysis;
use khabar_core::Decimal;
use khabar_core::kinds::{Cardinal, Fraction, Ordinal};
use khabar_extractor::{Doc, Span};

use crate::item::{Atom, Item, Sort};
use crate::phrase::Phrases;
use crate::{Config, Number, scan};

/// The buffers of one worker.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    atoms: Vec<Atom>,
    duals: Vec<u32>,
    items: Vec<Item>,
    found: Vec<(Span, Number)>,
}

impl Finder {
    /// Finds the numbers of a document; those of the document before are gone.
    pub(crate) fn find(&mut self, doc: &Doc<'_>, config: &Config) {
        let Self { atoms, duals, items, found } = self;
        items.clear();
        found.clear();
        scan::scan(doc, config.colloquial, atoms, duals);
        let separators = config.separators.in_country(doc.country);
        Phrases { doc, atoms, separators }.read(items);
        found.extend(items.iter().map(|item| (item.span, item.number())));
    }

    /// What was found, in order.
    pub(crate) fn found(&self) -> &[(Span, Number)] {
        &self.found
    }
}

impl Item {
    fn number(&self) -> Number {
        let value = self.value.normalize();
        match self.sort {
            Sort::Cardinal => Number::Cardinal(Cardinal::new(value)),
            Sort::Dual => Number::Cardinal(Cardinal::new(Decimal::TWO)),
            Sort::Plural => {
                Number::Cardinal(Cardinal { value: None, magnitude: Some(value), unit: None, modifier: None })
            }
            Sort::Ordinal => Number::Ordinal(Ordinal { value, modifier: None }),
            Sort::Fraction => {
                let value = format!("{value}/{}", self.denominator.normalize());
                Number::Fraction(Fraction { value, modifier: None })
            }
        }
    }
}

/// The numbers of a text with their spans, by start, longest first. The work begins with the first call of `next`.
pub fn find_iter(text: &str) -> impl Iterator<Item = (Span, Number)> + use<'_> {
    std::iter::once(text).flat_map(|text| {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let mut finder = Finder::default();
        finder.find(&Doc::new("", text, &analysis), &Config::default());
        finder.found
    })
}

/// The number that a whole text is, but for white space at its ends: of several readings the one of the widest kind.
pub fn parse(text: &str) -> Option<Number> {
    let trimmed = text.trim();
    let whole = Span::from(0..trimmed.len());
    find_iter(trimmed).filter(|(span, _)| *span == whole).map(|(_, number)| number).last()
}
