//! What is sent together with a file: the words of a new stickprov and its list, and the name of a file.

use axum::body::Body;
use domain::id::AvvikelseId;
use web::{bilaga::Key, state::Settings};

use super::{base, page::Page};
use crate::{
    avvikelse,
    common::{App, CHEF},
    genomforande::{self, NO_FILE},
};

const TYPED: &str = "</textarea></title><b class=intrang>&amp;\u{1}\u{202e}a\u{30a}";
const READ: &str = "</textarea></title><b class=intrang>&amp;å";
const PDF: &[u8] =
    b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

#[tokio::test]
async fn what_is_typed_beside_a_file_and_what_a_file_is_called_is_text() {
    let (_folder, databases) = base::databases().await;
    for (name, url) in databases {
        let settings = Settings { database: name, attachment_key: Some(Key::random()), ..Settings::default() };
        let app = App::at(&url, settings).await;
        app.people().await;
        let chef = app.log_in(CHEF).await;
        stickprov(&app, &chef, name).await;
        file(&app, &chef, name).await;
        for (at, text) in base::texts(&url).await {
            assert!(base::is_clean(&text), "{name}: {at} holds {text:?}");
        }
    }
}

async fn stickprov(app: &App, chef: &str, name: &str) {
    let id = genomforande::occurrence(app).await;
    let (kriterier, lista) = (format!("\r\n{TYPED}\r\n\r\nSaklig"), format!("{TYPED}\tK\r\nEB-2\tM"));
    let fields = |urval| {
        [
            ("tillfalle", &*id),
            ("kind", "stickprov"),
            ("kriterier", &*kriterier),
            ("urval", urval),
            ("population", ""),
            ("lista", &*lista),
            ("spara_mall", "on"),
        ]
    };
    // too many: everything comes back in its field
    let refused = genomforande::start(app, chef, &fields("20"), NO_FILE).await;
    let page = Page::read(&app.get(refused.to(), chef).await.body);
    assert_eq!(page.count(".intrang"), 0, "{name}");
    let values: Vec<String> = page.forms().into_iter().flat_map(|f| f.controls).map(|c| c.value).collect();
    assert!(values.contains(&format!("\n{READ}\n\nSaklig")), "{name}: {values:?}");
    assert!(values.contains(&format!("{READ}\tK\nEB-2\tM")), "{name}: {values:?}");
    // another of the same kind is drawn, and shown
    let run = genomforande::start(app, chef, &fields("2"), NO_FILE).await.to().to_owned();
    for path in [run.clone(), format!("{run}/dokumentation")] {
        let page = Page::read(&app.get(&path, chef).await.body);
        assert_eq!((page.count(".intrang"), page.count("title")), (0, 1), "{name}: {path}");
        assert!(page.texts().iter().any(|t| t.contains(READ)), "{name}: {path}");
    }
}

async fn file(app: &App, chef: &str, name: &str) {
    let id = AvvikelseId::new().to_string();
    avvikelse::report(app, chef, &id, "Med fil").await.to();
    let path = format!("/avvikelser/{id}/bilagor");
    let called = "<b class=intrang>&amp; a\u{30a}.pdf";
    let kept = app.send(avvikelse::upload(&path, chef, Body::from(avvikelse::part(called, PDF)), None)).await;
    let page = Page::read(&app.get(kept.to(), chef).await.body);
    assert_eq!((page.count(".intrang"), page.count("title")), (0, 1), "{name}");
    // what a header or a file system would read otherwise is not in a name
    assert!(page.texts().iter().any(|t| t == "b classintrang&amp å.pdf"), "{name}: {:?}", page.texts());
}
