//! An indikator through the years: its outcomes with a line where they are not compared, and what was corrected after its period was closed.

use domain::{
    format,
    verksamhetsplan::indikator::{
        Content, IndikatorId, Utfallsperiod,
        historik::{Punkt, historik},
        ruta,
    },
};
use leptos::prelude::*;
use store::{
    Tx,
    verksamhetsplan::{
        indikator::{self, Placerad},
        utfall::{self, Stored},
    },
};

use super::{marke::marke, utfall_data::Data};
use crate::error::AppError;

/// What the page shows of the years.
pub(super) struct Aren {
    /// Each year with what the indikator was in it.
    pub led: Vec<(i32, Placerad)>,
    /// The outcomes of each year, with what was corrected.
    pub utfall: Vec<Vec<Stored>>,
}

impl Aren {
    /// The version of the outcome that stands in a period of the plan's own year; 0 where none is stored.
    pub fn version(&self, period: Utfallsperiod) -> i64 {
        let stands = |one: &&Stored| one.gallande && one.period == period;
        self.utfall.first().and_then(|own| own.iter().find(stands)).map_or(0, |one| one.version)
    }
}

/// Reads an indikator through the years.
pub(super) async fn aren(tx: &mut Tx, id: IndikatorId) -> Result<Aren, AppError> {
    let led = indikator::genom_aren(tx, id).await?;
    let mut out = Vec::with_capacity(led.len());
    for (_, one) in &led {
        out.push(utfall::alla(tx, one.indikator.id).await?);
    }
    Ok(Aren { led, utfall: out })
}

/// Its outcomes over the years, with a line where they are not compared. That of the period in view is as it is shown: what a source has of
/// it is not stored before the period is closed.
pub(super) fn over_years(data: &Data, aren: &Aren) -> impl IntoView + use<> {
    let here = data.period;
    let shown = aren.led.first().map(|(_, own)| (&own.indikator.content, data.utfall(own.indikator.id)));
    let holds = move |stored: &&Stored| stored.gallande && stored.period != here;
    let mut points: Vec<Punkt<'_>> = aren
        .led
        .iter()
        .zip(&aren.utfall)
        .flat_map(|((_, one), all)| {
            all.iter().filter(holds).map(|stored| Punkt {
                content: &one.indikator.content,
                period: stored.period,
                utfall: &stored.utfall,
            })
        })
        .collect();
    points.extend(shown.iter().map(|(content, utfall)| Punkt { content, period: here, utfall }));
    let found = historik(&points, &[], &[]);
    let mut rows = Vec::new();
    for (at, rad) in found.rader.iter().enumerate() {
        for grans in found.granser.iter().filter(|grans| grans.fore_rad == at) {
            rows.push(view! { <tr class="group"><th colspan="5" scope="rowgroup">{grans.said()}</th></tr> }.into_any());
        }
        let share = rad.delar();
        let n = |of: Option<i64>| of.map(format::int).unwrap_or_default();
        let own = points.iter().find(|one| one.period == rad.period).and_then(|one| one.utfall.egen_manad(rad.period));
        let own = own.map(|own| view! { <span class="sub">{own}</span> });
        rows.push(
            view! {
                <tr>
                    <th scope="row">{rad.period.label()} " " {own}</th>
                    <td>{marke(rad.status.marke(), rad.status.label())} <span class="sub">{rad.skal.clone()}</span></td>
                    <td class="num">{n(share.map(|s| s.numerator))}</td>
                    <td class="num">{n(share.map(|s| s.denominator))}</td>
                    <td class="num">{rad.visad.clone()}</td>
                </tr>
            }
            .into_any(),
        );
    }
    let table = if rows.is_empty() {
        view! { <p class="help">"Inget utfall än."</p> }.into_any()
    } else {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label="Utfall genom åren">
                <table class="table dense">
                    <thead>
                        <tr>
                            <th scope="col">"Period"</th>
                            <th scope="col">"Status"</th>
                            <th class="num" scope="col">"Täljare"</th>
                            <th class="num" scope="col">"Nämnare"</th>
                            <th class="num" scope="col">"Värde"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! { <section class="stack tight" id="over-aren"><h2>"Genom åren"</h2> {table}</section> }
}

/// What was corrected after its period was closed, and why.
pub(super) fn corrected(content: &Content, aren: &Aren) -> Option<impl IntoView + use<>> {
    let own = aren.utfall.first()?;
    let rows: Vec<_> = own
        .iter()
        .filter(|stored| stored.revision > 1)
        .filter_map(|stored| {
            let before = own.iter().find(|one| one.period == stored.period && one.revision == stored.revision - 1)?;
            let shown = |one: &Stored| ruta::visad(&one.utfall.bedoms_av(content), one.utfall.varden.total.as_ref());
            let words = format!(
                "{}: {} blev {} {}. {}",
                stored.period.label(),
                shown(before),
                shown(stored),
                format::date(domain::moment::day(stored.at)),
                stored.skal
            );
            Some(view! { <li>{words}</li> })
        })
        .collect();
    (!rows.is_empty())
        .then(|| view! { <section class="stack tight"><h2>"Rättat efter stängning"</h2> <ul>{rows}</ul></section> })
}
