//! Arende: a case as it is kept and shown, what the register shows of it, and what a search finds it by.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Case, Kategori, Kind, Kinds, Relation, State,
    bilaga::Borttaget,
    intake::{Inkommet, Rapport},
    lank::Lank,
    pui::Incident,
    sok::{Term, words},
    tillagg::{Tillagg, may_add},
};
use crate::{
    format,
    id::{AvvikelseId, BilagaId, NodeId, PersonId},
};

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum Innehall {
    /// A report by staff.
    Rapport(Rapport),
    /// A klagomål or a synpunkt from outside.
    Inkommet(Inkommet),
}

impl Innehall {
    /// What happened, or what was said.
    #[must_use]
    pub fn what(&self) -> &str {
        match self {
            Self::Rapport(r) => &r.what,
            Self::Inkommet(i) => &i.what,
        }
    }

    /// Every text that a search may find it by; how to reach who complained is not among them.
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Rapport(r) => {
                vec![&r.what, &r.place, &r.reference, &r.consequence, &r.done_at_once, &r.suggestion, &r.noticed_by]
            }
            Self::Inkommet(i) => vec![&i.what],
        }
    }
}

/// A case, with everything. Only those who may open it are given one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arende {
    /// Primary key, in the address `/avvikelser/{id}`.
    pub id: AvvikelseId,
    /// The unit.
    pub node: NodeId,
    /// The name of the unit.
    pub node_name: String,
    /// Its number among those of the unit and year.
    pub nr: i64,
    /// What came in.
    pub innehall: Innehall,
    /// What the reporter has added since, the earliest first.
    pub tillagg: Vec<Tillagg>,
    /// What it has come to.
    pub case: Case,
    /// Of a personuppgiftsincident: what IMY asks for.
    pub incident: Option<Incident>,
    /// The unit's own word for what happened; may be empty.
    pub handelsetyp: String,
    /// The process; may be empty.
    pub process: String,
    /// What the reporter reads of the outcome; may be empty.
    pub outcome: String,
    /// What everybody may read on APT of what was learnt; may be empty.
    pub apt: String,
    /// What it points to.
    pub links: Vec<Lank>,
    /// Who reported it; none where it came from before or the person is unknown.
    pub reporter: Option<PersonId>,
    /// The name of who reported it; empty where it is unknown.
    pub reporter_name: String,
    /// The name of the colleague it was reported for; empty where it was not.
    pub on_behalf_name: String,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i64,
}

impl Arende {
    /// `2026-014`: how those who handle the case speak of it. Who knows it knows how many there are.
    #[must_use]
    pub fn number(&self) -> String {
        number(self.case.inkommen.year(), self.nr)
    }

    /// `R-7F3A9C`: how the reporter knows it.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.id)
    }

    /// As the register lists it.
    #[must_use]
    pub fn rad(&self) -> Rad {
        Rad {
            id: self.id,
            node: self.node,
            node_name: self.node_name.clone(),
            number: self.number(),
            what: self.innehall.what().to_owned(),
            kinds: self.case.kinds,
            positive: matches!(&self.innehall, Innehall::Inkommet(i) if i.positive),
            state: self.case.state,
            inkommen: self.case.inkommen,
            next: None,
            awaits_lex_sarah: self.case.awaits_lex_sarah(),
        }
    }

    /// What filters and search find it by: codes of what can be filtered on, and the words of its texts as they are compared.
    /// All of them: a case is as long as its forms let it be.
    #[must_use]
    pub fn terms(&self) -> Vec<String> {
        let case = &self.case;
        let mut out: BTreeSet<String> = BTreeSet::new();
        out.extend(case.kinds.iter().map(|k| Term::Kind(k).code()));
        out.insert(Term::State(case.state).code());
        out.extend(case.utredning.orsaker.iter().map(|o| Term::Orsak(*o).code()));
        out.extend(case.kategori.map(|k| Term::Kategori(k).code()));
        if !self.process.is_empty() {
            out.insert(Term::Process(self.process.clone()).code());
        }
        if !self.handelsetyp.is_empty() {
            out.insert(Term::Handelsetyp(self.handelsetyp.clone()).code());
        }
        let u = &case.utredning;
        let motive = case.beslut.as_ref().map_or("", |b| b.motive.as_str());
        let mut texts = self.innehall.texts();
        texts.extend(self.tillagg.iter().map(|t| t.text.as_str()));
        texts.extend([&*self.handelsetyp, &*self.process, &*self.outcome, &*self.apt, motive]);
        texts.extend([&*u.timeline, &*u.found, &*u.consequences, &*u.beslut, &*case.effect]);
        texts.extend(self.incident.iter().flat_map(|i| [&*i.consequences, &*i.measures]));
        texts.extend(case.ivo.iter().map(|ivo| &*ivo.dnr));
        texts.extend([&*case.imy.motive, &*case.imy.delay, &*case.imy.not_informed]);
        out.insert(self.number());
        out.insert(Term::Referens(self.reference()).code());
        out.extend(texts.into_iter().flat_map(words));
        out.into_iter().collect()
    }

    /// What differs between two versions of a case, in words: label, before, after.
    #[must_use]
    pub fn differences(&self, after: &Self) -> Vec<(&'static str, String, String)> {
        let rows = |a: &Self| {
            let (c, u) = (&a.case, &a.case.utredning);
            let day = |d: Option<NaiveDate>| d.map(format::date).unwrap_or_default();
            let list = |items: Vec<&str>| items.join(", ");
            vec![
                ("Tillägg till rapporten", list(a.tillagg.iter().map(|t| t.text.as_str()).collect())),
                ("Läge", c.state.label().to_owned()),
                ("Händelsen är", list(c.kinds.iter().map(Kind::label).collect())),
                ("Kategori", c.kategori.map(Kategori::label).unwrap_or_default().to_owned()),
                ("Händelsetyp", a.handelsetyp.clone()),
                ("Process", a.process.clone()),
                ("Misstanke om missförhållande", day(c.suspected_on)),
                (
                    "Beslut om lex Sarah",
                    c.beslut.as_ref().map(|b| format!("{}: {}", b.bedomning.label(), b.motive)).unwrap_or_default(),
                ),
                (
                    "Anmält till IVO",
                    c.ivo.as_ref().map(|i| format!("{}, {}", format::date(i.on), i.dnr)).unwrap_or_default(),
                ),
                ("Utredning skickad till IVO", day(c.ivo.as_ref().and_then(|i| i.investigation_on))),
                ("Händelseförlopp", u.timeline.clone()),
                ("Vad utredningen visar", u.found.clone()),
                ("Konsekvenser för den enskilde", u.consequences.clone()),
                (
                    "Risk för att det händer igen",
                    u.upprepning.map(super::word::Upprepning::label).unwrap_or_default().to_owned(),
                ),
                ("Bakomliggande orsaker", list(u.orsaker.iter().map(|o| o.label()).collect())),
                ("Beslut", u.beslut.clone()),
                ("Risk för de registrerade", c.imy.risk.map(super::word::Risk::label).unwrap_or_default().to_owned()),
                ("Motivering av risken", c.imy.motive.clone()),
                (
                    "Anmält till IMY",
                    c.imy.reported_at.map(|t| t.format("%Y-%m-%d %H.%M UTC").to_string()).unwrap_or_default(),
                ),
                ("De registrerade informerade", day(c.imy.informed_on)),
                ("Varför de inte informeras", c.imy.not_informed.clone()),
                ("Personuppgiftsincidenten", a.incident.as_ref().map(incident_words).unwrap_or_default()),
                ("Följs upp", day(c.follow_up_on)),
                ("Effekt", c.effect.clone()),
                ("Återkopplat", day(c.feedback_on)),
                ("Återkopplat till arbetsgruppen", day(c.group_feedback_on)),
                ("Det som rapportören läser", a.outcome.clone()),
                ("Text för APT", a.apt.clone()),
                ("Hänger ihop med", list(a.links.iter().map(|l| l.label.as_str()).collect())),
            ]
        };
        let pairs = rows(self).into_iter().zip(rows(after));
        pairs.filter(|((_, a), (_, b))| a != b).map(|((label, a), (_, b))| (label, a, b)).collect()
    }
}

fn incident_words(i: &Incident) -> String {
    let number = i.number.map(format::int).unwrap_or_default();
    format!(
        "upptäckt {}, {number} registrerade. {} {}",
        i.discovered.format("%Y-%m-%d %H.%M"),
        i.consequences,
        i.measures
    )
}

/// The number of a case: year and running number.
#[must_use]
pub fn number(year: i32, nr: i64) -> String {
    format!("{year}-{nr:03}")
}

/// What somebody who does not handle a case knows it by: the end of its id, which is by chance and tells neither how many
/// there are nor which came first.
#[must_use]
pub fn reference(id: AvvikelseId) -> String {
    format!("R-{:06X}", id.0.as_u128() & 0xff_ffff)
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// The case.
    pub id: AvvikelseId,
    /// Its unit.
    pub node: NodeId,
    /// The name of the unit.
    pub node_name: String,
    /// `2026-014`.
    pub number: String,
    /// What happened, whole.
    pub what: String,
    /// As far as somebody has assessed it; before that, what came in.
    pub kinds: Kinds,
    /// Whether it is praise.
    pub positive: bool,
    /// How far it has come.
    pub state: State,
    /// The day it came in.
    pub inkommen: NaiveDate,
    /// The next deadline in words, where the list says it.
    pub next: Option<String>,
    /// Whether the lex Sarah-utredare has still to decide.
    pub awaits_lex_sarah: bool,
}

/// What the reporter sees of an own report: no assessment, no investigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Egen {
    /// The case.
    pub id: AvvikelseId,
    /// The name of the unit.
    pub node_name: String,
    /// `R-7F3A9C`. The running number tells how many cases there are and is for those who handle them.
    pub reference: String,
    /// What was sent.
    pub innehall: Innehall,
    /// What was added since.
    pub tillagg: Vec<Tillagg>,
    /// Who sent it: they alone add to it.
    pub reporter: Option<PersonId>,
    /// How far it has come.
    pub state: State,
    /// The day it came in.
    pub inkommen: NaiveDate,
    /// What the reporter is told of the outcome; may be empty.
    pub outcome: String,
    /// The day that was told.
    pub feedback_on: Option<NaiveDate>,
}

impl From<&Arende> for Egen {
    fn from(a: &Arende) -> Self {
        Self {
            id: a.id,
            node_name: a.node_name.clone(),
            reference: a.reference(),
            innehall: a.innehall.clone(),
            tillagg: a.tillagg.clone(),
            reporter: a.reporter,
            state: a.case.state,
            inkommen: a.case.inkommen,
            outcome: a.outcome.clone(),
            feedback_on: a.case.feedback_on,
        }
    }
}

impl Egen {
    /// Whether this person adds to it now: the sentence that says why not, none for others than the reporter.
    #[must_use]
    pub fn may_add(&self, person: PersonId) -> Option<Result<(), String>> {
        (self.reporter == Some(person)).then(|| may_add(self.state, self.tillagg.len()))
    }
}

/// A case as far as the person may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syn {
    /// One who handles it, and who that is to the case.
    Handlaggare(Box<Arende>, Relation),
    /// The reporter.
    Rapportor(Box<Egen>),
}

/// A file attached to a case; its bytes are kept apart, encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilaga {
    /// Primary key, sealed into the file: another's bytes do not open under it.
    pub id: BilagaId,
    /// Its name, without path.
    pub name: String,
    /// Its media type, as its content says.
    pub media: String,
    /// How many bytes it has, not encrypted.
    pub size: i64,
    /// What was taken out of it before it was kept.
    pub removed: Vec<Borttaget>,
    /// Who attached it.
    pub who: String,
    /// When it was attached, in UTC.
    pub at: DateTime<Utc>,
}

#[cfg(test)]
pub(super) mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::avvikelse::{Kanal, intake::When, sok::Sok, word::Ror};

    pub fn arende() -> Arende {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let rapport = Rapport {
            what: "Återansökan låg i fel tjänst i två dagar".into(),
            when: When::Exact(day, None),
            place: String::new(),
            process: "Ekonomiskt bistånd".into(),
            reference: "EB-1234".into(),
            noticed_by: String::new(),
            consequence: "Sen utbetalning".into(),
            done_at_once: String::new(),
            ror: Ror::Brukare,
            suggestion: String::new(),
            suspected: false,
            pui: false,
            discovered: None,
            on_behalf_of: None,
        };
        Arende {
            id: AvvikelseId(Uuid::from_u128(1)),
            node: NodeId(Uuid::from_u128(2)),
            node_name: "Enheten".into(),
            nr: 14,
            case: Case::new(rapport.kinds(), day),
            innehall: Innehall::Rapport(rapport),
            tillagg: vec![],
            incident: None,
            handelsetyp: "Inkomna handlingar".into(),
            process: "Ekonomiskt bistånd".into(),
            outcome: String::new(),
            apt: String::new(),
            links: vec![],
            reporter: None,
            reporter_name: "Handläggare 1".into(),
            on_behalf_name: String::new(),
            created_at: DateTime::UNIX_EPOCH,
            closed_on: None,
            version: 1,
        }
    }

    #[test]
    fn a_case_is_found_by_its_words_and_by_what_it_is() {
        let terms = arende().terms();
        for term in ["återansökan", "1234", "utbetalning", "2026-014", "#typ:avvikelse", "#lage:inkommen"] {
            assert!(terms.iter().any(|t| t == term), "{term}: {terms:?}");
        }
        assert!(terms.contains(&Term::Process("EKONOMISKT  bistånd".into()).code()), "whatever its case");
        assert!(!terms.iter().any(|t| t == "i"), "single letters are not kept");
    }

    #[test]
    fn the_name_of_the_reporter_and_how_to_reach_who_complained_are_not_searched() {
        let mut a = arende();
        a.innehall = Innehall::Inkommet(Inkommet {
            what: "Svårt att nå någon".into(),
            on: a.case.inkommen,
            kanal: Kanal::Telefon,
            kategori: Kategori::Tillganglighet,
            positive: false,
            kind: Kind::Klagomal,
            contact: Some("ring 0701234567".into()),
        });
        assert!(!a.terms().iter().any(|t| t.contains("070") || t == "ring" || t == "handläggare"));
    }

    #[test]
    fn what_two_versions_differ_in_is_said_in_words() {
        let (before, mut after) = (arende(), arende());
        after.case.state = State::Bedomd;
        after.case.utredning.beslut = "Ny rutin".into();
        let labels: Vec<_> = before.differences(&after).into_iter().map(|(label, _, _)| label).collect();
        assert_eq!(labels, ["Läge", "Beslut"]);
        assert_eq!(before.differences(&before), []);
    }

    #[test]
    fn a_reporter_knows_the_case_by_a_reference_that_tells_nothing_and_those_who_handle_it_find_it_by_that() {
        let mut a = arende();
        a.id = AvvikelseId(Uuid::from_u128(0x0199_1111_2222_7333_8444_5555_557f_3a9c));
        let egen = Egen::from(&a);
        assert_eq!(egen.reference, "R-7F3A9C");
        assert!(!format!("{egen:?}").contains("2026-014"), "the running number tells how many there are");
        let searched = Sok::default().with_text(" r-7f3a9c").terms;
        assert!(a.terms().contains(&searched[0]));
    }

    #[test]
    fn a_long_case_is_found_by_its_last_word_too() {
        let mut a = arende();
        a.case.utredning.found = (0..2_000).map(|n| format!("ord{n}")).collect::<Vec<_>>().join(" ");
        a.case.imy.not_informed = "Ingen gick att nå".into();
        let terms = a.terms();
        for term in ["ord0", "ord1999", "nå", "#typ:avvikelse"] {
            assert!(terms.contains(&term.to_owned()), "{term}");
        }
    }

    #[test]
    fn words_that_were_pasted_with_signs_that_nobody_sees_are_found_as_they_are_read() {
        let mut a = arende();
        let Innehall::Rapport(rapport) = &mut a.innehall else { panic!("a report") };
        rapport.what = include_str!("../../testdata/mjuka-bindestreck-och-nfd.txt").into();
        rapport.consequence = "Kon\u{200d}takten \u{202a}bröts\u{202c} på\u{a0}Gotlandsgatan".into();
        let terms = a.terms();
        for asked in
            ["Utbetalningen", "boendestödet", "A\u{30a}terkoppling", "ÅSÖGATAN", "kontakten", "bröts", "Gotlandsgatan"]
        {
            let words = Sok::default().with_text(asked).words;
            assert!(words.iter().all(|word| terms.contains(word)), "{asked}: {terms:?}");
        }
    }
}
