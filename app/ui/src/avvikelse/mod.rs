//! Avvikelser: reporting, the register, the case, statistics.

pub mod api;
mod arende;
pub mod case_api;
mod egen;
mod installningar;
mod klagomal;
mod list;
mod logg;
pub mod ny;
mod statistik;
mod year_rows;

use domain::{field::Checker, personnummer::varning};

pub use arende::ArendePage;
pub use installningar::InstallningarPage;
pub use klagomal::KlagomalPage;
pub use list::{RegisterPage, Urval, export};
pub use logg::LoggPage;
pub use ny::NyPage;
pub use statistik::StatistikPage;

/// What a file input takes: the kinds that the server accepts by their content.
pub const BILAGA_ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.docx,application/pdf,image/png,image/jpeg,\
                                 application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Checks a free text in which nobody is named by number.
fn text(check: &mut Checker, field: &str, value: &str) -> String {
    let text = check.text(field, value);
    if let Some(warning) = varning(&text) {
        check.error(field, warning);
    }
    text
}
