//! A Rust file as the checks of the house see it: its tokens without tests, comments and attributes.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A token that is code: an identifier, a literal or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// As it stands in the file.
    pub(crate) text: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// Where it stands in the file, in bytes.
    pub(crate) at: Range<usize>,
    /// Whether it stands in what documents a rule or an extractor: the arguments of `RuleInfo::new`, `Example::new`.
    pub(crate) is_example: bool,
}

/// The tokens of a file but those of items for tests, in order. `None` where it is not Rust.
pub(crate) fn code(text: &str) -> Option<Vec<Code>> {
    let mut tokens = Vec::new();
    collect(text.parse().ok()?, false, &mut tokens);
    Some(tokens)
}

fn collect(stream: TokenStream, is_example: bool, out: &mut Vec<Code>) {
    let mut trees = stream.into_iter().peekable();
    let mut skips_item = false;
    while let Some(tree) = trees.next() {
        // An attribute: `#[…]`, `#![…]`. A doc comment is one as well.
        if matches!(&tree, TokenTree::Punct(mark) if mark.as_char() == '#') {
            let inner = |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == '!');
            trees.next_if(inner);
            if let Some(TokenTree::Group(attribute)) = trees.next_if(|tree| matches!(tree, TokenTree::Group(_))) {
                let words: String = attribute.stream().to_string().split_whitespace().collect();
                skips_item |= words == "cfg(test)" || words == "test" || words == "cfg(doctest)";
                continue;
            }
        }
        if skips_item {
            skips_item = match &tree {
                TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
                TokenTree::Punct(mark) => mark.as_char() != ';',
                _ => true,
            };
            continue;
        }
        let (line, at) = (tree.span().start().line, tree.span().byte_range());
        match tree {
            TokenTree::Group(group) => {
                let calls = |name: &str| {
                    let [.., kind, _, _, new] = out.as_slice() else { return false };
                    kind.text == name && new.text == "new"
                };
                let documents = is_example || calls("RuleInfo") || calls("Example");
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push(Code { text: open.into(), line, at: group.span_open().byte_range(), is_example });
                collect(group.stream(), documents, out);
                let end = group.span_close();
                out.push(Code { text: close.into(), line: end.start().line, at: end.byte_range(), is_example });
            }
            other => out.push(Code { text: other.to_string(), line, at, is_example }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_comments_are_no_code() {
        let text = "//! من\n/// من\nfn a() { b(\"ا\") } // من\n#[cfg(test)]\nmod tests { const A: &str = \"ب\"; }\n\
            #[cfg(test)]\nuse x;\nconst C: Example = Example::new(\"ج\").on(\"د\");\n";
        let literals = |tokens: Vec<Code>| {
            let literals = tokens.into_iter().filter(|token| token.text.starts_with('"'));
            literals.map(|token| (token.text, token.line, token.is_example)).collect::<Vec<_>>()
        };
        let expected = [("\"ا\"", 3, false), ("\"ج\"", 8, true), ("\"د\"", 8, false)];
        assert_eq!(literals(code(text).expect("Rust")), expected.map(|(text, line, is)| (text.to_owned(), line, is)));
        assert_eq!(code("fn a( {"), None);
    }
}
