//! Flyttad: what is said when a part of the organisation has been moved.

use store::organisation::Flyttad;

/// The sentences, and whether there is something in them to read through.
pub fn said(name: &str, above: &str, moved: Flyttad) -> (String, bool) {
    let Flyttad { utan_grupp, gick, kom } = moved;
    let times = |n: u64| if n == 1 { "1 planerat tillfälle".to_owned() } else { format!("{n} planerade tillfällen") };
    let gone = match gick {
        0 => String::new(),
        n => format!("{} av de kontroller som gällde alla enheter på den gamla platsen har tagits bort", times(n)),
    };
    let came = match kom {
        0 => String::new(),
        n => format!("{} av dem som gäller alla enheter på den nya platsen har lagts till", times(n)),
    };
    let alone = match utan_grupp {
        0 => String::new(),
        1 => "1 rad i planerna utförs av en grupp som inte följde med. Välj någon annan i planen.".to_owned(),
        n => format!("{n} rader i planerna utförs av grupper som inte följde med. Välj någon annan i planen."),
    };
    let more: Vec<String> = [gone, came, alone].into_iter().filter(|text| !text.is_empty()).collect();
    let to_read = !more.is_empty();
    let said = [vec![format!("{name} ligger nu under {above}")], more].concat().join(". ");
    // a toast of one sentence ends without a stop, and what is to be read with one
    let stop = if to_read && !said.ends_with('.') { "." } else { "" };
    (format!("{said}{stop}"), to_read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_moves_a_unit_is_told_what_it_did_to_the_plans() {
        assert_eq!(said("Vasa", "Söder", Flyttad::default()), ("Vasa ligger nu under Söder".to_owned(), false));
        let (text, to_read) = said("Vasa", "Söder", Flyttad { utan_grupp: 1, gick: 12, kom: 1 });
        assert!(to_read);
        assert_eq!(
            text,
            "Vasa ligger nu under Söder. 12 planerade tillfällen av de kontroller som gällde alla enheter på den gamla platsen har \
             tagits bort. 1 planerat tillfälle av dem som gäller alla enheter på den nya platsen har lagts till. 1 rad i planerna \
             utförs av en grupp som inte följde med. Välj någon annan i planen."
        );
    }
}
