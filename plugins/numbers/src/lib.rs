//! Numbers in Arabic text, with exact values: cardinals and ordinals in words and digits, fractions, percentages,
//! money, quantities, ranges, scores, ratios.
//!
//! ```
//! use khabar_numbers::{Number, find_iter, parse};
//!
//! let text = "بلغ عدد المشاركين ثلاثمئة وخمسة وعشرين";
//! let (span, number) = find_iter(text).next().expect("a number");
//! assert_eq!(span.of(text), Some("ثلاثمئة وخمسة وعشرين"));
//! assert_eq!(number.value().map(|n| n.to_string()).as_deref(), Some("325"));
//! assert!(matches!(parse("3.5 مليون"), Some(Number::Cardinal(n)) if n.value == Some(3_500_000.into())));
//! ```
//!
//! One pass over the tokens picks number words and digits out; what the few that remain make together is a grammar
//! over word classes. What a number counts, and whether it is one, is decided by the words around it.
//!
//! **Invariant:** nothing here depends on a date, and every value is exact.

#![forbid(unsafe_code)]

mod amounts;
mod chain;
mod classes;
mod compound;
mod context;
mod digits;
mod duals;
mod figures;
mod finder;
mod idioms;
mod item;
mod measures;
mod modifiers;
mod nouns;
mod number;
mod phrase;
mod phrasebook;
mod relations;
mod scan;
mod separators;
mod spell;
mod words;

use khabar_core::kinds::{Cardinal, Fraction, Money, Ordinal, Percent, Quantity, Range, Ratio, Score};
use khabar_extractor::{Doc, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Scratch, Span, Value};
use serde::Deserialize;

pub use finder::{find_iter, parse};
pub use number::Number;
pub use separators::Separators;
pub use spell::{Case, Gender, spell};

/// What to look for, and how to read it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How a separator before three digits is read where nothing else tells.
    pub separators: Separators,
    /// Whether numbers in Egyptian and Gulf Arabic (`حداشر`, `تلاتين`) are read.
    pub colloquial: bool,
    /// The kinds that are given out (`number.money`); all, if empty.
    pub kinds: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { separators: Separators::Auto, colloquial: true, kinds: Vec::new() }
    }
}

/// The extractor of numbers.
#[derive(Clone, Debug)]
pub struct Numbers {
    config: Config,
}

impl Numbers {
    /// The numbers of a document, by start, longest first: what [`find_iter`] gives for a text, with this configuration
    /// and with what the document says of itself (its country decides a bare `دينار`).
    pub fn find(&self, doc: &Doc<'_>) -> Vec<(Span, Number)> {
        finder::sorted(doc, &self.config)
    }
}

impl Extractor for Numbers {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let finder: &mut finder::Finder = scratch.get();
        let kinds = &self.config.kinds;
        finder.find(doc, &self.config, out.cancel(), |span, number| {
            if kinds.is_empty() || kinds.iter().any(|kind| kind == number.kind()) {
                number.push(span, 1.0, out)?;
            }
            Ok(())
        })
    }
}

impl Plugin for Numbers {
    const NAME: &'static str = "numbers";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[
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
    const EXAMPLES: &'static [Example] = &[
        Example::new("بلغ العدد ⟦number.cardinal=1250|١٢٥٠⟧ ثم ⟦number.cardinal=12500|12 ألفا و500⟧"),
        Example::new(
            "ارتفع بنسبة ⟦number.percent=4.75|%⟦number.cardinal=4.75|4,75⟧⟧ بعد ⟦number.cardinal=2;unit=يوم|يومين⟧",
        ),
        Example::new("بكلفة ⟦number.money=27000000;currency=TND|⟦number.cardinal=27000000|27 مليون⟧ دينار⟧")
            .from_country("TN"),
        Example::new("على ⟦number.quantity=5;unit=square-kilometer|⟦number.cardinal=5|خمسة⟧ كيلومترات مربعة⟧"),
        Example::new(
            "تتراوح ⟦number.range;low=5000000;high=7000000|بين ⟦number.cardinal=5|خمسة⟧ و⟦number.cardinal=7000000|سبعة ملايين⟧⟧",
        ),
        Example::new("بنتيجة ⟦number.score=2-1|⟦number.cardinal=2|هدفين⟧ لهدف⟧"),
        Example::new("أنقذ ⟦number.ratio=7/22|⟦number.cardinal=7|7⟧ من جملة ⟦number.cardinal=22|22⟧ مهاجرا⟧"),
        Example::new("في اليوم ⟦number.ordinal=22|الثاني والعشرين⟧ قرأ ⟦number.fraction=3/4|ثلاثة أرباع⟧ الكتاب"),
        Example::new(
            "ارتفع السعر بنسبة ⟦number.percent=7.5|⟦number.cardinal=7.5|7.5⟧%⟧ إلى \
             ⟦number.money=3000000;currency=USD|⟦number.cardinal=3000000|3 ملايين⟧ دولار⟧",
        ),
        Example::new(
            "على بعد ⟦number.quantity=5;unit=kilometer|⟦number.cardinal=5|5⟧ كيلومترات⟧ تنمو \
             ⟦number.range;low=3;high=5|بين ⟦number.cardinal=3|3⟧ و⟦number.cardinal=5|5⟧⟧ أشجار",
        ),
        Example::new(
            "فاز الفريق ⟦number.score=2-1|⟦number.cardinal=2|2⟧-⟦number.cardinal=1|1⟧⟧ ووافق \
             ⟦number.ratio=7/22|⟦number.cardinal=7|7⟧ من جملة ⟦number.cardinal=22|22⟧ نائبا⟧",
        ),
    ];
    const LEXICONS: &'static [LexiconFile] = &[
        LexiconFile { file: "plugins/numbers/data/classes.txt", text: include_str!("../data/classes.txt") },
        LexiconFile { file: "plugins/numbers/data/currencies.txt", text: include_str!("../data/currencies.txt") },
        LexiconFile { file: "plugins/numbers/data/dual-nouns.txt", text: include_str!("../data/dual-nouns.txt") },
        LexiconFile { file: "plugins/numbers/data/idioms.txt", text: include_str!("../data/idioms.txt") },
        LexiconFile { file: "plugins/numbers/data/modifiers.txt", text: include_str!("../data/modifiers.txt") },
        LexiconFile { file: "plugins/numbers/data/units.txt", text: include_str!("../data/units.txt") },
        LexiconFile { file: "plugins/numbers/data/words.txt", text: include_str!("../data/words.txt") },
    ];
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        if let Some(kind) = config.kinds.iter().find(|kind| !Self::PROVIDES.contains(&kind.as_str())) {
            return Err(ExtractError::Config(format!("kinds: {kind:?} is not one of {}", Self::PROVIDES.join(", "))));
        }
        words::Words::get();
        idioms::Idioms::get();
        measures::Measures::get();
        duals::prepare();
        modifiers::prepare();
        Ok(Self { config })
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
