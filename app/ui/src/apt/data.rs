//! What slides show, read from what everybody in the unit may see. Of a case only counts and the text written for APT are
//! asked for: nothing else of it comes near a slide, whoever presents.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};
use domain::{
    apt::{
        Bild, Mote, Punkt, Slag,
        deck::{self, Blad, Del, Resultat, sheets},
        finding, slide,
    },
    arshjul::{Zoom, layout::layout, picture},
    atgora::Tally,
    drawing::Drawing,
    enkat::{
        resultat::{Serie, good_words},
        sedan,
    },
    format,
    genomforande::documentation::goal_sentence,
    id::{EnkatId, NodeId, PunktId},
    occurrence::{Andel, Item, Share},
    person::Actor,
};
use store::{
    Tx, apt, atgard,
    avvikelse::{frislappt, register},
    enkat::resultat,
    forslag, genomforande, occurrence, organisation,
};

use super::{fot::Fot, planen, siffror};
use crate::{
    components::chart::Segment,
    enkat::results::{data, segments},
    error::AppError,
};

/// A slide as it is shown.
#[derive(Debug)]
pub struct Visad {
    /// Its id in the page: of the slide, or of the point that has none; with its number where a slide goes on.
    pub id: String,
    /// The point it belongs to.
    pub punkt: PunktId,
    /// What it shows: all but what is drawn.
    pub blad: Blad,
    /// The wheel, for [`Del::Hjul`].
    pub hjul: Option<Arc<Drawing>>,
    /// The parts of the bar of each question, for [`Del::Andelar`].
    pub staplar: Vec<Vec<Segment>>,
    /// Whether controls can be ticked off beside it.
    pub ticks: bool,
    /// Minutes of the timer.
    pub minuter: Option<i64>,
    /// For the one who presents.
    pub stod: String,
}

/// What a kind of slide shows, before it is parted into slides.
#[derive(Debug, Default)]
pub struct Last {
    /// Slides, most often one. Their kicker is what they are about.
    blad: Vec<Blad>,
    hjul: Option<Arc<Drawing>>,
    staplar: Vec<Vec<Segment>>,
}

impl Last {
    fn alone(blad: Blad) -> Self {
        Self { blad: vec![blad], ..Self::default() }
    }

    fn one(rubrik: String, kicker: String, delar: Vec<Del>) -> Self {
        Self { blad: vec![Blad { kicker, rubrik, delar, ..Blad::default() }], ..Self::default() }
    }
}

/// How a slide is shown, beside what its kind shows.
#[derive(Debug)]
pub struct Ram {
    /// The id of its first slide.
    pub id: String,
    /// The point it belongs to.
    pub punkt: PunktId,
    /// Minutes of the timer.
    pub minuter: Option<i64>,
    /// For the one who presents.
    pub stod: String,
    /// Whether controls can be ticked off beside it.
    pub ticks: bool,
}

impl Last {
    /// Its slides before they are parted: all that each shows, with the wheel and the bars that are drawn on it.
    pub fn slides(&self) -> impl Iterator<Item = (&Blad, Option<&Drawing>, &[Vec<Segment>])> {
        let mut staplar = self.staplar.as_slice();
        self.blad.iter().map(move |blad| {
            let (own, rest) = staplar.split_at(bars(blad).min(staplar.len()));
            staplar = rest;
            (blad, self.hjul.as_deref(), own)
        })
    }

    /// As many slides as it needs.
    pub fn visade(self, ram: &Ram) -> Vec<Visad> {
        let mut staplar = self.staplar.into_iter();
        let mut own = self.blad;
        if let Some(first) = own.first_mut() {
            first.klocka = ram.minuter.is_some();
        }
        let all: Vec<Blad> = own.into_iter().flat_map(sheets).collect();
        all.into_iter()
            .enumerate()
            .map(|(i, blad)| {
                let bars = bars(&blad);
                Visad {
                    id: if i == 0 { ram.id.clone() } else { format!("{}-{}", ram.id, i + 1) },
                    punkt: ram.punkt,
                    hjul: self.hjul.clone().filter(|_| blad.delar.contains(&Del::Hjul)),
                    staplar: staplar.by_ref().take(bars).collect(),
                    ticks: ram.ticks,
                    minuter: ram.minuter,
                    stod: ram.stod.clone(),
                    blad,
                }
            })
            .collect()
    }
}

/// How many bars are drawn on a slide.
fn bars(blad: &Blad) -> usize {
    blad.delar.iter().map(|d| if let Del::Andelar(all) = d { all.len() } else { 0 }).sum()
}

/// The results of an enkät.
struct Enkat {
    n: i64,
    fragor: Vec<deck::Andel>,
    staplar: Vec<Vec<Segment>>,
    utifran: Vec<String>,
    kommentarer: Vec<String>,
    sedan: Option<String>,
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

    /// What a kind of slide shows.
    pub async fn las(&mut self, slag: Slag, enkat: Option<EnkatId>, text: &str) -> Result<Last, AppError> {
        let Om { node, since, today } = self.om;
        let sedan = format!("sedan {}", format::day_month(since));
        Ok(match slag {
            Slag::Hjul => {
                let open = self.open;
                let items = self.items().await?;
                let layout = layout(items, today.year(), Zoom::Year, today);
                let Tally { done, late, total, .. } = layout.counts;
                // where nobody touches it nothing in it leads anywhere, so it holds no id of what it shows
                let drawn = picture::wheel(items, &layout, today, (!open).then_some(""));
                let about = format!("Årshjulet {}", today.year());
                let last = Last::one(finding::year(done, total, late), about, deck::wheel(&layout.counts));
                Last { hjul: Some(Arc::new(drawn)), ..last }
            }
            Slag::Kontroller => {
                let open = self.open;
                let k = slide::kontroller(self.items().await?, since, today);
                let heading = finding::kontroller(&k);
                let delar = if open { deck::wall::kontroller(&k) } else { deck::kontroller(k) };
                Last::one(heading, format!("Kontroller {sedan}"), delar)
            }
            Slag::Resultat => {
                let found = self.resultat().await?;
                let about = match found.as_slice() {
                    [one] => format!("Resultat {}", one.nar),
                    _ => format!("Resultat {sedan}"),
                };
                Last::one(finding::resultat(&found), about, deck::resultat(found))
            }
            Slag::Avvikelser => self.avvikelser().await?,
            Slag::Enkat => self.enkat(enkat).await?,
            Slag::Siffror => {
                let tree = organisation::tree(self.tx).await?;
                let unit = tree.get(node).map(|node| node.name.clone()).unwrap_or_default();
                let blad = siffror::slides(self.tx, self.actor, (node, &unit), self.open, today).await?;
                Last { blad, ..Last::default() }
            }
            Slag::Mal => Last::alone(planen::mal(self.tx, node, self.open, today).await?),
            Slag::Indikatorer => Last::alone(planen::indikatorer(self.tx, self.actor, node, self.open, today).await?),
            Slag::Ekonomi => Last::alone(planen::konto(self.tx, node, today).await?),
            Slag::Atgarder => {
                let mut all = atgard::list(self.tx, self.actor, node).await?;
                all.retain(|a| self.ledning || a.closed_mote.is_none());
                let a = slide::atgarder(&all, since, today);
                Last::one(finding::atgarder(&a), format!("Åtgärder {sedan}"), deck::atgarder(a))
            }
            Slag::Forslag => {
                let f = slide::forslag(&forslag::list(self.tx, node).await?, since);
                let heading = finding::forslag(&f);
                let delar = if self.open { deck::wall::forslag(&f) } else { deck::forslag(f) };
                Last::one(heading, format!("Förslag {sedan}"), delar)
            }
            Slag::Tabell => {
                let read = slide::table(text);
                Last::one(finding::tabell(&read).unwrap_or_default(), String::new(), deck::tabell(read))
            }
            // of a meeting, not of a unit: see `found`
            Slag::Foregaende | Slag::Text => Last::default(),
        })
    }

    async fn resultat(&mut self) -> Result<Vec<Resultat>, AppError> {
        let mut out = Vec::new();
        for id in genomforande::for_apt(self.tx, self.om.node, self.om.since).await? {
            let run = genomforande::get(self.tx, id).await?;
            let item = occurrence::get(self.tx, self.actor, run.occurrence).await?;
            out.push(Resultat {
                title: item.title.clone(),
                nar: item.occurrence.when().label(),
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
    async fn avvikelser(&mut self) -> Result<Last, AppError> {
        let Om { node, since, today } = self.om;
        let seen = frislappt::get(self.tx, node).await?;
        // early in the year the one that has ended is the one with something to show
        let year = if seen.total(today.year()).is_none() { today.year() - 1 } else { today.year() };
        let learnt = if self.open { vec![] } else { register::for_apt(self.tx, self.actor, node, since).await? };
        let about = match seen.until(year) {
            Some(until) if until.month() > 1 => {
                format!("Avvikelser januari–{} {year}", format::month_name(until.month()))
            }
            Some(_) => format!("Avvikelser januari {year}"),
            None => format!("Avvikelser {}", today.year()),
        };
        let mut last = Last::one(finding::avvikelser(seen.total(year)), about.clone(), deck::avvikelser(&seen, year));
        let heading = finding::learnt(learnt.len());
        if let Some(delar) = deck::learnt(learnt) {
            last.blad.push(Blad { kicker: about, rubrik: heading, delar, of_others: true, ..Blad::default() });
        }
        Ok(last)
    }

    async fn enkat(&mut self, id: Option<EnkatId>) -> Result<Last, AppError> {
        let Some(found) = self.svar(id).await? else {
            let empty = vec![Del::Tomt("Här visas en enkät när den har fått svar.".to_owned())];
            return Ok(Last::one(finding::enkat(&[]), "Brukarenkät".to_owned(), empty));
        };
        let shown = !found.fragor.is_empty();
        let mut last = Last::one(finding::enkat(&found.shares), found.title.clone(), deck::andelar(found.fragor));
        if shown && let Some(blad) = last.blad.first_mut() {
            let parts: Vec<Vec<i64>> = found.staplar.iter().map(|b| b.iter().map(|s| s.n).collect()).collect();
            blad.sida = deck::answers(found.n, found.sedan);
            blad.delar.extend(deck::rounded(&parts));
        }
        last.staplar = found.staplar;
        let comments = if self.open { vec![] } else { found.kommentarer };
        let heading = finding::kommentarer(comments.len(), found.utifran.len());
        if let Some(delar) = deck::said(comments, found.utifran).filter(|_| shown) {
            last.blad.push(Blad { kicker: found.title, rubrik: heading, delar, of_others: true, ..Blad::default() });
        }
        Ok(last)
    }

    async fn svar(&mut self, id: Option<EnkatId>) -> Result<Option<Enkat>, AppError> {
        let Some(id) = id else { return Ok(None) };
        let read = match data::read(self.tx, self.actor, id).await {
            Ok(read) if read.enkat.node == self.om.node => read,
            // a draft, or one that is not there any more
            Ok(_) | Err(AppError::Forbidden | AppError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut shares = Vec::new();
        let (fragor, staplar) = read
            .questions
            .iter()
            .filter(|q| q.number.is_some())
            .filter_map(|q| {
                let figur = q.total()?;
                shares.extend(figur.share.map(|share| (share, good_words(&q.now().categories))));
                let fynd = figur.finding(&q.now().categories);
                let andel = deck::Andel { fraga: q.now().fraga.text.clone(), andel: figur.share_words(), fynd };
                Some((andel, segments(q.now(), &figur)))
            })
            .unzip();
        let utifran = read.questions.iter().filter(|q| q.number.is_some()).filter_map(elsewhere).collect();
        let texts = resultat::fritexter(self.tx, id).await?;
        let kommentarer = texts.into_iter().filter(|t| t.apt).map(|t| t.text).collect();
        let sedan = (!self.open).then(|| {
            let asked: Vec<&[Serie]> = read.questions.iter().map(|q| q.series.as_slice()).collect();
            sedan::sentence(&asked, self.om.since)
        });
        let title = read.enkat.content.title;
        Ok(Some(Enkat { n: read.shown, fragor, staplar, utifran, kommentarer, sedan, title, shares }))
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
    let found = found(tx, actor, mote, points, today).await?;
    Ok(found.into_iter().flat_map(|(punkt, bild, last)| last.visade(&ram(punkt, bild.as_ref()))).collect())
}

/// What the slides of a meeting show before it is parted into slides: all of it. The slide is none for a point that has none.
pub async fn found(
    tx: &mut Tx,
    actor: &Actor,
    mote: &Mote,
    points: &[Punkt],
    today: NaiveDate,
) -> Result<Vec<(PunktId, Option<Bild>, Last)>, AppError> {
    let last = apt::held_before(tx, mote, today).await?;
    let om = Om { node: mote.node, since: apt::since(mote, last.as_ref()), today };
    let mut out = Vec::new();
    let mut foregaende = Some(before(tx, actor, mote, last.as_ref(), om).await?);
    let mut kalla = Kalla::new(tx, actor, om, false).among(mote.kind.is_closed());
    for punkt in points {
        if punkt.bilder.is_empty() {
            let leaders = punkt.leaders.iter().map(|d| d.name.clone()).collect::<Vec<_>>().join(" och ");
            let led = if leaders.is_empty() { String::new() } else { format!(" · Leds av {leaders}") };
            let kicker = format!("Punkt {}{led}", punkt.nr);
            let heading = finding::punkt(&punkt.title, punkt.amnen.len());
            out.push((punkt.id, None, Last::one(heading, kicker, deck::agenda(punkt, points))));
        }
        for bild in &punkt.bilder {
            let found = match bild.slag {
                Slag::Foregaende => foregaende.take().unwrap_or_default(),
                Slag::Text => own(bild),
                slag => kalla.las(slag, bild.enkat, &bild.text).await?,
            };
            out.push((punkt.id, Some(bild.clone()), framed(punkt, bild, found)));
        }
    }
    Ok(out)
}

/// A text and its picture.
fn own(bild: &Bild) -> Last {
    let (heading, text) = deck::headed(&bild.text).unwrap_or_else(|| (String::new(), bild.text.clone()));
    Last::one(heading, String::new(), deck::bild(&text, bild.fil.clone()))
}

/// What was decided at the meeting before, and what remains of it.
async fn before(tx: &mut Tx, actor: &Actor, mote: &Mote, last: Option<&Mote>, om: Om) -> Result<Last, AppError> {
    let Some(last) = last else {
        return Ok(Last::one(finding::foregaende(mote.kind, None), String::new(), deck::first_meeting()));
    };
    let points = apt::punkt::list(tx, last.id).await?;
    let beslut: Vec<(String, String)> =
        points.into_iter().flat_map(|p| p.beslut.into_iter().map(move |b| (b.text, p.title.clone()))).collect();
    let all = atgard::of_source(tx, actor, domain::atgard::Source::Apt(last.id)).await?;
    let a = slide::atgarder(&all, om.since, om.today);
    let remain: Vec<_> = a.forsenade.into_iter().chain(a.kommande).collect();
    let heading = finding::foregaende(mote.kind, Some((beslut.len(), remain.len())));
    Ok(Last::one(heading, String::new(), deck::foregaende(beslut, remain)))
}

/// With the heading that was written, what stands above it, and its question.
fn framed(punkt: &Punkt, bild: &Bild, mut found: Last) -> Last {
    for (i, blad) in found.blad.iter_mut().enumerate() {
        if !bild.rubrik.is_empty() && i == 0 {
            blad.rubrik.clone_from(&bild.rubrik);
        } else if blad.rubrik.is_empty() {
            blad.rubrik = match blad.delar.as_slice() {
                [Del::Tomt(_)] => format!("{}: inget är skrivet än", punkt.title),
                _ => punkt.title.clone(),
            };
        }
        let about = std::mem::take(&mut blad.kicker);
        blad.kicker = if about.is_empty() || about == punkt.title {
            format!("{}. {}", punkt.nr, punkt.title)
        } else {
            format!("{}. {} · {about}", punkt.nr, punkt.title)
        };
        if i == 0 {
            blad.fraga.clone_from(&bild.fraga);
        }
    }
    found
}

fn ram(punkt: PunktId, bild: Option<&Bild>) -> Ram {
    Ram {
        id: bild.map_or_else(|| format!("punkt-{punkt}"), |bild| format!("bild-{}", bild.id)),
        punkt,
        minuter: bild.and_then(|bild| bild.minuter),
        stod: bild.map(|bild| bild.stod.clone()).unwrap_or_default(),
        ticks: bild.is_some_and(|bild| bild.slag == Slag::Kontroller),
    }
}

/// What the slides are just now, in short: whether they have changed is seen by it.
#[must_use]
pub fn stand(slides: &[Visad], foot: &Fot) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{slides:?}{foot:?}").hash(&mut hasher);
    format!("{:x}", hasher.finish())
}
