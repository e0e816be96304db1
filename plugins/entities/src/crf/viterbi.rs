//! The Viterbi algorithm over 16-bit integers.
//!
//! Everything is relative to the label `O`: its score is 0 at every word, so that the eight others are one vector. A label
//! reaches any other over `O`, so that scores stay within the range of what one word can say.

use wide::{i16x8, u32x4};

use super::labels::{LABELS, Label, N};
use super::weights::Row;

/// All bits for every `I-X`, none for every `B-X`.
const INSIDE: Row = [0, -1, 0, -1, 0, -1, 0, -1];

/// Scores of going from label to label.
#[derive(Clone, Debug, Default)]
pub(super) struct Viterbi {
    /// From the start of a sentence to `O`, and to the others.
    start_none: i16,
    start: i16x8,
    /// From `O` to `O`, and to the others.
    none_none: i16,
    from_none: Row,
    /// From `O` to each `B-X`; 0 for each `I-X`.
    opening: i16x8,
    /// From each label to `O`.
    to_none: i16x8,
    /// From each `B-X` and `I-X` to `I-X`.
    inside: i16x8,
    /// By how much, at most, a step from each label to the beginning of a name is better than that from `O`.
    gain: i16x8,
    /// From each label to each.
    from: [i16x8; N - 1],
    /// To each label from each.
    to: [i16x8; N - 1],
}

impl Viterbi {
    /// A chain from the transitions of a model file, whose last row is the start of a sentence.
    pub(super) fn new(transitions: &[[i16; N]; N + 1]) -> Self {
        let row = |from: usize| std::array::from_fn(|to| transitions[from][to + 1]);
        let gain = |from: usize| {
            let targets = std::iter::once(0).chain((1..N).step_by(2));
            targets.map(|to| transitions[from][to].saturating_sub(transitions[0][to])).max()
        };
        let labels = |score: &dyn Fn(usize) -> i16| i16x8::new(std::array::from_fn(score));
        let from_none: Row = row(0);
        Self {
            inside: labels(&|from| transitions[from + 1][from / 2 * 2 + 2]),
            gain: labels(&|from| gain(from + 1).unwrap_or(0)),
            start_none: transitions[N][0],
            start: i16x8::new(row(N)),
            none_none: transitions[0][0],
            opening: i16x8::new(from_none) & !i16x8::new(INSIDE),
            from_none,
            to_none: labels(&|from| transitions[from + 1][0]),
            from: std::array::from_fn(|from| i16x8::new(row(from + 1))),
            to: std::array::from_fn(|to| labels(&|from| transitions[from + 1][to + 1])),
        }
    }

    /// The best labels of a sentence's words by the scores of each.
    pub(super) fn label(&self, scores: &[Row], pointers: &mut BackPointers, labels: &mut [Label]) {
        self.forward(scores, pointers);
        self.back(pointers, labels);
    }

    /// The best way to every label at every word.
    fn forward(&self, scores: &[Row], BackPointers { best, plain }: &mut BackPointers) {
        best.clear();
        plain.clear();
        let Some((first, rest)) = scores.split_first() else { return };
        best.resize(scores.len(), i16x8::ZERO);
        plain.resize(scores.len(), false);
        let mut last = relative(self.start, first, self.start_none);
        best[0] = last;
        for ((row, best), plain) in rest.iter().zip(&mut best[1..]).zip(&mut plain[1..]) {
            // Only I-X follows B-X and I-X as I-X: the better of two neighbours, at the place of the second.
            let inside = last.saturating_add(self.inside);
            let pairs = inside.max(to_second(inside)) & i16x8::new(INSIDE);
            let mut ways = (pairs | self.opening, self.none_none);
            // After most words no name goes on or ends, and the ways to O and to the beginning of a name come from O.
            *plain = !last.saturating_add(self.gain).simd_gt(i16x8::ZERO).any();
            if !*plain {
                ways = self.after_names(last, ways);
            }
            last = relative(ways.0, row, ways.1);
            *best = last;
        }
    }

    /// The better of ways to the labels, and to `O`, and those from a label that is not `O`.
    fn after_names(&self, last: i16x8, (mut ways, none): (i16x8, i16)) -> (i16x8, i16) {
        for (score, steps) in last.to_array().into_iter().zip(&self.from) {
            ways = ways.max(i16x8::splat(score).saturating_add(*steps));
        }
        (ways, none.max(last.saturating_add(self.to_none).reduce_max()))
    }

    /// Follows the best way back: the step that made a score is the one that is best. Of equal ones the first label's counts.
    fn back(&self, BackPointers { best, plain }: &BackPointers, labels: &mut [Label]) {
        let Some(end) = best.last() else { return };
        let mut label = choose(0, *end);
        for at in (0..labels.len().min(best.len())).rev() {
            labels[at] = label;
            if label == 0 && plain[at] {
                continue;
            }
            let Some(before) = at.checked_sub(1).map(|before| best[before]) else { return };
            label = match usize::from(label).checked_sub(1) {
                None => choose(self.none_none, before.saturating_add(self.to_none)),
                Some(label) => choose(self.from_none[label], before.saturating_add(self.to[label])),
            };
        }
    }
}

/// The best ways through a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct BackPointers {
    /// The score of the best way to every label at every word, relative to that to `O`.
    best: Vec<i16x8>,
    /// Whether the way to `O` surely comes from `O`.
    plain: Vec<bool>,
}

/// The label of the highest score.
#[inline]
fn choose(none: i16, scores: i16x8) -> Label {
    let top = scores.reduce_max();
    if top <= none {
        return 0;
    }
    scores.simd_eq(i16x8::splat(top)).to_bitmask().trailing_zeros() as Label + 1
}

/// The scores of each `B-X` at the place of `I-X`, which lacks them.
#[inline]
fn to_second(scores: i16x8) -> i16x8 {
    let pairs: u32x4 = bytemuck::cast(scores);
    bytemuck::cast(if cfg!(target_endian = "little") { pairs << 16_u32 } else { pairs >> 16_u32 })
}

#[inline]
fn relative(ways: i16x8, scores: &Row, none: i16) -> i16x8 {
    ways.saturating_add(i16x8::new(*scores)).saturating_sub(i16x8::splat(none))
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
            Viterbi::new(&transitions).label(&scores, &mut BackPointers::default(), &mut labels);
            assert_eq!(value(&transitions, &scores, &labels), brute_force(&transitions, &scores), "{len} words");
        }
    }
}
