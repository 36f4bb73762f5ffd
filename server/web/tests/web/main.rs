//! The application's tests over HTTP, in this process. One program for all of them: each would link the whole product, a
//! hundred megabytes and half a minute every time.

#[macro_use]
mod common;

mod apt;
mod avrundning;
mod avvikelse;
mod bildfil;
mod borttagen;
mod command;
mod dag;
mod dagar;
mod demo;
mod enhet;
mod enkat;
mod excel;
mod fil;
mod form;
mod forslag;
mod genomforande;
mod grupp;
mod hjulet;
mod house;
mod import;
mod jamforelse;
mod jamstalldhet;
mod kept;
mod klistra;
mod kolada;
mod limits;
mod live;
mod login;
mod permission;
mod personlista;
mod plan;
mod protokoll;
mod resultat;
mod sakerhet;
mod sent;
mod serie;
mod serie_harledd;
mod serie_kontroll;
mod serie_las_in;
mod serie_manad;
mod serie_rundtur;
mod session;
mod siffror;
mod sok;
mod stad;
mod start;
mod table;
mod text;
mod together;
mod utfall;
mod vecka;
mod verbs;
