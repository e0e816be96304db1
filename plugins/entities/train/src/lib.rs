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

use khabar_entities::model::{Contents, VocabularyBuilder};

pub use card::card;
pub use corpus::{Corpus, Sentence};
pub use crf::Settings;
pub use data::TrainError;
pub use evaluate::{Counts, Scores, evaluate};
use types::Types;

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
        Self { settings: Settings::default(), seeds: vec![1, 2, 3], silver: true }
    }
}

/// Trains a model on the files of a folder and returns the bytes of its file; `say` hears of every step.
///
/// # Errors
/// A file is missing or malformed.
pub fn train(data: &Path, options: &Options, say: &mut dyn FnMut(&str)) -> Result<Vec<u8>, TrainError> {
    let builder = resources::vocabulary(&data.join("ner"))?;
    let gold = Corpus::read(&data.join("ner/anercorp.train.conll"))?;
    let silver = if options.silver { Some(Corpus::read(&data.join("ner/silver.conll.zst"))?) } else { None };
    say(&format!(
        "{} gold sentences, {} silver",
        gold.sentences.len(),
        silver.as_ref().map_or(0, |s| s.sentences.len())
    ));
    let corpora: Vec<(&Corpus, u32)> = std::iter::once((&gold, 2)).chain(silver.as_ref().map(|s| (s, 1))).collect();
    fit(&builder, &corpora, &options.settings, &options.seeds, say)
}

/// Trains on corpora with weights, once a seed, and averages.
fn fit(
    builder: &VocabularyBuilder,
    corpora: &[(&Corpus, u32)],
    settings: &Settings,
    seeds: &[u64],
    say: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, TrainError> {
    let vocabulary = builder.build();
    let types = Types::new(&vocabulary, corpora, settings.least);
    say(&format!("{} words, {} features", types.len(), types.features()));
    let mut sum: Option<crf::Weights> = None;
    for seed in seeds {
        let weights = crf::train(&types, corpora, settings, *seed, say);
        sum = Some(match sum {
            Some(sum) => sum.plus(&weights),
            None => weights,
        });
    }
    let weights = sum.unwrap_or_default().scaled(1.0 / seeds.len().max(1) as f32);
    let (scale, transitions, features) = weights.quantised(&types, settings.prune);
    say(&format!("{} features kept", features.len()));
    Ok(Contents { scale, transitions, vocabulary, features }.to_bytes())
}
