//! Dag: the day that an answer is entered for. It is never stored: only the month or week it lies in is. It is said in
//! words where the answer is saved, and does not stay for the next one unless that is what a pile needs.

use chrono::{Datelike, NaiveDate};

use super::{Content, Grain, Kanal, Period};
use crate::format;

/// What says whether a day can be answered for, and what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dagar {
    /// How the questions are asked.
    pub kanal: Kanal,
    /// What of the day is stored.
    pub grain: Grain,
    /// First day of the enkät.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// On the clock of the place: no later day can be answered for.
    pub today: NaiveDate,
}

impl Dagar {
    /// Of an enkät, today.
    #[must_use]
    pub fn of(content: &Content, today: NaiveDate) -> Self {
        let Content { kanal, grain, first, last, .. } = *content;
        Self { kanal, grain, first, last, today }
    }

    /// The month or week that an answer of this day is stored with, or why there can be none. The sentence is for the user.
    pub fn period(&self, day: NaiveDate) -> Result<Period, String> {
        if day > self.today {
            return Err(format!("{} har inte varit än. Välj i dag eller en dag som har varit.", full(day)));
        }
        let of = |day| Period::of(day, self.grain);
        if of(day) < of(self.first) || of(day) > of(self.last) {
            let (first, last) = (full(self.first), full(self.last));
            return Err(format!("Enkäten pågår {first} till {last}. Välj en dag däremellan."));
        }
        Ok(of(day))
    }

    /// Whether the day stays for the next answer: on paper, where they come in piles, and where today cannot be answered for.
    #[must_use]
    pub fn stays(&self, day: NaiveDate) -> bool {
        day != self.today && (self.kanal == Kanal::Papper || self.period(self.today).is_err())
    }

    /// The line under the questions: `Samtal i dag, 23 november` or `Svar från 14 september 2026`.
    #[must_use]
    pub fn line(&self, day: NaiveDate) -> String {
        let occasion = format::capitalised(self.kanal.occasion());
        if day == self.today {
            format!("{occasion} i dag, {}", format::day_month(day))
        } else {
            format!("{occasion} från {}", full(day))
        }
    }

    /// What stands at the button that saves, when the day is not today: `Gäller 14 september 2026, inte i dag.`
    #[must_use]
    pub fn chosen(&self, day: NaiveDate) -> Option<String> {
        (day != self.today).then(|| format!("Gäller {}, inte i dag.", full(day)))
    }

    /// What is said when an answer of this day is saved.
    #[must_use]
    pub fn saved(&self, day: NaiveDate) -> String {
        if day == self.today {
            return "Sparat. Redo för nästa.".to_owned();
        }
        let with = Period::of(day, self.grain).label();
        if self.stays(day) {
            format!("Sparat i {with}. Redo för nästa från {}.", format::day_month(day))
        } else {
            format!("Sparat i {with}. Redo för nästa, från i dag igen.")
        }
    }
}

/// `14 september 2026`
fn full(day: NaiveDate) -> String {
    format!("{} {}", format::day_month(day), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    fn dagar(kanal: Kanal) -> Dagar {
        Dagar { kanal, grain: Grain::Manad, first: day(3, 1), last: day(12, 31), today: day(11, 23) }
    }

    #[test]
    fn a_day_that_has_not_been_is_refused_with_a_sentence_also_in_the_month_that_goes_on() {
        let said = "24 november 2026 har inte varit än. Välj i dag eller en dag som har varit.";
        assert_eq!(dagar(Kanal::Telefon).period(day(11, 24)).unwrap_err(), said);
        assert!(dagar(Kanal::Telefon).period(day(12, 1)).unwrap_err().contains("inte varit än"));
        assert_eq!(dagar(Kanal::Telefon).period(day(11, 23)), Ok(Period::Month(2026, 11)));
        assert_eq!(dagar(Kanal::Telefon).period(day(9, 14)), Ok(Period::Month(2026, 9)));
        let weekly = Dagar { grain: Grain::Vecka, ..dagar(Kanal::Telefon) };
        assert_eq!(weekly.period(day(9, 14)), Ok(Period::Week(2026, 38)));
    }

    #[test]
    fn a_day_outside_the_enkat_is_refused_before_the_answer_is_kept() {
        let early = dagar(Kanal::Papper).period(day(2, 28)).unwrap_err();
        assert_eq!(early, "Enkäten pågår 1 mars 2026 till 31 december 2026. Välj en dag däremellan.");
        let over = Dagar { last: day(10, 31), ..dagar(Kanal::Telefon) };
        assert!(over.period(over.today).is_err());
        assert_eq!(over.period(day(10, 31)), Ok(Period::Month(2026, 10)));
    }

    #[test]
    fn after_a_call_the_next_one_is_today_again_and_a_pile_of_paper_keeps_its_day() {
        let september = day(9, 14);
        assert!(!dagar(Kanal::Telefon).stays(september));
        assert_eq!(dagar(Kanal::Telefon).saved(september), "Sparat i september 2026. Redo för nästa, från i dag igen.");
        assert!(dagar(Kanal::Papper).stays(september));
        assert_eq!(dagar(Kanal::Papper).saved(september), "Sparat i september 2026. Redo för nästa från 14 september.");
        assert!(!dagar(Kanal::Papper).stays(day(11, 23)), "today is not a day that somebody chose");
        assert_eq!(dagar(Kanal::Papper).saved(day(11, 23)), "Sparat. Redo för nästa.");
        let over = Dagar { last: day(10, 31), ..dagar(Kanal::Telefon) };
        assert!(over.stays(september), "today cannot be answered for");
    }

    #[test]
    fn a_day_that_somebody_chose_is_said_where_the_answer_is_saved() {
        let calls = dagar(Kanal::Telefon);
        assert_eq!(calls.line(day(11, 23)), "Samtal i dag, 23 november");
        assert_eq!(calls.chosen(day(11, 23)), None);
        assert_eq!(calls.line(day(9, 14)), "Samtal från 14 september 2026");
        assert_eq!(calls.chosen(day(9, 14)).unwrap(), "Gäller 14 september 2026, inte i dag.");
    }
}
