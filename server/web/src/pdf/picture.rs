//! Pictures: a JPEG or a PNG on a page, whole and in its own proportions. What is read aloud instead is its alt text, which
//! whoever places it gives to the tag.

use chrono::DateTime;
use krilla::{
    Data, Document, SerializeSettings,
    configure::{Archival, ConfigurationBuilder},
    geom::{Size, Transform},
    image::Image,
    surface::Surface,
};

use crate::bilaga::{self, Kind};

/// A picture that can be drawn.
#[derive(Clone)]
pub struct Picture {
    image: Image,
    /// Which way up it is shown, as Exif counts.
    way: u16,
}

/// The most dots of a PNG. A JPEG lies in the file as it came; the dots of a PNG are unpacked and packed anew.
const DOTS_MAX: u64 = 12_000_000;

/// Reads a picture; none of what is neither a JPEG nor a PNG, and of a PNG that is too large.
#[must_use]
pub fn read(bytes: Vec<u8>) -> Option<Picture> {
    let way = bilaga::way(&bytes);
    let png = bilaga::size(Kind::Png, &bytes).filter(|_| bytes.starts_with(b"\x89PNG"));
    if png.is_some_and(|(wide, high)| u64::from(wide) * u64::from(high) > DOTS_MAX) {
        return None;
    }
    let data = Data::from(bytes);
    // archives take no picture that a reader smooths
    let image = if png.is_some() { Image::from_png(data, false) } else { Image::from_jpeg(data, false) }.ok()?;
    // what is broken inside, or in inks for print, shows first when a file is written: it would take all of it along
    holds(&image).then_some(Picture { image, way })
}

/// Whether a file that archives take can hold it.
fn holds(image: &Image) -> bool {
    let Ok(configuration) = ConfigurationBuilder::new().with_archival_validator(Archival::A2_B).finish() else {
        return false;
    };
    let settings = SerializeSettings { configuration, enable_tagging: false, ..SerializeSettings::default() };
    let mut pdf = Document::new_with(settings);
    pdf.set_metadata(super::metadata("Bild", DateTime::UNIX_EPOCH));
    let mut page = pdf.start_page();
    let mut surface = page.surface();
    if let Some(one) = Size::from_wh(1.0, 1.0) {
        surface.draw_image(image.clone(), one);
    }
    surface.finish();
    page.finish();
    pdf.finish().is_ok()
}

impl Picture {
    /// How wide it is for its height, as it is shown.
    #[must_use]
    pub fn ratio(&self) -> f32 {
        #[allow(clippy::cast_precision_loss)] // some thousand dots
        let (wide, high) = (self.image.size().0.max(1) as f32, self.image.size().1.max(1) as f32);
        if self.lies() { high / wide } else { wide / high }
    }

    /// Whether it is turned on its side before it is shown.
    const fn lies(&self) -> bool {
        self.way > 4
    }

    /// Where it stands in a room of so many points, and how large: as large as it can be, in the middle.
    #[must_use]
    pub fn contained(&self, (w, h): (f32, f32)) -> (f32, f32, f32, f32) {
        let ratio = self.ratio();
        let (own_w, own_h) = if w / h > ratio { (h * ratio, h) } else { (w, w / ratio) };
        ((w - own_w) / 2.0, (h - own_h) / 2.0, own_w, own_h)
    }

    /// Draws it as large as the room lets it be, in its middle and the way up that it says.
    pub fn draw(&self, surface: &mut Surface<'_>, (x, top): (f32, f32), room: (f32, f32)) {
        let (dx, dy, w, h) = self.contained(room);
        let lying = if self.lies() { (h, w) } else { (w, h) };
        let Some(size) = Size::from_wh(lying.0, lying.1) else { return };
        // what of the picture as it lies goes across, and what goes down (Exif 2.32, 4.6.4)
        let turned = match self.way {
            2 => Transform::from_row(-1.0, 0.0, 0.0, 1.0, w, 0.0),
            3 => Transform::from_row(-1.0, 0.0, 0.0, -1.0, w, h),
            4 => Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, h),
            5 => Transform::from_row(0.0, 1.0, 1.0, 0.0, 0.0, 0.0),
            6 => Transform::from_row(0.0, 1.0, -1.0, 0.0, w, 0.0),
            7 => Transform::from_row(0.0, -1.0, -1.0, 0.0, w, h),
            8 => Transform::from_row(0.0, -1.0, 1.0, 0.0, 0.0, h),
            _ => Transform::identity(),
        };
        surface.push_transform(&Transform::from_translate(x + dx, top + dy));
        surface.push_transform(&turned);
        surface.draw_image(self.image.clone(), size);
        surface.pop();
        surface.pop();
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use krilla::{
        page::PageSettings,
        tagging::{ContentTag, Tag, TagGroup, TagKind, TagTree},
    };

    use super::*;
    use crate::{pdf::opened, reader};

    #[test]
    fn a_picture_is_whole_in_its_room_and_the_file_holds_to_its_standards() {
        let mut pixmap = tiny_skia::Pixmap::new(400, 100).unwrap();
        pixmap.fill(tiny_skia::Color::from_rgba8(11, 85, 99, 128));
        let image = read(pixmap.encode_png().unwrap()).unwrap();
        assert_eq!(image.contained((200.0, 200.0)), (0.0, 75.0, 200.0, 50.0));
        assert_eq!(image.contained((800.0, 50.0)), (300.0, 0.0, 200.0, 50.0));
        let turned = Picture { way: 6, ..image.clone() };
        assert_eq!(turned.contained((200.0, 200.0)), (75.0, 0.0, 50.0, 200.0), "it stands");
        assert!(read(b"<svg/>".to_vec()).is_none());
        let mut pdf = opened("Bild", DateTime::UNIX_EPOCH).unwrap();
        let mut page = pdf.start_page_with(PageSettings::from_wh(200.0, 200.0).unwrap());
        let mut surface = page.surface();
        let id = surface.start_tagged(ContentTag::Other);
        for way in 1..=8 {
            Picture { way, ..image.clone() }.draw(&mut surface, (0.0, 0.0), (200.0, 200.0));
        }
        surface.end_tagged();
        surface.finish();
        page.finish();
        let mut tree = TagTree::new().with_lang(Some(domain::dokument::LANGUAGE.to_owned()));
        let tag: TagKind = Tag::Figure(Some("Ett nytt väntrum".into())).into();
        tree.push(TagGroup::with_children(tag, vec![id.into()]));
        pdf.set_tag_tree(tree);
        pdf.set_outline(krilla::outline::Outline::new());
        reader::open(reader::Kind::Pdf, "bild.pdf", &pdf.finish().unwrap());
    }
}
