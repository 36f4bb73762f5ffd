//! The atoms over time: random years played by the rules, and everything that was ever shown turned against the answers.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

/// Something that happens to a survey.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Answers of a kön to a period, entered by somebody: so many.
    Arrive(usize, Option<Kon>, usize, usize),
    /// The latest answer that waits for a period is taken back.
    TakeBack(usize),
    /// Answers are looked through.
    Sweep,
    /// The first open period is closed.
    Close,
}

/// An answer: its period, kön, who entered it, and once published its wave.
#[derive(Clone, Copy, Debug)]
struct Answer {
    period: usize,
    kon: Option<Kon>,
    by: usize,
    wave: Option<usize>,
    taken_back: bool,
}

/// A survey that publishes by the rules.
#[derive(Default)]
struct Survey {
    answers: Vec<Answer>,
    periods: usize,
    /// Periods before this one are closed.
    closed: usize,
    waves: BTreeMap<usize, usize>,
    /// Whether the kön of what a person has entered is known to whoever looks through.
    exact: bool,
    /// The most that each person can have entered of what waits, by period: as the store keeps it when kön is not known.
    most: BTreeMap<(usize, usize), i64>,
    /// Whether something was published at the end that may be of fewer than three persons.
    thin: bool,
}

fn person(by: usize) -> Uuid {
    Uuid::from_u128(by as u128 + 1)
}

impl Survey {
    fn waiting(&self, period: usize) -> Vec<usize> {
        let waits = |a: &Answer| a.period == period && a.wave.is_none() && !a.taken_back;
        (0..self.answers.len()).filter(|i| waits(&self.answers[*i])).collect()
    }

    fn entered(&self, period: usize) -> Inmatare {
        let mut out = Inmatare::default();
        if self.exact {
            for i in self.waiting(period) {
                let answer = self.answers[i];
                *out.by_kon.entry(answer.kon).or_default().entry(person(answer.by)).or_default() += 1;
            }
        } else {
            out.any = self.most.iter().filter(|(k, _)| k.0 == period).map(|(k, n)| (person(k.1), *n)).collect();
        }
        out
    }

    /// Publishes of a period what may be published.
    fn look(&mut self, period: usize, stage: Stage, late: bool) {
        let waiting = self.waiting(period);
        let mut n: BTreeMap<Option<Kon>, i64> = BTreeMap::new();
        for i in &waiting {
            *n.entry(self.answers[*i].kon).or_default() += 1;
        }
        let slapp = slapp(&n, &self.entered(period), stage);
        self.thin |= slapp.thin;
        if slapp.own.is_empty() && slapp.together.is_empty() {
            return;
        }
        let wave = if late { *self.waves.entry(period).and_modify(|w| *w += 1).or_insert(1) } else { 0 };
        for i in waiting {
            let answer = &mut self.answers[i];
            if slapp.own.contains(&answer.kon) {
                answer.wave = Some(wave);
            } else if slapp.together.contains(&answer.kon) {
                (answer.wave, answer.kon) = (Some(wave), None);
            }
        }
        let left = i64::try_from(self.waiting(period).len()).unwrap();
        self.most.iter_mut().filter(|(k, _)| k.0 == period).for_each(|(_, most)| *most = (*most).min(left));
    }

    /// What waits for a period waits for another.
    fn carry(&mut self, from: usize, to: usize) {
        for i in self.waiting(from) {
            self.answers[i].period = to;
        }
        for by in 0..5 {
            let n = self.most.remove(&(from, by)).unwrap_or(0);
            *self.most.entry((to, by)).or_default() += n;
        }
    }

    fn happen(&mut self, event: Event) {
        let last = self.periods - 1;
        match event {
            Event::Arrive(period, kon, by, n) => {
                self.answers.extend(vec![Answer { period, kon, by, wave: None, taken_back: false }; n]);
                *self.most.entry((period, by)).or_default() += i64::try_from(n).unwrap();
            }
            Event::TakeBack(period) => {
                if let Some(last) = self.waiting(period).pop() {
                    self.answers[last].taken_back = true;
                    *self.most.entry((period, self.answers[last].by)).or_default() -= 1;
                }
            }
            Event::Sweep => {
                for period in self.closed..self.periods {
                    self.look(period, if period == last { Stage::OpenLast } else { Stage::Open }, false);
                }
                if self.closed == self.periods {
                    (0..last).for_each(|period| self.carry(period, last));
                    self.look(last, Stage::Last, true);
                } else {
                    (0..self.closed).for_each(|period| self.look(period, Stage::Ended, true));
                }
            }
            Event::Close if self.closed < self.periods => {
                let period = self.closed;
                (0..period).for_each(|before| self.carry(before, period));
                let begun = self.answers.iter().any(|a| a.period == period && a.wave.is_some());
                let stage = if begun { Stage::Ended } else { Stage::Whole };
                self.look(period, if period == last { Stage::Last } else { stage }, false);
                if period < last {
                    self.carry(period, period + 1);
                }
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

/// The groups of answers that none of the figures tells apart, but for those that no figure holds.
fn told_apart(seen: &[Figure], answers: usize) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
    for answer in 0..answers {
        groups.entry(seen.iter().map(|f| f.contains(&answer)).collect()).or_default().push(answer);
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
        6 => (0..periods, kon, 0usize..5, 1usize..7).prop_map(|(period, kon, by, n)| Event::Arrive(period, kon, by, n)),
        1 => (0..periods).prop_map(Event::TakeBack),
        3 => Just(Event::Sweep),
        1 => Just(Event::Close),
    ]
}

/// Plays events. Gives the figures of each moment, and the survey as it then is.
fn play(events: &[Event], exact: bool, periods: usize) -> (Vec<Vec<(String, Figure)>>, Survey) {
    let mut survey = Survey { periods, exact, ..Survey::default() };
    let mut moments = Vec::new();
    for event in events {
        survey.happen(*event);
        moments.push(figures(&redovisa(&survey.cells()), periods));
    }
    (moments, survey)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn whoever_has_seen_every_figure_of_every_moment_tells_no_fewer_than_five_apart_and_not_of_fewer_than_three_persons(
        events in prop::collection::vec(any_event(3), 1..60), exact: bool
    ) {
        let (moments, survey) = play(&events, exact, 3);
        let seen: BTreeSet<Figure> = moments.into_iter().flatten().map(|(_, figure)| figure).collect();
        let seen: Vec<Figure> = seen.into_iter().collect();
        for group in told_apart(&seen, survey.answers.len()) {
            prop_assert!(group.len() >= 5, "{} answers can be told from all others", group.len());
            let by: BTreeSet<usize> = group.iter().map(|i| survey.answers[*i].by).collect();
            prop_assert!(by.len() >= 3 || survey.thin, "of {} persons only: {:?}", by.len(), group);
        }
    }

    #[test]
    fn no_figure_differs_between_two_moments_by_one_to_four_answers(
        events in prop::collection::vec(any_event(3), 1..60), exact: bool
    ) {
        let (moments, _) = play(&events, exact, 3);
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
        events in prop::collection::vec(any_event(3), 1..60), exact: bool
    ) {
        let (moments, _) = play(&events, exact, 3);
        let totals: Vec<&Figure> = moments.iter().map(|m| &m[0].1).collect();
        for pair in totals.windows(2) {
            prop_assert!(pair[0].is_subset(pair[1]));
            let grown = pair[1].len() - pair[0].len();
            prop_assert!(grown == 0 || grown >= 5);
        }
    }
}

/// So many answers of each kön, entered by these persons.
fn pool(of: &[(Option<Kon>, &[i64])]) -> (BTreeMap<Option<Kon>, i64>, Inmatare) {
    let mut entered = Inmatare::default();
    for (kon, by) in of {
        entered.by_kon.insert(*kon, by.iter().enumerate().map(|(i, n)| (person(i), *n)).collect());
    }
    (of.iter().map(|(kon, by)| (*kon, by.iter().sum())).collect(), entered)
}

fn slapp_of(of: &[(Option<Kon>, &[i64])], stage: Stage) -> Slapp {
    let (waiting, entered) = pool(of);
    slapp(&waiting, &entered, stage)
}

const KVINNA: Option<Kon> = Some(Kon::Kvinna);
const MAN: Option<Kon> = Some(Kon::Man);

#[test]
fn one_who_adds_four_answers_of_her_own_cannot_isolate_a_colleagues_late_one() {
    for stage in [Stage::Open, Stage::Whole, Stage::Ended] {
        assert_eq!(slapp_of(&[(KVINNA, &[4, 1])], stage), Slapp::default(), "{stage:?}");
        assert_eq!(slapp_of(&[(KVINNA, &[40, 1])], stage), Slapp::default(), "{stage:?}: nor forty");
        assert_eq!(slapp_of(&[(KVINNA, &[3, 1, 1])], stage).own, [KVINNA], "{stage:?}: of three persons");
    }
}

#[test]
fn nor_when_others_answers_of_another_kon_are_published_beside_them() {
    let late = slapp_of(&[(KVINNA, &[4, 1]), (MAN, &[0, 0, 3, 3, 1])], Stage::Ended);
    assert_eq!((late.own, late.together), (vec![MAN], vec![]), "her four and the one would be the women of the month");
}

#[test]
fn who_does_not_know_the_kon_of_what_somebody_has_entered_counts_all_of_it() {
    let waiting = BTreeMap::from([(KVINNA, 9), (MAN, 5)]);
    let any = BTreeMap::from([(person(0), 4), (person(1), 4), (person(2), 3), (person(3), 3)]);
    let entered = Inmatare { any, ..Inmatare::default() };
    assert_eq!(slapp(&waiting, &entered, Stage::Open).own, [KVINNA], "two can have entered eight of the nine, not all");
}

#[test]
fn a_month_with_too_little_waits_for_the_next_and_at_the_end_all_that_is_left_is_shown_together() {
    let little: [(Option<Kon>, &[i64]); 2] = [(KVINNA, &[2, 1]), (MAN, &[2, 1])];
    assert_eq!(slapp_of(&little, Stage::Ended), Slapp::default());
    let end = slapp_of(&little, Stage::Last);
    assert_eq!((end.own, end.together, end.thin), (vec![], vec![KVINNA, MAN], true));
    let few = slapp_of(&[(KVINNA, &[2, 2, 2]), (MAN, &[1])], Stage::Last);
    assert_eq!(
        (few.own, few.together, few.thin),
        (vec![], vec![KVINNA, MAN], false),
        "one man is not shown by himself"
    );
    assert_eq!(slapp_of(&[(MAN, &[2, 2])], Stage::Last), Slapp::default(), "nor four alone, ever");
}

#[test]
fn a_month_of_which_nothing_was_shown_is_shown_whole_if_it_can_be_and_kon_only_where_nobody_is_left_over() {
    let month: [(Option<Kon>, &[i64]); 2] = [(KVINNA, &[10, 8, 8]), (MAN, &[2, 1, 1])];
    let whole = slapp_of(&month, Stage::Whole);
    assert_eq!((whole.own, whole.together), (vec![], vec![KVINNA, MAN]));
    let begun = slapp_of(&month, Stage::Ended);
    assert_eq!((begun.own, begun.together), (vec![KVINNA], vec![]), "the men are joined with those of the next");
}

#[test]
fn in_the_last_month_something_is_left_that_the_end_can_be_shown_with() {
    let three: &[i64] = &[2, 2, 1];
    assert_eq!(slapp_of(&[(KVINNA, three)], Stage::OpenLast), Slapp::default());
    assert_eq!(slapp_of(&[(KVINNA, three), (MAN, three)], Stage::OpenLast).own.len(), 1);
    assert_eq!(slapp_of(&[(KVINNA, three), (MAN, three)], Stage::Open).own.len(), 2);
}

#[test]
fn on_paper_it_does_not_matter_who_types_but_beside_calls_it_makes_nobody_three() {
    let paper = |n, calls: &[i64]| {
        let by_person = calls.iter().enumerate().map(|(i, n)| (person(i), *n)).chain([(PAPPER, n)]).collect();
        let waiting = BTreeMap::from([(MAN, n + calls.iter().sum::<i64>())]);
        slapp(&waiting, &Inmatare { by_kon: BTreeMap::from([(MAN, by_person)]), any: Antal::new() }, Stage::Ended)
    };
    assert_eq!(paper(5, &[]).own, [MAN], "one person has typed them all in");
    assert_eq!(paper(4, &[]), Slapp::default());
    assert_eq!(paper(1, &[4]), Slapp::default(), "who entered the four calls would read the one on paper");
    assert_eq!(paper(2, &[4]).own, [MAN]);
}

/// What the figures of two moments tell apart, least first.
fn attack(moments: &[&[Cell]], answers: usize) -> Vec<usize> {
    let seen: Vec<Figure> = moments.iter().flat_map(|cells| figures(&redovisa(cells), 3)).map(|(_, f)| f).collect();
    let mut groups: Vec<usize> = told_apart(&seen, answers).into_iter().map(|g| g.len()).collect();
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
    let by_kon = slapp_of(&[(KVINNA, &[2, 2, 1]), (MAN, &[1])], Stage::Open);
    assert_eq!(by_kon.own, [KVINNA], "so the man waits");
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
    assert_eq!(slapp_of(&[(MAN, &[1, 1])], Stage::Ended), Slapp::default(), "and two are not published at all");
}
