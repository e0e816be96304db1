//! Makes `data/frequency.bin` from running text on the standard input:
//!
//! ```sh
//! zstdcat open.txt.zst | cargo run --release -p khabar-arabic --example count_words > crates/arabic/data/frequency.bin
//! ```
//!
//! Words in Arabic script are counted in their folded form; those that occur twice or more get an entry of four bytes
//! in an open-addressed table that is keyed by their hash: 26 bits of the hash, 6 bits of `3 log2(count)`. The layout is
//! described in `src/frequency.rs`, which reads it in place. With a path as argument the list is written there as text.

#![allow(clippy::print_stderr, reason = "a program for terminals")]

use std::collections::HashMap;
use std::io::{BufRead, Write};

use khabar_arabic::{Analysis, hash};
use khabar_core::TokenClass;

fn main() -> std::io::Result<()> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut analysis = Analysis::default();
    for line in std::io::stdin().lock().lines() {
        analysis.analyze(&line?);
        for token in analysis.tokens().iter().filter(|t| t.class() == TokenClass::Arabic) {
            let word = &analysis.folded()[token.folded_span().range()];
            if (1..=40).contains(&word.len()) {
                match counts.get_mut(word) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(word.to_owned(), 1)),
                }
            }
        }
    }
    let mut words: Vec<(&str, u32)> =
        counts.iter().filter(|(_, n)| 2 <= **n).map(|(word, n)| (word.as_str(), *n)).collect();
    // In a fixed order, so that the same text gives the same bytes.
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let total: u64 = words.iter().map(|(_, n)| u64::from(*n)).sum();
    let bits = (words.len() * 4 / 3).next_power_of_two().trailing_zeros();
    let mut table = vec![0_u32; 1 << bits];
    for (word, count) in &words {
        let key = hash(word);
        let entry = ((key as u32) << 6) | ((f64::from(*count).log2() * 3.0).round() as u32).clamp(1, 63);
        let mut slot = (key >> (64 - bits)) as usize;
        while table[slot] != 0 {
            slot = (slot + 1) & (table.len() - 1);
        }
        table[slot] = entry;
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&total.to_le_bytes())?;
    for entry in table {
        out.write_all(&entry.to_le_bytes())?;
    }
    eprintln!("{} words of {total} tokens, table of 2^{bits}", words.len());
    if let Some(path) = std::env::args().nth(1) {
        let list: Vec<String> = words.iter().map(|(word, count)| format!("{word}\t{count}\n")).collect();
        std::fs::write(path, list.concat())?;
    }
    Ok(())
}
