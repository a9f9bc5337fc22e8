//! Medians, percentiles and ranks.

/// The value below which a share of all values lies; 0 where there is none.
pub(super) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (share * sorted.len().saturating_sub(1) as f64).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}

/// Spearman's rank correlation of values with the order in which they stand; equal values share their mean rank.
pub(super) fn correlation_with_order(values: &[f64]) -> f64 {
    let ranks = ranks(values);
    let middle = (values.len() as f64 - 1.0) / 2.0;
    let (mut both, mut of_order, mut of_values) = (0.0, 0.0, 0.0);
    for (at, rank) in ranks.iter().enumerate() {
        let (x, y) = (at as f64 - middle, rank - middle);
        both += x * y;
        of_order += x * x;
        of_values += y * y;
    }
    if of_values == 0.0 { 0.0 } else { both / (of_order * of_values).sqrt() }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    for equal in order.chunk_by(|one, other| values[*one] == values[*other]) {
        let first = equal.first().map_or(0, |at| order.partition_point(|other| values[*other] < values[*at]));
        for at in equal {
            ranks[*at] = first as f64 + (equal.len() as f64 - 1.0) / 2.0;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::{correlation_with_order, percentile};

    #[test]
    fn ties_share_their_rank_and_the_order_decides_the_sign() {
        assert!((correlation_with_order(&[1.0, 2.0, 3.0]) - 1.0).abs() < 1e-12);
        assert!((correlation_with_order(&[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
        // By hand: ranks 0.5, 0.5, 2 against 0, 1, 2.
        assert!((correlation_with_order(&[1.0, 1.0, 2.0]) - 1.5 / 3f64.sqrt()).abs() < 1e-12);
        assert_eq!(correlation_with_order(&[1.0, 1.0]), 0.0);
    }

    #[test]
    fn percentiles_are_values_that_occur() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!((percentile(&values, 0.5), percentile(&values, 0.99)), (50.0, 99.0));
        assert_eq!(percentile(&[], 0.5), 0.0);
    }
}
