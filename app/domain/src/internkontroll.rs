//! Internkontroll: a row of the internkontrollplan, with its oönskad händelse and two levels of control
//! (docs/doman.md 2).

use serde::{Deserialize, Serialize};

use crate::{
    id::InternkontrollId,
    permission::Area,
    plan::{Kind, Row, columns, id},
    schedule::{Category, Level, Responsible},
};

/// The columns of the plan; see [`crate::plan`].
#[doc(hidden)]
#[macro_export]
macro_rules! internkontroll_columns {
    ($then:ident $($more:tt)*) => { $then! { $($more)*
        row {
            process: line, "Process";
            arbetssatt: line, "Arbetssätt";
            oonskad_handelse: text, "Oönskad händelse";
            sannolikhet: count(1..=5), "Sannolikhet";
            konsekvens: count(1..=5), "Konsekvens";
            systematisk_kontroll: name("vad som kontrolleras"), "Systematisk kontroll";
            dokumenteras_i: line, "Dokumenteras i";
            kontrollaktivitet: name("hur det verifieras"), "Kontrollaktivitet";
        }
        schedule {
            utfors_av: who, "Utförs av";
            kontrollansvarig: who, "Kontrollansvarig";
        }
    } };
}
internkontroll_columns!(columns);
id!(InternkontrollId);

/// A row of the plan.
pub type Internkontroll = Row<InternkontrollId, Content>;

/// The words of the scale for sannolikhet, 1–5.
pub const SANNOLIKHET: [&str; 5] = ["Osannolik", "Mindre sannolik", "Möjlig", "Trolig", "Mycket trolig"];
/// The words of the scale for konsekvens, 1–5.
pub const KONSEKVENS: [&str; 5] = ["Försumbar", "Lindrig", "Kännbar", "Allvarlig", "Mycket allvarlig"];

/// How a riskvärde reads. The limits are ours until a unit sets its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// 1–4.
    Lag,
    /// 5–9.
    Medel,
    /// 10–14.
    Hog,
    /// 15–25.
    MycketHog,
}

impl Band {
    /// The band of a riskvärde.
    #[must_use]
    pub fn of(riskvarde: i64) -> Self {
        match riskvarde {
            ..=4 => Self::Lag,
            5..=9 => Self::Medel,
            10..=14 => Self::Hog,
            _ => Self::MycketHog,
        }
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Lag => "låg",
            Self::Medel => "medel",
            Self::Hog => "hög",
            Self::MycketHog => "mycket hög",
        }
    }
}

impl Content {
    /// Riskvärde = sannolikhet × konsekvens, when both are given.
    #[must_use]
    pub fn riskvarde(&self) -> Option<i64> {
        Some(self.sannolikhet? * self.konsekvens?)
    }
}

impl Kind for Content {
    type Id = InternkontrollId;
    const AREA: Area = Area::Internkontroll;
    const CATEGORY: Category = Category::Internkontroll;
    const LEVELS: &'static [Option<Level>] = &[Some(Level::Systematisk), Some(Level::Aktivitet)];

    fn title(&self) -> &str {
        &self.systematisk_kontroll
    }

    fn at(&self, level: Option<Level>) -> (&str, Responsible) {
        match level {
            Some(Level::Systematisk) => (&self.systematisk_kontroll, self.utfors_av),
            _ => (&self.kontrollaktivitet, self.kontrollansvarig),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{permission::Role, recurrence::form::Fields};

    fn form() -> Form {
        Form {
            systematisk_kontroll: "Antal hushåll och utbetalt ekonomiskt bistånd".into(),
            kontrollaktivitet: "Följa upp antalet hushåll".into(),
            utfors_av: "roll:bitradande_chef".into(),
            kontrollansvarig: "roll:enhetschef".into(),
            sannolikhet: "3".into(),
            konsekvens: "4".into(),
            when: Fields {
                kind: "varje_manad".into(),
                start: "2022-02-02".into(),
                end: "2022-12-31".into(),
                ..Fields::default()
            },
            ..Form::default()
        }
    }

    #[test]
    fn a_row_has_two_levels_with_their_own_responsible() {
        let content = check(&form(), 2022).unwrap();
        assert_eq!(content.riskvarde(), Some(12));
        assert_eq!(Band::of(12).label(), "hög");
        let (title, who) = content.at(Some(Level::Aktivitet));
        assert_eq!((title, who), ("Följa upp antalet hushåll", Responsible::Role(Role::Enhetschef)));
        assert_eq!(content.at(Some(Level::Systematisk)).0, "Antal hushåll och utbetalt ekonomiskt bistånd");
        assert_eq!(check(&content.form(), 2022).unwrap(), content);
    }

    #[test]
    fn a_scale_has_five_steps() {
        let errors = check(&Form { sannolikhet: "6".into(), ..form() }, 2022).unwrap_err();
        assert_eq!(errors[0].field, "sannolikhet");
        assert_eq!(check(&Form { konsekvens: String::new(), ..form() }, 2022).unwrap().riskvarde(), None);
    }

    #[test]
    fn who_is_named_at_the_right_field() {
        let errors = check(&Form { kontrollansvarig: "person:x".into(), ..form() }, 2022).unwrap_err();
        assert_eq!(errors[0].field, "kontrollansvarig");
    }
}
