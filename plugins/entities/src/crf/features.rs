//! The features of a word, of its neighbours and of pairs, as 64-bit hashes.

use super::vocabulary::Vocabulary;
use super::word_form::{Clitics, Shape, WordForm};

/// Where a word stands, seen from the word that is labelled: -2 to 2.
pub type Offset = i8;

/// Templates: what a feature is about. The numbers are part of the file format.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Template {
    Bias = 1,
    Norm,
    Stem,
    Core,
    Proclitics,
    Shape,
    Article,
    StemPrefix,
    StemSuffix,
    CorePrefix,
    Cluster100,
    Cluster500,
    Cluster2000,
    Gazetteer,
    GazetteerByFrequency,
    Gazetteers,
    Frequency,
    Bigram,
    ClusterPair,
    Shapes,
    Boundary,
    Phrase,
}

/// Spreads a value over 64 bits (the finaliser of SplitMix64).
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The bits of a feature's hash that hold the place of the label that it speaks to.
const PLACE_SHIFT: u32 = 13;
const PLACE_MASK: u64 = 0b111 << PLACE_SHIFT;
/// The bit of a feature's hash that tells pairs of stems from all others.
const PAIR: u64 = 1 << 12;

/// The place stands in bits of its own, so that one entry of the table holds what a value says to all the labels around it.
const fn key(template: Template, place: u8, value: u64) -> u64 {
    let pair = if matches!(template, Template::Bigram) { PAIR } else { 0 };
    mix(value ^ mix((template as u64) << 8)) & !(PLACE_MASK | PAIR) | (place as u64) << PLACE_SHIFT | pair
}

/// Whether a feature is one of [`bigram`]: running text asks for these word by word, so that they have a table of their own.
pub(super) const fn is_pair(feature: u64) -> bool {
    feature & PAIR != 0
}

/// The hash that features have in common which differ in their place alone.
pub(super) const fn family(feature: u64) -> u64 {
    feature & !PLACE_MASK
}

/// The place of a feature: 0 to 7.
pub(super) const fn place(feature: u64) -> usize {
    ((feature & PLACE_MASK) >> PLACE_SHIFT) as usize
}

/// FNV-1a, state by state, so that all prefixes of a word cost one pass.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The hash of a stem that [`bigram`] takes.
pub(super) fn stem_hash(stem: &str) -> u64 {
    step(SEED, stem.as_bytes())
}

/// For which labels a value is a feature, a bit for each place: 0 for the label two places after the word, 2 for its own.
pub(super) type Places = u8;

const ALL: Places = 0b11111;
const NEAR: Places = 0b01110;
const OWN: Places = 0b00100;

/// Calls `f` with every feature that a word gives to the label of the word `offset` places before it (-2: two after).
pub fn each_of_word(vocabulary: &Vocabulary<'_>, word: &WordForm, offset: Offset, f: &mut impl FnMut(u64)) {
    let place = (offset + 2) as u8;
    each_value(vocabulary, word, &mut |feature, places| {
        if places >> place & 1 == 1 {
            f(feature ^ u64::from(place) << PLACE_SHIFT);
        }
    });
}

/// Calls `f` with every value of a word as the feature of place 0, and the places for which it is one.
fn each_value(vocabulary: &Vocabulary<'_>, word: &WordForm, f: &mut (impl FnMut(u64, Places) + ?Sized)) {
    each_of_letters(word, f);
    each_of_shape(word.shape, f);
    each_of_cluster(vocabulary, word.entry.cluster, f);
    each_of_clitics(word.clitics(), f);
    each_of_frequency(word.entry.frequency(), f);
    for (which, bucket) in word.entry.gazetteers.into_iter().enumerate() {
        each_of_gazetteer(Bucket { which: which as u8, bucket, frequency: word.entry.frequency() }, f);
    }
}

/// The values that are made of a word's letters, and the one of all its gazetteers together: too many for arrays.
pub(super) fn each_of_letters(word: &WordForm, f: &mut (impl FnMut(u64, Places) + ?Sized)) {
    let mut give = |template, places, value| f(key(template, 0, value), places);
    give(Template::Norm, ALL, step(SEED, word.norm.as_bytes()));
    give(Template::Stem, ALL, stem_hash(&word.stem));
    let gazetteers = word.entry.gazetteers.iter().fold(0, |all, bucket| all * 5 + u64::from(*bucket));
    give(Template::Gazetteers, ALL, gazetteers);
    each_prefix(&word.stem, |letters, state| {
        give(Template::StemPrefix, if letters == 2 { NEAR } else { OWN }, state ^ letters as u64);
    });
    for (from, letters) in word.stem.char_indices().rev().map(|(at, _)| at).zip(1..=5_u64) {
        let places = if matches!(letters, 2 | 3) { NEAR } else { OWN };
        give(Template::StemSuffix, places, step(SEED, &word.stem.as_bytes()[from..]) ^ letters);
    }
    let core = &word.stem[word.core_at..];
    give(Template::Core, OWN, step(SEED, core.as_bytes()));
    each_prefix(core, |letters, state| {
        if (2..=3).contains(&letters) {
            give(Template::CorePrefix, OWN, state ^ letters as u64);
        }
    });
}

/// The value of a shape.
pub(super) fn each_of_shape(shape: Shape, f: &mut (impl FnMut(u64, Places) + ?Sized)) {
    f(key(Template::Shape, 0, shape.0.into()), ALL);
}

/// The values of a cluster of 2,000 and those that hold it; none of cluster 0.
pub(super) fn each_of_cluster(vocabulary: &Vocabulary<'_>, cluster: u16, f: &mut (impl FnMut(u64, Places) + ?Sized)) {
    if cluster != 0 {
        let (five, hundred) = vocabulary.parents(cluster);
        f(key(Template::Cluster2000, 0, cluster.into()), ALL);
        f(key(Template::Cluster500, 0, five.into()), ALL);
        f(key(Template::Cluster100, 0, hundred.into()), ALL);
    }
}

/// The values of what is joined to a word.
pub(super) fn each_of_clitics(Clitics { proclitics, article }: Clitics, f: &mut (impl FnMut(u64, Places) + ?Sized)) {
    f(key(Template::Proclitics, 0, proclitics.into()), NEAR);
    f(key(Template::Article, 0, article.into()), NEAR);
}

/// The values of a word's frequency, and the one that all words have.
pub(super) fn each_of_frequency(frequency: u8, f: &mut (impl FnMut(u64, Places) + ?Sized)) {
    f(key(Template::Bias, 0, 0), OWN);
    f(key(Template::Frequency, 0, frequency.into()), OWN);
}

/// How many entries of one gazetteer a word begins, or goes on with, beside its frequency.
#[derive(Clone, Copy)]
pub(super) struct Bucket {
    /// See [`WordEntry::gazetteers`](super::WordEntry::gazetteers): 0 to 5.
    pub(super) which: u8,
    /// 0 to 4.
    pub(super) bucket: u8,
    /// 0 to 7.
    pub(super) frequency: u8,
}

/// The values of one gazetteer.
pub(super) fn each_of_gazetteer(
    Bucket { which, bucket, frequency }: Bucket,
    f: &mut (impl FnMut(u64, Places) + ?Sized),
) {
    let value = u64::from(which) * 8 + u64::from(bucket);
    f(key(Template::Gazetteer, 0, value), NEAR);
    f(key(Template::GazetteerByFrequency, 0, value * 8 + u64::from(frequency)), OWN);
}

/// Calls `f` with the length in letters and the hash of the first prefixes of a word, up to five letters.
fn each_prefix(word: &str, mut f: impl FnMut(usize, u64)) {
    let mut state = SEED;
    for (letters, (at, c)) in word.char_indices().enumerate().take(5) {
        state = step(state, &word.as_bytes()[at..at + c.len_utf8()]);
        f(letters + 1, state);
    }
}

/// The feature of two neighbouring stems for the label of the word at place `which`: 0 to 3 for pairs at (-2,-1), (-1,0),
/// (0,1), (1,2).
pub fn bigram(first: u64, second: u64, which: u8) -> u64 {
    key(Template::Bigram, which, first.rotate_left(23) ^ second)
}

/// The feature of two clusters of 100: (-1,0), (0,1), (-1,1).
pub fn cluster_pair(which: u8, first: u8, second: u8) -> u64 {
    key(Template::ClusterPair, which, u64::from(first) << 8 | u64::from(second))
}

/// The feature of three shapes.
pub fn shapes(before: Shape, here: Shape, after: Shape) -> u64 {
    key(Template::Shapes, 0, u64::from(before.0) << 16 | u64::from(here.0) << 8 | u64::from(after.0))
}

/// The feature of the first or last word of a sentence.
pub fn boundary(last: bool) -> u64 {
    key(Template::Boundary, u8::from(last), 0)
}

/// The feature of a word inside a known phrase: its gazetteer and whether it is the first word.
pub fn phrase(gazetteer: u8, first: bool, offset: Offset) -> u64 {
    key(Template::Phrase, (offset + 2) as u8, u64::from(gazetteer) << 1 | u64::from(first))
}
