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
    assert_eq!(seen[0], "missing:0 Unreadable", "every named path has its line");
    assert!(seen[1].starts_with("missing: "), "{seen:?}");
    assert!(seen[2].starts_with("empty: no files in this folder that end in .txt, .md, "), "{seen:?}");
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

/// Gives so many bytes a read, as a pipe does.
struct Pipe<'a> {
    bytes: &'a [u8],
    step: usize,
}

impl Read for Pipe<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let step = self.step.min(buffer.len()).min(self.bytes.len());
        buffer[..step].copy_from_slice(&self.bytes[..step]);
        self.bytes = &self.bytes[step..];
        Ok(step)
    }
}

/// What is made of bytes that come so many at once.
fn piped(bytes: &[u8], step: usize, keep: fn(&Item, &[u8]) -> String) -> Vec<String> {
    let inputs = Inputs::default();
    let origin = Origin::new("<stdin>".into(), "stdin".into(), &inputs);
    let mut taken = Taken::new(keep);
    let stream = BufReader::with_capacity(1 << 16, Pipe { bytes, step });
    read_stream(stream, origin, true, Path::new("-"), &inputs, 1 << 20, &mut taken).expect("nobody stops it");
    taken.seen
}

#[test]
fn the_same_bytes_are_read_the_same_however_they_come() {
    let news = "قال وزير الخارجية الروسي، الثلاثاء، إن بلاده ستدفع ثلاثة ملايين دولار.\n".repeat(9);
    let old = |text: &str| encoding_rs::WINDOWS_1256.encode(text).0.into_owned();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let latin = "Reuters, 6 August 2025 - Moscow (special correspondent): the full text of the story follows.\n";
    let page = |charset: &str| format!("<!doctype html><!-- {latin} --><meta charset={charset}><p>{news}");
    let json = "{\"text\":\"a\"}\n".repeat(30) + &format!("{{\"text\":\"{}\"}}\n", news.trim());
    let broken = [page("utf-8").as_bytes(), b"\xff", news.as_bytes()].concat();
    let inputs = [
        old(&format!("{latin}{news}")),
        old(&page("windows-1256")),
        broken,
        ["\n".repeat(80), json.clone()].concat().into(),
        old(&json),
        wide(&json),
        zstd::encode_all(&old(&news)[..], 1).expect("packs"),
        b"{".into(),
    ];
    for (number, bytes) in inputs.iter().enumerate() {
        let at_once = piped(bytes, usize::MAX, show_told);
        for step in [1, 3, 64, 100, 4096] {
            assert_eq!(piped(bytes, step, show_told), at_once, "input {number}, {step} bytes a read");
        }
        let wanted = [" text", " page", " page", " json", " json", " json", " text", " json"][number];
        assert!(at_once.iter().all(|seen| seen.contains(wanted)), "input {number}: {at_once:?}");
        assert_eq!(at_once[0].contains("guessed"), [0, 4, 5, 6].contains(&number), "input {number}: {at_once:?}");
    }
}

const PARTS: &[&[u8]] = &[
    b"{\"text\":\"",
    b"\"}",
    b"\n",
    b"\r",
    b" ",
    b"\0",
    b"\xff",
    b"\xfe",
    b"\\u0642",
    b"<html>",
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    "قال وزير".as_bytes(),
    b"\xde\xc7\xe1 \xe6\xd2\xed\xd1",
    b"a\0b\0c\0 \0",
    b"news",
];

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_the_same_however_they_come(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..60),
        step in 1..20_usize,
    ) {
        let bytes = parts.concat();
        proptest::prop_assert_eq!(piped(&bytes, step, show_told), piped(&bytes, usize::MAX, show_told));
    }
}

fn show_told(item: &Item, bytes: &[u8]) -> String {
    let told: Vec<&str> = item.origin.told.iter().map(|issue| issue.code.name()).collect();
    format!("{} {}", show(item, bytes), told.join(" "))
}

/// A reader that has more to come never ends.
#[test]
fn lines_are_read_as_they_come() {
    struct Silent;
    impl Read for Silent {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("asked for more than there is"))
        }
    }
    let arabic = "{\"text\":\"قال وزير الخارجية الروسي\"}\n";
    let escaped = format!("{{\"text\":\"{}\"}}\n", "\\u0642".repeat(16));
    for line in [arabic, &escaped] {
        let stream = BufReader::new(line.as_bytes().chain(Silent));
        let mut opened = decode::open(stream, Encoding::default(), InputFormat::Auto).expect("a line is enough");
        let mut found = Vec::new();
        let read = read_line(&mut opened.stream, &mut found, 999).expect("no more is asked for");
        assert_eq!((read, found.len()), (LineRead::Kept { consumed: line.len() as u64 }, line.len() - 1));
    }
}

#[test]
fn what_cannot_be_decoded_is_told_of_its_document() {
    let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let lines = [&units("\u{feff}{\"text\":\"")[..], &[0xd800], &units("\"}\n{\"text\":\"ب\"}\n")].concat();
    let lines: Vec<u8> = lines.into_iter().flat_map(u16::to_le_bytes).collect();
    let wanted = [
        "stdin:1 json \"{\\\"text\\\":\\\"\u{fffd}\\\"}\" at 0 bad_characters",
        "stdin:2 json \"{\\\"text\\\":\\\"ب\\\"}\" at 15 ",
    ];
    assert_eq!(piped(&lines, 5, show_told), wanted);
    let text = [&units("\u{feff}ب")[..], &[0xdc00]].concat();
    let text: Vec<u8> = text.into_iter().flat_map(u16::to_le_bytes).collect();
    assert_eq!(piped(&text, 5, show_told), ["stdin:0 text \"ب\u{fffd}\" bad_characters"]);
    let table = units("\u{feff}text\nأ\n").into_iter().chain([0xd800]).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let inputs = Inputs { format: InputFormat::Csv, ..Inputs::default() };
    let mut taken = Taken::new(show_told);
    let origin = Origin::new("t".into(), "t".into(), &inputs);
    read_stream(&table[..], origin, true, Path::new("t"), &inputs, 99, &mut taken).expect("nobody stops it");
    assert_eq!(taken.seen, ["t:2 row \"أ\" ", "t:3 row \"\u{fffd}\" bad_characters"]);
}

#[test]
fn what_follows_an_archive_is_told_and_costs_no_document() {
    use std::io::Write as _;
    let packed = |text: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).expect("packs");
        [&gzip.finish().expect("packs")[..], b"rest"].concat()
    };
    assert_eq!(piped(&packed("نص"), 9, show_told)[0], "stdin:0 text \"نص\" bad_archive");
    let lines = piped(&packed("{}\n{}\n"), 9, show_told);
    assert_eq!(lines[..3], ["stdin:1 json \"{}\" at 0 ", "stdin:2 json \"{}\" at 3 ", "stdin:3 Unreadable "]);
    assert!(lines[3].starts_with("-: ignored bytes after the end of the archive"), "{}", lines[3]);
    // The last line of a file needs no line break.
    let lines = piped(&packed("{}\n{}"), 9, show_told);
    assert_eq!(lines[..3], ["stdin:1 json \"{}\" at 0 ", "stdin:2 json \"{}\" at 3 ", "stdin:3 Unreadable "]);
    let inputs = Inputs { format: InputFormat::Csv, ..Inputs::default() };
    let mut taken = Taken::new(show_told);
    let origin = Origin::new("t".into(), "t".into(), &inputs);
    read_stream(&packed("text\na\nb")[..], origin, false, Path::new("t"), &inputs, 99, &mut taken).expect("goes on");
    assert_eq!(taken.seen, ["t:2 row \"a\" ", "t:3 row \"b\" ", "t:3 Unreadable "]);
}
