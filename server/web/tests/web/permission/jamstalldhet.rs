//! Jämställdhetsanalyser: what they say of their server functions, beside those of series.

use domain::siffror::jamstalldhet::{
    Form,
    analys::{JamstalldhetId, check_skriven},
};

use super::{Brought, Who};

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let (now, today) = (app.state.clock.now(), app.state.clock.today());
            let id = JamstalldhetId::new();
            let form = Form { fraga: format!("Lika ofta?{called}"), ..Form::default() };
            let asked = check_skriven(&form, ("", ""), today).unwrap();
            store::serie::jamstalldhet::create(tx, now, id, app.enhet, &asked).await.unwrap();
            vec![("JamstalldhetId", id.to_string())]
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let written = |mut fields: Vec<(&'static str, String)>| {
            fields.extend([
                ("serie", t.of("SerieId")),
                ("datum", s("2026-01-12")),
                ("form[fraga]", s("Har kvinnor och män förändringsplan lika ofta?")),
                ("form[namn_a]", s("Kvinnor")),
                ("form[namn_b]", s("Män")),
            ]);
            fields
        };
        let new = vec![("id", JamstalldhetId::new().to_string()), ("node", t.unit.clone())];
        let there = vec![("id", t.of("JamstalldhetId")), ("version", s("1"))];
        vec![
            ("create_jamstalldhetsanalys", written(new), Who::Chef),
            ("update_jamstalldhetsanalys", written(there), Who::Chef),
        ]
    },
    roles: "
    create_jamstalldhetsanalys   -MBC---
    update_jamstalldhetsanalys   -MBC---",
    texts: &[
        ("create_jamstalldhetsanalys", "serie", &["{SerieId}"]),
        ("update_jamstalldhetsanalys", "serie", &["{SerieId}"]),
    ],
    no_text: &[
        ("/api/create_jamstalldhetsanalys", "datum"),
        ("/api/create_jamstalldhetsanalys", "form[taljare_a]"),
        ("/api/create_jamstalldhetsanalys", "form[namnare_a]"),
        ("/api/create_jamstalldhetsanalys", "form[taljare_b]"),
        ("/api/create_jamstalldhetsanalys", "form[namnare_b]"),
        ("/api/update_jamstalldhetsanalys", "datum"),
        ("/api/update_jamstalldhetsanalys", "form[taljare_a]"),
        ("/api/update_jamstalldhetsanalys", "form[namnare_a]"),
        ("/api/update_jamstalldhetsanalys", "form[taljare_b]"),
        ("/api/update_jamstalldhetsanalys", "form[namnare_b]"),
    ],
    no_form: &[],
};
