//! Trains the model of names that `khabar-entities` reads: `cargo xtask train-entities --data DIR`.
//!
//! Gold and automatically labelled sentences in CoNLL form, corpus counts, word clusters and gazetteers go in; a model
//! file comes out, byte for byte the same for the same input and seed. Features are extracted by the run-time's own code.

#![forbid(unsafe_code)]

mod card;
mod corpus;
mod crf;
mod data;
mod evaluate;
mod resources;
mod types;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use khabar_entities::crf::{Contents, MOST_FEATURES};

pub use card::card;
pub use corpus::{Corpus, Sentence};
pub use crf::Settings;
pub use data::TrainError;
pub use evaluate::{Counts, Scores, evaluate};
use types::Types;

/// Words that the file works out beforehand, which makes it 6 MB larger: of the running words of news one in thirty is not
/// among them.
const MOST_FREQUENT_WORDS: usize = 49_152;

/// What to train on and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Settings of the optimiser.
    pub settings: Settings,
    /// Seeds of the runs whose weights are averaged.
    pub seeds: Vec<u64>,
    /// Whether the automatically labelled sentences are used.
    pub silver: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { settings: Settings::default(), seeds: vec![1, 2, 3, 4, 5], silver: true }
    }
}

/// What training gives.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The model file of the averaged weights.
    pub model: Vec<u8>,
    /// The model file of each seed alone, to see how far seeds differ.
    pub each: Vec<(u64, Vec<u8>)>,
}

/// Trains a model on the files of a folder; `say` hears of every step.
///
/// # Errors
/// A file is missing or malformed.
pub fn train(data: &Path, options: &Options, say: impl FnMut(&str) + Send) -> Result<Trained, TrainError> {
    let say = Mutex::new(say);
    let say = |step: &str| say.lock().unwrap_or_else(PoisonError::into_inner)(step);
    let builder = resources::vocabulary(&data.join("ner"))?;
    let gold = Corpus::read(&data.join("ner/anercorp.train.conll"))?;
    let silver = if options.silver { Some(Corpus::read(&data.join("ner/silver.conll.zst"))?) } else { None };
    say(&format!(
        "{} gold sentences, {} silver",
        gold.sentences.len(),
        silver.as_ref().map_or(0, |s| s.sentences.len())
    ));
    let corpora: Vec<(&Corpus, u32)> = std::iter::once((&gold, 2)).chain(silver.as_ref().map(|s| (s, 1))).collect();
    let vocabulary = builder.build();
    let types = Types::new(&vocabulary, &corpora, options.settings.least);
    say(&format!("{} words, {} features", types.len(), types.features()));
    let runs = fit(&types, &corpora, options, &say)?;
    let file = |weights: &crf::Weights| -> Result<Vec<u8>, TrainError> {
        let (scale, transitions, features) = weights.quantised(&types, options.settings.prune);
        if MOST_FEATURES < features.len() {
            return Err(TrainError::Features { found: features.len() });
        }
        say(&format!("{} features kept", features.len()));
        let frequent = types.most_frequent(MOST_FREQUENT_WORDS);
        Ok(Contents { scale, transitions, vocabulary: vocabulary.clone(), features, frequent }.to_bytes())
    };
    let each = options.seeds.iter().zip(&runs).map(|(seed, weights)| Ok((*seed, file(weights)?)));
    let each = each.collect::<Result<_, TrainError>>()?;
    let count = runs.len().max(1) as f32;
    let sum = runs.into_iter().reduce(|sum, weights| sum.plus(&weights)).unwrap_or_default();
    Ok(Trained { model: file(&sum.scaled(1.0 / count))?, each })
}

/// Trains once a seed, all at the same time, on corpora with weights.
fn fit(
    types: &Types,
    corpora: &[(&Corpus, u32)],
    options: &Options,
    say: &(impl Fn(&str) + Sync),
) -> Result<Vec<crf::Weights>, TrainError> {
    std::thread::scope(|scope| {
        let settings = &options.settings;
        let run = |seed: u64| scope.spawn(move || crf::train(types, corpora, settings, seed, say));
        let runs: Vec<_> = options.seeds.iter().map(|seed| run(*seed)).collect();
        runs.into_iter().map(|run| run.join().map_err(|_| TrainError::Stopped)).collect()
    })
}
