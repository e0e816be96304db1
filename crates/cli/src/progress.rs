//! What a run says while it goes on: issues, and on a terminal a bar.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use khabar_runner::pipeline::{Observer, Summary};
use khabar_runner::{Inputs, Issue, IssueCode, PathProblem};

use crate::exit::say;
use crate::terminal;

/// Issues of one sort that are told one by one.
const TOLD: u64 = 5;

/// Says on standard error what went wrong; of each sort the first few.
pub(crate) struct ProgressReporter {
    issues: BTreeMap<&'static str, u64>,
    /// Files that cannot be read, and why. Of one that was named come a problem of its path and an issue of its document, in
    /// either order; one of them is told.
    told: HashSet<(String, String)>,
    quiet: bool,
    start: Instant,
    bar: ProgressBar,
}

impl ProgressReporter {
    /// With a bar when standard error is a terminal and the output goes elsewhere.
    pub(crate) fn new(inputs: &Inputs, quiet: bool, output_on_terminal: bool) -> Self {
        let bar = if quiet || output_on_terminal || !terminal::stderr_is_terminal() {
            ProgressBar::hidden()
        } else {
            bar(inputs.size())
        };
        Self { issues: BTreeMap::new(), told: HashSet::new(), quiet, start: Instant::now(), bar }
    }

    /// Says what is left to say.
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

    /// Whether this was told of a file before; it is told now.
    fn was_told(&mut self, file: &str, message: &str) -> bool {
        !self.told.insert((file.to_owned(), message.to_owned()))
    }

    /// A line that does not run into the bar.
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
    // The templates are this program's own and well formed.
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
