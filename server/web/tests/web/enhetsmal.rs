//! The page of a goal over HTTP, without JavaScript: texts, what is expected, what came out and what is decided of it.
#![allow(clippy::unwrap_used)]

use domain::verksamhetsplan::{
    enhetsmal::vpgrupp::{GrupprapportId, VpgruppId},
    forvantat::ForvantatId,
    mal::{Benamning, Content, MalId, Niva},
    plan::PlanId,
};
use http::StatusCode;
use store::verksamhetsplan as plans;

use crate::{
    common::{App, CHEF},
    resultat::text_of,
};

/// A plan with a goal of its own under one of the node above.
struct Story {
    app: App,
    chef: String,
    plan: String,
    mal: String,
    shared: String,
}

impl Story {
    async fn new() -> Self {
        let app = App::new().await;
        let chef = app.log_in(CHEF).await;
        let now = app.state.clock.now();
        let goal = |niva, nr: &str, titel: &str| Content {
            niva,
            nr: nr.into(),
            titel: titel.into(),
            beskrivning: "Vuxna ska ha egen inkomst".into(),
        };
        let mut tx = app.write().await;
        let above = plans::create(&mut tx, now, PlanId::new(), (app.top, 2019), Benamning::Enhetsmal).await.unwrap();
        let plan = plans::create(&mut tx, now, PlanId::new(), (app.enhet, 2019), Benamning::Enhetsmal).await.unwrap();
        let (shared, mal) = (MalId::new(), MalId::new());
        let content = goal(Niva::KfMal, "1.2", "Invånare är självförsörjande");
        plans::mal::create(&mut tx, now, above, (shared, None), &content).await.unwrap();
        let content = goal(Niva::Enhetsmal, "1", "Egen försörjning");
        plans::mal::create(&mut tx, now, plan, (mal, Some(shared)), &content).await.unwrap();
        tx.commit().await.unwrap();
        Self { app, chef, plan: plan.to_string(), mal: mal.to_string(), shared: shared.to_string() }
    }

    fn path(&self) -> String {
        format!("/verksamhetsplan/{}/mal/{}", self.plan, self.mal)
    }

    /// What a form of the goal is answered with: where it leads.
    async fn post(&self, function: &str, from: &str, fields: &[(&str, &str)]) -> String {
        let goal = [("plan", self.plan.as_str()), ("mal", self.mal.as_str())];
        let fields = [&goal[..], fields].concat();
        let from = format!("{}{from}", self.path());
        self.app.post(&format!("/api/{function}"), &self.chef, &from, &fields).await.to().to_owned()
    }

    async fn main(&self, path: &str) -> String {
        let body = self.app.get(path, &self.chef).await.body;
        text_of(body.split("<main").nth(1).unwrap()).replace('\u{a0}', " ")
    }
}

#[tokio::test]
async fn of_960_with_470_women_all_is_reached_and_with_490_it_is_in_part_and_what_was_decided_says_so() {
    let story = Story::new().await;
    let id = ForvantatId::new().to_string();
    let row = [
        ("id", &*id),
        ("form[text]", "Antal vuxna med ekonomiskt bistånd"),
        ("form[jamforelse]", "hogst"),
        ("form[malvarde]", "975 st"),
        ("form[fjol]", "980"),
        ("form[villkor]", "varav max 50 % kvinnor"),
    ];
    let to = story.post("create_forvantat", "/rad/ny", &row).await;
    assert_eq!(to, format!("{}#rad-{id}", story.path()));
    let words = ForvantatId::new().to_string();
    let text = [("id", &*words), ("form[text]", "Alla som söker erbjuds stöd")];
    story.post("create_forvantat", "/rad/ny", &text).await;
    let page = story.main(&story.path()).await;
    for said in ["högst 975 st, varav högst 50 % kvinnor", "980 st (2018)", "Går det att mäta?", "1.2 Invånare"] {
        assert!(page.contains(said), "{said}: {page}");
    }

    let outcome = |kvinnor: &'static str, version: &'static str| {
        [("manad", "12"), ("version", version), ("form[total]", "960"), ("form[kvinnor]", kvinnor)]
    };
    let under = format!("/rad/{id}/utfall/12");
    let first = [&[("id", &*id)], &outcome("470", "0")[..]].concat();
    let to = story.post("update_forvantat_utfall", &under, &first).await;
    assert_eq!(to, format!("{}?period=12#rad-{id}", story.path()));
    let page = story.main(&story.path()).await;
    let reached = "960 st mot högst 975 st: uppnås. Andelen kvinnor är 48,96 %, högst 50 %: uppnås.";
    assert!(page.contains(reached), "{page}");
    assert!(page.contains("Bedömning VB 2019"), "the last period that has ended: {page}");
    assert!(page.contains("Ingen har bedömt målet än.") && page.contains("Den enda mätta raden uppnås."), "{page}");

    let decide = |status: &'static str, analys: &'static str, version: &'static str| {
        [("manad", "12"), ("version", version), ("form[status]", status), ("form[analys]", analys)]
    };
    let refused = story.post("update_malbedomning", "?period=12", &decide("delvis", "", "0")).await;
    assert!(refused.ends_with("#fel"), "{refused}");
    let back = story.main(&format!("{}?period=12", story.path())).await;
    assert!(back.contains("Skriv varför det blir något annat än förslaget."), "{back}");
    let to = story.post("update_malbedomning", "?period=12", &decide("helt", "", "0")).await;
    assert_eq!(to, format!("{}?period=12#bedomning", story.path()));

    let second = [&[("id", &*id)], &outcome("490", "1")[..]].concat();
    story.post("update_forvantat_utfall", &under, &second).await;
    let page = story.main(&story.path()).await;
    assert!(page.contains("Andelen kvinnor är 51,04 %, högst 50 %: uppnås inte."), "{page}");
    let changed = "Bedömningen gjordes när förslaget var ”uppfylls helt”. Nu är det ”uppfylls delvis”.";
    assert!(page.contains(changed), "{page}");
    let late = story.post("update_forvantat_utfall", &under, &second).await;
    assert!(late.ends_with("#fel"), "somebody was first: {late}");

    let html = story.app.get(&story.path(), &story.chef).await.body;
    assert!(html.contains("marke-diamond") && html.contains("marke-disc"), "with their shapes");
}

#[tokio::test]
async fn texts_that_nobody_has_written_are_left_out_and_who_reads_sees_no_form() {
    let story = Story::new().await;
    let texts = [
        ("version", "0"),
        ("form[arbetssatt]", "Möten varje vecka"),
        ("form[delgrupper]", "Unga vuxna 18-24 år"),
        ("form[agenda]", "5.2, 10.2"),
    ];
    assert_eq!(story.post("update_enhetsmal", "/texter", &texts).await, story.path());
    let page = story.main(&story.path()).await;
    for said in ["Arbetssätt", "Möten varje vecka", "Unga vuxna 18-24 år", "5.2, 10.2", "Vuxna ska ha egen inkomst"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Resursanvändning"), "{page}");
    let wrong = [("version", "1"), ("form[agenda]", "18")];
    assert!(story.post("update_enhetsmal", "/texter", &wrong).await.ends_with("#fel"));
    assert!(story.main(&format!("{}/texter", story.path())).await.contains("är inget mål i Agenda 2030"));

    let reader = story.app.medarbetare().await;
    let body = story.app.get(&story.path(), &reader).await.body;
    assert!(body.contains("Möten varje vecka") && !body.contains("/api/update_malbedomning"), "{body}");
    for under in ["texter", "rad/ny", "grupp/ny"] {
        let answer = story.app.get(&format!("{}/{under}", story.path()), &reader).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{under}");
    }
    // of the node above: assessed here, and changed there
    let shared = format!("/verksamhetsplan/{}/mal/{}", story.plan, story.shared);
    let body = story.app.get(&shared, &story.chef).await.body;
    assert!(body.contains("ändras inte här") && body.contains("/api/update_malbedomning"), "{body}");
    assert!(!body.contains(&format!("{shared}/texter")), "{body}");
    assert_eq!(story.app.get(&format!("{shared}/texter"), &story.chef).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_member_of_a_vp_grupp_writes_how_it_goes_and_another_may_not() {
    let story = Story::new().await;
    let member = story.app.medarbetare().await;
    let (grupp, rapport) = (VpgruppId::new().to_string(), GrupprapportId::new().to_string());
    let report = [
        ("id", &*rapport),
        ("plan", &*story.plan),
        ("grupp", &*grupp),
        ("mal", &*story.mal),
        ("text", "Fyra av tio har börjat praktik"),
    ];
    let mut tx = story.app.write().await;
    let people = store::person::list(&mut tx).await.unwrap();
    drop(tx);
    let who = people.iter().find(|p| p.email == "medarbetare@demo.se").unwrap().id.to_string();
    let group = [
        ("id", &*grupp),
        ("plan", &*story.plan),
        ("form[namn]", "Unga vuxna"),
        ("form[mal][]", &*story.mal),
        ("form[medlemmar][]", &*who),
    ];
    let from = format!("{}/grupp/ny", story.path());
    let to = story.app.post("/api/create_vpgrupp", &story.chef, &from, &group).await.to().to_owned();
    assert_eq!(to, format!("{}#grupper", story.path()));
    let page = story.app.get(&story.path(), &member).await.body;
    assert!(page.contains("Unga vuxna") && page.contains("/api/create_grupprapport"), "{page}");
    let to = story.app.post("/api/create_grupprapport", &member, &story.path(), &report).await.to().to_owned();
    assert_eq!(to, format!("{}#grupper", story.path()));
    assert!(story.main(&story.path()).await.contains("Fyra av tio har börjat praktik"));

    let without = [
        ("id", &*grupp),
        ("plan", &*story.plan),
        ("version", "1"),
        ("form[namn]", "Unga vuxna"),
        ("form[mal][]", &*story.mal),
    ];
    let from = format!("{}/grupp/{grupp}", story.path());
    story.app.post("/api/update_vpgrupp", &story.chef, &from, &without).await.to();
    let page = story.app.get(&story.path(), &member).await.body;
    assert!(!page.contains("/api/create_grupprapport"), "no member any longer: {page}");
    let removed = [("id", &*grupp), ("plan", &*story.plan), ("version", "2")];
    assert!(story.app.post("/api/remove_vpgrupp", &story.chef, &from, &removed).await.to().ends_with("#fel"));
    assert!(story.app.get(&from, &story.chef).await.body.contains("har skrivit rapporter"));
}
