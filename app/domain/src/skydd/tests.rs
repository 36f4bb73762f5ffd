use std::collections::BTreeMap;

use super::*;

#[test]
fn none_and_few_look_the_same_and_what_is_left_is_nothing_or_five() {
    assert_eq!(suppress(32, &[20, 3, 9, 0]), [Some(20), None, None, None], "three would be left, so nine go too");
    assert_eq!(suppress(25, &[20, 3, 2]), [Some(20), None, None], "three and two are five together");
    assert_eq!(suppress(25, &[20, 0, 0]), [Some(20), None, None], "five have nothing stated");
    assert_eq!(suppress(26, &[20, 6, 0]), [Some(20), Some(6), None]);
    assert_eq!(suppress(3, &[3, 0]), [None, None]);
    assert_eq!(suppress(0, &[]), []);
    assert_eq!(suppress(4, &[6]), [None], "no class of this whole");
}

#[test]
fn marks_that_overlap_have_a_complement_each() {
    assert_eq!(
        marks(20, &[15, 12, 2]),
        [Some(15), Some(12), None],
        "they overlap: that 27 is more than 20 tells nothing"
    );
    assert_eq!(marks(20, &[18, 6]), [None, Some(6)], "18 of 20 would tell of two");
    assert_eq!(marks(20, &[11, 7]), [Some(11), None], "should they not overlap, two would be left");
    assert_eq!(marks(20, &[20, 4]), [Some(20), None], "all of them points at nobody");
    assert_eq!(marks(20, &[21]), [None]);
}

#[test]
fn classes_without_anything_between_are_shown_only_where_each_hidden_one_is_free() {
    assert_eq!(closed(11, &[6, 1, 1, 1, 1, 1]), Some(vec![Some(6), None, None, None, None, None]));
    assert_eq!(closed(14, &[6, 4, 4]), None, "eight over two of at most four: both are four");
    assert_eq!(closed(8, &[6, 2, 0]), None, "two are left");
    assert_eq!(closed(6, &[6, 0, 0]), Some(vec![Some(6), None, None]), "nothing is left");
}

/// Every way of being `n` places with numbers up to `most`.
pub(super) fn vectors(n: u32, most: i64) -> impl Iterator<Item = Vec<i64>> {
    let base = most + 1;
    (0..base.pow(n)).map(move |mut code| {
        let mut place = || {
            let v = code % base;
            code /= base;
            v
        };
        (0..n).map(|_| place()).collect()
    })
}

/// What the classes really hold, and which of them are hidden.
type Real = (Vec<i64>, Vec<bool>);

/// Reckons backwards: of all the cases that read the same, which numbers a hidden class may have. For each that really holds
/// one to four all of none to four must be among them, or what is `enough`.
fn turned_round<K: Ord>(all: impl Iterator<Item = (K, Vec<i64>, Vec<bool>)>, enough: impl Fn(&[i64]) -> bool) {
    let mut alike: BTreeMap<K, Vec<Real>> = BTreeMap::new();
    for (shown, real, hidden) in all {
        alike.entry(shown).or_default().push((real, hidden));
    }
    for group in alike.values() {
        let places = group.first().map_or(0, |(real, _)| real.len());
        for i in 0..places {
            let mut possible: Vec<i64> = group.iter().map(|(real, _)| real[i]).collect();
            possible.sort_unstable();
            possible.dedup();
            for (real, hidden) in group {
                assert!(!hidden[i] || !small(real[i]) || enough(&possible), "{real:?} place {i}: one of {possible:?}");
            }
        }
    }
}

fn none_to_four(possible: &[i64]) -> bool {
    (0..MINST).all(|n| possible.contains(&n))
}

/// What is stated nowhere goes up to so many, further than any hidden class reaches together.
#[test]
fn who_knows_the_rule_of_classes_and_turns_it_round_knows_no_hidden_class_better_than_none_to_four() {
    let all = vectors(3, 8).flat_map(|classes| {
        (0..=20).map(move |none| {
            let whole = classes.iter().sum::<i64>() + none;
            let shown = suppress(whole, &classes);
            let hidden = shown.iter().map(Option::is_none).collect();
            ((whole, shown), classes.clone(), hidden)
        })
    });
    // fewer than five are no run and so no whole; where all that is in sight is the whole, it ends where the count ends
    turned_round(all.filter(|((whole, _), ..)| (5..=20).contains(whole)), none_to_four);
}

#[test]
fn who_turns_the_rule_of_marks_round_knows_no_hidden_one_better_than_none_to_four() {
    // three marks: any numbers up to the whole, since they overlap as they like and some cases have none
    let all = vectors(3, 11).flat_map(|counts| {
        (5..=11).filter_map(move |whole| {
            let fits = counts.iter().all(|n| *n <= whole);
            fits.then(|| {
                let shown = marks(whole, &counts);
                let hidden = shown.iter().map(Option::is_none).collect();
                ((whole, shown), counts.clone(), hidden)
            })
        })
    });
    turned_round(all, none_to_four);
}

#[test]
fn who_turns_the_rule_of_closed_classes_round_knows_no_hidden_one_better_than_one_to_four() {
    let all = vectors(4, 8).map(|classes| {
        let whole = classes.iter().sum::<i64>();
        let shown = closed(whole, &classes);
        let hidden = shown.as_ref().map_or(vec![true; 4], |s| s.iter().map(Option::is_none).collect());
        ((whole, shown), classes, hidden)
    });
    // the whole of a table that is not shown at all is one that is shown elsewhere: five or more
    turned_round(all.filter(|((whole, _), ..)| (8..=20).contains(whole)), |p| (1..MINST).all(|n| p.contains(&n)));
}
