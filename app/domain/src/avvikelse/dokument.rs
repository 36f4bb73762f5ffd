//! Dokument: a case as IVO gets it, from report to what was done. Of who reported it and who handles it nothing stands there.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Arende, Innehall, Orsak, word::Upprepning};
use crate::{
    atgard::Atgard,
    dokument::{Block, Dokument},
    format,
};

/// The whole case under headings, without what nobody has written. `stamp` says a moment on the clock of the place.
#[must_use]
pub fn dokument(a: &Arende, atgarder: &[Atgard], stamp: fn(DateTime<Utc>) -> String) -> Dokument {
    let case = &a.case;
    let day = |d: Option<NaiveDate>| d.map(format::date).unwrap_or_default();
    let beslut = case.beslut.as_ref();
    let ivo = case.ivo.as_ref();
    let mut blocks = vec![Block::heading(1, "Rapporten"), report(a)];
    if !a.tillagg.is_empty() {
        blocks.push(Block::heading(1, "Tillägg till rapporten"));
        blocks.extend(a.tillagg.iter().map(|t| Block::text(format!("{}\n{}", stamp(t.at), t.text))));
    }
    blocks.push(Block::heading(1, "Beslut om lex Sarah"));
    blocks.push(facts(vec![
        ("Misstänkt", day(case.suspected_on)),
        ("Bedömning", beslut.map(|b| b.bedomning.label().to_owned()).unwrap_or_default()),
        ("Motivering", beslut.map(|b| b.motive.clone()).unwrap_or_default()),
        ("Beslutat", day(beslut.map(|b| b.on))),
        ("Anmält till IVO", day(ivo.map(|i| i.on))),
        ("Diarienummer", ivo.map(|i| i.dnr.clone()).unwrap_or_default()),
        ("Utredningen skickad", day(ivo.and_then(|i| i.investigation_on))),
    ]));
    let u = &case.utredning;
    let orsaker = u.orsaker.iter().map(|o| Orsak::label(*o)).collect::<Vec<_>>().join(", ");
    blocks.push(Block::heading(1, "Utredning"));
    blocks.push(facts(vec![
        ("Började", day(case.utreds_from)),
        ("Händelseförlopp", u.timeline.clone()),
        ("Vad utredningen visar", u.found.clone()),
        ("Konsekvenser för den enskilde", u.consequences.clone()),
        ("Bakomliggande orsaker", orsaker),
        ("Risk för att det händer igen", u.upprepning.map(Upprepning::label).unwrap_or_default().to_owned()),
        ("Beslut", u.beslut.clone()),
    ]));
    blocks.push(Block::heading(1, "Åtgärder"));
    if atgarder.is_empty() {
        blocks.push(Block::text("Inga åtgärder är beslutade."));
    }
    for t in atgarder {
        let when = format!("{}, klar senast {}.", t.status().label(), format::date(t.due));
        let why = if t.why.is_empty() { String::new() } else { format!("\n{}", t.why) };
        blocks.push(Block::text(format!("{}: {when}{why}", t.title)));
    }
    if case.follow_up_on.is_some() || !case.effect.is_empty() {
        blocks.push(Block::heading(1, "Uppföljning"));
        blocks.push(facts(vec![("Följs upp", day(case.follow_up_on)), ("Effekt", case.effect.clone())]));
    }
    Dokument::new(format!("IVO {}", a.number()), format!("Ärende {}", a.number()))
        .unit(a.node_name.clone())
        .status(format!("{}. Innehållet omfattas av socialtjänstsekretess.", case.state.label()))
        .blocks(blocks)
}

fn report(a: &Arende) -> Block {
    let came = ("Kom in", format::date(a.case.inkommen));
    facts(match &a.innehall {
        Innehall::Rapport(r) => vec![
            came,
            ("Vad hände", r.what.clone()),
            ("När", r.when.label()),
            ("Rör", r.ror.label().to_owned()),
            ("Konsekvens för den enskilde", r.consequence.clone()),
            ("Gjordes direkt", r.done_at_once.clone()),
            ("Ärendets nummer", r.reference.clone()),
            ("Var", r.place.clone()),
            ("Process eller rutin", r.process.clone()),
            ("Upptäcktes av", r.noticed_by.clone()),
            ("Förslag", r.suggestion.clone()),
        ],
        // how to reach who said it stays in the case
        Innehall::Inkommet(i) => vec![
            came,
            ("Vad framfördes", i.what.clone()),
            ("Handlar om", i.kategori.label().to_owned()),
            ("Hur det kom in", i.kanal.label().to_owned()),
        ],
    })
}

/// Without what nobody has written; where nothing is, that is said.
fn facts(rows: Vec<(&'static str, String)>) -> Block {
    let facts = Block::facts(rows);
    if facts.is_empty() { Block::text("Inget är skrivet än.") } else { facts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::avvikelse::{arende::tests::arende, tillagg::Tillagg};

    #[test]
    fn what_ivo_gets_holds_the_case_and_not_who_reported_it() {
        let mut a = arende();
        a.case.utredning.found = "Ingen bevakade jourtelefonen".into();
        a.tillagg = vec![Tillagg { at: a.created_at, text: "Det hände också i går".into() }];
        let text = format!("{:?}", dokument(&a, &[], |_| "i dag".to_owned()));
        for part in
            ["Ärende 2026-014", "Återansökan låg i fel tjänst", "Ingen bevakade", "Det hände också i går", "EB-1234"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("Handläggare 1") && !text.contains("Upptäcktes av"), "{text}");
    }
}
