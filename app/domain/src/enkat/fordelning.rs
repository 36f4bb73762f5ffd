//! Fördelning: how answers to a question were spread elsewhere, with every option it has. What is further from 100 per cent than
//! rounding takes it is not saved until somebody has said that it is right; what is not 100 says so wherever it is shown.

use serde::{Deserialize, Serialize};

use super::{
    Fraga,
    resultat::{UtifranForm, is_wave},
};
use crate::{
    field::{Checker, FieldError},
    kon::Kon,
    per_cent,
    redovisning::MINST,
    rounding,
    tal::{DECIMALS, Tal},
    year::OUTSIDE,
};

/// A distribution from elsewhere as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FordelningForm {
    /// Who says so: "Staden".
    pub source: String,
    /// A year or a month: `2025`, `2025-11`.
    pub wave: String,
    /// Code of a [`Kon`]; empty for all.
    pub kon: String,
    /// How many answered; may be empty.
    pub n: String,
    /// Per cent of each option of the question, in its order, "Vet ej" last where it is offered.
    pub andelar: Vec<String>,
    /// The sum that is right though rounding is not why it does not make 100 ([`sum_of`]): another sum is asked about anew.
    pub bekraftad: String,
}

/// How answers to a question were spread elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fordelning {
    /// Every option as it was called when this was written, with its per cent. Also those that nobody chose.
    pub andelar: Vec<(String, f64)>,
    /// With how many decimals they were written.
    pub decimaler: usize,
}

/// `44 %`, `33,3 %`: as somebody has written it.
fn written(share: Tal) -> String {
    format!("{share}\u{a0}%")
}

/// A share as it is kept: one that was typed is the same number again.
fn kept(share: f64) -> Tal {
    Tal::nearest(share).unwrap_or_default()
}

impl Fordelning {
    /// What the shares make together.
    #[must_use]
    pub fn sum(&self) -> Tal {
        self.andelar.iter().map(|(_, share)| kept(*share)).sum()
    }

    /// Whether rounding can be why they do not make 100. A share that is rounded to whole per cent is at most a half from what
    /// it was, so the sum of four is at most two from 100: 0, 44, 35 and 19 make 98, and may be 0,5, 44,5, 35,5 and 19,5 that
    /// somebody has rounded down. The edge itself is taken for right: which way a half goes is another for each program. With
    /// a decimal each is at most a twentieth off, and so on. What is further away has another cause, and is asked about.
    #[must_use]
    pub fn rounded(&self) -> bool {
        let decimals = u32::try_from(self.decimaler).unwrap_or(DECIMALS).min(DECIMALS);
        let last = 10_i64.pow(DECIMALS - decimals);
        let options = i64::try_from(self.andelar.len()).unwrap_or(i64::MAX);
        let off = (self.sum() - Tal::HUNDRED).stored().saturating_abs();
        // a half of the last figure for each option
        off.saturating_mul(2) <= last.saturating_mul(options)
    }

    /// What is said of shares that do not make 100. None where they do.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let sum = self.sum();
        let why = if self.rounded() { rounding::NOTE } else { "Så står det i källan." };
        (sum != Tal::HUNDRED).then(|| format!("Tillsammans {}. {why}", written(sum)))
    }

    /// The share of an option; none for one that it did not have.
    #[must_use]
    pub fn of(&self, label: &str) -> Option<f64> {
        self.andelar.iter().find(|(own, _)| own == label).map(|(_, share)| *share)
    }

    /// `44 %`, or `–` for an option that it did not have.
    #[must_use]
    pub fn of_words(&self, label: &str) -> String {
        self.of(label).map_or_else(|| "–".to_owned(), |share| written(kept(share)))
    }

    /// `Mycket bra 0 %, Bra 44 %, Dåligt 35 %, Mycket dåligt 19 %. Tillsammans 98 %. …`
    #[must_use]
    pub fn words(&self) -> String {
        let parts: Vec<String> =
            self.andelar.iter().map(|(label, share)| format!("{label} {}", written(kept(*share)))).collect();
        let parts = format!("{}.", parts.join(", "));
        std::iter::once(parts).chain(self.note()).collect::<Vec<_>>().join(" ")
    }
}

/// The options of a question and those that its distributions have besides: the rows of a table where all stand beside each
/// other.
#[must_use]
pub fn rows<'a>(fraga: &'a Fraga, all: impl IntoIterator<Item = &'a Fordelning>) -> Vec<&'a str> {
    let mut out = fraga.choices();
    for (label, _) in all.into_iter().flat_map(|f| &f.andelar) {
        if !out.contains(&label.as_str()) {
            out.push(label);
        }
    }
    out
}

/// What typed shares make together, as somebody says that it is right.
#[must_use]
pub fn sum_of(andelar: &[String]) -> String {
    andelar.iter().filter_map(|text| per_cent::read(text).ok().flatten()).sum::<Tal>().to_string()
}

/// Whether a share as it was written is another one, rounded as far as it was written: 45 and 44,9 are both 44,897.
#[must_use]
pub fn is_rounded(written: f64, share: f64) -> bool {
    let steps = (0..=6).map(|decimals| 10f64.powi(decimals));
    let finest = steps.into_iter().find(|step| (written * step - (written * step).round()).abs() < 1e-6);
    (written - share).abs() <= finest.map_or(0.0, |step| 0.5 / step) + 1e-9
}

fn decimals(text: &str) -> usize {
    text.trim().trim_end_matches(['%', ' ', '\u{a0}']).split_once([',', '.']).map_or(0, |(_, after)| after.len())
}

/// Checks a distribution from elsewhere: a share for each option, that make 100 but for rounding. Gives the share of the good ones with it, as
/// other values from elsewhere are.
pub fn check_fordelning(form: &FordelningForm, fraga: &Fraga) -> Result<UtifranForm, Vec<FieldError>> {
    let mut check = Checker::default();
    let source = check.required("source", &form.source, "varifrån värdet kommer, till exempel Staden");
    if source.chars().count() > 60 {
        check.error("source", "Skriv högst 60 tecken.");
    }
    let wave = form.wave.trim().to_owned();
    if !is_wave(&wave) {
        // a year that is none says which there are
        let year = wave.len() == 4 && wave.bytes().all(|b| b.is_ascii_digit());
        check.error("wave", if year { OUTSIDE } else { "Skriv ett år eller en månad: 2025 eller 2025-11." });
    }
    let kon = Kon::from_code(&form.kon);
    let n = check.int("n", &form.n, MINST..=1_000_000);
    let labels: Vec<String> = fraga.choices().into_iter().map(str::to_owned).collect();
    let mut shares: Vec<Tal> = Vec::with_capacity(labels.len());
    if form.andelar.len() != labels.len() || form.andelar.iter().any(|a| a.trim().is_empty()) {
        check.error("andelar", "Skriv en andel för varje svar. Skriv 0 där ingen svarade så.");
    } else {
        shares =
            form.andelar.iter().filter_map(|text| check.per_cent("andelar", text, Tal::ZERO..=Tal::HUNDRED)).collect();
    }
    let whole = shares.len() == labels.len();
    let fordelning = Fordelning {
        andelar: labels.into_iter().zip(shares.iter().copied().map(Tal::float)).collect(),
        decimaler: form.andelar.iter().map(|text| decimals(text)).max().unwrap_or(0),
    };
    let sum = fordelning.sum();
    if whole && sum <= Tal::ZERO {
        check.error("andelar", "Skriv en andel över 0 för minst ett svar.");
    } else if whole && form.bekraftad != sum_of(&form.andelar) && !fordelning.rounded() {
        let more = "Det är längre från 100 än avrundning ger. Rätta andelarna, eller kryssa för att de stämmer.";
        check.error("bekraftad", format!("Summan är {}. Stämmer det? {more}", written(sum)));
    }
    let of = |keep: &dyn Fn(usize) -> bool| {
        shares.iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, s)| *s).sum::<Tal>()
    };
    let good = of(&|i| fraga.options.get(i).is_some_and(|o| o.good));
    let outside = of(&|i| fraga.vet_ej_value() == Some(i) && !fraga.vet_ej_counts);
    let counted = Tal::HUNDRED - outside;
    let share =
        if outside > Tal::ZERO && counted > Tal::ZERO { good.float() * 100.0 / counted.float() } else { good.float() };
    let fordelning = Some(fordelning);
    check.finish(UtifranForm { fraga: fraga.key, source, wave, kon, share: share.min(100.0), n, fordelning })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enkat::{FragaForm, check_fraga};

    fn fraga(vet_ej: &str) -> Fraga {
        let form = FragaForm {
            kind: "val".into(),
            text: "Bemötande?".into(),
            options: "+ Mycket bra\n+ Bra\nDåligt\n− Mycket dåligt".into(),
            vet_ej: vet_ej.into(),
            ..FragaForm::default()
        };
        check_fraga(&form, 7).unwrap()
    }

    fn form(andelar: &[&str]) -> FordelningForm {
        FordelningForm {
            source: "Staden".into(),
            wave: "2025".into(),
            andelar: andelar.iter().map(|a| (*a).to_owned()).collect(),
            ..FordelningForm::default()
        }
    }

    #[test]
    fn what_rounding_gives_is_saved_and_its_sum_is_said() {
        let row = check_fordelning(&form(&["0", "44", "35", "19"]), &fraga("")).unwrap();
        assert!((row.share - 44.0).abs() < 1e-9, "as it was said: nothing is made up to a hundred");
        let spread = row.fordelning.unwrap();
        assert_eq!(
            spread.words(),
            "Mycket bra 0\u{a0}%, Bra 44\u{a0}%, Dåligt 35\u{a0}%, Mycket dåligt 19\u{a0}%. Tillsammans 98\u{a0}%. Summan kan \
             avvika från 100 på grund av avrundning."
        );
        assert_eq!(["Mycket bra", "Dåligt", "Vet ej"].map(|l| spread.of_words(l)), ["0\u{a0}%", "35\u{a0}%", "–"]);
        // what was left out may be an option of the question
        let whole = check_fordelning(&form(&["0", "44", "35", "19", "2"]), &fraga("on")).unwrap();
        assert!((whole.share - 44.0 * 100.0 / 98.0).abs() < 1e-9, "Vet ej is not counted");
        assert_eq!(whole.fordelning.unwrap().note(), None, "they make 100");
    }

    #[test]
    fn what_is_further_from_a_hundred_is_asked_about_and_saved_when_somebody_says_that_it_is_so() {
        let far = ["0", "44", "35", "18"];
        let errors = check_fordelning(&form(&far), &fraga("")).unwrap_err();
        assert_eq!((errors.len(), errors[0].field.as_str()), (1, "bekraftad"));
        assert!(errors[0].message.starts_with("Summan är 97\u{a0}%. Stämmer det?"), "{errors:?}");
        let confirmed = FordelningForm { bekraftad: "97".into(), ..form(&far) };
        let spread = check_fordelning(&confirmed, &fraga("")).unwrap().fordelning.unwrap();
        assert_eq!(spread.note().unwrap(), "Tillsammans 97\u{a0}%. Så står det i källan.", "rounding is not why");
        // what was confirmed is that sum, and no other that is typed after
        let mistyped = FordelningForm { bekraftad: "97".into(), ..form(&["0", "44", "17", "18"]) };
        let errors = check_fordelning(&mistyped, &fraga("")).unwrap_err();
        assert!(errors[0].field == "bekraftad" && errors[0].message.starts_with("Summan är 79"), "{errors:?}");
        assert_eq!(sum_of(&["33,3 %", "33,3", "33,0", "0"].map(str::to_owned)), "99,6");
    }

    #[test]
    fn a_share_is_another_as_far_as_it_was_written() {
        for (written, same) in [(45.0, true), (44.9, true), (44.9, true), (44.0, false), (44.8, false), (45.5, false)] {
            assert_eq!(is_rounded(written, 44.897), same, "{written}");
        }
        assert!(is_rounded(88.5, 88.5) && !is_rounded(88.5, 88.6));
    }

    #[test]
    fn how_far_rounding_goes_is_a_half_of_the_last_figure_for_each_option() {
        for andelar in [
            ["33", "33", "33", "0"],
            ["25,1", "25", "25", "25"],
            ["33,3", "33,3", "33,3", "0"],
            ["33,3", "33,3", "33,2", "0"],
            ["25", "25", "25", "27"],
        ] {
            assert!(check_fordelning(&form(&andelar), &fraga("")).is_ok(), "{andelar:?}");
        }
        for andelar in [["33,3", "33,3", "33,1", "0"], ["25", "25", "25", "28"], ["25,0", "25,0", "25,0", "24,0"]] {
            let errors = check_fordelning(&form(&andelar), &fraga("")).unwrap_err();
            assert_eq!(errors[0].field, "bekraftad", "{andelar:?}");
        }
        // nothing is no distribution, whoever says so
        let nothing = FordelningForm { bekraftad: "0".into(), ..form(&["0", "0", "0", "0"]) };
        assert_eq!(check_fordelning(&nothing, &fraga("")).unwrap_err()[0].field, "andelar");
    }

    #[test]
    fn an_option_that_the_question_had_then_keeps_its_row() {
        let now = fraga("on");
        let then = Fordelning { andelar: vec![("Bra".into(), 90.0), ("Sådär".into(), 10.0)], decimaler: 0 };
        assert_eq!(rows(&now, [&then]), ["Mycket bra", "Bra", "Dåligt", "Mycket dåligt", "Vet ej", "Sådär"]);
    }

    #[test]
    fn every_option_has_a_share_and_what_could_be_a_hundredfold_wrong_is_asked_about() {
        for (andelar, words) in [
            (&["0", "44", "35", ""][..], "Skriv en andel för varje svar"),
            (&["0", "44", "35"][..], "Skriv en andel för varje svar"),
            (&["0", "0,44", "35", "19"][..], "Är det 44\u{a0}% eller 0,44\u{a0}%?"),
            (&["0", "144", "35", "19"][..], "mellan 0 och 100"),
        ] {
            let errors = check_fordelning(&form(andelar), &fraga("")).unwrap_err();
            assert!(errors.iter().any(|e| e.field == "andelar" && e.message.contains(words)), "{andelar:?} {errors:?}");
        }
        let nobody = FordelningForm { source: String::new(), wave: "i fjol".into(), ..form(&["0", "45", "35", "20"]) };
        let fields: Vec<String> =
            check_fordelning(&nobody, &fraga("")).unwrap_err().into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["source", "wave"]);
        let old = FordelningForm { wave: "1999".into(), ..form(&["0", "45", "35", "20"]) };
        assert_eq!(check_fordelning(&old, &fraga("")).unwrap_err()[0].message, OUTSIDE);
    }
}
