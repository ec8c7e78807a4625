//! Pop-ups of the desktop, on a thread of their own: a service that is missing or never answers
//! costs the session nothing. The only file that names notify-rust. Knows nothing of why a pop-up
//! is shown.

use std::sync::mpsc::{Sender, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use notify_rust::{Notification, Timeout, Urgency};

use crate::effect::DesktopNotification;
use crate::events::Input;

/// How many may wait; more would pile up behind a service that does not answer.
const WAITING: usize = 4;
/// How long a pop-up of a session stays.
const STAYS: Duration = Duration::from_secs(20);
/// The name under which pop-ups come.
const NAME: &str = "regimen";

/// Shows pop-ups, each in the place of the one before.
#[derive(Debug)]
pub struct Notifier {
    notices: SyncSender<DesktopNotification>,
    reports: Sender<Input>,
    told: bool,
}

impl Notifier {
    /// Pop-ups that are shown from now on. What is missing is told once.
    pub fn new(reports: Sender<Input>) -> Self {
        let (notices, queue) = sync_channel::<DesktopNotification>(WAITING);
        let of_thread = reports.clone();
        // The thread is never waited for: it may be blocked for good.
        let _ = thread::Builder::new()
            .name("notify".to_owned())
            .spawn(move || {
                let mut last = None;
                let mut told = false;
                for notice in queue {
                    match notification(&notice, last)
                        .show()
                        .map(|handle| handle_id(&handle))
                    {
                        Ok(id) => last = Some(id),
                        Err(_) if told => {}
                        Err(_) => {
                            told = true;
                            let what = "Pop-ups cannot be shown: no notification service answers."
                                .to_owned();
                            let _ = of_thread.send(Input::Missing { what, tones: false });
                        }
                    }
                }
            });
        Self {
            notices,
            reports,
            told: false,
        }
    }

    /// Shows a pop-up; never waits.
    pub fn show(&mut self, notice: &DesktopNotification) {
        if self.notices.try_send(notice.clone()).is_err()
            && !std::mem::replace(&mut self.told, true)
        {
            let what =
                "Pop-ups cannot be shown: the notification service does not answer.".to_owned();
            let _ = self.reports.send(Input::Missing { what, tones: false });
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn handle_id(handle: &notify_rust::NotificationHandle) -> u32 {
    handle.id()
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn handle_id<T>(_: &T) -> u32 {
    // Only the desktops of Linux and the BSDs let one replace another by its number.
    0
}

fn notification(notice: &DesktopNotification, replaces: Option<u32>) -> Notification {
    let mut notification = Notification::new();
    let stays = u32::try_from(STAYS.as_millis()).unwrap_or(u32::MAX);
    notification
        .appname(NAME)
        .summary(&notice.title)
        .body(&escaped(&notice.text))
        .timeout(Timeout::Milliseconds(stays));
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.urgency(Urgency::Normal);
    if let Some(id) = replaces {
        notification.id(id);
    }
    notification
}

/// The body of a pop-up may be read as markup by the service; the therapist's words are none.
fn escaped(text: &str) -> String {
    if cfg!(all(unix, not(target_os = "macos"))) {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    } else {
        text.to_owned()
    }
}

/// What became of a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It was shown.
    Shown,
    /// The patient asked to be reminded later.
    Later,
    /// Nobody showed it.
    Failed,
}

/// Shows a reminder that stays until it is answered; with a button for later where somebody has the
/// patience to wait for it.
pub fn remind(notice: &DesktopNotification, later: &str, patience: Duration) -> Answer {
    let (sender, answers) = std::sync::mpsc::channel();
    let own = notice;
    let (notice, later) = (
        notice.clone(),
        (!patience.is_zero()).then(|| later.to_owned()),
    );
    let shown = sender.clone();
    let (numbers, number) = std::sync::mpsc::channel();
    let thread = thread::Builder::new()
        .name("notify".to_owned())
        .spawn(move || {
            let mut notification = notification(&notice, None);
            notification.timeout(Timeout::Never);
            #[cfg(all(unix, not(target_os = "macos")))]
            if let Some(later) = &later {
                notification.action("later", later);
            }
            match notification.show() {
                Ok(handle) => {
                    let _ = numbers.send(handle_id(&handle));
                    let _ = shown.send(Answer::Shown);
                    #[cfg(all(unix, not(target_os = "macos")))]
                    if later.is_some() {
                        handle.wait_for_action(|action| {
                            let answer = if action == "later" {
                                Answer::Later
                            } else {
                                Answer::Shown
                            };
                            let _ = sender.send(answer);
                        });
                    }
                }
                Err(_) => {
                    let _ = shown.send(Answer::Failed);
                }
            }
        });
    if thread.is_err() {
        return Answer::Failed;
    }
    // A service that never answers is one that shows nothing.
    match answers.recv_timeout(SHOWN_WITHIN) {
        Ok(Answer::Shown) if patience.is_zero() => Answer::Shown,
        Ok(Answer::Shown) => answers.recv_timeout(patience).unwrap_or_else(|_| {
            // Nobody waits for the button any more, so it goes; the words stay.
            let number = number.try_recv().ok();
            let own = own.clone();
            let (done, wait) = std::sync::mpsc::channel();
            let _ = thread::Builder::new()
                .name("notify".to_owned())
                .spawn(move || {
                    let _ = notification(&own, number).timeout(Timeout::Never).show();
                    let _ = done.send(());
                });
            let _ = wait.recv_timeout(SHOWN_WITHIN);
            Answer::Shown
        }),
        _ => Answer::Failed,
    }
}

/// So long a service may take to show a reminder.
const SHOWN_WITHIN: Duration = Duration::from_secs(5);
