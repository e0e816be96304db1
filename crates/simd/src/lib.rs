//! The inner loop of `khabar-arabic`: classifies and folds text by table, 64 bytes at a time.
//!
//! A [`Kernel`] reads *simple* characters, ASCII and U+0600 to U+067F, which are nearly all of Arabic news, and writes
//! two things: the folded text, and a [`Block`] of bit masks for every run of up to 64 bytes. A mask's bit `n` speaks of
//! byte `n`, both bytes of a two-byte character alike, so that the boundaries of words and the way between original and
//! folded text are a few instructions on 64-bit numbers. At the first other character it stops; the caller does that
//! one and calls again.
//!
//! A [`Filter`] tells for 64 hashes at once which of them may be in a set, in the same ways; [`prefetch`] asks for memory that
//! will be read.
//!
//! What the characters are is not known here: the caller brings a [`Table`]. There is a scalar kernel and vector kernels
//! for AVX2 and AVX-512 (VBMI2), chosen at run time; all give the same.
//!
//! **Invariant:** the only crate beside `khabar-abi` with `unsafe`; it knows nothing of Arabic.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod filter;
mod prefetch;
mod scalar;
mod table;

pub use filter::Filter;
pub use prefetch::prefetch;
pub use table::{Class, Shape, Table};

/// What is known of up to 64 bytes of text. Bits from `len` on are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Byte of the text at which the block begins.
    pub start: u32,
    /// Byte of the folded text at which it begins.
    pub folded: u32,
    /// How many bytes it has, 1 to 64.
    pub len: u32,
    /// Bytes of words.
    pub word: u64,
    /// Bytes of white space.
    pub space: u64,
    /// Bytes of line breaks; they are white space as well.
    pub newline: u64,
    /// Bytes that are neither white space nor part of anything. The kernels find none.
    pub ignored: u64,
    /// Bytes that stand for one byte of the folded text each.
    pub keep: u64,
    /// Bytes of characters that folding changes.
    pub changed: u64,
    /// Last bytes of characters before which there is a seam; pairs that reach over the block's ends are not seen.
    pub seam: u64,
}

/// What stands before the place where scanning goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Before {
    /// The start of the text, or white space with a line break, for which the folded text has a line break or nothing.
    #[default]
    Newline,
    /// Other white space, for which the folded text has a space.
    Space,
    /// Anything else.
    Other,
}

/// Which path is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// A way to scan text; [`Kernel::default`] is the fastest that the machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Path);

/// Work for [`Kernel::run`]: a closure that can be marked `#[inline(always)]`, which it has to be to gain anything.
pub trait Task {
    /// What it gives.
    type Output;

    /// Does it.
    fn run(self) -> Self::Output;
}

impl Default for Kernel {
    fn default() -> Self {
        Self::all().last().copied().unwrap_or(Self(Path::Scalar))
    }
}

impl Kernel {
    /// Every kernel that this machine can run, the slowest (and simplest) first.
    pub fn all() -> &'static [Self] {
        static ALL: std::sync::LazyLock<Vec<Kernel>> = std::sync::LazyLock::new(|| {
            #[allow(unused_mut, reason = "other machines have the scalar kernel alone")]
            let mut all = vec![Kernel(Path::Scalar)];
            #[cfg(target_arch = "x86_64")]
            if avx2::runs_here() {
                all.push(Kernel(Path::Avx2));
            }
            #[cfg(target_arch = "x86_64")]
            if avx512::runs_here() {
                all.push(Kernel(Path::Avx512));
            }
            all
        });
        &ALL
    }

    /// The instruction set, for reports.
    pub const fn name(self) -> &'static str {
        match self.0 {
            Path::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => "AVX-512 VBMI2",
        }
    }

    /// Runs a task, compiled for the kernel's instruction set as far as it is inlined: counting bits is one instruction
    /// there and ten without.
    #[inline]
    pub fn run<T: Task>(self, task: T) -> T::Output {
        match self.0 {
            Path::Scalar => task.run(),
            // SAFETY: the paths are made by `all` alone, on machines that have the instructions.
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => unsafe { avx2::run(task) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => unsafe { avx512::run(task) },
        }
    }

    /// Scans `text` from byte `at`, which is a character boundary: appends the folded form to `folded`, fills `blocks`
    /// from the first on, and returns how many it filled; the last of them says where to go on.
    ///
    /// It stops before a character that is not simple or that the table stops at, and before a line break after
    /// [`Before::Space`], where the caller has to make the space in `folded` a line break. Of a run of white space the
    /// first character gives a space or a line break, the rest nothing.
    ///
    /// # Panics
    /// When `at` is no character boundary of `text`.
    pub fn scan(
        self,
        table: &Table,
        text: &str,
        at: usize,
        before: Before,
        folded: &mut String,
        blocks: &mut [Block],
    ) -> usize {
        assert!(text.is_char_boundary(at), "scanning begins with a character");
        match self.0 {
            Path::Scalar => scalar::scan(table, text, at, before, folded, blocks),
            // SAFETY: as above, and `at` was checked.
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => unsafe { avx2::scan(table, text, at, before, folded, blocks) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => unsafe { avx512::scan(table, text, at, before, folded, blocks) },
        }
    }
}

/// Masks of one block as a vector kernel finds them, before it is known where the block ends.
#[cfg(target_arch = "x86_64")]
struct Masks {
    /// First bytes of two-byte characters that are simple.
    lead: u64,
    /// First bytes of all other characters of more than one byte.
    other: u64,
    /// Bytes of [`is_blank`].
    blank: u64,
    /// One bit a character, at its last byte, for each bit of [`Class`].
    class: [u64; 7],
    /// The same for each bit of [`Shape`], at last bytes of simple two-byte characters.
    shape: [u64; 4],
}

#[cfg(target_arch = "x86_64")]
impl Masks {
    /// The block that begins at `start`, of which `left` bytes (at most 64) are there, and whether another may follow.
    #[inline(always)]
    fn block(&self, start: usize, folded: usize, left: usize, before: Before) -> (Block, bool) {
        let trail = self.lead << 1;
        // Bits of both bytes.
        let both = |mask: u64| mask | ((mask & trail) >> 1);
        let first = |mask: u64| (mask & !trail) | ((mask & trail) >> 1);
        let [word, space, newline, drop, narrow, changed, stop] = self.class;
        let space_before = u64::from(before != Before::Other);
        let plain_before = u64::from(before == Before::Space);
        let late_newline = newline & (((space & !newline) << 1) | plain_before);
        let stop = (self.other | first(stop) | late_newline).trailing_zeros() as usize;
        let most = whole_words(self.blank, self.lead >> 63 == 1, left);
        let go_on = most <= stop;
        let len = if go_on { most } else { stop };
        let valid = if len == 64 { u64::MAX } else { (1 << len) - 1 };
        let again = space & ((space << 1) | space_before);
        let [ends, left_of, right_of, triple] = self.shape;
        let seam = (ends << 2) | ((left_of << 2) & right_of) | (triple & (triple << 2) & (triple << 4));
        let dropped = both(drop) | ((narrow & trail) >> 1) | again;
        let block = Block {
            start: start as u32,
            folded: folded as u32,
            len: len as u32,
            word: both(word) & valid,
            space: space & valid,
            newline: newline & valid,
            ignored: 0,
            keep: !dropped & valid,
            changed: both(changed) & valid,
            seam: seam & word & trail & valid,
        };
        (block, go_on)
    }
}

/// How many of `left` bytes, 64 at the most, a block takes: of 64 it ends after the last blank, so that words seldom go on in
/// the next block. A two-byte character that begins with the last byte belongs to that as well.
///
/// Nothing else decides it, since no block can be looked at before the end of the one before it is known.
#[inline(always)]
fn whole_words(blank: u64, splits_character: bool, left: usize) -> usize {
    match (left, blank) {
        (64, 0) => 64 - usize::from(splits_character),
        (64, _) => 64 - blank.leading_zeros() as usize,
        _ => left,
    }
}

/// Whether a byte is white space of ASCII, or a control character.
const fn is_blank(byte: u8) -> bool {
    byte <= LAST_BLANK
}

const LAST_BLANK: u8 = b' ';

impl Block {
    /// [`Block::before_next`] of a kernel's block by its masks alone, which does not wait for the folded text: in white
    /// space the last byte kept is what its run became.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn before_next_by_masks(&self, before: Before) -> Before {
        if self.space >> (self.len - 1) & 1 == 0 {
            Before::Other
        } else if self.keep == 0 {
            before
        } else if self.newline >> (63 - self.keep.leading_zeros()) & 1 == 1 {
            Before::Newline
        } else {
            Before::Space
        }
    }

    /// What stands before the byte after the block, where `before` stands before the block; `folded` is the folded text
    /// up to there.
    pub fn before_next(&self, before: Before, folded: &[u8]) -> Before {
        if self.len == 0 {
            before
        } else if self.space >> (self.len - 1) & 1 == 0 {
            Before::Other
        } else if folded.last() == Some(&b' ') {
            Before::Space
        } else {
            Before::Newline
        }
    }
}
