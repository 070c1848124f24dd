//! The generator's words on standard output, for batteries of statistical tests that read a stream of bytes.
//!
//! ```sh
//! cargo bench --bench words -- ordinals  | dieharder -a -g 200
//! cargo bench --bench words -- customers | RNG_test stdin64
//! ```
//!
//! A battery ends the stream by closing it. `ordinals` are the words of one key and purpose in turn, `customers` one word
//! of each customer in turn, `purposes` one word for each purpose of each customer in turn. `-- --test` writes nothing and
//! looks at the first words of each.

#![expect(clippy::print_stderr, reason = "a benchmark says what it lacks")]

use std::io::{BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use orgsim::draws::{Generator, Purpose, Seed};

/// Purposes next to each other, as an arriving customer asks for them.
const PURPOSES: [Purpose; 4] = [Purpose::Gap, Purpose::Channel, Purpose::Topic, Purpose::Unit];
const WALKS: [&str; 3] = ["ordinals", "customers", "purposes"];

/// The words along one axis of the address, without end.
fn walk(name: &str) -> Option<Box<dyn Iterator<Item = u64>>> {
    let stream = Seed::new(1, 0).stream(0);
    Some(match name {
        "ordinals" => {
            let mut generator = Generator::new(stream.of(0), Purpose::Work);
            Box::new(std::iter::repeat_with(move || generator.bits()))
        }
        "customers" => Box::new((0..).map(move |n| stream.of(n).bits(Purpose::Gap, 0))),
        "purposes" => Box::new((0..).flat_map(move |n| {
            let key = stream.of(n);
            PURPOSES.map(|purpose| key.bits(purpose, 0))
        })),
        _ => return None,
    })
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--test") {
        for name in WALKS {
            let words: std::collections::BTreeSet<u64> =
                walk(name).into_iter().flatten().take(1000).collect();
            assert_eq!(words.len(), 1000, "{name}");
        }
        return ExitCode::SUCCESS;
    }
    let Some(words) = arguments.iter().find_map(|argument| walk(argument)) else {
        eprintln!("say which words: {}", WALKS.join(", "));
        return ExitCode::from(2);
    };
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    for word in words {
        match out.write_all(&word.to_le_bytes()) {
            Ok(()) => {}
            Err(end) if end.kind() == ErrorKind::BrokenPipe => break,
            Err(problem) => {
                eprintln!("the words could not be written: {problem}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
