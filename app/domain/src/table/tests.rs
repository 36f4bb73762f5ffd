use proptest::prelude::*;

use super::*;

fn cells(text: &str, delimiters: &[char]) -> Vec<Vec<String>> {
    records(text, delimiters).filter(|r| !r.is_empty()).map(|r| r.cells).collect()
}

#[test]
fn a_cell_with_line_breaks_is_one_cell_of_one_row() {
    let list = include_str!("../../testdata/falt/11a-arendelista-med-radbrytning.txt");
    let records = typed(list);
    assert_eq!(records.len(), 11);
    assert_eq!(records[1].cells, ["EB-2026-101\n(två ansökningar)", "K", "Handläggare 1"]);
    assert_eq!((records[10].line, records[10].cell(0)), (11, "EB-2026-110"));
}

#[test]
fn quotes_that_are_part_of_the_text_stay() {
    let text = include_str!("../../testdata/falt/10b-citat-forst-i-cellen.txt");
    let read = cells(text, COPIED);
    assert_eq!(read[1], ["\"Trygg hemma\" följs upp", "Samtal", "tertial"]);
    assert_eq!(read[2][0], "\"Ett barn\" i centrum");
    // a whole cell in quotes is what Excel copies of a text in quotes
    assert_eq!(cells("\"Trygg hemma\"\tSamtal", COPIED), [["\"Trygg hemma\"", "Samtal"]]);
    // and one that is never closed, or closed in another cell, swallows nothing
    assert_eq!(cells("\"Trygg hemma\tSamtal\n24\"\tår", COPIED), [["\"Trygg hemma", "Samtal"], ["24\"", "år"]]);
    assert_eq!(cells("24\" skärm;år\nsist;år", &[';']), [["24\" skärm", "år"], ["sist", "år"]]);
}

#[test]
fn ditto_marks_are_no_quotes_and_are_filled_from_above() {
    let text = include_str!("../../testdata/falt/10a-dito-tecken.txt");
    let mut read = typed(text);
    assert_eq!(read.len(), 5, "four rows and their heads");
    let filled = fill_dittos(read.iter_mut().map(|r| (r.line, &mut r.cells)), Alone::Row);
    assert_eq!(read[2].cells, ["Trygghet", "Genomförandeplan finns", "tertial", "Enhetschef"]);
    assert_eq!(read[3].cell(0), "Trygghet");
    assert_eq!(filled.note().unwrap(), "2 ditotecken (rad 3 och 4) är ifyllda med det som står ovanför.");
}

/// Another shape: the marks stand in the last column, where a quote and a line break meet, and are written in other ways.
#[test]
fn ditto_marks_last_in_the_row_and_in_other_shapes_are_filled() {
    let text = "Mål\tVem\nTrygghet\tEnhetschef\nHälsa\t\"\nMat\t\"\n\nVila\t-”-\nSömn\tdito\nRo\t\"";
    let mut read = typed(text);
    let filled = fill_dittos(read.iter_mut().map(|r| (r.line, &mut r.cells)), Alone::Row);
    let who: Vec<&str> = read[1..].iter().map(|r| r.cell(1)).collect();
    assert_eq!(who, ["Enhetschef"; 6]);
    assert_eq!((filled.cells, filled.lines), (5, vec![3, 4, 6, 7, 8]));
    let alone = &mut [vec!["\"".to_owned()]];
    assert_eq!(fill_dittos(alone.iter_mut().map(|r| (1, r)), Alone::Row).note(), None, "nothing above it");
    // CSV writes the mark as a quote in quotes
    assert_eq!(cells("a;b\n\"\"\"\";c", &[';'])[1][0], "\"");
}

#[test]
fn a_cell_that_begins_with_a_line_break_is_still_one() {
    assert_eq!(cells("a\t\"\nb\"\tc", COPIED), [["a", "b", "c"]]);
    assert_eq!(cells("a\t\"b \"\"c\"\"\nd\"", COPIED), [["a", "b \"c\"\nd"]]);
}

#[test]
fn csv_takes_quotes_off_every_cell_and_tabs_only_where_all_are_quoted() {
    assert_eq!(cells("\"a;b\";\"c\"\n\"d\ne\";f", &[';']), [["a;b", "c"], ["d\ne", "f"]]);
    assert_eq!(cells("\"a\"\t\"b\"\n\"c\"\t\"d\"", COPIED), [["a", "b"], ["c", "d"]]);
}

#[test]
fn each_row_is_parted_by_tabs_or_without_any_by_semicolons() {
    assert_eq!(
        cells("a;b\nc\td;e\n\"f;g\";h\ni", TYPED),
        [vec!["a", "b"], vec!["c", "d;e"], vec!["f;g", "h"], vec!["i"]]
    );
}

#[test]
fn rows_are_counted_as_excel_counts_them() {
    let lines = |text: &str| typed(text).iter().map(|r| r.line).collect::<Vec<_>>();
    assert_eq!(lines("a\r\n\r\n\"b\r\nc\"\r\n;;\r\nd\r\n"), [1, 3, 5]);
    assert_eq!(lines("\n\na"), [3]);
    assert_eq!(lines("sep=;\na;b"), [1]);
    assert_eq!(lines("a\rb"), [1, 2], "an old Mac");
    assert!(lines("").is_empty() && lines(" \n\t\n").is_empty());
    assert_eq!(cells("sep=|\na|b;c", TYPED), [["a", "b;c"]], "and what it names is what parts them");
}

#[test]
fn what_stands_far_to_the_right_is_told_of() {
    let mut read = records("a\nb\t\t", COPIED);
    assert_eq!((read.by_ref().count(), read.too_wide()), (2, None));
    let text = format!("a\n{}x", "\t".repeat(CELLS_MAX));
    let mut read = records(&text, COPIED);
    let widest = read.by_ref().map(|r| r.cells.len()).max();
    assert_eq!((widest, read.too_wide()), (Some(CELLS_MAX), Some(2)));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(rows in prop::collection::vec(
        prop::collection::vec("[a-zå\"; ]{0,6}(\n[a-z\"]{1,3})?", 1..4), 1..6)) {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|r| r.iter().map(|c| c.trim().to_owned()).collect()).collect();
        let lines: Vec<String> =
            rows.iter().map(|r| line(&r.iter().map(String::as_str).collect::<Vec<_>>())).collect();
        let text = lines.join("\n");
        let read: Vec<Vec<String>> = records(&text, TYPED).map(|r| r.cells).collect();
        // an empty last line is no row
        let mut expected = rows.clone();
        if lines.last().is_some_and(String::is_empty) {
            expected.pop();
        }
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn no_text_is_lost_whatever_the_quotes(text in "[ab\"\t\n;]{0,40}") {
        for delimiters in [COPIED, TYPED, &[';']] {
            let letters = |t: &str| t.chars().filter(|c| matches!(c, 'a' | 'b')).count();
            let read: usize = records(&text, delimiters).flat_map(|r| r.cells).map(|c| letters(&c)).sum();
            prop_assert_eq!(read, letters(&text));
        }
    }
}
