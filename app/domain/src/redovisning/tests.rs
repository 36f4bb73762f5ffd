//! The atoms of a moment: the rules by example, and attacks on everything that is shown.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn cell(period: usize, kon: Kon, n: i64) -> Cell {
    Cell { period, kon: Some(kon), counts: vec![n], closed: true, ..Cell::default() }
}

fn kinds(cells: &[Cell]) -> Vec<(usize, usize, Option<Kon>, i64)> {
    redovisa(cells).atoms.iter().map(|a| (a.first, a.last, a.kon, size(&a.counts))).collect()
}

use Kon::{Annat, Kvinna, Man, VillInteSvara};

#[test]
fn a_closed_period_is_parted_by_kon_where_each_has_five() {
    assert_eq!(kinds(&[cell(0, Kvinna, 20), cell(0, Man, 5)]), [(0, 0, Some(Kvinna), 20), (0, 0, Some(Man), 5)]);
}

#[test]
fn a_single_answer_of_a_kon_takes_the_smallest_other_kon_with_it() {
    let atoms = kinds(&[cell(0, Kvinna, 20), cell(0, Man, 6), cell(0, Annat, 1)]);
    assert_eq!(atoms, [(0, 0, Some(Kvinna), 20), (0, 0, None, 7)]);
}

#[test]
fn two_small_kons_that_are_five_together_hide_nobody_else() {
    let atoms = kinds(&[cell(0, Kvinna, 20), cell(0, Man, 6), cell(0, Annat, 2), cell(0, VillInteSvara, 3)]);
    assert_eq!(atoms, [(0, 0, Some(Kvinna), 20), (0, 0, Some(Man), 6), (0, 0, None, 5)]);
}

#[test]
fn with_two_kons_of_which_one_is_small_there_is_only_a_total() {
    assert_eq!(kinds(&[cell(0, Kvinna, 20), cell(0, Man, 4)]), [(0, 0, None, 24)]);
    assert_eq!(kinds(&[cell(0, Kvinna, 4), cell(0, Man, 4)]), [(0, 0, None, 8)]);
}

#[test]
fn an_answer_without_kon_is_of_the_rest() {
    let unknown = Cell { kon: None, ..cell(0, Kvinna, 9) };
    assert_eq!(kinds(&[cell(0, Kvinna, 20), unknown.clone()]), [(0, 0, Some(Kvinna), 20), (0, 0, None, 9)]);
    assert_eq!(kinds(&[unknown]), [(0, 0, None, 9)]);
}

#[test]
fn small_periods_are_put_together_with_those_after_them_and_parted_as_a_whole() {
    let cells =
        [cell(0, Kvinna, 3), cell(1, Man, 1), cell(3, Kvinna, 2), cell(3, Man, 4), cell(4, Man, 7), cell(5, Man, 4)];
    assert_eq!(kinds(&cells), [(0, 3, Some(Kvinna), 5), (0, 3, Some(Man), 5), (4, 4, Some(Man), 7)]);
    assert_eq!(redovisa(&cells).waiting, 4);
}

#[test]
fn a_period_without_answers_is_in_no_label() {
    let cells = [cell(0, Man, 0), cell(1, Man, 2), cell(2, Man, 0), cell(3, Man, 3), cell(4, Man, 0)];
    assert_eq!(kinds(&cells), [(1, 3, Some(Man), 5)]);
    assert_eq!(kinds(&[]), []);
}

#[test]
fn an_open_period_is_one_group_without_kon_when_it_has_five() {
    let open = |kon, n| Cell { closed: false, ..cell(1, kon, n) };
    let cells = [cell(0, Man, 3), open(Kvinna, 10), open(Man, 15)];
    let shown = redovisa(&cells);
    assert_eq!(kinds(&cells), [(1, 1, None, 25)], "and the small period before it waits");
    assert!(shown.atoms[0].open && shown.by_period()[0].open);
    assert_eq!((shown.waiting, shown.total().n, shown.unsplit().n), (3, 25, 25));
    assert_eq!(shown.by_kon(), []);
    assert_eq!(redovisa(&[open(Man, 4)]).waiting, 4);
}

#[test]
fn a_period_that_is_closed_before_an_earlier_one_waits_for_it() {
    let cells = [Cell { closed: false, ..cell(0, Man, 9) }, cell(1, Man, 30)];
    assert_eq!(kinds(&cells), [(0, 0, None, 9)]);
    assert_eq!(redovisa(&cells).waiting, 30);
}

#[test]
fn what_comes_late_stands_beside_its_period_and_moves_nothing() {
    let late = |wave, kon, n| Cell { wave, ..cell(0, kon, n) };
    let before = [cell(0, Kvinna, 3), cell(1, Kvinna, 9), cell(1, Man, 3)];
    let mut cells = before.to_vec();
    cells.extend([late(1, Man, 5), late(1, Kvinna, 1), late(2, Man, 3)]);
    assert_eq!(kinds(&before), [(0, 1, None, 15)]);
    assert_eq!(kinds(&cells), [(0, 1, None, 15), (0, 0, None, 6)].into_iter().rev().collect::<Vec<_>>());
    let shown = redovisa(&cells);
    assert_eq!(shown.by_period().iter().map(|r| (r.first, r.last, r.n)).collect::<Vec<_>>(), [(0, 1, 21)]);
    assert_eq!(shown.waiting, 3);
    cells.push(late(3, Man, 2));
    assert_eq!(kinds(&cells)[1], (0, 0, Some(Man), 5), "two small waves of a period are put together");
}

#[test]
fn figures_add_up_to_each_other() {
    let shown = redovisa(&[
        Cell { counts: vec![10, 4, 1], ..cell(0, Kvinna, 0) },
        Cell { counts: vec![2, 4], ..cell(0, Man, 0) },
        Cell { counts: vec![7, 0, 0], ..cell(1, Kvinna, 0) },
        Cell { counts: vec![0, 1, 0], ..cell(1, Annat, 0) },
    ]);
    assert_eq!(shown.total(), Sum { counts: vec![19, 9, 1], n: 29 });
    assert_eq!(
        shown.by_kon(),
        [(Kvinna, Sum { counts: vec![10, 4, 1], n: 15 }), (Man, Sum { counts: vec![2, 4, 0], n: 6 })]
    );
    assert_eq!(shown.unsplit(), Sum { counts: vec![7, 1, 0], n: 8 });
    let runs: Vec<_> = shown.by_period().into_iter().map(|r| (r.first, r.last, r.n)).collect();
    assert_eq!(runs, [(0, 0, 21), (1, 1, 8)]);
    let men: Vec<_> = shown.by_period_and_kon().into_iter().filter(|(k, _)| *k == Man).map(|(_, r)| r.n).collect();
    assert_eq!(men, [6]);
    assert_eq!(shown.between(1, 5).total().n, 8);
    assert_eq!(shown.between(2, 5).total(), Sum { counts: vec![0, 0, 0], n: 0 });
}

#[test]
fn counts_that_cannot_be_are_none_and_nothing_overflows() {
    assert_eq!(kinds(&[cell(0, Man, -7), cell(0, Kvinna, 6)]), [(0, 0, Some(Kvinna), 6)]);
    let huge = redovisa(&[cell(0, Man, i64::MAX), cell(1, Man, i64::MAX), cell(2, Kvinna, 3)]);
    assert_eq!(huge.total().n, i64::MAX);
}

/// Everything that is shown.
fn figures(shown: &Redovisning, periods: usize) -> Vec<Vec<i64>> {
    let mut out = vec![shown.total().counts, shown.unsplit().counts];
    out.extend(shown.by_kon().into_iter().map(|(_, sum)| sum.counts));
    out.extend(shown.by_period().into_iter().map(|run| run.counts));
    out.extend(shown.by_period_and_kon().into_iter().map(|(_, run)| run.counts));
    for first in 0..periods {
        for last in first..periods {
            let part = shown.between(first, last);
            out.push(part.total().counts);
            out.push(part.unsplit().counts);
            out.extend(part.by_kon().into_iter().map(|(_, sum)| sum.counts));
        }
    }
    out
}

/// Cells with a category of its own for each, so that a figure tells which cells it is made of.
fn marked(cells: Vec<(usize, usize, Option<Kon>, i64)>, closed: usize) -> Vec<Cell> {
    let all = cells.len();
    let cell = |(i, (period, wave, kon, n)): (usize, (usize, usize, Option<Kon>, i64))| {
        let closed = period < closed;
        let mut counts = vec![0; all];
        // an open period has streams of none or at least five
        counts[i] = if closed || n >= MINST { n } else { 0 };
        Cell { period, wave: if closed { wave } else { 0 }, kon, counts, closed }
    };
    cells.into_iter().enumerate().map(cell).collect()
}

fn any_kon() -> impl Strategy<Value = Option<Kon>> {
    prop::sample::select(vec![Some(Kvinna), Some(Kvinna), Some(Man), Some(Man), Some(Annat), Some(VillInteSvara), None])
}

fn any_cells(periods: usize) -> impl Strategy<Value = Vec<Cell>> {
    let n = prop_oneof![0i64..8, 0i64..3, 5i64..30];
    let wave = prop_oneof![3 => Just(0usize), 1 => 1usize..3];
    let cell = (0..periods, wave, any_kon(), n);
    (prop::collection::vec(cell, 0..14), 0..=periods).prop_map(|(cells, closed)| marked(cells, closed))
}

/// The group of a vector of coefficients, if it is one: every cell wholly in or wholly out.
fn group(vector: &[i64], sizes: &[i64]) -> Option<i64> {
    vector.iter().zip(sizes).all(|(v, n)| *v == 0 || v == n).then(|| vector.iter().sum())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_atom_has_five_and_no_answer_is_in_two(cells in any_cells(5)) {
        let shown = redovisa(&cells);
        let sizes: Vec<i64> = cells.iter().map(|c| c.counts.iter().sum()).collect();
        let mut sum = vec![0; cells.len()];
        for atom in &shown.atoms {
            prop_assert!(size(&atom.counts) >= MINST);
            add(&mut sum, &atom.counts);
        }
        prop_assert!(group(&sum, &sizes).is_some());
        prop_assert_eq!(size(&sum) + shown.waiting, sizes.iter().sum::<i64>());
    }

    #[test]
    fn the_parts_of_what_is_shown_are_together_the_whole(cells in any_cells(5)) {
        let shown = redovisa(&cells);
        let total = shown.total().counts;
        let sum = |parts: Vec<Vec<i64>>| {
            let mut sum = vec![0; total.len()];
            for part in &parts {
                add(&mut sum, part);
            }
            sum
        };
        prop_assert_eq!(&sum(shown.by_period().into_iter().map(|r| r.counts).collect()), &total);
        let mut kons: Vec<Vec<i64>> = shown.by_kon().into_iter().map(|(_, s)| s.counts).collect();
        kons.push(shown.unsplit().counts);
        prop_assert_eq!(&sum(kons), &total);
        for (kon, of) in shown.by_kon() {
            let runs = shown.by_period_and_kon().into_iter().filter(|(k, _)| *k == kon).map(|(_, r)| r.counts).collect();
            prop_assert_eq!(&sum(runs), &of.counts);
        }
        let mut end = None;
        for run in shown.by_period() {
            prop_assert!(end.is_none_or(|e| e < run.first) && run.first <= run.last, "runs do not overlap");
            end = Some(run.last);
        }
    }

    #[test]
    fn every_figure_is_none_or_of_at_least_five_and_a_union_of_atoms(cells in any_cells(5)) {
        let shown = redovisa(&cells);
        for figure in figures(&shown, 5) {
            let n = size(&figure);
            prop_assert!(n == 0 || n >= MINST);
            // the atoms that it meets, added, are the figure itself
            let mut sum = vec![0; figure.len()];
            for atom in &shown.atoms {
                if atom.counts.iter().zip(&figure).any(|(a, f)| *a > 0 && *f > 0) {
                    add(&mut sum, &atom.counts);
                }
            }
            prop_assert_eq!(sum, figure);
        }
    }

    #[test]
    fn the_atoms_of_the_past_do_not_change_when_a_later_period_closes_or_late_answers_come(
        cells in any_cells(5), more in prop::collection::vec((any_kon(), 0i64..30), 0..5), late in 5i64..12,
    ) {
        let closed: Vec<Cell> = cells.iter().filter(|c| c.closed).cloned().collect();
        let before = redovisa(&closed);
        let mut after = closed.clone();
        after.extend(more.into_iter().map(|(kon, n)| Cell { period: 5, kon, counts: vec![n], closed: true, wave: 0 }));
        after.extend([9, 10].map(|wave| Cell { period: 2, kon: Some(Man), counts: vec![late], closed: true, wave }));
        after.push(Cell { period: 6, kon: None, counts: vec![50], ..Cell::default() });
        let after = redovisa(&after);
        for atom in &before.atoms {
            let still = after.atoms.iter().any(|a| (a.first, a.last, a.kon) == (atom.first, atom.last, atom.kon)
                && a.counts.iter().zip(&atom.counts).all(|(x, y)| x == y));
            prop_assert!(still, "{:?}", atom);
        }
    }

    #[test]
    fn the_order_of_cells_does_not_matter(cells in any_cells(5).prop_shuffle_pair()) {
        prop_assert_eq!(redovisa(&cells.0).atoms, redovisa(&cells.1).atoms);
    }
}

/// The same cells in two orders.
trait ShufflePair {
    fn prop_shuffle_pair(self) -> BoxedStrategy<(Vec<Cell>, Vec<Cell>)>;
}

impl<S: Strategy<Value = Vec<Cell>> + 'static> ShufflePair for S {
    fn prop_shuffle_pair(self) -> BoxedStrategy<(Vec<Cell>, Vec<Cell>)> {
        self.prop_flat_map(|cells| (Just(cells.clone()), Just(cells).prop_shuffle())).boxed()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_four_figures_added_and_subtracted_give_a_group_of_one_to_four(cells in any_cells(4)) {
        let shown = redovisa(&cells);
        let sizes: Vec<i64> = cells.iter().map(|c| c.counts.iter().sum()).collect();
        let distinct: Vec<Vec<i64>> = figures(&shown, 4).into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        // coefficients −1, 0, 1 for four figures, the same one allowed twice; `left` more may be added
        let mut stack: Vec<(usize, i64, Vec<i64>)> = vec![(0, 4, vec![0; cells.len()])];
        while let Some((from, left, vector)) = stack.pop() {
            if let Some(n) = group(&vector, &sizes) {
                prop_assert!(n == 0 || n >= MINST, "{} answers: {:?}", n, vector);
            }
            let left = left - 1;
            if left < 0 {
                continue;
            }
            for (i, figure) in distinct.iter().enumerate().skip(from) {
                for sign in [1, -1] {
                    let next: Vec<i64> = vector.iter().zip(figure).map(|(v, f)| v + sign * f).collect();
                    // what so few figures cannot make a group of is not looked into
                    if next.iter().zip(&sizes).all(|(v, n)| (-left * n..=(left + 1) * n).contains(v)) {
                        stack.push((i, left, next));
                    }
                }
            }
        }
    }
}
