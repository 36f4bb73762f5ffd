//! Förslag: what the area says of its server functions.

use domain::id::ForslagId;

use super::{Brought, Who};

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let (id, now, today) = (ForslagId::new(), app.state.clock.now(), app.state.clock.today());
            let text = format!("Egen kö{called}");
            let said = (domain::forslag::Kind::Forslag, &*text, false);
            store::forslag::create(tx, (now, today), id, app.enhet, said).await.unwrap();
            vec![("ForslagId", id.to_string())]
        })
    },
    lines: |t| {
        let fields = vec![("id", t.of("ForslagId")), ("version", "1".to_owned()), ("to", "diskuteras".to_owned())];
        vec![("set_forslag_state", fields, Who::Chef)]
    },
    roles: "set_forslag_state -MBC---",
    texts: &[],
    no_text: &[],
    no_form: &[],
};
