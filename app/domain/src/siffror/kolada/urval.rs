//! Urval: the years of one key figure of one kommun, picked out of the pages that Kolada answers. What else the pages hold is counted, so
//! that it can be said.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fel, Page, SHOWN, short};
use crate::{
    format,
    siffror::jamforelse::{ArsVarde, Nyckeltal},
};

/// Where Kolada answers when no other address is given, without a slash at the end (docs/doman.md 10).
pub const BAS: &str = "https://api.kolada.se/v3";

/// How many other key figures are named when the one that was asked for is not there.
const NAMED: usize = 3;

/// The address of all years of a key figure of a kommun. `base` as [`BAS`].
#[must_use]
pub fn address(base: &str, av: &Nyckeltal) -> String {
    let plain = |id: &str| id.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    format!("{base}/data/kpi/{}/municipality/{}", plain(&av.kpi), plain(&av.kommun))
}

/// What was asked for, out of any number of pages.
#[derive(Clone, Debug)]
pub struct Urval {
    av: Nyckeltal,
    years: BTreeMap<i32, ArsVarde>,
    others: usize,
    named: BTreeSet<String>,
    removed: usize,
}

impl Urval {
    /// Nothing yet.
    #[must_use]
    pub fn new(av: &Nyckeltal) -> Self {
        Self { av: av.clone(), years: BTreeMap::new(), others: 0, named: BTreeSet::new(), removed: 0 }
    }

    /// Takes from a page what is asked for.
    ///
    /// # Errors
    ///
    /// A year that comes twice with two values: which is right is not guessed.
    pub fn take(&mut self, page: Page) -> Result<(), Fel> {
        self.removed += page.removed;
        for value in page.values {
            let asked = value.kpi.eq_ignore_ascii_case(&self.av.kpi)
                && value.municipality.eq_ignore_ascii_case(&self.av.kommun);
            if !asked {
                self.others += 1;
                if self.named.len() < NAMED {
                    self.named.insert(format!("{}, {}", short(&value.kpi), short(&value.municipality)));
                }
                continue;
            }
            if value.kon != self.av.kon {
                continue;
            }
            let status = value.status.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
            let new = ArsVarde { ar: value.year, tal: value.value, count: value.count, status };
            match self.years.get(&value.year) {
                Some(had) if *had != new => return Err(Fel::Dubbelt(value.year)),
                _ => self.years.insert(value.year, new),
            };
        }
        Ok(())
    }

    /// The years in order, those that are missing too. None at all is not what was asked for: see [`Urval::empty`].
    #[must_use]
    pub fn varden(&self) -> Vec<ArsVarde> {
        self.years.values().cloned().collect()
    }

    /// What is wrong when there is no year; none when there is one. `whose` is what was read, as `Kolada` or `Filen`.
    #[must_use]
    pub fn empty(&self, whose: &str) -> Option<String> {
        if !self.years.is_empty() {
            return None;
        }
        let mut said = format!("{whose} har inga värden för {}.", self.av.said());
        if !self.named.is_empty() {
            let has: Vec<&str> = self.named.iter().map(String::as_str).collect();
            let more = if self.others > has.len() { " och annat" } else { "" };
            said = format!("{said} Det som finns är {}{more}.", has.join("; "));
        }
        Some(said)
    }

    /// What of it was not read, in whole sentences; empty when that is nothing. The other kön of the key figure belong to it and are not
    /// spoken of.
    #[must_use]
    pub fn left_out(&self) -> String {
        let int = |n: usize| format::int(i64::try_from(n).unwrap_or(i64::MAX));
        let mut said = Vec::new();
        match self.others {
            0 => {}
            1 => said.push("Ett värde av något annat lästes inte.".to_owned()),
            n => said.push(format!("{} värden av annat lästes inte.", int(n))),
        }
        match self.removed {
            0 => {}
            1 => said.push("Ett värde är märkt som borttaget och lästes inte.".to_owned()),
            n => said.push(format!("{} värden är märkta som borttagna och lästes inte.", int(n))),
        }
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Value, *};
    use crate::{kon::Kon, tal::Tal};

    fn av(kon: Option<Kon>) -> Nyckeltal {
        Nyckeltal { kpi: "N31807".into(), kommun: "0180".into(), kon }
    }

    fn value(kpi: &str, year: i32, kon: Option<Kon>, value: Option<i64>) -> Value {
        let value = value.map(Tal::whole);
        Value { kpi: kpi.into(), municipality: "0180".into(), year, kon, value, count: Some(1), status: String::new() }
    }

    fn page(values: Vec<Value>) -> Page {
        Page { values, ..Page::default() }
    }

    #[test]
    fn the_address_holds_nothing_but_the_two_ids() {
        assert_eq!(address(BAS, &av(None)), "https://api.kolada.se/v3/data/kpi/N31807/municipality/0180");
        let odd = Nyckeltal { kpi: "N1/../x?".into(), kommun: "#0180".into(), kon: None };
        assert_eq!(address("http://127.0.0.1:1", &odd), "http://127.0.0.1:1/data/kpi/N1x/municipality/0180");
    }

    #[test]
    fn what_is_asked_for_is_picked_out_in_order_of_years_and_a_missing_one_is_missing() {
        let mut urval = Urval::new(&av(Some(Kon::Kvinna)));
        let first = vec![value("N31807", 2022, Some(Kon::Kvinna), Some(44)), value("N31807", 2022, None, Some(45))];
        urval.take(page(first)).unwrap();
        let second =
            vec![value("n31807", 2021, Some(Kon::Kvinna), None), value("N00945", 2021, Some(Kon::Kvinna), Some(1))];
        urval.take(Page { removed: 2, ..page(second) }).unwrap();
        let years: Vec<_> = urval.varden().iter().map(|v| (v.ar, v.tal)).collect();
        assert_eq!(years, [(2021, None), (2022, Some(Tal::whole(44)))]);
        assert_eq!(urval.empty("Kolada"), None);
        assert_eq!(
            urval.left_out(),
            "Ett värde av något annat lästes inte. 2 värden är märkta som borttagna och lästes inte."
        );
    }

    #[test]
    fn a_year_that_comes_twice_is_read_only_when_it_is_the_same() {
        let mut urval = Urval::new(&av(None));
        urval.take(page(vec![value("N31807", 2022, None, Some(45)), value("N31807", 2022, None, Some(45))])).unwrap();
        let fault = urval.take(page(vec![value("N31807", 2022, None, Some(46))])).unwrap_err();
        assert_eq!(fault.to_string(), "Kolada skickade två olika värden för 2022. Inget av dem lästes.");
    }

    #[test]
    fn when_nothing_is_there_it_says_what_is() {
        let mut urval = Urval::new(&av(Some(Kon::Man)));
        assert_eq!(urval.empty("Kolada").unwrap(), "Kolada har inga värden för N31807, 0180, män.");
        urval.take(page(vec![value("N00945", 2021, None, Some(1)), value("N00945", 2022, None, Some(1))])).unwrap();
        assert_eq!(
            urval.empty("Filen").unwrap(),
            "Filen har inga värden för N31807, 0180, män. Det som finns är N00945, 0180 och annat."
        );
    }
}
