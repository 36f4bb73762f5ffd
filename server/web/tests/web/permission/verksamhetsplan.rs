//! Verksamhetsplan: what the area says of its server functions.

use domain::verksamhetsplan::{
    mal::{Benamning, Form, MalId, check},
    plan::PlanId,
};

use super::{Brought, Who};

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let (now, id, mal) = (app.state.clock.now(), PlanId::new(), MalId::new());
            let id =
                store::verksamhetsplan::create(tx, now, id, (app.enhet, 2026), Benamning::Enhetsmal).await.unwrap();
            let form =
                Form { niva: "enhetsmal".into(), titel: format!("Egen försörjning{called}"), ..Form::default() };
            let content = check(&form).unwrap();
            store::verksamhetsplan::mal::create(tx, now, id, (mal, None), &content).await.unwrap();
            vec![("PlanId", id.to_string()), ("MalId", mal.to_string())]
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let new = PlanId::new().to_string();
        vec![(
            "create_verksamhetsplan",
            vec![("id", new), ("node", t.unit.clone()), ("year", s("2027")), ("benamning", s("atagande"))],
            Who::Chef,
        )]
    },
    roles: "create_verksamhetsplan -MBC---",
    texts: &[],
    no_text: &[("/api/create_verksamhetsplan", "year")],
    no_form: &["create_verksamhetsplan"],
};
