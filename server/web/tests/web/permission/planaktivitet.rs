//! Aktiviteter of plans: what the area says of its server functions.

use domain::verksamhetsplan::{
    aktivitet::{PlanaktivitetForm, PlanaktivitetId, check},
    mal::Benamning,
    plan::PlanId,
};

use super::{Brought, Who};

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let (now, today) = (app.state.clock.now(), app.state.clock.today());
            let year = (app.enhet, 2026);
            let plan =
                store::verksamhetsplan::create(tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
            let mut ids = Vec::new();
            for text in ["Utbildning", "Samverkan"] {
                let id = PlanaktivitetId::new();
                let form = PlanaktivitetForm {
                    text: format!("{text}{called}"),
                    slut: "2026-12-31".into(),
                    ..PlanaktivitetForm::default()
                };
                let content = check(&form, 2026).unwrap();
                store::planaktivitet::create(tx, (now, today), plan, id, &content).await.unwrap();
                ids.push(("PlanaktivitetId", id.to_string()));
            }
            ids
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let second =
            t.brought.iter().filter(|(kind, _)| *kind == "PlanaktivitetId").nth(1).map(|(_, id)| id.clone()).unwrap();
        let of = |version: &str| vec![("id", t.of("PlanaktivitetId")), ("version", s(version))];
        let with = |mut fields: Vec<(&'static str, String)>, more: &[(&'static str, &str)]| {
            fields.extend(more.iter().map(|(name, value)| (*name, s(value))));
            fields
        };
        let form =
            [("form[text]", "Följa enhetens MI-plan"), ("form[start]", "2026-01-01"), ("form[slut]", "2027-12-31")];
        let new = vec![("id", PlanaktivitetId::new().to_string()), ("plan", t.of("PlanId"))];
        vec![
            ("create_planaktivitet", with(new, &form), Who::Chef),
            ("update_planaktivitet", with(of("1"), &form), Who::Chef),
            ("update_planaktivitet_lage", with(of("2"), &[("form[satt]", "pagar"), ("form[skal]", "")]), Who::Chef),
            ("remove_planaktivitet", vec![("id", second), ("version", s("1")), ("reason", s("Fel plan"))], Who::Chef),
        ]
    },
    roles: "
    create_planaktivitet         -MBC---
    update_planaktivitet         -MBC---
    update_planaktivitet_lage    -MBC---
    remove_planaktivitet         -MBC---",
    texts: &[
        ("create_planaktivitet", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("update_planaktivitet", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("create_planaktivitet", "form[mal]", &["{MalId}"]),
        ("update_planaktivitet", "form[mal]", &["{MalId}"]),
    ],
    no_text: &[
        ("/api/create_planaktivitet", "form[start]"),
        ("/api/create_planaktivitet", "form[slut]"),
        ("/api/update_planaktivitet", "form[start]"),
        ("/api/update_planaktivitet", "form[slut]"),
    ],
    no_form: &[],
};
