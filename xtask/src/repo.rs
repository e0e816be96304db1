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

/// Builds in release and returns the files that cargo says it made (or had): `(target name, file)`, libraries and
/// programs of the workspace alone.
///
/// # Errors
/// When the build fails.
pub(crate) fn build_release(arguments: &[&str]) -> Result<Vec<(String, PathBuf)>> {
    let mut command = cargo(&["build", "--release", "--message-format=json-render-diagnostics"]);
    eprintln!("$ cargo build --release {}", arguments.join(" "));
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

/// A package of the workspace.
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its folder, relative to the root.
    pub(crate) folder: String,
    /// Crate types of its targets but tests, examples and build scripts: `lib`, `cdylib`, `bin`.
    pub(crate) targets: Vec<String>,
    /// Its licence field.
    pub(crate) license: Option<String>,
    /// Packages of the workspace that it depends on, tests' and build scripts' aside.
    pub(crate) dependencies: Vec<String>,
}

/// The packages of the workspace, by name.
///
/// # Errors
/// When cargo can't read the workspace.
pub(crate) fn packages() -> Result<Vec<Package>> {
    let metadata = output(&mut cargo(&["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Json = serde_json::from_str(&metadata).context("cargo metadata")?;
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Json| value.as_array().cloned().unwrap_or_default();
    let mut packages = Vec::new();
    for package in list(&metadata["packages"]) {
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        let built = |target: &Json| matches!(target["kind"][0].as_str(), Some("lib" | "cdylib" | "bin" | "rlib"));
        let targets = list(&package["targets"]);
        let normal = |d: &Json| d["kind"].is_null() && d["path"].is_string();
        packages.push(Package {
            name: text(&package["name"]),
            folder: manifest.parent().map(relative).unwrap_or_default(),
            targets: targets
                .iter()
                .filter(|t| built(t))
                .flat_map(|t| list(&t["crate_types"]))
                .map(|t| text(&t))
                .collect(),
            license: package["license"].as_str().map(str::to_owned),
            dependencies: list(&package["dependencies"])
                .iter()
                .filter(|d| normal(d))
                .map(|d| text(&d["name"]))
                .collect(),
        });
    }
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

fn is_library(extension: &std::ffi::OsStr) -> bool {
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
