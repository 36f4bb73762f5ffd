//! Counting: the year of the Huddinge document, and small registers.

use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn group(kinds: &[Kind], year: i32, month: u32, n: i64) -> Group {
    Group { year, month, kinds: Kinds::of(kinds), kategori: None, positive: false, ivo: false, imy: false, n }
}

/// The year 2022 of the Huddinge document: 155 avvikelser, among them 72 lex Sarah and 12 personuppgiftsincidenter, 27
/// klagomål beside them, 3 reported to IVO and none to IMY. Months are the test's own, the source has none; so is that four
/// of the personuppgiftsincidenter are missförhållanden too.
fn huddinge() -> Vec<Group> {
    let mut groups: Vec<Group> = (0..155)
        .map(|i: u32| {
            let mut kinds = vec![Kind::Avvikelse];
            if i < 72 {
                kinds.push(Kind::LexSarah);
            }
            if (68..80).contains(&i) {
                kinds.push(Kind::Pui);
            }
            Group { ivo: i < 3, ..group(&kinds, 2022, i % 12 + 1, 1) }
        })
        .collect();
    groups.extend((0..27).map(|i: u32| Group {
        kategori: Some(Kategori::Handlaggning),
        ..group(&[Kind::Klagomal], 2022, i % 12 + 1, 1)
    }));
    groups
}

#[test]
fn the_year_of_the_huddinge_document_is_counted_without_counting_one_event_twice() {
    let heads = huddinge();
    let counts = count(&heads);
    assert_eq!(counts.total, 182);
    let kinds: Vec<_> = Kind::ALL.into_iter().map(|k| (k.code(), counts.of(k))).collect();
    assert_eq!(kinds, [("avvikelse", 155), ("lex_sarah", 72), ("pui", 12), ("klagomal", 27), ("synpunkt", 0)]);
    assert_eq!((counts.ivo, counts.imy), (3, 0));
    assert!(counts.kinds.iter().sum::<i64>() > counts.total, "the kinds overlap");
}

#[test]
fn months_add_up_to_the_year_in_total_and_in_every_kind() {
    let heads = huddinge();
    let months = by_month(&heads, 2022);
    let sum = |of: &dyn Fn(&Counts) -> i64| months.iter().map(of).sum::<i64>();
    let year = count(&heads);
    assert_eq!(sum(&|c| c.total), year.total);
    for kind in Kind::ALL {
        assert_eq!(sum(&|c| c.of(kind)), year.of(kind), "{kind:?}");
    }
    assert_eq!((months[0].total, months[11].total), (16, 14));
    assert_eq!(by_month(&heads, 2023), [Counts::default(); 12]);
}

#[test]
fn klagomal_and_praise_stand_by_category_as_the_unit_has_them() {
    // klagomal-och-synpunkter-2021: category, positive, klagomål
    let table = [
        (Kategori::Tillganglighet, 2, 9),
        (Kategori::Bemotande, 2, 9),
        (Kategori::Kompetens, 2, 1),
        (Kategori::Kontinuitet, 0, 0),
        (Kategori::Information, 0, 4),
        (Kategori::Handlaggning, 0, 8),
        (Kategori::Insats, 0, 0),
    ];
    let mut heads = Vec::new();
    for (kategori, positive, klagomal) in table {
        let of = |kind, positive, n| Group { kategori: Some(kategori), positive, ..group(&[kind], 2021, 5, n) };
        heads.extend([of(Kind::Synpunkt, true, positive), of(Kind::Klagomal, false, klagomal)]);
    }
    heads.push(Group { kategori: Some(Kategori::Insats), ..group(&[Kind::Synpunkt], 2021, 5, 1) });
    let rows = by_kategori(&heads);
    for (row, (kategori, positive, klagomal)) in rows.iter().zip(table) {
        assert_eq!(row.kategori, kategori);
        assert_eq!((row.positive, row.klagomal), (positive, klagomal));
    }
    assert_eq!(rows[6].synpunkter, 1, "what is neither praise nor klagomål is not lost");
}

#[test]
fn words_of_the_unit_come_with_the_most_frequent_first() {
    let words = [("Ärende", 1), ("Sekretess", 1), ("Lång handläggningstid", 2)].map(|(w, n)| (w.to_owned(), n));
    let ranked: Vec<String> = ranked(words.to_vec()).into_iter().map(|(w, _)| w).collect();
    assert_eq!(ranked, ["Lång handläggningstid", "Sekretess", "Ärende"]);
}

#[test]
fn lead_time_is_that_of_closed_cases() {
    assert_eq!(lead_time(&[(10, 1), (0, 1), (90, 1)]), Some(LeadTime { n: 3, median: 10, longest: 90 }));
    assert_eq!(lead_time(&[(1, 2), (7, 2)]), Some(LeadTime { n: 4, median: 7, longest: 7 }));
    assert_eq!(lead_time(&[]), None);
}

#[test]
fn years_from_before_stand_beside_the_years_with_cases() {
    let form = YearForm {
        year: "2022".into(),
        klagomal: "27".into(),
        avvikelser: "155".into(),
        lex_sarah: "72".into(),
        pui: "12".into(),
        ivo: "3".into(),
        imy: "0".into(),
    };
    let today = day(2026, 11, 23);
    let (year, imported) = check_year(&form, today).unwrap();
    assert_eq!(imported, count(&huddinge()), "imported and counted are the same");
    let heads = [group(&[Kind::Pui], 2026, 2, 1)];
    let years = by_year(&heads, &[(year, imported), (2026, imported)]);
    assert_eq!(
        years.iter().map(|y| (y.year, y.counts.total, y.imported)).collect::<Vec<_>>(),
        [(2022, 182, true), (2026, 1, false)]
    );
    for (form, field) in [
        (YearForm { lex_sarah: "156".into(), ..form.clone() }, "lex_sarah"),
        (YearForm { pui: "156".into(), ..form.clone() }, "pui"),
        (YearForm { ivo: "73".into(), ..form.clone() }, "ivo"),
        (YearForm { imy: "13".into(), ..form.clone() }, "imy"),
        (YearForm { year: String::new(), ..form.clone() }, "year"),
        (YearForm { year: "2027".into(), ..form.clone() }, "year"),
        (
            YearForm {
                avvikelser: "många".into(),
                lex_sarah: String::new(),
                pui: String::new(),
                ivo: String::new(),
                imy: String::new(),
                ..form
            },
            "avvikelser",
        ),
    ] {
        let errors = check_year(&form, today).unwrap_err();
        assert_eq!((errors.len(), errors[0].field.as_str()), (1, field), "{errors:?}");
    }
}
