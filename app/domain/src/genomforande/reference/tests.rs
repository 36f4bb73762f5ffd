use super::*;
use crate::kon;

fn persons(list: &[&str]) -> Vec<usize> {
    List::read(&list.join("\n")).persons()
}

#[test]
fn personnummer_are_recognised_also_cut_short_as_units_write_them() {
    for text in [
        "19811228-9874",
        "198112289874",
        "811228-9874",
        "811228+9874",
        "8112289874",
        "811288-9870",
        "19811228\u{2011}9874",
        "811228 9874",
        "19811228 9874",
        "060606-XXXX",
        "060606-****",
        "111111 M",
        "111111K",
        "111111 kvinna",
        "19111111 m",
        "060606",
    ] {
        assert_eq!(persons(&[text]), [1], "{text}");
    }
}

#[test]
fn case_numbers_are_none() {
    for text in [
        "4711",
        "2022/0114",
        "EB-2022-114",
        "Ärende 17",
        "123456",
        "20229999",
        "Dnr 220114/3",
        "220114 1234",
        "A111111",
        "",
    ] {
        assert_eq!(persons(&[text, "4711"]), [] as [usize; 0], "{text}");
    }
}

#[test]
fn a_personnummer_in_the_column_of_kon_is_neither_asked_about_nor_given_back() {
    let list = List::read("Ärende\tKön\nEB-1\t811228-9874\nEB-2\tK");
    assert_eq!(list.check(), Err(Fault::Persons(vec![1])));
    let numbered = list.numbered();
    assert_eq!((numbered.text().as_str(), numbered.check()), ("Rad 1\nRad 2\tK", Ok(())));
}

#[test]
fn a_running_number_that_happens_to_read_as_a_date_is_a_case_number() {
    let running: Vec<String> = (0..40).map(|i| (123_080 + i).to_string()).collect();
    assert_eq!(persons(&running.iter().map(String::as_str).collect::<Vec<_>>()), [] as [usize; 0]);
    assert_eq!(persons(&["060606", "111111", "811228", "990231"]), [1, 2, 3]);
}

#[test]
fn instead_the_rows_are_numbered_and_kon_comes_from_the_letter_or_the_digit() {
    let list = List::read("060606 K\n111111 M\n811228-9874\n640823-3234\n060606\n4711");
    assert_eq!(list.check(), Err(Fault::Persons(vec![1, 2, 3, 4, 5])));
    let numbered = list.numbered();
    assert_eq!(numbered.check(), Ok(()));
    let kon: Vec<Option<Kon>> = numbered.rows.iter().map(|r| r.kon).collect();
    assert_eq!(kon, [Some(Kon::Kvinna), Some(Kon::Man), Some(Kon::Man), Some(Kon::Man), None, None]);
    assert_eq!(numbered.rows[1].reference, "Rad 2");
    assert!(!numbered.text().contains("6002"));
    assert_eq!(List::read(&numbered.text()), numbered);
}

#[test]
fn the_columns_are_found_by_their_heads_or_by_what_they_hold() {
    let list = List::read("Kön\tHandläggare\tÄrendenummer\nK\tHandläggare 1\t4711\nM\tHandläggare 2\t4712\n");
    assert_eq!(
        list.rows[0],
        Row { reference: "4711".into(), kon: Some(Kon::Kvinna), handlaggare: "Handläggare 1".into() }
    );
    let list = List::read("Ärende 17;K;Handläggare Ett\nÄrende 18;M;Handläggare Två");
    assert_eq!((list.rows.len(), list.rows[0].handlaggare.as_str()), (2, "Handläggare Ett"));
    let list = List::read("4711;K;H1\n\n4712;;H2\n");
    assert_eq!(list.rows[1], Row { reference: "4712".into(), kon: None, handlaggare: "H2".into() });
    assert_eq!(list.rows.len(), 2);
}

#[test]
fn empty_duplicate_and_endless_lists_are_refused_with_what_to_do() {
    assert_eq!(List::read(" \n\n").check(), Err(Fault::Empty));
    let twice = List::read("A1\nb2\nB2\nA1").check().unwrap_err();
    assert!(twice.message().starts_with("Samma ärende står flera gånger: A1 (rad 1 och 4), b2 (rad 2 och 3)."));
    let endless = (0..100_000).map(|i| format!("Ä{i}")).collect::<Vec<_>>().join("\n");
    let fault = List::read(&endless).check().unwrap_err();
    assert_eq!(fault, Fault::TooMany(100_000));
    assert!(fault.message().starts_with("Listan har 100\u{a0}000 rader. Högst 20\u{a0}000 läses in."));
    assert_eq!(List::read(&"ord ".repeat(30)).check(), Err(Fault::TooLong(1)));
}

#[test]
fn a_list_copied_in_excel_with_line_breaks_in_its_cells_is_the_list_that_it_looks_like() {
    let list = List::read(include_str!("../../../testdata/falt/11a-arendelista-med-radbrytning.txt"));
    assert_eq!((list.rows.len(), list.check(), list.notes.len()), (10, Ok(()), 0));
    let kon: String = list.rows.iter().map(|r| if r.kon == Some(Kon::Kvinna) { 'K' } else { 'M' }).collect();
    assert_eq!(kon, "KMMKKKMKMK");
    assert_eq!(list.rows[0].reference, "EB-2026-101 (två ansökningar)");
    assert_eq!(List::stored(&list.text()).rows, list.rows, "as the store keeps it");
}

#[test]
fn a_header_on_the_fourth_row_dittos_and_a_sum_are_no_cases_and_are_told_of() {
    let text = "Ärendelista Södra\n\nUttagen 2026-11-20\nKön\tHandläggare\tÄrende\nK\tHandläggare 1\tEB-1\n\
                M\t\"\tEB-2\nK\t\"\tEB-3\nM\tHandläggare 2\t\nSumma\t\t3";
    let list = List::read(text);
    let rows: Vec<_> = list.rows.iter().map(|r| (r.reference.as_str(), r.handlaggare.as_str())).collect();
    assert_eq!(rows, [("EB-1", "Handläggare 1"), ("EB-2", "Handläggare 1"), ("EB-3", "Handläggare 1")]);
    assert_eq!(
        list.notes,
        [
            "Rubrikraden är rad 4. Det som står ovanför läses inte in.",
            "Summaraden, rad 9, läses inte in.",
            "2 ditotecken (rad 6 och 7) är ifyllda med det som står ovanför.",
            "1 rad utan ärendenummer är inte med, rad 8.",
        ]
    );
    // what is stored is read as it is: its last row is no sum the second time
    let stored = List::stored("EB-1\tK\nTotalt");
    assert_eq!(stored.rows.len(), 2);
}

#[test]
fn a_case_that_is_called_as_a_column_is_no_header() {
    let list = List::read("Ärende A;K;Handläggare Ett\nÄrende B;M;Ansvarig Två");
    assert_eq!(list.rows.len(), 2);
    assert_eq!(List::read("Ärende A\nÄrende B").rows.len(), 2);
    assert_eq!(List::read("Ärendets beteckning\nA\nB").rows.len(), 2);
    let list = List::read("4711;K;H1\nÄrende B;M;Ansvarig Två\n4712;K;H1");
    assert_eq!(list.rows.len(), 3);
    let list = List::read("Kön;Nummer\nK;4711\nM;4712");
    assert_eq!(list.rows[1].reference, "4712");
}

#[test]
fn kon_that_is_not_certain_is_asked_about_with_the_rows() {
    let text = "Ärende\tKön\nEB-1\tFlicka\nEB-2\t2\nEB-3\tP\nEB-4\tokänt\nEB-5\t1";
    let list = List::read(text);
    let fault = list.check().unwrap_err();
    assert_eq!(fault, Fault::Kon(vec![2, 5], vec!["2".into(), "1".into()]));
    assert!(fault.message().starts_with("Rad 2 och 5: kön står som ”2”, ”1”."), "{}", fault.message());
    let read = List::read_as(text, kon::Lasning::TvaKvinna);
    let kon: Vec<_> = read.rows.iter().map(|r| r.kon).collect();
    let (woman, man) = (Some(Kon::Kvinna), Some(Kon::Man));
    assert_eq!((read.check(), kon.as_slice()), (Ok(()), [woman, woman, man, None, man].as_slice()));
    // what is asked about is not lost when the rows are numbered instead
    assert_eq!(List::read(&list.numbered().text()).asked, [(1, "2".into()), (4, "1".into())]);
}

#[test]
fn a_ditto_mark_is_no_case_and_repeats_only_what_stands_above_it() {
    let list = List::read("\"\tK\tH1\nEB-2\tM\t\"\nEB-3\tK\t\nEB-4\tK\t\"");
    assert_eq!(list.check(), Err(Fault::Dittos(vec![1, 4])));
    assert_eq!(list.rows[1].handlaggare, "H1");
    assert_eq!(
        Fault::Dittos(vec![1, 4]).message(),
        "Rad 1 och 4: ditotecknet har inget ovanför sig att upprepa. Skriv ut det som ska stå där."
    );
    // the head is not what is repeated
    let list = List::read("Ärende\tKön\tHandläggare\nEB-1\tK\t”");
    assert_eq!(list.check(), Err(Fault::Dittos(vec![1])));
}

/// A list from a file stands in the field afterwards; its question must not be gone there.
#[test]
fn an_f_beside_a_k_is_asked_about_as_long_as_nobody_has_answered() {
    for text in ["Ärende\tKön\nEB-1\tF\nEB-2\tK\nEB-3\tM", "EB-1;Flicka\nEB-2;K\nEB-3;P"] {
        let list = List::read(text);
        assert!(matches!(list.check(), Err(Fault::Kon(..))), "{text}");
        for again in [list.text(), list.numbered().text()] {
            assert_eq!(List::read(&again).asked, list.asked, "{again}");
            let kon = |lasning| List::read_as(&again, lasning).rows.iter().map(|r| r.kon).collect::<Vec<_>>();
            let (woman, man) = (Some(Kon::Kvinna), Some(Kon::Man));
            assert_eq!(kon(kon::Lasning::KKvinna), [woman, woman, man]);
            assert_eq!(kon(kon::Lasning::KKille), [woman, man, man]);
        }
    }
}

#[test]
fn the_refusal_names_the_rows() {
    let message = |rows: &[usize]| Fault::Persons(rows.to_vec()).message();
    assert!(message(&[3]).starts_with("Rad 3 ser ut"));
    assert!(message(&[3, 4, 7]).starts_with("Rad 3, 4 och 7 ser ut"));
    assert!(message(&[1, 2, 3, 4, 5, 6, 7]).starts_with("Rad 1, 2, 3, 4, 5 och 2 rader till ser ut"));
}
