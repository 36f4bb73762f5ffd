//! The life of a plan: its chapters, the steps to a decision and after it, and the year that follows; on SQLite and PostgreSQL.

use domain::{
    schedule::Responsible,
    verksamhetsplan::{
        enhetsmal::uppfoljning::UppfoljningId,
        forvantat::ForvantatId,
        indikator::{IndikatorId, Utfallsperiod, ruta::Kolumn},
        plan::{
            Far, Form, Plan, Steg,
            kapitel::{self as regler, KapitelId, Lage},
        },
    },
};
use store::{
    Error, Tx,
    verksamhetsplan::{
        beslutat, forvantat, indikator, kapitel,
        kopiering::kopiera_plan,
        mal, uppfoljning,
        utfall::{self, Cell, Matade},
    },
};

use super::{
    enhetsmal::followed,
    indikator::andel,
    mal::{Planer, made, planer, refused},
    *,
};

pub const ALLT: Far = Far { skriva: true, besluta: true };

pub fn chapter(rubrik: &str, text: &str) -> regler::Content {
    let (rubrik, text) = (rubrik.to_owned(), text.to_owned());
    regler::Content { rubrik, text, efter_malen: false, responsible: Responsible::Nobody, senast: None }
}

pub fn steg(steg: Steg, varfor: &str) -> Form {
    Form { steg: steg.code().to_owned(), varfor: varfor.to_owned(), ..Form::default() }
}

pub async fn takes(tx: &mut Tx, plan: PlanId, form: &Form) -> Result<Plan, Error> {
    let version = verksamhetsplan::get(tx, plan).await.unwrap().version;
    verksamhetsplan::step(tx, (now(), now().date_naive()), (plan, version), form, ALLT).await.map(|(plan, _)| plan)
}

#[tokio::test]
async fn what_is_decided_is_not_written_in_before_it_is_opened_with_a_reason() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let own = made(&mut tx, of.plan, Niva::Enhetsmal, "Egen försörjning", None).await;
        takes(&mut tx, of.plan, &steg(Steg::Foresla, "")).await.unwrap();
        let said = refused(mal::update(&mut tx, now(), of.plan, (own, 1), &goal(Niva::Enhetsmal, "", "Egen")).await);
        assert!(said.contains("förslag till beslut"), "{db}: {said}");
        let twice = refused(takes(&mut tx, of.plan, &steg(Steg::Foresla, "")).await);
        assert!(twice.contains("Någon annan har ändrat planen"), "{db}: {twice}");
        let decided = takes(&mut tx, of.plan, &Form { dnr: "3.1-12/2026".into(), ..steg(Steg::Faststall, "") }).await;
        let decided = decided.unwrap();
        assert_eq!(decided.said(), "fastställd 2022-05-30", "{db}");
        assert_eq!(decided.beslut[0].dnr, "3.1-12/2026", "{db}");
        let said = refused(mal::remove(&mut tx, now(), of.plan, (own, 1)).await);
        assert!(said.contains("Öppna den för revidering"), "{db}: {said}");
        refused(takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "")).await);
        takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "Ny budget")).await.unwrap();
        mal::update(&mut tx, now(), of.plan, (own, 1), &goal(Niva::Enhetsmal, "", "Egen")).await.unwrap();
        let revised = takes(&mut tx, of.plan, &steg(Steg::FaststallRevision, "")).await.unwrap();
        assert_eq!(
            (revised.said().as_str(), &*revised.beslut[1].varfor),
            ("reviderad 2022-05-30", "Ny budget"),
            "{db}"
        );
        let old =
            verksamhetsplan::step(&mut tx, (now(), now().date_naive()), (of.plan, 1), &Form::default(), ALLT).await;
        assert!(matches!(old, Err(Error::Conflict)), "{db}");
    }
}

#[tokio::test]
async fn what_is_followed_of_a_goal_is_given_back_with_its_times_when_a_revision_is_given_up() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let mal = made(&mut tx, of.plan, Niva::Enhetsmal, "Jobb", None).await;
        let own = [UppfoljningId::new(), UppfoljningId::new()];
        for (id, vad) in own.into_iter().zip(["Anställningar", "Praktik"]) {
            uppfoljning::create(&mut tx, now(), of.plan, (id, mal), &followed(vad, 2026)).await.unwrap();
        }
        takes(&mut tx, of.plan, &steg(Steg::Foresla, "")).await.unwrap();
        takes(&mut tx, of.plan, &steg(Steg::Faststall, "")).await.unwrap();
        takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "Ny budget")).await.unwrap();
        uppfoljning::remove(&mut tx, now(), of.plan, (mal, own[0], 1)).await.unwrap();
        uppfoljning::update(&mut tx, now(), of.plan, (mal, own[1], 1), &followed("Studier", 2026)).await.unwrap();
        let new = made(&mut tx, of.plan, Niva::Enhetsmal, "Hälsa", None).await;
        let added = UppfoljningId::new();
        uppfoljning::create(&mut tx, now(), of.plan, (added, new), &followed("Sjuktal", 2026)).await.unwrap();
        takes(&mut tx, of.plan, &steg(Steg::AvbrytRevision, "")).await.unwrap();
        let back = uppfoljning::of_plan(&mut tx, of.plan).await.unwrap();
        let told: Vec<_> = back.iter().map(|one| (one.id, one.content.vad.as_str())).collect();
        assert_eq!(told, [(own[0], "Anställningar"), (own[1], "Praktik")], "{db}");
        assert_eq!(uppfoljning::aktiviteter(&mut tx, mal).await.unwrap().len(), 2, "{db}: on the wheel again");
        let goals = mal::trad(&mut tx, of.unit, 2026).await.unwrap();
        assert!(goals.get(new).is_none(), "{db}: nothing hangs on what was added");
    }
}

/// What a plan says, without the numbers that tell of changes.
async fn says(tx: &mut Tx, of: &Planer) -> (Vec<(usize, String)>, Vec<String>, Vec<String>, Vec<String>) {
    let trad = mal::trad(tx, of.unit, 2026).await.unwrap();
    let goals = trad.walk().into_iter().map(|post| (post.djup, post.mal.content.titel.clone())).collect();
    let chapters = kapitel::list(tx, of.plan).await.unwrap();
    let chapters = chapters.into_iter().map(|one| format!("{}: {}", one.content.rubrik, one.content.text)).collect();
    let measured = indikator::list(tx, of.plan).await.unwrap();
    let measured = measured.into_iter().map(|one| one.indikator.content.namn).collect();
    let mut rows: Vec<_> = forvantat::of_plan(tx, of.plan).await.unwrap();
    rows.sort_by_key(|rad| rad.id);
    let rows = rows.into_iter().map(|rad| rad.content.text).collect();
    (goals, chapters, measured, rows)
}

pub fn expected(text: &str) -> domain::verksamhetsplan::forvantat::Content {
    domain::verksamhetsplan::forvantat::Content { text: text.to_owned(), ..Default::default() }
}

#[tokio::test]
async fn a_revision_that_is_given_up_gives_back_what_was_decided() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let kf = made(&mut tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let above = made(&mut tx, of.plan, Niva::Namndmal, "Egen försörjning", Some(kf)).await;
        let below = made(&mut tx, of.plan, Niva::Enhetsmal, "Jobb", Some(above)).await;
        let stays = made(&mut tx, of.plan, Niva::Enhetsmal, "Boende", None).await;
        let (row, kept) = (ForvantatId::new(), ForvantatId::new());
        forvantat::create(&mut tx, now(), of.plan, (row, below), &expected("Fler får jobb")).await.unwrap();
        forvantat::create(&mut tx, now(), of.plan, (kept, stays), &expected("Färre vräks")).await.unwrap();
        let (first, second) = (IndikatorId::new(), IndikatorId::new());
        indikator::create(&mut tx, now(), of.plan, (first, below), &andel("Planer")).await.unwrap();
        indikator::create(&mut tx, now(), of.plan, (second, stays), &andel("Analyser")).await.unwrap();
        takes(&mut tx, of.plan, &steg(Steg::Foresla, "")).await.unwrap();
        takes(&mut tx, of.plan, &steg(Steg::Faststall, "")).await.unwrap();
        let decided = says(&mut tx, &of).await;
        takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "Ny budget")).await.unwrap();
        // a goal goes with what hung on it, others are changed and added
        indikator::remove(&mut tx, now(), of.plan, first, 1).await.unwrap();
        mal::remove(&mut tx, now(), of.plan, (below, 1)).await.unwrap();
        mal::remove(&mut tx, now(), of.plan, (above, 1)).await.unwrap();
        mal::update(&mut tx, now(), of.plan, (stays, 1), &goal(Niva::Enhetsmal, "", "Bostad")).await.unwrap();
        let new = made(&mut tx, of.plan, Niva::Enhetsmal, "Hälsa", None).await;
        let followed = made(&mut tx, of.plan, Niva::Enhetsmal, "Fritid", None).await;
        indikator::update(&mut tx, now(), of.plan, (second, stays), 1, &andel("Alla analyser")).await.unwrap();
        let (third, fourth) = (IndikatorId::new(), IndikatorId::new());
        indikator::create(&mut tx, now(), of.plan, (third, new), &andel("Sjuktal")).await.unwrap();
        indikator::create(&mut tx, now(), of.plan, (fourth, followed), &andel("Deltagare")).await.unwrap();
        let t1 = Utfallsperiod::tertial_1(2026);
        let cell = Cell { id: fourth, kolumn: Kolumn::Totalt, text: "29/35".into(), was: String::new() };
        utfall::save(&mut tx, now(), (of.plan, t1), (&[cell], ""), &Matade::new()).await.unwrap();
        forvantat::update(&mut tx, now(), of.plan, (stays, kept, 1), &expected("Ingen vräks")).await.unwrap();
        forvantat::create(&mut tx, now(), of.plan, (ForvantatId::new(), stays), &expected("Fler hyr")).await.unwrap();
        let chapters = kapitel::list(&mut tx, of.plan).await.unwrap();
        kapitel::remove(&mut tx, now(), of.plan, (chapters[0].id, 1)).await.unwrap();
        let text = chapter(&chapters[1].content.rubrik, "Annat");
        kapitel::update(&mut tx, now(), of.plan, (chapters[1].id, 1), &text).await.unwrap();
        kapitel::create(&mut tx, now(), of.plan, KapitelId::new(), &chapter("Klimat", "Cykel")).await.unwrap();
        let changed = verksamhetsplan::get(&mut tx, of.plan).await.unwrap();
        assert!(beslutat::is_kept(&mut tx, &changed).await.unwrap(), "{db}");
        let when = (now(), now().date_naive());
        let form = steg(Steg::AvbrytRevision, "");
        let done = verksamhetsplan::step(&mut tx, when, (of.plan, changed.version), &form, ALLT).await.unwrap();
        assert_eq!(done.1, ["indikatorn ”Deltagare”", "målet ”Fritid”"], "{db}");
        let mut now_says = says(&mut tx, &of).await;
        now_says.0.retain(|(_, titel)| titel != "Fritid");
        now_says.2.retain(|namn| namn != "Deltagare");
        assert_eq!(now_says, decided, "{db}");
        let followed = utfall::of_plan(&mut tx, of.plan).await.unwrap();
        assert!(followed.contains_key(&fourth), "{db}: what somebody counted is there");
        let back = mal::of_plan(&mut tx, &done.0, below).await.unwrap();
        assert_eq!((back.under, back.version), (Some(above), 2), "{db}");
        let old = mal::update(&mut tx, now(), of.plan, (stays, 2), &goal(Niva::Enhetsmal, "", "Annat")).await;
        assert!(refused(old).contains("Öppna den för revidering"), "{db}: it is decided again");
        let told = store::history::list(&mut tx, &[stays.0]).await.unwrap();
        assert!(told.iter().any(|entry| entry.what == "Återställd till det som är fastställt"), "{db}: {told:?}");
        // opened and given up once more nothing is otherwise
        takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "Ny budget")).await.unwrap();
        let before = says(&mut tx, &of).await;
        takes(&mut tx, of.plan, &steg(Steg::AvbrytRevision, "")).await.unwrap();
        assert_eq!(says(&mut tx, &of).await, before, "{db}");
    }
}

#[tokio::test]
async fn a_plan_begins_with_its_chapters_and_one_that_is_changed_is_not_done_any_more() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let all = kapitel::list(&mut tx, of.plan).await.unwrap();
        assert_eq!(all.len(), regler::FORE_MALEN.len() + regler::EFTER_MALEN.len(), "{db}");
        assert!(all.last().unwrap().content.efter_malen, "{db}");
        let (first, second) = (all[0].id, all[1].id);
        refused(kapitel::set_klart(&mut tx, now(), of.plan, (first, 1), true).await);
        let text = chapter(&all[0].content.rubrik, "Vi håller budgeten.");
        kapitel::update(&mut tx, now(), of.plan, (first, 1), &text).await.unwrap();
        kapitel::set_klart(&mut tx, now(), of.plan, (first, 2), true).await.unwrap();
        assert_eq!(kapitel::get(&mut tx, of.plan, first).await.unwrap().lage(), Lage::Klart, "{db}");
        let text = chapter(&all[0].content.rubrik, "Vi håller budgeten i år.");
        kapitel::update(&mut tx, now(), of.plan, (first, 3), &text).await.unwrap();
        assert_eq!(kapitel::get(&mut tx, of.plan, first).await.unwrap().lage(), Lage::Paborjat, "{db}");
        kapitel::step(&mut tx, now(), of.plan, second, true).await.unwrap();
        assert_eq!(kapitel::list(&mut tx, of.plan).await.unwrap()[0].id, second, "{db}");
        let new = KapitelId::new();
        for _ in 0..2 {
            kapitel::create(&mut tx, now(), of.plan, new, &chapter("Klimat", "")).await.unwrap();
        }
        kapitel::remove(&mut tx, now(), of.plan, (new, 1)).await.unwrap();
        let elsewhere = kapitel::get(&mut tx, of.top, first).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{db}");
        assert_eq!(kapitel::list(&mut tx, of.plan).await.unwrap().len(), all.len(), "{db}");
    }
}

#[tokio::test]
async fn a_year_that_is_copied_twice_is_one_and_lies_under_the_goals_of_the_city_where_they_have_come() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let kf = made(&mut tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let other = made(&mut tx, of.top, Niva::KfMal, "Hållbar livsmiljö", None).await;
        let own = made(&mut tx, of.plan, Niva::Enhetsmal, "Egen försörjning", Some(kf)).await;
        made(&mut tx, of.plan, Niva::Enhetsmal, "Färdsätt", Some(other)).await;
        let chapters = kapitel::list(&mut tx, of.plan).await.unwrap();
        let text = chapter(&chapters[0].content.rubrik, "Vi håller budgeten.");
        kapitel::update(&mut tx, now(), of.plan, (chapters[0].id, 1), &text).await.unwrap();
        // the city's own plan first, but for one goal
        mal::remove(&mut tx, now(), of.top, (other, 1)).await.unwrap_err();
        let city = kopiera_plan(&mut tx, now(), of.top, PlanId::new()).await.unwrap();
        let first = kopiera_plan(&mut tx, now(), of.plan, PlanId::new()).await.unwrap();
        assert_eq!((first.antal, first.notes.len()), (2 + chapters.len(), 0), "{db}: {first:?}");
        let again = kopiera_plan(&mut tx, now(), of.plan, PlanId::new()).await.unwrap();
        assert_eq!((again.plan, again.antal), (first.plan, 0), "{db}: what is there is not copied again");
        let next = mal::trad(&mut tx, of.unit, 2027).await.unwrap();
        let copied = next.walk().into_iter().map(|post| post.mal).find(|mal| mal.copied_from == Some(own)).unwrap();
        let above = next.above(copied.id).unwrap();
        assert_eq!((above.copied_from, next.len()), (Some(kf), 4), "{db}");
        assert_ne!(city.plan, first.plan);
        let texts = kapitel::list(&mut tx, first.plan).await.unwrap();
        assert!(texts[0].fran_i_fjol && texts[0].content.text == "Vi håller budgeten.", "{db}");
        // what was copied from it stands by itself when it is gone
        mal::remove(&mut tx, now(), of.plan, (own, 1)).await.unwrap();
        let next = mal::trad(&mut tx, of.unit, 2027).await.unwrap();
        assert_eq!(next.get(copied.id).unwrap().copied_from, None, "{db}");
    }
}
