//! The model card: what a model was made of and how it does.

use std::fmt::Write as _;

use crate::Options;
use crate::evaluate::{Counts, Scores};

/// The card of a model of so many bytes with these scores on the development set, in Markdown.
pub fn card(options: &Options, bytes: usize, scores: &Scores) -> String {
    let seeds: Vec<String> = options.seeds.iter().map(u64::to_string).collect();
    let settings = &options.settings;
    let mut card = format!(
        "# The model of names

`entities.khm` is a linear-chain conditional random field with hashed features and int8 weights, {:.1} MB, together with
corpus counts, word clusters, gazetteers, and the most frequent words worked out beforehand. It marks people, places, organisations and other names (MISC) in Arabic
news; `khabar-entities` adds known names, a grammar, and what a document says of its own names.

Written by `cargo xtask train-entities --data DIR`; do not edit.

## Making

Seeds {}, their weights averaged; {} epochs of AdaGrad, step {}, L2 {}, feature dropout {}, features seen at least {} times,
those with all weights below {} dropped; gold sentences twice{}.

## Scores

ANERcorp development set (the last tenth of the official training split, never trained on), exact spans, the model alone:

| type | precision | recall | F1 | gold |
| --- | --- | --- | --- | --- |
",
        bytes as f64 / 1e6,
        seeds.join(", "),
        settings.epochs,
        settings.step,
        settings.l2,
        settings.dropout,
        settings.least,
        settings.prune,
        if options.silver { ", automatically labelled ones once" } else { ", no automatically labelled ones" },
    );
    let mut row = |name: &str, counts: Counts| {
        let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * counts.right as f64 / of as f64 };
        let (precision, recall) = (share(counts.found), share(counts.gold));
        let _ = writeln!(card, "| {name} | {precision:.1} | {recall:.1} | {:.1} | {} |", counts.f1(), counts.gold);
    };
    let sum = |wanted: &dyn Fn(&str) -> bool| {
        let chosen = scores.iter().filter(|(name, _)| wanted(name)).map(|(_, counts)| *counts);
        chosen.fold(Counts::default(), |a, b| Counts {
            right: a.right + b.right,
            found: a.found + b.found,
            gold: a.gold + b.gold,
        })
    };
    for (name, counts) in scores {
        row(name, *counts);
    }
    row("PER, LOC, ORG", sum(&|name| name != "MISC"));
    row("all", sum(&|_| true));
    card.push_str(LICENCES);
    card
}

const LICENCES: &str = "
With the steps that follow it: `cargo xtask eval ner/anercorp.dev.conll --set entities.scheme=anercorp --set
entities.misc=true --only entity --tokens` and a `--map` of kinds to the four types.

## Data and licence

The model file is under CC BY-SA 4.0 (see LICENSE), apart from the code, because of what it was made from:

| what | used for | licence |
| --- | --- | --- |
| ANERcorp, CAMeL Lab's training split (Benajiba, Rosso and Benedí 2007; Obeid et al. 2020), its first nine tenths | gold | CC BY-SA 4.0 |
| Arabic Wikipedia, dump of 2017-01-20, as packaged in comparableWikiCorpus (M. Saad) | counts, clusters, automatically labelled sentences | CC BY-SA 4.0 |
| ANT corpus v1.1 | the same | Apache-2.0 |
| NERAr dictionaries (Gahbiche-Braham, Bonneau-Maynard, Yvon 2014) | gazetteers | BSD-2-Clause, © 2013 CNRS |
| GeoNames, Arabic names of cities | gazetteers | CC BY 4.0 |
| Unicode CLDR, Arabic names of territories | gazetteers | Unicode License v3 |

Known weaknesses: half of the automatically labelled text is Tunisian radio news and half encyclopaedic; government bodies are
no organisations in ANERcorp, and buildings are hardly marked, so that both come from the grammar.
";
