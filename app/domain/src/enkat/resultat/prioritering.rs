//! Prioritering: which questions to work with first. Result against importance, parted at the mean of each.

/// Where a question lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kvadrant {
    /// Important, and the result is below the mean.
    ForbattraForst,
    /// Important, and the result is good.
    Behall,
    /// Less important, and the result is below the mean.
    ForbattraSedan,
    /// Less important, and the result is good.
    Bevaka,
}

impl Kvadrant {
    crate::every! {
        /// All, what to do first first.
        ForbattraForst, Behall, ForbattraSedan, Bevaka
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ForbattraForst => "Förbättra först",
            Self::Behall => "Behåll",
            Self::ForbattraSedan => "Förbättra sedan",
            Self::Bevaka => "Bevaka",
        }
    }
}

/// A question in the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrispunkt {
    /// What the unit calls it: its number in the enkät.
    pub number: usize,
    /// As it is asked.
    pub text: String,
    /// 0–100.
    pub importance: f64,
    /// The share who are satisfied, 0–1.
    pub result: f64,
    /// Where that is.
    pub kvadrant: Kvadrant,
}

/// The matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Matris {
    /// Its questions, in the order they are asked.
    pub points: Vec<Matrispunkt>,
    /// The mean importance, 0–100.
    pub importance: f64,
    /// The mean result, 0–1.
    pub result: f64,
}

impl Matris {
    /// What it says: `Förbättra först: 3. Behåll: 1 och 2.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let parts = Kvadrant::ALL.into_iter().filter_map(|kvadrant| {
            let own: Vec<String> =
                self.points.iter().filter(|p| p.kvadrant == kvadrant).map(|p| p.number.to_string()).collect();
            let numbers = match own.as_slice() {
                [] => return None,
                [one] => format!("fråga {one}"),
                [some @ .., last] => format!("fråga {} och {last}", some.join(", ")),
            };
            Some(format!("{}: {numbers}.", kvadrant.label()))
        });
        parts.collect::<Vec<_>>().join(" ")
    }
}

/// The matrix of questions with number, text, importance (0–100) and result (0–1). None for fewer than two: there is
/// nothing to choose between.
#[must_use]
pub fn matris(questions: Vec<(usize, String, f64, f64)>) -> Option<Matris> {
    if questions.len() < 2 {
        return None;
    }
    #[allow(clippy::cast_precision_loss)] // at most twenty questions
    let mean =
        |of: fn(&(usize, String, f64, f64)) -> f64| questions.iter().map(of).sum::<f64>() / questions.len() as f64;
    let (importance, result) = (mean(|q| q.2), mean(|q| q.3));
    // rounding in the mean must not put equal questions on the low side
    let high = |x: f64, mean: f64| x >= mean - 1e-9;
    let points = questions.into_iter().map(|(number, text, own, good)| Matrispunkt {
        kvadrant: match (high(own, importance), high(good, result)) {
            (true, true) => Kvadrant::Behall,
            (true, false) => Kvadrant::ForbattraForst,
            (false, true) => Kvadrant::Bevaka,
            (false, false) => Kvadrant::ForbattraSedan,
        },
        number,
        text,
        importance: own,
        result: good,
    });
    Some(Matris { points: points.collect(), importance, result })
}
