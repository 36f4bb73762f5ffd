//! Read as: how the letters of a file were read, and the links to the other ways that it was kept in. Where none of them was
//! clearly right it is asked, and nothing can be read in until somebody has answered.

use domain::kodning::Kodning;
use leptos::prelude::*;

use super::page::path;
use crate::place::{Place, join};

/// The way that the table of the address was read in.
pub const READ_AS: &str = "kodning";
/// There while it is asked.
pub const ASKED: &str = "fraga";

/// How the file of a preview was read; nothing where the file itself says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAs {
    now: Option<Kodning>,
    /// The other ways, each with its address.
    others: Vec<(Kodning, String)>,
    /// The address of this one, answered.
    yes: String,
    /// Whether it is asked.
    pub asks: bool,
}

impl ReadAs {
    /// From the address of the page.
    #[must_use]
    pub fn of(plan: domain::import::Plan, place: &Place) -> Self {
        let (Some(now), Some(id)) = (place.get(READ_AS).and_then(Kodning::from_code), place.get("underlag")) else {
            return Self::default();
        };
        let ids: Vec<(Kodning, &str)> = Kodning::JUDGED
            .into_iter()
            .filter_map(|k| Some((k, if k == now { id } else { place.get(k.code())? })))
            .collect();
        let address = |chosen: Kodning| {
            let mut query: Vec<(String, String)> = ["enhet", "ar", "flytta"]
                .into_iter()
                .filter_map(|name| Some((name.to_owned(), place.get(name)?.to_owned())))
                .collect();
            query.push((READ_AS.to_owned(), chosen.code().to_owned()));
            for (kodning, id) in &ids {
                let name = if *kodning == chosen { "underlag" } else { kodning.code() };
                query.push((name.to_owned(), (*id).to_owned()));
            }
            format!("{}#resultat", join(&path(plan), &query))
        };
        Self {
            now: Some(now),
            others: ids.iter().filter(|(k, _)| *k != now).map(|(k, _)| (*k, address(*k))).collect(),
            yes: address(now),
            asks: place.get(ASKED).is_some(),
        }
    }

    /// The address of the same table in the same letters, with its dates moved to the year of the plan.
    #[must_use]
    pub fn moved(&self) -> Option<String> {
        let moved = self.now.map(|_| self.yes.split('#').next().unwrap_or_default().to_owned());
        moved.map(|to| format!("{to}&flytta=ja#resultat"))
    }
}

/// The sentence and the links.
#[component]
pub fn ReadAsView(read: ReadAs) -> impl IntoView {
    let ReadAs { now, others, yes, asks } = read;
    now.map(|now| {
        let links = others
            .into_iter()
            .map(|(kodning, to)| {
                view! { <a class="button secondary" href=to>{format!("Läs som {}", kodning.label())}</a> }
            })
            .collect_view();
        if asks {
            view! {
                <div class="notice warn" role="alert">
                    <p>
                        {format!(
                            "Bokstäverna i filen kan läsas på flera sätt. Här är den läst som {}. Se efter att å, ä och ö är rätt innan du \
                             läser in den.",
                            now.label(),
                        )}
                    </p>
                    <p class="cluster">
                        <a class="button secondary" href=yes>{format!("{} är rätt", now.label())}</a> {links}
                    </p>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="notice">
                    <p>{format!("Filen är läst som {}. Är bokstäverna fel?", now.label())}</p>
                    <p class="cluster">{links}</p>
                </div>
            }
            .into_any()
        }
    })
}
