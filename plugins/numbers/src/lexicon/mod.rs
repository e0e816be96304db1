//! What the data files say: number words, measures, and the words around numbers.
//!
//! Each list has a tagger of its own, since a word may be in several: `ثانية` is second, and a second of time.

mod context;
mod exclusions;
mod hedges;
mod measures;
mod numerals;
mod spelling;

use std::sync::LazyLock;

use khabar_extractor::LexiconFile;
use khabar_lexicon::LexiconError;
use khabar_lexicon::shared::{calendar, countries, hedges as shared_hedges};

pub(crate) use context::{Context, WordClass, WordClasses};
pub(crate) use exclusions::Exclusions;
pub(crate) use hedges::{Hedges, Opener};
pub(crate) use measures::{CoinId, CurrencyId, Dimension, Measure, Measures, UnitId, main_unit};
pub(crate) use numerals::{NounId, NumberWord, Numeral, Numerals, Opening, Openings, ScaleForm};
pub use spelling::{Case, Gender};
pub(crate) use spelling::{Spelling, WordUse};

macro_rules! file {
    ($name:literal) => {
        LexiconFile { file: concat!("plugins/numbers/data/", $name), text: include_str!(concat!("../../data/", $name)) }
    };
}

const COLLOQUIAL: LexiconFile = file!("colloquial.toml");
const CONTEXT: LexiconFile = file!("context.toml");
const CURRENCIES: LexiconFile = file!("currencies.toml");
const EXCLUSIONS: LexiconFile = file!("exclusions.toml");
const NOUNS: LexiconFile = file!("nouns.toml");
const OPENERS: LexiconFile = file!("openers.toml");
const SPELLING: LexiconFile = file!("spelling.toml");
const UNITS: LexiconFile = file!("units.toml");
const WORDS: LexiconFile = file!("words.toml");

/// The files of the lexicon.
pub(crate) const FILES: &[LexiconFile] = &[
    COLLOQUIAL,
    CONTEXT,
    CURRENCIES,
    EXCLUSIONS,
    NOUNS,
    OPENERS,
    SPELLING,
    UNITS,
    WORDS,
    shared_hedges::FILE,
    calendar::FILE,
    countries::FILE,
];

/// The built-in lexicon.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub numerals: Numerals,
    pub measures: Measures,
    pub context: Context,
    pub exclusions: Exclusions,
    pub hedges: Hedges,
    pub spelling: Spelling,
}

static LEXICON: LazyLock<Result<Lexicon, LexiconError>> = LazyLock::new(Lexicon::read);

impl Lexicon {
    /// The lexicon, read when it is first asked for.
    ///
    /// # Errors
    /// Where one of the files cannot be read, which a test rules out.
    pub(crate) fn get() -> Result<&'static Self, &'static LexiconError> {
        LEXICON.as_ref()
    }

    fn read() -> Result<Self, LexiconError> {
        let measures = Measures::read()?;
        let numerals = Numerals::read(&measures)?;
        let context = Context::read(&numerals)?;
        let (exclusions, hedges, spelling) = (Exclusions::read()?, Hedges::read()?, Spelling::read()?);
        Ok(Self { numerals, measures, context, exclusions, hedges, spelling })
    }
}
