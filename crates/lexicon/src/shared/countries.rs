//! Countries: their names and adjectives.

use khabar_core::Country;
use khabar_extractor::LexiconFile;
use serde::Deserialize;

use super::{SharedList, read};

/// A name or an adjective of a country, by its ISO 3166-1 code; the parts of the United Kingdom have none. The entry's `id`
/// is the country's in Wikidata, and the first name with an id is the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
pub enum CountryWord {
    /// A name: `تونس`.
    Name(Option<Country>),
    /// A name by which amounts of money do not go, of a country whose money is known: `المملكة المغربية`.
    OtherName(Option<Country>),
    /// A name by which only amounts of money go: `ترينيداد`.
    MoneyName(Option<Country>),
    /// A nisba adjective, masculine singular: `تونسي`. The entry's `plural` are its irregular plurals: `توانسة`.
    Nationality(Option<Country>),
    /// The same by which amounts of money do not go, of a country whose money is known: `قرغيزي`.
    OtherNationality(Option<Country>),
    /// The same by which only amounts of money go: `إسترليني`, `قمري`.
    MoneyNationality(Option<Country>),
}

impl CountryWord {
    /// The country.
    pub const fn country(self) -> Option<Country> {
        match self {
            Self::Name(country)
            | Self::OtherName(country)
            | Self::MoneyName(country)
            | Self::Nationality(country)
            | Self::OtherNationality(country)
            | Self::MoneyNationality(country) => country,
        }
    }
}

/// Its file.
pub const FILE: LexiconFile =
    LexiconFile { file: "crates/lexicon/data/countries.toml", text: include_str!("../../data/countries.toml") };

/// The countries.
pub static COUNTRIES: SharedList<CountryWord> = SharedList::new(FILE, || read(&FILE));

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_code_and_an_id_are_one_country_and_a_name_is_of_one() {
        let entries = COUNTRIES.entries().expect("a list");
        let (mut codes, mut ids, mut names) = (HashMap::new(), HashMap::new(), HashMap::new());
        for entry in entries {
            let id = entry.id.as_deref().unwrap_or_default();
            assert!(id.starts_with('Q'), "{}", entry.place());
            let code = entry.meaning.country();
            assert_eq!(*ids.entry(id).or_insert(code), code, "{}", entry.place());
            if code.is_some() {
                assert_eq!(*codes.entry(code).or_insert(id), id, "{}", entry.place());
            }
            if matches!(entry.meaning, CountryWord::Name(_) | CountryWord::OtherName(_) | CountryWord::MoneyName(_)) {
                for word in &entry.words {
                    assert_eq!(names.insert(word, id), None, "{word}, {}", entry.place());
                }
            }
        }
        assert_eq!(
            entries.iter().filter(|entry| entry.meaning.country().is_none()).count(),
            6,
            "England, Scotland, Wales"
        );
    }
}
