//! Text: amounts in running text, held against the account that the text is about. "53 280 miljoner kronor" over a table in tkr
//! is the same figures in another unit, and that is asked about.

use super::enhet::Enhet;
use crate::{number, tal::Tal};

/// An amount of a text that has the figures of one of the account and another unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FelEnhet {
    /// Its figures.
    pub tal: Tal,
    /// The unit that the text says.
    pub skriven: Enhet,
    /// The unit of the account.
    pub konto: Enhet,
}

impl FelEnhet {
    /// `I texten står 53 280 mnkr. Budgeten är i tkr: är det 53 280 tkr?`
    #[must_use]
    pub fn said(&self) -> String {
        let (skriven, konto) = (self.skriven.said(self.tal), self.konto);
        format!("I texten står {skriven}. Budgeten är i {}: är det {}?", konto.label(), konto.said(self.tal))
    }
}

/// The amounts of a text whose figures are those of `amounts` of an account, and whose unit is not. Figures without a unit say
/// nothing.
#[must_use]
pub fn fel_enhet(text: &str, konto: Enhet, amounts: &[Tal]) -> Vec<FelEnhet> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let Some((tal, next)) = figure(&words, at) else {
            at += 1;
            continue;
        };
        // the longer of two namings wins: "miljoner kronor" before "miljoner"
        let named = [2, 1].into_iter().find_map(|n| Enhet::named(&bare(words.get(next..next + n)?)));
        if let Some(skriven) = named.filter(|unit| *unit != konto && amounts.contains(&tal)) {
            out.push(FelEnhet { tal, skriven, konto });
        }
        at = next;
    }
    out
}

fn bare(words: &[&str]) -> String {
    words.join(" ").trim_end_matches(['.', ',', ';', ')', ':']).to_owned()
}

/// The longest number that begins at a word, and the place of the word behind it.
fn figure(words: &[&str], at: usize) -> Option<(Tal, usize)> {
    let is_figure = |word: &&&str| word.bytes().any(|b| b.is_ascii_digit());
    let run = words[at..].iter().take(4).take_while(is_figure).count();
    (1..=run).rev().find_map(|n| {
        let text = words[at..at + n].join(" ");
        let read = number::read(text.trim_start_matches('('), &(Tal::ZERO..=Tal::ZERO)).ok()??;
        read.unit.is_empty().then_some((read.number, at + n))
    })
}
