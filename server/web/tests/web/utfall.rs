//! Utfall: what was found at a control is recorded and repeated in the word that was pressed, and asks for an åtgärd.
#![allow(clippy::unwrap_used)]

use domain::{
    id::{InternkontrollId, OccurrenceId},
    internkontroll,
    permission::Role,
    recurrence::form::Fields,
    schedule::Responsible,
};

use crate::common::{App, CHEF};

/// A unit with an internkontroll each month; the ids of its tillfällen.
pub async fn monthly(app: &App) -> Vec<OccurrenceId> {
    let form = internkontroll::Form {
        systematisk_kontroll: "Attest".into(),
        kontrollaktivitet: "Granska attester".into(),
        kontrollansvarig: "roll:enhetschef".into(),
        when: Fields::named("varje_manad"),
        ..Default::default()
    };
    let (id, now) = (InternkontrollId::new(), app.state.clock.now());
    let year = chrono::Datelike::year(&app.state.clock.today());
    let content = internkontroll::check(&form, year).unwrap();
    let content = internkontroll::Content { utfors_av: Responsible::Role(Role::Enhetschef), ..content };
    let mut tx = app.write().await;
    store::plan::create(&mut tx, now, id, app.enhet, year, &content).await.unwrap();
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    let all = store::occurrence::of_source(&mut tx, &actor, id.0).await.unwrap();
    tx.commit().await.unwrap();
    all.into_iter().map(|i| i.occurrence.id).collect()
}

async fn tick(app: &App, chef: &str, id: OccurrenceId, outcome: &str, note: &str) -> String {
    let id = id.to_string();
    let fields = [("id", &*id), ("version", "1"), ("form[outcome]", outcome), ("form[note]", note)];
    let answer = app.post("/api/mark_occurrence_done", chef, "/", &fields).await;
    app.get(answer.to().split('#').next().unwrap(), chef).await.body
}

#[tokio::test]
async fn the_button_avvikelse_chooses_avvikelse_and_the_milder_one_is_a_choice() {
    let app = App::new().await;
    let all = monthly(&app).await;
    let chef = app.log_in(CHEF).await;
    let page = app.get("/internkontroll", &chef).await.body;
    let path = format!("/forekomster/{}", all[0]);
    let list = [page, app.get("/", &chef).await.body].concat();
    let (_, row) = list.split_once("Vad visade kontrollen?").expect("a row with its form");
    let (choices, _) = row.split_once("</fieldset>").unwrap();
    let checked = choices.split("<input").find(|input| input.contains("checked")).unwrap();
    assert!(checked.contains(r#"value="avvikelse""#), "{choices}");
    assert!(choices.contains(r#"value="mindre_avvikelse""#));
    // on its page nothing is chosen beforehand
    let page = app.get(&path, &chef).await.body;
    let (_, form) = page.split_once("Vad visade kontrollen?").unwrap();
    assert!(!form.split_once("</fieldset>").unwrap().0.contains("checked"), "{form}");
}

#[tokio::test]
async fn the_word_is_said_in_the_toast_the_row_the_page_and_the_history_and_an_atgard_is_offered() {
    let app = App::new().await;
    let all = monthly(&app).await;
    let chef = app.log_in(CHEF).await;
    for (id, outcome, words, note) in [
        (all[0], "avvikelse", "avvikelse", "Två attester saknades"),
        (all[1], "mindre_avvikelse", "mindre avvikelse", "Ett datum saknades"),
        (all[2], "ingen_avvikelse", "ingen avvikelse", ""),
    ] {
        let said = tick(&app, &chef, id, outcome, note).await;
        let (_, toast) = said.split_once("class=\"toast no-print").unwrap();
        let toast = toast.split_once("</form>").unwrap().0;
        assert!(toast.contains(&format!("är utförd: {words}<")), "{toast}");
        let offer = format!("/atgarder/ny?kalla=forekomst:{id}");
        let deviates = outcome != "ingen_avvikelse";
        assert_eq!(toast.contains(&offer), deviates, "{toast}");
        let page = app.get(&format!("/forekomster/{id}"), &chef).await.body;
        assert!(page.contains(&format!("class=\"row-title\">Utförd: {words}<")), "{page}");
        let (_, history) = page.split_once("Historik").unwrap();
        assert!(history.contains(&format!("Utförd: {words}")), "{history}");
        assert_eq!(page.contains("har ingen åtgärd än"), deviates, "{page}");
        if deviates {
            let form = app.get(&offer, &chef).await.body;
            assert!(form.contains(note) && form.contains("Med anledning av"), "{form}");
            // once there is one, it is not asked for
            let fields = [
                ("id", &*domain::id::AtgardId::new().to_string()),
                ("node", &*app.enhet.to_string()),
                ("source", &*format!("forekomst:{id}")),
                ("form[title]", "Gå igenom attestordningen"),
                ("form[responsible]", "roll:enhetschef"),
                ("form[due]", &*domain::format::date(app.state.clock.today())),
            ];
            assert!(app.post("/api/create_atgard", &chef, &offer, &fields).await.to().starts_with("/atgarder/"));
            let page = app.get(&format!("/forekomster/{id}"), &chef).await.body;
            assert!(page.contains("Gå igenom attestordningen") && !page.contains("har ingen åtgärd än"), "{page}");
        }
    }
}
