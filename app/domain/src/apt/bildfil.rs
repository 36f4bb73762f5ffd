//! Bildfil: the picture on a slide of the meeting's own. It is told in words for whoever does not see it; the words stay in the
//! minutes, the picture goes with its slide.

use serde::{Deserialize, Serialize};

use crate::{
    avvikelse::bilaga::Borttaget,
    field::{Checker, FieldError},
    id::{AptId, BildfilId},
    personnummer::varning,
};

/// The most pictures of a meeting: all of them are in its page when it is shown.
pub const MOST: i64 = 12;

/// The most pixels of a picture: what a telephone makes, and what a browser can draw beside others.
pub const PIXELS_MAX: u64 = 50_000_000;

/// A picture as the slide knows it, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bildfil {
    /// Primary key, sealed into the file. Another picture on the same slide has another, so that nothing old is shown for it.
    pub id: BildfilId,
    /// The meeting: who sees it sees the picture.
    pub mote: AptId,
    /// What the file is called, without path and with the ending of its content.
    pub name: String,
    /// What the picture shows, for whoever does not see it; never empty, no personnummer.
    pub alt: String,
    /// What stands under it; may be empty, no personnummer.
    pub bildtext: String,
    /// Pixels across, as it is shown: turned the way up that it says.
    pub width: u32,
    /// Pixels down, as it is shown.
    pub height: u32,
    /// What was taken out of the file before it was kept.
    pub removed: Vec<Borttaget>,
}

/// The form of a picture, which decides how much of the slide it gets beside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bildformat {
    /// Clearly higher than wide.
    Hog,
    /// About as wide as high.
    Jamn,
    /// Clearly wider than high.
    Bred,
}

impl Bildfil {
    /// Where it is fetched, by those who see the meeting.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/apt/{}/bildfiler/{}", self.mote, self.id)
    }

    /// Its form: a fifth more in one direction than in the other is clear.
    #[must_use]
    pub fn format(&self) -> Bildformat {
        let (w, h) = (u64::from(self.width), u64::from(self.height));
        if w * 5 > h * 6 {
            Bildformat::Bred
        } else if h * 5 > w * 6 {
            Bildformat::Hog
        } else {
            Bildformat::Jamn
        }
    }
}

/// What is said of a picture, as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Bildfil`].
    pub alt: String,
    /// See [`Bildfil`].
    pub bildtext: String,
}

/// Checks what is said of a picture. The description has to be there: without it, who does not see gets nothing.
pub fn check(form: &Form) -> Result<Form, Vec<FieldError>> {
    let mut check = Checker::default();
    let alt = check.line("alt", &form.alt);
    if alt.is_empty() {
        check.error("alt", "Beskriv bilden, så att den som inte ser den vet vad den visar.");
    }
    let bildtext = check.line("bildtext", &form.bildtext);
    for (field, value) in [("alt", &alt), ("bildtext", &bildtext)] {
        if let Some(warning) = varning(value) {
            check.error(field, warning);
        }
    }
    check.finish(Form { alt, bildtext })
}

#[cfg(test)]
pub(super) mod tests {
    use uuid::Uuid;

    use super::*;

    /// A picture of this size.
    pub fn bildfil(width: u32, height: u32) -> Bildfil {
        Bildfil {
            id: BildfilId(Uuid::from_u128(7)),
            mote: AptId(Uuid::from_u128(3)),
            name: "plan.png".into(),
            alt: "Plan över de nya lokalerna".into(),
            bildtext: String::new(),
            width,
            height,
            removed: vec![],
        }
    }

    #[test]
    fn a_picture_is_told_in_words_and_holds_no_personnummer() {
        let form = Form { alt: "  Plan över\nlokalerna ".into(), bildtext: String::new() };
        assert_eq!(check(&form).unwrap().alt, "Plan över lokalerna");
        assert_eq!(check(&Form::default()).unwrap_err()[0].field, "alt");
        let secret = Form { bildtext: "Beslut 060606-1234".into(), ..form.clone() };
        assert_eq!(check(&secret).unwrap_err()[0].field, "bildtext");
        let secret = Form { alt: "060606-1234".into(), ..form };
        assert_eq!(check(&secret).unwrap_err()[0].field, "alt");
    }

    #[test]
    fn a_picture_is_high_wide_or_even() {
        let of = |w, h| bildfil(w, h).format();
        assert_eq!(
            [of(4_000, 3_000), of(3_000, 4_000), of(1_000, 1_000)],
            [Bildformat::Bred, Bildformat::Hog, Bildformat::Jamn]
        );
        assert_eq!([of(1_200, 1_000), of(1_000, 1_200)], [Bildformat::Jamn; 2], "a fifth is not clear yet");
        assert_eq!(of(u32::MAX, 1), Bildformat::Bred);
    }
}
