//! What is reminded of and when, how calendars get it, and how the system is told to look.

use std::path::Path;
use std::process::Command;

use jiff::civil::Time;
use jiff::{SignedDuration, Zoned};
use regimen::calendar::{Entry, calendar};
use regimen::events::Input;
use regimen::prescription::Past;
use regimen::record::SessionHistory;
use regimen::reminder::{self, Memory};

use crate::support::{Journey, program};

fn text(frequency: &str, reminders: &str) -> String {
    format!(
        "title: Deep core\nid: deep-core\nfrequency: {frequency}\nreminders: [{reminders}]\npain: {{ask: []}}\nexercises:\n  - {{name: Bridge, instructions: Lift., hold: 1 s, get_ready: 0 s}}\n"
    )
}

/// A time of that Sunday.
fn at(time: &str) -> Zoned {
    format!("2026-11-22T{time}:00+01:00[Europe/Berlin]").parse().unwrap()
}

/// A finished session of the program at a time of that day.
fn done(text: &str, times: &[&str]) -> Vec<SessionHistory> {
    times
        .iter()
        .flat_map(|time| Journey::with(text).at(at(time)).keys("enter enter").play_on().run().histories)
        .collect()
}

fn told(text: &str, histories: &[SessionHistory], memory: &mut Memory, time: &str) -> Option<String> {
    let reminder = reminder::due(&program(text), Past { histories, ..Past::default() }, &[], memory, &at(time))?;
    memory.told.insert(reminder.program.clone(), reminder.at);
    Some(reminder.text)
}

#[test]
fn what_is_due_is_told_once_and_nothing_that_is_done_or_not_due() {
    let text = text("daily", "\"07:30\", \"18:00\"");
    let mut memory = Memory::default();
    assert_eq!(told(&text, &[], &mut memory, "07:29"), None);
    assert_eq!(told(&text, &[], &mut memory, "07:30").unwrap(), "1 exercise, about 1 min; 0 of 7 done this week");
    assert_eq!(told(&text, &[], &mut memory, "07:35"), None);
    // The second time is for those who have not done it by then.
    assert!(told(&text, &[], &mut memory.clone(), "18:02").is_some());
    assert_eq!(told(&text, &done(&text, &["09:00"]), &mut memory, "18:02"), None);
    // A machine that was off in the morning tells it when it is on again.
    assert!(told(&text, &[], &mut Memory::default(), "11:11").is_some());
    let tuesdays = self::text("tue", "\"07:30\"");
    assert_eq!(told(&tuesdays, &[], &mut Memory::default(), "08:00"), None);
    assert_eq!(told(&self::text("as needed", "\"07:30\""), &[], &mut Memory::default(), "08:00"), None);
}

#[test]
fn of_several_a_day_as_many_are_told_as_are_missed() {
    let text = text("3x/day", "\"08:00\", \"13:00\", \"19:00\"");
    assert_eq!(told(&text, &done(&text, &["07:00"]), &mut Memory::default(), "08:00"), None);
    assert!(told(&text, &done(&text, &["07:00"]), &mut Memory::default(), "13:00").is_some());
    assert_eq!(told(&text, &done(&text, &["07:00", "10:00"]), &mut Memory::default(), "13:00"), None);
    assert!(told(&text, &done(&text, &["07:00", "10:00"]), &mut Memory::default(), "19:00").is_some());
}

#[test]
fn put_off_it_is_told_again_later() {
    let text = text("daily", "\"07:30\"");
    let mut memory = Memory::default();
    assert!(told(&text, &[], &mut memory, "07:30").is_some());
    memory.snooze(&at("07:31"), SignedDuration::from_mins(30));
    assert_eq!(told(&text, &[], &mut memory, "07:45"), None);
    let program = program(&text);
    let next = reminder::next(std::iter::once(&program), &[], &memory, &at("07:45")).unwrap();
    assert_eq!(next, at("08:01").timestamp());
    assert!(told(&text, &[], &mut memory, "08:01").is_some());
    assert_eq!(told(&text, &[], &mut memory, "08:06"), None);
}

#[test]
fn a_session_that_is_being_played_is_not_reminded_of() {
    let text = text("daily", "\"07:30\"");
    let playing = Journey::with(&text).at(at("07:20")).keys("enter enter").wait(0.2).keys("q 2").run().histories;
    assert_eq!(playing.len(), 1);
    assert_eq!(told(&text, &playing, &mut Memory::default(), "07:30"), None);
    let later = told(&text, &playing, &mut Memory::default(), "10:30").unwrap();
    assert!(later.contains("goes on where you stopped"), "{later}");
}

#[test]
fn a_program_without_times_takes_those_of_the_patient() {
    let text = text("daily", "").replace("reminders: []\n", "");
    let fallback = [Time::constant(18, 0, 0, 0)];
    let due = |times: &[Time], time: &str| {
        reminder::due(&program(&text), Past::default(), times, &Memory::default(), &at(time))
    };
    assert!(due(&fallback, "18:00").is_some() && due(&fallback, "17:59").is_none() && due(&[], "18:00").is_none());
}

#[test]
fn what_becomes_due_while_the_first_page_is_open_behind_another_window_is_told() {
    let text = text("daily", "\"07:30\", \"09:00\"");
    let open = |focused: bool| Journey::with(&text).input(Input::Focus(focused)).wait(3.0 * 3600.0).run().notices;
    // It is opened at 7:40, when the first page shows what was due before.
    let titles: Vec<String> = open(false).into_iter().map(|notice| notice.title).collect();
    assert_eq!(titles, ["Time for Deep core"]);
    assert!(open(true).is_empty());
}

fn events(text: &str) -> String {
    let program = program(text);
    let entry = Entry { program: &program, past: Past::default(), fallback: &[], chosen: &[] };
    let calendar = calendar(&[entry], at("07:40").date(), at("07:40").timestamp());
    assert!(calendar.lines().all(|line| line.len() <= 75) && calendar.contains("\r\n"));
    calendar
        .lines()
        .filter(|line| line.starts_with("DTSTART") || line.starts_with("RRULE"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_schedule_goes_into_calendars() {
    assert_eq!(events(&text("daily", "\"07:30\"")), "DTSTART:20261122T073000 RRULE:FREQ=DAILY");
    // 22 November 2026 is a Sunday, so the first Monday is the 23rd.
    assert_eq!(events(&text("3x/week", "\"18:00\"")), "DTSTART:20261123T180000 RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR");
    assert_eq!(events(&text("[tue, fri]", "\"18:00\"")), "DTSTART:20261124T180000 RRULE:FREQ=WEEKLY;BYDAY=TU,FR");
    assert_eq!(events(&text("every 14 days", "\"18:00\"")), "DTSTART:20261122T180000 RRULE:FREQ=DAILY;INTERVAL=14");
    assert_eq!(events(&text("as needed", "\"18:00\"")), "");
    let twice = text("2x/day", "").replace("reminders: []\n", "review: 2026-12-18\n");
    assert_eq!(
        events(&twice),
        "DTSTART:20261122T080000 RRULE:FREQ=DAILY;UNTIL=20261218T235959 DTSTART:20261122T180000 RRULE:FREQ=DAILY;UNTIL=20261218T235959"
    );
}

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// A program of the system that notes how it was called.
    fn tool(&self, name: &str, ends: u8) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path("bin").join(name);
        std::fs::create_dir_all(self.path("bin")).unwrap();
        let log = self.path("log");
        std::fs::write(&path, format!("#!/bin/sh\necho {name} \"$@\" >> '{}'\nexit {ends}\n", log.display())).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn run(&self, args: &[&str]) -> (String, i32) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_regimen"));
        command.args(args).env_clear().env("HOME", self.0.path()).env("PATH", self.path("bin"));
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (text.replace(&self.0.path().display().to_string(), "~"), output.status.code().unwrap())
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    fn add(&self, name: &str, text: &str) {
        let folder = self.path(".local/share/regimen/programs");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn the_calendar_of_all_programs_is_a_file() {
    let home = Home::new();
    let (said, code) = home.run(&["calendar"]);
    assert!(code == 2 && said.contains("you have no programs yet"), "{said}");
    home.add("deep-core.yaml", &text("daily", "\"07:30\""));
    home.add("flare.yaml", &text("as needed", "").replace("reminders: []\n", "").replace("deep-core", "flare"));
    let file = home.path("x.ics");
    let (said, code) = home.run(&["calendar", "-o", file.to_str().unwrap()]);
    assert!(code == 0 && said.contains("Wrote ~/x.ics") && said.contains("1 as needed"), "{said}");
    let written = std::fs::read_to_string(file).unwrap();
    assert_eq!(written.matches("BEGIN:VEVENT").count(), 1);
    let (said, _) = home.run(&["calendar", "deep-core", "--at", "9:00", "-o", "-"]);
    assert!(said.contains("T090000") && !said.contains("T073000"), "{said}");
}

#[test]
fn the_system_is_told_to_look_and_what_was_written_is_said() {
    let home = Home::new();
    home.tool("systemctl", 0);
    home.add("deep-core.yaml", &text("daily", "").replace("reminders: []\n", ""));
    let (said, code) = home.run(&["remind", "--install"]);
    assert_eq!(code, 0, "{said}");
    let service = std::fs::read_to_string(home.path(".config/systemd/user/regimen-remind.service")).unwrap();
    let timer = std::fs::read_to_string(home.path(".config/systemd/user/regimen-remind.timer")).unwrap();
    assert!(service.contains("\" \"remind\" \"--programs\" \"/"), "{service}");
    assert!(timer.contains("OnCalendar=*:0/5"), "{timer}");
    for line in [
        "Wrote ~/.config/systemd/user/regimen-remind.service:",
        "    OnCalendar=*:0/5",
        "Ran systemctl --user daemon-reload",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    assert!(said.contains("No time is named for: Deep core. `regimen settings remind_at 18:00`"), "{said}");
    assert_eq!(home.log(), "systemctl --user daemon-reload\nsystemctl --user enable --now regimen-remind.timer\n");
    let (said, code) = home.run(&["remind", "--uninstall"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Removed ~/.config/systemd/user/regimen-remind.timer"), "{said}");
    assert!(!home.path(".config/systemd/user/regimen-remind.service").exists());
    assert!(home.log().contains("disable --now regimen-remind.timer"));
    assert_eq!(home.run(&["remind", "--uninstall"]).0.trim(), "Nothing was installed.");
}

#[test]
fn where_the_system_cannot_look_the_line_for_cron_is_said_and_nothing_is_left_behind() {
    let home = Home::new();
    let (said, code) = home.run(&["remind", "--install"]);
    assert_eq!(code, 2);
    assert!(said.contains("*/5 * * * * ") && said.contains(" remind --programs ~/.local"), "{said}");
    home.tool("systemctl", 1);
    let (said, code) = home.run(&["remind", "--install"]);
    assert_eq!(code, 2);
    assert!(said.contains("both files are removed again"), "{said}");
    assert!(!Path::new(&home.path(".config/systemd/user/regimen-remind.timer")).exists());
}

#[test]
fn without_a_notification_service_the_reminder_is_printed_and_not_taken_for_told() {
    let home = Home::new();
    home.add("deep-core.yaml", &text("daily", "\"00:00\""));
    for _ in 0..2 {
        let (said, code) = home.run(&["remind"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("Time for Deep core. 1 exercise, about 1 min"), "{said}");
        assert!(said.contains("no notification service answers"), "{said}");
    }
    let (said, code) = home.run(&["remind", "--snooze"]);
    assert!(code == 0 && said.contains("No reminder before"), "{said}");
    assert_eq!(home.run(&["remind"]), (String::new(), 0));
    assert_eq!(Home::new().run(&["remind"]), (String::new(), 0));
}

#[test]
fn the_pain_of_the_morning_after_is_reminded_of_even_where_nothing_is_due() {
    let text = text("sun", "\"07:30\", \"18:00\"").replace("ask: []", "ask: [next-morning]");
    let histories = done(&text, &["09:00"]);
    let monday = |time: &str| format!("2026-11-23T{time}:00+01:00[Europe/Berlin]").parse::<Zoned>().unwrap();
    let past = Past { histories: &histories, ..Past::default() };
    let mut memory = Memory::default();
    let due = |memory: &Memory, time: &str| reminder::due(&program(&text), past, &[], memory, &monday(time));
    assert_eq!(due(&memory, "07:00"), None);
    let first = due(&memory, "07:31").unwrap();
    let words = "How much pain did you have in the morning after Sunday's session? regimen asks when it starts.";
    assert_eq!((first.heading.as_str(), first.text.as_str()), ("The morning after Deep core", words));
    memory.told.insert(first.program, first.at);
    assert_eq!(due(&memory, "19:00"), None);
    // What is due as well is told in one.
    let daily = text.replace("frequency: sun", "frequency: daily");
    let both = reminder::due(&program(&daily), past, &[], &Memory::default(), &monday("08:00")).unwrap();
    assert!(both.heading == "Time for Deep core" && both.text.ends_with(words), "{both:?}");
}
