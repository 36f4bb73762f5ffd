//! `/admin/dagar`: the days of a unit. What comes of a last day is shown before it is set; the address holds what was written. Beside
//! it the first day, and the units that were there before.

use chrono::NaiveDate;
use domain::{
    format,
    id::NodeId,
    organisation::{
        Node, NodeKind, Tree,
        dagar::{check_last, may_end, may_go_on, may_have_before, possible_before},
    },
    permission::{Action, Area},
    person::Actor,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target,
    organisation::dagar::{Upphor, preview},
};

use super::{
    AdminTabs, administrator,
    dagar_api::{RemoveNodeLastDay, SetNodeLastDay, UpdateNodeBefore},
    query,
    slut::{self, Vilka, many, told},
    tillbaka,
};
use crate::{
    components::{DateField, Empty, ErrorSummary, FormState, Hidden, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// Its path.
pub(super) const PATH: &str = "/admin/dagar";

/// The days of the unit that `?nod=` names, or what comes of the last day `?to=`.
#[component]
pub fn DagarPage() -> impl IntoView {
    let (chosen, to) = (query("nod"), query("to"));
    let asked = leptos_router::hooks::use_query_map().get_untracked().get("to").is_some();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        let (name, content) = if chosen.is_empty() {
            (String::new(), nothing())
        } else {
            let id: NodeId = chosen.parse().map_err(|_| AppError::NotFound)?;
            let node = actor.tree.get(id).filter(|node| node.kind == NodeKind::Enhet);
            let node = node.cloned().ok_or(AppError::NotFound)?;
            let mut tx = ctx.read(Target::Node(id, Area::Organisation), Action::Edit).await?;
            let mut state = FormState::of(SetNodeLastDay::PATH, None);
            let mut shown = None;
            if asked && !state.is_back() {
                match check_last(&actor.tree, &node, &to, ctx.today) {
                    Ok(last) => {
                        let upphor = preview(&mut tx, id, last).await?;
                        shown = Some(view! { <Preview node=node.clone() last upphor/> }.into_any());
                    }
                    Err(errors) => {
                        state = FormState::asked(SetNodeLastDay::PATH, vec![("to".to_owned(), to)], errors);
                    }
                }
            }
            let content = match shown {
                Some(preview) => preview,
                None => view! {
                    <LastDay state node=node.clone() tree=actor.tree.clone() today=ctx.today/>
                    <Before node=node.clone() actor=actor.clone()/>
                    <p><a href=format!("/admin?nod={id}#vald")>"Till organisationen"</a></p>
                }
                .into_any(),
            };
            (node.name, content)
        };
        Ok(view! {
            <PageHead title="Första och sista dag" sub=name/>
            <AdminTabs current="/admin"/>
            <div class="stack loose">{content}</div>
        })
    })
}

fn nothing() -> AnyView {
    view! {
        <Empty
            title="Ingen enhet är vald"
            text="Välj enheten i organisationen. Där finns en länk till dess första och sista dag."
        >
            <p><a class="button secondary" href="/admin">"Till organisationen"</a></p>
        </Empty>
    }
    .into_any()
}

/// A last day to write, or the one that is set and whether it can go.
#[component]
fn LastDay(state: FormState, node: Node, tree: std::sync::Arc<Tree>, today: NaiveDate) -> impl IntoView {
    let id = node.id.to_string();
    let content = match (may_end(&tree, &node), may_go_on(&tree, &node, today)) {
        (Ok(()), _) => view! {
            <p class="muted">
                "När enheten upphör utan att bli en del av en ny. Blir den en del av en ny enhet: välj i stället Slå ihop enheter i organisationen. Du ser vad som händer innan det görs."
            </p>
            <form class="form" method="get" action=PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="nod" value=id/>
                <DateField state name="to" label="Sista dag" help="I dag eller senare." required=true/>
                <div class="cluster"><button class="button secondary" type="submit">"Visa vad som händer"</button></div>
            </form>
        }
        .into_any(),
        (Err(_), Ok(last)) => {
            let state = FormState::of(RemoveNodeLastDay::PATH, None);
            let last = format::date(last);
            view! {
                <p>{format!("Sista dag är {last}. Tas den bort fortsätter enheten, och det som planen och gemensamma kontroller har efter {last} läggs in igen. Roller, ärenden och dokument är orörda.")}</p>
                <form method="post" action=RemoveNodeLastDay::PATH>
                    <ErrorSummary state/>
                    <Hidden name="id" value=id/>
                    <Hidden name="version" value=node.version.to_string()/>
                    <button class="button secondary" type="submit">"Ta bort sista dagen"</button>
                </form>
            }
            .into_any()
        }
        (Err(why), Err(stays)) => {
            let own = tree.liv(node.id).is_some_and(|liv| liv.to.is_some());
            let merged = tree.efterfoljare(node.id).into_iter().find(|after| tillbaka::is_coming(&tree, after.id, today));
            let link = merged.map(|after| {
                let href = tillbaka::path(after.id);
                view! { <p><a href=href>"Ta tillbaka sammanslagningen"</a></p> }
            });
            view! { <p>{if own { stays } else { why }}</p> {link} }.into_any()
        }
    };
    view! { <section class="stack tight" id="sista"><h2>"Sista dag"</h2>{content}</section> }
}

/// The first day and those before, to write.
#[component]
fn Before(node: Node, actor: std::sync::Arc<Actor>) -> impl IntoView {
    let tree = &actor.tree;
    let head = view! { <h2>"Vad som fanns före"</h2> };
    if let Err(why) = may_have_before(tree, &node) {
        return view! { <section class="stack tight">{head} <p>{why}</p></section> }.into_any();
    }
    let state = FormState::of(UpdateNodeBefore::PATH, None);
    let liv = tree.liv(node.id).cloned().unwrap_or_default();
    let stored: Vec<String> = liv.foregangare.iter().map(ToString::to_string).collect();
    let chosen = state.values("units", &stored);
    let may = |unit: &&Node| actor.administers(unit.id) || liv.foregangare.contains(&unit.id);
    let units: Vec<&Node> = possible_before(tree, node.id).into_iter().filter(may).collect();
    let none = units.is_empty();
    let described_by = state.described_by("units", true);
    let invalid = state.error("units").is_some();
    let boxes = units
        .into_iter()
        .enumerate()
        .map(|(n, unit)| {
            let id = unit.id.to_string();
            let checked = chosen.contains(&id);
            // the summary of faults leads to the first
            let first = (n == 0).then_some("units");
            let last = tree.last_day(unit.id).map(format::date).unwrap_or_default();
            let words = format!("{}, till och med {last}", unit.name);
            view! {
                <label class="check">
                    <input type="checkbox" id=first name="units[]" value=id checked=checked aria-invalid=invalid.then_some("true")/>
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    let from = liv.from.map(format::date).unwrap_or_default();
    view! {
        <section class="stack tight">
            {head}
            <p class="muted">
                "Där år jämförs står åren före första dagen som de andras, med namn och för sig. De räknas aldrig ihop med enhetens egna."
            </p>
            <form class="form" method="post" action=UpdateNodeBefore::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=node.id.to_string()/>
                <Hidden name="version" value=node.version.to_string()/>
                <DateField
                    state=state.clone()
                    name="from"
                    label="Enheten finns från"
                    value=from
                    help="Planerade tillfällen före den dagen tas bort. Tom om den alltid har funnits."
                />
                <fieldset class="fieldset" aria-describedby=described_by>
                    <legend>"Fanns före"</legend>
                    <p class="help" id="units-hjalp">
                        {if none {
                            "Ingen enhet har en sista dag än. Den som fanns före får först en sista dag på sin egen sida."
                        } else {
                            "Enheter vars sista dag är före den här enhetens första."
                        }}
                    </p>
                    {state.fault("units")}
                    <div>{boxes}</div>
                </fieldset>
                <div class="cluster"><button class="button secondary" type="submit">"Spara vad som fanns före"</button></div>
            </form>
        </section>
    }
    .into_any()
}

/// What comes of it in sentences: what happens, and what somebody has to do.
fn sentences(upphor: &Upphor, last: &str) -> [Vec<String>; 2] {
    let [mut left, mut todo] = slut::sentences(&upphor.slut, last, Vilka::En);
    left.push("Efter den dagen går enheten inte att välja. Den står under Upphörda enheter.".to_owned());
    left.push(match (upphor.personer, upphor.bara_har) {
        (0, _) => "Ingen har en roll i enheten.".to_owned(),
        (n, 0) => format!(
            "{} har en roll i enheten. Alla har också en roll någon annanstans.",
            many(n, "person", "personer")
        ),
        (1, _) => format!(
            "1 person har en roll i enheten och ingen någon annanstans. Efter {last} läser personen bara det som har varit."
        ),
        (n, only) if only == n => format!(
            "{} har en roll i enheten. Ingen av dem har en roll någon annanstans: efter {last} läser de bara det som har varit.",
            many(n, "person", "personer")
        ),
        (n, only) => format!(
            "{} har en roll i enheten. {only} av dem har ingen roll någon annanstans och läser efter {last} bara det som har varit.",
            many(n, "person", "personer")
        ),
    });
    if upphor.bara_har > 0 {
        todo.push(format!("Ge dem som ska arbeta vidare en roll i en annan enhet, senast {last}."));
    }
    let slut = &upphor.slut;
    if !slut.grupper.is_empty() {
        let names: Vec<&str> = slut.grupper.iter().map(String::as_str).collect();
        todo.push(format!("Grupper som ska finnas kvar flyttas under Grupper: {}.", format::and(&names)));
    }
    if slut.skarmar > 0 {
        todo.push(format!("Ta ner {} från väggen.", many(slut.skarmar, "skärm", "skärmar")));
    }
    [left, todo]
}

#[component]
fn Preview(node: Node, last: NaiveDate, upphor: Upphor) -> impl IntoView {
    let day = format::date(last);
    let [left, todo] = sentences(&upphor, &day);
    let think = (!todo.is_empty()).then(|| told("Att tänka på".to_owned(), todo));
    view! {
        {told(format!("{} upphör efter {day}", node.name), left)}
        {think}
        <p class="notice warn">{format!("Sista dagen går att ta bort till och med {day}. Sedan går det inte att ångra.")}</p>
        <form class="form" method="post" action=SetNodeLastDay::PATH>
            <Hidden name="id" value=node.id.to_string()/>
            <Hidden name="version" value=node.version.to_string()/>
            <Hidden name="to" value=day/>
            <div class="cluster">
                <button class="button" type="submit">"Spara sista dagen"</button>
                <a class="button secondary" href=format!("{PATH}?nod={}", node.id)>"Avbryt"</a>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use store::organisation::dagar::Slut;

    use super::*;

    #[test]
    fn what_comes_of_a_last_day_says_who_is_left_without_a_unit_and_what_is_to_be_done_first() {
        let slut = Slut { efter: 30, ogjorda: 1, grupper: vec!["Ledningen".into()], skarmar: 1, ..Slut::default() };
        let upphor = Upphor { slut, personer: 12, bara_har: 9 };
        let said = sentences(&upphor, "2026-12-31").concat().join(" ");
        for words in [
            "Sista dag är 2026-12-31.",
            "30 planerade tillfällen efter 2026-12-31 tas bort.",
            "12 personer har en roll i enheten. 9 av dem har ingen roll någon annanstans",
            "Till och med 2026-12-31 finns 1 tillfälle att göra.",
            "Ge dem som ska arbeta vidare en roll i en annan enhet, senast 2026-12-31.",
            "Grupper som ska finnas kvar flyttas under Grupper: Ledningen.",
            "Ta ner 1 skärm från väggen.",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(!said.contains("enkät"), "{said}");
        let alone = Upphor { personer: 2, bara_har: 2, ..Upphor::default() };
        assert!(
            sentences(&alone, "2026-12-31").concat().join(" ").contains("Ingen av dem har en roll någon annanstans")
        );
    }
}
