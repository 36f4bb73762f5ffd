//! Step: how many of the answers that wait are published now, so that watching figures change tells nothing.

use super::MINST;

/// Where a period stands when its answers are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// More answers are awaited. Looked through for each kön by itself.
    Open,
    /// It is being closed in this transaction. Looked through for each kön by itself.
    Closing,
    /// It was closed before. Looked through for all köns together: what is published is a wave of its own.
    Closed,
}

/// How many of the `waiting` answers are published now, where `published` were before: chosen at random, the newest no
/// less than others. `published` and `waiting` are those of one stream (see [`Stage`]).
///
/// - Open: all but five, when that is at least five. The five that stay are what the closing adds.
/// - Closing: all, also fewer than five if none were published: the figures then see to it. (One to four beside published
///   ones can only be where an answer was taken back against [`may_take_back`]; they wait for a wave.)
/// - Closed: all, when they are at least five.
#[must_use]
pub fn slapp(published: i64, waiting: i64, stage: Stage) -> i64 {
    let waiting = waiting.max(0);
    match stage {
        Stage::Open if waiting < 2 * MINST => 0,
        Stage::Open => waiting - MINST,
        Stage::Closing if published > 0 && waiting < MINST => 0,
        Stage::Closed if waiting < MINST => 0,
        Stage::Closing | Stage::Closed => waiting,
    }
}

/// Whether an answer that waits may be taken back, where its stream has `published` and `waiting` ones, itself among them.
/// Of a kön that has been shown, at least five must be left to add when the period is closed.
#[must_use]
pub fn may_take_back(published: i64, waiting: i64, stage: Stage) -> bool {
    waiting > 0 && (published <= 0 || waiting > MINST || stage == Stage::Closed)
}
