//! Reads what is measured over.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The documents of all files; folders stand for the text files in them.
pub fn read(paths: &[PathBuf]) -> Result<Vec<String>> {
    let mut documents = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut files: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
            files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
            files.sort();
            documents.extend(read(&files)?);
        } else {
            read_file(path, &mut documents).with_context(|| path.display().to_string())?;
        }
    }
    Ok(documents)
}

fn read_file(path: &Path, documents: &mut Vec<String>) -> Result<()> {
    let name = path.to_string_lossy();
    let bytes = fs::read(path)?;
    let bytes = if name.ends_with(".zst") { zstd::decode_all(bytes.as_slice())? } else { bytes };
    let text = String::from_utf8(bytes)?;
    if name.trim_end_matches(".zst").ends_with(".jsonl") {
        for line in text.lines() {
            let document: serde_json::Value = serde_json::from_str(line)?;
            documents.push(document["text"].as_str().context("a line without \"text\"")?.to_owned());
        }
    } else {
        documents.push(text);
    }
    Ok(())
}
