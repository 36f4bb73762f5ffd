//! Frågor: what is asked about a table, as buttons where there are few answers and as a list where there are many. Each is a form of its
//! own, or several are answered at once.

use domain::siffror::{
    inlasning::{ALLA_FEL, Fel, Fraga, Granskning, HOPPA},
    serie::SerieId,
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::Hidden,
    serie::{
        las_in_api::{SetSerieSvar, key_field, svar_field},
        las_in_data::Vald,
    },
};

/// So many answers are buttons; more are a list.
const BUTTONS: usize = 4;
/// How many faults are listed; the others are counted.
const LISTED: usize = domain::field::ERRORS_MAX;

/// Where a question is answered.
#[derive(Clone, Debug)]
pub(super) struct Var {
    pub(super) id: SerieId,
    pub(super) vald: Vald,
}

impl Var {
    fn hidden(&self) -> impl IntoView + use<> {
        view! {
            <Hidden name="id" value=self.id.to_string()/>
            <Hidden name="vald" value=self.vald.sent()/>
        }
    }

    /// A question as buttons.
    pub(super) fn knappar(&self, fraga: &Fraga) -> impl IntoView + use<> {
        let buttons = fraga
            .choices
            .iter()
            .map(|choice| {
                let chosen = fraga.svar.as_deref() == Some(choice.value.as_str());
                view! {
                    <button
                        class=if chosen { "button small" } else { "button secondary small" }
                        name=format!("form[{}]", svar_field(0))
                        value=choice.value.clone()
                        aria-pressed=if chosen { "true" } else { "false" }
                    >
                        {if chosen { format!("Valt: {}", choice.label) } else { choice.label.clone() }}
                    </button>
                }
            })
            .collect_view();
        let label = fraga.text.clone();
        view! {
            <form class="cluster" method="post" action=SetSerieSvar::PATH aria-label=label>
                {self.hidden()}
                <input type="hidden" name=format!("form[{}]", key_field(0)) value=fraga.key.clone()/>
                {buttons}
            </form>
        }
    }

    /// Several questions with many answers each, answered at once.
    fn listor(&self, fragor: &[&Fraga]) -> impl IntoView + use<> {
        let fields = fragor.iter().enumerate().map(|(n, fraga)| lista(n, fraga)).collect_view();
        view! {
            <form class="form" method="post" action=SetSerieSvar::PATH>
                {self.hidden()}
                {fields}
                <div class="form-actions"><button class="button">"Spara svaren"</button></div>
            </form>
        }
    }

    /// A faulty cell that is left out.
    fn hoppa(&self, (key, answer): (&str, String), words: String) -> impl IntoView + use<> {
        let (k, v) = (format!("form[{}]", key_field(0)), format!("form[{}]", svar_field(0)));
        view! {
            <form method="post" action=SetSerieSvar::PATH>
                {self.hidden()}
                <input type="hidden" name=k value=key.to_owned()/>
                <input type="hidden" name=v value=answer/>
                <button class="button secondary small">{words}</button>
            </form>
        }
    }
}

fn lista(n: usize, fraga: &Fraga) -> impl IntoView + use<> {
    let id = format!("svar-{n}");
    let mut choices: Vec<_> = fraga.choices.iter().collect();
    choices.sort_by_key(|choice| !choice.foreslas);
    let options = choices
        .into_iter()
        .map(|choice| {
            let label = if choice.foreslas { format!("{} (liknar mest)", choice.label) } else { choice.label.clone() };
            let chosen = fraga.svar.as_deref() == Some(choice.value.as_str());
            view! { <option value=choice.value.clone() selected=chosen>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{fraga.text.clone()}</label>
            <input type="hidden" name=format!("form[{}]", key_field(n)) value=fraga.key.clone()/>
            <select id=id name=format!("form[{}]", svar_field(n))>
                <option value="">"Välj"</option>
                {options}
            </select>
        </div>
    }
}

/// What is asked about the table as a whole, and with `alla` also what has been answered.
pub(super) fn om_tabellen(var: &Var, granskning: &Granskning, alla: bool) -> Option<impl IntoView + use<>> {
    let is_shown = |f: &&Fraga| f.period.is_none() && (alla || f.svar.is_none());
    let shown: Vec<&Fraga> = granskning.fragor.iter().filter(is_shown).collect();
    let (few, many): (Vec<&Fraga>, Vec<&Fraga>) = shown.into_iter().partition(|f| f.choices.len() <= BUTTONS);
    (!few.is_empty() || !many.is_empty()).then(|| {
        let few = few
            .into_iter()
            .map(|fraga| view! { <div class="stack tight"><p><strong>{fraga.text.clone()}</strong></p> {var.knappar(fraga)}</div> })
            .collect_view();
        // one press names all columns; one at a time is for what it does not fit
        let in_order = granskning.fragor.iter().any(|f| f.key.starts_with("kolumner/"));
        let many = (!many.is_empty()).then(|| {
            let lists = var.listor(&many);
            if in_order {
                view! { <details><summary>"Ange en kolumn i taget"</summary>{lists}</details> }.into_any()
            } else {
                lists.into_any()
            }
        });
        view! { <section class="card stack import-fragor" aria-label="Frågor om tabellen">{few} {many}</section> }
    })
}

/// The cells that cannot be read, each with a way to leave it out.
pub(super) fn fel(var: &Var, granskning: &Granskning) -> Option<impl IntoView + use<>> {
    let left: Vec<&Fel> = granskning.fel_kvar().collect();
    (!left.is_empty()).then(|| {
        let more = left.len().saturating_sub(LISTED);
        let items = left
            .iter()
            .take(LISTED)
            .map(|fel| view! { <li class="cluster">{fel.text.clone()} {var.hoppa((&fel.key, HOPPA.to_owned()), format!("Hoppa över {}", fel.ruta))}</li> })
            .collect_view();
        let all = (left.len() > 1).then(|| var.hoppa((ALLA_FEL, granskning.alla_fel()), format!("Hoppa över alla {} rutor", left.len())));
        view! {
            <div class="notice late" id="fel" tabindex="-1">
                <h2>{if left.len() == 1 { "En ruta kan inte läsas".to_owned() } else { format!("{} rutor kan inte läsas", left.len()) }}</h2>
                <ul>
                    {items}
                    {(more > 0).then(|| view! { <li>{format!("och {more} till")}</li> })}
                </ul>
                <p>"Rätta i filen och läs in den igen, eller hoppa över rutorna."</p>
                {all}
            </div>
        }
    })
}
