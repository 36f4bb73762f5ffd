//! The story of what is late and marked in one go: what can be is, what cannot stays and says why, and a slip is undone.

#![allow(clippy::unwrap_used)]

use chrono::Duration;
use domain::{
    genomforande::{StartForm, check_start},
    id::{GenomforandeId, InternkontrollId, OccurrenceId},
    internkontroll,
    occurrence::{
        Item, State, Status,
        together::{Act, Seen},
    },
    permission::{Action, Area, Role},
    person::Actor,
    recurrence::{Recurrence, form::Fields},
    sample::Seed,
    schedule::Responsible,
};
use store::{
    Error, Target,
    occurrence::together::{Marked, mark, undo_marks},
};

use super::plan::{World, now, today, worlds};

const CHEF: Responsible = Responsible::Role(Role::Enhetschef);

fn seen(items: &[Item]) -> Vec<Seen> {
    items.iter().map(|i| (i.occurrence.id, i.occurrence.version)).collect()
}

impl World {
    async fn late(&self, actor: &Actor) -> Vec<Item> {
        let mut items = self.items(actor, self.unit).await;
        items.retain(|i| i.status(today()) == Status::Forsenad);
        items
    }

    async fn mark(&self, actor: &Actor, rows: &[Seen], act: &Act) -> Result<Marked, Error> {
        let target = Target::Node(self.unit, Area::Aktivitet);
        let mut tx = self.store.write(actor, target, Action::TickOwn).await?;
        let marked = mark(&mut tx, actor, (now(), today()), self.unit, rows, act).await?;
        tx.commit().await?;
        Ok(marked)
    }

    async fn undo(&self, actor: &Actor, minutes: i64, rows: &[Seen]) -> Result<Marked, Error> {
        let mut tx = self.store.write(actor, Target::Occurrence(rows[0].0), Action::TickOwn).await?;
        let marked = undo_marks(&mut tx, actor, now() + Duration::minutes(minutes), self.unit, rows).await?;
        tx.commit().await?;
        Ok(marked)
    }

    async fn internal(&self) -> InternkontrollId {
        let form = internkontroll::Form {
            systematisk_kontroll: "Antal hushåll".into(),
            kontrollaktivitet: "Följa upp antalet".into(),
            utfors_av: "roll:enhetschef".into(),
            kontrollansvarig: "roll:enhetschef".into(),
            when: Fields::named("varje_manad"),
            ..internkontroll::Form::default()
        };
        let mut tx = self.store.system(true).await.unwrap();
        let id = InternkontrollId::new();
        let row = internkontroll::check(&form, 2026).unwrap();
        store::plan::create(&mut tx, now(), id, self.unit, 2026, &row).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}

#[tokio::test]
async fn a_chef_clears_a_wall_of_red_in_one_go_and_takes_it_back() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        for _ in 0..5 {
            world.add_control(CHEF, Recurrence::Monthly).await;
        }
        world.internal().await;
        let late = world.late(&chef).await;
        assert_eq!(late.len(), 70, "{db}");
        let marked = world.mark(&chef, &seen(&late), &Act::Tick(today())).await.unwrap();
        assert_eq!((marked.done.len(), marked.left.len()), (70, 0), "{db}");
        assert!(world.late(&chef).await.is_empty(), "{db}");
        let one = world.get(&chef, late[0].occurrence.id).await;
        assert_eq!((one.occurrence.performed_on, &*one.performed_by_label), (Some(today()), "Enhetschef"), "{db}");
        // of an internkontroll it is said that nothing deviated, as the button of one click says
        let intern = late.iter().find(|i| i.area == Area::Internkontroll).unwrap();
        assert_eq!(world.get(&chef, intern.occurrence.id).await.result_label(), "Ingen avvikelse", "{db}");
        // the day that they were done is one for all of them
        let before = today() - Duration::days(20);
        let more = world.add_control(CHEF, Recurrence::Monthly).await;
        let others = world.late(&chef).await;
        let earlier = world.mark(&chef, &seen(&others), &Act::Tick(before)).await.unwrap();
        assert!(earlier.left.is_empty() && earlier.done.len() == others.len() && !others.is_empty(), "{db}");
        for item in &others {
            let item = world.get(&chef, item.occurrence.id).await;
            assert_eq!((item.source, item.occurrence.performed_on), (more.0, Some(before)), "{db}");
        }
        // the same form again is the same marks
        let again = world.mark(&chef, &seen(&late), &Act::Tick(today())).await.unwrap();
        assert_eq!((again.done.len(), again.left.len()), (70, 0), "{db}");
        assert_eq!(world.get(&chef, late[0].occurrence.id).await.occurrence.version, 2, "{db}");
        // a slip is undone for all of them, but for what has been changed since
        let rows: Vec<Seen> = marked.done.iter().map(|(i, version)| (i.occurrence.id, *version)).collect();
        let first = world.get(&chef, rows[0].0).await;
        let mut tx = world.store.write(&chef, Target::Occurrence(rows[0].0), Action::TickOwn).await.unwrap();
        store::occurrence::undo(&mut tx, now(), &first, rows[0].1, "Fel månad").await.unwrap();
        tx.commit().await.unwrap();
        let back = world.undo(&chef, 2, &rows).await.unwrap();
        assert_eq!((back.done.len(), back.left.len()), (69, 1), "{db}");
        assert_eq!(back.left[0].1, "har ändrats av någon annan sedan dess", "{db}");
        assert_eq!(world.late(&chef).await.len(), 70, "{db}");
    }
}

#[tokio::test]
async fn what_cannot_be_marked_stays_and_says_why_beside_what_was_saved() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let staff = world.person(Role::Medarbetare, world.unit).await;
        world.add_control(Responsible::Role(Role::Medarbetare), Recurrence::Monthly).await;
        let late = world.late(&chef).await;
        // one is done by somebody else, one is given up, one is begun, one has a run that is under way
        world.tick(&staff, &late[0], 1).await.unwrap();
        world.mark(&chef, &seen(&late[1..2]), &Act::GiveUp("Semester".into())).await.unwrap();
        let mut tx = world.store.system(true).await.unwrap();
        tx.act_as(chef.person);
        store::occurrence::begin(&mut tx, now(), &late[2], 1).await.unwrap();
        let form = StartForm {
            kind: "bedomning".into(),
            kriterier: "Tillräcklig".into(),
            urval: "1".into(),
            lista: "A1\nA2".into(),
            ..StartForm::default()
        };
        let start = check_start(&form).unwrap();
        let id = GenomforandeId::new();
        store::genomforande::create(&mut tx, now(), today(), id, &late[3], &start, Seed([7; 32])).await.unwrap();
        tx.commit().await.unwrap();
        let rows: Vec<Seen> = {
            let mut rows = seen(&late);
            for (at, item) in rows.iter_mut().enumerate().skip(2).take(2) {
                item.1 = world.get(&chef, late[at].occurrence.id).await.occurrence.version;
            }
            rows
        };
        let marked = world.mark(&chef, &rows, &Act::Tick(today())).await.unwrap();
        assert_eq!((marked.done.len(), marked.left.len()), (6, 4), "{db}");
        let why = |n: usize| {
            let found = marked.left.iter().find(|(i, _)| i.occurrence.id == late[n].occurrence.id);
            found.unwrap().1.clone()
        };
        assert_eq!(why(0), "är redan utförd av Handläggare den 23 november", "{db}");
        assert_eq!(why(1), "är redan markerad som ej utförd", "{db}");
        assert!(why(2).starts_with("är påbörjad"), "{db}: {}", why(2));
        assert!(why(3).starts_with("har ett genomförande som pågår"), "{db}: {}", why(3));
        // given up, with one reason for all
        let begun = world.get(&chef, late[2].occurrence.id).await;
        let act = Act::GiveUp("Kontrollen infördes i november".into());
        let given_up = world.mark(&chef, &seen(&[begun]), &act).await.unwrap();
        assert_eq!(given_up.done.len(), 1, "{db}");
        let after = world.get(&chef, late[2].occurrence.id).await.occurrence;
        assert_eq!((after.state, &*after.reason), (State::EjUtford, "Kontrollen infördes i november"), "{db}");
        // after ten minutes a tick is undone where the reason is written
        let ticked: Vec<Seen> = marked.done.iter().map(|(i, version)| (i.occurrence.id, *version)).collect();
        let back = world.undo(&chef, 11, &ticked).await.unwrap();
        assert_eq!((back.done.len(), back.left.len()), (0, 6), "{db}");
    }
}

#[tokio::test]
async fn what_was_removed_after_it_was_marked_stays_and_is_said_and_the_rest_is_taken_back() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let kept = world.add_control(CHEF, Recurrence::Monthly).await;
        let gone = world.add_control(CHEF, Recurrence::Monthly).await;
        let marked = world.mark(&chef, &seen(&world.late(&chef).await), &Act::Tick(today())).await.unwrap();
        assert_eq!(marked.left.len(), 0, "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        store::plan::remove(&mut tx, now(), gone, "Ersatt").await.unwrap();
        tx.commit().await.unwrap();
        let ticked: Vec<Seen> = marked.done.iter().map(|(i, version)| (i.occurrence.id, *version)).collect();
        let back = world.undo(&chef, 1, &ticked).await.unwrap();
        assert!(back.done.iter().all(|(i, _)| i.source == kept.0) && !back.done.is_empty(), "{db}");
        assert!(back.left.iter().all(|(i, _)| i.source == gone.0) && !back.left.is_empty(), "{db}");
        assert_eq!(back.done.len() + back.left.len(), ticked.len(), "{db}");
        assert!(back.left.iter().all(|(_, why)| why.starts_with("är borttagen")), "{db}: {:?}", back.left);
        let after = world.get(&chef, back.left[0].0.occurrence.id).await.occurrence;
        assert_eq!(after.state, State::Utford, "{db}: it stays done");
    }
}

#[tokio::test]
async fn nobody_marks_what_is_not_theirs_and_what_is_another_units_stops_all() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let staff = world.person(Role::Medarbetare, world.unit).await;
        let stranger = world.person(Role::Enhetschef, world.other).await;
        world.add_control(CHEF, Recurrence::Monthly).await;
        world.add_control_at(world.other, CHEF, Recurrence::Monthly, false).await;
        let late = world.late(&chef).await;
        let marked = world.mark(&staff, &seen(&late), &Act::Tick(today())).await.unwrap();
        assert_eq!(marked.done.len(), 0, "{db}");
        assert!(marked.left.iter().all(|(_, why)| why == "är inte din att markera: Enhetschef utför den"), "{db}");
        assert!(
            matches!(world.mark(&stranger, &seen(&late), &Act::Tick(today())).await, Err(Error::Forbidden)),
            "{db}"
        );
        let elsewhere = world.items(&stranger, world.other).await;
        let both = [seen(&late), seen(&elsewhere[..1])].concat();
        assert!(matches!(world.mark(&chef, &both, &Act::Tick(today())).await, Err(Error::NotFound)), "{db}");
        let nothing = (OccurrenceId::new(), 1);
        assert!(matches!(world.mark(&chef, &[nothing], &Act::Tick(today())).await, Err(Error::NotFound)), "{db}");
        assert_eq!(world.late(&chef).await.len(), 10, "{db}: none of them was marked");
    }
}
