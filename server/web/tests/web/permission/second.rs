//! Second ids: every id that a form can name beside the thing it is about, tried with that of another unit and with one of
//! nothing. Fields whose type is an id are found in the source; those that are texts stand in [`TEXTS`], and a text that is
//! in neither and is stored as an id is found by [`sweep`].

use http::StatusCode;
use uuid::Uuid;

use super::{
    AREAS, Things, ask,
    source::{Function, id_type},
};
use crate::common::{App, database::Beside};

/// The other unit, and how everything in it ends, so that an answer with a name of it is known.
pub const UNIT: &str = "Norra enheten";
pub const CALLED: &str = " i norr";
/// Administers the unit alone.
pub const UNIT_ADMIN: &str = "enhetsadmin@demo.se";

const WHO: &[&str] = &["person:{person}", "grupp:{grupp}"];
const ONE: &[&str] = &["{person}"];
const NODE: &[&str] = &["{unit}"];
const SOURCE: &[&str] = &[
    "genomforande:{run}",
    "forekomst:{occurrence}",
    "avvikelse:{case}",
    "forslag:{ForslagId}",
    "apt:{mote}",
    "indikator:{IndikatorId}",
    "enhetsmal:{målet}",
    "planaktivitet:{PlanaktivitetId}",
    "konto:{KontoId}",
];

/// Ids that come as texts: server function, field, what it can hold.
const TEXTS: &[(&str, &str, &[&str])] = &[
    ("create_egenkontroll", "form[responsible]", WHO),
    ("update_egenkontroll", "form[responsible]", WHO),
    ("create_internkontroll", "form[utfors_av]", WHO),
    ("create_internkontroll", "form[kontrollansvarig]", WHO),
    ("update_internkontroll", "form[utfors_av]", WHO),
    ("update_internkontroll", "form[kontrollansvarig]", WHO),
    ("create_aktivitet", "form[responsible]", WHO),
    ("update_aktivitet", "form[responsible]", WHO),
    ("create_atgard", "form[responsible]", WHO),
    ("create_atgard", "source", SOURCE),
    ("update_atgard", "form[responsible]", WHO),
    ("create_apt_atgard", "form[responsible]", WHO),
    ("create_apt", "mark", &["{mark}", "{occurrence}", "{own control}"]),
    ("create_apt", "form[chair]", ONE),
    ("create_apt", "form[secretary]", ONE),
    ("update_apt", "form[chair]", ONE),
    ("update_apt", "form[secretary]", ONE),
    ("update_apt_punkt", "form[leader1]", ONE),
    ("update_apt_punkt", "form[leader2]", ONE),
    ("update_apt_bild", "form[enkat]", &["{enkat}"]),
    ("update_apt_narvaro", "persons[]", ONE),
    ("create_avvikelse", "form[on_behalf_of]", ONE),
    (
        "create_avvikelse_lank",
        "choice",
        &["egenkontroll /egenkontroll/{egenkontroll} A", "internkontroll /internkontroll/{internkontroll} A"],
    ),
    (
        "create_avvikelse_lank",
        "href",
        &["/egenkontroll/{egenkontroll}?flik=historik", "/internkontroll/{internkontroll}"],
    ),
    ("mark_occurrence_done", "form[figure_serie_1]", &["{SerieId}"]),
    ("mark_occurrences", "rows[]", &["{occurrence}.1"]),
    ("undo_occurrence_marks", "rows[]", &["{occurrence}.1"]),
    ("create_person", "node", NODE),
    ("create_role", "node", NODE),
    ("create_group", "node", NODE),
];

/// Fields of devices, whose ids are told apart by nobody: a stranger's is answered as one of nothing is.
const SILENT: [(&str, &str); 5] = [
    ("undo_enkatsvar", "svar"),
    ("set_enkatantal", "device"),
    ("get_avvikelse_mottagen", "id"),
    ("get_avvikelse_mottagen", "node"),
    ("mark_notis_seen", "id"),
];

/// Years and days that do not exist here.
const YEARS: [&str; 4] = ["-262143", "99999", "1999", "2101"];
const DAYS: [&str; 4] = ["-262143-01-01", "99999-01-01", "1999-12-31", "2101-01-01"];
/// Years in texts that hold more: server function, field, what it can hold.
const YEAR_TEXTS: &[(&str, &str, &[&str])] = &[
    ("set_avvikelse_ar", "form[year]", &YEARS),
    ("import_avvikelse_ar", "rows", &["1999;1;2", "99999;1;2", "-262143;1;2"]),
    ("import_enkat_utifran", "rows", &["1;Staden;1999;;81,5;400", "1;Staden;9999-11;;81,5;400"]),
    ("update_enkat_fordelning", "form[wave]", &["1999", "9999-11"]),
    ("set_enkat_utdelade", "period", &["9999-11", "1999-11", "-262143-11"]),
    ("set_enkatantal", "month", &["9999-11", "1999-11"]),
];

/// The ids of the other unit by the type of field that holds them.
fn of_type(t: &Things, kind: &str) -> Vec<String> {
    let one = |id: &String| vec![id.clone()];
    match kind {
        "NodeId" => one(&t.unit),
        "PersonId" => one(&t.person),
        "GrantId" => one(&t.person_grant),
        "GruppId" => vec![t.grupp.clone(), t.annan_grupp.clone()],
        "ScheduleId" => one(&t.aktivitet),
        "OccurrenceId" => vec![t.occurrences[0].clone(), t.mark.clone(), t.control.clone()],
        "EgenkontrollId" => one(&t.egenkontroll),
        "InternkontrollId" => one(&t.internkontroll),
        "GenomforandeId" => one(&t.runs[0]),
        "AtgardId" => one(&t.atgard),
        "EnkatId" => one(&t.enkat),
        "AvvikelseId" => vec![t.cases.case()],
        "BilagaId" => vec![t.cases.bilaga()],
        "AptId" => one(&t.meetings.mote),
        "PunktId" => one(&t.meetings.points[0]),
        "BildId" => one(&t.meetings.slides[0]),
        "BeslutId" => one(&t.meetings.beslut),
        "SkarmId" => one(&t.meetings.skarmar[0]),
        // of the whole installation and of one person: no unit has any
        "BekraftelseId" | "NotisId" => vec![Uuid::new_v4().to_string()],
        "Uuid" => vec![t.utifran.clone(), t.fritext.clone(), t.konto.clone()],
        other => {
            let of = t.brought.iter().filter(|(kind, _)| *kind == other).map(|(_, id)| id.clone());
            let of: Vec<String> = of.collect();
            assert!(!of.is_empty(), "say here, or in what the area brings, what the other unit has of {other}");
            of
        }
    }
}

/// Ids of parts that stand in the row of what they are a part of, and are looked for in nothing else: another thing that has the same lays
/// hands on nothing.
const WITHIN: [&str; 2] = ["RadId", "VerksamhetId"];

/// All that something new could lay hands on by having the same id.
fn all(t: &Things) -> Vec<String> {
    let kinds = [
        "NodeId",
        "PersonId",
        "GruppId",
        "ScheduleId",
        "OccurrenceId",
        "EgenkontrollId",
        "InternkontrollId",
        "GenomforandeId",
        "AtgardId",
        "EnkatId",
        "AvvikelseId",
        "AptId",
        "SkarmId",
    ];
    let brought = t.brought.iter().filter(|(kind, _)| !WITHIN.contains(kind)).map(|(_, id)| id.clone());
    kinds.into_iter().flat_map(|kind| of_type(t, kind)).chain(brought).collect()
}

fn filled(template: &str, t: &Things, own: &Things) -> String {
    [
        ("{person}", &t.person),
        ("{grupp}", &t.grupp),
        ("{unit}", &t.unit),
        ("{run}", &t.runs[0]),
        ("{occurrence}", &t.occurrences[0]),
        ("{case}", &t.cases.case()),
        ("{mote}", &t.meetings.mote),
        ("{mark}", &t.mark),
        ("{enkat}", &t.enkat),
        ("{egenkontroll}", &t.egenkontroll),
        ("{internkontroll}", &t.internkontroll),
        ("{own control}", &own.control),
    ]
    .into_iter()
    .map(|(place, id)| (place.to_owned(), id))
    .chain(t.brought.iter().map(|(kind, id)| (format!("{{{kind}}}"), id)))
    .fold(template.to_owned(), |text, (place, id)| text.replace(&place, id))
}

/// The template with ids of nothing.
fn unknown(template: &str) -> String {
    let mut out = String::new();
    for (i, part) in template.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if i > 0 => {
                out.push_str(&Uuid::new_v4().to_string());
                out.push_str(rest);
            }
            _ => out.push_str(part),
        }
    }
    out
}

/// The fields with one of them holding something else.
fn with(fields: &[(&'static str, String)], field: &str, value: &str) -> Vec<(&'static str, String)> {
    let mut out: Vec<_> = fields.iter().filter(|(f, _)| *f != field).cloned().collect();
    let name = fields.iter().map(|(f, _)| *f).find(|f| *f == field).unwrap_or_else(|| field.to_owned().leak());
    out.push((name, value.to_owned()));
    out
}

/// One server function before what does not belong.
pub struct Probing<'a> {
    pub app: &'a App,
    pub cookie: &'a str,
    pub function: &'a Function,
    pub fields: &'a [(&'static str, String)],
    pub foreign: &'a Things,
    pub own: &'a Things,
}

impl Probing<'_> {
    /// Every field with every id and year that it may not hold. Gives what was not refused in words, or was stored.
    pub async fn all(&self, beside: &mut Beside) -> Vec<String> {
        let mut faults = Vec::new();
        let before = beside.all().await;
        let name = self.function.name.as_str();
        for (field, kind) in &self.function.fields {
            if SILENT.contains(&(name, field)) {
                continue;
            }
            for value in self.wrong(field, kind) {
                faults.extend(self.refused(field, &value).await);
            }
        }
        let brought = AREAS.iter().flat_map(|area| area.texts);
        for (_, field, templates) in TEXTS.iter().chain(brought).filter(|(f, ..)| *f == name) {
            assert!(self.function.fields.iter().any(|(f, _)| f == field), "{name} has no field {field}");
            for template in *templates {
                faults.extend(self.refused(field, &filled(template, self.foreign, self.own)).await);
                faults.extend(self.refused(field, &unknown(template)).await);
            }
        }
        for (_, field, texts) in YEAR_TEXTS.iter().filter(|(f, ..)| *f == name) {
            for text in *texts {
                faults.extend(self.refused(field, text).await);
            }
        }
        let after = beside.all().await;
        let new: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
        if !new.is_empty() || before.len() != after.len() {
            faults.push(format!("{name} stored {new:?}"));
        }
        faults
    }

    fn wrong(&self, field: &str, kind: &str) -> Vec<String> {
        if kind == "Year" {
            return YEARS.iter().map(|y| (*y).to_owned()).collect();
        }
        assert!(
            !matches!(kind, "i32" | "i64") || !["year", "from", "ar"].contains(&field),
            "a year is a Year: {field}"
        );
        let Some(kind) = id_type(kind) else {
            let day = self.fields.iter().any(|(f, v)| {
                *f == field && domain::day::read(v, domain::day::Fits::Whole).is_ok_and(|day| day.is_some())
            });
            return if day { DAYS.iter().map(|d| (*d).to_owned()).collect() } else { vec![] };
        };
        let name = self.function.name.as_str();
        let made = matches!(field, "id" | "new")
            && (name.starts_with("create_")
                || name.starts_with("copy_") && field == "new"
                || name == "create_role"
                || name == "import_siffror"
                || name == "import_plantabell");
        let mut out =
            if made && kind == "Uuid" { vec![self.foreign.meetings.amne.clone()] } else { of_type(self.foreign, kind) };
        if made {
            out.extend(all(self.foreign));
        } else {
            out.push(Uuid::new_v4().to_string());
            out.push(Uuid::nil().to_string());
        }
        out
    }

    async fn refused(&self, field: &str, value: &str) -> Option<String> {
        let (status, body) = ask(self.app, &self.function.name, self.cookie, &with(self.fields, field, value)).await;
        let mut in_words = matches!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::CONFLICT
        );
        // which years there are is told, also where a type refuses
        in_words &= !YEARS.contains(&value) || body.contains("mellan 2");
        let names = body.contains(CALLED) || body.contains(UNIT);
        let name = &self.function.name;
        (!in_words || names).then(|| format!("{name} with {field} = {value}: {status} {body}"))
    }
}

/// How many places hold an id of the other unit as an id, and not as letters of a text.
pub async fn count(beside: &mut Beside, foreign: &Things) -> usize {
    let ids = all(foreign).into_iter().map(|id| format!("X'{}'", id.replace('-', "").to_uppercase()));
    let ids: Vec<String> = ids.collect();
    beside.all().await.iter().map(|line| ids.iter().map(|id| line.matches(id.as_str()).count()).sum::<usize>()).sum()
}

/// Writes ids of the other unit into every text of a form: what comes of it is looked for in the database. What was done
/// has raised the version of the thing; it is followed.
pub async fn sweep(app: &App, cookie: &str, function: &Function, fields: &[(&'static str, String)], foreign: &Things) {
    let mut fields = fields.to_vec();
    let templates = ["{person}", "person:{person}", "grupp:{grupp}", "{unit}", "{mark}", "{enkat}", "{case}"];
    for (field, kind) in &function.fields {
        if !matches!(kind.as_str(), "String" | "Vec<String>" | "Option<String>") || field.contains("password") {
            continue;
        }
        for template in templates {
            let value = filled(template, foreign, foreign);
            for _ in 0..3 {
                let (status, body) = ask(app, &function.name, cookie, &with(&fields, field, &value)).await;
                assert!(!status.is_server_error(), "{}: {field} = {value}: {status} {body}", function.name);
                let version = fields.iter_mut().find(|(f, _)| *f == "version");
                match version {
                    Some((_, version)) if matches!(status, StatusCode::OK | StatusCode::CONFLICT) => {
                        *version = (version.parse::<i64>().unwrap() + 1).to_string();
                    }
                    _ => break,
                }
                if status == StatusCode::OK {
                    break;
                }
            }
        }
    }
}
