//! Where labels go so that none lies upon another.

use super::canvas::Rect;

/// Centers for labels along a line: in the given order, each `sizes[i]` long, none overlapping,
/// within `low..high` where there is room, and together as near `wanted` as can be (least
/// squares, by pooling adjacent violators).
///
/// `wanted` must be finite and in the order the labels are to have. When there is not room for
/// all, they stand close together from `low` on.
pub(super) fn spread(wanted: &[f64], sizes: &[f64], low: f64, high: f64) -> Vec<f64> {
    assert_eq!(wanted.len(), sizes.len(), "each label has a size");
    // With every label moved back by the room of those before it, "not overlapping" reads
    // "not decreasing".
    let mut before = Vec::with_capacity(sizes.len());
    let mut used = 0.0;
    for size in sizes {
        before.push(used + size / 2.0);
        used += size;
    }
    // Each pool is a mean and how many labels it holds.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (want, offset) in wanted.iter().zip(&before) {
        let mut pool = (want - offset, 1);
        while let Some(&(mean, count)) = pools.last()
            && pool.0 < mean
        {
            pools.pop();
            let total = mean * count as f64 + pool.0 * pool.1 as f64;
            pool = (total / (count + pool.1) as f64, count + pool.1);
        }
        pools.push(pool);
    }
    let last = (high - used).max(low);
    let starts =
        pools.iter().flat_map(|&(mean, count)| std::iter::repeat_n(mean.min(last).max(low), count));
    starts.zip(&before).map(|(start, offset)| start + offset).collect()
}

/// Places taken on a sheet.
#[derive(Debug, Default)]
pub(super) struct Places {
    taken: Vec<Rect>,
}

impl Places {
    /// Keep this place free of labels.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// The first candidate that lies within `bounds` and upon nothing, which is then taken.
    pub(super) fn first_free(&mut self, bounds: Rect, candidates: &[Rect]) -> Option<Rect> {
        let inside = |rect: &Rect| {
            bounds.x <= rect.x
                && rect.right() <= bounds.right()
                && bounds.y <= rect.y
                && rect.bottom() <= bounds.bottom()
        };
        let free = candidates
            .iter()
            .find(|rect| inside(rect) && !self.taken.iter().any(|taken| taken.overlaps(rect)))
            .copied();
        self.taken.extend(free);
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_with_room_stay_where_they_are_wanted() {
        assert_eq!(spread(&[10.0, 50.0, 90.0], &[20.0; 3], 0.0, 100.0), [10.0, 50.0, 90.0]);
    }

    #[test]
    fn two_at_one_place_move_apart_equally() {
        assert_eq!(spread(&[50.0, 50.0], &[20.0; 2], 0.0, 100.0), [40.0, 60.0]);
    }

    #[test]
    fn a_taken_place_is_not_given_again() {
        let mut places = Places::default();
        let bounds = Rect::new(0.0, 0.0, 100.0, 100.0);
        let one = Rect::new(10.0, 10.0, 20.0, 10.0);
        let two = Rect::new(10.0, 40.0, 20.0, 10.0);
        let out = Rect::new(90.0, 40.0, 20.0, 10.0);
        assert_eq!(places.first_free(bounds, &[one, two]), Some(one));
        assert_eq!(places.first_free(bounds, &[one, out, two]), Some(two));
        assert_eq!(places.first_free(bounds, &[one, out, two]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: proptest::test_runner::RngSeed::Fixed(1),
            ..ProptestConfig::default()
        })]

        #[test]
        fn labels_never_overlap_and_stay_inside(
            labels in prop::collection::vec((-50.0..550.0f64, 5.0..40.0f64), 0..12)
        ) {
            let mut wanted: Vec<f64> = labels.iter().map(|label| label.0).collect();
            wanted.sort_by(f64::total_cmp);
            let sizes: Vec<f64> = labels.iter().map(|label| label.1).collect();
            let places = spread(&wanted, &sizes, 0.0, 500.0);
            for at in 1..places.len() {
                let apart = places[at] - places[at - 1];
                prop_assert!((sizes[at] + sizes[at - 1]) / 2.0 <= apart + 1e-9);
            }
            for (place, size) in places.iter().zip(&sizes) {
                prop_assert!(-1e-9 <= place - size / 2.0 && place + size / 2.0 <= 500.0 + 1e-9);
            }
        }
    }
}
