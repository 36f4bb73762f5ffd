//! Inläsning: a table of what is expected becomes rows of goals. What is aimed at may stand in one cell or in several; a unit that is missing is
//! asked for once, a comparison that is missing is proposed and not taken.

use std::collections::HashMap;

use super::{
    Content, Fjol, Form, ForvantatId, Jamforelse, Rad,
    cell::{self, Lastal},
    units,
};
use crate::{
    format,
    import::{self, shortened},
    rows::lines_in_words,
    siffror::inlasning::Svar,
    tal::Tal,
    verksamhetsplan::{
        mal::{
            MalId, Niva, Trad,
            namngivet::{self, INGET},
            utlasning::namn,
        },
        tabell::{self, Fel, Fraga, Kolumn, Lasning, Val},
    },
    year::Year,
};

/// The columns of a table of expected results, in the order of export and template.
pub const KOLUMNER: &[Kolumn] = &[
    Kolumn { falt: "niva", namn: "Nivå", aven: &["niva", "malniva"], maste: false },
    Kolumn { falt: "mal", namn: "Enhetsmål", aven: &["mal", "atagande", "malet"], maste: false },
    Kolumn { falt: "text", namn: "Förväntat resultat", aven: &["resultat", "forvantaderesultat"], maste: true },
    Kolumn { falt: "jamforelse", namn: "Jämförelse", aven: &["jamfor", "minstellerhogst", "hur"], maste: false },
    Kolumn { falt: "malvarde", namn: "Målvärde", aven: &["varde", "arsmal"], maste: false },
    Kolumn { falt: "enhet", namn: "Enhet", aven: &["matenhet", "sort"], maste: false },
    Kolumn { falt: "fjol_ar", namn: "Föregående år", aven: &["foregaende", "jamforelsear"], maste: false },
    Kolumn {
        falt: "fjol",
        namn: "Värde föregående år",
        aven: &["utfallforegaendear", "foregaendearsvarde", "utfallifjol", "foregaendevarde"],
        maste: false,
    },
    Kolumn { falt: "villkor", namn: "Villkor", aven: &["varav"], maste: false },
    Kolumn { falt: "delgrupp", namn: "Delgrupp", aven: &["grupp", "malgrupp"], maste: false },
];

/// The key of the question what numbers without a unit count.
pub const ENHET: &str = "enhet";
/// The key of the question whether 1.346 is a thousand.
pub const TUSENTAL: &str = "tusental";
/// The answer by which a number has no unit.
pub const UTAN: &str = "utan";

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRad {
    /// Its row, as Excel counts.
    pub line: u32,
    /// The goal; none where it names none, and while it is asked about.
    pub mal: Option<MalId>,
    /// What it becomes.
    pub content: Content,
    /// The row of the goal that says the same already, of the same group; nothing is made of it then.
    pub finns: Option<ForvantatId>,
}

/// What reading a table of expected results would do. It can be read in when every row has its goal.
pub type Last = Lasning<LastRad>;

/// Reads a table of what is expected in a year, beside the rows that are there. A row that names no goal is of `mal`, where it is read in at
/// a goal. The sentence says what the table lacks.
pub fn las(
    table: &import::Table,
    trad: &Trad,
    mal: Option<MalId>,
    finns: &[Rad],
    year: i32,
    svar: &Svar,
) -> Result<Last, String> {
    let read = tabell::las(table, KOLUMNER)?;
    let mut out = Last::new(read.notes);
    let mut thousands: Vec<(usize, Tal, Tal)> = Vec::new();
    for rad in &read.rader {
        let line = rad.line;
        match row(rad, year) {
            Ok((content, either)) => {
                let niva = Niva::from_word(rad.cell("niva"));
                let named = namngivet::fraga(&mut out.fragor, svar, trad, niva, rad.cell("mal"), line);
                let mal = named.or_else(|| mal.filter(|_| rad.cell("mal").is_empty()));
                if niva.is_none() && !rad.cell("niva").is_empty() {
                    let text =
                        "Nivån känns inte igen. Skriv inriktningsmål, KF-mål, nämndmål eller enhetsmål.".to_owned();
                    out.fel.push(Fel { line, falt: "niva".to_owned(), text });
                }
                if mal.is_none() && rad.cell("mal").is_empty() {
                    let text = "Raden säger inte vilket mål den hör till. Skriv målets nummer eller titel.".to_owned();
                    out.fel.push(Fel { line, falt: "mal".to_owned(), text });
                }
                // one that is said to belong to none of them
                if mal.is_none()
                    && out.fragor.iter().any(|f| f.rader.contains(&line) && f.svar.as_deref() == Some(INGET))
                {
                    let text = "Ett förväntat resultat hör till ett mål. Välj vilket.".to_owned();
                    out.fel.push(Fel { line, falt: "mal".to_owned(), text });
                }
                thousands.extend(either.map(|(one, other)| (out.rader.len(), one, other)));
                out.rader.push(LastRad { line, mal, content, finns: None });
            }
            Err(faults) => {
                out.fel.extend(faults.into_iter().map(|(falt, text)| Fel { line, falt: falt.to_owned(), text }));
            }
        }
    }
    find(&mut out, finns);
    ask_thousands(&mut out, &thousands, svar);
    ask_unit(&mut out, svar);
    ask_comparison(&mut out, svar);
    Ok(out)
}

/// What a row becomes, and both readings of a number that has two.
type Row = (Content, Option<(Tal, Tal)>);

fn row(rad: &tabell::Rad, year: i32) -> Result<Row, Vec<(&'static str, String)>> {
    let mut faults: Vec<(&'static str, String)> = Vec::new();
    // texts are checked as the form checks them
    let form = Form {
        text: rad.cell("text").to_owned(),
        delgrupp: rad.cell("delgrupp").to_owned(),
        villkor: rad.cell("villkor").to_owned(),
        ..Form::default()
    };
    let mut content = match super::check(&form, year) {
        Ok(content) => content,
        Err(errors) => {
            let field = |name: &str| KOLUMNER.iter().map(|k| k.falt).find(|falt| *falt == name).unwrap_or("text");
            return Err(errors.into_iter().map(|e| (field(&e.field), e.message)).collect());
        }
    };
    match (rad.cell("jamforelse"), Jamforelse::from_word(rad.cell("jamforelse"))) {
        ("" | "-" | "–" | "—", _) => {}
        (_, Some(one)) => content.jamforelse = Some(one),
        (word, None) => faults.push((
            "jamforelse",
            format!("Jämförelsen ”{}” känns inte igen. Skriv minst, högst, exakt, ökar, minskar, ökar inte, samtliga eller inga.", shortened(word, 40)),
        )),
    }
    (content.enhet, content.per) = cell::enhet(rad.cell("enhet"));
    if !crate::number::is_unit(&content.enhet) {
        faults.push((
            "enhet",
            format!("Enheten ”{}” kan inte läsas. Skriv den med ett par ord.", shortened(&content.enhet, 40)),
        ));
    }
    match before(rad, year) {
        Ok(fjol) => content.fjol = fjol,
        Err(fault) => faults.push(fault),
    }
    let aim = cell::cell(rad.cell("malvarde"));
    faults.extend(aim.fel.iter().map(|sentence| ("malvarde", sentence.clone())));
    if !aim.enhet.is_empty() && !content.enhet.is_empty() && !super::is_same_unit(&aim.enhet, &content.enhet) {
        let sentence =
            format!("Det står {} i målvärdet och {} i kolumnen för enhet. Skriv samma.", aim.enhet, content.enhet);
        faults.push(("enhet", sentence));
    }
    let either = aim.malvarde.zip(aim.tusental);
    aim.fill(&mut content);
    // a unit of nothing
    if content.malvarde.is_none() && content.fjol.is_none() && content.jamforelse != Some(Jamforelse::Samtliga) {
        content.enhet.clear();
    }
    if faults.is_empty() { Ok((content, either)) } else { Err(faults) }
}

/// The value of the year before, from its two columns.
fn before(rad: &tabell::Rad, year: i32) -> Result<Option<Fjol>, (&'static str, String)> {
    let varde = match cell::tal(rad.cell("fjol")) {
        Lastal::Tom | Lastal::Text(_) => return Ok(None),
        Lastal::Tal(number) => number.tal,
        Lastal::Antingen(one, thousands) => {
            return Err((
                "fjol",
                format!("Är det {thousands} eller {one}? Skriv {} eller {}.", thousands.typed(), one.typed()),
            ));
        }
        Lastal::Fel(sentence) => return Err(("fjol", sentence)),
    };
    let ar = match rad.cell("fjol_ar") {
        "" => year - 1,
        text => text.parse::<Year>().map_err(|_| ("fjol_ar", crate::year::OUTSIDE.to_owned()))?.get(),
    };
    if ar >= year {
        return Err(("fjol_ar", format!("Föregående år står som {ar}, men planen är för {year}.")));
    }
    Ok(Some(Fjol { ar, varde }))
}

/// Which rows are there already: the same words of the same goal and group, each once.
fn find(out: &mut Last, finns: &[Rad]) {
    let said = |content: &Content| (import::fold(&content.text), import::fold(&content.delgrupp));
    let mut there: HashMap<(MalId, (String, String)), Vec<ForvantatId>> = HashMap::new();
    for row in finns.iter().rev() {
        there.entry((row.mal, said(&row.content))).or_default().push(row.id);
    }
    for rad in &mut out.rader {
        let Some(mal) = rad.mal else { continue };
        rad.finns = there.get_mut(&(mal, said(&rad.content))).and_then(Vec::pop);
    }
    out.notes.extend(tabell::finns_redan(out.rader.iter().filter(|rad| rad.finns.is_some()).count()));
}

fn ask_thousands(out: &mut Last, thousands: &[(usize, Tal, Tal)], svar: &Svar) {
    let Some((_, one, other)) = thousands.first() else { return };
    let given = svar.get(TUSENTAL).filter(|given| matches!(*given, "ja" | "nej")).map(str::to_owned);
    let rader: Vec<u32> = thousands.iter().map(|(at, ..)| out.rader[*at].line).collect();
    out.fragor.push(Fraga {
        key: TUSENTAL.to_owned(),
        text: format!("Är det {other} eller {one}?"),
        val: vec![Val::new("ja", format!("{other}: punkten står mellan tusental")), Val::new("nej", one.to_string())],
        foreslaget: None,
        svar: given.clone(),
        maste: true,
        rader,
    });
    if given.as_deref() == Some("ja") {
        for (at, _, other) in thousands {
            out.rader[*at].content.malvarde = Some(*other);
        }
    }
}

/// Asks once what numbers without a unit count.
fn ask_unit(out: &mut Last, svar: &Svar) {
    let lacks = |rad: &LastRad| rad.content.malvarde.is_some() && rad.content.enhet.is_empty();
    let places: Vec<usize> = (0..out.rader.len()).filter(|at| lacks(&out.rader[*at])).collect();
    let Some(first) = places.first() else { return };
    let mut known: Vec<String> = Vec::new();
    for rad in out.rader.iter().filter(|rad| rad.content.malvarde.is_some() && !rad.content.enhet.is_empty()) {
        if !known.contains(&rad.content.enhet) {
            known.push(rad.content.enhet.clone());
        }
    }
    let beside = if known.is_empty() { String::new() } else { format!(" De andra är i {}.", units(&known)) };
    let lines: Vec<u32> = places.iter().map(|at| out.rader[*at].line).collect();
    let number = out.rader[*first].content.malvarde.unwrap_or_default();
    let (what, is) =
        if lines.len() == 1 { (format!("Målvärdet {number}"), "det") } else { ("Målvärden".to_owned(), "de") };
    for own in ["%", "st", "kr"] {
        if !known.iter().any(|unit| unit == own) {
            known.push(own.to_owned());
        }
    }
    let given =
        svar.get(ENHET).filter(|given| *given == UTAN || known.iter().any(|unit| unit == given)).map(str::to_owned);
    let mut val: Vec<Val> = known.iter().map(|unit| Val::new(unit.clone(), unit.clone())).collect();
    val.push(Val::new(UTAN, "Ingen enhet"));
    out.fragor.push(Fraga {
        key: ENHET.to_owned(),
        text: format!("{what} ({}) har ingen enhet.{beside} Vad är {is} i?", lines_in_words(&lines)),
        rader: lines,
        val,
        foreslaget: None,
        svar: given.clone(),
        maste: false,
    });
    if let Some(unit) = given.filter(|given| given != UTAN) {
        for at in places {
            out.rader[at].content.enhet.clone_from(&unit);
        }
    }
}

/// Asks of each number without a comparison how it is meant; the row is read in without one if nobody answers.
fn ask_comparison(out: &mut Last, svar: &Svar) {
    for rad in &mut out.rader {
        let content = &mut rad.content;
        let Some(number) = content.malvarde.filter(|_| content.jamforelse.is_none()) else { continue };
        let key = format!("jamforelse:{}", rad.line);
        let given = svar.get(&key).and_then(Jamforelse::from_code).filter(|one| one.takes_number());
        let before = content.fjol.map_or_else(String::new, |fjol| format!(" ({}: {})", fjol.ar, fjol.varde));
        let offered = [Jamforelse::Hogst, Jamforelse::Minst, Jamforelse::Exakt];
        out.fragor.push(Fraga {
            key,
            rader: vec![rad.line],
            text: format!(
                "Är {}{before} det högsta eller det lägsta för ”{}”?",
                content.with_unit(number),
                shortened(&content.text, 80)
            ),
            val: offered.map(|one| Val::new(one.code(), format::capitalised(one.label()))).into(),
            foreslaget: cell::foreslagen(content.malvarde, content.fjol).map(|one| one.code().to_owned()),
            svar: given.map(|one| one.code().to_owned()),
            maste: false,
        });
        content.jamforelse = given;
    }
}

/// The cells of rows, in the order of the columns: what is read back as it was.
#[must_use]
pub fn celler(rader: &[Rad], trad: &Trad) -> Vec<Vec<String>> {
    let row = |rad: &Rad| {
        let content = &rad.content;
        let about = if content.ungefar { "ca " } else { "" };
        let number = content.malvarde.map(|tal| format!("{about}{}", tal.typed()));
        let per = content.per.map_or_else(String::new, |grain| format!("/{}", grain.label()));
        vec![
            trad.get(rad.mal).map_or("", |mal| mal.content.niva.label()).to_owned(),
            namn(trad, rad.mal),
            content.text.clone(),
            content.jamforelse.map_or("", Jamforelse::label).to_owned(),
            number.unwrap_or_else(|| content.maltext.clone()),
            if content.enhet.is_empty() { String::new() } else { format!("{}{per}", content.enhet) },
            content.fjol.map_or_else(String::new, |fjol| fjol.ar.to_string()),
            content.fjol.map_or_else(String::new, |fjol| fjol.varde.typed()),
            content.villkor.as_ref().map_or_else(String::new, super::Villkor::said),
            content.delgrupp.clone(),
        ]
    };
    rader.iter().map(row).collect()
}
