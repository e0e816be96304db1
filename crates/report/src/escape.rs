//! Escapes text for HTML and JSON for script elements without changing offsets.

/// Appends text to HTML content or a quoted attribute. One UTF-16 unit stays one: NUL, which a parser drops, is shown
/// as its picture `␀`; a carriage return, which a parser turns into a line feed, is written as a reference.
pub(crate) fn html(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            '\0' => out.push('␀'),
            _ => out.push(c),
        }
    }
}

/// Appends a JSON text escaped for a script element: `<`, `>` and `&` occur only within JSON strings, where an escape means
/// the same. A line break between tokens becomes a space.
pub(crate) fn script_json(json: &str, out: &mut String) {
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn json_means_the_same(text in "\\PC*|[<>&\"'\\\\\u{2028}\u{2029}/a-z]{0,20}") {
            let json = serde_json::to_string(&text).expect("a string is JSON");
            let mut safe = String::new();
            script_json(&json, &mut safe);
            prop_assert!(!safe.contains(['<', '>', '&']));
            prop_assert_eq!(serde_json::from_str::<String>(&safe).expect("still JSON"), text);
        }
    }
}
