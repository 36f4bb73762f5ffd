//! Standard: the rows that an account of a municipality begins with. They can be named anew, moved, added to and removed.

use super::Radslag;

/// The rows of each verksamhet until somebody changes them, in order.
pub const STANDARD: [(Radslag, &str); 11] = [
    (Radslag::Intakt, "Taxor och avgifter"),
    (Radslag::Intakt, "Hyresintäkter"),
    (Radslag::Intakt, "Bidrag och ersättningar"),
    (Radslag::Intakt, "Försäljning av verksamhet"),
    (Radslag::Intakt, "Övriga externa intäkter"),
    (Radslag::Kostnad, "Personal"),
    (Radslag::Kostnad, "Övriga personal"),
    (Radslag::Kostnad, "Lokal"),
    (Radslag::Kostnad, "Försörjningsstöd"),
    (Radslag::Kostnad, "Entreprenader och köp av verksamhet"),
    (Radslag::Kostnad, "Övriga"),
];

/// The row of a verksamhet of which no more than netto is known.
pub const NETTO: &str = "Netto";
