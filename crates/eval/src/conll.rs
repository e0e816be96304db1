//! Reads CoNLL, one word and its tag per line, as documents.

use crate::{Annotation, Document, EvalError};

/// Reads CoNLL: one `word … tag` in IOB2 per line (of nested tags `A|B` the first counts), and a blank line after each
/// sentence.
///
/// A document has `sentences` sentences, each a line of words joined by one space. Its id is `NAME-0`, `NAME-1`, …. Tags
/// become kinds: `PER` and `PERS` become `entity.PER`; `LOC`, `GPE` and `FAC` become `entity.LOC`; any other `X` becomes
/// `entity.X`.
///
/// # Errors
/// If a line has a word without a tag; the error names it.
pub fn parse_conll(file: &str, name: &str, text: &str, sentences: usize) -> Result<Vec<Document>, EvalError> {
    let mut documents = Vec::new();
    let mut open = Open::default();
    let mut in_sentence = false;
    for (at, line) in text.lines().enumerate() {
        let mut columns = line.split_whitespace();
        let Some(word) = columns.next() else {
            in_sentence = false;
            continue;
        };
        let Some(tag) = columns.next() else {
            let reason = format!("`{word}` has no tag");
            return Err(EvalError::Line { file: file.to_owned(), line: at + 1, reason });
        };
        if !in_sentence {
            open.tag = None;
            if open.sentences == sentences.max(1) {
                documents.push(open.document(name, documents.len()));
            }
            open.sentences += 1;
        }
        open.push(word, tag.split('|').next().unwrap_or(tag), if in_sentence { ' ' } else { '\n' });
        in_sentence = true;
    }
    if open.sentences != 0 {
        documents.push(open.document(name, documents.len()));
    }
    Ok(documents)
}

/// The document that is being read.
#[derive(Default)]
struct Open {
    text: String,
    chars: usize,
    sentences: usize,
    annotations: Vec<Annotation>,
    /// The tag of the last word, without its `B-` or `I-`, while a name goes on.
    tag: Option<String>,
}

impl Open {
    fn push(&mut self, word: &str, tag: &str, separator: char) {
        if !self.text.is_empty() {
            self.text.push(separator);
            self.chars += 1;
        }
        let start = self.chars;
        self.text.push_str(word);
        self.chars += word.chars().count();
        let inside = tag.strip_prefix("I-");
        if let (Some(name), Some(annotation)) = (inside, self.annotations.last_mut())
            && self.tag.as_deref() == Some(name)
        {
            annotation.end = self.chars;
            return;
        }
        self.tag = tag.strip_prefix("B-").or(inside).map(str::to_owned);
        if let Some(tag) = &self.tag {
            self.annotations.push(Annotation { kind: kind(tag), start, end: self.chars, ..Annotation::default() });
        }
    }

    fn document(&mut self, name: &str, number: usize) -> Document {
        let Self { text, annotations, .. } = std::mem::take(self);
        Document {
            id: format!("{name}-{number}"),
            text: Some(text),
            scope: vec!["entity".into()],
            annotations,
            ..Document::default()
        }
    }
}

fn kind(tag: &str) -> String {
    let class = match tag {
        "PER" | "PERS" => "PER",
        "LOC" | "GPE" | "FAC" => "LOC",
        other => other,
    };
    format!("entity.{class}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "زار O\nفلاديمير B-PERS\nبوتين I-PERS\nموسكو B-GPE|B-ORG\n\n\nمجلس I-ORG\nالأمن I-ORG\nالدولي I-MISC\n\nلا O\n";

    #[test]
    fn sentences_and_names() {
        let documents = parse_conll("f", "dev", TEXT, 2).expect("parses");
        let ids: Vec<_> = documents.iter().map(|d| d.id.as_str()).collect();
        assert_eq!(ids, ["dev-0", "dev-1"]);
        let text = documents[0].text.as_deref().unwrap_or_default();
        assert_eq!(text, "زار فلاديمير بوتين موسكو\nمجلس الأمن الدولي");
        let shown: Vec<(String, String)> = (documents[0].annotations.iter())
            .map(|a| (a.kind.clone(), text.chars().skip(a.start).take(a.end - a.start).collect()))
            .collect();
        let wanted = [
            ("entity.PER", "فلاديمير بوتين"),
            ("entity.LOC", "موسكو"),
            ("entity.ORG", "مجلس الأمن"),
            ("entity.MISC", "الدولي"),
        ];
        assert_eq!(shown, wanted.map(|(kind, text)| (kind.to_owned(), text.to_owned())));
        assert_eq!(documents[1].annotations, []);
    }

    #[test]
    fn a_name_ends_with_its_sentence() {
        let documents = parse_conll("f", "dev", "أ B-PER\n\nب I-PER\n", 20).expect("parses");
        assert_eq!(documents[0].annotations.len(), 2);
    }

    #[test]
    fn a_word_alone_is_refused() {
        let error = parse_conll("f", "dev", "أ O\nب\n", 20).expect_err("refused");
        assert_eq!(error.to_string(), "f:2: `ب` has no tag");
    }
}
