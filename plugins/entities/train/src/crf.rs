//! The conditional random field: AdaGrad on the likelihood of one sentence at a time, with feature dropout.

use khabar_entities::crf::N;

use crate::corpus::Corpus;
use crate::types::{Numbered, Types};

/// Settings of the optimiser.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: usize,
    /// Step of AdaGrad.
    pub step: f32,
    /// Weight of the squared weights.
    pub l2: f32,
    /// Share of features that are left out at random.
    pub dropout: f32,
    /// Features seen less often are left out.
    pub least: u32,
    /// Features with all weights below this are left out of the file.
    pub prune: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 4, step: 0.1, l2: 0.0003, dropout: 0.2, least: 3, prune: 0.12 }
    }
}

type Scores = [f32; N];

#[derive(Clone, Copy, Default)]
struct Cell {
    weights: Scores,
    squares: Scores,
}

/// What was learned.
#[derive(Clone, Default)]
pub(crate) struct Weights {
    features: Vec<Scores>,
    transitions: [Scores; N + 1],
}

impl Weights {
    pub(crate) fn plus(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.features.iter_mut().zip(&other.features) {
            add(mine, theirs);
        }
        for (mine, theirs) in self.transitions.iter_mut().zip(&other.transitions) {
            add(mine, theirs);
        }
        self
    }

    pub(crate) fn scaled(mut self, by: f32) -> Self {
        self.features.iter_mut().chain(&mut self.transitions).flatten().for_each(|weight| *weight *= by);
        self
    }

    /// Integers with one scale for all: the scale in thousandths, transitions, and the features with a weight above `prune`,
    /// the most frequent first.
    #[expect(clippy::type_complexity, reason = "the parts of a model file")]
    pub(crate) fn quantised(&self, types: &Types, prune: f32) -> (u32, Vec<[i16; N]>, Vec<(u64, [i8; N - 1])>) {
        let relative = |row: &Scores| -> [f32; N - 1] { std::array::from_fn(|at| row[at + 1] - row[0]) };
        let mut largest: Vec<f32> = self.features.iter().flat_map(|row| relative(row).map(f32::abs)).collect();
        // A few weights in a hundred thousand are clipped, so that the others keep their resolution.
        largest.sort_unstable_by(f32::total_cmp);
        let limit = largest.get(largest.len().saturating_sub(1 + largest.len() / 50_000)).copied().unwrap_or(1.0);
        let scale = 127.0 / limit.max(0.1);
        // What is read most often stands together in the file.
        let features = types.by_count().into_iter().map(|number| (&self.features[number], &types.hashes[number]));
        let kept = features.filter(|(row, _)| row.iter().any(|weight| prune <= weight.abs()));
        let features =
            kept.map(|(row, hash)| (*hash, relative(row).map(|w| (w * scale).round().clamp(-127.0, 127.0) as i8)));
        let transition = |from: usize, to: usize| {
            let continues = to != 0 && to.is_multiple_of(2);
            if continues && from != to && from + 1 != to {
                return i16::MIN / 2;
            }
            (self.transitions[from][to] * scale).round().clamp(-16_000.0, 16_000.0) as i16
        };
        let transitions = (0..=N).map(|from| std::array::from_fn(|to| transition(from, to))).collect();
        ((scale * 1_000.0) as u32, transitions, features.collect())
    }
}

fn add(sum: &mut Scores, row: &Scores) {
    for (total, score) in sum.iter_mut().zip(row) {
        *total += score;
    }
}

/// A small generator of random numbers (xorshift64*), the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() >> 33) as usize % (at + 1));
        }
    }
}

/// Trains once; `corpora` gives how often each corpus is seen in an epoch.
pub(crate) fn train(
    types: &Types,
    corpora: &[(&Corpus, u32)],
    settings: &Settings,
    seed: u64,
    say: &impl Fn(&str),
) -> Weights {
    let mut learner = Learner::new(types, settings, seed);
    let mut order: Vec<&Numbered> = Vec::new();
    for (sentences, (_, times)) in types.sentences.iter().zip(corpora) {
        (0..*times).for_each(|_| order.extend(sentences.iter().filter(|s| !s.types.is_empty())));
    }
    let mut average = Weights { features: vec![[0.0; N]; types.features()], ..Weights::default() };
    let mut averaged = 0.0;
    for epoch in 0..settings.epochs {
        learner.random.shuffle(&mut order);
        let mut loss = 0.0;
        for sentence in &order {
            loss += f64::from(learner.learn(sentence));
        }
        if settings.epochs <= 2 * (epoch + 1) {
            averaged += 1.0;
            for (sum, cell) in average.features.iter_mut().zip(&learner.cells) {
                add(sum, &cell.weights);
            }
            for (sum, cell) in average.transitions.iter_mut().zip(&learner.transitions) {
                add(sum, &cell.weights);
            }
        }
        say(&format!("seed {seed} epoch {}: loss {loss:.0}", epoch + 1));
    }
    average.scaled(1.0 / averaged)
}

/// The state of one training, with buffers for a sentence.
struct Learner<'a> {
    types: &'a Types,
    settings: &'a Settings,
    random: Random,
    cells: Vec<Cell>,
    transitions: [Cell; N + 1],
    /// Features of the sentence that were not dropped, word by word.
    active: Vec<u32>,
    starts: Vec<usize>,
    emissions: Vec<Scores>,
    forward: Vec<Scores>,
    backward: Vec<Scores>,
}

impl<'a> Learner<'a> {
    fn new(types: &'a Types, settings: &'a Settings, seed: u64) -> Self {
        Self {
            types,
            settings,
            random: Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
            cells: vec![Cell::default(); types.features()],
            transitions: [Cell::default(); N + 1],
            active: Vec::new(),
            starts: Vec::new(),
            emissions: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
        }
    }

    /// Chooses the features of every word: each is dropped with the probability of the settings.
    fn choose(&mut self, sentence: &Numbered) {
        self.active.clear();
        self.starts.clear();
        let least = (self.settings.dropout * 256.0) as u8;
        let n = sentence.types.len();
        for at in 0..n {
            self.starts.push(self.active.len());
            let own = &sentence.features[sentence.starts[at] as usize..sentence.starts[at + 1] as usize];
            let places = (0..5_usize).filter_map(|place| {
                let source = (at + place).checked_sub(2).filter(|source| *source < n)?;
                // The word `place - 2` places after this one has this label at offset `place - 2`.
                Some(self.types.of(sentence.types[source], place))
            });
            for features in places.chain(std::iter::once(own)) {
                for chunk in features.chunks(8) {
                    let dice = self.random.next().to_le_bytes();
                    self.active.extend(chunk.iter().zip(dice).filter(|(_, die)| least <= *die).map(|(f, _)| *f));
                }
            }
        }
        self.starts.push(self.active.len());
    }

    /// One step on one sentence; returns its negative log-likelihood before the step.
    fn learn(&mut self, sentence: &Numbered) -> f32 {
        self.choose(sentence);
        let n = sentence.types.len();
        let keep = 1.0 / (1.0 - self.settings.dropout);
        self.emissions.clear();
        for at in 0..n {
            let mut sum = [0.0; N];
            for feature in &self.active[self.starts[at]..self.starts[at + 1]] {
                add(&mut sum, &self.cells[*feature as usize].weights);
            }
            self.emissions.push(sum.map(|score| score * keep));
        }
        let path = self.path(sentence);
        let log_z = self.forward_backward();
        self.update(sentence, keep);
        log_z - path
    }

    fn path(&self, sentence: &Numbered) -> f32 {
        let mut before = N;
        let mut score = 0.0;
        for (emission, label) in self.emissions.iter().zip(&sentence.labels) {
            let label = usize::from(*label);
            score += emission[label] + self.transitions[before].weights[label];
            before = label;
        }
        score
    }

    /// Fills `forward` and `backward` so that their product is the probability of each label; returns log Z.
    fn forward_backward(&mut self) -> f32 {
        let n = self.emissions.len();
        let step: [Scores; N + 1] = std::array::from_fn(|from| self.transitions[from].weights.map(f32::exp));
        let mut log_z = 0.0;
        for row in &mut self.emissions {
            let top = row.iter().copied().fold(f32::MIN, f32::max);
            log_z += top;
            *row = row.map(|score| (score - top).exp());
        }
        self.forward.clear();
        for at in 0..n {
            let mut here = if at == 0 {
                step[N]
            } else {
                let mut here = [0.0; N];
                for (from, probability) in self.forward[at - 1].iter().enumerate() {
                    for (total, factor) in here.iter_mut().zip(&step[from]) {
                        *total += probability * factor;
                    }
                }
                here
            };
            here.iter_mut().zip(&self.emissions[at]).for_each(|(total, emission)| *total *= emission);
            let sum: f32 = here.iter().sum();
            log_z += sum.ln();
            self.forward.push(here.map(|value| value / sum));
        }
        self.backward.clear();
        self.backward.resize(n, [1.0; N]);
        for at in (0..n - 1).rev() {
            let after = self.backward[at + 1];
            let seen: Scores = std::array::from_fn(|to| after[to] * self.emissions[at + 1][to]);
            let here: Scores = std::array::from_fn(|from| (0..N).map(|to| step[from][to] * seen[to]).sum());
            let sum: f32 = here.iter().zip(&self.forward[at]).map(|(b, f)| b * f).sum();
            self.backward[at] = here.map(|value| value / sum);
        }
        log_z
    }

    fn update(&mut self, sentence: &Numbered, keep: f32) {
        let Settings { step, l2, .. } = *self.settings;
        let mut moves = [[0.0_f32; N]; N + 1];
        let factors: [Scores; N + 1] = std::array::from_fn(|from| self.transitions[from].weights.map(f32::exp));
        let mut before = N;
        for at in 0..sentence.labels.len() {
            let label = usize::from(sentence.labels[at]);
            let mut gradient: Scores = std::array::from_fn(|y| self.forward[at][y] * self.backward[at][y]);
            let sum: f32 = gradient.iter().sum();
            gradient.iter_mut().for_each(|p| *p /= sum);
            if at == 0 {
                add(&mut moves[N], &gradient);
            } else {
                let mut pairs = [[0.0; N]; N];
                let mut total = 0.0;
                for (from, row) in pairs.iter_mut().enumerate() {
                    for (to, cell) in row.iter_mut().enumerate() {
                        *cell = self.forward[at - 1][from]
                            * factors[from][to]
                            * self.emissions[at][to]
                            * self.backward[at][to];
                        total += *cell;
                    }
                }
                for (sum, row) in moves.iter_mut().zip(&pairs) {
                    sum.iter_mut().zip(row).for_each(|(sum, cell)| *sum += cell / total);
                }
            }
            moves[before][label] -= 1.0;
            gradient[label] -= 1.0;
            before = label;
            // Words that are sure already have nothing to teach.
            if gradient.iter().all(|g| g.abs() < 0.002) {
                continue;
            }
            let gradient = gradient.map(|g| g * keep);
            for feature in &self.active[self.starts[at]..self.starts[at + 1]] {
                descend(&mut self.cells[*feature as usize], &gradient, step, l2);
            }
        }
        for (cell, gradient) in self.transitions.iter_mut().zip(&moves) {
            descend(cell, gradient, step, 0.0);
        }
    }
}

/// A step of AdaGrad.
#[inline]
fn descend(cell: &mut Cell, gradient: &Scores, step: f32, l2: f32) {
    let cells = cell.weights.iter_mut().zip(&mut cell.squares);
    for ((weight, square), gradient) in cells.zip(gradient) {
        let g = gradient + l2 * *weight;
        *square += g * g;
        *weight -= step * g / (*square + 1e-8).sqrt();
    }
}
