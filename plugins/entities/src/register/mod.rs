//! The register of the world: tens of thousands of places, bodies and events by their names, read where the file lies.
//!
//! `cargo xtask register` compiles the lists of `data/register/` into `world.khr` ([`compile`]). `World` answers which names
//! begin with a word and go on with others. When a program starts, nothing is built but the filter.

mod compile;

use crate::kind::Kind;
pub use compile::{RegisterList, compile};

const MAGIC: [u8; 8] = *b"KHABARWR";
const VERSION: u32 = 1;
/// Magic, version, four counts.
const HEADER: usize = 8 + 5 * 4;
const FIRST: usize = 8 + 4;
const NAME: usize = 20;
/// Words of the filter: 131,072 bits for some 11,000 first words.
const FILTER: usize = 1 << 11;

/// The kinds that a register may have, by their numbers in the file.
const KINDS: [Kind; 7] = [Kind::Person, Kind::Org, Kind::Gpe, Kind::Loc, Kind::Fac, Kind::Event, Kind::Product];
/// A name that counts only where something says that it is one.
const WEAK: u8 = 1;

/// A register file. Its bytes come from [`compile`] and are a part of the program: what does not fit is read as nothing, and a
/// test reads all of it.
#[derive(Clone, Debug)]
pub(crate) struct World {
    firsts: &'static [u8],
    names: &'static [u8],
    words: &'static [u8],
    text: &'static str,
    /// A bit for the upper bits of each first word's hash: most words of a text are none, and are sent away here.
    filter: [u64; FILTER],
}

/// What the register says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WorldName {
    /// Its number.
    pub(crate) number: u32,
    /// How many words follow the first.
    pub(crate) more: usize,
    pub(crate) kind: Kind,
    pub(crate) is_weak: bool,
}

/// The lists that the register is made of, in this order, which is that of their numbers: of one name the first counts.
pub const LISTS: [&str; 4] = [
    "plugins/entities/data/register/curated.tsv",
    "plugins/entities/data/register/places.tsv",
    "plugins/entities/data/register/facilities.tsv",
    "plugins/entities/data/register/organisations.tsv",
];

/// The register that is built in.
pub(crate) static WORLD_FILE: &[u8] = include_bytes!("../../data/register/world.khr");

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

impl World {
    /// Reads a register; an empty one where the bytes are none.
    pub(crate) fn new(bytes: &'static [u8]) -> Self {
        let mut world =
            Self::parse(bytes).unwrap_or(Self { firsts: &[], names: &[], words: &[], text: "", filter: [0; FILTER] });
        for first in 0..world.len() {
            let (word, bit) = place(u64_at(world.firsts, first * FIRST));
            world.filter[word] |= bit;
        }
        world
    }

    fn parse(bytes: &'static [u8]) -> Option<Self> {
        if bytes.get(..8)? != MAGIC || u32_at(bytes, 8) != VERSION {
            return None;
        }
        let count = |at: usize| u32_at(bytes, 12 + at * 4) as usize;
        let mut from = HEADER;
        let mut take = |len: usize| {
            let part = bytes.get(from..from.checked_add(len)?);
            from += len;
            part
        };
        let firsts = take(count(0) * FIRST)?;
        let (names, words) = (take(count(1) * NAME)?, take(count(2) * 4)?);
        Some(Self { firsts, names, words, text: std::str::from_utf8(take(count(3))?).ok()?, filter: [0; FILTER] })
    }

    /// How many first words there are.
    pub(crate) fn len(&self) -> usize {
        self.firsts.len() / FIRST
    }

    /// The number of a first word, by its hash.
    pub(crate) fn first(&self, hash: u64) -> Option<u32> {
        let (word, bit) = place(hash);
        if self.filter[word] & bit == 0 {
            return None;
        }
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match u64_at(self.firsts, middle * FIRST).cmp(&hash) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return u32::try_from(middle).ok(),
            }
        }
        None
    }

    /// The names that begin with a first word.
    fn names_of(&self, first: u32) -> std::ops::Range<usize> {
        let start = |first: usize| {
            if first < self.len() { u32_at(self.firsts, first * FIRST + 8) as usize } else { self.names.len() / NAME }
        };
        start(first as usize)..start(first as usize + 1)
    }

    fn name_bytes(&self, number: usize) -> &'static [u8] {
        self.names.get(number * NAME..(number + 1) * NAME).unwrap_or_default()
    }

    /// The hashes of the words behind the first, 32 bits each.
    fn rest(&self, name: &[u8]) -> impl ExactSizeIterator<Item = u32> + use<> {
        let (from, len) = (u32_at(name, 0) as usize, usize::from(name.get(4).copied().unwrap_or(0)));
        let words = self.words.get(from * 4..(from + len) * 4).unwrap_or_default();
        words.chunks_exact(4).map(|word| u32_at(word, 0))
    }

    /// The longest name that begins with a first word and goes on with the hashes of these words, and for which something
    /// holds.
    pub(crate) fn longest(
        &self,
        first: u32,
        words: impl Iterator<Item = u64>,
        holds: impl Fn(&WorldName) -> bool,
    ) -> Option<WorldName> {
        let range = self.names_of(first);
        let mut words = words.map(|word| word as u32);
        let mut depth = 0;
        // Names are sorted by their further words, so those that begin with what was read stand together.
        let (mut range, mut best) = (range, None);
        while !range.is_empty() {
            let name = self.name_bytes(range.start);
            if self.rest(name).len() == depth {
                let found = self.at(range.start, depth);
                if holds(&found) {
                    best = Some(found);
                }
                range.start += 1;
                continue;
            }
            let Some(next) = words.next() else { break };
            let word_at = |number: usize| self.rest(self.name_bytes(number)).nth(depth).unwrap_or(0);
            let from = partition(range.clone(), |number| word_at(number) < next);
            let to = partition(from..range.end, |number| word_at(number) <= next);
            range = from..to;
            depth += 1;
        }
        best
    }

    fn at(&self, number: usize, more: usize) -> WorldName {
        let name = self.name_bytes(number);
        let kind = name.get(5).and_then(|kind| KINDS.get(usize::from(*kind))).copied().unwrap_or(Kind::Misc);
        WorldName { number: number as u32, more, kind, is_weak: name.get(6).is_some_and(|flags| flags & WEAK != 0) }
    }

    /// The kind of a name.
    pub(crate) fn kind(&self, number: u32) -> Kind {
        self.at(number as usize, 0).kind
    }

    /// The usual name of the thing that a name means.
    pub(crate) fn usual(&self, number: u32) -> &'static str {
        let at = u32_at(self.name_bytes(number as usize), 12) as usize;
        let rest = self.text.get(at..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    /// Appends the id of the thing: a Wikidata or GeoNames id. Whether there is one.
    pub(crate) fn push_id(&self, number: u32, id: &mut String) -> bool {
        let packed = u32_at(self.name_bytes(number as usize), 8);
        let prefix = match packed >> 30 {
            1 => "Q",
            2 => "geonames:",
            _ => return false,
        };
        id.push_str(prefix);
        id.push_str(&(packed & (u32::MAX >> 2)).to_string());
        true
    }

    /// The line of a name, and the number of its list.
    pub(crate) fn line(&self, number: u32) -> (u8, u32) {
        let name = self.name_bytes(number as usize);
        (name.get(7).copied().unwrap_or(0), u32_at(name, 16))
    }
}

/// The place of a hash in the filter.
const fn place(hash: u64) -> (usize, u64) {
    let bits = (hash >> 47) as usize;
    (bits / 64, 1 << (bits % 64))
}

/// The first of a range for which something does not hold, which holds for all before it.
fn partition(range: std::ops::Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use khabar_arabic::{fold, hash};

    use super::*;

    fn world(list: &str) -> World {
        let list = RegisterList { file: "data/register/a.tsv".into(), text: list.into() };
        World::new(compile(&[list]).expect("a list").leak())
    }

    fn find(world: &World, text: &str) -> Option<(usize, Kind, String)> {
        let hashes: Vec<u64> = text.split(' ').map(|word| hash(&fold(word))).collect();
        let found = world.longest(world.first(hashes[0])?, hashes[1..].iter().copied(), |name| !name.is_weak)?;
        let mut id = String::new();
        world.push_id(found.number, &mut id);
        Some((found.more, found.kind, format!("{id} {}", world.usual(found.number))))
    }

    #[test]
    fn the_longest_name_counts() {
        let world = world(
            "بني سويف\tgpe\tQ1\t\nبني\tgpe\t\tweak\nبني ملال\tgpe\tgeonames:7\t\nبني ملال خنيفرة\tgpe\tQ2\t\nوادي بني خالد\tloc\t\t\n",
        );
        assert_eq!(find(&world, "بني سويف أمس"), Some((1, Kind::Gpe, "Q1 بني سويف".into())));
        assert_eq!(find(&world, "بني ملال أمس"), Some((1, Kind::Gpe, "geonames:7 بني ملال".into())));
        assert_eq!(find(&world, "بني ملال خنيفرة"), Some((2, Kind::Gpe, "Q2 بني ملال خنيفرة".into())));
        assert_eq!(find(&world, "وادي بني خالد"), Some((2, Kind::Loc, " وادي بني خالد".into())));
        assert_eq!((find(&world, "بني وطني"), find(&world, "وادي")), (None, None), "weak, or cut");
        assert_eq!(world.line(0), (0, 2));
    }

    #[test]
    fn the_built_in_register_is_read() {
        let world = World::new(WORLD_FILE);
        assert!(5_000 < world.len(), "{}", world.len());
        assert_eq!(find(&world, "بني سويف").map(|found| (found.0, found.1)), Some((1, Kind::Gpe)));
        for number in 0..world.names.len() / NAME {
            let number = number as u32;
            assert!(!world.usual(number).is_empty() && world.kind(number) != Kind::Misc, "{number}");
        }
    }

    #[test]
    fn the_built_in_register_is_what_the_lists_give() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let list = |file: &&str| RegisterList {
            file: (*file).to_owned(),
            text: std::fs::read_to_string(format!("{root}/{file}")).expect("a list"),
        };
        let lists: Vec<RegisterList> = LISTS.iter().map(list).collect();
        assert!(compile(&lists).as_deref() == Ok(WORLD_FILE), "run `cargo xtask register`");
    }

    /// The plain twin of the filter and the search: the lists themselves.
    #[test]
    fn every_name_of_the_lists_is_found() {
        let world = World::new(WORLD_FILE);
        let mut analysis = khabar_arabic::Analysis::default();
        for file in LISTS {
            let path = format!("{}/../../{file}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).expect("a list");
            for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
                analysis.analyze(line.split('\t').next().expect("a name"));
                let (first, rest) =
                    analysis.hashes()[..analysis.tokens().len()].split_first().expect("a name has words");
                let first = world.first(*first).expect(line);
                let found = world.longest(first, rest.iter().copied(), |name| name.more == rest.len());
                assert!(found.is_some(), "{line}");
            }
        }
        assert_eq!(world.first(hash("\u{621}\u{621}")), None);
    }

    #[test]
    fn damaged_bytes_are_an_empty_register() {
        for bytes in [&b""[..], b"KHABARWR", &WORLD_FILE[..WORLD_FILE.len() - 1]] {
            assert_eq!(World::new(bytes.to_vec().leak()).len(), 0);
        }
    }
}
