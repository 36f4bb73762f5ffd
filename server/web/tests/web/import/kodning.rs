//! A CSV file that does not say how its letters are written: it is judged, said, and can be read in another way.

use super::{bromma, confirmed, previewed, rows};
use crate::common::CHEF;
use domain::kodning::Kodning;

const PLAN: &str = "Kontrollmål;Vad kontrolleras;Hur mäts;Hur ofta;Ansvarig\n\
                    Återkoppling på ärenden;Öppna ärenden;Aktgranskning;varje år;Enhetschef\n";

/// CP850 of the letters that the plan has.
fn dos(text: &str) -> Vec<u8> {
    let letters = [('å', 0x86), ('ä', 0x84), ('ö', 0x94), ('Å', 0x8f), ('Ä', 0x8e), ('Ö', 0x99)];
    let byte =
        |c: char| letters.iter().find(|(l, _)| *l == c).map_or_else(|| u8::try_from(c).unwrap(), |(_, byte)| *byte);
    text.chars().map(byte).collect()
}

#[tokio::test]
async fn a_plan_is_read_whichever_program_wrote_it_and_the_page_says_as_what() {
    let (app, chef) = bromma().await;
    for (kodning, bytes) in [
        (Kodning::Windows, encoding_rs::WINDOWS_1252.encode(PLAN).0.into_owned()),
        (Kodning::Macintosh, encoding_rs::MACINTOSH.encode(PLAN).0.into_owned()),
        (Kodning::Cp850, dos(PLAN)),
    ] {
        let (to, page) = previewed(&app, &chef, "egenkontroll", "2026", "plan.csv", &bytes).await;
        assert!(page.contains(&format!("Filen är läst som {}.", kodning.label())), "{page}");
        assert!(page.contains("Återkoppling på ärenden") && page.contains("Läs in 1 rad"), "{page}");
        // in another way the letters are others, and the way back is there
        let other = Kodning::JUDGED.into_iter().find(|k| *k != kodning).unwrap();
        let html = app.get(&to, &chef).await.body;
        let link = format!("Läs som {}", other.label());
        let href = html[..html.find(&link).unwrap()].rsplit("href=\"").next().unwrap().split('"').next().unwrap();
        let page = app.get(href.replace("&amp;", "&").split('#').next().unwrap(), &chef).await.body;
        assert!(page.contains(&format!("Filen är läst som {}.", other.label())), "{page}");
        assert!(!page.contains("Återkoppling på"), "{page}");
        assert!(page.contains(&format!("Läs som {}", kodning.label())), "{page}");
    }
    // UTF-16 without a mark says itself what it is
    let bytes: Vec<u8> = PLAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (to, page) = previewed(&app, &chef, "egenkontroll", "2026", "plan.csv", &bytes).await;
    assert!(!page.contains("Filen är läst som") && page.contains("Återkoppling på ärenden"), "{page}");
    confirmed(&app, &chef, "egenkontroll", &to).await;
    assert_eq!(rows(&app, 2026).await.len(), 1, "{CHEF}");
}

#[tokio::test]
async fn letters_that_nobody_can_judge_are_asked_about_before_anything_can_be_read_in() {
    let (app, chef) = bromma().await;
    let mut bytes = b"Kontrollmal;Vad kontrolleras;Hur mats;Hur ofta;Ansvarig\nKod ".to_vec();
    bytes.extend([0xd0, 0xf0, 0xfe]);
    bytes.extend(b";Akter;Granskning;varje manad;Enhetschef\n");
    let (to, page) = previewed(&app, &chef, "egenkontroll", "2026", "plan.csv", &bytes).await;
    assert!(page.contains("Bokstäverna i filen kan läsas på flera sätt."), "{page}");
    assert!(!page.contains("Läs in 1 rad"), "nothing is read in on a guess: {page}");
    let html = app.get(&to, &chef).await.body;
    let href = html[..html.rfind(" är rätt").unwrap()].rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    let page = app.get(href.replace("&amp;", "&").split('#').next().unwrap(), &chef).await.body;
    assert!(page.contains("Läs in") && !page.contains("kan läsas på flera sätt"), "{page}");
}
