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
            // a plan that no other line takes a step with
            let year = (app.enhet, 2029);
            let plan =
                store::verksamhetsplan::create(tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
            let mut ids = vec![("PlanId", plan.to_string())];
            for text in ["Utbildning", "Samverkan"] {
                let id = PlanaktivitetId::new();
                let form = PlanaktivitetForm {
                    text: format!("{text}{called}"),
                    slut: "2029-12-31".into(),
                    ..PlanaktivitetForm::default()
                };
                let content = check(&form, 2029).unwrap();
                store::planaktivitet::create(tx, (now, today), plan, id, &content).await.unwrap();
                ids.push(("PlanaktivitetId", id.to_string()));
            }
            ids
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        // the plan that stands before them
        let first = t.brought.iter().position(|(kind, _)| *kind == "PlanaktivitetId").unwrap();
        let plan = t.brought[..first].iter().rfind(|(kind, _)| *kind == "PlanId").map(|(_, id)| id.clone()).unwrap();
        let second =
            t.brought.iter().filter(|(kind, _)| *kind == "PlanaktivitetId").nth(1).map(|(_, id)| id.clone()).unwrap();
        let of = |version: &str| vec![("id", t.of("PlanaktivitetId")), ("version", s(version))];
        let with = |mut fields: Vec<(&'static str, String)>, more: &[(&'static str, &str)]| {
            fields.extend(more.iter().map(|(name, value)| (*name, s(value))));
            fields
        };
        let form =
            [("form[text]", "Följa enhetens MI-plan"), ("form[start]", "2029-01-01"), ("form[slut]", "2030-12-31")];
        let new = vec![("id", PlanaktivitetId::new().to_string()), ("plan", plan)];
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
