//! A commit of this repository in a folder of its own.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::repo;

/// Puts a commit into a folder; what is there of another is changed, so that little is built anew.
///
/// # Errors
/// When there is no such commit, or the folder cannot be made.
pub(crate) fn check_out(rev: &str, folder: &Path) -> Result<()> {
    let git = |folder: &Path| {
        let mut git = Command::new("git");
        git.arg("-C").arg(folder);
        git
    };
    let name = format!("{rev}^{{commit}}");
    let commit = repo::output(git(&repo::root()).args(["rev-parse", "--verify", "--quiet", &name]));
    let commit = commit.with_context(|| format!("{rev} is no commit of this repository"))?;
    if !folder.join(".git").exists() {
        let mut clone = Command::new("git");
        // Shared: the commits stay where they are.
        clone.args(["clone", "--quiet", "--shared", "--no-checkout"]).arg(repo::root()).arg(folder);
        repo::run(&mut clone)?;
    }
    repo::run(git(folder).args(["checkout", "--quiet", "--force", commit.trim()]))
}
