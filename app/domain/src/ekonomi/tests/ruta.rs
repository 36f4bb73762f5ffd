//! B4, B5, B6: blank is not nought, the unit is plausible, text is no number.

use super::*;
use crate::ekonomi::{
    ruta::{Ruta, las},
    text::{FelEnhet, fel_enhet},
};

#[test]
fn b4_only_a_figure_is_nought() {
    for text in ["", "  ", "–", "..", "-"] {
        assert_eq!(las(text, Enhet::Tkr), Ok(Ruta::default()), "{text}");
    }
    for text in ["0", "+/-0", "±0", "0,0"] {
        assert_eq!(las(text, Enhet::Tkr).unwrap().tal, Some(Tal::ZERO), "{text}");
    }
}

#[test]
fn b5_more_than_ten_thousand_million_is_asked_about() {
    let asked = Enhet::Mnkr.asked(tal("53280")).unwrap();
    assert_eq!(asked.text, "Beloppet är 53\u{a0}280,0\u{a0}mnkr. Är det tkr?");
    assert_eq!(
        asked.choices.iter().map(|c| (c.value.as_str(), c.foreslas)).collect::<Vec<_>>(),
        [("tkr", true), ("mnkr", false)]
    );
    assert!(Enhet::Mnkr.asked(tal("10000")).is_none() && Enhet::Mnkr.asked(tal("10000,1")).is_some());
    assert!(Enhet::Mnkr.asked(tal("-10001")).is_some(), "whatever its sign");
    assert!(Enhet::Tkr.asked(tal("53280")).is_none() && Enhet::Tkr.asked(tal("10 000 001")).is_some());
    assert!(Enhet::Kr.asked(Tal::MOST).is_none(), "nothing is smaller than kronor");
    // the same amount in another unit
    assert_eq!(Enhet::Mnkr.said(Enhet::Tkr.to(Enhet::Mnkr, tal("53280")).unwrap()), "53,3\u{a0}mnkr");
    assert_eq!(Enhet::Kr.exactly(Enhet::Mnkr, tal("435935,05")), None, "it would lose öre");
    assert_eq!(Enhet::Mnkr.to(Enhet::Kr, Tal::MOST), None, "too large to be kept");
}

#[test]
fn b5_the_account_asks_until_its_unit_is_confirmed() {
    let mut konto = content(&[NETTO]);
    konto.enhet = Enhet::Mnkr;
    let all = [belopp(1, Tid::Bokslut, Art::Budget, "53280")];
    assert!(Konto::new(&konto, &all).asked().is_some());
    konto.enhet_bekraftad = true;
    assert_eq!(Konto::new(&konto, &all).asked(), None);
}

#[test]
fn b5_a_text_that_says_another_unit_is_asked_about() {
    let amounts = [tal("53280"), tal("39000")];
    let said = |text: &str| fel_enhet(text, Enhet::Tkr, &amounts).iter().map(FelEnhet::said).collect::<Vec<_>>();
    assert_eq!(
        said("Budgeten är totalt 53 280 miljoner kronor netto och redovisas nedan."),
        ["I texten står 53\u{a0}280,0\u{a0}mnkr. Budgeten är i tkr: är det 53\u{a0}280\u{a0}tkr?"]
    );
    for text in [
        "Netto 53 280 tkr.",
        "Netto är 53 280 tusen kronor",
        "År 2022 är 53 280 hushåll",
        "39 miljoner kronor",
        "53 280",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn b6_text_in_a_cell_is_a_note_and_no_number() {
    let note = |text: &str| {
        let ruta = las(text, Enhet::Kr).unwrap();
        assert_eq!(ruta.tal, None, "{text}");
        ruta.not
    };
    assert_eq!(note("Oklart"), "Oklart");
    assert_eq!(note("Tas fram\nav nämnd"), "Tas fram av nämnd");
    assert_eq!(note("ca 6 miljoner"), "ca 6 miljoner", "a guess would look exact in a sum");
    let prognos = las("Prognos 39 000 000", Enhet::Kr).unwrap();
    assert_eq!((prognos.tal, prognos.prognos, prognos.not.as_str()), (Some(tal("39 000 000")), true, ""));
    let prel = las("39 000 prel.", Enhet::Tkr).unwrap();
    assert!(prel.preliminar && !prel.prognos);
}

#[test]
fn amounts_are_read_as_people_write_them_and_doubt_is_told() {
    for (text, enhet, value) in [
        ("435 935,05 kr", Enhet::Kr, "435935,05"),
        ("(1 250)", Enhet::Tkr, "-1250"),
        ("−39,9", Enhet::Mnkr, "-39,9"),
        ("53 280 tkr", Enhet::Tkr, "53280"),
        ("33,0 miljoner kronor", Enhet::Mnkr, "33"),
        ("18500.00", Enhet::Kr, "18500"),
        ("1.234.567", Enhet::Kr, "1234567"),
    ] {
        assert_eq!(las(text, enhet).unwrap().tal, Some(tal(value)), "{text}");
    }
    for (text, enhet, gor) in [
        ("625 000 kr", Enhet::Tkr, "är i kr, men beloppen anges i tkr. Skriv 625."),
        ("12 st", Enhet::Tkr, "är inget belopp: det står ”st” efter talet."),
        ("1.346", Enhet::Tkr, "kan vara 1\u{a0}346 eller 1,346. Skriv 1346, eller 1,3460."),
        ("#REF!", Enhet::Tkr, "visar felet #REF! i Excel. Skriv talet som ska stå där."),
        ("2 000 000 000 000", Enhet::Tkr, "har ett belopp som är för stort för att sparas."),
    ] {
        assert_eq!(las(text, enhet), Err(gor.to_owned()), "{text}");
    }
    let english = las("1,234.56", Enhet::Kr).unwrap();
    assert_eq!((english.tal, english.engelskt), (Some(tal("1234,56")), true), "who reads it says so");
    assert!(!las("1 234,56", Enhet::Kr).unwrap().engelskt);
    assert!(las("3 5", Enhet::Tkr).is_err() && las("2022-03-04", Enhet::Tkr).is_err());
}
