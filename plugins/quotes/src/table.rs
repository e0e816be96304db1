//! The table in which known words are looked up, by the hash that every token carries.

use std::collections::BTreeMap;

use khabar_arabic::{WordFilter, hash};

use crate::facts::Facts;
use crate::lexicon::Entry;
use crate::tags::Tagged;

/// All words that are known, behind a filter that turns most others away.
///
/// Whoever looks up every word of a text waits for memory and for branches that no processor foresees more than for
/// anything else, and takes the caches from those who come after. So the filter is 8 KiB, the table 32 KiB, every word
/// stands where it is looked for first, and what most words are stands in a list of its own. The table holds parts of
/// hashes, not words: one word in a hundred millions that are not known is misread, and so is a word of a text made for
/// that.
pub(crate) struct Lexicon {
    filter: WordFilter,
    /// By the upper bits of a word's hash: what to mix into the hash so that no two words have one slot.
    pilots: Vec<u16>,
    /// A power of two of them: [`TAG`] bits of a word's hash and the number of its entry.
    slots: Vec<u32>,
    /// What words are; many words are the same. The first is no word's.
    entries: Vec<Entry>,
    /// Of each entry what its words are as they are spelled as a rule.
    plain: Vec<Tagged>,
    /// Of each entry what its words are behind proclitics, spelled as a rule; nothing where they do not stand there.
    behind: Vec<Facts>,
}

/// Bits of a slot that are of a word's hash; the others hold the number of its entry.
const TAG: u32 = 0xffff_fe00;

/// Words for each pilot, as a power of two: with fewer, a pilot that keeps all of its words apart is found sooner.
const PILOTED: u32 = 3;

impl Lexicon {
    /// A table of folded words.
    pub(crate) fn new(words: &BTreeMap<String, Entry>) -> Self {
        let keys: Vec<u64> = words.keys().map(|word| hash(word)).collect();
        let size = (words.len() * 5 / 4).next_power_of_two().max(1 << PILOTED);
        let mut lexicon = Self {
            filter: WordFilter::new(&keys),
            pilots: vec![0; size >> PILOTED],
            slots: vec![0; size],
            entries: vec![Entry::default()],
            plain: Vec::new(),
            behind: Vec::new(),
        };
        let mut piloted: Vec<Vec<(u64, u32)>> = vec![Vec::new(); lexicon.pilots.len()];
        for (key, entry) in keys.iter().zip(words.values()) {
            let number = lexicon.number_of(entry);
            piloted[lexicon.pilot(*key)].push((*key, number));
        }
        // Those with the most words choose first.
        let mut order: Vec<usize> = (0..piloted.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(piloted[*at].len()));
        order.iter().for_each(|at| lexicon.place(*at, &piloted[*at]));
        let plain = |entry: &Entry| Tagged::new(Facts::WORD.with(entry.facts(Facts::NONE, "")).with(entry.whole));
        lexicon.plain = lexicon.entries.iter().map(plain).collect();
        let behind = |entry: &Entry| entry.facts(Facts::NONE, "").when(entry.stands_behind());
        lexicon.behind = lexicon.entries.iter().map(behind).collect();
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

    /// Finds the pilot with which words have slots of their own, and puts them there.
    fn place(&mut self, pilot: usize, words: &[(u64, u32)]) {
        for candidate in 0..=u16::MAX {
            self.pilots[pilot] = candidate;
            let slots: Vec<usize> = words.iter().map(|(key, _)| self.place_of(*key)).collect();
            let free = |at: usize| self.slots[slots[at]] == 0 && !slots[..at].contains(&slots[at]);
            if (0..slots.len()).all(free) {
                for ((key, number), slot) in words.iter().zip(slots) {
                    self.slots[slot] = *key as u32 & TAG | number;
                }
                return;
            }
        }
    }

    #[inline]
    fn pilot(&self, key: u64) -> usize {
        (key >> 32) as usize & (self.pilots.len() - 1)
    }

    /// Where the slot of a word is.
    #[inline]
    fn place_of(&self, key: u64) -> usize {
        let pilot = self.pilots.get(self.pilot(key)).copied().unwrap_or(0);
        // Odd constants with as many ones as zeros: each bit of the pilot reaches the upper ones of the product.
        let mixed = (key ^ u64::from(pilot).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xa076_1d64_78bd_642f);
        (mixed >> 40) as usize & (self.slots.len() - 1)
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
        let slot = self.slots.get(self.place_of(key)).copied().unwrap_or(0) ^ key as u32 & TAG;
        if slot & TAG == 0 { slot as usize } else { 0 }
    }

    /// What a folded word is whose hash is `key`, as it stands, spelled as it is as a rule.
    #[inline]
    pub(crate) fn plain(&self, key: u64) -> Tagged {
        self.plain.get(self.number(key)).copied().unwrap_or(Tagged::WORD)
    }

    /// What a folded word is whose hash is `key` behind proclitics, which are still to be added; nothing if it does not
    /// stand there.
    #[inline]
    pub(crate) fn behind(&self, key: u64) -> Facts {
        self.behind.get(self.number(key)).copied().unwrap_or(Facts::NONE)
    }

    /// What is known of a folded word whose hash is `key`.
    pub(crate) fn get(&self, key: u64) -> Option<&Entry> {
        if self.may_know(key) { self.entries.get(self.number(key)) } else { None }
    }
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
    fn numbers_fit_into_slots() {
        assert!(LEXICON.entries.len() <= 1 + !TAG as usize);
    }
}
