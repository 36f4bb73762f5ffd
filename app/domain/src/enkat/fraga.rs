//! Fråga: one question of an enkät, its options, and what of it counts.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::grad::{self, Grad};
use crate::{
    field::{Checker, FieldError},
    personnummer,
    text::compared,
};

/// What is chosen by who does not know, and the row that counts them.
pub(crate) const VET_EJ: &str = "Vet ej";

/// The most options a question has: one digit key each.
pub const MAX_OPTIONS: usize = 9;
/// Up to this score, 0–1, an option is the bad end of a scale.
const BAD: f64 = 0.25;
/// Of [`FragaForm::grader`]: the proposal is taken.
pub const FORSLAG: &str = "forslag";
/// Of [`FragaForm::grader`]: what is written is taken, and what has no sign is between.
pub const SOM_DET_STAR: &str = "som_det_star";
/// The most questions an enkät has: it is asked at the end of a call.
pub const MAX_QUESTIONS: usize = 20;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Options of the unit's own.
    Val,
    /// Three options that come with the kind; "Ja" counts as good, "Nej" is the bad end.
    JaNejDelvis,
    /// 1–10.
    Skala,
    /// Five faces.
    Smileys,
    /// Free text.
    Fritext,
}

impl Kind {
    crate::every! {
        /// Every kind, in the order it is offered.
        JaNejDelvis, Val, Skala, Smileys, Fritext
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Val => "val",
            Self::JaNejDelvis => "ja_nej_delvis",
            Self::Skala => "skala",
            Self::Smileys => "smileys",
            Self::Fritext => "fritext",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Val => "Egna svarsalternativ",
            Self::JaNejDelvis => "Ja, delvis, nej",
            Self::Skala => "Skala 1–10",
            Self::Smileys => "Fem ansikten",
            Self::Fritext => "Fritext",
        }
    }

    /// The options that come with the kind; none for those of the unit's own and for free text.
    fn fixed(self) -> Vec<Alternativ> {
        let option = |label: &str, good: bool| Alternativ { label: label.to_owned(), good, bad: None };
        match self {
            Self::JaNejDelvis => vec![option("Ja", true), option("Delvis", false), option("Nej", false)],
            // 8–10 count as satisfied
            Self::Skala => (1..=10).map(|n| option(&n.to_string(), n >= 8)).collect(),
            Self::Smileys => vec![
                option("Mycket missnöjd", false),
                option("Missnöjd", false),
                option("Varken eller", false),
                option("Nöjd", true),
                option("Mycket nöjd", true),
            ],
            Self::Val | Self::Fritext => vec![],
        }
    }
}

/// One option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Alternativ {
    /// What it says.
    pub label: String,
    /// Whether it counts in the share that is shown, as "nöjda".
    pub good: bool,
    /// Whether it is the bad end, as who made the enkät has said; none where nothing is said, as in enkäter from before it
    /// could be: then [`Fraga::grad`] proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bad: Option<bool>,
}

/// One question of a version of an enkät.
#[allow(clippy::struct_excessive_bools)] // each is a box to tick of its own
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraga {
    /// The same for the same question in every version of the enkät and in its copies: trends follow it.
    pub key: i32,
    /// How it is answered.
    pub kind: Kind,
    /// As it is asked.
    pub text: String,
    /// Help for the one who asks; may be empty.
    pub help: String,
    /// Whether an answer without it is refused.
    pub required: bool,
    /// The options in order; empty for free text.
    pub options: Vec<Alternativ>,
    /// Whether "Vet ej" is offered, after the options.
    pub vet_ej: bool,
    /// Whether "Vet ej" is in the denominator of the share.
    pub vet_ej_counts: bool,
    /// Whether an answer without this question is in the denominator of the share.
    pub blank_counts: bool,
    /// The overall question: the importance of the others is their correlation with it.
    pub overall: bool,
    /// Importance set by hand, 0–100; none where it follows from the answers.
    pub vikt: Option<i64>,
}

impl Fraga {
    /// The value stored for "Vet ej": after the options.
    #[must_use]
    pub fn vet_ej_value(&self) -> Option<usize> {
        self.vet_ej.then_some(self.options.len())
    }

    /// What can be chosen, in order: the options and "Vet ej".
    #[must_use]
    pub fn choices(&self) -> Vec<&str> {
        let vet_ej = self.vet_ej.then_some(VET_EJ);
        self.options.iter().map(|o| o.label.as_str()).chain(vet_ej).collect()
    }

    /// Whether it is answered by choosing.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        self.kind != Kind::Fritext
    }

    /// Whether figures of it go on in `other`: the same question with the same options, however it is required or helped.
    #[must_use]
    pub fn continues(&self, other: &Self) -> bool {
        let asked = |f: &Self| f.options.iter().map(|o| (o.label.clone(), o.good)).collect::<Vec<_>>();
        self.key == other.key && self.kind == other.kind && self.text == other.text && asked(self) == asked(other)
    }

    /// How good an option is: as who made the enkät has said, else by the place on a scale, else by the words of the options.
    #[must_use]
    pub fn grad(&self, value: usize) -> Grad {
        let Some(option) = self.options.get(value) else { return Grad::Mellan };
        let bad = match (self.kind, option.bad) {
            (_, Some(bad)) => bad,
            (Kind::Val, None) => grad::proposed(&option.label) == Some(Grad::Dalig),
            (_, None) => self.score(value).is_some_and(|s| s <= BAD),
        };
        match (option.good, bad) {
            (true, _) => Grad::Bra,
            (false, true) => Grad::Dalig,
            (false, false) => Grad::Mellan,
        }
    }

    /// The same question where these options, by their places, are the bad end. One that counts as good is not.
    #[must_use]
    pub fn with_bad(&self, bad: &[usize]) -> Self {
        let mut said = self.clone();
        for (i, option) in said.options.iter_mut().enumerate() {
            option.bad = Some(!option.good && bad.contains(&i));
        }
        said
    }

    /// Whether the grades of own options are proposed by their words, and nobody has said them.
    #[must_use]
    pub fn grades_are_proposed(&self) -> bool {
        self.kind == Kind::Val && self.options.iter().all(|o| o.bad.is_none())
    }

    /// The options in the order of their grades: `Bra: Bra. Mittemellan: Delvis. Dåligt: Dåligt.`
    #[must_use]
    pub fn grades(&self) -> String {
        grad::sentence(
            &self.options.iter().enumerate().map(|(i, o)| (o.label.as_str(), self.grad(i))).collect::<Vec<_>>(),
        )
    }

    /// A value to reckon with: the scale's number, or the place among the options from worst to best, 0–1. None for
    /// "Vet ej" and free text. Own options count as good (1), bad (0) or between, where somebody has said which are bad; else
    /// as good (1) or not (0).
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // at most ten options
    pub fn score(&self, value: usize) -> Option<f64> {
        let option = self.options.get(value)?;
        match self.kind {
            Kind::Skala | Kind::Smileys => Some(value as f64 / (self.options.len() - 1).max(1) as f64),
            Kind::JaNejDelvis => Some([1.0, 0.5, 0.0].get(value).copied().unwrap_or(0.0)),
            Kind::Val => Some(match (option.good, option.bad) {
                (true, _) => 1.0,
                (false, Some(false)) => 0.5,
                (false, _) => 0.0,
            }),
            Kind::Fritext => None,
        }
    }
}

/// A question as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FragaForm {
    /// Code of a [`Kind`].
    pub kind: String,
    /// As it is asked.
    pub text: String,
    /// Help for the one who asks.
    pub help: String,
    /// `on` or empty.
    pub required: String,
    /// Own options, one a line; a line that begins with `+` counts as satisfied, the first one where none does; one that
    /// begins with `-` is the bad end.
    pub options: String,
    /// What is done where the lines do not say how good each option is: [`FORSLAG`] takes what [`ask_grades`] proposes,
    /// [`SOM_DET_STAR`] what is written; empty asks.
    pub grader: String,
    /// `on` or empty.
    pub vet_ej: String,
    /// `on` or empty.
    pub vet_ej_counts: String,
    /// `on` or empty.
    pub blank_counts: String,
    /// `on` or empty.
    pub overall: String,
    /// 0–100 or empty.
    pub vikt: String,
}

impl From<&Fraga> for FragaForm {
    fn from(f: &Fraga) -> Self {
        let on = |set: bool| if set { "on".to_owned() } else { String::new() };
        let options =
            f.options.iter().enumerate().map(|(i, o)| format!("{}{}", f.grad(i).sign(), o.label)).collect::<Vec<_>>();
        Self {
            kind: f.kind.code().to_owned(),
            text: f.text.clone(),
            help: f.help.clone(),
            required: on(f.required),
            options: if f.kind == Kind::Val { options.join("\n") } else { String::new() },
            grader: String::new(),
            vet_ej: on(f.vet_ej),
            vet_ej_counts: on(f.vet_ej_counts),
            blank_counts: on(f.blank_counts),
            overall: on(f.overall),
            vikt: f.vikt.map(|v| v.to_string()).unwrap_or_default(),
        }
    }
}

/// Checks a question. `key` is its own, or the next free one.
pub fn check_fraga(form: &FragaForm, key: i32) -> Result<Fraga, Vec<FieldError>> {
    let mut check = Checker::default();
    let kind = Kind::from_code(&form.kind).unwrap_or_else(|| {
        check.error("kind", "Välj hur frågan besvaras.");
        Kind::Val
    });
    let text = check.required("text", &form.text, "frågan som den ska läsas upp");
    let help = check.line("help", &form.help);
    let options = if kind == Kind::Val {
        let lines = if form.grader == FORSLAG { grad::with_signs(&form.options) } else { form.options.clone() };
        own_options(&mut check, &lines)
    } else {
        kind.fixed()
    };
    let is_choice = kind != Kind::Fritext;
    let on = |text: &str| text == "on" && is_choice;
    let question = Fraga {
        key,
        kind,
        text,
        help,
        required: form.required == "on",
        options,
        vet_ej: on(&form.vet_ej),
        vet_ej_counts: on(&form.vet_ej_counts),
        blank_counts: on(&form.blank_counts),
        overall: on(&form.overall),
        vikt: check.int("vikt", &form.vikt, 0..=100).filter(|_| is_choice),
    };
    check.finish(question)
}

fn own_options(check: &mut Checker, lines: &str) -> Vec<Alternativ> {
    let lines = || lines.lines().map(str::trim).filter(|l| !l.is_empty());
    // counted before anything is made of them
    let count = lines().count();
    if count > MAX_OPTIONS {
        check.error("options", format!("{count} svarsalternativ är för många. Högst {MAX_OPTIONS}."));
        return vec![];
    }
    let mut options: Vec<Alternativ> = Vec::new();
    let mut seen = HashSet::new();
    for line in lines() {
        let (sign, label) = grad::read(line);
        let label = check.line("options", label);
        if label.chars().count() > 40 {
            check.error("options", format!("”{label}” är för långt för en knapp. Högst 40 tecken."));
        }
        if !seen.insert(compared(&label)) {
            check.error("options", format!("”{label}” finns två gånger."));
        }
        let bad = Some(sign == Some(Grad::Dalig));
        options.push(Alternativ { label, good: sign == Some(Grad::Bra), bad });
    }
    if options.len() < 2 {
        check.error("options", "Skriv minst två svarsalternativ, ett på varje rad.");
    }
    if let (false, Some(first)) = (options.iter().any(|o| o.good), options.iter_mut().find(|o| o.bad != Some(true))) {
        first.good = true;
    }
    if !options.is_empty() && options.iter().all(|o| !o.good) {
        check.error("options", "Alla svar är dåliga. Sätt + framför minst ett.");
    }
    options
}

/// What a form is asked whose own options do not say how good they are: the proposal, in words. None where they do, where
/// it has been answered, and where the lines are at fault in another way.
#[must_use]
pub fn ask_grades(form: &FragaForm) -> Option<String> {
    if form.kind != Kind::Val.code() || [FORSLAG, SOM_DET_STAR].contains(&form.grader.as_str()) {
        return None;
    }
    grad::asked(&form.options)
}

/// Whether a free text holds what points out a person. The sentence for the user, or nothing.
#[must_use]
pub fn check_fritext(text: &str) -> Option<String> {
    personnummer::varning(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kind: &str, options: &str) -> FragaForm {
        FragaForm {
            kind: kind.into(),
            text: "Hur upplever du bemötandet?".into(),
            options: options.into(),
            ..FragaForm::default()
        }
    }

    #[test]
    fn own_options_are_lines_and_those_with_a_plus_count_as_satisfied() {
        let question = check_fraga(&form("val", "+ Bra\nDelvis\n\nDåligt"), 1).unwrap();
        assert_eq!(question.choices(), ["Bra", "Delvis", "Dåligt"]);
        assert_eq!(question.options.iter().filter(|o| o.good).count(), 1);
        let unmarked = check_fraga(&form("val", "Bra\nDåligt"), 1).unwrap();
        assert!(unmarked.options[0].good && !unmarked.options[1].good, "the first one where none is marked");
        assert_eq!(FragaForm::from(&question).options, "+ Bra\nDelvis\nDåligt", "nothing is said to be bad");
        let said = check_fraga(&form("val", "+ Bra\n- Dåligt\nDelvis"), 1).unwrap();
        assert_eq!((0..3).map(|i| said.grad(i)).collect::<Vec<_>>(), [Grad::Bra, Grad::Dalig, Grad::Mellan]);
        assert_eq!((0..3).map(|i| said.score(i)).collect::<Vec<_>>(), [Some(1.0), Some(0.0), Some(0.5)]);
        assert_eq!(FragaForm::from(&said).options, "+ Bra\n− Dåligt\nDelvis");
        assert_eq!(said.grades(), "Bra: Bra. Mittemellan: Delvis. Dåligt: Dåligt.");
        assert!(check_fraga(&form("val", "- Bra\n- Dåligt"), 1).is_err());
    }

    #[test]
    fn too_few_too_many_and_equal_options_are_said_at_the_field() {
        for (options, words) in [
            ("Bra", "minst två"),
            ("a\nb\nc\nd\ne\nf\ng\nh\ni\nj", "för många"),
            ("Bra\nbra", "finns två gånger"),
            ("Det var ett alldeles utmärkt bemötande i dag\nDåligt", "för långt för en knapp"),
        ] {
            let errors = check_fraga(&form("val", options), 1).unwrap_err();
            assert!(errors.iter().any(|e| e.field == "options" && e.message.contains(words)), "{options}: {errors:?}");
        }
    }

    #[test]
    fn an_enkat_from_before_is_read_by_the_words_of_its_options_and_its_figures_go_on_when_somebody_says_otherwise() {
        let json = r#"[{"label":"Bra","good":true},{"label":"Dåligt","good":false},{"label":"Delvis","good":false}]"#;
        let options: Vec<Alternativ> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&options).unwrap(), json, "what is stored is still what was seen");
        let before = Fraga { options, ..check_fraga(&form("val", "Bra\nDåligt"), 1).unwrap() };
        assert!(before.grades_are_proposed());
        assert_eq!((0..3).map(|i| before.grad(i)).collect::<Vec<_>>(), [Grad::Bra, Grad::Dalig, Grad::Mellan]);
        let said = check_fraga(&form("val", "+ Bra\n- Dåligt\nDelvis"), 1).unwrap();
        assert!(before.continues(&said) && !said.grades_are_proposed());
        // options that are no grades have no bad end
        let telefon = |label: &str| Alternativ { label: label.into(), good: label == "Telefon", bad: None };
        let other = Fraga { options: ["Telefon", "Besök"].map(telefon).to_vec(), ..before };
        assert_eq!(other.grad(1), Grad::Mellan);
    }

    #[test]
    fn options_without_signs_are_asked_about_with_a_proposal_before_they_are_saved() {
        let typed = form("val", "Bra\nDåligt\nDelvis");
        assert_eq!(ask_grades(&typed).unwrap(), "Bra: Bra. Mittemellan: Delvis. Dåligt: Dåligt.");
        let proposed = check_fraga(&FragaForm { grader: FORSLAG.into(), ..typed.clone() }, 1).unwrap();
        assert_eq!((0..3).map(|i| proposed.grad(i)).collect::<Vec<_>>(), [Grad::Bra, Grad::Dalig, Grad::Mellan]);
        assert_eq!(ask_grades(&FragaForm { grader: SOM_DET_STAR.into(), ..typed }), None);
        assert_eq!(ask_grades(&form("val", "+ Bra\n- Dåligt\nDelvis")), None, "who has said it is not asked");
        assert_eq!(
            ask_grades(&form("val", "+ Bra\nDelvis\nDåligt")).unwrap(),
            "Bra: Bra. Mittemellan: Delvis. Dåligt: Dåligt."
        );
        assert_eq!(ask_grades(&form("val", "+ Telefon\nBesök")), None);
        assert_eq!(ask_grades(&form("val", "Telefon\nBesök")).unwrap(), "Bra: Telefon. Mittemellan: Besök.");
        assert_eq!(ask_grades(&form("ja_nej_delvis", "")), None);
        assert_eq!(ask_grades(&form("val", "Bra")), None, "it has another fault, which is said");
    }

    #[test]
    fn vet_ej_comes_after_the_options_and_has_no_score() {
        let question = check_fraga(&FragaForm { vet_ej: "on".into(), ..form("ja_nej_delvis", "") }, 1).unwrap();
        assert_eq!(question.choices(), ["Ja", "Delvis", "Nej", "Vet ej"]);
        assert_eq!(question.vet_ej_value(), Some(3));
        assert_eq!(question.score(3), None);
        assert_eq!(question.score(0), Some(1.0));
        assert_eq!(check_fraga(&form("skala", ""), 1).unwrap().score(9), Some(1.0));
    }

    #[test]
    fn a_question_with_other_words_or_options_is_another_series() {
        let before = check_fraga(&form("val", "Bra\nDåligt"), 1).unwrap();
        let required = Fraga { required: true, help: "Läs långsamt".into(), ..before.clone() };
        assert!(before.continues(&required));
        assert!(!before.continues(&check_fraga(&form("val", "Bra\nDelvis\nDåligt"), 1).unwrap()));
        assert!(!before.continues(&Fraga { text: "Hur var bemötandet?".into(), ..before.clone() }));
    }
}
