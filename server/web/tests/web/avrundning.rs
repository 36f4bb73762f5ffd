//! Shares that do not make 100 when each is rounded by itself: the same figures and the same sentence on the page, on the slide
//! and in the workbook.
#![allow(clippy::unwrap_used)]

use calamine::Data;
use domain::{enkat::Varde, kon::Kon, rounding::NOTE, table::records};

use crate::{
    apt::screen,
    common::{App, CHEF},
    resultat::{answers, cells, opened, publish, question, text_of, texts, workbook},
};

/// Answers and how many gave them.
const FEMTON: &str = include_str!("falt/25-femton-svar.csv");
/// Seven answers that are as common: 14,3 % each make 100,1.
const SJU: &str = "svar;antal\nA1;6\nA2;6\nA3;6\nA4;6\nA5;6\nA6;6\nA7;6";
/// Shares that make 100.
const JAMNT: &str = "svar;antal\nJa;10\nNej;10";

/// Page, slide and workbook of an enkät that was answered so.
async fn shown(csv: &str) -> (String, String, Vec<Data>) {
    let given: Vec<(String, usize)> =
        records(csv, &[';']).skip(1).map(|r| (r.cell(0).to_owned(), r.cell(1).parse().unwrap())).collect();
    let options: Vec<&str> = given.iter().map(|(answer, _)| answer.as_str()).collect();
    let app = App::new().await;
    let asked = question(1, "Hur var bemötandet?", |f| {
        f.kind = "val".into();
        f.options = format!("+ {}", options.join("\n"));
    });
    let id = opened(&app, vec![asked]).await;
    for (option, (_, n)) in (0..).zip(&given) {
        answers(&app, id, 3, Kon::Kvinna, *n, &[(1, Varde::Val(option))]).await;
    }
    publish(&app).await;
    let chef = app.log_in(CHEF).await;
    let page = text_of(&app.get(&format!("/enkater/{id}/resultat"), &chef).await.body);
    let wall = screen(&app, &chef).await;
    let slide = app.get(&wall, "").await.body;
    (page, slide, cells(&mut workbook(&app, &chef, id).await))
}

/// How often a share of this many thousandths stands in a workbook.
fn shares(cells: &[Data], thousandths: i64) -> usize {
    #[allow(clippy::cast_possible_truncation)] // shares
    let is = |c: &&Data| matches!(c, Data::Float(x) if x.fract() != 0.0 && (x * 1_000.0).round() as i64 == thousandths);
    cells.iter().filter(is).count()
}

#[tokio::test]
async fn three_thirds_make_99_9_on_page_slide_and_in_the_workbook_and_each_says_so() {
    let (page, slide, workbook) = shown(FEMTON).await;
    assert!(page.contains("5 av 15 (33,3\u{a0}%) svarade Mycket bra."), "{page}");
    assert!(page.matches("33,3\u{a0}%").count() > 3, "each answer has its share: {page}");
    assert!(page.contains(NOTE), "{page}");
    let slide_text = text_of(&slide);
    assert!(
        slide.contains("5 av 15 (33,3\u{a0}%) svarade Mycket bra.") && slide_text.contains("33,3\u{a0}%"),
        "{slide}"
    );
    assert!(slide_text.contains(NOTE), "{slide_text}");
    let said = texts(&workbook);
    assert!(said.iter().any(|t| t.starts_with("5 av 15 (33,3\u{a0}%) svarade Mycket bra.")), "{said:?}");
    assert!(said.iter().any(|t| t.contains(NOTE)), "{said:?}");
    assert!(shares(&workbook, 333) >= 3, "{workbook:?}");
}

#[tokio::test]
async fn what_makes_more_than_100_says_so_too_and_what_makes_100_says_nothing() {
    let (page, slide, workbook) = shown(SJU).await;
    assert!(page.contains("14,3\u{a0}%") && page.contains(NOTE), "{page}");
    assert!(slide.contains("14,3\u{a0}%") && slide.contains(NOTE), "{slide}");
    assert!(shares(&workbook, 143) >= 7 && texts(&workbook).iter().any(|t| t.contains(NOTE)), "{workbook:?}");
    let (page, slide, workbook) = shown(JAMNT).await;
    assert!(page.contains("10 av 20 (50,0\u{a0}%) svarade Ja."), "{page}");
    assert!(!page.contains(NOTE) && !slide.contains(NOTE));
    assert!(!texts(&workbook).iter().any(|t| t.contains(NOTE)));
}
