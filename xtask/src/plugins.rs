//! `cargo xtask plugins`: khabar's own extractors as shared libraries.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::repo;

pub(crate) const HELP: &str = "\
builds the plugins' shared libraries in release and says where they are

usage: cargo xtask plugins

Builds the `dylib` package of every plugin under plugins/. Name the files in a khabar.toml to load them:

    [[extractor]]
    plugin = \"target/release/libkhabar_numbers_plugin.so\"";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    for library in build()? {
        println!("{}", library.display());
    }
    Ok(())
}

/// Builds the shared library of every plugin in release, and returns their files in order of name.
///
/// # Errors
/// When one doesn't build.
pub(crate) fn build() -> Result<Vec<PathBuf>> {
    let packages = packages()?;
    libraries(&packages, &repo::build("release", &arguments(&packages))?)
}

/// Builds the program and the shared library of every plugin in a profile, at once, so that what they share is built
/// once: returns the program, and the libraries in order of name.
///
/// # Errors
/// When one doesn't build.
pub(crate) fn build_all(profile: &str) -> Result<(PathBuf, Vec<PathBuf>)> {
    let packages = packages()?;
    let made = repo::build(profile, &[&["--package", "khabar-cli"], &*arguments(&packages)].concat())?;
    Ok((repo::program(&made)?, libraries(&packages, &made)?))
}

fn arguments(packages: &[String]) -> Vec<&str> {
    packages.iter().flat_map(|package| ["--package", package.as_str()]).collect()
}

/// The shared libraries among what was built, one of each package.
fn libraries(packages: &[String], made: &[(String, PathBuf)]) -> Result<Vec<PathBuf>> {
    let files = made.iter().map(|(_, file)| file.clone());
    let files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(repo::is_library)).collect();
    if files.len() != packages.len() {
        bail!("cargo made {} libraries of {} packages: {files:?}", files.len(), packages.len());
    }
    Ok(files)
}

/// The packages under plugins/ whose only target is a shared library; the template finds nothing that users asked for.
fn packages() -> Result<Vec<String>> {
    let mut packages = Vec::new();
    for package in repo::packages()? {
        let mine = package.folder.starts_with("plugins/") && !package.folder.starts_with("plugins/template/");
        if mine && package.targets.iter().all(|target| target.crate_type == "cdylib") {
            packages.push(package.name);
        }
    }
    packages.sort();
    if packages.is_empty() {
        bail!("no plugin under plugins/ has a package of crate type cdylib")
    }
    Ok(packages)
}
