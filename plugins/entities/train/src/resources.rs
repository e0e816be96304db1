//! Corpus counts, clusters and gazetteers, gathered into a vocabulary.

use std::collections::BTreeMap;
use std::path::Path;

use khabar_arabic::{fold, hash};
use khabar_entities::crf::{Gazetteer, Vocabulary, VocabularyBuilder, WordEntry, WordForm, analyse};

use crate::data::{TrainError, each_line};

/// Words counted less often are left out of the model file, unless something else is known of them.
const LEAST_COUNT: u64 = 3;

/// The vocabulary of the files of a folder.
pub(crate) fn vocabulary(ner: &Path) -> Result<VocabularyBuilder, TrainError> {
    let mut words: BTreeMap<String, WordEntry> = BTreeMap::new();
    each_line(&ner.join("wordfreq.tsv.zst"), |line| {
        let (word, count) = line.split_once('\t').ok_or("no tab")?;
        let count: u64 = count.parse().map_err(|_| format!("no count: {count}"))?;
        if LEAST_COUNT <= count {
            words.entry(word.to_owned()).or_default().count = Vocabulary::scale(count as f64);
        }
        Ok(())
    })?;
    let mut tree = vec![(0, 0); 2001];
    each_line(&ner.join("clusters.tsv.zst"), |line| {
        let mut columns = line.split('\t');
        let word = columns.next().unwrap_or_default();
        let mut id = |most: u16| -> Result<u16, String> {
            let id = columns.next().and_then(|c| c.parse::<u16>().ok()).filter(|id| *id < most);
            id.map(|id| id + 1).ok_or_else(|| "no cluster".into())
        };
        let (hundred, five, two) = (id(100)?, id(500)?, id(2000)?);
        tree[usize::from(two)] = (five, hundred as u8);
        words.entry(word.to_owned()).or_default().cluster = two;
        Ok(())
    })?;
    let entries = gazetteers(ner)?;
    let mut begins: BTreeMap<&str, [u32; 6]> = BTreeMap::new();
    for (tokens, gazetteer) in &entries {
        for (at, token) in tokens.iter().enumerate() {
            begins.entry(token).or_default()[*gazetteer as usize + if at == 0 { 0 } else { 3 }] += 1;
        }
    }
    for (token, counts) in begins {
        words.entry(token.to_owned()).or_default().gazetteers = counts.map(bucket);
    }
    let words: Vec<(String, WordEntry)> = words.into_iter().collect();
    let mut phrases: BTreeMap<u64, u8> = BTreeMap::new();
    for (tokens, gazetteer) in &entries {
        if tokens.len() <= 3 {
            let mut key = 0;
            for (at, token) in tokens.iter().enumerate() {
                key = Vocabulary::extend_phrase(key, hash(token));
                let last = at + 1 == tokens.len();
                *phrases.entry(key).or_default() |= if last { 1 << *gazetteer as u8 } else { Vocabulary::GOES_ON };
            }
        }
    }
    Ok(VocabularyBuilder { words, phrases: phrases.into_iter().collect(), tree })
}

/// 0, 1, 2-4, 5-24, 25 and more.
fn bucket(count: u32) -> u8 {
    [1, 2, 5, 25].iter().take_while(|least| **least <= count).count() as u8
}

/// The entries of all lists as normal forms; an entry in two lists counts twice.
fn gazetteers(ner: &Path) -> Result<Vec<(Vec<String>, Gazetteer)>, TrainError> {
    let mut entries = Vec::new();
    let mut form = WordForm::default();
    for file in ["nerar.tsv", "geonames-cities.tsv", "cldr-territories.tsv"] {
        each_line(&ner.join("gazetteers").join(file), |line| {
            let mut columns = line.split('\t');
            let entry = fold(columns.next().unwrap_or_default()).into_owned();
            let gazetteer = match columns.next() {
                Some("PER") => Gazetteer::Person,
                Some("LOC") => Gazetteer::Place,
                Some("ORG") => Gazetteer::Organisation,
                other => return Err(format!("unknown type {other:?}")),
            };
            let tokens: Vec<String> = entry
                .split_whitespace()
                .map(|token| {
                    analyse(&Vocabulary::default(), token, &mut form);
                    form.norm.clone()
                })
                .collect();
            if !tokens.is_empty() {
                entries.push((tokens, gazetteer));
            }
            Ok(())
        })?;
    }
    Ok(entries)
}
