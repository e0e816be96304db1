//! Why a library, or an extractor of it, cannot be used.

use std::io;
use std::path::PathBuf;

use khabar_extractor::ExtractError;
use thiserror::Error;

use crate::layout::{ABI_MAJOR, PluginDecl, SYMBOL};

/// Why a library, or an extractor of it, cannot be used. Each names the file.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file does not exist or is not readable.
    #[error("{}: cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's message.
        source: io::Error,
    },
    /// The system's loader refuses the file.
    #[error("{}: cannot load this as a shared library: {reason}", path.display())]
    NotALibrary {
        /// The file.
        path: PathBuf,
        /// The loader's message.
        reason: String,
    },
    /// A shared library, but not a khabar plugin.
    #[error("{}: not a khabar plugin: it does not export {SYMBOL}", path.display())]
    NoSymbol {
        /// The file.
        path: PathBuf,
    },
    /// The symbol does not have the expected content.
    #[error("{}: not a khabar plugin: its {SYMBOL} does not begin with KHABARPL", path.display())]
    BadMagic {
        /// The file.
        path: PathBuf,
    },
    /// Built for another major version of the interface.
    #[error(
        "{}: built for version {major}.{minor} of the plugin interface, this khabar takes {ABI_MAJOR}.*: \
         build it against another version of khabar-abi", path.display()
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its major version.
        major: u16,
        /// Its minor version.
        minor: u16,
    },
    /// The declaration is shorter than in version 1.0.
    #[error("{}: its declaration has {size} bytes of {}", path.display(), PluginDecl::SIZE_1_0)]
    TooSmall {
        /// The file.
        path: PathBuf,
        /// Bytes that it has.
        size: u32,
    },
    /// Built with `panic = "abort"`.
    #[error("{}: built with panic = \"abort\", so a panic would end the run: build it with panic = \"unwind\"", path.display())]
    Aborts {
        /// The file.
        path: PathBuf,
    },
    /// The declaration lacks a function or offers nothing.
    #[error("{}: its declaration has no {what}", path.display())]
    Incomplete {
        /// The file.
        path: PathBuf,
        /// What is missing.
        what: &'static str,
    },
    /// The description of an extractor is invalid.
    #[error("{}: cannot describe extractor {index}: {reason}", path.display())]
    Describe {
        /// The file.
        path: PathBuf,
        /// Number of the extractor in the library, from 0.
        index: u32,
        /// What is wrong.
        reason: String,
    },
    /// The library has no extractor of this name.
    #[error("{}: unknown extractor {name:?}: the library has {}", path.display(), offered.join(", "))]
    NoSuchExtractor {
        /// The file.
        path: PathBuf,
        /// The requested name.
        name: String,
        /// The names in the library.
        offered: Vec<String>,
    },
    /// The extractor could not be created.
    #[error("{}: extractor {name:?}: {source}", path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// The extractor.
        name: String,
        /// The reason; [`ExtractError::Config`] for an invalid configuration.
        source: ExtractError,
    },
}
