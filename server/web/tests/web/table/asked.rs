//! What the page asks and says of a workbook, and that the command line does the same.

use http::StatusCode;
use web::{
    config::{Import, ImportKind},
    import::run_cli,
};

use super::*;
use crate::{
    common::{App, CHEF},
    import::{bromma, confirmed, previewed, rows, text_of, upload},
};

/// Two years' plans and a sheet of help in one workbook.
fn two_years() -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet().set_name("Hjälp").unwrap(), 0, &["Så fyller du i planen"]);
    for (name, goals) in [("2025", &["Gammalt mål"][..]), ("2026", &["Trygghet", "Delaktighet"])] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        write(sheet, 0, &["Kontrollmål", "Periodicitet"]);
        for (row, goal) in (1..).zip(goals) {
            write(sheet, row, &[goal, "varje månad"]);
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[tokio::test]
async fn when_several_sheets_can_be_meant_it_is_asked() {
    let (app, cookie) = bromma().await;
    let (asked, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.xlsx", &two_years()).await;
    assert!(page.contains("Vilket blad ska läsas in som egenkontrollplan?"), "{page}");
    assert!(page.contains("Arbetsboken har 2 blad som kan vara planen."), "{page}");
    assert!(page.contains("2025 1 rad") && page.contains("2026 2 rader"), "{page}");
    let html = app.get(&asked, &cookie).await.body.replace("&amp;", "&");
    let chosen = format!("{asked}&blad=2#resultat");
    assert!(html.contains(&chosen), "{chosen}\n{html}");
    let preview = format!("{asked}&blad=2");
    let page = text_of(&app.get(&preview, &cookie).await.body);
    assert!(page.contains("2 nya rader, 0 finns redan, 0 behöver rättas"), "{page}");
    assert!(
        page.contains("Bladet ”2026” är läst. Arbetsboken har också bladen ”Hjälp” och ”2025”, som inte är lästa."),
        "{page}"
    );
    confirmed(&app, &cookie, "egenkontroll", &preview).await;
    let written = rows(&app, 2026).await;
    assert_eq!(written.iter().map(|r| r.content.kontrollmal.as_str()).collect::<Vec<_>>(), ["Trygghet", "Delaktighet"]);
    // the other sheet of the same file is another table
    confirmed(&app, &cookie, "egenkontroll", &format!("{asked}&blad=1")).await;
    assert_eq!(rows(&app, 2026).await.len(), 3);
    // a sheet that is none is asked about again
    let page = text_of(&app.get(&format!("{asked}&blad=7"), &cookie).await.body);
    assert!(page.contains("Vilket blad ska läsas in"), "{page}");
}

#[tokio::test]
async fn what_would_be_late_at_once_is_said_before_it_is_written() {
    let (app, cookie) = bromma().await;
    let today = app.state.clock.today();
    let year = chrono::Datelike::year(&today) - 1;
    let start = format!("{year}-11-01");
    let text = format!("Kontrollmål;Periodicitet;Start\nVåld;varje månad;\nANDT;kvartal;\nBarn;varje månad;{start}\n");
    let year = year.to_string();
    let (_, page) = previewed(&app, &cookie, "egenkontroll", &year, "plan.csv", text.as_bytes()).await;
    // twelve months, four quarters, and November and December
    assert!(page.contains("18 tillfällen blir försenade direkt: deras tid har redan gått ut (i dag är det "), "{page}");
    let ahead = (chrono::Datelike::year(&today) + 1).to_string();
    let text = "Kontrollmål;Periodicitet\nVåld;varje månad\n";
    let (_, page) = previewed(&app, &cookie, "egenkontroll", &ahead, "plan.csv", text.as_bytes()).await;
    assert!(!page.contains("försenade direkt"), "{page}");
    // both levels of an internkontroll
    let text = "Systematisk kontroll;Kontrollaktivitet;Utförs\nAtt det görs;Listan läses;tertial\n";
    let (_, page) = previewed(&app, &cookie, "internkontroll", &year, "plan.csv", text.as_bytes()).await;
    assert!(page.contains("6 tillfällen blir försenade direkt"), "{page}");
}

#[tokio::test]
async fn browser_and_command_line_read_the_same() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let folder = std::env::temp_dir().join(format!("kvalitet-tabell-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    for (number, (file, plan, new)) in (0..).zip([
        (PROCESS, "internkontroll", 4),
        (KONTROLLMAL, "egenkontroll", 4),
        (TWO_HEADS, "egenkontroll", 2),
        (FORMULAS, "internkontroll", 3),
        (NUMBERED, "egenkontroll", 3),
        (PER_CENT, "egenkontroll", 4),
        (WORKBOOK22, "egenkontroll", 1),
        (BACKSLASHES, "egenkontroll", 1),
    ]) {
        let (name, bytes) = file;
        let year = 2030 + number;
        let expected = if new == 1 { "1 ny rad, 0 finns".to_owned() } else { format!("{new} nya rader, 0 finns") };
        let (_, page) = previewed(&app, &cookie, plan, &year.to_string(), name, bytes).await;
        assert!(page.contains(&expected) && page.contains("Bladet ”"), "{name}: {page}");
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let kind = if plan == "egenkontroll" { ImportKind::Egenkontroll } else { ImportKind::Internkontroll };
        let import = Import {
            kind,
            file: path,
            enhet: "Bromma".into(),
            ar: year,
            flytta_datum: false,
            blad: None,
            kodning: None,
            rakna_fran: None,
            dry_run: false,
        };
        run_cli(&app.state.store, &import, app.state.clock).await.unwrap();
        let (_, page) = previewed(&app, &cookie, plan, &year.to_string(), name, bytes).await;
        assert!(page.contains(&format!("0 nya rader, {new} finns redan, 0 behöver rättas")), "{name}: {page}");
        assert!(!page.contains("Skiljer sig"), "{name}: {page}");
    }
    // a file that cannot be read without a question asks it
    let path = folder.join("plan.xlsx");
    std::fs::write(&path, two_years()).unwrap();
    let mut import = Import {
        kind: ImportKind::Egenkontroll,
        file: path,
        enhet: "Bromma".into(),
        ar: 2026,
        flytta_datum: false,
        blad: None,
        kodning: None,
        rakna_fran: None,
        dry_run: false,
    };
    let refused = run_cli(&app.state.store, &import, app.state.clock).await.unwrap_err().to_string();
    assert_eq!(refused, "2 blad kan vara planen: ”2025”, ”2026”. Ange vilket med --blad.");
    import.blad = Some("Hjälp".to_owned());
    let refused = run_cli(&app.state.store, &import, app.state.clock).await.unwrap_err().to_string();
    assert_eq!(refused, "Inget blad som kan vara planen heter ”Hjälp”. Här finns: ”2025”, ”2026”.");
    import.blad = Some("2026".to_owned());
    run_cli(&app.state.store, &import, app.state.clock).await.unwrap();
    assert_eq!(rows(&app, 2026).await.len(), 2);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_table_of_a_web_page_is_refused_with_the_way_out() {
    let (app, cookie) = bromma().await;
    let page = b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>Nr</td></tr></table></html>";
    let fields = [("enhet", &*app.enhet.to_string()), ("ar", "2026")];
    let answer = upload(&app, &cookie, "egenkontroll", &fields, Some(("plan.xls", page))).await;
    let page = app.get(answer.to().trim_end_matches("#fel"), &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    let said = "Filen är en webbsida (HTML), fast den heter .xls. Öppna den i Excel och spara den som xlsx";
    assert!(text_of(&page.body).contains(said), "{}", page.body);
}
