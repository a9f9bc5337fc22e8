//! Words in the password: as they stand, reversed, and with look-alike signs read locally.

use super::{
    Analysis, Found, Kind, ordered,
    words::{Node, Words},
};

/// Finds every word of `words`. `kind` says whose words they are.
pub(super) fn find(analysis: &mut Analysis<'_>, words: &Words, kind: Kind) {
    let length = analysis.text.len();
    for reversed in [false, true] {
        for start in 0..length {
            let mut stack = vec![(words.root(), start, 0_u32)];
            while let Some((node, at, substituted)) = stack.pop() {
                if !analysis.step(1) {
                    return;
                }
                if let Some(rank) = words.rank(node).filter(|_| at > start + usize::from(substituted > 0)) {
                    let (from, to) = if reversed { (length - at, length - start) } else { (start, at) };
                    let turned = if reversed { 2.0 } else { 1.0 };
                    let factor = f64::from(rank) * turned * f64::from(1 << substituted.min(20));
                    analysis.add(Found {
                        from,
                        to,
                        guesses: factor.log10() + capitals(&analysis.cased[from..to]),
                        kind,
                    });
                }
                if at < length {
                    let c = analysis.text[if reversed { length - 1 - at } else { at }];
                    push(&mut stack, words.child(node, c), at, substituted);
                    for letter in readings(c) {
                        push(&mut stack, words.child(node, *letter), at, substituted + 1);
                    }
                }
            }
        }
    }
}

fn push(stack: &mut Vec<(Node, usize, u32)>, node: Option<Node>, at: usize, substituted: u32) {
    stack.extend(node.map(|node| (node, at + 1, substituted)));
}

/// The letters that a sign may stand for.
fn readings(c: char) -> &'static [char] {
    match c {
        '4' | '@' => &['a'],
        '8' => &['b'],
        '(' | '{' | '[' | '<' => &['c'],
        '3' => &['e'],
        '6' | '9' => &['g'],
        '1' | '!' | '|' => &['i', 'l'],
        '0' => &['o'],
        '$' | '5' => &['s'],
        '+' | '7' => &['t'],
        '%' => &['x'],
        '2' => &['z'],
        _ => &[],
    }
}

/// log10 of the ways to write these capitals: 2 for the first, the last or all, else as many as there are choices.
fn capitals(cased: &[bool]) -> f64 {
    let upper = cased.iter().filter(|upper| **upper).count();
    match upper {
        0 => 0.0,
        1 if cased.first() == Some(&true) || cased.last() == Some(&true) => 2f64.log10(),
        _ if upper == cased.len() => 2f64.log10(),
        _ => {
            let (mut ways, mut choose) = (0.0, 1.0);
            for i in 1..=upper.min(cased.len() - upper) {
                choose *= (cased.len() + 1 - i) as f64 / i as f64;
                ways += choose;
            }
            f64::log10(f64::max(ways, 2.0))
        }
    }
}

/// Parts that are nothing but the person's words joined together count as one part, whose guesses are the product.
pub(super) fn join_personal(analysis: &mut Analysis<'_>) {
    let own: Vec<Found> =
        analysis.found.iter().filter(|found| found.kind == Kind::Personal).copied().collect();
    let own = ordered(&own, |found| found.from);
    for start in 0..analysis.text.len() {
        let mut reached = vec![f64::INFINITY; analysis.text.len() + 1];
        reached[start] = 0.0;
        let parts: Vec<&Found> = own.iter().filter(|found| found.from >= start).collect();
        if !parts.iter().any(|found| found.from == start) {
            continue;
        }
        if !analysis.step(parts.len()) {
            return;
        }
        for part in parts {
            reached[part.to] = reached[part.to].min(reached[part.from] + part.guesses);
        }
        for (to, guesses) in reached.into_iter().enumerate().skip(start + 1) {
            if guesses.is_finite() {
                analysis.add(Found { from: start, to, guesses, kind: Kind::Personal });
            }
        }
    }
}
