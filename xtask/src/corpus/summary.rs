//! The summary of a run: how many of each kind in each document.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// A table of kinds by documents, then their dates.
pub(super) fn summary(documents: &[Json]) -> String {
    let annotations = |document: &Json| document["annotations"].as_array().cloned().unwrap_or_default();
    let mut counts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        for annotation in annotations(document) {
            let kind = annotation["kind"].as_str().unwrap_or_default().to_owned();
            counts.entry(kind).or_insert_with(|| vec![0; documents.len()])[at] += 1;
        }
    }
    let mut lines = Vec::new();
    let short = |document: &Json| document["id"].as_str().unwrap_or_default().chars().take(7).collect::<String>();
    lines.push(row("kind", documents.iter().map(short).chain(["all".into()])));
    for (kind, of_documents) in &counts {
        let all: usize = of_documents.iter().sum();
        lines.push(row(kind, of_documents.iter().chain([&all]).map(ToString::to_string)));
    }
    let mut totals: Vec<usize> = documents.iter().map(|d| annotations(d).len()).collect();
    totals.push(totals.iter().sum());
    lines.push(row("all", totals.iter().map(ToString::to_string)));
    lines.push(String::new());
    for document in documents {
        let date = &document["date"];
        let known = |key: &str| date[key].as_str().unwrap_or("unknown").to_owned();
        let date = if date.is_null() { "unknown".into() } else { format!("{} ({})", known("value"), known("source")) };
        lines.push(format!("{}  date {date}", document["id"].as_str().unwrap_or_default()));
    }
    lines.join("\n") + "\n"
}

fn row(name: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!("{cell:>9}")).collect();
    format!("{name:20}{cells}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn counts_by_kind_and_document() {
        let documents = [
            json!({"id": "000_abcdef", "date": null, "annotations": [{"kind": "b.x"}, {"kind": "a.y"}, {"kind": "b.x"}]}),
            json!({"id": "001", "date": {"value": "2025-08-06", "source": "inferred"}, "annotations": [{"kind": "b.x"}]}),
        ];
        let wanted = "\
kind                  000_abc      001      all
a.y                         1        0        1
b.x                         2        1        3
all                         3        1        4

000_abcdef  date unknown
001  date 2025-08-06 (inferred)
";
        assert_eq!(summary(&documents), wanted);
    }
}
