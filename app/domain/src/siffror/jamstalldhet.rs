//! Jämställdhetsanalys: whether two groups, most often kvinnor and män, are met alike. A question, what was left out, the figures of
//! both, whether they differ by more than chance gives, and what the unit thinks of it: motiverad, omotiverad or not to be said,
//! with the reason. Nobody but a human judges: without a judgement there is none (docs/doman.md 10).

pub mod analys;

use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    format::{self, NBSP},
    genomforande::result::{SIGNIFICANT, share_label},
    kon::Kon,
    occurrence::Share,
    personnummer::varning,
    skydd::dolt::andel_visas,
    statistics::fisher,
    tal::Tal,
    text::compared,
};

/// The largest count: what the test takes.
const COUNT_MAX: i64 = 100_000;

/// What the unit thinks of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bedomning {
    /// There are reasons for it.
    Motiverad,
    /// There are none.
    Omotiverad,
    /// What is known does not say.
    GarInteAttSaga,
}

impl Bedomning {
    crate::every! {
        /// The three, in the order they are offered.
        Motiverad, Omotiverad, GarInteAttSaga
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Motiverad => "motiverad",
            Self::Omotiverad => "omotiverad",
            Self::GarInteAttSaga => "gar_inte_att_saga",
        }
    }

    /// The judgement of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Motiverad => "Motiverad",
            Self::Omotiverad => "Omotiverad",
            Self::GarInteAttSaga => "Går inte att säga",
        }
    }
}

/// One of the two that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grupp {
    /// As it is read in tables: "Kvinnor".
    pub namn: String,
    /// How many of how many; none where only a share, or nothing but words, is known.
    pub antal: Option<Share>,
    /// The share in per cent, where there are no counts.
    pub procent: Option<Tal>,
}

impl Grupp {
    /// In per cent: from the counts, else as it was written.
    #[must_use]
    pub fn andel(&self) -> Option<Tal> {
        self.antal.map_or(self.procent, |share| Tal::per_cent(share.numerator, share.denominator))
    }

    fn said(&self, name: &str) -> Option<String> {
        let figures = self.antal.map(share_label).or_else(|| Some(format!("{}{NBSP}%", self.procent?)));
        Some(format!("{name} {}", figures?))
    }
}

/// What is asked and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What is asked: "Har kvinnor och män förändringsplan lika ofta?"
    pub fraga: String,
    /// Who is left out, and when: "Utan barnfamiljer". May be empty.
    pub avgransning: String,
    /// The two, in the order they are shown.
    pub grupper: [Grupp; 2],
    /// What came out, in words. May be empty.
    pub utfall: String,
    /// What is thought of it; none until somebody has written it.
    pub bedomning: Option<Bedomning>,
    /// Why; never empty where it is judged.
    pub skal: String,
    /// What is done about it. May be empty.
    pub slutsats: String,
}

/// Whether a difference is larger than chance gives, by Fisher's exact test ([`fisher`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slump {
    /// Larger than it gives once in twenty times, with its probability.
    Storre(f64),
    /// Not larger than that.
    InteStorre(f64),
    /// There are no counts.
    UtanAntal,
}

impl Slump {
    /// `Skillnaden är inte större än slumpen kan ge (p = 0,66).`
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::Storre(p) => format!("Skillnaden är större än vad slumpen brukar ge ({}).", p_said(p)),
            Self::InteStorre(p) => format!("Skillnaden är inte större än slumpen kan ge ({}).", p_said(p)),
            Self::UtanAntal => "Går inte att pröva utan antal.".to_owned(),
        }
    }
}

/// With two decimals, and on the right side of the limit.
fn p_said(p: f64) -> String {
    let two = format!("{p:.2}").replace('.', ",");
    match two.as_str() {
        _ if p < 0.01 => "p < 0,01".to_owned(),
        "0,05" if p < SIGNIFICANT => "p < 0,05".to_owned(),
        "0,05" => "p > 0,05".to_owned(),
        _ => format!("p = {two}"),
    }
}

impl Content {
    fn antal(&self) -> Option<[Share; 2]> {
        let [a, b] = &self.grupper;
        Some([a.antal?, b.antal?])
    }

    /// How much higher the second share is than the first, in percentage points; from the counts where there are, so that it is
    /// rounded once. None where a share is not known.
    #[must_use]
    pub fn skillnad(&self) -> Option<Tal> {
        let Some([a, b]) = self.antal() else {
            let [a, b] = &self.grupper;
            return Some(b.andel()? - a.andel()?);
        };
        let times = |x: i64, y: i64| x.checked_mul(y);
        let above = times(b.numerator, a.denominator)?.checked_sub(times(a.numerator, b.denominator)?)?;
        Tal::per_cent(above, times(a.denominator, b.denominator)?)
    }

    /// Whether that is more than chance gives.
    #[must_use]
    pub fn slumpen(&self) -> Slump {
        let Some(both) = self.antal() else { return Slump::UtanAntal };
        let p = fisher(both.map(|share| [share.numerator, share.denominator - share.numerator]));
        if p < SIGNIFICANT { Slump::Storre(p) } else { Slump::InteStorre(p) }
    }

    /// `Kvinnor 14 av 18 (77,8 %), män 15 av 17 (88,2 %): 10,5 procentenheter högre för män.` None where a share is not known.
    #[must_use]
    pub fn skillnad_said(&self) -> Option<String> {
        let [a, b] = &self.grupper;
        let second = b.inne_i();
        let shares = format!("{}, {}", a.said(&a.namn)?, b.said(&second)?);
        let skillnad = self.skillnad()?;
        let points = skillnad.abs();
        let higher = if skillnad < Tal::ZERO { a.inne_i() } else { second };
        Some(if points.rounded(1) == Tal::ZERO {
            format!("{shares}: lika stor andel.")
        } else {
            format!("{shares}: {} procentenheter högre för {higher}.", points.with_decimals(1))
        })
    }

    /// Whether its figures are shown to others than those who edit it: of both groups a share that tells of nobody
    /// ([`andel_visas`]). Without counts there is nothing to hide.
    #[must_use]
    pub fn visas(&self) -> bool {
        self.grupper.iter().filter_map(|g| g.antal).all(|share| andel_visas(share.numerator, share.denominator))
    }
}

/// What a form sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub fraga: String,
    /// See [`Content`].
    pub avgransning: String,
    /// Who the first group is.
    pub namn_a: String,
    /// How many of the first group it was so for; empty where it is not known.
    pub taljare_a: String,
    /// How many the first group is.
    pub namnare_a: String,
    /// Or the share in per cent.
    pub procent_a: String,
    /// Who the second group is.
    pub namn_b: String,
    /// How many of the second group it was so for; empty where it is not known.
    pub taljare_b: String,
    /// How many the second group is.
    pub namnare_b: String,
    /// Or the share in per cent.
    pub procent_b: String,
    /// See [`Content`].
    pub utfall: String,
    /// Code of a [`Bedomning`]; empty until it is judged.
    pub bedomning: String,
    /// See [`Content`].
    pub skal: String,
    /// See [`Content`].
    pub slutsats: String,
}

/// Empty, and about kvinnor and män.
impl Default for Form {
    fn default() -> Self {
        let none = String::new;
        Self {
            fraga: none(),
            avgransning: none(),
            namn_a: Kon::Kvinna.plural().to_owned(),
            taljare_a: none(),
            namnare_a: none(),
            procent_a: none(),
            namn_b: Kon::Man.plural().to_owned(),
            taljare_b: none(),
            namnare_b: none(),
            procent_b: none(),
            utfall: none(),
            bedomning: none(),
            skal: none(),
            slutsats: none(),
        }
    }
}

/// The three figures of a group, each with the name of its field.
type Figures<'a> = [(&'a str, &'a str); 3];

fn check_grupp(check: &mut Checker, namn: (&str, &str), [taljare, namnare, procent]: Figures<'_>) -> Grupp {
    let namn = check.required(namn.0, namn.1, "vilka gruppen är, till exempel kvinnor");
    let numerator = check.int(taljare.0, taljare.1, 0..=COUNT_MAX);
    let denominator = check.int(namnare.0, namnare.1, 1..=COUNT_MAX);
    let written = check.per_cent(procent.0, procent.1, Tal::ZERO..=Tal::HUNDRED);
    let is_empty = |field: (&str, &str)| field.1.trim().is_empty();
    let antal = match (numerator, denominator) {
        (Some(n), Some(of)) if n > of => {
            check.error(taljare.0, format!("Antalet kan inte vara fler än alla {}.", format::int(of)));
            None
        }
        (Some(numerator), Some(denominator)) => Some(Share { numerator, denominator }),
        (Some(_), None) if is_empty(namnare) => {
            check.error(namnare.0, "Skriv av hur många.");
            None
        }
        (None, Some(_)) if is_empty(taljare) => {
            check.error(taljare.0, "Skriv hur många av dem.");
            None
        }
        _ => None,
    };
    let reckoned = antal.and_then(|share| Tal::per_cent(share.numerator, share.denominator));
    if let (Some(reckoned), Some(written)) = (reckoned, written)
        && reckoned.rounded(written.decimals()) != written
    {
        let (reckoned, written) = (format::per_cent(reckoned), format!("{written}{NBSP}%"));
        check.error(procent.0, format!("Antalen ger {reckoned}, inte {written}. Ändra något av dem."));
    }
    Grupp { namn, procent: written.filter(|_| antal.is_none()), antal }
}

/// Checks an analysis.
///
/// # Errors
///
/// A sentence for each field that cannot be kept: no question, counts that are no share or of one group only, a share that is not
/// that of its counts, a judgement without a reason, a personnummer in a text.
pub fn check(form: &Form) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let fraga =
        check.required("fraga", &form.fraga, "vad du undrar, till exempel om kvinnor och män får samma insatser");
    let avgransning = check.line("avgransning", &form.avgransning);
    let a = [("taljare_a", &*form.taljare_a), ("namnare_a", &*form.namnare_a), ("procent_a", &*form.procent_a)];
    let b = [("taljare_b", &*form.taljare_b), ("namnare_b", &*form.namnare_b), ("procent_b", &*form.procent_b)];
    let grupper =
        [check_grupp(&mut check, ("namn_a", &form.namn_a), a), check_grupp(&mut check, ("namn_b", &form.namn_b), b)];
    let empty = |figures: Figures<'_>| figures[..2].iter().all(|(_, text)| text.trim().is_empty());
    if empty(a) != empty(b) {
        let field = if empty(a) { a[1].0 } else { b[1].0 };
        check.error(field, "Skriv antal för båda grupperna, eller för ingen av dem.");
    }
    if !grupper[0].namn.is_empty() && compared(&grupper[0].namn) == compared(&grupper[1].namn) {
        check.error("namn_b", "Skriv två olika grupper.");
    }
    let utfall = check.text("utfall", &form.utfall);
    let code = form.bedomning.trim();
    let bedomning = Bedomning::from_code(code);
    if bedomning.is_none() && !code.is_empty() {
        check.error("bedomning", "Välj en bedömning, eller vänta med den.");
    }
    let skal = check.text("skal", &form.skal);
    if bedomning.is_some() && skal.is_empty() {
        check.error("skal", "Skriv skälet till bedömningen.");
    }
    let slutsats = check.text("slutsats", &form.slutsats);
    let texts = [
        ("fraga", &fraga),
        ("avgransning", &avgransning),
        ("namn_a", &grupper[0].namn),
        ("namn_b", &grupper[1].namn),
        ("utfall", &utfall),
        ("skal", &skal),
        ("slutsats", &slutsats),
    ];
    for (field, text) in texts {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    check.finish(Content { fraga, avgransning, grupper, utfall, bedomning, skal, slutsats })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        let text = str::to_owned;
        Form {
            fraga: text("Har kvinnor och män förändringsplan lika ofta?"),
            taljare_a: text("14"),
            namnare_a: text("18"),
            procent_a: text("78 %"),
            taljare_b: text("15"),
            namnare_b: text("17"),
            slutsats: text("Skillnaden har minskat"),
            ..Form::default()
        }
    }

    fn faults(form: &Form) -> Vec<(String, String)> {
        check(form).map_or_else(|all| all.into_iter().map(|e| (e.field, e.message)).collect(), |_| Vec::new())
    }

    #[test]
    fn fourteen_of_eighteen_and_fifteen_of_seventeen_differ_no_more_than_chance_can_give() {
        let content = check(&form()).unwrap();
        assert_eq!(content.skillnad().unwrap().with_decimals(1), "10,5");
        assert_eq!(
            content.skillnad_said().as_deref(),
            Some("Kvinnor 14 av 18 (77,8\u{a0}%), män 15 av 17 (88,2\u{a0}%): 10,5 procentenheter högre för män.")
        );
        assert_eq!(content.slumpen().said(), "Skillnaden är inte större än slumpen kan ge (p = 0,66).");
        assert_eq!(content.bedomning, None, "until somebody has written it");
        assert!(!content.visas(), "four of eighteen are few");
    }

    #[test]
    fn a_difference_is_larger_than_chance_gives_or_cannot_be_tried() {
        let many = Form { taljare_a: "45".into(), namnare_a: "100".into(), procent_a: "45".into(), ..form() };
        let many = check(&Form { taljare_b: "71".into(), namnare_b: "100".into(), ..many }).unwrap();
        assert_eq!(many.slumpen().said(), "Skillnaden är större än vad slumpen brukar ge (p < 0,01).");
        assert!(many.visas());
        let shares = Form { procent_a: "45 %".into(), procent_b: "71 %".into(), ..Form::default() };
        let shares = check(&Form { fraga: "Har de plan lika ofta?".into(), ..shares }).unwrap();
        assert_eq!(shares.slumpen().said(), "Går inte att pröva utan antal.");
        assert_eq!(
            shares.skillnad_said().as_deref(),
            Some("Kvinnor 45\u{a0}%, män 71\u{a0}%: 26,0 procentenheter högre för män.")
        );
        let words =
            Form {
                fraga: "Blir de självförsörjande?".into(), utfall: "Män i högre grad".into(), ..Form::default()
            };
        let words = check(&words).unwrap();
        assert_eq!((words.skillnad(), words.skillnad_said()), (None, None));
    }

    #[test]
    fn what_lies_at_the_limit_is_said_on_its_side() {
        for (p, said) in [
            (0.049_6, "p < 0,05"),
            (0.050_1, "p > 0,05"),
            (0.009, "p < 0,01"),
            (0.044, "p = 0,04"),
            (0.060, "p = 0,06"),
            (1.0, "p = 1,00"),
        ] {
            assert_eq!(p_said(p), said);
        }
    }

    #[test]
    fn the_first_can_be_the_higher_one_and_both_can_be_alike() {
        let of =
            |n: &str| check(&Form { procent_a: String::new(), taljare_a: n.into(), namnare_a: "34".into(), ..form() });
        let said = |n: &str| of(n).unwrap().skillnad_said().unwrap();
        assert!(said("34").ends_with(": 11,8 procentenheter högre för kvinnor."), "{}", said("34"));
        assert!(said("30").ends_with(": lika stor andel."), "{}", said("30"));
    }

    #[test]
    fn a_judgement_has_a_reason_and_a_reason_needs_no_judgement() {
        let judged = Form { bedomning: "motiverad".into(), ..form() };
        assert_eq!(faults(&judged), [("skal".to_owned(), "Skriv skälet till bedömningen.".to_owned())]);
        let reasoned = Form { skal: "Fler kvinnor är aktuella".into(), ..judged };
        assert_eq!(check(&reasoned).unwrap().bedomning, Some(Bedomning::Motiverad));
        assert!(check(&Form { bedomning: String::new(), ..reasoned.clone() }).is_ok());
        assert_eq!(faults(&Form { bedomning: "kanske".into(), ..reasoned })[0].0, "bedomning");
    }

    #[test]
    fn figures_that_are_no_share_are_told_of() {
        for (form, field, said) in [
            (Form { fraga: " ".into(), ..form() }, "fraga", "Skriv vad du undrar"),
            (Form { taljare_b: "18".into(), ..form() }, "taljare_b", "kan inte vara fler än alla 17"),
            (Form { namnare_b: String::new(), ..form() }, "namnare_b", "Skriv av hur många"),
            (Form { taljare_b: String::new(), ..form() }, "taljare_b", "Skriv hur många av dem"),
            (Form { taljare_b: String::new(), namnare_b: String::new(), ..form() }, "namnare_b", "för båda grupperna"),
            (Form { namnare_b: "0".into(), ..form() }, "namnare_b", "Skriv ett heltal mellan 1"),
            (Form { procent_a: "87 %".into(), ..form() }, "procent_a", "Antalen ger 77,8\u{a0}%, inte 87\u{a0}%."),
            (Form { namn_b: "kvinnor".into(), ..form() }, "namn_b", "två olika"),
            (Form { skal: "Se 060606-1234".into(), ..form() }, "skal", "personnummer"),
        ] {
            let faults = faults(&form);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].0 == field && faults[0].1.contains(said), "{faults:?}");
        }
    }
}
