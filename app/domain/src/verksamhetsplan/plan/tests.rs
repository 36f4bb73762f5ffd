use uuid::Uuid;

use super::{
    granskning::{Text, granska, may_faststallas},
    kapitel::{Kapitel, KapitelId, Lage},
    remiss::{Om, Synpunkt, SynpunktId},
    *,
};
use crate::{id::PersonId, verksamhetsplan::mal::MalId};

const CHEF: Far = Far { skriva: true, besluta: true };
const SKRIVER: Far = Far { skriva: true, besluta: false };
const LASER: Far = Far { skriva: false, besluta: false };

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, m, d).unwrap()
}

fn plan(state: State) -> Plan {
    Plan {
        id: PlanId(Uuid::from_u128(1)),
        node: NodeId(Uuid::from_u128(2)),
        year: 2022,
        state,
        benamning: Benamning::Enhetsmal,
        remiss: None,
        revision: None,
        beslut: vec![],
        version: 1,
    }
}

fn step(plan: &Plan, steg: Steg, far: Far) -> Result<Plan, Vec<FieldError>> {
    let form = Form { steg: steg.code().into(), varfor: "Ny budget".into(), ..Form::default() };
    check_step(plan, &form, far, day(1, 28))
}

#[test]
fn a_plan_goes_from_draft_to_decided_and_is_changed_by_a_later_decision() {
    let draft = plan(State::Utkast);
    let proposed = step(&draft, Steg::Foresla, SKRIVER).unwrap();
    assert_eq!((proposed.state, proposed.said().as_str()), (State::Forslag, "förslag till beslut"));
    assert_eq!(step(&proposed, Steg::TaTillbaka, SKRIVER).unwrap().state, State::Utkast);
    let refused = step(&proposed, Steg::Faststall, SKRIVER).unwrap_err();
    assert_eq!(refused[0].message, "Bara enhetschefen kan göra det här.");
    let decided = step(&proposed, Steg::Faststall, CHEF).unwrap();
    assert_eq!((decided.state, decided.said().as_str()), (State::Faststalld, "fastställd 2022-01-28"));
    let open = step(&decided, Steg::OppnaRevision, CHEF).unwrap();
    assert_eq!((open.state, open.revision.as_ref().map(|r| r.varfor.as_str())), (State::Faststalld, Some("Ny budget")));
    assert_eq!(step(&open, Steg::AvbrytRevision, CHEF).unwrap(), decided);
    let asked = remiss::Remiss { fran: day(1, 20), till: day(2, 10) };
    let given_up = step(&Plan { remiss: Some(asked), ..open.clone() }, Steg::AvbrytRevision, CHEF).unwrap();
    assert_eq!(given_up.remiss.map(|remiss| remiss.till), Some(day(1, 28)), "nobody is asked about what is gone");
    let revised = step(&open, Steg::FaststallRevision, CHEF).unwrap();
    assert_eq!((revised.state, revised.beslut.len(), revised.revision.is_none()), (State::Reviderad, 2, true));
    assert_eq!((revised.beslut[1].nr, revised.beslut[1].varfor.as_str()), (2, "Ny budget"));
    assert_eq!(revised.steps(CHEF), [Steg::OppnaRevision], "and so on");
}

#[test]
fn each_state_has_its_steps_for_each_who_may() {
    assert_eq!(plan(State::Utkast).steps(SKRIVER), [Steg::Foresla]);
    assert_eq!(plan(State::Forslag).steps(SKRIVER), [Steg::TaTillbaka]);
    assert_eq!(plan(State::Forslag).steps(CHEF), [Steg::TaTillbaka, Steg::Faststall]);
    assert_eq!(plan(State::Faststalld).steps(SKRIVER), []);
    for state in State::ALL {
        assert_eq!(plan(state).steps(LASER), []);
        for steg in Steg::ALL.into_iter().filter(|steg| !plan(state).steps(CHEF).contains(steg)) {
            assert_eq!(
                step(&plan(state), steg, CHEF).unwrap_err()[0].message,
                "Någon annan har ändrat planen. Läs vad som gäller nu."
            );
        }
        assert_eq!(State::from_code(state.code()), Some(state));
    }
    assert!(Steg::ALL.into_iter().all(|steg| Steg::from_code(steg.code()) == Some(steg)));
}

#[test]
fn a_decision_has_its_day_and_a_change_its_reason() {
    let proposed = plan(State::Forslag);
    let at = |on: &str| Form { steg: "faststall".into(), on: on.into(), dnr: "SDN 2022/11".into(), ..Form::default() };
    let decided = check_step(&proposed, &at("2022-01-20"), CHEF, day(1, 28)).unwrap();
    assert_eq!((decided.beslut[0].on, decided.beslut[0].dnr.as_str()), (day(1, 20), "SDN 2022/11"));
    assert_eq!(check_step(&proposed, &at("2022-01-29"), CHEF, day(1, 28)).unwrap_err()[0].field, "on");
    let form = Form { steg: "oppna_revision".into(), ..Form::default() };
    assert_eq!(check_step(&decided, &form, CHEF, day(3, 1)).unwrap_err()[0].field, "varfor");
}

#[test]
fn a_decided_plan_is_not_written_in_and_a_vp_grupp_writes_all_the_same() {
    let decided = Plan { state: State::Faststalld, ..plan(State::Utkast) };
    assert_eq!(decided.check_open(Innehall::Mal), Err(BESLUTAD));
    assert_eq!(decided.check_open(Innehall::Kapitel), Err(BESLUTAD));
    assert_eq!(decided.check_open(Innehall::Uppfoljning), Ok(()));
    assert_eq!(decided.check_open(Innehall::Aktivitet), Ok(()));
    assert_eq!(step(&decided, Steg::OppnaRevision, CHEF).unwrap().check_open(Innehall::Mal), Ok(()));
    assert_eq!(plan(State::Forslag).check_open(Innehall::Mal), Err(FORESLAGEN));
    assert_eq!(plan(State::Forslag).check_open(Innehall::Uppfoljning), Ok(()));
    assert_eq!(plan(State::Utkast).check_open(Innehall::Kapitel), Ok(()));
}

#[test]
fn the_unit_is_asked_for_some_days_and_each_synpunkt_is_answered() {
    let today = day(1, 10);
    let form = remiss::Form { till: "2022-01-17".into() };
    let asked =
        Plan { remiss: Some(remiss::check(&form, &plan(State::Utkast), today).unwrap()), ..plan(State::Utkast) };
    assert_eq!(asked.remiss.unwrap().said(today), "På remiss till 2022-01-17");
    let om = Om::Kapitel(KapitelId(Uuid::from_u128(4)));
    assert_eq!(
        remiss::check_synpunkt(" Skriv om bemanningen ", &om.code(), &asked, day(1, 17)),
        Ok(("Skriv om bemanningen".to_owned(), om))
    );
    let decided = Plan { state: State::Faststalld, ..asked.clone() };
    let said = remiss::check_synpunkt("Sent", &om.code(), &decided, today).unwrap_err();
    assert_eq!(said[0].message, "Planen är inte på remiss. Prata med den som skriver planen.", "it is decided");
    assert!(decided.pa_remiss(today).is_none() && asked.pa_remiss(today).is_some());
    let revised = Plan { revision: Some(Revision { fran: today, varfor: "Ny budget".into() }), ..decided };
    assert!(revised.pa_remiss(today).is_some());
    let late = remiss::check_synpunkt("Sent", &om.code(), &asked, day(1, 18)).unwrap_err();
    assert_eq!(late[0].message, "Remissen stängde 2022-01-17. Prata med den som skriver planen.");
    assert_eq!(remiss::check_synpunkt("Vad", "", &asked, today).unwrap_err()[0].field, "om");
    let who = PersonId(Uuid::from_u128(5));
    let not = remiss::SvarForm { andrat: "nej".into(), ..remiss::SvarForm::default() };
    assert_eq!(remiss::check_svar(&not, who, today).unwrap_err()[0].field, "varfor");
    let why = remiss::SvarForm { varfor: "ryms inte i budgeten".into(), ..not };
    assert_eq!(remiss::check_svar(&why, who, today).unwrap().said(), "Ändras inte: ryms inte i budgeten");
    let yes = remiss::SvarForm { andrat: "ja".into(), ..remiss::SvarForm::default() };
    assert_eq!(remiss::check_svar(&yes, who, today).unwrap().said(), "Ändrat");
    assert!(remiss::check(&form, &plan(State::Faststalld), today).is_err());
    assert_eq!(remiss::check(&remiss::Form::default(), &plan(State::Utkast), today).unwrap_err()[0].field, "till");
    // asked again while it is open, it began when it began
    let longer = remiss::check(&remiss::Form { till: "2022-01-20".into() }, &asked, day(1, 12)).unwrap();
    assert_eq!((longer.fran, longer.till), (today, day(1, 20)));
    let mal = Om::Mal(MalId(Uuid::from_u128(6)));
    assert_eq!(Om::from_code(&mal.code()), Some(mal));
}

fn kapitel(n: u128, text: &str, klart: bool) -> Kapitel {
    let form = kapitel::Form { rubrik: format!("Kapitel {n}"), text: text.into(), ..kapitel::Form::default() };
    Kapitel {
        id: KapitelId(Uuid::from_u128(n)),
        plan: PlanId(Uuid::from_u128(1)),
        ordning: 10,
        content: kapitel::check(&form, day(1, 1)).unwrap(),
        klart,
        fran_i_fjol: true,
        version: 1,
    }
}

#[test]
fn that_a_chapter_is_done_is_taken_back_by_any_change() {
    let done = kapitel(1, "Vi arbetar i tre grupper.", true);
    assert_eq!(done.lage(), Lage::Klart);
    let changed = done.changed(kapitel::Content { text: "Vi arbetar i fyra grupper.".into(), ..done.content.clone() });
    assert_eq!((changed.lage(), changed.fran_i_fjol), (Lage::Paborjat, false));
    let same = done.changed(kapitel::Content { senast: Some(day(2, 1)), ..done.content.clone() });
    assert_eq!((same.lage(), same.fran_i_fjol), (Lage::Klart, true), "its day says nothing else");
    assert_eq!(kapitel(2, "", false).lage(), Lage::Tomt);
    assert_eq!(kapitel::FORE_MALEN.len(), 6);
    assert!(Lage::ALL.into_iter().all(|one| Lage::from_code(one.code()) == Some(one)));
}

#[test]
fn what_is_missing_stops_nothing_that_has_a_reason_and_a_personnummer_stops_it() {
    let synpunkt = Synpunkt {
        id: SynpunktId(Uuid::from_u128(1)),
        plan: PlanId(Uuid::from_u128(1)),
        om: Om::Kapitel(KapitelId(Uuid::from_u128(2))),
        who: PersonId(Uuid::from_u128(3)),
        on: day(1, 10),
        text: "Skriv om bemanningen".into(),
        svar: None,
        version: 1,
    };
    let found = granska(&[kapitel(1, "Klart", true), kapitel(2, "", false)], &[synpunkt], &[], vec![]);
    let texts: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["Kapitlet ”Kapitel 2” är tomt.", "En synpunkt har inget svar."]);
    assert!(!may_faststallas(&found, |_| false) && may_faststallas(&found, |_| true));
    let text = Text { plats: "Målet Ingen vräks", text: "Gäller 811228-9874" };
    let found = granska(&[], &[], &[text], vec![]);
    assert!(found[0].stoppar && found[0].text.starts_with("Målet Ingen vräks: "), "{found:?}");
    assert!(!may_faststallas(&found, |_| true));
}
