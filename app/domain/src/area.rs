//! Area: the parts of the product, and what each answers of itself. Lists, pages, the wheel, slides and the store ask
//! here ([`Area::traits`]) and match on no area: a new one says all that they need to know in one place, and does not
//! compile until it does. Who may do what in it stands in [`crate::permission`].
//!
//! A test of the sources (`tests/sources.rs`) fails where an area or a ring is named anywhere but here, in the
//! area's own modules, and where a permission is asked for.

use crate::{
    apt::Slag,
    occurrence::{Item, Outcome, State},
    permission::Action,
    schedule::{Category, Level},
};

pub mod menu;
mod table;

pub use table::Area;

/// What shared readers ask of an area.
#[derive(Debug)]
pub struct Traits {
    /// As stored and sent.
    pub code: &'static str,
    /// As the user reads it.
    pub label: &'static str,
    /// Where its list is, and one of its things under it: `{path}/{id}`.
    pub path: &'static str,
    /// What one of its things is called in a sentence.
    pub noun: Noun,
    /// Its entry of the menu; none where it is come to from elsewhere.
    pub menu: Option<menu::Menu>,
    /// Who is told that something of it changed.
    pub heard: Heard,
    /// Whether what is written to a node's things is written by one at a time: a reading that decides what to add, as at
    /// import and copying, then still holds when it is added.
    pub holds_node: bool,
    /// Whether Att göra shows something of it beside its tillfällen.
    pub in_att_gora: bool,
    /// What is still done at a unit that has ended: all see it, and what has to be finished is.
    pub after_end: &'static [Action],
    /// The slides that show it, beside the wheel, which shows all that has a time.
    pub slides: &'static [Slag],
    /// What its tillfällen are like; none for an area without a time.
    pub time: Option<Time>,
}

/// What one of its things is called.
#[derive(Debug)]
pub struct Noun {
    /// "enkät".
    pub one: &'static str,
    /// "enkäter".
    pub many: &'static str,
    /// "enkäten".
    pub the: &'static str,
}

impl Noun {
    /// "En annan enkät är redan sparad", "Ett annat förslag är redan sparat".
    #[must_use]
    pub fn another_saved(&self) -> String {
        if self.the.ends_with('t') {
            format!("Ett annat {} är redan sparat", self.one)
        } else {
            format!("En annan {} är redan sparad", self.one)
        }
    }
}

/// Who is told that something of an area changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Whoever sees the area there, and the wall screens.
    Widely,
    /// The same but the wall screens, which show nothing of it.
    NotOnWalls,
    /// That one of its things exists or has been touched is a secret: those alone who handle them in that node
    /// (`domain::event`).
    ByHandlers,
}

/// What the tillfällen of an area are like.
#[derive(Debug)]
pub struct Time {
    /// The ring of the wheel.
    pub ring: Ring,
    /// By what it is late, and moved.
    pub by: By,
    /// What of its time is said beside its title.
    pub told: Told,
    /// Whether it can go on from a first day to a last, and is drawn so.
    pub lasts: bool,
    /// Whether it can be done any day of a whole week: every list then says which week.
    pub weeks: bool,
    /// Whether it is a control of a plan: on the slides of the controls, and put back in the plan when it was taken out.
    pub of_plan: bool,
    /// Where it is ticked off.
    pub ticked: Ticked,
    /// What is said of what was found.
    pub finding: Finding,
    /// What else can be counted in the form of a tick.
    pub counted: Counted,
    /// What the button of one click says: what it records.
    pub click: &'static str,
    /// The fields of its form for who carries it out: of a systematisk kontroll, of anything else.
    pub who: [&'static str; 2],
}

/// The ring of what has a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// One of its own: its name says what it is.
    Own(Category),
    /// That of another: its line says by the name of the area what it is.
    Within(Category),
    /// The person picks the ring of each thing, as for an aktivitet.
    Chosen,
}

/// By what something is late, and moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Late when its month has passed (docs/doman.md 1), moved to a month, or to a week where it is done in one.
    Month,
    /// Late when its last day has passed, moved to a day.
    Day,
}

/// What of its time is said beside its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The month, week or day it is done in, from the first day to the last.
    Span,
    /// The last day alone: it can be done any day before that.
    LastDay,
    /// How long is left.
    Countdown,
}

/// Where something is ticked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticked {
    /// In lists, and on the page of the tillfälle.
    Here,
    /// The same, or by a genomförande: one that is begun goes on on its page.
    HereOrByRun,
    /// By what is done on the page of its thing.
    OnThing {
        /// Why not here, as a sentence goes on after its name.
        why: &'static str,
        /// Why it is not undone here, the same.
        undo: &'static str,
        /// Whether its days and how far it has come are those of the thing too: it is not moved, begun or given up by itself.
        follows: bool,
    },
    /// Nowhere: it is a deadline and no tillfälle, and leads to its thing.
    Opened,
}

impl Time {
    /// Whether its days and how far it has come are those of its thing: it is not moved, begun or given up by itself.
    #[must_use]
    pub const fn follows_thing(&self) -> bool {
        matches!(self.ticked, Ticked::OnThing { follows: true, .. })
    }
}

/// What is said of what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing but that it is done.
    Nothing,
    /// One of these, or nothing.
    Offered(&'static [Outcome]),
    /// One of these always, and what deviated in words. One click says that nothing did.
    Demanded(&'static [Outcome]),
}

/// What else can be counted in the form of a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The form asks for no figure.
    Nothing,
    /// Shares, in all and by kön.
    Shares,
    /// Figures that become series.
    Figures,
}

impl Area {
    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.traits().code
    }

    /// The area of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.traits().label
    }

    /// Whether it is a secret that one of its things exists or has been touched.
    #[must_use]
    pub fn is_secret(self) -> bool {
        self.traits().heard == Heard::ByHandlers
    }

    /// What its tillfällen are like. An area without a time has none; asked all the same, it answers as an activity.
    #[must_use]
    pub const fn time(self) -> &'static Time {
        match &self.traits().time {
            Some(time) => time,
            None => &table::ACTIVITY,
        }
    }

    /// Whether it has a time: it is on the wheel and in Att göra.
    #[must_use]
    pub const fn has_time(self) -> bool {
        self.traits().time.is_some()
    }

    /// The field of its form for who carries it out.
    #[must_use]
    pub fn who_field(self, level: Option<Level>) -> &'static str {
        let [systematisk, other] = self.time().who;
        if level == Some(Level::Systematisk) { systematisk } else { other }
    }

    /// The areas whose changes show on the wheel.
    pub fn on_wheel() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|a| a.has_time())
    }

    /// The areas whose changes show in Att göra.
    pub fn in_att_gora() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|a| a.has_time() || a.traits().in_att_gora)
    }

    /// The areas whose changes show on slides.
    pub fn on_slides() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|a| a.has_time() || !a.traits().slides.is_empty())
    }

    /// The areas of controls.
    pub fn of_plans() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|a| a.has_time() && a.time().of_plan)
    }

    /// The areas that a slide shows: what redraws it.
    #[must_use]
    pub fn of_slide(slide: Slag) -> Vec<Self> {
        let shows = |a: &Self| match slide {
            // it is drawn for everybody in the room
            Slag::Hjul => a.has_time() && !a.is_secret(),
            slide => a.traits().slides.contains(&slide),
        };
        Self::ALL.into_iter().filter(shows).collect()
    }

    /// Their codes, as a part of a page says in `data-live` what it shows.
    #[must_use]
    pub fn codes(areas: impl IntoIterator<Item = Self>) -> String {
        areas.into_iter().map(Self::code).collect::<Vec<_>>().join(" ")
    }
}

impl Finding {
    /// The outcomes that can be chosen.
    #[must_use]
    pub const fn outcomes(self) -> &'static [Outcome] {
        match self {
            Self::Nothing => &[],
            Self::Offered(outcomes) | Self::Demanded(outcomes) => outcomes,
        }
    }

    /// Whether one has to be chosen.
    #[must_use]
    pub const fn is_demanded(self) -> bool {
        matches!(self, Self::Demanded(_))
    }

    /// What one click says of what was found.
    #[must_use]
    pub fn of_one_click(self) -> Option<Outcome> {
        self.outcomes().iter().copied().find(|o| self.is_demanded() && !o.deviates())
    }
}

/// What a tillfälle asks for beside that it was done: it is offered first, and the tick alone second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// No more.
    Nothing,
    /// That it is carried out: cases are drawn and judged.
    Run,
    /// That a series or a share is filled in.
    Figure,
}

impl Asks {
    /// What its link says.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Run => "Genomför",
            Self::Figure => "Fyll i siffran",
        }
    }
}

impl Item {
    /// What it asks for before it is begun.
    #[must_use]
    pub fn asks(&self) -> Asks {
        let kind = self.kind();
        if self.occurrence.state != State::Planerad {
            Asks::Nothing
        } else if self.draws && kind.ticked == Ticked::HereOrByRun {
            Asks::Run
        } else if self.counts && kind.counted != Counted::Nothing {
            Asks::Figure
        } else {
            Asks::Nothing
        }
    }

    /// Where it gives what it asks for; none where it asks for no more than to be done.
    #[must_use]
    pub fn asked_at(&self) -> Option<String> {
        match self.asks() {
            Asks::Nothing => None,
            Asks::Run => Some(format!("/genomforanden/ny?tillfalle={}", self.occurrence.id)),
            Asks::Figure => Some(format!("{}#resultat", self.href())),
        }
    }

    /// What its tillfällen are like.
    #[must_use]
    pub const fn kind(&self) -> &'static Time {
        self.area.time()
    }

    /// Where its thing is: the control, the activity, the åtgärd.
    #[must_use]
    pub fn source_href(&self) -> String {
        format!("{}/{}", self.area.traits().path, self.source)
    }

    /// "Visa kontrollen", "Visa enkäten".
    #[must_use]
    pub fn show_source(&self) -> String {
        format!("Visa {}", self.area.traits().noun.the)
    }

    /// Whether it is a tillfälle, with a page of its own and others of its schedule; else it is a deadline, and its thing is
    /// all there is.
    #[must_use]
    pub fn is_tillfalle(&self) -> bool {
        self.kind().ticked != Ticked::Opened
    }

    /// Whether it is late, and moved, by its day and not by its month.
    #[must_use]
    pub fn goes_by_day(&self) -> bool {
        self.kind().by == By::Day
    }

    /// Whether it is a control that has been begun and goes on on its own page.
    #[must_use]
    pub fn goes_on_its_page(&self) -> bool {
        self.kind().ticked == Ticked::HereOrByRun && self.occurrence.state == State::Pagar
    }

    /// Whether it is a meeting on the wheel, which can be prepared.
    #[must_use]
    pub fn is_meeting(&self) -> bool {
        self.kind().ring == Ring::Chosen && self.category.holds_meetings()
    }

    /// What it is, in a line of a list: its level, its ring, or its area where the ring is that of another.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match (self.level, self.kind().ring) {
            (Some(level), _) => level.label(),
            (None, Ring::Within(_)) => self.area.label(),
            (None, Ring::Own(_) | Ring::Chosen) => self.category.label(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_time_is_on_the_wheel_and_in_att_gora_and_on_a_slide() {
        // those that are there since long; one that comes says by itself where it is
        let holds = |areas: Vec<Area>, those: &str, others: &str| {
            let there = |code: &&str| areas.contains(&Area::from_code(code).unwrap());
            assert!(those.split(' ').all(|code| there(&code)), "{areas:?}: {those}");
            assert!(!others.split(' ').any(|code| there(&code)), "{areas:?}: {others}");
        };
        let wheel = "egenkontroll internkontroll aktivitet avvikelse enkat atgard";
        holds(Area::on_wheel().collect(), wheel, "apt forslag organisation person");
        holds(Area::in_att_gora().collect(), &format!("{wheel} person"), "apt forslag organisation");
        holds(Area::on_slides().collect(), &format!("{wheel} apt forslag"), "organisation person");
        holds(
            Area::of_slide(Slag::Hjul),
            "egenkontroll internkontroll aktivitet enkat atgard",
            "avvikelse apt forslag",
        );
        holds(Area::of_slide(Slag::Kontroller), "egenkontroll internkontroll", "aktivitet avvikelse");
        holds(Area::of_slide(Slag::Avvikelser), "avvikelse", "egenkontroll atgard");
        assert!(Area::of_slide(Slag::Text).is_empty());
    }

    #[test]
    fn every_area_has_a_code_and_a_path_of_its_own_and_every_ring_an_area() {
        for area in Area::ALL {
            assert_eq!(Area::from_code(area.code()), Some(area));
            let same = |other: &&Area| other.traits().path == area.traits().path;
            assert_eq!(Area::ALL.iter().filter(same).count(), 1, "{area:?}");
            assert!(area.traits().path.starts_with('/'), "{area:?}");
        }
        for category in Category::ALL {
            let of = |area: &Area| match area.time().ring {
                Ring::Own(own) => own == category,
                Ring::Within(_) => false,
                Ring::Chosen => Category::FREE.contains(&category),
            };
            let shared = |area: &Area| matches!(area.time().ring, Ring::Within(ring) if ring == category);
            assert!(Area::on_wheel().any(|a| of(&a) || shared(&a)), "{category:?}");
            assert!(Area::on_wheel().filter(of).count() <= 1, "{category:?} is one's own");
        }
    }

    #[test]
    fn what_must_be_found_can_be_found_by_one_click() {
        for area in Area::on_wheel() {
            let finding = area.time().finding;
            assert_eq!(finding.of_one_click().is_some(), finding.is_demanded(), "{area:?}");
        }
    }
}
