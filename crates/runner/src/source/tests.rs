use std::fs;

use super::*;

/// Takes what a source gives, and shows each item.
pub(super) struct Taken {
    raw: Vec<u8>,
    show: fn(&Item, &[u8]) -> String,
    pub(super) seen: Vec<String>,
}

impl Taken {
    pub(super) fn new(show: fn(&Item, &[u8]) -> String) -> Self {
        Self { raw: Vec::new(), show, seen: Vec::new() }
    }
}

impl Feed for Taken {
    fn raw(&mut self) -> &mut Vec<u8> {
        &mut self.raw
    }

    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        self.seen.push((self.show)(&item, &self.raw[item.range.clone()]));
        Ok(())
    }

    fn problem(&mut self, problem: PathProblem) -> Result<(), Stopped> {
        let name = problem.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.seen.push(format!("{name}: {}", problem.reason));
        Ok(())
    }
}

fn show(item: &Item, bytes: &[u8]) -> String {
    let bytes = String::from_utf8_lossy(bytes);
    let body = match &item.body {
        Body::Text => format!("text {bytes:?}"),
        Body::Json => format!("json {bytes:?} at {}", item.base),
        Body::Row(_) => format!("row {bytes:?}"),
        Body::Page => format!("page {bytes:?}"),
        Body::Failed(issue) => format!("{:?}", issue.code),
    };
    format!("{}:{} {body}", item.origin.id, item.line)
}

fn seen(paths: &[&Path], format: InputFormat, limit: usize) -> Vec<String> {
    let mut taken = Taken::new(show);
    let inputs = Inputs { paths: paths.iter().map(|path| (*path).to_owned()).collect(), format, ..Inputs::default() };
    read(&inputs, limit, &mut taken).expect("nobody stops it");
    taken.seen
}

#[test]
fn folders_are_read_in_order_and_give_ids() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("b/c")).expect("made");
    for (name, text) in
        [("z.txt", "Z"), ("b/c/x.y.txt", "X"), ("b/a.jsonl", "{}\n\n {}"), ("a.TXT", ""), ("b/n.doc", "-")]
    {
        fs::write(at(name), text).expect("written");
    }
    assert_eq!(
        seen(&[folder.path()], InputFormat::Auto, 99),
        [
            "a:0 text \"\"",
            "b/a:1 json \"{}\" at 0",
            "b/a:3 json \" {}\" at 4",
            "b/c/x.y:0 text \"X\"",
            "z:0 text \"Z\""
        ]
    );
    assert_eq!(seen(&[&at("b/c/x.y.txt")], InputFormat::Auto, 99), ["x.y:0 text \"X\""]);
    assert_eq!(seen(&[&at("b/n.doc")], InputFormat::Jsonl, 99), ["n:1 json \"-\" at 0"]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("made");
    let missing = folder.path().join("missing");
    let seen = seen(&[&missing, &empty], InputFormat::Auto, 99);
    assert!(seen[0].starts_with("missing: "), "{seen:?}");
    assert!(seen[1].starts_with("empty: no file in this folder that ends in .txt, .md, "), "{seen:?}");
}

#[test]
fn what_is_too_large_costs_one_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let (lines, text) = (folder.path().join("l.jsonl"), folder.path().join("t.txt"));
    fs::write(&lines, format!("{{}}\n{}\n{{}}", "x".repeat(100))).expect("written");
    fs::write(&text, "x".repeat(100)).expect("written");
    assert_eq!(
        seen(&[&lines, &text, &lines], InputFormat::Auto, 99),
        [
            "l:1 json \"{}\" at 0",
            "l:2 TooLarge",
            "l:3 json \"{}\" at 104",
            "t:0 TooLarge",
            "l:1 json \"{}\" at 0",
            "l:2 TooLarge",
            "l:3 json \"{}\" at 104",
        ]
    );
    assert_eq!(seen(&[&text], InputFormat::Auto, 100)[0].len(), "t:0 text \"\"".len() + 100);
}
