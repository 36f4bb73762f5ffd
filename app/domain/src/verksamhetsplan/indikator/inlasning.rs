//! Inläsning: a table of indikatorer becomes rows of the plan, each under its goal. What a row does not say is asked once and never guessed,
//! and the same indikator under two goals is asked about.

use std::collections::HashMap;

use super::{
    Content, Form, Indikator, IndikatorId, check,
    slag::{Periodicitet, Riktning, Slag},
    tabellrad::{self, Celler, slag_av_enhet},
};
use crate::{
    format::capitalised,
    import::{self, fold, shortened},
    siffror::inlasning::Svar,
    verksamhetsplan::{
        mal::{MalId, Niva, Trad, namngivet, utlasning::namn},
        tabell::{self, Fel, Fraga, Kolumn, Rad, Val},
    },
};

/// The columns of a table of indikatorer, in the order of export and template.
pub const KOLUMNER: &[Kolumn] = &[
    Kolumn { falt: "niva", namn: "Nivå", aven: &["malniva"], maste: false },
    Kolumn { falt: "mal", namn: "Mål", aven: &["malet", "enhetsmal", "atagande", "namndmal", "kfmal"], maste: false },
    Kolumn { falt: "namn", namn: "Indikator", aven: &["indikatorer", "indikatorn", "matt"], maste: true },
    Kolumn { falt: "enhet", namn: "Enhet", aven: &["matenhet", "sort"], maste: false },
    Kolumn { falt: "slag", namn: "Slag", aven: &["slagavsiffra"], maste: false },
    Kolumn { falt: "decimaler", namn: "Decimaler", aven: &["antaldecimaler"], maste: false },
    Kolumn { falt: "riktning", namn: "Riktning", aven: &["batter"], maste: false },
    Kolumn { falt: "arsmal", namn: "Årsmål", aven: &["malvarde", "enhetensarsmal"], maste: false },
    Kolumn {
        falt: "kf", namn: "KF:s årsmål", aven: &["kfarsmal", "kfsmal", "kommunfullmaktigesarsmal"], maste: false
    },
    Kolumn { falt: "periodicitet", namn: "Periodicitet", aven: &["period", "foljsupp", "hurofta"], maste: false },
];

/// The answer by which an indikator is read in under each of its goals.
pub const BADA: &str = "bada";
/// The answer by which it is read in under the first of its goals alone.
pub const FORSTA: &str = "forsta";

/// An indikator and the goal that it stands under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    /// What is measured, as it is stored.
    pub indikator: Indikator,
    /// Its goal.
    pub mal: MalId,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRad {
    /// Its row, as Excel counts.
    pub line: u32,
    /// The goal; none while it is asked about.
    pub mal: Option<MalId>,
    /// What it says, with what has been answered.
    pub form: Form,
    /// What it becomes; none while something of it is asked.
    pub content: Option<Content>,
    /// The indikator that it is, where the plan has it already; nothing is made of the row then.
    pub finns: Option<IndikatorId>,
}

/// What reading a table of indikatorer would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// In the order of the table.
    pub rader: Vec<LastRad>,
    /// What is asked.
    pub fragor: Vec<Fraga>,
    /// What is wrong with which row; such a row is not among the others.
    pub fel: Vec<Fel>,
    /// What to know about the table.
    pub notes: Vec<String>,
}

impl Last {
    /// Whether it can be read in: nothing is wrong, nothing that must be known is open, and every row has its goal.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let known = |rad: &LastRad| rad.mal.is_some() && rad.content.is_some();
        self.fel.is_empty() && !self.fragor.iter().any(Fraga::is_open) && self.rader.iter().all(known)
    }
}

/// Reads a table of indikatorer beside those that are there. A row that names no goal is of `mal`, where it is read in at a goal. The
/// sentence says what the table lacks.
pub fn las(
    table: &import::Table,
    trad: &Trad,
    mal: Option<MalId>,
    finns: &[Under],
    svar: &Svar,
) -> Result<Last, String> {
    let read = tabell::las(table, KOLUMNER)?;
    let mut out = Last { notes: read.notes, ..Last::default() };
    for rad in &read.rader {
        row(&mut out, rad, trad, mal, svar);
    }
    ask_goals(&mut out, trad, finns, svar);
    let there = |rad: &LastRad, under: &Under| {
        rad.mal == Some(under.mal) && fold(&rad.form.namn) == fold(&under.indikator.content.namn)
    };
    for rad in &mut out.rader {
        let found = finns.iter().find(|under| there(rad, under)).map(|under| under.indikator.id);
        rad.finns = found.or(rad.finns);
    }
    out.notes.extend(tabell::finns_redan(out.rader.iter().filter(|rad| rad.finns.is_some()).count()));
    Ok(out)
}

fn row(out: &mut Last, rad: &Rad, trad: &Trad, mal: Option<MalId>, svar: &Svar) {
    let line = rad.line;
    let fault = |falt: &str, text: String| Fel { line, falt: falt.to_owned(), text };
    if rad.cell("namn").is_empty() {
        out.fel.push(fault("namn", "Skriv vad indikatorn heter.".to_owned()));
        return;
    }
    let niva = Niva::from_word(rad.cell("niva"));
    if niva.is_none() && !rad.cell("niva").is_empty() {
        let text = "Nivån känns inte igen. Skriv inriktningsmål, KF-mål, nämndmål eller enhetsmål.";
        out.fel.push(fault("niva", text.to_owned()));
        return;
    }
    let mal = match rad.cell("mal") {
        "" => mal.or_else(|| ask_goal(&mut out.fragor, rad, trad, niva, svar)),
        named => namngivet::fraga(&mut out.fragor, svar, trad, niva, named, line),
    };
    let mut last = tabellrad::las(&Celler {
        namn: rad.cell("namn").to_owned(),
        enhet: rad.cell("enhet").to_owned(),
        riktning: rad.cell("riktning").to_owned(),
        arsmal: rad.cell("arsmal").to_owned(),
        kf: rad.cell("kf").to_owned(),
        periodicitet: rad.cell("periodicitet").to_owned(),
    });
    let before = out.fel.len();
    rad.cell("decimaler").clone_into(&mut last.form.decimaler);
    match rad.cell("slag") {
        "" => {}
        word => {
            match Slag::ALL.into_iter().find(|slag| fold(word) == slag.code() || fold(word) == fold(slag.label())) {
                Some(slag) => {
                    slag.code().clone_into(&mut last.form.slag);
                    last.fragor
                        .retain(|q| !matches!(q, tabellrad::Fraga::Slag { .. } | tabellrad::Fraga::Enhet { .. }));
                }
                None => out.fel.push(fault("slag", format!("Slaget ”{}” känns inte igen.", shortened(word, 40)))),
            }
        }
    }
    out.notes.extend(last.noter.iter().map(|note| format!("Rad {line}: {note}")));
    let is_open = ask(out, &last.fragor, &mut last.form, line, svar);
    let content = match check(&last.form, None) {
        _ if is_open || out.fel.len() > before => None,
        Ok(content) => Some(content),
        Err(errors) => {
            let known = |name: &str| KOLUMNER.iter().map(|k| k.falt).find(|falt| *falt == name).unwrap_or("namn");
            out.fel.extend(errors.into_iter().map(|e| fault(known(e.field.trim_end_matches("_till")), e.message)));
            None
        }
    };
    // a faulty row is not among the others
    if out.fel.len() == before {
        out.rader.push(LastRad { line, mal, form: last.form, content, finns: None });
    }
}

/// Asks which goal a row is of that names none, once for each indikator.
fn ask_goal(fragor: &mut Vec<Fraga>, rad: &Rad, trad: &Trad, niva: Option<Niva>, svar: &Svar) -> Option<MalId> {
    let goals = trad.walk().into_iter().map(|post| post.mal).filter(|mal| niva.is_none_or(|n| mal.content.niva == n));
    let val: Vec<Val> = goals.map(|mal| Val::new(mal.id.to_string(), mal.content.med_nr())).collect();
    let key = format!("under:{}", fold(rad.cell("namn")));
    let text = format!("Vilket mål hör ”{}” till?", shortened(rad.cell("namn"), 80));
    let given = put(fragor, svar, key, rad.line, text, val, None);
    given.and_then(|id| id.parse().ok())
}

/// Puts a question, or adds a row to one that is put already, and gives its answer.
pub(super) fn put(
    fragor: &mut Vec<Fraga>,
    svar: &Svar,
    key: String,
    line: u32,
    text: String,
    val: Vec<Val>,
    foreslaget: Option<String>,
) -> Option<String> {
    if let Some(asked) = fragor.iter_mut().find(|asked| asked.key == key) {
        asked.rader.push(line);
        return asked.svar.clone();
    }
    let given = svar.get(&key).filter(|given| val.iter().any(|v| v.code == *given)).map(str::to_owned);
    fragor.push(Fraga { key, rader: vec![line], text, val, foreslaget, svar: given.clone(), maste: true });
    given
}

/// Asks what a row does not say, and fills what has been answered. Whether something is still open.
fn ask(out: &mut Last, asked: &[tabellrad::Fraga], form: &mut Form, line: u32, svar: &Svar) -> bool {
    use tabellrad::Fraga as Saknas;
    let mut is_open = false;
    let name = fold(&form.namn);
    for one in asked {
        let falt = one.falt();
        let (key, val, foreslaget) = match one {
            Saknas::Mal { text, .. } => {
                out.fel.push(Fel { line, falt: falt.to_owned(), text: text.clone() });
                continue;
            }
            Saknas::Enhet { forslag, .. } => (
                format!("{falt}:{name}"),
                [("%", "Procent"), ("st", "Antal"), ("index", "Index"), ("kr", "Kronor")]
                    .map(|(code, label)| Val::new(code, label))
                    .to_vec(),
                forslag.map(|slag| slag.enhet().to_owned()),
            ),
            // that of one unit is that of all in it
            Saknas::Slag { enhet } => {
                let about = if enhet.is_empty() { name.clone() } else { format!("enhet:{}", fold(enhet)) };
                (format!("{falt}:{about}"), Slag::ALL.map(|s| Val::new(s.code(), s.label())).to_vec(), None)
            }
            Saknas::Riktning => {
                (format!("{falt}:{name}"), Riktning::ALL.map(|r| Val::new(r.code(), r.label())).to_vec(), None)
            }
            Saknas::Periodicitet(text) => (
                format!("{falt}:{}", fold(text)),
                Periodicitet::ALL.map(|p| Val::new(p.code(), p.label())).to_vec(),
                None,
            ),
        };
        let text = match one {
            Saknas::Enhet { .. } | Saknas::Riktning => format!("{}: {}", shortened(&form.namn, 80), one.said()),
            _ => one.said(),
        };
        let Some(given) = put(&mut out.fragor, svar, key, line, text, val, foreslaget) else {
            is_open = true;
            continue;
        };
        match one {
            Saknas::Enhet { .. } => {
                slag_av_enhet(&given).map_or("", Slag::code).clone_into(&mut form.slag);
                form.enhet = given;
            }
            Saknas::Slag { .. } => form.slag = given,
            Saknas::Riktning => form.riktning = given,
            Saknas::Periodicitet(_) => form.periodicitet = given,
            Saknas::Mal { .. } => {}
        }
    }
    is_open
}

/// Asks about an indikator that stands under two goals, in the table or with the plan. It is read in under both unless somebody says that it
/// is one.
fn ask_goals(out: &mut Last, trad: &Trad, finns: &[Under], svar: &Svar) {
    let mut first: HashMap<String, (MalId, Option<u32>, Option<IndikatorId>)> = HashMap::new();
    for under in finns {
        let at = (under.mal, None, Some(under.indikator.id));
        first.entry(fold(&under.indikator.content.namn)).or_insert(at);
    }
    let (mut kept, fragor) = (Vec::new(), &mut out.fragor);
    for mut rad in std::mem::take(&mut out.rader) {
        let Some(mal) = rad.mal else {
            kept.push(rad);
            continue;
        };
        let name = fold(&rad.form.namn);
        let is_there = finns.iter().any(|u| u.mal == mal && fold(&u.indikator.content.namn) == name);
        let Some((other, line, id)) = first.get(&name).copied() else {
            first.insert(name, (mal, Some(rad.line), None));
            kept.push(rad);
            continue;
        };
        if is_there {
            kept.push(rad);
            continue;
        }
        let goal = |id: MalId| trad.get(id).map_or_else(String::new, |mal| mal.content.med_nr());
        let key = format!("tva_mal:{name}:{}", rad.line);
        let given = svar.get(&key).filter(|given| [BADA, FORSTA].contains(given)).map(str::to_owned);
        let text = if other == mal {
            format!("”{}” står två gånger under samma mål. Är det en indikator?", shortened(&rad.form.namn, 80))
        } else {
            format!(
                "”{}” står både under ”{}” och under ”{}”. Är det en indikator?",
                shortened(&rad.form.namn, 80),
                shortened(&goal(other), 60),
                shortened(&goal(mal), 60)
            )
        };
        let val = vec![
            Val::new(BADA, "Nej, läs in den på båda ställena"),
            Val::new(FORSTA, format!("Ja, läs in den bara under ”{}”", shortened(&goal(other), 60))),
        ];
        let rader = line.into_iter().chain([rad.line]).collect();
        let is_one = given.as_deref() == Some(FORSTA);
        fragor.push(Fraga { key, rader, text, val, foreslaget: None, svar: given, maste: false });
        match (is_one, id) {
            // the row of the table before it is the one
            (true, None) => {}
            (true, Some(id)) => {
                rad.finns = Some(id);
                kept.push(rad);
            }
            (false, _) => kept.push(rad),
        }
    }
    out.rader = kept;
}

/// The cells of indikatorer, in the order of the columns: what is read back as it was.
#[must_use]
pub fn celler(rader: &[Under], trad: &Trad) -> Vec<Vec<String>> {
    let row = |under: &Under| {
        let content = &under.indikator.content;
        vec![
            trad.get(under.mal).map_or("", |mal| mal.content.niva.label()).to_owned(),
            namn(trad, under.mal),
            content.namn.clone(),
            content.enhet.clone(),
            content.slag.label().to_owned(),
            content.decimaler.to_string(),
            content.riktning.label().to_owned(),
            content.arsmal.shown(content),
            content.kf.shown(content),
            capitalised(content.periodicitet.label()),
        ]
    };
    rader.iter().map(row).collect()
}
