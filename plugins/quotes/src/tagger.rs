//! Finds out what every token of a document is.

use std::ops::Range;

use khabar_arabic::{Quotation, hash, hash_within};
use khabar_extractor::{Doc, Token, TokenClass, TokenFlags};

use crate::facts::Facts;
use crate::lexicon::{Entry, LEXICON};
use crate::phrase::SHORT;
use crate::sets::Set;
use crate::table::Lexicon;
use crate::tags::{BEGIN, BREAK, KNOWN, OPENING, SIGN, SPELLED, STOP, Some64, Tagged, Tags, tags_of};

/// The tokens of a document, and where there is something to read.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// What each token is.
    pub(crate) facts: Vec<Facts>,
    /// Which tokens are what is looked for first.
    pub(crate) sets: Sets,
    /// For words whose article lost its alef.
    buffer: String,
}

/// Where there is something to read.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    /// The tokens that begin a sentence.
    pub(crate) sentences: Set,
    /// Those at which a report may begin.
    pub(crate) begins: Set,
    /// Those at which words may begin: أن, a colon, a mark.
    pub(crate) openings: Set,
    /// Those behind which a clause may begin.
    pub(crate) breaks: Set,
    /// Those that say something on the way from a cue to the words.
    pub(crate) signs: Set,
    /// Those before which a phrase may end.
    pub(crate) stops: Set,
    /// Those between the marks of the outermost quotations.
    pub(crate) quoted: Set,
}

impl Words {
    /// Finds out what every token is: 64 of them at once are sorted by what is to be done for them.
    pub(crate) fn read(&mut self, doc: &Doc<'_>) {
        let lexicon = &*LEXICON;
        self.facts.clear();
        self.facts.resize(doc.tokens.len(), Facts::WORD);
        let Sets { sentences, begins, openings, breaks, signs, stops, quoted } = &mut self.sets;
        [sentences, begins, openings, breaks, signs, stops].into_iter().for_each(Set::clear);
        quoted.reset(doc.tokens.len());
        for (at, (tokens, hashes)) in doc.tokens.chunks(64).zip(doc.hashes.chunks(64)).enumerate() {
            self.read_some(lexicon, doc, 64 * at, tokens, hashes);
        }
    }

    /// The same of 64 tokens from one on.
    #[inline(always)]
    fn read_some(&mut self, lexicon: &Lexicon, doc: &Doc<'_>, first: usize, tokens: &[Token], hashes: &[u64]) {
        let folded = doc.folded.as_bytes();
        let Sorted { sentences, signs, clitics, shorts } = sort(tokens, folded);
        let facts = self.facts.get_mut(first..).unwrap_or_default();
        let mut tags = Tags([0; 64]);
        read_signs(doc, tokens, signs, facts, &mut tags);
        for at in Some64(lexicon.among(hashes)).without(signs) {
            let (Some(hash), Some(word)) = (hashes.get(at), facts.get_mut(at)) else { break };
            let plain = lexicon.plain(*hash);
            *word = plain.facts;
            tags.set(at, plain.tags);
        }
        let (mut likely, mut two) = (Some64::default(), Some64::default());
        let mut tails = [0; 64];
        for at in clitics.without(tags.with(KNOWN)) {
            let Some(Range { start, end }) = tokens.get(at).map(folded_range) else { break };
            let tail = hash_within(folded, start + 2, end);
            tails[at % 64] = tail;
            likely.add(at, lexicon.may_know(tail));
            two.add(at, may_be_two(folded, start));
        }
        for at in two.without(likely) {
            let Some(Range { start, end }) = tokens.get(at).map(folded_range) else { break };
            likely.add(at, lexicon.may_know(hash_within(folded, start + 4, end)) || lost_alef(folded, start));
        }
        for at in likely {
            let (Some(token), Some(word)) = (tokens.get(at), facts.get_mut(at)) else { break };
            let behind = behind_proclitics(lexicon, doc.folded, token, tails[at % 64], &mut self.buffer);
            if let Some((entry, proclitics)) = behind {
                *word = word.with(entry.facts(proclitics, ""));
                tags.set(at, tags_of(*word));
            }
        }
        for at in tags.with(SPELLED) {
            let Some(word) = facts.get_mut(at) else { break };
            *word = spelled(lexicon, doc, first + at, *word, &mut self.buffer);
            tags.set(at, tags_of(*word));
        }
        let Sets { begins, openings, breaks, signs, .. } = &mut self.sets;
        for (set, tag) in [(begins, BEGIN), (openings, OPENING), (breaks, BREAK), (signs, SIGN)] {
            set.push(tags.with(tag).0);
        }
        self.sets.stops.push(tags.with(STOP).0 | shorts.0);
        self.sets.sentences.push(sentences.0);
    }

    /// Notes the tokens between the marks of the outermost of a document's quotations.
    pub(crate) fn mark_quoted(&mut self, quotations: &[Quotation]) {
        let mut marked = 0;
        for quotation in quotations {
            let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
            if marked <= open {
                self.sets.quoted.add_all(open + 1, close);
                marked = close + 1;
            }
        }
    }
}

/// 64 tokens, sorted by what is to be done for them.
struct Sorted {
    /// Those that begin a sentence.
    sentences: Some64,
    /// Those that are no Arabic words.
    signs: Some64,
    /// Words that may have a proclitic, with two letters at least behind it.
    clitics: Some64,
    /// Tokens that are no more than a letter.
    shorts: Some64,
}

/// Sorts 64 tokens.
#[inline(always)]
fn sort(tokens: &[Token], folded: &[u8]) -> Sorted {
    let clitic = |token: &Token| {
        let letter = folded.get(token.folded as usize + 1).is_some_and(|second| may_be_clitic(*second));
        (6 <= token.folded_len) & letter
    };
    let [sentences, signs, clitics, shorts] = Token::which(tokens, |token| {
        let sign = token.class != TokenClass::Arabic as u8;
        [token.has(TokenFlags::SENTENCE_START), sign, clitic(token), token.folded_len <= SHORT]
    })
    .map(Some64);
    Sorted { sentences, signs, clitics: clitics.without(signs), shorts }
}

/// Reads those of 64 tokens that are no Arabic words.
#[inline(always)]
fn read_signs(doc: &Doc<'_>, tokens: &[Token], signs: Some64, facts: &mut [Facts], tags: &mut Tags) {
    for at in signs {
        let (Some(token), Some(sign)) = (tokens.get(at), facts.get_mut(at)) else { break };
        let class = OF_CLASS.get(usize::from(token.class)).copied().unwrap_or(Tagged::new(Facts::OTHER));
        let tagged = if token.class == TokenClass::Punctuation as u8 { punctuation(doc.text, token) } else { class };
        *sign = tagged.facts;
        tags.set(at, tagged.tags);
    }
}

/// What tokens are by their class, which of punctuation does not tell; those behind the last are [`Facts::OTHER`].
const OF_CLASS: [Tagged; 6] = {
    let mut facts = [Tagged::new(Facts::OTHER); 6];
    facts[TokenClass::Number as usize] = Tagged::new(Facts::NUMBER);
    facts[TokenClass::QuoteOpen as usize] = Tagged::new(Facts::OPEN);
    facts[TokenClass::QuoteClose as usize] = Tagged::new(Facts::CLOSE);
    facts
};

/// Where the folded form of a token stands.
#[inline(always)]
fn folded_range(token: &Token) -> Range<usize> {
    token.folded_span().range()
}

/// Whether an Arabic letter may be و, ف, ب, ل, ك or س, by its second byte: no other letter of Arabic has one of theirs.
#[inline(always)]
const fn may_be_clitic(second: u8) -> bool {
    const LETTERS: u64 = {
        let (mut letters, clitics) = (0, ['و', 'ف', 'ب', 'ل', 'ك', 'س']);
        let mut at = 0;
        while at < clitics.len() {
            letters |= 1 << (clitics[at] as u32 & 63);
            at += 1;
        }
        letters
    };
    LETTERS >> (second & 63) & 1 == 1
}

/// Whether a word may begin with two proclitics, or with one and an article without its alef.
#[inline(always)]
fn may_be_two(folded: &[u8], start: usize) -> bool {
    // و, ف, ل, by their second bytes
    let two = |letters: &[u8; 4]| matches!(letters[1], 0x88 | 0x81 | 0x84) & may_be_clitic(letters[3]);
    folded.get(start..).and_then(<[u8]>::first_chunk).is_some_and(two)
}

/// Whether the article of a word may have lost its alef: `لل`, `ولل`, `فلل`.
fn lost_alef(folded: &[u8], start: usize) -> bool {
    folded
        .get(start..start + 6)
        .is_some_and(|letters| letters.starts_with("لل".as_bytes()) || letters.ends_with("لل".as_bytes()))
}

/// What stands behind the proclitics of a word that is not known as it stands, and the proclitics: و or ف, then ب, ل, ك or
/// س. `tail` is the hash of the word without its first letter. [`khabar_arabic::proclitics`] has the same hypotheses; here
/// most words are turned away by the hash of what is left.
fn behind_proclitics<'l>(
    lexicon: &'l Lexicon,
    text: &str,
    token: &Token,
    tail: u64,
    buffer: &mut String,
) -> Option<(&'l Entry, Facts)> {
    let (folded, Range { start, end }) = (text.as_bytes(), folded_range(token));
    let known = |skip: usize, proclitics: Facts| {
        let entry = lexicon.get(if skip == 2 { tail } else { hash_within(folded, start + skip, end) })?;
        entry.stands_behind().then_some((entry, proclitics))
    };
    let proclitic = |skip: usize| proclitic(folded.get(start + skip..end)?.first_chunk()?);
    let (mut skip, mut proclitics) = (2, proclitic(0)?);
    if proclitics.is(Facts::CONJUNCTION) {
        if let Some(found) = known(skip, proclitics) {
            return Some(found);
        }
        let preposition = proclitic(skip).filter(|next| next.is(Facts::PREFIXED) && start + 8 <= end)?;
        (skip, proclitics) = (4, proclitics.with(preposition));
    }
    known(skip, proclitics).or_else(|| {
        // للكرملين: the article lost its alef.
        proclitic(skip).filter(|article| article.is(Facts::LI) && proclitics.is(Facts::LI))?;
        buffer.clear();
        buffer.push('ا');
        buffer.push_str(text.get(start + skip..end)?);
        let entry = lexicon.get(hash(buffer))?;
        entry.stands_behind().then_some((entry, proclitics))
    })
}

/// The proclitic that a letter may be.
fn proclitic(letter: &[u8; 2]) -> Option<Facts> {
    match letter {
        // و, ف
        [0xd9, 0x88 | 0x81] => Some(Facts::CONJUNCTION),
        // ب
        [0xd8, 0xa8] => Some(Facts::BI),
        // ل
        [0xd9, 0x84] => Some(Facts::LI),
        // ك
        [0xd9, 0x83] => Some(Facts::KA),
        // س
        [0xd8, 0xb3] => Some(Facts::SA),
        _ => None,
    }
}

/// What a token is whose cue depends on its spelling.
fn spelled(lexicon: &Lexicon, doc: &Doc<'_>, at: usize, facts: Facts, buffer: &mut String) -> Facts {
    let surface = doc.surface(at);
    if !surface.ends_with('ة') && !surface.starts_with('إ') {
        return facts;
    }
    let whole = lexicon.get(doc.hashes[at]).filter(|entry| entry.stands_behind()).map(|entry| (entry, Facts::NONE));
    let known = whole.or_else(|| {
        let (token, Range { start, end }) = (&doc.tokens[at], folded_range(&doc.tokens[at]));
        let tail = hash_within(doc.folded.as_bytes(), (start + 2).min(end), end);
        behind_proclitics(lexicon, doc.folded, token, tail, buffer)
    });
    let cue = known.map_or(Facts::NONE, |(entry, proclitics)| entry.facts(proclitics, surface).of(Facts::OF_CUE));
    facts.without(Facts::OF_CUE).with(cue)
}

/// What a mark is that separates.
#[inline(always)]
fn punctuation(text: &str, token: &Token) -> Tagged {
    let first = text.as_bytes().get(token.start as usize).copied().unwrap_or(0);
    match ASCII.get(usize::from(first)) {
        Some(tagged) => *tagged,
        None => Tagged::new(mark(token.span().of(text).and_then(|mark| mark.chars().next()).unwrap_or(' '))),
    }
}

/// What marks of ASCII are.
static ASCII: [Tagged; 128] = {
    let (mut facts, mut at) = ([Tagged::WORD; 128], 0);
    while at < facts.len() {
        facts[at] = Tagged::new(mark(at as u8 as char));
        at += 1;
    }
    facts
};

const fn mark(mark: char) -> Facts {
    match mark {
        '،' | ',' | '؛' | ';' | '-' | '–' | '—' => Facts::COMMA,
        ':' => Facts::COLON,
        '.' | '؟' | '?' | '!' | '…' | '۔' => Facts::STOP,
        '(' | '[' | '{' => Facts::BRACKET_OPEN,
        ')' | ']' | '}' => Facts::BRACKET_CLOSE,
        _ => Facts::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use khabar_arabic::{Analysis, proclitics};
    use proptest::prelude::*;

    use super::*;
    use crate::phrase::{ENDS_BEHIND, IN_PHRASE};
    use crate::tags::{BEGINS, BREAKS, OPENINGS, SIGNS};

    /// What a folded word is by the hypotheses of `khabar_arabic`, one after the other.
    fn expected(folded: &str, surface: &str) -> Facts {
        let known = |word: &str| LEXICON.get(hash(word)).filter(|entry| entry.stands_behind());
        let behind = || {
            proclitics(folded).find_map(|hypothesis| {
                let (before, rest) = folded.split_at(hypothesis.len);
                let entry = known(rest).or_else(|| known(&format!("ا{rest}")).filter(|_| hypothesis.article_cut))?;
                let letters = before.as_bytes().as_chunks().0.iter().filter_map(proclitic);
                Some((entry, letters.fold(Facts::NONE, Facts::with)))
            })
        };
        let found = known(folded).map(|entry| (entry, Facts::NONE)).or_else(behind);
        let whole = LEXICON.get(hash(folded)).map_or(Facts::NONE, |entry| entry.whole);
        let facts = found.map_or(Facts::NONE, |(entry, proclitics)| entry.facts(proclitics, surface));
        Facts::WORD.with(whole).with(facts)
    }

    proptest! {
        #[test]
        fn words_are_what_their_hypotheses_say(
            before in "[وفبلكسا]{0,4}",
            word in "قال|إعلان|دعوة|دعوه|الوزير|وزير|لكن|حد|حسب|إن|أن|الأنباء|رويترز|عن|يقول|لوكالة|[وفبلكسا]{0,3}",
            after in "[ ،.ه]?",
            more in "[-a:(«»\"،. 7؟]{0,6}",
        ) {
            let text = format!("{before}{word}{after}{more}{word}");
            let mut analysis = Analysis::default();
            analysis.analyze(&text);
            let doc = Doc::new("", &text, &analysis);
            let mut words = Words::default();
            words.read(&doc);
            for (at, token) in doc.tokens.iter().enumerate().filter(|(_, t)| t.class() == TokenClass::Arabic) {
                let spelling = Facts::SPELLED;
                let (facts, expected) = (words.facts[at], expected(doc.folded(at), doc.surface(at)));
                prop_assert_eq!(facts.without(spelling), expected.without(spelling), "{}", token.span());
                prop_assert_eq!(words.sets.begins.has(at), expected.is(BEGINS));
            }
            for (at, token) in doc.tokens.iter().enumerate() {
                let (facts, sets) = (words.facts[at], &words.sets);
                let stops = facts.is(ENDS_BEHIND) || !facts.is(IN_PHRASE) || token.folded_len <= SHORT;
                for (set, within) in [
                    (&sets.sentences, token.has(TokenFlags::SENTENCE_START)),
                    (&sets.begins, facts.is(BEGINS)),
                    (&sets.openings, facts.is(OPENINGS)),
                    (&sets.breaks, facts.is(BREAKS)),
                    (&sets.signs, facts.is(SIGNS)),
                    (&sets.stops, stops),
                ] {
                    prop_assert_eq!(set.has(at), within, "{} {:?}", token.span(), facts);
                }
            }
        }
    }
}
