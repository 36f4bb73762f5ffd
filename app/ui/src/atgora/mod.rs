//! Att göra: the first page. What the person should do, how the unit stands, and for a controller the units side by side.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};
use domain::{
    atgora::{AttGora, Tally, UnitTally, open::Open},
    format,
    id::{NodeId, OccurrenceId},
    occurrence::{Item, Status, When},
    permission::{Action, Area, LEADS},
    person::Actor,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{
    Target, avvikelse,
    occurrence::{self, Progress, sums},
};

use self::{
    listor::{Beside, LateByPerson, Lists},
    siffror::Figures,
    valkommen::{Valkommen, Welcome},
};
use crate::{
    atgard::AtgardNotiser,
    components::{Empty, LatePlace, PageHead, load},
    ctx::Ctx,
    enkat::EnkatRader,
    error::AppError,
    sakerhet::Notiser,
    verksamhetsplan::{plan_lines, plan_rader},
};

pub mod api;
mod listor;
mod siffror;
mod units;
mod valkommen;

use units::{Asked, Compare};

/// So many rows stand in a list at most; of more, those that come first.
const MOST: i64 = 300;

/// A unit with how it stands.
struct Unit {
    id: NodeId,
    name: String,
    /// What is open in it, as the person sees it.
    open: Tally,
    /// Of what is late there, the day by which the first is placed, and its week.
    oldest: Option<(NaiveDate, Option<When>)>,
    now: Progress,
    done_last_year: i64,
}

#[derive(Default)]
struct Data {
    units: Vec<Unit>,
    /// What the page lists, and how many there are.
    shown: (Vec<Item>, i64),
    /// What others are late with, where the person leads.
    others_late: (Vec<Item>, i64),
    /// Whether the person leads any of the units.
    leads: bool,
    /// The place of each case that waits among all of them.
    urgency: HashMap<OccurrenceId, usize>,
    /// What a unit that is new to who lays its plan is told.
    welcome: Option<Valkommen>,
}

async fn data(ctx: &Ctx, actor: &Actor, whole_unit: bool) -> Result<Data, AppError> {
    let today = ctx.today;
    let until = sums::horizon(today);
    // of a unit that has ended only what is left to finish is here
    let names = actor.units_with_ended();
    let nodes: Vec<NodeId> = names.iter().map(|(id, _)| *id).collect();
    // an administrator sees no plan at all
    if nodes.is_empty() {
        return Ok(Data::default());
    }
    let mut tx = ctx.read(Target::Anywhere(Area::Aktivitet), Action::View).await?;
    let open = sums::of(&mut tx, &nodes, until).await?;
    let mut urgency = HashMap::new();
    let mut cases: HashMap<NodeId, Vec<Item>> = HashMap::new();
    for item in avvikelse::frist::items(&mut tx, actor, &nodes, ctx.now, today, crate::moment::latest).await? {
        urgency.insert(item.occurrence.id, urgency.len());
        if item.occurrence.due <= until {
            cases.entry(item.occurrence.node).or_default().push(item);
        }
    }
    // those of other units that the person was asked to help with are in their own list of cases
    let cases_of = |wanted: &dyn Fn(&Item) -> bool| -> Vec<Item> {
        nodes.iter().filter_map(|node| cases.get(node)).flatten().filter(|item| wanted(item)).cloned().collect()
    };
    let led: HashSet<NodeId> = actor.grants.held(&actor.tree, &LEADS).into_iter().map(|n| n.id).collect();
    let place: HashMap<NodeId, usize> = nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let in_order = |(mut items, total): (Vec<Item>, i64), cases: Vec<Item>| {
        items.sort_by_key(|item| place.get(&item.occurrence.node).copied());
        let n = i64::try_from(cases.len()).unwrap_or_default();
        items.extend(cases);
        (items, total + n)
    };
    let is_mine = |node: NodeId, open: &Open| actor.is_responsible(open.responsible, node);
    let wanted = |node: NodeId, open: &Open| whole_unit || is_mine(node, open);
    let listed = |item: &Item| whole_unit || item.mine;
    let shown = sums::first(&mut tx, actor, &open, MOST, until, wanted, listed).await?;
    let shown = in_order(shown, cases_of(&listed));
    let others_late = if whole_unit || led.is_empty() {
        (vec![], 0)
    } else {
        let late = |status: Status| status == Status::Forsenad;
        let wanted = |node, open: &Open| led.contains(&node) && !is_mine(node, open) && late(open.status(today));
        let listed = |item: &Item| led.contains(&item.occurrence.node) && !item.mine && late(item.status(today));
        let found = sums::first(&mut tx, actor, &open, MOST, until, wanted, listed).await?;
        in_order(found, cases_of(&listed))
    };
    let (year, last) = (today.year(), today.year() - 1);
    let come =
        occurrence::progress(&mut tx, &nodes, [(year, today), (last, domain::year::same_day(today, last))]).await?;
    let leads = nodes.iter().any(|node| led.contains(node));
    let units = names.into_iter().zip(&open).map(|((id, name), (_, open))| {
        let cases = cases.get(&id).map_or(&[][..], Vec::as_slice);
        let open: Vec<&Open> = open.iter().filter(|open| open.is_left(actor, id) && open.is_seen(actor, id)).collect();
        let late = open.iter().filter(|open| open.status(today) == Status::Forsenad).map(|open| open.when());
        let late_cases = cases.iter().filter(|item| item.status(today) == Status::Forsenad);
        Unit {
            id,
            name,
            oldest: late.chain(late_cases.map(|i| (i.occurrence.day(), i.week_or_day()))).min_by_key(|(day, _)| *day),
            open: Tally::of_open(open, today).and(&Tally::of(cases, today)),
            now: come.get(&(id, year)).copied().unwrap_or_default(),
            done_last_year: come.get(&(id, last)).map_or(0, |p| p.done),
        }
    });
    let mut units: Vec<Unit> = units.collect();
    units.retain(|unit| !actor.tree.has_ended(unit.id) || unit.open.late + unit.open.now + unit.open.next > 0);
    // of one unit: who lays the plans of several knows how it is done
    let lays = |node: &NodeId| actor.may(*node, Area::Egenkontroll, Action::Edit);
    let welcome = match nodes.iter().filter(|node| lays(node)).collect::<Vec<_>>().as_slice() {
        [unit] => {
            let steg = store::valkommen::steps(&mut tx, **unit).await?.filter(|steg| !steg.is_done());
            steg.map(|steg| Valkommen { unit: **unit, steg, may_invite: actor.administers(**unit) })
        }
        _ => None,
    };
    Ok(Data { units, shown, others_late, leads, urgency, welcome })
}

/// The rows of a workbook: what the page lists, and how many more there are. `visa=enheten` as on the page.
pub async fn export(ctx: &Ctx, query: &[(String, String)]) -> Result<(Vec<Item>, i64), AppError> {
    let actor = ctx.actor()?;
    let whole_unit = query.iter().any(|(key, value)| key == "visa" && value == "enheten");
    let Data { shown: (shown, total), .. } = data(ctx, &actor, whole_unit).await?;
    let more = total - i64::try_from(shown.len()).unwrap_or(i64::MAX);
    let AttGora { late, now, next } = AttGora::new(shown, ctx.today);
    Ok((late.into_iter().chain(now).chain(next).collect(), more))
}

/// `/`
#[component]
pub fn AttGoraPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let whole_unit = query.get("visa").is_some_and(|v| v == "enheten");
    let marked = query.get("markera");
    let asked = Asked::current(whole_unit);
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let Data {
            units,
            shown: (mut shown, total),
            others_late: (others_late, others_total),
            leads,
            urgency,
            welcome,
        } = data(&ctx, &actor, whole_unit).await?;
        let today = ctx.today;
        let date = format::capitalised(&format::weekday_date(today));
        if units.is_empty() {
            return Ok(view! {
                <PageHead title="Att göra" sub=date/>
                <div class="stack loose">
                    <Notiser/>
                    <NothingHere actor=actor.clone()/>
                </div>
            }
            .into_any());
        }
        // without them the rest of the page is there all the same
        let planen = plan_lines(&ctx).await.unwrap_or_default();
        let beside = Beside { all: planen.len(), late: planen.iter().filter(|line| line.rad.is_late(today)).count() };
        let sub = match units.as_slice() {
            [one] => format!("{date} · {}", one.name),
            many => format!("{date} · {} enheter", many.len()),
        };
        let compares = units.len() > 1;
        let rest = rest_words(shown.len(), total, compares);
        let others_rest = rest_words(others_late.len(), others_total, compares);
        // the cases of several units are one list
        shown.sort_by_key(|i| urgency.get(&i.occurrence.id).copied().unwrap_or(usize::MAX));
        // what went wrong is told from where one stands
        let reports = actor.grants.may_somewhere(Area::Avvikelse, Action::TickOwn);
        let report =
            reports.then(|| view! { <a class="button secondary" href="/avvikelser/ny">"Rapportera avvikelse"</a> });
        let switch = leads.then(|| view! { <Switch whole_unit/> });
        let list = AttGora::new(shown, today);
        let here = if whole_unit { "/?visa=enheten" } else { "/" };
        let file = if whole_unit { "/att-gora/export.xlsx?visa=enheten" } else { "/att-gora/export.xlsx" };
        let place = LatePlace::new(here, "forsenat", marked);
        let others = place.at("andras");
        Ok(view! {
            <PageHead title="Att göra" sub>
                {switch} <a class="button secondary" href=file download="">"Till Excel"</a> {report}
            </PageHead>
            <div class="two-col" id="att-gora" data-live=Area::codes(Area::in_att_gora())>
                <div class="stack loose">
                    {welcome.map(|of| view! { <Welcome of/> })}
                    <Notiser/>
                    <AtgardNotiser/>
                    <EnkatRader/>
                    {plan_rader(&planen, today)}
                    {rest.map(|text| view! { <p class="notice">{text}</p> })}
                    <Lists list today whole_unit with_unit=compares place beside/>
                    {(!others_late.is_empty()).then(|| view! { <LateByPerson items=others_late today place=others/> })}
                    {others_rest.map(|text| view! { <p class="notice">{text}</p> })}
                    {compares.then(|| view! { <Compare units=standings(&units) asked/> })}
                </div>
                <aside>
                    <Figures units=units today/>
                </aside>
            </div>
        }
        .into_any())
    })
}

fn standings(units: &[Unit]) -> Vec<UnitTally> {
    units
        .iter()
        .map(|u| UnitTally {
            node: u.id,
            name: u.name.clone(),
            // the open items are a part of the year; its whole comes from the count
            tally: Tally { total: u.now.total, done: u.now.done, ..u.open.clone() },
        })
        .collect()
}

/// What is said of a list that does not hold all: how many it holds, how many there are more, and where they are.
fn rest_words(listed: usize, total: i64, several: bool) -> Option<String> {
    let listed = i64::try_from(listed).unwrap_or(i64::MAX);
    let left = total - listed;
    let place = if several { "under respektive enhet i tabellen Enheterna" } else { "i årshjulet" };
    (left > 0).then(|| {
        format!(
            "Här visas de {} med tidigast sista dag. {} till finns {place}.",
            format::int(listed),
            format::int(left)
        )
    })
}

/// Mine or the whole unit's.
#[component]
fn Switch(whole_unit: bool) -> impl IntoView {
    view! {
        <nav class="segmented" aria-label="Vems">
            <a href="/" aria-current=(!whole_unit).then_some("true")>"Mina"</a>
            <a href="/?visa=enheten" aria-current=whole_unit.then_some("true")>"Hela enheten"</a>
        </nav>
    }
}

/// For a person without units: what to do instead.
#[component]
fn NothingHere(actor: Arc<Actor>) -> impl IntoView {
    if actor.administers_something() {
        view! {
            <Empty
                title="Du administrerar systemet"
                text="Du sköter enheter, personer och roller. Innehållet i planerna ser du inte. Är allt nytt: lägg först till enheterna, läs sedan in en lista med personer, och be enhetens chef läsa in planen och välja från när den räknas."
            >
                <p class="cluster">
                    <a class="button" href="/admin">"Till administrationen"</a>
                    <a class="button secondary" href=crate::admin::LISTA>"Läs in personer"</a>
                </p>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <Empty
                title="Du har ingen enhet än"
                text="Be din administratör att ge dig en roll i en enhet. Sedan visas det du ska göra här."
            />
        }
        .into_any()
    }
}
