//! What is wrong with an input, as a value.

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input can be used, but its author should know this.
    Warning,
}

/// One finding about an input: what, where, and what to do.
///
/// Messages are lower case, without a full stop, with the author's own words in backticks. Only
/// rendering turns the pointer into line and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Stable name of the kind of finding, for `orgsim explain`.
    pub code: &'static str,
    /// What was found.
    pub message: String,
    /// JSON Pointer (RFC 6901) of the value at fault, empty for the whole input.
    pub pointer: String,
    /// The words that put the value there, where it is not the input's own: `customers.messages = 400/day`.
    pub set_by: Option<String>,
    /// What to do, where that can be told.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `pointer`.
    pub fn error(
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            pointer: pointer.into(),
            set_by: None,
            help: None,
        }
    }

    /// A warning at `pointer`.
    pub fn warning(
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, pointer, message) }
    }

    /// The same finding about a value that these words put there.
    pub fn set_by(self, words: Option<&str>) -> Diagnostic {
        Diagnostic { set_by: words.map(str::to_owned), ..self }
    }

    /// The same finding with advice.
    pub fn help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }
}
