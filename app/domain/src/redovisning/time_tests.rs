//! The atoms over time: random years played by the rules, and everything that was ever shown turned against the answers.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// Something that happens to a survey.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Answers of a kön to a period: so many.
    Arrive(usize, Option<Kon>, usize),
    /// The latest answer that waits for a period is taken back, where that is allowed.
    TakeBack(usize),
    /// Answers are looked through.
    Sweep,
    /// The first open period is closed.
    Close,
}

/// An answer: its period, kön, and once published its wave.
#[derive(Clone, Copy, Debug)]
struct Answer {
    period: usize,
    kon: Option<Kon>,
    wave: Option<usize>,
    taken_back: bool,
}

/// A survey that publishes by the rules.
#[derive(Default)]
struct Survey {
    answers: Vec<Answer>,
    /// Periods before this one are closed.
    closed: usize,
    waves: BTreeMap<usize, usize>,
    /// For what is chosen at random.
    seed: u64,
}

impl Survey {
    fn random(&mut self, below: usize) -> usize {
        // Knuth's generator: any will do, it must only not prefer the newest
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).unwrap_or(0) % below.max(1)
    }

    fn waiting(&self, period: usize) -> Vec<usize> {
        let waits = |a: &Answer| a.period == period && a.wave.is_none() && !a.taken_back;
        (0..self.answers.len()).filter(|i| waits(&self.answers[*i])).collect()
    }

    fn waiting_of(&self, period: usize, kon: Option<Kon>) -> Vec<usize> {
        self.waiting(period).into_iter().filter(|i| self.answers[*i].kon == kon).collect()
    }

    fn published(&self, period: usize, kon: Option<Kon>) -> i64 {
        let count = self.answers.iter().filter(|a| a.period == period && a.kon == kon && a.wave.is_some()).count();
        i64::try_from(count).unwrap()
    }

    fn publish(&mut self, mut from: Vec<usize>, n: i64, wave: usize) {
        for _ in 0..n {
            let at = self.random(from.len());
            self.answers[from.swap_remove(at)].wave = Some(wave);
        }
    }

    fn streams(&mut self, period: usize, stage: Stage) {
        for kon in Kon::ALL.map(Some).into_iter().chain([None]) {
            let waiting = self.waiting_of(period, kon);
            let n = slapp(self.published(period, kon), i64::try_from(waiting.len()).unwrap(), stage);
            self.publish(waiting, n, 0);
        }
    }

    fn stage(&self, period: usize) -> Stage {
        if period < self.closed { Stage::Closed } else { Stage::Open }
    }

    fn happen(&mut self, event: Event, periods: usize) {
        match event {
            Event::Arrive(period, kon, n) => {
                self.answers.extend(vec![Answer { period, kon, wave: None, taken_back: false }; n]);
            }
            Event::TakeBack(period) => {
                let Some(last) = self.waiting(period).pop() else { return };
                let kon = self.answers[last].kon;
                let waiting = i64::try_from(self.waiting_of(period, kon).len()).unwrap();
                if may_take_back(self.published(period, kon), waiting, self.stage(period)) {
                    self.answers[last].taken_back = true;
                }
            }
            Event::Sweep => {
                for period in 0..periods {
                    if self.stage(period) == Stage::Open {
                        self.streams(period, Stage::Open);
                        continue;
                    }
                    let waiting = self.waiting(period);
                    let n = slapp(0, i64::try_from(waiting.len()).unwrap(), Stage::Closed);
                    if n > 0 {
                        let wave = *self.waves.entry(period).and_modify(|w| *w += 1).or_insert(1);
                        self.publish(waiting, n, wave);
                    }
                }
            }
            Event::Close if self.closed < periods => {
                self.streams(self.closed, Stage::Closing);
                self.closed += 1;
            }
            Event::Close => {}
        }
    }

    /// The published answers, each with a category of its own, so that a figure tells whom it is made of.
    fn cells(&self) -> Vec<Cell> {
        let cell = |(i, a): (usize, &Answer)| {
            let mut counts = vec![0; self.answers.len()];
            counts[i] = 1;
            Some(Cell { period: a.period, wave: a.wave?, kon: a.kon, counts, closed: a.period < self.closed })
        };
        self.answers.iter().enumerate().filter_map(cell).collect()
    }
}

/// A figure: whom it is made of.
type Figure = BTreeSet<usize>;

fn figures(shown: &Redovisning, periods: usize) -> Vec<(String, Figure)> {
    let mut out = vec![("alla".to_owned(), shown.total().counts), ("ej uppdelade".to_owned(), shown.unsplit().counts)];
    out.extend(shown.by_kon().into_iter().map(|(k, sum)| (k.code().to_owned(), sum.counts)));
    out.extend(shown.by_period().into_iter().map(|r| (format!("{}–{}", r.first, r.last), r.counts)));
    out.extend(
        shown.by_period_and_kon().into_iter().map(|(k, r)| (format!("{}–{} {}", r.first, r.last, k.code()), r.counts)),
    );
    for first in 0..periods {
        for last in first..periods {
            out.push((format!("mellan {first} och {last}"), shown.between(first, last).total().counts));
        }
    }
    let who = |counts: Vec<i64>| counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(i, _)| i).collect();
    out.into_iter().map(|(label, counts)| (label, who(counts))).collect()
}

/// The sizes of the groups of answers that none of the figures tells apart, but for those that no figure holds.
fn told_apart(seen: &[Figure], answers: usize) -> Vec<usize> {
    let mut groups: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    for answer in 0..answers {
        *groups.entry(seen.iter().map(|f| f.contains(&answer)).collect()).or_default() += 1;
    }
    groups.into_iter().filter(|(signature, _)| signature.contains(&true)).map(|(_, n)| n).collect()
}

fn any_event(periods: usize) -> impl Strategy<Value = Event> {
    let kon = prop::sample::select(vec![
        Some(Kon::Kvinna),
        Some(Kon::Kvinna),
        Some(Kon::Kvinna),
        Some(Kon::Man),
        Some(Kon::Man),
        Some(Kon::Annat),
        Some(Kon::VillInteSvara),
        None,
    ]);
    prop_oneof![
        6 => (0..periods, kon, 1usize..7).prop_map(|(period, kon, n)| Event::Arrive(period, kon, n)),
        1 => (0..periods).prop_map(Event::TakeBack),
        3 => Just(Event::Sweep),
        1 => Just(Event::Close),
    ]
}

/// Plays events. Gives the figures of each moment and how many answers there were.
fn play(events: &[Event], seed: u64, periods: usize) -> (Vec<Vec<(String, Figure)>>, usize) {
    let mut survey = Survey { seed, ..Survey::default() };
    let mut moments = Vec::new();
    for event in events {
        survey.happen(*event, periods);
        moments.push(figures(&redovisa(&survey.cells()), periods));
    }
    (moments, survey.answers.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn whoever_has_seen_every_figure_of_every_moment_tells_no_fewer_than_five_apart(
        events in prop::collection::vec(any_event(3), 1..60), seed: u64
    ) {
        let (moments, answers) = play(&events, seed, 3);
        let seen: BTreeSet<Figure> = moments.into_iter().flatten().map(|(_, figure)| figure).collect();
        let seen: Vec<Figure> = seen.into_iter().collect();
        for n in told_apart(&seen, answers) {
            prop_assert!(n >= 5, "{} answers can be told from all others", n);
        }
    }

    #[test]
    fn no_figure_differs_between_two_moments_by_one_to_four_answers(
        events in prop::collection::vec(any_event(3), 1..60), seed: u64
    ) {
        let (moments, _) = play(&events, seed, 3);
        let mut by_label: BTreeMap<String, BTreeSet<Figure>> = BTreeMap::new();
        for (label, figure) in moments.into_iter().flatten() {
            by_label.entry(label).or_default().insert(figure);
        }
        for (label, figures) in by_label {
            for a in &figures {
                for b in &figures {
                    let (more, less) = (a.difference(b).count(), b.difference(a).count());
                    prop_assert!(more == 0 || more >= 5 || less > 0, "{}: {} to {}", label, a.len(), b.len());
                    prop_assert!(more + less == 0 || more + less >= 5, "{}: {} to {}", label, a.len(), b.len());
                }
            }
        }
    }

    #[test]
    fn the_total_never_shrinks_and_grows_by_five_or_more(
        events in prop::collection::vec(any_event(3), 1..60), seed: u64
    ) {
        let (moments, _) = play(&events, seed, 3);
        let totals: Vec<&Figure> = moments.iter().map(|m| &m[0].1).collect();
        for pair in totals.windows(2) {
            prop_assert!(pair[0].is_subset(pair[1]));
            let grown = pair[1].len() - pair[0].len();
            prop_assert!(grown == 0 || grown >= 5);
        }
    }

    #[test]
    fn a_stream_that_has_begun_grows_by_at_least_five_and_ends_so(
        steps in prop::collection::vec((0i64..8, any::<bool>()), 1..40)
    ) {
        let (mut published, mut waiting) = (0, 0);
        for (arrived, sweep) in steps {
            waiting += arrived;
            if sweep {
                let n = slapp(published, waiting, Stage::Open);
                prop_assert!(n == 0 || n >= 5);
                prop_assert!(n == 0 || waiting - n >= 5, "five are left for the closing");
                (published, waiting) = (published + n, waiting - n);
            }
            prop_assert!(published == 0 || waiting >= 5);
        }
        prop_assert_eq!(slapp(published, waiting, Stage::Closing), waiting);
        let late = slapp(published + waiting, 4, Stage::Closed);
        prop_assert_eq!(late, 0);
        prop_assert_eq!(slapp(published + waiting, 5, Stage::Closed), 5);
    }

    #[test]
    fn taking_back_never_leaves_fewer_than_five_beside_published_ones(
        steps in prop::collection::vec((0i64..8, 0u8..3), 1..60)
    ) {
        let (mut published, mut waiting) = (0, 0);
        for (arrived, what) in steps {
            waiting += arrived;
            match what {
                0 => {
                    let n = slapp(published, waiting, Stage::Open);
                    (published, waiting) = (published + n, waiting - n);
                }
                1 if may_take_back(published, waiting, Stage::Open) => waiting -= 1,
                _ => {}
            }
            prop_assert!(published == 0 || waiting >= 5);
            prop_assert!(waiting >= 0);
        }
    }
}

#[test]
fn an_answer_that_nobody_has_seen_may_always_be_taken_back() {
    assert!(may_take_back(0, 1, Stage::Open));
    assert!(may_take_back(20, 6, Stage::Open));
    assert!(!may_take_back(20, 5, Stage::Open));
    assert!(may_take_back(20, 1, Stage::Closed));
    assert!(!may_take_back(0, 0, Stage::Open));
}

/// What the figures of two moments tell apart, least first.
fn attack(moments: &[&[Cell]], answers: usize) -> Vec<usize> {
    let seen: Vec<Figure> = moments.iter().flat_map(|cells| figures(&redovisa(cells), 3)).map(|(_, f)| f).collect();
    let mut groups = told_apart(&seen, answers);
    groups.sort_unstable();
    groups
}

/// Answers `from..to` of an attack with `all` of them.
fn some(all: usize, from: usize, to: usize, period: usize, kon: Kon, closed: bool) -> Cell {
    let counts = (0..all).map(|i| i64::from((from..to).contains(&i))).collect();
    Cell { period, wave: 0, kon: Some(kon), counts, closed }
}

#[test]
fn steps_of_a_period_as_a_whole_would_single_out_a_man_so_each_kon_has_its_own() {
    // five women and a man are published while the month is open; five more men wait; then the month is closed
    let open = [some(11, 0, 5, 0, Kon::Kvinna, false), some(11, 5, 6, 0, Kon::Man, false)];
    let closed = [some(11, 0, 5, 0, Kon::Kvinna, true), some(11, 5, 11, 0, Kon::Man, true)];
    assert_eq!(attack(&[&open, &closed], 11)[0], 1);
    assert_eq!(slapp(0, 5, Stage::Open) + slapp(0, 1, Stage::Open), 0, "so by kön nothing is published yet");
}

#[test]
fn late_answers_added_to_a_closed_period_would_show_by_themselves_so_they_are_a_wave() {
    let month = [some(18, 0, 6, 0, Kon::Kvinna, true), some(18, 6, 12, 0, Kon::Man, true)];
    let mut added = month.to_vec();
    added.extend([some(18, 12, 14, 0, Kon::Kvinna, true), some(18, 14, 18, 0, Kon::Man, true)]);
    assert_eq!(attack(&[&month, &added], 18)[0], 2);
    let wave: Vec<Cell> =
        added.iter().enumerate().map(|(i, c)| Cell { wave: usize::from(i >= 2), ..c.clone() }).collect();
    assert_eq!(attack(&[&month, &wave], 18)[0], 6);
}

#[test]
fn closing_by_the_calendar_before_the_last_answers_are_published_would_show_them_so_it_is_one_act() {
    let open = [some(20, 0, 5, 0, Kon::Kvinna, false), some(20, 5, 10, 0, Kon::Man, false)];
    let midnight = open.clone().map(|c| Cell { closed: true, ..c });
    // one of the men that waited was taken back, three women were all there were
    let one = [
        some(20, 0, 5, 0, Kon::Kvinna, true),
        some(20, 10, 13, 0, Kon::Kvinna, true),
        some(20, 5, 10, 0, Kon::Man, true),
    ];
    assert_eq!(attack(&[&open, &midnight, &one], 20)[0], 3);
}

#[test]
fn an_empty_month_that_gets_late_answers_would_move_all_runs_after_it_so_those_are_a_wave() {
    let before = [some(9, 0, 3, 1, Kon::Man, true), some(9, 3, 7, 2, Kon::Man, true)];
    let mut after = before.to_vec();
    after.push(some(9, 7, 9, 0, Kon::Man, true));
    assert_eq!(attack(&[&before, &after], 9)[0], 2, "the run is another, and what it lacks is shown");
    if let Some(cell) = after.last_mut() {
        cell.wave = 1;
    }
    assert_eq!(attack(&[&before, &after], 9), [7]);
    assert_eq!(slapp(0, 2, Stage::Closed), 0, "and two are not published at all");
}
