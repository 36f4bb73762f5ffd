//! JPEG: its segments from the first to the last (ITU-T T.81 annex B). What a phone puts behind the picture, a film, a second
//! picture for bright screens or words of its own, is cut away. Of the segments those are kept that the picture is drawn from, and
//! which way up it is; every other one can say where it was taken, whatever it is called.

use super::{
    BROKEN, Taken,
    exif::{self, names_place},
};

pub const SIGNATURE: &[u8] = b"\xff\xd8\xff";

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const XMP_MORE: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// What stands before each part of a long description: whose it is, how long the whole is, and where the part belongs.
const XMP_PART: usize = 40;
const JFIF: &[u8] = b"JFIF\0";
/// A JFIF without the small picture that may follow: its version, how dense the points are, and that there is none.
const JFIF_LENGTH: usize = 14;
const ICC: &[u8] = b"ICC_PROFILE\0";
/// Begins the APP14 segment of Adobe, which says how the colours are coded.
const ADOBE: &[u8] = b"Adobe";
const ADOBE_LENGTH: usize = 12;
/// Where the further pictures of the file are (CIPA DC-007).
const MPF: &[u8] = b"MPF\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

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

/// Whether the picture is drawn from it: frames and scans, their tables, and what counts restarts and lines.
fn draws(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xc7 | 0xc9..=0xcf | 0xd0..=0xd7 | 0xd9..=0xdf)
}

/// The picture, without what follows it and without what is said of it but for which way up it is.
pub fn take(bytes: &[u8]) -> Result<Taken<'_>, &'static str> {
    let (segments, behind) = read(bytes)?;
    // a description may go on over several segments, and so may a word in it
    let of = |name: &'static [u8]| {
        segments.iter().filter(move |s| s.marker == 0xe1).filter_map(move |s| s.content.strip_prefix(name))
    };
    let more: Vec<u8> = of(XMP_MORE).flat_map(|part| part.get(XMP_PART..).unwrap_or_default()).copied().collect();
    let place = of(XMP).any(names_place) || names_place(&more);
    let mut taken = Taken { bytes: vec![0xff, 0xd8], behind, place, said: false };
    let mut way_up = false;
    for s in &segments {
        match (s.marker, s.content) {
            (marker, _) if draws(marker) => taken.bytes.extend_from_slice(s.whole),
            (0xe0, content) if content.starts_with(JFIF) && content.len() >= JFIF_LENGTH => {
                taken.said |= content.len() > JFIF_LENGTH;
                segment(&mut taken.bytes, s.marker, &content[..JFIF_LENGTH - 2], &[0, 0]);
            }
            (0xe2, content) if content.starts_with(ICC) => taken.bytes.extend_from_slice(s.whole),
            (0xee, content) if content.starts_with(ADOBE) && content.len() >= ADOBE_LENGTH => {
                taken.said |= content.len() > ADOBE_LENGTH;
                segment(&mut taken.bytes, s.marker, &content[..ADOBE_LENGTH], &[]);
            }
            // some programs write another byte after the name
            (0xe1, content) if content.starts_with(&EXIF[..5]) => {
                let found = exif::read(content.get(EXIF.len()..).unwrap_or_default());
                taken.place |= found.place;
                match found.orientation.filter(|_| content.starts_with(EXIF) && !way_up) {
                    Some(orientation) => {
                        taken.said |= found.more;
                        way_up = true;
                        segment(&mut taken.bytes, s.marker, EXIF, &exif::only(orientation));
                    }
                    None => taken.said = true,
                }
            }
            // it goes with what it tells of
            (0xe2, content) if content.starts_with(MPF) && !behind.is_empty() => {}
            (marker, content) => {
                taken.place |= marker == 0xed && iptc_names(content);
                taken.said = true;
            }
        }
    }
    Ok(taken)
}

/// The frame: how fine the samples are, lines, samples of a line, how many inks. A picture in levels (C0–CF again) has the largest
/// first.
fn frame<'a>(segments: &[Segment<'a>]) -> Option<&'a [u8]> {
    let is_frame = |s: &&Segment<'_>| matches!(s.marker, 0xc0..=0xcf) && !matches!(s.marker, 0xc4 | 0xc8 | 0xcc);
    segments.iter().find(is_frame).map(|s| s.content)
}

/// How many inks it has: one for grey, three for colours, four for print.
pub fn inks(bytes: &[u8]) -> Option<u8> {
    let (segments, _) = read(bytes).ok()?;
    frame(&segments)?.get(5).copied()
}

/// How many pixels it has across and down, turned as it says. None where the frame does not say how high it is.
pub fn shown(bytes: &[u8]) -> Option<(u32, u32)> {
    let (segments, _) = read(bytes).ok()?;
    let frame = frame(&segments)?;
    let side = |i: usize| Some(u32::from(u16::from_be_bytes(frame.get(i..i + 2)?.try_into().ok()?)));
    let (high, wide) = (side(1)?, side(3)?);
    // 5–8 lie on their side
    let (wide, high) = if said_way(&segments) > 4 { (high, wide) } else { (wide, high) };
    (wide > 0 && high > 0).then_some((wide, high))
}

/// Which way up it says that it is, as Exif counts: 1 as it lies, up to 8.
pub fn way(bytes: &[u8]) -> u16 {
    read(bytes).map_or(1, |(segments, _)| said_way(&segments))
}

fn said_way(segments: &[Segment<'_>]) -> u16 {
    let mut said = segments.iter().filter(|s| s.marker == 0xe1);
    said.find_map(|s| exif::read(s.content.strip_prefix(EXIF)?).orientation).unwrap_or(1)
}

fn segment(out: &mut Vec<u8>, marker: u8, name: &[u8], content: &[u8]) {
    // what is written is never longer than what was read, which had a length of two bytes
    let Ok(length) = u16::try_from(name.len() + content.len() + 2) else { return };
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend_from_slice(name);
    out.extend_from_slice(content);
}

/// Whether IPTC says where: the place of the content, city, place in it, province or country (IIM 2:26, 2:27, 2:90, 2:92, 2:95,
/// 2:100, 2:101).
fn iptc_names(content: &[u8]) -> bool {
    resources(content).unwrap_or_default().into_iter().any(|mut records| {
        // a mark, the number of the record and of the field, and how long it is
        while let [0x1c, record, field, high, low, rest @ ..] = records {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            if *record == 2 && matches!(field, 26 | 27 | 90 | 92 | 95 | 100 | 101) && length > 0 {
                return true;
            }
            records = rest.get(length..).unwrap_or_default();
        }
        false
    })
}

/// The IPTC among what Photoshop writes.
fn resources(content: &[u8]) -> Option<Vec<&[u8]>> {
    const IPTC: [u8; 2] = [4, 4];
    let mut rest = content.strip_prefix(PHOTOSHOP)?;
    let mut found = Vec::new();
    while let Some(one) = rest.strip_prefix(b"8BIM") {
        let (Some(number), Some(name)) = (one.get(..2), one.get(2)) else { break };
        // the name is of even length with the byte that says how long it is
        let at = 2 + (usize::from(*name) + 1).next_multiple_of(2);
        let Some(&[a, b, c, d]) = one.get(at..at + 4) else { break };
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        let data = &one[at + 4..];
        if number == IPTC {
            found.push(data.get(..length).unwrap_or(data));
        }
        let Some(next) = length.checked_add(length % 2).and_then(|n| data.get(n..)) else { break };
        rest = next;
    }
    Some(found)
}
