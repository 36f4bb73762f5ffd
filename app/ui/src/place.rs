//! Where a page stands: which unit, which year, and what else its URL asks for. Everything a page shows can be linked to.

use chrono::Datelike;
use domain::{id::NodeId, year::Year};
use leptos::prelude::GetUntracked;
use leptos_router::hooks::use_query_map;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{ctx::Ctx, error::AppError};

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
    /// All parameters of the URL, in order.
    pub query: Vec<(String, String)>,
}

impl Place {
    /// The place of the current request. `Forbidden` for a unit that the person does not see, or when there is none.
    pub fn current(ctx: &Ctx) -> Result<Self, AppError> {
        let query: Vec<(String, String)> =
            use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
        Self::of(ctx, query)
    }

    /// The place that these parameters name. `Forbidden` for a unit that the person does not see, or when there is none.
    pub fn of(ctx: &Ctx, query: Vec<(String, String)>) -> Result<Self, AppError> {
        let units = ctx.actor()?.units();
        let asked = find(&query, "enhet").filter(|v| !v.is_empty());
        let (unit, unit_name) = match asked {
            Some(id) => {
                let id: NodeId = id.parse().map_err(|_| AppError::NotFound)?;
                units.iter().find(|(u, _)| *u == id).cloned().ok_or(AppError::Forbidden)?
            }
            None => units.first().cloned().ok_or(AppError::Forbidden)?,
        };
        let year = match find(&query, "ar").filter(|v| !v.is_empty()) {
            Some(year) => year.parse::<Year>().map_err(|_| AppError::NotFound)?.get(),
            None => ctx.today.year(),
        };
        Ok(Self { unit, unit_name, year, units, query })
    }

    /// A parameter of the URL; empty counts as absent.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        find(&self.query, key).filter(|v| !v.is_empty())
    }

    /// A path with unit and year, where they are not what the path would mean by itself, and these parameters. Later
    /// ones win; an empty value takes a parameter away.
    #[must_use]
    pub fn link(&self, path: &str, today_year: i32, more: &[(&str, &str)]) -> String {
        let mut query: Vec<(String, String)> = Vec::new();
        if self.units.first().is_some_and(|(first, _)| *first != self.unit) {
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
