//! Result: the shares of a stickprov per criterion and in all, with their uncertainty, and whether kvinnor and män
//! differ by more than chance.

use serde::{Deserialize, Serialize};

use super::cell::Answer;
use crate::{
    format,
    kon::Kon,
    occurrence::{Andel, Share},
    statistics::{fisher, wilson},
};

/// Below this a difference is said to be larger than chance makes it: one in twenty.
pub const SIGNIFICANT: f64 = 0.05;

/// What one case answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseAnswers {
    /// Kön, where it is known.
    pub kon: Option<Kon>,
    /// One per criterion; none where nobody has answered yet.
    pub answers: Vec<Option<Answer>>,
}

impl CaseAnswers {
    /// Whether the case holds what it should: every criterion that applies is met. `None` while an answer is missing, and
    /// for a case to which no criterion applies.
    #[must_use]
    pub fn whole(&self) -> Option<bool> {
        if self.answers.iter().any(Option::is_none) {
            return None;
        }
        let mut relevant = self.answers.iter().flatten().filter(|a| **a != Answer::Ej).peekable();
        relevant.peek()?;
        Some(relevant.all(|a| *a == Answer::Ja))
    }
}

/// A line of the result: a criterion, or the cases as wholes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The criterion.
    pub label: String,
    /// Ja of Ja and Nej; none when there is nothing to divide by.
    pub andel: Andel,
    /// Cases it does not apply to.
    pub ej: i64,
    /// Cases not answered yet.
    pub missing: i64,
}

/// What can be said of kvinnor and män.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Difference {
    /// Larger than chance makes it, with the p of Fisher's exact test.
    Larger(f64),
    /// Not larger than that.
    NotLarger(f64),
    /// One of the groups has no answers.
    NotComparable,
}

/// Whether two shares differ by more than chance (Fisher's exact test, two-sided).
#[must_use]
pub fn difference(andel: &Andel) -> Difference {
    match (andel.kvinnor, andel.man) {
        (Some(k), Some(m)) if k.denominator > 0 && m.denominator > 0 => {
            let row = |s: Share| [s.numerator, s.denominator - s.numerator];
            let p = fisher([row(k), row(m)]);
            if p < SIGNIFICANT { Difference::Larger(p) } else { Difference::NotLarger(p) }
        }
        _ => Difference::NotComparable,
    }
}

/// The sentence about kvinnor and män. Where all cases were judged chance has drawn nothing, and only the shares are said.
#[must_use]
pub fn difference_sentence(andel: &Andel, all: bool) -> String {
    if let (true, Some(k), Some(m)) = (all, andel.kvinnor, andel.man)
        && difference(andel) != Difference::NotComparable
    {
        let shares = format!("kvinnor ({}) och män ({})", share_label(k), share_label(m));
        return if k.numerator * m.denominator == m.numerator * k.denominator {
            format!("Andelen är densamma för {shares}. Alla ärenden är med.")
        } else {
            format!("Andelen skiljer sig mellan {shares}. Alla ärenden är med, så skillnaden beror inte på urvalet.")
        };
    }
    let p = |p: f64| {
        if p < 0.001 { "p < 0,001".to_owned() } else { format!("p = {p:.3}").replace('.', ",") }
    };
    match (difference(andel), andel.kvinnor, andel.man) {
        (Difference::Larger(value), Some(k), Some(m)) => format!(
            "Skillnaden mellan kvinnor ({}) och män ({}) är större än vad slumpen brukar ge (Fishers exakta test, {}).",
            share_label(k),
            share_label(m),
            p(value)
        ),
        (Difference::NotLarger(value), Some(k), Some(m)) => format!(
            "Skillnaden mellan kvinnor ({}) och män ({}) är inte större än vad slumpen kan ge (Fishers exakta test, {}).",
            share_label(k),
            share_label(m),
            p(value)
        ),
        _ => "Kvinnor och män kan inte jämföras: det finns inte svar för båda.".to_owned(),
    }
}

/// How it went against the time before, by the same test; without it where all cases were judged both times.
#[must_use]
pub fn change_sentence(when: &str, before: Share, now: Share, all: bool) -> String {
    let row = |s: Share| [s.numerator, s.denominator - s.numerator];
    let chance = fisher([row(before), row(now)]) >= SIGNIFICANT;
    let last = format!("Förra gången, {when}, var det {}.", share_label(before));
    let (Some(old), Some(new)) = (percent(before), percent(now)) else { return last };
    let better = if new > old { "en förbättring" } else { "en försämring" };
    match chance {
        _ if (new - old).abs() < 1e-9 => format!("{last} Det är oförändrat."),
        _ if all => format!("{last} Det är {better}. Alla ärenden är med båda gångerna."),
        true => format!("{last} Skillnaden är inte större än vad slumpen kan ge."),
        false => format!("{last} Det är {better} som är större än vad slumpen brukar ge."),
    }
}

/// "11 av 20 (55,0 %)".
#[must_use]
pub fn share_label(share: Share) -> String {
    format!(
        "{} av {} ({})",
        format::int(share.numerator),
        format::int(share.denominator),
        format::percent(share.numerator, share.denominator)
    )
}

/// The 95 % interval of a share by Wilson, in per cent; none without cases.
#[must_use]
pub fn interval(share: Share) -> Option<(f64, f64)> {
    wilson(share.numerator, share.denominator).map(|(low, high)| (low * 100.0, high * 100.0))
}

/// "34,2–74,2 %".
#[must_use]
pub fn interval_label(share: Share) -> String {
    interval(share).map(|(low, high)| format!("{low:.1}–{high:.1}\u{a0}%").replace('.', ",")).unwrap_or_default()
}

/// The share in per cent; none without cases.
#[must_use]
#[allow(clippy::cast_precision_loss)] // counts of cases
pub fn percent(share: Share) -> Option<f64> {
    (share.denominator > 0).then(|| share.numerator as f64 / share.denominator as f64 * 100.0)
}

/// The result of a stickprov.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// One per criterion, in their order.
    pub lines: Vec<Line>,
    /// The cases as wholes: all that applies is met. One case is one observation, so that the interval and the test hold;
    /// answers of the same case added up would not be independent of each other.
    pub whole: Line,
    /// Answers that are missing, of all.
    pub missing: i64,
    /// How many answers there are to give.
    pub asked: i64,
}

/// Counts a stickprov: each criterion, and the cases as wholes.
#[must_use]
pub fn result(kriterier: &[String], cases: &[CaseAnswers]) -> Outcome {
    let lines: Vec<Line> = kriterier
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let answers = cases.iter().map(|c| (c.kon, c.answers.get(i).copied().flatten()));
            let mut line = count(label, answers.clone().map(|(kon, a)| (kon, a.and_then(yes))));
            line.ej = size(answers.clone().filter(|(_, a)| *a == Some(Answer::Ej)).count());
            line.missing = size(answers.filter(|(_, a)| a.is_none()).count());
            line
        })
        .collect();
    let mut whole = count("I sin helhet", cases.iter().map(|c| (c.kon, c.whole())));
    whole.missing = size(cases.iter().filter(|c| c.answers.iter().any(Option::is_none)).count());
    whole.ej = size(cases.len()) - whole.missing - whole.andel.total.map_or(0, |t| t.denominator);
    let missing = lines.iter().map(|l| l.missing).sum();
    Outcome { lines, whole, missing, asked: size(kriterier.len() * cases.len()) }
}

fn yes(answer: Answer) -> Option<bool> {
    match answer {
        Answer::Ja => Some(true),
        Answer::Nej => Some(false),
        Answer::Ej => None,
    }
}

fn size(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count(label: &str, answers: impl Iterator<Item = (Option<Kon>, Option<bool>)> + Clone) -> Line {
    let share = |wanted: Option<Kon>| {
        let of = answers.clone().filter(|(kon, _)| wanted.is_none() || *kon == wanted).filter_map(|(_, yes)| yes);
        let denominator = size(of.clone().count());
        (denominator > 0).then(|| Share { numerator: size(of.filter(|yes| *yes).count()), denominator })
    };
    let andel = Andel { total: share(None), kvinnor: share(Some(Kon::Kvinna)), man: share(Some(Kon::Man)) };
    Line { label: label.to_owned(), andel, ej: 0, missing: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(kon: &str, answers: &str) -> CaseAnswers {
        let answers = answers.chars().map(|c| match c {
            'J' => Some(Answer::Ja),
            'N' => Some(Answer::Nej),
            'E' => Some(Answer::Ej),
            _ => None,
        });
        CaseAnswers { kon: crate::kon::read(kon), answers: answers.collect() }
    }

    fn labels() -> Vec<String> {
        ["Tillräcklig", "Väsentlig", "Saklig"].map(String::from).to_vec()
    }

    fn share(numerator: i64, denominator: i64) -> Share {
        Share { numerator, denominator }
    }

    #[test]
    fn a_share_is_of_those_to_whom_the_criterion_applies() {
        let cases = [case("k", "JJE"), case("m", "JNJ"), case("", "NJJ"), case("k", "JJ.")];
        let result = result(&labels(), &cases);
        assert_eq!(result.lines[0].andel.total, Some(share(3, 4)));
        assert_eq!(result.lines[0].andel.kvinnor, Some(share(2, 2)));
        assert_eq!(result.lines[0].andel.man, Some(share(1, 1)));
        assert_eq!(
            (result.lines[2].andel.total, result.lines[2].ej, result.lines[2].missing),
            (Some(share(2, 2)), 1, 1)
        );
        assert_eq!((result.missing, result.asked), (1, 12));
    }

    #[test]
    fn a_case_is_whole_when_all_that_applies_is_met_and_waits_while_an_answer_is_missing() {
        let cases = [case("k", "JJE"), case("m", "JNJ"), case("k", "JJ."), case("m", "EEE")];
        let result = result(&labels(), &cases);
        assert_eq!(result.whole.andel.total, Some(share(1, 2)));
        assert_eq!((result.whole.missing, result.whole.ej), (1, 1));
    }

    #[test]
    fn eleven_of_twenty_is_not_55_per_cent_but_somewhere_about_it() {
        // Wilson's interval for 11 of 20: 0.342 to 0.742 (computed from Wilson 1927, as in Newcombe 1998, method 3)
        assert_eq!(interval_label(share(11, 20)), "34,2–74,2\u{a0}%");
        assert_eq!(share_label(share(11, 20)), "11 av 20 (55,0\u{a0}%)");
        assert_eq!(interval_label(share(0, 0)), "");
    }

    #[test]
    fn a_change_since_the_last_time_is_not_made_more_of_than_it_is() {
        let sentence = |before, now| change_sentence("oktober 2025", before, now, false);
        assert_eq!(
            sentence(share(14, 20), share(11, 20)),
            "Förra gången, oktober 2025, var det 14 av 20 (70,0\u{a0}%). Skillnaden är inte större än vad slumpen kan ge."
        );
        assert!(
            sentence(share(5, 20), share(17, 20)).ends_with("en förbättring som är större än vad slumpen brukar ge.")
        );
        assert!(sentence(share(17, 20), share(5, 20)).contains("försämring"));
        assert!(sentence(share(5, 10), share(10, 20)).ends_with("Det är oförändrat."));
    }

    #[test]
    fn a_difference_between_kvinnor_and_man_is_said_to_be_more_than_chance_only_when_it_is() {
        let andel = |k: Share, m: Share| Andel { total: None, kvinnor: Some(k), man: Some(m) };
        // 9 of 10 against 2 of 10: p = 0.0055
        let large = andel(share(9, 10), share(2, 10));
        assert!(matches!(difference(&large), Difference::Larger(p) if (p - 0.0055).abs() < 0.0001));
        assert!(
            difference_sentence(&large, false)
                .contains("är större än vad slumpen brukar ge (Fishers exakta test, p = 0,005)")
                || difference_sentence(&large, false).contains("p = 0,006")
        );
        // 6 of 10 against 5 of 10: p = 1
        let small = andel(share(6, 10), share(5, 10));
        assert!(difference_sentence(&small, false).contains("inte större än vad slumpen kan ge"));
        let all = difference_sentence(&small, true);
        assert!(all.contains("Alla ärenden är med") && !all.contains("slumpen"), "{all}");
        let both = change_sentence("oktober 2025", share(14, 20), share(11, 20), true);
        assert!(both.ends_with("en försämring. Alla ärenden är med båda gångerna."), "{both}");
        let none = Andel { kvinnor: None, ..small };
        assert_eq!(difference(&none), Difference::NotComparable);
    }
}
