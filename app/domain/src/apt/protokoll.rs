//! Protokoll: the minutes of a meeting as a document, for the page, paper and Word alike.

use super::{
    Mote, Punkt, State,
    visat::{Visat, avbockade},
};
use crate::{
    dokument::{Block, Column, Dokument, Table},
    format,
};

/// An åtgärd that was decided at the meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uppdrag {
    /// In the words of the åtgärd.
    pub title: String,
    /// Name of the person, group or funktion that answers for it.
    pub who: String,
    /// The last day.
    pub due: chrono::NaiveDate,
}

/// The minutes: who was there, then point by point what was shown, noted and decided, and last what was ticked off and what
/// is to be done.
#[must_use]
pub fn protokoll(mote: &Mote, present: &[String], points: &[Punkt], seen: &Visat, atgarder: &[Uppdrag]) -> Dokument {
    let name = |d: &Option<super::Deltagare>| d.as_ref().map(|d| d.name.clone()).unwrap_or_default();
    let mut there = present.join(", ");
    if !mote.guests.is_empty() {
        if !there.is_empty() {
            there.push_str(", ");
        }
        there.push_str(&mote.guests);
    }
    let facts = [
        ("Tid", [format::date(mote.on), mote.time.clone()].join(" ").trim().to_owned()),
        ("Plats", mote.place.clone()),
        ("Ordförande", name(&mote.chair)),
        ("Sekreterare", name(&mote.secretary)),
        ("Närvarande", there),
    ];
    let mut blocks = vec![Block::facts(facts)];
    for punkt in points {
        blocks.push(Block::heading(1, format!("{}. {}", punkt.nr, punkt.title)));
        for amne in &punkt.amnen {
            let who = if amne.who.is_empty() { String::new() } else { format!(" ({})", amne.who) };
            blocks.push(Block::labelled("Anmält", &format!("{}{who}", amne.text)));
        }
        if !punkt.anteckning.is_empty() {
            blocks.push(Block::text(&punkt.anteckning));
        }
        for beslut in &punkt.beslut {
            blocks.push(Block::labelled("Beslut", &beslut.text));
        }
        let shown: Vec<Block> = seen.under(punkt.id).cloned().collect();
        if shown.is_empty() && punkt.amnen.is_empty() && punkt.anteckning.is_empty() && punkt.beslut.is_empty() {
            blocks.push(Block::text("Inget antecknat."));
        }
        blocks.extend(shown);
    }
    if !seen.avbockat.is_empty() {
        blocks.push(Block::heading(1, "Kontroller som bockades av under dagen, fram till mötets slut"));
        blocks.push(avbockade(&seen.avbockat).into());
    }
    if !atgarder.is_empty() {
        blocks.push(Block::heading(1, "Åtgärder från mötet"));
        let columns = vec![Column::text("Vad"), Column::text("Ansvarig"), Column::date("Senast")];
        let rows = atgarder.iter().map(|a| [a.title.clone(), a.who.clone(), format::date(a.due)]);
        blocks.push(Table::new("Åtgärder från mötet", columns).rows(rows).into());
    }
    if mote.state == State::Justerat {
        let on = mote.approved_on.map(format::date).unwrap_or_default();
        blocks.push(Block::heading(1, "Justerat"));
        blocks.push(Block::text(format!("{on}, {}", mote.approved_by)));
    }
    let status = if mote.state == State::Justerat { "" } else { "Ej justerat" };
    Dokument::new(format!("Protokoll {}", mote.kind.label()), format!("Protokoll {}", mote.title()))
        .unit(mote.node_name.clone())
        .date(mote.on)
        .status(status)
        .blocks(blocks)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::{
        apt::{Amne, Beslut, Deltagare, Kind, visat::Avbockat},
        id::{AptId, BeslutId, NodeId, PersonId, PunktId},
    };

    #[test]
    fn the_minutes_hold_everything_in_its_order_and_say_when_they_are_not_approved() {
        let on = NaiveDate::from_ymd_opt(2026, 12, 9).unwrap();
        let mut mote = Mote {
            id: AptId(Uuid::from_u128(1)),
            node: NodeId(Uuid::from_u128(1)),
            node_name: "Enheten".into(),
            kind: Kind::Apt,
            on,
            time: "13.00".into(),
            place: "Stora salen".into(),
            chair: Some(Deltagare { id: PersonId(Uuid::from_u128(1)), name: "Enhetschef".into() }),
            secretary: None,
            guests: "Skyddsombud".into(),
            state: State::Avslutat,
            occurrence: None,
            approved_by: String::new(),
            approved_on: None,
            version: 1,
        };
        let punkt = Punkt {
            id: PunktId(Uuid::from_u128(1)),
            nr: 1,
            title: "Arbetsmiljö".into(),
            leaders: vec![],
            link: String::new(),
            anteckning: "Vi talade om larmen.".into(),
            amnen: vec![Amne { text: "Larm i besöksrum 2".into(), who: "Handläggare 1".into() }],
            bilder: vec![],
            beslut: vec![Beslut { id: BeslutId(Uuid::from_u128(1)), text: "Larmen provas varje måndag".into() }],
            version: 1,
        };
        let quiet = Punkt {
            id: PunktId(Uuid::from_u128(2)),
            nr: 2,
            title: "Övrigt".into(),
            anteckning: String::new(),
            amnen: vec![],
            beslut: vec![],
            ..punkt.clone()
        };
        let uppdrag = [Uppdrag { title: "Beställ larm".into(), who: "Enhetschef".into(), due: on }];
        let seen = Visat {
            punkter: vec![(punkt.id, vec![Block::heading(2, "Nio av tio svarade Ja")])],
            avbockat: vec![Avbockat { title: "Loggkontroll, oktober".into(), ..Avbockat::default() }],
        };
        let document = protokoll(&mote, &["Handläggare 2".to_owned()], &[punkt.clone(), quiet], &seen, &uppdrag);
        let words = format!("{:?}", document.words());
        for word in [
            "Handläggare 2, Skyddsombud",
            "1. Arbetsmiljö",
            "Beslut: Larmen provas",
            "Beställ larm",
            "Inget antecknat",
            "Nio av tio svarade Ja",
            "Loggkontroll, oktober",
            "Ej justerat",
        ] {
            assert!(words.contains(word), "{word} in {words}");
        }
        mote.state = State::Justerat;
        mote.approved_by = "Handläggare 2".into();
        mote.approved_on = Some(on);
        let words = format!("{:?}", protokoll(&mote, &[], &[punkt], &Visat::default(), &[]).words());
        assert!(words.contains("2026-12-09, Handläggare 2") && !words.contains("Ej justerat"));
    }
}
