//! That the run-time's short cuts add up to what training counts.

use khabar_arabic::{fold, hash};

use super::*;

/// A model whose every feature of the sentence has weights that depend on its hash.
fn model(words: &[&str]) -> (Model, Vec<Vec<u64>>) {
    let builder = VocabularyBuilder {
        words: words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                let at = at as u16;
                let entry = WordEntry { count: 9_000 + at, cluster: at + 1, gazetteers: [at as u8 % 3, 1, 0, 0, 1, 2] };
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
    let mut tagger = Tagger::default();
    for word in words {
        let folded = fold(word);
        tagger.push(&model, hash(&folded), &folded);
    }
    tagger.end_sentence();
    tagger.label(&model);
    let lean = Tagger::scores_of_nothing(&model);
    for (at, features) in features.iter().enumerate() {
        let mut sum = [lean; N - 1];
        for feature in features {
            for (total, weight) in sum.iter_mut().zip(model.weights(*feature)) {
                *total += i16::from(weight);
            }
        }
        assert_eq!(tagger.scores(at), sum, "word {at}");
    }
}
