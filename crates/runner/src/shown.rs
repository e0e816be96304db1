//! Makes text of any origin safe for a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Escapes text for one line of a terminal: control characters, and characters that would reorder the line around it, become
/// escapes (`\u{1b}`, `\n`). Letters of all scripts are kept, and so are marks that join them or set their direction.
///
/// ```
/// assert_eq!(khabar_runner::shown("خبر \u{1b}]0;x\u{7}\n"), "خبر \\u{1b}]0;x\\u{7}\\n");
/// ```
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

/// Escapes text of several lines, keeping line breaks and tabs.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

fn escaped(text: &str, is_meant: impl Fn(char) -> bool) -> Cow<'_, str> {
    let steers = |c: char| steers(c) && !is_meant(c);
    if !text.contains(steers) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        // Writing to memory does not fail.
        let _ = match c {
            c if !steers(c) => out.write_char(c),
            '\n' | '\r' | '\t' => write!(out, "{}", c.escape_default()),
            c => write!(out, "{}", c.escape_unicode()),
        };
    }
    out.into()
}

/// Whether a character affects a terminal beyond its own cell.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown() {
        assert_eq!(shown("a\u{1b}[31m\u{9b}2J\u{7f}\r\n\tb"), "a\\u{1b}[31m\\u{9b}2J\\u{7f}\\r\\n\\tb");
        assert_eq!(shown("\u{202e}txt\u{2066}\u{2028}"), "\\u{202e}txt\\u{2066}\\u{2028}");
        assert_eq!(shown_lines("a\n\tb\r\u{85}"), "a\n\tb\\r\\u{85}");
    }

    #[test]
    fn what_is_text_stays() {
        let text = "قالَ ـ الوزيرُ‌: «نعم»\u{200f} \u{200e}\u{61c} 👩‍🚒 é — ١٢٣";
        assert!(matches!(shown(text), Cow::Borrowed(same) if same == text));
    }
}
