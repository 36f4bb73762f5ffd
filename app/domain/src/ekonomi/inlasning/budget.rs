//! The budget of a year, a line for each verksamhet: costs, income, netto and the code of the verksamhetsområde.

use super::{Las, Lasning, Underlag, either, huvud, huvud::Kolumn, is_part, is_summa, is_total, tecken::Prov};
use crate::{
    ekonomi::{
        belopp::{Art, Belopp},
        enhet::Enhet,
        fri::Kolumnart,
        jamford::Figur,
        konto::{Content, Grans, NETTO, Rad, RadId, Radslag, VERKSAMHETER_MOST, Verksamhet, VerksamhetId},
        teckenform::Teckenform,
        tid::Tid,
    },
    import::Table,
    tal::Tal,
    verksamhetsplan::tabell::not_too_long,
    year::Year,
};

/// A line of a budget, with the signs in which an account is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budgetrad {
    /// The verksamhet.
    pub namn: String,
    /// The code of its verksamhetsområde; may be empty.
    pub vo: String,
    /// What it may cost.
    pub kostnader: Option<Tal>,
    /// What is to come in.
    pub intakter: Option<Tal>,
    /// Of a table of netto alone what is printed; else it follows from the two, and is none.
    pub netto: Option<Tal>,
    /// Words of its cells; may be empty.
    pub not: String,
}

/// A budget that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budgetlast {
    /// What its amounts are in.
    pub enhet: Enhet,
    /// The form that it is written in.
    pub teckenform: Teckenform,
    /// In the order of the table, the sum left out.
    pub rader: Vec<Budgetrad>,
}

impl Budgetlast {
    /// As an account of a year, with a row of costs and one of income for each verksamhet (or one of netto), and its amounts.
    /// Nothing is kept of a cell that was blank.
    #[must_use]
    pub fn konto(
        &self,
        ar: Year,
        mut verksamhet: impl FnMut() -> VerksamhetId,
        mut rad: impl FnMut() -> RadId,
    ) -> (Content, Vec<Belopp>) {
        let mut all = Vec::new();
        let parts: &[(Radslag, &str)] = match self.teckenform {
            Teckenform::BaraNetto => &[(Radslag::Netto, NETTO)],
            _ => &[(Radslag::Intakt, "Intäkter"), (Radslag::Kostnad, "Kostnader")],
        };
        let mut of = |line: &Budgetrad| {
            let mut row = |(slag, namn): &(Radslag, &str)| {
                let tal = match slag {
                    Radslag::Intakt => line.intakter,
                    Radslag::Kostnad => line.kostnader,
                    Radslag::Netto => line.netto,
                };
                let id = rad();
                let not = if *slag == Radslag::Intakt { String::new() } else { line.not.clone() };
                if tal.is_some() || !not.is_empty() {
                    let (tid, art) = (Tid::Bokslut, Art::Budget);
                    let kommentar = String::new();
                    all.push(Belopp { rad: id, tid, art, tal, not, kommentar, per: None, preliminar: false });
                }
                Rad { id, slag: *slag, namn: (*namn).to_owned(), projekt: false, fran: None }
            };
            let rader = parts.iter().map(&mut row).collect();
            Verksamhet { id: verksamhet(), namn: line.namn.clone(), vo: line.vo.clone(), rader }
        };
        let verksamheter = self.rader.iter().map(&mut of).collect();
        let content = Content {
            namn: format!("Budget {}", ar.get()),
            ar,
            enhet: self.enhet,
            teckenform: self.teckenform,
            grans: Grans::of(self.enhet),
            verksamheter,
            enhet_bekraftad: false,
            noter: vec![],
        };
        (content, all)
    }
}

/// A line as it stands in the table.
struct Line {
    row: usize,
    namn: String,
    is_sum: bool,
    kostnader: Option<Tal>,
    intakter: Option<Tal>,
    netto: Option<Tal>,
    vo: String,
    not: String,
}

/// Reads a budget. The fault is a sentence about the table as a whole.
pub fn budget(table: &Table, underlag: &Underlag<'_>) -> Result<Lasning<Budgetlast>, String> {
    not_too_long(table.rows().len())?;
    // of a table of netto alone the one column of amounts is called netto or budget
    let is_netto = |name: &Option<Kolumn>| matches!(name, Some(Kolumn::Netto | Kolumn::Art(Kolumnart::Budget)));
    let has = |names: &[Option<Kolumn>], column| names.contains(&Some(column));
    let enough =
        |names: &[Option<Kolumn>]| has(names, Kolumn::Kostnader) || names.iter().any(is_netto) && names.len() > 1;
    let (head, names) = huvud::head(table, enough)
        .ok_or("Tabellen saknar en rubrikrad med Kostnader, Intäkter och Netto, eller med Netto.")?;
    let mut las = Las::new(table, underlag, head);
    let at = |column| names.iter().position(|name| *name == Some(column));
    let netto_at = at(Kolumn::Netto).or_else(|| names.iter().position(is_netto));
    let (costs_at, income_at, vo_at) = (at(Kolumn::Kostnader), at(Kolumn::Intakter), at(Kolumn::Vo));
    let name_at =
        (0..names.len()).find(|at| names[*at].is_none()).ok_or("Tabellen saknar en kolumn med verksamheter.")?;
    las.unread(head, &[Some(name_at), costs_at, income_at, netto_at, vo_at]);
    let mut lines = Vec::new();
    for row in head + 1..table.rows().len() {
        let namn = las.text(row, name_at).to_owned();
        if namn.is_empty() {
            las.nameless(row, &[costs_at, income_at, netto_at]);
            continue;
        }
        let mut notes = Vec::new();
        let mut read = |column: Option<usize>| {
            let ruta = column.map(|column| las.fast(row, column)).unwrap_or_default();
            notes.extend((!ruta.not.is_empty()).then_some(ruta.not));
            notes.extend(ruta.preliminar.then(|| "Preliminärt".to_owned()));
            ruta.tal
        };
        let [kostnader, intakter, netto] = [costs_at, income_at, netto_at].map(&mut read);
        let vo = vo_at.map_or("", |column| las.text(row, column)).to_owned();
        let not = notes.join(". ");
        lines.push(Line { row, is_sum: is_summa(&namn), namn, kostnader, intakter, netto, vo, not });
    }
    if lines.iter().filter(|line| !line.is_sum).count() > VERKSAMHETER_MOST {
        return Err(format!("En budget har högst {VERKSAMHETER_MOST} verksamheter."));
    }
    let has_parts = costs_at.is_some() || income_at.is_some();
    let prov = Prov {
        netton: lines.iter().filter_map(|l| Some((l.kostnader?, l.intakter?, l.netto?))).collect(),
        kostnader: lines.iter().filter_map(|l| l.kostnader).collect(),
        has_parts,
        ..Prov::default()
    };
    let (form, asked) = prov.form(underlag.svar);
    las.fragor.extend(asked);
    compare(&mut las, &lines, form, [costs_at, income_at, netto_at]);
    for line in &mut lines {
        let turn = |slag, tal: Option<Tal>| tal.map(|tal| form.turned(slag, tal));
        line.kostnader = turn(Radslag::Kostnad, line.kostnader);
        line.netto = turn(Radslag::Netto, line.netto);
    }
    las.plausible(lines.iter().flat_map(|l| [l.kostnader, l.intakter, l.netto]).flatten());
    let enhet = las.enhet;
    let rader = lines.into_iter().filter(|line| !line.is_sum).map(|l| Budgetrad {
        namn: l.namn,
        vo: l.vo,
        kostnader: l.kostnader,
        intakter: l.intakter,
        netto: l.netto.filter(|_| !has_parts),
        not: l.not,
    });
    let content = Budgetlast { enhet, teckenform: form, rader: rader.collect() };
    Ok(las.done(content))
}

/// Holds each printed netto against its line and each printed sum against its column: a "Delsumma" against the rows below the sum
/// before it, any other against those or all above.
fn compare(las: &mut Las<'_>, lines: &[Line], form: Teckenform, columns: [Option<usize>; 3]) {
    let has_parts = columns[..2].iter().any(Option::is_some);
    for line in lines.iter().filter(|_| has_parts) {
        let Some(tryckt) = line.netto else { continue };
        let ruta = columns[2].map_or_else(String::new, |column| las.name(line.row, column));
        if line.kostnader.is_none() && line.intakter.is_none() {
            las.sagt.push(format!(
                "{} har bara netto i tabellen, {}. Det läses inte in: fyll i kostnader eller intäkter.",
                line.namn,
                las.enhet.said(tryckt)
            ));
            continue;
        }
        // of one of the two alone netto is that one
        let [costs, income] = [line.kostnader, line.intakter].map(Option::unwrap_or_default);
        let namn = format!("{}, {}", line.namn, Radslag::Netto.rubrik());
        las.jamforda.extend(Figur { namn: &namn, ruta: &ruta, tryckt }.netto(form, costs, income));
    }
    let of = |line: &Line, part: usize| [line.kostnader, line.intakter, line.netto][part];
    // the row from which a sum in part is reckoned
    let mut below = 0;
    let last = lines.iter().rfind(|line| line.is_sum).map_or(0, |line| line.row);
    for sum in lines.iter().filter(|line| line.is_sum) {
        for (part, slag) in [Radslag::Kostnad, Radslag::Intakt, Radslag::Netto].into_iter().enumerate() {
            let Some(printed) = of(sum, part) else { continue };
            let parts = |from: usize| -> Vec<Tal> {
                let rows = lines.iter().filter(|l| !l.is_sum && l.row >= from && l.row < sum.row);
                rows.filter_map(|l| of(l, part)).collect()
            };
            let ruta = columns[part].map_or_else(String::new, |column| las.name(sum.row, column));
            let namn = format!("{}, {}", sum.namn, slag.rubrik());
            let figur = Figur { namn: &namn, ruta: &ruta, tryckt: printed };
            let own = Some(below).filter(|below| lines.iter().any(|l| !l.is_sum && l.row >= *below && l.row < sum.row));
            las.jamforda.extend(match own {
                Some(below) if is_part(&sum.namn) => figur.summa(&parts(below)),
                Some(below) => {
                    either(figur.summa(&parts(below)), figur.summa(&parts(0)), sum.row == last || is_total(&sum.namn))
                }
                None => figur.summa(&parts(0)),
            });
        }
        below = sum.row + 1;
    }
}
