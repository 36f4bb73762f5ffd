//! Siffror: what the area says of its server functions.

use domain::{
    period::Period,
    siffror::{
        dimension::{DimensionId, Dimensionsvarde, DimensionsvardeId},
        jamforelse::{self, JamforelseId, Med, Nyckeltal},
        serie::{Form, SerieId, check},
        siffra::{Ny, Plats, SiffraImportId},
        slag::Varde,
    },
    tal::Tal,
};

use super::{Brought, Who};

pub const BROUGHT: Brought = Brought {
    things: |tx, app, called| {
        Box::pin(async move {
            let now = app.state.clock.now();
            let (id, dim, value) = (SerieId::new(), DimensionId::new(), DimensionsvardeId::new());
            let form = Form {
                namn: format!("Hushåll{called}"),
                enhet: "hushåll".into(),
                slag: "bestand".into(),
                grain: "manad".into(),
                ..Form::default()
            };
            store::serie::create(tx, now, id, app.enhet, &check(&form, None).unwrap()).await.unwrap();
            let namn = format!("Hushållstyp{called}");
            store::serie::dimension::create(tx, now, dim, app.enhet, &namn).await.unwrap();
            let of = store::serie::dimension::get(tx, dim).await.unwrap();
            let first = Dimensionsvarde::named(value, &format!("Ensamstående{called}"));
            store::serie::dimension::create_varde(tx, now, &of, of.version, &first).await.unwrap();
            let of = store::serie::dimension::get(tx, dim).await.unwrap();
            assert_eq!(of.version, 2, "the lines below begin there");
            let (serie, import) = (store::serie::get(tx, id).await.unwrap(), SiffraImportId::new());
            let varde = Some(Varde::of(Tal::whole(31)));
            let ny = Ny { period: Period::Month(2026, 2), plats: Plats::default(), varde, not: String::new() };
            let when = (now, app.state.clock.today());
            store::serie::import::create(tx, when, &serie, import, "hushall.csv", &[ny], None).await.unwrap();
            let (other, compared) = (SerieId::new(), JamforelseId::new());
            let beside = Form { namn: format!("Hushåll i fjol{called}"), ..form };
            store::serie::create(tx, now, other, app.enhet, &check(&beside, None).unwrap()).await.unwrap();
            let med = Med::Kolada(Nyckeltal { kpi: "N31807".into(), kommun: "0180".into(), kon: None });
            let with = jamforelse::Content { namn: format!("Staden{called}"), med };
            store::serie::jamforelse::create(tx, now, compared, id, &with).await.unwrap();
            vec![
                ("SiffraImportId", import.to_string()),
                ("JamforelseId", compared.to_string()),
                ("SerieId", id.to_string()),
                // beside which the first can be seen
                ("SerieId", other.to_string()),
                ("DimensionId", dim.to_string()),
                ("DimensionsvardeId", value.to_string()),
            ]
        })
    },
    lines: |t| {
        let s = |text: &str| text.to_owned();
        let serie = |version: &str| vec![("id", t.of("SerieId")), ("version", s(version))];
        let with = |mut fields: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
            fields.extend(more);
            fields
        };
        let what = || {
            vec![
                ("form[namn]", s("Nyansökningar")),
                ("form[enhet]", s("ansökningar")),
                // what has values stays what it is
                ("form[slag]", s("bestand")),
                ("form[grain]", s("manad")),
            ]
        };
        let dim =
            |version: &str| vec![("node", t.unit.clone()), ("dimension", t.of("DimensionId")), ("version", s(version))];
        let own = |version: &str| vec![("node", t.unit.clone()), ("id", t.of("DimensionId")), ("version", s(version))];
        let value = || vec![("id", t.of("DimensionsvardeId"))];
        // a table that is not kept any longer: the page says so
        let vald = || ("vald", format!("underlag={}", SerieId::new()));
        let new_import = SiffraImportId::new().to_string();
        let new = SerieId::new().to_string();
        let beside = t.brought.iter().filter(|(kind, _)| *kind == "SerieId").nth(1).map(|(_, id)| id.clone()).unwrap();
        let compared = || vec![("id", t.of("JamforelseId")), ("serie", t.of("SerieId"))];
        let (new_dim, new_value) = (DimensionId::new().to_string(), DimensionsvardeId::new().to_string());
        vec![
            ("create_serie", with(vec![("id", new), ("node", t.unit.clone())], what()), Who::Chef),
            (
                "create_jamforelse",
                vec![
                    ("id", JamforelseId::new().to_string()),
                    ("serie", t.of("SerieId")),
                    ("form[med]", s("serie")),
                    ("form[serie]", beside),
                    ("form[namn]", s("I fjol")),
                ],
                Who::Chef,
            ),
            ("renew_jamforelse", compared(), Who::Chef),
            ("remove_jamforelse", with(compared(), vec![("version", s("1"))]), Who::Chef),
            ("update_serie", with(serie("1"), what()), Who::Chef),
            ("close_serie", with(serie("2"), vec![("till", s(""))]), Who::Chef),
            ("reopen_serie", serie("3"), Who::Chef),
            (
                "create_serie_mal",
                with(
                    serie("4"),
                    vec![("form[namn]", s("Årsmål")), ("form[tal]", s("40")), ("form[hogst]", s("hogst"))],
                ),
                Who::Chef,
            ),
            ("remove_serie_mal", with(serie("5"), vec![("at", s("0"))]), Who::Chef),
            (
                "create_serie_brott",
                with(serie("6"), vec![("form[fran]", s("2026-01-01")), ("form[varfor]", s("Två enheter blev en"))]),
                Who::Chef,
            ),
            ("remove_serie_brott", with(serie("7"), vec![("at", s("0"))]), Who::Chef),
            ("set_serie_apt", with(serie("8"), vec![("visas", s("ja"))]), Who::Chef),
            (
                "update_siffror",
                vec![
                    ("id", t.of("SerieId")),
                    ("rows", s("")),
                    ("cols", s("2026-01")),
                    ("form[c-0-0]", s("31")),
                    ("form[w-0-0]", s("0:")),
                ],
                Who::Chef,
            ),
            (
                "set_serie_svar",
                vec![("id", t.of("SerieId")), vald(), ("form[k0]", s("andel")), ("form[v0]", s("procent"))],
                Who::Chef,
            ),
            (
                "import_siffror",
                vec![("id", new_import), ("serie", t.of("SerieId")), vald(), ("sett", s(""))],
                Who::Chef,
            ),
            ("undo_siffror_import", vec![("id", t.of("SiffraImportId")), ("serie", t.of("SerieId"))], Who::Chef),
            ("create_dimension", vec![("id", new_dim), ("node", t.unit.clone()), ("namn", s("Ålder"))], Who::Chef),
            ("update_dimension", with(own("2"), vec![("nytt", s("Typ av hushåll"))]), Who::Chef),
            (
                "create_dimensionsvarde",
                with(dim("3"), vec![("id", new_value), ("form[namn]", s("Par utan barn"))]),
                Who::Chef,
            ),
            (
                "update_dimensionsvarde",
                with(dim("4"), with(value(), vec![("form[namn]", s("Ensamstående kvinnor"))])),
                Who::Chef,
            ),
            ("move_dimensionsvarde", with(dim("5"), with(value(), vec![("earlier", s("false"))])), Who::Chef),
            ("remove_dimensionsvarde", with(dim("6"), value()), Who::Chef),
            ("remove_dimension", own("7"), Who::Chef),
        ]
    },
    roles: "
    create_serie                 -MBC---
    create_jamforelse            -MBC---
    renew_jamforelse             -MBC---
    remove_jamforelse            -MBC---
    update_serie                 -MBC---
    close_serie                  -MBC---
    reopen_serie                 -MBC---
    create_serie_mal             -MBC---
    remove_serie_mal             -MBC---
    create_serie_brott           -MBC---
    remove_serie_brott           -MBC---
    set_serie_apt                -MBC---
    update_siffror               -MBC---
    set_serie_svar               -MBC---
    import_siffror               -MBC---
    undo_siffror_import          -MBC---
    create_dimension             -MBC---
    update_dimension             -MBC---
    remove_dimension             -MBC---
    create_dimensionsvarde       -MBC---
    update_dimensionsvarde       -MBC---
    move_dimensionsvarde         -MBC---
    remove_dimensionsvarde       -MBC---",
    texts: &[
        ("create_serie", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("update_serie", "form[responsible]", &["person:{person}", "grupp:{grupp}"]),
        ("create_serie", "form[dim1]", &["{DimensionId}"]),
        ("create_serie", "form[dim2]", &["{DimensionId}"]),
        ("create_serie", "form[dim3]", &["{DimensionId}"]),
        ("create_serie", "form[egen]", &["{DimensionsvardeId}"]),
        ("update_serie", "form[dim1]", &["{DimensionId}"]),
        ("update_serie", "form[dim2]", &["{DimensionId}"]),
        ("update_serie", "form[dim3]", &["{DimensionId}"]),
        ("update_serie", "form[egen]", &["{DimensionsvardeId}"]),
        ("create_jamforelse", "form[serie]", &["{SerieId}"]),
        ("create_jamforelse", "form[varde]", &["{DimensionsvardeId}"]),
        ("update_siffror", "rows", &["{DimensionsvardeId}"]),
        ("create_dimensionsvarde", "form[grupp]", &["{DimensionsvardeId}"]),
        ("create_dimensionsvarde", "form[ersatt_av]", &["{DimensionsvardeId}"]),
        ("update_dimensionsvarde", "form[grupp]", &["{DimensionsvardeId}"]),
        ("update_dimensionsvarde", "form[ersatt_av]", &["{DimensionsvardeId}"]),
    ],
    no_text: &[
        ("/api/create_serie", "form[decimaler]"),
        ("/api/create_serie", "form[efterslapning]"),
        ("/api/update_serie", "form[decimaler]"),
        ("/api/update_serie", "form[efterslapning]"),
        ("/api/close_serie", "till"),
        ("/api/update_siffror", "form[c-#-#]"),
        ("/api/create_jamforelse", "form[kpi]"),
        ("/api/create_jamforelse", "form[kommun]"),
        ("/api/create_serie_mal", "form[tal]"),
        ("/api/create_serie_brott", "form[fran]"),
        ("/api/create_dimensionsvarde", "form[fran]"),
        ("/api/create_dimensionsvarde", "form[till]"),
        ("/api/update_dimensionsvarde", "form[fran]"),
        ("/api/update_dimensionsvarde", "form[till]"),
    ],
    no_form: &[
        // figures, and steps
        "update_siffror",
        "set_serie_svar",
        "import_siffror",
        "undo_siffror_import",
        "reopen_serie",
        "remove_jamforelse",
        "renew_jamforelse",
        "set_serie_apt",
        "close_serie",
        "remove_serie_mal",
        "remove_serie_brott",
        "remove_dimension",
        "move_dimensionsvarde",
        "remove_dimensionsvarde",
    ],
};
