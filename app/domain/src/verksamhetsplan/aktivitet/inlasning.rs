//! Inläsning: a table of aktiviteter becomes those of a plan.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Content, Planaktivitet, PlanaktivitetForm, PlanaktivitetId};
use crate::{
    format,
    import::{self, Names, fold, shortened},
    schedule::Responsible,
    siffror::inlasning::Svar,
    verksamhetsplan::{
        indikator::slag::Ursprung,
        mal::{MalId, Niva, Trad, namngivet, utlasning::namn},
        tabell::{self, Fel, Kolumn, Lasning},
    },
};

/// The columns of a table of aktiviteter, in the order of export and template.
pub const KOLUMNER: &[Kolumn] = &[
    Kolumn { falt: "niva", namn: "Nivå", aven: &["niva", "vems", "agare"], maste: false },
    Kolumn { falt: "mal", namn: "Mål", aven: &["enhetsmal", "atagande", "malet", "under"], maste: false },
    Kolumn { falt: "text", namn: "Aktivitet", aven: &["aktiviteter", "vad"], maste: true },
    Kolumn { falt: "start", namn: "Startdatum", aven: &["start", "startar", "fran"], maste: false },
    Kolumn { falt: "slut", namn: "Slutdatum", aven: &["slut", "slutar", "till", "klart", "klardatum"], maste: false },
    Kolumn { falt: "responsible", namn: "Ansvarig", aven: &["vem", "av", "utforsav"], maste: false },
];

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRad {
    /// Its row, as Excel counts.
    pub line: u32,
    /// What it becomes.
    pub content: Content,
    /// The one that is there already, of the same words and goal; nothing is made of the row then.
    pub finns: Option<PlanaktivitetId>,
    /// What is to be known of it: that it does not touch the year, that it has no last day.
    pub notes: Vec<String>,
}

/// What reading a table of aktiviteter would do.
pub type Last = Lasning<LastRad>;

/// Reads a table of aktiviteter for the plan of a year, beside those that are there. The sentence says what the table lacks.
pub fn las(
    table: &import::Table,
    trad: &Trad,
    names: &Names,
    finns: &[Planaktivitet],
    year: i32,
    svar: &Svar,
) -> Result<Last, String> {
    let read = tabell::las(table, KOLUMNER)?;
    let mut out = Last::new(read.notes);
    let mut there: HashMap<(Option<MalId>, String), Vec<PlanaktivitetId>> = HashMap::new();
    for one in finns.iter().rev() {
        there.entry((one.content.mal, fold(&one.content.text))).or_default().push(one.id);
    }
    for rad in &read.rader {
        let line = rad.line;
        let mut fault = |falt: &str, text: String| out.fel.push(Fel { line, falt: falt.to_owned(), text });
        let word = rad.cell("niva");
        // who has decided it says nothing of the level of its goal
        let niva = if Ursprung::named(word).is_some() { None } else { Niva::from_word(word) };
        let agare = Ursprung::from_word(word);
        if agare.is_none() && !word.is_empty() {
            let word = shortened(word, 40);
            fault("niva", format!("”{word}” känns inte igen. Skriv en nivå, eller KF, nämnd eller enhet."));
            continue;
        }
        let responsible = match names.resolve(rad.cell("responsible")) {
            Ok(who) => who,
            Err(sentence) => {
                fault("responsible", sentence);
                Responsible::Nobody
            }
        };
        let form = PlanaktivitetForm {
            text: rad.cell("text").to_owned(),
            start: rad.cell("start").to_owned(),
            slut: rad.cell("slut").to_owned(),
            responsible: responsible.code(),
            agare: agare.unwrap_or(Ursprung::Enhet).code().to_owned(),
            ..PlanaktivitetForm::default()
        };
        match super::check(&form, year) {
            Ok(content) => {
                let mal = namngivet::fraga(&mut out.fragor, svar, trad, niva, rad.cell("mal"), line);
                let content = Content { mal, ..content };
                let notes = content.utanfor(year).into_iter().chain(content.hjalp()).collect();
                let finns = there.get_mut(&(content.mal, fold(&content.text))).and_then(Vec::pop);
                out.rader.push(LastRad { line, content, finns, notes });
            }
            Err(errors) => errors.into_iter().for_each(|e| fault(&e.field, e.message)),
        }
    }
    out.notes.extend(tabell::finns_redan(out.rader.iter().filter(|rad| rad.finns.is_some()).count()));
    Ok(out)
}

/// The cells of aktiviteter, in the order of the columns: what is read back as it was.
#[must_use]
pub fn celler(alla: &[Planaktivitet], trad: &Trad, names: &Names) -> Vec<Vec<String>> {
    let date = |day: Option<NaiveDate>| day.map(format::date).unwrap_or_default();
    let row = |one: &Planaktivitet| {
        let content = &one.content;
        let mal = content.mal.and_then(|id| trad.get(id));
        // a level finds the goal, and of the other two it says whose it is
        let own = mal.filter(|mal| Ursprung::of_niva(mal.content.niva) == content.agare);
        vec![
            own.map_or_else(|| content.agare.word().to_owned(), |mal| mal.content.niva.label().to_owned()),
            mal.map_or_else(String::new, |mal| namn(trad, mal.id)),
            content.text.clone(),
            date(content.start),
            date(content.slut),
            names.label(content.responsible),
        ]
    };
    alla.iter().map(row).collect()
}
