//! Together: several tillfällen at once. What is late is said by its control, "feb, mar, apr", and ticked off or given up in
//! one go; what needs more than a mark stays, and is said with why.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Item, Outcome, State, TickForm, When, check_performed_on, check_reason, check_tick};
use crate::{
    area::{Area, Ticked},
    field::{Checker, FieldError},
    format,
    id::OccurrenceId,
    schedule::Level,
};

/// The most that are marked at once.
pub const MOST: usize = 200;

/// What is done with all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Ticked off, as the button of one click does, all on the day they were carried out.
    Tick(NaiveDate),
    /// Given up, with one reason for all.
    GiveUp(String),
}

/// One of a list, and the version that the person saw.
pub type Seen = (OccurrenceId, i64);

/// As a box of a form sends it.
#[must_use]
pub fn code((id, version): Seen) -> String {
    format!("{id}.{version}")
}

/// Reads what the boxes of a form sent.
pub fn check_rows(rows: &[String]) -> Result<Vec<Seen>, Vec<FieldError>> {
    let at = |message: String| Err(vec![FieldError { field: "rows".to_owned(), message }]);
    let mut seen = Vec::new();
    for row in rows {
        let read: Option<Seen> =
            row.split_once('.').and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)));
        match read {
            Some(row) if seen.contains(&row) => {}
            Some(row) => seen.push(row),
            None => return at("Ladda om sidan och markera igen.".to_owned()),
        }
    }
    match seen.len() {
        0 => at("Markera minst ett tillfälle.".to_owned()),
        n if n > MOST => at(format!("Markera högst {MOST} åt gången. Du har markerat {n}.")),
        _ => Ok(seen),
    }
}

/// Reads what is to be done: `utford` on a day, which is today where none is said; or `ej_utford` with a reason.
pub fn check_act(act: &str, reason: &str, performed_on: &str, today: NaiveDate) -> Result<Act, Vec<FieldError>> {
    if State::from_code(act.trim()) == Some(State::EjUtford) {
        return check_reason(reason).map(Act::GiveUp);
    }
    let mut check = Checker::default();
    let day = check_performed_on(&mut check, performed_on, today);
    check.finish(Act::Tick(day))
}

/// What the button of one click sends: that it is done, and where what was found must be said that nothing deviated.
#[must_use]
pub fn one_click(area: Area) -> TickForm {
    let outcome = area.time().finding.of_one_click().map_or("", Outcome::code);
    TickForm { outcome: outcome.to_owned(), ..TickForm::default() }
}

/// The same for something that was done on a day.
#[must_use]
pub fn one_click_on(area: Area, day: NaiveDate) -> TickForm {
    TickForm { performed_on: format::date(day), ..one_click(area) }
}

impl Item {
    /// Why it cannot be ticked off where it stands in a list, whoever asks, as a sentence goes on after its name: it is done
    /// where its answers or its effect are written. `running`: a genomförande of it is under way.
    #[must_use]
    pub fn done_elsewhere(&self, running: bool) -> Option<&'static str> {
        if let Ticked::OnThing { why, .. } = self.kind().ticked {
            Some(why)
        } else if self.level == Some(Level::Uppfoljning) {
            Some("följs upp på åtgärdens sida, där du skriver om den hade effekt")
        } else if running {
            Some("har ett genomförande som pågår. Avsluta det där, så blir tillfället utfört")
        } else {
            None
        }
    }

    /// Why a tick of it cannot be undone where it stands, whoever asks, as a sentence goes on after its name.
    #[must_use]
    pub fn undone_elsewhere(&self) -> Option<&'static str> {
        match self.kind().ticked {
            Ticked::OnThing { undo, .. } if self.occurrence.state == State::Utford => Some(undo),
            Ticked::OnThing { .. } | Ticked::Here | Ticked::HereOrByRun | Ticked::Opened => None,
        }
    }

    /// Whether a list offers a box for it.
    #[must_use]
    pub fn can_be_marked(&self) -> bool {
        self.occurrence.state.is_open()
            && self.may_tick
            && !self.removed
            && self.is_tillfalle()
            && !self.kind().follows_thing()
    }

    /// Why it stays when several are marked: somebody was first, it is somebody else's, or it takes more than a mark. None when
    /// it does not.
    #[must_use]
    pub fn stays(&self, version: i64, running: bool, act: &Act, today: NaiveDate) -> Option<String> {
        let o = &self.occurrence;
        match o.state {
            State::Utford => {
                let day = o.performed_on.map(format::day_month).unwrap_or_default();
                return Some(format!("är redan utförd av {} den {day}", self.performed_by_label));
            }
            State::EjUtford => return Some("är redan markerad som ej utförd".to_owned()),
            State::Planerad | State::Pagar => {}
        }
        if self.removed {
            return Some("är borttagen, och kan markeras när den har återställts på sin egen sida".to_owned());
        }
        if o.version != version {
            return Some("har ändrats av någon annan sedan du öppnade sidan".to_owned());
        }
        if !self.may_tick {
            let who = &self.responsible_label;
            return Some(if who.is_empty() {
                "är inte din att markera".to_owned()
            } else {
                format!("är inte din att markera: {who} utför den")
            });
        }
        let Act::Tick(day) = act else { return None };
        if let Some(why) = self.done_elsewhere(running) {
            return Some(why.to_owned());
        }
        if self.is_ahead(today) {
            return Some("har inte börjat än, och bockas av för sig om den redan är gjord".to_owned());
        }
        if self.time().is_some() && *day < o.start {
            let start = format::day_month(o.start);
            return Some(format!("börjar {start}, efter dagen du valde, och bockas av för sig om den var gjord då"));
        }
        if self.goes_on_its_page() {
            return Some("är påbörjad, och avslutas på sin egen sida".to_owned());
        }
        let faults = check_tick(self.area, &one_click_on(self.area, *day), today).err()?;
        let said = faults.into_iter().map(|f| f.message).next().unwrap_or_default();
        Some(format!("kräver mer än en markering: {said}"))
    }

    /// What it is called among many: its name with its time, also where that is a month. "Dokumentation, februari".
    #[must_use]
    pub fn name_and_time(&self) -> String {
        let level = self.level.filter(|l| *l == Level::Aktivitet).map(|l| format!(" ({})", l.label().to_lowercase()));
        format!("{}{}, {}", self.title, level.unwrap_or_default(), self.occurrence.when().label())
    }
}

/// The tillfällen of one control at one unit, in the order of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// At least one.
    pub items: Vec<Item>,
}

impl Group {
    /// The groups of a list, each where its first one stands.
    #[must_use]
    pub fn of(items: Vec<Item>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for item in items {
            let same = |g: &&mut Self| {
                g.items.first().is_some_and(|first| {
                    first.is_tillfalle()
                        && first.occurrence.schedule == item.occurrence.schedule
                        && first.occurrence.node == item.occurrence.node
                })
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.items.push(item),
                None => groups.push(Self { items: vec![item] }),
            }
        }
        groups
    }

    /// Their times, as short as they can be: "feb, mar, apr", "v. 6, v. 7", "12 november". The year is said where it is another.
    #[must_use]
    pub fn times(&self, year: i32) -> Vec<String> {
        self.items.iter().map(|item| short_time(item, year)).collect()
    }

    /// The same in a line that has room for `most`: "feb, mar, apr och 6 till".
    #[must_use]
    pub fn times_in_short(&self, year: i32, most: usize) -> String {
        let times = self.times(year);
        let said = times.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
        match times.len().saturating_sub(most) {
            0 => said,
            more => format!("{said} och {more} till"),
        }
    }
}

/// The time of one, as short as it can be.
#[must_use]
pub fn short_time(item: &Item, year: i32) -> String {
    let (o, when) = (&item.occurrence, item.occurrence.when());
    let own = o.day().year();
    let said = match when.week() {
        Some(week) => format!("v. {week}"),
        None if when.is_month() => format::month_short(o.month()).to_owned(),
        None => when.label(),
    };
    if own == year { said } else { format!("{said} {own}") }
}

/// How many, and of what where they are of one area: "1 internkontroll", "3 tillfällen".
fn counted(items: &[&Item]) -> String {
    let n = items.len();
    let areas: BTreeSet<Area> = items.iter().map(|i| i.area).collect();
    match areas.first().filter(|_| areas.len() == 1).map(|area| &area.traits().noun) {
        Some(noun) => format!("{n} {}", if n == 1 { noun.one } else { noun.many }),
        None => format!("{n} tillfällen"),
    }
}

/// What was done with several, in a sentence: with the day where that is not today.
#[must_use]
pub fn sentence(done: &[Item], act: &Act, today: NaiveDate) -> String {
    let checked: Vec<&Item> = done.iter().filter(|i| i.kind().finding.is_demanded()).collect();
    let on = match act {
        Act::Tick(day) if *day != today => format!(" {}", When::of(*day, *day).seen_from(today.year())),
        _ => String::new(),
    };
    match (done, act) {
        ([], _) => "Inget är markerat".to_owned(),
        ([one], Act::Tick(_)) => format!("{} är utförd{on}", one.name_and_time()),
        ([one], Act::GiveUp(_)) => format!("{} är markerad som ej utförd", one.name_and_time()),
        (all, Act::Tick(_)) if checked.len() == all.len() => {
            format!("{} tillfällen är utförda{on} utan avvikelse", all.len())
        }
        (all, Act::Tick(_)) if !checked.is_empty() => {
            format!("{} tillfällen är utförda{on}, varav {} utan avvikelse", all.len(), counted(&checked))
        }
        (all, Act::Tick(_)) => format!("{} tillfällen är utförda{on}", all.len()),
        (all, Act::GiveUp(_)) => {
            format!("{} tillfällen är markerade som ej utförda. Det ångras ett i taget, på tillfällets sida", all.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{occurrence::month_end, schedule::Category};

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    fn item(schedule: u128, month: u32) -> Item {
        let start = day(month, 1);
        let mut item = Item::example((Area::Egenkontroll, Category::Egenkontroll), schedule, (start, month_end(start)));
        item.occurrence.id = OccurrenceId(Uuid::from_u128(schedule * 100 + u128::from(month)));
        item.occurrence.version = 3;
        item
    }

    fn tick() -> Act {
        Act::Tick(day(11, 23))
    }

    #[test]
    fn what_is_late_is_said_by_its_control() {
        let groups = Group::of(vec![item(1, 2), item(2, 2), item(1, 3), item(1, 4)]);
        let said: Vec<String> = groups.iter().map(|g| g.times(2026).join(", ")).collect();
        assert_eq!(said, ["feb, mar, apr", "feb"]);
        assert_eq!(groups[0].times(2027)[0], "feb 2026");
        let mut week = item(3, 2);
        (week.occurrence.start, week.occurrence.due) = (day(2, 2), day(2, 8));
        assert_eq!(short_time(&week, 2026), "v. 6");
        // the deadlines of two cases are two things
        let case = || Item { area: Area::Avvikelse, ..item(0, 5) };
        assert_eq!(Group::of(vec![case(), case()]).len(), 2);
    }

    #[test]
    fn what_takes_more_than_a_mark_stays_and_says_why() {
        let stays = |item: &Item, running, act: &Act| item.stays(3, running, act, day(11, 23));
        let plain = item(1, 2);
        assert_eq!(stays(&plain, false, &tick()), None);
        let given_up = Act::GiveUp("Ny på enheten".into());
        let follow_up = Item { area: Area::Atgard, level: Some(Level::Uppfoljning), ..item(1, 2) };
        assert!(stays(&follow_up, false, &tick()).unwrap().starts_with("följs upp på åtgärdens sida"));
        assert_eq!(stays(&follow_up, false, &given_up), None);
        assert!(stays(&plain, true, &tick()).unwrap().contains("genomförande som pågår"));
        let mut begun = item(1, 2);
        begun.occurrence.state = State::Pagar;
        assert!(stays(&begun, false, &tick()).unwrap().starts_with("är påbörjad"));
        assert_eq!(stays(&begun, false, &given_up), None);
        let others = Item { may_tick: false, responsible_label: "Metodutvecklare".into(), ..item(1, 2) };
        assert_eq!(stays(&others, false, &given_up).unwrap(), "är inte din att markera: Metodutvecklare utför den");
        let removed = Item { removed: true, ..item(1, 2) };
        assert!(!removed.can_be_marked() && stays(&removed, false, &given_up).unwrap().starts_with("är borttagen"));
        assert!(
            stays(&item(1, 12), false, &tick()).unwrap().starts_with("har inte börjat än"),
            "it asks first, by itself"
        );
        assert_eq!(stays(&item(1, 12), false, &given_up), None);
        let in_august: Vec<_> = (8..=10).map(|m| stays(&item(1, m), false, &Act::Tick(day(8, 15)))).collect();
        assert_eq!(in_august[0], None);
        assert!(in_august[1].as_deref().unwrap().starts_with("börjar 1 september, efter dagen du valde"));
        assert!(in_august[2].is_some(), "October is not done in August by a mark on a list");
        // of an internkontroll one click says that nothing deviated
        let intern = Item { area: Area::Internkontroll, level: Some(Level::Aktivitet), ..item(1, 2) };
        assert_eq!(stays(&intern, false, &tick()), None);
        assert_eq!(intern.name_and_time(), "Kontroll 1 (kontrollaktivitet), februari");
    }

    #[test]
    fn an_enkat_is_done_when_it_is_closed_and_not_by_a_mark() {
        let enkat = Item { area: Area::Enkat, category: Category::Aktivitet, ..item(1, 2) };
        assert_eq!(enkat.show_source(), "Visa enkäten");
        assert_eq!(enkat.source_href(), format!("/enkater/{}", enkat.source));
        assert!(enkat.moves_by_day() && enkat.can_be_marked(), "it can be given up together with others");
        let why = enkat.stays(3, false, &tick(), day(11, 23)).unwrap();
        assert!(why.starts_with("blir utförd när enkäten stängs"), "{why}");
        assert_eq!(enkat.stays(3, false, &Act::GiveUp("Ny på enheten".into()), day(11, 23)), None);
        assert_eq!(enkat.undone_elsewhere(), None);
        let mut closed = enkat;
        closed.occurrence.state = State::Utford;
        assert!(closed.undone_elsewhere().unwrap().contains("öppnas igen"));
        let mut control = item(1, 2);
        control.occurrence.state = State::Utford;
        assert_eq!(control.undone_elsewhere(), None);
    }

    #[test]
    fn somebody_who_was_first_is_named() {
        let mut done = item(1, 2);
        done.occurrence.state = State::Utford;
        done.occurrence.performed_on = Some(day(11, 20));
        done.performed_by_label = "Enhetschef".into();
        let said = done.stays(3, false, &tick(), day(11, 23));
        assert_eq!(said.unwrap(), "är redan utförd av Enhetschef den 20 november");
        let said = item(1, 2).stays(2, false, &tick(), day(11, 23));
        assert!(said.unwrap().starts_with("har ändrats av någon annan"));
    }

    #[test]
    fn a_form_marks_at_least_one_and_at_most_two_hundred_and_a_reason_is_asked_for() {
        let rows = |n: usize| (0..n).map(|i| code((OccurrenceId(Uuid::from_u128(i as u128)), 1))).collect::<Vec<_>>();
        assert_eq!(check_rows(&rows(2)).unwrap().len(), 2);
        assert_eq!(check_rows(&[rows(1), rows(1)].concat()).unwrap().len(), 1, "a box that came twice is one");
        assert_eq!(check_rows(&[]).unwrap_err()[0].message, "Markera minst ett tillfälle.");
        let many = check_rows(&rows(201)).unwrap_err();
        assert_eq!(many[0].message, "Markera högst 200 åt gången. Du har markerat 201.");
        assert!(check_rows(&["x".to_owned()]).is_err());
        let act = |act, reason| check_act(act, reason, "", day(11, 23));
        assert_eq!(act("ej_utford", " ").unwrap_err()[0].field, "reason");
        assert_eq!(act("ej_utford", "Ny").unwrap(), Act::GiveUp("Ny".into()));
        assert_eq!(act("utford", "").unwrap(), tick());
    }

    #[test]
    fn several_are_marked_on_the_day_they_were_done_and_never_on_one_that_has_not_been() {
        let on = |text: &str| check_act("utford", "", text, day(11, 23));
        assert_eq!(on("2026-10-30").unwrap(), Act::Tick(day(10, 30)));
        for (text, words) in
            [("2026-11-24", "inte varit än"), ("2022-01-01", "två år tillbaka"), ("häromdagen", "datum")]
        {
            let faults = on(text).unwrap_err();
            assert!(faults[0].field == "performed_on" && faults[0].message.contains(words), "{faults:?}");
        }
        assert_eq!(one_click_on(Area::Aktivitet, day(10, 30)).performed_on, "2026-10-30");
        let said = |items: &[Item], on| sentence(items, &Act::Tick(on), day(11, 23));
        assert_eq!(said(&[item(1, 2), item(1, 3)], day(10, 30)), "2 tillfällen är utförda 30 oktober");
        assert_eq!(said(&[item(1, 2)], day(10, 30)), "Kontroll 1, februari är utförd 30 oktober");
        let last_year = day(10, 30) - chrono::Months::new(12);
        assert_eq!(said(&[item(1, 2), item(1, 3)], last_year), "2 tillfällen är utförda 30 oktober 2025");
    }

    #[test]
    fn what_was_done_with_several_is_one_sentence() {
        let intern = || Item { area: Area::Internkontroll, ..item(2, 3) };
        assert_eq!(sentence(&[item(1, 2)], &tick(), day(11, 23)), "Kontroll 1, februari är utförd");
        assert_eq!(sentence(&[item(1, 2), item(1, 3)], &tick(), day(11, 23)), "2 tillfällen är utförda");
        assert_eq!(sentence(&[intern(), intern()], &tick(), day(11, 23)), "2 tillfällen är utförda utan avvikelse");
        let mixed = sentence(&[item(1, 2), intern()], &tick(), day(11, 23));
        assert_eq!(mixed, "2 tillfällen är utförda, varav 1 internkontroll utan avvikelse");
        let more = sentence(&[item(1, 2), intern(), intern()], &tick(), day(11, 23));
        assert_eq!(more, "3 tillfällen är utförda, varav 2 internkontroller utan avvikelse");
        assert!(
            sentence(&[intern(), intern()], &Act::GiveUp("x".into()), day(11, 23))
                .ends_with("ett i taget, på tillfällets sida")
        );
    }
}
