//! The page: plain HTML with everything in it, for mail, screen and paper.

use minijinja::{AutoEscape, Environment, Value, context};
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

/// What stands on the page. All of it is text, shown as it is whatever it holds, except the pictures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The question.
    pub title: String,
    /// What was compared, under the question.
    pub lead: String,
    /// What a reader has to know before anything else, such as a run that was stopped.
    pub warnings: Vec<String>,
    /// The answer, part by part.
    pub sections: Vec<Section>,
    /// Pictures, in order.
    pub figures: Vec<Figure>,
    /// How these numbers can be made again: names and values.
    pub origin: Vec<(String, String)>,
}

/// A part of the answer under its heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// Something under a heading.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A sentence or several.
    Paragraph(String),
    /// Short terms, each with a sentence.
    Terms(Vec<(String, String)>),
    /// A table; the first cell of each row is its heading.
    Table {
        /// Column headings, the one over the row headings included.
        head: Vec<String>,
        /// Rows.
        rows: Vec<Vec<String>>,
    },
    /// Text whose columns are made of blanks.
    Columns(String),
}

/// A picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    /// Name of its file without extension, also the place on the page that can be linked to.
    pub name: String,
    /// The picture, SVG made by this program.
    pub svg: String,
}

/// The page as HTML: one file, no script, nothing loaded from anywhere.
///
/// The policy in its head forbids everything but its own style sheet, by fingerprint, and pictures inside the
/// file; so even text that slipped through as markup could not act.
///
/// # Panics
/// If the template built into the program is broken.
pub fn page(page: &Page) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", TEMPLATE).expect("the built-in template is sound");
    let template = environment.get_template("page").expect("it was just added");
    let sections: Vec<Value> = page.sections.iter().map(section).collect();
    let figures: Vec<Value> = page
        .figures
        .iter()
        .map(|figure| {
            let svg = Value::from_safe_string(inline(&figure.svg));
            context! { name => shown(&figure.name), svg }
        })
        .collect();
    let origin: Vec<Value> = page
        .origin
        .iter()
        .map(|(name, value)| context! { name => shown(name), value => shown(value) })
        .collect();
    let warnings: Vec<String> = page.warnings.iter().map(|text| shown(text)).collect();
    template
        .render(context! {
            title => shown(&page.title),
            lead => shown(&page.lead),
            warnings,
            sections,
            figures,
            origin,
            style => Value::from_safe_string(STYLE.to_owned()),
            style_hash => base64(&Sha256::digest(STYLE.as_bytes())),
        })
        .expect("the built-in template uses what it is given")
}

fn section(section: &Section) -> Value {
    let blocks: Vec<Value> = section
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => context! { kind => "paragraph", text => shown(text) },
            Block::Columns(text) => context! { kind => "columns", text => lines(text) },
            Block::Terms(terms) => {
                let terms: Vec<Value> = terms
                    .iter()
                    .map(|(term, text)| context! { term => shown(term), text => shown(text) })
                    .collect();
                context! { kind => "terms", terms }
            }
            Block::Table { head, rows } => {
                let row = |cells: &Vec<String>| -> Vec<String> {
                    cells.iter().map(|cell| shown(cell)).collect()
                };
                let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
                context! { kind => "table", head => row(head), rows }
            }
        })
        .collect();
    context! { heading => shown(&section.heading), blocks }
}

/// An SVG as part of a page: without the declaration that only a file of its own may have.
fn inline(svg: &str) -> String {
    svg.find("<svg").map_or(String::new(), |start| svg[start..].to_owned())
}

/// Text with what would act unseen as its code point; line ends are blanks.
fn shown(text: &str) -> String {
    lines(text).replace('\n', " ")
}

/// The same with line ends kept.
fn lines(text: &str) -> String {
    let unseen = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(u32::from(c), 0xAD | 0x61C | 0x180E | 0x200B | 0x200E | 0x200F | 0x2028 | 0x2029
                | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF)
    };
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        if unseen(c) {
            safe.push_str(&format!("[U+{:04X}]", u32::from(c)))
        } else {
            safe.push(c)
        }
        safe
    })
}

/// Bytes in the alphabet of RFC 4648, §4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let all = chunk.iter().fold(0_u32, |all, &byte| all << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = ALPHABET[(all >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)> javascript:alert(1) <!-- \u{2028}\u{202e}";

    fn hostile() -> Page {
        let word = || HOSTILE.to_owned();
        let block = [
            Block::Paragraph(word()),
            Block::Columns(word()),
            Block::Terms(vec![(word(), word())]),
            Block::Table { head: vec![word()], rows: vec![vec![word(), word()]] },
        ];
        Page {
            title: word(),
            lead: word(),
            warnings: vec![word()],
            sections: vec![Section { heading: word(), blocks: block.to_vec() }],
            figures: vec![Figure {
                name: word(),
                svg: "<?xml version=\"1.0\"?>\n<svg><title>a</title></svg>".into(),
            }],
            origin: vec![(word(), word())],
        }
    }

    #[test]
    fn names_from_outside_are_inert() {
        let html = page(&hostile());
        for forbidden in
            ["<script", "<img", "<!-- ", "onerror=alert(1)>", "\u{2028}", "\u{202e}", "<?xml"]
        {
            assert!(!html.contains(forbidden), "{forbidden:?} got through");
        }
        assert_eq!(html.matches("<svg>").count(), 1);
    }

    #[test]
    fn nothing_is_loaded_and_only_our_style_acts() {
        let html = page(&Page::default());
        let hash = base64(&Sha256::digest(STYLE.as_bytes()));
        assert!(
            html.contains(&format!("default-src 'none'; style-src 'sha256-{hash}'; img-src data:")),
            "{html}"
        );
        let styles: Vec<&str> = html.split("<style>").skip(1).collect();
        assert_eq!(styles.len(), 1);
        assert_eq!(styles[0].split("</style>").next(), Some(STYLE));
        for forbidden in ["http://", "https://", "<script", "<link", "src=", "style=\""] {
            assert!(!html.contains(forbidden), "{forbidden:?}");
        }
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        let words = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let encoded: Vec<String> = words.iter().map(|word| base64(word.as_bytes())).collect();
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}
