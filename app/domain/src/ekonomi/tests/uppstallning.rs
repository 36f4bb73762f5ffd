//! The table that page, slide, Word, PDF and xlsx share.

use super::*;
use crate::{
    dokument::{Kind, Row},
    ekonomi::{
        avvikelse::Effekt,
        inlasning,
        uppstallning::{self, Radform, Uppstallning, Urval},
    },
};

fn lines(table: &Uppstallning) -> Vec<String> {
    let text =
        |rad: &uppstallning::Rad| rad.celler.iter().map(uppstallning::Cell::written).collect::<Vec<_>>().join(" | ");
    table.rader.iter().map(|rad| text(rad).replace('\u{a0}', " ")).collect()
}

#[test]
fn the_budget_of_a_plan_is_as_it_was_printed() {
    let read = read(BUDGET, inlasning::budget, Some(Enhet::Tkr), &[]);
    let (mut v, mut r) = (0, 0);
    let next = |n: &mut u128| {
        *n += 1;
        *n
    };
    let ar = Year::try_from(2022).unwrap();
    let (mut content, all) = read.content.konto(ar, || verksamhet_id(next(&mut v)), || rad_id(next(&mut r)));
    let table = uppstallning::budget(&Konto::new(&content, &all));
    assert_eq!(
        table.kolumner.iter().map(|k| k.rubrik.as_str()).collect::<Vec<_>>(),
        ["Verksamhet", "Kostnader", "Intäkter", "Netto", "VO"]
    );
    assert_eq!(
        lines(&table),
        [
            "Ekonomiskt bistånd | 39 000 | 0 | 39 000 | 1800",
            "Handläggningskostnader | 18 780 | 6 000 | 12 780 | 1810",
            "Relationsvåldsteamet | 500 | 0 | 500 | 1300",
            "Arbetsmarknadsåtgärder | 2 400 | 1 400 | 1 000 | 1761",
            "Budget totalt | 60 680 | 7 400 | 53 280 | ",
        ]
    );
    let dokument = table.dokument();
    assert_eq!(dokument.source, "Beloppen anges i tkr.");
    assert!(matches!(dokument.rows.last(), Some(Row::Sum(_))));
    content.teckenform = Teckenform::KostnaderNegativa;
    let turned = uppstallning::budget(&Konto::new(&content, &all));
    assert_eq!(lines(&turned)[1], "Handläggningskostnader | −18 780 | 6 000 | −12 780 | 1810");
}

#[test]
fn the_account_has_groups_sums_effects_and_last_year() {
    let mut account = content(&[INTAKT, PERSONAL, LOKAL, (Radslag::Kostnad, "Övriga")]);
    for rad in &mut account.verksamheter[0].rader {
        rad.fran = Some(RadId(Uuid::from_u128(rad.id.0.as_u128() + 50)));
    }
    let mut all = of_year(&[("6000", "6100"), ("18000", "18200"), ("780", ""), ("", "")]);
    all.push(Belopp { not: "Oklart".into(), ..belopp(3, Tid::Bokslut, Art::Utfall, "") });
    let mut last = account.clone();
    for rad in &mut last.verksamheter[0].rader {
        rad.id = rad.fran.take().unwrap();
    }
    last.enhet = Enhet::Mnkr;
    let before = [belopp(51, Tid::Bokslut, Art::Utfall, "5,9"), belopp(52, Tid::Bokslut, Art::Utfall, "17,5")];
    let fjol = Konto::new(&last, &before);
    let konto = Konto::new(&account, &all);
    let table = uppstallning::konto(&konto, Urval { tid: Tid::Bokslut, fjol: Some(&fjol), tomma: false });
    assert_eq!(
        lines(&table),
        [
            "Ekonomiskt bistånd (VO 1800)",
            "Intäkter",
            "Bidrag och ersättningar | 6 100 | 6 000 | −100 | 5 900",
            "Summa intäkter | 6 100 | 6 000 | −100 | 5 900",
            "Kostnader",
            "Personal | 18 200 | 18 000 | −200 | 17 500",
            "Lokal ¹ |  | 780 |  | ",
            "Summa kostnader | 18 200 ² | 18 780 |  | 17 500",
            "Summa netto | 12 100 ² | 12 780 |  | 11 600",
        ]
    );
    let (bild, below) = table.bild();
    assert_eq!(bild.rows[0], ["Rad", "Utfall", "Budget", "Avvikelse", "Mot budget", "Utfall 2021"]);
    let first: Vec<&str> = bild.rows.iter().skip(1).map(|row| row[0].as_str()).collect();
    let of =
        ["summa intäkter", "summa kostnader", "summa netto"].map(|sum| format!("Ekonomiskt bistånd (VO 1800): {sum}"));
    assert_eq!(first, of, "a slide has the sums");
    assert!(below.starts_with("Beloppen anges i tkr."), "{below}");
    assert_eq!(table.fotnoter, ["Oklart", "Utfall saknas på en rad och räknas inte med."]);
    let cell = |row: usize| &table.rader[row].celler[3];
    assert_eq!((cell(2).effekt, cell(5).effekt), (Some(Effekt::Battre), Some(Effekt::Samre)), "both below nought");
    assert_eq!(cell(2).ord, "100\u{a0}tkr mer i intäkter än budgeterat (bättre)");
    assert_eq!((table.rader[6].celler[1].tal, table.rader[8].form), (None, Radform::Netto));
    let dokument = table.dokument();
    let Row::Cells(cells) = &dokument.rows[2] else { panic!("a row") };
    assert_eq!(cells[3..5], ["−100", "↑ bättre"], "told by words, not by colour");
    assert_eq!((dokument.columns[3].kind, dokument.columns[4].kind), (Kind::Number, Kind::Text));
    assert!(
        dokument.source.ends_with("¹ Oklart ² Utfall saknas på en rad och räknas inte med."),
        "{}",
        dokument.source
    );
    let empty = uppstallning::konto(&konto, Urval { tid: Tid::T1, fjol: None, tomma: true });
    assert!(lines(&empty).iter().any(|line| line.starts_with("Övriga |")), "where it is filled in");
    assert_eq!(empty.kolumner.last().unwrap().rubrik, "Prognos helår");
}

#[test]
fn months_and_forecasts_have_tables() {
    let content = content(&[NETTO]);
    let mut all = of_year(&[("500", "480")]);
    all.push(belopp(1, Tid::Manad(1), Art::Utfall, "40"));
    all.push(belopp(1, Tid::Manad(4), Art::Prognos, "520"));
    let konto = Konto::new(&content, &all);
    let months = uppstallning::manader(&konto, Del::Netto);
    assert_eq!((months.rader.len(), months.fotnoter.len()), (13, 1));
    assert_eq!(lines(&months)[0], "Januari | 42 ¹ | 40 | +2 | +2 | ");
    assert_eq!(lines(&months)[3], "April | 42 ¹ |  |  |  | 520");
    assert_eq!(lines(&months)[12], "Helår | 500 | 480 | +20 | +20 | ");
    assert_eq!(lines(&uppstallning::prognoser(&konto, Del::Netto)), ["April |  | 520 |  | −20"]);
    assert_eq!(lines(&uppstallning::sakerhet(&konto, Del::Netto)), ["April | 520 | 480 | +40 | 8,3 %"]);
}

#[test]
fn what_will_be_replaced_says_so_in_every_sum_that_it_is_in() {
    let content = content(&[PERSONAL, LOKAL]);
    let mut all = of_year(&[("100", "90"), ("50", "50")]);
    all[1].preliminar = true;
    let konto = Konto::new(&content, &all);
    let table = uppstallning::konto(&konto, Urval { tid: Tid::Bokslut, fjol: None, tomma: false });
    assert_eq!(
        lines(&table)[2..],
        [
            "Personal | 90 ¹ | 100 | +10",
            "Lokal | 50 | 50 | 0",
            "Summa kostnader | 140 ¹ | 150 | +10",
            "Summa netto | 140 ¹ | 150 | +10"
        ]
    );
    assert_eq!(table.fotnoter, ["Preliminärt."]);
    let month = [Belopp { preliminar: true, ..belopp(1, Tid::Manad(1), Art::Utfall, "9") }];
    let months = uppstallning::manader(&Konto::new(&content, &month), rad(1));
    assert_eq!(lines(&months)[0], "Januari |  | 9 ¹ |  |  | ");
}

#[test]
fn years_and_columns_have_the_same_table() {
    let read = read(BISTAND, inlasning::fri, Some(Enhet::Kr), &[]);
    let content = read.content.in_unit(Enhet::Mnkr).unwrap();
    let table = content.uppstallning();
    assert_eq!(
        lines(&table),
        [
            "2019 | 33,0 | 43,9 | 18,0",
            "2020 | 36,0 | 44,7 | 15,0",
            "2021 | 41,0 | 37,0 | 3,3",
            "2022 | 39,0 | 39,0 ¹ | Oklart",
        ]
    );
    assert_eq!(table.fotnoter, ["Prognos."]);
    let years = self::read(AR, inlasning::fri, None, &[]).content.uppstallning();
    assert_eq!(
        lines(&years),
        ["2016 | 115,0 | 111,0 |  | +4,0", "2017 | 114,0 | 106,0 |  | +8,0", "2019 | 131,0 |  | 131,0 | 0,0",]
    );
    assert_eq!(years.rader[0].celler[4].effekt, Some(Effekt::Battre));
}

/// As a workbook of the table is read: its cells without the signs of footnotes.
fn as_read(table: &Uppstallning) -> crate::import::Table {
    let mut out = crate::import::Table::default();
    out.push(1, [table.enhet.rubrik()]);
    out.push(2, table.kolumner.iter().map(|k| k.rubrik.as_str()));
    for (line, rad) in (3..).zip(&table.rader) {
        out.push(line, rad.celler.iter().map(|c| c.text.as_str()));
    }
    out
}

#[test]
fn what_we_print_is_read_back_in_every_form() {
    let mut parts = content(&[INTAKT, PERSONAL, LOKAL]);
    parts.verksamheter[0].rader[2].projekt = true;
    let mut netto = content(&[NETTO]);
    let mut second = netto.verksamheter[0].clone();
    (second.id, second.namn, second.rader[0].id) = (verksamhet_id(2), "Handläggning".to_owned(), rad_id(2));
    netto.verksamheter.push(second);
    let mut turned = parts.clone();
    turned.teckenform = Teckenform::KostnaderNegativa;
    for account in [parts, turned, netto] {
        let rows = account.rader().count();
        let all = of_year(&[("6000", "6100"), ("18000", "18200"), ("780", "700")][..rows]);
        let konto = Konto::new(&account, &all);
        let table = uppstallning::konto(&konto, Urval { tid: Tid::Bokslut, fjol: None, tomma: false });
        let empty = svar(&[]);
        let underlag = Underlag { enhet: None, svar: &empty };
        let read = inlasning::konto(&as_read(&table), &underlag).unwrap();
        assert!(read.is_ready() && read.jamforda.is_empty(), "{:?}: {read:?}", account.teckenform);
        assert_eq!(read.content.teckenform, account.teckenform);
        let placed = read.content.placera(&account, Tid::Bokslut, Tid::Bokslut).unwrap();
        assert_eq!(placed.okanda, Vec::<String>::new());
        let key = |b: &Belopp| (b.rad, b.art, b.tal);
        let (mut there, mut kept): (Vec<_>, Vec<_>) =
            (placed.belopp.iter().map(key).collect(), all.iter().map(key).collect());
        there.sort_unstable();
        kept.sort_unstable();
        assert_eq!(there, kept);
    }
}
