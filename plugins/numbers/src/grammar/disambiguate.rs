//! Whether a number word is a number here, and of which kind: by agreement, definiteness and neighbours.

use khabar_core::{Decimal, TokenClass, TokenFlags};
use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::{
    dual_stem, has_accusative_shape, has_dual_verb_shape, has_feminine_plural_shape, has_plural_shape, without_article,
};
use khabar_lexicon::spelling::{ends_in_yeh, has_damma_first};

use super::Verdict::{self, Is, NoNumber};
use super::{Parse, Parser};
use crate::lexicon::{Numeral, WordClass};
use crate::number_expr::Kind;

/// The ending of a dual in the nominative.
const NOMINATIVE: &str = "\u{627}\u{646}";

impl Parser<'_> {
    /// The token before, if it stands in the same line.
    fn before(&self, at: usize) -> Option<u32> {
        let token = self.tokens[at].token;
        token.checked_sub(1).filter(|_| !self.doc.has(token, TokenFlags::LINE_START))
    }

    fn is_before(&self, at: usize, class: WordClass) -> bool {
        self.before(at).is_some_and(|before| self.doc.is_word(before, class))
    }

    /// `كانون الثاني`, `مجموعة السبع`, `الملك محمد السادس`: the list of exclusions.
    pub(super) fn excluded(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let begins_line = self.doc.has(number.token, TokenFlags::LINE_START);
        let words = (number.token, parse.last);
        let excluded = self.doc.lexicon.exclusions.hold(self.doc.doc, words, number.clitics, begins_line);
        excluded.then_some(NoNumber)
    }

    /// `يوم الاثنين`: Monday, unless a definite dual stands before it, as in `الرجلين الاثنين`.
    pub(super) fn weekday(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let is_weekday =
            number.numeral == Numeral::Unit(2) && parse.kind == Kind::Cardinal && number.clitics.has_article();
        if !is_weekday || parse.next != at + 1 {
            return None;
        }
        // `الاثنان` is the nominative, which no weekday has; two of them did something in `أن الاثنين كانا`.
        let folded = self.doc.folded(number.token);
        if folded.ends_with(NOMINATIVE)
            || has_dual_verb_shape(self.doc.folded(number.token + 1)) && self.is_before(at, WordClass::That)
        {
            return None;
        }
        let is_dual = |before: u32| without_article(self.doc.folded(before)).and_then(dual_stem).is_some();
        let after_number = at.checked_sub(1).is_some_and(|before| self.tokens[before].token + 1 == number.token);
        let after_dual = !after_number && self.before(at).is_some_and(is_dual);
        (!after_dual).then_some(NoNumber)
    }

    /// `لست متأكدا`: "I am not", unless a plural that six counts follows.
    pub(super) fn negation(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let is_lam_six = number.numeral == Numeral::Unit(6)
            && parse.kind == Kind::Cardinal
            && number.clitics.has(Proclitic::Lam)
            && !number.clitics.has_article();
        let is_counting = parse.next != at + 1 || has_feminine_plural_shape(self.doc.folded(parse.last + 1));
        (is_lam_six && !is_counting).then_some(NoNumber)
    }

    /// `خمس الفطيرة`: a fifth, since five would count a plural.
    pub(super) fn share_of_noun(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let is_alone = parse.kind == Kind::Cardinal && parse.next == at + 1 && !number.clitics.has_article();
        if !is_alone || !self.doc.is_word(number.token, WordClass::MayBeShare) {
            return None;
        }
        let of_noun = || {
            let noun = without_article(self.doc.folded(number.token + 1))?;
            let is_number = self.tokens.get(at + 1).is_some_and(|next| next.token == number.token + 1);
            let is_collective = self.doc.lexicon.context.word(noun).contains(WordClass::Collective);
            Some(!is_number && (!self.is_plural(noun) || is_collective))
        };
        let is_share = has_damma_first(self.doc.surface(number.token)) || of_noun().unwrap_or(false);
        let share = Parse { kind: Kind::Fraction, value: Decimal::ONE, denominator: parse.value, ..*parse };
        is_share.then_some(Is(share))
    }

    /// `القرن العشرين` ranks; `الدول العشرين`, `العشرين عاما` count.
    pub(super) fn definite_tens(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let is_round = matches!(number.numeral, Numeral::Tens(_) | Numeral::Hundred | Numeral::Hundreds(_));
        let is_alone = parse.kind == Kind::Cardinal && parse.next == at + 1 && number.clitics.has_article();
        let ranks = is_round && is_alone && !self.counts(at, parse);
        ranks.then_some(Is(Parse { kind: Kind::Ordinal, ..*parse }))
    }

    /// Whether a definite number counts a noun: a plural before it, an accusative behind it, or years of age.
    fn counts(&self, at: usize, parse: &Parse) -> bool {
        /// A noun in the accusative has as many letters at least.
        const SHORTEST_NOUN: usize = 3;
        let before = self.before(at).and_then(|before| without_article(self.doc.folded(before)));
        let next = parse.last + 1;
        let noun = self.doc.folded(next);
        let is_singular = || {
            let is_indefinite = without_article(noun).is_none() && SHORTEST_NOUN <= noun.chars().count();
            is_indefinite && has_accusative_shape(self.doc.surface(next))
        };
        before.is_some_and(|noun| self.is_plural(noun))
            || self.doc.is(next, TokenClass::Arabic) && self.doc.same_line(next) && is_singular()
            || self.doc.len_of(next, WordClass::OfAge).is_some()
    }

    /// Whether a noun without its article is a plural.
    fn is_plural(&self, noun: &str) -> bool {
        let classes = self.doc.lexicon.context.word(noun);
        classes.contains(WordClass::Plural) || has_plural_shape(noun) && !classes.contains(WordClass::Singular)
    }

    /// `الفحص الأولي`, preliminary, differs from `الأولى` in the last letter's dots alone.
    pub(super) fn preliminary(&self, at: usize, _: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let is_preliminary = number.numeral == Numeral::Ordinal(1) && ends_in_yeh(self.doc.surface(number.token));
        is_preliminary.then_some(NoNumber)
    }

    /// `14 ثانية`, `كيلومتر في الثانية`: a second of time.
    pub(super) fn second_of_time(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        /// How far a number may stand before `ثانية`, and before `الثانية`, which a unit and `في` follow.
        const REACH: u32 = 1;
        const REACH_OF_DEFINITE: u32 = 4;
        let number = self.tokens[at];
        if parse.next != at + 1 || !self.doc.is_word(number.token, WordClass::SecondOfTime) {
            return None;
        }
        let is_definite = number.clitics.has_article();
        let reach = if is_definite { REACH_OF_DEFINITE } else { REACH };
        let before = self.tokens[at.checked_sub(1)?];
        let is_ordinal = matches!(before.numeral, Numeral::Ordinal(_) | Numeral::FirstOfCompound);
        let is_counted = !is_ordinal && number.token <= before.token + reach;
        let fits = if is_definite { self.is_before(at, WordClass::In) } else { !number.clitics.has_conjunction() };
        (is_counted && fits).then_some(NoNumber)
    }

    /// `مية` alone is water.
    pub(super) fn water(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let is_alone = parse.next == at + 1 && !number.clitics.has_article();
        let is_water = number.numeral == Numeral::Hundred && number.colloquial && is_alone;
        is_water.then_some(NoNumber)
    }

    /// `واحد من`: a pronoun, except after the noun that it counts or before a number.
    pub(super) fn pronoun(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let number = self.tokens[at];
        let is_one = number.numeral == Numeral::One && parse.kind == Kind::Cardinal && parse.next == at + 1;
        if !is_one || !self.doc.is_word(number.token + 1, WordClass::Of) {
            return None;
        }
        // واحد من كل ثلاثة.
        let is_share = self.tokens.get(at + 1).is_some_and(|next| next.token == number.token + 3)
            && self.doc.is_word(number.token + 2, WordClass::Whole);
        (!is_share && !self.is_before(at, WordClass::CountableNoun)).then_some(NoNumber)
    }

    /// `صفر 1438`: the month.
    pub(super) fn month_of_safar(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        let year = self.doc.folded(parse.last + 1);
        let is_hijri = year.len() == 4 && (year.starts_with("13") || year.starts_with("14"));
        (self.is_zero_alone(at, parse) && is_hijri).then_some(NoNumber)
    }

    /// `تحت الصفر`: the point where water freezes.
    pub(super) fn freezing_point(&self, at: usize, parse: &Parse) -> Option<Verdict> {
        (self.is_zero_alone(at, parse) && self.is_before(at, WordClass::UnderOrOver)).then_some(NoNumber)
    }

    fn is_zero_alone(&self, at: usize, parse: &Parse) -> bool {
        self.tokens[at].numeral == Numeral::Zero && parse.next == at + 1
    }
}
