//! Tabellrad: an indikator as a row of a printed or exported table has it: `Indikator · Årsmål · KF:s årsmål · Periodicitet`, sometimes with
//! unit and direction in columns of their own. What the row does not say is asked once, and nothing is guessed.

use super::{
    form::Form,
    mal::{self, Mal, fraga_om_enhet},
    slag::{Periodicitet, Riktning, Slag},
};
use crate::{import::fold, number, tal::Tal, text::compared};

/// The cells of a row; those that the table does not have are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Celler {
    /// "Andel barn som lever i familjer som har ekonomiskt bistånd".
    pub namn: String,
    /// `%`, `st`, where it has a column of its own.
    pub enhet: String,
    /// `högre`, `lägre`, where it has a column of its own.
    pub riktning: String,
    /// `1 %`, `15 st`, `65`, a text.
    pub arsmal: String,
    /// The same of the council.
    pub kf: String,
    /// `Tertial`, `År`.
    pub periodicitet: String,
}

/// What a row does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fraga {
    /// What a number is of: one question for all numbers of the row.
    Enhet {
        /// The number.
        tal: Tal,
        /// What the name of the indikator lets one think.
        forslag: Option<Slag>,
    },
    /// Whether the figure of a unit that does not say it, such as days, is a count, a mean or money.
    Slag {
        /// The unit.
        enhet: String,
    },
    /// Which way is better.
    Riktning,
    /// How often it is followed; what stands there.
    Periodicitet(String),
    /// A goal that can be read in two ways, or is none.
    Mal {
        /// The field of the form: `arsmal` or `kf`.
        falt: &'static str,
        /// What to do.
        text: String,
    },
}

impl Fraga {
    /// The field of the form that answers it.
    #[must_use]
    pub const fn falt(&self) -> &'static str {
        match self {
            Self::Enhet { .. } => "enhet",
            Self::Slag { .. } => "slag",
            Self::Riktning => "riktning",
            Self::Periodicitet(_) => "periodicitet",
            Self::Mal { falt, .. } => falt,
        }
    }

    /// The question.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Enhet { tal, .. } => fraga_om_enhet(*tal),
            Self::Slag { enhet } if enhet.is_empty() => "Vad för slags siffra är det?".to_owned(),
            Self::Slag { enhet } => format!("Vad för slags siffra är det som räknas i {enhet}?"),
            Self::Riktning => "Är högre eller lägre bättre?".to_owned(),
            Self::Periodicitet(text) if text.is_empty() => "Hur ofta följs indikatorn upp?".to_owned(),
            Self::Periodicitet(text) => format!("Hur ofta är ”{text}”? Välj tertial, år, kvartal eller månad."),
            Self::Mal { text, .. } => text.clone(),
        }
    }
}

/// A row as its form, with what is still asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// What the row says; fields of what is asked are empty.
    pub form: Form,
    /// In the order of the columns.
    pub fragor: Vec<Fraga>,
    /// What was left out or taken for a text, in sentences.
    pub noter: Vec<String>,
}

/// The kind of figure that a unit says: per cent are shares, pieces are counted, an index is one, kronor are money. None of others, such
/// as days, which can be counted or a mean.
#[must_use]
pub fn slag_av_enhet(enhet: &str) -> Option<Slag> {
    let enhet = compared(enhet.trim().trim_end_matches('.'));
    match enhet.as_str() {
        "st" | "stycken" | "styck" => Some(Slag::Antal),
        "index" | "indexvärde" => Some(Slag::Medel),
        "kr" | "kronor" | "tkr" | "mkr" | "mnkr" => Some(Slag::Belopp),
        _ if !enhet.is_empty() && number::fits(&enhet, number::PER_CENT) => Some(Slag::Andel),
        _ => None,
    }
}

/// What the name of an indikator lets one think: "Andel …" is a share.
fn slag_av_namn(namn: &str) -> Option<Slag> {
    let first = namn.split_whitespace().next().unwrap_or_default();
    match fold(first).as_str() {
        "andel" => Some(Slag::Andel),
        "antal" => Some(Slag::Antal),
        _ if fold(namn).ends_with("index") => Some(Slag::Medel),
        _ => None,
    }
}

/// Reads a row of a table of indikatorer.
#[must_use]
pub fn las(celler: &Celler) -> Last {
    let mut out = Last::default();
    let enhet = celler.enhet.trim();
    let mut goals = Vec::new();
    for (falt, text) in [("arsmal", &celler.arsmal), ("kf", &celler.kf)] {
        match mal::las(text) {
            Ok(last) => {
                out.noter.extend(last.noter.clone());
                goals.push((falt, last));
            }
            Err(text) => out.fragor.push(Fraga::Mal { falt, text }),
        }
    }
    let said = goals.iter().map(|(_, last)| last.enhet.as_str()).find(|unit| !unit.is_empty());
    let unit = if enhet.is_empty() { said.unwrap_or_default() } else { enhet }.to_owned();
    let tal = goals.iter().find_map(|(_, last)| last.mal.alla().first().copied());
    let slag = slag_av_enhet(&unit);
    match (slag, tal) {
        (None, Some(tal)) if unit.is_empty() => {
            out.fragor.push(Fraga::Enhet { tal, forslag: slag_av_namn(&celler.namn) });
        }
        (None, _) => out.fragor.push(Fraga::Slag { enhet: unit.clone() }),
        (Some(_), _) => {}
    }
    let riktning = Riktning::read(&celler.riktning).or_else(|| goals.iter().find_map(|(_, last)| last.riktning));
    if riktning.is_none() {
        out.fragor.push(Fraga::Riktning);
    }
    let periodicitet = Periodicitet::read(&celler.periodicitet);
    if periodicitet.is_none() {
        out.fragor.push(Fraga::Periodicitet(celler.periodicitet.trim().to_owned()));
    }
    out.form = Form {
        namn: celler.namn.split_whitespace().collect::<Vec<_>>().join(" "),
        enhet: unit.clone(),
        slag: slag.map_or("", Slag::code).to_owned(),
        riktning: riktning.map_or("", Riktning::code).to_owned(),
        periodicitet: periodicitet.map_or("", Periodicitet::code).to_owned(),
        ..Form::default()
    };
    for (falt, last) in goals {
        // 0,8 in a column of per cent is what the column says, and its form would ask
        let (fran, till) = match slag {
            Some(Slag::Andel) => last.mal.typed(Slag::Andel),
            _ => last.mal.typed(Slag::Antal),
        };
        match (falt, &last.mal) {
            (_, Mal::Inget) => {}
            ("arsmal", _) => (out.form.arsmal, out.form.arsmal_till) = (fran, till),
            _ => (out.form.kf, out.form.kf_till) = (fran, till),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verksamhetsplan::indikator::{
        Status, Utfallsperiod, bedomning, check,
        tests::{tal, utfall},
    };

    fn rad(namn: &str, arsmal: &str, kf: &str) -> Last {
        let celler = Celler {
            namn: namn.into(),
            riktning: "lägre".into(),
            arsmal: arsmal.into(),
            kf: kf.into(),
            periodicitet: "Tertial".into(),
            ..Celler::default()
        };
        las(&celler)
    }

    #[test]
    fn a_printed_row_becomes_an_indikator_that_its_form_takes() {
        let last = rad("Andel vuxna med långvarigt ekonomiskt bistånd", "0,4 %", "1,0 %");
        assert_eq!((last.fragor.len(), last.form.arsmal.as_str(), last.form.slag.as_str()), (0, "0,4 %", "andel"));
        let content = check(&last.form, None).unwrap();
        assert_eq!(
            (content.arsmal.shown(&content).as_str(), content.kf.shown(&content).as_str()),
            ("0,4\u{a0}%", "1\u{a0}%")
        );
        let jobb = rad("Antal aspiranter", "15 st", "800 st");
        let content = check(&jobb.form, None).unwrap();
        assert_eq!(
            (content.slag, content.enhet.as_str(), content.kf.tal()),
            (Slag::Antal, "st", Some(Tal::whole(800)))
        );
    }

    /// A goal as it is printed and an outcome: what it is judged as, and how both are shown.
    #[test]
    fn a_printed_goal_without_decimals_does_not_round_the_outcome_away() {
        for (namn, riktning, mal, figure, status, shown) in [
            ("Andel barn", "lägre", "0,3 %", "0.33", Status::Delvis, "0,33\u{a0}%"),
            ("Andel barn", "lägre", "0,3 %", "0.34", Status::InteAlls, "0,34\u{a0}%"),
            ("Andel barn", "lägre", "2 %", "2.2", Status::Delvis, "2,2\u{a0}%"),
            ("Andel barn", "lägre", "1 %", "1.4", Status::InteAlls, "1,4\u{a0}%"),
            ("Andel barn", "lägre", "0,8 %", "0.6", Status::Uppnas, "0,6\u{a0}%"),
            ("Andel planer", "högre", "75 %", "74.6", Status::Delvis, "74,6\u{a0}%"),
            ("Andel planer", "högre", "75 %", "77.78", Status::Uppnas, "77,78\u{a0}%"),
            ("Andel planer", "högre", "75 %", "12.83", Status::InteAlls, "12,83\u{a0}%"),
            ("Aktivt medskapandeindex", "högre", "82 index", "81.9", Status::Delvis, "81,9\u{a0}index"),
            ("Kostnad", "lägre", "625 000 kr", "675000", Status::Delvis, "675\u{a0}000\u{a0}kr"),
        ] {
            let celler = Celler {
                namn: namn.into(),
                riktning: riktning.into(),
                arsmal: mal.into(),
                periodicitet: "Tertial".into(),
                ..Celler::default()
            };
            let content = check(&las(&celler).form, None).unwrap();
            let judged = bedomning(&content, Utfallsperiod::vb(2022), &utfall(figure));
            assert_eq!((judged.status, content.with_unit(tal(figure)).as_str()), (status, shown), "{mal} {figure}");
        }
    }

    /// Whether the question what 65 is in is answered with a unit or with a kind.
    #[test]
    fn a_unit_that_is_missing_is_answered_with_either() {
        let last = rad("Nöjdhet", "82", "");
        assert_eq!(last.fragor.len(), 1);
        for (enhet, slag, made, unit) in [
            ("%", "", Slag::Andel, "%"),
            ("st", "", Slag::Antal, "st"),
            ("index", "", Slag::Medel, "index"),
            ("", "antal", Slag::Antal, "st"),
            ("", "bestand", Slag::Bestand, "st"),
            ("", "medel", Slag::Medel, "index"),
            ("", "belopp", Slag::Belopp, "kr"),
            ("", "andel", Slag::Andel, "%"),
        ] {
            let form = Form { enhet: enhet.into(), slag: slag.into(), ..last.form.clone() };
            let content = check(&form, None).unwrap();
            assert_eq!((content.slag, content.enhet.as_str(), content.enhet_saknas()), (made, unit, None));
        }
        assert_eq!(check(&last.form, None).unwrap_err()[0].field, "slag");
    }

    #[test]
    fn a_number_without_a_unit_asks_for_it_once_and_a_text_is_a_goal() {
        let last = rad("Andel personer som själv upplever", "65", "Tas fram av nämnd");
        assert_eq!(last.fragor, [Fraga::Enhet { tal: Tal::whole(65), forslag: Some(Slag::Andel) }]);
        assert_eq!(
            last.fragor[0].said(),
            "Vad är 65: procent, antal eller index? Välj enhet. Du behöver bara svara en gång."
        );
        assert_eq!(last.form.kf, "Tas fram av nämnd");
        let both = rad("Upplever", "65", "70");
        assert_eq!(both.fragor.len(), 1, "{:?}", both.fragor);
        let answered = Form { slag: "andel".into(), ..last.form };
        let content = check(&answered, None).unwrap();
        assert_eq!((content.arsmal.shown(&content).as_str(), content.enhet_saknas()), ("65\u{a0}%", None));
        assert_eq!(content.kf, Mal::Text("Tas fram av nämnd".into()));
    }

    #[test]
    fn what_a_table_with_columns_for_unit_and_direction_says_is_not_asked() {
        let celler = Celler {
            namn: "Aktivt medskapandeindex".into(),
            enhet: "index".into(),
            riktning: "högre".into(),
            kf: "82".into(),
            periodicitet: "År".into(),
            ..Celler::default()
        };
        let last = las(&celler);
        assert_eq!(last.fragor, []);
        let content = check(&last.form, None).unwrap();
        assert_eq!((content.slag, content.periodicitet, content.arsmal), (Slag::Medel, Periodicitet::Ar, Mal::Inget));
        let share = Celler { enhet: "%".into(), kf: "0,8".into(), ..celler.clone() };
        assert_eq!(check(&las(&share).form, None).unwrap().kf.tal(), Some(Tal::of_stored(8_000)), "as the column says");
        let asked =
            las(&Celler { riktning: String::new(), periodicitet: "ibland".into(), enhet: "dagar".into(), ..celler });
        let fields: Vec<&str> = asked.fragor.iter().map(Fraga::falt).collect();
        assert_eq!(fields, ["slag", "riktning", "periodicitet"]);
    }
}
