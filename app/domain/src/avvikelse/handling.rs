//! Handling: the forms of a case and their checks. Whether a step may be taken at all says [`super::step`].

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Bedomning, Kategori, Kind, Kinds, Orsak,
    case::{Beslut, Ivo, Utredning},
    lank::{Lank, LankKind},
    word::Upprepning,
};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    link,
    personnummer::varning,
    text::compared,
};

/// A free text in which nobody is named by number.
fn text(check: &mut Checker, field: &str, value: &str) -> String {
    let text = check.text(field, value);
    if let Some(warning) = varning(&text) {
        check.error(field, warning);
    }
    text
}

fn required(check: &mut Checker, field: &str, value: &str, message: &str) -> String {
    let text = text(check, field, value);
    if text.is_empty() {
        check.error(field, message);
    }
    text
}

fn past(check: &mut Checker, field: &str, value: &str, today: NaiveDate) -> NaiveDate {
    let day = check.date(field, value, Fits::Past(today)).unwrap_or(today);
    if day > today {
        check.error(field, "Dagen har inte varit än. Välj i dag eller tidigare.");
    }
    day
}

/// What the event is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BedomForm {
    /// Codes of [`Kind`]; lex Sarah is decided by the lex Sarah-utredare and passed over here.
    pub kinds: Vec<String>,
    /// Code of a [`Kategori`], for a klagomål or a synpunkt.
    pub kategori: String,
    /// The unit's own word.
    pub handelsetyp: String,
    /// One of the unit's processes, or empty.
    pub process: String,
    /// Why it is assessed so; may be empty.
    pub reason: String,
}

/// An assessment: kinds, category, own word, process, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bedomt {
    /// What it is; lex Sarah as it was.
    pub kinds: Kinds,
    /// Of a klagomål or a synpunkt.
    pub kategori: Option<Kategori>,
    /// The unit's own word; may be empty.
    pub handelsetyp: String,
    /// The process; may be empty.
    pub process: String,
    /// Why; may be empty.
    pub reason: String,
}

/// Checks an assessment. `before`: the kinds as they are.
pub fn check_bedom(form: &BedomForm, before: Kinds) -> Result<Bedomt, Vec<FieldError>> {
    let mut check = Checker::default();
    let chosen: Vec<Kind> =
        form.kinds.iter().filter_map(|k| Kind::from_code(k)).filter(|k| *k != Kind::LexSarah).collect();
    let mut kinds = Kinds::of(&chosen);
    if before.has(Kind::LexSarah) {
        kinds = kinds.with(Kind::LexSarah);
    }
    if kinds.is_empty() {
        check.error("kinds", "Välj vad händelsen är.");
    }
    let kategori = Kategori::from_code(form.kategori.trim());
    if kinds.is_from_outside() && kategori.is_none() {
        check.error("kategori", "Välj vad klagomålet eller synpunkten handlar om.");
    }
    let bedomt = Bedomt {
        kinds,
        kategori: kategori.filter(|_| kinds.is_from_outside()),
        handelsetyp: check.line("handelsetyp", &form.handelsetyp),
        process: check.line("process", &form.process),
        reason: text(&mut check, "reason", &form.reason),
    };
    check.finish(bedomt)
}

/// Checks the lex Sarah decision: one of five, with a motive also when it declines.
pub fn check_lex_sarah(bedomning: &str, motive: &str, today: NaiveDate) -> Result<Beslut, Vec<FieldError>> {
    let mut check = Checker::default();
    let chosen = Bedomning::from_code(bedomning.trim());
    if chosen.is_none() {
        check.error("bedomning", "Välj en av de fem bedömningarna.");
    }
    let motive = required(&mut check, "motive", motive, "Skriv varför, också när det inte är lex Sarah.");
    check.finish(Beslut { bedomning: chosen.unwrap_or(Bedomning::EjLexSarah), motive, on: today })
}

/// Checks the report to IVO. `sent`: the day the investigation was sent, empty where it was not. `since`: the day of the decision.
pub fn check_ivo(
    (on, dnr, sent): (&str, &str, &str),
    since: NaiveDate,
    today: NaiveDate,
) -> Result<Ivo, Vec<FieldError>> {
    let mut check = Checker::default();
    let day = past(&mut check, "on", on, today);
    if day < since {
        check.error("on", "Anmälan kan inte göras innan det är beslutat.");
    }
    let dnr = check.required("dnr", dnr, "diarienumret");
    let investigation_on = (!sent.trim().is_empty()).then(|| sent_on(&mut check, "sent_on", sent, (day, today)));
    check.finish(Ivo { on: day, dnr, investigation_on })
}

fn sent_on(check: &mut Checker, field: &str, on: &str, (since, today): (NaiveDate, NaiveDate)) -> NaiveDate {
    let day = past(check, field, on, today);
    if day < since {
        check.error(field, "Utredningen kan inte skickas innan ärendet är anmält.");
    }
    day
}

/// Checks the day the investigation was sent to IVO. `since`: the day of the report.
pub fn check_sent(field: &str, on: &str, since: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Vec<FieldError>> {
    let mut check = Checker::default();
    let day = sent_on(&mut check, field, on, (since, today));
    check.finish(day)
}

/// Checks what was told to the data subjects: a day, or why they are not told.
pub fn check_informed(
    on: &str,
    why_not: &str,
    today: NaiveDate,
) -> Result<(Option<NaiveDate>, String), Vec<FieldError>> {
    let mut check = Checker::default();
    let told = !on.trim().is_empty();
    let day = told.then(|| past(&mut check, "on", on, today));
    let why = text(&mut check, "why_not", why_not);
    match (told, why.is_empty()) {
        (false, true) => check.error("on", "Skriv dagen de informerades, eller varför de inte gör det."),
        (true, false) => check.error("why_not", "Skriv antingen dagen eller varför inte."),
        _ => {}
    }
    check.finish((day, why))
}

/// The investigation as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UtredningForm {
    /// See [`Utredning`].
    pub timeline: String,
    /// See [`Utredning`].
    pub found: String,
    /// See [`Utredning`].
    pub consequences: String,
    /// Code of an [`Upprepning`].
    pub upprepning: String,
    /// Codes of [`Orsak`].
    pub orsaker: Vec<String>,
    /// See [`Utredning`].
    pub beslut: String,
}

/// Checks an investigation. It is written over days: everything may be empty until a step asks for it.
pub fn check_utredning(form: &UtredningForm) -> Result<Utredning, Vec<FieldError>> {
    let mut check = Checker::default();
    let orsaker: Vec<Orsak> = Orsak::ALL.into_iter().filter(|o| form.orsaker.iter().any(|c| c == o.code())).collect();
    if orsaker.contains(&Orsak::Ingen) && orsaker.len() > 1 {
        check.error("orsaker", "”Ingen avvikelse” kan inte väljas tillsammans med en orsak.");
    }
    let utredning = Utredning {
        timeline: text(&mut check, "timeline", &form.timeline),
        found: text(&mut check, "found", &form.found),
        consequences: text(&mut check, "consequences", &form.consequences),
        upprepning: Upprepning::from_code(form.upprepning.trim()),
        orsaker,
        beslut: text(&mut check, "beslut", &form.beslut),
    };
    check.finish(utredning)
}

/// Feedback as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AterkopplingForm {
    /// The day the reporter, or who complained, was told; empty when not yet.
    pub on: String,
    /// What the reporter reads on the page of the own report.
    pub outcome: String,
    /// The day the group was told; empty when not yet.
    pub group_on: String,
}

/// Feedback: day, words for the reporter, day of the group.
pub type Aterkoppling = (Option<NaiveDate>, String, Option<NaiveDate>);

/// Checks feedback.
pub fn check_aterkoppling(form: &AterkopplingForm, today: NaiveDate) -> Result<Aterkoppling, Vec<FieldError>> {
    let mut check = Checker::default();
    let mut day = |field: &str, value: &str| {
        let empty = value.trim().is_empty();
        let day = past(&mut check, field, value, today);
        (!empty).then_some(day)
    };
    let (on, group_on) = (day("on", &form.on), day("group_on", &form.group_on));
    let outcome = text(&mut check, "outcome", &form.outcome);
    if on.is_some() && outcome.is_empty() {
        check.error("outcome", "Skriv vad som återkopplades: vad ni kom fram till och vad som händer nu.");
    }
    check.finish((on, outcome, group_on))
}

/// Checks when the effect is followed up, and what it was once it has been.
pub fn check_uppfoljning(day: &str, effect: &str, today: NaiveDate) -> Result<Uppfoljning, Vec<FieldError>> {
    let mut check = Checker::default();
    let day = check.date("follow_up_on", day, Fits::Coming(today));
    let effect = text(&mut check, "effect", effect);
    check.finish((day, effect))
}

/// The end of a case as one form sends it: the effect, the feedback, and whether it is closed with that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AvslutForm {
    /// The day the effect is followed up.
    pub follow_up_on: String,
    /// What the effect was.
    pub effect: String,
    /// See [`AterkopplingForm`].
    pub outcome: String,
    /// See [`AterkopplingForm`]. It counts where something is said to the reporter: the form suggests the day.
    pub on: String,
    /// See [`AterkopplingForm`].
    pub group_on: String,
}

/// The day the effect is followed up, and what it was.
pub type Uppfoljning = (Option<NaiveDate>, String);

/// Checks the end of a case: what is wrong with the effect and with the feedback is told of together.
pub fn check_avslut(
    form: &AvslutForm,
    close: bool,
    today: NaiveDate,
) -> Result<(Uppfoljning, Aterkoppling), Vec<FieldError>> {
    let said = !form.outcome.trim().is_empty();
    let on = if said { form.on.clone() } else { String::new() };
    let feedback = AterkopplingForm { on, outcome: form.outcome.clone(), group_on: form.group_on.clone() };
    let (effect, feedback) =
        (check_uppfoljning(&form.follow_up_on, &form.effect, today), check_aterkoppling(&feedback, today));
    let mut errors = Vec::new();
    if close && form.effect.trim().is_empty() {
        let message = "Skriv vilken effekt åtgärderna fick.".to_owned();
        errors.push(FieldError { field: "effect".to_owned(), message });
    }
    match (effect, feedback) {
        (Ok(effect), Ok(feedback)) if errors.is_empty() => Ok((effect, feedback)),
        (effect, feedback) => {
            errors.extend(effect.err().into_iter().chain(feedback.err()).flatten());
            Err(errors)
        }
    }
}

/// Checks the text for APT, which everybody reads.
pub fn check_apt(apt: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let apt = text(&mut check, "apt", apt);
    check.finish(apt)
}

/// Checks a link: its kind, what it is called, where it stands, what was changed in it. An address is one of the product.
pub fn check_lank(kind: &str, label: &str, href: &str, changed: &str) -> Result<Lank, Vec<FieldError>> {
    let mut check = Checker::default();
    let chosen = LankKind::from_code(kind.trim());
    if chosen.is_none() {
        check.error("kind", "Välj vad det är.");
    }
    let label = check.required("label", label, "vad det heter");
    let href = href.trim();
    if !href.is_empty() && link::local(href).is_none() {
        check.error("href", "Klistra in adressen till en sida här i Kvalitetshjulet, eller lämna tomt.");
    }
    let changed = text(&mut check, "changed", changed);
    check.finish(Lank { kind: chosen.unwrap_or(LankKind::Process), label, href: href.to_owned(), changed })
}

/// The most words of a unit.
const HANDELSETYPER_MAX: usize = 40;

/// The unit's own words for what happens: one on each line, at most forty, each once.
pub fn check_handelsetyper(text: &str) -> Result<Vec<String>, Vec<FieldError>> {
    let mut check = Checker::default();
    let (mut out, mut seen) = (Vec::new(), HashSet::new());
    for line in text.lines() {
        let word = check.line("handelsetyper", line);
        if !word.is_empty() && seen.insert(compared(&word)) {
            out.push(word);
        }
        if out.len() > HANDELSETYPER_MAX {
            check.error("handelsetyper", "Högst 40 händelsetyper. Slå ihop några.");
            break;
        }
    }
    check.finish(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn fields<T: std::fmt::Debug>(result: Result<T, Vec<FieldError>>) -> Vec<String> {
        result.unwrap_err().into_iter().map(|e| e.field).collect()
    }

    #[test]
    fn an_assessment_neither_makes_nor_unmakes_lex_sarah() {
        let form = BedomForm { kinds: vec!["avvikelse".into(), "lex_sarah".into()], ..BedomForm::default() };
        assert!(!check_bedom(&form, Kinds::default()).unwrap().kinds.has(Kind::LexSarah));
        let before = Kinds::of(&[Kind::LexSarah]);
        assert!(check_bedom(&BedomForm::default(), before).unwrap().kinds.has(Kind::LexSarah));
        assert_eq!(fields(check_bedom(&BedomForm::default(), Kinds::default())), ["kinds"]);
    }

    #[test]
    fn a_klagomal_has_a_category_and_an_avvikelse_has_none() {
        let klagomal = BedomForm { kinds: vec!["klagomal".into()], ..BedomForm::default() };
        assert_eq!(fields(check_bedom(&klagomal, Kinds::default())), ["kategori"]);
        let avvikelse =
            BedomForm { kinds: vec!["avvikelse".into()], kategori: "bemotande".into(), ..BedomForm::default() };
        assert_eq!(check_bedom(&avvikelse, Kinds::default()).unwrap().kategori, None);
    }

    #[test]
    fn lex_sarah_is_decided_in_writing_also_when_it_is_none() {
        assert_eq!(fields(check_lex_sarah("ej_lex_sarah", " ", day(23))), ["motive"]);
        assert_eq!(fields(check_lex_sarah("", "Motivering", day(23))), ["bedomning"]);
        assert_eq!(check_lex_sarah("allvarligt", "Motivering", day(23)).unwrap().on, day(23));
    }

    #[test]
    fn ivo_is_told_after_the_decision_and_not_tomorrow() {
        assert_eq!(fields(check_ivo(("2026-11-01", "1", ""), day(5), day(23))), ["on"]);
        assert_eq!(fields(check_ivo(("2026-11-24", "", ""), day(5), day(23))), ["on", "dnr"]);
        assert_eq!(check_ivo(("", "IVO 2026/1", ""), day(5), day(23)).unwrap().on, day(23), "today by itself");
        assert_eq!(fields(check_sent("on", "2026-11-04", day(5), day(23))), ["on"]);
    }

    #[test]
    fn the_data_subjects_are_told_or_it_is_said_why_not() {
        assert_eq!(fields(check_informed("", "", day(23))), ["on"]);
        assert_eq!(fields(check_informed("2026-11-20", "Krypterat", day(23))), ["why_not"]);
        assert_eq!(check_informed("", "Krypterat", day(23)), Ok((None, "Krypterat".into())));
    }

    #[test]
    fn an_investigation_may_be_unfinished_but_names_nobody_by_number() {
        assert_eq!(check_utredning(&UtredningForm::default()).unwrap(), Utredning::default());
        let form = UtredningForm { found: "060606-1234 fick vänta".into(), ..UtredningForm::default() };
        assert_eq!(fields(check_utredning(&form)), ["found"]);
        let form = UtredningForm { orsaker: vec!["ingen".into(), "teknik".into()], ..UtredningForm::default() };
        assert_eq!(fields(check_utredning(&form)), ["orsaker"]);
    }

    #[test]
    fn feedback_says_what_was_told() {
        let form = AterkopplingForm { on: "2026-11-20".into(), ..AterkopplingForm::default() };
        assert_eq!(fields(check_aterkoppling(&form, day(23))), ["outcome"]);
        assert_eq!(check_aterkoppling(&AterkopplingForm::default(), day(23)), Ok((None, String::new(), None)));
    }

    #[test]
    fn a_link_leads_nowhere_else() {
        for href in ["https://example.se", "//example.se", "javascript:alert(1)", "/\\example.se", "/\t/example.se"] {
            assert_eq!(fields(check_lank("rutin", "Rutin", href, "")), ["href"], "{href}");
        }
        assert!(check_lank("rutin", "Rutin för återansökan", "", "Ny ruta i checklistan").is_ok());
    }

    #[test]
    fn own_words_are_one_on_each_line_each_once() {
        assert_eq!(check_handelsetyper("Sekretess\n\n sekretess \nLång handläggningstid").unwrap().len(), 2);
        let many = (0..41).map(|n| format!("Ord {n}")).collect::<Vec<_>>().join("\n");
        assert_eq!(fields(check_handelsetyper(&many)), ["handelsetyper"]);
    }
}
