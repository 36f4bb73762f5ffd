//! Table: the areas, and what each answers.

use serde::{Deserialize, Serialize};

use super::{
    By, Counted, Finding, Heard, Noun, Ring, Ticked, Time, Told, Traits,
    menu::{ASKERS, FOLLOWERS, Group, Menu, PLANNERS},
};
use crate::{
    apt::Slag,
    occurrence::Outcome,
    permission::{Action, Role},
    schedule::Category,
};

/// The part of the product that an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Verksamhetsplan: goals, indikatorer with their outcomes, and the account.
    Verksamhetsplan,
    /// What is done to reach the goals of the verksamhetsplan, perhaps over several years.
    Planaktivitet,
    /// Egenkontrollplan.
    Egenkontroll,
    /// Internkontrollplan.
    Internkontroll,
    /// Årshjul with its own activities, meetings and report deadlines.
    Aktivitet,
    /// Åtgärder.
    Atgard,
    /// What is counted every month, and what it is divided by.
    Serie,
    /// Brukarenkäter: their questions, answers and results.
    Enkat,
    /// Avvikelser, klagomål and synpunkter: reporting and counts. Who reads a case is decided by
    /// [`crate::avvikelse::Relation`].
    Avvikelse,
    /// Förbättringsförslag and guldstjärnor.
    Forslag,
    /// APT and other meetings, and the wall screens.
    Apt,
    /// Units and groups.
    Organisation,
    /// Persons, accounts and roles.
    Person,
}

/// A control of a plan, by its month.
const CONTROL: Time = Time {
    ring: Ring::Chosen,
    by: By::Month,
    told: Told::Span,
    lasts: false,
    weeks: true,
    of_plan: true,
    ticked: Ticked::Here,
    finding: Finding::Nothing,
    counted: Counted::Nothing,
    click: "Utförd",
    who: ["responsible"; 2],
};

/// What is on a day, or goes on from one to another, and is ticked off.
pub(super) const ACTIVITY: Time = Time {
    ring: Ring::Chosen,
    by: By::Day,
    told: Told::Span,
    lasts: true,
    weeks: false,
    of_plan: false,
    ticked: Ticked::Here,
    finding: Finding::Nothing,
    counted: Counted::Nothing,
    click: "Klar",
    who: ["responsible"; 2],
};

/// What has one last day.
const DEADLINE: Time = Time { told: Told::LastDay, lasts: false, ..ACTIVITY };

const VERKSAMHETSPLAN: Traits = Traits {
    code: "verksamhetsplan",
    label: "Verksamhetsplan",
    path: "/verksamhetsplan",
    noun: Noun { one: "verksamhetsplan", many: "verksamhetsplaner", the: "planen" },
    menu: Some(Menu {
        path: "/verksamhetsplan",
        label: "Verksamhetsplan",
        group: Group::Planera,
        action: Action::View,
        daily: PLANNERS,
    }),
    heard: Heard::Widely,
    holds_node: true,
    // outcomes, chapters and reports that are waited for
    in_att_gora: true,
    after_end: &[Action::View],
    slides: &[Slag::Mal, Slag::Indikatorer, Slag::Ekonomi],
    time: None,
};

const PLANAKTIVITET: Traits = Traits {
    code: "planaktivitet",
    label: "Aktivitet i planen",
    path: "/planaktiviteter",
    noun: Noun { one: "aktivitet", many: "aktiviteter", the: "aktiviteten" },
    menu: None,
    heard: Heard::Widely,
    holds_node: false,
    in_att_gora: false,
    after_end: &[Action::View],
    slides: &[],
    time: Some(Time {
        ring: Ring::Within(Category::Aktivitet),
        ticked: Ticked::OnThing {
            why: "blir utförd när aktiviteten avslutas, och det görs på dess egen sida",
            undo: "blir åter att göra när aktiviteten inte längre är avslutad, och det ändras på dess egen sida",
            follows: true,
        },
        ..ACTIVITY
    }),
};

const EGENKONTROLL: Traits = Traits {
    code: "egenkontroll",
    label: "Egenkontroll",
    path: "/egenkontroll",
    noun: Noun { one: "egenkontroll", many: "egenkontroller", the: "kontrollen" },
    menu: Some(Menu {
        path: "/egenkontroll",
        label: "Egenkontroll",
        group: Group::Planera,
        action: Action::View,
        daily: PLANNERS,
    }),
    heard: Heard::Widely,
    holds_node: true,
    in_att_gora: false,
    after_end: &[Action::View],
    slides: &[Slag::Kontroller, Slag::Resultat],
    time: Some(Time {
        ring: Ring::Own(Category::Egenkontroll),
        ticked: Ticked::HereOrByRun,
        finding: Finding::Offered(&Outcome::EGENKONTROLL),
        counted: Counted::Shares,
        ..CONTROL
    }),
};

const INTERNKONTROLL: Traits = Traits {
    code: "internkontroll",
    label: "Internkontroll",
    path: "/internkontroll",
    noun: Noun { one: "internkontroll", many: "internkontroller", the: "kontrollen" },
    menu: Some(Menu {
        path: "/internkontroll",
        label: "Internkontroll",
        group: Group::Planera,
        action: Action::View,
        daily: PLANNERS,
    }),
    heard: Heard::Widely,
    holds_node: true,
    in_att_gora: false,
    after_end: &[Action::View],
    slides: &[Slag::Kontroller, Slag::Resultat],
    time: Some(Time {
        ring: Ring::Own(Category::Internkontroll),
        finding: Finding::Demanded(&Outcome::INTERNKONTROLL),
        counted: Counted::Figures,
        click: "Ingen avvikelse",
        who: ["utfors_av", "kontrollansvarig"],
        ..CONTROL
    }),
};

const AKTIVITET: Traits = Traits {
    code: "aktivitet",
    label: "Aktivitet",
    path: "/aktiviteter",
    noun: Noun { one: "aktivitet", many: "aktiviteter", the: "aktiviteten" },
    menu: None,
    heard: Heard::Widely,
    holds_node: true,
    in_att_gora: false,
    after_end: &[Action::View],
    slides: &[],
    time: Some(ACTIVITY),
};

const ATGARD: Traits = Traits {
    code: "atgard",
    label: "Åtgärd",
    path: "/atgarder",
    noun: Noun { one: "åtgärd", many: "åtgärder", the: "åtgärden" },
    menu: Some(Menu {
        path: "/atgarder",
        label: "Åtgärder",
        group: Group::FoljaUpp,
        action: Action::View,
        daily: FOLLOWERS,
    }),
    heard: Heard::Widely,
    holds_node: false,
    in_att_gora: false,
    after_end: &Action::ALL,
    slides: &[Slag::Foregaende, Slag::Atgarder],
    time: Some(Time { ring: Ring::Within(Category::Atgard), ..DEADLINE }),
};

const SERIE: Traits = Traits {
    code: "serie",
    label: "Siffror",
    path: "/siffror",
    noun: Noun { one: "serie", many: "serier", the: "serien" },
    menu: Some(Menu {
        path: "/siffror",
        label: "Siffror",
        group: Group::FoljaUpp,
        action: Action::View,
        daily: FOLLOWERS,
    }),
    heard: Heard::Widely,
    holds_node: true,
    in_att_gora: false,
    after_end: &[Action::View],
    // what feeds an indikator shows with it
    slides: &[Slag::Siffror, Slag::Indikatorer],
    time: Some(Time {
        ring: Ring::Within(Category::Aktivitet),
        by: By::Month,
        lasts: false,
        ticked: Ticked::OnThing {
            why: "blir utförd när siffran fylls i, och det görs på seriens egen sida",
            undo: "blir åter att göra när siffran tas bort, och det görs på seriens egen sida",
            follows: false,
        },
        ..ACTIVITY
    }),
};

const ENKAT: Traits = Traits {
    code: "enkat",
    label: "Brukarenkät",
    path: "/enkater",
    noun: Noun { one: "enkät", many: "enkäter", the: "enkäten" },
    menu: Some(Menu {
        path: "/enkater",
        label: "Brukarenkäter",
        group: Group::Registrera,
        action: Action::View,
        daily: ASKERS,
    }),
    heard: Heard::Widely,
    holds_node: false,
    in_att_gora: false,
    // what was written in free text is read on
    after_end: &[Action::View, Action::TickAny],
    slides: &[Slag::Enkat],
    time: Some(Time {
        ring: Ring::Within(Category::Aktivitet),
        lasts: false,
        ticked: Ticked::OnThing {
            why: "blir utförd när enkäten stängs, och det görs på enkätens egen sida",
            undo: "blir åter att göra när enkäten öppnas igen, och det görs på enkätens egen sida",
            follows: false,
        },
        ..ACTIVITY
    }),
};

const AVVIKELSE: Traits = Traits {
    code: "avvikelse",
    label: "Avvikelse",
    path: "/avvikelser",
    noun: Noun { one: "ärende", many: "ärenden", the: "ärendet" },
    menu: Some(Menu {
        path: "/avvikelser",
        label: "Avvikelser",
        group: Group::Registrera,
        action: Action::View,
        daily: &Role::ALL,
    }),
    heard: Heard::ByHandlers,
    holds_node: true,
    in_att_gora: false,
    after_end: &[Action::View],
    slides: &[Slag::Avvikelser],
    time: Some(Time {
        ring: Ring::Within(Category::Atgard),
        told: Told::Countdown,
        ticked: Ticked::Opened,
        ..DEADLINE
    }),
};

const FORSLAG: Traits = Traits {
    code: "forslag",
    label: "Förslag",
    path: "/forslag",
    noun: Noun { one: "förslag", many: "förslag", the: "förslaget" },
    menu: Some(Menu {
        path: "/forslag",
        label: "Förslag",
        group: Group::Tillsammans,
        action: Action::View,
        daily: &Role::ALL,
    }),
    heard: Heard::Widely,
    holds_node: false,
    in_att_gora: false,
    after_end: &[Action::View],
    slides: &[Slag::Forslag],
    time: None,
};

const APT: Traits = Traits {
    code: "apt",
    label: "APT",
    path: "/apt",
    noun: Noun { one: "möte", many: "möten", the: "mötet" },
    menu: Some(Menu { path: "/apt", label: "APT", group: Group::Tillsammans, action: Action::View, daily: &Role::ALL }),
    heard: Heard::Widely,
    holds_node: false,
    in_att_gora: false,
    after_end: &[Action::View],
    slides: &[Slag::Foregaende],
    time: None,
};

const ORGANISATION: Traits = Traits {
    code: "organisation",
    label: "Organisation",
    path: "/admin",
    noun: Noun { one: "enhet", many: "enheter", the: "enheten" },
    menu: None,
    heard: Heard::NotOnWalls,
    holds_node: false,
    in_att_gora: false,
    after_end: &Action::ALL,
    slides: &[],
    time: None,
};

const PERSON: Traits = Traits {
    code: "person",
    label: "Person",
    path: "/admin/personer",
    noun: Noun { one: "person", many: "personer", the: "personen" },
    menu: Some(Menu {
        path: "/admin",
        label: "Administration",
        group: Group::System,
        action: Action::Edit,
        daily: &Role::ALL,
    }),
    heard: Heard::NotOnWalls,
    holds_node: false,
    // who carries something out, and whose it is
    in_att_gora: true,
    after_end: &Action::ALL,
    slides: &[],
    time: None,
};

impl Area {
    crate::every! {
        /// Every area, in the order of the menu.
        Verksamhetsplan, Planaktivitet, Egenkontroll, Internkontroll, Aktivitet, Avvikelse, Enkat, Atgard, Serie, Apt, Forslag, Organisation, Person
    }

    /// All that shared readers ask of it.
    #[must_use]
    pub const fn traits(self) -> &'static Traits {
        match self {
            Self::Verksamhetsplan => &VERKSAMHETSPLAN,
            Self::Planaktivitet => &PLANAKTIVITET,
            Self::Egenkontroll => &EGENKONTROLL,
            Self::Internkontroll => &INTERNKONTROLL,
            Self::Aktivitet => &AKTIVITET,
            Self::Atgard => &ATGARD,
            Self::Serie => &SERIE,
            Self::Enkat => &ENKAT,
            Self::Avvikelse => &AVVIKELSE,
            Self::Forslag => &FORSLAG,
            Self::Apt => &APT,
            Self::Organisation => &ORGANISATION,
            Self::Person => &PERSON,
        }
    }
}
