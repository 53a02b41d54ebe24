//! Prints the reference page of the dossier: what `docs/dossier-reference.md` holds.

#[allow(clippy::print_stdout, reason = "a program of one line")]
fn main() {
    print!("{}", onetext_paper::dossier::schema::page());
}
