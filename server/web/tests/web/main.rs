//! The application's tests over HTTP, in this process. One program for all of them: each would link the whole product, a
//! hundred megabytes and half a minute every time.

mod common;

mod apt;
mod avvikelse;
mod form;
mod genomforande;
mod house;
mod import;
mod kept;
mod login;
mod permission;
mod resultat;
mod siffror;
mod start;
