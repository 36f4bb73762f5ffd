//! Finding: the heading of a slide as a sentence that the figures give (docs/design.md 6). It can be written anew.

use super::slide::{self, Atgarder, Forslag, Kontroller};
use crate::{avvikelse::skydd::FEW, format, occurrence::Share};

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
    format!("{} av {} är utförda, {behind}", format::int(done), format::int(total))
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

/// How many results reach what was aimed at. `None` of a result that has no målvärde.
#[must_use]
pub fn resultat(reached: &[Option<bool>]) -> String {
    let with_goal = reached.iter().flatten().count();
    let good = reached.iter().flatten().filter(|r| **r).count();
    match (reached.len(), with_goal) {
        (0, _) => "Inget nytt resultat sedan sist".to_owned(),
        (1, 0) => "Ett nytt resultat".to_owned(),
        (n, 0) => format!("{} nya resultat", at_start(n, true)),
        (_, 1) if good == 1 => "Resultatet når målet".to_owned(),
        (_, 1) => "Resultatet når inte målet".to_owned(),
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
    match f.stjarnor.len() {
        0 => new,
        1 => format!("{new} och en guldstjärna"),
        n => format!("{new} och {} guldstjärnor", in_words(n, false)),
    }
}

/// What was decided last time.
#[must_use]
pub fn foregaende(beslut: usize, open: usize) -> String {
    let decided = match beslut {
        0 => "Inget beslut togs sist".to_owned(),
        1 => "Ett beslut togs sist".to_owned(),
        n => format!("{} beslut togs sist", at_start(n, true)),
    };
    match open {
        0 => decided,
        1 => format!("{decided}, en åtgärd återstår"),
        n => format!("{decided}, {} åtgärder återstår", in_words(n, false)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    #[test]
    fn results_are_counted_against_their_goals() {
        assert_eq!(resultat(&[Some(true), Some(true), Some(false), None]), "Två av tre resultat når målet");
        assert_eq!(resultat(&[Some(true), Some(true)]), "Alla två resultat når målet");
        assert_eq!(resultat(&[Some(false)]), "Resultatet når inte målet");
        assert_eq!(resultat(&[None]), "Ett nytt resultat");
        assert_eq!(resultat(&[]), "Inget nytt resultat sedan sist");
    }

    #[test]
    fn the_year_and_the_counts_read_as_sentences() {
        assert_eq!(year(41, 68, 0), "41 av 68 är utförda, inget är försenat");
        assert_eq!(year(41, 68, 1), "41 av 68 är utförda, ett är försenat");
        assert_eq!(year(41, 68, 2), "41 av 68 är utförda, två är försenade");
        assert_eq!(avvikelser(Some(182)), "182 avvikelser, klagomål och synpunkter");
        assert_eq!(avvikelser(None), "Färre än 5 avvikelser, klagomål och synpunkter");
        assert_eq!(foregaende(2, 1), "Två beslut togs sist, en åtgärd återstår");
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
