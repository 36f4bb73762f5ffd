//! Deck: a slide as a plain description: heading, parts, question, and how large its text is. The page draws it and so does
//! paper; what is shown, how much of it has room, and what goes on on the next slide is decided here (docs/design.md 6).
//!
//! Made by `build`, measured and parted by `fit`.

use serde::{Deserialize, Serialize};

use super::{
    Bildfil,
    slide::{Rad, Tabell},
};
use crate::{drawing::serie::Diagram, occurrence::Status};

mod build;
mod fit;
mod measure;
mod paged;

pub use build::{
    agenda, andelar, answers, atgarder, avvikelser, bild, ekonomi, first_meeting, foregaende, forslag, indikatorer,
    kontroller, learnt, mal, no_series, resultat, rounded, said, siffror, tabell, wall, wheel,
};
pub use fit::{sheets, weight};
pub use paged::headed;

/// The sizes that the text of a slide has, in pixels at 1080p. Nothing is smaller than the first (docs/design.md 6).
pub const STEPS: [u32; 9] = [32, 36, 40, 46, 52, 60, 68, 76, 84];

/// The sizes that a question at the side has, the largest first.
pub const QUESTION: [u32; 4] = [46, 40, 36, 32];

/// A slide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blad {
    /// Above the heading: the point, and what the slide shows since when.
    pub kicker: String,
    /// The finding.
    pub rubrik: String,
    /// What is shown, from left to right.
    pub delar: Vec<Del>,
    /// What stands at the side of it, from the top.
    pub sida: Vec<Del>,
    /// To talk about; may be empty.
    pub fraga: String,
    /// The size of the question, in pixels at 1080p: of [`QUESTION`].
    pub fraga_px: u32,
    /// Whether a clock counts down beside the question.
    pub klocka: bool,
    /// Whether its words are of a case or of who answered: they go with what they were written in, and are not kept elsewhere.
    pub of_others: bool,
    /// Places in [`STEPS`]: on a wide screen (16:9), and on a narrow one (4:3).
    pub steg: (usize, usize),
}

/// A part of a slide.
#[derive(Clone, Debug, PartialEq)]
pub enum Del {
    /// A list under its heading.
    Lista(Lista),
    /// Large figures.
    Siffror(Vec<Siffra>),
    /// The wheel of the year, which is drawn elsewhere.
    Hjul,
    /// Results of controls.
    Resultat(Vec<Resultat>),
    /// Names with numbers, and what has to be known of them.
    Antal(Vec<(String, String)>, Vec<String>),
    /// Bars: what each is called, and how many.
    Staplar(Vec<(String, i64)>),
    /// A chart, as large as its part of the slide.
    Diagram(Box<Diagram>),
    /// Questions with the shares of their answers. Their bars are drawn elsewhere, one for each in this order.
    Andelar(Vec<Andel>),
    /// A typed table, at least a head and a row.
    Tabell(Tabell),
    /// Markdown.
    Text(String),
    /// A picture, as large as its part of the slide. Its bytes are fetched at its address.
    Bild(Bildfil),
    /// Small sentences: what has to be known.
    Noter(Vec<String>),
    /// A sentence where there is nothing else.
    Tomt(String),
    /// A page with more.
    Lank(String),
    /// The points of the meeting: number, title, and whether it is this one.
    Dagordning(Vec<(i64, String, bool)>),
}

/// How a list looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Lines in one box.
    Rader,
    /// Lines in one box that is tinted: what somebody has to do.
    Tonad,
    /// A large card with a number for each.
    Kort,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct Lista {
    /// Above it.
    pub rubrik: &'static str,
    /// How many there are in all, whether shown or not.
    pub antal: usize,
    /// How it looks.
    pub form: Form,
    /// Its lines.
    pub poster: Vec<Post>,
    /// How many have no room.
    pub till: usize,
    /// How many of the lines have room on a narrow screen, and how many have none there.
    pub smal: (usize, usize),
    /// The number of its first card.
    pub fran: usize,
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Post {
    /// What it is about.
    pub text: String,
    /// Who and when, or what was found; may be empty.
    pub under: String,
    /// The mark before it.
    pub status: Option<Status>,
    /// How many it stands for.
    pub n: usize,
}

impl From<Rad> for Post {
    fn from(rad: Rad) -> Self {
        Self { text: rad.title, under: rad.detail, status: Some(rad.status), n: rad.n }
    }
}

/// What a figure says beside its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ton {
    /// Nothing.
    #[default]
    Vanlig,
    /// Done.
    Klar,
    /// Late.
    Sen,
}

/// A large figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siffra {
    /// The figure.
    pub tal: String,
    /// The words below the number; empty where it stands by itself.
    pub vad: String,
    /// Its colour.
    pub ton: Ton,
}

/// The result of a control.
#[derive(Clone, Debug, PartialEq)]
pub struct Resultat {
    /// The control.
    pub title: String,
    /// The time of the tillfälle, as `november` or `v. 46`.
    pub nar: String,
    /// What was found.
    pub fynd: String,
    /// Whether the målvärde is reached, in words; may be empty.
    pub mal: String,
    /// The analysis; may be empty.
    pub analys: String,
    /// What it leads to; may be empty.
    pub slutsats: String,
    /// Its mark.
    pub status: Status,
    /// Whether the målvärde is reached; none without one.
    pub reached: Option<bool>,
}

/// The answers to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andel {
    /// The question.
    pub fraga: String,
    /// Its share.
    pub andel: String,
    /// Its share in a sentence.
    pub fynd: String,
}

impl Blad {
    /// Whether something stands at the side.
    #[must_use]
    pub fn has_side(&self) -> bool {
        !self.sida.is_empty() || !self.fraga.is_empty() || self.klocka
    }

    /// Of its parts those that are lists, from left to right.
    fn lists(&self) -> impl Iterator<Item = &Lista> {
        self.delar.iter().filter_map(|del| match del {
            Del::Lista(lista) => Some(lista),
            _ => None,
        })
    }
}
