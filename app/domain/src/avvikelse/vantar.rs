//! Vantar: a case in which something waits for somebody, as Att göra, the wheel and the register say it: what and by when,
//! never what happened.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Arende, Relation, State,
    deadline::{Deadline, Due, Frist},
};
use crate::{
    id::{OccurrenceId, ScheduleId},
    moment,
    occurrence::{Andel, Item, Occurrence, State as OccurrenceState},
    permission::Area,
    schedule::{Category, Responsible},
};

/// How the last moment is said on the clock of the place: "senast mån 7 mars 16.00".
pub type Say = fn(Due) -> String;

/// A case in which something waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vantar {
    /// The case.
    pub arende: Arende,
    /// Who the person is to it.
    pub relation: Relation,
    /// Its deadlines that are not kept yet, the earliest first.
    pub deadlines: Vec<Deadline>,
}

impl Vantar {
    /// A case as it waits for somebody; none where nothing does, or where it waits for others: what the lex Sarah-utredare is
    /// to decide, investigate and report is not in the list of a chef.
    #[must_use]
    pub fn of(arende: Arende, relation: Relation, deadlines: Vec<Deadline>) -> Option<Self> {
        let case = &arende.case;
        let mine = |frist: Frist| match frist {
            Frist::Rapport | Frist::Utredning | Frist::Ivo | Frist::IvoUtredning => relation.lex_sarah,
            Frist::Imy | Frist::Registrerade | Frist::Aterkoppling => relation.handler || case.is_lex_sarah(),
        };
        let deadlines = deadlines.into_iter().filter(|d| d.done.is_none() && mine(d.frist)).collect();
        let theirs = relation.handler || case.is_lex_sarah() || case.awaits_lex_sarah();
        let found = Self { arende, relation, deadlines };
        let waits = found.decides() || found.assesses() || !found.deadlines.is_empty() || found.follows_up();
        (theirs && waits).then_some(found)
    }

    /// Where it stands among others, the most urgent first: hours that run out, what is to be done at once, days, then what is
    /// to be assessed, then effects to follow up.
    #[must_use]
    pub fn order(&self) -> (u8, DateTime<Utc>) {
        let of = |rank: u8, day: NaiveDate| (rank, day.and_time(chrono::NaiveTime::MIN).and_utc());
        let case = &self.arende.case;
        let decides = self.decides().then(|| of(1, case.suspected_on.unwrap_or(case.inkommen)));
        let assesses = self.assesses().then(|| of(3, case.inkommen));
        let first = self.deadlines.first().map(Deadline::order);
        let last = of(4, case.follow_up_on.unwrap_or(case.inkommen));
        first.into_iter().chain(decides).chain(assesses).min().unwrap_or(last)
    }

    fn decides(&self) -> bool {
        self.arende.case.awaits_lex_sarah() && self.relation.lex_sarah
    }

    /// The assessment waits for the lex Sarah decision where one is to come.
    fn assesses(&self) -> bool {
        self.arende.case.state == State::Inkommen && !self.arende.case.awaits_lex_sarah()
    }

    fn follows_up(&self) -> bool {
        self.arende.case.follow_up_on.is_some() && self.arende.case.effect.is_empty()
    }

    /// Whether hours run out: that comes before everything else.
    fn runs_out(&self) -> bool {
        self.deadlines.first().is_some_and(|d| matches!(d.due, Due::At(_)))
    }

    /// What the person is to do with it: a verb and its number.
    #[must_use]
    pub fn what(&self) -> String {
        let number = self.arende.number();
        if self.decides() && !self.runs_out() {
            return format!("Besluta om lex Sarah i {number}");
        }
        if self.assesses() && !self.runs_out() {
            return format!("Bedöm {number}");
        }
        match self.deadlines.first() {
            Some(d) => format!("{}: {number}", d.frist.rule().name),
            None => format!("Följ upp {number}"),
        }
    }

    /// By when, in words: "41 timmar kvar, senast mån 7 mars 16.00, artikel 33 dataskyddsförordningen".
    #[must_use]
    pub fn by_when(&self, now: DateTime<Utc>, today: NaiveDate, say: Say) -> String {
        match self.deadlines.first() {
            Some(d) if matches!(d.due, Due::At(_)) => {
                format!("{}, {}, {}", d.countdown(now, today), say(d.due), d.frist.rule().source)
            }
            Some(d) => format!("{}, {}", d.countdown(now, today), d.frist.rule().source),
            None if self.arende.case.state == State::Inkommen => {
                format!("kom in {}", crate::format::day_month(self.arende.case.inkommen))
            }
            None => case_follow_up(self.arende.case.follow_up_on),
        }
    }

    /// The first and the last day of what is to be done. What is to be done at once has no last day: it is under way from its
    /// first day on.
    fn days(&self, now: DateTime<Utc>, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let case = &self.arende.case;
        let first = self.deadlines.first();
        match first.map(|d| d.due) {
            Some(Due::Since(day)) => (day, today.max(day)),
            // hours do not end with a day: it is late from the minute on
            Some(Due::At(_)) if first.is_some_and(|d| d.is_late(now, today)) => {
                let yesterday = today.pred_opt().unwrap_or(today);
                (yesterday, yesterday)
            }
            Some(Due::At(at)) => (case.inkommen, moment::day(at).max(today)),
            Some(Due::Day(day)) => (day, day),
            None if case.state == State::Inkommen => (case.inkommen, today.max(case.inkommen)),
            None => {
                let day = case.follow_up_on.unwrap_or(today);
                (day, day)
            }
        }
    }

    /// Whether the time for it has passed, as [`Vantar::item`] shows it.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>, today: NaiveDate) -> bool {
        self.days(now, today).1 < today
    }

    /// As an item of lists and the wheel, in nobody's name but that of the person who may open the case.
    #[must_use]
    pub fn item(&self, now: DateTime<Utc>, today: NaiveDate, say: Say) -> Item {
        let (start, due) = self.days(now, today);
        Item {
            occurrence: Occurrence {
                id: OccurrenceId(self.arende.id.0),
                schedule: ScheduleId(self.arende.id.0),
                node: self.arende.node,
                start,
                due,
                moved_from: None,
                hours: None,
                state: OccurrenceState::Planerad,
                outcome: None,
                andel: Andel::default(),
                note: String::new(),
                figures: vec![],
                reason: String::new(),
                performed_by: None,
                performed_on: None,
                goes_on: false,
                version: self.arende.version,
            },
            area: Area::Avvikelse,
            source: self.arende.id.0,
            level: None,
            category: Category::Atgard,
            title: self.what(),
            rhythm: self.by_when(now, today, say),
            recurrence: None,
            responsible: Responsible::Nobody,
            responsible_label: String::new(),
            node_name: self.arende.node_name.clone(),
            performed_by_label: String::new(),
            mine: true,
            may_tick: false,
            closed_mote: None,
            removed: false,
            draws: false,
            counts: false,
        }
    }
}

fn case_follow_up(day: Option<NaiveDate>) -> String {
    day.map(|day| format!("effekten följs upp {}", crate::format::day_month(day))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        avvikelse::{
            Kind, Kinds,
            arende::tests::arende,
            deadline::{Goals, deadlines},
        },
        occurrence::Status,
    };

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn now() -> DateTime<Utc> {
        today().and_hms_opt(12, 0, 0).unwrap().and_utc()
    }

    fn vantar(change: impl FnOnce(&mut Arende)) -> Vantar {
        let mut arende = arende();
        change(&mut arende);
        let deadlines = deadlines(&arende.case, &Goals::default());
        Vantar::of(arende, CHEF, deadlines).unwrap()
    }

    const CHEF: Relation = Relation { reporter: false, handler: true, lex_sarah: false };
    const UTREDARE: Relation = Relation { reporter: false, handler: false, lex_sarah: true };

    fn said(_: Due) -> String {
        "senast då".to_owned()
    }

    fn waits(who: Relation, change: impl FnOnce(&mut Arende)) -> Option<Vantar> {
        let mut arende = arende();
        change(&mut arende);
        let deadlines = deadlines(&arende.case, &Goals::default());
        Vantar::of(arende, who, deadlines)
    }

    #[test]
    fn what_waits_for_somebody_else_is_in_nobody_elses_list() {
        let suspected = |a: &mut Arende| a.case.suspected_on = Some(today());
        assert_eq!(waits(CHEF, suspected), None, "the lex Sarah-utredare decides");
        assert_eq!(waits(UTREDARE, suspected).unwrap().what(), "Besluta om lex Sarah i 2026-014");
        assert_eq!(waits(UTREDARE, |_| {}), None, "a case without lex Sarah is the unit's own");
        assert_eq!(waits(CHEF, |_| {}).unwrap().what(), "Bedöm 2026-014");
        let both = |a: &mut Arende| {
            a.case.suspected_on = Some(today());
            a.case.kinds = Kinds::of(&[Kind::Pui]);
            a.case.imy.known_at = Some(now());
        };
        assert_eq!(waits(CHEF, both).unwrap().what(), "Anmäl till IMY: 2026-014");
        assert_eq!(waits(UTREDARE, both).unwrap().what(), "Besluta om lex Sarah i 2026-014");
    }

    #[test]
    fn hours_that_run_out_come_before_what_is_older() {
        let incident = waits(CHEF, |a| {
            a.case.kinds = Kinds::of(&[Kind::Pui]);
            a.case.imy.known_at = Some(now());
        });
        let suspected = waits(UTREDARE, |a| a.case.suspected_on = NaiveDate::from_ymd_opt(2026, 9, 1));
        let old = waits(CHEF, |a| a.case.inkommen = NaiveDate::from_ymd_opt(2026, 1, 7).unwrap());
        let orders = [incident, suspected, old].map(|v| v.unwrap().order());
        assert!(orders.is_sorted(), "{orders:?}");
    }

    #[test]
    fn an_item_says_what_is_to_be_done_and_nothing_of_what_happened() {
        let item = vantar(|_| {}).item(now(), today(), said);
        assert_eq!((item.title.as_str(), item.status(today())), ("Bedöm 2026-014", Status::Pagar));
        let text = format!("{item:?}");
        assert!(!text.contains("Återansökan") && !text.contains("EB-1234") && !text.contains("utbetalning"), "{text}");
    }

    #[test]
    fn seventy_two_hours_are_late_from_the_minute_on() {
        let incident = |hours: i64| {
            vantar(|a| {
                a.case.kinds = Kinds::of(&[Kind::Pui]);
                a.case.state = State::Bedomd;
                a.case.imy.discovered_at = Some(now() - TimeDelta::hours(hours));
            })
            .item(now(), today(), said)
        };
        let running = incident(31);
        assert_eq!(running.rhythm, "41 timmar kvar, senast då, artikel 33 dataskyddsförordningen");
        assert_eq!(running.status(today()), Status::Pagar);
        assert_eq!(incident(73).status(today()), Status::Forsenad);
    }

    #[test]
    fn what_is_to_be_done_at_once_is_open_and_never_late() {
        let suspected = waits(UTREDARE, |a| a.case.suspected_on = NaiveDate::from_ymd_opt(2026, 9, 1)).unwrap();
        let item = suspected.item(now(), today(), said);
        assert_eq!(item.status(today()), Status::Pagar);
        assert!(item.rhythm.starts_with("genast, sedan 83 dagar"), "{}", item.rhythm);
    }
}
