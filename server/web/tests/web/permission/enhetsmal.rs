//! The page of a goal: what it says of its server functions, beside those of the plan.

use domain::{
    recurrence::form::Fields,
    verksamhetsplan::{
        enhetsmal::{
            uppfoljning::{self, UppfoljningId},
            vpgrupp::{GrupprapportId, VpgruppId},
        },
        forvantat::{self, ForvantatId},
        mal::{Benamning, Form, MalId, check},
        plan::PlanId,
    },
};
use store::verksamhetsplan as plans;

use super::{Brought, Who};

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let now = app.state.clock.now();
            // of a year of its own: the steps of a plan close it
            let year = (app.enhet, 2025);
            let plan = plans::create(tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
            let (mal, rad, annan, grupp) = (MalId::new(), ForvantatId::new(), ForvantatId::new(), VpgruppId::new());
            let titel = format!("Egen försörjning{called}");
            let content = check(&Form { niva: "enhetsmal".into(), titel, ..Form::default() }).unwrap();
            plans::mal::create(tx, now, plan, (mal, None), &content).await.unwrap();
            for (id, text) in [(rad, "Antal vuxna"), (annan, "Antal barn")] {
                let form = forvantat::Form { text: format!("{text}{called}"), ..forvantat::Form::default() };
                let content = forvantat::check(&form, 2025).unwrap();
                plans::forvantat::create(tx, now, plan, (id, mal), &content).await.unwrap();
            }
            let (foljs, annan_foljs) = (UppfoljningId::new(), UppfoljningId::new());
            for (id, vad) in [(foljs, "Placeringar"), (annan_foljs, "Besök")] {
                let when = Fields::named("varje_manad");
                let vad = format!("{vad}{called}");
                let form = uppfoljning::Form { vad, when, ..uppfoljning::Form::default() };
                let content = uppfoljning::check(&form, 2025, None).unwrap();
                plans::uppfoljning::create(tx, now, plan, (id, mal), &content).await.unwrap();
            }
            let members = (format!("Unga vuxna{called}"), vec![mal], vec![]);
            plans::vpgrupp::create(tx, now, plan, grupp, &members).await.unwrap();
            let rapport = GrupprapportId::new();
            tx.act_as(app.chef);
            let (when, of) = ((now, app.state.clock.today()), (rapport, grupp, mal));
            plans::vpgrupp::create_rapport(tx, when, plan, of, "Bra", true).await.unwrap();
            // one that writes nothing, and can go
            let tyst = VpgruppId::new();
            plans::vpgrupp::create(tx, now, plan, tyst, &members).await.unwrap();
            vec![
                // by names of their own: the plan and the goal of the lines below
                ("plan av målet", plan.to_string()),
                ("målet", mal.to_string()),
                ("ForvantatId", rad.to_string()),
                ("annan rad", annan.to_string()),
                ("UppfoljningId", foljs.to_string()),
                ("annan uppföljning", annan_foljs.to_string()),
                ("VpgruppId", grupp.to_string()),
                ("GrupprapportId", rapport.to_string()),
                ("tyst grupp", tyst.to_string()),
            ]
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let goal = || vec![("plan", t.of("plan av målet")), ("mal", t.of("målet"))];
        let with = |mut fields: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
            fields.extend(more);
            fields
        };
        let rad = || with(goal(), vec![("id", t.of("ForvantatId"))]);
        let what = || vec![("form[text]", s("Antal vuxna")), ("form[malvarde]", s("975 st"))];
        let group = || vec![("plan", t.of("plan av målet")), ("form[namn]", s("Unga vuxna"))];
        let of = || vec![("form[mal][]", t.of("målet")), ("form[medlemmar][]", t.person.clone())];
        let foljs = || with(goal(), vec![("id", t.of("UppfoljningId"))]);
        let how = || vec![("form[vad]", s("Placeringar")), ("form[recurrence]", s("varje_manad"))];
        let ny_foljs = UppfoljningId::new().to_string();
        let new = ForvantatId::new().to_string();
        let (ny_grupp, ny_rapport) = (VpgruppId::new().to_string(), GrupprapportId::new().to_string());
        vec![
            (
                "update_enhetsmal",
                with(goal(), vec![("version", s("0")), ("form[arbetssatt]", s("Möten varje vecka"))]),
                Who::Chef,
            ),
            ("create_forvantat", with(with(goal(), vec![("id", new)]), what()), Who::Chef),
            ("update_forvantat", with(with(rad(), vec![("version", s("1"))]), what()), Who::Chef),
            ("move_forvantat", with(rad(), vec![("earlier", s("false"))]), Who::Chef),
            (
                "update_forvantat_utfall",
                with(rad(), vec![("manad", s("4")), ("version", s("0")), ("form[total]", s("960"))]),
                Who::Chef,
            ),
            (
                "update_malbedomning",
                with(goal(), vec![("manad", s("12")), ("version", s("0")), ("form[status]", s("helt"))]),
                Who::Chef,
            ),
            ("remove_forvantat", with(goal(), vec![("id", t.of("annan rad")), ("version", s("1"))]), Who::Chef),
            ("create_maluppfoljning", with(with(goal(), vec![("id", ny_foljs)]), how()), Who::Chef),
            ("update_maluppfoljning", with(with(foljs(), vec![("version", s("1"))]), how()), Who::Chef),
            (
                "remove_maluppfoljning",
                with(goal(), vec![("id", t.of("annan uppföljning")), ("version", s("1"))]),
                Who::Chef,
            ),
            ("create_vpgrupp", with(with(group(), of()), vec![("id", ny_grupp)]), Who::Chef),
            (
                "update_vpgrupp",
                with(with(group(), of()), vec![("id", t.of("VpgruppId")), ("version", s("1"))]),
                Who::Chef,
            ),
            (
                "create_grupprapport",
                with(
                    goal(),
                    vec![
                        ("id", ny_rapport),
                        ("grupp", t.of("VpgruppId")),
                        ("text", s("Fyra av tio har börjat praktik")),
                    ],
                ),
                Who::Chef,
            ),
            (
                "remove_vpgrupp",
                vec![("plan", t.of("plan av målet")), ("id", t.of("tyst grupp")), ("version", s("1"))],
                Who::Chef,
            ),
        ]
    },
    // whoever is in a group reports too: no role says that
    roles: "
    update_enhetsmal             -MBC---
    create_forvantat             -MBC---
    update_forvantat             -MBC---
    move_forvantat               -MBC---
    remove_forvantat             -MBC---
    update_forvantat_utfall      -MBC---
    update_malbedomning          -MBC---
    create_maluppfoljning        -MBC---
    update_maluppfoljning        -MBC---
    remove_maluppfoljning        -MBC---
    create_vpgrupp               -MBC---
    update_vpgrupp               -MBC---
    remove_vpgrupp               -MBC---
    create_grupprapport          -MBC---",
    texts: &[
        ("create_forvantat", "form[lank]", &["serie:{SerieId}"]),
        ("update_forvantat", "form[lank]", &["serie:{SerieId}"]),
        ("create_maluppfoljning", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("update_maluppfoljning", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("create_vpgrupp", "form[mal][]", &["{målet}"]),
        ("update_vpgrupp", "form[mal][]", &["{målet}"]),
        ("create_vpgrupp", "form[medlemmar][]", &["{person}"]),
        ("update_vpgrupp", "form[medlemmar][]", &["{person}"]),
    ],
    no_text: &[
        ("/api/update_forvantat_utfall", "form[total]"),
        ("/api/update_forvantat_utfall", "form[av]"),
        ("/api/update_forvantat_utfall", "form[kvinnor]"),
        ("/api/update_forvantat_utfall", "form[man]"),
        ("/api/update_forvantat_utfall", "form[del]"),
        ("/api/create_forvantat", "form[malvarde]"),
        ("/api/create_forvantat", "form[enhet]"),
        ("/api/create_forvantat", "form[fjol]"),
        ("/api/create_forvantat", "form[fjol_ar]"),
        ("/api/create_forvantat", "form[villkor]"),
        ("/api/update_forvantat", "form[malvarde]"),
        ("/api/update_forvantat", "form[enhet]"),
        ("/api/update_forvantat", "form[fjol]"),
        ("/api/update_forvantat", "form[fjol_ar]"),
        ("/api/update_forvantat", "form[villkor]"),
        ("/api/create_maluppfoljning", "form[from]"),
        ("/api/create_maluppfoljning", "form[to]"),
        ("/api/update_maluppfoljning", "form[from]"),
        ("/api/update_maluppfoljning", "form[to]"),
        ("/api/update_enhetsmal", "form[agenda]"),
    ],
    no_form: &["move_forvantat", "remove_forvantat", "remove_maluppfoljning", "remove_vpgrupp"],
};
