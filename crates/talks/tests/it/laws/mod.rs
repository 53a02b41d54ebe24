//! One file for each law.

mod conditions;
mod fold;
mod known;
mod law_1;
mod law_2;
mod law_3;
mod law_4;
mod law_5;
mod law_7;
mod law_8;
mod law_9;
mod silence;
