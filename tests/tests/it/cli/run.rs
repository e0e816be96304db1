//! Runs the program.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

/// A folder with a `khabar.toml` that lists the test plugins, and files as the test needs them.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    /// A folder whose configuration lists the extractor `words` of the test library.
    pub(crate) fn new() -> Self {
        let place = Self::bare();
        place.write("khabar.toml", format!("[[extractor]]\n{}", library("words")));
        place
    }

    /// A folder without a configuration.
    pub(crate) fn bare() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("made");
        fs::write(path, content).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("readable")
    }

    pub(crate) fn khabar(&self, arguments: &[&str]) -> Ran {
        self.khabar_with(arguments, b"")
    }

    /// With something on standard input.
    pub(crate) fn khabar_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self.command(arguments).spawn().expect("khabar starts");
        let mut stdin = child.stdin.take().expect("is piped");
        let input = input.to_vec();
        // From a thread of its own: neither side waits for the other. The program may end before it has read all.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let Output { status, stdout, stderr } = child.wait_with_output().expect("khabar ends");
        writer.join().expect("written");
        let text = |bytes| String::from_utf8(bytes).expect("khabar writes UTF-8");
        Ran { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    /// The program, ready to start.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(khabar_tests::program());
        command.current_dir(self.folder.path()).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

impl Ran {
    /// The output's lines as JSON.
    pub(crate) fn lines(&self) -> Vec<Json> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

/// The lines of a khabar.toml that choose an extractor of the test library.
pub(crate) fn library(name: &str) -> String {
    format!("plugin = {}\nuse = \"test.{name}\"\n", Json::from(path_text(khabar_tests::test_plugins())))
}

pub(crate) fn path_text(path: &Path) -> String {
    path.to_str().expect("a path in UTF-8").to_owned()
}
