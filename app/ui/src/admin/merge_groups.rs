//! Two groups of one node that become one: which, and what comes of it before it is done.

use domain::{
    id::PersonId,
    organisation::{Grupp, check_group_merge},
    person::Person,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Tx, organisation::grupp::uppdrag};

use super::{group_api::MergeGroups, groups::PATH};
use crate::{
    components::{ErrorSummary, FormState, Hidden, SelectField},
    error::AppError,
};

/// Two groups and what comes of merging them.
pub(super) struct Joined {
    kept: Grupp,
    other: Grupp,
    /// The names of all who are members after it.
    members: Vec<String>,
    /// Of those, who come with the other.
    new: Vec<String>,
    /// How much the other carries out.
    uppdrag: usize,
}

/// What comes of it. `Invalid` where the two cannot be one.
pub(super) async fn merge(tx: &mut Tx, kept: Grupp, other: Grupp, persons: &[Person]) -> Result<Joined, AppError> {
    check_group_merge(&kept, &other).map_err(|message| super::invalid("other", &message))?;
    let named =
        |is: &dyn Fn(PersonId) -> bool| persons.iter().filter(|p| is(p.id)).map(|p| p.name.clone()).collect::<Vec<_>>();
    let members = named(&|p| kept.members.contains(&p) || other.members.contains(&p));
    let new = named(&|p| !kept.members.contains(&p) && other.members.contains(&p));
    let uppdrag = uppdrag(tx, other.id).await?;
    Ok(Joined { kept, other, members, new, uppdrag })
}

/// Chooses the group that becomes part of this one.
#[component]
pub(super) fn ChooseOther(group: Grupp, others: Vec<(String, String)>) -> impl IntoView {
    if others.is_empty() {
        return view! {
            <section class="stack tight">
                <h3>"Slå ihop"</h3>
                <p class="muted">"Det finns ingen annan grupp som hör till samma enhet. Flytta hit den som ska slås ihop med den här."</p>
            </section>
        }
        .into_any();
    }
    let state = FormState::of(MergeGroups::PATH, Some(("form", "slaihop")));
    view! {
        <section class="stack tight">
            <h3>"Slå ihop"</h3>
            <p class="muted">
                "Den andra gruppen går upp i den här: medlemmar och uppdrag kommer hit. Du ser vad det betyder innan det görs."
            </p>
            <form class="form" method="get" action=format!("{PATH}#vald")>
                <Hidden name="grupp" value=group.id.to_string()/>
                <SelectField state name="med" label="Grupp som går upp i den här" options=others required=true/>
                <div class="cluster"><button class="button secondary" type="submit">"Visa vad som händer"</button></div>
            </form>
        </section>
    }
    .into_any()
}

/// What comes of it, and the button.
#[component]
pub(super) fn Merge(merge: Joined) -> impl IntoView {
    let Joined { kept, other, members, new, uppdrag } = merge;
    let state = FormState::of(MergeGroups::PATH, Some(("form", "slaihop")));
    let carries = match uppdrag {
        0 => format!("{} utför inget i planerna.", other.name),
        1 => format!("1 kontroll, aktivitet eller åtgärd som {} utför utförs sedan av {}.", other.name, kept.name),
        n => {
            format!("{n} kontroller, aktiviteter och åtgärder som {} utför utförs sedan av {}.", other.name, kept.name)
        }
    };
    let new = match new.as_slice() {
        [] => format!("Alla i {} är redan med i {}.", other.name, kept.name),
        [one] => format!("{one} blir medlem i {}.", kept.name),
        [first @ .., last] => format!("{} och {last} blir medlemmar i {}.", first.join(", "), kept.name),
    };
    let after = match members.len() {
        0 => "Gruppen har inga medlemmar efteråt.".to_owned(),
        1 => "Gruppen har 1 medlem efteråt, som ser allt som är beslutat för någon av grupperna.".to_owned(),
        n => format!("Gruppen har {n} medlemmar efteråt. Alla ser det som är beslutat för någon av grupperna."),
    };
    let back = format!("{PATH}?grupp={}#vald", kept.id);
    view! {
        <section class="stack tight">
            <h3>{format!("{} går upp i {}", other.name, kept.name)}</h3>
            <ul>
                <li>{new}</li>
                <li>{after}</li>
                <li>{carries}</li>
                <li>{format!("{} finns inte längre att välja. Det som har hänt i den står i historiken för {}.", other.name, kept.name)}</li>
            </ul>
            <p>"Det går inte att ångra."</p>
            <form class="form" method="post" action=MergeGroups::PATH>
                <ErrorSummary state=state/>
                <Hidden name="form" value="slaihop"/>
                <Hidden name="id" value=kept.id.to_string()/>
                <Hidden name="version" value=kept.version.to_string()/>
                <Hidden name="other" value=other.id.to_string()/>
                <Hidden name="other_version" value=other.version.to_string()/>
                <div class="cluster">
                    <button class="button" type="submit">"Slå ihop grupperna"</button>
                    <a class="button secondary" href=back>"Avbryt"</a>
                </div>
            </form>
        </section>
    }
}
