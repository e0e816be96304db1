//! The grammar of attribution: from a cue to who speaks and where the words begin. A production gives a value, and keeps
//! nothing.

mod attribution_phrase;
mod complement;
mod noun_phrase;
mod report;
mod subject;

pub(crate) use noun_phrase::Phrase;

use khabar_extractor::{Example, RuleInfo};
use khabar_lexicon::rule::{Rule, Switches};

use crate::document::{TaggedDoc, TaggedToken};
use crate::lexicon::{Class, Classes, CueForm};
use crate::report::Report;

/// What a production makes of a token.
pub(crate) enum Parsed {
    /// It is nothing of this rule.
    Nothing,
    /// A cue that reports nothing: its subject only does something.
    NoReport,
    Report(Report),
}

/// What a rule of a report begins with: a form of a cue, or a word of a class.
#[derive(Clone, Copy)]
pub(crate) struct Begins {
    forms: &'static [CueForm],
    classes: Classes,
}

impl Begins {
    /// A cue that is not a word of attribution as well.
    const fn cue(forms: &'static [CueForm]) -> Self {
        Self { forms, classes: Classes::EMPTY }
    }

    const fn word(classes: &[Class]) -> Self {
        Self { forms: &[], classes: Classes::of(classes) }
    }

    fn fits(self, word: TaggedToken) -> bool {
        word.is_any(self.classes) || (!word.is(Class::According) && word.is_cue(|cue| self.forms.contains(&cue.form)))
    }
}

/// What parses a report at a token.
pub(crate) type Production = fn(&Sentence<'_, '_>, usize) -> Parsed;

/// The rules of reports, in the order in which they are tried.
pub(crate) static REPORTS: [Rule<Production, Begins>; REPORT_RULES] = REPORT_TABLE;
/// How many there are.
pub(crate) const REPORT_RULES: usize = REPORT_TABLE.len();
/// The same as a constant, for the list of all rules.
#[rustfmt::skip]
pub(crate) const REPORT_TABLE: [Rule<Production, Begins>; 8] = [
    Rule::new(RuleInfo::new("report.document", "جاء and ورد with في report what a document says; it speaks.",
        Example::new("وجاء في التقرير أن ⟦quote.indirect;speaker=التقرير;cue=جاء|الجسر مغلق⟧.")),
        Begins::word(&[Class::Came]), report::document),
    Rule::new(RuleInfo::new("report.verb", "A verb of saying reports what follows أن, a colon or a mark; its subject speaks.",
        Example::new("قال الوزير إن ⟦quote.indirect;speaker=الوزير;cue=قال|العمل في الميناء مستمر⟧.")),
        Begins::cue(&[CueForm::Finite, CueForm::FiniteWithObject]), report::verb),
    Rule::new(RuleInfo::new("report.participle", "A participle of a verb of saying reports what the subject of its clause says.",
        Example::new("أكدت الوزيرة أن ⟦quote.indirect;speaker=الوزيرة;cue=أكدت|المال كاف⟧، مشيرة إلى أن ⟦quote.indirect;speaker=الوزيرة;cue=مشيرة|العمل مستمر⟧.")),
        Begins::cue(&[CueForm::Participle]), report::without_subject),
    Rule::new(RuleInfo::new("report.noun_with_pronoun", "A noun of saying with a pronoun reports what the one says for whom the pronoun stands.",
        Example::new("ونقلت الوكالة عن مسؤول قوله إن ⟦quote.indirect;speaker=مسؤول;cue=قوله;source=الوكالة|الجسر مغلق⟧.")),
        Begins::cue(&[CueForm::Own]), report::without_subject),
    Rule::new(RuleInfo::new("report.noun", "A noun of saying reports what the one says who follows it in the genitive.",
        Example::new("وجاء ذلك بعد دعوة الوزير إلى \"⟦quote.speech;speaker=الوزير;cue=دعوة|التحرك السريع⟧\".")),
        Begins::cue(&[CueForm::Noun]), report::noun),
    Rule::new(RuleInfo::new("attribution.verb", "بحسب, وفق and the like take a clause with ما whose verb says who spoke.",
        Example::new("وفق ما ذكر الوزير، فإن ⟦quote.indirect;speaker=الوزير;cue=وفق|الهدنة ستمدد أسبوعا⟧.")),
        Begins::word(&[Class::According, Class::Limit]), attribution_phrase::verb),
    Rule::new(RuleInfo::new("attribution.pronoun", "A noun of saying with a pronoun behind بحسب, وفق or على حد says that the words before it are the speaker's.",
        Example::new("الخطة \"⟦quote.speech;speaker=null;cue=تعبيره|لا تخدم أحدا في البلاد⟧\"، على حد تعبيره.")),
        Begins::word(&[Class::According, Class::Limit]), attribution_phrase::pronoun),
    Rule::new(RuleInfo::new("attribution.source", "بحسب, وفق, نقلا عن and the like take the one who spoke or the outlet that handed it on.",
        Example::new("ووفق مصدر مطلع، فإن ⟦quote.indirect;speaker=مصدر مطلع;cue=وفق|الهدنة ستمدد أسبوعا⟧.")),
        Begins::word(&[Class::According, Class::Limit]), attribution_phrase::source),
];

/// Whether a report may begin with a token.
pub(crate) fn may_begin(word: TaggedToken) -> bool {
    !word.is_quoted && (word.cue.is_some() || word.is_any(Classes::of(&[Class::According, Class::Limit, Class::Came])))
}

/// A sentence as the productions see it.
#[derive(Clone, Copy)]
pub(crate) struct Sentence<'c, 'a> {
    pub(crate) doc: &'c TaggedDoc<'a>,
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// First token of the clause at hand.
    pub(crate) clause: usize,
    /// Whether there is a report in it before the token at hand.
    pub(crate) has_report: bool,
    /// Whether the last one has a speaker.
    pub(crate) has_speaker: bool,
    /// The token behind the last one at which words may begin.
    openings_end: usize,
    /// The first word that is no auxiliary: all before it are marks and auxiliaries.
    leads_end: usize,
}

impl<'c, 'a> Sentence<'c, 'a> {
    /// The sentence of tokens `first..end`, before its first report.
    pub(crate) fn new(doc: &'c TaggedDoc<'a>, first: usize, end: usize) -> Self {
        let is_opening = |word: TaggedToken| word.is_any(complement::OPENINGS);
        let is_lead = |word: TaggedToken| word.is(Class::Word) && !word.is(Class::Auxiliary);
        Self {
            doc,
            first,
            end,
            clause: first,
            has_report: false,
            has_speaker: false,
            openings_end: doc.last(first, end, is_opening).map_or(first, |last| last + 1),
            leads_end: doc.first(first, end, is_lead).unwrap_or(end),
        }
    }

    /// What the first rule makes of a token that makes something of it.
    pub(crate) fn parse(&self, at: usize, switches: Switches) -> Parsed {
        let word = self.doc.word(at);
        for (number, rule) in REPORTS.iter().enumerate() {
            if !switches.is_on(number) || !rule.begins.fits(word) {
                continue;
            }
            match (rule.parse)(self, at) {
                Parsed::Nothing => {}
                Parsed::NoReport => return Parsed::NoReport,
                Parsed::Report(report) => return Parsed::Report(Report { rule: number, ..report }),
            }
        }
        Parsed::Nothing
    }

    /// Where the last of the clauses begins that begin behind one of the tokens `from..to`.
    pub(crate) fn last_clause(&self, from: usize, to: usize) -> Option<usize> {
        let begins = |at: &usize| {
            let (word, next) = (self.doc.word(*at), self.doc.word(at + 1));
            let is_particle = word.is_any(Classes::of(&[Class::Clause, Class::That]));
            let goes_on = next.clitics.has_conjunction() || next.is(Class::Preposition);
            !word.is_quoted && (is_particle || (word.is(Class::Comma) && goes_on))
        };
        (from..to).rev().find(begins).map(|at| at + 1)
    }
}
