use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::{
    id::NodeId,
    occurrence::Share,
    siffror::{
        dimension::{DimensionId, Dimensionsvarde},
        serie::{Form, check},
        siffra::Ursprung,
    },
};

const JAN: Period = Period::Month(2022, 1);

fn id(n: u128) -> DimensionsvardeId {
    DimensionsvardeId(Uuid::from_u128(n))
}

fn dimension(ids: &[u128]) -> Dimension {
    let varde = |n: &u128| Dimensionsvarde {
        id: id(*n),
        namn: format!("Typ {n}"),
        kod: String::new(),
        grupp: None,
        fran: None,
        till: None,
        ersatt_av: None,
        kallas: vec![],
    };
    Dimension {
        id: DimensionId(Uuid::from_u128(ids[0])),
        node: NodeId(Uuid::nil()),
        namn: "Hushållstyp".into(),
        values: ids.iter().map(varde).collect(),
        version: 1,
    }
}

fn content(slag: &str) -> Content {
    let form = Form {
        namn: "Hushåll".into(),
        enhet: "hushåll".into(),
        slag: slag.into(),
        grain: "manad".into(),
        skyddas: "on".into(),
        ..Form::default()
    };
    check(&form, None).unwrap()
}

fn siffra(plats: &[u128], n: i64, (day, revision): (u32, i32)) -> Siffra {
    Siffra {
        period: JAN,
        plats: Plats(plats.iter().map(|n| Some(id(*n))).collect()),
        varde: Some(Varde::of(Tal::whole(n))),
        not: String::new(),
        sedd: NaiveDate::from_ymd_opt(2022, 3, day).unwrap(),
        ursprung: Ursprung::Inskriven,
        revision,
    }
}

fn hidden(found: &Dolda) -> Vec<u128> {
    let mut all: Vec<u128> = found.summor.iter().map(|(_, id, _)| id.0.as_u128()).collect();
    all.sort_unstable();
    all
}

#[test]
fn a_small_part_is_hidden_with_one_more_so_that_the_total_does_not_give_it_away() {
    let (content, dim) = (content("bestand"), dimension(&[1, 2, 3]));
    let all = [siffra(&[1], 152, (1, 1)), siffra(&[2], 139, (1, 1)), siffra(&[3], 2, (1, 1))];
    let found = dolda(&content, std::slice::from_ref(&dim), &all);
    let few = hidden(&found);
    assert!(few.contains(&3) && few.len() == 2 && found.totaler.is_empty(), "{few:?}");
    let enough = [siffra(&[1], 152, (1, 1)), siffra(&[2], 139, (1, 1)), siffra(&[3], 0, (1, 1))];
    assert_eq!(dolda(&content, std::slice::from_ref(&dim), &enough), Dolda::default());
    let open = Content { skyddas: false, ..content };
    assert_eq!(dolda(&open, &[dim], &all), Dolda::default(), "a series that counts nobody");
}

#[test]
fn what_became_few_hides_what_it_could_be_reckoned_from() {
    let (content, dim) = (content("bestand"), dimension(&[1, 2, 3]));
    let first = [siffra(&[1], 6, (1, 1)), siffra(&[2], 20, (1, 1)), siffra(&[3], 30, (1, 1))];
    assert_eq!(dolda(&content, std::slice::from_ref(&dim), &first), Dolda::default());
    let all: Vec<Siffra> = first.into_iter().chain([siffra(&[1], 3, (9, 2))]).collect();
    let found = dolda(&content, std::slice::from_ref(&dim), &all);
    assert!(hidden(&found).contains(&1) && found.totaler.contains(&JAN), "who kept 20 and 30 knows them: {found:?}");
    // what was hidden stays hidden when it is many
    let few = [siffra(&[1], 3, (1, 1)), siffra(&[2], 20, (1, 1)), siffra(&[3], 30, (1, 1)), siffra(&[1], 9, (9, 2))];
    assert!(hidden(&dolda(&content, &[dim], &few)).contains(&1));
}

#[test]
fn of_two_dimensions_the_sums_are_looked_at_too() {
    let content = content("bestand");
    let dims = [dimension(&[1, 2]), dimension(&[8, 9])];
    let all = [
        siffra(&[1, 8], 3, (1, 1)),
        siffra(&[2, 8], 40, (1, 1)),
        siffra(&[1, 9], 50, (1, 1)),
        siffra(&[2, 9], 60, (1, 1)),
    ];
    let found = dolda(&content, &dims, &all);
    assert_eq!(found.platser.len(), 4, "a circle through the small one: {found:?}");
    assert!(found.summor.is_empty() && found.totaler.is_empty());
}

#[test]
fn groups_and_shares_hide_all_parts_of_their_time() {
    let mut dim = dimension(&[1, 2, 3, 7]);
    dim.values[0].grupp = Some(id(7));
    let all = [siffra(&[1], 152, (1, 1)), siffra(&[2], 139, (1, 1)), siffra(&[3], 2, (1, 1))];
    let found = dolda(&content("bestand"), &[dim], &all);
    assert_eq!((hidden(&found), found.totaler.len()), (vec![1, 2, 3, 7], 0));
    let share = |plats: &[u128], numerator, denominator| Siffra {
        varde: Some(Varde { share: Some(Share { numerator, denominator }), ..Varde::of(Tal::ZERO) }),
        ..siffra(plats, 0, (1, 1))
    };
    let all = [share(&[1], 12, 20), share(&[2], 18, 20)];
    assert_eq!(
        hidden(&dolda(&content("andel"), &[dimension(&[1, 2])], &all)),
        [1, 2],
        "two of twenty were not in time"
    );
}
