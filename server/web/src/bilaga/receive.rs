//! Receive: a form with one file, read as it comes. Of a file that is larger than it may be nothing is kept; after
//! [`BODY_MAX`] bytes nothing more is even received.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::Field},
    response::Response,
};
use domain::{avvikelse::bilaga::Borttaget, personnummer};
use http::{HeaderMap, header};

use super::kind::{self, FILE_MAX, Judged, Kind};
use crate::{
    blocking,
    form::{Fields, clean},
    plain,
    state::AppState,
};

/// The most bytes that are received, most of them to be thrown away: a browser reads our answer only when it has been
/// allowed to send its file.
pub const BODY_MAX: usize = 64 * 1024 * 1024;
/// The most bytes of a field that is no file: room for a line several times over, so that what is too long is told of at its field.
const FIELD_MAX: usize = 16 * 1_024;
/// The most parts of a form.
const PARTS_MAX: usize = 10;
/// The longest name, in characters.
const NAME_MAX: usize = 100;

pub const TOO_LARGE: &str = "Filen är större än 10 MB. Gör den mindre, till exempel med färre sidor eller lägre upplösning, \
                             och välj den igen.";
/// What is said at the field where no file was chosen.
pub const NONE: &str = "Välj en fil först.";
const LOST: &str = "Filen kom inte fram. Ladda om sidan och försök igen.";

/// A file that may be kept.
#[derive(Debug)]
pub struct File {
    /// File name, with the extension that fits the content.
    pub name: String,
    /// Kind of file, judged by its content.
    pub kind: Kind,
    /// Its content, as it is kept.
    pub bytes: Vec<u8>,
    /// What was taken out of it.
    pub removed: Vec<Borttaget>,
    /// Of a picture, its pixels across and down as it is shown.
    pub pixels: Option<(u32, u32)>,
}

/// What was sent: its fields, and the file or the sentence that says what is wrong with it.
#[derive(Debug)]
pub struct Sent {
    /// The fields that are no file.
    pub fields: Fields,
    /// The file; none where none was chosen.
    pub file: Result<Option<File>, String>,
}

/// The answer where the browser says beforehand that more comes than is received.
#[must_use]
pub fn refuse_announced(headers: &HeaderMap) -> Option<Response> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    (announced.unwrap_or(0_u64) > BODY_MAX as u64).then(|| plain::too_large(headers))
}

/// Reads the form, and judges its file.
pub async fn receive(request: Request, state: &AppState, by: fn(Vec<u8>) -> Judged) -> Result<Sent, String> {
    let lost = || LOST.to_owned();
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| lost())?;
    let mut fields = Fields::default();
    let mut file = None;
    for _ in 0..PARTS_MAX {
        let Some(part) = parts.next_field().await.map_err(|_| lost())? else {
            let file = match file {
                None => Ok(None),
                Some(Err(refused)) => Err(refused),
                Some(Ok((name, bytes))) => judge(name, bytes, by).await.map(Some),
            };
            return Ok(Sent { fields, file });
        };
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(called) = part.file_name().map(clean) {
            match content(part, FILE_MAX).await.ok_or_else(lost)? {
                Some(bytes) if bytes.is_empty() => {}
                Some(bytes) => file = Some(Ok((called, bytes))),
                None => file = Some(Err(TOO_LARGE.to_owned())),
            }
        } else if let Some(bytes) = content(part, FIELD_MAX).await.ok_or_else(lost)? {
            fields.push(&name, &bytes);
        }
    }
    Err(lost())
}

/// The bytes of a part. `Some(None)` when there are more than `max`: the rest is received and thrown away. `None` when
/// the sending broke off.
#[allow(clippy::option_option)]
async fn content(mut part: Field<'_>, max: usize) -> Option<Option<Vec<u8>>> {
    let mut out = Some(Vec::new());
    while let Some(chunk) = part.chunk().await.ok()? {
        if let Some(bytes) = &mut out {
            if bytes.len() + chunk.len() > max {
                out = None;
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
    }
    Some(out)
}

async fn judge(name: String, bytes: Vec<u8>, by: fn(Vec<u8>) -> Judged) -> Result<File, String> {
    let judged = blocking::run(move || {
        by(bytes).map(|(kind, bytes, removed)| {
            let pixels = kind::size(kind, &bytes);
            (kind, bytes, removed, pixels)
        })
    });
    let judged = judged.await;
    // a reader that panics has met a broken file
    let Ok(judged) = judged else { return Err("Filen kan inte läsas. Spara den på nytt.".to_owned()) };
    let (kind, bytes, removed, pixels) = judged?;
    let name = named(&name, kind);
    // its words, apart from the end and from what stands for blanks in names
    let words = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).replace(['_', '.'], " ");
    if personnummer::varning(&words).is_some() {
        return Err(
            "Filens namn ser ut att innehålla ett personnummer eller en kontaktuppgift. Döp om filen och välj den \
                    igen."
                .to_owned(),
        );
    }
    Ok(File { name, kind, bytes, removed, pixels })
}

/// The last part of a path, without what a file system or a header would read otherwise, ending as the content says.
fn named(name: &str, kind: Kind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let allowed = |c: &char| c.is_alphanumeric() || " -_.,()+&".contains(*c);
    let stem: String = stem.chars().filter(allowed).take(NAME_MAX).collect();
    let stem = stem.trim_matches(['.', ' ']);
    let stem = if stem.is_empty() { "bilaga" } else { stem };
    format!("{stem}.{}", kind.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_no_path_and_nothing_that_a_header_reads() {
        assert_eq!(named("Skärmbild 2026-11-23.PNG", Kind::Png), "Skärmbild 2026-11-23.png");
        assert_eq!(named("C:\\Users\\x\\beslut.docx", Kind::Docx), "beslut.docx");
        assert_eq!(named("../../etc/passwd", Kind::Pdf), "passwd.pdf");
        assert_eq!(named("a\"; filename=\"b.exe\r\nX: y", Kind::Pdf), "a filenameb.pdf");
        assert_eq!(named("faktura.pdf.exe", Kind::Pdf), "faktura.pdf.pdf");
        assert_eq!(named("…", Kind::Jpeg), "bilaga.jpg");
        assert_eq!(named(&"å".repeat(300), Kind::Pdf).chars().count(), NAME_MAX + 4);
    }

    #[tokio::test]
    async fn a_name_with_a_personnummer_is_refused_before_the_file_is_kept() {
        for name in ["060606-1234.pdf", "beslut_060606-1234.pdf", "Ring 070-123 45 67.pdf"] {
            let refused = judge(name.into(), b"%PDF-1.7\nstartxref\n0\n%%EOF".to_vec(), kind::taken).await.unwrap_err();
            assert!(refused.contains("Döp om"), "{name}: {refused}");
        }
    }
}
