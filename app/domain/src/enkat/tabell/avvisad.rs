//! Avvisad: columns that point out a person, by their names and by what stands in them. A table that has one is refused, whether the
//! column would have been read or not, and comes back without it. It is a help for a careful person in a hurry, as
//! [`crate::personnummer`] is, and no wall.

use std::collections::BTreeSet;

use super::{
    Mot, cell, fault,
    kolumn::{Kolumn, Roll},
    part,
};
use crate::{
    day::{self, Fits},
    enkat::Fraga,
    field::FieldError,
    genomforande::reference::{is_reference, names_person},
    import::fold,
    personnummer::{self, Kansligt},
    table::{self, Record},
    text::compared,
};

/// What a column points a person out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skal {
    /// Names of persons, or where they live.
    Namn,
    /// Personnummer or births.
    Personnummer,
    /// Phone numbers or e-mail addresses.
    Kontakt,
    /// What a person, a case or a form is called elsewhere.
    Beteckning,
}

impl Skal {
    /// As in "ser ut att innehålla …".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Namn => "namn",
            Self::Personnummer => "personnummer eller födelsedatum",
            Self::Kontakt => "telefonnummer eller e-postadresser",
            Self::Beteckning => "nummer eller beteckningar som leder till ett ärende eller en person",
        }
    }
}

/// The columns of a table that are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avvisad {
    kolumner: Vec<(Kolumn, Skal)>,
}

impl Avvisad {
    /// What is said of them. Nothing of their cells is repeated.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldError> {
        let said = self.kolumner.iter().map(|(kolumn, skal)| {
            // without a head, what stands first may be a name itself
            let named = if looks_like_name(&kolumn.name) || !personnummer::sok(&kolumn.name).is_empty() {
                format!("Kolumn {}", kolumn.letter())
            } else {
                crate::format::capitalised(&kolumn.words())
            };
            fault(format!("{named} ser ut att innehålla {}.", skal.words()))
        });
        said.collect()
    }
}

/// What is refused in a table, and the table without it; nothing where nothing is, or where it cannot be read at all.
#[must_use]
pub fn without(text: &str, mot: &Mot<'_>) -> Option<(Avvisad, String)> {
    let parted = part(text, mot).ok()?;
    let refused = of(&parted.body.rows, &parted.kolumner, mot)?;
    let places: BTreeSet<usize> = refused.kolumner.iter().map(|(kolumn, _)| kolumn.place).collect();
    let lines = table::records(text, table::TYPED).map(|record| {
        let kept = record.cells.iter().enumerate().filter(|(place, _)| !places.contains(place));
        let cells: Vec<&str> = kept.map(|(_, cell)| cell.as_str()).collect();
        if cells.iter().all(|cell| cell.is_empty()) { String::new() } else { table::line(&cells) }
    });
    Some((refused, lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()))
}

/// What is refused of these columns.
pub(super) fn of(rows: &[Record], kolumner: &[Kolumn], mot: &Mot<'_>) -> Option<Avvisad> {
    let refused = kolumner.iter().filter_map(|kolumn| Some((kolumn.clone(), reason(rows, kolumn, mot)?)));
    let kolumner: Vec<(Kolumn, Skal)> = refused.collect();
    (!kolumner.is_empty()).then_some(Avvisad { kolumner })
}

fn reason(rows: &[Record], kolumn: &Kolumn, mot: &Mot<'_>) -> Option<Skal> {
    let known = kolumn.roll.filter(|roll| *roll != Roll::Ut);
    if known.is_none()
        && let Some(skal) = by_name(&kolumn.name)
    {
        return Some(skal);
    }
    let cells: Vec<&str> = rows.iter().map(|row| row.cell(kolumn.place)).filter(|cell| !cell.is_empty()).collect();
    if cells.is_empty() {
        return None;
    }
    let asked = |roll| match roll {
        Roll::Fraga(key) => mot.version.questions.get(key),
        Roll::Kon | Roll::Dag | Roll::Ut => None,
    };
    let is_text = known.and_then(asked).is_some_and(|fraga| !fraga.is_choice());
    // what one comment holds is told of at its cell
    if is_text && cells.len() < 2 {
        return None;
    }
    let is_day = known == Some(Roll::Dag);
    let kinds = |cell: &str| personnummer::sok(cell).into_iter().map(|found| found.kind).collect::<Vec<_>>();
    let half = |is: &dyn Fn(&str) -> bool| 2 * cells.iter().filter(|cell| is(cell)).count() >= cells.len();
    let person = |cell: &str| {
        let number = |kind: &Kansligt| matches!(kind, Kansligt::Personnummer | Kansligt::Samordningsnummer);
        kinds(cell).iter().any(number) || !is_day && names_person(cell)
    };
    if half(&person) {
        return Some(Skal::Personnummer);
    }
    let contact = |cell: &str| kinds(cell).iter().any(|kind| matches!(kind, Kansligt::Telefonnummer | Kansligt::Epost));
    if !is_day && half(&contact) {
        return Some(Skal::Kontakt);
    }
    let distinct = cells.iter().map(|cell| compared(cell)).collect::<BTreeSet<_>>().len();
    let name = |cell: &str| looks_like_name(cell) && !is_option(cell, mot);
    if half(&name) && 2 * distinct > cells.len() {
        return Some(Skal::Namn);
    }
    if known.is_some() {
        return None;
    }
    let mostly_different = 10 * distinct >= 8 * cells.len();
    let in_all_but_few =
        |is: &dyn Fn(&str) -> bool| 10 * cells.iter().filter(|cell| is(cell)).count() >= 8 * cells.len();
    if cells.len() >= 5 && mostly_different && in_all_but_few(&|cell| is_word(cell) && !is_option(cell, mot)) {
        return Some(Skal::Namn);
    }
    if cells.len() >= 3
        && mostly_different
        && in_all_but_few(&|cell| looks_like_reference(cell, mot))
        && !of_one_question(&cells, mot)
    {
        return Some(Skal::Beteckning);
    }
    None
}

/// Heads of columns that hold names, whoever's: also who entered an answer is nobody's to know.
const NAMN: [&str; 41] = [
    "namn",
    "name",
    "fullname",
    "firstname",
    "lastname",
    "fornamn",
    "efternamn",
    "tilltalsnamn",
    "fullstandigtnamn",
    "klient",
    "klienten",
    "klientnamn",
    "klientensnamn",
    "brukare",
    "brukaren",
    "brukarnamn",
    "brukarensnamn",
    "kund",
    "kundnamn",
    "patient",
    "person",
    "deltagare",
    "besokare",
    "anhorig",
    "barn",
    "barnetsnamn",
    "kontaktperson",
    "respondent",
    "vem",
    "handlaggare",
    "handlaggaren",
    "socialsekreterare",
    "medarbetare",
    "personal",
    "intervjuare",
    "ifylldav",
    "inmatadav",
    "anvandare",
    "adress",
    "gatuadress",
    "bostadsadress",
];
const PERSONNUMMER: [&str; 6] =
    ["personnr", "personnummer", "pnr", "fodelsedatum", "fodelsenummer", "samordningsnummer"];
const KONTAKT: [&str; 15] = [
    "telefon",
    "telefonnr",
    "telefonnummer",
    "tel",
    "mobil",
    "mobilnr",
    "mobilnummer",
    "epost",
    "epostadress",
    "email",
    "mail",
    "mailadress",
    "mejl",
    "mejladress",
    "ipadress",
];
const BETECKNING: [&str; 16] = [
    "id",
    "idnr",
    "idnummer",
    "nr",
    "nummer",
    "lopnr",
    "lopnummer",
    "radnr",
    "kod",
    "svarsid",
    "svarsnr",
    "svarsnummer",
    "responseid",
    "respondentid",
    "klientnr",
    "klientnummer",
];

fn by_name(name: &str) -> Option<Skal> {
    let own = fold(name);
    let of = |words: &[&str]| words.contains(&own.as_str());
    if of(&PERSONNUMMER) {
        Some(Skal::Personnummer)
    } else if of(&NAMN) {
        Some(Skal::Namn)
    } else if of(&KONTAKT) {
        Some(Skal::Kontakt)
    } else if of(&BETECKNING) || is_reference(name) {
        Some(Skal::Beteckning)
    } else {
        None
    }
}

fn is_option(cell: &str, mot: &Mot<'_>) -> bool {
    mot.version.questions.list.iter().any(|fraga| fraga.is_choice() && cell::option(fraga, cell).is_some())
}

/// Whether all cells are answers to one and the same question, as figures of a scale under a head of its own are.
fn of_one_question(cells: &[&str], mot: &Mot<'_>) -> bool {
    let all = |fraga: &Fraga| fraga.is_choice() && cells.iter().all(|cell| cell::option(fraga, cell).is_some());
    mot.version.questions.list.iter().any(all)
}

/// A word of letters that begins with a large one.
fn is_word(text: &str) -> bool {
    text.chars().count() > 1
        && text.starts_with(char::is_uppercase)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
}

/// Two to four such words: "Förnamn Efternamn", "Efternamn, Förnamn".
fn looks_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',', '\n']).filter(|word| !word.is_empty()).collect();
    (2..=4).contains(&words.len()) && text.chars().count() <= 60 && words.into_iter().all(is_word)
}

/// One word with a figure in it, and no day of the enkät: `2026-0412`, `A17`, `4411`.
fn looks_like_reference(text: &str, mot: &Mot<'_>) -> bool {
    let one = !text.contains(char::is_whitespace) && text.chars().count() <= 30;
    let is_day = matches!(day::read(text, Fits::Past(mot.dagar.today)), Ok(Some(day)) if mot.dagar.period(day).is_ok());
    one && text.bytes().any(|b| b.is_ascii_digit()) && !is_day
}
