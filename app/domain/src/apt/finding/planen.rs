//! What is found of the verksamhetsplan: how goals are met, how indikatorer stand, and the account.

use crate::verksamhetsplan::{
    indikator::sammanfattning,
    mal::{Benamning, rakning},
};

/// How the unit's own goals are met: `Tre av tio enhetsmål uppfylls helt, fyra delvis och ett inte`.
#[must_use]
pub fn mal(rakning: rakning::Rakning, benamning: Benamning) -> String {
    first_sentence(&rakning.said(benamning)).to_owned()
}

/// How the indikatorer that are shown stand: `15 av 19 indikatorer uppnås, en delvis och en inte alls`.
#[must_use]
pub fn indikatorer(rakning: &sammanfattning::Rakning) -> String {
    match first_sentence(&rakning.mening()) {
        "" => "Ingen indikator att visa än".to_owned(),
        said => said.to_owned(),
    }
}

/// How the account stands: its sentences, as a heading.
#[must_use]
pub fn ekonomi(fynd: &str) -> String {
    fynd.trim_end_matches('.').to_owned()
}

/// The first sentence without its full stop; what comes after it stands below a heading.
fn first_sentence(said: &str) -> &str {
    said.split_once(". ").map_or(said, |(first, _)| first).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_indikatorer_and_the_account_are_summed_up_in_a_sentence() {
        let met = rakning::Rakning { helt: 3, delvis: 4, inte: 1, ingen: 2 };
        assert_eq!(mal(met, Benamning::Enhetsmal), "Tre av tio enhetsmål uppfylls helt, fyra delvis och ett inte");
        let none = rakning::Rakning { ingen: 10, ..rakning::Rakning::default() };
        assert_eq!(mal(none, Benamning::Atagande), "Tio åtaganden har ingen bedömning än");
        let stand = sammanfattning::Rakning {
            uppnas: 15,
            delvis: 1,
            inte_alls: 1,
            inte_mojliga: 2,
            ..sammanfattning::Rakning::default()
        };
        assert_eq!(indikatorer(&stand), "15 av 19 indikatorer uppnås, en delvis och en inte alls");
        assert_eq!(indikatorer(&sammanfattning::Rakning::default()), "Ingen indikator att visa än");
        let fynd = "Prognosen är redan 300 tkr sämre än budget. Prognos saknas på två rader.";
        assert_eq!(ekonomi(fynd), "Prognosen är redan 300 tkr sämre än budget. Prognos saknas på två rader");
    }
}
