//! What everybody reads in numbers: released once, by whichever server comes first, and never moved.

use domain::avvikelse::{
    frislappt::Redovisat,
    register::{YearForm, check_year},
};
use store::avvikelse::frislappt::{self, Synligt};

use super::*;

impl World {
    /// Reports that the server takes in on a day.
    async fn come(&self, on: NaiveDate, innehall: impl Fn() -> Innehall, n: usize) -> Vec<AvvikelseId> {
        let mut tx = self.store.system(true).await.unwrap();
        tx.act_as(self.reporter.person);
        let mut ids = vec![];
        for _ in 0..n {
            let id = AvvikelseId::new();
            avvikelse::create(&mut tx, now(), on, id, self.unit, innehall()).await.unwrap();
            ids.push(id);
        }
        tx.commit().await.unwrap();
        ids
    }

    /// What the house does every hour.
    async fn release(&self, today: NaiveDate) -> usize {
        frislappt::release_all(&self.store, today).await.unwrap()
    }

    /// What a colleague reads.
    async fn seen(&self) -> Redovisat {
        let target = Target::Node(self.unit, Area::Avvikelse);
        let mut tx = self.store.read(&self.colleague, target, Action::View).await.unwrap();
        (*frislappt::get(&mut tx, self.unit).await.unwrap()).clone()
    }

    async fn assess(&self, ids: &[AvvikelseId], act: impl Fn(&mut Arende) + Copy) {
        for id in ids {
            self.change(&self.chef, *id, |a, _| {
                let mut a = a.clone();
                a.case.state = State::Bedomd;
                act(&mut a);
                Ok(a)
            })
            .await
            .unwrap();
        }
    }

    async fn year(&self, year: i32, counts: Option<&Counts>) -> Synligt {
        let target = Target::Node(self.unit, Area::Avvikelse);
        let mut tx = self.store.write(&self.chef, target, Action::Edit).await.unwrap();
        let said = installning::set_year(&mut tx, now(), self.unit, year, counts).await.unwrap();
        tx.commit().await.unwrap();
        said
    }
}

fn report() -> Innehall {
    Innehall::Rapport(rapport("Ett fel"))
}

#[tokio::test]
async fn what_everybody_reads_is_released_once_and_no_assessment_gallring_or_earlier_day_moves_it() {
    for w in worlds().await {
        let first = w.come(day(2026, 1, 10), report, 12).await;
        let second = w.come(day(2026, 3, 10), report, 13).await;
        let hidden = w.come(day(2026, 4, 10), report, 3).await;
        w.assess(&first, |_| ()).await;
        w.assess(&second[..12], |a| a.case.utredning.orsaker = vec![Orsak::Rutiner]).await;
        assert_eq!(w.seen().await, Redovisat::default(), "{}: whoever comes before the house reads nothing", w.db);
        assert_eq!(w.release(day(2026, 4, 30)).await, 2, "{}: two runs", w.db);
        assert_eq!(w.release(day(2026, 5, 1)).await, 1, "{}: the tertial has ended", w.db);
        let seen = w.seen().await;
        assert_eq!(seen.total(2026), Some(25), "{}: the three of April are in no sum", w.db);
        let rows = seen.manader(2026);
        assert_eq!(rows, [("januari".to_owned(), 12), ("februari–mars".to_owned(), 13)], "{}", w.db);
        let del = seen.delar(2026)[0];
        assert_eq!((del.n(), del.kinds()), (25, [None; 5]), "{}: 24 of 25 are assessed, so nothing is told", w.db);
        assert_eq!(del.processer().rader(), [("Ekonomiskt bistånd".to_owned(), 25)], "{}", w.db);
        let of = |orsak| del.orsaker().iter().find(|(o, _)| *o == orsak).and_then(|(_, n)| *n);
        assert_eq!((of(Orsak::Rutiner), of(Orsak::Kompetens)), (Some(12), None), "{}", w.db);

        // 24 becomes 25, causes and processes change, an old case is assessed anew
        w.assess(&second, |a| {
            a.case.kinds = Kinds::of(&[Kind::LexSarah]);
            a.process = "Annan".into();
            a.case.utredning.orsaker = vec![Orsak::Kompetens];
            a.closed_on = Some(day(2026, 4, 20));
            a.case.state = State::Avslutad;
        })
        .await;
        // two klagomål of April, typed in May: they are May's
        let innehall = || match klagomal("Fel brev", Kategori::Bemotande, None) {
            Innehall::Inkommet(i) => Innehall::Inkommet(Inkommet { on: day(2026, 4, 11), ..i }),
            other @ Innehall::Rapport(_) => other,
        };
        w.come(day(2026, 5, 3), innehall, 2).await;
        assert_eq!(w.release(day(2026, 5, 31)).await, 0, "{}", w.db);
        assert_eq!(w.seen().await, seen, "{}", w.db);

        // closed cases go
        let mut tx = w.store.write(&w.chef, Target::Node(w.unit, Area::Avvikelse), Action::Edit).await.unwrap();
        let set = installning::get(&mut tx, w.unit).await.unwrap();
        let goals = Goals { gallring_years: Some(1), gallring_from: Some(day(2026, 1, 1)), ..Goals::default() };
        installning::update(&mut tx, now(), w.unit, &installning::Installning { goals, ..set }).await.unwrap();
        assert_eq!(gallring::purge(&mut tx, now(), day(2027, 12, 1)).await.unwrap(), 13, "{}", w.db);
        tx.commit().await.unwrap();
        assert_eq!(w.release(day(2026, 6, 1)).await, 1, "{}: April and May are five", w.db);
        let later = w.seen().await;
        assert_eq!(later.manader(2026)[..2], rows, "{}", w.db);
        assert_eq!(later.manader(2026)[2], ("april–maj".to_owned(), 5), "{}: not April by itself", w.db);
        assert_eq!(later.delar(2026), seen.delar(2026), "{}", w.db);
        assert_eq!(hidden.len(), 3);
        // what goes before it was released still counts
        assert_eq!(w.release(day(2027, 1, 1)).await, 1, "{}: the rest of the year", w.db);
        assert_eq!(w.seen().await.delar(2026)[1].n(), 5, "{}", w.db);
    }
}

#[tokio::test]
async fn two_servers_on_one_database_release_a_figure_once() {
    let (_folder, pairs) = crate::common::pairs().await;
    for (db, [here, there]) in pairs {
        let mut tx = here.system(true).await.unwrap();
        let node = Node {
            id: NodeId::new(),
            parent: None,
            kind: NodeKind::Enhet,
            name: "Enheten".into(),
            active: true,
            version: 1,
        };
        let unit = node.id;
        store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        for n in 0..25 {
            let came = day(2026, 1 + n % 4, 5);
            avvikelse::create(&mut tx, now(), came, AvvikelseId::new(), unit, report()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let both = [here.clone(), there.clone()]
            .map(|s| tokio::spawn(async move { frislappt::release_all(&s, day(2026, 5, 2)).await.unwrap() }));
        let mut released = 0;
        for one in both {
            released += one.await.unwrap();
        }
        assert_eq!(released, 5, "{db}: four months and what they were");
        let mut tx = there.system(false).await.unwrap();
        let seen = frislappt::get(&mut tx, unit).await.unwrap();
        assert_eq!((seen.total(2026), seen.delar(2026).len()), (Some(25), 1), "{db}");
    }
}

#[tokio::test]
async fn a_year_from_before_is_released_by_itself_and_corrected_only_by_five_or_more() {
    for w in worlds().await {
        let counts = |avvikelse: i64, klagomal: i64| Counts {
            total: avvikelse + klagomal,
            kinds: [avvikelse, 0, 0, klagomal, 0],
            ivo: 0,
            imy: 0,
            ..Counts::default()
        };
        let shown = async || w.seen().await.ar().map(|a| (a.year(), a.n())).collect::<Vec<_>>();
        assert_eq!(w.year(2022, Some(&counts(2, 2))).await, Synligt::ForFa, "{}", w.db);
        assert_eq!(w.year(2022, Some(&counts(30, 10))).await, Synligt::Visas, "{}", w.db);
        assert_eq!(w.year(2022, Some(&counts(31, 10))).await, Synligt::SomForut, "{}", w.db);
        assert_eq!(shown().await, [(2022, 40)], "{}: one more is not told of", w.db);
        // to take it away and type it anew is the same correction
        w.year(2022, None).await;
        assert_eq!(shown().await, [], "{}", w.db);
        assert_eq!(w.year(2022, Some(&counts(33, 10))).await, Synligt::SomForut, "{}", w.db);
        assert_eq!(shown().await, [(2022, 40)], "{}", w.db);
        assert_eq!(w.year(2022, Some(&counts(35, 10))).await, Synligt::Visas, "{}", w.db);
        assert_eq!(shown().await, [(2022, 45)], "{}", w.db);
        w.come(day(2025, 3, 1), report, 1).await;
        assert_eq!(w.year(2025, Some(&counts(30, 10))).await, Synligt::EgnaArenden, "{}", w.db);
        assert_eq!(w.release(today()).await, 0, "{}", w.db);
        assert_eq!(shown().await, [(2022, 45)], "{}", w.db);
        let mut tx = w.store.system(false).await.unwrap();
        let told = format!("{:?}", history::list(&mut tx, &[w.unit.0]).await.unwrap());
        for n in ["40", "43", "45"] {
            assert!(!told.contains(&format!("\"{n}\"")), "{}: the administrator reads this too: {told}", w.db);
        }
    }
}

#[tokio::test]
async fn what_nobody_has_given_of_a_year_from_before_is_kept_blank_and_released_blank() {
    for w in worlds().await {
        let form = YearForm {
            year: "2021".into(),
            klagomal: "31".into(),
            positiva: "6".into(),
            kategorier: "Tillgänglighet;2;9\nKontinuitet;;".into(),
            ..YearForm::default()
        };
        let (year, counts) = check_year(&form, today()).unwrap();
        assert_eq!(w.year(year, Some(&counts)).await, Synligt::Visas, "{}", w.db);
        let mut tx = w.store.read(&w.chef, Target::Node(w.unit, Area::Avvikelse), Action::View).await.unwrap();
        assert_eq!(installning::years(&mut tx, &[w.unit]).await.unwrap(), [(2021, counts)], "{}", w.db);
        drop(tx);
        let seen = w.seen().await;
        let ar = seen.ar().next().unwrap();
        assert_eq!(
            (ar.n(), ar.is_partial(), ar.kinds()),
            (37, true, [None, None, None, Some(31), Some(6)]),
            "{}",
            w.db
        );
        assert_eq!(ar.myndigheter(), [None, None], "{}: no zero that nobody has written", w.db);
        // that there were none is another thing, and is said
        let none = YearForm { avvikelser: "0".into(), lex_sarah: "0".into(), ..form };
        let (year, counts) = check_year(&none, today()).unwrap();
        assert_eq!(w.year(year, Some(&counts)).await, Synligt::Visas, "{}", w.db);
        let seen = w.seen().await;
        let ar = seen.ar().next().unwrap();
        assert_eq!((ar.n(), ar.is_partial()), (37, false), "{}: then they are all", w.db);
    }
}

#[tokio::test]
async fn who_reports_is_given_a_reference_and_never_the_running_number() {
    for w in worlds().await {
        w.report(&w.colleague, report()).await;
        let id = w.report(&w.reporter, report()).await;
        let Syn::Rapportor(egen) = w.open(&w.reporter, id).await.unwrap() else { panic!("as the reporter") };
        let mut tx = w.store.read(&w.reporter, Target::Anywhere(Area::Avvikelse), Action::View).await.unwrap();
        let own = avvikelse::own(&mut tx, &w.reporter).await.unwrap();
        drop(tx);
        assert_eq!((own.len(), &own[0].reference), (1, &egen.reference), "{}", w.db);
        assert!(!format!("{egen:?} {own:?}").contains("2026-00"), "{}: {egen:?}", w.db);
        let case = w.case(&w.chef, id).await;
        assert_eq!((case.number(), case.reference()), ("2026-002".to_owned(), egen.reference.clone()), "{}", w.db);
        let asked = Sok::default().with_text(&egen.reference);
        assert_eq!(w.found(&w.chef, &asked).await, ["2026-002"], "{}: and the chef finds it by that", w.db);
    }
}
