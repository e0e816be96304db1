//! The files that a configuration names.

use std::path::PathBuf;

use serde_json::{Map, Value as Json};

use super::{Chosen, Config, Setting};

impl Config {
    /// The files of the configuration: itself, its libraries, and those named in the configurations of its extractors.
    pub fn files(&self) -> Vec<PathBuf> {
        let own = self.path().map(PathBuf::from);
        own.into_iter().chain(self.extractors.iter().flat_map(Chosen::files)).collect()
    }
}

impl Chosen {
    fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.library.clone().into_iter().chain(files_named(&self.config))
    }
}

impl Setting {
    /// The files named by its value.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        collect(&self.value, &mut files);
        files
    }
}

/// The files named in an extractor's configuration, at any depth. Extractors do not declare which keys are paths, so every
/// string that is the path of an existing file counts; folders do not.
pub(crate) fn files_named(config: &Map<String, Json>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    config.values().for_each(|value| collect(value, &mut files));
    files
}

fn collect(value: &Json, files: &mut Vec<PathBuf>) {
    match value {
        Json::String(text) => files.extend(Some(PathBuf::from(text)).filter(|path| path.is_file())),
        Json::Array(items) => items.iter().for_each(|item| collect(item, files)),
        Json::Object(table) => table.values().for_each(|value| collect(value, files)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn at_any_depth() {
        let place = tempfile::tempdir().expect("a folder");
        let path = |name: &str| place.path().join(name);
        for name in ["a", "b", "c", "d"] {
            std::fs::write(path(name), name).expect("written");
        }
        let [a, b, c, none] = ["a", "b", "c", "none"].map(|name| Json::from(path(name).to_string_lossy()));
        let source = format!(
            "[[extractor]]\nplugin = 'l.so'\n[extractor.config]\nr = {a}\nm = [1, {{ t = [[{b}]] }}]\nn = [{none}, 'a', {}]",
            Json::from(place.path().to_string_lossy())
        );
        let config = Config::parse(Path::new("conf/khabar.toml"), source).expect("parses");
        let mut files = config.files();
        files.sort();
        let mut wanted = vec!["conf/khabar.toml".into(), "conf/l.so".into(), path("a"), path("b")];
        wanted.sort();
        assert_eq!(files, wanted);
        let setting: Setting = format!("x.y=[{c}, {none}]").parse().expect("a setting");
        assert_eq!(setting.files(), [path("c")]);
        let setting: Setting = format!("x.y={}", path("d").display()).parse().expect("a setting");
        assert_eq!(setting.files(), [path("d")]);
    }
}
