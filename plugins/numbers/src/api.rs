//! The numbers of a document, or of a text, in Rust.

use khabar_arabic::Analysis;
use khabar_core::Value;
use khabar_core::kinds::{Cardinal, Fraction, Money, Ordinal, Percent, Quantity, Range, Ratio, Score};
use khabar_extractor::{DisabledRules, Doc, ExtractError, Span};

use crate::config::Config;
use crate::emit::{self, RULES, Settings};
use crate::lexicon::Lexicon;
use crate::number::Number;

/// The extractor of numbers.
#[derive(Clone, Debug)]
pub struct Numbers(pub(crate) Settings);

impl Numbers {
    /// The kinds that it finds.
    pub(crate) const KINDS: &'static [&'static str] = &[
        Cardinal::KIND,
        Ordinal::KIND,
        Fraction::KIND,
        Percent::KIND,
        Money::KIND,
        Quantity::KIND,
        Range::KIND,
        Score::KIND,
        Ratio::KIND,
    ];

    /// An extractor of this configuration.
    ///
    /// # Errors
    /// [`ExtractError::Config`] for a kind or a rule that does not exist.
    pub fn new(config: Config) -> Result<Self, ExtractError> {
        if let Some(kind) = config.kinds.iter().find(|kind| !Self::KINDS.contains(&kind.as_str())) {
            return Err(ExtractError::Config(format!("kinds: {kind:?} is not one of {}", Self::KINDS.join(", "))));
        }
        let disabled = DisabledRules::new(&RULES, &config.disable)?;
        Ok(Self(Settings { config, lexicon: Lexicon::get()?, disabled }))
    }

    /// The numbers of a document, by start, longest first: what [`find_iter`] gives for a text, with this configuration
    /// and with what the document says of itself (its country decides a bare `دينار`).
    pub fn find(&self, doc: &Doc<'_>) -> Vec<(Span, Number)> {
        emit::sorted(doc, &self.0).into_iter().map(|found| (found.span, found.number)).collect()
    }
}

/// The numbers of a text with their spans, by start, longest first. The work begins with the first call of `next`.
pub fn find_iter(text: &str) -> impl Iterator<Item = (Span, Number)> + use<'_> {
    std::iter::once(text).flat_map(|text| {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        // A test sees to it that the lexicon can be read.
        let numbers = Numbers::new(Config::default()).ok();
        numbers.map(|numbers| numbers.find(&Doc::new("", text, &analysis))).unwrap_or_default()
    })
}

/// The number that a whole text is, but for white space at its ends.
pub fn parse(text: &str) -> Option<Number> {
    let trimmed = text.trim();
    let whole = Span::from(0..trimmed.len());
    find_iter(trimmed).find(|(span, _)| *span == whole).map(|(_, number)| number)
}
