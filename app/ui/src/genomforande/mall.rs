//! Mall: the criteria of a control, as the next run will copy them.

use domain::{genomforande::Kind, id::EgenkontrollId, permission::Action};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, genomforande, plan};

use super::api::UpdateKriterier;
use crate::{
    components::{Checkbox, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, load},
    ctx::Ctx,
    error::AppError,
};

/// `/egenkontroll/{id}/kriterier`
#[component]
pub fn MallPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let id: EgenkontrollId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Egenkontroll(id), Action::Edit).await?;
        let (row, _) = plan::get(&mut tx, id).await?;
        let mall = genomforande::mall(&mut tx, id).await?;
        let state = FormState::nested(UpdateKriterier::PATH, Some(("id", &id.to_string())));
        let kinds = Kind::ALL.into_iter().map(|k| (k.code().to_owned(), k.label().to_owned())).collect();
        Ok(view! {
            <PageHead title="Kriterier" sub=row.content.kontrollmal.clone()/>
            <form class="form" method="post" action=UpdateKriterier::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="seen" value=genomforande::mall_seen(&mall)/>
                <SelectField state=state.clone() name="kind" label="Hur görs kontrollen?" options=kinds required=true
                    value=mall.kind.unwrap_or(Kind::Stickprov).code()/>
                <TextArea state=state.clone() name="kriterier" label="Kriterier för stickprov" rows=6 value=mall.kriterier.join("\n")
                    help="Ett per rad. Nästa genomförande kopierar dem; det som redan är påbörjat eller avslutat ändras inte."/>
                <Checkbox state=state.clone() name="kollegie" label="Kollegiegranskning: kollegor bedömer varandras ärenden" checked=mall.kollegie/>
                <div class="form-actions">
                    <button class="button">"Spara"</button>
                    <a class="button quiet" href=format!("/egenkontroll/{id}")>"Avbryt"</a>
                </div>
            </form>
        })
    })
}
