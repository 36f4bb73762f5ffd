//! The account itself: rows by verksamhet and kind with their sums, outcome against budget, the forecast and last year.

use super::{Cell, Kolumnslag, Radform, Uppstallning};
use crate::ekonomi::{
    belopp::Art,
    konto::{RadId, Radslag, Verksamhet},
    summa::{Del, Konto, Summa},
    tid::Tid,
};

/// What is shown of an account.
#[derive(Clone, Copy, Debug)]
pub struct Urval<'a> {
    /// The time of its outcome and budget.
    pub tid: Tid,
    /// Last year's, whose rows are found by the ones that continue them; none where there is none.
    pub fjol: Option<&'a Konto<'a>>,
    /// Rows that are blank in every column too, as where they are filled in.
    pub tomma: bool,
}

/// The account at a time: Utfall, Budget, Avvikelse; the forecast of the year before it is over; and last year's outcome. An
/// account of netto alone has one line for each verksamhet.
#[must_use]
pub fn konto(konto: &Konto<'_>, urval: Urval<'_>) -> Uppstallning {
    let year = konto.content.ar.get();
    let last_year = format!("Utfall {}", year - 1);
    let mut columns = vec![
        ("Rad", Kolumnslag::Text),
        (Art::Utfall.label(), Kolumnslag::Belopp),
        (Art::Budget.label(), Kolumnslag::Belopp),
        ("Avvikelse", Kolumnslag::Avvikelse),
    ];
    if urval.tid != Tid::Bokslut {
        columns.push((Art::Prognos.label(), Kolumnslag::Belopp));
    }
    if urval.fjol.is_some() {
        columns.push((&last_year, Kolumnslag::Belopp));
    }
    let namn = format!("{}, {} {year}", konto.content.namn, urval.tid.label());
    let table = Uppstallning::new(namn, konto.content.enhet, &columns);
    let mut out = Lines { konto, urval, table };
    let parts: Vec<&Verksamhet> =
        konto.content.verksamheter.iter().filter(|v| out.shows(Del::Verksamhet(v.id))).collect();
    for v in &parts {
        out.verksamhet(v);
    }
    let has = |slag| konto.content.rader().any(|(_, rad)| rad.slag == slag);
    if parts.len() > 1 {
        out.table.heading(Radform::Rubrik, "Alla verksamheter");
        for slag in [Radslag::Intakt, Radslag::Kostnad].into_iter().filter(|slag| has(*slag)) {
            out.line(Radform::Summa, slag.summa(), Del::Alla(slag));
        }
    }
    if parts.len() != 1 || has(Radslag::Netto) {
        out.line(Radform::Netto, Radslag::Netto.summa(), Del::Netto);
    }
    out.table
}

struct Lines<'a> {
    konto: &'a Konto<'a>,
    urval: Urval<'a>,
    table: Uppstallning,
}

impl Lines<'_> {
    /// Whether a line has anything to show.
    fn shows(&self, del: Del) -> bool {
        let has = |art| self.konto.summa(del, self.urval.tid, art).tal.is_some();
        self.urval.tomma || Art::ALL.into_iter().any(has) || self.last_year(del).tal.is_some()
    }

    fn verksamhet(&mut self, v: &Verksamhet) {
        let vo = if v.vo.is_empty() { v.namn.clone() } else { format!("{} (VO {})", v.namn, v.vo) };
        if v.of(Radslag::Netto).next().is_some() {
            self.line(Radform::Rad, &vo, Del::Verksamhet(v.id));
            return;
        }
        self.table.heading(Radform::Rubrik, vo);
        for slag in [Radslag::Intakt, Radslag::Kostnad] {
            if !self.shows(Del::Grupp(v.id, slag)) {
                continue;
            }
            self.table.heading(Radform::Underrubrik, slag.rubrik());
            for rad in v.of(slag) {
                if self.shows(Del::Rad(rad.id)) {
                    let namn = if rad.projekt { format!("{} (projekt)", rad.namn) } else { rad.namn.clone() };
                    self.line(Radform::Rad, &namn, Del::Rad(rad.id));
                }
            }
            self.line(Radform::Summa, slag.summa(), Del::Grupp(v.id, slag));
        }
        self.line(Radform::Netto, Radslag::Netto.summa(), Del::Verksamhet(v.id));
    }

    fn line(&mut self, form: Radform, namn: &str, del: Del) {
        let (konto, tid) = (self.konto, self.urval.tid);
        let (signs, slag) = (konto.content.teckenform, konto.slag(del));
        let mut title = Cell::text(namn);
        if matches!(del, Del::Rad(_)) || slag == Radslag::Netto && form == Radform::Rad {
            let noter: Vec<&str> = konto.noter(del, tid).into_iter().map(|(_, not)| not).collect();
            title.fotnot = (!noter.is_empty()).then(|| self.table.footnote(noter.join(". ")));
        }
        let mut utfall = self.table.sum(konto.summa(del, tid, Art::Utfall), slag, signs, Art::Utfall.label());
        if utfall.fotnot.is_none() && utfall.tal.is_some() && konto.is_preliminar(del, tid, Art::Utfall) {
            utfall.fotnot = Some(self.table.footnote("Preliminärt.".to_owned()));
        }
        let budget = self.table.sum(konto.summa(del, tid, Art::Budget), slag, signs, Art::Budget.label());
        let mut cells =
            vec![title, utfall, budget, Cell::avvikelse(konto.avvikelse(del, tid), self.table.enhet, signs)];
        if tid != Tid::Bokslut {
            cells.push(self.table.sum(konto.summa_prognos(del, tid), slag, signs, "Prognos"));
        }
        if self.urval.fjol.is_some() {
            let last_year = self.last_year(del);
            cells.push(self.table.sum(last_year, slag, signs, "Utfall i fjol"));
        }
        self.table.push(form, cells);
    }

    /// Last year's outcome of the rows that these continue, at the same time, in this year's unit; blank where it is not the same
    /// there.
    fn last_year(&self, del: Del) -> Summa {
        let Some(fjol) = self.urval.fjol else { return Summa::default() };
        let of = |id: RadId| {
            let tal = fjol.rad(id, self.urval.tid, Art::Utfall)?;
            fjol.content.enhet.to(self.konto.content.enhet, tal)
        };
        let is_netto = matches!(del, Del::Verksamhet(_) | Del::Netto);
        let rows = self.konto.rader(del).into_iter().filter_map(|rad| {
            let sign = |tal| if is_netto { rad.slag.in_netto(tal) } else { tal };
            let fran = rad.fran?;
            // rows that were not in use last year are no gap in it
            fjol.is_in_use(fran, self.urval.tid).then(|| of(fran).map(sign))
        });
        Summa::of(rows)
    }
}
