//! The server of Kvalitetshjulet: configuration, command line, router, sessions, login, built files and jobs.
//! Pages and server functions are in `ui`, SQL in `store`, rules in `domain`.

pub mod api;
pub mod apt;
pub mod assets;
pub mod atgard;
pub mod avvikelse;
pub mod bilaga;
pub mod clock;
pub mod config;
pub mod demo;
mod demo_enkat;
pub mod document;
pub mod enkat;
pub mod extract;
pub mod form;
pub mod genomforande;
pub mod health;
pub mod import;
pub mod las;
pub mod link;
pub mod live;
pub mod logging;
pub mod login;
pub mod page;
pub mod password;
pub mod pdf;
pub mod plain;
pub mod router;
pub mod security;
pub mod server;
pub mod session;
pub mod start;
pub mod state;
pub mod throttle;
pub mod token;
pub mod user;
pub mod word;
