//! Läs: goes through a table row by row. What is a value gets its period and its place; sums, differences and texts are told from them.

use std::collections::BTreeSet;

use super::{
    Fel, Fraga, ROWS_MOST, Underlag,
    cell::{Cell, cell},
    fragor,
    kolumner::betyder,
    namn::{self, Namn, Namnlista},
    rutor::{langder, rutor},
    sagt,
    tid::{self, Tid},
    upplagg::{self, Kolumner, Rut, Tider, Upplagg},
};
use crate::{
    import::Table,
    period::Period,
    personnummer::{Kansligt, sok},
    rows::cell_name,
    siffror::{
        dimension::DimensionsvardeId,
        manader,
        siffra::Plats,
        slag::{Mark, Varde},
    },
    tal::Tal,
};

/// A value of the table.
pub(super) struct Last {
    pub(super) period: Period,
    pub(super) plats: Plats,
    /// As Excel calls its cell.
    pub(super) ruta: String,
    /// None where it is missing.
    pub(super) varde: Option<Varde>,
    pub(super) not: String,
    /// It is hidden where the table comes from: it is no value, and says nothing of the one that is there.
    pub(super) dold: bool,
    /// Its column among those of the table, for rows of differences.
    pub(super) kolumn: usize,
}

/// A sum of the table.
pub(super) struct LastSumma {
    pub(super) period: Period,
    pub(super) plats: Plats,
    pub(super) tal: Tal,
    pub(super) ruta: String,
    pub(super) mark: Mark,
}

/// A row that says how much each column changed.
pub(super) struct LastAndring {
    /// As the table calls it: "2022 feb".
    pub(super) namn: String,
    pub(super) fran: Option<Period>,
    pub(super) till: Option<Period>,
    /// One for each column of values.
    pub(super) delar: Vec<Option<Tal>>,
}

/// A sum over the periods of a table, by column.
pub(super) struct Langd {
    pub(super) plats: Plats,
    pub(super) tryckt: Tal,
    pub(super) delarna: Tal,
}

/// A table that has been read.
#[derive(Default)]
pub(super) struct Lasning {
    pub(super) upplagg: Option<Upplagg>,
    pub(super) varden: Vec<Last>,
    pub(super) summor: Vec<LastSumma>,
    pub(super) andringar: Vec<LastAndring>,
    pub(super) langder: Vec<Langd>,
    pub(super) preliminara: BTreeSet<Period>,
    pub(super) sparas_inte: Vec<String>,
    pub(super) fragor: Vec<Fraga>,
    pub(super) fel: Vec<Fel>,
    pub(super) notes: Vec<String>,
}

/// The most rows of differences that are compared.
const ANDRINGAR_MOST: usize = 100;

/// A row of values.
pub(super) struct Kropp {
    pub(super) r: usize,
    pub(super) tid: Option<Tid>,
    pub(super) plats: Vec<Option<DimensionsvardeId>>,
    /// It sums up others.
    pub(super) summa: bool,
}

/// Reads a table. The fault is about the table as a whole.
pub(super) fn las(table: &Table, u: &Underlag<'_>) -> Result<Lasning, String> {
    let rows = table.rows();
    if rows.len() > ROWS_MOST {
        return Err(sagt::for_manga(rows.len()));
    }
    utan_personnummer(table)?;
    let tvars = upplagg::tvars(rows, u.content.grain)?;
    let rut = Rut::new(rows, tvars == Some(true));
    let k = upplagg::kolumner(&rut, u.content, u.dims, tvars.is_some());
    if k.varden.is_empty() || tvars.is_none() && u.dims.is_empty() {
        return Err(sagt::ingen_tabell(u.content.grain, tvars.is_some()));
    }
    let mut out = Lasning { notes: table.notes().to_vec(), ..Lasning::default() };
    out.upplagg = Some(match tvars {
        None => Upplagg::UtanTid,
        Some(_) if !k.dims.is_empty() => Upplagg::Lang,
        Some(true) => Upplagg::TidTvars,
        Some(false) => Upplagg::TidNed,
    });
    if !k.ovriga.is_empty() {
        out.notes.push(format!("Texterna under {} läses inte in.", k.ovriga.join(", ")));
    }
    let mut namn = Namnlista::new(u.dims, u.svar);
    let columns = betyder(&rut, &k, u, &mut namn, (&mut out.fragor, &mut out.notes));
    let mut body = Vec::new();
    let (summarader, andringar) = gang(&rut, &k, u, &mut namn, &mut out, &mut body);
    let perioder = perioder(&rut, &k, u, &body, &mut out)?;
    if namn.fragor.iter().filter(|f| f.is_open()).count() > namn::OKANDA_MOST {
        return Err(sagt::okanda(namn.fragor.len()));
    }
    out.fragor.append(&mut namn.fragor);
    out.notes.extend(namn.grupper.iter().map(|g| format!("{g} är en grupp och räknas ut av sina delar.")));
    let Some(perioder) = perioder else { return Ok(out) };
    rutor(&rut, &k, u, &columns, (&body, &perioder), &mut out);
    out.langder = langder(&rut, &k, u, &columns, (&body, &perioder), &summarader, &out.varden);
    let known: BTreeSet<Period> = perioder.iter().copied().collect();
    out.andringar = andringar.into_iter().map(|a| a.read(&rut, &k, u, &known)).collect();
    if rows.iter().any(crate::import::Row::is_hidden) {
        let hidden = rows.iter().filter(|row| row.is_hidden()).count();
        out.notes.push(match hidden {
            1 => "En rad är dold i Excel och läses med.".to_owned(),
            n => format!("{n} rader är dolda i Excel och läses med."),
        });
    }
    Ok(out)
}

/// A table with a personnummer is refused as a whole; where it stands is said, and not what.
pub fn utan_personnummer(table: &Table) -> Result<(), String> {
    for row in table.rows() {
        for (c, text) in row.cells.iter().enumerate() {
            // ten figures at least, and a text that is sought through costs
            if text.bytes().filter(u8::is_ascii_digit).count() < 10 {
                continue;
            }
            let is_person = |kind| matches!(kind, Kansligt::Personnummer | Kansligt::Samordningsnummer);
            if sok(text).iter().any(|found| is_person(found.kind)) {
                return Err(format!(
                    "Ruta {} ser ut att innehålla ett personnummer. Ingenting är inläst. Ta bort det ur filen och läs in den igen.",
                    cell_name(c, row.line)
                ));
            }
        }
    }
    Ok(())
}

/// A row of differences before the periods are known.
struct Andringsrad {
    r: usize,
    tid: Tid,
    till: Option<Tid>,
}

impl Andringsrad {
    fn read(self, rut: &Rut<'_>, k: &Kolumner, u: &Underlag<'_>, known: &BTreeSet<Period>) -> LastAndring {
        let of = |tid: Tid, before: Option<Period>| match tid.year {
            Some(year) => tid::period(year, tid.n, u.content.grain),
            // the last one of that name, before the one that it is compared with
            None => known.iter().rev().copied().find(|p| p.place().1 == tid.n && before.is_none_or(|b| *p < b)),
        };
        let till = self.till.and_then(|till| of(till, None));
        let fran = of(self.tid, till);
        let delar = k.varden.iter().map(|c| match cell(rut.text(self.r, *c), u.content.slag) {
            Cell::Tal(last) => Some(last.tusental.unwrap_or(last.tal)),
            _ => None,
        });
        let namn = k.tid.map_or("", |t| rut.text(self.r, t)).to_owned();
        LastAndring { namn, fran, till, delar: delar.collect() }
    }
}

/// Tells the rows apart; gives those that sum up the periods above them, and those of differences.
fn gang(
    rut: &Rut<'_>,
    k: &Kolumner,
    u: &Underlag<'_>,
    namn: &mut Namnlista<'_>,
    out: &mut Lasning,
    body: &mut Vec<Kropp>,
) -> (Vec<(usize, usize)>, Vec<Andringsrad>) {
    let mut tider = Tider::new(u.content.grain);
    let (mut summarader, mut andringar) = (Vec::new(), Vec::new());
    let mut under: Option<Option<Tid>> = None;
    let (mut ar, mut before, mut from_above) = (None, None, 0_usize);
    let mut dims_before: Vec<Option<String>> = vec![None; u.dims.len()];
    let (mut sum_seen, mut beside): (bool, Vec<String>) = (false, vec![]);
    for r in k.first..rut.height() {
        let has = k.varden.iter().any(|c| !rut.text(r, *c).is_empty() || rut.has_no_value(r, *c))
            || k.egen.as_ref().is_some_and(|egen| egen.is_value(rut, r));
        let label = || (0..rut.width()).map(|c| rut.text(r, c)).find(|text| !text.is_empty());
        let mut tid = None;
        if let Some(t) = k.tid {
            let text = rut.text(r, t);
            tid = tider.of(text, k.bare);
            if let Some(year) =
                k.ar.and_then(|c| tid::year(rut.text(r, c))).or_else(|| label().filter(|_| !has).and_then(tid::year))
            {
                ar = Some(year);
            }
            if let Some(tid) = &mut tid {
                tid.year = tid.year.or(ar);
                tid.preliminar |= k.preliminar.is_some_and(|c| is_yes(rut.text(r, c)));
            }
            if tid.is_none() && text.is_empty() && has && !k.dims.is_empty() && before.is_some() && under.is_none() {
                tid = before;
                from_above += 1;
            }
            let Some(tid) = tid else {
                let Some(label) = label() else { continue };
                if namn::is_andring(label) {
                    under = Some(tid::i_text(label, u.content.grain));
                } else if tid::year(label).is_some() && !has {
                    continue;
                } else if namn::is_summa(label) && has && under.is_none() {
                    summarader.push((r, body.len()));
                }
                out.sparas_inte.push(label.to_owned());
                continue;
            };
            if let Some(till) = under {
                out.sparas_inte.push(text.to_owned());
                if andringar.len() < ANDRINGAR_MOST {
                    andringar.push(Andringsrad { r, tid, till });
                } else if andringar.len() == ANDRINGAR_MOST && r + 1 == rut.height() {
                    out.notes.push(format!("Bara de {ANDRINGAR_MOST} första ändringsraderna jämförs."));
                }
                continue;
            }
            before = Some(tid);
        }
        if !has {
            // a text among the rows of a table without times
            if let Some(label) = label().filter(|_| k.tid.is_none()) {
                out.sparas_inte.push(label.to_owned());
            }
            continue;
        }
        let mut kropp = Kropp { r, tid, plats: vec![None; u.dims.len()], summa: false };
        let mut skipped = None;
        for (d, c) in &k.dims {
            let text = rut.text(r, *c);
            let text = if text.is_empty() { dims_before[*d].clone().unwrap_or_default() } else { text.to_owned() };
            from_above += usize::from(rut.text(r, *c).is_empty() && !text.is_empty());
            let asked = k.tid.is_none()
                && sum_seen
                && namn.known(*d, &text).is_none()
                && u.svar.get(&namn::key(*d, &text)).is_none();
            match if asked { Namn::Hoppas } else { namn.of(*d, &text) } {
                Namn::Varde(id) => kropp.plats[*d] = Some(id),
                Namn::Alla => kropp.summa = true,
                Namn::Hoppas | Namn::Okant => {
                    if asked {
                        beside.push(text.clone());
                    }
                    skipped.get_or_insert(text.clone());
                }
            }
            dims_before[*d] = Some(text);
        }
        sum_seen |= kropp.summa;
        match skipped {
            Some(text) => out.sparas_inte.push(text),
            None => body.push(kropp),
        }
    }
    if from_above > 0 {
        out.notes.push("Tomma rutor för tid eller uppdelning är lästa som raden ovanför.".to_owned());
    }
    if !beside.is_empty() {
        out.notes.push(sagt::vid_sidan(&beside));
    }
    (summarader, andringar)
}

fn is_yes(text: &str) -> bool {
    !matches!(crate::import::fold(text).as_str(), "" | "nej" | "n" | "0" | "false" | "falskt")
}

/// The periods of the rows of values; none while a year or a period is asked for.
fn perioder(
    rut: &Rut<'_>,
    k: &Kolumner,
    u: &Underlag<'_>,
    body: &[Kropp],
    out: &mut Lasning,
) -> Result<Option<Vec<Period>>, String> {
    let Some(t) = k.tid else {
        let (period, fraga) = fragor::period(u);
        out.fragor.insert(0, fraga);
        return Ok(period.map(|period| vec![period; body.len()]));
    };
    let tider: Vec<Tid> = body.iter().filter_map(|row| row.tid).collect();
    let text = |row: &Kropp| rut.text(row.r, t).to_owned();
    let first = body.first().map(text).unwrap_or_default();
    let (year, fraga) = fragor::ar(u, &first);
    let perioder = match tid::perioder(&tider, u.content.grain, year) {
        Ok(perioder) => perioder,
        Err(manader::Fel::Year) => {
            out.fragor.insert(0, fraga);
            return Ok(None);
        }
        Err(fel) => return Err(sagt::fel_ar(&fel)),
    };
    if tider.iter().all(|tid| tid.year.is_none()) && !tider.is_empty() {
        out.fragor.insert(0, fraga);
    } else if tider.iter().any(|tid| tid.year.is_none()) {
        let said: Vec<String> = body.iter().filter(|row| row.tid.is_some_and(|t| t.year.is_some())).map(text).collect();
        out.notes.insert(0, sagt::ar_gissat(&said));
    }
    out.preliminara =
        body.iter().zip(&perioder).filter(|(row, _)| row.tid.is_some_and(|t| t.preliminar)).map(|(_, p)| *p).collect();
    Ok(Some(perioder))
}
