//! One house: what is said in Arabic is data, tricks have a room of their own, modules form no circle, and every extractor is
//! laid out alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::repo::Findings;
use crate::source::{Code, code};

/// Literals that stay in code, with the reason: the file, the literal.
const ARABIC_ALLOWED: &[(&str, &str)] = &[];

/// Where tricks for speed live: each has a plain twin, a test that both agree, and its measured gain.
const ROOMS_OF_TRICKS: &[&str] =
    &["crates/simd/", "crates/lexicon/src/block", "plugins/entities/src/crf/", "plugins/entities/src/register/"];

/// Names that only tricks use.
const TRICKS: &[&str] = &["prefetch", "select_unpredictable", "black_box", "from_le_bytes", "wide", "hint"];

/// The extractors of the house, and what each of them has in `src/`: a file or a folder of that name.
const EXTRACTORS: &[&str] = &["dates", "entities", "numbers", "quotes"];
const ROOMS: &[&str] = &["api", "emit", "grammar", "lexicon", "lib", "plugin", "resolve"];

/// Checks the files of the repository, each with its text.
pub(super) fn check(files: &[(String, String)], findings: &mut Findings) {
    let mut modules = Modules::default();
    for (file, text) in files {
        check_list(file, text, findings);
        let Some((package, path)) = source_of(file) else { continue };
        // What is not Rust, the compiler says.
        let Some(code) = code(text) else { continue };
        if package.starts_with("plugins/") {
            check_arabic(file, &code, findings);
        }
        check_tricks(file, &code, findings);
        modules.add(package, path, &code);
    }
    modules.check(findings);
    for extractor in EXTRACTORS {
        for room in ROOMS {
            let at = format!("plugins/{extractor}/src/{room}");
            let exists = |file: &String| *file == format!("{at}.rs") || file.starts_with(&format!("{at}/"));
            if !files.iter().any(|(file, _)| exists(file)) {
                findings.add(format!("{at}.rs: missing; the extractors of the house are laid out alike"));
            }
        }
    }
}

/// The package of a source file of `src/`, and its path within.
fn source_of(file: &str) -> Option<(&str, &str)> {
    let (package, path) = file.split_once("/src/")?;
    let of_house = package.starts_with("crates/") || package.starts_with("plugins/");
    (of_house && path.ends_with(".rs") && !package.contains("/train")).then_some((package, path))
}

/// What is said in Arabic stands in data files. A table of rules holds what rules state and their examples.
fn check_arabic(file: &str, code: &[Code], findings: &mut Findings) {
    if file.ends_with("/rules.rs") {
        return;
    }
    for token in code.iter().filter(|token| !token.is_example && token.text.starts_with(['"', '\'', 'r', 'b'])) {
        let is_arabic = |c: char| matches!(c, '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}');
        let allowed = ARABIC_ALLOWED.iter().any(|(at, literal)| *at == file && token.text.contains(literal));
        if token.text.contains(is_arabic) && !allowed {
            findings.add(format!("{file}:{}: {} belongs into a word list of data/", token.line, token.text));
        }
    }
}

/// Tricks stand where tricks may stand.
fn check_tricks(file: &str, code: &[Code], findings: &mut Findings) {
    let watched = file.starts_with("plugins/") || file.starts_with("crates/lexicon/");
    if !watched || ROOMS_OF_TRICKS.iter().any(|room| file.starts_with(room)) {
        return;
    }
    for token in code.iter().filter(|token| TRICKS.contains(&token.text.as_str())) {
        findings
            .add(format!("{file}:{}: `{}` is a trick: it belongs into {}", token.line, token.text, ROOMS_OF_TRICKS[1]));
    }
}

/// A word list has the one syntax.
fn check_list(file: &str, text: &str, findings: &mut Findings) {
    let of_house = file.starts_with("crates/lexicon/") || file.starts_with("plugins/");
    let Some((package, list)) = file.split_once("/data/").filter(|_| of_house) else { return };
    // The register of the world has as many lines as all word lists together, and no forms: tables.
    if package.ends_with("/tests")
        || list.starts_with("model/")
        || list.starts_with("register/")
        || list == "weights.toml"
    {
        return;
    }
    let Ok(table) = text.parse::<toml::Table>() else {
        findings.add(format!("{file}: not a word list: TOML with `source` and `entry`, see crates/lexicon/README.md"));
        return;
    };
    for key in table.keys().filter(|key| !matches!(key.as_str(), "source" | "order" | "defaults" | "entry")) {
        findings.add(format!("{file}: `{key}` is no key of a word list, see crates/lexicon/README.md"));
    }
}

/// The modules of packages and which of the same package they name.
#[derive(Default)]
struct Modules(BTreeMap<String, BTreeMap<String, BTreeSet<String>>>);

impl Modules {
    /// Adds what a file names by `crate::…`.
    fn add(&mut self, package: &str, path: &str, code: &[Code]) {
        let module = path.split('/').next().unwrap_or(path).trim_end_matches(".rs").to_owned();
        if matches!(module.as_str(), "lib" | "main" | "bin") {
            return;
        }
        let named = self.0.entry(package.to_owned()).or_default().entry(module.clone()).or_default();
        for window in code.windows(4) {
            let [start, first, second, name] = window else { continue };
            if start.text == "crate" && first.text == ":" && second.text == ":" && name.text != module {
                named.insert(name.text.clone());
            }
        }
    }

    /// Finds modules that name each other, straight or by way of others.
    fn check(&self, findings: &mut Findings) {
        for (package, modules) in &self.0 {
            let reaches = |from: &str| {
                let (mut known, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
                while let Some(module) = open.pop() {
                    let named = modules.get(&module).into_iter().flatten();
                    open.extend(named.filter(|name| known.insert((*name).clone())).cloned());
                }
                known
            };
            let circle: Vec<&str> =
                modules.keys().map(String::as_str).filter(|module| reaches(module).contains(*module)).collect();
            if !circle.is_empty() && package.starts_with("plugins/") {
                findings.add(format!("{package}/src: a circle of modules: {}", circle.join(", ")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        let mut found = Findings::of(|findings| check(&files, findings));
        found.retain(|finding| !finding.contains("laid out alike"));
        found
    }

    #[test]
    fn arabic_is_data() {
        let text = "fn a(w: &str) -> bool { w == \"من\" || matches!(w, \"في\") || w.starts_with('و') }\n";
        assert_eq!(found(&[("plugins/a/src/b.rs", text)]).len(), 3);
        assert!(found(&[("plugins/a/src/grammar/rules.rs", text)]).is_empty());
        assert!(found(&[("plugins/a/tests/b.rs", text), ("crates/arabic/src/b.rs", text)]).is_empty());
    }

    #[test]
    fn tricks_have_a_room() {
        let text = "use std::hint::black_box;\n";
        assert_eq!(found(&[("plugins/a/src/b.rs", text)]).len(), 2);
        assert!(found(&[("plugins/entities/src/crf/b.rs", text), ("crates/lexicon/src/block.rs", text)]).is_empty());
    }

    #[test]
    fn modules_form_no_circle() {
        let circle = [("plugins/a/src/b.rs", "use crate::c::C;"), ("plugins/a/src/c/d.rs", "fn f() { crate::b::g() }")];
        assert_eq!(found(&circle), ["plugins/a/src: a circle of modules: b, c"]);
        let tested = [circle[0], ("plugins/a/src/c/d.rs", "#[cfg(test)] mod tests { use crate::b; }")];
        assert!(found(&tested).is_empty());
    }

    #[test]
    fn lists_have_one_syntax() {
        assert!(found(&[("plugins/a/data/b.toml", "source = \"c\"\nentry = []")]).is_empty());
        assert_eq!(found(&[("plugins/a/data/b.toml", "words = []"), ("plugins/a/data/b.txt", "a: b\n")]).len(), 2);
        assert!(
            found(&[("plugins/a/data/model/b.txt", "a: b\n"), ("plugins/a/tests/data/b.toml", "c = 1")]).is_empty()
        );
    }

    #[test]
    fn extractors_are_laid_out_alike() {
        let found =
            Findings::of(|findings| check(&[("plugins/dates/src/grammar/a.rs".into(), String::new())], findings));
        assert_eq!(found.len(), EXTRACTORS.len() * ROOMS.len() - 1);
    }
}
