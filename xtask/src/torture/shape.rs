//! Texts of any size.

use anyhow::{Context, Result};
use fastrand::Rng;

/// The file that has them, relative to the root of the repository.
pub(crate) const DATA: &str = "xtask/data/torture.toml";

/// A text of any size: something once, something again and again, something else again and again.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    once: String,
    first: String,
    /// Empty where one thing fills the whole text.
    second: String,
}

impl Shape {
    /// A word that is repeated.
    pub(super) fn of_word(word: &str) -> Self {
        Self { once: String::new(), first: format!("{word} "), second: String::new() }
    }

    /// What it is made of.
    pub(super) fn name(&self) -> String {
        let parts = [&self.once, &self.first, &self.second].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(" … ")
    }

    /// The text of at least so many bytes.
    pub(super) fn text(&self, size: usize) -> String {
        let mut text = self.once.clone();
        let half = if self.second.is_empty() { size } else { size / 2 };
        repeat(&self.first, half, &mut text);
        if !self.second.is_empty() {
            repeat(&self.second, size, &mut text);
        }
        text
    }
}

/// Appends a text until there are so many bytes.
fn repeat(text: &str, size: usize, out: &mut String) {
    let varies = text.contains('{');
    let mut number = 0;
    while out.len() < size {
        if varies {
            out.push_str(&text.replace("{n}", &number.to_string()).replace("{w}", &word(number)));
        } else {
            out.push_str(text);
        }
        number += 1;
    }
}

/// A word of four letters or more that no lexicon knows, another one for each number.
fn word(number: u64) -> String {
    const LETTERS: [char; 16] = ['ب', 'ت', 'ج', 'ح', 'خ', 'د', 'ر', 'ز', 'س', 'ش', 'ص', 'ط', 'ع', 'ف', 'ق', 'ك'];
    let digits = (64 - number.leading_zeros()).div_ceil(4).max(4);
    (0..digits).rev().map(|digit| LETTERS[(number >> (4 * digit) & 15) as usize]).collect()
}

/// The shapes of the data and the form of output of each.
pub(super) fn all(data: &toml::Table) -> Result<Vec<(Shape, &'static str)>> {
    let repeated = strings(data, "repeat")?.into_iter().map(|first| ["".into(), first, "".into()]);
    let halves = pairs(data, "halves")?.into_iter().map(|[first, second]| ["".into(), first, second]);
    let after: Vec<_> = pairs(data, "after")?.into_iter().map(|[once, first]| [once, first, "".into()]).collect();
    let of = |[once, first, second]: [String; 3]| Shape { once, first, second };
    let mut shapes: Vec<_> = repeated.chain(halves).chain(after.clone()).map(|parts| (of(parts), "jsonl")).collect();
    for format in strings(data, "formats")? {
        // The names live as long as the program.
        let format: &'static str = format.leak();
        shapes.extend(after.iter().cloned().map(|parts| (of(parts), format)));
    }
    Ok(shapes)
}

/// A list of texts.
pub(crate) fn strings(data: &toml::Table, name: &str) -> Result<Vec<String>> {
    list(data, name)?.iter().map(|value| text(value, name)).collect()
}

fn pairs(data: &toml::Table, name: &str) -> Result<Vec<[String; 2]>> {
    let pair = |value: &toml::Value| match value.as_array().map(Vec::as_slice) {
        Some([first, second]) => Ok([text(first, name)?, text(second, name)?]),
        _ => Err(anyhow::anyhow!("`{name}` in {DATA} is a list of pairs")),
    };
    list(data, name)?.iter().map(pair).collect()
}

fn list<'a>(data: &'a toml::Table, name: &str) -> Result<&'a [toml::Value]> {
    let list = data.get(name).and_then(toml::Value::as_array).map(Vec::as_slice);
    list.with_context(|| format!("{DATA} has no list `{name}`"))
}

fn text(value: &toml::Value, name: &str) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("`{name}` in {DATA} has what is no text"))
}

/// The random text of a seed: what it is, and so many bytes of it.
pub(crate) fn random(words: &[String], seed: u64, size: usize) -> (String, String) {
    let mut rng = Rng::with_seed(seed);
    let count = [2, 2, 3, 3, 4, 5, 6, 8][rng.usize(..8)];
    let parts: Vec<&str> = (0..count).filter_map(|_| rng.choice(words)).map(String::as_str).collect();
    let (all, structure) = (parts.concat(), rng.usize(..8));
    let (first, rest) = (parts.first().copied().unwrap_or_default(), parts.get(1..).unwrap_or_default().concat());
    let mut out = String::new();
    match structure {
        0 => repeat(&all, size, &mut out),
        1 => {
            repeat(first, size / 2, &mut out);
            repeat(&rest, size, &mut out);
        }
        2 => {
            out.push_str(first);
            repeat(&rest, size, &mut out);
        }
        3 => {
            repeat(&rest, size, &mut out);
            out.push_str(first);
        }
        4 => {
            while out.len() < size {
                out.push_str(rng.choice(&parts).copied().unwrap_or_default());
            }
        }
        // Runs of the rest that grow by one.
        5 => {
            for run in 1.. {
                if size <= out.len() {
                    break;
                }
                out.push_str(first);
                out.push_str(&rest.repeat(run));
            }
        }
        // Runs of the first as long as there are runs.
        6 => {
            let run = (size / first.len().max(1)).isqrt() + 1;
            repeat(&format!("{}{rest}", first.repeat(run)), size, &mut out);
        }
        _ => repeat(&format!("{all}{{n}} "), size, &mut out),
    }
    (format!("structure {structure} of {parts:?}"), out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_text_again() {
        let words = ["قال ".to_owned(), "إن ".to_owned(), "{".to_owned()];
        for seed in 0..50 {
            let (name, text) = random(&words, seed, 500);
            assert_eq!((name, text.clone()), random(&words, seed, 500));
            assert!(500 <= text.len(), "seed {seed}");
        }
    }

    #[test]
    fn made_up_words_differ() {
        assert_ne!(word(0), word(1));
        assert_ne!(word(15), word(16));
        assert_eq!((word(0).chars().count(), word(1 << 20).chars().count()), (4, 6));
        let shape = Shape { once: "أ".into(), first: "{w} {n}،".into(), second: "ب".into() };
        assert!(shape.text(40).starts_with("أبببب 0،بببت 1،"));
    }
}
