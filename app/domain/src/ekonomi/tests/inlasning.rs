//! The tables of the documents as they are read: B1, B3, B5, B6, B7 and the two table types of B13.

use super::*;
use crate::ekonomi::{
    avvikelse::Effekt,
    fri::{self, Kolumnart},
    inlasning::{self, Prov},
    jamford::Tryckt,
};

fn questions<T>(read: &Lasning<T>) -> Vec<&str> {
    read.oppna().map(|fraga| fraga.key.as_str()).collect()
}

#[test]
fn a_budget_becomes_an_account_whose_sums_are_those_that_are_printed() {
    let read = read(BUDGET, inlasning::budget, Some(Enhet::Tkr), &[]);
    assert!(read.is_ready() && read.jamforda.is_empty(), "{read:?}");
    assert_eq!(read.content.teckenform, Teckenform::BadaPositiva, "6 000 of income makes netto less");
    assert_eq!(read.content.rader.iter().map(|r| r.vo.as_str()).collect::<Vec<_>>(), ["1800", "1810", "1300", "1761"]);
    let (mut v, mut r) = (0, 0);
    let next = |n: &mut u128| {
        *n += 1;
        *n
    };
    let (content, all) =
        read.content.konto(Year::try_from(2022).unwrap(), || verksamhet_id(next(&mut v)), || rad_id(next(&mut r)));
    let konto = Konto::new(&content, &all);
    let of = |del| konto.summa(del, Tid::Bokslut, Art::Budget).hel();
    assert_eq!(of(Del::Alla(Radslag::Kostnad)), Some(tal("60680")));
    assert_eq!(of(Del::Alla(Radslag::Intakt)), Some(tal("7400")));
    assert_eq!(of(Del::Netto), Some(tal("53280")));
    assert_eq!(Enhet::Mnkr.said(Enhet::Tkr.to(Enhet::Mnkr, tal("53280")).unwrap()), "53,3\u{a0}mnkr");
}

#[test]
fn b5_a_budget_of_so_many_millions_is_asked_about_and_the_answer_is_taken() {
    let asked = read(BUDGET, inlasning::budget, Some(Enhet::Mnkr), &[]);
    assert_eq!(questions(&asked), ["enhet"]);
    assert_eq!(asked.fragor[0].text, "Beloppet är 60\u{a0}680,0\u{a0}mnkr. Är det tkr?");
    let tkr = read(BUDGET, inlasning::budget, Some(Enhet::Mnkr), &[("enhet", "tkr")]);
    assert!(tkr.is_ready());
    assert_eq!(tkr.content.enhet, Enhet::Tkr);
    let unknown = read(BUDGET, inlasning::budget, None, &[]);
    assert_eq!((questions(&unknown), unknown.fragor[0].choices.len()), (vec!["enhet"], 3), "the table does not say");
    let above = format!("Beloppen anges i tkr\n{BUDGET}");
    assert_eq!(read(&above, inlasning::budget, Some(Enhet::Kr), &[]).content.enhet, Enhet::Tkr, "this one does");
}

#[test]
fn b1_a_printed_sum_that_is_off_is_told_and_left_out() {
    let text = BUDGET.replace("60680", "60980").replace("12780", "12870");
    let read = read(&text, inlasning::budget, Some(Enhet::Tkr), &[]);
    let off: Vec<_> = read.jamforda.iter().map(|j| (j.slag, j.ruta.as_str(), j.tryckt, j.raknad)).collect();
    assert_eq!(
        off,
        [
            (Tryckt::Netto, "D3", tal("12870"), tal("12780")),
            (Tryckt::Netto, "D6", tal("53280"), tal("53580")),
            (Tryckt::Summa, "B6", tal("60980"), tal("60680")),
            (Tryckt::Summa, "D6", tal("53280"), tal("53370")),
        ]
    );
    assert!(read.is_ready(), "it stops nothing");
    assert_eq!(
        read.noter(Enhet::Tkr)[2],
        "Budget totalt, Kostnader. I tabellen stod 60\u{a0}980 tkr.",
        "kept as a note"
    );
    assert_eq!(read.content.rader.len(), 4);
}

/// As another table of the city has it, in mnkr.
const NEGATIVE: &str = ";Budget (mnkr);Prognos;Avvikelse
Kostnader (-);−39,9;−44,9;−5,0
Intäkter;9,2;7,5;−1,7
Netto;−30,7;−37,4;−6,7";

#[test]
fn b3_the_form_is_found_by_what_adds_up_and_kept_one_way() {
    let read = read(NEGATIVE, inlasning::konto, None, &[]);
    assert!(read.is_ready() && read.jamforda.is_empty(), "{read:?}");
    assert_eq!((read.content.teckenform, read.content.enhet), (Teckenform::KostnaderNegativa, Enhet::Mnkr));
    let kept: Vec<_> = read.content.rader.iter().map(|r| (r.slag, r.budget, r.prognos)).collect();
    assert_eq!(
        kept,
        [
            (Radslag::Kostnad, Some(tal("39,9")), Some(tal("44,9"))),
            (Radslag::Intakt, Some(tal("9,2")), Some(tal("7,5")))
        ]
    );
    let netto = self::read(AR, inlasning::fri, None, &[]);
    assert_eq!(netto.content.enhet, Enhet::Mnkr);
    let netto = self::read(";Netto;VO\nBistånd;39000;1800\nSumma;39000;", inlasning::budget, Some(Enhet::Tkr), &[]);
    assert_eq!((netto.content.teckenform, netto.content.rader[0].netto), (Teckenform::BaraNetto, Some(tal("39000"))));
}

#[test]
fn b3_where_two_forms_fit_it_is_asked_and_one_misprint_turns_nothing() {
    let text = ";Kostnader;Intäkter;Netto\nBistånd;39000;0;39000\nTeam;500;0;500";
    let asked = read(text, inlasning::budget, Some(Enhet::Tkr), &[]);
    assert_eq!(questions(&asked), ["teckenform"]);
    let choices: Vec<_> = asked.fragor[0].choices.iter().map(|c| (c.value.as_str(), c.foreslas)).collect();
    assert_eq!(choices, [("bada_positiva", true), ("kostnader_negativa", false)], "costs stand above nought");
    let answered = read(text, inlasning::budget, Some(Enhet::Tkr), &[("teckenform", "bada_positiva")]);
    assert!(answered.is_ready());
    assert_eq!(answered.content.rader[0].kostnader, Some(tal("39000")));
    let prov = Prov {
        netton: vec![(tal("10"), tal("4"), tal("6")), (tal("20"), tal("5"), tal("15")), (tal("8"), tal("1"), tal("9"))],
        has_parts: true,
        ..Prov::default()
    };
    assert_eq!(prov.passar(), [Teckenform::BadaPositiva]);
    assert_eq!(Prov { has_parts: true, ..Prov::default() }.passar().len(), 2, "nothing tells");
}

const ACCOUNT: &str = "Beloppen anges i tkr
;Utfall;Budget;Avvikelse;Utfall 2021
Ekonomiskt bistånd (VO 1800)
Intäkter
Bidrag och ersättningar;6 100;6 000;−100;5 900
Övriga externa intäkter;0;0;0;
Summa intäkter;6 100;6 000;−100;5 900
Kostnader
Personal;18 200;18 000;−200;
Lokal;780;780;0;
Försörjningsstöd;Oklart;500;;
Summa kostnader;18 980;19 280;300;
Summa netto;12 880;13 280;400;";

#[test]
fn an_account_is_read_with_its_groups_and_its_sums_are_compared_and_dropped() {
    let read = read(ACCOUNT, inlasning::konto, None, &[]);
    assert!(read.is_ready(), "{read:?}");
    assert_eq!(read.content.teckenform, Teckenform::BadaPositiva);
    let rows: Vec<_> = read.content.rader.iter().map(|r| (r.slag, r.namn.as_str(), r.utfall)).collect();
    assert_eq!(
        rows,
        [
            (Radslag::Intakt, "Bidrag och ersättningar", Some(tal("6100"))),
            (Radslag::Intakt, "Övriga externa intäkter", Some(Tal::ZERO)),
            (Radslag::Kostnad, "Personal", Some(tal("18200"))),
            (Radslag::Kostnad, "Lokal", Some(tal("780"))),
            (Radslag::Kostnad, "Försörjningsstöd", None),
        ]
    );
    assert_eq!(read.content.rader[4].not, "Oklart");
    assert_eq!(read.content.rader[0].verksamhet, "Ekonomiskt bistånd");
    assert_eq!(read.jamforda, [], "what is printed is what the rows make");
    assert!(read.sagt.contains(&"Kolumnen ”Utfall 2021” läses inte in.".to_owned()), "{:?}", read.sagt);
    let account = content(&[INTAKT, PERSONAL, LOKAL]);
    let placed = read.content.placera(&account, Tid::Bokslut, Tid::Bokslut).unwrap();
    assert_eq!(
        (placed.belopp.len(), placed.okanda),
        (6, vec!["Övriga externa intäkter".to_owned(), "Försörjningsstöd".to_owned()])
    );
}

#[test]
fn an_account_in_another_unit_is_placed_where_nothing_is_lost() {
    let text = ";Budget (kr);Utfall\nPersonal;18 000 000;18 200 000,05";
    let read = read(text, inlasning::konto, None, &[("teckenform", "bada_positiva")]);
    let mut account = content(&[PERSONAL]);
    let lost = read.content.placera(&account, Tid::Bokslut, Tid::Bokslut).unwrap_err();
    assert_eq!(
        lost,
        "Tabellen är i kr och budgeten i tkr. Beloppet för Personal kan inte räknas om utan att avrundas."
    );
    account.enhet = Enhet::Kr;
    assert_eq!(
        read.content.placera(&account, Tid::Bokslut, Tid::Bokslut).unwrap().belopp[1].tal,
        Some(tal("18200000,05"))
    );
    let whole = self::read(&text.replace(",05", ""), inlasning::konto, None, &[]);
    account.enhet = Enhet::Tkr;
    assert_eq!(whole.content.placera(&account, Tid::Bokslut, Tid::Bokslut).unwrap().belopp[0].tal, Some(tal("18000")));
}

#[test]
fn a_deviation_of_a_report_may_be_that_of_the_forecast() {
    let text = ";Budget;Utfall;Prognos;Avvikelse\nPersonal;300;100;310;−10\nLokal;120;40;115;5";
    let read = read(text, inlasning::konto, Some(Enhet::Tkr), &[]);
    assert!(read.is_ready() && read.jamforda.is_empty(), "{read:?}");
    assert_eq!(read.content.teckenform, Teckenform::BadaPositiva);
    assert!(read.content.is_of_prognos, "and its budget is the year's");
    let account = content(&[PERSONAL, LOKAL]);
    let placed = read.content.placera(&account, Tid::T1, Tid::Bokslut).unwrap();
    let seen: Vec<_> = placed.belopp[..3].iter().map(|b| (b.tid, b.art, b.tal)).collect();
    assert_eq!(
        seen,
        [
            (Tid::Bokslut, Art::Budget, Some(tal("300"))),
            (Tid::T1, Art::Utfall, Some(tal("100"))),
            (Tid::T1, Art::Prognos, Some(tal("310")))
        ]
    );
    let over = read.content.placera(&account, Tid::Bokslut, Tid::Bokslut).unwrap();
    assert_eq!(over.sagt[0], "Prognosen för Personal läses inte in: vid bokslutet är utfallet känt.");
}

#[test]
fn a_row_under_no_heading_is_asked_about() {
    let text = ";Budget;Utfall;Avvikelse\nHandledning;100;90;10\nLokal;50;60;−10";
    let asked = read(text, inlasning::konto, Some(Enhet::Tkr), &[]);
    assert_eq!(questions(&asked), ["slag:handledning"], "Lokal is a row of every account");
    let answered = read(text, inlasning::konto, Some(Enhet::Tkr), &[("slag:handledning", "kostnad")]);
    assert!(answered.is_ready(), "{answered:?}");
}

#[test]
fn b7_and_b13_years_and_columns_are_read_and_their_difference_reckoned() {
    let read = read(AR, inlasning::fri, None, &[]);
    assert!(read.is_ready() && read.jamforda.is_empty(), "{read:?}");
    let arts: Vec<_> = read.content.kolumner.iter().map(|k| (k.namn.as_str(), k.art)).collect();
    assert_eq!(
        arts,
        [
            ("Budget", Kolumnart::Budget),
            ("Utfall", Kolumnart::Utfall),
            ("Prognos april", Kolumnart::Prognos),
            ("Differens", Kolumnart::Differens)
        ]
    );
    let off: Vec<_> = read.content.rader.iter().map(|rad| read.content.avvikelse(rad).unwrap()).collect();
    let shown: Vec<_> = off.iter().map(|o| o.shown(Enhet::Mnkr, Teckenform::BaraNetto)).collect();
    assert_eq!(shown, ["+4,0", "+8,0", "0,0"]);
    let per_cent: Vec<_> = off.iter().map(|o| o.per_cent().unwrap().with_decimals(1)).collect();
    assert_eq!(per_cent, ["3,5", "7,0", "0,0"]);
    // as the unit printed it of 2018, with the sign turned
    let text = format!("{AR}\n2018;129;133;;+4");
    let wrong = self::read(&text, inlasning::fri, None, &[]);
    assert_eq!((wrong.jamforda.len(), wrong.jamforda[0].ruta.as_str()), (1, "E5"));
    assert_eq!(wrong.content.rader[3].not, "I tabellen stod 4,0 mnkr.");
    assert_eq!(wrong.content.avvikelse(&wrong.content.rader[3]).unwrap().tal, tal("-4"));
}

#[test]
fn b6_and_b13_what_was_allotted_and_paid_is_read_with_its_forecast_and_its_word() {
    let read = read(BISTAND, inlasning::fri, Some(Enhet::Kr), &[]);
    assert!(read.is_ready(), "{read:?}");
    let mut content = read.content.in_unit(Enhet::Mnkr).unwrap();
    let arts: Vec<_> = content.kolumner.iter().map(|k| k.art).collect();
    assert_eq!(arts, [Kolumnart::Budget, Kolumnart::Utfall, Kolumnart::Ovrigt]);
    let off: Vec<_> = content.rader.iter().map(|rad| content.avvikelse(rad).unwrap()).collect();
    let shown: Vec<_> = off.iter().map(|o| o.shown(Enhet::Mnkr, Teckenform::BaraNetto)).collect();
    assert_eq!(shown, ["−10,9", "−8,7", "+4,0", "0,0"]);
    assert_eq!(
        off.iter().map(|o| o.effekt()).collect::<Vec<_>>(),
        [Effekt::Samre, Effekt::Samre, Effekt::Battre, Effekt::Oforandrat]
    );
    let last = &content.rader[3].rutor;
    assert_eq!((last[1].prognos, last[2].tal, last[2].not.as_str()), (true, None, "Oklart"));
    let schabloner = content.summa(2).unwrap();
    assert_eq!(schabloner.said(Enhet::Mnkr), "36,3\u{a0}mnkr för 2019, 2020 och 2021, utan 2022");
    assert_eq!(content.summa(1).unwrap().utan, ["2022"], "a forecast is no outcome");
    assert_eq!(
        read.sagt,
        ["Ruta C5: beloppet läses som prognos.", "Ruta D5: ”Oklart” blir en anteckning, inget belopp."]
    );
    content.titel = "Ekonomiskt bistånd".into();
    content.kolumner[2].art = Kolumnart::Budget;
    content.rader[0].not = "Beslutat i mars".into();
    let again = fri::check(&content.form(), &content.svar(), Some(&content)).unwrap();
    assert_eq!(again.content, content, "as its form has it");
}

#[test]
fn bad_tables_are_refused_in_words_and_bad_cells_at_their_place() {
    let none = Underlag { enhet: None, svar: &Svar::default() };
    for (text, said) in [
        ("", "Tabellen behöver minst två kolumner."),
        ("År;\n2021;1", "Tabellen saknar en rubrikrad. Skriv överst vad varje kolumn visar."),
        ("År;Budget;\n2021;1;2", "En kolumn saknar rubrik. Skriv vad den visar."),
        ("År;;Budget\n2021;1;2", "En kolumn saknar rubrik. Skriv vad den visar."),
    ] {
        assert_eq!(inlasning::fri(&table(text), &none).unwrap_err(), said, "{text}");
    }
    assert!(inlasning::budget(&table("A;B\n1;2"), &none).unwrap_err().starts_with("Tabellen saknar en rubrikrad"));
    assert!(inlasning::konto(&table("A;Budget\n1;2"), &none).unwrap_err().starts_with("Tabellen saknar en rubrikrad"));
    let read = read("År;Budget\n2021;#REF!\n2022;1.346", inlasning::fri, Some(Enhet::Tkr), &[]);
    let told: Vec<String> = read.fel.iter().map(inlasning::Fel::said).collect();
    assert_eq!(
        told,
        [
            "Ruta B2 visar felet #REF! i Excel. Skriv talet som ska stå där.",
            "Ruta B3 kan vara 1\u{a0}346 eller 1,346. Skriv 1346, eller 1,3460."
        ]
    );
    assert!(!read.is_ready());
}

#[test]
fn nothing_of_a_table_is_dropped_unseen() {
    let told = |text: &str| read(text, inlasning::budget, Some(Enhet::Tkr), &[]).sagt;
    assert_eq!(
        told(";Kostnader;Intäkter;Netto;Kommentar\nBistånd;10;4;6;Bra\n;5;1;4\nTeam;;;7"),
        [
            "Kolumnen ”Kommentar” läses inte in.",
            "Rad 3 har inget namn och läses inte in.",
            "Team har bara netto i tabellen, 7\u{a0}tkr. Det läses inte in: fyll i kostnader eller intäkter.",
        ]
    );
    let forecast = read(";Kostnader;Intäkter\nBistånd;Prognos 10;4", inlasning::budget, Some(Enhet::Tkr), &[]);
    assert_eq!(forecast.fel[0].said(), "Ruta B2 är en prognos, och här ska det stå ett bestämt belopp.");
    let prel = read(";Budget;Utfall;Avvikelse\nPersonal;10;9 prel.;1", inlasning::konto, Some(Enhet::Tkr), &[]);
    assert_eq!(prel.content.rader[0].preliminara, [Art::Utfall]);
    let placed = prel.content.placera(&content(&[PERSONAL]), Tid::T1, Tid::Bokslut).unwrap();
    let marks: Vec<_> = placed.belopp.iter().map(|b| (b.art, b.preliminar)).collect();
    assert_eq!(marks, [(Art::Budget, false), (Art::Utfall, true)], "a mark is of its own cell");
    let english = read("År;Budget\n2021;1,234.56", inlasning::fri, Some(Enhet::Kr), &[]);
    assert_eq!(english.sagt, ["Ruta B2: 1,234.56 läses som 1\u{a0}234,56."]);
    assert_eq!(
        told(";Kostnader;Intäkter;Netto;Bra;Dåligt\nBistånd;10;4;6;x;y"),
        ["Kolumnerna ”Bra” och ”Dåligt” läses inte in."]
    );
    let alone = read(";Kostnader;Intäkter;Netto\nBistånd;10;4;6\nTeam;7;;8", inlasning::budget, Some(Enhet::Tkr), &[]);
    assert_eq!(alone.jamforda, [], "within half a step for each of the two");
    let years = read("År;Budget;Utfall;Differens\n2021;;5;-3", inlasning::fri, Some(Enhet::Tkr), &[]);
    assert_eq!(years.sagt, ["2021: differensen −3 tkr läses inte in, eftersom budget eller utfall saknas."]);
    assert_eq!(years.content.rader[0].not, years.sagt[0]);
    let long = format!("År;Budget{}", "\n2021;1".repeat(1_000));
    let none = Underlag { enhet: None, svar: &Svar::default() };
    assert_eq!(
        inlasning::fri(&table(&long), &none).unwrap_err(),
        "Tabellen har 1\u{a0}001 rader. En inläsning tar högst 1\u{a0}000: dela upp filen."
    );
}

fn off<T>(read: &Lasning<T>) -> Vec<(&str, Tal, Tal)> {
    read.jamforda.iter().map(|j| (j.ruta.as_str(), j.tryckt, j.raknad)).collect()
}

#[test]
fn a_sum_in_part_is_of_the_rows_below_the_sum_before_it() {
    let budget = |second: &str, total: &str| {
        let text =
            format!(";Netto;VO\nA;10;1\nB;20;1\nDelsumma;30;\nC;40;1\nD;5;1\nDelsumma;{second};\nSumma;{total};");
        read(&text, inlasning::budget, Some(Enhet::Tkr), &[])
    };
    assert_eq!(off(&budget("45", "75")), []);
    assert_eq!(off(&budget("75", "75")), [("B7", tal("75"), tal("45"))]);
    assert_eq!(off(&budget("45", "90")), [("B8", tal("90"), tal("75"))]);
    let years = |second: &str| {
        let text = format!("Vad;Budget\nA;10\nB;20\nDelsumma;30\nC;40\nDelsumma;{second}\nTotalt;70");
        read(&text, inlasning::fri, Some(Enhet::Tkr), &[])
    };
    assert_eq!((off(&years("40")), off(&years("70"))), (vec![], vec![("B6", tal("70"), tal("40"))]));
}

#[test]
fn a_printed_sum_of_outcomes_is_held_against_those_that_are_no_forecast() {
    let text = |sum: &str| format!("År;Utfall\n2019;10\n2020;20\n2021;30\n2022;Prognos 40\nSumma;{sum}");
    let of = |sum: &str| read(&text(sum), inlasning::fri, Some(Enhet::Tkr), &[]);
    assert_eq!(off(&of("60")), []);
    assert_eq!(of("60").content.summa(0).unwrap().tal, tal("60"), "as ours is");
    assert_eq!(off(&of("100")), [("B6", tal("100"), tal("60"))]);
}

#[test]
fn a_grand_total_below_the_last_verksamhet_is_that_of_all() {
    let account = |own: &str, costs: &str, netto: &str| {
        let text = format!(
            ";Utfall;Budget;Avvikelse
Bistånd
Intäkter
Bidrag och ersättningar;10;12;2
Summa intäkter;10;12;2
Kostnader
Personal;50;40;−10
Summa kostnader;50;40;−10
Summa netto;40;28;−12
Handläggning
Kostnader
Personal;100;101;1
Lokal;5;5;0
Summa kostnader;{own};106;1
Summa netto;105;106;1
Summa kostnader;{costs};146;−9
Netto totalt;{netto};134;−11"
        );
        read(&text, inlasning::konto, Some(Enhet::Tkr), &[])
    };
    let right = account("105", "155", "145");
    assert!(right.is_ready(), "{right:?}");
    assert_eq!(off(&right), []);
    let sums = |read: &Lasning<inlasning::Kontolast>| -> Vec<(String, Tal, Tal)> {
        let sums = read.jamforda.iter().filter(|j| j.slag != Tryckt::Differens);
        sums.map(|j| (j.ruta.clone(), j.tryckt, j.raknad)).collect()
    };
    assert_eq!(sums(&account("115", "155", "145")), [("B14".to_owned(), tal("115"), tal("105"))]);
    assert_eq!(sums(&account("105", "165", "145")), [("B16".to_owned(), tal("165"), tal("155"))]);
    assert_eq!(sums(&account("105", "155", "185")), [("B17".to_owned(), tal("185"), tal("145"))]);
}

#[test]
fn a_personnummer_in_a_free_table_is_refused_and_amounts_are_none() {
    let form = |tabell: &str| fri::Form {
        titel: "Utbetalt".into(),
        enhet: "kr".into(),
        tabell: tabell.into(),
        ..fri::Form::default()
    };
    let refused = fri::check(&form("Vem\tBudget\n19121212-1212\t5"), &Svar::default(), None).unwrap_err();
    assert_eq!(refused[0].field, "tabell");
    assert!(fri::check(&form("År\tBudget\n2021\t121212 1212"), &Svar::default(), None).is_err(), "two numbers");
    assert!(fri::check(&form("År\tBudget\n2021\t1212121212"), &Svar::default(), None).is_ok(), "an amount");
}
