//! Exif: what a camera writes beside the picture, a TIFF of its own with directories of fields (JEITA CP-3451). Here the
//! directory of the position is taken out where it stands and everything else is left, so what is worth knowing, which way up
//! the picture is and when it was taken, survives. Every read is checked against the end; nothing is followed twice.

/// The field that leads to the position.
const GPS: u16 = 0x8825;
const ORIENTATION: u16 = 0x0112;
/// Fields that lead to further directories: Exif, interoperability, and those of parts of the picture.
const FURTHER: [u16; 3] = [0x8769, 0xa005, 0x014a];
const SHORT: u16 = 3;
/// The most directories that are looked at; a phone writes four.
const DIRECTORIES: usize = 32;
/// Bytes of a field in a directory.
const FIELD: usize = 12;

/// What came of looking for a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cleaned {
    /// There is none.
    Same,
    /// The same without it.
    Without(Vec<u8>),
    /// It cannot be read to its end, so there may be one: what may stand in its place, which says which way up the picture
    /// is, where that could be read.
    Unreadable(Option<Vec<u8>>),
}

/// Takes the position out of a TIFF.
#[must_use]
pub fn without_place(bytes: &[u8]) -> Cleaned {
    let mut tiff = Tiff { bytes: bytes.to_vec(), big: bytes.starts_with(b"MM") };
    let orientation = tiff.orientation();
    let unreadable = || Cleaned::Unreadable(orientation.map(only_orientation));
    match tiff.take_place() {
        None => unreadable(),
        Some(false) => Cleaned::Same,
        // directories that lie in one another come apart: then nothing of it is trusted
        Some(true) if tiff.clone().take_place() != Some(false) || tiff.orientation() != orientation => unreadable(),
        Some(true) => Cleaned::Without(tiff.bytes),
    }
}

/// A TIFF that says which way up the picture is and nothing else.
fn only_orientation(value: u16) -> Vec<u8> {
    let mut out = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    for part in [ORIENTATION, SHORT, 0, 1, value, 0, 0, 0] {
        out.extend(part.to_be_bytes());
    }
    out
}

#[derive(Clone)]
struct Tiff {
    bytes: Vec<u8>,
    big: bool,
}

impl Tiff {
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

    /// How many fields the directory at `at` has. None when it does not lie within the bytes.
    fn count(&self, at: usize) -> Option<usize> {
        let count = usize::from(self.short(at)?);
        (at.checked_add(2 + count * FIELD)? <= self.bytes.len()).then_some(count)
    }

    /// Which way up the picture is: 1–8.
    fn orientation(&self) -> Option<u16> {
        let at = self.first()?;
        let field = (0..self.count(at)?).map(|n| at + 2 + n * FIELD).find(|f| self.short(*f) == Some(ORIENTATION))?;
        (self.short(field + 2) == Some(SHORT)).then(|| self.short(field + 8)).flatten().filter(|v| (1..=8).contains(v))
    }

    /// The bytes that the value of a field takes, and where it lies: in the field itself when it has room.
    fn value(&self, field: usize) -> Option<(usize, usize)> {
        let unit = match self.short(field + 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = self.long(field + 4)?.checked_mul(unit)?;
        let at = if length <= 4 { field + 8 } else { self.long(field + 8)? };
        (at.checked_add(length)? <= self.bytes.len()).then_some((at, length))
    }

    /// Takes out every directory of a position. Gives whether there was one; none when it cannot be read to its end.
    fn take_place(&mut self) -> Option<bool> {
        let mut waiting = vec![self.first()?];
        let (mut seen, mut found) = (Vec::new(), false);
        while let Some(at) = waiting.pop() {
            if seen.contains(&at) {
                continue;
            }
            if seen.len() == DIRECTORIES {
                return None;
            }
            seen.push(at);
            let mut n = 0;
            while n < self.count(at)? {
                let field = at + 2 + n * FIELD;
                match self.short(field)? {
                    GPS => {
                        let place = self.long(field + 8)?;
                        self.wipe(place)?;
                        self.drop_field(at, n)?;
                        found = true;
                        continue;
                    }
                    further if FURTHER.contains(&further) => {
                        let (from, length) = self.value(field)?;
                        if length / 4 > DIRECTORIES {
                            return None;
                        }
                        for one in 0..length / 4 {
                            waiting.push(self.long(from + one * 4)?);
                        }
                    }
                    _ => {}
                }
                n += 1;
            }
            // the last directory may end without saying that none follows
            if let Some(next) = self.long(at + 2 + self.count(at)? * FIELD).filter(|next| *next != 0) {
                waiting.push(next);
            }
        }
        Some(found)
    }

    /// Writes nothing over a directory and over what its fields lead to.
    fn wipe(&mut self, at: usize) -> Option<()> {
        let count = self.count(at)?;
        for n in 0..count {
            // a value of no known kind or beyond the end leads nowhere
            if let Some((from, length)) = self.value(at + 2 + n * FIELD) {
                self.bytes.get_mut(from..from + length)?.fill(0);
            }
        }
        self.bytes.get_mut(at..at + 2 + count * FIELD)?.fill(0);
        Some(())
    }

    /// Takes a field out of its directory: what follows moves up, and nothing else moves.
    fn drop_field(&mut self, at: usize, n: usize) -> Option<()> {
        let count = self.count(at)?;
        let left = u16::try_from(count.checked_sub(1)?).ok()?;
        let two = if self.big { left.to_be_bytes() } else { left.to_le_bytes() };
        self.bytes.get_mut(at..at + 2)?.copy_from_slice(&two);
        let (from, end) = (at + 2 + n * FIELD, (at + 2 + count * FIELD + 4).min(self.bytes.len()));
        self.bytes.get_mut(from..end)?.rotate_left(FIELD.min(end - from));
        self.bytes.get_mut(end.checked_sub(FIELD)?..end)?.fill(0);
        Some(())
    }
}

/// Whether a text in which programs describe a picture (XMP, IPTC) says where it was taken, in numbers or in words.
#[must_use]
pub fn names_place(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 8] = [
        b"gps",
        b"photoshop:city",
        b"photoshop:state",
        b"photoshop:country",
        b"iptc4xmpcore:location",
        b"locationcreated",
        b"locationshown",
        b"geo:lat",
    ];
    let text = text.to_ascii_lowercase();
    WORDS.iter().any(|word| super::find(&text, word).is_some())
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
    fn the_position_goes_and_the_way_up_and_the_day_stay_in_either_order_of_bytes() {
        for big in [false, true] {
            let before = phone(big);
            let Cleaned::Without(after) = without_place(&before) else { panic!("{big}") };
            assert_eq!(after.len(), before.len(), "nothing else has moved");
            let tiff = Tiff { bytes: after.clone(), big };
            assert_eq!((tiff.orientation(), tiff.count(8)), (Some(6), Some(2)));
            assert!(super::super::find(&after, b"2026:11:23 10:12:33").is_some());
            assert!(after[68..122].iter().all(|b| *b == 0), "the numbers themselves are gone");
            assert_eq!(tiff.short(8 + 2 + FIELD), Some(0x8769), "the field after it has moved up");
            assert_eq!(without_place(&after), Cleaned::Same);
        }
    }

    #[test]
    fn what_cannot_be_read_keeps_the_way_up_and_nothing_else() {
        for big in [false, true] {
            let mut broken = phone(big);
            broken.truncate(80);
            let Cleaned::Unreadable(Some(left)) = without_place(&broken) else { panic!("{big}") };
            assert_eq!(Tiff { bytes: left.clone(), big: true }.orientation(), Some(6));
            assert_eq!(without_place(&left), Cleaned::Same);
        }
        assert_eq!(without_place(b"hej"), Cleaned::Unreadable(None));
        assert_eq!(without_place(b""), Cleaned::Unreadable(None));
    }

    #[test]
    fn directories_that_lead_to_one_another_end() {
        let mut round = phone(true);
        // the one after the first is the first
        round[46..50].copy_from_slice(&8_u32.to_be_bytes());
        assert!(matches!(without_place(&round), Cleaned::Without(_)));
        // the position is the first directory itself
        let mut itself = phone(true);
        itself[30..34].copy_from_slice(&8_u32.to_be_bytes());
        assert!(matches!(without_place(&itself), Cleaned::Unreadable(Some(_))));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_and_no_position_is_left(
            big in any::<bool>(), changes in prop::collection::vec((0usize..142, any::<u8>()), 0..12), length in 0usize..143
        ) {
            let mut bytes = phone(big);
            for (at, value) in changes {
                bytes[at] = value;
            }
            bytes.truncate(length);
            if let Cleaned::Without(after) = without_place(&bytes) {
                prop_assert_eq!(without_place(&after), Cleaned::Same);
                prop_assert_eq!(after.len(), bytes.len());
            }
        }

        #[test]
        fn no_random_bytes_make_it_panic(tail in prop::collection::vec(any::<u8>(), 0..400), big in any::<bool>()) {
            let head: &[u8] = if big { b"MM\0\x2a\0\0\0\x08" } else { b"II\x2a\0\x08\0\0\0" };
            let _ = without_place(&[head, &tail].concat());
            let _ = without_place(&tail);
        }
    }
}
