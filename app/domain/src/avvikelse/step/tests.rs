//! Who may take which step when, all of it, and one case of each kind from report to effect.

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::avvikelse::{
    Bedomning, Kategori, Kinds, Orsak,
    case::{Beslut, Ivo, Utredning},
    deadline::{Goals, deadlines},
    word::Upprepning,
};

const REPORTER: Relation = Relation { reporter: true, handler: false, lex_sarah: false };
const HANDLER: Relation = Relation { reporter: false, handler: true, lex_sarah: false };
const LEX_SARAH: Relation = Relation { reporter: false, handler: false, lex_sarah: true };
const NOBODY: Relation = Relation { reporter: false, handler: false, lex_sarah: false };

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

fn beslut(bedomning: Bedomning) -> Beslut {
    Beslut { bedomning, motive: "Motivering".into(), on: day(5) }
}

/// A case with everything filled in that any step may ask for.
fn full(kinds: &[Kind], state: State) -> Case {
    let mut case = Case::new(Kinds::of(kinds), day(2));
    case.state = state;
    case.kategori = Some(Kategori::Bemotande);
    case.imy.discovered_at = day(2).and_hms_opt(9, 0, 0).map(|t| t.and_utc());
    case.imy.risk = Some(Risk::Osannolik);
    case.imy.motive = "Handlingen återfanns oöppnad.".into();
    case.utredning = Utredning {
        timeline: "Förlopp".into(),
        found: "Rutin saknades".into(),
        consequences: "Försenat beslut".into(),
        upprepning: Some(Upprepning::Medel),
        orsaker: vec![Orsak::Rutiner],
        beslut: "Ny rutin".into(),
    };
    case.atgarder_done = 1;
    case.follow_up_on = Some(day(25));
    case.effect = "Inga nya händelser".into();
    case.feedback_on = Some(day(20));
    case.group_feedback_on = Some(day(20));
    case
}

fn suspected(mut case: Case) -> Case {
    case.suspected_on = Some(day(3));
    case
}

/// One line per state; a letter for each who may take the step: h(andler), l(ex Sarah-utredare), – for nobody.
fn table(case: impl Fn(State) -> Case) -> String {
    let mut out = String::new();
    for state in State::ALL {
        let case = case(state);
        let letter = |step| {
            let may = |who| may(step, who, &case).is_ok();
            match (may(HANDLER), may(LEX_SARAH)) {
                (true, true) => 'b',
                (true, false) => 'h',
                (false, true) => 'l',
                (false, false) => '-',
            }
        };
        let flow: String = Step::ALL[..6].iter().map(|s| letter(*s)).collect();
        let rest: String = Step::ALL[6..].iter().map(|s| letter(*s)).collect();
        out.extend([state.code(), " ", &flow, " ", &rest, "\n"]);
    }
    out
}

/// A table without the blanks that set its columns.
fn lines(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|l| l.split_whitespace().collect()).filter(|l: &Vec<&str>| !l.is_empty()).collect()
}

// the columns: bedöm utred åtgärda följ upp avsluta tillbaka | misstanke lex Sarah-beslut IVO utredning IMY-beslut IMY informera återkoppla

#[test]
fn an_avvikelse_is_the_units_own_and_anybody_who_reads_it_may_suspect_more() {
    let expected = "
        inkommen  h-----  b-------
        bedomd    -h--h-  b-------
        utreds    --h-h-  b-------
        atgardas  ---h-h  b-------
        foljs_upp ----hh  b-------
        avslutad  -----h  --------";
    assert_eq!(lines(&table(|state| full(&[Kind::Avvikelse], state))), lines(expected));
}

#[test]
fn what_is_suspected_waits_for_the_lex_sarah_utredare_and_meanwhile_only_atgarder_go_on() {
    let expected = "
        inkommen  ------  -l------
        bedomd    ------  -l------
        utreds    ------  -l------
        atgardas  ---b-b  -l------
        foljs_upp -----b  -l------
        avslutad  -----b  --------";
    assert_eq!(lines(&table(|state| suspected(full(&[Kind::Avvikelse], state)))), lines(expected));
}

#[test]
fn what_the_lex_sarah_utredare_has_declined_is_the_units_own_again() {
    let expected = "
        inkommen  h-----  -l------
        bedomd    -h--h-  -l------
        utreds    --h-h-  -l------
        atgardas  ---h-h  -l------
        foljs_upp ----hh  -l------
        avslutad  -----h  --------";
    let case = |state| suspected(full(&[Kind::Avvikelse], state)).decided(beslut(Bedomning::EjLexSarah));
    assert_eq!(lines(&table(case)), lines(expected));
}

#[test]
fn a_missforhallande_is_investigated_and_closed_by_the_lex_sarah_utredare_and_never_without_investigation() {
    let expected = "
        inkommen  b-----  -l------
        bedomd    -l----  -l------
        utreds    --l---  -l------
        atgardas  ---b-l  -l------
        foljs_upp ----ll  -l------
        avslutad  -----l  --------";
    for bedomning in [Bedomning::Missforhallande, Bedomning::Risk] {
        let case = |state| suspected(full(&[Kind::Avvikelse], state)).decided(beslut(bedomning));
        assert_eq!(lines(&table(case)), lines(expected), "{bedomning:?}");
    }
}

#[test]
fn a_serious_missforhallande_is_not_closed_before_ivo_has_it() {
    let expected = "
        inkommen  b-----  -ll-----
        bedomd    -l----  -ll-----
        utreds    --l---  -ll-----
        atgardas  ---b-l  -ll-----
        foljs_upp -----l  -ll-----
        avslutad  -----l  --------";
    for bedomning in [Bedomning::Allvarligt, Bedomning::AllvarligRisk] {
        let case = |state| suspected(full(&[Kind::Avvikelse], state)).decided(beslut(bedomning));
        assert_eq!(lines(&table(case)), lines(expected), "{bedomning:?}");
    }
    let reported = |state| {
        let mut case = suspected(full(&[Kind::Avvikelse], state)).decided(beslut(Bedomning::Allvarligt));
        case.ivo = Some(Ivo { on: day(6), dnr: "8.1-1/2026".into(), investigation_on: None });
        case
    };
    assert!(
        may(Step::Avsluta, LEX_SARAH, &reported(State::FoljsUpp)).unwrap_err().contains("utredningen skickad till IVO")
    );
    assert_eq!(may(Step::SkickaUtredning, LEX_SARAH, &reported(State::Utreds)), Ok(()));
    assert!(may(Step::BeslutaLexSarah, LEX_SARAH, &reported(State::Utreds)).unwrap_err().contains("anmält till IVO"));
    let mut sent = reported(State::FoljsUpp);
    sent.ivo.as_mut().unwrap().investigation_on = Some(day(20));
    assert_eq!(may(Step::Avsluta, LEX_SARAH, &sent), Ok(()));
}

#[test]
fn a_personuppgiftsincident_is_not_closed_before_imy_and_those_concerned_are_told() {
    let with = |risk| {
        let mut case = full(&[Kind::Pui], State::FoljsUpp);
        case.imy.risk = risk;
        case
    };
    assert!(may(Step::Avsluta, HANDLER, &with(None)).unwrap_err().contains("bedömning av risken"));
    assert_eq!(may(Step::Avsluta, HANDLER, &with(Some(Risk::Osannolik))), Ok(()));
    assert!(may(Step::AnmalImy, HANDLER, &with(Some(Risk::Osannolik))).unwrap_err().contains("medför risk"));
    let mut case = with(Some(Risk::Hog));
    let missing = may(Step::Avsluta, HANDLER, &case).unwrap_err();
    assert_eq!(missing, "Det här saknas: anmälan till IMY och information till de registrerade, eller varför inte.");
    assert_eq!(may(Step::AnmalImy, HANDLER, &case), Ok(()));
    assert_eq!(may(Step::Informera, HANDLER, &case), Ok(()));
    case.imy.reported_at = case.imy.discovered_at.map(|at| at + TimeDelta::hours(70));
    case.imy.not_informed = "Uppgifterna var krypterade.".into();
    assert_eq!(may(Step::Avsluta, HANDLER, &case), Ok(()));
    assert_eq!(may(Step::AnmalImy, HANDLER, &case).unwrap_err(), "Ärendet är redan anmält till IMY.");
    case.imy.discovered_at = None;
    assert!(may(Step::BeslutaImy, HANDLER, &case).unwrap_err().contains("när incidenten upptäcktes"));
}

#[test]
fn a_klagomal_is_answered_before_it_is_closed_unless_nobody_can_be_answered() {
    let mut case = full(&[Kind::Klagomal], State::Bedomd);
    case.feedback_on = None;
    assert!(may(Step::Avsluta, HANDLER, &case).unwrap_err().contains("återkoppling"));
    assert_eq!(may(Step::Aterkoppla, HANDLER, &case), Ok(()));
    case.anonymous = true;
    assert_eq!(may(Step::Avsluta, HANDLER, &case), Ok(()));
    assert_eq!(may(Step::Aterkoppla, HANDLER, &case).unwrap_err(), "Den som lämnade klagomålet är anonym.");
    case.state = State::Inkommen;
    case.kategori = None;
    assert_eq!(may(Step::Bedom, HANDLER, &case).unwrap_err(), "Det här saknas: kategori.");
}

#[test]
fn a_step_names_everything_that_is_missing() {
    let case = Case { state: State::Utreds, ..Case::new(Kinds::of(&[Kind::Avvikelse]), day(2)) };
    assert_eq!(
        may(Step::Atgarda, HANDLER, &case).unwrap_err(),
        "Det här saknas: vad utredningen visar, konsekvenser för den enskilde, risk för att det händer igen, minst en \
         bakomliggande orsak, beslut och minst en åtgärd."
    );
    let empty = Case::new(Kinds::default(), day(2));
    assert_eq!(may(Step::Bedom, HANDLER, &empty).unwrap_err(), "Det här saknas: vad händelsen är.");
    let mut open = full(&[Kind::Avvikelse], State::Atgardas);
    open.atgarder_open = 1;
    open.follow_up_on = None;
    assert_eq!(
        may(Step::FoljUpp, HANDLER, &open).unwrap_err(),
        "Det här saknas: att alla åtgärder är gjorda och datum för uppföljning."
    );
    let mut unseen = full(&[Kind::Avvikelse], State::FoljsUpp);
    unseen.effect = " ".into();
    assert_eq!(may(Step::Avsluta, HANDLER, &unseen).unwrap_err(), "Det här saknas: vilken effekt åtgärderna fick.");
    unseen.effect = "x".into();
    unseen.group_feedback_on = None;
    assert!(may(Step::Avsluta, HANDLER, &unseen).unwrap_err().contains("arbetsgruppen"));
}

#[test]
fn the_reporter_and_a_stranger_may_take_no_step() {
    for step in Step::ALL {
        for state in State::ALL {
            let case = suspected(full(&[Kind::Pui, Kind::Klagomal], state)).decided(beslut(Bedomning::Allvarligt));
            for who in [REPORTER, NOBODY] {
                assert!(may(step, who, &case).is_err(), "{step:?} {state:?}");
            }
        }
    }
}

#[test]
fn every_refusal_is_a_sentence_and_every_step_has_its_words() {
    for step in Step::ALL {
        assert_eq!(Step::from_code(step.code()), Some(step));
        assert!(!step.label().is_empty());
        for state in State::ALL {
            for case in [
                Case { state, ..Case::new(Kinds::default(), day(2)) },
                full(&[Kind::Avvikelse], state),
                suspected(full(&[Kind::Pui], state)),
                suspected(full(&[Kind::Klagomal], state)).decided(beslut(Bedomning::AllvarligRisk)),
            ] {
                for who in [HANDLER, LEX_SARAH, NOBODY] {
                    if let Err(why) = may(step, who, &case) {
                        assert!(why.ends_with('.') && why.len() > 20, "{why}");
                        assert!(why.starts_with(char::is_uppercase), "{why}");
                    }
                }
            }
        }
    }
    assert_eq!(Step::from_code("kung"), None);
}

#[test]
fn a_step_that_leaves_the_straight_way_asks_why() {
    let done = full(&[Kind::Avvikelse], State::FoljsUpp);
    assert_eq!(take(Step::Avsluta, HANDLER, &done, ""), Ok(State::Avslutad));
    let missing = take(Step::Tillbaka, HANDLER, &done, " ").unwrap_err();
    assert_eq!((missing.field.as_str(), missing.message.as_str()), ("reason", "Skriv varför."));
    assert_eq!(take(Step::Tillbaka, HANDLER, &done, "Effekten uteblev."), Ok(State::Atgardas));
    let assessed = full(&[Kind::Synpunkt], State::Bedomd);
    assert_eq!(take(Step::Avsluta, HANDLER, &assessed, ""), Err(missing));
    assert_eq!(take(Step::Avsluta, HANDLER, &assessed, "Positiv synpunkt."), Ok(State::Avslutad));
    let closed = full(&[Kind::Avvikelse], State::Avslutad);
    assert_eq!(take(Step::Tillbaka, HANDLER, &closed, "Nya uppgifter."), Ok(State::Utreds));
    assert_eq!(
        may(Step::Aterkoppla, HANDLER, &closed).unwrap_err(),
        "Ärendet är avslutat. Öppna det igen om något ska ändras."
    );
}

#[test]
fn a_lex_sarah_case_goes_from_report_to_followed_up_effect() {
    let mut case = Case::new(Kinds::of(&[Kind::Avvikelse]), day(2));
    let go = |case: &mut Case, step, who| case.state = take(step, who, case, "Därför.").unwrap();
    go(&mut case, Step::Misstank, HANDLER);
    case.suspected_on = Some(day(2));
    assert!(may(Step::Bedom, HANDLER, &case).unwrap_err().contains("lex Sarah-utredarens beslut"));
    assert!(may(Step::BeslutaLexSarah, HANDLER, &case).unwrap_err().contains("Bara lex Sarah-utredaren"));
    go(&mut case, Step::BeslutaLexSarah, LEX_SARAH);
    case = case.decided(beslut(Bedomning::Allvarligt));
    assert!(case.kinds.has(Kind::LexSarah));
    go(&mut case, Step::Bedom, HANDLER);
    go(&mut case, Step::Utred, LEX_SARAH);
    case.utreds_from = Some(day(5));
    go(&mut case, Step::AnmalIvo, LEX_SARAH);
    case.ivo = Some(Ivo { on: day(6), dnr: "8.1-1/2026".into(), investigation_on: None });
    assert!(may(Step::SkickaUtredning, LEX_SARAH, &case).unwrap_err().contains("händelseförlopp"));
    case.utredning = full(&[Kind::Avvikelse], State::Utreds).utredning;
    case.atgarder_open = 2;
    go(&mut case, Step::Atgarda, LEX_SARAH);
    go(&mut case, Step::SkickaUtredning, LEX_SARAH);
    case.ivo.as_mut().unwrap().investigation_on = Some(day(20));
    (case.atgarder_open, case.atgarder_done) = (0, 2);
    case.follow_up_on = Some(day(25));
    go(&mut case, Step::FoljUpp, HANDLER);
    case.effect = "Inga nya händelser på tre månader.".into();
    go(&mut case, Step::Aterkoppla, HANDLER);
    case.feedback_on = Some(day(26));
    case.group_feedback_on = Some(day(26));
    assert!(may(Step::Avsluta, HANDLER, &case).unwrap_err().contains("lex Sarah-utredaren"));
    go(&mut case, Step::Avsluta, LEX_SARAH);
    assert_eq!(case.state, State::Avslutad);
    assert!(deadlines(&case, &Goals::default()).iter().all(|d| d.done == Some(true)));
}
