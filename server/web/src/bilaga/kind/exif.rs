//! Exif: what a camera writes beside the picture, a TIFF of its own with directories of fields (JEITA CP-3451). Of it a picture
//! keeps which way up it is, in a TIFF made here, and nothing else: a position can stand in more fields than those that are meant
//! for it, and in those that only the camera's maker reads. What is looked for beside is whether there was one, so that the page
//! can say so. Every read is checked against the end.

/// The field that leads to the position.
const GPS: u16 = 0x8825;
const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;
/// Bytes of a field in a directory.
const FIELD: usize = 12;
/// Fields of a position: latitude and longitude, those of the goal, and the name of the area.
const POSITION: [u16; 5] = [2, 4, 20, 22, 28];

/// What a camera said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exif {
    /// Which way up the picture is: 1–8.
    pub orientation: Option<u16>,
    /// Whether it says where the picture was taken.
    pub place: bool,
    /// Whether it says more than which way up the picture is, or cannot be read.
    pub more: bool,
}

/// Reads what a camera said.
#[must_use]
pub fn read(bytes: &[u8]) -> Exif {
    let tiff = Tiff { bytes, big: bytes.starts_with(b"MM") };
    let orientation = tiff.orientation();
    let alone = orientation.is_some_and(|value| [true, false].iter().any(|big| only_in(value, *big) == bytes));
    Exif { orientation, place: tiff.names_place().unwrap_or(false), more: !alone }
}

/// A TIFF that says which way up the picture is and nothing else.
#[must_use]
pub fn only(orientation: u16) -> Vec<u8> {
    only_in(orientation, true)
}

fn only_in(orientation: u16, big: bool) -> Vec<u8> {
    let two = |v: u16| if big { v.to_be_bytes() } else { v.to_le_bytes() };
    let four = |v: u32| if big { v.to_be_bytes() } else { v.to_le_bytes() };
    let mut out = if big { b"MM".to_vec() } else { b"II".to_vec() };
    out.extend(two(42));
    out.extend(four(8));
    for part in [1, ORIENTATION, SHORT] {
        out.extend(two(part));
    }
    out.extend(four(1));
    out.extend(two(orientation));
    out.extend([0; 6]);
    out
}

struct Tiff<'a> {
    bytes: &'a [u8],
    big: bool,
}

impl Tiff<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let two: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if self.big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }).ok()
    }

    /// Where the first directory is; none when this is no TIFF.
    fn first(&self) -> Option<usize> {
        let order = if self.big { b"MM" } else { b"II" };
        (self.bytes.starts_with(order) && self.short(2) == Some(42)).then_some(())?;
        self.long(4)
    }

    /// Where the fields of the directory at `at` stand, as far as they lie within the bytes.
    fn fields(&self, at: usize) -> Option<impl Iterator<Item = usize>> {
        let count = usize::from(self.short(at)?);
        let first = at.checked_add(2)?;
        let room = (self.bytes.len() - first) / FIELD;
        Some((0..count.min(room)).map(move |n| first + n * FIELD))
    }

    /// Which way up the picture is: 1–8.
    fn orientation(&self) -> Option<u16> {
        let field = self.fields(self.first()?)?.find(|f| self.short(*f) == Some(ORIENTATION))?;
        (self.short(field + 2) == Some(SHORT)).then(|| self.short(field + 8)).flatten().filter(|v| (1..=8).contains(v))
    }

    /// Whether the directory of the position holds one. Telephones that may not know where they are write it without.
    fn names_place(&self) -> Option<bool> {
        let field = self.fields(self.first()?)?.find(|f| self.short(*f) == Some(GPS))?;
        let mut fields = self.fields(self.long(field + 8)?)?;
        Some(fields.any(|f| self.short(f).is_some_and(|tag| POSITION.contains(&tag)) && self.long(f + 4) != Some(0)))
    }
}

/// Whether a text in which programs describe a picture (XMP) says where it was taken, in numbers or in words. The colon keeps
/// what is packed as letters out of it; a word that nothing is said of says no place.
#[must_use]
pub fn names_place(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 11] = [
        b":gpslatitude",
        b":gpslongitude",
        b":gpsdestlatitude",
        b":gpsareainformation",
        b"photoshop:city",
        b"photoshop:state",
        b"photoshop:country",
        b"iptc4xmpcore:location",
        b":locationcreated",
        b":locationshown",
        b"geo:lat",
    ];
    const NOTHING: [&[u8]; 4] = [b"=\"\"", b"=''", b"/>", b"></"];
    let text = text.to_ascii_lowercase();
    WORDS.iter().any(|word| {
        let said = |at: usize| {
            let rest = &text[at + word.len()..];
            // a closing tag is what the opening one was
            !NOTHING.iter().any(|nothing| rest.starts_with(nothing)) && (at < 2 || !is_closing(&text[..at]))
        };
        (0..text.len()).filter(|at| text[*at..].starts_with(word)).any(said)
    })
}

/// Whether a name that follows is that of a closing tag.
fn is_closing(before: &[u8]) -> bool {
    let start = before.iter().rposition(|b| !b.is_ascii_alphanumeric() && *b != b':').unwrap_or(0);
    before[..=start].ends_with(b"</")
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a phone writes: which way up, when, and where, in either order of bytes.
    pub fn phone(big: bool) -> Vec<u8> {
        let short = |v: u16| if big { v.to_be_bytes() } else { v.to_le_bytes() };
        let long = |v: u32| if big { v.to_be_bytes() } else { v.to_le_bytes() };
        let field = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            [short(tag).as_slice(), &short(kind), &long(count), &value].concat()
        };
        let mut six = [0; 4];
        six[..2].copy_from_slice(&short(6));
        let mut out = if big { b"MM".to_vec() } else { b"II".to_vec() };
        out.extend(short(42));
        out.extend(long(8));
        // at 8: three fields and no next; at 50: Exif; at 68: the position; at 98: its numbers
        out.extend(short(3));
        out.extend(field(ORIENTATION, SHORT, 1, six));
        out.extend(field(GPS, 4, 1, long(68)));
        out.extend(field(0x8769, 4, 1, long(50)));
        out.extend(long(0));
        out.extend(short(1));
        out.extend(field(0x9003, 2, 20, long(122)));
        out.extend(long(0));
        out.extend(short(2));
        out.extend(field(1, 2, 2, *b"N\0\0\0"));
        out.extend(field(2, 5, 3, long(98)));
        out.extend(long(0));
        for part in [59, 1, 19, 1, 4711, 100] {
            out.extend(long(part));
        }
        out.extend(b"2026:11:23 10:12:33\0");
        out
    }

    #[test]
    fn which_way_up_a_photo_is_is_all_that_is_kept_and_that_it_had_a_position_is_known_in_either_order_of_bytes() {
        for big in [false, true] {
            assert_eq!(read(&phone(big)), Exif { orientation: Some(6), place: true, more: true });
        }
        for orientation in 1..=8 {
            for big in [false, true] {
                let alone = Exif { orientation: Some(orientation), place: false, more: false };
                assert_eq!(read(&only_in(orientation, big)), alone);
            }
            let longer = [only(orientation).as_slice(), b"Bromma"].concat();
            assert!(read(&longer).more, "something may stand behind it");
        }
    }

    #[test]
    fn what_cannot_be_read_says_no_place_and_has_no_way_up() {
        let nothing = Exif { orientation: None, place: false, more: true };
        for bytes in [b"".as_slice(), b"hej", b"MM\0\x2a\xff\xff\xff\xff"] {
            assert_eq!(read(bytes), nothing);
        }
    }

    #[test]
    fn a_telephone_that_may_not_know_where_it_is_says_no_place() {
        // the directory is there, and holds only its version
        let mut version = phone(true);
        for (from, to) in [(1_u16, 0_u16), (2, 0)] {
            let field = [from.to_be_bytes(), if from == 1 { 2_u16 } else { 5 }.to_be_bytes()].concat();
            let at = version.windows(4).position(|w| w == field).unwrap();
            version[at..at + 2].copy_from_slice(&to.to_be_bytes());
        }
        assert_eq!(read(&version), Exif { orientation: Some(6), place: false, more: true });
    }

    #[test]
    fn a_place_is_said_only_where_one_is_named() {
        for text in [
            "<rdf exif:GPSLatitude=\"59,20N\"/>",
            "<photoshop:City>Bromma</photoshop:City>",
            "<Iptc4xmpExt:LocationShown><rdf:Bag>",
            "exif:GPSLongitude\u{0}17/1",
        ] {
            assert!(names_place(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "<xmpGImg:image>/9j/4AAQSkGPSLatitudeZJRgABgps</xmpGImg:image>",
            "<rdf exif:GPSVersionID=\"2.3.0.0\"/>",
            "<rdf exif:GPSLatitude=\"\" photoshop:City=''/>",
            "<photoshop:City></photoshop:City>",
            "<photoshop:City/>",
        ] {
            assert!(!names_place(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            big in any::<bool>(), changes in prop::collection::vec((0usize..142, any::<u8>()), 0..12), length in 0usize..143
        ) {
            let mut bytes = phone(big);
            for (at, value) in changes {
                bytes[at] = value;
            }
            bytes.truncate(length);
            let _ = read(&bytes);
        }

        #[test]
        fn no_random_bytes_make_it_panic(tail in prop::collection::vec(any::<u8>(), 0..400), big in any::<bool>()) {
            let head: &[u8] = if big { b"MM\0\x2a\0\0\0\x08" } else { b"II\x2a\0\x08\0\0\0" };
            let _ = read(&[head, &tail].concat());
            let _ = read(&tail);
            let _ = names_place(&tail);
        }
    }
}
