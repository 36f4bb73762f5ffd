//! The months of a line, one by one and from January on.

use super::{Cell, Kolumnslag, Radform, Uppstallning};
use crate::{
    ekonomi::{
        belopp::Art,
        manad,
        summa::{Del, Konto},
        tid::Tid,
    },
    format,
};

/// Månad, Budget, Utfall, Avvikelse, Avvikelse hittills, Prognos helår; the year's sum below. What is parted by itself has a
/// footnote.
#[must_use]
pub fn manader(konto: &Konto<'_>, del: Del) -> Uppstallning {
    let (signs, slag, enhet) = (konto.content.teckenform, konto.slag(del), konto.content.enhet);
    let columns = [
        ("Månad", Kolumnslag::Text),
        (Art::Budget.label(), Kolumnslag::Belopp),
        (Art::Utfall.label(), Kolumnslag::Belopp),
        ("Avvikelse", Kolumnslag::Avvikelse),
        ("Avvikelse hittills", Kolumnslag::Avvikelse),
        (Art::Prognos.label(), Kolumnslag::Belopp),
    ];
    let mut out = Uppstallning::new(format!("Månader {}", konto.content.ar.get()), enhet, &columns);
    for m in manad::manader(konto, del) {
        let shown = |tal: Option<crate::tal::Tal>| Cell::belopp(tal.map(|tal| signs.turned(slag, tal)), enhet);
        let mut budget = shown(m.budget);
        if m.budget.is_some() && !m.skriven {
            budget.fotnot = Some(out.footnote("Fördelad jämnt över månaderna.".to_owned()));
        }
        let mut utfall = shown(m.utfall);
        if m.utfall.is_some() && konto.is_preliminar(del, Tid::Manad(m.manad), Art::Utfall) {
            utfall.fotnot = Some(out.footnote("Preliminärt.".to_owned()));
        }
        out.push(
            Radform::Rad,
            vec![
                Cell::text(format::capitalised(format::month_name(m.manad))),
                budget,
                utfall,
                Cell::avvikelse(m.avvikelse, enhet, signs),
                Cell::avvikelse(m.avvikelse_hittills, enhet, signs),
                shown(m.prognos),
            ],
        );
    }
    let budget = out.sum(konto.summa(del, Tid::Bokslut, Art::Budget), slag, signs, Art::Budget.label());
    let utfall = out.sum(konto.summa(del, Tid::Bokslut, Art::Utfall), slag, signs, Art::Utfall.label());
    let year = Cell::avvikelse(konto.avvikelse(del, Tid::Bokslut), enhet, signs);
    out.push(
        Radform::Summa,
        vec![
            Cell::text(format::capitalised(Tid::Bokslut.label())),
            budget,
            utfall,
            year.clone(),
            year,
            Cell::default(),
        ],
    );
    out
}
