//! The lines of what a series is compared with, put into its picture: of another series as its own, of a key figure as long as its year.

use chrono::NaiveDate;
use domain::{
    drawing::serie::{Diagram, Linje, Punkt},
    period::{Grain, Period},
    siffror::{
        harledd::{Tidsserie, index},
        jamforelse::ArsVarde,
        serie::Content,
        tabell::is_final,
    },
};

use super::{
    chart::{Tid, Vy, alla_ar, at, label},
    jamforelse::year_shown,
    jamforelse_data::{Jamford, Visas},
};

/// The times of a picture.
struct Tider {
    grain: Grain,
    first: i64,
    last: i64,
}

impl Tider {
    fn has(&self, ordinal: i64) -> bool {
        (self.first..=self.last).contains(&ordinal)
    }

    /// The places of a year, from the first to the last; none where it lies outside the picture.
    fn of_year(&self, year: i32) -> Option<(i64, i64)> {
        let of = Period::Year(year);
        let (from, to) = match self.grain {
            Grain::Ar => (i64::from(year), i64::from(year)),
            grain => (Period::of(of.first_day(), grain).ordinal(), Period::of(of.last_day(), grain).ordinal()),
        };
        let (from, to) = (from.max(self.first), to.min(self.last));
        (from <= to).then_some((from, to))
    }
}

/// Adds the lines that belong to what is shown: those of key figures where values are, other series where they are an index too. A
/// picture of parts has none. `own` is what the unit is called: beside others its line has a name.
pub fn add(
    mut diagram: Diagram,
    (content, jamforda): (&Content, &[Jamford]),
    (vy, tid): (Vy, Tid),
    own: &str,
    today: NaiveDate,
) -> Diagram {
    if matches!(vy, Vy::Per(_)) {
        return diagram;
    }
    let grain = if tid == Tid::Ar { Grain::Ar } else { content.grain };
    let last = diagram.start + i64::try_from(diagram.ticks.len()).unwrap_or_default() - 1;
    let tider = Tider { grain, first: diagram.start, last };
    let lines: Vec<Linje> = jamforda
        .iter()
        .filter_map(|of| {
            let points = match &of.visas {
                Visas::Ar(values) if vy == Vy::Antal => years(content, &tider, values),
                Visas::Nej(_) | Visas::Ar(_) => vec![],
                Visas::Serie(data, _) => {
                    of_serie(content, &data.serie.content, (&tider, vy, tid), of.varden()?, &diagram, today)
                }
            };
            (!points.is_empty()).then(|| Linje { name: of.namn.clone(), strong: false, chosen: true, points })
        })
        .collect();
    if !lines.is_empty() {
        for line in diagram.lines.iter_mut().filter(|line| line.strong && line.name.is_empty()) {
            own.clone_into(&mut line.name);
        }
    }
    diagram.lines.extend(lines);
    diagram
}

/// The years of a key figure, each as long as it is.
fn years(content: &Content, tider: &Tider, values: &[ArsVarde]) -> Vec<Punkt> {
    let of = |value: &ArsVarde| {
        let ((from, to), tal) = (tider.of_year(value.ar)?, value.tal?);
        let means = value
            .count
            .filter(|n| *n > 1)
            .map_or_else(String::new, |n| format!(", medel av {} kommuner", domain::format::int(n)));
        Some(Punkt {
            at: at(from),
            width: at(to - from + 1),
            tal,
            preliminar: false,
            label: format!("{}: {}\u{a0}{}{means}", value.ar, year_shown(content, tal), content.enhet),
        })
    };
    values.iter().filter_map(of).collect()
}

fn of_serie(
    content: &Content,
    other: &Content,
    (tider, vy, tid): (&Tider, Vy, Tid),
    values: &Tidsserie,
    diagram: &Diagram,
    today: NaiveDate,
) -> Vec<Punkt> {
    if tid == Tid::Ar {
        let made = alla_ar(other, values, today);
        let inside = made.iter().filter(|(year, _)| tider.has(i64::from(**year)));
        let of = |(year, made): (&i32, &domain::siffror::tabell::Langd)| Punkt {
            at: at(i64::from(*year)),
            width: 1.0,
            tal: made.langre.tal,
            preliminar: made.langre.of < made.langre.all,
            label: format!("{}: {}", made.rubrik, other.with_unit(made.langre.tal)),
        };
        return inside.map(of).collect();
    }
    let values = if vy == Vy::Index {
        // from the same start as one's own
        match index(values, Period::of_ordinal(tider.first, content.grain)) {
            Some(values) => values,
            None => return vec![],
        }
    } else {
        values.clone()
    };
    let inside = values.iter().filter(|(period, _)| tider.has(period.ordinal()));
    let of = |(period, varde): (&Period, &domain::siffror::slag::Varde)| Punkt {
        at: at(period.ordinal()),
        width: 1.0,
        tal: varde.tal,
        preliminar: !is_final(*period, varde, today),
        label: label(
            other,
            *period,
            varde,
            if vy == Vy::Index { &diagram.unit } else { &other.enhet },
            diagram.decimals,
        ),
    };
    inside.map(of).collect()
}
