//! Reads what the writers write, as the programs would that it is for. Every reader gives, of each document, kind, first
//! character and character after the last of its annotations in the order of the output.

use std::cmp::Reverse;

use serde_json::Value as Json;

/// Kind, first character, character after the last.
pub(super) type Found = (String, usize, usize);

/// What a form without nesting can show of annotations: of those that overlap the one that begins first, the longest.
pub(super) fn outermost(all: &[Found], belongs: impl Fn(&str) -> bool) -> Vec<Found> {
    let mut chosen: Vec<Found> = Vec::new();
    for found in all.iter().filter(|found| belongs(&found.0)) {
        if chosen.last().is_none_or(|last| last.2 <= found.1) {
            chosen.push(found.clone());
        }
    }
    chosen
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

fn offset(json: &Json, key: &str) -> usize {
    usize::try_from(json[key].as_u64().expect("an offset")).expect("fits")
}

fn text<'a>(json: &'a Json, key: &str) -> &'a str {
    json[key].as_str().expect("a string")
}

fn list(json: &Json) -> &[Json] {
    json.as_array().expect("a list")
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// By start, longest first; what stands at one place stays in its order.
fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|(_, start, end)| (*start, Reverse(*end)));
    found
}

/// Lines of JSON, or the items of an array, against the text that they are of.
pub(super) fn json(document: &Json, of: &str) -> Vec<Found> {
    let of = chars(of);
    let found = list(&document["annotations"]).iter().map(|annotation| {
        let (start, end) = (offset(annotation, "start"), offset(annotation, "end"));
        assert_eq!(text(annotation, "text"), of[start..end].iter().collect::<String>());
        (text(annotation, "kind").to_owned(), start, end)
    });
    found.collect()
}

/// Rows of cells, the head aside.
pub(super) fn csv(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// The annotations of such rows against the text that they are of.
pub(super) fn of_rows(rows: &[Vec<String>], of: &str) -> Vec<Found> {
    let of = chars(of);
    let found = rows.iter().map(|row| {
        let (start, end) = (number(&row[3]), number(&row[4]));
        let covered: String = of[start..end].iter().collect();
        // The apostrophe that keeps a cell from running as a formula.
        assert!(row[6] == covered || row[6].strip_prefix('\'') == Some(&covered), "{row:?}");
        (row[2].clone(), start, end)
    });
    found.collect()
}

/// A token a line, a column a layer.
pub(super) fn conll(conll: &str) -> Vec<Found> {
    let mut open: Vec<Option<Found>> = Vec::new();
    let mut found = Vec::new();
    for line in conll.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (start, end) = (number(cells[1]), number(cells[2]));
        open.resize(cells.len() - 3, None);
        for (open, cell) in open.iter_mut().zip(&cells[3..]) {
            if let (Some(open), Some(kind)) = (open.as_mut(), cell.strip_prefix("I-")) {
                assert_eq!(open.0, kind);
                open.2 = end;
                continue;
            }
            found.extend(open.take());
            *open = cell.strip_prefix("B-").map(|kind| (kind.to_owned(), start, end));
        }
    }
    found.extend(open.into_iter().flatten());
    sorted(found)
}

/// Brackets in MISC.
pub(super) fn conllu(conllu: &str) -> Vec<Found> {
    let (mut found, mut open): (Vec<Found>, Vec<(String, usize)>) = (Vec::new(), Vec::new());
    for line in conllu.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 10, "{line}");
        let misc = |key: &str| cells[9].split('|').find_map(|pair| pair.strip_prefix(key));
        let (start, end) = misc("TokenRange=").and_then(|range| range.split_once(':')).expect("a range");
        let (start, end) = (number(start), number(end));
        for bracket in misc("Ann=").into_iter().flat_map(|list| list.split(',')) {
            let kind = bracket.trim_matches(['(', ')']).to_owned();
            match (bracket.starts_with('('), bracket.ends_with(')')) {
                (true, true) => found.push((kind, start, end)),
                (true, false) => open.push((kind, start)),
                _ => {
                    let at = open.iter().rposition(|(open, _)| *open == kind).expect("was opened");
                    found.push((kind, open.remove(at).1, end));
                }
            }
        }
    }
    assert_eq!(open, []);
    sorted(found)
}

/// Standoff beside the text; kinds have underscores for dots. brat refuses what does not agree with the text.
pub(super) fn brat(ann: &str, beside: &str) -> Vec<Found> {
    let beside = chars(beside);
    let mut found = Vec::new();
    for line in ann.lines().filter(|line| line.starts_with('T')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (kind, places) = cells[1].split_once(' ').expect("a kind and places");
        let parts: Vec<(usize, usize)> = places
            .split(';')
            .map(|part| part.split_once(' ').expect("two offsets"))
            .map(|(start, end)| (number(start), number(end)))
            .collect();
        let covered: Vec<String> = parts.iter().map(|(start, end)| beside[*start..*end].iter().collect()).collect();
        assert_eq!(covered.join(" "), cells[2]);
        found.push((kind.to_owned(), parts[0].0, parts[parts.len() - 1].1));
    }
    found
}

/// A page of W3C annotations; both selectors of each have to agree with the text.
pub(super) fn webanno(page: &Json, of: &str) -> Vec<Found> {
    let letters = chars(of);
    let found = list(&page["items"]).iter().map(|item| {
        let (position, quote) = (&item["target"]["selector"][0], &item["target"]["selector"][1]);
        let (start, end) = (offset(position, "start"), offset(position, "end"));
        let covered: String = letters[start..end].iter().collect();
        assert_eq!(text(quote, "exact"), covered);
        let around = [text(quote, "prefix"), &covered, text(quote, "suffix")].concat();
        assert!(of.contains(&around), "{around}");
        (text(&item["body"][0], "value").to_owned(), start, end)
    });
    found.collect()
}

/// displaCy's form, which has the text.
pub(super) fn displacy(document: &Json, of: &str) -> Vec<Found> {
    assert_eq!(text(document, "text"), of);
    let found = list(&document["ents"]).iter();
    found.map(|ent| (text(ent, "label").to_owned(), offset(ent, "start"), offset(ent, "end"))).collect()
}

/// A TIMEX3 with its value and mod.
pub(super) type Timex = (Found, [String; 2]);

/// The documents of TimeML: the text, and what is marked in it.
pub(super) fn timex3(xml: &str) -> Vec<(String, Vec<Timex>)> {
    let document = roxmltree::Document::parse(xml).expect("is XML");
    let documents = document.descendants().filter(|node| node.has_tag_name("TimeML"));
    let read = |document: roxmltree::Node<'_, '_>| {
        let body = document.children().find(|node| node.has_tag_name("TEXT")).expect("a text");
        let (mut text, mut timexes) = (String::new(), Vec::new());
        for node in body.children() {
            let start = text.chars().count();
            text.push_str(node.text().unwrap_or_default());
            if node.has_tag_name("TIMEX3") {
                let cell = |name| node.attribute(name).unwrap_or_default().to_owned();
                let kind = format!("timex.{}", cell("type").to_lowercase());
                timexes.push(((kind, start, text.chars().count()), [cell("value"), cell("mod")]));
            }
        }
        (text, timexes)
    };
    documents.map(read).collect()
}
