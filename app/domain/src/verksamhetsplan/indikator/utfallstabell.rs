//! Utfallstabell: a table of outcomes, each of an indikator and a period, and the same table written. Marks that are printed are kept as set
//! by hand: a printed status is what was reported, whatever the rule says today.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Content, Indikator, IndikatorId,
    inlasning::put,
    mal::{self, Mal},
    ruta::{self, Ruta},
    slag::Slag,
    status::Status,
    tid::Utfallsperiod,
    utfall::{Harkomst, Satt, Utfall, andel},
};
use crate::{
    field::{Checker, FieldError},
    import::{self, fold, shortened},
    occurrence::Share,
    personnummer::varning,
    siffror::{inlasning::Svar, rutnat::count, slag::Varde},
    verksamhetsplan::tabell::{self, Fel, Fraga, Kolumn, Lasning, Rad, Val},
    year::Year,
};

/// The columns of a table of outcomes, in the order of export and template.
pub const KOLUMNER: &[Kolumn] = &[
    Kolumn { falt: "namn", namn: "Indikator", aven: &["indikatorer", "indikatorn"], maste: true },
    Kolumn { falt: "period", namn: "Period", aven: &["tid", "rapport", "avser"], maste: false },
    Kolumn {
        falt: "total",
        namn: "Periodens utfall",
        aven: &["utfall", "totalt", "utfalltotalt", "resultat"],
        maste: false,
    },
    Kolumn { falt: "man", namn: "Utfall män", aven: &["man", "utfallmanpojkar", "manpojkar"], maste: false },
    Kolumn {
        falt: "kvinnor",
        namn: "Utfall kvinnor",
        aven: &["kvinnor", "utfallkvinnorflickor", "kvinnorflickor"],
        maste: false,
    },
    Kolumn { falt: "okant", namn: "Annat eller okänt", aven: &["okant", "annat", "utfallokant"], maste: false },
    Kolumn { falt: "taljare", namn: "Täljare", aven: &[], maste: false },
    Kolumn { falt: "namnare", namn: "Nämnare", aven: &[], maste: false },
    Kolumn { falt: "prognos", namn: "Prognos helår", aven: &["prognos", "helarsprognos"], maste: false },
    Kolumn { falt: "arsmal", namn: "Årsmål", aven: &[], maste: false },
    Kolumn { falt: "kf", namn: "KF:s årsmål", aven: &["kfarsmal", "kfsmal"], maste: false },
    Kolumn { falt: "status", namn: "Status", aven: &["bedomning", "maluppfyllelse"], maste: false },
    Kolumn { falt: "kommentar", namn: "Kommentar", aven: &["analys", "anmarkning"], maste: false },
];

/// Why a status that a table says is set.
pub const SKAL: &str = "Som det står i tabellen";
/// The answer by which a row is not read in.
pub const HOPPA: &str = "hoppa";

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRad {
    /// Its row, as Excel counts.
    pub line: u32,
    /// Which one of the plan it is an outcome of.
    pub indikator: IndikatorId,
    /// The period, of any year: of an earlier one it is that of the indikator that this one was copied from.
    pub period: Utfallsperiod,
    /// The outcome with what the row says; what it does not say is as it was.
    pub utfall: Utfall,
}

/// What reading a table of outcomes would do. Whether a change needs a reason is as with any other ([`super::stangning::andring`]).
pub type Last = Lasning<LastRad>;

/// The outcomes that are there, by indikator and period.
pub type Finns = BTreeMap<(IndikatorId, Utfallsperiod), Utfall>;

/// Reads a table of outcomes of the indikatorer of a plan of `year`; a row that says no period is of `period`, and a period without its year
/// of `year`. The sentence says what the table lacks.
pub fn las(
    table: &import::Table,
    indikatorer: &[Indikator],
    year: i32,
    period: Option<Utfallsperiod>,
    finns: &Finns,
    svar: &Svar,
) -> Result<Last, String> {
    let read = tabell::las(table, KOLUMNER)?;
    let mut out = Last::new(read.notes);
    for rad in &read.rader {
        let of = indikator(&mut out.fragor, rad, indikatorer, svar);
        let when = tid(&mut out, rad, year, period, svar);
        let (Some(of), Some(when)) = (of, when) else { continue };
        let before = finns.get(&(of.id, when)).cloned().unwrap_or_default();
        // one of a closed period is a figure of what the indikator was then
        let content = before.bedoms_av(&of.content);
        match utfall(rad, &content, before) {
            Ok((utfall, notes)) => {
                out.notes.extend(notes.into_iter().map(|note| format!("Rad {}: {note}", rad.line)));
                if when.year() == year {
                    out.notes.extend(andra_mal(rad, &content));
                }
                out.rader.push(LastRad { line: rad.line, indikator: of.id, period: when, utfall });
            }
            Err(faults) => out.fel.extend(faults.into_iter().map(|(falt, text)| Fel {
                line: rad.line,
                falt: falt.to_owned(),
                text,
            })),
        }
    }
    ask_double(&mut out, indikatorer, svar);
    let skipped = out.fragor.iter().filter(|fraga| fraga.svar.as_deref() == Some(HOPPA));
    let lines: BTreeSet<u32> = skipped.flat_map(|fraga| fraga.rader.iter().copied()).collect();
    if !lines.is_empty() {
        let lines: Vec<u32> = lines.into_iter().collect();
        let said = crate::format::capitalised(&crate::rows::lines_in_words(&lines));
        out.notes.push(format!("{said} läses inte in."));
    }
    Ok(out)
}

/// The indikator that a row names; one that is not there, or is there twice, is asked about once.
fn indikator<'a>(fragor: &mut Vec<Fraga>, rad: &Rad, all: &'a [Indikator], svar: &Svar) -> Option<&'a Indikator> {
    let name = fold(rad.cell("namn"));
    let named: Vec<&Indikator> = all.iter().filter(|one| fold(&one.content.namn) == name).collect();
    if let [one] = named.as_slice() {
        return Some(one);
    }
    let short = shortened(rad.cell("namn"), 80);
    let (text, offered) = if named.is_empty() {
        (format!("”{short}” finns inte i planen. Vilken indikator är det?"), all.iter().collect())
    } else {
        (format!("Flera indikatorer heter ”{short}”. Vilken är det?"), named)
    };
    let mut val: Vec<Val> =
        offered.iter().map(|one: &&Indikator| Val::new(one.id.to_string(), one.content.namn.clone())).collect();
    val.push(Val::new(HOPPA, "Läs inte in"));
    let given = put(fragor, svar, format!("indikator:{name}"), rad.line, text, val, None)?;
    all.iter().find(|one| one.id.to_string() == given)
}

/// The period of a row; what is none is asked about once.
fn tid(out: &mut Last, rad: &Rad, year: i32, period: Option<Utfallsperiod>, svar: &Svar) -> Option<Utfallsperiod> {
    let text = rad.cell("period");
    if text.is_empty() && period.is_some() {
        return period;
    }
    if let (false, Ok(period)) = (text.is_empty(), Utfallsperiod::read(text, year)) {
        return Some(period);
    }
    // the year may stand there though the period does not
    let said = text.split_whitespace().find_map(|word| word.parse::<Year>().ok()).map_or(year, Year::get);
    let mut val: Vec<Val> =
        Utfallsperiod::rapporter(said).into_iter().map(|one| Val::new(one.to_string(), one.label())).collect();
    val.push(Val::new(HOPPA, "Läs inte in"));
    let asked = match text {
        "" => "Vilken period gäller raderna som inte säger det?".to_owned(),
        _ => format!("Vilken period är ”{}”?", shortened(text, 40)),
    };
    put(&mut out.fragor, svar, format!("period:{}", fold(text)), rad.line, asked, val, None)?.parse().ok()
}

/// What a row makes of an outcome, and what is to be known about it.
type Row = Result<(Utfall, Vec<String>), Vec<(&'static str, String)>>;

fn utfall(rad: &Rad, content: &Content, before: Utfall) -> Row {
    let (mut after, mut faults, mut notes) = (before.clone(), Vec::new(), Vec::new());
    let fore = before.tal();
    let mut ruta = |falt: &'static str| match ruta::las(content, rad.cell(falt), fore) {
        Ok(ruta) => ruta,
        Err(text) => {
            faults.push((falt, text));
            None
        }
    };
    if let Some(Ruta { varde, not, prognos }) = ruta("total") {
        if prognos {
            after.prognos = varde;
            notes.push("utfallet är läst som prognos för helåret.".to_owned());
        } else {
            (after.varden.total, after.not) = (varde, not);
        }
    }
    for (falt, plats) in [
        ("man", &mut after.varden.man),
        ("kvinnor", &mut after.varden.kvinnor),
        ("okant", &mut after.varden.okant),
        ("prognos", &mut after.prognos),
    ] {
        if let Some(last) = ruta(falt) {
            *plats = last.varde;
        }
    }
    match (rad.cell("taljare"), rad.cell("namnare")) {
        ("", "") => {}
        (taljare, namnare) => match delar(content, taljare, namnare) {
            Ok(made) => notes.extend(with_parts(content, &mut after, made)),
            Err(text) => faults.push(("taljare", text)),
        },
    }
    if before.varden != after.varden {
        (after.tom, after.kanda) = (None, None);
        if !matches!(before.harkomst, Harkomst::Overskrivet { .. }) {
            after.harkomst = Harkomst::Inlast;
        }
    }
    match (rad.cell("status"), Status::read(rad.cell("status"))) {
        ("" | "-" | "–" | "—", _) => {}
        // one that is set stays with its own reason
        (_, Some(status)) if before.satt.as_ref().is_some_and(|satt| satt.status == status) => {}
        (_, Some(status)) => after.satt = Some(Satt { status, skal: SKAL.to_owned(), vid: after.tal() }),
        (word, None) => faults.push((
            "status",
            format!("Statusen ”{}” känns inte igen. Skriv uppnås, delvis eller inte alls.", shortened(word, 40)),
        )),
    }
    if !rad.cell("kommentar").is_empty() {
        match kommentar(rad.cell("kommentar")) {
            Ok(text) => after.analys = text,
            Err(errors) => faults.extend(errors.into_iter().map(|e| ("kommentar", e.message))),
        }
    }
    if faults.is_empty() { Ok((after, notes)) } else { Err(faults) }
}

/// A comment, checked as an analysis that is typed.
fn kommentar(text: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.text("kommentar", text);
    if let Some(warning) = varning(&text) {
        check.error("kommentar", warning);
    }
    check.finish(text)
}

/// The share that täljare and nämnare make.
fn delar(content: &Content, taljare: &str, namnare: &str) -> Result<Varde, String> {
    if content.slag != Slag::Andel {
        return Err("Täljare och nämnare hör till en andel.".to_owned());
    }
    match (count(taljare), count(namnare)) {
        (Some(numerator), Some(denominator)) => {
            andel(Share { numerator, denominator }).ok_or_else(|| "Nämnaren är 0: det blir ingen andel.".to_owned())
        }
        _ => Err("Skriv både täljare och nämnare som hela tal.".to_owned()),
    }
}

/// Puts a share that is made of its parts in the place of the printed one, and says where they differ.
fn with_parts(content: &Content, after: &mut Utfall, made: Varde) -> Option<String> {
    let printed = after.varden.total;
    after.varden.total = Some(Varde { mark: printed.map_or(made.mark, |v| v.mark), ..made });
    after.not.clear();
    let differs = printed.filter(|v| v.share.is_none() && v.tal != made.tal.rounded(v.tal.decimals()))?;
    Some(format!(
        "{} är {}, men det står {}. Täljaren och nämnaren gäller.",
        ruta::delar(&made).unwrap_or_default(),
        content.with_unit(made.tal),
        content.with_unit(differs.tal)
    ))
}

/// What is told where a row has another goal than the plan, which stays as it is.
fn andra_mal(rad: &Rad, content: &Content) -> Vec<String> {
    let other = |falt: &str, what: &str, own: &Mal| {
        let last = mal::las(rad.cell(falt)).ok().filter(|last| last.mal != Mal::Inget && last.mal != *own)?;
        let own = if *own == Mal::Inget { "inte sagt".to_owned() } else { own.shown(content) };
        Some(format!("Rad {}: {what} är {} i tabellen och {own} i planen.", rad.line, last.mal.shown(content)))
    };
    [other("arsmal", "årsmålet", &content.arsmal), other("kf", "KF:s årsmål", &content.kf)]
        .into_iter()
        .flatten()
        .collect()
}

/// Asks which row holds where two are of the same indikator and period.
fn ask_double(out: &mut Last, indikatorer: &[Indikator], svar: &Svar) {
    let mut by: BTreeMap<(IndikatorId, Utfallsperiod), Vec<u32>> = BTreeMap::new();
    for rad in &out.rader {
        by.entry((rad.indikator, rad.period)).or_default().push(rad.line);
    }
    for ((id, period), lines) in by.into_iter().filter(|(_, lines)| lines.len() > 1) {
        let content = indikatorer.iter().find(|one| one.id == id).map(|one| &one.content);
        let shown = |line: u32| {
            let rad = out.rader.iter().find(|rad| rad.line == line)?;
            let about = Some(&rad.utfall.analys).filter(|text| !text.is_empty());
            let about = about.map_or_else(String::new, |text| format!(" ({})", shortened(text, 40)));
            Some(format!("Rad {line}: {}{about}", ruta::visad(content?, rad.utfall.varden.total.as_ref())))
        };
        let val: Vec<Val> =
            lines.iter().map(|line| Val::new(line.to_string(), shown(*line).unwrap_or_default())).collect();
        let key = format!("rad:{id}:{period}");
        let given = svar.get(&key).filter(|given| val.iter().any(|v| v.code == *given)).map(str::to_owned);
        let named = content.map_or("", |content| content.namn.as_str());
        let text = format!("”{}” har flera utfall för {}. Vilket gäller?", shortened(named, 80), period.label());
        if let Some(kept) = &given {
            out.rader.retain(|rad| (rad.indikator, rad.period) != (id, period) || rad.line.to_string() == *kept);
        }
        out.fragor.push(Fraga { key, rader: lines, text, val, foreslaget: None, svar: given, maste: true });
    }
}

/// The cells of outcomes, in the order of the columns: what is read back as it was.
#[must_use]
pub fn celler(rader: &[(&Content, Utfallsperiod, &Utfall)]) -> Vec<Vec<String>> {
    let row = |(content, period, utfall): &(&Content, Utfallsperiod, &Utfall)| {
        let judged_by = utfall.bedoms_av(content);
        let content = &*judged_by;
        let written = |varde: Option<Varde>| ruta::skriven(content, varde.as_ref(), "");
        let share = utfall.varden.total.and_then(|v| v.share);
        // the share is reckoned from its parts, which have columns of their own
        let whole = utfall.varden.total.map(|v| if share.is_some() { bare(content, v) } else { v });
        let part = |of: fn(Share) -> i64| share.map_or_else(String::new, |share| of(share).to_string());
        vec![
            content.namn.clone(),
            period.label(),
            ruta::skriven(content, whole.as_ref(), &utfall.not),
            written(utfall.varden.man),
            written(utfall.varden.kvinnor),
            written(utfall.varden.okant),
            part(|share| share.numerator),
            part(|share| share.denominator),
            written(utfall.prognos),
            content.arsmal.shown(content),
            content.kf.shown(content),
            utfall.satt.as_ref().map_or("", |satt| satt.status.label()).to_owned(),
            utfall.analys.clone(),
        ]
    };
    rader.iter().map(row).collect()
}

fn bare(content: &Content, varde: Varde) -> Varde {
    Varde { tal: content.rounded(varde.tal), share: None, ..varde }
}
