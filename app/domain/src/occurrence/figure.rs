//! Figure: what was counted at a control, of which time, and the series that it goes into. Its time is its own: the control of 3 February
//! reports December and January.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Occurrence, TickForm};
use crate::{
    field::Checker,
    format, per_cent,
    period::{Grain, Period},
    siffror::{kontroll::las_tid, marke, serie::SerieId, slag::Mark},
    tal::Tal,
};

/// A figure given with a tick, such as 317 hushåll. Figures with the same label become a series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What was counted.
    pub label: String,
    /// The figure.
    pub value: Tal,
    /// Its unit: hushåll, mnkr; may be empty.
    pub unit: String,
    /// How sure it is.
    #[serde(default)]
    pub mark: Mark,
    /// What time it is of; none where nobody has said, as of all that was noted before there were such.
    #[serde(default)]
    pub period: Option<Period>,
    /// The series that it was put into.
    #[serde(default)]
    pub serie: Option<SerieId>,
}

impl Figure {
    /// `317 hushåll`, `ca 3,3 mnkr`, `316 hushåll (prel.)`.
    #[must_use]
    pub fn words(&self) -> String {
        self.marked(format!("{} {}", self.value, self.unit).trim_end())
    }

    /// Without its unit, for a table whose head says it: `317`, `ca 3,3`, `316 (prel.)`.
    #[must_use]
    pub fn bare(&self) -> String {
        self.marked(&self.value.to_string())
    }

    fn marked(&self, figure: &str) -> String {
        match self.mark {
            Mark::Definitiv => figure.to_owned(),
            Mark::Ungefarlig => format!("ca {figure}"),
            Mark::Preliminar => format!("{figure} (prel.)"),
        }
    }

    /// What it is of, with its time where it has one: `Antal hushåll, januari 2022`.
    #[must_use]
    pub fn named(&self) -> String {
        match self.period {
            Some(period) => format!("{}, {}", self.label, period.label()),
            None => self.label.clone(),
        }
    }

    /// The value as its field takes it back: `317`, `ca 3,3`, `316 prel`.
    fn typed(&self) -> String {
        let figures = self.value.typed();
        match self.mark {
            Mark::Definitiv => figures,
            Mark::Ungefarlig => format!("ca {figures}"),
            Mark::Preliminar => format!("{figures} prel"),
        }
    }
}

/// The fields of a figure, as texts.
pub(super) struct Rad<'a> {
    label: &'a str,
    value: &'a str,
    unit: &'a str,
    period: &'a str,
    serie: &'a str,
}

impl TickForm {
    /// The rows of its figures.
    pub(super) fn rader(&self) -> [Rad<'_>; 2] {
        [
            Rad {
                label: &self.figure_label_1,
                value: &self.figure_value_1,
                unit: &self.figure_unit_1,
                period: &self.figure_period_1,
                serie: &self.figure_serie_1,
            },
            Rad {
                label: &self.figure_label_2,
                value: &self.figure_value_2,
                unit: &self.figure_unit_2,
                period: &self.figure_period_2,
                serie: &self.figure_serie_2,
            },
        ]
    }

    /// In which row of the form each of its figures stands, from 1: one that has a label and no value is none.
    #[must_use]
    pub fn figure_rows(&self) -> Vec<usize> {
        (1..).zip(self.rader()).filter(|(_, rad)| !rad.value.trim().is_empty()).map(|(n, _)| n).collect()
    }

    /// Whether somebody has answered yes to this question of a row.
    #[must_use]
    pub fn agrees(&self, row: usize, question: &str) -> bool {
        let (answer, asked) = match row {
            1 => (&self.figure_ratt_1, &self.figure_fragat_1),
            _ => (&self.figure_ratt_2, &self.figure_fragat_2),
        };
        // to what stood there when it was asked, and to nothing else
        answer == "on" && asked.split_whitespace().eq(question.split_whitespace())
    }

    /// Writes a figure that was noted into a row of the form.
    pub(super) fn with_figure(mut self, row: usize, figure: &Figure) -> Self {
        let texts = (
            figure.label.clone(),
            figure.typed(),
            figure.unit.clone(),
            figure.period.map(Period::label).unwrap_or_default(),
            figure.serie.map(|id| id.to_string()).unwrap_or_default(),
        );
        if row == 1 {
            (self.figure_label_1, self.figure_value_1, self.figure_unit_1, self.figure_period_1, self.figure_serie_1) =
                texts;
        } else {
            (self.figure_label_2, self.figure_value_2, self.figure_unit_2, self.figure_period_2, self.figure_serie_2) =
                texts;
        }
        self
    }
}

impl Occurrence {
    /// What time a figure of it is of, unless somebody says another: the one before it. What a control of February counts is there of
    /// January.
    #[must_use]
    pub fn figure_period(&self, grain: Grain) -> Period {
        Period::of(self.day(), grain).before()
    }
}

/// Checks the figures of a tick that was made on a day.
pub(super) fn check_figures(
    check: &mut Checker,
    form: &TickForm,
    (performed_on, today): (NaiveDate, NaiveDate),
) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (n, rad) in (1..).zip(form.rader()) {
        let label_field = format!("figure_label_{n}");
        let (value_field, range) = (format!("figure_value_{n}"), -Tal::MOST..=Tal::MOST);
        let (bare, mark, _) = marke::marked(rad.value);
        let text = if mark == Mark::Definitiv || bare.is_empty() { rad.value } else { bare };
        let value = if per_cent::is_unit(rad.unit) {
            check.per_cent(&value_field, text, range).map(|value| (value, String::new()))
        } else {
            check.decimal(&value_field, text, range, rad.unit)
        };
        let label = check.line(&label_field, rad.label);
        let unit = check.line(&format!("figure_unit_{n}"), rad.unit);
        // a label without a figure is last time's label, left unfilled
        let Some((value, written)) = value else { continue };
        if label.is_empty() {
            check.error(&label_field, "Skriv vad siffran visar.");
            continue;
        }
        // "625 000 kr" has said its unit
        let unit = if unit.is_empty() { check.line(&value_field, &written) } else { unit };
        let (period, preliminar) =
            check_period(check, &format!("figure_period_{n}"), rad.period, (performed_on, today));
        let mark = if preliminar { Mark::Preliminar } else { mark };
        let serie = match rad.serie.trim() {
            "" => None,
            id => id.parse().map_or_else(
                |_| {
                    check.error(&format!("figure_serie_{n}"), "Välj serien på nytt.");
                    None
                },
                Some,
            ),
        };
        figures.push(Figure { label, value, unit, mark, period, serie });
    }
    figures
}

/// Reads what time a figure is of, and whether that says that it is preliminary. Nothing is guessed where nothing stands.
fn check_period(
    check: &mut Checker,
    field: &str,
    text: &str,
    (performed_on, today): (NaiveDate, NaiveDate),
) -> (Option<Period>, bool) {
    if text.trim().is_empty() {
        return (None, false);
    }
    // a month is told by its name, whenever the tick was entered
    let day = performed_on.max(today - Months::new(24)).min(today);
    match las_tid(text, day) {
        Some((period, _)) if period.first_day() > today => {
            check.error(field, format!("{} har inte börjat.", format::capitalised(&period.label())));
            (None, false)
        }
        Some((period, preliminar)) => (Some(period), preliminar),
        None => {
            check.error(field, "Skriv tiden som januari 2022, 2022-01, kvartal 1 2022, vecka 5 2022 eller 2022.");
            (None, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        area::Area,
        field::FieldError,
        occurrence::{Tick, check_tick},
    };

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn tick(form: TickForm) -> Result<Tick, Vec<FieldError>> {
        check_tick(Area::Egenkontroll, &form, day(2026, 10, 12))
    }

    fn figure(label: &str, value: Tal, unit: &str) -> Figure {
        Figure { label: label.into(), value, unit: unit.into(), ..Figure::default() }
    }

    #[test]
    fn figures_need_a_name_and_last_times_label_may_stay_unfilled() {
        let form = TickForm {
            figure_label_1: "Antal hushåll".into(),
            figure_value_1: "317".into(),
            figure_unit_1: "hushåll".into(),
            figure_label_2: "Utbetalt".into(),
            figure_period_2: "september 2026".into(),
            ..TickForm::default()
        };
        assert_eq!(tick(form.clone()).unwrap().figures, [figure("Antal hushåll", Tal::whole(317), "hushåll")]);
        assert_eq!(form.figure_rows(), [1]);
        let nameless = TickForm { figure_label_1: String::new(), ..form };
        assert_eq!(tick(nameless).unwrap_err()[0].field, "figure_label_1");
    }

    #[test]
    fn a_figure_in_per_cent_that_could_be_a_hundredfold_wrong_is_asked_about() {
        let of = |value: &str, unit: &str| {
            tick(TickForm {
                figure_label_1: "Följsamhet".into(),
                figure_value_1: value.into(),
                figure_unit_1: unit.into(),
                ..TickForm::default()
            })
        };
        let errors = of("0,915", "%").unwrap_err();
        assert_eq!(errors[0].field, "figure_value_1");
        assert!(errors[0].message.starts_with("Är det 91,5\u{a0}% eller 0,915\u{a0}%?"), "{}", errors[0].message);
        for (value, unit) in [("0,915 %", "procent"), ("0,915", "dagar")] {
            assert_eq!(of(value, unit).unwrap().figures, [figure("Följsamhet", Tal::of_stored(9_150), unit)]);
        }
    }

    #[test]
    fn a_figure_has_a_time_of_its_own_and_says_how_sure_it_is() {
        let of = |value: &str, period: &str| {
            let form = TickForm {
                figure_label_2: "Antal hushåll".into(),
                figure_value_2: value.into(),
                figure_unit_2: "hushåll".into(),
                figure_period_2: period.into(),
                ..TickForm::default()
            };
            (form.figure_rows(), tick(form).map(|tick| tick.figures[0].clone()))
        };
        let (rows, first) = of("316 prel", "september");
        let first = first.unwrap();
        assert_eq!(rows, [2], "the first row is empty");
        assert_eq!((first.period, first.mark), (Some(Period::Month(2026, 9)), Mark::Preliminar));
        assert_eq!(
            (first.words().as_str(), first.named().as_str()),
            ("316 hushåll (prel.)", "Antal hushåll, september 2026")
        );
        assert_eq!(of("316", "sep, prel").1.unwrap().mark, Mark::Preliminar);
        assert_eq!(of("ca 3,3", "kv 3 2026").1.unwrap().words(), "ca 3,3 hushåll");
        assert_eq!(of("316", "").1.unwrap().period, None, "nothing is guessed");
        let refused = |value: &str, period: &str| of(value, period).1.unwrap_err()[0].clone();
        assert_eq!(refused("316", "november 2026").message, "November 2026 har inte börjat.");
        assert_eq!(refused("316", "i höstas").field, "figure_period_2");
        assert_eq!(refused("prel", "september").field, "figure_value_2", "a word is no figure");
        // what is taken back to be done anew stands in the form as it was
        let again = TickForm::default().with_figure(2, &first);
        assert_eq!(tick(again).unwrap().figures, [first]);
    }

    #[test]
    fn the_figure_of_a_control_is_of_the_time_before_it() {
        let february = crate::occurrence::Item::example(
            (Area::Internkontroll, crate::schedule::Category::Internkontroll),
            1,
            (day(2022, 2, 1), day(2022, 2, 28)),
        );
        let of = |grain| february.occurrence.figure_period(grain).to_string();
        assert_eq!(
            (of(Grain::Manad), of(Grain::Kvartal), of(Grain::Ar)),
            ("2022-01".into(), "2021-Q4".into(), "2021".into())
        );
    }

    #[test]
    fn yes_is_the_answer_to_what_was_asked_and_to_nothing_else() {
        let question = "I serien ”Hushåll” står redan 320 för februari 2022. Ska det bli 328?";
        let form = TickForm { figure_ratt_1: "on".into(), figure_fragat_1: question.into(), ..TickForm::default() };
        assert!(form.agrees(1, question) && !form.agrees(2, question));
        assert!(!form.agrees(1, &question.replace("320", "321")), "somebody has changed it since");
    }
}
