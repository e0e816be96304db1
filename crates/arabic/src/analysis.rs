//! The analysis of a document, made once and shared.
//!
//! A kernel of `khabar-simd` folds the text and describes it in blocks of bit masks; the walk over the blocks makes words
//! of runs of word bytes and asks [`token_end`] about everything else; roles of quotation marks, quotations and sentences
//! are settled at the end from the few tokens that matter to them.

use khabar_core::{Span, Split, Token, TokenClass, TokenFlags, TokenSets};
use khabar_simd::{Before, Block, Kernel, Task};

use crate::fold::folded_len;
use crate::hash::hash_within;
use crate::quotes::{self, Quotation};
use crate::scan::{Others, TABLE};
use crate::tokens::token_end;
use crate::{frequency, headings, sentences, splits};

/// Longest folded token in bytes; a longer one is cut.
const LONGEST: usize = u16::MAX as usize;

/// What stands behind the folded text while its words are hashed, so that no word is too near to its end.
const PADDING: &str = "                        ";

/// Words that are remembered to be one; 8 kB of them.
const KNOWN_WORDS: usize = 1024;

/// Blocks that are scanned before they are walked over: 2 kB of text, which stays in the nearest cache.
const WINDOW: usize = 32;

/// Tokens, folded text and sentences of one document, in buffers that the next document reuses.
///
/// The folded text holds the folded tokens with one space where there was white space, or one line break where there
/// was a line break, so that phrases can be looked up in it.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    kernel: Kernel,
    folded: String,
    tokens: Vec<Token>,
    hashes: Vec<u64>,
    sets: Vec<TokenSets>,
    sentences: Vec<Span>,
    splits: Vec<Split>,
    quotations: Vec<Quotation>,
    /// Tokens that begin a line, marks that may end a sentence and quotation marks: what decides sentences and quotations.
    marks: Vec<u32>,
    /// There is a quotation mark among them.
    has_quotes: bool,
    /// Words whose letters say that they may be two.
    seams: Vec<u32>,
    /// Hashes of such words that are one, each where its lowest bits say: the lexicon of frequencies is large, and a corpus
    /// has the same words again and again.
    known: Vec<u64>,
}

/// A token that goes on after the block in which it began.
#[derive(Clone, Copy)]
enum Open {
    None,
    /// A word, up to the first byte that is none.
    Word(Start),
    /// Another token, whose end is known.
    Until(Start, usize, TokenClass),
}

#[derive(Clone, Copy)]
struct Start {
    at: usize,
    folded: usize,
    changed: bool,
    /// The letters may say that the word is two.
    seam: bool,
}

/// What the walk over the blocks carries from one to the next.
struct Walk {
    open: Open,
    /// Flags of white space since the last token.
    flags: u8,
}

/// The walk over a text, compiled for the kernel's instruction set.
struct Scan<'a> {
    analysis: &'a mut Analysis,
    text: &'a str,
}

impl Task for Scan<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.analysis.scan(self.text);
    }
}

impl Analysis {
    /// Analyses a text of less than 4 GiB; what was here before is gone, its memory is kept.
    ///
    /// A longer text is analysed up to the last character that ends within 4 GiB.
    pub fn analyze(&mut self, text: &str) {
        self.folded.clear();
        self.tokens.clear();
        self.hashes.clear();
        self.sets.clear();
        self.sentences.clear();
        self.splits.clear();
        self.quotations.clear();
        self.marks.clear();
        self.has_quotes = false;
        self.seams.clear();
        let text = head(text, u32::MAX as usize);
        self.folded.reserve(text.len() + 64);
        self.kernel.run(Scan { analysis: self, text });
        self.find_splits(text);
        if self.has_quotes {
            quotes::assign_roles(text, &mut self.tokens, &self.marks);
            quotes::pair(text, &self.tokens, self.marks.iter().copied(), &mut self.quotations);
        }
        let Self { folded, hashes, tokens, sets, sentences, marks, quotations, .. } = self;
        sentences::split((text, folded, hashes), tokens, sets, marks, quotations, sentences);
        // The marks have done their work, and lend their memory.
        headings::split((text, folded, hashes), tokens, sets, sentences, marks);
    }

    /// Fills the folded text and the tokens.
    #[inline(always)]
    fn scan(&mut self, text: &str) {
        let table = &*TABLE;
        let mut blocks = [Block::default(); WINDOW];
        let (mut at, mut before, mut others) = (0, Before::Newline, Others::default());
        let mut walk = Walk { open: Open::None, flags: (TokenFlags::SPACE_BEFORE.0 | TokenFlags::LINE_START.0) };
        let mut last_in_word = false;
        while at < text.len() {
            let mut found = self.kernel.scan(table, text, at, before, &mut self.folded, &mut blocks);
            if found == 0 {
                blocks[0] = others.scan(text, at, before, last_in_word, &mut self.folded);
                found = 1;
            }
            let Some(last) = blocks[..found].last() else { break };
            at = (last.start + last.len) as usize;
            before = last.before_next(before, self.folded.as_bytes());
            last_in_word = last.word >> (last.len - 1) & 1 == 1;
            for block in &blocks[..found] {
                self.walk(text, block, &mut walk);
            }
        }
        if before != Before::Other && self.folded.ends_with([' ', '\n']) {
            self.folded.pop();
        }
        let end = self.folded.len();
        match walk.open {
            Open::None => {}
            Open::Word(start) => self.push(text, start, text.len(), end, TokenClass::Arabic, walk.flags),
            // White space after the token has been taken off again.
            Open::Until(start, to, class) => self.push(text, start, to, end, class, walk.flags),
        }
        self.sets.resize(self.tokens.len().div_ceil(64), TokenSets::default());
        // Apart from the walk, so that the processor has many words at once in hand.
        self.folded.push_str(PADDING);
        let bytes = self.folded.as_bytes();
        self.hashes.resize(self.tokens.len(), 0);
        let parts = self.hashes.chunks_mut(64).zip(self.tokens.chunks(64)).zip(&mut self.sets);
        for ((hashes, tokens), sets) in parts {
            let mut clitics = 0;
            // From behind, as [`Token::which`] does.
            for at in (0..hashes.len().min(tokens.len())).rev() {
                let from = tokens[at].folded as usize;
                hashes[at] = hash_within(bytes, from, from + usize::from(tokens[at].folded_len));
                // The same bytes that the hash has read.
                let second = bytes.get(from..).and_then(|rest| rest.first_chunk::<24>()).map_or(0, |head| head[1]);
                clitics = clitics << 1 | u64::from(TokenSets::may_be_clitic(second));
            }
            sets.clitics = clitics & !sets.signs;
        }
        self.folded.truncate(end);
    }

    /// Makes the tokens of a block.
    #[inline(always)]
    fn walk(&mut self, text: &str, block: &Block, walk: &mut Walk) {
        let (base, len) = (block.start as usize, block.len as usize);
        let below = |bit: usize| (1_u64 << bit) - 1;
        let folded_at = |bit: usize| block.folded as usize + (block.keep & below(bit)).count_ones() as usize;
        let at = match &mut walk.open {
            Open::None => 0,
            Open::Word(start) => {
                let end = (!block.word).trailing_zeros() as usize;
                if len <= end {
                    start.changed |= block.changed != 0;
                    return;
                }
                let start = Start { changed: start.changed || block.changed & below(end) != 0, ..*start };
                self.push(text, start, base + end, folded_at(end), TokenClass::Arabic, walk.flags);
                walk.flags = 0;
                end
            }
            Open::Until(start, end, class) => {
                if base + len <= *end {
                    start.changed |= block.changed != 0;
                    return;
                }
                let (end, class) = (*end - base, *class);
                let start = Start { changed: start.changed || block.changed & below(end) != 0, ..*start };
                self.push(text, start, base + end, folded_at(end), class, walk.flags);
                walk.flags = 0;
                end
            }
        };
        walk.open = Open::None;
        let valid = if len == 64 { u64::MAX } else { below(len) };
        // Most blocks have no line break and nothing that folding drops.
        if (block.keep == valid) & (block.newline | block.ignored == 0) {
            self.walk_on::<true>(text, block, at, valid, walk);
        } else {
            self.walk_on::<false>(text, block, at, valid, walk);
        }
    }

    /// Makes the tokens of a block that begin from bit `at` on. In a plain block all between tokens is spaces, and the folded
    /// text goes along with the original.
    #[inline(always)]
    fn walk_on<const PLAIN: bool>(&mut self, text: &str, block: &Block, mut at: usize, valid: u64, walk: &mut Walk) {
        let (base, len) = (block.start as usize, block.len as usize);
        let folded_len = |bits: u64| (block.keep & bits).count_ones() as usize;
        let folded_at = |bit: usize| block.folded as usize + if PLAIN { bit } else { folded_len((1 << bit) - 1) };
        // What stands from one bit up to another.
        let flags_of = |from: usize, to: usize, gap: u64| {
            if PLAIN {
                return u8::from(from != to) * TokenFlags::SPACE_BEFORE.0;
            }
            let space = u8::from(block.space & gap != 0) * TokenFlags::SPACE_BEFORE.0;
            space | (u8::from(block.newline & gap != 0) * TokenFlags::LINE_START.0)
        };
        let mut rest = !(block.space | block.ignored) & valid & (u64::MAX << at);
        while rest != 0 {
            let first = rest.trailing_zeros() as usize;
            let from = u64::MAX << first;
            walk.flags |= flags_of(at, first, (u64::MAX << at) & !from);
            let start = Start { at: base + first, folded: folded_at(first), changed: false, seam: false };
            let is_word = block.word >> first & 1 == 1;
            let (to, class) = if is_word {
                (base + (!block.word & from).trailing_zeros() as usize, TokenClass::Arabic)
            } else {
                token_end(text, start.at)
            };
            let end = to - base;
            if len <= end {
                let changed = block.changed & from != 0;
                walk.open = if is_word {
                    // Seams at the blocks' ends are not seen.
                    Open::Word(Start { changed, seam: true, ..start })
                } else {
                    Open::Until(Start { changed, ..start }, to, class)
                };
                return;
            }
            let behind = u64::MAX << end;
            let token = from & !behind;
            let changed = block.changed & token != 0;
            if is_word {
                // Three letters and more stand before a seam.
                let seam = block.seam & token & (token << 6) != 0;
                let folded_len = if PLAIN { end - first } else { folded_len(token) };
                self.push_word(Start { changed, seam, ..start }, to, folded_len as u16, walk.flags);
            } else {
                self.push(text, Start { changed, ..start }, to, folded_at(end), class, walk.flags);
            }
            walk.flags = 0;
            (at, rest) = (end, rest & behind);
        }
        walk.flags |= flags_of(at, len, u64::MAX << at);
    }

    /// Pushes a word that lies within a block: most tokens do.
    #[inline(always)]
    fn push_word(&mut self, start: Start, end: usize, folded_len: u16, flags: u8) {
        let index = self.tokens.len() as u32;
        self.tokens.push(Token {
            start: start.at as u32,
            end: end as u32,
            folded: start.folded as u32,
            folded_len,
            class: TokenClass::Arabic as u8,
            flags: flags | if start.changed { TokenFlags::FOLDED.0 } else { 0 },
        });
        if flags & TokenFlags::LINE_START.0 != 0 {
            self.begin_line(index, flags);
        }
        if start.seam {
            self.seams.push(index);
        }
    }

    /// Notes a word that begins a line; apart, since few do.
    #[cold]
    #[inline(never)]
    fn begin_line(&mut self, index: u32, flags: u8) {
        self.marks.push(index);
        self.note(index, TokenClass::Arabic, flags);
    }

    /// Notes in which sets a token is that is no word within a line.
    #[inline]
    fn note(&mut self, index: u32, class: TokenClass, flags: u8) {
        let (block, at) = (index as usize / 64, index as usize % 64);
        if self.sets.len() <= block {
            self.sets.resize(block + 1, TokenSets::default());
        }
        self.sets[block].add(at, class, TokenFlags(flags));
    }

    #[inline(never)]
    fn push(&mut self, text: &str, start: Start, end: usize, folded_end: usize, class: TokenClass, flags: u8) {
        let len = folded_end - start.folded;
        if LONGEST < len {
            self.push_cut(text, start, end, class, flags);
            return;
        }
        let index = self.tokens.len() as u32;
        self.tokens.push(Token {
            start: start.at as u32,
            end: end as u32,
            folded: start.folded as u32,
            folded_len: len as u16,
            class: class as u8,
            flags: flags | if start.changed { TokenFlags::FOLDED.0 } else { 0 },
        });
        self.note(index, class, flags);
        let quote = matches!(class, TokenClass::QuoteOpen | TokenClass::QuoteClose);
        self.has_quotes |= quote;
        let ends = class == TokenClass::Punctuation && sentences::may_end(&text.as_bytes()[start.at..]);
        if quote || ends || flags & TokenFlags::LINE_START.0 != 0 {
            self.marks.push(index);
        }
        if start.seam {
            self.seams.push(index);
        }
    }

    /// Looks into the words that may be two.
    fn find_splits(&mut self, text: &str) {
        self.known.resize(KNOWN_WORDS, 0);
        let Self { seams, tokens, hashes, known, .. } = self;
        // Without a branch, since nobody foresees which words these are, and their frequencies are asked for together.
        let mut left = 0;
        for n in 0..seams.len() {
            let (token, hash) = (tokens[seams[n] as usize], hashes[seams[n] as usize]);
            frequency::prefetch(hash);
            seams[left] = seams[n];
            let known = (known[hash as usize % KNOWN_WORDS] == hash) & (hash != 0);
            left += usize::from(splits::may_be_two(token.folded_len) & !known);
        }
        seams.truncate(left);
        for index in self.seams.iter().copied() {
            let at = index as usize;
            let (token, hash) = (self.tokens[at], self.hashes[at]);
            if splits::is_known(hash) {
                self.known[hash as usize % KNOWN_WORDS] = hash;
            } else {
                let known = self.splits.len();
                splits::search(text, &self.folded, index, token, &mut self.splits);
                if known < self.splits.len() {
                    self.tokens[at].flags |= TokenFlags::GLUED.0;
                }
            }
        }
    }

    /// Pushes a token whose folded form is too long in pieces.
    #[cold]
    fn push_cut(&mut self, text: &str, start: Start, end: usize, class: TokenClass, mut flags: u8) {
        let mut piece = Start { changed: false, seam: false, ..start };
        let mut len = 0;
        for (at, c) in text[start.at..end].char_indices() {
            let (size, changed) = folded_len(c);
            if LONGEST < len + size {
                let (at, to) = (start.at + at, piece.folded + len);
                self.push(text, piece, at, to, class, flags | TokenFlags::CUT.0);
                (piece, len, flags) = (Start { at, folded: to, changed: false, seam: false }, 0, 0);
            }
            len += size;
            piece.changed |= changed;
        }
        self.push(text, piece, end, piece.folded + len, class, flags);
    }

    /// Gives back the memory of all but tokens and sentences, of which nothing is known any more: for a large document that
    /// is to be written.
    pub fn keep_tokens(&mut self) {
        let (tokens, sentences) = (std::mem::take(&mut self.tokens), std::mem::take(&mut self.sentences));
        *self = Self { kernel: self.kernel, tokens, sentences, ..Self::default() };
    }

    /// The tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The [`hash`](crate::hash()) of each token's folded form.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// What [`TokenSets`] says of the tokens, 64 of them at a time.
    pub fn sets(&self) -> &[TokenSets] {
        &self.sets
    }

    /// The folded text.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The sentences in order, in bytes of the original text; together they hold every token.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// What stands between quotation marks, ordered by the opening marks; see [`quotations`](crate::quotations).
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// Where tokens may be two words that lost the space between them.
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }
}

/// The longest prefix of at most `len` bytes.
fn head(text: &str, len: usize) -> &str {
    let mut end = len.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::is_control;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Vec<&str> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        analysis.tokens().iter().map(|t| &text[t.span().range()]).collect()
    }

    #[test]
    fn words_that_were_seen_before_are_parted_as_at_first() {
        let text = "زار المسؤولون موسكووواشنطن واستقبلهم الرئيس في الأكاديمية";
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let (splits, tokens) = (analysis.splits().to_vec(), analysis.tokens().to_vec());
        assert!(!splits.is_empty());
        analysis.analyze(text);
        assert_eq!((analysis.splits(), analysis.tokens()), (&*splits, &*tokens));
    }

    #[test]
    fn numbers_stay_whole() {
        assert_eq!(
            tokens("بلغ 1,250.5 و٣٫٥ أو 0،9 و6ر4 في 11-10-2021 14:30."),
            ["بلغ", "1,250.5", "و", "٣٫٥", "أو", "0،9", "و", "6ر4", "في", "11-10-2021", "14:30", "."]
        );
    }

    #[test]
    fn signs_and_addresses() {
        assert_eq!(
            tokens("100% «نعم» #خبر @khabar a@b.org https://x.org/a?b=1."),
            ["100", "%", "«", "نعم", "»", "#خبر", "@khabar", "a@b.org", "https://x.org/a?b=1", "."]
        );
    }

    #[test]
    fn sentences_of_news() {
        let text = "قال: \"انتهى. نعم\". ثم مضى.\nعنوان\nماذا؟ لا";
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let sentences: Vec<&str> = analysis.sentences().iter().map(|s| &text[s.range()]).collect();
        assert_eq!(sentences, ["قال: \"انتهى. نعم\".", "ثم مضى.", "عنوان", "ماذا؟", "لا"]);
    }

    #[test]
    fn words_of_other_scripts() {
        assert_eq!(tokens("Demain Dès l'Aube’ x'"), ["Demain", "Dès", "l'Aube", "’", "x", "'"]);
        assert_eq!(
            tokens("a.b.c@d.org. http://x.org/(أ) WWW.X.ORG,"),
            ["a.b.c@d.org", ".", "http://x.org/", "(", "أ", ")", "WWW.X.ORG", ","]
        );
    }

    #[test]
    fn a_long_token_is_cut() {
        let text = "م".repeat(70_000);
        assert_eq!(tokens(&text).len(), 3);
        assert_eq!(tokens(&text).concat(), text);
    }

    proptest! {
        #[test]
        fn kernels_give_the_same_analysis(
            text in "([\u{620}-\u{652}]{1,9}[ \n]?|[a-z0-9.،؟!\"«»“”:-]{1,3}|\\PC|[\u{200b}-\u{200f}ﻻ \n]){0,120}",
        ) {
            let analyses: Vec<Analysis> = Kernel::all()
                .iter()
                .map(|kernel| {
                    let mut analysis = Analysis { kernel: *kernel, ..Analysis::default() };
                    analysis.analyze(&text);
                    analysis
                })
                .collect();
            for other in &analyses[1..] {
                let first = &analyses[0];
                prop_assert_eq!(&first.tokens, &other.tokens);
                prop_assert_eq!(&first.folded, &other.folded);
                prop_assert_eq!(&first.hashes, &other.hashes);
                prop_assert_eq!(&first.sentences, &other.sentences);
                prop_assert_eq!(&first.quotations, &other.quotations);
                prop_assert_eq!(&first.splits, &other.splits);
            }
        }
    }

    proptest! {
        #[test]
        fn tokens_tile_the_text(text in "\\PC*|[\u{600}-\u{6ff}\u{200b}-\u{200f} \n\"«».0-9a-z،٪@#]{0,60}") {
            let mut analysis = Analysis::default();
            analysis.analyze(&text);
            let mut last = 0;
            for (token, hash) in analysis.tokens().iter().zip(analysis.hashes()) {
                prop_assert!(last <= token.start && token.start < token.end);
                let gap = text.get(last as usize..token.start as usize);
                prop_assert!(gap.is_some_and(|g| g.chars().all(|c| c.is_whitespace() || c.is_control() || is_control(c))));
                let folded = &analysis.folded()[token.folded_span().range()];
                prop_assert_eq!(crate::fold(&text[token.span().range()]), folded);
                prop_assert_eq!(*hash, crate::hash(folded));
                last = token.end;
            }
            let mut end = 0;
            for sentence in analysis.sentences() {
                prop_assert!(end <= sentence.start && sentence.start < sentence.end);
                end = sentence.end;
            }
            prop_assert_eq!(end, last);
            let sets = analysis.tokens().chunks(64).map(|tokens| TokenSets::of(tokens, analysis.folded()));
            prop_assert_eq!(analysis.sets(), sets.collect::<Vec<_>>());
        }
    }

    #[test]
    fn tokens_can_be_kept_without_the_rest() {
        let text = "قال «نعم». ثم مضى (أمس)".repeat(1_000);
        let (mut analysis, mut kept) = (Analysis::default(), Analysis::default());
        analysis.analyze(&text);
        kept.analyze(&text);
        kept.keep_tokens();
        assert_eq!((kept.tokens(), kept.sentences()), (analysis.tokens(), analysis.sentences()));
        let held = [kept.folded.capacity(), kept.hashes.capacity(), kept.quotations.capacity(), kept.marks.capacity()];
        assert_eq!(held, [0; 4]);
        kept.analyze(&text);
        assert_eq!((kept.folded(), kept.quotations()), (analysis.folded(), analysis.quotations()));
    }
}
