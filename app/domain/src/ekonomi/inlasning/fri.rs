//! Years and columns, as they are pasted: the first column names the rows.

use super::{Las, Lasning, Underlag, either, huvud, is_part, is_summa, is_total, unreckoned};
use crate::{
    ekonomi::{
        fri::{Content, KOLUMNER_MOST, Kolumn, Kolumnart, RADER_MOST, Rad},
        jamford::Figur,
        ruta::Ruta,
        teckenform::Teckenform,
    },
    import::{Table, fold},
    rows::is_figure,
    siffror::inlasning::Svar,
    tal::Tal,
    verksamhetsplan::tabell::not_too_long,
};

/// Reads a free table; its title, source and day are typed. The first row is its head. A printed difference is compared and
/// reckoned anew, a row of sums is compared and left out. The fault is a sentence about the table as a whole.
pub fn fri(table: &Table, underlag: &Underlag<'_>) -> Result<Lasning<Content>, String> {
    not_too_long(table.rows().len())?;
    // what stands above the head is one cell wide
    let wide = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1;
    let head = table.rows().iter().position(|row| wide(&row.cells)).ok_or("Tabellen behöver minst två kolumner.")?;
    let names: Vec<&str> = table.rows()[head].cells.iter().map(|name| name.trim()).collect();
    if names.len() > KOLUMNER_MOST + 1 {
        return Err(format!("Tabellen har högst {KOLUMNER_MOST} kolumner med belopp."));
    }
    if names.iter().skip(1).all(|name| is_figure(name)) {
        return Err("Tabellen saknar en rubrikrad. Skriv överst vad varje kolumn visar.".to_owned());
    }
    let below = table.rows().iter().skip(head + 1);
    let has_more = below.flat_map(|row| row.cells.iter().skip(names.len())).any(|cell| !cell.trim().is_empty());
    if has_more || names.iter().skip(1).any(|name| name.is_empty()) {
        return Err("En kolumn saknar rubrik. Skriv vad den visar.".to_owned());
    }
    let mut las = Las::new(table, underlag, head);
    let kolumner: Vec<Kolumn> = names.iter().skip(1).map(|name| kolumn(name, underlag.svar)).collect();
    let difference = kolumner.iter().position(|kolumn| kolumn.art == Kolumnart::Differens);
    let (mut rader, mut sums) = (Vec::new(), Vec::new());
    for row in head + 1..table.rows().len() {
        let rutor: Vec<Ruta> = (1..=kolumner.len()).map(|column| las.ruta(row, column)).collect();
        let namn = las.text(row, 0).to_owned();
        if namn.is_empty() && rutor.iter().all(Ruta::is_empty) {
            continue;
        }
        if is_summa(&namn) { &mut sums } else { &mut rader }.push((row, Rad { namn, rutor, not: String::new() }));
    }
    if rader.len() > RADER_MOST {
        return Err(format!("Tabellen har högst {RADER_MOST} rader."));
    }
    // the row from which a sum in part is reckoned
    let mut below = 0;
    let last = sums.last().map_or(0, |(row, _)| *row);
    for (row, sum) in &sums {
        for (at, kolumn) in kolumner.iter().enumerate() {
            let Some(printed) = sum.rutor[at].tal else { continue };
            // a forecast among outcomes is in no sum of ours
            let parts = |from: usize, to: usize| -> Vec<Tal> {
                let rows = rader.iter().filter(|(row, _)| (from..to).contains(row));
                rows.filter_map(|(_, rad)| rad.rutor[at].summed(kolumn.art)).collect()
            };
            let (name, ruta) = (format!("{}, {}", sum.namn, kolumn.namn), las.name(*row, at + 1));
            let figur = Figur { namn: &name, ruta: &ruta, tryckt: printed };
            let off = figur.summa(&parts(0, usize::MAX));
            las.jamforda.extend(match rader.iter().any(|(r, _)| (below..*row).contains(r)) {
                true if is_part(&sum.namn) => figur.summa(&parts(below, *row)),
                true => either(figur.summa(&parts(below, *row)), off, *row == last || is_total(&sum.namn)),
                false => off,
            });
        }
        below = row + 1;
    }
    let mut content = Content {
        titel: String::new(),
        enhet: las.enhet,
        forsta: names.first().filter(|name| !name.is_empty()).map_or("Rad", |name| *name).to_owned(),
        kolumner,
        rader: vec![],
        kalla: String::new(),
        per: None,
    };
    for (row, mut rad) in rader {
        if let Some(at) = difference {
            let printed = std::mem::take(&mut rad.rutor[at]).tal;
            let made = content.avvikelse(&rad);
            if let (Some(printed), Some(made)) = (printed, made) {
                let (name, ruta) = (format!("{}, {}", rad.namn, content.kolumner[at].namn), las.name(row, at + 1));
                let figur = Figur { namn: &name, ruta: &ruta, tryckt: printed };
                let off = figur.differens(Teckenform::BaraNetto, made.budget, made.budget - made.tal);
                rad.not = off.as_ref().map_or_else(String::new, |off| format!("{}.", off.not(content.enhet)));
                las.jamforda.extend(off);
            } else if let Some(printed) = printed {
                let said = unreckoned(&rad.namn, printed, content.enhet);
                rad.not.clone_from(&said);
                las.sagt.push(said);
            }
        }
        content.rader.push(rad);
    }
    las.plausible(content.rader.iter().flat_map(|rad| rad.rutor.iter().filter_map(|ruta| ruta.tal)));
    Ok(las.done(content))
}

/// Under which it is answered what a column holds, where its name does not tell or tells wrongly: the code of a [`Kolumnart`].
#[must_use]
pub fn kolumn_key(namn: &str) -> String {
    format!("kolumn:{}", fold(namn))
}

/// A column by its name, or as was answered. A unit in brackets is said once, above the table.
fn kolumn(name: &str, svar: &Svar) -> Kolumn {
    let inside = name.split_once('(').and_then(|(before, rest)| Some((before, rest.strip_suffix(')')?)));
    let bare = inside.filter(|(_, unit)| crate::ekonomi::enhet::Enhet::named(unit).is_some()).map(|(before, _)| before);
    let short = bare.unwrap_or(name).trim();
    let said = svar.get(&kolumn_key(short)).and_then(Kolumnart::from_code);
    let art = said.or_else(|| huvud::kolumnart(name)).unwrap_or(Kolumnart::Ovrigt);
    Kolumn { namn: short.to_owned(), art }
}
