//! The table in which known words are looked up, by the hash that every token carries.

use std::collections::{BTreeMap, BTreeSet};

use khabar_arabic::{WordFilter, frequency, hash};

use crate::facts::Facts;
use crate::lexicon::Entry;
use crate::tags::Tagged;

/// All words that are known, behind a filter that turns most others away.
///
/// Whoever looks up every word of a text waits for memory and for branches that no processor foresees more than for
/// anything else, and takes the caches from those who come after. So the filter is 8 KiB, the table 32 KiB, frequent words
/// stand together, every word stands where it is looked for first, what most words are stands in a list of its own, and the
/// sizes are fixed, so that no look-up asks whether it is within bounds. The table holds parts of hashes, not words: one word
/// in a hundred millions that are not known is misread, and so is a word of a text made for that.
pub(crate) struct Lexicon {
    filter: WordFilter,
    /// By the upper bits of a word's hash: what to mix into the hash so that no two words have one slot.
    pilots: Box<[u16; SLOTS >> PILOTED]>,
    /// [`TAG`] bits of a word's hash and the number of its entry.
    slots: Box<[u32; SLOTS]>,
    /// What words are; many words are the same. The first is no word's.
    entries: Vec<Entry>,
    /// Of each entry what its words are as they are spelled as a rule.
    plain: Box<[Tagged; ENTRIES]>,
    /// Of each entry what its words are behind proclitics, spelled as a rule; nothing where they do not stand there.
    behind: Box<[Facts; ENTRIES]>,
}

/// A word that is to be placed.
#[derive(Clone, Copy)]
struct Word {
    key: u64,
    /// The number of its entry.
    number: u32,
    is_frequent: bool,
}

/// The first slots, 4 KiB that caches keep, are for half as many frequent words, those of [`frequency`]. 88 of 100 known words
/// of a text stand there (351,556 of 400,000 in the ANT corpus).
const FREQUENT_SLOTS: usize = SLOTS / 8;

/// Room for words: a fifth of it has to stay free, or no pilots are found.
const SLOTS: usize = 1 << 13;

/// Words for each pilot, as a power of two: with fewer, a pilot that keeps all of its words apart is found sooner.
const PILOTED: u32 = 3;

/// Room for entries.
const ENTRIES: usize = 1 << 9;

/// Bits of a slot that are of a word's hash; the others hold the number of its entry.
const TAG: u32 = !(ENTRIES as u32 - 1);

impl Lexicon {
    /// A table of folded words.
    pub(crate) fn new(words: &BTreeMap<String, Entry>) -> Self {
        let keys: Vec<u64> = words.keys().map(|word| hash(word)).collect();
        let mut lexicon = Self {
            filter: WordFilter::new(&keys),
            pilots: Box::new([0; SLOTS >> PILOTED]),
            slots: Box::new([0; SLOTS]),
            entries: vec![Entry::default()],
            plain: Box::new([Tagged::WORD; ENTRIES]),
            behind: Box::new([Facts::NONE; ENTRIES]),
        };
        let mut frequent: Vec<(u32, u64)> = words.keys().map(|word| (frequency(word), hash(word))).collect();
        frequent.sort_unstable_by(|a, b| b.cmp(a));
        let frequent: BTreeSet<u64> = frequent.iter().map(|(_, key)| *key).take(FREQUENT_SLOTS / 2).collect();
        let mut piloted: Vec<Vec<Word>> = vec![Vec::new(); SLOTS >> PILOTED];
        for (key, entry) in keys.iter().zip(words.values()) {
            let number = lexicon.number_of(entry);
            piloted[pilot(*key)].push(Word { key: *key, number, is_frequent: frequent.contains(key) });
        }
        // Those with the most frequent words choose first, then those with the most words.
        let mut order: Vec<usize> = (0..piloted.len()).collect();
        let frequent = |words: &[Word]| words.iter().filter(|word| word.is_frequent).count();
        order.sort_by_key(|at| std::cmp::Reverse((frequent(&piloted[*at]), piloted[*at].len())));
        order.iter().for_each(|at| lexicon.place(*at, &piloted[*at]));
        let Self { entries, plain, behind, .. } = &mut lexicon;
        for ((entry, plain), behind) in entries.iter().zip(plain.iter_mut()).zip(behind.iter_mut()) {
            let facts = entry.facts(Facts::NONE, "");
            *plain = Tagged::new(Facts::WORD.with(facts).with(entry.whole)).short_if(entry.is_letter);
            *behind = facts.when(entry.stands_behind());
        }
        lexicon
    }

    /// The number of an entry, which is added if it is new.
    fn number_of(&mut self, entry: &Entry) -> u32 {
        let known = self.entries.iter().position(|known| known == entry);
        let number = known.unwrap_or_else(|| {
            self.entries.push(*entry);
            self.entries.len() - 1
        });
        number as u32
    }

    /// Finds the pilot with which words have slots of their own, the frequent ones among the first, and puts them there.
    fn place(&mut self, pilot: usize, words: &[Word]) {
        // If no pilot has the frequent words among the first slots, they stand anywhere.
        for first_slots in [FREQUENT_SLOTS, SLOTS] {
            for candidate in 0..=u16::MAX {
                self.pilots[pilot] = candidate;
                let slot = |word: &Word| {
                    let slot = self.place_of(word.key);
                    let limit = if word.is_frequent { first_slots } else { SLOTS };
                    Some(slot).filter(|slot| *slot < limit && self.slots[*slot] == 0)
                };
                let Some(slots) = words.iter().map(slot).collect::<Option<Vec<usize>>>() else { continue };
                if (1..slots.len()).any(|at| slots[..at].contains(&slots[at])) {
                    continue;
                }
                for (word, slot) in words.iter().zip(slots) {
                    self.slots[slot] = word.key as u32 & TAG | word.number;
                }
                return;
            }
        }
    }

    /// Where the slot of a word is.
    #[inline]
    fn place_of(&self, key: u64) -> usize {
        // Odd constants with as many ones as zeros: each bit of the pilot reaches the upper ones of the product.
        let pilot = u64::from(self.pilots[pilot(key)]).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (key ^ pilot).wrapping_mul(0xa076_1d64_78bd_642f);
        (mixed >> 40) as usize % SLOTS
    }

    /// Whether a folded word whose hash is `key` may be known; `false` is certain.
    #[inline]
    pub(crate) fn may_know(&self, key: u64) -> bool {
        self.filter.may_hold(key)
    }

    /// The same of 64 words, a bit each.
    #[inline]
    pub(crate) fn among(&self, keys: &[u64]) -> u64 {
        self.filter.among(keys)
    }

    /// The number of the entry of a folded word whose hash is `key`: 0 if the only slot where it may be is another's.
    #[inline]
    fn number(&self, key: u64) -> usize {
        let slot = self.slots[self.place_of(key)] ^ key as u32 & TAG;
        if slot & TAG == 0 { slot as usize % ENTRIES } else { 0 }
    }

    /// What a folded word is whose hash is `key`, as it stands, spelled as it is as a rule.
    #[inline]
    pub(crate) fn plain(&self, key: u64) -> Tagged {
        self.plain[self.number(key)]
    }

    /// What a folded word is whose hash is `key` behind proclitics, which are still to be added; nothing if it does not
    /// stand there.
    #[inline]
    pub(crate) fn behind(&self, key: u64) -> Facts {
        self.behind[self.number(key)]
    }

    /// What is known of a folded word whose hash is `key`.
    pub(crate) fn get(&self, key: u64) -> Option<&Entry> {
        if self.may_know(key) { self.entries.get(self.number(key)) } else { None }
    }
}

/// Which pilot is a word's.
#[inline]
const fn pilot(key: u64) -> usize {
    (key >> 32) as usize % (SLOTS >> PILOTED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::LEXICON;

    #[test]
    fn every_word_is_found() {
        let entries = [Facts::THAT, Facts::ROLE, Facts::BODY].map(|classes| Entry { classes, ..Entry::default() });
        for len in [0, 1, 7, 6_000] {
            let words: BTreeMap<String, Entry> = (0..len).map(|n| (format!("كلمة{n}"), entries[n % 3])).collect();
            let lexicon = Lexicon::new(&words);
            for (word, entry) in &words {
                assert_eq!(lexicon.get(hash(word)), Some(entry), "{word} of {len}");
            }
            let nothing = |entry: &Entry| *entry == Entry::default();
            let others = (0..1_000).map(|n| hash(&format!("غير{n}")));
            assert_eq!(others.filter_map(|key| lexicon.get(key)).find(|entry| !nothing(entry)), None, "{len}");
        }
    }

    #[test]
    fn there_is_room() {
        assert!(LEXICON.entries.len() <= ENTRIES);
        let words = LEXICON.slots.iter().filter(|slot| **slot != 0).count();
        assert!(words <= SLOTS * 4 / 5, "{words} words");
        let first = |word: &str| LEXICON.place_of(hash(word)) < FREQUENT_SLOTS;
        assert!(["في", "من", "علي", "قال", "ان"].into_iter().all(first));
    }
}
