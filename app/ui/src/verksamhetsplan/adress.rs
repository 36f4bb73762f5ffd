//! Adress: where a page stands, and the same page with something chosen otherwise.

use crate::place::join;

/// A path and its query.
#[derive(Clone, Debug, Default)]
pub(super) struct Adress {
    path: String,
    query: Vec<(String, String)>,
}

impl Adress {
    pub fn new(path: String, query: Vec<(String, String)>) -> Self {
        Self { path, query }
    }

    /// What the address asks for; empty counts as absent.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The same page with something chosen otherwise; an empty value takes the choice away.
    pub fn with(&self, more: &[(&str, &str)]) -> String {
        let mut query = self.query.clone();
        for (key, value) in more {
            query.retain(|(k, _)| k != key);
            if !value.is_empty() {
                query.push(((*key).to_owned(), (*value).to_owned()));
            }
        }
        join(&self.path, &query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_takes_the_place_of_the_one_before_and_the_others_stay() {
        let of = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let here = Adress::new("/verksamhetsplan".to_owned(), of(&[("ar", "2025"), ("period", "2025-T1")]));
        assert_eq!(here.with(&[("period", "2025-VB")]), "/verksamhetsplan?ar=2025&period=2025-VB");
        assert_eq!(here.with(&[("period", ""), ("vy", "lista")]), "/verksamhetsplan?ar=2025&vy=lista");
        assert_eq!((here.get("ar"), here.get("vy")), (Some("2025"), None));
    }
}
