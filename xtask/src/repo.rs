//! The repository as the commands see it: its root, its files, cargo, and what was found wrong.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// The folder that `cargo` builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The cargo that runs this program, in the workspace's root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Shows a command and runs it.
///
/// # Errors
/// When it can't be started or fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    eprintln!("$ {}", shown(command));
    let status = command.status().with_context(|| shown(command))?;
    if status.success() { Ok(()) } else { bail!("`{}` ended with {status}", shown(command)) }
}

/// Runs a command and returns its standard output; standard error goes where ours goes.
///
/// # Errors
/// When it can't be started, fails, or prints what is not UTF-8.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| shown(command))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", shown(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| shown(command))
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Builds in a profile (`dev`, `release`) and returns the files that cargo says it made (or had): `(target name, file)`,
/// libraries and programs of the workspace alone.
///
/// # Errors
/// When the build fails.
pub(crate) fn build(profile: &str, arguments: &[&str]) -> Result<Vec<(String, PathBuf)>> {
    let mut command = cargo(&["build", "--profile", profile, "--message-format=json-render-diagnostics"]);
    eprintln!("$ cargo build --profile {profile} {}", arguments.join(" "));
    let messages = output(command.args(arguments))?;
    let mut made = Vec::new();
    for message in messages.lines().filter(|line| line.starts_with('{')) {
        let message: Json = serde_json::from_str(message).context("a message of cargo")?;
        let kind = message["target"]["kind"][0].as_str().unwrap_or_default();
        if message["reason"] != "compiler-artifact" || !matches!(kind, "cdylib" | "bin") {
            continue;
        }
        let name = message["target"]["name"].as_str().unwrap_or_default();
        let files = message["filenames"].as_array().map(Vec::as_slice).unwrap_or_default();
        let program = message["executable"].as_str();
        let library = files.iter().filter_map(Json::as_str).find(|f| Path::new(f).extension().is_some_and(is_library));
        if let Some(file) = program.or(library) {
            made.push((name.to_owned(), PathBuf::from(file)));
        }
    }
    made.sort();
    Ok(made)
}

/// Builds the program in release and returns its file.
///
/// # Errors
/// When it doesn't build.
pub(crate) fn build_khabar() -> Result<PathBuf> {
    program(&build("release", &["--package", "khabar-cli"])?)
}

/// The program among what was built.
///
/// # Errors
/// When it is not there.
pub(crate) fn program(made: &[(String, PathBuf)]) -> Result<PathBuf> {
    match made.iter().find(|(name, _)| name == "khabar") {
        Some((_, file)) => Ok(file.clone()),
        None => bail!("khabar-cli has no program `khabar`"),
    }
}

/// A package of the workspace.
#[derive(Default)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its folder, relative to the root.
    pub(crate) folder: String,
    /// Its libraries and programs.
    pub(crate) targets: Vec<Target>,
    /// Its licence field.
    pub(crate) license: Option<String>,
    /// Its description.
    pub(crate) description: Option<String>,
    /// Whether it may go to a registry.
    pub(crate) published: bool,
    /// Packages in folders that it depends on, tests' and build scripts' aside.
    pub(crate) dependencies: Vec<Dependency>,
}

/// A library or a program.
pub(crate) struct Target {
    /// `lib`, `cdylib`, `bin`.
    pub(crate) crate_type: String,
    /// The file that the crate begins with.
    pub(crate) root: PathBuf,
}

/// A package that another one depends on.
pub(crate) struct Dependency {
    /// Its name.
    pub(crate) name: String,
    /// Whether a feature brings it in.
    pub(crate) optional: bool,
}

/// The packages of the workspace, by name.
///
/// # Errors
/// When cargo can't read the workspace.
pub(crate) fn packages() -> Result<Vec<Package>> {
    let metadata = output(&mut cargo(&["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Json = serde_json::from_str(&metadata).context("cargo metadata")?;
    let mut packages: Vec<Package> = list(&metadata["packages"]).map(package).collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

fn package(metadata: &Json) -> Package {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let mut targets = Vec::new();
    for target in list(&metadata["targets"]) {
        let kinds: Vec<&str> = list(&target["kind"]).filter_map(Json::as_str).collect();
        if kinds.iter().any(|kind| matches!(*kind, "lib" | "rlib" | "cdylib" | "bin")) {
            let root = PathBuf::from(text(&target["src_path"]));
            let types = list(&target["crate_types"]);
            targets.extend(types.map(|t| Target { crate_type: text(t), root: root.clone() }));
        }
    }
    let normal = list(&metadata["dependencies"]).filter(|d| d["kind"].is_null() && d["path"].is_string());
    Package {
        name: text(&metadata["name"]),
        folder: Path::new(&text(&metadata["manifest_path"])).parent().map(relative).unwrap_or_default(),
        targets,
        license: metadata["license"].as_str().map(str::to_owned),
        description: metadata["description"].as_str().map(str::to_owned),
        published: metadata["publish"].is_null(),
        dependencies: normal.map(|d| Dependency { name: text(&d["name"]), optional: d["optional"] == true }).collect(),
    }
}

fn list(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_array().into_iter().flatten()
}

/// Whether files with this extension are shared libraries.
pub(crate) fn is_library(extension: &std::ffi::OsStr) -> bool {
    extension == std::env::consts::DLL_EXTENSION
}

/// All files below a folder, sorted; `keep` decides which folders are entered.
///
/// # Errors
/// When a folder can't be read.
pub(crate) fn walk(folder: &Path, keep: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        if !path.is_dir() {
            files.push(path);
        } else if keep(&path) {
            files.extend(walk(&path, keep)?);
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a text file.
///
/// # Errors
/// When it can't be read or is not UTF-8; the error names it.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// Writes a file, with the folders that it needs.
///
/// # Errors
/// When it can't be written; the error names it.
pub(crate) fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    std::fs::write(path, contents).with_context(|| path.display().to_string())
}

/// A path as the repository knows it: relative to the root, with `/`.
pub(crate) fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// What was found wrong, a line each; all is shown before a command fails.
#[derive(Default)]
pub(crate) struct Findings(Vec<String>);

impl Findings {
    /// Adds one.
    pub(crate) fn add(&mut self, finding: impl Into<String>) {
        self.0.push(finding.into());
    }

    /// What a check finds.
    #[cfg(test)]
    pub(crate) fn of(check: impl FnOnce(&mut Self)) -> Vec<String> {
        let mut findings = Self::default();
        check(&mut findings);
        findings.0
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Prints all.
    ///
    /// # Errors
    /// When there is one.
    pub(crate) fn end(self, what: &str) -> Result<()> {
        for finding in &self.0 {
            println!("{finding}");
        }
        match self.0.len() {
            0 => Ok(()),
            1 => bail!("{what}: 1 finding"),
            n => bail!("{what}: {n} findings"),
        }
    }
}
