//! `/verksamhetsplan/{id}/mal/{mal}/rad/{rad}/utfall/{manad}`: what came out of a row in a period, in an ordinary form.

use domain::{
    kon::Kon,
    verksamhetsplan::{
        forvantat::{
            Content, Del, ForvantatId, Jamforelse, Lank, Rad,
            bedomning::{Utfall, UtfallForm},
            forslag::{Forslag, foresla},
            hjalp::saknas,
        },
        indikator::tid::Utfallsperiod,
        mal::Uppfyllelse,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Tx, serie, verksamhetsplan::forvantat};

use super::{Adress, Sida, api::UpdateForvantatUtfall, forvantat as tabell, open_own, way};
use crate::{
    components::{ChoiceField, ErrorSummary, FormState, Hidden, PageHead, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
    serie::data,
    verksamhetsplan::matning,
};

/// The form of one period; the others are a link away.
#[component]
pub fn UtfallPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, sida) = open_own(&ctx, &adress).await?;
        let id: ForvantatId = adress.rad.parse().map_err(|_| AppError::NotFound)?;
        let perioder = Utfallsperiod::rapporter(sida.plan.year);
        let period = perioder.into_iter().find(|one| one.month().to_string() == adress.manad);
        let period = period.ok_or(AppError::NotFound)?;
        let rad = forvantat::get(&mut tx, sida.mal.id, id).await?;
        let alla = forvantat::utfall(&mut tx, sida.mal.id).await?;
        let forslag = forslag(&mut tx, &ctx, &rad, period).await?;
        drop(tx);
        let there = alla.into_iter().find(|one| one.rad == id && one.manad == period.month());
        let (utfall, version) = there.map_or_else(|| (Utfall::default(), 0), |there| (there.utfall, there.version));
        let ur_serien = forslag.as_ref().map(|forslag| proposed(&rad.content, &utfall, version, forslag));
        // what the series has stands in the fields of an outcome that nobody has written yet, to be read and saved
        let shown = match &forslag {
            Some(Ok(forslag)) if version == 0 => forslag.utfall.clone(),
            _ => utfall.clone(),
        };
        let manad = period.month().to_string();
        let state = FormState::nested(UpdateForvantatUtfall::PATH, Some(("manad", &manad)));
        let said = (version > 0).then(|| {
            view! {
                <section class="card">
                    <div class="card-head"><h2>"Det som står nu"</h2></div>
                    <div class="card-text">{tabell::outcome(&rad.content, &utfall)}</div>
                </section>
            }
        });
        let aim = tabell::aim(&rad.content);
        let aim = if aim.is_empty() { "Inget målvärde".to_owned() } else { format!("Målvärde: {aim}") };
        Ok(view! {
            {way(&sida, Some("Utfall"))}
            <PageHead title=format!("Utfall {}", period.label()) sub=rad.content.text.clone() about=rad.content.text.clone()/>
            <div class="stack">
                {other(&sida, &rad, period)}
                <p>{aim}</p>
                {said}
                {ur_serien}
                <form class="form" method="post" action=UpdateForvantatUtfall::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="plan" value=sida.plan.id.to_string()/>
                    <Hidden name="mal" value=sida.mal.id.to_string()/>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="manad" value=manad/>
                    <Hidden name="version" value=version.to_string()/>
                    {fields(&state, &rad.content, &shown)}
                    <div class="form-actions">
                        <button class="button">"Spara"</button>
                        <a class="button quiet" href=sida.href()>"Avbryt"</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// What the series in which a row is followed proposes for a period, or why it proposes nothing; none where it is followed in none. It is
/// read as everybody sees it.
async fn forslag(
    tx: &mut Tx,
    ctx: &Ctx,
    rad: &Rad,
    period: Utfallsperiod,
) -> Result<Option<Result<Forslag, String>>, AppError> {
    let Some(Lank::Serie(id)) = rad.content.lank else { return Ok(None) };
    let found = match serie::get(tx, id).await {
        Err(store::Error::NotFound) => return Ok(None),
        found => found?,
    };
    let actor = ctx.actor()?;
    let fetched = data::read_for_all(tx, &actor, found).await?;
    let varden = matning::serievarden(&fetched);
    Ok(Some(foresla(&rad.content, &fetched.serie.content, &varden, period, ctx.today)))
}

/// What is said of it above the form: that it stands there to be saved, or beside what somebody has written that it is another.
fn proposed(content: &Content, utfall: &Utfall, version: i64, forslag: &Result<Forslag, String>) -> AnyView {
    let words = match forslag {
        Err(why) => why.clone(),
        Ok(forslag) if version == 0 => format!("Ifyllt som förslag. {} Det sparas när du väljer Spara.", forslag.said),
        Ok(forslag) if forslag.utfall.total == utfall.total => format!("Utfallet är seriens. {}", forslag.said),
        Ok(forslag) => format!("Seriens värde är {}. {}", forslag.utfall.said(content), forslag.said),
    };
    view! { <p class="notice info" id="ur-serien">{words}</p> }.into_any()
}

/// The periods beside each other.
fn other(sida: &Sida, rad: &Rad, here: Utfallsperiod) -> impl IntoView + use<> {
    let links = Utfallsperiod::rapporter(sida.plan.year).map(|period| {
        let href = format!("{}/rad/{}/utfall/{}", sida.href(), rad.id, period.month());
        view! { <a href=href aria-current=(period == here).then_some("page")>{period.within_year()}</a> }
    });
    view! { <nav class="segmented" aria-label="Period">{links.collect_view()}</nav> }
}

/// What the row asks for: the figure, what it is of, its parts, or an answer in words. What was written of another is shown too.
fn fields(state: &FormState, content: &Content, utfall: &Utfall) -> AnyView {
    let s = || state.clone();
    let form: UtfallForm = utfall.form();
    let unit = if content.enhet.is_empty() { String::new() } else { format!(", {}", content.enhet) };
    let av = (content.jamforelse == Some(Jamforelse::Samtliga) || utfall.av.is_some()).then(|| {
        view! {
            <TextField state=s() name="av" label="Av hur många" value=form.av.clone() short=true inputmode="decimal"
                help="Då räknas utfallet mot alla som det gällde."/>
        }
    });
    let named = content.villkor.as_ref().and_then(|villkor| match &villkor.del {
        Del::Kon(Kon::Kvinna | Kon::Man) => None,
        other => Some(other.said()),
    });
    let named = named.or_else(|| utfall.del.map(|_| "delen".to_owned()));
    let del = named.map(|del| {
        view! { <TextField state=s() name="del" label=format!("Varav {del}") value=form.del.clone() short=true inputmode="decimal"/> }
    });
    let asks = !saknas(content).is_empty() || utfall.svar.is_some();
    let svar = asks.then(|| {
        let all = [Uppfyllelse::Helt, Uppfyllelse::Delvis, Uppfyllelse::Inte].map(|one| (one.code(), one.label()));
        let options: Vec<(&'static str, &'static str)> = std::iter::once(("", "Inte bedömd")).chain(all).collect();
        view! {
            <ChoiceField state=s() name="svar" legend="Hur uppfylls raden?" options value=vec![form.svar.clone()]
                help="Gäller när raden inte har ett tal att bedömas mot."/>
        }
    });
    view! {
        <TextField state=s() name="total" label=format!("Utfall{unit}") value=form.total.clone() short=true inputmode="decimal"/>
        {av}
        <div class="inline-fields">
            <TextField state=s() name="kvinnor" label="Varav kvinnor" value=form.kvinnor.clone() short=true inputmode="decimal"/>
            <TextField state=s() name="man" label="Varav män" value=form.man.clone() short=true inputmode="decimal"/>
            {del}
        </div>
        {svar}
        <TextArea state=s() name="not" label="Kommentar" value=form.not.clone() rows=2 help="Det som behöver vetas om siffran."/>
    }
    .into_any()
}
