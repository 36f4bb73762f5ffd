//! The remiss and the bilagor of a plan: what they say of their server functions, beside those of the plan.

use domain::verksamhetsplan::{
    mal::Benamning,
    plan::{
        PlanId,
        bilaga::{self, PlanbilagaId},
        remiss::{Form, Om, SynpunktId},
    },
};
use store::verksamhetsplan as plans;

use super::{Brought, Who};

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let (now, today) = (app.state.clock.now(), app.state.clock.today());
            // of a year of its own: the steps of a plan close it
            let year = (app.enhet, 2024);
            let plan = plans::create(tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
            let chapter = plans::kapitel::list(tx, plan).await.unwrap()[0].id;
            let (beside, annan) = (PlanbilagaId::new(), PlanbilagaId::new());
            for id in [beside, annan] {
                let content = bilaga::Content { titel: format!("Hjulet{called}"), hanvisning: String::new() };
                plans::bilaga::create(tx, now, plan, id, &content).await.unwrap();
            }
            let later = |days| domain::format::date(today + chrono::Days::new(days));
            let form = Form { till: later(7) };
            plans::remiss::set(tx, (now, today), (plan, 1), &form).await.unwrap();
            tx.act_as(app.chef);
            let (said, om) = (SynpunktId::new(), Om::Kapitel(chapter).code());
            let text = format!("Skriv om kvällstider{called}");
            plans::remiss::create(tx, (now, today), plan, said, (&om, &text)).await.unwrap();
            vec![
                // by names of their own: the plan and the chapter of the lines below
                ("plan på remiss", plan.to_string()),
                ("kapitel på remiss", chapter.to_string()),
                ("SynpunktId", said.to_string()),
                ("PlanbilagaId", beside.to_string()),
                ("annan bilaga", annan.to_string()),
                ("en dag senare", later(9)),
            ]
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let plan = || ("plan", t.of("plan på remiss"));
        let om = format!("kapitel:{}", t.of("kapitel på remiss"));
        let (new, new_bilaga) = (SynpunktId::new().to_string(), PlanbilagaId::new().to_string());
        let of = |id: &str| vec![("id", t.of(id)), plan()];
        let with = |mut fields: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
            fields.extend(more);
            fields
        };
        vec![
            ("set_plan_remiss", vec![plan(), ("version", s("2")), ("form[till]", t.of("en dag senare"))], Who::Chef),
            ("create_plansynpunkt", vec![("id", new), plan(), ("om", om), ("text", s("Bra"))], Who::Chef),
            (
                "update_plansynpunkt_svar",
                with(of("SynpunktId"), vec![("version", s("1")), ("form[andrat]", s("ja"))]),
                Who::Chef,
            ),
            ("create_planbilaga", vec![("id", new_bilaga), plan(), ("form[titel]", s("Budget"))], Who::Chef),
            (
                "update_planbilaga",
                with(of("PlanbilagaId"), vec![("version", s("1")), ("form[titel]", s("Arbetsmiljöhjulet"))]),
                Who::Chef,
            ),
            ("move_planbilaga", with(of("PlanbilagaId"), vec![("earlier", s("false"))]), Who::Chef),
            ("remove_planbilaga", with(of("annan bilaga"), vec![("version", s("1"))]), Who::Chef),
        ]
    },
    // everybody in the unit says what they think
    roles: "
    set_plan_remiss              -MBC---
    create_plansynpunkt          HMBC---
    update_plansynpunkt_svar     -MBC---
    create_planbilaga            -MBC---
    update_planbilaga            -MBC---
    move_planbilaga              -MBC---
    remove_planbilaga            -MBC---",
    texts: &[("create_plansynpunkt", "om", &["kapitel:{kapitel på remiss}", "mal:{målet}"])],
    no_text: &[("/api/set_plan_remiss", "form[till]")],
    no_form: &["set_plan_remiss", "move_planbilaga", "remove_planbilaga"],
};
