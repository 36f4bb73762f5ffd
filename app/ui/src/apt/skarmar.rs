//! Skärmar: the screens on the wall of a unit: what each shows, when it was last seen, its address, and how it is taken down.

use domain::{
    apt::{
        Slag,
        skarm::{SLAG, Skarm},
    },
    id::SkarmId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Target, apt::skarm};

use super::skarm_api::{CreateSkarm, RemoveSkarm, RenewSkarm, RenewSkarmkod, UpdateSkarm};
use crate::{
    components::{Empty, ErrorSummary, FormState, Hidden, PageHead, TextField, load, plan::UnitSwitch},
    ctx::Ctx,
    moment::stamp,
    place::Place,
};

/// Where the screens are listed.
pub(super) const PATH: &str = "/apt/skarmar";

/// `/apt/skarmar`
#[component]
pub fn SkarmarPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Apt), Action::Edit).await?;
        let all = skarm::list(&mut tx, place.unit).await?;
        let state = FormState::nested(CreateSkarm::PATH, None);
        let id = state.new_id(|| SkarmId::new().to_string());
        let empty = all.is_empty();
        let cards = all.into_iter().map(card).collect_view();
        // those of the plan are chosen by whoever has decided one
        let of_plan = |slag: &&Slag| matches!(slag, Slag::Mal | Slag::Indikatorer);
        let chosen = SLAG.iter().filter(|slag| !of_plan(slag)).map(|s| s.code().to_owned());
        let chosen: Vec<String> = chosen.collect();
        Ok(view! {
            <PageHead title="Skärmar på väggen" sub=place.unit_name.clone()>
                <a class="button secondary" href="/apt">"Till möten"</a>
            </PageHead>
            {(place.units.len() > 1)
                .then(|| view! { <div class="filter-bar"><UnitSwitch place=place.clone() path=PATH/></div> })}
            <div class="stack loose">
            <div class="two-col agenda-side">
                <div class="stack loose">
                    {empty
                        .then(|| {
                            view! {
                                <Empty
                                    title="Ingen skärm än"
                                    text="En skärm på väggen visar enhetens resultat mellan mötena. Den behöver ingen inloggning och visar inga namn, inga texter och inga små antal. Lägg till den första här bredvid."
                                >
                                    <p><a class="button secondary" href="#ny-skarm">"Till formuläret"</a></p>
                                </Empty>
                            }
                        })}
                    {cards}
                </div>
                <aside id="ny-skarm">
                    <section class="card">
                        <div class="card-head"><h2>"Ny skärm"</h2></div>
                        <form class="form card-text" method="post" action=CreateSkarm::PATH>
                            <ErrorSummary state=state.clone()/>
                            <Hidden name="id" value=id/>
                            <Hidden name="node" value=place.unit.to_string()/>
                            {fields(&state, "", &chosen, 20, ("18.00", "06.00"))}
                            <div class="form-actions"><button class="button">"Skapa adress"</button></div>
                        </form>
                    </section>
                </aside>
            </div>
            </div>
        })
    })
}

fn fields(state: &FormState, name: &str, chosen: &[String], seconds: i64, dim: (&str, &str)) -> AnyView {
    let chosen = state.values("slides", chosen);
    let s = || state.clone();
    let boxes = SLAG
        .into_iter()
        .map(|slag| {
            let checked = chosen.iter().any(|c| c == slag.code());
            view! {
                <label class="choice">
                    <input type="checkbox" name="form[slides][]" value=slag.code() checked=checked/>
                    <span>{slag.label()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <TextField state=s() name="name" label="Var hänger den?" value=name.to_owned() required=true/>
        <fieldset class="fieldset">
            <legend>"Visar"</legend>
            <div class="choices column" id=state.id("slides")>{boxes}</div>
        </fieldset>
        <div class="inline-fields">
            <TextField state=s() name="seconds" label="Sekunder per bild" value=seconds.to_string() short=true/>
            <TextField state=s() name="dim_from" label="Dämpad från" value=dim.0.to_owned() short=true/>
            <TextField state=s() name="dim_to" label="till" value=dim.1.to_owned() short=true/>
        </div>
    }
    .into_any()
}

fn card(s: Skarm) -> AnyView {
    let key = s.id.to_string();
    let state = FormState::nested(UpdateSkarm::PATH, Some(("id", &key)));
    let seen = s.seen.map_or_else(|| "Har inte öppnats än".to_owned(), |at| format!("Senast sedd {}", stamp(at)));
    let clock = |t: chrono::NaiveTime| t.format("%H.%M").to_string();
    let (from, to) = (clock(s.dim.0), clock(s.dim.1));
    let shows = s.slides.iter().map(|k| k.label()).collect::<Vec<_>>().join(", ");
    let chosen: Vec<String> = s.slides.iter().map(|k| k.code().to_owned()).collect();
    view! {
        <section class="card">
            <div class="card-head"><h2>{s.name.clone()}</h2> <span class="row-meta">{seen}</span></div>
            <div class="card-text stack">
                <p>{shows}</p>
                <details class="more-fields" open=state.is_back()>
                    <summary aria-label=format!("Ändra {}", s.name)>"Ändra"</summary>
                    <form class="form" method="post" action=UpdateSkarm::PATH>
                        <ErrorSummary state=state.clone()/>
                        <Hidden name="id" value=key.clone()/>
                        <Hidden name="version" value=s.version.to_string()/>
                        {fields(&state, &s.name, &chosen, s.seconds, (&from, &to))}
                        <div class="form-actions"><button class="button secondary small">"Spara"</button></div>
                    </form>
                </details>
                <div class="cluster">
                    <form method="post" action=RenewSkarmkod::PATH>
                        <Hidden name="id" value=key.clone()/>
                        <button class="button secondary small" aria-label=format!("Kod för en tv till {}", s.name)>"Kod för en tv"</button>
                    </form>
                    <form method="post" action=RenewSkarm::PATH>
                        <Hidden name="id" value=key.clone()/>
                        <button class="button secondary small" aria-label=format!("Ny adress till {}", s.name)>"Ny adress"</button>
                    </form>
                    <form method="post" action=RemoveSkarm::PATH>
                        <Hidden name="id" value=key/>
                        <button class="button quiet small" aria-label=format!("Ta bort {}", s.name)>"Ta bort"</button>
                    </form>
                </div>
                <p class="help">"En kod öppnar skärmen på en tv till. Ny adress stänger alla gamla genast."</p>
            </div>
        </section>
    }
    .into_any()
}
