//! What is late and marked together, over HTTP and without JavaScript.
#![allow(clippy::unwrap_used)]

use domain::{egenkontroll, id::EgenkontrollId, occurrence::Item, recurrence::form::Fields};
use web::{clock::Clock, router::router, state::AppState};

use crate::common::{App, CHEF};

async fn november() -> (App, String, EgenkontrollId) {
    let app = App::new().await;
    let state = AppState { clock: Clock::new(chrono::NaiveDate::from_ymd_opt(2026, 11, 23)), ..app.state.clone() };
    let app = App { router: router(state.clone()), state, ..app };
    let form = egenkontroll::Form {
        kontrollmal: "Dokumentation <1>".into(),
        responsible: "roll:enhetschef".into(),
        when: Fields::named("varje_manad"),
        ..Default::default()
    };
    let id = EgenkontrollId::new();
    let mut tx = app.write().await;
    let content = egenkontroll::check(&form, 2026).unwrap();
    store::plan::create(&mut tx, app.state.clock.now(), id, app.enhet, 2026, &content).await.unwrap();
    tx.commit().await.unwrap();
    let chef = app.log_in(CHEF).await;
    (app, chef, id)
}

async fn items(app: &App, id: EgenkontrollId) -> Vec<Item> {
    let mut tx = app.state.store.system(false).await.unwrap();
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    store::occurrence::of_source(&mut tx, &actor, id.0).await.unwrap()
}

/// The boxes that are ticked, by their values.
fn checked(page: &str) -> Vec<String> {
    let boxes = page.split("<input type=\"checkbox\" name=\"rows[]\"").skip(1).map(|b| b.split('>').next().unwrap());
    boxes.filter(|b| b.contains(" checked")).map(|b| b.split('"').nth(3).unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_is_late_stands_by_its_control_and_is_marked_all_or_one_by_one() {
    let (app, chef, id) = november().await;
    for path in ["/", "/?visa=enheten", &format!("/egenkontroll/{id}")] {
        let page = app.get(path, &chef).await.body;
        assert!(page.contains("Dokumentation &lt;1&gt;") && !page.contains("<1>"), "{path}");
        for short in ["<span>jan</span>", "<span>feb</span>", "<span>okt</span>"] {
            assert!(page.contains(short), "{path}: {short}");
        }
        assert!(!page.contains("<span>nov</span>") && checked(&page).is_empty(), "{path}");
        let sign = if path.contains('?') { '&' } else { '?' };
        let all = app.get(&format!("{path}{sign}markera=alla"), &chef).await.body;
        assert_eq!(checked(&all).len(), 10, "{path}");
        assert!(all.contains("10 är markerade") && all.contains("Avmarkera"), "{path}");
    }
}

#[tokio::test]
async fn a_reason_that_is_missing_is_asked_for_and_what_was_marked_is_still_marked() {
    let (app, chef, id) = november().await;
    let page = app.get("/?markera=alla", &chef).await.body;
    let rows = checked(&page);
    let form = page.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let unit = app.enhet.to_string();
    let send = async |act: &str, reason: &str, rows: &[String]| {
        let mut fields = vec![("node", &*unit), ("form", &*form), ("back", "/"), ("act", act), ("reason", reason)];
        fields.extend(rows.iter().map(|row| ("rows[]", row.as_str())));
        app.post("/api/mark_occurrences", &chef, "/?markera=alla", &fields).await
    };
    let refused = send("ej_utford", "", &rows[..3]).await;
    let page = app.get(refused.to(), &chef).await.body;
    assert!(page.contains("Skriv varför.") && checked(&page) == rows[..3], "{page}");
    let nothing = send("utford", "", &[]).await;
    assert!(app.get(nothing.to(), &chef).await.body.contains("Markera minst ett tillfälle."));

    let given_up = send("ej_utford", "Införd i november", &rows[..3]).await;
    assert_eq!(given_up.to(), "/", "what was marked is not marked again");
    let page = app.get("/", &chef).await.body;
    assert!(page.contains("3 tillfällen är markerade som ej utförda. Det ångras ett i taget"), "{page}");
    assert!(!page.contains("/api/undo_occurrence_marks"), "{page}");

    // three of these are given up already: they stay, and the rest is saved
    let ticked = send("utford", "", &rows).await;
    let page = app.get(ticked.to(), &chef).await.body;
    assert!(page.contains("7 tillfällen är utförda") && page.contains("Dessa står kvar"), "{page}");
    assert_eq!(page.matches("är redan markerad som ej utförd.").count(), 3, "{page}");
    let undo: Vec<&str> = page
        .split("action=\"/api/undo_occurrence_marks\"")
        .nth(1)
        .unwrap()
        .split("</form>")
        .next()
        .unwrap()
        .split("value=\"")
        .skip(1)
        .map(|v| v.split('"').next().unwrap())
        .collect();
    assert_eq!(undo.len(), 7);
    let fields: Vec<(&str, &str)> = undo.iter().map(|row| ("rows[]", *row)).collect();
    let back = app.post("/api/undo_occurrence_marks", &chef, "/", &fields).await;
    assert!(app.get(back.to(), &chef).await.body.contains("7 tillfällen är åter att göra"));
    let open = items(&app, id).await.iter().filter(|i| i.occurrence.state.is_open()).count();
    assert_eq!(open, 9, "all but the three that were given up");
}

#[tokio::test]
async fn what_is_late_is_marked_on_the_day_it_was_done_and_a_day_that_has_not_been_is_refused_with_the_marks_kept() {
    let (app, chef, id) = november().await;
    let page = app.get("/?markera=alla", &chef).await.body;
    let rows = checked(&page);
    let form = page.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let unit = app.enhet.to_string();
    let send = async |day: &str| {
        let mut fields =
            vec![("node", &*unit), ("form", &*form), ("back", "/"), ("act", "utford"), ("performed_on", day)];
        fields.extend(rows.iter().map(|row| ("rows[]", row.as_str())));
        let to = app.post("/api/mark_occurrences", &chef, "/?markera=alla", &fields).await.to().to_owned();
        app.get(&to, &chef).await.body
    };
    let refused = send("2026-11-24").await;
    assert!(refused.contains("Dagen har inte varit än. Välj i dag eller tidigare."), "{refused}");
    assert!(refused.contains("value=\"2026-11-24\"") && checked(&refused) == rows, "{refused}");
    let done = send("2026-11-02").await;
    assert!(done.contains("10 tillfällen är utförda 2 november"), "{done}");
    let all = items(&app, id).await;
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 2);
    assert_eq!(all.iter().filter(|i| i.occurrence.performed_on == day).count(), 10);
}
