//! What is asked, what is refused, and what is never guessed.

use super::*;

fn enkel(slag: Slag, enhet: &str) -> Prov {
    Prov::new(content("Prov", slag, enhet, Grain::Manad, &[]), vec![])
}

fn tal(granskning: &Granskning) -> Vec<String> {
    granskning.values.iter().map(|ny| ny.varde.map_or_else(|| "saknas".to_owned(), |v| v.tal.to_string())).collect()
}

#[test]
fn a_name_that_is_misspelt_is_asked_about_with_the_nearest_first_and_remembered() {
    let prov = Prov::hushall();
    let text = "Månad;Broma;Enskede-Å-V;Bromma kyrka\njan 2021;361;1 131;4";
    let asked = prov.ok(text);
    let open: Vec<&Fraga> = asked.oppna().collect();
    assert_eq!(open.iter().map(|f| f.text.as_str()).collect::<Vec<_>>()[0], "Vad är ”Broma” i uppdelningen Stadsdel?");
    assert_eq!((open[0].choices[0].label.as_str(), open[0].choices[0].foreslas), ("Bromma", true));
    assert_eq!(open[1].choices[0].label, "Enskede-Årsta-Vantör");
    assert_eq!(open[2].choices[0].label, "Bromma", "its name begins so");
    assert!(asked.values.is_empty(), "nothing is kept on likeness");
    let prov = prov
        .med(&namn_key(0, "Broma"), &id(1, 3).to_string())
        .med(&namn_key(0, "enskede-å-v"), &id(1, 8).to_string())
        .med(&namn_key(0, "Bromma kyrka"), NY);
    assert_eq!(prov.ok(text).oppna().count(), 1, "a new value is asked about until it is made");
    let prov = prov.med(&namn_key(0, "Bromma kyrka"), HOPPA);
    let read = prov.ok(text);
    assert_eq!((read.oppna().count(), read.values.len()), (0, 2));
    let mut prov = Prov { svar: prov.svar.att_minnas(), ..prov };
    assert_eq!(prov.ok(text).oppna().count(), 0);
    prov.svar = Svar::default();
    prov.dims[0].values[3].kallas = vec!["broma".into()];
    assert_eq!(prov.ok(text).oppna().count(), 2, "as the dimension remembers it");
}

#[test]
fn what_could_be_a_thousandfold_wrong_is_asked_about_once_for_the_file() {
    let text = "Månad;Antal\njan 2021;1.346\nfeb;1.358\nmar;12";
    let prov = enkel(Slag::Bestand, "hushåll");
    let asked = prov.ok(text);
    assert_eq!(asked.oppna().map(|f| f.text.as_str()).collect::<Vec<_>>(), ["Vad betyder 1.346 i filen?"]);
    let prov = prov.med("tusental", "tusental");
    assert_eq!(tal(&prov.ok(text)), ["1\u{a0}346", "1\u{a0}358", "12"]);
    assert_eq!(tal(&prov.med("tusental", "decimaler").ok(text)), ["1,346", "1,358", "12"]);
}

#[test]
fn a_share_without_its_sign_is_asked_about_once_and_remembered() {
    let text = "Månad;Andel\njan 2021;0,125\nfeb;0,008\nmar;57 %";
    let prov = enkel(Slag::Andel, "%");
    let asked = prov.ok(text);
    assert_eq!(asked.oppna().map(|f| f.key.as_str()).collect::<Vec<_>>(), ["andel"]);
    assert_eq!(tal(&prov.med("andel", "av1").ok(text)), ["12,5", "0,8", "57"]);
    let read = enkel(Slag::Andel, "%").med("andel", "procent").ok(text);
    assert_eq!(tal(&read), ["0,125", "0,008", "57"]);
    let table =
        enkel(Slag::Andel, "%").med("andel", "procent").ok("Månad;Andel\njan 2021;0,8\nfeb;0,7\nmar;0,53\napr;0,4");
    assert_eq!(table.values.len(), 4, "no row is refused by itself");
}

#[test]
fn money_in_thousands_is_reckoned_only_when_somebody_says_so() {
    let text = "Månad;Utbetalt (tkr)\njan 2021;3 300\nfeb;3 150";
    let prov = enkel(Slag::Belopp, "kr");
    let asked = prov.ok(text);
    assert_eq!(
        asked.oppna().map(|f| f.text.as_str()).collect::<Vec<_>>(),
        ["Talen i filen står i tkr, serien i kr. Ska de räknas om?"]
    );
    assert_eq!(tal(&prov.med("enhet:tkr", "rakna").ok(text)), ["3\u{a0}300\u{a0}000", "3\u{a0}150\u{a0}000"]);
    let mixed = enkel(Slag::Belopp, "kr").ok("Månad;Utbetalt\njan 2021;3 300 tkr\nfeb;3 150 kr");
    assert_eq!(
        mixed.fel.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(),
        ["Ruta B2 står i tkr, men serien är i kr."]
    );
}

#[test]
fn what_is_no_number_is_a_fault_at_its_cell_until_it_is_left_out() {
    let text = "Månad;Antal\njan 2021;#REF!\nfeb;2022-03-04\nmar;12 dagar\napr;-4\nmaj;17";
    let prov = enkel(Slag::Bestand, "hushåll");
    let read = prov.ok(text);
    assert_eq!(
        read.fel.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(),
        [
            "Ruta B2 visar felet #REF! i Excel. Skriv talet som ska stå där.",
            "Ruta B3 visar datumet 2022-03-04 i stället för ett tal.",
            "Ruta B4 står i dagar, men serien är i hushåll.",
            "Ruta B5 kan inte sparas. Talet kan inte vara mindre än 0.",
        ]
    );
    assert!(!read.kan_sparas());
    assert_eq!(read.rubrik(), "Ett nytt värde och fyra rutor som inte kan läsas");
    let one = prov.med("fel:B2", HOPPA);
    assert_eq!(one.ok(text).fel_kvar().count(), 3);
    let word = one.ok(text).alla_fel();
    let all = one.med(ALLA_FEL, &word);
    assert_eq!(tal(&all.ok(text)), ["17"]);
    let other = all.ok(&text.replace("2022-03-04", "2022-03-05"));
    assert_eq!(other.fel_kvar().count(), 3, "what was not shown is not left out");
    assert_eq!(all.svar.att_minnas(), Svar::default(), "the next file has other cells");
}

#[test]
fn cells_are_read_as_the_table_of_real_cells_says() {
    let amounts = enkel(Slag::Belopp, "kr")
        .ok("Månad;Belopp\njan 2021;435 935,05 kr\nfeb;(1 250)\nmar;Prognos 39 000 000\napr;Oklart\nmaj;–");
    assert_eq!(tal(&amounts), ["435\u{a0}935,05", "−1\u{a0}250", "39\u{a0}000\u{a0}000", "saknas", "saknas"]);
    let english = enkel(Slag::Belopp, "kr").ok("Månad;Belopp\njan 2021;1,234.56\nfeb;2,000.00\nmar;1,346");
    assert_eq!(tal(&english), ["1\u{a0}234,56", "2\u{a0}000", "1\u{a0}346"]);
    assert_eq!(english.notes[1], "Tal som 1,234.56 är lästa med punkt som decimaltecken.");
    assert_eq!(amounts.values[3].not, "Oklart");
    let mixed = enkel(Slag::Belopp, "kr").ok("Månad;Belopp\njan 2021;1,234.56\nfeb;12,5");
    assert_eq!(mixed.fel.len(), 1, "only when the whole column is so");
    let days =
        enkel(Slag::Medel, "dagar").ok("Månad;Dagar\njan 2021;ca 3,2\nfeb;drygt 2 dagar\nmar;nära 350\napr;18500.00");
    assert_eq!(tal(&days), ["3,2", "2", "350", "18\u{a0}500"]);
    assert!(days.values[..3].iter().all(|ny| ny.varde.unwrap().mark == Mark::Ungefarlig));
}

#[test]
fn a_personnummer_anywhere_refuses_the_whole_table_and_is_not_repeated() {
    let refused =
        enkel(Slag::Bestand, "hushåll").granska("Månad;Antal;Vem\njan 2021;1;\nfeb;2;060606-1234").unwrap_err();
    assert_eq!(
        refused,
        "Ruta C3 ser ut att innehålla ett personnummer. Ingenting är inläst. Ta bort det ur filen och läs in den igen."
    );
}

#[test]
fn a_final_value_that_moves_far_is_asked_about_alone_or_with_the_others() {
    let mut prov = enkel(Slag::Bestand, "hushåll");
    let first = prov.ok("Månad;Antal\njan 2021;100\nfeb;100\nmar;100");
    prov.spara(&first);
    let text = "Månad;Antal\njan 2021;150\nfeb;40\nmar;110";
    let asked = prov.ok(text);
    assert_eq!((asked.antal.fragas, asked.antal.andrade), (2, 1));
    assert_eq!(
        asked.oppna().next().unwrap().text,
        "Prov januari 2021 är slutligt 100 men 150 i filen. Det skiljer mer än 20 %."
    );
    let choices: Vec<String> = asked.oppna().next().unwrap().choices.iter().map(|c| c.label.clone()).collect();
    assert_eq!(choices, ["Ta filens 150", "Behåll 100"]);
    let (key, keep) = asked.oppna().next().map(|f| (f.key.clone(), f.choices[1].value.clone())).unwrap();
    prov.svar.set(&key, &keep);
    let all = asked.fraga("andringar").unwrap().choices[0].value.clone();
    prov.svar.set("andringar", &all);
    assert_eq!(prov.ok(&text.replace("40", "30")).antal.fragas, 1, "another change than those that were shown");
    let read = prov.ok(text);
    assert_eq!(tal(&read), ["40", "110"], "its own answer goes before that of all");
    prov.spara(&read);
    prov.svar = prov.svar.att_minnas();
    let next = prov.ok(text);
    assert_eq!((next.oppna().count(), next.antal.oforandrade), (0, 3), "what was kept is not asked about again");
}

#[test]
fn a_value_that_stands_twice_is_a_fault_where_it_is_not_the_same() {
    let read = enkel(Slag::Bestand, "hushåll").ok("Månad;Antal\n2021-01;100\n2021-02;7\n2021-01;101\n2021-02;7");
    assert_eq!(
        read.fel.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(),
        ["Ruta B4 säger 101 för Prov januari 2021, men ruta B2 säger 100."]
    );
    assert_eq!(read.notes, ["Ett värde står två gånger i tabellen och är likadant."]);
}

#[test]
fn columns_that_were_named_in_order_are_asked_about_again_when_the_dimension_has_another_value() {
    let mut prov = Prov::hushall().i_ordning();
    assert_eq!(prov.ok(UTSKRIVET).oppna().count(), 0);
    // now there are as many values as columns, and the last column is still the sum
    prov.dims = vec![dimension(1, "Stadsdel", &[stadsdelar(), vec!["Norra innerstaden"]].concat())];
    assert_eq!(prov.ok(UTSKRIVET).oppna().count(), 17);
}
