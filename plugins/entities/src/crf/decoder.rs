//! Labels for the words of a document, or of a piece of a long one.

use khabar_extractor::{Cancel, ExtractError};

use super::cache::{AHEAD, WordCache};
use super::consistency::Consistency;
use super::context;
use super::file::Model;
use super::labels::{Label, N};
use super::sentences::{LONGEST, REACH, Sentence, Sentences};
use super::viterbi::BackPointers;
use super::weights::{Row, add};
use super::word_info::{StemInfo, WordInfo};

/// How much a name is preferred to none, in units of log-probability: the automatically labelled sentences that the model
/// learned from miss one name in four.
const ENTITY_BIAS: f32 = 0.15;

/// Words that are labelled at once, at least: more than an article has.
const AT_ONCE: usize = 1 << 12;

/// The words of a piece of a document.
pub(crate) trait Words {
    /// How many there are.
    fn len(&self) -> usize;
    /// The hash of the folded form of the word at a place.
    fn hash(&self, at: usize) -> u64;
    /// Its folded form.
    fn folded(&self, at: usize) -> &str;
    /// Whether it is the first of a sentence.
    fn starts_sentence(&self, at: usize) -> bool;
    /// Takes notice of a word. What is noted, 0 at first, is there again when the same word comes another time, unless it
    /// was forgotten.
    fn take(&mut self, at: usize, note: &mut u32);
}

/// What a worker keeps between sentences.
#[derive(Debug, Default)]
pub struct Decoder {
    cache: WordCache,
    buffers: context::Buffers,
    pointers: BackPointers,
    /// The words that are not labelled yet.
    near: Vec<WordInfo>,
    /// The words of the piece.
    pub(crate) known: Vec<StemInfo>,
    /// The scores of the labels of the piece's words. [`REACH`] rows before, between and after the sentences take what is
    /// said to no word.
    scores: Vec<Row>,
    sentences: Sentences,
    /// Sentences that are labelled.
    labelled: usize,
    consistency: Consistency,
    /// The labels of the piece's words that are labelled.
    pub labels: Vec<Label>,
}

impl Decoder {
    /// Forgets the words of the last piece.
    pub fn clear(&mut self) {
        self.near.clear();
        self.labelled = 0;
        self.known.clear();
        self.scores.clear();
        self.sentences.ends.clear();
        self.labels.clear();
    }

    /// Labels the words of a piece in place of the last one's, unless it is cancelled.
    ///
    /// What is known of a word stands somewhere in some megabytes. So memory is asked for what is known of the next words
    /// before these are gone over, and answers meanwhile.
    pub(crate) fn label_words(
        &mut self,
        model: &Model,
        words: &mut impl Words,
        cancel: Cancel<'_>,
    ) -> Result<(), ExtractError> {
        self.clear();
        self.reserve(words.len());
        let mut sentence = 0;
        self.cache.prefetch(model, hashes(words, 0));
        for first in (0..words.len()).step_by(AHEAD) {
            cancel.check()?;
            self.cache.find_all(model, hashes(words, first), |number| words.folded(first + number));
            self.cache.prefetch(model, hashes(words, first + AHEAD));
            for at in first..words.len().min(first + AHEAD) {
                if words.starts_sentence(at) || sentence + LONGEST <= at {
                    self.end_sentence();
                    if AT_ONCE <= self.near.len() {
                        self.label_unless(model, cancel)?;
                    }
                    sentence = at;
                }
                let note = self.push_found(model, at - first, words.hash(at), || words.folded(at));
                words.take(at, note);
            }
        }
        self.end_sentence();
        self.label_unless(model, cancel)
    }

    /// Makes room for so many words.
    fn reserve(&mut self, words: usize) {
        self.known.reserve_exact(words);
        self.labels.reserve_exact(words);
        self.scores.reserve_exact(words + 2 * REACH);
    }

    /// Adds the word that was found as the `number`th. Gives the note on the word, which the caller may change.
    #[inline]
    fn push_found<'m, 'a>(
        &'m mut self,
        model: &'m Model,
        number: usize,
        folded_hash: u64,
        folded: impl FnOnce() -> &'a str,
    ) -> &'m mut u32 {
        let (word, note) = self.cache.word(model, number, folded_hash, folded);
        let bias = [model.parameters.bias(ENTITY_BIAS); N - 1];
        let at = self.sentences.row(self.known.len());
        if self.scores.len() <= at {
            // A sentence begins: between it and the one before, or the beginning, are the rows that belong to no word.
            self.scores.resize(at + REACH, bias);
        }
        self.scores.push(bias);
        // The first sum is for the label two places after the word.
        if let Some(targets) = self.scores[at - REACH..].first_chunk_mut::<{ 2 * REACH + 1 }>() {
            targets.iter_mut().rev().zip(&word.sums).for_each(|(target, sum)| add(sum, target));
        }
        self.near.push(word.info);
        self.known.push(word.info.stem());
        note
    }

    /// Adds a word by its folded form and the hash of that.
    pub fn push(&mut self, model: &Model, folded_hash: u64, folded: &str) {
        self.cache.prefetch(model, std::iter::once(folded_hash));
        self.cache.find_all(model, std::iter::once(folded_hash), |_| folded);
        self.push_found(model, 0, folded_hash, || folded);
    }

    /// Makes the words pushed since the last call a sentence, if there are any.
    pub fn end_sentence(&mut self) {
        self.sentences.end(self.known.len());
    }

    /// Labels the words of all sentences.
    pub fn label(&mut self, model: &Model) {
        // Nobody cancels it, so that it does not fail.
        let _ = self.label_unless(model, Cancel::NEVER);
    }

    /// Labels the sentences since the last call, all of which have ended, unless it is cancelled.
    fn label_unless(&mut self, model: &Model, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let Self { near, known, scores, sentences, labelled, buffers, pointers, labels, .. } = self;
        context::add(&model.parameters, near, (sentences, *labelled), buffers, scores, cancel)?;
        labels.resize(known.len(), 0);
        near.clear();
        for Sentence { words, rows } in sentences.iter_from(std::mem::replace(labelled, sentences.ends.len())) {
            cancel.check()?;
            model.viterbi.label(&scores[rows], pointers, &mut labels[words]);
        }
        Ok(())
    }

    /// Labels again, each word drawn towards the types that the piece's other occurrences of its stem have: by up to
    /// `weight` units of log-probability. Stems that the corpus counts more often than `common` are left alone.
    pub(crate) fn make_consistent(
        &mut self,
        model: &Model,
        weight: f32,
        common: u16,
        cancel: Cancel<'_>,
    ) -> Result<(), ExtractError> {
        let Self { known, scores, pointers, labels, sentences, consistency, .. } = self;
        if !consistency.count(known, labels, common, cancel)? {
            return Ok(());
        }
        let weight = weight * model.parameters.scale;
        let mut drawn = consistency.words().peekable();
        for Sentence { words, rows } in sentences.iter() {
            let mut changed = false;
            while let Some((at, counts)) = drawn.next_if(|(at, _)| *at < words.end) {
                cancel.check()?;
                if counts.all() < 2 {
                    continue;
                }
                changed |= !counts.agree_with(labels[at]);
                let scores = &mut scores[rows.start + at - words.start];
                for (which, share) in counts.shares(weight) {
                    let bonus = share as i16;
                    // The beginning of a name of the type, and its inside.
                    scores[2 * which] = scores[2 * which].saturating_add(bonus);
                    scores[2 * which + 1] = scores[2 * which + 1].saturating_add(bonus);
                }
            }
            if changed {
                cancel.check()?;
                model.viterbi.label(&scores[rows], pointers, &mut labels[words]);
            }
        }
        Ok(())
    }

    /// Words that there is room for.
    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        let Self { near, known, scores, labels, consistency, .. } = self;
        [near.capacity(), known.capacity(), scores.capacity(), labels.capacity(), consistency.capacity()]
            .into_iter()
            .fold(0, usize::max)
    }

    /// The scores of a word of the first sentence.
    #[cfg(test)]
    pub(super) fn scores(&self, at: usize) -> Row {
        self.scores[REACH + at]
    }

    #[cfg(test)]
    pub(super) fn scores_of_nothing(model: &Model) -> i16 {
        model.parameters.bias(ENTITY_BIAS)
    }
}

/// The hashes of the next [`AHEAD`] words from one on.
fn hashes(words: &impl Words, from: usize) -> impl Iterator<Item = u64> {
    (from..words.len().min(from + AHEAD)).map(|at| words.hash(at))
}

#[cfg(test)]
mod tests {
    use khabar_arabic::{fold, hash};

    use super::super::{
        Contents, Vocabulary, VocabularyBuilder, WordEntry, WordForm, analyse, each_of_sentence, each_of_word,
    };
    use super::*;

    /// A model whose every feature of the sentence has weights that depend on its hash.
    fn model(words: &[&str]) -> (Model, Vec<Vec<u64>>) {
        let builder = VocabularyBuilder {
            words: words
                .iter()
                .enumerate()
                .map(|(at, word)| {
                    let at = at as u16;
                    let entry =
                        WordEntry { count: 9_000 + at, cluster: at + 1, gazetteers: [at as u8 % 3, 1, 0, 0, 1, 2] };
                    (fold(word).into_owned(), entry)
                })
                .collect(),
            phrases: vec![(Vocabulary::extend_phrase(0, hash("بيروت")), 2)],
            tree: (0..=words.len() as u16).map(|at| (at, at as u8)).collect(),
        };
        let vocabulary = builder.build();
        let view = Vocabulary::new(&vocabulary[0], &vocabulary[1], &vocabulary[2]);
        let forms: Vec<WordForm> = words
            .iter()
            .map(|word| {
                let mut form = WordForm::default();
                analyse(&view, &fold(word), &mut form);
                form
            })
            .collect();
        let mut features: Vec<Vec<u64>> = vec![Vec::new(); words.len()];
        for (at, form) in forms.iter().enumerate() {
            for offset in -2..=2_i8 {
                let target = at as isize - isize::from(offset);
                if (0..words.len() as isize).contains(&target) {
                    each_of_word(&view, form, offset, &mut |feature| features[target as usize].push(feature));
                }
            }
        }
        let borrowed: Vec<&WordForm> = forms.iter().collect();
        each_of_sentence(&view, &borrowed, |at, feature| features[at].push(feature));
        let mut all: Vec<u64> = features.concat();
        all.sort_unstable();
        all.dedup();
        let weights = all.iter().map(|hash| (*hash, std::array::from_fn(|label| (hash >> (8 * label)) as i8 / 16)));
        let contents = Contents {
            scale: 10_000,
            transitions: vec![[0; N]; N + 1],
            features: weights.collect(),
            vocabulary,
            frequent: words.iter().step_by(2).map(|word| fold(word).into_owned()).collect(),
        };
        (Model::parse(&contents.to_bytes()).expect("a model"), features)
    }

    #[test]
    fn run_time_and_training_see_the_same_features() {
        let words = ["وصل", "رئيس", "لبنان", "إلى", "بيروت", "،", "والقاهرة", "12"];
        let (model, features) = model(&words);
        let mut decoder = Decoder::default();
        for word in words {
            let folded = fold(word);
            decoder.push(&model, hash(&folded), &folded);
        }
        decoder.end_sentence();
        decoder.label(&model);
        let lean = Decoder::scores_of_nothing(&model);
        for (at, features) in features.iter().enumerate() {
            let mut sum = [lean; N - 1];
            for feature in features {
                for (total, weight) in sum.iter_mut().zip(model.weights(*feature)) {
                    *total += i16::from(weight);
                }
            }
            assert_eq!(decoder.scores(at), sum, "word {at}");
        }
    }
}
