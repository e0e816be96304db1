//! Folding with independent switches, for those who need another form than the crate's own.
//!
//! [`fold`](crate::fold) is [`Folding::MATCH`] made fast; lexicons and the analysis use nothing else. A [`Folder`] is for
//! search engines and normalisers that choose for themselves; it reads the same facts from `data/folding.txt`, chained
//! where switches meet (a presentation form of أ is ا with [`Folding::ALEF`], أ without).

use std::borrow::Cow;
use std::ops::{BitOr, Sub};

use khabar_core::Span;

use crate::abbreviations::lines;

/// A set of switches.
///
/// ```
/// use khabar_arabic::{Folder, Folding};
///
/// let folder = Folder::new(Folding::MARKS | Folding::DIGITS);
/// assert_eq!(folder.fold("أَحْمَدُ ١٢"), "أحمد 12");
/// assert_eq!(Folder::new(Folding::SEARCH).fold("Ali قال: «مسؤولة»"), "ali قال: \"مسووله\"");
/// assert_eq!(Folder::new(Folding::MATCH - Folding::MARBUTA).fold("مدرسةٌ"), "مدرسة");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Folding(u16);

impl Folding {
    /// Harakat, tanwin, shadda, sukun, combining hamza and madda, superscript alef: dropped.
    pub const MARKS: Self = Self(1);
    /// Honorifics and Quranic signs of pause and recitation: dropped.
    pub const QURANIC: Self = Self(1 << 1);
    /// The letter stretcher `ـ`: dropped.
    pub const TATWEEL: Self = Self(1 << 2);
    /// `أ إ آ ٱ` to `ا`.
    pub const ALEF: Self = Self(1 << 3);
    /// `ؤ` to `و`, `ئ` to `ي`, `ء` dropped.
    pub const HAMZA: Self = Self(1 << 4);
    /// `ى` to `ي`.
    pub const MAQSURA: Self = Self(1 << 5);
    /// `ة` to `ه`.
    pub const MARBUTA: Self = Self(1 << 6);
    /// Persian, Urdu and Uyghur letters to their Arabic neighbours.
    pub const PERSIAN: Self = Self(1 << 7);
    /// Digits of both Arabic blocks to ASCII.
    pub const DIGITS: Self = Self(1 << 8);
    /// Arabic and typographic punctuation to ASCII.
    pub const PUNCTUATION: Self = Self(1 << 9);
    /// Bidi and zero-width controls, the byte order mark: dropped.
    pub const CONTROLS: Self = Self(1 << 10);
    /// Presentation forms B with their ligatures to letters, as NFKC does.
    pub const FORMS: Self = Self(1 << 11);
    /// A letter and a combining hamza or madda to one letter, as NFC does.
    pub const COMPOSE: Self = Self(1 << 12);
    /// Other scripts to lower case.
    pub const CASE: Self = Self(1 << 13);

    /// Nothing is changed.
    pub const NONE: Self = Self(0);
    /// The crate's own form, which tells apart what different words are: for lexicons.
    pub const MATCH: Self = Self(
        Self::MARKS.0
            | Self::QURANIC.0
            | Self::TATWEEL.0
            | Self::ALEF.0
            | Self::MAQSURA.0
            | Self::MARBUTA.0
            | Self::PERSIAN.0
            | Self::DIGITS.0
            | Self::CONTROLS.0
            | Self::FORMS.0,
    );
    /// Everything, for recall.
    pub const SEARCH: Self = Self((1 << 14) - 1);
    /// One spelling for what looks the same, no letter changed: marks stay, as do hamza, ى and ة.
    pub const CLEAN: Self = Self(Self::TATWEEL.0 | Self::CONTROLS.0 | Self::FORMS.0 | Self::COMPOSE.0);

    /// Whether all switches of `other` are on.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The switch of this name in `data/folding.txt`.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "marks" => Self::MARKS,
            "quranic" => Self::QURANIC,
            "tatweel" => Self::TATWEEL,
            "alef" => Self::ALEF,
            "hamza" => Self::HAMZA,
            "maqsura" => Self::MAQSURA,
            "marbuta" => Self::MARBUTA,
            "persian" => Self::PERSIAN,
            "digits" => Self::DIGITS,
            "punctuation" => Self::PUNCTUATION,
            "controls" => Self::CONTROLS,
            "forms" => Self::FORMS,
            "compose" => Self::COMPOSE,
            _ => return None,
        })
    }
}

impl BitOr for Folding {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Sub for Folding {
    type Output = Self;

    /// The switches of `self` that are not in `other`.
    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// A character whose folded form has another length; between breaks both texts advance byte by byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// Bytes of the folded text; empty where something is dropped.
    pub folded: Span,
    /// Bytes of the original text.
    pub original: Span,
}

/// The byte of the original text that a byte of the folded text comes from; `breaks` are as [`Folder::fold_into`] gives
/// them. A place inside of what one character became is that character's start.
pub fn original_of(breaks: &[Break], folded: usize) -> usize {
    let after = breaks.partition_point(|b| b.folded.start as usize <= folded);
    match after.checked_sub(1).map(|at| breaks[at]) {
        None => folded,
        Some(last) if folded < last.folded.end as usize => last.original.start as usize,
        Some(last) => last.original.end as usize + (folded - last.folded.end as usize),
    }
}

/// Folds text by a set of switches.
#[derive(Clone, Debug)]
pub struct Folder {
    folding: Folding,
    /// Sorted by character.
    changes: Vec<(char, Box<str>)>,
    /// A letter, the mark after it, and what the two become, already folded.
    pairs: Vec<(char, char, Box<str>)>,
}

impl Folder {
    /// A folder for these switches.
    pub fn new(folding: Folding) -> Self {
        let mut folder = Self { folding, changes: Vec::new(), pairs: Vec::new() };
        let mut pairs = Vec::new();
        for line in lines(include_str!("../data/folding.txt")) {
            let mut columns = line.split('\t');
            let (Some(name), Some(from), Some(to)) = (columns.next(), columns.next(), columns.next()) else { continue };
            if !Folding::named(name).is_some_and(|switch| folding.has(switch)) {
                continue;
            }
            let mut both = from.chars();
            match (both.next(), both.next(), both.next()) {
                (Some(letter), Some(mark), None) if name == "compose" => pairs.push((letter, mark, to)),
                _ => folder.change(from, to),
            }
        }
        folder.changes.sort_by_key(|(c, _)| *c);
        // What something becomes may itself be changed; no chain is longer than two.
        for at in 0..folder.changes.len() {
            let to = folder.chars(&folder.changes[at].1);
            folder.changes[at].1 = to;
        }
        folder.pairs = pairs.into_iter().map(|(letter, mark, to)| (letter, mark, folder.chars(to))).collect();
        folder
    }

    fn change(&mut self, from: &str, to: &str) {
        let (first, last) = from.split_once("..").unwrap_or((from, from));
        if let (Some(first), Some(last)) = (character(first), character(last)) {
            for (value, c) in (first..=last).enumerate() {
                let to = match to {
                    "-" => Box::from(""),
                    "0" => value.to_string().into(),
                    _ => to.into(),
                };
                self.changes.push((c, to));
            }
        }
    }

    fn chars(&self, text: &str) -> Box<str> {
        text.chars().fold(String::new(), |text, c| text + self.changed(c).unwrap_or(c.encode_utf8(&mut [0; 4]))).into()
    }

    fn changed(&self, c: char) -> Option<&str> {
        if c.is_ascii() {
            return None;
        }
        let at = self.changes.binary_search_by_key(&c, |(from, _)| *from).ok()?;
        Some(&self.changes[at].1)
    }

    /// The folded form of a text; borrowed when nothing changes.
    pub fn fold<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let (mut folded, mut breaks) = (String::new(), Vec::new());
        self.fold_into(text, &mut folded, &mut breaks);
        if folded == text { Cow::Borrowed(text) } else { Cow::Owned(folded) }
    }

    /// Appends the folded form of a text, and the breaks between the two, in bytes of what is appended and of `text`.
    /// [`original_of`] finds the way back.
    pub fn fold_into(&self, text: &str, folded: &mut String, breaks: &mut Vec<Break>) {
        let start = folded.len();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let pair = chars.peek().and_then(|(_, mark)| {
                self.pairs.iter().find(|(letter, other, _)| (*letter, *other) == (c, *mark)).map(|(.., to)| &**to)
            });
            let before = folded.len();
            let end = if pair.is_some() {
                chars.next();
                chars.peek().map_or(text.len(), |(at, _)| *at)
            } else {
                at + c.len_utf8()
            };
            match pair.or_else(|| self.changed(c)) {
                Some(to) => folded.push_str(to),
                None if self.folding.has(Folding::CASE) => folded.extend(c.to_lowercase()),
                None => folded.push(c),
            }
            if folded.len() - before != end - at {
                let folded = Span::from(before - start..folded.len() - start);
                breaks.push(Break { folded, original: Span::from(at..end) });
            }
        }
    }
}

fn character(text: &str) -> Option<char> {
    match text.strip_prefix("U+") {
        Some(hex) => u32::from_str_radix(hex, 16).ok().and_then(char::from_u32),
        None => text.chars().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_profile_of_the_crate_is_its_folding() {
        let folder = Folder::new(Folding::MATCH);
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(folder.fold(&text), crate::fold(&text), "{c:?} U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn switches_are_independent() {
        let fold = |folding, text| Folder::new(folding).fold(text).into_owned();
        assert_eq!(fold(Folding::FORMS, "ﻷﺣﻤﺪ"), "لأحمد");
        assert_eq!(fold(Folding::FORMS | Folding::ALEF, "ﻷﺣﻤﺪ"), "لاحمد");
        assert_eq!(fold(Folding::COMPOSE, "ا\u{654}حمد"), "أحمد");
        assert_eq!(fold(Folding::CLEAN, "مسـؤولٌ\u{200f}"), "مسؤولٌ");
        assert!(matches!(Folder::new(Folding::NONE).fold("أَ"), Cow::Borrowed("أَ")));
    }

    proptest! {
        #[test]
        fn breaks_lead_back(text in "[\u{600}-\u{6ff}\u{fe80}-\u{fefc}\u{640}\u{654}a-zA-Z ]{0,30}") {
            let folder = Folder::new(Folding::SEARCH);
            let (mut folded, mut breaks) = (String::new(), Vec::new());
            folder.fold_into(&text, &mut folded, &mut breaks);
            let mut last = 0;
            for at in (0..=folded.len()).filter(|at| folded.is_char_boundary(*at)) {
                let original = original_of(&breaks, at);
                prop_assert!(text.is_char_boundary(original) && last <= original);
                last = original;
            }
            prop_assert_eq!(original_of(&breaks, folded.len()), text.len());
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[\u{600}-\u{6ff}\u{fe80}-\u{fefc}\u{640}a-z0-9 ]{0,30}", bits in 0_u16..1 << 12) {
            let folder = Folder::new(Folding(bits));
            let once = folder.fold(&text).into_owned();
            let twice = folder.fold(&once).into_owned();
            prop_assert_eq!(twice, once);
        }
    }
}
