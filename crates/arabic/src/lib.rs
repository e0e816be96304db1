//! Arabic text, analysed once and exactly: tokens, a folded form with a way back to the original, sentences.
//!
//! [`Analysis`] makes everything in one pass into buffers that it keeps, and every extractor of a document shares it.
//! Offsets are bytes of the **original** text; the folded text exists for look-ups and never leaves as output.
//!
//! ```
//! use khabar_arabic::Analysis;
//!
//! let mut analysis = Analysis::default();
//! let text = "أعلنَ وزيرُ الماليةِ عن ١٢٥٠ مشروعًا.";
//! analysis.analyze(text);
//! let words: Vec<&str> = analysis.tokens().iter().map(|t| &analysis.folded()[t.folded_span().range()]).collect();
//! assert_eq!(words, ["اعلن", "وزير", "الماليه", "عن", "1250", "مشروعا", "."]);
//! assert_eq!(&text[analysis.tokens()[0].span().range()], "أعلنَ");
//! ```
//!
//! **Invariant:** this crate knows letters and words, not names, numbers or dates.

#![forbid(unsafe_code)]

mod abbreviations;
mod analysis;
mod clitics;
mod digits;
mod fold;
mod folding;
mod frequency;
mod hash;
mod headings;
mod lexicon;
mod offsets;
mod quotes;
mod scan;
mod segmentation;
mod sentences;
mod splits;
mod table;
#[cfg(feature = "tantivy")]
pub mod tantivy;
mod tokens;
mod validate;

pub use analysis::Analysis;
pub use clitics::{Proclitic, proclitics};
pub use fold::{fold, fold_into, original_at};
pub use folding::{Break, Folder, Folding, original_of};
pub use frequency::frequency;
pub use hash::hash;
pub use lexicon::WordMap;
pub use offsets::{Cursor, Offsets, Place, Unit};
pub use quotes::{Quotation, quotations};
pub use segmentation::{Segmentation, Segmentations, segmentation, segmentations};
pub use table::WordTable;
pub use validate::{InvalidUtf8, validate};

/// For khabar's own crates: by which look-ups of many words are made fast. May change at any time.
mod fast {
    pub use crate::digits::digits_within;
    pub use crate::hash::hash_within;
    pub use crate::lexicon::Seek;
    /// A set of words, by their [`hash`](crate::hash), that may hold a few others as well.
    pub use khabar_simd::Filter as WordFilter;
    /// For tables that are read at random: see [`khabar_simd::prefetch`].
    pub use khabar_simd::prefetch;
}
#[doc(hidden)]
pub use fast::{Seek, WordFilter, digits_within, hash_within, prefetch};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
