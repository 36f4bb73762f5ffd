//! Skydd: what of an outcome those read who do not write in the plan: no count of one to four persons, no part that would tell one by what
//! the others leave, and no share of so few. Figures of money, an index or a mean, and shares of which nobody has said what they are of,
//! are no counts of persons.

use super::{
    Content,
    bedomning::Flagga,
    ruta::Kolumn,
    rutnat::Rad,
    slag::Slag,
    utfall::{Utfall, Varden},
};
use crate::{siffror::slag::Varde, skydd::dolt::andel_visas, tal::Tal};

/// What is said in the place of an outcome that is not shown.
pub const DOLT: &str = "Utfallet visas inte: det gäller färre än fem.";

/// The same in a cell.
const DOLT_KORT: &str = "visas inte, färre än fem";

/// What of an outcome is hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dolda {
    /// The outcome in all, with its parts.
    pub totalt: bool,
    /// Those by kön, all of them: what is left would tell the one that is not there.
    pub kon: bool,
}

/// What of an outcome is hidden from those who do not write in the plan.
#[must_use]
pub fn dolda(content: &Content, varden: &Varden) -> Dolda {
    let parts = [varden.kvinnor, varden.man, varden.okant];
    let few = |one: &Varde| match content.slag {
        Slag::Antal | Slag::Bestand => is_few(one.tal),
        Slag::Andel => one.share.is_some_and(|share| !andel_visas(share.numerator, share.denominator)),
        Slag::Medel | Slag::Belopp => false,
    };
    let totalt = varden.total.as_ref().is_some_and(few);
    // what the parts leave of the whole
    let has_parts = parts.iter().any(Option::is_some);
    let sum = parts.iter().flatten().fold(Tal::ZERO, |sum, one| sum + one.tal);
    let left = varden.total.filter(|_| has_parts && content.slag.adds_up()).map(|total| total.tal - sum);
    let kon = totalt || parts.iter().flatten().any(few) || left.is_some_and(is_few);
    Dolda { totalt, kon }
}

/// What of an outcome is hidden, by the kind of figure that it is: that of a closed period is what it was when it was closed.
#[must_use]
pub fn dolda_av(content: &Content, utfall: &Utfall) -> Dolda {
    dolda(&utfall.bedoms_av(content), &utfall.varden)
}

/// An outcome as those see it who do not write in the plan.
#[must_use]
pub fn visat(content: &Content, utfall: &Utfall) -> Utfall {
    let hidden = dolda_av(content, utfall);
    let mut shown = utfall.clone();
    if hidden.totalt {
        shown.varden = Varden::default();
        DOLT_KORT.clone_into(&mut shown.not);
    } else if hidden.kon {
        shown.varden = Varden { total: shown.varden.total, ..Varden::default() };
    }
    shown
}

/// A row of the table of a period as those see it who do not write in the plan: its status is as it is, since it is said of the goal.
pub fn skydda(rad: &mut Rad, content: &Content, utfall: &Utfall) {
    let hidden = dolda_av(content, utfall);
    if !hidden.kon {
        return;
    }
    for ruta in &mut rad.rutor {
        let is_part = matches!(ruta.kolumn, Kolumn::Kvinnor | Kolumn::Man | Kolumn::Okant);
        let goes = is_part || hidden.totalt && ruta.kolumn == Kolumn::Totalt;
        if goes && !ruta.skriven.is_empty() {
            ruta.skriven = String::new();
            ruta.delar = String::new();
            "–".clone_into(&mut ruta.visad);
        }
    }
    if hidden.totalt {
        // what is said of the figure tells it
        rad.bedomning.flaggor.clear();
        (rad.bedomning.kf, rad.bedomning.tal, rad.bedomning.avstand) = (None, None, None);
        DOLT.clone_into(&mut rad.bedomning.varfor);
    } else {
        // what does not agree by kön is told with the figures
        rad.bedomning.flaggor.retain(|flagga| !matches!(flagga, Flagga::Kon(_)));
    }
    rad.varfor = rad.bedomning.said(&utfall.bedoms_av(content));
}

/// One to four.
fn is_few(tal: Tal) -> bool {
    tal > Tal::ZERO && tal < Tal::whole(5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        occurrence::Share,
        verksamhetsplan::indikator::{Form, check},
    };

    fn content(slag: Slag) -> Content {
        let form = Form {
            namn: "Något".into(),
            enhet: slag.enhet().into(),
            slag: slag.code().into(),
            riktning: "hogre".into(),
            periodicitet: "tertial".into(),
            ..Form::default()
        };
        check(&form, None).unwrap()
    }

    fn counts(total: i64, kvinnor: i64, man: i64) -> Varden {
        let of = |n: i64| Some(Varde::of(Tal::whole(n)));
        Varden { total: of(total), kvinnor: of(kvinnor), man: of(man), okant: None }
    }

    #[test]
    fn a_count_of_few_is_hidden_and_what_would_tell_it_beside() {
        let antal = content(Slag::Antal);
        for (varden, totalt, kon) in [
            (counts(317, 165, 152), false, false),
            (counts(14, 11, 3), false, true),
            (counts(4, 2, 2), true, true),
            (counts(20, 10, 8), false, true),
            (counts(10, 10, 0), false, false),
            (Varden::of(Varde::of(Tal::whole(3))), true, true),
        ] {
            assert_eq!(dolda(&antal, &varden), Dolda { totalt, kon }, "{varden:?}");
        }
        assert_eq!(dolda(&content(Slag::Belopp), &counts(3, 2, 1)), Dolda::default(), "money is nobody");
    }

    #[test]
    fn what_was_reported_as_a_count_stays_hidden_when_the_indikator_is_of_another_kind() {
        let reported = Utfall::of(Varde::of(Tal::whole(3))).fryst_av(&content(Slag::Antal));
        let now = content(Slag::Medel);
        assert_eq!(visat(&now, &reported).varden, Varden::default());
        let open = visat(&now, &reported.clone().tinad());
        assert_eq!(open.varden, reported.varden, "a mean of an open period is no count");
    }

    #[test]
    fn a_share_of_few_is_hidden_and_one_of_nobody_knows_what_is_not() {
        let andel = content(Slag::Andel);
        let of = |numerator: i64, denominator: i64| {
            let tal = Tal::per_cent(numerator, denominator).unwrap();
            Some(Varde { share: Some(Share { numerator, denominator }), ..Varde::of(tal) })
        };
        let varden = Varden { total: of(29, 35), kvinnor: of(14, 18), man: of(15, 17), okant: None };
        assert_eq!(dolda(&andel, &varden), Dolda { totalt: false, kon: true }, "two men are not among them");
        assert_eq!(dolda(&andel, &counts(78, 45, 71)), Dolda::default());
    }
}
