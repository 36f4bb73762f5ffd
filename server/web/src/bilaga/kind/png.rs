//! PNG: its chunks from the first to the last, each with its length and checksum (ISO/IEC 15948). What follows the last is cut
//! away: programs that crop a screenshot have left there what was cropped. Of the chunks those are kept that the picture is drawn
//! from, and which way up it is; every other one can say where it was taken, whatever it is called.

use super::{
    BROKEN, MORE, Taken,
    exif::{self, names_place},
};

pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The widest and highest picture.
const SIDE_MAX: u32 = 20_000;
/// The most bytes of a chunk that is no picture: room for a colour profile or what a camera says, not for another file.
const EXTRA_MAX: usize = 512 * 1024;
/// What a picture is drawn from: itself, its colours, and how dense its points are.
const DRAWS: [&[u8; 4]; 13] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP", b"tRNS", b"bKGD", b"pHYs",
];

/// The picture, without what follows it and without what is said of it but for which way up it is.
pub fn take(bytes: &[u8]) -> Result<Taken<'_>, &'static str> {
    let mut at = SIGNATURE.len();
    let (mut first, mut picture, mut way_up) = (true, false, false);
    let mut taken = Taken { bytes: SIGNATURE.to_vec(), behind: &[], place: false, said: false };
    loop {
        let head = bytes.get(at..at + 8).ok_or(BROKEN)?;
        let length = usize::try_from(u32::from_be_bytes([head[0], head[1], head[2], head[3]])).map_err(|_| BROKEN)?;
        let name = &head[4..];
        let end = at.checked_add(12).and_then(|n| n.checked_add(length)).ok_or(BROKEN)?;
        let chunk = bytes.get(at + 4..end - 4).ok_or(BROKEN)?;
        let stored = bytes.get(end - 4..end).ok_or(BROKEN)?;
        if !name.iter().all(u8::is_ascii_alphabetic) || crc32fast::hash(chunk).to_be_bytes() != stored {
            return Err(BROKEN);
        }
        let content = &chunk[4..];
        let whole = &bytes[at..end];
        match (first, name) {
            (true, b"IHDR") if length == 13 => size(content)?,
            (true, _) | (_, b"IHDR") => return Err(BROKEN),
            (_, b"IDAT") => picture = true,
            (_, b"IEND") if length != 0 || !picture => return Err(BROKEN),
            (_, b"IEND") => {
                taken.bytes.extend_from_slice(whole);
                taken.behind = &bytes[end..];
                return Ok(taken);
            }
            _ if length > EXTRA_MAX => return Err(MORE),
            // one without which it cannot be drawn, and that we do not know
            _ if name[0].is_ascii_uppercase() && name != b"PLTE" => return Err(BROKEN),
            _ => {}
        }
        match name {
            b"eXIf" => {
                let found = exif::read(content);
                taken.place |= found.place;
                match found.orientation.filter(|_| !way_up) {
                    Some(orientation) => {
                        taken.said |= found.more;
                        way_up = true;
                        put(&mut taken.bytes, *b"eXIf", &exif::only(orientation));
                    }
                    None => taken.said = true,
                }
            }
            _ if DRAWS.iter().any(|draws| name == *draws) => taken.bytes.extend_from_slice(whole),
            _ => {
                // packed, what it says is not looked for
                taken.place |= matches!(name, b"tEXt" | b"iTXt") && names_place(content);
                taken.said = true;
            }
        }
        first = false;
        at = end;
    }
}

fn put(out: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    // never longer than what was read
    let Ok(length) = u32::try_from(content.len()) else { return };
    out.extend(length.to_be_bytes());
    let from = out.len();
    out.extend_from_slice(&name);
    out.extend_from_slice(content);
    let checksum = crc32fast::hash(&out[from..]);
    out.extend(checksum.to_be_bytes());
}

/// How many pixels it has across and down. Browsers show a PNG as it lies, whatever it says of the way up.
pub fn shown(bytes: &[u8]) -> Option<(u32, u32)> {
    // the first chunk begins with its length and its name
    let header = bytes.get(SIGNATURE.len() + 8..SIGNATURE.len() + 16)?;
    let side = |i: usize| Some(u32::from_be_bytes(header.get(i..i + 4)?.try_into().ok()?));
    Some((side(0)?, side(4)?))
}

fn size(header: &[u8]) -> Result<(), &'static str> {
    let side = |i: usize| u32::from_be_bytes([header[i], header[i + 1], header[i + 2], header[i + 3]]);
    if (1..=SIDE_MAX).contains(&side(0)) && (1..=SIDE_MAX).contains(&side(4)) { Ok(()) } else { Err(BROKEN) }
}
