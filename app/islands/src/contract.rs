//! Contract: what the browser and the server say to each other, declared once. Paths, the headers that both know, and the structs
//! that travel. The server routes by these paths, and a server function that answers one is held to it by [`Path::is`].
//!
//! A page that a device has kept holds the browser part of its day: what stands here is added to, never renamed.

use std::marker::PhantomData;

use domain::{enkat::Besked, field::FieldError, genomforande::cell::Saved, sent::Stands};
use serde::{Deserialize, Serialize};

/// A path, and the type that the server answers with on it.
pub struct Path<T> {
    path: &'static str,
    answer: PhantomData<fn() -> T>,
}

impl<T> Path<T> {
    const fn of(path: &'static str) -> Self {
        Self { path, answer: PhantomData }
    }

    /// The path.
    #[must_use]
    pub const fn get(&self) -> &'static str {
        self.path
    }

    /// Fails to compile where a server function has another path than is asked for.
    ///
    /// # Panics
    /// When it has.
    pub const fn is(&self, path: &str) {
        let (own, other) = (self.path.as_bytes(), path.as_bytes());
        assert!(own.len() == other.len(), "the islands ask at another path");
        let mut i = 0;
        while i < own.len() {
            assert!(own[i] == other[i], "the islands ask at another path");
            i += 1;
        }
    }
}

/// The header of what a page asks for by itself, with nobody at the keyboard: it is no use of the login.
pub const BACKGROUND: &str = "x-bakgrund";

/// Whether the server is well.
pub const HEALTH: &str = "/halsa";
/// The service worker.
pub const WORKER: &str = "/sw.js";
/// The year as a wheel, and its months.
pub const ARSHJUL: &str = "/arshjul";
/// The plan of egenkontroller.
pub const EGENKONTROLL: &str = "/egenkontroll";
/// The plan of internkontroller.
pub const INTERNKONTROLL: &str = "/internkontroll";
/// Cases.
pub const AVVIKELSER: &str = "/avvikelser";
/// What is to be done of what was found.
pub const ATGARDER: &str = "/atgarder";
/// Meetings; one of them below it.
pub const APT: &str = "/apt";
/// Enkäter; one of them below it.
pub const ENKATER: &str = "/enkater";
/// What is carried out; one of them below it.
pub const GENOMFORANDEN: &str = "/genomforanden";
/// Plans of goals; the pages of one of them below it.
pub const VERKSAMHETSPLAN: &str = "/verksamhetsplan";
/// The login.
pub const LOG_IN: &str = "/logga-in";
/// A form that logs out.
pub const LOG_OUT: &str = "/logga-ut";
/// The stream of what changes.
pub const EVENTS: &str = "/handelser";
/// Takes the password of a page that is locked.
pub const UNLOCK: &str = "/las-upp";
/// Whether the content of cases is locked, and that it is to be.
pub const LOCK: Path<Locked> = Path::of("/las");
/// That somebody is there.
pub const USED: Path<Shown> = Path::of("/anvand");
/// How the server meets a form.
pub const MEETS: Path<Met> = Path::of("/inne");

/// Answers to an enkät, as JSON of several `Inlamnat`.
pub const CREATE_ENKATSVAR: Path<Vec<Besked>> = Path::of("/api/create_enkatsvar");
/// Takes an answer back.
pub const UNDO_ENKATSVAR: Path<TakenBack> = Path::of("/api/undo_enkatsvar");
/// How many answers a device has entered.
pub const SET_ENKATANTAL: Path<Entered> = Path::of("/api/set_enkatantal");
/// The name of the person on devices, for answers.
pub const GET_ENKATKONTO: Path<Enkatkonto> = Path::of("/api/get_enkatkonto");
/// The name of the person on devices, for drafts, and what opens them.
pub const GET_UTKASTKONTO: Path<Utkastkonto> = Path::of("/api/get_utkastkonto");
/// Whether a report is at the server.
pub const GET_AVVIKELSE_MOTTAGEN: Path<Mottagen> = Path::of("/api/get_avvikelse_mottagen");
/// Saves cells of a table in which cases are judged.
pub const UPDATE_BEDOMNINGAR: Path<Saved> = Path::of("/api/update_bedomningar");
/// Takes in a report. A draft on a device holds this path.
pub const CREATE_AVVIKELSE: Path<Said> = Path::of("/api/create_avvikelse");
/// What others have judged.
pub const GET_BEDOMNINGAR: Path<Saved> = Path::of("/api/get_bedomningar");
/// Saves cells of the outcomes of a plan.
pub const UPDATE_UTFALL: Path<Utfallssvar> = Path::of("/api/update_utfall");
/// What others have written there.
pub const GET_UTFALL: Path<Utfallssvar> = Path::of("/api/get_utfall");

/// Where an enkät is answered.
#[must_use]
pub fn svara(enkat: &str) -> String {
    format!("/enkater/{enkat}/svara")
}

/// The page of a case.
#[must_use]
pub fn avvikelse(id: &str) -> String {
    format!("/avvikelser/{id}")
}

/// Whether the content of cases is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// It is.
    #[serde(rename = "last")]
    pub locked: bool,
}

/// Whether a meeting is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// It is, and not yet closed.
    #[serde(rename = "visas")]
    pub shown: bool,
}

/// How the server meets a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// Whether somebody is logged in.
    #[serde(rename = "inne")]
    pub inside: bool,
    /// Whether a form would wait for its writer otherwise.
    #[serde(rename = "vantar")]
    pub waits: bool,
}

/// What came of taking an answer back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Whether it was there to take back; one that is published is not any more.
    pub done: bool,
}

/// How many answers the person has entered this month, on all devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// The sum.
    pub n: i64,
}

/// What the devices of the signed-in person know the person by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enkatkonto {
    /// A random key.
    pub konto: String,
}

/// What a device knows the person's drafts by, and the key that opens them there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utkastkonto {
    /// The name.
    pub konto: String,
    /// 64 hexadecimal digits.
    pub nyckel: String,
    /// Those from before, of drafts that lie on the device.
    pub tidigare: Vec<Tidigare>,
}

/// A key that has been replaced since.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tidigare {
    /// The name.
    pub konto: String,
    /// 64 hexadecimal digits.
    pub nyckel: String,
}

/// What the server has of a report that a device keeps.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mottagen {
    /// What stands under its id. Of others' nothing is told.
    pub star: Stands,
}

/// What the browser reads of the answer to a form, whatever more it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What was done.
    #[serde(default)]
    pub toast: Option<SaidWords>,
}

/// The words of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaidWords {
    /// The sentence.
    pub text: String,
}

/// What the server answers when outcomes are saved, or when a screen asks what is new. Its texts are finished: a screen shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utfallssvar {
    /// Number of the last change that the rows below bring the screen to.
    pub nr: i64,
    /// Rows that have changed since the number that the screen gave.
    pub rader: Vec<Utfallsrad>,
    /// Cells that are not saved, each with why.
    pub nekade: Vec<FieldError>,
    /// Cells that somebody else had changed: the cell, what stands there now, and the sentence.
    pub krockar: Vec<(String, String, String)>,
    /// The cells that a block that was pasted fills, each with what it says.
    pub inklistrat: Vec<(String, String)>,
    /// The heading of the page.
    pub rubrik: String,
    /// "Sparat 14.02"; empty where nothing was.
    pub sparat: String,
    /// What has to be read.
    pub sagt: Vec<String>,
    /// Whether the period is closed.
    pub stangd: bool,
}

/// A row of the outcomes of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utfallsrad {
    /// The indikator.
    pub id: String,
    /// Its cells.
    pub rutor: Vec<Utfallsruta>,
    /// Whether somebody should look at its figure.
    pub varna: bool,
    /// How it stands, as HTML.
    pub status: String,
    /// Why, as HTML.
    pub varfor: String,
}

/// A cell of the outcomes of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utfallsruta {
    /// Its field: the id of the indikator and the code of the column.
    pub falt: String,
    /// As it is written in the cell.
    pub skriven: String,
    /// As it is read.
    pub visad: String,
    /// What a share is of; may be empty.
    pub delar: String,
}
