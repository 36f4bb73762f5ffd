//! An account as it is printed: rows under Intäkter and Kostnader with their sums, and columns of budget, outcome, deviation and
//! forecast.

use super::{Las, Lasning, Underlag, either, huvud, huvud::Kolumn, is_summa, is_total, tecken::Prov, unreckoned};
use crate::{
    ekonomi::{
        belopp::{Art, Belopp},
        enhet::Enhet,
        fraga::Fraga,
        fri::Kolumnart,
        jamford::Figur,
        konto::{Content, Rad, Radslag, STANDARD, Verksamhet},
        teckenform::Teckenform,
        tid::Tid,
    },
    import::{Table, fold},
    siffror::inlasning::Val,
    tal::Tal,
    verksamhetsplan::tabell::not_too_long,
};

/// A row of an account that was read, with the signs in which an account is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kontorad {
    /// The verksamhet whose name stands above it; empty where none does.
    pub verksamhet: String,
    /// Income, cost or netto.
    pub slag: Radslag,
    /// Its name.
    pub namn: String,
    /// What may be spent or is to come in.
    pub budget: Option<Tal>,
    /// What was spent or came in.
    pub utfall: Option<Tal>,
    /// What the year was believed to become.
    pub prognos: Option<Tal>,
    /// Words of its cells; may be empty.
    pub not: String,
    /// Those of the three whose cells say that they will be replaced.
    pub preliminara: Vec<Art>,
}

/// An account that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kontolast {
    /// What its amounts are in.
    pub enhet: Enhet,
    /// The form that it is written in.
    pub teckenform: Teckenform,
    /// Its deviations are those of the forecast, so that its budget is the year's whatever its outcome is of.
    pub is_of_prognos: bool,
    /// In the order of the table, sums left out.
    pub rader: Vec<Kontorad>,
}

/// Where the rows that were read belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placerat {
    /// Amounts of the account.
    pub belopp: Vec<Belopp>,
    /// The rows that the account does not have, by name: nothing is kept of them until it has.
    pub okanda: Vec<String>,
    /// What else nothing is kept of, in sentences.
    pub sagt: Vec<String>,
}

impl Kontolast {
    /// The amounts as those of an account: outcome and forecast of one time (`tid`), the budget of the same or of the year
    /// (`budget`): a report of a tertial has either, and only the user knows, unless it [is of the forecast](Self::is_of_prognos).
    /// Rows are found by name and kind, within the verksamhet that the table names or, where it names none, within the only one
    /// that has such a row. Amounts in another unit become the account's; the fault is that one would be rounded.
    pub fn placera(&self, konto: &Content, tid: Tid, budget: Tid) -> Result<Placerat, String> {
        let mut out = Placerat::default();
        for line in &self.rader {
            let fits = |v: &Verksamhet, rad: &Rad| {
                if line.slag == Radslag::Netto && rad.slag == Radslag::Netto {
                    // an account of netto alone has a line for each verksamhet
                    return fold(&v.namn) == fold(&line.namn);
                }
                rad.slag == line.slag
                    && fold(&rad.namn) == fold(&line.namn)
                    && (line.verksamhet.is_empty() || fold(&v.namn) == fold(&line.verksamhet))
            };
            let mut found = konto.rader().filter(|(v, rad)| fits(v, rad)).map(|(_, rad)| rad.id);
            let (Some(rad), None) = (found.next(), found.next()) else {
                out.okanda.push(line.namn.clone());
                continue;
            };
            let kept = [(Art::Budget, line.budget), (Art::Utfall, line.utfall), (Art::Prognos, line.prognos)];
            for (art, tal) in kept {
                let not = if art == Art::Utfall { line.not.clone() } else { String::new() };
                let there = tal.and_then(|tal| self.enhet.exactly(konto.enhet, tal));
                if tal.is_some() && there.is_none() {
                    return Err(format!(
                        "Tabellen är i {} och budgeten i {}. Beloppet för {} kan inte räknas om utan att avrundas.",
                        self.enhet.label(),
                        konto.enhet.label(),
                        line.namn
                    ));
                }
                let tal = there;
                if tal.is_none() && not.is_empty() {
                    continue;
                }
                if art == Art::Prognos && tid == Tid::Bokslut {
                    let namn = &line.namn;
                    out.sagt.push(format!("Prognosen för {namn} läses inte in: vid bokslutet är utfallet känt."));
                    continue;
                }
                let tid = if art == Art::Budget { budget } else { tid };
                let (kommentar, preliminar) = (String::new(), line.preliminara.contains(&art));
                out.belopp.push(Belopp { rad, tid, art, tal, not, kommentar, per: None, preliminar });
            }
        }
        Ok(out)
    }
}

/// What a row of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blir {
    Rad(Radslag),
    /// The sum of the rows of a kind above it, of netto of both.
    Summa(Radslag),
}

struct Line {
    row: usize,
    verksamhet: String,
    namn: String,
    blir: Blir,
    budget: Option<Tal>,
    utfall: Option<Tal>,
    prognos: Option<Tal>,
    avvikelse: Option<Tal>,
    not: String,
    preliminara: Vec<Art>,
}

impl Line {
    fn slag(&self) -> Radslag {
        match self.blir {
            Blir::Rad(slag) | Blir::Summa(slag) => slag,
        }
    }

    /// What a printed deviation is of: the outcome or else the forecast, or the other way round.
    fn against(&self, prognos: bool) -> Option<Tal> {
        if prognos { self.prognos.or(self.utfall) } else { self.utfall.or(self.prognos) }
    }

    /// Whether that is what is printed, in one form or another.
    fn agrees(&self, prognos: bool) -> bool {
        let made = self.budget.zip(self.against(prognos)).map(|(budget, against)| budget - against);
        made.zip(self.avvikelse).is_some_and(|(made, printed)| made == printed || made == -printed)
    }
}

/// Which column is which.
struct Kolumner {
    namn: usize,
    budget: Option<usize>,
    utfall: Option<usize>,
    prognos: Option<usize>,
    avvikelse: Option<usize>,
}

/// Reads an account. The fault is a sentence about the table as a whole.
pub fn konto(table: &Table, underlag: &Underlag<'_>) -> Result<Lasning<Kontolast>, String> {
    not_too_long(table.rows().len())?;
    let amounts = |names: &[Option<Kolumn>]| names.iter().filter(|name| matches!(name, Some(Kolumn::Art(_)))).count();
    let (head, names) = huvud::head(table, |names| amounts(names) > 1)
        .ok_or("Tabellen saknar en rubrikrad med minst två av Budget, Utfall, Avvikelse och Prognos.")?;
    let at = |art| names.iter().position(|name| *name == Some(Kolumn::Art(art)));
    let kolumner = Kolumner {
        namn: (0..names.len()).find(|at| names[*at].is_none()).ok_or("Tabellen saknar en kolumn med radernas namn.")?,
        budget: at(Kolumnart::Budget),
        utfall: at(Kolumnart::Utfall),
        prognos: at(Kolumnart::Prognos),
        avvikelse: at(Kolumnart::Differens),
    };
    let mut las = Las::new(table, underlag, head);
    las.unread(head, &[Some(kolumner.namn), kolumner.budget, kolumner.utfall, kolumner.prognos, kolumner.avvikelse]);
    let mut lines = lines(&mut las, head, &kolumner);
    // the column of deviations of a report can be that of the forecast
    let agree = |prognos| lines.iter().filter(|line| line.agrees(prognos)).count();
    let of_prognos = agree(true) > agree(false);
    let prov = prov(&lines, of_prognos);
    let (form, asked) = prov.form(underlag.svar);
    las.fragor.extend(asked);
    compare(&mut las, &lines, (form, of_prognos), &kolumner);
    las.plausible(lines.iter().flat_map(|l| [l.budget, l.utfall, l.prognos]).flatten());
    lines.retain(|line| matches!(line.blir, Blir::Rad(_)));
    let rader = lines.into_iter().map(|line| {
        let slag = line.slag();
        let turn = |tal: Option<Tal>| tal.map(|tal| form.turned(slag, tal));
        let [budget, utfall, prognos] = [line.budget, line.utfall, line.prognos].map(turn);
        let Line { verksamhet, namn, not, preliminara, .. } = line;
        Kontorad { verksamhet, slag, namn, budget, utfall, prognos, not, preliminara }
    });
    let content = Kontolast { enhet: las.enhet, teckenform: form, is_of_prognos: of_prognos, rader: rader.collect() };
    Ok(las.done(content))
}

/// The rows below the head, each with what it is.
fn lines(las: &mut Las<'_>, head: usize, k: &Kolumner) -> Vec<Line> {
    let (mut out, mut verksamhet, mut group) = (Vec::new(), String::new(), None);
    let tells =
        |namn: &str| matches!(named(namn), Some(Radslag::Intakt | Radslag::Kostnad)) || standard(namn).is_some();
    let is_netto = !(head + 1..las.table.rows().len()).any(|row| tells(las.text(row, k.namn)));
    if is_netto {
        las.sagt.push("Tabellen har varken intäkter eller kostnader för sig: raderna läses som netto.".to_owned());
        group = Some(Radslag::Netto);
    }
    for row in head + 1..las.table.rows().len() {
        let namn = las.text(row, k.namn).to_owned();
        let amounts = [k.budget, k.utfall, k.prognos, k.avvikelse];
        if namn.is_empty() {
            las.nameless(row, &amounts);
            continue;
        }
        if amounts.iter().flatten().all(|column| las.text(row, *column).is_empty()) {
            // a heading: of a kind, or of a verksamhet whose rows follow
            match named(&namn) {
                Some(slag) if !is_summa(&namn) => group = Some(slag),
                _ if is_summa(&namn) || standard(&namn).is_some() => {}
                _ => {
                    bare(&namn).clone_into(&mut verksamhet);
                    group = Some(Radslag::Netto).filter(|_| is_netto);
                }
            }
            continue;
        }
        let mut notes = Vec::new();
        let (mut moved, mut preliminara) = (None, Vec::new());
        let mut read = |column: Option<usize>, art: Option<Art>| {
            let may_be_forecast = column == k.utfall || column == k.prognos;
            let cell = |column| if may_be_forecast { las.ruta(row, column) } else { las.fast(row, column) };
            let ruta = column.map(cell).unwrap_or_default();
            notes.extend((!ruta.not.is_empty()).then_some(ruta.not));
            preliminara.extend(art.filter(|_| ruta.preliminar));
            if ruta.prognos && column == k.utfall {
                moved = ruta.tal;
                return None;
            }
            ruta.tal
        };
        let budget = read(k.budget, Some(Art::Budget));
        let utfall = read(k.utfall, Some(Art::Utfall));
        let prognos = read(k.prognos, Some(Art::Prognos));
        let avvikelse = read(k.avvikelse, None);
        let prognos = prognos.or(moved);
        let blir = match (is_summa(&namn), named(&namn)) {
            (true, slag) => Blir::Summa(slag.or(group).unwrap_or(Radslag::Netto)),
            (false, Some(Radslag::Netto)) if out.iter().any(|line: &Line| line.verksamhet == verksamhet) => {
                Blir::Summa(Radslag::Netto)
            }
            (false, Some(slag)) => Blir::Rad(slag),
            (false, None) => Blir::Rad(group.or_else(|| standard(&namn)).unwrap_or_else(|| asked(las, &namn))),
        };
        let namn = bare(&namn).to_owned();
        let (verksamhet, not) = (verksamhet.clone(), notes.join(". "));
        out.push(Line { row, verksamhet, namn, blir, budget, utfall, prognos, avvikelse, not, preliminara });
    }
    out
}

/// A name without what our own table has behind it: the code of a verksamhetsområde, and that a row is a project.
fn bare(namn: &str) -> &str {
    let namn = namn.strip_suffix("(projekt)").unwrap_or(namn);
    namn.split(" (VO ").next().unwrap_or(namn).trim()
}

/// The kind that a name says: "Intäkter", "Summa kostnader", "Kostnader (-)", "Summa netto".
fn named(namn: &str) -> Option<Radslag> {
    let words = namn.split_whitespace().take(4).map(fold);
    words
        .into_iter()
        .find_map(|word| match word.as_str() {
            "intakt" | "intakter" => Some(Radslag::Intakt),
            "kostnad" | "kostnader" => Some(Radslag::Kostnad),
            "netto" | "nettokostnad" | "nettokostnader" => Some(Radslag::Netto),
            _ => None,
        })
        // "Övriga externa intäkter" is a row, and no heading
        .filter(|_| standard(namn).is_none())
}

/// The kind of a row that every account begins with.
fn standard(namn: &str) -> Option<Radslag> {
    STANDARD.into_iter().find(|(_, standard)| fold(standard) == fold(namn)).map(|(slag, _)| slag)
}

/// Asks what a row is that stands under no heading.
fn asked(las: &mut Las<'_>, namn: &str) -> Radslag {
    let key = format!("slag:{}", fold(namn));
    let answered = las.underlag.svar.get(&key).and_then(Radslag::from_code);
    let choice = |slag: Radslag| Val { value: slag.code().to_owned(), label: slag.label().to_owned(), foreslas: false };
    let choices = [Radslag::Kostnad, Radslag::Intakt].map(choice).to_vec();
    let text = format!("Är ”{namn}” en intäkt eller en kostnad?");
    las.fragor.push(Fraga { key, text, choices, svar: None });
    answered.unwrap_or(Radslag::Kostnad)
}

/// Which rows above a sum it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Av {
    /// Those of its verksamhet, or all where it stands under none that has rows.
    Egna,
    Alla,
}

/// The rows of a kind above a sum.
fn above<'a>(lines: &'a [Line], sum: &'a Line, slag: Radslag, av: Av) -> impl Iterator<Item = &'a Line> {
    let of_own = |line: &Line| matches!(line.blir, Blir::Rad(_)) && line.verksamhet == sum.verksamhet;
    let has_own = av == Av::Egna && lines.iter().any(of_own);
    lines.iter().filter(move |line| {
        line.blir == Blir::Rad(slag) && line.row < sum.row && (!has_own || line.verksamhet == sum.verksamhet)
    })
}

const PARTS: [fn(&Line) -> Option<Tal>; 3] = [|line| line.budget, |line| line.utfall, |line| line.prognos];

/// What the rows of a kind above a netto make in a column; none where none has a figure.
fn part(lines: &[Line], (netto, av): (&Line, Av), slag: Radslag, value: fn(&Line) -> Option<Tal>) -> Option<Tal> {
    let known: Vec<Tal> = above(lines, netto, slag, av).filter_map(value).collect();
    Tal::checked_sum(known.iter().copied()).filter(|_| !known.is_empty())
}

fn prov(lines: &[Line], of_prognos: bool) -> Prov {
    let mut out = Prov { has_parts: lines.iter().any(|line| line.slag() != Radslag::Netto), ..Prov::default() };
    for line in lines {
        if let (Some(budget), Some(against), Some(printed)) = (line.budget, line.against(of_prognos), line.avvikelse) {
            out.avvikelser.push((line.slag(), budget, against, printed));
        }
        if line.blir == Blir::Rad(Radslag::Kostnad) {
            out.kostnader.extend([line.budget, line.utfall, line.prognos].into_iter().flatten());
        }
        if line.blir == Blir::Summa(Radslag::Netto) {
            for value in PARTS {
                let of = |av| [Radslag::Kostnad, Radslag::Intakt].map(|slag| part(lines, (line, av), slag, value));
                let mut parts = vec![of(Av::Egna), of(Av::Alla)];
                parts.dedup();
                for [costs, income] in parts {
                    if let (Some(costs), Some(income), Some(printed)) = (costs, income, value(line)) {
                        out.netton.push((costs, income, printed));
                    }
                }
            }
        }
    }
    out
}

/// Whether a sum that stands under the last verksamhet is that of all: such a one of its own stands above it, or its name says so
/// and is not that of each verksamhet's sum.
fn is_grand(lines: &[Line], sum: &Line) -> bool {
    let mut before = lines.iter().filter(|line| line.row < sum.row && line.blir == sum.blir);
    let is_again = before.clone().any(|line| line.verksamhet == sum.verksamhet);
    is_again || is_total(&sum.namn) && !before.any(|line| fold(&line.namn) == fold(&sum.namn))
}

/// Holds each printed deviation, sum and netto against what it is of.
fn compare(las: &mut Las<'_>, lines: &[Line], (form, of_prognos): (Teckenform, bool), k: &Kolumner) {
    let columns = [k.budget, k.utfall, k.prognos];
    for line in lines {
        let ruta = k.avvikelse.map_or_else(String::new, |column| las.name(line.row, column));
        if let (Some(budget), Some(against), Some(tryckt)) = (line.budget, line.against(of_prognos), line.avvikelse) {
            let figur = Figur { namn: &line.namn, ruta: &ruta, tryckt };
            las.jamforda.extend(figur.differens(form, budget, against));
        } else if let Some(printed) = line.avvikelse.filter(|printed| *printed != Tal::ZERO) {
            las.sagt.push(unreckoned(&line.namn, printed, las.enhet));
        }
        let Blir::Summa(slag) = line.blir else { continue };
        for (value, column) in PARTS.into_iter().zip(columns) {
            let Some(tryckt) = value(line) else { continue };
            let ruta = column.map_or_else(String::new, |column| las.name(line.row, column));
            let figur = Figur { namn: &line.namn, ruta: &ruta, tryckt };
            let off = |av| {
                let rows: Vec<Tal> = above(lines, line, slag, av).filter_map(value).collect();
                let [costs, income] = [Radslag::Kostnad, Radslag::Intakt].map(|s| part(lines, (line, av), s, value));
                match slag {
                    Radslag::Netto if rows.is_empty() => {
                        // of one of the two alone netto is that one
                        (costs.is_some() || income.is_some())
                            .then(|| figur.netto(form, costs.unwrap_or_default(), income.unwrap_or_default()))
                            .flatten()
                    }
                    _ if rows.is_empty() => None,
                    _ => figur.summa(&rows),
                }
            };
            las.jamforda.extend(either(off(Av::Egna), off(Av::Alla), is_grand(lines, line)));
        }
    }
}
