//! Slide: what each kind of slide shows, chosen from what everybody in the unit may see. Nothing of a case but counts and
//! the text that was written for APT comes in here; there is no field for more.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    area::Area,
    arshjul::has_no_day,
    atgard::{self, Atgard},
    format,
    forslag::{self, Kind},
    id::OccurrenceId,
    occurrence::{Item, State, Status, together::Group},
    table::{self, Alone, Record},
};

/// What is to come is what begins within so many days.
const AHEAD: Days = Days::new(35);

/// The kinds of slides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slag {
    /// What was decided last time, and the åtgärder that remain of it.
    Foregaende,
    /// The wheel.
    Hjul,
    /// Controls done, late and to come.
    Kontroller,
    /// Results marked for APT.
    Resultat,
    /// Avvikelser in numbers and what was learnt.
    Avvikelser,
    /// The results of an enkät.
    Enkat,
    /// Åtgärder due and their effects.
    Atgarder,
    /// Förbättringsförslag and guldstjärnor.
    Forslag,
    /// The series that are shown at APT, each with its finding.
    Siffror,
    /// How the unit's own goals are met.
    Mal,
    /// How the indikatorer that are chosen for it stand to their goals.
    Indikatorer,
    /// The account of the plan, and what it is believed to come to.
    Ekonomi,
    /// Free text.
    Text,
    /// A table or a figure that was typed in.
    Tabell,
}

impl Slag {
    crate::every! {
        /// Every kind, in the order they are offered.
        Text, Tabell, Hjul, Kontroller, Resultat, Avvikelser, Enkat, Siffror, Mal, Indikatorer, Ekonomi, Atgarder, Forslag, Foregaende
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Foregaende => "foregaende",
            Self::Hjul => "hjul",
            Self::Kontroller => "kontroller",
            Self::Resultat => "resultat",
            Self::Avvikelser => "avvikelser",
            Self::Enkat => "enkat",
            Self::Atgarder => "atgarder",
            Self::Forslag => "forslag",
            Self::Siffror => "siffror",
            Self::Mal => "mal",
            Self::Indikatorer => "indikatorer",
            Self::Ekonomi => "ekonomi",
            Self::Text => "text",
            Self::Tabell => "tabell",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Foregaende => "Föregående protokoll",
            Self::Hjul => "Årshjulet",
            Self::Kontroller => "Kontroller",
            Self::Resultat => "Resultat och analys",
            Self::Avvikelser => "Avvikelser i siffror",
            Self::Enkat => "Brukarenkät",
            Self::Atgarder => "Åtgärder",
            Self::Forslag => "Förslag och guldstjärnor",
            Self::Siffror => "Verksamheten i siffror",
            Self::Mal => "Enhetens mål",
            Self::Indikatorer => "Indikatorer",
            Self::Ekonomi => "Ekonomi",
            Self::Text => "Text, bild och fråga",
            Self::Tabell => "Tabell eller siffra",
        }
    }

    /// Whether it shows what somebody has typed, and nothing else.
    #[must_use]
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Text | Self::Tabell)
    }

    /// The areas that change what it shows.
    #[must_use]
    pub fn areas(self) -> Vec<Area> {
        Area::of_slide(self)
    }
}

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

/// A typed or pasted table. A single row with one or two cells is a figure with what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tabell {
    /// What stands above the table, alone in its row.
    pub rubrik: Vec<String>,
    /// The rows; the first is the heading.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are beyond [`TABELL_MAX`].
    pub more: usize,
}

/// The most rows below the heading that are shown, on as many slides as they need (`deck`).
pub const TABELL_MAX: usize = 60;

/// Reads a typed or pasted table: rows of cells, parted by tabs or semicolons.
#[must_use]
pub fn table(text: &str) -> Tabell {
    let mut records = table::typed(text);
    // a marking in a spreadsheet is often wider than what stands in it
    let width =
        records.iter().filter_map(|r| r.cells.iter().rposition(|c| !c.is_empty())).max().map_or(0, |last| last + 1);
    for record in &mut records {
        record.cells.truncate(width);
    }
    let alone = |r: &&Record| r.cells.iter().filter(|c| !c.is_empty()).count() == 1;
    let above = if width > 1 { records.iter().take_while(alone).count() } else { 0 };
    // a heading and a row have to be left
    let rubrik: Vec<String> = if above + 2 <= records.len() {
        records.drain(..above).flat_map(|r| r.cells).filter(|c| !c.is_empty()).collect()
    } else {
        vec![]
    };
    table::fill_dittos(records.iter_mut().skip(1).map(|r| (r.line, &mut r.cells)), Alone::Row);
    let mut rows: Vec<Vec<String>> = records.into_iter().map(|r| r.cells).collect();
    let more = rows.len().saturating_sub(1 + TABELL_MAX);
    rows.truncate(1 + TABELL_MAX);
    Tabell { rubrik, rows, more }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
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

    #[test]
    fn a_table_is_pasted_from_a_spreadsheet_or_typed() {
        assert_eq!(table("Konto\tUtfall\nLöner\t3,5").rows, [["Konto", "Utfall"], ["Löner", "3,5"]]);
        assert_eq!(table("Prognos; +0,4 mnkr\n\n").rows, [["Prognos", "+0,4 mnkr"]]);
        assert_eq!(table("  "), Tabell::default());
    }

    #[test]
    fn a_ditto_mark_right_below_the_head_of_a_table_stays_a_mark() {
        let read = table("Mål 2026\nMål\tAndel\n\"\t97 %\nTrygghet\t90 %\n\"\t91 %");
        let first: Vec<&str> = read.rows.iter().map(|r| r[0].as_str()).collect();
        assert_eq!(first, ["Mål", "\"", "Trygghet", "Trygghet"]);
    }

    #[test]
    fn a_table_with_a_title_line_breaks_and_dittos_is_shown_as_it_looks() {
        let text = "Bokslut 2025\t\t\n\nKonto\tUtfall\t\n\"Löner\n(tillsvidare)\"\t3,5\t\n\"Köpt vård\" m.m.\t\"\t\n";
        let read = table(text);
        assert_eq!(read.rubrik, ["Bokslut 2025"]);
        assert_eq!(read.rows, [["Konto", "Utfall"], ["Löner\n(tillsvidare)", "3,5"], ["\"Köpt vård\" m.m.", "3,5"]]);
        let figure = table("Prognos\nLöner\t3");
        assert_eq!((figure.rubrik.len(), figure.rows.len()), (0, 2), "a heading needs rows below it");
    }

    #[test]
    fn rows_that_a_slide_has_no_room_for_are_counted() {
        let rows: Vec<String> = (0..65).map(|n| format!("Rad {n};{n}")).collect();
        let read = table(&rows.join("\n"));
        assert_eq!((read.rows.len(), read.more), (61, 4));
    }

    #[test]
    fn slides_survive_their_code() {
        for slag in Slag::ALL {
            assert_eq!(Slag::from_code(slag.code()), Some(slag));
        }
    }
}
