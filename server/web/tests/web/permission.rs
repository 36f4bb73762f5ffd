//! Every server function, asked by nobody, by somebody who may not, and by somebody who may. A function that is missing
//! in the table fails the test: a new one needs its line.
#![allow(clippy::unwrap_used)]

mod apt;
mod avvikelse;
mod ekonomi;
mod enhetsmal;
mod forslag;
mod indikator;
mod jamstalldhet;
mod planaktivitet;
mod remiss;
mod role;
mod second;
mod serie;
mod source;
mod verksamhetsplan;

pub use avvikelse::LEX_SARAH;

use std::pin::Pin;

use crate::common::{
    ADMIN, App, CHEF,
    database::{Beside, databases},
};
use axum::body::Body;
use domain::{
    atgard, egenkontroll,
    enkat::{FragaForm, Period, Questions, Svar, Varde, resultat::read_utifran},
    genomforande::{StartForm, check_start},
    id::{
        AtgardId, EgenkontrollId, EnkatId, GenomforandeId, GrantId, GruppId, InternkontrollId, LoggaId, NodeId,
        PersonId, ScheduleId,
    },
    internkontroll,
    occurrence::{Item, Tick},
    organisation::{Node, NodeKind},
    permission::{Grants, Role},
    person::Actor,
    recurrence::form::Fields,
    sample::Seed,
    schedule::Responsible,
};
use http::{StatusCode, header};
use store::person::NewPerson;

const ELSEWHERE: &str = "enhetschef2@demo.se";
const YEAR: i32 = 2026;

/// Who may.
#[derive(Clone, Copy, PartialEq)]
pub enum Who {
    Chef,
    Admin,
    /// Everybody who enters answers, wherever.
    Answers,
    /// Everybody who is logged in.
    Everybody,
    /// Nobody needs to be logged in: it is about the device.
    Device,
    /// A chef of the unit; to others there is no such case.
    Handler,
    /// The lex Sarah-utredare; to others there is no such case.
    LexSarah,
}

/// What a unit has.
pub struct Things {
    unit: String,
    top: String,
    /// Beside the unit, right under the top.
    avdelning: String,
    egenkontroll: String,
    internkontroll: String,
    aktivitet: String,
    occurrences: Vec<String>,
    /// A tillfälle of the internkontroll, and that of the aktivitet, which is a meeting.
    control: String,
    mark: String,
    /// Runs: two stickprov, an andel, a bedömning.
    runs: [String; 4],
    /// One that is done and is to be followed up.
    atgard: String,
    /// Two units that can become one, and what that is to be.
    delar: [String; 2],
    hela: String,
    /// A unit whose last day is to come.
    upphor: String,
    grupp: String,
    /// Beside the group, of the same unit.
    annan_grupp: String,
    person: String,
    person_grant: String,
    /// Open, with two questions, six published answers of an ended month, one of them with a free text.
    enkat: String,
    utifran: String,
    fritext: String,
    konto: String,
    /// Two that wait for a second administrator.
    bekraftelse: String,
    nekas: String,
    /// What the areas have brought, by the type of its id.
    brought: Vec<(&'static str, String)>,
    cases: avvikelse::Cases,
    meetings: apt::Meetings,
}

/// Server function, its fields, who may.
pub type Line = (&'static str, Vec<(&'static str, String)>, Who);

impl Things {
    /// What an area has brought with an id of this type.
    fn of(&self, kind: &str) -> String {
        self.brought.iter().find(|(of, _)| *of == kind).map(|(_, id)| id.clone()).unwrap()
    }
}

/// What makes things in the unit of the application, whose names end as it is told, and gives their ids by type.
pub type Make = for<'a> fn(&'a mut store::Tx, &'a App, &'a str) -> Pin<Box<dyn Future<Output = Made> + 'a>>;
pub type Made = Vec<(&'static str, String)>;

/// What an area says of its server functions to the stories that go through all of them, in a file of its own.
pub struct Brought {
    /// Its things.
    pub things: Make,
    /// Its server functions, with fields that go through.
    pub lines: fn(&Things) -> Vec<Line>,
    /// The roles that may, as in [`role`].
    pub roles: &'static str,
    /// Ids that come as texts, as in [`second`].
    pub texts: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// Fields that take no free text, as in `text::listed`.
    pub no_text: &'static [(&'static str, &'static str)],
    /// Functions without a text, as there.
    pub no_form: &'static [&'static str],
}

/// The areas that bring theirs. What is older stands in the tables.
pub const AREAS: &[Brought] = &[
    forslag::BROUGHT,
    serie::BROUGHT,
    jamstalldhet::BROUGHT,
    verksamhetsplan::BROUGHT,
    planaktivitet::BROUGHT,
    ekonomi::BROUGHT,
    enhetsmal::BROUGHT,
    indikator::BROUGHT,
    remiss::BROUGHT,
];

/// Each line acts on things that no other line has changed before it.
#[allow(clippy::too_many_lines)] // a table
fn table(t: &Things) -> Vec<Line> {
    let s = |text: &str| text.to_owned();
    let control = || {
        vec![
            ("form[kontrollmal]", s("Dokumentation")),
            ("form[recurrence]", s("varje_manad")),
            ("form[systematisk_kontroll]", s("Antal hushåll")),
            ("form[kontrollaktivitet]", s("Följa upp")),
        ]
    };
    let improvement = || {
        vec![
            ("form[title]", s("Genomgång")),
            ("form[responsible]", s("roll:enhetschef")),
            ("form[due]", s("2026-12-01")),
            ("form[follow_up]", s("2027-03-01")),
        ]
    };
    let enkat = || {
        vec![
            ("form[title]", s("Samtal per telefon")),
            ("form[kanal]", s("telefon")),
            ("form[grain]", s("manad")),
            ("form[first]", s("2026-01-01")),
            ("form[last]", s("2026-12-31")),
        ]
    };
    let with = |mut first: Vec<(&'static str, String)>, more: Vec<(&'static str, String)>| {
        first.extend(more);
        first
    };
    let occurrence = |n: usize| vec![("id", t.occurrences[n].clone()), ("version", s("1"))];
    vec![
        (
            "mark_occurrence_done",
            with(
                occurrence(0),
                vec![
                    ("form[outcome]", s("")),
                    ("form[figure_label_1]", s("Antal hushåll")),
                    ("form[figure_value_1]", s("317")),
                    ("form[figure_unit_1]", s("hushåll")),
                    ("form[figure_period_1]", s("januari 2022")),
                ],
            ),
            Who::Chef,
        ),
        ("mark_occurrence_begun", occurrence(1), Who::Chef),
        ("mark_occurrence_given_up", with(occurrence(2), vec![("reason", s("Sjukdom"))]), Who::Chef),
        ("move_occurrence", with(occurrence(3), vec![("to", s("12")), ("reason", s("Semester"))]), Who::Chef),
        (
            "undo_occurrence_move",
            vec![
                ("id", t.occurrences[3].clone()),
                ("version", s("2")),
                ("start", s("2026-04-01")),
                ("due", s("2026-04-30")),
            ],
            Who::Chef,
        ),
        (
            "undo_occurrence_mark",
            vec![("id", t.occurrences[2].clone()), ("version", s("2")), ("reason", s("Fel"))],
            Who::Chef,
        ),
        (
            "mark_occurrences",
            vec![("node", t.unit.clone()), ("act", s("utford")), ("rows[]", format!("{}.1", t.occurrences[4]))],
            Who::Chef,
        ),
        ("undo_occurrence_marks", vec![("rows[]", format!("{}.2", t.occurrences[4]))], Who::Chef),
        (
            "create_egenkontroll",
            with(
                vec![("id", EgenkontrollId::new().to_string()), ("node", t.unit.clone()), ("year", s("2026"))],
                control(),
            ),
            Who::Chef,
        ),
        (
            "update_egenkontroll",
            with(vec![("id", t.egenkontroll.clone()), ("version", s("1")), ("back", s(""))], control()),
            Who::Chef,
        ),
        ("remove_egenkontroll", vec![("id", t.egenkontroll.clone()), ("reason", s("Ersatt"))], Who::Chef),
        ("restore_egenkontroll", vec![("id", t.egenkontroll.clone())], Who::Chef),
        ("copy_egenkontrollplan", vec![("node", t.unit.clone()), ("from", s("2026"))], Who::Chef),
        ("undo_egenkontrollplan_copy", vec![("node", t.unit.clone()), ("year", s("2027"))], Who::Chef),
        (
            "create_internkontroll",
            with(
                vec![("id", InternkontrollId::new().to_string()), ("node", t.unit.clone()), ("year", s("2026"))],
                control(),
            ),
            Who::Chef,
        ),
        (
            "update_internkontroll",
            with(vec![("id", t.internkontroll.clone()), ("version", s("1")), ("back", s(""))], control()),
            Who::Chef,
        ),
        ("remove_internkontroll", vec![("id", t.internkontroll.clone()), ("reason", s("Ersatt"))], Who::Chef),
        ("restore_internkontroll", vec![("id", t.internkontroll.clone())], Who::Chef),
        ("copy_internkontrollplan", vec![("node", t.unit.clone()), ("from", s("2026"))], Who::Chef),
        ("undo_internkontrollplan_copy", vec![("node", t.unit.clone()), ("year", s("2027"))], Who::Chef),
        (
            "create_aktivitet",
            vec![
                ("id", ScheduleId::new().to_string()),
                ("node", t.unit.clone()),
                ("year", s("2026")),
                ("form[title]", s("APT")),
                ("form[category]", s("mote")),
                ("form[start]", s("2026-12-09")),
            ],
            Who::Chef,
        ),
        (
            "update_aktivitet",
            vec![
                ("id", t.aktivitet.clone()),
                ("version", s("1")),
                ("form[title]", s("Planeringsdag")),
                ("form[category]", s("mote")),
                ("form[start]", s("2026-12-10")),
            ],
            Who::Chef,
        ),
        ("remove_aktivitet", vec![("id", t.aktivitet.clone()), ("reason", s("Inställd"))], Who::Chef),
        ("update_bedomningar", vec![("id", t.runs[0].clone()), ("seen", s("0")), ("cells[a1.1]", s("ja"))], Who::Chef),
        ("get_bedomningar", vec![("id", t.runs[0].clone()), ("seen", s("0"))], Who::Chef),
        ("renew_urval", vec![("id", t.runs[1].clone()), ("version", s("1")), ("reason", s("Gammal lista"))], Who::Chef),
        (
            "update_andel",
            vec![
                ("id", t.runs[2].clone()),
                ("version", s("1")),
                ("form[total_numerator]", s("11")),
                ("form[total_denominator]", s("20")),
            ],
            Who::Chef,
        ),
        (
            "update_analys",
            vec![("id", t.runs[2].clone()), ("version", s("2")), ("form[analys]", s("Färre än i fjol"))],
            Who::Chef,
        ),
        (
            "update_bedomning",
            vec![("id", t.runs[3].clone()), ("version", s("1")), ("form[outcome]", s("delvis"))],
            Who::Chef,
        ),
        ("close_genomforande", vec![("id", t.runs[3].clone()), ("version", s("2")), ("form[apt]", s("on"))], Who::Chef),
        ("set_apt", vec![("id", t.runs[3].clone()), ("version", s("3")), ("apt", s("false"))], Who::Chef),
        ("reopen_genomforande", vec![("id", t.runs[3].clone()), ("reason", s("Mer underlag"))], Who::Chef),
        (
            "update_kriterier",
            vec![
                ("id", t.egenkontroll.clone()),
                ("form[kind]", s("bedomning")),
                ("seen", store::genomforande::mall_seen(&domain::genomforande::Mall::default())),
            ],
            Who::Chef,
        ),
        (
            "create_atgard",
            with(vec![("id", AtgardId::new().to_string()), ("node", t.unit.clone()), ("source", s(""))], improvement()),
            Who::Chef,
        ),
        ("update_atgard", with(vec![("id", t.atgard.clone()), ("version", s("1"))], improvement()), Who::Chef),
        (
            "set_atgard_effekt",
            vec![("id", t.atgard.clone()), ("form[outcome]", s("uppfyllt")), ("form[note]", s("18 av 20"))],
            Who::Chef,
        ),
        (
            "create_person",
            vec![
                ("id", PersonId::new().to_string()),
                ("name", s("Handläggare 1")),
                ("email", s("ny@demo.se")),
                ("role", s("medarbetare")),
                ("node", t.unit.clone()),
            ],
            Who::Admin,
        ),
        (
            "import_persons",
            vec![("rows", s("Namn\tE-post\tRoll\tEnhet\nHandläggare 8\tny8@demo.se\tHandläggare\tBromma"))],
            Who::Admin,
        ),
        (
            "update_person",
            vec![
                ("id", t.person.clone()),
                ("version", s("1")),
                ("name", s("Handläggare 2")),
                ("email", s("h2@demo.se")),
            ],
            Who::Admin,
        ),
        (
            "create_role",
            vec![
                ("id", GrantId::new().to_string()),
                ("person", t.person.clone()),
                ("role", s("metodutvecklare")),
                ("node", t.unit.clone()),
            ],
            Who::Admin,
        ),
        ("remove_role", vec![("id", t.person_grant.clone()), ("person", t.person.clone())], Who::Admin),
        ("set_person_password", vec![("id", t.person.clone())], Who::Admin),
        ("set_sakerhet_manader", vec![("manader", s("24"))], Who::Admin),
        ("set_two_admins", vec![("on", s("false"))], Who::Admin),
        ("decide_bekraftelse", vec![("id", t.bekraftelse.clone())], Who::Admin),
        ("remove_bekraftelse", vec![("id", t.nekas.clone())], Who::Admin),
        ("mark_notis_seen", vec![("id", uuid::Uuid::new_v4().to_string())], Who::Everybody),
        (
            "create_node",
            vec![
                ("id", NodeId::new().to_string()),
                ("parent", t.top.clone()),
                ("kind", s("enhet")),
                ("name", s("Södra enheten")),
            ],
            Who::Admin,
        ),
        ("remove_node_logga", vec![("id", t.unit.clone())], Who::Admin),
        ("move_node", vec![("id", t.unit.clone()), ("version", s("1")), ("parent", t.avdelning.clone())], Who::Admin),
        (
            "update_node",
            vec![("id", t.unit.clone()), ("version", s("1")), ("name", s("Bromma")), ("active", s("true"))],
            Who::Admin,
        ),
        (
            "create_group",
            vec![("id", GruppId::new().to_string()), ("name", s("Planeringsgruppen")), ("node", t.unit.clone())],
            Who::Admin,
        ),
        (
            "update_group",
            vec![
                ("id", t.grupp.clone()),
                ("version", s("1")),
                ("name", s("Ledningsgruppen")),
                ("members[]", t.person.clone()),
            ],
            Who::Admin,
        ),
        (
            "merge_nodes",
            vec![
                ("id", t.hela.clone()),
                ("units[]", t.delar[0].clone()),
                ("units[]", t.delar[1].clone()),
                ("versions[]", s("1")),
                ("versions[]", s("1")),
                ("name", s("Hela enheten")),
                ("parent", t.top.clone()),
                ("from", s("2027-01-01")),
            ],
            Who::Admin,
        ),
        ("undo_node_merge", vec![("id", t.hela.clone()), ("version", s("1"))], Who::Admin),
        (
            "set_node_last_day",
            vec![("id", t.delar[0].clone()), ("version", s("3")), ("to", s("2027-01-01"))],
            Who::Admin,
        ),
        ("remove_node_last_day", vec![("id", t.upphor.clone()), ("version", s("2"))], Who::Admin),
        (
            "update_node_before",
            vec![
                ("id", t.delar[1].clone()),
                ("version", s("3")),
                ("from", s("2027-01-02")),
                ("units[]", t.delar[0].clone()),
            ],
            Who::Admin,
        ),
        (
            "merge_groups",
            vec![
                ("id", t.grupp.clone()),
                ("version", s("2")),
                ("other", t.annan_grupp.clone()),
                ("other_version", s("1")),
            ],
            Who::Admin,
        ),
        ("move_group", vec![("id", t.grupp.clone()), ("version", s("3")), ("node", t.avdelning.clone())], Who::Admin),
        ("set_person_active", vec![("id", t.person.clone()), ("version", s("2")), ("active", s("false"))], Who::Admin),
        ("create_enkat", with(vec![("id", EnkatId::new().to_string()), ("node", t.unit.clone())], enkat()), Who::Chef),
        ("update_enkat", with(vec![("id", t.enkat.clone()), ("version", s("2"))], enkat()), Who::Chef),
        ("copy_enkat", vec![("id", t.enkat.clone()), ("new", EnkatId::new().to_string())], Who::Chef),
        (
            "update_enkat_fraga",
            vec![("id", t.enkat.clone()), ("form[kind]", s("fritext")), ("form[text]", s("Övrig kommentar"))],
            Who::Chef,
        ),
        ("move_enkat_fraga", vec![("id", t.enkat.clone()), ("key", s("2")), ("to", s("upp"))], Who::Chef),
        ("remove_enkat_fraga", vec![("id", t.enkat.clone()), ("key", s("2"))], Who::Chef),
        (
            "set_enkat_grader",
            vec![("id", t.enkat.clone()), ("key", s("3")), ("seen", s("Bra: Bra. Dåligt: Dåligt."))],
            Who::Chef,
        ),
        ("set_enkat_kon", vec![("id", t.enkat.clone()), ("kon", s("on"))], Who::Chef),
        ("import_enkat_utifran", vec![("id", t.enkat.clone()), ("rows", s("1;Staden;2025;;81,5;400"))], Who::Chef),
        (
            "update_enkat_fordelning",
            vec![
                ("id", t.enkat.clone()),
                ("key", s("3")),
                ("form[source]", s("Staden")),
                ("form[wave]", s("2025")),
                ("form[andelar][]", s("60")),
                ("form[andelar][]", s("40")),
            ],
            Who::Chef,
        ),
        ("remove_enkat_utifran", vec![("id", t.enkat.clone()), ("row", t.utifran.clone())], Who::Chef),
        ("mark_enkat_fritext", vec![("id", t.enkat.clone()), ("text", t.fritext.clone()), ("apt", s("on"))], Who::Chef),
        (
            "set_enkat_utdelade",
            vec![
                ("id", t.enkat.clone()),
                ("period", s("2026-11")),
                ("n", s("40")),
                ("seen", store::enkat::resultat::utdelade_seen(&[])),
            ],
            Who::Chef,
        ),
        (
            "create_enkatsvar",
            vec![("enkat", t.enkat.clone()), ("konto", t.konto.clone()), ("svar", s("[]"))],
            Who::Chef,
        ),
        ("undo_enkatsvar", vec![("enkat", t.enkat.clone()), ("svar", uuid::Uuid::new_v4().to_string())], Who::Chef),
        (
            "set_enkatantal",
            vec![
                ("enkat", t.enkat.clone()),
                ("konto", t.konto.clone()),
                ("device", uuid::Uuid::new_v4().to_string()),
                ("month", s("2026-11")),
                ("n", s("3")),
                ("report", s("1")),
            ],
            Who::Chef,
        ),
        ("get_enkatkonto", vec![], Who::Answers),
        ("create_enkat_version", vec![("id", t.enkat.clone())], Who::Chef),
        ("set_enkat_version", vec![("id", t.enkat.clone())], Who::Chef),
        ("set_enkat_state", vec![("id", t.enkat.clone()), ("version", s("3")), ("to", s("stangd"))], Who::Chef),
        ("set_valkommen", vec![("node", t.unit.clone())], Who::Chef),
        ("set_theme", vec![("theme", s("dark"))], Who::Device),
        ("set_keys", vec![("keys", s("av"))], Who::Device),
        (
            "set_password",
            vec![
                ("current_password", s(crate::common::PASSWORD)),
                ("password", s("ett tredje losenord")),
                ("password_again", s("ett tredje losenord")),
            ],
            Who::Everybody,
        ),
    ]
}

/// A unit beside that of the application, with nobody in it.
async fn unit(tx: &mut store::Tx, app: &App, name: &str) -> NodeId {
    let (id, kind) = (NodeId::new(), NodeKind::Enhet);
    let node = Node { id, parent: Some(app.top), kind, name: name.into(), active: true, version: 1 };
    store::organisation::create_node(tx, app.state.clock.now(), &node).await.unwrap();
    id
}

/// Somebody who can log in.
async fn somebody(tx: &mut store::Tx, app: &App, hash: &str, email: &str, name: &str, at: (Role, NodeId)) -> PersonId {
    let (id, name, password_hash) = (PersonId::new(), name.to_owned(), hash.to_owned());
    let new = NewPerson { id, name, email: email.into(), password_hash, roles: vec![at] };
    store::person::create(tx, app.state.clock.now(), &new).await.unwrap();
    id
}

async fn groups(tx: &mut store::Tx, app: &App, called: &str) -> [GruppId; 2] {
    let both = [GruppId::new(), GruppId::new()];
    for (id, name) in both.into_iter().zip(["Ledningsgruppen", "Mentorerna"]) {
        let (now, name) = (app.state.clock.now(), format!("{name}{called}"));
        store::organisation::create_group(tx, now, id, app.enhet, &name).await.unwrap();
    }
    both
}

/// Everything that a unit can have: that of the application, or of one that is called something of its own.
async fn things(app: &App, hash: &str, called: &str) -> Things {
    let now = app.state.clock.now();
    let mut tx = app.write().await;
    let (name, email) = (format!("Handläggare 1{called}"), format!("handlaggare{}@demo.se", called.replace(' ', "")));
    let person = somebody(&mut tx, app, hash, &email, &name, (Role::Medarbetare, app.enhet)).await;
    let grant = store::person::get(&mut tx, person).await.unwrap().roles[0].id;
    let [grupp, annan_grupp] = groups(&mut tx, app, called).await;
    let delar =
        [unit(&mut tx, app, &format!("Del 1{called}")).await, unit(&mut tx, app, &format!("Del 2{called}")).await];
    let upphor = unit(&mut tx, app, &format!("Del 3{called}")).await;
    let (today, last) = (app.state.clock.today(), chrono::NaiveDate::from_ymd_opt(2027, 6, 30).unwrap());
    store::organisation::dagar::end_node(&mut tx, now, today, (upphor, 1), last).await.unwrap();
    let (egen, intern, aktivitet) = (EgenkontrollId::new(), InternkontrollId::new(), ScheduleId::new());
    let form = egenkontroll::Form {
        kontrollmal: format!("Dokumentation{called}"),
        when: Fields::named("varje_manad"),
        ..egenkontroll::Form::default()
    };
    let content = egenkontroll::check(&form, YEAR).unwrap();
    store::plan::create(&mut tx, now, egen, app.enhet, YEAR, &content).await.unwrap();
    let form = internkontroll::Form {
        systematisk_kontroll: format!("Antal hushåll{called}"),
        kontrollaktivitet: "Följa upp".into(),
        when: Fields::named("varje_manad"),
        ..internkontroll::Form::default()
    };
    let content = internkontroll::check(&form, YEAR).unwrap();
    store::plan::create(&mut tx, now, intern, app.enhet, YEAR, &content).await.unwrap();
    let form = domain::aktivitet::Form {
        title: format!("Planeringsdag{called}"),
        category: "mote".into(),
        when: Fields { start: "2026-12-03".into(), ..Fields::default() },
        ..domain::aktivitet::Form::default()
    };
    let content = domain::aktivitet::check(&form, YEAR).unwrap();
    store::aktivitet::create(&mut tx, now, aktivitet, app.enhet, YEAR, &content).await.unwrap();
    let mut brought = Vec::new();
    for area in AREAS {
        brought.extend((area.things)(&mut tx, app, called).await);
    }
    let avdelning = NodeId::new();
    let (kind, name) = (NodeKind::Avdelning, format!("Avdelningen{called}"));
    let node = Node { id: avdelning, parent: Some(app.top), kind, name, active: true, version: 1 };
    store::organisation::create_node(&mut tx, now, &node).await.unwrap();
    let enkat = enkat(&mut tx, app).await;
    let utifran = store::enkat::resultat::utifran(&mut tx, enkat).await.unwrap()[0].id;
    let fritext = store::enkat::resultat::fritexter(&mut tx, enkat).await.unwrap()[0].id;
    let actor = Actor {
        person: app.chef,
        name: String::new(),
        grants: Grants::default(),
        groups: vec![],
        tree: store::organisation::tree(&mut tx).await.unwrap(),
        epoch: 1,
    };
    let items = store::occurrence::of_source(&mut tx, &actor, egen.0).await.unwrap();
    let first = async |tx: &mut store::Tx, source: uuid::Uuid| {
        store::occurrence::of_source(tx, &actor, source).await.unwrap()[0].occurrence.id.to_string()
    };
    let (control, mark) = (first(&mut tx, intern.0).await, first(&mut tx, aktivitet.0).await);
    let runs = runs(&mut tx, app, &items[4..8]).await;
    let atgard = done_atgard(&mut tx, app, &actor).await;
    let cases = avvikelse::cases(&mut tx, app, hash, person).await;
    let meetings = apt::meetings(&mut tx, app).await;
    let logga = (app.enhet, LoggaId::new());
    store::logga::save(&mut tx, now, logga, (1, 1), ("image/png", vec![1])).await.unwrap();
    tx.commit().await.unwrap();
    let [bekraftelse, nekas] = waiting(app).await;
    let konto = store::enkat::antal::device_key(&app.state.store, app.chef).await.unwrap();
    Things {
        unit: app.enhet.to_string(),
        top: app.top.to_string(),
        avdelning: avdelning.to_string(),
        egenkontroll: egen.to_string(),
        internkontroll: intern.to_string(),
        aktivitet: aktivitet.to_string(),
        control,
        mark,
        runs,
        atgard,
        occurrences: items.iter().map(|i| i.occurrence.id.to_string()).collect(),
        delar: delar.map(|id| id.to_string()),
        hela: NodeId::new().to_string(),
        upphor: upphor.to_string(),
        grupp: grupp.to_string(),
        annan_grupp: annan_grupp.to_string(),
        person: person.to_string(),
        person_grant: grant.to_string(),
        enkat: enkat.to_string(),
        utifran: utifran.to_string(),
        fritext: fritext.to_string(),
        brought,
        cases,
        meetings,
        konto: konto.to_string(),
        bekraftelse,
        nekas,
    }
}

/// A second administrator has asked that there need not be two, and for a role; the setting is off again.
async fn waiting(app: &App) -> [String; 2] {
    use store::sakerhet::bekraftelse;
    let (now, mut tx) = (app.state.clock.now(), app.write().await);
    let id = PersonId::new();
    let second = NewPerson {
        id,
        name: "Administratör 2".into(),
        email: format!("{id}@demo.se"),
        password_hash: "ingen".into(),
        roles: vec![(Role::Admin, app.top)],
    };
    store::person::create(&mut tx, now, &second).await.unwrap();
    bekraftelse::turn_on(&mut tx, now).await.unwrap();
    tx.act_as(second.id);
    bekraftelse::ask_off(&mut tx, now).await.unwrap();
    let actor = store::person::actor(&mut tx, second.id, 1).await.unwrap().unwrap();
    let asked = (second.id, Role::LexSarah, app.top);
    bekraftelse::give(&mut tx, now, &actor, GrantId::new(), asked).await.unwrap();
    let all = bekraftelse::list(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    [all.first(), all.last()].map(|b| b.unwrap().id.to_string())
}

/// Something of every kind, for stories that look at all of the product. Gives pages that the ways from the first page do not all lead to: of
/// the runs, of aktiviteter in the plan of another year, the remiss of one, and of an aktivitet that stands by itself.
pub async fn fill(app: &App) -> Vec<String> {
    let hash = web::password::hash(crate::common::PASSWORD.to_owned()).await;
    let made = things(app, &hash, "").await;
    let runs = made.runs.iter().map(|run| format!("/genomforanden/{run}"));
    let planned = made.brought.iter().filter(|(kind, _)| *kind == "PlanaktivitetId");
    let asked = format!("/verksamhetsplan/{}/remiss", made.of("plan på remiss"));
    let own = format!("/aktiviteter/{}", made.aktivitet);
    runs.chain(planned.map(|(_, id)| format!("/planaktiviteter/{id}"))).chain([asked, own]).collect()
}

async fn runs(tx: &mut store::Tx, app: &App, items: &[Item]) -> [String; 4] {
    let today = app.state.clock.today();
    let mut out = Vec::new();
    for (item, kind) in items.iter().zip(["stickprov", "stickprov", "andel", "bedomning"]) {
        let form = StartForm {
            kind: kind.into(),
            kriterier: "Saklig".into(),
            urval: "2".into(),
            population: "9".into(),
            ..StartForm::default()
        };
        let start = check_start(&form).unwrap();
        let (id, seed) = (GenomforandeId::new(), Seed([1; 32]));
        store::genomforande::create(tx, app.state.clock.now(), today, id, item, &start, seed).await.unwrap();
        out.push(id.to_string());
    }
    out.try_into().unwrap()
}

async fn done_atgard(tx: &mut store::Tx, app: &App, actor: &Actor) -> String {
    let (now, today, id) = (app.state.clock.now(), app.state.clock.today(), AtgardId::new());
    let content = atgard::Content {
        title: "Genomgång".into(),
        why: String::new(),
        responsible: Responsible::Role(Role::Enhetschef),
        due: today,
        follow_up: today.succ_opt(),
    };
    store::atgard::create(tx, now, today, id, app.enhet, atgard::Source::Egen, &content).await.unwrap();
    let made = store::atgard::get(tx, actor, id).await.unwrap();
    let item = store::occurrence::get(tx, actor, made.occurrence).await.unwrap();
    let tick = Tick { performed_on: today, ..Tick::default() };
    store::occurrence::tick(tx, now, &item, 1, &tick).await.unwrap();
    id.to_string()
}

/// An open enkät whose first version has answers of a month that has ended; a second version is being written.
async fn enkat(tx: &mut store::Tx, app: &App) -> EnkatId {
    let (id, now, today) = (EnkatId::new(), app.state.clock.now(), app.state.clock.today());
    let first = today - chrono::Days::new(60);
    let form = domain::enkat::Form {
        title: "Samtal per telefon".into(),
        kanal: "telefon".into(),
        grain: "manad".into(),
        first: domain::format::date(first),
        last: domain::format::date(today),
        ..domain::enkat::Form::default()
    };
    store::enkat::create(tx, now, id, app.enhet, &domain::enkat::check(&form, now.date_naive()).unwrap())
        .await
        .unwrap();
    let mut questions = Questions::default();
    for (key, kind) in [(1, "ja_nej_delvis"), (2, "fritext"), (3, "val")] {
        let (text, options) = (format!("Fråga {key}"), "+ Bra\n− Dåligt".to_owned());
        let form = FragaForm { kind: kind.into(), text, options, ..FragaForm::default() };
        questions.put(domain::enkat::check_fraga(&form, key).unwrap());
    }
    let found = store::enkat::get(tx, id).await.unwrap();
    let version = store::enkat::versions(tx, id).await.unwrap().remove(0);
    let seen = (&version, &version.questions);
    store::enkat::update_questions(tx, now, &found, seen, &questions, "Frågor", vec![]).await.unwrap();
    store::enkat::set_state(tx, now, id, 1, domain::enkat::State::Oppen).await.unwrap();
    for n in 0..6 {
        let mut values = std::collections::BTreeMap::from([(1, Varde::Val(0))]);
        if n == 0 {
            values.insert(2, Varde::Text("Bra samtal".into()));
        }
        let period = Period::of(first, domain::enkat::Grain::Manad);
        let svar = Svar { id: uuid::Uuid::new_v4(), version: version.id, period, kon: None, values };
        let by = store::enkat::svar::Inmatning { person: PersonId::new(), month: "2026-11", form: false };
        assert_eq!(store::enkat::svar::take(tx, &found, by, &[svar]).await.unwrap().new, 1);
    }
    store::enkat::slapp::sweep_one(tx, id, today).await.unwrap();
    let row = read_utifran("1;Socialtjänsten;2024;;70;", &questions.list).unwrap().rows;
    store::enkat::resultat::save_utifran(tx, now, &found, &row).await.unwrap();
    store::enkat::create_version(tx, now, id).await.unwrap();
    id
}

/// As a program asks: the answer is a status.
async fn ask(app: &App, function: &str, cookie: &str, fields: &[(&'static str, String)]) -> (StatusCode, String) {
    let request = http::Request::post(format!("/api/{function}"))
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .body(Body::from(serde_urlencoded::to_string(fields).unwrap()))
        .unwrap();
    let answer = app.send(request).await;
    (answer.status, answer.body)
}

/// An application on a database that can be looked into, with its unit full of everything, and another one.
struct Story {
    app: App,
    things: Things,
    foreign: Things,
    beside: Beside,
}

async fn story(url: &str) -> Story {
    let app = App::at(url, web::state::Settings { database: "sqlite", ..web::state::Settings::default() }).await;
    app.people().await;
    let hash = web::password::hash(crate::common::PASSWORD.to_owned()).await;
    let mut tx = app.write().await;
    let west = unit(&mut tx, &app, "Västra enheten").await;
    somebody(&mut tx, &app, &hash, ELSEWHERE, "Enhetschef 2", (Role::Enhetschef, west)).await;
    let north = unit(&mut tx, &app, second::UNIT).await;
    let chef = (Role::Enhetschef, north);
    let chef = somebody(&mut tx, &app, &hash, "norr@demo.se", &format!("Enhetschef{}", second::CALLED), chef).await;
    let admin = (Role::Admin, app.enhet);
    somebody(&mut tx, &app, &hash, second::UNIT_ADMIN, "Enhetens administratör", admin).await;
    role::persons(&mut tx, &app, &hash).await;
    tx.commit().await.unwrap();
    let things = self::things(&app, &hash, "").await;
    let (router, state) = (app.router.clone(), app.state.clone());
    let there = App { router, state, top: app.top, enhet: north, admin: app.admin, chef };
    let foreign = self::things(&there, &hash, second::CALLED).await;
    Story { app, things, foreign, beside: Beside::connect(url).await }
}

/// The last lines of the table end sessions.
fn lines(t: &Things) -> Vec<Line> {
    let brought = AREAS.iter().flat_map(|area| (area.lines)(t)).collect();
    [avvikelse::lines(&t.cases, &t.unit), apt::lines(&t.meetings, &t.unit), brought, table(t)].concat()
}

#[tokio::test]
async fn every_server_function_answers_only_those_who_may_and_takes_no_id_of_another_unit() {
    for database in databases().await {
        let Story { app, things, foreign, mut beside } = Box::pin(story(&database.url)).await;
        let table = lines(&things);
        let mut listed: Vec<String> = table.iter().map(|(f, ..)| format!("/api/{f}")).collect();
        let mut existing: Vec<String> = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
        listed.sort();
        existing.sort();
        existing.dedup();
        assert_eq!(listed, existing, "each server function needs a line in the table");
        let functions = source::functions();
        role::complete(&table);

        let (chef, admin, elsewhere) = (app.log_in(CHEF).await, app.log_in(ADMIN).await, app.log_in(ELSEWHERE).await);
        let (lex_sarah, unit_admin) = (app.log_in(avvikelse::LEX_SARAH).await, app.log_in(second::UNIT_ADMIN).await);
        let roles = role::log_in(&app).await;
        let mut faults = Vec::new();
        for (function, fields, who) in &table {
            let (status, body) = ask(&app, function, "", fields).await;
            let expected = if *who == Who::Device { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
            assert_eq!(status, expected, "{function} by nobody: {body}");
            let (wrong, right): (Vec<&str>, &str) = match who {
                Who::Chef | Who::Handler => (vec![&admin, &elsewhere], &chef),
                Who::Admin => (vec![&chef, &elsewhere], &admin),
                Who::Answers => (vec![&admin], &elsewhere),
                Who::Everybody | Who::Device => (vec![], &elsewhere),
                Who::LexSarah => (vec![&admin, &elsewhere], &lex_sarah),
            };
            for cookie in wrong {
                let (status, body) = ask(&app, function, cookie, fields).await;
                let refused = match who {
                    Who::Handler | Who::LexSarah => StatusCode::NOT_FOUND,
                    _ => StatusCode::FORBIDDEN,
                };
                assert_eq!(status, refused, "{function} by somebody who may not: {body}");
            }
            faults.extend(role::refused(&app, &roles, function, fields).await);
            let probing = second::Probing {
                app: &app,
                // whoever administers the whole may name anything in it
                cookie: if *who == Who::Admin { &unit_admin } else { right },
                function: functions.iter().find(|f| f.name == *function).unwrap(),
                fields,
                foreign: &foreign,
                own: &things,
            };
            faults.extend(probing.all(&mut beside).await);
            let (status, body) = ask(&app, function, right, fields).await;
            assert_eq!(status, StatusCode::OK, "{function} by somebody who may: {body}");
            faults.extend(role::permitted(&app, &roles, function, fields).await);
        }
        assert!(faults.is_empty(), "on {}:\n{}", database.name, faults.join("\n"));
    }
}

#[tokio::test]
async fn no_text_of_a_form_is_taken_for_the_id_of_something_of_another_unit() {
    let database = databases().await.swap_remove(0);
    let Story { app, things, foreign, mut beside } = Box::pin(story(&database.url)).await;
    let functions = source::functions();
    let (chef, admin, lex_sarah) =
        (app.log_in(CHEF).await, app.log_in(second::UNIT_ADMIN).await, app.log_in(avvikelse::LEX_SARAH).await);
    let before = second::count(&mut beside, &foreign).await;
    assert!(before > 50, "what is looked for is found: {before}");
    for (function, fields, who) in &lines(&things) {
        let cookie = match who {
            Who::Admin => &admin,
            Who::LexSarah => &lex_sarah,
            _ => &chef,
        };
        let function = functions.iter().find(|f| f.name == *function).unwrap();
        second::sweep(&app, cookie, function, fields, &foreign).await;
        let after = second::count(&mut beside, &foreign).await;
        assert_eq!(after, before, "{}: a text is stored as the id of something of another unit", function.name);
    }
}

#[tokio::test]
async fn an_id_that_was_tampered_with_is_not_found_and_harms_nothing() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    for id in ["00000000-0000-0000-0000-000000000000", "1 or 1=1", "", "../../etc"] {
        let fields = [("id", id.to_owned()), ("version", "1".to_owned()), ("form[outcome]", String::new())];
        let (status, body) = ask(&app, "mark_occurrence_done", &chef, &fields).await;
        let expected = if id.len() == 36 { StatusCode::NOT_FOUND } else { StatusCode::UNPROCESSABLE_ENTITY };
        assert_eq!(status, expected, "{id}: {body}");
    }
}
