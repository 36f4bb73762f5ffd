//! Format: how Excel shows a figure. 0.75 in per cent format is 75 %, and 1.1 with two decimals is 1,10.

/// What the format of a cell does to its figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Format {
    /// Whether it is shown in per cent, so that 1 is 100.
    pub(super) per_cent: bool,
    /// How positive figures, and negative ones, are written; none where that is not simply told.
    pattern: Option<Pattern>,
    negative: Option<Pattern>,
}

#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    /// The figures before the comma, with the letters before and between them.
    whole: Vec<Token>,
    /// The figures behind it, and whether each is shown when it is 0.
    decimals: Vec<bool>,
    /// The letters behind all.
    after: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    /// A figure, and whether it is shown when there is none.
    Figure(bool),
    Letter(char),
}

/// The most figures that are written on either side of the comma.
const FIGURES_MAX: usize = 20;

impl Format {
    /// The format of a code such as `0.00%`.
    pub(super) fn of(code: &str) -> Self {
        if code.is_empty() || code.eq_ignore_ascii_case("general") {
            return Self::default();
        }
        let mut sections = sections(code).into_iter();
        let (per_cent, pattern) = sections.next().map(|s| read(&s)).unwrap_or_default();
        Self { per_cent, pattern, negative: sections.next().and_then(|s| read(&s).1) }
    }

    /// A figure as it is shown, where the format says more than how many decimals Excel needs.
    pub(super) fn shown(&self, x: f64) -> Option<String> {
        if self.per_cent || !x.is_finite() || x.abs() >= 1e15 {
            return None;
        }
        match &self.negative {
            Some(negative) if x < 0.0 => Some(negative.written(x)),
            _ => self.pattern.as_ref().map(|p| if x < 0.0 { format!("-{}", p.written(x)) } else { p.written(x) }),
        }
    }
}

/// The sections of a format: positive, negative, zero, text.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut chars) = (false, code.chars());
    while let Some(c) = chars.next() {
        if c == ';' && !quoted {
            sections.push(String::new());
            continue;
        }
        quoted ^= c == '"';
        // there is always a last section
        let Some(last) = sections.last_mut() else { break };
        last.push(c);
        if c == '\\' && !quoted {
            last.extend(chars.next());
        }
    }
    sections
}

/// Whether a section is in per cent, and how it writes a figure.
fn read(section: &str) -> (bool, Option<Pattern>) {
    let mut pattern = Pattern { whole: vec![], decimals: vec![], after: String::new() };
    let (mut per_cent, mut simple, mut behind_comma) = (false, true, false);
    let mut chars = section.chars();
    while let Some(c) = chars.next() {
        let has_figure = pattern.whole.iter().any(|t| matches!(t, Token::Figure(_)));
        match c {
            '"' => chars.by_ref().take_while(|c| *c != '"').for_each(|c| pattern.letter(c)),
            '\\' => chars.next().into_iter().for_each(|c| pattern.letter(c)),
            '_' => chars.next().into_iter().for_each(|_| pattern.letter(' ')),
            '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                match inside.strip_prefix('$') {
                    Some(money) => {
                        let sign = money.split('-').next().unwrap_or_default();
                        sign.chars().for_each(|c| pattern.letter(c));
                    }
                    None => simple &= !inside.starts_with(['<', '>', '=']),
                }
            }
            '%' => {
                per_cent = true;
                pattern.letter('%');
            }
            '0' | '#' if behind_comma => {
                simple &= pattern.after.is_empty();
                pattern.decimals.push(c == '0');
            }
            '0' | '#' => {
                // letters between figures
                pattern.whole.extend(std::mem::take(&mut pattern.after).chars().map(Token::Letter));
                pattern.whole.push(Token::Figure(c == '0'));
            }
            '.' if !behind_comma && has_figure => behind_comma = true,
            // thousands, fractions, powers, days, texts
            ',' | '?' | '/' | '@' | 'E' | 'e' | 'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' | 'G' => {
                simple = false;
            }
            c => pattern.letter(c),
        }
    }
    let figures = pattern.whole.iter().filter(|t| matches!(t, Token::Figure(_))).count();
    let written = (1..=FIGURES_MAX).contains(&figures) && pattern.decimals.len() <= FIGURES_MAX;
    (per_cent, (simple && written).then_some(pattern))
}

impl Pattern {
    /// A letter, which belongs before the figures until there is one.
    fn letter(&mut self, c: char) {
        if self.whole.iter().any(|t| matches!(t, Token::Figure(_))) {
            self.after.push(c);
        } else {
            self.whole.push(Token::Letter(c));
        }
    }

    fn written(&self, x: f64) -> String {
        let text = format!("{:.*}", self.decimals.len(), x.abs());
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut figures: Vec<char> = whole.trim_start_matches('0').chars().collect();
        let first = self.whole.iter().position(|t| matches!(t, Token::Figure(_)));
        let mut out: Vec<char> = Vec::new();
        for (i, token) in self.whole.iter().enumerate().rev() {
            match token {
                Token::Letter(c) => out.push(*c),
                Token::Figure(shown) => out.extend(figures.pop().or(shown.then_some('0'))),
            }
            if Some(i) == first {
                out.extend(figures.drain(..).rev());
            }
        }
        let mut out: String = out.into_iter().rev().collect();
        let mut decimals = decimals.to_owned();
        while decimals.ends_with('0') && self.decimals.get(decimals.len() - 1) == Some(&false) {
            decimals.pop();
        }
        if !decimals.is_empty() {
            out.push(',');
            out.push_str(&decimals);
        }
        out.push_str(&self.after);
        out.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_shown_as_excel_does() {
        for (code, x, expected) in [
            ("0.00", 1.1, "1,10"),
            ("0.0", 1.0, "1,0"),
            ("0", 2.6, "3"),
            ("000", 7.0, "007"),
            ("#.##", 1.5, "1,5"),
            ("0.0#", 1.25, "1,25"),
            ("\"K.\"0", 7.0, "K.7"),
            ("\\K\\.0.0", 1.2, "K.1,2"),
            ("0\\.00", 110.0, "1.10"),
            ("00\"-\"000", 12_034.0, "12-034"),
            ("0.00_ ;[Red]\\-0.00\\ ", -1.5, "-1,50"),
            ("0.0", -1.5, "-1,5"),
            ("0\" st\"", 20.0, "20 st"),
            ("0.00\\ [$kr-41D]", 5.0, "5,00 kr"),
        ] {
            assert_eq!(Format::of(code).shown(x).as_deref(), Some(expected), "{code}");
        }
        for code in ["General", "", "#,##0", "0.00E+00", "# ?/?", "@", "[<1]0.00;0", "yyyy-mm-dd", "\"text\""] {
            assert_eq!(Format::of(code).shown(1.5), None, "{code}");
        }
        assert_eq!(Format::of("0.00").shown(f64::NAN), None);
        assert_eq!(Format::of("0.00").shown(1e300), None);
        assert_eq!(Format::of(&"0".repeat(10_000)).shown(1.0), None);
    }

    #[test]
    fn per_cent_is_told_from_a_letter_that_looks_so() {
        for code in ["0%", "0.0%", "0.00%", "0 %", "0\\ %", "[Blue]0%;[Red]-0%", "#,##0%", "0.0%_)"] {
            assert!(Format::of(code).per_cent, "{code}");
        }
        for code in ["0\"%\"", "0\\%", "0", "General", "0;0%"] {
            assert!(!Format::of(code).per_cent, "{code}");
        }
    }
}
