//! JPEG: its segments from the first to the last (ITU-T T.81 annex B). What a phone puts behind the picture, a film, a second
//! picture for bright screens or words of its own, is cut away; where the picture was taken is taken out of what is said of it.

use super::{
    BROKEN, Taken,
    exif::{self, Cleaned, names_place},
};

pub const SIGNATURE: &[u8] = b"\xff\xd8\xff";

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const XMP_MORE: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// Where the further pictures of the file are (CIPA DC-007).
const MPF: &[u8] = b"MPF\0";

/// A part of the file: a marker with what belongs to it, and the content between length and next marker.
struct Segment<'a> {
    marker: u8,
    content: &'a [u8],
    /// All its bytes; after the start of a scan the coded picture too.
    whole: &'a [u8],
}

/// Reads it from the first segment to the end of the picture. Gives the segments and what follows.
fn read(bytes: &[u8]) -> Result<(Vec<Segment<'_>>, &[u8]), &'static str> {
    let mut at = 2;
    let (mut frame, mut scan) = (false, false);
    let mut out = Vec::new();
    loop {
        if bytes.get(at) != Some(&0xff) {
            return Err(BROKEN);
        }
        // a marker may be preceded by any number of fill bytes
        while bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let start = at;
        let marker = *bytes.get(at + 1).ok_or(BROKEN)?;
        at += 2;
        match marker {
            0xd9 if !frame || !scan => return Err(BROKEN),
            0xd9 => {
                out.push(Segment { marker, content: &[], whole: &bytes[start..at] });
                return Ok((out, &bytes[at..]));
            }
            // no length follows these
            0x01 | 0xd0..=0xd7 => {
                out.push(Segment { marker, content: &[], whole: &bytes[start..at] });
                continue;
            }
            0x00 | 0xd8 => return Err(BROKEN),
            _ => {}
        }
        let length =
            usize::from(u16::from_be_bytes([*bytes.get(at).ok_or(BROKEN)?, *bytes.get(at + 1).ok_or(BROKEN)?]));
        if length < 2 {
            return Err(BROKEN);
        }
        let content = bytes.get(at + 2..at + length).ok_or(BROKEN)?;
        at += length;
        // the frame: any of the SOFs, which DHT, JPG and DAC are not
        frame |= matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if marker == 0xda {
            scan = true;
            at = after_scan(bytes, at)?;
        }
        out.push(Segment { marker, content, whole: bytes.get(start..at).ok_or(BROKEN)? });
    }
}

/// Where the next marker stands after the coded picture: there, FF is followed by 00 or counts restarts.
fn after_scan(bytes: &[u8], from: usize) -> Result<usize, &'static str> {
    let coded = bytes.get(from..).ok_or(BROKEN)?;
    let end = coded.windows(2).position(|w| w[0] == 0xff && !matches!(w[1], 0x00 | 0xd0..=0xd7 | 0xff));
    end.map(|n| from + n).ok_or(BROKEN)
}

/// The picture, without what follows it and without where it was taken.
pub fn take(bytes: &[u8]) -> Result<Taken<'_>, &'static str> {
    let (segments, behind) = read(bytes)?;
    // a description may go on over several segments, and so may a word in it
    let of = |name: &'static [u8]| {
        segments.iter().filter(move |s| s.marker == 0xe1).filter_map(move |s| s.content.strip_prefix(name))
    };
    let more: Vec<u8> = of(XMP_MORE).flatten().copied().collect();
    let xmp_names = of(XMP).any(names_place) || names_place(&more);
    let mut taken = Taken { bytes: vec![0xff, 0xd8], behind, place: xmp_names, unreadable: false };
    for s in &segments {
        match (s.marker, s.content) {
            (0xe1, content) if content.starts_with(EXIF) => match exif::without_place(&content[EXIF.len()..]) {
                Cleaned::Same => taken.bytes.extend_from_slice(s.whole),
                Cleaned::Without(tiff) => {
                    taken.place = true;
                    segment(&mut taken.bytes, s.marker, EXIF, &tiff);
                }
                Cleaned::Unreadable(left) => {
                    taken.unreadable = true;
                    if let Some(tiff) = left {
                        segment(&mut taken.bytes, s.marker, EXIF, &tiff);
                    }
                }
            },
            // what it says of the pictures behind is true of none any more
            (0xe1, content) if content.starts_with(XMP) || content.starts_with(XMP_MORE) => {
                if !xmp_names && behind.is_empty() {
                    taken.bytes.extend_from_slice(s.whole);
                }
            }
            (0xe2, content) if content.starts_with(MPF) => {}
            (0xed, content) if iptc_names(content) => taken.place = true,
            _ => taken.bytes.extend_from_slice(s.whole),
        }
    }
    Ok(taken)
}

fn segment(out: &mut Vec<u8>, marker: u8, name: &[u8], content: &[u8]) {
    // what is written is never longer than what was read, which had a length of two bytes
    let Ok(length) = u16::try_from(name.len() + content.len() + 2) else { return };
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend_from_slice(name);
    out.extend_from_slice(content);
}

/// Whether IPTC says city, place in it, province or country (IIM 2:90, 2:92, 2:95, 2:100, 2:101).
fn iptc_names(content: &[u8]) -> bool {
    content.windows(3).any(|w| matches!(w, [0x1c, 2, 90 | 92 | 95 | 100 | 101]))
}
