//! JPEG: its segments from the first to the last (ITU-T T.81 annex B). Phones that put a film or a second picture behind
//! the first are told to save it anew.

use super::{BROKEN, MORE};

pub const SIGNATURE: &[u8] = b"\xff\xd8\xff";

pub fn check(bytes: &[u8]) -> Result<(), &'static str> {
    let mut at = 2;
    let (mut frame, mut scan) = (false, false);
    loop {
        if bytes.get(at) != Some(&0xff) {
            return Err(BROKEN);
        }
        // a marker may be preceded by any number of fill bytes
        while bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let marker = *bytes.get(at + 1).ok_or(BROKEN)?;
        at += 2;
        match marker {
            0xd9 if !frame || !scan => return Err(BROKEN),
            0xd9 => return if at == bytes.len() { Ok(()) } else { Err(MORE) },
            // no length follows these
            0x01 | 0xd0..=0xd7 => continue,
            0x00 | 0xd8 => return Err(BROKEN),
            _ => {}
        }
        let length =
            usize::from(u16::from_be_bytes([*bytes.get(at).ok_or(BROKEN)?, *bytes.get(at + 1).ok_or(BROKEN)?]));
        if length < 2 {
            return Err(BROKEN);
        }
        at += length;
        // the frame: any of the SOFs, which DHT, JPG and DAC are not
        frame |= matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if marker == 0xda {
            scan = true;
            at = after_scan(bytes, at)?;
        }
    }
}

/// Where the next marker stands after the coded picture: there, FF is followed by 00 or counts restarts.
fn after_scan(bytes: &[u8], from: usize) -> Result<usize, &'static str> {
    let coded = bytes.get(from..).ok_or(BROKEN)?;
    let end = coded.windows(2).position(|w| w[0] == 0xff && !matches!(w[1], 0x00 | 0xd0..=0xd7 | 0xff));
    end.map(|n| from + n).ok_or(BROKEN)
}
