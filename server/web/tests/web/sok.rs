//! The search of the plans: a word finds its rows however either of them was written.
#![allow(clippy::unwrap_used)]

use crate::import::{bromma, confirmed, previewed, text_of};

/// A text copied out of Word: soft hyphens in its words, and letters with their rings and dots apart.
const WORD: &str = include_str!("../../../../app/domain/testdata/mjuka-bindestreck-och-nfd.txt");

/// What the plan shows for a search; the whole page, as text.
async fn found(path: &str, q: &str, app: &crate::common::App, cookie: &str) -> String {
    let query = serde_urlencoded::to_string([("ar", "2026"), ("vy", "lista"), ("q", q)]).unwrap();
    text_of(&app.get(&format!("{path}?{query}"), cookie).await.body)
}

#[tokio::test]
async fn each_word_finds_its_row_in_either_plan_however_it_is_written() {
    let (app, cookie) = bromma().await;
    let (hyphens, apart) = WORD.trim().split_once('\n').unwrap();
    let egen = format!(
        "Kontrollmål;Vad;Periodicitet\nPlan ett;{hyphens};tertial\nPlan två;{apart};år\nPlan tre;Hyra\u{200d}avin;år\n"
    );
    let intern = format!(
        "Oönskad händelse;Systematisk kontroll;Utförs;Kontrollaktivitet\n{hyphens};Plan ett;tertial;Listan läses\n\
         {apart};Plan två;år;Listan läses\nHyra\u{200d}avin;Plan tre;år;Listan läses\n"
    );
    for (plan, text) in [("egenkontroll", &egen), ("internkontroll", &intern)] {
        let (preview, _) = previewed(&app, &cookie, plan, "2026", "plan.csv", text.as_bytes()).await;
        confirmed(&app, &cookie, plan, &preview).await;
        let path = format!("/{plan}");
        for (q, row) in [
            ("utbetalning", "Plan ett"),
            ("BOENDESTÖDET", "Plan ett"),
            ("återkoppling", "Plan två"),
            ("Åsögatan", "Plan två"),
            // typed on a Mac, copied out of Word, and with a joiner that nobody sees
            ("A\u{30a}so\u{308}gatan", "Plan två"),
            ("boende\u{ad}sto\u{308}det", "Plan ett"),
            ("hyraavin", "Plan tre"),
            ("hyra\u{200c}avin", "Plan tre"),
            ("  utbetalning ", "Plan ett"),
        ] {
            let page = found(&path, q, &app, &cookie).await;
            for other in ["Plan ett", "Plan två", "Plan tre"] {
                assert_eq!(page.contains(other), other == row, "{plan}, {q:?}, {other}: {page}");
            }
        }
        let page = found(&path, "asogatan", &app, &cookie).await;
        assert!(page.contains("Inget stämmer med sökningen"), "å is no a: {page}");
        let page = found(&path, "", &app, &cookie).await;
        assert!(page.contains("Plan ett") && page.contains("Plan två") && page.contains("Plan tre"));
    }
}
