//! Phone: whether groups of digits are a phone number.
//!
//! Swedish numbers have an area code of two (08 only), three or four digits that begins with 0, and five to eight more, at
//! most ten in all (Post- och telestyrelsen, the Swedish numbering plan). They are written together, or with a dash or a
//! blank after the area code and in groups of two or three. Abroad +46 or 0046 stands for the 0, and other numbers with a
//! plus are told of too. A local number without area code (508 00 00) is not: it reads as an amount.

use super::{
    Kansligt,
    text::{Between, Class, Group, Text},
};

/// The most groups a phone number is written in: +46 (0)8 508 00 00 or 00 46 70 12 34 56 7.
const GROUPS_MAX: usize = 8;

/// The kind, the first sign and the index of the last group of a number that begins with group `at`.
pub(super) fn find(text: &Text, groups: &[Group], at: usize) -> Option<(Kansligt, usize, usize)> {
    let first = groups[at];
    let before = text.before(first.start);
    let last = match before {
        Class::Plus => abroad(text, groups, at, 0),
        // parts of something longer: 1.2.3-070, 12,070, A070
        Class::Letter if !matches!(text.word_before(first.start, 8).as_str(), "t" | "tel" | "mob" | "mobil") => None,
        Class::Dash | Class::Dot | Class::Slash | Class::Other
            if first.start > 1 && matches!(text.class(first.start - 2), Class::Digit(_)) =>
        {
            None
        }
        _ if starts(text, first, &[0, 0]) => abroad(text, groups, at, 2),
        _ => national(text, groups, at),
    }?;
    let end = groups[last].end;
    let goes_on = match text.class(end) {
        Class::Letter | Class::Slash | Class::At => true,
        Class::Dash | Class::Dot => matches!(text.class(end + 1), Class::Digit(_) | Class::Letter),
        _ => false,
    };
    let amount =
        before == Class::Plus && matches!(text.word_after(end, 4).as_str(), "kr" | "tkr" | "mnkr" | "kron" | "st");
    (!goes_on && !amount).then(|| {
        let with_sign = matches!(before, Class::Plus | Class::Paren);
        (Kansligt::Telefonnummer, first.start - usize::from(with_sign), last)
    })
}

fn starts(text: &Text, group: Group, with: &[u8]) -> bool {
    group.len() >= with.len() && text.digits(group).zip(with).all(|(a, b)| a == *b)
}

/// The groups from `at` on that blanks, parentheses and at most two dashes join.
fn joined<'a>(
    text: &'a Text,
    groups: &'a [Group],
    at: usize,
) -> impl Iterator<Item = (usize, Group, Option<Between>)> + 'a {
    let mut dashes = 0;
    groups[at..].iter().take(GROUPS_MAX).enumerate().map_while(move |(i, group)| {
        if i == 0 {
            return Some((at, *group, None));
        }
        let between = text.between(groups[at + i - 1], *group);
        dashes += usize::from(between == Between::Dash);
        let joins = matches!(between, Between::Space | Between::Paren | Between::Dash) && dashes <= 2;
        joins.then_some((at + i, *group, Some(between)))
    })
}

/// After a plus (`skip` 0) or 00 (`skip` 2): a country code. 46 is followed by seven to nine digits, 0 in parenthesis
/// not counted; other countries have ten to fifteen digits in all.
fn abroad(text: &Text, groups: &[Group], at: usize, skip: usize) -> Option<usize> {
    let mut digits: Vec<u8> = Vec::with_capacity(16);
    let mut best = None;
    for (i, group, between) in joined(text, groups, at) {
        if digits.len() + group.len() > 17 + skip {
            break;
        }
        if between == Some(Between::Paren) && group.len() == 1 && starts(text, group, &[0]) {
            continue;
        }
        digits.extend(text.digits(group));
        let number = digits.get(skip..).unwrap_or_default();
        let fits = match number {
            [4, 6, rest @ ..] => {
                let rest = rest.strip_prefix(&[0]).unwrap_or(rest);
                (7..=9).contains(&rest.len()) && rest.first() != Some(&0)
            }
            [0, ..] | [] => false,
            // without a plus only Sweden: 00 begins many other numbers
            _ => skip == 0 && (10..=15).contains(&number.len()),
        };
        if fits {
            best = Some(i);
        }
    }
    best
}

/// An area code and a number.
fn national(text: &Text, groups: &[Group], at: usize) -> Option<usize> {
    let first = groups[at];
    let head: Vec<u8> = text.digits(first).take(4).collect();
    if head.len() < 2 || head[0] != 0 || head[1] == 0 {
        return None;
    }
    let stockholm = head[..2] == [0, 8];
    let mobile = head[1] == 7;
    if first.len() > 4 {
        // written together
        return (9..=10).contains(&first.len()).then_some(at);
    }
    if first.len() == 2 && !stockholm {
        return None;
    }
    let mut total = first.len();
    let mut best = None;
    for (i, group, between) in joined(text, groups, at).skip(1) {
        // the dash stands after the area code, and only a mobile number goes on with 0
        let after_code = i == at + 1;
        if !after_code && between == Some(Between::Dash) || after_code && !mobile && starts(text, group, &[0]) {
            break;
        }
        total += group.len();
        let local = total - first.len();
        let alone = after_code && (5..=8).contains(&group.len());
        if total > 10 || !alone && !(2..=3).contains(&group.len()) {
            break;
        }
        if total >= 8 && local >= 5 {
            best = Some(i);
        }
        if alone {
            break;
        }
    }
    best
}
