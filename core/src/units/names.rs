//! Enums whose variants have a name in files and a label on the page: each is written once, where the variant is.

/// One of several, by the name that files and links have.
pub trait Named: Copy + PartialEq + 'static {
    /// Every variant in the order in which it is offered: its name in files, and what a person reads.
    const NAMES: &'static [(Self, &'static str, &'static str)];

    /// What true and false mean where files from before there were names say so; `None` for most.
    const FLAGS: Option<[Self; 2]> = None;

    /// The variant's name in files: "private-endpoint".
    #[must_use]
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(variant, ..)| *variant == self).map_or("", |(_, name, _)| name)
    }

    /// What a person reads: "private endpoints".
    #[must_use]
    fn label(self) -> &'static str {
        Self::NAMES.iter().find(|(variant, ..)| *variant == self).map_or("", |(.., label)| label)
    }

    /// The variant of a name; `None` for any other text.
    #[must_use]
    fn named(text: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, name, _)| *name == text).map(|(variant, ..)| *variant)
    }
}

/// An enum with the names of its variants in files, and their labels on the page where there are any:
/// `names! { Failure { Loss = "loss", "the region is lost", } }`.
macro_rules! names {
    (
        $(#[$meta:meta])*
        $type:ident $((true = $true:ident, false = $false:ident))? {
            $($(#[$of_variant:meta])* $variant:ident = $name:literal $(, $label:literal)?,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $type {
            $($(#[$of_variant])* $variant,)*
        }

        impl $crate::units::names::Named for $type {
            const NAMES: &'static [(Self, &'static str, &'static str)] =
                &[$((Self::$variant, $name, $crate::units::names::names!(@label $name $($label)?))),*];
            $(const FLAGS: Option<[Self; 2]> = Some([Self::$true, Self::$false]);)?
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str($crate::units::names::Named::name(*self))
            }
        }
    };
    (@label $name:literal) => { $name };
    (@label $name:literal $label:literal) => { $label };
}

pub(crate) use names;
