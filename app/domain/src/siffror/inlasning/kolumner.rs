//! Kolumner: what each column of values is: a part of the series, a sum of parts, or nothing of it. Columns without headings are named
//! once, in the order of the dimension's values where their number fits.

use super::{
    Fraga, ORDNING, Svar, Underlag, Val,
    cell::{Cell, cell},
    namn::{self, Namn, Namnlista},
    upplagg::{Kolumner, Rut},
};
use crate::{
    format,
    import::fold,
    siffror::dimension::{Dimension, DimensionsvardeId},
    tal::Tal,
};

/// What a column of values is. A pattern has one place for each dimension of the series; those that rows say are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Betyder {
    /// Values of this place.
    Del(Vec<Option<DimensionsvardeId>>),
    /// What the parts of this place make, as it is printed.
    Summa(Vec<Option<DimensionsvardeId>>),
    /// Nothing of the series.
    Hoppas,
    /// Nobody has said yet.
    Oklar,
}

/// The answer that a column is a sum.
const SUMMA: &str = "summa";

/// What the columns of values are; what cannot be told is added to the questions, what is passed by to the notes.
pub(super) fn betyder(
    rut: &Rut<'_>,
    k: &Kolumner,
    u: &Underlag<'_>,
    namn: &mut Namnlista<'_>,
    (fragor, notes): (&mut Vec<Fraga>, &mut Vec<String>),
) -> Vec<Betyder> {
    let left: Vec<usize> = (0..u.dims.len()).filter(|d| !k.dims.iter().any(|(at, _)| at == d)).collect();
    let head = |at: usize| k.levels.last().map_or("", |level| level[at].as_str());
    let total = || Betyder::Del(vec![None; u.dims.len()]);
    let skipped: Vec<&str> = (0..k.varden.len()).map(head).filter(|text| namn::is_andring(text)).collect();
    if !skipped.is_empty() {
        notes.push(format!("Läses inte in: {}.", skipped.join(", ")));
    }
    let values: Vec<usize> = (0..k.varden.len()).filter(|at| !namn::is_andring(head(*at))).collect();
    let mut out = vec![Betyder::Hoppas; k.varden.len()];
    let is_of_all = |text: &str| {
        let text = fold(text);
        let own = [fold(&u.content.namn), fold(&u.content.enhet)];
        ["", "antal", "varde", "summa", "totalt", "total"].contains(&text.as_str()) || own.contains(&text)
    };
    if left.is_empty() {
        match values.as_slice() {
            [one] => out[*one] = total(),
            _ => match one_of(rut, k, &values, u, &head, fragor) {
                Some(at) => {
                    out[at] = total();
                    let others: Vec<&str> =
                        values.iter().filter(|v| **v != at).map(|v| head(*v)).filter(|h| !h.is_empty()).collect();
                    if !others.is_empty() {
                        notes.push(format!("Läses inte in: {}.", others.join(", ")));
                    }
                }
                None => values.iter().for_each(|at| out[*at] = Betyder::Oklar),
            },
        }
        return out;
    }
    if let [one] = values.as_slice()
        && is_of_all(head(*one))
        && (!k.dims.is_empty() || !head(*one).is_empty())
    {
        out[*one] = total();
        return out;
    }
    if k.levels.is_empty() {
        return unnamed(rut, k, u, left[0], fragor);
    }
    let of_level = levels(k, &left, namn);
    for at in values {
        let mut pattern = vec![None; u.dims.len()];
        let (mut is_sum, mut became) = (false, None);
        for (level, d) in &of_level {
            let text = k.levels[*level][at].as_str();
            if text.is_empty() {
                became = Some(column(rut, k, u, (*d, at), fragor));
                continue;
            }
            match namn.of(*d, text) {
                Namn::Varde(id) => pattern[*d] = Some(id),
                Namn::Alla => is_sum = true,
                Namn::Hoppas => became = Some(Betyder::Hoppas),
                Namn::Okant => became = Some(became.unwrap_or(Betyder::Oklar)),
            }
        }
        out[at] = became.unwrap_or(if is_sum { Betyder::Summa(pattern) } else { Betyder::Del(pattern) });
    }
    settle(&mut out, u);
    out
}

/// A printed sum is a value of its own where the series does not add up, and where the table has no parts of it.
fn settle(out: &mut [Betyder], u: &Underlag<'_>) {
    let has_parts = out.iter().any(|b| matches!(b, Betyder::Del(_) | Betyder::Oklar));
    for b in out {
        if let Betyder::Summa(pattern) = b
            && (!u.content.slag.adds_up() || !has_parts)
        {
            *b = Betyder::Del(std::mem::take(pattern));
        }
    }
}

/// Which row of headings names values of which dimension: by how many it knows, and what is left over in order.
fn levels(k: &Kolumner, left: &[usize], namn: &Namnlista<'_>) -> Vec<(usize, usize)> {
    let hits = |level: usize, d: usize| {
        let known = |text: &&String| matches!(namn.known(d, text), Some(Namn::Varde(_)));
        k.levels[level].iter().filter(known).count()
    };
    let mut all: Vec<(usize, usize, usize)> = (0..k.levels.len())
        .flat_map(|level| left.iter().map(move |d| (level, *d)))
        .map(|(level, d)| (hits(level, d), level, d))
        .collect();
    all.sort_by_key(|(hits, level, _)| (usize::MAX - hits, usize::MAX - level));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, level, d) in all {
        if !out.iter().any(|(l, at)| *l == level || *at == d) {
            out.push((level, d));
        }
    }
    out
}

/// Which column is the series, where it is not divided and the table has several.
fn one_of<'a>(
    rut: &Rut<'_>,
    k: &Kolumner,
    values: &[usize],
    u: &Underlag<'_>,
    head: &impl Fn(usize) -> &'a str,
    fragor: &mut Vec<Fraga>,
) -> Option<usize> {
    let code = |at: usize| if head(at).is_empty() { format!("#{}", at + 1) } else { fold(head(at)) };
    let by_name = values.iter().copied().find(|at| fold(head(*at)) == fold(&u.content.namn));
    let answered = u.svar.get("varde").and_then(|svar| values.iter().copied().find(|at| code(*at) == svar));
    let chosen = answered.or(by_name);
    let is_near = |at: usize| namn::is_summa(head(at)) || fold(head(at)) == fold(&u.content.enhet);
    let choices = values.iter().map(|at| Val {
        value: code(*at),
        label: if head(*at).is_empty() { column_name(rut, k, *at) } else { head(*at).to_owned() },
        foreslas: is_near(*at),
    });
    fragor.push(Fraga {
        key: "varde".to_owned(),
        text: format!("Vilken kolumn är {}?", u.content.namn),
        choices: choices.collect(),
        svar: chosen.map(code),
        maste: true,
        period: None,
        om: None,
    });
    chosen
}

/// "Kolumn C, som börjar med 1 346"
fn column_name(rut: &Rut<'_>, k: &Kolumner, at: usize) -> String {
    let begins = (k.first..rut.height()).map(|r| rut.text(r, k.varden[at])).find(|text| !text.is_empty()).unwrap_or("");
    let begins: String = begins.chars().take(20).collect();
    format!("{}, som börjar med {begins}", rut.column(k.varden[at]))
}

/// What the columns of a table without headings are.
fn unnamed(rut: &Rut<'_>, k: &Kolumner, u: &Underlag<'_>, d: usize, fragor: &mut Vec<Fraga>) -> Vec<Betyder> {
    let many = k.varden.len();
    if let Some((order, sum)) = order(rut, k, u, &u.dims[d]) {
        let names: Vec<&str> = order.iter().filter_map(|id| u.dims[d].get(*id)).map(|v| v.namn.as_str()).collect();
        let (first, last) = (names.first().copied().unwrap_or(""), names.last().copied().unwrap_or(""));
        let and_sum = if sum { ", och sist summan" } else { "" };
        let key = format!("kolumner/{many}");
        // an answer is about these values: with another among them it is asked again
        let ids: Vec<String> = order.iter().map(ToString::to_string).collect();
        let code = format!("{ORDNING}:{}", crate::seen::seen(ids.iter().map(String::as_str)));
        let svar = u.svar.get(&key).filter(|svar| *svar == code).map(str::to_owned);
        let is_so = svar.is_some();
        fragor.push(Fraga {
            key,
            text: "Kolumnerna har inga rubriker. Vad är de?".to_owned(),
            choices: vec![Val::forslag(code, format!("I uppdelningens ordning, från {first} till {last}{and_sum}"))],
            svar,
            maste: false,
            period: None,
            om: None,
        });
        if is_so {
            let mut out: Vec<Betyder> = order.into_iter().map(|id| Betyder::Del(pattern(u, d, Some(id)))).collect();
            if sum {
                out.push(Betyder::Summa(pattern(u, d, None)));
            }
            settle(&mut out, u);
            return out;
        }
    }
    let mut out: Vec<Betyder> = (0..many).map(|at| column(rut, k, u, (d, at), fragor)).collect();
    settle(&mut out, u);
    out
}

fn pattern(u: &Underlag<'_>, d: usize, id: Option<DimensionsvardeId>) -> Vec<Option<DimensionsvardeId>> {
    let mut pattern = vec![None; u.dims.len()];
    pattern[d] = id;
    pattern
}

/// What one column without a heading is.
fn column(rut: &Rut<'_>, k: &Kolumner, u: &Underlag<'_>, (d, at): (usize, usize), fragor: &mut Vec<Fraga>) -> Betyder {
    let dim = &u.dims[d];
    let key = format!("kolumn:{}/{}", at + 1, k.varden.len());
    let (betyder, svar) = answered(u.svar, &key, dim, u, d);
    let mut choices: Vec<Val> =
        dim.values.iter().filter(|v| !dim.is_grupp(v.id)).map(|v| Val::new(v.id.to_string(), v.namn.clone())).collect();
    choices.push(Val::new(SUMMA, "Summa"));
    choices.push(Val::new(namn::HOPPA, "Hoppa över"));
    let text = format!("{}: vad är det?", column_name(rut, k, at));
    fragor.push(Fraga { key, text, choices, svar, maste: true, period: None, om: None });
    betyder
}

fn answered(svar: &Svar, key: &str, dim: &Dimension, u: &Underlag<'_>, d: usize) -> (Betyder, Option<String>) {
    let Some(svar) = svar.get(key) else { return (Betyder::Oklar, None) };
    let betyder = match svar {
        SUMMA => Betyder::Summa(pattern(u, d, None)),
        namn::HOPPA => Betyder::Hoppas,
        id => match id.parse::<DimensionsvardeId>().ok().filter(|id| dim.get(*id).is_some()) {
            Some(id) => Betyder::Del(pattern(u, d, Some(id))),
            None => return (Betyder::Oklar, None),
        },
    };
    (betyder, Some(svar.to_owned()))
}

/// The values of the dimension in their order, where there are as many as columns, or one less and the last column is their sum.
fn order(rut: &Rut<'_>, k: &Kolumner, u: &Underlag<'_>, dim: &Dimension) -> Option<(Vec<DimensionsvardeId>, bool)> {
    let many = k.varden.len();
    let all: Vec<DimensionsvardeId> = dim.values.iter().filter(|v| !dim.is_grupp(v.id)).map(|v| v.id).collect();
    let now: Vec<DimensionsvardeId> = dim.in_use(u.today, u.today).iter().map(|v| v.id).collect();
    let sums = || {
        let rows = (k.first..rut.height()).take(40).filter_map(|r| {
            let tal = |at: usize| match cell(rut.text(r, k.varden[at]), u.content.slag) {
                Cell::Tal(last) => Some(last.tal),
                _ => None,
            };
            let parts: Tal = (0..many - 1).map(tal).sum::<Option<Tal>>()?;
            Some(parts == tal(many - 1)?)
        });
        let rows: Vec<bool> = rows.collect();
        rows.iter().filter(|right| **right).count() * 2 > rows.len()
    };
    [all, now].into_iter().find_map(|order| match many.checked_sub(order.len()) {
        Some(0) => Some((order, false)),
        Some(1) if order.len() > 1 && sums() => Some((order, true)),
        _ => None,
    })
}

/// What a column is called in the preview: its values of dimensions, or that it is all of them.
pub(super) fn called(u: &Underlag<'_>, plats: &[Option<DimensionsvardeId>]) -> String {
    let names = plats.iter().zip(u.dims).filter_map(|(id, dim)| Some(dim.get((*id)?)?.namn.as_str()));
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return if u.dims.is_empty() { format::capitalised(&u.content.namn) } else { "Totalt".to_owned() };
    }
    names.join(" · ")
}
