//! Quantiles of the standard normal distribution, to the last bit the same on every machine.
//!
//! Algorithm AS 241, `PPND16` (M. J. Wichura, Applied Statistics 37, 1988, 477–484): three rational functions, in the
//! middle of `(p − ½)²`, in the tails of `√(−ln p)`; about 1 part in 10¹⁶. Sums, products and the square root are exact in
//! IEEE arithmetic and the logarithm is that of `libm`. A library that asks the platform for its logarithm gives other last
//! bits in the browser.

/// Seven steps of a polynomial, the highest power first.
type Coefficients = [f64; 8];

const MIDDLE: [Coefficients; 2] = [
    [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_545,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
];
const TAIL: [Coefficients; 2] = [
    [
        7.745_450_142_783_414e-4,
        0.022_723_844_989_269_184,
        0.241_780_725_177_450_6,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        0.015_198_666_563_616_457,
        0.148_103_976_427_480_08,
        0.689_767_334_985_1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
];
const FAR_TAIL: [Coefficients; 2] = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        0.001_242_660_947_388_078_4,
        0.026_532_189_526_576_124,
        0.296_560_571_828_504_87,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        0.014_875_361_290_850_615,
        0.136_929_880_922_735_8,
        0.599_832_206_555_888,
        1.0,
    ],
];

/// The quantile at a share between 0 and 1, ends excluded; 0 for anything else.
pub(crate) fn quantile(share: f64) -> f64 {
    if !(share > 0.0 && share < 1.0) {
        return 0.0;
    }
    let off = share - 0.5;
    if libm::fabs(off) <= 0.425 {
        return off * ratio(&MIDDLE, 0.180_625 - off * off);
    }
    let depth = libm::sqrt(-libm::log(if off < 0.0 { share } else { 1.0 - share }));
    let far = if depth <= 5.0 { ratio(&TAIL, depth - 1.6) } else { ratio(&FAR_TAIL, depth - 5.0) };
    if off < 0.0 { -far } else { far }
}

fn ratio([over, under]: &[Coefficients; 2], at: f64) -> f64 {
    let polynomial = |coefficients: &Coefficients| coefficients.iter().fold(0.0, |sum, next| sum * at + next);
    polynomial(over) / polynomial(under)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    /// Against statrs, which asks the platform for its logarithm: the same within some last bits, from 2⁻⁵³ on.
    #[test]
    fn agrees_with_the_library() {
        let library = Normal::standard();
        let fine = (1..4_000).map(|place| f64::from(place) / 4_000.0);
        let ends = (2..54).map(|bits| libm::pow(0.5, f64::from(bits))).flat_map(|tail| [tail, 1.0 - tail]);
        for share in fine.chain(ends) {
            let (own, theirs) = (quantile(share), library.inverse_cdf(share));
            assert!((own - theirs).abs() <= 2e-13 * (1.0 + theirs.abs()), "{share}: {own} against {theirs}");
        }
    }

    /// Published: Φ⁻¹ of 0.975 and 0.95 (Abramowitz and Stegun, table 26.5), and of 10⁻²⁰ (Wichura's own check).
    #[test]
    fn keeps_published_values() {
        for (share, expected) in [
            (0.975, 1.959_963_984_540_054),
            (0.95, 1.644_853_626_951_472_2),
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-20, -9.262_340_089_798_408),
        ] {
            assert!(
                (quantile(share) - expected).abs() < 4e-15 * (1.0 + expected.abs()),
                "{share}: {}",
                quantile(share)
            );
        }
        assert_eq!([quantile(0.5), quantile(0.0), quantile(1.0), quantile(f64::NAN)], [0.0; 4]);
    }
}
