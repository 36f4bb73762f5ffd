//! `/admin/personer`: everybody that the administrator may change, searched, filtered and sorted through the URL.

use domain::{
    id::NodeId,
    organisation::{Tree, swedish_key},
    permission::{Action, Area},
    person::Person,
};
use leptos::prelude::*;
use store::Target;

use super::{AdminTabs, administrator, node_choices, query, with_blank};
use crate::{
    components::{Empty, PageHead, Pages, load},
    ctx::Ctx,
    error::AppError,
    place::join,
};

const PATH: &str = "/admin/personer";
const PER_PAGE: usize = 50;

/// What the URL asks of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    /// Words that must be in name or e-mail.
    search: String,
    /// Has a role here or below.
    unit: Option<NodeId>,
    /// `alla`, `avaktiverade`, or empty for those who can log in.
    shown: String,
    /// `namn` or `epost`, with `-` before it for the other way.
    order: String,
    /// From 1.
    page: usize,
}

impl Asked {
    fn current() -> Result<Self, AppError> {
        let unit = query("enhet");
        Ok(Self {
            search: query("sok").trim().to_owned(),
            unit: if unit.is_empty() { None } else { Some(unit.parse().map_err(|_| AppError::NotFound)?) },
            shown: query("visa"),
            order: query("ordning"),
            page: query("sida").parse().unwrap_or(1).max(1),
        })
    }

    /// The same list with another order or page.
    fn link(&self, order: &str, page: usize) -> String {
        let mut pairs = Vec::new();
        let mut push = |key: &str, value: String| {
            if !value.is_empty() {
                pairs.push((key.to_owned(), value));
            }
        };
        push("sok", self.search.clone());
        push("enhet", self.unit.map(|u| u.to_string()).unwrap_or_default());
        push("visa", self.shown.clone());
        push("ordning", order.to_owned());
        push("sida", if page > 1 { page.to_string() } else { String::new() });
        join(PATH, &pairs)
    }

    fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.unit.is_some() || !self.shown.is_empty()
    }

    /// Those who are asked for, in the order asked for. Persons come sorted by name.
    fn of(&self, tree: &Tree, persons: Vec<Person>) -> Vec<Person> {
        let search = swedish_key(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let mut found: Vec<Person> = persons
            .into_iter()
            .filter(|p| match self.shown.as_str() {
                "alla" => true,
                "avaktiverade" => !p.active,
                _ => p.active,
            })
            .filter(|p| self.unit.is_none_or(|unit| p.roles.iter().any(|g| tree.is_within(g.node, unit))))
            .filter(|p| {
                let text = swedish_key(&format!("{} {}", p.name, p.email));
                words.iter().all(|word| text.contains(word))
            })
            .collect();
        if self.order.trim_start_matches('-') == "epost" {
            found.sort_by_cached_key(|p| swedish_key(&p.email));
        }
        if self.order.starts_with('-') {
            found.reverse();
        }
        found
    }
}

/// The list of persons.
#[component]
pub fn PersonerPage() -> impl IntoView {
    let asked = Asked::current();
    load(async move {
        let asked = asked?;
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        let mut tx = ctx.read(Target::Anywhere(Area::Person), Action::Edit).await?;
        let mut persons = store::person::list(&mut tx).await?;
        drop(tx);
        persons.retain(|p| actor.looks_after(p.roles.iter().map(|g| g.node)));
        let found = asked.of(&actor.tree, persons);
        let total = found.len();
        let pages = total.div_ceil(PER_PAGE).max(1);
        let page = asked.page.min(pages);
        let rows = found
            .into_iter()
            .skip((page - 1) * PER_PAGE)
            .take(PER_PAGE)
            .map(|person| view! { <Row roles=roles_in_words(&actor.tree, &person) person/> })
            .collect_view();
        let list = if total == 0 {
            let is_filtered = asked.is_filtered();
            view! {
                <Empty
                    title="Ingen person passar"
                    text="Ingen passar det du har valt. Ta bort något av valen, eller lägg till personen."
                >
                    <p class="cluster">
                        {is_filtered.then(|| view! { <a class="button secondary" href=PATH>"Rensa valen"</a> })}
                        <a class="button secondary" href="/admin/personer/ny">"Lägg till en person"</a>
                    </p>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <div class="table-wrap" tabindex="0" role="region" aria-label="Personer">
                    <table class="table">
                        <thead>
                            <tr>
                                <SortHeader asked=asked.clone() key="namn" label="Namn"/>
                                <SortHeader asked=asked.clone() key="epost" label="E-post"/>
                                <th scope="col">"Roller"</th>
                                <th scope="col">"Konto"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <Pages page per_page=PER_PAGE total link={let asked = asked.clone(); move |p| asked.link(&asked.order, p)}/>
            }
            .into_any()
        };
        Ok(view! {
            <PageHead title="Personer" sub=if total == 1 { "1 person".to_owned() } else { format!("{total} personer") }>
                <a class="button secondary" href=super::LISTA>"Läs in en lista"</a>
                <a class="button" href="/admin/personer/ny">"Lägg till person"</a>
            </PageHead>
            <AdminTabs current=PATH/>
            <Filter asked nodes=with_blank("Alla", node_choices(&actor))/>
            {list}
        })
    })
}

/// "Enhetschef, Vasa" for each role.
fn roles_in_words(tree: &Tree, person: &Person) -> Vec<String> {
    person.roles.iter().map(|g| format!("{}, {}", g.role.label(), tree.name(g.node))).collect()
}

#[component]
fn Row(person: Person, roles: Vec<String>) -> impl IntoView {
    let roles = if roles.is_empty() {
        view! { <span class="muted">"Ingen roll"</span> }.into_any()
    } else {
        roles.into_iter().map(|r| view! { <div>{r}</div> }).collect_view().into_any()
    };
    view! {
        <tr>
            <th scope="row"><a href=format!("{PATH}/{}", person.id)>{person.name}</a></th>
            <td>{person.email}</td>
            <td>{roles}</td>
            <td>
                {if person.active {
                    view! { "Aktivt" }.into_any()
                } else {
                    view! { <span class="badge planned">"Avaktiverat"</span> }.into_any()
                }}
            </td>
        </tr>
    }
}

/// A column that sorts; the one that is sorted by turns the other way.
#[component]
fn SortHeader(asked: Asked, key: &'static str, label: &'static str) -> impl IntoView {
    let order = if asked.order.is_empty() { "namn" } else { asked.order.as_str() };
    let (sort, next) = if order == key {
        (Some("ascending"), format!("-{key}"))
    } else if order.strip_prefix('-') == Some(key) {
        (Some("descending"), key.to_owned())
    } else {
        (None, key.to_owned())
    };
    view! { <th scope="col" class="sortable" aria-sort=sort><a href=asked.link(&next, 1)>{label}</a></th> }
}

#[component]
fn Filter(asked: Asked, nodes: Vec<(String, String)>) -> impl IntoView {
    let unit = asked.unit.map(|u| u.to_string()).unwrap_or_default();
    let shown = [("", "Aktiva"), ("avaktiverade", "Avaktiverade"), ("alla", "Alla")]
        .map(|(value, label)| view! { <option value=value selected=value == asked.shown>{label}</option> })
        .collect_view();
    let nodes = nodes
        .into_iter()
        .map(|(value, label)| {
            let selected = value == unit;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <form class="filter-bar" method="get" action=PATH role="search">
            <div class="field">
                <label for="sok">"Namn eller e-post"</label>
                <input type="search" id="sok" name="sok" value=asked.search maxlength="200" autocomplete="off"/>
            </div>
            <div class="field">
                <label for="enhet">"Har roll i"</label>
                <select id="enhet" name="enhet">{nodes}</select>
            </div>
            <div class="field">
                <label for="visa">"Konto"</label>
                <select id="visa" name="visa">{shown}</select>
            </div>
            {(!asked.order.is_empty()).then(|| view! { <input type="hidden" name="ordning" value=asked.order/> })}
            <button class="button secondary" type="submit">"Visa"</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        id::{GrantId, PersonId},
        organisation::{Node, NodeKind},
        permission::Role,
        person::Grant,
    };

    use super::*;

    fn person(name: &str, email: &str, active: bool, node: Option<NodeId>) -> Person {
        let roles = node.map(|node| Grant { id: GrantId::new(), role: Role::Medarbetare, node }).into_iter().collect();
        Person { id: PersonId::new(), name: name.into(), email: email.into(), active, roles, version: 1 }
    }

    #[test]
    fn a_list_is_searched_filtered_and_sorted_as_the_url_says() {
        let node = |id, parent, kind| Node { id, parent, kind, name: String::new(), active: true, version: 1 };
        let (top, unit, team) = (NodeId::new(), NodeId::new(), NodeId::new());
        let tree = Tree::new(vec![
            node(top, None, NodeKind::Organisation),
            node(unit, Some(top), NodeKind::Enhet),
            node(team, Some(unit), NodeKind::Arbetsgrupp),
        ]);
        let persons = vec![
            person("Chef Åsö", "z@demo.se", true, Some(top)),
            person("Handläggare 1", "h1@demo.se", true, Some(team)),
            person("Handläggare 2", "h2@demo.se", false, Some(unit)),
        ];
        let names = |asked: Asked| asked.of(&tree, persons.clone()).into_iter().map(|p| p.name).collect::<Vec<_>>();
        assert_eq!(names(Asked::default()), ["Chef Åsö", "Handläggare 1"]);
        assert_eq!(names(Asked { shown: "avaktiverade".into(), ..Asked::default() }), ["Handläggare 2"]);
        assert_eq!(names(Asked { search: "ÅSÖ chef".into(), ..Asked::default() }), ["Chef Åsö"]);
        assert_eq!(names(Asked { search: "h1@".into(), ..Asked::default() }), ["Handläggare 1"]);
        assert_eq!(names(Asked { unit: Some(unit), ..Asked::default() }), ["Handläggare 1"]);
        assert_eq!(names(Asked { order: "epost".into(), ..Asked::default() }), ["Handläggare 1", "Chef Åsö"]);
        assert_eq!(names(Asked { order: "-namn".into(), ..Asked::default() }), ["Handläggare 1", "Chef Åsö"]);
    }

    #[test]
    fn a_link_keeps_what_was_asked_for() {
        let asked = Asked { search: "å b".into(), shown: "alla".into(), ..Asked::default() };
        assert_eq!(asked.link("-namn", 2), "/admin/personer?sok=%C3%A5%20b&visa=alla&ordning=-namn&sida=2");
        assert_eq!(Asked::default().link("", 1), "/admin/personer");
    }
}
