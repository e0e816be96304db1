//! Whether a number word is a number here, and of which sort: by agreement, definiteness and neighbours.

use khabar_arabic::hash;
use khabar_core::{Decimal, TokenClass, TokenFlags};

use crate::compound::is_damma_first;
use crate::idioms::Idioms;
use crate::item::Sort;
use crate::nouns::is_plural;
use crate::phrase::{Phrases, Read};
use crate::words::{Class, Preposition};

impl Phrases<'_> {
    /// What was read at an atom, judged by its surroundings; `None` when it is no number.
    pub(crate) fn judged(&self, at: usize, read: Read) -> Option<Read> {
        let atom = self.atoms[at];
        let alone = read.next == at + 1;
        if self.is_idiom(at, &read) {
            return None;
        }
        match (atom.word.class, read.sort) {
            (Class::Unit(2), Sort::Cardinal) if alone && atom.word.article => self.is_after_dual(at).then_some(read),
            (Class::Unit(6), Sort::Cardinal) if atom.word.preposition == Preposition::Lam && !atom.word.article => {
                // `لست` is also "I am not".
                (!alone || self.folded(read.last + 1).ends_with("ات")).then_some(read)
            }
            (Class::Unit(5 | 7 | 9) | Class::Ten, Sort::Cardinal) if alone && self.is_share(at) => {
                let denominator = read.value;
                Some(Read { sort: Sort::Fraction, value: Decimal::ONE, denominator, ..read })
            }
            (Class::Tens(_) | Class::Hundred | Class::Hundreds(_), Sort::Cardinal) if alone && atom.word.article => {
                Some(if self.counts(at, &read) { read } else { Read { sort: Sort::Ordinal, ..read } })
            }
            (Class::Ordinal(1), _) if self.is_preliminary(at) => None,
            (Class::Ordinal(2), _) if alone && self.is_second_of_time(at) => None,
            // `مية` alone is water.
            (Class::Hundred, _) if alone && atom.word.colloquial => None,
            (Class::One, Sort::Cardinal) if alone && self.is_pronoun(at) => None,
            (Class::Zero, _) if alone && (self.is_safar(&read) || matches!(self.before(at), "تحت" | "فوق")) => {
                None
            }
            _ => Some(read),
        }
    }

    fn before(&self, at: usize) -> &str {
        let token = self.atoms[at].token;
        if self.doc.tokens[token as usize].has(TokenFlags::LINE_START) {
            return "";
        }
        token.checked_sub(1).map_or("", |before| self.folded(before))
    }

    fn is_idiom(&self, at: usize, read: &Read) -> bool {
        let atom = self.atoms[at];
        let first = self.doc.tokens[atom.token as usize];
        let last = self.doc.tokens[read.last as usize];
        let from = first.folded as usize + usize::from(atom.word.skip);
        let Some(word) = self.doc.folded.get(from..last.folded as usize + usize::from(last.folded_len)) else {
            return false;
        };
        // Nothing in the lexicon is longer than three words.
        if atom.token + 2 < read.last {
            return false;
        }
        // The hash of a bare word is known already.
        let alone = read.last == atom.token && atom.word.skip == 0;
        let hash = if alone { self.doc.hashes[read.last as usize] } else { hash(word) };
        let Some(idiom) = Idioms::get().of(hash) else { return false };
        let next = self.folded(read.last + 1);
        idiom.stands_after(self.before(at))
            || idiom.stands_before(next)
            || next == "من" && idiom.stands_before("من امس") && self.folded(read.last + 2) == "امس"
    }

    /// `الرجلين الاثنين`: two, rather than Monday.
    fn is_after_dual(&self, at: usize) -> bool {
        let before = self.before(at);
        before.starts_with("ال") && (before.ends_with("ين") || before.ends_with("ان")) && before != "الاثنين"
    }

    /// `خمس الفطيرة`: a fifth, since five would count a plural.
    fn is_share(&self, at: usize) -> bool {
        let atom = self.atoms[at];
        let surface = self.doc.surface(atom.token as usize);
        if surface.ends_with(['ة', 'ه', 'ا', '\u{64b}']) || atom.word.article {
            return false;
        }
        let next = self.folded(atom.token + 1);
        if is_damma_first(surface.trim_start_matches(['و', 'ب', 'ل'])) {
            return true;
        }
        let noun = next.strip_prefix("ال");
        noun.is_some_and(|noun| {
            (!is_plural(noun) || noun == "سكان") && self.atoms.get(at + 1).is_none_or(|a| a.token != atom.token + 1)
        })
    }

    /// `الدول العشرين`, `العشرين عاما`: the number counts, and ranks nothing.
    fn counts(&self, at: usize, read: &Read) -> bool {
        let before = self.before(at);
        let plural = before.strip_prefix("ال").is_some_and(is_plural);
        let token = (read.last + 1) as usize;
        let tamyiz = self.doc.tokens.get(token).is_some_and(|next| {
            let folded = self.doc.folded(token);
            next.class == TokenClass::Arabic as u8
                && !next.has(TokenFlags::LINE_START)
                && 6 <= folded.len()
                && !folded.starts_with("ال")
                && (folded.ends_with('ا') || folded.ends_with('ه') && self.doc.surface(token).ends_with('ة'))
        });
        let of_age = self.folded(read.last + 1) == "من" && self.folded(read.last + 2).starts_with("عمر");
        plural || tamyiz || of_age
    }

    /// `الأولي`, preliminary, differs from `الأولى` in the last letter's dots alone.
    fn is_preliminary(&self, at: usize) -> bool {
        let token = self.atoms[at].token as usize;
        self.doc.folded(token).ends_with("ولي") && self.doc.surface(token).ends_with('ي')
    }

    /// `14 ثانية`, `كيلومتر في الثانية`.
    fn is_second_of_time(&self, at: usize) -> bool {
        let atom = self.atoms[at];
        if !self.doc.folded(atom.token as usize).ends_with("ثانيه") {
            return false;
        }
        let counted = at.checked_sub(1).is_some_and(|before| {
            let before = self.atoms[before];
            let near = if atom.word.article { 5 } else { 2 };
            !matches!(before.word.class, Class::Ordinal(_) | Class::First) && atom.token < before.token + near
        });
        if atom.word.article {
            counted && matches!(self.before(at), "في" | "ب")
        } else {
            counted && !atom.word.conjunction
        }
    }

    /// `واحد من`: a pronoun, except after the noun that it counts.
    fn is_pronoun(&self, at: usize) -> bool {
        let token = self.atoms[at].token;
        let counted = self.atoms.get(at + 1).is_some_and(|next| next.token == token + 3)
            && matches!(self.folded(token + 2), "كل" | "بين" | "اصل" | "جمله" | "مجموع");
        self.folded(token + 1) == "من" && !counted && !crate::duals::is_noun(self.before(at))
    }

    /// `صفر 1438`: the month.
    fn is_safar(&self, read: &Read) -> bool {
        let year = self.folded(read.last + 1);
        year.len() == 4 && (year.starts_with("13") || year.starts_with("14"))
    }
}
