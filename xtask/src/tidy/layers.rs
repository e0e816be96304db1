//! Which package may depend on which.

use crate::repo::{Findings, Package};

/// The layers from the bottom up: a package and what it may depend on; `*` stands for one name, and `?` says that the
/// dependency must be optional.
const LAYERS: &[(&str, &[&str])] = &[
    ("crates/core", &[]),
    ("crates/simd", &[]),
    ("crates/arabic", &["crates/core", "crates/simd"]),
    ("crates/extractor", &["crates/core", "crates/arabic"]),
    ("crates/eval", &[]),
    ("crates/report", &[]),
    ("crates/abi", &["crates/core", "crates/arabic", "crates/extractor"]),
    ("crates/lexicon", &["crates/core", "crates/arabic", "crates/extractor"]),
    ("plugins/*", &["crates/core", "crates/arabic", "crates/extractor", "crates/lexicon", "plugins/*"]),
    ("plugins/*/dylib", &["crates/abi", "plugins/*"]),
    ("plugins/*/train", &["crates/core", "crates/arabic", "crates/extractor", "crates/eval", "plugins/*"]),
    (
        "crates/runner",
        &["crates/core", "crates/arabic", "crates/extractor", "crates/abi", "crates/report", "plugins/*?"],
    ),
    (
        "crates/cli",
        &["crates/core", "crates/arabic", "crates/extractor", "crates/eval", "crates/report", "crates/runner"],
    ),
    ("tests", &["crates/*", "plugins/*", "plugins/*/dylib"]),
    ("xtask", &["crates/eval"]),
];

/// Checks what every package of the workspace depends on, its tests aside.
pub(super) fn check(workspace: &[Package], findings: &mut Findings) {
    for package in workspace {
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| matches(layer, &package.folder)) else {
            findings
                .add(format!("{}: {} belongs to no layer of xtask/src/tidy/layers.rs", package.folder, package.name));
            continue;
        };
        for dependency in &package.dependencies {
            let Some(below) = workspace.iter().find(|other| other.name == dependency.name) else { continue };
            let fits = |rule: &&str| match rule.strip_suffix('?') {
                Some(rule) => dependency.optional && matches(rule, &below.folder),
                None => matches(rule, &below.folder),
            };
            if !allowed.iter().any(fits) {
                let how = if allowed.is_empty() { "on nothing of the workspace".into() } else { allowed.join(", ") };
                findings.add(format!("{}: must not depend on {}, only {how}", package.folder, below.folder));
            }
        }
    }
}

/// Whether a folder fits a rule, in which `*` stands for one name.
fn matches(rule: &str, folder: &str) -> bool {
    let (rule, folder): (Vec<&str>, Vec<&str>) = (rule.split('/').collect(), folder.split('/').collect());
    rule.len() == folder.len() && rule.iter().zip(folder).all(|(rule, name)| *rule == "*" || *rule == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Dependency;

    fn package(folder: &str, dependencies: &[(&str, bool)]) -> Package {
        let dependency = |(name, optional): &(&str, bool)| Dependency { name: (*name).into(), optional: *optional };
        Package {
            name: folder.into(),
            folder: folder.into(),
            dependencies: dependencies.iter().map(dependency).collect(),
            ..Package::default()
        }
    }

    #[test]
    fn dependencies_point_down() {
        let workspace = [
            package("crates/core", &[("crates/arabic", false)]),
            package("crates/arabic", &[("crates/core", false)]),
            package("crates/abi", &[]),
            package("plugins/dates", &[("plugins/numbers", false), ("crates/abi", false)]),
            package("plugins/numbers", &[]),
            package("plugins/dates/dylib", &[("plugins/dates", false), ("crates/abi", false)]),
            package("crates/runner", &[("plugins/numbers", true), ("plugins/dates", false)]),
            package("crates/else", &[]),
        ];
        let findings = Findings::of(|findings| check(&workspace, findings));
        let findings: Vec<&str> = findings.iter().map(|f| f.split(", only").next().unwrap_or(f)).collect();
        assert_eq!(
            findings,
            [
                "crates/core: must not depend on crates/arabic",
                "plugins/dates: must not depend on crates/abi",
                "crates/runner: must not depend on plugins/dates",
                "crates/else: crates/else belongs to no layer of xtask/src/tidy/layers.rs",
            ]
        );
    }
}
