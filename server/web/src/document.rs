//! Documents: the files that a page of text can be taken home as. Both are made of the blocks that the page is made of.

use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::dokument::Dokument;
use http::{HeaderMap, header};
use store::Tx;
use ui::error::AppError;

use crate::{
    bilaga::Kind,
    blocking::{self, Written},
    download,
    pdf::{self, picture},
    plain, word,
};

/// The file format of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To go on writing in.
    Word,
    /// To send, to keep and to have read aloud.
    Pdf,
}

impl Format {
    const fn ending(self) -> &'static str {
        match self {
            Self::Word => "docx",
            Self::Pdf => "pdf",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

/// A document with the bytes of its logo.
pub struct Paper {
    document: Dokument,
    logo: Option<(Kind, Vec<u8>)>,
}

impl Paper {
    /// The document, with the logo at its head where it has one.
    pub async fn of(tx: &mut Tx, document: Dokument) -> Result<Self, AppError> {
        let read = match &document.logga {
            Some(logga) => Some(store::logga::bytes(tx, logga.node, logga.id).await),
            None => None,
        };
        let logo = match read.transpose() {
            Ok(read) => read.and_then(|(media, bytes)| Some((Kind::from_media_type(&media)?, bytes))),
            // another was chosen since the document was read: no document fails for that
            Err(store::Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Self { document, logo })
    }
}

/// The file as a download, called what the document is, whose and of which month.
pub async fn answer(headers: &HeaderMap, format: Format, paper: Paper, now: DateTime<Utc>) -> Response {
    let Paper { document, logo } = paper;
    let name = document.file_name();
    let written = blocking::write("document", move || match format {
        Format::Word => word::write(&document, logo, now).map_err(|cause| cause.to_string()),
        Format::Pdf => {
            let logo = logo.and_then(|(_, bytes)| picture::read(bytes));
            if document.logga.is_some() && logo.is_none() {
                tracing::warn!("a document is written without its logo, which cannot be drawn");
            }
            pdf::write(&document, logo.as_ref(), now).map_err(|cause| cause.to_string())
        }
    });
    match written.await {
        Ok(file) => sent(format, &name, file),
        Err(error) => plain::answer(headers, &error),
    }
}

/// A file that is written, as a download that is called so.
pub fn sent(format: Format, name: &str, file: Written) -> Response {
    let disposition = download::disposition(name, format.ending());
    let content_type = format.content_type().to_owned();
    let headers = [(header::CONTENT_TYPE, content_type), (header::CONTENT_DISPOSITION, disposition)];
    (headers, file.into_bytes()).into_response()
}
