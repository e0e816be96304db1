//! The built-in extractors.

use khabar_abi::Offer;
use khabar_extractor::{ExtractError, Extractor, LexiconFile, Plugin, RuleInfo, configure};

type Made = Result<Box<dyn Extractor>, ExtractError>;

/// A built-in extractor, before it is created.
#[derive(Clone)]
pub struct Builtin {
    /// Its description.
    pub offer: Offer,
    /// Its lexicon files.
    pub lexicons: &'static [LexiconFile],
    /// Its rules, in the order in which they are tried.
    pub rules: &'static [RuleInfo],
    make: fn(&[u8]) -> Made,
}

impl Builtin {
    /// The entry of a plugin.
    pub fn of<P: Plugin>() -> Self {
        fn make<P: Plugin>(config: &[u8]) -> Made {
            Ok(Box::new(configure::<P>(config)?))
        }
        Self { offer: Offer::of::<P>(), lexicons: P::LEXICONS, rules: P::RULES, make: make::<P> }
    }

    /// Creates the extractor from its configuration in JSON.
    ///
    /// # Errors
    /// [`ExtractError::Config`], which names the invalid key.
    pub fn create(&self, config: &[u8]) -> Made {
        (self.make)(config)
    }
}

/// All built-in extractors, in the order in which they run as far as their requirements allow. Empty without the feature
/// `builtin`.
pub fn builtins() -> Vec<Builtin> {
    vec![
        #[cfg(feature = "builtin")]
        Builtin::of::<khabar_numbers::Numbers>(),
        #[cfg(feature = "builtin")]
        Builtin::of::<khabar_dates::Dates>(),
        #[cfg(feature = "builtin")]
        Builtin::of::<khabar_entities::Entities>(),
        #[cfg(feature = "builtin")]
        Builtin::of::<khabar_quotes::Quotes>(),
    ]
}
