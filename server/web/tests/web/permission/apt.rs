//! The lines of the table that are about meetings and wall screens.

use domain::{
    apt::{Bildfil, Content, Kind, Slag, State, skarm},
    id::{AptId, AtgardId, BeslutId, BildId, BildfilId, PunktId, SkarmId},
};
use store::apt::{self, protokoll, punkt};

use super::{Line, Who};
use crate::common::App;

/// A prepared meeting, one that has ended, and a screen.
pub struct Meetings {
    pub mote: String,
    ended: String,
    /// Points: to change, to take away, to write under.
    pub points: [String; 3],
    /// Slides: to change, to take away.
    pub slides: [String; 2],
    /// A slide with a picture.
    pub pictured: String,
    pub beslut: String,
    pub amne: String,
    pub skarmar: [String; 3],
}

pub async fn meetings(tx: &mut store::Tx, app: &App) -> Meetings {
    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    let chef = store::person::actor(tx, app.chef, 1).await.unwrap().unwrap();
    let (mote, ended) = (AptId::new(), AptId::new());
    let content =
        |on| Content { kind: Kind::Apt, on, time: String::new(), place: String::new(), chair: None, secretary: None };
    apt::create(tx, now, ended, app.enhet, &content(today - chrono::Days::new(28)), None).await.unwrap();
    let before = apt::get(tx, ended).await.unwrap();
    apt::set_state(tx, (now, today), &chef, &before, 1, State::Avslutat).await.unwrap();
    apt::create(tx, now, mote, app.enhet, &content(today), None).await.unwrap();
    let points = punkt::list(tx, mote).await.unwrap();
    let by = |title: &str| points.iter().find(|p| p.title == title).unwrap().id.to_string();
    let slides: Vec<BildId> = points.iter().flat_map(|p| &p.bilder).map(|b| b.id).collect();
    let pictured = pictured(tx, app, (mote, points[2].id)).await.to_string();
    let beslut = BeslutId::new();
    protokoll::create_beslut(tx, now, (mote, points[6].id), beslut, "Fel").await.unwrap();
    let amne = uuid::Uuid::new_v4();
    protokoll::create_amne(tx, now, (mote, points[6].id), amne, "Larmen").await.unwrap();
    let mut skarmar = Vec::new();
    for n in 0..3 {
        let id = SkarmId::new();
        let dim = (chrono::NaiveTime::MIN, chrono::NaiveTime::MIN);
        let content = skarm::Content { name: "Fikarummet".into(), slides: vec![Slag::Hjul], seconds: 20, dim };
        let mut hash = [n; 32];
        hash[..16].copy_from_slice(app.enhet.0.as_bytes());
        apt::skarm::create(tx, now, (id, app.enhet), &hash, &content).await.unwrap();
        skarmar.push(id.to_string());
    }
    Meetings {
        mote: mote.to_string(),
        ended: ended.to_string(),
        points: [by("Aktiva åtgärder"), by("Ekonomi"), by("Arbetsmiljö")],
        slides: [slides[0].to_string(), slides[1].to_string()],
        pictured,
        beslut: beslut.to_string(),
        amne: amne.to_string(),
        skarmar: skarmar.try_into().unwrap(),
    }
}

/// A new slide with a picture, last under a point.
async fn pictured(tx: &mut store::Tx, app: &App, (mote, punkt): (AptId, PunktId)) -> BildId {
    let now = app.state.clock.now();
    punkt::create_bild(tx, now, mote, punkt, Slag::Text).await.unwrap();
    let points = punkt::list(tx, mote).await.unwrap();
    let bild = points.iter().find(|p| p.id == punkt).unwrap().bilder.last().unwrap().id;
    let (id, alt) = (BildfilId::new(), "Plan".to_owned());
    let fil = Bildfil {
        id,
        mote,
        name: "plan.png".into(),
        alt,
        bildtext: String::new(),
        width: 1,
        height: 1,
        removed: vec![],
    };
    apt::bildfil::save(tx, now, (mote, bild), &fil, ("image/png", vec![1])).await.unwrap();
    bild
}

/// Each acts on something that no other line has changed before it.
pub fn lines(m: &Meetings, unit: &str) -> Vec<Line> {
    let s = |text: &str| text.to_owned();
    let of = |more: Vec<(&'static str, String)>| {
        let mut first = vec![("mote", m.mote.clone())];
        first.extend(more);
        first
    };
    let screen = || vec![("form[name]", s("Entrén")), ("form[slides][]", s("hjul")), ("form[seconds]", s("20"))];
    let with = |mut first: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
        first.extend(more);
        first
    };
    let fresh = || s(&AptId::new().to_string());
    let meeting = vec![("id", fresh()), ("node", s(unit)), ("form[kind]", s("apt")), ("form[on]", s("2026-12-09"))];
    let change = vec![("id", m.ended.clone()), ("version", s("2")), ("form[on]", s("2026-10-01"))];
    let approve = vec![("id", m.ended.clone()), ("version", s("3")), ("to", s("justerat"))];
    let agenda = vec![("node", s(unit)), ("kind", s("apt")), ("version", s("0")), ("punkter", s("Övrigt"))];
    vec![
        ("create_apt", meeting, Who::Chef),
        ("update_apt", change, Who::Chef),
        ("set_apt_state", approve, Who::Chef),
        ("update_apt_mall", agenda, Who::Chef),
        ("create_apt_punkt", of(vec![("id", PunktId::new().to_string()), ("title", s("Semester"))]), Who::Chef),
        (
            "update_apt_punkt",
            of(vec![("id", m.points[0].clone()), ("version", s("1")), ("form[title]", s("Lika villkor"))]),
            Who::Chef,
        ),
        ("move_apt_punkt", of(vec![("id", m.points[1].clone()), ("to", s("bort"))]), Who::Chef),
        ("create_apt_bild", of(vec![("punkt", m.points[2].clone()), ("slag", s("text"))]), Who::Chef),
        (
            "update_apt_bild",
            of(vec![("id", m.slides[0].clone()), ("version", s("1")), ("form[fraga]", s("Vad nu?"))]),
            Who::Chef,
        ),
        ("move_apt_bild", of(vec![("id", m.slides[1].clone()), ("to", s("bort"))]), Who::Chef),
        ("remove_apt_bildfil", of(vec![("id", m.pictured.clone())]), Who::Chef),
        (
            "create_apt_amne",
            of(vec![("id", fresh()), ("punkt", m.points[2].clone()), ("amne", s("Larmen"))]),
            Who::Chef,
        ),
        (
            "update_apt_note",
            of(vec![("punkt", m.points[2].clone()), ("version", s("1")), ("anteckning", s("Genomgånget"))]),
            Who::Chef,
        ),
        (
            "create_apt_beslut",
            of(vec![("punkt", m.points[2].clone()), ("id", BeslutId::new().to_string()), ("beslut", s("Vi provar"))]),
            Who::Chef,
        ),
        ("remove_apt_beslut", of(vec![("id", m.beslut.clone())]), Who::Chef),
        (
            "create_apt_atgard",
            of(vec![
                ("id", AtgardId::new().to_string()),
                ("form[title]", s("Byt larm")),
                ("form[responsible]", s("roll:enhetschef")),
                ("form[due]", s("2026-12-20")),
            ]),
            Who::Chef,
        ),
        (
            "update_apt_narvaro",
            of(vec![("guests", s("Skyddsombud")), ("seen", protokoll::present_seen(&[], ""))]),
            Who::Chef,
        ),
        ("create_skarm", with(vec![("id", SkarmId::new().to_string()), ("node", s(unit))], screen()), Who::Chef),
        ("update_skarm", with(vec![("id", m.skarmar[0].clone()), ("version", s("1"))], screen()), Who::Chef),
        ("renew_skarm", vec![("id", m.skarmar[1].clone())], Who::Chef),
        ("renew_skarmkod", vec![("id", m.skarmar[0].clone())], Who::Chef),
        ("remove_skarm", vec![("id", m.skarmar[2].clone())], Who::Chef),
    ]
}
