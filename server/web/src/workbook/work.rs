//! The work: what is to be done and what was found, one row for each tillfälle. The same sheet of the wheel, of Att göra and of
//! a plan.

use chrono::NaiveDate;
use domain::{
    format,
    occurrence::{Figure, Item, Outcome, Share, When},
    period::Period,
    schedule::Level,
    siffror::slag::Mark,
};

use super::{Cell, Sheet};

// none of them is called as a column of a plan: a plan's workbook can be read in again, and this sheet is not the plan
const HEAD: [(&str, f64); 21] = [
    ("Tillfälle", 44.0),
    ("Slag", 18.0),
    ("Nivå", 20.0),
    ("Enhet", 30.0),
    ("Tid", 22.0),
    ("Första dag", 12.0),
    ("Sista dag", 12.0),
    ("Återkommer", 18.0),
    ("Görs av", 26.0),
    ("Status", 18.0),
    ("Bedömning", 18.0),
    ("Antal", 9.0),
    ("Av", 9.0),
    ("Andel", 9.0),
    ("Siffra", 12.0),
    ("Siffran är", 24.0),
    ("Fler siffror", 30.0),
    ("Beskrivning och resultat", 50.0),
    ("Utförd", 12.0),
    ("Utförd av", 26.0),
    ("Flyttad eller inte utförd, varför", 40.0),
];

/// What stands of each kön, where that was counted for some of them.
const KON: [(&str, f64); 4] = [("Kvinnor, antal", 9.0), ("Kvinnor, av", 9.0), ("Män, antal", 9.0), ("Män, av", 9.0)];

/// A sheet of tillfällen in the order that they come. Deadlines of secret cases are left out, which the foot says: the file leaves
/// the system, and the register of cases has an export of its own, which is written down. Columns that nothing stands in are left
/// out.
#[must_use]
pub fn tillfallen(items: &[Item], today: NaiveDate, paper: &str) -> Sheet {
    let shown: Vec<&Item> = items.iter().filter(|item| !item.area.is_secret()).collect();
    let mut sheet = Sheet::new("Tillfällen", &HEAD, paper);
    sheet.head.extend(KON.map(|(label, width)| (label.to_owned(), width)));
    sheet.rows = shown.iter().map(|item| row(item, today)).collect();
    let used = |column: usize| column == 0 || sheet.rows.iter().any(|row| row[column] != Cell::Empty);
    let kept: Vec<bool> = (0..sheet.head.len()).map(used).collect();
    let mut keep = kept.iter().copied();
    sheet.head.retain(|_| keep.next().unwrap_or(true));
    for row in &mut sheet.rows {
        let mut keep = kept.iter().copied();
        row.retain(|_| keep.next().unwrap_or(true));
    }
    sheet.foot = foot(items.len() - shown.len(), today);
    sheet
}

fn foot(secret: usize, today: NaiveDate) -> Vec<String> {
    let left_out = (secret > 0).then(|| {
        if secret == 1 {
            "En tidsfrist för ett ärende är inte med: den hör till registret över avvikelser.".to_owned()
        } else {
            format!("{secret} tidsfrister för ärenden är inte med: de hör till registret över avvikelser.")
        }
    });
    [left_out, Some(format!("Hämtad {}.", format::date(today)))].into_iter().flatten().collect()
}

/// What a figure is of, with its unit, its time and how sure it is, as far as it says them: `Hushåll, st, januari 2022, preliminärt`.
fn named(figure: &Figure) -> String {
    let period = figure.period.map(Period::label).unwrap_or_default();
    let mark = match figure.mark {
        Mark::Definitiv => "",
        Mark::Ungefarlig => "ungefärligt",
        Mark::Preliminar => "preliminärt",
    };
    let parts = [figure.label.as_str(), figure.unit.as_str(), period.as_str(), mark];
    parts.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ")
}

#[allow(clippy::cast_precision_loss)] // counts of cases
fn share_of(share: Option<Share>) -> Cell {
    share.filter(|s| s.denominator > 0).map_or(Cell::Empty, |s| Cell::Share(s.numerator as f64 / s.denominator as f64))
}

fn row(item: &Item, today: NaiveDate) -> Vec<Cell> {
    let o = &item.occurrence;
    let when = item.time().map(When::with_year);
    let share = |share: Option<Share>| (share.map(|s| s.numerator), share.map(|s| s.denominator));
    let ((total, of), (kvinnor, kvinnor_of), (man, man_of)) =
        (share(o.andel.total), share(o.andel.kvinnor), share(o.andel.man));
    let (first, more) = o.figures.split_first().map_or((None, &[][..]), |(first, more)| (Some(first), more));
    let more: Vec<String> = more.iter().map(|f| format!("{}: {}", named(f), f.value)).collect();
    let moved = o.moved_from.map(|from| format!("Flyttad från {}", format::date(from)));
    let why: Vec<String> = moved.into_iter().chain(Some(o.reason.clone()).filter(|r| !r.is_empty())).collect();
    vec![
        item.title.clone().into(),
        item.area.label().into(),
        item.level.map(Level::label).into(),
        item.node_name.clone().into(),
        when.into(),
        o.start.into(),
        o.due.into(),
        item.rhythm.clone().into(),
        item.responsible_label.clone().into(),
        item.status(today).label().into(),
        o.outcome.map(Outcome::label).into(),
        total.into(),
        of.into(),
        share_of(o.andel.total),
        first.map_or(Cell::Empty, |f| Cell::Number(f.value.float())),
        first.map(named).into(),
        more.join("; ").into(),
        o.note.clone().into(),
        o.performed_on.into(),
        item.performed_by_label.clone().into(),
        why.join(". ").into(),
        kvinnor.into(),
        kvinnor_of.into(),
        man.into(),
        man_of.into(),
    ]
}
