//! Reports on standard error while a run goes on: issues and, on a terminal, a progress bar.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use khabar_runner::pipeline::{Observer, Summary};
use khabar_runner::{Inputs, Issue, IssueCode, PathProblem};

use crate::exit::say;
use crate::terminal;

/// How many issues with the same code are reported one by one.
const TOLD: u64 = 5;

/// Reports problems on standard error, the first few of each code.
pub(crate) struct ProgressReporter {
    issues: BTreeMap<&'static str, u64>,
    /// Unreadable files and the reasons reported. A file named on the command line gives both a path problem and an issue of
    /// its document, in either order; only one of them is reported.
    told: HashSet<(String, String)>,
    quiet: bool,
    start: Instant,
    bar: ProgressBar,
}

impl ProgressReporter {
    /// Shows a progress bar when standard error is a terminal and the output goes elsewhere.
    pub(crate) fn new(inputs: &Inputs, quiet: bool, output_on_terminal: bool) -> Self {
        let bar = if quiet || output_on_terminal || !terminal::stderr_is_terminal() {
            ProgressBar::hidden()
        } else {
            bar(inputs.size())
        };
        Self { issues: BTreeMap::new(), told: HashSet::new(), quiet, start: Instant::now(), bar }
    }

    /// Reports the totals.
    pub(crate) fn finish(&self, summary: &Summary) {
        let shown = !self.bar.is_hidden();
        self.bar.finish_and_clear();
        if self.quiet {
            return;
        }
        for (sort, count) in self.issues.iter().filter(|(_, count)| TOLD < **count) {
            say(&format!("and {} more of {sort}; see the `errors` of each document", HumanCount(count - TOLD)));
        }
        if shown {
            let seconds = self.start.elapsed().as_secs_f64();
            let speed = HumanBytes((summary.bytes as f64 / seconds.max(1e-6)) as u64);
            let (documents, annotations) = (HumanCount(summary.documents), HumanCount(summary.annotations));
            let bytes = HumanBytes(summary.bytes);
            say(&format!("{documents} documents, {annotations} annotations, {bytes} in {seconds:.1} s, {speed}/s"));
        }
    }

    /// Whether this was already reported for a file; records that it is now.
    fn was_told(&mut self, file: &str, message: &str) -> bool {
        !self.told.insert((file.to_owned(), message.to_owned()))
    }

    /// Prints a line without disturbing the bar.
    fn line(&self, message: &str) {
        self.bar.suspend(|| say(message));
    }
}

fn bar(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (
            ProgressBar::new(size),
            "{bar:30} {percent}% {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta} left  {msg}",
        ),
        None => (ProgressBar::no_length(), "{spinner} {decimal_bytes} {decimal_bytes_per_sec}  {msg}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    bar.enable_steady_tick(Duration::from_millis(250));
    // The templates are constants and well formed.
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

impl Observer for ProgressReporter {
    fn issue(&mut self, document: &str, issue: &Issue) {
        let count = self.issues.entry(issue.code.name()).or_default();
        *count += 1;
        if TOLD < *count || self.quiet {
            return;
        }
        let file = issue.file.as_deref().unwrap_or_default();
        if issue.code == IssueCode::Unreadable && self.was_told(file, &issue.message) {
            return;
        }
        self.line(&format!("{issue} [{document}]"));
    }

    fn problem(&mut self, problem: &PathProblem) {
        if !self.was_told(&problem.path.to_string_lossy(), &problem.reason) {
            self.line(&problem.to_string());
        }
    }

    fn switched_off(&mut self, extractor: &str) {
        self.line(&format!("extractor {extractor} panicked too often and is disabled for the rest of this run"));
    }

    fn progress(&mut self, so_far: &Summary) {
        self.bar.set_position(so_far.bytes);
        self.bar.set_message(format!("{} documents", HumanCount(so_far.documents)));
    }
}
