//! What the grammar finds and resolution completes: a report, who speaks in it, and the outlets that handed it on.

use khabar_extractor::Span;

use crate::lexicon::{Agreement, Cue};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Speaker {
    pub(crate) span: Span,
    /// Index of the entity.
    pub(crate) mention: Option<usize>,
    /// Gender and number, as far as the form of the verb tells.
    pub(crate) agreement: Agreement,
    /// Taken over from what came before, not named by the report.
    pub(crate) is_inherited: bool,
}

impl Speaker {
    /// One whom the report names, with whatever gender and number.
    pub(crate) fn named(span: Span, mention: Option<usize>) -> Self {
        Self { span, mention, agreement: Agreement::Unknown, is_inherited: false }
    }

    /// The same, taken over by another report.
    pub(crate) fn inherited(self) -> Self {
        Self { is_inherited: true, ..self }
    }

    /// How sure it is that this one speaks: set by hand. A name is surer than words of no entity, and who is named by the report
    /// than who is taken over from before.
    pub(crate) fn confidence(&self) -> f32 {
        match (self.is_inherited, self.mention.is_some()) {
            (false, true) => 0.95,
            (false, false) => 0.85,
            (true, true) => 0.75,
            (true, false) => 0.65,
        }
    }

    /// Whether a verb of that gender and number may be said of the speaker. Before its subject a verb is singular, so that
    /// `قال المحتجون` goes on with `وأضافوا`; of one known person it does not.
    pub(crate) fn agrees(&self, agreement: Agreement) -> bool {
        let may_be_many = self.mention.is_none() && agreement == Agreement::Plural;
        may_be_many || self.agreement.may_agree(agreement)
    }
}

/// What the grammar says of the speaker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Voice {
    /// A phrase of the report names the speaker.
    Named(Speaker),
    /// Nobody knows who, or an outlet says it of its own.
    Nobody,
    /// It is left out: who spoke or acted before.
    LeftOut(Cue),
    /// A pronoun stands for it: `على حد تعبيره`.
    Pronoun,
}

/// A report: a cue, who speaks, and where the words are.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The token of the cue.
    pub(crate) token: usize,
    /// The first token of the report: the cue, or its subject where that comes first.
    pub(crate) first: usize,
    pub(crate) cue: Span,
    /// Whether it says what somebody called something.
    pub(crate) describes: bool,
    pub(crate) voice: Voice,
    /// The speaker, once it is resolved.
    pub(crate) speaker: Option<Speaker>,
    /// The outlets that heard it or handed it on.
    pub(crate) sources: Sources,
    /// The أن that begins the words.
    pub(crate) that: Option<usize>,
    /// The token at which the words begin, if they follow.
    pub(crate) content: usize,
    /// The token behind the cue, its subject and the outlets after it.
    pub(crate) after: usize,
    /// أن or a colon says where the words begin.
    pub(crate) is_stated: bool,
    /// `وفق تعبيره`: the words come before it.
    pub(crate) is_trailing: bool,
    /// The rule that found it, by its place among the rules of reports.
    pub(crate) rule: usize,
}

impl Report {
    /// Whether the speaker is named here, not taken over from before.
    pub(crate) fn is_named(&self) -> bool {
        matches!(self.voice, Voice::Named(_))
    }
}

/// The outlets of one report in their order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources(Vec<Span>);

/// Most sources of one report: a chain in news has two or three, and a text made to have more would have its reports take
/// over what all before them named.
const MOST_SOURCES: usize = 8;

impl Sources {
    pub(crate) fn as_slice(&self) -> &[Span] {
        &self.0
    }

    pub(crate) fn into_vec(self) -> Vec<Span> {
        self.0
    }

    /// Adds a source, unless it is named already or they are many.
    pub(crate) fn add(&mut self, text: &str, source: Span) {
        if self.0.len() < MOST_SOURCES && !self.0.iter().any(|one| is_same(text, *one, source)) {
            self.0.push(source);
        }
    }

    /// Adds a source before the others: it takes the place of the same one among them, or of the last if they are many.
    pub(crate) fn add_first(&mut self, text: &str, source: Span) {
        let same = self.0.iter().position(|one| is_same(text, *one, source));
        if let Some(gone) = same.or((MOST_SOURCES <= self.0.len()).then_some(MOST_SOURCES - 1)) {
            self.0.remove(gone);
        }
        self.0.insert(0, source);
    }

    /// Adds those of another report.
    pub(crate) fn add_all(&mut self, text: &str, others: &Self) {
        others.0.iter().for_each(|source| self.add(text, *source));
    }
}

/// Whether two spans name one source: they say the same, wherever they stand.
fn is_same(text: &str, one: Span, other: Span) -> bool {
    one == other || one.of(text).is_some_and(|words| other.of(text) == Some(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_once_and_there_are_few() {
        let text = "one two one 3 4 5 6 7 8 9";
        let (one, two, again) = (Span::new(0, 3), Span::new(4, 7), Span::new(8, 11));
        let mut sources = Sources::default();
        [one, two, again].into_iter().for_each(|source| sources.add(text, source));
        assert_eq!(sources.as_slice(), [one, two]);
        sources.add_first(text, again);
        assert_eq!(sources.as_slice(), [again, two]);
        let mut next = Sources::default();
        next.add(text, one);
        next.add_all(text, &sources);
        assert_eq!(next.as_slice(), [one, two], "a report of its own, with what it takes over");
        (0..7).for_each(|at| next.add(text, Span::new(12 + 2 * at, 13 + 2 * at)));
        assert_eq!(next.as_slice().len(), MOST_SOURCES);
        let nine = Span::new(24, 25);
        next.add_first(text, nine);
        assert_eq!((next.as_slice().len(), next.as_slice()[0]), (MOST_SOURCES, nine));
    }
}
