//! What a token is: words and phrases with their proclitics, by one look-up a token.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::Hash;

use khabar_arabic::{Analysis, WordTable, hash};
use khabar_core::TokenFlags;
use khabar_extractor::Doc;
use rustc_hash::FxHashMap;

use crate::block::{Candidates, TokenFilter};
use crate::clitics::{Clitics, Takes, attach};
use crate::format::Entry;
use crate::inflect::Form;
use crate::phrases::{PhraseNode, PhraseTree};

/// What a lexicon knows of a word. Two entries for one form are brought together by [`Meaning::merge`].
pub trait Meaning: Copy + Eq + Hash {
    /// What a form means that two entries of equally many proclitics have; by default what the later says.
    #[must_use]
    fn merge(self, later: Self) -> Self {
        later
    }
}

/// What is known of a token, or of several that are one phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag<M> {
    /// What the lexicon says of the word or phrase.
    pub meaning: M,
    /// What is written together with its front.
    pub clitics: Clitics,
    /// How many tokens it takes, 1 to 255.
    pub len: u8,
}

impl<M: Meaning> Tag<M> {
    /// What a form means for which a later entry says this: what is read with fewer proclitics, or both.
    fn or(self, later: Self) -> Self {
        match self.clitics.len().cmp(&later.clitics.len()) {
            Ordering::Less => self,
            Ordering::Greater => later,
            Ordering::Equal => Self { meaning: self.meaning.merge(later.meaning), ..later },
        }
    }
}

/// The words and phrases of a lexicon, each with all forms that its proclitics give.
#[derive(Clone, Debug)]
pub struct Tagger<M> {
    heads: Heads<M>,
    phrases: PhraseTree<Tag<M>>,
    /// The second words of phrases: most words of a text are none, so that few phrases are gone after.
    seconds: TokenFilter,
}

/// All forms, and once more the most frequent of them in a table that stays in the nearest cache: nine of ten known words of a
/// text are found there. Tens of thousands of forms have a few thousand different heads, so the tables hold their numbers:
/// 16 bytes a form instead of up to 56. The plain twin is [`Heads::all`] alone; a test sees that both agree.
#[derive(Clone, Debug)]
struct Heads<M> {
    frequent: WordTable<u32>,
    all: WordTable<u32>,
    different: Vec<Head<M>>,
}

impl<M: Meaning> Heads<M> {
    /// How many forms stand in the small table: its slots take 8 KiB.
    const FREQUENT: usize = 1024;

    fn new(heads: Vec<(u64, Head<M>)>) -> Self {
        let (mut numbers, mut different) = (FxHashMap::default(), Vec::new());
        let mut number = |head: Head<M>| {
            *numbers.entry(head).or_insert_with(|| {
                different.push(head);
                different.len() as u32 - 1
            })
        };
        let all = WordTable::new(heads.into_iter().map(|(key, head)| (key, number(head))));
        // A table lists its words by their frequency.
        let frequent = all.keys().take(Self::FREQUENT).filter_map(|key| Some((key, all.find(key)?)));
        Self { frequent: WordTable::new(frequent), all, different }
    }

    #[inline]
    fn find(&self, hash: u64) -> Option<Head<M>> {
        let number = self.frequent.find(hash).or_else(|| self.all.find(hash))?;
        self.different.get(number as usize).copied()
    }

    #[inline]
    fn get(&self, hash: u64) -> Option<Head<M>> {
        if self.all.may_hold(hash) { self.find(hash) } else { None }
    }
}

/// A form that stands alone or begins phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Head<M> {
    alone: Option<Tag<M>>,
    phrases: PhraseNode,
}

/// The same lexicon from behind: what the words mean that end at a token. Made by [`TaggerBuilder::build_backward`].
#[derive(Clone, Debug)]
pub struct BackwardTagger<M>(Tagger<M>);

/// A lexicon while it is gathered.
#[derive(Debug)]
pub struct TaggerBuilder<M> {
    analysis: Analysis,
    /// Words that stand alone, by their hashes with what is written together with their fronts, as they were added.
    words: Vec<(u64, Tag<M>)>,
    /// The same of several words, each by the hashes of all.
    phrases: BTreeMap<Box<[u64]>, Tag<M>>,
}

impl<M: Meaning> Default for TaggerBuilder<M> {
    fn default() -> Self {
        Self { analysis: Analysis::default(), words: Vec::new(), phrases: BTreeMap::new() }
    }
}

impl<M: Meaning> TaggerBuilder<M> {
    /// Adds all forms of an entry.
    pub fn entry<E>(&mut self, entry: &Entry<E>, meaning: impl Fn(&Form) -> Option<M>) {
        for form in entry.forms() {
            if let Some(meaning) = meaning(&form) {
                self.word(&form.text, meaning, entry.takes);
            }
        }
    }

    /// Adds a word or a phrase in any spelling, with the proclitics that its first word takes. It has the article if it is
    /// spelled with `ال`, which `ألف` is not.
    ///
    /// A form that is read with fewer proclitics counts before one with more: `واحد` is one, not و + `أحد`.
    pub fn word(&mut self, spelling: &str, meaning: M, takes: Takes) {
        let definite = spelling.trim_start().starts_with("ال");
        self.analysis.analyze(spelling);
        let tokens = self.analysis.tokens();
        let Some((first, rest)) = tokens.split_first() else { return };
        let len = u8::try_from(tokens.len()).unwrap_or(u8::MAX);
        let rest = self.analysis.hashes()[1..=rest.len()].to_vec();
        let first = &self.analysis.folded()[first.folded_span().range()];
        for (form, clitics) in attach(first, definite, takes) {
            let tag = Tag { meaning, clitics, len };
            if rest.is_empty() {
                self.words.push((hash(&form), tag));
            } else {
                let known = self.phrases.entry([&[hash(&form)], &rest[..]].concat().into());
                known.and_modify(|known| *known = known.or(tag)).or_insert(tag);
            }
        }
    }

    /// The tagger of what was added.
    pub fn build(self) -> Tagger<M> {
        Tagger::new(self.words, self.phrases)
    }

    /// The tagger that knows what was added by its last words: for what stands before something.
    pub fn build_backward(self) -> BackwardTagger<M> {
        let from_behind = |(mut words, tag): (Box<[u64]>, Tag<M>)| {
            words.reverse();
            (words, tag)
        };
        BackwardTagger(Tagger::new(self.words, self.phrases.into_iter().map(from_behind).collect()))
    }
}

impl<M: Meaning> Tagger<M> {
    fn new(mut words: Vec<(u64, Tag<M>)>, phrases: BTreeMap<Box<[u64]>, Tag<M>>) -> Self {
        // Stable, so that of the entries for one form the later comes last.
        words.sort_by_key(|(word, _)| *word);
        words.dedup_by(|(word, later), (known, tag)| {
            let same = word == known;
            if same {
                *tag = tag.or(*later);
            }
            same
        });
        let mut by_first = BTreeMap::<u64, BTreeMap<Box<[u64]>, Tag<M>>>::new();
        for (words, tag) in phrases {
            if let Some((first, rest)) = words.split_first() {
                by_first.entry(*first).or_default().insert(rest.into(), tag);
            }
        }
        let (mut tree, mut seconds) = (PhraseTree::default(), Vec::new());
        let mut heads: Vec<(u64, Head<M>)> =
            words.into_iter().map(|(word, tag)| (word, Head { alone: Some(tag), phrases: PhraseNode::NONE })).collect();
        let alone = heads.len();
        for (first, longer) in by_first {
            seconds.extend(longer.keys().filter_map(|rest| rest.first()));
            let phrases = tree.add(longer);
            match heads[..alone].binary_search_by_key(&first, |(word, _)| *word) {
                Ok(at) => heads[at].1.phrases = phrases,
                Err(_) => heads.push((first, Head { alone: None, phrases })),
            }
        }
        Self { heads: Heads::new(heads), phrases: tree, seconds: TokenFilter::new(&seconds) }
    }

    /// The longest word or phrase that begins with a token and stays in its line.
    #[inline]
    pub fn tag(&self, doc: &Doc<'_>, at: usize) -> Option<Tag<M>> {
        let head = self.heads.get(*doc.hashes.get(at)?)?;
        self.longest(doc, at, head)
    }

    /// What a folded word means that stands alone.
    pub fn word(&self, folded: &str) -> Option<Tag<M>> {
        self.hashed(hash(folded))
    }

    /// The same by the word's hash.
    #[inline]
    pub fn hashed(&self, hash: u64) -> Option<Tag<M>> {
        self.heads.get(hash)?.alone
    }

    /// The same for a word that [`Tagger::candidates`] let pass.
    #[inline]
    pub fn candidate(&self, hash: u64) -> Option<Tag<M>> {
        self.heads.find(hash)?.alone
    }

    #[inline]
    fn longest(&self, doc: &Doc<'_>, at: usize, head: Head<M>) -> Option<Tag<M>> {
        let goes_on = head.phrases.is_some() && doc.hashes.get(at + 1).is_some_and(|next| self.seconds.may_hold(*next));
        if goes_on { self.phrase(doc, at, head) } else { head.alone }
    }

    #[inline(never)]
    fn phrase(&self, doc: &Doc<'_>, at: usize, head: Head<M>) -> Option<Tag<M>> {
        let line = doc.tokens.iter().zip(doc.hashes).skip(at + 1);
        let words = line.take_while(|(token, _)| !token.has(TokenFlags::LINE_START)).map(|(_, hash)| *hash);
        self.phrases.longest(head.phrases, words, |_| true).map(|(tag, _)| tag).or(head.alone)
    }

    /// All words and phrases of a document that the lexicon knows, by the token that each begins with; they may overlap.
    pub fn tags<'a>(&'a self, doc: &'a Doc<'a>) -> impl Iterator<Item = (usize, Tag<M>)> + 'a {
        self.among(doc, |hashes| self.candidates(hashes))
    }

    /// The same, but only those that a filter lets pass.
    pub fn tags_of<'a>(
        &'a self,
        doc: &'a Doc<'a>,
        filter: &'a TokenFilter,
    ) -> impl Iterator<Item = (usize, Tag<M>)> + 'a {
        self.among(doc, |hashes| filter.candidates(hashes))
    }

    fn among<'a>(
        &'a self,
        doc: &'a Doc<'a>,
        candidates: impl Fn(&[u64]) -> Candidates + 'a,
    ) -> impl Iterator<Item = (usize, Tag<M>)> + 'a {
        let blocks = doc.hashes.chunks(TokenFilter::BLOCK).enumerate();
        let tokens =
            blocks.flat_map(move |(block, hashes)| candidates(hashes).map(move |at| block * TokenFilter::BLOCK + at));
        tokens.filter_map(|at| Some((at, self.longest(doc, at, self.heads.find(*doc.hashes.get(at)?)?)?)))
    }

    /// Which of some tokens, 64 at the most, may be known by their hashes, alone or with those behind them: what a loop over
    /// a document begins with, since most words are not.
    #[inline]
    pub fn candidates(&self, hashes: &[u64]) -> Candidates {
        Candidates(self.heads.all.among(hashes))
    }

    /// Whether a token may be known by its hash; `false` is certain.
    #[inline]
    pub fn may_know(&self, hash: u64) -> bool {
        self.heads.all.may_hold(hash)
    }

    /// A filter for the tokens that mean something for which `holds`, alone or with those behind them.
    pub fn filter(&self, holds: impl Fn(&Tag<M>) -> bool) -> TokenFilter {
        let any = |head: &Head<M>| {
            head.alone.is_some_and(|tag| holds(&tag)) || self.phrases.any(head.phrases, |tag| holds(&tag))
        };
        let keys = self.heads.all.keys().filter(|key| self.heads.find(*key).is_some_and(|head| any(&head)));
        TokenFilter::new(&keys.collect::<Vec<_>>())
    }
}

impl<M: Meaning> BackwardTagger<M> {
    /// The longest word or phrase that ends with a token and stays in its line. It begins with the token
    /// `last + 1 - tag.len`.
    #[inline]
    pub fn tag(&self, doc: &Doc<'_>, last: usize) -> Option<Tag<M>> {
        let head = self.0.heads.get(*doc.hashes.get(last)?)?;
        if head.phrases.is_some() { self.phrase(doc, last, head) } else { head.alone }
    }

    #[inline(never)]
    fn phrase(&self, doc: &Doc<'_>, last: usize, head: Head<M>) -> Option<Tag<M>> {
        // A word that begins its line has none before it.
        let before = (0..last).rev().take_while(|at| !doc.tokens[at + 1].has(TokenFlags::LINE_START));
        let longest = self.0.phrases.longest(head.phrases, before.map(|at| doc.hashes[at]), |_| true);
        longest.map(|(tag, _)| tag).or(head.alone)
    }

    /// Whether a word or phrase may end with a token, by its hash; `false` is certain.
    #[inline]
    pub fn may_know(&self, hash: u64) -> bool {
        self.0.may_know(hash)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clitics::Proclitic;

    impl Meaning for u32 {}

    fn tagger(words: &[(&str, u32, Takes)]) -> Tagger<u32> {
        let mut builder = TaggerBuilder::default();
        words.iter().for_each(|(word, meaning, takes)| builder.word(word, *meaning, *takes));
        builder.build()
    }

    fn tags(tagger: &Tagger<u32>, text: &str) -> Vec<(usize, u32, usize, u8)> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let doc = Doc::new("", text, &analysis);
        tagger.tags(&doc).map(|(at, tag)| (at, tag.meaning, tag.clitics.len(), tag.len)).collect()
    }

    #[test]
    fn words_and_phrases_with_their_proclitics() {
        let tagger = tagger(&[
            ("كانون الثاني", 1, Takes::ALL),
            ("كانون", 2, Takes::ALL),
            ("الثاني", 3, Takes::ALL),
            ("أحد", 4, Takes::ALL),
            ("واحد", 5, Takes::ALL),
            ("م", 6, Takes::NONE),
        ]);
        assert_eq!(tags(&tagger, "وبكانون الثاني"), [(0, 1, 4, 2), (1, 3, 0, 1)]);
        assert_eq!(tags(&tagger, "كانون\nالثاني"), [(0, 2, 0, 1), (1, 3, 0, 1)], "a phrase stays in its line");
        assert_eq!(tags(&tagger, "واحد للثاني وم"), [(0, 5, 0, 1), (1, 3, 2, 1)], "fewer proclitics count first");
        let tag = tagger.word("للثاني").expect("known");
        assert!(tag.clitics.has(Proclitic::Lam) && tag.clitics.has_article());
    }

    #[test]
    fn frequent_forms_are_found_as_all_others() {
        let mut builder = TaggerBuilder::default();
        let letter = |digit: u8| char::from_u32(0x628 + u32::from(digit)).unwrap_or('ب');
        let word = |n: usize| n.to_string().bytes().map(|digit| letter(digit - b'0')).collect::<String>();
        let words: Vec<String> = (0..3 * Heads::<u32>::FREQUENT).map(word).collect();
        words.iter().zip(0..).for_each(|(word, n)| builder.word(word, n, Takes::NONE));
        let Heads { frequent, all, different } = builder.build().heads;
        assert_eq!((frequent.keys().count(), different.len()), (Heads::<u32>::FREQUENT, words.len()));
        assert!(frequent.keys().all(|key| frequent.find(key).is_some() && frequent.find(key) == all.find(key)));
    }

    #[test]
    fn what_stands_before_something() {
        let mut builder = TaggerBuilder::default();
        for (phrase, meaning) in [("نحو", 1), ("أقل من", 2), ("لا أقل من", 3), ("من", 4)] {
            builder.word(phrase, meaning, Takes::ALL);
        }
        let tagger = builder.build_backward();
        let before = |text: &str| {
            let mut analysis = Analysis::default();
            analysis.analyze(text);
            let doc = Doc::new("", text, &analysis);
            tagger.tag(&doc, doc.tokens.len() - 1).map(|tag| (tag.meaning, tag.clitics.len(), tag.len))
        };
        assert_eq!(before("بلغ وبنحو"), Some((1, 4, 1)));
        assert_eq!(before("بلغ ولا أقل من"), Some((3, 2, 3)), "the longest, its proclitics with its first word");
        assert_eq!(before("لا بأقل من"), Some((2, 2, 2)));
        assert_eq!((before("لا\nأقل من"), before("لا أقل\nمن")), (Some((2, 0, 2)), Some((4, 0, 1))), "in its line");
        assert_eq!(before("أقل"), None);
        assert!(tagger.may_know(hash("من")) && !tagger.may_know(hash("اقل")));
    }

    #[test]
    fn of_two_entries_the_later_counts_unless_they_merge() {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        struct Bits(u8);
        impl Meaning for Bits {
            fn merge(self, later: Self) -> Self {
                Self(self.0 | later.0)
            }
        }
        let mut builder = TaggerBuilder::default();
        [Bits(1), Bits(2)].into_iter().for_each(|bits| builder.word("قال", bits, Takes::VERBAL));
        assert_eq!(builder.build().word("وقال").map(|tag| tag.meaning), Some(Bits(3)));
        let later = tagger(&[("قال", 1, Takes::NONE), ("قَال", 2, Takes::NONE)]);
        assert_eq!(later.word("قال").map(|tag| tag.meaning), Some(2));
    }

    #[test]
    fn filters_let_pass_what_they_are_for() {
        let tagger = tagger(&[("ثاني", 1, Takes::NONE), ("ثاني يوم", 2, Takes::NONE), ("يوم", 3, Takes::NONE)]);
        let passes = |wanted: u32, word: &str| tagger.filter(|tag| tag.meaning == wanted).may_hold(hash(word));
        assert!(passes(1, "ثاني") && passes(2, "ثاني") && passes(3, "يوم"));
        assert!(!passes(2, "يوم") && !passes(3, "ثاني"));
    }

    proptest! {
        /// The tagger finds what a search through the list finds.
        #[test]
        fn the_longest_entry_is_found(
            entries in proptest::collection::vec(proptest::collection::vec("[اب]{1,2}", 1..4), 1..8),
            text in proptest::collection::vec("و?[اب]{1,2}", 0..8),
        ) {
            let words: Vec<(String, u32, Takes)> =
                entries.iter().zip(0..).map(|(words, n)| (words.join(" "), n, Takes::CONJUNCTIONS)).collect();
            let words: Vec<(&str, u32, Takes)> = words.iter().map(|(w, n, t)| (w.as_str(), *n, *t)).collect();
            let found = tags(&tagger(&words), &text.join(" "));
            let expected: Vec<_> = (0..text.len()).filter_map(|at| {
                let fits = |words: &Vec<String>, before: &str| {
                    let whole = [&[format!("{before}{}", words[0])], &words[1..]].concat();
                    text.get(at..at + words.len()) == Some(&whole[..])
                };
                let readings = entries.iter().zip(0_u32..).flat_map(|(words, n)| {
                    ["", "و"].into_iter().filter(|before| fits(words, before)).map(move |before| (words.len(), std::cmp::Reverse(before.len()), n))
                });
                readings.max().map(|(len, before, n)| (at, n, before.0, len as u8))
            }).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
