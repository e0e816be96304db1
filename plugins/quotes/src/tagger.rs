//! Finds out what every token of a document is.

use std::ops::Range;

use khabar_arabic::{Quotation, hash, hash_within};
use khabar_core::members;
use khabar_extractor::{Cancel, Doc, ExtractError, Token, TokenSets};

use crate::facts::Facts;
use crate::lexicon::{Entry, LEXICON};
use crate::sets::{Block, Set, Sets};
use crate::signs::read_signs;
use crate::table::Lexicon;
use crate::tags::{BEGIN, BREAK, KNOWN, OPENING, SIGN, SPELLED, STOP, Tags, tags_of};

/// The tokens of a document, and where there is something to read.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// What each token is.
    pub(crate) facts: Vec<Facts>,
    /// Which tokens are what is looked for first.
    pub(crate) sets: Sets,
    /// In which sets they are, sixty-four of them together.
    tags: Vec<Tags>,
    /// Words that are not known as they stand and may have a proclitic. Like the next two lists it has room for more.
    rest: Vec<u32>,
    /// What is left of each of them without its first letter, by its hash.
    tails: Vec<u64>,
    /// Those of them that may have two proclitics, as places in that list.
    two: Vec<u32>,
    /// How many there are in these lists.
    rests: usize,
    twos: usize,
    /// For words whose article lost its alef.
    buffer: String,
}

impl Words {
    /// Finds out what every token is, by passes over the whole document: where a loop ends, no processor foresees, so that few
    /// loops are better than some for each block. Fails where it is cancelled.
    pub(crate) fn read(&mut self, doc: &Doc<'_>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let lexicon = &*LEXICON;
        self.facts.clear();
        self.facts.resize(doc.tokens.len(), Facts::WORD);
        self.tags.clear();
        self.tags.resize(doc.tokens.len().div_ceil(64), Tags::NONE);
        self.read_whole(lexicon, doc, cancel)?;
        self.read_behind_one(lexicon, doc, cancel)?;
        self.read_behind_two(lexicon, doc, cancel)?;
        self.fill_sets(lexicon, doc);
        Ok(())
    }

    /// Reads signs, and words that are known as they stand; lists the others that may have a proclitic.
    #[inline(always)]
    fn read_whole(&mut self, lexicon: &Lexicon, doc: &Doc<'_>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let Self { facts, tags, rest, tails, two, .. } = self;
        let folded = doc.folded.as_bytes();
        // Words are added to the lists where they end, without a branch.
        let (mut rests, mut twos) = (0, 0);
        let parts = doc.tokens.chunks(64).zip(doc.hashes.chunks(64)).zip(facts.chunks_mut(64)).zip(tags);
        for (block, (((tokens, hashes), facts), tags)) in parts.enumerate() {
            cancel.check()?;
            // Room for all tokens of the block, and for some blocks behind it: texts of marks need none.
            if rest.len() < rests + 64 {
                let room = 2 * (rests + 64);
                rest.resize(room, 0);
                tails.resize(room, 0);
                two.resize(room, 0);
            }
            let TokenSets { signs, clitics, .. } = doc.set(block);
            read_signs(doc, tokens, signs, facts, tags);
            for at in members(lexicon.among(hashes) & !signs) {
                let (Some(hash), Some(word)) = (hashes.get(at), facts.get_mut(at)) else { break };
                let plain = lexicon.plain(*hash);
                *word = plain.facts();
                tags.set(at, plain.tags());
            }
            for at in members(clitics & !tags.with(KNOWN)) {
                let Some(Range { start, end }) = tokens.get(at).map(folded_range) else { break };
                // At least two letters stand behind a proclitic; few words that are not known are shorter.
                if end < start + 6 {
                    continue;
                }
                let (Some(rest), Some(tail), Some(two)) =
                    (rest.get_mut(rests), tails.get_mut(rests), two.get_mut(twos))
                else {
                    break;
                };
                (*rest, *tail, *two) = ((64 * block + at) as u32, hash_within(folded, start + 2, end), rests as u32);
                twos += usize::from(may_be_two(folded, start));
                rests += 1;
            }
        }
        (self.rests, self.twos) = (rests, twos);
        Ok(())
    }

    /// Reads words behind a proclitic.
    #[inline(always)]
    fn read_behind_one(&mut self, lexicon: &Lexicon, doc: &Doc<'_>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let Self { facts, tags, rest, tails, rests, .. } = self;
        let folded = doc.folded.as_bytes();
        for (rest, tails) in rest[..*rests].chunks(64).zip(tails[..*rests].chunks(64)) {
            cancel.check()?;
            for n in members(lexicon.among(tails)) {
                let at = rest[n] as usize;
                let (proclitic, known) =
                    (proclitic_at(folded, doc.tokens[at].folded as usize), lexicon.behind(tails[n]));
                let is_known = (proclitic != Facts::NONE) & (known != Facts::NONE);
                facts[at] = facts[at].with(known.behind(proclitic).when(is_known));
                tags[at / 64].set(at, tags_of(facts[at]));
            }
        }
        Ok(())
    }

    /// Reads words behind two proclitics, or behind an article that lost its alef.
    #[inline(always)]
    fn read_behind_two(&mut self, lexicon: &Lexicon, doc: &Doc<'_>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let Self { facts, tags, rest, tails, two, twos, buffer, .. } = self;
        let folded = doc.folded.as_bytes();
        // Those that cannot be known are taken out of the list, without a branch.
        let mut likely = 0;
        for place in 0..*twos {
            cancel.check_at(place)?;
            let n = two[place];
            let at = rest[n as usize] as usize;
            let Range { start, end } = folded_range(&doc.tokens[at]);
            let may_be = lexicon.may_know(hash_within(folded, start + 4, end)) | lost_alef(folded, start);
            two[likely] = n;
            likely += usize::from(may_be & !facts[at].is(Facts::CONJUNCTION.with(Facts::PREFIXED)));
        }
        for (step, n) in two[..likely].iter().enumerate() {
            cancel.check_at(step)?;
            let (at, tail) = (rest[*n as usize] as usize, tails[*n as usize]);
            let behind = behind_proclitics(lexicon, doc.folded, &doc.tokens[at], tail, buffer);
            if let Some((entry, proclitics)) = behind {
                facts[at] = facts[at].with(entry.facts(proclitics, ""));
                tags[at / 64].set(at, tags_of(facts[at]));
            }
        }
        Ok(())
    }

    /// Reads words that are cues or not by letters that folding makes alike; then all is known, and the sets are made of it.
    #[inline(always)]
    fn fill_sets(&mut self, lexicon: &Lexicon, doc: &Doc<'_>) {
        let Self { facts, tags, sets, buffer, .. } = self;
        sets.fill(tags.iter_mut().enumerate().map(|(block, tags)| {
            for at in members(tags.with(SPELLED)) {
                let word = &mut facts[64 * block + at];
                *word = spelled(lexicon, doc, 64 * block + at, *word, buffer);
                tags.set(at, tags_of(*word));
            }
            let mut parts = Block::default();
            parts[Set::Sentences as usize] = doc.set(block).sentences;
            for (set, tag) in TAGGED {
                parts[set as usize] = tags.with(tag);
            }
            parts
        }));
    }

    /// Notes the tokens between the marks of the outermost of a document's quotations; no report begins there.
    pub(crate) fn mark_quoted(&mut self, quotations: &[Quotation]) {
        let mut marked = 0;
        for quotation in quotations {
            let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
            if marked <= open {
                self.sets.add_all(Set::Quoted, open + 1, close);
                marked = close + 1;
            }
        }
        self.sets.remove(Set::Begins, Set::Quoted);
    }
}

/// The sets that tags say, and by which.
const TAGGED: [(Set, u32); 5] =
    [(Set::Begins, BEGIN), (Set::Openings, OPENING), (Set::Breaks, BREAK), (Set::Signs, SIGN), (Set::Stops, STOP)];

/// Where the folded form of a token stands.
#[inline(always)]
fn folded_range(token: &Token) -> Range<usize> {
    token.folded_span().range()
}

/// Whether a word may begin with two proclitics, or with one and an article without its alef.
#[inline(always)]
fn may_be_two(folded: &[u8], start: usize) -> bool {
    // و, ف, ل, by their second bytes
    let two = |letters: &[u8; 4]| matches!(letters[1], 0x88 | 0x81 | 0x84) & TokenSets::may_be_clitic(letters[3]);
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
    let proclitic = |skip: usize| {
        let within = start + skip + 2 <= end;
        Some(proclitic_at(folded, start + skip).when(within)).filter(|found| *found != Facts::NONE)
    };
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

/// The proclitic that a letter may be, if any: by its second byte, for nobody foresees which it is.
#[inline(always)]
fn proclitic_at(folded: &[u8], at: usize) -> Facts {
    let Some([first, second]) = folded.get(at..).and_then(<[u8]>::first_chunk) else { return Facts::NONE };
    // و, ف, ل and ك begin with 0xd9; ب and س, whose second bytes are above 0x9f, with 0xd8.
    PROCLITICS[usize::from(second & 63)].when(*first == 0xd9 - (second >> 5 & 1))
}

/// Proclitics by the lower bits of their second bytes.
static PROCLITICS: [Facts; 64] = {
    let mut proclitics = [Facts::NONE; 64];
    let letters = [
        ('و', Facts::CONJUNCTION),
        ('ف', Facts::CONJUNCTION),
        ('ب', Facts::BI),
        ('ل', Facts::LI),
        ('ك', Facts::KA),
        ('س', Facts::SA),
    ];
    let mut at = 0;
    while at < letters.len() {
        proclitics[letters[at].0 as usize & 63] = letters[at].1;
        at += 1;
    }
    proclitics
};

/// What a token is whose cue depends on its spelling.
#[inline(never)]
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

#[cfg(test)]
mod tests {
    use khabar_arabic::{Analysis, proclitics};
    use khabar_extractor::{TokenClass, TokenFlags};
    use proptest::prelude::*;

    use super::*;
    use crate::phrase::{ENDS_BEHIND, IN_PHRASE, SHORT};
    use crate::tags::{BEGINS, BREAKS, OPENINGS, SIGNS};

    /// What a folded word is by the hypotheses of `khabar_arabic`, one after the other.
    fn expected(folded: &str, surface: &str) -> Facts {
        let known = |word: &str| LEXICON.get(hash(word)).filter(|entry| entry.stands_behind());
        let behind = || {
            proclitics(folded).find_map(|hypothesis| {
                let (before, rest) = folded.split_at(hypothesis.len);
                let entry = known(rest).or_else(|| known(&format!("ا{rest}")).filter(|_| hypothesis.article_cut))?;
                let letters = (0..before.len()).step_by(2).map(|at| proclitic_at(before.as_bytes(), at));
                Some((entry, letters.fold(Facts::NONE, Facts::with)))
            })
        };
        let found = known(folded).map(|entry| (entry, Facts::NONE)).or_else(behind);
        let whole = LEXICON.get(hash(folded)).map_or(Facts::NONE, |entry| entry.whole);
        let facts = found.map_or(Facts::NONE, |(entry, proclitics)| entry.facts(proclitics, surface));
        Facts::WORD.with(whole).with(facts)
    }

    /// Whether a phrase may end before a token.
    fn may_end(facts: Facts, token: &Token) -> bool {
        facts.is(ENDS_BEHIND) || !facts.is(IN_PHRASE) || token.folded_len <= SHORT
    }

    #[test]
    fn phrases_may_end_before_any_letter() {
        // A letter of each sort: alone, with marks, stretched, twice.
        let (low, high) = ('\u{21}'..='\u{8ff}', '\u{fb50}'..='\u{feff}');
        let text: String = low.chain(high).map(|c| format!("{c} {c}\u{64e} \u{640}{c} {c}{c} ")).collect();
        let mut analysis = Analysis::default();
        analysis.analyze(&text);
        let (doc, mut words) = (Doc::new("", &text, &analysis), Words::default());
        words.read(&doc, Cancel::NEVER).expect("nobody cancels it");
        for (at, token) in doc.tokens.iter().enumerate() {
            assert_eq!(words.sets.has(Set::Stops, at), may_end(words.facts[at], token), "{:?}", doc.surface(at));
        }
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
            words.read(&doc, Cancel::NEVER).expect("nobody cancels it");
            for (at, token) in doc.tokens.iter().enumerate().filter(|(_, t)| t.class() == TokenClass::Arabic) {
                let spelling = Facts::SPELLED;
                let (facts, expected) = (words.facts[at], expected(doc.folded(at), doc.surface(at)));
                prop_assert_eq!(facts.without(spelling), expected.without(spelling), "{}", token.span());
                prop_assert_eq!(words.sets.has(Set::Begins, at), expected.is(BEGINS));
            }
            for (at, token) in doc.tokens.iter().enumerate() {
                let (facts, sets) = (words.facts[at], &words.sets);
                for (set, within) in [
                    (Set::Sentences, token.has(TokenFlags::SENTENCE_START)),
                    (Set::Begins, facts.is(BEGINS)),
                    (Set::Openings, facts.is(OPENINGS)),
                    (Set::Breaks, facts.is(BREAKS)),
                    (Set::Signs, facts.is(SIGNS)),
                    (Set::Stops, may_end(facts, token)),
                ] {
                    prop_assert_eq!(sets.has(set, at), within, "{} {:?}", token.span(), facts);
                }
            }
        }
    }
}
