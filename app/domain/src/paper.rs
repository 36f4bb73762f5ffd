//! Paper: which signs a document can be written with when it becomes a PDF, and what is said about the others before
//! anybody approves or sends it. A page is shown with whatever fonts the reader's device has; a PDF carries its own.

use crate::dokument::{Block, Dokument, Row, text};

/// At most so many signs are named in a sentence, and so many places of each.
const NAMED: usize = 8;
const PLACES: usize = 3;

/// What the fonts of the PDF hold together, first and last of each range. `web::pdf` has a test that holds this against the
/// fonts and prints what ought to stand here.
#[rustfmt::skip] // one range a line would be six times as long
pub const RANGES: [(u32, u32); 163] = [
    (0x0020, 0x007e), (0x00a0, 0x0377), (0x037a, 0x037f), (0x0384, 0x038a), (0x038c, 0x038c), (0x038e, 0x03a1),
    (0x03a3, 0x03e1), (0x03f0, 0x052f), (0x0531, 0x0556), (0x0559, 0x058a), (0x058d, 0x058f), (0x0591, 0x05c7),
    (0x05d0, 0x05ea), (0x05ef, 0x05f4), (0x060c, 0x060d), (0x0610, 0x0612), (0x0615, 0x0615), (0x061b, 0x061b),
    (0x061f, 0x061f), (0x0621, 0x063a), (0x063d, 0x063d), (0x0640, 0x0658), (0x065a, 0x065b), (0x0660, 0x0671),
    (0x0674, 0x0674), (0x0679, 0x0679), (0x067c, 0x067c), (0x067e, 0x067e), (0x0681, 0x0681), (0x0685, 0x0686),
    (0x0688, 0x0689), (0x0691, 0x0691), (0x0693, 0x0693), (0x0695, 0x0696), (0x0698, 0x0698), (0x069a, 0x069a),
    (0x06a0, 0x06a1), (0x06a4, 0x06a4), (0x06a9, 0x06ad), (0x06af, 0x06af), (0x06b5, 0x06b5), (0x06ba, 0x06ba),
    (0x06bc, 0x06be), (0x06c0, 0x06c3), (0x06c6, 0x06d0), (0x06d2, 0x06d5), (0x06dc, 0x06dc), (0x06de, 0x06de),
    (0x06e9, 0x06e9), (0x06f0, 0x06f9), (0x0762, 0x0763), (0x0900, 0x097f), (0x0b82, 0x0b83), (0x0b85, 0x0b8a),
    (0x0b8e, 0x0b90), (0x0b92, 0x0b95), (0x0b99, 0x0b9a), (0x0b9c, 0x0b9c), (0x0b9e, 0x0b9f), (0x0ba3, 0x0ba4),
    (0x0ba8, 0x0baa), (0x0bae, 0x0bb9), (0x0bbe, 0x0bc2), (0x0bc6, 0x0bc8), (0x0bca, 0x0bcd), (0x0bd0, 0x0bd0),
    (0x0bd7, 0x0bd7), (0x0be6, 0x0bfa), (0x0e01, 0x0e3a), (0x0e3f, 0x0e5b), (0x10d0, 0x10ff), (0x1200, 0x1248),
    (0x124a, 0x124d), (0x1250, 0x1256), (0x1258, 0x1258), (0x125a, 0x125d), (0x1260, 0x1288), (0x128a, 0x128d),
    (0x1290, 0x12b0), (0x12b2, 0x12b5), (0x12b8, 0x12be), (0x12c0, 0x12c0), (0x12c2, 0x12c5), (0x12c8, 0x12d6),
    (0x12d8, 0x1310), (0x1312, 0x1315), (0x1318, 0x135a), (0x135d, 0x137c), (0x1380, 0x1399), (0x1c90, 0x1cba),
    (0x1cbd, 0x1cbf), (0x1e00, 0x1eff), (0x2000, 0x2064), (0x2066, 0x2071), (0x2074, 0x208e), (0x2090, 0x209c),
    (0x20a0, 0x20bf), (0x2100, 0x215f), (0x2184, 0x2184), (0x2189, 0x2189), (0x2190, 0x22ff), (0x231a, 0x231b),
    (0x23e9, 0x23ea), (0x23ed, 0x23ef), (0x23f1, 0x23fa), (0x25a0, 0x2609), (0x260e, 0x2612), (0x2614, 0x2623),
    (0x2630, 0x2637), (0x263c, 0x263c), (0x2654, 0x2668), (0x267f, 0x268f), (0x269e, 0x26a1), (0x26aa, 0x26ac),
    (0x26bd, 0x26cd), (0x26cf, 0x26e1), (0x2700, 0x2709), (0x270b, 0x271c), (0x2722, 0x2727), (0x2729, 0x2775),
    (0x2794, 0x27af), (0x27b1, 0x27be), (0x27dc, 0x27dc), (0x27f5, 0x27fa), (0x299b, 0x299b), (0x29a0, 0x29a0),
    (0x29a3, 0x29a3), (0x29b8, 0x29b8), (0x29f5, 0x29f5), (0x2ade, 0x2ade), (0x2ae3, 0x2ae5), (0x2aee, 0x2aee),
    (0x2b00, 0x2b0d), (0x2b12, 0x2b2f), (0x2b4d, 0x2b73), (0x2b76, 0x2b95), (0x2b97, 0x2bff), (0xfb00, 0xfb06),
    (0xfb1d, 0xfb36), (0xfb38, 0xfb3c), (0xfb3e, 0xfb3e), (0xfb40, 0xfb41), (0xfb43, 0xfb44), (0xfb46, 0xfb51),
    (0xfb56, 0xfb59), (0xfb66, 0xfb6d), (0xfb7a, 0xfb7d), (0xfb88, 0xfb95), (0xfb9e, 0xfb9f), (0xfba5, 0xfba5),
    (0xfba7, 0xfbb1), (0xfbbf, 0xfbc0), (0xfbd3, 0xfbdc), (0xfbde, 0xfbdf), (0xfbe2, 0xfbe3), (0xfbe8, 0xfbe9),
    (0xfbfc, 0xfbff), (0xfd3e, 0xfd3f), (0xfdf2, 0xfdf2), (0xfdfc, 0xfdfc), (0xfe0f, 0xfe0f), (0xfe70, 0xfe74),
    (0xfe76, 0xfefc),
];

/// Whether a PDF can show it, or there is nothing of it to show.
#[must_use]
pub fn covers(sign: char) -> bool {
    let code = u32::from(sign);
    sign.is_control()
        || is_unseen(sign)
        || RANGES
            .binary_search_by(|(first, last)| match () {
                () if *last < code => std::cmp::Ordering::Less,
                () if *first > code => std::cmp::Ordering::Greater,
                () => std::cmp::Ordering::Equal,
            })
            .is_ok()
}

/// Whether it only says how others are joined, shown or ordered (Default_Ignorable_Code_Point).
const fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a text begins with letters that are read from right to left: Hebrew, Arabic and their neighbours.
#[must_use]
pub fn is_from_right(text: &str) -> bool {
    let right = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    text.chars().find(|c| c.is_alphabetic()).is_some_and(right)
}

/// A sign that the PDF cannot show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The sign, with what is joined to it: a family is one.
    pub sign: String,
    /// Where it stands, as the reader finds it: "1. Arbetsmiljö".
    pub places: Vec<String>,
}

/// What the PDF of a document cannot show, in its order.
#[must_use]
pub fn missing(document: &Dokument) -> Vec<Missing> {
    let mut out: Vec<Missing> = vec![];
    let mut look = |text: &str, place: &dyn Fn() -> String| {
        for sign in signs(text) {
            let place = place();
            match out.iter_mut().find(|m| m.sign == sign) {
                Some(known) if known.places.contains(&place) => {}
                Some(known) => known.places.push(place),
                None => out.push(Missing { sign, places: vec![place] }),
            }
        }
    };
    look(&document.title, &|| "rubriken".to_owned());
    look(&document.sub(), &|| "raden under rubriken".to_owned());
    let mut heading = "inledningen".to_owned();
    for block in &document.blocks {
        match block {
            Block::Heading(_, text) => {
                heading.clone_from(text);
                look(text, &|| text.clone());
            }
            Block::Text(paras) | Block::Note(paras) => {
                for line in text::lines(paras) {
                    look(&line, &|| heading.clone());
                }
            }
            Block::Facts(facts) => {
                for (label, text) in facts {
                    look(text, &|| label.clone());
                }
            }
            Block::Table(table) => {
                for (n, row) in table.rows.iter().enumerate() {
                    let place = || format!("{}, rad {}", table.label, n + 1);
                    match row {
                        Row::Cells(cells) | Row::Sum(cells) => cells.iter().for_each(|text| look(text, &place)),
                        Row::Group(text) | Row::Full(text) => look(text, &place),
                    }
                }
                for text in table.columns.iter().map(|column| &column.head).chain([&table.caption, &table.below()]) {
                    look(text, &|| table.label.clone());
                }
            }
            Block::Figure(figure) => look(&figure.caption, &|| heading.clone()),
            Block::PageBreak => {}
        }
    }
    out
}

/// The signs in a text that are not covered, each with what is joined to it.
fn signs(text: &str) -> Vec<String> {
    if text.is_ascii() {
        return vec![];
    }
    let mut out: Vec<String> = vec![];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if covers(c) {
            continue;
        }
        let mut sign = String::from(c);
        let letter = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        // a flag is two letters, a colour of skin follows its hand, and a joiner joins
        let mut flag = letter(c);
        while let Some(&next) = rest.peek() {
            let joined = sign.ends_with('\u{200d}') && !next.is_whitespace();
            let second = flag && letter(next);
            if !(joined || second || is_unseen(next) || matches!(next, '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}')) {
                break;
            }
            flag = false;
            sign.push(next);
            rest.next();
        }
        let sign = sign.trim_end_matches('\u{200d}').to_owned();
        if !out.contains(&sign) {
            out.push(sign);
        }
    }
    out
}

/// What is said about them. None when the PDF holds all that the page holds. `until` is what they can still be changed
/// before: "protokollet justeras".
#[must_use]
pub fn sentence(missing: &[Missing], until: Option<&str>) -> Option<String> {
    let named: Vec<String> = missing.iter().take(NAMED).map(Missing::label).collect();
    let more = missing.len() - named.len();
    let (what, place, they) = match missing {
        [] => return None,
        [one] => (format!("Tecknet {}", one.label()), "det", "det"),
        _ if more > 0 => (format!("Tecknen {} och {more} till", named.join(", ")), "dem", "de"),
        _ => (format!("Tecknen {}", and(&named)), "dem", "de"),
    };
    let advice = until.map(|until| format!(" Byt ut {place} innan {until}, om PDF-filen ska gälla."));
    Some(format!(
        "{what} kan inte skrivas i PDF-filen: där står frågetecken i stället. På sidan och i Word står {they} kvar.{}",
        advice.unwrap_or_default()
    ))
}

impl Missing {
    /// "😀 (1. Arbetsmiljö)"; what is only a number to everybody is said as a number.
    fn label(&self) -> String {
        let private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        let sign = match self.sign.chars().next() {
            Some(c) if private(c) => format!("U+{:04X}", u32::from(c)),
            _ => self.sign.clone(),
        };
        let mut places: Vec<String> = self.places.iter().take(PLACES).cloned().collect();
        let more = self.places.len() - places.len();
        if more > 0 {
            places.push(if more == 1 { "ett ställe till".to_owned() } else { format!("{more} ställen till") });
        }
        format!("{sign} ({})", and(&places))
    }
}

/// "a, b och c".
fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} och {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::dokument::{Column, Table};

    fn document(blocks: Vec<Block>) -> Dokument {
        Dokument::new("Protokoll APT", "Protokoll APT").unit("Enheten").blocks(blocks)
    }

    #[test]
    fn the_languages_and_the_signs_of_everyday_are_all_held() {
        for words in [
            "Åtgärd ”så” – § 12 ½ € 50 % 4 ‰ • … − ‑ № ™ ⅓ x² CO₂",
            "Łódź, čeština, Şükrü, ąęśź, ñ, ő, ş, ʿ, Nguyễn Thị Hồng, ọ ẹ ṣ ŋ ə",
            "Опитування Ґанок їжак ёлка Қазақ Тоҷикӣ ћирилица",
            "Ελληνικά ΐ ώ",
            "استبيان پچژگ کوردی ڕۆژ ڵێە ۰۱۲۳ ٠١٢٣ ټ ډ ښ ګ ی ھ ۀ ، ؛ ؟ مُحَمَّدٌ",
            "መጠይቕ አማርኛ ፩ ። ፣",
            "แบบสอบถาม ภาษาไทย",
            "שאלון ₪ საქართველო Հայերեն கேள்வி प्रश्न ₹ ।",
            "☑ ☐ ☒ ✓ ✔ ✗ ✘ ✅ ❌ ❗ ● ○ ■ □ ▪ ◆ ► ▲ ▼ ★ ☆ ⚠️ ☎ ✉ ➔ ➤",
            "≈ ≠ ≤ ≥ ± × ÷ √ ∑ ∞ → ← ↑ ↓ ↔ ⇒ ⇔ ∆",
            "می\u{200c}خواهم a\tb\n",
        ] {
            let held: String = words.chars().filter(|c| !covers(*c)).collect();
            assert_eq!(held, "", "{words}");
        }
    }

    #[test]
    fn what_a_pdf_cannot_show_is_said_with_where_it_stands() {
        let table = Table::new("Åtgärder från mötet", vec![Column::text("Vad"), Column::text("Vem")])
            .rows([["Ring 😀", "A"], ["中", "😀"]]);
        let mut blocks = vec![
            Block::facts([("Närvarande", "Alla 🇸🇪")]),
            Block::heading(1, "1. Arbetsmiljö"),
            Block::text("Bra 😀👩\u{200d}👧 och bra 😀"),
            table.into(),
        ];
        let found = missing(&document(blocks.clone()));
        let said = sentence(&found, Some("protokollet justeras")).unwrap();
        assert_eq!(
            said,
            "Tecknen 🇸🇪 (Närvarande), 😀 (1. Arbetsmiljö, Åtgärder från mötet, rad 1 och Åtgärder från mötet, rad 2), \
             👩\u{200d}👧 (1. Arbetsmiljö) och 中 (Åtgärder från mötet, rad 2) kan inte skrivas i PDF-filen: där står \
             frågetecken i stället. På sidan och i Word står de kvar. Byt ut dem innan protokollet justeras, om PDF-filen \
             ska gälla."
        );
        blocks.truncate(1);
        let said = sentence(&missing(&document(blocks)), None).unwrap();
        assert_eq!(
            said,
            "Tecknet 🇸🇪 (Närvarande) kan inte skrivas i PDF-filen: där står frågetecken i stället. På sidan och i Word \
             står det kvar."
        );
        assert_eq!(sentence(&missing(&document(vec![Block::text("Åtgärd ☑ استبيان")])), None), None);
    }

    #[test]
    fn many_signs_are_counted_and_a_sign_without_a_shape_is_a_number() {
        let signs: String = (0..20).map(|n| char::from_u32(0x4e00 + n).unwrap()).collect();
        let said = sentence(&missing(&document(vec![Block::text(format!("{signs}\u{f0b7}"))])), None).unwrap();
        assert!(said.contains(" och 13 till kan inte"), "{said}");
        let said = sentence(&missing(&document(vec![Block::text("\u{f0b7} Punkt")])), None).unwrap();
        assert!(said.starts_with("Tecknet U+F0B7 (inledningen) "), "{said}");
    }

    #[test]
    fn a_text_begins_at_the_side_that_its_first_letter_is_read_from() {
        for text in ["استبيان (2) och mer", "12. שאלון", "• می\u{200c}خواهم"] {
            assert!(is_from_right(text), "{text}");
        }
        for text in ["Arabiska (استبيان)", "12", "", "Опитування"] {
            assert!(!is_from_right(text), "{text}");
        }
    }

    #[test]
    fn the_ranges_are_in_order_and_apart() {
        assert!(RANGES.iter().all(|(first, last)| first <= last));
        assert!(RANGES.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
    }
}
