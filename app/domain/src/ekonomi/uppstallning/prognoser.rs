//! The forecasts of a line: how each changed, and how right it was.

use super::{Cell, Kolumnslag, Radform, Uppstallning};
use crate::{
    ekonomi::{
        prognos,
        summa::{Del, Konto},
    },
    format,
};

/// Prognos, Datum, Belopp, Ändring, Mot budget: one line for each time at which something was said.
#[must_use]
pub fn prognoser(konto: &Konto<'_>, del: Del) -> Uppstallning {
    let (signs, slag, enhet) = (konto.content.teckenform, konto.slag(del), konto.content.enhet);
    let columns = [
        ("Prognos", Kolumnslag::Text),
        ("Datum", Kolumnslag::Text),
        ("Belopp", Kolumnslag::Belopp),
        ("Ändring", Kolumnslag::Belopp),
        ("Avvikelse", Kolumnslag::Avvikelse),
    ];
    let mut out = Uppstallning::new(format!("Prognoser {}", konto.content.ar.get()), enhet, &columns);
    for punkt in prognos::historik(konto, del) {
        let change = punkt.andring.map_or_else(Cell::default, |tal| {
            let shown = signs.turned(slag, tal);
            let effekt = punkt.effekt(konto, del);
            Cell { text: enhet.signed(shown), tal: Some(shown), effekt, ..Cell::default() }
        });
        let mut belopp = Cell::belopp(Some(signs.turned(slag, punkt.tal)), enhet);
        if punkt.saknas > 0 {
            let rows = crate::ekonomi::mening::rows(punkt.saknas);
            belopp.fotnot = Some(out.footnote(format!("Prognos saknas på {rows} och räknas inte med.")));
        }
        let per = punkt.per.map_or_else(String::new, format::date);
        let avvikelse = Cell::avvikelse(punkt.mot_budget, enhet, signs);
        out.push(
            Radform::Rad,
            vec![Cell::text(format::capitalised(punkt.tid.label())), Cell::text(per), belopp, change, avvikelse],
        );
    }
    out
}

/// Prognos, Belopp, Utfall, Skillnad, Andel: how right each forecast of a line was, when the year is over.
#[must_use]
pub fn sakerhet(konto: &Konto<'_>, del: Del) -> Uppstallning {
    let (signs, slag, enhet) = (konto.content.teckenform, konto.slag(del), konto.content.enhet);
    let columns = [
        ("Prognos", Kolumnslag::Text),
        ("Belopp", Kolumnslag::Belopp),
        ("Utfall", Kolumnslag::Belopp),
        ("Skillnad", Kolumnslag::Belopp),
        ("Andel", Kolumnslag::Text),
    ];
    let mut out = Uppstallning::new(format!("Prognossäkerhet {}", konto.content.ar.get()), enhet, &columns);
    let turned = |tal| signs.turned(slag, tal);
    for s in prognos::sakerhet(konto, del) {
        let skillnad = turned(s.skillnad);
        out.push(
            Radform::Rad,
            vec![
                Cell::text(format::capitalised(s.tid.label())),
                Cell::belopp(Some(turned(s.prognos)), enhet),
                Cell::belopp(Some(turned(s.utfall)), enhet),
                Cell { text: enhet.signed(skillnad), tal: Some(skillnad), ..Cell::default() },
                Cell::text(s.per_cent.map_or_else(String::new, format::per_cent)),
            ],
        );
    }
    out
}
