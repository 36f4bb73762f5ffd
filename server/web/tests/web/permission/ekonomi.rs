//! Ekonomi: what the account of a verksamhetsplan says of its server functions.

use domain::{
    ekonomi::{
        fri::{self, FriTabellId},
        konto::{Form, KontoId, RadId, VerksamhetForm, VerksamhetId, check, check_verksamhet},
    },
    siffror::inlasning::Svar,
    verksamhetsplan::{mal::Benamning, plan::PlanId},
};

use super::{Brought, Who};

/// A plan with an account, the one after it that can copy that, and one that can begin one; apart from those of the area's own lines.
const YEARS: [i32; 3] = [2034, 2035, 2037];

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let now = app.state.clock.now();
            let mut plans = Vec::new();
            for year in YEARS {
                let (new, of) = (PlanId::new(), (app.enhet, year));
                let id = store::verksamhetsplan::create(tx, now, new, of, Benamning::Enhetsmal).await.unwrap();
                plans.push(store::verksamhetsplan::get(tx, id).await.unwrap());
            }
            let form = Form {
                ar: YEARS[0].to_string(),
                enhet: "mnkr".into(),
                teckenform: "bada_positiva".into(),
                ..Form::default()
            };
            let mut content = check(&form, None).unwrap();
            for namn in ["Bistånd", "Boende"] {
                let form = VerksamhetForm { namn: format!("{namn}{called}"), vo: String::new() };
                content.set_verksamhet(check_verksamhet(&form, &content, VerksamhetId::new(), RadId::new).unwrap());
            }
            let konto = KontoId::new();
            store::ekonomi::create(tx, now, &plans[0], konto, &content).await.unwrap();
            let tabell = FriTabellId::new();
            let form = fri::Form {
                titel: format!("Bistånd{called}"),
                enhet: "tkr".into(),
                tabell: "År;Budget\n2021;41".into(),
                ..fri::Form::default()
            };
            let last = fri::check(&form, &Svar::default(), None).unwrap();
            store::ekonomi::fri::create(tx, now, &plans[0], tabell, &last.content).await.unwrap();
            let of_verksamhet = |n: usize| ("VerksamhetId", content.verksamheter[n].id.to_string());
            let of_rad = |n: usize| ("RadId", content.verksamheter[0].rader[n].id.to_string());
            let of_plan = |n: usize| ("KontoPlan", plans[n].id.to_string());
            let konto = ("KontoId", konto.to_string());
            let mut all = vec![konto, ("FriTabellId", tabell.to_string())];
            all.extend([of_verksamhet(0), of_verksamhet(1), of_rad(0), of_rad(1), of_plan(0), of_plan(1), of_plan(2)]);
            all
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let nth = |of: &str, n: usize| {
            t.brought.iter().filter(|(kind, _)| *kind == of).nth(n).map(|(_, id)| id.clone()).unwrap()
        };
        let plan = nth("KontoPlan", 0);
        let with = |mut fields: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
            fields.extend(more);
            fields
        };
        let konto = |version: &str| vec![("plan", plan.clone()), ("version", s(version))];
        let verksamhet = || vec![("id", t.of("VerksamhetId"))];
        let rad = || vec![("id", t.of("RadId"))];
        let named = |namn: &str| vec![("form[namn]", s(namn)), ("form[vo]", s("1810"))];
        let row = |namn: &str| vec![("form[namn]", s(namn)), ("form[slag]", s("intakt"))];
        // a table that is not kept any longer: the page says so
        let vald = ("vald", format!("underlag={}", KontoId::new()));
        let table = |titel: &str| {
            vec![("form[titel]", s(titel)), ("form[enhet]", s("tkr")), ("form[tabell]", s("År;Budget\n2021;43"))]
        };
        let (new_table, own_table) = (FriTabellId::new().to_string(), t.of("FriTabellId"));
        let (first, second) = (KontoId::new().to_string(), KontoId::new().to_string());
        vec![
            (
                "create_konto",
                vec![
                    ("id", first),
                    ("plan", nth("KontoPlan", 2)),
                    ("form[verksamhet]", s("Ekonomiskt bistånd")),
                    ("form[enhet]", s("tkr")),
                    ("form[teckenform]", s("bada_positiva")),
                ],
                Who::Chef,
            ),
            ("copy_konto", vec![("new", second), ("plan", nth("KontoPlan", 1))], Who::Chef),
            ("set_konto_enhet", with(konto("1"), vec![("enhet", s("tkr"))]), Who::Chef),
            (
                "update_konto",
                with(
                    konto("2"),
                    vec![
                        ("form[namn]", s("Enhetens budget")),
                        ("form[enhet]", s("tkr")),
                        ("form[teckenform]", s("kostnader_negativa")),
                    ],
                ),
                Who::Chef,
            ),
            ("create_verksamhet", with(konto("3"), named("Relationsvåldsteamet")), Who::Chef),
            ("update_verksamhet", with(konto("4"), with(verksamhet(), named("Handläggningskostnader"))), Who::Chef),
            ("move_verksamhet", with(konto("5"), with(verksamhet(), vec![("earlier", s("false"))])), Who::Chef),
            (
                "create_kontorad",
                with(konto("6"), with(vec![("verksamhet", t.of("VerksamhetId"))], row("Statsbidrag"))),
                Who::Chef,
            ),
            ("update_kontorad", with(konto("7"), with(rad(), row("Avgifter"))), Who::Chef),
            ("move_kontorad", with(konto("8"), with(rad(), vec![("earlier", s("false"))])), Who::Chef),
            ("import_konto", with(konto("9"), vec![vald]), Who::Chef),
            ("create_fri_tabell", with(vec![("id", new_table), ("plan", plan.clone())], table("Utbetalt")), Who::Chef),
            (
                "update_fri_tabell",
                with(konto("1"), with(vec![("id", own_table.clone())], table("Tilldelat"))),
                Who::Chef,
            ),
            ("remove_fri_tabell", with(konto("2"), vec![("id", own_table)]), Who::Chef),
            ("remove_kontorad", with(konto("9"), vec![("id", nth("RadId", 1))]), Who::Chef),
            ("remove_verksamhet", with(konto("10"), vec![("id", nth("VerksamhetId", 1))]), Who::Chef),
            (
                "update_belopp",
                vec![
                    ("plan", plan.clone()),
                    ("rows", t.of("RadId")),
                    ("cols", s("t1.utfall")),
                    ("form[c-0-0]", s("31")),
                    ("form[w-0-0]", s("0:")),
                ],
                Who::Chef,
            ),
            (
                "update_beloppskommentar",
                vec![
                    ("plan", plan.clone()),
                    ("rad", t.of("RadId")),
                    ("tid", s("t1")),
                    ("seen", s("1")),
                    ("kommentar", s("Fler hushåll än väntat")),
                ],
                Who::Chef,
            ),
        ]
    },
    roles: "
    create_konto                 -MBC---
    copy_konto                   -MBC---
    set_konto_enhet              -MBC---
    update_konto                 -MBC---
    create_verksamhet            -MBC---
    update_verksamhet            -MBC---
    move_verksamhet              -MBC---
    remove_verksamhet            -MBC---
    create_kontorad              -MBC---
    update_kontorad              -MBC---
    move_kontorad                -MBC---
    remove_kontorad              -MBC---
    import_konto                 -MBC---
    create_fri_tabell            -MBC---
    update_fri_tabell            -MBC---
    remove_fri_tabell            -MBC---
    update_belopp                -MBC---
    update_beloppskommentar      -MBC---",
    texts: &[("update_belopp", "rows", &["{RadId}"])],
    no_text: &[
        ("/api/create_konto", "form[vo]"),
        ("/api/create_verksamhet", "form[vo]"),
        ("/api/update_verksamhet", "form[vo]"),
        ("/api/update_konto", "form[grans_andel]"),
        ("/api/update_konto", "form[grans_belopp]"),
        ("/api/update_belopp", "form[c-#-#]"),
        ("/api/update_belopp", "form[per]"),
        ("/api/create_fri_tabell", "form[tabell]"),
        ("/api/create_fri_tabell", "form[per]"),
        ("/api/update_fri_tabell", "form[tabell]"),
        ("/api/update_fri_tabell", "form[per]"),
    ],
    no_form: &[
        // amounts, and steps
        "update_belopp",
        "import_konto",
        "copy_konto",
        "set_konto_enhet",
        "move_verksamhet",
        "remove_verksamhet",
        "remove_fri_tabell",
        "move_kontorad",
        "remove_kontorad",
        // asked for where an amount is far off
        "update_beloppskommentar",
    ],
};
