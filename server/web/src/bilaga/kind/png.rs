//! PNG: its chunks from the first to the last, each with its length and checksum (ISO/IEC 15948).

use super::{BROKEN, MORE};

pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The widest and highest picture.
const SIDE_MAX: u32 = 20_000;
/// The most bytes of a chunk that is no picture: room for a colour profile or what a camera says, not for another file.
const EXTRA_MAX: usize = 512 * 1024;

pub fn check(bytes: &[u8]) -> Result<(), &'static str> {
    let mut at = SIGNATURE.len();
    let (mut first, mut picture) = (true, false);
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
        match (first, name) {
            (true, b"IHDR") if length == 13 => size(content)?,
            (true, _) | (_, b"IHDR") => return Err(BROKEN),
            (_, b"IDAT") => picture = true,
            (_, b"IEND") if length != 0 || !picture => return Err(BROKEN),
            (_, b"IEND") => return if end == bytes.len() { Ok(()) } else { Err(MORE) },
            _ if length > EXTRA_MAX => return Err(MORE),
            _ => {}
        }
        first = false;
        at = end;
    }
}

fn size(header: &[u8]) -> Result<(), &'static str> {
    let side = |i: usize| u32::from_be_bytes([header[i], header[i + 1], header[i + 2], header[i + 3]]);
    if (1..=SIDE_MAX).contains(&side(0)) && (1..=SIDE_MAX).contains(&side(4)) { Ok(()) } else { Err(BROKEN) }
}
