//! File names, made from the ids of documents.

use std::collections::HashMap;

/// The most bytes of a part of a file name; file systems allow 255, and a number and an extension follow.
const LONGEST: usize = 200;

/// The path for an id: parts between slashes become folders, characters that are not allowed in file names on every system
/// become `_`.
pub(super) fn file_name(id: &str) -> String {
    let parts: Vec<String> = id.split('/').filter(|part| !part.is_empty()).map(part).collect();
    if parts.is_empty() { "_".to_owned() } else { parts.join("/") }
}

/// The path without folders, for an id whose folders cannot be created.
pub(super) fn flat_name(id: &str) -> String {
    part(&file_name(id).replace('/', "_"))
}

fn part(part: &str) -> String {
    let mut name: String = part
        .chars()
        .map(|c| if c.is_control() || r#"\:*?"<>|"#.contains(c) || is_bidi_control(c) { '_' } else { c })
        .collect();
    let end = (0..=LONGEST.min(name.len())).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    name.truncate(end);
    if name.starts_with('.') || name.is_empty() { format!("_{name}") } else { name }
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The names that a run has used, without case, since some file systems ignore it.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The last number tried for each name.
    tried: HashMap<String, u32>,
}

impl Names {
    /// Whether a document has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tried.contains_key(&name.to_lowercase())
    }

    /// The next name to try: the name itself, then `name-2`, `name-3` and so on; and whether it is unused.
    pub(super) fn next(&mut self, name: &str) -> (String, bool) {
        let number = self.tried.entry(name.to_lowercase()).or_default();
        *number += 1;
        if *number == 1 {
            return (name.to_owned(), true);
        }
        let name = format!("{name}-{number}");
        let is_free = !self.has(&name);
        if is_free {
            self.tried.insert(name.to_lowercase(), 1);
        }
        (name, is_free)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_below_the_folder() {
        for (id, name) in [
            ("a/b.c", "a/b.c"),
            ("../../etc/passwd", "_../_../etc/passwd"),
            ("/abs", "abs"),
            ("c:\\x\u{0}", "c__x_"),
            ("", "_"),
            (".hidden", "_.hidden"),
            ("خبر ١", "خبر ١"),
        ] {
            assert_eq!(file_name(id), name);
        }
        assert!(file_name(&"خ".repeat(500)).len() <= LONGEST);
        assert_eq!(flat_name("../x.ann/y"), "_.._x.ann_y");
        assert!(flat_name(&"خ/".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn no_name_twice() {
        let given = |ids: &[&str]| -> Vec<String> {
            let mut names = Names::default();
            let mut next = |id: &&str| std::iter::repeat_with(|| names.next(id)).find(|name| name.1).map(|name| name.0);
            ids.iter().filter_map(&mut next).collect()
        };
        assert_eq!(given(&["a", "a", "a-2", "A"]), ["a", "a-2", "a-2-2", "A-3"]);
        assert_eq!(given(&["a-2", "a", "a", "a"]), ["a-2", "a", "a-3", "a-4"]);
    }
}
