//! Photos as phones make them: what is kept of them, and what is said.

use super::{super::exif::tests::phone, *};

const PLAIN: &[u8] = include_bytes!("../../../../tests/foton/13-jamforelse-vanlig.jpg");
const SAMSUNG: &[u8] = include_bytes!("../../../../tests/foton/13a-20261123_101233-samsung.jpg");
const HDR: &[u8] = include_bytes!("../../../../tests/foton/13b-PXL_20261123_101233-hdr.jpg");
const PADDED: &[u8] = include_bytes!("../../../../tests/foton/13c-utfylld.jpg");
const IPHONE: &[u8] = include_bytes!("../../../../tests/foton/13d-IMG_0412.HEIC");

fn app(marker: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), &content].concat()
}

/// The plain photo with these segments before its own.
fn photo(segments: &[Vec<u8>]) -> Vec<u8> {
    [&PLAIN[..2], &segments.concat(), &PLAIN[2..]].concat()
}

fn kept(bytes: &[u8]) -> (Vec<u8>, Vec<Borttaget>) {
    let (kind, kept, removed) = taken(bytes.to_vec()).unwrap();
    assert!(matches!(kind, Kind::Jpeg | Kind::Png));
    // what is kept is taken again as it is
    assert_eq!(taken(kept.clone()), Ok((kind, kept.clone(), vec![])));
    (kept, removed)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

#[test]
fn a_photo_of_a_phone_is_attached_without_what_follows_the_picture() {
    assert_eq!(kept(PLAIN), (PLAIN.to_vec(), vec![]), "nothing is taken out of one that has nothing");
    for (photo, behind) in [(SAMSUNG, b"SEFT".as_slice()), (HDR, b"MPF\0"), (PADDED, b"\xff\xd9\0\0\0")] {
        assert!(holds(photo, behind), "the premise");
        let (kept, removed) = kept(photo);
        assert_eq!(removed, [Borttaget::Efter]);
        assert!(!holds(&kept, behind) && kept.ends_with(b"\xff\xd9"));
    }
    assert_eq!(kept(SAMSUNG).0, PLAIN, "the picture itself is what it was");
}

#[test]
fn a_photo_that_iphones_take_by_themselves_is_refused_with_the_way_to_another() {
    let said = of(IPHONE).unwrap_err();
    for word in ["HEIC", "jpg", "iPhone", "Inställningar › Kamera › Format › Mest kompatibel"] {
        assert!(said.contains(word), "{said}");
    }
    let brands = |major: &[u8; 4]| [b"\0\0\0\x18ftyp", major.as_slice(), b"\0\0\0\0mif1miaf"].concat();
    assert_eq!(of(&brands(b"avif")), Err(AVIF));
    assert_eq!(of(&brands(b"heix")), Err(HEIC));
    assert_eq!(of(b"\0\0\0\x14ftypisom\0\0\0\0mp42"), Err(OTHER), "a film");
    assert_eq!(of(b"\xff\xff\xff\xffftyp"), Err(OTHER));
}

const BOTH: [Borttaget; 2] = [Borttaget::Plats, Borttaget::Uppgifter];

/// What is kept of what a camera said.
fn way_up(orientation: u16) -> Vec<u8> {
    app(0xe1, &[b"Exif\0\0", &super::super::exif::only(orientation)])
}

#[test]
fn where_and_when_a_photo_was_taken_goes_and_which_way_up_it_is_stays() {
    for big in [false, true] {
        let (kept, removed) = kept(&photo(&[app(0xe1, &[b"Exif\0\0", &phone(big)])]));
        assert_eq!((kept, removed.as_slice()), (photo(&[way_up(6)]), BOTH.as_slice()), "{big}");
    }
    // what is broken may say anything
    let (broken, removed) = kept(&photo(&[app(0xe1, &[b"Exif\0\0", &phone(true)[..30]])]));
    assert_eq!((broken, removed), (photo(&[way_up(6)]), vec![Borttaget::Uppgifter]));
    // one that says only which way up it is loses nothing, and nothing is said
    let turned = photo(&[way_up(6)]);
    assert_eq!(kept(&turned), (turned, vec![]));
}

#[test]
fn a_place_in_what_programs_say_of_a_photo_goes_too() {
    let xmp = |words: &str| app(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", words.as_bytes()]);
    for words in ["<rdf exif:GPSLatitude=\"59,20N\"/>", "<photoshop:City>Bromma</photoshop:City>"] {
        let (kept, removed) = kept(&photo(&[xmp(words)]));
        assert_eq!((kept.as_slice(), removed.as_slice()), (PLAIN, BOTH.as_slice()), "{words}");
    }
    // letters that a small picture is packed in spell no place
    for words in ["<rdf xmp:Rating=\"3\"/>", "<xmpGImg:image>/9j/GPSLatitude</xmpGImg:image>"] {
        assert_eq!(kept(&photo(&[xmp(words)])), (PLAIN.to_vec(), vec![Borttaget::Uppgifter]), "{words}");
    }
    // one word over two segments
    let more = |words: &[u8]| app(0xe1, &[b"http://ns.adobe.com/xmp/extension/\0", &[b'0'; 40], words]);
    let (kept_split, removed) = kept(&photo(&[more(b"... exif:G"), more(b"PSLatitude=\"59,20N\"")]));
    assert_eq!((kept_split.as_slice(), removed.as_slice()), (PLAIN, BOTH.as_slice()));
    let iptc = |field: u8| {
        let said = [0x1c, 2, field, 0, 6, b'B', b'r', b'o', b'm', b'm', b'a', 0];
        app(0xed, &[b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0b", &said])
    };
    for field in [26, 27, 90] {
        assert_eq!(kept(&photo(&[iptc(field)])), (PLAIN.to_vec(), BOTH.to_vec()), "{field}");
    }
    assert_eq!(kept(&photo(&[iptc(80)])).1, [Borttaget::Uppgifter], "who took it is no place");
}

#[test]
fn nothing_is_kept_of_a_photo_but_what_it_is_drawn_from_wherever_a_position_hides() {
    const HIDDEN: &[u8] = b"lat 59.3293 lon 18.0686";
    let maker = [b"II\x2a\0\x08\0\0\0\x01\0\x7c\x92\x07\0\x17\0\0\0\x1a\0\0\0\0\0\0\0".as_slice(), HIDDEN].concat();
    for (what, segment) in [
        ("C2PA", app(0xeb, &[b"JP\0\x01\0\0\0\x01", HIDDEN])),
        ("a comment", app(0xfe, &[HIDDEN])),
        ("APP3", app(0xe3, &[b"Meta\0\0", HIDDEN])),
        ("an Exif with another byte after its name", app(0xe1, &[b"Exif\0\xff", HIDDEN])),
        ("what only the maker reads", app(0xe1, &[b"Exif\0\0", &maker])),
        ("a small picture beside", app(0xe0, &[b"JFXX\0\x10", HIDDEN])),
        ("a second list of pictures", app(0xe2, &[b"MPF\0", HIDDEN])),
        ("a segment of no name", app(0xe9, &[HIDDEN])),
    ] {
        let whole = photo(&[segment]);
        assert!(holds(&whole, HIDDEN), "the premise: {what}");
        assert_eq!(kept(&whole), (PLAIN.to_vec(), vec![Borttaget::Uppgifter]), "{what}");
    }
    // the position of an Exif that is called otherwise is known as one
    assert_eq!(kept(&photo(&[app(0xe1, &[b"Exif\0\xff", &phone(true)])])), (PLAIN.to_vec(), BOTH.to_vec()));
    // its colours are part of what it is drawn from
    let colours = photo(&[app(0xe2, &[b"ICC_PROFILE\0\x01\x01", &[7; 200]]), app(0xee, &[b"Adobe\0\x64\0\0\0\0\x01"])]);
    assert_eq!(kept(&colours), (colours.clone(), vec![]));
}

#[test]
fn a_progressive_photo_keeps_all_its_scans_and_the_place_of_the_picture_behind_goes_with_it() {
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0x00, 0x34];
    let table = [0xff, 0xc4, 0, 3, 0];
    let frame = [0xff, 0xc2, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0];
    let progressive = [b"\xff\xd8".as_slice(), &frame, &scan, &table, &scan, b"\xff\xd9"].concat();
    assert_eq!(kept(&progressive), (progressive.clone(), vec![]));
    let index = app(0xe2, &[b"MPF\0II\x2a\0\x08\0\0\0\0\0"]);
    let second = photo(&[app(0xe1, &[b"Exif\0\0", &phone(false)])]);
    let whole = [&progressive[..2], &index, &progressive[2..], &second].concat();
    let (kept, removed) = kept(&whole);
    assert_eq!((kept, removed), (progressive, vec![Borttaget::Efter]));
}

#[test]
fn a_screenshot_keeps_neither_its_place_nor_what_was_cropped_away() {
    let turned = png_with(&[chunk(*b"eXIf", &super::super::exif::only(6))]);
    assert_eq!(kept(&png_with(&[chunk(*b"eXIf", &phone(true))])), (turned.clone(), BOTH.to_vec()));
    assert_eq!(kept(&turned), (turned.clone(), vec![]));
    for (extra, removed) in [
        (chunk(*b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<exif:GPSLatitude>59</>"), BOTH.as_slice()),
        (chunk(*b"tEXt", b"exif:GPSLongitude\x0017/1"), &BOTH),
        (chunk(*b"zTXt", b"Raw profile type exif\0\0x\x9c"), &BOTH[1..]),
        (chunk(*b"zTXt", b"Comment\0\0x\x9c"), &BOTH[1..]),
        (chunk(*b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0x\x9c"), &BOTH[1..]),
        (chunk(*b"caBX", b"\0\0\0\x10jumb"), &BOTH[1..]),
        (chunk(*b"tEXt", b"Software\0Klippverktyget"), &BOTH[1..]),
        (chunk(*b"tIME", b"\x07\xea\x0b\x17\x0a\x0c\x21"), &BOTH[1..]),
        (chunk(*b"eXIf", b"II"), &BOTH[1..]),
    ] {
        assert_eq!(kept(&png_with(&[extra])), (png_with(&[]), removed.to_vec()));
    }
    for colour in [*b"gAMA", *b"cHRM", *b"sRGB", *b"iCCP", *b"sBIT", *b"cICP", *b"tRNS", *b"bKGD", *b"pHYs"] {
        let drawn = png_with(&[chunk(colour, &[0, 1, 2, 3])]);
        assert_eq!(kept(&drawn), (drawn.clone(), vec![]));
    }
    assert_eq!(of(&png_with(&[chunk(*b"CgBI", &[0; 4])])), Err(BROKEN), "one that no other program draws");
    // a larger picture was overwritten with a smaller one, and its end is still there
    let cropped = [png_with(&[]), chunk(*b"IDAT", &[7; 900]), chunk(*b"IEND", &[])].concat();
    assert_eq!(kept(&cropped), (png_with(&[]), vec![Borttaget::Efter]));
}

#[test]
fn an_archive_in_a_photo_is_found_also_when_what_follows_had_hidden_it() {
    let mut zip = zip_of(&[("virus.exe", "MZ")]);
    let at = zip.len() - 2;
    let rest = u16::try_from(PLAIN.len() - 2).unwrap();
    zip[at..].copy_from_slice(&rest.to_le_bytes());
    let whole = [photo(&[app(0xfe, &[&zip])]), vec![0; 100_000]].concat();
    assert!(!is_also_zip(&whole), "the premise: too far from the end");
    assert_eq!(of(&whole), Err(MORE));
}

#[test]
fn no_bytes_of_a_photo_make_it_panic() {
    let mut state = 7_u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let exif = photo(&[app(0xe1, &[b"Exif\0\0", &phone(false)])]);
    for file in [SAMSUNG, HDR, PADDED, IPHONE, &exif, &png_with(&[chunk(*b"eXIf", &phone(true))])] {
        for _ in 0..1_000 {
            let mut changed = file.to_vec();
            for _ in 0..4 {
                let at = usize::from(u16::from_be_bytes([random(), random()])) % changed.len();
                changed[at] = random();
            }
            if let Ok((kind, kept, _)) = taken(changed) {
                assert!(taken(kept).is_ok_and(|(again, _, removed)| again == kind && removed.is_empty()));
            }
        }
    }
}
