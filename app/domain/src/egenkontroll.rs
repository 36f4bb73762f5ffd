//! Egenkontroll: a row of the unit's egenkontrollplan for a year (SOSFS 2011:9; docs/doman.md 1).

use crate::{
    id::EgenkontrollId,
    permission::Area,
    plan::{Kind, Row, columns, id},
    schedule::{Category, Level, Responsible},
};

/// The columns of the plan; see [`crate::plan`].
#[doc(hidden)]
#[macro_export]
macro_rules! egenkontroll_columns {
    ($then:ident $($more:tt)*) => { $then! { $($more)*
        row {
            number: short(20, "Numret kan ha högst 20 tecken."), "Nummer";
            kontrollmal: name("ett kontrollmål"), "Kontrollmål";
            vad: text, "Vad kontrolleras";
            metod: text, "Metod";
            urval: count(1..=100_000), "Urval";
            dokumentation: text, "Hur dokumenteras";
            bedomning: text, "Bedömning";
            styrmodell: line, "Styrmodell";
            anpassning: text, "Enhetens anpassning";
            malvarde: per_cent, "Målvärde (%)";
            process: line, "Process";
        }
        schedule {
            responsible: who, "Utförs av";
            laid_on_units: yes, "Gäller alla enheter";
        }
    } };
}
egenkontroll_columns!(columns);
id!(EgenkontrollId);

/// A row of the plan.
pub type Egenkontroll = Row<EgenkontrollId, Content>;

impl Kind for Content {
    type Id = EgenkontrollId;
    const AREA: Area = Area::Egenkontroll;
    const CATEGORY: Category = Category::Egenkontroll;
    const LEVELS: &'static [Option<Level>] = &[None];

    fn title(&self) -> &str {
        &self.kontrollmal
    }

    fn at(&self, _: Option<Level>) -> (&str, Responsible) {
        (&self.kontrollmal, self.responsible)
    }

    fn is_laid_on_units(&self) -> bool {
        self.laid_on_units
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurrence::{Months, Recurrence, form::Fields};
    use chrono::NaiveDate;

    fn form() -> Form {
        Form {
            kontrollmal: "Barnkonsekvensanalys".into(),
            malvarde: "75".into(),
            when: Fields { kind: "valda_manader".into(), months: vec!["4,8,12".into()], ..Fields::default() },
            ..Form::default()
        }
    }

    #[test]
    fn a_row_goes_through_its_form_unchanged() {
        let content = check(&form(), 2026).unwrap();
        assert_eq!(content.recurrence, Recurrence::Chosen(Months::of(&[4, 8, 12])));
        assert_eq!(check(&content.form(), 2026).unwrap(), content);
    }

    #[test]
    fn every_fault_is_named_at_its_field() {
        let bad = Form {
            kontrollmal: "  ".into(),
            urval: "tjugo".into(),
            malvarde: "175".into(),
            responsible: "roll:kung".into(),
            when: Fields { months: vec!["13".into()], start: "2025-01-01".into(), ..form().when },
            ..form()
        };
        let errors = check(&bad, 2026).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|e| e.field.as_str()).collect();
        for field in ["kontrollmal", "urval", "malvarde", "months", "start", "responsible"] {
            assert!(fields.contains(&field), "{field}: {errors:?}");
        }
        assert!(errors.iter().any(|e| e.message == "13 är ingen månad. Skriv månader som 4,8,12."));
    }

    #[test]
    fn a_goal_that_could_be_a_hundredfold_wrong_is_asked_about_in_the_form_too() {
        let goal = |text: &str| check(&Form { malvarde: text.into(), ..form() }, 2026);
        let errors = goal("0,915").unwrap_err();
        assert_eq!((errors[0].field.as_str(), errors.len()), ("malvarde", 1));
        assert!(errors[0].message.starts_with("Är det 91,5\u{a0}% eller 0,915\u{a0}%?"), "{}", errors[0].message);
        // answered, and a form that is opened again gives the same back
        let low = goal("0,915 %").unwrap();
        assert_eq!(low.malvarde, Some(crate::tal::Tal::of_stored(9_150)));
        assert_eq!(check(&low.form(), 2026).unwrap(), low);
    }

    #[test]
    fn a_plan_without_any_time_in_the_year_is_refused() {
        let never =
            Form { when: Fields { months: vec!["3".into()], start: "2026-05-01".into(), ..form().when }, ..form() };
        assert_eq!(check(&never, 2026).unwrap_err()[0].field, "recurrence");
    }

    #[test]
    fn a_row_follows_to_the_next_year() {
        let leap =
            Form { when: Fields { start: "2024-02-29".into(), end: "2024-12-31".into(), ..form().when }, ..form() };
        let next = check(&leap, 2024).unwrap().in_year(2025);
        assert_eq!(next.start, NaiveDate::from_ymd_opt(2025, 2, 28));
        assert_eq!(next.end, NaiveDate::from_ymd_opt(2025, 12, 31));
    }
}
