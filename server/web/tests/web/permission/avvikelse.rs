//! The lines of the table that are about cases: who may not open a case is told that there is none.

use domain::{
    avvikelse::{
        Arende, Bedomning, Innehall, Kind, Kinds, State,
        arende::Bilaga,
        case::{Beslut, Ivo, Utredning},
        intake::{Rapport, When},
        lank::{Lank, LankKind},
        word::{Orsak, Risk, Ror, Upprepning},
    },
    id::{AvvikelseId, BilagaId, PersonId},
    permission::Role,
};
use store::{avvikelse, person::NewPerson};

use super::{Line, Who};
use crate::common::App;

pub const LEX_SARAH: &str = "lexsarah@demo.se";

/// Cases as the functions need them, each with its version; what they belong to.
pub struct Cases {
    all: Vec<(String, String)>,
    bilaga: String,
    colleague: String,
}

fn rapport() -> Innehall {
    Innehall::Rapport(Rapport {
        what: "Ansökan låg i fel tjänst".into(),
        when: When::About("i går".into()),
        place: String::new(),
        process: String::new(),
        reference: String::new(),
        noticed_by: String::new(),
        consequence: "Sen utbetalning".into(),
        done_at_once: String::new(),
        ror: Ror::Brukare,
        suggestion: String::new(),
        suspected: false,
        pui: false,
        discovered: None,
        on_behalf_of: None,
    })
}

impl Cases {
    pub fn case(&self) -> String {
        self.all[0].0.clone()
    }

    pub fn bilaga(&self) -> String {
        self.bilaga.clone()
    }
}

/// Eighteen cases of the unit, reported by nobody, and a lex Sarah-utredare.
pub async fn cases(tx: &mut store::Tx, app: &App, hash: &str, colleague: PersonId) -> Cases {
    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    let new = NewPerson {
        id: PersonId::new(),
        name: "Lex Sarah-utredare".into(),
        email: LEX_SARAH.into(),
        password_hash: hash.into(),
        roles: vec![(Role::LexSarah, app.top)],
    };
    if !store::person::email_taken(tx, LEX_SARAH, new.id).await.unwrap() {
        store::person::create(tx, now, &new).await.unwrap();
    }
    let chef = store::person::actor(tx, app.chef, 1).await.unwrap().unwrap();
    let beslut = Beslut { bedomning: Bedomning::Allvarligt, motive: "Motivering".into(), on: today };
    let ivo = Ivo { on: today, dnr: "1".into(), investigation_on: None };
    let utredning = Utredning {
        timeline: "1".into(),
        found: "2".into(),
        consequences: "3".into(),
        upprepning: Some(Upprepning::Liten),
        orsaker: vec![Orsak::Rutiner],
        beslut: "4".into(),
    };
    let bilaga = BilagaId::new();
    let mut all = Vec::new();
    for n in 0..20 {
        let id = AvvikelseId::new();
        if n == 18 {
            // an own report of the chef: the reporter alone adds to one
            tx.act_as(app.chef);
        }
        avvikelse::create(tx, now, today, id, app.enhet, rapport()).await.unwrap();
        let (before, _) = avvikelse::handle(tx, now, &chef, id).await.unwrap();
        let mut after: Arende = before.clone();
        let case = &mut after.case;
        if (3..=5).contains(&n) {
            case.kinds = Kinds::of(&[Kind::Pui]);
            case.state = State::Bedomd;
            case.imy.discovered_at = Some("2026-10-31T12:00:00Z".parse().unwrap());
            case.imy.risk = [None, Some(Risk::Risk), Some(Risk::Hog)][n - 3];
        }
        if n == 11 {
            let (kind, label) = (LankKind::Rutin, "Rutin".to_owned());
            after.links.push(Lank { kind, label, href: String::new(), changed: String::new() });
        }
        if n == 13 {
            let media = "application/pdf".to_owned();
            let file = Bilaga {
                id: bilaga,
                name: "a.pdf".into(),
                media,
                size: 1,
                removed: vec![],
                who: String::new(),
                at: now,
            };
            avvikelse::bilaga::create(tx, now, &before, &file, vec![1]).await.unwrap();
        }
        if (14..18).contains(&n) {
            after.case.suspected_on = Some(today);
        }
        if (15..18).contains(&n) {
            after.case.state = State::Bedomd;
            after.case = after.case.decided(beslut.clone());
        }
        if n == 17 {
            after.case.state = State::FoljsUpp;
        }
        if n == 16 {
            after.case.ivo = Some(ivo.clone());
            after.case.utredning = utredning.clone();
        }
        let version = if after == before { before.version } else { before.version + 1 };
        if after != before {
            avvikelse::save(tx, now, &before, &after, before.version, ("Förberedd", "")).await.unwrap();
        }
        all.push((id.to_string(), version.to_string()));
    }
    Cases { all, bilaga: bilaga.to_string(), colleague: colleague.to_string() }
}

/// The lines.
pub fn lines(c: &Cases, unit: &str) -> Vec<Line> {
    let s = |text: &str| text.to_owned();
    let case = |n: usize, more: Vec<(&'static str, String)>| {
        let (id, version) = c.all[n].clone();
        [vec![("id", id), ("version", version)], more].concat()
    };
    let node = || ("node", unit.to_owned());
    let report = || {
        vec![
            ("id", AvvikelseId::new().to_string()),
            node(),
            ("form[what]", s("Ansökan låg i fel tjänst")),
            ("form[day]", s("2026-11-01")),
            ("form[consequence]", s("Sen utbetalning")),
            ("form[ror]", s("brukare")),
        ]
    };
    let complaint = vec![
        ("id", AvvikelseId::new().to_string()),
        node(),
        ("form[what]", s("Svårt att nå")),
        ("form[kind]", s("klagomal")),
        ("form[kategori]", s("tillganglighet")),
        ("form[kanal]", s("telefon")),
        ("form[anonymous]", s("on")),
    ];
    let incident = vec![
        ("form[discovered_day]", s("2026-11-01")),
        ("form[discovered_time]", s("10:00")),
        ("form[forlust][]", s("rojande")),
        ("form[drabbade][]", s("brukare")),
        ("form[uppgifter][]", s("ekonomi")),
        ("form[consequences]", s("Någon vet")),
        ("form[measures]", s("Hämtat")),
    ];
    let reported = vec![("reported_day", s("2026-11-01")), ("reported_time", s("10:00"))];
    let lank = vec![("kind", s("rutin")), ("label", s("Rutin"))];
    let goals = vec![node(), ("version", s("0")), ("ivo_utredning_months", s("2")), ("aterkoppling_days", s("14"))];
    vec![
        ("create_avvikelse", report(), Who::Chef),
        ("create_klagomal", complaint, Who::Chef),
        ("create_avvikelse_tillagg", vec![("id", c.all[18].0.clone()), ("tillagg", s("Det hände igen"))], Who::Handler),
        ("get_utkastkonto", vec![], Who::Everybody),
        ("get_avvikelse_mottagen", vec![("id", AvvikelseId::new().to_string())], Who::Answers),
        ("update_avvikelse_installning", goals, Who::Chef),
        ("set_avvikelse_ar", vec![node(), ("form[year]", s("2023")), ("form[avvikelser]", s("9"))], Who::Chef),
        ("import_avvikelse_ar", vec![node(), ("rows", s("2022;1;2"))], Who::Chef),
        ("remove_avvikelse_ar", vec![node(), ("year", s("2022"))], Who::Chef),
        ("set_avvikelse_bedomning", case(0, vec![("form[kinds][]", s("avvikelse"))]), Who::Handler),
        ("set_avvikelse_state", case(1, vec![("step", s("misstank")), ("reason", s("Barn"))]), Who::Handler),
        ("update_incident", case(2, incident), Who::Handler),
        ("decide_imy", case(3, vec![("risk", s("osannolik")), ("motive", s("Krypterat"))]), Who::Handler),
        ("report_imy", case(4, reported), Who::Handler),
        ("report_registrerade", case(5, vec![("why_not", s("Krypterat"))]), Who::Handler),
        ("update_utredning", case(6, vec![("form[found]", s("Rutin saknas"))]), Who::Handler),
        ("update_aterkoppling", case(7, vec![("form[outcome]", s("Ny rutin"))]), Who::Handler),
        ("update_uppfoljning", case(8, vec![("follow_up_on", s("2026-12-24"))]), Who::Handler),
        ("update_avvikelse_avslut", case(19, vec![("form[follow_up_on]", s("2026-12-24"))]), Who::Handler),
        ("update_avvikelse_apt", case(9, vec![("apt", s("Vi lärde oss"))]), Who::Handler),
        ("create_avvikelse_lank", case(10, lank), Who::Handler),
        ("remove_avvikelse_lank", case(11, vec![("place", s("0"))]), Who::Handler),
        (
            "set_avvikelse_handlaggare",
            case(12, vec![("person", c.colleague.clone()), ("asked", s("true"))]),
            Who::Handler,
        ),
        ("remove_bilaga", case(13, vec![("bilaga", c.bilaga.clone())]), Who::Handler),
        ("decide_lex_sarah", case(14, vec![("bedomning", s("risk")), ("motive", s("Motivering"))]), Who::LexSarah),
        ("report_ivo", case(15, vec![("dnr", s("IVO 1"))]), Who::LexSarah),
        ("report_ivo_utredning", case(16, vec![]), Who::LexSarah),
    ]
}
