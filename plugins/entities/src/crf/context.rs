//! What words say together: pairs of stems and clusters, shapes in a row, known phrases. Once for labelling, where it is
//! added up, and once for training, where it is counted.

use khabar_extractor::{Cancel, ExtractError};

use super::features::{bigram, boundary, cluster_pair, phrase, shapes};
use super::parameters::Parameters;
use super::sentences::{REACH, Sentences};
use super::vocabulary::Vocabulary;
use super::weight_tables::WeightTables;
use super::weights::{Found, Row, add_weights};
use super::word_form::{Shape, WordForm};
use super::word_info::{CONTINUES, WordInfo};

/// Stand for the words before and after a sentence.
const BEFORE: u64 = 1;
const AFTER: u64 = 2;
/// People, places, organisations.
const GAZETTEERS: usize = 3;
/// Longest phrase that gazetteers are asked for, in words.
const LONGEST_PHRASE: usize = 3;

/// Buffers.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pairs: Vec<u64>,
    found: Vec<Found>,
    marks: Vec<u8>,
}

/// Adds what the words of each sentence from the one numbered `first_sentence` on say together to the scores of each; `words`
/// are those of these sentences.
pub(super) fn add(
    parameters: &Parameters,
    words: &[WordInfo],
    (sentences, first_sentence): (&Sentences, usize),
    Buffers { pairs, found, marks }: &mut Buffers,
    scores: &mut [Row],
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let own = || {
        let sentences = sentences.iter_from(first_sentence);
        let mut rest = words;
        sentences.map(move |sentence| {
            let (words, behind) = rest.split_at(sentence.words.len().min(rest.len()));
            rest = behind;
            (words, sentence.rows)
        })
    };
    let (table, vocabulary) = (parameters.pairs(), parameters.vocabulary());
    pairs.clear();
    own().for_each(|(words, _)| each_pair(words, |pair| pairs.push(pair)));
    parameters.tables.prefetch(words.iter().map(|word| word.cluster));
    table.find_all(pairs, found);
    let mut found = &**found;
    let mut first = 0;
    for (words, rows) in own() {
        cancel.check()?;
        let window = &mut scores[rows.start - REACH..rows.end + REACH];
        add_clusters_and_shapes(&parameters.tables, words, window);
        let next = first + words.len() + 1;
        let (here, rest) = found.split_at(found.partition_point(|pair| (pair.number as usize) < next));
        for pair in here {
            // To the words two before the second of the pair, one before, itself, one after.
            let Some(targets) = window[pair.number as usize - first..].first_chunk_mut::<4>() else { break };
            table.family(*pair).each(|which, weights| {
                if let Some(target) = targets.get_mut(3 - which.min(3)) {
                    add_weights(weights, target);
                }
            });
        }
        (found, first) = (rest, next);
        if mark_phrases(&vocabulary, words, marks) {
            add_phrases(&parameters.tables, words, marks, window);
        }
    }
    Ok(())
}

/// Calls `f` with the feature of each two neighbours of a sentence, with its ends.
fn each_pair(words: &[WordInfo], f: impl FnMut(u64)) {
    stems(words).map(|(first, second)| bigram(first, second, 0)).for_each(f);
}

fn add_clusters_and_shapes(dense: &WeightTables, words: &[WordInfo], window: &mut [Row]) {
    add_weights(dense.boundary(false), &mut window[REACH]);
    add_weights(dense.boundary(true), &mut window[REACH + words.len() - 1]);
    let outside = WordInfo { shape: Shape::OUTSIDE, ..WordInfo::default() };
    let Some((first, rest)) = words.split_first() else { return };
    let (mut before, mut here) = (&outside, first);
    let mut from_before = &dense.neighbours(before.cluster, here.cluster)[0];
    for (after, target) in rest.iter().chain([&outside]).zip(&mut window[REACH..]) {
        let [to_after, to_here] = dense.neighbours(here.cluster, after.cluster);
        add_weights(from_before, target);
        add_weights(to_here, target);
        add_weights(dense.sides(before.cluster, after.cluster), target);
        add_weights(dense.shapes(before.shape, here.shape, after.shape), target);
        (before, here, from_before) = (here, after, to_after);
    }
}

/// Adds what known phrases of several words say.
fn add_phrases(dense: &WeightTables, words: &[WordInfo], marks: &[u8], window: &mut [Row]) {
    for (at, (marks, word)) in marks.iter().zip(words).enumerate() {
        let marks = marks & !word.alone_marks();
        let Some(targets) = window[at + REACH - 1..].first_chunk_mut::<3>() else { break };
        for bit in (0..6).filter(|bit| marks >> bit & 1 == 1) {
            let said = dense.phrase(bit);
            targets.iter_mut().rev().zip(said).for_each(|(target, weights)| add_weights(weights, target));
        }
    }
}

/// The stems of all neighbours, with the ends of the sentence.
fn stems(words: &[WordInfo]) -> impl Iterator<Item = (u64, u64)> {
    let own = || words.iter().map(|word| word.stem);
    std::iter::once(BEFORE).chain(own()).zip(own().chain(std::iter::once(AFTER)))
}

/// Marks the longest phrase of each gazetteer at each word where it has more than one word: bit 2g for a first word, 2g + 1
/// for a later one. Says whether there are any. What marks a word by itself is [`WordInfo::alone_marks`].
fn mark_phrases(vocabulary: &Vocabulary<'_>, words: &[WordInfo], marks: &mut Vec<u8>) -> bool {
    marks.clear();
    marks.resize(words.len(), 0);
    let goes_on = |holds: u8, at: usize| {
        words.get(at).filter(|next| holds & Vocabulary::GOES_ON != 0 && next.alone & CONTINUES != 0)
    };
    let mut any = false;
    for (at, pair) in words.windows(2).enumerate() {
        let (first, next) = (&pair[0], &pair[1]);
        // Asked at once: each alone is foreseen less often than both.
        if (first.alone & Vocabulary::GOES_ON == 0) | (next.alone & CONTINUES == 0) {
            continue;
        }
        let (mut key, mut holds, mut len) = (first.key, first.alone, 1);
        // The longest phrase of each gazetteer counts, so that what is found later takes the place of what was found before.
        let mut longest = [0; GAZETTEERS];
        while let Some(next) = goes_on(holds, at + len).filter(|_| len < LONGEST_PHRASE) {
            key = Vocabulary::extend_phrase(key, next.norm);
            holds = vocabulary.phrase(key);
            len += 1;
            for (gazetteer, longest) in longest.iter_mut().enumerate() {
                *longest = if holds >> gazetteer & 1 == 1 { len } else { *longest };
            }
        }
        for (gazetteer, len) in longest.into_iter().enumerate().filter(|(_, len)| *len != 0) {
            marks[at] |= 1 << (2 * gazetteer);
            marks[at + 1..at + len].iter_mut().for_each(|mark| *mark |= 2 << (2 * gazetteer));
            any = true;
        }
    }
    any
}

/// Calls `f` with every feature of every word of a sentence that is about more than one word, and the word's index: what
/// training counts and weighs.
pub fn each_of_sentence(vocabulary: &Vocabulary<'_>, words: &[&WordForm], mut f: impl FnMut(usize, u64)) {
    let words: Vec<WordInfo> = words.iter().map(|word| WordInfo::new(vocabulary, word)).collect();
    let n = words.len();
    if n == 0 {
        return;
    }
    f(0, boundary(false));
    f(n - 1, boundary(true));
    let word = |at: usize| words.get(at.wrapping_sub(1));
    let cluster = |at: usize| word(at).map_or(0, |word| word.cluster);
    let shape = |at: usize| word(at).map_or(Shape::OUTSIDE, |word| word.shape);
    for at in 0..n {
        // Places are counted from 1 here, so that the word before the first is 0.
        let (before, here, after) = (cluster(at), cluster(at + 1), cluster(at + 2));
        f(at, cluster_pair(0, before, here));
        f(at, cluster_pair(1, here, after));
        f(at, cluster_pair(2, before, after));
        f(at, shapes(shape(at), shape(at + 1), shape(at + 2)));
    }
    for (second, (a, b)) in stems(&words).enumerate() {
        for which in 0..4 {
            if let Some(target) = (second + 1).checked_sub(usize::from(which)).filter(|target| *target < n) {
                f(target, bigram(a, b, which));
            }
        }
    }
    let mut marks = Vec::new();
    mark_phrases(vocabulary, &words, &mut marks);
    for (at, (marks, word)) in marks.into_iter().zip(&words).enumerate() {
        let marks = marks | word.alone_marks();
        for bit in (0..6).filter(|bit| marks >> bit & 1 == 1) {
            for offset in -1..=1_i8 {
                let target = (at as isize - isize::from(offset)) as usize;
                if target < n {
                    f(target, phrase(bit / 2, bit % 2 == 0, offset));
                }
            }
        }
    }
}
