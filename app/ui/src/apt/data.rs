//! What slides show, read from what everybody in the unit may see. Of a case only counts and the text written for APT are
//! asked for: nothing else of it comes near a slide, whoever presents.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};
use domain::{
    apt::{
        Amne, Bild, Deltagare, Mote, Punkt, Slag, finding,
        slide::{self, Atgarder, Forslag, Kontroller, Rad},
    },
    arshjul::{Zoom, layout::layout},
    atgora::Tally,
    avvikelse::frislappt::Redovisat,
    enkat::resultat::good_words,
    format,
    genomforande::documentation::goal_sentence,
    id::{EnkatId, NodeId, PunktId},
    occurrence::{Andel, Item, Share, Status},
    person::Actor,
};
use store::{
    Tx, apt, atgard,
    avvikelse::{frislappt, register},
    enkat::resultat,
    forslag, genomforande, occurrence,
};

use super::markdown;
use crate::{
    arshjul::svg,
    components::chart::Segment,
    enkat::results::{data, segments},
    error::AppError,
};

/// A slide as it is shown.
#[derive(Debug)]
pub struct Visad {
    /// Its id in the page: of the slide, or of the point that has none.
    pub id: String,
    /// The point it belongs to.
    pub punkt: PunktId,
    /// Above the heading: the point, and what the slide shows since when.
    pub kicker: String,
    /// The finding.
    pub rubrik: String,
    /// What is shown.
    pub innehall: Innehall,
    /// To talk about; may be empty.
    pub fraga: String,
    /// Minutes of the timer.
    pub minuter: Option<i64>,
    /// For the one who presents.
    pub stod: String,
}

/// What a slide shows.
#[derive(Debug)]
pub enum Innehall {
    /// The wheel: its SVG, and how the year stands.
    Hjul(Arc<str>, Tally),
    /// Controls.
    Kontroller(Kontroller),
    /// Results with analysis.
    Resultat(Vec<Resultat>),
    /// What has been released in numbers, the year that is shown of it, and what was learnt.
    Avvikelser(Arc<Redovisat>, i32, Vec<String>),
    /// An enkät; none when there is nothing to show.
    Enkat(Option<Enkat>),
    /// Åtgärder.
    Atgarder(Atgarder),
    /// Förslag.
    Forslag(Forslag),
    /// What was decided last time, and what remains of it.
    Foregaende(Vec<String>, Vec<Rad>),
    /// Free text, as HTML.
    Text(String),
    /// A typed table.
    Tabell(slide::Tabell),
    /// A point by itself: who leads it and what somebody wants to take up.
    Punkt(Vec<Deltagare>, Vec<Amne>, String),
}

/// The result of a control.
#[derive(Debug)]
pub struct Resultat {
    /// The control and when.
    pub title: String,
    /// What was found.
    pub fynd: String,
    /// Whether the målvärde is reached, in words.
    pub mal: String,
    /// The analysis.
    pub analys: String,
    /// What it leads to.
    pub slutsats: String,
    /// Its mark.
    pub status: Status,
    reached: Option<bool>,
}

/// The results of an enkät.
#[derive(Debug)]
pub struct Enkat {
    /// Answers.
    pub n: i64,
    /// Each question: its text, the parts of its bar, its share, the finding in words.
    pub fragor: Vec<(String, Vec<Segment>, String, String)>,
    /// How the answers to the questions were spread elsewhere, the latest that is known of each.
    pub utifran: Vec<String>,
    /// Comments that may be shown.
    pub kommentarer: Vec<String>,
    title: String,
    shares: Vec<(Share, String)>,
}

/// From when and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Om {
    /// The unit.
    pub node: NodeId,
    /// The day of the last meeting.
    pub since: NaiveDate,
    /// Today.
    pub today: NaiveDate,
}

/// Reads what slides need once for all of them.
pub struct Kalla<'a> {
    tx: &'a mut Tx,
    actor: &'a Actor,
    om: Om,
    items: Option<Vec<Item>>,
    /// Whether it is for whoever passes: then no item says what it is or whose.
    open: bool,
    /// Whether it is for those who lead: others are not shown what those have decided, whoever shows it.
    ledning: bool,
}

impl<'a> Kalla<'a> {
    /// Nothing is read yet.
    pub fn new(tx: &'a mut Tx, actor: &'a Actor, om: Om, open: bool) -> Self {
        Self { tx, actor, om, items: None, open, ledning: false }
    }

    /// For a meeting of those who lead, or for others.
    fn among(self, ledning: bool) -> Self {
        Self { ledning, ..self }
    }

    async fn items(&mut self) -> Result<&[Item], AppError> {
        if self.items.is_none() {
            let mut items = occurrence::year(self.tx, self.actor, self.om.node, self.om.today.year()).await?;
            items.retain(|i| self.ledning || i.closed_mote.is_none());
            if self.open {
                items.iter_mut().for_each(blank);
            }
            self.items = Some(items);
        }
        Ok(self.items.as_deref().unwrap_or_default())
    }

    /// What a kind of slide shows; its heading; and what it is about, for the line above.
    pub async fn las(
        &mut self,
        slag: Slag,
        enkat: Option<EnkatId>,
        text: &str,
    ) -> Result<(Innehall, String, String), AppError> {
        let Om { node, since, today } = self.om;
        let sedan = format!("sedan {}", format::day_month(since));
        Ok(match slag {
            Slag::Hjul => {
                let open = self.open;
                let items = self.items().await?;
                let layout = layout(items, today.year(), Zoom::Year, today);
                let Tally { done, late, total, .. } = layout.counts;
                let drawn =
                    if open { svg::still(items, &layout, today) } else { svg::wheel(items, &layout, today, "") };
                let drawn: Arc<str> = drawn.into();
                let about = format!("Årshjulet {}", today.year());
                (Innehall::Hjul(drawn, layout.counts.clone()), finding::year(done, total, late), about)
            }
            Slag::Kontroller => {
                let k = slide::kontroller(self.items().await?, since, today);
                let heading = finding::kontroller(&k);
                (Innehall::Kontroller(k), heading, format!("Kontroller {sedan}"))
            }
            Slag::Resultat => {
                let found = self.resultat().await?;
                let reached: Vec<Option<bool>> = found.iter().map(|r| r.reached).collect();
                (Innehall::Resultat(found), finding::resultat(&reached), format!("Resultat {sedan}"))
            }
            Slag::Avvikelser => self.avvikelser().await?,
            Slag::Enkat => {
                let found = self.enkat(enkat).await?;
                let heading = finding::enkat(&found.as_ref().map(|e| e.shares.clone()).unwrap_or_default());
                let about = found.as_ref().map_or_else(|| "Brukarenkät".to_owned(), |e| e.title.clone());
                (Innehall::Enkat(found), heading, about)
            }
            Slag::Atgarder => {
                let mut all = atgard::list(self.tx, self.actor, node).await?;
                all.retain(|a| self.ledning || a.closed_mote.is_none());
                let a = slide::atgarder(&all, since, today);
                let heading = finding::atgarder(&a);
                (Innehall::Atgarder(a), heading, format!("Åtgärder {sedan}"))
            }
            Slag::Forslag => {
                let f = slide::forslag(&forslag::list(self.tx, node).await?, since);
                let heading = finding::forslag(&f);
                (Innehall::Forslag(f), heading, format!("Förslag {sedan}"))
            }
            Slag::Text => (Innehall::Text(markdown::to_html(text)), String::new(), String::new()),
            Slag::Tabell => (Innehall::Tabell(slide::table(text)), String::new(), String::new()),
            // of a meeting, not of a unit: see `mote`
            Slag::Foregaende => (Innehall::Foregaende(vec![], vec![]), finding::foregaende(0, 0), String::new()),
        })
    }

    async fn resultat(&mut self) -> Result<Vec<Resultat>, AppError> {
        let mut out = Vec::new();
        for id in genomforande::for_apt(self.tx, self.om.node, self.om.since).await? {
            let run = genomforande::get(self.tx, id).await?;
            let item = occurrence::get(self.tx, self.actor, run.occurrence).await?;
            out.push(Resultat {
                title: format!("{}, {}", item.title, item.occurrence.when().label()),
                fynd: item.result_label(),
                mal: goal_sentence(&run, &item.occurrence.andel).unwrap_or_default(),
                analys: run.texts.analys.clone(),
                slutsats: run.texts.slutsats.clone(),
                status: item.status(self.om.today),
                reached: run.reaches_goal(&item.occurrence.andel),
            });
        }
        Ok(out)
    }

    /// Counts as everybody sees them: those that were released, whoever presents.
    async fn avvikelser(&mut self) -> Result<(Innehall, String, String), AppError> {
        let Om { node, since, today } = self.om;
        let seen = frislappt::get(self.tx, node).await?;
        // early in the year the one that has ended is the one with something to show
        let year = if seen.total(today.year()).is_none() { today.year() - 1 } else { today.year() };
        let learnt = register::for_apt(self.tx, self.actor, node, since).await?;
        let about = match seen.until(year) {
            Some(until) if until.month() > 1 => {
                format!("Avvikelser januari–{} {year}", format::month_name(until.month()))
            }
            Some(_) => format!("Avvikelser januari {year}"),
            None => format!("Avvikelser {}", today.year()),
        };
        let heading = finding::avvikelser(seen.total(year));
        Ok((Innehall::Avvikelser(seen, year, learnt), heading, about))
    }

    async fn enkat(&mut self, id: Option<EnkatId>) -> Result<Option<Enkat>, AppError> {
        let Some(id) = id else { return Ok(None) };
        let read = match data::read(self.tx, self.actor, id).await {
            Ok(read) if read.enkat.node == self.om.node => read,
            // a draft, or one that is not there any more
            Ok(_) | Err(AppError::Forbidden | AppError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut shares = Vec::new();
        let fragor = read
            .questions
            .iter()
            .filter(|q| q.number.is_some())
            .filter_map(|q| {
                let figur = q.total()?;
                shares.extend(figur.share.map(|share| (share, good_words(&q.now().categories))));
                let finding = figur.finding(&q.now().categories);
                Some((q.now().fraga.text.clone(), segments(q.now(), &figur), figur.share_words(), finding))
            })
            .collect();
        let utifran = read.questions.iter().filter(|q| q.number.is_some()).filter_map(elsewhere).collect();
        let texts = resultat::fritexter(self.tx, id).await?;
        let kommentarer = texts.into_iter().filter(|t| t.apt).map(|t| t.text).collect();
        Ok(Some(Enkat { n: read.shown, fragor, utifran, kommentarer, title: read.enkat.content.title, shares }))
    }
}

/// `Bemötande? Staden 2025: Mycket bra 0 %, Bra 44 %, …` None where no spread is known.
fn elsewhere(q: &data::Fragresultat) -> Option<String> {
    let known = q.outside.iter().filter(|o| o.kon.is_none() && o.fordelning.is_some());
    let latest = known.max_by(|a, b| a.wave.cmp(&b.wave))?;
    let words = latest.fordelning.as_ref()?.words();
    Some(format!("{} {} {}: {words}", q.now().fraga.text, latest.source, latest.wave))
}

/// Takes away what an item is called, who does it and what was found. Its mark stays.
fn blank(item: &mut Item) {
    item.category.label().clone_into(&mut item.title);
    for text in [&mut item.rhythm, &mut item.responsible_label, &mut item.performed_by_label] {
        text.clear();
    }
    item.occurrence.andel = Andel::default();
    item.occurrence.figures.clear();
    item.occurrence.note.clear();
    item.occurrence.reason.clear();
    item.may_tick = false;
}

/// The slides of a meeting, in order: those of each point, and a plain one for a point that has none.
pub async fn mote(
    tx: &mut Tx,
    actor: &Actor,
    mote: &Mote,
    points: &[Punkt],
    today: NaiveDate,
) -> Result<Vec<Visad>, AppError> {
    let last = apt::held_before(tx, mote, today).await?;
    let om = Om { node: mote.node, since: apt::since(mote, last.as_ref()), today };
    let mut out = Vec::new();
    let beslut = match &last {
        Some(last) => apt::punkt::list(tx, last.id).await?.into_iter().flat_map(|p| p.beslut).map(|b| b.text).collect(),
        None => vec![],
    };
    let remain = match &last {
        Some(last) => {
            let all = atgard::of_source(tx, actor, domain::atgard::Source::Apt(last.id)).await?;
            let a = slide::atgarder(&all, om.since, today);
            a.forsenade.into_iter().chain(a.kommande).collect()
        }
        None => vec![],
    };
    let mut foregaende = Some((beslut, remain));
    let mut kalla = Kalla::new(tx, actor, om, false).among(mote.kind.is_closed());
    for punkt in points {
        if punkt.bilder.is_empty() {
            out.push(Visad {
                id: format!("punkt-{}", punkt.id),
                punkt: punkt.id,
                kicker: format!("Punkt {}", punkt.nr),
                rubrik: punkt.title.clone(),
                innehall: Innehall::Punkt(punkt.leaders.clone(), punkt.amnen.clone(), punkt.link.clone()),
                fraga: String::new(),
                minuter: None,
                stod: String::new(),
            });
        }
        for bild in &punkt.bilder {
            let (mut innehall, mut heading, about) = kalla.las(bild.slag, bild.enkat, &bild.text).await?;
            if bild.slag == Slag::Foregaende
                && let Some((beslut, remain)) = foregaende.take()
            {
                heading = finding::foregaende(beslut.len(), remain.len());
                innehall = Innehall::Foregaende(beslut, remain);
            }
            out.push(visad(punkt, bild, innehall, heading, &about));
        }
    }
    Ok(out)
}

fn visad(punkt: &Punkt, bild: &Bild, innehall: Innehall, heading: String, about: &str) -> Visad {
    let rubrik = match (bild.rubrik.as_str(), heading) {
        ("", heading) if heading.is_empty() => punkt.title.clone(),
        ("", heading) => heading,
        (written, _) => written.to_owned(),
    };
    let kicker = if about.is_empty() || about == punkt.title {
        format!("{}. {}", punkt.nr, punkt.title)
    } else {
        format!("{}. {} · {about}", punkt.nr, punkt.title)
    };
    Visad {
        id: format!("bild-{}", bild.id),
        punkt: punkt.id,
        kicker,
        rubrik,
        innehall,
        fraga: bild.fraga.clone(),
        minuter: bild.minuter,
        stod: bild.stod.clone(),
    }
}

/// What the slides are just now, in short: whether they have changed is seen by it.
#[must_use]
pub fn stand(slides: &[Visad]) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{slides:?}").hash(&mut hasher);
    format!("{:x}", hasher.finish())
}
