//! How two outputs for one document differ.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value as Json;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// `-` only before, `+` only after, `~` otherwise.
    pub(super) sign: char,
    /// The document's id.
    document: String,
    /// The kind of the annotation, or the field of the document.
    pub(super) kind: String,
    /// Where it stands and what it says.
    what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sign, document, kind, what } = self;
        write!(f, "{sign} [{document}] {kind} {what}")
    }
}

/// Kind, start and end of an annotation, and which of several it is.
type Key = (u64, u64, String, usize);

/// Appends the differences of two lines of output.
pub(super) fn differences(before: &Json, after: &Json, all: &mut Vec<Difference>) {
    let document = after["id"].as_str().unwrap_or_default().to_owned();
    let mut add = |sign, kind: &str, what| {
        all.push(Difference { sign, document: document.clone(), kind: kind.to_owned(), what });
    };
    for field in ["id", "date", "text", "meta", "errors"].into_iter().filter(|field| before[field] != after[field]) {
        add('~', field, format!("{} → {}", before[field], after[field]));
    }
    let (before, after) = (by_place(before), by_place(after));
    let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let (start, end, kind, _) = key;
        let at = |annotation: &Json| format!("{start}..{end} {}", annotation["text"]);
        match (before.get(key), after.get(key)) {
            (Some(old), None) => add('-', kind, format!("{} {}", at(old), old["value"])),
            (None, Some(new)) => add('+', kind, format!("{} {}", at(new), new["value"])),
            (Some(old), Some(new)) if old != new => {
                let changed = ["value", "confidence", "source"].into_iter().filter(|field| old[field] != new[field]);
                let changes: Vec<String> = changed.map(|field| format!("{} → {}", old[field], new[field])).collect();
                add('~', kind, format!("{} {}", at(new), changes.join(", ")));
            }
            _ => {}
        }
    }
}

/// The annotations of a line by where they stand.
fn by_place(line: &Json) -> BTreeMap<Key, &Json> {
    let mut places = BTreeMap::new();
    for annotation in line["annotations"].as_array().into_iter().flatten() {
        let number = |field: &str| annotation[field].as_u64().unwrap_or_default();
        let kind = annotation["kind"].as_str().unwrap_or_default().to_owned();
        let mut key = (number("start"), number("end"), kind, 0);
        while places.contains_key(&key) {
            key.3 += 1;
        }
        places.insert(key, annotation);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_difference_is_told_once() {
        let found = |kind: &str, end: u32, value: &str| json!({"kind": kind, "start": 0, "end": end, "text": "x", "value": value});
        let line =
            |errors: Json, annotations: Vec<Json>| json!({"id": "a", "errors": errors, "annotations": annotations});
        let before = line(json!([]), vec![found("a.b", 1, "1"), found("a.b", 1, "1"), found("a.c", 2, "1")]);
        let after = line(json!(["e"]), vec![found("a.b", 1, "1"), found("a.c", 2, "2"), found("a.d", 3, "1")]);
        let mut all = Vec::new();
        differences(&before, &after, &mut all);
        let told: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "~ [a] errors [] → [\"e\"]",
                "- [a] a.b 0..1 \"x\" \"1\"",
                "~ [a] a.c 0..2 \"x\" \"1\" → \"2\"",
                "+ [a] a.d 0..3 \"x\" \"1\"",
            ]
        );
        all.clear();
        differences(&after, &after, &mut all);
        assert_eq!(all, []);
    }
}
