//! The rows of a delimited file, each with the line it begins on.

use crate::model::Diagnostic;
use crate::model::mapping::Limits;
use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};
use std::io::{Cursor, Error, Read};

/// Why a file's rows cannot be read on.
#[derive(Debug)]
pub(super) enum Failure {
    /// The file is not usable; every problem found.
    Unusable(Vec<Diagnostic>),
    /// The world is unwilling.
    Io(Error),
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Failure {
        Failure::Unusable(vec![finding])
    }
}

/// Reads a file row by row in bounded memory.
///
/// A line feed, with or without a carriage return, ends a row; where the beginning of a file has
/// no line feed at all, a carriage return does. A lone carriage return inside a field belongs to
/// the field.
pub(super) struct Rows<R> {
    reader: Reader<Source<R>>,
    record: ByteRecord,
    header: Vec<String>,
    old_mac: bool,
    read: u64,
    max_rows: u64,
}

impl<R: Read> Rows<R> {
    /// Read the header and stand before the first row.
    pub(super) fn open(reader: R, delimiter: u8, limits: Limits) -> Result<Rows<R>, Failure> {
        let source = Source::open(reader, limits)?;
        let old_mac = !source.head().contains(&b'\n') && source.head().contains(&b'\r');
        let end = if old_mac { b'\r' } else { b'\n' };
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(end))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(source);
        let (record, header, max_rows) =
            (ByteRecord::new(), Vec::new(), limits.rows.min(MOST_ROWS));
        let mut rows = Rows { reader, record, header, old_mac, read: 0, max_rows };
        let mut first = rows.next()?.is_some();
        // a spreadsheet's own word on what stands between values, which the mapping states anyway
        if first && !rows.old_mac && names_the_delimiter(&rows.record) {
            rows.read = 0;
            first = rows.next()?.is_some();
        }
        if !first {
            return Err(Diagnostic::error("log-empty", "", "the log is empty")
                .help("its first line must name the columns")
                .into());
        }
        if let Some(flaw) = rows.flaw() {
            return Err(Diagnostic::error(
                "log-encoding",
                "",
                format!("the first line, which must name the columns, {flaw}"),
            )
            .help("save the file as UTF-8")
            .into());
        }
        let header =
            rows.record.iter().map(|name| String::from_utf8_lossy(name).trim().to_string());
        rows.header = header.collect();
        rows.read = 0;
        Ok(rows)
    }

    /// The names of the columns, blanks around them removed.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Rows handed out so far.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// The next row that is not blank; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, Failure> {
        loop {
            let line = self.reader.position().line();
            self.reader.get_mut().row_served = 0;
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => return Err(self.failure(error, line)),
            }
            if !self.is_blank() {
                break;
            }
        }
        self.read += 1;
        if self.max_rows < self.read.saturating_sub(u64::from(self.header.is_empty())) {
            let message = format!("the log has more than {} rows", self.max_rows);
            return Err(too_large("/limits/rows", message).into());
        }
        let (line, lines) = self.place();
        let flaw = self.flaw();
        Ok(Some(Row { record: &self.record, line, lines, flaw }))
    }

    fn is_blank(&self) -> bool {
        self.record.len() == 1 && self.record[0].trim_ascii().is_empty()
    }

    /// Line on which the record begins, and how many lines it covers.
    fn place(&self) -> (u64, u64) {
        if self.old_mac {
            return (self.read + u64::from(!self.header.is_empty()), 1);
        }
        let inside = self.record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
        let after = self.reader.position();
        let source = self.reader.get_ref();
        // The last row may end without a line feed; then the count stands on its own last line.
        let unended = after.byte() == source.served && source.last != b'\n';
        let begins = (after.line() + u64::from(unended)).saturating_sub(1 + inside);
        (begins.max(1), inside + 1)
    }

    /// What makes the whole row unreadable.
    fn flaw(&self) -> Option<&'static str> {
        let bytes = self.record.as_slice();
        if bytes.contains(&0) {
            return Some("holds a NUL byte");
        }
        if !bytes.is_ascii() && self.record.iter().any(|field| str::from_utf8(field).is_err()) {
            return Some("is not UTF-8");
        }
        if self.header.is_empty() {
            return None;
        }
        if self.record.len() < self.header.len() {
            return Some("has fewer fields than the header");
        }
        let more = self.record.iter().skip(self.header.len());
        if more.into_iter().any(|field| !field.trim_ascii().is_empty()) {
            return Some("has more fields than the header");
        }
        None
    }

    fn failure(&self, error: csv::Error, line: u64) -> Failure {
        let source = self.reader.get_ref();
        match source.over {
            Some(Over::File) => {
                let message = format!("the log is larger than {} bytes", source.limits.bytes);
                too_large("/limits/bytes", message).into()
            }
            Some(Over::Row) => {
                let limit = source.limits.row_bytes;
                let message = format!("the row at line {line} is longer than {limit} bytes");
                Diagnostic::error("log-too-large", "/limits/row_bytes", message)
                    .help("a quotation mark may not be closed there; or raise `row_bytes`")
                    .into()
            }
            None => match error.into_kind() {
                csv::ErrorKind::Io(error) => Failure::Io(error),
                other => Failure::Io(Error::other(format!("{other:?}"))),
            },
        }
    }
}

/// Whether a first line is a spreadsheet's `sep=;`.
fn names_the_delimiter(record: &ByteRecord) -> bool {
    let field = |at: usize| {
        let field = record.get(at).unwrap_or_default();
        field.strip_suffix(b"\r").unwrap_or(field)
    };
    match record.len() {
        1 => field(0).len() == 5 && field(0).starts_with(b"sep="),
        2 => field(0) == b"sep=" && field(1).is_empty(),
        _ => false,
    }
}

/// A file beyond the mapping's limits.
pub(super) fn too_large(pointer: &str, message: String) -> Diagnostic {
    Diagnostic::error("log-too-large", pointer, message)
        .help("raise the limit, or split the file by time")
}

/// One row.
pub(super) struct Row<'a> {
    record: &'a ByteRecord,
    /// Line it begins on.
    pub(super) line: u64,
    /// Lines it covers.
    pub(super) lines: u64,
    /// Why it cannot be read, if so.
    pub(super) flaw: Option<&'static str>,
}

impl<'a> Row<'a> {
    /// The value in a column as it stands, blanks around it removed.
    pub(super) fn raw(&self, column: usize) -> &'a str {
        self.record.get(column).and_then(|field| str::from_utf8(field).ok()).unwrap_or("").trim()
    }
}

/// Rows are numbered in 32 bits, and each may name one more that is not in the file.
const MOST_ROWS: u64 = (1 << 31) - 1;
/// Read-ahead of the record reader.
const BUFFER: usize = 1 << 16;
/// How much of a file is looked at before the first row is read.
const HEAD: u64 = 1 << 16;

#[derive(Debug, Clone, Copy)]
enum Over {
    File,
    Row,
}

/// The bytes of a file, without a byte order mark, up to the limits.
struct Source<R> {
    head: Cursor<Vec<u8>>,
    rest: R,
    limits: Limits,
    served: u64,
    row_served: u64,
    last: u8,
    over: Option<Over>,
}

impl<R: Read> Source<R> {
    fn open(mut rest: R, limits: Limits) -> Result<Source<R>, Failure> {
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head).map_err(Failure::Io)?;
        if let Some(kind) = foreign(&head) {
            let message = format!("the log is {kind}, not delimited text in UTF-8");
            return Err(Diagnostic::error("log-encoding", "", message)
                .help("export it as CSV in UTF-8")
                .into());
        }
        if head.starts_with(b"\xEF\xBB\xBF") {
            head.drain(..3);
        }
        let head = Cursor::new(head);
        Ok(Source { head, rest, limits, served: 0, row_served: 0, last: 0, over: None })
    }

    fn head(&self) -> &[u8] {
        self.head.get_ref()
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut n = self.head.read(buffer)?;
        if n == 0 {
            n = self.rest.read(buffer)?;
        }
        self.served += n as u64;
        self.row_served += n as u64;
        if let Some(&last) = buffer[..n].last() {
            self.last = last;
        }
        self.over = if self.limits.bytes < self.served {
            Some(Over::File)
        } else if self.limits.row_bytes.saturating_add(2 * BUFFER as u64) < self.row_served {
            Some(Over::Row)
        } else {
            None
        };
        if self.over.is_some() { Err(Error::other("beyond the limits")) } else { Ok(n) }
    }
}

/// What kind of file this is by its first bytes, where it is surely not UTF-8 text.
fn foreign(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"\xFF\xFE\0\0") || head.starts_with(b"\0\0\xFE\xFF") {
        return Some("in UTF-32");
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Some("in UTF-16");
    }
    if head.starts_with(b"PK\x03\x04") {
        return Some("a spreadsheet or zip archive");
    }
    if head.starts_with(b"\x1F\x8B") {
        return Some("compressed with gzip");
    }
    let start = &head[..head.len().min(256)];
    let nul = |odd: usize| start.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let half = start.len() / 2;
    let looks = 8 <= half && (half * 3 / 4 < nul(0) || half * 3 / 4 < nul(1));
    (looks && nul(0) + nul(1) < start.len() * 3 / 4).then_some("in UTF-16 (without a mark)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &[u8]) -> Vec<(u64, String)> {
        let mut rows = Rows::open(file, b',', Limits::default()).expect("a header");
        let mut found = Vec::new();
        while let Some(row) = rows.next().expect("readable") {
            found.push((row.line, row.flaw.unwrap_or(row.raw(0)).to_string()));
        }
        found
    }

    fn refusal(file: &[u8], limits: Limits) -> String {
        let result = Rows::open(file, b',', limits).and_then(|mut rows| {
            while rows.next()?.is_some() {}
            Ok(())
        });
        match result {
            Err(Failure::Unusable(found)) => found[0].message.clone(),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    fn at(line: u64, value: &str) -> (u64, String) {
        (line, value.to_string())
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        let plain = vec![at(2, "x"), at(4, "y"), at(5, "z")];
        assert_eq!(lines(b"a,b\nx,1\n\ny,2\nz,3"), plain);
        assert_eq!(lines(b"a,b\r\nx,1\r\n\r\ny,2\r\nz,3\r\n"), plain);
        assert_eq!(lines(b"\xEF\xBB\xBFa,b\nx,1\n\n\"y\",2\nz,3\n"), plain);
        assert_eq!(lines(b"a,b\rx,1\ry,2\r"), [at(2, "x"), at(3, "y")]);
        assert_eq!(lines(b"a,b\n\"x\n\n\",\"1\n\"\ny,2"), [at(2, "x"), at(6, "y")]);
        assert_eq!(lines(b"a,b\nx\ry,1\nz,2\n"), [at(2, "x\ry"), at(3, "z")]);
    }

    #[test]
    fn unreadable_rows_say_why_and_do_not_stop_the_rest() {
        let found = lines(b"a,b\n\xFF,1\nx\0,1\nx\nx,1,2\nx,1,,\ny,2\n");
        let reasons = [
            at(2, "is not UTF-8"),
            at(3, "holds a NUL byte"),
            at(4, "has fewer fields than the header"),
            at(5, "has more fields than the header"),
            at(6, "x"),
            at(7, "y"),
        ];
        assert_eq!(found, reasons);
    }

    #[test]
    fn what_is_not_utf_8_text_is_named() {
        let default = Limits::default();
        assert_eq!(refusal(b"", default), "the log is empty");
        let wide: Vec<u8> = "when,what\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(refusal(&wide, default).contains("in UTF-16 (without a mark)"));
        assert!(refusal(&[b"\xFF\xFE", &wide[..]].concat(), default).contains("in UTF-16,"));
        assert!(refusal(b"PK\x03\x04...", default).contains("spreadsheet"));
        assert!(refusal(b"a\xFF,b\n", default).contains("is not UTF-8"));
    }

    #[test]
    fn limits_are_kept_and_name_the_line() {
        let few = Limits { rows: 2, ..Limits::default() };
        assert_eq!(lines(b"a\n1\n2\n").len(), 2);
        assert_eq!(refusal(b"a\n1\n2\n3\n", few), "the log has more than 2 rows");
        let small = Limits { bytes: 5, ..Limits::default() };
        assert_eq!(refusal(b"a\n1\n2\n", small), "the log is larger than 5 bytes");
        let mut open = b"a,b\n1,2\n3,\"".to_vec();
        open.resize(1 << 20, b'x');
        let short = Limits { row_bytes: 1000, ..Limits::default() };
        assert_eq!(refusal(&open, short), "the row at line 3 is longer than 1000 bytes");
        open.extend(b"\"\n4,5\n");
        assert_eq!(lines(&open).last(), Some(&at(4, "4")));
    }
}
