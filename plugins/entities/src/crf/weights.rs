//! The table of features: int8 weights by hash, read where they lie.
//!
//! Features that differ in their place alone are one family, and one entry: a mask of the places that have weights, and where
//! their rows begin. Slots stand in groups of eight. A group's eight tags of one byte are compared at once, so that a family
//! which is not there, as most are, costs one read of an array that stays in the processor's cache.

use std::collections::HashMap;

use khabar_arabic::prefetch;

use super::features::{family, place};
use super::labels::N;

/// The weights of a feature for every label but `O`, less that of `O`.
pub type Weights = [i8; N - 1];

/// Sums of weights.
pub type Row = [i16; N - 1];

/// Slots of a group.
const GROUP: usize = 8;
/// Filled slots of a group on average: with fewer, groups overflow less often and the tags fill more of the cache.
const LOAD: usize = 5;
/// Bytes of an entry: 7 bits that the family's hash must have too, 5 for the places, 20 for the first row.
const ENTRY: usize = 4;
const PLACES_SHIFT: u32 = 20;
const CHECK_SHIFT: u32 = 25;

/// The most features that a table holds.
pub const MOST_FEATURES: usize = 1 << PLACES_SHIFT;

/// The sections of a table in a file: tags, entries, rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Sections {
    pub(super) tags: Vec<u8>,
    pub(super) entries: Vec<u8>,
    pub(super) rows: Vec<u8>,
}

/// A table lent from a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Table<'a> {
    tags: &'a [[u8; GROUP]],
    entries: &'a [[[u8; ENTRY]; GROUP]],
    rows: &'a [Weights],
}

impl<'a> Table<'a> {
    /// A table over the sections of a file; none if their sizes do not agree.
    pub(super) fn new(tags: &'a [u8], entries: &'a [u8], rows: &'a [u8]) -> Option<Self> {
        let (tags, tail) = tags.as_chunks();
        let (flat, rest) = entries.as_chunks();
        let (entries, odd) = flat.as_chunks();
        let (rows, last) = bytemuck::must_cast_slice::<u8, i8>(rows).as_chunks();
        let whole = tail.is_empty() && rest.is_empty() && odd.is_empty() && last.is_empty();
        (whole && tags.len() == entries.len()).then_some(Self { tags, entries, rows })
    }

    /// The group at which the search for a family begins.
    #[inline]
    fn group(&self, family: u64) -> usize {
        (((family >> 32) * self.tags.len() as u64) >> 32) as usize
    }

    /// Looks many families up and notes in `found` those that are there, by their number in the list.
    ///
    /// The reads of one family wait for each other (tags, entry, rows), those of different families do not. So the list is gone
    /// over once for each kind of read, and memory is asked for that the next loop reads: the processor then has many reads
    /// under way at once.
    pub(super) fn find_all(&self, families: &[u64], found: &mut Vec<Found>) {
        families.iter().for_each(|family| prefetch(self.tags, self.group(*family)));
        found.clear();
        found.resize(families.len(), Found::default());
        let mut candidates = 0;
        for (number, family) in families.iter().enumerate() {
            let group = self.group(*family);
            let tags = self.tags_of(group);
            let same = same_bytes(tags, tag(*family));
            // A family whose group is full may be in the next one.
            let may_be = (same != 0) | (same_bytes(tags, 0) == 0);
            let slot = same.trailing_zeros() as usize / 8;
            prefetch(self.entries, group);
            found[candidates] = Found { number: number as u32, entry: (group * GROUP + slot) as u32 };
            candidates += usize::from(may_be);
        }
        let mut kept = 0;
        for at in 0..candidates {
            let Found { number, entry: slot } = found[at];
            let (group, slot) = (slot as usize / GROUP, slot as usize % GROUP);
            let entry = self.entries.get(group).map_or(0, |entries| u32::from_le_bytes(entries[slot]));
            let family = families[number as usize];
            let same = same_bytes(self.tags_of(self.group(family)), tag(family));
            let first = same != 0 && entry >> CHECK_SHIFT == check(family);
            // Others with the tag stand before the family, or it stands in another group.
            if let Some(entry) = if first { Some(entry) } else { self.entry(family) } {
                prefetch(self.rows, entry as usize & (MOST_FEATURES - 1));
                found[kept] = Found { number, entry };
                kept += 1;
            }
        }
        found.truncate(kept);
    }

    /// The family that was found.
    #[inline]
    pub(super) fn family(&self, found: Found) -> Family<'a> {
        self.family_of(found.entry)
    }

    #[inline]
    fn tags_of(&self, group: usize) -> [u8; GROUP] {
        self.tags.get(group).copied().unwrap_or_default()
    }

    #[inline]
    fn family_of(&self, entry: u32) -> Family<'a> {
        let rows = self.rows.get(entry as usize & (MOST_FEATURES - 1)..).unwrap_or_default();
        Family { places: (entry >> PLACES_SHIFT) as u8 & 31, rows }
    }

    /// The entry of a family.
    #[inline]
    fn entry(&self, family: u64) -> Option<u32> {
        let mut group = self.group(family);
        for _ in 0..self.tags.len() {
            let tags = self.tags_of(group);
            let mut same = same_bytes(tags, tag(family));
            while same != 0 {
                let slot = same.trailing_zeros() as usize / 8;
                let entry = u32::from_le_bytes(*self.entries.get(group)?.get(slot)?);
                if entry >> CHECK_SHIFT == check(family) && tags[slot] == tag(family) {
                    return Some(entry);
                }
                same &= same - 1;
            }
            if same_bytes(tags, 0) != 0 {
                return None;
            }
            group = if group + 1 == self.tags.len() { 0 } else { group + 1 };
        }
        None
    }

    /// The places of a family and its rows in their order.
    pub(super) fn find(&self, family: u64) -> Option<Family<'a>> {
        self.entry(family).map(|entry| self.family_of(entry))
    }

    /// The weights of a feature, zero if it is not known.
    pub(super) fn weights(&self, feature: u64) -> Weights {
        let mut found = [0; N - 1];
        if let Some(family) = self.find(family(feature)) {
            family.each(|at, weights| {
                if at == place(feature) {
                    found = *weights;
                }
            });
        }
        found
    }
}

/// A family that [`Table::find_all`] found.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// Its number in the list that was looked up.
    pub(super) number: u32,
    /// Its entry; while it is looked for, the first slot that may hold it.
    entry: u32,
}

/// What one value says to the labels around it.
#[derive(Clone, Copy)]
pub(super) struct Family<'a> {
    places: u8,
    rows: &'a [Weights],
}

impl Family<'_> {
    /// Calls `f` with each place that has weights, and these.
    #[inline]
    pub(super) fn each(self, mut f: impl FnMut(usize, &Weights)) {
        let mut places = self.places;
        for row in self.rows {
            if places == 0 {
                return;
            }
            f(places.trailing_zeros() as usize, row);
            places &= places - 1;
        }
    }
}

/// Adds weights to sums.
#[inline]
pub(super) fn add_weights(weights: &Weights, sum: &mut Row) {
    *sum = std::array::from_fn(|at| sum[at] + i16::from(weights[at]));
}

/// Adds sums to sums.
#[inline]
pub(super) fn add(row: &Row, sum: &mut Row) {
    *sum = std::array::from_fn(|at| sum[at] + row[at]);
}

/// Never 0, which marks an empty slot.
#[inline]
fn tag(family: u64) -> u8 {
    (family as u8).max(1)
}

#[inline]
fn check(family: u64) -> u32 {
    (family >> 16) as u32 & 127
}

/// The highest bit of each byte that is the wanted one; bytes above the first may be marked too.
#[inline]
fn same_bytes(bytes: [u8; GROUP], wanted: u8) -> u64 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(bytes) ^ (LOW * u64::from(wanted));
    word.wrapping_sub(LOW) & !word & (LOW << 7)
}

/// Lays features out: the rows in the order in which families come first, so that those that are seen often can stand
/// together. Of two features with one hash one stays.
pub(super) fn build(features: &[(u64, Weights)]) -> Sections {
    let mut rank: HashMap<u64, usize> = HashMap::new();
    for (at, (feature, _)) in features.iter().enumerate() {
        rank.entry(family(*feature)).or_insert(at);
    }
    let mut sorted: Vec<_> = features.to_vec();
    sorted.sort_by_key(|(feature, _)| (rank.get(&family(*feature)).copied(), place(*feature)));
    sorted.dedup_by_key(|(feature, _)| *feature);
    let families: Vec<&[(u64, Weights)]> = sorted.chunk_by(|a, b| family(a.0) == family(b.0)).collect();
    let groups = families.len().div_ceil(LOAD).max(1);
    let mut sections = Sections { tags: vec![0; groups * GROUP], ..Sections::default() };
    sections.entries.resize(groups * GROUP * ENTRY, 0);
    let mut row = 0;
    for members in families {
        let family = family(members[0].0);
        let mut group = (((family >> 32) * groups as u64) >> 32) as usize;
        let slot = loop {
            let free = sections.tags[group * GROUP..(group + 1) * GROUP].iter().position(|tag| *tag == 0);
            match free {
                Some(free) => break group * GROUP + free,
                None => group = if group + 1 == groups { 0 } else { group + 1 },
            }
        };
        let places = members.iter().fold(0, |places, (feature, _)| places | 1 << place(*feature));
        let entry = check(family) << CHECK_SHIFT | places << PLACES_SHIFT | row as u32;
        sections.tags[slot] = tag(family);
        sections.entries[slot * ENTRY..(slot + 1) * ENTRY].copy_from_slice(&entry.to_le_bytes());
        for (_, weights) in members {
            sections.rows.extend(weights.iter().map(|weight| *weight as u8));
            row += 1;
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_found_and_no_other() {
        let hash = |at: u64| at.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31) & !(7 << 13);
        let feature = |at: u64| hash(at / 3) | (at % 3 + at / 3 % 2) << 13;
        let weights = |at: u64| std::array::from_fn(|label| (at as i8).wrapping_add(label as i8));
        let features: Vec<(u64, Weights)> = (0..5_000).map(|at| (feature(at), weights(at))).collect();
        let Sections { tags, entries, rows } = build(&features);
        let table = Table::new(&tags, &entries, &rows).expect("a table");
        for at in 0..5_000 {
            assert_eq!(table.weights(feature(at)), weights(at), "{at}");
            assert_eq!(table.weights(hash(at / 3) | 4 << 13), [0; N - 1], "{at}");
        }
        let strangers = (5_000..100_000).filter(|at| table.find(hash(*at)).is_some()).count();
        assert!(strangers < 100, "{strangers}");
    }

    #[test]
    fn a_table_of_nothing() {
        let Sections { tags, entries, rows } = build(&[]);
        let table = Table::new(&tags, &entries, &rows).expect("a table");
        assert_eq!(table.weights(7), [0; N - 1]);
        let none = Table::new(&[], &[], &[]).expect("a table");
        assert_eq!(none.weights(7), [0; N - 1]);
        assert!(Table::new(&[0; 8], &[], &[]).is_none());
    }
}
