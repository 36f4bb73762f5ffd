use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::{
    id::NodeId,
    occurrence::Share,
    siffror::{
        dimension::{DimensionId, Dimensionsvarde},
        serie::{Form, check},
        siffra::{SiffraImportId, Ursprung},
        slag::Varde,
    },
};

const JAN: Period = Period::Month(2022, 1);

fn id(n: u128) -> DimensionsvardeId {
    DimensionsvardeId(Uuid::from_u128(n))
}

fn dimension(ids: &[u128]) -> Dimension {
    let varde = |n: &u128| Dimensionsvarde::named(id(*n), &format!("Typ {n}"));
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
        skrivning: i64::from(revision),
        gallande: true,
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

/// Of two dimensions: none is a sum.
fn at(plats: [Option<u128>; 2], n: i64, write: i32) -> Siffra {
    Siffra { plats: Plats(plats.iter().map(|n| n.map(id)).collect()), ..siffra(&[], n, (1, write)) }
}

fn total(n: i64, write: i32) -> Siffra {
    Siffra { plats: Plats::total(1), ..siffra(&[], n, (1, write)) }
}

#[test]
fn sums_of_one_dimension_that_are_stored_are_hidden_with_the_cells() {
    let dims = [dimension(&[1, 2]), dimension(&[8, 9])];
    let alone = [at([Some(1), None], 3, 1), at([Some(2), None], 90, 1)];
    let found = dolda(&content("bestand"), &dims, &alone);
    assert!(alone.iter().all(|s| found.platser.contains(&(JAN, s.plats.clone()))), "{found:?}");
    assert!(found.summor.contains(&(0, id(1), JAN)));
    let cells = [
        at([Some(1), Some(8)], 3, 1),
        at([Some(1), Some(9)], 50, 1),
        at([Some(2), Some(8)], 40, 1),
        at([Some(2), Some(9)], 60, 1),
        at([Some(1), None], 53, 1),
    ];
    let found = dolda(&content("bestand"), &dims, &cells);
    assert!(cells.iter().all(|s| found.platser.contains(&(JAN, s.plats.clone()))), "{found:?}");
    // what is not there can be told by what is left of the sum
    let left = [at([Some(1), Some(8)], 20, 1), at([Some(1), Some(9)], 30, 1), at([Some(1), None], 53, 1)];
    assert!(dolda(&content("bestand"), &dims, &left).platser.contains(&(JAN, left[2].plats.clone())));
    // one value has its sum stored, the other has its cells: 53 − 30 − 20
    let mixed = [at([Some(1), None], 30, 1), at([Some(2), Some(8)], 20, 1), at([None, None], 53, 1)];
    assert!(dolda(&content("bestand"), &dims, &mixed).totaler.contains(&JAN));
}

#[test]
fn what_is_hidden_does_not_follow_the_order_in_which_values_are_shown() {
    let content = content("bestand");
    let all = [siffra(&[1], 3, (1, 1)), siffra(&[2], 20, (1, 1)), siffra(&[3], 30, (1, 1))];
    let before = dolda(&content, &[dimension(&[1, 2, 3])], &all);
    let moved = dolda(&content, &[dimension(&[1, 3, 2])], &all);
    assert_eq!(before, moved, "the two would tell of the first");
}

#[test]
fn two_writes_of_one_day_are_two_tables_that_were_shown() {
    let (content, dim) = (content("bestand"), dimension(&[1, 2, 3]));
    let of = |plats, n, write| Siffra { skrivning: write, ..siffra(&[plats], n, (1, 1)) };
    // the third value came an hour later, the same day and as a first revision
    let all = [of(1, 20, 1), of(2, 30, 1), of(3, 3, 2)];
    let found = dolda(&content, &[dim], &all);
    assert!(hidden(&found).contains(&3) && found.totaler.contains(&JAN), "20 and 30 are known: {found:?}");
}

#[test]
fn what_was_undone_was_seen_and_does_not_show_what_holds() {
    let (content, dim) = (content("bestand"), dimension(&[1, 2, 3]));
    let undone = |s: Siffra| Siffra { gallande: false, ..s };
    let stored = [total(3, 1), undone(total(60, 2)), siffra(&[1], 0, (1, 1))];
    let found = dolda(&content, std::slice::from_ref(&dim), &stored);
    assert!(found.totaler.contains(&JAN), "3 holds: {found:?}");
    let parts =
        [siffra(&[1], 3, (1, 1)), siffra(&[2], 20, (1, 1)), siffra(&[3], 30, (1, 1)), undone(siffra(&[3], 40, (1, 2)))];
    assert_eq!(hidden(&dolda(&content, std::slice::from_ref(&dim), &parts)), [1, 2, 3], "all parts");
    // 3 and 0 hold; the 20 that was read in between does not make them many
    let sum = [siffra(&[1], 3, (1, 1)), siffra(&[2], 0, (1, 1)), undone(siffra(&[2], 20, (1, 2)))];
    assert!(dolda(&content, &[dim], &sum).totaler.contains(&JAN));
}

#[test]
fn what_was_undone_is_no_revision_though_all_of_it_was_written_again() {
    let (content, dim) = (content("bestand"), dimension(&[1, 2, 3]));
    let undone = |plats, n| {
        let of = SiffraImportId(Uuid::from_u128(7));
        Siffra { gallande: false, ursprung: Ursprung::Angrad(of), ..siffra(&[plats], n, (1, 2)) }
    };
    let found = |all: &[Siffra]| dolda(&content, std::slice::from_ref(&dim), all);
    // 21, 30 and 7 stood there in between, which the order of the writes does not say
    let all = [
        siffra(&[1], 20, (1, 1)),
        siffra(&[2], 30, (1, 1)),
        siffra(&[3], 7, (1, 1)),
        undone(1, 25),
        undone(2, 3),
        siffra(&[1], 21, (9, 3)),
        siffra(&[2], 33, (9, 4)),
    ];
    assert_eq!(hidden(&found(&all)), [1, 2, 3]);
    // 3 and 0 made few together once the import was undone
    let few = [
        siffra(&[1], 3, (1, 1)),
        siffra(&[2], 20, (1, 1)),
        undone(1, 30),
        undone(2, 25),
        siffra(&[2], 0, (9, 3)),
        siffra(&[1], 40, (9, 4)),
    ];
    assert!(found(&few).totaler.contains(&JAN));
}

#[test]
fn a_total_that_was_few_stays_hidden() {
    let all = [total(3, 1), total(60, 2)];
    assert!(dolda(&content("bestand"), &[dimension(&[1, 2])], &all).totaler.contains(&JAN));
}

#[test]
fn a_stored_total_does_not_tell_of_the_part_that_is_missing() {
    let (content, dim) = (content("bestand"), dimension(&[1, 2, 3]));
    let missing = Siffra { varde: None, ..siffra(&[3], 0, (1, 1)) };
    let found = |all: &[Siffra]| dolda(&content, std::slice::from_ref(&dim), all);
    let of = |n| found(&[siffra(&[1], 20, (1, 1)), siffra(&[2], 30, (1, 1)), missing.clone(), total(n, 1)]);
    assert_eq!((of(53).totaler.len(), hidden(&of(53)).len()), (1, 0), "three are missing");
    assert_eq!((of(50), of(55)), (Dolda::default(), Dolda::default()));
    assert_eq!(found(&[siffra(&[1], 20, (1, 1)), total(23, 1)]).totaler.len(), 1, "not all is there");
    // the total is known when the last part but one comes, so the parts cannot be shown
    let later = found(&[siffra(&[1], 20, (1, 1)), siffra(&[2], 30, (1, 1)), total(60, 1), siffra(&[3], 7, (9, 2))]);
    assert!(hidden(&later).contains(&3), "{later:?}");
    // beside what is hidden: 33 − 30
    let odd = found(&[siffra(&[1], 3, (1, 1)), siffra(&[2], 20, (1, 1)), siffra(&[3], 30, (1, 1)), total(33, 1)]);
    assert!(odd.totaler.contains(&JAN), "{odd:?}");
}

#[test]
fn what_is_too_much_to_look_at_one_by_one_is_hidden_whole() {
    let content = content("bestand");
    let many: Vec<u128> = (1..=2_001).collect();
    let all: Vec<Siffra> = many.iter().map(|n| siffra(&[*n], if *n == 1 { 3 } else { 40 }, (1, 1))).collect();
    let found = dolda(&content, &[dimension(&many)], &all);
    assert_eq!((found.platser.len(), found.totaler.len()), (2_001, 0));
    let writes = (2..=51).map(|write| siffra(&[2], 40 + i64::from(write), (1, write)));
    let all: Vec<Siffra> = [siffra(&[1], 3, (1, 1)), siffra(&[2], 40, (1, 1)), siffra(&[3], 40, (1, 1))]
        .into_iter()
        .chain(writes)
        .collect();
    let dim = dimension(&[1, 2, 3]);
    assert_eq!(hidden(&dolda(&content, std::slice::from_ref(&dim), &all)), [1, 2, 3], "51 writes");
    assert_eq!(hidden(&dolda(&content, &[dim], &all[..all.len() - 1])), [1, 2], "50 writes");
}
