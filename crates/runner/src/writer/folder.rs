//! A file a document.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khabar_extractor::Scratch;

use super::Writer;
use crate::Annotated;

/// Writes documents so that a [`FolderOutput`] can make a file of each.
///
/// What it writes is a list of frames: length and bytes of a file's name without extension, of its content, and of the
/// document's text where that belongs beside it.
pub struct InFolder(pub Arc<dyn Writer>);

impl Writer for InFolder {
    fn extension(&self) -> &'static str {
        self.0.extension()
    }

    fn document(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
        frame(out, |out| out.extend_from_slice(doc.document.id.as_bytes()));
        frame(out, |out| self.0.file(doc, scratch, out));
        let text = if self.0.text_beside() { doc.document.text } else { "" };
        frame(out, |out| out.extend_from_slice(text.as_bytes()));
    }
}

fn frame(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let at = out.len();
    out.extend_from_slice(&[0; 8]);
    write(out);
    let len = (out.len() - at - 8) as u64;
    out[at..at + 8].copy_from_slice(&len.to_le_bytes());
}

/// Takes what [`InFolder`] writes, whole documents at a time as the pipeline does, and makes files below a folder.
///
/// An id's parts between slashes become folders; what cannot stand in a file name on every system becomes `_`; a second
/// document of the same name gets `-2`.
pub struct FolderOutput {
    folder: PathBuf,
    extension: &'static str,
    text_beside: bool,
    names: HashMap<String, u32>,
}

impl FolderOutput {
    /// An output into a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(folder: &Path, writer: &dyn Writer) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let (extension, text_beside) = (writer.extension(), writer.text_beside());
        Ok(Self { folder: folder.to_owned(), extension, text_beside, names: HashMap::new() })
    }

    fn file(&mut self, id: &str, content: &[u8], text: &[u8]) -> io::Result<()> {
        let mut name = file_name(id);
        // On file systems that know no case `A` and `a` are one.
        let number = self.names.entry(name.to_lowercase()).or_default();
        *number += 1;
        if 1 < *number {
            name = format!("{name}-{number}");
        }
        let path = self.folder.join(format!("{name}.{}", self.extension));
        let told = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(told)?;
        }
        fs::write(&path, content).map_err(told)?;
        if self.text_beside { fs::write(path.with_extension("txt"), text).map_err(told) } else { Ok(()) }
    }
}

impl Write for FolderOutput {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let mut rest = buffer;
        while !rest.is_empty() {
            let (Some(id), Some(content), Some(text)) = (take(&mut rest), take(&mut rest), take(&mut rest)) else {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "half a document"));
            };
            self.file(&String::from_utf8_lossy(id), content, text)?;
        }
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (len, after) = rest.split_first_chunk::<8>()?;
    let (frame, after) = after.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?)?;
    *rest = after;
    Some(frame)
}

/// Longest part of a file name in bytes; file systems allow 255, and an extension follows.
const LONGEST: usize = 200;

fn file_name(id: &str) -> String {
    let part = |part: &str| {
        let mut name: String = part
            .chars()
            .map(|c| if c.is_control() || r#"\:*?"<>|"#.contains(c) || is_bidi_control(c) { '_' } else { c })
            .collect();
        let end = (0..=LONGEST.min(name.len())).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
        name.truncate(end);
        if name.starts_with('.') || name.is_empty() { format!("_{name}") } else { name }
    };
    let parts: Vec<String> = id.split('/').filter(|part| !part.is_empty()).map(part).collect();
    if parts.is_empty() { "_".to_owned() } else { parts.join("/") }
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written_bytes;
    use crate::writer::{Brat, Timex3};

    #[test]
    fn names_stay_below_the_folder() {
        for (id, name) in [
            ("a/b.c", "a/b.c"),
            ("../../etc/passwd", "_../_../etc/passwd"),
            ("/abs", "abs"),
            ("c:\\x\u{0}", "c__x_"),
            ("", "_"),
            (".hidden", "_.hidden"),
            ("خبر ١", "خبر ١"),
        ] {
            assert_eq!(file_name(id), name);
        }
        assert!(file_name(&"خ".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn a_file_a_document() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("is there");
        let inner: Arc<dyn Writer> = Arc::new(Brat);
        let mut output = FolderOutput::new(folder.path(), &*inner).expect("made");
        let (frames, _) = written_bytes(&["⟦number.cardinal=1|1⟧", "نص"], &InFolder(inner));
        output.write_all(&frames).expect("written");
        assert_eq!(read("d0.ann"), "T1\tnumber_cardinal 0 1\t1\n#1\tAnnotatorNotes T1\t{\"value\":\"1\"}\n");
        assert_eq!((read("d0.txt"), read("d1.ann"), read("d1.txt")), ("1".into(), String::new(), "نص".into()));
        output.write_all(&frames).expect("written");
        assert_eq!(read("d1-2.txt"), "نص", "nothing is overwritten");
        let inner: Arc<dyn Writer> = Arc::new(Timex3);
        let mut output = FolderOutput::new(&folder.path().join("new/below"), &*inner).expect("made");
        output.write_all(&written_bytes(&["نص"], &InFolder(inner)).0).expect("written");
        assert!(read("new/below/d0.tml").starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>"));
        assert!(output.write_all(b"half").is_err());
    }
}
