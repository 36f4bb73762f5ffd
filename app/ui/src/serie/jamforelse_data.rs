//! What a series is compared with, as somebody may see it: another unit's series as it is shown to everybody, and of one that they may
//! not see only that there is one.

use chrono::NaiveDate;
use domain::{
    format,
    permission::{Action, Area},
    person::Actor,
    siffror::{
        dimension::DimensionsvardeId,
        harledd::Tidsserie,
        jamforelse::{ArsVarde, Jamforelse, Med, passar_inte, saknade_ar},
        serie::{Content, Serie, SerieId},
    },
};
use store::{Tx, serie};

use super::data::{self, Data};
use crate::error::AppError;

/// What is shown of a comparison.
pub enum Visas {
    /// The values of another series.
    Serie(Box<Data>, Option<DimensionsvardeId>),
    /// The years of a key figure, in the order of time.
    Ar(Vec<ArsVarde>),
    /// Nothing, and why.
    Nej(String),
}

/// A comparison with what of it is shown.
pub struct Jamford {
    /// What it is.
    pub of: Jamforelse,
    /// What its line is called.
    pub namn: String,
    /// With what it is, in words: "Serien Hushåll i Enhet Bromma".
    pub med: String,
    /// The page of the other series.
    pub href: Option<String>,
    /// Its values.
    pub visas: Visas,
    /// Whether this server fetches what is fetched; otherwise it is read from a file.
    pub hamtas: bool,
}

/// What is said of values that are not fetched by themselves.
const UR_FIL: &str = "Den här servern hämtar inget från Kolada. Värdena läses in från fil under Ändra, Jämförelser";

impl Jamford {
    /// The values of another series, as far as they are shown.
    #[must_use]
    pub fn varden(&self) -> Option<&Tidsserie> {
        static NOTHING: Tidsserie = Tidsserie::new();
        let Visas::Serie(data, varde) = &self.visas else { return None };
        let Some(varde) = varde else { return Some(data.huvud()) };
        let parts = data.visat.uppdelat.first().map(|of| of.delar.as_slice()).unwrap_or_default();
        Some(parts.iter().find(|(id, _)| id == varde).map_or(&NOTHING, |(_, values)| values))
    }

    /// Whether the value of another series is hidden at a time.
    #[must_use]
    pub fn is_dold(&self, period: domain::period::Period) -> bool {
        match &self.visas {
            Visas::Serie(data, None) => data.is_dold(period),
            Visas::Serie(data, Some(varde)) => data.visat.dolda.summor.contains(&(0, *varde, period)),
            Visas::Ar(_) | Visas::Nej(_) => false,
        }
    }

    fn lage(&self, values: &[ArsVarde]) -> Option<String> {
        if self.hamtas {
            return self.of.lage();
        }
        // what was read from a file waits for nothing
        values.is_empty().then(|| UR_FIL.to_owned())
    }

    /// What is known of it beside its values: where they come from, what is missing, what could not be fetched and when that is
    /// tried again, why nothing is shown.
    #[must_use]
    pub fn noter(&self) -> Vec<String> {
        let with_stop = |said: String| if said.ends_with(['.', '?']) { said } else { format!("{said}.") };
        match &self.visas {
            Visas::Nej(why) => vec![with_stop(why.clone())],
            Visas::Ar(values) => [self.of.kalla(values), saknade_ar(values), self.lage(values)]
                .into_iter()
                .flatten()
                .map(with_stop)
                .collect(),
            Visas::Serie(data, _) => {
                let kalla = &data.serie.content.kalla;
                let kalla = (!kalla.is_empty()).then(|| with_stop(format!("Källa: {kalla}")));
                let brott = data.serie.content.brott.iter();
                // no line of this picture stands for it
                let brott = brott.map(|b| with_stop(format!("Brott {}: {}", format::date(b.fran), b.varfor)));
                let closed = data.serie.closed_on.map(|day| format!("Serien avslutades {}.", format::date(day)));
                kalla.into_iter().chain(brott).chain(closed).collect()
            }
        }
    }
}

/// All that a series is compared with, in the order it was added. `hamtas`: whether this server fetches what is fetched.
pub async fn read(
    tx: &mut Tx,
    actor: &Actor,
    own: &Serie,
    (today, hamtas): (NaiveDate, bool),
) -> Result<Vec<Jamford>, AppError> {
    let all = serie::jamforelse::list(tx, own.id).await?;
    let fetched: Vec<_> = all.iter().filter(|of| of.is_hamtad()).map(|of| of.id).collect();
    let mut years = serie::jamforelse::ars_varden(tx, &fetched).await?;
    let mut out = Vec::with_capacity(all.len());
    for of in all.iter().cloned() {
        let (namn, med, href, visas) = match of.med.clone() {
            Med::Kolada(nyckeltal) => {
                let mut values = years.remove(&of.id).unwrap_or_default();
                // a year that is not over has no value anywhere
                values.retain(|v| v.tal.is_some() || v.ar < chrono::Datelike::year(&today));
                (of.namn.clone(), format!("Kolada: {}", nyckeltal.said()), None, Visas::Ar(values))
            }
            Med::Serie { serie, varde } => of_serie(tx, actor, own, (&of, serie, varde)).await?,
        };
        out.push(Jamford { of, namn, med, href, visas, hamtas });
    }
    Ok(out)
}

async fn of_serie(
    tx: &mut Tx,
    actor: &Actor,
    own: &Serie,
    (of, id, varde): (&Jamforelse, SerieId, Option<DimensionsvardeId>),
) -> Result<(String, String, Option<String>, Visas), AppError> {
    let other = serie::get(tx, id).await?;
    let unit = actor.tree.name(other.node).to_owned();
    if !actor.may(other.node, Area::Serie, Action::View) {
        let namn = if of.namn.is_empty() { format!("En serie i {unit}") } else { of.namn.clone() };
        let why = format!("Jämförelsen visas inte, för du har inte rätt att se siffror i {unit}");
        return Ok((namn, format!("En serie i {unit}"), None, Visas::Nej(why)));
    }
    let elsewhere = other.node != own.node;
    let refused = passar_inte(&own.content, &other.content);
    // of another unit what everybody sees there: who fills both is not alone before this page
    let data = if elsewhere { data::read_for_all(tx, actor, other).await? } else { data::read(tx, actor, id).await? };
    let part = varde.map(|id| data.dimensioner.first().and_then(|d| d.get(id)).map(|v| v.namn.clone()));
    let hela = &data.serie.content.namn;
    let med = match (&part, elsewhere) {
        (Some(Some(part)), false) => format!("{part} i serien {hela}"),
        (Some(Some(part)), true) => format!("{part} i serien {hela}, {unit}"),
        (_, true) => format!("Serien {hela}, {unit}"),
        (_, false) => format!("Serien {hela}"),
    };
    let namn = match (of.namn.as_str(), &part, elsewhere) {
        ("", Some(Some(part)), _) => part.clone(),
        ("", _, true) => unit,
        ("", _, false) => hela.clone(),
        (own, ..) => own.to_owned(),
    };
    let href = Some(format!("/siffror/{id}"));
    let visas = match (refused, &part) {
        (Some(why), _) => Visas::Nej(format!("Jämförelsen visas inte längre. {why}")),
        (None, Some(None)) => Visas::Nej("Jämförelsen visas inte: delen finns inte längre i serien".to_owned()),
        (None, _) => Visas::Serie(Box::new(data), varde),
    };
    Ok((namn, med, href, visas))
}

/// The series that can be chosen for a comparison.
#[derive(Default)]
pub struct Valbara {
    /// With each the name of its unit, where that is another.
    pub serier: Vec<(SerieId, String)>,
    /// That the units are more than those whose series are here.
    pub utelamnade: Option<String>,
}

/// The series of so many other units are read: a whole city's would be read for a list that nobody finds anything in.
const ENHETER_MOST: usize = 20;

/// The series that somebody may choose for a comparison: of the same unit and time, first those of the unit itself, then of the
/// units beside it.
pub async fn att_valja(tx: &mut Tx, actor: &Actor, own: &Serie) -> Result<Valbara, AppError> {
    let above = |id| actor.tree.get(id).and_then(|node| node.parent);
    let parent = above(own.node);
    let nodes = actor.tree.walk().into_iter().map(|(_, node)| node.id);
    let mut nodes: Vec<_> = nodes.filter(|id| *id != own.node && actor.may(*id, Area::Serie, Action::View)).collect();
    nodes.sort_by_key(|id| above(*id) != parent);
    let many = nodes.len();
    nodes.truncate(ENHETER_MOST);
    nodes.push(own.node);
    let utelamnade = (many > ENHETER_MOST).then(|| {
        format!(
            "Listan har serier ur {ENHETER_MOST} av de {} andra enheter som du ser, närmast först.",
            format::int(i64::try_from(many).unwrap_or(i64::MAX))
        )
    });
    let all = serie::of_nodes(tx, &nodes).await?;
    let fits = |content: &Content| passar_inte(&own.content, content).is_none();
    let (here, elsewhere): (Vec<Serie>, Vec<Serie>) = all
        .into_iter()
        .filter(|other| other.id != own.id && fits(&other.content))
        .partition(|other| other.node == own.node);
    let here = here.into_iter().map(|other| (other.id, other.content.namn));
    let named = |other: Serie| (other.id, format!("{} ({})", other.content.namn, actor.tree.name(other.node)));
    Ok(Valbara { serier: here.chain(elsewhere.into_iter().map(named)).collect(), utelamnade })
}
