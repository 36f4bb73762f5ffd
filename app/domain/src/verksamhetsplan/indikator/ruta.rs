//! Ruta: what a cell of an outcome says, typed in the grid, pasted or printed: `77,78`, `77,78 %`, `29/35`, `317 prel`, `ca 52 %`,
//! `Prognos 15`, `–`. It is read as a cell of a series is.

use super::{
    Content,
    slag::Slag,
    utfall::{Harkomst, Utfall, andel, annan_enhet},
};
use crate::{
    kon::{self, Kon, Said},
    occurrence::Share,
    per_cent,
    siffror::{
        rutnat::{Skrivet, count, figures, skrivet},
        slag::{Mark, Varde},
    },
    tal::Tal,
    text::compared,
};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruta {
    /// The figure; none where it is known to be missing.
    pub varde: Option<Varde>,
    /// The word of one that is missing: "Oklart". May be empty.
    pub not: String,
    /// Whether it says that it is a forecast of the year: then it is no outcome, wherever it stands.
    pub prognos: bool,
}

/// The columns of an outcome that are filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kolumn {
    /// The outcome of all.
    Totalt,
    /// The outcome of kvinnor.
    Kvinnor,
    /// The outcome of män.
    Man,
    /// The outcome of those whose kön is another or not known.
    Okant,
    /// What the year is thought to come to.
    Prognos,
}

impl Kolumn {
    crate::every! {
        /// In the order in which they are shown.
        Totalt, Kvinnor, Man, Okant, Prognos
    }

    /// As a field of a form is called.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Totalt => "totalt",
            Self::Kvinnor => "kvinnor",
            Self::Man => "man",
            Self::Okant => "okant",
            Self::Prognos => "prognos",
        }
    }

    /// The column of a field.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the head of a table has it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Totalt => "Totalt",
            Self::Kvinnor => "Kvinnor",
            Self::Man => "Män",
            Self::Okant => "Annat eller okänt",
            Self::Prognos => "Prognos helår",
        }
    }

    /// The column that the head of a table names, whichever of kvinnor and män stands first: `Utfall män/pojkar`, `Periodens utfall`,
    /// `Prognos helår`. None of another column.
    #[must_use]
    pub fn read(head: &str) -> Option<Self> {
        let words: Vec<String> =
            compared(head).split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let has = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
        let is_year_before = has(&["fjol", "föregående", "samma", "förra"]);
        match () {
            () if is_year_before => None,
            () if has(&["prognos"]) => Some(Self::Prognos),
            () if has(&["okänt", "okänd", "annat", "annan"]) => Some(Self::Okant),
            () if has(&["kvinnor", "kvinna", "flickor"]) => Some(Self::Kvinnor),
            () if has(&["män", "man", "pojkar"]) => Some(Self::Man),
            () if has(&["utfall", "totalt", "total", "resultat"]) => Some(Self::Totalt),
            () => None,
        }
    }

    /// The column that a head names in a table of a year. The head may say the year or a period, `Periodens utfall 2022`, `Utfall T1 2022`;
    /// that of another year is none, and what has another number in it, `Prognos 15`, is a figure and no head.
    #[must_use]
    pub fn read_in(head: &str, year: i32) -> Option<Self> {
        let numbers = head.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let (years, others): (Vec<&str>, Vec<&str>) = numbers.partition(|digits| digits.len() == 4);
        let is_other_year = years.iter().any(|digits| *digits != year.to_string());
        // the number of a tertial stands beside a year
        let is_figure = !others.is_empty() && years.is_empty();
        if is_other_year || is_figure { None } else { Self::read(head) }
    }

    /// The column of a value of a dimension that divides by kön: `Kvinnor`, `Män`, `Okänt`. None of another dimension's.
    #[must_use]
    pub fn of_kon(name: &str) -> Option<Self> {
        match kon::said(name) {
            Said::Kon(Kon::Kvinna) => Some(Self::Kvinnor),
            Said::Kon(Kon::Man) => Some(Self::Man),
            Said::Kon(Kon::Annat | Kon::VillInteSvara) => Some(Self::Okant),
            Said::Nothing if name.chars().any(char::is_alphabetic) => Some(Self::Okant),
            Said::Nothing | Said::Digit(_) | Said::Unclear => None,
        }
    }

    /// What stands there in an outcome.
    #[must_use]
    pub fn varde(self, utfall: &Utfall) -> Option<Varde> {
        match self {
            Self::Totalt => utfall.varden.total,
            Self::Kvinnor => utfall.varden.kvinnor,
            Self::Man => utfall.varden.man,
            Self::Okant => utfall.varden.okant,
            Self::Prognos => utfall.prognos,
        }
    }
}

/// Reads a cell; none where it is blank. `fore` is another outcome of the indikator, such as last year's, which tells what a share up
/// to 1 is where the goal does not. A sentence that says how to write it where it is no figure, or could be two.
pub fn las(content: &Content, text: &str, fore: Option<Tal>) -> Result<Option<Ruta>, String> {
    if let Some(varde) = storre_an_helheten(content, text) {
        return Ok(Some(Ruta { varde: Some(varde), not: String::new(), prognos: false }));
    }
    let last = match skrivet(text, content.slag.serie(), skriv(content))? {
        None => return Ok(None),
        Some(Skrivet::Saknas(word)) => return Ok(Some(Ruta { varde: None, not: word, prognos: false })),
        Some(Skrivet::Tal(last)) => last,
    };
    if let Some(fault) = annan_enhet(content, &last.enhet) {
        return Err(fault);
    }
    let bare = last.share.is_none() && last.enhet.is_empty();
    if content.slag == Slag::Andel && bare && is_tveksam(content, last.tal, fore) {
        return Err(per_cent::asked(last.tal));
    }
    if let Some(fault) = utanfor(content, last.tal) {
        return Err(fault.to_owned());
    }
    let prognos = compared(&last.not) == "prognos";
    let mark = if prognos { Mark::Definitiv } else { last.mark };
    let varde = Varde { tal: last.tal, share: last.share, mark };
    Ok(Some(Ruta { varde: Some(varde), not: if prognos { String::new() } else { last.not }, prognos }))
}

/// A share whose täljare is greater than its nämnare, `36/35`: it is taken as it stands and flagged
/// ([`super::konkontroll::Konflagga::Taljare`]), for the source may say so.
fn storre_an_helheten(content: &Content, text: &str) -> Option<Varde> {
    let (part, whole) = text.split_once('/').filter(|_| content.slag == Slag::Andel)?;
    let (numerator, denominator) = (count(part)?, count(whole)?);
    (numerator > denominator).then(|| andel(Share { numerator, denominator }))?
}

/// Whether a share up to 1 without its sign could be a hundredfold: where the goal, or else another outcome, is nearer to a hundred
/// times as much. 0,6 against 0,8 % is what it says; 0,83 against 75 % is asked about.
fn is_tveksam(content: &Content, tal: Tal, fore: Option<Tal>) -> bool {
    let near = content.arsmal.alla().into_iter().max().filter(|goal| *goal > Tal::ZERO).or(fore);
    per_cent::is_doubtful(tal) && near.is_none_or(|near| near.stored() > tal.stored().saturating_mul(10))
}

/// Why a figure can be none of the indikator.
fn utanfor(content: &Content, tal: Tal) -> Option<&'static str> {
    match content.slag {
        Slag::Andel if !(Tal::ZERO..=Tal::HUNDRED).contains(&tal) => Some("En andel ligger mellan 0 och 100\u{a0}%."),
        Slag::Antal | Slag::Bestand if tal < Tal::ZERO => Some("Talet kan inte vara mindre än 0."),
        _ if tal > Tal::MOST || tal < -Tal::MOST => Some("Talet är för stort."),
        _ => None,
    }
}

fn skriv(content: &Content) -> &'static str {
    match content.slag {
        Slag::Andel => "Skriv en andel som 80\u{a0}% eller 12/15.",
        _ if content.decimaler > 0 => "Skriv ett tal, till exempel 12,5 eller 12,5 prel.",
        _ => "Skriv ett tal, till exempel 336 eller 323 prel.",
    }
}

/// A figure as its cell takes it back: `336`, `323 prel`, `ca 3,2`, `29/35`, `0,8 %`.
#[must_use]
pub fn skriven(content: &Content, varde: Option<&Varde>, not: &str) -> String {
    varde.map_or_else(|| not.to_owned(), |varde| figures(content.slag.serie(), varde))
}

/// A figure as it is read: `77,78 %`, `ca 52 %`, `317 st, preliminärt`; `–` where there is none.
#[must_use]
pub fn visad(content: &Content, varde: Option<&Varde>) -> String {
    let Some(varde) = varde else { return "–".to_owned() };
    let shown = content.with_unit(varde.tal);
    match varde.mark {
        Mark::Definitiv => shown,
        Mark::Ungefarlig => format!("ca {shown}"),
        Mark::Preliminar => format!("{shown}, preliminärt"),
    }
}

/// `29 av 35`: what a share is of; none where that is not known.
#[must_use]
pub fn delar(varde: &Varde) -> Option<String> {
    let int = crate::format::int;
    varde.share.map(|share| format!("{} av {}", int(share.numerator), int(share.denominator)))
}

/// An outcome with a cell filled in, or emptied where nothing stands in it. What says that it is a forecast becomes one, and the sentence
/// says so.
#[must_use]
pub fn ifylld(before: &Utfall, kolumn: Kolumn, ruta: Option<Ruta>) -> (Utfall, Option<String>) {
    let mut after = before.clone();
    let Some(ruta) = ruta else {
        *plats(&mut after, kolumn) = None;
        if kolumn == Kolumn::Totalt {
            after.not.clear();
        }
        inskrivet(before, &mut after);
        return (after, None);
    };
    let moved = ruta.prognos && kolumn != Kolumn::Prognos;
    let ord = Some(ruta.not.clone()).filter(|word| ruta.varde.is_none() && word.chars().any(char::is_alphabetic));
    *plats(&mut after, if moved { Kolumn::Prognos } else { kolumn }) = ruta.varde;
    if kolumn == Kolumn::Totalt && !moved {
        after.not = ruta.not;
    }
    // whoever types a figure has it of the whole period
    if kolumn == Kolumn::Totalt && !moved {
        after.tom = None;
        after.kanda = None;
    }
    inskrivet(before, &mut after);
    if let Some(word) = ord.filter(|_| kolumn != Kolumn::Totalt) {
        return (after, Some(format!("”{word}” under {} sparas inte: rutan är tom.", kolumn.label())));
    }
    (after, moved.then(|| format!("Rutan under {} är läst som prognos för helåret.", kolumn.label())))
}

/// What somebody has typed is typed; once that it was typed over is known, it stays so.
fn inskrivet(before: &Utfall, after: &mut Utfall) {
    if before.varden != after.varden && !matches!(before.harkomst, Harkomst::Overskrivet { .. }) {
        after.harkomst = Harkomst::Inskrivet;
    }
}

fn plats(utfall: &mut Utfall, kolumn: Kolumn) -> &mut Option<Varde> {
    match kolumn {
        Kolumn::Totalt => &mut utfall.varden.total,
        Kolumn::Kvinnor => &mut utfall.varden.kvinnor,
        Kolumn::Man => &mut utfall.varden.man,
        Kolumn::Okant => &mut utfall.varden.okant,
        Kolumn::Prognos => &mut utfall.prognos,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verksamhetsplan::indikator::{
        konkontroll::konkontroll,
        tests::{andel, antal, tal},
    };

    #[test]
    fn a_printed_outcome_is_read_and_comes_back_the_same() {
        for (content, text, stored, back) in [
            (andel("75 %"), "77,78", 777_800, "77,78"),
            (andel("75 %"), "77,78 %", 777_800, "77,78"),
            (andel("75 %"), "29/35", 828_571, "29/35"),
            (andel("75 %"), "ca 52 %", 520_000, "ca 52"),
            (andel("0,8 %"), "0,6", 6_000, "0,6 %"),
            (antal("15 st"), "4", 40_000, "4"),
            (antal("15 st"), "4 st", 40_000, "4"),
            (antal("400 st"), "317 prel", 3_170_000, "317 prel"),
        ] {
            let ruta = las(&content, text, None).unwrap().unwrap();
            assert_eq!(ruta.varde.map(|v| v.tal.stored()), Some(stored), "{text}");
            let written = skriven(&content, ruta.varde.as_ref(), &ruta.not);
            assert_eq!(written, back);
            assert_eq!(las(&content, &written, None), Ok(Some(ruta)), "{written}");
        }
        let word = las(&antal("15 st"), "Oklart", None).unwrap().unwrap();
        assert_eq!((word.varde, word.not.as_str()), (None, "Oklart"));
        assert_eq!(las(&antal("15 st"), " ", None), Ok(None));
    }

    #[test]
    fn a_share_that_could_be_a_hundredfold_is_asked_about_by_its_goal() {
        let asked = "Är det 83\u{a0}% eller 0,83\u{a0}%? Skriv 83, eller 0,83\u{a0}% med procenttecken.";
        assert_eq!(las(&andel("75 %"), "0,83", None), Err(asked.to_owned()));
        assert!(las(&andel("0,8 %"), "0,83", None).is_ok() && las(&andel("75 %"), "0,83 %", None).is_ok());
        assert!(las(&andel("Tas fram av nämnd"), "0,83", None).is_err());
        assert!(las(&andel("Tas fram av nämnd"), "0,83", Some(tal("0.9"))).is_ok(), "as last year's says");
    }

    #[test]
    fn what_is_no_outcome_is_said() {
        for (content, text) in [
            (andel("75 %"), "130 %"),
            (andel("75 %"), "3/0"),
            (andel("75 %"), "77 st"),
            (antal("15 st"), "−3"),
            (antal("15 st"), "15 kr"),
            (antal("15 st"), "Tas fram av nämnd"),
            (antal("15 st"), "1.346"),
            (antal("15 st"), "#REF!"),
        ] {
            assert!(las(&content, text, None).unwrap_err().ends_with(['.', '?']), "{text}");
        }
    }

    #[test]
    fn a_taljare_that_is_greater_than_its_namnare_is_kept_and_flagged() {
        let content = andel("75 %");
        let ruta = las(&content, "36/35", None).unwrap().unwrap();
        assert_eq!(skriven(&content, ruta.varde.as_ref(), ""), "36/35");
        let (after, _) = ifylld(&Utfall::default(), Kolumn::Totalt, Some(ruta));
        let said: Vec<String> =
            konkontroll(&content, &after.varden).iter().map(|flagga| flagga.said(&content)).collect();
        assert_eq!(said, ["Täljaren 36 är större än nämnaren 35."]);
    }

    #[test]
    fn a_forecast_in_the_column_of_outcomes_becomes_one_and_it_is_said() {
        let ruta = las(&antal("15 st"), "Prognos 15", None).unwrap();
        let (after, said) = ifylld(&Utfall::default(), Kolumn::Totalt, ruta);
        assert_eq!((after.tal(), after.prognos.map(|v| (v.tal, v.mark))), (None, Some((tal("15"), Mark::Definitiv))));
        assert_eq!(said.as_deref(), Some("Rutan under Totalt är läst som prognos för helåret."));
        let word = las(&antal("15 st"), "Oklart", None).unwrap();
        let (after, said) = ifylld(&after, Kolumn::Prognos, word);
        assert_eq!(
            (after.prognos, said.as_deref()),
            (None, Some("”Oklart” under Prognos helår sparas inte: rutan är tom."))
        );
        let (after, said) = ifylld(&after, Kolumn::Prognos, None);
        assert!(after.is_empty() && said.is_none());
    }

    #[test]
    fn which_column_is_kvinnor_is_read_from_its_head() {
        for (head, kolumn) in [
            ("Utfall män/pojkar", Some(Kolumn::Man)),
            ("Utfall kvinnor/flickor", Some(Kolumn::Kvinnor)),
            ("Utfall män", Some(Kolumn::Man)),
            ("Periodens utfall", Some(Kolumn::Totalt)),
            ("Periodens utfall samma period i fjol", None),
            ("Prognos helår", Some(Kolumn::Prognos)),
            ("Årsmål", None),
            ("KF:s årsmål", None),
        ] {
            assert_eq!(Kolumn::read(head), kolumn, "{head}");
        }
        let of_kon = ["Kvinnor", "Pojkar", "Okänt", "Östermalm", "–"].map(Kolumn::of_kon);
        assert_eq!(of_kon, [Some(Kolumn::Kvinnor), Some(Kolumn::Man), Some(Kolumn::Okant), None, None]);
        for kolumn in Kolumn::ALL {
            assert_eq!((Kolumn::from_code(kolumn.code()), Kolumn::read(kolumn.label())), (Some(kolumn), Some(kolumn)));
        }
    }
}
