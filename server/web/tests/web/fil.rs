//! Files: every document that leaves the program is opened by a reader that is not ours, and holds what was written in
//! whatever letters. `App::send` opens what any test is given; here each route is asked once, with everybody's letters in it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use domain::{
    apt::{Content, Kind},
    avvikelse::{Bedomning, case::Beslut},
    id::{AptId, AtgardId, AvvikelseId, BeslutId},
    schedule::Responsible,
    verksamhetsplan::{
        mal::{self, Benamning, MalId, Niva},
        plan::{
            PlanId,
            kapitel::{self, KapitelId},
        },
    },
};
use http::StatusCode;
use store::verksamhetsplan;

use crate::{
    common::{ADMIN, App, CHEF},
    import, permission, resultat, sakerhet, serie,
};

/// Arabic with its letters joined, Persian with a joiner, Tigrinya, Ukrainian, Vietnamese, signs of lists and what Excel, XML
/// and a formula are made of.
const WORDS: &str = "استبيان (12) می‌خواهم መጠይቕ Опитування Nguyễn ☑ ≈ <b> & \" 😀";

/// What the routes of files give, and how each is asked for: `post` where it is written down for each case. A new route
/// that gives a document stands here.
const OPENED: [(&str, bool); 22] = [
    ("/admin/sakerhet/export.xlsx", true),
    ("/apt/{id}/bildspel.pdf", false),
    ("/apt/{id}/protokoll.docx", false),
    ("/apt/{id}/protokoll.pdf", false),
    ("/arshjul/export.xlsx", false),
    ("/arshjul/hjulet.pdf", false),
    ("/atgarder/export.xlsx", false),
    ("/att-gora/export.xlsx", false),
    ("/avvikelser/export.xlsx", true),
    ("/avvikelser/{id}/ivo.docx", false),
    ("/avvikelser/{id}/ivo.pdf", false),
    ("/egenkontroll/export.xlsx", false),
    ("/egenkontroll/mall.xlsx", false),
    ("/enkater/{id}/resultat.xlsx", false),
    ("/genomforanden/{id}/dokumentation.docx", false),
    ("/genomforanden/{id}/dokumentation.pdf", false),
    ("/internkontroll/export.xlsx", false),
    ("/internkontroll/mall.xlsx", false),
    ("/siffror/{id}/siffror.xlsx", false),
    ("/verksamhetsplan/{id}/plan.xlsx", false),
    ("/verksamhetsplan/{id}/plan.docx", false),
    ("/verksamhetsplan/{id}/plan.pdf", false),
];

/// Files that people have attached: they are given back as they came.
const THEIRS: &str = "/avvikelser/{id}/bilagor/{bilaga}";

#[test]
fn a_route_that_gives_a_document_is_opened_below() {
    let mut all: BTreeSet<String> = web::opening::FILES.iter().map(|(route, _)| (*route).to_owned()).collect();
    let ends = [".xlsx", ".docx", ".pdf", ".csv", ".pptx", ".odt", ".ods", ".ics", ".zip"];
    all.extend(sakerhet::routes().into_iter().filter(|route| ends.iter().any(|end| route.ends_with(end))));
    // these are put together from the plan's name
    all.extend(["/egenkontroll/mall.xlsx".to_owned(), "/internkontroll/mall.xlsx".to_owned()]);
    assert!(all.remove(THEIRS));
    let opened: BTreeSet<String> = OPENED.iter().map(|(route, _)| (*route).to_owned()).collect();
    assert_eq!(all, opened);
}

#[tokio::test]
async fn every_document_that_leaves_is_opened_by_another_program_and_holds_every_letter() {
    let app = App::new().await;
    let run = permission::fill(&app).await.swap_remove(2);
    let (chef, admin) = (app.log_in(CHEF).await, app.log_in(ADMIN).await);
    let meeting = written(&app, &chef, &run).await;
    let case = missforhallande(&app, &chef).await.to_string();
    let question = resultat::question(1, WORDS, |_| {});
    let enkat = resultat::opened(&app, vec![question]).await;
    let figures = serie::made(&app, WORDS).await;
    let plan = planned(&app).await;
    let unit = format!("?enhet={}&ar=2026", app.enhet);
    for (route, post) in OPENED {
        let path = match route.split('/').nth(1).unwrap() {
            "apt" => route.replace("{id}", &meeting.to_string()),
            "enkater" => route.replace("{id}", &enkat.to_string()),
            "siffror" => route.replace("{id}", &figures.to_string()),
            "verksamhetsplan" => route.replace("{id}", &plan.to_string()),
            "genomforanden" => route.replace("/genomforanden/{id}", &run),
            "admin" => route.to_owned(),
            "avvikelser" if route.contains("{id}") => route.replace("{id}", &case),
            "att-gora" => format!("{route}?visa=enheten"),
            _ => format!("{route}{unit}"),
        };
        let cookie = if route.starts_with("/admin") { &admin } else { &chef };
        let page = path.rsplit_once('/').unwrap().0;
        let file = if post { app.post(&path, cookie, page, &[]).await } else { app.get(&path, cookie).await };
        assert_eq!(file.status, StatusCode::OK, "{path}: {}", file.body);
        assert!(file.header("content-disposition").starts_with("attachment"), "{path}");
        assert!(!file.words.trim().is_empty(), "{path} was not opened");
        // an empty plan holds nothing of anybody's, the events no text
        if !route.ends_with("/mall.xlsx") && !route.starts_with("/admin") {
            holds(&path, &file.words);
        }
    }
}

/// The words stand in what was read.
fn holds(path: &str, text: &str) {
    // what is asked for stands after it
    if path.split('?').next().and_then(|route| route.rsplit('.').next()) != Some("pdf") {
        assert!(text.contains(WORDS), "{path}: {text}");
        return;
    }
    // poppler sets signs between words from right to left where they are seen, and a PDF has no emoji
    let between = |c: char| c.is_whitespace() || "().,:<>&\"?".contains(c);
    let found: BTreeSet<&str> = text.split(between).collect();
    for word in WORDS.split(between).filter(|word| *word != "😀") {
        assert!(found.contains(word), "{path}: {word} in {text}");
    }
}

/// A plan with the words in a goal and a chapter.
async fn planned(app: &App) -> PlanId {
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let year = (app.enhet, 2026);
    let id = verksamhetsplan::create(&mut tx, now, PlanId::new(), year, Benamning::Atagande).await.unwrap();
    let (niva, titel) = (Niva::Enhetsmal, WORDS.to_owned());
    let goal = mal::Content { niva, nr: String::new(), titel, beskrivning: String::new() };
    verksamhetsplan::mal::create(&mut tx, now, id, (MalId::new(), None), &goal).await.unwrap();
    let content = kapitel::Content {
        rubrik: "Kommunikation".into(),
        text: WORDS.into(),
        efter_malen: false,
        responsible: Responsible::Nobody,
        senast: None,
    };
    verksamhetsplan::kapitel::create(&mut tx, now, id, KapitelId::new(), &content).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A case that is decided to be a missförhållande, with the words in its report.
async fn missforhallande(app: &App, chef: &str) -> AvvikelseId {
    let (id, node, day) = (AvvikelseId::new(), app.enhet.to_string(), domain::format::date(app.state.clock.today()));
    let fields = [
        ("id", id.to_string()),
        ("node", node),
        ("form[what]", WORDS.to_owned()),
        ("form[day]", day),
        ("form[consequence]", WORDS.to_owned()),
        ("form[ror]", "brukare".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post("/api/create_avvikelse", chef, "/avvikelser/ny", &fields).await.to();
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    let (before, _) = store::avvikelse::handle(&mut tx, now, &actor, id).await.unwrap();
    let mut after = before.clone();
    let on = app.state.clock.today();
    after.case.suspected_on = Some(on);
    after.case = after.case.decided(Beslut { bedomning: Bedomning::Allvarligt, motive: WORDS.into(), on });
    store::avvikelse::save(&mut tx, now, &before, &after, before.version, ("Förberedd", "")).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Writes the words wherever a document takes them from, and gives a meeting with minutes.
async fn written(app: &App, chef: &str, run: &str) -> AptId {
    let (node, day) = (app.enhet.to_string(), domain::format::date(app.state.clock.today()));
    let (case, atgard) = (AvvikelseId::new().to_string(), AtgardId::new().to_string());
    let fields = [
        ("id", case.as_str()),
        ("node", &node),
        ("form[what]", WORDS),
        ("form[day]", &day),
        ("form[consequence]", WORDS),
        ("form[process]", WORDS),
        ("form[place]", WORDS),
        ("form[ror]", "brukare"),
    ];
    app.post("/api/create_avvikelse", chef, "/avvikelser/ny", &fields).await.to();
    let fields = [
        ("id", atgard.as_str()),
        ("node", &node),
        ("source", ""),
        ("form[title]", WORDS),
        ("form[responsible]", "roll:enhetschef"),
        ("form[due]", &day),
    ];
    app.post("/api/create_atgard", chef, "/atgarder/ny", &fields).await.to();
    let id = run.rsplit('/').next().unwrap();
    let fields = [("id", id), ("version", "1"), ("form[analys]", WORDS)];
    assert!(!app.post("/api/update_analys", chef, run, &fields).await.to().ends_with("#fel"));
    for (plan, head) in [("egenkontroll", "Kontrollmål"), ("internkontroll", "Systematisk kontroll;Kontrollaktivitet")]
    {
        let quoted = format!("\"{}\"", WORDS.replace('"', "\"\""));
        let cells = vec![quoted; head.split(';').count()].join(";");
        let csv = format!("{head};Hur ofta\r\n{cells};Varje månad\r\n");
        let (preview, _) = import::previewed(app, chef, plan, "2026", "plan.csv", csv.as_bytes()).await;
        import::confirmed(app, chef, plan, &preview).await;
    }
    let (mut tx, now, meeting) = (app.write().await, app.state.clock.now(), AptId::new());
    let on = app.state.clock.today();
    let content =
        Content { kind: Kind::Apt, on, time: String::new(), place: WORDS.into(), chair: None, secretary: None };
    store::apt::create(&mut tx, now, meeting, app.enhet, &content, None).await.unwrap();
    let punkt = store::apt::punkt::list(&mut tx, meeting).await.unwrap().remove(0);
    store::apt::protokoll::create_beslut(&mut tx, now, (meeting, punkt.id), BeslutId::new(), WORDS).await.unwrap();
    tx.commit().await.unwrap();
    meeting
}

#[tokio::test]
async fn what_the_pdf_cannot_show_is_said_before_the_minutes_are_approved() {
    let app = App::new().await;
    let run = permission::fill(&app).await.swap_remove(2);
    let chef = app.log_in(CHEF).await;
    let meeting = written(&app, &chef, &run).await;
    let page = format!("/apt/{meeting}/protokoll");
    let said = "Tecknet 😀 (Plats, 1. ";
    let before = app.get(&page, &chef).await.body;
    assert!(before.contains(said) && before.contains("Byt ut det innan protokollet justeras"), "{before}");
    let id = meeting.to_string();
    for (version, to) in [("1", "avslutat"), ("2", "justerat")] {
        let fields = [("id", id.as_str()), ("version", version), ("to", to)];
        app.post("/api/set_apt_state", &chef, &page, &fields).await.to();
    }
    let after = app.get(&page, &chef).await.body;
    assert!(after.contains(said) && !after.contains("Byt ut det"), "too late to change: {after}");
    // the same where a run is closed, and on its document
    let end = "(Analys) kan inte skrivas i PDF-filen";
    for path in [format!("{run}/dokumentation"), format!("{run}?flik=analys")] {
        let page = app.get(&path, &chef).await.body;
        assert!(page.contains(end) && page.contains("Byt ut det innan genomförandet avslutas"), "{path}: {page}");
    }
}
