//! Who is asked to help with a case: hears of it when it begins to wait, and no longer when they have left the unit.

use super::*;

async fn waits(w: &World, who: &Actor) -> usize {
    let mut tx = w.store.read(who, Target::Anywhere(Area::Organisation), Action::View).await.unwrap();
    frist::list(&mut tx, who, &[w.unit]).await.unwrap().len()
}

#[tokio::test]
async fn who_is_asked_to_help_hears_when_the_case_begins_to_wait_and_not_after_they_have_left() {
    for w in worlds().await {
        let db = w.db;
        let id = w.report(&w.reporter, Innehall::Rapport(rapport("Utan värme"))).await;
        let set = |follow_up: Option<NaiveDate>| {
            move |a: &Arende, _: Relation| {
                let mut after = a.clone();
                after.case.state = State::Bedomd;
                after.case.kinds = Kinds::of(&[Kind::Avvikelse]);
                after.case.follow_up_on = follow_up;
                Ok(after)
            }
        };
        w.change(&w.chef, id, set(None)).await.unwrap();
        let case = w.case(&w.chef, id).await;
        let mut tx = w.store.write(&w.chef, Target::Avvikelse(id), Action::Edit).await.unwrap();
        let name = (w.colleague.person, w.colleague.name.as_str());
        avvikelse::set_handler(&mut tx, now(), &case, name, true).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(waits(&w, &w.colleague).await, 0, "{db}: nothing is due in it, and that is kept");

        w.change(&w.chef, id, set(Some(day(2026, 12, 1)))).await.unwrap();
        assert_eq!(waits(&w, &w.colleague).await, 1, "{db}");

        let mut tx = w.store.system(true).await.unwrap();
        let role = store::person::get(&mut tx, w.colleague.person).await.unwrap().roles.remove(0);
        store::person::remove_role(&mut tx, now(), role.id).await.unwrap();
        let (grant, there) = (domain::id::GrantId::new(), (Role::Medarbetare, w.other_unit));
        store::person::add_role(&mut tx, now(), grant, w.colleague.person, there.0, there.1).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = w.store.system(false).await.unwrap();
        let moved = store::person::actor(&mut tx, w.colleague.person, w.colleague.epoch).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(waits(&w, &moved).await, 0, "{db}: a case of a unit that they have left");
    }
}
