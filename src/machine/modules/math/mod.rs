//! `math`: functions of real numbers and of integers.

mod integer;
mod real;
mod sums;

use super::native::{Constant, NativeModule};

pub use sums::{MathGather, MathSum};

/// `math`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[real::FUNCTIONS, integer::FUNCTIONS, sums::FUNCTIONS],
    constants: &[
        ("pi", Constant::Float(std::f64::consts::PI)),
        ("e", Constant::Float(std::f64::consts::E)),
        ("tau", Constant::Float(std::f64::consts::TAU)),
        ("inf", Constant::Float(f64::INFINITY)),
        ("nan", Constant::Float(f64::NAN)),
    ],
    ..NativeModule::new("math", "Functions of real numbers and of integers.")
};
