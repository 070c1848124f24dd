//! What a panic said.

use std::any::Any;

/// The words a panic was raised with; `None` where it was raised with something else than words.
pub fn panic_words(cause: &(dyn Any + Send)) -> Option<&str> {
    // with arguments in it a message is made when it is needed, without any it is there already
    let made = cause.downcast_ref::<String>().map(String::as_str);
    made.or_else(|| cause.downcast_ref::<&str>().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_panic_are_found_however_they_were_made() {
        let made: Box<dyn Any + Send> = Box::new(format!("{} are lost", 2));
        let there: Box<dyn Any + Send> = Box::new("all are lost");
        let number: Box<dyn Any + Send> = Box::new(3);
        let words = [&made, &there, &number].map(|cause| panic_words(&**cause));
        assert_eq!(words, [Some("2 are lost"), Some("all are lost"), None]);
    }
}
