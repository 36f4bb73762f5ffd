//! Inläsning: a table of goals becomes a chain. What a goal lies under is named by number or by title; titles that are nearly the same are
//! offered as one and stay two until somebody says otherwise; what is there already is not made again.

use std::collections::BTreeMap;

use super::{
    Content, Form, MAL_MOST, Mal, MalId, Niva,
    likhet::{Lika, Titel},
    namngivet::{INGET, VAL_MOST},
    trad::{STEG, Trad},
};
use crate::{
    id::NodeId,
    import::{self, fold, shortened},
    siffror::inlasning::Svar,
    verksamhetsplan::tabell::{self, Fel, Fraga, Kolumn, Lasning, Val},
};

/// The columns of a table of goals, in the order of export and template.
pub const KOLUMNER: &[Kolumn] = &[
    Kolumn { falt: "niva", namn: "Nivå", aven: &["niva", "malniva"], maste: true },
    Kolumn { falt: "nr", namn: "Nr", aven: &["nummer", "malnr", "malnummer"], maste: false },
    Kolumn { falt: "titel", namn: "Mål", aven: &["titel", "namn", "benamning", "malet", "rubrik"], maste: true },
    Kolumn {
        falt: "under",
        namn: "Under",
        aven: &["overordnatmal", "liggerunder", "tillhormal", "overmal"],
        maste: false,
    },
    Kolumn { falt: "beskrivning", namn: "Beskrivning", aven: &["text", "kommentar"], maste: false },
];

/// The answer by which two spellings stay two.
pub const TVA: &str = "tva";
/// The answer by which both are spelt as the first.
pub const FORSTA: &str = "forsta";
/// The answer by which both are spelt as the second.
pub const ANDRA: &str = "andra";
/// The answer by which two rows become one goal.
pub const ETT: &str = "ett";
/// What a goal of the table will lie under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Under {
    /// Nothing.
    #[default]
    Inget,
    /// Another goal of the table, by its place in [`Lasning::rader`].
    Rad(usize),
    /// A goal that is there.
    Finns(MalId),
}

/// A goal of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMal {
    /// Its row, as Excel counts.
    pub line: u32,
    /// What it becomes, with its title as has been answered.
    pub content: Content,
    /// What it will lie under.
    pub under: Under,
    /// The goal that it is, where it is there already; nothing is made of the row then.
    pub finns: Option<MalId>,
}

/// What reading a table of goals would do.
pub type Last = Lasning<LastMal>;

impl Lasning<LastMal> {
    /// How many goals of each level the table holds, in the order of [`Niva::ALL`].
    #[must_use]
    pub fn per_niva(&self) -> [usize; 4] {
        let mut out = [0; 4];
        self.rader.iter().for_each(|mal| out[mal.content.niva.kolumn()] += 1);
        out
    }

    /// The rows to store, each after what it lies under. `new_id` makes one id for each goal of the table; what is there already gets
    /// none. They stand after what the tree has.
    #[must_use]
    pub fn rows(&self, node: NodeId, year: i32, trad: &Trad, mut new_id: impl FnMut() -> MalId) -> Vec<Mal> {
        let ids: Vec<MalId> = self.rader.iter().map(|mal| mal.finns.unwrap_or_else(&mut new_id)).collect();
        let last = trad.walk().into_iter().map(|post| post.mal.ordning).max().unwrap_or(0);
        let row = |(ordning, (mal, id)): (i64, (&LastMal, &MalId))| Mal {
            id: *id,
            node,
            year,
            under: match mal.under {
                Under::Inget => None,
                Under::Rad(at) => ids.get(at).copied(),
                Under::Finns(id) => Some(id),
            },
            ordning,
            copied_from: None,
            content: mal.content.clone(),
            version: 1,
        };
        let new = (1..).map(|n| last + n * STEG).zip(self.rader.iter().zip(&ids));
        let mut rows: Vec<Mal> = new.filter(|(_, (mal, _))| mal.finns.is_none()).map(row).collect();
        // a row may lie under one that stands further down; that of a lower level never does
        rows.sort_by_key(|mal| (mal.content.niva, mal.ordning));
        rows
    }
}

/// Reads a table of goals for a chain that may hold goals already. The sentence says what the table lacks.
pub fn las(table: &import::Table, trad: &Trad, svar: &Svar) -> Result<Last, String> {
    let read = tabell::las(table, KOLUMNER)?;
    let many = || format!("Det blir fler än {MAL_MOST} mål. Läs in färre, eller ta bort dem som inte används.");
    if read.rader.len() > MAL_MOST {
        return Err(many());
    }
    let mut out = Last::new(read.notes);
    let mut named = Vec::new();
    for rad in &read.rader {
        let Some(niva) = Niva::from_word(rad.cell("niva")) else {
            let word = shortened(rad.cell("niva"), 40);
            out.fel.push(Fel {
                line: rad.line,
                falt: "niva".to_owned(),
                text: format!(
                    "Nivån ”{word}” känns inte igen. Skriv inriktningsmål, KF-mål, nämndmål eller enhetsmål."
                ),
            });
            continue;
        };
        let (nr, titel) = numbered(rad.cell("nr"), rad.cell("titel"));
        let form = Form {
            niva: niva.code().to_owned(),
            nr: nr.to_owned(),
            titel: titel.to_owned(),
            beskrivning: rad.cell("beskrivning").to_owned(),
        };
        match super::check(&form) {
            Ok(content) => {
                out.rader.push(LastMal { line: rad.line, content, under: Under::Inget, finns: None });
                named.push(rad.cell("under").to_owned());
            }
            Err(errors) => {
                out.fel.extend(errors.into_iter().map(|e| Fel { line: rad.line, falt: e.field, text: e.message }));
            }
        }
    }
    // what a cell of "Under" says is of the table as it was written
    let written: Vec<Titel> = out.rader.iter().map(|mal| Titel::new(&mal.content.titel)).collect();
    spell(&mut out, trad, svar, &written);
    for (at, name) in named.iter().enumerate() {
        out.rader[at].under = under(&mut out.fragor, &out.rader, &written, trad, svar, at, name);
    }
    double(&mut out, svar);
    find(&mut out, trad);
    // what is there already is no more of them
    let new = out.rader.iter().filter(|mal| mal.finns.is_none()).count();
    if new > 0 && new + trad.len() > MAL_MOST {
        return Err(many());
    }
    Ok(out)
}

/// The number of a goal, also where it stands before its title: "1.2 Invånare i Stockholm är självförsörjande", "1. Ett Stockholm som håller
/// samman". A number without a point may be part of the title, and one of more than two figures is a year.
fn numbered<'a>(nr: &'a str, titel: &'a str) -> (&'a str, &'a str) {
    let (first, rest) = titel.split_once(' ').unwrap_or((titel, ""));
    let parts: Vec<&str> = first.trim_end_matches('.').split('.').collect();
    let is_one = first.ends_with('.') && first.len() <= 3;
    let is_nr =
        (parts.len() > 1 || is_one) && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    if nr.is_empty() && is_nr && !rest.is_empty() { (first.trim_end_matches('.'), rest.trim()) } else { (nr, titel) }
}

/// Offers titles that are nearly the same as one, and spells them as has been answered.
fn spell(out: &mut Last, trad: &Trad, svar: &Svar, written: &[Titel]) {
    let mut seen = BTreeMap::new();
    let there: Vec<&Mal> = trad.walk().into_iter().map(|post| post.mal).collect();
    for second in 0..written.len() {
        for first in 0..second {
            if written[first].lika(&written[second]) != Some(Lika::Nastan) {
                continue;
            }
            let (a, b) = (out.rader[first].content.titel.clone(), out.rader[second].content.titel.clone());
            let lines = [out.rader[first].line, out.rader[second].line];
            let key = format!("stavning:{}:{}", fold(&a), fold(&b));
            let question = seen.entry(key.clone()).or_insert_with(|| Fraga {
                svar: svar.get(&key).map(str::to_owned),
                key,
                rader: vec![],
                text: format!("”{a}” och ”{b}” skiljer sig åt på någon bokstav. Ska de stavas lika?"),
                val: vec![
                    Val::new(TVA, "Behåll båda stavningarna"),
                    Val::new(FORSTA, format!("Skriv båda ”{a}”")),
                    Val::new(ANDRA, format!("Skriv båda ”{b}”")),
                ],
                foreslaget: None,
                maste: false,
            });
            question.rader.extend(lines.into_iter().filter(|line| !question.rader.contains(line)).collect::<Vec<_>>());
            match question.svar.as_deref() {
                Some(FORSTA) => out.rader[second].content.titel = a,
                Some(ANDRA) => out.rader[first].content.titel = b,
                _ => {}
            }
        }
        for mal in &there {
            if trad.lika(mal.id, &written[second]) != Some(Lika::Nastan) {
                continue;
            }
            let (a, b) = (&mal.content.titel, out.rader[second].content.titel.clone());
            let key = format!("stavning:{}:{}", fold(a), fold(&b));
            let line = out.rader[second].line;
            let question = seen.entry(key.clone()).or_insert_with(|| Fraga {
                svar: svar.get(&key).map(str::to_owned),
                key,
                rader: vec![],
                text: format!("”{b}” finns nästan likadant i planen: ”{a}”. Ska det stavas så?"),
                val: vec![Val::new(TVA, format!("Behåll ”{b}”")), Val::new(FORSTA, format!("Skriv ”{a}”"))],
                foreslaget: None,
                maste: false,
            });
            if !question.rader.contains(&line) {
                question.rader.push(line);
            }
            if question.svar.as_deref() == Some(FORSTA) {
                out.rader[second].content.titel.clone_from(a);
            }
        }
    }
    out.fragor.extend(seen.into_values());
}

/// What a goal lies under, by the number or the title that its cell names. The nearest level above wins, and of several there the one that
/// stands nearest before it in the table.
fn under(
    fragor: &mut Vec<Fraga>,
    all: &[LastMal],
    written: &[Titel],
    trad: &Trad,
    svar: &Svar,
    at: usize,
    name: &str,
) -> Under {
    if name.is_empty() {
        return Under::Inget;
    }
    let niva = all[at].content.niva;
    let title = Titel::new(name);
    let nr = name.trim().trim_end_matches('.');
    let is_nr = |content: &Content| !content.nr.is_empty() && content.nr == nr;
    let higher = (0..all.len()).filter(|i| all[*i].content.niva < niva);
    let named = higher.clone().filter(|i| is_nr(&all[*i].content) || written[*i].lika(&title) == Some(Lika::Samma));
    // a later row of the same level is further away than an earlier one
    let nearest = named.max_by_key(|i| (all[*i].content.niva, *i < at, if *i < at { *i } else { all.len() - *i }));
    let is_it = |mal: &Mal| is_nr(&mal.content) || trad.lika(mal.id, &title) == Some(Lika::Samma);
    let there: Vec<&Mal> = trad.walk().into_iter().map(|post| post.mal).filter(|mal| mal.content.niva < niva).collect();
    let in_tree = there.iter().filter(|mal| is_it(mal)).max_by_key(|mal| mal.content.niva);
    match (nearest, in_tree) {
        (Some(i), Some(mal)) if mal.content.niva > all[i].content.niva => return Under::Finns(mal.id),
        (Some(i), _) => return Under::Rad(i),
        (None, Some(mal)) => return Under::Finns(mal.id),
        (None, None) => {}
    }
    let key = format!("under:{}:{}", niva.code(), fold(name));
    let mut near: Vec<(bool, Val)> = Vec::new();
    for i in higher {
        let content = &all[i].content;
        let val = Val::new(format!("rad:{}", all[i].line), content.med_nr());
        near.push((written[i].lika(&title) == Some(Lika::Nastan), val));
    }
    for mal in &there {
        let is_near = trad.lika(mal.id, &title) == Some(Lika::Nastan);
        near.push((is_near, Val::new(format!("mal:{}", mal.id), mal.content.med_nr())));
    }
    near.sort_by_key(|(is_near, _)| !is_near);
    let foreslaget = near.first().filter(|(is_near, _)| *is_near).map(|(_, val)| val.code.clone());
    let mut val: Vec<Val> = near.into_iter().map(|(_, val)| val).take(VAL_MOST).collect();
    val.push(Val::new(INGET, "Inget mål"));
    let given = svar.get(&key).filter(|given| val.iter().any(|v| v.code == *given)).map(str::to_owned);
    let line = all[at].line;
    if let Some(asked) = fragor.iter_mut().find(|fraga| fraga.key == key) {
        asked.rader.push(line);
    } else {
        let text = format!("”{}” finns inte bland målen ovanför. Vilket mål hör det till?", shortened(name, 80));
        fragor.push(Fraga { key, rader: vec![line], text, val, foreslaget, svar: given.clone(), maste: true });
    }
    match given.as_deref().and_then(|given| given.split_once(':')) {
        Some(("rad", line)) => all.iter().position(|m| m.line.to_string() == line).map_or(Under::Inget, Under::Rad),
        Some((_, id)) => id.parse().map_or(Under::Inget, Under::Finns),
        None => Under::Inget,
    }
}

/// Offers rows that are one goal letter by letter, on one level and under the same goal, as one. Under different goals they are two.
fn double(out: &mut Last, svar: &Svar) {
    let mut gone: Vec<Option<usize>> = vec![None; out.rader.len()];
    let titles: Vec<Titel> = out.rader.iter().map(|mal| Titel::new(&mal.content.titel)).collect();
    for second in 0..out.rader.len() {
        for first in (0..second).filter(|first| gone[*first].is_none()).collect::<Vec<_>>() {
            let (a, b) = (&out.rader[first], &out.rader[second]);
            let same = a.content.niva == b.content.niva
                && a.under == b.under
                && a.content.nr == b.content.nr
                && titles[first].lika(&titles[second]) == Some(Lika::Samma);
            if !same {
                continue;
            }
            let key = format!("dubblett:{}:{}", a.line, b.line);
            let given = svar.get(&key).map(str::to_owned);
            if given.as_deref() == Some(ETT) {
                gone[second] = Some(first);
            }
            out.fragor.push(Fraga {
                key,
                rader: vec![a.line, b.line],
                text: format!("”{}” står två gånger under samma mål. Är det ett mål?", a.content.titel),
                val: vec![Val::new(TVA, "Två mål"), Val::new(ETT, "Ett mål")],
                foreslaget: None,
                svar: given,
                maste: false,
            });
            break;
        }
    }
    // those that stay move up, and what lay under one that went lies under the one it was
    let mut place = vec![0; out.rader.len()];
    let mut kept = 0;
    for at in 0..out.rader.len() {
        place[at] = gone[at].map_or(kept, |first| place[first]);
        kept += usize::from(gone[at].is_none());
    }
    let mut at = 0;
    out.rader.retain(|_| {
        at += 1;
        gone[at - 1].is_none()
    });
    for mal in &mut out.rader {
        if let Under::Rad(above) = &mut mal.under {
            *above = place[*above];
        }
    }
}

/// Which of them are there already: on the same level, with the same title, no other number, and under the same goal. A row is found after
/// what it lies under.
fn find(out: &mut Last, trad: &Trad) {
    let mut order: Vec<usize> = (0..out.rader.len()).collect();
    order.sort_by_key(|at| out.rader[*at].content.niva);
    let mut taken = Vec::new();
    for at in order {
        let above = match out.rader[at].under {
            Under::Inget => Some(None),
            Under::Finns(id) => Some(Some(id)),
            Under::Rad(above) => out.rader[above].finns.map(Some),
        };
        // what lies under something new is new
        let Some(above) = above else { continue };
        let mal = &out.rader[at];
        let title = Titel::new(&mal.content.titel);
        let same_nr = |nr: &str| nr == mal.content.nr || nr.is_empty() || mal.content.nr.is_empty();
        let found = trad.children(above).find(|there| {
            there.content.niva == mal.content.niva
                && same_nr(&there.content.nr)
                && !taken.contains(&there.id)
                && trad.lika(there.id, &title) == Some(Lika::Samma)
        });
        let found = found.map(|there| there.id);
        taken.extend(found);
        out.rader[at].finns = found;
    }
    // what lies under one of them lies under the goal that is there
    for at in 0..out.rader.len() {
        if let Under::Rad(above) = out.rader[at].under
            && let Some(id) = out.rader[above].finns
        {
            out.rader[at].under = Under::Finns(id);
        }
    }
    match out.rader.iter().filter(|mal| mal.finns.is_some()).count() {
        0 => {}
        1 => out.notes.push("Ett mål finns redan och läses inte in igen.".to_owned()),
        n => out.notes.push(format!(
            "{} mål finns redan och läses inte in igen.",
            crate::format::capitalised(&crate::apt::finding::in_words(n, true))
        )),
    }
}
