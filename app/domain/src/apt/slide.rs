//! Slide: what each kind of slide shows, chosen from what everybody in the unit may see. Nothing of a case but counts and
//! the text that was written for APT comes in here; there is no field for more.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    arshjul::has_no_day,
    atgard::{self, Atgard},
    format,
    forslag::{self, Kind},
    id::OccurrenceId,
    occurrence::{Item, State, Status, together::Group},
};

mod slag;
mod tabell;

pub use slag::Slag;
pub use tabell::{TABELL_MAX, Tabell, table};

/// What is to come is what begins within so many days.
const AHEAD: Days = Days::new(35);

/// A line on a slide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rad {
    /// What it is about, in few words.
    pub title: String,
    /// Who and when, or what was found.
    pub detail: String,
    /// The mark before it.
    pub status: Status,
    /// Which tillfälle it is.
    pub id: OccurrenceId,
    /// Whether the person who asks may tick it off.
    pub may_tick: bool,
    /// How many tillfällen it stands for: those of a control that are late are one line.
    pub n: usize,
}

/// How many tillfällen lines stand for.
#[must_use]
pub fn count(rows: &[Rad]) -> usize {
    rows.iter().map(|row| row.n).sum()
}

/// Controls since last time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kontroller {
    /// Done since last time, the latest first.
    pub klara: Vec<Rad>,
    /// Late, each control once.
    pub forsenade: Vec<Rad>,
    /// To be done now or soon.
    pub kommande: Vec<Rad>,
}

/// The controls of a unit's items: what was done after `since`, what is late, and what is to come. Cases' deadlines are no
/// controls and are left out, whoever asks.
#[must_use]
pub fn kontroller(items: &[Item], since: NaiveDate, today: NaiveDate) -> Kontroller {
    let mut out = Kontroller::default();
    let (mut done, mut late) = (Vec::new(), Vec::new());
    let mut items: Vec<&Item> = items.iter().filter(|i| i.kind().of_plan).collect();
    items.sort_by(|a, b| {
        (a.occurrence.due, &a.title, a.occurrence.id).cmp(&(b.occurrence.due, &b.title, b.occurrence.id))
    });
    let soon = today.checked_add_days(AHEAD).unwrap_or(today);
    for item in items {
        let status = item.status(today);
        match status {
            Status::Utford | Status::Avvikelse => {
                if let Some(on) = item.occurrence.performed_on.filter(|on| *on > since && *on <= today) {
                    let found = [time(item), item.result_label()].into_iter().filter(|t| !t.is_empty());
                    done.push((on, row(item, status, found.collect::<Vec<_>>().join(" · "))));
                }
            }
            Status::Forsenad => late.push(item.clone()),
            Status::Pagar => out.kommande.push(row(item, status, when_and_who(item))),
            Status::Planerad if item.occurrence.start <= soon => {
                out.kommande.push(row(item, status, when_and_who(item)));
            }
            Status::Planerad | Status::EjUtford => {}
        }
    }
    done.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    out.klara = done.into_iter().map(|(_, row)| row).collect();
    out.forsenade = Group::of(late).iter().filter_map(|group| late_row(group, today)).collect();
    out
}

fn row(item: &Item, status: Status, detail: String) -> Rad {
    Rad {
        title: item.title.clone(),
        detail,
        status,
        id: item.occurrence.id,
        may_tick: item.may_tick && item.occurrence.state.is_open(),
        n: 1,
    }
}

/// The most times that a line of a control has room for.
const TIMES: usize = 4;

/// What is late of a control: "feb, mar, apr, maj och 6 till · Metodutvecklare".
fn late_row(group: &Group, today: NaiveDate) -> Option<Rad> {
    let first = group.items.first()?;
    if group.items.len() == 1 {
        return Some(row(first, Status::Forsenad, when_and_who(first)));
    }
    let when = group.times_in_short(today.year(), TIMES);
    Some(Rad { n: group.items.len(), ..row(first, Status::Forsenad, with_who(when, first)) })
}

/// The week, the day with its hours, the month, or the last day.
fn time(item: &Item) -> String {
    if let Some(when) = item.week_or_day() {
        when.label()
    } else if has_no_day(item) {
        format::month_name(item.occurrence.month()).to_owned()
    } else {
        format::day_month(item.occurrence.due)
    }
}

fn when_and_who(item: &Item) -> String {
    with_who(time(item), item)
}

fn with_who(when: String, item: &Item) -> String {
    match &*item.responsible_label {
        "" => when,
        who => format!("{when} · {who}"),
    }
}

/// Åtgärder since last time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Atgarder {
    /// Late.
    pub forsenade: Vec<Rad>,
    /// To be done.
    pub kommande: Vec<Rad>,
    /// Done since last time.
    pub klara: Vec<Rad>,
    /// What is known of effects since last time: title and sentence.
    pub effekter: Vec<(String, String)>,
}

/// The åtgärder of a unit as everybody sees them. One that comes from a case says what is to be done and nothing of the
/// case: its why, which may tell, is never shown.
#[must_use]
pub fn atgarder(all: &[Atgard], since: NaiveDate, today: NaiveDate) -> Atgarder {
    let mut out = Atgarder::default();
    for a in all {
        let rad = |status: Status, detail: String| Rad {
            title: a.title.clone(),
            detail,
            status,
            id: a.occurrence,
            may_tick: a.may_tick && a.state.is_open(),
            n: 1,
        };
        let who = if a.responsible_label.is_empty() { String::new() } else { format!(" · {}", a.responsible_label) };
        match a.state {
            State::Planerad | State::Pagar if a.due < today => {
                out.forsenade.push(rad(Status::Forsenad, format!("{}{who}", format::day_month(a.due))));
            }
            State::Planerad | State::Pagar => {
                let status = if a.state == State::Pagar { Status::Pagar } else { Status::Planerad };
                out.kommande.push(rad(status, format!("{}{who}", format::day_month(a.due))));
            }
            State::Utford if a.done_on.is_some_and(|on| on > since && on <= today) => {
                out.klara.push(rad(Status::Utford, a.done_on.map(format::day_month).unwrap_or_default()));
            }
            State::Utford | State::EjUtford => {}
        }
        if let Some(f) = &a.follow_up
            && f.on.is_some_and(|on| on > since && on <= today)
            && let Some(outcome) = f.outcome
        {
            out.effekter.push((a.title.clone(), atgard::effect_label(outcome).to_owned()));
        }
    }
    out
}

/// Förslag since last time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forslag {
    /// New, or to be talked about.
    pub nya: Vec<String>,
    /// Tried out.
    pub provas: Vec<String>,
    /// Done, or turned down, since last time: with the reason.
    pub avgjorda: Vec<String>,
    /// What went well.
    pub stjarnor: Vec<String>,
    /// What was done well, and could be taken further.
    pub silver: Vec<String>,
}

/// What has been said in a unit, without who said it: on a wall a name is read by others than those it was given to.
#[must_use]
pub fn forslag(all: &[forslag::Forslag], since: NaiveDate) -> Forslag {
    let mut out = Forslag::default();
    for f in all {
        match (f.kind, f.state) {
            (Kind::Guldstjarna, _) => {
                if f.on > since {
                    out.stjarnor.push(f.text.clone());
                }
            }
            (Kind::Silverstjarna, _) => {
                if f.on > since {
                    out.silver.push(f.text.clone());
                }
            }
            (_, forslag::State::Ny | forslag::State::Diskuteras) => out.nya.push(f.text.clone()),
            (_, forslag::State::Provas) => out.provas.push(f.text.clone()),
            (_, state) => {
                if f.changed_on > since {
                    let why = if f.reason.is_empty() { String::new() } else { format!(": {}", f.reason) };
                    out.avgjorda.push(format!("{} ({}{why})", f.text, state.label().to_lowercase()));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        area::Area,
        id::{ForslagId, NodeId},
        schedule::Category,
    };

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    fn item(n: u128, area: Area, days: (NaiveDate, NaiveDate), done: Option<NaiveDate>) -> Item {
        let responsible_label = "Metodutvecklare".into();
        let mut item =
            Item { responsible_label, mine: false, ..Item::example((area, Category::Egenkontroll), n, days) };
        if done.is_some() {
            (item.occurrence.state, item.occurrence.performed_on) = (State::Utford, done);
        }
        item
    }

    #[test]
    fn since_last_time_is_after_that_day_and_cases_are_no_controls() {
        let october = (day(10, 1), day(10, 31));
        let december = (day(12, 1), day(12, 31));
        let items = [
            item(1, Area::Egenkontroll, october, Some(day(11, 12))),
            item(2, Area::Egenkontroll, october, Some(day(11, 11))),
            item(3, Area::Internkontroll, october, None),
            item(4, Area::Egenkontroll, december, None),
            item(5, Area::Avvikelse, october, None),
            item(6, Area::Aktivitet, october, None),
        ];
        let k = kontroller(&items, day(11, 11), day(11, 23));
        let ids = |rows: &[Rad]| rows.iter().map(|r| r.id.0.as_u128()).collect::<Vec<_>>();
        assert_eq!((ids(&k.klara), ids(&k.forsenade), ids(&k.kommande)), (vec![1], vec![3], vec![4]));
        assert_eq!(k.forsenade[0].detail, "oktober · Metodutvecklare");
        assert!(k.forsenade[0].may_tick && !k.klara[0].may_tick);
    }

    #[test]
    fn what_is_late_of_a_control_is_one_line_with_its_times_and_every_one_of_them_counts() {
        let month = |n: u32| {
            let start = day(n, 1);
            let mut item = item(7, Area::Egenkontroll, (start, crate::occurrence::month_end(start)), None);
            item.occurrence.id = OccurrenceId(Uuid::from_u128(u128::from(100 + n)));
            item
        };
        let mut items: Vec<Item> = (2..=10).map(month).collect();
        items.push(item(8, Area::Internkontroll, (day(10, 1), day(10, 31)), None));
        let k = kontroller(&items, day(11, 11), day(11, 23));
        let said: Vec<(&str, usize)> = k.forsenade.iter().map(|r| (r.detail.as_str(), r.n)).collect();
        assert_eq!(said, [("feb, mar, apr, maj och 5 till · Metodutvecklare", 9), ("oktober · Metodutvecklare", 1)]);
        assert_eq!(count(&k.forsenade), 10);
        let heading = super::super::finding::kontroller(&k);
        assert_eq!(heading, "Ingen kontroll är klar sedan sist, tio är försenade");
        let few = kontroller(&items[..4], day(11, 11), day(11, 23));
        assert_eq!(few.forsenade[0].detail, "feb, mar, apr, maj · Metodutvecklare");
    }

    #[test]
    fn a_name_given_with_a_forslag_is_not_on_the_slide() {
        let f = |kind, state, on| forslag::Forslag {
            id: ForslagId(Uuid::from_u128(1)),
            node: NodeId(Uuid::from_u128(1)),
            kind,
            text: "Egen kö".into(),
            state,
            reason: "Ryms inte".into(),
            who: "Handläggare 1".into(),
            on,
            changed_on: on,
            version: 1,
        };
        let all = [
            f(Kind::Forslag, forslag::State::Ny, day(1, 1)),
            f(Kind::Forslag, forslag::State::Avslagen, day(11, 12)),
            f(Kind::Forslag, forslag::State::Avslagen, day(11, 2)),
            f(Kind::Guldstjarna, forslag::State::Ny, day(11, 2)),
            f(Kind::Silverstjarna, forslag::State::Ny, day(11, 12)),
        ];
        let shown = forslag(&all, day(11, 11));
        assert_eq!((shown.nya.len(), shown.avgjorda.len(), shown.stjarnor.len()), (1, 1, 0));
        assert_eq!(shown.silver, ["Egen kö"]);
        assert_eq!(shown.avgjorda[0], "Egen kö (avslaget: Ryms inte)");
        assert!(!format!("{shown:?}").contains("Handläggare"));
    }
}
