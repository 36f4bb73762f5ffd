//! Cell: what a cell says of what is aimed at: "Max 975 (2018: 980) varav max 50 % kvinnor", "560 (2018:563)", "625 000 kr/månad", "Tas fram av
//! nämnd". Nothing is guessed: what is missing is asked, what is proposed is called so, and what was not understood stays as words.

use super::{Content, Del, Fjol, Jamforelse, Villkor, jamforelse::behind};
use crate::{
    import::shortened,
    kon,
    number::{self, PER_CENT},
    period::Grain,
    siffror::{
        inlasning::{Cell, cell as value},
        slag::{Mark, Slag},
    },
    tal::Tal,
    text::compared,
    year::Year,
};

/// A number with what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallast {
    /// With its sign.
    pub tal: Tal,
    /// "st", "kr", "%"; may be empty.
    pub enhet: String,
    /// "per månad", "/månad".
    pub per: Option<Grain>,
    /// Written as roughly so.
    pub ungefar: bool,
}

/// What a cell says where a number is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lastal {
    /// Nothing.
    Tom,
    /// A number.
    Tal(Tallast),
    /// `1.346`: the first as it stands, the second as thousands. Nobody but the writer knows.
    Antingen(Tal, Tal),
    /// Words without any number: "Tas fram av nämnd".
    Text(String),
    /// What cannot be read, in a sentence that says what to do.
    Fel(String),
}

/// Reads a number with its unit and the time that it is of. What is written in English is not taken for ours, and what is a forecast or
/// preliminary is no goal.
#[must_use]
pub fn tal(text: &str) -> Lastal {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches('.');
    let (bare, per) = per(text);
    match value(bare, Slag::Bestand) {
        Cell::Tom => Lastal::Tom,
        Cell::Tal(last) => match last.tusental {
            _ if last.mark == Mark::Preliminar => {
                let what = if last.not.is_empty() { "preliminärt" } else { "prognos" };
                Lastal::Fel(format!("Talet är märkt som {what}. Skriv bara talet, om det är det som gäller."))
            }
            Some(thousands) => Lastal::Antingen(last.tal, thousands),
            None if last.engelskt => Lastal::Fel(format!("Skriv talet med decimalkomma: {}.", last.tal)),
            None => Lastal::Tal(Tallast {
                tal: last.tal,
                enhet: unit(&last.enhet),
                per,
                ungefar: last.mark == Mark::Ungefarlig,
            }),
        },
        Cell::Saknas(word) => Lastal::Text(word),
        Cell::Fel(_) if !text.contains(|c: char| c.is_ascii_digit()) && !crate::rows::is_error(text) => {
            Lastal::Text(text.to_owned())
        }
        Cell::Fel(what) => Lastal::Fel(format!("Målvärdet {what}")),
        Cell::Dold => Lastal::Fel("Värdet är dolt där det kopierades. Skriv talet.".to_owned()),
    }
}

/// A unit as it is kept: `procent` is `%`.
fn unit(text: &str) -> String {
    if PER_CENT.contains(&text) { "%".to_owned() } else { text.to_owned() }
}

/// What is left of a text without the time that its number is of: `625 000 kr/månad`, `3 st per vecka`.
fn per(text: &str) -> (&str, Option<Grain>) {
    let parted = text.rsplit_once('/').or_else(|| text.rsplit_once(" per "));
    let found = parted.and_then(|(before, word)| Some((before.trim_end(), grain(word)?)));
    found.map_or((text, None), |(before, grain)| (before, Some(grain)))
}

/// The time that a word names.
fn grain(word: &str) -> Option<Grain> {
    let word = compared(word.trim().trim_end_matches('.'));
    match word.as_str() {
        "mån" => Some(Grain::Manad),
        "v" => Some(Grain::Vecka),
        word => Grain::ALL.into_iter().find(|grain| grain.label() == word || grain.code() == word),
    }
}

/// The unit of a cell of its own: `kr/månad` is kr, per month.
#[must_use]
pub fn enhet(text: &str) -> (String, Option<Grain>) {
    let (bare, per) = per(text.trim());
    (unit(&compared(bare.trim_end_matches('.'))), per)
}

/// Reads a condition: "varav max 50 % kvinnor", "minst 40 procent män". Nothing of an empty text.
pub fn villkor(text: &str) -> Result<Option<Villkor>, String> {
    let text = text.trim().trim_end_matches('.').trim_start_matches(',').trim_start();
    let bare = behind(text, "varav ").unwrap_or(text).trim();
    if bare.is_empty() {
        return Ok(None);
    }
    let fault =
        || format!("Villkoret ”{}” kan inte läsas. Skriv till exempel varav högst 50 % kvinnor.", shortened(text, 60));
    let (how, rest) = Jamforelse::first_of(bare).ok_or_else(fault)?;
    let hogst = match how {
        Jamforelse::Hogst => true,
        Jamforelse::Minst => false,
        _ => return Err(fault()),
    };
    // the sign may stand against the number, and the word behind it
    let end = PER_CENT.iter().filter_map(|sign| Some((rest.find(sign)?, sign.len()))).min();
    let (at, length) = end.ok_or_else(fault)?;
    let read = number::read(&rest[..at], &(Tal::ZERO..=Tal::HUNDRED)).ok().flatten().ok_or_else(fault)?;
    let of = rest[at + length..].trim();
    let fits = read.unit.is_empty() && (Tal::ZERO..=Tal::HUNDRED).contains(&read.number) && !of.is_empty();
    if !fits {
        return Err(fault());
    }
    let del = kon::read(of).map_or_else(|| Del::Annan(of.to_owned()), Del::Kon);
    Ok(Some(Villkor { del, hogst, andel: read.number }))
}

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// What stands before it and a colon: "Målvärde antal vuxna". May be empty.
    pub rubrik: String,
    /// As [`Content`] has it.
    pub jamforelse: Option<Jamforelse>,
    /// What is proposed where the cell says no comparison: högst, where the number is below that of last year. It is asked, and never
    /// taken by itself.
    pub foreslagen: Option<Jamforelse>,
    /// The number.
    pub malvarde: Option<Tal>,
    /// The other reading of `1.346`.
    pub tusental: Option<Tal>,
    /// Words in place of a number.
    pub maltext: String,
    /// As [`Content`] has it.
    pub ungefar: bool,
    /// As [`Content`] has it.
    pub enhet: String,
    /// As [`Content`] has it.
    pub per: Option<Grain>,
    /// As [`Content`] has it.
    pub fjol: Option<Fjol>,
    /// As [`Content`] has it.
    pub villkor: Option<Villkor>,
    /// What was not understood, in sentences; its words stand in `maltext`.
    pub fel: Vec<String>,
}

impl Last {
    /// Whether it has to be asked how the number is meant.
    #[must_use]
    pub fn saknar_jamforelse(&self) -> bool {
        self.jamforelse.is_none() && self.malvarde.is_some()
    }

    /// Whether it has to be asked what the number counts.
    #[must_use]
    pub fn saknar_enhet(&self) -> bool {
        self.malvarde.is_some() && self.enhet.is_empty()
    }

    /// Puts it into a row. What the row says already stays.
    pub fn fill(self, content: &mut Content) {
        content.jamforelse = content.jamforelse.or(self.jamforelse);
        content.malvarde = content.malvarde.or(self.malvarde);
        content.per = content.per.or(self.per);
        content.fjol = content.fjol.or(self.fjol);
        content.ungefar |= self.ungefar;
        content.villkor = content.villkor.take().or(self.villkor);
        for (own, read) in [(&mut content.enhet, self.enhet), (&mut content.maltext, self.maltext)] {
            if own.is_empty() {
                *own = read;
            }
        }
    }
}

/// Reads a cell of what is aimed at.
#[must_use]
pub fn cell(text: &str) -> Last {
    let mut out = Last::default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = text.trim_end_matches('.').trim();
    // "Målvärde antal vuxna: Max 975": figures before the colon are those of a year
    if let Some((before, after)) = rest.split_once(": ")
        && !before.contains('(')
        && !after.is_empty()
    {
        before.trim().clone_into(&mut out.rubrik);
        rest = after.trim();
    }
    if let Some(at) = word_at(rest, "varav") {
        match villkor(&rest[at..]) {
            Ok(villkor) => out.villkor = villkor,
            Err(sentence) => out.fel.push(sentence),
        }
        rest = rest[..at].trim_end_matches([' ', ',']);
    }
    let mut joined = String::new();
    if let Some((before, inside, after)) = in_brackets(rest)
        && let Some((fjol, unit)) = fjol(inside)
    {
        out.fjol = Some(fjol);
        out.enhet = unit;
        joined = format!("{} {}", before.trim(), after.trim());
    }
    let mut rest = if joined.is_empty() { rest } else { joined.trim() };
    if let Some((how, after)) = Jamforelse::first_of(rest) {
        // "alla medarbetare" is a text, and "max" before a number is not
        let number = after.is_empty() || matches!(tal(after), Lastal::Tal(_) | Lastal::Antingen(..));
        if number {
            out.jamforelse = Some(how);
            rest = after;
        }
    }
    match tal(rest) {
        Lastal::Tom => {}
        Lastal::Tal(read) => {
            out.malvarde = Some(read.tal);
            out.per = read.per;
            out.ungefar = read.ungefar;
            if !read.enhet.is_empty() {
                out.enhet = read.enhet;
            }
        }
        Lastal::Antingen(one, thousands) => (out.malvarde, out.tusental) = (Some(one), Some(thousands)),
        Lastal::Text(words) => out.maltext = words,
        Lastal::Fel(sentence) => {
            rest.clone_into(&mut out.maltext);
            // of the number itself rather than of the words before it
            out.fel.push(match Jamforelse::first_of(rest).map(|(_, after)| tal(after)) {
                Some(Lastal::Fel(own)) => own,
                _ => sentence,
            });
        }
    }
    if out.malvarde.is_none() {
        out.enhet.clear();
    }
    out.foreslagen = if out.jamforelse.is_none() { foreslagen(out.malvarde, out.fjol) } else { None };
    out
}

/// What comparison a number without one may mean: at most where it is less than last year, at least where it is more. Nothing is proposed
/// of the same number, or without last year's.
#[must_use]
pub fn foreslagen(malvarde: Option<Tal>, fjol: Option<Fjol>) -> Option<Jamforelse> {
    let (aim, before) = (malvarde?, fjol?.varde);
    match aim.cmp(&before) {
        std::cmp::Ordering::Less => Some(Jamforelse::Hogst),
        std::cmp::Ordering::Greater => Some(Jamforelse::Minst),
        std::cmp::Ordering::Equal => None,
    }
}

/// Where a word stands in a text by itself.
fn word_at(text: &str, word: &str) -> Option<usize> {
    let whole = |at: &usize| {
        let before = text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        before && behind(&text[*at..], word).is_some_and(|rest| rest.starts_with(' '))
    };
    text.char_indices().map(|(at, _)| at).find(whole)
}

/// What stands before, in and after the first brackets.
fn in_brackets(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    Some((before, inside, after))
}

/// `2018: 980`, `2018:563`, `år 2018 980 st`: the value of a year, and its unit.
fn fjol(text: &str) -> Option<(Fjol, String)> {
    let text = text.trim();
    let text = behind(text, "år ").unwrap_or(text).trim();
    let (ar, rest) = text.split_at_checked(4)?;
    let ar = ar.parse::<Year>().ok()?.get();
    let rest = rest.trim_start_matches([':', ' ', '=']);
    match tal(rest) {
        Lastal::Tal(read) => Some((Fjol { ar, varde: read.tal }, read.enhet)),
        _ => None,
    }
}
