//! Spearman's rank correlation.

/// The correlation of the ranks of two equally long lists, −1 to 1; equal values share the mean of their ranks.
///
/// Pairs without a figure are left out. `None` with fewer than three pairs, or where one list does not vary.
#[must_use]
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> =
        a.iter().copied().zip(b.iter().copied()).filter(|(a, b)| !(a.is_nan() || b.is_nan())).collect();
    if pairs.len() < 3 {
        return None;
    }
    let (a, b) = (ranks(pairs.iter().map(|pair| pair.0)), ranks(pairs.iter().map(|pair| pair.1)));
    let mean = (pairs.len() as f64 - 1.0) / 2.0;
    let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(&b) {
        both += (a - mean) * (b - mean);
        of_a += (a - mean) * (a - mean);
        of_b += (b - mean) * (b - mean);
    }
    (of_a > 0.0 && of_b > 0.0).then(|| (both / libm::sqrt(of_a * of_b)).clamp(-1.0, 1.0))
}

/// Ranks from 0, the mean of the places that equal values take.
fn ranks(values: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.clone().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let rank = |value: f64| {
        let below = sorted.partition_point(|other| *other < value);
        let up_to = sorted.partition_point(|other| *other <= value);
        (below + up_to).saturating_sub(1) as f64 / 2.0
    };
    values.map(rank).collect()
}
