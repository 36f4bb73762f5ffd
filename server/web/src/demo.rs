//! The demo: three units of one avdelning with the plans of the underlag laid around today. Done up to last month, a few
//! late, and a year behind it for comparison. Roles instead of persons.

use anyhow::{Result, anyhow, ensure};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::{
    aktivitet,
    id::{EgenkontrollId, GruppId, InternkontrollId, NodeId, PersonId, ScheduleId},
    import::{Names, Options, Table, read_egenkontroll, read_internkontroll},
    occurrence::{Andel, Figure, Item, Outcome, Share, Tick, month_end},
    organisation::{Node, NodeKind, Tree},
    period::Grain,
    permission::{Area, Grants, Role},
    person::Actor,
    recurrence::{Months, Recurrence},
    schedule::{Category, Responsible},
    tal::Tal,
};
use store::{Store, Tx, person::NewPerson};
use ui::ctx::DemoAccount;

use crate::import;

mod apt;
mod avvikelser;
mod ekonomi;
mod forslag;
mod improvement;
mod indikator;
mod jamstalldhet;
mod matning;
mod planaktivitet;
mod serie;
mod verksamhetsplan;

/// The password of every demo account.
pub const PASSWORD: &str = "demo-kvalitet";

const BROMMA_EGENKONTROLL: &str = include_str!("../demo/egenkontrollplan-bromma-2022.csv");
const BROMMA_INTERNKONTROLL: &str = include_str!("../demo/internkontrollplan-bromma-2022.csv");
const HASSELBY_EGENKONTROLL: &str = include_str!("../demo/egenkontrollplan-hasselby-vallingby-2019.csv");

/// The accounts of the login page: label, name at login, role, and whether it holds at the avdelning.
const ACCOUNTS: [(&str, &str, Role, Where); 9] = [
    ("Enhetschef", "enhetschef@demo.se", Role::Enhetschef, Where::Unit(0)),
    ("Biträdande enhetschef", "bitradande@demo.se", Role::BitradandeChef, Where::Unit(0)),
    ("Metodutvecklare", "metodutvecklare@demo.se", Role::Metodutvecklare, Where::Unit(0)),
    ("Handläggare", "handlaggare@demo.se", Role::Medarbetare, Where::Unit(0)),
    ("Verksamhetscontroller", "controller@demo.se", Role::Controller, Where::Avdelning),
    ("Lex Sarah-utredare", "lexsarah@demo.se", Role::LexSarah, Where::Avdelning),
    ("Administratör", "admin@demo.se", Role::Admin, Where::Top),
    ("Enhetschef, västra enheten", "enhetschef2@demo.se", Role::Enhetschef, Where::Unit(1)),
    ("Biträdande enhetschef, västra enheten", "bitradande2@demo.se", Role::BitradandeChef, Where::Unit(1)),
];

/// How many of the accounts stand as buttons on the login page.
const ON_LOGIN_PAGE: usize = 7;

#[derive(Clone, Copy)]
enum Where {
    Top,
    Avdelning,
    Unit(usize),
}

/// The buttons of the login page.
fn accounts() -> Vec<DemoAccount> {
    ACCOUNTS[..ON_LOGIN_PAGE]
        .iter()
        .map(|(_, email, role, _)| DemoAccount { role: *role, email: (*email).to_owned() })
        .collect()
}

struct People {
    avdelning: NodeId,
    units: [NodeId; 2],
    persons: Vec<PersonId>,
}

/// Fills an empty database with the demo around `today`, and gives the accounts of the login page. One transaction: all
/// of it or nothing.
pub async fn fill(store: &Store, today: NaiveDate, now: DateTime<Utc>) -> Result<Vec<DemoAccount>> {
    let password_hash = crate::password::hash(PASSWORD.to_owned()).await;
    let mut tx = store.system(true).await?;
    let people = organisation(&mut tx, now, &password_hash).await?;
    let year = today.year();
    improvement::two_years_ago(&mut tx, now, &people, year - 2).await?;
    for year in [year - 1, year] {
        plans(&mut tx, now, &people, year).await?;
        activities(&mut tx, now, &people, year).await?;
    }
    history_of_ticks(&mut tx, now, &people, today).await?;
    avvikelser::fill(&mut tx, now, &people, today).await?;
    forslag::fill(&mut tx, now, &people, today).await?;
    serie::fill(&mut tx, now, &people, today).await?;
    jamstalldhet::fill(&mut tx, now, &people, today).await?;
    verksamhetsplan::fill(&mut tx, now, &people, today).await?;
    indikator::fill(&mut tx, now, &people, today).await?;
    planaktivitet::fill(&mut tx, now, &people, today).await?;
    ekonomi::fill(&mut tx, now, &people, today).await?;
    tx.act_as(people.persons[2]);
    crate::demo_enkat::fill(&mut tx, now, today, (people.units[0], people.persons[3])).await?;
    matning::fill(&mut tx, now, &people, today).await?;
    apt::fill(&mut tx, now, &people, today).await?;
    tx.commit().await?;
    Ok(accounts())
}

async fn organisation(tx: &mut Tx, now: DateTime<Utc>, password_hash: &str) -> Result<People> {
    let node = |parent: Option<NodeId>, kind, name: &str| Node {
        id: NodeId::new(),
        parent,
        kind,
        name: name.to_owned(),
        active: true,
        version: 1,
    };
    let top = node(None, NodeKind::Organisation, "Staden");
    let forvaltning = node(Some(top.id), NodeKind::Forvaltning, "Stadsdelsförvaltningen");
    let avdelning = node(Some(forvaltning.id), NodeKind::Avdelning, "Avdelningen för ekonomiskt bistånd");
    let first = node(Some(avdelning.id), NodeKind::Enhet, "Enheten för arbete och försörjning");
    let second = node(Some(avdelning.id), NodeKind::Enhet, "Västra enheten för ekonomiskt bistånd");
    let team = node(Some(first.id), NodeKind::Arbetsgrupp, "Relationsvåldsteamet");
    let (top_id, avdelning_id, units) = (top.id, avdelning.id, [first.id, second.id]);
    for node in [top, forvaltning, avdelning, first, second, team] {
        store::organisation::create_node(tx, now, &node).await?;
    }
    let mut persons = Vec::new();
    for (name, email, role, place) in ACCOUNTS {
        let at = match place {
            Where::Top => top_id,
            Where::Avdelning => avdelning_id,
            Where::Unit(n) => units[n],
        };
        let new = NewPerson {
            id: PersonId::new(),
            name: name.to_owned(),
            email: email.to_owned(),
            password_hash: password_hash.to_owned(),
            roles: vec![(role, at)],
        };
        store::person::create(tx, now, &new).await?;
        persons.push(new.id);
    }
    for (unit, members) in [(units[0], &persons[0..3]), (units[1], &persons[7..9])] {
        let id = GruppId::new();
        store::organisation::create_group(tx, now, id, unit, "Enhetens ledningsgrupp").await?;
        store::organisation::update_group(tx, now, id, 1, "Enhetens ledningsgrupp", members).await?;
    }
    Ok(People { avdelning: avdelning_id, units, persons })
}

/// The plans of the underlag, with their dates moved to `year`.
async fn plans(tx: &mut Tx, now: DateTime<Utc>, people: &People, year: i32) -> Result<()> {
    let tree = store::organisation::tree(tx).await?;
    for (unit, csv) in [(people.units[0], BROMMA_EGENKONTROLL), (people.units[1], HASSELBY_EGENKONTROLL)] {
        let names = names(tx, &tree, unit).await?;
        let options = Options { year, move_dates: true, names: &names };
        let read = read_egenkontroll(&table(csv)?, &options, &[]).map_err(|e| anyhow!(e.message))?;
        ensure!(read.preview.problems().next().is_none(), "the demo's egenkontrollplan has faults");
        for mut content in read.new {
            // the avdelning owns the control of telephone hours and lays it on all its units
            let owner = if content.number == "K.1.1" { people.avdelning } else { unit };
            content.laid_on_units = owner == people.avdelning;
            if content.kontrollmal == "Dokumentation" {
                content.malvarde = Some(Tal::whole(80));
            }
            store::plan::create(tx, now, EgenkontrollId::new(), owner, year, &content).await?;
        }
    }
    let names = names(tx, &tree, people.units[0]).await?;
    let options = Options { year, move_dates: true, names: &names };
    let read = read_internkontroll(&table(BROMMA_INTERNKONTROLL)?, &options, &[]).map_err(|e| anyhow!(e.message))?;
    ensure!(read.preview.problems().next().is_none(), "the demo's internkontrollplan has faults");
    for content in read.new {
        store::plan::create(tx, now, InternkontrollId::new(), people.units[0], year, &content).await?;
    }
    Ok(())
}

async fn names(tx: &mut Tx, tree: &Tree, unit: NodeId) -> Result<Names> {
    ui::import::plan::names(tx, tree, unit).await.map_err(|e| anyhow!(e.message()))
}

fn table(csv: &str) -> Result<Table> {
    import::read_text(csv).map_err(|e| anyhow!(e))
}

/// Meetings, arbetsmiljö and own activities, and the report deadlines.
async fn activities(tx: &mut Tx, now: DateTime<Utc>, people: &People, year: i32) -> Result<()> {
    for unit in people.units {
        // as those of a unit that was there before the year began
        let before = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        store::aktivitet::ensure_reports(tx, now, before, unit, year).await?;
        for (month, day) in
            [(1, 14), (2, 11), (3, 11), (4, 8), (5, 13), (6, 10), (8, 19), (9, 9), (10, 14), (11, 11), (12, 9)]
        {
            let date = NaiveDate::from_ymd_opt(year, month, day);
            activity(tx, now, unit, year, "APT", Category::Mote, Recurrence::Once, (date, date)).await?;
        }
        let months = |m: &[u32]| Recurrence::Chosen(Months::of(m));
        activity(tx, now, unit, year, "Brommasamtal", Category::Arbetsmiljo, months(&[3, 6, 9, 12]), (None, None))
            .await?;
        let day = |m, d| NaiveDate::from_ymd_opt(year, m, d);
        activity(tx, now, unit, year, "Skyddsrond", Category::Arbetsmiljo, Recurrence::Once, (day(10, 5), day(10, 16)))
            .await?;
        activity(
            tx,
            now,
            unit,
            year,
            "Medarbetarenkät",
            Category::Arbetsmiljo,
            Recurrence::Once,
            (day(4, 13), day(5, 22)),
        )
        .await?;
        activity(tx, now, unit, year, "Planeringsdag", Category::Aktivitet, Recurrence::Once, (day(9, 24), day(9, 24)))
            .await?;
        activity(
            tx,
            now,
            unit,
            year,
            "Introduktion av sommarvikarier",
            Category::Aktivitet,
            Recurrence::Once,
            (day(5, 25), day(6, 26)),
        )
        .await?;
    }
    Ok(())
}

#[allow(clippy::too_many_arguments)] // one line of the demo's table
async fn activity(
    tx: &mut Tx,
    now: DateTime<Utc>,
    unit: NodeId,
    year: i32,
    title: &str,
    category: Category,
    recurrence: Recurrence,
    (start, end): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<()> {
    let content = aktivitet::Content {
        title: title.to_owned(),
        description: String::new(),
        category,
        responsible: Responsible::Role(if category == Category::Arbetsmiljo {
            Role::BitradandeChef
        } else {
            Role::Enhetschef
        }),
        recurrence,
        start,
        end,
        hours: None,
    };
    store::aktivitet::create(tx, now, ScheduleId::new(), unit, year, &content).await?;
    Ok(())
}

/// Ticks off what should be done by now, all but a few, in the names of those who should.
async fn history_of_ticks(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    let tree = store::organisation::tree(tx).await?;
    let (mut run, mut deviation) = (None, None);
    for (unit_index, unit) in people.units.into_iter().enumerate() {
        let chef = people.persons[if unit_index == 0 { 0 } else { 7 }];
        let actor = Actor {
            person: chef,
            name: String::new(),
            grants: Grants(vec![(Role::Enhetschef, unit)]),
            groups: vec![],
            tree: tree.clone(),
            epoch: 1,
        };
        for year in [today.year() - 1, today.year()] {
            let items = store::occurrence::year(tx, &actor, unit, year).await?;
            let mut left_late = 0;
            for (n, item) in items.iter().enumerate().rev() {
                let due = item.occurrence.due;
                let last = if item.area == Area::Aktivitet { due } else { month_end(item.occurrence.day()) };
                if last >= today {
                    // this month: a third is done already
                    let begun =
                        item.occurrence.start <= today && due.month() == today.month() && due.year() == today.year();
                    if !(begun && n % 3 == 0 && item.area != Area::Aktivitet) {
                        continue;
                    }
                } else if year == today.year() && stays_late(item, today, left_late) {
                    left_late += 1;
                    if improvement::is_carried_out(item, unit_index) {
                        improvement::carry_out(tx, now, people, item, None).await?;
                    }
                    continue;
                } else if year < today.year() && n % 23 == 7 {
                    let reason = "Sjukfrånvaro, kontrollen gjordes i stället månaden efter.";
                    store::occurrence::give_up(tx, at(now, due), item, item.occurrence.version, reason).await?;
                    continue;
                }
                if last >= today && unit_index == 0 && item.area == Area::Egenkontroll {
                    let day = item.occurrence.start.max(today - Days::new(3));
                    improvement::count(tx, now, people, item, day).await?;
                    continue;
                }
                if improvement::is_carried_out(item, unit_index) {
                    let day = item.occurrence.due.min(today);
                    run = Some(improvement::carry_out(tx, now, people, item, Some(day)).await?);
                    continue;
                }
                if unit_index == 0 && item.area == Area::Internkontroll && n % 17 == 5 {
                    deviation = Some(item.clone());
                }
                tick(tx, now, people, item, unit_index, n, today).await?;
            }
        }
    }
    improvement::atgarder(tx, now, people, today, run, deviation.as_ref()).await?;
    Ok(())
}

/// Two or three of last month's controls stay late in each unit, those that the sketches show.
fn stays_late(item: &Item, today: NaiveDate, already: usize) -> bool {
    let months = (today.year() - item.occurrence.day().year()) * 12 + month_of(today) - month_of(item.occurrence.day());
    let recent = (1..=2).contains(&months);
    let chosen = ["Dokumentation", "telefontider", "Att samverkansmöten hålls", "Fråga om våld", "Barns situation"];
    already < 3 && recent && chosen.iter().any(|c| item.title.contains(c))
}

fn month_of(day: NaiveDate) -> i32 {
    i32::try_from(day.month()).unwrap_or(0)
}

/// Noon of a day, for the history.
fn at(now: DateTime<Utc>, day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(11, 0, 0).map_or(now, |t| t.and_utc())
}

async fn tick(
    tx: &mut Tx,
    now: DateTime<Utc>,
    people: &People,
    item: &Item,
    unit: usize,
    n: usize,
    today: NaiveDate,
) -> Result<()> {
    let first = if unit == 0 { 0 } else { 7 };
    let who = match item.responsible {
        Responsible::Role(Role::BitradandeChef) => people.persons[first + 1],
        Responsible::Role(Role::Metodutvecklare) if unit == 0 => people.persons[2],
        Responsible::Role(Role::Controller) => people.persons[4],
        _ => people.persons[first],
    };
    tx.act_as(who);
    let day = item.occurrence.day().min(today);
    let performed_on = day.with_day(day.day().min(12 + u32::try_from(n % 9).unwrap_or(0))).unwrap_or(day).min(today);
    let mut tick = Tick { performed_on, ..Tick::default() };
    match item.area {
        Area::Internkontroll => {
            tick.outcome = Some(if n % 17 == 5 { Outcome::MindreAvvikelse } else { Outcome::IngenAvvikelse });
            if tick.outcome == Some(Outcome::MindreAvvikelse) {
                tick.note.push_str("Fyra av elva ärenden saknade uppgift. Rättat samma vecka.");
            }
            if item.title.contains("hushåll") {
                let month = i64::from(performed_on.month());
                let households = Tal::whole(345 - 3 * month - i64::from(performed_on.year() - today.year()) * 21);
                let (each, of) = (Tal::of_stored(104), item.occurrence.figure_period(Grain::Manad));
                tick.figures = vec![
                    Figure {
                        label: "Antal hushåll".into(),
                        value: households,
                        unit: "hushåll".into(),
                        period: Some(of),
                        ..Figure::default()
                    },
                    Figure {
                        label: "Utbetalt".into(),
                        value: households.times(each).unwrap_or_default().rounded(1),
                        unit: "mnkr".into(),
                        period: Some(of),
                        ..Figure::default()
                    },
                ];
            }
        }
        Area::Egenkontroll => {
            tick.outcome = Some(if n % 5 == 3 { Outcome::Delvis } else { Outcome::Uppfyllt });
            let d = 20;
            let k = 14 + i64::try_from(n % 6).unwrap_or(0);
            tick.andel = Andel {
                total: Some(Share { numerator: k, denominator: d }),
                kvinnor: Some(Share { numerator: k / 2, denominator: 10 }),
                man: Some(Share { numerator: k - k / 2, denominator: 10 }),
            };
        }
        _ => {}
    }
    store::occurrence::tick(tx, at(now, performed_on), item, item.occurrence.version, &tick).await?;
    Ok(())
}
