//! `/admin/grupper`: groups of a unit or of what lies above it, and who is a member.

use std::collections::HashSet;

use domain::{
    id::{GruppId, PersonId},
    organisation::{Grupp, Tree, check_group_move},
    permission::{Action, Area},
    person::{Actor, Person},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::Target;

use super::{
    AdminTabs, ThingTabs, administrator,
    group_api::{CreateGroup, MoveGroup, UpdateGroup},
    merge_groups::{ChooseOther, Merge, merge},
    node_choices, query, with_blank,
};
use crate::{
    components::{Empty, ErrorSummary, FormState, Hidden, HistoryList, PageHead, SelectField, TextField, load},
    ctx::Ctx,
    error::AppError,
};

pub(super) const PATH: &str = "/admin/grupper";

/// The groups in the order of the tree, and the one that `?grupp=` names.
#[component]
pub fn GrupperPage() -> impl IntoView {
    let (chosen, tab, other) = (query("grupp"), query("flik"), query("med"));
    load(async move {
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        let mut tx = ctx.read(Target::Anywhere(Area::Organisation), Action::Edit).await?;
        let mut groups = store::organisation::groups(&mut tx).await?;
        groups.retain(|g| actor.may(g.node, Area::Organisation, Action::Edit));
        let persons = store::person::list(&mut tx).await?;
        let panel = if chosen.is_empty() {
            view! { <NewGroup nodes=with_blank("Välj", node_choices(&actor))/> }.into_any()
        } else {
            let id: GruppId = chosen.parse().map_err(|_| AppError::NotFound)?;
            let group = groups.iter().find(|g| g.id == id).cloned().ok_or(AppError::NotFound)?;
            let is_history = tab == "historik";
            let head =
                view! { <PanelHead group=group.clone() node=actor.tree.name(group.node).to_owned() is_history/> };
            if is_history {
                // with that of the groups that are part of it now
                let mut things = vec![id.0];
                things.extend(store::organisation::grupp::merged_into(&mut tx, id).await?.into_iter().map(|g| g.0));
                let entries = store::history::list(&mut tx, &things).await?;
                view! { {head} <HistoryList entries/> }.into_any()
            } else if other.is_empty() {
                let candidates = candidates(&actor.tree, &persons, &group);
                let places = places(&actor, &group);
                let others = groups.iter().filter(|g| g.node == group.node && g.id != group.id);
                let others = others.map(|g| (g.id.to_string(), g.name.clone())).collect();
                let uppdrag = store::organisation::grupp::uppdrag(&mut tx, id).await?;
                view! {
                    {head}
                    <EditGroup group=group.clone() candidates/>
                    <MoveForm group=group.clone() places uppdrag/>
                    <ChooseOther group others/>
                }
                .into_any()
            } else {
                let other: GruppId = other.parse().map_err(|_| AppError::NotFound)?;
                let other = groups.iter().find(|g| g.id == other).cloned().ok_or(AppError::NotFound)?;
                let merge = merge(&mut tx, group, other, &persons).await?;
                view! { {head} <Merge merge/> }.into_any()
            }
        };
        let list = if groups.is_empty() {
            view! {
                <Empty
                    title="Det finns inga grupper än"
                    text="En grupp är några som utför kontroller tillsammans, som enhetens ledningsgrupp. Kontrollen \
                          syns i Att göra hos alla i gruppen tills någon har gjort den. Lägg till den första här bredvid."
                >
                    <p><a class="button secondary" href="#vald">"Till formuläret"</a></p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <GroupTable rows=rows(&actor.tree, groups, &persons)/> }.into_any()
        };
        Ok(view! {
            <PageHead title="Grupper">
                {(!chosen.is_empty()).then(|| view! { <a class="button" href=PATH>"Lägg till grupp"</a> })}
            </PageHead>
            <AdminTabs current=PATH/>
            <div class="two-col">
                <div>{list}</div>
                <section class="stack" id="vald" aria-label="Det du har valt">{panel}</section>
            </div>
        })
    })
}

/// More persons than this who are not members are folded away.
const SHOWN: usize = 12;

/// Persons who can be members: active ones with a role at the node, above or below it, and those who are members
/// already. An administrator sees no content, so a role as that does not count.
fn candidates(tree: &Tree, persons: &[Person], group: &Grupp) -> Vec<(PersonId, String)> {
    persons
        .iter()
        .filter(|p| group.members.contains(&p.id) || p.works_near(tree, group.node))
        .map(|p| (p.id, if p.active { p.name.clone() } else { format!("{} (avaktiverad)", p.name) }))
        .collect()
}

/// Where a group can be moved to, indented as it lies in the tree.
fn places(actor: &Actor, group: &Grupp) -> Vec<(String, String)> {
    let may = |id: &str| id.parse().is_ok_and(|to| check_group_move(&actor.tree, group, to).is_ok());
    node_choices(actor).into_iter().filter(|(id, _)| may(id)).collect()
}

/// What the table shows of a group.
struct GroupRow {
    id: GruppId,
    name: String,
    node: String,
    members: Vec<String>,
}

/// The groups as they lie in the tree; those of one node are sorted by name.
fn rows(tree: &Tree, groups: Vec<Grupp>, persons: &[Person]) -> Vec<GroupRow> {
    let mut rows = Vec::with_capacity(groups.len());
    for (_, node) in tree.walk() {
        rows.extend(groups.iter().filter(|g| g.node == node.id).map(|g| GroupRow {
            id: g.id,
            name: g.name.clone(),
            node: node.name.clone(),
            members: persons.iter().filter(|p| g.members.contains(&p.id)).map(|p| p.name.clone()).collect(),
        }));
    }
    rows
}

#[component]
fn GroupTable(rows: Vec<GroupRow>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let members = if row.members.is_empty() {
                view! { <span class="muted">"Inga medlemmar"</span> }.into_any()
            } else {
                row.members.join(", ").into_any()
            };
            view! {
                <tr>
                    <th scope="row"><a href=format!("{PATH}?grupp={}#vald", row.id)>{row.name}</a></th>
                    <td>{row.node}</td>
                    <td>{members}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Grupper">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Grupp"</th>
                        <th scope="col">"Hör till"</th>
                        <th scope="col">"Medlemmar"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn PanelHead(group: Grupp, node: String, is_history: bool) -> impl IntoView {
    let path = format!("{PATH}?grupp={}", group.id);
    view! {
        <div>
            <h2>{group.name}</h2>
            <p class="muted">{node}</p>
        </div>
        <ThingTabs history=format!("{path}&flik=historik#vald") path=format!("{path}#vald") is_history/>
    }
}

#[component]
fn NewGroup(nodes: Vec<(String, String)>) -> impl IntoView {
    let state = FormState::of(CreateGroup::PATH, None);
    let id = state.new_id(|| GruppId::new().to_string());
    view! {
        <h2>"Lägg till grupp"</h2>
        <form class="form" method="post" action=CreateGroup::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id/>
            <TextField
                state=state.clone()
                name="name"
                label="Namn"
                help="Till exempel Enhetens ledningsgrupp."
                required=true
            />
            <SelectField state name="node" label="Hör till" options=nodes required=true/>
            <div class="cluster"><button class="button" type="submit">"Lägg till grupp"</button></div>
        </form>
    }
}

#[component]
fn EditGroup(group: Grupp, candidates: Vec<(PersonId, String)>) -> impl IntoView {
    let state = FormState::of(UpdateGroup::PATH, None);
    let stored: Vec<String> = group.members.iter().map(ToString::to_string).collect();
    let chosen: HashSet<String> = state.values("members", &stored).into_iter().collect();
    let is_empty = candidates.is_empty();
    let (members, others): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|(id, _)| chosen.contains(&id.to_string()));
    let fold = others.len() > SHOWN;
    let more = format!("Visa {} personer till", others.len());
    let tick = |checked| {
        move |(id, name): (PersonId, String)| {
            view! {
                <label class="check">
                    <input type="checkbox" name="members[]" value=id.to_string() checked=checked/>
                    <span>{name}</span>
                </label>
            }
        }
    };
    let members = members.into_iter().map(tick(true)).collect_view();
    let others = others.into_iter().map(tick(false)).collect_view();
    let others = if fold {
        view! { <details><summary>{more}</summary>{others}</details> }.into_any()
    } else {
        others.into_any()
    };
    view! {
        <form class="form" method="post" action=UpdateGroup::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=group.id.to_string()/>
            <Hidden name="version" value=group.version.to_string()/>
            <TextField state name="name" label="Namn" value=group.name required=true/>
            <fieldset class="fieldset">
                <legend>"Medlemmar"</legend>
                {is_empty.then(|| view! { <p class="muted">"Ingen person har en roll här än."</p> })}
                <div>{members}{others}</div>
            </fieldset>
            <div class="cluster"><button class="button" type="submit">"Spara gruppen"</button></div>
        </form>
    }
}

/// Moves a group to another node.
#[component]
fn MoveForm(
    group: Grupp,
    places: Vec<(String, String)>,
    /// How many rows of plans, activities and åtgärder it carries out.
    uppdrag: usize,
) -> impl IntoView {
    if places.is_empty() {
        return ().into_any();
    }
    let state = FormState::of(MoveGroup::PATH, Some(("form", "flytta")));
    let carries = match uppdrag {
        0 => "Gruppen utför inget i planerna.".to_owned(),
        1 => "Gruppen utför 1 kontroll, aktivitet eller åtgärd.".to_owned(),
        n => format!("Gruppen utför {n} kontroller, aktiviteter och åtgärder."),
    };
    view! {
        <section class="stack tight">
            <h3>"Flytta"</h3>
            <p class="muted">
                {carries}
                " Det fortsätter den med även efter flytten, tills någon annan väljs där. Medlemmarna följer med, och ingen får en roll \
                 genom flytten."
            </p>
            <form class="form" method="post" action=MoveGroup::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="form" value="flytta"/>
                <Hidden name="id" value=group.id.to_string()/>
                <Hidden name="version" value=group.version.to_string()/>
                <SelectField state name="node" label="Ska höra till" options=with_blank("Välj", places) required=true/>
                <div class="cluster"><button class="button secondary" type="submit">"Flytta gruppen"</button></div>
            </form>
        </section>
    }
    .into_any()
}
