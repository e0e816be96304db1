//! `cargo xtask tidy`: the repository's rules as code.

mod data;
mod files;
mod house;
mod layers;
mod packages;
mod translation;

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::repo::{self, Findings};

pub(crate) const HELP: &str = "\
checks the repository's rules: layers, file sizes, licences, data files, documents

usage: cargo xtask tidy

  layers      dependencies inside the workspace point down only; a plugin's library never knows the C interface
  packages    every package has the workspace's licence and lints, a description and, if it is published, a README;
              no unsafe code outside of crates/abi; `export!` only where the sole crate type is cdylib
  files       no source file above 600 lines, no blanks at line ends, a newline at the end, no paths of one machine,
              no dead links in documents
  translation README.ar.md has the code of README.md, and as many headings and rows of tables
  house       what is said in Arabic is data; word lists have one syntax; tricks stand in their rooms; the modules of an
              extractor form no circle; the extractors are laid out alike
  data        lexicons name their source and have no entry twice; text files are sorted, or say `# order: WHY`";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    let mut findings = Findings::default();
    let workspace = repo::packages()?;
    layers::check(&workspace, &mut findings);
    packages::check(&workspace, &mut findings)?;
    translation::check(&mut findings)?;
    let mut texts = Vec::new();
    for file in tracked()? {
        let path = repo::root().join(&file);
        // Removed but not committed, or no text.
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        files::check(&file, &text, &mut findings);
        packages::check_export(&workspace, &file, &text, &mut findings);
        data::check(&file, &text, &mut findings);
        texts.push((file, text));
    }
    house::check(&texts, &mut findings);
    findings.end("tidy")
}

/// The files that git knows or would add, sorted, relative to the root.
fn tracked() -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.current_dir(repo::root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let mut files: Vec<String> = repo::output(&mut git)?.split_terminator('\0').map(str::to_owned).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// Whether a file lies in a folder of this name.
fn is_below(file: &str, folder: &str) -> bool {
    Path::new(file).components().any(|part| part.as_os_str() == folder)
}
