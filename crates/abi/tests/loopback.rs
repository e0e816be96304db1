//! Both sides of the interface in one process: the table that `export!` makes, driven by the host. Miri and
//! AddressSanitizer see all of it (`cargo miri test -p khabar-abi`), as they cannot across `dlopen`.

use std::sync::atomic::{AtomicU32, Ordering};

use khabar_abi::{Library, LoadError};
use khabar_arabic::Analysis;
use khabar_core::{Country, DocDate, LayerError};
use khabar_extractor::testing::{Rig, Sample};
use khabar_extractor::{Doc, Example, ExtractError, Extractor, Info, Layer, Output, Plugin, Scratch, Span, Value};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[forbid(unsafe_code)]
mod exported {
    use super::{Facts, Moody, Words};
    khabar_abi::export!(Words, Facts, Moody,);
}

/// A word of at least `Config::letters` letters.
#[derive(Serialize, Deserialize)]
struct Word {
    letters: usize,
}
impl Value for Word {
    const KIND: &'static str = "test.word";
}

struct Words {
    letters: usize,
}
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WordsConfig {
    letters: usize,
}
impl Extractor for Words {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        for (i, token) in doc.tokens.iter().enumerate() {
            let letters = doc.folded(i).chars().count();
            if self.letters <= letters {
                out.push(token.span(), 0.5, &Word { letters })?;
            }
        }
        Ok(())
    }
}
impl Plugin for Words {
    const NAME: &'static str = "test.words";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Word::KIND];
    const EXAMPLES: &'static [Example] = &[Example::new("⟦test.word;letters=3|خبر⟧").on("2025-08-06")];
    type Config = WordsConfig;
    fn create(config: WordsConfig) -> Result<Self, ExtractError> {
        match config.letters {
            0..100 => Ok(Self { letters: config.letters }),
            1000 => panic!("a thousand letters"),
            letters => Err(ExtractError::Config(format!("letters: no word has {letters}"))),
        }
    }
}

/// Everything that a document brings, as one value.
#[derive(Serialize)]
struct Fact {
    id: String,
    date: Option<DocDate>,
    country: Option<Country>,
    tokens: Vec<String>,
    hashes: Vec<u64>,
    sentences: Vec<Span>,
    splits: usize,
    words: Vec<(Span, usize)>,
}
impl Value for Fact {
    const KIND: &'static str = "test.fact";
}

struct Facts;
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NoConfig {}
impl Facts {
    fn of(doc: &Doc<'_>) -> Result<Fact, ExtractError> {
        let mut words = Vec::new();
        for word in doc.inputs::<Word>() {
            words.push((word.span(), word.value()?.letters));
        }
        Ok(Fact {
            id: doc.id.into(),
            date: doc.date,
            country: doc.country,
            tokens: (0..doc.tokens.len()).map(|i| doc.folded(i).to_owned()).collect(),
            hashes: doc.hashes.to_vec(),
            sentences: doc.sentences.to_vec(),
            splits: doc.splits.len(),
            words,
        })
    }
}
impl Extractor for Facts {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        out.push(Span::new(0, 0), 1.0, &Self::of(doc)?)
    }
}
impl Plugin for Facts {
    const NAME: &'static str = "test.facts";
    const VERSION: &'static str = "0.2.0";
    const PROVIDES: &'static [&'static str] = &[Fact::KIND];
    const REQUIRES: &'static [&'static str] = &[Word::KIND];
    type Config = NoConfig;
    fn create(_: NoConfig) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

/// Does what the text says.
struct Moody;
/// How many documents this worker has seen.
#[derive(Default)]
struct Seen(usize);
static DROPPED: AtomicU32 = AtomicU32::new(0);
impl Drop for Seen {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}
impl Extractor for Moody {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let seen = scratch.get::<Seen>();
        seen.0 += 1;
        match doc.text {
            "panic" => panic!("no mood"),
            "fail" => Err(ExtractError::Other("this one not".into())),
            "split" => out.push(Span::new(0, 1), f32::NAN, &Word { letters: 0 }),
            "undeclared" => out.push(Span::new(0, 1), 1.0, &Facts::of(doc)?),
            "hang" => loop {
                out.check_cancelled()?;
            },
            _ => out.push(Span::new(0, 0), 1.0, &Word { letters: seen.0 }),
        }
    }
}
impl Plugin for Moody {
    const NAME: &'static str = "test.moody";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Word::KIND];
    type Config = NoConfig;
    fn create(_: NoConfig) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

fn library() -> Library {
    // SAFETY: the table is `export!`'s own.
    unsafe { Library::from_decl("loopback", &exported::KHABAR_PLUGIN) }.unwrap_or_else(|error| panic!("{error}"))
}

fn made(name: &str) -> (Info, Box<dyn Extractor>) {
    library().create(name, &json!({})).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_library_tells_what_it_has() {
    let library = library();
    let names: Vec<&str> = library.extractors().iter().map(|offer| offer.info.name.as_str()).collect();
    assert_eq!(names, ["test.words", "test.facts", "test.moody"]);
    assert_eq!(library.extractors()[1].info, Info::of::<Facts>());
    let example = &library.extractors()[0].examples[0];
    assert_eq!((example.text.as_str(), example.date.as_deref()), (Words::EXAMPLES[0].text, Some("2025-08-06")));
}

#[test]
fn the_dynamic_face_gives_what_the_static_one_gives() {
    let (words, facts) = (made("test.words"), made("test.facts"));
    let mut dynamic = Rig::default().with_extractor(words.0, words.1).with_extractor(facts.0, facts.1);
    let mut linked = Rig::default().with::<Words>().with::<Facts>();
    let (date, country) = ("2025-08-06T10:00:00+03:00".parse().ok(), "TN".parse().ok());
    for text in ["", "خَبَرٌ عاجل. قال ويتكوف: \"نعم\"\nعنوان ١٢٥٠%", "a"] {
        for (date, country) in [(None, None), (date, None), (None, country), (date, country)] {
            let sample = Sample { text, date, country };
            assert_eq!(dynamic.layers(&sample).expect("runs"), linked.layers(&sample).expect("runs"));
        }
    }
}

#[test]
fn a_configuration_crosses() {
    let (info, extractor) = library().create("test.words", &json!({"letters": 4})).expect("made");
    let found =
        Rig::default().with_extractor(info, extractor).run(&Sample { text: "خبر عاجل", ..Sample::default() });
    assert_eq!(found.expect("runs").len(), 1);

    let refusal = |name: &str, config| library().create(name, &config).map(|_| ()).expect_err("refused").to_string();
    assert_eq!(
        refusal("test.words", json!({"letters": 200})),
        "loopback: extractor \"test.words\": configuration: letters: no word has 200"
    );
    assert_eq!(
        refusal("test.words", json!({"leters": 1})),
        "loopback: extractor \"test.words\": configuration: leters: unknown field `leters`, expected `letters`"
    );
    let panicked = refusal("test.words", json!({"letters": 1000}));
    assert!(panicked.contains("panicked: a thousand letters at ") && panicked.contains("loopback.rs:"), "{panicked}");
    assert_eq!(
        refusal("test.wods", json!({})),
        "loopback: unknown extractor \"test.wods\": the library has test.words, test.facts, test.moody"
    );
}

/// Runs `test.moody` on one text after another, on one worker.
struct Worker {
    info: Info,
    extractor: Box<dyn Extractor>,
    analysis: Analysis,
    layer: Layer,
    scratch: Scratch,
}

impl Worker {
    fn new() -> Self {
        let (info, extractor) = made("test.moody");
        let (analysis, layer, scratch) = (Analysis::default(), Layer::default(), Scratch::default());
        Self { info, extractor, analysis, layer, scratch }
    }

    fn run(&mut self, text: &str, cancel: u32) -> Result<String, ExtractError> {
        self.analysis.analyze(text);
        self.layer.clear();
        let cancel = AtomicU32::new(cancel);
        let mut output = Output::new(&mut self.layer, &self.info).cancelled_by(&cancel);
        self.extractor.extract(&Doc::new("worker", text, &self.analysis), &mut output, &mut self.scratch)?;
        Ok(String::from_utf8_lossy(self.layer.heap()).into_owned())
    }
}

#[test]
fn errors_cross_and_a_panic_costs_the_worker() {
    let mut worker = Worker::new();
    assert_eq!(worker.run("a", 0).expect("runs"), r#"{"letters":1}"#);
    assert_eq!(worker.run("b", 0).expect("runs"), r#"{"letters":2}"#);
    assert!(matches!(worker.run("fail", 0), Err(ExtractError::Other(reason)) if reason == "this one not"));
    assert!(matches!(worker.run("split", 0), Err(ExtractError::Layer(LayerError::Confidence { record: 0, .. }))));
    let undeclared = worker.run("undeclared", 0).expect_err("refused").to_string();
    assert_eq!(undeclared, ExtractError::UndeclaredKind("test.fact").to_string());
    assert!(matches!(worker.run("hang", 1), Err(ExtractError::Cancelled)));
    assert_eq!(worker.run("c", 0).expect("runs"), r#"{"letters":7}"#, "the worker is still the same");

    let dropped = DROPPED.load(Ordering::Relaxed);
    let panicked = worker.run("panic", 0).expect_err("panics");
    assert!(matches!(&panicked, ExtractError::Panicked(told) if told.starts_with("no mood at ")), "{panicked}");
    assert_eq!(DROPPED.load(Ordering::Relaxed), dropped + 1, "the worker is gone");
    assert_eq!(worker.run("d", 0).expect("runs"), r#"{"letters":1}"#, "a new one has come");

    // Two extractors that share one scratch have a worker each, and the scratch may outlive them.
    let first = std::mem::replace(&mut worker.extractor, made("test.moody").1);
    drop(first);
    assert_eq!(worker.run("e", 0).expect("runs"), r#"{"letters":1}"#);
}

#[test]
fn a_declaration_is_read_before_anything_runs() {
    let refusal = |change: fn(&mut khabar_abi::layout::PluginDecl)| {
        let mut decl = exported::KHABAR_PLUGIN;
        change(&mut decl);
        // SAFETY: the functions are `export!`'s own.
        unsafe { Library::from_decl("changed", &decl) }.expect_err("refused")
    };
    assert!(matches!(refusal(|d| d.header.magic = *b"KHABARP0"), LoadError::BadMagic { .. }));
    assert!(matches!(refusal(|d| d.header.abi_major = 2), LoadError::Version { major: 2, .. }));
    assert!(matches!(refusal(|d| d.header.size = 79), LoadError::TooSmall { size: 79, .. }));
    assert!(matches!(refusal(|d| d.header.flags = 0), LoadError::Aborts { .. }));
    assert!(matches!(refusal(|d| d.extract = None), LoadError::Incomplete { what: "extract", .. }));
    assert!(matches!(refusal(|d| d.n_extractors = 0), LoadError::Incomplete { what: "extractors", .. }));
    let too_many = refusal(|d| d.n_extractors = 4).to_string();
    assert_eq!(too_many, "changed: cannot describe extractor 3: unknown extractor number 3");
}
