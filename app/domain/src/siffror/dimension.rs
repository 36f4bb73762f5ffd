//! Dimension: by what the values of a series are divided: kön, hushållstyp, stadsdel. The unit's own, with values that begin, end and
//! are replaced. *Okänt* is a value; *Totalt* is none.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    id::NodeId,
    personnummer::varning,
    text::compared,
};

crate::ids! { now_v7:
    /// A dimension of a unit.
    DimensionId,
    /// A value of a dimension.
    DimensionsvardeId,
}

/// How many values a dimension can have.
pub const VALUES_MOST: usize = 200;
/// How many dimensions a unit can have.
pub const DIMENSIONS_OF_UNIT: usize = 50;

/// By what values are divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Primary key.
    pub id: DimensionId,
    /// The unit.
    pub node: NodeId,
    /// "Stadsdel".
    pub namn: String,
    /// In their order.
    pub values: Vec<Dimensionsvarde>,
    /// Rises with every change of it or of one of its values.
    pub version: i64,
}

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimensionsvarde {
    /// Primary key.
    pub id: DimensionsvardeId,
    /// "Bromma".
    pub namn: String,
    /// A code that the source has; may be empty.
    pub kod: String,
    /// The group that it is part of. A group is the sum of its parts and holds no values itself.
    pub grupp: Option<DimensionsvardeId>,
    /// The first day that it is in use.
    pub fran: Option<NaiveDate>,
    /// The last day that it is in use.
    pub till: Option<NaiveDate>,
    /// What it is from then on.
    pub ersatt_av: Option<DimensionsvardeId>,
    /// How files call it, as was answered before: folded names ([`compared`]).
    pub kallas: Vec<String>,
}

impl Dimensionsvarde {
    /// One with nothing but its name.
    #[must_use]
    pub fn named(id: DimensionsvardeId, namn: &str) -> Self {
        Self {
            id,
            namn: namn.to_owned(),
            kod: String::new(),
            grupp: None,
            fran: None,
            till: None,
            ersatt_av: None,
            kallas: vec![],
        }
    }
}

impl Dimension {
    /// A value of it.
    #[must_use]
    pub fn get(&self, id: DimensionsvardeId) -> Option<&Dimensionsvarde> {
        self.values.iter().find(|v| v.id == id)
    }

    /// Whether other values are parts of it.
    #[must_use]
    pub fn is_grupp(&self, id: DimensionsvardeId) -> bool {
        self.values.iter().any(|v| v.grupp == Some(id))
    }

    /// Those that hold values and are in use on some day of a time, in their order.
    #[must_use]
    pub fn in_use(&self, first: NaiveDate, last: NaiveDate) -> Vec<&Dimensionsvarde> {
        let is_in_use = |v: &&Dimensionsvarde| {
            v.fran.is_none_or(|d| d <= last) && v.till.is_none_or(|d| d >= first) && !self.is_grupp(v.id)
        };
        self.values.iter().filter(is_in_use).collect()
    }

    /// The value that a cell of a file calls by its name, its code, or as was answered before.
    #[must_use]
    pub fn named(&self, text: &str) -> Option<&Dimensionsvarde> {
        let text = compared(text.trim());
        let by_name = self.values.iter().find(|v| compared(&v.namn) == text);
        let by_code = || self.values.iter().find(|v| !v.kod.is_empty() && compared(&v.kod) == text);
        by_name.or_else(by_code).or_else(|| self.values.iter().find(|v| v.kallas.contains(&text)))
    }
}

/// What the form of a value sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VardeForm {
    /// See [`Dimensionsvarde`].
    pub namn: String,
    /// See [`Dimensionsvarde`].
    pub kod: String,
    /// Id of another value, or empty.
    pub grupp: String,
    /// See [`Dimensionsvarde`].
    pub fran: String,
    /// See [`Dimensionsvarde`].
    pub till: String,
    /// Id of another value, or empty.
    pub ersatt_av: String,
}

/// Checks the name of a dimension.
pub fn check_namn(namn: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.required("namn", namn, "vad uppdelningen heter, till exempel Stadsdel");
    if let Some(warning) = varning(&namn) {
        check.error("namn", warning);
    }
    check.finish(namn)
}

/// Checks a value of a dimension; `own` is the one that is changed. What it answers to before stays.
pub fn check_varde(
    form: &VardeForm,
    of: &Dimension,
    own: Option<DimensionsvardeId>,
    id: DimensionsvardeId,
    today: NaiveDate,
) -> Result<Dimensionsvarde, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.required("namn", &form.namn, "vad värdet heter");
    let kod = check.line("kod", &form.kod);
    for (field, text) in [("namn", &namn), ("kod", &kod)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    let others = || of.values.iter().filter(|v| Some(v.id) != own);
    if others().any(|v| compared(&v.namn) == compared(&namn)) {
        check.error("namn", "Uppdelningen har redan ett värde med det namnet.");
    }
    if matches!(compared(&namn).as_str(), "totalt" | "summa" | "total" | "samtliga") {
        check.error("namn", "Totalen räknas ut av delarna och är inget eget värde.");
    }
    if !kod.is_empty() && others().any(|v| compared(&v.kod) == compared(&kod)) {
        check.error("kod", "Uppdelningen har redan ett värde med den koden.");
    }
    let mut other = |field: &str, text: &str| {
        let text = text.trim();
        let found = text.parse().ok().and_then(|id| others().find(|v| v.id == id)).map(|v| v.id);
        if found.is_none() && !text.is_empty() {
            check.error(field, "Välj ett annat värde i samma uppdelning.");
        }
        found
    };
    let grupp = other("grupp", &form.grupp);
    let ersatt_av = other("ersatt_av", &form.ersatt_av);
    if grupp.is_some_and(|g| of.get(g).is_some_and(|g| g.grupp.is_some()))
        || grupp.is_some() && own.is_some_and(|own| of.is_grupp(own))
    {
        check.error("grupp", "En grupp kan inte själv ingå i en grupp.");
    }
    let fran = check.date("fran", &form.fran, crate::day::Fits::Near(today));
    let till = check.date("till", &form.till, crate::day::Fits::Near(today));
    if let (Some(fran), Some(till)) = (fran, till)
        && till < fran
    {
        check.error("till", "Sista dagen ligger före den första.");
    }
    if ersatt_av.is_some() && till.is_none() {
        check.error("till", "Skriv sista dagen för värdet som ersätts.");
    }
    if of.values.len() >= VALUES_MOST && own.is_none() {
        check.error("", format!("En uppdelning har högst {VALUES_MOST} värden."));
    }
    let kallas = own.and_then(|own| of.get(own)).map(|v| v.kallas.clone()).unwrap_or_default();
    check.finish(Dimensionsvarde { id, namn, kod, grupp, fran, till, ersatt_av, kallas })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> DimensionsvardeId {
        DimensionsvardeId(Uuid::from_u128(n))
    }

    fn varde(n: u128, namn: &str, grupp: Option<u128>) -> Dimensionsvarde {
        Dimensionsvarde { grupp: grupp.map(id), ..Dimensionsvarde::named(id(n), namn) }
    }

    fn stadsdelar() -> Dimension {
        let mut old = varde(3, "Skarpnäck", None);
        (old.till, old.ersatt_av) = (NaiveDate::from_ymd_opt(2020, 6, 30), Some(id(2)));
        let mut short = varde(2, "Enskede-Årsta-Vantör", None);
        short.kallas = vec!["enskede-å-v".into()];
        Dimension {
            id: DimensionId(Uuid::nil()),
            node: NodeId(Uuid::nil()),
            namn: "Stadsdel".into(),
            values: vec![varde(1, "Bromma", Some(4)), short, old, varde(4, "Västerort", None)],
            version: 1,
        }
    }

    #[test]
    fn a_value_is_found_as_files_call_it() {
        let dim = stadsdelar();
        for (text, found) in [(" bromma ", Some(1)), ("Enskede-Å-V", Some(2)), ("Enskede", None), ("", None)] {
            assert_eq!(dim.named(text).map(|v| v.id), found.map(id), "{text}");
        }
    }

    #[test]
    fn what_has_ended_and_what_is_a_group_is_not_filled() {
        let day = |y| NaiveDate::from_ymd_opt(y, 5, 1).unwrap();
        let ids = |y| stadsdelar().in_use(day(y), day(y)).iter().map(|v| v.id).collect::<Vec<_>>();
        assert_eq!((ids(2020), ids(2021)), (vec![id(1), id(2), id(3)], vec![id(1), id(2)]));
    }

    #[test]
    fn a_value_has_a_name_of_its_own_and_total_is_none() {
        let dim = stadsdelar();
        let today = NaiveDate::from_ymd_opt(2022, 5, 2).unwrap();
        let check =
            |form: &VardeForm, own: Option<u128>| check_varde(form, &dim, own.map(id), id(own.unwrap_or(9)), today);
        let form = |namn: &str| VardeForm { namn: namn.into(), ..VardeForm::default() };
        for namn in ["BROMMA", "Totalt", "", "060606-1234"] {
            assert_eq!(check(&form(namn), None).unwrap_err()[0].field, "namn", "{namn}");
        }
        assert!(check(&form("Bromma"), Some(1)).is_ok(), "its own name");
        assert_eq!(check(&form("Enskede-Årsta-Vantör"), Some(2)).unwrap().kallas, ["enskede-å-v"]);
        let nested = VardeForm { grupp: id(1).to_string(), ..form("Nytt") };
        assert_eq!(check(&nested, None).unwrap_err()[0].field, "grupp");
        let foreign = VardeForm { grupp: id(77).to_string(), ..form("Nytt") };
        assert_eq!(check(&foreign, None).unwrap_err()[0].field, "grupp");
        let replaced = VardeForm { ersatt_av: id(1).to_string(), ..form("Gammalt") };
        assert_eq!(check(&replaced, None).unwrap_err()[0].field, "till");
    }
}
