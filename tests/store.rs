//! Records on disk: what happens to them when the database does not take them.

use std::path::Path;

use jiff::{Timestamp, Zoned};
use regimen::effect::{Message, SaveState};
use regimen::program::{PainMoment, Side};
use regimen::record::{
    Amount, EndKind, EndRecord, EntryMethod, Outcome, RatingKind, RatingRecord, Record, SetRecord,
    StrikeRecord,
};
use regimen::store::{Journal, Store};

use crate::support::beginning;

fn wall() -> Zoned {
    crate::support::morning()
}

fn set(session: &str, id: &str, number: u8) -> Record {
    Record::Set(SetRecord {
        id: id.to_owned(),
        session: session.to_owned(),
        exercise: "plank".to_owned(),
        name: "Plank".to_owned(),
        set: number,
        side: Side::Left,
        prescribed: Amount {
            reps: Some(10),
            time: None,
        },
        done: Amount {
            reps: Some(10),
            time: None,
        },
        load: None,
        outcome: Outcome::Done,
        reason: None,
        entry: EntryMethod::Timer,
        at: wall(),
        supersedes: None,
    })
}

fn kept(message: &Message) -> (SaveState, Option<&str>) {
    match message {
        Message::Saved { kept, trouble, .. } => (*kept, trouble.as_deref()),
        Message::Input(_) | Message::PreferenceSaved(_) | Message::HistoryLoaded(_) => {
            panic!("an answer of the store")
        }
    }
}

fn sets_in(path: &Path) -> usize {
    Store::open(path)
        .unwrap()
        .histories(Timestamp::MIN)
        .unwrap()
        .iter()
        .map(|history| history.sets.len())
        .sum()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn rows_come_back_as_they_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/records.db");
    let opened = Journal::open(&path, "run", Timestamp::MIN);
    assert_eq!(opened.trouble, None);
    let mut journal = opened.journal;
    assert_eq!(
        kept(&journal.save(beginning("s"))),
        (SaveState::Saved, None)
    );
    assert_eq!(
        kept(&journal.save(vec![set("s", "1", 1), set("s", "2", 2)])),
        (SaveState::Saved, None)
    );
    // A row that is stored twice is there once.
    assert_eq!(
        kept(&journal.save(vec![set("s", "2", 2)])),
        (SaveState::Saved, None)
    );
    assert_eq!(journal.close(), None);
    let histories = Store::open(&path)
        .unwrap()
        .histories(Timestamp::MIN)
        .unwrap();
    assert_eq!(histories.len(), 1);
    assert_eq!(
        histories[0]
            .sets
            .iter()
            .map(|set| set.id.as_str())
            .collect::<Vec<_>>(),
        ["1", "2"]
    );
    let back = &histories[0].sets[0];
    assert_eq!(
        Record::Set(SetRecord {
            at: wall(),
            ..back.clone()
        }),
        set("s", "1", 1)
    );
    assert_eq!(back.at.to_string(), "2026-11-22T07:40:00+01:00[+01:00]");
    assert_eq!(histories[0].session.started.timestamp(), wall().timestamp());
    assert_eq!(
        files(path.parent().unwrap()),
        ["records.db"],
        "one file at rest"
    );
}

#[test]
fn two_instances_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let writers: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|name| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut journal = Journal::open(&path, name, Timestamp::MIN).journal;
                let _ = journal.save(beginning(name));
                for number in 0..60 {
                    let _ = journal.save(vec![set(name, &format!("{name}-{number}"), number + 1)]);
                }
                // What was locked out on the way is put in at the end, or by the next start.
                let _ = journal.close();
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let opened = Journal::open(&path, "last", Timestamp::MIN);
    assert_eq!(opened.trouble, None);
    assert_eq!(sets_in(&path), 180);
    assert_eq!(files(folder.path()), ["records.db"]);
}

#[test]
fn a_locked_database_is_said_and_what_was_done_is_put_in_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let mut journal = Journal::open(&path, "run", Timestamp::MIN).journal;
    let _ = journal.save(beginning("s"));
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let answer = journal.save(vec![set("s", "1", 1)]);
    let (where_kept, trouble) = kept(&answer);
    assert_eq!(where_kept, SaveState::Spooled);
    assert!(
        trouble
            .unwrap()
            .contains("Another program is using the records"),
        "{trouble:?}"
    );
    assert_eq!(
        files(folder.path()).len(),
        2 + usize::from(folder.path().join("records.db-journal").exists())
    );
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(
        kept(&journal.save(vec![set("s", "2", 2)])),
        (SaveState::Saved, None)
    );
    assert_eq!(sets_in(&path), 2);
    assert_eq!(files(folder.path()), ["records.db"]);
}

#[test]
fn what_could_not_be_saved_at_all_is_picked_up_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let _ = Journal::open(&path, "first", Timestamp::MIN)
        .journal
        .save(beginning("s"));
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut journal = Journal::open(&path, "run", Timestamp::MIN).journal;
    let _ = journal.save(beginning("t"));
    let _ = journal.save(vec![set("t", "1", 1)]);
    let last_words = journal.close().unwrap();
    assert!(
        last_words.contains("records.unsaved-run.jsonl"),
        "{last_words}"
    );
    drop(other);
    let opened = Journal::open(&path, "next", Timestamp::MIN);
    assert_eq!(opened.picked_up, 3);
    assert_eq!(opened.trouble, None);
    assert_eq!(sets_in(&path), 1);
    assert_eq!(files(folder.path()), ["records.db"]);
}

#[test]
fn a_damaged_database_is_left_alone_and_the_session_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    std::fs::write(
        &path,
        b"this is no database at all, but it is long enough to be looked at as one".repeat(20),
    )
    .unwrap();
    let before = std::fs::read(&path).unwrap();
    let opened = Journal::open(&path, "run", Timestamp::MIN);
    assert!(
        opened
            .trouble
            .unwrap()
            .contains("are damaged; move it away")
    );
    let mut journal = opened.journal;
    assert_eq!(kept(&journal.save(beginning("s"))).0, SaveState::Spooled);
    assert!(journal.close().is_some());
    assert_eq!(std::fs::read(&path).unwrap(), before);
    // Mended by its owner, it takes what was left beside it.
    std::fs::remove_file(&path).unwrap();
    assert_eq!(Journal::open(&path, "next", Timestamp::MIN).picked_up, 2);
}

#[test]
fn a_database_of_a_newer_version_or_of_another_program_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let _ = Journal::open(&path, "first", Timestamp::MIN)
        .journal
        .save(beginning("s"));
    rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let opened = Journal::open(&path, "run", Timestamp::MIN);
    assert!(
        opened
            .trouble
            .unwrap()
            .contains("written by a newer regimen")
    );
    let foreign = folder.path().join("photos.db");
    rusqlite::Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE photo (name)")
        .unwrap();
    let opened = Journal::open(&foreign, "run", Timestamp::MIN);
    assert!(opened.trouble.unwrap().contains("isn't a regimen database"));
}

#[test]
fn a_place_where_nothing_can_be_written_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let opened = Journal::open(&file.join("records.db"), "nowhere", Timestamp::MIN);
    let trouble = opened.trouble.unwrap();
    assert!(
        trouble.contains("can't be opened; check the folder"),
        "{trouble}"
    );
    let mut journal = opened.journal;
    // Among the temporary files there is room.
    assert_eq!(kept(&journal.save(beginning("s"))).0, SaveState::Spooled);
    let last_words = journal.close().unwrap();
    let left = last_words
        .split("Saved to ")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    assert!(Path::new(left).exists(), "{last_words}");
    std::fs::remove_file(left).unwrap();
}

#[test]
fn a_backup_is_made_after_a_session_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let mut journal = Journal::open(&path, "run", Timestamp::MIN).journal;
    let _ = journal.save(beginning("s"));
    let _ = journal.save(vec![set("s", "1", 1)]);
    let end = EndRecord {
        id: "e".to_owned(),
        session: "s".to_owned(),
        kind: EndKind::Finished,
        for_pain: false,
        at: wall(),
    };
    let _ = journal.save(vec![Record::End(end)]);
    assert_eq!(journal.close(), None);
    assert_eq!(files(folder.path()), ["records.backup.db", "records.db"]);
    assert_eq!(sets_in(&folder.path().join("records.backup.db")), 1);
}

#[test]
fn records_of_the_first_version_are_read_and_go_on() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("records.db");
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../src/store/schema_1.sql"))
        .unwrap();
    old.execute_batch("PRAGMA application_id = 1919248233; PRAGMA user_version = 1;")
        .unwrap();
    drop(old);
    let mut store = Store::open(&path).unwrap();
    store.append(&beginning("s-1")).unwrap();
    store.append(&[set("s-1", "t-1", 1)]).unwrap();
    assert_eq!(store.histories(Timestamp::MIN).unwrap().len(), 1);
    drop(store);
    assert_eq!(sets_in(&path), 1);
}

#[test]
fn a_struck_session_does_not_count_until_it_counts_again_and_nothing_is_lost() {
    let mut store = Store::in_memory().unwrap();
    store.append(&beginning("s-1")).unwrap();
    store.append(&[set("s-1", "t-1", 1)]).unwrap();
    let strike = |id: &str, struck: bool, seconds: i64| {
        let at = wall()
            .checked_add(jiff::SignedDuration::from_secs(seconds))
            .unwrap();
        Record::Strike(StrikeRecord {
            id: id.to_owned(),
            session: "s-1".to_owned(),
            struck,
            at,
        })
    };
    store.append(&[strike("k-1", true, 1)]).unwrap();
    assert!(store.histories(Timestamp::MIN).unwrap().is_empty());
    store.append(&[strike("k-2", false, 2)]).unwrap();
    assert_eq!(store.histories(Timestamp::MIN).unwrap()[0].sets.len(), 1);
    assert_eq!(store.everything().unwrap().len(), 5);
    // What was written once is written anywhere, in any order of the wholes, as often as one likes.
    let mut other = Store::in_memory().unwrap();
    for _ in 0..2 {
        other.append(&store.everything().unwrap()).unwrap();
    }
    assert_eq!(other.everything().unwrap(), store.everything().unwrap());
}

#[test]
fn two_machines_that_corrected_the_same_row_end_in_the_same_session() {
    let (mut one, mut other) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
    let pain = |id: &str, value: u8, supersedes: Option<&str>| {
        Record::Rating(RatingRecord {
            id: id.to_owned(),
            session: "s-1".to_owned(),
            kind: RatingKind::Pain,
            moment: PainMoment::After,
            exercise: None,
            value,
            at: wall(),
            supersedes: supersedes.map(str::to_owned),
        })
    };
    for store in [&mut one, &mut other] {
        store.append(&beginning("s-1")).unwrap();
        store
            .append(&[set("s-1", "t-1", 1), pain("p", 5, None)])
            .unwrap();
    }
    one.append(&[pain("p-one", 3, Some("p"))]).unwrap();
    other.append(&[pain("p-other", 7, Some("p"))]).unwrap();
    // Both ways, and once more.
    for _ in 0..2 {
        one.append(&other.everything().unwrap()).unwrap();
        other.append(&one.everything().unwrap()).unwrap();
    }
    assert_eq!(
        one.histories(Timestamp::MIN).unwrap(),
        other.histories(Timestamp::MIN).unwrap()
    );
}
