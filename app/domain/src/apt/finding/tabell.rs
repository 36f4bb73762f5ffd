//! What is found in a table that was typed.

use crate::{apt::slide::Tabell, format};

/// What a typed table says: the figure that it is, or how its last column stands against the one before, by its only row or the one
/// that sums the others. `None` where cells are no plain numbers, or rows that nobody has summed: they may be of different kinds.
/// Of two years the later one is now, whichever stands first.
#[must_use]
pub fn tabell(table: &Tabell) -> Option<String> {
    if let [one] = table.rows.as_slice() {
        return match one.as_slice() {
            [what, value, ..] if !what.is_empty() && !value.is_empty() => Some(format!("{what}: {value}")),
            [value] if !value.is_empty() => Some(value.clone()),
            _ => None,
        };
    }
    let (head, rows) = table.rows.split_first()?;
    let [.., before, now] = head.as_slice() else { return None };
    if head.len() < 3 || table.more > 0 || before.is_empty() || now.is_empty() {
        return None;
    }
    let numbers: Vec<(String, Decimal, Decimal)> = rows
        .iter()
        .map(|row| {
            let cell = |i: usize| row.get(head.len() - i).and_then(|c| Decimal::read(c));
            Some((row.first()?.to_lowercase(), cell(2)?, cell(1)?))
        })
        .collect::<Option<_>>()?;
    let sums = |label: &str| ["summa", "totalt", "total", "alla"].iter().any(|word| label.starts_with(word));
    let (mut old, mut new) = match (numbers.as_slice(), numbers.iter().find(|(label, ..)| sums(label))) {
        ([(_, old, new)], _) | (_, Some((_, old, new))) => (*old, *new),
        _ => return None,
    };
    let (mut before, mut now) = (before, now);
    let year = |head: &str| head.parse::<crate::year::Year>().ok().map(crate::year::Year::get);
    if year(before).zip(year(now)).is_some_and(|(a, b)| a > b) {
        (before, now, old, new) = (now, before, new, old);
    }
    let difference = Decimal((new.0 - old.0).abs());
    let against = match new.0.cmp(&old.0) {
        std::cmp::Ordering::Less => format!("{difference} lägre än {}", lower_first(before)),
        std::cmp::Ordering::Greater => format!("{difference} högre än {}", lower_first(before)),
        std::cmp::Ordering::Equal => format!("lika som {}", lower_first(before)),
    };
    Some(format!("{now} {new}, {against}"))
}

/// A head of a column in the middle of a sentence: an abbreviation keeps its letters.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// A plain number in thousandths, so that sums are exact.
#[derive(Clone, Copy)]
struct Decimal(i64);

impl Decimal {
    fn read(cell: &str) -> Option<Self> {
        let bare: String =
            cell.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '−' { '-' } else { c }).collect();
        let (sign, bare) = match bare.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, bare.strip_prefix('+').unwrap_or(&bare)),
        };
        let (whole, part) = bare.split_once(',').unwrap_or((bare, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || whole.len() > 12 || part.len() > 3 {
            return None;
        }
        let thousandths: i64 = format!("{part:0<3}").parse().ok()?;
        Some(Self(sign * (whole.parse::<i64>().ok()? * 1_000 + thousandths)))
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0.abs() / 1_000, self.0.abs() % 1_000);
        let sign = if self.0 < 0 { "−" } else { "" };
        let part = format!("{part:03}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{sign}{}", format::int(whole)),
            part => write!(f, "{sign}{},{part}", format::int(whole)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apt::slide;

    #[test]
    fn a_table_says_how_its_last_column_stands_against_the_one_before() {
        let said = |text: &str| tabell(&slide::table(text));
        let budget = "Konto; Budget; Prognos\nLöner; 21,4; 21,1\nTolkar; 0,6; 0,7\nÖvrigt; 1,8; 1,6";
        assert_eq!(said(budget), None, "nobody has summed the rows: they may be days and cases");
        let one = "Konto; Budget; Prognos\nLöner; 21,4; 21,1";
        assert_eq!(said(one).unwrap(), "Prognos 21,1, 0,3 lägre än budget");
        assert_eq!(said(&format!("{budget}\nSumma; 23,8; 24")).unwrap(), "Prognos 24, 0,2 högre än budget");
        assert_eq!(said("Prognos; +0,4 mnkr").unwrap(), "Prognos: +0,4 mnkr");
        assert_eq!(said("År; 2025; 2026\nHushåll; 1 357; 1 357").unwrap(), "2026 1\u{a0}357, lika som 2025");
        let latest_first = "År; 2026; 2025\nHushåll; 1 340; 1 357";
        assert_eq!(said(latest_first).unwrap(), "2026 1\u{a0}340, 17 lägre än 2025");
        for nothing in ["", "Konto; Budget; Prognos\nLöner; 21 %; 22 %", "Vem; Vad\nChefen; Ringer", "A; B; C\nx; 1; –"]
        {
            assert_eq!(said(nothing), None, "{nothing}");
        }
    }
}
