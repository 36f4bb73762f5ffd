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
    /// The list: first what comes in most months, then what there is in each.
    pub months: Vec<Month>,
}

/// What there is in a month, or in most of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// `Januari`, or [`OFTEN`].
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

/// Over what comes in most months.
pub const OFTEN: &str = "Varje månad eller oftare";

/// What comes in fewer months than this stands in each of them.
const FEWEST: usize = 4;

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
    let shown_months: Vec<u32> = zoom.months().collect();
    let (often, rest) = parted(&shown, shown_months.len());
    let months = shown_months.into_iter().filter_map(|month| of_month(&rest, month, (first, last), today));
    let months = recurring(often, today).into_iter().chain(months).collect();
    let title = match zoom {
        Zoom::Year => format!("Årshjul {year}, {unit}"),
        zoom => format!("Årshjul {}, {unit}", zoom.label(year).to_lowercase()),
    };
    Sheet {
        title,
        sub: format!("{} · {late} · utskrivet {}", placed.counts.sentence(), format::date(today)),
        chosen,
        rings: Category::ALL.into_iter().filter(|c| shown.iter().any(|i| i.category == *c)).collect(),
        months,
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

/// What tells one that recurs from another.
fn same(a: &Item, b: &Item) -> bool {
    (a.source, a.area, &a.title, &a.responsible_label) == (b.source, b.area, &b.title, &b.responsible_label)
}

/// What comes in more than half of so many months, together; and all else.
fn parted(items: &[Item], months: usize) -> (Vec<Vec<&Item>>, Vec<&Item>) {
    let mut groups: Vec<Vec<&Item>> = vec![];
    for item in items {
        match groups.iter_mut().find(|group| same(group[0], item)) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    let often = |group: &Vec<&Item>| {
        let in_months = group.iter().map(|i| i.occurrence.month()).collect::<std::collections::BTreeSet<_>>().len();
        in_months >= FEWEST && in_months * 2 > months
    };
    let (often, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(often);
    (often, rest.into_iter().flatten().collect())
}

/// A line for each that comes in most months: how often, how much of it is done, and who. Its mark is that of what is most urgent.
fn recurring(mut groups: Vec<Vec<&Item>>, today: NaiveDate) -> Option<Month> {
    groups.sort_by_cached_key(|g| (g[0].category, swedish_key(&g[0].title)));
    let row = |group: &Vec<&Item>| {
        let first = group[0];
        let count = |status: Status| group.iter().filter(|i| i.status(today) == status).count();
        let done = count(Status::Utford) + count(Status::Avvikelse);
        let late = count(Status::Forsenad);
        let status = Status::ALL.into_iter().find(|s| count(*s) > 0).unwrap_or(Status::Planerad);
        let whole = format!("{done} av {} utförda", group.len());
        let late = match late {
            0 => String::new(),
            1 => "1 försenad".to_owned(),
            n => format!("{n} försenade"),
        };
        let often = if first.rhythm.is_empty() { format!("{} gånger", group.len()) } else { first.rhythm.clone() };
        let parts = [often, whole, late, first.responsible_label.clone()];
        let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Row { what: first.title.clone(), detail, status, category: first.category, n: group.len() }
    };
    let rows: Vec<Row> = groups.iter().map(row).collect();
    (!rows.is_empty()).then(|| Month { name: OFTEN.to_owned(), rows })
}

fn of_month(items: &[&Item], month: u32, (first, last): (NaiveDate, NaiveDate), today: NaiveDate) -> Option<Month> {
    let in_time = |i: &&&Item| (first..=last).contains(&i.occurrence.day()) && i.occurrence.month() == month;
    let mut here: Vec<&Item> = items.iter().filter(in_time).copied().collect();
    here.sort_by_cached_key(|i| (i.category, i.occurrence.day(), swedish_key(&i.title), i.occurrence.id));
    let mut rows: Vec<(&Item, Status, usize)> = vec![];
    for item in here {
        let status = item.status(today);
        match rows.iter_mut().find(|(other, of, _)| *of == status && same(other, item)) {
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
