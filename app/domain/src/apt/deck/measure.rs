//! Measure: how much room text takes in Atkinson Hyperlegible, about and rather too much: the server knows no screen. All
//! numbers are pixels of a slide that is 1080 high.

/// How wide a letter is, in parts of the size.
fn width_of(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' => 0.29,
        'f' | 't' | 'r' | ' ' | '\u{a0}' | '(' | ')' | '-' | '/' => 0.38,
        'm' | 'w' | 'M' | 'W' | '—' | '%' => 0.9,
        'A'..='Z' | 'Å' | 'Ä' | 'Ö' => 0.68,
        _ => 0.57,
    }
}

/// How wide a text is in one line.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(width_of).sum::<f64>() * size * 1.03
}

/// Whether each word has room in a line.
pub fn words_fit(text: &str, room: f64, size: f64) -> bool {
    // a hyphen or a dash is a place where a word may part
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–')).all(|word| width(word, size) <= room)
}

/// In how many lines a text stands.
pub fn lines(text: &str, room: f64, size: f64) -> f64 {
    let mut lines = 0.0;
    for paragraph in text.lines() {
        lines += 1.0;
        let mut at = 0.0;
        for word in paragraph.split_whitespace() {
            let own = width(word, size);
            let with_space = if at > 0.0 { at + width(" ", size) + own } else { own };
            if with_space <= room {
                at = with_space;
                continue;
            }
            if at > 0.0 {
                lines += 1.0;
            }
            // a word that has no room in a line goes on in the next
            lines += (own / room.max(1.0)).ceil() - 1.0;
            at = own % room.max(1.0);
        }
    }
    lines
}

/// The text, or its beginning up to a word, with an ellipsis that says that there is more.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(char::is_whitespace).filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{} …", cut[..end].trim_end_matches([',', '.', ';', ':', ' ', '–']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        assert!((lines("ett två tre", 10_000.0, 32.0) - 1.0).abs() < 0.1);
        assert!((lines("ett\ntvå", 10_000.0, 32.0) - 2.0).abs() < 0.1);
        let room = width("förändringsplaner", 40.0);
        assert!((lines("förändringsplaner följs upp", room, 40.0) - 2.0).abs() < 0.1);
        assert!(words_fit("aktuella förändringsplaner", room, 40.0) && !words_fit("förändringsplaner", room, 46.0));
        assert!(lines(&"å".repeat(300), 400.0, 32.0) > 10.0, "a word without an end takes its room");
    }

    #[test]
    fn what_is_too_long_ends_at_a_word_and_says_that_it_goes_on() {
        assert_eq!(shortened("Larmen provas varje måndag.", 40), "Larmen provas varje måndag.");
        assert_eq!(shortened("Larmen provas, varje måndag.", 16), "Larmen provas …");
        assert_eq!(shortened(&"å".repeat(50), 10), format!("{} …", "å".repeat(10)));
    }
}
