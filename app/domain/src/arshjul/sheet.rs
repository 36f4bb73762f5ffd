//! The sheet for the wall: the wheel of a unit's year with what its signs mean and a list of everything on it. It holds
//! what everybody in the unit may see and nothing else: deadlines of cases and closed meetings are not on it, whoever
//! prints it.

use chrono::NaiveDate;

use super::{Filter, Zoom, has_no_day, layout::layout, picture};
use crate::{
    drawing::Drawing,
    format,
    occurrence::{Item, Status},
    organisation::swedish_key,
    schedule::Category,
};

/// What stands on the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// `Årshjul 2026, Enheten`, with the part of the year that is shown.
    pub title: String,
    /// How it stands, when it was printed.
    pub sub: String,
    /// What has been chosen, if anything is left out; may be empty.
    pub chosen: String,
    /// As it stands on the page, of all that is listed.
    pub wheel: Drawing,
    /// Its rings, from the hub outwards.
    pub rings: Vec<Category>,
    /// The list.
    pub months: Vec<Month>,
}

/// What there is in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// `Januari`.
    pub name: String,
    /// In the order of time.
    pub rows: Vec<Row>,
}

/// A line of the list. What comes several times in the month and stands the same is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its title, with how many times where it comes several.
    pub what: String,
    /// When in the month, and who: with ` · ` between. How it stands is its mark.
    pub detail: String,
    /// Its mark.
    pub status: Status,
    /// Its ring.
    pub category: Category,
    /// How many times it stands for.
    pub n: usize,
}

/// What is said on every sheet of what is never on it.
pub const NOT_HERE: &str = "Ärenden och slutna möten är inte med: arket är till för väggen.";

/// Whether an item can stand on a wall.
#[must_use]
pub fn is_for_all(item: &Item) -> bool {
    !item.area.is_secret() && item.closed_mote.is_none()
}

/// The sheet of a unit's items of a year.
#[must_use]
pub fn sheet(items: Vec<Item>, unit: &str, year: i32, filter: &Filter, zoom: Zoom, today: NaiveDate) -> Sheet {
    let (first, last) = zoom.range(year);
    let chosen = chosen(&items, filter);
    let shown: Vec<Item> = items
        .into_iter()
        .filter(|i| is_for_all(i) && filter.matches(i, today))
        .filter(|i| i.occurrence.day() >= first && i.occurrence.start <= last)
        .collect();
    let placed = layout(&shown, year, zoom, today);
    let late = match placed.counts.late {
        0 => "inget försenat".to_owned(),
        1 => "1 försenad".to_owned(),
        n => format!("{} försenade", format::int(n)),
    };
    let title = match zoom {
        Zoom::Year => format!("Årshjul {year}, {unit}"),
        zoom => format!("Årshjul {}, {unit}", zoom.label(year).to_lowercase()),
    };
    Sheet {
        title,
        sub: format!("{} · {late} · utskrivet {}", placed.counts.sentence(), format::date(today)),
        chosen,
        rings: Category::ALL.into_iter().filter(|c| shown.iter().any(|i| i.category == *c)).collect(),
        months: zoom.months().filter_map(|month| of_month(&shown, month, (first, last), today)).collect(),
        wheel: picture::wheel(&shown, &placed, today, None),
    }
}

/// `Visar egenkontroll och möten, utförs av Enhetschef, försenad.` Empty where everything is shown.
fn chosen(items: &[Item], filter: &Filter) -> String {
    if !filter.is_active() {
        return String::new();
    }
    let mut parts = vec![];
    if !filter.categories.is_empty() {
        let names: Vec<String> = filter.categories.iter().map(|c| c.label().to_lowercase()).collect();
        parts.push(names.join(", "));
    }
    if let Some(who) = filter.person {
        let label = items.iter().find(|i| i.responsible == who).map(|i| i.responsible_label.as_str());
        parts.push(format!("utförs av {}", label.filter(|l| !l.is_empty()).unwrap_or("ingen vald")));
    }
    if filter.mine {
        parts.push("det som är mitt".to_owned());
    }
    parts.extend(filter.status.iter().map(|s| s.label().to_lowercase()));
    if !filter.text.is_empty() {
        parts.push(format!("med orden ”{}”", filter.text));
    }
    format!("Ett urval av året: {}.", parts.join(" · "))
}

fn of_month(items: &[Item], month: u32, (first, last): (NaiveDate, NaiveDate), today: NaiveDate) -> Option<Month> {
    let in_time = |i: &&Item| (first..=last).contains(&i.occurrence.day()) && i.occurrence.month() == month;
    let mut here: Vec<&Item> = items.iter().filter(in_time).collect();
    here.sort_by_cached_key(|i| (i.category, i.occurrence.day(), swedish_key(&i.title), i.occurrence.id));
    let mut rows: Vec<(&Item, Status, usize)> = vec![];
    for item in here {
        let status = item.status(today);
        let same = |(other, of, _): &&mut (&Item, Status, usize)| {
            *of == status
                && (other.source, other.area, &other.title, &other.responsible_label)
                    == (item.source, item.area, &item.title, &item.responsible_label)
        };
        match rows.iter_mut().find(same) {
            Some((.., n)) => *n += 1,
            None => rows.push((item, status, 1)),
        }
    }
    let rows: Vec<Row> = rows.into_iter().map(|(item, status, n)| row(item, status, n)).collect();
    (!rows.is_empty()).then(|| Month { name: format::capitalised(format::month_name(month)), rows })
}

fn row(item: &Item, status: Status, n: usize) -> Row {
    let when = if n > 1 {
        format!("{n} gånger")
    } else if let Some(when) = item.week_or_day() {
        when.label()
    } else if has_no_day(item) {
        String::new()
    } else {
        format::day_month(item.occurrence.due)
    };
    let parts = [when, item.responsible_label.clone()];
    let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Row { what: item.title.clone(), detail, status, category: item.category, n }
}

/// How many times the list is of.
#[must_use]
pub fn count(months: &[Month]) -> usize {
    months.iter().flat_map(|m| &m.rows).map(|r| r.n).sum()
}
