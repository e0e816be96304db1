//! Runs khabar's extractors over a corpus.

#![forbid(unsafe_code)]
