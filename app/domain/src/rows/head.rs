//! Head: the names of a table's columns, in one row or in several that belong together.

use std::cmp::Reverse;

use super::Head;

/// How far down a head may begin: a table often has its name and year above it.
pub const WITHIN: usize = 15;
/// How many rows a head has at most.
const ROWS: usize = 3;
/// No name of a column is longer, in characters. What is longer is looked at so far: each cell is compared with all names, over
/// and over, and a file can hold two hundred cells of a hundred thousand characters in a row.
const NAME_MAX: usize = 120;

/// The head of a table. A row that is a head by itself comes before two or three that are one together; what stands above or
/// below it is part of it where it names columns that the row does not.
pub fn head<R: AsRef<[C]>, C: AsRef<str>, K: PartialEq>(
    rows: &[R],
    column: impl Fn(&str) -> Option<K>,
    enough: impl Fn(&[String]) -> bool,
) -> Option<Head> {
    let texts: Vec<Vec<String>> = rows.iter().take(WITHIN + ROWS).map(|row| texts(row.as_ref())).collect();
    // the heads that begin at a row: it alone or with those below, each of which has to add names, so that no row of the table
    // is taken for one of its head
    let heads = |first: usize| {
        let (mut names, mut heads) = (texts[first].clone(), Vec::new());
        for (last, row) in texts.iter().enumerate().take(first + ROWS).skip(first) {
            if last > first {
                let both = joined(&names, row, &column);
                if !(adds(&names, row, &both, &column) || repeats(&names, row, &column))
                    || enough(&names) && !enough(&both)
                {
                    break;
                }
                names = both;
            }
            if enough(&names) {
                heads.push(Head { first, last, names: names.clone() });
            }
        }
        heads
    };
    let candidates = || 0..texts.len().min(WITHIN);
    let alone = candidates().find(|first| enough(&texts[*first]));
    let mut head = match alone {
        Some(first) => heads(first).pop()?,
        // what names most, in as few rows as do: what stands above is none of it
        None => candidates()
            .flat_map(heads)
            .min_by_key(|h| (Reverse(different(&h.names, &column)), h.last - h.first, h.first))?,
    };
    while head.first > 0 && head.last - head.first + 1 < ROWS {
        let upper = &texts[head.first - 1];
        let filled = |i: usize| {
            rows.iter().skip(head.last + 1).any(|r| r.as_ref().get(i).is_some_and(|c| !c.as_ref().trim().is_empty()))
        };
        match under(upper, &head.names, &column, filled) {
            Some(names) => head.names = names,
            // the upper half of cells that reach over two rows belongs to the head
            None if repeats(upper, &head.names, &column) => {}
            None => break,
        }
        head.first -= 1;
    }
    Some(head)
}

fn texts<C: AsRef<str>>(cells: &[C]) -> Vec<String> {
    cells.iter().map(|cell| cell.as_ref().trim().chars().take(NAME_MAX).collect()).collect()
}

fn cell(row: &[String], place: usize) -> &str {
    row.get(place).map_or("", String::as_str)
}

/// How many columns are named. A merged head names one, however many columns it reaches over.
fn different<K: PartialEq>(names: &[String], column: impl Fn(&str) -> Option<K>) -> usize {
    let mut found: Vec<K> = Vec::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        if let Some(named) = column(name).filter(|named| !found.contains(named)) {
            found.push(named);
        }
    }
    found.len()
}

/// Whether a row below names is one of the head: most of what it has of its own names columns, and some that are not named yet.
fn adds<K: PartialEq>(names: &[String], row: &[String], both: &[String], column: impl Fn(&str) -> Option<K>) -> bool {
    let own: Vec<&String> =
        (0..).zip(row).filter(|(i, t)| !t.is_empty() && cell(names, *i) != *t).map(|(_, t)| t).collect();
    let matching = own.iter().filter(|text| column(text).is_some()).count();
    // a name over several columns gives way to those below it
    let kept = |i: usize| cell(row, i).is_empty() || cell(row, i) == names[i] || !is_wide(names, row, i);
    let names: Vec<String> = (0..names.len()).filter(|i| kept(*i)).map(|i| names[i].clone()).collect();
    matching > 0 && 2 * matching >= own.len() && different(both, &column) > different(&names, &column)
}

/// Whether a name stands again under itself, as that of a cell that reaches over two rows does, and a page's second head.
fn repeats<K>(upper: &[String], lower: &[String], column: impl Fn(&str) -> Option<K>) -> bool {
    (0..).zip(upper).any(|(i, t)| !t.is_empty() && cell(lower, i) == t && column(t).is_some())
}

/// Whether an upper cell reaches over several columns: its text stands beside it again, or nothing does and the columns have
/// names of their own below.
fn is_wide(upper: &[String], lower: &[String], place: usize) -> bool {
    let text = cell(upper, place);
    let same = |beside: usize| beside < upper.len() && cell(upper, beside) == text;
    let right = place + 1;
    place.checked_sub(1).is_some_and(same)
        || same(right)
        || cell(upper, right).is_empty() && !cell(lower, right).is_empty()
}

/// Two rows of a head as one: the lower name where there is one, else the upper; both together where only that is known,
/// as in "Målvärde" above "(%)". What stands over several columns, or names one that the lower row names, is not the name of a
/// column that has one below.
fn joined<K: PartialEq>(upper: &[String], lower: &[String], column: impl Fn(&str) -> Option<K>) -> Vec<String> {
    let named: Vec<K> = lower.iter().filter_map(|name| column(name)).collect();
    (0..upper.len().max(lower.len()))
        .map(|i| {
            let (above, below) = (cell(upper, i), cell(lower, i));
            let both = format!("{above} {below}");
            match (above.is_empty(), below.is_empty()) {
                (_, true) => above.to_owned(),
                (true, false) => below.to_owned(),
                _ if column(below).is_some() => below.to_owned(),
                _ if column(&both).is_some() => both,
                _ if is_wide(upper, lower, i) => below.to_owned(),
                _ if column(above).is_some_and(|named_above| !named.contains(&named_above)) => above.to_owned(),
                _ => below.to_owned(),
            }
        })
        .collect()
}

/// The names of a head that is one by itself, with those that stand only in the row above it: over nothing, of columns that
/// are not named yet and that are `filled` below. None where that row is no part of it: a title, or something that is written
/// above the table.
fn under<K: PartialEq>(
    upper: &[String],
    lower: &[String],
    column: impl Fn(&str) -> Option<K>,
    filled: impl Fn(usize) -> bool,
) -> Option<Vec<String>> {
    let places = || (0..upper.len()).filter(|i| !upper[*i].is_empty());
    let over_nothing: Vec<usize> = places().filter(|i| cell(lower, *i).is_empty()).collect();
    let matching = over_nothing.iter().filter(|i| column(&upper[**i]).is_some()).count();
    let most = 2 * matching >= over_nothing.len();
    let mut seen: Vec<K> = lower.iter().filter_map(|name| column(name)).collect();
    let mut names = lower.to_vec();
    names.resize(lower.len().max(upper.len()), String::new());
    let mut more = false;
    for i in places() {
        let name = match names[i].as_str() {
            "" if most && filled(i) => upper[i].clone(),
            own if !own.is_empty() && column(own).is_none() => format!("{} {own}", upper[i]),
            _ => continue,
        };
        if let Some(named) = column(&name).filter(|named| !seen.contains(named)) {
            (names[i], more) = (name, true);
            seen.push(named);
        }
    }
    // what else stands there has a name too, so that it can be said that it is not read
    for i in over_nothing.into_iter().filter(|i| column(&upper[*i]).is_none()) {
        names[i].clone_from(&upper[i]);
    }
    more.then_some(names)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn two_rows_of_heads_are_one_with_the_lower_name_where_there_is_one() {
        let parts = found(&[
            &["Kontrollmål", "Vad", "Genomförande", "", "", "Uppföljning"],
            &["", "", "Metod", "Periodicitet", "Utförs av", "Målvärde (%)"],
            &["Trygghet", "Plan", "Stickprov", "tertial", "Enhetschef", "90"],
        ]);
        let head = parts.head.as_ref().unwrap();
        assert_eq!((head.first, head.last), (0, 1));
        assert_eq!(head.names, ["Kontrollmål", "Vad", "Metod", "Periodicitet", "Utförs av", "Målvärde (%)"]);
        assert_eq!(parts.notes(|i| u32::try_from(i).unwrap() + 1), ["Rubriken är rad 1 och 2."]);
    }

    #[test]
    fn heads_of_other_shapes_are_understood_as_well() {
        // a head that is whole in its first row, with a second one below two of its columns
        let parts = found(&[
            &["Kontrollmål", "Periodicitet", "Uppföljning", ""],
            &["", "", "Målvärde (%)", "Utförs av"],
            &["Trygghet", "tertial", "90", "Enhetschef"],
        ]);
        assert_eq!(parts.body, [2]);
        assert_eq!(parts.head.unwrap().names, ["Kontrollmål", "Periodicitet", "Målvärde (%)", "Utförs av"]);
        // three rows, and a name that is parted by two of them
        let parts = found(&[
            &["Plan", "", "", ""],
            &["Vad", "", "Hur", "Målvärde"],
            &["Kontrollmål", "Metod", "", "(%)"],
            &["", "", "Periodicitet", ""],
            &["Trygghet", "Stickprov", "tertial", "90"],
        ]);
        assert_eq!(parts.body, [4]);
        assert_eq!(parts.head.unwrap().names[2..], ["Periodicitet", "Målvärde (%)"]);
        // what looks like a name in the table itself is no second head
        let parts = found(&[&["Kontrollmål", "Periodicitet"], &["Metod", ""], &["Urval", "år"]]);
        assert_eq!(parts.body, [1, 2]);
        assert_eq!(found(&[&["EB-1", "K"], &["EB-2", "M"]]).head, None);
    }

    /// The lower row is a head by itself, and the upper one names what it does not.
    #[test]
    fn names_that_stand_only_in_the_upper_row_are_names() {
        let parts = found(&[
            &["Nr", "", "", "Ansvarig", "Målvärde"],
            &["", "Kontrollmål", "Periodicitet", "", ""],
            &["K.1", "Trygghet", "tertial", "Enhetschef", "90"],
        ]);
        let head = parts.head.unwrap();
        assert_eq!((head.first, parts.body.as_slice()), (0, [2].as_slice()));
        assert_eq!(head.names, ["Nr", "Kontrollmål", "Periodicitet", "Ansvarig", "Målvärde"]);
        // with cells that reach over both rows, a group above others, and a title above all
        let parts = found(&[
            &["Egenkontrollplan för enheten", "", "", "", "", ""],
            &["Nr", "Kontrollmål", "Genomförande", "Genomförande", "Ansvarig", "Kommentar"],
            &["Nr", "Kontrollmål", "Metod", "Periodicitet", "", ""],
            &["K.1", "Trygghet", "Stickprov", "tertial", "Enhetschef", "fritt"],
        ]);
        let head = parts.head.unwrap();
        assert_eq!((head.first, head.last), (1, 2));
        assert_eq!(head.names, ["Nr", "Kontrollmål", "Metod", "Periodicitet", "Ansvarig", "Kommentar"]);
        // and a name that is parted by both rows
        let parts = found(&[&["", "", "Målvärde"], &["Kontrollmål", "Periodicitet", "(%)"], &["Trygghet", "år", "90"]]);
        assert_eq!(parts.head.unwrap().names[2], "Målvärde (%)");
    }

    #[test]
    fn what_is_written_above_a_table_names_none_of_its_columns() {
        for above in [
            &["Egenkontrollplan", "", ""][..],
            // the title is also what a column may be called, and has one below
            &["Kontrollmål", "", ""],
            &["", "", "", "Kontrollmål"],
            &["", "", "Ansvarig", "Enhetschef", "Enhet Norr"],
            &["", "", "Urval", "20"],
        ] {
            let parts = found(&[above, &["Kontrollmål", "Periodicitet"], &["Trygghet", "tertial", "", "fritt"]]);
            let head: Vec<String> = parts.head.unwrap().names.into_iter().filter(|n| !n.is_empty()).collect();
            assert_eq!((head.join(", ").as_str(), parts.body), ("Kontrollmål, Periodicitet", vec![2]), "{above:?}");
        }
    }

    /// The upper row is a head by itself: what is merged in it is one name, and what stands below are the names of the columns.
    #[test]
    fn a_second_row_of_names_below_a_whole_head_is_no_row_of_the_plan() {
        let parts = found(&[
            &["Kontrollmål", "Periodicitet", "Periodicitet", "Målvärde"],
            &["", "Hur ofta", "Månader", ""],
            &["Trygghet", "valda månader", "4,8", "90"],
        ]);
        assert_eq!(parts.body, [2]);
        assert_eq!(parts.head.unwrap().names, ["Kontrollmål", "Hur ofta", "Månader", "Målvärde"]);
        // the cells reach over both rows but for one, whose parts are columns of the unit's own
        let parts = found(&[
            &["Kontrollmål", "Periodicitet", "Utfall", "Utfall"],
            &["Kontrollmål", "Periodicitet", "Kvinnor", "Män"],
            &["Trygghet", "tertial", "90", "91"],
        ]);
        assert_eq!(parts.body, [2]);
        assert_eq!(parts.head.unwrap().names[2..], ["Kvinnor", "Män"]);
    }

    #[test]
    fn a_merged_upper_name_is_not_given_to_a_column_with_a_name_of_its_own() {
        for upper in [["Kontrollmål", "Ansvarig", "Ansvarig"], ["Kontrollmål", "Ansvarig", ""]] {
            let parts = found(&[&upper, &["", "Datum", "Periodicitet"], &["Trygghet", "varje torsdag", "tertial"]]);
            assert_eq!(parts.head.unwrap().names, ["Kontrollmål", "Datum", "Periodicitet"], "{upper:?}");
        }
        // nor one that another column has below
        let parts = found(&[
            &["Kontrollmål", "Ansvarig", "Genomförande"],
            &["", "Telefon", "Periodicitet"],
            &["Trygghet", "08", "år"],
        ]);
        assert_eq!(parts.head.unwrap().names[1], "Ansvarig", "over one column it may be what is meant");
        let parts = found(&[
            &["Kontrollmål", "Ansvarig", "Genomförande", "Hur"],
            &["", "Telefon", "Periodicitet", "Utförs av"],
            &["Trygghet", "08", "år", "Enhetschef"],
        ]);
        assert_eq!(parts.head.unwrap().names, ["Kontrollmål", "Telefon", "Periodicitet", "Utförs av"]);
    }
}
