//! Real cells (table NP of the requirements) that are read, taken out as our own workbook, as the CSV of it and as the table of our page,
//! and read again: nothing of them is lost, and what is hidden says nothing.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::{
    siffror::{tabell::totaler, visad::DOLT},
    table::COPIED,
};

const JAN: Period = Period::Month(2022, 1);

/// A series without dimensions, with so many decimals.
fn prov(slag: Slag, decimaler: &str) -> Prov {
    let form = Form {
        namn: "Utbetalt".into(),
        enhet: if slag == Slag::Andel { String::new() } else { "kr".into() },
        slag: slag.code().into(),
        grain: Grain::Manad.code().into(),
        decimaler: decimaler.into(),
        ..Form::default()
    };
    Prov::new(serie::check(&form, None).unwrap(), vec![])
}

/// A series of households by two types.
fn delad() -> Prov {
    let dims = vec![dimension(1, "Hushållstyp", &["Ensamstående", "Par utan barn"])];
    Prov::new(content("Hushåll", Slag::Bestand, "hushåll", Grain::Manad, &dims), dims)
}

/// What a text that was copied or saved becomes in a series.
fn last(prov: &Prov, text: &str, delimiters: &[char]) -> Granskning {
    let mut table = Table::default();
    for record in crate::table::records(&crate::text::clean(text), delimiters) {
        table.push(record.line, record.cells);
    }
    let today = NaiveDate::from_ymd_opt(2022, 5, 30).unwrap();
    let (content, dims, siffror, svar) = (&prov.content, &prov.dims[..], &prov.siffror[..], &prov.svar);
    granska(&table, &Underlag { content, dims, siffror, svar, today }).unwrap()
}

/// A number as Excel writes it to CSV.
fn tal(tal: Tal) -> String {
    tal.to_string().replace('\u{a0}', "").replace('−', "-")
}

/// The sheet "Värden" of our workbook, saved as CSV by a Swedish Excel.
fn csv(prov: &Prov, dolda: &[(Period, Plats)]) -> String {
    let dims = prov.dims.iter().map(|d| format!("{};", d.namn)).collect::<Vec<_>>().concat();
    let named = |plats: &Plats| -> String {
        let names = plats.0.iter().zip(&prov.dims).map(|(id, d)| {
            id.and_then(|id| d.get(id)).map_or_else(|| "Totalt;".to_owned(), |v| format!("{};", v.namn))
        });
        names.collect()
    };
    let mut out = format!("Period;{dims}Värde;Täljare;Nämnare;Märke;Anmärkning;Sedd\r\n");
    for s in &prov.siffror {
        let share = s.varde.and_then(|v| v.share);
        let marke = match s.varde.map(|v| v.mark) {
            Some(Mark::Definitiv) => "",
            Some(Mark::Preliminar) => "preliminärt",
            Some(Mark::Ungefarlig) => "ungefärligt",
            None => "saknas",
        };
        let cells = [
            s.varde.map_or_else(String::new, |v| tal(v.tal)),
            share.map_or_else(String::new, |s| s.numerator.to_string()),
            share.map_or_else(String::new, |s| s.denominator.to_string()),
            marke.to_owned(),
            s.not.clone(),
            "2022-02-01".to_owned(),
        ];
        write!(out, "{};{}{}\r\n", s.period, named(&s.plats), cells.join(";")).unwrap();
    }
    for (period, plats) in dolda {
        write!(out, "{period};{}–;;;;{DOLT};\r\n", named(plats)).unwrap();
    }
    out
}

/// The table of the page, as a browser copies it: the unit's own line and its changes.
fn sida(prov: &Prov) -> String {
    let (mut head, mut own) = ("Månad".to_owned(), "Bromma".to_owned());
    for s in &prov.siffror {
        let (year, month) = s.period.place();
        let mark = match s.varde.map(|v| v.mark) {
            Some(Mark::Preliminar) => " preliminärt",
            Some(Mark::Ungefarlig) => " ungefärligt",
            _ => "",
        };
        write!(head, "\t{} {year}{mark}", crate::format::month_short(month)).unwrap();
        let about = if mark == " ungefärligt" { "ca " } else { "" };
        let word = if ["", "–"].contains(&s.not.as_str()) { "saknas" } else { &s.not };
        let cell = match s.varde {
            Some(v) => {
                let share = v.share.map_or_else(String::new, |s| format!(" {} av {}", s.numerator, s.denominator));
                format!("\t{about}{}{share}", prov.content.shown(v.tal))
            }
            None => format!("\t–  {word}"),
        };
        own.push_str(&cell);
    }
    let blank = "\t".repeat(prov.siffror.len());
    format!(
        "{head}\tTertial 1 2022\tSumma 2022 summa av 4 månader\n{own}\t1\u{a0}346\t1\u{a0}346\nMot månaden före{blank}\t\t\n\
         Mot samma månad i fjol{}\t\t\n",
        "\t+8 (+2,4\u{a0}%)".repeat(prov.siffror.len())
    )
}

/// What a granskning would write, without what tells where it stood.
fn varden(granskning: &Granskning) -> Vec<(Period, Plats, Option<Varde>, String)> {
    let mut all: Vec<_> =
        granskning.values.iter().map(|ny| (ny.period, ny.plats.clone(), ny.varde, ny.not.clone())).collect();
    all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    all
}

#[test]
fn each_real_cell_is_read_and_survives_our_workbook_its_csv_and_our_page() {
    let belopp: &[&str] = &[
        "1 346",
        "1\u{a0}346",
        "1\u{202f}346",
        "435 935,05 kr",
        "18500.00",
        "1.234,56",
        "+4",
        "+/-0",
        "±0",
        "−40",
        "–40",
        "(1 250)",
        "Prognos 39 000 000",
        "Oklart",
        "–",
        "..",
        "ca 3,2",
        "nära 350",
        "316 prel.",
        "0",
    ];
    let andel: &[&str] = &["80%", "12,5 %", "0,8 %", "drygt 2 %", "12/15", "2/3", "0 %", "100 %", "–"];
    for (slag, cells) in [(Slag::Belopp, belopp), (Slag::Andel, andel)] {
        let mut prov = prov(slag, "2");
        let rows = (0..)
            .zip(cells)
            .map(|(n, text)| format!("{}\t{text}\n", Period::of_ordinal(JAN.ordinal() - n, Grain::Manad)))
            .collect::<Vec<_>>()
            .concat();
        let read = last(&prov, &format!("Månad\tVärde\n{rows}"), COPIED);
        assert_eq!((read.values.len(), read.fel.len()), (cells.len(), 0), "{:?} {:?}", read.fel, read.fragor);
        prov.spara(&read);
        prov.siffror.sort_by_key(|s| s.period);
        let first = varden(&read);
        let empty = |svar: bool| {
            let fresh = Prov::new(prov.content.clone(), vec![]);
            // our page has no per cent signs
            if svar && slag == Slag::Andel { fresh.med("andel", "procent") } else { fresh }
        };
        let again = last(&empty(false), &csv(&prov, &[]), &[';']);
        assert_eq!(again.oppna().count(), 0, "our own workbook asks nothing: {:?}", again.fragor);
        assert_eq!(varden(&again), first);
        let copied = last(&empty(true), &sida(&prov), COPIED);
        assert_eq!((copied.oppna().count(), copied.fel.len()), (0, 0), "{:?} {:?}", copied.fragor, copied.fel);
        for (was, is) in first.iter().zip(varden(&copied)) {
            // the page says that it is preliminary, and not that it is a prognosis
            let not = if was.3 == "Prognos" { "" } else { &was.3 };
            assert_eq!((was.0, was.2, not), (is.0, is.2, is.3.as_str()));
        }
        assert_eq!(first.len(), copied.values.len());
        // into the series that they came from they change nothing
        for (text, delimiters) in [(csv(&prov, &[]), &[';'][..]), (sida(&prov), COPIED)] {
            let svar = if slag == Slag::Andel { "procent" } else { "" };
            let same = Prov {
                content: prov.content.clone(),
                dims: vec![],
                siffror: prov.siffror.clone(),
                svar: Svar::default(),
            };
            let values = last(&same.med("andel", svar), &text, delimiters).values;
            assert!(values.is_empty(), "{text}: {values:?}");
        }
    }
}

#[test]
fn a_part_that_is_preliminary_or_final_is_still_so_when_our_page_is_read() {
    // as the page has its parts: May is not over on the day, and each cell says itself that it will be replaced
    let copied = "Månad\tapr 2022\tmaj 2022 hittills\nEnsamstående\t291 preliminärt\t301\nPar utan barn\t2\tca 3\n\
                  Totalt\t293 preliminärt\t304\n";
    let read = last(&delad(), copied, COPIED);
    assert_eq!((read.oppna().count(), read.fel.len()), (0, 0), "{:?} {:?}", read.fragor, read.fel);
    let marks: Vec<_> =
        varden(&read).into_iter().map(|(p, plats, v, _)| (p.place().1, plats, v.unwrap().mark)).collect();
    let typ = |n: usize| Plats(vec![Some(id(1, n))]);
    let expected = [
        (4, typ(0), Mark::Preliminar),
        (4, typ(1), Mark::Definitiv),
        (5, typ(0), Mark::Definitiv),
        (5, typ(1), Mark::Ungefarlig),
    ];
    assert_eq!(marks, expected);
    // and the line of the unit, whose head says it
    let own =
        last(&prov(Slag::Belopp, "0"), "Månad\tapr 2022 preliminärt\tmaj 2022 hittills\nBromma\t293\t304\n", COPIED);
    let marks: Vec<_> = varden(&own).into_iter().map(|(.., v, _)| v.unwrap().mark).collect();
    assert_eq!(marks, [Mark::Preliminar, Mark::Definitiv]);
}

#[test]
fn what_is_hidden_is_no_value_and_wipes_none() {
    let mut prov = delad();
    let typ = |n: usize| Plats(vec![Some(id(1, n))]);
    let ny = |period, plats, n: i64| {
        let mark = if n < 5 { Mark::Preliminar } else { Mark::Definitiv };
        siffra(Ny { period, plats, varde: Some(Varde { mark, ..Varde::of(Tal::whole(n)) }), not: String::new() })
    };
    let feb = JAN.after();
    prov.siffror = vec![ny(JAN, typ(0), 291), ny(JAN, typ(1), 2), ny(feb, typ(0), 300), ny(feb, typ(1), 3)];
    let dold = format!("– {DOLT}");
    let copied =
        format!("Månad\tjan 2022\tfeb 2022\nEnsamstående\t291\t301\nPar utan barn\t{dold}\t{dold}\nTotalt\t293\t304\n");
    let shown = Prov { siffror: vec![ny(JAN, typ(0), 291), ny(feb, typ(0), 301)], ..delad() };
    let file = csv(&shown, &[(JAN, typ(1)), (feb, typ(1))]);
    for (text, delimiters) in [(copied.as_str(), COPIED), (file.as_str(), &[';'][..])] {
        for prov in [&prov, &delad()] {
            let read = last(prov, text, delimiters);
            let touched: Vec<_> = read.values.iter().filter(|ny| ny.plats == typ(1)).collect();
            assert!(touched.is_empty(), "{touched:?}");
            assert!(read.kan_sparas(), "{:?} {:?}", read.fel, read.fragor);
            assert!(read.notes.iter().any(|note| note.starts_with("2 värden är dolda")), "{:?}", read.notes);
            assert!(read.summor.iter().all(|sum| !sum.avviker()), "a sum of what is hidden is not compared");
        }
        assert_eq!(last(&prov, text, delimiters).values.len(), 1, "what is seen is read");
    }
    let all = format!("Månad\tjan 2022\tfeb 2022\nEnsamstående\t{dold}\t{dold}\nPar utan barn\t{dold}\t{dold}\n");
    let mut table = Table::default();
    for record in crate::table::records(&all, COPIED) {
        table.push(record.line, record.cells);
    }
    let u = Underlag {
        content: &prov.content,
        dims: &prov.dims,
        siffror: &prov.siffror,
        svar: &prov.svar,
        today: NaiveDate::from_ymd_opt(2022, 5, 30).unwrap(),
    };
    let refused = granska(&table, &u).unwrap_err();
    assert!(refused.starts_with("Alla värden i tabellen är dolda"), "{refused}");
}

proptest! {
    /// Sums are reckoned in whole ten-thousandths, whatever order the database gives the parts in, and each part survives our files.
    #[test]
    fn parts_make_the_same_sum_in_any_order_and_after_our_own_file(parts in proptest::collection::vec(-99_999_999_999_i64..99_999_999_999, 2..40)) {
        let names: Vec<String> = (0..parts.len()).map(|n| format!("Del {n}")).collect();
        let dims = vec![dimension(1, "Del", &names.iter().map(String::as_str).collect::<Vec<_>>())];
        let mut prov = Prov::new(content("Utbetalt", Slag::Belopp, "kr", Grain::Manad, &dims), dims);
        let part = |(n, stored): (usize, &i64)| siffra(Ny { period: JAN, plats: plats(n), varde: Some(Varde::of(Tal::of_stored(*stored))), not: String::new() });
        prov.siffror = parts.iter().enumerate().map(part).collect();
        let sum = |siffror: &[Siffra]| totaler(&prov.content, siffror, &prov.dims).get(&JAN).map(|v| v.tal.stored());
        prop_assert_eq!(sum(&prov.siffror), Some(parts.iter().sum()));
        let mut turned = prov.siffror.clone();
        turned.reverse();
        prop_assert_eq!(sum(&turned), sum(&prov.siffror));
        let fresh = Prov::new(prov.content.clone(), prov.dims.clone());
        let read = last(&fresh, &csv(&prov, &[]), &[';']);
        prop_assert_eq!(read.oppna().count(), 0);
        let again: Vec<Siffra> = read.values.into_iter().map(siffra).collect();
        prop_assert_eq!(sum(&again), sum(&prov.siffror));
    }
}
