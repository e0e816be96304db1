//! The Arabic README is kept in step with the English one.

use anyhow::Result;

use crate::repo::{self, Findings};

const ORIGINAL: &str = "README.md";
const TRANSLATION: &str = "README.ar.md";

/// Checks that both have the same blocks of code, in the same order, and as many headings.
pub(super) fn check(findings: &mut Findings) -> Result<()> {
    let read = |file: &str| repo::read(&repo::root().join(file));
    let (original, translation) = (read(ORIGINAL)?, read(TRANSLATION)?);
    compare(&original, &translation, findings);
    Ok(())
}

fn compare(original: &str, translation: &str, findings: &mut Findings) {
    let (wanted, found) = (outline(original), outline(translation));
    for (at, (wanted, (line, found))) in wanted.blocks.iter().map(|(_, block)| block).zip(&found.blocks).enumerate() {
        if wanted != found {
            findings.add(format!("{TRANSLATION}:{line}: block {} of code differs from {ORIGINAL}", at + 1));
        }
    }
    for (what, wanted, found) in [
        ("blocks of code", wanted.blocks.len(), found.blocks.len()),
        ("headings", wanted.headings, found.headings),
        ("rows of tables", wanted.rows, found.rows),
    ] {
        if wanted != found {
            findings.add(format!("{TRANSLATION}: {found} {what}, {ORIGINAL} has {wanted}"));
        }
    }
}

#[derive(Default)]
struct Outline<'a> {
    /// The line at which a block begins, and its lines with the fence.
    blocks: Vec<(usize, Vec<&'a str>)>,
    headings: usize,
    rows: usize,
}

fn outline(text: &str) -> Outline<'_> {
    let mut outline = Outline::default();
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        let fence = line.starts_with("```");
        if fence && !inside {
            outline.blocks.push((at + 1, Vec::new()));
        }
        match outline.blocks.last_mut() {
            Some((_, block)) if fence || inside => block.push(line),
            _ => {
                outline.headings += usize::from(line.starts_with('#'));
                outline.rows += usize::from(line.starts_with('|'));
            }
        }
        inside ^= fence;
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(original: &str, translation: &str) -> usize {
        Findings::of(|findings| compare(original, translation, findings)).len()
    }

    #[test]
    fn blocks_and_headings() {
        let text = "# a\n```sh\nx # not a heading\n```\n| b |\n";
        assert_eq!(findings(text, "# ا\n```sh\nx # not a heading\n```\n| ب |\n"), 0);
        assert_eq!(findings(text, &text.replace("x #", "y #")), 1);
        assert_eq!(findings(text, "# ا\n"), 2, "no block, no row");
    }
}
