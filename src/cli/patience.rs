//! Waiting for what others write, and saying so.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use crate::cli::terminal::Terminal;

/// How long a pipe is waited for before that is told.
const LONG: Duration = Duration::from_secs(1);

/// Read a file in this way. Where it is a named pipe and nobody writes into it, that is remarked after a while, so that
/// nobody takes the silence for work; Ctrl-C ends the wait.
pub(super) fn patiently<T>(path: &Path, remarks: Option<&Terminal>, read: impl FnOnce() -> T) -> T {
    let Some(terminal) = remarks.filter(|_| is_pipe(path)) else { return read() };
    std::thread::scope(|threads| {
        let (done, waiting) = mpsc::channel::<()>();
        // without the thread nothing is told, and no more than that
        let told = std::thread::Builder::new().spawn_scoped(threads, move || {
            if waiting.recv_timeout(LONG) == Err(mpsc::RecvTimeoutError::Timeout) {
                terminal.remark(&format!(
                    "note: `{}` is a pipe, and this waits for what is written into it; Ctrl-C ends the wait\n",
                    path.display()
                ));
            }
        });
        let _ = told;
        let all = read();
        drop(done);
        all
    })
}

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata(path).is_ok_and(|there| there.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}
