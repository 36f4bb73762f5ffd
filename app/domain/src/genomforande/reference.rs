//! Reference: what a list of cases holds, and the recognition of persons in it. Units write births as `060606` and
//! `111111 M`; such a list is refused, with the rows numbered instead and kön taken from the letter or the digit.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    kon::{self, Kon},
    table::{NOTHING_ABOVE, is_ditto},
};

mod read;

/// The most rows of a list.
pub const ROWS_MAX: usize = 20_000;
/// The longest reference, in characters.
const REFERENCE_MAX: usize = 60;

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What the case is called.
    pub reference: String,
    /// Kön, where the list says it.
    pub kon: Option<Kon>,
    /// Name or initials of the handläggare, where the list says it.
    pub handlaggare: String,
}

/// A list of cases, as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The rows in order; the first has row number 1.
    pub rows: Vec<Row>,
    /// The rows, as indices, whose kön is not certain, with what stands there.
    pub asked: Vec<(usize, String)>,
    /// What was passed by or filled in while it was read, in sentences.
    pub notes: Vec<String>,
    /// What stands for kön in each row, where any is asked about: which question it is depends on all of them.
    said: Vec<String>,
}

/// What is wrong with a list, in the order it is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No row at all.
    Empty,
    /// More than [`ROWS_MAX`]; how many there are.
    TooMany(usize),
    /// Rows (counted from 1) that hold a personnummer or a birth.
    Persons(Vec<usize>),
    /// Rows (counted from 1) whose kön is not certain, and what stands there, each text once.
    Kon(Vec<usize>, Vec<String>),
    /// Rows (counted from 1) with a ditto mark that nothing stands above.
    Dittos(Vec<usize>),
    /// References that stand more than once, with their rows.
    Twice(Vec<(String, Vec<usize>)>),
    /// A reference that is a whole text; its row.
    TooLong(usize),
}

impl Fault {
    /// What the user reads.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Empty => {
                "Listan är tom. Klistra in ärendena, en rad per ärende, eller skriv hur många de är.".to_owned()
            }
            Self::TooMany(n) => format!(
                "Listan har {} rader. Högst {} läses in. Skriv i stället hur många ärendena är, så dras radnummer i din \
                 egen lista.",
                crate::format::int(i64::try_from(*n).unwrap_or(i64::MAX)),
                crate::format::int(i64::try_from(ROWS_MAX).unwrap_or(i64::MAX))
            ),
            Self::Persons(rows) => format!(
                "{} ser ut som personnummer eller födelsedatum. De har inte sparats. Raderna är nu numrerade i stället, \
                 med kön där det framgick. Dra så här, eller klistra in en lista med ärendenummer.",
                in_words(rows)
            ),
            Self::Kon(rows, texts) => format!(
                "{}: kön står som {}. Välj under listan hur det ska läsas, eller skriv K eller M på raderna.",
                in_words(rows),
                texts.iter().take(3).map(|t| format!("”{t}”")).collect::<Vec<_>>().join(", ")
            ),
            Self::Dittos(rows) => format!("{}: {NOTHING_ABOVE}", in_words(rows)),
            Self::Twice(twice) => {
                let named = twice.iter().take(3).map(|(reference, rows)| {
                    let named: Vec<String> = rows.iter().take(5).map(ToString::to_string).collect();
                    let more = rows.len() - named.len();
                    let more = if more > 0 { format!(" och {more} till") } else { String::new() };
                    format!("{reference} (rad {}{more})", named.join(" och "))
                });
                let more = if twice.len() > 3 { format!(" och {} till", twice.len() - 3) } else { String::new() };
                let named: Vec<String> = named.collect();
                format!(
                    "Samma ärende står flera gånger: {}{more}. Ta bort dubbletterna, annars är det lättare att bli dragen.",
                    named.join(", ")
                )
            }
            Self::TooLong(row) => {
                format!(
                    "Rad {row} är längre än {REFERENCE_MAX} tecken. Skriv bara ärendets nummer, ingen text om ärendet."
                )
            }
        }
    }
}

fn in_words(rows: &[usize]) -> String {
    let named: Vec<String> = rows.iter().take(5).map(ToString::to_string).collect();
    match rows.len() {
        1 => format!("Rad {}", named[0]),
        n if n > 5 => format!("Rad {} och {} rader till", named.join(", "), n - 5),
        _ => {
            let (last, first) = named.split_last().map_or(("", &[] as &[String]), |(l, f)| (l.as_str(), f));
            format!("Rad {} och {last}", first.join(", "))
        }
    }
}

impl List {
    /// Whether it can be drawn from.
    pub fn check(&self) -> Result<(), Fault> {
        if self.rows.is_empty() {
            return Err(Fault::Empty);
        }
        if self.rows.len() > ROWS_MAX {
            return Err(Fault::TooMany(self.rows.len()));
        }
        let persons = self.persons();
        if !persons.is_empty() {
            return Err(Fault::Persons(persons));
        }
        let is_one = |row: &Row| is_ditto(&row.reference) || is_ditto(&row.handlaggare);
        let dittos: Vec<usize> = (1..).zip(&self.rows).filter(|(_, row)| is_one(row)).map(|(i, _)| i).collect();
        if !dittos.is_empty() {
            return Err(Fault::Dittos(dittos));
        }
        if !self.asked.is_empty() {
            let mut texts: Vec<String> = Vec::new();
            for (_, text) in &self.asked {
                if texts.len() < 3 && !texts.contains(text) {
                    texts.push(text.clone());
                }
            }
            return Err(Fault::Kon(self.asked.iter().map(|(i, _)| i + 1).collect(), texts));
        }
        if let Some(long) = self.rows.iter().position(|r| r.reference.chars().count() > REFERENCE_MAX) {
            return Err(Fault::TooLong(long + 1));
        }
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, row) in self.rows.iter().enumerate() {
            places.entry(row.reference.to_lowercase()).or_default().push(i + 1);
        }
        let mut twice: Vec<(String, Vec<usize>)> = places
            .into_values()
            .filter(|rows| rows.len() > 1)
            .map(|rows| (self.rows[rows[0] - 1].reference.clone(), rows))
            .collect();
        twice.sort_by_key(|(_, rows)| rows[0]);
        if twice.is_empty() { Ok(()) } else { Err(Fault::Twice(twice)) }
    }

    /// The rows, counted from 1, that name a person. Six or eight bare digits may be a case number that happens to read
    /// as a date: they count when at least half of the bare numbers of that length in the list do.
    #[must_use]
    pub fn persons(&self) -> Vec<usize> {
        let marks: Vec<Mark> = self.rows.iter().map(|row| mark(&row.reference)).collect();
        let bare = |digits: usize| self.rows.iter().filter(|r| is_bare(&r.reference, digits)).count();
        let maybe = |digits: usize| {
            std::iter::zip(&self.rows, &marks)
                .filter(|(r, m)| is_bare(&r.reference, digits) && **m == Mark::Maybe)
                .count()
        };
        let counts = [6, 8, 10].map(|digits| (digits, 2 * maybe(digits) >= bare(digits)));
        let mut rows: Vec<usize> = std::iter::zip(&self.rows, &marks)
            .enumerate()
            .filter(|(_, (row, mark))| match mark {
                Mark::Sure => true,
                Mark::Maybe => counts.iter().any(|(digits, counts)| *counts && is_bare(&row.reference, *digits)),
                Mark::No => false,
            })
            .map(|(i, _)| i + 1)
            .collect();
        // a name column may hold one as well
        rows.extend((1..).zip(&self.rows).filter(|(_, r)| mark(&r.handlaggare) == Mark::Sure).map(|(i, _)| i));
        // and the column of kön, when the columns are others than their heads say: what is asked about is repeated
        rows.extend(self.asked.iter().filter(|(_, text)| mark(text) != Mark::No).map(|(i, _)| i + 1));
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The same cases without what they are called: "Rad 1", "Rad 2", with kön from the list, the letter or the digit.
    #[must_use]
    pub fn numbered(&self) -> Self {
        let rows: Vec<Row> = (1..)
            .zip(&self.rows)
            .map(|(i, row)| Row {
                reference: format!("Rad {i}"),
                kon: row.kon.or_else(|| kon_of(&row.reference)),
                handlaggare: if mark(&row.handlaggare) == Mark::Sure { String::new() } else { row.handlaggare.clone() },
            })
            .collect();
        let asked = self.asked.iter().filter(|(i, text)| rows[*i].kon.is_none() && mark(text) == Mark::No);
        let asked = asked.cloned().collect();
        let said = self.said.iter().map(|text| if mark(text) == Mark::No { text.clone() } else { String::new() });
        Self { said: said.collect(), rows, asked, notes: self.notes.clone() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Cannot be anything but a person.
    Sure,
    /// A birth, or a case number that reads as one.
    Maybe,
    No,
}

fn is_bare(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text names a person by number or birth.
fn mark(text: &str) -> Mark {
    let parts = digit_runs(text);
    let mut found = Mark::No;
    for (i, (run, after)) in parts.iter().enumerate() {
        let next = parts.get(i + 1).map_or("", |(run, _)| run.as_str());
        let mark = match run.len() {
            12 if full_year(&run[..8]) => Mark::Sure,
            10 if short_date(&run[..6]) => {
                if luhn(run) {
                    Mark::Sure
                } else {
                    Mark::Maybe
                }
            }
            6 | 8 if run.len() == 6 && short_date(run) || run.len() == 8 && full_year(run) => {
                if leads_to_four(run, after, next) || masked(after) || letter(after).is_some() {
                    Mark::Sure
                } else {
                    Mark::Maybe
                }
            }
            _ => Mark::No,
        };
        match mark {
            Mark::Sure => return Mark::Sure,
            Mark::Maybe => found = Mark::Maybe,
            Mark::No => {}
        }
    }
    // a date inside a longer text, such as Dnr 220114/3, is none: only a bare number is doubtful
    if found == Mark::Maybe && ![6, 8, 10].iter().any(|n| is_bare(text.trim(), *n)) { Mark::No } else { found }
}

/// Whether a free text holds a whole personnummer, or a birth with letter or struck-out digits.
#[must_use]
pub fn names_person(text: &str) -> bool {
    mark(text) == Mark::Sure
}

/// Kön from the letter after a birth, or from the last digit but one of a personnummer (even is a woman).
fn kon_of(text: &str) -> Option<Kon> {
    let parts = digit_runs(text);
    for (i, (run, after)) in parts.iter().enumerate() {
        let by_digit = |last_four: &str| {
            let digit = last_four.as_bytes().get(2)?;
            Some(if (digit - b'0').is_multiple_of(2) { Kon::Kvinna } else { Kon::Man })
        };
        match run.len() {
            12 if full_year(&run[..8]) => return by_digit(&run[8..]),
            10 if short_date(&run[..6]) => return by_digit(&run[6..]),
            6 | 8 => {
                if let Some(kon) = letter(after) {
                    return Some(kon);
                }
                let next = parts.get(i + 1).map_or("", |(run, _)| run.as_str());
                if leads_to_four(run, after, next) {
                    return by_digit(next);
                }
            }
            _ => {}
        }
    }
    None
}

/// Each run of digits with what stands between it and the next. More than twelve digits in a row are one run.
fn digit_runs(text: &str) -> Vec<(String, String)> {
    let mut runs: Vec<(String, String)> = Vec::new();
    for c in text.chars() {
        match (c.is_ascii_digit(), runs.last_mut()) {
            (true, Some((run, after))) if after.is_empty() => run.push(c),
            (true, _) => runs.push((c.to_string(), String::new())),
            (false, Some((_, after))) => after.push(c),
            (false, None) => {}
        }
    }
    runs
}

/// Whether a birth goes on with its last four: after any dash, as Word writes several, or after a blank where the check digit is
/// right.
fn leads_to_four(run: &str, after: &str, next: &str) -> bool {
    let blank = || !after.is_empty() && after.trim().is_empty() && luhn(&format!("{}{next}", &run[run.len() - 6..]));
    let dash = || matches!(after.trim(), "-" | "+" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "–" | "—" | "−");
    next.len() == 4 && (dash() || blank())
}

/// `-XXXX`, `-****`: the last four struck out.
fn masked(after: &str) -> bool {
    let rest = after.trim_start_matches([' ', '-', '+', '–', '−']);
    rest.len() >= 2 && rest.chars().all(|c| matches!(c, 'x' | 'X' | '*' | '#'))
}

/// `111111 M`, `111111kvinna`: a letter or word for kön and nothing else.
fn letter(after: &str) -> Option<Kon> {
    kon::read(after.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Six digits that are a day of a person: 31 of month 12, or a samordningsnummer's day plus 60.
fn short_date(digits: &str) -> bool {
    let number = |range: std::ops::Range<usize>| digits[range].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0..2), number(2..4), number(4..6));
    let day = if day > 60 { day - 60 } else { day };
    // 29 February of any year that could be meant
    [1900, 2000]
        .iter()
        .any(|century| NaiveDate::from_ymd_opt(i32::try_from(century + year).unwrap_or(0), month, day).is_some())
}

fn full_year(digits: &str) -> bool {
    matches!(&digits[..2], "18" | "19" | "20") && short_date(&digits[2..])
}

/// The check digit of ten digits (Skatteverket: every other digit doubled, digit sums added).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .zip([2, 1].into_iter().cycle())
        .map(|(b, weight)| {
            let product = u32::from(b - b'0') * weight;
            product / 10 + product % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let list = List::read(include_str!("../../testdata/falt/11a-arendelista-med-radbrytning.txt"));
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
                "2 ditotecken är ifyllda med det som står ovanför, rad 6 och 7.",
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
}
