//! The tables of indikatorer as three units have printed them.

use super::*;
use crate::{
    table,
    verksamhetsplan::indikator::{
        ruta,
        tabellrad::{self, Celler, Fraga},
        tid::Utfallsperiod,
    },
};

/// The rows of a file, each by the names of its columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut records = table::records(text, &[';']).filter(|record| !record.is_empty());
    let head = records.next().unwrap().cells;
    records.map(|record| head.iter().cloned().zip(record.cells).collect()).collect()
}

fn cell(row: &BTreeMap<String, String>, name: &str) -> String {
    row.get(name).cloned().unwrap_or_default()
}

fn read(row: &BTreeMap<String, String>) -> tabellrad::Last {
    tabellrad::las(&Celler {
        namn: cell(row, "Indikator"),
        enhet: cell(row, "Enhet"),
        riktning: cell(row, "Riktning"),
        arsmal: cell(row, "Årsmål"),
        kf: cell(row, "KF:s årsmål"),
        periodicitet: cell(row, "Periodicitet"),
    })
}

#[test]
fn tables_with_columns_for_unit_and_direction_ask_nothing() {
    for (text, many) in [
        (include_str!("../../../../testdata/verksamhetsplan/indikatorer-sodermalm-2014.csv"), 14),
        (include_str!("../../../../testdata/verksamhetsplan/indikatorer-2022.csv"), 6),
    ] {
        let rows = rows(text);
        assert_eq!(rows.len(), many);
        for row in rows {
            let last = read(&row);
            assert_eq!((last.fragor.as_slice(), last.noter.as_slice()), ([].as_slice(), [].as_slice()), "{row:?}");
            let content = check(&last.form, None).unwrap();
            let goal = content.arsmal.tal().map_or_else(String::new, |tal| tal.to_string());
            assert_eq!(goal, cell(&row, "Årsmål"), "{row:?}");
            assert_eq!(check(&content.form(), None), Ok(content));
        }
    }
}

#[test]
fn the_printed_table_asks_for_what_it_does_not_say() {
    let rows = rows(include_str!("../../../../testdata/verksamhetsplan/indikatorer-bromma-2022-utskrivet.csv"));
    let asked: Vec<Vec<&str>> = rows.iter().map(|row| read(row).fragor.iter().map(Fraga::falt).collect()).collect();
    // 65 of nobody knows what, and no direction anywhere
    assert_eq!(
        asked,
        [vec!["riktning"], vec!["riktning"], vec!["enhet", "riktning"], vec!["riktning"], vec!["riktning"]]
    );
    let last = read(&rows[2]);
    assert_eq!(last.form.kf, "Tas fram av nämnd");
    assert!(matches!(last.fragor[0], Fraga::Enhet { forslag: Some(Slag::Andel), .. }));
}

#[test]
fn printed_outcomes_are_read_and_judged() {
    let rows = rows(include_str!("../../../../testdata/verksamhetsplan/indikatorutfall-bromma.csv"));
    let mut judged = Vec::new();
    for row in &rows {
        let period = Utfallsperiod::read(&cell(row, "Period"), 2022);
        let is_index = cell(row, "Indikator").ends_with("index");
        let content = if is_index {
            content(Slag::Medel, "hogre", &format!("{} index", cell(row, "KF:s årsmål")))
        } else if cell(row, "Årsmål") == "1 %" {
            content(Slag::Andel, "lagre", "1 %")
        } else {
            andel("75 %")
        };
        let of = |name: &str| ruta::las(&content, &cell(row, name), None).unwrap().and_then(|ruta| ruta.varde);
        let mut outcome = Utfall::default();
        outcome.varden.total = of("Periodens utfall");
        (outcome.varden.kvinnor, outcome.varden.man) = (of("Utfall kvinnor"), of("Utfall män"));
        // täljare and nämnare make what is printed
        if let (Ok(numerator), Ok(denominator)) = (cell(row, "Täljare").parse(), cell(row, "Nämnare").parse()) {
            let made = share(Share { numerator, denominator }).unwrap();
            assert_eq!(made.tal.with_decimals(2), cell(row, "Periodens utfall"));
        }
        let Ok(period) = period else {
            assert_eq!(cell(row, "Period"), "Egenkontroll 2021");
            continue;
        };
        let status = bedomning(&content, period, &outcome).status;
        judged.push((period.to_string(), ruta::visad(&content, outcome.varden.total.as_ref()), status));
    }
    let of = |n: usize| (judged[n].0.as_str(), judged[n].1.as_str(), judged[n].2);
    assert_eq!(judged.len(), rows.len() - 1);
    assert_eq!(of(3), ("2021-VB", "77,78\u{a0}%", Status::Uppnas));
    assert_eq!(of(6), ("2021-VB", "0,8\u{a0}%", Status::Uppnas));
    assert_eq!(of(7), ("2021-VB", "77\u{a0}%", Status::Uppnas));
    assert_eq!(of(11), ("2021-VB", "70\u{a0}index", Status::InteAlls), "14,6 per cent short of 82");
}
