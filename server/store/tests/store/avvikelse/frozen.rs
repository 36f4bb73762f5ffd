//! Rows of cases as earlier versions wrote them, read for ever, and rows of a later version, which are refused.

use domain::avvikelse::frislappt::Redovisat;

use super::*;
use crate::{
    common,
    stored::{frozen, write},
};

/// A world on each database, with its address.
async fn worlds_at() -> (common::Folder, Vec<(String, World)>) {
    let (folder, urls) = common::urls().await;
    let mut out = Vec::new();
    for (name, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        out.push((url, worlds_of(vec![(name, store)]).await.remove(0)));
    }
    (folder, out)
}

/// An id as a value of SQL.
fn literal(url: &str, id: uuid::Uuid) -> String {
    if url.starts_with("sqlite") { format!("x'{}'", id.simple()) } else { format!("'{id}'") }
}

#[tokio::test]
async fn a_case_is_read_as_the_first_version_wrote_it_and_one_of_a_later_version_is_refused_by_name() {
    let (_folder, worlds) = worlds_at().await;
    for (url, w) in worlds {
        let id = w.report(&w.reporter, Innehall::Rapport(rapport("Ansökan blev liggande"))).await;
        let set = |akt: &str| format!("update avvikelse set akt = '{akt}' where id = {}", literal(&url, id.0));
        write(&url, set(&frozen("avvikelse-akt-1.json"))).await;
        let case = w.case(&w.chef, id).await;
        let Innehall::Rapport(rapport) = &case.innehall else { panic!("{}: a report", w.db) };
        assert_eq!(rapport.place, "Mottagningen", "{}", w.db);
        assert_eq!(case.case.ivo.as_ref().map(|ivo| ivo.dnr.as_str()), Some("3.2.1-12345/2026"), "{}", w.db);
        assert_eq!(case.case.utredning.orsaker.len(), 2, "{}", w.db);

        for unread in [r#"{"v":2}"#, r#"{"v":1,"innehall":{}}"#, "borta"] {
            write(&url, set(unread)).await;
            let error = w.open(&w.chef, id).await.unwrap_err();
            let expected = format!("avvikelse {}: what stands in akt cannot be read", id.0);
            assert_eq!(error.to_string(), expected, "{}", w.db);
        }
    }
}

#[tokio::test]
async fn what_a_unit_has_set_and_counted_and_released_is_read_as_the_first_version_wrote_it() {
    let (_folder, worlds) = worlds_at().await;
    for (url, w) in worlds {
        let unit = literal(&url, w.unit.0);
        let goals = frozen("avvikelse-goals-1.json");
        write(
            &url,
            format!(
                "insert into avvikelse_installning (node_id, goals, handelsetyper, version) values ({unit}, '{goals}', '', 1)"
            ),
        )
        .await;
        let counts = frozen("avvikelse-ar-counts-1.json");
        write(&url, format!("insert into avvikelse_ar (node_id, year, counts) values ({unit}, 2024, '{counts}')"))
            .await;
        let blanks = frozen("avvikelse-ar-counts-blanks-1.json");
        write(&url, format!("insert into avvikelse_ar (node_id, year, counts) values ({unit}, 2025, '{blanks}')"))
            .await;
        let figurer = frozen("avvikelse-frislappt-1.json");
        write(
            &url,
            format!(
                "insert into avvikelse_frislappt (node_id, slag, forsta, figurer, slappt)
                 values ({unit}, 'del', 24300, '{figurer}', '2026-02-01')"
            ),
        )
        .await;
        let mut tx = w.store.read(&w.chef, Target::Node(w.unit, Area::Avvikelse), Action::View).await.unwrap();
        let told = avvikelse::frislappt::get(&mut tx, w.unit).await.unwrap();
        assert_ne!(*told, Redovisat::default(), "{}", w.db);
        let set = installning::get(&mut tx, w.unit).await.unwrap();
        assert_eq!((set.goals.ivo_utredning_months, set.goals.gallring_years), (3, Some(5)), "{}", w.db);
        let years = installning::years(&mut tx, &[w.unit]).await.unwrap();
        let told = |(y, c): &(i32, register::Counts)| (*y, c.total, c.is_partial());
        assert_eq!(years.iter().map(told).collect::<Vec<_>>(), [(2024, 37, false), (2025, 37, true)], "{}", w.db);
        let blanks = years[1].1;
        assert_eq!(blanks.known_kinds(), [None, None, None, Some(31), Some(6)], "{}", w.db);
        assert_eq!(blanks.known_myndigheter(), [None, None], "{}", w.db);
        let kategorier = blanks.kategorier.unwrap();
        assert_eq!((kategorier[0], kategorier[1]), ([Some(2), Some(9)], [None, None]), "{}", w.db);
    }
}
