//! B2, B3, B9, B10: signs, effects, words, and what follows from them.

use super::*;
use crate::{
    ekonomi::{
        avvikelse::{Avvikelse, Effekt},
        handling, mening,
    },
    permission::Role,
};

fn of(slag: Radslag, budget: &str, utfall: &str) -> Avvikelse {
    Avvikelse::of(slag, Some(tal(budget)), Some(tal(utfall))).unwrap()
}

#[test]
fn b2_more_income_is_below_nought_and_better_and_more_cost_is_below_nought_and_worse() {
    let income = of(Radslag::Intakt, "100", "130");
    assert_eq!((income.tal, income.effekt()), (tal("-30"), Effekt::Battre));
    assert_eq!(income.what(Enhet::Tkr), "30\u{a0}tkr mer i intäkter");
    let cost = of(Radslag::Kostnad, "100", "130");
    assert_eq!((cost.tal, cost.effekt()), (tal("-30"), Effekt::Samre));
    assert_eq!(cost.what(Enhet::Tkr), "30\u{a0}tkr över budget");
    let nothing = of(Radslag::Netto, "0", "0");
    assert_eq!((nothing.tal, nothing.effekt()), (Tal::ZERO, Effekt::Oforandrat));
    assert_eq!(nothing.said(Enhet::Tkr), "lika med budget");
    assert_eq!(Avvikelse::of(Radslag::Kostnad, None, None), None, "a row without budget and outcome is blank");
}

#[test]
fn b2_words_say_what_has_happened_and_whether_it_is_good() {
    for (slag, budget, utfall, said) in [
        (Radslag::Intakt, "1000", "1500", "500\u{a0}tkr mer i intäkter än budgeterat (bättre)"),
        (Radslag::Intakt, "1500", "1000", "500\u{a0}tkr mindre i intäkter än budgeterat (sämre)"),
        (Radslag::Kostnad, "1500", "1000", "500\u{a0}tkr under budget (bättre)"),
        (Radslag::Netto, "1000", "1500", "500\u{a0}tkr över budget (sämre)"),
    ] {
        assert_eq!(of(slag, budget, utfall).said(Enhet::Tkr), said);
    }
    assert_eq!(Effekt::ALL.map(Effekt::arrow), ['↑', '↓', '→']);
    for effekt in Effekt::ALL {
        assert_eq!(Effekt::from_code(effekt.code()), Some(effekt));
    }
}

#[test]
fn b2_per_cent_are_of_the_budget() {
    for (budget, utfall, shown, per_cent) in [("115", "111", "+4,0", "3,5"), ("114", "106", "+8,0", "7,0")] {
        let off = of(Radslag::Netto, budget, utfall);
        assert_eq!(off.shown(Enhet::Mnkr, Teckenform::BaraNetto), shown);
        assert_eq!(off.per_cent().unwrap().with_decimals(1), per_cent);
    }
    assert_eq!(of(Radslag::Kostnad, "0", "10").per_cent(), None, "nothing is a share of nought");
}

#[test]
fn b3_each_form_has_its_own_signs_and_the_same_effect() {
    // kept: costs 39,9 against 44,9 and income 9,2 against 7,5
    let (cost, income) = (of(Radslag::Kostnad, "39,9", "44,9"), of(Radslag::Intakt, "9,2", "7,5"));
    let shown = |form| [cost, income].map(|off| off.shown(Enhet::Mnkr, form));
    assert_eq!(shown(Teckenform::BadaPositiva), ["−5,0", "+1,7"]);
    assert_eq!(shown(Teckenform::KostnaderNegativa), ["−5,0", "−1,7"], "as it is printed with costs below nought");
    assert_eq!([cost, income].map(Avvikelse::effekt), [Effekt::Samre; 2]);
    for form in Teckenform::ALL {
        assert_eq!(Teckenform::from_code(form.code()), Some(form));
        for slag in Radslag::ALL {
            let there = form.turned(slag, tal("39,9"));
            assert_eq!(form.turned(slag, there), tal("39,9"), "what is shown is read back");
        }
    }
    assert_eq!(Teckenform::KostnaderNegativa.turned(Radslag::Kostnad, tal("39,9")), tal("-39,9"));
}

fn forecast(budget: &str, prognos: &str) -> (Content, Vec<Belopp>) {
    let all = vec![belopp(1, Tid::Bokslut, Art::Budget, budget), belopp(1, Tid::Manad(4), Art::Prognos, prognos)];
    (content(&[NETTO]), all)
}

#[test]
fn b9_a_forecast_worse_than_budget_asks_for_a_plan_once_until_it_is_closed() {
    let id = crate::ekonomi::konto::KontoId(Uuid::from_u128(7));
    let (konto, all) = forecast("53280", "53580");
    let konto = Konto::new(&konto, &all);
    let plan = handling::handlingsplan(id, &konto, Tid::T1, false).unwrap();
    assert_eq!((plan.titel, plan.roll, plan.konto), ("Handlingsplan för budget", Role::Enhetschef, id));
    assert_eq!(plan.varfor, "Prognosen är 300\u{a0}tkr sämre än budget.");
    assert_eq!(handling::handlingsplan(id, &konto, Tid::T1, true), None, "there is one already");
    assert_eq!(handling::handlingsplan(id, &konto, Tid::Manad(3), false), None, "nothing was believed in March");
    for prognos in ["53280", "53000"] {
        let (konto, all) = forecast("53280", prognos);
        assert_eq!(handling::handlingsplan(id, &Konto::new(&konto, &all), Tid::T1, false), None, "{prognos}");
    }
}

#[test]
fn b9_rows_without_a_forecast_are_told_and_what_is_worse_already_asks_for_a_plan() {
    let id = crate::ekonomi::konto::KontoId(Uuid::from_u128(7));
    let konto = content(&[INTAKT, PERSONAL, LOKAL]);
    let with = |forecasts: &[(u128, &str)]| {
        let said = forecasts.iter().map(|(n, value)| belopp(*n, Tid::Manad(4), Art::Prognos, value));
        of_year(&[("100", ""), ("1000", ""), ("500", "")]).into_iter().chain(said).collect::<Vec<_>>()
    };
    let of = |all: &[Belopp], tid| {
        let konto = Konto::new(&konto, all);
        let plan = handling::handlingsplan(id, &konto, tid, false).map(|plan| plan.varfor);
        (mening::fynd(&konto, tid), plan, mening::prognos_saknas(&konto, tid))
    };
    let one = with(&[(2, "1100")]);
    let lacks = "Prognos saknas på två rader.".to_owned();
    let budget = "Budgeten för 2022 är 1\u{a0}400\u{a0}tkr netto.";
    assert_eq!(of(&one, Tid::T1), (format!("{budget} {lacks}"), None, Some(lacks.clone())));
    // 1 600 of personnel, less the 100 that are to come in
    let worse = "Prognosen är redan 100\u{a0}tkr sämre än budget. Prognos saknas på två rader.".to_owned();
    assert_eq!(of(&with(&[(2, "1600")]), Tid::T1), (worse.clone(), Some(worse), Some(lacks)));
    // without its income netto looks worse than it is
    let costs = of(&with(&[(2, "1000"), (3, "500")]), Tid::T1);
    assert_eq!((costs.1, costs.2.as_deref()), (None, Some("Prognos saknas på en rad.")));
    let none = (budget.to_owned(), None, None);
    assert_eq!(
        (of(&with(&[]), Tid::T1), of(&one, Tid::Bokslut)),
        (none.clone(), none),
        "nobody has forecast, or nobody does any more"
    );
}

#[test]
fn b10_a_row_that_exceeds_both_limits_asks_for_a_comment_in_a_report() {
    let konto = content(&[PERSONAL, LOKAL]);
    // 5 % of 10 000 are 500; 5 % of 1 000 are 50, and 100 is more
    for (budget, utfall, asks) in [
        ("10000", "10500", false),
        ("10000", "10500,01", true),
        ("1000", "1100", false),
        ("1000", "1101", true),
        ("1000", "899", true),
        ("0", "101", true),
    ] {
        assert_eq!(handling::is_far_off(of(Radslag::Kostnad, budget, utfall), &konto), asks, "{budget} {utfall}");
    }
    let all = of_year(&[("1000", "1150"), ("1000", "1010")]);
    let account = Konto::new(&konto, &all);
    let asked = handling::kommentarer(&account, Tid::Bokslut);
    assert_eq!(asked.len(), 1);
    assert_eq!(
        asked[0].fraga,
        "Personal, Ekonomiskt bistånd: 150\u{a0}tkr över budget (sämre). Skriv vad det beror på."
    );
    let mut noted = all.clone();
    noted[1].kommentar = "Två vikarier i mars".into();
    assert_eq!(handling::kommentarer(&Konto::new(&konto, &noted), Tid::Bokslut), [], "it has one");
    let mut words = all.clone();
    (words[0].not, words[0].kommentar) = ("Preliminärt".into(), "Beslutad i mars".into());
    words[1].not = "ca 6 miljoner".into();
    let words = handling::kommentarer(&Konto::new(&konto, &words), Tid::Bokslut);
    assert_eq!(words, asked, "no word of a cell and nothing said of the budget explains it");
    let month = [belopp(1, Tid::Manad(3), Art::Budget, "1000"), belopp(1, Tid::Manad(3), Art::Utfall, "1500")];
    assert_eq!(handling::kommentarer(&Konto::new(&konto, &month), Tid::Manad(3)), [], "no report is of a month");
    assert_eq!(Grans::of(Enhet::Mnkr).belopp, tal("0,1"));
    assert_eq!(Grans::of(Enhet::Kr).belopp, tal("100 000"));
}

#[test]
fn the_account_is_said_in_a_sentence() {
    for (budget, prognos, said) in [
        ("53280", "52980", "Prognosen är 300\u{a0}tkr bättre än budget."),
        ("53280", "53580", "Prognosen är 300\u{a0}tkr sämre än budget."),
        ("53280", "53280", "Prognosen är lika med budget."),
        ("53280", "53280,4", "Prognosen är obetydligt sämre än budget."),
    ] {
        let (konto, all) = forecast(budget, prognos);
        assert_eq!(mening::fynd(&Konto::new(&konto, &all), Tid::T1), said);
    }
    let konto = content(&[PERSONAL, LOKAL]);
    let said = |all: &[Belopp], tid| mening::fynd(&Konto::new(&konto, all), tid);
    let year = of_year(&[("100", "90"), ("50", "50")]);
    assert_eq!(said(&year, Tid::Bokslut), "Årets utfall är 10\u{a0}tkr bättre än budget.");
    assert_eq!(said(&year, Tid::T1), "Budgeten för 2022 är 150\u{a0}tkr netto.");
    assert_eq!(said(&[], Tid::T1), "Budgeten för 2022 är inte ifylld.");
    let t1 = [belopp(1, Tid::T1, Art::Budget, "40"), belopp(1, Tid::T1, Art::Utfall, "45")];
    assert_eq!(said(&t1, Tid::T1), "Utfallet till och med april är 5\u{a0}tkr sämre än budget.");
    let march = [belopp(1, Tid::Manad(3), Art::Budget, "40"), belopp(1, Tid::Manad(3), Art::Utfall, "40")];
    assert_eq!(said(&march, Tid::Manad(3)), "Utfallet i mars är lika med budget.");
}
