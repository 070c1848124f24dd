//! Text that is safe wherever it stands.

use serde_json::Value;

use crate::present::acts_unseen;

/// Every text of a document with what would act unseen as its code point; keys too.
pub(super) fn shown_all(value: &mut Value) {
    match value {
        Value::String(text) if is_safe(text) => {}
        Value::String(text) => *text = shown(text),
        Value::Array(items) => items.iter_mut().for_each(shown_all),
        Value::Object(entries) => {
            entries.values_mut().for_each(shown_all);
            if !entries.keys().all(|key| is_safe(key)) {
                let old = std::mem::take(entries);
                entries.extend(old.into_iter().map(|(key, value)| (shown(&key), value)));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether nothing in it acts unseen.
fn is_safe(text: &str) -> bool {
    !text.chars().any(acts_unseen)
}

/// Text with what would act unseen as its code point; line ends are blanks.
pub(super) fn shown(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        match c {
            '\n' => safe.push(' '),
            c if acts_unseen(c) => safe.push_str(&format!("[U+{:04X}]", u32::from(c))),
            c => safe.push(c),
        }
        safe
    })
}

/// A document as text that cannot end the element it stands in, whatever it holds.
pub(super) fn embedded(value: &Value) -> String {
    let text = serde_json::to_string(value).expect("keys are text and numbers finite");
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// Bytes in the alphabet of RFC 4648, §4.
pub(super) fn base64(bytes: &[u8]) -> String {
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

    #[test]
    fn base64_is_that_of_the_standard() {
        let words = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let encoded: Vec<String> = words.iter().map(|word| base64(word.as_bytes())).collect();
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn an_embedded_document_reads_back_and_holds_no_markup() {
        let value = serde_json::json!({ "</script><b>&": ["<!--", "\u{2028}"] });
        let text = embedded(&value);
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        let mut value = value;
        shown_all(&mut value);
        assert_eq!(value["</script><b>&"][1], "[U+2028]");
    }
}
