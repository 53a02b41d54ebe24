//! One case for each class of error: what is wrong, where, what was expected, the nearest valid name.

use super::{BASIS, act, errors};

#[test]
fn basis_is_good() {
    assert_eq!(errors(BASIS), "imported");
    assert_eq!(errors(&format!("\u{feff}{BASIS}")), "imported");
}

#[test]
fn a_hidden_name_and_an_unknown_one_give_the_same_error() {
    let stance = |draft: &str| {
        let lines = format!("stance = \"accept\"\ndraft = \"{draft}\"\npoints = \"whole\"");
        errors(&format!(
            "{BASIS}{}",
            act("stance", "med-birch", "birch", &lines)
        ))
    };
    assert_eq!(stance("d1").replace("d1", "d9"), stance("d9"));
    assert!(stance("d1").starts_with("dossier.toml:73:9: "));
}
