//! Desktop notifications, sent from a thread of their own: a service that is missing or never
//! answers can't delay a session. Only this file uses notify-rust.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use notify_rust::{Notification, Timeout};
#[cfg(all(unix, not(target_os = "macos")))]
use notify_rust::{NotificationHandle, Urgency};
use thiserror::Error;

use crate::effect::DesktopNotification;
use crate::events::Input;

/// How many notifications may wait; more would pile up if the service doesn't answer.
const WAITING: usize = 4;
/// How long a notification of a session stays on the screen.
const STAYS: Duration = Duration::from_secs(20);
/// How long the service may take to show a reminder.
const SHOWN_WITHIN: Duration = Duration::from_secs(5);
/// The name of the app in notifications.
const NAME: &str = "regimen";
/// The id of the button that puts off a reminder.
#[cfg(all(unix, not(target_os = "macos")))]
const LATER: &str = "later";

/// Why notifications can't be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
enum NotifyError {
    #[error("Notifications can't be shown: no notification service responds.")]
    NoService,
    #[error("Notifications can't be shown: the notification service doesn't respond.")]
    NotResponding,
}

impl NotifyError {
    /// Reports it, to be shown in the session.
    fn report(self, reports: &Sender<Input>) {
        let what = self.to_string();
        let _ = reports.send(Input::Missing { what, tones: false });
    }
}

/// Shows notifications, each in place of the one before.
#[derive(Debug)]
pub(crate) struct Notifier {
    waiting: SyncSender<DesktopNotification>,
    reports: Sender<Input>,
    /// Whether it was reported that the service doesn't respond.
    reported: bool,
}

impl Notifier {
    /// Starts the thread that shows notifications. The first failure is reported.
    pub(crate) fn new(reports: Sender<Input>) -> Self {
        let (waiting, queue) = sync_channel(WAITING);
        let reports_of_thread = reports.clone();
        // The thread is never joined: it may be blocked for good.
        let _ = spawn(move || show_all(&queue, &reports_of_thread));
        Self {
            waiting,
            reports,
            reported: false,
        }
    }

    /// Shows a notification without waiting for the service.
    pub(crate) fn show(&mut self, notification: &DesktopNotification) {
        if self.waiting.try_send(notification.clone()).is_err()
            && !std::mem::replace(&mut self.reported, true)
        {
            NotifyError::NotResponding.report(&self.reports);
        }
    }
}

fn spawn(run: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let thread = thread::Builder::new().name("notify".to_owned());
    thread.spawn(run).map(|_| ())
}

/// Shows the notifications of a queue until it is closed.
fn show_all(queue: &Receiver<DesktopNotification>, reports: &Sender<Input>) {
    let mut last = None;
    let mut reported = false;
    for notification in queue {
        match build(&notification, last).show() {
            Ok(handle) => last = Some(id_of(&handle)),
            Err(_) if reported => {}
            Err(_) => {
                reported = true;
                NotifyError::NoService.report(reports);
            }
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn id_of(handle: &NotificationHandle) -> u32 {
    handle.id()
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn id_of<T>(_: &T) -> u32 {
    // Only the desktops of Linux and the BSDs replace a notification by its id.
    0
}

/// Builds a notification that takes the place of another, if there is one.
fn build(content: &DesktopNotification, replaced: Option<u32>) -> Notification {
    let mut notification = Notification::new();
    let stays = u32::try_from(STAYS.as_millis()).unwrap_or(u32::MAX);
    notification
        .appname(NAME)
        .summary(&content.title)
        .body(&escape(&content.text))
        .timeout(Timeout::Milliseconds(stays));
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.urgency(Urgency::Normal);
    if let Some(id) = replaced {
        notification.id(id);
    }
    notification
}

/// Escapes the markup that a service may read in the body; the therapist's words contain none.
fn escape(text: &str) -> String {
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
pub(crate) enum Answer {
    /// It was shown.
    Shown,
    /// The patient asked to be reminded later.
    Later,
    /// The service didn't show it.
    Failed,
}

/// Shows a reminder that stays until it is closed. Waits up to `patience` for the button labeled
/// `later`; without patience there is no button.
pub(crate) fn remind(content: &DesktopNotification, later: &str, patience: Duration) -> Answer {
    let (answers, answer) = channel();
    let (ids, id) = channel();
    let (owned, button) = (
        content.clone(),
        (!patience.is_zero()).then(|| later.to_owned()),
    );
    if spawn(move || show_reminder(&owned, button.as_deref(), &ids, &answers)).is_err() {
        return Answer::Failed;
    }
    // A service that doesn't answer shows nothing.
    match answer.recv_timeout(SHOWN_WITHIN) {
        Ok(Answer::Shown) if patience.is_zero() => Answer::Shown,
        Ok(Answer::Shown) => answer.recv_timeout(patience).unwrap_or_else(|_| {
            remove_button(content, id.try_recv().ok());
            Answer::Shown
        }),
        _ => Answer::Failed,
    }
}

/// Shows a reminder and sends its id and what became of it. With a button, it then waits for the
/// patient to use it.
fn show_reminder(
    content: &DesktopNotification,
    button: Option<&str>,
    ids: &Sender<u32>,
    answers: &Sender<Answer>,
) {
    let mut notification = build(content, None);
    notification.timeout(Timeout::Never);
    #[cfg(all(unix, not(target_os = "macos")))]
    if let Some(label) = button {
        notification.action(LATER, label);
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    let _ = button;
    let Ok(handle) = notification.show() else {
        let _ = answers.send(Answer::Failed);
        return;
    };
    let _ = ids.send(id_of(&handle));
    let _ = answers.send(Answer::Shown);
    #[cfg(all(unix, not(target_os = "macos")))]
    if button.is_some() {
        handle.wait_for_action(|action| {
            let answer = if action == LATER {
                Answer::Later
            } else {
                Answer::Shown
            };
            let _ = answers.send(answer);
        });
    }
}

/// Shows a reminder again without its button, which has no effect once the wait is over.
fn remove_button(content: &DesktopNotification, id: Option<u32>) {
    let content = content.clone();
    let (done, wait) = channel();
    let _ = spawn(move || {
        let _ = build(&content, id).timeout(Timeout::Never).show();
        let _ = done.send(());
    });
    let _ = wait.recv_timeout(SHOWN_WITHIN);
}
