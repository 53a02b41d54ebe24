//! What is asked of the pages around a text, so that each is held to law 2.

/// What is asked of a route; none where it is another's.
pub(crate) fn requests(method: &str, path: &str) -> Option<Vec<(String, &'static str)>> {
    let of = |questions: &[&str]| -> Vec<(String, &'static str)> {
        let all = questions
            .iter()
            .map(|question| (format!("{path}{question}"), ""));
        all.collect()
    };
    let forms = |forms: &[&'static str]| -> Vec<(String, &'static str)> {
        forms.iter().map(|form| (path.to_owned(), *form)).collect()
    };
    Some(match (method, path) {
        ("POST", "/looked") => forms(&[""]),
        (
            "GET",
            "/course" | "/meetings" | "/understandings" | "/gates" | "/packages"
            | "/statements/report",
        ) => of(&[""]),
        ("GET", "/statements") => of(&["", "?answer=common", "?answer=none"]),
        ("GET", "/meeting") => of(&[
            "?id=no-three-way",
            "?id=talks-in-irmal",
            "?id=olm-in-karvograd",
            "?id=visit",
            "?id=none",
        ]),
        ("GET", "/mission") => of(&["?id=mission-karvograd", "?id=mission-tal-mirel", "?id=none"]),
        ("GET", "/briefing") => of(&[
            "",
            "?for=vemmel",
            "?for=dorvat",
            "?for=tolan",
            "?for=haldar&since=2031-02-15",
            "?for=none",
            "?since=never",
        ]),
        ("GET", "/search") => of(&[
            "",
            "?q=secret",
            "?q=4711",
            "?q=river",
            "?q=bridge+money",
            "?q=shelter",
            "?q=Karvonia",
        ]),
        ("POST", "/meetings") => forms(&[
            "form=meeting&by=sahrel&room=helmark-sahrel&on=2031-03-08&format=visit&state=proposed&participants=sahrel&participants=helmark",
            "form=meeting&by=sahrel&room=helmark-karvonia&on=2031-03-08&format=visit&state=proposed&participants=sahrel",
        ]),
        ("POST", "/meeting") => forms(&[
            "form=step&id=visit&step=confirmed&by=karvonia&room=helmark-karvonia&on=2031-03-08",
            "form=step&id=talks-in-irmal&step=deny&by=karvonia&room=helmark-karvonia&on=2031-03-08",
            "form=words&id=no-three-way&what=question&words=when&by=league&room=public&on=2031-03-08",
        ]),
        ("POST", "/mission") => forms(&[
            "form=order&envoy=tolan&counterpart=helmark&by=sahrel&room=chamber-sahrel&on=2031-03-08",
            "form=step&id=mission-karvograd&state=reported&by=karvonia&room=helmark-karvonia&on=2031-03-08",
        ]),
        ("POST", "/statements/answer") => forms(&[
            "of=common&what=deny&by=karvonia&room=public&on=2031-03-08",
            "of=none&what=deny&by=sahrel&room=public&on=2031-03-08",
        ]),
        ("POST", "/statements/report") => forms(&[
            "report=&day=2031-03-09&room=public",
            "report=Samira+Tolan+said+on+Monday%3A+%22The+ridge+is+ours.%22&day=2031-03-09&room=public&read=yes",
            "report=Samira+Tolan+said+on+Monday%3A+%22The+ridge+is+ours.%22&day=2031-03-09&room=helmark-karvonia&put=s0",
            "report=x&day=never&room=public",
        ]),
        ("POST", "/understandings/assess") => forms(&[
            "form=assess-quiet-talk&of=quiet-talk&tenet=water&draft=v2&points=9.b&grade=spirit&verdict=met&by=sahrel&room=helmark-sahrel&on=2031-03-08",
            "form=assess-none&of=none",
        ]),
        ("POST", "/gates/override") => forms(&[
            "form=gate-summit&gate=summit&reason=why&by=sahrel&room=public&on=2031-03-08",
            "form=gate-ferry&gate=ferry&reason=why&by=karvonia&room=plenary&on=2031-03-08",
        ]),
        ("POST", "/briefing") => forms(&[
            "for=dorvat&briefers=somebody&by=karvonia&room=chamber-karvonia&on=2031-03-08",
            "for=tolan&briefers=somebody&by=karvonia&room=chamber-karvonia&on=2031-03-08",
        ]),
        _ => return None,
    })
}
