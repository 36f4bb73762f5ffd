//! Verksamhetsplan: what the area says of its server functions.

use domain::{
    schedule::Responsible,
    verksamhetsplan::{
        mal::{Benamning, Form, MalId, check},
        plan::{
            PlanId,
            kapitel::{Content, KapitelId},
        },
    },
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
            let kapitel = KapitelId::new();
            let content = Content {
                rubrik: format!("Klimat{called}"),
                text: format!("Färdsätt{called}"),
                efter_malen: false,
                responsible: Responsible::Nobody,
                senast: None,
            };
            store::verksamhetsplan::kapitel::create(tx, now, id, kapitel, &content).await.unwrap();
            vec![("PlanId", id.to_string()), ("MalId", mal.to_string()), ("KapitelId", kapitel.to_string())]
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let new = PlanId::new().to_string();
        let of_plan =
            |id: &str, version: &str| vec![("id", t.of(id)), ("plan", t.of("PlanId")), ("version", s(version))];
        let with = |mut fields: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
            fields.extend(more);
            fields
        };
        let goal = || vec![("form[niva]", s("enhetsmal")), ("form[titel]", s("Färdsätt"))];
        let (new_mal, new_kapitel) = (MalId::new().to_string(), KapitelId::new().to_string());
        let plan = || ("plan", t.of("PlanId"));
        // a table that is not kept any longer: the page says so
        let vald = format!("underlag={}", PlanId::new());
        vec![
            (
                "create_verksamhetsplan",
                vec![("id", new.clone()), ("node", t.unit.clone()), ("year", s("2028")), ("benamning", s("atagande"))],
                Who::Chef,
            ),
            ("create_mal", with(vec![("id", new_mal), plan(), ("under", s(""))], goal()), Who::Chef),
            ("update_mal", with(of_plan("MalId", "1"), goal()), Who::Chef),
            ("move_mal", with(of_plan("MalId", "2"), vec![("under", s("")), ("fore", s(""))]), Who::Chef),
            ("remove_mal", of_plan("MalId", "3"), Who::Chef),
            ("import_malkedja", vec![plan(), ("vald", vald), ("sett", s(""))], Who::Chef),
            ("create_kapitel", vec![("id", new_kapitel), plan(), ("form[rubrik]", s("Barn"))], Who::Chef),
            ("mark_kapitel", with(of_plan("KapitelId", "1"), vec![("klart", s("true"))]), Who::Chef),
            (
                "update_kapitel",
                with(of_plan("KapitelId", "2"), vec![("form[rubrik]", s("Klimat")), ("form[text]", s("Resor"))]),
                Who::Chef,
            ),
            ("move_kapitel", vec![("id", t.of("KapitelId")), plan(), ("earlier", s("true"))], Who::Chef),
            ("remove_kapitel", of_plan("KapitelId", "3"), Who::Chef),
            ("copy_verksamhetsplan", vec![plan(), ("new", PlanId::new().to_string())], Who::Chef),
            ("set_plan_steg", vec![plan(), ("version", s("1")), ("form[steg]", s("foresla"))], Who::Chef),
        ]
    },
    roles: "
    create_verksamhetsplan       -MBC---
    create_mal                   -MBC---
    update_mal                   -MBC---
    move_mal                     -MBC---
    remove_mal                   -MBC---
    import_malkedja              -MBC---
    create_kapitel               -MBC---
    mark_kapitel                 -MBC---
    update_kapitel               -MBC---
    move_kapitel                 -MBC---
    remove_kapitel               -MBC---
    copy_verksamhetsplan         -MBC---
    set_plan_steg                -MBC---",
    texts: &[
        ("create_mal", "under", &["{MalId}"]),
        ("move_mal", "under", &["{MalId}"]),
        ("move_mal", "fore", &["{MalId}"]),
        ("create_kapitel", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("update_kapitel", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
    ],
    no_text: &[
        ("/api/create_verksamhetsplan", "year"),
        ("/api/create_mal", "form[nr]"),
        ("/api/update_mal", "form[nr]"),
        ("/api/create_kapitel", "form[senast]"),
        ("/api/update_kapitel", "form[senast]"),
    ],
    no_form: &[
        "create_verksamhetsplan",
        // choices and steps
        "move_mal",
        "remove_mal",
        "import_malkedja",
        "mark_kapitel",
        "move_kapitel",
        "remove_kapitel",
        "copy_verksamhetsplan",
        // its texts are of a plan that is laid before whoever decides; see verksamhetsplan.rs beside
        "set_plan_steg",
    ],
};
