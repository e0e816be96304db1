//! Weights by number rather than by hash: the features of which there are few, summed up once a process.

use khabar_arabic::prefetch;

use super::features::{
    Bucket, Places, boundary, cluster_pair, each_of_clitics, each_of_cluster, each_of_frequency, each_of_gazetteer,
    each_of_shape, family, phrase, shapes,
};
use super::labels::N;
use super::vocabulary::{Vocabulary, WordEntry};
use super::weights::{Family, Row, Table, Weights, add, add_weights};
use super::word_form::{Clitics, Shape, WordForm};

/// What a word says to the label two places after it, one after, its own, one before, two before.
pub(super) type Sums = [Row; 5];

/// Clusters of 100, and none.
const CLUSTERS: usize = 101;
/// From one first cluster, or one shape, to the next: more than there are, so that a place is found without a
/// multiplication.
const CLUSTER_BITS: usize = 7;
const SHAPE_BITS: usize = 5;
/// Pairs of clusters of 100, triples of shapes.
const CLUSTER_PAIRS: usize = 1 << (2 * CLUSTER_BITS);
const TRIPLES: usize = 1 << (3 * SHAPE_BITS);
const FREQUENCIES: usize = WordEntry::FREQUENCIES;
const BUCKETS: usize = WordEntry::BUCKETS;
const GAZETTEERS: usize = 6;

/// The arrays.
#[derive(Debug, Default)]
pub(super) struct WeightTables {
    shapes: Vec<Sums>,
    /// By cluster of 2,000: it and those that hold it.
    clusters: Vec<Sums>,
    clitics: Vec<Sums>,
    frequencies: Vec<Sums>,
    gazetteers: Vec<Sums>,
    /// Of neighbours: what they say to the second and to the first.
    neighbours: Array<[Weights; 2], CLUSTER_PAIRS>,
    /// Of the words on either side of a word.
    sides: Array<Weights, CLUSTER_PAIRS>,
    triples: Array<Weights, TRIPLES>,
    boundaries: [Weights; 2],
    /// By the bit that marks a word: what it says to the word after it, itself, the word before it.
    phrases: Vec<[Weights; 3]>,
}

impl WeightTables {
    /// Sums the weights of a table up; a millisecond.
    pub(super) fn new(table: &Table<'_>, vocabulary: &Vocabulary<'_>) -> Self {
        let gazetteers = (0..GAZETTEERS * BUCKETS * FREQUENCIES).map(|at| {
            let (which, bucket, frequency) = (at / FREQUENCIES / BUCKETS, at / FREQUENCIES % BUCKETS, at % FREQUENCIES);
            let bucket = Bucket { which: which as u8, bucket: bucket as u8, frequency: frequency as u8 };
            sums(table, |f| each_of_gazetteer(bucket, f))
        });
        let n = Shape::COUNT;
        let mut neighbours = Array::<[Weights; 2], CLUSTER_PAIRS>::default();
        let mut sides = Array::<Weights, CLUSTER_PAIRS>::default();
        for (first, second) in (0..CLUSTERS).flat_map(|first| (0..CLUSTERS).map(move |second| (first, second))) {
            let (first, second) = (first as u8, second as u8);
            let at = pair(first, second);
            let [to_second, to_first, between] = rows(table, cluster_pair(0, first, second));
            (*neighbours.at_mut(at), *sides.at_mut(at)) = ([to_second, to_first], between);
        }
        let mut triples = Array::<Weights, TRIPLES>::default();
        for at in 0..n * n * n {
            let [before, here, after] = [at / n / n, at / n % n, at % n].map(|shape| Shape(shape as u8));
            *triples.at_mut(place_of(before, here, after)) = table.weights(shapes(before, here, after));
        }
        Self {
            shapes: (0..n).map(|at| sums(table, |f| each_of_shape(Shape(at as u8), f))).collect(),
            clusters: (0..vocabulary.clusters())
                .map(|at| sums(table, |f| each_of_cluster(vocabulary, at as u16, f)))
                .collect(),
            clitics: (0..Clitics::COUNT).map(|at| sums(table, |f| each_of_clitics(Clitics::of_index(at), f))).collect(),
            frequencies: (0..FREQUENCIES).map(|at| sums(table, |f| each_of_frequency(at as u8, f))).collect(),
            gazetteers: gazetteers.collect(),
            neighbours,
            sides,
            triples,
            boundaries: [false, true].map(|last| table.weights(boundary(last))),
            phrases: (0..6)
                .map(|bit: u8| [-1, 0, 1].map(|offset| table.weights(phrase(bit / 2, bit.is_multiple_of(2), offset))))
                .collect(),
        }
    }

    /// All that a word says by what is not its letters.
    pub(super) fn add(&self, word: &WordForm, sum: &mut Sums) {
        let WordEntry { cluster, gazetteers, .. } = word.entry;
        let frequency = usize::from(word.entry.frequency());
        let known = [
            self.shapes.get(usize::from(word.shape.0)),
            self.clusters.get(usize::from(cluster)),
            self.clitics.get(word.clitics().index()),
            self.frequencies.get(frequency),
        ];
        let buckets = gazetteers.iter().enumerate().map(|(which, bucket)| {
            self.gazetteers.get((which * BUCKETS + usize::from(*bucket)) * FREQUENCIES + frequency)
        });
        for sums in known.into_iter().chain(buckets).flatten() {
            sum.iter_mut().zip(sums).for_each(|(total, row)| add(row, total));
        }
    }

    /// What the clusters of 100 of two neighbours say to the second and to the first.
    #[inline]
    pub(super) fn neighbours(&self, first: u8, second: u8) -> &[Weights; 2] {
        self.neighbours.at(pair(first, second))
    }

    /// What the clusters of 100 of the words before and after a word say to it.
    #[inline]
    pub(super) fn sides(&self, before: u8, after: u8) -> &Weights {
        self.sides.at(pair(before, after))
    }

    /// Asks for the memory that [`WeightTables::neighbours`] and [`WeightTables::sides`] read for the words of a sentence.
    #[inline]
    pub(super) fn prefetch(&self, clusters: impl Iterator<Item = u8>) {
        let (mut before, mut here) = (0, 0);
        for after in clusters {
            prefetch(&*self.neighbours.0, pair(here, after));
            prefetch(&*self.sides.0, pair(before, after));
            (before, here) = (here, after);
        }
    }

    /// The weights of three shapes in a row.
    #[inline]
    pub(super) fn shapes(&self, before: Shape, here: Shape, after: Shape) -> &Weights {
        self.triples.at(place_of(before, here, after))
    }

    /// The weights of the first or last word of a sentence.
    pub(super) fn boundary(&self, last: bool) -> &Weights {
        &self.boundaries[usize::from(last)]
    }

    /// What a word inside a known phrase, by the bit that marks it, says to the word after it, itself, the word before it.
    pub(super) fn phrase(&self, bit: usize) -> &[Weights; 3] {
        self.phrases.get(bit).unwrap_or(&[[0; N - 1]; 3])
    }
}

/// Where three shapes in a row stand among all.
#[inline]
fn place_of(before: Shape, here: Shape, after: Shape) -> usize {
    usize::from(before.0) << (2 * SHAPE_BITS) | usize::from(here.0) << SHAPE_BITS | usize::from(after.0)
}

/// Where two clusters of 100 stand among all pairs.
#[inline]
fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << CLUSTER_BITS | usize::from(second)
}

/// A table of a fixed size, a power of two, that is read without asking whether an index lies inside.
#[derive(Debug)]
struct Array<T, const LEN: usize>(Box<[T; LEN]>);

impl<T: Copy + Default, const LEN: usize> Default for Array<T, LEN> {
    fn default() -> Self {
        const { assert!(LEN.is_power_of_two()) };
        // On the heap from the start: half a megabyte is much for a stack.
        let zeros = vec![T::default(); LEN].into_boxed_slice().try_into();
        Self(zeros.unwrap_or_else(|_| Box::new([T::default(); LEN])))
    }
}

impl<T, const LEN: usize> Array<T, LEN> {
    #[inline]
    fn at(&self, index: usize) -> &T {
        &self.0[index & (LEN - 1)]
    }

    fn at_mut(&mut self, index: usize) -> &mut T {
        &mut self.0[index & (LEN - 1)]
    }
}

/// The sums of the weights of values.
fn sums(table: &Table<'_>, each: impl FnOnce(&mut dyn FnMut(u64, Places))) -> Sums {
    let mut sums = Sums::default();
    each(&mut |feature, _| {
        if let Some(family) = table.find(feature) {
            add_family(family, &mut sums);
        }
    });
    sums
}

/// Adds what a value says to the labels around it.
#[inline]
pub(super) fn add_family(family: Family<'_>, sums: &mut Sums) {
    family.each(|place, weights| {
        if let Some(sum) = sums.get_mut(place) {
            add_weights(weights, sum);
        }
    });
}

/// The weights of the first places of a family.
fn rows<const N: usize>(table: &Table<'_>, feature: u64) -> [Weights; N] {
    let mut rows = [Weights::default(); N];
    if let Some(found) = table.find(family(feature)) {
        found.each(|place, weights| {
            if let Some(row) = rows.get_mut(place) {
                *row = *weights;
            }
        });
    }
    rows
}
