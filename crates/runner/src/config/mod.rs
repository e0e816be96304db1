//! `khabar.toml`: which extractors run, with which configuration.

mod files;
mod setting;
mod snippet;
mod trust;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value as Json};
use toml::Spanned;

pub(crate) use files::files_named;
pub use setting::Setting;
pub use snippet::Snippet;
pub use trust::Distrust;

use crate::ConfigError;

/// The name of the configuration file.
pub const FILE_NAME: &str = "khabar.toml";

/// A configuration, from a file or the default.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The extractors in the file; all built-in ones, if it lists none.
    pub extractors: Vec<Chosen>,
    /// The settings of the run.
    pub run: RunSettings,
    warnings: Vec<Snippet>,
    file: Option<File>,
}

#[derive(Clone, Debug)]
struct File {
    path: PathBuf,
    source: String,
    /// Whether khabar found it by itself.
    is_found: bool,
}

/// An extractor in a configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// Its name, `use`; optional if the library has only one.
    pub name: Option<String>,
    /// The library, `plugin`, relative to the folder of the file; `None` for a built-in extractor.
    pub library: Option<PathBuf>,
    /// Its configuration.
    pub config: Map<String, Json>,
    /// Its number among the `[[extractor]]` entries, and its bytes in the file.
    place: Option<(usize, Range<usize>)>,
}

/// Settings of a run: the table `[run]`.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSettings {
    /// The number of panics after which an extractor is disabled for the rest of the run.
    pub max_panics: u32,
    /// How long an extractor may work on one document before it is cancelled. If it does not stop then, the run ends.
    pub timeout: Duration,
    /// The largest document, in bytes. A larger one gets an error instead of annotations.
    pub max_document: usize,
    /// Annotations that are less sure are left out of the output, 0 to 1. Extractors still see them, and the document's date
    /// does not depend on it.
    pub min_confidence: f32,
}

impl Default for RunSettings {
    fn default() -> Self {
        Self { max_panics: 10, timeout: Duration::from_secs(60), max_document: 64 << 20, min_confidence: 0.0 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    extractor: Vec<Spanned<RawExtractor>>,
    #[serde(default)]
    run: RawRun,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExtractor {
    #[serde(rename = "use")]
    name: Option<String>,
    plugin: Option<PathBuf>,
    #[serde(default)]
    config: toml::Table,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawRun {
    max_panics: Option<u32>,
    timeout_seconds: Option<u32>,
    /// The name of `timeout_seconds` until 0.1; still read, with a warning.
    patience_seconds: Option<Spanned<u32>>,
    max_document_mib: Option<u16>,
    min_confidence: Option<Spanned<f32>>,
}

impl Config {
    /// The configuration of a file.
    ///
    /// # Errors
    /// If it cannot be read, is not TOML, or has an unknown key or a wrong type.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let source = std::fs::read_to_string(path)
            .map_err(|error| ConfigError::Unreadable { path: path.to_owned(), reason: error.to_string() })?;
        Self::parse(path, source)
    }

    /// The closest `khabar.toml` in `folder` or a folder above it; the default configuration if there is none.
    ///
    /// Another user may have put it there, so its libraries are loaded only if [`Config::distrust`] finds no objection.
    /// Libraries of a file that is [read](Config::read) by name are always loaded.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn find(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file());
        let Some(path) = path else { return Ok(Self::default()) };
        // A library path without a folder would be searched for elsewhere.
        let path = std::path::absolute(&path).unwrap_or(path);
        let mut found = Self::read(&path)?;
        found.file.iter_mut().for_each(|file| file.is_found = true);
        Ok(found)
    }

    /// The configuration in `source`, the content of the file `path`.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(path: &Path, source: String) -> Result<Self, ConfigError> {
        let refuse =
            |span: Range<usize>, message: String| ConfigError::File(Snippet::new(path, &source, span, message));
        let raw: RawFile = toml::from_str(&source)
            .map_err(|error| refuse(error.span().unwrap_or_default(), error.message().to_owned()))?;
        let defaults = RunSettings::default();
        let mut warnings = Vec::new();
        let mut timeout = raw.run.timeout_seconds;
        if let Some(old) = raw.run.patience_seconds {
            let span = old.span();
            if timeout.is_some() {
                let message = "`patience_seconds` is the old name of `timeout_seconds`: remove one of them".to_owned();
                return Err(refuse(span, message));
            }
            let message = "`patience_seconds` is deprecated: rename it to `timeout_seconds`".to_owned();
            warnings.push(Snippet::new(path, &source, span, message));
            timeout = Some(old.into_inner());
        }
        let min_confidence = match raw.run.min_confidence {
            Some(given) if !(0.0..=1.0).contains(given.get_ref()) => {
                let message = format!("`min_confidence` is {}: give a number from 0 to 1", given.get_ref());
                return Err(refuse(given.span(), message));
            }
            given => given.map_or(defaults.min_confidence, Spanned::into_inner),
        };
        let run = RunSettings {
            max_panics: raw.run.max_panics.unwrap_or(defaults.max_panics).max(1),
            timeout: timeout.map_or(defaults.timeout, |s| Duration::from_secs(u64::from(s.max(1)))),
            max_document: raw.run.max_document_mib.map_or(defaults.max_document, |mib| usize::from(mib.max(1)) << 20),
            min_confidence,
        };
        let mut extractors = Vec::new();
        for (index, entry) in raw.extractor.into_iter().enumerate() {
            let span = entry.span();
            let RawExtractor { name, plugin, config } = entry.into_inner();
            if name.is_none() && plugin.is_none() {
                let message = "an extractor needs a name (`use`), a library (`plugin`), or both".to_owned();
                return Err(refuse(span, message));
            }
            let folder = path.parent().unwrap_or(Path::new(""));
            let library = plugin.map(|plugin| folder.join(plugin));
            let config = config.into_iter().map(|(key, value)| (key, setting::json(value))).collect();
            extractors.push(Chosen { name, library, config, place: Some((index, span)) });
        }
        Ok(Self { extractors, run, warnings, file: Some(File { path: path.to_owned(), source, is_found: false }) })
    }

    /// Warnings about the file, such as a deprecated key.
    pub fn warnings(&self) -> &[Snippet] {
        &self.warnings
    }

    /// The same extractors with their default configurations.
    #[must_use]
    pub fn with_defaults(mut self) -> Self {
        self.extractors.iter_mut().for_each(|chosen| chosen.config.clear());
        self
    }

    /// The file that it was read from.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// Why the library of an extractor is not loaded: the file was [found](Config::find), and a user other than this one and
    /// root could have written the file, the library, or a folder or link that leads to one of them.
    ///
    /// On systems other than Unix this cannot be checked, and no library of a found file is loaded.
    pub fn distrust(&self, chosen: &Chosen) -> Option<Distrust> {
        let file = self.file.as_ref().filter(|file| file.is_found)?;
        let library = chosen.library.as_ref()?;
        [&file.path, library].into_iter().find_map(|path| trust::check(path, &trust::Real).err())
    }

    /// Refuses to load the library of an extractor; see [`Config::distrust`].
    pub(crate) fn trust(&self, chosen: &Chosen) -> Result<(), ConfigError> {
        let (Some(distrust), Some(path)) = (self.distrust(chosen), self.path()) else { return Ok(()) };
        let message = format!(
            "this file was found, not named, and {distrust}: its libraries are not loaded; \
             if you trust them, name the file: --config {}",
            path.display()
        );
        Err(self.refuse(chosen, message))
    }

    /// Points at an extractor's entry in the file, or at the key of its `config` that `message` begins with
    /// (`terms[0].kind: …`).
    pub(crate) fn refuse(&self, chosen: &Chosen, message: String) -> ConfigError {
        let (Some(file), Some((index, span))) = (&self.file, &chosen.place) else {
            return ConfigError::Extractor(message);
        };
        let span = snippet::key_at_fault(&file.source, *index, &message).unwrap_or_else(|| span.clone());
        ConfigError::File(Snippet::new(&file.path, &file.source, span, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(source: &str) -> String {
        let error = Config::parse(Path::new("conf/khabar.toml"), source.to_owned()).expect_err("refused");
        error.to_string().lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_whole_file() {
        let source = r#"
            [run]
            max_panics = 3
            min_confidence = 0.5
            [[extractor]]
            use = "numbers"
            config = { colloquial = false, terms = [{ word = "كيلو", since = 2020-01-01 }] }
            [[extractor]]
            plugin = "plugins/libacme.so"
        "#;
        let config = Config::parse(Path::new("conf/khabar.toml"), source.to_owned()).expect("parses");
        assert_eq!(config.run, RunSettings { max_panics: 3, min_confidence: 0.5, ..RunSettings::default() });
        assert_eq!(config.extractors[0].name.as_deref(), Some("numbers"));
        let json = Json::Object(config.extractors[0].config.clone());
        assert_eq!(json, serde_json::json!({"colloquial": false, "terms": [{"word": "كيلو", "since": "2020-01-01"}]}));
        assert_eq!(config.extractors[1].library.as_deref(), Some(Path::new("conf/plugins/libacme.so")));
    }

    #[test]
    fn the_defaults_are_those_of_the_readme() {
        let readme = include_str!("../../../../README.md");
        let block = readme.split("```").find(|block| block.contains("[run]")).expect("the README shows them");
        let run = block.split("[run]").nth(1).map(|table| format!("[run]{table}")).unwrap_or_default();
        let config = Config::parse(Path::new("khabar.toml"), run).expect("parses");
        assert_eq!(config.run, RunSettings::default());
    }

    #[test]
    fn the_old_name_of_the_timeout_is_read_with_a_warning() {
        let parse = |source: &str| Config::parse(Path::new("khabar.toml"), source.to_owned()).expect("parses");
        let old = parse("[run]\npatience_seconds = 7\n");
        assert_eq!(old.run, parse("[run]\ntimeout_seconds = 7\n").run);
        let warnings: Vec<String> = old.warnings().iter().map(Snippet::reason).collect();
        assert_eq!(warnings, ["khabar.toml:2:20: `patience_seconds` is deprecated: rename it to `timeout_seconds`"]);
        assert_eq!(parse("[run]\ntimeout_seconds = 7\n").warnings(), []);
        let both = refusal("[run]\ntimeout_seconds = 7\npatience_seconds = 7\n");
        assert!(both.starts_with("conf/khabar.toml:3:20: `patience_seconds` is the old name"), "{both}");
    }

    #[test]
    fn what_does_not_belong_is_refused_with_its_place() {
        assert_eq!(
            refusal("[[extractor]]\nuse = \"numbers\"\ncolour = 1\n"),
            "conf/khabar.toml:3:1: unknown field `colour`, expected one of `use`, `plugin`, `config`"
        );
        assert!(refusal("\n[run]\nmax_panics = \"no\"\n").starts_with("conf/khabar.toml:3:14: invalid type"));
        assert_eq!(
            refusal("[run]\nmin_confidence = 90\n"),
            "conf/khabar.toml:2:18: `min_confidence` is 90: give a number from 0 to 1"
        );
        assert!(refusal("[[extractor]]\nconfig = {}\n").starts_with("conf/khabar.toml:1:1: an extractor needs a name"));
        assert!(refusal("a = = b").starts_with("conf/khabar.toml:1:"));
    }
}
