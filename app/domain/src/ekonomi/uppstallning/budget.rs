//! The budget of the year as a plan has it: a line for each verksamhet, with its code.

use super::{Cell, Kolumnslag, Radform, Uppstallning};
use crate::ekonomi::{
    belopp::Art,
    konto::Radslag,
    summa::{Del, Konto},
    teckenform::Teckenform,
    tid::Tid,
};

/// Verksamhet, Kostnader, Intäkter, Netto, VO, and their sums below. An account of netto alone has no costs and income.
#[must_use]
pub fn budget(konto: &Konto<'_>) -> Uppstallning {
    let signs = konto.content.teckenform;
    let has_parts = signs != Teckenform::BaraNetto;
    let mut columns = vec![("Verksamhet", Kolumnslag::Text)];
    if has_parts {
        columns.push((Radslag::Kostnad.rubrik(), Kolumnslag::Belopp));
        columns.push((Radslag::Intakt.rubrik(), Kolumnslag::Belopp));
    }
    columns.extend([(Radslag::Netto.rubrik(), Kolumnslag::Belopp), ("VO", Kolumnslag::Text)]);
    let namn = format!("Budget {}", konto.content.ar.get());
    let mut out = Uppstallning::new(namn, konto.content.enhet, &columns);
    let line = |out: &mut Uppstallning, form, namn: &str, (costs, income, netto): (Del, Del, Del), vo: &str| {
        let mut cell = |del| out.sum(konto.summa(del, Tid::Bokslut, Art::Budget), konto.slag(del), signs, "Budget");
        let mut cells = vec![Cell::text(namn)];
        if has_parts {
            cells.extend([costs, income].map(&mut cell));
        }
        cells.extend([cell(netto), Cell::text(vo)]);
        out.push(form, cells);
    };
    for v in &konto.content.verksamheter {
        let [costs, income] = [Radslag::Kostnad, Radslag::Intakt].map(|slag| Del::Grupp(v.id, slag));
        line(&mut out, Radform::Rad, &v.namn, (costs, income, Del::Verksamhet(v.id)), &v.vo);
    }
    let [costs, income] = [Radslag::Kostnad, Radslag::Intakt].map(Del::Alla);
    line(&mut out, Radform::Netto, "Budget totalt", (costs, income, Del::Netto), "");
    out
}
