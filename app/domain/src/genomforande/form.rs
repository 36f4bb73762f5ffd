//! Form: what the forms of a run send, and the checks of them.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    GALLRING, Kind,
    reference::{Fault, List},
    result::Outcome as Result_,
};
use crate::{
    field::{Checker, FieldError},
    kon::Lasning,
    occurrence::{Andel, Outcome, TickForm, check_performed_on, check_tick},
    permission::Area,
    sample::POPULATION_MAX,
    text::compared,
};

/// The most cases of a stickprov.
pub const CASES_MAX: i64 = 500;
/// The most criteria.
pub const KRITERIER_MAX: usize = 20;
/// The longest criterion, in characters.
const KRITERIUM_MAX: usize = 200;

/// How a control is carried out by habit: offered again each time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mall {
    /// The kind; none when nothing has been said.
    pub kind: Option<Kind>,
    /// The criteria, in order.
    pub kriterier: Vec<String>,
    /// Whether colleagues judge each other's cases.
    pub kollegie: bool,
}

/// A [`Mall`] as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MallForm {
    /// Code of a [`Kind`].
    pub kind: String,
    /// One criterion a line.
    pub kriterier: String,
    /// "on" when ticked.
    pub kollegie: String,
}

/// Checks how a control is carried out.
pub fn check_mall(form: &MallForm) -> Result<Mall, Vec<FieldError>> {
    let mut check = Checker::default();
    let kind = kind(&mut check, &form.kind);
    let kriterier = kriterier(&mut check, &form.kriterier, kind == Some(Kind::Stickprov));
    check.finish(Mall { kind, kriterier, kollegie: form.kollegie == "on" })
}

fn kind(check: &mut Checker, code: &str) -> Option<Kind> {
    let kind = Kind::from_code(code.trim());
    if kind.is_none() {
        check.error("kind", "Välj hur kontrollen genomförs.");
    }
    kind
}

fn kriterier(check: &mut Checker, text: &str, needed: bool) -> Vec<String> {
    // counted before anything is made of them
    let count = text.lines().filter(|line| !line.trim().is_empty()).count();
    if count > KRITERIER_MAX {
        check.error("kriterier", format!("Det är {count} kriterier. Ta högst {KRITERIER_MAX}."));
        return vec![];
    }
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    if lines.is_empty() && needed {
        check.error("kriterier", "Skriv minst ett kriterium, ett per rad.");
    }
    let mut seen = HashSet::new();
    for (i, line) in lines.iter().enumerate() {
        if !seen.insert(compared(line)) {
            check.error("kriterier", format!("Kriteriet ”{line}” står två gånger."));
        } else if line.chars().count() > KRITERIUM_MAX {
            check.error("kriterier", format!("Rad {} är längre än {KRITERIUM_MAX} tecken. Korta den.", i + 1));
        }
    }
    lines
}

/// What a run begins with, as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StartForm {
    /// Code of a [`Kind`].
    pub kind: String,
    /// One criterion a line.
    pub kriterier: String,
    /// n.
    pub urval: String,
    /// N, when there is no list.
    pub population: String,
    /// The list, one case a line.
    pub lista: String,
    /// Code of a [`Lasning`]: how kön is read where the list does not say it for certain.
    pub kon: String,
    /// "on": the rows are called "Rad 1", "Rad 2" whatever the list says.
    pub numrera: String,
    /// "on" when colleagues judge each other's cases.
    pub kollegie: String,
}

/// What a run begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// How it is carried out.
    pub mall: Mall,
    /// Of the three ways, the one that was chosen for this time.
    pub kind: Kind,
    /// N and n, for a stickprov.
    pub sizes: Option<(i64, i64)>,
    /// The list, where there is one.
    pub list: Option<List>,
}

/// Checks what a run begins with.
pub fn check_start(form: &StartForm) -> Result<Start, Vec<FieldError>> {
    let mut check = Checker::default();
    let kind = kind(&mut check, &form.kind);
    let stickprov = kind == Some(Kind::Stickprov);
    let kriterier = kriterier(&mut check, &form.kriterier, stickprov);
    let (mut sizes, mut list) = (None, None);
    if stickprov {
        let n = check.int("urval", &form.urval, 1..=CASES_MAX);
        if n.is_none() && form.urval.trim().is_empty() {
            check.error("urval", "Skriv hur många ärenden som ska dras.");
        }
        (sizes, list) = population(&mut check, form, n);
    }
    let mall = Mall { kind, kriterier, kollegie: stickprov && form.kollegie == "on" };
    check.finish(Start { mall, kind: kind.unwrap_or(Kind::Bedomning), sizes, list })
}

fn population(check: &mut Checker, form: &StartForm, n: Option<i64>) -> (Option<(i64, i64)>, Option<List>) {
    let has_list = !form.lista.trim().is_empty();
    let has_number = !form.population.trim().is_empty();
    if has_list && has_number {
        check.error("population", "Skriv antingen antalet ärenden eller en lista, inte båda.");
        return (None, None);
    }
    if has_number {
        let population = check.int("population", &form.population, 1..=POPULATION_MAX);
        if let (Some(population), Some(n)) = (population, n)
            && n > population
        {
            check.error("urval", too_few("Det finns", population, n));
        }
        return (population.zip(n), None);
    }
    let mut list = List::read_as(&form.lista, Lasning::from_code(&form.kon));
    if form.numrera == "on" && !list.rows.is_empty() {
        list = list.numbered();
    }
    if let Err(fault) = list.check() {
        check.error(if matches!(fault, Fault::Kon(..)) { "kon" } else { "lista" }, fault.message());
        return (None, None);
    }
    let population = i64::try_from(list.rows.len()).unwrap_or(i64::MAX);
    if let Some(n) = n
        && n > population
    {
        check.error("urval", too_few("Listan har", population, n));
    }
    (n.map(|n| (population, n)), Some(list))
}

fn too_few(what: &str, population: i64, n: i64) -> String {
    let (population, n) = (crate::format::int(population), crate::format::int(n));
    format!("{what} {population} ärenden, så {n} kan inte dras. Dra högst {population}.")
}

/// The analysis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// What the result means.
    pub analys: String,
    /// What was found wanting.
    pub brister: String,
    /// What follows from it.
    pub slutsats: String,
}

/// The analysis as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextsForm {
    /// See [`Texts`].
    pub analys: String,
    /// See [`Texts`].
    pub brister: String,
    /// See [`Texts`].
    pub slutsats: String,
}

/// Checks the analysis.
pub fn check_texts(form: &TextsForm) -> Result<Texts, Vec<FieldError>> {
    let mut check = Checker::default();
    let mut text = |field: &str, value: &str| {
        let text = check.text(field, value);
        if super::reference::names_person(&text) {
            check.error(field, "Texten ser ut att ha ett personnummer. Ta bort det.");
        }
        text
    };
    let texts = Texts {
        analys: text("analys", &form.analys),
        brister: text("brister", &form.brister),
        slutsats: text("slutsats", &form.slutsats),
    };
    check.finish(texts)
}

/// The figures of an andel as a form sends them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AndelForm {
    /// Täljare, totalt.
    pub total_numerator: String,
    /// Nämnare, totalt.
    pub total_denominator: String,
    /// Täljare, kvinnor.
    pub kvinnor_numerator: String,
    /// Nämnare, kvinnor.
    pub kvinnor_denominator: String,
    /// Täljare, män.
    pub man_numerator: String,
    /// Nämnare, män.
    pub man_denominator: String,
}

/// Checks the figures of an andel, by the rules of every tick.
pub fn check_andel(form: &AndelForm, today: NaiveDate) -> Result<Andel, Vec<FieldError>> {
    let tick = TickForm {
        total_numerator: form.total_numerator.clone(),
        total_denominator: form.total_denominator.clone(),
        kvinnor_numerator: form.kvinnor_numerator.clone(),
        kvinnor_denominator: form.kvinnor_denominator.clone(),
        man_numerator: form.man_numerator.clone(),
        man_denominator: form.man_denominator.clone(),
        ..TickForm::default()
    };
    let andel = check_tick(Area::Egenkontroll, &tick, today)?.andel;
    if andel.total.is_some_and(|t| t.denominator > 0) {
        Ok(andel)
    } else {
        let message = "Skriv hur många som kontrollerades.".to_owned();
        Err(vec![FieldError { field: "total_denominator".to_owned(), message }])
    }
}

/// A bedömning as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BedomningForm {
    /// Code of an [`Outcome`].
    pub outcome: String,
}

/// Checks a bedömning.
pub fn check_bedomning(form: &BedomningForm) -> Result<Outcome, Vec<FieldError>> {
    let mut check = Checker::default();
    let outcome = Outcome::from_code(form.outcome.trim()).filter(|o| Outcome::EGENKONTROLL.contains(o));
    if outcome.is_none() {
        check.error("outcome", "Välj uppfyllt, delvis eller ej uppfyllt.");
    }
    check.finish(outcome.unwrap_or(Outcome::Uppfyllt))
}

/// What closes a run, as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    /// The day it was carried out; empty means today.
    pub performed_on: String,
    /// "on": show it on APT.
    pub apt: String,
    /// Why no åtgärd is needed.
    pub utan_atgard: String,
    /// Months until the references are removed.
    pub gallring: String,
    /// That it is done already although the time of its tillfälle has not begun; empty when that was not asked.
    pub ahead: String,
}

/// What closes a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The day it was carried out.
    pub performed_on: NaiveDate,
    /// Show it on APT.
    pub apt: bool,
    /// Why no åtgärd is needed; may be empty.
    pub utan_atgard: String,
    /// Months until the references are removed.
    pub gallring: u32,
}

/// What closing asks of the run itself.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// How it is carried out.
    pub kind: Kind,
    /// The result of a stickprov.
    pub result: Option<&'a Result_>,
    /// Whether the figures of an andel or the judgement of a bedömning are there.
    pub filled: bool,
    /// Whether the målvärde is reached, where there is one.
    pub reached: Option<bool>,
    /// How many åtgärder the run has.
    pub atgarder: usize,
}

/// Checks that a run can be closed: everything answered, and a målvärde not reached has an åtgärd or a reason why not.
pub fn check_close(form: &CloseForm, run: &Closing<'_>, today: NaiveDate) -> Result<Close, Vec<FieldError>> {
    let mut check = Checker::default();
    match run.kind {
        Kind::Stickprov => {
            let missing = run.result.map_or(0, |r| r.missing);
            let asked = run.result.map_or(0, |r| r.asked);
            if missing > 0 {
                let (missing, asked) = (crate::format::int(missing), crate::format::int(asked));
                check.error(
                    "",
                    format!("{missing} av {asked} svar saknas. Svara Ej relevant där kriteriet inte gäller ärendet."),
                );
            }
        }
        Kind::Andel if !run.filled => check.error("", "Fyll i hur många som kontrollerades först, under Resultat."),
        Kind::Bedomning if !run.filled => check.error("", "Gör bedömningen först, under Resultat."),
        Kind::Andel | Kind::Bedomning => {}
    }
    let performed_on = check_performed_on(&mut check, &form.performed_on, today);
    let utan_atgard = check.text("utan_atgard", &form.utan_atgard);
    if run.reached == Some(false) && run.atgarder == 0 && utan_atgard.is_empty() {
        check.error("utan_atgard", "Målvärdet nås inte. Lägg till en åtgärd, eller skriv varför ingen behövs.");
    }
    let gallring = form.gallring.trim();
    let gallring = if gallring.is_empty() { Some(GALLRING[1]) } else { gallring.parse().ok() };
    let gallring = gallring.filter(|months| GALLRING.contains(months));
    if gallring.is_none() {
        check.error("gallring", "Välj när ärendenumren ska tas bort.");
    }
    let close = Close { performed_on, apt: form.apt == "on", utan_atgard, gallring: gallring.unwrap_or(GALLRING[1]) };
    check.finish(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> StartForm {
        StartForm {
            kind: "stickprov".into(),
            kriterier: "Tillräcklig\n Väsentlig \n\nSaklig".into(),
            urval: "20".into(),
            population: "347".into(),
            ..StartForm::default()
        }
    }

    fn refusal(form: &StartForm) -> (String, String) {
        let error = check_start(form).unwrap_err().remove(0);
        (error.field, error.message)
    }

    #[test]
    fn a_stickprov_begins_with_criteria_and_a_number_or_a_list() {
        let start = check_start(&form()).unwrap();
        assert_eq!(start.mall.kriterier, ["Tillräcklig", "Väsentlig", "Saklig"]);
        assert_eq!((start.sizes, start.list), (Some((347, 20)), None));
        let list = StartForm { population: String::new(), urval: "2".into(), lista: "A\nB\nC".into(), ..form() };
        let start = check_start(&list).unwrap();
        assert_eq!(start.sizes, Some((3, 2)));
        assert_eq!(start.list.unwrap().rows.len(), 3);
    }

    #[test]
    fn fewer_cases_than_are_to_be_drawn_are_refused_with_how_many_there_are() {
        let few = StartForm { population: "12".into(), ..form() };
        assert_eq!(refusal(&few), ("urval".into(), "Det finns 12 ärenden, så 20 kan inte dras. Dra högst 12.".into()));
        let few = StartForm { population: String::new(), lista: "A\nB".into(), ..form() };
        assert_eq!(refusal(&few).1, "Listan har 2 ärenden, så 20 kan inte dras. Dra högst 2.");
    }

    #[test]
    fn nothing_to_draw_from_two_things_at_once_and_doubles_are_refused() {
        let nothing = StartForm { population: String::new(), ..form() };
        assert_eq!(refusal(&nothing).0, "lista");
        assert_eq!(refusal(&StartForm { lista: "A".into(), ..form() }).0, "population");
        let twice = StartForm { population: String::new(), lista: "A\nA".into(), urval: "1".into(), ..form() };
        assert!(refusal(&twice).1.starts_with("Samma ärende står flera gånger"));
        let numbered = StartForm { numrera: "on".into(), ..twice };
        assert_eq!(check_start(&numbered).unwrap().list.unwrap().rows[1].reference, "Rad 2");
        for (kriterier, words) in [("", "minst ett"), ("Saklig\nsaklig", "två gånger"), (&"x\n".repeat(0), "minst")] {
            assert!(refusal(&StartForm { kriterier: kriterier.into(), ..form() }).1.contains(words));
        }
        let many = (0..21).map(|i| format!("K{i}")).collect::<Vec<_>>().join("\n");
        assert_eq!(refusal(&StartForm { kriterier: many, ..form() }).1, "Det är 21 kriterier. Ta högst 20.");
        assert_eq!(refusal(&StartForm { urval: String::new(), ..form() }).0, "urval");
        assert_eq!(refusal(&StartForm { kind: "gissning".into(), ..form() }).0, "kind");
    }

    #[test]
    fn an_andel_needs_a_denominator_and_a_bedomning_a_choice() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let andel = AndelForm { total_numerator: "11".into(), total_denominator: "20".into(), ..AndelForm::default() };
        assert_eq!(check_andel(&andel, today).unwrap().total.unwrap().numerator, 11);
        assert_eq!(check_andel(&AndelForm::default(), today).unwrap_err()[0].field, "total_denominator");
        assert_eq!(check_bedomning(&BedomningForm::default()).unwrap_err()[0].field, "outcome");
        let foreign = BedomningForm { outcome: "ingen_avvikelse".into() };
        assert!(check_bedomning(&foreign).is_err());
    }

    #[test]
    fn a_run_closes_when_all_is_answered_and_a_missed_goal_has_an_atgard_or_a_reason() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let run = Closing { kind: Kind::Andel, result: None, filled: true, reached: Some(false), atgarder: 0 };
        let field = |form: &CloseForm, run: &Closing<'_>| check_close(form, run, today).unwrap_err().remove(0).field;
        assert_eq!(field(&CloseForm::default(), &run), "utan_atgard");
        assert!(check_close(&CloseForm::default(), &Closing { atgarder: 1, ..run }, today).is_ok());
        let reason = CloseForm { utan_atgard: "Samma brist har redan en åtgärd.".into(), ..CloseForm::default() };
        assert_eq!(check_close(&reason, &run, today).unwrap().gallring, 3);
        assert_eq!(field(&reason, &Closing { filled: false, ..run }), "");
        let later = CloseForm { performed_on: "2026-11-24".into(), ..reason.clone() };
        assert_eq!(field(&later, &run), "performed_on");
        assert_eq!(field(&CloseForm { gallring: "99".into(), ..reason }, &run), "gallring");
    }

    #[test]
    fn a_stickprov_with_answers_missing_says_how_many() {
        use super::super::{
            cell::Answer,
            result::{CaseAnswers, result},
        };
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let cases = [CaseAnswers { kon: None, answers: vec![Some(Answer::Ja), None] }];
        let outcome = result(&["A".into(), "B".into()], &cases);
        let run = Closing { kind: Kind::Stickprov, result: Some(&outcome), filled: true, reached: None, atgarder: 0 };
        let errors = check_close(&CloseForm::default(), &run, today).unwrap_err();
        assert!(errors[0].message.starts_with("1 av 2 svar saknas."));
    }

    #[test]
    fn a_personnummer_in_the_analysis_is_refused() {
        let form = TextsForm { brister: "I ärende 811228-9874 saknas datum".into(), ..TextsForm::default() };
        assert_eq!(check_texts(&form).unwrap_err()[0].field, "brister");
    }
}
