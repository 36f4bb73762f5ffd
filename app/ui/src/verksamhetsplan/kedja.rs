//! Kedja: the goals as a picture: a list in a list, drawn as boxes in a column for each level with lines between them. A box is as tall as
//! all that lies under it. On narrow screens and on paper the same list stands as a list.

use domain::verksamhetsplan::mal::{Mal, Niva, kedja, kedja::Punkt, rakning::Rakning};
use leptos::prelude::*;

use super::{
    marke,
    plan::{Sedd, marks_said},
};

/// The picture.
pub(super) fn view(sedd: &Sedd) -> impl IntoView + use<> {
    let heads = Niva::ALL.map(|niva| head(sedd, niva));
    let points = kedja::lista(&sedd.trad).iter().map(|punkt| point(sedd, punkt)).collect_view();
    view! {
        <div class=class(sedd)>
            <div class="kedja-huvud" aria-hidden="true">{heads.into_iter().flatten().collect_view()}</div>
            <ul class="kedja-lista" aria-label="Målkedja">{points}</ul>
        </div>
    }
}

/// Which columns there are: a level that no goal stands on has none.
fn class(sedd: &Sedd) -> String {
    let has = Niva::ALL.into_iter().filter(|niva| sedd.trad.per_niva()[niva.kolumn()] > 0);
    has.fold("kedja".to_owned(), |class, niva| format!("{class} har-{}", niva.kolumn()))
}

/// What stands over a column: the level, how many there are, and whose they are.
fn head(sedd: &Sedd, niva: Niva) -> Option<impl IntoView + use<>> {
    let n = sedd.trad.per_niva()[niva.kolumn()];
    let whose = sedd.agare[niva.kolumn()].clone().map(|whose| format!(", {whose}")).unwrap_or_default();
    (n > 0).then(|| {
        view! { <div class=format!("kedja-rubrik n{}", niva.kolumn())><strong>{sedd.niva_namn(niva)}</strong> " " <span>{n} {whose}</span></div> }
    })
}

fn point(sedd: &Sedd, punkt: &Punkt) -> AnyView {
    let Some(mal) = sedd.trad.get(punkt.mal) else { return ().into_any() };
    // a level that no goal stands on has no column to leave empty
    let skipped = punkt.hoppade.iter().filter(|niva| sedd.trad.per_niva()[niva.kolumn()] > 0);
    let skipped: Vec<_> = skipped
        .map(|niva| {
            let class = format!("kedja-tom n{}", niva.kolumn());
            // at the top nothing is passed by
            let said =
                mal.under.map(|_| view! { <span class="visually-hidden">{format!("Inget {}.", niva.said())}</span> });
            view! { <span class=class>{said}</span> }
        })
        .collect();
    let under = (!punkt.under.is_empty()).then(|| {
        let points = punkt.under.iter().map(|punkt| point(sedd, punkt)).collect_view();
        view! { <ul class="kedja-lista">{points}</ul> }
    });
    view! { <li class="kedja-mal">{skipped} {ruta(sedd, mal)} {under}</li> }.into_any()
}

/// A goal: its level, number and title, and how it is met, or how those under it are.
fn ruta(sedd: &Sedd, mal: &Mal) -> impl IntoView + use<> {
    let niva = mal.content.niva;
    let own = if mal.is_shared(sedd.plan.node) { "" } else { " egen" };
    let class = format!("kedja-ruta n{}{own}", niva.kolumn());
    let nr = (!mal.content.nr.is_empty()).then(|| view! { <strong>{mal.content.nr.clone()}</strong> " " });
    view! {
        <a class=class href=sedd.mal(mal.id)>
            <span class="kedja-titel">
                <span class="kedja-niva">{sedd.ett_namn(niva)} " "</span>
                {nr} {mal.content.titel.clone()}
                {matt(sedd, mal)}
            </span>
            {status(sedd, mal)}
        </a>
    }
}

/// How many indikatorer follow a goal; nothing where there is none.
pub(super) fn matt(sedd: &Sedd, mal: &Mal) -> Option<impl IntoView + use<>> {
    let n = *sedd.matta.get(&mal.id)?;
    let words = if n == 1 { "1 indikator".to_owned() } else { format!("{n} indikatorer") };
    Some(view! { " " <span class="kedja-matt">{words}</span> })
}

/// How a goal is met: of the unit's own what was decided, of the levels above what was decided there, else the marks of the unit's goals
/// under it.
pub(super) fn status(sedd: &Sedd, mal: &Mal) -> Option<AnyView> {
    let said = sedd.visad(mal.id)?;
    let assessed = sedd.status.contains_key(&mal.id);
    if mal.content.niva == Niva::Enhetsmal || assessed {
        return Some(
            view! { <span class="kedja-status">{marke::marke(marke::av_mal(said), said.short())}</span> }.into_any(),
        );
    }
    let under = Rakning::under(&sedd.trad, Some(mal.id), &sedd.status);
    // of one alone it stands beside it
    (under.alla() > 1).then(|| {
        let marks = marke::rad(under.marken().map(marke::av_mal), marks_said(under, sedd.plan.benamning));
        view! { <span class="kedja-under">{marks}</span> }.into_any()
    })
}
