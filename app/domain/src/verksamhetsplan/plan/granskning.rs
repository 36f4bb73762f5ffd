//! Granskning: the page before a plan is fastställt. What is missing is told of and stops nothing, as long as each has been mended or has a
//! reason; a personnummer or a name of that kind stops it.

use serde::{Deserialize, Serialize};

use super::{
    kapitel::{Kapitel, Lage},
    remiss::Synpunkt,
};
use crate::{apt::finding::in_words, format, import::shortened, personnummer};

/// Something that is missing. Its key stays the same while it is, so that a reason stays with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brist {
    /// By which a reason is kept: `kapitel:<id>`.
    pub key: String,
    /// A sentence in Swedish.
    pub text: String,
    /// Nothing but mending it lets the plan be decided.
    pub stoppar: bool,
}

/// A text of the plan and what the user calls its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// "kapitlet Kommunikation", "målet Vräkningshotade personer bor kvar".
    pub plats: &'a str,
    /// What stands there.
    pub text: &'a str,
}

/// What is missing before a plan is decided, what stops it first. Contradictions and what goals lack are told of by those who know them, and
/// come as `fler`.
#[must_use]
pub fn granska(kapitel: &[Kapitel], synpunkter: &[Synpunkt], texter: &[Text<'_>], fler: Vec<Brist>) -> Vec<Brist> {
    let mut out: Vec<Brist> = Vec::new();
    let own = kapitel.iter().map(|one| (one.content.rubrik.as_str(), one.content.text.as_str()));
    for (plats, text) in own.chain(texter.iter().map(|one| (one.plats, one.text))) {
        if let Some(warning) = personnummer::varning(text) {
            let place = shortened(plats, 80);
            out.push(Brist { key: format!("person:{place}"), text: format!("{place}: {warning}"), stoppar: true });
        }
    }
    for one in kapitel {
        let what = match one.lage() {
            Lage::Klart => continue,
            Lage::Tomt => "är tomt",
            Lage::Paborjat => "är inte klart",
        };
        let text = format!("Kapitlet ”{}” {what}.", shortened(&one.content.rubrik, 80));
        out.push(Brist { key: format!("kapitel:{}", one.id), text, stoppar: false });
    }
    let unanswered = synpunkter.iter().filter(|one| one.svar.is_none()).count();
    if unanswered > 0 {
        let n = format::capitalised(&in_words(unanswered, false));
        let word = if unanswered == 1 { "synpunkt har" } else { "synpunkter har" };
        out.push(Brist { key: "synpunkter".to_owned(), text: format!("{n} {word} inget svar."), stoppar: false });
    }
    out.extend(fler);
    out.sort_by_key(|one| !one.stoppar);
    out
}

/// Whether it can be decided: nothing stops it, and each lack has a reason. `skal` says whether one has been given for a key.
#[must_use]
pub fn may_faststallas(brister: &[Brist], skal: impl Fn(&str) -> bool) -> bool {
    brister.iter().all(|one| !one.stoppar && skal(&one.key))
}
