//! Tecken: which form of signs a table is written in. Each printed netto and each printed deviation agrees with one form or
//! another; that of most is it. One that is misprinted does not turn the table, and where two fit as well it is asked.

use crate::{
    ekonomi::{
        fraga::{Fraga, TECKENFORM},
        konto::Radslag,
        teckenform::Teckenform,
    },
    siffror::inlasning::{Svar, Val},
    tal::Tal,
};

/// What a table says by which its form is found, with the signs as they stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prov {
    /// Costs, income and the netto that is printed beside or below them.
    pub netton: Vec<(Tal, Tal, Tal)>,
    /// The kind of a row, its budget, its outcome or forecast, and the deviation that is printed.
    pub avvikelser: Vec<(Radslag, Tal, Tal, Tal)>,
    /// Every cost.
    pub kostnader: Vec<Tal>,
    /// Whether it has costs or income at all; else it is netto alone.
    pub has_parts: bool,
}

impl Prov {
    /// In how many places a form is what the table does.
    fn agrees(&self, form: Teckenform) -> usize {
        let turned = form == Teckenform::KostnaderNegativa;
        let netto = |(costs, income, netto): &&(Tal, Tal, Tal)| {
            let made = if turned { Tal::checked_sum([*costs, *income]) } else { Tal::checked_sum([*costs, -*income]) };
            made == Some(*netto)
        };
        let off = |(_, budget, utfall, printed): &&(Radslag, Tal, Tal, Tal)| {
            let made =
                if turned { Tal::checked_sum([*utfall, -*budget]) } else { Tal::checked_sum([*budget, -*utfall]) };
            made == Some(*printed)
        };
        self.netton.iter().filter(netto).count() + self.avvikelser.iter().filter(off).count()
    }

    /// The forms that fit, the likeliest first: one where the sums tell, two where they do not. A table of netto alone has one.
    #[must_use]
    pub fn passar(&self) -> Vec<Teckenform> {
        if !self.has_parts {
            return vec![Teckenform::BaraNetto];
        }
        let [plain, turned] = [Teckenform::BadaPositiva, Teckenform::KostnaderNegativa];
        let (of_plain, of_turned) = (self.agrees(plain), self.agrees(turned));
        // offered first, never taken unasked
        let below = self.kostnader.iter().filter(|tal| **tal < Tal::ZERO).count();
        let above = self.kostnader.iter().filter(|tal| **tal > Tal::ZERO).count();
        match of_plain.cmp(&of_turned) {
            std::cmp::Ordering::Greater => vec![plain],
            std::cmp::Ordering::Less => vec![turned],
            std::cmp::Ordering::Equal if below > above => vec![turned, plain],
            std::cmp::Ordering::Equal => vec![plain, turned],
        }
    }

    /// The form that a table is read in, and the question about it where two fit.
    #[must_use]
    pub fn form(&self, svar: &Svar) -> (Teckenform, Option<Fraga>) {
        let fits = self.passar();
        let first = fits.first().copied().unwrap_or_default();
        if fits.len() < 2 {
            return (first, None);
        }
        let choice = |form: &Teckenform| Val {
            value: form.code().to_owned(),
            label: format!("{}. {}", form.label(), form.about()),
            foreslas: *form == first,
        };
        let fraga = Fraga {
            key: TECKENFORM.to_owned(),
            text: "Det går inte att se i tabellen om kostnader skrivs med minus. Hur är den skriven?".to_owned(),
            choices: fits.iter().map(choice).collect(),
            svar: None,
        };
        let answered = svar.get(TECKENFORM).and_then(Teckenform::from_code).filter(|form| fits.contains(form));
        (answered.unwrap_or(first), Some(fraga))
    }
}
