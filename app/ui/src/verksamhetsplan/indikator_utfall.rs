//! The forms of an indikator's page: the outcome of the period with all that belongs to it, and a status that somebody sets.

use domain::verksamhetsplan::indikator::{
    Content, IndikatorId, Utfall,
    konkontroll::konskillnad,
    ruta::{self, Kolumn},
    status::Status,
    utfall::Harkomst,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::verksamhetsplan::indikator::Placerad;

use super::{
    utfall_api::{RestoreUtfall, SetIndikatorstatus, UpdateIndikatorutfall},
    utfall_data::{Data, fore},
};
use crate::components::{Checkbox, ErrorSummary, FormState, Hidden, SelectField, TextArea, TextField};

/// The form of the outcome of the period.
pub(super) fn outcome(data: &Data, own: &Placerad, version: i64) -> impl IntoView + use<> {
    let (plan, id, period) = (data.plan.id, own.indikator.id, data.period.to_string());
    let utfall = data.utfall(id);
    let judged_by = utfall.bedoms_av(&own.indikator.content);
    let content = &*judged_by;
    let state = FormState::nested(UpdateIndikatorutfall::PATH, Some(("period", &period)));
    let form = utfall.detaljer(content);
    let cells = Kolumn::ALL.map(|kolumn| cell(&state, content, &utfall, kolumn)).collect_view();
    let help = if content.slag == domain::verksamhetsplan::indikator::slag::Slag::Andel {
        "Skriv täljare och nämnare, 29/35, så räknas andelen ut. Annars 80\u{a0}%. Skriv prel efter ett värde som kan ändras, – där värde saknas."
    } else {
        "Skriv prel efter ett värde som kan ändras, ca före ett ungefärligt, och – där det är känt att värde saknas."
    };
    let found = data.i_fjol.get(&id).and_then(|of| of.get(&data.period.year_before())).and_then(|u| u.varden.total);
    let fjol = match found {
        // what can be looked up is not typed
        Some(varde) => {
            let words = format!("I fjol: {}", ruta::visad(content, Some(&varde)));
            view! { <p>{words}</p> <input type="hidden" name=state.name("fjol") value=form.fjol.clone()/> }.into_any()
        }
        None => view! {
            <TextField state=state.clone() name="fjol" label="Samma period i fjol" value=form.fjol.clone() short=true
                help="Om det inte finns i planen för i fjol."/>
        }
        .into_any(),
    };
    let why = data.asks_why().then(|| skal(&state, "skal"));
    let utan_kon = utfall.saknar_kon() || !form.utan_kon.is_empty();
    let utan_kon = utan_kon.then(|| {
        view! { <TextField state=state.clone() name="utan_kon" label="Varför är det inte uppdelat på kön?" value=form.utan_kon.clone()/> }
    });
    let said = konskillnad(&utfall.varden).map(|said| view! { <p class="help">{said}</p> });
    let restore = matches!(utfall.harkomst, Harkomst::Overskrivet { .. }).then(|| restore(data, id));
    view! {
        <section class="stack" id="utfall-form">
            <h2>{format!("Utfall {}", data.period.label())}</h2>
            <form class="form" method="post" action=UpdateIndikatorutfall::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="plan" value=plan.to_string()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="period" value=period/>
                <Hidden name="version" value=version.to_string()/>
                <p class="help" id="utfall-hjalp">{help}</p>
                <div class="inline-fields">{cells}</div>
                {said} {utan_kon} {fjol}
                <Checkbox state=state.clone() name="missvisande" label="Siffran är missvisande" checked=form.missvisande == "on"/>
                <TextField state=state.clone() name="varfor" label="Varför är den missvisande?" value=form.varfor.clone()
                    help="Till exempel: personal är registrerad på fel enhet."/>
                <TextArea state=state.clone() name="analys" label="Analys" value=form.analys.clone() rows=4
                    help="Skriv aldrig namn eller personnummer."/>
                {why}
                <div class="form-actions"><button class="button">"Spara utfallet"</button></div>
            </form>
            {restore}
        </section>
    }
}

/// A field that stands beside those of the form.
fn skal(state: &FormState, name: &'static str) -> impl IntoView + use<> {
    let typed = state.value_of(name).unwrap_or_default();
    view! {
        <div class="field" class:invalid=state.error("skal").is_some()>
            <label for=state.id(name)>"Varför ändras det?"</label>
            <p class="help" id=format!("{}-hjalp", state.id(name))>
                "Krävs där perioden är stängd, och där en hämtad siffra skrivs över."
            </p>
            {state.fault(name)}
            <input type="text" id=state.id(name) name=name value=typed autocomplete="off" aria-invalid=state.invalid(name)
                aria-describedby=state.described_by(name, true)/>
        </div>
    }
}

fn cell(state: &FormState, content: &Content, utfall: &Utfall, kolumn: Kolumn) -> impl IntoView + use<> {
    let code = kolumn.code();
    let not = if kolumn == Kolumn::Totalt { utfall.not.as_str() } else { "" };
    let now = ruta::skriven(content, kolumn.varde(utfall).as_ref(), not);
    let name = format!("celler[{code}]");
    let typed = state.value_of(&name).unwrap_or_else(|| now.clone());
    let described =
        state.described_by(code, false).map_or_else(|| "utfall-hjalp".to_owned(), |d| format!("utfall-hjalp {d}"));
    view! {
        <div class="field short" class:invalid=state.error(code).is_some()>
            <label for=state.id(code)>{kolumn.label()} " " <span class="optional">"(frivilligt)"</span></label>
            {state.fault(code)}
            <input type="text" id=state.id(code) name=name value=typed autocomplete="off" aria-invalid=state.invalid(code)
                aria-describedby=described/>
            <input type="hidden" name=format!("celler[{}]", fore(code)) value=now/>
        </div>
    }
}

/// Puts the source's own figures back.
fn restore(data: &Data, id: IndikatorId) -> impl IntoView + use<> {
    let state = FormState::of(RestoreUtfall::PATH, Some(("id", &id.to_string())));
    let why = data.stangd.is_some().then(|| skal(&state, "skal"));
    view! {
        <form class="form" method="post" action=RestoreUtfall::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="plan" value=data.plan.id.to_string()/>
            <Hidden name="period" value=data.period.to_string()/>
            {why}
            <button class="button secondary">"Använd källans siffra igen"</button>
        </form>
    }
}

/// The form of a status that somebody sets.
pub(super) fn status_form(data: &Data, own: &Placerad, version: i64) -> impl IntoView + use<> {
    let (plan, id, period) = (data.plan.id, own.indikator.id, data.period.to_string());
    let form = data.utfall(id).status_form();
    let state = FormState::nested(SetIndikatorstatus::PATH, Some(("id", &id.to_string())));
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Den som följer av utfallet".to_owned()))
        .chain(Status::ALL.map(|status| (status.code().to_owned(), status.label().to_owned())))
        .collect();
    view! {
        <section class="stack" id="status">
            <div>
                <h2>"Egen status"</h2>
                <p class="help">
                    "Statusen följer av utfall och årsmål. Sätt en egen om den inte gäller, och skriv varför. Ej relevant räknas inte med någonstans."
                </p>
            </div>
            <form class="form" method="post" action=SetIndikatorstatus::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="plan" value=plan.to_string()/>
                <Hidden name="period" value=period/>
                <Hidden name="version" value=version.to_string()/>
                <SelectField state=state.clone() name="status" label="Status" options value=form.status/>
                <TextField state=state.clone() name="skal" label="Varför?" value=form.skal conditional=true/>
                <div class="form-actions"><button class="button secondary">"Spara statusen"</button></div>
            </form>
        </section>
    }
}
