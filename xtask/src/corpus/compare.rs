//! Shows where two outputs differ, annotation by annotation.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::Value as Json;

use crate::repo::Findings;

/// Compares an output with the expected one.
///
/// # Errors
/// When a byte differs, after all differences were printed: `-` before what was expected, `+` before what was found.
pub(super) fn compare(known: &str, found: &str, old: &[Json], new: &[Json]) -> Result<()> {
    let mut findings = Findings::default();
    if known != found {
        differences(old, new).into_iter().for_each(|line| findings.add(line));
        if findings.is_empty() {
            let differs = |(a, b): (&str, &str)| a != b;
            let line = known.lines().zip(found.lines()).position(differs).map_or(1, |at| at + 1);
            findings.add(format!("line {line}: the same annotations in another order or form"));
        }
    }
    findings.end("corpus")
}

fn differences(old: &[Json], new: &[Json]) -> Vec<String> {
    let id = |document: &Json| document["id"].as_str().unwrap_or_default().to_owned();
    let mut documents: BTreeMap<String, (Option<&Json>, Option<&Json>)> = BTreeMap::new();
    for document in old {
        documents.entry(id(document)).or_default().0 = Some(document);
    }
    for document in new {
        documents.entry(id(document)).or_default().1 = Some(document);
    }
    let mut lines = Vec::new();
    for (id, sides) in documents {
        let mut of_document = match sides {
            (Some(old), Some(new)) => document_differences(old, new),
            (Some(_), None) => vec!["- the whole document".into()],
            (None, _) => vec!["+ the whole document".into()],
        };
        if !of_document.is_empty() {
            lines.push(format!("{id}:"));
            lines.append(&mut of_document);
        }
    }
    lines
}

fn document_differences(old: &Json, new: &Json) -> Vec<String> {
    let mut lines = Vec::new();
    let keys = |document: &Json| document.as_object().map(|o| o.keys().cloned().collect()).unwrap_or_default();
    let mut all: Vec<String> = keys(old);
    all.extend(keys(new));
    all.sort();
    all.dedup();
    for key in all.iter().filter(|key| *key != "annotations" && old[key.as_str()] != new[key.as_str()]) {
        lines.push(format!("- {key}: {}", old[key]));
        lines.push(format!("+ {key}: {}", new[key]));
    }
    // How often each annotation stands on each side, in the order of the text.
    let mut annotations: BTreeMap<Place, BTreeMap<String, (usize, usize)>> = BTreeMap::new();
    for (side, document) in [old, new].into_iter().enumerate() {
        for annotation in document["annotations"].as_array().into_iter().flatten() {
            let offset = |key: &str| annotation[key].as_u64().unwrap_or_default();
            let kind = annotation["kind"].as_str().unwrap_or_default().to_owned();
            let forms = annotations.entry((offset("start"), kind, offset("end"))).or_default();
            let count = forms.entry(shown(annotation)).or_default();
            *(if side == 0 { &mut count.0 } else { &mut count.1 }) += 1;
        }
    }
    for (form, (before, after)) in annotations.into_values().flatten() {
        lines.extend((after..before).map(|_| format!("- {form}")));
        lines.extend((before..after).map(|_| format!("+ {form}")));
    }
    lines
}

/// Start, kind and end of an annotation.
type Place = (u64, String, u64);

/// An annotation on one line, what a reader looks for first.
fn shown(annotation: &Json) -> String {
    let field = |key: &str| annotation[key].as_str().unwrap_or_default().to_owned();
    let Json::Object(mut rest) = annotation.clone() else { return annotation.to_string() };
    for key in ["kind", "start", "end", "text", "value"] {
        rest.remove(key);
    }
    let rest: String = rest.iter().map(|(key, value)| format!(" {key} {value}")).collect();
    let (start, end, value) = (&annotation["start"], &annotation["end"], &annotation["value"]);
    format!("{} {start}..{end} {} {value}{rest}", field("kind"), annotation["text"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_line_an_annotation() {
        let annotation =
            |value: &str| json!({"kind": "number.percent", "start": 3, "end": 7, "text": "100%", "value": value});
        let old = json!({"id": "a", "date": null, "annotations": [annotation("100"), annotation("1")]});
        let new = json!({"id": "a", "date": {"value": "2025"}, "annotations": [annotation("1"), annotation("99")]});
        let gone = json!({"id": "b", "annotations": []});
        assert_eq!(
            differences(&[old.clone(), gone], &[new]),
            [
                "a:",
                "- date: null",
                "+ date: {\"value\":\"2025\"}",
                "- number.percent 3..7 \"100%\" \"100\"",
                "+ number.percent 3..7 \"100%\" \"99\"",
                "b:",
                "- the whole document",
            ]
        );
        assert!(differences(std::slice::from_ref(&old), std::slice::from_ref(&old)).is_empty());
    }
}
