//! What seats are shown: views, kept as long as they stand, and made anew beside those who ask
//! ([0026](../../../../docs/adr/0026-views-are-made-beside-those-who-ask.md)).

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::time::Duration;

use onetext_desk::{Cut, Viewer};

use super::{Office, Slot, View, ViewError, books, held, mark};
use crate::guard::Visitor;

/// For how long what depends on the clock is kept, in microseconds.
const KEPT: i64 = 60_000_000;
/// How old what a seat was shown may be, in microseconds, to be shown once more while what came since is being worked out.
const RECENT: i64 = 5_000_000;
/// For how long a seat is shown what it was shown, in microseconds, while others write all the time: what it writes itself it
/// sees at once.
const SETTLES: i64 = 250_000;
/// The same for a view that takes long to make: so many times as long, and at most so long. One seat of many that are looked at
/// may take no more than its share of the processor.
const SHARE: i64 = 10;
const MOST: i64 = 700_000;
/// How long an open page waits for what it would be shown before it is told that something came: as long as it would be shown
/// what was there before.
const PATIENCE: Duration = Duration::from_micros(RECENT.unsigned_abs());

/// A view, and how far it is known to stand.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) view: Arc<View>,
    /// The count of news as of which it stood.
    pub(super) count: u64,
    /// When nothing newer was there.
    pub(super) stood: i64,
}

impl Made {
    /// For how long it is still shown though something came since, in microseconds.
    fn settles(&self, now: i64) -> i64 {
        let age = now.saturating_sub(self.view.read);
        let shown = self.view.took.saturating_mul(SHARE).clamp(SETTLES, MOST);
        // A clock that stands still says nothing of a moment ago, and neither does one that was set back.
        if age > 0 {
            shown.saturating_sub(age).max(0)
        } else {
            0
        }
    }
}

/// The view of a seat, as far as its visitor may look: who speaks as one person of a seat may enter the rooms that are that
/// person's, and no others.
fn of_person(view: Arc<View>, visitor: &Visitor) -> Result<Arc<View>, ViewError> {
    let Some(viewer) = view.limits(visitor) else {
        return Ok(view);
    };
    let person = visitor.speaks_as().unwrap_or_default();
    if let Some(own) = held(&view.of_persons).get(person) {
        return Ok(Arc::clone(own));
    }
    let play = onetext_desk::state_and_gates(&view.books, &viewer, &Cut::default())?;
    let own = Arc::new(View {
        books: Arc::clone(&view.books),
        mark: mark(&view.heads, viewer.rooms.as_ref()),
        viewer,
        play,
        heads: view.heads.clone(),
        read: view.read,
        speaks_of: view.speaks_of,
        took: view.took,
        parts: Mutex::default(),
        of_persons: Mutex::default(),
    });
    held(&view.of_persons).insert(person.to_owned(), Arc::clone(&own));
    Ok(own)
}

impl View {
    /// As whom a visitor looks who speaks as one person that may enter some of the rooms alone.
    pub(super) fn limits(&self, visitor: &Visitor) -> Option<Viewer> {
        self.books.limited_to(&self.viewer, visitor.speaks_as()?)
    }

    /// What names this state of the rooms that a visitor may enter.
    fn mark_for(&self, visitor: &Visitor) -> String {
        match self.limits(visitor) {
            Some(viewer) => mark(&self.heads, viewer.rooms.as_ref()),
            None => self.mark.clone(),
        }
    }

    /// Whether what depends on the clock is as it is now.
    fn is_of_now(&self, now: i64) -> bool {
        (0..KEPT).contains(&now.saturating_sub(self.speaks_of))
    }
}

/// Views are made for whoever asks as long as this is kept.
#[derive(Debug)]
pub struct KeepsUp<'o>(&'o Office);

impl Drop for KeepsUp<'_> {
    fn drop(&mut self) {
        self.0.keeps_up.store(false, Ordering::SeqCst);
    }
}

/// What it costs to make a view is measured; nothing that is told depends on it.
#[expect(
    clippy::disallowed_methods,
    reason = "how often a view is made anew follows from what it costs"
)]
fn instant() -> std::time::Instant {
    std::time::Instant::now()
}

impl Office {
    /// What a visitor may see. While the view of its seat is made anew, what it was shown a moment ago, where nothing of the
    /// seat's own is wanting in it: an open page is told when more is there.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn view(&self, visitor: &Visitor, now: i64) -> Result<Arc<View>, ViewError> {
        of_person(self.of_seat(visitor, now)?, visitor)
    }

    fn of_seat(&self, visitor: &Visitor, now: i64) -> Result<Arc<View>, ViewError> {
        let slot = self.slot(visitor.seat());
        if let Some(view) = self.kept(&slot, now) {
            return Ok(view);
        }
        if self.keeps_up.load(Ordering::SeqCst)
            && let Some(view) = self.earlier(&slot, now)
        {
            self.want(visitor.seat(), false);
            return Ok(view);
        }
        let one = match slot.making.try_lock() {
            Ok(one) => one,
            // Another makes it: what is there is shown for now, where nothing of the seat's own is wanting in it.
            Err(TryLockError::WouldBlock) => {
                if let Some(view) = self.earlier(&slot, now) {
                    return Ok(view);
                }
                held(&slot.making)
            }
            Err(TryLockError::Poisoned(one)) => one.into_inner(),
        };
        match self.kept(&slot, now) {
            Some(view) => Ok(view),
            None => self.make(&slot, &one, visitor.seat(), now),
        }
    }

    /// What a visitor may see, with all that has come by now: for programs, which nobody tells when more is there.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn view_now(&self, visitor: &Visitor, now: i64) -> Result<Arc<View>, ViewError> {
        // By this office or by another program.
        self.look()?;
        let slot = self.slot(visitor.seat());
        let one = held(&slot.making);
        let view = match self.stands(&slot, now) {
            Some(view) => view,
            None => self.make(&slot, &one, visitor.seat(), now)?,
        };
        drop(one);
        of_person(view, visitor)
    }

    /// Makes the view of a seat; one at a time.
    fn make(
        &self,
        slot: &Slot,
        _one: &MutexGuard<'_, ()>,
        seat: &str,
        now: i64,
    ) -> Result<Arc<View>, ViewError> {
        // Counted before it is read: what comes meanwhile is looked for again.
        let count = self.count();
        let began = instant();
        let before = held(&slot.view).as_ref().map(|made| Arc::clone(&made.view));
        let keep = |view: Arc<View>| {
            *held(&slot.view) = Some(Made {
                view: Arc::clone(&view),
                count,
                stood: now,
            });
            view
        };
        let (books, viewer, heads) = {
            let mut workspace = held(&self.workspace);
            let heads = workspace.heads_of(seat)?;
            if let Some(view) = &before
                && view.heads == heads
                && view.is_of_now(now)
            {
                return Ok(keep(Arc::clone(view)));
            }
            let (books, viewer) = books(&mut workspace, slot, seat, now)?;
            (books, viewer, heads)
        };
        // Books that follow may speak of a moment that is up to a minute past.
        let speaks_of = books
            .clock()
            .map_or(now, |clock| clock.saturating_mul(1_000_000));
        let play = onetext_desk::state_and_gates(&books, &viewer, &Cut::default())?;
        Ok(keep(Arc::new(View {
            books,
            viewer,
            play,
            mark: mark(&heads, None),
            heads,
            read: now,
            speaks_of: speaks_of.min(now),
            took: i64::try_from(began.elapsed().as_micros()).unwrap_or(i64::MAX),
            parts: Mutex::default(),
            of_persons: Mutex::default(),
        })))
    }

    /// The view of a seat that nothing has come to since.
    fn stands(&self, slot: &Slot, now: i64) -> Option<Arc<View>> {
        let mut kept = held(&slot.view);
        let made = kept.as_mut()?;
        (made.count == self.count() && made.view.is_of_now(now)).then(|| {
            made.stood = made.stood.max(now);
            Arc::clone(&made.view)
        })
    }

    /// The same, or one that was made a moment ago.
    fn kept(&self, slot: &Slot, now: i64) -> Option<Arc<View>> {
        if let Some(view) = self.stands(slot, now) {
            return Some(view);
        }
        let kept = held(&slot.view);
        let made = kept.as_ref()?;
        let own = made.count >= slot.own.load(Ordering::SeqCst);
        (own && made.settles(now) > 0).then(|| Arc::clone(&made.view))
    }

    /// The view of a seat as it was last, where it stood until a moment ago and the seat's own last act is in it.
    fn earlier(&self, slot: &Slot, now: i64) -> Option<Arc<View>> {
        let kept = held(&slot.view);
        let made = kept.as_ref()?;
        let ago = now.saturating_sub(made.stood);
        let recent = ago > 0 && ago < RECENT;
        let own = made.count >= slot.own.load(Ordering::SeqCst);
        (recent && own).then(|| Arc::clone(&made.view))
    }

    /// Asks for the view of a seat to be made anew: before those of others where an open page waits for it.
    fn want(&self, seat: &str, first: bool) {
        let mut wanted = held(&self.wanted);
        let place = wanted.iter().position(|own| own == seat);
        match (place, first) {
            (Some(place), true) => {
                wanted.remove(place);
                wanted.push_front(seat.to_owned());
            }
            (None, true) => wanted.push_front(seat.to_owned()),
            (None, false) => wanted.push_back(seat.to_owned()),
            (Some(_), false) => {}
        }
        drop(wanted);
        self.wants.notify_one();
    }

    /// From here on somebody makes the views that are asked for, one after the other, as long as this is kept.
    #[must_use]
    pub fn keep_up(&self) -> KeepsUp<'_> {
        self.keeps_up.store(true, Ordering::SeqCst);
        KeepsUp(self)
    }

    /// Waits until a view is asked for.
    pub(crate) async fn wanted(&self) {
        self.wants.notified().await;
    }

    /// Makes the views that were asked for, by a clock in microseconds since 1970.
    pub fn make_wanted(&self, now: &dyn Fn() -> i64) {
        loop {
            let Some(seat) = held(&self.wanted).pop_front() else {
                return;
            };
            let slot = self.slot(&seat);
            let one = held(&slot.making);
            if self.kept(&slot, now()).is_none() {
                // Whoever asks next is told why it cannot be made.
                let _ = self.make(&slot, &one, &seat, now());
            }
            drop(one);
            self.made.send_modify(|made| *made += 1);
        }
    }

    /// Waits until a seat is shown all that has come by now, but no longer than it would be shown what was there before; and the
    /// mark of what it is shown then. `now` is the clock, in microseconds since 1970.
    pub async fn shows(&self, visitor: &Visitor, now: impl Fn() -> i64) -> Option<String> {
        if !self.keeps_up.load(Ordering::SeqCst) {
            return None;
        }
        let (slot, count) = (self.slot(visitor.seat()), self.count());
        let shown = || {
            let kept = held(&slot.view);
            let made = kept.as_ref();
            match made.filter(|made| made.count >= count) {
                Some(made) => Ok(made.view.mark_for(visitor)),
                None => Err(made.map_or(0, |made| made.settles(now()))),
            }
        };
        let mut made = self.made.subscribe();
        let waiting = async {
            loop {
                match shown() {
                    Ok(mark) => return Some(mark),
                    // It was made too short a time ago to be made anew.
                    Err(settles @ 1..) => {
                        tokio::time::sleep(Duration::from_micros(settles.unsigned_abs())).await;
                    }
                    Err(_) => {
                        self.want(visitor.seat(), true);
                        made.changed().await.ok()?;
                    }
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.ok()?
    }
}
