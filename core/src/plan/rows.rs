//! The macros in which the table is written: [`super::table`] says how.

/// One struct of the plan: see the module.
macro_rules! table {
    (
        $(#[$meta:meta])*
        $type:ident at $at:tt in $section:ident {
            $(
                $(#[doc = $doc:literal])*
                $field:ident: $of:ty = $default:expr
                    => $kind:ident($($word:tt)*) $({ $($key:ident: $value:expr),* })?;
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $type {
            $($(#[doc = $doc])* pub $field: $of,)*
        }

        impl Default for $type {
            fn default() -> Self {
                Self { $($field: $default),* }
            }
        }

        impl $crate::plan::table::Table for $type {
            const ROWS: &'static [$crate::plan::table::Row] = &[$($crate::plan::table::Row {
                path: $crate::plan::table::path_of!($at $field),
                kind: $crate::plan::table::kind!($kind, $at $field, $of, $($word)*),
                shown: $crate::plan::table::Shown {
                    $($($key: $value,)*)?
                    ..$crate::plan::table::Shown::inside($crate::plan::Section::$section)
                },
            }),*];
            const ROW_DOCS: &'static [$crate::plan::table::RowDocs] = &[$($crate::plan::table::RowDocs {
                doc: concat!($($doc),*),
                inside: $crate::plan::table::inside!($kind, $of),
            }),*];
        }

        impl $crate::plan::file::Group for $type {
            fn each(&mut self, visit: &mut $crate::plan::file::Visit<'_>) {
                $(visit(stringify!($field), &mut self.$field);)*
            }
        }

        impl $crate::plan::file::Part for $type {
            fn part_shape() -> serde_json::Value {
                serde_json::Value::Null
            }
            fn write(&mut self) -> serde_json::Value {
                $crate::plan::file::write_group(self)
            }
            fn read(&mut self, given: serde_json::Value) -> Result<(), $crate::plan::file::Fault> {
                $crate::plan::file::read_group(self, given)
            }
        }
    };
}

/// `workload.peak.ratio` from the place of its struct and its name.
macro_rules! path_of {
    ([$($at:ident).*] $field:ident $(. $part:ident)?) => {
        concat!($(stringify!($at), ".",)* stringify!($field) $(, ".", stringify!($part))?)
    };
}

/// A numeric field, or one part of several: label, dimension, unit and bounds.
macro_rules! numeric {
    ([$($at:ident).*] $field:ident $(. $part:ident)?, $of:ty, $label:expr, $dimension:ident, $unit:literal, $min:literal..=$max:expr) => {
        $crate::plan::Field {
            path: $crate::plan::table::path_of!([$($at).*] $field $(. $part)?),
            label: $label,
            dimension: $crate::units::Dimension::$dimension,
            unit: $unit,
            min: $min,
            max: $max,
            optional: <$of as $crate::plan::figure::Figure>::OPTIONAL,
            decimal: <$of as $crate::plan::figure::Figure>::DECIMAL,
            get: |plan| $crate::plan::figure::Figure::figure(&plan.$($at.)* $field $(. $part)?),
            set: |plan, value| $crate::plan::figure::Figure::take(&mut plan.$($at.)* $field $(. $part)?, value),
        }
    };
}

/// What a row holds, by its kind.
macro_rules! kind {
    (number, $at:tt $field:ident, $of:ty, $($word:tt)*) => {
        $crate::plan::table::Kind::Number($crate::plan::table::numeric!($at $field, $of, $($word)*))
    };
    (place, $at:tt $field:ident, $of:ty, $($word:tt)*) => {
        $crate::plan::table::Kind::Place($crate::plan::table::numeric!($at $field, $of, $($word)*))
    };
    (range, $at:tt $field:ident, $of:ty, $label:literal, $dimension:ident, $unit:literal, $min:literal..=$max:expr, $source:literal) => {
        $crate::plan::table::Kind::Range(
            $crate::plan::RangeField {
                path: $crate::plan::table::path_of!($at $field),
                label: $label,
                source: $source,
                parts: [
                    $crate::plan::table::path_of!($at $field.low),
                    $crate::plan::table::path_of!($at $field.mode),
                    $crate::plan::table::path_of!($at $field.high),
                ],
            },
            &[
                $crate::plan::table::numeric!($at $field.low, <$of as $crate::plan::table::Parts>::One, concat!($label, ", low"), $dimension, $unit, $min..=$max),
                $crate::plan::table::numeric!($at $field.mode, <$of as $crate::plan::table::Parts>::One, concat!($label, ", most likely"), $dimension, $unit, $min..=$max),
                $crate::plan::table::numeric!($at $field.high, <$of as $crate::plan::table::Parts>::One, concat!($label, ", high"), $dimension, $unit, $min..=$max),
            ],
        )
    };
    (ends, $at:tt $field:ident, $of:ty, $low:literal, $high:literal) => {
        $crate::plan::table::Kind::Ends(&[
            $crate::plan::table::numeric!($at $field.low, crate::units::Ratio, $low, Share, "%", 0.0..=1.0),
            $crate::plan::table::numeric!($at $field.high, crate::units::Ratio, $high, Share, "%", 1.0..=100.0),
        ])
    };
    (switch, [$($at:ident).*] $field:ident, $of:ty, $label:literal) => {
        $crate::plan::table::Kind::Switch($crate::plan::table::Switch {
            label: $label,
            get: |plan| plan.$($at.)* $field,
            set: |plan, on| plan.$($at.)* $field = on,
        })
    };
    (choice, [$($at:ident).*] $field:ident, $of:ty, $label:literal) => {
        $crate::plan::table::Kind::Choice($crate::plan::table::Choice {
            label: $label,
            optional: <$of as $crate::plan::table::Chosen>::OPTIONAL,
            names: <$of as $crate::plan::table::Chosen>::names,
            get: |plan| $crate::plan::table::Chosen::chosen(&plan.$($at.)* $field),
            set: |plan, name| $crate::plan::table::Chosen::choose(&mut plan.$($at.)* $field, name),
        })
    };
    (confirm, [$($at:ident).*] $field:ident, $of:ty, $label:literal) => {
        $crate::plan::table::Kind::Confirm($crate::plan::table::Confirm {
            label: $label,
            get: |plan| plan.$($at.)* $field,
            set: |plan, answer| plan.$($at.)* $field = answer,
        })
    };
    (choice, [$($at:ident).*] $field:ident, $of:ty, $label:literal, $then:expr) => {
        $crate::plan::table::Kind::Choice($crate::plan::table::Choice {
            label: $label,
            optional: <$of as $crate::plan::table::Chosen>::OPTIONAL,
            names: <$of as $crate::plan::table::Chosen>::names,
            get: |plan| $crate::plan::table::Chosen::chosen(&plan.$($at.)* $field),
            set: |plan, name| {
                $crate::plan::table::Chosen::choose(&mut plan.$($at.)* $field, name);
                let then: fn(&mut $crate::plan::Plan) = $then;
                then(plan);
            },
        })
    };
    (several, [$($at:ident).*] $field:ident, $of:ty, $label:literal) => {
        $crate::plan::table::Kind::Several($crate::plan::table::Several {
            label: $label,
            names: <<$of as $crate::plan::table::Parts>::One as $crate::plan::table::Chosen>::names,
            has: |plan, name| $crate::plan::table::has(&plan.$($at.)* $field, name),
            set: |plan, name, on| $crate::plan::table::put(&mut plan.$($at.)* $field, name, on),
        })
    };
    (size, [$($at:ident).*] $field:ident, $of:ty, $label:literal, $sizes:ident) => {
        $crate::plan::table::Kind::Size($crate::plan::table::Size {
            label: $label,
            of: $crate::plan::table::Sizes::$sizes,
            get: |plan| plan.$($at.)* $field.as_ref(),
            set: |plan, size| plan.$($at.)* $field = size,
        })
    };
    (text, [$($at:ident).*] $field:ident, $of:ty, $label:literal, $most:expr) => {
        $crate::plan::table::Kind::Text($crate::plan::table::TextField {
            path: $crate::plan::table::path_of!([$($at).*] $field),
            label: $label,
            most: $most,
            get: |plan| &plan.$($at.)* $field,
            set: |plan, text| plan.$($at.)* $field = text,
        })
    };
    (places, $at:tt $field:ident, $of:ty, $label:literal, $texts:expr) => {
        $crate::plan::table::Kind::Places($label, $texts)
    };
    (group, $at:tt $field:ident, $of:ty,) => {
        $crate::plan::table::Kind::Group(<$of as $crate::plan::table::Table>::ROWS)
    };
    (special, $at:tt $field:ident, $of:ty,) => {
        $crate::plan::table::Kind::Special
    };
}

/// What a file holds at a row, by its kind.
macro_rules! inside {
    (group, $of:ty) => {
        $crate::plan::table::Inside::Group(<$of as $crate::plan::table::Table>::ROW_DOCS)
    };
    ($kind:ident, $of:ty) => {
        $crate::plan::table::Inside::Leaf(<$of as $crate::plan::file::Part>::part_shape)
    };
}

/// An entry of a list of the plan, given as a whole; a field with a default may be left out.
macro_rules! entry {
    (
        $(#[$meta:meta])*
        $type:ident {
            $($(#[doc = $doc:literal])* $field:ident: $of:ty $(= $left_out:expr)?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $type {
            $($(#[doc = $doc])* pub $field: $of,)*
        }

        impl $crate::plan::file::Leaf for $type {
            fn to_value(&self) -> serde_json::Value {
                let mut fields = serde_json::Map::new();
                $(fields.insert(stringify!($field).to_owned(), self.$field.to_value());)*
                serde_json::Value::Object(fields)
            }
            fn from_value(given: serde_json::Value) -> Result<Self, $crate::plan::file::Fault> {
                let mut given = $crate::plan::file::Given::open(given)?;
                let entry =
                    Self { $($field: given.take(stringify!($field), $crate::plan::table::left_out!($($left_out)?))?),* };
                given.close()?;
                Ok(entry)
            }
            fn shape() -> serde_json::Value {
                $crate::plan::file::entry_shape(&[$((
                    stringify!($field),
                    concat!($($doc),*),
                    <$of as $crate::plan::file::Leaf>::shape,
                    $crate::plan::table::left_out!($($left_out)?) as Option<$of> == None,
                )),*])
            }
        }
    };
}

macro_rules! left_out {
    () => {
        None
    };
    ($usual:expr) => {
        Some($usual)
    };
}

pub(crate) use {entry, inside, kind, left_out, numeric, path_of, table};
