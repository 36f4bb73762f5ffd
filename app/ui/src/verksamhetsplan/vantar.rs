//! On Att göra: what the verksamhetsplaner ask of the person: outcomes whose source has had its months, what a VP-grupp is to write for a
//! report, chapters of a draft, what they think of a plan on remiss, and a plan of action where the forecast is worse than budget. A line of
//! each plan and kind.

use chrono::{Datelike, NaiveDate};
use domain::{
    atgard::Source,
    ekonomi::handling::{Handlingsplan, is_answered},
    permission::{Action, Area},
    person::Actor,
    verksamhetsplan::{
        indikator::Utfallsperiod,
        plan::{Plan, PlanId, State, kapitel::Kapitel},
        vantar::{self, Lucka, Rad},
    },
};
use leptos::prelude::*;
use store::{
    Target, Tx, atgard, ekonomi,
    verksamhetsplan::{
        indikator::Placerad,
        stangning, utfall,
        vantar::{self as read, Grupp},
    },
};

use super::{PATH, matning};
use crate::{ctx::Ctx, error::AppError};

/// A line of Att göra, and where it leads.
pub struct Line {
    href: String,
    /// What is asked for.
    pub rad: Rad,
    /// The unit, where the person sees several.
    pub enhet: String,
}

/// The lines as a section; nothing where nothing is asked for.
pub fn plan_rader(lines: &[Line], today: NaiveDate) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let rows = lines.iter().map(|line| row(line, today)).collect_view();
    let section = view! {
        <section class="stack tight" aria-labelledby="planen-nu">
            <div class="section-head"><h2 id="planen-nu">"Verksamhetsplanen"</h2> <span class="count">{lines.len()}</span></div>
            <div class="card"><ul class="rows">{rows}</ul></div>
        </section>
    };
    Some(section.into_any())
}

fn row(line: &Line, today: NaiveDate) -> AnyView {
    let parts = [line.enhet.clone(), line.rad.under()].into_iter().filter(|part| !part.is_empty());
    let meta = parts.collect::<Vec<_>>().join(" · ");
    let late = line.rad.is_late(today).then(|| view! { <span class="badge warn">"Försenat"</span> });
    view! {
        <li class="row">
            <div class="row-text">
                <a class="row-title" href=line.href.clone()>{line.rad.text.clone()}</a>
                <div class="row-meta">{meta}</div>
            </div>
            <span class="row-who">{late}</span>
        </li>
    }
    .into_any()
}

/// What the plans ask of the person, the first day first.
pub async fn plan_lines(ctx: &Ctx) -> Result<Vec<Line>, AppError> {
    let actor = ctx.actor()?;
    let today = ctx.today;
    let units = actor.units();
    let sees = |node| actor.may(node, Area::Verksamhetsplan, Action::View);
    let nodes: Vec<_> = units.iter().map(|(node, _)| *node).filter(|node| sees(*node)).collect();
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let name = |plan: &Plan| {
        let found = units.iter().filter(|_| units.len() > 1).find(|(node, _)| *node == plan.node);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let mut tx = ctx.read(Target::Anywhere(Area::Verksamhetsplan), Action::View).await?;
    let year = today.year();
    let planer = read::planer(&mut tx, &nodes, (year - 1, year + 1)).await?;
    let mut out = Vec::new();
    for (plan, period, rad) in outcomes(&mut tx, &actor, today, &planer).await? {
        out.push(Line { href: format!("{PATH}/{}/utfall?period={period}", plan.id), rad, enhet: name(plan) });
    }
    for (plan, rad) in chapters(&mut tx, &actor, year, &planer).await? {
        out.push(Line { href: format!("{PATH}/{}/kapitel", plan.id), rad, enhet: name(plan) });
    }
    for plan in planer.iter().filter(|plan| plan.year == year) {
        if let Some(asked) = budget(&mut tx, &actor, plan).await? {
            let rad = Rad { text: asked.titel.to_owned(), om: asked.varfor, senast: None };
            out.push(Line { href: format!("{PATH}/{}/ekonomi", plan.id), rad, enhet: name(plan) });
        }
    }
    for (plan, rad) in remisser(&mut tx, &actor, today, &planer).await? {
        out.push(Line { href: format!("{PATH}/{}/remiss", plan.id), rad, enhet: name(plan) });
    }
    let tid = vantar::rapporttid(today);
    let mut grupper = read::grupper(&mut tx, actor.person, tid.period.year()).await?;
    grupper.retain(|one| sees(one.plan.node) && !vantar::rapport_saknas(&one.grupp, &one.skrivet, &tid).is_empty());
    while let Some(first) = grupper.first().map(|one| one.plan.clone()) {
        let (own, rest): (Vec<Grupp>, Vec<Grupp>) = grupper.into_iter().partition(|one| one.plan.id == first.id);
        let names: Vec<&str> = own.iter().map(|one| one.grupp.namn.as_str()).collect();
        let missing =
            own.iter().find_map(|one| vantar::rapport_saknas(&one.grupp, &one.skrivet, &tid).first().copied());
        let href = match missing {
            Some(mal) => format!("{PATH}/{}/mal/{mal}#grupper", first.id),
            None => format!("{PATH}/{}", first.id),
        };
        out.push(Line { href, rad: vantar::rapport(&names, &tid), enhet: name(&first) });
        grupper = rest;
    }
    out.sort_by_key(|line| (line.rad.senast.is_none(), line.rad.senast));
    Ok(out)
}

/// Whether outcomes of a plan are asked for: of this year, and of the one before while its report is written.
fn asks(plan: &Plan, today: NaiveDate) -> bool {
    plan.year == today.year() || plan.year == Utfallsperiod::rapport(today).year()
}

/// What the person fills of each plan.
async fn outcomes<'a>(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    planer: &'a [Plan],
) -> Result<Vec<(&'a Plan, Utfallsperiod, Rad)>, AppError> {
    let asked: Vec<&Plan> = planer.iter().filter(|plan| asks(plan, today)).collect();
    let ids: Vec<PlanId> = asked.iter().map(|plan| plan.id).collect();
    let all = read::indikatorer(tx, &ids).await?;
    let mut out = Vec::new();
    for plan in asked {
        let is_mine = |one: &&Placerad| {
            let begun = one.plan == plan.id && vantar::has_begun(&one.indikator, plan.year, today);
            begun && actor.is_responsible(vantar::ansvarig(&one.indikator), plan.node)
        };
        let mine: Vec<&Placerad> = all.iter().filter(is_mine).collect();
        if mine.is_empty() {
            continue;
        }
        let (utfallen, stangda) = (utfall::of_plan(tx, plan.id).await?, stangning::list(tx, plan).await?);
        let none = std::collections::BTreeMap::new();
        let luckor = |one: &Placerad| {
            let stands = utfallen.get(&one.indikator.id).unwrap_or(&none);
            vantar::luckor(&one.indikator, stands, &stangda, (plan.year, today))
        };
        let missing: Vec<(&Placerad, Vec<Lucka>)> = mine.into_iter().map(|one| (one, luckor(one))).collect();
        let luckor = without_fed(tx, actor, today, missing).await?;
        out.extend(vantar::utfall(&luckor).map(|(period, rad)| (plan, period, rad)));
    }
    Ok(out)
}

/// What is typed of what is not there: where the source of an indikator has its outcome nobody does. Each source is read once.
async fn without_fed(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    all: Vec<(&Placerad, Vec<Lucka>)>,
) -> Result<Vec<Lucka>, AppError> {
    let matas = |one: &Placerad| one.indikator.content.matas.is_some();
    let asked = all.iter().filter(|(one, luckor)| matas(one) && !luckor.is_empty());
    let (indikatorer, luckor): (Vec<&Placerad>, Vec<&Vec<Lucka>>) = asked.map(|(one, luckor)| (*one, luckor)).unzip();
    let perioder: Vec<Utfallsperiod> = luckor.into_iter().flatten().map(|lucka| lucka.period).collect();
    let kallor = matning::perioder(tx, actor, today, &indikatorer, &perioder).await?;
    let is_fed = |one: &Placerad, lucka: &Lucka| {
        kallor.get(&lucka.period).is_some_and(|of| of.matade.contains_key(&one.indikator.id))
    };
    let typed = all.into_iter().flat_map(|(one, luckor)| luckor.into_iter().map(move |lucka| (one, lucka)));
    Ok(typed.filter(|(one, lucka)| !is_fed(one, lucka)).map(|(_, lucka)| lucka).collect())
}

/// The plans on remiss of which the person may say something, and has not.
async fn remisser<'a>(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    planer: &'a [Plan],
) -> Result<Vec<(&'a Plan, Rad)>, AppError> {
    let says = |plan: &Plan| actor.may(plan.node, Area::Verksamhetsplan, Action::TickOwn);
    let open: Vec<&Plan> = planer.iter().filter(|plan| plan.pa_remiss(today).is_some() && says(plan)).collect();
    let ids: Vec<PlanId> = open.iter().map(|plan| plan.id).collect();
    let said = read::sagt(tx, actor.person, &ids).await?;
    let rad = |plan: &'a Plan| vantar::remiss(plan, said.contains(&plan.id), today).map(|rad| (plan, rad));
    Ok(open.into_iter().filter_map(rad).collect())
}

/// The chapters of drafts that the person writes.
async fn chapters<'a>(
    tx: &mut Tx,
    actor: &Actor,
    year: i32,
    planer: &'a [Plan],
) -> Result<Vec<(&'a Plan, Rad)>, AppError> {
    let drafts: Vec<&Plan> = planer.iter().filter(|plan| plan.state == State::Utkast && plan.year >= year).collect();
    let ids: Vec<PlanId> = drafts.iter().map(|plan| plan.id).collect();
    let all = read::kapitel(tx, &ids).await?;
    let of = |plan: &'a Plan| {
        let mine: Vec<&Kapitel> = all.iter().filter(|one| is_own(actor, plan, one)).collect();
        vantar::kapitel(&mine, plan.year).map(|rad| (plan, rad))
    };
    Ok(drafts.into_iter().filter_map(of).collect())
}

fn is_own(actor: &Actor, plan: &Plan, one: &Kapitel) -> bool {
    one.plan == plan.id && actor.is_responsible(one.content.responsible, plan.node)
}

/// What the enhetschef is asked for where the forecast is worse than budget, and nothing answers for it.
async fn budget(tx: &mut Tx, actor: &Actor, plan: &Plan) -> Result<Option<Handlingsplan>, AppError> {
    if !actor.answers_for_budget(plan.node) {
        return Ok(None);
    }
    let Some(lage) = ekonomi::lage(tx, plan).await? else { return Ok(None) };
    let decided = atgard::of_source(tx, actor, Source::Konto(lage.konto)).await?;
    Ok(lage.handlingsplan.filter(|_| !is_answered(&decided, lage.per)))
}
