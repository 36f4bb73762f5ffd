//! The rules of an account, each with the figures of the documents that it is from.

use uuid::Uuid;

use super::{
    belopp::{Art, Belopp},
    enhet::Enhet,
    inlasning::{Lasning, Underlag},
    konto::{Content, Grans, Rad, RadId, Radslag, Verksamhet, VerksamhetId},
    summa::{Del, Konto},
    teckenform::Teckenform,
    tid::Tid,
};
use crate::{import::Table, siffror::inlasning::Svar, tal::Tal, year::Year};

mod avvikelse;
mod form;
mod inlasning;
mod manad;
mod prognos;
mod ruta;
mod summa;
mod uppstallning;

/// What a unit's budget of 2022 is, as it is printed, in tkr. Over it stands "53 280 miljoner kronor netto".
const BUDGET: &str = ";Kostnader;Intäkter;Netto;VO
Ekonomiskt bistånd;39000;0;39000;1800
Handläggningskostnader;18780;6000;12780;1810
Relationsvåldsteamet;500;0;500;1300
Arbetsmarknadsåtgärder;2400;1400;1000;1761
Budget totalt;60680;7400;53280;";

/// A unit's budget and outcome of three years.
const AR: &str = "År;Budget (mnkr);Utfall (mnkr);Prognos april (mnkr);Differens
2016;115;111;;+4
2017;114;106;;+8
2019;131;;131;+/-0";

/// What was allotted and paid, in kr, with a forecast and a word among the figures.
const BISTAND: &str = include_str!("../../testdata/siffror/ekonomiskt-bistand-bromma-2019-2022.csv");

fn table(text: &str) -> Table {
    let mut table = Table::default();
    for record in crate::table::records(text, &[';']) {
        table.push(record.line, record.cells);
    }
    table
}

fn svar(all: &[(&str, &str)]) -> Svar {
    let mut svar = Svar::default();
    for (key, value) in all {
        svar.set(key, value);
    }
    svar
}

fn read<T>(
    text: &str,
    reader: impl Fn(&Table, &Underlag<'_>) -> Result<Lasning<T>, String>,
    enhet: Option<Enhet>,
    answers: &[(&str, &str)],
) -> Lasning<T> {
    reader(&table(text), &Underlag { enhet, svar: &svar(answers) }).unwrap()
}

fn rad_id(n: u128) -> RadId {
    RadId(Uuid::from_u128(n))
}

fn verksamhet_id(n: u128) -> VerksamhetId {
    VerksamhetId(Uuid::from_u128(1_000 + n))
}

fn tal(text: &str) -> Tal {
    crate::number::read(text, &(Tal::ZERO..=Tal::ZERO)).unwrap().unwrap().number
}

/// An account of one verksamhet, whose rows are numbered from 1.
fn content(rader: &[(Radslag, &str)]) -> Content {
    let row = |(n, (slag, namn)): (u128, &(Radslag, &str))| Rad {
        id: rad_id(n),
        slag: *slag,
        namn: (*namn).to_owned(),
        projekt: false,
        fran: None,
    };
    let verksamhet = Verksamhet {
        id: verksamhet_id(1),
        namn: "Ekonomiskt bistånd".to_owned(),
        vo: "1800".to_owned(),
        rader: (1..).zip(rader).map(row).collect(),
    };
    let is_netto = rader.iter().any(|(slag, _)| *slag == Radslag::Netto);
    Content {
        namn: "Enhetens budget".to_owned(),
        ar: Year::try_from(2022).unwrap(),
        enhet: Enhet::Tkr,
        teckenform: if is_netto { Teckenform::BaraNetto } else { Teckenform::BadaPositiva },
        grans: Grans::of(Enhet::Tkr),
        verksamheter: vec![verksamhet],
        enhet_bekraftad: false,
        noter: vec![],
    }
}

fn belopp(rad: u128, tid: Tid, art: Art, value: &str) -> Belopp {
    let tal = (!value.is_empty()).then(|| tal(value));
    Belopp {
        rad: rad_id(rad),
        tid,
        art,
        tal,
        not: String::new(),
        kommentar: String::new(),
        per: None,
        preliminar: false,
    }
}

/// A budget and an outcome of the year for each row.
fn of_year(amounts: &[(&str, &str)]) -> Vec<Belopp> {
    let of = |(n, (budget, utfall)): (u128, &(&str, &str))| {
        [belopp(n, Tid::Bokslut, Art::Budget, budget), belopp(n, Tid::Bokslut, Art::Utfall, utfall)]
    };
    (1..).zip(amounts).flat_map(of).filter(|b| b.tal.is_some()).collect()
}

const INTAKT: (Radslag, &str) = (Radslag::Intakt, "Bidrag och ersättningar");
const PERSONAL: (Radslag, &str) = (Radslag::Kostnad, "Personal");
const LOKAL: (Radslag, &str) = (Radslag::Kostnad, "Lokal");
const NETTO: (Radslag, &str) = (Radslag::Netto, "Netto");

fn rad(n: u128) -> Del {
    Del::Rad(rad_id(n))
}

fn konto<'a>(content: &'a Content, all: &'a [Belopp]) -> Konto<'a> {
    Konto::new(content, all)
}
