//! Indikatorer over HTTP, without JavaScript and as the island asks: made under a goal, filled in a table, judged with why, corrected after
//! the closing with a reason.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use domain::{
    egenkontroll,
    id::EgenkontrollId,
    occurrence::{Andel, Share, Tick},
    period::Period,
    recurrence::form::Fields,
    siffror::{
        serie::{self, SerieId},
        siffra::{Ny, Plats, Ursprung},
        slag::Varde,
    },
    tal::Tal,
    verksamhetsplan::{
        forvantat::{self, ForvantatId, Lank},
        indikator::{Form, IndikatorId, check, matning::Kalla},
        mal::{self, Benamning, MalId},
        plan::PlanId,
    },
};
use http::header;
use islands::contract::Utfallssvar;

use crate::{
    common::{App, CHEF},
    resultat::text_of,
};

const YEAR: i32 = 2026;

/// A plan with a goal.
async fn planned(app: &App) -> (PlanId, MalId) {
    let (mut tx, now, mal) = (app.write().await, app.state.clock.now(), MalId::new());
    let year = (app.enhet, YEAR);
    let id = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
    let form = mal::Form { niva: "enhetsmal".into(), titel: "Egen försörjning".into(), ..mal::Form::default() };
    store::verksamhetsplan::mal::create(&mut tx, now, id, (mal, None), &mal::check(&form).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    (id, mal)
}

async fn indikator(app: &App, (plan, mal): (PlanId, MalId), namn: &str, arsmal: &str) -> IndikatorId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), IndikatorId::new());
    let form = Form {
        namn: namn.into(),
        arsmal: arsmal.into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        ..Form::default()
    };
    let content = check(&form, None).unwrap();
    store::verksamhetsplan::indikator::create(&mut tx, now, plan, (id, mal), &content).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn post(app: &App, cookie: &str, path: &str, at: &str, fields: &[(String, String)]) -> crate::common::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    app.post(&format!("/api/{path}"), cookie, at, &fields).await
}

fn pair(name: impl Into<String>, value: impl Into<String>) -> (String, String) {
    (name.into(), value.into())
}

#[tokio::test]
async fn who_gives_up_changing_a_goal_is_back_at_the_goal() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, mal) = planned(&app).await;
    let goal = format!("/verksamhetsplan/{plan}/mal/{mal}");
    let change = format!("{goal}/redigera?fran=mal");
    let page = app.get(&goal, &chef).await.body;
    assert!(page.contains(&format!("href=\"{change}\"")), "{page}");
    let back = format!("href=\"{goal}\"");
    let page = app.get(&change, &chef).await.body;
    assert!(page.contains(&back), "{page}");
    let page = app.get(&format!("{goal}/redigera"), &chef).await.body;
    assert!(!page.contains(&back), "who came from the list is back in the list: {page}");
}

#[tokio::test]
async fn who_gives_up_a_new_goal_or_indikator_is_back_where_they_came_from_also_after_a_fault() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, mal) = planned(&app).await;
    let of = format!("/verksamhetsplan/{plan}");
    let quiet = |to: &str| format!("href=\"{to}\" class=\"button quiet\">Avbryt<");
    let ways = [
        (format!("{of}/mal/ny"), of.clone()),
        (format!("{of}/mal/ny?fran=lista"), format!("{of}?vy=lista")),
        (format!("{of}/indikatorer/ny"), of.clone()),
        (format!("{of}/indikatorer/ny?mal={mal}"), format!("{of}/mal/{mal}")),
        (format!("{of}/indikatorer/ny?fran=utfall"), format!("{of}/utfall")),
        (format!("{of}/indikatorer/ny?fran={YEAR}-T1"), format!("{of}/utfall?period={YEAR}-T1")),
    ];
    for (form, back) in &ways {
        let page = app.get(form, &chef).await.body;
        assert!(page.contains(&quiet(back)), "{form}: {page}");
    }
    let without_title = [
        pair("id", MalId::new().to_string()),
        pair("plan", plan.to_string()),
        pair("form[niva]", "enhetsmal"),
        pair("form[titel]", ""),
    ];
    let faulty = post(&app, &chef, "create_mal", &ways[1].0, &without_title).await;
    let to = faulty.headers[header::LOCATION].to_str().unwrap();
    assert!(to.starts_with(&ways[1].0), "the way back stands in the address: {to}");
}

#[tokio::test]
async fn an_indikator_is_made_filled_and_judged_with_why() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, mal) = planned(&app).await;
    let grid = format!("/verksamhetsplan/{plan}/utfall?period={YEAR}-T1");
    let empty = app.get(&grid, &chef).await.body;
    assert!(empty.contains("Inga indikatorer") && empty.contains("Lägg till en indikator"), "{empty}");
    let id = IndikatorId::new();
    let new = format!("/verksamhetsplan/{plan}/indikatorer/ny");
    let page = app.get(&new, &chef).await.body;
    assert!(page.contains("Egen försörjning"), "{page}");
    let fields = [
        pair("id", id.to_string()),
        pair("plan", plan.to_string()),
        pair("mal", mal.to_string()),
        pair("form[namn]", "Förändringsplaner inom tre månader"),
        pair("form[arsmal]", "75 %"),
        pair("form[riktning]", "hogre"),
        pair("form[periodicitet]", "tertial"),
    ];
    let made = post(&app, &chef, "create_indikator", &new, &fields).await;
    assert_eq!(made.to(), format!("/verksamhetsplan/{plan}/indikatorer/{id}"));
    let page = app.get(&grid, &chef).await.body;
    assert!(page.contains("Tertial 1: ingen av en ifylld"), "{}", text_of(&page));

    let cells = [
        pair("plan", plan.to_string()),
        pair("period", format!("{YEAR}-T1")),
        pair(format!("form[c-{id}.totalt]"), "29/35"),
        pair(format!("form[w-c-{id}.totalt]"), ""),
        pair(format!("form[c-{id}.kvinnor]"), "fjorton"),
        pair(format!("form[w-c-{id}.kvinnor]"), ""),
    ];
    let back = post(&app, &chef, "update_utfallstabell", &grid, &cells).await;
    assert!(back.to().starts_with("/verksamhetsplan/"), "{}", back.to());
    let page = app.get(&grid, &chef).await.body;
    assert!(page.contains("value=\"fjorton\"") && page.contains("value=\"29/35\""), "what was typed is there");
    let mut right = cells.to_vec();
    right[4].1 = "14/18".into();
    post(&app, &chef, "update_utfallstabell", &grid, &right).await;
    let page = app.get(&grid, &chef).await.body;
    let said = text_of(&page);
    assert!(said.contains("82,86\u{a0}%") && said.contains("29 av 35") && said.contains("uppnås"), "{said}");
    assert!(said.contains("82,86 mot minst 75\u{a0}%"), "{said}");

    let status = [
        pair("plan", plan.to_string()),
        pair("id", id.to_string()),
        pair("period", format!("{YEAR}-T1")),
        pair("version", "1"),
        pair("form[status]", "delvis"),
        pair("form[skal]", "Två planer var inte klara"),
    ];
    post(&app, &chef, "set_indikatorstatus", &grid, &status).await;
    let said = text_of(&app.get(&grid, &chef).await.body);
    assert!(said.contains("satt för hand") && said.contains("Två planer var inte klara"), "{said}");
    let mut late = status.clone();
    late[4].1 = "uppnas".into();
    post(&app, &chef, "set_indikatorstatus", &grid, &late).await;
    let page = app.get(&format!("/verksamhetsplan/{plan}/indikatorer/{id}?period={YEAR}-T1"), &chef).await.body;
    assert!(page.contains("Någon annan har ändrat det här"), "who saw an earlier one does not write over it: {page}");
    assert!(page.contains("name=\"version\" value=\"2\""), "{page}");
    let page = app.get(&format!("/verksamhetsplan/{plan}/indikatorer/{id}"), &chef).await.body;
    assert!(page.contains(&format!("href=\"/verksamhetsplan/{plan}/mal/{mal}\"")), "its goal is a link: {page}");
    let one = text_of(&page);
    assert!(one.contains("Genom åren") && one.contains(&format!("Tertial 1 {YEAR}")), "{one}");
    let year = text_of(&app.get(&format!("/verksamhetsplan/{plan}/utfall?period=ar"), &chef).await.body);
    assert!(year.contains("82,86\u{a0}%"), "{year}");
}

/// What the island asks, and what it is answered.
async fn ask(app: &App, cookie: &str, path: &str, fields: &[(String, String)]) -> Utfallssvar {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let request = http::Request::post(format!("/api/{path}"))
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .body(Body::from(serde_urlencoded::to_string(&fields).unwrap()))
        .unwrap();
    let answer = app.send(request).await;
    serde_json::from_str(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.body))
}

#[tokio::test]
async fn the_island_saves_a_cell_pastes_a_block_and_is_told_what_others_wrote() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let of = planned(&app).await;
    let plan = of.0;
    let a = indikator(&app, of, "Förändringsplaner", "75 %").await;
    let b = indikator(&app, of, "Aspiranter", "15 st").await;
    let base = |nr: i64| {
        vec![pair("plan", plan.to_string()), pair("period", format!("{YEAR}-T1")), pair("nr", nr.to_string())]
    };
    let with = |nr: i64, more: &[(String, String)]| [base(nr), more.to_vec()].concat();
    let cell = |id: IndikatorId, kolumn: &str, text: &str, was: &str| {
        [pair(format!("form[c-{id}.{kolumn}]"), text), pair(format!("form[w-c-{id}.{kolumn}]"), was)]
    };
    let first = ask(&app, &chef, "update_utfall", &with(0, &cell(a, "totalt", "29/35", ""))).await;
    assert!(first.sparat.starts_with("Sparat ") && first.rader.len() == 1, "{first:?}");
    assert!(first.rader[0].status.contains("uppnås") && first.rader[0].varfor.contains("82,86"), "{first:?}");
    assert_eq!(first.rubrik, "Tertial 1: en av två ifylld");
    // another, who saw an empty cell
    let met = ask(&app, &chef, "update_utfall", &with(0, &cell(a, "totalt", "30/35", ""))).await;
    assert_eq!(met.krockar[0].1, "29/35", "{met:?}");
    assert!(met.sparat.is_empty(), "{met:?}");
    let block = [pair("block", "4\t\t\t15\n"), pair("start", format!("c-{b}.totalt"))];
    let pasted = ask(&app, &chef, "update_utfall", &with(first.nr, &block)).await;
    assert!(pasted.sagt[0].contains("2 rutor är ifyllda"), "{pasted:?}");
    let laid = [pair(format!("c-{b}.totalt"), "4"), pair(format!("c-{b}.prognos"), "15")];
    assert_eq!(pasted.inklistrat, laid, "{pasted:?}");
    let new = ask(&app, &chef, "get_utfall", &base(first.nr)).await;
    assert_eq!(new.rader.iter().map(|rad| rad.id.clone()).collect::<Vec<_>>(), [b.to_string()], "{new:?}");
    assert!(new.rader[0].varfor.contains("Prognos 15 mot minst 15"), "{new:?}");
    // the same block once more, after its prognos was typed anew
    ask(&app, &chef, "update_utfall", &with(new.nr, &cell(b, "prognos", "17", "15"))).await;
    let since = [
        block.to_vec(),
        vec![
            pair(format!("form[s-c-{b}.prognos]"), "1"),
            pair(format!("form[w-c-{b}.prognos]"), "17"),
            pair(format!("form[w-c-{b}.totalt]"), "4"),
        ],
    ]
    .concat();
    let again = ask(&app, &chef, "update_utfall", &with(new.nr, &since)).await;
    assert_eq!(again.inklistrat, laid[..1], "{again:?}");
    assert!(again.rader.iter().any(|rad| rad.varfor.contains("Prognos 17 mot minst 15")), "{again:?}");
    let new = ask(&app, &chef, "get_utfall", &base(first.nr)).await;
    assert!(ask(&app, &chef, "get_utfall", &base(new.nr)).await.rader.is_empty());
}

#[tokio::test]
async fn a_closed_period_is_corrected_with_a_reason_and_says_so() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let of = planned(&app).await;
    let plan = of.0;
    let id = indikator(&app, of, "Förändringsplaner", "75 %").await;
    let grid = format!("/verksamhetsplan/{plan}/utfall?period={YEAR}-T1");
    let period = [pair("plan", plan.to_string()), pair("period", format!("{YEAR}-T1"))];
    post(&app, &chef, "close_utfallsperiod", &grid, &period).await;
    let said = text_of(&app.get(&grid, &chef).await.body);
    assert!(said.contains("är stängd sedan") && said.contains("Öppna tertial 1 igen"), "{said}");
    let cells = |skal: &str| {
        let more = [
            pair(format!("form[c-{id}.totalt]"), "29/35"),
            pair(format!("form[w-c-{id}.totalt]"), ""),
            pair("form[skal]", skal),
        ];
        [period.to_vec(), more.to_vec()].concat()
    };
    post(&app, &chef, "update_utfallstabell", &grid, &cells("")).await;
    let said = text_of(&app.get(&grid, &chef).await.body);
    assert!(said.contains("Skriv varför det ändras."), "{said}");
    post(&app, &chef, "update_utfallstabell", &grid, &cells("Ett ärende saknades")).await;
    let one =
        text_of(&app.get(&format!("/verksamhetsplan/{plan}/indikatorer/{id}?period={YEAR}-T1"), &chef).await.body);
    assert!(one.contains("Ett ärende saknades") && one.contains("82,86"), "{one}");
    post(&app, &chef, "reopen_utfallsperiod", &grid, &period).await;
    assert!(!text_of(&app.get(&grid, &chef).await.body).contains("är stängd sedan"));
}

/// An egenkontroll each month of the unit, whose January showed 31 of 50.
async fn control(app: &App) -> EgenkontrollId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), EgenkontrollId::new());
    let form = egenkontroll::Form {
        kontrollmal: "Barnkonsekvenser".into(),
        when: Fields::named("varje_manad"),
        ..egenkontroll::Form::default()
    };
    let content = egenkontroll::check(&form, YEAR).unwrap();
    store::plan::create(&mut tx, now, id, app.enhet, YEAR, &content).await.unwrap();
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    let all = store::occurrence::of_source(&mut tx, &actor, id.0).await.unwrap();
    let january = all.iter().find(|item| item.occurrence.month() == 1).unwrap();
    let andel = Andel { total: Some(Share { numerator: 31, denominator: 50 }), ..Andel::default() };
    let tick = Tick { performed_on: app.state.clock.today(), andel, ..Tick::default() };
    store::occurrence::tick(&mut tx, now, january, january.occurrence.version, &tick).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn an_outcome_comes_from_an_egenkontroll_says_so_and_keeps_its_goal_when_it_is_closed() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, mal) = planned(&app).await;
    let source = Kalla::Egenkontroll(control(&app).await).code();
    let new = format!("/verksamhetsplan/{plan}/indikatorer/ny");
    let page = app.get(&new, &chef).await.body;
    assert!(page.contains(&source) && page.contains("Egenkontrollen Barnkonsekvenser"), "{page}");
    let id = IndikatorId::new();
    let fields = |slag: &str, arsmal: &str, more: &[(String, String)]| {
        let all = [
            pair("id", id.to_string()),
            pair("plan", plan.to_string()),
            pair("mal", mal.to_string()),
            pair("form[namn]", "Barnkonsekvensanalyser"),
            pair("form[slag]", slag),
            pair("form[arsmal]", arsmal),
            pair("form[riktning]", "hogre"),
            pair("form[periodicitet]", "tertial"),
            pair("form[matas]", source.clone()),
        ];
        [all.to_vec(), more.to_vec()].concat()
    };
    post(&app, &chef, "create_indikator", &new, &fields("antal", "15 st", &[])).await;
    let said = text_of(&app.get(&new, &chef).await.body);
    assert!(said.contains("En egenkontroll och en enkätfråga ger andelar."), "{said}");
    post(&app, &chef, "create_indikator", &new, &fields("andel", "60 %", &[])).await;
    let grid = format!("/verksamhetsplan/{plan}/utfall?period={YEAR}-T1");
    let said = text_of(&app.get(&grid, &chef).await.body);
    assert!(said.contains("31 av 50") && said.contains("62 mot minst 60\u{a0}%"), "{said}");
    assert!(said.contains("Hämtas från egenkontrollen Barnkonsekvenser"), "{said}");
    assert!(said.contains("t.o.m. januari 2026"), "{said}");

    let period = [pair("plan", plan.to_string()), pair("period", format!("{YEAR}-T1"))];
    post(&app, &chef, "close_utfallsperiod", &grid, &period).await;
    let edit = format!("/verksamhetsplan/{plan}/indikatorer/{id}/redigera");
    let version = [pair("version", "1")];
    post(&app, &chef, "update_indikator", &edit, &fields("andel", "80 %", &version)).await;
    let said = text_of(&app.get(&grid, &chef).await.body);
    assert!(said.contains("62 mot minst 60\u{a0}%"), "{said}");
    assert!(said.contains("Årsmålet var minst 60\u{a0}% när perioden stängdes."), "{said}");
    let open = format!("/verksamhetsplan/{plan}/utfall?period={YEAR}-T2");
    let said = text_of(&app.get(&open, &chef).await.body);
    assert!(said.contains("62 mot minst 80\u{a0}%"), "{said}");
}

/// A series of the unit with a value for each of the first months of the year.
async fn series(app: &App, values: &[i64]) -> SerieId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), SerieId::new());
    let form = serie::Form {
        namn: "Hushåll".into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        ..serie::Form::default()
    };
    store::serie::create(&mut tx, now, id, app.enhet, &serie::check(&form, None).unwrap()).await.unwrap();
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let each = (1..).zip(values).map(|(month, n)| Ny {
        period: Period::Month(YEAR, month),
        plats: Plats::default(),
        varde: Some(Varde::of(Tal::whole(*n))),
        not: String::new(),
    });
    let (each, when): (Vec<Ny>, _) = (each.collect(), (now, app.state.clock.today()));
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &each, None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_series_proposes_what_came_out_and_is_told_of_beside_what_was_written() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (plan, mal) = planned(&app).await;
    let serie = series(&app, &[336, 323, 317]).await;
    let row = ForvantatId::new();
    let form = forvantat::Form {
        text: "Antal hushåll".into(),
        jamforelse: "hogst".into(),
        malvarde: "330".into(),
        enhet: "st".into(),
        lank: Lank::Serie(serie).code(),
        ..forvantat::Form::default()
    };
    let content = forvantat::check(&form, YEAR).unwrap();
    let mut tx = app.write().await;
    let now = app.state.clock.now();
    store::verksamhetsplan::forvantat::create(&mut tx, now, plan, (row, mal), &content).await.unwrap();
    tx.commit().await.unwrap();
    let at = format!("/verksamhetsplan/{plan}/mal/{mal}/rad/{row}/utfall/4");
    let page = app.get(&at, &chef).await.body;
    let said = text_of(&page);
    assert!(said.contains("Kommer från serien Hushåll: medel, t.o.m. mars 2026."), "{said}");
    assert!(page.contains("value=\"325\""), "{page}");
    let fields = [
        pair("plan", plan.to_string()),
        pair("mal", mal.to_string()),
        pair("id", row.to_string()),
        pair("manad", "4"),
        pair("version", "0"),
        pair("form[total]", "320"),
    ];
    post(&app, &chef, "update_forvantat_utfall", &at, &fields).await;
    let page = app.get(&at, &chef).await.body;
    assert!(page.contains("value=\"320\""), "what was written stays: {page}");
    assert!(text_of(&page).contains("Seriens värde är 325\u{a0}st."), "{}", text_of(&page));
}
