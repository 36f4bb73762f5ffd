//! What must not be written in a free text: personnummer, samordningsnummer, telefonnummer, e-postadress.
//!
//! The same code warns in the browser while the user writes and refuses on the server. It is a help for a careful person
//! in a hurry, not a wall against one who wants to get past it: names, addresses and birth dates are not recognised.
//!
//! How it reads: characters that do not show are passed over, digits of other scripts are digits, and digits become
//! groups with what stands between them. A *personnummer* is a run of groups that divide it only where people do (year,
//! month, day, number). With a plausible date and the right check digit it is one. With a wrong check digit it is still
//! a person whose number was mistyped, unless the way it is written speaks for something else: see [`person`]. A
//! *telefonnummer* begins with 0, 00 or +, and divides where phone numbers do: see [`phone`].
//!
//! Every function is linear in the length of the text and takes any text.

use serde::{Deserialize, Serialize};

mod person;
mod phone;
mod text;

#[cfg(test)]
mod tests;

use text::Text;

/// What a free text must not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kansligt {
    /// A Swedish personal identity number.
    Personnummer,
    /// The same for somebody who is not registered as resident: day + 60.
    Samordningsnummer,
    /// A phone number.
    Telefonnummer,
    /// An e-mail address.
    Epost,
}

impl Kansligt {
    /// With its article, as in "Det ser ut som …".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Personnummer => "ett personnummer",
            Self::Samordningsnummer => "ett samordningsnummer",
            Self::Telefonnummer => "ett telefonnummer",
            Self::Epost => "en e-postadress",
        }
    }
}

/// Something that was recognised, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fynd {
    /// What it looks like.
    pub kind: Kansligt,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// Everything in a text that must not be there, in the order of the text. The ranges do not overlap and lie on the
/// borders of characters.
#[must_use]
pub fn sok(text: &str) -> Vec<Fynd> {
    let text = Text::read(text);
    let groups = text.groups();
    let mut addresses = text.addresses().into_iter().peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let hit = person::find(&text, groups, at).or_else(|| phone::find(&text, groups, at));
        let Some((kind, from, last)) = hit else {
            at += 1;
            continue;
        };
        at = last + 1;
        let (start, end) = (text.start(from), text.end(groups[last].end - 1));
        while let Some(address) = addresses.next_if(|a| a.end <= start) {
            found.push(address);
        }
        // digits that are part of an address are told of with it
        if addresses.peek().is_none_or(|a| end <= a.start) {
            found.push(Fynd { kind, start, end });
        }
    }
    found.extend(addresses);
    found
}

/// What to tell the person who writes: one sentence that says what was recognised and one that says what to do. `None`
/// when nothing was. What was found is not repeated, so that the warning can be logged and shown anywhere.
#[must_use]
pub fn varning(text: &str) -> Option<String> {
    let mut kinds: Vec<Kansligt> = sok(text).into_iter().map(|f| f.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let labels: Vec<_> = kinds.iter().map(|k| k.label()).collect();
    let (last, others) = labels.split_last()?;
    let it = if kinds == [Kansligt::Epost] { "den" } else { "det" };
    Some(if others.is_empty() {
        format!("Det ser ut som {last}. Ta bort {it} innan du sparar.")
    } else {
        format!("Det ser ut som {} och {last}. Ta bort dem innan du sparar.", others.join(", "))
    })
}
