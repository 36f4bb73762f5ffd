//! The server of Kvalitetshjulet: configuration, command line, router, sessions, login, built files and jobs.
//! Pages and server functions are in `ui`, SQL in `store`, rules in `domain`.

pub mod address;
pub mod api;
pub mod apt;
pub mod arshjul;
pub mod assets;
pub mod atgard;
pub mod avvikelse;
pub mod bilaga;
pub mod blocking;
pub mod clock;
pub mod config;
pub mod demo;
mod demo_enkat;
pub mod document;
pub mod download;
pub mod enkat;
pub mod extract;
pub mod form;
pub mod forslag;
pub mod gate;
pub mod genomforande;
pub mod health;
pub mod import;
pub mod kolada;
pub mod las;
pub mod limits;
pub mod link;
pub mod live;
pub mod logga;
pub mod logging;
pub mod login;
pub mod once;
pub mod one_time;
pub mod opening;
pub mod page;
pub mod password;
pub mod pdf;
pub mod plain;
mod raster;
pub mod renamed;
pub mod router;
pub mod sakerhet;
pub mod security;
pub mod serie;
pub mod serve;
pub mod server;
pub mod session;
pub mod start;
pub mod state;
pub mod throttle;
pub mod tillfallen;
pub mod token;
pub mod tv;
pub mod user;
pub mod utloggad;
pub mod verksamhetsplan;
pub mod word;
pub mod workbook;

/// The readers of files that are not ours: the same for the tests in here and for those over HTTP.
#[cfg(test)]
#[path = "../tests/web/common/reader.rs"]
#[allow(dead_code)] // over HTTP the content type says what opens a file
mod reader;
