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
    chart::{Tid, Vy, alla_ar, at, brott, label},
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

    /// Where another series is reckoned in another way.
    fn avbrott(&self, other: &Content) -> Vec<f64> {
        let window = (Period::of_ordinal(self.first, self.grain), Period::of_ordinal(self.last, self.grain));
        brott(other, window).into_iter().map(|brott| brott.at).collect()
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
            let avbrott = match &of.visas {
                Visas::Serie(data, _) if tid != Tid::Ar => tider.avbrott(&data.serie.content),
                Visas::Serie(..) | Visas::Ar(_) | Visas::Nej(_) => vec![],
            };
            (!points.is_empty()).then(|| Linje { name: of.namn.clone(), strong: false, chosen: true, avbrott, points })
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
        // from the same start as one's own, and no further than it is reckoned alike
        let bas = Period::of_ordinal(tider.first, content.grain);
        let alike = values.iter().filter(|(period, _)| other.jamforbara(bas, **period));
        match index(&alike.map(|(period, varde)| (*period, *varde)).collect(), bas) {
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

#[cfg(test)]
mod tests {
    use domain::siffror::{
        serie::{Form, check},
        slag::{Mark, Varde},
    };

    use super::*;

    fn month(n: u32) -> Period {
        Period::Month(2022, n)
    }

    #[test]
    fn an_index_ends_where_the_other_is_reckoned_in_another_way_and_its_line_is_broken_there() {
        let form = Form {
            namn: "Hushåll".into(),
            enhet: "hushåll".into(),
            slag: "bestand".into(),
            grain: "manad".into(),
            ..Form::default()
        };
        let own = check(&form, None).unwrap();
        let fran = month(3).first_day();
        let brott = domain::siffror::serie::Brott { fran, varfor: "Två enheter blev en".into(), rapportering: false };
        let other = Content { brott: vec![brott], ..own.clone() };
        let values: Tidsserie = (1..=4)
            .map(|n| (month(n), Varde { tal: domain::tal::Tal::whole(100), share: None, mark: Mark::default() }))
            .collect();
        let tider = Tider { grain: Grain::Manad, first: month(1).ordinal(), last: month(4).ordinal() };
        let today = NaiveDate::from_ymd_opt(2022, 12, 1).unwrap();
        let drawn = |other: &Content, vy| {
            of_serie(&own, other, (&tider, vy, Tid::Allt), &values, &Diagram::default(), today).len()
        };
        assert_eq!((drawn(&own, Vy::Index), drawn(&other, Vy::Index)), (4, 2));
        assert_eq!(drawn(&other, Vy::Antal), 4, "the values are there");
        assert_eq!(tider.avbrott(&other), [at(month(3).ordinal()) - 0.5]);
    }
}
