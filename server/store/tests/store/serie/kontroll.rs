//! A figure of a tick and the series that it goes into: both are saved, or neither.

use domain::{
    occurrence::{Figure, Item, State, Tick},
    person::Actor,
    recurrence::Recurrence,
    siffror::kontroll::INTE_ENHETENS,
};
use store::{occurrence, serie::kontroll};

use super::*;
use crate::plan;

/// A unit whose chef ticks off a control of each month, and a series of what it counts, which is to be filled for October.
async fn counted(world: &World) -> (Actor, Vec<Item>, Serie) {
    world.store.is_day(plan::today());
    let chef = world.person(Role::Enhetschef, world.unit).await;
    world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
    let mut items = world.items(&chef, world.unit).await;
    items.sort_by_key(|item| item.occurrence.due);
    let mut tx = world.store.system(true).await.unwrap();
    let id = SerieId::new();
    serie::create(&mut tx, plan::now(), id, world.unit, &content("Hushåll", &[])).await.unwrap();
    let serie = serie::get(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    (chef, items, serie)
}

fn figure(n: i64, period: Period, serie: &Serie) -> Figure {
    let (label, unit) = ("Antal hushåll".to_owned(), "hushåll".to_owned());
    Figure { label, value: Tal::whole(n), unit, period: Some(period), serie: Some(serie.id), ..Figure::default() }
}

async fn tick(world: &World, chef: &Actor, item: &Item, version: i64, figures: &[Figure]) -> Result<i64, Error> {
    let target = Target::Occurrence(item.occurrence.id);
    let mut tx = world.store.write(chef, target, Action::TickOwn).await?;
    let tick = Tick { performed_on: plan::today(), figures: figures.to_vec(), ..Tick::default() };
    let version = occurrence::tick(&mut tx, plan::now(), item, version, &tick).await?;
    tx.commit().await?;
    Ok(version)
}

async fn undo(world: &World, chef: &Actor, item: &Item, version: i64) {
    let target = Target::Occurrence(item.occurrence.id);
    let mut tx = world.store.write(chef, target, Action::TickOwn).await.unwrap();
    occurrence::undo(&mut tx, plan::now(), item, version, "Fel tal").await.unwrap();
    tx.commit().await.unwrap();
}

const OCTOBER: Period = Period::Month(2026, 10);

#[tokio::test]
async fn a_figure_of_a_control_fills_its_series_and_stays_as_it_was_noted() {
    for (db, world) in worlds().await {
        let (chef, items, serie) = counted(&world).await;
        let november = &items[10];
        let asked = async || {
            let found = world.items(&chef, world.unit).await;
            let title = "Fyll på ”Hushåll” för oktober 2026";
            found.iter().find(|item| item.title == title).map(|item| item.occurrence.state)
        };
        assert_eq!(asked().await, Some(State::Planerad), "{db}");
        let noted = Figure { mark: Mark::Preliminar, ..figure(316, OCTOBER, &serie) };
        tick(&world, &chef, november, 1, std::slice::from_ref(&noted)).await.unwrap();
        let there = async || {
            let mut tx = world.store.system(false).await.unwrap();
            let all = siffra::all(&mut tx, serie.id, 0).await.unwrap();
            all.into_iter().map(|s| (s.period, s.varde.unwrap().tal, s.ursprung, s.revision)).collect::<Vec<_>>()
        };
        assert_eq!(there().await, [(OCTOBER, Tal::whole(316), Ursprung::Kontroll, 1)], "{db}");
        assert_eq!(asked().await, Some(State::Utford), "{db}: it is filled in");
        let mut tx = world.store.system(false).await.unwrap();
        let told = history::list(&mut tx, &[serie.id.0]).await.unwrap();
        assert_eq!(told[0].what, "Siffror från en kontroll", "{db}");
        let of_control = history::list(&mut tx, &[november.occurrence.id.0]).await.unwrap();
        let said = of_control[0].changes.iter().find(|c| c.label == "Infört i").map(|c| c.after.as_str());
        assert_eq!(said, Some("serien ”Hushåll”, oktober 2026"), "{db}");
        let last = kontroll::senast(&mut tx, world.unit, "Antal hushåll").await.unwrap();
        let other = kontroll::senast(&mut tx, world.other, "Antal hushåll").await.unwrap();
        assert_eq!((last, other), (Some(serie.id), None), "{db}: it is proposed in its own unit");
        drop(tx);

        // the source says another number later: the control keeps what it knew
        let later = Ny {
            period: OCTOBER,
            plats: Plats::default(),
            varde: Some(Varde::of(Tal::whole(328))),
            not: String::new(),
        };
        let mut tx = world.store.system(true).await.unwrap();
        let when = (plan::now(), plan::today());
        import::create(&mut tx, when, &serie, SiffraImportId::new(), "hushall.csv", &[later], None).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(there().await[0].1, Tal::whole(328), "{db}");
        let item = world.get(&chef, november.occurrence.id).await;
        assert_eq!(item.occurrence.figures, [noted], "{db}");
    }
}

#[tokio::test]
async fn a_tick_that_is_done_anew_corrects_its_series_and_one_that_is_taken_back_leaves_it() {
    for (db, world) in worlds().await {
        let (chef, items, serie) = counted(&world).await;
        let id = items[10].occurrence.id;
        tick(&world, &chef, &items[10], 1, &[figure(317, OCTOBER, &serie)]).await.unwrap();
        let done = world.get(&chef, id).await;
        undo(&world, &chef, &done, 2).await;
        let held = async || {
            let mut tx = world.store.system(false).await.unwrap();
            held(&mut tx, &serie).await
        };
        assert_eq!(held().await, [("2026-10".to_owned(), Some(317), 1)], "{db}: it stays");
        let open = world.get(&chef, id).await;
        assert_eq!(open.occurrence.figures, [], "{db}");
        tick(&world, &chef, &open, 3, &[figure(371, OCTOBER, &serie)]).await.unwrap();
        assert_eq!(held().await, [("2026-10".to_owned(), Some(371), 2)], "{db}: a revision");
    }
}

#[tokio::test]
async fn what_a_series_does_not_take_keeps_the_control_open_and_the_other_series_as_it_was() {
    for (db, world) in worlds().await {
        let (chef, items, serie) = counted(&world).await;
        let mut tx = world.store.system(true).await.unwrap();
        let make = async |tx: &mut Tx, node, what: &Content| {
            let id = SerieId::new();
            serie::create(tx, plan::now(), id, node, what).await.unwrap();
            serie::get(tx, id).await.unwrap()
        };
        let closed = make(&mut tx, world.unit, &content("Avslut", &[])).await;
        serie::set_closed(&mut tx, plan::now(), &closed, 1, Some(plan::today())).await.unwrap();
        let foreign = make(&mut tx, world.other, &content("Andras", &[])).await;
        let yearly = Content { grain: domain::period::Grain::Ar, ..content("Per år", &[]) };
        let yearly = make(&mut tx, world.unit, &yearly).await;
        tx.commit().await.unwrap();
        let fits = figure(317, OCTOBER, &serie);
        for (of, field, words) in [
            (figure(5, OCTOBER, &closed), "figure_serie_2", "är avslutad"),
            (figure(5, OCTOBER, &foreign), "figure_serie_2", INTE_ENHETENS),
            (figure(5, OCTOBER, &yearly), "figure_period_2", "varje år"),
            (figure(-5, OCTOBER.before(), &serie), "figure_value_2", "mindre än 0"),
            (figure(318, OCTOBER, &serie), "figure_value_2", "två olika värden"),
            (Figure { unit: "kr".into(), ..figure(5, OCTOBER, &serie) }, "figure_unit_2", "räknas i hushåll"),
            (Figure { period: None, ..figure(5, OCTOBER, &serie) }, "figure_period_2", "vilken tid"),
            (Figure { serie: Some(SerieId::new()), ..figure(5, OCTOBER, &serie) }, "figure_serie_2", INTE_ENHETENS),
        ] {
            let refused = tick(&world, &chef, &items[10], 1, &[fits.clone(), of]).await;
            let Err(Error::Invalid(faults)) = refused else { panic!("{db}: {words}: {refused:?}") };
            assert_eq!(faults[0].field, field, "{db}: {faults:?}");
            assert!(faults[0].message.contains(words), "{db}: {faults:?}");
        }
        // nor is anything kept when somebody else was first
        let late = tick(&world, &chef, &items[10], 7, std::slice::from_ref(&fits)).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        let item = world.get(&chef, items[10].occurrence.id).await;
        assert_eq!((item.occurrence.state, item.occurrence.version), (State::Planerad, 1), "{db}");
        let mut tx = world.store.system(false).await.unwrap();
        assert_eq!(held(&mut tx, &serie).await, [], "{db}");
        drop(tx);
        tick(&world, &chef, &item, 1, &[fits]).await.unwrap();
    }
}
