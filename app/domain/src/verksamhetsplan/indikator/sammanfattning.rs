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
        let parts = [(self.delvis, "delvis"), (self.inte_alls, "inte alls")];
        let what = if all == 1 { "indikator" } else { "indikatorer" };
        if self.ingen_bedomning == all {
            return format!("{} {what} har ingen bedömning än.", at_start(all));
        }
        if all == 1 && self.inte_mojliga == 1 {
            return "Den enda indikatorn gick inte att uppfylla.".to_owned();
        }
        let mut out = vec![INDIKATORER.av(self.uppnas, all, "uppnås", &parts)];
        if self.inte_mojliga > 0 {
            out.push(format!("{} gick inte att uppfylla.", at_start(self.inte_mojliga)));
        }
        if self.ingen_bedomning > 0 {
            out.push(format!("{} har ingen bedömning.", at_start(self.ingen_bedomning)));
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
        if all == 1 && self.utgangna == 1 {
            return "Den enda aktiviteten har utgått.".to_owned();
        }
        let by = |n: usize, one: &'static str, many: &'static str| (n, if n == 1 { one } else { many });
        let parts = [
            (self.pagar, "pågår"),
            by(self.forsenade, "är försenad", "är försenade"),
            by(self.ej_paborjade, "är inte påbörjad", "är inte påbörjade"),
        ];
        let done = if self.avslutade > 1 { "avslutade" } else { "avslutad" };
        let first = AKTIVITETER.av(self.avslutade, all, &format!("är {done}"), &parts);
        match self.utgangna {
            0 => first,
            n => format!("{first} {} har utgått.", at_start(n)),
        }
    }
}

/// How the year stands: the sentence of the goals, then indikatorer and aktiviteter, each in its own. Nothing where there are none.
#[must_use]
pub fn mening(mal: &str, indikatorer: &Rakning, aktiviteter: &Aktivitetsrakning) -> String {
    joined_sentences(&[mal.to_owned(), indikatorer.mening(), aktiviteter.mening()])
}

/// The introduction of a report, editable round its figures: the sentence of the goals, then the indikatorer.
#[must_use]
pub fn inledning(enhetsmal: &str, indikatorer: &Rakning) -> String {
    joined_sentences(&[enhetsmal.to_owned(), indikatorer.inledning()])
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

/// What is counted, in the words of its sentence.
struct Rakneord {
    /// "indikatorer"
    flera: &'static str,
    /// "indikatorn"
    den: &'static str,
    /// "indikatorerna"
    de: &'static str,
    /// What stands before a part where all of them are it: "uppnås" delvis. Empty where the part has a verb of its own.
    verb: &'static str,
}

const INDIKATORER: Rakneord =
    Rakneord { flera: "indikatorer", den: "indikatorn", de: "indikatorerna", verb: "uppnås " };
const AKTIVITETER: Rakneord = Rakneord { flera: "aktiviteter", den: "aktiviteten", de: "aktiviteterna", verb: "" };

fn at_start(n: usize) -> String {
    capitalised(&in_words(n, false))
}

impl Rakneord {
    /// `Tre av tio … , fem delvis och en inte alls.` Where all are alike it is said of all: `Båda indikatorerna uppnås delvis.`
    fn av(&self, n: usize, all: usize, what: &str, parts: &[(usize, &str)]) -> String {
        let of_all = |how: &str| match all {
            1 => format!("Den enda {} {how}.", self.den),
            2 => format!("Båda {} {how}.", self.de),
            _ => format!("Alla {} {} {how}.", in_words(all, false), self.flera),
        };
        if n == all {
            return of_all(what);
        }
        let none = format!("Ingen av {} {} {what}", in_words(all, false), self.flera);
        match parts.iter().find(|(part, _)| *part == all) {
            // that none is reached says it
            Some((_, "inte alls")) if all > 1 => return format!("{none}."),
            Some((_, how)) => return of_all(&format!("{}{how}", self.verb)),
            None => {}
        }
        let parts: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, how)| format!("{} {how}", in_words(*n, false))).collect();
        let first = match n {
            0 => none,
            n => format!("{} av {} {} {what}", at_start(n), in_words(all, false), self.flera),
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
    }

    #[test]
    fn few_and_none_and_all_are_said_as_people_do() {
        for (counted, said) in [
            (rakning(0, 0, 0, 0), ""),
            (rakning(12, 0, 0, 0), "Alla tolv indikatorer uppnås."),
            (rakning(13, 0, 0, 0), "Alla 13 indikatorer uppnås."),
            (rakning(2, 0, 0, 0), "Båda indikatorerna uppnås."),
            (rakning(1, 0, 0, 0), "Den enda indikatorn uppnås."),
            (rakning(0, 1, 0, 0), "Den enda indikatorn uppnås delvis."),
            (rakning(0, 0, 1, 0), "Den enda indikatorn uppnås inte alls."),
            (rakning(0, 0, 0, 1), "Den enda indikatorn gick inte att uppfylla."),
            (rakning(0, 1, 2, 0), "Ingen av tre indikatorer uppnås, en delvis och två inte alls."),
            (rakning(2, 1, 0, 0), "Två av tre indikatorer uppnås och en delvis."),
            (rakning(0, 2, 0, 0), "Båda indikatorerna uppnås delvis."),
            (rakning(0, 0, 3, 0), "Ingen av tre indikatorer uppnås."),
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
    fn aktiviteter_have_their_sentence_and_all_stand_in_one_text() {
        let aktiviteter = Aktivitetsrakning { avslutade: 8, pagar: 4, forsenade: 1, ej_paborjade: 0, utgangna: 1 };
        assert_eq!(
            aktiviteter.mening(),
            "Åtta av 14 aktiviteter är avslutade, fyra pågår och en är försenad. En har utgått."
        );
        let late = Aktivitetsrakning { forsenade: 2, ..Aktivitetsrakning::default() };
        assert_eq!(late.mening(), "Båda aktiviteterna är försenade.");
        let all = mening("Tre av tio mål uppfylls helt.", &rakning(15, 1, 1, 2), &Aktivitetsrakning::default());
        assert!(all.starts_with("Tre av tio mål") && all.ends_with("gick inte att uppfylla."), "{all}");
        assert!(inledning("Sex delvis och ett inte.", &rakning(15, 1, 1, 2)).contains("ett inte. Av de 19"));
    }
}
