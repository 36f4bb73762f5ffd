//! Fonts: what a PDF is written in. The font of the pages comes first; a letter that it does not have is looked for in the
//! next, and so on through the scripts of those whom a social service writes about and to. `scripts/fonts.sh` makes the
//! files and says where they come from; what they hold together is `domain::paper::RANGES`.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use krilla::{
    Data,
    text::{Font, Tag as Axis},
};
use parley::{
    FontContext, FontFamily, FontFamilyName, FontWeight, Glyph,
    fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache, SourceKind},
    layout::Run,
};

/// The files, and the family that each belongs to here.
pub const FILES: [(&str, &[u8]); 15] = [
    ("latin", include_bytes!("../../fonts/latin.ttf")),
    ("latin-ext", include_bytes!("../../fonts/latin-ext.ttf")),
    ("noto", include_bytes!("../../fonts/noto.ttf")),
    ("noto", include_bytes!("../../fonts/noto-bold.ttf")),
    ("arabic", include_bytes!("../../fonts/arabic.ttf")),
    ("ethiopic", include_bytes!("../../fonts/ethiopic.ttf")),
    ("thai", include_bytes!("../../fonts/thai.ttf")),
    ("hebrew", include_bytes!("../../fonts/hebrew.ttf")),
    ("georgian", include_bytes!("../../fonts/georgian.ttf")),
    ("armenian", include_bytes!("../../fonts/armenian.ttf")),
    ("tamil", include_bytes!("../../fonts/tamil.ttf")),
    ("devanagari", include_bytes!("../../fonts/devanagari.ttf")),
    ("math", include_bytes!("../../fonts/math.ttf")),
    ("symbols", include_bytes!("../../fonts/symbols.ttf")),
    ("emoji-signs", include_bytes!("../../fonts/emoji-signs.ttf")),
];

/// Read once: each document begins with a copy, which shares the files.
static CONTEXT: LazyLock<FontContext> = LazyLock::new(|| {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for (name, bytes) in FILES {
        let info = FontInfoOverride { family_name: Some(name), ..FontInfoOverride::default() };
        collection.register_fonts(Blob::new(Arc::new(bytes)), Some(info));
    }
    FontContext { collection, source_cache: SourceCache::default() }
});

/// Glyphs of the Arabic font that are not seen: for what joins or keeps apart, and for the first letter of a ligature. Each
/// is drawn for nothing else, so each reader knows what it stands for.
static BLANKS: LazyLock<Option<(u64, [u32; 2])>> = LazyLock::new(|| {
    let mut collection = CONTEXT.collection.clone();
    let font = collection.family_by_name("arabic")?.fonts().first()?.clone();
    let SourceKind::Memory(file) = font.source().kind() else { return None };
    let letters = font.charmap_index().charmap(file.as_ref())?;
    Some((file.id(), [letters.map('\u{200c}')?, letters.map('\u{200d}')?]))
});

/// A glyph that is not seen, for a sign that has none of its own; only where text goes from right to left.
pub fn blank(font: u64, sign: char) -> Option<Glyph> {
    let (arabic, [joiner, letter]) = (*BLANKS)?;
    let id = if sign == '\u{200c}' { joiner } else { letter };
    (font == arabic).then_some(Glyph { id, x: 0.0, y: 0.0, advance: 0.0 })
}

/// The fonts for a document.
pub fn context() -> FontContext {
    CONTEXT.clone()
}

/// Their families, in the order in which a letter is looked for.
pub fn families() -> FontFamily<'static> {
    let mut names: Vec<_> = FILES.iter().map(|(name, _)| *name).collect();
    names.dedup();
    FontFamily::List(Cow::Owned(names.into_iter().map(FontFamilyName::named).collect()))
}

/// The fonts as one file holds them: each once in each weight.
#[derive(Default)]
pub struct Embedded(HashMap<(u64, bool), Option<Font>>);

impl Embedded {
    /// The font with which something is drawn.
    pub fn get(&mut self, run: &Run<'_, ()>) -> Option<Font> {
        let font = run.font();
        let (data, id) = font.data.clone().into_raw_parts();
        let bold = run.font_attrs().weight == FontWeight::BOLD;
        let weight = if bold { 700.0 } else { 400.0 };
        let index = font.index;
        let load = || Font::new_variable(Data::from(data), index, &[(Axis::new(b"wght"), weight)]);
        self.0.entry((id, bold)).or_insert_with(load).clone()
    }
}
