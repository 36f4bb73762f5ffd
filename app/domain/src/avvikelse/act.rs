//! Act: what each form of a case makes of it. Every function asks [`super::step`] first and gives the changed case, or the
//! sentence that says why not, with the field that it is about where it is about one.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Arende, Relation, State, Step,
    case::{Beslut, Ivo, Utredning},
    handling::{Aterkoppling, Bedomt, Uppfoljning},
    pui::Incident,
    step::{may, take},
    word::Risk,
};
use crate::field::FieldError;

/// What comes of an act, or why it cannot be done.
pub type Acted = Result<Arende, FieldError>;

const CLOSED: &str = "Ärendet är avslutat. Öppna det igen om något ska ändras.";

/// Whether the texts of the case may be written now, by this person: not when it is closed, and those of a missförhållande
/// by the lex Sarah-utredare. The sentence that says why not.
pub fn may_write(case: &Arende, who: Relation) -> Result<(), String> {
    if case.case.state == State::Avslutad {
        return Err(CLOSED.to_owned());
    }
    if case.case.is_lex_sarah() && !who.lex_sarah {
        return Err("Lex Sarah gäller, så det är lex Sarah-utredaren som utreder ärendet.".to_owned());
    }
    Ok(())
}

fn open(case: &Arende) -> Result<(), String> {
    if case.case.state == State::Avslutad { Err(CLOSED.to_owned()) } else { Ok(()) }
}

/// Takes a step that has no form of its own but a reason: on, back, closed, or a suspicion.
pub fn step(before: &Arende, who: Relation, step: Step, reason: &str, today: NaiveDate) -> Acted {
    let to = take(step, who, &before.case, reason)?;
    let mut after = before.clone();
    after.case.state = to;
    match step {
        Step::Misstank => after.case.suspected_on = Some(today),
        Step::Utred => after.case.utreds_from = after.case.utreds_from.or(Some(today)),
        Step::Tillbaka => after.case.effect.clear(),
        _ => {}
    }
    after.closed_on = match to {
        State::Avslutad => after.closed_on.or(Some(today)),
        _ => None,
    };
    Ok(after)
}

/// Sets what the event is: the first time a step, later a correction.
pub fn assess(before: &Arende, who: Relation, bedomt: &Bedomt) -> Acted {
    let mut after = before.clone();
    after.case.kinds = bedomt.kinds;
    after.case.kategori = bedomt.kategori;
    after.handelsetyp.clone_from(&bedomt.handelsetyp);
    after.process.clone_from(&bedomt.process);
    if before.case.state == State::Inkommen {
        after.case.state = take(Step::Bedom, who, &after.case, &bedomt.reason)?;
    } else {
        open(before)?;
    }
    Ok(after)
}

/// The lex Sarah decision, in writing also when it declines.
pub fn decide_lex_sarah(before: &Arende, who: Relation, beslut: Beslut) -> Acted {
    may(Step::BeslutaLexSarah, who, &before.case)?;
    let mut after = before.clone();
    after.case = after.case.decided(beslut);
    // that it is one says what it is: nobody has to assess it once more before IVO is told
    if after.case.is_lex_sarah() && after.case.state == State::Inkommen {
        after.case.state = State::Bedomd;
    }
    Ok(after)
}

/// The report to IVO, and in the same act that the investigation was sent with it, where it was.
pub fn report_ivo(before: &Arende, who: Relation, ivo: Ivo) -> Acted {
    may(Step::AnmalIvo, who, &before.case)?;
    let mut after = before.clone();
    let sent = ivo.investigation_on;
    after.case.ivo = Some(Ivo { investigation_on: None, ..ivo });
    match sent {
        Some(on) => send_investigation(&after, who, on),
        None => Ok(after),
    }
}

/// Whether the investigation can be sent with the report to IVO: all of it is written.
#[must_use]
pub fn may_send_with_report(case: &Arende, who: Relation, today: NaiveDate) -> bool {
    let mut reported = case.case.clone();
    reported.ivo = Some(Ivo { on: today, dnr: String::new(), investigation_on: None });
    may(Step::AnmalIvo, who, &case.case).is_ok() && may(Step::SkickaUtredning, who, &reported).is_ok()
}

/// The investigation was sent to IVO.
pub fn send_investigation(before: &Arende, who: Relation, on: NaiveDate) -> Acted {
    may(Step::SkickaUtredning, who, &before.case)?;
    let mut after = before.clone();
    if let Some(ivo) = &mut after.case.ivo {
        ivo.investigation_on = Some(on);
    }
    Ok(after)
}

/// What is known of a personuppgiftsincident. `discovered`: the moment in UTC, from which the 72 hours run.
pub fn incident(before: &Arende, incident: Incident, discovered: DateTime<Utc>) -> Acted {
    open(before)?;
    let mut after = before.clone();
    after.case.imy.discovered_at = Some(discovered);
    after.case.imy.discovered_on = Some(incident.discovered.date());
    after.incident = Some(incident);
    Ok(after)
}

/// The decision on the risk for the data subjects, and with it whether IMY is told.
pub fn decide_imy(before: &Arende, who: Relation, (risk, motive): (Risk, String)) -> Acted {
    may(Step::BeslutaImy, who, &before.case)?;
    let mut after = before.clone();
    after.case.imy.risk = Some(risk);
    after.case.imy.motive = motive;
    Ok(after)
}

/// Notes that IMY was told. `delay`: why later than 72 hours (GDPR art. 33.1), empty where it was not.
pub fn report_imy(before: &Arende, who: Relation, at: DateTime<Utc>, delay: String) -> Acted {
    may(Step::AnmalImy, who, &before.case)?;
    let mut after = before.clone();
    after.case.imy.reported_at = Some(at);
    after.case.imy.delay = delay;
    Ok(after)
}

/// The data subjects were told, or why they are not.
pub fn inform(before: &Arende, who: Relation, (on, why_not): (Option<NaiveDate>, String)) -> Acted {
    may(Step::Informera, who, &before.case)?;
    let mut after = before.clone();
    after.case.imy.informed_on = on;
    after.case.imy.not_informed = why_not;
    Ok(after)
}

/// Writes the investigation, and begins it where that is the next step: who writes it has begun.
pub fn begin_and_investigate(before: &Arende, who: Relation, utredning: Utredning, today: NaiveDate) -> Acted {
    if may(Step::Utred, who, &before.case).is_ok() {
        return investigate(&step(before, who, Step::Utred, "", today)?, who, utredning);
    }
    investigate(before, who, utredning)
}

/// Writes the investigation.
pub fn investigate(before: &Arende, who: Relation, utredning: Utredning) -> Acted {
    may_write(before, who)?;
    let mut after = before.clone();
    after.case.utredning = utredning;
    Ok(after)
}

/// Feedback to the reporter and the group.
pub fn feed_back(before: &Arende, (on, outcome, group_on): Aterkoppling) -> Acted {
    open(before)?;
    let mut after = before.clone();
    after.case.feedback_on = on;
    after.case.group_feedback_on = group_on;
    after.outcome = outcome;
    Ok(after)
}

/// As [`follow_up`], and goes to the follow-up where an effect is written and that is the next step.
pub fn go_and_follow_up(
    before: &Arende,
    who: Relation,
    (day, effect): (Option<NaiveDate>, String),
    today: NaiveDate,
) -> Acted {
    let mut dated = before.clone();
    dated.case.follow_up_on = day;
    if !effect.is_empty() && before.case.state == State::Atgardas {
        return follow_up(&step(&dated, who, Step::FoljUpp, "", today)?, (day, effect));
    }
    follow_up(before, (day, effect))
}

/// The end of a case in one act: the effect, the feedback, and with `close` that it is closed.
pub fn finish(
    before: &Arende,
    who: Relation,
    (effect, feedback): (Uppfoljning, Aterkoppling),
    close: bool,
    today: NaiveDate,
) -> Acted {
    let followed = go_and_follow_up(before, who, effect, today)?;
    let told = feed_back(&followed, feedback)?;
    if close { step(&told, who, Step::Avsluta, "", today) } else { Ok(told) }
}

/// When the effect is followed up, and what it was.
pub fn follow_up(before: &Arende, (day, effect): (Option<NaiveDate>, String)) -> Acted {
    open(before)?;
    if !effect.is_empty() && before.case.state != State::FoljsUpp {
        return Err("Effekten skrivs när åtgärderna är gjorda. Gå till uppföljning först.".to_owned().into());
    }
    let mut after = before.clone();
    after.case.follow_up_on = day;
    after.case.effect = effect;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::avvikelse::{Bedomning, Kind, Kinds, Orsak, arende::tests::arende, word::Upprepning};

    const CHEF: Relation = Relation { reporter: false, handler: true, lex_sarah: false };
    const UTREDARE: Relation = Relation { reporter: false, handler: false, lex_sarah: true };

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn bedomt() -> Bedomt {
        Bedomt {
            kinds: Kinds::of(&[Kind::Avvikelse]),
            kategori: None,
            handelsetyp: String::new(),
            process: String::new(),
            reason: String::new(),
        }
    }

    #[test]
    fn a_missforhallande_goes_from_report_to_followed_up_effect() {
        let a = step(&arende(), CHEF, Step::Misstank, "Barn i hushållet blev utan mat", day(20)).unwrap();
        let beslut = Beslut { bedomning: Bedomning::Allvarligt, motive: "Motivering".into(), on: day(21) };
        assert!(assess(&a, CHEF, &bedomt()).is_err(), "the lex Sarah-utredare decides first");
        assert!(decide_lex_sarah(&a, CHEF, beslut.clone()).is_err());
        let a = decide_lex_sarah(&a, UTREDARE, beslut).unwrap();
        let a = assess(&a, CHEF, &Bedomt { kinds: a.case.kinds, ..bedomt() }).unwrap();
        let ivo = Ivo { on: day(21), dnr: "IVO 1".into(), investigation_on: None };
        let a = report_ivo(&a, UTREDARE, ivo).unwrap();
        let a = step(&a, UTREDARE, Step::Utred, "", day(22)).unwrap();
        let utredning = Utredning {
            timeline: "1".into(),
            found: "2".into(),
            consequences: "3".into(),
            upprepning: Some(Upprepning::Stor),
            orsaker: vec![Orsak::Rutiner],
            beslut: "4".into(),
        };
        assert!(investigate(&a, CHEF, utredning.clone()).is_err());
        let a = investigate(&a, UTREDARE, utredning).unwrap();
        let mut a = send_investigation(&a, UTREDARE, day(22)).unwrap();
        a.case.atgarder_done = 1;
        let a = step(&a, UTREDARE, Step::Atgarda, "", day(22)).unwrap();
        assert!(follow_up(&a, (Some(day(25)), "Det hjälpte".into())).is_err());
        let a = follow_up(&a, (Some(day(25)), String::new())).unwrap();
        let a = step(&a, CHEF, Step::FoljUpp, "", day(23)).unwrap();
        let a = follow_up(&a, (Some(day(25)), "Det hjälpte".into())).unwrap();
        let a = feed_back(&a, (Some(day(25)), "Ny rutin".into(), Some(day(25)))).unwrap();
        let a = step(&a, UTREDARE, Step::Avsluta, "", day(25)).unwrap();
        assert_eq!((a.case.state, a.closed_on), (State::Avslutad, Some(day(25))));
        assert!(feed_back(&a, (None, String::new(), None)).unwrap_err().message.contains("avslutat"));
        let again = step(&a, UTREDARE, Step::Tillbaka, "Det hände igen", day(26)).unwrap();
        assert_eq!((again.case.state, again.closed_on), (State::Utreds, None));
    }

    #[test]
    fn a_decision_that_lex_sarah_holds_needs_no_assessment_and_opens_the_report_to_ivo() {
        let a = step(&arende(), CHEF, Step::Misstank, "Utan mat", day(20)).unwrap();
        let beslut = |bedomning| Beslut { bedomning, motive: "Motivering".into(), on: day(20) };
        let declined = decide_lex_sarah(&a, UTREDARE, beslut(Bedomning::EjLexSarah)).unwrap();
        assert_eq!(declined.case.state, State::Inkommen, "then the chef assesses it");
        let a = decide_lex_sarah(&a, UTREDARE, beslut(Bedomning::Allvarligt)).unwrap();
        assert_eq!(a.case.state, State::Bedomd);
        let ivo = Ivo { on: day(20), dnr: "IVO 1".into(), investigation_on: None };
        assert!(report_ivo(&a, UTREDARE, ivo).is_ok());
    }

    #[test]
    fn who_writes_the_investigation_has_begun_it_and_who_writes_the_effect_follows_it_up() {
        let a = assess(&arende(), CHEF, &bedomt()).unwrap();
        let a = begin_and_investigate(&a, CHEF, Utredning::default(), day(22)).unwrap();
        assert_eq!((a.case.state, a.case.utreds_from), (State::Utreds, Some(day(22))));
        let mut a = begin_and_investigate(&a, CHEF, Utredning::default(), day(23)).unwrap();
        assert_eq!(a.case.utreds_from, Some(day(22)));
        a.case.state = State::Atgardas;
        let effect = || (Some(day(25)), "Det hjälpte".to_owned());
        a.case.atgarder_open = 1;
        assert!(go_and_follow_up(&a, CHEF, effect(), day(25)).unwrap_err().message.contains("alla åtgärder är gjorda"));
        (a.case.atgarder_open, a.case.atgarder_done) = (0, 1);
        let a = go_and_follow_up(&a, CHEF, effect(), day(25)).unwrap();
        assert_eq!((a.case.state, a.case.effect.as_str()), (State::FoljsUpp, "Det hjälpte"));
    }

    #[test]
    fn ivo_is_told_and_the_investigation_sent_in_one_act_once_it_is_written() {
        let a = step(&arende(), CHEF, Step::Misstank, "Utan mat", day(20)).unwrap();
        let beslut = Beslut { bedomning: Bedomning::Allvarligt, motive: "Motivering".into(), on: day(20) };
        let a = decide_lex_sarah(&a, UTREDARE, beslut).unwrap();
        let ivo = |sent| Ivo { on: day(21), dnr: "IVO 1".into(), investigation_on: sent };
        assert!(!may_send_with_report(&a, UTREDARE, day(21)));
        assert!(report_ivo(&a, UTREDARE, ivo(Some(day(21)))).unwrap_err().message.starts_with("Det här saknas"));
        let written = Utredning {
            timeline: "1".into(),
            found: "2".into(),
            consequences: "3".into(),
            upprepning: Some(Upprepning::Stor),
            orsaker: vec![Orsak::Rutiner],
            beslut: "4".into(),
        };
        let a = begin_and_investigate(&a, UTREDARE, written, day(21)).unwrap();
        assert!(may_send_with_report(&a, UTREDARE, day(21)) && !may_send_with_report(&a, CHEF, day(21)));
        let a = report_ivo(&a, UTREDARE, ivo(Some(day(22)))).unwrap();
        assert_eq!(a.case.ivo.and_then(|ivo| ivo.investigation_on), Some(day(22)));
    }

    #[test]
    fn effect_feedback_and_the_end_are_one_act_and_nothing_of_it_is_done_when_one_cannot_be() {
        let mut a = assess(&arende(), CHEF, &bedomt()).unwrap();
        a = begin_and_investigate(&a, CHEF, Utredning::default(), day(22)).unwrap();
        (a.case.state, a.case.atgarder_done) = (State::Atgardas, 1);
        let told = |group| ((Some(day(25)), "Det hjälpte".to_owned()), (Some(day(25)), "Ny rutin".to_owned(), group));
        let refused = finish(&a, CHEF, told(None), true, day(25)).unwrap_err().message;
        assert!(refused.contains("återkoppling till arbetsgruppen"), "{refused}");
        let saved = finish(&a, CHEF, told(None), false, day(25)).unwrap();
        assert_eq!((saved.case.state, saved.closed_on), (State::FoljsUpp, None));
        let closed = finish(&a, CHEF, told(Some(day(25))), true, day(25)).unwrap();
        assert_eq!((closed.case.state, closed.closed_on), (State::Avslutad, Some(day(25))));
        assert_eq!((closed.outcome.as_str(), closed.case.effect.as_str()), ("Ny rutin", "Det hjälpte"));
    }

    #[test]
    fn an_assessment_is_corrected_as_long_as_the_case_is_open() {
        let a = assess(&arende(), CHEF, &bedomt()).unwrap();
        assert_eq!(a.case.state, State::Bedomd);
        let a = assess(&a, CHEF, &Bedomt { handelsetyp: "Sekretess".into(), ..bedomt() }).unwrap();
        assert_eq!((a.case.state, a.handelsetyp.as_str()), (State::Bedomd, "Sekretess"));
    }
}
