//! Summa: what a printed table says of itself. A sum is compared with its parts and its rows of differences with what they are
//! between; what disagrees is told of with both figures, and where everything points at one cell, with what would agree. Nothing
//! is corrected.

use crate::tal::Tal;

/// A row of values: one for each part, and the sum as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rad {
    /// One for each column.
    pub delar: Vec<Option<Tal>>,
    /// The printed sum; none where there is none.
    pub summa: Option<Tal>,
}

/// A row that says how much each part changed between two others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andring {
    /// The place of the row that it changed from; none where the table does not have it, and the row cannot be checked.
    pub fran: Option<usize>,
    /// The place of the row that it changed to.
    pub till: usize,
    /// One for each column.
    pub delar: Vec<Option<Tal>>,
}

/// A sum that is not what its parts make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avvikelse {
    /// The place of the row.
    pub rad: usize,
    /// The sum as it is printed.
    pub tryckt: Tal,
    /// What the parts make.
    pub delarna: Tal,
    /// The cell that everything points at; none where either the sum or any part can be wrong.
    pub pekar: Option<Pekar>,
}

/// The one cell that would make a sum and the rows of differences agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pekar {
    /// Its column.
    pub kolumn: usize,
    /// What stands there.
    pub star: Tal,
    /// What would agree with the sum and with every difference that touches it.
    pub stamde: Tal,
    /// How many differences say so.
    pub andringar: usize,
}

/// What the parts of a row make; none where one of them is missing.
fn made(row: &Rad) -> Option<Tal> {
    row.delar.iter().copied().sum()
}

/// The sums that are not what their parts make, in the order of the rows.
#[must_use]
pub fn avvikelser(rows: &[Rad], andringar: &[Andring]) -> Vec<Avvikelse> {
    let off = rows.iter().enumerate().filter_map(|(rad, row)| {
        let (tryckt, delarna) = (row.summa?, made(row)?);
        (tryckt != delarna).then(|| Avvikelse {
            rad,
            tryckt,
            delarna,
            pekar: pekar(rows, andringar, rad, tryckt - delarna),
        })
    });
    off.collect()
}

/// The cell of a row that is off by `skillnad`: the only one that the sum and every difference of that row and column would have
/// otherwise, alike.
fn pekar(rows: &[Rad], andringar: &[Andring], rad: usize, skillnad: Tal) -> Option<Pekar> {
    let row = &rows[rad];
    let candidates = (0..row.delar.len()).filter_map(|kolumn| {
        let star = row.delar[kolumn]?;
        let stamde = star + skillnad;
        let mut said = 0;
        for andring in andringar {
            let Some(change) = andring.delar.get(kolumn).copied().flatten() else { continue };
            let other = |at: usize| rows.get(at).and_then(|r| r.delar.get(kolumn).copied().flatten());
            let wanted = match andring.fran {
                Some(from) if andring.till == rad && from != rad => other(from).map(|from| from + change),
                Some(from) if from == rad && andring.till != rad => other(andring.till).map(|to| to - change),
                _ => None,
            };
            match wanted {
                Some(wanted) if wanted == stamde => said += 1,
                // it agrees with what stands there, or with neither
                Some(_) => return None,
                None => {}
            }
        }
        (said > 0).then_some(Pekar { kolumn, star, stamde, andringar: said })
    });
    let mut candidates = candidates;
    let first = candidates.next()?;
    candidates.next().is_none().then_some(first)
}

/// A difference that is not what lies between its two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Felandring {
    /// The place among the rows of differences.
    pub andring: usize,
    /// The column.
    pub kolumn: usize,
    /// As it is printed.
    pub tryckt: Tal,
    /// What lies between the values.
    pub raknad: Tal,
}

/// The differences that are not what lies between their values. Rows that the table does not have are passed by.
#[must_use]
pub fn felandringar(rows: &[Rad], andringar: &[Andring]) -> Vec<Felandring> {
    let mut out = Vec::new();
    for (place, andring) in andringar.iter().enumerate() {
        let (Some(from), Some(to)) = (andring.fran.and_then(|at| rows.get(at)), rows.get(andring.till)) else {
            continue;
        };
        for (kolumn, tryckt) in andring.delar.iter().enumerate() {
            let value = |row: &Rad| row.delar.get(kolumn).copied().flatten();
            let (Some(tryckt), Some(before), Some(after)) = (*tryckt, value(from), value(to)) else { continue };
            let raknad = after - before;
            if raknad != tryckt {
                out.push(Felandring { andring: place, kolumn, tryckt, raknad });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number;

    /// The city's table as it is printed: the values with their sums, and the three rows of differences (to 2022 mar).
    fn printed() -> (Vec<Rad>, Vec<Andring>) {
        let table = include_str!("../../testdata/siffror/hushall-per-manad-som-utskrivet.csv");
        let cell = |text: &str| number::read(text, &(-Tal::MOST..=Tal::MOST)).unwrap().map(|read| read.number);
        let cells = |line: &str| line.split(';').skip(2).map(cell).collect::<Vec<_>>();
        let (values, changes) = table.split_once(";Förändring").unwrap();
        let rows: Vec<Rad> = values
            .lines()
            .map(|line| {
                let mut delar = cells(line);
                let summa = delar.pop().flatten();
                Rad { delar, summa }
            })
            .collect();
        let to = 15;
        let andringar = changes.lines().skip(1).zip([Some(14), Some(3), None]).map(|(line, fran)| {
            let mut delar = cells(line);
            delar.pop();
            Andring { fran, till: to, delar }
        });
        let andringar = andringar.collect();
        (rows, andringar)
    }

    #[test]
    fn a_sum_that_does_not_add_up_is_told_of_and_the_differences_point_at_the_cell() {
        let (rows, andringar) = printed();
        assert_eq!((rows.len(), rows[0].delar.len(), andringar.len()), (17, 16, 3));
        let off = avvikelser(&rows, &andringar);
        assert_eq!(off.iter().map(|a| a.rad).collect::<Vec<_>>(), [9, 15], "2021-09 and 2022-03");
        assert_eq!((off[0].tryckt, off[0].delarna, off[0].pekar), (Tal::whole(8_608), Tal::whole(8_610), None));
        assert_eq!((off[1].tryckt, off[1].delarna), (Tal::whole(8_209), Tal::whole(8_239)));
        let pekar = Pekar { kolumn: 0, star: Tal::whole(1_243), stamde: Tal::whole(1_213), andringar: 2 };
        assert_eq!(off[1].pekar, Some(pekar), "Rinkeby-Kista");
    }

    #[test]
    fn a_difference_that_is_not_between_its_values_is_told_of() {
        let (rows, andringar) = printed();
        let wrong: Vec<_> = felandringar(&rows, &andringar).into_iter().filter(|f| f.kolumn == 0).collect();
        let of = |andring, tryckt, raknad| Felandring {
            andring,
            kolumn: 0,
            tryckt: Tal::whole(tryckt),
            raknad: Tal::whole(raknad),
        };
        assert_eq!(wrong, [of(0, -40, -10), of(1, -147, -117)], "the row of 2020 cannot be checked");
    }

    #[test]
    fn what_could_be_two_cells_points_at_none() {
        let row = |delar: &[i64], summa: i64| Rad {
            delar: delar.iter().map(|n| Some(Tal::whole(*n))).collect(),
            summa: Some(Tal::whole(summa)),
        };
        let rows = [row(&[10, 10], 20), row(&[15, 15], 35)];
        let change =
            |delar: [i64; 2]| Andring { fran: Some(0), till: 1, delar: delar.map(|n| Some(Tal::whole(n))).to_vec() };
        assert_eq!(avvikelser(&rows, &[change([10, 10])])[0].pekar, None, "either column would do");
        assert_eq!(avvikelser(&rows, &[change([10, 5])])[0].pekar.map(|p| p.kolumn), Some(0));
        assert_eq!(avvikelser(&rows, &[change([5, 5])])[0].pekar, None, "the differences agree with the parts");
        let missing = Rad { delar: vec![Some(Tal::whole(1)), None], summa: Some(Tal::whole(9)) };
        assert_eq!(avvikelser(&[missing], &[]), [], "a part that is missing can be what lacks");
    }
}
