//! Kind: what a file is, judged by its content from the first byte to the last. A name and a `Content-Type` say what they
//! like; a file that is two things at once (a polyglot) is refused by reading its structure to the end. A picture is kept
//! without what stands behind it and without what is said of it, such as where it was taken; what was taken out is said.

use domain::avvikelse::bilaga::Borttaget;

mod docx;
mod exif;
mod jpeg;
mod png;

/// The most bytes of an attachment.
pub const FILE_MAX: usize = 10 * 1024 * 1024;

/// What an attachment may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// A picture, PNG.
    Png,
    /// A picture, JPEG.
    Jpeg,
    /// A Word file without macros.
    Docx,
}

impl Kind {
    domain::every! {
        /// Every one.
        Pdf, Png, Jpeg, Docx
    }

    /// The media type it is stored and sent with.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// The kind of a stored media type.
    #[must_use]
    pub fn from_media_type(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.media_type() == text)
    }

    /// The end of its name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Docx => "docx",
        }
    }
}

const OTHER: &str = "Filen är varken pdf, png, jpg eller docx. Spara den i något av de formaten och välj den igen.";
const PICTURE: &str = "Filen är varken jpg eller png. Spara bilden i något av de formaten, eller ta en skärmbild av den, och välj den \
                       igen.";
const CMYK: &str = "Bilden är i CMYK, för tryck. Spara den i RGB och välj den igen.";
const BROKEN: &str = "Filen kan inte läsas. Öppna den, spara den på nytt och välj den igen.";
const MORE: &str = "Filen innehåller mer än den utger sig för. Öppna den, spara den på nytt eller ta en skärmbild, och välj \
                    den igen.";
const MACROS: &str = "Worddokumentet innehåller makron eller inbäddade program. Spara det som pdf och välj den filen.";

/// Neither Windows nor a browser shows it without more, so whoever handles the case could not open it.
const HEIC: &str = "Bilden är i formatet HEIC, som de flesta datorer inte kan visa. Skicka den som jpg. På iPhone: öppna bilden \
                    i Bilder, välj Dela, Alternativ och Mest kompatibel, spara den i Filer och välj den igen. För nya bilder: \
                    Inställningar › Kamera › Format › Mest kompatibel.";
const AVIF: &str = "Bilden är i formatet AVIF, som många datorer inte kan visa. Spara den som jpg eller png, eller ta en \
                    skärmbild av den, och välj den filen.";

/// A picture as it is kept.
#[derive(Debug)]
struct Taken<'a> {
    /// Its bytes.
    bytes: Vec<u8>,
    /// What stood behind it.
    behind: &'a [u8],
    /// Whether it said where it was taken.
    place: bool,
    /// Whether something else was said of it.
    said: bool,
}

impl Taken<'_> {
    fn removed(&self) -> Vec<Borttaget> {
        let found = [self.place, !self.behind.is_empty(), self.said];
        Borttaget::ALL.into_iter().zip(found).filter(|(_, found)| *found).map(|(what, _)| what).collect()
    }
}

/// What a file is, as it is kept and with what was taken out of it; or the sentence that says why it is not taken.
pub type Judged = Result<(Kind, Vec<u8>, Vec<Borttaget>), &'static str>;

/// Judges a file of any of the kinds.
pub fn taken(bytes: Vec<u8>) -> Judged {
    if bytes.starts_with(b"%PDF-") {
        pdf(&bytes)?;
        return if is_also_zip(&bytes) { Err(MORE) } else { Ok((Kind::Pdf, bytes, vec![])) };
    }
    if bytes.starts_with(b"PK\x03\x04") {
        docx::check(&bytes)?;
        return Ok((Kind::Docx, bytes, vec![]));
    }
    let (kind, picture) = if bytes.starts_with(png::SIGNATURE) {
        (Kind::Png, png::take(&bytes)?)
    } else if bytes.starts_with(jpeg::SIGNATURE) {
        (Kind::Jpeg, jpeg::take(&bytes)?)
    } else {
        return Err(other(&bytes));
    };
    // a phone leaves films and pictures behind a picture; who leaves a page, a document or an archive there hides it
    let parts = [bytes.as_slice(), picture.behind, &bytes[..bytes.len() - picture.behind.len()], &picture.bytes];
    if parts.into_iter().any(|part| is_also_zip(part) || is_also_text(part)) {
        return Err(MORE);
    }
    let removed = picture.removed();
    Ok((kind, picture.bytes, removed))
}

/// As [`taken`], of what has to be a picture. A drawing that runs in a browser (SVG) is none.
pub fn picture(bytes: Vec<u8>) -> Judged {
    if bytes.starts_with(jpeg::SIGNATURE) && jpeg::inks(&bytes) == Some(4) {
        return Err(CMYK);
    }
    if bytes.starts_with(png::SIGNATURE) || bytes.starts_with(jpeg::SIGNATURE) {
        return taken(bytes);
    }
    Err(match other(&bytes) {
        OTHER => PICTURE,
        said => said,
    })
}

/// How many pixels a picture that was [`taken`] has across and down, the way up that it is shown; none of what is no picture.
#[must_use]
pub fn size(kind: Kind, kept: &[u8]) -> Option<(u32, u32)> {
    match kind {
        Kind::Png => png::shown(kept),
        Kind::Jpeg => jpeg::shown(kept),
        Kind::Pdf | Kind::Docx => None,
    }
}

/// Which way up a picture that was [`taken`] says that it is, as Exif counts: 1 as it lies, up to 8. Nobody turns a PNG.
#[must_use]
pub fn way(kept: &[u8]) -> u16 {
    if kept.starts_with(jpeg::SIGNATURE) { jpeg::way(kept) } else { 1 }
}

/// What is said of a file that is none of these: of some that cameras make, by their name.
fn other(bytes: &[u8]) -> &'static str {
    let brands = match (bytes.get(..4), bytes.get(4..8)) {
        // how long the box is, its name, then brands of four letters with a version after the first
        (Some(length), Some(b"ftyp")) => {
            let length = length.iter().fold(0_usize, |sum, b| sum << 8 | usize::from(*b));
            bytes.get(8..length.min(256).min(bytes.len())).unwrap_or_default()
        }
        _ => return OTHER,
    };
    let has = |names: &[&[u8; 4]]| brands.chunks_exact(4).any(|brand| names.iter().any(|name| brand == *name));
    if has(&[b"avif", b"avis"]) {
        AVIF
    } else if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        HEIC
    } else {
        OTHER
    }
}

/// From `%PDF-1.x` at the very first byte to `%%EOF` with nothing but blanks after it.
fn pdf(bytes: &[u8]) -> Result<(), &'static str> {
    let version = bytes.get(5..8).ok_or(BROKEN)?;
    if !matches!(version, [b'1' | b'2', b'.', b'0'..=b'9']) {
        return Err(BROKEN);
    }
    let end = bytes.iter().rposition(|b| !b.is_ascii_whitespace() && *b != 0).ok_or(BROKEN)?;
    let whole = &bytes[..=end];
    let tail = &whole[whole.len().saturating_sub(1_024)..];
    match (whole.ends_with(b"%%EOF"), find(tail, b"startxref")) {
        (true, Some(_)) => Ok(()),
        (false, _) if find(whole, b"%%EOF").is_some() => Err(MORE),
        _ => Err(BROKEN),
    }
}

/// Readers of zip begin at the end: a directory there makes any file an archive too, wherever it hides in the other format.
fn is_also_zip(bytes: &[u8]) -> bool {
    const RECORD: usize = 22;
    let from = bytes.len().saturating_sub(RECORD + usize::from(u16::MAX));
    let tail = &bytes[from..];
    tail.windows(RECORD).enumerate().any(|(at, record)| {
        let comment = usize::from(u16::from_le_bytes([record[20], record[21]]));
        record.starts_with(b"PK\x05\x06") && at + RECORD + comment <= tail.len()
    })
}

/// What a browser or a reader of PDF would take a picture for, that it looks for near the beginning.
fn is_also_text(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(1_024)].to_ascii_lowercase();
    [b"<!doctype".as_slice(), b"<html", b"<script", b"<svg", b"<?php", b"%pdf-"]
        .iter()
        .any(|w| find(&head, w).is_some())
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word)
}

#[cfg(test)]
mod tests;
