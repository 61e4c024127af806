//! Colours of the drawings: the tokens of the style sheet, for light and dark.

use crate::model::Topology;
use crate::report::chart::Ink;
use plotters::style::RGBColor;

/// The colours that a drawing needs, each equal to the style sheet's token of the same name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Ground of a panel.
    pub surface: RGBColor,
    /// Grid and quiet strokes.
    pub line: RGBColor,
    /// Marks.
    pub line_strong: RGBColor,
    /// Text and targets.
    pub ink: RGBColor,
    /// Labels.
    pub ink_2: RGBColor,
    /// Tick labels.
    pub ink_3: RGBColor,
    /// The moment that matters.
    pub accent: RGBColor,
    /// A limit that must not be reached.
    pub bad: RGBColor,
    /// A threshold that warns.
    pub warn: RGBColor,
    /// Rebuild.
    pub rebuild: RGBColor,
    /// Passive pair.
    pub passive: RGBColor,
    /// Active group.
    pub active: RGBColor,
}

const fn hex(rgb: u32) -> RGBColor {
    let [_, red, green, blue] = rgb.to_be_bytes();
    RGBColor(red, green, blue)
}

impl Palette {
    /// Ink on paper.
    pub const LIGHT: Self = Self {
        surface: hex(0xff_ff_ff),
        line: hex(0xdf_e3_e8),
        line_strong: hex(0x8a_94_a0),
        ink: hex(0x16_19_1d),
        ink_2: hex(0x45_4e_59),
        ink_3: hex(0x5c_66_71),
        accent: hex(0x3b_4c_c0),
        bad: hex(0xb4_23_18),
        warn: hex(0x80_53_00),
        rebuild: hex(0x5f_6b_78),
        passive: hex(0xad_4f_09),
        active: hex(0x0a_76_6c),
    };
    /// Light on dark.
    pub const DARK: Self = Self {
        surface: hex(0x17_1c_22),
        line: hex(0x2a_32_3b),
        line_strong: hex(0x6b_77_85),
        ink: hex(0xe8_eb_ee),
        ink_2: hex(0xb3_bc_c5),
        ink_3: hex(0x96_a1_ad),
        accent: hex(0x98_a5_ff),
        bad: hex(0xff_8f_85),
        warn: hex(0xe9_bf_62),
        rebuild: hex(0xa3_af_bb),
        passive: hex(0xf0_a3_5e),
        active: hex(0x4c_c9_b8),
    };

    /// Every colour, in the order of the fields.
    pub(super) const fn colours(&self) -> [RGBColor; 12] {
        [
            self.surface,
            self.line,
            self.line_strong,
            self.ink,
            self.ink_2,
            self.ink_3,
            self.accent,
            self.bad,
            self.warn,
            self.rebuild,
            self.passive,
            self.active,
        ]
    }

    /// The colour of a role.
    #[must_use]
    pub const fn of(&self, ink: Ink) -> RGBColor {
        match ink {
            Ink::Topology(Topology::Rebuild) => self.rebuild,
            Ink::Topology(Topology::Passive) => self.passive,
            Ink::Topology(Topology::Active) => self.active,
            Ink::Accent => self.accent,
            Ink::Bad => self.bad,
            Ink::Warn => self.warn,
            Ink::Quiet => self.ink_2,
            Ink::Strong => self.ink,
        }
    }

    /// A tint of a colour on the ground of a panel, opaque, so that it looks the same in every format.
    #[must_use]
    pub fn tint(&self, colour: RGBColor, share: f64) -> RGBColor {
        let mix = |a: u8, b: u8| {
            let mixed = f64::from(a) * share + f64::from(b) * (1.0 - share);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mix of two bytes is a byte")]
            let byte = mixed.round().clamp(0.0, 255.0) as u8;
            byte
        };
        let ground = self.surface;
        RGBColor(mix(colour.0, ground.0), mix(colour.1, ground.1), mix(colour.2, ground.2))
    }
}
