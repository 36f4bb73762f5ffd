//! `/admin/sla-ihop`: units that become a new one. What would come of it is shown before it is done; the address holds what was
//! chosen.

use chrono::NaiveDate;
use domain::{
    field::FieldError,
    format,
    id::NodeId,
    organisation::{
        NodeKind, Tree,
        sammanslagning::{Form, Sammanslagning, check, possible},
    },
    permission::{Action, Area},
    person::Actor,
    recurrence::form::SHOWN,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;
use store::{
    Target,
    organisation::sla_ihop::{Blir, preview},
};

use super::{
    AdminTabs, administrator,
    merge_api::MergeNodes,
    query,
    slut::{self, Vilka, many, told},
    tillbaka, with_blank,
};
use crate::{
    components::{DateField, Empty, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// Its path.
pub(super) const PATH: &str = "/admin/sla-ihop";

/// Says in the address that the form is to be changed: it is shown as it was filled in.
const CHANGE: &str = "andra";

/// The units that the actor can make part of a new one, in the order of the tree.
pub(super) fn units(actor: &Actor) -> Vec<(NodeId, String)> {
    let all = possible(&actor.tree).into_iter().filter(|node| actor.administers(node.id));
    all.map(|node| (node.id, node.name.clone())).collect()
}

/// What a unit can lie under.
fn places(actor: &Actor) -> Vec<(String, String)> {
    let fits = |kind: NodeKind| kind < NodeKind::Enhet;
    let all = actor.tree.walk().into_iter().filter(|(_, n)| {
        fits(n.kind) && actor.tree.in_use(n) && actor.tree.last_day(n.id).is_none() && actor.administers(n.id)
    });
    all.map(|(depth, n)| (n.id.to_string(), format!("{}{}", "\u{a0}\u{a0}\u{a0}".repeat(depth), n.name))).collect()
}

/// The fields of the address, as a form posts them.
fn asked() -> Vec<(String, String)> {
    let known = ["units[]", "name", "parent", "from", CHANGE];
    let all = use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value));
    all.filter(|(key, _)| known.contains(&key.as_str())).collect()
}

fn form_of(fields: &[(String, String)]) -> Form {
    let get = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let units = fields.iter().filter(|(key, _)| key == "units[]").filter_map(|(_, id)| id.parse().ok()).collect();
    Form { units, name: get("name"), parent: get("parent").parse().ok(), from: get("from") }
}

/// Chooses the units, or shows what comes of those that the address names.
#[component]
pub fn SlaIhopPage() -> impl IntoView {
    let (fields, back) = (asked(), query(tillbaka::TAKE_BACK));
    load(async move {
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        if !back.is_empty() {
            let content = tillbaka::shown(&ctx, &actor, &back).await?;
            return Ok(view! {
                <PageHead title="Ta tillbaka sammanslagningen"/>
                <AdminTabs current="/admin"/>
                {content}
            }
            .into_any());
        }
        let units = units(&actor);
        let mut state = FormState::of(MergeNodes::PATH, None);
        let mut shown = None;
        if fields.iter().any(|(key, _)| key == CHANGE) && !state.is_back() {
            let shown = FieldError { field: SHOWN.to_owned(), message: String::new() };
            state = FormState::asked(MergeNodes::PATH, fields, vec![shown]);
        } else if !state.is_back() && !fields.is_empty() {
            let checked = check(&actor.tree, &form_of(&fields), ctx.today);
            let may = |what: &Sammanslagning| {
                actor.administers(what.parent) && what.units.iter().all(|unit| actor.administers(*unit))
            };
            match checked {
                Ok(what) if !may(&what) => return Err(AppError::Forbidden),
                Ok(what) => {
                    let target = Target::Node(what.parent, Area::Organisation);
                    let mut tx = ctx.read(target, Action::Edit).await?;
                    let blir = preview(&mut tx, &what).await?;
                    shown = Some(view! { <Preview tree=actor.tree.clone() what blir today=ctx.today/> });
                }
                Err(errors) => state = FormState::asked(MergeNodes::PATH, fields, errors),
            }
        }
        let content = if let Some(preview) = shown {
            preview.into_any()
        } else if units.len() < 2 {
            view! {
                <Empty
                    title="Det finns inga enheter att slå ihop"
                    text="Minst två enheter som du administrerar behöver vara i bruk och inte redan ha en sista dag."
                >
                    <p><a class="button secondary" href="/admin">"Till organisationen"</a></p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Choose state units places=places(&actor)/> }.into_any()
        };
        let coming = tillbaka::coming(&actor, ctx.today);
        Ok(view! {
            <PageHead title="Slå ihop enheter"/>
            <AdminTabs current="/admin"/>
            {coming}
            {content}
        }
        .into_any())
    })
}

#[component]
fn Choose(state: FormState, units: Vec<(NodeId, String)>, places: Vec<(String, String)>) -> impl IntoView {
    let chosen = state.values("units", &[]);
    let only = if places.len() == 1 { places[0].0.clone() } else { String::new() };
    let places = if places.len() == 1 { places } else { with_blank("Välj", places) };
    let described_by = state.described_by("units", true);
    let invalid = state.error("units").is_some();
    let boxes = units
        .into_iter()
        .enumerate()
        .map(|(n, (id, name))| {
            let id = id.to_string();
            let checked = chosen.contains(&id);
            // the summary of faults leads to the first
            let first = (n == 0).then_some("units");
            view! {
                <label class="check">
                    <input type="checkbox" id=first name="units[]" value=id checked=checked aria-invalid=invalid.then_some("true")/>
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form class="form" method="get" action=PATH>
            <ErrorSummary state=state.clone()/>
            <fieldset class="fieldset" aria-describedby=described_by>
                <legend>"Enheter som blir en"</legend>
                <p class="help" id="units-hjalp">"De upphör dagen före den nya enhetens första dag, och går att läsa som förut."</p>
                {state.fault("units")}
                <div>{boxes}</div>
            </fieldset>
            <TextField state=state.clone() name="name" label="Den nya enhetens namn" required=true/>
            <SelectField state=state.clone() name="parent" label="Ska ligga under" options=places value=only required=true/>
            <DateField
                state
                name="from"
                label="Första dag"
                help="I dag eller senare. Den nya enheten kan lägga sin plan redan innan."
                required=true
            />
            <div class="cluster">
                <button class="button" type="submit">"Visa vad som händer"</button>
                <a class="button secondary" href="/admin">"Avbryt"</a>
            </div>
        </form>
    }
}

/// What comes of it in sentences: what the new unit gets, what the old ones keep, and what somebody has to do.
fn sentences(tree: &Tree, what: &Sammanslagning, blir: &Blir) -> [Vec<String>; 3] {
    let (last, name) = (format::date(what.last()), &what.name);
    let roles: Vec<String> =
        blir.roller.iter().map(|(role, n)| format!("{n} {}", role.label().to_lowercase())).collect();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let mut new = vec![format!(
        "{name} finns från {} med ett tomt årshjul, under {}.",
        format::date(what.from),
        tree.name(what.parent)
    )];
    new.push(if roles.is_empty() {
        "Ingen har en roll i de gamla enheterna, så ingen får någon i den nya.".to_owned()
    } else {
        format!("Den som har en roll i någon av de gamla får samma roll i den nya: {}. Det gäller direkt, så att planen kan läggas.", format::and(&roles))
    });
    if blir.bekraftas {
        new.push(
            "Roller som ger insyn i ärenden börjar gälla när en annan administratör har bekräftat dem.".to_owned(),
        );
    }
    if blir.leder_grupp > 0 {
        new.push(format!(
            "{} leder en arbetsgrupp och får ingen roll i den nya enheten genom det.",
            many(blir.leder_grupp, "person", "personer")
        ));
    }
    let [old, mut todo] = slut::sentences(&blir.slut, &last, Vilka::Gamla);
    if !blir.slut.grupper.is_empty() {
        let names: Vec<&str> = blir.slut.grupper.iter().map(String::as_str).collect();
        todo.push(format!(
            "Grupperna följer inte med: {}. Flytta dem till den nya enheten under Grupper.",
            format::and(&names)
        ));
    }
    if blir.slut.skarmar > 0 {
        let screens = many(blir.slut.skarmar, "skärm", "skärmar");
        todo.push(format!("Sätt upp {screens} på väggen på nytt, från den nya enheten."));
    }
    todo.push(format!("Lägg planen för {name}: kopiera en av de gamla, läs in från Excel eller skriv den ny."));
    [new, old, todo]
}

#[component]
fn Preview(tree: std::sync::Arc<Tree>, what: Sammanslagning, blir: Blir, today: NaiveDate) -> impl IntoView {
    let id = NodeId::new();
    let [new, old, todo] = sentences(&tree, &what, &blir);
    let names: Vec<&str> = what.units.iter().map(|unit| tree.name(*unit)).collect();
    let old_head = format::and(&names);
    let hidden = what
        .units
        .iter()
        .map(|unit| {
            let version = tree.get(*unit).map_or(0, |node| node.version);
            view! {
                <Hidden name="units[]" value=unit.to_string()/>
                <Hidden name="versions[]" value=version.to_string()/>
            }
        })
        .collect_view();
    let back: Vec<(String, String)> = what
        .units
        .iter()
        .map(|unit| ("units[]".to_owned(), unit.to_string()))
        .chain([
            ("name".to_owned(), what.name.clone()),
            ("parent".to_owned(), what.parent.to_string()),
            ("from".to_owned(), format::date(what.from)),
            (CHANGE.to_owned(), "ja".to_owned()),
        ])
        .collect();
    let back = crate::place::join(PATH, &back);
    let soon = what.from <= today;
    view! {
        <div class="stack">
            {told(what.name.clone(), new)}
            {told(old_head, old)}
            {told("Att tänka på".to_owned(), todo)}
            <p class="notice warn">
                {if soon {
                    "Det gäller direkt: de gamla enheterna kan från och med nu bara läsas. Det går inte att ångra.".to_owned()
                } else {
                    format!("Det går att ta tillbaka till och med {}, så länge inget har lagts in i den nya enheten.", format::date(what.last()))
                }}
            </p>
            <form class="form" method="post" action=MergeNodes::PATH>
                <Hidden name="id" value=id.to_string()/>
                {hidden}
                <Hidden name="name" value=what.name/>
                <Hidden name="parent" value=what.parent.to_string()/>
                <Hidden name="from" value=format::date(what.from)/>
                <div class="cluster">
                    <button class="button" type="submit">"Slå ihop enheterna"</button>
                    <a class="button secondary" href=back>"Ändra"</a>
                </div>
            </form>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use domain::{organisation::Node, permission::Role};
    use store::organisation::dagar::Slut;

    use super::*;

    #[test]
    fn what_comes_of_it_says_what_is_gone_what_stays_and_what_somebody_has_to_do() {
        let (top, unit) = (NodeId::new(), NodeId::new());
        let node =
            |id, parent, kind, name: &str| Node { id, parent, kind, name: name.into(), active: true, version: 1 };
        let tree = Tree::new(vec![
            node(top, None, NodeKind::Avdelning, "Avdelningen"),
            node(unit, Some(top), NodeKind::Enhet, "Norr"),
        ]);
        let from = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let what = Sammanslagning { units: vec![unit], name: "Nya".into(), parent: top, from };
        let blir = Blir {
            roller: vec![(Role::Medarbetare, 12), (Role::Enhetschef, 1)],
            slut: Slut { efter: 30, ogjorda: 1, grupper: vec!["Ledningen".into()], ..Slut::default() },
            ..Blir::default()
        };
        let said = sentences(&tree, &what, &blir).concat().join(" ");
        for words in [
            "Nya finns från 2027-01-01 med ett tomt årshjul, under Avdelningen.",
            "12 handläggare och 1 enhetschef",
            "Sista dag är 2026-12-31.",
            "30 planerade tillfällen efter 2026-12-31 tas bort.",
            "Till och med 2026-12-31 finns 1 tillfälle att göra.",
            "Ledningen. Flytta dem till den nya enheten under Grupper.",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(!said.contains("enkät") && !said.contains("skärm") && !said.contains("bekräftat"), "{said}");
    }
}
