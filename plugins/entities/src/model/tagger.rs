//! Labels for the words of a sentence: sums of int8 weights and the Viterbi algorithm over 16-bit integers.

use std::collections::HashMap;

use khabar_arabic::hash;

use super::N;
use super::features::{Places, bigram, boundary, each_value, phrase, stem_hash};
use super::file::{Model, Row, add_weights};
use super::vocabulary::Vocabulary;
use super::word::{Shape, WordForm, analyse};

/// A label: an index into [`LABELS`](super::LABELS).
pub type Label = u8;

/// Words that are remembered, in sets of two: 65,536 of 112 bytes, so that hardly one running word of news in a hundred has
/// to be looked up feature by feature, which costs as much as two hundred that are remembered.
const CACHE_BITS: u32 = 16;
/// How much a name is preferred to none, in units of log-probability: the automatically labelled sentences that the model
/// learned from miss one name in four.
const LEAN: f32 = 0.15;
/// Stand for the words before and after a sentence.
const BEFORE: u64 = 1;
const AFTER: u64 = 2;
/// Longest phrase that gazetteers are asked for.
const LONGEST_PHRASE: usize = 3;

/// What the model knows of a word, with the sums of the weights that it gives to the labels around it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    pub(crate) stem: u64,
    phrase_stem: u64,
    phrase_norm: u64,
    /// The word begins with و, and corpus counts speak for a conjunction.
    pub(crate) conjunction: bool,
    /// Scaled corpus count of the stem.
    pub(crate) stem_count: u16,
    /// Bytes of proclitics by corpus frequency.
    pub(crate) skip: u8,
    shape: Shape,
    cluster: u8,
    begins_phrase: bool,
    /// For the label two places after the word, one after, its own, one before, two before.
    sums: [Row; 5],
}

/// What a worker keeps between sentences.
#[derive(Debug)]
pub struct Tagger {
    /// The folded hashes of the words remembered, apart from what is known of them: they are looked through more often.
    keys: Vec<u64>,
    cache: Vec<Known>,
    form: WordForm,
    values: Vec<(u64, Places)>,
    /// The words of the document.
    pub(crate) known: Vec<Known>,
    /// The scores of all words of the document.
    scores: Vec<Row>,
    /// Where each sentence ends.
    ends: Vec<usize>,
    best: Vec<[i16; N]>,
    /// The features of the pairs of neighbours of a sentence.
    pairs: Vec<u64>,
    phrases: Vec<u8>,
    /// For each stem that is part of a name: its occurrences, and those with each type.
    votes: HashMap<u64, [u16; 5]>,
    /// The labels of the document's words.
    pub labels: Vec<Label>,
}

impl Default for Tagger {
    fn default() -> Self {
        Self {
            keys: vec![0; 1 << CACHE_BITS],
            cache: vec![Known::default(); 1 << CACHE_BITS],
            form: WordForm::default(),
            values: Vec::new(),
            pairs: Vec::new(),
            known: Vec::new(),
            scores: Vec::new(),
            ends: Vec::new(),
            best: Vec::new(),
            phrases: Vec::new(),
            votes: HashMap::new(),
            labels: Vec::new(),
        }
    }
}

impl Tagger {
    /// Forgets the words of the last document.
    pub fn clear(&mut self) {
        self.known.clear();
        self.scores.clear();
        self.ends.clear();
        self.labels.clear();
    }

    /// Adds a word by its folded form and the hash of it.
    pub fn push(&mut self, model: &Model, folded_hash: u64, folded: &str) {
        // The hash of an empty slot is 0; a word that hashes to 0 is computed each time.
        let set = (folded_hash >> (64 - CACHE_BITS)) as usize & !1;
        let mut slot = set + usize::from(self.keys[set] != folded_hash);
        if self.keys[slot] != folded_hash || folded_hash == 0 {
            analyse(&model.vocabulary(), folded, &mut self.form);
            // The newest stands first and pushes its predecessor to the second place.
            self.cache.swap(set, set + 1);
            self.keys.swap(set, set + 1);
            self.keys[set] = folded_hash;
            self.cache[set] = know(model, &self.form, &mut self.values);
            slot = set;
        }
        self.known.push(self.cache[slot]);
    }

    /// Labels the words pushed since the last call as one sentence.
    pub fn label_sentence(&mut self, model: &Model) {
        let from = self.labels.len();
        let Self { known, scores, best, pairs, phrases, labels, ends, .. } = self;
        let words = &known[from..];
        if words.is_empty() {
            return;
        }
        scores.resize(known.len(), [0; N - 1]);
        score(model, words, pairs, phrases, &mut scores[from..]);
        viterbi(model, &scores[from..], best);
        labels.resize(known.len(), 0);
        trace(model, best, &mut labels[from..]);
        ends.push(known.len());
    }

    #[cfg(test)]
    pub(super) fn scores(&self, at: usize) -> Row {
        self.scores[at]
    }

    #[cfg(test)]
    pub(super) fn scores_of_nothing(&self, model: &Model) -> i16 {
        (LEAN * model.scale) as i16
    }

    /// Labels again, each word drawn towards the types that the document's other occurrences of its stem have: by up to
    /// `weight` units of log-probability. Stems that the corpus counts more often than `common` are left alone.
    pub(crate) fn agree(&mut self, model: &Model, weight: f32, common: u16) {
        let Self { known, scores, best, labels, ends, votes, .. } = self;
        votes.clear();
        for (known, label) in known.iter().zip(labels.iter()).filter(|(_, label)| **label != 0) {
            if known.stem_count < common {
                let count = &mut votes.entry(known.stem).or_default()[usize::from(label.div_ceil(2))];
                *count = count.saturating_add(1);
            }
        }
        if votes.is_empty() {
            return;
        }
        for known in known.iter() {
            if let Some(votes) = votes.get_mut(&known.stem) {
                votes[0] = votes[0].saturating_add(1);
            }
        }
        let mut from = 0;
        for end in ends.iter() {
            let mut changed = false;
            for at in from..*end {
                let Some(votes) = votes.get(&known[at].stem).filter(|votes| 1 < votes[0]) else { continue };
                let own = usize::from(labels[at].div_ceil(2));
                changed |= own == 0 || votes[own] < votes[0];
                for (which, count) in votes[1..].iter().enumerate().filter(|(_, count)| **count != 0) {
                    let bonus = (weight * model.scale * f32::from(*count) / f32::from(votes[0])) as i16;
                    scores[at][2 * which] = scores[at][2 * which].saturating_add(bonus);
                    scores[at][2 * which + 1] = scores[at][2 * which + 1].saturating_add(bonus);
                }
            }
            if changed {
                viterbi(model, &scores[from..*end], best);
                trace(model, best, &mut labels[from..*end]);
            }
            from = *end;
        }
    }
}

/// Everything about a word that does not depend on its place.
fn know(model: &Model, form: &WordForm, values: &mut Vec<(u64, Places)>) -> Known {
    let vocabulary = model.vocabulary();
    let mut sums = [[0; N - 1]; 5];
    values.clear();
    each_value(&vocabulary, form, &mut |feature, places| values.push((feature, places)));
    model.touch(values.iter().map(|(feature, _)| *feature));
    for (feature, places) in values.iter() {
        // A word at offset -2, place 0, speaks to the label two places after it.
        model.family::<3>(*feature, |place, weights| {
            if let Some(sum) = sums.get_mut(place).filter(|_| places >> place & 1 == 1) {
                add_weights(weights, sum);
            }
        });
    }
    Known {
        stem: stem_hash(&form.stem),
        phrase_stem: hash(&form.stem),
        phrase_norm: hash(&form.norm),
        conjunction: conjunction(&vocabulary, &form.norm),
        stem_count: form.entry.count,
        skip: form.skip.min(255) as u8,
        shape: form.shape,
        cluster: vocabulary.parents(form.entry.cluster).1,
        begins_phrase: form.entry.gazetteers[..3] != [0; 3],
        sums,
    }
}

/// A word of four letters or more that begins with و is a conjunction and a word when it is at most three times as
/// frequent as that word.
fn conjunction(vocabulary: &Vocabulary<'_>, norm: &str) -> bool {
    let Some(rest) = norm.strip_prefix('و').filter(|rest| 6 <= rest.len()) else { return false };
    let count = vocabulary.count(norm);
    count == 0 || Vocabulary::unscale(count) <= 3.0 * Vocabulary::unscale(vocabulary.count(rest))
}

fn add(sum: &mut Row, row: &Row) {
    for (total, score) in sum.iter_mut().zip(row) {
        *total += score;
    }
}

/// The scores of every label at every word of a sentence.
fn score(model: &Model, words: &[Known], pairs: &mut Vec<u64>, phrases: &mut Vec<u8>, scores: &mut [Row]) {
    let n = words.len();
    scores.fill([(LEAN * model.scale) as i16; N - 1]);
    for (at, word) in words.iter().enumerate() {
        for (which, sum) in word.sums.iter().enumerate() {
            // which 0 is offset -2: the label two places on.
            if let Some(target) = (at + 2).checked_sub(which).and_then(|target| scores.get_mut(target)) {
                add(target, sum);
            }
        }
    }
    model.add(boundary(false), &mut scores[0]);
    model.add(boundary(true), &mut scores[n - 1]);
    let cluster = |at: usize| words.get(at.wrapping_sub(1)).map_or(0, |word| word.cluster);
    let shape = |at: usize| words.get(at.wrapping_sub(1)).map_or(Shape::OUTSIDE, |word| word.shape);
    for (at, target) in scores.iter_mut().enumerate() {
        // Places are counted from 1 here, so that the word before the first is 0.
        let (before, here, after) = (cluster(at), cluster(at + 1), cluster(at + 2));
        add(target, &model.pair(before, here)[0]);
        add(target, &model.pair(here, after)[1]);
        add(target, &model.pair(before, after)[2]);
        add(target, model.shape(shape(at), shape(at + 1), shape(at + 2)));
    }
    let stems = std::iter::once(BEFORE).chain(words.iter().map(|word| word.stem));
    pairs.clear();
    pairs.extend(
        stems.zip(words.iter().map(|word| word.stem).chain(std::iter::once(AFTER))).map(|(a, b)| bigram(a, b, 0)),
    );
    model.touch(pairs.iter().copied());
    for (second, pair) in pairs.iter().enumerate() {
        model.family::<2>(*pair, |which, weights| {
            if let Some(target) = (second + 1).checked_sub(which).and_then(|target| scores.get_mut(target)) {
                add_weights(weights, target);
            }
        });
    }
    find_phrases(&model.vocabulary(), words, phrases);
    for (at, marks) in phrases.iter().enumerate().filter(|(_, marks)| **marks != 0) {
        each_phrase(*marks, |gazetteer, first| {
            for offset in -1..=1 {
                let target = (at as isize - isize::from(offset)) as usize;
                if let Some(target) = scores.get_mut(target) {
                    model.add(phrase(gazetteer, first, offset), target);
                }
            }
        });
    }
}

/// Marks the longest phrase of each gazetteer at each word: bit 2g for a first word, 2g + 1 for a later one.
fn find_phrases(vocabulary: &Vocabulary<'_>, words: &[Known], marks: &mut Vec<u8>) {
    marks.clear();
    marks.resize(words.len(), 0);
    for at in (0..words.len()).filter(|at| words[*at].begins_phrase) {
        let mut longest = [0; 3];
        let mut key = 0;
        for len in 1..=LONGEST_PHRASE.min(words.len() - at) {
            let word = &words[at + len - 1];
            key = Vocabulary::extend_phrase(key, if len == 1 { word.phrase_stem } else { word.phrase_norm });
            let holds = vocabulary.phrase(key);
            (0..3).filter(|g| holds >> g & 1 == 1).for_each(|g| longest[g] = len);
        }
        for (gazetteer, len) in longest.into_iter().enumerate() {
            for place in 0..len {
                marks[at + place] |= 1 << (2 * gazetteer + usize::from(place != 0));
            }
        }
    }
}

fn each_phrase(marks: u8, mut f: impl FnMut(u8, bool)) {
    for bit in (0..6).filter(|bit| marks >> bit & 1 == 1) {
        f(bit / 2, bit % 2 == 0);
    }
}

/// The best score of every label at every word, the best of each word taken off.
fn viterbi(model: &Model, scores: &[Row], best: &mut Vec<[i16; N]>) {
    best.clear();
    let mut last = [0_i16; N];
    for (at, row) in scores.iter().enumerate() {
        let mut here = [i16::MIN; N];
        if at == 0 {
            here = model.transitions[N];
        } else {
            for (from, score) in last.iter().enumerate() {
                for (to, score_to) in here.iter_mut().enumerate() {
                    *score_to = (*score_to).max(i16::saturating_add(*score, model.transitions[from][to]));
                }
            }
        }
        for (total, score) in here[1..].iter_mut().zip(row) {
            *total = total.saturating_add(*score);
        }
        let top = here.iter().copied().max().unwrap_or(0);
        here.iter_mut().for_each(|score| *score = score.saturating_sub(top));
        best.push(here);
        last = here;
    }
}

/// Follows the best path back. Scores were normalised, so that the step that made a score is the one that is best.
fn trace(model: &Model, best: &[[i16; N]], labels: &mut [Label]) {
    let Some(end) = best.last() else { return };
    let mut label = top(end.iter().copied());
    for at in (0..best.len()).rev() {
        labels[at] = label as Label;
        if at != 0 {
            label = top((0..N).map(|before| best[at - 1][before].saturating_add(model.transitions[before][label])));
        }
    }
}

/// The place of the highest value, the first of equal ones.
fn top(values: impl Iterator<Item = i16>) -> usize {
    let mut top = (0, i16::MIN);
    for (at, value) in values.enumerate() {
        if top.1 < value {
            top = (at, value);
        }
    }
    top.0
}

/// Calls `f` with every feature of every word of a sentence that is about more than one word, and the word's index: what
/// training counts and weighs.
pub fn each_of_sentence(vocabulary: &Vocabulary<'_>, words: &[&WordForm], mut f: impl FnMut(usize, u64)) {
    let n = words.len();
    if n == 0 {
        return;
    }
    f(0, boundary(false));
    f(n - 1, boundary(true));
    let word = |at: usize| words.get(at.wrapping_sub(1));
    let cluster = |at: usize| word(at).map_or(0, |word| vocabulary.parents(word.entry.cluster).1);
    let shape = |at: usize| word(at).map_or(Shape::OUTSIDE, |word| word.shape);
    for at in 0..n {
        let (before, here, after) = (cluster(at), cluster(at + 1), cluster(at + 2));
        f(at, super::cluster_pair(0, before, here));
        f(at, super::cluster_pair(1, here, after));
        f(at, super::cluster_pair(2, before, after));
        f(at, super::shapes(shape(at), shape(at + 1), shape(at + 2)));
    }
    for second in 0..=n {
        let a = if second == 0 { BEFORE } else { stem_hash(&words[second - 1].stem) };
        let b = words.get(second).map_or(AFTER, |word| stem_hash(&word.stem));
        for which in 0..4 {
            if let Some(target) = (second + 1).checked_sub(usize::from(which)).filter(|target| *target < n) {
                f(target, bigram(a, b, which));
            }
        }
    }
    let known: Vec<Known> = words
        .iter()
        .map(|word| Known {
            phrase_stem: hash(&word.stem),
            phrase_norm: hash(&word.norm),
            begins_phrase: word.entry.gazetteers[..3] != [0; 3],
            ..Known::default()
        })
        .collect();
    let mut marks = Vec::new();
    find_phrases(vocabulary, &known, &mut marks);
    for (at, marks) in marks.into_iter().enumerate() {
        each_phrase(marks, |gazetteer, first| {
            for offset in -1..=1_i8 {
                let target = (at as isize - isize::from(offset)) as usize;
                if target < n {
                    f(target, phrase(gazetteer, first, offset));
                }
            }
        });
    }
}
