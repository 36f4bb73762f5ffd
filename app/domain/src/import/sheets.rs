//! Sheets: what is said of the sheets of a workbook: which one was read, and which were not. A tab can be called after a person, so
//! a name with a personnummer is counted and not repeated.

use super::word::shortened;
use crate::genomforande::reference::names_person;

/// How many sheets a sentence names.
const NAMED: usize = 5;
/// How much of a name is said, in characters. Excel takes 31.
const SHOWN: usize = 40;

/// A sheet of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet<'a> {
    /// What its tab says.
    pub name: &'a str,
    /// It lies behind so many others that nobody has looked at it.
    pub beyond: bool,
}

/// "Bladet ”2026” är läst. Arbetsboken har också bladen ”2025” och ”Hjälp”, som inte är lästa." `read` is the index of the sheet
/// that was read.
#[must_use]
pub fn which(read: usize, sheets: &[Sheet<'_>]) -> String {
    let others = sheets.iter().enumerate().filter(|(at, sheet)| *at != read && !sheet.beyond);
    let others: Vec<&str> = others.map(|(_, sheet)| sheet.name).collect();
    let name = sheets.get(read).map_or("", |sheet| sheet.name);
    let read = if names_person(name) {
        format!(
            "Blad {} i arbetsboken är läst. Vad det heter sägs inte, för namnet innehåller ett personnummer.",
            read + 1
        )
    } else {
        format!("Bladet ”{}” är läst.", shortened(name, SHOWN))
    };
    match others.len() {
        0 => read,
        1 => format!("{read} Arbetsboken har också {}, som inte är läst.", listed(&others)),
        _ => format!("{read} Arbetsboken har också {}, som inte är lästa.", listed(&others)),
    }
}

/// What is said of the sheets that nobody has looked at because they lie behind the first `looked_at`; nothing where there are none.
#[must_use]
pub fn beyond(looked_at: usize, sheets: &[Sheet<'_>]) -> Option<String> {
    let names: Vec<&str> = sheets.iter().filter(|sheet| sheet.beyond).map(|sheet| sheet.name).collect();
    let (read, there) = match names.len() {
        0 => return None,
        1 => ("läst", "där"),
        _ => ("lästa", "på något av dem"),
    };
    Some(format!(
        "Bara de {looked_at} första bladen gås igenom, så {} är inte {read}. Ligger det du vill läsa in {there}: dra fliken längst till \
         vänster i Excel, spara filen och välj den igen.",
        listed(&names)
    ))
}

/// "bladen ”2025”, ”Hjälp” och 2 blad till".
fn listed(names: &[&str]) -> String {
    let said: Vec<String> = names
        .iter()
        .filter(|name| !names_person(name))
        .take(NAMED)
        .map(|name| format!("”{}”", shortened(name, SHOWN)))
        .collect();
    let word = if said.len() == 1 { "bladet" } else { "bladen" };
    match (said.as_slice(), names.len() - said.len()) {
        ([], 1) => "ett blad".to_owned(),
        ([], more) => format!("{more} blad"),
        ([first @ .., last], 0) if !first.is_empty() => format!("{word} {} och {last}", first.join(", ")),
        (all, 0) => format!("{word} {}", all.join(", ")),
        (all, 1) => format!("{word} {} och ett blad till", all.join(", ")),
        (all, more) => format!("{word} {} och {more} blad till", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets<'a>(names: &[&'a str], looked_at: usize) -> Vec<Sheet<'a>> {
        names.iter().enumerate().map(|(at, name)| Sheet { name, beyond: at >= looked_at }).collect()
    }

    #[test]
    fn it_is_said_which_sheet_was_read_and_which_others_there_are() {
        let said = |names: &[&str]| which(0, &sheets(names, 20));
        assert_eq!(said(&["2026"]), "Bladet ”2026” är läst.");
        assert_eq!(
            said(&["2026", "2025"]),
            "Bladet ”2026” är läst. Arbetsboken har också bladet ”2025”, som inte är läst."
        );
        assert_eq!(
            said(&["2026", "2025", "2024", "Hjälp"]),
            "Bladet ”2026” är läst. Arbetsboken har också bladen ”2025”, ”2024” och ”Hjälp”, som inte är lästa."
        );
        assert_eq!(
            said(&["2026", "1", "2", "3", "4", "5", "6", "7"]),
            "Bladet ”2026” är läst. Arbetsboken har också bladen ”1”, ”2”, ”3”, ”4”, ”5” och 2 blad till, som inte är lästa."
        );
        let two_of_a_name = which(1, &sheets(&["Plan", "Plan"], 20));
        assert_eq!(two_of_a_name, "Bladet ”Plan” är läst. Arbetsboken har också bladet ”Plan”, som inte är läst.");
        assert!(said(&[&"å".repeat(10_000)]).chars().count() < 100);
    }

    #[test]
    fn a_tab_that_is_called_after_a_person_is_counted_and_not_repeated() {
        const PERSON: &str = "Akt 060606-XXXX";
        let said = |read, names: &[&str]| which(read, &sheets(names, 20));
        assert_eq!(
            said(0, &["2026", PERSON, "Hjälp"]),
            "Bladet ”2026” är läst. Arbetsboken har också bladet ”Hjälp” och ett blad till, som inte är lästa."
        );
        assert_eq!(
            said(0, &["2026", PERSON]),
            "Bladet ”2026” är läst. Arbetsboken har också ett blad, som inte är läst."
        );
        assert_eq!(
            said(0, &["2026", PERSON, PERSON]),
            "Bladet ”2026” är läst. Arbetsboken har också 2 blad, som inte är lästa."
        );
        assert_eq!(
            said(1, &["Hjälp", PERSON]),
            "Blad 2 i arbetsboken är läst. Vad det heter sägs inte, för namnet innehåller ett personnummer. Arbetsboken har också \
             bladet ”Hjälp”, som inte är läst."
        );
        assert!(!beyond(1, &sheets(&["2026", PERSON], 1)).unwrap().contains("060606"));
    }

    #[test]
    fn sheets_that_nobody_has_looked_at_are_named_with_what_to_do() {
        assert_eq!(beyond(2, &sheets(&["a", "b"], 2)), None);
        assert_eq!(
            beyond(2, &sheets(&["a", "b", "Norr"], 2)).unwrap(),
            "Bara de 2 första bladen gås igenom, så bladet ”Norr” är inte läst. Ligger det du vill läsa in där: dra fliken längst \
             till vänster i Excel, spara filen och välj den igen."
        );
        let many = beyond(1, &sheets(&["a", "1", "2", "3", "4", "5", "6", "7"], 1)).unwrap();
        assert!(
            many.starts_with(
                "Bara de 1 första bladen gås igenom, så bladen ”1”, ”2”, ”3”, ”4”, ”5” och 2 blad till är inte lästa. Ligger det \
                 du vill läsa in på något av dem: dra fliken"
            ),
            "{many}"
        );
        // what nobody has looked at is not said twice
        let read = which(0, &sheets(&["a", "b", "Norr"], 2));
        assert_eq!(read, "Bladet ”a” är läst. Arbetsboken har också bladet ”b”, som inte är läst.");
    }
}
