//! Finding: the heading of a slide as a sentence that the figures give (docs/design.md 6). It can be written anew.

use super::{
    Kind,
    deck::Resultat,
    slide::{self, Atgarder, Forslag, Kontroller},
};
use crate::{avvikelse::skydd::FEW, format, occurrence::Share};

mod planen;
mod tabell;

pub use planen::{ekonomi, indikatorer, mal};
pub use tabell::tabell;

const WORDS: [&str; 13] =
    ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];

/// A number as it reads in a sentence: in letters up to twelve. `ett` for things that are neuter.
#[must_use]
pub fn in_words(n: usize, neuter: bool) -> String {
    match WORDS.get(n) {
        Some(_) if n == 1 && neuter => "ett".to_owned(),
        Some(word) => (*word).to_owned(),
        None => format::int(i64::try_from(n).unwrap_or(i64::MAX)),
    }
}

fn at_start(n: usize, neuter: bool) -> String {
    format::capitalised(&in_words(n, neuter))
}

/// `Nio av tio`: a share as people say it. All and none are said only when it is so.
#[must_use]
pub fn of_ten(share: Share) -> Option<String> {
    if share.denominator <= 0 {
        return None;
    }
    if share.numerator == share.denominator {
        return Some("Alla".to_owned());
    }
    if share.numerator == 0 {
        return Some("Ingen".to_owned());
    }
    let tenths = tenths(share);
    Some(format!("{} av tio", at_start(tenths, false)))
}

/// 1–9: a share that is neither none nor all.
fn tenths(share: Share) -> usize {
    let rounded = (share.numerator * 20 + share.denominator) / (share.denominator * 2);
    usize::try_from(rounded.clamp(1, 9)).unwrap_or(1)
}

/// How the year goes.
#[must_use]
pub fn year(done: i64, total: i64, late: i64) -> String {
    if total == 0 {
        return "Inget är planerat i år".to_owned();
    }
    let behind = match usize::try_from(late).unwrap_or(0) {
        0 => "inget är försenat".to_owned(),
        n => format!("{} är {}", in_words(n, true), if n == 1 { "försenat" } else { "försenade" }),
    };
    let done_words = if total == 1 { "utförd" } else { "utförda" };
    format!("{} av {} är {done_words}, {behind}", format::int(done), format::int(total))
}

/// What became of the controls since last time.
#[must_use]
pub fn kontroller(k: &Kontroller) -> String {
    let done = match k.klara.len() {
        0 => "Ingen kontroll är klar sedan sist".to_owned(),
        1 => "En kontroll är klar".to_owned(),
        n => format!("{} kontroller är klara", at_start(n, false)),
    };
    match slide::count(&k.forsenade) {
        0 => format!("{done}, ingen är försenad"),
        1 => format!("{done}, en är försenad"),
        n => format!("{done}, {} är försenade", in_words(n, false)),
    }
}

/// How many results reach what was aimed at; of one by itself, what was found.
#[must_use]
pub fn resultat(all: &[Resultat]) -> String {
    if let [one] = all {
        return match one.reached {
            Some(true) => format!("{} når målet: {}", one.title, one.fynd),
            Some(false) => format!("{} når inte målet: {}", one.title, one.fynd),
            None if one.fynd.is_empty() => format!("{} är klar", one.title),
            None => format!("{}: {}", one.title, one.fynd),
        };
    }
    let with_goal = all.iter().filter_map(|r| r.reached).count();
    let good = all.iter().filter(|r| r.reached == Some(true)).count();
    match (all.len(), with_goal) {
        (0, _) => "Inget nytt resultat sedan sist".to_owned(),
        (n, 0) => format!("{} nya resultat", at_start(n, true)),
        (n, 1) if good == 1 => format!("Ett av {} resultat har ett mål och når det", in_words(n, true)),
        (n, 1) => format!("Ett av {} resultat har ett mål och når det inte", in_words(n, true)),
        (_, n) if good == n => format!("Alla {} resultat når målet", in_words(n, true)),
        (_, n) if good == 0 => format!("Inget av {} resultat når målet", in_words(n, true)),
        (_, n) => format!("{} av {} resultat når målet", at_start(good, true), in_words(n, true)),
    }
}

/// How many events the months that have ended had. `None` is a number that is too small to be told.
#[must_use]
pub fn avvikelser(total: Option<i64>) -> String {
    match total {
        Some(0) => "Ingen avvikelse och inget klagomål".to_owned(),
        Some(n) => format!("{} avvikelser, klagomål och synpunkter", format::int(n)),
        None => format!("{} avvikelser, klagomål och synpunkter", format::capitalised(FEW)),
    }
}

/// What those answered who are satisfied, over the questions that are shown: each share with the options that it counts,
/// in the words of the enkät.
#[must_use]
pub fn enkat(questions: &[(Share, String)]) -> String {
    let shares: Vec<Share> = questions.iter().map(|(share, _)| *share).collect();
    let words = counted(questions.iter().map(|(_, words)| words.as_str()));
    let mut sorted: Vec<Share> = shares.iter().copied().filter(|s| s.denominator > 0).collect();
    // a/b < c/d without dividing
    sorted.sort_by_key(|s| (s.numerator * 1_000_000 / s.denominator, s.denominator));
    let (Some(least), Some(most)) = (sorted.first().copied(), sorted.last().copied()) else {
        return "För få svar för att visas än".to_owned();
    };
    match (of_ten(least), of_ten(most)) {
        (Some(low), Some(high)) if low == high => format!("{low} {words}"),
        (_, Some(_)) if least.numerator > 0 && most.numerator < most.denominator => {
            format!("{} till {} av tio {words}", at_start(tenths(least), false), in_words(tenths(most), false))
        }
        (Some(low), Some(high)) => format!("Från {} till {} {words}", low.to_lowercase(), high.to_lowercase()),
        _ => "För få svar för att visas än".to_owned(),
    }
}

/// `svarade Bra eller Ja`. Where the questions have many words for it, `svarade så att det räknas som bra`.
fn counted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut own: Vec<&str> = vec![];
    for word in words.filter(|w| !w.is_empty()) {
        if !own.contains(&word) {
            own.push(word);
        }
    }
    match own.as_slice() {
        [one] => format!("svarade {one}"),
        [one, other] if !one.contains(" eller ") && !other.contains(" eller ") => {
            format!("svarade {one} eller {other}")
        }
        _ => "svarade så att det räknas som bra".to_owned(),
    }
}

/// How much was learnt of avvikelser since last time.
#[must_use]
pub fn learnt(n: usize) -> String {
    if n == 1 {
        "En sak har avvikelserna lärt oss".to_owned()
    } else {
        format!("{} saker har avvikelserna lärt oss", at_start(n, false))
    }
}

/// How many wrote something beside their answers, and how many questions others have answered too.
#[must_use]
pub fn kommentarer(comments: usize, elsewhere: usize) -> String {
    match (comments, elsewhere) {
        (0, 1) => "En fråga är ställd någon annanstans också".to_owned(),
        (0, n) => format!("{} frågor är ställda någon annanstans också", at_start(n, false)),
        (1, _) => "En av dem som svarade skrev mer".to_owned(),
        (n, _) => format!("{} av dem som svarade skrev mer", at_start(n, false)),
    }
}

/// What became of the åtgärder.
#[must_use]
pub fn atgarder(a: &Atgarder) -> String {
    let done = match a.klara.len() {
        0 => "Ingen åtgärd är klar sedan sist".to_owned(),
        1 => "En åtgärd är klar".to_owned(),
        n => format!("{} åtgärder är klara", at_start(n, false)),
    };
    match a.forsenade.len() {
        0 => format!("{done}, ingen är försenad"),
        1 => format!("{done}, en är försenad"),
        n => format!("{done}, {} är försenade", in_words(n, false)),
    }
}

/// What has been said since last time.
#[must_use]
pub fn forslag(f: &Forslag) -> String {
    let new = match f.nya.len() {
        0 => "Inget nytt förslag".to_owned(),
        1 => "Ett nytt förslag".to_owned(),
        n => format!("{} nya förslag", at_start(n, true)),
    };
    let stars = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("en {one}")),
        n => Some(format!("{} {many}", in_words(n, false))),
    };
    let gold = stars(f.stjarnor.len(), "guldstjärna", "guldstjärnor");
    let silver = stars(f.silver.len(), "silverstjärna", "silverstjärnor");
    let parts: Vec<String> = std::iter::once(new).chain(gold).chain(silver).collect();
    format::and(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What was decided at the meeting before this one, and what remains to be done of it. `None` without such a meeting.
#[must_use]
pub fn foregaende(kind: Kind, before: Option<(usize, usize)>) -> String {
    let last = match kind {
        Kind::Apt => "förra APT",
        Kind::Enhetsmote => "förra enhetsmötet",
        Kind::Ledningsgrupp => "förra ledningsgruppen",
        Kind::Planeringsdag => "förra planeringsdagen",
    };
    let decided = |n: usize| if n == 1 { "Ett beslut".to_owned() } else { format!("{} beslut", at_start(n, true)) };
    let to_do = |n: usize| if n == 1 { "en åtgärd".to_owned() } else { format!("{} åtgärder", in_words(n, false)) };
    match before {
        None => format!("Inget protokoll från {last} finns här"),
        Some((0, 0)) => format!("Inget beslut och ingen åtgärd sedan {last}"),
        Some((n, 0)) => format!("{} sedan {last}, ingen åtgärd återstår", decided(n)),
        Some((0, 1)) => format!("En åtgärd återstår sedan {last}"),
        Some((0, open)) => format!("{} åtgärder återstår sedan {last}", at_start(open, false)),
        Some((n, open)) => format!("{} och {} sedan {last}", decided(n), to_do(open)),
    }
}

/// What is to be taken up under a point that shows nothing else.
#[must_use]
pub fn punkt(title: &str, topics: usize) -> String {
    match topics {
        0 => format!("{title}: inget är anmält"),
        1 => format!("{title}: en sak att ta upp"),
        n => format!("{title}: {} saker att ta upp", in_words(n, false)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_are_told_beside_what_is_new() {
        let said = |nya: usize, gold: usize, silver: usize| {
            let of = |n: usize| vec!["x".to_owned(); n];
            forslag(&Forslag { nya: of(nya), stjarnor: of(gold), silver: of(silver), ..Forslag::default() })
        };
        assert_eq!(said(0, 0, 0), "Inget nytt förslag");
        assert_eq!(said(1, 2, 0), "Ett nytt förslag och två guldstjärnor");
        assert_eq!(said(2, 1, 1), "Två nya förslag, en guldstjärna och en silverstjärna");
    }

    fn share(numerator: i64, denominator: i64) -> Share {
        Share { numerator, denominator }
    }

    #[test]
    fn a_share_is_said_as_people_say_it() {
        assert_eq!(of_ten(share(92, 100)).unwrap(), "Nio av tio");
        assert_eq!(of_ten(share(85, 100)).unwrap(), "Nio av tio", "a half is rounded up");
        assert_eq!(of_ten(share(1, 100)).unwrap(), "En av tio", "somebody is not nobody");
        assert_eq!(of_ten(share(99, 100)).unwrap(), "Nio av tio", "not all are all");
        assert_eq!(of_ten(share(8, 8)).unwrap(), "Alla");
        assert_eq!(of_ten(share(0, 8)).unwrap(), "Ingen");
        assert_eq!(of_ten(share(0, 0)), None);
    }

    #[test]
    fn the_heading_of_an_enkat_is_its_finding() {
        let said = |shares: &[(Share, &str)]| {
            enkat(&shares.iter().map(|(share, words)| (*share, (*words).to_owned())).collect::<Vec<_>>())
        };
        assert_eq!(
            said(&[(share(92, 100), "Bra"), (share(84, 100), "Ja"), (share(71, 100), "Ja")]),
            "Sju till nio av tio svarade Bra eller Ja"
        );
        assert_eq!(said(&[(share(92, 100), "Ja"), (share(9, 10), "Ja")]), "Nio av tio svarade Ja");
        assert_eq!(said(&[(share(8, 8), "8–10"), (share(7, 10), "8–10")]), "Från sju av tio till alla svarade 8–10");
        let many = [(share(9, 10), "Nöjd eller Mycket nöjd"), (share(9, 10), "Ja")];
        assert_eq!(said(&many), "Nio av tio svarade så att det räknas som bra");
        assert_eq!(enkat(&[]), "För få svar för att visas än");
    }

    fn found(reached: Option<bool>) -> Resultat {
        Resultat {
            title: "Aktuella planer".into(),
            nar: "november".into(),
            fynd: "49 av 61".into(),
            mal: String::new(),
            analys: String::new(),
            slutsats: String::new(),
            status: crate::occurrence::Status::Utford,
            reached,
        }
    }

    #[test]
    fn results_are_counted_against_their_goals_and_one_alone_says_what_was_found() {
        let said = |all: &[Option<bool>]| resultat(&all.iter().map(|r| found(*r)).collect::<Vec<_>>());
        assert_eq!(said(&[Some(true), Some(true), Some(false), None]), "Två av tre resultat når målet");
        assert_eq!(said(&[Some(true), Some(true)]), "Alla två resultat når målet");
        assert_eq!(said(&[Some(false)]), "Aktuella planer når inte målet: 49 av 61");
        assert_eq!(said(&[None]), "Aktuella planer: 49 av 61");
        assert_eq!(said(&[]), "Inget nytt resultat sedan sist");
    }

    #[test]
    fn the_meeting_before_is_summed_up_in_a_sentence() {
        let said = |n, open| foregaende(Kind::Apt, Some((n, open)));
        assert_eq!(said(2, 1), "Två beslut och en åtgärd sedan förra APT");
        assert_eq!(said(1, 0), "Ett beslut sedan förra APT, ingen åtgärd återstår");
        assert_eq!(said(0, 3), "Tre åtgärder återstår sedan förra APT");
        assert_eq!(said(0, 0), "Inget beslut och ingen åtgärd sedan förra APT");
        assert_eq!(foregaende(Kind::Enhetsmote, None), "Inget protokoll från förra enhetsmötet finns här");
    }

    #[test]
    fn the_year_and_the_counts_read_as_sentences() {
        assert_eq!(year(1, 1, 0), "1 av 1 är utförd, inget är försenat");
        assert_eq!(year(41, 68, 0), "41 av 68 är utförda, inget är försenat");
        assert_eq!(year(41, 68, 1), "41 av 68 är utförda, ett är försenat");
        assert_eq!(year(41, 68, 2), "41 av 68 är utförda, två är försenade");
        assert_eq!(avvikelser(Some(182)), "182 avvikelser, klagomål och synpunkter");
        assert_eq!(avvikelser(None), "Färre än 5 avvikelser, klagomål och synpunkter");
    }

    proptest! {
        #[test]
        fn every_share_has_words_and_none_is_said_to_be_all(n in 0i64..500, d in 1i64..500) {
            prop_assume!(n <= d);
            let words = of_ten(share(n, d)).unwrap();
            prop_assert_eq!(words == "Alla", n == d);
            prop_assert_eq!(words == "Ingen", n == 0);
        }
    }
}
