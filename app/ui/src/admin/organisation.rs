//! `/admin`: the organisation as a tree. A node is chosen in the tree and changed beside it.

use domain::{
    format,
    id::{NodeId, PersonId},
    logga::Logga,
    organisation::{Node, NodeKind, Tree, places_for},
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::Target;

use super::{
    AdminTabs, ThingTabs, administrator,
    api::{CreateNode, MoveNode, UpdateNode},
    dagar, logga, merge_nodes as merge, query, tillbaka, with_blank,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, HistoryList, PageHead, SelectField, TextField, load},
    ctx::Ctx,
    error::AppError,
    upphorda::PATH as UPPHORDA,
};

/// Persons named beside the tree; the rest are in the list of persons.
const SHOWN: usize = 8;

/// The tree, and the node that `?nod=` names.
#[component]
pub fn OrganisationPage() -> impl IntoView {
    let (chosen, tab) = (query("nod"), query("flik"));
    load(async move {
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        let walk = actor.tree.walk();
        let chosen = match chosen.as_str() {
            "" => None,
            id => {
                let id: NodeId = id.parse().map_err(|_| AppError::NotFound)?;
                Some(actor.tree.get(id).ok_or(AppError::NotFound)?.clone())
            }
        };
        let panel = match &chosen {
            None => view! {
                <p class="muted">
                    "Välj en enhet i trädet för att byta namn på den, lägga till något under den eller ta den ur bruk."
                </p>
            }
            .into_any(),
            Some(node) if !actor.may(node.id, Area::Organisation, Action::Edit) => view! {
                <h2>{node.name.clone()}</h2>
                <p class="muted">"Du är administratör för en annan del av organisationen och kan inte ändra här."</p>
            }
            .into_any(),
            Some(node) if tab == "historik" => {
                let target = Target::Node(node.id, Area::Organisation);
                let mut tx = ctx.read(target, Action::Edit).await?;
                let entries = store::history::list(&mut tx, &[node.id.0]).await?;
                view! { <PanelHead node=node.clone() is_history=true/><HistoryList entries/> }.into_any()
            }
            Some(node) => {
                let target = Target::Node(node.id, Area::Organisation);
                let mut tx = ctx.read(target, Action::Edit).await?;
                let persons = store::person::list(&mut tx).await?;
                let here = persons
                    .into_iter()
                    .filter(|p| p.active && p.roles.iter().any(|g| g.node == node.id))
                    .map(|p| (p.id, p.name))
                    .collect();
                let logga = store::logga::of(&mut tx, node.id).await?;
                // who moves it administers what it leaves, itself and where it comes
                let goes_on = actor.tree.liv(node.id).is_none_or(|liv| liv.to.is_none());
                let may_move = goes_on && node.parent.is_some_and(|above| actor.administers(above));
                let places = may_move.then(|| {
                    let to = places_for(&actor.tree, node.id).into_iter().filter(|to| actor.administers(*to));
                    to.map(|to| (to.to_string(), actor.tree.name(to).to_owned())).collect::<Vec<_>>()
                });
                view! {
                    <PanelHead node=node.clone() is_history=false/>
                    {days(&actor.tree, node).map(|text| view! { <p>{text}</p> })}
                    {day_links(&actor.tree, node, ctx.today)}
                    <NodePanel node=node.clone() persons=here places goes_on logga/>
                }
                .into_any()
            }
        };
        let sub = match walk.iter().filter(|(_, n)| n.kind == NodeKind::Enhet && actor.tree.in_use(n)).count() {
            1 => "1 enhet".to_owned(),
            n => format!("{n} enheter"),
        };
        let (can_merge, has_ends) = (merge::units(&actor).len() > 1, actor.tree.has_ends());
        let branches = branches(&actor.tree, &walk, chosen.map(|n| n.id));
        Ok(view! {
            <PageHead title="Organisation" sub>
                {can_merge.then(|| view! { <a class="button secondary" href=merge::PATH>"Slå ihop enheter"</a> })}
                {has_ends.then(|| view! { <a class="button secondary" href=UPPHORDA>"Upphörda enheter"</a> })}
            </PageHead>
            <AdminTabs current="/admin"/>
            <div class="two-col">
                <nav class="card" aria-label="Organisationen">
                    <div class="card-body">{branches}</div>
                </nav>
                <section class="stack" id="vald" aria-label="Det du har valt">{panel}</section>
            </div>
        })
    })
}

/// Nested lists of the nodes of a walk: the first is at the top, deeper ones that follow a node lie below it.
fn branches(tree: &Tree, walk: &[(usize, &Node)], chosen: Option<NodeId>) -> AnyView {
    let Some(&(top, _)) = walk.first() else {
        return ().into_any();
    };
    let mut items = Vec::new();
    let mut rest = walk;
    while let Some(((_, node), below)) = rest.split_first() {
        let deeper = below.iter().take_while(|(depth, _)| *depth > top).count();
        items.push(view! {
            <li>
                // on a narrow screen what was chosen stands below the tree
                <a href=format!("/admin?nod={}#vald", node.id) aria-current=(chosen == Some(node.id)).then_some("true")>
                    <span>{node.name.clone()}</span>
                    <span class="badge">{node.kind.label()}</span>
                    {state(tree, node).map(|words| view! { <span class="badge planned">{words}</span> })}
                </a>
                {branches(tree, &below[..deeper], chosen)}
            </li>
        });
        rest = &below[deeper..];
    }
    if top == 0 { view! { <ul class="tree">{items}</ul> }.into_any() } else { view! { <ul>{items}</ul> }.into_any() }
}

/// The days of a node and what is before and after it, in words.
fn days(tree: &Tree, node: &Node) -> Option<String> {
    let names = |nodes: Vec<&Node>| {
        let names: Vec<&str> = nodes.into_iter().map(|node| node.name.as_str()).collect();
        (!names.is_empty()).then(|| format::and(&names))
    };
    let from = tree.liv(node.id).and_then(|liv| liv.from);
    let since = from.map(|from| match names(tree.foregangare(node.id)) {
        Some(before) => format!("Finns från {}. Innan dess fanns {before}.", format::date(from)),
        None => format!("Finns från {}.", format::date(from)),
    });
    let merged = tree.efterfoljare(node.id).iter().any(|n| tree.liv(n.id).is_some_and(|liv| liv.sammanslagen));
    let until = tree.last_day(node.id).map(|to| match names(tree.efterfoljare(node.id)) {
        Some(after) if merged => format!("Sista dag är {}. Dagen efter är den {after}.", format::date(to)),
        Some(after) => format!("Sista dag är {}. Efter den finns {after}.", format::date(to)),
        None => format!("Sista dag är {}.", format::date(to)),
    });
    let said: Vec<String> = since.into_iter().chain(until).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Where the days of a unit are written, and where a merge that has not begun is taken back.
fn day_links(tree: &Tree, node: &Node, today: chrono::NaiveDate) -> Option<impl IntoView + use<>> {
    (node.kind == NodeKind::Enhet).then(|| {
        let back = tillbaka::is_coming(tree, node.id, today).then(|| {
            view! { <a href=tillbaka::path(node.id)>"Ta tillbaka sammanslagningen"</a> }
        });
        view! {
            <p class="cluster">
                <a href=format!("{}?nod={}", dagar::PATH, node.id)>"Första och sista dag"</a>
                {back}
            </p>
        }
    })
}

/// What is said of a node that cannot be chosen, or will not be for ever.
fn state(tree: &Tree, node: &Node) -> Option<String> {
    match tree.last_day(node.id) {
        Some(to) if tree.has_ended(node.id) => Some(format!("Upphörde {}", format::date(to))),
        Some(to) => Some(format!("Upphör efter {}", format::date(to))),
        None => (!node.active).then(|| "Ur bruk".to_owned()),
    }
}

#[component]
fn PanelHead(node: Node, is_history: bool) -> impl IntoView {
    let path = format!("/admin?nod={}", node.id);
    view! {
        <div>
            <h2>{node.name}</h2>
            <p class="muted">{node.kind.label()}{(!node.active).then_some(", ur bruk")}</p>
        </div>
        <ThingTabs history=format!("{path}&flik=historik#vald") path=format!("{path}#vald") is_history/>
    }
}

/// The forms of one node, and who has a role there.
#[component]
fn NodePanel(
    node: Node,
    persons: Vec<(PersonId, String)>,
    places: Option<Vec<(String, String)>>,
    /// Whether no last day is set: it can be moved, taken out of use, and something added below it.
    goes_on: bool,
    logga: Option<Logga>,
) -> impl IntoView {
    let id = node.id.to_string();
    let rename = FormState::of(UpdateNode::PATH, Some(("id", &id)));
    let kinds: Vec<(String, String)> = NodeKind::ALL
        .into_iter()
        .filter(|k| *k > node.kind)
        .map(|k| (k.code().to_owned(), k.label().to_owned()))
        .collect();
    let more = persons.len().saturating_sub(SHOWN);
    let who = persons
        .into_iter()
        .take(SHOWN)
        .map(|(id, name)| view! { <li><a href=format!("/admin/personer/{id}")>{name}</a></li> })
        .collect_view();
    let is_empty = who.is_empty();
    view! {
        <form class="form" method="post" action=UpdateNode::PATH>
            <ErrorSummary state=rename.clone()/>
            <Hidden name="id" value=id.clone()/>
            <Hidden name="version" value=node.version.to_string()/>
            <Hidden name="active" value=node.active.to_string()/>
            <TextField state=rename name="name" label="Namn" value=node.name.clone() required=true/>
            <div class="cluster"><button class="button secondary" type="submit">"Spara namnet"</button></div>
        </form>
        {(goes_on && node.active && !kinds.is_empty()).then(|| view! { <NewNode parent=node.clone() kinds/> })}
        <section class="stack tight">
            <h3>"Personer med roll här"</h3>
            {is_empty.then(|| view! { <p class="muted">"Ingen har en roll just här."</p> })}
            {(!is_empty).then(|| view! { <ul>{who}</ul> })}
            {(more > 0).then(|| view! { <p class="muted">{format!("och {more} till")}</p> })}
            <p><a href=format!("/admin/personer?enhet={id}")>"Visa i listan över personer"</a></p>
        </section>
        {logga::section(node.id, logga)}
        {places.filter(|places| !places.is_empty()).map(|places| view! { <NodeMove node=node.clone() places/> })}
        {(goes_on && node.parent.is_some()).then(|| view! { <NodeUse node/> })}
    }
}

/// Adds a node under the chosen one.
#[component]
fn NewNode(parent: Node, kinds: Vec<(String, String)>) -> impl IntoView {
    // the panel has two fields called "name": the key gives these ids of their own
    let state = FormState::of(CreateNode::PATH, Some(("form", "ny")));
    let id = state.new_id(|| NodeId::new().to_string());
    let only = if kinds.len() == 1 { kinds[0].0.clone() } else { String::new() };
    let kinds = if kinds.len() == 1 { kinds } else { with_blank("Välj", kinds) };
    view! {
        <section class="stack tight">
            <h3>"Lägg till under " {parent.name}</h3>
            <form class="form" method="post" action=CreateNode::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="form" value="ny"/>
                <Hidden name="id" value=id/>
                <Hidden name="parent" value=parent.id.to_string()/>
                <SelectField state=state.clone() name="kind" label="Slag" options=kinds value=only required=true/>
                <TextField state name="name" label="Namn på den nya" required=true/>
                <div class="cluster"><button class="button secondary" type="submit">"Lägg till"</button></div>
            </form>
        </section>
    }
}

/// Moves a node under another one.
#[component]
fn NodeMove(node: Node, places: Vec<(String, String)>) -> impl IntoView {
    let state = FormState::of(MoveNode::PATH, Some(("form", "flytta")));
    view! {
        <section class="stack tight">
            <h3>"Flytta"</h3>
            <p class="muted">
                "Det som ligger under följer med, och planer, historik och roller står kvar. Den som har en roll på den nya nivån får den också \
                 här, och den som hade den genom den gamla mister den. \
                 Skulle någon få insyn i ärenden genom flytten görs den inte: den rollen ges först på vanligt sätt. Kontroller som gäller alla \
                 enheter följer den nya nivån, och grupper som hör till den gamla följer inte med."
            </p>
            <form class="form" method="post" action=MoveNode::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="form" value="flytta"/>
                <Hidden name="id" value=node.id.to_string()/>
                <Hidden name="version" value=node.version.to_string()/>
                <SelectField state name="parent" label="Ska ligga under" options=with_blank("Välj", places) required=true/>
                <div class="cluster"><button class="button secondary" type="submit">"Flytta"</button></div>
            </form>
        </section>
    }
}

/// Takes a node out of use, or into use again.
#[component]
fn NodeUse(node: Node) -> impl IntoView {
    let (text, button) = if node.active {
        (
            "Det som tas ur bruk kan inte längre väljas. Planer, historik och roller står kvar, och du kan ta det i \
             bruk igen.",
            "Ta ur bruk",
        )
    } else {
        ("Det här är ur bruk och kan inte väljas.", "Ta i bruk igen")
    };
    view! {
        <section class="stack tight">
            <h3>"Används"</h3>
            <p class="muted">{text}</p>
            <form method="post" action=UpdateNode::PATH>
                <Hidden name="id" value=node.id.to_string()/>
                <Hidden name="version" value=node.version.to_string()/>
                <Hidden name="name" value=node.name/>
                <Hidden name="active" value=(!node.active).to_string()/>
                <button class="button secondary" type="submit">{button}</button>
            </form>
        </section>
    }
}
