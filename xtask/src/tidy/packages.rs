//! What every package must have.

use std::path::Path;

use anyhow::Result;

use crate::repo::{self, Findings, Package};

const LICENSE: &str = "MIT OR Apache-2.0";

/// Where code may be unsafe: the C interface, and kernels with vector instructions.
const UNSAFE: &[&str] = &["crates/abi", "crates/simd"];

/// Checks manifests and the first lines of crates.
///
/// # Errors
/// When a manifest or the root of a crate can't be read.
pub(super) fn check(workspace: &[Package], findings: &mut Findings) -> Result<()> {
    for package in workspace {
        let Package { folder, targets, license, description, .. } = package;
        let mut wrong = |what: &str| findings.add(format!("{folder}: {what}"));
        if license.as_deref() != Some(LICENSE) {
            wrong(&format!("`license` is not {LICENSE}"));
        }
        if description.is_none() {
            wrong("no `description`");
        }
        let home = repo::root().join(folder);
        // The template inherits nothing, so that it can be copied.
        if !folder.starts_with("plugins/template")
            && !repo::read(&home.join("Cargo.toml"))?.contains("[lints]\nworkspace = true")
        {
            wrong("the manifest does not take the workspace's lints");
        }
        if package.published && !home.join("README.md").is_file() {
            wrong("no README.md");
        }
        if UNSAFE.contains(&folder.as_str()) {
            continue;
        }
        for target in targets {
            if !repo::read(&target.root)?.contains("#![forbid(unsafe_code)]") {
                wrong(&format!("{} does not forbid unsafe code", repo::relative(&target.root)));
            }
        }
    }
    Ok(())
}

/// `export!` defines a symbol that a program can hold once, so that no library that others link may have it.
pub(super) fn check_export(workspace: &[Package], file: &str, text: &str, findings: &mut Findings) {
    let Some(line) = text.lines().position(exports) else { return };
    let holder = |p: &&Package| file.strip_prefix(p.folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
    // The innermost package; what belongs to none is built apart from the workspace.
    let Some(package) = workspace.iter().filter(holder).max_by_key(|package| package.folder.len()) else { return };
    let alone = !package.targets.is_empty() && package.targets.iter().all(|t| t.crate_type == "cdylib");
    // Tests and examples are programs of their own, which nothing links.
    let linked = Path::new(file).starts_with(Path::new(&package.folder).join("src"));
    if linked && file.ends_with(".rs") && !alone {
        findings.add(format!("{file}:{}: `export!` in a package that is not a cdylib alone", line + 1));
    }
}

fn exports(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("khabar_abi::export!(") || line.starts_with("export!(")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Target;

    #[test]
    fn export_stands_in_cdylibs_alone() {
        let package = |folder: &str, types: &[&str]| Package {
            folder: folder.into(),
            targets: types.iter().map(|t| Target { crate_type: (*t).into(), root: "lib.rs".into() }).collect(),
            ..Package::default()
        };
        let workspace = [package("plugins/a", &["lib", "cdylib"]), package("plugins/a/dylib", &["cdylib"])];
        let text = "//! One line.\nkhabar_abi::export!(a::A);\n";
        let found = |file: &str, text: &str| Findings::of(|findings| check_export(&workspace, file, text, findings));
        assert_eq!(
            found("plugins/a/src/lib.rs", text),
            ["plugins/a/src/lib.rs:2: `export!` in a package that is not a cdylib alone"]
        );
        assert!(found("plugins/a/dylib/src/lib.rs", text).is_empty());
        assert!(found("plugins/a/tests/a.rs", text).is_empty());
        assert!(found("plugins/a/src/lib.rs", "/// khabar_abi::export!(a::A);\n").is_empty());
    }
}
