//! A document as the grammar sees it: what each token is, the mentions, and the quotations.

use khabar_arabic::{Quotation, hash};
use khabar_core::TokenClass;
use khabar_extractor::{Cancel, Doc, ExtractError, Span, Token, TokenFlags};
use khabar_lexicon::shared::future::FutureVerbs;
use khabar_lexicon::{Clitics, Proclitic, Tag, Tagger, inflect, spelling};

use crate::lexicon::{Class, Classes, Cue, KNOWN, WordInfo};
use crate::mention::Mention;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaggedToken {
    pub(crate) classes: Classes,
    /// The verb or noun of saying that it is.
    pub(crate) cue: Option<Cue>,
    pub(crate) clitics: Clitics,
    /// Whether it stands between the marks of an outermost quotation.
    pub(crate) is_quoted: bool,
}

impl TaggedToken {
    const fn of(class: Class) -> Self {
        Self { classes: class.set(), cue: None, clitics: Clitics::NONE, is_quoted: false }
    }

    /// What a known word is, by its letters as they are spelled.
    fn known(tag: Tag<WordInfo>, surface: &str) -> Self {
        let Tag { meaning: WordInfo { mut classes, cue, cue_with_teh }, clitics, .. } = tag;
        let spelled = if spelling::ends_in_teh_marbuta(surface) { cue_with_teh } else { cue.or(cue_with_teh) };
        // A verb has no preposition before it, كأن and لأن bring in something else.
        let is_cue =
            |cue: &Cue| !(clitics.has_preposition() || cue.is_verb() && spelling::begins_with_hamza_below(surface));
        let cue = spelled.filter(is_cue);
        if clitics.has(Proclitic::Kaf) || clitics.has(Proclitic::Lam) {
            classes = classes.difference(Class::That.set());
        }
        Self { classes: classes.with(Class::Word), cue, clitics, is_quoted: false }
    }

    #[inline]
    pub(crate) fn is(self, class: Class) -> bool {
        self.classes.contains(class)
    }

    #[inline]
    pub(crate) fn is_any(self, classes: Classes) -> bool {
        self.classes.intersects(classes)
    }

    /// Whether a preposition or the س of a verb is written with it.
    pub(crate) fn has_prefix(self) -> bool {
        self.clitics.has_preposition() || self.clitics.has(Proclitic::Sin)
    }

    /// Whether its cue counts whatever stands beside it.
    pub(crate) fn is_strong_cue(self) -> bool {
        self.cue.is_some_and(|cue| !cue.weak)
    }

    pub(crate) fn is_cue(self, holds: impl FnOnce(Cue) -> bool) -> bool {
        self.cue.is_some_and(holds)
    }
}

/// Tags every token of a document, unless it is cancelled.
pub(crate) fn tag(
    tagger: &Tagger<WordInfo>,
    doc: &Doc<'_>,
    tagged: &mut Vec<TaggedToken>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    tagged.clear();
    for (block, tokens) in doc.tokens.chunks(BLOCK).enumerate() {
        cancel.check()?;
        tagged.extend(tokens.iter().map(|token| match token.class() {
            TokenClass::Arabic => TaggedToken::of(Class::Word),
            TokenClass::Number => TaggedToken::of(Class::Number),
            TokenClass::QuoteOpen => TaggedToken::of(Class::Open),
            TokenClass::QuoteClose => TaggedToken::of(Class::Close),
            TokenClass::Punctuation => {
                TaggedToken { classes: mark(tagger, doc, token), ..TaggedToken::of(Class::Other) }
            }
            _ => TaggedToken::of(Class::Other),
        }));
        let first = block * BLOCK;
        let hashes = doc.hashes.get(first..first + tokens.len()).unwrap_or_default();
        for at in tagger.candidates(hashes).map(|at| first + at) {
            if tagged[at].is(Class::Word)
                && let Some(tag) = tagger.candidate(doc.hashes[at])
            {
                tagged[at] = TaggedToken::known(tag, doc.surface(at));
            }
        }
    }
    Ok(())
}

/// Tokens that are looked up together.
const BLOCK: usize = khabar_lexicon::TokenFilter::BLOCK;

/// What a mark is: a row of marks by its first.
fn mark(tagger: &Tagger<WordInfo>, doc: &Doc<'_>, token: &Token) -> Classes {
    let mark = token.span().of(doc.text).unwrap_or_default();
    let first = mark.chars().next().map_or("", |first| &mark[..first.len_utf8()]);
    tagger.hashed(hash(first)).map_or(Class::Other.set(), |tag| tag.meaning.classes)
}

/// Marks the tokens between the marks of the outermost of a document's quotations.
pub(crate) fn mark_quoted(tagged: &mut [TaggedToken], quotations: &[Quotation]) {
    let mut marked = 0;
    for quotation in quotations {
        let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
        if marked <= open {
            let inside = tagged.get_mut(open + 1..close).unwrap_or_default();
            inside.iter_mut().for_each(|token| token.is_quoted = true);
            marked = close + 1;
        }
    }
}

/// Takes cues off the words inside names: `فيري` may be a name and `فـيري` a verb.
pub(crate) fn suppress_cues_in_names(doc: &Doc<'_>, mentions: &[Mention<'_>], tagged: &mut [TaggedToken]) {
    // Where the names end that begin before the end of a token, the farthest of them.
    let (mut rest, mut end) = (mentions.iter(), 0);
    for (token, word) in doc.tokens.iter().zip(tagged).filter(|(_, word)| word.cue.is_some()) {
        while let Some(mention) = rest.as_slice().first().filter(|mention| mention.span.start < token.end) {
            end = if mention.is_name() { end.max(mention.span.end) } else { end };
            rest.next();
        }
        if token.start < end {
            word.cue = None;
        }
    }
}

/// A document with its tagged tokens, mentions and quotations.
#[derive(Clone, Copy)]
pub(crate) struct TaggedDoc<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) tokens: &'a [TaggedToken],
    pub(crate) mentions: &'a [Mention<'a>],
    /// Closed ones, by their opening marks.
    pub(crate) quotations: &'a [Quotation],
    pub(crate) future: &'a FutureVerbs,
}

impl<'a> TaggedDoc<'a> {
    /// What is known of a token; nothing past the end.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> TaggedToken {
        self.tokens.get(at).copied().unwrap_or(TaggedToken::of(Class::Other))
    }

    /// Whether a token is of a class.
    #[inline]
    pub(crate) fn is(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(class))
    }

    pub(crate) fn folded(&self, at: usize) -> &'a str {
        if at < self.doc.tokens.len() { self.doc.folded(at) } else { "" }
    }

    /// The first token of a range for which something holds.
    pub(crate) fn first(&self, from: usize, to: usize, holds: impl Fn(TaggedToken) -> bool) -> Option<usize> {
        let to = to.min(self.tokens.len());
        let tokens = self.tokens.get(from..to)?;
        tokens.iter().position(|token| holds(*token)).map(|at| from + at)
    }

    /// The last one.
    pub(crate) fn last(&self, from: usize, to: usize, holds: impl Fn(TaggedToken) -> bool) -> Option<usize> {
        let to = to.min(self.tokens.len());
        let tokens = self.tokens.get(from..to)?;
        tokens.iter().rposition(|token| holds(*token)).map(|at| from + at)
    }

    /// Whether a token begins with the article.
    pub(crate) fn is_definite(&self, at: usize) -> bool {
        inflect::without_article(self.folded(at)).is_some()
    }

    /// Whether a token is no more than a letter.
    pub(crate) fn is_letter(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_none_or(|token| token.folded_len <= LETTER)
    }

    /// Whether a token looks like a verb of the future of which nothing else is known.
    pub(crate) fn is_future(&self, at: usize) -> bool {
        self.is(at, Class::Word) && !self.word(at).is_any(KNOWN) && self.future.contains(self.folded(at))
    }

    /// The span of a token without its known proclitics.
    pub(crate) fn bare(&self, at: usize) -> Span {
        self.doc.part(at, self.word(at).clitics.len(), 0)
    }

    /// The span of the tokens `first..end`, known proclitics of the first off.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        let start = self.bare(first);
        match self.doc.tokens.get(end.saturating_sub(1)) {
            Some(last) if first + 1 < end => Span::new(start.start, last.end),
            _ => start,
        }
    }

    pub(crate) fn starts_line(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|token| token.has(TokenFlags::LINE_START))
    }

    /// Where the sentence that begins at a token ends. After a colon the words may stand in a line of their own.
    pub(crate) fn sentence_end(&self, first: usize) -> usize {
        let starts = |at: &usize| self.doc.tokens[*at].has(TokenFlags::SENTENCE_START);
        let next = |first: usize| (first + 1..self.doc.tokens.len()).find(starts).unwrap_or(self.doc.tokens.len());
        let mut end = next(first);
        while end < self.doc.tokens.len() && self.goes_on(end) {
            end = next(end);
        }
        end
    }

    /// Whether a sentence goes on over a token that seems to begin another: behind a colon with the words in a line of their
    /// own, behind a semicolon, inside of a name with initials (جون إف. كينيدي).
    fn goes_on(&self, end: usize) -> bool {
        if self.is(end - 1, Class::Colon) && self.is(end, Class::Open) {
            return true;
        }
        if self.starts_line(end) {
            return false;
        }
        let start = self.doc.tokens.get(end).map_or(0, |token| token.start);
        let in_name = || {
            let next = self.mentions.partition_point(|mention| mention.span.start < start);
            self.mentions[..next].iter().rev().take(NESTED).any(|mention| start < mention.span.end)
        };
        self.doc.folded(end - 1) == SEMICOLON || in_name()
    }

    /// The quotation whose opening mark the token is, unless it stands in another one.
    pub(crate) fn opened(&self, at: usize) -> Option<&'a Quotation> {
        if self.word(at).is_quoted {
            return None;
        }
        let found = self.quotations.binary_search_by_key(&at, |quotation| quotation.open as usize).ok()?;
        self.quotations.get(found)
    }

    /// The mark that closes the quotation which a token opens.
    pub(crate) fn closed(&self, open: usize) -> Option<usize> {
        self.opened(open)?.close.map(|close| close as usize)
    }

    /// The first of the mentions that begin in a token or behind it.
    pub(crate) fn mentions_from(&self, first: usize) -> usize {
        let from = self.doc.tokens.get(first).map_or(u32::MAX, |token| token.start);
        self.mentions.partition_point(|mention| mention.span.start < from)
    }

    /// The mentions from one on that begin before the end of the token before `end`.
    pub(crate) fn mentions_until(
        &self,
        begin: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'a Mention<'a>)> + use<'a> {
        let to = end.checked_sub(1).and_then(|last| self.doc.tokens.get(last)).map_or(0, |token| token.end);
        let mentions = self.mentions.get(begin..).unwrap_or_default();
        (begin..).zip(mentions).take_while(move |(_, mention)| mention.span.start < to)
    }

    /// The mentions that begin in the tokens `first..end`.
    pub(crate) fn mentions_in(
        &self,
        first: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'a Mention<'a>)> + use<'a> {
        self.mentions_until(self.mentions_from(first), end)
    }

    /// The token in which a byte stands, or the first after it.
    pub(crate) fn token_at(&self, byte: u32) -> usize {
        self.doc.tokens.partition_point(|token| token.end <= byte)
    }

    /// The best mention that begins in a token.
    pub(crate) fn mention_at(&self, at: usize) -> Option<(usize, &'a Mention<'a>)> {
        self.best_mention(self.mentions_from(at), at)
    }

    /// The same, where `begin` is known: what [`TaggedDoc::mentions_from`] gives for the token.
    pub(crate) fn best_mention(&self, begin: usize, at: usize) -> Option<(usize, &'a Mention<'a>)> {
        self.mentions_until(begin, at + 1).min_by_key(|(_, mention)| mention.kind)
    }
}

/// The Arabic semicolon, which goes on with the sentence.
const SEMICOLON: &str = "\u{61b}";
/// How many mentions before a place may reach over it: a title, a name, what stands in them.
const NESTED: usize = 4;
/// Most bytes of a folded word that is no more than a letter.
const LETTER: u16 = 2;

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;

    use super::*;
    use crate::lexicon::{CueForm, LEXICON};

    /// What the tokens of a text are.
    fn tagged(text: &str) -> Vec<TaggedToken> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let mut tokens = Vec::new();
        let doc = Doc::new("", text, &analysis);
        tag(LEXICON.as_ref().expect("the data files are read"), &doc, &mut tokens, Cancel::NEVER).expect("no cancel");
        assert_eq!(tokens.len(), doc.tokens.len());
        tokens
    }

    fn one(word: &str) -> TaggedToken {
        tagged(word)[0]
    }

    #[test]
    fn marks_are_what_they_are() {
        for (marks, class) in [
            ("،؛,;-–—", Class::Comma),
            (":", Class::Colon),
            (".؟?!…۔", Class::Stop),
            ("([{", Class::BracketOpen),
            (")]}", Class::BracketClose),
            ("/*%+", Class::Other),
        ] {
            for mark in marks.chars() {
                // A row of marks is what its first is.
                for text in [mark.to_string(), format!("{mark}{mark}")] {
                    let text = format!("خبر {text} خبر");
                    assert_eq!(tagged(&text)[1].classes, class.set(), "{text}");
                }
            }
        }
        let classes: Vec<_> = tagged("«خبر» 12 news").iter().map(|token| token.classes).collect();
        let expected = [Class::Open, Class::Word, Class::Close, Class::Number, Class::Other];
        assert_eq!(classes, expected.map(Class::set));
    }

    #[test]
    fn words_beyond_the_first_block_are_tagged() {
        let text = format!("{}قال الوزير", "خبر ".repeat(BLOCK + 3));
        let tokens = tagged(&text);
        assert!(tokens[BLOCK + 3].cue.is_some() && tokens[BLOCK + 4].is(Class::Role));
        assert_eq!(tokens.iter().filter(|token| token.cue.is_some()).count(), 1);
    }

    #[test]
    fn spelling_tells_cues() {
        let form = |word: &str| one(word).cue.map(|cue| cue.form);
        assert_eq!(form("أعلن"), Some(CueForm::Finite));
        assert_eq!(form("إعلان"), Some(CueForm::Noun), "a noun begins with إ");
        assert_eq!(form("إعلن"), None, "no finite form begins with إ");
        assert_eq!(form("دعوة"), Some(CueForm::Noun));
        assert_eq!(form("دعوه"), Some(CueForm::FiniteWithObject));
        assert_eq!(form("وصفة"), None, "no finite form ends with ة");
        assert_eq!((form("وقال"), form("سيقول"), form("ليقول")), (Some(CueForm::Finite), Some(CueForm::Finite), None));
        assert!(one("ليقول").has_prefix() && one("سيقول").has_prefix() && !one("ويقول").has_prefix());
        assert!(one("بأن").is(Class::That) && one("وأن").is(Class::That));
        assert!(!one("لأن").is(Class::That) && !one("كأن").is(Class::That));
        assert!(one("قال").is_strong_cue() && !one("ذكر").is_strong_cue() && !one("خبر").is_strong_cue());
    }
}
