//! What numbers count: units, currencies, coins, shares of a hundred.

use std::collections::BTreeMap;

use khabar_core::Decimal;
use khabar_core::kinds::CurrencyCode;
use khabar_extractor::{Country, Doc};
use khabar_lexicon::inflect::Feature;
use khabar_lexicon::shared::countries::{COUNTRIES, CountryWord};
use khabar_lexicon::{Clitics, Entry, LexiconError, Meaning, Tagger, TaggerBuilder, Takes, WordList};
use serde::Deserialize;

use super::{CURRENCIES, UNITS};

/// What a word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Measure {
    /// A unit.
    Unit(UnitId),
    /// `درجة`: a unit where the text speaks of heat.
    Degree,
    /// The noun of a currency.
    Currency(CurrencyId),
    /// A part of a currency.
    Coin(CoinId),
    /// A sign or a code.
    Sign(CurrencyCode),
    /// `د.إ`, `د.أ`: an abbreviation that its hamza tells apart, which folding takes.
    SignByHamza {
        /// With the hamza above the alef, or without one.
        above: CurrencyCode,
        /// With the hamza below.
        below: CurrencyCode,
    },
    /// `م د`: a million of a currency.
    Million(CurrencyCode),
    /// `%`, `بالمئة`.
    Percent,
    /// `نقطة أساس`: a hundredth of a percent.
    BasisPoint,
}

impl Meaning for Measure {}

/// A unit of [`Measures::unit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UnitId(u16);

/// A currency of [`Measures::currency`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CurrencyId(u16);

/// A coin of [`Measures::coin`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CoinId(u16);

/// A unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its CLDR name: `kilometer`.
    pub name: String,
    /// What it measures, and how many of the smallest unit of that it is.
    pub size: Option<(Dimension, i64)>,
}

/// What a unit measures, where units of it are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Dimension {
    /// In millimetres. Only lengths make a speed.
    Length,
    /// In milligrams.
    Mass,
    /// In millilitres.
    Volume,
    /// In kilowatts.
    Power,
}

/// A currency by its noun, `دينار`, which several countries may have.
#[derive(Clone, Debug)]
pub(crate) struct Currency {
    name: String,
    /// What it means alone.
    pub code: Option<CurrencyCode>,
    /// Whether prices in it have three decimals.
    pub has_thousandths: bool,
    /// What it means in a country.
    countries: BTreeMap<Country, CurrencyCode>,
}

impl Currency {
    /// What it means in a country.
    pub(crate) fn in_country(&self, country: Country) -> Option<CurrencyCode> {
        self.countries.get(&country).copied()
    }
}

/// A coin.
#[derive(Clone, Debug)]
pub(crate) struct Coin {
    /// So many make one of the currency's main unit.
    pub parts: u16,
    /// Its currency.
    pub code: Option<CurrencyCode>,
    /// Its currency where no country tells.
    pub otherwise: Option<CurrencyCode>,
    /// Its parts in a country.
    countries: BTreeMap<Country, u16>,
}

/// The part of a currency's main unit that so many coins of `parts` to one are.
pub(crate) fn main_unit(value: Decimal, parts: u16) -> Option<Decimal> {
    value.checked_div(parts.into())
}

#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
enum Row {
    Unit(UnitRow),
    Degree { usual: String, otherwise: String },
    Currency(CurrencyRow),
    Coin(CoinRow),
    Sign(CurrencyCode),
    SignByHamza { above: CurrencyCode, below: CurrencyCode },
    Million(CurrencyCode),
    Percent,
    BasisPoint,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected the name of a unit, or a table of `name`, `dimension` and `size`")]
enum UnitRow {
    Name(String),
    #[serde(rename_all = "snake_case")]
    Sized {
        name: String,
        dimension: Dimension,
        size: i64,
    },
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected the name of a currency, or a table of `name`, `code`, `decimals` and `countries`"
)]
enum CurrencyRow {
    Name(String),
    Full {
        name: String,
        code: Option<CurrencyCode>,
        decimals: Option<u8>,
        #[serde(default)]
        countries: BTreeMap<Country, CurrencyCode>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoinRow {
    name: String,
    parts: u16,
    code: Option<CurrencyCode>,
    otherwise: Option<CurrencyCode>,
    #[serde(default)]
    countries: BTreeMap<Country, u16>,
}

/// The country that a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct NamedCountry(Country);

impl Meaning for NamedCountry {}

/// Units, currencies, countries.
#[derive(Debug)]
pub(crate) struct Measures {
    entries: Vec<Entry<Measure>>,
    tagger: Tagger<Measure>,
    units: Vec<Unit>,
    currencies: Vec<Currency>,
    coins: Vec<Coin>,
    /// The scales of degrees: the usual one, and Fahrenheit.
    pub celsius: UnitId,
    pub fahrenheit: UnitId,
    countries: Tagger<NamedCountry>,
    nationalities: Tagger<NamedCountry>,
}

impl Measures {
    pub(super) fn read() -> Result<Self, LexiconError> {
        let mut builder = Builder::default();
        for file in [&UNITS, &CURRENCIES] {
            for entry in WordList::<Row>::read(file)?.entries {
                let measure = builder.measure(&entry)?;
                let entry = entry.map(measure);
                // Duals are number words: نوعان.
                let is_dual = |features: khabar_lexicon::Features| features.contains(Feature::Dual);
                builder.tagger.entry(&entry, |form| (!is_dual(form.features)).then_some(measure));
                builder.entries.push(entry);
            }
        }
        let (mut countries, mut nationalities) = (TaggerBuilder::default(), TaggerBuilder::default());
        for entry in COUNTRIES.entries()? {
            use CountryWord::{MoneyName, MoneyNationality, Name, Nationality};
            let (builder, takes) = match entry.meaning {
                Name(_) | MoneyName(_) => (&mut countries, entry.takes),
                Nationality(_) | MoneyNationality(_) => (&mut nationalities, Takes::NONE),
                _ => continue,
            };
            if let Some(country) = entry.meaning.country() {
                entry.forms().iter().for_each(|form| builder.word(&form.text, NamedCountry(country), takes));
            }
        }
        let Builder { tagger, entries, units, currencies, coins, degree } = builder;
        let coins = coins.into_iter().map(|(_, coin)| coin).collect();
        let (celsius, fahrenheit) = degree;
        let (countries, nationalities, tagger) = (countries.build(), nationalities.build(), tagger.build());
        Ok(Self { entries, tagger, units, currencies, coins, celsius, fahrenheit, countries, nationalities })
    }

    /// The entries of units, currencies and coins.
    pub(super) fn entries(&self) -> &[Entry<Measure>] {
        &self.entries
    }

    /// A unit.
    pub(crate) fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(usize::from(id.0))
    }

    /// A currency.
    pub(crate) fn currency(&self, id: CurrencyId) -> Option<&Currency> {
        self.currencies.get(usize::from(id.0))
    }

    /// A coin.
    pub(crate) fn coin(&self, id: CoinId) -> Option<&Coin> {
        self.coins.get(usize::from(id.0))
    }

    /// Whether a token may begin a measure, by its hash; `false` is certain.
    #[inline]
    pub(crate) fn may_begin(&self, hash: u64) -> bool {
        self.tagger.may_know(hash)
    }

    /// What is counted from a token on, and its last token.
    pub(crate) fn at(&self, doc: &Doc<'_>, token: u32) -> Option<(Measure, u32)> {
        let tag = self.tagger.tag(doc, token as usize).filter(|tag| tag.clitics.is_empty())?;
        Some((tag.meaning, token + u32::from(tag.len) - 1))
    }

    /// What the noun at a token counts, and what is written together with its front.
    pub(crate) fn noun(&self, doc: &Doc<'_>, token: u32) -> Option<(Measure, Clitics)> {
        let tag = self.tagger.hashed(*doc.hashes.get(token as usize)?)?;
        Some((tag.meaning, tag.clitics))
    }

    /// What a word counts.
    pub(crate) fn word(&self, word: &str) -> Option<Measure> {
        self.tagger.word(&khabar_arabic::fold(word)).filter(|tag| tag.clitics.is_empty()).map(|tag| tag.meaning)
    }

    /// The country that an adjective at a token names, and its last token.
    pub(crate) fn nationality(&self, doc: &Doc<'_>, token: u32) -> Option<(Country, u32)> {
        let tag = self.nationalities.tag(doc, token as usize)?;
        Some((tag.meaning.0, token + u32::from(tag.len) - 1))
    }

    /// The currency and the parts of a coin in a country.
    pub(crate) fn coin_in(&self, coin: &Coin, country: Country) -> Option<(CurrencyCode, u16)> {
        let parts = *coin.countries.get(&country)?;
        let code = self.currencies.iter().find_map(|currency| currency.in_country(country))?;
        Some((code, parts))
    }

    /// The one meaning of a currency in the countries that a document names; `None` where it names none that has it, or
    /// several.
    pub(crate) fn named_in(&self, doc: &Doc<'_>, currency: &Currency) -> Option<CurrencyCode> {
        let mut codes = self.countries.tags(doc).filter_map(|(_, tag)| currency.in_country(tag.meaning.0));
        let first = codes.next()?;
        codes.all(|code| code == first).then_some(first)
    }
}

#[derive(Default)]
struct Builder {
    tagger: TaggerBuilder<Measure>,
    entries: Vec<Entry<Measure>>,
    units: Vec<Unit>,
    currencies: Vec<Currency>,
    coins: Vec<(String, Coin)>,
    degree: (UnitId, UnitId),
}

impl Default for UnitId {
    fn default() -> Self {
        Self(u16::MAX)
    }
}

impl Builder {
    fn measure(&mut self, entry: &Entry<Row>) -> Result<Measure, LexiconError> {
        Ok(match &entry.meaning {
            Row::Unit(UnitRow::Name(name)) => Measure::Unit(self.unit(name)),
            Row::Unit(UnitRow::Sized { name, dimension, size }) => {
                let id = self.unit(name);
                if let Some(unit) = self.units.get_mut(usize::from(id.0)) {
                    unit.size = Some((*dimension, *size));
                }
                Measure::Unit(id)
            }
            Row::Degree { usual, otherwise } => {
                self.degree = (self.unit(usual), self.unit(otherwise));
                Measure::Degree
            }
            Row::Currency(row) => Measure::Currency(self.currency(entry, row)?),
            Row::Coin(row) => Measure::Coin(self.coin(row)),
            Row::Sign(code) => Measure::Sign(*code),
            Row::SignByHamza { above, below } => Measure::SignByHamza { above: *above, below: *below },
            Row::Million(code) => Measure::Million(*code),
            Row::Percent => Measure::Percent,
            Row::BasisPoint => Measure::BasisPoint,
        })
    }

    fn unit(&mut self, name: &str) -> UnitId {
        let at = self.units.iter().position(|unit| unit.name == name).unwrap_or_else(|| {
            self.units.push(Unit { name: name.to_owned(), size: None });
            self.units.len() - 1
        });
        UnitId(at as u16)
    }

    fn currency(&mut self, entry: &Entry<Row>, row: &CurrencyRow) -> Result<CurrencyId, LexiconError> {
        let at = match row {
            CurrencyRow::Name(name) => {
                let known = self.currencies.iter().position(|currency| currency.name == *name);
                known.ok_or_else(|| entry.error(format!("unknown currency {name:?}: its table stands first")))?
            }
            CurrencyRow::Full { name, code, decimals, countries } => {
                let (name, has_thousandths) = (name.clone(), *decimals == Some(3));
                self.currencies.push(Currency { name, code: *code, has_thousandths, countries: countries.clone() });
                self.currencies.len() - 1
            }
        };
        Ok(CurrencyId(at as u16))
    }

    fn coin(&mut self, row: &CoinRow) -> CoinId {
        let at = self.coins.iter().position(|(name, _)| *name == row.name).unwrap_or_else(|| {
            let CoinRow { parts, code, otherwise, ref countries, .. } = *row;
            self.coins.push((row.name.clone(), Coin { parts, code, otherwise, countries: countries.clone() }));
            self.coins.len() - 1
        });
        CoinId(at as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn measures() -> &'static Measures {
        &Lexicon::get().expect("is read").measures
    }

    #[test]
    fn forms_of_units_and_currencies() {
        let unit = |word: &str| match measures().word(word) {
            Some(Measure::Unit(id)) => measures().unit(id).map(|unit| unit.name.as_str()),
            _ => None,
        };
        assert_eq!(unit("كيلومترا"), Some("kilometer"));
        assert_eq!(
            (unit("الكيلومترات"), unit("كم"), unit("كيلوات")),
            (Some("kilometer"), Some("kilometer"), Some("kilowatt"))
        );
        assert_eq!(measures().word("زلوتيا"), measures().word("زلوتي"), "the accusative follows");
        assert_eq!(measures().word("دولارين"), None, "a dual is a number");
        assert_eq!(measures().word("AED"), "AED".parse().ok().map(Measure::Sign));
    }

    #[test]
    fn currencies_of_countries() {
        let country = |code: &str| code.parse().expect("a country");
        let Some(Measure::Currency(dinar)) = measures().word("دنانير") else { panic!("a currency") };
        let dinar = measures().currency(dinar).expect("known");
        assert_eq!(dinar.in_country(country("TN")), "TND".parse().ok());
        assert_eq!((dinar.in_country(country("US")), dinar.code), (None, None));
        let Some(Measure::Coin(fils)) = measures().word("فلسا") else { panic!("a coin") };
        let fils = measures().coin(fils).expect("known");
        assert_eq!(measures().coin_in(fils, country("AE")).map(|(_, parts)| parts), Some(100));
        assert_eq!((fils.parts, measures().coin_in(fils, country("TN"))), (1000, None));
    }

    #[test]
    fn what_is_wrong_in_a_list_has_its_place() {
        let file = khabar_extractor::LexiconFile {
            file: "data/test.toml",
            text: "source = \"x\"\nentry = [\n  { class = \"currency\", value = \"dinar\", words = [\"د\"] },\n]",
        };
        let entries = WordList::<Row>::read(&file).expect("a list").entries;
        let error = Builder::default().measure(&entries[0]).expect_err("unknown").to_string();
        assert_eq!(error, "data/test.toml:3:3: unknown currency \"dinar\": its table stands first");
    }
}
