//! Program text in, report out: every mistake at once, each with line, column, and how to write it.

use regimen::diagnostic::render;
use regimen::program::parse::{Parsed, parse, parse_bytes};
use regimen::source::{Source, is_allowed};

/// The report of a text as lines `line:column: severity: message - help`.
fn report(text: &str) -> Vec<String> {
    let parsed = parse(Source::new("", text));
    parsed
        .diagnostics
        .iter()
        .map(|diagnostic| render::line(&parsed.source, diagnostic)[1..].to_owned())
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    let report = report(text);
    assert_eq!(report, expected, "\n{text}\n{}", report.join("\n"));
}

#[test]
fn a_hurried_program_is_right() {
    check(
        concat!(
            "title: Evening stretches\n",
            "exercises:\n",
            "  - name: Supine hamstring stretch\n",
            "    sets: 3\n",
            "    hold: 30 s\n",
            "    side: each\n",
        ),
        &[
            "1:1: advice: there is no `frequency`, so this program is never due - add a line `frequency:` with how often, such as `daily` or `3x/week`; write `as needed` if the patient decides when",
            "3:5: advice: `Supine hamstring stretch` has no instructions - the library has them: write `exercise: hamstring-stretch-supine` instead of the name",
        ],
    );
}

#[test]
fn unknown_keys_and_their_nearest() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    rep: 10\n",
            "    sett: 3\n",
            "    colour: red\n",
        ),
        &[
            "6:5: error: unknown key `rep`, did you mean `reps`? - write `reps:`",
            "7:5: error: unknown key `sett`, did you mean `sets`? - write `sets:`",
            "8:5: error: unknown key `colour` in exercise 1 - the keys here are `exercise`, `name`, `id`, `block`, `essential`, `side`, `sets`, `reps`, `hold`, `tempo`, `duration`, `measure`, `first`, `get_ready`, `switch`, `release`, `rest`, `rest_after`, `load`, `equipment`, `muscles`, `instructions`, `cues`, `mistakes`, `easier`, `harder`, `stop_if`, `image`, `video`, `figure` and `progression`",
        ],
    );
}

#[test]
fn several_mistakes_at_once() {
    check(
        concat!(
            "title:\n",
            "frequency: sometimes\n",
            "reminders: [25:00, \"7:5\"]\n",
            "prescribed: 20.11.2026\n",
            "exercises:\n",
            "  - name: A\n",
            "    sets: 21\n",
            "    reps: ten\n",
            "    hold: 5 weeks\n",
            "  - reps: 10\n",
            "  - name: C\n",
        ),
        &[
            "1:1: advice: `title:` is empty and will be ignored - write something after `title:`, or delete the line",
            "1:1: error: the program has no `title` - add a line `title:` with what the program is called",
            "2:12: error: `frequency` needs times a day or a week, or weekdays, not `sometimes` - decide how often, then write `daily`, `…x/day` (1 to 8), `…x/week` (1 to 7), weekdays such as `[mon, thu]`, `every … days` (1 to 90) or `as needed`",
            "3:13: error: `reminders` needs times of day, not `25:00` - write a time of day in quotes: the hour from 0 to 23, a colon, two digits for the minutes",
            "3:20: error: `reminders` needs times of day, not `7:5` - write a time of day in quotes: the hour from 0 to 23, a colon, two digits for the minutes",
            "4:13: error: `prescribed` needs a date, not `20.11.2026` - write `prescribed: 2026-11-20`",
            "6:5: advice: `A` has no instructions - add `instructions:` with a few short sentences, each after a dash",
            "7:11: error: `sets` must be a whole number from 1 to 20, not `21` - write a whole number from 1 to 20",
            "8:11: error: `reps` needs a whole number, not `ten` - write `reps: 10`",
            "9:11: error: `hold` needs a length of time, not `5 weeks` - write one number and its unit, `s` or `min`, here; write other words in `instructions:`",
            "10:5: error: exercise 2 has no name - add `name: …`, or `exercise: …` with the id of a library exercise",
            "11:5: error: `C` has no dose - add the dose with a line `reps:`, `hold:` or both, or with a line `duration:`; for a test, add a line `measure:`",
            "11:5: advice: `C` has no instructions - add `instructions:` with a few short sentences, each after a dash",
        ],
    );
}

#[test]
fn duplicate_keys() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    reps: 10\n",
            "    reps: 12\n",
        ),
        &["7:5: error: `reps` is written twice - keep the one you want and delete the other"],
    );
}

#[test]
fn doses_that_exclude_each_other() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    reps: 10\n",
            "    duration: 5 min\n",
            "    measure: hold\n",
        ),
        &[
            "7:5: error: `duration` can't be combined with `reps` - a dose is `reps` (with `hold` or `tempo` if you like), `hold` alone, `duration` or `measure`; delete either `reps` or `duration`",
            "8:5: error: `measure` can't be combined with `reps` - a test has no dose; delete either `reps` or `measure`",
        ],
    );
}

#[test]
fn tempo_and_hold() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    reps: 10\n",
            "    hold: 5 s\n",
            "    tempo: 3-1-2\n",
        ),
        &[
            "8:5: error: `tempo` can't be combined with `hold` - a repetition has either a hold or a tempo; delete either `hold` or `tempo`",
        ],
    );
}

#[test]
fn tempo_alone() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    tempo: 3-1-2\n",
        ),
        &[
            "6:5: error: `tempo` is the pace of repetitions, but there is no `reps` - add a line `reps:` with the number of repetitions",
        ],
    );
}

#[test]
fn alternate_needs_reps() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    hold: 5 s\n",
            "    side: alternate\n",
        ),
        &[
            "7:11: error: `side: alternate` switches sides with each repetition, but there is no `reps` - one side, then the other: `side: each`; otherwise add a line `reps:` with the number for each side",
        ],
    );
}

#[test]
fn sides_need_each() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    reps: {left: 10, right: 12}\n",
            "    first: left\n",
        ),
        &[
            "6:11: error: `reps` differs by side, but the exercise isn't done one side at a time - one side, then the other: add `side: each`; switching sides with each repetition: add `side: alternate`",
            "7:12: error: `first` says which side begins, but the exercise isn't done one side at a time - one side, then the other: add `side: each`; switching sides with each repetition: add `side: alternate`; both sides at once: delete this line",
        ],
    );
}

#[test]
fn one_side_is_missing() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    side: each\n",
            "    hold: {left: 10 s}\n",
        ),
        &[
            "7:11: error: `hold` has a value for one side, but `right` is missing - give both: `hold: {left: …, right: …}`; for one side only, write `side: left` or `side: right`",
        ],
    );
}

#[test]
fn lists_of_different_lengths() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    sets: 3\n",
            "    reps: [8, 6]\n",
            "    hold: [5 s, 5 s, 5 s, 5 s]\n",
        ),
        &[
            "7:11: error: `reps` lists 2 sets, but `sets` says 3 - decide how many sets there are; each list needs one entry per set, and `sets` (if you write it) the same number",
            "8:11: error: `hold` lists 4 sets, but `sets` says 3 - decide how many sets there are; each list needs one entry per set, and `sets` (if you write it) the same number",
        ],
    );
}

#[test]
fn list_beside_other_sets_by_side() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    side: each\n",
            "    sets: {left: 3, right: 2}\n",
            "    reps: [8, 6, 4]\n",
        ),
        &[
            "8:11: error: `reps` lists 3 sets, but `sets` says 2 on the right - decide how many sets there are; each list needs one entry per set, and `sets` (if you write it) the same number",
        ],
    );
}

#[test]
fn ranges() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    sets: 0\n",
            "    reps: 201\n",
            "    rest: 61 min\n",
            "    get_ready: 11 min\n",
        ),
        &[
            "6:11: error: `sets` must be a whole number from 1 to 20, not `0` - write a whole number from 1 to 20",
            "7:11: error: `reps` must be a whole number from 1 to 200, not `201` - write a whole number from 1 to 200",
            "8:11: error: `rest` must be from 0 s to 60 min, not `61 min` - write a length of time from 0 s to 60 min",
            "9:16: error: `get_ready` must be from 0 s to 10 min, not `11 min` - write a length of time from 0 s to 10 min",
        ],
    );
}

#[test]
fn bands() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "pain:\n",
            "  ask: [before, sometimes]\n",
            "  bands:\n",
            "    - {up_to: 5, label: a}\n",
            "    - {up_to: 3, label: b}\n",
            "    - {label: c}\n",
            "exercises:\n",
            "  - {name: A, reps: 1, instructions: B}\n",
        ),
        &[
            "4:17: error: `sometimes` isn't an option for `ask` - choose one: `before`, `each`, `after`, `next-morning`",
            "7:15: error: this band must reach higher than the one before it, which goes up to 5 - put the bands in order from low to high, with the last one up to 10",
            "8:8: error: this band has no `up_to` - add a line `up_to:` with the highest pain that belongs to it, 0 to 10",
        ],
    );
}

#[test]
fn bands_stop_short() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "pain: {bands: [{up_to: 3, label: fine}]}\n",
            "exercises:\n",
            "  - {name: A, reps: 1, instructions: B}\n",
        ),
        &[
            "3:24: error: pain 4-10 has no instructions - add a band up to 10 that says what to do at pain 4-10; or let this band go up to 10, if it is meant for that too",
        ],
    );
}

#[test]
fn phases_beside_exercises() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "phases:\n",
            "  - title: P\n",
            "    exercises:\n",
            "      - {name: A, reps: 1, instructions: B}\n",
            "exercises:\n",
            "  - {name: A, reps: 0, instructions: B}\n",
        ),
        &[
            "7:1: error: `exercises` can't be combined with `phases` - move the exercises into a phase, or delete `phases`",
            "8:21: error: `reps` must be a whole number from 1 to 200, not `0` - write a whole number from 1 to 200",
        ],
    );
}

#[test]
fn library_names() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - exercise: glute-brige\n",
            "    reps: 10\n",
            "  - exercise: side bridge\n",
            "    hold: 10 s\n",
            "    muscles: {strengthens: [obliqes]}\n",
        ),
        &[
            "4:15: error: the library has no exercise `glute-brige`, did you mean `glute-bridge`? - write `exercise: glute-bridge` if you mean Glute bridge; otherwise describe your own with `name:` and `instructions:`",
            "8:29: advice: `obliqes` isn't one of the library's muscles and is kept as written - did you mean `obliques`?",
        ],
    );
}

#[test]
fn same_id_twice() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - {name: Side plank, hold: 5 s, instructions: B}\n",
            "  - {name: side PLANK, hold: 5 s, instructions: B}\n",
        ),
        &[
            "5:12: error: two exercises have the id `side-plank` - to keep both, add `id: side-plank-2` to this one; otherwise delete one of them",
        ],
    );
}

#[test]
fn progression() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    reps: [8, 6, 4]\n",
            "    progression:\n",
            "      - {reps: 10}\n",
            "      - {week: 3}\n",
            "      - {week: 4, sets: 5}\n",
            "      - {week: 5, duration: 5 min}\n",
        ),
        &[
            "8:10: error: this progression step doesn't say when it comes - add a line `week:` or `after_sessions:` with a number",
            "8:10: advice: this step goes from 3 sets to 1, because one value replaces a list of sets - to keep the number of sets, add `sets: 3` to this step",
            "9:10: error: this progression step changes nothing - add what changes, such as a line `reps:` or `hold:` with the new dose",
            "11:19: error: `duration` can't be combined with `reps` - a dose is `reps` (with `hold` or `tempo` if you like), `hold` alone, `duration` or `measure`; delete either `reps` or `duration`",
        ],
    );
}

#[test]
fn progression_that_drops_sets() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    reps: [8, 6, 4]\n",
            "    progression:\n",
            "      - {week: 3, reps: 10}\n",
        ),
        &[
            "8:10: advice: this step goes from 3 sets to 1, because one value replaces a list of sets - to keep the number of sets, add `sets: 3` to this step",
        ],
    );
}

#[test]
fn weekdays() {
    check(
        concat!(
            "title: T\n",
            "frequency: [mon, wensday, mon]\n",
            "exercises:\n",
            "  - {name: A, reps: 1, instructions: B}\n",
        ),
        &[
            "2:18: error: `wensday` isn't an option for `frequency` - write `wednesday`",
            "2:27: error: `mon` is written twice - keep the one you want and delete the other",
        ],
    );
}

#[test]
fn nothing_behind_a_key() {
    check(
        concat!(
            "title: T\n",
            "summary:\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - {name: A, reps: 1, instructions: B, cues: }\n",
        ),
        &[
            "2:1: advice: `summary:` is empty and will be ignored - write something after `summary:`, or delete the line",
            "5:41: advice: `cues:` is empty and will be ignored - write something after `cues:`, or delete the line",
        ],
    );
}

#[test]
fn cut_off_by_a_hash() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: Set #2 quad\n",
            "    reps: 3\n",
            "    instructions: Lie down   # as always\n",
        ),
        &[
            "4:15: advice: anything after # is a private note, which the patient doesn't see - if this is part of the text, put the whole text in \"quotes\"",
        ],
    );
}

#[test]
fn files_and_addresses() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: B\n",
            "    reps: 3\n",
            "    image: ../secret.png\n",
            "    video: https://me@example.org/v\n",
        ),
        &[
            "7:12: error: `image` names a file outside the program's folder - name a png, jpg or gif that is in the program's folder",
            "8:12: error: `video` needs a web address that begins with `https://` and has no user name in it - copy the address from your browser: `https://…`",
        ],
    );
}

#[test]
fn a_newer_format_is_all_that_is_said() {
    check(
        concat!("format: 2\n", "titel: T\n", "exercises: 7\n",),
        &[
            "1:9: error: this file is written in format 2 and needs a newer regimen - install the newest regimen; this one reads format 1",
        ],
    );
}

#[test]
fn tab() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "\treps: 3\n",
        ),
        &[
            "5:1: error: this line is indented with a tab - use spaces at the start of a line, never the Tab key",
        ],
    );
}

#[test]
fn unclosed_quote() {
    check(
        concat!(
            "title: T\n",
            "frequenzy: daily\n",
            "exercises:\n",
            "  - name: \"A\n",
            "    reps: 3\n",
        ),
        &[
            "2:1: error: unknown key `frequenzy`, did you mean `frequency`? - write `frequency:`",
            "4:11: error: a quote opened here or above is never closed - close the quote",
        ],
    );
}

#[test]
fn unclosed_bracket() {
    check(
        concat!(
            "title: T\n",
            "frequenzy: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    reps: [8, 6, 4\n",
            "    hold: 5 s\n",
        ),
        &[
            "2:1: error: unknown key `frequenzy`, did you mean `frequency`? - write `frequency:`",
            "5:11: error: this bracket is not closed, or a comma is missing after it - close each `[` with `]` and each `{` with `}`, and put commas between the entries",
        ],
    );
}

#[test]
fn second_colon() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions: Note: keep straight\n",
            "    reps: 3\n",
        ),
        &[
            "5:23: error: there is a second colon on this line - write `instructions: \"Note: keep straight\"`",
        ],
    );
}

#[test]
fn note_with_a_colon_in_a_list() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    instructions:\n",
            "      - Note: keep straight\n",
            "    reps: 3\n",
        ),
        &[
            "6:9: error: `instructions` needs a text, but the colon makes this a key with a value - write `\"Note: keep straight\"`",
        ],
    );
}

#[test]
fn no_space_after_the_colon() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    reps:3\n",
            "    hold: 5 s\n",
        ),
        &["5:5: error: this line needs a colon and a space - write `reps: 3`"],
    );
}

#[test]
fn shallow_dash() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    reps: 3\n",
            " - name: B\n",
            "   reps: 3\n",
        ),
        &[
            "6:2: error: the indentation of this line doesn't match the lines above - start each line exactly below the line it belongs with, using only spaces",
        ],
    );
}

#[test]
fn two_documents() {
    check(
        concat!("title: T\n", "---\n", "title: U\n",),
        &[
            "2:1: error: a second document begins here (`---`) - put each program in a file of its own",
        ],
    );
}

#[test]
fn empty() {
    check(
        concat!("",),
        &[
            "1:1: error: this file is empty - start with a line `title: …`, then a line `exercises:`, and below it each exercise after a dash and a space",
        ],
    );
}

#[test]
fn only_a_comment() {
    check(
        concat!("# nothing\n",),
        &[
            "1:1: error: this file is empty - start with a line `title: …`, then a line `exercises:`, and below it each exercise after a dash and a space",
        ],
    );
}

#[test]
fn a_list() {
    check(
        concat!("- a\n", "- b\n",),
        &[
            "1:1: error: the program needs keys with values, not a list - write `title: …` and below it `exercises:`",
        ],
    );
}

#[test]
fn tag() {
    check(
        concat!(
            "title: !!str T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - {name: A, reps: 1, instructions: B}\n",
        ),
        &[
            "1:8: error: this is a YAML tag, which a program doesn't use - delete it; if this is a text that begins with `!`, put it in \"quotes\"",
        ],
    );
}

#[test]
fn aliases() {
    check(
        concat!(
            "title: T\n",
            "frequency: daily\n",
            "defaults: &d {rest: 30 s}\n",
            "exercises:\n",
            "  - &a {name: A, reps: 1, instructions: B}\n",
            "  - *a\n",
            "  - {<<: *a, name: B}\n",
            "  - *zz\n",
        ),
        &[
            "6:5: error: two exercises have the id `a` - to keep both, add `id: a-2` to this one; otherwise delete one of them",
            "8:5: error: `*zz` refers to a name that isn't defined above - if this is a text that begins with `*`, put it in \"quotes\"",
        ],
    );
}

#[test]
fn control_character() {
    check(
        concat!(
            "title: T\u{7}x\n",
            "frequency: daily\n",
            "summary: \"a\\e[31m\"\n",
            "condition: a\u{202e}b\n",
            "exercises:\n",
            "  - {name: A, reps: 300, instructions: B}\n",
        ),
        &[
            "1:9: error: this is an invisible control character (U+0007) - delete it, and type the words around it again",
            "3:10: error: the backslash makes an invisible control character here (U+001B) - remove the backslash, or put the text in 'single quotes'",
            "4:13: error: this is an invisible control character (U+202E) - delete it, and type the words around it again",
            "6:21: error: `reps` must be a whole number from 1 to 200, not `300` - write a whole number from 1 to 200",
        ],
    );
}

#[test]
fn windows() {
    check(
        concat!(
            "title: T\r\n",
            "frequency: daily\r\n",
            "exercises:\r\n",
            "  - name: A\r\n",
            "    rep: 3\r\n",
            "    instructions: B\r\n",
        ),
        &["5:5: error: unknown key `rep`, did you mean `reps`? - write `reps:`"],
    );
}

#[test]
fn bom() {
    check(
        concat!(
            "\u{feff}title: T\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - name: A\n",
            "    rep: 3\n",
            "    instructions: B\n",
        ),
        &["5:5: error: unknown key `rep`, did you mean `reps`? - write `reps:`"],
    );
}

#[test]
fn umlauts_count_as_one() {
    check(
        concat!(
            "title: Übung\n",
            "frequency: daily\n",
            "exercises:\n",
            "  - {name: Hüftöffnung, rep: 3, instructions: B}\n",
        ),
        &["4:25: error: unknown key `rep`, did you mean `reps`? - write `reps:`"],
    );
}

#[test]
fn no_file_panics_hangs_or_reaches_the_terminal_raw() {
    let nested = "[".repeat(100_000) + &"]".repeat(100_000);
    let maps = "{a: ".repeat(100_000);
    let dashes = "- ".repeat(100_000);
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let inside = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{inside}]\n"));
    }
    let long = format!(
        "a: &a |\n  {}\nb: [{}]\n",
        "x".repeat(700_000),
        "*a, ".repeat(40_000)
    );
    let unknown = "a: x\n".repeat(24_000);
    let keys: String = (0..24_000)
        .map(|number| format!("a{number}: x\n"))
        .collect();
    let comments = format!(
        "title: T\nexercises:\n{}  - name: A\n    reps: 3\n",
        "# remark\n".repeat(5_000)
    );
    let huge = vec![b'a'; 100 * 1024 * 1024];
    let files: Vec<Vec<u8>> = vec![
        nested.into_bytes(),
        maps.into_bytes(),
        dashes.into_bytes(),
        bomb.into_bytes(),
        long.into_bytes(),
        unknown.into_bytes(),
        keys.into_bytes(),
        comments.into_bytes(),
        huge,
        b"title: \0\0\0\nexercises: \x1b[2J\n".to_vec(),
        b"\xff\xfet\0i\0t\0l\0e\0".to_vec(),
        b"t\0i\0t\0l\0e\0:\0".to_vec(),
        b"title: caf\xe9\nexercises: []\n".to_vec(),
        b"\xef\xbb\xbf".to_vec(),
        b"\"\x1b]0;x\x07\": \"\\e[31m\"\n".to_vec(),
        b"? [a, b]\n: c\n<<: 7\n<<: [*x]\n".to_vec(),
        b"&a [*a]".to_vec(),
        b"%YAML 1.2\n--- !!map {title: T}\n...\n".to_vec(),
        b"'".to_vec(),
        b"\r\r\r".to_vec(),
    ];
    for bytes in files {
        let parsed: Parsed = parse_bytes("f\x1b[31m.yaml", &bytes);
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        let comments = start.starts_with("title: T");
        assert_eq!(parsed.program.is_some(), comments, "{start:?}");
        assert!(comments || parsed.first_error().is_some(), "{start:?}");
        let report = render::report(&parsed.source, &parsed.diagnostics, false);
        assert!(report.chars().all(is_allowed), "{start:?}");
        for diagnostic in parsed.diagnostics.iter().take(100) {
            assert!(
                render::line(&parsed.source, diagnostic)
                    .chars()
                    .all(is_allowed),
                "{start:?}"
            );
        }
    }
}

#[test]
fn a_report_shows_the_line_and_marks_the_word() {
    let parsed = parse(Source::new(
        "evening.yaml",
        "title: T\nfrequency: daily\nexercises:\n  - name: A\n    instructions: B\n    reps: 3\n    rep: 4\n",
    ));
    insta::assert_snapshot!(render::report(&parsed.source, &parsed.diagnostics, false));
}

#[test]
fn wherever_a_shipped_program_is_cut_or_mangled_nothing_breaks() {
    for (name, text) in regimen::program::library::PROGRAM_FILES {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(53).collect();
        for at in ends {
            let cut = parse(Source::new(*name, &text[..at]));
            assert!(cut.program.is_some() || cut.first_error().is_some());
            for inserted in ["\t", ":", "\"", "[", "- ", "*a", "#", "\n"] {
                let parsed = parse(Source::new(
                    *name,
                    format!("{}{inserted}{}", &text[..at], &text[at..]),
                ));
                assert!(
                    parsed.program.is_some() || parsed.first_error().is_some(),
                    "{name} {at} {inserted:?}"
                );
            }
        }
    }
}

/// The remedies that a text is answered with.
fn helps(text: &str) -> String {
    let parsed = regimen::program::parse::parse(regimen::source::Source::new("test.yaml", text));
    let helps = parsed
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.help.clone().unwrap_or_default());
    helps.collect::<Vec<_>>().join(" | ")
}

#[test]
fn what_was_probably_meant_is_told() {
    let with = |line: &str| {
        let text = format!(
            "title: T\nfrequency: daily\nexercises:\n  - name: X\n    instructions: Do.\n    {line}\n"
        );
        helps(&text)
    };
    for (line, help) in [
        ("sets: 3x10", "write `sets: 3` and `reps: 10`"),
        (
            "sets: left 3, right 2\n    reps: 5",
            "`sets: {left: 3, right: 2}`",
        ),
        (
            "reps: 8-12",
            "the lower number: `reps: 8`; the upper number: `reps: 12`",
        ),
        ("reps: 10x", "`reps: 10`"),
        ("hold: 2,5 s", "write `hold: 2.5 s`"),
        ("hold: 30 sec hold", "write `hold: 30 s`"),
        ("hold: 5 weeks", "write one number and its unit"),
        ("duration: 15", "minutes: `15 min`; seconds: `15 s`"),
        (
            "reps: 10\n    easier: “Bend the knees”",
            "type straight ones",
        ),
        (
            "reps: 10\n    easier: “Bend: the knees”",
            "turn off smart quotes",
        ),
        (
            "reps: 10\n    stop_if:\n      Sharp pain\n      Numbness",
            "put a dash and a space before each",
        ),
    ] {
        assert!(with(line).contains(help), "{line}: {}", with(line));
    }
    let both =
        "title: T\nfrequency: daily\nexercises:\n  - {exercise: clamshell, side: both, reps: 10}\n";
    let parsed = regimen::program::parse::parse(regimen::source::Source::new("test.yaml", both));
    assert!(parsed.program.is_some());
    assert_eq!(parsed.diagnostics[0].code, "both-at-once");
}

#[test]
fn dashes_that_are_none_are_named() {
    let help = |list: &str| {
        let text = format!("title: T\nfrequency: daily\nexercises:\n{list}");
        helps(&text)
    };
    assert_eq!(help("  –exercise: clamshell\n"), "write `- exercise:`");
    assert_eq!(help("  – exercise: clamshell\n"), "write `- exercise:`");
    assert_eq!(help("  -exercise: clamshell\n"), "write `- exercise:`");
    assert!(help("  exercise: clamshell\n").contains("`- exercise: clamshell`"));
}
