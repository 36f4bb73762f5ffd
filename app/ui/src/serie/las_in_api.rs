//! What is done with a table on its way into a series: questions about it are answered, it is read in, and that is undone. What is read
//! in is what was shown: the kept table, against values that have not changed since.

use std::collections::BTreeMap;

use domain::{
    field::FieldError,
    format,
    period::Period,
    permission::{Action, Area},
    siffror::{
        dimension::{DimensionsvardeId, VardeForm, check_varde},
        inlasning::{ALLA_FEL, Fraga, Granskning, HOPPA, NY, Svar, is_of_one_table, namn_key},
        serie::SerieId,
        siffra::SiffraImportId,
    },
    text::compared,
    year::Year,
};
use leptos::prelude::*;
use store::{
    Target, Tx,
    serie::{self, dimension, siffra::Seen},
};

use super::las_in_data::{Mot, Vald, path};
use crate::{
    ctx::Ctx,
    error::AppError,
    flash::{Done, Offer},
    import::underlag::{self, Till},
};

/// Field: the key of the nth question of a form.
#[must_use]
pub fn key_field(n: usize) -> String {
    format!("k{n}")
}

/// Field: the answer to it.
#[must_use]
pub fn svar_field(n: usize) -> String {
    format!("v{n}")
}

/// The table that a form is about, judged with the answers of its preview.
struct Sedd {
    mot: Mot,
    rubrik: String,
    granskning: Granskning,
}

/// Judges the kept table that a form is about, beside what answers everybody; none where it is not kept any longer. What is written of it
/// is asked about again in the transaction that writes.
async fn sedd(ctx: &Ctx, mut tx: Tx, id: SerieId, vald: &Vald) -> Result<Option<Sedd>, AppError> {
    let (person, now) = (ctx.actor()?.person, ctx.now.timestamp());
    let Some(fetched) = underlag::fetch(&mut tx, person, Till::serie(id), vald.underlag, now).await? else {
        return Ok(None);
    };
    let mot = Mot::read(&mut tx, id).await?;
    drop(tx);
    let (vald, today) = (vald.clone(), ctx.today);
    let judged = move || {
        let Some(kept) = fetched.read() else { return Ok(None) };
        let table = kept.tables.get(vald.blad.unwrap_or(0)).ok_or(AppError::NotFound)?;
        let granskning = mot.granska(table, &vald.svar, today).map_err(wrong)?;
        Ok(Some(Sedd { mot, rubrik: kept.rubrik, granskning }))
    };
    ctx.work(judged).await?
}

fn wrong(message: impl Into<String>) -> AppError {
    AppError::Invalid(vec![FieldError { field: String::new(), message: message.into() }])
}

/// Whether an answer can be one: a choice of its question, or a time that is older than those that are offered.
fn fits(fraga: &Fraga, value: &str) -> bool {
    let typed = match fraga.key.as_str() {
        "ar" => value.trim().parse::<Year>().is_ok(),
        "period" => value.trim().parse::<Period>().is_ok(),
        _ => false,
    };
    typed || fraga.choices.iter().any(|choice| choice.value == value)
}

/// Answers questions about a table. What holds for the next table too is remembered with the series, and a name with the value that it
/// names; what is of this one alone stands in the address of its preview. `vald` is the preview, the questions and answers stand in
/// `form`.
#[server(endpoint = "set_serie_svar")]
pub async fn set_serie_svar(
    id: SerieId,
    #[server(default)] vald: String,
    #[server(default)] form: BTreeMap<String, String>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let target = Target::Thing(Area::Serie, id.0);
    let tx = ctx.read(target, Action::Edit).await?;
    let mut vald = Vald::of_sent(&vald).ok_or(AppError::NotFound)?;
    let Some(Sedd { mot, granskning: seen, .. }) = sedd(&ctx, tx, id, &vald).await? else {
        return Ok(to(vald.address(id, &[])));
    };
    let mut tx = ctx.write(target, Action::Edit).await?;
    let before = serie::layout(&mut tx, id).await?;
    let mut remembered = before.clone();
    let answers = (0..form.len()).filter_map(|n| Some((form.get(&key_field(n))?, form.get(&svar_field(n))?)));
    for (key, value) in answers.filter(|(_, value)| !value.is_empty()) {
        let of_cell = match key.as_str() {
            ALLA_FEL => *value == seen.alla_fel(),
            key => value == HOPPA && seen.fel.iter().any(|fel| fel.key == key),
        };
        let fraga = seen.fraga(key).filter(|fraga| fits(fraga, value));
        if !of_cell && fraga.is_none() {
            // the table is read in another way by now
            continue;
        }
        if is_of_one_table(key, value) {
            vald.svar.set(key, value.trim());
            continue;
        }
        match fraga.and_then(|fraga| fraga.om.clone()) {
            Some((d, text)) => set_namn(&ctx, &mut tx, &mot, (d, &text), value, &mut remembered).await?,
            None => remembered.set(key, value),
        }
    }
    if remembered != before {
        serie::set_layout(&mut tx, id, &remembered).await?;
    }
    tx.commit().await?;
    Ok(to(format!("{}#resultat", vald.address(id, &[]))))
}

/// Keeps what a name is: a value that the dimension has, a new one, or none.
async fn set_namn(
    ctx: &Ctx,
    tx: &mut Tx,
    mot: &Mot,
    (d, text): (usize, &str),
    value: &str,
    remembered: &mut Svar,
) -> Result<(), AppError> {
    let id = mot.dims.get(d).ok_or(AppError::NotFound)?.id;
    // as it is now: an answer of the same form may have made a value
    let dim = dimension::get(tx, id).await?;
    if value == NY {
        if dim.named(text).is_none() {
            let form = VardeForm { namn: text.to_owned(), ..VardeForm::default() };
            let varde = check_varde(&form, &dim, None, DimensionsvardeId::new(), ctx.today)
                .map_err(|faults| wrong(faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join(" ")))?;
            dimension::create_varde(tx, ctx.now, &dim, dim.version, &varde).await?;
        }
        return Ok(());
    }
    match value.parse::<DimensionsvardeId>() {
        Ok(named) if dim.get(named).is_some() => {
            dimension::note_kallas(tx, &dim, named, &compared(text.trim())).await?;
        }
        _ => remembered.set(&namn_key(d, text), value),
    }
    Ok(())
}

fn to(address: String) -> Done {
    Done { to: Some(address), ..Done::default() }
}

/// Reads a table into a series, all of it or nothing. The id was made with the page: confirmed twice it is one import. `sett` is the
/// word of what was shown: where something else would be written by now, it is shown again and nothing is written.
#[server(endpoint = "import_siffror")]
pub async fn import_siffror(
    id: SiffraImportId,
    serie: SerieId,
    #[server(default)] vald: String,
    #[server(default)] sett: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let target = Target::Thing(Area::Serie, serie.0);
    let mut tx = ctx.read(target, Action::Edit).await?;
    let vald = Vald::of_sent(&vald).ok_or(AppError::NotFound)?;
    let page = format!("/siffror/{serie}");
    if serie::import::is_read(&mut tx, serie, id).await? {
        return Ok(Done::at(page, "Tabellen är redan inläst"));
    }
    let Some(Sedd { mot, rubrik, granskning: seen }) = sedd(&ctx, tx, serie, &vald).await? else {
        return Ok(to(vald.address(serie, &[])));
    };
    let changed = || {
        let text = "Serien har ändrats sedan du tittade, så inget är inläst. Se efter vad som ändras nu.";
        Ok(Done::at(format!("{}#resultat", vald.address(serie, &[])), text).to_read())
    };
    if seen.sett() != sett || !seen.kan_sparas() {
        return changed();
    }
    let expected: Seen = std::iter::zip(&seen.values, &seen.revisioner)
        .filter(|(_, revision)| **revision > 0)
        .map(|(ny, revision)| ((ny.period, ny.plats.clone()), *revision))
        .collect();
    let mut tx = ctx.write(target, Action::Edit).await?;
    let when = (ctx.now, ctx.today);
    let written = serie::import::create(&mut tx, when, &mot.serie, id, &rubrik, &seen.values, Some(&expected)).await;
    // somebody has written meanwhile, or what the series is: it is held from here on
    let written = match written {
        Err(store::Error::Conflict) => return changed(),
        written => written?,
    };
    if serie::get(&mut tx, serie).await?.version != mot.serie.version {
        return changed();
    }
    let remembered = serie::layout(&mut tx, serie).await?.with(&vald.svar).att_minnas();
    serie::set_layout(&mut tx, serie, &remembered).await?;
    tx.commit().await?;
    let mut done = Done::at(page, read_in(written.nya, written.andrade));
    if let Some(toast) = &mut done.toast {
        let href = format!("{}#inlasningar", path(serie));
        toast.offer = Some(Offer { words: "Ångra inläsningen".to_owned(), href });
    }
    Ok(done)
}

/// "32 nya och 1 ändrat är inlästa"
fn read_in(nya: usize, andrade: usize) -> String {
    let int = |n: usize| format::int(i64::try_from(n).unwrap_or(i64::MAX));
    let new = format!("{} {}", int(nya), if nya == 1 { "nytt värde" } else { "nya värden" });
    let changed = format!("{} {}", int(andrade), if andrade == 1 { "ändrat" } else { "ändrade" });
    match (nya, andrade) {
        (1, 0) | (0, 1) => format!("{} är inläst", if nya == 1 { new } else { format!("{changed} värde") }),
        (_, 0) => format!("{new} är inlästa"),
        (0, _) => format!("{changed} värden är inlästa"),
        _ => format!("{new} och {changed} är inlästa"),
    }
}

/// Undoes an import as a whole: what it replaced holds again.
#[server(endpoint = "undo_siffror_import")]
pub async fn undo_siffror_import(id: SiffraImportId, serie: SerieId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Thing(Area::Serie, serie.0), Action::Edit).await?;
    let found = serie::get(&mut tx, serie).await?;
    let undone = serie::import::undo(&mut tx, ctx.now, &found, id).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}#inlasningar", path(serie)), taken_back(undone.borta, undone.aterstallda)))
}

/// "Inläsningen är ångrad: 32 värden är borta, 1 är som förut"
fn taken_back(borta: usize, aterstallda: usize) -> String {
    let int = |n: usize| format::int(i64::try_from(n).unwrap_or(i64::MAX));
    let values = |n: usize| format!("{} {}", int(n), if n == 1 { "värde" } else { "värden" });
    match (borta, aterstallda) {
        (0, 0) => "Inläsningen är ångrad".to_owned(),
        (n, 0) => format!("Inläsningen är ångrad: {} är borta", values(n)),
        (0, m) => format!("Inläsningen är ångrad: {} är som förut", values(m)),
        (n, m) => format!("Inläsningen är ångrad: {} är borta, {} är som förut", values(n), int(m)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_in_is_said_in_numbers() {
        assert_eq!(read_in(32, 1), "32 nya värden och 1 ändrat är inlästa");
        assert_eq!(read_in(1, 0), "1 nytt värde är inläst");
        assert_eq!(read_in(0, 1), "1 ändrat värde är inläst");
        assert_eq!(read_in(0, 2), "2 ändrade värden är inlästa");
    }

    #[test]
    fn what_was_taken_back_is_said_in_numbers() {
        assert_eq!(taken_back(0, 0), "Inläsningen är ångrad");
        assert_eq!(taken_back(1, 0), "Inläsningen är ångrad: 1 värde är borta");
        assert_eq!(taken_back(0, 1), "Inläsningen är ångrad: 1 värde är som förut");
        assert_eq!(taken_back(32, 1), "Inläsningen är ångrad: 32 värden är borta, 1 är som förut");
    }
}
