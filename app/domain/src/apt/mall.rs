//! The agenda that a kind of meeting begins with, and the slides that its standing points show.

use serde::{Deserialize, Serialize};

use super::{Kind, Slag};
use crate::{
    field::{Checker, FieldError},
    organisation::swedish_key,
};

/// The most points an agenda has.
pub const MAX: usize = 30;

/// The points of an agenda, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mall(pub Vec<String>);

impl Mall {
    /// What a unit begins with before it has changed anything: the standing points of docs/doman.md 7.
    #[must_use]
    pub fn standard(kind: Kind) -> Self {
        let points: &[&str] = match kind {
            Kind::Apt => &[
                "Föregående protokoll",
                "Verksamhet och kvalitet",
                "Arbetsmiljö",
                "Aktiva åtgärder",
                "Förbättringsförslag",
                "Ekonomi",
                "Övrigt",
            ],
            Kind::Enhetsmote => &["Föregående protokoll", "Verksamhet och kvalitet", "Förbättringsförslag", "Övrigt"],
            Kind::Ledningsgrupp => {
                &["Föregående protokoll", "Verksamhet och kvalitet", "Ekonomi", "Personal", "Övrigt"]
            }
            Kind::Planeringsdag => &["Året som gått", "Vad vi vill", "Planen för nästa år"],
        };
        Self(points.iter().map(|p| (*p).to_owned()).collect())
    }

    /// One point a line.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.join("\n")
    }

    /// The points of a text, one a line.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect())
    }
}

/// Checks an agenda: one point a line.
pub fn check_mall(text: &str) -> Result<Mall, Vec<FieldError>> {
    let mut check = Checker::default();
    let mall = Mall::of_text(text);
    if mall.0.is_empty() {
        check.error("punkter", "Skriv minst en punkt.");
    } else if mall.0.len() > MAX {
        check.error("punkter", format!("En dagordning har högst {MAX} punkter."));
        return check.finish(mall);
    }
    let lines = mall.0.iter().map(|line| check.line("punkter", line)).collect();
    check.finish(Mall(lines))
}

/// Whether the point is the one about arbetsmiljö: it is led by two whose turn it is, and anybody writes on its list.
#[must_use]
pub fn is_arbetsmiljo(title: &str) -> bool {
    swedish_key(title).starts_with(&swedish_key("Arbetsmiljö"))
}

/// What a point shows when nobody has chosen: by what it is called. A point without slides shows its own name.
#[must_use]
pub fn slides_of(title: &str) -> &'static [Slag] {
    let key = swedish_key(title);
    let is = |word: &str| key.starts_with(&swedish_key(word));
    if is("Föregående protokoll") {
        &[Slag::Foregaende]
    } else if is("Verksamhet och kvalitet") {
        &[Slag::Hjul, Slag::Kontroller, Slag::Resultat, Slag::Avvikelser, Slag::Enkat, Slag::Atgarder]
    } else if is("Året som gått") {
        &[
            Slag::Hjul,
            Slag::Mal,
            Slag::Indikatorer,
            Slag::Kontroller,
            Slag::Resultat,
            Slag::Avvikelser,
            Slag::Enkat,
            Slag::Atgarder,
        ]
    } else if is("Förbättringsförslag") {
        &[Slag::Forslag]
    } else if is("Ekonomi") {
        &[Slag::Ekonomi]
    } else if is("Aktiva åtgärder") {
        &[Slag::Text]
    } else {
        &[]
    }
}

/// What a point of a new meeting shows instead of `slides`: the account where the unit has one (`konto`), and else the table that is typed.
/// One of the two has its place; further tables that somebody has added stay.
#[must_use]
pub fn with_konto(title: &str, mut slides: Vec<Slag>, konto: bool) -> Vec<Slag> {
    let (from, to) = if konto { (Slag::Tabell, Slag::Ekonomi) } else { (Slag::Ekonomi, Slag::Tabell) };
    // a table under another point is what somebody wanted there
    if slides_of(title).contains(&Slag::Ekonomi)
        && !slides.contains(&to)
        && let Some(slag) = slides.iter_mut().find(|slag| **slag == from)
    {
        *slag = to;
    }
    slides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_is_one_point_a_line() {
        assert_eq!(check_mall("Ekonomi\n\n  Övrigt \n").unwrap().0, ["Ekonomi", "Övrigt"]);
        assert!(check_mall(" \n").is_err());
        assert!(check_mall(&"Punkt\n".repeat(31)).is_err());
        for kind in Kind::ALL {
            let mall = Mall::standard(kind);
            assert_eq!(check_mall(&mall.text()), Ok(mall));
        }
    }

    #[test]
    fn the_standing_points_show_what_is_true_whatever_the_unit_writes_after_them() {
        assert_eq!(slides_of("Föregående protokoll"), [Slag::Foregaende]);
        assert!(slides_of("Verksamhet och kvalitet, 40 min").contains(&Slag::Hjul));
        assert!(slides_of("Övrigt").is_empty());
        assert!(slides_of("Året som gått").contains(&Slag::Mal));
        assert!(is_arbetsmiljo("arbetsmiljö och hälsa") && !is_arbetsmiljo("Arbete"));
    }

    #[test]
    fn the_account_takes_the_place_of_the_typed_table_where_there_is_one() {
        let said = |title: &str, slides: &[Slag], konto| with_konto(title, slides.to_vec(), konto);
        assert_eq!(said("Ekonomi", &[Slag::Tabell], true), [Slag::Ekonomi]);
        assert_eq!(said("Ekonomi", &[Slag::Ekonomi], false), [Slag::Tabell], "before there is an account");
        assert_eq!(said("Ekonomi", &[Slag::Ekonomi, Slag::Tabell], true), [Slag::Ekonomi, Slag::Tabell]);
        assert_eq!(said("Ekonomi", &[Slag::Tabell, Slag::Tabell], true), [Slag::Ekonomi, Slag::Tabell]);
        assert_eq!(said("Personal", &[Slag::Tabell], true), [Slag::Tabell]);
        assert!(said("Ekonomi", &[], true).is_empty(), "what was taken away stays away");
    }
}
