//! The outlets that handed words on: for each report a set in order, all in one list.

use khabar_extractor::Span;

/// Most sources of one report: a chain in news has two or three, and a text made to have more would have its reports take
/// over what all before them named.
const MOST: usize = 8;

/// The sources of all reports of a document; those of one report are a range of them.
#[derive(Debug, Default)]
pub(crate) struct Sources(Vec<Span>);

/// The sources of one report, as a range of all.
pub(crate) type Range = (usize, usize);

impl Sources {
    /// Forgets those of the last document.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Where the sources of the next report begin.
    pub(crate) fn end(&self) -> usize {
        self.0.len()
    }

    /// Takes back what was added since [`Sources::end`] gave this.
    pub(crate) fn truncate(&mut self, end: usize) {
        self.0.truncate(end);
    }

    /// The sources of a report.
    pub(crate) fn of(&self, (from, to): Range) -> &[Span] {
        self.0.get(from..to).unwrap_or_default()
    }

    /// Adds a source to those from `from` on, unless it is named among them or they are many.
    pub(crate) fn add(&mut self, text: &str, from: usize, source: Span) {
        let known = self.0.get(from..).unwrap_or_default();
        if may_join(text, known, source) {
            self.0.push(source);
        }
    }

    /// Adds a source before those from `from` on: it takes the place of the same one among them, or of the last if they are
    /// many.
    pub(crate) fn add_first(&mut self, text: &str, from: usize, source: Span) {
        let known = self.0.get(from..).unwrap_or_default();
        let same = known.iter().position(|one| is_same(text, *one, source));
        let gone = same.or((MOST <= known.len()).then_some(MOST - 1));
        if let Some(gone) = gone {
            self.0.remove(from + gone);
        }
        self.0.insert(from.min(self.0.len()), source);
    }

    /// Adds the sources of another report to those from `from` on.
    pub(crate) fn take_over(&mut self, text: &str, from: usize, (first, end): Range) {
        for at in first..end.min(self.0.len()) {
            self.add(text, from, self.0[at]);
        }
    }
}

/// Whether a source can be added to others: it is not named among them, and they are not too many.
pub(crate) fn may_join(text: &str, known: &[Span], source: Span) -> bool {
    known.len() < MOST && !known.iter().any(|one| is_same(text, *one, source))
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
        let span = |from: u32, to: u32| Span::new(from, to);
        let (one, two, again) = (span(0, 3), span(4, 7), span(8, 11));
        let mut sources = Sources::default();
        sources.add(text, 0, one);
        sources.add(text, 0, two);
        sources.add(text, 0, again);
        assert_eq!(sources.of((0, sources.end())), [one, two]);
        sources.add_first(text, 0, again);
        assert_eq!(sources.of((0, sources.end())), [again, two]);
        let next = sources.end();
        sources.add(text, next, one);
        sources.take_over(text, next, (0, next));
        assert_eq!(sources.of((next, sources.end())), [one, two], "a report of its own, with what it takes over");
        for at in 0..7 {
            sources.add(text, next, span(12 + 2 * at, 13 + 2 * at));
        }
        assert_eq!(sources.end() - next, MOST);
        let nine = span(24, 25);
        sources.add_first(text, next, nine);
        assert_eq!((sources.end() - next, sources.of((next, next + 1))), (MOST, &[nine][..]));
        sources.truncate(next);
        assert_eq!(sources.of((next, next + 1)), []);
    }
}
