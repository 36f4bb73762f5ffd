//! Förslag: what a series proposes as the outcome of a row that is followed in it. Who writes the outcome takes it as it stands or writes
//! another: nothing is filled in unseen.

use chrono::NaiveDate;

use super::{Content, bedomning::Utfall, is_same_unit};
use crate::{
    siffror::{
        serie,
        slag::{Mark, Sammanlagd, Slag, Varde},
    },
    tal::Tal,
    verksamhetsplan::indikator::{kallor::Kallvarden, matning::perioden, tid::Utfallsperiod},
};

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forslag {
    /// The outcome: its figure, and those of kvinnor and män where they are parts of it.
    pub utfall: Utfall,
    /// Where it is from and how it is made, in sentences.
    pub said: String,
}

/// What a series proposes for a period of a row; a sentence that says why it proposes nothing.
pub fn foresla(
    content: &Content,
    serie: &serie::Content,
    varden: &Kallvarden,
    period: Utfallsperiod,
    today: NaiveDate,
) -> Result<Forslag, String> {
    let namn = &serie.namn;
    let is_count = matches!(serie.slag, Slag::Flode | Slag::Bestand);
    let fits = content.enhet.is_empty()
        || is_same_unit(&content.enhet, &serie.enhet)
        || is_count && is_same_unit(&content.enhet, "st");
    if !fits {
        return Err(format!(
            "Serien {namn} är i {}, och raden i {}. Skriv utfallet själv.",
            serie.enhet, content.enhet
        ));
    }
    let way = match content.per {
        None => serie
            .sammanlagd
            .ok_or_else(|| format!("Värdena i serien {namn} går inte att lägga ihop till en period."))?,
        // of every month as much is their mean
        Some(per) if per == serie.grain => Sammanlagd::Medel,
        Some(per) => {
            let own = serie.grain.label();
            return Err(format!("Raden gäller per {}, och serien {namn} har ett värde per {own}.", per.label()));
        }
    };
    let found = perioden(way, &[], varden, period, today);
    let found = found.ok_or_else(|| format!("Serien {namn} har inget värde för {} än.", period.months_label()))?;
    let tal = |varde: Option<Varde>| varde.map(|varde| varde.tal.rounded(serie.decimaler));
    // the shares of kvinnor and män are no parts of the share of all
    let part = |varde: Option<Varde>| -> Option<Tal> { tal(varde).filter(|_| is_count || serie.slag == Slag::Belopp) };
    let mark = match found.gjord.mark {
        Mark::Definitiv => "",
        Mark::Ungefarlig => " Det är ungefärligt.",
        Mark::Preliminar => " Det är preliminärt.",
    };
    let made = match found.said(period) {
        text if text.is_empty() => String::new(),
        text => format!(": {text}"),
    };
    let luckor = found.kanda().map_or_else(String::new, |kanda| format!(" {}", kanda.said()));
    let said = format!("Kommer från serien {namn}{made}.{mark}{luckor}");
    // a figure that is not of the whole period, or will be another, says so wherever it stands
    let is_whole = found.manad == period.month() && mark.is_empty() && luckor.is_empty();
    let utfall = Utfall {
        total: tal(found.varden.total),
        kvinnor: part(found.varden.kvinnor),
        man: part(found.varden.man),
        not: if is_whole { String::new() } else { said.clone() },
        ..Utfall::default()
    };
    Ok(Forslag { utfall, said })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        period::{Grain, Period},
        verksamhetsplan::{
            forvantat::Jamforelse,
            indikator::{matning::Punkter, tests::day, utfall::Varden},
        },
    };

    fn serie(slag: Slag, enhet: &str) -> serie::Content {
        let form = serie::Form {
            namn: "Hushåll".into(),
            enhet: enhet.into(),
            slag: slag.code().into(),
            grain: Grain::Manad.code().into(),
            ..serie::Form::default()
        };
        let content = serie::check(&form, None).unwrap();
        serie::Content { sammanlagd: Some(slag.ways()[0]), decimaler: 0, ..content }
    }

    fn row(enhet: &str, per: Option<Grain>) -> Content {
        let (text, jamforelse) = ("Antal hushåll".to_owned(), Some(Jamforelse::Hogst));
        Content { text, jamforelse, enhet: enhet.into(), per, ..Content::default() }
    }

    fn months(all: &[(i64, i64)]) -> Kallvarden {
        let of = |n: i64| Some(Varde::of(Tal::whole(n)));
        let each = (1..).zip(all).map(|(n, (total, kvinnor))| {
            (Period::Month(2022, n), Varden { total: of(*total), kvinnor: of(*kvinnor), ..Varden::default() })
        });
        Kallvarden::av_serie(each.collect::<Punkter>(), vec![])
    }

    #[test]
    fn a_series_proposes_the_outcome_and_says_how_it_is_made() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let values = months(&[(336, 170), (323, 165), (317, 160)]);
        let of = |row: &Content, slag, enhet| foresla(row, &serie(slag, enhet), &values, t1, day(2022, 5, 2));
        let found = of(&row("st", None), Slag::Bestand, "hushåll").unwrap();
        assert_eq!((found.utfall.total, found.utfall.kvinnor), (Some(Tal::whole(325)), Some(Tal::whole(165))));
        assert_eq!(found.said, "Kommer från serien Hushåll: medel, t.o.m. mars 2022.");
        assert_eq!(found.utfall.not, found.said, "April is not in it");
        let sum = of(&row("st", None), Slag::Flode, "st").unwrap();
        assert_eq!(sum.utfall.total, Some(Tal::whole(976)));
        let per_month = of(&row("st", Some(Grain::Manad)), Slag::Flode, "st").unwrap();
        assert_eq!(per_month.utfall.total, Some(Tal::whole(325)), "so many a month");
    }

    #[test]
    fn a_figure_that_is_preliminary_says_so_where_it_is_kept_and_one_of_the_whole_period_needs_no_note() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let mut values = months(&[(336, 170), (323, 165), (317, 160), (320, 161)]);
        let of = |values: &Kallvarden| {
            foresla(&row("st", None), &serie(Slag::Bestand, "hushåll"), values, t1, day(2022, 5, 2)).unwrap().utfall.not
        };
        assert_eq!(of(&values), "");
        let april = values.punkter.get_mut(&Period::Month(2022, 4)).and_then(|of| of.total.as_mut()).unwrap();
        april.mark = Mark::Preliminar;
        assert!(of(&values).ends_with("Det är preliminärt."), "{}", of(&values));
    }

    #[test]
    fn what_does_not_fit_or_is_not_there_is_said() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let values = months(&[(336, 170)]);
        let of = |row: &Content, values: &Kallvarden| {
            foresla(row, &serie(Slag::Bestand, "hushåll"), values, t1, day(2022, 5, 2)).unwrap_err()
        };
        assert_eq!(of(&row("kr", None), &values), "Serien Hushåll är i hushåll, och raden i kr. Skriv utfallet själv.");
        assert!(of(&row("st", Some(Grain::Kvartal)), &values).starts_with("Raden gäller per kvartal"));
        let none = "Serien Hushåll har inget värde för januari–april 2022 än.";
        assert_eq!(of(&row("st", None), &months(&[])), none);
    }
}
