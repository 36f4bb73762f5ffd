//! Säkerhet: what happens around accounts and secrets and is kept for those who look after the installation, whose eyes a
//! change of roles must meet, when a second administrator is asked, and how long a login has to wait.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    id::{BekraftelseId, NodeId, NotisId, PersonId, SakerhetId},
    permission::Role,
};

pub mod flytt;
pub mod vantan;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slag {
    /// A wrong password, or an account that is not there or deactivated.
    InloggningNekad,
    /// A login had to wait.
    InloggningVantar,
    /// The first login of an account from a device.
    InloggningNyEnhet,
    /// Something was not permitted, or not there for this person.
    Nekad,
    /// An account was made.
    KontoSkapat,
    /// An account can no longer log in.
    KontoAvaktiverat,
    /// An account can log in again.
    KontoAktiverat,
    /// A role began to hold.
    RollTillagd,
    /// A role no longer holds.
    RollBorttagen,
    /// Something waits for a second administrator.
    Begard,
    /// A second administrator has confirmed it.
    Bekraftad,
    /// It was declined or taken back.
    Avslagen,
    /// Somebody has changed their own password.
    LosenordBytt,
    /// Somebody has got a new password from another.
    LosenordAterstallt,
    /// All sessions of an account were ended.
    UtloggadOverallt,
    /// A file was taken out.
    Uttag,
    /// A setting of the installation was changed.
    Installning,
    /// A part of the organisation was moved: roles above it are others.
    NodFlyttad,
}

impl Slag {
    crate::every! {
        /// Every kind.
        InloggningNekad, InloggningVantar, InloggningNyEnhet, Nekad, KontoSkapat, KontoAvaktiverat,
        KontoAktiverat, RollTillagd, RollBorttagen, Begard, Bekraftad, Avslagen, LosenordBytt,
        LosenordAterstallt, UtloggadOverallt, Uttag, Installning, NodFlyttad
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InloggningNekad => "inloggning_nekad",
            Self::InloggningVantar => "inloggning_vantar",
            Self::InloggningNyEnhet => "inloggning_ny_enhet",
            Self::Nekad => "nekad",
            Self::KontoSkapat => "konto_skapat",
            Self::KontoAvaktiverat => "konto_avaktiverat",
            Self::KontoAktiverat => "konto_aktiverat",
            Self::RollTillagd => "roll_tillagd",
            Self::RollBorttagen => "roll_borttagen",
            Self::Begard => "begard",
            Self::Bekraftad => "bekraftad",
            Self::Avslagen => "avslagen",
            Self::LosenordBytt => "losenord_bytt",
            Self::LosenordAterstallt => "losenord_aterstallt",
            Self::UtloggadOverallt => "utloggad_overallt",
            Self::Uttag => "uttag",
            Self::Installning => "installning",
            Self::NodFlyttad => "nod_flyttad",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::InloggningNekad => "Inloggning nekad",
            Self::InloggningVantar => "Inloggning fick vänta",
            Self::InloggningNyEnhet => "Inloggning från ny dator eller telefon",
            Self::Nekad => "Nekad åtkomst",
            Self::KontoSkapat => "Konto skapat",
            Self::KontoAvaktiverat => "Konto avaktiverat",
            Self::KontoAktiverat => "Konto aktiverat",
            Self::RollTillagd => "Roll tillagd",
            Self::RollBorttagen => "Roll borttagen",
            Self::Begard => "Väntar på bekräftelse",
            Self::Bekraftad => "Bekräftad",
            Self::Avslagen => "Avslagen",
            Self::LosenordBytt => "Lösenord bytt",
            Self::LosenordAterstallt => "Nytt engångslösenord",
            Self::UtloggadOverallt => "Utloggad överallt",
            Self::Uttag => "Fil hämtad",
            Self::Installning => "Inställning ändrad",
            Self::NodFlyttad => "Flyttad i organisationen",
        }
    }
}

/// An event as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handelse {
    /// Holds the millisecond (version 7): events keep their order.
    pub id: SakerhetId,
    /// When; the last time where it happened several times within the hour.
    pub at: DateTime<Utc>,
    /// Decides the sentence, and how what else is told reads.
    pub slag: Slag,
    /// Whose account.
    pub person: String,
    /// Who did it; empty for the program itself and for those who are not logged in.
    pub actor: String,
    /// A keyed hash of an account that is not there.
    pub okant: String,
    /// More: the role and where it holds, the file, the page that was refused. Never what a case says.
    pub detail: String,
    /// How many times within the hour.
    pub times: i64,
}

/// What somebody is to see in Att göra.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notis {
    /// Primary key, by which it is marked as seen.
    pub id: NotisId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// A role that was given, or a password.
    pub slag: Slag,
    /// Whose account.
    pub person: String,
    /// Who did it; empty for whoever runs the server.
    pub actor: String,
    /// The role and where it holds.
    pub detail: String,
    /// Whether it is about the person who sees it.
    pub own: bool,
}

impl Notis {
    /// The sentence in Att göra.
    #[must_use]
    pub fn sentence(&self) -> String {
        let who = if self.actor.is_empty() { "Den som driver servern" } else { &self.actor };
        match (self.slag, self.own) {
            (Slag::LosenordAterstallt, true) => format!("{who} har gett dig ett nytt engångslösenord."),
            (Slag::LosenordAterstallt, false) => format!("{who} har gett {} ett nytt engångslösenord.", self.person),
            (_, true) => format!("{who} har gett dig rollen {}.", self.detail),
            (_, false) => format!("{who} har gett {} rollen {}.", self.person, self.detail),
        }
    }
}

/// What waits for a second administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bekraftelse {
    /// Primary key, by which it is confirmed or declined.
    pub id: BekraftelseId,
    /// What was asked for.
    pub what: Begaran,
    /// Whose account; empty when it is about the setting.
    pub person: String,
    /// May take it back, and never confirms it.
    pub asked_by: PersonId,
    /// As the list calls them.
    pub asked_by_name: String,
    /// When it was asked for, in UTC.
    pub at: DateTime<Utc>,
}

/// What an administrator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begaran {
    /// A role for a person at a node.
    Roll(PersonId, Role, NodeId),
    /// That no second administrator is needed any more.
    Av,
}

/// Whether somebody with the role reads the content of cases ([`crate::avvikelse::access::READS`]).
#[must_use]
pub fn opens_secrets(role: Role) -> bool {
    matches!(role, Role::Enhetschef | Role::BitradandeChef | Role::LexSarah)
}

/// Whether a role that is given must be seen by the person and the chefer: any that somebody gives themselves, and those
/// that open what is secret.
#[must_use]
pub fn must_be_seen(by: Option<PersonId>, to: PersonId, role: Role) -> bool {
    by == Some(to) || opens_secrets(role)
}

/// Whether a second administrator has to confirm a role before it holds. The first chef of a node is never held up: where
/// nobody leads, nobody can be read past. Administratör is among them: else one could make oneself a second one.
#[must_use]
pub fn needs_second(two_admins: bool, by: PersonId, to: PersonId, role: Role, has_chef: bool) -> bool {
    let first_chef = matches!(role, Role::Enhetschef | Role::BitradandeChef) && !has_chef;
    two_admins && (must_be_seen(Some(by), to, role) || role == Role::Admin) && !first_chef
}

/// How long events are kept, in months, as the administrator chooses.
pub const MANADER: [i64; 5] = [6, 12, 24, 36, 60];
/// Two years: long enough for an investigation to look back over, and ours to choose; no law says how long.
pub const MANADER_STANDARD: i64 = 24;

/// The months of a setting or a form.
#[must_use]
pub fn manader(text: &str) -> Option<i64> {
    text.parse().ok().filter(|n| MANADER.contains(n))
}

/// Openings of a case by one person on one day, of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oppningar {
    /// Name of the person.
    pub who: String,
    /// What was opened.
    pub what: String,
    /// On the clock of the place.
    pub day: NaiveDate,
    /// Openings that are gathered on this line; at least one.
    pub times: usize,
    /// The last moment of the day at which it was opened.
    pub last: DateTime<Utc>,
}

/// Gathers openings that come latest first: the same person, thing and day is one line, where its last opening stands.
pub fn gather<K: Copy + Eq + std::hash::Hash>(
    openings: impl IntoIterator<Item = (K, String, DateTime<Utc>, String)>,
    day: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Vec<Oppningar> {
    let mut lines: Vec<Oppningar> = Vec::new();
    let mut seen: std::collections::HashMap<(K, NaiveDate, String), usize> = std::collections::HashMap::new();
    for (key, who, at, what) in openings {
        let day = day(at);
        let line = *seen.entry((key, day, what.clone())).or_insert(lines.len());
        if line == lines.len() {
            lines.push(Oppningar { who, what, day, times: 0, last: at });
        }
        lines[line].times += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    #[test]
    fn every_kind_has_a_code_of_its_own() {
        for slag in Slag::ALL {
            assert_eq!(Slag::from_code(slag.code()), Some(slag));
        }
    }

    #[test]
    fn roles_to_oneself_and_those_that_open_secrets_must_be_seen() {
        let (admin, other) = (person(1), person(2));
        for role in Role::ALL {
            assert!(must_be_seen(Some(admin), admin, role), "{role:?} to oneself");
            let secret = matches!(role, Role::Enhetschef | Role::BitradandeChef | Role::LexSarah);
            assert_eq!(must_be_seen(Some(admin), other, role), secret, "{role:?} to another");
            assert_eq!(must_be_seen(None, other, role), secret, "{role:?} by whoever runs the server");
        }
    }

    #[test]
    fn a_second_administrator_is_asked_only_when_that_is_chosen_and_never_for_the_first_chef() {
        let (admin, other) = (person(1), person(2));
        assert!(!needs_second(false, admin, admin, Role::LexSarah, true));
        assert!(needs_second(true, admin, other, Role::LexSarah, false));
        assert!(needs_second(true, admin, admin, Role::Medarbetare, true));
        assert!(needs_second(true, admin, other, Role::Enhetschef, true));
        assert!(!needs_second(true, admin, other, Role::Enhetschef, false), "the first chef of a node");
        assert!(!needs_second(true, admin, other, Role::Medarbetare, true));
        assert!(needs_second(true, admin, other, Role::Admin, true), "or one would make oneself a second one");
    }

    #[test]
    fn openings_of_a_day_are_one_line_for_each_person_and_thing() {
        let at = |day: u32, hour: u32| {
            NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, 0, 0).unwrap().and_utc()
        };
        let row = |who: u8, when, what: &str| (who, format!("Person {who}"), when, what.to_owned());
        let lines = gather(
            [
                row(1, at(24, 9), "Ärendet"),
                row(1, at(23, 15), "Ärendet"),
                row(2, at(23, 14), "Ärendet"),
                row(1, at(23, 13), "Fil"),
                row(1, at(23, 8), "Ärendet"),
            ],
            |at| at.date_naive(),
        );
        let told: Vec<_> = lines.iter().map(|l| (l.who.as_str(), l.what.as_str(), l.times, l.last)).collect();
        assert_eq!(
            told,
            [
                ("Person 1", "Ärendet", 1, at(24, 9)),
                ("Person 1", "Ärendet", 2, at(23, 15)),
                ("Person 2", "Ärendet", 1, at(23, 14)),
                ("Person 1", "Fil", 1, at(23, 13)),
            ]
        );
    }
}
