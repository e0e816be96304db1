//! The Viterbi algorithm over 16-bit integers.
//!
//! Everything is relative to the label `O`: its score is 0 at every word, so that the eight others are one vector. A label
//! reaches any other over `O`, so that scores stay within the range of what one word can say.

use super::table::Row;
use super::tagger::Label;
use super::{LABELS, N};

/// All bits for every `I-X`, none for every `B-X`.
const INSIDE: Row = [0, -1, 0, -1, 0, -1, 0, -1];

/// Scores of going from label to label.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// From the start of a sentence to `O`, and to the others.
    start_none: i16,
    start: Row,
    /// From `O` to `O`, and to the others.
    none_none: i16,
    from_none: Row,
    /// From each label to `O`.
    to_none: Row,
    /// From each `B-X` and `I-X` to `I-X`.
    inside: Row,
    /// By how much, at most, a step from each label to the beginning of a name is better than that from `O`.
    gain: Row,
    /// From each label to each.
    from: [Row; N - 1],
    /// To each label from each.
    to: [Row; N - 1],
}

impl Chain {
    /// A chain from the transitions of a model file, whose last row is the start of a sentence.
    pub(super) fn new(transitions: &[[i16; N]; N + 1]) -> Self {
        let row = |from: usize| std::array::from_fn(|to| transitions[from][to + 1]);
        let gain = |from: usize| {
            let targets = std::iter::once(0).chain((1..N).step_by(2));
            targets.map(|to| transitions[from][to].saturating_sub(transitions[0][to])).max()
        };
        Self {
            inside: std::array::from_fn(|from| transitions[from + 1][from / 2 * 2 + 2]),
            gain: std::array::from_fn(|from| gain(from + 1).unwrap_or(0)),
            start_none: transitions[N][0],
            start: row(N),
            none_none: transitions[0][0],
            from_none: row(0),
            to_none: std::array::from_fn(|from| transitions[from + 1][0]),
            from: std::array::from_fn(|from| row(from + 1)),
            to: std::array::from_fn(|to| std::array::from_fn(|from| transitions[from + 1][to + 1])),
        }
    }

    /// The best labels of a sentence's words by the scores of each.
    pub(super) fn label(&self, scores: &[Row], ways: &mut Ways, labels: &mut [Label]) {
        self.forward(scores, ways);
        self.back(ways, labels);
    }

    /// The best way to every label at every word.
    fn forward(&self, scores: &[Row], Ways { best, plain }: &mut Ways) {
        best.clear();
        plain.clear();
        let Some((first, rest)) = scores.split_first() else { return };
        best.resize(scores.len(), [0; N - 1]);
        plain.resize(scores.len(), false);
        let mut last = relative(&self.start, first, self.start_none);
        best[0] = last;
        for ((row, best), plain) in rest.iter().zip(&mut best[1..]).zip(&mut plain[1..]) {
            // Only I-X follows B-X and I-X as I-X: the better of two neighbours, at the place of the second.
            let inside = plus(&last, &self.inside);
            let pairs: Row = std::array::from_fn(|to| inside[to].max(inside[to.saturating_sub(1)]));
            let mut ways: Row = std::array::from_fn(|to| (pairs[to] & INSIDE[to]) | (self.from_none[to] & !INSIDE[to]));
            let mut none = self.none_none;
            // After most words no name goes on or ends, and the ways to O and to the beginning of a name come from O.
            *plain = !plus(&last, &self.gain).iter().fold(false, |any, gain| any | (0 < *gain));
            if !*plain {
                for (score, steps) in last.iter().zip(&self.from) {
                    ways = std::array::from_fn(|to| ways[to].max(score.saturating_add(steps[to])));
                }
                none = none.max(highest(&plus(&last, &self.to_none)));
            }
            last = relative(&ways, row, none);
            *best = last;
        }
    }

    /// Follows the best way back: the step that made a score is the one that is best. Of equal ones the first label's counts.
    fn back(&self, Ways { best, plain }: &Ways, labels: &mut [Label]) {
        let Some(end) = best.last() else { return };
        let mut label = choose(0, end);
        for at in (0..labels.len().min(best.len())).rev() {
            labels[at] = label;
            if label == 0 && plain[at] {
                continue;
            }
            let Some(before) = at.checked_sub(1).map(|before| &best[before]) else { return };
            label = match usize::from(label).checked_sub(1) {
                None => choose(self.none_none, &plus(before, &self.to_none)),
                Some(label) => choose(self.from_none[label], &plus(before, &self.to[label])),
            };
        }
    }
}

/// The best ways through a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    /// The score of the best way to every label at every word, relative to that to `O`.
    best: Vec<Row>,
    /// Whether the way to `O` surely comes from `O`.
    plain: Vec<bool>,
}

/// The label of the highest score.
#[inline]
fn choose(none: i16, scores: &Row) -> Label {
    let top = highest(scores);
    if top <= none {
        return 0;
    }
    scores.iter().position(|score| *score == top).map_or(0, |at| at as Label + 1)
}

#[inline]
fn highest(row: &Row) -> i16 {
    row.iter().copied().fold(i16::MIN, i16::max)
}

#[inline]
fn plus(a: &Row, b: &Row) -> Row {
    std::array::from_fn(|at| a[at].saturating_add(b[at]))
}

#[inline]
fn relative(ways: &Row, scores: &Row, none: i16) -> Row {
    plus(ways, scores).map(|score| score.saturating_sub(none))
}

const _: () = assert!(LABELS[0].len() == 1, "the first label is O");

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way through a sentence, tried.
    fn brute_force(transitions: &[[i16; N]; N + 1], scores: &[Row]) -> i32 {
        let mut ways = transitions[N].map(i32::from);
        for (at, row) in scores.iter().enumerate() {
            if at != 0 {
                let step = |to: usize| (0..N).map(|from| ways[from] + i32::from(transitions[from][to])).max();
                ways = std::array::from_fn(|to| step(to).unwrap_or(0));
            }
            ways[1..].iter_mut().zip(row).for_each(|(way, score)| *way += i32::from(*score));
        }
        ways.into_iter().max().unwrap_or(0)
    }

    fn value(transitions: &[[i16; N]; N + 1], scores: &[Row], labels: &[Label]) -> i32 {
        let mut before = N;
        let mut sum = 0;
        for (row, label) in scores.iter().zip(labels) {
            let label = usize::from(*label);
            sum += i32::from(transitions[before][label]);
            sum += label.checked_sub(1).map_or(0, |at| i32::from(row[at]));
            before = label;
        }
        sum
    }

    #[test]
    fn the_labels_are_the_best() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |range: i16| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            ((state >> 33) % (2 * range as u64)) as i16 - range
        };
        for len in 1..60 {
            let transitions: [[i16; N]; N + 1] = std::array::from_fn(|from| {
                std::array::from_fn(|to| {
                    let goes_on = to == 0 || to % 2 == 1 || from == to || from + 1 == to;
                    if goes_on { random(300) } else { i16::MIN / 2 }
                })
            });
            let scores: Vec<Row> = (0..len).map(|_| std::array::from_fn(|_| random(900) - 700)).collect();
            let mut labels = vec![0; len];
            Chain::new(&transitions).label(&scores, &mut Ways::default(), &mut labels);
            assert_eq!(value(&transitions, &scores, &labels), brute_force(&transitions, &scores), "{len} words");
        }
    }
}
