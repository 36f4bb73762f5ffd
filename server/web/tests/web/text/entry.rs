//! The other ways in: login, the first account, addresses, files; and where a form may lead.

use axum::body::Body;
use http::{Method, StatusCode, header};
use web::state::Settings;

use super::{base, page::Page};
use crate::{
    common::{App, CHEF, PASSWORD, browser},
    import,
};

/// What a browser reads as another site, and what becomes that when something is taken out of it.
const AWAY: [&str; 9] = [
    "//ond.se",
    "/\\ond.se",
    "/\t/ond.se",
    "/\r\n/ond.se",
    "/\0/ond.se",
    "/\u{200b}/ond.se",
    "\\\\ond.se",
    "https://ond.se",
    "javascript:alert(1)",
];

/// A password that is taken from a form.
const OWN: &str = "fyra krokiga lampor";

#[tokio::test]
async fn a_login_with_characters_that_no_database_holds_is_a_wrong_login() {
    let (_folder, databases) = base::databases().await;
    for (name, url) in databases {
        let app = App::at(&url, Settings { database: name, ..Settings::default() }).await;
        // nobody has an account: the first is made in clean characters
        let token = app.state.first_start.token().to_owned();
        let fields = [
            ("token", &*token),
            ("name", "Adminis\0trat\u{202e}o\u{308}r</title><b class=intrang>"),
            ("organisation", "Sta\u{1}den</title><b class=intrang>&amp;"),
            ("email", "admin\0@demo.se"),
            ("password", OWN),
            ("password_again", OWN),
        ];
        let answer = app.post("/start", "", "/start", &fields).await;
        assert_eq!(answer.to(), "/", "{name}");
        let page = Page::read(&app.get("/admin", &answer.cookie()).await.body);
        assert_eq!(page.count(".intrang"), 0);
        assert!(page.texts().iter().any(|t| t == "Staden</title><b class=intrang>&amp;"), "{name}");
        for (email, password) in [("a\0@demo.se", "x"), ("\u{1}", "\0"), ("\u{202e}@demo.se", "x"), ("\0", "demo\0")] {
            let answer = app.try_login(email, password).await;
            assert_eq!(answer.to(), "/logga-in#fel", "{name}: {email:?}");
        }
        assert_eq!(app.try_login("ad\0min@demo.se\u{200b}", OWN).await.to(), "/", "the address is read clean");
        assert_eq!(
            app.try_login("admin@demo.se", &format!("{OWN}\0")).await.to(),
            "/logga-in#fel",
            "a password is not"
        );
        for (at, text) in base::texts(&url).await {
            assert!(base::is_clean(&text), "{name}: {at} holds {text:?}");
        }
    }
}

#[tokio::test]
async fn nothing_that_is_typed_or_sent_along_leads_to_another_site() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let stays = |to: &str| {
        let path = to.split('#').next().unwrap_or_default();
        assert!(domain::link::local(path).is_some() && !to.contains("ond.se:"), "{to:?}");
        assert!(!to.starts_with("//") && !to.starts_with("/\\"), "{to:?}");
    };
    for away in AWAY {
        let fields = [("email", CHEF), ("password", PASSWORD), ("till", away)];
        stays(app.post("/logga-in", "", "/logga-in", &fields).await.to());
        let query = serde_urlencoded::to_string([("till", away)]).unwrap();
        stays(app.get(&format!("/logga-in?{query}"), &chef).await.to());
        let id = domain::id::EgenkontrollId::new().to_string();
        for plan in ["egenkontroll", "internkontroll"] {
            let back = format!("/{plan}{away}");
            for back in [away, &back] {
                let fields = [("id", &*id), ("version", "1"), ("back", back)];
                stays(app.post(&format!("/api/update_{plan}"), &chef, "/", &fields).await.to());
            }
        }
        let Ok(referer) = http::HeaderValue::from_str(&format!("http://localhost:3000{away}")) else { continue };
        let request = browser(Method::POST, "/api/set_theme", &chef)
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, referer)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("theme=dark"))
            .unwrap();
        stays(app.send(request).await.to());
    }
}

#[tokio::test]
async fn a_plan_from_a_file_is_text_and_nothing_else() {
    let (_folder, databases) = base::databases().await;
    for (name, url) in databases {
        let app = App::at(&url, Settings { database: name, ..Settings::default() }).await;
        app.people().await;
        let chef = app.log_in(CHEF).await;
        let goal = "</textarea></title><b class=intrang>&amp;\u{1}\u{202e}a\u{30a}\u{ad}";
        let csv = format!("Kontrollmål;Vad;Hur ofta\r\n\"{goal}\";\"{goal}\r\n\r\nx\";Varje månad\r\n");
        let (preview, _) = import::previewed(&app, &chef, "egenkontroll", "2026", "plan.csv", csv.as_bytes()).await;
        assert_eq!(Page::read(&app.get(&preview, &chef).await.body).count(".intrang"), 0);
        import::confirmed(&app, &chef, "egenkontroll", &preview).await;
        let read = "</textarea></title><b class=intrang>&amp;å";
        let texts = base::texts(&url).await;
        assert!(texts.iter().any(|(at, text)| at == "egenkontroll.kontrollmal" && text == read), "{name}");
        assert!(texts.iter().all(|(_, text)| base::is_clean(text)), "{name}");
        let mut tx = app.state.store.system(false).await.unwrap();
        let row = store::plan::list::<domain::egenkontroll::Content>(&mut tx, app.enhet, 2026).await.unwrap().remove(0);
        drop(tx);
        for path in ["", "/redigera", "?flik=historik"].map(|end| format!("/egenkontroll/{}{end}", row.id)) {
            let page = Page::read(&app.get(&path, &chef).await.body);
            assert_eq!((page.count(".intrang"), page.count("title")), (0, 1), "{path}");
            assert!(page.texts().iter().any(|t| t.contains(read)), "{path}");
        }
    }
}

/// Opens every address that was seen with what nobody types: in its query, in the place of its ids.
pub async fn addresses(app: &App, cookie: &str, pages: &[String], keys: &[String]) {
    let odd = "%00%01%E2%80%AE%EF%BF%BEa%CC%8A%FF";
    let mut asked = std::collections::BTreeSet::new();
    for path in pages {
        let (path, _) = path.split_once('?').unwrap_or((path, ""));
        let query: Vec<String> = keys.iter().map(|key| format!("{key}={odd}")).collect();
        let path_of = super::shape(path);
        asked.insert((path_of.clone(), format!("{path}?{}", query.join("&"))));
        asked.insert((path_of.clone(), format!("{path}?{odd}={odd}")));
        asked.insert((path_of.clone(), path_of.replace("{id}", odd).replace('#', odd)));
    }
    asked.insert((String::new(), format!("/{odd}")));
    asked.insert((String::new(), format!("/skarm/{odd}")));
    asked.insert((String::new(), format!("/avvikelser/{odd}/bilagor/{odd}")));
    asked.insert((String::new(), format!("/avvikelser/export.xlsx?enhet={odd}&q={odd}")));
    asked.insert((String::new(), format!("/atgarder/export.xlsx?enhet={odd}&q={odd}")));
    asked.insert((String::new(), format!("/egenkontroll/export.xlsx?enhet={odd}&ar={odd}")));
    let mut known = std::collections::BTreeMap::new();
    for (of, address) in asked {
        // some of each kind
        let count = known.entry((of, address.contains('?'))).or_insert(0);
        *count += 1;
        if *count > 3 {
            continue;
        }
        let answer = app.get(&address, cookie).await;
        assert!(answer.status.as_u16() < 500, "{address}: {}", answer.body);
    }
}

/// The words of a document, as its reader reads them.
pub async fn document(app: &App, cookie: &str, path: &str) -> String {
    let file = app.get(path, cookie).await;
    assert_eq!(file.status, StatusCode::OK, "{path}");
    file.words
}
