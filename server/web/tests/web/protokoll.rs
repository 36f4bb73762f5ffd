//! The minutes of a long meeting: the page, the Word file and the PDF hold the same words, and they are those of the meeting
//! whatever happens afterwards.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use domain::{
    apt::{BildForm, Content, Kind, Slag},
    id::{AptId, BeslutId},
};
use http::StatusCode;
use store::apt::{self, protokoll, punkt};

use crate::common::{App, CHEF};

const TEXT: &str = "## Larmen i huset\n\nVi **provar** larmen, se [rutinen](https://intranat.example.se/larm).\n\n\
                    1. Tryck på knappen\n2. Vänta på svar\n   - den som svarar skriver upp det\n\n> Det tog en minut";
const TABLE: &str = "Vad\tjan\tfeb\tmar\tapr\tmaj\tjun\tjul\nAnsökningar\t1 346\t12\t9\t10\t9\t8\t6";

/// A meeting of two hours: each point has a note, some have decisions, topics and slides.
async fn long_meeting(app: &App) -> AptId {
    let (mut tx, id, now) = (app.write().await, AptId::new(), app.state.clock.now());
    let on = app.state.clock.today();
    let content = Content {
        kind: Kind::Apt,
        on,
        time: "13.00–15.00".into(),
        place: "Stora salen".into(),
        chair: None,
        secretary: None,
    };
    apt::create(&mut tx, now, id, app.enhet, &content, None).await.unwrap();
    let points = punkt::list(&mut tx, id).await.unwrap();
    let first = points[0].id;
    for slag in [Slag::Text, Slag::Tabell] {
        punkt::create_bild(&mut tx, now, id, first, slag).await.unwrap();
    }
    let points = punkt::list(&mut tx, id).await.unwrap();
    for bild in points.iter().find(|p| p.id == first).unwrap().bilder.iter().filter(|b| b.slag.is_typed()) {
        let text = if bild.slag == Slag::Text { TEXT } else { TABLE };
        let rubrik = format!("Rubriken för {}", bild.slag.label());
        let form =
            BildForm { rubrik, text: text.into(), stod: "Bara för den som visar".into(), ..BildForm::default() };
        punkt::update_bild(&mut tx, now, (id, bild.id, bild.version), &form).await.unwrap().unwrap();
    }
    for point in &points {
        let said = format!(
            "Vi gick igenom {} noga.\nAlla fick säga vad de tyckte, och <några> skrev \"själva\".",
            point.title
        );
        let long = format!("{said}\n{}", "Sedan talade vi om hur det går till i vardagen. ".repeat(12));
        let version = punkt::list(&mut tx, id).await.unwrap().into_iter().find(|p| p.id == point.id).unwrap().version;
        protokoll::save_note(&mut tx, now, (id, point.id, version), &long).await.unwrap();
        let beslut = format!("Vi fortsätter med {}", point.title);
        protokoll::create_beslut(&mut tx, now, (id, point.id), BeslutId::new(), &beslut).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

/// Every letter in its order, whatever stands between the elements that hold them.
fn unbroken<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().flat_map(str::split_whitespace).collect()
}

fn counted<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for word in texts.into_iter().flat_map(str::split_whitespace) {
        *out.entry(word.to_owned()).or_default() += 1;
    }
    out
}

#[tokio::test]
async fn page_word_and_pdf_hold_the_same_words_and_they_are_those_of_the_meeting() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = long_meeting(&app).await;
    let (meeting, page) = (id.to_string(), format!("/apt/{id}"));
    let ended = [("id", meeting.as_str()), ("version", "1"), ("to", "avslutat")];
    app.post("/api/set_apt_state", &chef, &page, &ended).await.to();

    let read = app.get(&format!("{page}/protokoll"), &chef).await.body;
    let html = scraper::Html::parse_document(&read);
    let article = scraper::Selector::parse("#protokollet").unwrap();
    let article = html.select(&article).next().unwrap();
    // the words in a chart are strokes of a picture in Word
    let in_chart = |node: scraper::ElementRef<'_>| {
        node.ancestors().filter_map(scraper::ElementRef::wrap).any(|e| e.value().name() == "svg")
    };
    let texts = article
        .descendants()
        .filter_map(|node| Some((node.value().as_text()?, node.parent().and_then(scraper::ElementRef::wrap)?)));
    let on_page =
        unbroken(texts.filter(|(_, of)| of.value().name() != "svg" && !in_chart(*of)).map(|(text, _)| &**text));
    for words in
        ["Larmen i huset", "Rubriken för Text, bild och fråga", "Tryck på knappen", "1 346", "Stora salen", "jul"]
    {
        assert!(article.text().any(|text| text.contains(words)), "{words}: {read}");
    }
    assert!(!read.contains("Bara för den som visar"), "what only the one who presents sees is not in the minutes");
    assert!(read.contains("<th scope=\"col\"") && read.contains("<th scope=\"row\"") && read.contains("<ol"), "{read}");

    // the charts of the slides too, and nothing of them leads anywhere
    let wheel_of = |page: &str| {
        let figures =
            page.split("<figure class=\"document-figure\">").skip(1).filter_map(|f| f.split("</figure>").next());
        figures.map(str::to_owned).find(|figure| figure.contains("class=\"wheel\"")).unwrap()
    };
    let wheel = wheel_of(&read);
    assert!(wheel.contains("role=\"img\" aria-label=\"Årshjul") && !wheel.contains("<a "), "{wheel}");
    assert!(wheel.contains("Årshjulet som det såg ut när mötet slutade"), "{wheel}");

    let word = app.get(&format!("{page}/protokoll.docx"), &chef).await;
    let media = zip::ZipArchive::new(std::io::Cursor::new(&word.bytes)).unwrap();
    assert!(media.file_names().any(|name| name == "word/media/bild1.png"), "the wheel is a picture in Word");
    assert_eq!(word.status, StatusCode::OK);
    // the title and the line under it stand outside the article on the page
    assert_eq!(on_page, unbroken(word.words.lines().skip(2)), "the page and Word");
    let in_word = counted(word.words.lines());

    let pdf = app.get(&format!("{page}/protokoll.pdf"), &chef).await;

    let in_pdf = counted([&*pdf.words]);
    let missing: Vec<_> = in_word.iter().filter(|(word, n)| in_pdf.get(*word).is_none_or(|m| m < n)).collect();
    assert!(missing.is_empty(), "{missing:?} in {}", pdf.words);

    // a slide that is changed afterwards changes no minutes
    let mut tx = app.write().await;
    let points = punkt::list(&mut tx, id).await.unwrap();
    let bild = points.iter().flat_map(|p| &p.bilder).find(|b| b.slag == Slag::Text).unwrap();
    let form = BildForm { rubrik: "Något annat".into(), text: "Efteråt".into(), ..BildForm::default() };
    let at = (id, bild.id, bild.version);
    punkt::update_bild(&mut tx, app.state.clock.now(), at, &form).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let again = app.get(&format!("{page}/protokoll.docx"), &chef).await;
    assert_eq!(again.words, word.words, "minutes say what was true at the meeting");
    let later = app.get(&format!("{page}/protokoll"), &chef).await.body;
    assert_eq!(wheel_of(&later), wheel, "and so do their charts");
}
