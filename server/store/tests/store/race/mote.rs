//! Meetings, what is said at them, wall screens, åtgärder and förslag.

use domain::{
    apt::{
        BildForm, Bildfil, Content, Kind, Mall, Slag, State,
        bildfil::{Form, MOST},
        skarm,
    },
    atgard::{self, Source},
    forslag,
    id::{AptId, AtgardId, BeslutId, BildId, BildfilId, ForslagId, PunktId, SkarmId},
};
use store::{
    apt::{self, bildfil, protokoll, punkt},
    forslag as said,
};
use uuid::Uuid;

use super::{Law, Op, World, day, now, op, today, worlds};

fn content(place: &str) -> Content {
    let (kind, time) = (Kind::Apt, "13.00".to_owned());
    Content { kind, on: day(11, 20), time, place: place.into(), chair: None, secretary: None }
}

async fn meeting(w: &World) -> AptId {
    let id = AptId::new();
    w.now(async |tx| apt::create(tx, now(), id, w.unit, &content("Salen"), None).await.unwrap()).await;
    id
}

/// One that has ended, with a point to write under.
async fn ended(w: &World) -> (AptId, domain::apt::Punkt) {
    let id = meeting(w).await;
    w.now(async |tx| {
        let before = apt::get(tx, id).await.unwrap();
        apt::set_state(tx, (now(), today()), &w.chef, &before, before.version, State::Avslutat).await.unwrap();
        let points = punkt::list(tx, id).await.unwrap();
        (id, points.into_iter().find(|p| p.bilder.len() > 1).unwrap())
    })
    .await
}

/// The minutes are approved.
async fn approve(w: &World, id: AptId) -> Op {
    let before = w.now(async |tx| apt::get(tx, id).await.unwrap()).await;
    let chef = w.chef.clone();
    op!(|tx| apt::set_state(tx, (now(), today()), &chef, &before, before.version, State::Justerat))
}

type Write = fn(AptId, &domain::apt::Punkt) -> Op;

#[tokio::test]
async fn nothing_is_written_in_minutes_after_they_were_approved() {
    for w in worlds().await {
        let w = &w;
        let writes: [(&str, Write); 12] = [
            ("create_amne", |m, p| {
                let p = p.id;
                op!(|tx| protokoll::create_amne(tx, now(), (m, p), Uuid::new_v4(), "Semester"))
            }),
            ("save_note", |m, p| {
                let (p, v) = (p.id, p.version);
                op!(|tx| protokoll::save_note(tx, now(), (m, p, v), "Genomgånget"))
            }),
            ("create_beslut", |m, p| {
                let p = p.id;
                op!(|tx| protokoll::create_beslut(tx, now(), (m, p), BeslutId::new(), "Vi provar"))
            }),
            ("save_present", |m, _| {
                let seen = protokoll::present_seen(&[], "");
                op!(|tx| protokoll::save_present(tx, now(), m, (&[], "Skyddsombud"), &seen))
            }),
            ("create", |m, _| op!(|tx| punkt::create(tx, now(), m, PunktId::new(), "Nytt"))),
            ("update", |m, p| {
                let (p, v) = (p.id, p.version);
                op!(|tx| punkt::update(tx, now(), (m, p, v), ("Annat", "", &[])))
            }),
            ("step", |m, p| {
                let p = p.id;
                op!(|tx| punkt::step(tx, now(), m, p, false))
            }),
            ("remove", |m, p| {
                let p = p.id;
                op!(|tx| punkt::remove(tx, now(), m, p))
            }),
            ("create_bild", |m, p| {
                let p = p.id;
                op!(|tx| punkt::create_bild(tx, now(), m, p, Slag::Text))
            }),
            ("update_bild", |m, p| {
                let (b, v) = (p.bilder[0].id, p.bilder[0].version);
                op!(|tx| written(tx, m, b, v))
            }),
            ("step_bild", |m, p| {
                let b = p.bilder[0].id;
                op!(|tx| punkt::step_bild(tx, now(), m, b, false))
            }),
            ("remove_bild", |m, p| {
                let b = p.bilder[0].id;
                op!(|tx| punkt::remove_bild(tx, now(), m, b))
            }),
        ];
        for (what, write) in writes {
            w.race(what, Law::Before, async || {
                let (id, point) = ended(w).await;
                (write(id, &point), approve(w, id).await)
            })
            .await;
        }
        w.race("remove_beslut", Law::Before, async || {
            let (id, point) = ended(w).await;
            let beslut = BeslutId::new();
            w.now(async |tx| protokoll::create_beslut(tx, now(), (id, point.id), beslut, "Fel").await.unwrap()).await;
            (op!(|tx| protokoll::remove_beslut(tx, now(), id, beslut)), approve(w, id).await)
        })
        .await;
        w.race("an åtgärd of the meeting", Law::Before, async || {
            let (id, _) = ended(w).await;
            let unit = w.unit;
            let new = op!(|tx| store::atgard::create(
                tx,
                now(),
                today(),
                AtgardId::new(),
                unit,
                Source::Apt(id),
                &atgard("Ny rutin")
            ));
            (new, approve(w, id).await)
        })
        .await;
    }
}

#[tokio::test]
async fn no_picture_comes_to_minutes_after_they_were_approved_and_no_more_than_there_may_be() {
    for w in worlds().await {
        let w = &w;
        let picture = |fil: Bildfil| {
            move |m: AptId, b: BildId| {
                let fil = fil.clone();
                op!(|tx| bildfil::save(tx, now(), (m, b), &fil, ("image/png", vec![1])))
            }
        };
        w.race("bildfil::save", Law::Before, async || {
            let (id, slide) = pictured(w, 0).await;
            (picture(fil(id))(id, slide), approve(w, id).await)
        })
        .await;
        w.race("bildfil::describe", Law::Before, async || {
            let (id, slide) = pictured(w, 1).await;
            let said = bildfil_form();
            (op!(|tx| bildfil::describe(tx, now(), (id, slide), &said)), approve(w, id).await)
        })
        .await;
        w.race("bildfil::remove", Law::Before, async || {
            let (id, slide) = pictured(w, 1).await;
            (op!(|tx| bildfil::remove(tx, now(), id, slide)), approve(w, id).await)
        })
        .await;
        w.race("the last picture", Law::One, async || {
            let most = usize::try_from(MOST).unwrap();
            let (id, _) = pictured(w, most - 1).await;
            let one = slide(w, id).await;
            let other = slide(w, id).await;
            (picture(fil(id))(id, one), picture(fil(id))(id, other))
        })
        .await;
    }
}

fn fil(mote: AptId) -> Bildfil {
    Bildfil {
        id: BildfilId::new(),
        mote,
        name: "plan.png".into(),
        alt: "Plan".into(),
        bildtext: String::new(),
        width: 4,
        height: 3,
        removed: vec![],
    }
}

fn bildfil_form() -> Form {
    Form { alt: "Plan över våning 2".into(), bildtext: String::new() }
}

/// A new slide with a text.
async fn slide(w: &World, id: AptId) -> BildId {
    w.now(async |tx| {
        let punkt = punkt::list(tx, id).await.unwrap().last().unwrap().id;
        punkt::create_bild(tx, now(), id, punkt, Slag::Text).await.unwrap();
        punkt::list(tx, id).await.unwrap().last().unwrap().bilder.last().unwrap().id
    })
    .await
}

/// A meeting that has ended, with so many pictures, and a slide: that of the last picture, or one without where there is none.
async fn pictured(w: &World, many: usize) -> (AptId, BildId) {
    let (id, _) = ended(w).await;
    let mut last = slide(w, id).await;
    for n in 0..many {
        if n > 0 {
            last = slide(w, id).await;
        }
        let (fil, at) = (fil(id), (id, last));
        w.now(async |tx| bildfil::save(tx, now(), at, &fil, ("image/png", vec![1])).await.unwrap()).await;
    }
    (id, last)
}

async fn written(tx: &mut store::Tx, m: AptId, b: domain::id::BildId, v: i64) -> store::Result<()> {
    let form = BildForm { fraga: "Vad lärde vi oss?".into(), ..BildForm::default() };
    punkt::update_bild(tx, now(), (m, b, v), &form).await.map(|checked| checked.unwrap())
}

fn atgard(title: &str) -> atgard::Content {
    let form = atgard::Form {
        title: title.into(),
        responsible: "roll:enhetschef".into(),
        due: "2026-12-01".into(),
        ..atgard::Form::default()
    };
    atgard::check(&form, today()).unwrap()
}

#[tokio::test]
#[allow(clippy::too_many_lines)] // a list of races
async fn of_two_who_write_the_same_of_a_meeting_one_is_told() {
    for w in worlds().await {
        let w = &w;
        let unit = w.unit;
        w.race("apt::create", Law::Both, async || {
            let id = AptId::new();
            let new = || op!(|tx| apt::create(tx, now(), id, unit, &content("Salen"), None));
            (new(), new())
        })
        .await;
        let id = meeting(w).await;
        w.race("apt::update", Law::One, async || {
            let before = w.now(async |tx| apt::get(tx, id).await.unwrap()).await;
            let new = || {
                let (before, chef) = (before.clone(), w.chef.clone());
                op!(|tx| apt::update(tx, now(), &chef, &before, before.version, &content("Annat rum")))
            };
            (new(), new())
        })
        .await;
        w.race("apt::set_state", Law::One, async || {
            let (id, _) = ended(w).await;
            (approve(w, id).await, approve(w, id).await)
        })
        .await;
        let (id, point) = ended(w).await;
        let p = point.id;
        w.race("the same ämne, beslut and point", Law::Both, async || {
            let same = (Uuid::new_v4(), BeslutId::new(), PunktId::new());
            let new = || {
                op!(|tx| async {
                    protokoll::create_amne(tx, now(), (id, p), same.0, "Semester").await?;
                    protokoll::create_beslut(tx, now(), (id, p), same.1, "Vi provar").await?;
                    punkt::create(tx, now(), id, same.2, "Nytt").await
                })
            };
            (new(), new())
        })
        .await;
        let version = async || {
            let all = w.now(async |tx| punkt::list(tx, id).await.unwrap()).await;
            let point = all.into_iter().find(|found| found.id == p).unwrap();
            (point.version, point.bilder[0].id, point.bilder[0].version)
        };
        w.race("save_note", Law::One, async || {
            let (v, ..) = version().await;
            let new =
                |text: &'static str| op!(|tx| protokoll::save_note(tx, now(), (id, p, v), &format!("{text} {v}")));
            (new("Genomgånget"), new("Bordlagt"))
        })
        .await;
        w.race("punkt::update", Law::One, async || {
            let (v, ..) = version().await;
            let new = || op!(|tx| punkt::update(tx, now(), (id, p, v), ("Annat", "", &[])));
            (new(), new())
        })
        .await;
        w.race("update_bild", Law::One, async || {
            let (_, b, v) = version().await;
            let new = || op!(|tx| written(tx, id, b, v));
            (new(), new())
        })
        .await;
        let mut n = 0;
        w.race("save_present", Law::One, async || {
            n += 1;
            let mote = w.now(async |tx| apt::get(tx, id).await.unwrap()).await;
            let seen = protokoll::present_seen(&[], &mote.guests);
            let new = |guests: &'static str| {
                let (seen, guests) = (seen.clone(), format!("{guests} {n}"));
                op!(|tx| protokoll::save_present(tx, now(), id, (&[], &guests), &seen))
            };
            (new("Skyddsombud"), new("Facket"))
        })
        .await;
        w.race("steps", Law::Both, async || {
            let (_, b, _) = version().await;
            let new = || {
                op!(|tx| async {
                    punkt::step(tx, now(), id, p, true).await?;
                    punkt::step_bild(tx, now(), id, b, true).await?;
                    punkt::create_bild(tx, now(), id, p, Slag::Text).await
                })
            };
            (new(), new())
        })
        .await;
        w.race("remove_bild", Law::One, async || {
            let (_, b, _) = version().await;
            let new = || op!(|tx| punkt::remove_bild(tx, now(), id, b));
            (new(), new())
        })
        .await;
        w.race("remove a point and a beslut", Law::One, async || {
            let (point, beslut) = (PunktId::new(), BeslutId::new());
            w.now(async |tx| {
                punkt::create(tx, now(), id, point, "Nytt").await.unwrap();
                protokoll::create_beslut(tx, now(), (id, p), beslut, "Fel").await.unwrap();
            })
            .await;
            let new = || {
                op!(|tx| async {
                    punkt::remove(tx, now(), id, point).await?;
                    protokoll::remove_beslut(tx, now(), id, beslut).await
                })
            };
            (new(), new())
        })
        .await;
        // last: it changes what meetings begin with
        w.race("apt::save_mall", Law::One, async || {
            let (_, version) = w.now(async |tx| apt::mall(tx, unit, Kind::Apt).await.unwrap()).await;
            let new = || op!(|tx| apt::save_mall(tx, now(), (unit, Kind::Apt), version, &Mall::of_text("Övrigt")));
            (new(), new())
        })
        .await;
    }
}

#[tokio::test]
async fn of_two_who_write_the_same_screen_atgard_or_forslag_one_is_told() {
    for w in worlds().await {
        let w = &w;
        let unit = w.unit;
        let dim = (chrono::NaiveTime::MIN, chrono::NaiveTime::MIN);
        let shows = |name: &str| skarm::Content { name: name.into(), slides: vec![Slag::Hjul], seconds: 20, dim };
        let hash = || Uuid::new_v4().as_bytes().to_vec();
        let screen = SkarmId::new();
        w.now(async |tx| apt::skarm::create(tx, now(), (screen, unit), &hash(), &shows("Entrén")).await.unwrap()).await;
        w.race("skarm::create", Law::One, async || {
            let id = SkarmId::new();
            let new = || {
                let (hash, shows) = (hash(), shows("Köket"));
                op!(|tx| apt::skarm::create(tx, now(), (id, unit), &hash, &shows))
            };
            (new(), new())
        })
        .await;
        w.race("skarm::update", Law::One, async || {
            let v = w.now(async |tx| apt::skarm::get(tx, screen).await.unwrap()).await.version;
            let new = || {
                let shows = shows("Köket");
                op!(|tx| apt::skarm::update(tx, now(), screen, v, &shows))
            };
            (new(), new())
        })
        .await;
        w.race("skarm::remove", Law::One, async || {
            let id = SkarmId::new();
            w.now(async |tx| apt::skarm::create(tx, now(), (id, unit), &hash(), &shows("Köket")).await.unwrap()).await;
            let new = || op!(|tx| apt::skarm::remove(tx, now(), id));
            (new(), new())
        })
        .await;
        w.race("tv::open", Law::One, async || {
            let code = hash();
            w.now(async |tx| apt::tv::renew(tx, (now(), 0), screen, &code).await.unwrap()).await;
            let new = || {
                let (code, token) = (code.clone(), hash());
                op!(|tx| async {
                    apt::tv::open(tx, (now(), 1), &code, &token)
                        .await
                        .and_then(|opened| opened.ok_or(store::Error::NotFound))
                })
            };
            (new(), new())
        })
        .await;
        w.race("atgard::create", Law::Both, async || {
            let id = AtgardId::new();
            let new =
                || op!(|tx| store::atgard::create(tx, now(), today(), id, unit, Source::Egen, &atgard("Ny rutin")));
            (new(), new())
        })
        .await;
        let id = AtgardId::new();
        w.now(async |tx| {
            store::atgard::create(tx, now(), today(), id, unit, Source::Egen, &atgard("Ny rutin")).await.unwrap();
        })
        .await;
        w.race("atgard::update", Law::One, async || {
            let before = w.now(async |tx| store::atgard::get(tx, &w.chef, id).await.unwrap()).await;
            let new = || {
                let before = before.clone();
                op!(|tx| store::atgard::update(tx, now(), &before, before.version, &atgard("Ändrad rutin")))
            };
            (new(), new())
        })
        .await;
        let form = (forslag::Kind::default(), "Fler vagnar", true);
        w.race("forslag::create", Law::Both, async || {
            let id = ForslagId::new();
            let new = || op!(|tx| said::create(tx, (now(), today()), id, unit, form));
            (new(), new())
        })
        .await;
        let id = ForslagId::new();
        w.now(async |tx| said::create(tx, (now(), today()), id, unit, form).await.unwrap()).await;
        w.race("forslag::set_state", Law::One, async || {
            let before = w.now(async |tx| said::get(tx, id).await.unwrap()).await;
            let new = || {
                let before = before.clone();
                let to = (forslag::State::default(), "");
                op!(|tx| said::set_state(tx, (now(), today()), &before, before.version, to))
            };
            (new(), new())
        })
        .await;
    }
}
