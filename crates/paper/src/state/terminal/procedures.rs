//! Silence procedures, editorial changes and corrections.

use super::super::words;
use super::Sheet;

impl Sheet<'_> {
    pub(super) fn procedures(&mut self) {
        let status = self.status;
        if status.procedures.is_empty() {
            return;
        }
        self.heading("SILENCE, EDITORIAL CHANGES, CORRECTIONS");
        for one in &status.procedures {
            let (sign, state, tone) = words::procedure_state(one.state);
            let ends = one.expires.as_ref().map_or(String::new(), |expires| {
                format!(", until {}", words::when(expires))
            });
            let about = format!(
                "{} on {}, asked of {}{ends} ({})",
                words::procedure(one.kind),
                one.points.join(", "),
                words::list(&self.names.seats(&one.addressees)),
                one.id
            );
            self.verdict((sign, state, tone), &about);
            for reason in &one.because {
                self.hang("    - ", reason);
            }
        }
    }
}
