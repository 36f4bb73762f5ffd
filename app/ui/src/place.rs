//! Where a page stands: which unit, which year, and what else its URL asks for. Everything a page shows can be linked to.

use chrono::Datelike;
use domain::{id::NodeId, year::Year};
use leptos::prelude::GetUntracked;
use leptos_router::hooks::use_query_map;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{cookie, ctx::Ctx, error::AppError};

/// The unit and the year of a page, and the rest of its query.
#[derive(Clone, Debug)]
pub struct Place {
    /// The unit.
    pub unit: NodeId,
    /// Its name.
    pub unit_name: String,
    /// The year.
    pub year: i32,
    /// The units that the person can choose between.
    pub units: Vec<(NodeId, String)>,
    /// Whether the URL named the unit.
    pub asked: bool,
    /// All parameters of the URL, in order; with the unit, where there are several to choose between: what is linked to from a
    /// page is of the unit that the page shows, whatever is chosen meanwhile in another tab.
    pub query: Vec<(String, String)>,
}

/// Keeps on the device which unit somebody with several has chosen.
pub const UNIT_COOKIE: &str = "kvalitet_vald_enhet";

impl Place {
    /// The place of the current request: the unit of the URL, which is kept on the device, or the one kept there. `Forbidden` for a unit that the person does not see, or when there is none.
    pub fn current(ctx: &Ctx) -> Result<Self, AppError> {
        let query: Vec<(String, String)> =
            use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
        let place = Self::of(ctx, query)?;
        if place.asked && place.units.len() > 1 && ctx.device.unit != Some(place.unit) {
            cookie::remember(UNIT_COOKIE, &place.unit.to_string())?;
        }
        Ok(place)
    }

    /// The place that these parameters name. `Forbidden` for a unit that the person does not see, or when there is none.
    pub fn of(ctx: &Ctx, mut query: Vec<(String, String)>) -> Result<Self, AppError> {
        let actor = ctx.actor()?;
        let mut units = actor.units();
        let asked = find(&query, "enhet").filter(|v| !v.is_empty());
        let asked: Option<NodeId> = asked.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
        // a unit that has ended is read by who asks for it by its address, and chosen in no list
        let ended = asked.filter(|id| actor.tree.has_ended(*id)).and_then(|id| {
            let found = actor.ended_units().into_iter().find(|(unit, _)| *unit == id);
            found.map(|(id, name)| (id, format!("{name} (upphörd)")))
        });
        let has_ended = ended.is_some();
        units.extend(ended);
        let of = |id: NodeId| units.iter().find(|(u, _)| *u == id);
        let found = match asked {
            Some(id) => of(id),
            // the one that was chosen last, where the person still sees it
            None => ctx.device.unit.and_then(of).or(units.first()),
        };
        let (unit, unit_name) = found.cloned().ok_or(AppError::Forbidden)?;
        let asked = if has_ended { None } else { asked };
        let year = match find(&query, "ar").filter(|v| !v.is_empty()) {
            Some(year) => year.parse::<Year>().map_err(|_| AppError::NotFound)?.get(),
            None => ctx.today.year(),
        };
        let asked = asked.is_some();
        if !asked && units.len() > 1 {
            set(&mut query, &[("enhet", &unit.to_string())]);
        }
        Ok(Self { unit, unit_name, year, units, asked, query })
    }

    /// A parameter of the URL; empty counts as absent.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        find(&self.query, key).filter(|v| !v.is_empty())
    }

    /// A path with the unit, where there are several, the year, where it is not this one, and these parameters. Later
    /// ones win; an empty value takes a parameter away.
    #[must_use]
    pub fn link(&self, path: &str, today_year: i32, more: &[(&str, &str)]) -> String {
        let mut query: Vec<(String, String)> = Vec::new();
        if self.units.len() > 1 {
            query.push(("enhet".into(), self.unit.to_string()));
        }
        if self.year != today_year {
            query.push(("ar".into(), self.year.to_string()));
        }
        set(&mut query, more);
        join(path, &query)
    }

    /// The same page with some parameters changed; an empty value takes a parameter away.
    #[must_use]
    pub fn with(&self, path: &str, more: &[(&str, &str)]) -> String {
        let mut query = self.query.clone();
        set(&mut query, more);
        join(path, &query)
    }
}

fn find<'a>(query: &'a [(String, String)], key: &str) -> Option<&'a str> {
    query.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
}

fn set(query: &mut Vec<(String, String)>, more: &[(&str, &str)]) {
    for (key, value) in more {
        query.retain(|(k, _)| k != key);
        if !value.is_empty() {
            query.push(((*key).to_owned(), (*value).to_owned()));
        }
    }
}

/// What is encoded in a word of a query: everything but letters, digits and what can be read there as it is.
const WORD: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b',').remove(b':');

/// A path and a query, not yet encoded, as one link.
#[must_use]
pub fn join(path: &str, query: &[(String, String)]) -> String {
    let mut out = path.to_owned();
    for (i, (key, value)) in query.iter().enumerate() {
        out.push(if i == 0 { '?' } else { '&' });
        out.extend(utf8_percent_encode(key, WORD));
        out.push('=');
        out.extend(utf8_percent_encode(value, WORD));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_any_text() {
        let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        assert_eq!(join("/arshjul", &[]), "/arshjul");
        assert_eq!(
            join("/arshjul", &[pair("ansvarig", "grupp:8"), pair("sok", "år & ärende")]),
            "/arshjul?ansvarig=grupp:8&sok=%C3%A5r%20%26%20%C3%A4rende"
        );
    }
}
