//! Ways in which a table can be laid out.

use std::fmt::Write;

use super::*;

#[test]
fn year_and_month_in_columns_of_their_own_are_a_time() {
    let read = Prov::hushall().ok(PER_MANAD);
    assert_eq!((read.rader.len(), read.values.len(), read.oppna().count()), (17, 272, 0));
    assert!(read.rader[16].preliminar && !read.rader[15].preliminar);
    assert_eq!(read.avviker().count(), 2);
    let printed = Prov::hushall().i_ordning().ok(UTSKRIVET);
    assert_eq!(printed.values, read.values, "both files hold the same");
}

#[test]
fn a_row_for_each_value_is_read_with_all_its_dimensions() {
    let districts: Vec<String> = (0..13).map(|n| format!("Stadsdel {n}")).collect();
    let codes: Vec<String> = (0..20).map(|n| format!("Kod {n}")).collect();
    let names = |all: &[String]| all.iter().map(String::as_str).collect::<Vec<_>>().join("|");
    let (d, c) = (names(&districts), names(&codes));
    let dims = vec![
        dimension(1, "Stadsdel", &d.split('|').collect::<Vec<_>>()),
        dimension(2, "Försörjningshinder", &c.split('|').collect::<Vec<_>>()),
    ];
    let prov = Prov::new(content("Hushåll efter hinder", Slag::Bestand, "hushåll", Grain::Manad, &dims), dims);
    let mut text = String::from("Period;Stadsdel;Försörjningshinder;Antal\n");
    let mut rows = 0;
    for month in 0..36 {
        for district in &districts {
            for code in &codes {
                let (y, m) = (2019 + month / 12, month % 12 + 1);
                writeln!(text, "{y}-{m:02};{district};{code};{}", month + 7).unwrap();
                rows += 1;
            }
        }
        writeln!(text, "{}-{:02};Totalt;Totalt;{}", 2019 + month / 12, month % 12 + 1, (month + 7) * 260).unwrap();
    }
    assert_eq!(rows, 9_360);
    let read = prov.ok(&text);
    assert_eq!(
        (read.upplagg, read.values.len(), read.rader.len(), read.kolumner.len()),
        (Some(Upplagg::Lang), 9_360, 36, 260)
    );
    assert_eq!((read.summor.len(), read.avviker().count()), (36, 0));
    assert_eq!(read.kolumner[1].namn, "Stadsdel 0 · Kod 1");
    let wrong = prov.ok(&text.replace("2019-01;Stadsdel 0;Kod 0;7", "2019-01;Stadsdel 0;Kod 0;8"));
    assert_eq!(
        wrong.avviker().map(|s| s.rubrik.as_str()).collect::<Vec<_>>(),
        ["Summan i januari 2019 är 1\u{a0}820, delarna ger 1\u{a0}821."]
    );
}

#[test]
fn more_rows_than_an_import_takes_are_refused_in_words_before_anything_is_read() {
    let mut text = String::from("Period;Antal\n");
    for _ in 0..ROWS_MOST {
        text.push_str("2021-01;1\n");
    }
    let refused = Prov::hushall().granska(&text).unwrap_err();
    assert_eq!(
        refused,
        "Tabellen har 50\u{a0}001 rader. En inläsning tar högst 50\u{a0}000: dela upp filen, till exempel efter år."
    );
}

#[test]
fn years_down_and_measures_across_are_read_one_measure_at_a_time() {
    let paid = Prov::new(content("Utbetalt bistånd", Slag::Belopp, "kr", Grain::Ar, &[]), vec![]);
    let read = paid.ok(AR);
    assert_eq!(read.rader.iter().map(|r| r.period).collect::<Vec<_>>(), [2019, 2020, 2021, 2022].map(Period::Year));
    let forecast = read.values.last().unwrap();
    assert_eq!((forecast.varde.unwrap().mark, forecast.not.as_str()), (Mark::Preliminar, "Prognos"));
    assert_eq!(forecast.varde.unwrap().tal, Tal::whole(39_000_000));
    assert_eq!(read.notes, ["Läses inte in: Tilldelad budget, Generalschabloner."]);
    let grants = Prov::new(content("Generalschabloner", Slag::Belopp, "kr", Grain::Ar, &[]), vec![]).ok(AR);
    let unclear = grants.values.last().unwrap();
    assert_eq!((unclear.varde, unclear.not.as_str()), (None, "Oklart"), "never nought");
    let other = Prov::new(content("Beslut", Slag::Flode, "beslut", Grain::Ar, &[]), vec![]);
    let asked = other.ok(ATERKRAV);
    let choice = asked.oppna().next().unwrap();
    assert_eq!(choice.text, "Vilken kolumn är Beslut?");
    let read = other.med("varde", &choice.choices[0].value).ok(ATERKRAV);
    assert_eq!(
        read.values.iter().map(|ny| ny.varde.unwrap().tal).collect::<Vec<_>>(),
        [19, 27, 39, 73].map(Tal::whole)
    );
}

#[test]
fn two_rows_of_headings_name_values_of_two_dimensions() {
    let dims = vec![dimension(1, "Stadsdel", &["Bromma", "Farsta"]), dimension(2, "Kön", &["Kvinnor", "Män"])];
    let prov = Prov::new(content("Nyansökningar", Slag::Flode, "ansökningar", Grain::Kvartal, &dims), dims);
    let read = prov
        .ok(";Bromma;;;Farsta;;\n;Kvinnor;Män;Totalt;Kvinnor;Män;Totalt\nkv 1 2021;1;2;3;4;5;10\nkv 2;6;7;13;8;9;17");
    assert_eq!((read.values.len(), read.kolumner[0].namn.as_str()), (8, "Bromma · Kvinnor"));
    assert_eq!(
        read.avviker().map(|s| s.rubrik.as_str()).collect::<Vec<_>>(),
        ["Summan för Farsta för kvartal 1 2021 är 10, delarna ger 9."]
    );
    assert_eq!(read.rader[1].period, Period::Quarter(2021, 2));
}

#[test]
fn a_sum_below_is_compared_where_periods_are_added_up() {
    let prov = Prov::new(content("Nyansökningar", Slag::Flode, "ansökningar", Grain::Manad, &[]), vec![]);
    let read = prov.ok("Månad;Antal\njan 2021;10\nfeb;20\nSumma;31");
    assert_eq!((read.values.len(), read.sparas_inte.as_slice()), (2, ["Summa".to_owned()].as_slice()));
    assert_eq!(read.avviker().next().unwrap().rubrik, "Kolumnens summa för Nyansökningar är 31, raderna ger 30.");
    let stock = Prov::new(content("Hushåll", Slag::Bestand, "hushåll", Grain::Manad, &[]), vec![]);
    assert_eq!(stock.ok("Månad;Antal\njan 2021;10\nfeb;20\nSumma;31").avviker().count(), 0);
}

#[test]
fn years_above_months_across_and_a_year_as_a_heading_among_months_down_are_read() {
    let prov = Prov::new(content("Hushåll", Slag::Bestand, "hushåll", Grain::Manad, &[]), vec![]);
    let across = prov.ok(";2020;;2021;\n;nov;dec;jan;feb\nHushåll;1;2;3;4");
    let down = prov.ok("2020\nnov;1\ndec;2\n2021\njan;3\nfeb;4");
    let months: Vec<Period> = across.rader.iter().map(|r| r.period).collect();
    assert_eq!(months, [(2020, 11), (2020, 12), (2021, 1), (2021, 2)].map(|(y, m)| Period::Month(y, m)));
    assert_eq!(across.values, down.values);
}

#[test]
fn a_table_of_another_grain_or_of_no_time_is_refused_in_words() {
    let prov = Prov::new(content("Hushåll", Slag::Bestand, "hushåll", Grain::Ar, &[]), vec![]);
    assert_eq!(
        prov.granska("Månad;Antal\njan;10\nfeb;20").unwrap_err(),
        "Tabellen har ett värde per månad, men serien har ett per år. Läs in den i en serie för månader."
    );
    assert!(prov.granska("Hej;Antal\nNågot;10").unwrap_err().starts_with("I tabellen finns inget år."));
}

#[test]
fn a_printed_total_is_a_value_where_the_table_has_nothing_else() {
    let read = Prov::hushall().ok("Månad;Totalt\njan 2021;8 822\nfeb;8 811");
    assert_eq!(read.values.iter().map(|ny| ny.plats.clone()).collect::<Vec<_>>(), vec![Plats::total(1); 2]);
    assert_eq!(read.kolumner[0].namn, "Totalt");
}

#[test]
fn ages_that_look_like_figures_are_headings_and_shares_may_be_written_as_parts() {
    let dims = vec![dimension(1, "Ålder", &["0-17", "18-24"])];
    let prov = Prov::new(content("Andel", Slag::Andel, "%", Grain::Manad, &dims), dims);
    for text in ["Månad;0-17;18-24\njan 2021;12/15;40 %", "Månad;Ålder;Andel\njan 2021;0-17;12/15\njan 2021;18-24;40 %"]
    {
        let read = prov.ok(text);
        assert_eq!((read.oppna().count(), read.values.len()), (0, 2), "{text}");
        let first = value(&read, Period::Month(2021, 1), &plats(0));
        assert_eq!((first.tal, first.share.map(|s| s.denominator)), (Tal::whole(80), Some(15)), "{text}");
    }
}
