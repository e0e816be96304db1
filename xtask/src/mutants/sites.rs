//! Where a file can be changed, and how.

use std::fmt;
use std::ops::Range;

use crate::source::{Code, code};

/// A change in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mutant {
    /// The file, relative to the checkout.
    pub(super) file: String,
    line: usize,
    at: Range<usize>,
    old: String,
    new: String,
    /// The line as it is.
    shown: String,
}

impl Mutant {
    /// The file with the change.
    pub(super) fn apply(&self, text: &str) -> String {
        let (before, after) = (text.get(..self.at.start), text.get(self.at.end..));
        format!("{}{}{}", before.unwrap_or_default(), self.new, after.unwrap_or_default())
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = if self.new.is_empty() { "nothing" } else { &self.new };
        write!(f, "{}:{}: {} → {new}: {}", self.file, self.line, self.old, self.shown)
    }
}

/// Operators that stand between blanks, and what takes their place.
const OPERATORS: &[(&str, &str)] = &[
    ("&&", "||"),
    ("||", "&&"),
    ("==", "!="),
    ("!=", "=="),
    ("<=", "<"),
    (">=", ">"),
    ("<", "<="),
    (">", ">="),
    ("+", "-"),
    ("-", "+"),
];

/// All changes of a file, in order.
pub(super) fn mutants_of(file: &str, text: &str) -> Vec<Mutant> {
    let Some(code) = code(text) else { return Vec::new() };
    let lines: Vec<&str> = text.lines().collect();
    let mut mutants = Vec::new();
    for (number, token) in code.iter().enumerate().filter(|(_, token)| !token.is_example) {
        let before = number.checked_sub(1).and_then(|before| code.get(before));
        let Some((old, new)) = change(text, before, token, code.get(number + 1)) else { continue };
        mutants.push(Mutant {
            file: file.to_owned(),
            line: token.line,
            at: token.at.start..token.at.start + old.len(),
            old,
            new,
            shown: lines.get(token.line - 1).unwrap_or(&"").trim().to_owned(),
        });
    }
    mutants
}

/// What stands at a token, and what takes its place.
fn change(text: &str, before: Option<&Code>, token: &Code, after: Option<&Code>) -> Option<(String, String)> {
    let (start, old) = (token.at.start, token.text.as_str());
    match old {
        "true" => return Some((old.into(), "false".into())),
        "false" => return Some((old.into(), "true".into())),
        // A negation, not a macro's mark or that of `!=`.
        "!" => {
            let is_macro =
                before.is_some_and(|word| word.at.end == start && word.text.ends_with(char::is_alphanumeric));
            let is_equal = after.is_some_and(|next| next.text == "=" && next.at.start == start + 1);
            return (!is_macro && !is_equal).then(|| (old.into(), String::new()));
        }
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            // The field of a tuple is no number.
            let is_field = before.is_some_and(|dot| dot.text == "." && dot.at.end == start);
            let next = number.parse::<u64>().ok()?.checked_add(1)?;
            return (!is_field).then(|| (old.into(), next.to_string()));
        }
        _ => {}
    }
    let begins = |operator: &&(&str, &str)| {
        let end = start + operator.0.len();
        text.get(start..end) == Some(operator.0)
            && text.get(..start).is_some_and(|before| before.ends_with([' ', '\n']))
            && text.get(end..).is_some_and(|after| after.starts_with([' ', '\n']))
    };
    OPERATORS.iter().find(begins).map(|(old, new)| ((*old).to_owned(), (*new).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_changes() {
        let text = "fn a(b: &&u8, c: (bool,)) -> Vec<u8> {\n    if !c.0 && *b < 7 || d!(x) { e(true) } else { 1 + 2 }\n}\n\
            #[cfg(test)]\nmod tests { const A: bool = true && false; }\n";
        let mutants = mutants_of("a.rs", text);
        let changes: Vec<_> = mutants.iter().map(|mutant| (mutant.line, &*mutant.old, &*mutant.new)).collect();
        assert_eq!(
            changes,
            [
                (2, "!", ""),
                (2, "&&", "||"),
                (2, "<", "<="),
                (2, "7", "8"),
                (2, "||", "&&"),
                (2, "true", "false"),
                (2, "1", "2"),
                (2, "+", "-"),
                (2, "2", "3"),
            ]
        );
        assert!(mutants[1].apply(text).contains("if !c.0 || *b < 7"));
        assert_eq!(
            mutants[0].to_string(),
            "a.rs:2: ! → nothing: if !c.0 && *b < 7 || d!(x) { e(true) } else { 1 + 2 }"
        );
    }
}
