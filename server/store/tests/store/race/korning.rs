//! Runs of controls, and tillfällen.

use domain::{
    genomforande::{Close, Genomforande, Mall, StartForm, Texts, cell::Field, check_start},
    id::{EgenkontrollId, GenomforandeId},
    occurrence::{Andel, Item, Outcome, Share, Tick, together::Act},
    sample::Seed,
};
use store::{
    genomforande,
    occurrence::{self, moved, together},
};

use super::{Law, Op, World, day, now, op, plan::control, today, worlds};

/// A tillfälle of a new control.
async fn item(w: &World) -> (EgenkontrollId, Item) {
    let id = EgenkontrollId::new();
    w.now(async |tx| {
        store::plan::create(tx, now(), id, w.unit, 2026, &control("Dokumentation")).await.unwrap();
        (id, occurrence::of_source(tx, &w.chef, id.0).await.unwrap().remove(10))
    })
    .await
}

async fn as_it_is(w: &World, item: &Item) -> Item {
    w.now(async |tx| occurrence::get(tx, &w.chef, item.occurrence.id).await.unwrap()).await
}

fn start(kind: &str) -> StartForm {
    StartForm {
        kind: kind.into(),
        kriterier: "Tillräcklig\nVäsentlig".into(),
        urval: "2".into(),
        lista: "A1\nA2\nA3\nA4".into(),
        ..StartForm::default()
    }
}

async fn begin(w: &World, kind: &str) -> (Genomforande, Item) {
    let (_, standing) = item(w).await;
    let run = w
        .now(async |tx| {
            let start = check_start(&start(kind)).unwrap();
            let id = GenomforandeId::new();
            let id = genomforande::create(tx, now(), today(), id, &standing, &start, Seed([7; 32])).await.unwrap();
            genomforande::get(tx, id).await.unwrap()
        })
        .await;
    (run, as_it_is(w, &standing).await)
}

fn tick() -> Tick {
    Tick { performed_on: day(11, 20), ..Tick::default() }
}

fn close(run: &Genomforande, item: &Item) -> Op {
    let (run, item) = (run.clone(), item.clone());
    let close = Close { performed_on: day(11, 20), apt: false, utan_atgard: "Inget att göra".into(), gallring: 24 };
    op!(|tx| genomforande::close(tx, now(), &run, run.version, &item, &close, &tick()))
}

fn judge(w: &World, run: &Genomforande, value: &str) -> Op {
    let (run, actor) = (run.clone(), w.chef.clone());
    let cells = [(1, Field::Kriterium(1), value.to_owned())];
    op!(|tx| genomforande::cell::save(tx, now(), &actor, &run, run.change, &cells))
}

#[tokio::test]
#[allow(clippy::too_many_lines)] // a list of races
async fn of_two_who_write_the_same_run_one_is_told_and_nothing_comes_after_it_is_closed() {
    for w in worlds().await {
        let w = &w;
        w.race("create", Law::Both, async || {
            let (_, item) = item(w).await;
            let new = || {
                let (item, start) = (item.clone(), check_start(&start("stickprov")).unwrap());
                let id = GenomforandeId::new();
                op!(|tx| genomforande::create(tx, now(), today(), id, &item, &start, Seed([7; 32])))
            };
            (new(), new())
        })
        .await;
        w.race("a run begun and its tillfälle ticked off", Law::One, async || {
            let (_, standing) = item(w).await;
            // begun without a run: neither would see the other by the version
            w.now(async |tx| occurrence::begin(tx, now(), &standing, standing.occurrence.version).await.unwrap()).await;
            let item = as_it_is(w, &standing).await;
            let (other, start) = (item.clone(), check_start(&start("stickprov")).unwrap());
            (
                op!(|tx| genomforande::create(tx, now(), today(), GenomforandeId::new(), &item, &start, Seed([7; 32]))),
                op!(|tx| occurrence::tick(tx, now(), &other, other.occurrence.version, &tick())),
            )
        })
        .await;
        w.race("redraw", Law::One, async || {
            let (run, _) = begin(w, "stickprov").await;
            let new = |n: u8| {
                let run = run.clone();
                op!(|tx| genomforande::redraw(tx, now(), &run, run.version, Seed([n; 32]), "Fel lista"))
            };
            (new(1), new(2))
        })
        .await;
        w.race("answers of a draw that is made again", Law::Before, async || {
            let (run, _) = begin(w, "stickprov").await;
            let again = run.clone();
            (
                judge(w, &run, "ja"),
                op!(|tx| genomforande::redraw(tx, now(), &again, again.version, Seed([9; 32]), "Fel lista")),
            )
        })
        .await;
        w.race("answers", Law::Both, async || {
            let (run, _) = begin(w, "stickprov").await;
            (judge(w, &run, "ja"), judge(w, &run, "nej"))
        })
        .await;
        w.race("answers of a closed run", Law::Before, async || {
            let (run, item) = begin(w, "stickprov").await;
            (judge(w, &run, "ja"), close(&run, &item))
        })
        .await;
        w.race("close", Law::One, async || {
            let (run, item) = begin(w, "stickprov").await;
            (close(&run, &item), close(&run, &item))
        })
        .await;
        w.race("update_texts and set_apt", Law::One, async || {
            let (run, _) = begin(w, "stickprov").await;
            let other = run.clone();
            let texts = Texts { analys: "Bra".into(), ..Texts::default() };
            (
                op!(|tx| genomforande::update_texts(tx, now(), &run, run.version, &texts)),
                op!(|tx| genomforande::set_apt(tx, now(), &other, other.version, true)),
            )
        })
        .await;
        w.race("texts of a closed run", Law::Before, async || {
            let (run, item) = begin(w, "stickprov").await;
            let closing = close(&run, &item);
            let texts = Texts { analys: "Bra".into(), ..Texts::default() };
            (op!(|tx| genomforande::update_texts(tx, now(), &run, run.version, &texts)), closing)
        })
        .await;
        w.race("update_andel", Law::One, async || {
            let (run, _) = begin(w, "andel").await;
            let new = |numerator| {
                let run = run.clone();
                let andel = Andel { total: Some(Share { numerator, denominator: 10 }), ..Andel::default() };
                op!(|tx| genomforande::update_andel(tx, now(), &run, run.version, &andel))
            };
            (new(4), new(6))
        })
        .await;
        w.race("update_bedomning", Law::One, async || {
            let (run, _) = begin(w, "bedomning").await;
            let new = |outcome| {
                let run = run.clone();
                op!(|tx| genomforande::update_bedomning(tx, now(), &run, run.version, outcome))
            };
            (new(Outcome::Uppfyllt), new(Outcome::EjUppfyllt))
        })
        .await;
        let (control, _) = item(w).await;
        let mut n = 0;
        w.race("save_mall", Law::One, async || {
            n += 1;
            let standing = w.now(async |tx| genomforande::mall(tx, control).await.unwrap()).await;
            let new = |other: &str| {
                let mall = Mall { kriterier: vec![format!("Begriplig {n}{other}")], ..standing.clone() };
                let seen = genomforande::mall_seen(&standing);
                op!(|tx| genomforande::save_mall(tx, now(), control, &mall, &seen))
            };
            (new("a"), new("b"))
        })
        .await;
    }
}

#[tokio::test]
async fn of_two_who_do_something_with_the_same_tillfalle_one_is_told() {
    for w in worlds().await {
        let w = &w;
        let does = |what: &'static str, i: &Item| {
            let i = i.clone();
            let v = i.occurrence.version;
            match what {
                "begin" => op!(|tx| occurrence::begin(tx, now(), &i, v)),
                "tick" => op!(|tx| occurrence::tick(tx, now(), &i, v, &tick())),
                "give_up" => op!(|tx| occurrence::give_up(tx, now(), &i, v, "Sjukdom")),
                "move_to" => op!(|tx| moved::move_to(tx, now(), &i, v, (day(12, 1), day(12, 20)), "Semester")),
                "move_back" => op!(|tx| moved::move_back(tx, now(), &i, v, (day(12, 1), day(12, 20)))),
                _ => op!(|tx| occurrence::undo(tx, now(), &i, v, "Fel")),
            }
        };
        for (a, b) in [
            ("begin", "begin"),
            ("tick", "tick"),
            ("give_up", "give_up"),
            ("move_to", "move_to"),
            ("tick", "give_up"),
            ("move_to", "tick"),
            ("move_to", "move_back"),
            ("begin", "give_up"),
        ] {
            w.race(&format!("{a} and {b}"), Law::One, async || {
                let (_, item) = item(w).await;
                (does(a, &item), does(b, &item))
            })
            .await;
        }
        // two chefs mark the same list at once: both are answered, and each tick is made once
        let marked = |items: &[Item], act: &Act| {
            let rows: Vec<_> = items.iter().map(|i| (i.occurrence.id, i.occurrence.version)).collect();
            let (chef, unit, act) = (w.chef.clone(), w.unit, act.clone());
            op!(|tx| together::mark(tx, &chef, (now(), day(11, 23)), unit, &rows, &act))
        };
        let mut made: Vec<Item> = Vec::new();
        w.race("two who mark the same list", Law::Both, async || {
            let items = [item(w).await.1, item(w).await.1];
            made.extend(items.clone());
            (marked(&items, &Act::Tick(day(11, 23))), marked(&items, &Act::GiveUp("Ny på enheten".into())))
        })
        .await;
        for item in made {
            let now = as_it_is(w, &item).await.occurrence;
            assert_eq!(now.version, item.occurrence.version + 1, "{}: marked once", w.db);
        }
        w.race("two who take the same marks back", Law::Both, async || {
            let item = item(w).await.1;
            let o = &item.occurrence;
            let (chef, unit) = (w.chef.clone(), w.unit);
            let (marked, ticked) = (vec![(o.id, o.version)], vec![(o.id, o.version + 1)]);
            let act = Act::Tick(day(11, 23));
            w.now(async |tx| {
                together::mark(tx, &chef, (now(), day(11, 23)), unit, &marked, &act).await.unwrap();
            })
            .await;
            let new = || {
                let (chef, rows) = (chef.clone(), ticked.clone());
                op!(|tx| together::undo_marks(tx, &chef, now(), unit, &rows))
            };
            (new(), new())
        })
        .await;
        w.race("one who marks and one who ticks", Law::Before, async || {
            let item = item(w).await.1;
            (does("tick", &item), marked(&[item], &Act::Tick(day(11, 23))))
        })
        .await;
        w.race("undo", Law::One, async || {
            let (_, item) = item(w).await;
            let tick = does("tick", &item);
            w.now(async |tx| tick(tx).await.unwrap()).await;
            let item = as_it_is(w, &item).await;
            (does("undo", &item), does("undo", &item))
        })
        .await;
    }
}
