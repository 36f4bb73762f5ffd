//! `/verksamhetsplan/{id}/ekonomi/fyll`: amounts by hand, from the keyboard: a row for each row of the account, a column for each amount
//! of a time, or for each month of a kind. It is an ordinary form: Tab goes from cell to cell, Enter saves.

use domain::{
    ekonomi::{
        Tid,
        belopp::Art,
        konto::{Content, Rad},
    },
    format,
    permission::Action,
    verksamhetsplan::plan::PlanId,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::ekonomi::Rakning;

use super::{
    data::{self, crumbs},
    fyll_api::{CELLS_MOST, PER, UpdateBelopp, column, typed},
    path,
    vy::short,
};
use crate::{
    components::{DateField, ErrorSummary, FormState, Hidden, PageHead, load},
    ctx::Ctx,
    error::AppError,
    serie::{
        fill::in_cell,
        grid_api::{BESIDE, cell_field, was, was_field},
    },
};

/// What the grid is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Val {
    /// What is known at a time.
    Tid(Tid),
    /// A kind through the year.
    Art(Art),
}

impl Val {
    /// Its columns, from the left.
    fn columns(self) -> Vec<(Tid, Art)> {
        match self {
            Self::Tid(Tid::Bokslut) => vec![(Tid::Bokslut, Art::Utfall), (Tid::Bokslut, Art::Budget)],
            Self::Tid(tid) => vec![(tid, Art::Utfall), (tid, Art::Prognos), (Tid::Bokslut, Art::Budget)],
            Self::Art(art) => {
                let months = (1..=12).map(|month| (Tid::Manad(month), art));
                // nothing is believed when the year is over
                let year = (art != Art::Prognos).then_some((Tid::Bokslut, art));
                if art == Art::Budget { year.into_iter().chain(months).collect() } else { months.chain(year).collect() }
            }
        }
    }

    /// What stands over a column.
    fn head(self, (tid, art): (Tid, Art)) -> String {
        match self {
            Self::Tid(_) if art == Art::Budget => "Budget helår".to_owned(),
            Self::Tid(_) if art == Art::Utfall => format!("Utfall {}", tid.label()),
            Self::Tid(_) => art.label().to_owned(),
            Self::Art(_) => format::capitalised(tid.label()),
        }
    }
}

/// `/verksamhetsplan/{id}/ekonomi/fyll`
#[component]
pub fn FyllPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (tid, art) = (query.get("tid").unwrap_or_default(), query.get("art").unwrap_or_default());
    load(async move {
        let ctx = Ctx::current()?;
        let (tx, data) = data::read(&ctx, &id, Action::Edit).await?;
        drop(tx);
        let rakning = data.rakning.as_ref().ok_or(AppError::NotFound)?;
        let plan = data.plan.id.to_string();
        let chosen = match (Art::from_code(&art), Tid::from_code(&tid)) {
            (Some(art), _) => Val::Art(art),
            (None, Some(tid)) => Val::Tid(tid),
            (None, None) if rakning.belopp.is_empty() => Val::Tid(Tid::Bokslut),
            (None, None) => Val::Tid(rakning.konto().senaste()),
        };
        let state = FormState::nested(UpdateBelopp::PATH, Some(("plan", &plan)));
        let rows = rakning.konto.content.rader().count();
        let body = if rows == 0 {
            let href = format!("{}/rader", path(data.plan.id));
            view! { <p class="notice info">"Budgeten har inga rader. " <a href=href>"Lägg till rader"</a></p> }
                .into_any()
        } else if rows * chosen.columns().len() > CELLS_MOST {
            let words = "Budgeten har för många rader för ett helt år på en gång. Välj en månad eller ett tertial.";
            view! { <p class="notice info">{words}</p> }.into_any()
        } else {
            grid(data.plan.id, rakning, chosen, &state)
        };
        let sub = format!("{} · {}", rakning.konto.content.namn, rakning.konto.content.enhet.rubrik());
        Ok(view! {
            {crumbs(&data.plan, "Fyll i belopp")}
            <PageHead title="Fyll i belopp" sub/>
            <div class="stack">{steps(&path(data.plan.id), chosen)} {body}</div>
        })
    })
}

/// What can be filled: a time, or a kind through the year.
fn steps(to: &str, chosen: Val) -> impl IntoView + use<> {
    let link = |val: Val, label: String, words: String| {
        let href = match val {
            Val::Tid(tid) => format!("{to}/fyll?tid={tid}"),
            Val::Art(art) => format!("{to}/fyll?art={}", art.code()),
        };
        view! { <a href=href aria-label=label aria-current=(val == chosen).then_some("true")>{words}</a> }
    };
    let of_tid = |tid: Tid| {
        let label = format::capitalised(tid.label());
        link(Val::Tid(tid), label, short(tid))
    };
    let reports = Tid::all().filter(|tid| tid.is_report()).map(of_tid).collect_view();
    let months = Tid::all().filter(|tid| !tid.is_report()).map(of_tid).collect_view();
    let kinds = Art::ALL.map(|art| {
        let kind = if art == Art::Prognos { "Prognos" } else { art.label() };
        let words = format!("{kind}, alla månader");
        link(Val::Art(art), words.clone(), words)
    });
    view! {
        <div class="konto-val">
            <nav class="segmented small" aria-label="Tertial och år">{reports}</nav>
            <nav class="segmented small" aria-label="Månad">{months}</nav>
            <nav class="segmented small" aria-label="Hela året">{kinds.collect_view()}</nav>
        </div>
    }
}

fn grid(plan: PlanId, rakning: &Rakning, chosen: Val, state: &FormState) -> AnyView {
    let content = &rakning.konto.content;
    let cols = chosen.columns();
    let heads = cols.iter().map(|col| view! { <th class="num" scope="col">{chosen.head(*col)}</th> }).collect_view();
    let width = (cols.len() + 1).to_string();
    let (mut body, mut last): (Vec<AnyView>, _) = (Vec::new(), None);
    for (i, (verksamhet, rad)) in content.rader().enumerate() {
        if last != Some(verksamhet.id) {
            last = Some(verksamhet.id);
            let namn = verksamhet.namn.clone();
            let head = view! { <tr class="group"><th colspan=width.clone() scope="colgroup">{namn}</th></tr> };
            body.push(head.into_any());
        }
        let cells = cols.iter().enumerate().map(|(k, (tid, art))| {
            let place = (rad.id, *tid, *art);
            let stands = rakning.belopp.iter().find(|b| (b.rad, b.tid, b.art) == place);
            let revision = rakning.revisioner.get(&place).copied().unwrap_or(0);
            let label = format!("{}, {}, {} {}", rad.namn, verksamhet.namn, art.label(), tid.label());
            cell(state, (i, k), &typed(stands, content), revision, label)
        });
        let cells = cells.collect_view();
        body.push(view! { <tr><th scope="row">{named(rad)}</th> {cells}</tr> }.into_any());
    }
    let rows = content.rader().map(|(_, rad)| rad.id.to_string()).collect::<Vec<_>>().join(&BESIDE.to_string());
    let cols = cols.iter().map(|(tid, art)| column(*tid, *art)).collect::<Vec<_>>().join(&BESIDE.to_string());
    let to = path(plan);
    view! {
        <form class="form serie-fill" method="post" action=UpdateBelopp::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="plan" value=plan.to_string()/>
            <Hidden name="rows" value=rows/>
            <Hidden name="cols" value=cols/>
            <p class="help" id="fyll-hjalp">{help(content, chosen)}</p>
            <entry::Klistra/>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Belopp">
                <table class="table dense serie-grid konto-grid">
                    <thead><tr><th scope="col"><span class="visually-hidden">"Rad"</span></th> {heads}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            <DateField state=state.clone() name=PER label="Beloppen gäller per"
                help="Är fältet tomt får prognoser dagens datum."/>
            <div class="form-actions">
                <button class="button">"Spara"</button>
                <a class="button quiet" href=to>"Avbryt"</a>
            </div>
        </form>
    }
    .into_any()
}

/// A row as it is called among the others.
fn named(rad: &Rad) -> String {
    format!("{} ({})", rad.namn, rad.slag.label().to_lowercase())
}

/// How cells are written.
fn help(content: &Content, chosen: Val) -> String {
    let unit = content.enhet.label();
    let months = match chosen {
        Val::Art(Art::Budget) => " De månader som lämnas tomma delar jämnt på resten av årets budget.",
        Val::Tid(Tid::T1 | Tid::T2) => " Ett tertial är från januari. Lämnas utfallet tomt räknas det ut av månaderna.",
        _ => "",
    };
    format!(
        "Skriv beloppen i {unit}. En tom ruta är inte 0. Skriv prel efter ett belopp som kan ändras; ord som Oklart sparas som \
         anteckning.{months}"
    )
}

fn cell(state: &FormState, (i, k): (usize, usize), now: &str, revision: i32, label: String) -> impl IntoView + use<> {
    let (field, before) = (cell_field(i, k), was_field(i, k));
    let text = in_cell(state, &field, &before, now);
    let described =
        state.described_by(&field, false).map_or_else(|| "fyll-hjalp".to_owned(), |d| format!("fyll-hjalp {d}"));
    view! {
        <td class="num">
            <input
                type="text"
                id=state.id(&field)
                name=state.name(&field)
                value=text
                autocomplete="off"
                aria-label=label
                aria-invalid=state.invalid(&field)
                aria-describedby=described
            />
            <input type="hidden" name=state.name(&before) value=was(revision, now)/>
            {state.fault(&field)}
        </td>
    }
}
