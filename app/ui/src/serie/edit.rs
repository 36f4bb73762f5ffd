//! The form of a series: new, and changed. Its goals and breaks have forms of their own under it.

use domain::{
    period::Grain,
    permission::{Action, Area},
    siffror::{
        dimension::Dimension,
        jamforelse::JAMFORELSER_MOST,
        serie::{Form, Riktning, SerieId},
        slag::{Sammanlagd, Slag},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, person, serie};

use super::{
    PATH,
    api::{CreateSerie, UpdateSerie},
    harledd, jamforelse, jamforelse_data,
    lists::{breaks, goals},
};
use crate::{
    components::{
        Checkbox, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load,
        recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// `/siffror/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Serie), Action::Edit).await?;
        let dimensioner = serie::dimension::list(&mut tx, place.unit).await?;
        let who = who_options(person::options(&mut tx, &actor.tree, place.unit).await?);
        let parts = harledd::choices(&serie::list(&mut tx, place.unit).await?, &dimensioner, None);
        drop(tx);
        let state = FormState::nested(CreateSerie::PATH, None);
        let id = state.new_id(|| SerieId::new().to_string());
        let form = Form {
            slag: Slag::Bestand.code().to_owned(),
            grain: Grain::Manad.code().to_owned(),
            efterslapning: "0".to_owned(),
            decimaler: "0".to_owned(),
            skyddas: "on".to_owned(),
            ..Form::default()
        };
        Ok(view! {
            <PageHead title="Ny serie" sub=place.unit_name.clone()/>
            <form class="form" method="post" action=CreateSerie::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=place.unit.to_string()/>
                <Fields state form dimensioner who parts/>
                <div class="form-actions">
                    <button class="button">"Skapa serien"</button>
                    <a class="button quiet" href=PATH>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// `/siffror/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: SerieId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Thing(Area::Serie, id.0), Action::Edit).await?;
        let found = serie::get(&mut tx, id).await?;
        let dimensioner = serie::dimension::list(&mut tx, found.node).await?;
        let who = who_options(person::options(&mut tx, &actor.tree, found.node).await?);
        let fixed = serie::has_values(&mut tx, id).await?;
        let jamforda = jamforelse_data::read(&mut tx, &actor, &found, (ctx.today, ctx.kolada)).await?;
        let att_valja = if jamforda.len() < JAMFORELSER_MOST {
            jamforelse_data::att_valja(&mut tx, &actor, &found).await?
        } else {
            jamforelse_data::Valbara::default()
        };
        // what has values of its own is not reckoned from others
        let parts = if fixed {
            vec![]
        } else {
            harledd::choices(&serie::list(&mut tx, found.node).await?, &dimensioner, Some(id))
        };
        drop(tx);
        let compared = jamforelse::section(&found, &jamforda, &att_valja, &dimensioner, ctx.kolada);
        let state = FormState::nested(UpdateSerie::PATH, Some(("id", &id.to_string())));
        let form = found.content.form();
        let told = fixed.then(|| {
            view! {
                <p class="notice info">
                    "Serien har värden. Slag, hur ofta den har ett värde och uppdelningar kan därför inte ändras: gör en ny serie i stället om de ska vara andra."
                </p>
            }
        });
        let (id, version) = (id.to_string(), found.version.to_string());
        Ok(view! {
            <nav class="breadcrumbs" aria-label="Du är här">
                <ol>
                    <li><a href=PATH>"Siffror"</a></li>
                    <li><a href=format!("/siffror/{id}")>{found.content.namn.clone()}</a></li>
                    <li aria-current="page">"Ändra"</li>
                </ol>
            </nav>
            <PageHead title="Ändra serien" sub=found.content.namn.clone()/>
            <div class="stack loose">
                <form class="form" method="post" action=UpdateSerie::PATH>
                    <ErrorSummary state=state.clone()/>
                    {told}
                    <Hidden name="id" value=id.clone()/>
                    <Hidden name="version" value=version/>
                    <Fields state form dimensioner who fixed parts/>
                    <div class="form-actions">
                        <button class="button">"Spara"</button>
                        <a class="button quiet" href=format!("/siffror/{id}")>"Avbryt"</a>
                    </div>
                </form>
                {goals(&found)}
                {breaks(&found)}
                {compared}
            </div>
        })
    })
}

/// Value and label of each of some choices.
fn choices<T: Copy>(all: &[T], code: fn(T) -> &'static str, label: impl Fn(T) -> String) -> Vec<(String, String)> {
    all.iter().map(|x| (code(*x).to_owned(), label(*x))).collect()
}

/// What was chosen once and for all: it is read, and sent along as it is.
fn chosen(
    state: &FormState,
    name: &'static str,
    label: &'static str,
    options: &[(String, String)],
    value: &str,
) -> AnyView {
    let shown = options.iter().find(|(v, _)| v == value).map_or_else(|| value.to_owned(), |(_, label)| label.clone());
    let fault = state
        .error(name)
        .map(|fault| view! { <p class="field-error" id=format!("{}-fel", state.id(name))>{fault}</p> });
    view! {
        <div class="field" id=state.id(name)>
            <p class="label">{label}</p>
            {fault}
            <p>{shown}</p>
            <input type="hidden" name=state.name(name) value=value.to_owned()/>
        </div>
    }
    .into_any()
}

/// What the kinds mean, under their choice.
fn kinds() -> impl IntoView {
    let all = Slag::ALL.map(|slag| view! { <dt>{slag.label()}</dt> <dd>{slag.about()}</dd> }).collect_view();
    view! {
        <details class="disclosure">
            <summary>"Vad betyder slagen?"</summary>
            <dl class="dl">{all}</dl>
        </details>
    }
}

/// By what the values are divided, where they are.
fn divisions(state: &FormState, form: &Form, dimensioner: &[Dimension], fixed: bool) -> AnyView {
    let s = || state.clone();
    let dims: Vec<(String, String)> = std::iter::once((String::new(), "Ingen".to_owned()))
        .chain(dimensioner.iter().map(|d| (d.id.to_string(), d.namn.clone())))
        .collect();
    let named = |d: &Dimension| -> Vec<(String, String)> {
        d.values.iter().map(|v| (v.id.to_string(), format!("{}: {}", d.namn, v.namn))).collect()
    };
    // the unit's own is one of the first division, where that is known
    let own = dimensioner.iter().filter(|d| !fixed || d.id.to_string() == form.dim1);
    let own = std::iter::once((String::new(), "Inget, visa totalen".to_owned())).chain(own.flat_map(named));
    let own: Vec<(String, String)> = own.collect();
    let own = view! {
        <SelectField state=s() name="egen" label="Enhetens eget värde" options=own value=form.egen.clone()
            help="Om den första uppdelningen är stadsdelar eller enheter: vilken av dem är ni? Den ritas starkt och de andra tunt."/>
    };
    let all = [
        ("dim1", "Första uppdelningen", &form.dim1),
        ("dim2", "Andra uppdelningen", &form.dim2),
        ("dim3", "Tredje uppdelningen", &form.dim3),
    ];
    if fixed {
        if form.dim1.is_empty() {
            return view! { <p class="help">"Serien är inte uppdelad."</p> }.into_any();
        }
        let used = all.into_iter().filter(|(.., value)| !value.is_empty());
        let used = used.map(|(name, label, value)| chosen(state, name, label, &dims, value)).collect_view();
        return view! { <div class="inline-fields">{used}</div> {own} }.into_any();
    }
    if dimensioner.is_empty() {
        return view! {
            <p class="help">
                "Värdena kan delas upp, till exempel efter hushållstyp. "
                <a href="/siffror/uppdelningar">"Gör en uppdelning först"</a>
                ", så kan den väljas här."
            </p>
        }
        .into_any();
    }
    let all = all.map(|(name, label, value)| {
        view! { <SelectField state=s() name=name label=label options=dims.clone() value=value.clone()/> }
    });
    view! { <div class="inline-fields">{all.collect_view()}</div> {own} }.into_any()
}

#[component]
fn Fields(
    state: FormState,
    form: Form,
    dimensioner: Vec<Dimension>,
    who: Vec<(String, String)>,
    /// The series has values: what they are cannot become another thing.
    #[prop(optional)]
    fixed: bool,
    /// From what it can be reckoned.
    parts: Vec<(String, String)>,
) -> impl IntoView {
    // where there is no other series there is nothing to choose
    let reckoned =
        (parts.len() > 1).then(|| view! { <harledd::Fields state=state.clone() form=form.clone() options=parts/> });
    let divided = divisions(&state, &form, &dimensioner, fixed);
    let slag = choices(&Slag::ALL, Slag::code, |x| x.label().to_owned());
    let ways: Vec<(String, String)> = std::iter::once((String::new(), "Det som är vanligt för slaget".to_owned()))
        .chain(choices(&Sammanlagd::ALL, Sammanlagd::code, |x| x.label().to_owned()))
        .collect();
    let grains = choices(&Grain::ALL, Grain::code, |x| format!("Varje {}", x.label()));
    let (kind, grain) = if fixed {
        let about = Slag::from_code(&form.slag).map(|slag| view! { <p class="help">{slag.about()}</p> });
        let kind = chosen(&state, "slag", "Vad för slags siffra är det?", &slag, &form.slag);
        let grain = chosen(&state, "grain", "Hur ofta finns ett värde?", &grains, &form.grain);
        (view! { {kind} {about} }.into_any(), grain)
    } else {
        let s = || state.clone();
        let kind = view! {
            <SelectField state=s() name="slag" label="Vad för slags siffra är det?" options=slag value=form.slag required=true
                help="Det avgör hur månader blir tertial och år."/>
            {kinds()}
        };
        let grain = view! {
            <SelectField state=s() name="grain" label="Hur ofta finns ett värde?" options=grains value=form.grain required=true/>
        };
        (kind.into_any(), grain.into_any())
    };
    let (lag, who, divided) = if form.del_a.is_empty() {
        let s = || state.clone();
        let lag = view! {
            <TextField state=s() name="efterslapning" label="Eftersläpning, månader" value=form.efterslapning short=true inputmode="numeric"
                help="Hur länge det dröjer innan källan har värdet. Först därefter blir ni påminda."/>
        };
        let who = view! { <SelectField state=s() name="responsible" label="Vem fyller på?" options=who value=form.responsible/> };
        let divided = view! {
            <fieldset class="fieldset stack tight">
                <legend>"Uppdelningar"</legend>
                {divided}
                <Checkbox state=s() name="skyddas" label="Räknar personer eller hushåll: dölj uppdelade värden under 5" checked=form.skyddas == "on"/>
            </fieldset>
        };
        (lag.into_any(), who.into_any(), divided.into_any())
    } else {
        // of one that is reckoned they say nothing: they are sent along, for one that gets values of its own again
        let sent =
            |name: &'static str, value: String| view! { <input type="hidden" name=state.name(name) value=value/> };
        (
            sent("efterslapning", form.efterslapning).into_any(),
            sent("responsible", form.responsible).into_any(),
            sent("skyddas", form.skyddas).into_any(),
        )
    };
    let s = move || state.clone();
    let directions = choices(&Riktning::ALL, Riktning::code, |x| x.label().to_owned());
    view! {
        <TextField state=s() name="namn" label="Vad heter serien?" value=form.namn required=true
            help="Till exempel: Hushåll med ekonomiskt bistånd."/>
        <TextArea state=s() name="raknas" label="Vad räknas, och vad räknas inte?" value=form.raknas rows=2
            help="Så att alla räknar lika. Skriv aldrig namn eller personnummer."/>
        {kind}
        <div class="inline-fields">
            <TextField state=s() name="enhet" label="Enhet" value=form.enhet conditional=true
                help="Det som står efter talet: hushåll, dagar, kr. En andel är alltid i %."/>
            <TextField state=s() name="decimaler" label="Decimaler" value=form.decimaler short=true inputmode="numeric"
                help="0–4. Hur många som visas."/>
        </div>
        <div class="inline-fields">
            {grain}
            <SelectField state=s() name="sammanlagd" label="Hur blir värdena ett år?" options=ways value=form.sammanlagd
                help="Ett bestånd kan vara medel av månaderna eller det sista värdet, aldrig en summa."/>
        </div>
        <div class="inline-fields">
            <TextField state=s() name="kalla" label="Källa" value=form.kalla help="Till exempel Beslutsstöd. Skrivs ut med siffran."/>
            {lag}
        </div>
        {who}
        <SelectField state=s() name="riktning" label="Är mer bra eller dåligt?" options=directions value=form.riktning/>
        <TextArea state=s() name="kvalitet" label="Vad är osäkert?" value=form.kvalitet rows=2
            help="Felmarginal, mörkertal, sådant som räknas olika. Står under bilden."/>
        {divided}
        {reckoned}
        <fieldset class="fieldset stack tight">
            <legend>"Visas också"</legend>
            <Checkbox state=s() name="apt" label="På APT" checked=form.apt == "on"/>
            <Checkbox state=s() name="tavla" label="På tavlan" checked=form.tavla == "on"/>
        </fieldset>
    }
}
