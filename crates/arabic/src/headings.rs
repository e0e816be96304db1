//! Headings inside of a line, in text that lost its line breaks: `… في أوكرانيا. تحسين العلاقات من جهته، صرح بيسكوف …`.
//!
//! A heading is a nominal phrase of a few words after a full stop, followed without any mark by a clause that opens with
//! its verb. That alone is weak: a sentence may begin with its subject too. So it is looked for only in lines as long as
//! an article, the phrase must be indefinite or hold a colon (a subject that comes first is definite), what follows the
//! verb must be able to be its subject, and one line must hold two headings or more, since headings come in series.

use std::sync::LazyLock;

use khabar_core::{Span, Token, TokenClass, TokenFlags, TokenSets};

use crate::WordTable;
use crate::abbreviations::lines;
use crate::sentences;

/// Bytes of a line from which on it is taken for an article that lost its line breaks.
const LONG_LINE: u32 = 2500;
/// Most tokens of a heading, quotation marks and colon included.
const LONGEST: usize = 8;
/// Fewest tokens of the sentence after it.
const SHORTEST_SENTENCE: usize = 10;
/// Fewest headings of a line.
const SERIES: usize = 2;

#[derive(Clone, Copy, PartialEq)]
enum Opener {
    Verb,
    Particle,
    Aside,
}

static OPENERS: LazyLock<WordTable<Opener>> = LazyLock::new(|| {
    let entries = lines(include_str!("../data/openers.txt")).filter_map(|line| line.split_once('\t'));
    WordTable::of_words(entries.map(|(what, word)| {
        let what = match what {
            "verb" => Opener::Verb,
            "aside" => Opener::Aside,
            _ => Opener::Particle,
        };
        (word, what)
    }))
});

/// Analysed tokens with their folded forms.
#[derive(Clone, Copy)]
struct Words<'a> {
    text: &'a str,
    folded: &'a str,
    tokens: &'a [Token],
    hashes: &'a [u64],
}

impl Words<'_> {
    fn opener(&self, at: usize) -> Option<Opener> {
        OPENERS.get(*self.hashes.get(at)?)
    }

    fn starts_with(&self, at: usize, with: &str) -> bool {
        let word = self.tokens.get(at).and_then(|t| self.folded.get(t.folded_span().range()));
        word.is_some_and(|word| word.len() > with.len() + 2 && word.starts_with(with))
    }

    fn is(&self, at: usize, sign: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.span().of(self.text) == Some(sign))
    }

    fn is_colon(&self, at: usize) -> bool {
        let colon = |t: &Token| t.class() == TokenClass::Punctuation && self.text.as_bytes()[t.start as usize] == b':';
        self.tokens.get(at).is_some_and(colon)
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.class() == TokenClass::Arabic)
    }
}

/// Parts headings from the sentences after them. `found` is a buffer to work in.
pub(crate) fn split(
    (text, folded, hashes): sentences::Words<'_>,
    tokens: &mut [Token],
    sets: &mut [TokenSets],
    sentences: &mut Vec<Span>,
    found: &mut Vec<u32>,
) {
    if text.len() < LONG_LINE as usize {
        return;
    }
    found.clear();
    let words = Words { text, folded, tokens, hashes };
    let mut line = 0;
    while line < tokens.len() {
        let end = TokenSets::first(sets, |set| set.lines, line + 1).unwrap_or(tokens.len());
        if LONG_LINE <= tokens[end - 1].end - tokens[line].start {
            let known = found.len();
            in_line(words, sets, line, end, found);
            if found.len() - known < SERIES {
                found.truncate(known);
            }
        }
        line = end;
    }
    if found.is_empty() {
        return;
    }
    for at in found.iter() {
        tokens[*at as usize].flags |= TokenFlags::SENTENCE_START.0;
        TokenSets::start_sentence(sets, *at as usize);
    }
    sentences.clear();
    for token in tokens.iter() {
        match sentences.last_mut() {
            Some(last) if !token.has(TokenFlags::SENTENCE_START) => last.end = token.end,
            _ => sentences.push(token.span()),
        }
    }
}

/// Finds the first words after the headings of the line `from..to`.
fn in_line(words: Words<'_>, sets: &[TokenSets], from: usize, to: usize, found: &mut Vec<u32>) {
    let next = |from: usize| TokenSets::first(sets, |set| set.sentences, from).filter(|next| *next < to);
    let mut start = next(from + 1);
    while let Some(first) = start {
        start = next(first + 1);
        let end = start.unwrap_or(to).min(first + 1 + LONGEST + SHORTEST_SENTENCE);
        if let Some(after) = heading(words, first, end) {
            found.push(after as u32);
        }
    }
}

/// The first token after the heading with which the sentence `start..end` begins, if there is one.
fn heading(words: Words<'_>, start: usize, end: usize) -> Option<usize> {
    let bare = |at: usize| !["ال", "و", "ف", "ب", "ل", "ك"].iter().any(|p| words.starts_with(at, p));
    let has_colon = || (start + 1..end.min(start + LONGEST)).any(|at| words.is_colon(at));
    if !words.is_word(start) || words.opener(start).is_some() {
        return None;
    }
    let mut colon = false;
    for at in start + 1..end.min(start + LONGEST) {
        if end < at + SHORTEST_SENTENCE {
            return None;
        }
        let token = words.tokens[at];
        match token.class() {
            TokenClass::Arabic => {
                let opens = match words.opener(at) {
                    Some(Opener::Verb) => may_be_subject(words, at + 1),
                    // `من جهته`, `لم يتوقف التصعيد`
                    Some(Opener::Particle) if words.is(at, "من") => words.opener(at + 1) == Some(Opener::Aside),
                    Some(Opener::Particle) if words.is(at, "لم") || words.is(at, "لن") => {
                        words.opener(at + 1) == Some(Opener::Verb) && may_be_subject(words, at + 2)
                    }
                    _ => false,
                };
                if opens {
                    // A heading has two words or more, the last of them no particle.
                    let fine = start + 1 < at && words.opener(at - 1).is_none() && (colon || !has_colon());
                    return (fine && (bare(start) || has_colon() || is_name(words, start))).then_some(at);
                }
                if words.opener(at) == Some(Opener::Verb) {
                    return None;
                }
            }
            TokenClass::QuoteOpen | TokenClass::QuoteClose => {}
            TokenClass::Punctuation if words.is_colon(at) && !colon => colon = true,
            _ => return None,
        }
    }
    None
}

/// A word that begins like one with a proclitic but does not have one by the lexicon.
fn is_name(words: Words<'_>, at: usize) -> bool {
    let word = words.folded.get(words.tokens[at].folded_span().range()).unwrap_or_default();
    let best = crate::segmentation(word);
    best.proclitic == 0 && best.article == 0
}

/// Whether the subject of a verb may stand here: a word that is no particle and has no preposition.
fn may_be_subject(words: Words<'_>, at: usize) -> bool {
    let proclitic = ["بال", "لل", "بان", "وال"].iter().any(|p| words.starts_with(at, p));
    words.is_word(at) && !proclitic && (words.opener(at).is_none() || words.is(at, "اليوم"))
}

#[cfg(test)]
mod tests {
    use khabar_core::TokenSets;

    use crate::Analysis;

    const SENTENCE: &str =
        "وقال الوزير في مؤتمر صحفي عقده في العاصمة إن الاجتماع المقبل سيعقد في موعده المحدد دون تأخير.";

    fn headings(parts: &[&str]) -> Vec<String> {
        let filler = [SENTENCE; 10].join(" ");
        let text = [&[filler.as_str()], parts, &[filler.as_str()]].concat().join(" ");
        let mut analysis = Analysis::default();
        analysis.analyze(&text);
        let sets: Vec<TokenSets> =
            analysis.tokens().chunks(64).map(|tokens| TokenSets::of(tokens, analysis.folded())).collect();
        assert_eq!(analysis.sets(), sets);
        let sentences = analysis.sentences().iter().map(|s| &text[s.range()]);
        sentences.filter(|s| !s.ends_with('.')).map(str::to_owned).collect()
    }

    const FIRST: &str =
        "زيادة الإنتاج أعلنت الشركة أنها سترفع إنتاجها من النفط في العام المقبل إلى مستوى لم تبلغه من قبل.";
    const SECOND: &str =
        "أزمة جديدة من جهته، حذر الخبير من أن الأسعار قد ترتفع في الأسواق قبل نهاية هذا العام إذا طال الأمر.";

    #[test]
    fn headings_come_in_series() {
        assert_eq!(headings(&[FIRST, SECOND]), ["زيادة الإنتاج", "أزمة جديدة"]);
        assert!(headings(&[FIRST]).is_empty());
    }

    #[test]
    fn subjects_that_come_first_are_no_headings() {
        let definite = "الوزير الجديد أعلن أن الحكومة سترفع الأجور في القطاع العام قبل نهاية هذه السنة رغم العجز.";
        let saying = "وزارة الخارجية أعلنت أن الوفد سيصل إلى العاصمة مساء اليوم لإجراء محادثات مع المسؤولين هناك.";
        assert!(headings(&[definite, saying, definite, saying]).is_empty());
    }
}
