//! Counts of cases: what those read who do not handle them, and that no other way to a count is written.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use crate::{
    common::{App, CHEF, PASSWORD},
    resultat::text_of,
};
use chrono::NaiveDate;
use domain::{
    avvikelse::{
        Innehall,
        intake::{RapportForm, check_rapport},
    },
    id::{AvvikelseId, PersonId},
    permission::Role,
};
use store::{avvikelse, person::NewPerson};

const YEAR: &str = "/avvikelser/statistik?ar=2025";

#[tokio::test]
async fn who_does_not_handle_cases_reads_what_was_released_and_nothing_that_is_exact() {
    let app = App::new().await;
    let mut tx = app.write().await;
    let now = app.state.clock.now();
    for (role, node) in [(Role::Medarbetare, app.enhet), (Role::Controller, app.top)] {
        let (id, email) = (PersonId::new(), format!("{}@demo.se", role.code()));
        let password_hash = web::password::hash(PASSWORD.to_owned()).await;
        let new = NewPerson { id, name: role.label().into(), email, password_hash, roles: vec![(role, node)] };
        store::person::create(&mut tx, now, &new).await.unwrap();
    }
    for (month, n) in [(1, 12), (3, 13), (12, 3)] {
        for _ in 0..n {
            let day = NaiveDate::from_ymd_opt(2025, month, 10).unwrap();
            let form = RapportForm {
                what: "Ett brev låg kvar".into(),
                day: "2025-01-02".into(),
                ror: "brukare".into(),
                consequence: "Ingen".into(),
                done_at_once: "Inget".into(),
                ..RapportForm::default()
            };
            let innehall = Innehall::Rapport(check_rapport(&form, day).unwrap());
            avvikelse::create(&mut tx, now, day, AvvikelseId::new(), app.enhet, innehall).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let chef = app.log_in(CHEF).await;
    let mut others = vec![];
    for role in [Role::Medarbetare, Role::Controller] {
        others.push((role, app.log_in(&format!("{}@demo.se", role.code())).await));
    }
    for (role, cookie) in &others {
        let page = app.get(YEAR, cookie).await.body;
        assert!(
            page.contains("Inget att visa än"),
            "{role:?}: before the house has released anything there is nothing"
        );
    }
    store::avvikelse::frislappt::release_all(&app.state.store, app.state.clock.today()).await.unwrap();
    for (role, cookie) in &others {
        let page = app.get(YEAR, cookie).await.body;
        // the menu has numbers of its own
        let page = page.split("<main").nth(1).unwrap();
        assert!(page.contains("Tillsammans 25 ärenden"), "{role:?}: {page}");
        assert!(page.contains(">Februari–mars<") && page.contains(">13<"), "{role:?}: {page}");
        for exact in ["Exakta antal", ">28<", ">3<"] {
            assert!(!page.contains(exact), "{role:?} reads {exact}");
        }
    }
    let page = app.get(YEAR, &chef).await.body;
    assert!(page.contains("Exakta antal") && page.contains("Bara för er som handlägger") && page.contains(">28<"));
    let page = app.get(&format!("{YEAR}&flik=alla"), &chef).await.body;
    assert!(page.contains("Det som alla ser") && page.contains("Tillsammans 25 ärenden"), "{page}");
    assert!(!page.contains(">28<"), "what she shows others is what they may see");
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn exact_counts_are_asked_for_on_one_page_and_cases_are_counted_in_few_places() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = |folder: &str, is: &dyn Fn(&str) -> bool| {
        let mut files = vec![];
        sources(&root.join(folder), &mut files);
        let mut found: Vec<String> = files
            .into_iter()
            .filter(|path| is(&std::fs::read_to_string(path).unwrap()))
            .map(|path| path.strip_prefix(root.join(folder)).unwrap().display().to_string())
            .collect();
        found.sort();
        found
    };
    assert_eq!(named("app/ui/src", &|text| text.contains("Exakt::of")), ["avvikelse/statistik.rs"]);
    assert_eq!(named("server/web/src", &|text| text.contains("Exakt::of")), [] as [&str; 0]);
    let counts = |text: &str| {
        let of_cases = ["from avvikelse ", "from avvikelse\n", "from avvikelse_gallrad", "from avvikelse_ord"];
        text.contains("count(") && of_cases.iter().any(|from| text.contains(from))
    };
    // the last two are for those who handle cases: what waits to be removed, and the way of a search
    let known = [
        "avvikelse.rs",
        "avvikelse/frislappt.rs",
        "avvikelse/gallring.rs",
        "avvikelse/register.rs",
        "avvikelse/sok.rs",
    ];
    assert_eq!(named("server/store/src", &counts), known, "who else counts cases shows it to whom?");
}

#[tokio::test]
async fn what_nobody_knows_of_a_year_from_before_stays_blank_and_its_categories_are_shown_to_those_who_handle_cases() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (node, page) = (app.enhet.to_string(), "/avvikelser/installningar");
    let fields = [
        ("node", &*node),
        ("form[year]", "2021"),
        ("form[klagomal]", "31"),
        ("form[positiva]", "6"),
        ("form[kategorier]", "Kategori;Positiva synpunkter;Klagomål\nTillgänglighet;2;9\nKontinuitet;;"),
    ];
    app.post("/api/set_avvikelse_ar", &chef, page, &fields).await;
    let rows = text_of(&app.get(page, &chef).await.body);
    assert!(rows.contains("2021316–––––"), "{rows}");
    let exact = text_of(&app.get("/avvikelser/statistik?ar=2021", &chef).await.body);
    assert!(exact.contains("2021 inlästa antal, summan är av de kända37–––316––"), "{exact}");
    assert!(exact.contains("Tillgänglighet2–9") && exact.contains("Kontinuitet–––"), "{exact}");
    assert!(exact.contains("Tillsammans 2 positiva synpunkter och 9 klagomål i raderna som är kända."), "{exact}");
    assert!(!exact.contains("Månader 2021"), "there are none, and none is drawn as zero: {exact}");
    let for_all = text_of(&app.get("/avvikelser/statistik?ar=2021&flik=alla", &chef).await.body);
    assert!(for_all.contains("summan är av de kända37–––316––") && !for_all.contains("Tillgänglighet2"), "{for_all}");
    // what was written comes back to be changed, and what is blank stays blank
    let form = app.get(&format!("{page}?andra=2021"), &chef).await.body;
    assert!(form.contains("Tillgänglighet; 2; 9") && form.contains(r#"value="31""#), "{form}");
    // a year that is pasted keeps the table of categories, which has no columns there, and what does not agree is refused
    let paste = async |rows: &str| {
        let answer = app.post("/api/import_avvikelse_ar", &chef, page, &[("node", &*node), ("rows", rows)]).await;
        text_of(&app.get(answer.to().split('#').next().unwrap(), &chef).await.body)
    };
    let told = paste("År;Klagomål;Positiva synpunkter;Avvikelser\n2021;31;6;–").await;
    assert!(told.contains("Tabellen per kategori för 2021 står kvar"), "{told}");
    let told = paste("År;Klagomål;Avvikelser\n2021;8;").await;
    assert!(told.contains("I tabellen per kategori är klagomålen tillsammans 9, men året har 8."), "{told}");
    let exact = text_of(&app.get("/avvikelser/statistik?ar=2021", &chef).await.body);
    assert!(exact.contains("Tillgänglighet2–9") && exact.contains("37–––316––"), "{exact}");
    // a year of which nothing is known is left out, and a year without categories has none that are zero
    let years = "År;Klagomål;Avvikelser\n2019;;\n2020;12;0";
    let saved = app.post("/api/import_avvikelse_ar", &chef, page, &[("node", &*node), ("rows", years)]).await;
    let told = text_of(&app.get(saved.to().split('#').next().unwrap(), &chef).await.body);
    assert!(told.contains("År 2019 har inga antal och är inte inläst"), "{told}");
    let exact = text_of(&app.get("/avvikelser/statistik?ar=2020", &chef).await.body);
    assert!(exact.contains("120––12–––"), "{exact}");
    assert!(exact.contains("Ingen har angett kategorier för 2020") && !exact.contains("Tillgänglighet0"), "{exact}");
}
