//! From lists of names to the file of the register.

use std::collections::BTreeMap;

use khabar_arabic::Analysis;

use super::{HEADER, KINDS, MAGIC, VERSION, WEAK};
use crate::kind::Kind;

/// A list of names: lines of name, kind, id and `weak`, apart by tabs, of which the last may lack; `#` begins a comment.
#[derive(Clone, Debug)]
pub struct RegisterList {
    /// Its path, for messages.
    pub file: String,
    /// Its lines.
    pub text: String,
}

/// Letters with which no word of Arabic begins: ة, ى and the hamza without a bearer. Lists that a program turned for printing
/// have them.
const NEVER_FIRST: [char; 3] = ['\u{629}', '\u{649}', '\u{621}'];

/// The name in a line.
struct Entry<'a> {
    words: Vec<u64>,
    kind: u8,
    weak: bool,
    id: u32,
    usual: &'a str,
    file: u8,
    line: u32,
}

/// Compiles lists into the bytes of a register. Of two lists with one name the first counts.
///
/// # Errors
/// A line with a wrong number of fields, an unknown kind or id, a name without letters or written from behind, or one that
/// stands twice in a list: with file, line and what was expected.
pub fn compile(lists: &[RegisterList]) -> Result<Vec<u8>, String> {
    let mut analysis = Analysis::default();
    let mut entries: BTreeMap<(u64, Vec<u32>), Entry<'_>> = BTreeMap::new();
    let mut usual: BTreeMap<u32, &str> = BTreeMap::new();
    for (file, list) in lists.iter().enumerate() {
        let mut lines: BTreeMap<&str, u32> = BTreeMap::new();
        for (line, text) in (1..).zip(list.text.lines()) {
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let told = |reason: String| format!("{}:{line}: {reason}", list.file);
            let entry = read(&mut analysis, text, file as u8, line).map_err(told)?;
            if let Some(before) = lines.insert(entry.usual, line) {
                return Err(told(format!("{:?} stands in line {before} as well: keep one of them", entry.usual)));
            }
            if entry.id != 0 {
                usual.entry(entry.id).or_insert(entry.usual);
            }
            let Some((first, rest)) = entry.words.split_first() else { continue };
            entries.entry((*first, rest.iter().map(|word| *word as u32).collect())).or_insert(entry);
        }
    }
    Ok(write(&entries, &usual))
}

fn read<'a>(analysis: &mut Analysis, text: &'a str, file: u8, line: u32) -> Result<Entry<'a>, String> {
    let fields: Vec<&str> = text.split('\t').collect();
    let (usual, kind, id, weak) = match fields[..] {
        [usual, kind] => (usual, kind, "", ""),
        [usual, kind, id] => (usual, kind, id, ""),
        [usual, kind, id, weak] => (usual, kind, id, weak),
        _ => return Err(format!("expected name, kind, id and `weak` apart by tabs, found {} fields", fields.len())),
    };
    let names = || KINDS.map(Kind::name).join(", ");
    let known = KINDS.iter().position(|known| known.name() == kind);
    let kind = known.ok_or_else(|| format!("unknown kind {kind:?}: expected one of {}", names()))? as u8;
    let weak = match weak {
        "" => false,
        "weak" => true,
        other => return Err(format!("unknown mark {other:?}: expected `weak` or nothing")),
    };
    let number =
        |digits: &str, tag: u32| digits.parse::<u32>().ok().filter(|n| 0 < *n && *n < 1 << 30).map(|n| tag << 30 | n);
    let packed = match (id.strip_prefix('Q'), id.strip_prefix("geonames:")) {
        _ if id.is_empty() => Some(0),
        (Some(digits), _) => number(digits, 1),
        (_, Some(digits)) => number(digits, 2),
        _ => None,
    };
    let id = packed.ok_or_else(|| format!("unknown id {id:?}: expected Q7747, geonames:360630 or nothing"))?;
    analysis.analyze(usual);
    if usual.split(' ').any(|word| word.starts_with(NEVER_FIRST)) {
        return Err(format!("{usual:?} has a word that begins as no word does: is it written from behind?"));
    }
    let words = analysis.hashes()[..analysis.tokens().len()].to_vec();
    if words.is_empty() || usize::from(u8::MAX) < words.len() {
        return Err(format!("{usual:?} is no name: expected 1 to 255 words"));
    }
    Ok(Entry { words, kind, weak, id, usual, file, line })
}

fn write(entries: &BTreeMap<(u64, Vec<u32>), Entry<'_>>, usual: &BTreeMap<u32, &str>) -> Vec<u8> {
    let (mut firsts, mut names, mut words, mut text) = (Vec::new(), Vec::new(), Vec::new(), String::new());
    let mut texts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut last = None;
    for (count, ((first, rest), entry)) in (0_u32..).zip(entries) {
        if last != Some(*first) {
            last = Some(*first);
            firsts.extend(first.to_le_bytes());
            firsts.extend(count.to_le_bytes());
        }
        let name = usual.get(&entry.id).copied().unwrap_or(entry.usual);
        let text_at = *texts.entry(name).or_insert_with(|| {
            let at = text.len() as u32;
            text.push_str(name);
            text.push('\n');
            at
        });
        names.extend((words.len() as u32 / 4).to_le_bytes());
        names.extend([rest.len() as u8, entry.kind, if entry.weak { WEAK } else { 0 }, entry.file]);
        names.extend(entry.id.to_le_bytes());
        names.extend(text_at.to_le_bytes());
        names.extend(entry.line.to_le_bytes());
        words.extend(rest.iter().flat_map(|word| word.to_le_bytes()));
    }
    let counts = [firsts.len() / super::FIRST, names.len() / super::NAME, words.len() / 4, text.len()];
    let mut bytes = Vec::with_capacity(HEADER + firsts.len() + names.len() + words.len() + text.len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    counts.iter().for_each(|count| bytes.extend((*count as u32).to_le_bytes()));
    [&firsts, &names, &words].into_iter().for_each(|part| bytes.extend(part));
    bytes.extend(text.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_list_is_told_with_its_line() {
        let told = |text: &str| {
            let list = RegisterList { file: "register/a.tsv".into(), text: text.into() };
            compile(&[list]).expect_err(text)
        };
        assert_eq!(
            told("# x\nجدة"),
            "register/a.tsv:2: expected name, kind, id and `weak` apart by tabs, found 1 fields"
        );
        let kind = told("جدة\ttown\tQ1\t");
        assert!(
            kind.starts_with("register/a.tsv:1: unknown kind \"town\": expected one of person, org, gpe"),
            "{kind}"
        );
        assert_eq!(
            told("جدة\tgpe\tW1\t"),
            "register/a.tsv:1: unknown id \"W1\": expected Q7747, geonames:360630 or nothing"
        );
        let twice = told("جدة\tgpe\tQ1\t\n\nجدة\tgpe\tQ2\t");
        assert_eq!(twice, "register/a.tsv:3: \"جدة\" stands in line 1 as well: keep one of them");
        assert_eq!(told("جدة\tgpe\tQ1\tweek"), "register/a.tsv:1: unknown mark \"week\": expected `weak` or nothing");
        assert!(told("\tgpe\tQ1\t").contains("is no name"));
        assert!(told("باب ةباشلا\tgpe").starts_with("register/a.tsv:1: \"باب ةباشلا\" has a word that begins"));
        assert!(told("جدة\tgpe\nجدة\torg").starts_with("register/a.tsv:2: \"جدة\" stands in line 1"), "one is lost");
    }
}
