//! `cargo xtask new-plugin`: a copy of plugins/template under a name of its own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use lexopt::{Arg, ValueExt};

use crate::repo;

pub(crate) const HELP: &str = "\
makes a plugin of your own out of plugins/template

usage: cargo xtask new-plugin NAME [--path FOLDER]

NAME is lower case with hyphens, such as tickers or acme-tickers. The plugin is a workspace of its own in FOLDER (NAME
in the current folder, if left out), which can be moved anywhere; it takes khabar's crates from this checkout and the
versions of all others from its Cargo.lock.";

/// What stands in the template for the plugin's name, and for the way to khabar's crates.
const NAME: &str = "template";
const CRATES: &str = "../../crates/";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let (mut name, mut folder) = (None, None);
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("path") => folder = Some(PathBuf::from(args.value()?)),
            Arg::Value(value) if name.is_none() => name = Some(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(name) = name else { bail!("which name? See `cargo xtask help new-plugin`") };
    let names = Names::new(&name)?;
    let folder = folder.unwrap_or_else(|| PathBuf::from(&name));
    if folder.exists() {
        bail!("{} is there already", folder.display());
    }
    copy(&names, &folder)?;
    println!(
        "{}: a plugin that finds news agencies, to be made yours. Next:\n\n  \
         cd {}\n  cargo test\n  cargo build --release --workspace",
        folder.display(),
        folder.display()
    );
    Ok(())
}

fn copy(names: &Names, folder: &Path) -> Result<()> {
    let root = repo::root();
    let template = root.join("plugins").join(NAME);
    let crates = root.join("crates").to_str().context("the path of this checkout is not UTF-8")?.replace('\\', "/");
    for file in repo::walk(&template, &|folder| !folder.ends_with("target"))? {
        let below = file.strip_prefix(&template)?.to_str().context("a file of the template is not UTF-8")?;
        let mut text = repo::read(&file)?;
        if below == "Cargo.toml" {
            text = own_workspace(&text);
        }
        if below.ends_with("Cargo.toml") {
            // dylib/ lies one folder deeper.
            text = text.replace(&format!("../{CRATES}"), &format!("{crates}/")).replace(CRATES, &format!("{crates}/"));
        }
        repo::write(&folder.join(names.put_into(below)), names.put_into(&text))?;
    }
    repo::write(&folder.join("Cargo.lock"), repo::read(&root.join("Cargo.lock"))?)
}

/// The manifest of a workspace of its own: the lines behind `#:` count, what the head says of them is gone.
fn own_workspace(manifest: &str) -> String {
    let lines = manifest.lines().filter(|line| !line.starts_with("# "));
    let mut own: String = lines.map(|line| format!("{}\n", line.strip_prefix("#: ").unwrap_or(line))).collect();
    own.insert_str(0, "# khabar's crates are taken from a checkout, until `version` alone will do.\n");
    own
}

/// The forms of a plugin's name.
struct Names {
    /// `acme-tickers`: packages.
    hyphens: String,
    /// `acme_tickers`: crates, kinds, the extractor.
    underscores: String,
    /// `AcmeTickers`: the type.
    camel: String,
}

impl Names {
    fn new(name: &str) -> Result<Self> {
        let well_formed = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        if !name.split('-').all(well_formed) {
            bail!("`{name}`: a name is lower case letters and digits, words joined by hyphens");
        }
        // Each would be a crate that khabar has.
        if ["core", "arabic", "extractor", "lexicon", "abi", "runner", "cli", "eval", "report"].contains(&name) {
            bail!("`{name}`: khabar has a crate khabar-{name}");
        }
        let word = |part: &str| part[..1].to_ascii_uppercase() + &part[1..];
        Ok(Self {
            hyphens: name.to_owned(),
            underscores: name.replace('-', "_"),
            camel: name.split('-').map(word).collect(),
        })
    }

    fn put_into(&self, text: &str) -> String {
        let library = |name: &str| {
            let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
            format!("release/{prefix}khabar_{name}_plugin{suffix}")
        };
        text.replace("release/libkhabar_template_plugin.so", &library(NAME))
            .replace("khabar-template", &format!("khabar-{}", self.hyphens))
            .replace("Template", &self.camel)
            .replace(NAME, &self.underscores)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let names = Names::new("acme-tickers2").expect("a name");
        assert_eq!(
            names.put_into("khabar-template khabar_template::Template \"template.agency\" tests/template.rs"),
            "khabar-acme-tickers2 khabar_acme_tickers2::AcmeTickers2 \"acme_tickers2.agency\" tests/acme_tickers2.rs"
        );
        for name in ["", "Acme", "acme_tickers", "-a", "a--b", "2a", "خبر", "core"] {
            assert!(Names::new(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_workspace_of_its_own() {
        let manifest = "# About\n# this.\n#: [workspace]\n#: members = [\"dylib\"]\n\n[package]\nname = \"a\"\n";
        let own = own_workspace(manifest);
        let lines: Vec<&str> = own.lines().skip(1).collect();
        assert_eq!(lines, ["[workspace]", "members = [\"dylib\"]", "", "[package]", "name = \"a\""]);
    }
}
