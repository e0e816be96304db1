//! The lexicon of units and currencies.

use std::sync::LazyLock;

use khabar_arabic::{WordFilter, hash};
use khabar_core::Decimal;
use khabar_extractor::{Country, Doc};

use crate::phrasebook::{Edge, Phrasebook, spaced};

/// What stands after a number and is counted by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// A unit, by its CLDR name.
    Unit(&'static str),
    /// The noun of a currency; the code that it means alone.
    Noun { noun: &'static str, code: Option<Code> },
    /// A part of a currency; so many make one.
    Coin { coin: &'static str, code: Option<Code>, parts: u16 },
    /// A sign or a code.
    Sign(Code),
    /// `م د`: a million of a currency.
    Million(Code),
}

/// An ISO 4217 code.
pub(crate) type Code = [u8; 3];

/// The currency of a country.
#[derive(Clone, Copy, Debug)]
struct Row {
    country: &'static str,
    noun: &'static str,
    code: Code,
    coins: [Option<(&'static str, u16)>; 2],
}

/// Units, currencies, countries.
#[derive(Debug)]
pub(crate) struct Measures {
    counted: Phrasebook<Counted>,
    adjectives: Phrasebook<u16>,
    names: Phrasebook<u16>,
    rows: Vec<Row>,
    /// The words right behind a number that tell what it counts, or restate it.
    behind: WordFilter,
}

/// Signs and words that make a percentage of the number before them.
pub(crate) const PERCENT: [&str; 8] = ["%", "٪", "بالمئه", "بالمائه", "بالميه", "بالمايه", "بالميئه", "بالمءه"];
/// What stands between a number and the hundred that it is a part of: `خمسة في المئة`.
pub(crate) const OF: [&str; 4] = ["في", "فى", "ب", "من"];
/// `نقطة مئوية`, `50 نقطة أساس`
pub(crate) const POINTS: [&str; 3] = ["نقطه", "نقاط", "نقط"];
/// Opens the brackets in which a number is restated.
pub(crate) const BRACKET: &str = "(";

static MEASURES: LazyLock<Measures> =
    LazyLock::new(|| Measures::read(include_str!("../data/units.txt"), include_str!("../data/currencies.txt")));

impl Measures {
    /// The built-in lexicon.
    pub(crate) fn get() -> &'static Self {
        &MEASURES
    }

    fn read(units: &'static str, currencies: &'static str) -> Self {
        let mut counted = Vec::new();
        for line in units.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, forms)) = line.split_once(": ") else { continue };
            add_forms(&mut counted, forms, Counted::Unit(name));
        }
        let (mut rows, mut adjectives, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for line in currencies.lines().filter(|line| !line.starts_with('#')) {
            if let Some((head, forms)) = line.split_once(": ") {
                let Some(kind) = currency(head) else { continue };
                add_forms(&mut counted, forms, kind);
            } else if let Some(row) = line.strip_prefix("country ") {
                let mut parts = row.split(" | ");
                let (Some(head), Some(adjective), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
                    continue;
                };
                let Some(row) = Row::read(head) else { continue };
                let at = rows.len() as u16;
                rows.push(row);
                adjectives.extend(adjective.split(' ').flat_map(declined).map(|form| (form, at)));
                names.extend(name.split(' ').filter(|name| *name != "_").flat_map(with_proclitics).map(|n| (n, at)));
            }
        }
        let counted = Phrasebook::new(counted, Edge::First);
        let others = PERCENT.into_iter().chain(OF).chain(POINTS).chain([BRACKET]);
        let behind = WordFilter::new(&counted.edges().chain(others.map(hash)).collect::<Vec<_>>());
        Self {
            behind,
            counted,
            adjectives: Phrasebook::new(adjectives, Edge::First),
            names: Phrasebook::new(names, Edge::First),
            rows,
        }
    }

    /// The nouns of units, currencies and coins, by their first form.
    pub(crate) fn nouns(&self) -> impl Iterator<Item = &'static str> + use<> {
        let units = include_str!("../data/units.txt").lines();
        let currencies = include_str!("../data/currencies.txt").lines();
        let currencies = currencies.filter(|line| line.starts_with("noun ") || line.starts_with("coin "));
        let first = |line: &'static str| line.split_once(": ")?.1.split(' ').next();
        units
            .filter(|line| !line.starts_with('#'))
            .chain(currencies)
            .filter_map(first)
            .filter(|form| !form.contains('_'))
    }

    /// Whether the word behind a number may tell what it counts, by its hash: most do not.
    #[inline]
    pub(crate) fn may_follow(&self, hash: u64) -> bool {
        self.behind.may_hold(hash)
    }

    /// What is counted from a token on, and its last token.
    pub(crate) fn counted(&self, doc: &Doc<'_>, token: usize) -> Option<(Counted, usize)> {
        self.counted.from(doc, token)
    }

    /// What a folded word without proclitics counts.
    pub(crate) fn word(&self, folded: &str) -> Option<Counted> {
        self.counted.get(folded)
    }

    /// The country that an adjective at a token names, and its last token.
    pub(crate) fn adjective(&self, doc: &Doc<'_>, token: usize) -> Option<(u16, usize)> {
        self.adjectives.from(doc, token)
    }

    /// The code of a currency's noun in a country.
    pub(crate) fn code_of(&self, noun: &str, country: u16) -> Option<Code> {
        let country = self.rows.get(usize::from(country))?.country;
        self.rows.iter().find(|row| row.country == country && row.noun == noun).map(|row| row.code)
    }

    /// The code of a currency's noun in the country of a document.
    pub(crate) fn code_in(&self, noun: &str, country: Country) -> Option<Code> {
        self.rows.iter().find(|row| row.country == country.code() && row.noun == noun).map(|row| row.code)
    }

    /// The currency and the parts of a coin in a country.
    pub(crate) fn coin_in(&self, coin: &str, country: Country) -> Option<(Code, u16)> {
        let row = self.rows.iter().find(|row| row.country == country.code())?;
        row.coins.iter().flatten().find(|(name, _)| *name == coin).map(|(_, parts)| (row.code, *parts))
    }

    /// The one currency of this noun whose country a document names; `None` when it names none, or several.
    pub(crate) fn named_in(&self, doc: &Doc<'_>, noun: &str) -> Option<Code> {
        let mut found = None;
        let fits = |country: u16| self.rows.get(usize::from(country)).filter(|row| row.noun == noun);
        for row in self.names.all(doc).filter_map(|(country, _)| fits(country)) {
            if found.is_some_and(|code| code != row.code) {
                return None;
            }
            found = Some(row.code);
        }
        found
    }
}

impl Row {
    fn read(head: &'static str) -> Option<Self> {
        let mut words = head.split(' ');
        let (country, noun, code) = (words.next()?, words.next()?, code(words.next()?)?);
        let mut coin = || Some((words.next()?, words.next()?.parse().ok()?));
        Some(Self { country, noun, code, coins: [coin(), coin()] })
    }
}

/// `noun dinar -`, `coin fils - 1000`, `sign USD`.
fn currency(head: &'static str) -> Option<Counted> {
    let mut words = head.split(' ');
    match words.next()? {
        "noun" => Some(Counted::Noun { noun: words.next()?, code: code(words.next()?) }),
        "coin" => {
            Some(Counted::Coin { coin: words.next()?, code: code(words.next()?), parts: words.next()?.parse().ok()? })
        }
        "sign" => code(words.next()?).map(Counted::Sign),
        "million" => code(words.next()?).map(Counted::Million),
        _ => None,
    }
}

fn code(text: &str) -> Option<Code> {
    text.as_bytes().try_into().ok()
}

fn add_forms(counted: &mut Vec<(String, Counted)>, forms: &str, kind: Counted) {
    for form in forms.split(' ') {
        let form = spaced(form);
        if matches!(kind, Counted::Noun { .. } | Counted::Unit(_)) && 3 < form.chars().count() {
            let definite = form.split(' ').map(|word| format!("ال{word}")).collect::<Vec<_>>().join(" ");
            counted.push((definite, kind));
        }
        // `20$` and `د.إ.` may end with a point of their own.
        if form.contains('.') {
            counted.push((format!("{form}."), kind));
        }
        counted.push((form, kind));
    }
}

/// An adjective of nationality in its genders, indefinite and definite.
fn declined(adjective: &str) -> Vec<String> {
    let adjective = spaced(adjective);
    ["", "ة", "ا", "ات"]
        .iter()
        .flat_map(|ending| [format!("{adjective}{ending}"), format!("ال{adjective}{ending}")])
        .collect()
}

fn with_proclitics(name: &str) -> Vec<String> {
    let name = spaced(name);
    let bare = name.strip_prefix("ال").map(|rest| format!("لل{rest}"));
    ["", "و", "ب", "ل", "ف", "وب", "ول"].iter().map(|p| format!("{p}{name}")).chain(bare).collect()
}

impl Counted {
    /// Whether prices in it have three decimals.
    pub(crate) fn has_thousandths(self) -> bool {
        matches!(self, Self::Noun { noun: "dinar", .. })
    }
}

/// The part of a currency's main unit that so many coins of `parts` to one are.
pub(crate) fn main_unit(value: Decimal, parts: u16) -> Option<Decimal> {
    value.checked_div(parts.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_read() {
        let lines = include_str!("../data/currencies.txt").lines();
        for line in lines.filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let fine = match line.strip_prefix("country ") {
                Some(row) => row.split(" | ").count() == 3 && Row::read(row.split(" | ").next().unwrap()).is_some(),
                None => line.split_once(": ").is_some_and(|(head, _)| currency(head).is_some()),
            };
            assert!(fine, "{line}");
        }
        for line in include_str!("../data/units.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            assert!(line.contains(": "), "{line}");
        }
    }

    #[test]
    fn look_ups() {
        let measures = Measures::get();
        assert_eq!(measures.word("كيلومترا"), Some(Counted::Unit("kilometer")));
        assert_eq!(measures.word("دولار"), Some(Counted::Noun { noun: "dollar", code: Some(*b"USD") }));
        assert_eq!(measures.code_in("dinar", "TN".parse().unwrap()), Some(*b"TND"));
        assert_eq!(measures.coin_in("fils", "AE".parse().unwrap()), Some((*b"AED", 100)));
    }
}
