//! What the press reads, case by case, and under hostile text.

mod cases;
mod hostile;
mod places;
mod texts;
