use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::testing::plan;
use crate::writer::Jsonl;
use crate::{RunSettings, Unit};

fn job(paths: Vec<PathBuf>, jobs: usize, settings: RunSettings) -> Job {
    Job {
        plan: Arc::new(plan(settings)),
        writer: Arc::new(Jsonl { unit: Unit::Char }),
        inputs: Inputs { paths, ..Inputs::default() },
        jobs,
        interrupt: Arc::default(),
    }
}

/// Output and summary of texts as lines of one file.
fn annotate(texts: &[&str], jobs: usize, settings: RunSettings) -> (Vec<serde_json::Value>, Summary) {
    let folder = tempfile::tempdir().expect("a folder");
    annotate_file(&folder.path().join("in.jsonl"), texts, jobs, settings)
}

fn annotate_file(file: &Path, texts: &[&str], jobs: usize, settings: RunSettings) -> (Vec<serde_json::Value>, Summary) {
    let lines: Vec<String> = texts.iter().map(|text| serde_json::json!({"text": text}).to_string()).collect();
    fs::write(file, lines.join("\n")).expect("written");
    let mut out = Vec::new();
    let summary = run(&job(vec![file.to_owned()], jobs, settings), &mut out, &mut ()).expect("runs");
    let out = String::from_utf8(out).expect("is text");
    (out.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect(), summary)
}

fn codes(line: &serde_json::Value) -> Vec<&str> {
    line["errors"].as_array().into_iter().flatten().filter_map(|error| error["code"].as_str()).collect()
}

#[test]
fn every_document_keeps_its_line() {
    let (lines, summary) = annotate(&["a b", "boom", "fail", "lie", "", "c"], 2, RunSettings::default());
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, ["in:1", "in:2", "in:3", "in:4", "in:5", "in:6"]);
    let all: Vec<Vec<&str>> = lines.iter().map(codes).collect();
    assert_eq!(
        all,
        [
            vec![],
            vec!["extractor_panicked", "extractor_skipped"],
            vec!["extractor_failed", "extractor_skipped"],
            vec!["layer_refused", "extractor_skipped"],
            vec![],
            vec![]
        ]
    );
    assert_eq!((summary.documents, summary.failed, summary.annotations), (6, 3, 6));
    assert!(summary.switched_off.is_empty());
    assert_eq!(lines[1]["errors"][0]["line"], 2);
}

#[test]
fn spans_of_values_are_checked() {
    let (lines, _) = annotate(&["a b", "a stray", "b"], 1, RunSettings::default());
    assert_eq!(
        lines.iter().map(codes).collect::<Vec<_>>(),
        [vec![], vec!["layer_refused", "extractor_skipped"], vec![]]
    );
    let message = lines[1]["errors"][0]["message"].as_str();
    assert!(message.is_some_and(|message| message.contains("outside of the text of 7 bytes")), "{message:?}");
    assert_eq!(lines[2]["annotations"][1]["value"]["at"]["text"], "b");
}

#[test]
fn too_many_panics_switch_off_at_the_same_document() {
    let mut texts = vec!["a"; 3000];
    for at in [10, 700, 1400, 1500, 2900] {
        texts[at] = "boom";
    }
    let settings = RunSettings { max_panics: 3, ..RunSettings::default() };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.jsonl");
    let (one, summary) = annotate_file(&file, &texts, 1, settings.clone());
    assert_eq!(summary.switched_off, ["words"]);
    let off: Vec<usize> = (0..3000).filter(|at| codes(&one[*at]).contains(&"extractor_off")).collect();
    assert_eq!((off.first(), off.len()), (Some(&1401), 1599));
    assert_eq!(summary.failed, 2 + 1600);
    for jobs in [2, 8] {
        let (many, of_many) = annotate_file(&file, &texts, jobs, settings.clone());
        assert!(many == one, "{jobs} jobs give other lines");
        assert_eq!(of_many, summary, "{jobs} jobs");
    }
}

#[test]
fn a_run_goes_on_from_any_checkpoint() {
    #[derive(Default)]
    struct Kept(Vec<Checkpoint>);
    impl Observer for Kept {
        fn checkpoint(&mut self, here: &Checkpoint) {
            self.0.push(here.clone());
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.jsonl");
    let texts = |at: usize| if at % 400 == 7 { "boom" } else { "a b" };
    let lines: Vec<String> = (0..2000).map(|at| format!("{{\"text\":\"{}\"}}", texts(at))).collect();
    fs::write(&file, lines.join("\n")).expect("written");
    let settings = RunSettings { max_panics: 3, ..RunSettings::default() };
    let job = Job { writer: Arc::new(crate::writer::Json { unit: Unit::Char }), ..job(vec![file], 2, settings) };
    let (mut whole, mut kept) = (Vec::new(), Kept::default());
    let summary = run(&job, &mut whole, &mut kept).expect("runs");
    assert!(4 < kept.0.len() && summary.switched_off == ["words"]);
    for checkpoint in kept.0 {
        let mut out = whole[..checkpoint.written as usize].to_vec();
        let again = resume(&job, checkpoint.clone(), &mut out, &mut ()).expect("runs");
        assert!(out == whole, "from {checkpoint:?}");
        assert_eq!(again, summary);
    }
}

#[test]
fn what_hangs_is_cancelled_and_costs_its_layer() {
    let settings = RunSettings { timeout: Duration::from_millis(100), ..RunSettings::default() };
    let (lines, _) = annotate(&["a", "hang", "b"], 2, settings);
    assert_eq!(codes(&lines[1]), ["extractor_cancelled", "extractor_skipped"]);
    assert_eq!((codes(&lines[0]), codes(&lines[2])), (vec![], vec![]));
}

#[test]
fn dense_texts_cost_their_layer() {
    let dense = "a ".repeat(200_000);
    let (lines, summary) = annotate(&["a", &dense, "b"], 2, RunSettings::default());
    assert_eq!(codes(&lines[1]), ["layer_refused", "extractor_skipped"]);
    let message = lines[1]["errors"][0]["message"].as_str();
    assert!(message.is_some_and(|message| message.starts_with("more than 100000 annotations")), "{message:?}");
    assert_eq!((codes(&lines[0]), codes(&lines[2])), (vec![], vec![]));
    assert_eq!((summary.documents, summary.failed), (3, 1));
}

#[test]
fn output_out_of_proportion_costs_the_annotations() {
    // Each of 40,000 annotations covers all of the text.
    let all = "all ".repeat(40_000);
    let (lines, summary) = annotate(&["a", &all, "b"], 1, RunSettings::default());
    assert_eq!(codes(&lines[1]), ["too_large"]);
    assert_eq!(lines[1]["annotations"].as_array().map(Vec::len), Some(0));
    assert_eq!(lines[1]["errors"][0]["line"], 2);
    assert_eq!((summary.documents, summary.failed, summary.annotations), (3, 1, 4));
}

#[test]
fn large_documents_wait_for_each_other_and_give_the_same() {
    let large = format!("a{}", " ".repeat(3 << 19));
    let texts = [&*large, "b", &large, &large, "c", &large, "boom", "d"];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.jsonl");
    // Less than two of them may be worked on at once.
    let settings = RunSettings { max_document: 2 << 20, ..RunSettings::default() };
    let (one, summary) = annotate_file(&file, &texts, 1, settings.clone());
    let (many, of_many) = annotate_file(&file, &texts, 4, settings);
    assert!(many == one && of_many == summary);
    assert_eq!((summary.documents, summary.failed, summary.annotations), (8, 1, 14));
}

#[test]
fn a_fault_of_khabar_costs_one_document() {
    struct Faulty;
    impl Writer for Faulty {
        fn extension(&self) -> &'static str {
            "jsonl"
        }

        fn document(&self, doc: &crate::Annotated<'_>, scratch: &mut crate::Scratch, out: &mut Vec<u8>) {
            Jsonl { unit: Unit::Char }.document(doc, scratch, out);
            assert!(doc.document.text != "ruin", "a fault");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.jsonl");
    let texts = ["a", "boom", "ruin", "b", "ruin", "boom", "c", "d", "e", "f"];
    fs::write(&file, texts.map(|text| serde_json::json!({"text": text}).to_string()).join("\n")).expect("written");
    let of = |writer: Arc<dyn Writer>| {
        let mut out = Vec::new();
        let settings = RunSettings { max_panics: 2, ..RunSettings::default() };
        let job = Job { writer, ..job(vec![file.clone()], 1, settings) };
        let summary = run(&job, &mut out, &mut ()).expect("runs");
        let lines = String::from_utf8(out).expect("is text");
        (lines.lines().map(str::to_owned).collect::<Vec<_>>(), summary)
    };
    let ((lines, summary), (sound, all)) = (of(Arc::new(Faulty)), of(Arc::new(Jsonl { unit: Unit::Char })));
    for ((text, line), sound) in texts.iter().zip(&lines).zip(&sound) {
        if *text == "ruin" {
            let line = serde_json::from_str(line).expect("is JSON");
            assert_eq!(codes(&line), ["internal"]);
        } else {
            assert_eq!(line, sound);
        }
    }
    assert_eq!((summary.documents, summary.failed), (all.documents, all.failed + 2));
    // What the two would have had, a word and the whole each, is not counted; that of the others is, once.
    assert_eq!(summary.annotations, all.annotations - 4);
    assert_eq!(summary.switched_off, all.switched_off);
}

#[test]
fn an_interruption_ends_the_run() {
    let job = job(vec!["no such file".into()], 1, RunSettings::default());
    job.interrupt.store(true, Ordering::Relaxed);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.txt");
    fs::write(&file, "a").expect("written");
    let job = Job { inputs: Inputs { paths: vec![file], ..Inputs::default() }, ..job };
    let outcome = run(&job, &mut io::sink(), &mut ());
    assert!(matches!(outcome, Err(RunError::Interrupted)), "{outcome:?}");
}

#[test]
fn a_full_output_ends_the_run() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.jsonl");
    fs::write(&file, "{\"text\":\"a\"}\n".repeat(5000)).expect("written");
    let outcome = run(&job(vec![file], 2, RunSettings::default()), &mut Full, &mut ());
    assert!(matches!(outcome, Err(RunError::Output(_))), "{outcome:?}");
}

#[test]
fn problems_are_told_and_the_rest_goes_on() {
    #[derive(Default)]
    struct Told(Vec<String>);
    impl Observer for Told {
        fn problem(&mut self, problem: &PathProblem) {
            self.0.push(problem.path.display().to_string());
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.txt");
    fs::write(&file, "a").expect("written");
    let (mut told, mut out) = (Told::default(), Vec::new());
    let job = job(vec!["no/such".into(), file], 1, RunSettings::default());
    let summary = run(&job, &mut out, &mut told).expect("runs");
    assert_eq!((told.0, summary.unreadable, summary.documents), (vec!["no/such".to_owned()], 1, 2));
    assert!(String::from_utf8_lossy(&out).contains("unreadable"), "it has its line");
}

#[test]
fn threads_are_some_a_processor() {
    let most = threads(usize::MAX);
    assert!((16..=4 * 4096).contains(&most), "{most}");
    assert_eq!([threads(0), threads(1), threads(16)], [1, 1, 16]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("in.txt");
    fs::write(&file, "a").expect("written");
    let summary = run(&job(vec![file], 65_535, RunSettings::default()), &mut Vec::new(), &mut ()).expect("runs");
    assert_eq!(summary.documents, 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_the_same_lines_for_any_number_of_jobs(
        lines in proptest::collection::vec("(\\{\"text\":\"(\\PC|boom|fail|lie| ){0,9}\"\\}|\\PC{0,9}|\u{0}|\\{\\})", 0..400),
        max_panics in 1_u32..9,
    ) {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("in.jsonl");
        fs::write(&file, lines.join("\n"))?;
        let of = |jobs| {
            let mut out = Vec::new();
            let settings = RunSettings { max_panics, ..RunSettings::default() };
            let summary = run(&job(vec![file.clone()], jobs, settings), &mut out, &mut ());
            (String::from_utf8(out), summary.map_err(|error| error.to_string()))
        };
        let (out, summary) = of(1);
        let out = out?;
        let summary = summary.map_err(TestCaseError::fail)?;
        prop_assert_eq!(out.lines().count() as u64, summary.documents);
        let full = lines.join("\n").split('\n').filter(|line| !line.trim_ascii().is_empty()).count();
        prop_assert_eq!(out.lines().count(), full);
        for jobs in [2, 5] {
            prop_assert_eq!(&of(jobs), &(Ok(out.clone()), Ok(summary.clone())));
        }
    }
}
