//! What the program is built from: one registry, pinned by checksum, under licenses that ask for no more than a notice.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licenses that let a program be passed on in any form.
const PERMISSIVE: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether a license expression can be met by permissive licenses alone: of every part joined by AND, one alternative.
fn permissive(expression: &str) -> bool {
    expression.split(" AND ").all(|part| {
        let part = part.trim_matches(['(', ')']).replace('/', " OR ");
        part.split(" OR ").any(|license| PERMISSIVE.contains(&license.trim()))
    })
}

#[test]
fn a_license_that_asks_for_more_is_seen() {
    for fine in ["MIT", "Apache-2.0 / MIT", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"]
    {
        assert!(permissive(fine), "{fine}");
    }
    for more in ["GPL-3.0", "MIT AND GPL-3.0", "LGPL-2.1 OR MPL-2.0", "", "MIT-like"] {
        assert!(!permissive(more), "{more}");
    }
}

#[test]
fn row_40_every_dependency_is_pinned_and_of_one_registry() {
    for lock in ["Cargo.lock", "benches/peers/Cargo.lock", "benches/fuzz/guided/Cargo.lock"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(lock);
        let text = std::fs::read_to_string(&path).unwrap();
        let mut pinned = 0;
        for package in text.split("[[package]]").skip(1) {
            let value = |key: &str| {
                let line = package.lines().find_map(|line| line.strip_prefix(key));
                line.map(|value| value.trim_matches([' ', '=', '"']).to_owned())
            };
            let name = value("name").expect("a package has a name");
            let Some(source) = value("source") else {
                assert!(
                    ["orgsim", "peers", "guided"].contains(&name.as_str()),
                    "{lock}: {name} has no source"
                );
                continue;
            };
            assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
            let checksum = value("checksum").unwrap_or_default();
            let whole = checksum.len() == 64 && checksum.chars().all(|c| c.is_ascii_hexdigit());
            assert!(whole, "{lock}: {name} has no checksum");
            pinned += 1;
        }
        assert!(100 < pinned, "{lock}: only {pinned} packages");
    }
}

#[test]
fn row_40_every_dependency_has_a_permissive_license() {
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        let ran = command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    // of the machine at hand: what other systems need may not have been fetched
    let about = cargo(&["-vV"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments =
        ["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&cargo(&arguments)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(100 < packages.len(), "only {} packages", packages.len());
    for package in packages {
        let license = package["license"].as_str().unwrap_or("");
        assert!(permissive(license), "{}: `{license}`", package["name"]);
    }
}
