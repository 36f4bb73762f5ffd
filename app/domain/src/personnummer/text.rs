//! Text: a free text as the search reads it, without what does not show, as characters, digits and groups of digits.

use super::{Fynd, Kansligt};

/// What a character is to the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Digit(u8),
    Letter,
    Space,
    Dash,
    Plus,
    Dot,
    Slash,
    Paren,
    At,
    /// All else, line breaks too.
    Other,
}

/// A character that shows, and its bytes in the text.
#[derive(Clone, Copy, Debug)]
struct Sign {
    class: Class,
    char: char,
    start: usize,
    end: usize,
}

/// Digits that follow each other: indexes of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Group {
    pub(super) fn len(self) -> usize {
        self.end - self.start
    }
}

/// What stands between two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    Space,
    Dash,
    Plus,
    Dot,
    Slash,
    Paren,
    /// Nothing that a number goes on over.
    End,
}

/// The most signs between two groups of one number: " – ", ") ", a double blank.
const BETWEEN_MAX: usize = 4;

/// The first digit of the runs of ten that Unicode has for other scripts and styles, but for those too rare to be typed.
const ZEROS: [u32; 20] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0,
    0x1040, 0x17e0, 0x1810, 0x2080, 0xff10, 0x1d7ce,
];

fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        _ if c.is_ascii() => return None,
        // superscripts lie apart
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁰' | '⁴'..='⁹' => c as u32 - 0x2070,
        // five styles of mathematical digits follow each other
        '\u{1d7ce}'..='\u{1d7ff}' => (c as u32 - 0x1d7ce) % 10,
        _ => ZEROS.iter().find_map(|&zero| (c as u32).checked_sub(zero).filter(|&d| d < 10))?,
    };
    u8::try_from(value).ok()
}

/// Whether a character shows nothing by itself: zero width, soft hyphen, marks of direction and variation.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn class(c: char) -> Class {
    if let Some(d) = digit(c) {
        return Class::Digit(d);
    }
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Other,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '~' => {
            Class::Dash
        }
        '+' | '\u{ff0b}' | '\u{fe62}' => Class::Plus,
        '.' | '\u{b7}' | '\u{2024}' | '\u{ff0e}' | '\u{fe52}' => Class::Dot,
        '/' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' => Class::Slash,
        '(' | ')' => Class::Paren,
        '@' | '\u{ff20}' | '\u{fe6b}' => Class::At,
        c if c.is_whitespace() => Class::Space,
        c if c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

pub(super) struct Text {
    signs: Vec<Sign>,
    groups: Vec<Group>,
}

impl Text {
    pub(super) fn read(text: &str) -> Self {
        let mut signs = Vec::with_capacity(text.len());
        let mut groups: Vec<Group> = Vec::new();
        for (start, char) in text.char_indices().filter(|(_, c)| !is_invisible(*c)) {
            let class = class(char);
            if matches!(class, Class::Digit(_)) {
                match groups.last_mut() {
                    Some(group) if group.end == signs.len() => group.end += 1,
                    _ => groups.push(Group { start: signs.len(), end: signs.len() + 1 }),
                }
            }
            signs.push(Sign { class, char, start, end: start + char.len_utf8() });
        }
        Self { signs, groups }
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The first byte of a sign.
    pub(super) fn start(&self, sign: usize) -> usize {
        self.signs[sign].start
    }

    /// The byte after a sign.
    pub(super) fn end(&self, sign: usize) -> usize {
        self.signs[sign].end
    }

    /// The class of a sign; [`Class::Other`] beyond the end.
    pub(super) fn class(&self, sign: usize) -> Class {
        self.signs.get(sign).map_or(Class::Other, |s| s.class)
    }

    /// The class of the sign before one; [`Class::Other`] before the beginning.
    pub(super) fn before(&self, sign: usize) -> Class {
        sign.checked_sub(1).map_or(Class::Other, |i| self.class(i))
    }

    /// Each as 0–9, without what stands between them.
    pub(super) fn digits(&self, group: Group) -> impl Iterator<Item = u8> + '_ {
        self.signs[group.start..group.end].iter().filter_map(|s| match s.class {
            Class::Digit(d) => Some(d),
            _ => None,
        })
    }

    /// What stands between a group and the one after it.
    pub(super) fn between(&self, left: Group, right: Group) -> Between {
        if right.start - left.end > BETWEEN_MAX {
            return Between::End;
        }
        let mut out = Between::Space;
        for sign in left.end..right.start {
            let next = match self.class(sign) {
                Class::Space => continue,
                Class::Dash => Between::Dash,
                Class::Plus => Between::Plus,
                Class::Dot => Between::Dot,
                Class::Slash => Between::Slash,
                Class::Paren => Between::Paren,
                Class::Digit(_) | Class::Letter | Class::At | Class::Other => return Between::End,
            };
            // one mark, but for the two of a parenthesis
            if out != Between::Space && (out, next) != (Between::Paren, Between::Paren) {
                return Between::End;
            }
            out = next;
        }
        out
    }

    /// The word that ends before a sign, over blanks, colon and dot, in lower case. At most `max` letters, the last ones.
    pub(super) fn word_before(&self, sign: usize, max: usize) -> String {
        let gap = |s: &&Sign| s.class == Class::Space || matches!(s.char, ':' | '.');
        let skipped = self.signs[..sign].iter().rev().take_while(gap).take(3).count();
        let letters: Vec<char> = self.signs[..sign - skipped]
            .iter()
            .rev()
            .take_while(|s| s.class == Class::Letter)
            .take(max)
            .map(|s| s.char)
            .collect();
        letters.into_iter().rev().flat_map(char::to_lowercase).collect()
    }

    /// The word that begins after a sign, over one blank, in lower case. At most `max` letters.
    pub(super) fn word_after(&self, sign: usize, max: usize) -> String {
        let from = sign + usize::from(self.class(sign) == Class::Space);
        let rest = self.signs.get(from..).unwrap_or_default();
        rest.iter().take_while(|s| s.class == Class::Letter).take(max).flat_map(|s| s.char.to_lowercase()).collect()
    }

    /// The e-mail addresses: a name, @ and a host with a dot and an ending of letters.
    pub(super) fn addresses(&self) -> Vec<Fynd> {
        let is_at = |s: &Sign| s.class == Class::At;
        let is_host = |s: &&Sign| matches!(s.class, Class::Digit(_) | Class::Letter | Class::Dash | Class::Dot);
        let is_name = |s: &&Sign| is_host(s) || s.class == Class::Plus || matches!(s.char, '_' | '%' | '\'' | '&');
        let mut out: Vec<Fynd> = Vec::new();
        // neither side passes another @, so each sign is looked at twice at most
        for at in (0..self.signs.len()).filter(|&i| is_at(&self.signs[i])) {
            let name = self.signs[..at].iter().rev().take_while(is_name).count();
            let host = &self.signs[at + 1..];
            let mut length = host.iter().take_while(is_host).count();
            // a full stop or a dash after an address is not part of it
            while length > 0 && matches!(host[length - 1].class, Class::Dot | Class::Dash) {
                length -= 1;
            }
            let ending = host[..length].iter().rev().take_while(|s| s.class == Class::Letter).count();
            let dotted = length > ending + 1 && host[length - ending - 1].class == Class::Dot;
            if name == 0 || ending < 2 || !dotted {
                continue;
            }
            let (start, end) = (self.start(at - name), self.end(at + length));
            match out.last_mut() {
                // a@b.se@c.se
                Some(last) if start < last.end => last.end = end,
                _ => out.push(Fynd { kind: Kansligt::Epost, start, end }),
            }
        }
        out
    }
}
