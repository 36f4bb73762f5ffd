//! Bedömning: how a goal was met in a period. The product proposes from what is measured and says why; the chef decides, with an analysis. A
//! proposal is nothing that is stored as an answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    apt::finding::in_words,
    field::{Checker, FieldError},
    format,
    personnummer::varning,
    verksamhetsplan::{
        forvantat::{
            ForvantatId, Rad,
            bedomning::{Utfall, bedom},
        },
        mal::{Niva, Uppfyllelse},
    },
};

/// What is proposed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forslag {
    /// Never [`Uppfyllelse::Ingen`].
    pub status: Uppfyllelse,
    /// `Av tre mätta rader uppnås två och en delvis. Fyra är inte mätta.`
    pub skal: String,
}

/// What is proposed of the rows of a goal in a period: what each of them says, none of one that is not measured. All of them reached is
/// wholly; none is not; anything between is in part, as is a row that is so itself. Where nothing is measured nothing is proposed.
#[must_use]
pub fn foresla(rader: &[Option<Uppfyllelse>]) -> Option<Forslag> {
    let mut measured = [0; 3];
    for one in rader.iter().flatten() {
        match one {
            Uppfyllelse::Helt => measured[0] += 1,
            Uppfyllelse::Delvis => measured[1] += 1,
            Uppfyllelse::Inte => measured[2] += 1,
            Uppfyllelse::Ingen => {}
        }
    }
    let [helt, delvis, inte]: [usize; 3] = measured;
    let all = helt + delvis + inte;
    if all == 0 {
        return None;
    }
    let status = match (helt, delvis, inte) {
        (_, 0, 0) => Uppfyllelse::Helt,
        (0, 0, _) => Uppfyllelse::Inte,
        _ => Uppfyllelse::Delvis,
    };
    let rest = rader.len() - all;
    Some(Forslag { status, skal: reason(helt, delvis, all, rest) })
}

/// What is proposed of a goal from what is expected of it, and what came out of each row in a period.
#[must_use]
pub fn foresla_av(rader: &[Rad], utfall: &BTreeMap<ForvantatId, Utfall>) -> Option<Forslag> {
    let status = |rad: &Rad| utfall.get(&rad.id).and_then(|utfall| bedom(&rad.content, utfall).status);
    foresla(&rader.iter().map(status).collect::<Vec<_>>())
}

/// `Av tre mätta rader uppnås två och en delvis. En är inte mätt.`
fn reason(helt: usize, delvis: usize, all: usize, rest: usize) -> String {
    let inte = all - helt - delvis;
    let parts: Vec<String> = [(helt, ""), (delvis, " delvis"), (inte, " inte")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, how)| format!("{}{how}", in_words(n, false)))
        .collect();
    let first = match (all, helt, inte) {
        (1, 1, _) => "Den enda mätta raden uppnås".to_owned(),
        (1, _, 1) => "Den enda mätta raden uppnås inte".to_owned(),
        (1, ..) => "Den enda mätta raden uppnås delvis".to_owned(),
        (2, 2, _) => "Båda de mätta raderna uppnås".to_owned(),
        (all, helt, _) if helt == all => format!("Alla {} mätta rader uppnås", in_words(all, false)),
        (all, _, inte) if inte == all => format!("Ingen av {} mätta rader uppnås", in_words(all, false)),
        (all, ..) => {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            format!("Av {} mätta rader uppnås {}", in_words(all, false), format::and(&parts))
        }
    };
    let rest = match rest {
        0 => String::new(),
        1 => " En är inte mätt.".to_owned(),
        n => format!(" {} är inte mätta.", format::capitalised(&in_words(n, false))),
    };
    format!("{first}.{rest}")
}

/// What the chef has decided of a goal in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beslut {
    /// How it was met; [`Uppfyllelse::Ingen`] is a decision too.
    pub status: Uppfyllelse,
    /// Why; may be empty where it is what was proposed.
    pub analys: String,
    /// What was proposed when it was decided; none where nothing was.
    pub foreslaget: Option<Uppfyllelse>,
}

impl Beslut {
    /// What is said beside a decision whose proposal has become another since; none where it has not.
    #[must_use]
    pub fn andrat(&self, now: Option<&Forslag>) -> Option<String> {
        let now = now.map(|forslag| forslag.status);
        if now == self.foreslaget {
            return None;
        }
        let said = |status: Uppfyllelse| format!("”{}”", status.label().to_lowercase());
        Some(match (self.foreslaget.map(said), now.map(said)) {
            (Some(then), Some(now)) => format!("Bedömningen gjordes när förslaget var {then}. Nu är det {now}."),
            (Some(then), None) => format!("Bedömningen gjordes när förslaget var {then}. Nu finns inget förslag."),
            (None, Some(now)) => format!("Bedömningen gjordes när det inte fanns något förslag. Nu är det {now}."),
            (None, None) => return None,
        })
    }
}

/// What is shown of a goal in a period, on list, picture, slide and in the report: what was decided, else that nobody has.
#[must_use]
pub fn visad(beslut: Option<&Beslut>) -> Uppfyllelse {
    beslut.map_or(Uppfyllelse::Ingen, |beslut| beslut.status)
}

/// What a level is said to have where the goal is of the levels above: "— Ingen" is an answer there, and not a level that is missing.
#[must_use]
pub const fn forklaring(niva: Niva, status: Uppfyllelse) -> &'static str {
    match (niva, status) {
        (Niva::Enhetsmal, Uppfyllelse::Ingen) => "Ingen har bedömt målet än.",
        (_, Uppfyllelse::Ingen) => "Målet är inte bedömt i enhetens plan.",
        _ => "",
    }
}

/// What the form of a decision sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BeslutForm {
    /// Code of an [`Uppfyllelse`].
    pub status: String,
    /// See [`Beslut`].
    pub analys: String,
}

/// Checks a decision: what departs from the proposal says why.
pub fn check(form: &BeslutForm, forslag: Option<&Forslag>) -> Result<Beslut, Vec<FieldError>> {
    let mut check = Checker::default();
    let status = Uppfyllelse::from_code(form.status.trim()).unwrap_or_else(|| {
        check.error("status", "Välj hur målet uppfylls.");
        Uppfyllelse::Ingen
    });
    let analys = check.text("analys", &form.analys);
    if let Some(warning) = varning(&analys) {
        check.error("analys", warning);
    }
    let foreslaget = forslag.map(|forslag| forslag.status);
    if foreslaget.is_some_and(|proposed| proposed != status) && analys.is_empty() && !check.has_errors() {
        check.error("analys", "Skriv varför det blir något annat än förslaget.");
    }
    check.finish(Beslut { status, analys, foreslaget })
}
