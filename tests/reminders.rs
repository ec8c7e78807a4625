//! What is reminded of and when, how calendars get it, and how the system is told to look.

use std::path::Path;
use std::process::Command;

use jiff::civil::Time;
use jiff::{SignedDuration, Zoned};
use regimen::calendar::{Entry, Without, calendar, without_event};
use regimen::events::Input;
use regimen::history::HistoryView;
use regimen::history::SessionHistory;
use regimen::reminder::{self, ReminderMemory};

use crate::support::{Journey, program};

fn text(frequency: &str, reminders: &str) -> String {
    format!(
        "title: Deep core\nid: deep-core\nfrequency: {frequency}\nreminders: [{reminders}]\npain: {{ask: []}}\nexercises:\n  - {{name: Bridge, instructions: Lift., hold: 1 s, get_ready: 0 s}}\n"
    )
}

/// A time of that Sunday.
fn at(time: &str) -> Zoned {
    format!("2026-11-22T{time}:00+01:00[Europe/Berlin]")
        .parse()
        .unwrap()
}

/// A finished session of the program at a time of that day.
fn done(text: &str, times: &[&str]) -> Vec<SessionHistory> {
    times
        .iter()
        .flat_map(|time| {
            Journey::with(text)
                .at(at(time))
                .keys("enter enter")
                .play_on()
                .run()
                .histories
        })
        .collect()
}

fn told(
    text: &str,
    histories: &[SessionHistory],
    memory: &mut ReminderMemory,
    time: &str,
) -> Option<String> {
    let reminder = reminder::due(
        &program(text),
        HistoryView {
            histories,
            ..HistoryView::default()
        },
        &[],
        memory,
        &at(time),
    )?;
    memory.told.insert(reminder.program.clone(), reminder.at);
    Some(reminder.text)
}

#[test]
fn what_is_due_is_told_once_and_nothing_that_is_done_or_not_due() {
    let text = text("daily", "\"07:30\", \"18:00\"");
    let mut memory = ReminderMemory::default();
    assert_eq!(told(&text, &[], &mut memory, "07:29"), None);
    assert_eq!(
        told(&text, &[], &mut memory, "07:30").unwrap(),
        "1 exercise, about 1 min; 0 of 7 done this week"
    );
    assert_eq!(told(&text, &[], &mut memory, "07:35"), None);
    // The second time is for those who have not done it by then.
    assert!(told(&text, &[], &mut memory.clone(), "18:02").is_some());
    assert_eq!(
        told(&text, &done(&text, &["09:00"]), &mut memory, "18:02"),
        None
    );
    // A machine that was off in the morning tells it when it is on again.
    assert!(told(&text, &[], &mut ReminderMemory::default(), "11:11").is_some());
    let tuesdays = self::text("tue", "\"07:30\"");
    assert_eq!(
        told(&tuesdays, &[], &mut ReminderMemory::default(), "08:00"),
        None
    );
    assert_eq!(
        told(
            &self::text("as needed", "\"07:30\""),
            &[],
            &mut ReminderMemory::default(),
            "08:00"
        ),
        None
    );
}

#[test]
fn of_several_a_day_as_many_are_told_as_are_missed() {
    let text = text("3x/day", "\"08:00\", \"13:00\", \"19:00\"");
    assert_eq!(
        told(
            &text,
            &done(&text, &["07:00"]),
            &mut ReminderMemory::default(),
            "08:00"
        ),
        None
    );
    assert!(
        told(
            &text,
            &done(&text, &["07:00"]),
            &mut ReminderMemory::default(),
            "13:00"
        )
        .is_some()
    );
    assert_eq!(
        told(
            &text,
            &done(&text, &["07:00", "10:00"]),
            &mut ReminderMemory::default(),
            "13:00"
        ),
        None
    );
    assert!(
        told(
            &text,
            &done(&text, &["07:00", "10:00"]),
            &mut ReminderMemory::default(),
            "19:00"
        )
        .is_some()
    );
}

#[test]
fn of_several_a_day_with_one_named_time_the_others_are_told_too() {
    let text = text("2x/day", "\"08:00\"");
    let mut memory = ReminderMemory::default();
    assert!(told(&text, &[], &mut memory, "08:00").is_some());
    let once = done(&text, &["08:30"]);
    assert_eq!(told(&text, &once, &mut memory, "13:00"), None);
    // The calendar has the second one at six.
    assert_eq!(told(&text, &once, &mut memory, "17:59"), None);
    assert!(told(&text, &once, &mut memory, "18:00").is_some());
    assert_eq!(told(&text, &once, &mut memory, "18:05"), None);
    assert_eq!(
        told(
            &text,
            &done(&text, &["08:30", "15:00"]),
            &mut ReminderMemory::default(),
            "18:00"
        ),
        None
    );
    let program = program(&text);
    let next = reminder::next(
        std::iter::once(&program),
        &[],
        &ReminderMemory::default(),
        &at("09:00"),
    )
    .unwrap();
    assert_eq!(next, at("18:00").timestamp());
}

/// A time of the night after that Sunday.
fn night(time: &str) -> Zoned {
    format!("2026-11-23T{time}:00+01:00[Europe/Berlin]")
        .parse()
        .unwrap()
}

#[test]
fn a_reminder_shortly_before_midnight_is_told_shortly_after_it() {
    let text = text("daily", "\"23:58\"");
    let program = program(&text);
    let look = |histories: &[SessionHistory], memory: &ReminderMemory, now: &Zoned| {
        reminder::due(
            &program,
            HistoryView {
                histories,
                ..HistoryView::default()
            },
            &[],
            memory,
            now,
        )
    };
    // The looks of the system, every five minutes.
    let memory = ReminderMemory::default();
    assert_eq!(look(&[], &memory, &at("23:55")), None);
    let late = look(&[], &memory, &night("00:00")).unwrap();
    assert_eq!(late.at, at("23:58").datetime());
    // Told once, and never later in the night.
    let mut told = memory.clone();
    told.told.insert(late.program, late.at);
    assert_eq!(look(&[], &told, &night("00:05")), None);
    assert!(look(&[], &memory, &night("00:13")).is_some());
    for later in ["00:14", "03:59", "04:00", "12:00", "23:57"] {
        assert_eq!(look(&[], &memory, &night(later)), None, "{later}");
    }
    // What was done in time is not told.
    assert_eq!(
        look(&done(&text, &["23:56"]), &memory, &night("00:00")),
        None
    );
    // Put off after midnight it comes again, and then not until the next evening.
    told.snooze(&night("00:01"), SignedDuration::from_mins(30));
    assert_eq!(look(&[], &told, &night("00:30")), None);
    assert!(look(&[], &told, &night("00:31")).is_some());
    assert_eq!(look(&[], &told, &night("00:47")), None);
    assert!(look(&[], &told, &night("23:58")).is_some());
    // A reminder of the afternoon wakes nobody.
    let early = crate::support::program(&self::text("daily", "\"18:00\""));
    assert_eq!(
        reminder::due(
            &early,
            HistoryView::default(),
            &[],
            &memory,
            &night("00:00")
        ),
        None
    );
}

#[test]
fn a_reminder_after_midnight_is_of_the_evening_before() {
    let program = program(&text("[sun]", "\"00:30\""));
    let look = |now: &Zoned| {
        reminder::due(
            &program,
            HistoryView::default(),
            &[],
            &ReminderMemory::default(),
            now,
        )
    };
    assert_eq!(look(&at("00:30")), None, "this is the night after Saturday");
    assert_eq!(look(&night("00:29")), None);
    assert_eq!(look(&night("00:30")).unwrap().at, night("00:30").datetime());
    assert_eq!(look(&night("12:00")), None);
}

#[test]
fn put_off_it_is_told_again_later() {
    let text = text("daily", "\"07:30\"");
    let mut memory = ReminderMemory::default();
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
    let playing = Journey::with(&text)
        .at(at("07:20"))
        .keys("enter enter")
        .wait(0.2)
        .keys("q 2")
        .run()
        .histories;
    assert_eq!(playing.len(), 1);
    assert_eq!(
        told(&text, &playing, &mut ReminderMemory::default(), "07:30"),
        None
    );
    let later = told(&text, &playing, &mut ReminderMemory::default(), "10:30").unwrap();
    assert!(later.contains("picks up where you stopped"), "{later}");
}

#[test]
fn a_program_without_times_takes_those_of_the_patient() {
    let text = text("daily", "").replace("reminders: []\n", "");
    let fallback = [Time::constant(18, 0, 0, 0)];
    let due = |times: &[Time], time: &str| {
        reminder::due(
            &program(&text),
            HistoryView::default(),
            times,
            &ReminderMemory::default(),
            &at(time),
        )
    };
    assert!(
        due(&fallback, "18:00").is_some()
            && due(&fallback, "17:59").is_none()
            && due(&[], "18:00").is_none()
    );
}

#[test]
fn what_becomes_due_while_the_first_page_is_open_behind_another_window_is_told() {
    let text = text("daily", "\"07:30\", \"09:00\"");
    let open = |focused: bool| {
        Journey::with(&text)
            .input(Input::Focus(focused))
            .wait(3.0 * 3600.0)
            .run()
            .notices
    };
    // It is opened at 7:40, when the first page shows what was due before.
    let titles: Vec<String> = open(false).into_iter().map(|notice| notice.title).collect();
    assert_eq!(titles, ["Time for Deep core"]);
    assert!(open(true).is_empty());
}

fn events(text: &str) -> String {
    let program = program(text);
    let entry = Entry {
        program: &program,
        past: HistoryView::default(),
        fallback: &[],
        chosen: &[],
    };
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
    assert_eq!(
        events(&text("daily", "\"07:30\"")),
        "DTSTART:20261122T073000 RRULE:FREQ=DAILY"
    );
    // 22 November 2026 is a Sunday, so the first Monday is the 23rd.
    assert_eq!(
        events(&text("3x/week", "\"18:00\"")),
        "DTSTART:20261123T180000 RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR"
    );
    assert_eq!(
        events(&text("[tue, fri]", "\"18:00\"")),
        "DTSTART:20261124T180000 RRULE:FREQ=WEEKLY;BYDAY=TU,FR"
    );
    assert_eq!(
        events(&text("every 14 days", "\"18:00\"")),
        "DTSTART:20261122T180000 RRULE:FREQ=DAILY;INTERVAL=14"
    );
    assert_eq!(events(&text("as needed", "\"18:00\"")), "");
    let twice = text("2x/day", "").replace("reminders: []\n", "review: 2026-12-18\n");
    assert_eq!(
        events(&twice),
        "DTSTART:20261122T080000 RRULE:FREQ=DAILY;UNTIL=20261218T235959 DTSTART:20261122T180000 RRULE:FREQ=DAILY;UNTIL=20261218T235959"
    );
}

/// The events of a program on that day, or on another, each as its lines that say when.
fn events_on(text: &str, today: &str) -> String {
    let program = program(text);
    let entry = Entry {
        program: &program,
        past: HistoryView::default(),
        fallback: &[],
        chosen: &[],
    };
    let calendar = calendar(&[entry], today.parse().unwrap(), at("07:40").timestamp());
    let when = |line: &&str| {
        ["DTSTART", "RRULE", "TRIGGER"]
            .iter()
            .any(|name| line.starts_with(name))
    };
    calendar
        .lines()
        .filter(when)
        .filter(|line| *line != "TRIGGER:PT0S")
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_calendar_never_ends_before_its_first_event() {
    let mondays = text("[mon]", "\"18:00\"").replace("reminders", "review: 2026-11-27\nreminders");
    // On the Monday of that week there is one session, from the Tuesday on none.
    let inside = "DTSTART:20261123T180000 RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261127T235959";
    assert_eq!(events_on(&mondays, "2026-11-20"), inside);
    assert_eq!(events_on(&mondays, "2026-11-23"), inside);
    assert_eq!(events_on(&mondays, "2026-11-24"), "");
    let program = program(&mondays);
    let entry = Entry {
        program: &program,
        past: HistoryView::default(),
        fallback: &[],
        chosen: &[],
    };
    let review = "2026-11-27".parse().unwrap();
    assert_eq!(
        without_event(&entry, "2026-11-24".parse().unwrap()),
        Some(Without::BeforeReview(review))
    );
    assert_eq!(without_event(&entry, "2026-11-23".parse().unwrap()), None);
    // A visit that has been ends nothing.
    let over = "DTSTART:20261130T180000 RRULE:FREQ=WEEKLY;BYDAY=MO";
    assert_eq!(events_on(&mondays, "2026-11-28"), over);
}

#[test]
fn a_calendar_has_as_many_events_as_sessions() {
    let starts = |frequency: &str, reminders: &str| {
        let events = events_on(&text(frequency, reminders), "2026-11-22");
        let times: Vec<String> = events
            .split(' ')
            .filter_map(|word| {
                word.strip_prefix("DTSTART:20261122T")
                    .or(word.strip_prefix("TRIGGER:"))
            })
            .map(str::to_owned)
            .collect();
        times.join(" ")
    };
    assert_eq!(starts("3x/day", "\"08:00\""), "080000 130000 180000");
    assert_eq!(starts("2x/day", "\"19:30\""), "080000 193000");
    assert_eq!(
        starts("4x/day", "\"07:00\", \"22:00\""),
        "070000 120000 170000 220000"
    );
    // A second time for one session is a second alarm, not a second session.
    assert_eq!(starts("daily", "\"07:30\", \"18:00\""), "073000 PT630M");
    // The night belongs to the day before it.
    let mondays = text("[mon]", "\"00:30\"").replace("reminders", "review: 2026-11-23\nreminders");
    let night = "DTSTART:20261124T003000 RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261124T035959";
    assert_eq!(events_on(&mondays, "2026-11-22"), night);
}

#[test]
fn times_that_nobody_names_keep_their_distance() {
    let time = |text: &str| text.parse::<Time>().unwrap();
    let spread = |named: &[&str], sessions: u8| {
        let named: Vec<Time> = named.iter().map(|named| time(named)).collect();
        let times = regimen::day::times_of_day(&named, sessions);
        times
            .iter()
            .map(|time| time.strftime("%H:%M").to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(spread(&[], 1), "18:00");
    assert_eq!(spread(&[], 2), "08:00 18:00");
    assert_eq!(spread(&[], 4), "08:00 11:20 14:40 18:00");
    assert_eq!(spread(&["08:00"], 3), "08:00 13:00 18:00");
    assert_eq!(spread(&["12:00"], 2), "12:00 18:00");
    assert_eq!(spread(&["12:00"], 3), "08:00 12:00 18:00");
    assert_eq!(spread(&["18:00"], 2), "08:00 18:00");
    assert_eq!(spread(&["23:58"], 3), "08:00 15:55 23:58");
    // Half past midnight comes last.
    assert_eq!(spread(&["00:30"], 3), "08:00 16:15 00:30");
    assert_eq!(spread(&["18:00", "07:30", "12:00"], 2), "07:30 12:00 18:00");
    // Whatever is named stays, and there are never fewer than sessions.
    for sessions in 1..=8 {
        for hour in 0..24 {
            let times = regimen::day::times_of_day(&[Time::constant(hour, 7, 0, 0)], sessions);
            assert_eq!(times.len(), usize::from(sessions), "{hour}");
            assert!(times.contains(&Time::constant(hour, 7, 0, 0)));
            let mut different = times.clone();
            different.sort_unstable();
            different.dedup();
            assert_eq!(different.len(), times.len(), "{times:?}");
        }
    }
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
        std::fs::write(
            &path,
            format!(
                "#!/bin/sh\necho {name} \"$@\" >> '{}'\nexit {ends}\n",
                log.display()
            ),
        )
        .unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn run(&self, args: &[&str]) -> (String, i32) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_regimen"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.0.path())
            .env("PATH", self.path("bin"))
            .env("TZ", "UTC");
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let text =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (
            text.replace(&self.0.path().display().to_string(), "~"),
            output.status.code().unwrap(),
        )
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
    assert!(
        code == 2 && said.contains("you have no programs yet"),
        "{said}"
    );
    home.add("deep-core.yaml", &text("daily", "\"07:30\""));
    home.add(
        "flare.yaml",
        &text("as needed", "")
            .replace("reminders: []\n", "")
            .replace("deep-core", "flare"),
    );
    let file = home.path("x.ics");
    let (said, code) = home.run(&["calendar", "-o", file.to_str().unwrap()]);
    assert!(code == 0 && said.contains("Wrote ~/x.ics"), "{said}");
    assert!(
        said.contains("\"Deep core\" is done as needed, at no set time."),
        "{said}"
    );
    let written = std::fs::read_to_string(file).unwrap();
    assert_eq!(written.matches("BEGIN:VEVENT").count(), 1);
    let (said, _) = home.run(&["calendar", "deep-core", "--at", "9:00", "-o", "-"]);
    assert!(
        said.contains("T090000") && !said.contains("T073000"),
        "{said}"
    );
    // A calendar without events is none.
    let (said, code) = home.run(&["calendar", "flare", "-o", "y.ics"]);
    assert!(
        code == 1 && said.starts_with("Nothing was written") && !home.path("y.ics").exists(),
        "{said}"
    );
}

#[test]
fn the_system_is_told_to_look_and_what_was_written_is_said() {
    let home = Home::new();
    home.tool("systemctl", 0);
    home.add(
        "deep-core.yaml",
        &text("daily", "").replace("reminders: []\n", ""),
    );
    let (said, code) = home.run(&["remind", "--install"]);
    assert_eq!(code, 0, "{said}");
    let service =
        std::fs::read_to_string(home.path(".config/systemd/user/regimen-remind.service")).unwrap();
    let timer =
        std::fs::read_to_string(home.path(".config/systemd/user/regimen-remind.timer")).unwrap();
    assert!(
        service.contains("\" \"remind\" \"--programs\" \"/"),
        "{service}"
    );
    assert!(timer.contains("OnCalendar=*:0/5"), "{timer}");
    for line in [
        "Wrote ~/.config/systemd/user/regimen-remind.service:",
        "    OnCalendar=*:0/5",
        "Ran systemctl --user daemon-reload",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    assert!(
        said.contains(
            "These programs have no reminder time: Deep core. `regimen settings remind_at 18:00`"
        ),
        "{said}"
    );
    assert_eq!(
        home.log(),
        "systemctl --user daemon-reload\nsystemctl --user enable --now regimen-remind.timer\n"
    );
    let (said, code) = home.run(&["remind", "--uninstall"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("Removed ~/.config/systemd/user/regimen-remind.timer"),
        "{said}"
    );
    assert!(
        !home
            .path(".config/systemd/user/regimen-remind.service")
            .exists()
    );
    assert!(home.log().contains("disable --now regimen-remind.timer"));
    assert_eq!(
        home.run(&["remind", "--uninstall"]).0.trim(),
        "Nothing was installed."
    );
}

#[test]
fn where_the_system_cannot_look_the_line_for_cron_is_said_and_nothing_is_left_behind() {
    let home = Home::new();
    let (said, code) = home.run(&["remind", "--install"]);
    assert_eq!(code, 2);
    assert!(
        said.contains("*/5 * * * * ") && said.contains(" remind --programs ~/.local"),
        "{said}"
    );
    home.tool("systemctl", 1);
    let (said, code) = home.run(&["remind", "--install"]);
    assert_eq!(code, 2);
    assert!(said.contains("both files were removed again"), "{said}");
    assert!(!Path::new(&home.path(".config/systemd/user/regimen-remind.timer")).exists());
}

#[test]
fn without_a_notification_service_the_reminder_is_printed_and_not_taken_for_told() {
    let home = Home::new();
    // At night nothing is told that came long ago.
    let now = jiff::Zoned::now()
        .in_tz("UTC")
        .unwrap()
        .strftime("\"%H:%M\"")
        .to_string();
    home.add("deep-core.yaml", &text("daily", &now));
    for _ in 0..2 {
        let (said, code) = home.run(&["remind"]);
        assert_eq!(code, 2, "{said}");
        assert!(
            said.contains("Time for Deep core. 1 exercise, about 1 min"),
            "{said}"
        );
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
    let monday = |time: &str| {
        format!("2026-11-23T{time}:00+01:00[Europe/Berlin]")
            .parse::<Zoned>()
            .unwrap()
    };
    let past = HistoryView {
        histories: &histories,
        ..HistoryView::default()
    };
    let mut memory = ReminderMemory::default();
    let due = |memory: &ReminderMemory, time: &str| {
        reminder::due(&program(&text), past, &[], memory, &monday(time))
    };
    assert_eq!(due(&memory, "07:00"), None);
    let first = due(&memory, "07:31").unwrap();
    let words = "How much pain did you have in the morning after Sunday's session? \
                 Start regimen to answer.";
    assert_eq!(
        (first.heading.as_str(), first.text.as_str()),
        ("The morning after Deep core", words)
    );
    memory.told.insert(first.program, first.at);
    assert_eq!(due(&memory, "19:00"), None);
    // What is due as well is told in one.
    let daily = text.replace("frequency: sun", "frequency: daily");
    let both = reminder::due(
        &program(&daily),
        past,
        &[],
        &ReminderMemory::default(),
        &monday("08:00"),
    )
    .unwrap();
    assert!(
        both.heading == "Time for Deep core" && both.text.ends_with(words),
        "{both:?}"
    );
}
