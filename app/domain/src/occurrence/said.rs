//! Said: what was found, in the words that were pressed. The same in the toast, the row, the page and the history.

use chrono::NaiveDate;

use super::{Item, Outcome, State, Status};
use crate::format;

impl Item {
    /// What is said when it has been ticked off: `Attest, oktober är utförd: avvikelse`.
    #[must_use]
    pub fn ticked(&self, outcome: Option<Outcome>, today: NaiveDate) -> String {
        let ahead = if self.time().is_some() && self.occurrence.start > today { " i förväg" } else { "" };
        with(format!("{} är utförd{ahead}", self.name(today)), outcome)
    }

    /// What is said of the day it was done when that lies before its time, which had begun: it is kept as it was written, and who
    /// wrote another than they meant is to see it.
    #[must_use]
    pub fn before_its_time(&self, day: NaiveDate, today: NaiveDate) -> Option<String> {
        let start = self.occurrence.start;
        (self.time().is_some() && day < start && start <= today).then(|| {
            let (day, start) = (format::day_month(day), format::day_month(start));
            format!("Dagen du valde, {day}, ligger före tillfället, som börjar {start}. Ändra dagen om den blev fel.")
        })
    }

    /// What its history says: `Utförd: mindre avvikelse`.
    #[must_use]
    pub fn done(&self, outcome: Option<Outcome>) -> String {
        with("Utförd".to_owned(), outcome)
    }

    /// What it says today, with what was found: `Utförd: avvikelse`, where a list has room for [`Status::label`] only.
    #[must_use]
    pub fn status_words(&self, today: NaiveDate) -> String {
        let status = self.status(today);
        match self.occurrence.state {
            State::Utford => self.done(self.occurrence.outcome),
            _ => status.label().to_owned(),
        }
    }

    /// The same with the day it was done: `Utförd 12 oktober: mindre avvikelse`.
    #[must_use]
    pub fn status_and_day(&self, today: NaiveDate) -> String {
        match (self.occurrence.state, self.occurrence.performed_on) {
            (State::Utford, Some(on)) => with(format!("Utförd {}", format::day_month(on)), self.occurrence.outcome),
            _ => self.status_words(today),
        }
    }

    /// The deviation in a word, for lines that have no room for the whole result: `mindre avvikelse`. None where nothing
    /// deviated.
    #[must_use]
    pub fn deviation(&self, today: NaiveDate) -> Option<String> {
        let outcome = self.occurrence.outcome.filter(|o| o.deviates())?;
        (self.status(today) == Status::Avvikelse).then(|| outcome.label().to_lowercase())
    }
}

fn with(words: String, outcome: Option<Outcome>) -> String {
    match outcome {
        Some(outcome) => format!("{words}: {}", outcome.label().to_lowercase()),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{permission::Area, schedule::Category};

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, d).unwrap()
    }

    fn attest(outcome: Option<Outcome>) -> Item {
        let mut item = Item::example((Area::Internkontroll, Category::Internkontroll), 1, (day(1), day(31)));
        (item.title, item.rhythm) = ("Attest".into(), "varje månad".into());
        if outcome.is_some() {
            item.occurrence.state = State::Utford;
            item.occurrence.outcome = outcome;
            item.occurrence.performed_on = Some(day(12));
        }
        item
    }

    #[test]
    fn a_day_before_the_time_is_kept_and_said() {
        let item = attest(None);
        let start = item.occurrence.start;
        let before = start - chrono::Days::new(1);
        let said = item.before_its_time(before, day(20)).unwrap();
        assert!(
            said.starts_with("Dagen du valde, 30 september, ligger före tillfället, som börjar 1 oktober."),
            "{said}"
        );
        assert_eq!(item.before_its_time(start, day(20)), None);
        assert_eq!(item.before_its_time(before, before), None, "what is done in advance was asked about");
    }

    #[test]
    fn the_word_that_was_pressed_is_the_word_that_is_said() {
        for (outcome, words) in Outcome::INTERNKONTROLL.into_iter().chain(Outcome::EGENKONTROLL).zip([
            "ingen avvikelse",
            "mindre avvikelse",
            "avvikelse",
            "uppfyllt",
            "delvis uppfyllt",
            "ej uppfyllt",
        ]) {
            let item = attest(Some(outcome));
            let said = item.ticked(Some(outcome), day(20));
            assert!(said.starts_with("Attest") && said.ends_with(&format!(" är utförd: {words}")), "{said}");
            assert_eq!(item.done(Some(outcome)), format!("Utförd: {words}"));
            assert_eq!(item.status_words(day(20)), format!("Utförd: {words}"));
            assert_eq!(item.status_and_day(day(20)), format!("Utförd 12 oktober: {words}"));
            assert_eq!(item.figures_label(), "", "the word is said once");
            assert_eq!(item.deviation(day(20)).as_deref(), outcome.deviates().then_some(words));
        }
    }

    #[test]
    fn without_a_judgement_it_is_done_and_what_is_not_done_says_what_it_waits_for() {
        let item = attest(None);
        assert!(item.ticked(None, day(20)).ends_with(" är utförd"));
        assert_eq!(item.done(None), "Utförd");
        assert_eq!(item.status_words(day(20)), "Att göra nu");
        assert_eq!(item.status_and_day(day(20)), "Att göra nu");
        assert_eq!(item.deviation(day(20)), None);
    }
}
