//! The form of an indikator: new under a goal of the plan, and changed. Its breaks have forms of their own under it, in [`super::indikator_under`].

use domain::siffror::slag::Sammanlagd;
use domain::{
    egenkontroll, format,
    id::NodeId,
    import::shortened,
    internkontroll,
    permission::{Action, Area},
    verksamhetsplan::{
        indikator::{
            Form, IndikatorId, Utfallsperiod,
            matning::Kalla,
            slag::{Periodicitet, Riktning, Slag, Ursprung},
        },
        mal::{MalId, Trad},
        plan::{Innehall, Plan},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Tx, enkat, person, serie,
    verksamhetsplan::{indikator, mal},
};

use super::{
    PATH,
    flikar::read,
    indikator_api::{CreateIndikator, UpdateIndikator},
    indikator_under::{breaks, place},
    oppen::form_or_why,
    utfall_data::sida,
};
use crate::{
    components::{
        Checkbox, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load,
        recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
};

/// What a form can choose from.
struct Val {
    mal: Vec<(String, String)>,
    who: Vec<(String, String)>,
    kallor: Vec<(String, String)>,
}

async fn choices(tx: &mut Tx, ctx: &Ctx, plan: &Plan) -> Result<Val, AppError> {
    let actor = ctx.actor()?;
    let trad = mal::trad(tx, plan.node, plan.year).await?;
    let who = who_options(person::options(tx, &actor.tree, plan.node).await?);
    let found = serie::list(tx, plan.node).await?;
    let found = found.iter().filter(|one| one.closed_on.is_none());
    let mut kallor: Vec<(String, String)> = std::iter::once((String::new(), "Inget, utfallet skrivs in".to_owned()))
        .chain(found.map(|one| kalla(Kalla::Serie(one.id), &one.content.namn)))
        .collect();
    let may = |area| actor.may(plan.node, area, Action::View);
    if may(Area::Egenkontroll) {
        let all = store::plan::list::<egenkontroll::Content>(tx, plan.node, plan.year).await?;
        kallor.extend(all.into_iter().map(|row| kalla(Kalla::Egenkontroll(row.id), &row.content.kontrollmal)));
    }
    if may(Area::Enkat) {
        for enkat in enkat::list(tx, plan.node).await?.into_iter().filter(|one| one.is_there_for(&actor)) {
            let versions = enkat::versions(tx, enkat.id).await?;
            let Some(latest) = versions.iter().rfind(|version| version.in_use) else { continue };
            kallor.extend(latest.questions.list.iter().filter(|fraga| fraga.is_choice()).map(|fraga| {
                let of = Kalla::Enkat { enkat: enkat.id, fraga: fraga.key };
                kalla(of, &format!("{}: {}", enkat.content.title, fraga.text))
            }));
        }
    }
    if may(Area::Internkontroll) {
        let all = store::plan::list::<internkontroll::Content>(tx, plan.node, plan.year).await?;
        let rows = all.into_iter();
        kallor.extend(rows.map(|row| kalla(Kalla::Internkontroll(row.id), &row.content.systematisk_kontroll)));
    }
    Ok(Val { mal: goals(&trad, plan.node), who, kallor })
}

/// A source as a choice: what it is, with its name.
fn kalla(kalla: Kalla, namn: &str) -> (String, String) {
    (kalla.code(), format::capitalised(&kalla.named(&shortened(namn, 80))))
}

/// The goals of a plan as they lie under each other; those of the nodes above say so.
fn goals(trad: &Trad, node: NodeId) -> Vec<(String, String)> {
    let posts = trad.walk().into_iter().map(|post| {
        let shared = if post.mal.is_shared(node) { ", gemensamt" } else { "" };
        let words = format!("{}{}{shared}", "– ".repeat(post.djup), post.mal.content.med_nr());
        (post.mal.id.to_string(), words)
    });
    posts.collect()
}

/// Where whoever gives up a new indikator came from: its goal, the outcomes of a period, or else the plan.
fn came_from(plan: &Plan, mal: Option<&str>, from: Option<&str>) -> String {
    let plan = format!("{PATH}/{}", plan.id);
    match (mal, from) {
        (Some(mal), _) => format!("{plan}/mal/{mal}"),
        (None, Some(from)) => match from.parse::<Utfallsperiod>() {
            Ok(period) => format!("{plan}/utfall?period={period}"),
            Err(()) => format!("{plan}/utfall"),
        },
        (None, None) => plan,
    }
}

/// `/verksamhetsplan/{id}/indikatorer/ny`
#[component]
pub fn IndikatorNyPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (under, from) = (query.get("mal").unwrap_or_default(), query.get("fran"));
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = read(&ctx, &id, Action::Edit).await?;
        let val = choices(&mut tx, &ctx, &plan).await?;
        drop(tx);
        let state = FormState::nested(CreateIndikator::PATH, None);
        let new = state.new_id(|| IndikatorId::new().to_string());
        let form = Form {
            riktning: Riktning::Hogre.code().to_owned(),
            periodicitet: Periodicitet::Tertial.code().to_owned(),
            ursprung: Ursprung::Enhet.code().to_owned(),
            efterslapning: "0".to_owned(),
            ..Form::default()
        };
        let title = "Ny indikator";
        if val.mal.is_empty() {
            return Ok(view! {
                {crumbs(&plan, None, title)}
                <PageHead title sub=format!("Verksamhetsplan {}", plan.year)/>
                <p class="notice info">
                    "En indikator följer upp ett mål, och planen har inga mål än. "
                    <a href=format!("{PATH}/{}", plan.id)>"Till planen"</a>
                </p>
            }
            .into_any());
        }
        let is_goal = val.mal.iter().any(|(id, _)| *id == under);
        let back = came_from(&plan, is_goal.then_some(under.as_str()), from.as_deref());
        let content = form_or_why(&plan, Innehall::Mal, state.is_back(), || {
            view! {
                <form class="form" method="post" action=CreateIndikator::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=new/>
                    <Hidden name="plan" value=plan.id.to_string()/>
                    {fields(&state, form, &under, val)}
                    <div class="form-actions">
                        <button class="button">"Spara indikatorn"</button>
                        <a class="button quiet" href=back>"Avbryt"</a>
                    </div>
                </form>
            }
            .into_any()
        });
        Ok(view! {
            {crumbs(&plan, None, title)}
            <PageHead title sub=format!("Verksamhetsplan {}", plan.year)/>
            {content}
        }
        .into_any())
    })
}

/// `/verksamhetsplan/{id}/indikatorer/{indikator}/redigera`
#[component]
pub fn IndikatorEditPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let (id, indikator) = (params.get("id").unwrap_or_default(), params.get("indikator").unwrap_or_default());
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = read(&ctx, &id, Action::Edit).await?;
        let own: IndikatorId = indikator.parse().map_err(|_| AppError::NotFound)?;
        let found = indikator::get(&mut tx, plan.id, own).await?;
        let mut val = choices(&mut tx, &ctx, &plan).await?;
        let content = &found.indikator.content;
        // what it is fed by stays in the choice also where it is closed, or of another kind
        if let Some(kalla) = content.matas.filter(|kalla| !val.kallor.iter().any(|(code, _)| *code == kalla.code())) {
            val.kallor.push((kalla.code(), format!("Som nu: {}", kalla.label())));
        }
        drop(tx);
        let state = FormState::nested(UpdateIndikator::PATH, Some(("id", &own.to_string())));
        let title = "Ändra indikatorn";
        let back = sida(plan.id, own);
        let form = form_or_why(&plan, Innehall::Mal, state.is_back(), || {
            view! {
                <div class="stack loose">
                    <form class="form" method="post" action=UpdateIndikator::PATH>
                        <ErrorSummary state=state.clone()/>
                        {ids(&plan, &found)}
                        {fields(&state, content.form(), &found.mal.to_string(), val)}
                        <div class="form-actions">
                            <button class="button">"Spara"</button>
                            <a class="button quiet" href=back>"Avbryt"</a>
                        </div>
                    </form>
                    {breaks(&plan, &found)}
                    {place(&plan, &found)}
                </div>
            }
            .into_any()
        });
        Ok(view! {
            {crumbs(&plan, Some((own, &content.namn)), title)}
            <PageHead title sub=content.namn.clone()/>
            {form}
        })
    })
}

/// The way to a page of an indikator.
pub(super) fn crumbs(plan: &Plan, own: Option<(IndikatorId, &str)>, here: &str) -> impl IntoView + use<> {
    let own = own.map(|(id, namn)| view! { <li><a href=sida(plan.id, id)>{namn.to_owned()}</a></li> });
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href=format!("{PATH}/{}", plan.id)>{format!("Verksamhetsplan {}", plan.year)}</a></li>
                <li><a href=format!("{PATH}/{}/utfall", plan.id)>"Utfall"</a></li>
                {own}
                <li aria-current="page">{here.to_owned()}</li>
            </ol>
        </nav>
    }
}

pub(super) fn ids(plan: &Plan, own: &indikator::Placerad) -> impl IntoView + use<> {
    view! {
        <Hidden name="plan" value=plan.id.to_string()/>
        <Hidden name="id" value=own.indikator.id.to_string()/>
        <Hidden name="version" value=own.indikator.version.to_string()/>
    }
}

/// Value and label of each of some choices.
fn of<T: Copy>(all: &[T], code: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().map(|x| (code(*x).to_owned(), label(*x).to_owned())).collect()
}

fn kinds() -> impl IntoView {
    let all = Slag::ALL.map(|slag| view! { <dt>{slag.label()}</dt> <dd>{slag.about()}</dd> }).collect_view();
    view! {
        <details class="disclosure">
            <summary>"Vad betyder slagen?"</summary>
            <dl class="dl">{all}</dl>
        </details>
    }
}

fn fields(state: &FormState, form: Form, under: &str, val: Val) -> impl IntoView + use<> {
    let s = || state.clone();
    // the goal stands beside the fields of the form, and is no part of it
    let mal = state.value_of("mal").unwrap_or_else(|| under.to_owned());
    let first = val.mal.iter().any(|(code, _)| *code == mal);
    let pick = (!first).then(|| view! { <option value="">"Välj mål"</option> });
    let options = val.mal.into_iter().map(|(code, words)| {
        let selected = code == mal;
        view! { <option value=code selected=selected>{words}</option> }
    });
    let slag: Vec<(String, String)> = std::iter::once((String::new(), "Som enheten säger".to_owned()))
        .chain(of(&Slag::ALL, Slag::code, Slag::label))
        .collect();
    let ways: Vec<(String, String)> = std::iter::once((String::new(), "Det som är vanligt för slaget".to_owned()))
        .chain(of(&Sammanlagd::ALL, Sammanlagd::code, Sammanlagd::label))
        .collect();
    let tolerance =
        vec![("procent".to_owned(), "% av årsmålet".to_owned()), ("enhet".to_owned(), "I enheten".to_owned())];
    view! {
        <div class="field" class:invalid=state.error("mal").is_some()>
            <label for=state.id("mal")>"Vilket mål följer den upp?"</label>
            {state.fault("mal")}
            <select id=state.id("mal") name="mal" aria-invalid=state.invalid("mal") aria-describedby=state.described_by("mal", false)>
                {pick} {options.collect_view()}
            </select>
        </div>
        <TextField state=s() name="namn" label="Vad heter indikatorn?" value=form.namn required=true
            help="Till exempel: Andel barn i familjer med ekonomiskt bistånd."/>
        <TextArea state=s() name="definition" label="Vad räknas, och av vad?" value=form.definition rows=2
            help="Så att alla räknar lika. Skriv aldrig namn eller personnummer."/>
        <div class="inline-fields">
            <TextField state=s() name="arsmal" label="Årsmål" value=form.arsmal
                help="Ett tal med enhet, 75\u{a0}% eller 15 st, eller en text."/>
            <TextField state=s() name="arsmal_till" label="Övre gräns" value=form.arsmal_till short=true
                help="Bara där det ska ligga inom gränser."/>
        </div>
        <div class="inline-fields">
            <TextField state=s() name="kf" label="KF:s årsmål" value=form.kf help="Visas bredvid enhetens."/>
            <TextField state=s() name="kf_till" label="KF:s övre gräns" value=form.kf_till short=true/>
        </div>
        <Checkbox state=s() name="kf_jamforbart" label="KF:s årsmål betyder samma sak för enheten, och bedöms också"
            checked=form.kf_jamforbart == "on"/>
        <SelectField state=s() name="riktning" label="Är högre eller lägre bättre?" required=true value=form.riktning
            options=of(&Riktning::ALL, Riktning::code, Riktning::label)/>
        <SelectField state=s() name="slag" label="Vad för slags siffra är det?" options=slag value=form.slag conditional=true
            help="Det avgör hur månader blir en period och hur könen stäms av."/>
        {kinds()}
        <div class="inline-fields">
            <TextField state=s() name="enhet" label="Enhet" value=form.enhet help="Det som står efter talet: st, index, kr. En andel är alltid i %."/>
            <TextField state=s() name="decimaler" label="Decimaler" value=form.decimaler short=true inputmode="numeric"
                help="0–4. Mål och utfall jämförs avrundade till så många."/>
        </div>
        <div class="inline-fields">
            <SelectField state=s() name="periodicitet" label="Hur ofta följs den upp?" required=true value=form.periodicitet
                options=of(&Periodicitet::ALL, Periodicitet::code, Periodicitet::label)/>
            <SelectField state=s() name="sammanlagd" label="Hur blir månader en period?" options=ways value=form.sammanlagd/>
        </div>
        <div class="inline-fields">
            <TextField state=s() name="tolerans" label="Uppnås delvis inom" value=form.tolerans short=true inputmode="decimal"
                help="Tomt är 10\u{a0}% av årsmålet."/>
            <SelectField state=s() name="tolerans_i" label="Räknat i" options=tolerance value=form.tolerans_i/>
        </div>
        <div class="inline-fields">
            <TextField state=s() name="kalla" label="Källa" value=form.kalla/>
            <TextField state=s() name="efterslapning" label="Eftersläpning, månader" value=form.efterslapning short=true inputmode="numeric"
                help="Hur länge det dröjer innan källan har värdet."/>
        </div>
        <TextArea state=s() name="mats" label="Hur mäts den?" value=form.mats rows=2/>
        <SelectField state=s() name="matas" label="Vad hämtas utfallet från?" options=val.kallor value=form.matas
            help="En serie i Siffror, en egenkontroll, en enkätfråga eller siffran i en internkontroll. Det som hämtas visas som alla ser det, och kan skrivas över med skäl."/>
        <SelectField state=s() name="responsible" label="Vem fyller i utfallet?" options=val.who value=form.responsible/>
        <SelectField state=s() name="ursprung" label="Vem har bestämt indikatorn?" value=form.ursprung required=true
            options=of(&Ursprung::ALL, Ursprung::code, Ursprung::label)/>
        <fieldset class="fieldset stack tight">
            <legend>"Visas också"</legend>
            <Checkbox state=s() name="apt" label="På APT" checked=form.apt == "on"/>
            <Checkbox state=s() name="tavla" label="På tavlan" checked=form.tavla == "on"/>
        </fieldset>
    }
}

/// The goal of an indikator in a choice is one of the plan's: what an address asks for is looked up there.
#[must_use]
pub(super) fn goal_of(trad: &Trad, mal: MalId) -> String {
    trad.get(mal).map(|mal| mal.content.med_nr()).unwrap_or_default()
}

/// Whether somebody may write in the plans of a node.
#[must_use]
pub(super) fn may_edit(ctx: &Ctx, node: NodeId) -> bool {
    ctx.actor().is_ok_and(|actor| actor.may(node, Area::Verksamhetsplan, Action::Edit))
}
