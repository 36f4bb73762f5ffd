//! Diagram: the forecasts of a line through the year, against its budget and, when the year is over, against what it became.

use super::{
    belopp::Art,
    mening,
    prognos::{historik, sakerhet},
    summa::{Del, Konto},
    tid::Tid,
};
use crate::{
    drawing::serie::{Diagram, Linje, Mal, Punkt, Tick},
    format,
    tal::Tal,
};

/// A point for each month in which something was said; of two in a month the later. Amounts have the signs of the account's form. None
/// where nothing was said.
#[must_use]
pub fn prognoser(konto: &Konto<'_>, del: Del) -> Option<Diagram> {
    let (enhet, signs, slag) = (konto.content.enhet, konto.content.teckenform, konto.slag(del));
    let shown = |tal: Tal| signs.turned(slag, tal);
    let mut points: Vec<Punkt> = Vec::new();
    let said = historik(konto, del);
    for punkt in &said {
        let at = f64::from(punkt.tid.last() - 1);
        points.retain(|before| before.at < at);
        let label = format!("{}: {}", punkt.rubrik(), enhet.said(shown(punkt.tal)));
        points.push(Punkt { at, width: 1.0, tal: shown(punkt.tal), preliminar: punkt.saknas > 0, label });
    }
    let numbers = vec![points.last()?.at];
    let level = |name: &str, art| {
        let tal = konto.summa(del, Tid::Bokslut, art).hel().map(shown)?;
        Some(Mal { name: format!("{name} {}", enhet.said(tal)), tal })
    };
    let year = konto.content.ar.get().to_string();
    let tick = |month| Tick { label: format::month_short(month).to_owned(), year: (month == 1).then(|| year.clone()) };
    let how_right = sakerhet(konto, del);
    let alt = match (how_right.last(), said.last().and_then(|punkt| punkt.mot_budget)) {
        (Some(last), _) => last.said(enhet),
        (None, Some(avvikelse)) => mening::prognos(avvikelse, enhet),
        (None, None) => String::new(),
    };
    Some(Diagram {
        unit: enhet.label().to_owned(),
        decimals: enhet.decimals(),
        ticks: (1..=12).map(tick).collect(),
        lines: vec![Linje { name: "Prognos".to_owned(), strong: true, points, ..Linje::default() }],
        mal: [level("Budget", Art::Budget), level("Utfall", Art::Utfall)].into_iter().flatten().collect(),
        numbers,
        alt,
        ..Diagram::default()
    })
}
