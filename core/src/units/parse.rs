//! Reading what a person types into a quantity field.
