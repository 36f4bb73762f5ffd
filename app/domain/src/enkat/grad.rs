//! Grad: how good an option is, as colours, legends and the order of a bar follow it. Who makes the enkät says it with a sign
//! before the option; where nothing is said it is proposed by the words, and the proposal is shown before anything is saved.

use crate::text::compared;

/// How good an option is, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grad {
    /// Counts in the share that is shown.
    Bra,
    /// Neither.
    Mellan,
    /// The bad end.
    Dalig,
}

impl Grad {
    crate::every! {
        /// All, the best first.
        Bra, Mellan, Dalig
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Bra => "Bra",
            Self::Mellan => "Mittemellan",
            Self::Dalig => "Dåligt",
        }
    }

    /// What stands before the option in its form.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Bra => "+ ",
            Self::Mellan => "",
            Self::Dalig => "− ",
        }
    }
}

/// The grade that a line says, and the option. A minus is any of the signs that people type for it.
#[must_use]
pub fn read(line: &str) -> (Option<Grad>, &str) {
    let line = line.trim();
    match line.chars().next() {
        Some('+') => (Some(Grad::Bra), line[1..].trim()),
        Some(minus @ ('-' | '−' | '–')) => (Some(Grad::Dalig), line[minus.len_utf8()..].trim()),
        _ => (None, line),
    }
}

/// What the words of an option say; none for words that are no grade.
#[must_use]
pub fn proposed(label: &str) -> Option<Grad> {
    const BAD: [&str; 12] = [
        "nej",
        "inte",
        "ej",
        "dåligt",
        "dålig",
        "dåliga",
        "missnöjd",
        "aldrig",
        "sällan",
        "otydlig",
        "otydligt",
        "svårt",
    ];
    const MIDDLE: [&str; 11] =
        ["delvis", "varken", "ibland", "sådär", "ganska", "okej", "ok", "medel", "lagom", "viss", "både"];
    const GOOD: [&str; 12] =
        ["ja", "bra", "nöjd", "gott", "god", "alltid", "oftast", "helt", "utmärkt", "utmärkta", "lätt", "tydligt"];
    let words = compared(label);
    let has = |list: &[&str]| words.split(|c: char| !c.is_alphanumeric()).any(|w| list.contains(&w));
    // "inte alls bra" is not good, and "varken bra eller dåligt" is neither
    if has(&["varken", "både", "delvis"]) {
        Some(Grad::Mellan)
    } else if has(&BAD) {
        Some(Grad::Dalig)
    } else if has(&MIDDLE) && !has(&["nöjd", "bra"]) {
        Some(Grad::Mellan)
    } else if has(&GOOD) {
        Some(Grad::Bra)
    } else {
        None
    }
}

/// The lines with the sign that each is proposed to have; those with one keep it. The first is good where none would be.
#[must_use]
pub fn with_signs(lines: &str) -> String {
    let graded = graded(lines);
    graded.iter().map(|(label, grad)| format!("{}{label}", grad.sign())).collect::<Vec<_>>().join("\n")
}

fn graded(lines: &str) -> Vec<(&str, Grad)> {
    let read: Vec<_> = lines.lines().map(read).filter(|(_, label)| !label.is_empty()).collect();
    // where somebody has said what is good, nothing more is
    let said = read.iter().any(|(sign, _)| *sign == Some(Grad::Bra));
    let mut out: Vec<(&str, Grad)> = read
        .into_iter()
        .map(|(sign, label)| match (sign, proposed(label)) {
            (Some(sign), _) => (label, sign),
            (None, Some(Grad::Bra)) if said => (label, Grad::Mellan),
            (None, grad) => (label, grad.unwrap_or(Grad::Mellan)),
        })
        .collect();
    if !out.iter().any(|(_, grad)| *grad == Grad::Bra)
        && let Some(first) = out.iter_mut().find(|(_, grad)| *grad == Grad::Mellan)
    {
        first.1 = Grad::Bra;
    }
    out
}

/// What is to be asked about lines that do not say how good each option is: the proposal in words. None where they do.
#[must_use]
pub fn asked(lines: &str) -> Option<String> {
    let signs: Vec<Option<Grad>> = lines.lines().map(read).filter(|(_, l)| !l.is_empty()).map(|(s, _)| s).collect();
    let graded = graded(lines);
    let says_bad = signs.contains(&Some(Grad::Dalig));
    let says_good = signs.contains(&Some(Grad::Bra));
    let proposes_bad = graded.iter().any(|(_, grad)| *grad == Grad::Dalig);
    let clear = says_good && (says_bad || !proposes_bad);
    (!clear && graded.len() > 1).then(|| sentence(&graded))
}

/// `Bra: Bra, Mycket bra. Mittemellan: Delvis. Dåligt: Dåligt.`
#[must_use]
pub fn sentence(options: &[(&str, Grad)]) -> String {
    let parts = Grad::ALL.into_iter().filter_map(|grad| {
        let own: Vec<&str> = options.iter().filter(|(_, g)| *g == grad).map(|(label, _)| *label).collect();
        (!own.is_empty()).then(|| format!("{}: {}.", grad.label(), own.join(", ")))
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// What a colour is called under several questions: the options that have it, in their own words, where they are few. None
/// where there are none.
#[must_use]
pub fn legend<'a>(labels: impl Iterator<Item = &'a str>, grad: Grad) -> Option<String> {
    let mut own: Vec<&str> = vec![];
    for label in labels {
        if !own.contains(&label) {
            own.push(label);
        }
    }
    match own.len() {
        0 => None,
        1..=3 => Some(own.join(", ")),
        _ => Some(grad.label().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_option_say_how_good_it_is_whatever_place_it_has() {
        for (label, grad) in [
            ("Bra", Some(Grad::Bra)),
            ("Mycket nöjd", Some(Grad::Bra)),
            ("Ganska nöjd", Some(Grad::Bra)),
            ("Ja", Some(Grad::Bra)),
            ("Delvis", Some(Grad::Mellan)),
            ("Varken bra eller dåligt", Some(Grad::Mellan)),
            ("Ibland", Some(Grad::Mellan)),
            ("Dåligt", Some(Grad::Dalig)),
            ("Inte alls bra", Some(Grad::Dalig)),
            ("Ganska missnöjd", Some(Grad::Dalig)),
            ("Nej", Some(Grad::Dalig)),
            ("Telefon", None),
            ("Brandlarm", None),
        ] {
            assert_eq!(proposed(label), grad, "{label}");
        }
    }

    #[test]
    fn a_proposal_keeps_what_is_said_and_always_has_something_good() {
        assert_eq!(with_signs("Bra\nDåligt\nDelvis"), "+ Bra\n− Dåligt\nDelvis");
        assert_eq!(with_signs("Telefon\nBesök"), "+ Telefon\nBesök");
        assert_eq!(with_signs("+ Mycket bra\nBra\n– Dåligt"), "+ Mycket bra\nBra\n− Dåligt");
        assert_eq!(read("- Dåligt"), (Some(Grad::Dalig), "Dåligt"));
    }

    #[test]
    fn a_colour_is_called_what_the_enkat_calls_it() {
        let legend = |labels: &[&str], grad| super::legend(labels.iter().copied(), grad);
        assert_eq!(legend(&["Dåligt", "Nej", "Nej"], Grad::Dalig).unwrap(), "Dåligt, Nej");
        assert_eq!(legend(&["1", "2", "3", "4"], Grad::Dalig).unwrap(), "Dåligt");
        assert_eq!(legend(&[], Grad::Mellan), None);
    }
}
