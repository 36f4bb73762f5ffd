//! Sammanfattning: how the year stands, in a sentence that the counts give: on the head of the plan, on a slide and in the introduction
//! of a report. Numbers are in letters up to twelve.

use super::status::Status;
use crate::{
    apt::finding::in_words,
    format::{and, capitalised, int},
};

/// How many indikatorer stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rakning {
    /// Reached.
    pub uppnas: usize,
    /// Reached in part.
    pub delvis: usize,
    /// Not reached.
    pub inte_alls: usize,
    /// Those that could not be reached: counted, and told of apart.
    pub inte_mojliga: usize,
    /// Those without a goal to judge by, or without a figure.
    pub ingen_bedomning: usize,
    /// Those outside every count.
    pub ej_relevanta: usize,
}

impl Rakning {
    /// Counts what indikatorer have.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = Status>) -> Self {
        let mut out = Self::default();
        for status in all {
            *match status {
                Status::Uppnas => &mut out.uppnas,
                Status::Delvis => &mut out.delvis,
                Status::InteAlls => &mut out.inte_alls,
                Status::InteMojlig => &mut out.inte_mojliga,
                Status::IngenBedomning => &mut out.ingen_bedomning,
                Status::EjRelevant => &mut out.ej_relevanta,
            } += 1;
        }
        out
    }

    /// How many there are but those that are not relevant.
    #[must_use]
    pub const fn relevanta(&self) -> usize {
        self.uppnas + self.delvis + self.inte_alls + self.inte_mojliga + self.ingen_bedomning
    }

    /// `15 av 19 indikatorer uppnås, en delvis och en inte alls. Två gick inte att uppfylla.` Nothing where there are none.
    #[must_use]
    pub fn mening(&self) -> String {
        let all = self.relevanta();
        if all == 0 {
            return String::new();
        }
        let one = Rakneord { neuter: false, alla: "Alla", inget: "Ingen" };
        let parts = [(self.delvis, "delvis"), (self.inte_alls, "inte alls")];
        let what = if all == 1 { "indikator" } else { "indikatorer" };
        if self.ingen_bedomning == all {
            return format!("{} {what} har ingen bedömning än.", one.at_start(all));
        }
        let mut out = vec![one.av(self.uppnas, all, &format!("{what} uppnås"), &parts)];
        if self.inte_mojliga > 0 {
            out.push(format!("{} gick inte att uppfylla.", one.at_start(self.inte_mojliga)));
        }
        if self.ingen_bedomning > 0 {
            out.push(format!("{} har ingen bedömning.", one.at_start(self.ingen_bedomning)));
        }
        out.join(" ")
    }

    /// As the introduction of a report says it: `Av de 19 indikatorer som är relevanta uppnås årsmålet för 15, en uppnås delvis, …`. Nothing
    /// where there are none.
    #[must_use]
    pub fn inledning(&self) -> String {
        let word = |n: usize| in_words(n, false);
        let what = match self.relevanta() {
            0 => return String::new(),
            1 => "Av den indikator som är relevant".to_owned(),
            n => format!("Av de {} indikatorer som är relevanta", figures(n)),
        };
        let mut parts =
            vec![format!("uppnås årsmålet för {}", if self.uppnas == 0 { "ingen".into() } else { word(self.uppnas) })];
        let mut tell = |n: usize, one: &str, many: &str| {
            if n > 0 {
                parts.push(format!("{} {}", word(n), if n == 1 { one } else { many }));
            }
        };
        tell(self.delvis, "uppnås delvis", "uppnås delvis");
        tell(self.inte_alls, "uppnås inte alls", "uppnås inte alls");
        tell(self.inte_mojliga, "var inte möjlig att uppfylla", "var inte möjliga att uppfylla");
        tell(self.ingen_bedomning, "har ingen bedömning", "har ingen bedömning");
        format!("{what} {}.", joined(&parts))
    }
}

/// How many goals stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Malrakning {
    /// Fulfilled.
    pub helt: usize,
    /// Fulfilled in part.
    pub delvis: usize,
    /// Not fulfilled.
    pub inte: usize,
    /// Nobody has assessed them.
    pub ingen_bedomning: usize,
}

impl Malrakning {
    /// How many there are.
    #[must_use]
    pub const fn alla(&self) -> usize {
        self.helt + self.delvis + self.inte + self.ingen_bedomning
    }

    /// `Tre av tio mål uppfylls helt, fem delvis och ett inte. Ett har ingen bedömning.` `what` is what they are called: "mål", "enhetsmål".
    /// Nothing where there are none.
    #[must_use]
    pub fn mening(&self, what: &str) -> String {
        if self.alla() == 0 {
            return String::new();
        }
        let one = Rakneord { neuter: true, alla: "Alla", inget: "Inget" };
        if self.ingen_bedomning == self.alla() {
            return format!("{} {what} har ingen bedömning än.", one.at_start(self.alla()));
        }
        let parts = [(self.delvis, "delvis"), (self.inte, "inte")];
        let first = one.av(self.helt, self.alla(), &format!("{what} uppfylls helt"), &parts);
        match self.ingen_bedomning {
            0 => first,
            n => format!("{first} {} har ingen bedömning.", one.at_start(n)),
        }
    }

    /// As the introduction of a report says it: `Av enhetens 12 enhetsmål är fem helt uppfyllda, sex delvis och ett inte.` Nothing where
    /// there are none.
    #[must_use]
    pub fn inledning(&self) -> String {
        let word = |n: usize| in_words(n, true);
        if self.alla() == 0 {
            return String::new();
        }
        let helt = match self.helt {
            0 => "inget helt uppfyllt".to_owned(),
            1 => "ett helt uppfyllt".to_owned(),
            n => format!("{} helt uppfyllda", word(n)),
        };
        let more = [(self.delvis, "delvis"), (self.inte, "inte")];
        let more = more.iter().filter(|(n, _)| *n > 0).map(|(n, how)| format!("{} {how}", word(*n)));
        let parts: Vec<String> = std::iter::once(helt).chain(more).collect();
        let said = format!("Av enhetens {} enhetsmål är {}.", figures(self.alla()), joined(&parts));
        match self.ingen_bedomning {
            0 => said,
            n => format!("{said} {} har ingen bedömning.", capitalised(&word(n))),
        }
    }
}

/// How many aktiviteter stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aktivitetsrakning {
    /// Done.
    pub avslutade: usize,
    /// Going on.
    pub pagar: usize,
    /// Past their end and not done.
    pub forsenade: usize,
    /// Not begun.
    pub ej_paborjade: usize,
    /// Given up.
    pub utgangna: usize,
}

impl Aktivitetsrakning {
    /// How many there are.
    #[must_use]
    pub const fn alla(&self) -> usize {
        self.avslutade + self.pagar + self.forsenade + self.ej_paborjade + self.utgangna
    }

    /// `Åtta av 14 aktiviteter är avslutade, fyra pågår och en är försenad. En har utgått.` Nothing where there are none.
    #[must_use]
    pub fn mening(&self) -> String {
        let all = self.alla();
        if all == 0 {
            return String::new();
        }
        let one = Rakneord { neuter: false, alla: "Alla", inget: "Ingen" };
        let by = |n: usize, one: &'static str, many: &'static str| (n, if n == 1 { one } else { many });
        let parts = [
            (self.pagar, "pågår"),
            by(self.forsenade, "är försenad", "är försenade"),
            by(self.ej_paborjade, "är inte påbörjad", "är inte påbörjade"),
        ];
        let done = if self.avslutade > 1 { "avslutade" } else { "avslutad" };
        let what = if all == 1 { "aktivitet" } else { "aktiviteter" };
        let first = one.av(self.avslutade, all, &format!("{what} är {done}"), &parts);
        match self.utgangna {
            0 => first,
            n => format!("{first} {} har utgått.", one.at_start(n)),
        }
    }
}

/// How the year stands: goals, indikatorer and aktiviteter, each in its sentence. Nothing where there are none.
#[must_use]
pub fn mening(mal: &Malrakning, indikatorer: &Rakning, aktiviteter: &Aktivitetsrakning) -> String {
    joined_sentences(&[mal.mening("mål"), indikatorer.mening(), aktiviteter.mening()])
}

/// The introduction of a report, editable round its figures.
#[must_use]
pub fn inledning(enhetsmal: &Malrakning, indikatorer: &Rakning) -> String {
    joined_sentences(&[enhetsmal.inledning(), indikatorer.inledning()])
}

fn joined_sentences(all: &[String]) -> String {
    all.iter().filter(|said| !said.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn joined(parts: &[String]) -> String {
    and(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn figures(n: usize) -> String {
    int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// How things are counted: "en" or "ett", "alla", "ingen" or "inget".
struct Rakneord {
    neuter: bool,
    alla: &'static str,
    inget: &'static str,
}

impl Rakneord {
    fn at_start(&self, n: usize) -> String {
        capitalised(&in_words(n, self.neuter))
    }

    /// `Tre av tio … , fem delvis och en inte alls.`
    fn av(&self, n: usize, all: usize, what: &str, parts: &[(usize, &str)]) -> String {
        let parts: Vec<String> = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, how)| format!("{} {how}", in_words(*n, self.neuter)))
            .collect();
        let first = match n {
            n if n == all && all > 1 => format!("{} {} {what}", self.alla, in_words(all, self.neuter)),
            1 if all == 1 => format!("{} {what}", self.at_start(1)),
            0 => format!("{} av {} {what}", self.inget, in_words(all, self.neuter)),
            n => format!("{} av {} {what}", self.at_start(n), in_words(all, self.neuter)),
        };
        match (n, parts.as_slice()) {
            (_, []) => format!("{first}."),
            // none is reached, and so is none of these
            (1.., [one]) => format!("{first} och {one}."),
            _ => format!("{first}, {}.", joined(&parts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rakning(uppnas: usize, delvis: usize, inte_alls: usize, inte_mojliga: usize) -> Rakning {
        Rakning { uppnas, delvis, inte_alls, inte_mojliga, ..Rakning::default() }
    }

    #[test]
    fn the_year_of_nineteen_indikatorer_is_said_in_a_sentence() {
        let year = rakning(15, 1, 1, 2);
        assert_eq!(year.relevanta(), 19);
        assert_eq!(
            year.mening(),
            "15 av 19 indikatorer uppnås, en delvis och en inte alls. Två gick inte att uppfylla."
        );
        assert_eq!(
            year.inledning(),
            "Av de 19 indikatorer som är relevanta uppnås årsmålet för 15, en uppnås delvis, en uppnås inte alls och två \
             var inte möjliga att uppfylla."
        );
    }

    #[test]
    fn what_is_not_relevant_is_outside_and_what_is_not_judged_inside() {
        let statuses = [Status::Uppnas, Status::Uppnas, Status::EjRelevant, Status::IngenBedomning, Status::InteMojlig];
        let counted = Rakning::of(statuses);
        assert_eq!((counted.relevanta(), counted.ej_relevanta), (4, 1));
        assert_eq!(
            counted.mening(),
            "Två av fyra indikatorer uppnås. En gick inte att uppfylla. En har ingen bedömning."
        );
    }

    #[test]
    fn a_year_that_nobody_has_judged_yet_is_not_said_to_be_missed() {
        let none = Rakning { ingen_bedomning: 19, ..Rakning::default() };
        assert_eq!(none.mening(), "19 indikatorer har ingen bedömning än.");
        let goals = Malrakning { ingen_bedomning: 10, ..Malrakning::default() };
        assert_eq!(goals.mening("mål"), "Tio mål har ingen bedömning än.");
    }

    #[test]
    fn few_and_none_and_all_are_said_as_people_do() {
        for (counted, said) in [
            (rakning(0, 0, 0, 0), ""),
            (rakning(12, 0, 0, 0), "Alla tolv indikatorer uppnås."),
            (rakning(13, 0, 0, 0), "Alla 13 indikatorer uppnås."),
            (rakning(1, 0, 0, 0), "En indikator uppnås."),
            (rakning(2, 1, 0, 0), "Två av tre indikatorer uppnås och en delvis."),
            (rakning(0, 2, 0, 0), "Ingen av två indikatorer uppnås, två delvis."),
            (rakning(0, 0, 3, 0), "Ingen av tre indikatorer uppnås, tre inte alls."),
        ] {
            assert_eq!(counted.mening(), said);
        }
        assert_eq!(
            rakning(0, 1, 0, 1).inledning(),
            "Av de 2 indikatorer som är relevanta uppnås årsmålet för ingen, en \
             uppnås delvis och en var inte möjlig att uppfylla."
        );
    }

    #[test]
    fn goals_and_aktiviteter_have_their_sentences() {
        let goals = Malrakning { helt: 3, delvis: 5, inte: 1, ingen_bedomning: 1 };
        assert_eq!(
            goals.mening("mål"),
            "Tre av tio mål uppfylls helt, fem delvis och ett inte. Ett har ingen bedömning."
        );
        let twelve = Malrakning { helt: 5, delvis: 6, inte: 1, ingen_bedomning: 0 };
        assert_eq!(twelve.inledning(), "Av enhetens 12 enhetsmål är fem helt uppfyllda, sex delvis och ett inte.");
        let aktiviteter = Aktivitetsrakning { avslutade: 8, pagar: 4, forsenade: 1, ej_paborjade: 0, utgangna: 1 };
        assert_eq!(
            aktiviteter.mening(),
            "Åtta av 14 aktiviteter är avslutade, fyra pågår och en är försenad. En har utgått."
        );
        let all = mening(&goals, &rakning(15, 1, 1, 2), &Aktivitetsrakning::default());
        assert!(all.starts_with("Tre av tio mål") && all.ends_with("gick inte att uppfylla."), "{all}");
        assert!(inledning(&twelve, &rakning(15, 1, 1, 2)).contains("ett inte. Av de 19"));
    }
}
