//! Verksamhetsplan: what the area says of its server functions.

use domain::{
    import::Table,
    schedule::Responsible,
    siffror::inlasning::Svar,
    verksamhetsplan::{
        inlasning::{PlanimportId, Tabellslag},
        mal::{Benamning, Form, MalId, check},
        plan::{
            PlanId,
            kapitel::{Content, KapitelId},
        },
    },
};

use store::{Tx, verksamhetsplan::inlasning};

use super::{Brought, Who};
use crate::common::App;

/// A table that was read into a plan, whose name is that of its unit.
async fn read_in(tx: &mut Tx, app: &App, plan: PlanId, called: &str) -> PlanimportId {
    let mut table = Table::default();
    table.push(1, ["Nivå", "Mål"]);
    table.push(2, ["Enhetsmål", &format!("Skuldfrihet{called}")]);
    let (id, slag, svar, none) = (PlanimportId::new(), Tabellslag::Mal, Svar::default(), inlasning::Arets::new());
    let mot = inlasning::mot(tx, plan, &none).await.unwrap();
    let sett = mot.las(slag, &table, &svar).unwrap().sett();
    let rubrik = format!("Mål{called}");
    let ny = inlasning::Ny { id, slag, rubrik: &rubrik, table: &table, svar: &svar, sett: &sett, skal: "" };
    let when = (app.state.clock.now(), app.state.clock.today());
    inlasning::las_in(tx, when, plan, &ny, &none).await.unwrap();
    id
}

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
            let import = read_in(tx, app, id, called).await;
            vec![
                ("PlanId", id.to_string()),
                ("MalId", mal.to_string()),
                ("KapitelId", kapitel.to_string()),
                ("PlanimportId", import.to_string()),
            ]
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
        let new_import = PlanimportId::new().to_string();
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
            (
                "import_plantabell",
                vec![("id", new_import), plan(), ("vald", vald), ("sett", s("")), ("skal", s(""))],
                Who::Chef,
            ),
            ("undo_plantabell", vec![("id", t.of("PlanimportId")), plan()], Who::Chef),
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
    import_plantabell            -MBC---
    undo_plantabell              -MBC---
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
        "import_plantabell",
        "undo_plantabell",
        "mark_kapitel",
        "move_kapitel",
        "remove_kapitel",
        "copy_verksamhetsplan",
        // its texts are of a plan that is laid before whoever decides; see verksamhetsplan.rs beside
        "set_plan_steg",
    ],
};
