//! Månader: the months of a printed table, whose year often stands beside only one month of its block, and whose last may be
//! "apr, prel". What cannot be told is asked about; nothing is guessed across a gap.

use crate::{day, text::compared, year::Year};

/// A month as a cell names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namnd {
    /// Where the cell says it.
    pub year: Option<i32>,
    /// 1–12.
    pub month: u32,
    /// "apr, prel".
    pub preliminar: bool,
}

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Manad {
    /// 2000–2100.
    pub year: i32,
    /// 1–12.
    pub month: u32,
}

/// Why the months of a table have no years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fel {
    /// No cell says a year: it is asked for.
    Year,
    /// The cell at this place says another year than the months before it make.
    Another {
        /// Its place among the months, from 0.
        at: usize,
        /// What the months before it make.
        counted: i32,
    },
    /// A year that the product does not have.
    Outside,
}

/// What the head of our own table says of a value that is a guess, which its cell says too, and of a time that is not over: neither makes
/// a value preliminary.
pub(super) const SAGS: [&str; 2] = ["ungefärligt", "hittills"];

/// Reads a month as tables have it: `dec`, `2021 mar`, `Mars 2021`, `apr, prel`, `2022-03`, `2022-03-01` that Excel makes of a
/// month. None for all else.
#[must_use]
pub fn namnd(cell: &str) -> Option<Namnd> {
    let text = compared(cell);
    let mut named = Namnd { year: None, month: 0, preliminar: false };
    let mut words = text.split([' ', '\u{a0}', ',', '.', '(', ')', '*']).filter(|word| !word.is_empty()).peekable();
    words.peek()?;
    for word in words {
        let year = (word.len() == 4).then(|| word.parse::<Year>().ok()).flatten();
        let numbered = || {
            let mut parts = word.split('-');
            let year = parts.next().filter(|y| y.len() == 4)?.parse::<Year>().ok()?;
            let month = parts.next().filter(|m| m.len() == 2)?.parse::<u32>().ok().filter(|m| (1..=12).contains(m))?;
            // of a day that is the first: another one is a day
            let is_month = parts.next().is_none_or(|day| day == "01") && parts.next().is_none();
            is_month.then_some((year, month))
        };
        match (year, numbered(), day::month(word)) {
            (Some(year), ..) if named.year.is_none() => named.year = Some(year.get()),
            (_, Some((year, month)), _) if named.year.is_none() && named.month == 0 => {
                (named.year, named.month) = (Some(year.get()), month);
            }
            (.., Some(month)) if named.month == 0 => named.month = month,
            _ if word == "prel" || word.starts_with("prelimin") => named.preliminar = true,
            _ if SAGS.contains(&word) => {}
            _ => return None,
        }
    }
    (named.month != 0).then_some(named)
}

/// The years of months in the order in which they stand: from those that are said, and from the turn of the year between them. A
/// month that is not after the one before it is of the next year. `first` is the year of the first month where no cell says one.
pub fn years(named: &[Namnd], first: Option<i32>) -> Result<Vec<Manad>, Fel> {
    // how many years after the first month's each is
    let mut turns = Vec::with_capacity(named.len());
    let mut turn = 0;
    for (at, month) in named.iter().enumerate() {
        turn += i32::from(at > 0 && month.month <= named[at - 1].month);
        turns.push(turn);
    }
    let said = named.iter().zip(&turns).find_map(|(month, turn)| Some(month.year? - turn));
    let first = said.or(first).ok_or(Fel::Year)?;
    let months = named.iter().zip(&turns).enumerate().map(|(at, (month, turn))| {
        let counted = first + turn;
        match month.year {
            Some(year) if year != counted => Err(Fel::Another { at, counted }),
            _ if Year::try_from(counted).is_err() => Err(Fel::Outside),
            _ => Ok(Manad { year: counted, month: month.month }),
        }
    });
    months.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_tables_have_it() {
        for (cell, year, month, preliminar) in [
            ("dec", None, 12, false),
            ("Mars", None, 3, false),
            ("2021 mar", Some(2021), 3, false),
            ("mars 2021", Some(2021), 3, false),
            ("apr, prel", None, 4, true),
            ("April 2022 (prel.)", Some(2022), 4, true),
            ("2022-03", Some(2022), 3, false),
            ("2022-03-01", Some(2022), 3, false),
            ("okt.", None, 10, false),
            ("nov 2026 hittills", Some(2026), 11, false),
            ("sept", None, 9, false),
        ] {
            assert_eq!(namnd(cell), Some(Namnd { year, month, preliminar }), "{cell}");
        }
        for cell in
            ["", "2021", "Summa", "ma", "Förändring mellan mar 2022 och ...", "2022-03-17", "3", "1999 mar", "jan feb"]
        {
            assert_eq!(namnd(cell), None, "{cell}");
        }
    }

    /// The rows of the city's table, as it is printed.
    fn printed() -> Vec<Namnd> {
        let table = include_str!("../../testdata/siffror/hushall-per-manad-som-utskrivet.csv");
        table.lines().map_while(|line| namnd(line.split(';').nth(1)?)).collect()
    }

    #[test]
    fn the_years_of_a_printed_table_follow_from_those_that_are_said() {
        // "2021 mar", "2022 mar" and the turn from dec to jan
        let months = years(&printed(), None).unwrap();
        assert_eq!(months.len(), 17);
        assert_eq!(months[0], Manad { year: 2020, month: 12 });
        assert_eq!(months[16], Manad { year: 2022, month: 4 });
        assert_eq!(printed().iter().filter(|m| m.preliminar).count(), 1);
    }

    #[test]
    fn a_table_without_a_year_asks_for_it_and_one_that_contradicts_itself_is_told_where() {
        let months = |cells: &[&str]| cells.iter().map(|c| namnd(c).unwrap()).collect::<Vec<_>>();
        let year = months(&["jan", "feb", "dec"]);
        assert_eq!(years(&year, None), Err(Fel::Year));
        assert_eq!(years(&year, Some(2021)).unwrap()[2], Manad { year: 2021, month: 12 });
        let wrong = months(&["2021 nov", "dec", "jan", "2021 feb"]);
        assert_eq!(years(&wrong, None), Err(Fel::Another { at: 3, counted: 2022 }));
        assert_eq!(years(&months(&["2000 jan"]), None).unwrap().len(), 1);
        assert_eq!(years(&months(&["dec", "2000 jan"]), None), Err(Fel::Outside));
        assert_eq!(years(&[], Some(2021)), Ok(vec![]));
    }
}
