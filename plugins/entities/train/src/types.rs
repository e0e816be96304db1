//! Words with the numbers of their features: training reads each word's features once.

use std::collections::HashMap;

use khabar_entities::crf::{Vocabulary, WordForm, analyse, each_of_sentence, each_of_word};

use crate::corpus::Corpus;

/// A sentence by numbers: the type of every word, and its features that are about more than one word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbered {
    pub(crate) types: Vec<u32>,
    /// Features of word `i` are `features[starts[i]..starts[i + 1]]`.
    pub(crate) starts: Vec<u32>,
    pub(crate) features: Vec<u32>,
    pub(crate) labels: Vec<u8>,
}

/// All words of the corpora and all features that are frequent enough.
pub(crate) struct Types {
    /// The words, the most frequent first.
    words: Vec<String>,
    /// For each type and each of the five places, a range of `numbers`.
    starts: Vec<[u32; 6]>,
    numbers: Vec<u32>,
    /// The hash of each feature.
    pub(crate) hashes: Vec<u64>,
    /// How often each feature is seen.
    counts: Vec<u32>,
    /// The sentences of each corpus.
    pub(crate) sentences: Vec<Vec<Numbered>>,
}

impl Types {
    /// Numbers all words and all features that are seen at least `least` times.
    pub(crate) fn new(sections: &[Vec<u8>; 3], corpora: &[(&Corpus, u32)], least: u32) -> Self {
        let [words, phrases, tree] = sections;
        let vocabulary = Vocabulary::new(words, phrases, tree);
        let mut index: HashMap<&str, u32> = HashMap::new();
        let mut forms: Vec<WordForm> = Vec::new();
        let mut tokens: Vec<u32> = Vec::new();
        for (corpus, times) in corpora {
            for word in corpus.sentences.iter().flat_map(|sentence| &sentence.words) {
                let number = *index.entry(word).or_insert_with(|| {
                    let mut form = WordForm::default();
                    analyse(&vocabulary, word, &mut form);
                    forms.push(form);
                    tokens.push(0);
                    forms.len() as u32 - 1
                });
                tokens[number as usize] += times;
            }
        }
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for (form, tokens) in forms.iter().zip(&tokens) {
            for offset in -2..=2 {
                each_of_word(&vocabulary, form, offset, &mut |feature| *counts.entry(feature).or_default() += tokens);
            }
        }
        let numbered = |sentence: &crate::Sentence| -> Vec<u32> {
            sentence.words.iter().map(|word| index.get(word.as_str()).copied().unwrap_or(0)).collect()
        };
        for (corpus, times) in corpora {
            for sentence in &corpus.sentences {
                let types = numbered(sentence);
                let words: Vec<&WordForm> = types.iter().map(|t| &forms[*t as usize]).collect();
                each_of_sentence(&vocabulary, &words, |_, feature| *counts.entry(feature).or_default() += times);
            }
        }
        counts.retain(|_, count| least <= *count);
        let mut hashes: Vec<u64> = counts.keys().copied().collect();
        hashes.sort_unstable();
        let counts = hashes.iter().map(|hash| counts.get(hash).copied().unwrap_or(0)).collect();
        let number: HashMap<u64, u32> = hashes.iter().enumerate().map(|(at, hash)| (*hash, at as u32)).collect();
        let mut words: Vec<(u32, &str)> =
            index.iter().map(|(word, number)| (tokens[*number as usize], *word)).collect();
        words.sort_unstable_by_key(|(count, word)| (std::cmp::Reverse(*count), *word));
        let words = words.into_iter().map(|(_, word)| word.to_owned()).collect();
        let mut types = Self { words, starts: Vec::new(), numbers: Vec::new(), hashes, sentences: Vec::new(), counts };
        for form in &forms {
            let mut starts = [types.numbers.len() as u32; 6];
            for offset in -2..=2_i8 {
                each_of_word(&vocabulary, form, offset, &mut |feature| types.numbers.extend(number.get(&feature)));
                starts[(offset + 3) as usize] = types.numbers.len() as u32;
            }
            types.starts.push(starts);
        }
        for (corpus, _) in corpora {
            let sentences = corpus.sentences.iter().map(|sentence| {
                let kinds = numbered(sentence);
                let words: Vec<&WordForm> = kinds.iter().map(|t| &forms[*t as usize]).collect();
                let mut found: Vec<(u32, u32)> = Vec::new();
                each_of_sentence(&vocabulary, &words, |at, feature| {
                    found.extend(number.get(&feature).map(|number| (at as u32, *number)));
                });
                found.sort_unstable();
                let starts =
                    (0..=kinds.len()).map(|at| found.partition_point(|(word, _)| (*word as usize) < at) as u32);
                Numbered {
                    starts: starts.collect(),
                    features: found.iter().map(|(_, number)| *number).collect(),
                    types: kinds,
                    labels: sentence.labels.clone(),
                }
            });
            types.sentences.push(sentences.collect());
        }
        types
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// How many features there are.
    pub(crate) fn features(&self) -> usize {
        self.hashes.len()
    }

    /// The words that are seen most often, the most frequent first.
    pub(crate) fn most_frequent(&self, most: usize) -> Vec<String> {
        self.words.iter().take(most).cloned().collect()
    }

    /// The numbers of the features, those that are seen most often first.
    pub(crate) fn by_count(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = (0..self.hashes.len()).collect();
        numbers.sort_by_key(|number| std::cmp::Reverse(self.counts[*number]));
        numbers
    }

    /// The features of a word for the label `place` - 2 places before it.
    pub(crate) fn of(&self, word: u32, place: usize) -> &[u32] {
        let starts = &self.starts[word as usize];
        &self.numbers[starts[place] as usize..starts[place + 1] as usize]
    }
}
