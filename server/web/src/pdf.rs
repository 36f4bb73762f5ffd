//! PDF: a document's blocks as a file to keep and to have read aloud. It is PDF/A-2a, which archives take, and PDF/UA-1,
//! which screen readers read: tagged, with its fonts inside, and checked against both when it is written. Text is broken
//! by parley and the file written by krilla; ours is only where things stand on the page.

pub mod deck;
mod draw;
pub mod figure;
mod fonts;
mod layout;
mod letters;
pub mod picture;
pub(crate) mod set;
#[cfg(test)]
mod tests;
mod tree;
pub mod wheel;

use chrono::{DateTime, Datelike, Timelike, Utc};
use domain::dokument::{Dokument, LANGUAGE};
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    error::KrillaError,
    metadata::{DateTime as PdfDate, Metadata},
};

use self::{picture::Picture, set::Setter};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The settings contradict each other.
    #[error("the settings of the file do not go together")]
    Settings,
    /// What was drawn breaks one of the standards.
    #[error("the file does not hold to its standards: {0:?}")]
    Written(KrillaError),
}

/// The file, with `logo` where the document has one. `now` stands in it as the time when it was written.
pub fn write(document: &Dokument, logo: Option<&Picture>, now: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
    let mut setter = Setter::new();
    let laid = layout::lay(&mut setter, document, logo.is_some());
    let mut pdf = opened(&document.title, now)?;
    let drawn = draw::pages(&mut pdf, &mut setter, &laid, document, logo);
    pdf.set_outline(tree::outline(&laid));
    pdf.set_tag_tree(tree::tags(&laid, drawn));
    pdf.finish().map_err(PdfError::Written)
}

/// A file with no page yet, which is checked against its standards when it is finished.
fn opened(title: &str, now: DateTime<Utc>) -> Result<Document, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PdfError::Settings)?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut pdf = Document::new_with(settings);
    pdf.set_metadata(metadata(title, now));
    Ok(pdf)
}

fn metadata(title: &str, now: DateTime<Utc>) -> Metadata {
    let small = |n: u32| u8::try_from(n).unwrap_or_default();
    let date = PdfDate::new(u16::try_from(now.year()).unwrap_or_default())
        .month(small(now.month()))
        .day(small(now.day()))
        .hour(small(now.hour()))
        .minute(small(now.minute()))
        .second(small(now.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(title.to_owned())
        .language(LANGUAGE.to_owned())
        .creator("Kvalitetshjulet".to_owned())
        .creation_date(date)
}
