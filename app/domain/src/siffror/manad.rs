//! Månad: what the series of a unit say of one month: which time of each stands there, how it is against the time before and the same
//! time last year, and what has not arrived. What came after the month is not asked, but a value that was corrected later stands as it is
//! known now (docs/doman.md 10).

use chrono::NaiveDate;

use super::{
    harledd::Tidsserie,
    serie::{Content, Serie},
    slag::{Mark, Varde},
    tabell::{Mot, mot},
};
use crate::{
    area::Area,
    atgora::Tally,
    format::{self, NBSP},
    occurrence::{Item, Status},
    period::{Grain, Period},
    tal::Tal,
};

/// The month of a day.
#[must_use]
pub fn av(day: NaiveDate) -> Period {
    Period::of(day, Grain::Manad)
}

/// The time of a grain that stands in a month: the last that ends in it. None in the middle of a quarter, a tertial or a year.
#[must_use]
pub fn star_i(manad: Period, grain: Grain) -> Option<Period> {
    let around = Period::of(manad.last_day(), grain);
    // a week that goes over the turn stands in the month in which it ends
    let period = if around.last_day() > manad.last_day() { around.before() } else { around };
    (av(period.last_day()) == manad).then_some(period)
}

/// The first and the last time of a series that something is kept of.
pub type Spann = (Period, Period);

/// The month that is shown when none is chosen: the last one that is over and of which some series has a value, or has a source that
/// should have it.
#[must_use]
pub fn senaste<'a>(series: impl IntoIterator<Item = (&'a Serie, Option<Spann>)>, today: NaiveDate) -> Period {
    let over = av(today).before();
    let of = |(serie, spann): (&Serie, Option<Spann>)| {
        let due = serie.closed_on.is_none().then(|| serie.content.senast(today));
        [due, spann.map(|(_, last)| last)].into_iter().flatten().map(|p| av(p.last_day())).filter(|m| *m <= over).max()
    };
    series.into_iter().filter_map(of).max().unwrap_or(over)
}

/// From which day a time without a value is missed. None where nobody asks for it: before the first that the series has, and where it
/// was closed before its source had it. Of a series without values nothing is missed before what the source has today.
#[must_use]
pub fn saknas_fran(serie: &Serie, spann: Option<Spann>, period: Period, today: NaiveDate) -> Option<NaiveDate> {
    let fran = serie.content.saknas_fran(period);
    let first = spann.map_or_else(|| serie.content.senast(today), |(first, _)| first);
    let closed = serie.closed_on.is_some_and(|day| fran > day);
    (first <= period && !closed).then_some(fran)
}

/// One of the times of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tid {
    /// The time.
    pub period: Period,
    /// Its value; none where it has none, or where it is not shown.
    pub varde: Option<Varde>,
    /// How the time of the row stands against it; of that itself nothing.
    pub mot: Mot,
}

/// A time with the one before it and the same one of last year; of years, which are both, once.
#[must_use]
pub fn tider(content: &Content, values: &Tidsserie, period: Period) -> Vec<Tid> {
    let of = |other: Period| Tid {
        period: other,
        varde: values.get(&other).copied(),
        mot: if other == period { Mot::Inget } else { mot(content, values, period, Some(other)) },
    };
    let last_year = period.year_before().filter(|p| *p != period.before());
    [Some(period), Some(period.before()), last_year].into_iter().flatten().map(of).collect()
}

/// `1,8 % av totalen, 8 408`: how much of the whole one's own is; none of a kind that does not add up, and of nought.
#[must_use]
pub fn andel_av_totalen(content: &Content, egen: &Varde, total: &Varde) -> Option<String> {
    let share = Tal::HUNDRED.times(egen.tal)?.over(total.tal)?;
    let whole = content.shown(total.tal);
    let about = if egen.mark.max(total.mark) == Mark::Definitiv { "" } else { ", preliminärt eller ungefärligt" };
    let said = format!("{}{NBSP}% av totalen, {whole}{about}", share.with_decimals(1));
    (content.slag.adds_up() && total.tal > Tal::ZERO).then_some(said)
}

/// The controls of an area that are planned in a month: their count, and what has become of them up to today.
#[must_use]
pub fn kontroller(items: &[Item], area: Area, manad: Period, today: NaiveDate) -> Option<String> {
    let of = || items.iter().filter(|i| i.area == area && av(i.occurrence.day()) == manad);
    let tally = Tally::of(of(), today);
    let given_up = of().filter(|i| i.status(today) == Status::EjUtford).count();
    let count = |n: i64, one: &str, many: &str| {
        (n > 0).then(|| format!("{} {}", format::int(n), if n == 1 { one } else { many }))
    };
    let deviating =
        if tally.deviating > 0 { format!(" ({} med avvikelse)", format::int(tally.deviating)) } else { String::new() };
    let done = count(tally.done, "utförd", "utförda").unwrap_or_else(|| "ingen utförd".to_owned());
    let parts = [
        Some(format!("{done}{deviating}")),
        count(tally.late, "försenad", "försenade"),
        count(i64::try_from(given_up).unwrap_or_default(), "ej utförd", "ej utförda"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Some(format!("{}: {}", count(tally.total, "planerad", "planerade")?, parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        occurrence::{Outcome, State},
        schedule::Category,
        siffror::{fyllning::tests::serie, serie::Brott},
    };

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    const fn month(year: i32, month: u32) -> Period {
        Period::Month(year, month)
    }

    /// Östermalm from December 2020 to April 2022, the last preliminary.
    fn ostermalm() -> Tidsserie {
        let all = [178, 175, 169, 173, 168, 164, 166, 165, 157, 160, 154, 154, 149, 140, 143, 140, 134];
        let mut out = Tidsserie::new();
        let mut period = month(2020, 12);
        for n in all {
            out.insert(period, Varde::of(Tal::whole(n)));
            period = period.after();
        }
        out.get_mut(&month(2022, 4)).unwrap().mark = Mark::Preliminar;
        out
    }

    fn said(content: &Content, period: Period) -> Vec<String> {
        let all = tider(content, &ostermalm(), period);
        all.iter().map(|t| format!("{} {}", t.period, t.mot.said(content))).collect()
    }

    #[test]
    fn a_month_stands_against_the_one_before_and_the_same_one_of_last_year() {
        let serie = serie("manad", "2");
        let december = said(&serie.content, month(2021, 12));
        assert_eq!(december, ["2021-12 ", "2021-11 −5 (−3,2\u{a0}%)", "2020-12 −29 (−16,3\u{a0}%)"]);
        let april = said(&serie.content, month(2022, 4));
        assert_eq!(april, ["2022-04 ", "2022-03 −6 (−4,3\u{a0}%)", "2021-04 −34 (−20,2\u{a0}%)"]);
        let all = tider(&serie.content, &ostermalm(), month(2022, 4));
        assert!(all[1].mot.preliminar() && all[2].mot.preliminar());
        assert_eq!(said(&serie.content, month(2022, 5)), ["2022-05 ", "2022-04 ", "2021-05 "], "it has not arrived");
        let brott = Brott { fran: day(2021, 12, 1), varfor: "Annan räkning".into(), rapportering: false };
        let broken = Content { brott: vec![brott], ..serie.content };
        assert_eq!(said(&broken, month(2021, 12))[1], "2021-11 över brott");
    }

    #[test]
    fn a_longer_time_stands_in_the_month_in_which_it_ends() {
        let at = |m, grain| star_i(month(2022, m), grain).map(|p| p.to_string()).unwrap_or_default();
        assert_eq!(
            (at(3, Grain::Manad), at(3, Grain::Kvartal), at(2, Grain::Kvartal)),
            ("2022-03".into(), "2022-Q1".into(), String::new())
        );
        assert_eq!(
            (at(4, Grain::Tertial), at(6, Grain::Halvar), at(12, Grain::Ar)),
            ("2022-T1".into(), "2022-H1".into(), "2022".into())
        );
        assert_eq!(at(11, Grain::Ar), "");
        // 28 February is a Monday: its week ends in March
        assert_eq!((at(2, Grain::Vecka), at(3, Grain::Vecka)), ("2022-W08".into(), "2022-W12".into()));
        assert_eq!(star_i(month(2023, 1), Grain::Vecka), Some(Period::Week(2023, 4)));
    }

    #[test]
    fn the_month_that_is_shown_is_over_and_has_a_value_or_should_have_one() {
        let (lagging, quick, yearly) = (serie("manad", "2"), serie("manad", "0"), serie("ar", "0"));
        let today = day(2022, 5, 16);
        assert_eq!(senaste([], today), month(2022, 4));
        assert_eq!(senaste([(&lagging, None)], today), month(2022, 2));
        assert_eq!(senaste([(&lagging, Some((month(2020, 12), month(2022, 4))))], today), month(2022, 4));
        assert_eq!(senaste([(&lagging, None), (&quick, None), (&yearly, None)], today), month(2022, 4));
        // what is typed of a month that goes on is not the last one
        assert_eq!(senaste([(&lagging, Some((month(2022, 5), month(2022, 5))))], today), month(2022, 2));
        let closed = Serie { closed_on: Some(day(2021, 6, 30)), ..lagging };
        assert_eq!(senaste([(&closed, Some((month(2020, 12), month(2021, 3))))], today), month(2021, 3));
    }

    #[test]
    fn nothing_is_missed_before_the_first_value_nor_after_the_series_was_closed() {
        let (serie, today) = (serie("manad", "2"), day(2022, 5, 16));
        let spann = Some((month(2020, 12), month(2022, 1)));
        let missed = |serie: &Serie, y, m| saknas_fran(serie, spann, month(y, m), today);
        assert_eq!(missed(&serie, 2022, 2), Some(day(2022, 5, 1)));
        assert_eq!(missed(&serie, 2022, 4), Some(day(2022, 7, 1)), "asked for, and the source has it later");
        assert_eq!(missed(&serie, 2020, 11), None);
        assert_eq!(saknas_fran(&serie, None, month(2022, 1), today), None);
        assert_eq!(saknas_fran(&serie, None, month(2022, 2), today), Some(day(2022, 5, 1)));
        let closed = Serie { closed_on: Some(day(2022, 3, 31)), ..serie };
        assert_eq!((missed(&closed, 2021, 12), missed(&closed, 2022, 2)), (Some(day(2022, 3, 1)), None));
    }

    #[test]
    fn the_controls_of_a_month_are_counted_with_what_has_become_of_them() {
        let item = |m: u32, state: State, outcome: Option<Outcome>| {
            let start = day(2022, m, 1);
            let days = (start, crate::occurrence::month_end(start));
            let mut item = Item::example((Area::Egenkontroll, Category::Egenkontroll), m.into(), days);
            (item.occurrence.state, item.occurrence.outcome) = (state, outcome);
            item
        };
        let items = [
            item(3, State::Utford, Some(Outcome::Uppfyllt)),
            item(3, State::Utford, Some(Outcome::EjUppfyllt)),
            item(3, State::Planerad, None),
            item(3, State::EjUtford, None),
            item(4, State::Planerad, None),
        ];
        let of = |area, m| kontroller(&items, area, month(2022, m), day(2022, 5, 16));
        let march = "4 planerade: 2 utförda (1 med avvikelse), 1 försenad, 1 ej utförd";
        assert_eq!(of(Area::Egenkontroll, 3).unwrap(), march);
        assert_eq!(of(Area::Egenkontroll, 4).unwrap(), "1 planerad: ingen utförd, 1 försenad");
        assert_eq!((of(Area::Egenkontroll, 5), of(Area::Internkontroll, 3)), (None, None));
    }

    #[test]
    fn ones_own_is_a_share_of_the_total_where_values_add_up() {
        let serie = serie("manad", "2");
        let value = |n| Varde::of(Tal::whole(n));
        let of = |content: &Content, egen, total| andel_av_totalen(content, &egen, &total);
        assert_eq!(of(&serie.content, value(149), value(8408)).unwrap(), "1,8\u{a0}% av totalen, 8\u{a0}408");
        let prel = Varde { mark: Mark::Preliminar, ..value(134) };
        assert!(of(&serie.content, prel, value(8014)).unwrap().ends_with(", preliminärt eller ungefärligt"));
        assert_eq!(of(&serie.content, value(0), value(0)), None);
        let mean = Content { slag: crate::siffror::slag::Slag::Medel, ..serie.content };
        assert_eq!(of(&mean, value(4), value(9)), None);
    }
}
