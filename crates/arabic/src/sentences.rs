//! Where sentences end in news.
//!
//! A sentence ends at every line break, and at `.`, `؟`, `?`, `!`, `…`, `..`, `؛`, `۔` that stand outside of quotation marks
//! and are no part of an abbreviation, an initial or the number of a list. Closing marks and brackets that follow without
//! a space belong to the sentence before them.

use khabar_core::{Span, Token, TokenClass, TokenFlags, TokenSets};

use crate::quotes::Quotation;
use crate::tokens::{CharClass, char_class};

/// A text, its folded form and the hashes of its tokens.
pub(crate) type Words<'a> = (&'a str, &'a str, &'a [u64]);

/// Fills `sentences` and marks the first token of each, also in the tokens' sets. `marks` holds the tokens that may matter,
/// in order: those that begin a line, marks that [`may_end`] a sentence and quotation marks.
pub(crate) fn split(
    words: Words<'_>,
    tokens: &mut [Token],
    sets: &mut [TokenSets],
    marks: &[u32],
    quotations: &[Quotation],
    sentences: &mut Vec<Span>,
) {
    let text = words.0;
    let mut first = 0;
    let mut quotations = quotations.iter().peekable();
    let mut quoted_until = 0;
    for mark in marks.iter().map(|m| *m as usize) {
        if mark < first {
            continue;
        }
        if tokens[mark].has(TokenFlags::LINE_START) {
            close(tokens, sets, first, mark, sentences);
            first = mark;
        }
        while let Some(quotation) = quotations.next_if(|q| (q.open as usize) < mark) {
            quoted_until = quotation.close.unwrap_or(0).max(quoted_until);
        }
        let ended = match tokens[mark].class() {
            TokenClass::Punctuation => (quoted_until as usize) < mark && is_end(words, tokens, first, mark),
            TokenClass::QuoteClose => quoted_until as usize == mark && is_quoted_end(words, tokens, first, mark),
            _ => false,
        };
        if ended {
            let rest = tokens[mark + 1..].iter();
            let trailing = rest.take_while(|t| trails(text, **t)).count();
            close(tokens, sets, first, mark + 1 + trailing, sentences);
            first = mark + 1 + trailing;
        }
    }
    close(tokens, sets, first, tokens.len(), sentences);
}

/// Whether a mark at the start of a text is one of those that end sentences: most marks are commas.
#[inline]
pub(crate) fn may_end(text: &[u8]) -> bool {
    // `؛` and `؟`, `۔`, `…`
    matches!(text, [b'.' | b'?' | b'!', ..] | [0xd8, 0x9b | 0x9f, ..] | [0xdb, 0x94, ..] | [0xe2, 0x80, 0xa6, ..])
}

/// Ends the sentence of the tokens `first..end`, if there are any.
fn close(tokens: &mut [Token], sets: &mut [TokenSets], first: usize, end: usize, sentences: &mut Vec<Span>) {
    if let Some(sentence) = tokens.get_mut(first..end)
        && let Some(last) = sentence.last().map(|t| t.end)
    {
        sentence[0].flags |= TokenFlags::SENTENCE_START.0;
        TokenSets::start_sentence(sets, first);
        sentences.push(Span::new(sentence[0].start, last));
    }
}

fn surface(text: &str, token: Token) -> &str {
    text.get(token.span().range()).unwrap_or_default()
}

/// Whether a token that follows the end of a sentence still belongs to it.
fn trails(text: &str, token: Token) -> bool {
    !token.has(TokenFlags::SPACE_BEFORE)
        && match token.class() {
            TokenClass::QuoteClose => true,
            TokenClass::Punctuation => surface(text, token).starts_with([')', ']', '}', '.', '؟', '?', '!', '…']),
            _ => false,
        }
}

/// Whether the punctuation `at` ends the sentence that begins at token `first`.
fn is_end(words: Words<'_>, tokens: &[Token], first: usize, at: usize) -> bool {
    let text = words.0;
    let mark = surface(text, tokens[at]);
    let next = tokens.get(at + 1);
    let glued_next = next.filter(|t| !t.has(TokenFlags::SPACE_BEFORE));
    match mark.chars().next() {
        Some('؟' | '?' | '!' | '…' | '؛' | '۔') => {}
        Some('.') => {
            if mark.len() == 1 && !is_full_stop(words, tokens, first, at) {
                return false;
            }
        }
        _ => return false,
    }
    // `(...)`, `(؟)`: an omission or a doubt inside of a sentence. `،` and `.` say themselves what follows.
    !glued_next.is_some_and(|t| {
        t.class() == TokenClass::Punctuation && surface(text, *t).starts_with([')', ']', '،', ',', '؛', ':', '/', '-'])
    })
}

/// Bytes of the longest word whose letters are counted: an initial with its conjunction, harakat and tatweel.
const SHORT: usize = 12;

fn is_letter(c: char) -> bool {
    matches!(char_class(c), CharClass::Arabic | CharClass::Letter) && c != 'ـ'
}

/// Whether a single `.` is more than the point of an abbreviation, an initial or the number of a list.
fn is_full_stop((text, folded, hashes): Words<'_>, tokens: &[Token], first: usize, at: usize) -> bool {
    let glued = !tokens[at].has(TokenFlags::SPACE_BEFORE);
    let Some(before) = at.checked_sub(1).map(|at| tokens[at]).filter(|_| glued && first < at) else { return true };
    let next = tokens.get(at + 1);
    if next.is_none_or(|t| t.has(TokenFlags::LINE_START)) {
        return true;
    }
    let word = surface(text, before);
    let is_abbreviation = || {
        let folded = folded.get(before.folded_span().range()).unwrap_or_default();
        crate::abbreviations::is_abbreviation(word, hashes[at - 1], folded)
    };
    let letters = if SHORT < word.len() { SHORT } else { word.chars().filter(|c| is_letter(*c)).count() };
    // `وأ. د.`: an initial after its conjunction.
    let single = (letters == 1 || (letters == 2 && word.starts_with('و')))
        && matches!(before.class(), TokenClass::Arabic | TokenClass::Word);
    match before.class() {
        // `1. نص`
        TokenClass::Number => at - 1 != first,
        TokenClass::Arabic if is_abbreviation() || single => {
            // `عام 1444 هـ. ثم`: the letter counts the era, and the sentence may well end.
            let era = at.checked_sub(2).is_some_and(|n| tokens[n].class() == TokenClass::Number);
            era && crate::abbreviations::is_era(word)
        }
        TokenClass::Word => !(single || is_abbreviation()),
        _ => true,
    }
}

/// Whether a closing mark ends the sentence, since the full stop stands before it (`."`) and nothing goes on after it.
fn is_quoted_end(words: Words<'_>, tokens: &[Token], first: usize, at: usize) -> bool {
    let text = words.0;
    let stop = at.checked_sub(1).filter(|stop| first < *stop);
    let ends = stop.is_some_and(|stop| {
        let mark = surface(text, tokens[stop]);
        tokens[stop].class() == TokenClass::Punctuation
            && mark.starts_with(['.', '۔'])
            && (1 < mark.len() || is_full_stop(words, tokens, first, stop))
    });
    let goes_on = tokens.get(at + 1).is_some_and(|t| {
        matches!(t.class(), TokenClass::Punctuation | TokenClass::QuoteClose)
            || (t.class() == TokenClass::Arabic && !t.has(TokenFlags::SPACE_BEFORE))
    });
    ends && !goes_on
}

#[cfg(test)]
mod tests {
    use crate::Analysis;

    /// `|` stands where a sentence ends; the text is analysed without it.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace('|', "");
        let mut analysis = Analysis::default();
        analysis.analyze(&text);
        let mut marked = String::new();
        let mut last = 0;
        for sentence in analysis.sentences() {
            if last != 0 {
                marked.push('|');
            }
            marked.push_str(&text[last..sentence.end as usize]);
            last = sentence.end as usize;
        }
        assert_eq!(marked + &text[last..], expected);
    }

    #[test]
    fn marks_that_end() {
        check("وصل الوفد.| ماذا قال؟| لا!| نعم…| ربما؛| خلف الأبواب..| ماذا دار");
        check("عنوان|\nنص.|\n\nنص");
        check("نهاية.|بداية");
        check("أغسطس 2022.| وقال");
    }

    #[test]
    fn points_that_do_not_end() {
        check("قال د. أحمد وأ. د. سامي إن ق.م. كذا");
        check("استقبل Dr. Smith و J. Doe الوفد");
        check("1. بند أول|\n2. بند ثان");
        check("عام 1444 هـ.| ثم");
        check("بلغ 3.5 مليون و1,250.5");
        check("يحمل (...) شيئا و(؟) هنا");
    }

    #[test]
    fn quotation_marks_hold_a_sentence_together() {
        check("قال: \"هناك جمود. نعم\".| ثم مضى");
        check("قال: «انتهى. نعم.»| ثم مضى");
        check("سأل «هل انتهى؟» ثم مضى");
        check("قال \"لم يغلق.| ثم");
        check("قال «نعم.»، ثم");
    }
}
