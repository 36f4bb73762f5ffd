//! What a chef who hangs the sheet on the wall would miss: a control, a second page, letters that nobody can read.

use std::process::{Command, Stdio};

use chrono::NaiveDate;
use domain::{
    arshjul::{Filter, Zoom, sheet::sheet},
    id::{AptId, NodeId, OccurrenceId, ScheduleId},
    occurrence::{Andel, Item, Occurrence, State, month_end},
    permission::Area,
    schedule::Responsible,
};
use uuid::Uuid;

use super::*;
use crate::reader;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn item(control: u128, month: u32) -> Item {
    let start = day(month, 1);
    let done = month < 10 && !control.is_multiple_of(7);
    Item {
        occurrence: Occurrence {
            id: OccurrenceId(Uuid::from_u128(control * 100 + u128::from(month))),
            schedule: ScheduleId(Uuid::from_u128(control)),
            node: NodeId(Uuid::from_u128(1)),
            start,
            due: month_end(start),
            moved_from: None,
            hours: None,
            state: if done { State::Utford } else { State::Planerad },
            outcome: None,
            andel: Andel::default(),
            note: String::new(),
            figures: vec![],
            reason: String::new(),
            performed_by: None,
            performed_on: done.then(|| day(month, 20)),
            goes_on: false,
            version: 1,
        },
        area: Area::Egenkontroll,
        source: Uuid::from_u128(control),
        level: None,
        category: Category::ALL[usize::try_from(control % 6).unwrap()],
        title: format!("Kontroll nummer {control} av att dokumentationen följs upp"),
        rhythm: String::new(),
        recurrence: None,
        responsible: Responsible::Nobody,
        responsible_label: ["Enhetschef", "Metodutvecklare", "Biträdande enhetschef"]
            [usize::try_from(control % 3).unwrap()]
        .into(),
        node_name: "Enheten".into(),
        performed_by_label: String::new(),
        mine: false,
        draws: false,
        counts: false,
        may_tick: true,
        closed_mote: None,
        removed: false,
    }
}

/// So many controls, one to four times a year each.
fn year(controls: u128) -> Vec<Item> {
    let months = |control: u128| match control % 4 {
        0 => vec![2, 5, 8, 11],
        1 => vec![4, 8, 12],
        2 => vec![3, 10],
        _ => vec![u32::try_from(control % 12).unwrap() + 1],
    };
    (1..=controls).flat_map(|n| months(n).into_iter().map(move |month| item(n, month))).collect()
}

fn of(items: Vec<Item>, filter: &Filter) -> Sheet {
    sheet(items, "Enheten för försörjningsstöd", 2026, filter, Zoom::Year, day(11, 23))
}

fn info(bytes: &[u8], arguments: &[&str], program: &str) -> String {
    use std::io::Write as _;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{program}: {e}"));
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout).into_owned()
}

/// The text with each run of blanks as one.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn forty_controls_stand_on_one_a3_with_what_they_are_and_who_does_them() {
    let items = year(40);
    assert!(items.len() > 90, "{}", items.len());
    let sheet = of(items, &Filter::default());
    let bytes = write(&sheet, DateTime::UNIX_EPOCH).unwrap();
    let about = info(&bytes, &["-"], "pdfinfo");
    assert!(about.contains("Pages:           1\n") && about.contains("(A3)"), "{about}");
    assert!(about.contains("1190.55 x 841.89"), "it lies: {about}");
    let words = plain(&reader::open(reader::Kind::Pdf, "hjulet.pdf", &bytes));
    for n in 1..=40 {
        // in columns a line may end within the title
        assert!(words.contains(&format!("nummer {n} ")), "control {n} is not there");
    }
    assert!(!words.contains("till, i listan"), "all of it has room");
    for said in [
        "Årshjul 2026",
        "Enheten för försörjningsstöd",
        "utskrivet 2026-11-23",
        "Metodutvecklare",
        "Försenad",
        "Möten",
        "Ärenden",
    ] {
        assert!(words.contains(said), "{said}");
    }
}

#[test]
fn what_comes_each_month_is_one_line_and_forty_controls_of_a_hundred_and_fifty_times_have_room() {
    let mut items = year(34);
    for control in 35..=40_u128 {
        let monthly = |month| Item { rhythm: "varje månad".into(), ..item(control, month) };
        items.extend((1..=12).map(monthly));
    }
    assert!(items.len() > 140, "{}", items.len());
    let sheet = of(items, &Filter::default());
    assert_eq!((sheet.months[0].name.as_str(), sheet.months[0].rows.len()), (sheet::OFTEN, 6));
    let row = sheet.months[0].rows.iter().find(|r| r.what.contains("nummer 36 ")).unwrap();
    assert_eq!(row.detail, "varje månad · 9 av 12 utförda · 1 försenad · Enhetschef");
    assert_eq!((row.status, row.n), (Status::Forsenad, 12));
    let bytes = write(&sheet, DateTime::UNIX_EPOCH).unwrap();
    let words = plain(&reader::open(reader::Kind::Pdf, "hjulet.pdf", &bytes));
    assert!(!words.contains("till, i listan"), "all of it has room");
    assert_eq!(words.matches("nummer 36 ").count(), 1, "{words}");
}

#[test]
fn what_has_no_room_is_counted_and_the_sheet_says_where_it_is() {
    let sheet = of(year(400), &Filter::default());
    let bytes = write(&sheet, DateTime::UNIX_EPOCH).unwrap();
    let words = plain(&reader::open(reader::Kind::Pdf, "hjulet.pdf", &bytes));
    assert!(words.contains("till, i listan på sidan Årshjul"), "{words}");
    assert!(info(&bytes, &["-"], "pdfinfo").contains("Pages:           1\n"));
}

#[test]
fn nothing_on_the_sheet_is_smaller_than_can_be_read_or_stands_outside_it() {
    let mut setter = Setter::new();
    for controls in [0, 3, 12, 40, 60, 400] {
        let arranged = arrange(&mut setter, &of(year(controls), &Filter::default()));
        let (x, top, side) = arranged.wheel;
        assert!(x + side <= WIDTH && top + side + KEY_LINE <= BOTTOM + 0.5, "{controls}: {top} {side}");
        for put in &arranged.puts {
            let (Part::Heading(_, words) | Part::Text(words) | Part::Item(.., words) | Part::Ring(_, words)) =
                &put.part
            else {
                continue;
            };
            assert!(words.hand.size >= LEAST, "{}", words.text);
            assert!(put.top + words.lines.height() <= HEIGHT - 24.0, "{controls}: {} at {}", words.text, put.top);
            assert!(put.x + words.lines.width() <= WIDTH - MARGIN + 10.0, "{controls}: {} at {}", words.text, put.x);
            // the keys are as wide as the wheel, and never run under the list
            let is_key = put.top > top + side && put.x < x + side;
            let key_ends = put.x + words.hand.size * 1.35 + words.lines.width();
            assert!(!is_key || key_ends <= x + side + 1.0, "{controls}: {} at {}", words.text, put.x);
        }
    }
}

#[test]
fn what_is_not_for_everybody_is_never_on_the_wall() {
    let mut items = year(3);
    items[0].area = Area::Avvikelse;
    items[0].title = "Utredning som bara några får se".into();
    items[1].closed_mote = Some(AptId(Uuid::from_u128(9)));
    items[1].title = "Ledningens möte".into();
    let bytes = write(&of(items, &Filter::default()), DateTime::UNIX_EPOCH).unwrap();
    let words = plain(&reader::open(reader::Kind::Pdf, "hjulet.pdf", &bytes));
    assert!(!words.contains("Utredning") && !words.contains("Ledningens"), "{words}");
}

#[test]
fn a_choice_is_said_on_the_sheet_and_followed() {
    let filter = Filter { categories: vec![Category::Mote], ..Filter::default() };
    let sheet = of(year(12), &filter);
    assert_eq!(sheet.chosen, "Ett urval av året: möten.");
    assert_eq!(sheet.rings, [Category::Mote]);
    assert!(sheet.months.iter().flat_map(|m| &m.rows).all(|row| row.category == Category::Mote));
}
