//! The tables of a plan over HTTP, without JavaScript: each known by its columns, shown, read in whole and undone; and all of a plan taken out
//! as a workbook that is read back without change.
#![allow(clippy::unwrap_used)]

use domain::verksamhetsplan::plan::PlanId;
use http::StatusCode;
use store::verksamhetsplan::inlasning::{self, angra};

use crate::{
    common::{ADMIN, App, CHEF},
    verksamhetsplan::{SODERMALM, YEAR, confirm, hidden, main_of, page, plan, send, upload},
};

const INDIKATORER: &str = "Nivå;Mål;Indikator;Enhet;Riktning;Årsmål;KF:s årsmål;Periodicitet
KF-mål;1.2;Andel barn i familjer med bistånd;%;lägre;0,8;4,0;Tertial
Nämndmål;Individen har ett varaktigt boende;Andel ej verkställda vräkningshot;%;högre;95;;År
";

const UTFALL: &str = "Indikator;Period;Periodens utfall;Täljare;Nämnare;Kommentar
Andel barn i familjer med bistånd;Tertial 1;0,9 %;;;Något fler
Andel ej verkställda vräkningshot;VB;;29;30;
Andel ej verkställda vräkningshot;VB 2020;90 %;;;
";

const FORVANTAT: &str = "Nivå;Mål;Förväntat resultat;Jämförelse;Målvärde;Enhet
Åtagande;Vräkningshotade personer bor kvar;Vräkningar;Högst;5;st
Åtagande;Vräkningshotade personer bor kvar;Alla som söker erbjuds stöd;;;
";

const AKTIVITETER: &str = "Nivå;Mål;Aktivitet;Startdatum;Slutdatum;Ansvarig
KF-mål;1.2;Samordna insatserna;2026-01-01;2026-12-31;Enhetschef
Åtagande;Vräkningshotade personer bor kvar;Följa enhetens plan;;;
";

/// What a plan holds, as it is taken out.
async fn held(app: &App, id: PlanId) -> Vec<Vec<Vec<String>>> {
    let mut tx = app.state.store.system(false).await.unwrap();
    let mot = inlasning::mot(&mut tx, id, &inlasning::Arets::new()).await.unwrap();
    mot.blad().into_iter().map(|(_, rows)| rows).collect()
}

/// Reads a table in, and gives what its preview said.
async fn read_in(app: &App, chef: &str, id: PlanId, text: &str) -> String {
    let answer = upload(app, chef, id, text).await;
    let preview = page(app, chef, answer.to()).await;
    assert_eq!(confirm(app, chef, id, &preview).await.status, StatusCode::SEE_OTHER, "{}", main_of(&preview));
    main_of(&preview)
}

/// A plan with something of every kind.
async fn filled(app: &App, chef: &str) -> PlanId {
    let id = plan(app).await;
    for text in [SODERMALM, INDIKATORER, UTFALL, FORVANTAT, AKTIVITETER] {
        read_in(app, chef, id, text).await;
    }
    id
}

#[tokio::test]
async fn each_table_is_known_by_its_columns_and_says_what_it_leaves_out() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    read_in(&app, &chef, id, SODERMALM).await;
    let said = read_in(&app, &chef, id, INDIKATORER).await;
    assert!(said.contains("Indikatorer. 2 nya indikatorer."), "{said}");
    let said = read_in(&app, &chef, id, UTFALL).await;
    assert!(said.contains("Utfall. 2 nya utfall."), "{said}");
    assert!(said.contains(&format!("Rad 4 gäller ett annat år än {YEAR}")), "{said}");
    let said = read_in(&app, &chef, id, FORVANTAT).await;
    assert!(said.contains("Förväntat resultat. 2 nya rader."), "{said}");
    let said = read_in(&app, &chef, id, AKTIVITETER).await;
    assert!(said.contains("Aktiviteter. 2 nya aktiviteter."), "{said}");
    let counts: Vec<usize> = held(&app, id).await.iter().map(Vec::len).collect();
    assert_eq!(counts, [27, 2, 2, 2, 2]);
    // what names its goals can be read as goals where somebody says so
    let answer = upload(&app, &chef, id, AKTIVITETER).await;
    let body = page(&app, &chef, answer.to()).await;
    assert!(body.contains("slag=mal") && !body.contains("/api/import_plantabell"), "{}", main_of(&body));
    assert!(main_of(&body).contains("det som står i tabellen finns redan"), "{}", main_of(&body));
    let goals = page(&app, &chef, &format!("{}&slag=mal", answer.to().split('#').next().unwrap())).await;
    assert!(main_of(&goals).contains("Kolumnerna ”Aktivitet”"), "{}", main_of(&goals));
}

#[tokio::test]
async fn what_has_changed_since_it_was_shown_is_shown_again_and_a_question_is_answered_first() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    for text in [SODERMALM, INDIKATORER] {
        read_in(&app, &chef, id, text).await;
    }
    let one = "Indikator;Period;Utfall\nAndel barn i familjer med bistånd;T1;0,9 %\n";
    let answer = upload(&app, &chef, id, one).await;
    let preview = page(&app, &chef, answer.to()).await;
    read_in(&app, &chef, id, &one.replace("0,9", "1,2")).await;
    let late = confirm(&app, &chef, id, &preview).await;
    assert!(late.to().contains("/las-in?underlag="), "{}", late.to());
    let again = page(&app, &chef, late.to()).await;
    let said = main_of(&again).replace('\u{a0}', " ");
    assert!(said.contains("Totalt: 1,2 %") && said.contains("Totalt: 0,9 %"), "{said}");
    // without its period it is asked, and not read in before that is answered
    let asked = upload(&app, &chef, id, "Indikator;Utfall\nAndel barn i familjer med bistånd;0,9 %\n").await;
    let body = page(&app, &chef, asked.to()).await;
    assert!(main_of(&body).contains("Vilken period gäller raderna"), "{}", main_of(&body));
    assert!(!body.contains("/api/import_plantabell"));
}

#[tokio::test]
async fn all_of_a_plan_is_taken_out_and_read_back_without_change() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = filled(&app, &chef).await;
    let before = held(&app, id).await;
    let file = app.get(&format!("/verksamhetsplan/{id}/plan.xlsx"), &chef).await;
    assert_eq!(file.status, StatusCode::OK);
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let at = send(&app, &chef, id, ("plan.xlsx", kind), &file.bytes).await.to().to_owned();
    let sheets = main_of(&page(&app, &chef, &at).await);
    for name in ["Mål", "Indikatorer", "Utfall", "Förväntat resultat", "Aktiviteter"] {
        assert!(sheets.contains(name), "{sheets}");
    }
    let at = at.split('#').next().unwrap().to_owned();
    for blad in 1..=5 {
        let body = page(&app, &chef, &format!("{at}&blad={blad}")).await;
        assert!(main_of(&body).contains("Inget nytt"), "{}", main_of(&body));
        assert!(!body.contains("/api/import_plantabell"));
    }
    // into a plan of another year it makes the same goals
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let year = (app.enhet, YEAR + 1);
    let benamning = domain::verksamhetsplan::mal::Benamning::Atagande;
    let next = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), year, benamning).await.unwrap();
    tx.commit().await.unwrap();
    let at = send(&app, &chef, next, ("plan.xlsx", kind), &file.bytes).await.to().to_owned();
    let at = at.split('#').next().unwrap().to_owned();
    for blad in [1, 2, 4] {
        let preview = page(&app, &chef, &format!("{at}&blad={blad}")).await;
        let to = confirm(&app, &chef, next, &preview).await.to().to_owned();
        // the next sheet is chosen after it
        assert!(to.contains("/las-in?underlag="), "{to}");
    }
    let there = held(&app, next).await;
    assert_eq!((&there[0], &there[1], &there[3]), (&before[0], &before[1], &before[3]));
}

#[tokio::test]
async fn who_may_not_write_in_a_plan_does_not_take_its_tables_out() {
    let app = App::new().await;
    let id = plan(&app).await;
    let (member, admin) = (app.medarbetare().await, app.log_in(ADMIN).await);
    for cookie in [&member, &admin] {
        let answer = app.get(&format!("/verksamhetsplan/{id}/plan.xlsx"), cookie).await;
        assert!([StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&answer.status), "{}", answer.status);
    }
}

#[tokio::test]
async fn a_page_from_before_an_import_was_undone_says_so_and_shows_the_table_anew() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    let answer = upload(&app, &chef, id, SODERMALM).await;
    let preview = page(&app, &chef, answer.to()).await;
    confirm(&app, &chef, id, &preview).await;
    let mut tx = app.write().await;
    let import = angra::list(&mut tx, id).await.unwrap()[0].id;
    angra::undo(&mut tx, app.state.clock.now(), id, import).await.unwrap();
    tx.commit().await.unwrap();
    let late = confirm(&app, &chef, id, &preview).await;
    assert!(late.to().contains("/las-in?underlag="), "{}", late.to());
    let again = page(&app, &chef, late.to()).await;
    assert_eq!(confirm(&app, &chef, id, &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(held(&app, id).await[0].len(), 27);
}

#[tokio::test]
async fn an_import_is_undone_whole_unless_something_of_it_has_changed() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    let at = format!("/verksamhetsplan/{id}/las-in");
    for text in [SODERMALM, INDIKATORER, UTFALL] {
        read_in(&app, &chef, id, text).await;
    }
    let newest = async || {
        let mut tx = app.state.store.system(false).await.unwrap();
        angra::list(&mut tx, id).await.unwrap()
    };
    let undo = async |n: usize| {
        let import = newest().await[n].id.to_string();
        let plan = id.to_string();
        app.post("/api/undo_plantabell", &chef, &at, &[("id", &import), ("plan", &plan)]).await
    };
    // those of one moment are told apart by their ids, which hold the time
    let refused = undo(1).await;
    let said = main_of(&page(&app, &chef, refused.to()).await);
    assert!(said.contains("Inläsningen går inte att ångra. Indikatorn har utfall"), "{said}");
    for n in 0..3 {
        let done = undo(n).await;
        assert!(done.to().ends_with("/las-in#inlasningar"), "{}", done.to());
    }
    assert!(held(&app, id).await.iter().all(Vec::is_empty));
    let shown = page(&app, &chef, &at).await;
    assert_eq!(main_of(&shown).matches("Ångrad").count(), 3, "{}", main_of(&shown));
    assert!(!shown.contains("/api/undo_plantabell"));
    // and what was undone can be read in anew
    read_in(&app, &chef, id, SODERMALM).await;
    assert_eq!(held(&app, id).await[0].len(), 27);
    assert!(hidden(&page(&app, &chef, &at).await, "plan") == id.to_string());
}
