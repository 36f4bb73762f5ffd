//! Källor: the figures of what is no series, laid on months so that an outcome can be made of them: the andel of an egenkontroll, the share of
//! a question of an enkät, the figures of an internkontroll. What is read is what is shown to everybody who sees the source.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::{
    Content,
    mal::enhet_passar,
    matning::Punkter,
    tid::Utfallsperiod,
    utfall::{self, Varden},
};
use crate::{
    enkat::{
        Fraga,
        resultat::{Punkt, Serie},
    },
    kon::Kon,
    occurrence::{Andel, Figure, Share},
    period::{Grain, Period},
    siffror::{
        serie::Brott,
        slag::{Mark, Sammanlagd, Varde},
    },
    text::compared,
};

/// Which times a source is to have a figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tider {
    /// Every time of its grain, as a series has: one without a figure is missed.
    Alla,
    /// Those that stand in its figures, as of a control that is planned in March and October: one of them without a figure is missed.
    Egna,
}

/// What a source has, and how it is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kallvarden {
    /// Its figures. A time without any that is to have one stands there too, where the times are its own.
    pub punkter: Punkter,
    /// From when it counts otherwise.
    pub brott: Vec<Brott>,
    /// Which times are to have a figure.
    pub tider: Tider,
}

impl Kallvarden {
    /// The figures of a series.
    #[must_use]
    pub const fn av_serie(punkter: Punkter, brott: Vec<Brott>) -> Self {
        Self { punkter, brott, tider: Tider::Alla }
    }

    /// The times of a period that are to have a figure by a day. Of what is added up in a series only those that are over: a part of it
    /// has come before that. A control that is done is whole.
    pub(super) fn times(&self, period: Utfallsperiod, grows: bool, today: NaiveDate) -> Vec<Period> {
        let begun = |time: &Period| time.first_day() <= today;
        match (self.tider, self.punkter.keys().next()) {
            (_, None) => vec![],
            (Tider::Alla, Some(first)) => {
                let all = period.delar(first.grain()).into_iter();
                all.filter(|time| if grows { time.last_day() < today } else { begun(time) }).collect()
            }
            (Tider::Egna, Some(_)) => {
                let inside =
                    |time: &&Period| time.first_day() >= period.first_day() && time.last_day() <= period.last_day();
                self.punkter.keys().filter(inside).copied().filter(begun).collect()
            }
        }
    }
}

/// The shares of a tick as a figure by kön. Those whose kön is not known are what is left; nobody is where nothing is.
#[must_use]
pub fn av_andel(andel: Andel) -> Varden {
    let of = utfall::andel;
    let okant = match (andel.total, andel.kvinnor, andel.man) {
        (Some(total), Some(kvinnor), Some(man)) => Some(Share {
            numerator: total.numerator - kvinnor.numerator - man.numerator,
            denominator: total.denominator - kvinnor.denominator - man.denominator,
        })
        .filter(|rest| rest.denominator > 0 && (0..=rest.denominator).contains(&rest.numerator)),
        _ => None,
    };
    Varden {
        total: andel.total.and_then(of),
        kvinnor: andel.kvinnor.and_then(of),
        man: andel.man.and_then(of),
        okant: okant.and_then(of),
    }
}

/// A time of an egenkontroll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tillfalle {
    /// The last day of its time: it is of the month of that day.
    pub due: NaiveDate,
    /// What it came to; none where it has not been done, or was done without a share.
    pub andel: Option<Andel>,
}

/// Two shares of one time: of all that both looked at. Of a kön that one of them does not know nothing is known.
fn plus(a: Andel, b: Andel) -> Andel {
    let both = |a: Option<Share>, b: Option<Share>| {
        let (a, b) = (a?, b?);
        Some(Share { numerator: a.numerator + b.numerator, denominator: a.denominator + b.denominator })
    };
    Andel { total: both(a.total, b.total), kvinnor: both(a.kvinnor, b.kvinnor), man: both(a.man, b.man) }
}

/// The figures of an egenkontroll by month. A month in which it is planned and has no figure stands there too; what was done twice in one
/// month is one figure of it.
#[must_use]
pub fn av_egenkontroll(all: &[Tillfalle]) -> Kallvarden {
    let mut months: BTreeMap<Period, Option<Andel>> = BTreeMap::new();
    for one in all {
        let month = months.entry(Period::of(one.due, Grain::Manad)).or_default();
        if let Some(andel) = one.andel {
            *month = Some(month.map_or(andel, |before| plus(before, andel)));
        }
    }
    let punkter = months.into_iter().map(|(month, andel)| (month, andel.map(av_andel).unwrap_or_default()));
    Kallvarden { punkter: punkter.collect(), brott: vec![], tider: Tider::Egna }
}

/// The shares of a question of an enkät by month, in all its wordings, the latest first. Times that were too small by themselves are shown
/// together, and are of the month in which they end; together over New Year they are of no year.
#[must_use]
pub fn av_enkat(wordings: &[Serie]) -> Kallvarden {
    let mut months: BTreeMap<Period, (Andel, bool)> = BTreeMap::new();
    let mut brott = Vec::new();
    let mut before: Option<&Fraga> = None;
    for serie in wordings.iter().rev() {
        let points = serie.by_period();
        let Some(fran) = points.first().map(|point| point.first.first_day()) else { continue };
        if before.replace(&serie.fraga).is_some_and(|before| !before.continues(&serie.fraga)) {
            brott.push(Brott { fran, varfor: "frågan ställs med andra ord".to_owned(), rapportering: false });
        }
        let (kvinnor, man) = (serie.by_period_of(Kon::Kvinna), serie.by_period_of(Kon::Man));
        for point in points {
            let end = point.last.last_day();
            if point.first.first_day().year() != end.year() {
                continue;
            }
            let of = |all: &[Punkt]| {
                let same = all.iter().find(|one| (one.first, one.last) == (point.first, point.last))?;
                same.figur.share
            };
            let andel = Andel { total: point.figur.share, kvinnor: of(&kvinnor), man: of(&man) };
            let month = Period::of(end, Grain::Manad);
            let made = months
                .get(&month)
                .map_or((andel, point.open), |(before, open)| (plus(*before, andel), *open || point.open));
            months.insert(month, made);
        }
    }
    let of = |(month, (andel, open)): (Period, (Andel, bool))| {
        let mut varden = av_andel(andel);
        if open {
            // more answers of the month are awaited
            let parts = [&mut varden.total, &mut varden.kvinnor, &mut varden.man, &mut varden.okant];
            for part in parts.into_iter().flatten() {
                part.mark = Mark::Preliminar;
            }
        }
        (month, varden)
    };
    Kallvarden { punkter: months.into_iter().map(of).collect(), brott, tider: Tider::Egna }
}

/// What was noted at a control of the internkontrollplan.
#[derive(Clone, Debug, PartialEq)]
pub struct Noterat {
    /// The last day of its time: a figure that says no time is of the month of that day.
    pub due: NaiveDate,
    /// What was counted.
    pub siffror: Vec<Figure>,
}

/// What the figures of an internkontroll are to an indikator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Siffror {
    /// None is in its unit.
    Inga,
    /// Several are, and none of them has its name.
    Flera(Vec<String>),
    /// What the only one that fits has, time by time.
    En(Kallvarden),
}

/// The figures of an internkontroll that are those of an indikator: in its unit, and where there are several, of its name. They are given in
/// the order of their controls: of two that say the same time the later holds.
#[must_use]
pub fn av_internkontroll(content: &Content, all: &[Noterat]) -> Siffror {
    let fits = |figure: &&Figure| enhet_passar(content.slag, &content.enhet, &figure.unit);
    let named: BTreeMap<String, String> = all
        .iter()
        .flat_map(|one| &one.siffror)
        .filter(fits)
        .map(|figure| (compared(&figure.label), figure.label.clone()))
        .collect();
    let own = compared(&content.namn);
    let label = match named.len() {
        0 => return Siffror::Inga,
        1 => named.into_keys().next().unwrap_or_default(),
        _ if named.contains_key(&own) => own,
        _ => return Siffror::Flera(named.into_values().collect()),
    };
    let grains: HashSet<Option<Grain>> = all
        .iter()
        .flat_map(|one| &one.siffror)
        .filter(|figure| fits(figure) && compared(&figure.label) == label)
        .map(|figure| figure.period.map(Period::grain))
        .collect();
    // where each says its time, and all are as long, a time between them that has none is missed
    let is_whole = grains.len() == 1 && !grains.contains(&None);
    let mut punkter = Punkter::new();
    for one in all {
        for figure in one.siffror.iter().filter(|figure| fits(figure) && compared(&figure.label) == label) {
            let time = figure.period.filter(|_| is_whole);
            let month = figure.period.map_or(one.due, Period::last_day);
            let time = time.unwrap_or_else(|| Period::of(month, Grain::Manad));
            let mut varde = Varde { mark: figure.mark, ..Varde::of(figure.value) };
            // what is counted at each control of a month, with no time of its own, is more of it
            let before = punkter.get(&time).and_then(|varden: &Varden| varden.total);
            if let Some(before) = before.filter(|_| figure.period.is_none() && content.sammanlagd == Sammanlagd::Summa)
            {
                varde = Varde { tal: before.tal + varde.tal, mark: before.mark.max(varde.mark), ..varde };
            }
            punkter.insert(time, Varden::of(varde));
        }
    }
    let tider = if is_whole { Tider::Alla } else { Tider::Egna };
    Siffror::En(Kallvarden { punkter, brott: vec![], tider })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        tal::Tal,
        verksamhetsplan::indikator::{
            matning::{Matning, matning},
            tests::{andel, antal, day},
        },
    };

    fn share(numerator: i64, denominator: i64) -> Share {
        Share { numerator, denominator }
    }

    fn done(month: u32, on: u32, total: (i64, i64)) -> Tillfalle {
        let andel = Andel { total: Some(share(total.0, total.1)), ..Andel::default() };
        Tillfalle { due: day(2022, month, on), andel: Some(andel) }
    }

    fn planned(month: u32) -> Tillfalle {
        Tillfalle { due: day(2022, month, 28), andel: None }
    }

    #[test]
    fn a_control_has_figures_in_its_own_months_and_one_that_was_not_done_is_told_of() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let all = [done(1, 10, (10, 20)), done(1, 25, (20, 20)), planned(2), done(4, 30, (5, 10)), planned(10)];
        let kalla = av_egenkontroll(&all);
        let Matning::Finns(found) = matning(&andel("75 %"), &kalla, t1, day(2022, 5, 2)) else { panic!() };
        assert_eq!(found.varden.total.and_then(|v| v.share), Some(share(35, 50)), "all that was looked at");
        assert_eq!(found.said(t1), "alla täljare genom alla nämnare av 2 månader");
        assert_eq!(
            found.kanda().map(super::super::utfall::Kanda::said).as_deref(),
            Some("Värden finns för två av tre månader.")
        );
        // March has none planned, and is not missed
        let kalla = av_egenkontroll(&[done(2, 28, (10, 20)), done(4, 30, (5, 10))]);
        let Matning::Finns(found) = matning(&andel("75 %"), &kalla, t1, day(2022, 5, 2)) else { panic!() };
        assert_eq!(found.kanda(), None);
        let vb = matning(&andel("75 %"), &av_egenkontroll(&[planned(10)]), Utfallsperiod::vb(2022), day(2022, 11, 1));
        assert_eq!(vb, Matning::Vantas(day(2023, 1, 1)));
    }

    fn noted(month: u32, label: &str, unit: &str, n: i64, period: Option<Period>) -> Noterat {
        let (label, unit, value) = (label.to_owned(), unit.to_owned(), Tal::whole(n));
        Noterat { due: day(2022, month, 3), siffror: vec![Figure { label, value, unit, period, ..Figure::default() }] }
    }

    #[test]
    fn the_figure_of_an_internkontroll_is_the_one_in_the_unit_and_of_its_own_time() {
        let content = antal("15 st");
        let january = Some(Period::Month(2022, 1));
        let all = [
            noted(2, "Ansökningar", "st", 4, january),
            noted(2, "Utbetalt", "mnkr", 9, january),
            noted(3, "Ansökningar", "st", 5, january),
            noted(4, "Ansökningar", "st", 2, Some(Period::Month(2022, 3))),
        ];
        let Siffror::En(kalla) = av_internkontroll(&content, &all) else { panic!() };
        let t1 = Utfallsperiod::tertial_1(2022);
        let Matning::Finns(found) = matning(&content, &kalla, t1, day(2022, 5, 2)) else { panic!() };
        assert_eq!(found.varden.total.map(|v| v.tal), Some(Tal::whole(7)), "the later of two that say January holds");
        assert_eq!(found.said(t1), "summa av 2 månader, t.o.m. mars 2022");
        // without times of their own what two controls of a month counted is added
        let all = [noted(2, "Ansökningar", "st", 4, None), noted(2, "Ansökningar", "st", 5, None)];
        let Siffror::En(kalla) = av_internkontroll(&content, &all) else { panic!() };
        assert_eq!(kalla.punkter[&Period::Month(2022, 2)].total.map(|v| v.tal), Some(Tal::whole(9)));
        let two = [noted(2, "Ansökningar", "st", 4, None), noted(3, "Beslut", "st", 5, None)];
        let both = Siffror::Flera(vec!["Ansökningar".to_owned(), "Beslut".to_owned()]);
        assert_eq!(av_internkontroll(&content, &two), both);
        let Siffror::En(_) = av_internkontroll(&Content { namn: "beslut".into(), ..content.clone() }, &two) else {
            panic!("of its name")
        };
        assert_eq!(av_internkontroll(&content, &[noted(2, "Utbetalt", "mnkr", 9, None)]), Siffror::Inga);
    }

    #[test]
    fn a_question_has_the_shares_that_are_shown_and_none_of_too_few() {
        let all = crate::enkat::resultat::tests::asked_in(&[(1, 6), (2, 3), (3, 4)]);
        let kalla = av_enkat(&all[0]);
        let told: Vec<_> = kalla.punkter.iter().map(|(time, v)| (*time, v.total.and_then(|v| v.share))).collect();
        let expected = [(Period::Month(2026, 1), Some(share(6, 6))), (Period::Month(2026, 3), Some(share(7, 7)))];
        assert_eq!(told, expected, "February is shown with March");
        let t1 = Utfallsperiod::tertial_1(2026);
        let Matning::Finns(found) = matning(&andel("75 %"), &kalla, t1, day(2026, 5, 2)) else { panic!() };
        assert_eq!(found.said(t1), "alla täljare genom alla nämnare, t.o.m. mars 2026");
    }
}
