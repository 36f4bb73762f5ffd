//! Pictures: a JPEG or a PNG on a page, whole and in its own proportions. What is read aloud instead is its alt text, which
//! whoever places it gives to the tag.

use krilla::{
    Data,
    geom::{Size, Transform},
    image::Image,
    surface::Surface,
};

/// A picture that can be drawn; none of what is neither a JPEG nor a PNG.
#[must_use]
pub fn read(bytes: Vec<u8>) -> Option<Image> {
    let is_png = bytes.starts_with(b"\x89PNG");
    let data = Data::from(bytes);
    // archives take no picture that a reader smooths
    if is_png { Image::from_png(data, false) } else { Image::from_jpeg(data, false) }.ok()
}

/// How large it is in a room of so many points: as large as it can be, and where it then stands in the middle of the room.
#[must_use]
pub fn contained(image: &Image, (w, h): (f32, f32)) -> (f32, f32, f32, f32) {
    #[allow(clippy::cast_precision_loss)] // some thousand dots
    let (wide, high) = (image.size().0.max(1) as f32, image.size().1.max(1) as f32);
    let scale = (w / wide).min(h / high);
    let (own_w, own_h) = (wide * scale, high * scale);
    ((w - own_w) / 2.0, (h - own_h) / 2.0, own_w, own_h)
}

/// Draws it as large as the room lets it be, in its middle.
pub fn draw(surface: &mut Surface<'_>, image: &Image, (x, top): (f32, f32), room: (f32, f32)) {
    let (dx, dy, w, h) = contained(image, room);
    let Some(size) = Size::from_wh(w, h) else { return };
    surface.push_transform(&Transform::from_translate(x + dx, top + dy));
    surface.draw_image(image.clone(), size);
    surface.pop();
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
        assert_eq!(contained(&image, (200.0, 200.0)), (0.0, 75.0, 200.0, 50.0));
        assert_eq!(contained(&image, (800.0, 50.0)), (300.0, 0.0, 200.0, 50.0));
        assert!(read(b"<svg/>".to_vec()).is_none());
        let mut pdf = opened("Bild", DateTime::UNIX_EPOCH).unwrap();
        let mut page = pdf.start_page_with(PageSettings::from_wh(200.0, 200.0).unwrap());
        let mut surface = page.surface();
        let id = surface.start_tagged(ContentTag::Other);
        draw(&mut surface, &image, (0.0, 0.0), (200.0, 200.0));
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
