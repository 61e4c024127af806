//! Quantiles of sorted values.

/// The quantile of sorted values, between neighbours where it falls between them (the definition of Hyndman & Fan 7).
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some((below, part)) = place(sorted.len(), share) else { return f64::NAN };
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * part
}

/// The place of the last value that is not beyond a share, and how far it is from there to the next; `None` without values.
pub(crate) fn place(count: usize, share: f64) -> Option<(usize, f64)> {
    let last = count.checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the last place")]
    let below = (libm::floor(place) as usize).min(last);
    Some((below, place - below as f64))
}
