//! `/admin/personer/ny` and `/admin/personer/{id}`: one person's name, roles, password and account.

use domain::{
    id::{GrantId, PersonId},
    permission::{Action, Area},
    person::{Grant, Person},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::Target;

use super::{
    ThingTabs, administrator,
    api::{CreatePerson, CreateRole, RemoveRole, SetPersonActive, SetPersonPassword, UpdatePerson},
    node_choices, param, query, role_choices, with_blank,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, HistoryList, PageHead, SelectField, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// The form for a new person.
#[component]
pub fn NyPersonPage() -> impl IntoView {
    load(async move {
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        let state = FormState::of(CreatePerson::PATH, None);
        let id = state.new_id(|| PersonId::new().to_string());
        let nodes = with_blank("Välj", node_choices(&actor));
        let roles = with_blank("Välj", role_choices());
        Ok(view! {
            <Trail name="Lägg till person".to_owned()/>
            <PageHead title="Lägg till person" sub="Personen kan logga in så snart du har sparat. Du får ett engångslösenord att lämna över."/>
            <form class="form" method="post" action=CreatePerson::PATH novalidate>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <TextField state=state.clone() name="name" label="Namn" required=true/>
                <TextField
                    state=state.clone()
                    name="email"
                    label="E-post"
                    help="Personen loggar in med den."
                    kind="email"
                    required=true
                />
                <SelectField state=state.clone() name="role" label="Roll" options=roles required=true/>
                <SelectField
                    state
                    name="node"
                    label="Var rollen gäller"
                    help="Rollen gäller också för det som ligger under. Fler roller kan du lägga till sedan."
                    options=nodes
                    required=true
                />
                <div class="form-actions">
                    <button class="button" type="submit">"Lägg till person"</button>
                    <a class="button quiet" href="/admin/personer">"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// One person, or the history of that person.
#[component]
pub fn PersonPage() -> impl IntoView {
    let (id, tab) = (param("id"), query("flik"));
    load(async move {
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        let id: PersonId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Anywhere(Area::Person), Action::Edit).await?;
        let person = store::person::get(&mut tx, id).await?;
        if !actor.looks_after(person.roles.iter().map(|g| g.node)) {
            return Err(AppError::Forbidden);
        }
        let is_history = tab == "historik";
        let content = if is_history {
            let entries = store::history::list(&mut tx, &[id.0]).await?;
            view! { <HistoryList entries/> }.into_any()
        } else {
            let roles = person.roles.iter().map(|g| (*g, actor.tree.name(g.node).to_owned())).collect::<Vec<_>>();
            let nodes = with_blank("Välj", node_choices(&actor));
            let is_self = person.id == actor.person;
            view! {
                <div class="stack loose">
                    <Names person=person.clone()/>
                    <Roles person=person.id roles nodes/>
                    <Password person=person.id is_self/>
                    <Account person=person.clone() is_self/>
                </div>
            }
            .into_any()
        };
        let path = format!("/admin/personer/{id}");
        let sub = if person.active { person.email } else { format!("{} · kontot är avaktiverat", person.email) };
        Ok(view! {
            <Trail name=person.name.clone()/>
            <PageHead title=person.name sub/>
            <ThingTabs history=format!("{path}?flik=historik") path is_history/>
            {content}
        })
    })
}

/// The way back to the list.
#[component]
fn Trail(name: String) -> impl IntoView {
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href="/admin">"Administration"</a></li>
                <li><a href="/admin/personer">"Personer"</a></li>
                <li aria-current="page">{name}</li>
            </ol>
        </nav>
    }
}

#[component]
fn Names(person: Person) -> impl IntoView {
    let state = FormState::of(UpdatePerson::PATH, None);
    view! {
        <section class="card">
            <div class="card-head"><h2>"Namn och e-post"</h2></div>
            <div class="card-body">
                <form class="form" method="post" action=UpdatePerson::PATH novalidate>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=person.id.to_string()/>
                    <Hidden name="version" value=person.version.to_string()/>
                    <TextField state=state.clone() name="name" label="Namn" value=person.name required=true/>
                    <TextField
                        state
                        name="email"
                        label="E-post"
                        help="Personen loggar in med den."
                        value=person.email
                        kind="email"
                        required=true
                    />
                    <div class="cluster"><button class="button" type="submit">"Spara"</button></div>
                </form>
            </div>
        </section>
    }
}

#[component]
fn Roles(person: PersonId, roles: Vec<(Grant, String)>, nodes: Vec<(String, String)>) -> impl IntoView {
    let removal = FormState::of(RemoveRole::PATH, None);
    let state = FormState::of(CreateRole::PATH, None);
    let grant = state.new_id(|| GrantId::new().to_string());
    let is_empty = roles.is_empty();
    let rows = roles
        .into_iter()
        .map(|(grant, node)| {
            let role = grant.role.label();
            view! {
                <li class="row">
                    <div class="row-text">
                        <div class="row-title">{role}</div>
                        <div class="row-meta">{node.clone()}</div>
                    </div>
                    <div class="row-actions">
                        <form method="post" action=RemoveRole::PATH>
                            <Hidden name="id" value=grant.id.to_string()/>
                            <Hidden name="person" value=person.to_string()/>
                            <button class="button secondary small" type="submit" aria-label=format!(
                                "Ta bort rollen {role}, {node}",
                            )>"Ta bort"</button>
                        </form>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Roller"</h2>
                <p>
                    "En roll gäller där den är satt och för allt som ligger under. Roller som chef och lex Sarah-utredare, \
                     och alla roller du ger dig själv, visas för personen och för cheferna."
                </p>
            </div>
            {(!is_empty).then(|| view! { <ul class="rows">{rows}</ul> })}
            <div class="card-body">
                <ErrorSummary state=removal/>
                {is_empty.then(|| view! {
                    <p class="muted">"Personen har ingen roll, och ser därför inget innehåll. Lägg till en roll."</p>
                })}
                <form class="form" method="post" action=CreateRole::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=grant/>
                    <Hidden name="person" value=person.to_string()/>
                    <SelectField
                        state=state.clone()
                        name="role"
                        label="Ny roll"
                        options=with_blank("Välj", role_choices())
                        required=true
                    />
                    <SelectField state name="node" label="Var rollen gäller" options=nodes required=true/>
                    <div class="cluster">
                        <button class="button secondary" type="submit">"Lägg till roll"</button>
                    </div>
                </form>
            </div>
        </section>
    }
}

#[component]
fn Password(person: PersonId, is_self: bool) -> impl IntoView {
    let state = FormState::of(SetPersonPassword::PATH, None);
    let content = if is_self {
        view! { <p class="muted">"Ditt eget lösenord byter du under "<a href="/konto">"Ditt konto"</a>"."</p> }
            .into_any()
    } else {
        view! {
            <form class="form" method="post" action=SetPersonPassword::PATH>
                <ErrorSummary state/>
                <Hidden name="id" value=person.to_string()/>
                <div class="cluster">
                    <button class="button secondary" type="submit">"Skapa engångslösenord"</button>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Nytt lösenord"</h2>
                <p>
                    "Personen loggas ut överallt och loggar in med ett engångslösenord, som visas en gång för dig. Sedan \
                     väljer personen ett eget. Är personen chef eller lex Sarah-utredare ser hen och cheferna att du gjort det."
                </p>
            </div>
            <div class="card-body">{content}</div>
        </section>
    }
}

#[component]
fn Account(person: Person, is_self: bool) -> impl IntoView {
    let state = FormState::of(SetPersonActive::PATH, None);
    let (text, button) = if person.active {
        (
            "En avaktiverad person kan inte logga in och kan inte väljas i planerna. Det personen har gjort står \
             kvar, och du kan aktivera kontot igen.",
            "Avaktivera kontot",
        )
    } else {
        ("Kontot är avaktiverat. Personen kan inte logga in.", "Aktivera kontot igen")
    };
    let content = if is_self {
        view! { <p class="muted">"Det här är ditt eget konto. En annan administratör kan avaktivera det."</p> }
            .into_any()
    } else {
        view! {
            <p>{text}</p>
            <form method="post" action=SetPersonActive::PATH>
                <Hidden name="id" value=person.id.to_string()/>
                <Hidden name="version" value=person.version.to_string()/>
                <Hidden name="active" value=(!person.active).to_string()/>
                <button class="button secondary" type="submit">{button}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <div class="card-head"><h2>"Konto"</h2></div>
            <div class="card-body"><ErrorSummary state/>{content}</div>
        </section>
    }
}
