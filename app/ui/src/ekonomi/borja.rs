//! What stands where a plan has no account yet: it is begun with the standard rows, or with those of last year.

use domain::ekonomi::{Enhet, Teckenform, konto::KontoId};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{CopyKonto, CreateKonto},
    data::Data,
    las_in_data::path,
};
use crate::components::{Empty, ErrorSummary, FormState, Hidden, SelectField, TextField};

/// The units that amounts can be in, for who chooses.
pub fn enheter() -> Vec<(String, String)> {
    Enhet::ALL.map(|enhet| (enhet.code().to_owned(), format!("{} ({})", enhet.label(), enhet.about()))).to_vec()
}

/// The forms of signs, for who chooses.
pub fn former() -> Vec<(String, String)> {
    let said = |form: Teckenform| format!("{}. {}", form.label(), form.about());
    Teckenform::ALL.map(|form| (form.code().to_owned(), said(form))).to_vec()
}

/// Nothing yet, and for who may the way to begin.
pub fn borja(data: &Data) -> AnyView {
    if !data.may_edit {
        let text = "När chefen har lagt in budgeten står den här, med utfall och prognos.";
        return view! { <Empty title="Ingen budget än" text=text/> }.into_any();
    }
    let (plan, to) = (data.plan.id.to_string(), path(data.plan.id));
    let copied = data.fjol.as_ref().map(|_| copy(&plan));
    let state = FormState::nested(CreateKonto::PATH, None);
    let id = state.new_id(|| KontoId::new().to_string());
    let s = || state.clone();
    view! {
        <div class="stack loose">
            <Empty
                title="Ingen budget än"
                text="Här står budget, utfall och prognos, rad för rad. Summorna räknas ut. Börja med en verksamhet: den får standardraderna, som du kan ändra."
            >
                <div class="cluster">
                    {copied}
                    <a class="button secondary" href=to>"Läs in en budget"</a>
                </div>
            </Empty>
            <form class="form" method="post" action=CreateKonto::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="id" value=id/>
                <Hidden name="plan" value=plan/>
                <TextField state=s() name="verksamhet" label="Första verksamheten" required=true
                    help="Till exempel: Ekonomiskt bistånd. Fler kan läggas till sedan."/>
                <TextField state=s() name="vo" label="VO-kod" short=true help="Koden för verksamhetsområdet, till exempel 1800."/>
                <SelectField state=s() name="enhet" label="Beloppen anges i" options=enheter() value=Enhet::default().code() required=true/>
                <SelectField state=s() name="teckenform" label="Så skrivs kostnader och avvikelser" options=former()
                    value=Teckenform::default().code() required=true
                    help="Ta den form som kommunens egna tabeller har. Bättre och sämre sägs alltid i ord."/>
                <div class="form-actions"><button class="button">"Lägg in budgeten"</button></div>
            </form>
        </div>
    }
    .into_any()
}

/// As last year's, without amounts.
fn copy(plan: &str) -> impl IntoView + use<> {
    let state = FormState::of(CopyKonto::PATH, None);
    let new = KontoId::new().to_string();
    let plan = plan.to_owned();
    view! {
        <form method="post" action=CopyKonto::PATH>
            <ErrorSummary state/>
            <Hidden name="new" value=new/>
            <Hidden name="plan" value=plan/>
            <button class="button">"Ta raderna från i fjol"</button>
        </form>
    }
}
