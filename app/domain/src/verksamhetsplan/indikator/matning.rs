//! Matning: what an outcome is taken from, and how figures of months and other times make that of a period. Nothing is shown as of the
//! whole period that ends before it: a figure has its own month, and what is missing is missed first when the source has had its time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Content,
    kallor::Kallvarden,
    tid::Utfallsperiod,
    utfall::{Harkomst, Kanda, Utfall, Varden},
};
use crate::{
    format,
    id::{EgenkontrollId, EnkatId, InternkontrollId},
    occurrence::Share,
    period::{Grain, Period},
    siffror::{
        harledd::Tidsserie,
        serie::{Brott, SerieId},
        slag::{Langre, Sammanlagd, Varde, langre},
    },
};

/// What the outcome of an indikator is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kalla {
    /// A series of figures.
    Serie(SerieId),
    /// The share that an egenkontroll has when it is ticked off.
    Egenkontroll(EgenkontrollId),
    /// The share of a question of an enkät that counts as good.
    Enkat {
        /// The enkät.
        enkat: EnkatId,
        /// The question, by what it keeps in all versions.
        fraga: i32,
    },
    /// The figure that a control of the internkontrollplan notes.
    Internkontroll(InternkontrollId),
}

impl Kalla {
    /// As stored and sent: `serie:<id>`, `egenkontroll:<id>`, `enkat:<id>:<fraga>`, `internkontroll:<id>`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Serie(id) => format!("serie:{id}"),
            Self::Egenkontroll(id) => format!("egenkontroll:{id}"),
            Self::Enkat { enkat, fraga } => format!("enkat:{enkat}:{fraga}"),
            Self::Internkontroll(id) => format!("internkontroll:{id}"),
        }
    }

    /// What a stored code says.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (kind, id) = code.split_once(':')?;
        match kind {
            "serie" => id.parse().ok().map(Self::Serie),
            "egenkontroll" => id.parse().ok().map(Self::Egenkontroll),
            "internkontroll" => id.parse().ok().map(Self::Internkontroll),
            "enkat" => {
                let (enkat, fraga) = id.split_once(':')?;
                Some(Self::Enkat { enkat: enkat.parse().ok()?, fraga: fraga.parse().ok()? })
            }
            _ => None,
        }
    }

    /// Whether all that it has are shares.
    #[must_use]
    pub const fn is_andel(self) -> bool {
        matches!(self, Self::Egenkontroll(_) | Self::Enkat { .. })
    }

    /// With what it is called: `serien Hushåll`, `egenkontrollen Barnkonsekvens`.
    #[must_use]
    pub fn named(self, namn: &str) -> String {
        match self {
            Self::Serie(_) => format!("serien {namn}"),
            Self::Egenkontroll(_) => format!("egenkontrollen {namn}"),
            Self::Enkat { .. } => format!("enkätfrågan {namn}"),
            Self::Internkontroll(_) => format!("internkontrollen {namn}"),
        }
    }

    /// What it is, in a sentence: `en serie`, `en egenkontroll`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Serie(_) => "en serie",
            Self::Egenkontroll(_) => "en egenkontroll",
            Self::Enkat { .. } => "en fråga i en enkät",
            Self::Internkontroll(_) => "en kontroll i internkontrollplanen",
        }
    }
}

/// The figures of a source, by their times. All are of one grain.
pub type Punkter = BTreeMap<Period, Varden>;

/// The figures of a series as those of a source: in all, and by kön where the series is divided by it.
#[must_use]
pub fn punkter(total: &Tidsserie, kvinnor: &Tidsserie, man: &Tidsserie, okant: &Tidsserie) -> Punkter {
    type Plats = fn(&mut Varden) -> &mut Option<Varde>;
    let mut out = Punkter::new();
    let columns: [(&Tidsserie, Plats); 4] =
        [(total, |v| &mut v.total), (kvinnor, |v| &mut v.kvinnor), (man, |v| &mut v.man), (okant, |v| &mut v.okant)];
    for (values, plats) in columns {
        for (period, varde) in values {
            *plats(out.entry(*period).or_default()) = Some(*varde);
        }
    }
    out
}

/// The outcome of a period that is taken from a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matat {
    /// The figures.
    pub varden: Varden,
    /// The last month, 1–12, that they are of.
    pub manad: u32,
    /// How the figure in all was made of its times.
    pub gjord: Langre,
    /// How fine the times of the source are.
    pub grain: Grain,
    /// Why figures of this period and earlier ones are not compared; none where they are.
    pub brott: Option<String>,
}

impl Matat {
    /// What is printed with the figure: `medel av 4 månader, t.o.m. april 2022`.
    #[must_use]
    pub fn said(&self, period: Utfallsperiod) -> String {
        let made = match self.gjord.all {
            1 => String::new(),
            _ => self.gjord.said_in(self.grain),
        };
        let until = (self.manad < period.month())
            .then(|| format!("t.o.m. {} {}", format::month_name(self.manad), period.year()));
        let said = [Some(made).filter(|made| !made.is_empty()), until, self.brott.clone()];
        said.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// How many of its times are known; none where all are, or where it is only of the last.
    #[must_use]
    pub fn kanda(&self) -> Option<Kanda> {
        let is_whole = self.gjord.of == self.gjord.all || self.gjord.way == Sammanlagd::Sista;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (!is_whole).then(|| Kanda { kanda: count(self.gjord.of), alla: count(self.gjord.all), grain: self.grain })
    }

    /// The outcome with these figures in the place of its own; what else belongs to it stays.
    #[must_use]
    pub fn i(&self, before: &Utfall, period: Utfallsperiod, kalla: Kalla) -> Utfall {
        Utfall {
            varden: self.varden,
            not: String::new(),
            tom: (self.manad < period.month()).then_some(self.manad),
            kanda: self.kanda(),
            harkomst: Harkomst::Matat(kalla),
            ..before.clone()
        }
    }
}

/// Whether figures from a source may be put into an outcome unasked: not where somebody has typed any.
#[must_use]
pub fn may_matas(utfall: &Utfall) -> bool {
    match utfall.harkomst {
        Harkomst::Matat(_) => true,
        Harkomst::Overskrivet { .. } => false,
        Harkomst::Inskrivet | Harkomst::Inlast => utfall.varden == Varden::default() && utfall.not.is_empty(),
    }
}

/// What is there of a period at a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matning {
    /// Nothing yet, and nothing is missed: the source has it on this day.
    Vantas(NaiveDate),
    /// Nothing, though the source has had its time.
    Saknas,
    /// The figures.
    Finns(Box<Matat>),
}

/// The outcome of a period from the figures of a source, as the indikator makes it of them. Only times that lie within the period and
/// have begun count, and of what is added up only those that are over; those after the last that has a figure are not there yet, and one before it that has none is told of.
#[must_use]
pub fn matning(content: &Content, kalla: &Kallvarden, period: Utfallsperiod, today: NaiveDate) -> Matning {
    match perioden(content.sammanlagd, &content.brott, kalla, period, today) {
        Some(found) => Matning::Finns(Box::new(found)),
        None => match period.vantas(content.efterslapning) {
            day if day > today => Matning::Vantas(day),
            _ => Matning::Saknas,
        },
    }
}

/// The figures of a period, made in a way from those of a source; none where it has none. `own` are breaks besides those of the source.
#[must_use]
pub fn perioden(
    way: Sammanlagd,
    own: &[Brott],
    kalla: &Kallvarden,
    period: Utfallsperiod,
    today: NaiveDate,
) -> Option<Matat> {
    let punkter = &kalla.punkter;
    let grain = punkter.keys().next()?.grain();
    let grows = matches!(way, Sammanlagd::Summa | Sammanlagd::Andel);
    let times = kalla.times(period, grows, today);
    let last = *times.iter().rfind(|time| punkter.get(time).is_some_and(|v| v.total.is_some()))?;
    let times: Vec<Period> = times.into_iter().filter(|time| *time <= last).collect();
    let made = |of: fn(&Varden) -> Option<Varde>| {
        langre(way, &times.iter().map(|time| punkter.get(time).and_then(of)).collect::<Vec<_>>())
    };
    let gjord = made(|v| v.total)?;
    // a figure by kön is of the same times as that of all, or is none
    let part = |of: fn(&Varden) -> Option<Varde>| {
        made(of).filter(|part| part.of == gjord.of).map(|part| varde(&part, &times, punkter, of))
    };
    let varden = Varden {
        total: Some(varde(&gjord, &times, punkter, |v| v.total)),
        kvinnor: part(|v| v.kvinnor),
        man: part(|v| v.man),
        okant: part(|v| v.okant),
    };
    let inside = |b: &&Brott| b.fran > period.first_day() && b.fran <= last.last_day();
    let brott = own.iter().chain(&kalla.brott).find(inside);
    Some(Matat {
        varden,
        manad: chrono::Datelike::month(&last.last_day()),
        gjord,
        grain,
        brott: brott.map(|b| format!("mätt på annat sätt från {}: {}", format::date(b.fran), b.varfor)),
    })
}

/// A made figure as it is kept: with all täljare and nämnare where it is made of them, or the last's.
fn varde(made: &Langre, times: &[Period], punkter: &Punkter, of: fn(&Varden) -> Option<Varde>) -> Varde {
    let known: Vec<Varde> = times.iter().filter_map(|time| punkter.get(time).and_then(of)).collect();
    let share = match made.way {
        Sammanlagd::Andel if !made.unweighted => {
            known.iter().map(|v| v.share).collect::<Option<Vec<_>>>().map(|all| Share {
                numerator: all.iter().map(|s| s.numerator).sum(),
                denominator: all.iter().map(|s| s.denominator).sum(),
            })
        }
        Sammanlagd::Sista => known.last().and_then(|v| v.share),
        _ => None,
    };
    Varde { tal: made.tal, share, mark: made.mark }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        occurrence::Andel,
        siffror::slag::Mark,
        tal::Tal,
        verksamhetsplan::indikator::{
            Status, bedomning,
            kallor::av_andel,
            tests::{andel, antal, bestand, day},
        },
    };

    fn months(all: &[i64]) -> Punkter {
        let each = (1..).zip(all).map(|(n, value)| (Period::Month(2022, n), Varden::of(Varde::of(Tal::whole(*value)))));
        each.collect()
    }

    fn found(content: &Content, punkter: &Punkter, period: Utfallsperiod, today: NaiveDate) -> Matat {
        match matning(content, &Kallvarden::av_serie(punkter.clone(), vec![]), period, today) {
            Matning::Finns(found) => *found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_happens_is_summed_what_is_there_is_a_mean_and_says_how() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let all = months(&[10, 20, 12, 14, 100]);
        let today = day(2022, 6, 1);
        let sum = found(&antal("15 st"), &all, t1, today);
        assert_eq!((sum.varden.total.unwrap().tal, sum.said(t1).as_str()), (Tal::whole(56), "summa"));
        let mean = found(&bestand("15 hushåll"), &all, t1, today);
        assert_eq!((mean.varden.total.unwrap().tal, mean.said(t1).as_str()), (Tal::whole(14), "medel"));
        let utfall = mean.i(&Utfall::default(), t1, Kalla::Serie(SerieId(uuid::Uuid::nil())));
        assert_eq!((utfall.tom, utfall.egen_manad(t1)), (None, None));
    }

    #[test]
    fn a_figure_that_ends_before_its_period_has_its_own_month() {
        let t2 = Utfallsperiod::tertial_2(2022);
        let sum = found(&antal("15 st"), &months(&[1, 1, 1, 1, 1, 1]), t2, day(2022, 9, 1));
        assert_eq!(sum.said(t2), "summa, t.o.m. juni 2022");
        let utfall = sum.i(&Utfall::default(), t2, Kalla::Serie(SerieId(uuid::Uuid::nil())));
        assert_eq!(utfall.egen_manad(t2).as_deref(), Some("t.o.m. juni 2022"));
        let april = found(&antal("15 st"), &months(&[1, 1, 1, 1]), Utfallsperiod::tertial_1(2022), day(2022, 4, 10));
        assert_eq!(april.manad, 3, "April is not over");
        let mut gap = months(&[1, 1, 1, 1, 1, 1]);
        gap.remove(&Period::Month(2022, 2));
        let sum = found(&antal("15 st"), &gap, t2, day(2022, 9, 1));
        assert_eq!(sum.said(t2), "summa av 5 månader, t.o.m. juni 2022");
        // five in the five months that are known are as many as 12 a year, of which five of six months are no less
        let utfall = sum.i(&Utfall::default(), t2, Kalla::Serie(SerieId(uuid::Uuid::nil())));
        let judged = bedomning(&antal("12 st"), t2, &utfall);
        assert_eq!((judged.status, utfall.manader(t2)), (Status::Uppnas, 5), "{}", judged.varfor);
        let told = judged.flaggor.iter().find(|flagga| flagga.is_att_titta_pa()).unwrap();
        assert_eq!(told.said(&antal("12 st")), "Värden finns för fem av sex månader.");
        assert_eq!(utfall.egen_manad(t2).as_deref(), Some("t.o.m. juni 2022"));
    }

    #[test]
    fn nothing_is_missed_before_the_source_has_had_its_time() {
        let content = Content { efterslapning: 2, ..antal("15 st") };
        let none = Kallvarden::av_serie(Punkter::new(), vec![]);
        let of = |today| matning(&content, &none, Utfallsperiod::tertial_1(2022), today);
        assert_eq!(of(day(2022, 6, 30)), Matning::Vantas(day(2022, 7, 1)));
        assert_eq!(of(day(2022, 7, 1)), Matning::Saknas);
    }

    #[test]
    fn shares_are_all_by_all_and_by_kon_of_the_same_times() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let tick = |total, kvinnor: Option<(i64, i64)>, man: Option<(i64, i64)>| {
            let share = |(numerator, denominator)| Share { numerator, denominator };
            av_andel(Andel { total: Some(share(total)), kvinnor: kvinnor.map(share), man: man.map(share) })
        };
        let mut ticks = Punkter::new();
        ticks.insert(Period::Month(2022, 1), tick((1, 10), Some((1, 5)), Some((0, 4))));
        ticks.insert(Period::Month(2022, 3), tick((30, 40), Some((15, 20)), Some((15, 19))));
        assert_eq!(
            ticks[&Period::Month(2022, 1)].okant.and_then(|v| v.share),
            Some(Share { numerator: 0, denominator: 1 })
        );
        let made = found(&andel("75 %"), &ticks, t1, day(2022, 6, 1));
        let total = made.varden.total.unwrap();
        assert_eq!((total.tal, total.share), (Tal::whole(62), Some(Share { numerator: 31, denominator: 50 })));
        assert_eq!(made.varden.kvinnor.unwrap().share, Some(Share { numerator: 16, denominator: 25 }));
        assert_eq!(made.said(t1), "alla täljare genom alla nämnare av 2 månader, t.o.m. mars 2022");
        ticks.insert(Period::Month(2022, 4), tick((10, 10), None, None));
        let made = found(&andel("75 %"), &ticks, t1, day(2022, 6, 1));
        assert_eq!((made.varden.kvinnor, made.varden.man), (None, None), "April has none by kön");
    }

    #[test]
    fn what_is_preliminary_stays_so_and_a_break_within_the_period_is_said() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let mut all = months(&[10, 20, 12, 14]);
        all.get_mut(&Period::Month(2022, 4)).unwrap().total.as_mut().unwrap().mark = Mark::Preliminar;
        let brott = Brott { fran: day(2022, 3, 1), varfor: "ny definition".into(), rapportering: false };
        let content = Content { brott: vec![brott], ..antal("15 st") };
        let made = found(&content, &all, t1, day(2022, 5, 2));
        assert_eq!(made.varden.total.unwrap().mark, Mark::Preliminar);
        assert_eq!(made.said(t1), "summa, mätt på annat sätt från 2022-03-01: ny definition");
    }

    #[test]
    fn a_source_is_named_by_its_code() {
        let id = "00000000-0000-0000-0000-000000000001";
        for code in [
            format!("serie:{id}"),
            format!("egenkontroll:{id}"),
            format!("enkat:{id}:3"),
            format!("internkontroll:{id}"),
        ] {
            assert_eq!(Kalla::from_code(&code).map(Kalla::code), Some(code));
        }
        for code in ["", "serie", "serie:x", "enkat:x:1", &format!("risk:{id}")] {
            assert_eq!(Kalla::from_code(code), None);
        }
    }
}
