//! Since when people hold an office: a text that calls them by it is no older than that.

use std::sync::LazyLock;

use jiff::civil::Date;
use khabar_arabic::{WordMap, fold, proclitics};
use khabar_core::{Span, TokenFlags};
use khabar_extractor::{Cancel, Doc, ExtractError};
use serde::Deserialize;

use crate::text::Text;

/// Folded words, the last one first.
type Backwards = Box<[String]>;

/// Somebody's name before which the title of an office stands.
#[derive(Debug)]
struct Holder {
    /// The words of the name before its last.
    name: Backwards,
    titles: Vec<Backwards>,
    since: Date,
}

/// All who hold an office, by the last word of their name.
struct Offices {
    holders: WordMap<Vec<Holder>>,
}

#[derive(Deserialize)]
struct File {
    office: Vec<OfficeEntry>,
}

#[derive(Deserialize)]
struct OfficeEntry {
    titles: Vec<String>,
    holders: Vec<HolderEntry>,
}

#[derive(Deserialize)]
struct HolderEntry {
    /// As ISO 8601.
    since: String,
    names: Vec<String>,
}

impl Offices {
    /// The embedded list, read once.
    fn get() -> &'static Self {
        static OFFICES: LazyLock<Offices> = LazyLock::new(Offices::load);
        &OFFICES
    }

    fn load() -> Self {
        let mut by_last: std::collections::BTreeMap<String, Vec<Holder>> = std::collections::BTreeMap::new();
        // The data file is part of the crate, and a test reads it.
        let file = toml::from_str(include_str!("../data/offices.toml")).unwrap_or(File { office: Vec::new() });
        for OfficeEntry { titles, holders } in file.office {
            for HolderEntry { since, names } in holders {
                let Ok(since) = since.parse() else { continue };
                for name in names {
                    let mut name = backwards(&name).into_vec();
                    if name.is_empty() {
                        continue;
                    }
                    let last = name.remove(0);
                    let titles = titles.iter().map(|title| backwards(title)).collect();
                    by_last.entry(last).or_default().push(Holder { name: name.into(), titles, since });
                }
            }
        }
        Self { holders: WordMap::new(by_last) }
    }
}

fn backwards(words: &str) -> Backwards {
    fold(words).split_whitespace().rev().map(str::to_owned).collect()
}

/// The last words of the names of all who hold an office, folded.
pub(crate) fn last_names() -> impl Iterator<Item = &'static str> {
    Offices::get().holders.words()
}

/// The latest day on which somebody came into an office by which the text calls them, and where it does, unless it is
/// cancelled.
pub(crate) fn latest(text: &Text<'_>, cancel: Cancel<'_>) -> Result<Option<(Date, Span)>, ExtractError> {
    let (doc, offices) = (text.doc, Offices::get());
    let mut latest: Option<(Date, Span)> = None;
    for (step, at) in text.holders().enumerate() {
        cancel.check_at(step)?;
        let Some(holders) = offices.holders.get_hashed(doc.hashes[at], doc.folded(at)) else { continue };
        for holder in holders {
            let later = latest.is_none_or(|(since, _)| since < holder.since);
            if later && let Some(start) = named_from(doc, at, holder) {
                latest = Some((holder.since, Span::new(start, doc.tokens[at].end)));
            }
        }
    }
    Ok(latest)
}

/// Where a title begins with the name behind it whose last word stands at `at`.
fn named_from(doc: &Doc<'_>, at: usize, holder: &Holder) -> Option<u32> {
    // Words stand in one line with the one after them.
    let before = |at: usize| at.checked_sub(1).filter(|_| !doc.tokens[at].has(TokenFlags::LINE_START));
    let mut first = at;
    for word in &holder.name {
        first = before(first).filter(|at| doc.folded(*at) == word)?;
    }
    holder.titles.iter().find_map(|title| {
        let (head, rest) = title.split_last()?;
        let mut first = first;
        for word in rest {
            first = before(first).filter(|at| doc.folded(*at) == word)?;
        }
        first = before(first)?;
        Some(doc.part(first, proclitics_before(doc.folded(first), head)?, 0).start)
    })
}

/// Bytes of the proclitics of a folded token that is a word apart from them: والرئيس, للرئيس.
fn proclitics_before(folded: &str, word: &str) -> Option<usize> {
    if folded == word {
        return Some(0);
    }
    let is = |proclitic: &khabar_arabic::Proclitic| {
        let rest = &folded[proclitic.len..];
        if proclitic.article_cut { word.strip_prefix('ا') == Some(rest) } else { word == rest }
    };
    proclitics(folded).into_iter().find(is).map(|proclitic| proclitic.len)
}

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;

    use super::*;
    use crate::text::Buffers;

    fn since(text: &str) -> Option<String> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let doc = Doc::new("", text, &analysis);
        let mut buffers = Buffers::default();
        let text = Text::new(&doc, &mut buffers, false, Cancel::NEVER).expect("nobody cancels it");
        latest(&text, Cancel::NEVER).expect("nobody cancels it").map(|(since, _)| since.to_string())
    }

    #[test]
    fn all_of_the_list_is_read() {
        let entries = include_str!("../data/offices.toml").matches("since = \"").count();
        let mut dates: Vec<Date> = Vec::new();
        let file: File = toml::from_str(include_str!("../data/offices.toml")).expect("a list");
        for holder in file.office.iter().flat_map(|office| &office.holders) {
            assert!(!holder.names.is_empty(), "{}", holder.since);
            dates.push(holder.since.parse().expect("a date"));
        }
        assert_eq!(dates.len(), entries);
        assert!(dates.iter().all(|date| (1990..2100).contains(&date.year())));
    }

    #[test]
    fn the_latest_of_several_counts() {
        assert_eq!(since("التقى الرئيس الأميركي دونالد ترامب نظيره").as_deref(), Some("2016-11-08"));
        assert_eq!(since("بين الرئيس بوتين والرئيس الأوكراني زيلينسكي").as_deref(), Some("2019-04-21"));
        assert_eq!(since("رسالة للرئيس الأمريكي جو بايدن").as_deref(), Some("2020-11-03"));
    }

    #[test]
    fn a_name_without_its_title_tells_nothing() {
        for text in ["رجل الأعمال دونالد ترامب", "المرشح جو بايدن", "الرئيس الأمريكي السابق\nترامب", "سعيد", ""]
        {
            assert_eq!(since(text), None, "{text}");
        }
    }
}
