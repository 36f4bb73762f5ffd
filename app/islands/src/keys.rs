//! Keys: every key that does something, in one table. The help of a page lists it, and nothing hears a key but through it: what
//! is not in the table does nothing, and what is in it is listed. What a key stands for is said by a match that the compiler
//! holds whole.

#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
mod listen;
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
mod rows;

#[cfg(feature = "hydrate")]
pub(crate) use listen::{ask_keys, listen};
pub use listen::{held, is_key, pressed};

use crate::contract;

/// Where a key is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On every page with a menu.
    Page,
    /// In lists and tables.
    Rows,
    /// In what is written.
    Form,
    /// While a toast is there.
    Toast,
    /// In the årshjul and the plans: with a mark that can be moved.
    Month,
    /// Between the marks of the wheel.
    Wheel,
    /// Where answers to an enkät are entered.
    Answers,
    /// In the table where cases are judged.
    Judging,
    /// In the table of the outcomes of a plan.
    Utfall,
    /// While a meeting is shown.
    Deck,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Shows the keys, or puts them away.
    Help,
    /// Goes to an entry of the menu, by its path.
    Go(&'static str),
    /// The next row of a list.
    NextRow,
    /// The one before.
    PreviousRow,
    /// Marks the row, or does what its first button does.
    Mark,
    /// Opens the row. The browser does it: its title has the focus.
    Open,
    /// Saves what is written.
    Save,
    /// Takes back what was just done.
    Undo,
    /// Puts away what is shown over the page.
    Close,
    /// Asks about moving to the month after.
    Later,
    /// And to the one before.
    Earlier,
    /// How the årshjul is seen: as a wheel, by a key of the browser's own.
    AsWheel,
    /// As months.
    AsMonths,
    /// As a list.
    AsList,
    /// The next mark in time.
    NextMark,
    /// The mark before.
    PreviousMark,
    /// The nearest mark in the next ring outwards.
    OuterMark,
    /// And inwards.
    InnerMark,
    /// The first mark of the year.
    FirstMark,
    /// The last.
    LastMark,
    /// Chooses the option of this digit.
    Option(u8),
    /// Saves an answer and empties the form for the next.
    SaveAnswer,
    /// Answers the cell with this code.
    Answer(&'static str),
    /// Says which kön, by its code.
    Kon(&'static str),
    /// Takes the answer of the cell away.
    Clear,
    /// Sets the status of the row by hand.
    Status,
    /// The cell below.
    Below,
    /// The cell above.
    Above,
    /// The cell to the right.
    Right,
    /// The cell to the left.
    Left,
    /// The next slide.
    NextSlide,
    /// The slide before.
    PreviousSlide,
    /// The first slide.
    FirstSlide,
    /// The last slide.
    LastSlide,
    /// All slides at once.
    Overview,
    /// A black screen.
    Black,
    /// The panel of notes.
    Panel,
    /// Starts or stops the timer of the slide.
    Timer,
    /// The whole screen.
    FullScreen,
}

/// A line of the table: where, which keys, and what they do. A key is written as the browser names it, a letter small, with
/// `Ctrl+` (which is also Cmd), `Alt+` and `Shift+` before it; two letters after each other have a space between.
pub type Key = (Place, &'static [&'static str], Act);

/// All keys.
pub const KEYS: &[Key] = &[
    (Place::Page, &["?"], Act::Help),
    (Place::Page, &["g a"], Act::Go("/")),
    (Place::Page, &["g h"], Act::Go(contract::ARSHJUL)),
    (Place::Page, &["g e"], Act::Go(contract::EGENKONTROLL)),
    (Place::Page, &["g i"], Act::Go(contract::INTERNKONTROLL)),
    (Place::Page, &["g v"], Act::Go(contract::AVVIKELSER)),
    (Place::Page, &["g t"], Act::Go(contract::ATGARDER)),
    (Place::Page, &["g m"], Act::Go(contract::APT)),
    (Place::Rows, &["j"], Act::NextRow),
    (Place::Rows, &["k"], Act::PreviousRow),
    (Place::Rows, &["x"], Act::Mark),
    (Place::Rows, &["Enter"], Act::Open),
    (Place::Form, &["Ctrl+Enter"], Act::Save),
    (Place::Toast, &["Ctrl+z"], Act::Undo),
    (Place::Toast, &["Escape"], Act::Close),
    (Place::Month, &["Shift+ArrowRight"], Act::Later),
    (Place::Month, &["Shift+ArrowLeft"], Act::Earlier),
    (Place::Wheel, &["ArrowRight"], Act::NextMark),
    (Place::Wheel, &["ArrowLeft"], Act::PreviousMark),
    (Place::Wheel, &["ArrowUp"], Act::OuterMark),
    (Place::Wheel, &["ArrowDown"], Act::InnerMark),
    (Place::Wheel, &["Home"], Act::FirstMark),
    (Place::Wheel, &["End"], Act::LastMark),
    (Place::Wheel, &["Escape"], Act::Close),
    (Place::Wheel, &["Alt+h"], Act::AsWheel),
    (Place::Wheel, &["Alt+m"], Act::AsMonths),
    (Place::Wheel, &["Alt+l"], Act::AsList),
    (Place::Answers, &["1"], Act::Option(1)),
    (Place::Answers, &["2"], Act::Option(2)),
    (Place::Answers, &["3"], Act::Option(3)),
    (Place::Answers, &["4"], Act::Option(4)),
    (Place::Answers, &["5"], Act::Option(5)),
    (Place::Answers, &["6"], Act::Option(6)),
    (Place::Answers, &["7"], Act::Option(7)),
    (Place::Answers, &["8"], Act::Option(8)),
    (Place::Answers, &["9"], Act::Option(9)),
    (Place::Answers, &["0"], Act::Option(10)),
    (Place::Answers, &["Enter", "Ctrl+Enter"], Act::SaveAnswer),
    (Place::Answers, &["Ctrl+z"], Act::Undo),
    (Place::Judging, &["j"], Act::Answer("ja")),
    (Place::Judging, &["n"], Act::Answer("nej")),
    (Place::Judging, &["e"], Act::Answer("ej")),
    (Place::Judging, &["k"], Act::Kon("kvinna")),
    (Place::Judging, &["m"], Act::Kon("man")),
    (Place::Judging, &["Delete", "Backspace"], Act::Clear),
    (Place::Judging, &["ArrowDown", "Enter"], Act::Below),
    (Place::Judging, &["ArrowUp"], Act::Above),
    (Place::Judging, &["ArrowRight"], Act::Right),
    (Place::Judging, &["ArrowLeft"], Act::Left),
    (Place::Utfall, &["ArrowDown", "Enter"], Act::Below),
    (Place::Utfall, &["ArrowUp", "Shift+Enter"], Act::Above),
    (Place::Utfall, &["ArrowRight"], Act::Right),
    (Place::Utfall, &["ArrowLeft"], Act::Left),
    (Place::Utfall, &["Escape"], Act::Clear),
    (Place::Utfall, &["s"], Act::Status),
    (Place::Deck, &["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"], Act::NextSlide),
    (Place::Deck, &["ArrowLeft", "ArrowUp", "PageUp", "Backspace", "Shift+ "], Act::PreviousSlide),
    (Place::Deck, &["Home"], Act::FirstSlide),
    (Place::Deck, &["End"], Act::LastSlide),
    (Place::Deck, &["o"], Act::Overview),
    (Place::Deck, &["b", "."], Act::Black),
    (Place::Deck, &["n"], Act::Panel),
    (Place::Deck, &["t"], Act::Timer),
    (Place::Deck, &["f", "F5"], Act::FullScreen),
    (Place::Deck, &["Escape"], Act::Close),
    (Place::Deck, &["?"], Act::Help),
];

/// The keys of what a place does, as `aria-keyshortcuts` has them; `accesskey` takes the last sign.
#[must_use]
pub fn keys_of(act: Act) -> &'static [&'static str] {
    KEYS.iter().find(|(_, _, does)| *does == act).map_or(&[], |(_, keys, _)| keys)
}

/// Whether a key is a letter, a digit or another sign by itself (WCAG 2.1.4): those can be switched off.
#[must_use]
pub fn is_sign(key: &str) -> bool {
    key != " " && (key.chars().count() == 1 || key.contains(' ') && key.chars().count() == 3)
}

impl Place {
    domain::every! {
        /// Every place, in the order in which help lists them.
        Page, Rows, Form, Toast, Month, Wheel, Answers, Judging, Utfall, Deck
    }

    /// Whether its signs do something also where they are switched off: those that are heard in a cell that has the focus, and
    /// nowhere else.
    #[must_use]
    pub fn is_always(self) -> bool {
        matches!(self, Self::Judging | Self::Utfall)
    }

    /// What help calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Page => "Överallt",
            Self::Rows => "I listor och tabeller",
            Self::Form => "I formulär",
            Self::Toast => "När något är sparat",
            Self::Month => "På ett märke som går att flytta",
            Self::Wheel => "I årshjulet",
            Self::Answers => "När du skriver in svar",
            Self::Judging => "I bedömningstabellen",
            Self::Utfall => "I tabellen med utfall",
            Self::Deck => "När mötet visas",
        }
    }

    /// Whether the page at this path has it.
    #[must_use]
    pub fn is_on(self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        // the page of a thing below the list of its kind
        let below = |list: &str| path.strip_prefix(list).is_some_and(|rest| rest.starts_with('/'));
        let last = path.rsplit('/').next().unwrap_or_default();
        let deck = below(contract::APT) && last == "visa";
        match self {
            Self::Page | Self::Rows | Self::Form | Self::Toast => !deck,
            Self::Month => [contract::ARSHJUL, contract::EGENKONTROLL, contract::INTERNKONTROLL].contains(&path),
            Self::Wheel => path == contract::ARSHJUL,
            Self::Answers => below(contract::ENKATER) && last == "svara",
            Self::Judging => below(contract::GENOMFORANDEN),
            Self::Utfall => below(contract::VERKSAMHETSPLAN) && last == "utfall",
            Self::Deck => deck,
        }
    }
}

impl Act {
    /// What it does, as help says it after the key. Of [`Act::Go`] the menu knows what its entry is called.
    #[must_use]
    pub fn does(self) -> &'static str {
        match self {
            Self::Help => "visar tangenterna, eller döljer dem",
            Self::Go(_) => "går till",
            Self::NextRow => "nästa rad",
            Self::PreviousRow => "föregående rad",
            Self::Mark => "markerar raden, eller öppnar det som görs med den",
            Self::Open => "öppnar raden",
            Self::Save => "sparar formuläret du skriver i",
            Self::Undo => "ångrar det du just gjorde",
            Self::Close => "stänger det som ligger över sidan",
            Self::Later => "flyttar till månaden efter",
            Self::Earlier => "flyttar till månaden före",
            Self::AsWheel => "visar året som hjul (i Firefox Alt+Skift)",
            Self::AsMonths => "visar året som månader",
            Self::AsList => "visar året som lista",
            Self::NextMark => "nästa märke i tid",
            Self::PreviousMark => "föregående märke i tid",
            Self::OuterMark => "närmaste märke i ringen utanför",
            Self::InnerMark => "närmaste märke i ringen innanför",
            Self::FirstMark => "årets första märke",
            Self::LastMark => "årets sista märke",
            Self::Option(_) => "väljer svaret med den siffran",
            Self::SaveAnswer => "sparar svaren och tömmer sidan för nästa",
            Self::Answer("ja") => "Ja",
            Self::Answer("nej") => "Nej",
            Self::Answer(_) => "Ej relevant",
            Self::Kon("kvinna") => "kvinna",
            Self::Kon(_) => "man",
            Self::Clear => "tar bort svaret, eller det du just skrev",
            Self::Status => "sätter egen status med skäl, i en ruta där du inte har skrivit",
            Self::Below => "rutan under",
            Self::Above => "rutan över",
            Self::Right => "rutan till höger",
            Self::Left => "rutan till vänster",
            Self::NextSlide => "nästa bild",
            Self::PreviousSlide => "förra bilden",
            Self::FirstSlide => "första bilden",
            Self::LastSlide => "sista bilden",
            Self::Overview => "alla bilder på en gång",
            Self::Black => "svart skärm",
            Self::Panel => "anteckningar och beslut",
            Self::Timer => "startar eller stoppar bildens klocka",
            Self::FullScreen => "hela skärmen",
        }
    }
}

/// A key as it is read: "Ctrl+Enter", "G sedan A", "→".
#[must_use]
pub fn shown(key: &str) -> String {
    if let Some((first, then)) = key.split_once(' ').filter(|(first, then)| !first.is_empty() && !then.is_empty()) {
        return format!("{} sedan {}", shown(first), shown(then));
    }
    if let Some((with, key)) = key.split_once('+').filter(|(with, _)| !with.is_empty()) {
        let with = match with {
            "Shift" => "Skift",
            with => with,
        };
        return format!("{with}+{}", shown(key));
    }
    match key {
        " " => "Blanksteg".to_owned(),
        "ArrowRight" => "→".to_owned(),
        "ArrowLeft" => "←".to_owned(),
        "ArrowUp" => "↑".to_owned(),
        "ArrowDown" => "↓".to_owned(),
        "Escape" => "Esc".to_owned(),
        "PageUp" => "Page Up".to_owned(),
        "PageDown" => "Page Down".to_owned(),
        other => {
            if other.chars().count() == 1 {
                other.to_uppercase()
            } else {
                other.to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_one_thing_in_a_place_and_every_place_has_keys() {
        for place in Place::ALL {
            let mut keys: Vec<&str> =
                KEYS.iter().filter(|(at, ..)| *at == place).flat_map(|(_, keys, _)| *keys).copied().collect();
            let all = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert!(all > 0 && keys.len() == all, "{place:?}: {keys:?}");
        }
        // what is heard on every page is heard beside each other
        let general = [Place::Page, Place::Rows, Place::Form, Place::Month];
        let mut keys: Vec<&str> =
            KEYS.iter().filter(|(at, ..)| general.contains(at)).flat_map(|(_, keys, _)| *keys).copied().collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all, "{keys:?}");
    }

    #[test]
    fn signs_are_told_from_what_has_a_name_or_is_held() {
        for sign in ["x", "?", ".", "1", "g a"] {
            assert!(is_sign(sign), "{sign}");
        }
        for other in [" ", "Enter", "Ctrl+Enter", "Shift+ArrowRight", "Alt+h", "F5", "Shift+ "] {
            assert!(!is_sign(other), "{other}");
        }
    }

    #[test]
    fn a_key_is_read_as_it_stands_on_the_keyboard() {
        for (key, read) in [
            ("g a", "G sedan A"),
            ("Ctrl+Enter", "Ctrl+Enter"),
            ("Ctrl+z", "Ctrl+Z"),
            ("Shift+ArrowRight", "Skift+→"),
            (" ", "Blanksteg"),
            ("Shift+ ", "Skift+Blanksteg"),
            ("?", "?"),
            ("F5", "F5"),
        ] {
            assert_eq!(shown(key), read);
        }
    }

    #[test]
    fn keys_are_listed_where_they_are_heard() {
        let on = |path: &str| Place::ALL.into_iter().filter(|place| place.is_on(path)).collect::<Vec<_>>();
        let general = [Place::Page, Place::Rows, Place::Form, Place::Toast];
        assert_eq!(on("/"), general);
        assert_eq!(on("/arshjul"), [&general[..], &[Place::Month, Place::Wheel]].concat());
        assert_eq!(on("/egenkontroll"), [&general[..], &[Place::Month]].concat());
        assert_eq!(on("/egenkontroll/ny"), general);
        assert_eq!(on("/enkater/1/svara"), [&general[..], &[Place::Answers]].concat());
        assert_eq!(on("/genomforanden/1"), [&general[..], &[Place::Judging]].concat());
        assert_eq!(on("/verksamhetsplan/1/utfall"), [&general[..], &[Place::Utfall]].concat());
        assert_eq!(on("/apt/1/visa"), [Place::Deck]);
    }
}
