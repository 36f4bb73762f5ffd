//! Bedöm: what each value of a table does to what is there. One that comes again is the same, one that is otherwise is a revision, and a
//! final value that moves far is asked about.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    ALLA_FEL, Antal, Fraga, Granskning, Kolumn, Rad, Ruta, Underlag, Val,
    kolumner::called,
    las::{Lasning, Last},
    rutor::fel,
    sagt,
    summor::{self, Rutsvar, summor},
};
use crate::{
    period::Period,
    seen::seen,
    siffror::{
        siffra::{IMPORT_MOST, Ny, Plats, Siffra, Verkan, verkan},
        slag::Varde,
    },
};

/// The key by which all final values that move far are answered at once.
pub(super) const ANDRINGAR: &str = "andringar";
/// The answers about a final value that moves far, alone or all of them.
pub(super) const FIL: &str = "fil";
const KVAR: &str = "kvar";

/// What a table that has been read would do.
pub(super) fn bedom(mut last: Lasning, u: &Underlag<'_>) -> Result<Granskning, String> {
    let asks = last.fragor.iter().any(Fraga::is_open);
    if last.varden.is_empty() {
        // a table of sums alone is one of values
        let sums = std::mem::take(&mut last.summor);
        last.varden = sums
            .into_iter()
            .map(|s| Last {
                period: s.period,
                plats: s.plats,
                ruta: s.ruta,
                varde: Some(Varde { mark: s.mark, ..Varde::of(s.tal) }),
                not: String::new(),
                dold: false,
                kolumn: 0,
            })
            .collect();
    }
    if last.varden.is_empty() && !asks && last.fel.is_empty() {
        return Err("Tabellen har inga värden att läsa in.".to_owned());
    }
    if !last.varden.is_empty() && last.fel.is_empty() && last.varden.iter().all(|value| value.dold) {
        return Err("Alla värden i tabellen är dolda där den kommer ifrån. Det finns inget att läsa in.".to_owned());
    }
    if last.varden.len() > IMPORT_MOST {
        return Err(sagt::for_manga(last.varden.len()));
    }
    let (rows_of_sums, about_cells, andringar) = summor(&last, u);
    let mut out = Granskning { upplagg: last.upplagg, summor: rows_of_sums, andringar, ..Granskning::default() };
    (out.fragor, out.fel, out.notes, out.sparas_inte) = (last.fragor, last.fel, last.notes, last.sparas_inte);
    let pointed: HashSet<String> = about_cells.iter().map(|f| f.key.clone()).collect();
    out.fragor.extend(about_cells);
    let there: HashMap<(Period, &Plats), &Siffra> = u.siffror.iter().map(|s| ((s.period, &s.plats), s)).collect();
    let langt = langt(&last.varden, &there);
    let mut columns: HashMap<Plats, usize> = HashMap::new();
    let mut lasta: HashMap<(Period, usize), (String, Option<Varde>)> = HashMap::new();
    let mut rader: BTreeMap<Period, Rad> = BTreeMap::new();
    let (mut twice, mut far) = (0_usize, 0_usize);
    let mut values: Vec<(Ny, i32)> = Vec::new();
    let dolda = last.varden.iter().filter(|value| value.dold).count();
    for value in last.varden.into_iter().filter(|value| !value.dold) {
        let kolumn = columns.get(&value.plats).copied().unwrap_or_else(|| {
            out.kolumner.push(Kolumn { namn: called(u, &value.plats.0), plats: value.plats.clone() });
            columns.insert(value.plats.clone(), out.kolumner.len() - 1);
            out.kolumner.len() - 1
        });
        if let Some((first, varde)) = lasta.get(&(value.period, kolumn)) {
            if *varde == value.varde {
                twice += 1;
            } else {
                let does = sagt::tva_ganger(u, &out.kolumner[kolumn].namn, value.period, first, *varde, value.varde);
                out.fel.push(fel(u, value.ruta, &does, value.period));
            }
            continue;
        }
        lasta.insert((value.period, kolumn), (value.ruta.clone(), value.varde));
        let before = there.get(&(value.period, &value.plats)).copied();
        let (ruta, ny, asked) = one(u, value, kolumn, before, (&pointed, &langt));
        far += usize::from(asked.is_some());
        out.fragor.extend(asked);
        let rad = rader.entry(ny.period).or_insert_with(|| Rad {
            period: ny.period,
            preliminar: last.preliminara.contains(&ny.period),
            rutor: vec![],
            antal: Antal::default(),
        });
        for antal in [&mut rad.antal, &mut out.antal] {
            match ruta.verkan {
                Verkan::Ny => antal.nya += 1,
                Verkan::Andrad => antal.andrade += 1,
                Verkan::Oforandrad => antal.oforandrade += 1,
                Verkan::Fragas => antal.fragas += 1,
            }
        }
        if matches!(ruta.verkan, Verkan::Ny | Verkan::Andrad) {
            values.push((ny, before.map_or(0, |s| s.revision)));
        }
        rad.rutor.push(ruta);
    }
    out.rader = rader.into_values().collect();
    out.rader.iter_mut().for_each(|rad| rad.rutor.sort_by_key(|ruta| ruta.kolumn));
    if dolda > 0 {
        out.notes.push(sagt::dolda(dolda));
    }
    if twice > 0 {
        out.notes.push(sagt::samma_tva_ganger(twice));
    }
    if far > 1 {
        out.fragor.push(alla_andringar(u, far, &langt));
    }
    let all = out.alla_fel();
    if u.svar.get(ALLA_FEL) == Some(all.as_str()) {
        out.fel.iter_mut().for_each(|fel| fel.hoppas = true);
    }
    if out.oppna().next().is_none() && out.fel_kvar().next().is_none() {
        (out.values, out.revisioner) = values.into_iter().unzip();
    }
    Ok(out)
}

/// What one value does, and what is asked about it.
fn one(
    u: &Underlag<'_>,
    value: Last,
    kolumn: usize,
    before: Option<&Siffra>,
    (pointed, langt): (&HashSet<String>, &str),
) -> (Ruta, Ny, Option<Fraga>) {
    let cell_key = summor::key(value.period, &value.plats);
    let pekas = pointed.contains(&cell_key);
    let Last { period, plats, ruta, mut varde, mut not, .. } = value;
    let mut kvar = false;
    if let Some(star) = varde {
        match summor::svar(u, &cell_key, star.tal) {
            Some(Rutsvar::Skriv(tal)) => {
                varde = Some(Varde { tal, ..star });
                not = sagt::rattat(u, star.tal);
            }
            Some(Rutsvar::Hoppa) => kvar = true,
            Some(Rutsvar::Fil) | None => {}
        }
    }
    let ny = Ny { period, plats, varde, not: not.clone() };
    let mut does = if kvar { Verkan::Oforandrad } else { verkan(before, &ny) };
    let mut asked = None;
    if does == Verkan::Fragas {
        let key = format!("andring:{period}:{}", ny.plats);
        let code = varde.map_or_else(|| "saknas".to_owned(), |v| v.tal.stored().to_string());
        let (take, keep) = (format!("{FIL}:{code}"), format!("{KVAR}:{code}"));
        let of_all = u.svar.get(ANDRINGAR).and_then(|svar| match svar.split_once(':') {
            Some((FIL, of)) if of == langt => Some(take.clone()),
            Some((KVAR, of)) if of == langt => Some(keep.clone()),
            _ => None,
        });
        let svar = u.svar.get(&key).filter(|svar| *svar == take || *svar == keep).map(str::to_owned).or(of_all);
        does = match &svar {
            Some(svar) if *svar == take => Verkan::Andrad,
            Some(_) => {
                kvar = true;
                Verkan::Oforandrad
            }
            None => Verkan::Fragas,
        };
        let shown = |varde: Option<Varde>| varde.map_or_else(|| "saknas".to_owned(), |v| u.content.shown(v.tal));
        let stored = before.and_then(|s| s.varde);
        let choices = vec![
            Val::new(
                take,
                varde.map_or_else(|| "Ta bort värdet".to_owned(), |_| format!("Ta filens {}", shown(varde))),
            ),
            Val::new(keep, format!("Behåll {}", shown(stored))),
        ];
        let text = sagt::andras_mycket(
            &called(u, &ny.plats.0),
            period,
            &shown(stored),
            varde.map(|_| shown(varde)).as_deref(),
        );
        asked = Some(Fraga { key, text, choices, svar, maste: true, period: Some(period), om: None });
    }
    let fore = before.and_then(|s| s.varde).filter(|v| does != Verkan::Oforandrad && Some(*v) != varde);
    (Ruta { kolumn, ruta, varde, not, fore, verkan: does, kvar, pekas }, ny, asked)
}

/// A word for the final values that move far, with what they replace: the answer to all is to those that were shown.
fn langt(varden: &[Last], there: &HashMap<(Period, &Plats), &Siffra>) -> String {
    let far = varden.iter().filter_map(|value| {
        let before = there.get(&(value.period, &value.plats))?;
        let Last { period, plats, varde, not, .. } = value;
        let ny = Ny { period: *period, plats: plats.clone(), varde: *varde, not: not.clone() };
        let tal = varde.map_or_else(String::new, |v| v.tal.stored().to_string());
        (verkan(Some(before), &ny) == Verkan::Fragas).then(|| format!("{period} {plats} {tal} {}", before.revision))
    });
    let far: Vec<String> = far.collect();
    seen(far.iter().map(String::as_str))
}

/// All final values that move far, answered at once.
fn alla_andringar(u: &Underlag<'_>, many: usize, langt: &str) -> Fraga {
    let (take, keep) = (format!("{FIL}:{langt}"), format!("{KVAR}:{langt}"));
    let svar = u.svar.get(ANDRINGAR).filter(|svar| *svar == take || *svar == keep).map(str::to_owned);
    Fraga {
        key: ANDRINGAR.to_owned(),
        text: format!("{many} slutliga värden ändras med mer än 20 %. Vad ska gälla för alla?"),
        choices: vec![Val::new(take, "Ta filens värden"), Val::new(keep, "Behåll det som finns")],
        svar,
        maste: false,
        period: None,
        om: None,
    }
}
