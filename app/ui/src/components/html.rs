//! HTML as text, for what a page holds hundreds of: the marks of the wheel and the rows of a list. A view of each would be
//! most of the page's time. Every text from the data passes [`escaped`].

use std::fmt::{Arguments, Display, Formatter, Result, Write};

/// Appends to the page.
pub fn put(out: &mut String, text: Arguments) {
    // writing to a String does not fail
    let _ = out.write_fmt(text);
}

/// Text that is safe in HTML and SVG, in elements and in quoted attributes.
pub fn escaped(text: &str) -> impl Display + '_ {
    struct Escaped<'a>(&'a str);
    impl Display for Escaped<'_> {
        fn fmt(&self, f: &mut Formatter<'_>) -> Result {
            let mut rest = self.0;
            while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
                f.write_str(&rest[..at])?;
                f.write_str(match rest.as_bytes()[at] {
                    b'&' => "&amp;",
                    b'<' => "&lt;",
                    b'>' => "&gt;",
                    b'"' => "&quot;",
                    _ => "&#39;",
                })?;
                rest = &rest[at + 1..];
            }
            f.write_str(rest)
        }
    }
    Escaped(text)
}
