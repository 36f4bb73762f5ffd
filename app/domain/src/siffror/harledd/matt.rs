//! Mått: what a figure that is reckoned from others is: its kind, its unit and how often it has a value follow from its parts, or a
//! sentence says why they do not go together.

use super::{Rakning, Sedan};
use crate::{
    field::FieldError,
    period::Grain,
    schedule::Responsible,
    siffror::{
        serie::Content,
        slag::{Sammanlagd, Slag},
    },
    tal::Tal,
    text::compared,
};

/// The unit of an index.
const INDEX: &str = "index";
/// The unit of what one share is more than another.
const PROCENTENHETER: &str = "procentenheter";
/// The unit of a share.
const PER_CENT: &str = "%";

/// How many kronor one of a unit is; none of what is no money.
#[must_use]
pub(super) fn kronor(enhet: &str) -> Option<Tal> {
    match compared(enhet.trim().trim_end_matches('.')).as_str() {
        "kr" | "kronor" | ":-" => Some(Tal::whole(1)),
        "tkr" => Some(Tal::whole(1_000)),
        "mnkr" | "mkr" => Some(Tal::whole(1_000_000)),
        _ => None,
    }
}

/// Whether two series are counted in the same: of money also in kronor and thousands of them.
#[must_use]
pub(super) fn samma_enhet(a: &Content, b: &Content) -> bool {
    compared(a.enhet.trim()) == compared(b.enhet.trim()) || kronor(&a.enhet).is_some() && kronor(&b.enhet).is_some()
}

/// Whether a quotient is a share in per cent.
#[must_use]
pub(super) fn is_andel(content: &Content, a: &Content, b: &Content) -> bool {
    samma_enhet(a, b) || content.slag == Slag::Andel || content.enhet == PER_CENT
}

type Fault = (&'static str, String);

/// A series that is reckoned from others, with what follows from its parts: kind, unit, how often it has a value; nobody fills it, and it
/// is not divided. Faults at the fields of the form where its parts do not go together. One that is not reckoned is as it is.
pub fn klar(content: &Content, a: &Content, b: Option<&Content>) -> Result<Content, Vec<FieldError>> {
    let Some(harledd) = content.harledd else { return Ok(content.clone()) };
    made(content, a, harledd.med.map(|(rakning, _)| rakning).zip(b), harledd.sedan)
        .map_err(|(field, message)| vec![FieldError { field: field.to_owned(), message }])
}

fn made(
    content: &Content,
    a: &Content,
    med: Option<(Rakning, &Content)>,
    sedan: Option<Sedan>,
) -> Result<Content, Fault> {
    for (field, part) in [("del_a", Some(a)), ("del_b", med.map(|(_, b)| b))] {
        if let Some(part) = part.filter(|part| part.harledd.is_some()) {
            let said = "räknas själv ut ur andra serier. Välj en serie som har egna värden.";
            return Err((field, format!("”{}” {said}", part.namn)));
        }
    }
    if let Some((_, b)) = med.filter(|(_, b)| b.grain != a.grain) {
        let (one, other) = (a.grain.label(), b.grain.label());
        let said = format!("”{}” har ett värde varje {one} och ”{}” varje {other}.", a.namn, b.namn);
        return Err(("del_b", format!("{said} Välj serier som har värden lika ofta.")));
    }
    let is_index = matches!(sedan, Some(Sedan::Index(_)));
    // "%" comes of the kind that was chosen, not of the pen
    let typed = if is_index || content.slag == Slag::Andel { "" } else { content.enhet.trim() };
    let (slag, enhet) = match med {
        None => (a.slag, as_typed(typed, &a.enhet)?),
        Some((rakning @ (Rakning::Plus | Rakning::Minus), b)) => sum(typed, rakning, a, b)?,
        Some((Rakning::Ganger, b)) => product((content, typed, is_index), a, b)?,
        Some((Rakning::Delat, b)) => quotient(content, typed, a, b)?,
    };
    let (slag, enhet) = match sedan {
        None => (slag, enhet),
        Some(Sedan::Index(bas)) if bas.grain() != a.grain => {
            let said = format!("Serien har ett värde varje {}: skriv en sådan tid.", a.grain.label());
            return Err(("bas", said));
        }
        Some(Sedan::Index(_)) if !["", INDEX, PER_CENT].contains(&content.enhet.trim()) => {
            return Err(("enhet", "Ett index har ingen enhet. Lämna fältet tomt.".to_owned()));
        }
        Some(Sedan::Index(_)) => (Slag::Medel, INDEX.to_owned()),
        Some(Sedan::MedelAvTolv) if a.grain != Grain::Manad => {
            return Err(("sedan", "Medel av tolv månader behöver serier som har ett värde varje månad.".to_owned()));
        }
        Some(Sedan::MedelAvTolv) if slag == Slag::Andel => (slag, enhet),
        Some(Sedan::MedelAvTolv) => (Slag::Medel, enhet),
    };
    // what each month has of the eleven before it makes no year
    let ways = if sedan.is_some() { &[] } else { slag.ways() };
    let fits = |way: &Sammanlagd| ways.contains(way);
    Ok(Content {
        slag,
        enhet,
        sammanlagd: content.sammanlagd.filter(fits).or_else(|| ways.first().copied()),
        grain: a.grain,
        responsible: Responsible::Nobody,
        efterslapning: 0,
        dimensioner: vec![],
        egen: None,
        ..content.clone()
    })
}

/// The unit that was typed, if the figures can be in it; the one that they are in, if none was.
fn as_typed(typed: &str, unit: &str) -> Result<String, Fault> {
    match (kronor(unit), kronor(typed)) {
        _ if typed.is_empty() => Ok(unit.to_owned()),
        (Some(_), Some(_)) => Ok(typed.to_owned()),
        (Some(_), None) => Err(("enhet", "Det som räknas ut är pengar. Skriv kr, tkr eller mnkr.".to_owned())),
        _ if compared(typed) == compared(unit) => Ok(unit.to_owned()),
        _ => Err(("enhet", format!("Det som räknas ut är i {unit}. Skriv det, eller lämna fältet tomt."))),
    }
}

fn sum(typed: &str, rakning: Rakning, a: &Content, b: &Content) -> Result<(Slag, String), Fault> {
    if !samma_enhet(a, b) {
        let units = format!("”{}” är i {} och ”{}” i {}.", a.namn, a.enhet, b.namn, b.enhet);
        return Err(("rakning", format!("{units} Plus och minus behöver samma enhet.")));
    }
    if a.slag != b.slag {
        let (one, other) = (a.slag.label().to_lowercase(), b.slag.label().to_lowercase());
        let kinds = format!("”{}” har slaget {one} och ”{}” slaget {other}.", a.namn, b.namn);
        return Err(("rakning", format!("{kinds} Plus och minus behöver samma slag.")));
    }
    match (a.slag, rakning) {
        (Slag::Andel, Rakning::Plus) => {
            Err(("rakning", "Andelar läggs inte ihop: de är delar av olika helheter.".to_owned()))
        }
        (Slag::Andel, _) => Ok((Slag::Medel, PROCENTENHETER.to_owned())),
        (slag, _) => Ok((slag, as_typed(typed, &a.enhet)?)),
    }
}

fn product(
    (content, typed, is_index): (&Content, &str, bool),
    a: &Content,
    b: &Content,
) -> Result<(Slag, String), Fault> {
    match (a.slag == Slag::Andel, b.slag == Slag::Andel) {
        (true, true) => return Ok((Slag::Andel, PER_CENT.to_owned())),
        // a share of it is of its kind
        (true, false) => return Ok((b.slag, as_typed(typed, &b.enhet)?)),
        (false, true) => return Ok((a.slag, as_typed(typed, &a.enhet)?)),
        (false, false) => {}
    }
    match (kronor(&a.enhet), kronor(&b.enhet)) {
        (Some(_), Some(_)) => Err(("rakning", "Pengar gånger pengar blir inget som går att läsa.".to_owned())),
        (Some(_), None) => Ok((Slag::Belopp, as_typed(typed, &a.enhet)?)),
        (None, Some(_)) => Ok((Slag::Belopp, as_typed(typed, &b.enhet)?)),
        (None, None) if content.slag == Slag::Andel => {
            Err(("slag", "Gånger ger ingen andel. Välj ett annat slag, eller dela i stället.".to_owned()))
        }
        (None, None) if typed.is_empty() && !is_index => {
            Err(("enhet", "Skriv vad det blir när de två räknas gånger varandra, till exempel dagar.".to_owned()))
        }
        (None, None) if kronor(typed).is_some() => Err(no_money(typed)),
        (None, None) => Ok((content.slag, typed.to_owned())),
    }
}

/// What is said of money that is made of none.
fn no_money(typed: &str) -> Fault {
    ("enhet", format!("Ingen av serierna är i pengar, så det blir inte {typed}. Skriv en annan enhet."))
}

fn quotient(content: &Content, typed: &str, a: &Content, b: &Content) -> Result<(Slag, String), Fault> {
    if (a.slag == Slag::Andel) != (b.slag == Slag::Andel) {
        return Err(("rakning", "En andel delas bara med en andel.".to_owned()));
    }
    if is_andel(content, a, b) {
        return if ["", PER_CENT].contains(&typed) {
            Ok((Slag::Andel, PER_CENT.to_owned()))
        } else {
            let said = "En del av det som är i samma enhet blir procent. Lämna fältet tomt, eller skriv %.";
            Err(("enhet", said.to_owned()))
        };
    }
    match (kronor(&a.enhet), kronor(&b.enhet)) {
        (None, Some(_)) => {
            Err(("rakning", "Dela pengarna med det som räknas, inte tvärtom: byt plats på serierna.".to_owned()))
        }
        // 3,3 mnkr per 317 households are kronor
        (Some(_), _) => Ok((Slag::Medel, as_typed(typed, if typed.is_empty() { "kr" } else { &a.enhet })?)),
        _ if typed.is_empty() => Ok((Slag::Medel, a.enhet.clone())),
        _ if kronor(typed).is_some() => Err(no_money(typed)),
        _ => Ok((Slag::Medel, typed.to_owned())),
    }
}

#[cfg(test)]
mod tests;
