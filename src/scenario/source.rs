//! A scenario's text, before anything is known about it.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::model::Diagnostic;

/// Largest file read unless told otherwise: 10 MB.
pub const LARGEST_FILE: u64 = 10_000_000;

/// The file could not be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read scenario `{}`: {cause}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub cause: std::io::Error,
}

/// The text of a scenario and the name under which it was given.
///
/// A text that cannot be one (UTF-16, not UTF-8, too large) is a source nevertheless: loading it
/// tells what is wrong with it.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name as given, shown in diagnostics.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// Folder against which the scenario's own paths are resolved.
    pub(super) folder: Option<PathBuf>,
    /// Folder of inquiry logs that do not lie beside the scenario.
    pub(super) data: Option<PathBuf>,
    /// What is wrong with the bytes.
    pub(super) fault: Option<(Diagnostic, Range<usize>)>,
}

impl Source {
    /// A text that did not come from a file.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        let text = text.strip_prefix('\u{feff}').map_or(text.clone(), String::from);
        Source { name: name.into(), text, folder: None, data: None, fault: None }
    }

    /// The same text, whose logs may also lie in this folder.
    #[must_use]
    pub fn with_data(self, folder: Option<PathBuf>) -> Source {
        Source { data: folder, ..self }
    }

    /// The same text, as if it had been read from a file of this folder.
    #[must_use]
    pub fn beside(self, folder: Option<PathBuf>) -> Source {
        Source { folder, ..self }
    }

    /// The folder named for its logs, if any was.
    pub fn data(&self) -> Option<&Path> {
        self.data.as_deref()
    }

    /// Read a file of at most `limit` bytes.
    ///
    /// # Errors
    /// If the file cannot be opened or read.
    pub fn read(path: &Path, limit: u64) -> Result<Source, ReadError> {
        let told = |cause| ReadError { path: path.into(), cause };
        let name = path.display().to_string();
        let size = std::fs::metadata(path).map_err(told)?.len();
        let mut source = if limit < size {
            Source::too_large(name, size, limit)
        } else {
            // one byte more than allowed shows a file that grew, or a device without a size
            use std::io::Read;
            let mut bytes = Vec::new();
            let file = std::fs::File::open(path).map_err(told)?;
            file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(told)?;
            if limit < bytes.len() as u64 {
                Source::too_large(name, bytes.len() as u64, limit)
            } else {
                Source::from_bytes(name, &bytes)
            }
        };
        source.folder = path
            .parent()
            .map(|folder| if folder.as_os_str().is_empty() { ".".into() } else { folder.into() });
        Ok(source)
    }

    /// The text of these bytes.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Source {
        let name = name.into();
        let wide = |big: bool, bytes: &[u8]| -> String {
            let units = bytes.chunks_exact(2).map(|pair| {
                if big {
                    u16::from_be_bytes([pair[0], pair[1]])
                } else {
                    u16::from_le_bytes([pair[0], pair[1]])
                }
            });
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        };
        let utf16 = match bytes {
            [0xff, 0xfe, rest @ ..] => Some(wide(false, rest)),
            [0xfe, 0xff, rest @ ..] => Some(wide(true, rest)),
            [first, 0, ..] if *first != 0 => Some(wide(false, bytes)),
            [0, first, ..] if *first != 0 => Some(wide(true, bytes)),
            _ => None,
        };
        if let Some(text) = utf16 {
            let fault =
                Diagnostic::error("utf-16", "", "the file is UTF-16").help("save it as UTF-8");
            return Source { fault: Some((fault, 0..0)), ..Source::new(name, text) };
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Source::new(name, text),
            Err(error) => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let at = error.valid_up_to();
                let fault =
                    Diagnostic::error("not-utf-8", "", "the file is not UTF-8 from here on")
                        .help("save it as UTF-8");
                Source { fault: Some((fault, at..at + 3)), ..Source::new(name, text) }
            }
        }
    }

    fn too_large(name: String, size: u64, limit: u64) -> Source {
        let fault = Diagnostic::error("too-large", "", format!("the file has {size} bytes, more than the limit of {limit}"))
            .help("raise the limit with `--max-file-bytes`, or keep recorded inquiries in a log file of their own");
        Source { fault: Some((fault, 0..0)), ..Source::new(name, "") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(Source::from_bytes("a", b"\xef\xbb\xbf{}").text, "{}");
    }

    #[test]
    fn encodings_are_named() {
        let code = |bytes: &[u8]| Source::from_bytes("a", bytes).fault.map(|(fault, _)| fault.code);
        assert_eq!(code(b"\xff\xfe{\0}\0"), Some("utf-16"));
        assert_eq!(code(b"{\0}\0"), Some("utf-16"));
        assert_eq!(code(b"{\"a\": \"\xe9\"}"), Some("not-utf-8"));
        assert_eq!(code("{\"é\": 1}".as_bytes()), None);
    }
}
