//! Labels that do not collide.

use super::pen::{LEADING, Rect};

/// Moves labels at the heights `wanted` apart until none overlaps, inside `from..to`, each as near to its height as that
/// allows; in the order in which they came.
pub(super) fn spread(wanted: &[f64], (from, to): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut placed = wanted.to_vec();
    let mut floor = from;
    for index in &order {
        placed[*index] = placed[*index].max(floor);
        floor = placed[*index] + LEADING;
    }
    // Back from the lower end: what was pushed out is pushed in, and the pairs about a height share the way.
    let mut ceiling = to;
    for index in order.iter().rev() {
        placed[*index] = placed[*index].min(ceiling);
        ceiling = placed[*index] - LEADING;
    }
    placed
}

/// Left edges and rows of labels about the points `at`, none over another in its row: `(left edge, row)`.
pub(super) fn rows(labels: &[(f64, f64)], (from, to): (f64, f64)) -> Vec<(f64, usize)> {
    let mut ends: Vec<f64> = Vec::new();
    let place = |&(at, width): &(f64, f64)| {
        let left = at.min(to - width).max(from);
        let row = ends.iter().position(|end| *end + 10.0 <= left).unwrap_or(ends.len());
        if row == ends.len() {
            ends.push(left + width);
        } else {
            ends[row] = left + width;
        }
        (left, row)
    };
    labels.iter().map(place).collect()
}

/// The first of the candidates that meets nothing.
pub(super) fn free(candidates: impl Iterator<Item = Rect>, taken: &[Rect], inside: Rect) -> Option<Rect> {
    candidates.into_iter().find(|it| {
        let within = it.x >= inside.x && it.x + it.w <= inside.x + inside.w && it.y >= inside.y;
        within && it.y + it.h <= inside.y + inside.h && !taken.iter().any(|other| other.meets(it))
    })
}

/// Every how many ticks are labelled so that the widest has its room.
pub(super) fn stride(ticks: usize, widest: f64, room: f64) -> usize {
    let fit = (room / (widest + 14.0)).floor().max(1.0);
    (1..=ticks.max(1)).find(|stride| (ticks as f64 / *stride as f64).ceil() <= fit + 1.0).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 75 and 80 % a few pixels apart, 100 % far above.
    #[test]
    fn near_labels_stack() {
        assert_eq!(spread(&[110.0, 100.0, 20.0], (8.0, 300.0)), [116.0, 100.0, 20.0]);
        assert_eq!(spread(&[298.0, 295.0], (8.0, 300.0)), [300.0, 284.0]);
    }

    #[test]
    fn labels_in_a_row_keep_their_distance() {
        let placed = rows(&[(0.0, 60.0), (40.0, 60.0), (200.0, 60.0), (250.0, 60.0)], (0.0, 300.0));
        assert_eq!(placed, [(0.0, 0), (40.0, 1), (200.0, 0), (240.0, 1)]);
    }

    #[test]
    fn narrow_axes_label_fewer_ticks() {
        let cases = [(9, 30.0, 900.0, 1), (9, 30.0, 260.0, 2), (9, 30.0, 140.0, 3), (0, 0.0, 0.0, 1)];
        for (ticks, widest, room, expected) in cases {
            assert_eq!(stride(ticks, widest, room), expected, "{room}");
        }
    }
}
