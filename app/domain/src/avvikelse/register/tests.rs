//! Counting: the year of the Huddinge document, and small registers.

use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn head(kinds: &[Kind], inkommen: NaiveDate) -> Head {
    Head {
        kinds: Kinds::of(kinds),
        state: State::Inkommen,
        inkommen,
        avslutad: None,
        orsaker: vec![],
        handelsetyp: String::new(),
        process: String::new(),
        kategori: None,
        positive: false,
        ivo: false,
        imy: false,
    }
}

/// The year 2022 of the Huddinge document: 155 avvikelser, among them 72 lex Sarah and 12 personuppgiftsincidenter, 27
/// klagomål beside them, 3 reported to IVO and none to IMY. Months and causes are the test's own, the source has none; so
/// is that four of the personuppgiftsincidenter are missförhållanden too.
fn huddinge() -> Vec<Head> {
    let mut heads: Vec<Head> = (0..155)
        .map(|i: u32| {
            let mut kinds = vec![Kind::Avvikelse];
            if i < 72 {
                kinds.push(Kind::LexSarah);
            }
            if (68..80).contains(&i) {
                kinds.push(Kind::Pui);
            }
            let mut head = head(&kinds, day(2022, i % 12 + 1, i % 28 + 1));
            head.ivo = i < 3;
            head.orsaker =
                if i.is_multiple_of(3) { vec![Orsak::Rutiner, Orsak::Kompetens] } else { vec![Orsak::Rutiner] };
            head
        })
        .collect();
    heads.extend((0..27).map(|i: u32| Head {
        kategori: Some(Kategori::Handlaggning),
        ..head(&[Kind::Klagomal], day(2022, i % 12 + 1, 9))
    }));
    heads
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
fn an_event_with_several_causes_is_under_each_and_one_without_is_told_of() {
    let heads = huddinge();
    let causes = by_orsak(&heads);
    let of = |orsak| causes.iter().find(|(o, _)| *o == orsak).map(|(_, n)| *n);
    assert_eq!(of(Some(Orsak::Rutiner)), Some(155));
    assert_eq!(of(Some(Orsak::Kompetens)), Some(52));
    assert_eq!(of(Some(Orsak::Teknik)), Some(0));
    assert_eq!(of(None), Some(27), "klagomål are not investigated here");
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
        let of = |kind, positive| Head { kategori: Some(kategori), positive, ..head(&[kind], day(2021, 5, 4)) };
        heads.extend(vec![of(Kind::Synpunkt, true); positive]);
        heads.extend(vec![of(Kind::Klagomal, false); klagomal]);
    }
    heads.push(Head { kategori: Some(Kategori::Insats), ..head(&[Kind::Synpunkt], day(2021, 5, 4)) });
    let rows = by_kategori(&heads);
    for (row, (kategori, positive, klagomal)) in rows.iter().zip(table) {
        assert_eq!(row.kategori, kategori);
        assert_eq!(
            (usize::try_from(row.positive).unwrap(), usize::try_from(row.klagomal).unwrap()),
            (positive, klagomal)
        );
    }
    assert_eq!(rows[6].synpunkter, 1, "what is neither praise nor klagomål is not lost");
}

#[test]
fn words_of_the_unit_come_with_the_most_frequent_first() {
    let of = |typ: &str| Head {
        handelsetyp: typ.into(),
        process: "Nybesök".into(),
        ..head(&[Kind::Avvikelse], day(2022, 1, 3))
    };
    let heads = [of("Sekretess"), of("Lång handläggningstid"), of("Lång handläggningstid"), of("Ärende"), of("")];
    assert_eq!(by_handelsetyp(&heads), [("Lång handläggningstid", 2), ("Sekretess", 1), ("Ärende", 1)]);
    assert_eq!(by_process(&heads), [("Nybesök", 5)]);
}

#[test]
fn lead_time_is_that_of_closed_cases() {
    let closed = |days| Head {
        state: State::Avslutad,
        avslutad: day(2022, 3, 1).checked_add_days(chrono::Days::new(days)),
        ..head(&[Kind::Avvikelse], day(2022, 3, 1))
    };
    let heads = [closed(10), closed(0), closed(90), head(&[Kind::Avvikelse], day(2022, 1, 1))];
    assert_eq!(lead_time(&heads), Some(LeadTime { n: 3, median: 10, longest: 90 }));
    assert_eq!(lead_time(&heads[3..]), None);
    // a case that was opened again is not closed
    let opened = [Head { state: State::Utreds, ..closed(4) }];
    assert_eq!(lead_time(&opened), None);
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
    let heads = [head(&[Kind::Pui], day(2026, 2, 1))];
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
