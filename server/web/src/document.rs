//! Documents: the files that a page of text can be taken home as. Both are made of the blocks that the page is made of.

use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::dokument::Dokument;
use http::{HeaderMap, header};

use crate::{blocking, download, pdf, plain, word};

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

/// The file as a download, called what the document is, whose and of which month.
pub async fn answer(headers: &HeaderMap, format: Format, document: Dokument, now: DateTime<Utc>) -> Response {
    let disposition = download::disposition(&document.file_name(), format.ending());
    let written = blocking::write("document", move || match format {
        Format::Word => word::write(&document, now).map_err(|cause| cause.to_string()),
        Format::Pdf => pdf::write(&document, now).map_err(|cause| cause.to_string()),
    });
    match written.await {
        Ok(file) => {
            let content_type = format.content_type().to_owned();
            let headers = [(header::CONTENT_TYPE, content_type), (header::CONTENT_DISPOSITION, disposition)];
            (headers, file.into_bytes()).into_response()
        }
        Err(error) => plain::answer(headers, &error),
    }
}
