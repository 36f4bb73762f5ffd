//! Meetings of the demo: the last APT with its minutes, and the next one prepared.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::{
    apt::{BildForm, Content, Kind, Slag, State},
    atgard::{self, Source},
    id::{AmneId, AptId, AtgardId, BeslutId, PunktId},
    occurrence::Item,
    person::Actor,
    schedule::{Category, Responsible},
};
use store::{
    Tx,
    apt::{self, protokoll, punkt},
    occurrence,
};

use super::{People, at};

/// Point, note, decisions of the last meeting.
const MINUTES: [(&str, &str, &[&str]); 4] = [
    (
        "Verksamhet och kvalitet",
        "Vi gick igenom egenkontrollen av dokumentation. Journalanteckningarna görs i tid men är ibland för långa.",
        &["Ärendedragningen på tisdagar börjar med ett exempel på en bra journalanteckning."],
    ),
    (
        "Arbetsmiljö",
        "Larmen i besöksrummen provades. Två fungerade inte och är anmälda.",
        &["Larmen provas första måndagen varje månad. Receptionen för lista."],
    ),
    (
        "Förbättringsförslag",
        "Egen kö för nybesök diskuterades. Vi räknar besöken i två veckor innan vi bestämmer oss.",
        &[],
    ),
    ("Ekonomi", "Prognosen visar ett överskott på 0,4 miljoner kronor.", &[]),
];

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    let actor = store::person::actor(tx, people.persons[0], 1).await?.ok_or_else(|| anyhow!("a person of the demo"))?;
    tx.act_as(people.persons[0]);
    let mut marks: Vec<Item> = occurrence::year(tx, &actor, people.units[0], today.year())
        .await?
        .into_iter()
        .filter(|i| i.category == Category::Mote && i.title == "APT")
        .collect();
    marks.sort_by_key(|i| i.occurrence.due);
    if let Some(last) = marks.iter().rfind(|i| i.occurrence.due < today) {
        held(tx, now, people, &actor, last).await?;
    }
    if let Some(next) = marks.iter().find(|i| i.occurrence.due >= today) {
        prepared(tx, now, people, next).await?;
    }
    Ok(())
}

fn content(people: &People, on: NaiveDate) -> Content {
    Content {
        kind: Kind::Apt,
        on,
        time: "13.00–14.30".to_owned(),
        place: "Stora salen".to_owned(),
        chair: Some(people.persons[0]),
        secretary: Some(people.persons[3]),
    }
}

async fn held(tx: &mut Tx, now: DateTime<Utc>, people: &People, actor: &Actor, mark: &Item) -> Result<()> {
    let (day, node, id) = (mark.occurrence.due, people.units[0], AptId::new());
    let when = at(now, day);
    apt::create(tx, when, id, node, &content(people, day), Some(mark.occurrence.id)).await?;
    for punkt in punkt::list(tx, id).await? {
        let Some((_, said, beslut)) = MINUTES.iter().find(|(title, ..)| *title == punkt.title) else { continue };
        protokoll::save_note(tx, when, (id, punkt.id, punkt.version), said).await?;
        for text in *beslut {
            protokoll::create_beslut(tx, when, (id, punkt.id), BeslutId::new(), text).await?;
        }
    }
    let todo = atgard::Content {
        title: "Byt larmen i besöksrum 2 och 4".to_owned(),
        why: "Fungerade inte vid provet.".to_owned(),
        responsible: Responsible::Person(people.persons[1]),
        due: day + Days::new(35),
        follow_up: None,
    };
    store::atgard::create(tx, when, day, AtgardId::new(), node, Source::Apt(id), &todo).await?;
    let there = punkt::persons(tx, node).await?.into_iter().map(|d| d.id).collect::<Vec<_>>();
    protokoll::save_present(tx, when, id, (&there, "Skyddsombud"), &protokoll::present_seen(&[], "")).await?;
    let held = apt::get(tx, id).await?;
    ui::apt::keep_seen(tx, actor, &held, day).await.map_err(|e| anyhow!("what the meeting saw: {e:?}"))?;
    for to in [State::Avslutat, State::Justerat] {
        let before = apt::get(tx, id).await?;
        apt::set_state(tx, (when, day), actor, &before, before.version, to).await?;
    }
    Ok(())
}

async fn prepared(tx: &mut Tx, now: DateTime<Utc>, people: &People, mark: &Item) -> Result<()> {
    let id = AptId::new();
    apt::create(tx, now, id, people.units[0], &content(people, mark.occurrence.due), Some(mark.occurrence.id)).await?;
    let points = punkt::list(tx, id).await?;
    let point = |title: &str| points.iter().find(|p| p.title == title);
    if let Some(arbetsmiljo) = point("Arbetsmiljö") {
        topic(tx, now, people, (id, arbetsmiljo.id), "Belysningen på parkeringen är trasig sedan två veckor").await?;
        topic(tx, now, people, (id, arbetsmiljo.id), "Kan vi prova tysta timmar på förmiddagarna?").await?;
    }
    let slides = points.iter().flat_map(|p| &p.bilder);
    for bild in slides {
        let form = match bild.slag {
            Slag::Enkat => BildForm {
                fraga: "Vad gjorde vi i samtalen där informationen inte gick fram?".to_owned(),
                minuter: "8".to_owned(),
                stod: "Grupper om fyra. Låt varje grupp ge ett exempel.".to_owned(),
                ..BildForm::default()
            },
            Slag::Text => BildForm {
                rubrik: "Aktiva åtgärder: hur rekryterar vi?".to_owned(),
                text: "- Hur skriver vi annonsen?\n- Vem är med på intervjun?\n- Vad frågar vi **alla** om?".to_owned(),
                fraga: "Vad skulle vi ändra i nästa annons?".to_owned(),
                ..BildForm::default()
            },
            Slag::Tabell => BildForm {
                rubrik: "Vi håller budgeten".to_owned(),
                text: "Konto; Budget; Prognos\nLöner; 21,4; 21,1\nTolkar; 0,6; 0,7\nÖvrigt; 1,8; 1,6".to_owned(),
                ..BildForm::default()
            },
            _ => continue,
        };
        if punkt::update_bild(tx, now, (id, bild.id, bild.version), &form).await?.is_err() {
            return Err(anyhow!("a slide of the demo is refused"));
        }
    }
    Ok(())
}

async fn topic(
    tx: &mut Tx,
    now: DateTime<Utc>,
    people: &People,
    (mote, punkt): (AptId, PunktId),
    text: &str,
) -> Result<()> {
    tx.act_as(people.persons[3]);
    protokoll::create_amne(tx, now, (mote, punkt), AmneId::new().0, text).await?;
    tx.act_as(people.persons[0]);
    Ok(())
}
