//! Evenly spread points of the unit cube: a Kronecker lattice, shifted at random in each copy.

/// Independent copies of the lattice; their spread is the error of a quantile.
pub const REPLICAS: u32 = 16;

/// The points of one study. In exact integer arithmetic, so that every machine sees the same points.
#[derive(Debug, Clone)]
pub struct Lattice {
    /// Step of each dimension, as a 64-bit fraction of one.
    steps: Vec<u64>,
    /// Shift of each dimension in each copy: `shifts[copy × dimensions + dimension]`.
    shifts: Vec<u64>,
}

impl Lattice {
    /// The lattice of a seed in so many dimensions.
    ///
    /// The steps are the powers of `1/φ_d`, where `φ_d` solves `x^(d+1) = x + 1`: the generalised golden ratio, the
    /// choice of steps that keeps points apart in every number of dimensions (M. Roberts, 2018). The shifts come from
    /// `SplitMix64`, so that copies of one seed, and equal copies of two seeds, have nothing in common.
    #[must_use]
    pub fn new(seed: u64, dimensions: usize) -> Self {
        let ratio = 1.0 / generalised_golden_ratio(dimensions);
        let mut power = 1.0;
        let steps = (0..dimensions).map(|_| {
            power *= ratio;
            as_fraction_of_2_64(power)
        });
        let mut state = seed;
        let copies = REPLICAS as usize * dimensions;
        Self { steps: steps.collect(), shifts: (0..copies).map(|_| split_mix(&mut state)).collect() }
    }

    /// Point of one trial, into `point`; each figure is strictly between 0 and 1.
    ///
    /// Neighbouring trials belong to different copies, so that every beginning of a run is balanced.
    pub fn point(&self, trial: u32, point: &mut [f64]) {
        let (copy, index) = (trial % REPLICAS, u64::from(trial / REPLICAS));
        let shifts = &self.shifts[copy as usize * self.steps.len()..];
        for ((figure, step), shift) in point.iter_mut().zip(&self.steps).zip(shifts) {
            *figure = between_0_and_1(shift.wrapping_add(step.wrapping_mul(index)));
        }
    }
}

/// The upper 52 bits as the middle of their interval: never 0, never 1.
fn between_0_and_1(bits: u64) -> f64 {
    const INTERVAL: f64 = 1.0 / (1_u64 << 52) as f64;
    ((bits >> 12) as f64 + 0.5) * INTERVAL
}

/// The positive root of `x^(d+1) = x + 1`: 1.618… for one dimension, 1.324… for two.
fn generalised_golden_ratio(dimensions: usize) -> f64 {
    let power = 1.0 / (dimensions as f64 + 1.0);
    (0..64).fold(2.0, |root, _| libm::pow(1.0 + root, power))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of 2⁶⁴, cut to whole bits")]
fn as_fraction_of_2_64(fraction: f64) -> u64 {
    (fraction * 18_446_744_073_709_551_616.0) as u64 | 1
}

/// `SplitMix64` (Steele, Lea, Flood 2014): a whole-period generator for seeding.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
