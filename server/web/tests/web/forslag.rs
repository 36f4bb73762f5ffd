//! Förslag over HTTP: what is said without a name is nowhere beside a name, whether it was right or wrong.
#![allow(clippy::unwrap_used)]

use http::StatusCode;
use web::state::Settings;

use crate::common::{App, CHEF};

const ID: &str = "7b1d3a52-93f4-4c6b-9d0e-2f6a8c1b5e47";
const WRONG: &str = "Fråga 060606-1234 vad hon tyckte om kön";

fn folder() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("kvalitet-forslag-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    folder
}

#[tokio::test]
async fn what_was_wrong_comes_back_in_the_answer_and_lies_nowhere_in_the_database() {
    let folder = folder();
    let url = format!("sqlite://{}", folder.join("kvalitet.db").display());
    let app = App::at(&url, Settings { database: "sqlite", ..Settings::default() }).await;
    app.people().await;
    let chef = app.log_in(CHEF).await;
    let node = app.enhet.to_string();
    let holds = |word: &str| {
        ["kvalitet.db", "kvalitet.db-wal"].iter().any(|file| {
            let bytes = std::fs::read(folder.join(file)).unwrap_or_default();
            bytes.windows(word.len()).any(|w| w == word.as_bytes())
        })
    };
    let fields = [("id", ID), ("node", node.as_str()), ("kind", "forslag"), ("text", WRONG)];
    let answer = app.post("/forslag", &chef, "/forslag", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(WRONG) && answer.body.contains(ID), "everything that was typed is there");
    assert!(answer.body.contains("personnummer"), "and what is wrong with it");
    assert!(!holds("vad hon tyckte"), "it lies in the session, beside the one who is logged in");

    let right = [("id", ID), ("node", node.as_str()), ("kind", "forslag"), ("text", "Egen telefonkö")];
    for _ in 0..2 {
        let answer = app.post("/forslag?visa=alla", &chef, "/forslag", &right).await;
        assert_eq!(answer.to(), "/forslag?visa=alla&tack=forslag");
        assert!(answer.set_cookie().is_empty(), "nothing is written in the session of who said it");
    }
    assert!(!holds("Tack."), "thanks do not lie beside a name either");
    let page = app.get("/forslag?tack=forslag", &chef).await.body;
    assert!(page.contains("Tack. Förslaget finns kvar") && page.matches("id=\"forslag-").count() == 1, "{page}");
    app.state.store.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn an_id_that_could_tell_the_time_is_refused() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let node = app.enhet.to_string();
    let fields = [("id", "0193a5b0-7c3e-7d21-8f00-5a1b2c3d4e5f"), ("node", node.as_str()), ("text", "Egen kö")];
    let answer = app.post("/forslag", &chef, "/forslag", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Ladda om sidan"));
}

#[tokio::test]
async fn who_was_logged_out_keeps_what_was_typed_on_the_page_alone_and_a_stranger_is_refused() {
    let app = App::new().await;
    let node = app.enhet.to_string();
    let fields = [("id", ID), ("node", node.as_str()), ("text", "Egen telefonkö")];
    // a browser that has been logged in on; of any other nothing is received
    let answer = app.post("/forslag", "kvalitet_kand=ja", "/forslag", &fields).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("Du har blivit utloggad") && answer.body.contains("value=\"Egen telefonkö\""));
    assert_eq!(app.sessions().await, 0, "nothing is kept for somebody without login");
    let admin = app.log_in(crate::common::ADMIN).await;
    assert_eq!(app.post("/forslag", &admin, "/forslag", &fields).await.status, StatusCode::FORBIDDEN);
    let chef = app.log_in(CHEF).await;
    let elsewhere = [("id", ID), ("node", "0193a5b0-7c3e-7d21-8f00-5a1b2c3d4e5f"), ("text", "Egen telefonkö")];
    let answer = app.post("/forslag", &chef, "/forslag", &elsewhere).await;
    assert!(matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{}", answer.status);
}
