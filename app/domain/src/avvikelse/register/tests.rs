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
        positiva: "0".into(),
        kategorier: String::new(),
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

#[test]
fn what_nobody_has_given_of_a_year_is_no_zero_and_stays_so_when_it_is_stored() {
    let form = YearForm {
        year: "2021".into(),
        klagomal: "31".into(),
        positiva: "6".into(),
        kategorier: "Kategori;Positiva synpunkter;Klagomål\nTillgänglighet;2;9\nKompetens;2;1\nKontinuitet;;".into(),
        ..YearForm::default()
    };
    let (_, counts) = check_year(&form, day(2026, 11, 23)).unwrap();
    let stored: Counts = serde_json::from_str(&serde_json::to_string(&counts).unwrap()).unwrap();
    assert_eq!(stored, counts);
    let known = |kind: Kind| Kind::ALL.iter().zip(stored.known_kinds()).find(|(k, _)| **k == kind).unwrap().1;
    assert_eq!((known(Kind::Klagomal), known(Kind::Synpunkt), known(Kind::Avvikelse)), (Some(31), Some(6), None));
    assert_eq!((stored.total, stored.known_myndigheter()), (37, [None, None]));
    let of = |kategori: Kategori| {
        Kategori::ALL.iter().zip(stored.kategorier.unwrap()).find(|(k, _)| **k == kategori).unwrap().1
    };
    assert_eq!((of(Kategori::Tillganglighet), of(Kategori::Kontinuitet)), ([Some(2), Some(9)], [None, None]));
    // a row from before blanks were kept is as it was
    let old: Counts = serde_json::from_str(r#"{"total":3,"kinds":[3,0,0,0,0],"ivo":0,"imy":0}"#).unwrap();
    assert_eq!(old.known_myndigheter(), [Some(0), Some(0)]);
    // of two units that are added, what one has is shown
    assert_eq!(counts.plus(&old).known_myndigheter(), [Some(0), Some(0)]);
    // and that it is of what is known is said, whichever comes first and whatever is added after
    assert!(counts.is_partial() && !old.is_partial());
    assert!(
        counts.plus(&old).is_partial() && old.plus(&counts).is_partial() && old.plus(&counts).plus(&old).is_partial()
    );
    assert!(!old.plus(&old).is_partial());
    let twice = counts.plus(&counts).kategorier.unwrap();
    assert_eq!(twice.iter().flatten().flatten().sum::<i64>(), 28, "what both have given is added: {twice:?}");
    assert_eq!(counts.plus(&old).kategorier, None);
}

/// The categories of a table that is pasted, or why not.
fn kategorier_of(table: &str) -> Result<PerAr, String> {
    let form = YearForm { year: "2021".into(), kategorier: table.into(), ..YearForm::default() };
    check_year(&form, day(2026, 11, 23)).map(|(_, c)| c.kategorier.unwrap()).map_err(|e| e[0].message.clone())
}

#[test]
fn the_columns_of_a_table_of_categories_are_those_that_its_heading_names() {
    let first = kategorier_of("Tillgänglighet;2;9\nKompetens;–;1\nKontinuitet;..;-").unwrap();
    assert_eq!(first.iter().flatten().flatten().sum::<i64>(), 12, "a dash is a blank: {first:?}");
    for table in [
        "Kategori\tPositiva synpunkter\tÖvriga synpunkter\tKlagomål\nTillgänglighet\t2\t–\t9\nKompetens\t–\t0\t1\nSumma\t2\t0\t10",
        "Kategori;Klagomål;Positiva synpunkter\nTillgänglighet;9;2\nKompetens;1;",
        ";Klagomål och synpunkter;Beröm\nTillgänglighet;9;2\nKompetens;1;–",
    ] {
        assert_eq!(kategorier_of(table).unwrap(), first, "{table}");
    }
    for (table, words) in [
        (
            "Kategori;Positiva synpunkter;Övriga synpunkter;Klagomål\nTillgänglighet;2;4;9",
            "Rad 2: kolumnen ”Övriga synpunkter” har ingen plats här",
        ),
        ("Tillgänglighet;2;4;9", "Rad 1: raden har fler än tre celler"),
        ("Kategori;Klagomål 2020;Klagomål 2021\nTillgänglighet;2;4", "Rad 1: rubriken har två kolumner"),
        ("Kategori;2020;2021\nTillgänglighet;2;4", "Rad 1: ”Kategori” är ingen kategori"),
        ("Kategori;Antal\nTillgänglighet;2", "Rad 1: rubriken har ingen kolumn"),
    ] {
        let error = kategorier_of(table).unwrap_err();
        assert!(error.starts_with(words), "{table}: {error}");
    }
}

#[test]
fn a_year_of_which_some_is_unknown_is_counted_as_what_is_known_and_says_so() {
    let of = |form: YearForm| check_year(&YearForm { year: "2021".into(), ..form }, day(2026, 11, 23));
    let text = String::from;
    let known =
        of(YearForm { klagomal: text("31"), positiva: text("6"), avvikelser: text("0"), ..YearForm::default() });
    assert!(!known.unwrap().1.is_partial(), "a zero that somebody has written is known");
    // how many went to IVO and were missförhållanden is known, and not how many avvikelser there were
    let form =
        YearForm { klagomal: text("10"), lex_sarah: text("7"), pui: text("2"), ivo: text("3"), ..YearForm::default() };
    let (_, counts) = of(form).unwrap();
    assert_eq!((counts.total, counts.is_partial()), (17, true), "at least the seven are avvikelser");
    assert_eq!(counts.known_kinds(), [None, Some(7), Some(2), Some(10), None]);
    // what was known of the year comes back into the form
    let again = YearForm::of(2021, &counts);
    assert_eq!(
        [&*again.klagomal, &*again.avvikelser, &*again.lex_sarah, &*again.ivo, &*again.imy],
        ["10", "", "7", "3", ""]
    );
    assert_eq!(of(again).unwrap().1, counts);
    let none = of(YearForm { kategorier: kategori_text(None), ..YearForm::default() }).unwrap_err();
    assert_eq!(none[0].message, "Skriv minst ett antal. Det som ingen vet lämnas tomt.");
    let imy = of(YearForm { avvikelser: text("2"), imy: text("3"), ..YearForm::default() }).unwrap_err();
    assert_eq!(imy[0].field, "pui", "three that went to IMY are at least three incidents: {imy:?}");
}

#[test]
fn a_table_of_categories_that_does_not_agree_is_said_and_not_saved() {
    let of = |kategorier: &str| {
        let form = YearForm {
            year: "2021".into(),
            klagomal: "5".into(),
            kategorier: kategorier.into(),
            ..YearForm::default()
        };
        check_year(&form, day(2026, 11, 23)).unwrap_err().remove(0)
    };
    for (table, words) in [
        ("Tillgänglighet;;9", "I tabellen per kategori är klagomålen tillsammans 9, men året har 5"),
        ("Väder;1;1", "”Väder” är ingen kategori"),
        ("Tillgänglighet;1;många", "”många” är inget antal"),
    ] {
        let error = of(table);
        assert!(error.field == "kategorier" && error.message.contains(words), "{error:?}");
    }
}
