//! Indikatorer and their outcomes: what they say of their server functions.

use domain::{
    occurrence::Share,
    period::Period,
    siffror::{
        serie::{self, SerieId},
        siffra::{Ny, Plats, Ursprung},
        slag::{Sammanlagd, Varde, langre},
    },
    tal::Tal,
    verksamhetsplan::{
        indikator::{
            Form, IndikatorId, Utfallsperiod, check,
            matning::{Kalla, Matat},
            ruta::Kolumn,
            utfall::Varden,
        },
        mal::{self, Benamning, MalId},
        plan::PlanId,
    },
};
use store::verksamhetsplan::{
    indikator,
    utfall::{self, Cell, Matade},
};

use super::{Brought, Things, Who};

const YEAR: i32 = 2025;

fn form(namn: &str) -> Form {
    Form {
        namn: namn.to_owned(),
        arsmal: "75 %".into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        ..Form::default()
    }
}

/// The plan of these, beside the one of the goals.
const PLAN: &str = "plan med utfall";
/// Its goal.
const MAL: &str = "mål med utfall";
/// One that has outcomes, one that has none, and one whose source is typed over.
const EGNA: [&str; 3] = ["indikator med utfall", "indikator utan utfall", "matad indikator"];

fn plan(t: &Things) -> String {
    t.of(PLAN)
}

fn own(t: &Things, n: usize) -> String {
    t.of(EGNA[n])
}

fn goal(t: &Things) -> String {
    t.of(MAL)
}

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let (now, plan, mal) = (app.state.clock.now(), PlanId::new(), MalId::new());
            let plan =
                store::verksamhetsplan::create(tx, now, plan, (app.enhet, YEAR), Benamning::Enhetsmal).await.unwrap();
            let titled =
                mal::Form { niva: "enhetsmal".into(), titel: format!("Boende{called}"), ..mal::Form::default() };
            store::verksamhetsplan::mal::create(tx, now, plan, (mal, None), &mal::check(&titled).unwrap())
                .await
                .unwrap();
            let (first, second, fed) = (IndikatorId::new(), IndikatorId::new(), IndikatorId::new());
            let of = SerieId::new();
            let named = serie::Form {
                namn: format!("Andel med plan{called}"),
                slag: "andel".into(),
                grain: "manad".into(),
                ..serie::Form::default()
            };
            store::serie::create(tx, now, of, app.enhet, &serie::check(&named, None).unwrap()).await.unwrap();
            let found = store::serie::get(tx, of).await.unwrap();
            let varde = Varde { share: Some(Share { numerator: 31, denominator: 50 }), ..Varde::of(Tal::whole(62)) };
            let ny =
                Ny { period: Period::Month(YEAR, 4), plats: Plats::default(), varde: Some(varde), not: String::new() };
            let when = (now, app.state.clock.today());
            store::serie::siffra::write(tx, when, &found, Ursprung::Inskriven, &[ny], None).await.unwrap();
            for (id, namn) in [(first, "Förändringsplaner"), (second, "Avslag"), (fed, "Matad")] {
                let matas = if id == fed { Kalla::Serie(of).code() } else { String::new() };
                let form = Form { matas, ..form(&format!("{namn}{called}")) };
                indikator::create(tx, now, plan, (id, mal), &check(&form, None).unwrap()).await.unwrap();
            }
            let gjord = langre(Sammanlagd::Andel, &[Some(varde)]).unwrap();
            let grain = domain::period::Grain::Manad;
            let matat = Matat { varden: Varden::of(varde), manad: 4, gjord, grain, brott: None };
            let matade = Matade::from([(fed, (Kalla::Serie(of), matat))]);
            let over = Cell { id: fed, kolumn: Kolumn::Totalt, text: "70 %".into(), was: "31/50".into() };
            let period = (plan, Utfallsperiod::tertial_1(YEAR));
            let done = utfall::save(tx, now, period, (&[over], "Serien är fel"), &matade).await.unwrap();
            assert_eq!(done.andrade, 1, "{done:?}");
            vec![
                ("PlanId", plan.to_string()),
                ("MalId", mal.to_string()),
                ("IndikatorId", first.to_string()),
                ("IndikatorId", second.to_string()),
                ("IndikatorId", fed.to_string()),
                (PLAN, plan.to_string()),
                (MAL, mal.to_string()),
                (EGNA[0], first.to_string()),
                (EGNA[1], second.to_string()),
                (EGNA[2], fed.to_string()),
            ]
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let period = || ("period", s("2025-T1"));
        let of = |n: usize| vec![("plan", plan(t)), ("id", own(t, n))];
        let with = |mut fields: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
            fields.extend(more);
            fields
        };
        let what = || {
            vec![
                ("mal", goal(t)),
                ("form[namn]", s("Planer")),
                ("form[arsmal]", s("75 %")),
                ("form[riktning]", s("hogre")),
                ("form[periodicitet]", s("tertial")),
            ]
        };
        let cell = |n: usize| -> &'static str { format!("form[c-{}.totalt]", own(t, n)).leak() };
        let was = |n: usize| -> &'static str { format!("form[w-c-{}.totalt]", own(t, n)).leak() };
        let new = IndikatorId::new().to_string();
        vec![
            ("create_indikator", with(vec![("id", new), ("plan", plan(t))], what()), Who::Chef),
            ("update_indikator", with(of(0), with(vec![("version", s("1"))], what())), Who::Chef),
            (
                "create_indikatorbrott",
                with(
                    of(0),
                    vec![("version", s("2")), ("form[fran]", s("2025-01-01")), ("form[varfor]", s("Ny blankett"))],
                ),
                Who::Chef,
            ),
            ("remove_indikatorbrott", with(of(0), vec![("version", s("3")), ("at", s("0"))]), Who::Chef),
            ("move_indikator", with(of(0), vec![("earlier", s("false"))]), Who::Chef),
            ("update_utfall", vec![("plan", plan(t)), period(), ("nr", s("0")), (cell(0), s("29/35"))], Who::Chef),
            ("get_utfall", vec![("plan", plan(t)), period(), ("nr", s("0"))], Who::Chef),
            (
                "update_utfallstabell",
                vec![("plan", plan(t)), period(), (cell(2), s("71 %")), (was(2), s("70")), ("form[skal]", s("Fel"))],
                Who::Chef,
            ),
            (
                "update_indikatorutfall",
                with(
                    of(0),
                    vec![
                        period(),
                        ("version", s("1")),
                        ("celler[man]", s("15/17")),
                        ("form[analys]", s("Fler planer")),
                    ],
                ),
                Who::Chef,
            ),
            (
                "set_indikatorstatus",
                with(
                    of(0),
                    vec![
                        period(),
                        ("version", s("2")),
                        ("form[status]", s("delvis")),
                        ("form[skal]", s("Fel nämnare")),
                    ],
                ),
                Who::Chef,
            ),
            ("restore_utfall", with(of(2), vec![period()]), Who::Chef),
            ("close_utfallsperiod", vec![("plan", plan(t)), period()], Who::Chef),
            ("reopen_utfallsperiod", vec![("plan", plan(t)), period()], Who::Chef),
            ("remove_indikator", with(of(1), vec![("version", s("1"))]), Who::Chef),
        ]
    },
    roles: "
    create_indikator             -MBC---
    update_indikator             -MBC---
    create_indikatorbrott        -MBC---
    remove_indikatorbrott        -MBC---
    move_indikator               -MBC---
    remove_indikator             -MBC---
    update_utfall                -MBC---
    get_utfall                   HMBCVL-
    update_utfallstabell         -MBC---
    update_indikatorutfall       -MBC---
    set_indikatorstatus          -MBC---
    restore_utfall               -MBC---
    close_utfallsperiod          ---C---
    reopen_utfallsperiod         ---C---",
    texts: &[
        ("create_indikator", "mal", &["{MalId}"]),
        ("update_indikator", "mal", &["{MalId}"]),
        ("create_indikator", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("update_indikator", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        (
            "create_indikator",
            "form[matas]",
            &["serie:{SerieId}", "egenkontroll:{egenkontroll}", "enkat:{enkat}:1", "internkontroll:{internkontroll}"],
        ),
        (
            "update_indikator",
            "form[matas]",
            &["serie:{SerieId}", "egenkontroll:{egenkontroll}", "enkat:{enkat}:1", "internkontroll:{internkontroll}"],
        ),
    ],
    no_text: &[
        ("/api/create_indikator", "form[arsmal_till]"),
        ("/api/create_indikator", "form[kf_till]"),
        ("/api/create_indikator", "form[decimaler]"),
        ("/api/create_indikator", "form[tolerans]"),
        ("/api/create_indikator", "form[efterslapning]"),
        ("/api/update_indikator", "form[arsmal_till]"),
        ("/api/update_indikator", "form[kf_till]"),
        ("/api/update_indikator", "form[decimaler]"),
        ("/api/update_indikator", "form[tolerans]"),
        ("/api/update_indikator", "form[efterslapning]"),
        ("/api/create_indikatorbrott", "form[fran]"),
        ("/api/update_indikatorutfall", "form[fjol]"),
        ("/api/update_utfallstabell", "form[c-{id}.totalt]"),
        ("/api/update_utfallstabell", "form[c-{id}.kvinnor]"),
        ("/api/update_utfallstabell", "form[c-{id}.man]"),
        ("/api/update_utfallstabell", "form[c-{id}.prognos]"),
        ("/api/update_indikator", "form[enhet]"),
    ],
    no_form: &[
        // figures, and steps
        "update_utfall",
        "get_utfall",
        "update_utfallstabell",
        "move_indikator",
        "remove_indikator",
        "remove_indikatorbrott",
        "restore_utfall",
        "close_utfallsperiod",
        "reopen_utfallsperiod",
    ],
};
