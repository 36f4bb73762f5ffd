//! Encoding: which letters the bytes of a CSV file are. A file that says so, or is UTF-8, is read as that. What is left is old
//! Windows, Mac or DOS, where each byte is some letter: it is judged by which of them makes Swedish words of it, and said; where
//! none does clearly, whoever has the file is asked.

use std::borrow::Cow;

use domain::{kodning::Kodning, text::compared};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of the bytes. A byte order mark is none of it.
#[must_use]
pub fn decode(kodning: Kodning, bytes: &[u8]) -> Cow<'_, str> {
    let by = |encoding: &'static Encoding| encoding.decode_with_bom_removal(bytes).0;
    match kodning {
        Kodning::Utf8 => by(UTF_8),
        Kodning::Utf16Le => by(UTF_16LE),
        Kodning::Utf16Be => by(UTF_16BE),
        Kodning::Windows => by(WINDOWS_1252),
        Kodning::Macintosh => by(MACINTOSH),
        Kodning::Cp850 => {
            let upper: Vec<char> = CP850.chars().collect();
            // there are as many as there are bytes from 128; a test counts them
            let letter = |byte: &u8| byte.checked_sub(128).map_or(char::from(*byte), |place| upper[usize::from(place)]);
            Cow::Owned(bytes.iter().map(letter).collect())
        }
    }
}

/// CP850 from 128: encoding_rs has what browsers know, and none of them knows DOS.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The encoding that was found.
    pub kodning: Kodning,
    /// Whether it was told by the words, and not by the file itself: then it is said.
    pub by_words: bool,
    /// Whether another way makes as much sense: then it is asked.
    pub unsure: bool,
}

/// Judges the bytes of a text.
#[must_use]
pub fn judge(bytes: &[u8]) -> Judged {
    let told = |kodning| Judged { kodning, by_words: false, unsure: false };
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE => return told(Kodning::Utf16Le),
        Some((encoding, _)) if encoding == UTF_16BE => return told(Kodning::Utf16Be),
        Some(_) => return told(Kodning::Utf8),
        None => {}
    }
    if let Some(kodning) = utf_16(bytes) {
        return told(kodning);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return told(Kodning::Utf8);
    }
    let mut scored = Kodning::JUDGED.map(|kodning| (score(&decode(kodning, bytes)), kodning));
    // of those that score the same the more common stays first
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let [(best, kodning), (second, _), _] = scored;
    Judged { kodning, by_words: true, unsure: best <= 0 || best - second < CLEARLY }
}

/// The lead in points that the best reading needs over the next: one word that is Swedish in that reading alone.
const CLEARLY: i64 = 2;
/// The most bytes that are read to tell the encoding.
const LOOKED_AT: usize = 256 * 1024;

/// UTF-16 without its mark: every other byte of a text in our letters is zero, always on the same side.
fn utf_16(bytes: &[u8]) -> Option<Kodning> {
    let pairs = bytes.chunks_exact(2).take(LOOKED_AT);
    let (mut all, mut first, mut second) = (0, 0, 0);
    for pair in pairs {
        all += 1;
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let (most, few) = (all * 7 / 10, all / 50);
    let whole = all >= 2 && bytes.len().is_multiple_of(2);
    match (first, second) {
        (f, s) if whole && s > most && f <= few => Some(Kodning::Utf16Le),
        (f, s) if whole && f > most && s <= few => Some(Kodning::Utf16Be),
        _ => None,
    }
}

/// Words that stand in most Swedish texts and in plans, and are nothing in another reading.
const WORDS: [&str; 33] = [
    "är",
    "år",
    "på",
    "för",
    "från",
    "får",
    "när",
    "så",
    "då",
    "gör",
    "måste",
    "även",
    "något",
    "några",
    "också",
    "före",
    "möte",
    "mål",
    "målvärde",
    "kontrollmål",
    "åtgärd",
    "åtgärder",
    "månad",
    "månader",
    "ärende",
    "ärenden",
    "uppföljning",
    "bistånd",
    "våld",
    "händelse",
    "oönskad",
    "rättssäkerhet",
    "stöd",
];

/// How much a text looks like Swedish: each letter by its neighbours, and more for a word that is known.
fn score(text: &str) -> i64 {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut score = 0;
    let (mut before, mut chars) = (' ', text.chars().peekable());
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            score += weigh(before, c, chars.peek().copied().unwrap_or(' '));
        }
        before = c;
    }
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii() && word.len() < 40);
    let known = words.filter(|word| WORDS.contains(&compared(word).as_str())).take(1_000).count();
    score + 3 * i64::try_from(known).unwrap_or(0)
}

/// What a character between these two says.
fn weigh(before: char, c: char, after: char) -> i64 {
    let (left, right) = (before.is_alphabetic(), after.is_alphabetic());
    match c {
        'å' | 'ä' | 'ö' if left || right => {
            // no word goes on in large letters after a small one
            if after.is_uppercase() { -2 } else { 3 }
        }
        'Å' | 'Ä' | 'Ö' if left || right => {
            if before.is_lowercase() {
                -3
            } else {
                3
            }
        }
        'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö' => 1,
        'É' | 'Ü' if before.is_lowercase() => -2,
        'é' | 'É' | 'ü' | 'Ü' if left || right => i64::from(!before.is_uppercase() || c.is_uppercase()),
        'è' | 'à' if left || right => 0,
        // what stands beside words and not within them
        '“' | '”' | '‘' | '„' | '«' | '»' | '§' | '°' => {
            if left && right {
                -2
            } else {
                1
            }
        }
        // nor before one
        '–' | '—' | '…' | '•' | '½' | '×' | '·' | '€' | '‰' | '±' | '²' => match (left, right) {
            (true, true) => -2,
            (false, true) => -1,
            _ => 1,
        },
        '’' | '´' => i64::from(left),
        '\u{a0}' => i64::from(!(left && right)),
        '\u{80}'..='\u{9f}' | char::REPLACEMENT_CHARACTER => -10,
        _ => -3,
    }
}

/// The sentence for a file that nobody could judge, where nothing can be chosen.
pub const UNSURE: &str = "Det går inte att avgöra hur bokstäverna i filen är skrivna. Spara den på nytt som xlsx, eller som CSV UTF-8 \
                          i Excel.";

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "Kontrollmål;Hur ofta;Ansvarig\nÅterkoppling på ärenden;varje år;Enhetschef\nÖppna ärenden;1 gång i \
                        månaden;Handläggare\n";

    /// The bytes of a text in a way of writing that has each of its letters.
    fn written(text: &str, kodning: Kodning) -> Vec<u8> {
        match kodning {
            Kodning::Utf8 => text.as_bytes().to_vec(),
            Kodning::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Kodning::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => text
                .chars()
                .map(|c| {
                    (0..=255).find(|byte| decode(kodning, &[*byte]) == c.to_string()).unwrap_or_else(|| panic!("{c}"))
                })
                .collect(),
        }
    }

    const ALL: [Kodning; 6] =
        [Kodning::Utf8, Kodning::Utf16Le, Kodning::Utf16Be, Kodning::Windows, Kodning::Macintosh, Kodning::Cp850];

    #[test]
    fn a_plan_is_read_whichever_program_wrote_it() {
        for kodning in ALL {
            let bytes = written(PLAN, kodning);
            let judged = judge(&bytes);
            let by_words = Kodning::JUDGED.contains(&kodning);
            assert_eq!(judged, Judged { kodning, by_words, unsure: false });
            assert_eq!(decode(judged.kodning, &bytes), PLAN, "{kodning:?}");
        }
    }

    #[test]
    fn one_word_is_enough_when_it_is_swedish() {
        for word in [
            "Åtgärd",
            "är",
            "ÅTGÄRDER",
            "Väst",
            "Öppna",
            "bröd",
            "SÖDERMALM",
            "på",
            "idé och mål",
            "Känner du till…?",
            "Ängelholm",
            "Åke",
            "åk",
            "§ 5 och 20 °C",
        ] {
            for kodning in Kodning::JUDGED {
                if kodning == Kodning::Cp850 && word.contains('…') {
                    // DOS has none
                    continue;
                }
                let bytes = written(word, kodning);
                let judged = judge(&bytes);
                assert_eq!((judged.kodning, judged.unsure), (kodning, false), "{word}");
            }
        }
    }

    #[test]
    fn a_mark_at_the_beginning_is_believed_and_is_no_text() {
        for (mark, kodning) in
            [(&b"\xef\xbb\xbf"[..], Kodning::Utf8), (b"\xff\xfe", Kodning::Utf16Le), (b"\xfe\xff", Kodning::Utf16Be)]
        {
            let bytes = [mark, &written(PLAN, kodning)].concat();
            assert_eq!(judge(&bytes), Judged { kodning, by_words: false, unsure: false });
            assert_eq!(decode(kodning, &bytes), PLAN);
        }
    }

    #[test]
    fn quotes_and_dashes_of_windows_are_no_letters_of_dos() {
        let bytes = written("Mål;Text\nM;”Hej” – sa hon, 10–20 gånger", Kodning::Windows);
        assert_eq!(judge(&bytes).kodning, Kodning::Windows);
    }

    #[test]
    fn what_makes_no_swedish_in_any_of_them_is_asked_about() {
        // the same bytes are three words, none of them ours
        for bytes in [&b"Kod;Namn\n1;\xd0\xf0\xfe\n"[..], b"a;\xa5\xb5\n"] {
            assert!(judge(bytes).unsure, "{bytes:?}");
        }
    }

    #[test]
    fn dos_has_a_character_for_each_byte() {
        assert_eq!(CP850.chars().count(), 128);
        assert_eq!(decode(Kodning::Cp850, &[b'a', 0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82]), "aåäöÅÄÖé");
        assert_eq!(decode(Kodning::Macintosh, &[0x8c, 0x8a, 0x9a, 0x81, 0x80, 0x85]), "åäöÅÄÖ");
    }
}
