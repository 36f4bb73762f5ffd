//! What the verksamhetsplan waits for on Att göra, and åtgärder that begin on its pages.
#![allow(clippy::unwrap_used)]

use domain::{
    ekonomi::{
        belopp::{Art, Belopp},
        konto::{self, KontoId, RadId, VerksamhetForm, VerksamhetId, check_verksamhet},
        tid::Tid,
    },
    forslag::Kind,
    id::{AtgardId, ForslagId},
    tal::Tal,
    verksamhetsplan::{
        enhetsmal::{uppfoljning::UppfoljningId, vpgrupp::VpgruppId},
        indikator::{self, IndikatorId, Utfallsperiod},
        mal::{self, Benamning, MalId},
        plan::PlanId,
    },
};
use store::{ekonomi, verksamhetsplan};

use crate::{
    common::{App, CHEF},
    resultat::text_of,
};

/// The plan whose report is written now, with a goal and an indikator of the enhetschef's.
async fn planned(app: &App) -> (PlanId, MalId, IndikatorId) {
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let year = (app.enhet, Utfallsperiod::rapport(today).year());
    let plan = verksamhetsplan::create(&mut tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
    let (goal, id) = (MalId::new(), IndikatorId::new());
    let form = mal::Form { niva: "enhetsmal".into(), titel: "Egen försörjning".into(), ..mal::Form::default() };
    verksamhetsplan::mal::create(&mut tx, now, plan, (goal, None), &mal::check(&form).unwrap()).await.unwrap();
    let form = indikator::Form {
        namn: "Andel i arbete".into(),
        arsmal: "75 %".into(),
        riktning: "hogre".into(),
        periodicitet: "manad".into(),
        responsible: "roll:enhetschef".into(),
        ..indikator::Form::default()
    };
    let content = indikator::check(&form, None).unwrap();
    verksamhetsplan::indikator::create(&mut tx, now, plan, (id, goal), &content).await.unwrap();
    let grupp = ("Unga vuxna".to_owned(), vec![goal], vec![app.chef]);
    verksamhetsplan::vpgrupp::create(&mut tx, now, plan, VpgruppId::new(), &grupp).await.unwrap();
    tx.commit().await.unwrap();
    (plan, goal, id)
}

/// An account of this year whose forecast is worse than its budget.
async fn worse(app: &App) -> (PlanId, KontoId) {
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let year = chrono::Datelike::year(&today);
    let of = (app.enhet, year);
    let plan = verksamhetsplan::create(&mut tx, now, PlanId::new(), of, Benamning::Enhetsmal).await.unwrap();
    let plan = verksamhetsplan::get(&mut tx, plan).await.unwrap();
    let form = konto::Form {
        ar: year.to_string(),
        enhet: "tkr".into(),
        teckenform: "bada_positiva".into(),
        ..konto::Form::default()
    };
    let mut content = konto::check(&form, None).unwrap();
    let first = VerksamhetForm { namn: "Ekonomiskt bistånd".into(), vo: "1800".into() };
    content.set_verksamhet(check_verksamhet(&first, &content, VerksamhetId::new(), RadId::new).unwrap());
    let personal = content.rader().find(|(_, rad)| rad.namn == "Personal").unwrap().1.id;
    ekonomi::create(&mut tx, now, &plan, KontoId::new(), &content).await.unwrap();
    let account = ekonomi::of_plan(&mut tx, &plan).await.unwrap().unwrap();
    let amount = |tid, art, tal| Belopp {
        rad: personal,
        tid,
        art,
        tal: Some(Tal::whole(tal)),
        not: String::new(),
        kommentar: String::new(),
        per: None,
        preliminar: false,
    };
    let new = [amount(Tid::Bokslut, Art::Budget, 1_000), amount(Tid::Manad(1), Art::Prognos, 1_300)];
    ekonomi::belopp::write(&mut tx, (now, today), &account, &new, None).await.unwrap();
    tx.commit().await.unwrap();
    (plan.id, account.id)
}

async fn att_gora(app: &App, cookie: &str) -> String {
    text_of(&app.get("/", cookie).await.body)
}

#[tokio::test]
async fn what_the_plan_waits_for_is_a_line_each_until_it_is_there() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    assert!(!att_gora(&app, &chef).await.contains("Fyll i utfall"), "no plan");
    let (plan, goal, id) = planned(&app).await;
    let page = app.get("/", &chef).await.body;
    let said = text_of(&page);
    assert!(said.contains("Fyll i utfall för Andel i arbete"), "one line of all its months: {said}");
    assert_eq!(said.matches("Fyll i utfall").count(), 1, "{said}");
    assert!(page.contains(&format!("href=\"/verksamhetsplan/{plan}/utfall?period=")), "{page}");
    assert!(said.contains("Skriv hur det går i Unga vuxna"), "{said}");
    assert!(page.contains(&format!("/verksamhetsplan/{plan}/mal/{goal}#grupper")), "{page}");
    assert!(!said.contains("Inget att göra just nu"), "there is something to do: {said}");
    let file = app.get("/att-gora/export.xlsx", &chef).await;
    let row = file.words.lines().find(|line| line.contains("Skriv hur det går i Unga vuxna")).unwrap_or_default();
    assert!(row.contains("Till "), "the file has what the page has: {}", file.words);
    assert!(app.get(&format!("/verksamhetsplan/{plan}/mal/{goal}"), &chef).await.body.contains("id=\"grupper\""));
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let found = verksamhetsplan::indikator::get(&mut tx, plan, id).await.unwrap().indikator;
    let moved = indikator::Content {
        responsible: domain::schedule::Responsible::Role(domain::permission::Role::Controller),
        ..found.content
    };
    verksamhetsplan::indikator::update(&mut tx, now, plan, (id, goal), found.version, &moved).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!att_gora(&app, &chef).await.contains("Fyll i utfall"), "it is another's");
}

#[tokio::test]
async fn a_forecast_that_is_worse_than_budget_asks_for_a_plan_once() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, konto) = worse(&app).await;
    let said = att_gora(&app, &chef).await;
    assert!(said.contains("Handlingsplan för budget") && said.contains("300\u{a0}tkr sämre än budget"), "{said}");
    let page = app.get(&format!("/verksamhetsplan/{plan}/ekonomi"), &chef).await.body;
    let new = format!("/atgarder/ny?kalla=konto:{konto}");
    assert!(page.contains(&new) && text_of(&page).contains("Skriv en handlingsplan"), "{page}");
    let form = app.get(&new, &chef).await.body;
    assert!(form.contains("value=\"Handlingsplan för budget\"") && form.contains("sämre än budget"), "{form}");
    let (id, node) = (AtgardId::new().to_string(), app.enhet.to_string());
    let due = domain::format::date(app.state.clock.today());
    let fields = [
        ("id", id.as_str()),
        ("node", &node),
        ("source", &format!("konto:{konto}")),
        ("form[title]", "Handlingsplan för budget"),
        ("form[responsible]", "roll:enhetschef"),
        ("form[due]", &due),
    ];
    app.post("/api/create_atgard", &chef, &new, &fields).await.to();
    let page = app.get(&format!("/verksamhetsplan/{plan}/ekonomi"), &chef).await.body;
    assert!(page.contains(&format!("/atgarder/{id}")) && !page.contains("id=\"handlingsplan\""), "{page}");
    let there = app.get(&format!("/atgarder/{id}"), &chef).await.body;
    assert!(there.contains(&format!("href=\"/verksamhetsplan/{plan}/ekonomi\"")), "{there}");
    let said = att_gora(&app, &chef).await;
    assert!(!said.contains("300\u{a0}tkr sämre än budget"), "it is answered: {said}");
}

#[tokio::test]
async fn an_atgard_begins_on_the_page_of_an_indikator_and_of_a_goal_and_leads_back() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, goal, id) = planned(&app).await;
    let own = format!("/verksamhetsplan/{plan}");
    for (page, source, about) in [
        (format!("{own}/indikatorer/{id}"), format!("indikator:{id}"), "indikatorn Andel i arbete"),
        (format!("{own}/mal/{goal}"), format!("enhetsmal:{goal}"), "målet Egen försörjning"),
    ] {
        let new = format!("/atgarder/ny?kalla={source}");
        assert!(app.get(&page, &chef).await.body.contains(&new), "{page}");
        let form = app.get(&new, &chef).await.body;
        assert!(text_of(&form).contains(about), "{form}");
        let (key, node) = (AtgardId::new().to_string(), app.enhet.to_string());
        let due = domain::format::date(app.state.clock.today());
        let fields = [
            ("id", key.as_str()),
            ("node", &node),
            ("source", &source),
            ("form[title]", "Ny rutin för uppföljning"),
            ("form[responsible]", "roll:enhetschef"),
            ("form[due]", &due),
        ];
        app.post("/api/create_atgard", &chef, &new, &fields).await.to();
        assert!(app.get(&page, &chef).await.body.contains(&format!("/atgarder/{key}")), "{page}");
        let there = app.get(&format!("/atgarder/{key}"), &chef).await.body;
        assert!(there.contains(&format!("href=\"{page}\"")), "{there}");
    }
    let gone = format!("/atgarder/ny?kalla=indikator:{}", IndikatorId::new());
    assert_eq!(app.get(&gone, &chef).await.status, http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_silverstjarna_of_the_year_is_a_start_for_the_plan_of_the_next() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let year = chrono::Datelike::year(&today) + 1;
    let of = (app.enhet, year);
    let plan = verksamhetsplan::create(&mut tx, now, PlanId::new(), of, Benamning::Enhetsmal).await.unwrap();
    let said = "Barnkonsekvensanalyser görs med familjen";
    let mut ids = Vec::new();
    for (kind, text) in [(Kind::Silverstjarna, said), (Kind::Guldstjarna, "Samarbetet"), (Kind::Forslag, "Egen kö")] {
        let id = ForslagId::new();
        store::forslag::create(&mut tx, (now, today), id, app.enhet, (kind, text, false)).await.unwrap();
        ids.push(id);
    }
    tx.commit().await.unwrap();
    let list = text_of(&app.get("/forslag", &chef).await.body);
    assert!(list.contains("Silverstjärnor") && list.contains("Silverstjärna: bra, och kan bli ännu bättre"), "{list}");
    let page = app.get(&format!("/verksamhetsplan/{plan}"), &chef).await.body;
    let (_, stars) = page.split_once("id=\"stjarnor\"").expect("the section of stars");
    let stars = stars.split_once("</section>").unwrap().0;
    let (silver, gold) = (stars.find(said).unwrap(), stars.find("Samarbetet").unwrap());
    assert!(silver < gold && !stars.contains("Egen kö"), "the silver first, and no förslag: {stars}");
    let new = format!("/verksamhetsplan/{plan}/mal/ny?fran={}", ids[0]);
    assert!(stars.contains(&new), "{stars}");
    let form = app.get(&new, &chef).await.body;
    assert!(form.contains(&format!("value=\"{said}\"")), "{form}");
    let other = format!("/verksamhetsplan/{plan}/mal/ny?fran={}", ids[2]);
    assert_eq!(app.get(&other, &chef).await.status, http::StatusCode::NOT_FOUND, "a förslag is no star");
}

#[tokio::test]
async fn what_is_followed_of_a_goal_is_laid_on_the_wheel_and_changed_on_the_page_of_the_goal() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, goal, _) = planned(&app).await;
    let page = format!("/verksamhetsplan/{plan}/mal/{goal}");
    let empty = app.get(&page, &chef).await.body;
    assert!(empty.contains(&format!("{page}/uppfoljning/ny")), "{empty}");
    let new = format!("{page}/uppfoljning/ny");
    assert!(app.get(&new, &chef).await.body.contains("Vad följs upp?"));
    let (id, of, mal) = (UppfoljningId::new().to_string(), plan.to_string(), goal.to_string());
    let row = [
        ("id", id.as_str()),
        ("plan", &of),
        ("mal", &mal),
        ("form[vad]", "Placeringar"),
        ("form[recurrence]", "varje_manad"),
        ("form[responsible]", "roll:enhetschef"),
        ("form[visas][]", "apt"),
        ("form[visas][]", "tavla"),
    ];
    let to = app.post("/api/create_maluppfoljning", &chef, &new, &row).await.to().to_owned();
    assert_eq!(to, format!("{page}#uppfoljning"));
    let body = app.get(&page, &chef).await.body;
    let (_, section) = body.split_once("id=\"uppfoljning\"").unwrap();
    let section = text_of(section.split_once("</section>").unwrap().0);
    assert!(section.contains("Placeringar") && section.contains("Visas: APT, Transparenstavla"), "{section}");
    let (_, link) = body.split_once("href=\"/aktiviteter/").expect("its times");
    let activity = format!("/aktiviteter/{}", link.split('"').next().unwrap());
    let there = app.get(&activity, &chef).await.body;
    assert!(text_of(&there).contains("Följ upp och visa på APT och transparenstavlan: Placeringar"), "{there}");
    assert!(there.contains(&format!("href=\"{page}#uppfoljning\"")) && !there.contains("?redigera=ja"), "{there}");
    let form = app.get(&format!("{page}/uppfoljning/{id}"), &chef).await.body;
    assert!(form.contains("value=\"Placeringar\"") && form.contains("Ta bort uppföljningen"), "{form}");
    let gone = [("plan", of.as_str()), ("mal", &mal), ("id", &id), ("version", "1")];
    app.post("/api/remove_maluppfoljning", &chef, &page, &gone).await.to();
    assert!(!app.get(&page, &chef).await.body.contains(&format!("/uppfoljning/{id}")));
    assert_eq!(app.get(&activity, &chef).await.status, http::StatusCode::NOT_FOUND);
}
