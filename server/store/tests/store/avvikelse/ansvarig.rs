//! Who is told in Att göra that an åtgärd was laid on them, and by whom.

use domain::atgard::notis::AtgardNotis;
use store::atgard::notis;

use super::*;

fn content(responsible: &str) -> atgard::Content {
    let form = atgard::Form {
        title: "Två bevakar jourtelefonen".into(),
        responsible: responsible.into(),
        due: "2027-03-01".into(),
        ..atgard::Form::default()
    };
    atgard::check(&form, today()).unwrap()
}

async fn told(w: &World, who: &Actor) -> Vec<AtgardNotis> {
    let mut tx = w.store.system(false).await.unwrap();
    notis::unseen(&mut tx, who.person).await.unwrap().to_vec()
}

async fn told_own(w: &World, who: &Actor) -> Vec<bool> {
    told(w, who).await.into_iter().map(|n| n.own).collect()
}

async fn lay(w: &World, by: &Actor, source: Source, responsible: &str) -> AtgardId {
    let id = AtgardId::new();
    let target = match source {
        Source::Avvikelse(case) => Target::Avvikelse(case),
        _ => Target::Node(w.unit, Area::Atgard),
    };
    let mut tx = w.store.write(by, target, Action::Edit).await.unwrap();
    store::atgard::create(&mut tx, now(), today(), id, w.unit, source, &content(responsible)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn change(w: &World, id: AtgardId, responsible: &str) {
    let mut tx = w.store.write(&w.chef, Target::Atgard(id), Action::Edit).await.unwrap();
    let before = store::atgard::get(&mut tx, &w.chef, id).await.unwrap();
    store::atgard::update(&mut tx, now(), &before, before.version, &content(responsible)).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_is_made_responsible_is_told_until_it_is_seen_and_the_chef_of_what_the_lex_sarah_utredare_lays() {
    for w in worlds().await {
        let db = w.db;
        let case = w.report(&w.reporter, Innehall::Rapport(rapport("Utan värme"))).await;
        let (colleague, reporter) = (format!("person:{}", w.colleague.person), format!("person:{}", w.reporter.person));

        // the chef's own list of roles: nobody is told of what they laid themselves
        lay(&w, &w.chef, Source::Egen, "roll:enhetschef").await;
        assert_eq!(told(&w, &w.chef).await, [], "{db}");

        // another ansvarig is chosen, and then another
        let id = lay(&w, &w.chef, Source::Egen, &colleague).await;
        let seen = told(&w, &w.colleague).await.remove(0);
        assert_eq!(seen.sentence(), "Enhetschef 1 har gjort dig ansvarig för ”Två bevakar jourtelefonen”.", "{db}");
        change(&w, id, &reporter).await;
        assert_eq!(told(&w, &w.colleague).await, [], "{db}: it is not theirs any more");
        assert_eq!(told_own(&w, &w.reporter).await, [true], "{db}");
        // a change that leaves it with the same person tells nothing anew
        let notis = told(&w, &w.reporter).await[0].id;
        let mut tx = w.store.write_own(&w.colleague).await.unwrap();
        notis::see(&mut tx, w.colleague.person, notis).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(told(&w, &w.reporter).await.len(), 1, "{db}: nobody sees it for another");
        let mut tx = w.store.write_own(&w.reporter).await.unwrap();
        notis::see(&mut tx, w.reporter.person, notis).await.unwrap();
        tx.commit().await.unwrap();
        change(&w, id, &reporter).await;
        assert_eq!(told(&w, &w.reporter).await, [], "{db}");

        // the lex Sarah-utredare lays one on the unit: the chef is told, whoever is ansvarig
        w.change(&w.chef, case, |a, who| act::step(a, who, Step::Misstank, "Barn", today())).await.unwrap();
        let beslut = Beslut { bedomning: Bedomning::Allvarligt, motive: "Barn".into(), on: today() };
        w.change(&w.lex_sarah, case, |a, who| act::decide_lex_sarah(a, who, beslut)).await.unwrap();
        lay(&w, &w.lex_sarah, Source::Avvikelse(case), "roll:enhetschef").await;
        lay(&w, &w.lex_sarah, Source::Avvikelse(case), &colleague).await;
        let mut own = told_own(&w, &w.chef).await;
        own.sort_unstable();
        assert_eq!(own, [false, true], "{db}");
        assert_eq!(told_own(&w, &w.colleague).await, [true], "{db}");
        for nobody in [&w.chef_elsewhere, &w.lex_sarah, &w.reporter] {
            assert_eq!(told(&w, nobody).await, [], "{db}");
        }
    }
}
