//! The promise, attacked: random units, everything assessed anew between two moments, and a solver that knows every figure of
//! both. A figure that is not told of here does not compile.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    tests::{Fall, day, m, release},
    *,
};
use crate::{avvikelse::register::Tomma, skydd::solver::Solver};

/// The cells of a case's kinds: 4 ways of coming from outside or not × 10 of being an avvikelse or not.
mod venn {
    use super::*;

    pub const CELLS: usize = 40;

    pub fn of(what: &Underlag) -> usize {
        let has = |k| what.assessed && what.kinds.has(k);
        let avvikelse = match (has(Kind::Avvikelse), has(Kind::LexSarah), has(Kind::Pui)) {
            (false, ..) => 0,
            (true, false, false) => 1,
            (true, true, false) => 2 + usize::from(what.ivo),
            (true, false, true) => 4 + usize::from(what.imy),
            (true, true, true) => 6 + usize::from(what.ivo) + 2 * usize::from(what.imy),
        };
        avvikelse * 4 + usize::from(has(Kind::Klagomal)) + 2 * usize::from(has(Kind::Synpunkt))
    }

    fn mask(keep: impl Fn(usize, usize) -> bool) -> u64 {
        (0..CELLS).filter(|i| keep(i / 4, i % 4)).fold(0, |set, i| set | 1 << i)
    }

    /// What a kind holds, in the order of [`Kind::ALL`], then IVO and IMY.
    pub fn masks() -> [u64; 7] {
        [
            mask(|a, _| a > 0),
            mask(|a, _| matches!(a, 2 | 3 | 6..)),
            mask(|a, _| a >= 4),
            mask(|_, o| o & 1 != 0),
            mask(|_, o| o & 2 != 0),
            mask(|a, _| matches!(a, 3 | 7 | 9)),
            mask(|a, _| matches!(a, 5 | 8 | 9)),
        ]
    }
}

fn span(start: Manad, first: Manad, last: Manad) -> u64 {
    (first.0..=last.0).fold(0, |set, m| set | 1 << (m - start.0))
}

/// No figure may tell of so many: of one to four, every number from one to four must remain, whatever else remains.
fn is_hidden((least, most): (i64, i64)) -> bool {
    least <= 1 && most >= MINST - 1
}

/// Everything that is known of months by somebody who has read all this: each figure, and how the rule joins.
fn months_known(start: Manad, seen: &[(Redovisat, NaiveDate)]) -> Solver {
    let mut s = Solver::new(64);
    for (seen, today) in seen {
        // a figure that is not told of here does not compile
        let Redovisat { manader, delar, ar: _ } = seen;
        let mut next = start;
        for Manader { first, last, n } in manader {
            assert_eq!(*first, next, "runs follow each other");
            s.know(span(start, *first, *last), *n, *n);
            // it would have been shown earlier, had there been five
            s.know(span(start, *first, Manad(last.0 - 1)), 0, MINST - 1);
            next = last.next();
        }
        s.know(span(start, next, Manad(Manad::of(*today).0 - 1)), 0, MINST - 1);
        for Del { first, last, n, .. } in delar {
            s.know(span(start, *first, *last), *n, *n);
        }
        for year in start.year()..=today.year() {
            let of: u64 =
                manader.iter().filter(|r| r.last.year() == year).fold(0, |set, r| set | span(start, r.first, r.last));
            if let Some(total) = seen.total(year) {
                s.know(of, total, total);
            }
            let rows: i64 = seen.manader(year).iter().map(|(_, n)| n).sum();
            assert_eq!(seen.total(year).unwrap_or(0), rows, "the sum shown is the sum of what is shown");
        }
    }
    s.conclude();
    s
}

/// A table of classes of which a case has one or none, against what it really holds.
fn table_holds(n: i64, table: &Tabell, real: &BTreeMap<String, i64>) -> Result<(), TestCaseError> {
    let Tabell { rader, rest } = table;
    let shown: i64 = rader.iter().map(|(_, n)| n).sum();
    prop_assert_eq!(shown + rest, n);
    prop_assert!(!small(*rest));
    let hidden: Vec<i64> =
        real.iter().filter(|(word, _)| !rader.iter().any(|(w, _)| w == *word)).map(|(_, n)| *n).collect();
    // the hidden classes and the cases that have none
    let mut s = Solver::new(hidden.len() + 1);
    s.know((1 << (hidden.len() + 1)) - 1, *rest, *rest);
    s.conclude();
    for (i, n) in hidden.iter().enumerate() {
        prop_assert!(!small(*n) || is_hidden(s.ends(1 << i)));
    }
    Ok(())
}

/// One part that is shown, against the cases as they were when it was released.
fn part_holds(del: &Del, cases: &[Fall]) -> Result<(), TestCaseError> {
    // a figure that is not told of here does not compile
    let Del { first, last, n, kinds, ivo, imy, orsaker, processer, handelsetyper, tider, klagomal, synpunkter } = del;
    let of: Vec<&Fall> = cases.iter().filter(|c| (*first..=*last).contains(&c.registered)).collect();
    prop_assert_eq!(i64::try_from(of.len()).unwrap(), *n);

    let mut cells = [0_i64; venn::CELLS];
    for c in &of {
        cells[venn::of(&c.what)] += 1;
    }
    let mut s = Solver::new(venn::CELLS);
    s.know((1 << venn::CELLS) - 1, *n, *n);
    let masks = venn::masks();
    let shown: Vec<Option<i64>> = kinds.iter().chain([ivo, imy]).copied().collect();
    for (mask, shown) in masks.iter().zip(&shown) {
        if let Some(n) = shown {
            s.know(*mask, *n, *n);
        }
    }
    s.conclude();
    let all = (1 << venn::CELLS) - 1;
    let real = |mask: u64| (0..venn::CELLS).filter(|i| mask & (1 << i) != 0).map(|i| cells[i]).sum::<i64>();
    for (i, mask) in masks.iter().enumerate() {
        prop_assert!(shown[i].is_none_or(|n| n == real(*mask)));
        // what each holds, what it does not, and what it leaves of the avvikelser and of each other kind
        let others = masks.iter().flat_map(|other| [*mask & other, other & !mask]);
        for cell in [*mask, all & !mask].into_iter().chain(others) {
            prop_assert!(!small(real(cell)) || is_hidden(s.ends(cell)), "{:?} of {:?} in {:?}", s.ends(cell), i, del);
        }
    }

    let count = |o: Orsak| i64::try_from(of.iter().filter(|c| c.orsaker.contains(&o)).count()).unwrap();
    let free = n - orsaker.iter().filter_map(|(_, n)| *n).sum::<i64>();
    for (orsak, shown) in orsaker {
        match shown {
            Some(shown) => {
                prop_assert!(*shown == count(*orsak) && !small(*shown) && !small(n - shown));
            }
            // should no case have two causes, so many are left for each that is hidden
            None => prop_assert!(!small(free), "{del:?}"),
        }
    }

    let by = |word: &dyn Fn(&Fall) -> String| {
        let mut out: BTreeMap<String, i64> = BTreeMap::new();
        of.iter().map(|c| word(c)).filter(|w| !w.is_empty()).for_each(|w| *out.entry(w).or_default() += 1);
        out
    };
    table_holds(*n, processer, &by(&|c| c.what.process.clone()))?;
    table_holds(*n, handelsetyper, &by(&|c| c.what.handelsetyp.clone()))?;
    table_holds(
        *n,
        tider,
        &by(&|c| {
            let found = c.what.lead_days.and_then(|d| TIDER.into_iter().find(|(most, _)| d <= *most));
            found.map_or_else(String::new, |(_, w)| w.to_owned())
        }),
    )?;

    for (kind, table) in [(Kind::Klagomal, klagomal), (Kind::Synpunkt, synpunkter)] {
        let Some(table) = table else { continue };
        let whole = kinds[Kind::ALL.iter().position(|k| *k == kind).unwrap()].unwrap();
        let mut s = Solver::new(table.len());
        s.know((1 << table.len()) - 1, whole, whole);
        for (i, (_, n)) in table.iter().enumerate() {
            let (least, most) = n.map_or((0, MINST - 1), |n| (n, n));
            s.know(1 << i, least, most);
        }
        s.conclude();
        for (i, (kategori, shown)) in table.iter().enumerate() {
            let real =
                of.iter().filter(|c| c.what.assessed && c.what.kinds.has(kind) && c.what.kategori == Some(*kategori));
            let real = i64::try_from(real.count()).unwrap();
            prop_assert!(shown.is_none_or(|n| n == real && !small(n)));
            prop_assert!(!small(real) || is_hidden(s.ends(1 << i)), "{:?} {real} {table:?}", s.ends(1 << i));
        }
    }
    Ok(())
}

fn any_what() -> impl Strategy<Value = (Underlag, Vec<Orsak>)> {
    let kinds = prop_oneof![
        8 => Just(vec![Kind::Avvikelse]),
        2 => Just(vec![Kind::LexSarah]),
        2 => Just(vec![Kind::Pui]),
        1 => Just(vec![Kind::LexSarah, Kind::Pui]),
        3 => Just(vec![Kind::Klagomal]),
        1 => Just(vec![Kind::Synpunkt]),
        1 => Just(vec![Kind::Avvikelse, Kind::Klagomal]),
    ];
    let word = |some: &'static [&'static str]| prop::sample::select(some).prop_map(str::to_owned);
    (
        prop::bool::weighted(0.9),
        kinds,
        prop::sample::select(&Kategori::ALL[..]),
        (any::<bool>(), any::<bool>()),
        word(&["", "A", "A", "A", "B", "B", "C", "D"]),
        word(&["", "", "P", "P", "Q", "R", "S"]),
        prop::option::of(prop::sample::select(vec![3_i64, 10, 20, 40, 80, 200])),
        prop::collection::vec(prop::sample::select(&Orsak::ALL[..]), 0..3),
    )
        .prop_map(|(assessed, kinds, kategori, (ivo, imy), process, handelsetyp, lead_days, mut orsaker)| {
            orsaker.sort_unstable();
            orsaker.dedup();
            let kinds = Kinds::of(&kinds);
            let kategori = kinds.is_from_outside().then_some(kategori);
            (Underlag { assessed, kinds, kategori, ivo, imy, process, handelsetyp, lead_days, n: 1 }, orsaker)
        })
}

/// How many cases come in each of twenty months: units with few and with many.
fn any_months() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![prop::collection::vec(0_usize..5, 20), prop::collection::vec(0_usize..14, 20)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nobody_who_reads_every_figure_of_two_moments_knows_of_one_to_four_cases_more_than_that(
        months in any_months(),
        whats in prop::collection::vec(any_what(), 260),
        again in prop::collection::vec(any_what(), 260),
        moments in (2_u32..20, 1_u32..10),
    ) {
        let start = m(2025, 1);
        let mut whats = whats.into_iter().cycle();
        let cases: Vec<Fall> = months
            .iter()
            .zip(0..)
            .flat_map(|(n, at)| std::iter::repeat_n(Manad(start.0 + at), *n))
            .filter_map(|registered| whats.next().map(|(what, orsaker)| Fall { registered, what, orsaker }))
            .collect();
        let first_of = |at: u32| {
            let month = Manad(start.0 + i64::from(at));
            day(month.year(), month.month(), 1)
        };
        let (then, now) = (first_of(moments.0), first_of(moments.0 + moments.1));
        let there = |until: NaiveDate, all: &[Fall]| -> Vec<Fall> {
            all.iter().filter(|c| c.registered < Manad::of(until)).cloned().collect()
        };
        let early = there(then, &cases);
        let before = release(&[], &early, then);
        // meanwhile everything is assessed anew, and more has come
        let changed: Vec<Fall> = cases
            .iter()
            .zip(again.into_iter().cycle())
            .map(|(c, (what, orsaker))| Fall { registered: c.registered, what, orsaker })
            .collect();
        let late = there(now, &changed);
        let after = release(&before, &late, now);
        prop_assert_eq!(&after[..before.len()], &before[..], "what was released does not move");

        let seen = [(Redovisat::of(before.clone()), then), (Redovisat::of(after.clone()), now)];
        if let Some(first) = cases.first() {
            let start = m(first.registered.year(), 1);
            let known = months_known(start, &seen);
            let mut counts: BTreeMap<Manad, i64> = BTreeMap::new();
            for c in &late {
                *counts.entry(c.registered).or_default() += 1;
            }
            for (month, n) in counts {
                let (least, most) = known.ends(span(start, month, month));
                // where a run ends is told by the rule: its last month may be known to be two to six, never to fewer numbers
                prop_assert!(!small(n) || most - least >= MINST - 2, "{month:?}: {least}–{most}");
            }
        }
        for del in &seen[0].0.delar {
            part_holds(del, &early)?;
        }
        for del in seen[1].0.delar.iter().filter(|d| !seen[0].0.delar.contains(d)) {
            part_holds(del, &late)?;
        }
    }

    #[test]
    fn a_year_from_before_tells_of_no_kind_with_one_to_four_more_than_that(
        parts in prop::array::uniform3(0_i64..14), lex in 0_i64..14, pui in 0_i64..14, ivo in 0_i64..14
    ) {
        let [avvikelse, klagomal, synpunkt] = parts;
        let (lex, pui) = (lex.min(avvikelse), pui.min(avvikelse));
        let counts = Counts {
            total: parts.iter().sum(),
            kinds: [avvikelse, lex, pui, klagomal, synpunkt],
            ivo: ivo.min(lex),
            imy: 0,
            ..Counts::default()
        };
        if let Some(Ar { year: _, n, kinds, ivo: to_ivo, imy, delvis: _ }) = Ar::new(2020, &counts) {
            // these three are known not to overlap
            let mut s = Solver::new(3);
            s.know(0b111, n, n);
            for (i, at) in [0, 3, 4].into_iter().enumerate() {
                if let Some(n) = kinds[at] {
                    s.know(1 << i, n, n);
                }
            }
            s.conclude();
            for (i, real) in parts.into_iter().enumerate() {
                prop_assert!(!small(real) || is_hidden(s.ends(1 << i)), "{counts:?} {kinds:?}");
            }
            for (whole, part, real) in
                [(kinds[0], kinds[1], lex), (kinds[0], kinds[2], pui), (kinds[1], to_ivo, counts.ivo), (kinds[2], imy, 0)]
            {
                prop_assert!(part.is_none_or(|p| p == real && !small(p) && !small(whole.unwrap() - p)));
            }
        }
    }

    #[test]
    fn what_nobody_knows_of_a_year_from_before_is_not_shown_and_hides_no_less(
        parts in prop::array::uniform3(0_i64..14), lex in 0_i64..14, pui in 0_i64..14,
        blank in prop::array::uniform5(any::<bool>())
    ) {
        let [avvikelse, klagomal, synpunkt] = parts;
        let (lex, pui) = (lex.min(avvikelse), pui.min(avvikelse));
        let real = [avvikelse, lex, pui, klagomal, synpunkt];
        let known = Counts { total: parts.iter().sum(), kinds: real, ..Counts::default() };
        let counts = Counts { tomma: Tomma { kinds: blank, ivo: true, imy: true }, ..known };
        // one to four of a kind that is blank are in no sum
        let among = |i: usize| if blank[[0, 3, 4][i]] && small(parts[i]) { 0 } else { parts[i] };
        let told: i64 = (0..3).map(among).sum();
        prop_assert_eq!(Ar::new(2020, &counts).is_some(), known.total == 0 || told >= MINST);
        if let Some(without) = Ar::new(2020, &counts) {
            prop_assert_eq!((without.n, without.ivo, without.imy), (told, None, None));
            for ((n, real), blank) in without.kinds.into_iter().zip(real).zip(blank) {
                prop_assert!(n.is_none_or(|n| n == real && !small(n) && !blank));
            }
        }
    }

    #[test]
    fn who_kept_a_year_with_blanks_knows_of_no_kind_with_one_to_four_when_the_blanks_are_given(
        parts in prop::array::uniform3(0_i64..14), more in prop::array::uniform3(0_i64..14),
        blank in prop::array::uniform3(any::<bool>())
    ) {
        // what was not known was at least some, and is given later as some more
        let tomma = Tomma { kinds: [blank[0], false, false, blank[1], blank[2]], ..Tomma::default() };
        let counts = |[a, k, s]: [i64; 3], tomma| {
            Counts { total: a + k + s, kinds: [a, 0, 0, k, s], tomma, ..Counts::default() }
        };
        let all: [i64; 3] = std::array::from_fn(|i| parts[i] + if blank[i] { more[i] } else { 0 });
        let (first, second) = (Ar::new(2020, &counts(parts, tomma)), Ar::new(2020, &counts(all, Tomma::default())));
        if let (Some(first), Some(second)) = (first, second) {
            prop_assume!(first.may_become(&second));
            let mut then = Solver::new(3);
            then.know(0b111, first.n, first.n);
            for (i, at) in [0, 3, 4].into_iter().enumerate() {
                // what is shown later of a kind that was not blank was so then too
                for n in [first.kinds[at], second.kinds[at].filter(|_| !blank[i])].into_iter().flatten() {
                    then.know(1 << i, n, n);
                }
            }
            then.conclude();
            for (i, least) in parts.into_iter().enumerate() {
                let (low, high) = then.ends(1 << i);
                prop_assert!(!(low == high && small(low)), "{parts:?} {all:?}: {least} of {i} is {low}");
            }
        }
    }
}
