//! Kodning: how the letters of a file are written, in the words of the page and of the command line. What the bytes are is in
//! `web::import::encoding`.

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kodning {
    /// UTF-8.
    Utf8,
    /// UTF-16, the small byte first.
    Utf16Le,
    /// UTF-16, the large byte first.
    Utf16Be,
    /// Windows-1252: Excel in Windows.
    Windows,
    /// Macintosh: Excel on a Mac.
    Macintosh,
    /// CP850: DOS, and programs from that time.
    Cp850,
}

impl Kodning {
    /// Those that only the words tell apart, the most common first.
    pub const JUDGED: [Self; 3] = [Self::Windows, Self::Macintosh, Self::Cp850];

    /// As the page says it: "Filen är läst som Macintosh".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows => "Windows",
            Self::Macintosh => "Macintosh",
            Self::Cp850 => "DOS (CP850)",
        }
    }

    /// In an address and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows => "windows",
            Self::Macintosh => "macintosh",
            Self::Cp850 => "cp850",
        }
    }

    /// None for a code of none that can be chosen.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::JUDGED.into_iter().find(|k| k.code() == code)
    }
}
